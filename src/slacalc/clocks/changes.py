"""A ticket changes: its fields, the instants it counts from, or what it is promised."""

from collections import deque
from heapq import merge
from operator import attrgetter
from typing import assert_never

from slacalc.business_time.instants import to_us
from slacalc.clocks.beginnings import begin, begin_anew, begin_from, begin_late, instant_of, names_instant, read_origin
from slacalc.clocks.cycle import SOLVED, UNPROMISED, Cycle, Meanwhile, Override
from slacalc.clocks.standstill import follow
from slacalc.clocks.stops import end_by_field, has_stopped, is_first_value, started_at
from slacalc.clocks.ticket_state import FieldBefore, Held, Series, TicketState
from slacalc.errors import LogError
from slacalc.events.event import TargetOverridden
from slacalc.policies.in_force import MetricPromise

__all__ = ["go_on", "override", "promise_the_rest", "set_field", "share_clocks"]


def set_field(life: TicketState, name: str, value: str, at: int) -> None:
    """Give a field another value; clocks follow, by the rule that matches now or from the instant that it names."""
    if names_instant(life, name):
        life.instants[name] = read_origin(name, value)
        _count_from(life, name, at)
        return
    fields = {**life.fields, name: value}
    editions = {cycles[-1].edition for cycles in life.cycles.values() if _follows_fields(cycles[-1])}
    for edition in editions:
        edition.terms_by_declared(fields)  # refused before anything has changed
    terms = life.edition.terms({**life.edition.declared(life.fields), name: value})
    if life.listens and is_first_value(life, name, value):
        end_by_field(life, name, at)
    life.fields_before.append(FieldBefore(at, name, life.fields.get(name, ""), value))
    life.terms, life.fields = terms if life.in_force else terms.without_metrics(), fields
    _change_terms(life, at)


def share_clocks(life: TicketState, received: int, at: int) -> None:
    """Let the clocks of a ticket begin with a duplicate that was received earlier.

    What stays is a breach, a date promised by hand, and the time that was solved or not promised.
    """
    if received >= life.received:
        return
    begun = [cycle for cycle in life.open_cycles() if _began_with_creation(life, cycle)]
    life.received = received
    for cycle in begun:
        life.cycles[cycle.terms.metric][-1] = _begun_earlier(life, cycle, at)


def override(life: TicketState, event: TargetOverridden, at: int) -> None:
    """Promise a date by hand on an open clock."""
    cycle = life.open_cycle(event.metric)
    if cycle is None:
        running = ", ".join(cycle.terms.metric for cycle in life.open_cycles())
        raise LogError(
            "override_without_clock", "no clock of this metric is open", given=event.metric, accepts=running or "none"
        )
    cycle.override(Override(at, to_us(event.due, "due"), event.author))


def go_on(life: TicketState, cycle: Cycle, at: int) -> None:
    """Take up a cycle that solving or closing ended, as its clock says; where each rule has a cycle, begin another."""
    clock = cycle.terms.clock
    anew = _can_be_taken_up(cycle) and clock.on_change == "new_cycle" and _terms_for(life, cycle) != cycle.terms
    match "new_cycle" if anew else clock.reopen:
        case "new_cycle":
            if (terms := life.terms.metrics.get(cycle.terms.metric)) is not None:
                begin(life, terms, at)
        case "resume" | "continue" as how:
            cycle.go_on(SOLVED if how == "resume" else None, at)
            _catch_up(life, cycle)
            cycle.release(SOLVED, at)
            if _terms_for(life, cycle) is None:
                cycle.finish("no_longer_promised", at, len(life.pauses))
        case _ as never:
            assert_never(never)


def _terms_for(life: TicketState, cycle: Cycle) -> MetricPromise | None:
    """Return what the ticket is promised now on the metric of a cycle, in the policy of its origin (rule 10)."""
    terms = cycle.edition.terms_by_declared(life.fields).metrics.get(cycle.terms.metric)
    return terms if terms is not None and _knows_origin(life, terms) else None


