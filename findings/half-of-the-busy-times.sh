#!/usr/bin/env bash
# Two busy hours on one FREEBUSY line, as the standard writes them, are one to a reader, and its end is a piece of text.
#
# Versions: node-ical 0.26.1, ical.js 2.2.1 (npm); icalendar 7.3.2, vobject 0.9.9
# Good guess: FREEBUSY:20261207T080000Z/PT1H,20261207T100000Z/20261207T110000Z is busy from 8 to 9 and from 10 to 11, UTC; several
#   periods on a line and lengths instead of ends are in RFC 5545 (3.8.2.6) and in its examples.
# Seen: ical.js, icalendar and vobject have both hours. node-ical has one entry, from 8 to the text "PT1H,20261207T100000Z"; with two
#   ends on the line it ends at "20261207T090000Z,20261207T100000Z".
# Why: it parts the line at the slashes, reads the first two pieces as dates, and keeps a piece that is no date as it stands.
# Hurts: who books by it books into busy hours: the second is lost, and the first has no end that a date can be compared with.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 vobject==0.9.9 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" node-ical@0.26.1 ical.js@2.2.1
cat > "$work/seen" <<'SEEN'
length: node-ical 08:00 to the text PT1H,20261207T100000Z
length: ical.js 08:00 to 09:00, 10:00 to 11:00
ends: node-ical 08:00 to the text 20261207T090000Z,20261207T100000Z
ends: ical.js 08:00 to 09:00, 10:00 to 11:00
length: icalendar 08:00 to 09:00, 10:00 to 11:00
length: vobject 08:00 to 09:00, 10:00 to 11:00
ends: icalendar 08:00 to 09:00, 10:00 to 11:00
ends: vobject 08:00 to 09:00, 10:00 to 11:00
SEEN
feed() {
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//findings//EN BEGIN:VFREEBUSY UID:desk DTSTAMP:20261201T000000Z \
        ORGANIZER:mailto:desk@example.org DTSTART:20261207T000000Z DTEND:20261208T000000Z "FREEBUSY:$1" END:VFREEBUSY END:VCALENDAR
}
feed 20261207T080000Z/PT1H,20261207T100000Z/20261207T110000Z > "$work/length.ics"
feed 20261207T080000Z/20261207T090000Z,20261207T100000Z/20261207T110000Z > "$work/ends.ics"
cat > "$work/read.mjs" <<'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import ical from 'node-ical'

for (const name of ['length', 'ends']) {
  const text = readFileSync(`${name}.ics`, 'utf8')
  const shown = at => (at instanceof Date ? at.toISOString().slice(11, 16) : `the text ${at}`)
  const { freebusy } = Object.values(ical.sync.parseICS(text)).find(each => each.type === 'VFREEBUSY')
  console.log(`${name}: node-ical ${freebusy.map(({ start, end }) => `${shown(start)} to ${shown(end)}`).join(', ')}`)
  const periods = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vfreebusy').getFirstProperty('freebusy').getValues()
  console.log(`${name}: ical.js ${periods.map(each => `${shown(each.start.toJSDate())} to ${shown(each.getEnd().toJSDate())}`).join(', ')}`)
}
JS
(cd "$work" && TZ=UTC node read.mjs) > "$work/now"
"$work/venv/bin/python" -W ignore - "$work" >> "$work/now" <<'PY'
import sys
from datetime import timedelta
from pathlib import Path

import icalendar
import vobject


def shown(start, end):
    return f"{start:%H:%M} to {start + end if isinstance(end, timedelta) else end:%H:%M}"


for name in ("length", "ends"):
    text = (Path(sys.argv[1]) / f"{name}.ics").read_text(encoding="utf-8")
    periods = icalendar.Calendar.from_ical(text).walk("VFREEBUSY")[0]["FREEBUSY"]
    print(f"{name}: icalendar", ", ".join(shown(each.start, each.end) for each in periods))
    print(f"{name}: vobject", ", ".join(shown(*each) for each in vobject.readOne(text).vfreebusy.freebusy.value))
PY
diff "$work/seen" "$work/now"
echo "as seen: one busy hour of two"
