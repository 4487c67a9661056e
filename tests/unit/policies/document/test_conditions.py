"""Conditions of rules: which tickets they let through, and what is said of why."""

import copy
import json
import pickle
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pytest

import slacalc as sla
from slacalc.policies.document.conditions import Condition
from tests.helpers import at

OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
FIELDS: Final[dict[str, Any]] = {"pieces": "number", "tags": "list", "customer": []}
FRIDAY: Final = at("20 15:00")


def policy(*whens: dict[str, Any], **keys: object) -> sla.Policy:
    """A policy whose rules, named 1, 2, ..., have these conditions; rule N is due N business hours after receipt."""
    rules = [
        {
            "name": str(n),
            "when": when,
            "calendar": "office",
            "metrics": {"answer": {"due": {"business_hours": f"{n}h"}}},
        }
        for n, when in enumerate(whens, 1)
    ]
    data = {"name": "shop", "fields": FIELDS, "calendars": {"office": OFFICE}, "rules": rules, **keys}
    return sla.policy_from_data(data, where="shop.toml")


NO: Final[dict[str, Any]] = {}  # the ticket does not say it


class Case(NamedTuple):
    """A condition, a ticket, and whether the rule is for it."""

    when: dict[str, Any]
    ticket: dict[str, Any]
    matches: bool


OVER: Final = {"pieces": {"over": 500}}
CASES: Final = [
    # a bulk order is one of more than 500 pieces
    Case(OVER, {"pieces": 500}, False),
    Case(OVER, {"pieces": 501}, True),
    Case(OVER, {"pieces": "501"}, True),
    Case(OVER, {"pieces": "500.000001"}, True),
    Case(OVER, {"pieces": 500.5}, True),
    Case(OVER, {"pieces": Decimal("500.00")}, False),
    Case(OVER, {"pieces": "99"}, False),  # as texts 99 would be after 500
    Case(OVER, {"pieces": -501}, False),
    Case(OVER, NO, False),
    Case(OVER, {"pieces": ""}, False),  # an empty cell of a log: not known
    # the other bounds
    Case({"pieces": {"at_least": 500}}, {"pieces": 500}, True),
    Case({"pieces": {"at_least": 500}}, {"pieces": "499.99"}, False),
    Case({"pieces": {"under": 500}}, {"pieces": 500}, False),
    Case({"pieces": {"under": 500}}, {"pieces": "499.99"}, True),
    Case({"pieces": {"under": 500}}, NO, False),
    Case({"pieces": {"at_most": 500}}, {"pieces": 500}, True),
    Case({"pieces": {"at_most": 500}}, {"pieces": 501}, False),
    Case({"pieces": {"over": 10, "at_most": 20}}, {"pieces": 10}, False),
    Case({"pieces": {"over": 10, "at_most": 20}}, {"pieces": 20}, True),
    Case({"pieces": {"over": 10, "at_most": 20, "not": 13}}, {"pieces": 13}, False),
    # a tenth is a tenth, and three of them are three tenths
    Case({"pieces": {"at_most": 0.3}}, {"pieces": "0.3"}, True),
    Case({"pieces": {"over": 0.3}}, {"pieces": "0.30000000000000000000000000000000000001"}, True),
    Case({"pieces": {"at_least": 0.1}}, {"pieces": 0.1}, True),
    # numbers by value, whatever they are written like
    Case({"pieces": 12}, {"pieces": "12.0"}, True),
    Case({"pieces": [12, 24]}, {"pieces": "+24"}, True),
    Case({"pieces": {"any": [12, 24]}}, {"pieces": 13}, False),
    Case({"pieces": {"not": 12}}, {"pieces": "012"}, False),
    Case({"pieces": {"not": 12}}, NO, True),
    # texts as texts
    Case({"customer": "12"}, {"customer": "12.0"}, False),
    Case({"customer": ["gold", "silver"]}, {"customer": "silver"}, True),
    Case({"customer": {"any": ["gold", "silver"]}}, {"customer": "silver"}, True),
    Case({"customer": {"any": "gold"}}, NO, False),
    Case({"customer": {"not": "gold"}}, {"customer": "silver"}, True),
    Case({"customer": {"not": ["gold", "silver"]}}, {"customer": "silver"}, False),
    Case({"customer": {"not": "gold"}}, NO, True),
    Case({"customer": {"not": "gold"}}, {"customer": ""}, True),
    Case({"customer": {"not": "gold"}}, {"customer": "Gold"}, True),
    # lists: has all, any of them, none of them
    Case({"tags": {"has": "vip"}}, {"tags": ["b2b", "vip"]}, True),
    Case({"tags": {"has": "vip"}}, {"tags": "b2b, vip"}, True),
    Case({"tags": {"has": "vip"}}, {"tags": "vip2"}, False),  # no part of a word
    Case({"tags": {"has": ["vip", "b2b"]}}, {"tags": "vip"}, False),
    Case({"tags": {"has": ["vip", "b2b"]}}, {"tags": {"b2b", "x", "vip"}}, True),
    Case({"tags": ["vip", "b2b"]}, {"tags": ("vip", "x")}, True),
    Case({"tags": {"any": ["vip", "b2b"]}}, {"tags": "x,y"}, False),
    Case({"tags": {"not": "spam"}}, {"tags": "vip, spam"}, False),
    Case({"tags": {"not": ["spam", "test"]}}, {"tags": "vip"}, True),
    Case({"tags": {"not": "spam"}}, NO, True),
    Case({"tags": {"not": "spam"}}, {"tags": []}, True),
    Case({"tags": {"has": "vip"}}, {"tags": ""}, False),
    Case({"tags": {"has": "vip", "not": "spam"}}, {"tags": "vip,spam"}, False),
    # several fields: each of them
    Case({"pieces": {"over": 500}, "customer": {"not": "gold"}}, {"pieces": 501}, True),
    Case({"pieces": {"over": 500}, "customer": {"not": "gold"}}, {"pieces": 501, "customer": "gold"}, False),
]


