"""VAVAILABILITY (RFC 7953) as a calendar: open while somebody is available.

Facts of the format (RFC 7953, 3.1 and 4): a VAVAILABILITY speaks for the time from its DTSTART to its DTEND, for ever
without; in it one is available only in its AVAILABLE. Of several that speak for one time, the one of the higher
priority counts alone: 1 is the highest, 9 the lowest, and below it 0, which is also meant without PRIORITY.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Span
from slacalc.errors import InteropError
from slacalc.interop.icalendar.closures import closures_of
from slacalc.interop.icalendar.feed import Feed, read_feed
from slacalc.interop.icalendar.file_zones import FileZone
from slacalc.interop.icalendar.layered_hours import EVER
from slacalc.interop.icalendar.lines import Component, Property
from slacalc.interop.icalendar.open_hours import calendar_opened, policy_of, zone_of
from slacalc.interop.icalendar.series import FeedSource, Moment, duration_of, moment_of, series_of
from slacalc.interop.icalendar.told_hours import hours_layer
from slacalc.interop.imported import Imported, Loss

__all__ = ["read_availability"]

_BUSY: Final = ("BUSY", "BUSY-UNAVAILABLE")
_PRIORITIES: Final = range(10)
_LOWEST: Final = 10


def read_availability(
    source: str | Path, *, zone: str | None = None, years: tuple[int, int] | None = None, lossy: bool = False
) -> Imported:
    """Return a policy with a calendar that is open while a feed says that somebody is available; it promises nothing.

    `source` is a file, or its text. AVAILABLE that recurs each week is the weekly hours; priorities are obeyed. Events
    of the feed close, as for `read_closures`. `zone` is the calendar's; left out, it is that of the hours. `years` are
    needed where something recurs for ever, and not each week on that clock. For time of which nothing is said it is
    closed.

    Raises InteropError for what is no feed, for two availabilities of one priority that speak for one time, and for
    what would change due times unless that is wanted: `lossy`. Raises ZoneError for an unknown zone.

    >>> times = ("DTSTART;TZID=Europe/Rome:20260105T090000", "DTEND;TZID=Europe/Rome:20260105T170000")
    >>> available = ("BEGIN:AVAILABLE", *times, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU", "END:AVAILABLE")
    >>> lines = ("BEGIN:VCALENDAR", "BEGIN:VAVAILABILITY", *available, "END:VAVAILABILITY", "END:VCALENDAR")
    >>> (calendar,) = read_availability(chr(10).join(lines)).calendars.values()
    >>> [str(hours) for _, hours in calendar.versions]
    ['Mon,Tue 09:00-17:00']
    """
    feed = read_feed(source, zone=zone)
    if not feed.availabilities:
        problem, accepts = "the feed has no hours of availability", "VAVAILABILITY with AVAILABLE"
        raise InteropError("import_nothing_there", problem, accepts=accepts, where=feed.file or "source")
    told = sorted(feed.availabilities, key=lambda each: -_rank(*each))
    hours = [[series_of(each, source) for each in part.parts if each.kind == "AVAILABLE"] for part, source in told]
    chosen, losses = zone_of(feed, [each for some in hours for each in some]), list[Loss]()
    speaks = [_speaks(part, source, chosen) for part, source in told]
    _refuse_alike(told, speaks)
    losses += [loss for part, source in told for loss in _perhaps(part, source)]
    layers = [hours_layer(some, chosen, years, losses, each) for some, each in zip(hours, speaks, strict=True)]
    losses += _nothing_said(feed, speaks)
    calendar = calendar_opened(feed, layers, chosen)
    closures = closures_of(feed, chosen, years, losses)
    return policy_of(feed, closures.close(calendar), [*closures.losses]).agreed(lossy=lossy)


def _rank(part: Component, source: FeedSource) -> int:
    """Return 1 for what counts before all others, 10 for what counts last."""
    said = part.first("PRIORITY")
    if said is None:
        return _LOWEST
    if said.value.strip() not in map(str, _PRIORITIES):
        raise source.wrong(said, "a priority from 0 to 9")
    return int(said.value) or _LOWEST


def _speaks(part: Component, source: FeedSource, zone: str) -> Span:
    """Return for which time an availability speaks, in seconds of the calendar's clock."""
    begin, end, lasts = part.first("DTSTART"), part.first("DTEND"), part.first("DURATION")
    if begin is None and (end is not None or lasts is not None):
        raise source.wrong(Property({}, part.kind, part.line), "DTSTART, where there is an end")
    if begin is None:
        return -EVER, EVER
    start = _on_clock(moment_of(begin, source), zone)
    if end is not None:
        until = _on_clock(moment_of(end, source), zone)
    else:
        until = EVER if lasts is None else start + int(duration_of(lasts, source).total_seconds())
    if until <= start:
        raise source.wrong(begin, "an end after the start")
    return start, until


def _on_clock(moment: Moment, zone: str) -> int:
    reading = moment.reading if moment.is_date else FileZone(zone, zone).reading(moment.us)
    return reading.toordinal() * DAY_SECONDS + reading.hour * 3_600 + reading.minute * 60 + reading.second


def _refuse_alike(told: list[tuple[Component, FeedSource]], speaks: list[Span]) -> None:
    """Refuse two of one priority that speak for one time: the standard does not say which one counts."""
    for (at, (part, source)), (other, each) in pairwise(sorted(zip(speaks, told, strict=True), key=_order)):
        if _rank(part, source) == _rank(*each) and other[0] < at[1]:
            said = each[0].first("PRIORITY") or Property({}, "none", each[0].line)
            raise source.wrong(said, "for each time one availability of a priority: another priority, or another range")


def _order(each: tuple[Span, tuple[Component, FeedSource]]) -> tuple[int, Span]:
    return _rank(*each[1]), each[0]


def _perhaps(part: Component, source: FeedSource) -> Iterator[Loss]:
    said = part.first("BUSYTYPE")
    if said is not None and said.value.strip().upper() not in _BUSY:
        told = f"time beside the hours is {said.value.strip().upper()}: perhaps one is there"
        yield Loss("due_times", source.place(said.line), told, "it is closed")


def _nothing_said(feed: Feed, speaks: list[Span]) -> Iterator[Loss]:
    """Yield a loss where some time has no availability: the standard takes one for available then."""
    reached = -EVER
    for start, end in sorted(speaks):
        if start > reached:
            break
        reached = max(reached, end)
    if reached < EVER:
        said = "nothing is said of some time, in which one is available by the standard"
        yield Loss("reports", feed.file or "the feed", said, "it is closed")
