"""Apply one event to the state of a ticket, by the rules of its policy.

What a log leaves open or gets wrong is collected as gaps, never guessed.
"""

from collections.abc import Callable
from typing import Final, assert_never

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import to_us
from slacalc.clocks.answers import is_answer, is_off_channel, was_answered
from slacalc.clocks.beginnings import begin, begin_kept, create, move_on
from slacalc.clocks.changes import go_on, override, promise_the_rest, set_field, share_clocks
from slacalc.clocks.cycle import Cycle
from slacalc.clocks.series import pass_dates
from slacalc.clocks.standstill import (
    begin_hold,
    check_status,
    end_hold_of,
    end_pause,
    follow_all,
    likely_status,
    set_status,
)
from slacalc.clocks.starts import begin_by_customer, enter_status, happen, take_first_value, take_first_values
from slacalc.clocks.stops import count_stop, is_first_value
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
    Happened,
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
from slacalc.policies.document.clock_rules import AnswerRule, ClockRule

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
        if life.doubt is not None:
            life.settle_doubt(at)
        if isinstance(event, Created):
            _create(life, event, at)
        else:
            if life.repeats:
                pass_dates(life, at)
            if at >= life.changes_at:
                move_on(life, event.at)
            _happen(life, event, at)
        if life.kept:
            begin_kept(life, at)
    except (LogError, PolicyError) as error:
        if not life.created and isinstance(event, Created):
            raise
        life.refuse(error)


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


def _create(life: TicketState, event: Created, at: int) -> None:
    create(life, event, at)
    if event.actor != "customer":
        life.opened_at = at
    elif event.message:
        begin_by_customer(life, at)
    if life.listens:
        take_first_values(life, at)
    if life.edition.ending(life.status) != "nothing":
        _end_by_status(life, life.status, at)
    if life.listens:
        enter_status(life, "", at)


def _happen(life: TicketState, event: Event, at: int) -> None:  # noqa: C901, PLR0912 - one case an event
    match event:
        case Message():
            _hear(life, event, at)
        case StatusChanged():
            _change_status(life, event.status, at)
        case FieldChanged():
            first = life.listens and is_first_value(life, event.field, event.value)
            set_field(life, event.field, event.value, at)
            if first:
                take_first_value(life, event.field, at)
        case Happened():
            happen(life, event.name, at)
        case Paused():
            begin_hold(life, ("pause", event.reason), at)
        case Resumed():
            end_pause(life, event, at)
        case Solved():
            _solve(life, at)
        case Closed():
            _close(life, at)
        case Reopened():
            _reopen(life, event.status, at)
        case MergedInto():
            _end(life, "merged", at)
        case MergedFrom():
            share_clocks(life, to_us(event.received, "received"), at)
        case Deleted():
            _end(life, "deleted", at)
        case TakenOver():
            _take_over(life, event, at)
        case NoReplyNeeded():
            _need_no_reply(life, at)
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
    if message.actor == "customer":
        _hear_customer(life, at)
        return
    if message.actor == "agent" and at == life.opened_at:
        return
    life.remember(message, at)
    if message.actor == "unknown":
        life.remark("actor_unknown")
    _answer(life, message, at)
    for metric in life.terms.starting.get("answer", ()):
        if (not life.solved or life.turned_at == at) and is_answer(message, metric.clock.answer):
            begin(life, metric, at)
            if life.solved:
                (_close if life.closed else _stop_all)(life, at)


def _answer(life: TicketState, message: Message, at: int) -> None:
    """End what waits for this answer; what solving ended before has its answer, too."""
    answered = astray = False
    for cycles in life.cycles.values():
        cycle = cycles[-1]
        if cycle.terms.clock.stops != "answer" or not (cycle.end is None or cycle.ended_by_solving):
            continue
        if not is_answer(message, cycle.terms.clock.answer):
            astray = astray or (cycle.end is None and is_off_channel(message, cycle.terms.clock.answer))
            continue
        answered = True
        cycle.stop_at(at, len(life.pauses))
    if life.kept or life.repeats:
        count_stop(life, lambda clock: clock.stops == "answer" and is_answer(message, clock.answer), at)
    if answered:
        life.messages_waiting = 0
    if astray:
        life.remark("off_channel")


