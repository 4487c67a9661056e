#!/usr/bin/env bash
# Which days are the weekend? Language data and the holidays package differ for seventeen countries, India and Bangladesh among them.
#
# Versions: babel 2.19.0 (CLDR), holidays 0.109
# Good guess: the weekend of a country is known to everybody, and where a country has moved it both have the new one by now.
# Seen: by CLDR India rests on Sunday only, and Hong Kong and Venezuela on Saturday too; by holidays it is the other way round. Bangladesh
#   rests on Saturday and Sunday, or on Friday and Saturday; Libya the other way round. Brunei has Friday and Sunday by holidays.
# Why: CLDR gives a country Saturday and Sunday unless it is in a short list of exceptions, and writes a weekend as a first day and a
#   last one, so that one with a working day inside cannot be written. holidays has a set of days in the class of each country.
# Hurts: a form that greys out the weekend by the one and a due time by the other disagree each week.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0 holidays==0.109
cat > "$work/seen" <<'SEEN'
AF CLDR Thu Fri holidays Fri Sat
AI CLDR Sat Sun holidays Sun
BD CLDR Sat Sun holidays Fri Sat
BN CLDR Sat Sun holidays Fri Sun
CD CLDR Sat Sun holidays Sun
DJ CLDR Sat Sun holidays Fri Sat
HK CLDR Sat Sun holidays Sun
IN CLDR Sun holidays Sat Sun
KN CLDR Sat Sun holidays Sun
LY CLDR Fri Sat holidays Sat Sun
MR CLDR Sat Sun holidays Fri Sat
MV CLDR Sat Sun holidays Fri Sat
NE CLDR Sat Sun holidays Sun
PY CLDR Sat Sun holidays Sun
TK CLDR Sat Sun holidays Sun
UG CLDR Sun holidays Sat Sun
VE CLDR Sat Sun holidays Sun
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
import holidays
from babel import Locale, UnknownLocaleError

names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def by_language_data(country):
    locale = Locale.parse(f"und_{country}")
    length = (locale.weekend_end - locale.weekend_start) % 7 + 1
    return {(locale.weekend_start + day) % 7 for day in range(length)}


for country in sorted(code for code in holidays.list_supported_countries() if len(code) == 2):
    try:
        cldr = by_language_data(country)
    except UnknownLocaleError:
        continue
    package = holidays.country_holidays(country, years=2026).weekend
    if cldr != package:
        print(country, "CLDR", *(names[day] for day in sorted(cldr)), "holidays", *(names[day] for day in sorted(package)))
PY
diff "$work/seen" "$work/now"
echo "as seen: seventeen countries"
