"""A year of opening hours as a picture: a column a week, a row a weekday, and what is special about which date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal, NamedTuple, TypeAlias

from slacalc.arguments import refuse
from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import clock_changes, local_date, to_amount, wall_us
from slacalc.calendars.hours import DAY_NAMES
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece, clipped
from slacalc.looks import Look
from slacalc.pictures.drawing import Box, Drawing, Mark, Words
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.half_hours import format_date, told_date
from slacalc.render import Cell, MarkedLine, TextTable

__all__ = ["DayKind", "YearDay", "YearPicture", "picture_year"]

DayKind: TypeAlias = Literal["open", "closed", "holiday", "special_day", "absence"]
"""What a date is: a holiday, special day or absence where one closes something of it."""

_FIRST_YEAR: Final = 2
_LAST_YEAR: Final = 9997
_ONE: Final = timedelta(days=1)
_WEEK: Final = 7
_CELL: Final = 15.0
_GAP: Final = 2.0
_TOP: Final = 28.0
_LEFT: Final = 44.0
_MARGIN: Final = 12.0
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _DayShown(NamedTuple):
    """How a kind of date is shown: its character, its look, its name in the key."""

    character: str
    look: Look
    name: str


_KINDS: Final[dict[DayKind, _DayShown]] = {
    "open": _DayShown("#", "open", "open"),
    "closed": _DayShown(".", "closed", "closed"),
    "holiday": _DayShown("h", "holiday", "holiday"),
    "special_day": _DayShown("s", "special", "special day"),
    "absence": _DayShown("a", "absence", "absence"),
}
_CLOSING: Final[tuple[Literal["absence", "special_day", "holiday"], ...]] = ("absence", "special_day", "holiday")


@dataclass(frozen=True, slots=True)
class YearDay:
    """One date of a year: what it is, its open time, the names of what closes it, and how far its clock is moved."""

    day: date
    kind: DayKind
    open_time: timedelta
    names: tuple[str, ...] = ()
    clock_moves: timedelta = timedelta(0)

    @property
    def notes(self) -> tuple[str, ...]:
        """The names, and what happens to the clock."""
        if not self.clock_moves:
            return self.names
        way = "forward" if self.clock_moves > timedelta(0) else "back"
        return (*self.names, f"clock {way} {format_amount(abs(self.clock_moves))}")

    def __str__(self) -> str:
        """Return the line: "Fri 2026-12-25  closed, Christmas Day"."""
        return f"{format_date(self.day)}  {_says(self)}"


@dataclass(frozen=True, slots=True)
class YearPicture(Drawn):
    """The dates of a year; iterating gives them. Its text has a column a week, and a line for each date with a note."""

    year: int
    zone: str
    days: tuple[YearDay, ...]

    def __iter__(self) -> Iterator[YearDay]:
        """Return the dates in order."""
        return iter(self.days)

    def __len__(self) -> int:
        """Return how many dates there are."""
        return len(self.days)

    def __getitem__(self, place: int) -> YearDay:
        """Return the date at a place: 0 is the first of January."""
        return self.days[place]

    @property
    def open_time(self) -> timedelta:
        """The open time of the year."""
        return sum((each.open_time for each in self.days), timedelta(0))

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each date."""
        return [
            {"date": each.day, "kind": each.kind, "open": each.open_time, "notes": ", ".join(each.notes)}
            for each in self.days
        ]

    def to_data(self) -> dict[str, object]:
        """Return the dates as plain values."""
        days = [
            {
                "date": each.day.isoformat(),
                "kind": each.kind,
                "open_time": format_amount(each.open_time),
                "notes": list(each.notes),
            }
            for each in self.days
        ]
        return {"year": self.year, "zone": self.zone, "days": days}

    def drawing(self) -> Drawing:
        """Return a column a week and a row a weekday, with a key; a small square is a change of the clock."""
        weeks = _column(self.days[-1].day) + 1
        width = _LEFT + weeks * _CELL + _MARGIN
        height = _TOP + _WEEK * _CELL + 34
        told = "; ".join(map(str, self._noted()))
        title = f"{self.year} in {self.zone}: {format_amount(self.open_time)} open"
        return Drawing(
            title, told, width, height, (*_months(self.days), *_weekdays(), *self._cells(), *self._key(height))
        )

    def _cells(self) -> Iterator[Mark]:
        for each in self.days:
            x, y = _LEFT + _column(each.day) * _CELL, _TOP + each.day.weekday() * _CELL
            yield Box(x, y, _CELL - _GAP, _CELL - _GAP, _KINDS[each.kind].look, str(each))
            if each.clock_moves:
                yield Box(x + 4, y + 4, _CELL - _GAP - 8, _CELL - _GAP - 8, "ground", str(each))

    def _key(self, height: float) -> Iterator[Mark]:
        at = _LEFT
        for kind in (kind for kind in _KINDS if any(each.kind == kind for each in self.days)):
            yield Box(at, height - 22, _CELL - _GAP, _CELL - _GAP, _KINDS[kind].look)
            yield Words(at + _CELL + 4, height - 11, _KINDS[kind].name, "faint")
            at += 100

    def _noted(self) -> Iterator[YearDay]:
        return (each for each in self.days if each.notes)

    def _page(self) -> Iterable[Cell | TextTable]:
        yield f"{self.year}, {self.zone}: {format_amount(self.open_time)} open"
        yield _month_line(self.days)
        for weekday in range(_WEEK):
            yield f"{DAY_NAMES[weekday]}  {self._line(weekday)}"
        yield "  ".join(f"{_KINDS[kind].character} {_KINDS[kind].name}" for kind in _KINDS)
        yield from (MarkedLine.of(told_date(each.day), f"  {_says(each)}") for each in self._noted())

    def _line(self, weekday: int) -> str:
        cells = {_column(each.day): _KINDS[each.kind].character for each in self.days if each.day.weekday() == weekday}
        return "".join(cells.get(column, " ") for column in range(max(cells) + 1))