@pytest.mark.parametrize(("when", "ticket", "matches"), CASES)
def test_a_rule_is_for_the_tickets_that_its_conditions_let_through(
    when: dict[str, Any], ticket: dict[str, Any], matches: bool
) -> None:
    assert policy(when, {}).rule_for(**ticket).name == ("1" if matches else "2")


# ---------------------------------------------------------------- what is written is read back


@pytest.mark.parametrize("when", [case.when for case in CASES])
def test_a_policy_with_conditions_is_written_and_read_back(when: dict[str, Any]) -> None:
    ours = policy(when)
    assert ours.rules[0].when
    read = sla.policy_from_data(json.loads(ours.to_json()))
    assert (read, read.digest, hash(read)) == (ours, ours.digest, hash(ours))
    assert pickle.loads(pickle.dumps(ours)) == ours == copy.deepcopy(ours)


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ({"pieces": {"over": 500}}, {"pieces": {"over": 500}}),
        ({"pieces": {"at_most": 12.50, "over": Decimal("0.1")}}, {"pieces": {"over": 0.1, "at_most": 12.5}}),
        ({"customer": "gold"}, {"customer": ["gold"]}),
        ({"customer": {"any": "gold"}}, {"customer": ["gold"]}),
        ({"customer": {"not": "gold"}}, {"customer": {"not": ["gold"]}}),
    ],
)
def test_a_condition_is_written_shortly_and_in_one_order(when: dict[str, Any], written: dict[str, Any]) -> None:
    assert policy(when).to_data()["rules"][0]["when"] == written


def test_the_digest_tells_bounds_apart_and_not_ways_to_write_one() -> None:
    digests = {
        policy({"pieces": {each: 500}}).digest for each in ("over", "at_least", "under", "at_most", "not", "any")
    }
    assert len(digests) == 6
    assert policy({"pieces": {"over": 500}}).digest == policy({"pieces": {"over": 500.0}}).digest
    assert policy({"customer": ["a"]}).digest == policy({"customer": {"any": ["a"]}}).digest
    assert policy({}, fields={"pieces": "number"}).digest != policy({}, fields={"pieces": ["number"]}).digest


# ---------------------------------------------------------------- what is refused


class Refused(NamedTuple):
    when: dict[str, Any]
    code: str
    where: str
    given: str
    accepts: str


