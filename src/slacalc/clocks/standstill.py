"""What pauses a ticket (its status, or a pause event), and which of its clocks stand still."""

from collections.abc import Iterable
from typing import Final

from slacalc.arguments import nearest_first
from slacalc.clocks.cycle import Cycle, Hold
from slacalc.clocks.ticket_state import Held, TicketState
from slacalc.errors import LogError
from slacalc.events.event import Resumed
from slacalc.events.json_lines import event_to_data
from slacalc.policies.document.policy_document import PolicyDocument
from slacalc.policies.in_force import MetricPromise

__all__ = [
    "begin_hold",
    "check_status",
    "end_hold",
    "end_hold_of",
    "end_pause",
    "follow",
    "follow_all",
    "hold_as_the_ticket",
    "likely_status",
    "set_status",
]

_ASSUMED_STATUS: Final = "open"


def set_status(life: TicketState, status: str, at: int) -> None:
    """Give the ticket another status, and let its clocks stand still or run for it.

    The status in which it is solved holds nothing: one solving may be told by two events, in either order.
    """
    old, life.status = life.status, status
    if old != status:
        end_hold(life, ("status", old), at)
    if not (life.solved and life.turned_at == at):
        begin_hold(life, ("status", status), at)


def likely_status(policy: PolicyDocument, otherwise: str) -> str:
    """Return the status of a ticket of which the log says none: open, where the policy knows it."""
    return _ASSUMED_STATUS if not policy.statuses or _ASSUMED_STATUS in policy.statuses else otherwise


def check_status(policy: PolicyDocument, status: str) -> None:
    """Refuse a status that the policy does not know."""
    if status and policy.statuses and status not in policy.statuses:
        raise LogError(
            "status_unknown",
            "the policy knows no such status",
            given=status,
            accepts=nearest_first(status, policy.statuses),
        )


def begin_hold(life: TicketState, hold: Hold, at: int) -> None:
    """Let something hold the ticket from now on."""
    life.holds[hold] = life.number
    follow_all(life, Held(at, hold, begins=True))


def end_hold(life: TicketState, hold: Hold, at: int) -> None:
    """Let something hold the ticket no longer, if it does."""
    if hold in life.holds:
        end_hold_of(life, life.open_cycles(), hold, at)


def end_hold_of(life: TicketState, open_cycles: Iterable[Cycle], hold: Hold, at: int) -> None:
    """Let something hold the ticket no longer, if it does, where these are its open cycles."""
    if life.holds.pop(hold, None) is not None:
        held = Held(at, hold, begins=False)
        life.pauses.append(held)
        for cycle in open_cycles:
            follow(cycle, held)


def end_pause(life: TicketState, event: Resumed, at: int) -> None:
    """Let a pause end that was begun for the same reason."""
    if ("pause", event.reason) not in life.holds:
        raise LogError(
            "resume_without_pause",
            "nothing is paused for this reason",
            given=event_to_data(event),
            accepts=", ".join(repr(name) for kind, name in life.holds if kind == "pause") or "a Paused before it",
        )
    end_hold(life, ("pause", event.reason), at)


def follow_all(life: TicketState, held: Held) -> None:
    """Note that a hold began or ended, and let the open clocks follow it."""
    life.pauses.append(held)
    for cycle in life.open_cycles():
        follow(cycle, held)


def follow(cycle: Cycle, held: Held) -> None:
    """Pause a cycle, or let it run again, as its clock follows what holds the ticket."""
    if held.hold is None:
        if cycle.terms.clock.resume_on_customer_message:
            cycle.release_all(held.at)
    elif not held.begins:
        cycle.release(held.hold, held.at)
    elif _is_held_by(cycle.terms, held.hold):
        cycle.hold(held.hold, held.at)


def hold_as_the_ticket(life: TicketState, cycle: Cycle, at: int) -> None:
    """Pause a cycle for what holds the ticket now; not for what a customer's message ended."""
    for hold, number in life.holds.items():
        if _is_held_by(cycle.terms, hold):
            ended = cycle.terms.clock.resume_on_customer_message and number < life.heard
            if not ended:
                cycle.hold(hold, at)


def _is_held_by(terms: MetricPromise, hold: Hold) -> bool:
    match hold:
        case ("status", name):
            return name in terms.clock.paused_in
        case ("pause", _):
            return terms.clock.pausable
        case _:
            return True
