#!/usr/bin/env bash
# On the night on which midnight falls back to 23:00, the end of the day comes an hour early in two libraries.
#
# Versions: arrow 1.4.0, moment-timezone 0.6.6; pendulum 3.3.0 and luxon 3.7.2 beside them
# Good guess: the 29th of October 2026 in Cairo has 25 hours, and its end is the last instant before the 30th: 21:59:59 UTC.
# Seen: arrow's ceil("day") and moment's endOf("day") give 20:59:59 UTC, an hour before the day is over; pendulum and luxon
#   give 21:59:59 UTC. All of them print 23:59:59.
# Why: the end is written as a wall time, 23:59:59 of that date, which happens twice, and the first is taken.
# Hurts: "by the end of the day" is late an hour before the day ends, and tickets of the last hour fall between two days of a
#   report. Cairo, Beirut, Havana, Santiago and the Azores end summer time at midnight.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check arrow==1.4.0 pendulum==3.3.0 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" moment-timezone@0.6.6 luxon@3.7.2
cat > "$work/seen" <<'SEEN'
arrow 20:59:59
pendulum 21:59:59
moment-timezone 20:59:59
luxon 21:59:59
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import UTC

import arrow
import pendulum

zone = "Africa/Cairo"
print("arrow", f"{arrow.get(2026, 10, 29, 10, tzinfo=zone).ceil('day').astimezone(UTC):%H:%M:%S}")
print("pendulum", f"{pendulum.datetime(2026, 10, 29, 10, tz=zone).end_of('day').astimezone(UTC):%H:%M:%S}")
PY
cat > "$work/end.js" <<'JS'
const moment = require('moment-timezone');
const { DateTime } = require('luxon');
const zone = 'Africa/Cairo';
console.log('moment-timezone', moment.tz('2026-10-29T10:00', zone).endOf('day').toISOString().slice(11, 19));
console.log('luxon', DateTime.fromISO('2026-10-29T10:00', { zone }).endOf('day').toUTC().toISO().slice(11, 19));
JS
TZ=UTC node "$work/end.js" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: two of four end the day an hour early"
