#!/usr/bin/env bash
# An office that shuts from Christmas to New Year: its next working day after 23 December is the 29th, which is one of its holidays.
#
# Versions: dayjs-business-days2 1.4.0 with dayjs 1.11.23, moment-business-days 1.2.0 with moment 2.31.0 (npm)
# Good guess: with the seven weekdays from Thursday 24 December 2026 to Friday 1 January as holidays, the next working day after Wednesday
#   the 23rd is Monday 4 January, and adding one working day gives the same.
# Seen: nextBusinessDay() is Tuesday 29 December in both libraries, and isBusinessDay() of that answer is false. prevBusinessDay() of
#   4 January is the same Tuesday. Adding one working day gives 4 January.
# Why: the search ends after six days and returns the day on which it stands. The manual of moment-business-days names a limit, which can
#   be raised, and not what comes beyond it; the other has no option and speaks of none.
# Hurts: "we answer on the next working day" falls on a day on which nobody is there, and not in short holidays, where one tests it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" dayjs-business-days2@1.4.0 dayjs@1.11.23 moment-business-days@1.2.0 moment@2.31.0
cat > "$work/seen" <<'SEEN'
dayjs-business-days2: next Tue 29 Dec, a working day false
dayjs-business-days2: previous Tue 29 Dec, one added Mon 4 Jan
moment-business-days: next Tue 29 Dec, a working day false
moment-business-days: previous Tue 29 Dec, one added Mon 4 Jan
SEEN
cat > "$work/read.mjs" <<'JS'
import dayjs from 'dayjs'
import plugin from 'dayjs-business-days2'
import moment from 'moment-business-days'

const holidays = ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01']
dayjs.extend(plugin.default ?? plugin, { holidays, holidayFormat: 'YYYY-MM-DD' })
moment.updateLocale('en', { holidays, holidayFormat: 'YYYY-MM-DD' })
const [before, after] = ['2026-12-23', '2027-01-04']
for (const [name, at, added] of [
  ['dayjs-business-days2', dayjs, dayjs(before).businessDaysAdd(1)],
  ['moment-business-days', moment, moment(before).businessAdd(1)],
]) {
  const next = at(before).nextBusinessDay()
  console.log(`${name}: next ${next.format('ddd D MMM')}, a working day ${next.isBusinessDay()}`)
  console.log(`${name}: previous ${at(after).prevBusinessDay().format('ddd D MMM')}, one added ${added.format('ddd D MMM')}`)
}
JS
TZ=UTC node "$work/read.mjs" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the next working day is a holiday"
