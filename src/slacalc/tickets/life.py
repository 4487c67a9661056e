"""This module knows how the events of a ticket start, pause, change and stop its clocks: a fold, by the policy's rules.

What a log leaves open or gets wrong is collected as gaps, never guessed.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple, Self, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import to_us
from slacalc.errors import LogError, PolicyError, SlaError
from slacalc.policies.clock_rules import AnswerRule
from slacalc.policies.editions import Edition, MetricTerms, Terms
from slacalc.policies.policy import Policy
from slacalc.policies.versions import PolicyVersions
from slacalc.tickets.cycles import SOLVED, Cycle, Hold, Meanwhile, Override
from slacalc.tickets.events import (
    Closed,
    Created,
    Deleted,
    Demoted,
    DemotionLifted,
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
    event_to_data,
)

__all__ = ["VALUES", "Book", "Gap", "Held", "Life", "apply"]

Book: TypeAlias = Policy | PolicyVersions
"""What promises: a policy, or versions of one that follow each other."""

_ASSUMED_STATUS: Final = "open"
_UTC: Final = ZoneInfo("UTC")
_ANSWER: Final = AnswerRule()
_FIRST: Final = (-(10**18), -(10**18))


class Held(NamedTuple):
    """A hold that began or ended; None is a customer's message, which ends those of some clocks."""

    at: int
    hold: Hold | None
    begins: bool


class Gap(NamedTuple):
    """Something that a log leaves open, or gets wrong: then `message` says what.

    `place` is the event's place in the log, from 0.
    """

    code: str
    place: int
    message: str = ""


class Life:
    """Everything that replay knows of a ticket so far."""

    __slots__ = (
        "answers",
        "book",
        "created",
        "cycles",
        "demotions",
        "edition",
        "ended",
        "escalations",
        "fields",
        "gaps",
        "heard",
        "holds",
        "instants",
        "last",
        "messages_waiting",
        "number",
        "pauses",
        "place",
        "received",
        "seen",
        "solved",
        "status",
        "strict",
        "taken_over",
        "terms",
        "waiting",
    )

    def __init__(self, book: Book) -> None:
        self.book: Book = book
        self.strict: bool = False
        self.created: bool = False
        self.solved: bool = False
        self.ended: bool = False
        self.taken_over: TakenOver | None = None
        self.received: int = 0
        self.seen: int = 0  # events, those that wait included
        self.number: int = 0  # of the event that is applied, in order
        self.place: int = 0  # of that event in the log
        self.last: tuple[int, int] = _FIRST  # instant and seq of that event
        self.waiting: list[Placed] = []
        self.heard: int = -1  # the number of the customer's last message
        self.fields: dict[str, str] = {}
        self.instants: dict[str, int] = {}
        self.status: str = ""
        self.holds: dict[Hold, int] = {}
        self.pauses: list[Held] = []  # all that held the ticket so far, for a clock that is promised later
        self.cycles: dict[str, list[Cycle]] = {}
        self.answers: dict[tuple[object, ...], Message] = {}
        self.messages_waiting: int = 0
        self.demotions: dict[str, int] = {}
        self.escalations: dict[str, int] = {}
        self.gaps: list[Gap] = []
        self.edition: Edition
        self.terms: Terms

    def copied(self) -> Self:
        """Return a life that can go on without changing this one."""
        other = type(self)(self.book)
        for name in VALUES:
            setattr(other, name, getattr(self, name))
        for name in ("fields", "instants", "holds", "pauses", "answers", "demotions", "escalations", "gaps", "waiting"):
            setattr(other, name, getattr(self, name).copy())
        other.taken_over = self.taken_over
        other.cycles = {metric: [*cycles[:-1], cycles[-1].copied()] for metric, cycles in self.cycles.items()}
        if self.created:
            other.edition, other.terms = self.edition, self.terms
        return other

    def open_cycle(self, metric: str) -> Cycle | None:
        """Return the cycle of a metric that is not over."""
        cycles = self.cycles.get(metric)
        return cycles[-1] if cycles and cycles[-1].is_open else None

    def open_cycles(self) -> list[Cycle]:
        """Return the cycles that are not over."""
        return [last for cycles in self.cycles.values() if (last := cycles[-1]).stop is None and not last.cancelled]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the answers: that of the rule's calendar, before the creation UTC."""
        return self.terms.calendar.zone_info if self.created else _UTC

    def remember(self, message: Message) -> None:
        """Keep what kinds of message there were: a metric that is promised later may be answered already."""
        kind = (message.actor, message.public, message.automated, message.holding, message.partial, message.channel)
        self.answers.setdefault(kind, message)

    def miss(self, error: SlaError) -> None:
        """Note that the event that is applied cannot be used, and why; when strict, raise it."""
        if self.strict:
            raise error
        self.gaps.append(Gap(error.code, self.place, str(error)))

    def remark(self, code: str) -> None:
        """Note what the event that is applied leaves open."""
        self.gaps.append(Gap(code, self.place))


