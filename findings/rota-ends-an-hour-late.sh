#!/usr/bin/env bash
# A nightly rota 22:00 to 06:00 ends at 07:00 on the spring night in one reader, at 06:00 in another, and the standard sides with 07:00.
#
# Versions: node-ical 0.26.1, ical-expander 3.2.0
# Good guess: a rota with DTSTART 22:00 and DTEND 06:00 of the same zone ends at 06:00 each morning.
# Seen: on 29 March 2026 in Berlin node-ical ends it at 07:00; ical-expander ends it at 06:00.
# Why: RFC 5545 (3.8.5.3) says that with a DTEND the instances share the exact length of the first, eight hours, and only with
#   DURATION the nominal one. node-ical adds these eight hours; ical-expander adds them on the wall.
# Hurts: nobody who writes a rota means the letter of it. Two readers hand over the desk at different instants twice a year.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" node-ical@0.26.1 ical-expander@3.2.0
cat > "$work/seen" <<'SEEN'
node-ical 06:00 07:00 06:00
ical-expander 06:00 06:00 06:00
SEEN
cat > "$work/read.js" <<'JS'
const ical = require('node-ical');
const Expander = require('ical-expander');
const feed = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//EN', 'BEGIN:VEVENT', 'UID:1@example.com',
    'DTSTAMP:20260101T000000Z', 'DTSTART;TZID=Europe/Berlin:20260327T220000', 'DTEND;TZID=Europe/Berlin:20260328T060000',
    'RRULE:FREQ=DAILY;COUNT=3', 'SUMMARY:Night rota', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const berlin = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Berlin' });
const event = Object.values(ical.sync.parseICS(feed)).find((item) => item.type === 'VEVENT');
const span = [new Date('2026-03-27'), new Date('2026-04-01')];
console.log('node-ical', ...ical.expandRecurringEvent(event, { from: span[0], to: span[1] }).map((one) => berlin.format(one.end)));
console.log('ical-expander', ...new Expander({ ics: feed }).between(...span).occurrences.map((one) => berlin.format(one.endDate.toJSDate())));
JS
TZ=UTC node "$work/read.js" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: 07:00 by the letter, 06:00 by the wall"
