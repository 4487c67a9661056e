"""Targets that count an amount: of open time, of time on working dates, of real time."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar, TypeVar

from pydantic import Field

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import DAY_SECONDS, amount_us, clock_stands_still, from_us, to_us, wall_us
from slacalc.business_time.kept_by_date import Answer, Rows, kept_shift
from slacalc.calendars.holidays import Uncertain
from slacalc.calendars.ledger import Ledger, ledger_of
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece
from slacalc.policies.notation import Amount
from slacalc.policies.targets.kind import ColumnVerbs, PointKind

__all__ = ["BusinessHours", "CalendarHours", "WorkdayHours"]

C = TypeVar("C")


class _CountingKind(PointKind):
    """An amount of some kind of time."""

    amount: Amount

    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return what `due` says of a whole column."""
        counted: OpenTime | None = self.counted_in(calendar)
        if counted is None:
            return ask.add_real(calendar, starts, self.amount)
        return ask.add(counted, starts, self.amount)

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return the addition of the amount on the calendar that is counted."""
        counted: OpenTime | None = self.counted_in(calendar) if calendar.has_zone else None
        if counted is None:
            return super().answer_in(calendar, rows)
        add, amount = counted.add, self.amount
        return lambda received: add(received, amount)

    def is_after(self, other: PointKind) -> bool:
        """Tell whether it is more of the same kind of time."""
        return isinstance(other, type(self)) and self.amount > other.amount

    def __str__(self) -> str:
        """Return the phrase."""
        return f"{format_amount(self.amount)} in {self.named_by[0].replace('_', ' ')}"


class BusinessHours(_CountingKind):
    """An amount of open time. Due at the earliest instant by which it has passed; zero is the next open instant.

    >>> from slacalc import Calendar
    >>> from zoneinfo import ZoneInfo
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> print(BusinessHours(amount="4h").due(office, friday))
    2026-11-23 11:00:00+01:00
    """

    named_by: ClassVar[tuple[str, ...]] = ("business_hours",)
    amount: Amount = Field(validation_alias="business_hours", serialization_alias="business_hours")

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return `calendar.add(received, amount)`."""
        return calendar.add(received, self.amount)

    @property
    def open_amount(self) -> timedelta:
        """The amount."""
        return self.amount


class WorkdayHours(_CountingKind):
    """An amount of time on working dates, midnight to midnight, from receipt.

    24 hours from Friday 18:00 are 6 on Friday and 18 on Monday: due Monday 18:00.

    >>> from slacalc import Calendar
    >>> from zoneinfo import ZoneInfo
    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    >>> friday = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> print(WorkdayHours(amount="24h").due(office, friday))
    2026-11-23 18:00:00+01:00
    """

    named_by: ClassVar[tuple[str, ...]] = ("workday_hours",)
    amount: Amount = Field(validation_alias="workday_hours", serialization_alias="workday_hours")

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the earliest instant by which the amount has passed on working dates."""
        return calendar.workdays().add(received, self.amount)

    def counted_in(self, calendar: OpenTime) -> OpenTime:
        """Return the calendar that is open all day on working dates."""
        return calendar.workdays()


class CalendarHours(_CountingKind):
    """An amount of real time, in the zone of the calendar; weekends and clock changes included."""

    named_by: ClassVar[tuple[str, ...]] = ("calendar_hours",)
    amount: Amount = Field(validation_alias="calendar_hours", serialization_alias="calendar_hours")

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the instant that the amount of real time after `received`."""
        return from_us(self._span(calendar, received)[1], calendar.zone_info)

    def explain(self, calendar: OpenTime, received: datetime) -> Ledger:
        """Return the ledger from receipt to due: all of it counts."""
        start, due = self._span(calendar, received)
        return ledger_of((Piece(start, due, "counted"),), start, due, calendar.zone_info)

    def _span(self, calendar: OpenTime, received: datetime) -> tuple[int, int]:
        start = to_us(received, "received")
        due = start + amount_us(self.amount)
        calendar.refuse_beyond(start, due)
        return start, due

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return the addition of the amount to what the clock reads, where it is not moved meanwhile."""
        zone, amount = calendar.zone_info, amount_us(self.amount)

        def is_exact(day: date) -> bool:
            start, end = wall_us(zone, day), wall_us(zone, day, DAY_SECONDS) + amount
            calendar.refuse_beyond(start, end)
            return clock_stands_still(zone, start, end)

        return kept_shift(partial(self.due, calendar), self.amount, is_exact, zone, rows)

    def depends_on(self, calendar: OpenTime, origin: datetime, due: datetime) -> tuple[Uncertain, ...]:
        """Return nothing: calendar hours run on whatever the holidays are."""
        return ()

    def counted_in(self, calendar: OpenTime) -> None:
        """Return nothing: all time counts."""
