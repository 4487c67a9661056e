"""Promises beside each other as rules of which the first counts: held to asking each list of goals by itself."""

from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from slacalc.interop.goals import Conditions, Goal, by_metric, joined, rules_of

VALUES: Final = ("a", "b", "c")
CONDITIONS: Final = st.dictionaries(
    st.sampled_from(("x", "y")), st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True), max_size=2
)


def fits(when: Conditions, ticket: dict[str, str]) -> bool:
    return all(ticket[field] in values for field, values in when.items())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.tuples(CONDITIONS, st.booleans()), min_size=1, max_size=3), min_size=1, max_size=3))
def test_the_first_rule_that_matches_promises_what_each_list_promises_by_itself(
    lists: list[list[tuple[Conditions, bool]]],
) -> None:
    goals = [
        [Goal(when, f"m{number}", {"due": place} if promises else None) for place, (when, promises) in enumerate(each)]
        for number, each in enumerate(lists)
    ]
    rules = rules_of(goals, "goals")
    for ticket in ({"x": x, "y": y} for x in VALUES for y in VALUES):
        chosen = (next((goal for goal in each if fits(goal.when, ticket)), None) for each in goals)
        expected = {goal.metric: goal.promised for goal in chosen if goal is not None and goal.promised is not None}
        first: dict[str, Any] = next((rule for rule in rules if fits(rule["when"], ticket)), {"metrics": {}})
        assert first["metrics"] == expected


def test_goals_of_one_field_make_a_rule_for_each_of_its_values_and_not_for_each_combination() -> None:
    goals = [
        [Goal({"priority": [str(value)]}, f"m{number}", {"due": value}) for value in range(4)] for number in range(8)
    ]
    rules = rules_of(goals, "goals")
    assert [rule["name"] for rule in rules] == ["priority 0", "priority 1", "priority 2", "priority 3", "all remaining"]
    assert [len(rule["metrics"]) for rule in rules] == [8, 8, 8, 8, 0]


def test_goals_that_a_ticket_may_have_at_once_have_metrics_of_their_own() -> None:
    high, low, phone = ({"priority": ["high"]}, {"priority": ["low"]}, {"channel": ["phone"]})
    named = by_metric([
        ("High", Goal(high, "resolution", {})),
        ("Low", Goal(low, "resolution", {})),
        ("By phone", Goal(phone, "resolution", {})),
        ("by PHONE", Goal({}, "resolution", {})),
    ])  # fmt: skip
    assert {metric: [goal.when for goal in goals] for metric, goals in named.items()} == {
        "resolution": [high, low],
        "by_phone": [phone],
        "by_phone_2": [{}],
    }


def test_conditions_that_all_hold_leave_the_values_of_both() -> None:
    assert joined({"x": ["a", "b"]}, {"x": ["b", "c"], "y": ["a"]}) == {"x": ["b"], "y": ["a"]}
    assert joined({"x": ["a"]}, {"x": ["b"]}) == {"x": []}