def _says(day: YearDay) -> str:
    open_time = format_amount(day.open_time) if day.open_time else "closed"
    return ", ".join((open_time, *day.notes))


def picture_year(calendar: OpenTime, year: int) -> YearPicture:
    """Return the dates of one year of a calendar, in its zone.

    A date is a holiday, a special day or an absence when one closes a part of it. A calendar that is not open in that
    year is drawn closed. Raises SlaError for what is no year from 2 to 9997, and HorizonError for a year that the
    calendar does not know.

    >>> from slacalc import Calendar
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays="BE")
    >>> print(picture_year(office, 2026)[314])
    Wed 2026-11-11  closed, Wapenstilstand
    """
    if type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR:
        refuse(year, "year", f"one year from {_FIRST_YEAR} to {_LAST_YEAR}, such as 2026: more do not fit a picture")
    first = date(year, 1, 1)
    days = [first + step * _ONE for step in range((date(year + 1, 1, 1) - first).days)]
    edges = [wall_us(calendar.zone_info, day) for day in (*days, date(year + 1, 1, 1))]
    moves = dict(_moves(calendar, edges))
    pieces = _by_date(calendar.pieces(edges[0], edges[-1]), edges)
    shown = (_day(day, each, moves.get(day, timedelta(0))) for day, each in zip(days, pieces, strict=True))
    return YearPicture(year, calendar.zone_info.key, tuple(shown))


def _by_date(pieces: Iterable[Piece], edges: list[int]) -> Iterator[list[Piece]]:
    """Yield the pieces of each date, cut at its edges."""
    left = iter(pieces)
    held: list[Piece] = []
    for start, end in pairwise(edges):
        while not held or held[-1].end < end:
            held.append(next(left))
        yield [*clipped(held, start, end)]
        held = held[-1:]


def _day(day: date, pieces: list[Piece], moves: timedelta) -> YearDay:
    kinds = {piece.kind for piece in pieces}
    loudest = next((kind for kind in _CLOSING if kind in kinds), None)
    open_us = sum(piece.end - piece.start for piece in pieces if piece.kind == "counted")
    names = dict.fromkeys(piece.name or _KINDS[piece.kind].name for piece in pieces if piece.kind in _CLOSING)
    kind = loudest or ("open" if open_us else "closed")
    return YearDay(day, kind, to_amount(open_us), tuple(names), moves)


def _moves(calendar: OpenTime, edges: list[int]) -> Iterator[tuple[date, timedelta]]:
    for at, by in clock_changes(calendar.zone_info, edges[0], edges[-1]):
        yield local_date(at, calendar.zone_info), by


def _column(day: date) -> int:
    """Return the week of a date, counted from the Monday on or before the first of January."""
    first = date(day.year, 1, 1)
    return ((day - first).days + first.weekday()) // _WEEK


def _months(days: Iterable[YearDay]) -> Iterator[Mark]:
    for each in days:
        if each.day.day == 1:
            yield Words(_LEFT + _column(each.day) * _CELL, _TOP - 10, _MONTHS[each.day.month - 1], "faint")


def _weekdays() -> Iterator[Mark]:
    for weekday, name in enumerate(DAY_NAMES[:_WEEK]):
        yield Words(_MARGIN, _TOP + weekday * _CELL + 11, name, "faint")


def _month_line(days: Iterable[YearDay]) -> str:
    line = ""
    for each in days:
        if each.day.day == 1:
            line = line.ljust(len(DAY_NAMES[0]) + 2 + _column(each.day)) + _MONTHS[each.day.month - 1]
    return line
