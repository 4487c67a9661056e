"""How a promise was kept: met, breached, done, pending or cancelled, and by how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, TypeAlias, assert_never

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_amount, to_us
from slacalc.clocks.clock_state import ClockState, ClockStatus
from slacalc.errors import DataError, LogError
from slacalc.forms import PolicyForm, read_members
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.promise import Promise
from slacalc.policies.saved_promises import promise_from_data

__all__ = ["Outcome", "Status", "outcome", "outcome_of"]

Status: TypeAlias = Literal["met", "breached", "done", "pending", "cancelled"]


@dataclass(frozen=True, slots=True)
class Outcome(PolicyForm):
    """A promise held against what happened up to `as_of`.

    `promise` is the promise, or the state of the clock that followed it. `open_time` and
    `wall_time` are what passed from its origin, open time without the clock's pauses;
    `overdue_by_open` and `overdue_by` how late it was. What is not owed is neither met nor breached: it is "done", and
    `within` tells whether by the latest of what is usual. `within` is False too when that has passed and it is
    not done; it is None while nothing is known yet, and for what is owed or cancelled.
    """

    _tells: ClassVar[tuple[str, ...]] = (
        "status", "done_at", "within", "open_time", "wall_time", "overdue_by_open", "overdue_by", "promise",
    )  # fmt: skip
    _also: ClassVar[tuple[str, ...]] = ("metric",)

    promise: Promise | ClockState
    done_at: datetime | None
    status: Status
    open_time: timedelta
    wall_time: timedelta
    overdue_by_open: timedelta
    overdue_by: timedelta
    within: bool | None = None

    @property
    def metric(self) -> str:
        """The metric that was promised."""
        return self.promise.metric

    @classmethod
    def from_data(cls, data: Mapping[str, Any], policy: AnyPolicy) -> "Outcome":
        """Return the outcome of a promise, of data that `to_data` returned: see `Promise.from_data`.

        Raises DataError for the outcome of a clock: its clock is not read back, so ask that one.
        """
        told = read_members(cls, data, "Outcome")
        promise = told["promise"]
        if not isinstance(promise, Mapping) or "provenance" not in promise:
            raise DataError(
                "data_not_read_back",
                "the outcome of a clock is not read from data",
                given=promise,
                accepts="the outcome of a promise; or the clocks: resume(data, policy)",
                where="Outcome.promise",
            )
        return cls(**told | {"promise": promise_from_data(promise, policy, "Outcome.promise")})


def outcome(promise: Promise, done_at: datetime | None, *, as_of: datetime) -> Outcome:
    """Return how a promise was kept.

    What was done after `as_of` is not done yet. Done at the due time is met; undone at it is
    pending, after it breached (rule 6). Lateness is decided by instants: an answer in the closed
    hours after a due time at closing is late, with no open time over. Raises LogError for what
    was done before it was received.
    """
    check_argument(promise, Promise, "promise", 'one promise, such as promises["first_response"]')
    if done_at is not None and to_us(done_at, "done_at") < to_us(promise.received):
        raise LogError(
            "done_before_receipt",
            "this was done before it was received",
            given=f"{done_at.isoformat()} before {promise.received.isoformat()}",
            accepts="an instant at or after receipt",
            where="done_at",
        )
    if done_at is not None and to_us(done_at) > to_us(as_of, "as_of"):
        done_at = None
    end = as_of if done_at is None else done_at
    origin, due = to_us(promise.origin), to_us(promise.due)
    passed, is_owed = to_us(end) > due, promise.kind == "owed"
    late = passed and is_owed
    status: Status = "breached" if late else "pending" if done_at is None else "met" if is_owed else "done"
    calendar = promise.calendar
    return Outcome(
        promise=promise,
        done_at=done_at,
        status=status,
        open_time=calendar.elapsed(promise.origin, end),
        wall_time=to_amount(to_us(end) - origin),
        overdue_by_open=calendar.elapsed(promise.due, end) if late else timedelta(0),
        overdue_by=to_amount(to_us(end) - due) if late else timedelta(0),
        within=None if is_owed or not (passed or done_at) else not passed,
    )


def outcome_of(state: ClockState) -> Outcome:
    """Return what `state.outcome()` returns."""
    return Outcome(
        promise=state,
        done_at=state.done_at,
        status="breached" if state.breached_at is not None else _kept(state.status),
        open_time=state.open_time,
        wall_time=state.wall_time,
        overdue_by_open=state.overdue_by_open,
        overdue_by=state.overdue_by,
        within=state.within,
    )


def _kept(status: ClockStatus) -> Status:
    match status:
        case "met" | "breached" | "done" | "cancelled":
            return status
        case "overdue":
            return "breached"
        case "not_started" | "running" | "paused" | "warning":
            return "pending"
        case _ as never:
            assert_never(never)
