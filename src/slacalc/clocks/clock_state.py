"""The state of a clock: due, elapsed, remaining, met or breached, and why.

Over 400 lines: one value, with a property for each thing that people ask of a clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import amount_us, from_us, to_amount, to_us
from slacalc.business_time.spans import Span, Spans, difference, union
from slacalc.calendars.holidays import Uncertain
from slacalc.calendars.ledger import Ledger, ledger_of
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import joined
from slacalc.clocks.clock_ledger import pieces_of, reigns_of
from slacalc.clocks.cycle import STOPS, UNPROMISED, Cycle, End, Override, reason_of
from slacalc.clocks.due import elapsed_in, point_of, ran_through, when, when_in
from slacalc.clocks.ticket_state import FieldBefore
from slacalc.clocks.warning_times import warnings_of
from slacalc.forms import Form
from slacalc.making import maker_of
from slacalc.policies.document.fields import STANDARD_FIELDS
from slacalc.policies.document.rules import EscalationStep, OwedBy, PromiseKind
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.targets.kind import Clock
from slacalc.policies.targets.points import CountingTarget
from slacalc.policies.targets.target import AnyTarget

if TYPE_CHECKING:
    from slacalc.clocks.attribution import Attribution
    from slacalc.clocks.outcome import Outcome
    from slacalc.expectations.expectation import Expectation
    from slacalc.expectations.rounding import Grain

__all__ = ["ClockState", "ClockStatus", "TargetChange", "not_started", "state_of"]

ClockStatus: TypeAlias = Literal[
    "not_started", "running", "paused", "warning", "overdue", "met", "breached", "done", "cancelled"
]

_PERCENT: Final = 100


class TargetChange(NamedTuple):
    """Another target, or a date promised by hand: from when on, the rule or the author, and the target or the date."""

    at: datetime
    by: str
    to: AnyTarget | datetime


@dataclass(frozen=True, slots=True, repr=False)
class ClockState(Form):
    """How one cycle of a metric is doing, as of an instant.

    `due` is None while a counting clock is paused before its due, and when it ended so; then
    `remaining` and `due_if_resumed` say what is left. `elapsed` and `remaining` are in the target's own
    kind of time, `wall` is real time. A clock that has not started has neither origin nor due.
    """

    _tells: ClassVar[tuple[str, ...]] = (
        "metric", "status", "rule", "kind", "owed_by", "as_of", "origin", "earliest", "expected", "due", "follow_up",
        "elapsed", "remaining", "percent", "open_time", "wall_time", "overdue_by", "overdue_by_open", "within",
        "objective", "paused_for", "warnings", "done_at", "breached_at", "cancelled", "cancelled_at", "deprioritised",
        "overridden_by", "depends_on",
    )  # fmt: skip

    status: ClockStatus
    deprioritised: bool
    _cycle: Cycle
    _as_of: int
    _due: int | None
    _fields_before: Sequence[FieldBefore] = field(default=(), compare=False)

    def __repr__(self) -> str:
        """Return the metric, the status and the due time."""
        return f"ClockState({self.metric}: {self.status}, due {self.due})"

    @property
    def metric(self) -> str:
        """The metric whose clock it is."""
        return self._cycle.terms.metric

    @property
    def rule(self) -> str:
        """The name of the rule that matches now; after a breach the target may be that of one before it."""
        return self._cycle.terms_now.rule.name

    @property
    def target(self) -> AnyTarget:
        """The target that judges: after a breach the one that was breached."""
        return self._cycle.terms.promised.due

    @property
    def kind(self) -> PromiseKind:
        """Whether that target is owed, or only what is usual or tried: then it is never late."""
        return self._cycle.terms.promised.promise

    @property
    def owed_by(self) -> OwedBy:
        """Whose deadline it is: ours, or the customer's."""
        return self._cycle.terms.promised.owed_by

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of the ticket: as they are, or when the clock ended were."""
        return dict(self._cycle.fields)

    @property
    def calendar(self) -> OpenTime:
        """The calendar of that target."""
        return self._cycle.terms.calendar

    @property
    def calendar_name(self) -> str:
        """The name of that calendar in the policy."""
        terms = self._cycle.terms
        (name,) = terms.rule.calendars_of(terms.metric)
        return name

    @property
    def as_of(self) -> datetime:
        """The instant of which this is the state."""
        return from_us(self._as_of, self._zone)

    @property
    def origin(self) -> datetime | None:
        """When the clock began; None while it has not."""
        return None if self.status == "not_started" else from_us(self._cycle.origin, self._zone)

    @property
    def depends_on(self) -> tuple[Uncertain, ...]:
        """The dates on the way to `due` whose holidays are estimated, or not announced yet; none without a due time."""
        origin, due = self.origin, self.due
        return () if origin is None or due is None else self.target.depends_on(self.calendar, origin, due)

    @property
    def is_open(self) -> bool:
        """Whether the clock has begun and is not over."""
        return self.status in {"running", "paused", "warning", "overdue"}

    @property
    def escalation_steps(self) -> tuple[EscalationStep, ...]:
        """Who is next when there is no good answer: the steps of the rule, else of the policy."""
        escalation = self._cycle.terms_now.rule.escalation
        return self._cycle.edition.policy.escalation if escalation is None else escalation

    @property
    def waits_for_answer(self) -> bool:
        """Whether an answer of ours is what stops it."""
        return self._cycle.terms.clock.stops == "answer" and self.owed_by == "us"

    @property
    def changed_at(self) -> datetime:
        """When its target, or a date promised by hand, was last made: the origin if it never changed."""
        made = [self._cycle.since, *(override.at for override in self._cycle.overrides)]
        return from_us(max(made), self._zone)

    @property
    def target_number(self) -> int:
        """Which of its targets, dates promised by hand among them, judges: the first is 1."""
        return len(self._cycle.reigns) + len(self._cycle.overrides) + 1

    @property
    def moved_at(self) -> datetime:
        """When its course last changed: by another target, a pause, or the end of one."""
        cycle = self._cycle
        ended = [pause.end for pause in cycle.pauses[-1:]]
        return from_us(max(to_us(self.changed_at), cycle.known_since, *ended, *cycle.held.values()), self._zone)

    def stages(self) -> "Iterator[tuple[ClockState, datetime | None]]":
        """Return its states after each event that changed it while it was open, each with when the next one was."""
        from slacalc.clocks.history import stages_of

        for start, end, cycle in stages_of(self._cycle):
            state = state_of(cycle.copied(), start, deprioritised=self.deprioritised, fields_before=self._fields_before)
            yield state, self._moment(end)

    @property
    def pause_capped_at(self) -> datetime | None:
        """When the pause, if it goes on, has used up its cap; None without a cap, and when it is not paused."""
        return self._moment(self._cycle.pause_spent_at) if self.status == "paused" else None

    @property
    def warnings(self) -> tuple[tuple[str, datetime], ...]:
        """The warnings of the rule with their instants; what a pause holds up is left out."""
        if self.status == "not_started":
            return ()
        return tuple((step, from_us(at, self._zone)) for step, at in warnings_of(self._cycle, self._due))

    @property
    def effective_start(self) -> datetime | None:
        """When its own kind of time first counted: for open time the first opening at or after the origin."""
        if self.status == "not_started":
            return None
        clock = point_of(self.target, self._cycle.course).clock(self.calendar)
        return from_us(clock.add(self._cycle.origin, 0), self._zone)

    @property
    def due(self) -> datetime | None:
        """When it is late after: what was breached, else the date promised by hand, else the target's.

        Of what is not owed it is the latest of what is usual. None while paused before it.
        """
        return self._moment(self._due)

    @property
    def earliest(self) -> datetime | None:
        """When a range begins, over the same pauses; None for other targets, and under a date promised by hand."""
        return None if self.status == "not_started" else self._moment(self._cycle.earliest())

    @property
    def expected(self) -> datetime | None:
        """What we aim at and say, where the rule has it, over the same pauses."""
        return self._when(self._cycle.terms.promised.expected)

    @property
    def follow_up(self) -> datetime | None:
        """When the customer should ask again, never before due; None without such a rule, and while paused."""
        return self._not_before_due(self._when(self._cycle.terms.promised.follow_up))

    @property
    def follow_up_earliest(self) -> datetime | None:
        """When a range of follow-ups begins, never before due."""
        target = self._cycle.terms.promised.follow_up
        if target is None or self.status == "not_started":
            return None
        return self._not_before_due(target.begins(self.calendar, from_us(self._cycle.origin, self._zone)))

    @property
    def excluded_from_objective(self) -> bool:
        """Whether the ticket is deprioritised, and by that leaves the count of kept promises."""
        return self.deprioritised and self._cycle.edition.policy.deprioritisation.objective == "excluded"

    @property
    def objective(self) -> float | None:
        """The share of such promises that should be kept; None without one, and for a ticket that is excluded."""
        return None if self.excluded_from_objective else self._cycle.terms.promised.objective

    @property
    def elapsed(self) -> timedelta:
        """What has counted so far, without the pauses; for a date, that pauses do not move, with them."""
        return to_amount(0 if self.status == "not_started" else self._elapsed)

    @property
    def remaining(self) -> timedelta:
        """What is left until due: while paused what remains, after due nothing; before the start the amount, if any."""
        if self.status == "not_started":
            return to_amount(self._cycle.terms.amount or 0)
        if self._due is None:
            return to_amount(when_in(self.target, self._cycle.course)[1])
        ahead = max(0, self._due - self._end) and self._clock.elapsed(self._end, self._due)
        return to_amount(ahead)

    @property
    def wall_time(self) -> timedelta:
        """The real time from the origin to the end, or to as_of."""
        return to_amount(0 if self.status == "not_started" else self._end - self._cycle.origin)

    @property
    def allowed(self) -> timedelta:
        """How much the target allows, in its own kind of time, of which `elapsed` is spent; nothing before the start.

        For a date it is the time from the origin to due, and nothing while there is no due time.
        """
        return to_amount(0 if self.status == "not_started" else self._allowed)

    @property
    def percent(self) -> float | None:
        """How much of what is allowed has passed; more than 100 when overdue, None when nothing was allowed."""
        amount = 0 if self.status == "not_started" else self._allowed
        return _PERCENT * self._elapsed / amount if amount else None

    @property
    def done_at(self) -> datetime | None:
        """When it stopped; None while it has not."""
        return self._moment(self._cycle.stop)

    @property
    def answered(self) -> bool:
        """Whether it stopped because what was asked for was done; solving without an answer is not."""
        end, clock = self._cycle.end, self._cycle.terms.clock
        return end is not None and (end.how == "answered" or (end.how == "solved" and clock.stops == "solved"))

    @property
    def cancelled(self) -> str:
        """Why it was cancelled, or nothing."""
        return self._cycle.cancelled

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was cancelled."""
        return self._moment(self._cycle.end.at) if self._cycle.end is not None and self.cancelled else None

    @property
    def overridden_by(self) -> str | None:
        """Who promised the date that is due now; None when it is the target's."""
        return self._cycle.overrides[-1].author if self._cycle.overrides else None

    @property
    def date_after_breach(self) -> datetime | None:
        """The last date that was promised by hand after the breach; None without one."""
        dates = [later.to.due for later in self._cycle.later if isinstance(later.to, Override)]
        return self._moment(dates[-1]) if dates else None

    @property
    def history(self) -> tuple[TargetChange, ...]:
        """The targets that took over, those that came too late for it, and the dates promised by hand, in order."""
        cycle = self._cycle
        taken = [*(reign.terms for reign in cycle.reigns[1:]), cycle.terms] if cycle.reigns else []
        changes = [self._change(reign.end, each) for reign, each in zip(cycle.reigns, taken, strict=True)]
        changes += [self._change(override.at, override) for override in cycle.overrides]
        before = cycle.terms
        for at, to in cycle.later:
            if isinstance(to, Override):
                changes.append(self._change(at, to))
            else:
                changes += [] if to.promises_as(before) else [self._change(at, to)]
                before = to
        return tuple(sorted(changes, key=_made_at))

    @property
    def breached_at(self) -> datetime | None:
        """The due time that passed unmet; None while none did."""
        return self.due if self._late or self._cycle.has_lapsed else None

    @property
    def within(self) -> bool | None:
        """Whether what is not owed was done by the latest of what is usual: False too when that passed, and it is not.

        None while nothing is known yet, and for what is owed or cancelled.
        """
        if self.kind == "owed" or self.status not in {"running", "paused", "done"}:
            return None
        if self._due is not None and self._end > self._due:
            return False
        return True if self.status == "done" else None

    @property
    def target_changed(self) -> bool:
        """Whether another target was promised after the breach."""
        later = [each.to for each in self._cycle.later if not isinstance(each.to, Override)]
        return any(not terms.promises_as(self._cycle.terms) for terms in later)

    @property
    def overdue_by(self) -> timedelta:
        """How late it is, or was, in real time; zero when it is not, and for what is not owed."""
        return to_amount(self._late)

    @property
    def overdue_by_open(self) -> timedelta:
        """How late it is, or was, in open time of the calendar, without pauses: zero for an answer in closed hours."""
        if self._due is None or not self._late:
            return timedelta(0)
        return to_amount(self._open_time(self._due))

    @property
    def moved_by_pauses(self) -> timedelta | None:
        """How far pauses moved its date, in real time; None where they cannot, and while it has no due time."""
        if self._due is None or not self._by_date or self._cycle.overrides or not self._cycle.course.pauses_move:
            return None
        unmoved = when(self.target, self._cycle.course._replace(pauses_move=False))
        return None if unmoved is None else to_amount(self._due - unmoved)

    @property
    def eligible_for_takeover(self) -> bool:
        """Whether we breached a due time: somebody else may take over, and only an event does."""
        return self.breached_at is not None and self.owed_by == "us"

    @property
    def ledger(self) -> Ledger:
        """The time from the origin to the end or as_of, each stretch counted, closed or paused for a reason."""
        start = self._end if self.status == "not_started" else self._cycle.origin
        end = max(start, self._end)
        return ledger_of(joined(pieces_of(self._cycle, self._paused(end), end)), start, end, self._zone)

    def attribution(self, by: str = "") -> "Attribution":
        """Return where its wall time went: open and closed hours, running or paused for a reason, values of a field.

        `by` is the field; left out, there is none. Raises PolicyError for one that the policy does not declare.
        """
        from slacalc.clocks.attribution import attribute, check_field

        check_field(by, (*STANDARD_FIELDS, *self._cycle.edition.policy.fields))
        end = self._cycle.origin if self.status == "not_started" else self._end
        ran = () if self.status == "not_started" else (span for span, _ in self._ran(end))
        return attribute(self._cycle, ran, end, self._fields_before, by)

    @property
    def ledger_to_due(self) -> Ledger | None:
        """The time from the end or as_of to the due time, in the target's own kind; None when due has passed."""
        if self._due is None or self._due <= self._end or self.status == "not_started":
            return None
        point = point_of(self.target, self._cycle.course)
        pieces = joined(point.pieces(self.calendar, self._end, self._due))
        return ledger_of(pieces, self._end, self._due, self._zone)

    def due_if_resumed(self, at: datetime) -> datetime | None:
        """Return when it would be due if the pause ended at an instant; what it is when it is not paused."""
        if self.status != "paused":
            return self.due
        resumed = self._cycle.copied()
        resumed.release_all(max(to_us(at, "at"), resumed.paused_since))
        return self._moment(resumed.due())

    @property
    def paused_for(self) -> tuple[str, ...]:
        """The reasons why it is paused; none when it is not."""
        return tuple(map(reason_of, self._cycle.held)) if self.status == "paused" else ()

    def expectation(
        self, *, zone: str | None = None, grain: "Grain" = "15min", language: str = "", deprioritised_too: bool = False
    ) -> "Expectation":
        """Return what to tell the customer of this clock, to a reader in a zone (None: that of the calendar).

        It is told as of the instant of the clock: `clocks.at(as_of)` has it at a later one. `language` is that of the
        market. Of a deprioritised ticket no time is told, unless `deprioritised_too`. Raises ExpectationError unless
        the clock is open.
        """
        from slacalc.expectations.expectation import expect_clock

        return expect_clock(self, zone=zone, grain=grain, language=language, deprioritised_too=deprioritised_too)

    def outcome(self) -> "Outcome":
        """Return how its promise was kept as of its instant: open and overdue is breached, open and not due pending."""
        from slacalc.clocks.outcome import outcome_of

        return outcome_of(self)

    @property
    def open_time(self) -> timedelta:
        """The open time of the calendar from the origin to the end, without the pauses."""
        return to_amount(0 if self.status == "not_started" else self._open_time(self._cycle.origin))

    @property
    def paused_time(self) -> timedelta:
        """The open time of the calendar that pauses took out of `open_time`: with it, all that passed since the origin.

        Time in which nothing was promised is taken out, too.
        """
        if self.status == "not_started":
            return timedelta(0)
        reigns = reigns_of(self._cycle, self._end)
        passed = sum(reign.terms.calendar.timeline.elapsed(reign.start, reign.end) for reign in reigns)
        return to_amount(passed) - self.open_time

    @property
    def _zone(self) -> ZoneInfo:
        return self._cycle.terms.zone

    @property
    def _clock(self) -> Clock:
        return point_of(self.target, self._cycle.course).clock(self.calendar)

    @property
    def _end(self) -> int:
        """When it ended, or as_of; for a clock that counts from an instant to come, that instant."""
        ended = self._cycle.end
        return max(self._cycle.origin, self._as_of if ended is None else ended.at)

    @property
    def _late(self) -> int:
        if self._due is None or not self._cycle.terms.promised.is_owed:
            return 0
        return max(0, self._end - self._due)

    @property
    def _by_date(self) -> bool:
        """Whether it is due at a date, named or promised by hand, which pauses do not move."""
        counting = isinstance(point_of(self.target, self._cycle.course), CountingTarget)
        return bool(self._cycle.overrides) or not counting

    @property
    def _elapsed(self) -> int:
        if not self._by_date:
            return elapsed_in(self.target, self._cycle.course, self._end)
        target = point_of(self.target, self._cycle.course)
        spans = ((reign.start, reign.end, reign.terms) for reign in reigns_of(self._cycle, self._end))
        passed = sum(target.clock(terms.calendar).elapsed(start, end) for start, end, terms in spans)
        return passed - self._unpromised

    @property
    def _unpromised(self) -> int:
        """What the clock of a date counted while nothing was promised."""
        return sum(self._clock.elapsed(*span) for span in self._paused(self._end))

    @property
    def _allowed(self) -> int:
        """The amount, or for a date the time from origin to due."""
        target = point_of(self.target, self._cycle.course)
        if isinstance(target, CountingTarget) and not self._cycle.overrides:
            return amount_us(target.amount)
        if self._due is None:
            return 0
        return max(0, self._clock.elapsed(self._cycle.origin, max(self._cycle.origin, self._due)) - self._unpromised)

    def _paused(self, end: int) -> Spans:
        """Return the pauses, up to an end; what takes something out of a date is only that nothing was promised."""
        if self._by_date:
            return union((pause.start, min(pause.end, end)) for pause in self._cycle.pauses if pause.hold == UNPROMISED)
        return difference(union([(self._cycle.origin, end)]), union(span for span, _ in self._ran(end)))

    def _open_time(self, since: int) -> int:
        """Return the open time in which the clock ran, from an instant to the end."""
        return sum(
            terms.calendar.timeline.elapsed(max(start, since), end)
            for (start, end), terms in self._ran(self._end)
            if since < end
        )

    def _ran(self, end: int) -> Iterator[tuple[Span, MetricPromise]]:
        """Return the stretches that the clock ran through, up to an end, each with the terms of then."""
        yield from self._cycle.past.stretches
        for span in ran_through(self._cycle.course, end):
            yield span, self._cycle.terms

    def _change(self, at: int, to: MetricPromise | Override) -> TargetChange:
        if isinstance(to, Override):
            return TargetChange(self._told(at), to.author, self._told(to.due))
        return TargetChange(self._told(at), to.rule.name, to.promised.due)

    def _when(self, target: AnyTarget | None) -> datetime | None:
        if target is None or self.status == "not_started":
            return None
        return self._moment(when(target, self._cycle.course))

    def _not_before_due(self, moment: datetime | None) -> datetime | None:
        if moment is None or self._due is None:
            return None
        return self._moment(max(self._due, to_us(moment)))

    def _moment(self, at: int | None) -> datetime | None:
        return None if at is None else self._told(at)

    def _told(self, at: int) -> datetime:
        return from_us(at, self._zone)


