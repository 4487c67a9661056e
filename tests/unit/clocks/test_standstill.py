"""What pauses which clocks, and what resumes them; by hand from rule 8 and systems A, B, D, E."""

from typing import Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import assert_same, at
from tests.unit.clocks.lives import clocks, created, message, policy

# ---------------------------------------------------------------- what pauses by default


@pytest.mark.parametrize(
    ("status", "paused"),
    [
        ("pending", {"requester_wait", "agent_work", "resolution"}),
        ("on_hold", {"agent_work", "resolution"}),
        ("open", set()),
        ("new", set()),
    ],
)
def test_which_statuses_pause_which_clocks(status: str, paused: set[str]) -> None:
    log = [
        created(),
        message("2026-11-19 10:30", "customer"),
        sla.StatusChanged(at=at("2026-11-19 11:00"), status=status),
    ]
    found = clocks(log, policy(), "2026-11-19 12:00")
    assert paused == {metric for metric, clock in found.items() if clock.status == "paused"}


def test_which_clocks_pause_events_pause() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 10:30 agent reply; 11:00 paused supplier")
    found = clocks(log, policy(), "2026-11-19 12:00")
    expected = {"periodic_update", "requester_wait", "agent_work", "resolution"}
    assert expected == {metric for metric, clock in found.items() if clock.status == "paused"}


def test_a_customer_message_resumes_where_the_policy_says_so() -> None:
    waiting = {"stops": "solved", "paused_in": ["pending"], "resume_on_customer_message": True}
    log = event_log("2026-11-19 10:00 created status=open; 11:00 status pending; 13:00 customer reply")
    clock = clocks(log, policy("resolution", resolution=waiting), "2026-11-19 14:00")["resolution"]
    assert_same("2026-11-20 14:00", clock.due, "paused from 11:00 to 13:00")
    default = clocks(log, policy("resolution"), "2026-11-19 14:00")["resolution"]
    assert default.status == "paused", "by default the status says when"


PENDING: Final = sla.StatusChanged(at=at("2026-11-19 11:00"), status="pending")


@pytest.mark.parametrize(
    ("log", "metric", "status", "why"),
    [
        (event_log("2026-11-19 11:00 status pending; 12:00 customer reply"), "next_response", "running", "the customer is waited for no more"),
        (event_log("2026-11-19 11:00 status pending; 11:30 customer reply; 12:00 agent reply"), "periodic_update", "running",
         "nor by a clock that begins later"),
        (event_log("2026-11-19 10:30 customer reply; 11:00 status pending; 12:00 agent reply"), "periodic_update", "paused",
         "what the customer wrote before ended nothing"),
        (event_log("2026-11-19 11:00 status pending; 12:00 agent reply"), "periodic_update", "paused", "the customer never wrote"),
    ],
)  # fmt: skip
def test_a_clock_that_begins_while_a_ticket_waits_is_held_unless_the_customer_wrote_since(
    log: list[Event], metric: str, status: str, why: str
) -> None:
    waits = {"paused_in": ["pending"], "resume_on_customer_message": True}
    promises = policy("next_response", "periodic_update", next_response=waits, periodic_update=waits)
    assert status == clocks([created(), *log], promises, "2026-11-19 13:00")[metric].status, why
