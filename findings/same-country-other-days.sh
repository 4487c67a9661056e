#!/usr/bin/env bash
# Is this date a public holiday? Three packages, all of their newest release, answer differently for ordinary countries.
#
# Versions: holidays 0.109, workalendar 17.0.0, date-holidays 3.37.0 (npm, type public)
# Good guess: the three agree wherever the rule is old: New Year's Day, Easter Monday, Japan's law of 1948.
# Seen: see below. El Salvador works on 1 January by date-holidays, and Trinidad on Easter Monday; Sri Lanka, where 1 January is a
#   working day, does not. Japan has neither its substitute of 6 May 2026 nor its sandwiched 22 September by workalendar; the
#   United States have no 19 June; Hungary's bridge day of 2 January 2026 is known to holidays only.
# Why: workalendar's Japan writes out substitutes year by year and stops in 2021; its class for the whole US leaves 19 June to the
#   classes of states; date-holidays lists a country's days by hand and has no swaps. holidays names the acts behind its lists
#   (Japan: articles 3(2) and 3(3) of the Act on National Holidays).
# Hurts: a service in Python and a page in JavaScript promise different days.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check workalendar==17.0.0 holidays==0.109
npm install --silent --no-audit --no-fund --prefix "$work" date-holidays@3.37.0
cat > "$work/seen" <<'SEEN'
HU 2026-01-02 holidays yes workalendar no date-holidays no
JP 2026-05-06 holidays yes workalendar no date-holidays yes
JP 2026-09-22 holidays yes workalendar no date-holidays yes
LK 2026-01-01 holidays no workalendar - date-holidays yes
SV 2026-01-01 holidays yes workalendar yes date-holidays no
TT 2026-04-06 holidays yes workalendar - date-holidays no
US 2026-06-19 holidays yes workalendar no date-holidays yes
SEEN
cat > "$work/days.js" <<'JS'
const Holidays = require('date-holidays');
const [country, day] = process.argv.slice(2);
const days = new Holidays(country, { types: ['public'] }).getHolidays(2026);
console.log('date-holidays', days.some((one) => one.date.startsWith(day)) ? 'yes' : 'no');
JS
cat > "$work/days.py" <<'PY'
import sys
from datetime import date

import holidays
from workalendar.registry import registry

country, day = sys.argv[1], date.fromisoformat(sys.argv[2])
say = {True: "yes", False: "no", None: "-"}
calendar = registry.get(country)
print(country, day, "holidays", say[day in holidays.country_holidays(country, years=2026)],
      "workalendar", say[calendar().is_holiday(day) if calendar else None], end=" ")
PY
for question in "HU 2026-01-02" "JP 2026-05-06" "JP 2026-09-22" "LK 2026-01-01" "SV 2026-01-01" "TT 2026-04-06" "US 2026-06-19"; do
    # shellcheck disable=SC2086 - a country and a date
    "$work/venv/bin/python" -W ignore "$work/days.py" $question && node "$work/days.js" $question
done > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: seven dates, no two packages alike"