BOUND: Final = "a number such as 500 or 12.5, of at most 15 digits"
REFUSED: Final = [
    Refused({"pieces": {"ovre": 5}}, "operator_unknown", "pieces.ovre", "'ovre'",
            "over, at_least, under, at_most, not, any, has"),
    Refused({"pieces": {"atmost": 5}}, "operator_unknown", "pieces.atmost", "'atmost'",
            "at_most, over, at_least, under, not, any, has"),
    Refused({"pieces": {"over": "many"}}, "number_invalid", "pieces.over", "'many'", BOUND),
    Refused({"pieces": {"over": "500"}}, "number_invalid", "pieces.over", "'500'", BOUND),
    Refused({"pieces": {"over": True}}, "number_invalid", "pieces.over", "True", BOUND),
    Refused({"pieces": {"over": [5]}}, "number_invalid", "pieces.over", "[5]", BOUND),
    Refused({"pieces": {"over": float("nan")}}, "number_invalid", "pieces.over", "nan", BOUND),
    Refused({"pieces": {"over": float("inf")}}, "number_invalid", "pieces.over", "inf", BOUND),
    Refused({"pieces": {"over": 1234567890.1234567}}, "number_invalid", "pieces.over", "1234567890.1234567", BOUND),
    Refused({"pieces": "500"}, "number_invalid", "pieces", "'500'", BOUND),
    Refused({"pieces": {"not": ["x"]}}, "number_invalid", "pieces.not", "'x'", BOUND),
    Refused({"customer": {"over": 5}}, "operator_misplaced", "customer.over", "'over'",
            'any, not; or fields.customer = "number"'),
    Refused({"customer": {"has": "x"}}, "operator_misplaced", "customer.has", "'has'",
            'any, not; or fields.customer = "list"'),
    Refused({"priority": {"under": 5}}, "operator_misplaced", "priority.under", "'under'", "any, not"),
    Refused({"pieces": {"has": 5}}, "operator_misplaced", "pieces.has", "'has'",
            "over, at_least, under, at_most, not, any"),
    Refused({"tags": {"at_most": 5}}, "operator_misplaced", "tags.at_most", "'at_most'", "has, any, not"),
    Refused({"piece": {"over": 5}}, "field_undeclared", "piece", "'piece'",
            "pieces, market, channel, priority, topic, tags, customer"),
    Refused({"customer": 5}, "field_value_unknown", "customer", "5", "text"),
    Refused({"tags": {"has": 5}}, "field_value_unknown", "tags.has", "5", 'one text each, such as "vip", without a comma'),
    Refused({"tags": "vip, b2b"}, "field_value_unknown", "tags", "'vip, b2b'",
            'one text each, such as "vip", without a comma'),
    Refused({"pieces": {"over": 5, "under": 5}}, "condition_impossible", "pieces", "'over 5, under 5'",
            "bounds with numbers between them"),
    Refused({"pieces": {"at_least": 6, "at_most": 5}}, "condition_impossible", "pieces", "'at_least 6, at_most 5'",
            "bounds with numbers between them"),
    Refused({"pieces": {}}, "condition_empty", "pieces", "{}",
            "a value, a list of values, or a table such as { over = 500 }"),
    Refused({"customer": []}, "condition_empty", "customer", "[]", "one or more values"),
    Refused({"tags": {"not": []}}, "condition_empty", "tags.not", "[]", "one or more values"),
    Refused({"customer": True}, "value_invalid", "customer", "True",
            "a value, a list of values, or a table such as { over = 500 }"),
]  # fmt: skip


@pytest.mark.parametrize("refused", REFUSED)
def test_a_wrong_condition_is_refused_with_its_place(refused: Refused) -> None:
    with pytest.raises(sla.PolicyError) as raised:
        policy(refused.when)
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == (refused.code, f"shop.toml: rules[0].when.{refused.where}")
    assert (problem.given, problem.accepts) == (refused.given, refused.accepts)


def test_bounds_that_meet_leave_one_number() -> None:
    ours = policy({"pieces": {"at_least": 5, "at_most": 5}}, {})
    assert (ours.rule_for(pieces=5).name, ours.rule_for(pieces=5.5).name) == ("1", "2")


# ---------------------------------------------------------------- everybody who asks for the rule


def test_a_promise_is_that_of_the_rule_for_the_pieces() -> None:
    ours = policy({"pieces": {"over": 500}}, {})
    assert ours.promise(FRIDAY, pieces=501)["answer"].due == at("20 16:00")
    assert ours.promise(FRIDAY, pieces="500")["answer"].due == at("20 17:00")
    assert ours.promise_for(FRIDAY, {"pieces": Decimal("500.5")})["answer"].rule == "1"


def test_a_frame_is_told_by_numbers_and_lists_and_a_null_is_a_field_left_out() -> None:
    polars = pytest.importorskip("polars")
    ours = policy({"pieces": {"over": 500}}, {"tags": {"has": "vip"}}, {"pieces": {"not": 7}}, {})
    frame = polars.DataFrame(
        {
            "received": [FRIDAY.astimezone(UTC)] * 5,
            "pieces": [500.5, 500.0, None, 7.0, None],
            "tags": [None, ["b2b", "vip"], ["vip"], ["b2b"], None],
        }
    )
    assert ours.promise_frame(frame)["rule"].to_list() == ["1", "2", "2", "4", "3"]
    texts = frame.with_columns(
        pieces=polars.Series(["501", "500", None, "7", ""]), tags=polars.Series(["", "b2b,vip", "vip", "b2b", None])
    )
    assert ours.promise_frame(texts)["rule"].to_list() == ["1", "2", "2", "4", "3"]


