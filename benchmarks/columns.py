"""Columns against their floors, in one run: `python benchmarks/columns.py`.

Mon-Fri 09:00-17:00 in Helsinki with public holidays; random instants of four years in random order. The floor is
a slot table with nothing around it: two divisions and three gathers in chunks, no nulls, no check of any row.
Every answer is compared with the scalar one for a sample of rows. Quote the ratios; times are this machine's, and
those of one thread: CPU time, so that a busy machine tells the same.
"""

import argparse
import re
import time as clock
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from slacalc import Calendar, Holidays, frames
from slacalc.batch.stairs import Slots, slots_over, steps_over

HOUR = 3_600_000_000
AMOUNT = timedelta(hours=8)
CHUNK = 32_768
OPENS, CLOSES = time(9), time(17)
START, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
OFFICE = Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays=Holidays("FI").freeze(2020, 2040))
ODD = OFFICE.extend(special_days={"2026-03-04": "09:00-14:07:31"})


class Floor:
    """The slot tables of the trial, by themselves."""

    def __init__(self, slots: Slots) -> None:
        self.width, self.origin = slots.width, slots.origin
        starts = np.arange(len(slots.rise), dtype=np.int64) * slots.width
        self.open = slots.rise & 1
        self.before = (slots.rise >> 1) + self.open * starts
        self.shift = slots.shift

    def add(self, t: NDArray[np.int64], amount: int) -> NDArray[np.int64]:
        """Return due times: what is left when nothing is checked."""
        out = np.empty_like(t)
        slot, work, passed, other = (np.empty(CHUNK, np.int64) for _ in range(4))
        for first in range(0, len(t), CHUNK):
            rows = t[first : first + CHUNK]
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


def nanoseconds(call: Callable[[], object], rows: int, turns: int = 7) -> float:
    """Return the nanoseconds of CPU time that a row costs, the best of some turns."""
    best = float("inf")
    for _ in range(turns):
        started = clock.process_time()
        call()
        best = min(best, clock.process_time() - started)
    return best / rows * 1e9


def measured(rows: int) -> list[tuple[str, float]]:
    """Return what is measured, with nanoseconds a row."""
    low, high = (int(at.timestamp()) * 1_000_000 for at in (START, END))
    t = np.random.default_rng(20261120).integers(low, high, rows)
    column, later = t.view("M8[us]"), np.sort(t).view("M8[us]")
    amounts = np.full(rows, 8 * HOUR).view("m8[us]")
    slots = slots_over(steps_over(OFFICE, low, high + 400 * 24 * HOUR))
    floor = Floor(slots)
    expected = floor.add(t, 8 * HOUR)
    _check(column, expected)
    opens = slots.steps.opens.points
    table: list[tuple[str, Callable[[], object]]] = [
        ("memory copy", t.copy),
        ("one searchsorted", lambda: opens.searchsorted(t)),
        ("floor: the slot table of the trial, add", lambda: floor.add(t, 8 * HOUR)),
        ("numpy add, one amount", lambda: frames.add(OFFICE, column, AMOUNT, zone="UTC")),
        ("numpy add, a column of amounts", lambda: frames.add(OFFICE, column, amounts, zone="UTC")),
        ("numpy elapsed", lambda: frames.elapsed(OFFICE, column, later, zone="UTC")),
        ("numpy is_open", lambda: frames.is_open(OFFICE, column, zone="UTC")),
        ("numpy roll_forward", lambda: frames.roll_forward(OFFICE, column, zone="UTC")),
        ("numpy next_open", lambda: frames.next_open(OFFICE, column, zone="UTC")),
        (
            "numpy add, naive in Helsinki",
            lambda: frames.add(OFFICE, column, AMOUNT, zone="Europe/Helsinki", errors="null"),
        ),
        ("numpy add, nanoseconds", lambda: frames.add(OFFICE, column.astype("M8[ns]"), AMOUNT, zone="UTC")),
        ("numpy add, no slots fit", lambda: frames.add(ODD, column, AMOUNT, zone="UTC")),
    ]
    table += _of_libraries(column)
    return [(name, nanoseconds(call, rows)) for name, call in table]


def _check(column: NDArray[Any], expected: NDArray[np.int64]) -> None:
    """Refuse to measure wrong answers."""
    answers = frames.add(OFFICE, column, AMOUNT, zone="UTC")
    assert (answers.astype(np.int64) == expected).all()  # noqa: S101 - answers first
    for at, due in zip(column[:1000].astype(object), answers[:1000].astype(object), strict=True):
        alone = OFFICE.add(at.replace(tzinfo=UTC), AMOUNT)
        assert alone == due.replace(tzinfo=UTC)  # noqa: S101 - answers first


