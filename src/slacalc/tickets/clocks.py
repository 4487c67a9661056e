"""This module knows the state of a clock: due, elapsed, remaining, met or missed, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from slacalc.business_time.amounts import read_amount
from slacalc.business_time.instants import amount_us, from_us, to_amount, to_us
from slacalc.business_time.spans import Spans, difference, intersection, union
from slacalc.calendars.ledger import Ledger, Piece, joined, ledger_of
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.targets import AnyTarget, CalendarHours, CountingTarget, WorkdayHours
from slacalc.tickets.cycles import Cycle
from slacalc.tickets.measure import FOREVER, Measured, Regime, clock_of, earliest, measure, point_of

if TYPE_CHECKING:
    from slacalc.expectations.expectation import Expectation
    from slacalc.expectations.rounding import Grain

__all__ = ["ClockState", "ClockStatus", "state_of"]

ClockStatus: TypeAlias = Literal["running", "paused", "warning", "overdue", "met", "missed", "cancelled"]

_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class ClockState:
    """How one cycle of a metric is doing, as of an instant.

    `due` is None while a counting clock is paused before its due; then `remaining` and
    `due_if_resumed` say what is left. `elapsed` and `remaining` are in the target's own kind of
    time, `wall` is real time. `percent` may pass 100. `misses` are due times that were missed
    before another target took over; `overridden_by` who promised the date by hand.
    """

    metric: str
    status: ClockStatus
    rule: str
    target: AnyTarget
    origin: datetime
    effective_start: datetime
    as_of: datetime
    due: datetime | None
    earliest: datetime | None
    elapsed: timedelta
    remaining: timedelta
    wall: timedelta
    percent: float | None
    done_at: datetime | None
    answered: bool
    cancelled: str
    cancelled_at: datetime | None
    misses: tuple[datetime, ...]
    overridden_by: str | None
    _cycle: Cycle
    _measured: Measured

    @property
    def breached_at(self) -> datetime | None:
        """The due time that passed unmet: of this target, else of one before it; None while none did."""
        if self.status in {"overdue", "missed"}:
            return self.due
        return self.misses[-1] if self.misses else None

    @property
    def overdue_by(self) -> timedelta:
        """How late it is, or was, in real time; zero when it is not."""
        late = self.status in {"overdue", "missed"} and self.due is not None
        return to_amount(self._end - to_us(self.due)) if late and self.due else timedelta(0)

    @property
    def overdue_by_open(self) -> timedelta:
        """How late it is, or was, in open time of the calendar: zero for an answer in closed hours."""
        if not self.overdue_by or self.due is None:
            return timedelta(0)
        return to_amount(self._calendar.timeline.elapsed(to_us(self.due), self._end))

    @property
    def eligible_for_takeover(self) -> bool:
        """Whether a due time was missed: somebody else may take over, and only an event does."""
        return self.breached_at is not None

    @property
    def ledger(self) -> Ledger:
        """The time from the origin to the end or as_of, each stretch counted, closed or paused for a reason."""
        start = self._cycle.origin
        end = max(start, self._end)
        return ledger_of(joined(_pieces(self._cycle, self._measured, start, end)), start, end, self._calendar.zone_info)

    def due_if_resumed(self, at: datetime) -> datetime | None:
        """Return when it would be due if the pause ended at an instant; what it is when it is not paused."""
        if self.status != "paused":
            return self.due
        resumed = self._measured.resumes_with.add(to_us(at, "at"), self._measured.remaining)
        return from_us(resumed, self._calendar.zone_info)

    @property
    def paused_for(self) -> tuple[str, ...]:
        """The reasons why it is paused; none when it is not."""
        return tuple(p.reason for p in self._cycle.pauses if p.end == FOREVER) if self.status == "paused" else ()

    def expectation(self, *, zone: str | None = None, grain: "Grain" = "15min", language: str = "") -> "Expectation":
        """Return what to tell the customer of this clock, to a reader in a zone (None: that of the calendar).

        `language` is that of the market. Raises ExpectationError for a clock that is done or cancelled.
        """
        from slacalc.expectations.expectation import expect_clock

        return expect_clock(self, self._calendar, zone=zone, grain=grain, language=language)

    @property
    def _calendar(self) -> OpenTime:
        return self._cycle.regimes[-1].calendar

    @property
    def _end(self) -> int:
        return min(t for t in (self._cycle.stop, self._cycle.cancelled_at, to_us(self.as_of)) if t is not None)


def state_of(cycle: Cycle, as_of: int) -> ClockState:
    """Return how a cycle is doing as of an instant; events after it are not in the cycle."""
    measured = measure(cycle.regimes, cycle.paused)
    due = cycle.overrides[-1][1] if cycle.overrides else measured.due
    calendar, zone = cycle.regimes[-1].calendar, cycle.regimes[-1].calendar.zone_info
    end = min(t for t in (cycle.stop, cycle.cancelled_at, as_of) if t is not None)
    clock = clock_of(point_of(cycle.regimes), calendar)
    elapsed = sum(_elapsed_under(regime, until, cycle, measured) for regime, until in _reigns(cycle.regimes, end))
    amount = _amount(cycle.regimes, cycle.origin, due)
    remaining = _remaining(cycle, measured, due, end)
    start = from_us(cycle.origin, zone)
    begins = earliest(cycle.regimes, cycle.paused)
    return ClockState(
        metric=cycle.metric,
        status=_status(cycle, due, as_of, amount),
        rule=cycle.rule,
        target=cycle.regimes[-1].target,
        origin=start,
        effective_start=from_us(clock.add(cycle.origin, 0), zone),
        as_of=from_us(as_of, zone),
        due=None if due is None else from_us(due, zone),
        earliest=None if begins is None else from_us(begins, zone),
        elapsed=to_amount(elapsed),
        remaining=to_amount(remaining),
        wall=to_amount(end - cycle.origin),
        percent=_PERCENT * elapsed / amount if amount else None,
        done_at=None if cycle.stop is None else from_us(cycle.stop, zone),
        answered=cycle.stop is not None and cycle.answered,
        cancelled=cycle.cancelled,
        cancelled_at=None if cycle.cancelled_at is None else from_us(cycle.cancelled_at, zone),
        misses=tuple(from_us(missed, zone) for missed in _misses(cycle)),
        overridden_by=cycle.overrides[-1][2] if cycle.overrides else None,
        _cycle=cycle,
        _measured=measured,
    )


def _status(cycle: Cycle, due: int | None, as_of: int, amount: int | None) -> ClockStatus:
    if cycle.cancelled:
        return "cancelled"
    if cycle.stop is not None:
        return "met" if due is None or cycle.stop <= due else "missed"
    if due is None:
        return "paused"
    if as_of > due:
        return "overdue"
    return "warning" if _is_warned(cycle, as_of, amount) else "running"


def _is_warned(cycle: Cycle, as_of: int, amount: int | None) -> bool:
    return any(as_of >= at for at in warning_instants(cycle, amount))


def warning_instants(cycle: Cycle, amount: int | None) -> Iterator[int]:
    """Return when each warning of a counting clock falls: the same function with a smaller amount, not below zero."""
    target = point_of(cycle.regimes)
    if not isinstance(target, CountingTarget) or amount is None:
        return
    for step in cycle.warnings:
        share = amount * int(step[:-1]) // _PERCENT if step.endswith("%") else amount - amount_us(read_amount(step))
        smaller = target.model_copy(update={"amount": to_amount(max(0, share))})
        due = measure((*cycle.regimes[:-1], cycle.regimes[-1]._replace(target=smaller)), cycle.paused).due
        if due is not None:
            yield due


def _misses(cycle: Cycle) -> Iterator[int]:
    """Return the due times that had passed when another target or date took over, or when it was cancelled."""
    yield from cycle.missed
    reigning, promised = 1, None
    changes: list[tuple[int, int | None]] = [(regime.start, None) for regime in cycle.regimes[1:]]
    changes += [(made, due) for made, due, _ in cycle.overrides]
    changes += [] if cycle.cancelled_at is None else [(cycle.cancelled_at, None)]
    for at, by_hand in sorted(changes, key=_made_at):
        due = measure(cycle.regimes[:reigning], cycle.paused).due if promised is None else promised
        if due is not None and due < at:
            yield due
        if by_hand is None:
            reigning += 1
        else:
            promised = by_hand


def _made_at(change: tuple[int, int | None]) -> int:
    return change[0]


def _reigns(regimes: list[Regime], end: int) -> Iterator[tuple[Regime, int]]:
    for regime, after in zip(regimes, [*(r.start for r in regimes[1:]), end], strict=True):
        yield regime, min(after, end)


def _elapsed_under(regime: Regime, until: int, cycle: Cycle, measured: Measured) -> int:
    """Return what the last target's kind of time counts under one regime's calendar, without the pauses."""
    clock = clock_of(point_of(cycle.regimes), regime.calendar)
    stretches = difference(union([(regime.start, until)]), measured.pauses)
    return sum(clock.elapsed(*span) for span in stretches)


def _amount(regimes: list[Regime], origin: int, due: int | None) -> int | None:
    """Return what is allowed: the amount, or for a date the open time from origin to due."""
    target, calendar = point_of(regimes), regimes[-1].calendar
    if isinstance(target, CountingTarget):
        return amount_us(target.amount)
    return None if due is None else calendar.timeline.elapsed(origin, due)


def _remaining(cycle: Cycle, measured: Measured, due: int | None, end: int) -> int:
    """Return what is left in the target's own kind of time: while paused what remains, after due nothing."""
    if due is None:
        return measured.remaining
    clock = clock_of(point_of(cycle.regimes), cycle.regimes[-1].calendar)
    ahead = difference(union([(min(end, due), due)]), measured.pauses)
    return sum(clock.elapsed(*span) for span in ahead)


