"""A report as bars of attainment beside objectives."""

from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.pictures.drawing import Box, Line
from tests.helpers import at

MONDAY: Final = at("2026-11-23T09:00", "Europe/Berlin")
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "fields": {"priority": []},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "2h"}, "objective": "60%"}},
            }
        ],
    }
)


def row(ticket: str, priority: str, hours: float) -> dict[str, Any]:
    done = MONDAY + timedelta(hours=hours)
    return {"ticket": ticket, "priority": priority, "received": MONDAY, "first_response": done}


ROWS: Final = [row("1", "high", 1), row("2", "high", 1), row("3", "high", 3), row("4", "low", 3)]
PICTURE: Final = sla.picture_report(sla.report(ROWS, POLICY, as_of=MONDAY + timedelta(hours=8)))


def test_a_bar_for_each_line_with_its_objective() -> None:
    assert [(line.group, line.attainment, line.objective_met) for line in PICTURE] == [
        ("high", 2 / 3, True), ("low", 0.0, False), ("all", 0.5, False),
    ]  # fmt: skip
    assert str(PICTURE).splitlines()[2:] == [
        "high   first_response  ########################|##.............  66.7% of 3, objective 60.0%",
        "low    first_response  ........................|...............  0.0% of 1, objective 60.0%",
        "all    first_response  ####################....|...............  50.0% of 4, objective 60.0%",
    ]


def test_its_lines_are_those_of_a_sequence_and_of_its_data() -> None:
    """Of low nothing was kept, and of the four in all two: an objective of 60 % is stated in each line."""
    assert (len(PICTURE), PICTURE[1].group, PICTURE[-1].group) == (3, "low", "all")
    data = PICTURE.to_data()
    assert (data["title"], data["lines"]) == (str(PICTURE).splitlines()[0], PICTURE.to_rows())
    assert PICTURE.to_rows()[1:] == [
        {"group": "low", "metric": "first_response", "attainment": 0.0, "objective": 0.6},
        {"group": "all", "metric": "first_response", "attainment": 0.5, "objective": 0.6},
    ]


def test_a_bar_is_as_long_as_its_share_and_another_colour_where_the_objective_was_missed() -> None:
    marks = PICTURE.drawing().marks
    bars = [mark for mark in marks if isinstance(mark, Box) and mark.look in {"kept", "late"}]
    assert [(bar.look, bar.width) for bar in bars] == [("kept", pytest.approx(800 / 3)), ("late", 0), ("late", 200)]
    lines = [mark.x - bars[0].x for mark in marks if isinstance(mark, Line)]
    assert lines == [240, 240, 240]  # 60 % of 400


def test_lines_of_which_nothing_fell_due_are_left_out() -> None:
    early = sla.report([row("1", "high", 9)], POLICY, as_of=MONDAY + timedelta(minutes=1))
    assert len(sla.picture_report(early)) == 0
    assert sla.picture_report(early).drawing().marks


def test_only_a_report_is_drawn() -> None:
    with pytest.raises(sla.SlaError, match=r"a report of slacalc\.report"):
        sla.picture_report("report")  # type: ignore[arg-type]  # what is refused
