"""The one form of data: written by hand beside the value, read back equal, refused with a place, and the same in pydantic."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


def test_a_table_of_rows_says_what_is_in_each() -> None:
    said = sla.Attribution.data_schema()["properties"]
    rows = said["rows"]["items"]
    assert (said["wall_time"]["type"], list(rows["properties"])) == (
        "string",
        ["hours", "state", "reason", "value", "time"],
    )
    assert STATE.attribution().to_data() == {"metric": "first_response", "by": "", "wall_time": "0min", "rows": []}


def test_each_promise_is_described_those_that_begin_later_too() -> None:
    begun, later = sla.Promises.data_schema()["additionalProperties"]["anyOf"]
    promises = sla.sample_policy("marketplace_seller").promise(RECEIVED)
    assert set(begun["required"]) <= set(PROMISES["first_response"].to_data())
    for each in promises.later.values():
        assert set(each.to_data()) == set(later["properties"]) == set(later["required"])


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


@dataclass(frozen=True)
class Basket(Form):
    """A value of an application's own, with a table and with a form that says itself what it is."""

    days: Mapping[str, date]
    promises: sla.Promises


def test_a_table_and_a_form_that_says_itself_are_told_inside_another() -> None:
    said = Basket({"Eve": date(2026, 12, 24)}, PROMISES).to_data()
    assert said == {"days": {"Eve": "2026-12-24"}, "promises": PROMISES.to_data()}


def bad() -> Iterator[tuple[str, object, str, str]]:
    yield "no object", [], "data_unreadable", "QueueEntry"
    yield "keys that are no text", {1: 2}, "data_unreadable", "QueueEntry"
    yield "an unknown key", {**DATA, "tickets": "7"}, "data_key_unknown", "QueueEntry"
    yield "a key missing", {key: value for key, value in DATA.items() if key != "due"}, "data_key_missing", "QueueEntry"
    yield "a naive instant", {**DATA, "received": "2026-11-20T15:00:00"}, "datetime_naive", "QueueEntry.received"
    yield "no instant", {**DATA, "received": "yesterday"}, "data_value_invalid", "QueueEntry.received"
    yield "an instant that is no text", {**DATA, "received": 7}, "data_value_invalid", "QueueEntry.received"
    yield (
        "an instant of year 1 that its zone puts into year 0",
        {**DATA, "received": "0001-01-01T00:00:00+00:00", "zone": "America/New_York"},
        "data_value_invalid",
        "QueueEntry.received",
    )
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


def mistaken() -> dict[str, Any]:
    """A policy with ten mistakes, one at each depth that there is."""
    data: dict[str, Any] = json.loads(POLICY.with_pins().to_json())
    rule = data["rules"][0]
    metric = next(iter(rule["metrics"]))
    data["colour"] = "red"
    data["calendars"]["standard"] |= {
        "zone": "Brussels",
        "hours": "Mon-Fry 09:00-17:00",
        "special_days": {"13-01": "closed"},
    }
    rule["calendar"], rule["rank"] = "standart", "first"
    rule["metrics"][metric] |= {"due": {"business_hours": "4"}, "objective": "120%", "warnings": ["soon"]}
    data["clocks"] = {"resolution": {"starts": "created", "reopen": "never"}}
    return data


def test_each_of_ten_mistakes_of_a_policy_in_a_request_is_told_at_its_field() -> None:
    """A form once got one message where it needs ten."""
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate({"event": {"kind": "solved", "at": AT}, "policy": mistaken()})
    told = {".".join(map(str, each["loc"])): each["type"] for each in caught.value.errors()}
    first = "policy.rules.0"
    metric = f"{first}.metrics.first_response"
    assert told == {
        "policy.colour": "key_unknown",
        "policy.calendars.standard.zone": "zone_unknown",
        "policy.calendars.standard.hours": "hours_day_unknown",
        "policy.calendars.standard.special_days.13-01": "special_day_date_invalid",
        f"{first}.calendar": "calendar_missing",
        f"{first}.rank": "value_invalid",
        f"{metric}.due.business_hours": "amount_invalid",
        f"{metric}.objective": "share_invalid",
        f"{metric}.warnings.0": "amount_invalid",
        "policy.clocks.resolution.reopen": "value_invalid",
    }
    with pytest.raises(sla.PolicyError) as refused:
        sla.policy_from_data(mistaken())
    assert {("policy", *problem.path): problem.code for problem in refused.value.problems} == {
        each["loc"]: each["type"] for each in caught.value.errors()
    }


@pytest.mark.parametrize("read", [sla.Policy.model_validate, sla.BusinessHours.model_validate])
@pytest.mark.parametrize("data", [7, "x", None, [], {1: 2}, {"colour": "red"}], ids=repr)
def test_pydantics_own_way_to_read_raises_the_family(read: Any, data: object) -> None:
    with pytest.raises(sla.PolicyError):
        read(data)


