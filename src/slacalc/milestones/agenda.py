"""What fires when for a ticket: warnings, due times, follow-ups, and steps of the escalation."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from slacalc.business_time.instants import to_us
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.many_tickets import Listing, ask_each
from slacalc.clocks.replay import Clocks
from slacalc.errors import LogError, SlaError
from slacalc.forms import StoredForm
from slacalc.policies.document.rules import EscalationStep, OwedBy

__all__ = ["EscalationState", "Milestone", "MilestoneKind", "agenda", "escalation_of", "next_due"]

MilestoneKind: TypeAlias = Literal["pause_cap", "warning", "due", "follow_up", "escalation"]
_KINDS: Final[tuple[MilestoneKind, ...]] = get_args(MilestoneKind)


@dataclass(frozen=True, slots=True)
class Milestone(StoredForm):
    """Something that happens at an instant if nothing stops the clock before.

    `deliver_at` is when to tell people: `at` itself when the calendar is open, else the last open
    instant before it, but never before the clock last changed. At "due" the clock is not late yet:
    it is after it (rule 6); what is not owed has no such milestone. At "pause_cap" a pause has used up what the policy
    allows, and the clock runs again. `owed_by` says whose clock it is: a due time may be a deadline of the customer's.
    `id` names it whenever it is asked for: ticket, metric, cycle, number of the target, kind and label.
    """

    at: datetime
    deliver_at: datetime
    kind: MilestoneKind
    ticket: str
    metric: str
    label: str
    id: str
    owed_by: OwedBy = "us"


@dataclass(frozen=True, slots=True)
class EscalationState(StoredForm):
    """A step of the escalation: to whom, and when it is, or was, reached; None while nothing reaches it.

    `on` is what has to be asked for; it is empty for a step that a clock reaches.
    """

    to: str
    at: datetime | None
    on: str
    reached: bool


def agenda(
    tickets: Clocks | Iterable[Clocks],
    *,
    as_of: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    strict: bool = False,
) -> Listing[Milestone]:
    """Return what fires after an instant, the next first, for one ticket or many; or what fired in a window of time.

    With `as_of`, what lies after it as the clocks are by then: those that ended fire nothing; those that are paused
    only what pauses do not move. With `since` and `until`, what people are to be told after `since`, and up to and
    at `until`: a milestone fires, once, at its `deliver_at`, if the events up to then have it fire, though an answer
    came later; windows that follow each other miss nothing and tell nothing twice. `left_out` of the result are the
    tickets that cannot be answered for; with `strict` the first of them is an error that names it.

    >>> from datetime import UTC
    >>> from slacalc import Created, sample_policy
    >>> monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> shop = sample_policy("store_correspondence")
    >>> clocks = shop.replay([Created(at=monday)], as_of=monday)
    >>> for step in agenda(clocks, as_of=monday):
    ...     print(step.at, step.kind, step.label)
    2026-11-26 12:00:00+03:00 follow_up ask again
    2026-11-26 12:00:00+03:00 escalation a mediator
    >>> [step.kind for step in agenda(clocks, since=monday, until=datetime(2026, 11, 27, tzinfo=UTC))]
    ['escalation', 'follow_up']
    """
    ask, order = _question(as_of, since, until)
    found, left_out = ask_each("agenda", tickets, ask, strict=strict)
    return Listing(sorted(found, key=order), left_out)


def next_due(tickets: Clocks | Iterable[Clocks], *, as_of: datetime, strict: bool = False) -> Milestone | None:
    """Return the next due time after an instant that we owe; None when nothing is due any more.

    Tickets that cannot be answered for are passed over: `agenda` lists them. With `strict` they are an error.
    """
    steps = agenda(tickets, as_of=as_of, strict=strict)
    return next((step for step in steps if step.kind == "due" and step.owed_by == "us"), None)


def _question(
    as_of: datetime | None, since: datetime | None, until: datetime | None
) -> tuple[Callable[[Clocks], Iterable[Milestone]], Callable[[Milestone], tuple[int, int, str, str]]]:
    """Return what to ask each ticket, and the order of the answers."""
    if as_of is not None and since is None and until is None:
        after = to_us(as_of, "as_of")
        return lambda clocks: [each for each in _ahead(clocks.at(as_of)) if to_us(each.at) > after], _when
    if as_of is None and since is not None and until is not None:
        start, end = to_us(since, "since"), to_us(until, "until")
        if end < start:
            raise LogError(
                "period_reversed",
                "the window ends before it begins",
                given=f"{since}..{until}",
                accepts="until at or after since",
                where="until",
            )
        return lambda clocks: [
            each for each in _fired(_up_to(clocks, until)) if start < to_us(each.deliver_at) <= end
        ], _when_told
    given = {"as_of": as_of, "since": since, "until": until}
    raise SlaError(
        "argument_invalid",
        "an agenda is asked for in one of two ways",
        given=", ".join(name for name, value in given.items() if value is not None) or "neither",
        accepts="as_of, or since and until",
    )


def _up_to(clocks: Clocks, until: datetime) -> Clocks:
    return clocks if to_us(until) <= to_us(clocks.as_of) else clocks.at(until)


def _ahead(clocks: Clocks) -> Iterator[Milestone]:
    """Return all milestones of the clocks that are open, those that have passed too, in no order."""
    for metric, state in clocks.items():
        if state.is_open:
            yield from _milestones_of_clock(clocks.ticket, state, len(clocks.cycles(metric)))
    waiting = _oldest_unanswered(clocks)
    if waiting is not None:
        yield from _escalations(clocks.ticket, waiting, len(clocks.cycles(waiting.metric)), clocks.escalation_steps)


def _fired(clocks: Clocks) -> Iterator[Milestone]:
    """Return what fired, or will, each once: what the events up to its `deliver_at` have fire."""
    told: set[str] = set()
    for stage in _stages(clocks):
        steps = [*_milestones_of_clock(clocks.ticket, stage.state, stage.number)]
        if stage.state.waits_for_answer:
            steps += _escalations(clocks.ticket, stage.state, stage.number, stage.state.escalation_steps)
        for each in steps:
            if (
                _is_of(stage, each)
                and each.id not in told
                and (each.kind != "escalation" or _is_oldest(stage, each, clocks))
            ):
                told.add(each.id)
                yield each


class _Stage(NamedTuple):
    """The state of a clock from an instant until another, and the number of its cycle."""

    state: ClockState
    start: int
    end: int | None
    number: int


def _stages(clocks: Clocks) -> Iterator[_Stage]:
    for metric in clocks:
        for number, state in enumerate(clocks.cycles(metric), 1):
            for then, end in state.stages():
                yield _Stage(then, to_us(then.as_of), None if end is None else to_us(end), number)


def _is_of(stage: _Stage, milestone: Milestone) -> bool:
    """Tell whether a milestone fires in a stage; a pause that has used up its cap ends one by that itself."""
    told_at = to_us(milestone.deliver_at)
    in_time = stage.end is None or told_at < stage.end or (milestone.kind == "pause_cap" and told_at == stage.end)
    return in_time and to_us(milestone.at) >= stage.start


def _is_oldest(stage: _Stage, milestone: Milestone, clocks: Clocks) -> bool:
    """Tell whether no other clock waited longer for an answer when people are told of an escalation."""
    told_at, began = to_us(milestone.deliver_at), _origin(stage.state)
    others = (each for each in _stages(clocks) if each.state.waits_for_answer)
    open_then = (each for each in others if each.start <= told_at and (each.end is None or told_at < each.end))
    return all(began <= _origin(each.state) for each in open_then)


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


def _escalations(ticket: str, state: ClockState, number: int, steps: Iterable[EscalationStep]) -> Iterator[Milestone]:
    """Return the steps that a clock reaches which waits for an answer."""
    for step in steps:
        if step.after is not None and state.origin is not None:
            at = step.after.due(state.calendar, state.origin)
            name = "/".join((ticket, state.metric, str(number), "0", "escalation", step.to))
            yield Milestone(at, _in_open_hours(at, state), "escalation", ticket, "", step.to, name)


def _milestones_of_clock(ticket: str, state: ClockState, number: int) -> Iterator[Milestone]:
    for label, at in state.warnings:
        yield _step(at, "warning", ticket, state, number, label)
    if state.pause_capped_at is not None:
        yield _step(state.pause_capped_at, "pause_cap", ticket, state, number, "the clock runs again")
    if state.due is not None and state.kind == "owed":
        yield _step(state.due, "due", ticket, state, number, state.metric)
    if state.follow_up is not None:
        yield _step(state.follow_up, "follow_up", ticket, state, number, "ask again")


def _step(at: datetime, kind: MilestoneKind, ticket: str, state: ClockState, number: int, label: str) -> Milestone:
    name = "/".join((ticket, state.metric, str(number), str(state.target_number), kind, label))
    return Milestone(at, _in_open_hours(at, state), kind, ticket, state.metric, label, name, state.owed_by)


def _in_open_hours(at: datetime, state: ClockState) -> datetime:
    """Return the instant when open, else the last open one before it: earlier, never later."""
    if state.calendar.is_open(at):
        return at
    return max(state.calendar.roll_back(at), min(at, state.moved_at))


def _when(step: Milestone) -> tuple[int, int, str, str]:
    return to_us(step.at), _KINDS.index(step.kind), step.ticket, step.metric


def _when_told(step: Milestone) -> tuple[int, int, str, str]:
    return to_us(step.deliver_at), *_when(step)[:1], step.ticket, step.metric


def _origin(state: ClockState) -> int:
    return 0 if state.origin is None else to_us(state.origin)
