"""This module knows how events become cycles: when each clock of a ticket started, paused, changed and stopped.

It is a fold over events in order, by the rules of the policy and with integers for instants.
What the log leaves open or gets wrong is collected as gaps, never guessed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, assert_never

from slacalc.business_time.instants import to_us
from slacalc.business_time.spans import Spans, union
from slacalc.errors import LogError
from slacalc.policies.clock_rules import AnswerRule, ClockRule
from slacalc.policies.policy import Policy
from slacalc.policies.rules import MetricRule, Rule
from slacalc.tickets.events import (
    Closed,
    Created,
    Deleted,
    Event,
    FieldChanged,
    MergedInto,
    Message,
    NoReplyNeeded,
    Paused,
    Reopened,
    Resumed,
    Solved,
    StatusChanged,
    TakenOver,
    TargetOverridden,
)
from slacalc.tickets.measure import FOREVER, Regime, measure

__all__ = ["Cycle", "Gap", "Life", "Pause", "live"]


class Gap(NamedTuple):
    """Something that the log leaves open or gets wrong: a code, and the place of the event in order."""

    code: str
    place: int


class Pause(NamedTuple):
    """A pause with its reason; it ends with FOREVER while it goes on."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Cycle:
    """One run of a clock: from its origin, under one regime after another, until it stops or is cancelled."""

    metric: str
    rule: str
    origin: int
    regimes: list[Regime]
    warnings: tuple[str, ...]
    stop: int | None = None
    cancelled: str = ""
    cancelled_at: int | None = None
    answered: bool = True
    pauses: list[Pause] = field(default_factory=list)
    overrides: list[tuple[int, int, str]] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the clock still runs or is paused."""
        return self.stop is None and not self.cancelled

    @property
    def paused(self) -> Spans:
        """The pauses, merged: overlaps count once."""
        return union((pause.start, pause.end) for pause in self.pauses)


@dataclass(slots=True)
class Life:
    """Everything that replay knows of a ticket so far."""

    policy: Policy
    fields: dict[str, str] = field(default_factory=dict)
    status: str = ""
    rule: Rule | None = None
    cycles: dict[str, list[Cycle]] = field(default_factory=dict)
    pause_reasons: dict[str, int] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    taken_over: bool = False
    ended: bool = False


def live(policy: Policy, events: Iterable[Event]) -> Life:
    """Return what became of a ticket. Raises LogError when it was not created, or twice."""
    life = Life(policy)
    for place, event in enumerate(events):
        if isinstance(event, Created) and life.rule is not None:
            raise LogError("created_twice", "a ticket is created once", given=event, accepts="one Created, the first")
        if life.rule is None and not isinstance(event, Created):
            raise LogError("creation_missing", "the first event creates the ticket", given=event, accepts="Created")
        if life.ended:
            life.gaps.append(Gap("event_after_the_end", place))
            continue
        _apply(life, event, to_us(event.at), place)
    return life


def _apply(life: Life, event: Event, at: int, place: int) -> None:  # noqa: C901, PLR0912 - one case an event
    match event:
        case Created():
            _create(life, event, at)
        case Message():
            _hear(life, event, at)
        case StatusChanged():
            _set_status(life, event.status, at)
        case FieldChanged():
            life.fields[event.field] = event.value
            _change_rule(life, at)
        case Paused():
            life.pause_reasons.setdefault(event.reason, at)
            _each_open(life, lambda cycle, rule: _pause(cycle, at, event.reason) if rule.pausable else None)
        case Resumed():
            _resume(life, event, at, place)
        case Solved() | Closed():
            _solve(life, at)
        case Reopened():
            life.status = event.status
            _reopen(life, at)
        case MergedInto():
            _end(life, "merged", at)
        case Deleted():
            _end(life, "deleted", at)
        case TakenOver():
            life.taken_over = True
            _each_open(life, lambda cycle, _rule: _cancel(cycle, "taken_over", at))
        case NoReplyNeeded():
            _each_open(
                life, lambda cycle, rule: _cancel(cycle, "no_reply_needed", at) if rule.stops == "answer" else None
            )
        case TargetOverridden():
            _override(life, event, at, place)
        case _ as never:
            assert_never(never)


def _create(life: Life, event: Created, at: int) -> None:
    life.fields, life.status = dict(event.fields), event.status
    if event.channel and "channel" not in life.fields:
        life.fields["channel"] = event.channel
    life.rule = life.policy.rule_for(**life.fields)
    for metric in life.rule.metrics:
        if life.policy.clock(metric).starts == "created":
            _open(life, metric, at)


def _hear(life: Life, message: Message, at: int) -> None:
    assert life.rule is not None  # noqa: S101 - live lets nothing pass before the creation
    for metric in life.rule.metrics:
        rule, cycle = life.policy.clock(metric), _current(life, metric)
        if message.actor == "customer":
            if cycle is None and rule.starts == "customer_message":
                _open(life, metric, at)
            elif cycle is not None and rule.resume_on_customer_message:
                _unpause(cycle, at, None)
        elif _is_answer(message, rule.answer):
            if cycle is not None and rule.stops == "answer":
                _stop(cycle, at)
            if rule.starts == "answer":
                _open(life, metric, at)


def _is_answer(message: Message, rule: AnswerRule) -> bool:
    """Tell whether a message stops a clock: an automatic, internal, holding or off-channel one does not (rule 11)."""
    return (
        message.actor in rule.actors
        and (message.public or rule.internal)
        and (not message.automated or rule.automated)
        and (not message.holding or rule.holding)
        and (not message.partial or rule.partial)
        and (not rule.channels or message.channel in rule.channels)
    )


def _open(life: Life, metric: str, at: int) -> None:
    """Begin a cycle, unless the metric is not promised, not ours any more, or counts from a named instant."""
    assert life.rule is not None  # noqa: S101 - live lets nothing pass before the creation
    promised = life.rule.metrics.get(metric)
    if promised is None or promised.origin is not None or life.taken_over:
        return
    regime = _regime(life.policy, life.rule, promised, at)
    cycle = Cycle(metric, life.rule.name, at, [regime], promised.warnings)
    life.cycles.setdefault(metric, []).append(cycle)
    _pause_as_the_ticket(life, cycle, at)


def _pause_as_the_ticket(life: Life, cycle: Cycle, at: int) -> None:
    """Pause a clock that begins, or goes on, in a status or a pause that holds it."""
    rule = life.policy.clock(cycle.metric)
    if life.status in rule.paused_in:
        _pause(cycle, at, life.status)
    for reason in life.pause_reasons if rule.pausable else ():
        _pause(cycle, at, reason)


def _regime(policy: Policy, rule: Rule, promised: MetricRule, at: int) -> Regime:
    return Regime(at, promised.due, policy.calendar(promised.calendar or rule.calendar))


def _change_rule(life: Life, at: int) -> None:
    """Give open clocks the target of the rule that matches now; one that it does not promise is cancelled (rule 9)."""
    new = life.policy.rule_for(**life.fields)
    if new == life.rule:
        return
    old, life.rule = life.rule, new
    for metric in dict.fromkeys((*new.metrics, *(old.metrics if old else ()))):
        cycle, promised = _current(life, metric), new.metrics.get(metric)
        if cycle is None:
            if promised is not None and metric not in life.cycles and life.policy.clock(metric).starts == "created":
                _open(life, metric, at)
        elif promised is None:
            _cancel(cycle, "no_longer_promised", at)
        elif life.policy.clock(metric).on_change == "restart":
            _restart(life, cycle, at)
        else:
            _retarget(life, cycle, promised, at)


def _retarget(life: Life, cycle: Cycle, promised: MetricRule, at: int) -> None:
    assert life.rule is not None  # noqa: S101 - live lets nothing pass before the creation
    cycle.rule, cycle.warnings = life.rule.name, promised.warnings
    cycle.regimes.append(_regime(life.policy, life.rule, promised, at))


def _restart(life: Life, old: Cycle, at: int) -> None:
    """Begin the cycle anew; a miss that happened stays on record."""
    due = old.overrides[-1][1] if old.overrides else measure(old.regimes, old.paused).due
    life.cycles[old.metric].pop()
    _open(life, old.metric, at)
    life.cycles[old.metric][-1].missed = [*old.missed, *([due] if due is not None and due < at else [])]


def _set_status(life: Life, status: str, at: int) -> None:
    old, life.status = life.status, status

    def follow(cycle: Cycle, rule: ClockRule) -> None:
        if old in rule.paused_in and old != status:
            _unpause(cycle, at, old)
        if status in rule.paused_in and old != status:
            _pause(cycle, at, status)

    _each_open(life, follow)


def _resume(life: Life, event: Resumed, at: int, place: int) -> None:
    if event.reason not in life.pause_reasons:
        life.gaps.append(Gap("resume_without_pause", place))
        return
    del life.pause_reasons[event.reason]
    _each_open(life, lambda cycle, rule: _unpause(cycle, at, event.reason) if rule.pausable else None)


def _solve(life: Life, at: int) -> None:
    def follow(cycle: Cycle, rule: ClockRule) -> None:
        if rule.stops == "solved":
            _stop(cycle, at)
        elif rule.on_solved == "stop":
            cycle.answered = False
            _stop(cycle, at)
        elif rule.on_solved == "cancel":
            _cancel(cycle, "solved_without_answer", at)

    _each_open(life, follow)


def _reopen(life: Life, at: int) -> None:
    for metric, cycles in life.cycles.items():
        rule, last = life.policy.clock(metric), cycles[-1]
        if rule.stops != "solved" or last.stop is None:
            continue
        match rule.reopen:
            case "new_cycle":
                _open(life, metric, at)
            case "resume":
                last.pauses.append(Pause(last.stop, at, "solved"))
                _go_on(life, last, at)
            case "continue":
                last.pauses = [_as_if_not_stopped(life, last.stop, pause) for pause in last.pauses]
                _go_on(life, last, at)
            case _ as never:
                assert_never(never)


def _go_on(life: Life, cycle: Cycle, at: int) -> None:
    """Run again, under the target of the rule that matches by now."""
    cycle.stop = None
    promised = life.rule.metrics.get(cycle.metric) if life.rule else None
    if promised is None:
        _cancel(cycle, "no_longer_promised", at)
        return
    if life.rule is not None and life.rule.name != cycle.rule:
        _retarget(life, cycle, promised, at)
    _pause_as_the_ticket(life, cycle, at)


def _as_if_not_stopped(life: Life, stop: int, pause: Pause) -> Pause:
    """Return a pause that only the stop ended as one that goes on, while its reason holds."""
    holds = pause.reason in life.pause_reasons or pause.reason == life.status
    return pause._replace(end=FOREVER) if pause.end == stop and holds else pause


def _override(life: Life, event: TargetOverridden, at: int, place: int) -> None:
    cycle = _current(life, event.metric)
    if cycle is None:
        life.gaps.append(Gap("override_without_clock", place))
    else:
        cycle.overrides.append((at, to_us(event.due), event.author))


def _end(life: Life, why: str, at: int) -> None:
    _each_open(life, lambda cycle, _rule: _cancel(cycle, why, at))
    life.ended = True


def _each_open(life: Life, follow: Callable[[Cycle, ClockRule], None]) -> None:
    for metric in life.cycles:
        cycle = _current(life, metric)
        if cycle is not None:
            follow(cycle, life.policy.clock(metric))


def _current(life: Life, metric: str) -> Cycle | None:
    cycles = life.cycles.get(metric)
    return cycles[-1] if cycles and cycles[-1].is_open else None


def _pause(cycle: Cycle, at: int, reason: str) -> None:
    if not any(pause.reason == reason and pause.end == FOREVER for pause in cycle.pauses):
        cycle.pauses.append(Pause(at, FOREVER, reason))


def _unpause(cycle: Cycle, at: int, reason: str | None) -> None:
    """End the pause of a reason, or all of them."""
    cycle.pauses = [
        pause._replace(end=at) if pause.end == FOREVER and reason in {None, pause.reason} else pause
        for pause in cycle.pauses
    ]


def _stop(cycle: Cycle, at: int) -> None:
    _unpause(cycle, at, None)
    cycle.stop = at


def _cancel(cycle: Cycle, why: str, at: int) -> None:
    _unpause(cycle, at, None)
    cycle.cancelled, cycle.cancelled_at = why, at
