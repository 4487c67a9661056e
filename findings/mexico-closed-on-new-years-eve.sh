#!/usr/bin/env bash
# Mexico has a holiday on 31 December in seven of eight years, the year before a Monday excepted.
#
# Versions: workalendar 17.0.0, holidays 0.109, date-holidays 3.37.0 (npm)
# Good guess: three packages agree on 2026 in Mexico: the days of rest of the labour law (Ley Federal del Trabajo, article 74, on
#   which the holidays package bases its list), none of which moves off a weekend.
# Seen: workalendar has Thursday 31 December 2026, 2027 also, "New Year Day substitute"; the other two do not.
# Why: the class means to give the Friday before a New Year's Day on a Saturday, but asks only whether that weekday is not zero,
#   so every New Year's Day except a Monday counts.
# Hurts: a ticket of Wednesday evening, 30 December, is due a working day late.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check workalendar==17.0.0 holidays==0.109
npm install --silent --no-audit --no-fund --prefix "$work" date-holidays@3.37.0
cat > "$work/seen" <<'SEEN'
workalendar 2024 2025 2026 2027 2029 2030 2031
holidays
date-holidays
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import date

import holidays
from workalendar.america import Mexico

years = range(2024, 2032)
print("workalendar", *(year for year in years if Mexico().is_holiday(date(year, 12, 31))))
print("holidays", *(year for year in years if date(year, 12, 31) in holidays.country_holidays("MX", years=year)))
PY
cat > "$work/read.js" <<'JS'
const Holidays = require('date-holidays');
const mexico = new Holidays('MX', { types: ['public'] });
const years = [2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031];
console.log(['date-holidays', ...years.filter((year) => mexico.getHolidays(year).some((day) => day.date.startsWith(`${year}-12-31`)))].join(' '));
JS
node "$work/read.js" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: New Year's Eve is a holiday, but not in 2028"
