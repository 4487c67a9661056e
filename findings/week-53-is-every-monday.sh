#!/usr/bin/env bash
# "The Monday of week 53" is every Monday except that one, and "the last working day of the week" is every working day.
#
# Version: ical.js 2.2.1
# Good guess: a rule part that is not supported is refused. FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO from 28 December 2020 gives
#   28 December 2020, 28 December 2026, 27 December 2032; FREQ=WEEKLY;BYDAY=MO..FR;BYSETPOS=-1 gives Fridays (RFC 5545, 3.3.10).
# Seen: 4, 11 and 18 January 2021; 30 November, 1 and 2 December 2026. No error.
# Why: the yearly expansion takes the result of indexOf for a yes or no, so a week that is not listed (-1) counts as found and the
#   first listed one (0) as not found; BYSETPOS is asked for months only.
# Hurts: weeks of the year are how plants and accountants write closed days; the office is closed each Monday and open on the one meant.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" ical.js@2.2.1
cat > "$work/seen" <<'SEEN'
2021-01-04 2021-01-11 2021-01-18
2026-11-30 2026-12-01 2026-12-02
SEEN
cat > "$work/read.mjs" <<'JS'
import ICAL from 'ical.js';
for (const [start, rule] of [
    ['2020-12-28', 'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=3'], ['2026-11-30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3'],
]) {
    const days = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(start));
    console.log(String(days.next()), String(days.next()), String(days.next()));
}
JS
node "$work/read.mjs" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: every Monday but that of week 53, every day for the last of the week"
