"""Replay a ticket's events into the state of every clock; go on, resume, restate.

Over 400 lines: one value, the clocks of a ticket, with all that people ask of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from slacalc.arguments import check_argument, each_of, nearest_first
from slacalc.business_time.instants import from_us, to_us
from slacalc.business_time.zone_data import zone_data_version
from slacalc.clocks.apply import apply
from slacalc.clocks.clock_state import ClockState, not_started, state_of
from slacalc.clocks.cycle import Cycle
from slacalc.clocks.saved import state_from_data, state_to_data
from slacalc.clocks.series import pass_dates_to
from slacalc.clocks.ticket_state import Gap, TicketState
from slacalc.errors import LogError, MetricError, PolicyError, SlaError
from slacalc.events.event import Event, TakenOver, in_order, pairs_of, ticket_name
from slacalc.forms import Form
from slacalc.logger import tell_gaps, tells_gaps
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.rules import EscalationStep
from slacalc.policies.policy import Policy
from slacalc.progress import Progress, with_progress

if TYPE_CHECKING:
    from slacalc.milestones.agenda import EscalationState

__all__ = [
    "Clocks",
    "Difference",
    "Restatement",
    "every_clocks",
    "not_created",
    "replay",
    "replay_tickets",
    "restate",
    "resume",
]


class Clocks(Form, Mapping[str, ClockState]):
    """The clocks of one ticket by metric, each the state of its latest cycle, as of an instant.

    A metric that is promised and whose clock has not begun is "not_started". `cycles` has all
    cycles of a metric, `gaps` what the log leaves open or gets wrong. It never changes;
    `extend` returns the clocks later on.
    """

    __slots__ = ("_dated", "_life", "_states", "_until", "ticket")

    def __init__(self, life: TicketState, until: int, ticket: str) -> None:
        self._life, self._until = life, until
        self._states: dict[str, ClockState] = {}
        self._dated: TicketState | None = None
        self.ticket: str = ticket

    def __getitem__(self, metric: str) -> ClockState:
        """Return the latest cycle of a metric. Raises MetricError, a KeyError, when the ticket has no such clock."""
        known = self._states.get(metric)
        if known is None:
            known = self._states[metric] = self._state(metric)
        return known

    def __iter__(self) -> Iterator[str]:
        """Return the metrics: those with a clock first, then those that are promised."""
        if not self._life.created:
            return iter(())
        begun, promised = (self._now if self._life.repeats else self._life).cycles, self._life.terms.metrics
        return iter(begun if begun.keys() == promised.keys() else {**begun, **promised})

    def __contains__(self, metric: object) -> bool:
        """Tell whether the ticket has a clock of the metric, begun or promised."""
        return any(metric == each for each in self)

    def __len__(self) -> int:
        """Return how many metrics there are."""
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        """Tell whether everything that is known of two tickets is the same."""
        return self.to_data() == other.to_data() if isinstance(other, Clocks) else NotImplemented

    def __hash__(self) -> int:
        """Hash the ticket and the instant."""
        return hash((self.ticket, self._until, self._life.number))

    def __repr__(self) -> str:
        """Return the statuses by metric; of a clock that cannot be answered for the code of the error."""
        return f"Clocks({ {metric: self._shown(metric) for metric in self} })"

    def _repr_html_(self) -> str:
        from slacalc.pictures.timeline import picture_ticket

        return picture_ticket(self).to_html()

    @property
    def is_created(self) -> bool:
        """Whether the ticket was there; what `replay_tickets` could not replay was not, and has a gap that says why."""
        return self._life.created

    @property
    def as_of(self) -> datetime:
        """The instant of which these are the states."""
        return from_us(self._until, self._life.zone)

    @property
    def received(self) -> datetime:
        """When the ticket was created. Raises LogError when it was not."""
        self._refuse_uncreated()
        return from_us(self._life.received, self._life.zone)

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields that rules test, as they are now."""
        return dict(self._life.fields)

    @property
    def rule(self) -> str:
        """The name of the rule that matches now. Raises LogError when the ticket was not created."""
        self._refuse_uncreated()
        return self._life.terms.rule.name

    @property
    def rank(self) -> int:
        """The rank of that rule, for the queue: the smallest first. Raises LogError when there is no ticket."""
        self._refuse_uncreated()
        return self._life.terms.rule.rank

    @property
    def escalation_steps(self) -> tuple[EscalationStep, ...]:
        """Who is next when there is no good answer: the steps of the rule, else of the policy."""
        if not self.is_created:
            return ()
        rule, policy = self._life.terms.rule, self._life.edition.policy
        return policy.escalation if rule.escalation is None else rule.escalation

    def escalation(self) -> "tuple[EscalationState, ...]":
        """Return the steps of the escalation with when each is, or was, reached.

        A step `after` an amount counts from where the oldest unanswered clock began, and is not reached
        while none is. A step `on` something is reached when an event asks for it; "customer_replies" is
        reached by a customer's message after an answer.
        """
        from slacalc.milestones.agenda import escalation_of

        return escalation_of(self)

    @property
    def taken_over(self) -> TakenOver | None:
        """The event by which somebody else took over, with its reason and costs; None while nobody has."""
        return self._life.taken_over

    @property
    def escalated(self) -> Mapping[str, datetime]:
        """What was asked for, each when it was asked for first."""
        return {on: from_us(at, self._life.zone) for on, at in self._life.escalated.items()}

    @property
    def deprioritisations(self) -> tuple[str, ...]:
        """The reasons for which other tickets go first, in the order in which they came."""
        return tuple(self._life.deprioritisations)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the log leaves open or gets wrong."""
        life = self._life.copied() if self._life.doubt is not None else self._life
        life.settle_doubt(self._until)
        return tuple(life.gaps)

    def cycles(self, metric: str) -> tuple[ClockState, ...]:
        """Return all cycles of a metric, in order; none when its clock never began.

        Raises MetricError for a metric that no rule of the policy promises.
        """
        cycles = (self._now if self._life.repeats else self._life).cycles.get(metric, ())
        if not cycles and metric not in (known := dict.fromkeys((*self, *self._life.policy.metrics))):
            raise _no_metric("metric_unpromised", "no rule promises this metric", metric, known, self.ticket)
        return tuple(map(self._state_of, cycles))

    def extend(self, events: Iterable[Event], *, as_of: datetime, strict: bool = False) -> "Clocks":
        """Return the clocks later on, after more events: the same as replaying all of them at once.

        Events that were too late for the last `as_of` are not forgotten. Raises LogError when
        `as_of` goes back; an event before one that was applied is a gap, or with `strict` an error.
        """
        until = to_us(as_of, "as_of")
        if until < self._until:
            raise LogError(
                "as_of_went_back",
                "these clocks have gone on further",
                given=as_of.isoformat(),
                accepts=f"{self.as_of.isoformat()} or later",
                where=self.ticket,
            )
        later = _go_on(self._life.copied(), events, until, self.ticket, strict=strict)
        return _told(later, already=len(self._life.gaps))

    def at(self, as_of: datetime) -> "Clocks":
        """Return the clocks as of a later instant, without more events."""
        until, life = to_us(as_of, "as_of"), self._life
        if until == self._until:
            return self
        if until < self._until or life.waiting or not life.created:
            return self.extend((), as_of=as_of)
        return Clocks(life, until, self.ticket)

    def to_data(self) -> dict[str, Any]:
        """Return everything that is known as plain dicts, lists, texts and numbers; `resume` reads it."""
        return state_to_data(self._life, self._until, self.ticket)

    @property
    def zone_data_moved(self) -> tuple[str, str] | None:
        """The zone data by which resumed clocks were told before, and the one in use, where they are not the same.

        Due times and open time of what lies ahead are told anew by the data in use.
        """
        told, in_use = self._life.zone_data, zone_data_version()
        return (told, in_use) if told not in {"", in_use} else None

    @property
    def _now(self) -> TicketState:
        """The ticket as of its instant, with the cycles of the working dates that passed since its last event."""
        if self._dated is None:
            self._dated = self._life.copied()
            pass_dates_to(self._dated, self._until)
        return self._dated

    def _refuse_uncreated(self) -> None:
        if not self.is_created:
            raise LogError(
                "creation_missing",
                "the ticket was not created",
                accepts="a Created event",
                where=f"ticket {self.ticket}",
            )

    def _shown(self, metric: str) -> str:
        try:
            return self[metric].status
        except SlaError as error:
            return error.code

    def _state(self, metric: str) -> ClockState:
        life = self._now if self._life.repeats else self._life
        if metric in life.cycles:
            return self._state_of(life.cycles[metric][-1])
        if not life.created or metric not in life.terms.metrics:
            raise _no_metric("clock_missing", "this ticket has no clock of this metric", metric, self, self.ticket)
        return not_started(Cycle(life.edition, life.terms.metrics[metric], self._until, life.fields), self._until)

    def _state_of(self, cycle: Cycle) -> ClockState:
        life = self._life
        return state_of(
            cycle, self._until, deprioritised=bool(life.deprioritisations), fields_before=life.fields_before
        )


def replay(
    events: Iterable[Event], policy: AnyPolicy, *, as_of: datetime, ticket: str = "", strict: bool = False
) -> Clocks:
    """Return how the clocks of one ticket are doing, as of an instant.

    Events are put in order by (`at`, `seq`); those after `as_of` are not applied. `policy` may be
    `PolicyVersions`: a cycle keeps the version in force at its origin. An event that cannot be
    used is a gap of the result, or with `strict` an error that names the ticket and the event. Raises LogError when the
    ticket was not created by then, and PolicyError when no rule matches it.

    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import Created, Message, sample_policy
    >>> brussels = ZoneInfo("Europe/Brussels")
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=brussels)
    >>> events = [Created(at=friday), Message(at=friday.replace(hour=16), actor="agent")]
    >>> clock = replay(events, sample_policy("webshop_helpdesk"), as_of=friday.replace(hour=17))["first_response"]
    >>> clock.status, print(clock.due)
    2026-11-20 17:00:00+01:00
    ('met', None)
    """
    return _told(_go_on(TicketState(policy), events, to_us(as_of, "as_of"), ticket, strict=strict))


def replay_tickets(
    log: Iterable[tuple[str, Event]],
    policy: AnyPolicy,
    *,
    as_of: datetime,
    strict: bool = False,
    progress: Progress = False,
) -> Iterator[Clocks]:
    """Return the clocks of each ticket of a log, one at a time; memory is that of one ticket.

    The events of a ticket stand together: a log in order of time has to be sorted by ticket first, and
    a ticket that comes back is a LogError. A ticket that cannot be replayed has no metrics and a gap that says
    why, or with `strict` is an error. With `progress` each ticket is told of as it passes: by tqdm, or by a callable
    like it.
    """
    return iter(with_progress(_replayed(log, policy, as_of, strict=strict), progress, doing="replaying"))


def _replayed(
    log: Iterable[tuple[str, Event]], policy: AnyPolicy, as_of: datetime, *, strict: bool
) -> Iterator[Clocks]:
    seen: set[str] = set()
    for ticket, pairs in groupby(pairs_of(log), key=itemgetter(0)):
        if ticket in seen:
            raise LogError(
                "ticket_scattered",
                "the events of a ticket do not stand together",
                given=ticket,
                accepts="a log sorted by ticket",
            )
        seen.add(ticket)
        life = TicketState(policy)
        try:
            yield _told(_go_on(life, (event for _, event in pairs), to_us(as_of, "as_of"), ticket, strict=strict))
        except (LogError, PolicyError) as error:
            if strict:
                raise
            life.gaps.append(Gap(error.code, 0, str(error)))
            yield _told(Clocks(life, to_us(as_of), ticket))


def not_created(applied: int, events: int, until: int) -> LogError:
    """Return the error of a ticket that so many of its events have not created by an instant."""
    return LogError(
        "creation_missing",
        "the ticket was not created by then",
        given=f"{applied} of {events} events by {from_us(until, UTC).isoformat()}",
        accepts="a Created event, or a later as_of",
    )


def resume(data: Mapping[str, Any] | str, policy: AnyPolicy, *, earlier: Iterable[Policy] = ()) -> Clocks:
    """Return clocks from what `to_data` or `to_json` gave, in another process or on another day.

    A cycle keeps the policy that it began under, so that a finished one never changes: when
    `policy` is not the one of then, `earlier` has the policies of open and finished cycles. Cycles that
    begin from now on are those of `policy`. Raises LogError for data that is none, and for a policy that is missing.
    """
    life, until, ticket = state_from_data(data, policy, earlier)
    return Clocks(life, until, ticket)


def every_clocks(tickets: Clocks | Iterable[Clocks]) -> Iterator[Clocks]:
    """Return the clocks of one ticket or of many, one by one. Raises SlaError for anything else, a mapping too."""
    every = [tickets] if isinstance(tickets, Clocks) else tickets
    return each_of(every, Clocks, "tickets", "Clocks, such as replay_tickets gives of events, or several")


class Difference(NamedTuple):
    """A cycle that another policy judges otherwise; None where one of them has no such cycle."""

    metric: str
    cycle: int
    before: ClockState | None
    after: ClockState | None


class Restatement(NamedTuple):
    """What another policy would have said of a ticket, and what it says otherwise.

    `zone_data_moved` names another cause of differences: clocks that were saved under other zone data.
    """

    clocks: Clocks
    differences: tuple[Difference, ...]
    zone_data_moved: tuple[str, str] | None = None


def restate(clocks: Clocks, events: Iterable[Event], policy: AnyPolicy) -> Restatement:
    """Return what another policy says of all the events of a ticket, as of the same instant.

    The clocks themselves do not change: what was promised and judged stays.
    """
    check_argument(clocks, Clocks, "clocks", "the Clocks of one ticket")
    other = _go_on(TicketState(policy), events, to_us(clocks.as_of), clocks.ticket, strict=False)
    pairs = (
        Difference(metric, number, before, after)
        for metric in dict.fromkeys((*clocks, *other))
        for number, (before, after) in enumerate(zip_longest(_cycles(clocks, metric), _cycles(other, metric)), 1)
    )
    differing = tuple(pair for pair in pairs if _judged(pair.before) != _judged(pair.after))
    return Restatement(other, differing, clocks.zone_data_moved)


def _cycles(clocks: Clocks, metric: str) -> tuple[ClockState, ...]:
    """Return the cycles of a metric that one of two policies may not know."""
    return clocks.cycles(metric) if metric in clocks else ()


def _judged(state: ClockState | None) -> tuple[object, ...] | None:
    return None if state is None else (state.status, state.due, state.elapsed, state.breached_at)


def _go_on(life: TicketState, events: Iterable[Event], until: int, ticket: str, *, strict: bool) -> Clocks:
    """Apply the events up to an instant, in order; later ones wait."""
    ticket = ticket_name(ticket)
    placed = in_order(events, after=life.seen)
    life.seen += len(placed)
    if life.waiting:
        placed = sorted((*life.waiting, *placed))
    life.strict = strict
    done = 0
    for each in placed:
        if each[0] > until:
            break
        try:
            apply(life, each)
        except SlaError as error:
            raise error.within(f"{_named(ticket)}event {life.place + 1}") from None
        done += 1
    life.waiting = placed[done:]
    if not life.created:
        raise not_created(done, life.seen, until).placed(_named(ticket).removesuffix(", "))
    return Clocks(life, until, ticket)


def _told(clocks: Clocks, already: int = 0) -> Clocks:
    """Return the clocks; whoever runs the application is told of their gaps, those after the first so many."""
    if tells_gaps() and (gaps := clocks._life.gaps[already:]):  # noqa: SLF001 - `gaps` of them would settle what is in doubt
        tell_gaps(clocks.ticket, [gap.code for gap in gaps], refused=any(gap.message for gap in gaps))
    return clocks


def _no_metric(code: str, problem: str, metric: str, known: Iterable[str], ticket: str) -> MetricError:
    accepts = nearest_first(metric, known) or "no metric: the ticket was not created"
    return MetricError(code, problem, given=metric, accepts=accepts, where=_named(ticket).removesuffix(", "))


def _named(ticket: str) -> str:
    return f"ticket {ticket}, " if ticket else ""
