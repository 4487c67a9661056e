"""What ends a clock that was asked for: an answer, a status, the first value of a field, a named event."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from slacalc.clocks.answers import was_answered
from slacalc.clocks.ticket_state import TicketState
from slacalc.policies.document.clock_rules import ClockRule
from slacalc.policies.document.signals import OnEvent, OnField, OnStatus
from slacalc.policies.in_force import MetricPromise

__all__ = [
    "Ends",
    "end_by",
    "end_by_field",
    "has_stopped",
    "has_value",
    "is_first_value",
    "started_at",
    "count_stop",
]

Ends: TypeAlias = Callable[[ClockRule], bool]
"""Tells of a clock whether what happened is its stop."""


def end_by(life: TicketState, ends: Ends, at: int) -> None:
    """End what a status, a field or an event stops; what solving ended before has its stop, too."""
    for cycles in life.cycles.values():
        cycle = cycles[-1]
        if cycle.terms.by_signal and (cycle.end is None or cycle.ended_by_solving) and ends(cycle.terms.clock):
            cycle.stop_at(at, len(life.pauses))
    count_stop(life, ends, at)


def end_by_field(life: TicketState, field: str, at: int) -> None:
    """End what the first value of a field stops."""
    end_by(life, partial(_ends_with_field, field), at)


def count_stop(life: TicketState, ends: Ends, at: int) -> None:
    """Let a stop count beside what it ends: what waits begins no more, what repeats has that of its date."""
    for metric in [*life.kept]:
        clock = life.edition.policy.clock(metric)
        if clock.starts != "created" and ends(clock):
            life.kept.remove(metric)
    for metric, series in life.repeats.items():
        if ends(life.edition.policy.clock(metric)):
            life.repeats[metric] = series._replace(stopped=at)


def has_stopped(life: TicketState, terms: MetricPromise, since: int | None = None) -> bool:
    """Tell whether what stops a clock came already, or since an instant, so that nothing is to be promised."""
    stops = terms.clock.stops
    match stops:
        case "answer":
            return was_answered(life, terms.clock.answer, since)
        case OnStatus():
            return life.status in stops.status
        case OnField():
            return has_value(life, stops.field)
        case OnEvent():
            at = life.happened.get(stops.event)
            return at is not None and (since is None or at >= since)
        case _:
            return False


def is_first_value(life: TicketState, field: str, value: str) -> bool:
    """Tell whether a field gets a value for the first time."""
    return bool(value) and not has_value(life, field)


def has_value(life: TicketState, field: str) -> bool:
    """Tell whether a field of the ticket has a value, or had one."""
    return bool(life.fields.get(field)) or field in life.first_values


def started_at(life: TicketState, clock: ClockRule) -> int | None:
    """Return when what begins a clock once happened; None while it has not, and for what comes again and again."""
    match clock.starts:
        case "created":
            return life.received
        case "first_customer_message":
            return life.first_message
        case OnField(field=field):
            return life.first_values.get(field)
        case _:
            return None


def _ends_with_field(field: str, clock: ClockRule) -> bool:
    return isinstance(clock.stops, OnField) and clock.stops.field == field
