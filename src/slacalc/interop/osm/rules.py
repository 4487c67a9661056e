"""Rules of `opening_hours`: the dates that each is of, and its windows."""

from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans, clip, union
from slacalc.calendars.relative_days import Relative

__all__ = [
    "EVERY_DAY",
    "AroundEaster",
    "Clause",
    "Dates",
    "MonthsAndDays",
    "Moving",
    "NthDays",
    "OpeningRule",
    "Weeks",
    "Years",
    "easter",
]

EVERY_DAY: Final = frozenset(range(7))


class Years(NamedTuple):
    """Years from first to last, each or every second, third, ..."""

    first: int
    last: int
    step: int = 1

    def __contains__(self, year: object) -> bool:
        """Tell whether a year is one of them."""
        return isinstance(year, int) and self.first <= year <= self.last and (year - self.first) % self.step == 0


class MonthsAndDays(NamedTuple):
    """The dates from one month and day to another, each year; they may run over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def has(self, at: tuple[int, int]) -> bool:
        """Tell whether a month and day is one of them."""
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


class Dates(NamedTuple):
    """The dates from first to last, once."""

    first: date
    last: date


class AroundEaster(NamedTuple):
    """The dates from so many days after Easter to so many; before it, below zero."""

    first: int
    last: int

    def has(self, day: date) -> bool:
        """Tell whether a date is one of them."""
        return any(self.first <= (day - easter(day.year + step)).days <= self.last for step in (-1, 0, 1))


class Weeks(NamedTuple):
    """Weeks of ISO 8601, by their numbers."""

    numbers: frozenset[int]

    def has(self, day: date) -> bool:
        """Tell whether a date is in one of them."""
        return day.isocalendar().week in self.numbers


class NthDays(NamedTuple):
    """A weekday, and which of a month: 1 to 5, from its end below zero."""

    weekday: int
    numbers: frozenset[int]

    def has(self, day: date) -> bool:
        """Tell whether a date is one of them."""
        from_end = ((day.replace(day=1) + timedelta(31)).replace(day=1) - day).days
        counted = {(day.day + 6) // 7, -((from_end + 6) // 7)}
        return day.weekday() == self.weekday and not counted.isdisjoint(self.numbers)


Moving: TypeAlias = AroundEaster | Weeks | NthDays
"""Dates that are others each year."""


class Clause(NamedTuple):
    """Dates of a rule: what it says of years, of dates and of days holds at once.

    No `years` are all; `dates` and `moving` are None where every date fits. `only_holidays` are public ones.
    """

    years: tuple[Years, ...] = ()
    dates: MonthsAndDays | Dates | None = None
    moving: Moving | None = None
    weekdays: frozenset[int] = EVERY_DAY
    only_holidays: bool = False

    def is_of_year(self, year: int) -> bool:
        """Tell whether its years have this one."""
        return not self.years or any(year in each for each in self.years)

    def has(self, day: date) -> bool:
        """Tell whether a date fits, whatever day of the week it is and whether it is a holiday."""
        return (
            self.is_of_year(day.year)
            and (self.dates is None or _has(self.dates, day))
            and (self.moving is None or self.moving.has(day))
        )

    def is_of(self, weekday: int, *, holiday: bool) -> bool:
        """Tell whether it is of a day of the week, 0 (Monday) to 6 (Sunday), that is a public holiday or none."""
        return weekday in self.weekdays and (holiday or not self.only_holidays)


class OpeningRule(NamedTuple):
    """A rule: where it stands, whether it opens or closes, and whether it adds to what was said before; its windows.

    `names_days` tells whether it names dates or days at all; without them it is of every day.
    Windows are seconds from midnight of its date; one that runs past midnight ends after 86400.
    """

    place: str
    opens: bool
    adds: bool
    names_days: bool
    clauses: tuple[Clause, ...]
    windows: Spans

    @property
    def today(self) -> Spans:
        """The windows on the date itself."""
        return clip(self.windows, 0, DAY_SECONDS)

    @property
    def tomorrow(self) -> Spans:
        """The windows on the next date, in its seconds."""
        after = clip(self.windows, DAY_SECONDS, 2 * DAY_SECONDS)
        return union((start - DAY_SECONDS, end - DAY_SECONDS) for start, end in after)


@cache
def easter(year: int) -> date:
    """Return Easter Sunday."""
    (day,) = Relative("easter", 0).dates(year, {})
    return day


def _has(dates: MonthsAndDays | Dates, day: date) -> bool:
    if isinstance(dates, Dates):
        return dates.first <= day <= dates.last
    return dates.has((day.month, day.day))
