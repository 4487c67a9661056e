"""Which messages answer a customer, and stop a clock (rule 11); by hand."""

from typing import Any

import pytest

import slacalc as sla
from slacalc.events.event import Actor
from slacalc.testing import event_log
from tests.helpers import assert_same, at
from tests.unit.clocks.lives import clocks, created, message, policy

# ---------------------------------------------------------------- what stops it (rule 11)


@pytest.mark.parametrize(
    ("actor", "marks", "stopped", "why"),
    [
        ("agent", {}, {"acknowledgement", "first_response"}, "an answer"),
        ("agent", {"channel": "form"}, {"acknowledgement", "first_response"}, "no channels are agreed: any will do"),
        ("agent", {"automated": True}, set(), "an automatic reply"),
        ("agent", {"public": False}, set(), "an internal note"),
        ("agent", {"holding": True}, {"acknowledgement"}, "a holding reply acknowledges, and answers nothing"),
        ("agent", {"partial": True}, {"acknowledgement"}, "a part of an answer acknowledges"),
        ("agent", {"holding": True, "automated": True}, set(), "an automatic holding reply"),
        ("agent", {"partial": True, "public": False}, set(), "an internal note"),
        ("bot", {}, set(), "a robot is no agent"),
        ("system", {}, set(), "nor is the system"),
        ("partner", {}, set(), "nor is a partner"),
        ("customer", {}, set(), "the customer wrote again"),
    ],
)  # fmt: skip
def test_rule_11_automatic_internal_and_holding_replies_stop_no_clock(
    actor: Actor, marks: dict[str, Any], stopped: set[str], why: str
) -> None:
    promises = policy("acknowledgement", "first_response", "resolution")
    found = clocks([created(), message("2026-11-19 12:00", actor, **marks)], promises)
    assert stopped == {metric for metric, clock in found.items() if clock.done_at is not None}, why


@pytest.mark.parametrize(
    ("rule", "marks", "why"),
    [
        ({"automated": True}, {"automated": True}, "automatic replies"),
        ({"internal": True}, {"public": False}, "internal notes"),
        ({"holding": True}, {"holding": True}, "holding replies"),
        ({"partial": True}, {"partial": True}, "parts of answers"),
        ({"channels": ["form"]}, {"channel": "form"}, "the agreed channel"),
        ({"actors": ["agent", "bot"], "automated": True}, {"actor": "bot", "automated": True}, "robots"),
    ],
)
def test_rule_11_they_stop_it_when_the_policy_says_so(rule: dict[str, Any], marks: dict[str, Any], why: str) -> None:
    promises = policy("first_response", first_response={"answer": rule})
    answer = sla.Message(at=at("2026-11-19 12:00"), **{"actor": "agent", **marks})
    clock = clocks([created(), answer], promises)["first_response"]
    assert_same("2026-11-19 12:00", clock.done_at, why)
    assert clock.answered


def test_rule_11_a_reply_off_the_agreed_channels_stops_no_clock() -> None:
    promises = policy("first_response", first_response={"answer": {"channels": ["form", "chat"]}})
    log = event_log("2026-11-19 10:00 created status=open; 12:00 agent reply channel=email")
    found = clocks(log, promises)
    assert found["first_response"].done_at is None
    assert [(gap.code, gap.place, gap.message) for gap in found.gaps] == [("off_channel", 1, "")], "it is told"


@pytest.mark.parametrize("names", [("first_response", "agent_work"), ("agent_work", "first_response")])
def test_rule_11_a_reply_stops_each_clock_by_the_channels_of_that_clock(names: tuple[str, str]) -> None:
    """An e-mail is off the channels of the first of them alone, in whatever order the clocks began."""
    rules = (
        {"stops": "answer", "answer": {"channels": ["form"]}},
        {"stops": "answer", "answer": {"channels": ["email"]}},
    )
    log = event_log("2026-11-19 10:00 created status=open; 12:00 agent reply channel=email")
    found = clocks(log, policy(*names, **dict(zip(names, rules, strict=True))))
    assert found[names[0]].done_at is None
    assert_same("2026-11-19 12:00", found[names[1]].done_at)
    assert [gap.code for gap in found.gaps] == ["off_channel"]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"actor": "agent", "channel": "chat"}, "an answer"),
        ({"actor": "agent", "channel": "email", "public": False}, "a note is no answer on any channel"),
        ({"actor": "customer", "channel": "email"}, "a customer may write from anywhere"),
    ],
)
def test_what_would_be_no_answer_is_not_told_to_be_off_the_channels(sent: dict[str, Any], why: str) -> None:
    promises = policy("first_response", first_response={"answer": {"channels": ["form", "chat"]}})
    assert clocks([created(), message("2026-11-19 12:00", **sent)], promises).gaps == (), why


def test_the_first_answer_stops_a_first_response_and_later_ones_change_nothing() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 12:00 agent reply; 13:00 agent reply")
    found = clocks(log, policy("first_response"))
    assert_same("2026-11-19 12:00", found["first_response"].done_at)
    assert len(found.cycles("first_response")) == 1


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("2026-11-20 12:00", "met"),
        ("2026-11-20 12:00:00.000001", "breached"),
    ],
)
def test_rule_6_on_time_means_done_at_due_or_before(answered: str, expected: str) -> None:
    clock = clocks([created(), message(answered, "agent")], policy("first_response"))["first_response"]
    assert expected == clock.status


def test_an_answer_stops_no_clock_of_work() -> None:
    found = clocks(event_log("2026-11-19 10:00 created status=open; 12:00 agent reply"), policy())
    assert {"requester_wait", "agent_work", "resolution"} <= {m for m, clock in found.items() if clock.done_at is None}
