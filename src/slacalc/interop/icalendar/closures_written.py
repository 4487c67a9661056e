"""The closures of a calendar as a feed: days off, hours that are closed, and hours that are open besides."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS, EVER, to_us, wall_us
from slacalc.business_time.spans import NOTHING, Span, Spans, clip, difference, intersection, union
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.layers import Layers
from slacalc.interop.icalendar.feed_lines import FeedLines, fractions_lost, instants_of
from slacalc.interop.imported import refuse_lossy
from slacalc.interop.written import Written, layers_known

__all__ = ["OPEN_HOURS", "write_closures"]

OPEN_HOURS: Final = "Open hours"
"""The category of events that are open time."""
_CLOSED: Final = "closed"
_OPEN: Final = "open"
_ONE: Final = timedelta(days=1)


class _OtherwiseDay(NamedTuple):
    """A date that is otherwise: its weekly hours, what of them is closed by which name, what is open besides."""

    day: date
    week: Spans
    closed: tuple[tuple[Spans, str], ...]
    besides: Spans
    is_closed: bool
    name: str

    @property
    def closed_by(self) -> str:
        """The names of all that closes it."""
        return "; ".join(dict.fromkeys(name for spans, name in self.closed if spans and name))


def write_closures(
    calendar: Calendar, first: date, last: date, *, stamped_at: datetime, name: str = "", lossy: bool = False
) -> Written:
    """Return a feed of what is otherwise than the weekly hours, from `first` to `last`, both included.

    A date that is closed all day is an event of a whole day, with the name of the holiday or the special day. Weekly
    hours that are closed on other dates are events from one time to another, absences too; hours that are open besides
    are events of the category "Open hours", which make nobody busy. `stamped_at` is when the feed is made, `name` what
    it is called; ids stay the same as long as name, zone and times do.

    Raises InteropError for dates that cannot be written, and for an absence that begins within a second unless that is
    agreed to: `lossy`. Raises HorizonError for dates that the calendar does not know, InstantError for a naive stamp.

    >>> from datetime import UTC
    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE")
    >>> made = datetime(2026, 11, 1, tzinfo=UTC)
    >>> feed = write_closures(office, date(2026, 12, 1), date(2026, 12, 31), stamped_at=made)
    >>> [line for line in feed.document.splitlines() if line.startswith(("DTSTART;V", "SUMMARY"))]
    ['DTSTART;VALUE=DATE:20261225', 'SUMMARY:Erster Weihnachtstag']
    """
    layers = layers_known(calendar, first, last)
    feed = FeedLines(layers.zone, name, to_us(stamped_at, "stamped_at"))
    begin, end = wall_us(layers.zone, first), wall_us(layers.zone, last, DAY_SECONDS)
    losses = tuple(fractions_lost(calendar, begin, end))
    refuse_lossy(losses, lossy=lossy)
    days = [_day(layers, first + step * _ONE) for step in range((last - first).days + 1)]
    before = [_after(begin, _day(layers, first - _ONE))] if layers.dates[0] < first else []
    lines = [*_whole_days(feed, days), *_times(feed, [*before, *days])]
    return Written("iCalendar", feed.file(first, last, lines), losses)


def _day(layers: Layers, day: date) -> _OtherwiseDay:
    """Return what is otherwise on a date: it is closed if nothing that it owns is open, and no moment of it is."""
    told = layers.layers(day)
    week = instants_of(layers.zone, day, layers.hours_on(day).windows[day.weekday()])
    ruled = instants_of(layers.zone, day, told.after_special)
    near = union(span for step in (-2, -1, 0, 1, 2) for span in layers.owned(day + step * _ONE))
    name = told.special.name if told.special is not None and told.special.name else told.holiday or ""
    closed = [
        (difference(difference(week, ruled), near), name),
        *_absent(layers, difference(intersection(week, ruled), near)),
    ]
    is_open = clip(near, wall_us(layers.zone, day), wall_us(layers.zone, day, DAY_SECONDS))
    is_closed = bool(week) and union(span for spans, _ in closed for span in spans) == week and not is_open
    return _OtherwiseDay(day, week, tuple(closed), difference(layers.owned(day), week), is_closed, name)


def _absent(layers: Layers, closed: Spans) -> Iterator[tuple[Spans, str]]:
    """Yield what each absence takes away of a date, the first that says so."""
    for each in layers.absences if closed else ():
        yield intersection(closed, union([each.span])), each.name
        closed = difference(closed, union([each.span]))


def _after(begin: int, day: _OtherwiseDay) -> _OtherwiseDay:
    """Return what of a date before the first is there after midnight."""
    closed = tuple((clip(spans, begin, EVER), name) for spans, name in day.closed)
    return day._replace(closed=closed, besides=clip(day.besides, begin, EVER), is_closed=False)


def _whole_days(feed: FeedLines, days: Iterable[_OtherwiseDay]) -> Iterator[str]:
    """Yield events of the dates that are closed all day, dates of one name that follow one another as one."""
    closed = [(day.day, day.closed_by) for day in days if day.is_closed]
    for _, run in groupby(enumerate(closed), lambda each: (each[1][0].toordinal() - each[0], each[1][1])):
        (start, name), *rest = (each for _, each in run)
        end = start + (len(rest) + 1) * _ONE
        times = (f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}")
        yield from feed.part("VEVENT", "closed", start, times, {"SUMMARY": name or _CLOSED, "TRANSP": "OPAQUE"})


def _times(feed: FeedLines, days: Iterable[_OtherwiseDay]) -> Iterator[str]:
    """Yield events of hours: what is closed of dates that are not closed all day, and what is open besides."""
    days = [*days]
    whole, said_already = union(_midnights(feed, day.day) for day in days if day.is_closed), NOTHING
    for day in days:
        for spans, name in day.closed:
            rest = difference(spans, whole if day.is_closed else said_already)
            said_already = union((*said_already, *rest))
            for span in rest:
                yield from feed.timed("closed", span, {"SUMMARY": name or _CLOSED, "TRANSP": "OPAQUE"})
        for span in day.besides:
            said = {"SUMMARY": day.name or _OPEN, "CATEGORIES": OPEN_HOURS, "TRANSP": "TRANSPARENT"}
            yield from feed.timed("open", span, said)


def _midnights(feed: FeedLines, day: date) -> Span:
    return wall_us(feed.zone, day), wall_us(feed.zone, day, DAY_SECONDS)