VALUES: Final = (
    "created",
    "solved",
    "ended",
    "received",
    "seen",
    "number",
    "last",
    "heard",
    "status",
    "messages_waiting",
)
"""What of a life is a number, a text or a truth."""


def apply(life: Life, placed: Placed) -> None:
    """Apply an event: after this, the clocks are as it leaves them."""
    at, seq, life.place, event = placed
    life.number += 1
    try:
        if life.ended or not life.created or (at, seq) < life.last:
            _refuse_out_of_place(life, at, seq, event)
        life.last = (at, seq)
        if isinstance(event, Created):
            _create(life, event, at)
        else:
            if type(life.book) is PolicyVersions:
                _move_to_edition(life, life.book, event.at)
            _happen(life, event, at)
    except (LogError, PolicyError) as error:
        if not (life.created or isinstance(error, LogError)):
            raise
        life.miss(error)


def _refuse_out_of_place(life: Life, at: int, seq: int, event: Event) -> None:
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


def _happen(life: Life, event: Event, at: int) -> None:  # noqa: C901, PLR0912 - one case an event
    match event:
        case Message():
            _hear(life, event, at)
        case StatusChanged():
            _set_status(life, event.status, at)
        case FieldChanged():
            _set_field(life, event.field, event.value, at)
        case Paused():
            _begin_hold(life, ("pause", event.reason), at)
        case Resumed():
            _end_pause(life, event, at)
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
            _share_clocks(life, to_us(event.received, "received"))
        case Deleted():
            _end(life, "deleted", at)
        case TakenOver():
            _take_over(life, event, at)
        case NoReplyNeeded():
            _cancel_all(life, "no_reply_needed", at, _waits_for_an_answer)
        case Demoted():
            life.demotions.setdefault(_cause(life, event.reason), at)
        case DemotionLifted():
            life.demotions.pop(_cause(life, event.reason), None)
        case Escalated():
            life.escalations.setdefault(event.on, at)
        case TargetOverridden():
            _override(life, event, at)
        case Created():
            raise AssertionError
        case _ as never:
            assert_never(never)


# Beginning


def _create(life: Life, event: Created, at: int) -> None:
    if life.created:
        raise LogError(
            "created_twice", "a ticket is created once", given=event_to_data(event), accepts="one Created, the first"
        )
    life.edition = _edition(life.book, event.at)
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
        _open(life, metric, at)


def _fields_of(life: Life, event: Created) -> dict[str, str]:
    """Return the fields that rules test; named instants are kept apart."""
    fields = dict(event.fields)
    if event.channel:
        fields.setdefault("channel", event.channel)
    for name in life.edition.origins & fields.keys() if life.edition.origins else ():
        try:
            life.instants[name] = _instant(name, fields.pop(name))
        except LogError as error:
            life.miss(error)
    return fields


def _first_status(life: Life, event: Created) -> str:
    statuses = life.edition.policy.statuses
    if not event.status:
        life.remark("status_assumed")
        return _likely_status(life.edition.policy, next(iter(statuses), _ASSUMED_STATUS))
    try:
        _check_status(life.edition.policy, event.status)
    except LogError as error:
        life.miss(error)
    return event.status


def _edition(book: Book, moment: datetime) -> Edition:
    return book.edition if isinstance(book, Policy) else book.edition_at(moment)


def _move_to_edition(life: Life, versions: PolicyVersions, moment: datetime) -> None:
    """Let cycles that begin from now on begin under the version in force (rule 10); under none, none begins."""
    try:
        edition = versions.edition_at(moment)
    except PolicyError as error:
        life.miss(error)
        life.terms = life.terms.without_metrics()
        return
    if edition is not life.edition:
        life.terms, life.edition = edition.terms(life.fields), edition


def _open(life: Life, terms: MetricTerms, at: int) -> None:
    """Begin a cycle, unless one is open, the ticket is not ours any more, or the instant it counts from is unknown."""
    before = life.cycles.get(terms.metric)
    if (before and before[-1].is_open) or (life.taken_over is not None and terms.clock.starts != "taken_over"):
        return
    origin = at if terms.promised.origin is None else life.instants.get(terms.promised.origin)
    if origin is not None:
        cycle = Cycle(life.edition, terms, origin, life.fields)
        if before is None:
            life.cycles[terms.metric] = [cycle]
        else:
            before.append(cycle)
        _hold_as_the_ticket(life, cycle, max(at, origin))


