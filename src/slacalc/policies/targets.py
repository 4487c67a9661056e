"""The kinds of target: each turns a calendar and an instant of receipt into a due time.

A target names its clock, because "one day" does not (rule 7). *Counting* targets measure an
amount: `BusinessHours` (open time), `WorkdayHours` (00:00-24:00 on working dates),
`CalendarHours` (real time). *Date-like* targets name a point of a date: `BusinessDays`,
`CalendarDays`, `NextOpening`. `Range` has an earliest and a latest; `InsideOutside` chooses
by whether the ticket came in open time.
"""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Final, Literal, Protocol, Self, TypeAlias, assert_never

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_serializer, model_validator

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import (
    DAY_SECONDS,
    SECOND,
    amount_us,
    from_us,
    local_date,
    time_into,
    to_us,
    wall_us,
)
from slacalc.calendars.hours import seconds_of_day
from slacalc.calendars.ledger import Ledger, ledger_of
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece
from slacalc.calendars.working_dates import WorkingDates
from slacalc.errors import PolicyError
from slacalc.policies.notation import BY_WORDS, Amount, By, FrozenModel, TimeOfDay

__all__ = [
    "BusinessDays",
    "BusinessHours",
    "CalendarDays",
    "CalendarHours",
    "Clock",
    "CountingTarget",
    "InsideOutside",
    "NextOpening",
    "PointTarget",
    "Range",
    "SimpleTarget",
    "Target",
    "WorkdayHours",
    "clock_of",
    "explain",
]


class Explained(FrozenModel):
    """What every kind of target can do beside being due."""

    def explain(self, calendar: OpenTime, received: datetime) -> Ledger:
        """Return the ledger from receipt to due in the target's own clock; for date-like targets in open time.

        >>> from slacalc import Calendar
        >>> from zoneinfo import ZoneInfo
        >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
        >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
        >>> print(WorkdayHours(amount="24h").explain(office, friday))
        from                  to                    wall  counted  reason
        Fri 2026-11-20 15:00  Sat 2026-11-21 00:00    9h       9h  counted
        Sat 2026-11-21 00:00  Mon 2026-11-23 00:00   48h           weekend
        Mon 2026-11-23 00:00  Mon 2026-11-23 15:00   15h      15h  counted
                                                     72h      24h  total
        """
        return explain(self, calendar, received)  # type: ignore[arg-type]  # each subclass is one of the union


class BusinessHours(Explained):
    """An amount of open time. Due at the earliest instant by which it has passed; zero is the next open instant.

    >>> from slacalc import Calendar
    >>> from zoneinfo import ZoneInfo
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> print(BusinessHours(amount="4h").due(office, friday))
    2026-11-23 11:00:00+01:00
    """

    amount: Amount = Field(validation_alias="business_hours", serialization_alias="business_hours")

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return `calendar.add(received, amount)`."""
        return calendar.add(received, self.amount)

    def __str__(self) -> str:
        """Return the phrase."""
        return f"{format_amount(self.amount)} in business hours"


class WorkdayHours(Explained):
    """An amount of time on working dates, midnight to midnight, from receipt.

    24 hours from Friday 18:00 are 6 on Friday and 18 on Monday: due Monday 18:00.

    >>> from slacalc import Calendar
    >>> from zoneinfo import ZoneInfo
    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    >>> friday = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> print(WorkdayHours(amount="24h").due(office, friday))
    2026-11-23 18:00:00+01:00
    """

    amount: Amount = Field(validation_alias="workday_hours", serialization_alias="workday_hours")

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the earliest instant by which the amount has passed on working dates."""
        return calendar.workdays().add(received, self.amount)

    def __str__(self) -> str:
        """Return the phrase."""
        return f"{format_amount(self.amount)} in workday hours"


