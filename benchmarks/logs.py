"""What it costs to get from the CSV file of a log to a report: beside reading its cells, and beside DuckDB.

Two metrics are promised by four priorities. DuckDB has the median and the 90th percentile of the time on the wall to
each, by priority and for all, in one query over the file and on one thread; a report has those in open time, met and
breached, and the ten worst breaches with their reasons besides. The file is the log of `tickets` ten times over.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from unittest import mock

import slacalc as sla
from benchmarks import tickets
from benchmarks.measuring import Contestant, Task
from slacalc.logs import reading

__all__ = ["tasks", "written"]

_TIMES: Final = 10
_FORMAT: Final = "%Y/%m/%d %H:%M:%S.%f"
_HEADER: Final = "Case ID,Activity,Complete Timestamp,service_level"
_DONE: Final = {"first_response": "Take in charge ticket", "resolution": "Resolve ticket"}
_DUE: Final = {"Value 1": ("1h", "8h"), "Value 2": ("4h", "40h"), "Value 3": ("8h", "80h"), None: ("8h", "120h")}
_MAPPING: Final = sla.LogMapping(
    "Case ID",
    "Complete Timestamp",
    "Activity",
    zone="Europe/Rome",
    time_format=_FORMAT,
    fields=(("priority", "service_level"),),
    done=tuple((metric, (activity,)) for metric, activity in _DONE.items()),
)
_REPLAYED: Final = _MAPPING.updated(
    done=(),
    events=(
        ("Take in charge ticket", "agent_message"),
        ("Wait", "paused_until_next"),
        ("Resolve ticket", "solved"),
        ("Closed", "closed"),
    ),
)
_WORDS: Final = {
    sla.Created: "Assign seriousness",
    sla.Message: "Take in charge ticket",
    sla.Paused: "Wait",
    sla.Solved: "Resolve ticket",
    sla.Closed: "Closed",
}
_QUERY: Final = """
with log as (
    select "Case ID" as id, Activity as activity, service_level as priority,
        timezone('Europe/Rome', strptime("Complete Timestamp", '%Y/%m/%d %H:%M:%S.%f')) as happened
    from read_csv('{path}', all_varchar = true)
), tickets as (
    select id, arg_min(priority, happened) as priority, min(happened) as received,
        min(happened) filter (activity = 'Take in charge ticket') as answered,
        min(happened) filter (activity = 'Resolve ticket') as solved
    from log group by id
), times as (
    select coalesce(priority, 'all') as priority,
        list_sort(list(answered - received) filter (answered is not null)) as first,
        list_sort(list(solved - received) filter (solved is not null)) as last
    from tickets group by rollup (priority)
)
select priority, [first[(len(first) + 1) // 2], first[(9 * len(first) + 9) // 10]],
    [last[(len(last) + 1) // 2], last[(9 * len(last) + 9) // 10]]
from times order by 1
"""


def tasks(times: int = _TIMES) -> Iterator[Task]:
    """Return a log from its file to a report, by when metrics were done, and replayed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        rows = written(path, times)
        for name, mapping in (("by when metrics were done", _MAPPING), ("replayed", _REPLAYED)):
            yield Task(f"a CSV file to a report, {name}, {rows:,} rows", rows, _contestants(path, mapping), whole=True)


def written(path: Path, times: int) -> int:
    """Write a log so many times, each time with other tickets, and return how many rows it has."""
    rows = _rows()
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(rows[0])
        for number in range(times):
            file.writelines(f"{number}-{row}" for row in rows[1:])
    return times * (len(rows) - 1)


def _rows() -> list[str]:
    """Return the lines of the Italian log, or where it is absent those of a synthetic one."""
    if tickets.LOG.exists():
        return tickets.LOG.read_text(encoding="utf-8").splitlines(keepends=True)
    log = tickets.synthetic_tickets()
    return [
        f"{_HEADER}\n",
        *(
            f"Case {number},{_WORDS[type(event)]},{event.at:{_FORMAT}},Value {number % 4 + 1}\n"
            for number, events in enumerate(log.tickets)
            for event in events
            if type(event) in _WORDS
        ),
    ]


def _contestants(path: Path, mapping: sla.LogMapping) -> list[Contestant]:
    policy = _policy()
    return [
        Contestant("csv.reader alone", lambda _rows: _cells(path)),
        Contestant("DuckDB, to medians on the wall", lambda _rows: medians(path)),
        Contestant("read_log and report, polars there", lambda _rows: _reported(path, mapping, policy)),
        Contestant("read_log and report, without polars", _without_polars(path, mapping, policy)),
    ]


def _policy() -> sla.Policy:
    office = {"zone": "Europe/Rome", "hours": "Mon-Fri 09:00-13:00 14:00-18:00", "holidays": "IT"}
    rules = [
        {
            "name": value or "the rest",
            **({} if value is None else {"when": {"priority": value}}),
            "calendar": "office",
            "metrics": {metric: {"due": {"business_hours": due}} for metric, due in zip(_DONE, dues, strict=True)},
        }
        for value, dues in _DUE.items()
    ]
    return sla.policy_from_data({"name": "support", "calendars": {"office": office}, "rules": rules})


def _cells(path: Path) -> list[object]:
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return []


def medians(path: Path) -> list[Any]:
    """Return the medians and 90th percentiles that DuckDB finds, by priority."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        return list(connection.execute(_QUERY.format(path=path)).fetchall())


def reported_medians(path: Path) -> list[tuple[str, list[timedelta | None], list[timedelta | None]]]:
    """Return what a report says, as DuckDB does."""
    lines = _report(path, _MAPPING, _policy()).lines
    groups = sorted({line.group for line in lines})
    of = {(line.group, line.metric): [line.median_wall, line.p90_wall] for line in lines}
    return [(group, of[group, "first_response"], of[group, "resolution"]) for group in groups]


def _report(path: Path, mapping: sla.LogMapping, policy: sla.Policy) -> sla.Report:
    log = sla.read_log(path, mapping)
    assert log.last_event is not None  # noqa: S101 - the log has rows
    return sla.report(log, policy, as_of=log.last_event)


def _reported(path: Path, mapping: sla.LogMapping, policy: sla.Policy) -> list[object]:
    _report(path, mapping, policy).to_json()
    return []


def _without_polars(path: Path, mapping: sla.LogMapping, policy: sla.Policy) -> Callable[[int], list[object]]:
    def reported(_rows: int) -> list[object]:
        with mock.patch.object(reading, "reads_in_blocks", return_value=False):
            return _reported(path, mapping, policy)

    return reported
