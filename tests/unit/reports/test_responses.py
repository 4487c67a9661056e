"""How long clocks took, and the curve of it, by hand."""

from datetime import timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.plotting import SERIES
from tests.helpers import at

HOUR: Final = timedelta(hours=1)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "fields": {"priority": ["low", "high"]},
        "rules": [
            {
                "name": "high",
                "when": {"priority": "high"},
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_days": 1, "by": "close"}}},
            },
            {"name": "low", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}},
        ],
    }
)
NOW: Final = at("20 16:00")  # a Friday


def ticket(received: str, answered: str | None = None, priority: str = "low", *, cancelled: bool = False) -> sla.Clocks:
    events: list[sla.Event] = [sla.Created(at=at(received), fields={"priority": priority})]
    if answered is not None:
        events.append(sla.Message(at=at(answered), actor="agent"))
    if cancelled:
        events.append(sla.Deleted(at=at(received)))
    return POLICY.replay(events, as_of=NOW, ticket=received)


TICKETS: Final = [
    ticket("20 09:00", "20 10:00"),  # 1 h
    ticket("19 16:00", "20 10:00"),  # 2 h: one before closing, one after opening
    ticket("19 09:00", "19 15:00"),  # 6 h, late
    ticket("20 10:00"),  # still waits
    ticket("20 10:00", cancelled=True),  # is no clock to count
    ticket("19 10:00", "19 11:00", "high"),  # by Friday's close: 7 h and 8 h
    ticket("19 12:00", "19 17:00", "high"),  # by Friday's close: 5 h and 8 h
]


def test_the_clocks_of_a_target_are_counted_by_how_long_they_took() -> None:
    low, high = sla.response_times(TICKETS, "first_response").lines
    assert tuple(low) == ("4h in business hours", 4 * HOUR, 4 * HOUR, (HOUR, 2 * HOUR, 6 * HOUR), 1)
    assert tuple(high) == ("1 business day by close", 13 * HOUR, 15 * HOUR, (HOUR, 5 * HOUR), 0)
    assert (low.clocks, high.clocks) == (4, 2)


@pytest.mark.parametrize(
    ("length", "share", "why"),
    [
        ("59min", 0, "nothing is as short"),
        ("1h", 0.25, "the length itself counts"),
        ("4h", 0.5, "two of four"),
        (6 * HOUR, 0.75, "what still waits is never done"),
        ("100h", 0.75, "however long it is"),
    ],
)
def test_the_share_within_a_length(length: "timedelta | str", share: float, why: str) -> None:
    assert sla.response_times(TICKETS, "first_response").lines[0].share_within(length) == share, why


@pytest.mark.parametrize(
    ("share", "time"), [(0.25, HOUR), (0.26, 2 * HOUR), (0.5, 2 * HOUR), (0.75, 6 * HOUR), (0.76, None)]
)
def test_the_time_of_a_share(share: float, time: timedelta | None) -> None:
    assert sla.response_times(TICKETS, "first_response").lines[0].time_of(share) == time


@given(st.lists(st.integers(0, 30), min_size=1), st.integers(0, 5), st.integers(0, 40))
def test_the_share_is_that_of_a_count_one_by_one(times: list[int], waiting: int, length: int) -> None:
    line = sla.ResponseLine("t", HOUR, HOUR, tuple(sorted(each * HOUR for each in times)), waiting)
    done = 0
    for each in times:
        done += each <= length
    assert line.share_within(length * HOUR) == done / (len(times) + waiting)


def test_a_curve_rises_at_each_time_and_the_target_is_a_line() -> None:
    axes: Any = sla.response_times(TICKETS[:5], "first_response").plot()
    curve, allowed = axes.get_lines()
    assert ([*curve.get_xdata()], [*curve.get_ydata()]) == ([0, 1, 2, 6, 6], [0, 25, 50, 75, 75])
    assert curve.get_label() == "4h in business hours, 4 clocks, 1 still waiting"
    assert ([*allowed.get_xdata()], allowed.get_label()) == ([4, 4], "allowed: 4h")
    assert (axes.get_title(), axes.get_xlabel()) == ("first_response", "time that counted, hours")


def test_a_target_that_allows_more_at_one_time_than_at_another_is_a_band() -> None:
    axes: Any = sla.response_times(TICKETS[5:], "first_response").plot()
    (band,) = axes.patches
    assert (band.get_x(), band.get_width(), band.get_label()) == (13, 2, "allowed: 13h to 15h")
    assert len(axes.get_lines()) == 1


def test_without_a_clock_words_say_so() -> None:
    axes: Any = sla.response_times([], "first_response").plot()
    assert [text.get_text() for text in axes.texts] == ["no clock has begun"]


def test_too_many_targets_are_refused() -> None:
    line = sla.ResponseLine("t", HOUR, HOUR, (HOUR,), 0)
    assert sla.ResponseTimes("m", (line,) * len(SERIES)).plot().get_legend() is not None
    with pytest.raises(sla.SlaError, match=r"too many lines to tell apart; given 9; accepted: at most 8 targets"):
        sla.ResponseTimes("m", (line,) * (len(SERIES) + 1)).plot()


def test_a_metric_that_no_rule_promises_is_refused() -> None:
    with pytest.raises(sla.MetricError):
        sla.response_times(TICKETS, "answer")


def test_what_cannot_be_answered_for_is_left_out() -> None:
    never = sla.replay_tickets([("8", sla.Message(at=at("20 10:00"), actor="agent"))], POLICY, as_of=NOW)
    found = sla.response_times(never, "first_response")
    assert [each.ticket for each in found.left_out] == ["8"]
    assert str(found).splitlines()[-1] == "1 row or ticket was left out"


def test_it_reads_as_a_table() -> None:
    assert str(sla.response_times(TICKETS, "first_response")).splitlines() == [
        "first_response: how long it took",
        "target                   clocks  waiting  half within  90% within  within the target",
        "4h in business hours          4        1           2h                          50.0%",
        "1 business day by close       2        0           1h          5h",
    ]
