#!/usr/bin/env bash
# shift(hours=8) over the spring night gives an instant seven hours later, and the difference says that it was eight.
#
# Versions: arrow 1.4.0; pendulum 3.3.0 and whenever 0.11.0 beside it
# Good guess: a library made for zones adds hours as real hours, as pendulum, whenever, luxon and moment do.
# Seen: arrow: 28 March 2026 22:00 in Berlin plus 8 hours is 06:00+02:00, seven hours later; 06:00 minus 22:00 is 8:00:00 again.
#   pendulum and whenever give 07:00 and say 8 hours, which is so.
# Why: arrow passes both to datetime, which adds and subtracts on the wall within one zone; shift repairs only results that the
#   wall does not have.
# Hurts: a due time "8 hours from now" in the night shift is an hour early in spring and an hour late in autumn, and a check of
#   it with the same library agrees.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check arrow==1.4.0 pendulum==3.3.0 whenever==0.11.0 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
arrow 2026-03-29T06:00:00+02:00 real 7:00:00 said 8:00:00
pendulum 2026-03-29T07:00:00+02:00 said 8:00:00
whenever 2026-03-29T07:00:00+02:00 said PT8H
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import UTC

import arrow
import pendulum
from whenever import ZonedDateTime

zone = "Europe/Berlin"
start = arrow.get(2026, 3, 28, 22, tzinfo=zone)
due = start.shift(hours=8)
print("arrow", due.isoformat(), "real", due.astimezone(UTC) - start.astimezone(UTC), "said", due - start)
start = pendulum.datetime(2026, 3, 28, 22, tz=zone)
due = start.add(hours=8)
print("pendulum", due.isoformat(), "said", (due - start).as_timedelta())
start = ZonedDateTime(2026, 3, 28, 22, tz=zone)
due = start.add(hours=8)
print("whenever", str(due)[:25], "said", due - start)
PY
diff "$work/seen" "$work/now"
echo "as seen: arrow counts the wall"
