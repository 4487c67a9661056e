"""What a policy says of a clock: what repeats, what differs from the default, and how it is written."""

from typing import Any

import pytest

import slacalc as sla
from slacalc.policies.document.clock_rules import beside_default, over_default


def codes(**said: Any) -> list[tuple[str, str]]:
    with pytest.raises(sla.PolicyError) as refused:
        sla.ClockRule(**said)
    return [(problem.code, problem.where) for problem in refused.value.problems]


@pytest.mark.parametrize("stops", ["answer", {"status": ["open"]}, {"event": "checked"}], ids=str)
def test_what_comes_again_ends_a_clock_that_repeats(stops: Any) -> None:
    assert sla.ClockRule(stops=stops, repeats="business_day").repeats == "business_day"


@pytest.mark.parametrize("stops", ["solved", {"field": "owner"}], ids=str)
def test_what_comes_once_ends_no_clock_that_repeats(stops: Any) -> None:
    assert codes(stops=stops, repeats="business_day") == [("repeats_without_stop", "repeats")]


def test_a_clock_that_repeats_begins_with_creation_and_waits_for_nothing() -> None:
    said = {"starts": {"event": "opened"}, "after": "first_response", "stops": "solved", "repeats": "business_day"}
    assert codes(**said) == [
        ("repeats_without_stop", "repeats"),
        ("key_not_fitting", "starts"),
        ("key_not_fitting", "after"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"starts": {"status": ["escalated", "level 3"]}},
        {"stops": {"field": "owner"}, "after": ""},
        {"stops": {"event": "checked"}},
        {"starts": "first_customer_message", "answer": {"channels": ["form"]}},
    ],
    ids=str,
)
@pytest.mark.parametrize("metric", ["next_response", "resolution", "own"])
def test_what_differs_from_the_default_is_written_and_read_back(metric: str, said: dict[str, Any]) -> None:
    rule = sla.ClockRule(**over_default(metric, said))  # type: ignore[arg-type]  # a table gives a table
    written = beside_default(metric, rule)
    assert sla.ClockRule(**over_default(metric, written)) == rule  # type: ignore[arg-type]
    assert written.items() <= said.items()
