"""What the rules of a text of `opening_hours` say of a date: later rules in the place of earlier ones, by the date.

Facts (opening_hours.js 3.15 and opening-hours-py 2.1, and the specification): a rule after `;` that opens stands in the
place of all before it, from 00:00 to 24:00 of its dates, and so ends a night that began on the evening before; one that
closes takes its windows away. What of a window is after midnight is there on the date after the rule's own, whatever
the hours of its own date became.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Final, NamedTuple, TypeAlias

from slacalc.business_time.instants import DAY_SECONDS, FIRST_DATE, LAST_DATE
from slacalc.business_time.spans import NOTHING, Spans, difference, union
from slacalc.calendars.hours import Hours
from slacalc.interop.osm.rules import Clause, Dates, MonthsAndDays, OpeningRule

__all__ = ["Around", "Said", "OpeningSchedule"]

_ONE: Final = timedelta(days=1)
_LEAP: Final = date(2000, 1, 1)
_HOLIDAY_ON: Final = 10  # and the weekday, in Hours.of_days

Said: TypeAlias = int
"""The clauses whose dates a date is one of: a bit for each place in `OpeningSchedule.clauses`."""
_NO_CLAUSE: Final = 0


class Around(NamedTuple):
    """The clauses of the date before, of a date, and of the date after: its windows depend on no more."""

    before: Said
    on: Said
    after: Said


class OpeningSchedule:
    """The rules of a text. `knows_holidays` says whether some dates can be public holidays."""

    def __init__(self, rules: tuple[OpeningRule, ...], *, knows_holidays: bool) -> None:
        self.rules: Final = rules
        self.clauses: Final[tuple[Clause, ...]] = tuple(clause for rule in rules for clause in rule.clauses)
        self.uses_holidays: Final[bool] = knows_holidays and any(each.only_holidays for each in self.clauses)
        self._states: Final[tuple[bool, ...]] = (False, True) if self.uses_holidays else (False,)
        self._told: Final[dict[tuple[int, int, int], Said]] = {}

    # ------------------------------------------------------------ which clauses a date is of

    @cached_property
    def moving(self) -> tuple[int, ...]:
        """The clauses whose dates are others each year."""
        return tuple(place for place, clause in enumerate(self.clauses) if clause.moving is not None)

    @cached_property
    def has_nights(self) -> bool:
        """Whether some window runs past midnight."""
        return any(rule.tomorrow for rule in self.rules)

    @cached_property
    def _once(self) -> dict[int, list[int]]:
        """The clauses of dates that come once, by year."""
        found: dict[int, list[int]] = {}
        for place, clause in enumerate(self.clauses):
            if isinstance(clause.dates, Dates):
                for year in range(clause.dates.first.year, clause.dates.last.year + 1):
                    found.setdefault(year, []).append(place)
        return found

    def _of_year(self, year: int) -> Said:
        """Return the clauses that may be of the same dates of other years."""
        return sum(
            1 << place
            for place, clause in enumerate(self.clauses)
            if clause.moving is None and not isinstance(clause.dates, Dates) and clause.is_of_year(year)
        )

    @cached_property
    def _by_year(self) -> dict[int, Said]:
        return {year: self._of_year(year) for year in range(FIRST_DATE.year - 1, LAST_DATE.year + 2)}

    def _on(self, active: Said, at: tuple[int, int]) -> Said:
        key = active, *at
        if key not in self._told:
            self._told[key] = sum(
                1 << place for place in range(len(self.clauses)) if active >> place & 1 and self._has(place, at)
            )
        return self._told[key]

    def _has(self, place: int, at: tuple[int, int]) -> bool:
        dates = self.clauses[place].dates
        return not isinstance(dates, MonthsAndDays) or dates.has(at)

    def fixed(self, day: date) -> Said:
        """Return the clauses of a date, without those that move."""
        said = self._on(self._by_year[day.year], (day.month, day.day))
        once = self._once.get(day.year)
        return said if once is None else said | sum(1 << place for place in once if self.clauses[place].has(day))

    def said(self, day: date) -> Said:
        """Return the clauses of a date."""
        return self.fixed(day) | sum(1 << place for place in self.moving if self.clauses[place].has(day))

    def really_around(self, day: date) -> Around:
        """Return the clauses of a date and of its neighbours."""
        return self._around(self.said(day - _ONE), self.said(day), self.said(day + _ONE))

    def _around(self, before: Said, on: Said, after: Said) -> Around:
        return Around(before, on, after) if self.has_nights else Around(_NO_CLAUSE, on, _NO_CLAUSE)

    @cached_property
    def usual_years(self) -> dict[tuple[int, int], Around]:
        """The clauses of each month and day of a year that is like most: like those after all that are named."""
        usual = self._by_year[LAST_DATE.year]
        days = [(day.month, day.day) for day in (_LEAP + step * _ONE for step in range(366))]
        said = [self._on(usual, day) for day in days]
        return {
            day: self._around(said[place - 1], said[place], said[(place + 1) % len(days)])
            for place, day in enumerate(days)
        }

    def around_leap_day(self) -> Iterator[tuple[tuple[int, int], Around]]:
        """Yield the clauses of the neighbours of 29 February, in years without it."""
        usual = self._by_year[LAST_DATE.year]
        for month, day in ((2, 28), (3, 1)):
            at = date(2001, month, day)
            three = [self._on(usual, (each.month, each.day)) for each in (at - _ONE, at, at + _ONE)]
            yield (month, day), self._around(*three)

    @cached_property
    def other_dates(self) -> list[tuple[date, Around]]:
        """The dates of years that are not like most, and their neighbours at New Year, in order, with their clauses."""
        said: dict[date, Said] = {}
        found = []
        for day in self._days_of_other_years():
            three = (day - _ONE, day, day + _ONE)
            before, on, after = (said[each] if each in said else self.fixed(each) for each in three)
            said = {day: on, day + _ONE: after}
            found.append((day, self._around(before, on, after)))
        return found

    def _days_of_other_years(self) -> Iterator[date]:
        usual = self._by_year[LAST_DATE.year]
        others = {year for year, active in self._by_year.items() if active != usual or year in self._once}
        for year in range(FIRST_DATE.year, LAST_DATE.year + 1):
            first, last = date(year, 1, 1), date(year, 12, 31)
            if year in others:
                yield from (first + step * _ONE for step in range((last - first).days + 1))
            else:
                yield from ([first] if year - 1 in others else [])
                yield from ([last] if year + 1 in others else [])

    # ------------------------------------------------------------ what they say

    def week(self, around: Around, *, split: bool) -> tuple[Hours, bool]:
        """Return the windows of a date, whatever its weekday is, and whether they are exact whatever is a holiday.

        `split` has what is after midnight in the windows of the date it falls on, otherwise it is in those of the date
        that it began on.
        """
        days: dict[int, Spans] = {}
        exact = True
        for weekday, holiday in product(range(7), self._states):
            windows, is_exact = (self._split if split else self._whole)(around, weekday, holiday)
            days[weekday + _HOLIDAY_ON * holiday] = windows
            exact = exact and is_exact
        return Hours.of_days(days), exact

    def ends_nights(self, arounds: Iterable[Around]) -> bool:
        """Tell whether some night that begins on a date is cut on the next one."""
        return any(
            self._is_cut(around, *state)
            for around in arounds
            for state in product(range(7), self._states, self._states)
        )

    def _is_cut(self, around: Around, weekday: int, was_holiday: bool, holiday: bool) -> bool:  # noqa: FBT001 - states
        night = self._day(around.on, _NO_CLAUSE, weekday, was_holiday=was_holiday, holiday=holiday)
        without = self._day(_NO_CLAUSE, around.after, weekday, holiday=holiday)
        said = self._day(around.on, around.after, weekday, was_holiday=was_holiday, holiday=holiday)
        return union((*night, *without)) != said

    def _split(self, around: Around, weekday: int, holiday: bool) -> tuple[Spans, bool]:  # noqa: FBT001 - a state
        found = [
            self._day(around.before, around.on, weekday, was_holiday=before, holiday=holiday) for before in self._states
        ]
        return found[0], len(set(found)) == 1

    def _whole(self, around: Around, weekday: int, holiday: bool) -> tuple[Spans, bool]:  # noqa: FBT001 - a state
        """Return the windows of a date, and whether its nights end as they would on every date after it."""
        own = self._day(_NO_CLAUSE, around.on, weekday, holiday=holiday)
        if not self.has_nights:
            return own, True
        tomorrow = (weekday + 1) % 7
        after = [
            (
                self._day(around.on, around.after, tomorrow, was_holiday=holiday, holiday=each),
                self._day(_NO_CLAUSE, around.after, tomorrow, holiday=each),
            )
            for each in self._states
        ]
        nights = [difference(with_night, without) for with_night, without in after]
        night = union(span for each in nights for span in each)
        exact = all(union((*without, *night)) == with_night for with_night, without in after)
        windows = union((*own, *((start + DAY_SECONDS, end + DAY_SECONDS) for start, end in night)))
        return windows, exact and all(_can_be_written(*window) for window in windows)

    def _day(self, before: Said, on: Said, weekday: int, *, was_holiday: bool = False, holiday: bool) -> Spans:
        """Return the open time of a date from 00:00 to 24:00."""
        windows = NOTHING
        place = 0
        for rule in self.rules:
            places = range(place, place + len(rule.clauses))
            place += len(rule.clauses)
            if self._is_of(places, on, weekday, holiday):
                windows = _after(rule, windows, rule.today, replaces=rule.opens and not rule.adds)
            if rule.tomorrow and self._is_of(places, before, (weekday - 1) % 7, was_holiday):
                windows = _after(rule, windows, rule.tomorrow, replaces=False)
        return windows

    def _is_of(self, places: range, said: Said, weekday: int, holiday: bool) -> bool:  # noqa: FBT001 - a state
        return any(said >> place & 1 and self.clauses[place].is_of(weekday, holiday=holiday) for place in places)


def _after(rule: OpeningRule, windows: Spans, own: Spans, *, replaces: bool) -> Spans:
    if not rule.opens:
        return difference(windows, own)
    return own if replaces else union((*windows, *own))


def _can_be_written(start: int, end: int) -> bool:
    """Tell whether a window can be said: it begins on its date, and lasts less than a day if it runs past midnight."""
    return end <= DAY_SECONDS or (start < DAY_SECONDS and end - start < DAY_SECONDS)
