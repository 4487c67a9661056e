"""How a whole ticket is doing, tick by tick, from the wording of rules 5 to 12 alone.

Like `tests/oracle.py` and `tests/clock_oracle.py`, on which it stands, it shares no code with slacalc and never
calculates where it can walk and look. Time is a number of ticks, minutes or seconds, since the begin of its `Office`s;
everything that happens happens on a tick. What happened is told in order, and leaves marks on each cycle of each metric:
since when it is held, by which promise, when it stopped. Then the ticks are counted, one after the other:

- a tick counts when the calendar in force then counts it in the target's kind of time, and nothing holds the clock;
- the tick that uses up the amount ends at due, and nothing that begins there or later changes it (rules 5, 8);
- what holds the clock after due is no work either;
- another promise keeps the marks, and is walked anew from the origin; one that is equal is no other (rule 9);
- a cycle whose due tick passed before something changed it is judged by what was promised then, for good;
- what is typical, or best effort, is never late, and is done when it stops;
- a start that must wait for another clock is kept, and begins the cycle at the tick in which the other's first one ends;
- what repeats begins at the first tick of each working date, after what happens in that tick, and ends at its due at the latest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import compress, count
from typing import Literal
from zoneinfo import ZoneInfo

from tests import clock_oracle
from tests.clock_oracle import Kind
from tests.oracle import Plan

Status = Literal["running", "warning", "paused", "overdue", "met", "breached", "done", "cancelled"]
Kept = Literal["met", "breached", "pending", "done", "cancelled"]
PromiseKind = Literal["owed", "typical", "best_effort"]


# ---------------------------------------------------------------- what is promised


@dataclass(frozen=True)
class Amount:
    """So many ticks of a kind of time."""

    kind: Kind
    ticks: int


@dataclass(frozen=True)
class WorkingDay:
    """A point of the working date so many after the one of the effective start: "close", "opening", or ticks of the day."""

    days: int
    by: Literal["close", "opening"] | int


@dataclass(frozen=True)
class Opening:
    """The first open tick."""


Point = Amount | WorkingDay | Opening


@dataclass(frozen=True)
class Between:
    """A range: due is the latest."""

    earliest: Point
    latest: Point


@dataclass(frozen=True)
class Either:
    """One target for what is received in open time, another for the rest."""

    inside: Point | Between
    outside: Point | Between


Target = Point | Between | Either


@dataclass(frozen=True)
class Promise:
    """A target on a calendar; a warning so many ticks of its own kind of time before due; whether pauses move a date."""

    target: Target
    office: str
    warning: int | None = None
    pauses_move: bool = False
    kind: PromiseKind = "owed"
    owed_by: Literal["us", "customer"] = "us"

    def is_as(self, other: "Promise") -> bool:
        """Whether another promise is no change (rule 9)."""
        return replace(self, warning=None) == replace(other, warning=None)


@dataclass(frozen=True)
class Rule:
    """What tickets with a field of this value (None: all the others) are promised on each metric."""

    name: str
    value: str | None
    promises: Mapping[str, Promise]


@dataclass(frozen=True)
class Answers:
    """Which messages are an answer."""

    actors: tuple[str, ...] = ("agent",)
    channels: tuple[str, ...] = ()
    internal: bool = False
    automated: bool = False
    holding: bool = False
    partial: bool = False


@dataclass(frozen=True)
class OnStatus:
    """One of these statuses is entered, from none of them."""

    status: tuple[str, ...]


@dataclass(frozen=True)
class OnField:
    """A field gets its first value."""

    field: str


@dataclass(frozen=True)
class OnEvent:
    """Something happens that has this name."""

    event: str


On = OnStatus | OnField | OnEvent


@dataclass(frozen=True)
class Life:
    """What starts, stops and holds the clock of a metric."""

    starts: Literal["created", "customer_message", "first_customer_message", "answer"] | On = "created"
    stops: Literal["answer", "solved"] | On = "answer"
    after: str = ""  # the metric that it waits for
    repeats: Literal["business_day"] | None = None
    answers: Answers = Answers()
    on_solved: Literal["stop", "cancel", "nothing"] = "stop"
    paused_in: tuple[str, ...] = ()
    pausable: bool = False
    pause_cap: int | None = None  # ticks of the target's own kind of time that pauses may take out
    resume_on_customer_message: bool = False
    reopen: Literal["resume", "continue", "new_cycle"] = "resume"
    on_change: Literal["retarget", "restart", "new_cycle"] = "retarget"
    after_breach: Literal["stays", "judged_anew"] = "stays"
    unpromised_time: Literal["left_out", "counts"] = "left_out"


class Office:
    """A calendar, and what it counts in each tick of a stretch of days; its windows stay within their dates."""

    def __init__(self, plan: Plan, begin: datetime, days: int, step: int = 60) -> None:
        self.plan, self.begin, self.days, self.step = plan, begin, days, step
        self._counted: dict[Kind, bytes] = {}
        self._read: dict[tuple[date, int], int] = {}

    def ticks(self, kind: Kind) -> bytes:
        """One byte for each tick: whether this kind of time counts it."""
        if kind not in self._counted:
            end = self.begin + timedelta(days=self.days)
            walked = clock_oracle.counts(self.plan, kind, self.begin, end, self.step)
            self._counted[kind] = bytes(is_counted for _, is_counted in walked)
        return self._counted[kind]

    def reading(self, tick: int) -> datetime:
        """What the clock on the wall shows."""
        at = self.begin + timedelta(seconds=tick * self.step)
        return at.astimezone(ZoneInfo(self.plan.zone)).replace(tzinfo=None)

    def day(self, tick: int) -> date:
        return self.reading(tick).date()

    def reads(self, day: date, ticks: int) -> int:
        """The first tick at which the clock on the wall shows a time of a date, or a later one (rule 3)."""
        if (day, ticks) not in self._read:
            wanted = datetime.combine(day, time()) + timedelta(seconds=ticks * self.step)
            self._read[day, ticks] = next(tick for tick in count() if self.reading(tick) >= wanted)
        return self._read[day, ticks]

    @cached_property
    def working_days(self) -> dict[date, tuple[int, int]]:
        """The opening and the close of each date with open time."""
        found: dict[date, tuple[int, int]] = {}
        for tick in compress(count(), self.ticks("business_hours")):
            day = self.day(tick)
            opening, _ = found.get(day, (tick, 0))
            found[day] = opening, tick + 1
        return found


@dataclass(frozen=True)
class Stage:
    """The calendars, the rules, the lives of the clocks, and the statuses that solve and close."""

    offices: Mapping[str, Office]
    rules: tuple[Rule, ...]
    lives: Mapping[str, Life]
    solved_in: tuple[str, ...] = ()
    closed_in: tuple[str, ...] = ()

    def rule_for(self, value: str) -> Rule:
        return next(rule for rule in self.rules if rule.value in {None, value})


# ---------------------------------------------------------------- what happens


@dataclass(frozen=True)
class Happening:
    """Something that happens to a ticket; `what` says which of the rest is told."""

    at: int
    what: Literal[
        "created", "message", "status", "field", "paused", "resumed", "solved", "reopened", "closed", "merged",
        "no_reply_needed", "taken_over", "promised_by_hand", "deleted", "owner", "happened",
    ]  # fmt: skip
    actor: str = "customer"
    is_message: bool = True  # of a creation
    owner: str = ""
    name: str = ""
    channel: str = ""
    public: bool = True
    automated: bool = False
    holding: bool = False
    partial: bool = False
    status: str = "open"
    value: str = ""
    reason: str = ""
    metric: str = ""
    due: int = 0


@dataclass
class Cycle:
    """One run of a clock, as it was told."""

    metric: str
    rule: str
    origin: int
    reigns: list[tuple[int, Promise]]
    marks: list[tuple[int, bool]]  # since when it is held, or not
    solved: list[tuple[int, int]] = field(default_factory=list)  # stretches in which it was solved, and held by that
    parked: list[tuple[int, int]] = field(default_factory=list)  # stretches in which it was not promised, nor counted
    by_hand: list[tuple[int, int]] = field(default_factory=list)  # when a date was promised, and which
    stop: int | None = None
    cancelled: str = ""
    cancelled_at: int | None = None
    answered: bool = False
    ended_by: Literal["", "answer", "solving", "handover", "end"] = ""
    ended_held: bool = False  # whether something held it when it ended
    known_changes: int = 0  # how many there had been when it stopped
    breached: tuple[int, int] | None = None  # by how many of the reigns, and of the dates by hand
    ended_at_due: int | None = None  # where it repeats

    @property
    def is_open(self) -> bool:
        return self.stop is None and self.cancelled_at is None and self.ended_at_due is None

    @property
    def kind(self) -> PromiseKind:
        return self.reigns[-1][1].kind

    @property
    def owes(self) -> bool:
        """Whether solving or closing ended it: without its answer, or because that is what stops it."""
        return self.ended_by == "solving"

    @property
    def judged(self) -> "Cycle":
        """As it was when it was breached; else as it is."""
        if self.breached is None:
            return self
        reigns, dates = self.breached
        return replace(self, reigns=self.reigns[:reigns], by_hand=self.by_hand[:dates])

    def taken_from(self, since: int) -> int:
        """From when a date that was promised then is taken: the origin, or the last time that it came back."""
        return max([self.origin, *(end for _, end in self.parked if end <= since)])

    def held(self, now: int) -> bytes:
        """One byte for each tick until now, and for the one that begins then: whether something holds the clock."""
        held = bytearray(now + 1)
        for at, is_held in ((at, is_held) for at, is_held in self.marks if at <= now):
            held[at:] = bytes([is_held]) * len(held[at:])
        for start, end in (*self.solved, *self.parked):
            held[start:end] = b"\1" * len(held[start:end])
        return bytes(held)


@dataclass(frozen=True)
class Seen:
    """How a cycle is doing; amounts and instants in ticks. `due` is None where there is none, or there was none."""

    status: Status
    kept: Kept
    kind: PromiseKind
    owed_by: Literal["us", "customer"]
    rule: str
    origin: int
    due: int | None
    earliest: int | None
    elapsed: int
    remaining: int | None  # None where a date is paused: nobody says what is left of one
    wall: int
    open_time: int
    late: int
    late_open: int
    done_at: int | None
    answered: bool
    cancelled: str
    cancelled_at: int | None
    breached_at: int | None


@dataclass
class Ticket:
    """All that was told of a ticket so far."""

    stage: Stage
    received: int
    rule: Rule
    status: str
    changes: list[tuple[int, Rule]] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    marks: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)  # by metric
    spent: dict[str, set[str]] = field(default_factory=dict)  # by metric: what a customer's message has ended
    cycles: dict[str, list[Cycle]] = field(default_factory=dict)
    messages: list[Happening] = field(default_factory=list)
    gaps: list[tuple[str, int]] = field(default_factory=list)
    ended: Literal["", "solved", "closed"] = ""
    solved_at: int = -1  # when it was last solved
    status_at: int = -1  # when it had another status before
    held_before: dict[str, bool] = field(default_factory=dict)  # by metric: whether that status held the clock
    reopened_at: int = -1
    created_by: str = "customer"
    wrote_at: int | None = None  # when the customer first wrote
    values: dict[str, int] = field(default_factory=dict)  # since when a field has, or had, a value
    happened: set[str] = field(default_factory=set)
    kept_starts: dict[str, Literal["creation", "start"]] = field(default_factory=dict)  # by metric
    idle_stops: dict[str, list[int]] = field(default_factory=dict)  # of what repeats: stops that ended nothing
    advanced_to: int = -1  # up to here the dates of what repeats have begun
    changes_when_solved: int = 0
    is_taken_over: bool = False
    is_over: bool = False

    @property
    def is_solved(self) -> bool:
        return self.ended != ""


def look(stage: Stage, log: Iterable[Happening], as_of: int) -> tuple[dict[str, list[Seen]], list[tuple[str, int]]]:
    """How the cycles of each metric are doing, and what the log gets wrong: the code, and the place."""
    ticket = _tell(stage, [each for each in log if each.at <= as_of])
    _begin_dates(ticket, as_of, is_last=True)
    seen = {
        metric: [_see(stage, cycle, as_of) for cycle in cycles] for metric, cycles in ticket.cycles.items() if cycles
    }
    return seen, ticket.gaps


# ---------------------------------------------------------------- the story


def _tell(stage: Stage, log: list[Happening]) -> Ticket:
    first = log[0]
    ticket = Ticket(stage, first.at, stage.rule_for(first.value), first.status, created_by=first.actor)
    ticket.advanced_to = first.at
    _mark(ticket, first.at)
    _create(ticket, first)
    _mark(ticket, first.at)
    for place, each in enumerate(log[1:], 1):
        if ticket.is_over:
            ticket.gaps.append(("event_after_the_end", place))
            continue
        _begin_dates(ticket, each.at)
        _happen(ticket, each, place)
        _begin_what_was_kept(ticket, each.at)
        _mark(ticket, each.at)
    return ticket


def _create(ticket: Ticket, first: Happening) -> None:
    """What creation begins; then what it tells, which may end that at once."""
    is_letter = first.actor == "customer" and first.is_message
    ticket.wrote_at = first.at if is_letter else None
    begun = {"created": True, "customer_message": is_letter, "first_customer_message": is_letter}
    told: list[On] = [OnStatus((first.status,))]
    if first.owner:
        told.append(OnField("owner"))
    for metric in ticket.rule.promises:
        life = ticket.stage.lives[metric]
        starts = life.starts
        if not life.repeats and (begun.get(starts, False) if isinstance(starts, str) else _is_on(starts, told, "")):
            _begin(ticket, metric, first.at, is_creation=starts == "created")
    if first.owner:
        ticket.values["owner"] = first.at
    for metric in ticket.rule.promises:
        stops = ticket.stage.lives[metric].stops
        if not isinstance(stops, str) and _is_on(stops, told, ""):
            _stop_by_own(ticket, metric, first.at)
    _heed_status(ticket, first.status, first.at)


def _is_on(on: On, told: Iterable[On], status_before: str) -> bool:
    """Whether something that was told begins or ends what waits for it."""
    if isinstance(on, OnStatus):
        entered = [each.status[0] for each in told if isinstance(each, OnStatus)]
        return status_before not in on.status and any(each in on.status for each in entered)
    return on in told


def _come_to_pass(ticket: Ticket, told: On, status_before: str, at: int) -> None:
    """First it ends what it ends, then it begins what it begins."""
    for metric, life in ticket.stage.lives.items():
        if not isinstance(life.stops, str) and _is_on(life.stops, [told], status_before):
            _stop_by_own(ticket, metric, at)
    for metric in ticket.rule.promises:
        starts = ticket.stage.lives[metric].starts
        if not isinstance(starts, str) and _is_on(starts, [told], status_before):
            _start_again(ticket, metric, at)


def _stop_by_own(ticket: Ticket, metric: str, at: int) -> None:
    """Its own stop: of what runs, of what solving ended, or of a start that was kept."""
    life, current = ticket.stage.lives[metric], _current(ticket, metric)
    _drop_kept(ticket, metric)
    if current is not None:
        _stop(ticket, current, "answer", at)
    elif ticket.is_solved and ticket.cycles.get(metric) and ticket.cycles[metric][-1].owes:
        _count_as_answered(ticket.cycles[metric][-1])
    if life.repeats:
        ticket.idle_stops.setdefault(metric, []).append(at)


def _start_again(ticket: Ticket, metric: str, at: int) -> None:
    """A start, if no cycle is open: what solving ended goes on."""
    if _current(ticket, metric) is not None:
        return
    last = ticket.cycles.get(metric, [None])[-1]
    if last is not None and last.owes and ticket.is_solved:
        _mark(ticket, at)
        _go_on(ticket, metric, at)
    else:
        _begin(ticket, metric, at)


def _begin(ticket: Ticket, metric: str, at: int, *, is_creation: bool = False) -> None:
    """Begin a cycle, or keep the start until what it waits for has ended."""
    if metric not in ticket.rule.promises or ticket.is_taken_over:
        return
    if _waits(ticket, metric):
        ticket.kept_starts.setdefault(metric, "creation" if is_creation else "start")
    else:
        _open(ticket, metric, at)


def _waits(ticket: Ticket, metric: str) -> bool:
    """Whether the first cycle of the other, which the rule promises too, has not ended in a way that nobody can take back."""
    other = ticket.stage.lives[metric].after
    if other not in ticket.rule.promises or ticket.cycles.get(metric):
        return False
    life, cycles = ticket.stage.lives[other], ticket.cycles.get(other, [])
    if not cycles:  # what was answered before it was promised never begins
        return _begun_once(ticket, life) is None or not _is_answered(ticket, life)
    return cycles[0].is_open or (cycles[0].owes and life.reopen != "new_cycle")


def _drop_kept(ticket: Ticket, metric: str) -> None:
    """Its own stop comes first; but what creation begins is to come."""
    if ticket.kept_starts.get(metric) == "start":
        del ticket.kept_starts[metric]


def _begin_what_was_kept(ticket: Ticket, at: int) -> None:
    for metric in list(ticket.kept_starts):
        if ticket.is_taken_over or ticket.is_over:
            del ticket.kept_starts[metric]
        elif metric in ticket.rule.promises and not ticket.is_solved and not _waits(ticket, metric):
            del ticket.kept_starts[metric]
            if _current(ticket, metric) is None:
                _open(ticket, metric, at)


def _begin_dates(ticket: Ticket, now: int, *, is_last: bool = False) -> None:
    """Begin what repeats at the first tick of each working date until now, where nothing happens any more at it, too.

    What was due before has ended.
    """
    before = now + is_last
    for metric, life in ticket.stage.lives.items():
        if not life.repeats:
            continue
        for tick in _openings(ticket, metric, before):
            _end_at_due(ticket, metric, tick)
            if _current(ticket, metric) is None:
                _begin_date(ticket, metric, tick)
        _end_at_due(ticket, metric, now)
    ticket.advanced_to = max(ticket.advanced_to, before)


def _openings(ticket: Ticket, metric: str, before: int) -> Iterator[int]:
    """The first ticks of the working dates after that of receipt, while the ticket is open and the rule promises the metric."""
    if metric not in ticket.rule.promises or ticket.is_solved or ticket.is_taken_over or ticket.is_over:
        return
    office = ticket.stage.offices[ticket.rule.promises[metric].office]
    for day, (opening, _) in office.working_days.items():
        if day > office.day(ticket.received) and ticket.advanced_to <= opening < before:
            yield opening


def _begin_date(ticket: Ticket, metric: str, tick: int) -> None:
    _open(ticket, metric, tick)
    office = ticket.stage.offices[ticket.rule.promises[metric].office]
    early = [at for at in ticket.idle_stops.get(metric, []) if at <= tick and office.day(at) == office.day(tick)]
    if early:
        _stop(ticket, ticket.cycles[metric][-1], "answer", tick)


def _end_at_due(ticket: Ticket, metric: str, now: int) -> None:
    current = _current(ticket, metric)
    due = None if current is None else _due(ticket.stage, current, now)
    if current is not None and current.kind == "owed" and due is not None and due < now:
        current.ended_at_due = due


def _mark(ticket: Ticket, at: int) -> None:
    """Write down whether something holds the clock of each metric; of one that is solved or not promised as if it ran."""
    for metric, life in ticket.stage.lives.items():
        spent = ticket.spent.get(metric, set())
        by_status = _by_status(ticket, metric)
        by_reason = life.pausable and any(f"reason {reason}" not in spent for reason in ticket.reasons)
        ticket.marks.setdefault(metric, []).append((at, by_status or by_reason))


def _by_status(ticket: Ticket, metric: str) -> bool:
    return ticket.status in ticket.stage.lives[metric].paused_in and "status" not in ticket.spent.get(metric, set())


def _happen(ticket: Ticket, each: Happening, place: int) -> None:  # noqa: C901, PLR0912, PLR0915 - one case an event
    at = each.at
    match each.what:
        case "message" if each.actor != "customer" != ticket.created_by and at == ticket.received:
            pass  # it is what was created
        case "message":
            ticket.messages.append(each)
            if any(_is_astray(each, life) for _, life in _opened(ticket)):
                ticket.gaps.append(("off_channel", place))
            if each.actor == "customer":
                _mark_spent(ticket)
                _hear_customer(ticket, at)
            else:
                _answer_what_was_solved(ticket, each)
                _hear_answer(ticket, each)
        case "status":
            _enter(ticket, each.status, at)
        case "owner" if each.owner != "" and "owner" not in ticket.values:
            ticket.values["owner"] = at
            _come_to_pass(ticket, OnField("owner"), "", at)
        case "owner":
            pass  # not its first value
        case "happened":
            _hear_of(ticket, each, place)
        case "field":
            _change_rule(ticket, ticket.stage.rule_for(each.value), at)
        case "paused":
            ticket.reasons.add(each.reason)
            for spent in ticket.spent.values():
                spent.discard(f"reason {each.reason}")
        case "resumed" if each.reason not in ticket.reasons:
            ticket.gaps.append(("resume_without_pause", place))
        case "resumed":
            ticket.reasons.discard(each.reason)
        case "solved":
            if ticket.ended == "solved" and at > ticket.solved_at:
                ticket.gaps.append(("solved_twice", place))
            _solve(ticket, at)
            _set_status(ticket, "")
        case "closed":
            _close(ticket, at)
            _set_status(ticket, "")
        case "reopened":
            if ticket.ended == "" and at > ticket.reopened_at:
                ticket.gaps.append(("reopened_unsolved", place))
            _set_status(ticket, each.status)
            _reopen(ticket, at)
            _come_to_pass(ticket, OnStatus((each.status,)), "", at)
        case "no_reply_needed":
            _end_what_waits_for_an_answer(ticket, at)
        case "taken_over":
            ticket.is_taken_over = True
            for cycle, _ in _opened(ticket):
                _cancel(ticket, cycle, "taken_over", at)
        case "merged" | "deleted":
            ticket.is_over = True
            for cycle, _ in _opened(ticket):
                _cancel(ticket, cycle, each.what, at)
        case "promised_by_hand":
            _promise_by_hand(ticket, each, place)
        case _:
            raise ValueError(each.what)


def _enter(ticket: Ticket, status: str, at: int) -> None:
    """Another status: first what it solves or opens again, then what entering it ends and begins."""
    before = ticket.status
    _remember_status(ticket, at)
    _set_status(ticket, status)
    _heed_status(ticket, status, at)
    _come_to_pass(ticket, OnStatus((status,)), before, at)


def _hear_of(ticket: Ticket, each: Happening, place: int) -> None:
    if not any(OnEvent(each.name) in {life.starts, life.stops} for life in ticket.stage.lives.values()):
        ticket.gaps.append(("event_starts_nothing", place))
    ticket.happened.add(each.name)
    _come_to_pass(ticket, OnEvent(each.name), "", each.at)


def _end_what_waits_for_an_answer(ticket: Ticket, at: int) -> None:
    """Open cycles, and starts that are kept."""
    for metric, life in ticket.stage.lives.items():
        if life.stops == "answer":
            ticket.kept_starts.pop(metric, None)
    for cycle, life in _opened(ticket):
        if life.stops == "answer":
            _cancel(ticket, cycle, "no_reply_needed", at)


def _promise_by_hand(ticket: Ticket, each: Happening, place: int) -> None:
    current = _current(ticket, each.metric)
    if current is None:
        ticket.gaps.append(("override_without_clock", place))
    else:
        _note_breach(ticket, current, each.at)
        current.by_hand.append((each.at, each.due))


def _mark_spent(ticket: Ticket) -> None:
    """What holds a ticket holds no clock any more that runs on when the customer writes."""
    for metric, life in ticket.stage.lives.items():
        if life.resume_on_customer_message:
            ticket.spent[metric] = {"status", *(f"reason {reason}" for reason in ticket.reasons)}


def _open(ticket: Ticket, metric: str, at: int) -> None:
    if metric in ticket.rule.promises and not ticket.is_taken_over:
        marks = ticket.marks.setdefault(metric, [])
        cycle = Cycle(metric, ticket.rule.name, at, [(at, ticket.rule.promises[metric])], marks)
        ticket.cycles.setdefault(metric, []).append(cycle)
        stops = ticket.stage.lives[metric].stops
        if isinstance(stops, OnField) and stops.field in ticket.values:
            _stop(ticket, cycle, "answer", at)


def _opened(ticket: Ticket) -> Iterator[tuple[Cycle, Life]]:
    for metric, cycles in ticket.cycles.items():
        if cycles[-1].is_open:
            yield cycles[-1], ticket.stage.lives[metric]


def _current(ticket: Ticket, metric: str) -> Cycle | None:
    cycles = ticket.cycles.get(metric, [])
    return cycles[-1] if cycles and cycles[-1].is_open else None


def _hear_customer(ticket: Ticket, at: int) -> None:
    """A message of the customer begins."""
    begins = {"customer_message"}
    if ticket.wrote_at is None:
        ticket.wrote_at = at
        begins.add("first_customer_message")
    for metric in ticket.rule.promises:
        if ticket.stage.lives[metric].starts in begins:
            _start_again(ticket, metric, at)


def _hear_answer(ticket: Ticket, message: Happening) -> None:
    """An answer first ends and then begins."""
    at, lives = message.at, ticket.stage.lives
    answered = [metric for metric in ticket.rule.promises if _is_answer(message, lives[metric].answers)]
    for metric in answered:
        if lives[metric].stops == "answer":
            _drop_kept(ticket, metric)
            cycle = _current(ticket, metric)
            if cycle is not None:
                _stop(ticket, cycle, "answer", at)
    for metric in answered:
        if lives[metric].starts == "answer" and _current(ticket, metric) is None:
            if not ticket.is_solved:
                _begin(ticket, metric, at)
            elif ticket.solved_at == at:
                _begin(ticket, metric, at)  # the answer and the solving are of one instant
                _end_by_solving(ticket, at)


def _answer_what_was_solved(ticket: Ticket, message: Happening) -> None:
    """An answer while it is solved counts; the clock stays stopped where it was solved."""
    for metric, cycles in ticket.cycles.items():
        last, life = cycles[-1], ticket.stage.lives[metric]
        if ticket.is_solved and life.stops == "answer" and last.owes and _is_answer(message, life.answers):
            _count_as_answered(last)


def _count_as_answered(last: Cycle) -> None:
    last.stop = last.stop if last.cancelled_at is None else last.cancelled_at
    last.cancelled, last.cancelled_at, last.answered, last.ended_by = "", None, True, "answer"


def _is_answer(message: Happening, answers: Answers) -> bool:
    """An automatic reply, an internal note, a holding reply, a part, one off the channels is none, if not said so."""
    return (
        message.actor in answers.actors
        and (answers.channels == () or message.channel in answers.channels)
        and (message.public or answers.internal)
        and not (message.automated and not answers.automated)
        and not (message.holding and not answers.holding)
        and not (message.partial and not answers.partial)
    )


def _is_astray(message: Happening, life: Life) -> bool:
    """What would stop a clock, were it not off the agreed channels, is reported (system E)."""
    anywhere = replace(life.answers, channels=())
    return life.stops == "answer" and _is_answer(message, anywhere) and not _is_answer(message, life.answers)


def _remember_status(ticket: Ticket, at: int) -> None:
    """Keep what the status before this instant held."""
    if ticket.status_at != at:
        ticket.status_at = at
        ticket.held_before = {metric: _by_status(ticket, metric) for metric in ticket.stage.lives}


def _set_status(ticket: Ticket, status: str) -> None:
    """A status holds from now on; that of a solved ticket holds nothing."""
    ticket.status = status
    for spent in ticket.spent.values():
        spent.discard("status")


def _heed_status(ticket: Ticket, status: str, at: int) -> None:
    """What a status that solves or closes does, and one that does neither."""
    stage = ticket.stage
    if status in stage.closed_in:
        if ticket.ended != "closed":
            _close(ticket, at)
    elif status in stage.solved_in:
        if ticket.ended == "":
            _solve(ticket, at)
    elif ticket.ended != "" and (stage.solved_in or stage.closed_in):
        _reopen(ticket, at)


def _solve(ticket: Ticket, at: int) -> None:
    """The clocks stop as they are held then; that ends the hold of the status, afterwards."""
    if ticket.ended == "":
        ticket.ended, ticket.changes_when_solved = "solved", len(ticket.changes)
    ticket.solved_at = at
    _end_by_solving(ticket, at)


def _end_by_solving(ticket: Ticket, at: int) -> None:
    """The clocks stop as the status before this instant held them: another status may tell of the solving, too."""
    for cycle, life in list(_opened(ticket)):
        if life.stops == "solved":
            _stop(ticket, cycle, "solving", at)
        elif life.on_solved == "stop":
            _stop(ticket, cycle, "solving", at)
            cycle.answered = False
        elif life.on_solved == "cancel":
            _cancel(ticket, cycle, "solved_without_answer", at)
            cycle.ended_by = "solving"
        if not cycle.is_open and ticket.status_at == at:
            cycle.ended_held = cycle.ended_held or ticket.held_before[cycle.metric]


def _close(ticket: Ticket, at: int) -> None:
    _solve(ticket, at)
    ticket.ended = "closed"
    for cycle, _ in list(_opened(ticket)):
        _cancel(ticket, cycle, "closed", at)
        cycle.ended_by = "solving"
        if ticket.status_at == at:
            cycle.ended_held = cycle.ended_held or ticket.held_before[cycle.metric]


def _stop(ticket: Ticket, cycle: Cycle, by: Literal["answer", "solving", "handover"], at: int) -> None:
    cycle.stop, cycle.answered, cycle.ended_by, cycle.ended_held = at, by != "handover", by, cycle.marks[-1][1]
    cycle.known_changes = len(ticket.changes)


def _cancel(ticket: Ticket, cycle: Cycle, why: str, at: int) -> None:
    _note_breach(ticket, cycle, at)
    cycle.cancelled, cycle.cancelled_at, cycle.ended_by, cycle.ended_held = why, at, "end", cycle.marks[-1][1]
    cycle.known_changes = len(ticket.changes)


def _note_breach(ticket: Ticket, cycle: Cycle, at: int) -> None:
    """Before something changes what is promised: whether its due time has passed by now."""
    stays = ticket.stage.lives[cycle.metric].after_breach == "stays" and cycle.kind == "owed"
    if cycle.breached is None and stays and _is_late(_due(ticket.stage, cycle, at), at):
        cycle.breached = len(cycle.reigns), len(cycle.by_hand)


def _is_late(due: int | None, at: int) -> bool:
    return due is not None and due < at


def _change_rule(ticket: Ticket, new: Rule, at: int) -> None:
    if new == ticket.rule:
        return
    ticket.rule = new
    ticket.changes.append((at, new))
    for cycle, life in list(_opened(ticket)):
        if life.on_change == "new_cycle":
            _stop(ticket, cycle, "handover", at)
            _open(ticket, cycle.metric, at)
        elif cycle.metric not in new.promises:
            _cancel(ticket, cycle, "no_longer_promised", at)
        else:
            _take_or_restart(ticket, cycle, at)
    if not ticket.is_solved:
        _promise_what_is_late(ticket, at)


def _promise_what_is_late(ticket: Ticket, at: int) -> None:
    for metric in ticket.rule.promises:
        life = ticket.stage.lives[metric]
        since = _begun_once(ticket, life)
        if since is None or life.repeats or metric in ticket.kept_starts:
            continue
        if not _is_answered(ticket, life) and not ticket.is_taken_over:
            _promise_late(ticket, metric, since, at)


def _begun_once(ticket: Ticket, life: Life) -> int | None:
    """The instant of a start that comes once, if it has come."""
    match life.starts:
        case "created":
            return ticket.received
        case "first_customer_message":
            return ticket.wrote_at
        case OnField(name):
            return ticket.values.get(name)
        case _:
            return None


def _take_or_restart(ticket: Ticket, cycle: Cycle, at: int) -> None:
    _note_breach(ticket, cycle, at)
    is_no_change = cycle.reigns[-1][1].is_as(ticket.rule.promises[cycle.metric])
    if ticket.stage.lives[cycle.metric].on_change == "restart" and not is_no_change and cycle.breached is None:
        ticket.cycles[cycle.metric].remove(cycle)
        _open(ticket, cycle.metric, at)
    else:
        _take(cycle, ticket.rule, at)


def _promise_late(ticket: Ticket, metric: str, since: int, at: int) -> None:
    """What is promised first, or again, counts from now on, with what was counted before it was not promised."""
    life, cycles = ticket.stage.lives[metric], ticket.cycles.get(metric, [])
    if cycles and cycles[-1].ended_by != "handover" and cycles[-1].cancelled != "no_longer_promised":
        return
    if cycles and cycles[-1].breached is not None and life.on_change != "new_cycle":
        _come_back(ticket, cycles[-1], at)
    elif life.on_change != "retarget":
        _open(ticket, metric, at)
    elif cycles:
        _come_back(ticket, cycles[-1], at)
    elif _waits(ticket, metric):
        ticket.kept_starts[metric] = "creation"
    elif life.after in ticket.rule.promises:
        _open(ticket, metric, at)  # it would have begun with the end of the other, and not from receipt
    else:
        _open(ticket, metric, since)
        _park(ticket, ticket.cycles[metric][-1], ticket.rule, since, at)


def _come_back(ticket: Ticket, cycle: Cycle, at: int) -> None:
    left = cycle.cancelled_at
    assert left is not None
    cycle.cancelled, cycle.cancelled_at, cycle.ended_by = "", None, ""
    _park(ticket, cycle, ticket.rule, left, at)


def _park(ticket: Ticket, cycle: Cycle, rule: Rule, start: int, end: int) -> None:
    """Leave out, if the policy does, the time in which nothing was promised; and take what is promised from now on."""
    if ticket.stage.lives[cycle.metric].unpromised_time == "left_out":
        cycle.parked.append((start, end))
    cycle.rule = rule.name
    cycle.reigns.append((end, rule.promises[cycle.metric]))


def _is_answered(ticket: Ticket, life: Life) -> bool:
    """A metric that is promised later may be answered already."""
    match life.stops:
        case "answer":
            return any(each.actor != "customer" and _is_answer(each, life.answers) for each in ticket.messages)
        case OnField(name):
            return name in ticket.values
        case OnEvent(name):
            return name in ticket.happened
        case OnStatus(statuses):
            return ticket.status in statuses
        case _:
            return False


def _take(cycle: Cycle, rule: Rule, at: int) -> None:
    """Go by another rule; where it promises the same, it is another name."""
    promise = rule.promises[cycle.metric]
    cycle.rule = rule.name
    since, reigning = cycle.reigns[-1]
    if reigning.is_as(promise):
        cycle.reigns[-1] = since, promise
    else:
        cycle.reigns.append((at, promise))


def _reopen(ticket: Ticket, at: int) -> None:
    """What solving ended without its answer goes on, and what it stops."""
    if ticket.ended == "":
        return
    _mark(ticket, at)
    changed = len(ticket.changes) > ticket.changes_when_solved
    ticket.ended, ticket.reopened_at = "", at
    for metric, cycles in list(ticket.cycles.items()):
        life = ticket.stage.lives[metric]
        is_other = life.repeats or (life.on_change == "new_cycle" and changed)
        if cycles[-1].owes and not is_other and not ticket.is_taken_over:
            _go_on(ticket, metric, at)
    for metric in ticket.rule.promises if changed else ():
        life = ticket.stage.lives[metric]
        if life.on_change == "new_cycle" and _current(ticket, metric) is None and not _is_answered(ticket, life):
            _begin(ticket, metric, at)
    _promise_what_is_late(ticket, at)


def _go_on(ticket: Ticket, metric: str, at: int) -> None:
    life, last = ticket.stage.lives[metric], ticket.cycles[metric][-1]
    if life.reopen == "new_cycle":
        _open(ticket, metric, at)
        return
    ended = last.stop if last.cancelled_at is None else last.cancelled_at
    assert ended is not None
    last.stop, last.cancelled, last.cancelled_at, last.answered, last.ended_by = None, "", None, False, ""
    if life.reopen == "resume":
        last.solved.append((ended, at))
    left: int | None = None
    for since, rule in ticket.changes[last.known_changes :]:
        if left is None:
            _note_breach(ticket, last, since)
        if metric not in rule.promises:
            left = since if left is None else left
        elif left is None:
            _take(last, rule, since)
        else:
            _park(ticket, last, rule, left, since)
            left = None
    if metric not in ticket.rule.promises:
        _cancel(ticket, last, "no_longer_promised", at)


# ---------------------------------------------------------------- the walk


def _see(stage: Stage, cycle: Cycle, as_of: int) -> Seen:
    end = min(t for t in (cycle.stop, cycle.cancelled_at, cycle.ended_at_due, as_of) if t is not None)
    rule, cycle = cycle.rule, cycle.judged
    walked = _walk(stage, cycle, len(cycle.reigns), end)
    due = cycle.by_hand[-1][1] if cycle.by_hand else walked.due
    late = end - due if due is not None and end > due and cycle.kind == "owed" else 0
    return Seen(
        status=_status(stage, cycle, due, as_of),
        kept=_kept(cycle, is_late=late > 0 or cycle.ended_at_due is not None),
        kind=cycle.kind,
        owed_by=cycle.reigns[-1][1].owed_by,
        rule=rule,
        origin=cycle.origin,
        due=due,
        earliest=None if cycle.by_hand else _earliest(stage, cycle, end),
        elapsed=walked.elapsed,
        remaining=walked.left if due is None else _ahead(stage, cycle, end, due),
        wall=end - cycle.origin,
        open_time=sum(_open_and_free(stage, cycle, end)[cycle.origin : end]),
        late=late,
        late_open=sum(_open_and_free(stage, cycle, end)[end - late : end]),
        done_at=cycle.stop,
        answered=cycle.answered,
        cancelled=cycle.cancelled,
        cancelled_at=cycle.cancelled_at,
        breached_at=due if late or cycle.ended_at_due is not None else None,
    )


def _status(stage: Stage, cycle: Cycle, due: int | None, as_of: int) -> Status:  # noqa: PLR0911 - one return a status
    """On time is done <= due, overdue is as_of > due (rule 6); overdue outranks paused, and a stop in a pause is met."""
    if cycle.cancelled_at is not None:
        return "cancelled"
    if cycle.ended_at_due is not None:
        return "breached"
    if cycle.stop is not None:
        return "done" if cycle.kind != "owed" else "breached" if _is_late(due, cycle.stop) else "met"
    if due is None:
        return "paused"
    if cycle.kind != "owed":
        return "running"
    if as_of > due:
        return "overdue"
    warned = _warned(stage, cycle, due, as_of)
    return "warning" if warned is not None and as_of >= warned else "running"


def _kept(cycle: Cycle, *, is_late: bool) -> Kept:
    """What was late is breached, whatever ended it."""
    if is_late:
        return "breached"
    if cycle.cancelled_at is not None:
        return "cancelled"
    if cycle.stop is None:
        return "pending"
    return "met" if cycle.kind == "owed" else "done"


def _due(stage: Stage, cycle: Cycle, now: int) -> int | None:
    return cycle.by_hand[-1][1] if cycle.by_hand else _walk(stage, cycle, len(cycle.reigns), now).due


def _open_and_free(stage: Stage, cycle: Cycle, now: int) -> bytes:
    """Whether the office was open in each tick, and nothing held the clock."""
    target = _judging(stage, cycle, cycle.reigns[-1])
    held = cycle.held(now)
    cap = stage.lives[cycle.metric].pause_cap
    if cap is not None and isinstance(target, Amount):
        held, _ = _capped(cap, held, _in_force(stage, cycle.reigns, target.kind, now))
    return _free(_in_force(stage, cycle.reigns, "business_hours", now), held)


def _warned(stage: Stage, cycle: Cycle, due: int, now: int) -> int | None:
    """When it warns: with a smaller amount, not below zero; on the way to a date so much open time before it."""
    _, promise = cycle.reigns[-1]
    if promise.warning is None:
        return None
    target = _judging(stage, cycle, cycle.reigns[-1])
    if isinstance(target, Amount) and not cycle.by_hand:
        smaller = replace(target, ticks=max(0, target.ticks - promise.warning))
        return _walk(stage, cycle, len(cycle.reigns), now, smaller).due
    is_open = stage.offices[promise.office].ticks("business_hours")
    start = is_open.index(1, cycle.taken_from(cycle.reigns[-1][0]))
    before = max(0, sum(is_open[start : max(start, due)]) - promise.warning)
    opened = [m + 1 for m in range(start, max(start, due)) if is_open[m]]
    return min(due, opened[before - 1] if before else start)


def _earliest(stage: Stage, cycle: Cycle, end: int) -> int | None:
    """When a range begins; at a change one that was reached stands (rule 8)."""
    begun: int | None = None
    until = [since for since, _ in cycle.reigns[1:]]
    for number, reign in enumerate(cycle.reigns, 1):
        chosen = _chosen(stage, cycle, reign)
        if not isinstance(chosen, Between):
            continue
        at = end if number == len(cycle.reigns) else until[number - 1]
        begins = begun if begun is not None else _walk(stage, cycle, number, at, chosen.earliest).due
        if number == len(cycle.reigns):
            return begins
        if begins is not None and begins <= at:
            begun = begins
    return None


@dataclass(frozen=True)
class _Walked:
    due: int | None
    left: int | None
    elapsed: int


def _walk(stage: Stage, cycle: Cycle, reigning: int, now: int, instead: Point | None = None) -> _Walked:
    """When the last of so many targets, or another instead, is due, seen from now; what is left, and what was counted."""
    reigns = cycle.reigns[:reigning]
    made, promise = reigns[-1]
    target = instead or _judging(stage, cycle, reigns[-1])
    office, held = stage.offices[promise.office], cycle.held(now)
    kind: Kind = target.kind if isinstance(target, Amount) else "business_hours"
    in_force = _in_force(stage, reigns, kind, now)
    is_held_on = bool(held[now]) if cycle.is_open else cycle.ended_held
    if not isinstance(target, Amount):
        named = _moved(stage, cycle, reigns, target, now, is_held_on=is_held_on)
        left, elapsed = (None if named is None else 0), sum(_promised(cycle, in_force, now))
        return _Walked(max(named, made) if named is not None and reigning > 1 else named, left, elapsed)
    cap = stage.lives[cycle.metric].pause_cap
    if cap is not None:
        held, is_spent = _capped(cap, held, in_force)
        is_held_on = is_held_on and not is_spent
    free = _free(in_force, held)
    used = sum(free[cycle.origin : made])
    left = max(0, target.ticks - used)
    due: int | None = None
    counts = office.ticks(kind)
    for tick in count(made):
        before = tick == made or (held[tick - 1] if tick <= now else is_held_on)
        holds = held[tick] if tick < now else is_held_on
        if tick >= now and holds and (left or before):
            break
        if not left and counts[tick] and not (before and holds):
            due = tick
            break
        if left and counts[tick] and not holds:
            left -= 1
            if not left:
                due = tick + 1
                break
    if cycle.by_hand:  # no pause moves a date
        return _Walked(due, left, sum(_promised(cycle, in_force, now)))
    return _Walked(due, left, sum(free[cycle.origin : now]))


def _free(counted: bytes, held: bytes) -> bytes:
    """What counts in each tick, and is not held."""
    both = int.from_bytes(counted) & ~int.from_bytes(held[: len(counted)])
    return both.to_bytes(len(counted))


def _promised(cycle: Cycle, in_force: bytes, now: int) -> bytes:
    """What counts on the way to a date: paused or not, if only something was promised."""
    counted = bytearray(in_force[:now])
    counted[: cycle.origin] = bytes(cycle.origin)
    for start, end in cycle.parked:
        counted[start:end] = bytes(len(counted[start:end]))
    return bytes(counted)


def _moved(
    stage: Stage,
    cycle: Cycle,
    reigns: list[tuple[int, Promise]],
    target: WorkingDay | Opening,
    now: int,
    *,
    is_held_on: bool,
) -> int | None:
    """The date; where pauses move it, the first such point at or after it and the open ticks of those that begin before."""
    since, promise = reigns[-1]
    office, start = stage.offices[promise.office], cycle.taken_from(since)
    named = due = _date(office, target, start)
    if not promise.pauses_move:
        return named
    held, is_open = cycle.held(now), _in_force(stage, reigns, "business_hours", now)
    pauses = [*_runs(held, start, now)]
    if is_held_on and (not pauses or pauses[-1][1] < now):
        pauses.append((now, now))
    paused = 0
    for begin, end in pauses:
        if begin >= due:
            break
        if end == now and is_held_on:
            return None
        paused += sum(is_open[begin:end])
        due = _point_after(office, target, named, paused)
    return due


def _runs(held: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches in which something holds the clock."""
    begin: int | None = None
    for tick in range(start, end + 1):
        is_held = tick < end and held[tick]
        if is_held and begin is None:
            begin = tick
        elif not is_held and begin is not None:
            yield begin, tick
            begin = None


