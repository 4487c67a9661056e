"""The state of a clock: due, elapsed, remaining, met or breached, and why."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby, takewhile
from operator import gt
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.amounts import read_amount
from slacalc.business_time.instants import amount_us, from_us, to_amount, to_us
from slacalc.business_time.spans import Span, Spans, difference, intersection, union
from slacalc.calendars.ledger import Ledger, ledger_of
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece, joined
from slacalc.clocks.cycle import Cycle, Pause, Reign, reason_of
from slacalc.clocks.due import elapsed_in, point_of, ran_through, when, when_in
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.targets import AnyTarget, CalendarHours, Clock, CountingTarget, WorkdayHours, clock_of
from slacalc.policies.targets import earliest as earliest_of

if TYPE_CHECKING:
    from slacalc.clocks.outcome import Outcome
    from slacalc.expectations.expectation import Expectation
    from slacalc.expectations.rounding import Grain

__all__ = ["TargetChange", "ClockState", "ClockStatus", "not_started", "state_of", "warnings_of"]

ClockStatus: TypeAlias = Literal[
    "not_started", "running", "paused", "warning", "overdue", "met", "breached", "cancelled"
]

_PERCENT: Final = 100


class TargetChange(NamedTuple):
    """Another target, or a date promised by hand: from when on, the rule or the author, and the target or the date."""

    at: datetime
    by: str
    to: AnyTarget | datetime


@dataclass(frozen=True, slots=True, repr=False)
class ClockState:
    """How one cycle of a metric is doing, as of an instant.

    `due` is None while a counting clock is paused before its due, and when it ended so; then
    `remaining` and `due_if_resumed` say what is left. `elapsed` and `remaining` are in the target's own
    kind of time, `wall` is real time. A clock that has not started has neither origin nor due.
    """

    status: ClockStatus
    deprioritised: bool
    _cycle: Cycle
    _as_of: int
    _due: int | None

    def __repr__(self) -> str:
        """Return the metric, the status and the due time."""
        return f"ClockState({self.metric}: {self.status}, due {self.due})"

    @property
    def metric(self) -> str:
        """The metric whose clock it is."""
        return self._cycle.terms.metric

    @property
    def rule(self) -> str:
        """The name of the rule that applies now."""
        return self._cycle.terms.rule.name

    @property
    def target(self) -> AnyTarget:
        """The target that applies now."""
        return self._cycle.terms.promised.due

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of the ticket: as they are, or when the clock ended were."""
        return dict(self._cycle.fields)

    @property
    def calendar(self) -> OpenTime:
        """The calendar that applies now."""
        return self._cycle.terms.calendar

    @property
    def as_of(self) -> datetime:
        """The instant of which this is the state."""
        return from_us(self._as_of, self._zone)

    @property
    def origin(self) -> datetime | None:
        """When the clock began; None while it has not."""
        return None if self.status == "not_started" else from_us(self._cycle.origin, self._zone)

    @property
    def is_open(self) -> bool:
        """Whether the clock has begun and is not over."""
        return self.status in {"running", "paused", "warning", "overdue"}

    @property
    def waits_for_answer(self) -> bool:
        """Whether an answer is what stops it."""
        return self._cycle.terms.clock.stops == "answer"

    @property
    def changed_at(self) -> datetime:
        """When its target, or a date promised by hand, was last made: the origin if it never changed."""
        made = [self._cycle.since, *(override.at for override in self._cycle.overrides)]
        return from_us(max(made), self._zone)

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
        clock = clock_of(point_of(self.target, self._cycle.course), self.calendar)
        return from_us(clock.add(self._cycle.origin, 0), self._zone)

    @property
    def due(self) -> datetime | None:
        """When it is late after: the date promised by hand, else the target; None while paused before it."""
        return self._moment(self._due)

    @property
    def earliest(self) -> datetime | None:
        """When a range begins, over the same pauses; None for other targets."""
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
        return self._not_before_due(earliest_of(target, self.calendar, from_us(self._cycle.origin, self._zone)))

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
        """What has counted so far, without the pauses before due."""
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
        return self._cycle.answered

    @property
    def cancelled(self) -> str:
        """Why it was cancelled, or nothing."""
        return self._cycle.cancelled

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was cancelled."""
        return self._moment(self._cycle.cancelled_at)

    @property
    def breaches(self) -> tuple[datetime, ...]:
        """The due times that had passed when another target took over, or when it was cancelled."""
        return tuple(from_us(breached, self._zone) for breached in self._cycle.breaches)

    @property
    def overridden_by(self) -> str | None:
        """Who promised the date that is due now; None when it is the target's."""
        return self._cycle.overrides[-1].author if self._cycle.overrides else None

    @property
    def history(self) -> tuple[TargetChange, ...]:
        """The targets that took over and the dates promised by hand, in order."""
        zone, cycle = self._zone, self._cycle
        terms = [*(reign.terms for reign in cycle.reigns[1:]), cycle.terms] if cycle.reigns else []
        changes = [
            (reign.end, TargetChange(from_us(reign.end, zone), each.rule.name, each.promised.due))
            for reign, each in zip(cycle.reigns, terms, strict=True)
        ]
        changes += [(o.at, TargetChange(from_us(o.at, zone), o.author, from_us(o.due, zone))) for o in cycle.overrides]
        return tuple(change for _, change in sorted(changes, key=_made_at))

    @property
    def breached_at(self) -> datetime | None:
        """The due time that passed unmet: of this target, else of one before it; None while none did."""
        if self.status in {"overdue", "breached"}:
            return self.due
        return self.breaches[-1] if self._cycle.breaches else None

    @property
    def overdue_by(self) -> timedelta:
        """How late it is, or was, in real time; zero when it is not."""
        return to_amount(self._late)

    @property
    def overdue_by_open(self) -> timedelta:
        """How late it is, or was, in open time of the calendar: zero for an answer in closed hours."""
        if not self._late:
            return timedelta(0)
        return to_amount(self.calendar.timeline.elapsed(self._end - self._late, self._end))

    @property
    def eligible_for_takeover(self) -> bool:
        """Whether a due time was breached: somebody else may take over, and only an event does."""
        return self.breached_at is not None

    @property
    def ledger(self) -> Ledger:
        """The time from the origin to the end or as_of, each stretch counted, closed or paused for a reason."""
        start = self._end if self.status == "not_started" else self._cycle.origin
        end = max(start, self._end)
        return ledger_of(joined(_pieces(self._cycle, self._paused(end), end)), start, end, self._zone)

    @property
    def ledger_to_due(self) -> Ledger | None:
        """The time from the end or as_of to the due time, in the target's own kind; None when due has passed."""
        if self._due is None or self._due <= self._end or self.status == "not_started":
            return None
        point = point_of(self.target, self._cycle.course)
        pieces = joined(_counted_pieces(point, self.calendar, self._end, self._due))
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

    def expectation(self, *, zone: str | None = None, grain: "Grain" = "15min", language: str = "") -> "Expectation":
        """Return what to tell the customer of this clock, to a reader in a zone (None: that of the calendar).

        `language` is that of the market. Raises ExpectationError unless the clock is open.
        """
        from slacalc.expectations.expectation import expect_clock

        return expect_clock(self, zone=zone, grain=grain, language=language)

    def outcome(self) -> "Outcome":
        """Return how its promise was kept as of its instant: open and overdue is breached, open and not due pending."""
        from slacalc.clocks.outcome import outcome_of

        return outcome_of(self)

    @property
    def open_time(self) -> timedelta:
        """The open time of the calendar from the origin to the end, without the pauses before due."""
        if self.status == "not_started":
            return timedelta(0)
        spans = (
            [(reign.start, reign.end, reign.terms) for reign in _reigns(self._cycle, self._end)]
            if self._by_date
            else [(*span, terms) for span, terms in self._ran(self._end)]
        )
        return to_amount(sum(terms.calendar.timeline.elapsed(start, end) for start, end, terms in spans))

    @property
    def _zone(self) -> ZoneInfo:
        return self._cycle.terms.zone

    @property
    def _clock(self) -> Clock:
        return clock_of(point_of(self.target, self._cycle.course), self.calendar)

    @property
    def _end(self) -> int:
        """When it ended, or as_of; for a clock that counts from an instant to come, that instant."""
        ended = self._cycle.ended_at
        return max(self._cycle.origin, self._as_of if ended is None else ended)

    @property
    def _late(self) -> int:
        late = self.status in {"overdue", "breached"} and self._due is not None
        return self._end - self._due if late and self._due is not None else 0

    @property
    def _by_date(self) -> bool:
        """Whether it is due at a date, named or promised by hand, which pauses do not move."""
        counting = isinstance(point_of(self.target, self._cycle.course), CountingTarget)
        return bool(self._cycle.overrides) or not counting

    @property
    def _elapsed(self) -> int:
        if not self._by_date:
            return elapsed_in(self.target, self._cycle.course, self._due, self._end)
        target = point_of(self.target, self._cycle.course)
        reigns = _reigns(self._cycle, self._end)
        return sum(clock_of(target, reign.terms.calendar).elapsed(reign.start, reign.end) for reign in reigns)

    @property
    def _allowed(self) -> int:
        """The amount, or for a date the time from origin to due."""
        target = point_of(self.target, self._cycle.course)
        if isinstance(target, CountingTarget) and not self._cycle.overrides:
            return amount_us(target.amount)
        return 0 if self._due is None else self._clock.elapsed(self._cycle.origin, max(self._cycle.origin, self._due))

    def _paused(self, end: int) -> Spans:
        """Return the pauses that took something out, up to an end."""
        if self._by_date:
            return union(())
        return difference(union([(self._cycle.origin, end)]), union(span for span, _ in self._ran(end)))

    def _ran(self, end: int) -> Iterator[tuple[Span, MetricPromise]]:
        """Return the stretches that the clock ran through, up to an end, each with the terms of then."""
        yield from self._cycle.past.stretches
        for span in ran_through(self._cycle.course, self._due, end):
            yield span, self._cycle.terms

    def _when(self, target: AnyTarget | None) -> datetime | None:
        if target is None or self.status == "not_started":
            return None
        return self._moment(when(target, self._cycle.course))

    def _not_before_due(self, moment: datetime | None) -> datetime | None:
        if moment is None or self._due is None:
            return None
        return self._moment(max(self._due, to_us(moment)))

    def _moment(self, at: int | None) -> datetime | None:
        return None if at is None else from_us(at, self._zone)


