"""The target that has an earliest and a latest point."""

from datetime import datetime
from typing import ClassVar, Literal, Self, TypeVar

from pydantic import model_validator

from slacalc.business_time.instants import MOST_MOVED, to_us
from slacalc.business_time.kept_by_date import Answer, Rows
from slacalc.calendars.ledger import Ledger
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import PolicyError
from slacalc.policies.targets.kind import ColumnVerbs, RangeAnswer, TargetKind
from slacalc.policies.targets.points import Point, PointTarget

__all__ = ["Range"]

C = TypeVar("C")


class Range(TargetKind):
    """From an earliest to a latest point, as in "24 to 48 hours": due is the latest."""

    named_by: ClassVar[tuple[str, ...]] = ("earliest", "latest")

    earliest: Point
    latest: Point

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.earliest.is_after(self.latest):
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

    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return the latest points."""
        return self.latest.dues(ask, calendar, starts)

    @property
    def has_range(self) -> bool:
        """Whether it has an earliest: always."""
        return True

    def begins(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return the earliest point. Raises PolicyError when it is after the latest."""
        return _in_order(self.earliest.due(calendar, received), self.due(calendar, received))

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return that of the latest point."""
        return self.latest.answer_in(calendar, rows)

    def range_in(self, calendar: OpenTime, rows: Rows) -> RangeAnswer:
        """Return those of both points."""
        earliest, latest = self.earliest.answer_in(calendar, rows), self.latest.answer_in(calendar, rows)

        def both(received: datetime) -> tuple[datetime, datetime]:
            last = latest(received)
            first = earliest(received)
            return last, first if last - first > MOST_MOVED else _in_order(first, last)

        return both

    def begins_of(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return the earliest points."""
        return self.earliest.dues(ask, calendar, starts)

    def explain(self, calendar: OpenTime, received: datetime) -> Ledger:
        """Return the ledger to the latest point."""
        return self.latest.explain(calendar, received)

    def chosen(self, calendar: OpenTime, received: int) -> Self:
        """Return the target for what was received at an instant, in microseconds: itself."""
        return self

    @property
    def point(self) -> PointTarget:
        """The point that judges: the latest."""
        return self.latest

    @property
    def times_in_hours(self) -> tuple[tuple[Literal["cutoff", "by"], str], ...]:
        """Those of both."""
        return (*self.earliest.times_in_hours, *self.latest.times_in_hours)

    def __str__(self) -> str:
        """Return the phrase."""
        return f"{self.earliest} to {self.latest}"


def _in_order(first: datetime, last: datetime) -> datetime:
    if to_us(first) > to_us(last):
        raise PolicyError(
            "range_reversed",
            "the earliest is after the latest",
            given=f"{first} .. {last}",
            accepts="a range in order for every receipt",
        )
    return first
