#!/usr/bin/env bash
# "Monthly on the last day, back to the 28th where it must be" is read without the back in two readers, and refused for a reason
# that is not so in a third.
#
# Versions: ical 14.3.1, ical.js 2.2.1 (npm), node-ical 0.26.1 (npm); rrule-temporal 2.2.8 (npm) reads it right
# Good guess: RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD from 31 January 2026 gives 31 January, 28 February, 31 March (RFC 7529,
#   section 4.1), or an error that says the extension is unknown.
# Seen: ical and ical.js leave February out, as if SKIP were not there; node-ical refuses the feed with the words that RSCALE
#   is missing, which it is not.
# Why: ical and ical.js take in the two names and use neither; node-ical (0.27.2 too) cuts the rule up for its engine, which gets
#   SKIP without RSCALE.
# Hurts: month-end duty and billing cut-offs are what the extension is for; February has none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ical==14.3.1 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" ical.js@2.2.1 node-ical@0.26.1 rrule-temporal@2.2.8 @js-temporal/polyfill@0.5.1
cat > "$work/seen" <<'SEEN'
ical 01-31 03-31 05-31
ical.js 01-31 03-31 05-31
rrule-temporal 01-31 02-28 03-31
node-ical SKIP MUST NOT be present unless RSCALE is present
SEEN
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//EN BEGIN:VEVENT UID:1@example.com DTSTAMP:20260101T000000Z \
    'DTSTART;VALUE=DATE:20260131' 'DTEND;VALUE=DATE:20260201' 'RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3' \
    'SUMMARY:Month end' END:VEVENT END:VCALENDAR > "$work/feed.ics"
PYTHONTZPATH='' "$work/venv/bin/python" -W ignore - "$work/feed.ics" > "$work/now" <<'PY'
import sys
from datetime import UTC
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream

days = IcsCalendarStream.calendar_from_ics(Path(sys.argv[1]).read_bytes().decode()).timeline_tz(UTC)
print("ical", *(f"{day.start:%m-%d}" for day in days))
PY
cat > "$work/read.mjs" <<'JS'
import fs from 'node:fs';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { RRuleTemporal } from 'rrule-temporal';
const rule = 'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3';
const steps = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString('2026-01-31'));
console.log('ical.js', ...[1, 2, 3].map(() => String(steps.next()).slice(5)));
const dates = new RRuleTemporal({ rruleString: `DTSTART:20260131T000000Z\nRRULE:${rule}` }).all();
console.log('rrule-temporal', ...dates.map((day) => day.toString().slice(5, 10)));
try {
    nodeIcal.sync.parseICS(fs.readFileSync(new URL('feed.ics', import.meta.url), 'utf8'));
    console.log('node-ical read it');
} catch (error) {
    console.log('node-ical', error.message);
}
JS
TZ=UTC node "$work/read.mjs" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: February is left out, or the feed refused"
