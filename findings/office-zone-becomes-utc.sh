#!/usr/bin/env bash
# A feed that brings its own zone under a name of its own is read as UTC, without a word, by three of five Python readers.
#
# Versions: icalendar 7.3.2 (with recurring-ical-events 3.8.2), vobject 0.9.9, icalevents 0.3.1, ics 0.7.3, ical 14.3.1
# Good guess: 09:00 in the zone "Desk", which the feed itself defines as -07:00, is 16:00 UTC. RFC 5545 (3.2.19, 3.6.5) wants
#   exactly that: a TZID is any name, and the VTIMEZONE with this name in the same file says what it means.
# Seen: icalendar and vobject say 16:00; icalevents (for an event that recurs), ics and ical say 09:00.
# Why: they look the name up in a zone database, and a name that is not found leaves the wall time as it is, as if in UTC.
# Hurts: exports of older groupware name zones as they like ("Customized Time Zone", "(UTC-07:00) Arizona"); a whole desk then
#   opens seven hours early, and nothing is logged as an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 ical==14.3.1 \
    icalevents==0.3.1 ics==0.7.3 vobject==0.9.9 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
icalendar 16:00
vobject 16:00
icalevents 09:00
ics 09:00
ical 09:00
SEEN
cat > "$work/read.py" <<'PY'
import sys
from datetime import UTC, date, datetime

feed = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN",
    "BEGIN:VTIMEZONE", "TZID:Desk", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:-0700", "TZOFFSETTO:-0700",
    "TZNAME:MST", "END:STANDARD", "END:VTIMEZONE",
    "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Desk:20261207T090000",
    "DTEND;TZID=Desk:20261207T170000", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Desk open", "END:VEVENT", "END:VCALENDAR", ""])
reader = sys.argv[1]
if reader == "icalendar":
    import icalendar
    import recurring_ical_events
    start = recurring_ical_events.of(icalendar.Calendar.from_ical(feed)).between(date(2026, 12, 7), date(2026, 12, 8))[0].start
elif reader == "vobject":
    import vobject
    start = vobject.readOne(feed).vevent.dtstart.value
elif reader == "icalevents":
    from icalevents.icalevents import events
    start = events(string_content=feed.encode(), start=datetime(2026, 12, 7, tzinfo=UTC), end=datetime(2026, 12, 8, tzinfo=UTC))[0].start
elif reader == "ics":
    import ics
    start = next(iter(ics.Calendar(feed).events)).begin
else:
    from ical.calendar_stream import IcsCalendarStream
    start = next(iter(IcsCalendarStream.calendar_from_ics(feed).timeline_tz(UTC))).start
print(reader, start.astimezone(UTC).strftime("%H:%M"))
PY
for reader in icalendar vobject icalevents ics ical; do
    PYTHONTZPATH='' "$work/venv/bin/python" -W ignore "$work/read.py" $reader 2>> "$work/log"
done > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: 09:00 in the feed's own zone is 09:00 UTC for icalevents, ics and ical"
