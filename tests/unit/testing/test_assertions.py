"""Assertions for users' tests: what passes, and what each failure says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest

import slacalc as sla
from slacalc.testing import (
    assert_due,
    assert_ledger_sums,
    assert_met,
    assert_target_due,
    event_log,
    office_calendar,
)
from tests.helpers import BERLIN

POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}],
    }
)
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)
MONDAY: Final = datetime(2026, 11, 23, 11, tzinfo=BERLIN)  # two hours on Friday, two on Monday


def clock(log: str, as_of: str = "2026-11-23T12:00") -> sla.ClockState:
    at = datetime.fromisoformat(as_of).replace(tzinfo=BERLIN)
    return POLICY.replay(event_log(log), as_of=at)["resolution"]


def failure(of: AssertionError) -> str:
    return str(of).splitlines()[0]


def test_the_due_time_of_a_clock_is_held_against_an_instant_as_that_of_a_promise_is() -> None:
    assert_due(clock("Fri 15:00 created"), MONDAY)
    with pytest.raises(AssertionError) as failed:
        assert_due(clock("Fri 15:00 created"), MONDAY - timedelta(hours=1))
    assert failure(failed.value) == (
        "resolution (4h in business hours): expected due Mon 2026-11-23 10:00 CET, "
        "but it is due Mon 2026-11-23 11:00 CET, 1h later"
    )


def test_a_paused_clock_has_no_due_time_and_the_failure_says_what_remains() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_due(clock("Fri 15:00 created; 16:00 status pending"), MONDAY)
    assert failure(failed.value) == (
        "resolution (4h in business hours): expected due Mon 2026-11-23 11:00 CET, "
        "but it has no due time: paused, 3h remaining, not done"
    )
    assert "paused: pending" in str(failed.value), "the ledger is shown"


def test_a_clock_and_an_outcome_that_are_met() -> None:
    assert_met(clock("Fri 15:00 created; Mon 11:00 solved"))
    assert_met(sla.outcome(POLICY.promise(FRIDAY)["resolution"], MONDAY, as_of=MONDAY))


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("Fri 15:00 created; Mon 11:30 solved", "breached: due Mon 2026-11-23 11:00 CET, done Mon 2026-11-23 11:30 CET, 30min late"),
        ("Fri 15:00 created", "overdue: due Mon 2026-11-23 11:00 CET, not done, 1h late"),
        ("Mon 11:00 created", "running: due Mon 2026-11-16 15:00 CET, not done"),
        ("Fri 15:00 created; 16:00 paused", "paused, 3h remaining, not done"),
    ],
)  # fmt: skip
def test_a_clock_that_is_not_met_says_what_it_is_and_how_late(log: str, said: str) -> None:
    as_of = "2026-11-16T12:00" if log.startswith("Mon") else "2026-11-23T12:00"
    with pytest.raises(AssertionError) as failed:
        assert_met(clock(log, as_of))
    assert failure(failed.value) == f"resolution (4h in business hours): expected met, but it is {said}"


def test_an_outcome_that_is_not_met_says_so_and_shows_the_ledger_of_the_promise() -> None:
    kept = sla.outcome(POLICY.promise(FRIDAY)["resolution"], None, as_of=MONDAY)
    with pytest.raises(AssertionError) as failed:
        assert_met(kept)
    assert failure(failed.value) == (
        "resolution (4h in business hours): expected met, but it is pending: due Mon 2026-11-23 11:00 CET, not done"
    )
    assert "weekend" in str(failed.value)


def test_a_ledger_that_sums() -> None:
    assert_ledger_sums(office_calendar().explain(FRIDAY, MONDAY), timedelta(hours=4))


def test_a_ledger_that_sums_to_something_else_shows_both_amounts() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_ledger_sums(office_calendar().explain(FRIDAY, MONDAY), timedelta(hours=5))
    assert failure(failed.value) == "expected 5h counted, but the ledger counts 4h"


def test_a_microsecond_is_later_or_earlier() -> None:
    tick = timedelta(microseconds=1)
    for apart, said in ((-tick, "0.000001s later"), (tick, "0.000001s earlier")):
        with pytest.raises(AssertionError, match=said):
            assert_due(POLICY.promise(FRIDAY)["resolution"], MONDAY + apart)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda: assert_due(POLICY.promise(FRIDAY), MONDAY),  # type: ignore[arg-type]
            'accepted: one promise or clock, such as promises["resolution"]',
        ),
        (
            lambda: assert_target_due("4h", office_calendar(), FRIDAY, MONDAY),  # type: ignore[arg-type]
            "target: this is of another kind; given '4h'; accepted: a target, such as BusinessHours(amount=\"4h\")",
        ),
        (
            lambda: assert_target_due(sla.NextOpening(), "office", FRIDAY, MONDAY),  # type: ignore[arg-type]
            "calendar: this is of another kind; given 'office'; accepted: a calendar",
        ),
        (
            lambda: assert_met("met"),  # type: ignore[arg-type]
            ("kept: this is of another kind; given 'met'; "
             'accepted: one clock or outcome, such as clocks["first_response"]'),
        ),
        (
            lambda: assert_ledger_sums(timedelta(hours=4), timedelta(hours=4)),  # type: ignore[arg-type]
            ("ledger: this is of another kind; given datetime.timedelta(seconds=14400); "
             "accepted: a Ledger, such as calendar.explain(start, end)"),
        ),
    ],
)  # fmt: skip
def test_an_argument_of_another_kind_is_refused_and_fails_no_assertion(ask: Callable[[], None], said: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    assert str(refused.value).endswith(said)
    assert refused.value.code == "argument_invalid"


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (1, "the segment from Sat 2026-11-21 00:00 CET does not begin where the one before it ends"),
        (4, "the segments do not reach the end, Mon 2026-11-23 11:00 CET"),
    ],
)
def test_a_ledger_with_a_gap_says_where(left_out: int, said: str) -> None:
    whole = office_calendar().explain(FRIDAY, MONDAY)
    kept = tuple(segment for place, segment in enumerate(whole) if place != left_out)
    with pytest.raises(AssertionError) as failed:
        assert_ledger_sums(replace(whole, segments=kept), timedelta(hours=4))
    assert failure(failed.value) == said
