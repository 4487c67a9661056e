#!/usr/bin/env bash
# A break that lasts until closing time, or beyond it, is not taken out: an early Friday counts in full.
#
# Version: businesstimedelta 1.0.1
# Good guess: hours 09:00-17:00 with a LunchTimeRule(15:00-18:00) on Fridays leave six hours; 16:00-17:00 leaves seven.
# Seen: eight hours in both cases, and a due time of Friday 17:00 for eight hours from 09:00. A break 12:00-13:00 works.
# Why: a break shortens the open stretch only if it ends before the stretch does; one that ends with it or after it is skipped.
# Hurts: this is how a half day or an early closing is written with the package's two kinds of rules. Everything due on a Friday
#   afternoon is due when nobody is there.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check businesstimedelta==1.0.1 pytz==2026.6
cat > "$work/seen" <<'SEEN'
12:00-13:00 7 hours, due Mon 10:00
16:00-17:00 8 hours, due Fri 17:00
15:00-18:00 8 hours, due Fri 17:00
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import datetime, time

from businesstimedelta import BusinessTimeDelta, LunchTimeRule, Rules, WorkDayRule

friday = datetime(2026, 12, 4)
for start, end in ((12, 13), (16, 17), (15, 18)):
    office = WorkDayRule(time(9), time(17), working_days=[0, 1, 2, 3, 4])
    rules = Rules([office, LunchTimeRule(time(start), time(end), working_days=[4])])
    length = rules.difference(friday.replace(hour=9), friday.replace(hour=20))
    due = friday.replace(hour=9) + BusinessTimeDelta(rules, hours=8)
    print(f"{start}:00-{end}:00 {length.hours} hours, due {due:%a %H:%M}")
PY
diff "$work/seen" "$work/now"
echo "as seen: the early closing is ignored"