def _hold_as_the_ticket(life: Life, cycle: Cycle, at: int) -> None:
    """Pause a cycle for what holds the ticket now; not for what a customer's message ended."""
    for hold, number in life.holds.items():
        if _is_held_by(cycle.terms, hold):
            ended = cycle.terms.clock.resume_on_customer_message and number < life.heard
            if not ended:
                cycle.hold(hold, at)


def _is_held_by(terms: MetricTerms, hold: Hold) -> bool:
    kind, name = hold
    return name in terms.clock.paused_in if kind == "status" else terms.clock.pausable


# Messages


def _hear(life: Life, message: Message, at: int) -> None:
    terms = life.terms
    if message.actor == "customer":
        _hear_customer(life, terms, at)
        return
    if message.actor == "unknown":
        life.remark("actor_unknown")
    answered = astray = False
    for cycle in life.open_cycles():
        if cycle.terms.clock.stops == "answer":
            if _is_answer(message, cycle.terms.clock.answer):
                cycle.finish(at, answered=True)
                answered = True
            else:
                astray = astray or _is_off_channel(message, cycle.terms.clock.answer)
    for metric in terms.starting.get("answer", ()):
        if not life.solved and _is_answer(message, metric.clock.answer):
            _open(life, metric, at)
    life.remember(message)
    if answered:
        life.messages_waiting = 0
    if astray:
        life.remark("off_channel")


def _hear_customer(life: Life, terms: Terms, at: int) -> None:
    life.heard = life.number
    life.messages_waiting += 1
    most = life.edition.policy.demotion.max_messages
    if most is not None and life.messages_waiting > most:
        life.demotions.setdefault("too_many_messages", at)
    if any(_is_answer(message, _ANSWER) for message in life.answers.values()):
        life.escalations.setdefault("customer_replies", at)
    _follow_all(life, Held(at, None, begins=False))
    for metric in terms.starting.get("customer_message", ()):
        _open(life, metric, at)


def _is_answer(message: Message, rule: AnswerRule) -> bool:
    """Tell whether a message stops a clock: an automatic, internal, holding or off-channel one does not (rule 11)."""
    return _would_answer(message, rule) and (not rule.channels or message.channel in rule.channels)


def _is_off_channel(message: Message, rule: AnswerRule) -> bool:
    return bool(rule.channels) and message.channel not in rule.channels and _would_answer(message, rule)


def _would_answer(message: Message, rule: AnswerRule) -> bool:
    return (
        message.actor in rule.actors
        and (message.public or rule.internal)
        and (not message.automated or rule.automated)
        and (not message.holding or rule.holding)
        and (not message.partial or rule.partial)
    )


# Pauses


def _set_status(life: Life, status: str, at: int) -> None:
    _check_status(life.edition.policy, status)
    old, life.status = life.status, status
    if old != status:
        _end_hold(life, ("status", old), at)
    _begin_hold(life, ("status", status), at)


def _begin_hold(life: Life, hold: Hold, at: int) -> None:
    life.holds[hold] = life.number
    _follow_all(life, Held(at, hold, begins=True))


def _end_hold(life: Life, hold: Hold, at: int) -> None:
    del life.holds[hold]
    _follow_all(life, Held(at, hold, begins=False))


def _follow_all(life: Life, held: Held) -> None:
    life.pauses.append(held)
    for cycle in life.open_cycles():
        _follow(cycle, held)


def _follow(cycle: Cycle, held: Held) -> None:
    """Pause a cycle, or let it run again, as its clock follows what holds the ticket."""
    if held.hold is None:
        if cycle.terms.clock.resume_on_customer_message:
            cycle.release_all(held.at)
    elif not held.begins:
        cycle.release(held.hold, held.at)
    elif _is_held_by(cycle.terms, held.hold):
        cycle.hold(held.hold, held.at)


def _end_pause(life: Life, event: Resumed, at: int) -> None:
    if ("pause", event.reason) not in life.holds:
        raise LogError(
            "resume_without_pause",
            "nothing is paused for this reason",
            given=event_to_data(event),
            accepts=", ".join(repr(name) for kind, name in life.holds if kind == "pause") or "a Paused before it",
        )
    _end_hold(life, ("pause", event.reason), at)


def _may_go_on(cycle: Cycle) -> bool:
    clock = cycle.terms.clock
    return cycle.stop is not None and clock.stops == "solved" and clock.reopen != "new_cycle"


# Changes


