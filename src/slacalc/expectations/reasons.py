"""This module knows why an answer is not sooner: the closed time before it that would otherwise have been open.

A holiday on a closed Sunday delays nothing, and is no reason (rule 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from slacalc.business_time.instants import to_us, wall_us
from slacalc.calendars.hours import seconds_of_day
from slacalc.calendars.ledger import Kind, Segment
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.targets import (
    AnyTarget,
    BusinessDays,
    CalendarDays,
    CalendarHours,
    InsideOutside,
    Range,
    WorkdayHours,
)

__all__ = ["Reason", "ReasonKind", "why_later"]

ReasonKind: TypeAlias = Literal["holiday", "special_day", "absence", "cutoff", "weekend", "outside_hours"]
_NAMED: Final[dict[Kind, ReasonKind]] = {"holiday": "holiday", "special_day": "special_day", "absence": "absence"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is not sooner: the kind, the name of a holiday, special day or absence, and since when."""

    kind: ReasonKind
    name: str
    start: datetime


def why_later(
    target: AnyTarget, calendar: OpenTime, received: datetime, as_of: datetime, until: datetime
) -> Reason | None:
    """Return what most delays an answer between two instants, or None when nothing does.

    What has a name comes before a missed cutoff, that before a weekend, and hours at last: they
    are a reason only while nobody is there.
    """
    if to_us(as_of) >= to_us(until):
        return None
    closed = [s for s in _ledger(target, calendar, received, as_of, until) if s.kind != "counted"]
    named = next((s for s in closed if s.kind in _NAMED), None)
    if named is not None:
        return Reason(_NAMED[named.kind], named.name, named.start)
    if _missed_cutoff(target, calendar, received):
        return Reason("cutoff", "", received)
    weekend = next((s for s in closed if s.kind == "weekend"), None)
    if weekend is not None:
        return Reason("weekend", "", weekend.start)
    if closed and to_us(closed[0].start) <= to_us(as_of):
        return Reason("outside_hours", "", closed[0].start)
    return None


def _ledger(
    target: AnyTarget, calendar: OpenTime, received: datetime, as_of: datetime, until: datetime
) -> Iterable[Segment]:
    match _chosen(target, calendar, received):
        case CalendarHours() | CalendarDays():
            return ()
        case WorkdayHours():
            return calendar.workdays().explain(as_of, until)
        case _:
            return calendar.explain(as_of, until)


def _chosen(target: AnyTarget, calendar: OpenTime, received: datetime) -> AnyTarget:
    """Return the target that the due time comes from."""
    match target:
        case InsideOutside():
            return _chosen(target.chosen(calendar, received), calendar, received)
        case Range():
            return target.latest
        case _:
            return target


def _missed_cutoff(target: AnyTarget, calendar: OpenTime, received: datetime) -> bool:
    chosen = _chosen(target, calendar, received)
    if not isinstance(chosen, BusinessDays) or chosen.cutoff is None:
        return False
    start = to_us(calendar.roll_forward(received))
    day = calendar.working_dates().owner(start)
    return start >= wall_us(calendar.zone_info, day, seconds_of_day(chosen.cutoff))
