#!/usr/bin/env bash
# Weekly office hours in the standard's own component for them, VAVAILABILITY, are open on the first Monday and never again.
#
# Version: xandikos 0.4.10, a CalDAV server that answers free-busy queries by RFC 7953
# Good guess: AVAILABLE on 5 January 2026, 09:00 to 17:00 in Berlin, with FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR, is free in these hours of
#   each weekday, and the rest is BUSY-UNAVAILABLE. Whether VAVAILABILITY has a start and an end or none makes no difference inside them:
#   RFC 7953 lets both be left out, for hours without bounds.
# Seen: with bounds Monday 5 January is open from 08:00Z to 16:00Z, and Monday 7 December is BUSY-UNAVAILABLE all day, as is every day
#   between. Without bounds nothing is busy, not even at night.
# Why: for AVAILABLE the server reads DTSTART and DTEND and no RRULE, which it expands for events only; a VAVAILABILITY without DTSTART
#   is skipped.
# Hurts: hours that were published so that others can book within them make the office unreachable for ever, or reachable at night.
set -euo pipefail
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; fi; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xandikos==0.4.10 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
bounds, 20260105: FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260105T000000Z/20260105T080000Z FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260105T160000Z/20260106T000000Z
bounds, 20261207: FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261207T000000Z/20261208T000000Z
no bounds, 20260105: nothing busy
no bounds, 20261207: nothing busy
SEEN
cat > "$work/ask.py" <<'PY'
import sys
import time
import urllib.error
import urllib.request

base = sys.argv[1]
zone = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
hours = """BEGIN:AVAILABLE
UID:weekdays
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260105T090000
DTEND;TZID=Europe/Berlin:20260105T170000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
END:AVAILABLE
"""
bounds = {"bounds": "DTSTART;TZID=Europe/Berlin:20260101T000000\nDTEND;TZID=Europe/Berlin:20270101T000000\n", "no bounds": ""}


def send(method, path, text, **headers):
    request = urllib.request.Request(base + path, data=text.encode(), method=method, headers={"Content-Type": "text/xml", "Depth": "1"} | headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


for _ in range(100):
    try:
        urllib.request.urlopen(base, timeout=10)
        break
    except urllib.error.HTTPError:
        break
    except OSError:
        time.sleep(0.2)
for key, times in bounds.items():
    folder = f"/desk/calendars/{key.replace(' ', '-')}/"
    send("MKCALENDAR", folder, '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"/>')
    office = f"BEGIN:VAVAILABILITY\nUID:office\nDTSTAMP:20260101T000000Z\n{times}{hours}END:VAVAILABILITY\n"
    feed = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//findings//EN\n{zone}{office}END:VCALENDAR\n".replace("\n", "\r\n")
    send("PUT", f"{folder}office.ics", feed, **{"Content-Type": "text/calendar"})
    for start, end in (("20260105T000000Z", "20260106T000000Z"), ("20261207T000000Z", "20261208T000000Z")):
        asked = f'<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav"><C:time-range start="{start}" end="{end}"/></C:free-busy-query>'
        lines = send("REPORT", folder, '<?xml version="1.0"?>' + asked).replace("\r\n ", "").splitlines()
        busy = [line.replace(";VALUE=PERIOD", "") for line in lines if line.startswith("FREEBUSY")]
        print(f"{key}, {start[:8]}:", *(busy or ["nothing busy"]))
PY
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
TZ=UTC "$work/venv/bin/python" -m xandikos serve -d "$work/data" -l 127.0.0.1 -p "$port" --autocreate --defaults \
    --current-user-principal /desk/ > "$work/log" 2>&1 &
server=$!
"$work/venv/bin/python" "$work/ask.py" "http://127.0.0.1:$port" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: hours of one Monday"