def state_of(cycle: Cycle, as_of: int, *, deprioritised: bool = False) -> ClockState:
    """Return how a cycle is doing as of an instant; events after it are not in the cycle."""
    if cycle.terms.clock.pause_cap is not None and cycle.is_open and cycle.running_since is None:
        cycle = cycle.copied()
        cycle.spend_pause(as_of)
    due = cycle.due()
    return ClockState(_status(cycle, due, as_of), deprioritised, cycle, as_of, due)


def not_started(cycle: Cycle, as_of: int) -> ClockState:
    """Return the state of a clock that is promised and has not begun; the cycle is as it would be."""
    return ClockState("not_started", deprioritised=False, _cycle=cycle, _as_of=as_of, _due=None)


def _status(cycle: Cycle, due: int | None, as_of: int) -> ClockStatus:
    if cycle.cancelled:
        return "cancelled"
    if cycle.stop is not None:
        return "met" if due is None or cycle.stop <= due else "breached"
    if due is None:
        return "paused"
    if as_of > due:
        return "overdue"
    warned = any(as_of >= at for _, at in warnings_of(cycle, due))
    return "warning" if warned else "running"


def warnings_of(cycle: Cycle, due: int | None) -> Iterator[tuple[str, int]]:
    """Return each warning of a rule with its instant; what a pause holds up is left out.

    For a counting target: the same function with a smaller amount, not below zero. For a date,
    named or promised by hand: that share, rounded down, of the open time from the effective start to it.
    """
    for step in cycle.terms.promised.warnings:
        target = point_of(cycle.terms.promised.due, cycle.course)
        if isinstance(target, CountingTarget) and not cycle.overrides:
            smaller = target.model_copy(update={"amount": to_amount(_share(step, amount_us(target.amount)))})
            at = when(smaller, cycle.course)
        else:
            at = _share_of_the_way(cycle, step, due)
        if at is not None:
            yield step, at