def _catch_up(life: TicketState, cycle: Cycle) -> None:
    """Let a cycle see what happened to the ticket since it ended."""
    changes = deque(cycle.meanwhile)
    for place in range(cycle.followed, len(life.pauses) + 1):
        while changes and changes[0].after <= place:
            change = changes.popleft()
            _follow_change(cycle, change.terms, change.at)
        if place < len(life.pauses):
            follow(cycle, life.pauses[place])
    cycle.meanwhile, cycle.fields = [], life.fields


def promise_the_rest(life: TicketState, at: int) -> None:
    """Begin the clocks of an open ticket that are promised and do not run; go on with those that were parked.

    What waits for another clock begins when that has ended.
    """
    for terms in life.terms.metrics.values():
        cycles = life.cycles.get(terms.metric)
        if terms.metric in life.kept:
            continue
        if cycles is None or terms.clock.repeats is not None:
            since = started_at(life, terms.clock)
            if since is not None and not has_stopped(life, terms, since):
                begin_late(life, terms, at)
        elif _is_away(cycles[-1]) and life.taken_over is None:
            _promise_again(life, cycles[-1], terms, at)
        elif cycles[-1].ended_by_solving:
            begin(life, terms, at)


def _began_with_creation(life: TicketState, cycle: Cycle) -> bool:
    clock = cycle.terms.clock
    waited = clock.after and cycle.origin != life.received
    return clock.starts == "created" and cycle.terms.promised.origin is None and not (waited or clock.repeats)


def _begun_earlier(life: TicketState, cycle: Cycle, at: int) -> Cycle:
    cycle.is_breached(at)
    earlier = Cycle(cycle.edition, cycle.first_terms, life.received, life.fields)
    earlier.known_since = at
    _live_again(life, earlier, cycle)
    earlier.breach, earlier.later, earlier.overrides = cycle.breach, cycle.later, cycle.overrides
    earlier.terms_now = cycle.terms_now
    return earlier


def _live_again(life: TicketState, earlier: Cycle, cycle: Cycle) -> None:
    """Let a cycle with an earlier origin live through what held the ticket and the other cycle, and its changes."""
    held = deque(merge(_own_holds(cycle), life.pauses, key=attrgetter("at")))
    for turn in cycle.turns:
        while held and held[0].at <= turn.at:
            follow(earlier, held.popleft())
        earlier.spend_pause(turn.at)
        earlier.repeat(turn._replace(begins=earlier.origin) if turn.begins == cycle.origin else turn)
    for each in held:
        follow(earlier, each)


def _own_holds(cycle: Cycle) -> list[Held]:
    """Return when a cycle began and ceased to be solved or not promised, in order."""
    own = [pause for pause in cycle.pauses if pause.hold in {SOLVED, UNPROMISED}]
    edges = [
        held
        for pause in own
        for held in (Held(pause.start, pause.hold, begins=True), Held(pause.end, pause.hold, begins=False))
    ]
    return sorted(edges, key=attrgetter("at"))


def _count_from(life: TicketState, name: str, at: int) -> None:
    """Judge clocks that run from a named instant anew by the corrected one; begin those that now have theirs."""
    for cycle in life.open_cycles():
        if cycle.terms.promised.origin == name and cycle.terms.clock.repeats is None:
            _judge_anew(life, cycle, life.instants[name], at)
    for terms in life.terms.metrics.values():
        if terms.promised.origin == name:
            cycles = life.cycles.get(terms.metric)
            if terms.clock.repeats is not None:
                life.repeats[terms.metric] = Series(life.instants[name], at)
            elif cycles is None or cycles[-1].cancelled == "no_longer_promised":
                begin(life, terms, at)


def _judge_anew(life: TicketState, cycle: Cycle, origin: int, at: int) -> None:
    """Begin a cycle again from the corrected instant, in the version that it began under (rule 10)."""
    terms = _terms_for(life, cycle)
    if terms is not None and terms.promised.origin == cycle.terms.promised.origin:
        life.cycles[terms.metric].pop()
        begin_from(life, cycle.edition, terms, origin, at)


def _change_terms(life: TicketState, at: int) -> None:
    """Give open clocks the target of the rule that matches now; one that it does not promise is cancelled (rule 9)."""
    for cycle in life.open_cycles():
        cycle.fields = life.fields
        _change_cycle(life, cycle, at)
    for cycles in life.cycles.values():
        if _may_go_on(cycles[-1]):
            _note_change(life, cycles[-1], at)
    if not life.solved:
        promise_the_rest(life, at)


