#!/usr/bin/env bash
# From Friday 09:00 to Monday 09:00 is one working day, and to Monday 09:01 it is two.
#
# Versions: moment-business-days 1.2.0 with moment 2.31.0, dayjs-business-days2 1.4.0 with dayjs 1.11.23; date-fns 4.4.0 beside them (npm)
# Good guess: working days between dates are counted by dates, so that the time of day changes nothing, or in whole days: Friday 09:00
#   to Monday 17:00 is one, as to Monday 09:00, and within one Friday there is none.
# Seen: date-fns says so. The other two count 1 to Monday 09:00, 2 to 09:01 and to 17:00, and 1 from Friday 17:00 to Monday 09:00. From
#   Friday 09:00 to 17:00 it is 0 by moment-business-days and 1 by dayjs-business-days2.
# Why: they step by days from the start, with its time of day, as long as it is before the end, and count each step that begins on a
#   working day; moment-business-days treats an end on the same date apart.
# Hurts: "answered within one working day" fails for whoever answers later in the day than the question came, though on the same Monday.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" moment-business-days@1.2.0 moment@2.31.0 dayjs-business-days2@1.4.0 dayjs@1.11.23 \
    date-fns@4.4.0
cat > "$work/seen" <<'SEEN'
Fri 09:00 to Fri 17:00: moment-business-days 0, dayjs-business-days2 1, date-fns 0
Fri 09:00 to Mon 09:00: moment-business-days 1, dayjs-business-days2 1, date-fns 1
Fri 09:00 to Mon 09:01: moment-business-days 2, dayjs-business-days2 2, date-fns 1
Fri 09:00 to Mon 17:00: moment-business-days 2, dayjs-business-days2 2, date-fns 1
Fri 17:00 to Mon 09:00: moment-business-days 1, dayjs-business-days2 1, date-fns 1
SEEN
cat > "$work/read.mjs" <<'JS'
import { differenceInBusinessDays } from 'date-fns'
import dayjs from 'dayjs'
import plugin from 'dayjs-business-days2'
import moment from 'moment-business-days'

dayjs.extend(plugin.default ?? plugin)
const pairs = [
  ['2026-06-05T09:00', '2026-06-05T17:00'],
  ['2026-06-05T09:00', '2026-06-08T09:00'],
  ['2026-06-05T09:00', '2026-06-08T09:01'],
  ['2026-06-05T09:00', '2026-06-08T17:00'],
  ['2026-06-05T17:00', '2026-06-08T09:00'],
]
const shown = text => moment(text).format('ddd HH:mm')
for (const [start, end] of pairs) {
  const counts = [
    `moment-business-days ${moment(end).businessDiff(moment(start))}`,
    `dayjs-business-days2 ${dayjs(end).businessDiff(dayjs(start))}`,
    `date-fns ${differenceInBusinessDays(new Date(end), new Date(start))}`,
  ]
  console.log(`${shown(start)} to ${shown(end)}: ${counts.join(', ')}`)
}
JS
TZ=UTC node "$work/read.mjs" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: a minute more is a working day more"
