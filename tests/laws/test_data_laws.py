"""What is written as data is read back equal, as it is and through JSON."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import assume, given

import slacalc as sla
from slacalc.testing import strategies as some
from tests.laws.strategies import law


def assert_read_back(value: Any, read: Callable[[Any], Any]) -> None:
    """The data is what JSON has, and gives an equal value both ways."""
    data = value.to_data()
    assert json.loads(value.to_json()) == data
    assert read(data) == value == read(json.loads(value.to_json()))


@law(100)
@given(some.calendars())
def test_calendars(calendar: sla.Calendar) -> None:
    assert_read_back(calendar, sla.Calendar.from_data)
    assert sla.Calendar.from_data(calendar.to_data()).digest == calendar.digest


@law(100)
@given(some.holidays())
def test_frozen_holidays(holidays: sla.FrozenHolidays) -> None:
    assert_read_back(holidays, sla.FrozenHolidays.from_data)


@law(50)
@given(some.policies(), some.holidays())
def test_policies_with_pins_by_name_and_in_them(policy: sla.Policy, pin: sla.FrozenHolidays) -> None:
    data = policy.to_data()
    calendars = {name: {**table, "holidays": {"pinned": "ours"}} for name, table in data["calendars"].items()}
    try:
        named = sla.policy_from_data({**data, "calendars": calendars}, pins={"ours": pin})
    except sla.PolicyError as error:  # hours that begin when a half day is over
        assume({problem.code for problem in error.problems} != {"half_day_leaves_no_hours"})
        raise
    assert_read_back(named.with_pins(), sla.policy_from_data)
    assert named.with_pins().digest == named.digest
    assert_read_back(policy, sla.policy_from_data)
