#!/usr/bin/env bash
# A closing day that you add to China's calendar stays a working day if it falls on a swapped Saturday.
#
# Version: holidays 0.109
# Good guess: after append({10 October 2026: "Stocktaking"}) the day is a holiday and no working day, as for any other date.
# Seen: the day is in the calendar with its name, and is_working_day() is True; a weekday treated the same is not worked.
# Why: is_working_day looks at a Saturday only through the list of swapped working days, and at the holidays for weekdays alone.
# Hurts: the nth working day, and so the due date, counts a day on which the office said that it is closed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
cat > "$work/seen" <<'SEEN'
Fri 09 Oct Stocktaking worked: False
Sat 10 Oct Stocktaking worked: True
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import date

import holidays

china = holidays.country_holidays("CN", years=2026)
china.append({date(2026, 10, 9): "Stocktaking", date(2026, 10, 10): "Stocktaking"})
for day in (date(2026, 10, 9), date(2026, 10, 10)):
    print(f"{day:%a %d %b}", china.get(day), "worked:", china.is_working_day(day))
PY
diff "$work/seen" "$work/now"
echo "as seen: closed on Friday, worked on Saturday"
