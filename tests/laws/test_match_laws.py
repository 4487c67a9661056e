"""What holds for every policy and every ticket: the explanation of a match agrees with the rule that is chosen."""

from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.policies.document.fields import read_field
from tests.helpers import at
from tests.laws.strategies import law

AS_OF: Final = at("20 15:00")
COMPARE: Final[dict[str, Any]] = {"over": gt, "at_least": ge, "under": lt, "at_most": le}
WORDS: Final = ("a", "b", "c")
NUMBERS: Final = (0, 1, 1.5, 2, 3)

some_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True)
some_numbers = st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=2, unique=True)
FIELDS: Final[dict[str, Any]] = {"pieces": "number", "tags": "list", "customer": []}
CONDITIONS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "pieces": some_numbers
    | st.sampled_from([{"over": 1}, {"at_least": 1.5}, {"under": 3}, {"at_most": 2}, {"over": 0, "under": 3}])
    | st.fixed_dictionaries({}, optional={"not": some_numbers, "any": some_numbers, "over": st.just(1)}).filter(bool),
    "tags": some_words
    | st.fixed_dictionaries({}, optional={"not": some_words, "any": some_words, "has": some_words}).filter(bool),
    "customer": some_words | st.fixed_dictionaries({}, optional={"not": some_words, "any": some_words}).filter(bool),
}
whens = st.fixed_dictionaries({}, optional=CONDITIONS)
tickets = st.fixed_dictionaries(
    {},
    optional={
        "pieces": st.sampled_from([*NUMBERS, "1.50", "2", Decimal("0.999"), ""]),
        "tags": st.lists(st.sampled_from(WORDS)) | st.sampled_from(["a,b", "c", ""]),
        "customer": st.sampled_from(WORDS),
    },
)


def policy(rules: list[dict[str, Any]]) -> sla.Policy:
    office = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}
    named = [{"name": str(n), "when": when, "calendar": "office", "metrics": {}} for n, when in enumerate(rules)]
    data = {"name": "drawn", "fields": FIELDS, "calendars": {"office": office}, "rules": named}
    return sla.policy_from_data(data)


def fits(when: dict[str, Any], ticket: dict[str, Any]) -> bool:
    """The oracle: whether a ticket satisfies what a file says, by the words of the manual and no code of the library."""
    return all(_holds(said, _values(name, ticket)) for name, said in when.items())


def _values(name: str, ticket: dict[str, Any]) -> set[Any] | None:
    """The values of a field: one, those of a list, or None where there is none."""
    said = ticket.get(name, "")
    if said in ("", []):
        return None
    if name == "pieces":
        return {Decimal(str(said))}
    return {said} if name == "customer" else set(said.split(",") if isinstance(said, str) else said)


def _holds(said: Any, values: set[Any] | None) -> bool:
    table = said if isinstance(said, dict) else {"any": said}
    for operator, wanted in table.items():
        if operator in COMPARE:
            if values is None or not COMPARE[operator](*values, Decimal(str(wanted))):
                return False
            continue
        named = {Decimal(str(each)) if isinstance(each, int | float) else each for each in wanted}
        has = values or set()
        if not {"not": not named & has, "any": bool(named & has), "has": named <= has}[operator]:
            return False
    return True


@law(300)
@given(rules=st.lists(whens, min_size=1, max_size=4), ticket=tickets)
def test_the_explanation_of_a_match_agrees_with_the_rule(rules: list[dict[str, Any]], ticket: dict[str, Any]) -> None:
    ours = policy(rules)
    explained = ours.explain_match(**ticket)
    assert [each.rule for each in explained.rules] == [rule.name for rule in ours.rules]
    if explained.matched is None:
        assert {each.result for each in explained.rules} == {"fails"}
        with pytest.raises(sla.PolicyError, match="no rule matches"):
            ours.rule_for(**ticket)
        return
    place = explained.matched.place
    assert ours.rule_for(**ticket) == ours.rules[place]
    results = [each.result for each in explained.rules]
    assert results == ["fails"] * place + ["matches"] + ["not_tried"] * (len(rules) - place - 1)


@law(300)
@given(rules=st.lists(whens, min_size=1, max_size=4), ticket=tickets)
def test_the_rule_is_the_first_that_fits_in_the_words_of_the_manual(
    rules: list[dict[str, Any]], ticket: dict[str, Any]
) -> None:
    first = next((str(n) for n, when in enumerate(rules) if fits(when, ticket)), "none")
    assert policy([*rules, {}]).explain_match(**ticket).matched is not None
    assert policy([*rules, {}]).rule_for(**ticket).name == (str(len(rules)) if first == "none" else first)


@law(300)
@given(earlier=whens, later=whens, ticket=tickets)
def test_a_rule_of_which_check_says_that_it_never_matches_never_does(
    earlier: dict[str, Any], later: dict[str, Any], ticket: dict[str, Any]
) -> None:
    ours = policy([earlier, later])
    if any(each.code == "rule_hidden" for each in sla.check_policy(ours, as_of=AS_OF)) and fits(later, ticket):
        assert fits(earlier, ticket)


@law(300)
@given(rules=st.lists(whens, min_size=1, max_size=12), several=st.lists(tickets, min_size=1, max_size=4))
def test_looked_up_or_remembered_the_first_rule_is_that_of_the_plain_walk(
    rules: list[dict[str, Any]], several: list[dict[str, Any]]
) -> None:
    ours = policy([*rules, {}])
    for ticket in (*several, *reversed(several)):
        values = {name: read_field(ours.fields, name, value) for name, value in ticket.items()}
        walked = next(place for place, rule in enumerate(ours.rules) if rule.matches(values))
        assert ours.place_of(ticket) == walked