def _hear_customer(life: TicketState, at: int) -> None:
    life.heard = life.number
    life.messages_waiting += 1
    most = life.edition.policy.deprioritisation.max_messages
    if most is not None and life.messages_waiting > most:
        life.deprioritisations.setdefault("too_many_messages", at)
    if was_answered(life, _ANSWER):
        life.escalated.setdefault("customer_replies", at)
    follow_all(life, Held(at, None, begins=False))
    if life.first_message is None or "customer_message" in life.terms.starting:
        begin_by_customer(life, at)


def _change_status(life: TicketState, status: str, at: int) -> None:
    """Give the ticket another status, which may solve, close or reopen it."""
    check_status(life.edition.policy, status)
    if life.solved and life.edition.knows_endings and life.edition.ending(status) not in {"solved", "closed"}:
        _reopen(life, status, at)
    else:
        _end_by_status(life, status, at)
        old = life.status
        set_status(life, status, at)
        if life.listens:
            enter_status(life, old, at)


def _end_by_status(life: TicketState, status: str, at: int) -> None:
    """Solve or close the ticket if its status says so; doubt one that is called so and does nothing."""
    life.doubt = None
    match life.edition.ending(status):
        case "solved" if not life.solved:
            _stop_all(life, at)
        case "closed" if not life.closed:
            _close(life, at)
        case "in_doubt" if not life.solved:
            life.doubt = (at, life.place)
        case _:
            pass


def _solve(life: TicketState, at: int) -> None:
    if life.solved and not life.closed and life.turned_at < at:
        life.remark("solved_twice")
    _stop_all(life, at)


def _close(life: TicketState, at: int) -> None:
    for cycle in _stop_all(life, at):
        cycle.finish("closed", at, len(life.pauses))
    life.closed = True


def _stop_all(life: TicketState, at: int) -> list[Cycle]:
    """Stop the clocks that solving stops, out of a pause too, and return the others.

    Then the ticket does not stand in its status any more.
    """
    life.solved, life.turned_at, life.doubt = True, at, None
    others: list[Cycle] = []
    for cycle in life.open_cycles():
        clock = cycle.terms.clock
        if clock.stops == "solved" or clock.on_solved == "stop":
            cycle.finish("solved", at, len(life.pauses))
        elif clock.on_solved == "cancel":
            cycle.finish("solved_without_answer", at, len(life.pauses))
        else:
            others.append(cycle)
    end_hold_of(life, others, ("status", life.status), at)
    return others


def _reopen(life: TicketState, named: str, at: int) -> None:
    """Open a solved ticket again; one update may say so twice."""
    status = named or likely_status(life.edition.policy, life.status)
    check_status(life.edition.policy, status)
    if not life.solved:
        if life.turned_at != at:
            life.remark("reopened_unsolved")
        if named:
            old = life.status
            set_status(life, named, at)
            if life.listens:
                enter_status(life, old, at)
        return
    life.solved = life.closed = False
    life.turned_at = at
    set_status(life, status, at)
    for cycles in life.cycles.values() if life.taken_over is None else ():
        if cycles[-1].can_go_on:
            go_on(life, cycles[-1], at)
    promise_the_rest(life, at)
    if life.listens:
        enter_status(life, "", at)


def _take_over(life: TicketState, event: TakenOver, at: int) -> None:
    if life.taken_over is not None:
        return
    life.taken_over = event
    _cancel_all(life, "taken_over", at)
    for terms in life.terms.starting.get("taken_over", ()):
        begin(life, terms, at)


def _end(life: TicketState, why: str, at: int) -> None:
    _cancel_all(life, why, at)
    life.ended, life.doubt = True, None


def _cancel_all(life: TicketState, why: str, at: int, which: Callable[[Cycle], bool] = lambda _cycle: True) -> None:
    for cycle in life.open_cycles():
        if which(cycle):
            cycle.finish(why, at, len(life.pauses))


def _need_no_reply(life: TicketState, at: int) -> None:
    _cancel_all(life, "no_reply_needed", at, lambda cycle: _waits_for_an_answer(cycle.terms.clock))
    life.kept = [metric for metric in life.kept if not _waits_for_an_answer(life.edition.policy.clock(metric))]


def _waits_for_an_answer(clock: ClockRule) -> bool:
    return clock.stops == "answer"


def _cause(life: TicketState, reason: str) -> str:
    causes = life.edition.policy.deprioritisation.causes
    if reason not in causes:
        raise LogError(
            "deprioritisation_unknown",
            "this is no cause of a deprioritisation",
            given=reason,
            accepts=nearest_first(reason, causes),
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
