"""This module knows what fires when for a ticket: warnings, dues, follow-ups, and who is next without a good answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_us
from slacalc.policies.rules import LadderStep
from slacalc.tickets.clocks import ClockState
from slacalc.tickets.replay import Clocks, every_clocks

__all__ = ["LadderState", "Step", "StepKind", "agenda", "ladder_of", "next_due", "steps_of"]

StepKind: TypeAlias = Literal["pause_cap", "warning", "due", "follow_up", "ladder"]
_KINDS: Final[tuple[StepKind, ...]] = get_args(StepKind)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens at an instant if nothing stops the clock before.

    `deliver_at` is when to tell people: `at` itself when the calendar is open, else the last open
    instant before it, but never before the clock's last change. At "due" the clock is not late yet:
    it is after it (rule 6). At "pause_cap" a pause has used up what the policy allows, and the clock runs again.
    """

    at: datetime
    deliver_at: datetime
    kind: StepKind
    ticket: str
    metric: str
    label: str


@dataclass(frozen=True, slots=True)
class LadderState:
    """A step of the ladder: to whom, and when it is, or was, reached; None while nothing reaches it.

    `on` is what has to be asked for; it is empty for a step that a clock reaches.
    """

    to: str
    at: datetime | None
    on: str
    reached: bool


def agenda(tickets: Clocks | Iterable[Clocks], *, as_of: datetime) -> tuple[Step, ...]:
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
    2026-11-26 12:00:00+03:00 ladder a mediator
    """
    after = to_us(as_of, "as_of")
    found = [step for clocks in every_clocks(tickets) for step in steps_of(clocks.at(as_of)) if to_us(step.at) > after]
    return tuple(sorted(found, key=_when))


def next_due(tickets: Clocks | Iterable[Clocks], *, as_of: datetime) -> Step | None:
    """Return the next due time after an instant; None when nothing is due any more."""
    return next((step for step in agenda(tickets, as_of=as_of) if step.kind == "due"), None)


def steps_of(clocks: Clocks) -> Iterator[Step]:
    """Return all steps of the clocks that are open, those that have fired too, in no order."""
    if not clocks.is_created:
        return
    for state in clocks.values():
        if state.is_open:
            yield from _steps_of_clock(clocks.ticket, state)
    waiting = _oldest_unanswered(clocks)
    for rung in ladder_of(clocks):
        if rung.at is not None and not rung.on and waiting is not None:
            yield Step(rung.at, _in_open_hours(rung.at, waiting), "ladder", clocks.ticket, "", rung.to)


def ladder_of(clocks: Clocks) -> tuple[LadderState, ...]:
    """Return the ladder of a ticket: who is next when there is no good answer.

    A step `after` an amount counts from where the oldest unanswered clock began, and is not reached
    while none is. A step `on` something is reached when an event asks for it; "customer_replies" is
    reached by a customer's message after an answer.
    """
    check_argument(clocks, Clocks, "clocks", "the Clocks of one ticket")
    waiting = _oldest_unanswered(clocks)
    return tuple(_rung(step, clocks, waiting) for step in clocks.ladder)


def _oldest_unanswered(clocks: Clocks) -> ClockState | None:
    states = (state for state in clocks.values() if state.is_open and state.waits_for_answer)
    return min(states, key=_origin, default=None)


def _rung(step: LadderStep, clocks: Clocks, waiting: ClockState | None) -> LadderState:
    if step.after is None:
        asked = clocks.escalations.get(step.on or "")
        return LadderState(step.to, asked, step.on or "", reached=asked is not None)
    if waiting is None or waiting.origin is None:
        return LadderState(step.to, None, "", reached=False)
    at = step.after.due(waiting.calendar, waiting.origin)
    return LadderState(step.to, at, "", reached=to_us(at) <= to_us(clocks.as_of))


def _steps_of_clock(ticket: str, state: ClockState) -> Iterator[Step]:
    for label, at in state.warnings:
        yield _step(at, "warning", ticket, state, label)
    if state.pause_capped_at is not None:
        yield _step(state.pause_capped_at, "pause_cap", ticket, state, "the clock runs again")
    if state.due is not None:
        yield _step(state.due, "due", ticket, state, state.metric)
    if state.follow_up is not None:
        yield _step(state.follow_up, "follow_up", ticket, state, "ask again")


def _step(at: datetime, kind: StepKind, ticket: str, state: ClockState, label: str) -> Step:
    return Step(at, _in_open_hours(at, state), kind, ticket, state.metric, label)


def _in_open_hours(at: datetime, state: ClockState) -> datetime:
    """Return the instant when open, else the last open one before it: earlier, never later."""
    if state.calendar.is_open(at):
        return at
    return max(state.calendar.roll_back(at), min(at, state.changed_at))


def _when(step: Step) -> tuple[int, int, str, str]:
    return to_us(step.at), _KINDS.index(step.kind), step.ticket, step.metric


def _origin(state: ClockState) -> int:
    return 0 if state.origin is None else to_us(state.origin)
