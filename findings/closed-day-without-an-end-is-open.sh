#!/usr/bin/env bash
# A closed day in a calendar: asked for free and busy times, one CalDAV server says that it lasts no time, the other that it is UTC's day.
#
# Versions: xandikos 0.4.10, Radicale 3.9.0
# Good guess: an event with DTSTART;VALUE=DATE and no DTEND lasts its day (RFC 5545, 3.6.1), and in a calendar whose
#   CALDAV:calendar-timezone is New York's it is busy from midnight to midnight there (RFC 4791, 5.2.2: this zone is for dates in
#   free-busy reports). So Thursday 24 December 2026 is 05:00Z to 05:00Z of the 25th on both servers, with DTEND and without.
# Seen: xandikos has 05:00Z with a length of P0D without DTEND, and the whole day with it. Radicale has 00:00Z to 00:00Z in both cases,
#   which is Wednesday 19:00 to Thursday 19:00 in New York.
# Why: xandikos gives every event without DTEND and DURATION no length, as RFC 5545 does for times but not for dates. Radicale keeps the
#   zone of the calendar as a property and never asks it; dates are midnights in UTC.
# Hurts: a scheduler that asks for free and busy sends work to a closed office: all day, or for its last five hours.
set -euo pipefail
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; fi; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xandikos==0.4.10 radicale==3.9.0 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
xandikos without DTEND: 20261224T050000Z/P0D
xandikos with DTEND: 20261224T050000Z/20261225T050000Z
radicale without DTEND: 20261224T000000Z/20261225T000000Z
radicale with DTEND: 20261224T000000Z/20261225T000000Z
SEEN
cat > "$work/ask.py" <<'PY'
import base64
import sys
import time
import urllib.error
import urllib.request

name, base = sys.argv[1:]
zone = """BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
"""
events = {"without": "DTSTART;VALUE=DATE:20261224\n", "with": "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261225\n"}
made = f"""<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<C:calendar-timezone>BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//findings//EN
{zone}END:VCALENDAR
</C:calendar-timezone></D:prop></D:set></C:mkcalendar>"""
asked = """<?xml version="1.0"?><C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">
<C:time-range start="20261221T000000Z" end="20261228T000000Z"/></C:free-busy-query>"""
headers = {"Authorization": "Basic " + base64.b64encode(b"desk:desk").decode(), "Content-Type": "application/xml", "Depth": "1"}


def send(method, path, text, **more):
    request = urllib.request.Request(base + path, data=text.encode(), method=method, headers=headers | more)
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
for key, times in events.items():
    folder = f"/desk/calendars/{key}/" if name == "xandikos" else f"/desk/{key}/"
    send("MKCALENDAR", folder, made)
    event = f"BEGIN:VEVENT\nUID:closed\nDTSTAMP:20260101T000000Z\nSUMMARY:Closed\n{times}END:VEVENT\n"
    feed = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//findings//EN\n{event}END:VCALENDAR\n".replace("\n", "\r\n")
    send("PUT", f"{folder}closed.ics", feed, **{"Content-Type": "text/calendar"})
    lines = send("REPORT", folder, asked).replace("\r\n ", "").splitlines()
    print(name, key, "DTEND:", *(line.split(":", 1)[1] for line in lines if line.startswith("FREEBUSY")))
PY
ask() {
    local name=$1 port=$2
    shift 2
    TZ=UTC "$work/venv/bin/python" -m "$@" > "$work/log" 2>&1 &
    server=$!
    "$work/venv/bin/python" "$work/ask.py" "$name" "http://127.0.0.1:$port"
    kill "$server"
    wait "$server" 2> /dev/null || true
    server=
}
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free)
ask xandikos "$port" xandikos serve -d "$work/xandikos" -l 127.0.0.1 -p "$port" --autocreate --defaults --current-user-principal /desk/ > "$work/now"
port=$(free)
ask radicale "$port" radicale --server-hosts "127.0.0.1:$port" --storage-filesystem-folder "$work/radicale" --auth-type none >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: a closed day of no length, and one in UTC"
