#!/usr/bin/env bash
# A table of days in Cairo lacks the Friday on which the clocks go forward at midnight, and has Thursday twice.
#
# Version: polars 2.1.0
# Good guess: 24 April 2026 has no 00:00 in Cairo, so a series of days gives 01:00 for it, as truncating an instant of that
#   Friday does; or it raises, as polars does for other wall times that do not exist.
# Seen: the series gives Thursday 00:00, Thursday 23:00, Saturday 00:00. Truncating Friday noon gives Friday 01:00, which is not
#   in the series: a join of tickets to days loses all tickets of that Friday.
# Why: a day added that lands in the gap is moved back by the length of the gap, while dt.truncate moves forward by it (seen
#   from outside: the code is compiled). The series is made of such additions to its first day.
# Hurts: Cairo, Beirut, Santiago, Havana and the Azores change at midnight. The day is missing from a report, without an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
Africa/Cairo series Thu 00:00 Thu 23:00 Sat 00:00 truncated Fri 01:00
Asia/Beirut series Sat 00:00 Sat 23:00 Mon 00:00 truncated Sun 01:00
America/Santiago series Sat 00:00 Sat 23:00 Mon 00:00 truncated Sun 01:00
Atlantic/Azores series Sat 00:00 Sat 23:00 Mon 00:00 truncated Sun 01:00
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars

for zone, day in (("Africa/Cairo", datetime(2026, 4, 24)), ("Asia/Beirut", datetime(2026, 3, 29)),
                  ("America/Santiago", datetime(2026, 9, 6)), ("Atlantic/Azores", datetime(2026, 3, 29))):
    first, last, noon = (polars.Series([day + timedelta(hours=h)]).dt.replace_time_zone(zone) for h in (-24, 24, 12))
    series = polars.datetime_range(first[0], last[0], "1d", eager=True)
    days = " ".join(f"{d.astimezone(ZoneInfo(zone)):%a %H:%M}" for d in series)
    print(f"{zone} series {days} truncated {noon.dt.truncate('1d')[0]:%a %H:%M}")
PY
diff "$work/seen" "$work/now"
echo "as seen: no Friday in Cairo"