def _of_libraries(column: NDArray[Any]) -> list[tuple[str, Callable[[], object]]]:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    columns: dict[str, Any] = {
        "pandas": pd.Series(column).dt.tz_localize("UTC"),
        "polars": pl.Series(column).dt.replace_time_zone("UTC"),
        "pyarrow": pa.chunked_array([pa.array(column, pa.timestamp("us", "UTC"))]),
    }
    return [(f"{name} add", partial(frames.add, OFFICE, given, AMOUNT)) for name, given in columns.items()]


def duckdb_rates(rows: int) -> list[tuple[str, float]]:
    """Return the nanoseconds a row of the SQL of docs/how-to/sql-engines.md, on one thread, summed up."""
    import duckdb
    import pyarrow as pa

    low, high = (int(at.timestamp()) * 1_000_000 for at in (START, END))
    random = np.random.default_rng(20261120)
    received, amounts = random.integers(low, high, rows), np.full(rows, 8 * HOUR)
    tickets: dict[str, Any] = {
        "id": np.arange(rows),
        "calendar": np.ones(rows, np.int64),
        "received": received,
        "amount": amounts,
    }
    tickets["replied"] = random.permutation(received)
    tables = OFFICE.to_tables(START, END.replace(year=2029), calendar=1).to_arrow()
    with duckdb.connect() as duck:
        duck.execute("SET threads = 1")
        for name, table in {**tables, "tickets": pa.table(tickets)}.items():
            duck.register("given", table)
            duck.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - our own names
        due = duck.execute(f"SELECT sum(due) FROM ({_sql('add')})").fetchall()[0][0]  # noqa: S608 - our own page
        expected = frames.add(OFFICE, received.view("M8[us]"), AMOUNT, zone="UTC").astype(np.int64)
        assert due == sum(expected.tolist())  # noqa: S101 - answers first
        timed: list[tuple[str, float]] = []
        for name, column in (("add", "due"), ("elapsed", "elapsed")):
            query = f"SELECT sum({column}) FROM ({_sql(name)})"  # noqa: S608 - our own page
            cost = nanoseconds(partial(_fetched, duck, query), rows, turns=4)
            timed.append((f"DuckDB {name}, one thread", cost))
        return timed


def _fetched(duck: Any, query: str) -> object:  # noqa: ANN401 - a connection
    return duck.execute(query).fetchall()


def _sql(name: str) -> str:
    page = (Path(__file__).parents[1] / "docs/how-to/sql-engines.md").read_text(encoding="utf-8")
    found = re.search(rf'```sql title="{name}\.sql"\n(.*?)```', page, re.DOTALL)
    assert found is not None  # noqa: S101 - our own page
    return found[1]


def workclock_rates(rows: int = 20_000) -> list[tuple[str, float]]:
    """Return what workclock costs for a numpy array of the same instants, if it is installed."""
    try:
        from workclock import Holidays as Closed
        from workclock import Schedule, WorkDay
    except ImportError:
        return []
    low, high = (int(at.timestamp()) * 1_000_000 for at in (START, END))
    column = np.random.default_rng(20261120).integers(low, high, rows).view("M8[us]")
    pinned = Holidays("FI").freeze(2020, 2040)
    closed = [day for year in range(2020, 2041) for day in pinned.names(year)]
    schedule = Schedule([WorkDay(OPENS, CLOSES), Closed(closed)], time_zone=ZoneInfo("Europe/Helsinki"))
    assert (schedule.add_many(column, AMOUNT) == frames.add(OFFICE, column, AMOUNT, zone="UTC")).all()  # noqa: S101 - answers first
    amounts = np.full(rows, 8 * HOUR).view("m8[us]")
    return [("workclock add_many", nanoseconds(lambda: schedule.add_many(column, amounts), rows, turns=4))]


def slot_bytes(hours: str) -> int:
    """Return the memory of the slots of ten years."""
    low, high = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (2020, 2030))
    slots = slots_over(steps_over(Calendar("Europe/Helsinki", hours), low, high))
    steps = slots.steps
    return sum(each.nbytes for each in (slots.rise, slots.shift, steps.opens.points, steps.closes, steps.before.points))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    rows = parser.parse_args().rows
    table = measured(rows)
    floor = dict(table)["floor: the slot table of the trial, add"]
    print(f"| {'':40} | ns a row | x floor |\n|{'-' * 42}|---|---|")
    for name, cost in [*table, *workclock_rates(), *duckdb_rates(rows)]:
        print(f"| {name:40} | {cost:8.2f} | {cost / floor:7.2f} |")
    for hours in ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:30", "Mon-Fri 09:00-17:15"):
        print(f"slots of ten years, {hours}: {slot_bytes(hours) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
