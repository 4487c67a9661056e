"""Dated exceptions: special days, recurring ones, and absences from instant to instant.

A special day closes its dates, replaces their hours, opens them, or adds or removes windows;
with weekly hours it stands in their place for its dates. Where several fall on one date, one
speaks: a single date before a range, a range before a yearly date, that before a yearly range,
that before a day told from a holiday, that before a recurrence (rule 4); two of one kind that
say different things of one date are refused.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, TypeAlias, TypeVar, assert_never, get_args

from slacalc.business_time.instants import LAST_DATE, to_us
from slacalc.business_time.spans import NOTHING, Span, Spans, difference, union
from slacalc.calendars.hours import DAY_NAMES, Hours, read_windows
from slacalc.calendars.recurrence import Recurring
from slacalc.calendars.relative_days import Named, Relative, read_relative
from slacalc.errors import HoursError, SpecialDayError

__all__ = [
    "Absence",
    "DateRange",
    "Recurring",
    "Relative",
    "SpecialDay",
    "SpecialDays",
    "When",
    "Yearly",
    "first_dated",
    "format_when",
    "last_dated",
    "read_special_days",
]

T = TypeVar("T")

_KEY_ACCEPTS: Final = (
    '"2026-12-24", "2026-12-24..2027-01-02", "12-24", "12-24..01-02", "PH-1", "PH-2 Sat", "Christmas Day-1", '
    '"easter-46", or a recurrence such as "FREQ=MONTHLY;BYDAY=-1FR"'
)
_HOURS_ACCEPT: Final = (
    '"closed", windows such as "09:00-13:00", "open 09:00-13:00" to open closed dates too, "+18:00-20:00" to add, '
    '"-12:00-13:00" to remove, or weekly hours such as "Mon-Fri 08:00-14:00"'
)
_ONE_DAY: Final = timedelta(days=1)
_DATES_OF_A_YEAR: Final = 366


@dataclass(frozen=True, slots=True)
class DateRange:
    """The dates from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Check that both are dates, in order."""
        for day in (self.first, self.last):
            if type(day) is not date:
                raise _no_dates(day, "datetime.date(2026, 12, 24); SpecialDay.of reads text")
        if self.last < self.first:
            raise SpecialDayError(
                "date_range_reversed",
                "the range ends before it starts",
                given=f"{self.first}..{self.last}",
                accepts="first..last, both included",
                where="special_days",
            )


@dataclass(frozen=True, slots=True)
class Yearly:
    """The same date, or range of dates, every year; a range may run over New Year.

    29 February is a date of leap years only.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def __post_init__(self) -> None:
        """Check that both are dates of some year."""
        for at in (self.first, self.last):
            match at:
                case (int(month), int(day)):
                    _date_of(2000, month, day, f"{month:02}-{day:02}")
                case _:
                    raise _no_dates(at, "month and day, such as (12, 24); SpecialDay.of reads text")

    def __contains__(self, day: date) -> bool:
        """Tell whether the date is one of them."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


When: TypeAlias = date | DateRange | Yearly | Relative | Recurring
Change: TypeAlias = Literal["closed", "replaced", "opened", "added", "removed", "weekly"]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """An exception: on which dates, what happens to their windows, and what it is called.

    Windows that replace ("replaced") open a single date, and in every other form only change the hours of
    dates that would be open; those of "opened" open every date. With "weekly" the weekly hours in `week`
    stand in the place of the calendar's own.
    """

    on: When
    change: Change
    windows: Spans = NOTHING
    name: str = ""
    week: Hours | None = None

    def __post_init__(self) -> None:
        """Check that it names dates: a datetime is an instant, and no date."""
        if not isinstance(self.on, DateRange | Yearly | Relative | Recurring) and type(self.on) is not date:
            raise _no_dates(self.on)
        is_weekly = isinstance(self.week, Hours) and not self.windows
        if (
            self.change not in get_args(Change)
            or not isinstance(self.windows, tuple)
            or is_weekly != (self.change == "weekly")
        ):
            raise SpecialDayError(
                "special_day_hours_invalid",
                "this is no change of a date's hours",
                given=(self.change, self.windows),
                accepts='what SpecialDay.of("2026-12-24", "09:00-13:00") makes',
                where="special_days",
            )

    @classmethod
    def of(cls, on: "When | str", hours: str, *, name: str = "", start: date | None = None) -> "SpecialDay":
        """Return the exception that a key and hours say.

        `hours` is "closed", windows that replace the hours ("09:00-13:00"), windows that open closed dates
        too ("open 09:00-13:00"), windows to add ("+18:00-20:00") or to remove ("-12:00-13:00"), or weekly
        hours ("Mon-Fri 08:00-14:00"). Raises SpecialDayError.

        >>> SpecialDay.of("2026-12-24", "09:00-13:00", name="Christmas Eve").change
        'replaced'
        >>> print(SpecialDay.of("07-01..08-31", "Mon-Fri 08:00-14:00", name="summer hours").week)
        Mon-Fri 08:00-14:00
        """
        if start is not None and not isinstance(on, str):
            raise _no_start(on)
        when = _read_when(on, start) if isinstance(on, str) else on
        where = f"special_days.{on}" if isinstance(on, str | date) else "special_days"
        try:
            return _read_change(when, hours, name)
        except HoursError as error:
            raise SpecialDayError(
                "special_day_hours_invalid", error.problem, given=hours, accepts=_HOURS_ACCEPT, where=where
            ) from None

    @property
    def opens(self) -> bool:
        """Whether it can open a closed date."""
        if self.week is not None:
            return bool(self.week.every_window)
        return self.change in {"opened", "added"} or (self.change == "replaced" and isinstance(self.on, date))

    def apply(self, windows: Spans) -> Spans:
        """Return what becomes of a date's windows; weekly hours are no change of one date."""
        match self.change:
            case "closed":
                return NOTHING
            case "replaced":
                return self.windows if windows or self.opens else NOTHING
            case "opened":
                return self.windows
            case "added":
                return union((*windows, *self.windows))
            case "removed":
                return difference(windows, self.windows)
            case "weekly":
                return windows
            case _ as never:
                assert_never(never)

    def says_as(self, other: "SpecialDay") -> bool:
        """Tell whether the other does the same to a date."""
        return (self.change, self.windows, self.week) == (other.change, other.windows, other.week)