def _share(step: str, amount: int) -> int:
    if step.endswith("%"):
        return amount * int(step[:-1]) // _PERCENT
    return max(0, amount - amount_us(read_amount(step)))


def _share_of_the_way(cycle: Cycle, step: str, due: int | None) -> int | None:
    if due is None:
        return None
    timeline = cycle.terms.calendar.timeline
    start = timeline.add(cycle.origin, 0)
    return min(due, timeline.add(start, _share(step, max(0, timeline.elapsed(start, due)))))


def _made_at(change: tuple[int, TargetChange]) -> int:
    return change[0]


def _reigns(cycle: Cycle, end: int) -> Iterator[Reign]:
    """Return the time under each target, up to an end."""
    yield from cycle.reigns
    yield Reign(cycle.since, max(cycle.since, end), cycle.terms)


def _pieces(cycle: Cycle, paused: Spans, end: int) -> Iterator[Piece]:
    """Return the pieces of each reign's calendar, with the pauses that took something out laid over them."""
    reasons = _Reasons(cycle, end)
    target = point_of(cycle.terms.promised.due, cycle.course)
    for calendar, reigns in groupby(_reigns(cycle, end), key=_calendar_of):
        first, *rest = reigns
        for piece in _counted_pieces(target, calendar, first.start, rest[-1].end if rest else first.end):
            yield from _with_pauses(piece, paused, reasons)