_make: Final = maker_of(ClockState)


def state_of(
    cycle: Cycle, as_of: int, *, deprioritised: bool = False, fields_before: Sequence[FieldBefore] = ()
) -> ClockState:
    """Return how a cycle is doing as of an instant; events after it are not in the cycle."""
    if cycle.terms.clock.pause_cap is not None and cycle.is_open and cycle.running_since is None:
        cycle = cycle.copied()
        cycle.spend_pause(as_of)
    due = cycle.due()
    return _make(_status(cycle, due, as_of), deprioritised, cycle, as_of, due, fields_before)


def not_started(cycle: Cycle, as_of: int) -> ClockState:
    """Return the state of a clock that is promised and has not begun; the cycle is as it would be."""
    return ClockState("not_started", deprioritised=False, _cycle=cycle, _as_of=as_of, _due=None)


def _status(cycle: Cycle, due: int | None, as_of: int) -> ClockStatus:
    if cycle.end is not None:
        return _ended(cycle, cycle.end, due)
    if due is None:
        return "paused"
    if not cycle.terms.promised.is_owed:
        return "running"
    if as_of > due:
        return "overdue"
    warned = any(as_of >= at for _, at in warnings_of(cycle, due))
    return "warning" if warned else "running"


def _ended(cycle: Cycle, end: End, due: int | None) -> ClockStatus:
    if end.how not in STOPS:
        return "breached" if cycle.has_lapsed else "cancelled"
    if cycle.terms.promised.promise != "owed":
        return "done"
    return "met" if due is None or end.at <= due else "breached"


def _made_at(change: TargetChange) -> int:
    return to_us(change.at)
