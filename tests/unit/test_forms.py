"""The one form of data: written by hand beside the value, read back equal, refused with a place, and the same in pydantic."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import slacalc as sla
from slacalc.forms import Form, StoredForm
from tests.helpers import at, wrong

POLICY: Final = sla.sample_policy("webshop_helpdesk")
RECEIVED: Final = at("20 15:00", "Europe/Brussels")
PROMISES: Final = POLICY.promise(RECEIVED, priority="normal")
CLOCKS: Final = POLICY.replay([sla.Created(at=RECEIVED, fields={"priority": "normal"})], as_of=RECEIVED, ticket="7")
STATE: Final = CLOCKS["first_response"]
EXPECTATION: Final = PROMISES["first_response"].expectation(as_of=RECEIVED, zone="Europe/London")

READ_BACK: Final[dict[str, StoredForm]] = {
    "milestone": sla.agenda(CLOCKS, as_of=RECEIVED)[0],
    "queue entry": sla.queue(CLOCKS, as_of=RECEIVED)[0],
    "escalation": sla.EscalationState("the head", None, "asked", reached=False),
    "expectation": EXPECTATION,
    "expectation with a follow-up, a reason and dates": sla.Expectation(
        "follow_up",
        "Europe/Berlin",
        at("20 15:00"),
        by=at("2026-10-25 02:30").replace(fold=1),
        reason=sla.Reason("holiday", "Heiligabend", at("2026-12-24 00:00", "Europe/Lisbon"), (("en", "Christmas Eve"),)),
        follow_up=sla.Expectation("follow_up", "Europe/Berlin", at("20 16:00")),
    ),
    "sentence": EXPECTATION.say("en"),
    "ledger": PROMISES["first_response"].ledger,
    "empty ledger": sla.Calendar("UTC", "24/7").explain(RECEIVED, RECEIVED),
    "provenance": PROMISES["first_response"].provenance,
    "notice": sla.AbsenceNotice(10, required=True, announce_by=date(2026, 11, 6), days_late=3),
}  # fmt: skip
TOLD: Final[dict[str, Form]] = {
    "promise": PROMISES["first_response"],
    "promises": PROMISES,
    "clock": STATE,
    "clocks": CLOCKS,
    "outcome of a clock": STATE.outcome(),
    "outcome of a promise": sla.outcome(PROMISES["first_response"], None, as_of=RECEIVED),
    "channel advice": sla.channel_advice(sla.sample_policy("channel_guide"), RECEIVED),
}


@pytest.mark.parametrize("value", READ_BACK.values(), ids=READ_BACK)
def test_what_is_read_back_equals_and_pydantic_says_the_same(value: StoredForm) -> None:
    data = value.to_data()
    assert json.loads(value.to_json()) == data
    assert type(value).from_data(json.loads(value.to_json())) == value
    field = TypeAdapter[Any](type(value))
    assert field.dump_python(value) == data == json.loads(field.dump_json(value))
    assert field.validate_python(data) == field.validate_json(value.to_json()) == field.validate_python(value) == value


@pytest.mark.parametrize("value", TOLD.values(), ids=TOLD)
def test_what_is_only_told_is_dumped_as_it_says_itself_and_refused_as_input(value: Form) -> None:
    data = value.to_data()
    assert json.loads(value.to_json()) == data
    field = TypeAdapter[Any](type(value))
    assert field.validate_python(value) is value
    assert field.dump_python(value) == data
    with pytest.raises(ValidationError) as caught:
        field.validate_python(data)
    assert [each["type"] for each in caught.value.errors()] == ["data_not_read_back"]


EVERY: Final[dict[str, Form]] = {**READ_BACK, **TOLD}


@pytest.mark.parametrize("value", EVERY.values(), ids=EVERY)
def test_each_has_a_schema_that_names_what_it_says(value: Form) -> None:
    schema = type(value).data_schema()
    assert schema["title"] == type(value).__name__
    if "properties" in schema:
        assert set(schema["required"]) <= set(value.to_data()) <= set(schema["properties"])


def test_a_milestone_says_its_instants_once_with_their_zone() -> None:
    """Friday 15:00 to 17:00: three quarters of the way are 16:30."""
    assert READ_BACK["milestone"].to_data() == {
        "at": "2026-11-20T16:30:00+01:00",
        "deliver_at": "2026-11-20T16:30:00+01:00",
        "kind": "warning",
        "ticket": "7",
        "metric": "first_response",
        "label": "75%",
        "id": "7/first_response/1/1/warning/75%",
        "owed_by": "us",
        "zone": "Europe/Brussels",
    }


def test_instants_of_two_zones_say_which_is_which() -> None:
    entry = sla.QueueEntry("7", (), 1, RECEIVED, at("20 14:00", "Europe/London"), "reply")
    data = entry.to_data()
    assert (data["zone"], data["zones"]) == ("Europe/London", {"due": "Europe/Brussels"})
    back = sla.QueueEntry.from_data(data)
    assert str(back.received.tzinfo) == "Europe/London"
    fixed = sla.QueueEntry("7", (), 1, RECEIVED, datetime(2026, 11, 20, 13, tzinfo=UTC), "reply")
    assert sla.QueueEntry.from_data(fixed.to_data()) == fixed


def test_an_instant_that_the_clock_shows_twice_is_the_one_that_it_was() -> None:
    for fold in (0, 1):
        value = sla.EscalationState("x", at("2026-10-25 02:30").replace(fold=fold), "", reached=True)
        back = sla.EscalationState.from_data(value.to_data())
        assert back == value
        assert back.at is not None
        assert back.at.fold == fold


def test_the_state_of_a_clock_says_amounts_as_text_and_never_days() -> None:
    state = POLICY.replay([sla.Created(at=RECEIVED)], as_of=RECEIVED + timedelta(days=3))["first_response"].to_data()
    assert (state["status"], state["wall_time"], state["due"]) == ("overdue", "72h", "2026-11-20T17:00:00+01:00")
    assert state["overdue_by"] == "70h"


DATA: Final = READ_BACK["queue entry"].to_data()


def bad() -> Iterator[tuple[str, object, str, str]]:
    yield "no object", [], "data_unreadable", "QueueEntry"
    yield "keys that are no text", {1: 2}, "data_unreadable", "QueueEntry"
    yield "an unknown key", {**DATA, "tickets": "7"}, "data_key_unknown", "QueueEntry"
    yield "a key missing", {key: value for key, value in DATA.items() if key != "due"}, "data_key_missing", "QueueEntry"
    yield "a naive instant", {**DATA, "received": "2026-11-20T15:00:00"}, "datetime_naive", "QueueEntry.received"
    yield "no instant", {**DATA, "received": "yesterday"}, "data_value_invalid", "QueueEntry.received"
    yield "an instant that is no text", {**DATA, "received": 7}, "data_value_invalid", "QueueEntry.received"
    yield "a number as text", {**DATA, "rank": "1"}, "data_value_invalid", "QueueEntry.rank"
    yield "a truth for a number", {**DATA, "rank": True}, "data_value_invalid", "QueueEntry.rank"
    yield "a word that is none of them", {**DATA, "kind": "owned"}, "data_value_invalid", "QueueEntry.kind"
    yield "no list", {**DATA, "deprioritisations": "x"}, "data_value_invalid", "QueueEntry.deprioritisations"
    yield (
        "a list of others",
        {**DATA, "deprioritisations": [7]},
        "data_value_invalid",
        "QueueEntry.deprioritisations[0]",
    )
    yield "a zone that is none", {**DATA, "zone": "Brussels"}, "zone_unknown", "QueueEntry"
    yield "a zone that is no text", {**DATA, "zone": 7}, "zone_unknown", "QueueEntry"
    yield "zones of what is not there", {**DATA, "zones": {"x": "UTC"}}, "data_value_invalid", "QueueEntry"


@pytest.mark.parametrize(("data", "code", "where"), [case[1:] for case in bad()], ids=[case[0] for case in bad()])
def test_what_is_no_such_data_is_refused_with_its_place_and_so_in_pydantic(data: object, code: str, where: str) -> None:
    with pytest.raises(sla.SlaError) as caught:
        sla.QueueEntry.from_data(wrong(data))
    assert (caught.value.code, caught.value.where) == (code, where)
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(sla.QueueEntry).validate_python(data)
    (problem,) = refused.value.errors()
    assert (problem["type"], problem["ctx"]["where"], problem["msg"]) == (code, where, str(caught.value))


class Everything(BaseModel):
    """What an application keeps in one request."""

    event: sla.Event
    created: sla.Created | None = None
    policy: sla.Policy | None = None
    versions: sla.PolicyVersions | None = None
    calendar: sla.Calendar | None = None
    holidays: sla.FrozenHolidays | None = None


AT: Final = "2026-11-20T15:00:00+01:00"


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"kind": "solved", "at": AT, "actor": "agent"}, "event_key_unknown"),
        ({"kind": "solve", "at": AT}, "event_kind_unknown"),
        ({"at": AT}, "event_kind_unknown"),
        ({"kind": "solved"}, "event_key_missing"),
        ({"kind": "solved", "at": "2026-11-20T15:00:00"}, "event_time_invalid"),
        ({"kind": "solved", "at": 1795186800}, "event_time_invalid"),
        ("solved", "argument_invalid"),
    ],
)
def test_an_event_in_a_request_is_refused_as_in_a_log(event: object, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate({"event": event})
    assert [each["type"] for each in caught.value.errors()] == [code]


def test_the_kind_decides_what_an_event_is() -> None:
    """A request that says "solved" once became a ticket that was created, because that was tried first."""
    solved = Everything.model_validate({"event": {"kind": "solved", "at": AT}}).event
    assert type(solved) is sla.Solved
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate({"event": {"kind": "solved", "at": AT}, "created": {"kind": "solved", "at": AT}})
    assert [(each["loc"][0], each["type"]) for each in caught.value.errors()] == [("created", "event_kind_unknown")]


def test_policies_versions_calendars_and_holidays_are_dumped_as_they_say_themselves_and_read_back() -> None:
    policy = POLICY.with_pins()
    dated = sla.policy_from_data({**policy.to_data(), "valid_from": AT})
    holidays = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas"}, years=(2026, 2027))
    kept = Everything(
        event=sla.Created(at=RECEIVED, fields={"priority": "high"}),
        policy=policy,
        versions=sla.PolicyVersions.of([dated]),
        calendar=POLICY.calendar("standard"),
        holidays=holidays,
    )
    dumped = json.loads(kept.model_dump_json())
    assert dumped == kept.model_dump(mode="json")
    assert dumped["policy"] == policy.to_data()
    assert dumped["calendar"] == POLICY.calendar("standard").to_data()
    assert dumped["event"] == sla.event_to_data(kept.event)
    assert Everything.model_validate_json(kept.model_dump_json()) == kept
    assert json.loads(json.dumps(Everything.model_json_schema()))["properties"].keys() == Everything.model_fields.keys()


def test_the_schema_of_an_event_has_one_form_for_each_kind() -> None:
    schema = TypeAdapter[Any](sla.Event).json_schema()
    solved = next(each for each in schema["oneOf"] if each["title"] == "Solved")
    assert solved == {
        "type": "object",
        "title": "Solved",
        "properties": {
            "kind": {"const": "solved"},
            "ticket": {"type": ["string", "integer"]},
            "at": {"type": "string", "format": "date-time"},
            "seq": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        },
        "required": ["kind", "at"],
        "additionalProperties": False,
    }
