"""Milestones of entitlement processes as metrics: which a case has, and when they warn."""

from datetime import UTC, datetime
from typing import Final

from slacalc.interop import salesforce
from tests.unit.interop.salesforce.orgs import EVERY_DAY, HIGH, ORDINARY, hours, item, milestone, process, times
from tests.unit.interop.salesforce.orgs import settings as settings_of

GOLD: Final = {"entitlement_process": "gold", "priority": "High"}


def test_two_milestones_that_a_case_may_have_at_once_are_two_metrics() -> None:
    org = [
        settings_of(hours("Default", "UTC", times("00:00", "00:00", *EVERY_DAY))),
        process("all", milestone("First Response", 60, HIGH), milestone("First Response", 30, item("Case.Origin", "equals", "Phone"))),
    ]  # fmt: skip
    promises = salesforce.load(org).policy.promise(
        datetime(2026, 11, 20, tzinfo=UTC), entitlement_process="all", priority="High", origin="Phone"
    )
    assert {metric: promise.due.minute for metric, promise in promises.items()} == {
        "first_response": 0,
        "first_response_2": 30,
    }


def test_a_trigger_before_the_target_is_a_warning() -> None:
    rule = salesforce.load(ORDINARY).policy.rule_for(**GOLD)
    assert [str(each) for each in rule.metrics["first_response"].warnings] == ["15min"]
