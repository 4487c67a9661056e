#!/usr/bin/env bash
# In a night shift 22:00-06:00 the hours after midnight count nothing for a ticket that is opened and closed in them.
#
# Version: business-duration 0.68
# Good guess: 01:00 to 02:00 is an hour; Friday 23:00 to Saturday 01:00 is two, as the shift began on Friday.
# Seen: 0 and 1. Monday 23:00 to Tuesday 01:00 is two, so the package does know shifts over midnight.
# Why: with one working day in the range, an end before the evening's start returns 0, and an end on a day off is cut back to
#   the midnight before it.
# Hurts: every ticket solved before dawn was solved in no time; medians of a night desk are too good to be true.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check business-duration==0.68 pandas==2.3.3
cat > "$work/seen" <<'SEEN'
Mon 23:00 to Tue 01:00: 2
Tue 01:00 to Tue 02:00: 0
Fri 23:00 to Sat 01:00: 1
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import datetime, time

from business_duration import businessDuration

for start, end in ((datetime(2026, 11, 30, 23), datetime(2026, 12, 1, 1)), (datetime(2026, 12, 1, 1), datetime(2026, 12, 1, 2)),
                   (datetime(2026, 12, 4, 23), datetime(2026, 12, 5, 1))):
    hours = businessDuration(start, end, time(22), time(6), unit="hour")
    print(f"{start:%a %H:%M} to {end:%a %H:%M}: {hours:g}")
PY
diff "$work/seen" "$work/now"
echo "as seen: nothing happens after midnight"
