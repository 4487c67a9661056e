"""A status, a field or an event that begins or ends a clock."""

from typing import Any

import pytest

import slacalc as sla


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("open", "escalated", True),
        ("open", "level 3", True),
        ("", "escalated", True),
        ("escalated", "level 3", False),
        ("escalated", "escalated", False),
        ("escalated", "open", False),
        ("open", "pending", False),
    ],
    ids=["in", "in the other", "created so", "from one to the other", "the same again", "out", "elsewhere"],
)
def test_a_status_is_entered_from_any_other(old: str, new: str, expected: bool) -> None:
    assert sla.OnStatus(status=("escalated", "level 3")).is_entered(old, new) is expected


def test_one_status_needs_no_list() -> None:
    said: Any = {"status": "escalated"}
    assert sla.ClockRule(starts=said).starts == sla.OnStatus(status=("escalated",))


@pytest.mark.parametrize(
    ("said", "where", "accepts"),
    [
        ("creatd", "starts", "created, customer_message, first_customer_message, answer, taken_over; or a table"),
        (None, "starts", "created, "),
        (True, "starts", "created, "),
        ([], "starts", "created, "),
        ({}, "starts", 'one of { status = ["..."] }'),
        ({"status": "a", "field": "b"}, "starts", "one of { status"),
        ({"evnt": "checked"}, "starts.evnt", "event, "),
        ({3: "checked"}, "starts.3", "status, field, event"),
        ({"event": None}, "starts.event", "text"),
        ({"event": ""}, "starts.event", "text that is not empty"),
        ({"field": ["owner"]}, "starts.field", "text"),
        ({"status": []}, "starts.status", "a list that is not empty"),
        ({"status": ["open", ""]}, "starts.status[1]", "text that is not empty"),
        ({"status": 3}, "starts.status", "a list"),
    ],
)
def test_what_begins_no_clock_is_refused_with_what_does(said: Any, where: str, accepts: str) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.ClockRule(starts=said)
    assert refused.value.where == where
    assert refused.value.accepts.startswith(accepts)
