#!/usr/bin/env bash
# "import icalevents" changes when an event ends for everybody in the process who reads calendars with icalendar.
#
# Versions: icalendar 7.3.2, icalevents 0.3.1
# Good guess: an import leaves the answers of another library alone.
# Seen: the shift of 28 March 2026, 22:00 in Berlin, DURATION:PT8H, ends at 06:00+02:00 before the import and at 06:00+01:00,
#   an hour later, after it. The printed wall time is the same, so it is easy to miss.
# Why: while it is imported, icalevents switches icalendar's zone provider to pytz for the whole process; pytz zones keep the
#   offset of the start when hours are added, zoneinfo's read the wall.
# Hurts: the due time of a ticket depends on whether some plug-in of the same server happens to load icalevents first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 icalevents==0.3.1 tzdata==2026.6 pytz==2026.6
cat > "$work/seen" <<'SEEN'
before 2026-03-29 06:00:00+02:00
after 2026-03-29 06:00:00+01:00
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
import icalendar

feed = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com",
    "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/Berlin:20260328T220000", "DURATION:PT8H", "SUMMARY:Night shift",
    "END:VEVENT", "END:VCALENDAR", ""])
print("before", icalendar.Calendar.from_ical(feed).walk("VEVENT")[0].end)
import icalevents.icalevents  # noqa: E402, F401 - the import is what is tried

print("after", icalendar.Calendar.from_ical(feed).walk("VEVENT")[0].end)
PY
diff "$work/seen" "$work/now"
echo "as seen: an import moves the end of a shift by an hour"
