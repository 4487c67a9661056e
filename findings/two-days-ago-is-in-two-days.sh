#!/usr/bin/env bash
# "2 days, 4 hours ago", as Django writes the age of a ticket, is read as a moment of the day after tomorrow.
#
# Versions: Django 5.2.19, parsedatetime 2.6, recurrent 0.4.1, dateparser 1.5.0, duckdb 2.0.1; chrono-node 2.10.3 (npm)
# Good guess: the words that one library makes of an age are read back as that age; "ago" is of the whole of it.
# Seen: with parsedatetime, and with recurrent, which asks it, the first part goes ahead and only the second goes back. "2 days, 4
#   hours ago" is two days ahead less four hours, "1 week, 2 days ago" is in five days, "1 hour 30 minutes ago" is half an hour ahead.
#   "2 days ago" alone, and the same words with "from now", are right; the three other readers are right in all.
# Why: on meeting "ago", parsedatetime looks for the numbers before it and multiplies the last of them, alone, by -1, then reads "2 days,
#   -4 hours" as it would without the word. "From now" multiplies by 1, which shows nothing. (Written for "next 4 hours", by a comment.)
# Hurts: an importer that reads "last reply" from a page of a helpdesk gets a reply from the future for every ticket whose age has two
#   parts, and a correct one for those that have one part: idle tickets are taken for fresh ones, and no error is raised.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Django==5.2.19 parsedatetime==2.6 recurrent==0.4.1 dateparser==1.5.0 \
    duckdb==2.0.1 pytz tzdata
npm install --silent --no-audit --no-fund --prefix "$work" chrono-node@2.10.3
cat > "$work/seen" <<'SEEN'
'2 days ago' at 06-03 10:00 was written of 06-01 10:00
  parsedatetime 06-01 10:00
  recurrent 06-01 10:00
  dateparser 06-01 10:00
  duckdb 06-01 10:00
  chrono-node 06-01 10:00
'2 days, 4 hours ago' at 06-03 10:00 was written of 06-01 06:00
  parsedatetime 06-05 06:00  <-
  recurrent 06-05 06:00  <-
  dateparser 06-01 06:00
  duckdb 06-01 06:00
  chrono-node 06-01 06:00
'1 day, 3 hours ago' at 06-03 10:00 was written of 06-02 07:00
  parsedatetime 06-04 07:00  <-
  recurrent 06-04 07:00  <-
  dateparser 06-02 07:00
  duckdb 06-02 07:00
  chrono-node 06-02 07:00
'1 week, 2 days ago' at 06-03 10:00 was written of 05-25 10:00
  parsedatetime 06-08 10:00  <-
  recurrent 06-08 10:00  <-
  dateparser 05-25 10:00
  duckdb 05-25 10:00
  chrono-node 05-25 10:00
'2 days, 4 hours from now' at 06-03 10:00 was written of 06-05 14:00
  parsedatetime 06-05 14:00
  recurrent 06-05 14:00
  dateparser 06-05 14:00
  duckdb 06-05 14:00
  chrono-node 06-05 14:00
'1 hour 30 minutes ago' at 06-03 10:00 was written of 06-03 08:30
  parsedatetime 06-03 10:30  <-
  recurrent 06-03 10:30  <-
  dateparser 06-03 08:30
  duckdb 06-03 08:30
  chrono-node 06-03 08:30
SEEN
cat > "$work/chrono.js" <<'JS'
const chrono = require('chrono-node')
const [now, ...texts] = process.argv.slice(2)
for (const text of texts) console.log(chrono.parseDate(text, new Date(now)).toISOString().slice(5, 16).replace('T', ' '))
JS
cat > "$work/read.py" <<'PY'
import subprocess
import sys
from datetime import datetime, timedelta
from unittest import mock

import dateparser
import duckdb
import parsedatetime
import recurrent
from django.conf import settings

settings.configure(USE_TZ=False, USE_I18N=False)

from django.contrib.humanize.templatetags import humanize

NOW = datetime(2026, 6, 3, 10)


class Frozen(datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


def written(age):
    with mock.patch.object(humanize, "datetime", Frozen):
        return humanize.naturaltime(NOW - age).replace("\N{NO-BREAK SPACE}", " ")


ages = [timedelta(days=2), timedelta(days=2, hours=4), timedelta(days=1, hours=3), timedelta(weeks=1, days=2), timedelta(days=-2, hours=-4)]
cases = [(written(age), NOW - age) for age in ages] + [("1 hour 30 minutes ago", NOW - timedelta(minutes=90))]
texts = [text for text, _ in cases]
by_node = subprocess.run(["node", "chrono.js", NOW.isoformat() + "Z", *texts], capture_output=True, check=True, text=True).stdout.splitlines()
for (text, meant), chrono in zip(cases, by_node):
    age = text.replace(",", "").replace(" from now", "")
    read = {
        "parsedatetime": parsedatetime.Calendar().parseDT(text, NOW)[0],
        "recurrent": recurrent.RecurringEvent(now_date=NOW).parse(text),
        "dateparser": dateparser.parse(text, settings={"RELATIVE_BASE": NOW}),
        "duckdb": duckdb.execute("SELECT ?::TIMESTAMP + ?::INTERVAL", [NOW, age]).fetchone()[0],
    }
    print(f"{text!r} at {NOW:%m-%d %H:%M} was written of {meant:%m-%d %H:%M}")
    for name, moment in read.items():
        print(f"  {name} {moment:%m-%d %H:%M}{'' if moment == meant else '  <-'}")
    print(f"  chrono-node {chrono}{'' if chrono == format(meant, '%m-%d %H:%M') else '  <-'}")
PY
(cd "$work" && TZ=UTC "$work/venv/bin/python" -W ignore read.py) > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the age of a ticket, read back, is a moment to come"
