"""Start the clocks of a ticket: at creation, when something happens, late, or as if earlier."""

from collections.abc import Iterable
from datetime import datetime
from heapq import merge
from operator import attrgetter

from slacalc.business_time.instants import to_us
from slacalc.clocks.cycle import UNPROMISED, Cycle, Hold
from slacalc.clocks.standstill import check_status, follow, hold_as_the_ticket, likely_status
from slacalc.clocks.stops import has_value, started_at
from slacalc.clocks.ticket_state import Held, Series, TicketState
from slacalc.clocks.waiting import must_wait
from slacalc.errors import LogError, PolicyError
from slacalc.events.event import Created
from slacalc.events.json_lines import event_to_data
from slacalc.policies.document.field_values import value_text
from slacalc.policies.document.fields import field_text, read_field
from slacalc.policies.document.signals import OnField
from slacalc.policies.in_force import MetricPromise, PolicyInForce

__all__ = [
    "begin",
    "begin_anew",
    "begin_from",
    "begin_kept",
    "begin_late",
    "create",
    "instant_of",
    "move_on",
    "names_instant",
    "read_origin",
]


def create(life: TicketState, event: Created, at: int) -> None:
    """Begin the ticket, and the clocks that its creation starts."""
    if life.created:
        raise LogError(
            "created_twice", "a ticket is created once", given=event_to_data(event), accepts="one Created, the first"
        )
    life.edition = life.policy.in_force_at(event.at)
    life.changes_at, life.listens = life.edition.until, life.edition.has_signals
    life.fields = _fields_of(life, event)
    life.terms = terms = life.edition.terms(life.fields)
    life.created, life.received = True, at
    life.status = _first_status(life, event)
    if event.actor == "unknown":
        life.remark("actor_unknown")
    hold: Hold = ("status", life.status)
    life.holds[hold] = life.number
    life.pauses.append(Held(at, hold, begins=True))
    for metric in terms.starting.get("created", ()):
        begin(life, metric, at)


def move_on(life: TicketState, moment: datetime) -> None:
    """Let cycles that begin from now on begin under the version in force (rule 10); under none, none begins."""
    try:
        edition = life.policy.in_force_at(moment)
        terms = life.terms if edition is life.edition else edition.terms_by_declared(life.fields)
    except PolicyError as error:
        life.refuse(error)
        life.in_force, life.terms = False, life.terms.without_metrics()
        return
    life.in_force, life.changes_at = True, edition.until
    life.listens = life.listens or edition.has_signals
    life.terms, life.edition = terms, edition


def begin(life: TicketState, terms: MetricPromise, at: int) -> None:
    """Begin a cycle, or a series of them, or keep the start of what waits for another clock.

    Nothing begins while a cycle is open, when the ticket is not ours any more, and when the instant that it counts
    from is unknown.
    """
    before, clock = life.cycles.get(terms.metric), terms.clock
    if (before and before[-1].is_open) or (life.taken_over is not None and clock.starts != "taken_over"):
        return
    if clock.after and must_wait(life, terms):
        life.kept += [] if terms.metric in life.kept else [terms.metric]
        return
    origin = at if terms.promised.origin is None else instant_of(life, terms.promised.origin)
    if origin is None:
        return
    if clock.repeats is not None:
        life.repeats.setdefault(terms.metric, Series(origin, at))
        return
    begin_from(life, life.edition, terms, origin, at)


def begin_from(life: TicketState, edition: PolicyInForce, terms: MetricPromise, origin: int, at: int) -> None:
    """Begin a cycle now that counts from an instant, under a version of the policy."""
    cycle = Cycle(edition, terms, origin, life.fields)
    cycle.known_since = at
    life.cycles.setdefault(terms.metric, []).append(cycle)
    if terms.pauses:
        hold_as_the_ticket(life, cycle, max(at, origin))
    if terms.by_signal and isinstance(terms.clock.stops, OnField) and has_value(life, terms.clock.stops.field):
        cycle.stop_at(max(at, origin), len(life.pauses))


def begin_kept(life: TicketState, at: int) -> None:
    """Begin the clocks that had their start and need not wait any more; none while the ticket is solved."""
    for metric in [] if life.solved or life.ended else [*life.kept]:
        terms = life.terms.metrics.get(metric)
        if terms is not None and not must_wait(life, terms):
            life.kept.remove(metric)
            begin(life, terms, at)


