"""What a ticket says in its fields: texts, numbers and lists, and how each is read."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest

import slacalc as sla
from tests.helpers import at

FRIDAY: Final = at("20 15:00")
FIELDS: Final[dict[str, Any]] = {"pieces": "number", "tags": "list", "customer": []}


def policy(*whens: dict[str, Any], fields: dict[str, Any] = FIELDS) -> sla.Policy:
    """A policy whose rules, named 1, 2, ..., have these conditions."""
    rules = [
        {"name": str(n), "when": when, "calendar": "office", "metrics": {"answer": {"due": {"business_hours": "1h"}}}}
        for n, when in enumerate(whens, 1)
    ]
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
    data = {"name": "shop", "fields": fields, "calendars": {"office": office}, "rules": rules}
    return sla.policy_from_data(data, where="shop.toml")


@pytest.mark.parametrize(
    ("fields", "where", "accepts"),
    [
        ({"pieces": "nubmer"}, "fields.pieces", "number, list, or a list of the values that a text may have"),
        ({"pieces": 5}, "fields.pieces", "number, list, or a list of the values that a text may have"),
        (
            {"channel": "list"},
            "fields.channel",
            "a list of values; or a field of your own, such as fields.channel_list",
        ),
    ],
)
def test_a_kind_of_field_that_does_not_exist_is_refused(fields: dict[str, Any], where: str, accepts: str) -> None:
    with pytest.raises(sla.PolicyError) as raised:
        policy({}, fields=fields)
    (problem,) = raised.value.problems
    assert (problem.code, problem.where, problem.accepts) == ("field_kind_unknown", f"shop.toml: {where}", accepts)


@pytest.mark.parametrize(
    ("ticket", "code", "given"),
    [
        ({"pieces": "1,000"}, "number_invalid", "'1,000'"),
        ({"pieces": " 5"}, "number_invalid", "' 5'"),
        ({"pieces": "1e3"}, "number_invalid", "'1e3'"),
        ({"pieces": "\u0665"}, "number_invalid", "'\u0665'"),
        ({"pieces": "500 pcs"}, "number_invalid", "'500 pcs'"),
        ({"pieces": False}, "number_invalid", "False"),
        ({"pieces": [5]}, "number_invalid", "[5]"),
        ({"pieces": float("inf")}, "number_invalid", "inf"),
        ({"pieces": Decimal("1e999999999")}, "number_invalid", "Decimal('1E+999999999')"),
        ({"tags": 5}, "field_value_unknown", "5"),
        ({"tags": ["vip", 5]}, "field_value_unknown", "['vip', 5]"),
        ({"customer": 12.5}, "field_value_unknown", "12.5"),
        ({"customer": ["gold"]}, "field_value_unknown", "['gold']"),
        ({"customer": {"a": 1}}, "field_value_unknown", "{'a': 1}"),
        ({"tags": ["vip, b2b"]}, "field_value_unknown", "['vip, b2b']"),
    ],
)
def test_a_value_that_is_none_is_refused_and_never_guessed(ticket: dict[str, Any], code: str, given: str) -> None:
    ours = policy({})
    for ask in (ours.rule_for, ours.explain_match):
        with pytest.raises(sla.PolicyError) as raised:
            ask(**ticket)
        (name,) = ticket
        assert (raised.value.code, raised.value.where, raised.value.given) == (code, name, given)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("gold", "gold"),
        (3, "3"),
        (3.0, "3"),
        (Decimal("3.0"), "3"),
        (np.int64(3), "3"),
        (np.float64(3), "3"),
        (True, "true"),
        (False, "false"),
        (np.bool_(True), "true"),
        (-7, "-7"),
        (10**20, "100000000000000000000"),
    ],
    ids=repr,
)
def test_whole_numbers_and_truths_are_their_json_texts_everywhere(value: Any, text: str) -> None:
    """One rule for a promise, an event, its JSON, a report, a frame and a log (15.0)."""
    ours = policy({"customer": text}, {})
    frame = {"id": ["7"], "at": [FRIDAY], "what": ["opened"], "who": [value]}
    mapping = sla.LogMapping("id", "at", "what", fields=(("customer", "who"),))
    (ticket,) = sla.read_log(frame, mapping).tickets
    created = sla.Created(at=FRIDAY, fields={"customer": value})
    assert ours.rule_for(customer=value).name == "1"
    assert created.fields == {"customer": text} == ticket.fields
    assert sla.FieldChanged(at=FRIDAY, field="customer", value=value).value == text
    (line, _) = sla.report([{"received": FRIDAY, "customer": value}], ours, as_of=FRIDAY, by="customer").lines
    assert line.group == text
    if type(value) in {str, int, float, bool}:
        data = json.loads(json.dumps({"kind": "created", "at": FRIDAY.isoformat(), "fields": {"customer": value}}))
        assert sla.event_from_data(data) == created


@pytest.mark.parametrize("value", [None, float("nan"), Decimal("nan"), pd.NaT, pd.NA, np.float64("nan")], ids=repr)
def test_nothing_is_not_given_everywhere(value: Any) -> None:
    ours = policy({"customer": {"not": "gold"}}, fields={"pieces": "number", "tags": "list", "customer": []})
    frame = {"id": ["7"], "at": [FRIDAY], "what": ["opened"], "who": [value]}
    mapping = sla.LogMapping("id", "at", "what", fields=(("customer", "who"),))
    assert ours.rule_for(customer=value, pieces=value, tags=value).name == "1"
    assert sla.Created(at=FRIDAY, fields={"customer": value}).fields == {}
    assert sla.FieldChanged(at=FRIDAY, field="customer", value=value).value == ""
    assert [each.error.code for each in sla.read_log(frame, mapping).problems] == ["cell_empty"]


def test_a_fraction_is_read_as_the_decimal_that_it_is() -> None:
    half: Any = Fraction(1001, 2)
    assert policy({"pieces": {"over": 500}}, {}).rule_for(pieces=half).name == "1"


@pytest.mark.parametrize(
    ("said", "kept", "rule"),
    [
        ({"pieces": 501}, {"pieces": "501"}, "1"),
        ({"pieces": 500.50}, {"pieces": "500.5"}, "1"),
        ({"tags": ["b2b", "vip"]}, {"tags": "b2b, vip"}, "2"),
        ({"tags": "b2b,vip"}, {"tags": "b2b,vip"}, "2"),
        ({"tags": []}, {"tags": ""}, "3"),
    ],
)
def test_a_created_event_may_say_numbers_and_lists_and_clocks_keep_them_as_texts(
    said: Any, kept: dict[str, str], rule: str
) -> None:
    ours = policy({"pieces": {"over": 500}}, {"tags": {"has": "vip"}}, {})
    clocks = ours.replay([sla.Created(at=FRIDAY, fields=said)], as_of=at("20 15:30"))
    assert (clocks["answer"].rule, clocks.fields) == (rule, kept)
    assert sla.resume(clocks.to_json(), ours).fields == kept


def test_a_created_event_with_a_value_that_the_field_cannot_have_is_refused() -> None:
    with pytest.raises(sla.PolicyError) as raised:
        policy({}).replay([sla.Created(at=FRIDAY, fields={"customer": ["gold"]})], as_of=FRIDAY)
    assert raised.value.where == "event 1.customer"


@pytest.mark.parametrize("said", [{"pieces": [501]}, {"tags": [["vip"]]}, {"customer": FRIDAY}, {"customer": {}}])
def test_what_no_field_can_be_is_refused_where_the_event_is_made(said: Any) -> None:
    with pytest.raises(sla.LogError) as raised:
        sla.Created(at=FRIDAY, fields=said)
    assert (raised.value.code, [raised.value.where]) == ("event_value_invalid", list(said))


def test_a_report_by_a_list_names_its_texts() -> None:
    rows = [
        {"received": FRIDAY, "tags": ["vip", "b2b"], "answer": FRIDAY},
        {"received": FRIDAY, "pieces": 7, "answer": FRIDAY},
    ]
    groups = {line.group for line in sla.report(rows, policy({}), as_of=FRIDAY, by="tags").lines}
    assert groups == {"vip, b2b", "", "all"}
    groups = {line.group for line in sla.report(rows, policy({}), as_of=FRIDAY, by="pieces").lines}
    assert groups == {"7", "", "all"}
