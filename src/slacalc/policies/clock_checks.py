"""What is doubtful about the clocks of a policy: keys that say nothing beside others, days that are passed over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from slacalc.policies.document.clock_rules import ClockRule, default_clock
from slacalc.policies.document.rules import MetricRule
from slacalc.policies.document.signals import OnField
from slacalc.policies.policy import Policy
from slacalc.policies.targets.days import BusinessDays, CalendarDays
from slacalc.policies.targets.points import CountingTarget
from slacalc.policies.targets.range import Range
from slacalc.policies.warning import PolicyWarning

__all__ = ["check_clocks"]

_A_DAY: Final = timedelta(hours=24)


def check_clocks(policy: Policy) -> Iterator[PolicyWarning]:
    """Return what is doubtful about each clock that a policy says something of."""
    promised: dict[str, list[MetricRule]] = {}
    for rule in policy.rules:
        for name, metric in rule.metrics.items():
            promised.setdefault(name, []).append(metric)
    for name in policy.clocks:
        yield from _check_clock(policy, name, promised.get(name, []))


def _check_clock(policy: Policy, metric: str, promised: list[MetricRule]) -> Iterator[PolicyWarning]:
    where, clock, default = f"clocks.{metric}", policy.clock(metric), default_clock(metric)
    yield from _check_ends(where, clock, default)
    yield from _check_pauses(where, clock, default, promised)
    if clock.repeats is not None and any(map(_reaches_past_a_day, promised)):
        message = "each working date begins it anew, and its target reaches past a day: dates are passed over meanwhile"
        yield PolicyWarning("repeats_over_a_day", f"{where}.repeats", message)


def _check_ends(where: str, clock: ClockRule, default: ClockRule) -> Iterator[PolicyWarning]:
    if clock.on_change == "new_cycle" and clock.stops == "answer":
        message = "this clock waits for an answer, and another rule ends it without one: handed over in time is met"
        yield PolicyWarning("new_cycle_waits_for_answer", f"{where}.on_change", message)
    if isinstance(clock.stops, OnField) and clock.stops == clock.starts:
        message = (
            f"the first value of {clock.stops.field!r} begins this clock, and nothing ends it: a first value comes once"
        )
        yield PolicyWarning("starts_as_it_stops", f"{where}.stops", message)
    if clock.answer != default.answer and "answer" not in {clock.starts, clock.stops}:
        message = "what is an answer is said, and no answer begins or ends this clock"
        yield PolicyWarning("answer_unused", f"{where}.answer", message)


def _check_pauses(
    where: str, clock: ClockRule, default: ClockRule, promised: list[MetricRule]
) -> Iterator[PolicyWarning]:
    said = any(getattr(clock, key) != getattr(default, key) for key in ("paused_in", "pausable", "pause_cap"))
    can_pause = clock.pausable or clock.paused_in
    if said and can_pause and promised and not any(map(_can_be_moved, promised)):
        message = "its targets name dates, which pauses do not move unless a metric says pauses_move"
        yield PolicyWarning("pause_moves_nothing", where, message)
    if clock.pause_cap is not None and not can_pause:
        message = "how much pauses may take out is said, and nothing pauses this clock: paused_in, or pausable = true"
        yield PolicyWarning("pause_cap_unused", f"{where}.pause_cap", message)


def _can_be_moved(promised: MetricRule) -> bool:
    """Tell whether a pause can move a due time: of a target that counts, or of a date that says so."""
    branches = promised.due.branches
    judging = [each.latest if isinstance(each, Range) else each for each in branches]
    return promised.pauses_move or any(isinstance(each, CountingTarget) for each in judging)


def _reaches_past_a_day(promised: MetricRule) -> bool:
    """Tell whether a due time is on another date for sure: a day or more is counted, or dates are."""
    judging = [each.latest if isinstance(each, Range) else each for each in promised.due.branches]
    return any(
        each.amount >= _A_DAY
        if isinstance(each, CountingTarget)
        else isinstance(each, BusinessDays | CalendarDays) and each.days > 0
        for each in judging
    )