@dataclass(frozen=True, slots=True)
class Absence:
    """A planned absence, from instant to instant: closed whatever the hours say, spills past midnight too."""

    start: datetime
    end: datetime
    name: str = ""

    def __post_init__(self) -> None:
        """Check that both are exact instants, in order."""
        if to_us(self.start, "absence.start") >= to_us(self.end, "absence.end"):
            raise SpecialDayError(
                "absence_reversed",
                "the absence ends before it starts",
                given=f"{self.start.isoformat()}..{self.end.isoformat()}",
                accepts="a start before the end",
                where="absences",
            )

    @property
    def span(self) -> Span:
        """The absence in microseconds UTC."""
        return to_us(self.start), to_us(self.end)


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
        self._recurring: list[tuple[Recurring, SpecialDay]] = []
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
                    self._recurring.append((special.on, special))
                case date():
                    _put_once(self._singles, special.on, special)
                case _ as never:
                    assert_never(never)
        self._ranges = _disjoint(ranges)
        self._starts = [dates.first for dates, _ in self._ranges]
        self._relative = sorted(relative, key=lambda pair: pair[0].rank)
        self._by_year: dict[int, dict[date, SpecialDay]] = {}
        self._refuse_overlaps()

    def on(self, day: date) -> SpecialDay | None:
        """Return the one that speaks for the date. Raises SpecialDayError where two holidays' days contradict."""
        at = (day.month, day.day)
        found = self._singles.get(day) or self._in_range(day) or self._yearly.get(at) or self._yearly_ranges.get(at)
        if found is None and self._relative:
            found = self._relative_in(day.year).get(day)
        if found is None:
            found = next((special for dates, special in self._recurring if day in dates), None)
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

    def _refuse_overlaps(self) -> None:
        seen: dict[date, SpecialDay] = {}
        if len(self._recurring) > 1:
            for dates, special in self._recurring:
                for day in sorted(dates.until(LAST_DATE.year)):
                    _put_once(seen, day, special)


def read_special_days(given: "Mapping[str, str] | Iterable[SpecialDay]") -> tuple[SpecialDay, ...]:
    """Return special days from a mapping of dates to hours, or as they are. Raises SpecialDayError."""
    if isinstance(given, Mapping):
        return tuple(SpecialDay.of(on, hours) for on, hours in given.items())
    return all_of(SpecialDay, given, "special_days", ', or a mapping such as {"2026-12-24": "09:00-13:00"}')