def _calendar_of(reign: Reign) -> OpenTime:
    return reign.terms.calendar


def _counted_pieces(target: AnyTarget, calendar: OpenTime, start: int, end: int) -> Iterator[Piece]:
    match target:
        case CalendarHours():
            return iter([Piece(start, end, "counted")])
        case WorkdayHours():
            return calendar.workdays().pieces(start, end)
        case _:
            return calendar.pieces(start, end)


def _with_pauses(piece: Piece, paused: Spans, reasons: "_Reasons") -> list[Piece]:
    """Return a piece cut by the pauses; only what would have counted is paused."""
    if piece.kind != "counted":
        return [piece]
    whole = union([(piece.start, piece.end)])
    cut = [each for a, b in intersection(whole, _near(paused, piece)) for each in reasons.cut(a, b)]
    return sorted([*cut, *(Piece(a, b, "counted") for a, b in difference(whole, _near(paused, piece)))])


def _near(spans: Spans, piece: Piece) -> Spans:
    """Return the spans that touch a piece."""
    first = bisect_right(spans, piece.start, key=_end_of)
    return Spans(spans[first : bisect_left(spans, piece.end, key=_start_of)])


def _start_of(span: tuple[int, int]) -> int:
    return span[0]


def _end_of(span: tuple[int, int]) -> int:
    return span[1]


class _Reasons:
    """Why a cycle was paused, from each instant on."""

    def __init__(self, cycle: Cycle, end: int) -> None:
        pauses = [*cycle.pauses, *(Pause(start, end, reason_of(hold)) for hold, start in cycle.held.items())]
        edges = sorted({edge for pause in pauses for edge in (pause.start, pause.end)})
        begins, ends = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
        for pause in pauses:
            begins[pause.start].append(pause.reason)
            ends[pause.end].append(pause.reason)
        holding = Counter[str]()
        self._edges, self._names = edges, list[str]()
        for edge in edges:
            holding.update(begins[edge])
            holding.subtract(ends[edge])
            holding += Counter()
            self._names.append(", ".join(reason for reason in holding if reason))

    def cut(self, start: int, end: int) -> Iterator[Piece]:
        """Return the paused pieces of a stretch, one for each reason."""
        i = bisect_right(self._edges, start)
        for edge in (*takewhile(partial(gt, end), self._edges[i:]), end):
            yield Piece(start, edge, "paused", self._names[i - 1])
            start, i = edge, i + 1
