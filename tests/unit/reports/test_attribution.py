"""Where the time of many clocks went, by hand: the office is open Mon-Fri 09:00-17:00 in Berlin."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.testing import event_log
from tests.helpers import at

HOUR: Final = timedelta(hours=1)
POLICY: Final = sla.policy_from_data(
    {
        "name": "desk",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "fields": {"team": []},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {name: {"due": {"business_hours": "16h"}} for name in ("next_response", "resolution")},
            }
        ],
    }
)
LOGS: Final = {
    # The first team 1 h, the second 2 h, then the customer 1 h and the second 1 h.
    "1": "Mon 09:00 created team=first; 10:00 team=second; 12:00 paused customer; 13:00 resumed customer; 14:00 solved",
    # The first team Mon 16-17 and Tue 9-11, and the night of 16 h.
    "2": "Mon 16:00 created team=first; Tue 11:00 solved",
    # The second team from Tue 10:00, still open on Tue 12:00.
    "3": "Tue 10:00 created team=second",
}
NOON: Final = at("2026-11-17T12:00", "Europe/Berlin")


def clocks(logs: dict[str, str] = LOGS) -> Iterable[sla.Clocks]:
    pairs = [(ticket, event) for ticket, log in logs.items() for event in event_log(log)]
    return sla.replay_tickets(pairs, POLICY, as_of=NOON)


REPORT: Final = sla.attribution_report(clocks(), "resolution", by="team")


def test_the_time_of_all_clocks_is_summed_the_largest_part_first() -> None:
    assert str(REPORT) == (
        "resolution: 3 tickets, 3 clocks, 26h\n"
        "hours   state    reason    team    clocks  time  share\n"
        "closed  running            first        1   16h  61.5%\n"
        "open    running            second       2    5h  19.2%\n"
        "open    running            first        2    4h  15.4%\n"
        "open    paused   customer  second       1    1h   3.8%"
    )


def test_a_field_that_is_left_out_makes_no_difference() -> None:
    found = sla.attribution_report(clocks(), "resolution")
    assert [(line.hours, line.state, line.clocks, line.time) for line in found.lines] == [
        ("closed", "running", 1, 16 * HOUR),
        ("open", "running", 3, 9 * HOUR),
        ("open", "paused", 1, HOUR),
    ]
    assert found.to_text().splitlines()[1].split() == ["hours", "state", "reason", "clocks", "time", "share"]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("hours", {"closed": 16 * HOUR, "open": 10 * HOUR}),
        ("value", {"first": 20 * HOUR, "second": 6 * HOUR}),
        ("reason", {"": 25 * HOUR, "customer": HOUR}),
    ],
)
def test_its_sums_are_the_wall_time(column: Any, expected: dict[str, timedelta]) -> None:
    assert REPORT.sums(column) == expected
    assert REPORT.wall_time == 26 * HOUR


def test_each_cycle_counts_and_a_clock_that_has_not_begun_does_not() -> None:
    twice = "Mon 09:00 created message=false; 10:00 customer reply; 12:00 agent reply; 13:00 customer reply; 14:00 agent reply"
    found = sla.attribution_report(clocks({"1": twice, "2": "Mon 09:00 created message=false"}), "next_response")
    assert (found.tickets, found.clocks, found.wall_time) == (2, 2, 3 * HOUR)


def test_without_time_there_are_no_lines() -> None:
    found = sla.attribution_report((), "resolution")
    assert (found.tickets, found.lines, found.wall_time, found.to_csv()) == (0, (), timedelta(0), "")


def test_a_ticket_that_was_never_created_is_left_out_and_listed() -> None:
    found = sla.attribution_report(clocks({"9": "Mon 10:00 solved", **LOGS}), "resolution", by="team")
    assert [(each.ticket, each.code) for each in found.left_out] == [("9", "creation_missing")]
    assert found.lines == REPORT.lines
    assert found.to_text().endswith("1 row or ticket was left out")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"metric": "resolutoin"}, "metric_unpromised"),
        ({"metric": "resolution", "by": "taem"}, "field_undeclared"),
        ({"metric": "resolution", "by": None}, "field_undeclared"),
    ],
)
def test_a_wrong_name_is_refused(how: Any, code: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.attribution_report(clocks(), **how)
    assert refused.value.code == code


def test_what_is_no_clocks_is_refused() -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.attribution_report(LOGS, "resolution")  # type: ignore[arg-type]  # a mapping of texts
    assert refused.value.code == "argument_invalid"
