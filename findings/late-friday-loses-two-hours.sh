#!/usr/bin/env bash
# A late Friday ends at midnight for one of two readers, since every other day has a rule before it.
#
# Versions: opening-hours-py 2.1.4 (PyPI), opening_hours 3.15.0 (npm).
# Good guess: "Mo-Su 10:00-18:00; Fr 20:00-02:00" is open on Friday from 20:00 until 02:00. No rule after it is of Saturday, so that none
#   can end the night.
# Seen: opening_hours is open until 02:00. opening-hours-py closes at 00:00; it is open until 02:00 when a comma stands in the
#   place of the semicolon, or when the first rule is of other days than Saturday.
# Why: opening-hours-py keeps what is left of a night only where no earlier rule is of the next date.
# Hurts: the usual way to write one late evening beside hours of every day: two hours of each week, and whatever was promised in them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check opening-hours-py==2.1.4
npm install --silent --no-audit --no-fund --prefix "$work" opening_hours@3.15.0
cat > "$work/texts" <<'TEXTS'
Mo-Su 10:00-18:00; Fr 20:00-02:00
Mo-Su 10:00-18:00, Fr 20:00-02:00
Mo-Fr 10:00-18:00; Fr 20:00-02:00
TEXTS
cat > "$work/seen" <<'SEEN'
py: Fri 20:00-00:00
py: Fri 10:00-18:00, Fri 20:00-02:00
py: Fri 20:00-02:00
js: Fri 20:00-02:00
js: Fri 10:00-18:00, Fri 20:00-02:00
js: Fri 20:00-02:00
SEEN
cat > "$work/read.py" <<'PY'
import sys
from datetime import datetime

from opening_hours import OpeningHours

for text in open(sys.argv[1]).read().splitlines():
    spans = OpeningHours(text).intervals(datetime(2026, 12, 4, 9), datetime(2026, 12, 5, 9))
    print("py:", ", ".join(f"{a:%a %H:%M}-{b:%H:%M}" for a, b, state, _ in spans if str(state) == "open"))
PY
cat > "$work/read.js" <<'JS'
const OpeningHours = require('opening_hours');
const clock = (date) => date.toTimeString().slice(0, 5);
for (const text of require('fs').readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
    const spans = new OpeningHours(text).getOpenIntervals(new Date('2026-12-04T09:00'), new Date('2026-12-05T09:00'));
    console.log('js:', spans.map(([from, to]) => `${from.toDateString().slice(0, 3)} ${clock(from)}-${clock(to)}`).join(', '));
}
JS
"$work/venv/bin/python" "$work/read.py" "$work/texts" > "$work/now"
TZ=Europe/Brussels node "$work/read.js" "$work/texts" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the night of Friday ends at midnight for one reader, where an earlier rule is of Saturday"
