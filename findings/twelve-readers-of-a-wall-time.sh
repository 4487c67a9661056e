#!/usr/bin/env bash
# A wall time that is missing, or occurs twice: what twelve readers make of it, each by its defaults.
#
# Versions: Python's zoneinfo with tzdata 2026.6, python-dateutil 2.9.0.post0, pytz 2026.6, arrow 1.4.0, pendulum 3.3.0,
#   whenever 0.11.0, duckdb 2.0.1, polars 2.1.0, pandas 3.1.1; luxon 3.7.2, moment-timezone 0.6.6, Temporal polyfill 0.5.1
# Good guess: a missing time goes forward by the hour that is missing (02:30 is 03:30), and of two the first is taken; careful
#   tools raise. So say RFC 5545 (3.3.5) and the Temporal standard ("compatible").
# Seen: all that answer go forward in the gap except dateutil, which goes back to 01:30. In the fold pytz, pendulum, DuckDB and
#   luxon take the second. Only polars and pandas raise; whenever answers with a warning.
# Why: dateutil asks for the offset as of after the change; pytz defaults to is_dst=False, which is the later offset; pendulum
#   defaults to fold=1; luxon guesses with the offset that is in force after it, and says that it promises nothing.
# Hurts: two services that read the same column of local times differ by an hour for the tickets of one night.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 pytz==2026.6 arrow==1.4.0 \
    pendulum==3.3.0 whenever==0.11.0 duckdb==2.0.1 polars==2.1.0 pandas==3.1.1 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" luxon@3.7.2 moment-timezone@0.6.6 @js-temporal/polyfill@0.5.1
cat > "$work/seen" <<'SEEN'
zoneinfo 01:30 00:30
dateutil 00:30 00:30
pytz 01:30 01:30
arrow 01:30 00:30
pendulum 01:30 01:30
whenever 01:30 00:30
duckdb 01:30 01:30
polars raises raises
pandas raises raises
luxon 01:30 01:30
moment-timezone 01:30 00:30
Temporal 01:30 00:30
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import arrow
import duckdb
import pandas
import pendulum
import polars
import pytz
from dateutil import tz
from whenever import PlainDateTime

zone = "Europe/Berlin"
con = duckdb.connect()
con.execute("SET TimeZone = 'UTC'")
sql = "SELECT (? AT TIME ZONE ?)::VARCHAR"
readers = {
    "zoneinfo": lambda w: w.replace(tzinfo=ZoneInfo(zone)),
    "dateutil": lambda w: w.replace(tzinfo=tz.gettz(zone)),
    "pytz": lambda w: pytz.timezone(zone).localize(w),
    "arrow": lambda w: arrow.get(w, zone),
    "pendulum": lambda w: pendulum.datetime(*w.timetuple()[:5], tz=zone),
    "whenever": lambda w: datetime.fromisoformat(str(PlainDateTime(*w.timetuple()[:5]).assume_tz(zone).to_instant())),
    "duckdb": lambda w: datetime.fromisoformat(con.execute(sql, [w, zone]).fetchone()[0]),
    "polars": lambda w: polars.Series([w]).dt.replace_time_zone(zone)[0],
    "pandas": lambda w: pandas.Timestamp(w).tz_localize(zone),
}
for name, read in readers.items():
    said = []
    for wall in (datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)):
        try:
            said.append(f"{read(wall).astimezone(UTC):%H:%M}")
        except (ValueError, polars.exceptions.ComputeError):
            said.append("raises")
    print(name, *said)
PY
cat > "$work/read.js" <<'JS'
const { DateTime } = require('luxon');
const moment = require('moment-timezone');
const { Temporal } = require('@js-temporal/polyfill');
const zone = 'Europe/Berlin';
const walls = ['2026-03-29T02:30', '2026-10-25T02:30'];
const show = (name, read) => console.log(name, ...walls.map((wall) => new Date(read(wall)).toISOString().slice(11, 16)));
show('luxon', (wall) => DateTime.fromISO(wall, { zone }).toMillis());
show('moment-timezone', (wall) => moment.tz(wall, zone).valueOf());
show('Temporal', (wall) => Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds);
JS
TZ=UTC node "$work/read.js" >> "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: dateutil alone goes back, four take the second"
