"""Columns against their floors, in one run: `python benchmarks/columns.py`.

Mon-Fri 09:00-17:00 in Helsinki with public holidays; random instants of four years in random order. The floor is
a slot table with nothing around it: two divisions and three gathers in chunks, no nulls, no check of any row.
Every answer is compared with the scalar one for a sample of rows. Quote the ratios; times are this machine's, and
those of one thread: CPU time, so that a busy machine tells the same.
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slacalc import Calendar, Holidays, frames
from slacalc.batch.stairs import Slots, slots_over, steps_over

HOUR = 3_600_000_000
AMOUNT = timedelta(hours=8)
CHUNK = 32_768
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
        started = time.process_time()
        call()
        best = min(best, time.process_time() - started)
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
    opens = slots.steps.opens
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
    return [(f"{name} add", lambda given=given: frames.add(OFFICE, given, AMOUNT)) for name, given in columns.items()]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2_000_000)
    rows = parser.parse_args().rows
    table = measured(rows)
    floor = dict(table)["floor: the slot table of the trial, add"]
    for name, cost in table:
        print(f"{name:45} {cost:9.2f} ns a row {cost / floor:8.2f} x floor")


if __name__ == "__main__":
    main()
