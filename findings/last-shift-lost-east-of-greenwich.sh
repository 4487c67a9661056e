#!/usr/bin/env bash
# A daily rule that ends, in UTC, at its own last instance loses that instance in Berlin and keeps it in New York.
#
# Versions: rrule 2.8.1 (npm), rrule-temporal 2.2.8 (npm)
# Good guess: UNTIL is inclusive and in UTC when DTSTART has a zone (RFC 5545, 3.3.10), so three days, 30 November to
#   2 December 2026, 09:00 in the zone, wherever the zone is.
# Seen: rrule gives two days in Berlin and three in New York; rrule-temporal three and three.
# Why: rrule computes on wall times that it writes as if they were UTC, and compares them with the UNTIL as it stands: 09:00 in
#   Berlin counts as later than 08:00Z, which is the same instant.
# Hurts: calendars write UNTIL as the start of the last instance, in UTC. From Lisbon's summer to Auckland the last shift is
#   missing; an on-call clock stops a day early.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" rrule@2.8.1 rrule-temporal@2.2.8 @js-temporal/polyfill@0.5.1
cat > "$work/seen" <<'SEEN'
Europe/Berlin rrule 2 rrule-temporal 3
America/New_York rrule 3 rrule-temporal 3
SEEN
cat > "$work/read.mjs" <<'JS'
import rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';
for (const [zone, until] of [['Europe/Berlin', '20261202T080000Z'], ['America/New_York', '20261202T140000Z']]) {
    const text = `DTSTART;TZID=${zone}:20261130T090000\nRRULE:FREQ=DAILY;UNTIL=${until}`;
    console.log(zone, 'rrule', rrule.rrulestr(text).all().length, 'rrule-temporal', new RRuleTemporal({ rruleString: text }).all().length);
}
JS
TZ=UTC node "$work/read.mjs" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the last day is lost in Berlin only"
