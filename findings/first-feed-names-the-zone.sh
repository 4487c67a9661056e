#!/usr/bin/env bash
# Two feeds that call their own zone by the same name: the second is read with the zone of the first.
#
# Versions: icalendar 7.3.2, vobject 0.9.9
# Good guess: a VTIMEZONE holds for the file in which it stands (RFC 5545, 3.6.5: the TZID is unique within one iCalendar object).
# Seen: after a feed whose "Customized Time Zone" is -07:00, a feed whose "Customized Time Zone" is +02:00 opens its desk at
#   16:00 UTC instead of 07:00. Read alone it opens at 07:00.
# Why: both libraries keep the zones of feeds in one table for the process and never replace a name that is there.
# Hurts: that very name is written for every zone that a user sets up by hand in an old calendar program. A server that imports
#   the calendars of two offices gives one of them the hours of the other, and a restart in another order heals or swaps it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 vobject==0.9.9 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
icalendar alone 07:00
icalendar after another office 16:00
vobject alone 07:00
vobject after another office 16:00
SEEN
cat > "$work/read.py" <<'PY'
import sys
from datetime import UTC


def feed(offset):
    return "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
        "BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}", "END:STANDARD",
        "END:VTIMEZONE", "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z",
        "DTSTART;TZID=Customized Time Zone:20261207T090000", "DTEND;TZID=Customized Time Zone:20261207T170000",
        "SUMMARY:Desk open", "END:VEVENT", "END:VCALENDAR", ""])


def opening(reader, text):
    if reader == "icalendar":
        import icalendar
        return icalendar.Calendar.from_ical(text).walk("VEVENT")[0].start
    import vobject
    return vobject.readOne(text).vevent.dtstart.value


reader, after = sys.argv[1], sys.argv[2:]
if after:
    opening(reader, feed("-0700"))
print(reader, "after another office" if after else "alone", opening(reader, feed("+0200")).astimezone(UTC).strftime("%H:%M"))
PY
for reader in icalendar vobject; do
    "$work/venv/bin/python" -W ignore "$work/read.py" $reader 2>> "$work/log"
    "$work/venv/bin/python" -W ignore "$work/read.py" $reader after 2>> "$work/log"
done > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the first feed of the process decides"
