#!/usr/bin/env bash
# The column "01:30" of a time report is an hour and a half, or ninety seconds; and "1,5h", written with a comma, is fifteen hours.
#
# Versions: pydantic 2.14.4, Django 5.2.19, duckdb 2.0.1, pandas 3.1.1, pytimeparse 1.1.10, tempora 5.13.0, timelength 3.0.4,
#   dateparser 1.5.0; parse-duration 2.1.9, timestring 7.0.0, moment 2.31.0 (npm)
# Good guess: hours and minutes, as spreadsheets and helpdesks write them, or an error; an hour and a half, or an error, as half of the
#   world writes the decimal comma.
# Seen: "01:30" is 90 minutes to pydantic, DuckDB, tempora and moment, 1.5 to Django, pytimeparse and timelength; pandas refuses it.
#   "1,5h" is 90 minutes to dateparser, 900 to pandas, parse-duration and timestring, and to tempora five hours and a second; four others
#   refuse it.
# Why: two numbers are minutes and seconds in the patterns of Django and pytimeparse, hours and minutes in the others. pandas, timestring
#   and parse-duration strike the comma out, so that 15 is left; tempora takes it to part two amounts, the first of them seconds.
# Hurts: a service with pydantic and one with Django read the same form and differ by a factor of sixty; a target of 1,5h is ten
#   times as long.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 duckdb==2.0.1 pydantic==2.14.4 Django==5.2.19 \
    pytimeparse==1.1.10 tempora==5.13.0 timelength==3.0.4 dateparser==1.5.0
npm install --silent --no-audit --no-fund --prefix "$work" parse-duration@2.1.9 timestring@7.0.0 moment@2.31.0
cat > "$work/seen" <<'SEEN'
01:30 pydantic 90
01:30 duckdb 90
01:30 tempora 90
01:30 django 1.5
01:30 pytimeparse 1.5
01:30 timelength 1.5
01:30 pandas refused
1,5h dateparser 90
1,5h pandas 900
1,5h tempora 300
1,5h pytimeparse refused
1,5h duckdb refused
1,5h django refused
1,5h pydantic refused
01:30 moment 90
1,5h parse-duration 900
1,5h timestring 900
SEEN
cat > "$work/read.mjs" <<'JS'
import moment from 'moment'
import parse from 'parse-duration'
import timestring from 'timestring'

console.log(`01:30 moment ${moment.duration('01:30').asMinutes()}`)
console.log(`1,5h parse-duration ${parse('1,5h') / 60000}`)
console.log(`1,5h timestring ${timestring('1,5h') / 60}`)
JS
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import datetime, timedelta

import dateparser
import duckdb
import pandas
import pydantic
import pytimeparse
import tempora
import timelength
from django.utils.dateparse import parse_duration

base = datetime(2026, 6, 1, 12)
readers = {
    "pydantic": lambda text: pydantic.TypeAdapter(timedelta).validate_python(text).total_seconds(),
    "duckdb": lambda text: duckdb.execute("SELECT epoch(?::INTERVAL)", [text]).fetchone()[0],
    "django": lambda text: parse_duration(text).total_seconds(),
    "pandas": lambda text: pandas.Timedelta(text).total_seconds(),
    "pytimeparse": lambda text: pytimeparse.parse(text) + 0,
    "tempora": lambda text: tempora.parse_timedelta(text).total_seconds(),
    "timelength": lambda text: timelength.TimeLength(text).result.seconds,
    "dateparser": lambda text: (dateparser.parse(f"in {text}", settings={"RELATIVE_BASE": base}) - base).total_seconds(),
}


def asked(text, read):
    try:
        return f"{read(text) / 60:.4g}"
    except Exception:
        return "refused"


for name in ("pydantic", "duckdb", "tempora", "django", "pytimeparse", "timelength", "pandas"):
    print("01:30", name, asked("01:30", readers[name]))
for name in ("dateparser", "pandas", "tempora", "pytimeparse", "duckdb", "django", "pydantic"):
    print("1,5h", name, asked("1,5h", readers[name]))
PY
(cd "$work" && node read.mjs) >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: a factor of sixty, and one of ten"
