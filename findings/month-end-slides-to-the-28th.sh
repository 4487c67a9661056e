#!/usr/bin/env bash
# "Monthly on the 31st" becomes the 28th for ever after the first February, and 02:30 becomes 03:30 after the first spring.
#
# Version: node-ical 0.26.1 (it brings rrule-temporal 1.6.0)
# Good guess: months without a 31st are left out, and so are years without 29 February (RFC 5545, 3.3.10: instances with an
#   invalid date are ignored); an alarm at 02:30 is moved on the one day that lacks 02:30.
# Seen: 31 January, 28 February, 28 March, 28 April; 29 February 2024, then 28 February of each year, 2028 too; 02:30 is 03:30
#   on 29 March 2026 and on every day after it.
# Why: each instance is made from the one before by adding a month, a year or a day, and what was cut off to fit is never given
#   back. 0.27.2, which wants Node 22, has mended it with rrule-temporal 2.2.8; it leaves 29 March out instead.
# Hurts: month-end cover, a yearly freeze of tickets and a nightly window leave their place after the first short month.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" node-ical@0.26.1
cat > "$work/seen" <<'SEEN'
monthly 2026-01-31 09:00, 2026-02-28 09:00, 2026-03-28 09:00, 2026-04-28 09:00
yearly 2024-02-29 09:00, 2025-02-28 09:00, 2026-02-28 09:00, 2027-02-28 09:00, 2028-02-28 09:00
daily 2026-03-28 02:30, 2026-03-29 03:30, 2026-03-30 03:30, 2026-03-31 03:30
SEEN
cat > "$work/read.js" <<'JS'
const ical = require('node-ical');
const berlin = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Berlin' });
for (const [start, rule] of [
    ['20260131T090000', 'FREQ=MONTHLY;COUNT=4'], ['20240229T090000', 'FREQ=YEARLY;COUNT=5'], ['20260328T023000', 'FREQ=DAILY;COUNT=4'],
]) {
    const feed = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//EN', 'BEGIN:VEVENT', 'UID:1@example.com',
        'DTSTAMP:20240101T000000Z', `DTSTART;TZID=Europe/Berlin:${start}`, 'DURATION:PT1H', `RRULE:${rule}`, 'SUMMARY:Cover',
        'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
    const event = Object.values(ical.sync.parseICS(feed)).find((item) => item.type === 'VEVENT');
    const found = ical.expandRecurringEvent(event, { from: new Date('2024-01-01'), to: new Date('2029-01-01') });
    console.log(rule.slice(5).split(';')[0].toLowerCase(), found.map((one) => berlin.format(one.start)).join(', '));
}
JS
TZ=UTC node "$work/read.js" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the 31st, the leap day and half past two are lost for good"
