"""A week of opening hours as a picture: a bar a day, and what is special about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import HOUR, to_amount, wall_us
from slacalc.business_time.spans import Spans, clip, total
from slacalc.calendars.hours import DAY_NAMES
from slacalc.calendars.ledger import ledger_of
from slacalc.calendars.open_time import OpenTime

__all__ = ["DayPicture", "picture_week"]

CELLS: Final = 48
_HALF_HOUR: Final = HOUR // 2
_MARKS: Final = ("holiday", "special_day", "absence")


@dataclass(frozen=True, slots=True)
class DayPicture:
    """One date: its open time, and a bar of half hours, open (#), partly open (+) or closed (.).

    A clock change makes a date of 23 or 25 hours; its bar has as many half hours as the date.
    """

    day: date
    bar: str
    open_time: timedelta
    notes: tuple[str, ...]

    def __str__(self) -> str:
        """Return the line."""
        line = f"{DAY_NAMES[self.day.weekday()]} {self.day}  {self.bar:<{CELLS}}  {format_amount(self.open_time):>9}"
        return f"{line}  {', '.join(self.notes)}".rstrip()


def picture_week(calendar: OpenTime, day: date) -> tuple[DayPicture, ...]:
    """Return the seven dates of the week, Monday first, that holds a date.

    >>> from slacalc import Calendar
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays="BE")
    >>> print(picture_week(office, date(2026, 11, 11))[1])
    Tue 2026-11-10  ..................################..............         8h
    """
    monday = day - timedelta(days=day.weekday())
    return tuple(_picture(calendar, monday + timedelta(days=step)) for step in range(7))


def _picture(calendar: OpenTime, day: date) -> DayPicture:
    zone = calendar.zone_info
    start, end = wall_us(zone, day), wall_us(zone, day, 86_400)
    spans = calendar.open_spans(start, end)
    cells = range(start, end, _HALF_HOUR)
    bar = "".join(_cell(spans, at, min(at + _HALF_HOUR, end)) for at in cells)
    return DayPicture(day, bar, to_amount(total(spans)), tuple(_notes(calendar, start, end)))


def _cell(spans: Spans, start: int, end: int) -> str:
    open_time = total(clip(spans, start, end))
    return "." if not open_time else "#" if open_time == end - start else "+"


def _notes(calendar: OpenTime, start: int, end: int) -> Iterator[str]:
    ledger = ledger_of(calendar.pieces(start, end), start, end, calendar.zone_info)
    seen = dict.fromkeys((s.name or s.kind.replace("_", " ")) for s in ledger if s.kind in _MARKS)
    yield from seen
    yield from (segment.note for segment in ledger if segment.note)
