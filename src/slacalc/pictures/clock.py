"""The clock of a ticket as a picture: a bar a day, from its origin to due or end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from slacalc.business_time.instants import HOUR, local_date, to_us, wall_us
from slacalc.calendars.hours import DAY_NAMES
from slacalc.calendars.pieces import Piece
from slacalc.clocks.clock_state import ClockState

__all__ = ["ClockDay", "picture_clock"]

_HALF_HOUR: Final = HOUR // 2
_MOST_DAYS: Final = 7  # at either end
_ONE: Final = timedelta(days=1)
_BEFORE: Final = " "
_CLOSED: Final = "."


@dataclass(frozen=True, slots=True)
class ClockDay:
    """One date of a clock: a bar of half hours, and what happened.

    In the bar time counts (#), is paused (~), is closed (.), or is open and still to come (-); "!" is
    the half hour in which it is due. `skipped` is how many dates before this one are left out.
    """

    day: date
    bar: str
    notes: tuple[str, ...]
    skipped: int = 0

    def __str__(self) -> str:
        """Return the line."""
        line = f"{DAY_NAMES[self.day.weekday()]} {self.day}  {self.bar:<48}"
        return f"{line}  {', '.join(self.notes)}".rstrip()


def picture_clock(state: ClockState) -> tuple[ClockDay, ...]:
    """Return the dates of a clock from its origin to its due time or end, whichever is later; none if it has no origin.

    Of many dates those in the middle are left out, but not the one on which it is due.

    >>> from datetime import datetime
    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import Created, sample_policy
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> office = sample_policy("b2b_marketplace")
    >>> created = Created(at=friday, fields=(("topic", "complicated"),))
    >>> clock = office.replay([created], as_of=friday + timedelta(hours=1))["acknowledgement"]
    >>> for day in (picture_clock(clock)[0], picture_clock(clock)[-1]):
    ...     print(day)
    Fri 2026-11-20                                ##--..............  received 15:00
    Mon 2026-11-23  ..................-!                              due 10:00
    """
    if state.origin is None:
        return ()
    zone, start = state.calendar.zone_info, to_us(state.origin)
    end = max(to_us(each) for each in (state.ledger.end, state.due or state.origin))
    pieces = list(_pieces(state))
    first, last = local_date(start, zone), local_date(max(start, end - 1), zone)
    days = [first + step * _ONE for step in range((last - first).days + 1)]
    due = [] if state.due is None else [local_date(to_us(state.due) - 1, zone)]
    shown = sorted({*days[:_MOST_DAYS], *days[-_MOST_DAYS:], *due})
    left_out = [(day - before).days - 1 for before, day in pairwise(shown)]
    return tuple(_day(state, day, pieces, skipped) for day, skipped in zip(shown, [0, *left_out], strict=True))


def _pieces(state: ClockState) -> Iterator[Piece]:
    for ledger, counted in ((state.ledger, "#"), (state.ledger_to_due, "-")):
        for segment in ledger or ():
            mark = counted if segment.kind == "counted" else "~" if segment.kind == "paused" else _CLOSED
            yield Piece(to_us(segment.start), to_us(segment.end), segment.kind, mark)


def _day(state: ClockState, day: date, pieces: list[Piece], skipped: int) -> ClockDay:
    zone = state.calendar.zone_info
    start, end = wall_us(zone, day), wall_us(zone, day, 86_400)
    due = None if state.due is None else to_us(state.due) - 1
    near = [piece for piece in pieces if piece.start < end and start < piece.end]
    cells = [
        "!" if due is not None and at <= due < at + _HALF_HOUR else _mark(near, at, at + _HALF_HOUR)
        for at in range(start, end, _HALF_HOUR)
    ]
    return ClockDay(day, "".join(cells).rstrip(), tuple(_notes(state, start, end)), skipped)


def _mark(pieces: list[Piece], start: int, end: int) -> str:
    """Return the mark of what most of a half hour is, before the origin and after the end nothing."""
    shares: dict[str, int] = {}
    for piece in pieces:
        if piece.start < end and start < piece.end:
            shares[piece.name] = shares.get(piece.name, 0) + min(end, piece.end) - max(start, piece.start)
    return max(shares, key=shares.__getitem__) if shares else _BEFORE


def _notes(state: ClockState, start: int, end: int) -> Iterator[str]:
    if state.origin is not None and start <= to_us(state.origin) < end:
        yield f"received {state.origin:%H:%M}"
    ends = (("due", state.due), ("done", state.done_at), (state.cancelled.replace("_", " "), state.cancelled_at))
    for word, moment in ends:
        if moment is not None and start < to_us(moment) <= end:
            yield f"{word} {'24:00' if to_us(moment) == end else f'{moment:%H:%M}'}"
