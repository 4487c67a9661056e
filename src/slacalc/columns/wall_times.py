"""Wall clocks for whole columns: naive readings become instants, and instants readings.

A reading that exists twice is the first of the two, one that does not exist is taken by the offset before the
change: `datetime.replace(tzinfo=zone)`, as Python reads it (PEP 495).
"""

from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from slacalc.business_time.instants import DAY, SECOND, clock_changes, from_us
from slacalc.columns.stairs import NULL, Bools, Column, Edges

__all__ = ["Readings", "first_instants", "instants_of", "is_utc", "readings_of", "shown"]

_YEARS = 10 * 366 * DAY


class Readings(NamedTuple):
    """What a clock reads, and where it had read the same before: there the reading does not tell the instant."""

    values: Column
    is_second: Bools


class _Clock(NamedTuple):
    """The offset from UTC between changes, in microseconds: `offsets[i]` holds after i changes.

    The clock reads the times before `until[i]` before change i, for the last time where it is set back.
    """

    changes: Edges
    until: Edges
    offsets: Column
    repeats_until: Column


def is_utc(zone: ZoneInfo) -> bool:
    """Tell whether a zone is UTC under one of its names: its readings are the instants."""
    return zone.key.rpartition("/")[2] in {"UTC", "UCT", "Universal", "Zulu"}


def instants_of(zone: ZoneInfo, readings: Column) -> Column:
    """Return the instants at which the clock of `zone` reads so, in microseconds; none may be null."""
    clock = _clock_over(zone, readings)
    return readings - clock.offsets.take(clock.until.count_up_to(readings))


def first_instants(zone: ZoneInfo, readings: Column) -> Column:
    """Return the first instants at which the clock reads so or later, as `wall_us`: of a time in a gap its change."""
    clock = _clock_over(zone, readings)
    place = clock.until.count_up_to(readings)
    instants: Column = readings - clock.offsets.take(place)
    np.minimum(instants, clock.changes.following.take(place), out=instants)
    return instants


def shown(zone: ZoneInfo, instants: Column) -> Column:
    """Return what the clock of `zone` reads at each instant, in microseconds; none may be null."""
    clock = _clock_over(zone, instants)
    return instants + clock.offsets.take(clock.changes.count_up_to(instants))


def readings_of(zone: ZoneInfo, instants: Column) -> Readings:
    """Return what the clock of `zone` reads at each instant, and whether for the second time; none may be null."""
    clock = _clock_over(zone, instants)
    place = clock.changes.count_up_to(instants)
    return Readings(instants + clock.offsets.take(place), instants < clock.repeats_until.take(place))


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
    changes = np.array([at for at, _ in moved], dtype=np.int64)
    before, after = offsets[:-1], offsets[1:]
    until, repeats_until = changes + np.maximum(before, after), changes + np.maximum(before - after, 0)
    return _Clock(Edges(changes), Edges(until), offsets, np.concatenate([[NULL], repeats_until]))
