"""The kinds of target that are one point in time: a new one is added here."""

from typing import Annotated, TypeAlias

from slacalc.policies.targets.days import BusinessDays, CalendarDays
from slacalc.policies.targets.hours import BusinessHours, CalendarHours, WorkdayHours
from slacalc.policies.targets.kind import ByKey
from slacalc.policies.targets.opening import NextOpening

__all__ = ["CountingTarget", "Point", "PointTarget"]

CountingTarget: TypeAlias = BusinessHours | WorkdayHours | CalendarHours
PointTarget: TypeAlias = CountingTarget | BusinessDays | CalendarDays | NextOpening
Point = Annotated[PointTarget, ByKey()]
