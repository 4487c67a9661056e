#!/usr/bin/env bash
# Adding a day, or asking for the start of one, keeps the offset of before, and the answer depends on the zone of the server.
#
# Version: dayjs 1.11.23 with its utc and timezone plugins
# Good guess: dayjs.tz(..., 'Europe/Berlin') plus a day is the same time of the clock on the next day: 29 March 2026 09:00 is
#   07:00 UTC. The start of a day in Santiago is one instant, whatever the server's own zone is.
# Seen: 08:00 UTC, printed as 09:00+01:00, an offset that Berlin does not have that day. The start of 6 September 2026 in Santiago
#   (no midnight; right is 04:00 UTC) is 04:00 UTC on a server in UTC and 03:00 UTC, still the 5th, on one in New York.
# Why: the plugin writes the zone's offset of the moment into the object as a fixed one, and does the arithmetic of days with
#   a Date in the server's zone.
# Hurts: "next working day, same time" is an hour late after the change in spring; daily buckets differ between two servers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" dayjs@1.11.23
cat > "$work/seen" <<'SEEN'
UTC: 2026-03-29T08:00:00.000Z, shown as 09:00+01:00; 2026-09-06T04:00:00.000Z
America/New_York: 2026-03-29T08:00:00.000Z, shown as 09:00+01:00; 2026-09-06T03:00:00.000Z
SEEN
cat > "$work/day.js" <<'JS'
const dayjs = require('dayjs');
dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/timezone'));
const next = dayjs.tz('2026-03-28T09:00', 'Europe/Berlin').add(1, 'day');
const start = dayjs.tz('2026-09-06T10:00', 'America/Santiago').startOf('day');
console.log(`${process.env.TZ}: ${next.toISOString()}, shown as ${next.format('HH:mmZ')}; ${start.toISOString()}`);
JS
for server in UTC America/New_York; do TZ=$server node "$work/day.js"; done > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: an hour off, and the server's zone shows through"
