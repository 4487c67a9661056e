"""When a paused clock is due, one small step at a time, from the wording of rules 7 and 8 alone.

Like `tests/oracle.py`, on which it stands, it shares no code with slacalc and never calculates where it can
look: it walks from the origin, and asks of every step whether the clock counts it and whether it is paused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from tests.oracle import ONE_DAY, Plan, walk, working_dates
from tests.oracle import _high_marks as high_marks

Kind = Literal["business_hours", "workday_hours", "calendar_hours"]
Pause = tuple[datetime, datetime | None]
"""Half-open; None is a pause that is not over."""


@dataclass(frozen=True)
class Walked:
    """What was seen on the way: when it is due, or how much was left when the walk ended; and what was counted."""

    due: datetime | None
    remaining: timedelta
    counted: timedelta


def counts(plan: Plan, kind: Kind, start: datetime, end: datetime, step: int = 60) -> Iterator[tuple[datetime, bool]]:
    """Every step from start to end, and whether a clock of this kind counts it (rule 7)."""
    match kind:
        case "business_hours":
            yield from walk(plan, start, end, step)
        case "workday_hours":
            days = working_dates(plan, start.date() - 2 * ONE_DAY, end.date() + 2 * ONE_DAY, step)
            for at, high in high_marks(plan.zone, start.astimezone(UTC), end.astimezone(UTC), step):
                yield at, high.date() in days
        case "calendar_hours":
            at = start.astimezone(UTC)
            while at < end:
                yield at, True
                at += timedelta(seconds=step)


def is_paused(pauses: Iterable[Pause], at: datetime) -> bool:
    """Whether the step that begins at this instant is in some pause."""
    return any(start <= at and (end is None or at < end) for start, end in pauses)


def paused_due(
    plan: Plan, kind: Kind, amount: timedelta, start: datetime, pauses: Iterable[Pause], end: datetime, step: int = 60
) -> Walked:
    """When a clock with this amount, more than nothing, is due if it starts here and is paused so; seen until `end`.

    Before due every pause that has begun has begun before due. The step that uses up the amount ends at
    due: whatever begins there, or after it, is never looked at (rule 8).
    """
    told, left, one = tuple(pauses), amount, timedelta(seconds=step)
    for at, is_counted in counts(plan, kind, start, end, step):
        if is_counted and not is_paused(told, at):
            left -= one
            if left <= timedelta(0):
                return Walked(at + one, timedelta(0), amount)
    return Walked(None, left, amount - left)


def counted_in(plan: Plan, kind: Kind, start: datetime, end: datetime, step: int = 60) -> timedelta:
    """What a clock of this kind counts from start to end, as if it were never paused."""
    return sum(is_counted for _, is_counted in counts(plan, kind, start, end, step)) * timedelta(seconds=step)