def test_a_ticket_whose_pieces_change_has_the_other_rule_from_then_on() -> None:
    ours = policy({"pieces": {"over": 500}}, {})
    events: list[sla.Event] = [
        sla.Created(at=FRIDAY, fields={"pieces": "20"}),
        sla.FieldChanged(at=at("20 15:30"), field="pieces", value="501"),
    ]
    before, after = (ours.replay(events, as_of=as_of)["answer"] for as_of in (at("20 15:29"), at("20 15:30")))
    assert (before.rule, before.due) == ("2", at("20 17:00"))
    assert (after.rule, after.due) == ("1", at("20 16:00"))
    broken = [*events, sla.FieldChanged(at=at("20 15:40"), field="pieces", value="a few")]
    with pytest.raises(sla.PolicyError) as raised:
        ours.replay(broken, as_of=at("20 15:50"), strict=True)
    assert raised.value.code == "number_invalid"


def test_a_report_judges_each_ticket_by_the_rule_for_its_pieces() -> None:
    ours = policy({"pieces": {"over": 500}}, {})
    rows = [{"received": FRIDAY, "pieces": pieces, "answer": at("20 16:30")} for pieces in ("501", "500")]
    (line,) = (line for line in sla.report(rows, ours, as_of=at("23 12:00")).lines if line.group == "all")
    assert (line.breached, line.met) == (1, 1)


# ---------------------------------------------------------------- rules that never match


@pytest.mark.parametrize(
    ("earlier", "later", "hidden"),
    [
        ({"pieces": {"over": 100}}, {"pieces": {"over": 500}}, True),
        ({"pieces": {"over": 100}}, {"pieces": {"at_least": 100}}, False),
        ({"pieces": {"at_least": 100}}, {"pieces": {"over": 100}}, True),
        ({"pieces": {"under": 10}}, {"pieces": {"at_most": 9.99}}, True),
        ({"pieces": {"under": 10}}, {"pieces": {"at_most": 10}}, False),
        ({"pieces": {"over": 5, "under": 10}}, {"pieces": {"over": 6}}, False),
        ({"pieces": {"over": 5}}, {"pieces": [6, 7]}, True),
        ({"pieces": {"over": 5}}, {"pieces": [5, 7]}, False),
        ({"pieces": {"not": 7}}, {"pieces": {"over": 7}}, True),
        ({"pieces": {"not": 7}}, {"pieces": {"over": 6}}, False),
        ({"pieces": {"not": 7}}, {}, False),
        ({"pieces": {"not": 7}}, {"pieces": {"not": [7, 8]}}, True),
        ({"pieces": {"not": [7, 8]}}, {"pieces": {"not": 7}}, False),
        ({"pieces": {"over": 5}}, {"pieces": {"not": 3}}, False),  # a ticket that does not say its pieces
        ({"customer": {"not": "x"}}, {"customer": ["y", "z"]}, True),
        ({"customer": {"not": "x"}}, {"customer": ["x", "z"]}, False),
        ({"customer": ["y", "z"]}, {"customer": {"any": ["y", "x"], "not": "x"}}, True),
        ({"customer": ["y", "z"]}, {"customer": {"not": "x"}}, False),
        ({"tags": {"has": "a"}}, {"tags": {"has": ["a", "b"]}}, True),
        ({"tags": {"has": ["a", "b"]}}, {"tags": {"has": "a"}}, False),
        ({"tags": ["a", "b"]}, {"tags": {"has": "b"}}, True),
        ({"tags": ["a", "b"]}, {"tags": ["a"]}, True),
        ({"tags": ["a"]}, {"tags": ["a", "b"]}, False),
        ({"tags": {"has": "a"}}, {"tags": ["a"]}, True),
        ({"tags": {"not": "a"}}, {"tags": ["b"]}, False),  # a ticket may have both
        ({"tags": {"not": "a"}}, {"tags": {"has": "b", "not": ["a", "c"]}}, True),
        ({"pieces": {"over": 5}}, {"customer": "y"}, False),
    ],
)
def test_check_tells_a_rule_that_never_matches_whatever_its_operators(
    earlier: dict[str, Any], later: dict[str, Any], hidden: bool
) -> None:
    warned = sla.check_policy(policy(earlier, later), as_of=datetime(2026, 11, 20, tzinfo=UTC))
    assert [each.where for each in warned if each.code == "rule_hidden"] == (["rules[1]"] if hidden else [])


def test_a_condition_in_words_names_each_of_its_comparisons() -> None:
    assert str(Condition.read({"over": 500, "under": 1000})) == "is over 500 and is under 1000"
