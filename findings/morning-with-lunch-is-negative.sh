#!/usr/bin/env bash
# From 09:30 to 10:00 of a day with a lunch break it is minus 150 working minutes.
#
# Version: moment-business-time 2.0.0 (npm)
# Good guess: 30 minutes. Hours with a break are in the package's own manual.
# Seen: -150; from 09:00 to noon 120 instead of 180; across noon, 11:00 to 14:00, 120, which is right. Without a break all three
#   are right.
# Why: workingDiff goes through all stretches of the day and for one that begins after the end adds a negative length, from its
#   start back to the end.
# Hurts: every ticket that is answered in the morning lowers the sum of a report; averages look fine.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" moment-business-time@2.0.0 moment@2.31.0
cat > "$work/seen" <<'SEEN'
09:00-17:00 30 180 180
09:00-12:00,13:00-17:00 -150 120 120
SEEN
cat > "$work/count.js" <<'JS'
const moment = require('moment-business-time');
for (const hours of [['09:00:00', '17:00:00'], ['09:00:00', '12:00:00', '13:00:00', '17:00:00']]) {
    const week = { 0: null, 6: null };
    for (const day of [1, 2, 3, 4, 5]) week[day] = hours;
    moment.updateLocale('en', { workinghours: week });
    const minutes = (from, to) => moment(`2026-12-02T${to}`).workingDiff(moment(`2026-12-02T${from}`), 'minutes');
    const text = hours.map((time) => time.slice(0, 5)).join('-').replace('12:00-13', '12:00,13');
    console.log(text, minutes('09:30', '10:00'), minutes('09:00', '12:00'), minutes('11:00', '14:00'));
}
JS
TZ=UTC node "$work/count.js" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: half an hour is minus 150 minutes"
