"""This module knows clocks on the wall for whole columns: naive readings become instants, and instants readings.

A reading that exists twice is the first of the two, one that does not exist is taken by the offset before the
change: `datetime.replace(tzinfo=zone)`, as Python reads it (PEP 495).
"""

from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from slacalc.batch.stairs import Bools, Column
from slacalc.business_time.instants import DAY, SECOND, clock_changes, from_us

__all__ = ["instants_of", "is_second_reading", "readings_of"]

_YEARS = 10 * 366 * DAY


class _Clock(NamedTuple):
    """The offset from UTC between changes: `offsets[i]` holds before `changes[i]`; all in microseconds."""

    changes: Column
    offsets: Column


def instants_of(zone: ZoneInfo, readings: Column) -> Column:
    """Return the instants at which the clock of `zone` reads so, in microseconds; none may be null."""
    clock = _clock_over(zone, readings)
    if not len(clock.changes):
        return readings - clock.offsets[0] if clock.offsets[0] else readings
    until = clock.changes + np.maximum(clock.offsets[:-1], clock.offsets[1:])
    return readings - clock.offsets[until.searchsorted(readings, side="right")]


def readings_of(zone: ZoneInfo, instants: Column) -> Column:
    """Return what the clock of `zone` reads at each instant, in microseconds; none may be null."""
    clock = _clock_over(zone, instants)
    if not len(clock.changes):
        return instants + clock.offsets[0] if clock.offsets[0] else instants
    return instants + clock.offsets[clock.changes.searchsorted(instants, side="right")]


def is_second_reading(zone: ZoneInfo, instants: Column) -> Bools:
    """Tell where the clock had read the same before: what it reads there does not tell the instant."""
    first: Bools = instants_of(zone, readings_of(zone, instants)) != instants
    return first


def _clock_over(zone: ZoneInfo, column: Column) -> _Clock:
    if not len(column):
        return _clock(zone, 0, 1)
    first, last = int(column.min()) - 2 * DAY, int(column.max()) + 2 * DAY
    return _clock(zone, first // _YEARS * _YEARS, -(-last // _YEARS) * _YEARS)


@lru_cache(maxsize=64)
def _clock(zone: ZoneInfo, start: int, end: int) -> _Clock:
    moved = list(clock_changes(zone, start, end))
    offset = from_us(start, zone).utcoffset()
    assert offset is not None  # noqa: S101 - a ZoneInfo always has one
    steps = [offset, *(by for _, by in moved)]
    offsets = np.cumsum([step.days * DAY + step.seconds * SECOND for step in steps], dtype=np.int64)
    return _Clock(np.array([at for at, _ in moved], dtype=np.int64), offsets)
