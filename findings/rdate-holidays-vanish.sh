#!/usr/bin/env bash
# Two closed days written as one event, the second as RDATE: one reader finds both, one only the first, two only the second.
#
# Versions: icalendar 7.3.2 with recurring-ical-events 3.8.2, icalevents 0.3.1, ical 14.3.1, vobject 0.9.9
# Good guess: both days. RFC 5545 (3.8.5.2, 3.8.5.3): the recurrence set is the DTSTART together with RRULE and RDATE.
# Seen: recurring-ical-events 30 November and 5 December; icalevents 30 November; ical and vobject 5 December.
# Why: icalevents has no code for RDATE; ical and vobject hand the RDATE alone to dateutil's rruleset, which does
#   not count a start that no rule mentions. (With an RRULE beside it, DTSTART comes back in ical and vobject.)
# Hurts: a school or a plant publishes "closed on these dates" just so. The office opens on a day on which it is shut.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 ical==14.3.1 \
    icalevents==0.3.1 vobject==0.9.9 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
recurring 30 Nov, 05 Dec
icalevents 30 Nov
ical 05 Dec
vobject 05 Dec
SEEN
cat > "$work/read.py" <<'PY'
import sys
from datetime import UTC, date, datetime

feed = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com",
    "DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261201", "RDATE;VALUE=DATE:20261205",
    "SUMMARY:Closed", "END:VEVENT", "END:VCALENDAR", ""])
reader = sys.argv[1]
if reader == "recurring":
    import icalendar
    import recurring_ical_events
    found = [e.start for e in recurring_ical_events.of(icalendar.Calendar.from_ical(feed)).between(date(2026, 11, 1), date(2027, 1, 1))]
elif reader == "icalevents":
    from icalevents.icalevents import events
    year = {"start": datetime(2026, 11, 1, tzinfo=UTC), "end": datetime(2027, 1, 1, tzinfo=UTC)}
    found = [e.start for e in events(string_content=feed.encode(), **year)]
elif reader == "ical":
    from ical.calendar_stream import IcsCalendarStream
    found = [e.start for e in IcsCalendarStream.calendar_from_ics(feed).timeline_tz(UTC)]
else:
    import vobject
    found = list(vobject.readOne(feed).vevent.rruleset)
print(reader, ", ".join(f"{day:%d %b}" for day in sorted(found)))
PY
for reader in recurring icalevents ical vobject; do
    PYTHONTZPATH='' "$work/venv/bin/python" -W ignore "$work/read.py" $reader
done > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: both days, the first, the second, the second"
