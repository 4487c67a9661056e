"""Targets that name a point of a date: so many working dates, or dates, after the one of receipt."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar, Final, Literal, TypeVar

from pydantic import Field

from slacalc.business_time.instants import (
    DAY_SECONDS,
    SECOND,
    clock_stands_still,
    from_us,
    local_date,
    stands_still_near,
    time_into,
    to_us,
    wall_us,
)
from slacalc.business_time.kept_by_date import Answer, Rows, kept_by_date, kept_shift
from slacalc.calendars.hours import seconds_of_day
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.working_dates import WorkingDates
from slacalc.policies.notation import BY_WORDS, By, TimeOfDay
from slacalc.policies.targets.kind import REAL_TIME, Clock, ColumnVerbs, PointKind

__all__ = ["BusinessDays", "CalendarDays"]

C = TypeVar("C")

_SPILL: Final = timedelta(days=3)
"""No window of a date reaches further past its midnight."""


class BusinessDays(PointKind):
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

    named_by: ClassVar[tuple[str, ...]] = ("business_days",)

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

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return `due`, kept by date unless it follows the time of receipt."""
        if self.by == "same_time" or not calendar.has_zone:
            return super().answer_in(calendar, rows)
        return kept_by_date(partial(self.due, calendar), partial(self._turns, calendar), calendar.zone_info, rows)

    def _turns(self, calendar: OpenTime, day: date) -> Iterator[int]:
        """Return where windows begin and end that can reach into a date, and what passes to another working date."""
        dates, zone = calendar.working_dates(), calendar.zone_info
        calendar.refuse_beyond(wall_us(zone, day - _SPILL), wall_us(zone, day, DAY_SECONDS))
        for back in range(_SPILL.days + 1):
            near = day - timedelta(back)
            if owned := dates.owned(near):
                yield from (edge for span in owned for edge in span)
                yield self._point(dates, near, 0) + 1
                if self.cutoff is not None:
                    yield wall_us(zone, near, seconds_of_day(self.cutoff))

    def point_from(self, calendar: OpenTime, received: datetime, at: int) -> int:
        """Return the first point of `by` on a working date at or after an instant, of what was received at another."""
        dates, zone = calendar.working_dates(), calendar.zone_info
        start = to_us(calendar.roll_forward(received))
        same_time = time_into(zone, dates.owner(start), start)
        day = dates.after(local_date(at, zone) - _SPILL, 1)
        while (point := self._point(dates, day, same_time)) < at:
            day = dates.after(day, 1)
        return point

    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return what `due` says of a whole column."""
        return ask.on_working_dates(self, calendar, starts)

    def is_after(self, other: PointKind) -> bool:
        """Tell whether it is a later date, or a later point of the same."""
        return isinstance(other, BusinessDays) and _is_after(self.days, self.by, other.days, other.by)

    @property
    def times_in_hours(self) -> tuple[tuple[Literal["cutoff", "by"], str], ...]:
        """The cutoff, and `by` where it is a time."""
        cutoff: tuple[tuple[Literal["cutoff"], str], ...] = () if self.cutoff is None else (("cutoff", self.cutoff),)
        return cutoff if self.by in BY_WORDS else (*cutoff, ("by", self.by))

    def missed_cutoff(self, calendar: OpenTime, received: datetime) -> datetime | None:
        """Return the cutoff of the date of receipt, if the effective start is at or after it."""
        if self.cutoff is None:
            return None
        start = to_us(calendar.roll_forward(received))
        day = calendar.working_dates().owner(start)
        cutoff = wall_us(calendar.zone_info, day, seconds_of_day(self.cutoff))
        missed = start >= cutoff and day == local_date(to_us(received), calendar.zone_info)
        return from_us(cutoff, calendar.zone_info) if missed else None

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


class CalendarDays(PointKind):
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

    named_by: ClassVar[tuple[str, ...]] = ("calendar_days",)

    days: int = Field(
        ge=0, le=100_000, strict=True, validation_alias="calendar_days", serialization_alias="calendar_days"
    )
    by: By = "same_time"

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the instant of `by` on the date."""
        dates, zone = calendar.working_dates(), calendar.zone_info
        start = to_us(received, "received")
        calendar.refuse_beyond(start, start)
        local = from_us(start, zone)
        day = dates.later(local.date(), self.days)
        if self.by == "same_time" and stands_still_near(local):
            later = local + timedelta(self.days)
            if stands_still_near(later):
                return later
        same_time = time_into(zone, local.date(), start)
        while (point := self._point(dates, day, same_time)) < start:
            day = dates.later(day, 1)
        return from_us(point, zone)

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return `due`: kept by date, or the addition of the dates to what the clock reads."""
        if not calendar.has_zone:
            return super().answer_in(calendar, rows)
        ask, zone = partial(self.due, calendar), calendar.zone_info
        if self.by == "same_time":
            return kept_shift(ask, timedelta(self.days), partial(self._stands_still, calendar), zone, rows)
        return kept_by_date(ask, partial(self._turns, calendar), zone, rows)

    def _turns(self, calendar: OpenTime, day: date) -> Iterator[int]:
        """Return where the point of a date passes to the next."""
        calendar.refuse_beyond(wall_us(calendar.zone_info, day), wall_us(calendar.zone_info, day, DAY_SECONDS))
        yield self._point(calendar.working_dates(), day, 0) + 1

    def _stands_still(self, calendar: OpenTime, day: date) -> bool:
        """Tell whether no clock is moved around a date and around the one that is counted to."""
        zone = calendar.zone_info
        ends = [
            (wall_us(zone, each), wall_us(zone, each, DAY_SECONDS))
            for each in (day, calendar.working_dates().later(day, self.days))
        ]
        calendar.refuse_beyond(ends[0][0], ends[1][1])
        return all(clock_stands_still(zone, *each) for each in ends)

    def point_from(self, calendar: OpenTime, received: datetime, at: int) -> int:
        """Return the first point of `by` on a date at or after an instant, of what was received at another."""
        dates, zone = calendar.working_dates(), calendar.zone_info
        start = to_us(received, "received")
        same_time = time_into(zone, local_date(start, zone), start)
        day = local_date(at, zone) - _SPILL
        while (point := self._point(dates, day, same_time)) < at:
            day = dates.later(day, 1)
        return point

    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return what `due` says of a whole column."""
        return ask.on_dates(self, calendar, starts)

    def pause_clock(self, calendar: OpenTime) -> Clock:
        """Return real time: a pause at night puts off a date, too."""
        return REAL_TIME

    def closed_in(self, calendar: OpenTime) -> None:
        """Return nothing: every date counts."""

    def is_after(self, other: PointKind) -> bool:
        """Tell whether it is a later date, or a later point of the same."""
        return isinstance(other, CalendarDays) and _is_after(self.days, self.by, other.days, other.by)

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


def _is_after(days: int, by: str, other_days: int, other_by: str) -> bool:
    return days > other_days or (days == other_days and _is_later_in_day(by, other_by))


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
