"""A zone as VTIMEZONE: what its clock does in some years, by the zone data in use (RFC 5545, 3.6.5)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import SECOND, clock_changes, from_us, wall_us

__all__ = ["zone_lines"]

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK: Final = timedelta(days=7)


class _Kind(NamedTuple):
    """What a change of the clock does: from which offset to which, and what the time is called then."""

    component: str
    before: timedelta
    after: timedelta
    name: str


def zone_lines(zone: ZoneInfo, first: date, last: date) -> list[str]:
    """Return the lines of VTIMEZONE, true from the year before `first` to the year after `last`; none for UTC.

    Changes that come on one weekday of a month in every year are a rule; others are said one by one.
    """
    if zone.key == "UTC":
        return []
    start, end = wall_us(zone, date(first.year - 1, 1, 1)), wall_us(zone, date(last.year + 2, 1, 1))
    changes: dict[_Kind, list[datetime]] = {}
    for at, _ in clock_changes(zone, start + SECOND, end):
        changes.setdefault(_kind(zone, at - SECOND, at), []).append(_reading(at, _offset(zone, at - SECOND)))
    begin = _reading(start, _offset(zone, start))
    lines = [*_observance(_kind(zone, start, start), begin)]
    for kind, moments in changes.items():
        rule = _rule(moments)
        if rule and moments[-1].year == last.year + 1:
            lines += _observance(kind, moments[0], rule)
        else:
            lines += [line for each in moments for line in _observance(kind, each)]
    return ["BEGIN:VTIMEZONE", f"TZID:{zone.key}", *lines, "END:VTIMEZONE"]


def _observance(kind: _Kind, at: datetime, rule: str = "") -> Iterator[str]:
    yield f"BEGIN:{kind.component}"
    yield f"DTSTART:{at:%Y%m%dT%H%M%S}"
    yield from (f"RRULE:{rule}",) if rule else ()
    yield f"TZOFFSETFROM:{_signed(kind.before)}"
    yield f"TZOFFSETTO:{_signed(kind.after)}"
    yield f"TZNAME:{kind.name}"
    yield f"END:{kind.component}"


def _kind(zone: ZoneInfo, before: int, after: int) -> _Kind:
    now = from_us(after, zone)
    component = "DAYLIGHT" if now.dst() else "STANDARD"
    return _Kind(component, _offset(zone, before), _offset(zone, after), now.tzname() or zone.key)


def _offset(zone: ZoneInfo, at: int) -> timedelta:
    return from_us(at, zone).utcoffset() or timedelta(0)


def _reading(at: int, offset: timedelta) -> datetime:
    """Return what a clock with an offset reads."""
    return from_us(at, UTC).replace(tzinfo=None) + offset


def _rule(moments: list[datetime]) -> str:
    """Return the yearly rule of moments, one in each year; none where they follow no such rule."""
    if len(moments) < 2 or any(b.year - a.year != 1 for a, b in pairwise(moments)):  # noqa: PLR2004 - a pair
        return ""
    alike = {(at.month, at.weekday(), at.time()) for at in moments}
    numbers = {(at.day - 1) // 7 + 1 for at in moments}
    if len(alike) > 1:
        return ""
    number = -1 if _are_last(moments) else numbers.pop() if len(numbers) == 1 else 0
    day = _DAYS[moments[0].weekday()]
    return f"FREQ=YEARLY;BYMONTH={moments[0].month};BYDAY={number}{day}" if number else ""


def _are_last(moments: Iterable[datetime]) -> bool:
    return all((at + _WEEK).month != at.month for at in moments)


def _signed(offset: timedelta) -> str:
    seconds = round(offset.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    said = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
    return f"{said}{second:02}" if second else said
