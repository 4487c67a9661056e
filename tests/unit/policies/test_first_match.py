"""That the first rule which matches is found by looking it up: first match wins, and few rules are asked."""

from decimal import Decimal
from typing import Any

import pytest

import slacalc as sla
from slacalc.policies.document.conditions import Condition
from slacalc.policies.document.first_match import key_of_fields

OFFICE = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}


def policy(*whens: dict[str, Any], **fields: Any) -> sla.Policy:
    rules = [{"name": str(n), "when": when, "calendar": "office", "metrics": {}} for n, when in enumerate(whens)]
    return sla.Policy(name="drawn", fields=fields, calendars={"office": OFFICE}, rules=rules)


def customers(count: int) -> sla.Policy:
    """A rule for each customer, one for those of note, and one for everybody."""
    whens = [{"customer": f"c{n}", "priority": ["high", "low"]} for n in range(count)]
    return policy(*whens, {"pieces": {"over": 500}}, {}, customer=[], pieces="number")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Condition]:
    """Every condition that is asked whether it holds."""
    conditions: list[Condition] = []
    holds = Condition.holds

    def counted(condition: Condition, value: Any) -> bool:
        conditions.append(condition)
        return holds(condition, value)

    monkeypatch.setattr(Condition, "holds", counted)
    return conditions


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"customer": "c0", "priority": "high"}, 0),
        ({"customer": "c999", "priority": "low", "pieces": 501}, 999),
        ({"customer": "c999", "priority": "urgent", "pieces": 501}, 1000),
        ({"customer": "c999", "priority": "urgent", "pieces": 500}, 1001),
        ({}, 1001),
    ],
)
def test_of_a_thousand_rules_few_are_asked(asked: list[Condition], fields: dict[str, Any], place: int) -> None:
    ours = customers(1_000)
    asked.clear()

    assert place == ours.place_of(fields)
    assert len(asked) <= 2 + 1  # those of the customer's rule, and the one about pieces


def test_a_ticket_that_was_asked_about_asks_no_rule_again(asked: list[Condition]) -> None:
    ours = customers(3)
    ours.rule_for(customer="c1", priority="low")
    asked.clear()

    assert ours.rule_for(customer="c1", priority="low").name == "1"
    assert asked == []


def test_the_first_of_several_that_match_wins_wherever_they_are_looked_up() -> None:
    ours = policy(
        {"customer": "a", "tags": {"not": "x"}},  # by customer
        {"tags": ["x", "y"]},  # by tags
        {"pieces": {"over": 1}},  # asked in order
        {"customer": ["a", "b"]},
        {"pieces": [3, 4]},  # by pieces
        {},
        customer=[],
        tags="list",
        pieces="number",
    )
    asked: list[dict[str, Any]] = [
        {"customer": "a"},
        {"customer": "a", "tags": "x"},
        {"customer": "b", "pieces": 2},
        {"customer": "b", "pieces": 1},
        {"pieces": Decimal("0.5"), "tags": ["z", "y"]},
        {"pieces": 4},
        {"tags": "z"},
    ]
    assert [ours.place_of(fields) for fields in asked] == [0, 1, 2, 3, 1, 2, 5]


def test_what_is_equal_and_not_alike_is_not_remembered_as_one() -> None:
    ours = policy({"vip": "1"}, {"vip": "true"}, {}, vip=[])
    for _ in range(2):
        assert [ours.rule_for(vip=value).name for value in (1, True, 1.0, "one")] == ["0", "1", "0", "2"]


def test_an_error_is_said_each_time() -> None:
    ours = policy({"customer": "a"}, customer=["a", "b"])
    for _ in range(2):
        with pytest.raises(sla.PolicyError, match="no rule matches"):
            ours.rule_for(customer="b")
        with pytest.raises(sla.PolicyError, match="the field cannot have this value"):
            ours.rule_for(customer="c")


def test_lists_and_values_of_other_libraries_are_read_each_time() -> None:
    assert key_of_fields({"tags": ["a"]}) is None
    assert key_of_fields({"tags": ("a",)}) is None
    assert key_of_fields({"pieces": Decimal("1.5"), "vip": True}) is not None


def test_the_places_that_are_remembered_are_bounded() -> None:
    ours = policy({}, customer=[])
    for n in range(3_000):
        ours.rule_for(customer=str(n))
        assert len(ours._found_first.places) <= 1_024
