"""What a report counts as breached: whatever ended the clock, at the ticket that lives on, and of which target."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

import slacalc as sla
from tests.test_clock_cases import at, log

DESK: Final = sla.policy_from_data(
    {
        "name": "desk",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "slow",
                "when": {"priority": "slow"},
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "16h"}}},
            },
            {"name": "rest", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}},
        ],
    }
)
FRIDAY: Final = at("Fri 6 12:00")

KEPT: Final = ["Mon 2 09:00 created", "Mon 2 10:00 agent reply"]
LATE: Final = ["Mon 2 09:00 created", "Tue 3 10:00 agent reply"]
DELETED_LATE: Final = ["Mon 2 09:00 created", "Tue 3 10:00 deleted"]
DELETED: Final = ["Mon 2 09:00 created", "Mon 2 10:00 deleted"]
MERGED_LATE: Final = ["Mon 2 09:00 created", "Tue 3 10:00 merged into lives"]
NO_REPLY: Final = ["Mon 2 09:00 created", "Tue 3 10:00 no reply needed"]
MISTYPED: Final = ["Mon 2 09:00 created", "Tue 3 10:00 priority=slow", "Tue 3 11:00 agent reply"]
LIVES_ON: Final = ["Tue 3 09:00 created", "Tue 3 10:00 merged from one of Mon 2 09:00", "Tue 3 11:00 agent reply"]
LIVES_WITHOUT: Final = ["Tue 3 09:00 created", "Tue 3 11:00 agent reply"]


def line(tickets: Mapping[str, list[str]], *leave_out: str) -> sla.ReportLine:
    """The line of all tickets."""
    said: dict[str, Any] = {"leave_out": list(leave_out)} if leave_out else {}
    events = [(name, event) for name, story in tickets.items() for event in log(story)]
    found = sla.report(sla.group_tickets(events), DESK, as_of=FRIDAY, **said)
    assert found.problems == ()
    return next(each for each in found.lines if each.group == "all")


def counted(each: sla.ReportLine) -> tuple[int, int, int, int]:
    return each.met, each.breached, each.pending, each.cancelled


@pytest.mark.parametrize(
    ("tickets", "expected", "why"),
    [
        ({"a": KEPT, "b": LATE}, (1, 1, 0, 0), "one of each"),
        ({"a": KEPT, "b": DELETED_LATE}, (1, 1, 0, 0), "deleted when it was late: breached"),
        ({"a": KEPT, "b": DELETED}, (1, 0, 0, 1), "deleted in time: cancelled"),
        ({"a": KEPT, "b": NO_REPLY}, (1, 1, 0, 0), "marked when it was late"),
        ({"a": KEPT, "b": MISTYPED}, (1, 1, 0, 0), "changed when it was late"),
        ({"merged": MERGED_LATE, "lives": LIVES_WITHOUT}, (1, 1, 0, 0), "no MergedFrom: it counts at its own"),
        ({"merged": MERGED_LATE, "lives": LIVES_ON}, (0, 1, 0, 0), "at the ticket that lives on, once"),
        ({"merged": MERGED_LATE}, (0, 1, 0, 0), "the ticket that lives on is not in the log"),
    ],
)
def test_what_is_breached(tickets: dict[str, list[str]], expected: tuple[int, int, int, int], why: str) -> None:
    assert counted(line(tickets)) == expected, why


def test_attainment_includes_what_was_cancelled_late() -> None:
    assert line({"a": KEPT, "b": DELETED_LATE, "c": DELETED}).attainment == 0.5


def test_reasons_may_be_left_out() -> None:
    tickets = {"a": KEPT, "b": DELETED_LATE, "c": NO_REPLY, "d": DELETED}
    assert counted(line(tickets)) == (1, 2, 0, 1)
    assert counted(line(tickets, "deleted"))[:2] == (1, 1)
    assert line(tickets, "deleted", "no_reply_needed").attainment == 1.0


def test_a_reason_that_nothing_has_is_refused() -> None:
    with pytest.raises(sla.SlaError, match="deleted"):
        line({"a": KEPT}, "delted")