class CalendarHours(Explained):
    """An amount of real time, in the zone of the calendar; weekends and clock changes included."""

    amount: Amount = Field(validation_alias="calendar_hours", serialization_alias="calendar_hours")

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the instant that the amount of real time after `received`."""
        start = to_us(received, "received")
        due = start + amount_us(self.amount)
        calendar.refuse_beyond(start, due)
        return from_us(due, calendar.zone_info)

    def __str__(self) -> str:
        """Return the phrase."""
        return f"{format_amount(self.amount)} in calendar hours"


class BusinessDays(Explained):
    """A point of the working date that is `days` working dates after the one of the effective start (rule 7a).

    The effective start is the first open instant at or after receipt; the working date that
    owns it is day 0. `by` is "close", "opening", a time ("12:00"), or "same_time" (that of
    the effective start); it is clamped to the first opening and last close of its date, and a
    point before the effective start passes to the next working date. An effective start at
    or after `cutoff` means one day more.

    >>> from slacalc import Calendar
    >>> from zoneinfo import ZoneInfo
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00; Sat 09:00-12:00")
    >>> at_four = datetime(2026, 11, 20, 16, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> print(BusinessDays(days=0, by="close", cutoff="16:00").due(office, at_four))
    2026-11-21 12:00:00+01:00
    """

    days: int = Field(
        ge=0, le=10_000, strict=True, validation_alias="business_days", serialization_alias="business_days"
    )
    by: By = "close"
    cutoff: TimeOfDay | None = None

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the instant of `by` on the working date."""
        dates, zone = calendar.working_dates(), calendar.zone_info
        start = to_us(calendar.roll_forward(received))
        first = dates.owner(start)
        late = self.cutoff is not None and start >= wall_us(zone, first, seconds_of_day(self.cutoff))
        same_time = time_into(zone, first, start)
        day = dates.after(first, self.days + late)
        while (point := self._point(dates, day, same_time)) < start:
            day = dates.after(day, 1)
        return from_us(point, zone)

    def _point(self, dates: WorkingDates, day: date, same_time: int) -> int:
        owned = dates.owned(day)
        opening, close = owned[0][0], owned[-1][1]
        match self.by:
            case "close":
                return close
            case "opening":
                return opening
            case "same_time":
                wanted = wall_us(dates.zone, day, *divmod(same_time, SECOND))
            case _:
                wanted = wall_us(dates.zone, day, seconds_of_day(self.by))
        return max(opening, min(wanted, close))

    def __str__(self) -> str:
        """Return the phrase."""
        cutoff = f", cutoff {self.cutoff}" if self.cutoff else ""
        return f"{_days(self.days, 'business day')} {_by(self.by)}{cutoff}"


class CalendarDays(Explained):
    """A point of the date that is `days` dates of the zone after the date of receipt.

    `by` is "same_time" (that of receipt), a time (up to "24:00", the end of the date),
    "close" or "opening" (of a date without open time: its end, its start). A point before
    receipt passes to the next date.

    >>> from slacalc import Calendar
    >>> from zoneinfo import ZoneInfo
    >>> always = Calendar("Europe/Berlin", "24/7")
    >>> delivered = datetime(2026, 11, 2, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> print(CalendarDays(days=30, by="24:00").due(always, delivered))
    2026-12-03 00:00:00+01:00
    """

    days: int = Field(
        ge=0, le=100_000, strict=True, validation_alias="calendar_days", serialization_alias="calendar_days"
    )
    by: By = "same_time"

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the instant of `by` on the date."""
        dates, zone = calendar.working_dates(), calendar.zone_info
        start = to_us(received, "received")
        calendar.refuse_beyond(start, start)
        first = local_date(start, zone)
        same_time = time_into(zone, first, start)
        day = dates.later(first, self.days)
        while (point := self._point(dates, day, same_time)) < start:
            day = dates.later(day, 1)
        return from_us(point, zone)

    def _point(self, dates: WorkingDates, day: date, same_time: int) -> int:
        match self.by:
            case "close" | "opening":
                owned = dates.owned(day) or ((wall_us(dates.zone, day), wall_us(dates.zone, day, DAY_SECONDS)),)
                return owned[-1][1] if self.by == "close" else owned[0][0]
            case "same_time":
                return wall_us(dates.zone, day, *divmod(same_time, SECOND))
            case _:
                return wall_us(dates.zone, day, seconds_of_day(self.by))

    def __str__(self) -> str:
        """Return the phrase."""
        return f"{_days(self.days, 'calendar day')} {_by(self.by)}"


def _only_true(value: object) -> object:
    """Refuse what is equal to true, as 1 is, and is not true."""
    return "not true" if value is not True else value


class NextOpening(Explained):
    """The next open instant: now when open."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra={"required": ["next_opening"]})

    next_opening: Annotated[Literal[True], BeforeValidator(_only_true)] = True

    @model_serializer
    def _named(self) -> dict[str, bool]:
        """Keep the key that names the kind, though it is always true."""
        return {"next_opening": True}

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return `calendar.roll_forward(received)`."""
        return calendar.roll_forward(received)

    def __str__(self) -> str:
        """Return the phrase."""
        return "next opening"


CountingTarget: TypeAlias = BusinessHours | WorkdayHours | CalendarHours
PointTarget: TypeAlias = CountingTarget | BusinessDays | CalendarDays | NextOpening


def _kind_of(value: Any) -> str | None:  # noqa: ANN401 - pydantic hands over whatever was given
    """Return which kind of target a table names by its keys, or None."""
    if isinstance(value, FrozenModel):
        return type(value).__name__
    if not isinstance(value, dict):
        return None
    named = [kind for key, kind in _KEYS.items() if key in value]
    return named[0] if len(set(named)) == 1 else None


_KEYS: Final = {
    "business_hours": "BusinessHours",
    "workday_hours": "WorkdayHours",
    "calendar_hours": "CalendarHours",
    "business_days": "BusinessDays",
    "calendar_days": "CalendarDays",
    "next_opening": "NextOpening",
    "earliest": "Range",
    "latest": "Range",
    "inside": "InsideOutside",
    "outside": "InsideOutside",
}

_Points: TypeAlias = (
    Annotated[BusinessHours, Tag("BusinessHours")]
    | Annotated[WorkdayHours, Tag("WorkdayHours")]
    | Annotated[CalendarHours, Tag("CalendarHours")]
    | Annotated[BusinessDays, Tag("BusinessDays")]
    | Annotated[CalendarDays, Tag("CalendarDays")]
    | Annotated[NextOpening, Tag("NextOpening")]
)
_Point = Annotated[_Points, Discriminator(_kind_of)]


class Range(Explained):
    """From an earliest to a latest point, as in "24 to 48 hours": due is the latest."""

    earliest: _Point
    latest: _Point

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if _is_reversed(self.earliest, self.latest):
            raise PolicyError(
                "range_reversed",
                "the earliest is after the latest",
                given=f"{self.earliest} .. {self.latest}",
                accepts="an earliest at or before the latest",
            )
        return self

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the latest point."""
        return self.latest.due(calendar, received)

    def __str__(self) -> str:
        """Return the phrase."""
        return f"{self.earliest} to {self.latest}"


SimpleTarget: TypeAlias = PointTarget | Range
_Simple = Annotated[_Points | Annotated[Range, Tag("Range")], Discriminator(_kind_of)]


class InsideOutside(Explained):
    """One target for what is received in open time, another for the rest."""

    inside: _Simple
    outside: _Simple

    def chosen(self, calendar: OpenTime, received: datetime) -> SimpleTarget:
        """Return the target for this instant of receipt: at opening is inside, at closing outside."""
        return self.inside if calendar.is_open(received) else self.outside

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the due time of the target that is chosen."""
        return self.chosen(calendar, received).due(calendar, received)

    def __str__(self) -> str:
        """Return the phrase."""
        return f"inside hours {self.inside}, outside {self.outside}"


AnyTarget: TypeAlias = SimpleTarget | InsideOutside
Target = Annotated[
    _Points | Annotated[Range, Tag("Range")] | Annotated[InsideOutside, Tag("InsideOutside")], Discriminator(_kind_of)
]


class Clock(Protocol):
    """A kind of time that can be counted, in microseconds."""

    def add(self, t: int, amount: int) -> int:
        """Return the earliest instant with so much counted since `t`."""

    def elapsed(self, start: int, end: int) -> int:
        """Return what is counted between two instants."""


class RealTime:
    """The clock of calendar hours: everything counts."""

    def add(self, t: int, amount: int) -> int:
        """Return the instant so much later."""
        return t + amount

    def elapsed(self, start: int, end: int) -> int:
        """Return the time between."""
        return end - start


def clock_of(target: PointTarget, calendar: OpenTime) -> Clock:
    """Return the clock that a target counts by; date-like ones are explained in open time."""
    match target:
        case BusinessHours() | BusinessDays() | CalendarDays() | NextOpening():
            return calendar.timeline
        case WorkdayHours():
            return calendar.workdays().timeline
        case CalendarHours():
            return RealTime()


def earliest(target: AnyTarget, calendar: OpenTime, received: datetime) -> datetime | None:
    """Return the earliest instant of a range, or None for other targets. Raises PolicyError when it is after due."""
    match target:
        case InsideOutside():
            return earliest(target.chosen(calendar, received), calendar, received)
        case Range():
            first, last = target.earliest.due(calendar, received), target.due(calendar, received)
            if to_us(first) > to_us(last):
                raise PolicyError(
                    "range_reversed",
                    "the earliest is after the latest",
                    given=f"{first} .. {last}",
                    accepts="a range in order for every receipt",
                )
            return first
        case BusinessHours() | WorkdayHours() | CalendarHours() | BusinessDays() | CalendarDays() | NextOpening():
            return None
        case _ as never:
            assert_never(never)


def explain(target: AnyTarget, calendar: OpenTime, received: datetime) -> Ledger:
    """Return the ledger from receipt to due in the target's own clock; for date-like targets in open time."""
    match target:
        case InsideOutside():
            return explain(target.chosen(calendar, received), calendar, received)
        case Range():
            return explain(target.latest, calendar, received)
        case WorkdayHours():
            return calendar.workdays().explain(received, target.due(calendar, received))
        case CalendarHours():
            start, end = to_us(received), to_us(target.due(calendar, received))
            return ledger_of([Piece(start, end, "counted")], start, end, calendar.zone_info)
        case BusinessHours() | BusinessDays() | CalendarDays() | NextOpening():
            return calendar.explain(received, target.due(calendar, received))
        case _ as never:
            assert_never(never)


def _is_reversed(earliest: PointTarget, latest: PointTarget) -> bool:
    """Tell whether two targets of one kind are in the wrong order; the order of two kinds depends on the receipt."""
    if type(earliest) is not type(latest):
        return False
    if isinstance(earliest, CountingTarget) and isinstance(latest, CountingTarget):
        return earliest.amount > latest.amount
    if isinstance(earliest, BusinessDays | CalendarDays) and isinstance(latest, BusinessDays | CalendarDays):
        same_day = earliest.days == latest.days
        return earliest.days > latest.days or (same_day and _is_later_in_day(earliest.by, latest.by))
    return False


def _is_later_in_day(by: str, other: str) -> bool:
    if by in BY_WORDS or other in BY_WORDS:
        return (by, other) == ("close", "opening")
    return seconds_of_day(by) > seconds_of_day(other)


def _days(number: int, noun: str) -> str:
    if not number:
        return f"the same {noun}"
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _by(by: str) -> str:
    return "at the same time" if by == "same_time" else f"by {by}"
