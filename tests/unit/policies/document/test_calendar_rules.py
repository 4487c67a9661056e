"""Tables of calendars: how many may be wrong, how much they may hold together, and the dates in them."""

from typing import Any, Final

import pytest

import slacalc as sla

OFFICE: Final = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}
RULE: Final = {"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}


def refused(calendars: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    """The code, the place and what was given of each problem of a policy with calendars beside its office."""
    data = {"name": "desk", "calendars": {"office": OFFICE, **calendars}, "rules": [RULE], **more}
    with pytest.raises(sla.PolicyError) as caught:
        sla.policy_from_data(data)
    return [(each.code, each.where.removeprefix("policy."), each.given) for each in caught.value.problems]


@pytest.mark.parametrize(("wrong", "told"), [(1, 1), (101, 101), (102, 101), (500, 101)])
def test_a_hundred_wrong_calendars_and_one_are_told_and_no_more(wrong: int, told: int) -> None:
    found = refused({f"c{number}": {"extends": "nobody"} for number in range(wrong)})
    assert found == [("calendar_missing", f"calendars.c{number}.extends", "'nobody'") for number in range(told)]


def test_exceptions_are_counted_again_in_each_calendar_that_extends_another() -> None:
    """A recurrence counts as 1000: 110 are 111,000 with themselves; twice that is within 300,000, three times is not."""
    days = {f"FREQ=YEARLY;BYMONTH={1 + number % 12};BYMONTHDAY={1 + number // 12}": "closed" for number in range(110)}
    chain = {
        "first": {**OFFICE, "special_days": days},
        "second": {"extends": "first"},
        "third": {"extends": "second"},
        "fourth": {"extends": "third"},
    }
    assert refused(chain) == [("calendars_too_many_exceptions", "calendars.third", "330330")]


def test_what_is_neither_a_date_nor_its_text_is_named() -> None:
    holidays = {"country": "BE", "remove": [20261225]}
    assert refused({"other": {**OFFICE, "holidays": holidays}}) == [
        ("date_invalid", "calendars.other.holidays.remove[0]", "20261225")
    ]


def test_clocks_are_a_table() -> None:
    assert refused({}, clocks=["resolution"]) == [("value_invalid", "clocks", "['resolution']")]
