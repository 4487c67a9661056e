"""When a target is due as a function of receipt, exactly: pieces on which due stands still, or moves with receipt.

What can turn is known from edges: of open time, and of receipts that are due at one; of dates, cutoffs and clocks.
Between two turns due stands still, or moves as fast as receipt. Where it does neither, a turn lies between, and is
found by halving, for between turns due never goes back.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from slacalc.business_time.instants import (
    DAY,
    SECOND,
    amount_us,
    clock_changes,
    from_us,
    local_date,
    to_us,
    wall_us,
)
from slacalc.business_time.kept_by_date import Rows
from slacalc.calendars.hours import seconds_of_day
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import ClosedForGoodError, HorizonError
from slacalc.policies.notation import BY_WORDS
from slacalc.policies.targets.days import BusinessDays, CalendarDays
from slacalc.policies.targets.opening import NextOpening
from slacalc.policies.targets.points import CountingTarget, PointTarget
from slacalc.policies.targets.target import AnyTarget, InsideOutside

__all__ = ["DueList", "DuePiece", "due_pieces"]

_ONE: Final = timedelta(days=1)
_MOST_DATES: Final = 1_024


class DuePiece(NamedTuple):
    """Receipts from `start` to before `end`, in microseconds. The first is due at `due`.

    So are all the others; with `moves` each is due as much later as it came later.
    """

    start: int
    end: int
    due: int
    moves: bool

    @property
    def last_due(self) -> int:
        """When the last receipt of the piece is due."""
        return self.due + (self.end - 1 - self.start if self.moves else 0)


class DueList(NamedTuple):
    """Pieces in order and without a gap."""

    pieces: tuple[DuePiece, ...]

    def longest(self) -> DuePiece:
        """Return the first piece that begins with the longest wait."""
        return max(self.pieces, key=lambda piece: piece.due - piece.start)

    def median(self) -> int:
        """Return the shortest wait that half of all receipts do not exceed, one at every microsecond."""
        pieces = self.pieces
        least = min(piece.last_due - piece.end + 1 for piece in pieces)
        low, high = least - 1, max(piece.due - piece.start for piece in pieces)
        half = -(-sum(piece.end - piece.start for piece in pieces) // 2)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if _not_longer(pieces, middle) >= half else (middle, high)
        return high

    def every_due(self) -> Iterator[int]:
        """Return when the first receipt of each piece is due."""
        return (piece.due for piece in self.pieces)


def due_pieces(target: AnyTarget, calendar: OpenTime, start: int, end: int) -> Iterator[DuePiece]:
    """Return the pieces of all receipts from one instant to before another, in order and without a gap.

    Raises what `target.due` raises: HorizonError where the calendar or an answer ends, ClosedForGoodError.
    """
    due = _due_of(target, calendar)
    turns = sorted({start, end, *_turns(target, calendar, start, end)})
    held: DuePiece | None = None
    for first, stop in pairwise(turns):
        for piece in _halved(due, first, stop):
            joined = None if held is None else _joined(held, piece)
            if held is not None and joined is None:
                yield held
            held = piece if joined is None else joined
    if held is not None:
        yield held


def _due_of(target: AnyTarget, calendar: OpenTime) -> Callable[[int], int]:
    """Return due as a function of receipt, in microseconds."""
    if isinstance(target, InsideOutside):
        inside, outside = _due_of(target.inside, calendar), _due_of(target.outside, calendar)
        is_open = calendar.timeline.is_open
        return lambda received: inside(received) if is_open(received) else outside(received)
    point, zone = target.point, calendar.zone_info
    if isinstance(point, NextOpening):
        return calendar.timeline.roll_forward
    if isinstance(point, CountingTarget) and point.counted_in(calendar) is not None:
        clock, amount = point.clock(calendar), amount_us(point.amount)
        return lambda received: clock.add(received, amount)
    answer = point.answer_in(calendar, Rows(_MOST_DATES))
    return lambda received: to_us(answer(from_us(received, zone)))


def _halved(due: Callable[[int], int], first: int, stop: int) -> Iterator[DuePiece]:
    """Return the pieces of receipts between which due never goes back."""
    parts = [(first, due(first), stop - 1, due(stop - 1))]
    while parts:
        begin, begin_due, last, last_due = parts.pop()
        if last_due == begin_due or last_due - begin_due == last - begin:
            yield DuePiece(begin, last + 1, begin_due, last_due != begin_due)
            continue
        middle = (begin + last) // 2
        middle_due = due(middle)
        next_due = last_due if middle + 1 == last else due(middle + 1)
        parts += [(middle + 1, next_due, last, last_due), (begin, begin_due, middle, middle_due)]


def _joined(first: DuePiece, then: DuePiece) -> DuePiece | None:
    """Return two pieces as one; None where they are two. A piece of one receipt goes either way."""
    single, other = first.end - first.start == 1, then.end - then.start == 1
    step = then.due - first.last_due
    if step == 0 and (single or not first.moves) and (other or not then.moves):
        return DuePiece(first.start, then.end, first.due, moves=False)
    if step == 1 and (single or first.moves) and (other or then.moves):
        return DuePiece(first.start, then.end, first.due, moves=True)
    return None


def _turns(target: AnyTarget, calendar: OpenTime, start: int, end: int) -> Iterator[int]:
    """Return the receipts in a range at which due may turn, and some at which it does not."""
    points = [target.inside.point, target.outside.point] if isinstance(target, InsideOutside) else [target.point]
    for turn in (
        *_edges(calendar, start, end),
        *(each for point in points for each in _own(point, calendar, start, end)),
    ):
        yield from (each for each in (turn, turn + 1) if start < each < end)


def _own(target: PointTarget, calendar: OpenTime, start: int, end: int) -> Iterator[int]:
    match target:
        case NextOpening():
            return
        case BusinessDays() | CalendarDays():
            yield from _turns_of_dates(target, calendar, start, end)
        case _:
            yield from _turns_of_amount(target, calendar, start, end)


def _turns_of_amount(target: CountingTarget, calendar: OpenTime, start: int, end: int) -> Iterator[int]:
    """Return the edges of what is counted, and the receipts that are due at an edge: those of a closed stretch all."""
    counted, amount = target.counted_in(calendar), amount_us(target.amount)
    if counted is None:
        return
    timeline = counted.timeline
    yield from _edges(counted, start, end)
    for edge in _edges(counted, start, timeline.add(end - 1, amount) + 1):
        try:
            latest = timeline.subtract(edge, amount)
            yield from (latest, timeline.roll_back(latest))
        except (HorizonError, ClosedForGoodError):
            continue  # nobody who came when the calendar was known is due then


def _turns_of_dates(target: BusinessDays | CalendarDays, calendar: OpenTime, start: int, end: int) -> Iterator[int]:
    """Return where dates begin, cutoffs, points of dates, and where a clock is moved, or had read the same before."""
    zone = calendar.zone_info
    cutoff = target.cutoff if isinstance(target, BusinessDays) else None
    times = [seconds_of_day(each) for each in (cutoff, target.by) if each is not None and each not in BY_WORDS]
    day, last = local_date(start, zone) - _ONE, local_date(end, zone) + _ONE
    while day <= last:
        yield from (wall_us(zone, day, time) for time in (0, *times))
        day += _ONE
    for change, by in clock_changes(zone, start - DAY, end + DAY):
        shift = abs(by // timedelta(seconds=1)) * SECOND
        yield from (change - shift, change, change + shift)


def _edges(calendar: OpenTime, start: int, end: int) -> Iterator[int]:
    low, high = calendar.timeline.covered
    for span in calendar.timeline.spans(max(low, start), min(high, end)):
        yield from span


def _not_longer(pieces: Iterable[DuePiece], most: int) -> int:
    """Return how many receipts wait no longer."""
    count = 0
    for piece in pieces:
        length, wait = piece.end - piece.start, piece.due - piece.start
        shortest = wait if piece.moves else wait - length + 1
        if wait <= most:
            count += length
        elif shortest <= most:
            count += most - shortest + 1
    return count
