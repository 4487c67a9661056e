"""Stretches of time as windows of dates, on the clock of a zone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY_SECONDS, from_us, wall_us
from slacalc.business_time.spans import Span

__all__ = ["LocalWindow", "windows_between", "windows_of"]


class LocalWindow(NamedTuple):
    """A window of a date, in seconds from its midnight."""

    day: date
    window: Span


def windows_between(zone: ZoneInfo, start: int, end: int) -> list[LocalWindow] | None:
    """Return a stretch as windows of the dates on which they begin; None where a clock reads an edge of it twice.

    >>> from slacalc.business_time.instants import to_us
    >>> rome = ZoneInfo("Europe/Rome")
    >>> nine, five = (to_us(datetime(2026, 12, 1, hour, tzinfo=rome)) for hour in (9, 17))
    >>> windows_between(rome, nine, five)
    [LocalWindow(day=datetime.date(2026, 12, 1), window=(32400, 61200))]
    """
    begin, until = (from_us(edge, zone).replace(tzinfo=None, fold=0) for edge in (start, end))
    if [_instant(zone, begin), _instant(zone, until)] != [start, end]:
        return None
    return [*windows_of(begin, until - begin)]


def windows_of(start: datetime, length: timedelta) -> Iterator[LocalWindow]:
    """Yield windows, none of a day or longer past midnight, from what a clock reads and how long it lasts there."""
    day, begin = start.date(), start.hour * 3_600 + start.minute * 60 + start.second
    end = begin + length // timedelta(seconds=1)
    while end > DAY_SECONDS and end - begin >= DAY_SECONDS:
        yield LocalWindow(day, (begin, DAY_SECONDS))
        day, begin, end = day + timedelta(days=1), 0, end - DAY_SECONDS
    if begin < end:
        yield LocalWindow(day, (begin, end))


def _instant(zone: ZoneInfo, at: datetime) -> int:
    return wall_us(zone, at.date(), at.hour * 3_600 + at.minute * 60 + at.second)
