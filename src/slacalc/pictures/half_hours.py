"""The half hours of a date: the cells of every bar."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY_SECONDS, HOUR, wall_us
from slacalc.business_time.spans import Span
from slacalc.calendars.hours import DAY_NAMES
from slacalc.render import Marked

__all__ = ["date_span", "drawn_line", "format_date", "half_hours", "told_date"]

_CELLS: Final = 48
_HALF_HOUR: Final = HOUR // 2


def date_span(day: date, zone: ZoneInfo) -> Span:
    """Return the start and end of a date: a clock change makes it 23 or 25 hours long."""
    return wall_us(zone, day), wall_us(zone, day, DAY_SECONDS)


def half_hours(start: int, end: int) -> Iterator[Span]:
    """Return the half hours of a date; the last is shorter where the date ends before it does."""
    return ((at, min(at + _HALF_HOUR, end)) for at in range(start, end, _HALF_HOUR))


def drawn_line(day: date, bar: str, *words: str) -> str:
    """Return a date with its bar and what is said of it."""
    return "  ".join((format_date(day), f"{bar:<{_CELLS}}", *words)).rstrip()


def format_date(day: date) -> str:
    """Return "Fri 2026-11-20"."""
    return f"{DAY_NAMES[day.weekday()]} {day}"


def told_date(day: date) -> Marked:
    """Return a date as people read it, and in ISO 8601 for programs."""
    return Marked(format_date(day), day.isoformat())
