"""Dated exceptions: special days, recurring ones, and absences from instant to instant.

A special day closes its dates, replaces their hours, opens them, or adds or removes windows;
with weekly hours it stands in their place for its dates. `speaking_day` tells which of several holds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias, TypeVar, assert_never, get_args

from slacalc.business_time.instants import to_us
from slacalc.business_time.spans import NOTHING, Span, Spans, difference, union
from slacalc.calendars.hours import DAY_NAMES, Hours, format_windows, read_windows
from slacalc.calendars.recurrence import Recurring
from slacalc.calendars.relative_days import Relative, read_relative
from slacalc.errors import HoursError, SpecialDayError

__all__ = [
    "Absence",
    "Change",
    "DateRange",
    "Recurring",
    "Relative",
    "SpecialDay",
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
        where = ("special_days", str(on)) if isinstance(on, str | date) else ("special_days",)
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

    @property
    def said_hours(self) -> str:
        """The hours as `SpecialDay.of` reads them.

        >>> SpecialDay.of("2026-12-24", "-12:00-13:00").said_hours
        '-12:00-13:00'
        """
        if self.week is not None:
            return str(self.week)
        sign = next((sign for sign, change in _SIGNS.items() if change == self.change), "")
        return f"{sign}{format_windows(self.windows)}" if self.windows else "closed"

    def says_as(self, other: "SpecialDay") -> bool:
        """Tell whether the other does the same to a date."""
        return (self.change, self.windows, self.week) == (other.change, other.windows, other.week)


@dataclass(frozen=True, slots=True, eq=False)
class Absence:
    """A planned absence, from instant to instant: closed whatever the hours say, spills past midnight too.

    Two are equal when their instants are, in whatever zones they are written.
    """

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

    def __eq__(self, other: object) -> bool:
        """Tell whether the other is of the same instants and name."""
        return (self.span, self.name) == (other.span, other.name) if isinstance(other, Absence) else NotImplemented

    def __hash__(self) -> int:
        """Hash the instants."""
        return hash(self.span)

    @property
    def span(self) -> Span:
        """The absence in microseconds UTC."""
        return to_us(self.start), to_us(self.end)


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
