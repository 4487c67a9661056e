#!/usr/bin/env bash
# A shift that recurs daily from winter into summer keeps the winter offset: every summer instance is an hour late.
#
# Version: vobject 0.9.9 with pytz 2026.6
# Good guess: 09:00 in Berlin every day: 08:00 UTC until 28 March 2026, 07:00 UTC from the 29th.
# Seen: 08:00 UTC on all days. The wall time printed is 09:00, so nothing looks wrong until two clocks are compared.
# Why: vobject takes a TZID without a VTIMEZONE from pytz and gives dateutil's rule the start with its one fixed offset; pytz
#   wants normalize() after each step, which nobody calls.
# Hurts: open hours read from such a feed begin at 10:00 on the wall for seven months of the year.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check vobject==0.9.9 pytz==2026.6 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
2026-03-27 09:00:00+01:00 right
2026-03-28 09:00:00+01:00 right
2026-03-29 09:00:00+01:00 wrong
2026-03-30 09:00:00+01:00 wrong
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from zoneinfo import ZoneInfo

import vobject

feed = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com",
    "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/Berlin:20260327T090000", "DTEND;TZID=Europe/Berlin:20260327T170000",
    "RRULE:FREQ=DAILY;COUNT=4", "SUMMARY:Desk open", "END:VEVENT", "END:VCALENDAR", ""])
for start in vobject.readOne(feed).vevent.rruleset:
    print(start, "right" if start.astimezone(ZoneInfo("Europe/Berlin")).hour == 9 else "wrong")
PY
diff "$work/seen" "$work/now"
echo "as seen: +01:00 on 29 March and after"
