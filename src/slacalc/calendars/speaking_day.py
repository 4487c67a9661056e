"""Which of several special days speaks on a date (rule 4).

A single date speaks before a range, a range before a yearly date, that before a yearly range, that before a day told
from a holiday, that before a recurrence; two of one kind that say different things of one date are refused.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final, assert_never

from slacalc.calendars.recurrence import Recurring, last_of_decade
from slacalc.calendars.relative_days import Named, Relative
from slacalc.calendars.special_days import DateRange, SpecialDay, Yearly, format_when
from slacalc.errors import SpecialDayError

__all__ = ["SpecialDays"]

_ONE_DAY: Final = timedelta(days=1)
_DATES_OF_A_YEAR: Final = 366


class SpecialDays:
    """Special days of one layer, by date. It refuses two of one kind that say different things of one date.

    `around` gives the holidays of a year and a week around it, for the days that are told from holidays.
    """

    __slots__ = (
        "_around",
        "_by_year",
        "_ranges",
        "_recurring",
        "_relative",
        "_singles",
        "_starts",
        "_yearly",
        "_yearly_ranges",
    )

    def __init__(self, special_days: Iterable[SpecialDay], around: Callable[[int], Named] | None = None) -> None:
        self._around = around or (lambda _: {})
        self._singles: dict[date, SpecialDay] = {}
        ranges: list[tuple[DateRange, SpecialDay]] = []
        self._yearly: dict[tuple[int, int], SpecialDay] = {}
        self._yearly_ranges: dict[tuple[int, int], SpecialDay] = {}
        relative: list[tuple[Relative, SpecialDay]] = []
        recurring: list[tuple[Recurring, SpecialDay]] = []
        for special in special_days:
            match special.on:
                case DateRange():
                    ranges.append((special.on, special))
                case Yearly(first, last):
                    found = self._yearly if first == last else self._yearly_ranges
                    for at in _days_of_year(special.on):
                        _put_once(found, at, special)
                case Relative():
                    relative.append((special.on, special))
                case Recurring():
                    recurring.append((special.on, special))
                case date():
                    _put_once(self._singles, special.on, special)
                case _ as never:
                    assert_never(never)
        self._ranges = _disjoint(ranges)
        self._starts = [dates.first for dates, _ in self._ranges]
        self._relative = sorted(relative, key=lambda pair: pair[0].rank)
        self._by_year: dict[int, dict[date, SpecialDay]] = {}
        self._recurring = _Recurrences(recurring) if recurring else None

    def on(self, day: date) -> SpecialDay | None:
        """Return the one that speaks for the date. Raises SpecialDayError where two holidays' days contradict."""
        at = (day.month, day.day)
        found = self._singles.get(day) or self._in_range(day) or self._yearly.get(at) or self._yearly_ranges.get(at)
        if found is None and self._relative:
            found = self._relative_in(day.year).get(day)
        if found is None and self._recurring is not None:
            found = self._recurring.on(day)
        return found

    def check_relative(self, years: Iterable[int]) -> None:
        """Refuse days told from holidays that contradict in one of the years; looked for where some can."""
        several = [special for when, special in self._relative if when.is_named]
        ranks = [when.rank for when, _ in self._relative if not when.is_named]
        if len(several) > 1 or len(set(ranks)) < len(ranks):
            for year in years:
                self._relative_in(year)

    @property
    def close_every_year(self) -> bool:
        """Whether the yearly ones close all 366 dates, whatever the hours are."""
        yearly = {**self._yearly_ranges, **self._yearly}
        return sum(not special.windows for special in yearly.values()) == _DATES_OF_A_YEAR

    def _in_range(self, day: date) -> SpecialDay | None:
        i = bisect_right(self._starts, day) - 1
        return self._ranges[i][1] if i >= 0 and day <= self._ranges[i][0].last else None

    def _relative_in(self, year: int) -> dict[date, SpecialDay]:
        if year not in self._by_year:
            found: dict[date, SpecialDay] = {}
            for when, special in self._relative:
                for day in when.dates(year, self._around(year)):
                    first = found.setdefault(day, special)
                    if isinstance(first.on, Relative) and _contradict(first.on, when) and not first.says_as(special):
                        raise _twice(day, first, special)
            self._by_year[year] = found
        return self._by_year[year]


class _Recurrences:
    """Which recurrence speaks on a date. Several are expanded once each, however many; one alone as far as asked."""

    def __init__(self, recurring: list[tuple[Recurring, SpecialDay]]) -> None:
        self._only = recurring[0] if len(recurring) == 1 else None
        self._by_date: dict[date, SpecialDay] = {}
        for dates, special in recurring if self._only is None else ():
            for day in dates.dates():
                _put_once(self._by_date, day, special)
        self._known: tuple[int, frozenset[date]] = (0, frozenset())

    def on(self, day: date) -> SpecialDay | None:
        """Return the one that speaks on a date."""
        if self._only is None:
            return self._by_date.get(day)
        dates, special = self._only
        until, known = self._known
        if day.year > until:
            until = last_of_decade(day.year)
            known = dates.until(until)
            self._known = until, known
        return special if day in known else None


def _days_of_year(yearly: Yearly) -> Iterator[tuple[int, int]]:
    for step in range(_DATES_OF_A_YEAR):
        day = date(2000, 1, 1) + step * _ONE_DAY
        if day in yearly:
            yield day.month, day.day


def _put_once(found: "dict[Any, SpecialDay]", at: date | tuple[int, int], special: SpecialDay) -> None:
    if not found.setdefault(at, special).says_as(special):
        raise _twice(at, found[at], special)


def _disjoint(ranges: Iterable[tuple[DateRange, SpecialDay]]) -> list[tuple[DateRange, SpecialDay]]:
    """Return ranges in order, each cut to the dates that none before it has. Refuses those that contradict."""
    found: list[tuple[DateRange, SpecialDay]] = []
    for dates, special in sorted(ranges, key=lambda pair: (pair[0].first, pair[0].last)):
        for earlier, said in reversed(found):
            if earlier.last < dates.first:
                break
            if earlier.first <= dates.last and not said.says_as(special):
                raise _twice(max(dates.first, earlier.first), said, special)
        first = max(dates.first, found[-1][0].last + _ONE_DAY) if found else dates.first
        if first <= dates.last:
            found.append((DateRange(first, dates.last), special))
    return found


def _contradict(earlier: Relative, later: Relative) -> bool:
    """Tell whether neither speaks before the other: two named holidays, or the same distance from any."""
    return (earlier.is_named and later.is_named) or earlier.rank == later.rank


def _twice(at: date | tuple[int, int], earlier: SpecialDay, later: SpecialDay) -> SpecialDayError:
    day = f"{at[0]:02}-{at[1]:02}" if isinstance(at, tuple) else str(at)
    return SpecialDayError(
        "special_day_twice",
        "two special days of one kind say different things of one date",
        given=f"{day}: {format_when(earlier.on)!r} and {format_when(later.on)!r}",
        accepts="one of a kind a date; a single date beats a range, a range a yearly date, that a yearly range, "
        "that a day told from a holiday, that a recurrence",
        where="special_days",
    )
