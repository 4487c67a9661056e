#!/usr/bin/env bash
# After the night without a midnight, every day that DuckDB generates begins at 01:00, and the last one falls off.
#
# Version: duckdb 2.0.1
# Good guess: generate_series by one day gives the same starts of days as date_trunc('day', ...), whatever one night does.
# Seen: from 23 April 2026 in Cairo: 00:00, then 01:00 on the 24th (right: it has no 00:00) and 01:00 on the 25th, 26th and all
#   later days; the series ends a day early, since 01:00 is past its last 00:00. date_trunc gives 00:00 for these days.
# Why: each value is the one before plus an interval of a day; what the gap pushed to 01:00 stays there.
# Hurts: a calendar table joined to truncated instants matches no day after the change: an SLA report of the month is empty from
#   the 25th on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cat > "$work/seen" <<'SEEN'
series 23 00:00, 24 01:00, 25 01:00, 26 01:00
truncated 23 00:00, 24 01:00, 25 00:00, 26 00:00, 27 00:00
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PY'
import duckdb

con = duckdb.connect()
con.execute("SET TimeZone = 'Africa/Cairo'")
series = "SELECT g::VARCHAR FROM generate_series(TIMESTAMPTZ '2026-04-23', TIMESTAMPTZ '2026-04-27', INTERVAL 1 DAY) t(g)"
truncated = "SELECT date_trunc('day', make_timestamptz(2026, 4, d, 12, 0, 0))::VARCHAR FROM range(23, 28) t(d)"
for name, query in (("series", series), ("truncated", truncated)):
    print(name, ", ".join(row[0][8:16] for row in con.execute(query).fetchall()))
PY
diff "$work/seen" "$work/now"
echo "as seen: days begin at 01:00 for good"
