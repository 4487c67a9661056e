"""A week of opening hours as a picture: a bar a day, and what is special about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import check_date, to_amount
from slacalc.business_time.spans import Spans, clip, total
from slacalc.calendars.ledger import ledger_of
from slacalc.calendars.open_time import OpenTime
from slacalc.pictures.bars import Bar, drawing_of_bars
from slacalc.pictures.drawing import Drawing
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.half_hours import date_span, drawn_line, format_date, half_hours, told_date
from slacalc.render import Cell, TextTable

__all__ = ["DayPicture", "WeekPicture", "picture_week"]

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
        return drawn_line(self.day, self.bar, f"{format_amount(self.open_time):>9}", ", ".join(self.notes))

    def to_data(self) -> dict[str, object]:
        """Return the date as plain values."""
        return {
            "date": self.day.isoformat(),
            "half_hours": self.bar,
            "open_time": format_amount(self.open_time),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class WeekPicture(Drawn):
    """The seven dates of a week, Monday first; iterating gives them."""

    days: tuple[DayPicture, ...]

    def __iter__(self) -> Iterator[DayPicture]:
        """Return the dates in order."""
        return iter(self.days)

    def __len__(self) -> int:
        """Return how many dates there are."""
        return len(self.days)

    def __getitem__(self, place: int) -> DayPicture:
        """Return the date at a place: 0 is Monday."""
        return self.days[place]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each date."""
        return [
            {"date": each.day, "half_hours": each.bar, "open": each.open_time, "notes": ", ".join(each.notes)}
            for each in self.days
        ]

    def to_data(self) -> dict[str, object]:
        """Return the dates as plain values."""
        return {"days": [each.to_data() for each in self.days]}

    def drawing(self) -> Drawing:
        """Return the seven bars, with the open time and what is special at their ends."""
        bars = [Bar(format_date(each.day), each.bar, _says(each)) for each in self.days]
        return drawing_of_bars(self._title, bars)

    def _page(self) -> Iterable[TextTable]:
        columns = ("date", "half hours", "open", "notes")
        return (TextTable.of(columns, map(_row, self.days), figures=range(2, 3), caption=self._title),)

    @property
    def _title(self) -> str:
        return f"Opening hours, {format_date(self.days[0].day)} to {format_date(self.days[-1].day)}"


def picture_week(calendar: OpenTime, day: date) -> WeekPicture:
    """Return the week that holds a date. Raises InstantError for what is no date, such as a datetime.

    >>> from slacalc import Calendar
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays="BE")
    >>> print(picture_week(office, date(2026, 11, 11))[1])
    Tue 2026-11-10  ..................################..............         8h
    """
    check_date(day, "day")
    monday = day - timedelta(days=day.weekday())
    return WeekPicture(tuple(_picture(calendar, monday + timedelta(days=step)) for step in range(7)))


def _row(picture: DayPicture) -> tuple[Cell, ...]:
    return told_date(picture.day), picture.bar, format_amount(picture.open_time), ", ".join(picture.notes)


def _says(picture: DayPicture) -> str:
    open_time = format_amount(picture.open_time) if picture.open_time else "closed"
    return ", ".join((open_time, *picture.notes))


def _picture(calendar: OpenTime, day: date) -> DayPicture:
    start, end = date_span(day, calendar.zone_info)
    spans = calendar.open_spans(start, end)
    bar = "".join(_cell(spans, *half_hour) for half_hour in half_hours(start, end))
    return DayPicture(day, bar, to_amount(total(spans)), tuple(_notes(calendar, start, end)))


def _cell(spans: Spans, start: int, end: int) -> str:
    open_time = total(clip(spans, start, end))
    return "." if not open_time else "#" if open_time == end - start else "+"


def _notes(calendar: OpenTime, start: int, end: int) -> Iterator[str]:
    ledger = ledger_of(calendar.pieces(start, end), start, end, calendar.zone_info)
    seen = dict.fromkeys((s.name or s.kind.replace("_", " ")) for s in ledger if s.kind in _MARKS)
    yield from seen
    yield from dict.fromkeys(segment.note for segment in ledger if segment.note)
