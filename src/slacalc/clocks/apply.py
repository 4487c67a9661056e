"""Apply one event to the state of a ticket, by the rules of its policy.

What a log leaves open or gets wrong is collected as gaps, never guessed.
"""

from collections.abc import Callable
from typing import Final, assert_never

from slacalc.business_time.instants import to_us
from slacalc.clocks.answers import is_answer, is_off_channel, was_answered
from slacalc.clocks.beginnings import begin, create, move_on
from slacalc.clocks.changes import catch_up, override, set_field, share_clocks, terms_for
from slacalc.clocks.cycle import SOLVED, Cycle
from slacalc.clocks.standstill import begin_hold, check_status, end_pause, follow_all, likely_status, set_status
from slacalc.clocks.ticket_state import Held, TicketState
from slacalc.errors import LogError, PolicyError
from slacalc.events.event import (
    Closed,
    Created,
    Deleted,
    DeprioritisationLifted,
    Deprioritised,
    Escalated,
    Event,
    FieldChanged,
    MergedFrom,
    MergedInto,
    Message,
    NoReplyNeeded,
    Paused,
    Placed,
    Reopened,
    Resumed,
    Solved,
    StatusChanged,
    TakenOver,
    TargetOverridden,
)
from slacalc.events.json_lines import event_to_data
from slacalc.policies.clock_rules import AnswerRule
from slacalc.policies.in_force import MatchedRule

__all__ = ["apply"]

_ANSWER: Final = AnswerRule()


def apply(life: TicketState, placed: Placed) -> None:
    """Apply an event: after this, the clocks are as it leaves them."""
    at, seq, life.place, event = placed
    life.number += 1
    try:
        if life.ended or not life.created or (at, seq) < life.last:
            _refuse_out_of_place(life, at, seq, event)
        life.last = (at, seq)
        if isinstance(event, Created):
            create(life, event, at)
        else:
            if at >= life.changes_at:
                move_on(life, event.at)
            _happen(life, event, at)
    except (LogError, PolicyError) as error:
        if not life.created and isinstance(event, Created):
            raise
        life.breach(error)


def _refuse_out_of_place(life: TicketState, at: int, seq: int, event: Event) -> None:
    if (at, seq) < life.last:
        raise LogError(
            "event_out_of_order", "later events were applied before", given=event_to_data(event), accepts="a later one"
        )
    if life.ended:
        raise LogError(
            "event_after_the_end", "the ticket was merged or deleted", given=event_to_data(event), accepts="no event"
        )
    if not isinstance(event, Created):
        raise LogError(
            "event_before_creation", "the first event creates", given=event_to_data(event), accepts="Created"
        )


def _happen(life: TicketState, event: Event, at: int) -> None:  # noqa: C901, PLR0912 - one case an event
    match event:
        case Message():
            _hear(life, event, at)
        case StatusChanged():
            set_status(life, event.status, at)
        case FieldChanged():
            set_field(life, event.field, event.value, at)
        case Paused():
            begin_hold(life, ("pause", event.reason), at)
        case Resumed():
            end_pause(life, event, at)
        case Solved():
            _solve(life, at)
        case Closed():
            _solve(life, at)
            _cancel_all(life, "closed", at)
        case Reopened():
            _reopen(life, event.status, at)
        case MergedInto():
            _end(life, "merged", at)
        case MergedFrom():
            share_clocks(life, to_us(event.received, "received"))
        case Deleted():
            _end(life, "deleted", at)
        case TakenOver():
            _take_over(life, event, at)
        case NoReplyNeeded():
            _cancel_all(life, "no_reply_needed", at, _waits_for_an_answer)
        case Deprioritised():
            life.deprioritisations.setdefault(_cause(life, event.reason), at)
        case DeprioritisationLifted():
            life.deprioritisations.pop(_cause(life, event.reason), None)
        case Escalated():
            life.escalated.setdefault(_step(life, event.on), at)
        case TargetOverridden():
            override(life, event, at)
        case Created():
            raise AssertionError
        case _ as never:
            assert_never(never)


