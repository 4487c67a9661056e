"""Jira's issues as events of ours, and slacalc held against what Jira said of them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import compare, jira
from tests.refusals import Refusal, check
from tests.unit.interop.jira.month import (
    AGENT,
    CUSTOMER,
    LATE,
    MONTH,
    ROBOT,
    SOLVED,
    WAITING,
    comment,
    cycle,
    history,
    issue,
    item,
    millis,
)
from tests.unit.interop.jira.month import at as text_at
from tests.unit.interop.jira.month import sla as sla_of
from tests.unit.interop.jira.test_loading import ORDINARY

POLICY: Final = jira.load(ORDINARY).policy
PAUSED: Final = sla.policy_from_data(
    {**POLICY.to_data(), "clocks": {"resolution": {"paused_in": ["Waiting for customer"]}}}
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text_at(text))


def events(*issues: dict[str, Any]) -> list[sla.Event]:
    return [event for _, event in jira.read_tickets([*issues], POLICY)]


def test_an_issue_begins_as_it_was_before_its_first_changes() -> None:
    told = events(
        issue(
            "SUP-7", "23T09:00:00",
            history("23T12:00:00", item("status", "In Progress", "Resolved"), item("resolution", None, "Done")),
            history("23T10:00:00", item("status", "Open", "In Progress"), item("priority", "High", "Highest")),
            history("24T08:00:00", item("resolution", "Done", None), author=CUSTOMER),
            comments=[
                comment("23T09:30:00", AGENT, jsdPublic=False), comment("23T11:00:00", AGENT), comment("23T11:30:00", CUSTOMER),
                comment("23T11:40:00", ROBOT),
            ],
            status={"name": "Resolved"}, priority={"name": "Highest"},
        )
    )  # fmt: skip
    assert told == [
        sla.Created(at=at("23T09:00:00"), actor="customer", status="Open", fields={"priority": "High"}),
        sla.Message(at=at("23T09:30:00"), actor="agent", public=False),
        sla.StatusChanged(at=at("23T10:00:00"), status="In Progress"),
        sla.FieldChanged(at=at("23T10:00:00"), field="priority", value="Highest"),
        sla.Message(at=at("23T11:00:00"), actor="agent"),
        sla.Message(at=at("23T11:30:00"), actor="customer"),
        sla.Message(at=at("23T11:40:00"), actor="system"),
        sla.StatusChanged(at=at("23T12:00:00"), status="Resolved"),
        sla.Solved(at=at("23T12:00:00")),
        sla.Reopened(at=at("24T08:00:00")),
    ]


def test_what_nobody_did_was_done_by_the_system() -> None:
    bare = issue("A-1", "23T09:00:00", comments=[{"created": text_at("23T10:00:00"), "jsdPublic": True}])
    del bare["fields"]["creator"], bare["fields"]["reporter"]
    created, message = events(bare)
    assert isinstance(created, sla.Created)
    assert isinstance(message, sla.Message)
    assert (created.actor, message.actor) == ("system", "system")


SERVER: Final = {"key": "JIRAUSER1", "name": "ada"}


@pytest.mark.parametrize(
    ("author", "more", "actor", "why"),
    [
        (AGENT, {}, "agent", "an account of the cloud"),
        ({**AGENT, "accountId": "c1"}, {}, "customer", "whoever asked is the customer, an agent too"),
        (ROBOT, {}, "system", "an app"),
        (SERVER, {}, "unknown", "data center does not say who is an agent"),
        (SERVER, {"assignee": SERVER}, "agent", "but whoever has the issue is one"),
        ({"name": "ada"}, {"reporter": {"name": "ada"}}, "customer", "whoever asked, by the name"),
    ],
)
def test_who_writes_is_told_from_the_account(
    author: dict[str, Any], more: dict[str, Any], actor: str, why: str
) -> None:
    _, message = events(issue("A-1", "23T09:00:00", comments=[comment("23T10:00:00", author)], **more))
    assert isinstance(message, sla.Message)
    assert message.actor == actor, why


def test_a_comment_is_internal_by_itself_or_by_its_property() -> None:
    said = [{"key": "sd.public.comment", "value": {"internal": True}}]
    old = {"author": AGENT, "created": text_at("23T10:00:00"), "properties": said}
    plain = {"author": AGENT, "created": text_at("23T11:00:00")}
    _, internal, public = events(issue("A-1", "23T09:00:00", comments=[old, plain]))
    assert [internal.public, public.public] == [False, True]  # type: ignore[union-attr]


def test_fields_are_those_of_jql_by_key_or_by_name() -> None:
    data = POLICY.to_data()
    rule = {**data["rules"][-1], "name": "gold", "when": {"customer tier": "gold"}}
    policy = sla.policy_from_data(
        {**data, "fields": {**data["fields"], "customer tier": []}, "rules": [rule, *data["rules"]]}
    )
    told = {
        **issue("A-1", "23T09:00:00", customfield_10010={"value": "gold"}),
        "names": {"customfield_10010": "Customer tier"},
    }
    ((_, created),) = jira.read_tickets(told, policy)
    assert isinstance(created, sla.Created)
    assert dict(created.fields) == {"customer tier": "gold", "priority": "High"}
    told["fields"]["customfield_10010"] = [{"value": "gold"}, {"value": "plus"}]  # a list is its texts with blanks
    ((_, created),) = jira.read_tickets(told, policy)
    assert isinstance(created, sla.Created)
    assert dict(created.fields)["customer tier"] == "gold plus"


def test_what_no_clock_follows_is_counted() -> None:
    bare = issue("A-1", "23T09:00:00", history("23T10:00:00", item("Fix Version", None, "2.0")))
    del bare["fields"]["comment"]
    told = jira.read_tickets(bare, POLICY)
    assert told.passed_over == {"change of fix version": 1, "issue without its comments": 1}


def test_jira_and_slacalc_judge_a_month_alike() -> None:
    """Four issues: one is solved in time, one is late, one waited for the customer for a day, and one goes on."""
    told = jira.read_tickets(MONTH, PAUSED)
    parity = compare(told, jira.read_judgements(MONTH), PAUSED, jira.CONVENTIONS, as_of=told.last)
    assert (dict(parity.agreed), parity.differences) == ({"resolution": 4}, ())
    verdicts = {each.ticket: each.verdict for each in jira.read_judgements(MONTH)}
    assert verdicts == {"SUP-1": "met", "SUP-2": "breached", "SUP-3": "met", "SUP-4": "open"}


@pytest.mark.parametrize(
    ("document", "policy", "why"),
    [
        (WAITING, POLICY, "another time is paused"),
        ({**LATE, "fields": {**LATE["fields"], "priority": {"name": "High"}}}, POLICY, "the target is 24h in business hours there, 36h"),
        ({**LATE, "fields": {**LATE["fields"], "customfield_10030": sla_of("Time to resolution", cycle(
            "20T17:00:00", "25T17:00:00", 24, 25, breached=True, stopTime=millis("26T09:00:00")))}}, POLICY, "the clock began 2026-11-20 17:00:00+01:00 there"),
        ({**LATE, "fields": {**LATE["fields"], "customfield_10030": sla_of("Time to resolution", cycle(
            "20T16:00:00", "21T16:00:00", 24, 137, breached=True, stopTime=millis("26T09:00:00")))}}, POLICY, "around the clock"),
    ],
)  # fmt: skip
def test_what_is_judged_otherwise_is_told_in_a_sentence(document: dict[str, Any], policy: sla.Policy, why: str) -> None:
    told = jira.read_tickets(document, policy)
    parity = compare(
        told, jira.read_judgements(document), policy, jira.CONVENTIONS, as_of=told.last + timedelta(hours=1)
    )
    (difference,) = parity.differences
    assert why in difference.why


def test_an_answer_counts_before_a_field_of_the_issue(tmp_path: Path) -> None:
    (tmp_path / "SUP-2.json").write_text(json.dumps(sla_of("Time to resolution", cycle(
        "20T16:00:00", "25T16:30:00", 24, 25, breached=True, stopTime=millis("26T09:00:00")))), encoding="utf-8")  # fmt: skip
    (tmp_path / "issues.json").write_text(json.dumps(MONTH), encoding="utf-8")
    (tmp_path / "tables.json").write_text(json.dumps(ORDINARY), encoding="utf-8")
    told = {each.ticket: each for each in jira.read_judgements(tmp_path)}
    assert told["SUP-2"].due == at("25T16:30:00")
    assert [each.ticket for each in told.values()] == ["SUP-1", "SUP-2", "SUP-3", "SUP-4"]
    assert told["SUP-2"].verdict == "breached"
    assert jira.load(tmp_path).policy == POLICY


def refused(document: Any) -> Any:
    return jira.read_tickets(document, POLICY)


def without(key: str) -> dict[str, Any]:
    return {**SOLVED, "fields": {name: each for name, each in SOLVED["fields"].items() if name != key}}


REFUSALS: Final = [
    Refusal(lambda: refused({**MONTH, "isLast": False}), sla.InteropError, "import_truncated", "", "'nextPageToken'", "every issue"),
    Refusal(lambda: refused({**SOLVED, "changelog": {"total": 120, "histories": []}}), sla.InteropError, "import_truncated",
            "changelog", "'0 of 120'", "every history"),
    Refusal(lambda: refused(issue("A-1", "23T09:00:00", comment={"total": 3, "comments": []})), sla.InteropError, "import_truncated",
            "fields.comment", "'0 of 3'", "every comment"),
    Refusal(lambda: refused(without("created")), sla.InteropError, "import_key_missing", "fields.created", "", '"created"'),
    Refusal(lambda: refused({**SOLVED, "fields": {**SOLVED["fields"], "created": "soon"}}), sla.InteropError, "import_value_invalid",
            "fields.created", "'soon'", "a time with an offset"),
    Refusal(lambda: refused({"tickets": []}), sla.InteropError, "import_document_unknown", "", "['tickets']", "expand=changelog"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path(refusal: Refusal) -> None:
    check(refusal)
