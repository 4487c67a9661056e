"""What begins a clock: a message, a status, the first value of a field, a named event."""

from functools import partial

from slacalc.arguments import nearest_first
from slacalc.clocks.beginnings import begin
from slacalc.clocks.changes import go_on
from slacalc.clocks.stops import Ends, end_by
from slacalc.clocks.ticket_state import TicketState
from slacalc.errors import LogError
from slacalc.policies.document.clock_rules import ClockRule
from slacalc.policies.document.signals import OnEvent, OnField, OnStatus, Signal, StartWord, StopWord
from slacalc.policies.in_force import MetricPromise

__all__ = ["begin_by_customer", "enter_status", "happen", "start", "take_first_value", "take_first_values"]


def start(life: TicketState, terms: MetricPromise, at: int) -> None:
    """Begin a cycle if none is open; one that solving ended goes on as its clock says."""
    cycles = life.cycles.get(terms.metric)
    if cycles is not None and cycles[-1].can_go_on and life.taken_over is None:
        go_on(life, cycles[-1], at)
    else:
        begin(life, terms, at)


def begin_by_customer(life: TicketState, at: int) -> None:
    """Begin what a customer's message begins: each one, or the first one alone."""
    for terms in life.terms.starting.get("customer_message", ()):
        start(life, terms, at)
    if life.first_message is None:
        life.first_message = at
        for terms in life.terms.starting.get("first_customer_message", ()):
            begin(life, terms, at)


def enter_status(life: TicketState, old: str, at: int) -> None:
    """End and begin what the status of the ticket, that it came into from another one, ends and begins."""
    if life.status != old:
        end_by(life, partial(_ends_with_status, old, life.status), at)
        for terms in life.terms.starting.get("status", ()):
            if _enters(terms.clock.starts, old, life.status):
                start(life, terms, at)


def take_first_values(life: TicketState, at: int) -> None:
    """Begin what the fields begin with which a ticket is created."""
    for field in life.edition.watched_fields:
        if life.fields.get(field):
            take_first_value(life, field, at)


def take_first_value(life: TicketState, field: str, at: int) -> None:
    """Begin what the first value of a field begins, and remember when it came."""
    if field in life.edition.watched_fields:
        life.first_values[field] = at
        for terms in life.terms.starting.get("field", ()):
            if isinstance(terms.clock.starts, OnField) and terms.clock.starts.field == field:
                start(life, terms, at)


def happen(life: TicketState, name: str, at: int) -> None:
    """End and begin what a named event ends and begins. Raises LogError for a name that means nothing to any clock."""
    ends: Ends = partial(_ends_with_event, name)
    known = life.edition.event_names
    if name not in known and not any(ends(cycle.terms.clock) for cycle in life.open_cycles()):
        raise LogError(
            "event_starts_nothing",
            "no clock begins or ends with an event of this name",
            given=name,
            accepts=nearest_first(name, known) or "none in this policy",
        )
    life.happened[name] = at
    end_by(life, ends, at)
    for terms in life.terms.starting.get("event", ()):
        if _is_event(terms.clock.starts, name):
            start(life, terms, at)


def _ends_with_status(old: str, new: str, clock: ClockRule) -> bool:
    return _enters(clock.stops, old, new)


def _ends_with_event(name: str, clock: ClockRule) -> bool:
    return _is_event(clock.stops, name)


def _enters(signal: StartWord | StopWord | Signal, old: str, new: str) -> bool:
    return isinstance(signal, OnStatus) and signal.is_entered(old, new)


def _is_event(signal: StartWord | StopWord | Signal, name: str) -> bool:
    return isinstance(signal, OnEvent) and signal.event == name
