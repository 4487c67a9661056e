#!/usr/bin/env bash
# A ticket is an hour and a half late: "-1h 30m", as helpdesks show it, is minus thirty minutes, or ninety minutes to go.
#
# Versions: pandas 3.1.1, duckdb 2.0.1, pydantic 2.14.4, Django 5.2.19, pytimeparse 1.1.10, tempora 5.13.0, timelength 3.0.4,
#   durations 0.3.3; parse-duration 2.1.9, timestring 7.0.0, luxon 3.7.2, moment 2.31.0, dayjs 1.11.23 (npm)
# Good guess: -90 minutes, or an error. The second text is what Python's timedelta prints for it, the third is ISO 8601 with a sign.
# Seen: "-1h 30m" is -90, -30 and +90 minutes. "-1 day, 22:30:00" is -90 to pandas and Django, -2790 to pydantic and pytimeparse and
#   +2790 to tempora. "-PT1H30M" is +90 to dayjs, which the other readers of ISO texts take to be -90.
# Why: DuckDB and durations give each number a sign of its own, as SQL's intervals have it; tempora, timelength and timestring look
#   for digits and pass over the sign; pydantic and pytimeparse hold the sign for the whole text, while Python's minus is of the day
#   only; dayjs matches the sign before the P and takes the parts after it.
# Hurts: what is overdue by ninety minutes is shown as overdue by thirty, or as due in an hour and a half, and sorts accordingly.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 duckdb==2.0.1 pydantic==2.14.4 Django==5.2.19 \
    pytimeparse==1.1.10 tempora==5.13.0 timelength==3.0.4 durations==0.3.3
npm install --silent --no-audit --no-fund --prefix "$work" parse-duration@2.1.9 timestring@7.0.0 luxon@3.7.2 moment@2.31.0 dayjs@1.11.23
cat > "$work/seen" <<'SEEN'
-1h 30m pandas -90
-1h 30m pytimeparse -90
-1h 30m duckdb -30
-1h 30m durations -30
-1h 30m tempora 90
-1h 30m timelength 90
-1 day, 22:30:00 pandas -90
-1 day, 22:30:00 django -90
-1 day, 22:30:00 pydantic -2790
-1 day, 22:30:00 pytimeparse -2790
-1 day, 22:30:00 tempora 2790
-PT1H30M pandas -90
-PT1H30M django -90
-PT1H30M pydantic -90
-1h 30m parse-duration -90
-1h 30m timestring 90
-PT1H30M luxon -90
-PT1H30M moment -90
-PT1H30M dayjs 90
SEEN
cat > "$work/read.mjs" <<'JS'
import dayjs from 'dayjs'
import plugin from 'dayjs/plugin/duration.js'
import { Duration } from 'luxon'
import moment from 'moment'
import parse from 'parse-duration'
import timestring from 'timestring'

dayjs.extend(plugin)
const [letters, iso] = process.argv.slice(2)
console.log(`${letters} parse-duration ${parse(letters) / 60000}`)
console.log(`${letters} timestring ${timestring(letters) / 60}`)
console.log(`${iso} luxon ${Duration.fromISO(iso).as('minutes')}`)
console.log(`${iso} moment ${moment.duration(iso).asMinutes()}`)
console.log(`${iso} dayjs ${dayjs.duration(iso).asMinutes()}`)
JS
cat > "$work/read.py" <<'PY'
import sys
from datetime import timedelta

import duckdb
import durations
import pandas
import pydantic
import pytimeparse
import tempora
import timelength
from django.utils.dateparse import parse_duration

letters, iso = sys.argv[1:]
printed = str(timedelta(minutes=-90))
sql = "SELECT epoch(?::INTERVAL)"
readers = {
    "pandas": lambda text: pandas.Timedelta(text).total_seconds(),
    "duckdb": lambda text: duckdb.execute(sql, [text]).fetchone()[0],
    "pydantic": lambda text: pydantic.TypeAdapter(timedelta).validate_python(text).total_seconds(),
    "django": lambda text: parse_duration(text).total_seconds(),
    "pytimeparse": pytimeparse.parse,
    "tempora": lambda text: tempora.parse_timedelta(text).total_seconds(),
    "timelength": lambda text: timelength.TimeLength(text).result.seconds,
    "durations": lambda text: durations.Duration(text).seconds,
}
asked = {
    letters: ("pandas", "pytimeparse", "duckdb", "durations", "tempora", "timelength"),
    printed: ("pandas", "django", "pydantic", "pytimeparse", "tempora"),
    iso: ("pandas", "django", "pydantic"),
}
for text, names in asked.items():
    for name in names:
        print(text, name, round(readers[name](text) / 60))
PY
late=("-1h 30m" "-PT1H30M")
"$work/venv/bin/python" -W ignore "$work/read.py" "${late[@]}" > "$work/now"
(cd "$work" && node read.mjs "${late[@]}") >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: three signs for one delay"
