"""Rules that can never match: the same as by comparing all pairs, with the work of few."""

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.policies import hidden_rules as module
from slacalc.policies.document.rules import Rule
from slacalc.policies.hidden_rules import hidden_rules

FIELDS: Final[dict[str, Any]] = {**{name: [] for name in "abcdefgh"}, "pieces": "number", "tags": "list"}


def policy(*whens: dict[str, Any]) -> sla.Policy:
    rules = [
        {"name": f"r{n}", "when": when, "calendar": "office", "metrics": {"m": {"due": {"business_hours": "1h"}}}}
        for n, when in enumerate(whens)
    ]
    office = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}
    return sla.policy_from_data({"name": "p", "fields": FIELDS, "calendars": {"office": office}, "rules": rules})


def hidden(*whens: dict[str, Any]) -> list[tuple[int, str]]:
    made = policy(*whens)
    return [(place, rule.name) for place, rule in hidden_rules(made.rules, made.fields)]


@pytest.mark.parametrize(
    ("whens", "expected", "why"),
    [
        ([{"a": "x"}, {"a": "y"}], [], "other values"),
        ([{"a": "x"}, {"a": "x"}, {"a": "x"}], [(1, "r0"), (2, "r0")], "the first of several hides"),
        ([{}, {"a": "x"}, {}], [(1, "r0"), (2, "r0")], "a rule without conditions hides all"),
        ([{"a": "x"}, {"a": "x", "b": "y"}], [(1, "r0")], "a narrower rule is hidden by a wider one"),
        ([{"a": "x", "b": "y"}, {"a": "x"}], [], "and not the other way"),
        ([{"a": ["x", "y"]}, {"a": "y"}], [(1, "r0")], "one of its values"),
        ([{"a": ["x", "y"]}, {"a": ["y", "z"]}], [], "z is not hidden"),
        ([{"a": "x"}, {"a": "y"}, {"a": ["x", "y"]}], [], "by two together, which is not told"),
        ([dict.fromkeys("abcdefg", "x"), {**dict.fromkeys("abcdefg", "x"), "h": "y"}], [(1, "r0")], "of many fields"),
        ([dict.fromkeys("abcdefgh", "x"), dict.fromkeys("bcdefgh", "x")], [], "of many fields, a narrower one first"),
        ([{"a": {"not": "x"}}, {"a": "y"}, {"a": "x"}], [(1, "r0")], "all but x"),
        ([{"pieces": {"over": 5}}, {"pieces": {"over": 7}}, {"pieces": 3}], [(1, "r0")], "numbers"),
        ([{"tags": {"has": "vip"}}, {"tags": {"has": ["vip", "b2b"]}}], [(1, "r0")], "lists"),
    ],
)
def test_a_rule_that_another_always_matches_before_is_hidden(
    whens: list[dict[str, Any]], expected: list[tuple[int, str]], why: str
) -> None:
    assert hidden(*whens) == expected, why


VALUES: Final = st.sampled_from(["x", "y", "z"])
TEXTS: Final = VALUES | st.lists(VALUES, min_size=1, max_size=3, unique=True) | VALUES.map(lambda value: {"not": value})
WHENS: Final = st.fixed_dictionaries(
    {}, optional={"a": TEXTS, "b": TEXTS, "pieces": st.integers(1, 3).map(lambda n: {"over": n})}
)


@given(st.lists(WHENS, max_size=8))
def test_what_is_hidden_is_what_comparing_all_pairs_finds(whens: list[dict[str, Any]]) -> None:
    made = policy(*(whens or [{}]))
    expected = []
    for place, rule in enumerate(made.rules):
        hiding = next((each for each in made.rules[:place] if module._always(each, rule, made.fields)), None)
        expected += [] if hiding is None else [(place, hiding.name)]
    assert [(place, rule.name) for place, rule in hidden_rules(made.rules, made.fields)] == expected


@pytest.mark.parametrize(
    "when",
    [
        lambda n: {"a": f"v{n}"},
        lambda n: {"a": "same", "b": f"v{n}"},
        lambda n: {"a": [f"v{n}", f"w{n}", "same"]},
        lambda _: {"a": "same"},
        lambda n: {"pieces": {"over": -n}},
    ],
    ids=["values", "one of two fields", "lists", "all alike", "comparisons"],
)
def test_the_work_of_thousands_of_rules_is_that_of_each(when: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many rules take twice as many comparisons, a hundred of each rule at most; all pairs would be four times."""
    compared = 0
    always = module._always

    def counted(earlier: Rule, later: Rule, fields: Any) -> bool:
        nonlocal compared
        compared += 1
        return always(earlier, later, fields)

    monkeypatch.setattr(module, "_always", counted)
    work = {}
    for count in (500, 1_000):
        compared = 0
        hidden(*(when(n) for n in range(count)))
        work[count] = compared
    assert work[1_000] <= 100 * 1_000
    assert work[1_000] <= 2.2 * work[500] + 10