def _set_field(life: Life, name: str, value: str, at: int) -> None:
    if name in life.edition.origins:
        life.instants[name] = _instant(name, value)
        _count_from(life, name, at)
        return
    fields = {**life.fields, name: value}
    editions = {cycles[-1].edition for cycles in life.cycles.values()}
    for edition in editions:
        edition.terms(fields)  # refused before anything has changed
    life.terms, life.fields = life.edition.terms(fields), fields
    _change_terms(life, at)


def _count_from(life: Life, name: str, at: int) -> None:
    """Begin the clocks that count from a named instant; a corrected one begins them anew."""
    for terms in life.terms.metrics.values():
        if terms.promised.origin == name:
            cycle = life.open_cycle(terms.metric)
            if cycle is not None:
                _restart(life, cycle, terms, at)
            elif terms.metric not in life.cycles or life.cycles[terms.metric][-1].cancelled == "no_longer_promised":
                _open(life, terms, at)


def _change_terms(life: Life, at: int) -> None:
    """Give open clocks the target of the rule that matches now; one that it does not promise is cancelled (rule 9)."""
    for cycle in life.open_cycles():
        cycle.fields = life.fields
        _change_cycle(life, cycle, at)
    for cycles in life.cycles.values():
        if _may_go_on(cycles[-1]):
            _note_change(life, cycles[-1], at)
    for terms in () if life.solved else life.terms.starting.get("created", ()):
        if not _is_answered(life, terms):
            _promise_late(life, terms, at)


def _promise_late(life: Life, terms: MetricTerms, at: int) -> None:
    """Begin a clock that was not promised so far; one that was, and then was not any more, goes on."""
    cycles = life.cycles.get(terms.metric)
    if cycles is None:
        _open_late(life, terms, at)
    elif cycles[-1].cancelled == "no_longer_promised" and life.taken_over is None:
        cycle = cycles[-1]
        if cycle.edition is life.edition and _goes_on(cycle, terms):
            cycle.cancelled, cycle.cancelled_at = "", None
            _catch_up(life, cycle)
            cycle.spend_pause(at)
            cycle.turn(terms, at)
        else:
            _open_late(life, terms, at)


def _goes_on(cycle: Cycle, terms: MetricTerms) -> bool:
    """Tell whether other terms leave a cycle its origin: they count from the same, and the policy does not restart."""
    return terms.promised.origin == cycle.terms.promised.origin and terms.clock.on_change == "retarget"


def _open_late(life: Life, terms: MetricTerms, at: int) -> None:
    """Begin a clock that a change promises: from receipt and due not before now, or anew where changes restart."""
    anew = terms.clock.on_change == "restart" or terms.clock.starts != "created"
    if anew or terms.promised.origin is not None:
        _open(life, terms, at)
    elif life.taken_over is None:
        cycle = _begun_at(life, terms, life.received)
        cycle.spend_pause(at)
        cycle.turn(terms, at)
        life.cycles.setdefault(terms.metric, []).append(cycle)


def _begun_at(life: Life, terms: MetricTerms, origin: int) -> Cycle:
    """Return a cycle as if it had run since an instant, through all that held the ticket."""
    cycle = Cycle(life.edition, terms, origin, life.fields)
    for held in life.pauses:
        _follow(cycle, held)
    return cycle


def _share_clocks(life: Life, received: int) -> None:
    """Let the clocks of a ticket begin with a duplicate that was received earlier; a date promised by hand stays."""
    if received >= life.received:
        return
    life.received = received
    for cycle in life.open_cycles():
        if cycle.terms.clock.starts == "created" and cycle.terms.promised.origin is None:
            earlier = _begun_at(life, cycle.terms, received)
            earlier.misses, earlier.overrides = cycle.misses, cycle.overrides
            life.cycles[cycle.terms.metric][-1] = earlier


def _note_change(life: Life, cycle: Cycle, at: int) -> None:
    """Keep other terms for the case that a solved ticket is opened again."""
    last = cycle.meanwhile[-1].terms if cycle.meanwhile else cycle.terms
    terms = _terms_for(life, cycle)
    if terms is not None and terms is not last:
        cycle.meanwhile.append(Meanwhile(len(life.pauses), at, terms))


def _change_cycle(life: Life, cycle: Cycle, at: int) -> None:
    terms = _terms_for(life, cycle)
    if terms is cycle.terms:
        return
    if terms is None:
        cycle.cancel("no_longer_promised", at)
        cycle.followed = len(life.pauses)
    elif _goes_on(cycle, terms):
        cycle.retarget(terms, at)
    else:
        _restart(life, cycle, terms, at)


