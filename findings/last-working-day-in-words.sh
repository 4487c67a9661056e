#!/usr/bin/env bash
# Rules and words: the last working day of the month is "every month on weekdays", and "every working day" is every day.
#
# Versions: rrule 2.8.1 (npm), recurrent 0.4.1 with parsedatetime 2.6
# Good guess: rrule's toText() says all that the rule says, or isFullyConvertibleToText() is false, which is there to tell. What is read
#   from words means these words, or is refused: "every working day" is Monday to Friday.
# Seen: toText() drops BYSETPOS=-1, so that a hand-over on 12 days of 2026 reads like one on 261, and BYMINUTE=30; "fully convertible"
#   is true for both, and false for the first with FREQ written last. From words rrule makes "every weekday at 9:30" 09 with no minute,
#   and "every month on the last weekday" the last day of the month, whatever it is. recurrent makes "every working day" and "every
#   business day" FREQ=DAILY, with weekends.
# Why: the test goes through the parts of the rule and says yes at the first that is FREQ, DTSTART, TZID or WKST, instead of going on; FREQ
#   stands first in nearly all rules. The grammars of words read what they know and pass over the rest.
# Hurts: a page for the rota shows or stores another rule than the one that was meant, and the check that is made for this says yes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check recurrent==0.4.1 parsedatetime==2.6
npm install --silent --no-audit --no-fund --prefix "$work" rrule@2.8.1
cat > "$work/seen" <<'SEEN'
rrule says FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1: "every month on weekdays", fully convertible true
rrule says BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;FREQ=MONTHLY: "every month on weekdays (~ approximate)", fully convertible false
rrule says FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR: "every month on weekdays", fully convertible true
rrule says FREQ=DAILY;BYHOUR=9,13;BYMINUTE=30: "every day at 9 and 13", fully convertible true
rrule reads "every weekday at 9:30": RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9
rrule reads "every month on the last weekday": RRULE:FREQ=MONTHLY;BYMONTHDAY=-1
recurrent reads "every weekday": BYDAY=MO,TU,WE,TH,FR;INTERVAL=1;FREQ=WEEKLY
recurrent reads "every working day": INTERVAL=1;FREQ=DAILY
recurrent reads "every business day": INTERVAL=1;FREQ=DAILY
SEEN
cat > "$work/read.js" <<'JS'
const { RRule } = require('rrule')
const rules = [
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=DAILY;BYHOUR=9,13;BYMINUTE=30',
]
for (const text of rules) {
  const rule = RRule.fromString(text)
  console.log(`rrule says ${text}: "${rule.toText()}", fully convertible ${rule.isFullyConvertibleToText()}`)
}
for (const words of ['every weekday at 9:30', 'every month on the last weekday']) {
  console.log(`rrule reads "${words}": ${RRule.optionsToString(RRule.parseText(words))}`)
}
JS
node "$work/read.js" > "$work/now"
"$work/venv/bin/python" -W ignore - >> "$work/now" <<'PY'
from datetime import datetime

from recurrent import RecurringEvent

for words in ("every weekday", "every working day", "every business day"):
    rule = RecurringEvent(now_date=datetime(2026, 6, 1, 12)).parse(words)
    print(f'recurrent reads "{words}":', rule.removeprefix("RRULE:"))
PY
diff "$work/seen" "$work/now"
echo "as seen: words that are not the rule"
