"""Due as a function of receipt, as columns: all pieces of `due_pieces` at once, where columns know every due time.

Where a piece may begin is known from edges, dates and clocks; what is due there and just before the next is asked of
whole columns. Pieces are not joined: one may stand here in several.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from slacalc.business_time.instants import DAY, SECOND, amount_us, clock_changes, local_date
from slacalc.calendars.hours import seconds_of_day
from slacalc.calendars.open_time import OpenTime
from slacalc.columns import questions
from slacalc.columns.date_tables import EPOCH
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.target_verbs import VERBS
from slacalc.columns.wall_times import first_instants, shown
from slacalc.errors import SlaError
from slacalc.plans.due_pieces import DuePiece
from slacalc.policies.notation import BY_WORDS
from slacalc.policies.targets.days import BusinessDays, CalendarDays
from slacalc.policies.targets.opening import NextOpening
from slacalc.policies.targets.points import CountingTarget, PointTarget
from slacalc.policies.targets.target import AnyTarget, InsideOutside

__all__ = ["DueColumns", "due_columns"]

_SECOND: Final = timedelta(seconds=1)
_NONE: Final[Column] = np.empty(0, dtype=np.int64)


class DueColumns(NamedTuple):
    """Pieces in order and without a gap: receipts from `starts` to before `ends`, of which the first is due at `dues`.

    So are all others of a piece, but where it `moves`: there each is due as much later as it came later.
    """

    starts: Column
    ends: Column
    dues: Column
    moves: Bools

    def longest(self) -> DuePiece:
        """Return the first piece that begins with the longest wait."""
        place = int((self.dues - self.starts).argmax())
        return DuePiece(*(each[place].item() for each in self))

    def median(self) -> int:
        """Return the shortest wait that half of all receipts do not exceed, one at every microsecond.

        How many wait less than a bound rises evenly from the shortest wait of a piece to its longest, where due stands
        still, and at once where it moves.
        """
        count, stands = self.ends - self.starts, 1 - self.moves
        above = self.dues - self.starts + 1
        bounds = np.concatenate((above - stands * count, above))
        order = bounds.argsort()
        bounds = bounds[order]
        slopes = np.concatenate((stands, -stands))[order].cumsum()
        fewer = np.concatenate((np.zeros_like(count), count * self.moves))[order]
        fewer[1:] += slopes[:-1] * (bounds[1:] - bounds[:-1])
        fewer = fewer.cumsum()
        half = -(-int(count.sum()) // 2)
        place = int(fewer.searchsorted(half))
        bound = int(bounds[place])
        if place and (slope := int(slopes[place - 1])):
            bound = min(bound, int(bounds[place - 1]) - (int(fewer[place - 1]) - half) // slope)
        return bound - 1

    def every_due(self) -> Iterator[int]:
        """Return when the first receipt of each piece is due."""
        return iter(self.dues.tolist())


def due_columns(target: AnyTarget, calendar: OpenTime, start: int, end: int) -> DueColumns | None:
    """Return the pieces of all receipts from one instant to before another; None where some receipt has no due time."""

    def due(received: Column) -> Column:
        return target.dues(VERBS, calendar, received)

    try:
        begins = np.concatenate((_at(start), *_begins(target, calendar, start, end)))
        begins.sort()
        begins = _between(begins, start, end)
        return _halved(due, begins[np.append(True, begins[1:] > begins[:-1])], end)
    except SlaError:
        return None


def _halved(due: Callable[[Column], Column], starts: Column, end: int) -> DueColumns | None:
    """Return the pieces of receipts between which due never goes back."""
    lasts = np.append(starts[1:], end) - 1
    first_due, last_due = dues = due(np.concatenate((starts, lasts))).reshape(2, -1)
    while dues.min() != NULL:
        moves = first_due != last_due
        odd = np.flatnonzero(moves & (last_due - first_due != lasts - starts))
        if not len(odd):
            return DueColumns(starts, lasts + 1, first_due, moves)
        middles = (starts[odd] + lasts[odd]) // 2
        middle_due, next_due = dues = due(np.concatenate((middles, middles + 1))).reshape(2, -1)
        starts, first_due = np.insert(starts, odd + 1, middles + 1), np.insert(first_due, odd + 1, next_due)
        lasts, last_due = np.insert(lasts, odd, middles), np.insert(last_due, odd, middle_due)
    return None


def _begins(target: AnyTarget, calendar: OpenTime, start: int, end: int) -> Iterator[Column]:
    """Return where pieces may begin, in a range and around it."""
    if not isinstance(target, InsideOutside):
        yield from _begins_of(target.point, calendar, start, end)
        return
    yield from _edges(calendar, start, end)
    for branch in (target.inside, target.outside):
        yield from _begins_of(branch.point, calendar, start, end)


def _begins_of(target: PointTarget, calendar: OpenTime, start: int, end: int) -> Iterator[Column]:
    match target:
        case NextOpening():
            yield from _edges(calendar, start, end)
        case BusinessDays():
            yield from _begins_of_working_dates(target, calendar, start, end)
        case CalendarDays():
            yield from _begins_of_dates(target, calendar, start, end)
        case _:
            yield from _begins_of_amount(target, calendar, start, end)


def _begins_of_amount(target: CountingTarget, calendar: OpenTime, start: int, end: int) -> Iterator[Column]:
    """Return the edges of what is counted, and what comes after the last receipt that is due before a closing."""
    counted, amount = target.counted_in(calendar), amount_us(target.amount)
    if counted is None:
        return
    yield from _edges(counted, start, end)
    if amount:
        _, closes = _edges(counted, start, counted.timeline.add(end - 1, amount))
        latest = questions.subtract(counted, closes, amount).values
        yield latest[latest != NULL] + 1


def _begins_of_working_dates(target: BusinessDays, calendar: OpenTime, start: int, end: int) -> Iterator[Column]:
    """Return closings, cutoffs, and what comes after a point of a date: until something opens due stands still."""
    opens, closes = _edges(calendar, start, end)
    days = _dates(calendar, start, end)
    cutoffs = _NONE if target.cutoff is None else days + seconds_of_day(target.cutoff) * SECOND
    points = _NONE if target.by in BY_WORDS else days + seconds_of_day(target.by) * SECOND
    turns = first_instants(calendar.zone_info, np.concatenate((days, cutoffs, points)))
    if target.by != "close":
        turns = np.concatenate((turns, turns + 1, opens, opens + 1))
    turns = turns[(start <= turns) & (turns < end)]
    yield from (closes, turns[questions.steps(calendar, start, end).open_at(turns)])
    yield from _around_changes(calendar, start, end)


def _begins_of_dates(target: CalendarDays, calendar: OpenTime, start: int, end: int) -> Iterator[Column]:
    """Return where dates begin, what comes after a point of the same date, and what is due where a clock is moved."""
    zone, days = calendar.zone_info, _dates(calendar, start, end)
    midnights = first_instants(zone, days)
    yield midnights
    if not target.days and target.by in {"close", "opening"}:
        yield from (each + 1 for each in (*_edges(calendar, start, end), midnights))
    if not target.days and target.by not in BY_WORDS:
        yield _at_time(zone, days, target.by) + 1
    yield from _around_changes(calendar, start, end)
    if target.by == "same_time":
        moved = [*_around_changes(calendar, start, end + (target.days + 2) * DAY)]
        readings = shown(zone, np.concatenate((_NONE, *moved))) - target.days * DAY
        yield first_instants(zone, readings)


def _around_changes(calendar: OpenTime, start: int, end: int) -> Iterator[Column]:
    """Return where a clock is moved, or reads what it reads twice or never, each with the instant after."""
    for at, by in clock_changes(calendar.zone_info, start - DAY, end + DAY):
        shift = abs(by // _SECOND) * SECOND
        yield _at(*(at + step + after for step in (-shift, 0, shift) for after in (-1, 0, 1)))


def _edges(calendar: OpenTime, start: int, end: int) -> tuple[Column, Column]:
    """Return the openings and the closings in a range."""
    steps = questions.steps(calendar, start, end)
    return _between(steps.opens.points, start, end), _between(steps.closes[1:], start, end)


def _at(*instants: int) -> Column:
    return np.array(instants, dtype=np.int64)


def _between(points: Column, start: int, end: int) -> Column:
    """Return those of sorted points that are in `[start, end)`."""
    first, stop = points.searchsorted((start, end))
    return points[first:stop]


def _dates(calendar: OpenTime, start: int, end: int) -> Column:
    """Return what the clock reads as each date begins, from the date before a range to the one after it."""
    first, last = (local_date(each, calendar.zone_info).toordinal() - EPOCH for each in (start, end))
    return np.arange(first - 1, last + 2, dtype=np.int64) * DAY


def _at_time(zone: ZoneInfo, days: Column, time: str) -> Column:
    return first_instants(zone, days + seconds_of_day(time) * SECOND)
