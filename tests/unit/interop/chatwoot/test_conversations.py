"""Chatwoot's conversations as events of ours, and slacalc held against what Chatwoot said of their SLAs."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import chatwoot, compare
from tests.refusals import Refusal, check
from tests.unit.interop.chatwoot.accounts import ORDINARY
from tests.unit.interop.chatwoot.month import (
    ACTIVITY,
    APPLIED,
    CONVERSATIONS,
    answer,
    applied,
    ask,
    conversation,
    message,
)

DOCUMENTS: Final[list[Any]] = [*ORDINARY, CONVERSATIONS, APPLIED]
POLICY: Final = chatwoot.load(DOCUMENTS).policy
TOLD: Final = chatwoot.read_tickets(DOCUMENTS, POLICY)
JUDGED: Final = chatwoot.read_judgements(DOCUMENTS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=UTC)


def events(*records: Any) -> list[sla.Event]:
    return [event for _, event in chatwoot.read_tickets([*records], POLICY)]


def test_a_conversation_is_its_messages() -> None:
    told = events(conversation(1, 1, answer(1, "23T17:40", private=True), answer(1, "23T18:00")))
    assert told == [
        sla.Created(at=at("23T17:30"), status="open", fields={"inbox": "1", "sla_policy": "1"}),
        sla.Message(at=at("23T17:40"), actor="agent", public=False),
        sla.Message(at=at("23T18:00"), actor="agent"),
    ]


def test_who_wrote_and_what_no_person_wrote() -> None:
    told = [each for ticket, each in TOLD if ticket == "2"]
    assert [(each.actor, each.automated) for each in told if isinstance(each, sla.Message)] == [
        ("bot", True), ("agent", False), ("agent", True), ("bot", False), ("agent", False),
    ]  # fmt: skip


def test_a_campaign_is_no_answer() -> None:
    (_, sent) = events(conversation(1, 1, answer(1, "23T18:00", additional_attributes={"campaign_id": 3})))
    assert isinstance(sent, sla.Message)
    assert sent.automated


def test_messages_may_stand_in_an_answer_of_their_own_too() -> None:
    same = ask(1, "23T19:00")
    told = events(conversation(1, 1, same), {"payload": [same, answer(1, "23T20:00")], "meta": {}})
    assert [type(each).__name__ for each in told] == ["Created", "Message", "Message"]


def test_a_conversation_is_resolved_when_its_last_activity_says_so() -> None:
    assert [each for ticket, each in TOLD if ticket == "3"][-1] == sla.StatusChanged(
        at=at("24T12:00"), status="resolved"
    )
    assert TOLD.passed_over == {"resolution without the activity that says when": 1}
    opened = conversation(1, 1, message(1, "23T19:00", ACTIVITY))
    assert [type(each).__name__ for each in events(opened)] == ["Created"], (
        "what is open is not resolved by an activity"
    )


@pytest.mark.parametrize("more", [{"sla_policy_id": None, **applied(1, 2, "active")}, {"sla_policy_id": 2}])
def test_the_policy_is_that_of_the_conversation_or_of_its_applied_sla(more: dict[str, Any]) -> None:
    (created,) = events(conversation(1, None, **{key: value for key, value in more.items() if key != "conversation"}))
    assert isinstance(created, sla.Created)
    assert dict(created.fields)["sla_policy"] == "2"


def test_the_log_that_is_written_is_read_back() -> None:
    assert list(sla.read_events(TOLD.to_json_lines().splitlines())) == list(TOLD)


# ---------------------------------------------------------------- parity


def test_what_chatwoot_said_is_read_by_conversation_metric_and_cycle() -> None:
    said = {(each.ticket, each.metric, each.cycle): each for each in JUDGED}
    assert said["1", "next_response", 1].verdict == "met"
    assert (said["1", "next_response", 2].verdict, said["1", "next_response", 2].breached_at) == (
        "breached",
        at("24T00:03"),
    )
    assert said["1", "next_response", 2].origin == at("23T22:00"), "the first message that waits"
    assert (said["3", "resolution", 1].verdict, said["3", "resolution", 1].target) == ("met", "48h in calendar hours")
    assert said["8", "resolution", 1].breached_at == at("22T00:05")
    assert {each.ticket for each in JUDGED} == {"1", "2", "3", "4", "5", "8"}


def test_a_customer_who_waits_for_a_next_reply_still_is_waited_for() -> None:
    open_one = conversation(1, 1, answer(1, "23T18:00"), ask(1, "23T19:00"), ask(1, "23T19:30"))
    judged = chatwoot.read_judgements([open_one, applied(1, 1, "active")])
    assert [(each.metric, each.cycle, each.verdict, each.origin) for each in judged] == [
        ("first_response", 1, "met", at("23T17:30")),
        ("next_response", 1, "open", at("23T19:00")),
    ]


def test_an_applied_sla_may_stand_in_its_conversation() -> None:
    inside = applied(2, 1, "active_with_misses", ("frt", "24T00:34"))
    del inside["conversation"]
    judged = chatwoot.read_judgements(conversation(2, 1, **inside))
    assert [(each.metric, each.verdict) for each in judged] == [("first_response", "breached")]


def test_promises_are_compared_and_each_other_one_is_explained() -> None:
    found = compare(TOLD, JUDGED, POLICY, chatwoot.CONVENTIONS, as_of=TOLD.last)
    assert found.agreed == {"first_response": 5, "next_response": 2, "resolution": 2}
    assert not found.untold
    assert not found.left_out
    clock, late = found.differences
    assert (clock.ticket, clock.metric, clock.theirs, clock.ours) == ("4", "first_response", "breached", "met")
    assert clock.why.endswith("Chatwoot counted the target around the clock, with nights and days off")
    assert (late.ticket, late.metric, late.theirs, late.ours) == ("5", "next_response", "met", "breached")
    assert late.why.endswith("Chatwoot does not look at every instant, and it was done before it looked")
    assert clock.their_ledger.splitlines()[1] == "2026-11-21 01:30:00+00:00  missed"


@pytest.mark.parametrize(
    ("as_of", "differs"),
    [("24T00:33", False), ("24T00:34", False), ("24T00:46", True)],  # 2 is due at 0:30
)
def test_what_is_overdue_for_some_minutes_may_not_be_noticed_yet(as_of: str, differs: bool) -> None:
    judged = [each for each in JUDGED if each.ticket != "2"]
    judged += chatwoot.read_judgements([conversation(2, 1), applied(2, 1, "active")])
    told = [(ticket, event) for ticket, event in TOLD if ticket != "2" or isinstance(event, sla.Created)]
    found = compare(told, judged, POLICY, chatwoot.CONVENTIONS, as_of=at(as_of))
    assert ("2" in {each.ticket for each in found.differences}) == differs


REFUSALS: Final = [
    Refusal(lambda: chatwoot.read_judgements({**APPLIED, "meta": {"count": 30}}), sla.InteropError, "import_truncated",
            "meta.count", "6 of 30", "every page, each as a file of its own"),
    Refusal(lambda: chatwoot.read_judgements([conversation(1, 1), applied(1, 1, "late")]), sla.InteropError, "import_value_invalid",
            "[1].applied_sla.sla_status", "'late'", "active, active_with_misses, hit, missed"),
    Refusal(lambda: chatwoot.read_judgements([conversation(1, 1), applied(1, 1, "missed", ("csat", "23T18:00"))]), sla.InteropError,
            "import_value_invalid", "[1].sla_events[0].event_type", "'csat'", "frt"),
    Refusal(lambda: events({**conversation(1, 1), "created_at": "2026-11-23T17:30:00Z"}), sla.InteropError, "import_value_invalid",
            "[0].created_at", "'2026-11-23T17:30:00Z'", "a whole number from 0"),
    Refusal(lambda: events(conversation(1, 1, status="done")), sla.InteropError, "import_value_invalid",
            "[0].status", "'done'", "open"),
    Refusal(lambda: events(conversation(1, 1, message(1, "23T18:00", 9))), sla.InteropError, "import_value_invalid",
            "[0].messages[1].message_type", "9", "a whole number from 0 to 3"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path(refusal: Refusal) -> None:
    check(refusal)
