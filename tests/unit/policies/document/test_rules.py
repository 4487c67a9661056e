"""What a rule says of a metric: which kind of promise it is, whose, and what does not go with that."""

from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.policies.document.calendar_choice import CalendarChoice
from slacalc.policies.document.rules import Rule
from tests.helpers import at

FRIDAY: Final = at("20 15:00")
HOURS: Final[dict[str, Any]] = {"business_hours": "4h"}


def policy(**metric: Any) -> sla.Policy:
    """A policy that promises a first response within four business hours, as `metric` says."""
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": HOURS, **metric}}}
    return sla.policy_from_data({"name": "shop", "calendars": {"office": office}, "rules": [rule]}, where="shop.toml")


@pytest.mark.parametrize(
    ("said", "kind", "owed_by"),
    [
        ({}, "owed", "us"),
        ({"promise": "owed", "owed_by": "us"}, "owed", "us"),
        ({"promise": "typical"}, "typical", "us"),
        ({"promise": "best_effort"}, "best_effort", "us"),
        ({"owed_by": "customer"}, "owed", "customer"),
    ],
)
def test_a_promise_says_what_it_is_worth_and_whose_it_is(said: dict[str, Any], kind: str, owed_by: str) -> None:
    promise = policy(**said).promise(FRIDAY)["first_response"]
    assert (promise.kind, promise.owed_by) == (kind, owed_by)
    assert (promise.to_data()["kind"], promise.to_data()["owed_by"]) == (kind, owed_by)
    assert promise.due == policy().promise(FRIDAY)["first_response"].due, "what it is worth moves no due time"


@pytest.mark.parametrize("said", [{"promise": "typical"}, {"promise": "best_effort"}, {"owed_by": "customer"}])
def test_a_kind_of_promise_is_kept_in_a_policys_data(said: dict[str, Any]) -> None:
    written = policy(**said).to_data()
    assert written["rules"][0]["metrics"]["first_response"] == {"due": HOURS, **said}
    assert sla.policy_from_data(written) == policy(**said)
    assert policy(**said).digest != policy().digest


def test_what_is_owed_by_us_is_not_written_for_it_is_the_default() -> None:
    assert policy(promise="owed", owed_by="us").digest == policy().digest


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ({"promise": "typical", "objective": "95%"}, ["objective"]),
        ({"promise": "best_effort", "warnings": ["75%"]}, ["warnings"]),
        ({"promise": "typical", "expected": HOURS}, ["expected"]),
        ({"promise": "typical", "objective": "95%", "warnings": ["75%"], "expected": HOURS}, ["objective", "warnings", "expected"]),
        ({"promise": "best_effort", "owed_by": "customer"}, ["owed_by"]),
        ({"owed_by": "customer", "expected": HOURS}, ["expected"]),
        ({"owed_by": "customer", "follow_up": HOURS}, ["follow_up"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_kind_of_promise_is_refused_all_of_it(said: dict[str, Any], keys: list[str]) -> None:
    with pytest.raises(sla.PolicyError) as raised:
        policy(**said)
    assert {problem.code for problem in raised.value.problems} == {"key_not_fitting"}
    where = "shop.toml: rules[0].metrics.first_response"
    assert [problem.where for problem in raised.value.problems] == [f"{where}.{key}" for key in keys]


@pytest.mark.parametrize(
    "said",
    [
        {"promise": "typical", "follow_up": HOURS},
        {"promise": "best_effort", "pauses_move": True},
        {"promise": "typical", "warnings": []},
        {"owed_by": "customer", "warnings": ["75%"], "objective": "95%"},
    ],
)
def test_what_fits_is_taken(said: dict[str, Any]) -> None:
    assert policy(**said).metrics == ("first_response",)


def test_the_schema_names_the_kinds_of_promise() -> None:
    metric = sla.policy_schema()["$defs"]["MetricRule"]["properties"]
    assert metric["promise"]["enum"] == ["owed", "typical", "best_effort"]
    assert metric["owed_by"]["enum"] == ["us", "customer"]


def test_a_rule_by_itself_may_be_without_a_calendar_until_a_policy_has_it() -> None:
    metrics = {
        "answer": {"due": {"business_hours": "1h"}},
        "end": {"due": {"business_hours": "2h"}, "calendar": "night"},
    }
    rule = Rule.model_validate({"name": "all", "metrics": metrics})
    assert (rule.calendars_of("answer"), rule.calendars_of("end")) == ((), ("night",))


def test_a_choice_of_calendars_that_was_read_is_taken_as_it_is() -> None:
    choice = CalendarChoice.read({"field": "office", "brussels": "be", "default": "nl"})
    rule = Rule(name="all", calendar=choice, metrics={"answer": {"due": {"business_hours": "1h"}}})
    assert rule.calendar is choice
    assert rule.calendars_of("answer") == ("be", "nl")
