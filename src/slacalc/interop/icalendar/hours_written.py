"""The open hours of a calendar as a feed: events that recur each week, and those of dates that are otherwise."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY_SECONDS, clock_stands_still, to_us, wall_us
from slacalc.business_time.spans import Span, Spans, clip
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.layers import Layers
from slacalc.interop.icalendar.closures_written import OPEN_HOURS
from slacalc.interop.icalendar.feed_lines import FeedLines, fractions_lost, instants_of
from slacalc.interop.icalendar.text_lines import moment, utc_moment
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.written import Written, layers_known

__all__ = ["write_availability", "write_open_hours"]

_ONE: Final = timedelta(days=1)
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OPEN: Final = "open"


class _OwnedDay(NamedTuple):
    """A date, the week that holds on it, the open time that it owns, and whether that is as the week says."""

    day: date
    week: tuple[Spans, ...]
    owned: Spans
    is_regular: bool


def write_open_hours(
    calendar: Calendar, first: date, last: date, *, stamped_at: datetime, name: str = "", lossy: bool = False
) -> Written:
    """Return a feed whose events are the open hours, from `first` to `last`, both included.

    Each window of the week is an event that recurs; dates that are otherwise have events of their own, and so has a
    night on which the clock is changed. All are of the category "Open hours". Arguments and errors are those of
    `write_closures`.

    >>> from datetime import UTC
    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    >>> made = datetime(2026, 11, 1, tzinfo=UTC)
    >>> feed = write_open_hours(office, date(2026, 12, 1), date(2026, 12, 31), stamped_at=made)
    >>> [line for line in feed.document.splitlines() if line.startswith("RRULE:FREQ=W")]
    ['RRULE:FREQ=WEEKLY;UNTIL=20261231T080000Z;BYDAY=MO,TU,WE,TH,FR']
    """
    layers, feed, losses = _begun(calendar, first, last, stamped_at, name, lossy=lossy)
    said = {"SUMMARY": name or _OPEN, "CATEGORIES": OPEN_HOURS, "TRANSP": "TRANSPARENT"}
    return Written("iCalendar", feed.file(first, last, _hours(layers, feed, first, last, "VEVENT", said)), losses)


def write_availability(
    calendar: Calendar, first: date, last: date, *, stamped_at: datetime, name: str = "", lossy: bool = False
) -> Written:
    """Return the open hours as VAVAILABILITY (RFC 7953), from `first` to `last`, both included: closed is unavailable.

    It says nothing of the time before and after. Arguments and errors are those of `write_closures`.

    >>> from datetime import UTC
    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    >>> made = datetime(2026, 11, 1, tzinfo=UTC)
    >>> feed = write_availability(office, date(2026, 12, 1), date(2026, 12, 31), stamped_at=made)
    >>> [line for line in feed.document.splitlines() if line.startswith("BUSYTYPE")]
    ['BUSYTYPE:BUSY-UNAVAILABLE']
    """
    layers, feed, losses = _begun(calendar, first, last, stamped_at, name, lossy=lossy)
    inner = [*_hours(layers, feed, first, last, "AVAILABLE", {"SUMMARY": name or _OPEN})]
    until = max(wall_us(feed.zone, last, DAY_SECONDS), *(end for _, end in layers.owned(last)), 0)
    begin = moment("DTSTART", wall_us(feed.zone, first), feed.zone)
    times = (begin, moment("DTEND", until, feed.zone), "BUSYTYPE:BUSY-UNAVAILABLE")
    outer = [*feed.part("VAVAILABILITY", "hours", first, times, {"SUMMARY": name or _OPEN})]
    return Written("iCalendar", feed.file(first, last, (*outer[:-1], *inner, outer[-1])), losses)


def _begun(
    calendar: Calendar, first: date, last: date, stamped_at: datetime, name: str, *, lossy: bool
) -> tuple[Layers, FeedLines, tuple[Loss, ...]]:
    layers = layers_known(calendar, first, last)
    begin, end = wall_us(layers.zone, first), wall_us(layers.zone, last, DAY_SECONDS)
    losses = tuple(fractions_lost(calendar, begin, end))
    refuse_lossy(losses, lossy=lossy)
    return layers, FeedLines(layers.zone, name, to_us(stamped_at, "stamped_at")), losses


def _hours(
    layers: Layers, feed: FeedLines, first: date, last: date, component: str, said: dict[str, str]
) -> Iterator[str]:
    """Yield the lines of all open time that the dates own, and of a night that the date before them began."""
    days = [_day(layers, first + step * _ONE) for step in range((last - first).days + 1)]
    ids = Counter[str]()
    for week, run in groupby(days, lambda day: day.week):
        together = [*run]
        for window, weekdays in _windows(week).items():
            chosen = [day for day in together if day.day.weekday() in weekdays]
            if times := _recurring(feed.zone, chosen, window):
                known = f"open-{window[0]}-{window[1]}-{''.join(_DAYS[each] for each in weekdays)}"
                ids[known] += 1
                yield from feed.part(component, known, str(ids[known]), times, said)
    begin, end = wall_us(feed.zone, first), wall_us(feed.zone, first, 2 * DAY_SECONDS)
    before = clip(layers.owned(first - _ONE), begin, end) if layers.dates[0] < first else ()
    spans = [*before, *(span for day in days if not day.is_regular for span in day.owned)]
    longest = dict(sorted(spans))  # where two dates own a start, the later end is the last
    for span in longest.items():
        yield from feed.timed("open", span, said, component)


def _day(layers: Layers, day: date) -> _OwnedDay:
    """Return what a date owns; it is regular if that is as the week says, and the clock is not changed about then."""
    week = tuple(layers.hours_on(day).windows[:7])
    owned, expected = layers.owned(day), instants_of(layers.zone, day, week[day.weekday()])
    stands = all(clock_stands_still(layers.zone, start, end) for start, end in expected)
    return _OwnedDay(day, week, owned, owned == expected and stands)


def _windows(week: tuple[Spans, ...]) -> dict[Span, list[int]]:
    """Return the weekdays of each window."""
    found: dict[Span, list[int]] = {}
    for weekday, windows in enumerate(week):
        for window in windows:
            found.setdefault(window, []).append(weekday)
    return found


def _recurring(zone: ZoneInfo, days: list[_OwnedDay], window: Span) -> tuple[str, ...]:
    """Return the times of an event that recurs on the regular ones of some dates, without the others between them."""
    regular = [day.day for day in days if day.is_regular]
    if not regular:
        return ()
    first, last = regular[0], regular[-1]
    weekdays = ",".join(_DAYS[number] for number in sorted({day.weekday() for day in regular}))
    rule = f"RRULE:FREQ=WEEKLY;UNTIL={utc_moment(wall_us(zone, last, window[0]))};BYDAY={weekdays}"
    times = (_local("DTSTART", zone, [(first, window[0])]), _local("DTEND", zone, [(first, window[1])]), rule)
    out = [(day.day, window[0]) for day in days if not day.is_regular and first < day.day < last]
    out = [each for each in out if each[0].weekday() in {day.weekday() for day in regular}]
    return (*times, _local("EXDATE", zone, out)) if out else times


def _local(name: str, zone: ZoneInfo, at: Iterable[tuple[date, int]]) -> str:
    """Return a property of times on the clock of a zone: of dates, in seconds from their midnights."""
    said = (datetime.combine(day, time.min) + timedelta(seconds=seconds) for day, seconds in at)
    mark, end = ("", "Z") if zone.key == "UTC" else (f";TZID={zone.key}", "")
    return f"{name}{mark}:{','.join(f'{each:%Y%m%dT%H%M%S}{end}' for each in said)}"
