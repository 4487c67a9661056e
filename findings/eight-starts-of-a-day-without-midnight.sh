#!/usr/bin/env bash
# 24 April 2026 in Cairo begins at 01:00: what tools say of its start, and of the days that follow in a series.
#
# Versions: arrow 1.4.0, pendulum 3.3.0, pandas 3.1.1, pyarrow 26.0.1; luxon 3.7.2, moment-timezone 0.6.6, dayjs 1.11.23 on a server
#   in UTC, Temporal polyfill 0.5.1 (polars and DuckDB have scripts of their own)
# Good guess: the start of that day is 01:00, that of the next 00:00 again; a tool for tables has an option for it and a default
#   that works for all days.
# Seen: arrow's range stays at 01:00 for good, while its floor of these days is 00:00; so do moment and dayjs. dayjs begins the
#   day itself at 23:00 of the evening before (00:00+03:00). pandas raises for the start and for any series that contains the
#   day, pyarrow for the start. pendulum, luxon and Temporal do as guessed, if days are counted from the first one.
# Why: those that stay at 01:00 step from day to day and keep the hour; pandas and pyarrow write the midnight and then look it up.
# Hurts: a daily report of Cairo, Beirut, Santiago, Havana or the Azores stops on one day of the year, or lacks the rest of it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check arrow==1.4.0 pendulum==3.3.0 pandas==3.1.1 pyarrow==26.0.1 tzdata==2026.6
npm install --silent --no-audit --no-fund --prefix "$work" luxon@3.7.2 moment-timezone@0.6.6 dayjs@1.11.23 @js-temporal/polyfill@0.5.1
cat > "$work/seen" <<'SEEN'
arrow: 24 01:00; 23 00:00 24 01:00 25 01:00 26 01:00
pendulum: 24 01:00; 23 00:00 24 01:00 25 00:00 26 00:00
pandas: raises; raises
pyarrow: raises; -
luxon: 24 01:00; 23 00:00 24 01:00 25 00:00 26 00:00
moment-timezone: 24 01:00; 23 00:00 24 01:00 25 01:00 26 01:00
dayjs: 23 23:00; 23 00:00 24 01:00 25 01:00 26 01:00
Temporal: 24 01:00; 23 00:00 24 01:00 25 00:00 26 00:00
SEEN
cat > "$work/days.py" <<'PY'
from datetime import datetime
from zoneinfo import ZoneInfo

import arrow
import pandas
import pendulum
import pyarrow
import pyarrow.compute

zone = "Africa/Cairo"
noon = datetime(2026, 4, 24, 12)
aware = noon.replace(tzinfo=ZoneInfo(zone))


def said(answer):
    try:
        return " ".join(moment.strftime("%d %H:%M") for moment in answer())
    except (ValueError, pyarrow.ArrowInvalid):
        return "raises"


first = datetime(2026, 4, 23)
starts = {
    "arrow": lambda: [arrow.get(noon, zone).floor("day").to("UTC").to(zone)],
    "pendulum": lambda: [pendulum.datetime(2026, 4, 24, 12, tz=zone).start_of("day")],
    "pandas": lambda: [pandas.Timestamp(aware).normalize()],
    "pyarrow": lambda: [pyarrow.compute.floor_temporal(pyarrow.array([aware]), unit="day")[0].as_py()],
}
series = {
    "arrow": lambda: arrow.Arrow.range("day", arrow.get(first, zone), limit=4),
    "pendulum": lambda: pendulum.interval(pendulum.datetime(2026, 4, 23, tz=zone), pendulum.datetime(2026, 4, 26, tz=zone)).range("days"),
    "pandas": lambda: pandas.date_range(first, periods=4, tz=zone),
}
for name, start in starts.items():
    print(f"{name}: {said(start)}; {said(series[name]) if name in series else '-'}")
PY
cat > "$work/days.js" <<'JS'
const { DateTime } = require('luxon');
const moment = require('moment-timezone');
const dayjs = require('dayjs');
const { Temporal } = require('@js-temporal/polyfill');
dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/timezone'));
const zone = 'Africa/Cairo';
const cairo = (moments) => moments.map((one) => DateTime.fromMillis(one.valueOf(), { zone }).toFormat('dd HH:mm')).join(' ');
const steps = [0, 1, 2, 3];
const thursday = DateTime.fromISO('2026-04-23', { zone });
console.log(`luxon: ${cairo([DateTime.fromISO('2026-04-24T12:00', { zone }).startOf('day')])}; ${cairo(steps.map((days) => thursday.plus({ days })))}`);
const step = moment.tz('2026-04-23', zone);
const walked = steps.map(() => { const here = step.clone(); step.add(1, 'day'); return here; });
console.log(`moment-timezone: ${cairo([moment.tz('2026-04-24T12:00', zone).startOf('day')])}; ${cairo(walked)}`);
const start = dayjs.tz('2026-04-23T00:00', zone);
console.log(`dayjs: ${cairo([dayjs.tz('2026-04-24T12:00', zone).startOf('day')])}; ${cairo(steps.map((days) => start.add(days, 'day')))}`);
const first = Temporal.PlainDate.from('2026-04-23');
const begin = (days) => new Date(first.add({ days }).toZonedDateTime(zone).epochMilliseconds);
console.log(`Temporal: ${cairo([begin(1)])}; ${cairo(steps.map(begin))}`);
JS
{ PYTHONTZPATH='' "$work/venv/bin/python" -W ignore "$work/days.py"; TZ=UTC node "$work/days.js"; } > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: three go on at 00:00, three at 01:00, two raise"
