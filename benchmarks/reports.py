"""What a report costs: over columns, over dicts of datetimes, and ticket by ticket, beside pandas by hand.

By hand means due times from `promise_frame`, open time from `frames.elapsed`, and a group-by of pandas for counts,
medians and 90th percentiles. A report has the ten worst breaches with their reasons besides, and is written as JSON.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from math import inf
from random import Random
from typing import Any, Final
from unittest import mock

import slacalc as sla
from benchmarks import workload
from benchmarks.measuring import Contestant, Task
from benchmarks.workload import HOURS, ZONE
from slacalc.reports import attainment

__all__ = ["policy", "rows_of", "tasks"]

ROWS: Final = 45_800
_FEW: Final = 4_580  # for the way that is slow
_PRIORITIES: Final = ("1", "2", "3")
_METRICS: Final = ("first_response", "resolution")
_DONE: Final = 0.9
_START: Final = datetime(2024, 1, 1, 9, tzinfo=UTC)
_AS_OF: Final = datetime(2026, 6, 1, tzinfo=ZONE)

Row = dict[str, Any]


def tasks(rows: int = ROWS, few: int = _FEW) -> Iterator[Task]:
    """Return reports over many tickets, and over fewer with the scalar way among them."""
    import pandas as pd
    import polars as pl

    tickets = rows_of(rows)
    for count in (rows, few):
        some = tickets[:count]
        frame = pd.DataFrame(some)
        contestants = [
            Contestant("by hand, in pandas", _asking(lambda frame=frame: _by_hand(frame))),  # type: ignore[misc]  # a default binds the loop's
            Contestant("report, pandas", _reporting(frame)),
            Contestant("report, polars", _reporting(pl.DataFrame(some, infer_schema_length=None))),
            Contestant("report, dicts of datetimes", _reporting(some)),
        ]
        if count == few:
            contestants.append(Contestant("report, ticket by ticket", _reporting(some, one_by_one=True)))
        yield Task(f"a report with the ten worst, {count:,} tickets", count, contestants, _by_hand(frame), whole=True)


def policy() -> sla.Policy:
    """Return a policy with three priorities and two metrics, in the office of all suites."""
    holidays = {day.isoformat(): "closed" for day in workload.closed_dates()}
    office = {"zone": str(ZONE), "hours": HOURS, "special_days": holidays}
    rules = [
        {
            "name": priority,
            "when": {"priority": priority},
            "calendar": "office",
            "metrics": {
                "first_response": {"due": {"business_hours": f"{place}h"}},
                "resolution": {"due": {"business_hours": f"{place * 16}h"}},
            },
        }
        for place, priority in enumerate(_PRIORITIES, 1)
    ]
    return sla.policy_from_data({"name": "benchmark", "calendars": {"office": office}, "rules": rules})


def rows_of(count: int) -> list[Row]:
    """Return tickets of two years, most of them done."""
    random = Random(20261123)  # noqa: S311 - a workload, not a secret
    return [_row(random, number) for number in range(count)]


def _row(random: Random, number: int) -> Row:
    received = _START + timedelta(seconds=random.randrange(2 * 365 * 86_400))
    done = (received + timedelta(seconds=random.randrange(1, most * 3_600)) for most in (24, 240))
    times = {name: None if random.random() > _DONE else _told(at) for name, at in zip(_METRICS, done, strict=True)}
    return {"ticket": str(number), "received": _told(received), "priority": random.choice(_PRIORITIES), **times}


def _told(at: datetime) -> datetime:
    """Return an instant as the office's clock shows it."""
    return at.astimezone(ZONE)


_POLICY: Final = policy()


def _asking(ask: Callable[[], list[object]]) -> Callable[[int], list[object]]:
    return lambda _rows: ask()


def _reporting(tickets: object, *, one_by_one: bool = False) -> Callable[[int], list[object]]:
    def reported(_rows: int) -> list[object]:
        with mock.patch.object(attainment, "_WORTH_COLUMNS", inf if one_by_one else 1):
            found = sla.report(tickets, _POLICY, as_of=_AS_OF)
        found.to_json()
        return [*sorted((line.group, line.metric, line.met, line.breached, line.pending) for line in found.lines)]

    return reported


def _by_hand(frame: Any) -> list[object]:  # noqa: ANN401 - a frame of pandas
    """Return the counts by priority and metric, and for all; medians and percentiles are worked out, too."""
    import pandas as pd

    promised = _POLICY.promise_frame(frame)
    office, as_of = _POLICY.calendar("office"), pd.Timestamp(_AS_OF).as_unit("us")
    found: list[object] = []
    for metric in _METRICS:
        done = promised[metric].where(promised[metric] <= as_of)
        end = done.fillna(as_of).dt.as_unit("us")
        late = end > promised[f"{metric}_due"]
        table = pd.DataFrame(
            {
                "priority": promised["priority"],
                "met": ~late & done.notna(),
                "breached": late,
                "pending": ~late & done.isna(),
            }
        )
        table["open"] = sla.frames.elapsed(office, promised["received"], end).where(done.notna())
        table["wall"] = (end - promised["received"]).where(done.notna())
        for groups in (table.groupby("priority"), table.groupby(lambda _row: "all")):
            groups[["open", "wall"]].median()
            groups[["open", "wall"]].quantile(0.9, interpolation="higher")
            counts = groups[["met", "breached", "pending"]].sum()
            found += [(str(name), metric, *map(int, counts.loc[name])) for name in counts.index]
    return sorted(found)  # type: ignore[type-var]  # tuples of one shape
