"""Zammad's tickets as events of ours, and slacalc held against what Zammad said of them."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import compare, zammad
from tests.refusals import Refusal, check
from tests.unit.interop.zammad.helpdesks import ORDINARY, when
from tests.unit.interop.zammad.helpdesks import sla as sla_record
from tests.unit.interop.zammad.month import (
    AGENT,
    ARTICLES,
    CUSTOMER,
    HISTORIES,
    TICKETS,
    article,
    entry,
    history,
    state,
    ticket,
)

Record = dict[str, Any]
PRIORITIES: Final = [
    {"id": number, "name": name, "ui_color": None} for number, name in ((1, "1 low"), (2, "2 normal"), (3, "3 high"))
]
DOCUMENTS: Final[list[Any]] = [*ORDINARY, *TICKETS, *HISTORIES, ARTICLES]
POLICY: Final = zammad.load(DOCUMENTS).policy
TOLD: Final = zammad.read_tickets(DOCUMENTS, POLICY)
TAGGED: Final = [
    *ORDINARY,
    sla_record(3, "tagged", 2, {**when("ticket.tags", "contains one", "vip"), **when("ticket.group_id", "is", ["7"])}),
]


def events(*records: Any, helpdesk: list[Record] = ORDINARY) -> list[sla.Event]:
    return [event for _, event in zammad.read_tickets([*records], zammad.load(helpdesk).policy)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}+00:00")


def test_a_ticket_begins_as_it_was_before_its_first_changes() -> None:
    told = events(
        ticket(1, "23T08:00:00", 3, "closed"),
        history(
            1, "23T08:00:00", state(1, "23T10:00:00", "new", "closed"),
            entry(1, "23T09:30:00", "updated", "priority", "1 low", "3 high", id_from=1, id_to=3),
        ),
        [article(1, "23T08:00:01", CUSTOMER), article(1, "23T09:00:00", AGENT, internal=True), article(1, "23T09:10:00", AGENT)],
    )  # fmt: skip
    assert told == [
        sla.Created(at=at("23T08:00:00"), channel="email", status="new", fields={"priority": "1"}),
        sla.Message(at=at("23T09:00:00"), actor="agent", public=False, channel="email"),
        sla.Message(at=at("23T09:10:00"), actor="agent", channel="email"),
        sla.FieldChanged(at=at("23T09:30:00"), field="priority", value="3"),
        sla.StatusChanged(at=at("23T10:00:00"), status="closed"),
    ]


def test_priorities_have_names_where_the_policy_has_them() -> None:
    changed = entry(1, "23T09:30:00", "updated", "priority", "1 low", "3 high", id_from=1, id_to=3)
    records = [ticket(1, "23T08:00:00", 3, "new"), history(1, "23T08:00:00", changed), *PRIORITIES]
    created, later = events(*records, helpdesk=[*ORDINARY, *PRIORITIES])
    assert isinstance(created, sla.Created)
    assert dict(created.fields) == {"priority": "1 low"}
    assert later == sla.FieldChanged(at=at("23T09:30:00"), field="priority", value="3 high")


def test_tags_and_groups_are_followed_by_what_was_added_and_removed() -> None:
    created, moved, added, removed = events(
        {**ticket(1, "23T08:00:00", 2, "new", group_id=7), "tags": ["b2b", "vip"]},
        history(
            1, "23T08:00:00",
            entry(1, "23T09:00:00", "updated", "group", "Sales", "Support", id_from=6, id_to=7),
            entry(1, "23T09:10:00", "added", "tag", "", "vip"),
            entry(1, "23T09:20:00", "removed", "tag", "", "old"),
        ),
        helpdesk=TAGGED,
    )  # fmt: skip
    assert isinstance(created, sla.Created)
    assert dict(created.fields) == {"group_id": "6", "priority": "2", "tags": "b2b, old"}
    assert moved == sla.FieldChanged(at=at("23T09:00:00"), field="group_id", value="7")
    assert added == sla.FieldChanged(at=at("23T09:10:00"), field="tags", value="b2b, old, vip")
    assert removed == sla.FieldChanged(at=at("23T09:20:00"), field="tags", value="b2b, vip")


def test_a_field_that_the_policy_does_not_test_is_no_event() -> None:
    retitled = entry(1, "23T09:30:00", "updated", "title", "Help", "Printer")
    (created,) = events(ticket(1, "23T08:00:00", 2, "new"), history(1, "23T08:00:00", retitled))
    assert isinstance(created, sla.Created)


@pytest.mark.parametrize(
    ("first", "actor", "is_message", "messages"),
    [
        ([article(1, "23T08:00:00", CUSTOMER)], "customer", True, 0),
        ([article(1, "23T08:00:00", AGENT, kind="phone")], "agent", False, 1),  # we called: that is an answer
        ([{**article(1, "23T08:00:00", ""), "sender": None, "sender_id": 3}], "system", False, 1),
        ([], "unknown", False, 0),
    ],
)
def test_who_created_a_ticket_is_who_wrote_its_first_article(
    first: list[Record], actor: str, is_message: bool, messages: int
) -> None:
    created, *others = events(ticket(1, "23T08:00:00", 2, "new"), history(1, "23T08:00:00"), first)
    assert isinstance(created, sla.Created)
    assert (created.actor, created.message, len(others)) == (actor, is_message, messages)


def test_a_state_has_its_name_from_the_answer_with_states() -> None:
    bare = {**ticket(1, "23T08:00:00", 2, ""), "state": None}
    states = [{"id": 1, "name": "fresh", "ignore_escalation": False}]
    (created,) = events(bare, history(1, "23T08:00:00"), states)
    assert isinstance(created, sla.Created)
    assert created.status == "fresh"


def test_what_is_no_event_is_counted_and_the_log_is_read_back() -> None:
    assert TOLD.passed_over == {"notification": 1, "ticket without its history": 1}
    assert list(sla.read_events(TOLD.to_json_lines().splitlines())) == list(TOLD)


# ---------------------------------------------------------------- parity


def test_what_zammad_said_is_read_by_ticket_and_metric() -> None:
    said = {(each.ticket, each.metric): each for each in zammad.read_judgements(DOCUMENTS)}
    assert said["1", "first_response"].verdict == "met"
    assert (said["2", "first_response"].verdict, said["2", "first_response"].breached_at) == (
        "breached",
        at("23T09:30:00"),
    )
    assert (said["5", "resolution"].verdict, said["5", "resolution"].due) == ("met", None)
    assert (said["6", "first_response"].verdict, said["6", "first_response"].late) == ("breached", True)
    assert ("5", "first_response") not in said
    assert not [each for each in said if each[0] == "7"]


def test_promises_are_compared_and_each_other_one_is_explained() -> None:
    found = compare(TOLD, zammad.read_judgements(DOCUMENTS), POLICY, zammad.CONVENTIONS, as_of=TOLD.last)
    assert found.agreed == {"first_response": 6, "resolution": 4}
    assert found.untold == {"first_response": 1, "periodic_update": 5, "resolution": 1}
    paused, gone = found.differences
    assert (paused.ticket, paused.metric, paused.theirs, paused.ours) == ("3", "resolution", "open", "open")
    assert paused.why == (
        "Zammad says open, due 2026-11-26 12:00:00+01:00; slacalc says open, due 2026-11-26 16:00:00+01:00: "
        "Zammad counted the time that is paused here, too"
    )
    assert paused.their_ledger == "2026-11-23 08:00:00+00:00  created\n2026-11-26 11:00:00+00:00  close_escalation_at"
    assert (gone.ticket, gone.ours) == ("8", None)
    assert gone.why == (
        "Zammad promised an end by 2026-11-30 08:00:00+00:00; slacalc promises nothing, or its clock did not begin"
    )
    assert "periodic_update: 5 promises of which Zammad says nothing" in found.to_text()
    assert found.to_data()["untold"]["resolution"] == 1


def test_what_happened_later_is_not_there_yet() -> None:
    early = compare(TOLD, zammad.read_judgements(DOCUMENTS), POLICY, zammad.CONVENTIONS, as_of=at("20T12:00:00"))
    # Of ticket 6 alone: its answer is not there, and that it was late is not known by then.
    assert [(each.ticket, each.theirs, each.ours) for each in early.differences] == [("6", "open", "breached")]


REFUSALS: Final = [
    Refusal(lambda: events({"history": [state(1, "23T08:00:00", "new", "open")]}), sla.InteropError, "import_truncated",
            "[0].history", "1 entries", "the whole history"),
    Refusal(lambda: events({**ticket(1, "23T08:00:00", 2, ""), "state": None}, history(1, "23T08:00:00")), sla.InteropError,
            "import_key_missing", "[0].state_id", "", "the answer with ticket_states, too"),
    Refusal(lambda: events(ticket(1, "23T08:00:00", 2, "new"), history(1, "23T08:00:00", state(1, "yesterday", "a", "b"))),
            sla.InteropError, "import_value_invalid", "[1].history[2].created_at", "'2026-11-yesterdayZ'", "a time with an offset"),
    Refusal(lambda: zammad.read_judgements([history(1, "23T08:00:00"), ticket(1, "23T08:00:00", 2, "new", close_diff_in_min="5")]),
            sla.InteropError, "import_value_invalid", "[1].close_diff_in_min", "'5'", "a whole number"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path(refusal: Refusal) -> None:
    check(refusal)


def test_tickets_are_no_configuration_and_no_hindrance() -> None:
    assert zammad.load(ORDINARY).policy == POLICY
    assert zammad.read_tickets(ORDINARY, POLICY).pairs == ()
    assert TOLD.last == datetime(2026, 11, 24, 15, tzinfo=UTC)
