"""This module knows how a promise was kept: met, missed, pending or cancelled, and by how much."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, assert_never

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_amount, to_us
from slacalc.errors import LogError
from slacalc.policies.promise import Promise
from slacalc.tickets.clocks import ClockState, ClockStatus

__all__ = ["Outcome", "Status", "outcome", "outcome_of"]

Status: TypeAlias = Literal["met", "missed", "pending", "cancelled"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promise held against what happened up to `as_of`.

    `promise` is the promise, or the state of the clock that followed it. `open_time` and
    `wall_time` are what passed from its origin, open time without the clock's pauses;
    `open_over` and `wall_over` how late it was.
    """

    promise: Promise | ClockState
    stop: datetime | None
    status: Status
    open_time: timedelta
    wall_time: timedelta
    open_over: timedelta
    wall_over: timedelta


def outcome(promise: Promise, stop: datetime | None, *, as_of: datetime) -> Outcome:
    """Return how a promise was kept.

    What was done after `as_of` is not done yet. Done at the due time is met; undone at it is
    pending, after it missed (rule 6). Lateness is decided by instants: an answer in the closed
    hours after a due time at closing is late, with no open time over. Raises LogError for what
    was done before it was received.
    """
    check_argument(promise, Promise, "promise", 'one promise, such as promises["first_response"]')
    if stop is not None and to_us(stop, "stop") < to_us(promise.received):
        raise LogError(
            "stop_before_receipt",
            "this was done before it was received",
            given=f"{stop.isoformat()} before {promise.received.isoformat()}",
            accepts="an instant at or after receipt",
            where="stop",
        )
    if stop is not None and to_us(stop) > to_us(as_of, "as_of"):
        stop = None
    end = as_of if stop is None else stop
    origin, due = to_us(promise.origin), to_us(promise.due)
    late = to_us(end) > due
    status: Status = "missed" if late else "pending" if stop is None else "met"
    calendar = promise.calendar
    return Outcome(
        promise=promise,
        stop=stop,
        status=status,
        open_time=calendar.elapsed(promise.origin, end),
        wall_time=to_amount(to_us(end) - origin),
        open_over=calendar.elapsed(promise.due, end) if late else timedelta(0),
        wall_over=to_amount(to_us(end) - due) if late else timedelta(0),
    )


def outcome_of(state: ClockState) -> Outcome:
    """Return how a clock's promise was kept as of its instant: open and overdue is missed, open and not due pending."""
    check_argument(state, ClockState, "state", 'one clock, such as clocks["first_response"]')
    return Outcome(
        promise=state,
        stop=state.done_at,
        status=_kept(state.status),
        open_time=state.open_time,
        wall_time=state.wall,
        open_over=state.overdue_by_open,
        wall_over=state.overdue_by,
    )


def _kept(status: ClockStatus) -> Status:
    match status:
        case "met" | "missed" | "cancelled":
            return status
        case "overdue":
            return "missed"
        case "not_started" | "running" | "paused" | "warning":
            return "pending"
        case _ as never:
            assert_never(never)
