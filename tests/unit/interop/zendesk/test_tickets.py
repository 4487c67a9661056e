"""Zendesk's audits and its export of ticket events as events of ours."""

import json
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import zendesk
from tests.refusals import Refusal, check
from tests.unit.interop.zendesk.accounts import ORDINARY
from tests.unit.interop.zendesk.month import (
    AGENT,
    AUDITS,
    CUSTOMER,
    USERS,
    audit,
    change,
    comment,
    create,
    metric,
    promised,
)

POLICY: Final = zendesk.load(ORDINARY).policy


def told(*audits: dict[str, Any], **more: Any) -> list[sla.Event]:
    return [
        event for _, event in zendesk.read_tickets([{"audits": list(audits)}, USERS, {"tickets": [], **more}], POLICY)
    ]


def test_an_audit_is_what_one_person_did_at_one_time() -> None:
    at = sla.event_from_data({"kind": "solved", "at": "2026-11-23T08:00:00+00:00"}).at
    later = at.replace(minute=30)
    assert told(
        audit(1, "23T08:30:00", AGENT, change("status", "solved"), comment(), comment(public=False)),
        audit(
            1,
            "23T08:00:00",
            CUSTOMER,
            *create(status="new", priority="urgent", tags=["a", "b"], subject="x"),
            comment(),
        ),
    ) == [
        sla.Created(at=at, channel="email", status="new", fields=(("priority", "urgent"), ("tags", "a, b"))),
        sla.Message(at=later, actor="agent", channel="email"),
        sla.Message(at=later, actor="agent", public=False, channel="email"),
        sla.StatusChanged(at=later, status="solved"),
    ]


@pytest.mark.parametrize(
    ("author", "more", "actor"),
    [
        (AGENT, {}, "agent"),
        (10, {}, "agent"),
        (CUSTOMER, {}, "customer"),
        (77, {}, "unknown"),
        (-1, {}, "system"),
        (77, {"tickets": [{"id": 1, "requester_id": 77}]}, "customer"),
        (AGENT, {"tickets": [{"id": 1, "requester_id": AGENT}]}, "customer"),  # an agent who asks is a customer
    ],
)
def test_who_it_was_is_told_by_role_and_by_who_asked(author: int, more: dict[str, Any], actor: str) -> None:
    created = audit(1, "23T08:00:00", CUSTOMER, *create(status="new"))
    message = told(created, audit(1, "23T09:00:00", author, comment()), **more)[1]
    assert isinstance(message, sla.Message)
    assert message.actor == actor


def test_a_requester_that_the_audit_names_is_the_customer() -> None:
    created = audit(1, "23T08:00:00", 88, *create(status="new", requester_id=88))
    (event,) = told(created)
    assert isinstance(event, sla.Created)
    assert event.actor == "customer"


def test_a_field_that_is_cleared_is_empty_and_one_that_the_policy_does_not_test_is_no_event() -> None:
    created = audit(1, "23T08:00:00", CUSTOMER, *create(status="new", priority="urgent"))
    later = audit(1, "23T09:00:00", AGENT, change("priority", None), change("subject", "Printer"))
    _, cleared = told(created, later)
    assert cleared == sla.FieldChanged(at=cleared.at, field="priority", value="")


def test_an_instance_to_which_no_sla_was_applied_is_no_promise() -> None:
    said = [metric(1, "reply_time", 1, "activate", "23T08:00:00"), metric(1, "reply_time", 1, "fulfill", "23T09:00:00")]
    assert zendesk.read_judgements({"ticket_metric_events": said}) == ()
    applied = promised(1, "reply_time", 1, "23T08:00:00", 60)
    (judged,) = zendesk.read_judgements({"ticket_metric_events": [*applied, said[1]]})
    assert (judged.verdict, judged.target) == ("met", "1h in business hours")