def all_of(kind: type[T], given: object, where: str, or_else: str = "") -> tuple[T, ...]:
    """Return several values of one kind as a tuple. Raises SpecialDayError for anything else."""
    values = tuple(given) if isinstance(given, Iterable) else (given,)
    if not isinstance(given, Iterable) or not all(isinstance(value, kind) for value in values):
        raise SpecialDayError(
            "special_days_invalid",
            f"these are not {kind.__name__} values",
            given=given,
            accepts=f"a list of {kind.__name__}{or_else}",
            where=where,
        )
    return values


def last_dated(when: When) -> date | None:
    """Return the last date, or None when it comes back for ever."""
    match when:
        case DateRange():
            return when.last
        case Yearly() | Relative():
            return None
        case Recurring():
            return when.last
        case date():
            return when
        case _ as never:
            assert_never(never)


def first_dated(when: When) -> date | None:
    """Return the first date, or None when there is one in every year."""
    match when:
        case DateRange():
            return when.first
        case Yearly() | Relative():
            return None
        case Recurring():
            return None if when.last is None else when.first
        case date():
            return when
        case _ as never:
            assert_never(never)


def format_when(when: When) -> str:
    """Return the key of dates, as `SpecialDay.of` reads it.

    >>> format_when(Yearly((12, 24), (1, 2)))
    '12-24..01-02'
    """
    match when:
        case DateRange():
            return f"{when.first}..{when.last}"
        case Yearly():
            first, last = (f"{month:02}-{day:02}" for month, day in (when.first, when.last))
            return first if first == last else f"{first}..{last}"
        case Relative():
            return str(when)
        case Recurring():
            return when.rule
        case date():
            return when.isoformat()
        case _ as never:
            assert_never(never)


_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_YEARLY: Final = re.compile(r"(\d\d)-(\d\d)", re.ASCII)


def _read_when(key: str, start: date | None) -> When:
    if "FREQ" in key:
        return Recurring(key, start)
    if start is not None:
        raise _no_start(key)
    first, dots, last = key.partition("..")
    if match := _YEARLY.fullmatch(first):
        until = _YEARLY.fullmatch(last) if dots else match
        if until:
            return Yearly((int(match[1]), int(match[2])), (int(until[1]), int(until[2])))
    elif match := _DATE.fullmatch(first):
        until = _DATE.fullmatch(last) if dots else match
        if until:
            begin, end = (_date_of(int(m[1]), int(m[2]), int(m[3]), key) for m in (match, until))
            return DateRange(begin, end) if dots else begin
    elif (relative := read_relative(key)) is not None:
        return relative
    raise _no_dates(key)


def _no_start(given: object) -> SpecialDayError:
    return SpecialDayError(
        "recurrence_start_unused",
        "only a recurrence in text has a start",
        given=given,
        accepts=_KEY_ACCEPTS,
        where="special_days",
    )


def _no_dates(given: object, accepts: str = _KEY_ACCEPTS) -> SpecialDayError:
    return SpecialDayError(
        "special_day_date_invalid", "this names no dates", given=given, accepts=accepts, where="special_days"
    )


def _date_of(year: int, month: int, day: int, given: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise SpecialDayError(
            "special_day_date_invalid",
            f"there is no such date: {error}",
            given=given,
            accepts=_KEY_ACCEPTS,
            where="special_days",
        ) from None


def _read_change(when: When, hours: str, name: str) -> SpecialDay:
    text = hours.strip() if isinstance(hours, str) else hours
    if isinstance(text, str) and _is_weekly(text):
        return SpecialDay(when, "weekly", name=name, week=Hours.parse(text))
    sign = next((sign for sign in _SIGNS if isinstance(text, str) and text.startswith(sign)), "")
    windows = read_windows(text.removeprefix(sign) if sign else text)
    if sign and not windows:
        raise HoursError("hours_empty", "nothing to open, to add or to remove", given=hours)
    return SpecialDay(when, _SIGNS.get(sign, "replaced" if windows else "closed"), windows, name)


_SIGNS: Final[dict[str, Change]] = {"+": "added", "-": "removed", "open ": "opened"}


def _is_weekly(text: str) -> bool:
    """Tell whether the hours begin with a day of the week, as weekly notation does."""
    return text == "24/7" or re.split(r"[ ,-]", text, maxsplit=1)[0] in DAY_NAMES


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