def _pieces(cycle: Cycle, measured: Measured, start: int, end: int) -> Iterator[Piece]:
    """Return the pieces of each regime's calendar, with the pauses that took something out laid over them."""
    target = point_of(cycle.regimes)
    for regime, until in _reigns(cycle.regimes, end):
        for piece in _counted_pieces(target, regime.calendar, max(start, regime.start), until):
            yield from _with_pauses(piece, measured.pauses, cycle)


def _counted_pieces(target: AnyTarget, calendar: OpenTime, start: int, end: int) -> Iterator[Piece]:
    match target:
        case CalendarHours():
            return iter([Piece(start, end, "counted")])
        case WorkdayHours():
            return calendar.workdays().pieces(start, end)
        case _:
            return calendar.pieces(start, end)


def _with_pauses(piece: Piece, pauses: Spans, cycle: Cycle) -> list[Piece]:
    """Return a piece cut by the pauses; only what would have counted is paused."""
    if piece.kind != "counted":
        return [piece]
    whole = union([(piece.start, piece.end)])
    paused = [Piece(a, b, "paused", _reason(cycle, a)) for a, b in intersection(whole, pauses)]
    return sorted([*paused, *(Piece(a, b, "counted") for a, b in difference(whole, pauses))])


def _reason(cycle: Cycle, at: int) -> str:
    reasons = dict.fromkeys(p.reason for p in cycle.pauses if p.start <= at < min(p.end, FOREVER) and p.reason)
    return ", ".join(reasons)