def _terms_for(life: Life, cycle: Cycle) -> MetricTerms | None:
    """Return what the ticket is promised now on the metric of a cycle, in the policy of its origin (rule 10)."""
    terms = cycle.edition.terms(life.fields).metrics.get(cycle.terms.metric)
    if terms is None or (terms.promised.origin is not None and terms.promised.origin not in life.instants):
        return None
    return terms


def _is_answered(life: Life, terms: MetricTerms) -> bool:
    return terms.clock.stops == "answer" and any(
        _is_answer(answer, terms.clock.answer) for answer in life.answers.values()
    )


def _restart(life: Life, old: Cycle, terms: MetricTerms, at: int) -> None:
    """Begin the cycle anew, from its own instant or from now, under the version in force; a miss stays on record."""
    terms = life.terms.metrics.get(terms.metric, terms)
    if terms.promised.origin is not None and terms.promised.origin not in life.instants:
        old.cancel("no_longer_promised", at)
        return
    old.record_miss(at)
    life.cycles[terms.metric].pop()
    _open_late(life, terms, at)
    life.cycles[terms.metric][-1].misses = old.misses


def _override(life: Life, event: TargetOverridden, at: int) -> None:
    cycle = life.open_cycle(event.metric)
    if cycle is None:
        running = ", ".join(cycle.terms.metric for cycle in life.open_cycles())
        raise LogError(
            "override_without_clock", "no clock of this metric is open", given=event.metric, accepts=running or "none"
        )
    cycle.override(Override(at, to_us(event.due, "due"), event.author))


# Ends


def _solve(life: Life, at: int) -> None:
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


def _reopen(life: Life, status: str, at: int) -> None:
    status = status or _likely_status(life.edition.policy, life.status)
    _check_status(life.edition.policy, status)
    life.solved = False
    stopped = (
        []
        if life.taken_over is not None
        else [cycles[-1] for cycles in life.cycles.values() if cycles[-1].stop is not None]
    )
    _set_status(life, status, at)
    for cycle in stopped:
        if cycle.terms.clock.stops == "solved" and not cycle.cancelled:
            _go_on(life, cycle, at)


def _go_on(life: Life, cycle: Cycle, at: int) -> None:
    match cycle.terms.clock.reopen:
        case "new_cycle":
            if (terms := life.terms.metrics.get(cycle.terms.metric)) is not None:
                _open(life, terms, at)
        case "resume" | "continue" as how:
            cycle.go_on(counting=how == "continue")
            _catch_up(life, cycle)
            cycle.release(SOLVED, at)
            if _terms_for(life, cycle) is None:
                cycle.cancel("no_longer_promised", at)
        case _ as never:
            assert_never(never)


def _catch_up(life: Life, cycle: Cycle) -> None:
    """Let a cycle see what happened to the ticket while it was solved."""
    changes = deque(cycle.meanwhile)
    for place in range(cycle.followed, len(life.pauses) + 1):
        while changes and changes[0].after <= place:
            change = changes.popleft()
            cycle.retarget(change.terms, change.at)
        if place < len(life.pauses):
            _follow(cycle, life.pauses[place])
    cycle.meanwhile = []


def _take_over(life: Life, event: TakenOver, at: int) -> None:
    if life.taken_over is not None:
        return
    life.taken_over = event
    _cancel_all(life, "taken_over", at)
    for terms in life.terms.starting.get("taken_over", ()):
        _open(life, terms, at)


def _end(life: Life, why: str, at: int) -> None:
    _cancel_all(life, why, at)
    life.ended = True


def _cancel_all(life: Life, why: str, at: int, which: Callable[[Cycle], bool] = lambda _cycle: True) -> None:
    for cycle in life.open_cycles():
        if which(cycle):
            cycle.cancel(why, at)


def _waits_for_an_answer(cycle: Cycle) -> bool:
    return cycle.terms.clock.stops == "answer"


# What a log may say


def _likely_status(policy: Policy, otherwise: str) -> str:
    """Return the status of a ticket of which the log says none: open, where the policy knows it."""
    return _ASSUMED_STATUS if not policy.statuses or _ASSUMED_STATUS in policy.statuses else otherwise


def _check_status(policy: Policy, status: str) -> None:
    if status and policy.statuses and status not in policy.statuses:
        raise LogError(
            "status_unknown", "the policy knows no such status", given=status, accepts=", ".join(policy.statuses)
        )


def _cause(life: Life, reason: str) -> str:
    causes = life.edition.policy.demotion.causes
    if reason not in causes:
        raise LogError("demotion_unknown", "this is no cause of a demotion", given=reason, accepts=", ".join(causes))
    return reason


def _instant(name: str, text: str) -> int:
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