def test_the_export_of_ticket_events_tells_the_same() -> None:
    first, second = (
        {"id": number, "ticket_id": 1, "created_at": f"2026-11-23T0{8 + number}:00:00Z", "updater_id": who, "child_events": events}
        for number, who, events in (
            (
                0, CUSTOMER,
                [
                    {"id": 3, "event_type": "Create", "via": "Mail", "status": "new", "priority": "urgent", "type": "incident",
                     "tags": ["vip"], "group_id": 21, "custom_ticket_fields": {"77": True, "78": None}},
                    {"id": 4, "event_type": "Comment", "comment_present": True, "comment_public": True},
                ],
            ),
            (1, AGENT, [
                {"id": 5, "event_type": "Comment", "comment_present": True, "comment_public": False},
                {"id": 6, "event_type": "Change", "group_id": 22, "previous_value": 21},
                {"id": 7, "event_type": "Notification"},
            ]),
        )
    )  # fmt: skip
    read = zendesk.read_tickets([{"ticket_events": [first, second]}, USERS], POLICY)
    created, note, group = (event for _, event in read)
    assert isinstance(created, sla.Created)
    assert dict(created.fields) == {"priority": "urgent", "type": "incident", "tags": "vip", "group_id": "21"}
    assert note == sla.Message(at=note.at, actor="agent", public=False)
    assert group == sla.FieldChanged(at=note.at, field="group_id", value="22")
    assert read.passed_over == {"Notification": 1}


def test_a_schedule_that_a_trigger_sets_is_a_field() -> None:
    two = [*ORDINARY, {"schedule": {**ORDINARY[0]["schedules"][0], "id": 8, "name": "Other", "holidays": []}}]
    policy = zendesk.load(two).policy
    assignment = {"type": "ScheduleAssignment", "previous_schedule_id": None, "new_schedule_id": 8}
    audits = [
        audit(1, "23T08:00:00", CUSTOMER, *create(status="new", priority="urgent"), assignment),
        audit(1, "23T08:10:00", -1, {**assignment, "new_schedule_id": 7}),
    ]
    created, moved = (event for _, event in zendesk.read_tickets([{"audits": audits}, USERS], policy))
    assert isinstance(created, sla.Created)
    assert dict(created.fields)["schedule"] == "8"
    assert moved == sla.FieldChanged(at=moved.at, field="schedule", value="7")


def test_the_log_that_is_written_is_read_back() -> None:
    read = zendesk.read_tickets([USERS, AUDITS], POLICY)
    again = list(sla.read_events(read.to_json_lines().splitlines()))
    assert again == list(read)
    assert read.last == max(event.at for _, event in read)


AN_AUDIT: Final = audit(1, "23T08:00:00", CUSTOMER, *create(status="new"))
REFUSALS: Final = [
    Refusal(lambda: told(audit(1, "23T08:00:00", AGENT, comment())), sla.InteropError, "import_truncated",
            "[0].audits[0]", "'1'", "every audit of the ticket"),
    Refusal(lambda: told({**AN_AUDIT, "created_at": "2026-11-23 08:00"}), sla.InteropError, "import_value_invalid",
            "[0].audits[0].created_at", "'2026-11-23 08:00'", "a time with an offset"),
    Refusal(lambda: told({**AN_AUDIT, "events": {}}), sla.InteropError, "import_value_invalid",
            "[0].audits[0].events", "{}", "a list"),
    Refusal(lambda: told({key: said for key, said in AN_AUDIT.items() if key != "ticket_id"}), sla.InteropError,
            "import_key_missing", "[0].audits[0].ticket_id", "", '"ticket_id"'),
    Refusal(lambda: zendesk.read_tickets([USERS], POLICY).last, sla.InteropError, "import_without_tickets",
            "source", "", "answers with the events of tickets"),
    Refusal(lambda: zendesk.read_judgements({"ticket_metric_events": [{"id": 1, "ticket_id": 1, "metric": "first_reply", "type": "breach"}]}),
            sla.InteropError, "import_value_invalid", "ticket_metric_events[0].metric", "'first_reply'", "reply_time"),
    Refusal(lambda: zendesk.read_judgements({"ticket_metric_events": [{"id": 1, "ticket_id": 1, "metric": "reply_time", "type": "late"}]}),
            sla.InteropError, "import_value_invalid", "ticket_metric_events[0].type", "'late'", "breach"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path(refusal: Refusal) -> None:
    check(refusal)


def test_answers_of_tickets_are_no_configuration_and_no_hindrance() -> None:
    assert zendesk.load([*ORDINARY, USERS, AUDITS]).policy == POLICY
    assert json.loads(zendesk.load([*ORDINARY, AUDITS]).to_json())["losses"] == []
