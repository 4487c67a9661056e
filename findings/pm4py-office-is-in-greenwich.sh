#!/usr/bin/env bash
# Business hours of a process log are counted in UTC, whatever zone the log is in: a morning in Tokyo has no business hours.
#
# Version: pm4py 2.7.23.11
# Good guess: a log whose timestamps are in Asia/Tokyo, with slots 09:00-17:00, has three business hours from 09:00 to 12:00.
# Seen: 0 for Tokyo, 2 for Berlin, 3 for the same log without a zone. The slots have no place for a zone.
# Why: format_dataframe turns every timestamp into UTC when the log is made, and the slots, seconds from Monday 00:00, are laid over
#   what is left.
# Hurts: waiting times and bottlenecks of a log that is right about its zone are wrong by up to a working day a case; to make
#   them right one has to take the zone away.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pm4py==2.7.23.11
cat > "$work/seen" <<'SEEN'
Asia/Tokyo 0
Europe/Berlin 2
no zone 3
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" 2> "$work/log" <<'PY'
import pandas
import pm4py

slots = [(day * 86400 + 9 * 3600, day * 86400 + 17 * 3600) for day in range(5)]
for zone in ("Asia/Tokyo", "Europe/Berlin", None):
    at = pandas.to_datetime(["2026-12-01 09:00", "2026-12-01 12:00"]).tz_localize(zone)
    events = pandas.DataFrame({"case": ["1", "1"], "activity": ["opened", "solved"], "at": at})
    log = pm4py.format_dataframe(events, case_id="case", activity_key="activity", timestamp_key="at")
    seconds = pm4py.get_all_case_durations(log, business_hours=True, business_hour_slots=slots)
    print(zone or "no zone", f"{seconds[0] / 3600:g}")
PY
diff "$work/seen" "$work/now"
echo "as seen: the office stands in Greenwich"
