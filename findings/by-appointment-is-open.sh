#!/usr/bin/env bash
# 'Mo-Fr 09:00-17:00 || "by appointment"' is open all weekend, day and night, by one of the two readers of the notation.
#
# Versions: opening-hours-py 2.1.4, opening_hours 3.15.0 (npm)
# Good guess: outside the hours nobody knows: you have to call. The specification of opening_hours gives a rule with nothing but a
#   comment the state "unknown".
# Seen: opening_hours.js says unknown on Saturday 10:00; opening-hours-py says open, and is_unknown() is False. Only the word
#   "unknown" written out makes it unknown there.
# Why: there every rule without a word of state is open, whether it has hours or nothing but a comment.
# Hurts: this is the notation's own example of a fall-back. An SLA clock on such hours never stops.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check opening-hours-py==2.1.4
npm install --silent --no-audit --no-fund --prefix "$work" opening_hours@3.15.0
cat > "$work/seen" <<'SEEN'
opening-hours-py open
opening_hours.js unknown
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import datetime

from opening_hours import OpeningHours

print("opening-hours-py", OpeningHours('Mo-Fr 09:00-17:00 || "by appointment"').state(datetime(2026, 12, 5, 10))[0])
PY
cat > "$work/read.js" <<'JS'
const OpeningHours = require('opening_hours');
const hours = new OpeningHours('Mo-Fr 09:00-17:00 || "by appointment"');
console.log('opening_hours.js', hours.getStateString(new Date('2026-12-05T10:00')));
JS
TZ=UTC node "$work/read.js" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: by appointment is open, or unknown"
