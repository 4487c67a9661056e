"""Hours that are told in layers, rules of the week and windows of dates, as a calendar with versions and special days.

A layer speaks for a range of time, and there the last one alone: that is how availabilities of several priorities
(RFC 7953, 4) are laid over one another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS, FIRST_DATE, LAST_DATE
from slacalc.business_time.spans import NOTHING, Span, Spans, clip, difference, union
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.hours import Hours
from slacalc.calendars.special_days import SpecialDay

__all__ = ["EVER", "HoursLayer", "WeekRule", "calendar_of"]

_ONE: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=8)
_CLOSED: Final = Hours.of_days({})
EVER: Final = 10**12
"""Seconds, before and after all dates."""


class WeekRule(NamedTuple):
    """A window of some weekdays, on each such date from first to last, None for ever, but on those left out."""

    weekdays: frozenset[int]
    window: Span
    first: date
    last: date | None
    left_out: frozenset[date] = frozenset()

    @property
    def begins_after(self) -> date:
        """The last date of its weekdays before the first."""
        return next(day for day in _from(self.first, -1) if day.weekday() in self.weekdays)

    @property
    def ends_before(self) -> date | None:
        """The first date of its weekdays after the last."""
        return None if self.last is None else next(day for day in _from(self.last, 1) if day.weekday() in self.weekdays)

    def holds(self, day: date) -> bool:
        """Tell whether its window is there on a date."""
        within = self.first <= day <= (self.last or LAST_DATE)
        return within and day.weekday() in self.weekdays and day not in self.left_out


class _WeekTurn(NamedTuple):
    """The dates from an earliest to a latest, on any of which other hours may begin to hold, and the one to choose."""

    earliest: date
    latest: date
    best: date


@dataclass(slots=True)
class HoursLayer:
    """Rules of the week, windows of dates, and the range that they speak for, in seconds of the calendar's clock."""

    rules: list[WeekRule] = field(default_factory=list)
    dates: dict[date, list[Span]] = field(default_factory=dict)
    speaks: Span = (-EVER, EVER)

    def windows(self, day: date) -> Spans:
        """Return the windows of a date within the range, in seconds from its midnight."""
        own = [*(rule.window for rule in self.rules if rule.holds(day)), *self.dates.get(day, ())]
        return clip(union(own), *self.speaks_on(day))

    def speaks_on(self, day: date) -> Span:
        """Return the range in seconds from the midnight of a date."""
        midnight = day.toordinal() * DAY_SECONDS
        return self.speaks[0] - midnight, self.speaks[1] - midnight

    def speaks_throughout(self, start: date, end: date | None) -> bool:
        """Tell whether it speaks for all time between two midnights, or from one on for ever."""
        until = EVER if end is None else end.toordinal() * DAY_SECONDS
        return self.speaks[0] <= start.toordinal() * DAY_SECONDS and until <= self.speaks[1]

    def turns(self) -> Iterator[_WeekTurn]:
        """Yield when the hours of the week change."""
        for rule in self.rules:
            yield _WeekTurn(rule.begins_after + _ONE, rule.first, rule.first)
            if rule.last is not None and rule.ends_before is not None:
                yield _WeekTurn(rule.last + _ONE, rule.ends_before, rule.last + _ONE)
        begin, end = -(-self.speaks[0] // DAY_SECONDS), self.speaks[1] // DAY_SECONDS
        for ordinal in (each for each in (begin, end) if 0 < each < LAST_DATE.toordinal()):
            yield _WeekTurn(*[date.fromordinal(ordinal)] * 3)

    def told(self) -> Iterator[date]:
        """Yield the dates for which it says something of their own."""
        yield from self.dates
        yield from (day for turn in self.turns() for day in turn[:2])
        yield from (day for rule in self.rules for day in rule.left_out)

    def week(self, at: date) -> Hours:
        """Return the hours of the week as its rules say them from a date on."""
        days: dict[int, list[Span]] = {}
        for rule in self.rules:
            if rule.begins_after < at <= (rule.last or LAST_DATE):
                for weekday in rule.weekdays:
                    days.setdefault(weekday, []).append(rule.window)
        return Hours.of_days(days)


def calendar_of(layers: list[HoursLayer], zone: str) -> Calendar:
    """Return the calendar of layers, the last speaker last: a version of the week wherever rules begin or end.

    Dates that are otherwise are special days. Before the first rule and after the last it is closed. Raises
    CalendarError where it never opens.
    """
    versions = [*_versions(layers)]
    expected = [(date.min, _CLOSED), *versions]
    special, at = list[SpecialDay](), 0
    for day in _dates(layers):
        while at + 1 < len(expected) and expected[at + 1][0] <= day:
            at += 1
        windows = _windows(layers, day)
        if windows != expected[at][1].windows[day.weekday()]:
            special.append(SpecialDay(day, "replaced" if windows else "closed", windows))
    return Calendar(zone, _CLOSED, special_days=special, versions=versions)


def _versions(layers: list[HoursLayer]) -> Iterator[tuple[date, Hours]]:
    """Yield each date from which other hours of the week hold."""
    before = _CLOSED
    dates = _version_dates(layers)
    for start, end in zip(dates, [*dates[1:], None], strict=False):
        week = next((layer.week(start) for layer in reversed(layers) if layer.speaks_throughout(start, end)), _CLOSED)
        if week != before:
            yield start, week
        before = week


def _version_dates(layers: list[HoursLayer]) -> list[date]:
    """Return as few dates as will do: each rule begins, and ends, on one between two times of its own."""
    turns = sorted((turn for layer in layers for turn in layer.turns()), key=lambda turn: turn.latest)
    found: list[list[_WeekTurn]] = []
    for turn in turns:
        if found and turn.earliest <= found[-1][0].latest:
            found[-1].append(turn)
        else:
            found.append([turn])
    return [_best(together) for together in found]


def _best(together: list[_WeekTurn]) -> date:
    """Return the last date that one of some turns chooses, of those that will do for all."""
    begin, end = max(turn.earliest for turn in together), min(turn.latest for turn in together)
    return max((turn.best for turn in together if begin <= turn.best <= end), default=end)


def _dates(layers: list[HoursLayer]) -> Iterator[date]:
    """Yield every date from before the first to after the last for which something is said."""
    told = [day for layer in layers for day in layer.told()]
    day, last = (
        (max(FIRST_DATE, min(told) - _WEEK), min(LAST_DATE, max(told) + _WEEK)) if told else (LAST_DATE, FIRST_DATE)
    )
    while day <= last:
        yield day
        day += _ONE


def _windows(layers: list[HoursLayer], day: date) -> Spans:
    """Return the windows of a date; what is left after midnight of one that began the date before is its own."""
    own, before = _laid_over(layers, day), _laid_over(layers, day - _ONE)
    rest = ((start - DAY_SECONDS, end - DAY_SECONDS) for start, end in before if start >= DAY_SECONDS)
    return union((*(window for window in own if window[0] < DAY_SECONDS), *rest))


def _laid_over(layers: list[HoursLayer], day: date) -> Spans:
    found = NOTHING
    for layer in layers:
        found = union((*difference(found, union([layer.speaks_on(day)])), *layer.windows(day)))
    return found


def _from(day: date, step: int) -> Iterator[date]:
    """Yield the dates of a week after a date, or before it."""
    yield from (day + number * step * _ONE for number in range(1, 8))
