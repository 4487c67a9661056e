#!/usr/bin/env bash
# Tel Aviv's stock exchange works Monday to Friday since January 2026 by one package, and Sunday to Thursday by the other.
#
# Versions: exchange_calendars 4.13.2, pandas_market_calendars 4.6.1 (which installs the first)
# Good guess: pandas_market_calendars builds on exchange_calendars, so both have the same sessions.
# Seen: in the week of 7 June 2026 exchange_calendars has Mon to Fri, with Friday closing early, and pandas_market_calendars Sun
#   to Thu. It also has a calendar "XTAE", taken from the other package, beside its own "TASE": two answers in one library.
# Why: exchange_calendars changes the week mask on 5 January 2026, when the exchange moved its week; the TASE of
#   pandas_market_calendars has Sunday to Thursday without a date.
# Hurts: a market desk's due times are off by the two days of each weekend, all year.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check exchange_calendars==4.13.2 pandas_market_calendars==4.6.1 \
    pandas==2.3.3 tzdata==2026.6
cat > "$work/seen" <<'SEEN'
exchange_calendars XTAE Mon Tue Wed Thu Fri
pandas_market_calendars XTAE Mon Tue Wed Thu Fri
pandas_market_calendars TASE Sun Mon Tue Wed Thu
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
import exchange_calendars
import pandas_market_calendars

week = "2026-06-07", "2026-06-13"
days = exchange_calendars.get_calendar("XTAE", start="2026-01-01", end="2026-11-30").sessions_in_range(*week)
print("exchange_calendars XTAE", *days.strftime("%a"))
for name in ("XTAE", "TASE"):
    print("pandas_market_calendars", name, *pandas_market_calendars.get_calendar(name).valid_days(*week).strftime("%a"))
PY
diff "$work/seen" "$work/now"
echo "as seen: two weeks for one exchange"
