#!/usr/bin/env bash
# A religious holiday begins at 18:00 the evening before and ends at 18:00, and the "-0600" after its date is not an offset.
#
# Version: date-holidays 3.37.0 (npm)
# Good guess: Eid al-Adha in the Emirates, 27 to 29 May 2026, closes these three dates, and its date, which the README calls a
#   date without a zone, has none; if it has one, "2026-05-27 00:00:00 -0600" is an instant six hours west of Greenwich.
# Seen: isHoliday says no on 29 May at 18:30 in Dubai, a day off, and yes on 26 May at 18:30, when people are at work. new Date()
#   of the text is 27 May 10:00 in Dubai. The list has one row for the three dates.
# Why: Islamic and Hebrew days begin at sunset, which the package takes to be six hours before midnight; it writes these six
#   hours in the form of a zone offset and keeps the length in start and end.
# Hurts: a 24/7 desk closes and opens at 18:00, and a copy of the dates works through two of the three days of the feast.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" date-holidays@3.37.0
cat > "$work/seen" <<'SEEN'
rows from 26 to 31 May: 2026-05-27 00:00:00 -0600
26 May 17:30 false
26 May 18:30 true
29 May 17:30 true
29 May 18:30 false
the text as a date: 2026-05-27T06:00:00.000Z
SEEN
cat > "$work/read.js" <<'JS'
const Holidays = require('date-holidays');
const emirates = new Holidays('AE', { types: ['public'] });
const rows = emirates.getHolidays(2026).map((day) => day.date).filter((text) => text > '2026-05-26' && text < '2026-06');
console.log('rows from 26 to 31 May:', rows.join(', '));
for (const wall of ['26 May 17:30', '26 May 18:30', '29 May 17:30', '29 May 18:30']) {
    console.log(wall, Boolean(emirates.isHoliday(new Date(`${wall.slice(0, 6)} 2026 ${wall.slice(7)} GMT+0400`))));
}
console.log('the text as a date:', new Date(rows[0]).toISOString());
JS
TZ=Asia/Dubai node "$work/read.js" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: from 18:00 to 18:00, and an offset that is none"
