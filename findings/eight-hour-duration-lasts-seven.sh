#!/usr/bin/env bash
# A night shift written as "22:00, DURATION:PT8H" lasts seven hours on the spring night in four of five Python readers.
#
# Versions: icalendar 7.3.2, recurring-ical-events 3.8.2, ical 14.3.1, icalevents 0.3.1, ics 0.7.3
# Good guess: hours of a DURATION are real hours, so 28 March 2026 22:00 in Berlin ends at 07:00 (RFC 5545, 3.3.6: only days and
#   weeks depend on the calendar). At least the readers should agree.
# Seen: icalendar, recurring-ical-events, ical and ics end the shift at 06:00, after 7 real hours; icalevents after 8. ics says
#   that its 7 hours are 8.
# Why: four add a timedelta to an aware datetime, which Python does on the clock of the wall; icalevents works with pytz zones,
#   which keep the offset of the start.
# Hurts: on-call cover, and any SLA clock that runs through it, is an hour short one night a year, by one reader of the same feed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 ical==14.3.1 \
    icalevents==0.3.1 ics==0.7.3 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
icalendar 7:00:00
recurring 7:00:00
ical 7:00:00
icalevents 8:00:00
ics 7:00:00 says 8:00:00
SEEN
cat > "$work/read.py" <<'PY'
import sys
from datetime import UTC, date, datetime

feed = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com",
    "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/Berlin:20260328T220000", "DURATION:PT8H", "SUMMARY:Night shift",
    "END:VEVENT", "END:VCALENDAR", ""])
reader = sys.argv[1]
if reader == "icalendar":
    import icalendar
    shift = icalendar.Calendar.from_ical(feed).walk("VEVENT")[0]
elif reader == "recurring":
    import icalendar
    import recurring_ical_events
    shift = recurring_ical_events.of(icalendar.Calendar.from_ical(feed)).between(date(2026, 3, 28), date(2026, 3, 30))[0]
elif reader == "ical":
    from ical.calendar_stream import IcsCalendarStream
    shift = next(iter(IcsCalendarStream.calendar_from_ics(feed).timeline_tz(UTC)))
elif reader == "icalevents":
    from icalevents.icalevents import events
    shift = events(string_content=feed.encode(), start=datetime(2026, 3, 28, tzinfo=UTC), end=datetime(2026, 3, 30, tzinfo=UTC))[0]
else:
    import ics
    shift = next(iter(ics.Calendar(feed).events))
start = shift.begin if reader == "ics" else shift.start
says = ["says", shift.end - start] if reader == "ics" else []
print(reader, shift.end.astimezone(UTC) - start.astimezone(UTC), *says)
PY
for reader in icalendar recurring ical icalevents ics; do # a process each: some change what others answer
    PYTHONTZPATH='' "$work/venv/bin/python" -W ignore "$work/read.py" $reader
done > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: one feed, seven or eight hours"
