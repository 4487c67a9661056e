#!/usr/bin/env bash
# The holidays package knows that Turkey closes at 13:00 on 28 October, and its own iCalendar export closes the whole day.
#
# Versions: holidays 0.109, icalendar 7.3.2
# Good guess: the half days that one asks for by category are exported with a time, or left out.
# Seen: "Republic Day (from 1pm)" is an event of a whole day, DTSTART;VALUE=DATE with DURATION:P1D. The time is in the
#   summary only, in English.
# Why: the exporter writes every date of the calendar as a date and merges neighbours of one name; it never reads the category.
# Hurts: the export exists so that helpdesks and calendars can import it; there the office is shut from midnight, and a morning's
#   tickets are promised for after the holiday.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 icalendar==7.3.2 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
2026-10-28 to 2026-10-29: Republic Day (from 1pm)
2026-10-29 to 2026-10-30: Republic Day
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
import holidays
import icalendar
from holidays.ical import ICalExporter

turkey = holidays.country_holidays("TR", years=2026, categories=("public", "half_day"), language="en_US")
feed = ICalExporter(turkey).generate()
for event in icalendar.Calendar.from_ical(feed).walk("VEVENT"):
    if "Republic" in event["SUMMARY"]:
        print(f"{event.start} to {event.end}: {event['SUMMARY']}")
PY
diff "$work/seen" "$work/now"
echo "as seen: a half day leaves as a whole one"
