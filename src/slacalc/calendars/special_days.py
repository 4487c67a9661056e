"""Dated exceptions: special days, recurring ones, and absences from instant to instant.

A special day closes its dates, replaces their hours, or adds or removes windows. Where
several fall on one date, one speaks: a single date before a range, a range before a yearly
date, a yearly date before a recurrence (rule 4); two of one kind on one date are refused.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias, TypeVar, assert_never, get_args

from slacalc.business_time.instants import LAST_DATE, to_us
from slacalc.business_time.spans import NOTHING, Span, Spans, difference, union
from slacalc.calendars.hours import read_windows
from slacalc.calendars.recurrence import Recurring
from slacalc.errors import HoursError, SpecialDayError

__all__ = [
    "Absence",
    "DateRange",
    "Recurring",
    "SpecialDay",
    "SpecialDays",
    "When",
    "Yearly",
    "first_dated",
    "last_dated",
    "read_special_days",
]

T = TypeVar("T")

_KEY_ACCEPTS: Final = (
    '"2026-12-24", "2026-12-24..2027-01-02", "12-24", "12-24..01-02", or a recurrence such as "FREQ=MONTHLY;BYDAY=-1FR"'
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


When: TypeAlias = date | DateRange | Yearly | Recurring
Change: TypeAlias = Literal["closed", "replaced", "added", "removed"]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """An exception: on which dates, what happens to their windows, and what it is called."""

    on: When
    change: Change
    windows: Spans = NOTHING
    name: str = ""

    def __post_init__(self) -> None:
        """Check that it names dates: a datetime is an instant, and no date."""
        if not isinstance(self.on, DateRange | Yearly | Recurring) and type(self.on) is not date:
            raise _no_dates(self.on)
        if self.change not in get_args(Change) or not isinstance(self.windows, tuple):
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

        `hours` is "closed", windows that replace the hours ("09:00-13:00"), or windows to
        add ("+18:00-20:00") or to remove ("-12:00-13:00"). Raises SpecialDayError.

        >>> SpecialDay.of("2026-12-24", "09:00-13:00", name="Christmas Eve").change
        'replaced'
        """
        if start is not None and not isinstance(on, str):
            raise _no_start(on)
        when = _read_when(on, start) if isinstance(on, str) else on
        where = f"special_days.{on}" if isinstance(on, str | date) else "special_days"
        try:
            change, windows = _read_change(hours)
        except HoursError as error:
            raise SpecialDayError(
                "special_day_hours_invalid",
                error.problem,
                given=hours,
                accepts='"closed", windows such as "09:00-13:00", "+18:00-20:00" to add, "-12:00-13:00" to remove',
                where=where,
            ) from None
        return cls(when, change, windows, name)

    @property
    def opens(self) -> bool:
        """Whether it can open a closed date."""
        return self.change in {"replaced", "added"}

    def apply(self, windows: Spans) -> Spans:
        """Return what becomes of a date's windows."""
        match self.change:
            case "closed":
                return NOTHING
            case "replaced":
                return self.windows
            case "added":
                return union((*windows, *self.windows))
            case "removed":
                return difference(windows, self.windows)
            case _ as never:
                assert_never(never)


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
    """The special days of a calendar, by date. Built once; it refuses two of one kind on one date."""

    __slots__ = ("_ranges", "_recurring", "_singles", "_starts", "_yearly")

    def __init__(self, special_days: Iterable[SpecialDay]) -> None:
        self._singles: dict[date, SpecialDay] = {}
        ranges: list[tuple[DateRange, SpecialDay]] = []
        self._yearly: dict[tuple[int, int], SpecialDay] = {}
        self._recurring: list[tuple[Recurring, SpecialDay]] = []
        for special in special_days:
            match special.on:
                case DateRange():
                    ranges.append((special.on, special))
                case Yearly():
                    for at in _days_of_year(special.on):
                        _put_once(self._yearly, at, special)
                case Recurring():
                    self._recurring.append((special.on, special))
                case date():
                    _put_once(self._singles, special.on, special)
                case _ as never:
                    assert_never(never)
        self._ranges = sorted(ranges, key=lambda pair: pair[0].first)
        self._starts = [dates.first for dates, _ in self._ranges]
        self._refuse_overlaps()

    def on(self, day: date) -> SpecialDay | None:
        """Return the one that speaks for the date."""
        found = self._singles.get(day) or self._in_range(day) or self._yearly.get((day.month, day.day))
        if found is None:
            found = next((special for dates, special in self._recurring if day in dates), None)
        return found

    @property
    def close_every_year(self) -> bool:
        """Whether the yearly ones close all 366 dates, whatever the hours are."""
        closing = [at for at, special in self._yearly.items() if not special.windows]
        return len(closing) == _DATES_OF_A_YEAR

    def _in_range(self, day: date) -> SpecialDay | None:
        i = bisect_right(self._starts, day) - 1
        return self._ranges[i][1] if i >= 0 and day <= self._ranges[i][0].last else None

    def _refuse_overlaps(self) -> None:
        for (earlier, _), (later, special) in pairwise(self._ranges):
            if later.first <= earlier.last:
                raise _twice(later.first, special)
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
        case Yearly():
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
        case Yearly():
            return None
        case Recurring():
            return None if when.last is None else when.first
        case date():
            return when
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


def _read_change(hours: str) -> tuple[Change, Spans]:
    if not isinstance(hours, str) or hours.strip()[:1] not in {"+", "-"}:
        windows = read_windows(hours)
        return ("replaced" if windows else "closed"), windows
    sign, windows = hours.strip()[0], read_windows(hours.strip()[1:])
    if not windows:
        raise HoursError("hours_empty", "nothing to add or to remove", given=hours)
    return ("added" if sign == "+" else "removed"), windows


def _days_of_year(yearly: Yearly) -> Iterator[tuple[int, int]]:
    for step in range(_DATES_OF_A_YEAR):
        day = date(2000, 1, 1) + step * _ONE_DAY
        if day in yearly:
            yield day.month, day.day


def _put_once(found: "dict[Any, SpecialDay]", at: object, special: SpecialDay) -> None:
    if at in found:
        raise _twice(at, special)
    found[at] = special


def _twice(at: object, special: SpecialDay) -> SpecialDayError:
    day = f"{at[0]:02}-{at[1]:02}" if isinstance(at, tuple) else str(at)
    kind = type(special.on).__name__
    return SpecialDayError(
        "special_day_twice",
        "two special days of one kind fall on one date",
        given=f"{day} ({kind})",
        accepts="one of a kind a date; a single date beats a range, a range a yearly date, that a recurrence",
        where="special_days",
    )
