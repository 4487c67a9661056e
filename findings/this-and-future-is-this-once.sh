#!/usr/bin/env bash
# "From Tuesday on we open at noon" (RANGE=THISANDFUTURE) holds for Tuesday alone in three of four readers.
#
# Versions: icalendar 7.3.2 with recurring-ical-events 3.8.2, icalevents 0.3.1, ical 14.3.1; node-ical 0.26.1
# Good guess: 1, 2 and 3 December at 12:00. RFC 5545 (3.2.13) has one value for RANGE and says what it does: this instance and
#   all that follow.
# Seen: recurring-ical-events moves all three; the others move 1 December and open at 09:00 again from the 2nd.
# Why: they match an override to the one instance that its RECURRENCE-ID names, and do not look at the parameter.
# Hurts: this is how a calendar says that opening hours change for good. The old hours come back a day later, silently.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 ical==14.3.1 \
    icalevents==0.3.1 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" node-ical@0.26.1
cat > "$work/seen" <<'SEEN'
recurring 09 12 12 12
icalevents 09 12 09 09
ical 09 12 09 09
node-ical 09 12 09 09
SEEN
event() { printf '%s\r\n' BEGIN:VEVENT UID:1@example.com DTSTAMP:20260101T000000Z "$@" 'SUMMARY:Desk open' END:VEVENT; }
{
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//EN
    event 'DTSTART;TZID=Europe/Berlin:20261130T090000' 'DTEND;TZID=Europe/Berlin:20261130T170000' 'RRULE:FREQ=DAILY;COUNT=4'
    event 'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261201T090000' 'DTSTART;TZID=Europe/Berlin:20261201T120000' \
        'DTEND;TZID=Europe/Berlin:20261201T170000'
    printf '%s\r\n' END:VCALENDAR
} > "$work/feed.ics"
cat > "$work/read.py" <<'PY'
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

reader, feed = sys.argv[1], Path(sys.argv[2]).read_bytes().decode()
if reader == "recurring":
    import icalendar
    import recurring_ical_events
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(feed)).between(date(2026, 11, 30), date(2026, 12, 5))
elif reader == "icalevents":
    from icalevents.icalevents import events
    found = events(string_content=feed.encode(), start=datetime(2026, 11, 29, tzinfo=UTC), end=datetime(2026, 12, 5, tzinfo=UTC))
else:
    from ical.calendar_stream import IcsCalendarStream
    found = IcsCalendarStream.calendar_from_ics(feed).timeline_tz(UTC)
starts = sorted(event.start.astimezone(ZoneInfo("Europe/Berlin")) for event in found)
print(reader, *(start.strftime("%H") for start in starts))
PY
for reader in recurring icalevents ical; do
    PYTHONTZPATH='' "$work/venv/bin/python" -W ignore "$work/read.py" $reader "$work/feed.ics"
done > "$work/now"
cat > "$work/read.js" <<'JS'
const ical = require('node-ical');
const event = Object.values(ical.sync.parseFile(`${__dirname}/feed.ics`)).find((item) => item.type === 'VEVENT');
const found = ical.expandRecurringEvent(event, { from: new Date('2026-11-30'), to: new Date('2026-12-05') });
const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Europe/Berlin' });
console.log('node-ical', ...found.map((one) => hour.format(one.start)));
JS
TZ=UTC node "$work/read.js" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: only recurring-ical-events knows 'and future'"
