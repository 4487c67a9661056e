#!/usr/bin/env bash
# A window 02:30-04:00 on the nights on which the clocks change: three libraries, three lengths in spring and autumn.
#
# Versions: opening-hours-py 2.1.4, opening_hours 3.15.0 (npm), workclock 0.1.2
# Good guess: in spring the wall jumps from 02:00 to 03:00, so the window is 03:00 to 04:00, an hour; in autumn it begins at the
#   first 02:30 and lasts two and a half hours.
# Seen: opening-hours-py 60 minutes in spring and 90 in autumn (it waits for the second 02:30); opening_hours.js and workclock
#   30 in spring (they move the opening by the missing hour, to 03:30, past half of the window) and 150 in autumn.
# Why: the first clips the window to wall times that exist and takes the later of two; the others resolve the opening alone, as
#   Temporal's "compatible" does, without a look at the closing.
# Hurts: a maintenance window or a night desk has another length by each tool that reads the same text.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check opening-hours-py==2.1.4 workclock==0.1.2 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" opening_hours@3.15.0
cat > "$work/seen" <<'SEEN'
opening-hours-py 60 90
workclock 30 150
opening_hours.js 30 150
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours
from workclock import Schedule, WorkDay

berlin = ZoneInfo("Europe/Berlin")
nights = [[datetime(2026, month, day, hour, tzinfo=berlin) for hour in (0, 12)] for month, day in ((3, 29), (10, 25))]


def open_minutes(start, end):
    hours = OpeningHours("Mo-Su 02:30-04:00", timezone=berlin)
    spans = [(a, b) for a, b, state, _ in hours.intervals(start, end) if str(state) == "open"]
    return sum(int((b.astimezone(UTC) - a.astimezone(UTC)).total_seconds()) // 60 for a, b in spans)


desk = Schedule([WorkDay(time(2, 30), time(4), range(7))], time_zone=berlin)
print("opening-hours-py", *(open_minutes(*night) for night in nights))
print("workclock", *(int(desk.between(*night).total_seconds()) // 60 for night in nights))
PY
cat > "$work/read.js" <<'JS'
const OpeningHours = require('opening_hours');
const hours = new OpeningHours('Mo-Su 02:30-04:00');
const minutes = (day) => hours.getOpenDuration(new Date(`${day}T00:00`), new Date(`${day}T12:00`))[0] / 60000;
console.log('opening_hours.js', minutes('2026-03-29'), minutes('2026-10-25'));
JS
TZ=Europe/Berlin node "$work/read.js" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: 60 and 90, or 30 and 150, minutes"
