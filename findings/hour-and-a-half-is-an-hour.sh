#!/usr/bin/env bash
# An hour and a half of a target is one hour, half an hour is none, and half a working day is a whole one.
#
# Versions: duckdb 2.0.1, python-dateutil 4.0.0; date-fns 4.4.0, luxon 3.7.2 (npm)
# Good guess: a target in hours is a column of numbers, 0.5 and 1.5 among them. Each library takes fractions, or refuses them; where one
#   spelling of an hour and a half takes it, so do the others. Half a day after 09:00 is 21:00, or an error.
# Seen: DuckDB's INTERVAL '1.5 hours' is 1:30 and INTERVAL '1.5' HOUR is 1:00, as is INTERVAL (h) HOUR of a column; half an hour is 0:00,
#   where h * INTERVAL '1 hour' is right. '1.5' SECOND keeps its half. relativedelta(hours=1.5) is 1:30, relativedelta(hours=1) * 1.5 is
#   1:00, and three hours divided by two are one.
#   date-fns adds no day for half a day and a whole one for half a business day, 09:00 to 09:00.
# Why: DuckDB's parser makes INTERVAL x HOUR into to_hours(trunc(x)), while the text inside of the quotes has a reader of its own.
#   relativedelta multiplies each of its fields and cuts each to an int, with no carry into the next.
#   addBusinessDays counts down from 0.5 until it is not above 0, one day each time; add hands 0.5 to setDate(), which cuts it.
# Hurts: deadlines computed in a query are half an hour early, and a target of half an hour is due as it is opened, so all its tickets
#   are late; no error tells, and whole hours, with which one tests, are right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 python-dateutil==4.0.0
npm install --silent --no-audit --no-fund --prefix "$work" date-fns@4.4.0 luxon@3.7.2
cat > "$work/seen" <<'SEEN'
duckdb INTERVAL '1.5 hours' 1:30:00
duckdb INTERVAL '1.5' HOUR 1:00:00
duckdb INTERVAL 1.5 HOUR 1:00:00
duckdb INTERVAL '0.5' HOUR 0:00:00
duckdb INTERVAL '1.5' DAY 1 day, 0:00:00
duckdb INTERVAL '1.5 days' 1 day, 12:00:00
duckdb INTERVAL '1.5' SECOND 0:00:01.500000
duckdb h = 0.5: INTERVAL (h) HOUR 0:00:00, h * INTERVAL '1 hour' 0:30:00
duckdb h = 1.5: INTERVAL (h) HOUR 1:00:00, h * INTERVAL '1 hour' 1:30:00
duckdb h = 3.0: INTERVAL (h) HOUR 3:00:00, h * INTERVAL '1 hour' 3:00:00
duckdb's tree has to_hours and trunc: True
relativedelta(hours=1.5) 1:30:00
relativedelta(hours=1) * 1.5 1:00:00
relativedelta(hours=3) / 2 1:00:00
relativedelta(days=1) / 2 0:00:00
Mon 09:00 and 0.5 days: date-fns Mon 09:00, its addBusinessDays Tue 09:00, luxon Mon 21:00
Mon 09:00 and 1.5 days: date-fns Tue 09:00, its addBusinessDays Wed 09:00, luxon Tue 21:00
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import datetime

import duckdb
from dateutil.relativedelta import relativedelta

opened = datetime(2026, 6, 8, 9)
for text in ("INTERVAL '1.5 hours'", "INTERVAL '1.5' HOUR", "INTERVAL 1.5 HOUR", "INTERVAL '0.5' HOUR", "INTERVAL '1.5' DAY",
             "INTERVAL '1.5 days'", "INTERVAL '1.5' SECOND"):
    print("duckdb", text, duckdb.sql(f"SELECT {text}").fetchall()[0][0])
for hours, cut, whole in duckdb.sql("SELECT h, INTERVAL (h) HOUR, h * INTERVAL '1 hour' FROM (VALUES (0.5), (1.5), (3.0)) AS sla(h)").fetchall():
    print(f"duckdb h = {hours}: INTERVAL (h) HOUR {cut}, h * INTERVAL '1 hour' {whole}")
tree = duckdb.sql("SELECT json_serialize_sql('SELECT INTERVAL (h) HOUR FROM sla')").fetchall()[0][0]
print("duckdb's tree has to_hours and trunc:", '"to_hours"' in tree and '"trunc"' in tree)
for text in ("relativedelta(hours=1.5)", "relativedelta(hours=1) * 1.5", "relativedelta(hours=3) / 2", "relativedelta(days=1) / 2"):
    print(text, opened + eval(text) - opened)
PY
cat > "$work/add.js" <<'JS'
const { add, addBusinessDays } = require('date-fns')
const { DateTime } = require('luxon')

const opened = new Date(2026, 5, 8, 9)
const shown = date => DateTime.fromJSDate(date).toFormat('ccc HH:mm')
for (const days of [0.5, 1.5]) {
  console.log(`Mon 09:00 and ${days} days: date-fns ${shown(add(opened, { days }))}, its addBusinessDays ${shown(addBusinessDays(opened, days))},`,
    `luxon ${DateTime.fromJSDate(opened).plus({ days }).toFormat('ccc HH:mm')}`)
}
JS
(cd "$work" && TZ=UTC node add.js) >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the half is lost, or is a whole"
