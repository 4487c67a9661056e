"""What fires when for a ticket: warnings, due times, follow-ups, and steps of the escalation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args

from slacalc.business_time.instants import to_us
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.replay import Clocks, every_clocks
from slacalc.policies.document.rules import EscalationStep

__all__ = ["EscalationState", "Milestone", "MilestoneKind", "agenda", "escalation_of", "next_due", "milestones_of"]

MilestoneKind: TypeAlias = Literal["pause_cap", "warning", "due", "follow_up", "escalation"]
_KINDS: Final[tuple[MilestoneKind, ...]] = get_args(MilestoneKind)


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happens at an instant if nothing stops the clock before.

    `deliver_at` is when to tell people: `at` itself when the calendar is open, else the last open
    instant before it, but never before the clock's last change. At "due" the clock is not late yet:
    it is after it (rule 6). At "pause_cap" a pause has used up what the policy allows, and the clock runs again.
    """

    at: datetime
    deliver_at: datetime
    kind: MilestoneKind
    ticket: str
    metric: str
    label: str


@dataclass(frozen=True, slots=True)
class EscalationState:
    """A step of the escalation: to whom, and when it is, or was, reached; None while nothing reaches it.

    `on` is what has to be asked for; it is empty for a step that a clock reaches.
    """

    to: str
    at: datetime | None
    on: str
    reached: bool


def agenda(tickets: Clocks | Iterable[Clocks], *, as_of: datetime) -> tuple[Milestone, ...]:
    """Return what fires after an instant, the next first, for one ticket or many.

    Clocks that ended fire nothing; those that are paused only what pauses do not move.

    >>> from datetime import UTC
    >>> from slacalc import Created, sample_policy
    >>> monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> shop = sample_policy("store_correspondence")
    >>> clocks = shop.replay([Created(at=monday)], as_of=monday)
    >>> for step in agenda(clocks, as_of=monday):
    ...     print(step.at, step.kind, step.label)
    2026-11-23 16:00:00+03:00 due first_response
    2026-11-26 12:00:00+03:00 follow_up ask again
    2026-11-26 12:00:00+03:00 escalation a mediator
    """
    after = to_us(as_of, "as_of")
    found = [
        step for clocks in every_clocks(tickets) for step in milestones_of(clocks.at(as_of)) if to_us(step.at) > after
    ]
    return tuple(sorted(found, key=_when))


def next_due(tickets: Clocks | Iterable[Clocks], *, as_of: datetime) -> Milestone | None:
    """Return the next due time after an instant; None when nothing is due any more."""
    return next((step for step in agenda(tickets, as_of=as_of) if step.kind == "due"), None)


def milestones_of(clocks: Clocks) -> Iterator[Milestone]:
    """Return all steps of the clocks that are open, those that have fired too, in no order."""
    if not clocks.is_created:
        return
    for state in clocks.values():
        if state.is_open:
            yield from _milestones_of_clock(clocks.ticket, state)
    waiting = _oldest_unanswered(clocks)
    for rung in escalation_of(clocks):
        if rung.at is not None and not rung.on and waiting is not None:
            yield Milestone(rung.at, _in_open_hours(rung.at, waiting), "escalation", clocks.ticket, "", rung.to)


def escalation_of(clocks: Clocks) -> tuple[EscalationState, ...]:
    """Return what `clocks.escalation()` returns."""
    waiting = _oldest_unanswered(clocks)
    return tuple(_rung(step, clocks, waiting) for step in clocks.escalation_steps)


def _oldest_unanswered(clocks: Clocks) -> ClockState | None:
    states = (state for state in clocks.values() if state.is_open and state.waits_for_answer)
    return min(states, key=_origin, default=None)


def _rung(step: EscalationStep, clocks: Clocks, waiting: ClockState | None) -> EscalationState:
    if step.after is None:
        asked = clocks.escalated.get(step.on or "")
        return EscalationState(step.to, asked, step.on or "", reached=asked is not None)
    if waiting is None or waiting.origin is None:
        return EscalationState(step.to, None, "", reached=False)
    at = step.after.due(waiting.calendar, waiting.origin)
    return EscalationState(step.to, at, "", reached=to_us(at) <= to_us(clocks.as_of))


def _milestones_of_clock(ticket: str, state: ClockState) -> Iterator[Milestone]:
    for label, at in state.warnings:
        yield _step(at, "warning", ticket, state, label)
    if state.pause_capped_at is not None:
        yield _step(state.pause_capped_at, "pause_cap", ticket, state, "the clock runs again")
    if state.due is not None:
        yield _step(state.due, "due", ticket, state, state.metric)
    if state.follow_up is not None:
        yield _step(state.follow_up, "follow_up", ticket, state, "ask again")


def _step(at: datetime, kind: MilestoneKind, ticket: str, state: ClockState, label: str) -> Milestone:
    return Milestone(at, _in_open_hours(at, state), kind, ticket, state.metric, label)


def _in_open_hours(at: datetime, state: ClockState) -> datetime:
    """Return the instant when open, else the last open one before it: earlier, never later."""
    if state.calendar.is_open(at):
        return at
    return max(state.calendar.roll_back(at), min(at, state.changed_at))


def _when(step: Milestone) -> tuple[int, int, str, str]:
    return to_us(step.at), _KINDS.index(step.kind), step.ticket, step.metric


def _origin(state: ClockState) -> int:
    return 0 if state.origin is None else to_us(state.origin)