def _hear(life: TicketState, message: Message, at: int) -> None:
    terms = life.terms
    if message.actor == "customer":
        _hear_customer(life, terms, at)
        return
    life.remember(message)
    if message.actor == "unknown":
        life.remark("actor_unknown")
    answered = astray = False
    for cycle in life.open_cycles():
        if cycle.terms.clock.stops == "answer":
            if is_answer(message, cycle.terms.clock.answer):
                cycle.finish(at, answered=True)
                answered = True
            else:
                astray = astray or is_off_channel(message, cycle.terms.clock.answer)
    for metric in terms.starting.get("answer", ()):
        if not life.solved and is_answer(message, metric.clock.answer):
            begin(life, metric, at)
    if answered:
        life.messages_waiting = 0
    if astray:
        life.remark("off_channel")


def _hear_customer(life: TicketState, terms: MatchedRule, at: int) -> None:
    life.heard = life.number
    life.messages_waiting += 1
    most = life.edition.policy.deprioritisation.max_messages
    if most is not None and life.messages_waiting > most:
        life.deprioritisations.setdefault("too_many_messages", at)
    if was_answered(life, _ANSWER):
        life.escalated.setdefault("customer_replies", at)
    follow_all(life, Held(at, None, begins=False))
    for metric in terms.starting.get("customer_message", ()):
        begin(life, metric, at)


def _solve(life: TicketState, at: int) -> None:
    life.solved = True
    for cycle in life.open_cycles():
        clock = cycle.terms.clock
        if clock.stops == "solved":
            cycle.finish(at, answered=True)
            cycle.followed = len(life.pauses)
        elif clock.on_solved == "stop":
            cycle.finish(at, answered=False)
        elif clock.on_solved == "cancel":
            cycle.cancel("solved_without_answer", at)


def _reopen(life: TicketState, status: str, at: int) -> None:
    status = status or likely_status(life.edition.policy, life.status)
    check_status(life.edition.policy, status)
    life.solved = False
    stopped = (
        []
        if life.taken_over is not None
        else [cycles[-1] for cycles in life.cycles.values() if cycles[-1].stop is not None]
    )
    set_status(life, status, at)
    for cycle in stopped:
        if cycle.terms.clock.stops == "solved" and not cycle.cancelled:
            _go_on(life, cycle, at)


def _go_on(life: TicketState, cycle: Cycle, at: int) -> None:
    match cycle.terms.clock.reopen:
        case "new_cycle":
            if (terms := life.terms.metrics.get(cycle.terms.metric)) is not None:
                begin(life, terms, at)
        case "resume" | "continue" as how:
            cycle.go_on(counting=how == "continue")
            catch_up(life, cycle)
            cycle.release(SOLVED, at)
            if terms_for(life, cycle) is None:
                cycle.cancel("no_longer_promised", at)
        case _ as never:
            assert_never(never)


def _take_over(life: TicketState, event: TakenOver, at: int) -> None:
    if life.taken_over is not None:
        return
    life.taken_over = event
    _cancel_all(life, "taken_over", at)
    for terms in life.terms.starting.get("taken_over", ()):
        begin(life, terms, at)


def _end(life: TicketState, why: str, at: int) -> None:
    _cancel_all(life, why, at)
    life.ended = True


def _cancel_all(life: TicketState, why: str, at: int, which: Callable[[Cycle], bool] = lambda _cycle: True) -> None:
    for cycle in life.open_cycles():
        if which(cycle):
            cycle.cancel(why, at)


def _waits_for_an_answer(cycle: Cycle) -> bool:
    return cycle.terms.clock.stops == "answer"


def _cause(life: TicketState, reason: str) -> str:
    causes = life.edition.policy.deprioritisation.causes
    if reason not in causes:
        raise LogError(
            "deprioritisation_unknown",
            "this is no cause of a deprioritisation",
            given=reason,
            accepts=", ".join(causes),
        )
    return reason


def _step(life: TicketState, on: str) -> str:
    """Return what was asked for, if a step of an escalation waits for it."""
    policy = life.edition.policy
    known = {
        step.on
        for escalation in (policy.escalation, *(rule.escalation or () for rule in policy.rules))
        for step in escalation
    }
    if on not in known:
        accepts = ", ".join(sorted(filter(None, known))) or "none in this policy"
        raise LogError("escalation_unknown", "no step of the escalation waits for this", given=on, accepts=accepts)
    return on
