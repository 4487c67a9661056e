"""The clock of a ticket as a picture: a bar a day, from its origin to due or end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from slacalc.arguments import check_argument
from slacalc.business_time.instants import local_date, to_us
from slacalc.calendars.pieces import Piece
from slacalc.clocks.clock_state import ClockState
from slacalc.pictures.bars import Bar, drawing_of_bars
from slacalc.pictures.drawing import Drawing
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.half_hours import date_span, drawn_line, format_date, half_hours, told_date
from slacalc.render import TextTable

__all__ = ["ClockDay", "ClockPicture", "picture_clock"]

_MOST_DAYS: Final = 7  # at either end
_ONE: Final = timedelta(days=1)
_BEFORE: Final = " "
_TITLE: Final = "A clock, date by date"
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
        return drawn_line(self.day, self.bar, ", ".join(self.notes))


@dataclass(frozen=True, slots=True)
class ClockPicture(Drawn):
    """The dates of a clock, from its origin to due or end; iterating gives them."""

    days: tuple[ClockDay, ...]

    def __iter__(self) -> Iterator[ClockDay]:
        """Return the dates in order."""
        return iter(self.days)

    def __len__(self) -> int:
        """Return how many dates are shown."""
        return len(self.days)

    def __getitem__(self, place: int) -> ClockDay:
        """Return the date at a place."""
        return self.days[place]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each date that is shown."""
        return [{"date": each.day, "half_hours": each.bar, "notes": ", ".join(each.notes)} for each in self.days]

    def to_data(self) -> dict[str, object]:
        """Return the dates as plain values, each with how many before it are left out."""
        return {
            "days": [
                {
                    "date": each.day.isoformat(),
                    "half_hours": each.bar,
                    "notes": list(each.notes),
                    "skipped": each.skipped,
                }
                for each in self.days
            ]
        }

    def drawing(self) -> Drawing:
        """Return a bar for each date that is shown; of those left out, how many."""
        return drawing_of_bars(_TITLE, [*self._bars()])

    def _bars(self) -> Iterator[Bar]:
        for each in self.days:
            if each.skipped:
                yield Bar(f"{each.skipped} dates", "", "left out")
            yield Bar(format_date(each.day), each.bar, ", ".join(each.notes))

    def _page(self) -> Iterable[TextTable]:
        rows = ((told_date(each.day), each.bar, ", ".join(each.notes)) for each in self.days)
        return (TextTable.of(("date", "half hours", "notes"), rows, caption=_TITLE),)


def picture_clock(state: ClockState) -> ClockPicture:
    """Return the dates of a clock from its origin to its due time or end, whichever is later; none if it has no origin.

    Of many dates those in the middle are left out, but not the one on which it is due.

    >>> from datetime import datetime
    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import Created, sample_policy
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> office = sample_policy("b2b_marketplace")
    >>> created = Created(at=friday, fields={"topic": "complicated"})
    >>> clock = office.replay([created], as_of=friday + timedelta(hours=1))["acknowledgement"]
    >>> for day in (picture_clock(clock)[0], picture_clock(clock)[-1]):
    ...     print(day)
    Fri 2026-11-20                                ##--..............  received 15:00
    Mon 2026-11-23  ..................-!                              due 10:00
    """
    check_argument(state, ClockState, "state", "the state of one clock, such as clocks[metric]")
    if state.origin is None:
        return ClockPicture(())
    zone, start = state.calendar.zone_info, to_us(state.origin)
    end = max(to_us(each) for each in (state.ledger.end, state.due or state.origin))
    pieces = list(_pieces(state))
    first, last = local_date(start, zone), local_date(max(start, end - 1), zone)
    days = [first + step * _ONE for step in range((last - first).days + 1)]
    due = [] if state.due is None else [local_date(to_us(state.due) - 1, zone)]
    shown = sorted({*days[:_MOST_DAYS], *days[-_MOST_DAYS:], *due})
    left_out = [(day - before).days - 1 for before, day in pairwise(shown)]
    skips = zip(shown, [0, *left_out], strict=True)
    return ClockPicture(tuple(_day(state, day, pieces, skipped) for day, skipped in skips))


def _pieces(state: ClockState) -> Iterator[Piece]:
    for ledger, counted in ((state.ledger, "#"), (state.ledger_to_due, "-")):
        for segment in ledger or ():
            mark = counted if segment.kind == "counted" else "~" if segment.kind == "paused" else _CLOSED
            yield Piece(to_us(segment.start), to_us(segment.end), segment.kind, mark)


def _day(state: ClockState, day: date, pieces: list[Piece], skipped: int) -> ClockDay:
    start, end = date_span(day, state.calendar.zone_info)
    due = None if state.due is None else to_us(state.due) - 1
    near = [piece for piece in pieces if piece.start < end and start < piece.end]
    cells = [
        "!" if due is not None and begin <= due < stop else _mark(near, begin, stop)
        for begin, stop in half_hours(start, end)
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
