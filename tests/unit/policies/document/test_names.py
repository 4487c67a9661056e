"""The names in a policy that stand for nothing: fields and statuses that begin or end a clock, clocks in a circle."""

from typing import Any

import pytest

import slacalc as sla
from slacalc.errors import SlaError


def policy(clocks: dict[str, Any], **more: Any) -> sla.Policy:
    data: dict[str, Any] = {
        "name": "desk",
        "fields": {"owner": []},
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"own": {"due": {"business_hours": "4h"}}}}],
        "clocks": clocks,
    }
    return sla.policy_from_data({**data, **more})


def problems(clocks: dict[str, Any], **more: Any) -> list[SlaError]:
    with pytest.raises(sla.PolicyError) as refused:
        policy(clocks, **more)
    return list(refused.value.problems)


def test_a_field_that_begins_or_ends_a_clock_is_declared_or_a_standard_one() -> None:
    assert policy({"own": {"stops": {"field": "owner"}}}).clock("own").stops == sla.OnField(field="owner")
    assert policy({"own": {"starts": {"field": "topic"}}}).clock("own").starts == sla.OnField(field="topic")
    starts, stops = problems({"own": {"starts": {"field": "team"}, "stops": {"field": "ownr"}}})
    assert (starts.code, starts.where, starts.given) == ("field_undeclared", "policy.clocks.own.starts.field", "'team'")
    assert (stops.code, stops.where) == ("field_undeclared", "policy.clocks.own.stops.field")
    assert stops.accepts.startswith("owner")


def test_a_status_that_begins_or_ends_a_clock_is_declared_where_statuses_are() -> None:
    assert policy({"own": {"stops": {"status": "anything"}}}).clock("own").stops == sla.OnStatus(status=("anything",))
    (wrong,) = problems(
        {"own": {"stops": {"status": ["open", "escaleted"]}}},
        statuses=["open", "escalated", "solved"],
        solved_in=["solved"],
    )
    assert (wrong.code, wrong.where) == ("status_undeclared", "policy.clocks.own.stops.status[1]")
    assert wrong.accepts.startswith("escalated")


def test_a_status_may_begin_one_clock_and_pause_another() -> None:
    said = policy({"own": {"starts": {"status": ["pending"]}}, "resolution": {"paused_in": ["pending"]}})
    assert said.clock("own").starts == sla.OnStatus(status=("pending",))


@pytest.mark.parametrize(
    ("clocks", "where", "given"),
    [
        ({"a": {"after": "a"}}, "a", "'a after a'"),
        ({"a": {"after": "b"}, "b": {"after": "a"}}, "a", "'a after b after a'"),
        (
            {"first_response": {"after": "next_response"}},
            "first_response",
            "'first_response after next_response after ",
        ),
        ({"x": {"after": "a"}, "a": {"after": "b"}, "b": {"after": "a"}}, "a", "'a after b after a'"),
    ],
    ids=["itself", "each other", "by a default", "one that waits for a circle"],
)
def test_clocks_that_wait_in_a_circle_are_refused(clocks: dict[str, Any], where: str, given: str) -> None:
    (circle,) = (each for each in problems(clocks) if each.code != "after_unpromised")
    assert (circle.code, circle.where) == ("after_in_a_circle", f"policy.clocks.{where}.after")
    assert circle.given.startswith(given)
    assert 'after = ""' in circle.accepts


def test_a_clock_waits_for_what_some_rule_promises() -> None:
    assert policy({"level": {"after": "own"}}).clock("level").after == "own"
    assert policy({"next_response": {"reopen": "new_cycle"}}).clock("next_response").after == "first_response"
    (wrong,) = problems({"level": {"after": "onw"}})
    assert (wrong.code, wrong.where, wrong.given) == ("after_unpromised", "policy.clocks.level.after", "'onw'")
    assert wrong.accepts == "own"


def test_a_wait_for_nothing_is_told_with_everything_else() -> None:
    found = problems({"level": {"after": "onw"}, "own": {"reopen": "never"}})
    assert [(each.code, each.where) for each in found] == [
        ("value_invalid", "policy.clocks.own.reopen"),
        ("after_unpromised", "policy.clocks.level.after"),
    ]


def test_a_default_is_switched_off() -> None:
    switched_off = policy({"next_response": {"after": ""}, "first_response": {"after": "own"}})
    assert switched_off.clock("next_response").after == ""
