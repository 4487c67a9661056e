"""Assertions whose failure says why: due times, kept promises, and ledgers that sum."""

from datetime import datetime, timedelta
from typing import assert_never

from slacalc.arguments import check_argument
from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import to_amount, to_us
from slacalc.calendars.ledger import Ledger, format_moment
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.outcome import Outcome
from slacalc.policies.promise import Promise
from slacalc.policies.targets.kind import TargetKind

__all__ = ["assert_due", "assert_ledger_sums", "assert_met", "assert_target_due"]


def assert_due(promised: Promise | ClockState, due: datetime) -> None:
    """Fail unless the promise, or the clock, is due at that instant, in whatever zone; the failure shows the ledger.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> brussels = ZoneInfo("Europe/Brussels")
    >>> promises = sample_policy("webshop_helpdesk").promise(datetime(2026, 11, 20, 18, 30, tzinfo=brussels))
    >>> assert_due(promises["first_response"], datetime(2026, 11, 21, 12, tzinfo=brussels))
    """
    __tracebackhide__ = True
    check_argument(promised, (Promise, ClockState), "promised", 'one promise or clock, such as promises["resolution"]')
    what = f"{promised.metric} ({promised.target})"
    if promised.due is None:
        state = _state(promised)
        raise AssertionError(f"{what}: expected due {shown(due)}, but it has no due time: {state}")
    _assert_same(what, promised.due, due, promised.ledger)


def assert_target_due(target: TargetKind, calendar: OpenTime, received: datetime, due: datetime) -> None:
    """Fail unless the target is due at that instant for what was received; the failure shows the ledger.

    >>> from slacalc import BusinessHours
    >>> from slacalc.testing import office_calendar
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> monday = datetime(2026, 11, 23, 11, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> assert_target_due(BusinessHours(amount="4h"), office_calendar(), friday, monday)
    """
    __tracebackhide__ = True
    check_argument(target, TargetKind, "target", 'a target, such as BusinessHours(amount="4h")')
    check_argument(calendar, OpenTime, "calendar", "a calendar")
    _assert_same(str(target), target.due(calendar, received), due, target.explain(calendar, received))


def assert_met(kept: ClockState | Outcome) -> None:
    """Fail unless the clock, or the outcome of a promise, is met; the failure says what it is, and how late.

    >>> from slacalc import sample_policy
    >>> from slacalc.testing import event_log
    >>> events = event_log("Fri 10:00 created; 11:30 agent reply", zone="Europe/Brussels")
    >>> clocks = sample_policy("webshop_helpdesk").replay(events, as_of=events[-1].at)
    >>> assert_met(clocks["first_response"])
    """
    __tracebackhide__ = True
    check_argument(kept, (ClockState, Outcome), "kept", 'one clock or outcome, such as clocks["first_response"]')
    if kept.status != "met":
        raise AssertionError(f"{_named(kept)}: expected met, but it is {_state(kept)}")


def assert_ledger_sums(ledger: Ledger, counted: timedelta) -> None:
    """Fail unless the ledger is gapless, and what it counts sums to exactly that amount.

    >>> from slacalc.testing import office_calendar
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> monday = datetime(2026, 11, 23, 11, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> assert_ledger_sums(office_calendar().explain(friday, monday), timedelta(hours=4))
    """
    __tracebackhide__ = True
    check_argument(ledger, Ledger, "ledger", "a Ledger, such as calendar.explain(start, end)")
    at = to_us(ledger.start)
    for segment in ledger:
        if to_us(segment.start) != at:
            problem = f"the segment from {shown(segment.start)} does not begin where the one before it ends"
            raise AssertionError(f"{problem}\n{ledger}")
        at = to_us(segment.end)
    if at != to_us(ledger.end):
        raise AssertionError(f"the segments do not reach the end, {shown(ledger.end)}\n{ledger}")
    if ledger.counted != counted:
        sums = f"expected {format_amount(counted)} counted, but the ledger counts {format_amount(ledger.counted)}"
        raise AssertionError(f"{sums}\n{ledger}")


def shown(moment: datetime) -> str:
    """Return the instant as failures show it: "Fri 2026-11-20 16:00 CET"."""
    return f"{format_moment(moment)} {moment.tzname()}"


def _assert_same(what: str, actual: datetime, expected: datetime, ledger: Ledger) -> None:
    __tracebackhide__ = True
    apart = to_us(actual) - to_us(expected, "due")
    if apart:
        raise AssertionError(
            f"{what}: expected due {shown(expected)}, but it is due {shown(actual)}, "
            f"{format_amount(to_amount(abs(apart)))} {'later' if apart > 0 else 'earlier'}\n{ledger}"
        )


def _named(kept: ClockState | Outcome) -> str:
    promised = kept.promise if isinstance(kept, Outcome) else kept
    return f"{promised.metric} ({promised.target})"


def _state(kept: ClockState | Outcome) -> str:
    """Return "breached: due ..., done ..., 30min late", and the ledger."""
    match kept:
        case ClockState():
            left = "" if kept.due is not None else f", {format_amount(kept.remaining)} remaining"
            return f"{kept.status}{left}{_times(kept.due, kept.done_at, kept.overdue_by)}\n{kept.ledger}"
        case Outcome():
            return f"{kept.status}{_times(kept.promise.due, kept.done_at, kept.overdue_by)}\n{kept.promise.ledger}"
        case _ as never:
            assert_never(never)


def _times(due: datetime | None, done: datetime | None, late: timedelta) -> str:
    said = f": due {shown(due)}" if due is not None else ""
    said += f", done {shown(done)}" if done is not None else ", not done"
    return said + (f", {format_amount(late)} late" if late else "")
