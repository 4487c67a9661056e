#!/usr/bin/env bash
# "15 July 2026, 12:00 CST": what the letters of a zone mean to six readers, in UTC.
#
# Versions: Python 3.11's email.utils and zoneinfo with tzdata 2026.6, python-dateutil 2.9.0.post0, pandas 3.1.1, duckdb 2.0.1,
#   JavaScript's Date in Node 20
# Good guess: letters that everybody writes mean one thing, or are refused.
# Seen: CST and PST are winter time to e-mail and JavaScript, also in July, and the clock of Chicago and Los Angeles to DuckDB.
#   AST is Atlantic time to e-mail and Alaska's to DuckDB, BST is Bangladesh's. email.utils and dateutil drop letters that they do
#   not know and say nothing, or warn; pandas refuses all but GMT and UTC.
# Why: e-mail has the ten zones of RFC 822 and no others; DuckDB asks ICU, where three letters are old names of places; the keys
#   EST, MST and HST of the tz database are links to Panama, Phoenix and Honolulu since 2024b.
# Hurts: a feed with letters is an hour off in summer, or four, or taken for the time of whoever reads it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 pandas==3.1.1 duckdb==2.0.1 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
CST email 18:00, dateutil dropped, pandas refused, duckdb 17:00, zoneinfo refused, javascript 18:00
EST email 17:00, dateutil dropped, pandas refused, duckdb 17:00, zoneinfo 17:00, javascript 17:00
EDT email 16:00, dateutil dropped, pandas refused, duckdb refused, zoneinfo refused, javascript 16:00
PST email 20:00, dateutil dropped, pandas refused, duckdb 19:00, zoneinfo refused, javascript 20:00
AST email 16:00, dateutil dropped, pandas refused, duckdb 20:00, zoneinfo refused, javascript refused
BST email dropped, dateutil dropped, pandas refused, duckdb 06:00, zoneinfo refused, javascript refused
IST email dropped, dateutil dropped, pandas refused, duckdb 06:30, zoneinfo refused, javascript refused
CET email dropped, dateutil dropped, pandas refused, duckdb 10:00, zoneinfo 10:00, javascript refused
HST email dropped, dateutil dropped, pandas refused, duckdb 22:00, zoneinfo 22:00, javascript refused
GMT email 12:00, dateutil 12:00, pandas 12:00, duckdb 12:00, zoneinfo 12:00, javascript 12:00
SEEN
cat > "$work/js.js" <<'JS'
const at = new Date(`15 Jul 2026 12:00:00 ${process.argv[2]}`)
console.log(isNaN(at) ? "refused" : at.toISOString().slice(11, 16))
JS
TZ=UTC PYTHONTZPATH='' "$work/venv/bin/python" -W ignore - "$work/js.js" > "$work/now" <<'PY'
import email.utils
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import pandas
from dateutil import parser

con = duckdb.connect()
con.execute("SET TimeZone = 'UTC'")
sql = "SELECT (? :: TIMESTAMPTZ) :: VARCHAR"
readers = {
    "email": lambda z: email.utils.parsedate_to_datetime(f"Wed, 15 Jul 2026 12:00:00 {z}"),
    "dateutil": lambda z: parser.parse(f"2026-07-15 12:00 {z}"),
    "pandas": lambda z: pandas.Timestamp(f"2026-07-15 12:00 {z}"),
    "duckdb": lambda z: datetime.fromisoformat(con.execute(sql, [f"2026-07-15 12:00:00 {z}"]).fetchone()[0]),
    "zoneinfo": lambda z: datetime(2026, 7, 15, 12, tzinfo=ZoneInfo(z)),
}


def asked(read, letters):
    try:
        at = read(letters)
    except Exception:
        return "refused"
    return "dropped" if at.tzinfo is None else f"{at.astimezone(UTC):%H:%M}"


for letters in ("CST", "EST", "EDT", "PST", "AST", "BST", "IST", "CET", "HST", "GMT"):
    told = [f"{name} {asked(read, letters)}" for name, read in readers.items()]
    js = subprocess.run(["node", sys.argv[1], letters], capture_output=True, text=True, check=True).stdout.strip()
    print(letters, ", ".join([*told, f"javascript {js}"]))
PY
diff "$work/seen" "$work/now"
echo "as seen: CST is an hour apart in July"
