"""The target that is the next open instant."""

from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict, model_serializer

from slacalc.business_time.kept_by_date import Answer, Rows
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.targets.kind import ColumnVerbs, PointKind

__all__ = ["NextOpening"]

C = TypeVar("C")


def _only_true(value: object) -> object:
    """Refuse what is equal to true, as 1 is, and is not true."""
    return "not true" if value is not True else value


class NextOpening(PointKind):
    """The next open instant: now when open."""

    named_by: ClassVar[tuple[str, ...]] = ("next_opening",)
    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra={"required": ["next_opening"]})

    next_opening: Annotated[Literal[True], BeforeValidator(_only_true)] = True

    @model_serializer
    def _named(self) -> dict[str, bool]:
        """Keep the key that names the kind, though it is always true."""
        return {"next_opening": True}

    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return `calendar.roll_forward(received)`."""
        return calendar.roll_forward(received)

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return `calendar.roll_forward`."""
        return calendar.roll_forward

    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return what `due` says of a whole column."""
        return ask.add(calendar, starts, timedelta(0))

    @property
    def open_amount(self) -> timedelta:
        """Nothing: somebody is there."""
        return timedelta(0)

    def __str__(self) -> str:
        """Return the phrase."""
        return "next opening"
