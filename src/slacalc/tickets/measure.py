"""This module knows when a clock is due that was paused and given other targets: integers, and no events.

A clock runs under *regimes*: from an instant on, a target on a calendar. Pauses are spans, the
last of which may still be open. A counting target counts its own kind of time (rule 7); a
pause takes out exactly what it would have counted, and only a pause that begins before due
takes out anything (rule 8). Another target counts anew what has passed since the origin, on
the calendars in force then, and is never due before it was made (rule 9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, Protocol, TypeAlias

from slacalc.business_time.instants import amount_us, from_us, to_us
from slacalc.business_time.spans import Span, Spans, clip, difference, union
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.targets import (
    AnyTarget,
    BusinessDays,
    BusinessHours,
    CalendarDays,
    CalendarHours,
    CountingTarget,
    InsideOutside,
    NextOpening,
    PointTarget,
    Range,
    WorkdayHours,
)

__all__ = ["FOREVER", "Measured", "Regime", "clock_of", "earliest", "measure", "point_of"]

FOREVER: Final = 10**18
"""The end of a pause that is not over."""


class Regime(NamedTuple):
    """A target on a calendar, in force from an instant on."""

    start: int
    target: AnyTarget
    calendar: OpenTime


@dataclass(frozen=True, slots=True)
class Measured:
    """When a clock is due, or how much remains while it is paused; and the pauses that took something out."""

    due: int | None
    remaining: int
    pauses: Spans
    resumes_with: "Clock"


class Clock(Protocol):
    """A kind of time that can be counted."""

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


Regimes: TypeAlias = Sequence[Regime]


def measure(regimes: Regimes, pauses: Spans) -> Measured:
    """Return when the target of the last regime is due, for a clock that began with the first."""
    target = point_of(regimes)
    if isinstance(target, CountingTarget):
        return _counted(target, regimes, pauses)
    calendar, origin = regimes[-1].calendar, regimes[0].start
    due = to_us(target.due(calendar, from_us(origin, calendar.zone_info)))
    made = regimes[-1].start
    return Measured(max(due, made) if len(regimes) > 1 else due, 0, Spans(()), calendar.timeline)


def earliest(regimes: Regimes, pauses: Spans) -> int | None:
    """Return when a range begins, over the same pauses; one already reached at a change stands (rule 8).

    None for other targets, and while a clock is paused before it.
    """
    reached: int | None = None
    for number, regime in enumerate(regimes, 1):
        if reached is None or reached > regime.start:
            reached = _earliest_under(regimes[:number], pauses)
    return reached if isinstance(_chosen(regimes), Range) else None


def _earliest_under(regimes: Regimes, pauses: Spans) -> int | None:
    chosen = _chosen(regimes)
    if not isinstance(chosen, Range):
        return None
    return measure((*regimes[:-1], regimes[-1]._replace(target=chosen.earliest)), pauses).due


def point_of(regimes: Regimes) -> PointTarget:
    """Return the target that judges: the last one, of inside/outside the branch, of a range the latest."""
    chosen = _chosen(regimes)
    return chosen.latest if isinstance(chosen, Range) else chosen


def clock_of(target: PointTarget, calendar: OpenTime) -> Clock:
    """Return the clock that a target counts by; date-like ones are explained in open time."""
    match target:
        case WorkdayHours():
            return calendar.workdays().timeline
        case CalendarHours():
            return RealTime()
        case BusinessHours() | BusinessDays() | CalendarDays() | NextOpening():
            return calendar.timeline


def _counted(target: CountingTarget, regimes: Regimes, pauses: Spans) -> Measured:
    clock = clock_of(target, regimes[-1].calendar)
    at = regimes[-1].start
    remaining = max(0, amount_us(target.amount) - _counted_before(target, regimes, pauses))
    taken: list[Span] = [pause for pause in pauses if pause[0] < at]
    for start, end in pauses:
        if end <= at:
            continue
        if start >= clock.add(at, remaining):
            break
        remaining -= clock.elapsed(at, max(start, at))
        taken.append((start, end))
        if end == FOREVER:
            return Measured(None, remaining, union(taken), clock)
        at = end
    return Measured(clock.add(at, remaining), remaining, union(taken), clock)


def _counted_before(target: CountingTarget, regimes: Regimes, pauses: Spans) -> int:
    """Return what the target's kind of time measures from the origin to the last change."""
    return sum(
        clock_of(target, before.calendar).elapsed(*span)
        for before, after in pairwise(regimes)
        for span in difference(union([(before.start, after.start)]), clip(pauses, before.start, after.start))
    )


def _chosen(regimes: Regimes) -> PointTarget | Range:
    """Return the last target; inside/outside chooses anew from the origin, on the new calendar."""
    target, calendar = regimes[-1].target, regimes[-1].calendar
    if isinstance(target, InsideOutside):
        return target.chosen(calendar, from_us(regimes[0].start, calendar.zone_info))
    return target
