"""Every kind of target: `Target` is what a policy promises. A new kind that is made of points is added here."""

from datetime import datetime
from functools import partial
from typing import Annotated, ClassVar, Literal, TypeAlias, TypeVar

from slacalc.business_time.instants import to_us
from slacalc.business_time.kept_by_date import Answer, Rows
from slacalc.calendars.ledger import Ledger
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.targets.kind import ByKey, ColumnVerbs, RangeAnswer, TargetKind
from slacalc.policies.targets.points import PointTarget
from slacalc.policies.targets.range import Range

__all__ = ["AnyTarget", "InsideOutside", "SimpleTarget", "Target"]

C = TypeVar("C")

SimpleTarget: TypeAlias = PointTarget | Range
_Simple = Annotated[SimpleTarget, ByKey()]


class InsideOutside(TargetKind):
    """One target for what is received in open time, another for the rest."""

    named_by: ClassVar[tuple[str, ...]] = ("inside", "outside")

    inside: _Simple
    outside: _Simple

    def chosen(self, calendar: OpenTime, received: int) -> SimpleTarget:
        """Return the target for an instant of receipt, in microseconds: at opening is inside, at closing outside."""
        return self.inside if calendar.timeline.is_open(received) else self.outside

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the due time of the target that is chosen."""
        return self.chosen(calendar, to_us(received, "received")).due(calendar, received)

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return that of the target that is chosen."""
        is_open = calendar.is_open
        inside, outside = self.inside.answer_in(calendar, rows), self.outside.answer_in(calendar, rows)
        return lambda received: inside(received) if is_open(received) else outside(received)

    def range_in(self, calendar: OpenTime, rows: Rows) -> RangeAnswer:
        """Return those of the target that is chosen."""
        is_open = calendar.is_open
        inside, outside = self.inside.range_in(calendar, rows), self.outside.range_in(calendar, rows)
        return lambda received: inside(received) if is_open(received) else outside(received)

    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return the due times, each of the target that is chosen."""
        inside, outside = partial(self.inside.dues, ask, calendar), partial(self.outside.dues, ask, calendar)
        return ask.split(calendar, starts, inside, outside)

    @property
    def has_range(self) -> bool:
        """Whether one of its targets has an earliest."""
        return self.inside.has_range or self.outside.has_range

    def begins(self, calendar: OpenTime, received: datetime) -> datetime | None:
        """Return the earliest of the target that is chosen."""
        return self.chosen(calendar, to_us(received, "received")).begins(calendar, received)

    def begins_of(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return the earliest, each of the target that is chosen."""
        inside, outside = partial(self.inside.begins_of, ask, calendar), partial(self.outside.begins_of, ask, calendar)
        return ask.split(calendar, starts, inside, outside)

    def explain(self, calendar: OpenTime, received: datetime) -> Ledger:
        """Return the ledger of the target that is chosen."""
        return self.chosen(calendar, to_us(received, "received")).explain(calendar, received)

    @property
    def times_in_hours(self) -> tuple[tuple[Literal["cutoff", "by"], str], ...]:
        """Those of both."""
        return (*self.inside.times_in_hours, *self.outside.times_in_hours)

    @property
    def branches(self) -> tuple[TargetKind, ...]:
        """The two."""
        return (self.inside, self.outside)

    def __str__(self) -> str:
        """Return the phrase."""
        return f"inside hours {self.inside}, outside {self.outside}"


AnyTarget: TypeAlias = SimpleTarget | InsideOutside
Target = Annotated[AnyTarget, ByKey()]
