#!/usr/bin/env bash
# Adding the holidays of two countries forgets the weekend of one and the worked Saturdays of the other.
#
# Version: holidays 0.109
# Good guess: holidays.SA() + holidays.DE() is closed on Fridays as Saudi Arabia is, or refuses; CN() + US() keeps that
#   Saturday 10 October 2026 is a working day in China, or refuses.
# Seen: in the sum of Saudi Arabia and Germany Friday 4 December 2026 is a working day and Sunday is not, in either order; in
#   the sum of China and the United States 10 October is not worked. Nothing warns.
# Why: the class made for a sum copies names, years and dates; its weekend and its weekend_workdays are those of a fresh object,
#   Saturday and Sunday and none.
# Hurts: a desk with two offices is promised on days when one of them is shut: is_working_day and get_nth_working_day are used
#   for exactly that.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
cat > "$work/seen" <<'SEEN'
SA Fri 4 Dec worked: False
SA + DE Fri 4 Dec worked: True
DE + SA Fri 4 Dec worked: True
CN Sat 10 Oct worked: True
CN + US Sat 10 Oct worked: False
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import date

import holidays

cn, de, sa, us = (holidays.country_holidays(code, years=2026) for code in ("CN", "DE", "SA", "US"))
friday, saturday = date(2026, 12, 4), date(2026, 10, 10)
print("SA Fri 4 Dec worked:", sa.is_working_day(friday))
print("SA + DE Fri 4 Dec worked:", (sa + de).is_working_day(friday))
print("DE + SA Fri 4 Dec worked:", (de + sa).is_working_day(friday))
print("CN Sat 10 Oct worked:", cn.is_working_day(saturday))
print("CN + US Sat 10 Oct worked:", (cn + us).is_working_day(saturday))
PY
diff "$work/seen" "$work/now"
echo "as seen: a sum of countries has a weekend of its own"
