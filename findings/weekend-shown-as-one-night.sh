#!/usr/bin/env bash
# A window from Friday 22:00 to Monday 06:00 is shown as "22:00 – 06:00", and one from Friday 22:00 to Saturday 22:00 as "22:00".
#
# Versions: babel 2.19.0, and Intl of Node 20 beside it: both format by the language data of CLDR
# Good guess: asked for an interval in hours and minutes, both add the dates where the two ends lie on different days, or refuse a
#   pattern that cannot hold the interval.
# Seen: Intl has the dates. Babel shows the times only; where they are equal it shows one of them, so that a day is a moment. The same
#   in German.
# Why: Babel compares the fields of the pattern, "Hm", and no others, and shows two ends without a difference among these as a single
#   one, by the letter of CLDR's specification; ICU, below Intl, adds year, month and day where these differ.
# Hurts: a notice of maintenance over a weekend says one night, in every language at once.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
cat > "$work/seen" <<'SEEN'
Babel en 2026-06-05T22:00 2026-06-06T06:00: 22:00 – 06:00
Babel en 2026-06-05T22:00 2026-06-06T22:00: 22:00
Babel en 2026-06-05T22:00 2026-06-08T06:00: 22:00 – 06:00
Babel de 2026-06-05T22:00 2026-06-06T06:00: 22:00–06:00 Uhr
Babel de 2026-06-05T22:00 2026-06-06T22:00: 22:00
Babel de 2026-06-05T22:00 2026-06-08T06:00: 22:00–06:00 Uhr
Intl en 2026-06-05T22:00 2026-06-06T06:00: 6/5/2026, 22:00 – 6/6/2026, 06:00
Intl en 2026-06-05T22:00 2026-06-06T22:00: 6/5/2026, 22:00 – 6/6/2026, 22:00
Intl en 2026-06-05T22:00 2026-06-08T06:00: 6/5/2026, 22:00 – 6/8/2026, 06:00
Intl de 2026-06-05T22:00 2026-06-06T06:00: 5.6.2026, 22:00 – 6.6.2026, 06:00
Intl de 2026-06-05T22:00 2026-06-06T22:00: 5.6.2026, 22:00 – 6.6.2026, 22:00
Intl de 2026-06-05T22:00 2026-06-08T06:00: 5.6.2026, 22:00 – 8.6.2026, 06:00
SEEN
cat > "$work/read.mjs" <<'JS'
for (const language of ['en', 'de']) {
  const format = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  for (const end of ['06T06:00', '06T22:00', '08T06:00']) {
    console.log(`Intl ${language} 2026-06-05T22:00 2026-06-${end}: ${format.formatRange(new Date('2026-06-05T22:00'), new Date(`2026-06-${end}`))}`)
  }
}
JS
PYTHONUTF8=1 "$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import datetime

from babel.dates import format_interval

start = "2026-06-05T22:00"
for language in ("en", "de"):
    for end in ("2026-06-06T06:00", "2026-06-06T22:00", "2026-06-08T06:00"):
        ends = datetime.fromisoformat(start), datetime.fromisoformat(end)
        print("Babel", language, start, f"{end}:", format_interval(*ends, "Hm", locale=language))
PY
TZ=UTC node "$work/read.mjs" >> "$work/now"
LC_ALL=C sed -i 's/\xe2\x80\x89/ /g' "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: a weekend without its days"
