#!/usr/bin/env bash
# One wall time, 7 December 2026 09:00 in Vancouver: the newest polars and the newest DuckDB are an hour apart.
#
# Versions: polars 2.1.0, duckdb 2.0.1, zoneinfo of Python with tzdata 2026.6
# Good guess: releases of the same autumn carry the same zone data, or read that of the machine.
# Seen: DuckDB and tzdata know that British Columbia, Alberta, Manitoba and Cuba stay on summer time and that Morocco went to
#   +00; polars answers by the old rules for all five, though the tzdata package is installed beside it.
# Why: polars has the zone database compiled into its wheel, as it was when the crate that brings it was last updated; DuckDB
#   has another copy in its ICU extension; neither asks the system or the tzdata package.
# Hurts: due times computed in Python and shown by polars differ by an hour for these offices all winter, on one machine.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1 tzdata==2026.6 pytz==2026.6
cat > "$work/seen" <<'SEEN'
America/Vancouver tzdata 16:00 duckdb 16:00 polars 17:00
America/Edmonton tzdata 15:00 duckdb 15:00 polars 16:00
America/Winnipeg tzdata 14:00 duckdb 14:00 polars 15:00
America/Havana tzdata 13:00 duckdb 13:00 polars 14:00
Africa/Casablanca tzdata 09:00 duckdb 09:00 polars 08:00
SEEN
PYTHONTZPATH='' "$work/venv/bin/python" - > "$work/now" <<'PY'
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import polars

wall = datetime(2026, 12, 7, 9)
con = duckdb.connect()
con.execute("SET TimeZone = 'UTC'")
for zone in ("America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Havana", "Africa/Casablanca"):
    by_tzdata = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    by_polars = polars.Series([wall]).dt.replace_time_zone(zone).dt.convert_time_zone("UTC")[0]
    by_duckdb = con.execute("SELECT (? AT TIME ZONE ?)::VARCHAR", [wall, zone]).fetchone()[0]
    print(f"{zone} tzdata {by_tzdata:%H:%M} duckdb {by_duckdb[11:16]} polars {by_polars:%H:%M}")
PY
diff "$work/seen" "$work/now"
echo "as seen: polars lives by the rules of last winter"
