#!/usr/bin/env bash
# Twenty-four hours, handed from one library to the next, arrive as a day, and over the spring night that is twenty-three.
#
# Versions: isodate 0.7.2, pydantic 2.14.4, Django 5.2.19, pandas 3.1.1, polars 2.1.0, pyarrow 26.0.1, duckdb 2.0.1, whenever 0.11.0,
#   pendulum 3.3.0; luxon 3.7.2, @js-temporal/polyfill 0.5.1 (npm)
# Good guess: timedelta(hours=24) from Saturday 28 March 2026, 12:00 in Berlin, ends on Sunday at 13:00, wherever the sum is made:
#   a length of time has no calendar in it. DuckDB treats a pandas column as it treats a polars column.
# Seen: isodate, pydantic, Django and pandas write P1D, and luxon, pendulum and Temporal add a calendar day: 12:00. Of 23 hours pydantic
#   writes PT23H, which also ends on Sunday at 12:00. Only whenever writes PT24H. In DuckDB a parameter and a pandas column end at
#   12:00, a polars or pyarrow column of the same values at 13:00.
# Why: a timedelta keeps days and seconds, and the writers print its fields; for the readers, as in SQL, a day is a date more. DuckDB
#   makes "1 day" out of a timedelta and of pandas' numbers, and microseconds out of Arrow's.
# Hurts: a promise of 24 hours is an hour short on one night of the year and an hour long on another, once it has been JSON or a
#   parameter; replacing pandas by polars moves due times.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check isodate==0.7.2 pydantic==2.14.4 Django==5.2.19 pandas==3.1.1 polars==2.1.0 \
    pyarrow==26.0.1 duckdb==2.0.1 whenever==0.11.0 pendulum==3.3.0 pytz==2026.6 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" luxon@3.7.2 @js-temporal/polyfill@0.5.1
cat > "$work/seen" <<'SEEN'
isodate writes P1D
pydantic writes P1D
django writes P1DT00H00M00S
pandas writes P1DT0H0M0S
whenever writes PT24H
pydantic writes 23 hours as PT23H
pendulum adds P1D: Sun 12:00
pendulum adds PT24H: Sun 13:00
duckdb, parameter: Sun 12:00
duckdb, pandas column: Sun 12:00
duckdb, polars column: Sun 13:00
duckdb, pyarrow column: Sun 13:00
luxon adds P1D: Sun 12:00
Temporal adds P1D: Sun 12:00
luxon adds PT24H: Sun 13:00
Temporal adds PT24H: Sun 13:00
SEEN
cat > "$work/read.mjs" <<'JS'
import { Temporal } from '@js-temporal/polyfill'
import { DateTime, Duration } from 'luxon'

for (const text of process.argv.slice(2)) {
  const start = DateTime.fromISO('2026-03-28T12:00', { zone: 'Europe/Berlin' })
  console.log(`luxon adds ${text}: ${start.plus(Duration.fromISO(text)).toFormat('ccc HH:mm')}`)
  const end = Temporal.ZonedDateTime.from('2026-03-28T12:00[Europe/Berlin]').add(text)
  console.log(`Temporal adds ${text}: ${end.toLocaleString('en', { weekday: 'short' })} ${end.toPlainTime().toString().slice(0, 5)}`)
}
JS
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import timedelta

import duckdb
import isodate
import pandas
import pendulum
import polars
import pyarrow
import pydantic
import whenever
from django.utils.duration import duration_iso_string

amount = timedelta(hours=24)
writers = {
    "isodate": isodate.duration_isoformat,
    "pydantic": lambda amount: pydantic.TypeAdapter(timedelta).dump_python(amount, mode="json"),
    "django": duration_iso_string,
    "pandas": lambda amount: pandas.Timedelta(amount).isoformat(),
    "whenever": lambda amount: whenever.TimeDelta(hours=amount / timedelta(hours=1)).format_iso(),
}
for name, write in writers.items():
    print(name, "writes", write(amount))
print("pydantic writes 23 hours as", writers["pydantic"](timedelta(hours=23)))
start = pendulum.datetime(2026, 3, 28, 12, tz="Europe/Berlin")
for text in ("P1D", "PT24H"):
    print(f"pendulum adds {text}:", (start + pendulum.parse(text)).format("ddd HH:mm"))
con = duckdb.connect()
con.execute("SET TimeZone = 'Europe/Berlin'")
later = "strftime(TIMESTAMPTZ '2026-03-28 12:00:00+01:00' + {}, '%a %H:%M')"
print("duckdb, parameter:", con.execute(f"SELECT {later.format('?')}", [amount]).fetchall()[0][0])
columns = {
    "pandas": pandas.DataFrame({"amount": [amount]}),
    "polars": polars.DataFrame({"amount": [amount]}),
    "pyarrow": pyarrow.table({"amount": pyarrow.array([amount], pyarrow.duration("us"))}),
}
for name, column in columns.items():
    con.register("amounts", column)
    print(f"duckdb, {name} column:", con.execute(f"SELECT {later.format('amount')} FROM amounts").fetchall()[0][0])
PY
(cd "$work" && node read.mjs P1D PT24H) >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: a day of 24 hours, or of 23"
