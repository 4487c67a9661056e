"""The smallest target that tickets as columns would have kept often enough: each kind of target in its own way."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np

from slacalc.business_time.instants import to_amount
from slacalc.calendars.open_time import OpenTime
from slacalc.columns import questions
from slacalc.columns.stairs import Bools
from slacalc.plans.asked_log import not_by_columns
from slacalc.plans.many_policies import ManyPolicies
from slacalc.plans.passed import Stretches, Unanswered
from slacalc.plans.required import RequiredLine
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.policy import Policy
from slacalc.policies.targets.days import BusinessDays, CalendarDays
from slacalc.policies.targets.hours import BusinessHours
from slacalc.policies.targets.opening import NextOpening
from slacalc.policies.targets.points import CountingTarget, PointTarget
from slacalc.policies.targets.range import Range
from slacalc.policies.targets.target import InsideOutside, SimpleTarget

__all__ = ["smallest_targets"]

_MOST_DAYS: Final = 10_000


class _Promised(NamedTuple):
    """Tickets that are promised the same point: from when until when, and which are done."""

    stretches: Stretches
    is_done: Bools
    calendar: OpenTime


def smallest_targets(many: ManyPolicies, policy: Policy, metric: str, share: float) -> Iterator[RequiredLine]:
    """Return for each rule the smallest target that would have been kept in a share of its tickets.

    Raises LogError where columns have no answer for some ticket.
    """
    try:
        for matched, rows in many.matched(policy):
            found = matched.metrics.get(metric)
            if found is None or (found.promised.promise, found.promised.owed_by) != ("owed", "us"):
                continue
            tickets = many.promised(matched, found, rows)
            if tickets is not None:
                yield from _lines(many, found, _Promised(tickets.stretches, tickets.is_done, found.calendar), share)
    except Unanswered:
        raise not_by_columns() from None


def _lines(many: ManyPolicies, found: MetricPromise, promised: _Promised, share: float) -> Iterator[RequiredLine]:
    target = found.promised.due
    if not isinstance(target, InsideOutside):
        yield _line(many, found, "", target, promised, share)
        return
    inside = questions.is_open(found.calendar, promised.stretches.origin).values == 1
    for received, branch, rows in (("inside", target.inside, inside), ("outside", target.outside, ~inside)):
        origin, end = (each[rows] for each in promised.stretches)
        part = _Promised(Stretches(origin, end), promised.is_done[rows], promised.calendar)
        yield _line(many, found, received, branch, part, share)


def _line(
    many: ManyPolicies, found: MetricPromise, received: str, target: SimpleTarget, promised: _Promised, share: float
) -> RequiredLine:
    point = target.latest if isinstance(target, Range) else target

    def attained(other: PointTarget) -> float | None:
        return _attained(promised, many.passed.passed(promised.stretches, other, promised.calendar))

    wanted, kept = _smallest(many, promised, point, share, attained)
    (calendar,) = found.rule.calendars_of(found.metric)
    count = len(promised.is_done)
    return RequiredLine(found.rule.name, calendar, received, point, count, attained(point), wanted, kept)


def _smallest(
    many: ManyPolicies,
    promised: _Promised,
    target: PointTarget,
    share: float,
    attained: Callable[[PointTarget], float | None],
) -> tuple[PointTarget | None, float | None]:
    """Return the smallest target that is kept often enough, and how often; None where none is, and the best."""
    match target:
        case BusinessDays() | CalendarDays():
            return _fewest_days(target, share, attained)
        case NextOpening():
            return _least_amount(many, promised, BusinessHours(amount="0s"), share, attained)
        case _:
            return _least_amount(many, promised, target, share, attained)


def _least_amount(
    many: ManyPolicies,
    promised: _Promised,
    target: CountingTarget,
    share: float,
    attained: Callable[[PointTarget], float | None],
) -> tuple[PointTarget | None, float | None]:
    """Return the target with the least amount: one that a ticket needed, as between these nothing changes."""
    none = type(target)(amount="0s")
    at_once = attained(none)
    if at_once is not None and at_once >= share:
        return none, at_once
    needed = many.passed.needed(promised.stretches, target.counted_in(promised.calendar))
    amounts = np.unique(needed)
    kept = np.searchsorted(np.sort(needed[promised.is_done]), amounts, side="right")
    late = len(needed) - np.searchsorted(np.sort(needed), amounts, side="right")
    due = kept + late
    shares = np.divide(kept, due, out=np.full(len(due), np.nan), where=due > 0)
    enough = np.flatnonzero(shares >= share)
    if not len(enough):
        return None, at_once if np.isnan(shares).all() else float(np.nanmax(shares))
    first = int(enough[0])
    return type(target)(amount=to_amount(int(amounts[first]))), float(shares[first])


def _fewest_days(
    target: BusinessDays | CalendarDays, share: float, attained: Callable[[PointTarget], float | None]
) -> tuple[PointTarget | None, float | None]:
    """Return the target with the fewest days: of more days never fewer are kept, or there is no answer."""

    def kept(days: int) -> float | None:
        return attained(target.model_copy(update={"days": days}))

    def is_enough(days: int) -> bool:
        try:
            return (kept(days) or 0.0) >= share
        except Unanswered:
            return True

    low, high = -1, 0
    while high < _MOST_DAYS and not is_enough(high):
        low, high = high, min(2 * high + 1, _MOST_DAYS)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    try:
        found = kept(high)
    except Unanswered:
        return None, None if low < 0 else kept(low)
    wanted = target.model_copy(update={"days": high})
    return (wanted if is_enough(high) else None), found


def _attained(promised: _Promised, passed: Bools) -> float | None:
    late = int(passed.sum())
    met = int((promised.is_done & ~passed).sum())
    return met / (met + late) if met + late else None
