#!/usr/bin/env bash
# When the clocks of a place change, four Python readers pass over the VTIMEZONE that the file brings; two readers obey it.
#
# Versions: icalendar 7.3.2, ical 14.3.1, icalevents 0.3.1, ics 0.7.3, vobject 0.9.9; ical.js 2.2.1
# Good guess: a file that defines America/Vancouver is read by its own definition (RFC 5545, 3.6.5), by everybody.
# Seen: the test writes 7 December 2026, 09:00 twice: with Vancouver's rules of before November 2026 (17:00 UTC) and with
#   permanent -07:00 (16:00 UTC). vobject and ical.js give these two instants. The others give one: they look the name up.
# Why: icalendar keeps a VTIMEZONE only if its zone database lacks the name; ical, icalevents and ics ask a database by name;
#   vobject registers the file's zone, and ical.js ships no zones and has nothing but the file.
# Hurts: a calendar exported before a zone change means another instant than one exported after it. Which due time you get
#   depends on the age of the zone data of the reading machine for one reader, and on the age of the export for the next.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 ical==14.3.1 icalevents==0.3.1 ics==0.7.3 \
    vobject==0.9.9 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" ical.js@2.2.1
cat > "$work/seen" <<'SEEN'
icalendar: by name
ical: by name
icalevents: by name
ics: by name
vobject: by the file
ical.js: by the file
SEEN
cat > "$work/feeds.py" <<'PY'
seasons = [
    "BEGIN:DAYLIGHT", "DTSTART:20070311T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "TZOFFSETFROM:-0800",
    "TZOFFSETTO:-0700", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:20071104T020000", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "TZOFFSETFROM:-0700",
    "TZOFFSETTO:-0800", "END:STANDARD"]
permanent = ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:-0700", "TZOFFSETTO:-0700", "END:STANDARD"]
feeds = ["\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN",
    "BEGIN:VTIMEZONE", "TZID:America/Vancouver", *rules, "END:VTIMEZONE",
    "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z", "DTSTART;TZID=America/Vancouver:20261207T090000",
    "DTEND;TZID=America/Vancouver:20261207T170000", "SUMMARY:Desk open", "END:VEVENT", "END:VCALENDAR", ""])
    for rules in (seasons, permanent)]
PY
cat > "$work/read.py" <<'PY'
import sys
from datetime import UTC, datetime

from feeds import feeds

reader, feed = sys.argv[1], feeds[int(sys.argv[2])]
if reader == "icalendar":
    import icalendar
    start = icalendar.Calendar.from_ical(feed).walk("VEVENT")[0].start
elif reader == "ical":
    from ical.calendar_stream import IcsCalendarStream
    start = next(iter(IcsCalendarStream.calendar_from_ics(feed).timeline_tz(UTC))).start
elif reader == "icalevents":
    from icalevents.icalevents import events
    start = events(string_content=feed.encode(), start=datetime(2026, 12, 7, tzinfo=UTC), end=datetime(2026, 12, 8, tzinfo=UTC))[0].start
elif reader == "ics":
    import ics
    start = next(iter(ics.Calendar(feed).events)).begin
else:
    import vobject
    start = vobject.readOne(feed).vevent.dtstart.value
print(start.astimezone(UTC))
PY
for reader in icalendar ical icalevents ics vobject; do # a process for each file: zones are kept from one to the next
    old=$(PYTHONTZPATH='' "$work/venv/bin/python" -W ignore "$work/read.py" $reader 0 2>> "$work/log")
    new=$(PYTHONTZPATH='' "$work/venv/bin/python" -W ignore "$work/read.py" $reader 1 2>> "$work/log")
    if [ "$old" = "$new" ]; then echo "$reader: by name"; else echo "$reader: by the file"; fi
done > "$work/now"
(cd "$work" && python3 -c 'import json; from feeds import feeds; print(json.dumps(feeds))' > feeds.json)
cat > "$work/read.mjs" <<'JS'
import fs from 'node:fs';
import ICAL from 'ical.js';
const starts = JSON.parse(fs.readFileSync(new URL('feeds.json', import.meta.url))).map((feed) =>
    new ICAL.Event(new ICAL.Component(ICAL.parse(feed)).getFirstSubcomponent('vevent')).startDate.toJSDate().getTime());
console.log(`ical.js: by ${new Set(starts).size === 2 ? 'the file' : 'name'}`);
JS
TZ=UTC node "$work/read.mjs" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the zone of the file counts in vobject and ical.js only"