def _point_after(office: Office, target: WorkingDay | Opening, named: int, paused: int) -> int:
    """The first point of its kind at or after a date and so many open ticks."""
    opened = [tick + 1 for tick in compress(count(named), office.ticks("business_hours")[named:])]
    reached = opened[paused - 1] if paused else named
    if isinstance(target, Opening):
        return reached
    day = office.day(named)
    points = (_point(office, target, each) for each in office.working_days if each >= day)
    return next(point for point in points if point >= reached)


def _capped(cap: int, held: bytes, in_force: bytes) -> tuple[bytes, bool]:
    """What still holds the clock: pauses until they have taken out so much; and whether they have."""
    still = bytearray(held)
    for tick, counts in enumerate(in_force):
        if still[tick] and not cap:
            still[tick] = 0
        elif still[tick] and counts:
            cap -= 1
    return bytes(still), not cap


def _in_force(stage: Stage, reigns: list[tuple[int, Promise]], kind: Kind, now: int) -> bytes:
    """What each tick counts on the calendar in force then."""
    counted = bytearray(now)
    for (since, promise), until in zip(reigns, [*(since for since, _ in reigns[1:]), now], strict=True):
        counted[since:until] = stage.offices[promise.office].ticks(kind)[since:until]
    return bytes(counted)