def test_pydantics_own_way_to_read_reads() -> None:
    whole = POLICY.with_pins()
    assert sla.Policy.model_validate(whole.to_data()) == whole == sla.Policy.model_validate(whole)
    assert sla.Policy.model_validate_json(whole.to_json()) == whole
    for text in ("", "{", "[" * 100_000):
        with pytest.raises(sla.PolicyError, match="JSON"):
            sla.Policy.model_validate_json(text)


READERS: Final[dict[str, Any]] = {
    **{name: type(value).from_data for name, value in READ_BACK.items()},
    "calendar": sla.Calendar.from_data,
    "holidays": sla.FrozenHolidays.from_data,
    "policy": sla.policy_from_data,
    "versions": sla.PolicyVersions.from_data,
    "event": sla.event_from_data,
    "clocks": lambda data: sla.resume(data, POLICY),
    "promise": lambda data: sla.Promise.from_data(data, POLICY),
    "promises": lambda data: sla.Promises.from_data(data, POLICY),
    "outcome": lambda data: sla.Outcome.from_data(data, POLICY),
}
GOOD: Final[dict[str, Any]] = {
    **{name: value.to_data() for name, value in READ_BACK.items()},
    "calendar": POLICY.calendar("standard").to_data(),
    "holidays": wrong(POLICY.calendar("standard").holidays).to_data(),
    "policy": POLICY.with_pins().to_data(),
    "versions": {"versions": [{**POLICY.with_pins().to_data(), "valid_from": "2026-01-01T00:00:00Z"}]},
    "event": sla.event_to_data(sla.Created(at=RECEIVED, fields={"priority": "high"}, status="open")),
    "clocks": CLOCKS.to_data(),
    "promise": PROMISES["first_response"].to_data(),
    "promises": PROMISES.to_data(),
    "outcome": sla.outcome(PROMISES["first_response"], None, as_of=RECEIVED).to_data(),
}


def deep(wrap: Any) -> Any:
    value = wrap(0)
    for _ in range(100_000):
        value = wrap(value)
    return value


TOLD_BESIDE: Final = {
    "reason",
    "counted",
    "deprioritised",
    "text",
    "wall_time",
    "in_time",
    "depends_on",
    "ledger",
    "metric",
}
DEEP: Final = (deep(lambda value: [value]), deep(lambda value: {"a": value}))


@pytest.mark.parametrize("name", READERS)
def test_data_that_is_deep_huge_or_of_another_kind_is_refused_wherever_it_stands(name: str) -> None:
    for bad_value in (*DEEP, 10**5_000, float("nan"), {1: 2}):
        for key in GOOD[name].keys() - TOLD_BESIDE:
            with pytest.raises(sla.SlaError) as caught:
                READERS[name]({**GOOD[name], key: bad_value})
                pytest.fail(f"{key} may be {type(bad_value).__name__}")
            assert len(str(caught.value)) < 20_000
        with pytest.raises(sla.SlaError):
            READERS[name](bad_value)


@pytest.mark.parametrize("name", READERS)
def test_what_is_good_is_read(name: str) -> None:
    READERS[name](json.loads(json.dumps(GOOD[name])))


def test_a_format_of_the_future_is_refused_and_says_so() -> None:
    with pytest.raises(sla.LogError) as caught:
        READERS["clocks"]({**GOOD["clocks"], "form": 2})
    assert (caught.value.code, caught.value.where) == ("state_unreadable", "form")
    with pytest.raises(sla.HolidayError) as refused:
        READERS["holidays"]({**GOOD["holidays"], "format": 99})
    assert "99" in refused.value.given
    promise = GOOD["promise"]
    later = {**promise, "provenance": {**promise["provenance"], "policy_digest": "policy-2:sha256:0"}}
    assert sla.Promise.from_data(later, POLICY).due == PROMISES["first_response"].due, (
        "a digest names, and reads nothing"
    )


def test_a_saved_clock_of_another_tenant_is_refused_though_its_rules_have_the_same_names() -> None:
    data = POLICY.with_pins().to_data()
    data["calendars"]["standard"]["hours"] = "Mon-Fri 08:00-16:00"
    other = sla.policy_from_data(data)
    assert [rule.name for rule in other.rules] == [rule.name for rule in POLICY.rules]
    with pytest.raises(sla.LogError) as caught:
        sla.resume(CLOCKS.to_json(), other)
    assert (caught.value.code, caught.value.problem[-31:]) == ("policy_missing", "it differs in calendar standard")


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


@pytest.mark.parametrize("name", [*EVERY, "policy", "calendar", "event"])
def test_dir_shows_public_names_only_and_what_people_ask(name: str) -> None:
    others: dict[str, object] = {
        "policy": POLICY,
        "calendar": POLICY.calendar("standard"),
        "event": sla.Created(at=RECEIVED),
    }
    value = EVERY[name] if name in EVERY else others[name]
    shown = [each for each in dir(value) if not each.startswith("__")]
    assert [each for each in shown if each.startswith("_")] == []
    assert shown
    assert {"copy", "dict", "model_dump", "parse_obj"}.isdisjoint(shown)