def _change_cycle(life: TicketState, cycle: Cycle, at: int) -> None:
    terms = _terms_for(life, cycle)
    if terms == cycle.terms_now:
        return
    if cycle.terms.clock.on_change == "new_cycle":
        cycle.finish("handed_over", at, len(life.pauses))
        if (promised := life.terms.metrics.get(cycle.terms.metric)) is not None:
            begin(life, promised, at)
    elif terms is None:
        cycle.finish("no_longer_promised", at, len(life.pauses))
    elif _goes_on(cycle, terms, at):
        cycle.retarget(terms, at)
    else:
        _restart(life, cycle, at)


def _goes_on(cycle: Cycle, terms: MetricPromise, at: int) -> bool:
    """Tell whether other terms leave a cycle its origin: nothing changed, a breach stays, or the policy retargets."""
    return (
        _retargets(cycle, terms)
        or terms.promises_as(cycle.terms)
        or cycle.is_breached(at)
        or terms.clock.repeats is not None
    )


def _retargets(cycle: Cycle, terms: MetricPromise) -> bool:
    return terms.promised.origin == cycle.terms.promised.origin and terms.clock.on_change == "retarget"


def _restart(life: TicketState, old: Cycle, at: int) -> None:
    """Begin the cycle anew, from its own instant or from now, if it is promised now."""
    terms = life.terms.metrics.get(old.terms.metric)
    if terms is None or not _knows_origin(life, terms):
        old.finish("no_longer_promised", at, len(life.pauses))
        return
    life.cycles[terms.metric].pop()
    begin_anew(life, terms, at)


def _may_go_on(cycle: Cycle) -> bool:
    """Tell whether opening the ticket again would take up this very cycle, whatever it is promised then."""
    return _can_be_taken_up(cycle) and cycle.terms.clock.on_change != "new_cycle"


def _can_be_taken_up(cycle: Cycle) -> bool:
    return cycle.can_go_on and cycle.terms.clock.reopen != "new_cycle"


def _follows_fields(cycle: Cycle) -> bool:
    """Tell whether the rules of a cycle are asked again: it goes on, or may do so."""
    return cycle.is_open or _can_be_taken_up(cycle) or _is_away(cycle)


def _note_change(life: TicketState, cycle: Cycle, at: int) -> None:
    """Keep other terms for the case that a solved ticket is opened again."""
    last = cycle.meanwhile[-1].terms if cycle.meanwhile else cycle.terms_now
    terms = _terms_for(life, cycle)
    if terms != last:
        cycle.meanwhile.append(Meanwhile(len(life.pauses), at, terms))


def _follow_change(cycle: Cycle, terms: MetricPromise | None, at: int) -> None:
    if terms is None:
        cycle.is_breached(at)
        if cycle.terms.leaves_unpromised_out:
            cycle.hold(UNPROMISED, at)
    elif UNPROMISED in cycle.held:
        cycle.come_back(terms, at)
    else:
        cycle.retarget(terms, at)


def _is_away(cycle: Cycle) -> bool:
    """Tell whether a rule that does not promise it, or another one, ended a cycle."""
    return cycle.end is not None and cycle.end.how in {"no_longer_promised", "handed_over"}


def _promise_again(life: TicketState, cycle: Cycle, terms: MetricPromise, at: int) -> None:
    """Go on with a cycle that was not promised for a while, or begin another; not when it has its answer."""
    assert cycle.end is not None  # noqa: S101 - it is away
    away_since = cycle.held.get(UNPROMISED, cycle.end.at)
    if has_stopped(life, terms, away_since):
        return
    own = _terms_for(life, cycle)
    if (
        own is not None
        and own.clock.on_change != "new_cycle"
        and (cycle.is_breached(away_since) or _retargets(cycle, own))
    ):
        cycle.go_on(UNPROMISED if own.leaves_unpromised_out else None, at)
        _catch_up(life, cycle)
        cycle.come_back(own, at)
    else:
        begin_late(life, terms, at)


def _knows_origin(life: TicketState, terms: MetricPromise) -> bool:
    return terms.promised.origin is None or instant_of(life, terms.promised.origin) is not None
