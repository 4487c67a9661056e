"""A promise that was kept as data is read back with its policy: it equals, and another policy is told what differs."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.policies.saved_promises import read_promises
from tests.helpers import at, wrong

PIN: Final = sla.FrozenHolidays.of({date(2026, 11, 23): "Founders' Day"}, years=(2026, 2028))
DATA: Final[dict[str, Any]] = {
    "name": "support",
    "calendars": {
        "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "holidays": {"pinned": PIN.to_data()}},
        "always": {"zone": "Europe/Berlin", "hours": "24/7"},
    },
    "rules": [
        {
            "name": "gold",
            "when": {"priority": "high"},
            "calendar": "office",
            "metrics": {
                "first_response": {
                    "due": {"business_hours": "4h"},
                    "expected": {"business_hours": "1h"},
                    "follow_up": {"business_days": 1},
                    "objective": "90%",
                },
                "reply": {"calendar": "always", "due": {"calendar_hours": "24h"}},
            },
        },
        {"name": "rest", "calendar": "office", "metrics": {"resolution": {"due": {"business_days": 2}}}},
    ],
    "clocks": {"reply": {"starts": "answer"}},
}
POLICY: Final = sla.policy_from_data(DATA)
FRIDAY: Final = at("20 15:00")
GIVEN: Final = POLICY.promise(FRIDAY, priority="high")
PROMISE: Final = GIVEN["first_response"]
KEPT: Final = json.loads(PROMISE.to_json())


def test_a_promise_that_is_read_back_equals_compares_and_tells_what_it_told() -> None:
    """Friday 15:00 and four hours, over a closed Monday: Tuesday 11:00."""
    back = sla.Promise.from_data(KEPT, POLICY)
    assert back == PROMISE
    assert hash(back) == hash(PROMISE)
    assert back.due == at("24 11:00")
    assert back.to_data() == KEPT
    assert back.ledger == PROMISE.ledger
    assert back.depends_on == PROMISE.depends_on
    told = (promise.expectation(as_of=FRIDAY).say("de", reason=True) for promise in (back, PROMISE))
    assert next(told) == next(told)
    done = at("24 11:01")
    assert sla.outcome(back, done, as_of=done) == sla.outcome(PROMISE, done, as_of=done)
    assert sla.outcome(back, done, as_of=done).status == "breached"


def test_all_promises_of_a_ticket_are_read_back_those_that_begin_later_too() -> None:
    kept = json.loads(GIVEN.to_json())
    assert kept["reply"]["due"] is None
    back = sla.Promises.from_data(kept, POLICY)
    assert back == GIVEN
    assert back.later == GIVEN.later
    assert sla.Promises.from_data({}, POLICY) == sla.Promises({})


def test_an_outcome_of_a_promise_is_read_back_with_its_policy() -> None:
    outcome = sla.outcome(PROMISE, None, as_of=FRIDAY + timedelta(days=9))
    assert sla.Outcome.from_data(json.loads(outcome.to_json()), POLICY) == outcome


def test_an_outcome_of_a_clock_is_told_only() -> None:
    clocks = POLICY.replay([sla.Created(at=FRIDAY, fields={"priority": "high"})], as_of=FRIDAY)
    with pytest.raises(sla.DataError) as caught:
        sla.Outcome.from_data(clocks["first_response"].outcome().to_data(), POLICY)
    assert (caught.value.code, caught.value.where) == ("data_not_read_back", "Outcome.promise")


def edited(**changes: object) -> dict[str, Any]:
    return {**DATA, **changes}


def with_gold(**keys: object) -> dict[str, Any]:
    gold, rest = DATA["rules"]
    return edited(rules=[{**gold, **keys}, rest])


def with_first_response(**keys: object) -> dict[str, Any]:
    metrics = DATA["rules"][0]["metrics"]
    return with_gold(metrics={**metrics, "first_response": {**metrics["first_response"], **keys}})


def with_office(**keys: object) -> dict[str, Any]:
    return edited(calendars={**DATA["calendars"], "office": {**DATA["calendars"]["office"], **keys}})


OTHER_PIN: Final = sla.FrozenHolidays.of({date(2026, 11, 24): "Founders' Day"}, years=(2026, 2028)).to_data()
OTHERS: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "another amount": (with_first_response(due={"business_hours": "8h"}), "rule gold"),
    "another kind of time": (with_first_response(due={"calendar_hours": "4h"}), "rule gold"),
    "nothing expected": (with_first_response(expected=None), "rule gold"),
    "another objective": (with_first_response(objective="95%"), "rule gold"),
    "owed no more": (
        with_first_response(promise="typical", expected=None, objective=None, follow_up=None), "rule gold"
    ),
    "another rank": (with_gold(rank=2), "rule gold"),
    "the rule has another name": (with_gold(name="silver"), "rule gold"),
    "other hours": (with_office(hours="Mon-Fri 09:00-18:00"), "calendar office"),
    "a special day": (with_office(special_days={"2026-11-24": "closed"}), "calendar office"),
    "the pin swapped": (with_office(holidays={"pinned": OTHER_PIN}), "pin of calendar office"),
    "no pin": (with_office(holidays=None), "pin of calendar office"),
    "both": (
        {**with_gold(rank=2), "calendars": with_office(hours="24/7")["calendars"]}, "rule gold, calendar office"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("other", "differs"), OTHERS.values(), ids=OTHERS)
def test_a_promise_that_meets_another_policy_names_what_differs(other: dict[str, Any], differs: str) -> None:
    with pytest.raises(sla.PolicyError) as caught:
        sla.Promise.from_data(KEPT, sla.policy_from_data(other))
    error = caught.value
    assert (error.code, error.where) == ("promise_of_another_policy", "Promise")
    assert error.problem == f"the policy promises this otherwise: it differs in {differs}"
    assert POLICY.digest[:20] in error.given


def test_a_calendar_that_is_gone_differs() -> None:
    rules = [{**rule, "calendar": "always"} for rule in DATA["rules"]]
    moved = sla.policy_from_data(edited(rules=rules, calendars={"always": DATA["calendars"]["always"]}))
    with pytest.raises(sla.PolicyError, match="differs in rule gold, calendar office;"):
        sla.Promise.from_data(KEPT, moved)


def test_an_edit_of_something_else_is_none_for_a_promise() -> None:
    gold, rest = DATA["rules"]
    changed = edited(name="support 2", description="new", rules=[{**rest, "when": {"topic": "x"}, "rank": 9}, gold])
    assert sla.Promise.from_data(KEPT, sla.policy_from_data(changed)) == PROMISE


def test_other_zone_data_is_named_and_leaves_the_due_time_as_it_was_promised() -> None:
    old = {**KEPT, "provenance": {**KEPT["provenance"], "zone_data": "2020a"}, "due": "2026-11-24T12:00:00+01:00"}
    back = sla.Promise.from_data(old, POLICY)
    in_use = PROMISE.provenance.zone_data
    assert (back.due, back.zone_data_moved) == (at("24 12:00"), ("2020a", in_use))
    assert PROMISE.zone_data_moved is None
    with pytest.raises(sla.PolicyError, match=f"rule gold, zone data 2020a, in use {in_use};"):
        sla.Promise.from_data(old, sla.policy_from_data(with_gold(rank=2)))


def test_versions_read_what_one_of_them_promised() -> None:
    dated = [
        sla.policy_from_data({**DATA, "valid_from": "2026-01-01T00:00:00Z"}),
        sla.policy_from_data({**with_gold(rank=2), "valid_from": "2026-11-20T00:00:00Z"}),
    ]
    versions = sla.PolicyVersions.of(dated)
    for received in (at("10 15:00"), FRIDAY):
        given = versions.promise(received, priority="high")
        assert sla.Promises.from_data(given.to_data(), versions) == given
        assert sla.Promises.from_data(given.to_data(), versions).later == given.later


def bad() -> Iterator[tuple[str, object, str, str]]:
    yield "no object", [], "data_unreadable", "Promise"
    yield "a key missing", {key: KEPT[key] for key in KEPT if key != "due"}, "data_key_missing", "Promise"
    yield "an unknown key", {**KEPT, "told": {}}, "data_key_unknown", "Promise"
    yield "a naive due time", {**KEPT, "due": "2026-11-24T11:00:00"}, "datetime_naive", "Promise.due"
    yield "no due time", {**KEPT, "due": None}, "data_value_invalid", "Promise.due"
    yield (
        "a target that is no text",
        {**KEPT, "target": {"business_hours": "4h"}},
        "data_value_invalid",
        "Promise.target",
    )
    yield "a forged target", {**KEPT, "target": "1h in business hours"}, "promise_of_another_policy", "Promise"
    yield (
        "a forged digest",
        {**KEPT, "provenance": {**KEPT["provenance"], "calendar_digest": "x"}},
        "promise_of_another_policy",
        "Promise",
    )
    yield "a metric that is none", {**KEPT, "metric": "x"}, "promise_of_another_policy", "Promise"
    yield "no provenance", {**KEPT, "provenance": None}, "data_unreadable", "Promise.provenance"


@pytest.mark.parametrize(("data", "code", "where"), [case[1:] for case in bad()], ids=[case[0] for case in bad()])
def test_what_is_no_promise_is_refused_with_its_place(data: object, code: str, where: str) -> None:
    with pytest.raises(sla.SlaError) as caught:
        sla.Promise.from_data(wrong(data), POLICY)
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize(
    "data", [[], {"first_response": 7}, {"reply": {"due": None, "rule": ["gold"]}}, {"x": {}}], ids=str
)
def test_what_are_no_promises_is_refused(data: object) -> None:
    with pytest.raises(sla.SlaError, match="Promises"):
        sla.Promises.from_data(wrong(data), POLICY)


def test_a_promise_is_read_with_a_policy_only() -> None:
    with pytest.raises(sla.SlaError, match="policy: this is of another kind"):
        sla.Promise.from_data(KEPT, wrong(DATA))


def test_what_begins_later_is_no_promise_that_moves(tmp_path: Any) -> None:
    file = tmp_path / "promises.jsonl"
    file.write_text(GIVEN.to_json() + "\n", encoding="utf-8")
    assert [each.metric for each in read_promises(file)] == ["first_response"]