def _ahead(stage: Stage, cycle: Cycle, end: int, due: int) -> int:
    """What the last target's kind of time counts until due."""
    _, promise = cycle.reigns[-1]
    target = _judging(stage, cycle, cycle.reigns[-1])
    kind: Kind = target.kind if isinstance(target, Amount) else "business_hours"
    return sum(stage.offices[promise.office].ticks(kind)[end : max(end, due)])


def _judging(stage: Stage, cycle: Cycle, reign: tuple[int, Promise]) -> Point:
    """The target that judges: of a range the latest."""
    chosen = _chosen(stage, cycle, reign)
    return chosen.latest if isinstance(chosen, Between) else chosen


def _chosen(stage: Stage, cycle: Cycle, reign: tuple[int, Promise]) -> Point | Between:
    """Of two targets the one for what is received in open time, or not; what was parked is received when it returns."""
    since, promise = reign
    if not isinstance(promise.target, Either):
        return promise.target
    is_open = stage.offices[promise.office].ticks("business_hours")[cycle.taken_from(since)]
    return promise.target.inside if is_open else promise.target.outside


def _date(office: Office, target: WorkingDay | Opening, origin: int) -> int:
    """The first open tick at or after the origin, or a point of a working date (rule 7a)."""
    start = office.ticks("business_hours").index(1, origin)
    if isinstance(target, Opening):
        return start
    first = office.day(start)
    for day in [day for day in office.working_days if day >= first][target.days :]:
        point = _point(office, target, day)
        if point >= start:
            return point
    raise ValueError(f"{target} is not reached")


def _point(office: Office, target: WorkingDay, day: date) -> int:
    opening, close = office.working_days[day]
    if target.by == "opening":
        return opening
    if target.by == "close":
        return close
    return max(opening, min(office.reads(day, target.by), close))
