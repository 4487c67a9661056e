"""When a clock warns: a share of the way to due, or an amount before it."""

from collections.abc import Iterator
from typing import Final

from slacalc.business_time.amounts import read_amount
from slacalc.business_time.instants import amount_us, to_amount
from slacalc.clocks.cycle import Cycle
from slacalc.clocks.due import point_of, when
from slacalc.policies.targets.points import CountingTarget

__all__ = ["share_of", "warnings_of"]

_PERCENT: Final = 100


def warnings_of(cycle: Cycle, due: int | None) -> Iterator[tuple[str, int]]:
    """Return each warning of a rule with its instant; what a pause holds up is left out.

    For a counting target: the same function with a smaller amount, not below zero. For a date,
    named or promised by hand: that share, rounded down, of the open time from the effective start to it.
    """
    for step in cycle.terms.promised.warnings:
        target = point_of(cycle.terms.promised.due, cycle.course)
        if isinstance(target, CountingTarget) and not cycle.overrides:
            smaller = target.model_copy(update={"amount": to_amount(share_of(step, amount_us(target.amount)))})
            at = when(smaller, cycle.course)
        else:
            at = _share_of_the_way(cycle, step, due)
        if at is not None:
            yield step, at


def share_of(step: str, amount: int) -> int:
    """Return how much of an amount, in microseconds, has counted when a warning is due."""
    if step.endswith("%"):
        return amount * int(step[:-1]) // _PERCENT
    return max(0, amount - amount_us(read_amount(step)))


def _share_of_the_way(cycle: Cycle, step: str, due: int | None) -> int | None:
    if due is None:
        return None
    timeline = cycle.terms.calendar.timeline
    start = timeline.add(cycle.origin, 0)
    return min(due, timeline.add(start, share_of(step, max(0, timeline.elapsed(start, due)))))
