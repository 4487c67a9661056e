#!/usr/bin/env bash
# The same wall time in the same zone is another instant by pendulum.datetime() than by pendulum.instance().
#
# Version: pendulum 3.3.0
# Good guess: one library has one rule for a wall time that is missing or occurs twice.
# Seen: 29 March 2026 02:30 in Berlin (missing): datetime() 01:30 UTC, instance() of the naive datetime 00:30 UTC.
#   25 October 02:30 (twice): datetime() and parse() the second, 01:30 UTC; instance() the first, 00:30 UTC.
# Why: datetime() builds with fold=1 unless told otherwise; instance() copies the fold of the datetime it is given, which is 0.
# Hurts: tickets from a form and tickets from a database, entered at one time of the clock, are an hour apart; answers given
#   in between look late or early.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pendulum==3.3.0 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
missing: datetime 01:30 parse 01:30 instance 00:30
twice: datetime 01:30 parse 01:30 instance 00:30
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import UTC, datetime

import pendulum

zone = "Europe/Berlin"
for name, wall in (("missing", datetime(2026, 3, 29, 2, 30)), ("twice", datetime(2026, 10, 25, 2, 30))):
    doors = {
        "datetime": pendulum.datetime(wall.year, wall.month, wall.day, wall.hour, wall.minute, tz=zone),
        "parse": pendulum.parse(wall.isoformat(), tz=zone),
        "instance": pendulum.instance(wall, tz=zone),
    }
    print(f"{name}:", *(f"{door} {moment.astimezone(UTC):%H:%M}" for door, moment in doors.items()))
PY
diff "$work/seen" "$work/now"
echo "as seen: two doors, an hour apart"