def begin_late(life: TicketState, terms: MetricPromise, at: int) -> None:
    """Begin a clock that a change promises: its time so far does not count, unless its clock says so (rule 9)."""
    since = _counts_from(life, terms)
    if since is None:
        begin(life, terms, at)
    elif life.taken_over is None and terms.clock.repeats is not None:
        life.repeats.setdefault(terms.metric, Series(since, at))
    elif life.taken_over is None:
        unpromised = [Held(since, UNPROMISED, begins=True)] if terms.leaves_unpromised_out else []
        cycle = _lived_through(life, Cycle(life.edition, terms, since, life.fields), at, unpromised)
        cycle.come_back(terms, at)
        life.cycles.setdefault(terms.metric, []).append(cycle)


def begin_anew(life: TicketState, terms: MetricPromise, at: int) -> None:
    """Begin a clock again that was promised under another origin, or is restarted: due not before now."""
    since = _counts_from(life, terms)
    if since is None:
        begin(life, terms, at)
    elif life.taken_over is None:
        cycle = _lived_through(life, Cycle(life.edition, terms, since, life.fields), at)
        cycle.spend_pause(at)
        cycle.turn(terms, at)
        life.cycles[terms.metric].append(cycle)


def _counts_from(life: TicketState, terms: MetricPromise) -> int | None:
    """Return when what begins a clock once came; None where it counts from the change, or a named instant."""
    clock = terms.clock
    if clock.on_change != "retarget" or terms.promised.origin is not None or clock.after in life.terms.metrics:
        return None
    return started_at(life, clock)


def _lived_through(life: TicketState, cycle: Cycle, at: int, own: Iterable[Held] = ()) -> Cycle:
    """Return a cycle that begins now as if it had run since its origin, through all that held the ticket and it."""
    cycle.known_since = at
    for held in merge(own, life.pauses, key=attrgetter("at")):
        follow(cycle, held)
    return cycle


def names_instant(life: TicketState, name: str) -> bool:
    """Tell whether a value is an instant that clocks count from, and no field that rules test.

    The version in force says so; of what it knows neither way, an open clock that counts from it, or another version.
    """
    if name in life.edition.origins or life.edition.declares(name):
        return name in life.edition.origins
    return name in life.policy.origins or any(name in cycle.edition.origins for cycle in life.open_cycles())


def instant_of(life: TicketState, name: str) -> int | None:
    """Return a named instant, None while it is not known; an earlier version may have taken it for a field."""
    if name in life.instants or name not in life.fields:
        return life.instants.get(name)
    try:
        return read_origin(name, life.fields[name])
    except LogError:
        return None


def read_origin(name: str, text: str) -> int:
    """Return the instant that a text says a metric counts from."""
    try:
        return to_us(datetime.fromisoformat(text), name)
    except ValueError:
        raise LogError(
            "origin_not_an_instant",
            "a metric counts from this",
            given=text,
            accepts="ISO 8601 with an offset",
            where=name,
        ) from None


def _fields_of(life: TicketState, event: Created) -> dict[str, str]:
    """Return the fields that rules test; named instants are kept apart."""
    fields = dict(event.fields)
    if not fields and not event.channel:
        return {}
    if event.channel:
        fields.setdefault("channel", event.channel)
    for name in [name for name in fields if names_instant(life, name)]:
        try:
            life.instants[name] = read_origin(name, value_text(fields.pop(name)))
        except LogError as error:
            life.refuse(error)
    kinds = life.edition.policy.fields
    return {  # a number or a list too: clocks are kept, and saved, with texts
        name: value if isinstance(value, str) else field_text(read_field(kinds, name, value) or "")
        for name, value in fields.items()
    }


def _first_status(life: TicketState, event: Created) -> str:
    statuses = life.edition.policy.statuses
    if not event.status:
        life.remark("status_assumed")
        return likely_status(life.edition.policy, next(iter(statuses), ""))
    try:
        check_status(life.edition.policy, event.status)
    except LogError as error:
        life.refuse(error)
    return event.status
