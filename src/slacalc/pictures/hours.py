"""The hours of a calendar as a picture: a bar a weekday, and what changes them, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from slacalc.arguments import check_argument
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.hours import DAY_NAMES, format_windows
from slacalc.pictures.bars import Bar, drawing_of_bars
from slacalc.pictures.drawing import Drawing
from slacalc.pictures.drawn import Drawn
from slacalc.render import TextTable

__all__ = ["HoursPicture", "WeekdayPicture", "picture_hours"]

_WEEK: Final = DAY_NAMES[:7]
_CELLS: Final = 48
_CELL: Final = DAY_SECONDS // _CELLS


@dataclass(frozen=True, slots=True)
class WeekdayPicture:
    """A weekday: a bar of half hours that are open (#), partly open (+) or closed (.), and its hours in words."""

    weekday: str
    bar: str
    hours: str


@dataclass(frozen=True, slots=True)
class HoursPicture(Drawn):
    """The weekdays of a calendar, Monday first; iterating gives them."""

    title: str
    rows: tuple[WeekdayPicture, ...]

    def __iter__(self) -> Iterator[WeekdayPicture]:
        """Return the weekdays in order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many weekdays there are."""
        return len(self.rows)

    def __getitem__(self, place: int) -> WeekdayPicture:
        """Return the weekday at a place: 0 is Monday."""
        return self.rows[place]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each weekday."""
        return [{"weekday": row.weekday, "half_hours": row.bar, "hours": row.hours} for row in self.rows]

    def to_data(self) -> dict[str, object]:
        """Return the weekdays as plain values."""
        return {"title": self.title, "weekdays": self.to_rows()}

    def drawing(self) -> Drawing:
        """Return a bar for each weekday, with its hours at the end."""
        return drawing_of_bars(self.title, [Bar(row.weekday, row.bar, row.hours) for row in self.rows])

    def _page(self) -> Iterable[str | TextTable]:
        yield self.title
        rows = ((row.weekday, row.bar, row.hours) for row in self.rows)
        yield TextTable.of(("weekday", "half hours", "hours"), rows, caption=self.title)


def picture_hours(calendar: Calendar) -> HoursPicture:
    """Return the weekly hours of a calendar, its first version; what differs on dates is no part of it.

    Windows that go on after midnight are drawn on the date on which they begin and on the next. Dates need a year or a
    week to be drawn: `picture_year`, `picture_week`.

    >>> print(picture_hours(Calendar("Europe/Brussels", "Fri 22:00-02:00"))[5])
    WeekdayPicture(weekday='Sat', bar='####............................................', hours='')
    """
    check_argument(calendar, Calendar, "calendar", "a Calendar, and no combination")
    windows = calendar.hours.windows[: len(_WEEK)]
    bars = [_bar(windows[place - 1], windows[place]) for place in range(len(_WEEK))]
    rows = (WeekdayPicture(name, bar, _said(own, bar)) for name, own, bar in zip(_WEEK, windows, bars, strict=True))
    return HoursPicture(repr(calendar), tuple(rows))


def _said(windows: Spans, bar: str) -> str:
    """Return the hours of a weekday; nothing where only the night before it is open."""
    return "" if not windows and bar != "." * _CELLS else format_windows(windows)


def _bar(before: Spans, own: Spans) -> str:
    late = [(start - DAY_SECONDS, end - DAY_SECONDS) for start, end in before if end > DAY_SECONDS]
    return "".join(_cell([*late, *own], place * _CELL, (place + 1) * _CELL) for place in range(_CELLS))


def _cell(windows: Iterable[tuple[int, int]], start: int, end: int) -> str:
    open_time = sum(max(0, min(end, until) - max(start, since)) for since, until in windows)
    return "." if not open_time else "#" if open_time >= end - start else "+"
