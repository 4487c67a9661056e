"""A ticket changes: its fields, the instants it counts from, or what it is promised."""

from collections import deque

from slacalc.business_time.instants import to_us
from slacalc.clocks.answers import was_answered
from slacalc.clocks.beginnings import begin, begin_late, begun_at, read_origin
from slacalc.clocks.cycle import Cycle, Meanwhile, Override
from slacalc.clocks.standstill import follow
from slacalc.clocks.ticket_state import TicketState
from slacalc.errors import LogError
from slacalc.events.event import TargetOverridden
from slacalc.policies.in_force import MetricPromise

__all__ = ["catch_up", "override", "set_field", "share_clocks", "terms_for"]


def set_field(life: TicketState, name: str, value: str, at: int) -> None:
    """Give a field another value; clocks follow, by the rule that matches now or from the instant that it names."""
    if name in life.edition.origins:
        life.instants[name] = read_origin(name, value)
        _count_from(life, name, at)
        return
    fields = {**life.fields, name: value}
    editions = {cycles[-1].edition for cycles in life.cycles.values()}
    for edition in editions:
        edition.terms(fields)  # refused before anything has changed
    terms = life.edition.terms(fields)
    life.terms, life.fields = terms if life.in_force else terms.without_metrics(), fields
    _change_terms(life, at)


def share_clocks(life: TicketState, received: int) -> None:
    """Let the clocks of a ticket begin with a duplicate that was received earlier; a date promised by hand stays."""
    if received >= life.received:
        return
    life.received = received
    for cycle in life.open_cycles():
        if cycle.terms.clock.starts == "created" and cycle.terms.promised.origin is None:
            earlier = begun_at(life, cycle.terms, received)
            earlier.breaches, earlier.overrides = cycle.breaches, cycle.overrides
            life.cycles[cycle.terms.metric][-1] = earlier


def override(life: TicketState, event: TargetOverridden, at: int) -> None:
    """Promise a date by hand on an open clock."""
    cycle = life.open_cycle(event.metric)
    if cycle is None:
        running = ", ".join(cycle.terms.metric for cycle in life.open_cycles())
        raise LogError(
            "override_without_clock", "no clock of this metric is open", given=event.metric, accepts=running or "none"
        )
    cycle.override(Override(at, to_us(event.due, "due"), event.author))


def terms_for(life: TicketState, cycle: Cycle) -> MetricPromise | None:
    """Return what the ticket is promised now on the metric of a cycle, in the policy of its origin (rule 10)."""
    terms = cycle.edition.terms(life.fields).metrics.get(cycle.terms.metric)
    return terms if terms is not None and _knows_origin(life, terms) else None


def catch_up(life: TicketState, cycle: Cycle) -> None:
    """Let a cycle see what happened to the ticket while it was solved."""
    changes = deque(cycle.meanwhile)
    for place in range(cycle.followed, len(life.pauses) + 1):
        while changes and changes[0].after <= place:
            change = changes.popleft()
            cycle.retarget(change.terms, change.at)
        if place < len(life.pauses):
            follow(cycle, life.pauses[place])
    cycle.meanwhile = []


def _count_from(life: TicketState, name: str, at: int) -> None:
    """Begin the clocks that count from a named instant; a corrected one begins them anew."""
    for terms in life.terms.metrics.values():
        if terms.promised.origin == name:
            cycle = life.open_cycle(terms.metric)
            if cycle is not None:
                _restart(life, cycle, at)
            elif terms.metric not in life.cycles or life.cycles[terms.metric][-1].cancelled == "no_longer_promised":
                begin(life, terms, at)


def _change_terms(life: TicketState, at: int) -> None:
    """Give open clocks the target of the rule that matches now; one that it does not promise is cancelled (rule 9)."""
    for cycle in life.open_cycles():
        cycle.fields = life.fields
        _change_cycle(life, cycle, at)
    for cycles in life.cycles.values():
        if _may_go_on(cycles[-1]):
            _note_change(life, cycles[-1], at)
    for terms in () if life.solved else life.terms.starting.get("created", ()):
        if not (terms.clock.stops == "answer" and was_answered(life, terms.clock.answer)):
            _promise_late(life, terms, at)


def _change_cycle(life: TicketState, cycle: Cycle, at: int) -> None:
    terms = terms_for(life, cycle)
    if terms is cycle.terms:
        return
    if terms is None:
        cycle.cancel("no_longer_promised", at)
        cycle.followed = len(life.pauses)
    elif _goes_on(cycle, terms):
        cycle.retarget(terms, at)
    else:
        _restart(life, cycle, at)


def _goes_on(cycle: Cycle, terms: MetricPromise) -> bool:
    """Tell whether other terms leave a cycle its origin: they count from the same, and the policy does not restart."""
    return terms.promised.origin == cycle.terms.promised.origin and terms.clock.on_change == "retarget"


def _restart(life: TicketState, old: Cycle, at: int) -> None:
    """Begin the cycle anew, from its own instant or from now, if it is promised now; a breach stays on record."""
    terms = life.terms.metrics.get(old.terms.metric)
    if terms is None or not _knows_origin(life, terms):
        old.cancel("no_longer_promised", at)
        return
    old.record_breach(at)
    life.cycles[terms.metric].pop()
    begin_late(life, terms, at)
    life.cycles[terms.metric][-1].breaches = old.breaches


def _may_go_on(cycle: Cycle) -> bool:
    clock = cycle.terms.clock
    return cycle.stop is not None and clock.stops == "solved" and clock.reopen != "new_cycle"


def _note_change(life: TicketState, cycle: Cycle, at: int) -> None:
    """Keep other terms for the case that a solved ticket is opened again."""
    last = cycle.meanwhile[-1].terms if cycle.meanwhile else cycle.terms
    terms = terms_for(life, cycle)
    if terms is not None and terms is not last:
        cycle.meanwhile.append(Meanwhile(len(life.pauses), at, terms))


def _promise_late(life: TicketState, terms: MetricPromise, at: int) -> None:
    """Begin a clock that was not promised so far; one that was, and then was not any more, goes on."""
    cycles = life.cycles.get(terms.metric)
    if cycles is None:
        begin_late(life, terms, at)
    elif cycles[-1].cancelled == "no_longer_promised" and life.taken_over is None:
        cycle = cycles[-1]
        if cycle.edition is life.edition and _goes_on(cycle, terms):
            cycle.cancelled, cycle.cancelled_at = "", None
            catch_up(life, cycle)
            cycle.spend_pause(at)
            cycle.turn(terms, at)
        else:
            begin_late(life, terms, at)


def _knows_origin(life: TicketState, terms: MetricPromise) -> bool:
    return terms.promised.origin is None or terms.promised.origin in life.instants
