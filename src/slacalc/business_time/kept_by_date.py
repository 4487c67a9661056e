"""Answers to instants, kept by date: what a function of an instant says stands still between few turns of a date.

The close of business of the next working date, or a date in thirty days, is the same for all that comes in between two
turns of a date. A row has the turns of one date, with the answer until each. It is made when a date is asked about
for the second time, and where no clock is moved nearby, so that what clocks read can be compared. Everything else is
asked of the function itself, which stays the definition.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from itertools import count, pairwise
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import (
    DAY_SECONDS,
    FIRST_DATE,
    LAST_DATE,
    clock_stands_still,
    from_us,
    wall_us,
)
from slacalc.errors import SlaError
from slacalc.kept import Kept

__all__ = ["KNOWN_ZONES", "Answer", "Rows", "kept_by_date", "kept_shift"]

Answer: TypeAlias = Callable[[datetime], datetime]
KNOWN_ZONES: Final = frozenset((ZoneInfo, timezone))
"""The kinds of zones whose datetimes are turned into those of another exactly."""

_MOST_TURNS: Final = 16
_DATE_BITS: Final = 24  # more than a date has
_Row: TypeAlias = tuple[tuple[datetime, datetime | timedelta], ...]
_ONCE: Final[_Row] = ()
"""The row of a date that was asked about once."""


class Rows:
    """The rows of several functions, at most so many together."""

    __slots__ = ("_serial", "kept")

    def __init__(self, most: int) -> None:
        self.kept: Final[Kept[int, _Row]] = Kept(most)
        self._serial = count()

    def of_another(self) -> int:
        """Return what the rows of one more function are numbered from."""
        return next(self._serial) << _DATE_BITS


def kept_by_date(ask: Answer, turns: Callable[[date], Iterable[int]], zone: ZoneInfo, rows: Rows) -> Answer:
    """Return a function that answers as another does, in a zone, and keeps its answers.

    `turns` has the instants, in microseconds, at which the answer can change in the course of a date, in any order.
    """

    def row(day: date) -> _Row:
        start, end = wall_us(zone, day), wall_us(zone, day, DAY_SECONDS)
        if not clock_stands_still(zone, start, end):
            return ()
        edges = sorted({start, end, *(turn for turn in turns(day) if start < turn < end)})
        if len(edges) > _MOST_TURNS:
            return ()
        return tuple((from_us(until, zone), ask(from_us(since, zone))) for since, until in pairwise(edges))

    find, first = rows.kept.get, rows.of_another()

    def answer(at: datetime) -> datetime:
        local = at if at.tzinfo is zone else _in_zone(at, zone)
        for until, said in find(first + local.toordinal()) or _ONCE:
            if local < until:
                return said  # type: ignore[return-value]  # these rows have answers
        _learn(rows.kept, first, local, row)
        return ask(at)

    return answer


def kept_shift(ask: Answer, shift: timedelta, is_exact: Callable[[date], bool], zone: ZoneInfo, rows: Rows) -> Answer:
    """Return a function that answers as another does: what the clock reads and a shift, where that `is_exact`."""

    def row(day: date) -> _Row:
        return ((from_us(wall_us(zone, day, DAY_SECONDS), zone), shift),) if is_exact(day) else ()

    find, first = rows.kept.get, rows.of_another()

    def answer(at: datetime) -> datetime:
        local = at if at.tzinfo is zone else _in_zone(at, zone)
        for until, by in find(first + local.toordinal()) or _ONCE:
            if local < until:
                return local + by  # type: ignore[operator]  # these rows have shifts
        _learn(rows.kept, first, local, row)
        return ask(at)

    return answer


def _in_zone(at: datetime, zone: ZoneInfo) -> datetime:
    try:
        return at.astimezone(zone)
    except OverflowError:  # at the end of time, of which nothing is kept
        return at


def _learn(kept: Kept[int, _Row], first: int, local: datetime, row: Callable[[date], _Row]) -> None:
    """Remember that a date was asked about; the second time keep its row, or that it has none."""
    day, key = local.date(), first + local.toordinal()
    if not FIRST_DATE < day < LAST_DATE:
        return
    known = kept.get(key)
    if known is None:
        kept.keep(key, _ONCE)
    elif known == _ONCE:
        kept.keep(key, _made(row, day) or ((datetime(1, 1, 1, tzinfo=local.tzinfo), timedelta(0)),))


def _made(row: Callable[[date], _Row], day: date) -> _Row:
    try:
        return row(day)
    except SlaError:  # beyond what is covered, or closed for good: said when it is asked
        return ()
