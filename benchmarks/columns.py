"""What columns cost: numpy and the data frame libraries, DuckDB and workclock, beside their floors.

Eight hours on random instants of four years in random order, in the office of all suites. The floor is a slot table
with nothing around it: two divisions and three gathers in chunks, no nulls, no check of any row.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import workload
from benchmarks.measuring import Contestant, Task
from benchmarks.workload import CLOSES, HOURS, OPENS, ZONE
from slacalc import Calendar, frames
from slacalc.columns.stairs import Slots, slots_over, steps_over

__all__ = ["slot_bytes", "tasks"]

ROWS: Final = 2_000_000

_HOUR: Final = 3_600_000_000
_AMOUNT: Final = timedelta(hours=8)
_CHUNK: Final = 32_768
_CHECKED: Final = 50_000  # rows; enough for slots, below 8,192 a column is searched
_FEWEST: Final = 10  # rows: what a call costs, whatever it is asked
_SLOW: Final = 20_000  # rows for a peer that takes a microsecond and more for each
_START, _END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATER_THAN_ALL: Final = "2028-01-20"  # an exception that no answer meets, though it is in the tables
_PAGE: Final = Path(__file__).parents[1] / "docs/how-to/sql-engines.md"

Micros = NDArray[np.int64]


class Floor:
    """The slot tables of the trial, by themselves."""

    def __init__(self, slots: Slots) -> None:
        self.width, self.origin = slots.width, slots.origin
        starts = np.arange(len(slots.rise), dtype=np.int64) * slots.width
        self.open = slots.rise & 1
        self.before = (slots.rise >> 1) + self.open * starts
        self.shift = slots.shift

    def add(self, t: Micros, amount: int) -> Micros:
        """Return due times: what is left when nothing is checked."""
        out = np.empty_like(t)
        slot, work, passed, other = (np.empty(_CHUNK, np.int64) for _ in range(4))
        for first in range(0, len(t), _CHUNK):
            rows = t[first : first + _CHUNK]
            k, w, p, o = (buffer[: len(rows)] for buffer in (slot, work, passed, other))
            np.subtract(rows, self.origin, out=p)
            np.floor_divide(p, self.width, out=k)
            np.take(self.before, k, out=w, mode="clip")
            np.take(self.open, k, out=o, mode="clip")
            np.multiply(k, self.width, out=k)
            np.subtract(p, k, out=p)
            np.multiply(p, o, out=p)
            np.add(w, p, out=w)
            np.add(w, amount, out=w)
            np.subtract(w, 1, out=k)
            np.floor_divide(k, self.width, out=k)
            np.take(self.shift, k, out=o, mode="clip")
            np.add(w, o, out=out[first : first + len(rows)])
        return out


class Search:
    """The integer loop of the workload on whole arrays: raw `searchsorted`. Its answers are the right ones."""

    def __init__(self) -> None:
        loop = workload.IntegerLoop()
        self.opens: Micros = np.array(loop.opens)
        self.closes: Micros = np.array(loop.closes)
        self.before: Micros = np.array(loop.before)

    def worked(self, t: Micros) -> Micros:
        """Return the open time up to each instant."""
        i = self.opens.searchsorted(t, side="right") - 1
        return self.before[i] + np.minimum(t, self.closes[i]) - self.opens[i]

    def add(self, t: Micros, amount: int) -> Micros:
        """Return due times."""
        work = self.worked(t) + amount
        i = self.before.searchsorted(work) - 1
        return self.opens[i] + work - self.before[i]

    def elapsed(self, start: Micros, end: Micros) -> Micros:
        """Return the open time between."""
        return self.worked(end) - self.worked(start)

    def is_open(self, t: Micros) -> NDArray[np.bool_]:
        """Tell which instants are open."""
        return t < self.closes[self.opens.searchsorted(t, side="right") - 1]

    def next_open(self, t: Micros) -> Micros:
        """Return the first opening strictly after each instant."""
        return self.opens[self.opens.searchsorted(t, side="right")]

    def roll_forward(self, t: Micros) -> Micros:
        """Return the first open instant at or after each."""
        return np.where(self.is_open(t), t, self.next_open(t))


def tasks(rows: int = ROWS) -> Iterator[Task]:
    """Return the floors, add for every kind of column, the other verbs, workclock, and the SQL of DuckDB."""
    office, search = Calendar(ZONE, HOURS, holidays=workload.holidays()), Search()
    low, high = (int(at.timestamp()) * 1_000_000 for at in (_START, _END))
    random = np.random.default_rng(20261120)
    t = random.integers(low, high, rows)
    later = random.permutation(t)
    slots = Floor(slots_over(steps_over(office, low, high + 400 * 24 * _HOUR)))
    floor = Contestant("floor: a slot table, add", lambda n: slots.add(t[:n], 8 * _HOUR))
    searched = Contestant("one searchsorted", lambda n: search.opens.searchsorted(t[:n]))
    due = search.add(t[:_CHECKED], 8 * _HOUR)
    yield _task("the floors of a column", rows, [floor, searched, Contestant("memory copy", lambda n: t[:n].copy())])
    yield _task("add 8 h", rows, [floor, *_adding(office, t), *_in_libraries(office, t)], due)
    yield from _other_verbs(office, search, t, later)
    if find_spec("workclock"):
        few = min(rows, _SLOW)
        yield _task("add 8 h", few, [floor, *_adding(office, t)[:2], _workclock(t[:few])], due[:few])
        yield _task("add 8 h", _FEWEST, [_workclock(t[:_FEWEST]), *_adding(office, t[:_FEWEST])[:2]], due[:_FEWEST])
    if find_spec("duckdb"):
        yield _task("add in SQL, one thread", rows, [floor, *_in_sql(office, t, later)])


def slot_bytes(hours: str) -> int:
    """Return the memory of the slots of ten years."""
    low, high = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (2020, 2030))
    slots = slots_over(steps_over(Calendar(ZONE, hours), low, high))
    steps = slots.steps
    return sum(each.nbytes for each in (slots.rise, slots.shift, steps.opens.points, steps.closes, steps.before.points))


def _task(name: str, rows: int, contestants: Sequence[Contestant], expected: NDArray[Any] | None = None) -> Task:
    right = None if expected is None else expected.tolist()
    return Task(f"{name}, {rows:,} rows", rows, contestants, right, whole=True)


def _adding(office: Calendar, t: Micros) -> list[Contestant]:
    """Return the ways of adding eight hours to a numpy array."""
    column: Any = t.view("M8[us]")
    finer, amounts = column.astype("M8[ns]"), np.full(len(t), 8 * _HOUR).view("m8[us]")
    odd = office.extend(special_days={_LATER_THAN_ALL: "09:00-14:07:31"})
    return [
        Contestant("numpy, one amount", lambda n: frames.add(office, column[:n], _AMOUNT, zone="UTC"), _us),
        Contestant(
            "numpy, a column of amounts", lambda n: frames.add(office, column[:n], amounts[:n], zone="UTC"), _us
        ),
        Contestant("numpy, nanoseconds", lambda n: frames.add(office, finer[:n], _AMOUNT, zone="UTC"), _us),
        Contestant("numpy, no slots fit", lambda n: frames.add(odd, column[:n], _AMOUNT, zone="UTC"), _us),
    ]


def _in_libraries(office: Calendar, t: Micros) -> Iterator[Contestant]:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    series = pd.Series(t.view("M8[us]")).dt.tz_localize("UTC")
    wall = series.dt.tz_convert(ZONE).dt.tz_localize(None).to_numpy()
    columns: dict[str, Any] = {
        "pandas": series,
        "polars": pl.Series(t.view("M8[us]")).dt.replace_time_zone("UTC"),
        "pyarrow": pa.chunked_array([pa.array(t.view("M8[us]"), pa.timestamp("us", "UTC"))]),
    }
    yield Contestant("numpy, on a clock", lambda n: frames.add(office, wall[:n], _AMOUNT, zone=ZONE), _us_of_reading)
    for name, given in columns.items():
        yield Contestant(name, partial(_added, office, given), _us)


def _added(office: Calendar, column: Any, rows: int) -> Any:  # noqa: ANN401 - a column of any library
    return frames.add(office, column[:rows], _AMOUNT)


def _other_verbs(office: Calendar, search: Search, t: Micros, later: Micros) -> Iterator[Task]:
    """Yield a task for each verb, beside what searches for its answers and shares no code with slacalc."""
    columns = (t.view("M8[us]"), later.view("M8[us]"))
    for verb, count in (("elapsed", 2), ("is_open", 1), ("next_open", 1), ("roll_forward", 1)):
        floor, ours = getattr(search, verb), partial(getattr(frames, verb), office, zone="UTC")
        contestants = [
            Contestant("raw searchsorted", partial(_first_rows, floor, (t, later)[:count])),
            Contestant("numpy", partial(_first_rows, ours, columns[:count]), _us),
        ]
        yield _task(verb, len(t), contestants, floor(*(each[:_CHECKED] for each in (t, later)[:count])))


def _first_rows(call: Callable[..., Any], columns: Sequence[NDArray[Any]], rows: int) -> Any:  # noqa: ANN401 - the same
    return call(*(column[:rows] for column in columns))


def _workclock(t: Micros) -> Contestant:
    from workclock import Holidays, Schedule, WorkDay

    schedule = Schedule([WorkDay(OPENS, CLOSES), Holidays(workload.closed_dates())], time_zone=ZONE)
    column, amounts = t.view("M8[us]"), np.full(len(t), 8 * _HOUR).view("m8[us]")
    return Contestant("workclock add_many", lambda n: schedule.add_many(column[:n], amounts[:n]), _us)


def _in_sql(office: Calendar, t: Micros, later: Micros) -> list[Contestant]:
    """Return the SQL of docs/how-to/sql-engines.md in DuckDB, its sums checked here."""
    import duckdb
    import pyarrow as pa

    names, width = ("id", "calendar", "received", "replied", "amount"), len(t)
    values = (np.arange(width), np.ones(width, np.int64), t, later, np.full(width, 8 * _HOUR))
    tables = office.to_tables(_START, _END.replace(year=2029), calendar=1).to_arrow()
    duck = duckdb.connect()
    duck.execute("SET threads = 1")
    for name, table in {**tables, "tickets": pa.table(dict(zip(names, values, strict=True)))}.items():
        duck.register("given", table)
        duck.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - our own names
    column: Any = t.view("M8[us]")
    due = frames.add(office, column, _AMOUNT, zone="UTC").astype(np.int64)
    worked = frames.elapsed(office, column, later.view("M8[us]"), zone="UTC").astype(np.int64)
    sums = {"add": ("due", due), "elapsed": ("elapsed", worked)}
    contestants = []
    for name, (answer, expected) in sums.items():
        query = f"SELECT sum({answer}) FROM ({_sql(name)})"  # noqa: S608 - our own page
        found = duck.execute(query).fetchall()[0][0]
        assert found == sum(expected.tolist()), f"DuckDB's sum of {answer} is wrong"  # noqa: S101 - answers first
        contestants.append(Contestant(f"DuckDB {name}, summed", partial(_fetched, duck, query)))
    stored = f"CREATE OR REPLACE TABLE answers AS {_sql('add')}"
    return [*contestants, Contestant("DuckDB add, stored", partial(_fetched, duck, stored))]


def _fetched(duck: Any, query: str, _rows: int) -> Any:  # noqa: ANN401 - a connection
    return duck.execute(query).fetchall()


def _sql(name: str) -> str:
    found = re.search(rf'```sql title="{name}\.sql"\n(.*?)```', _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, f"the page has no {name}.sql"  # noqa: S101 - our own page
    return found[1]


def _us(answer: Any) -> object:  # noqa: ANN401 - of any library
    """Return an instant or an amount of any library in microseconds; integers and truths as they are."""
    if isinstance(answer, np.datetime64 | np.timedelta64):
        return int(answer.astype(f"{answer.dtype.kind}8[us]").astype(np.int64))
    if isinstance(answer, datetime):
        return (answer - _EPOCH) // timedelta(microseconds=1)
    return _us(answer.as_py()) if hasattr(answer, "as_py") else answer


def _us_of_reading(answer: Any) -> object:  # noqa: ANN401 - a reading, or the right answer
    """Return what a clock of the office reads as an instant."""
    return _us(answer.item().replace(tzinfo=ZONE)) if isinstance(answer, np.datetime64) else answer
