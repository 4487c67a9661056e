"""What if, as bars: where attainment was, and where it would be."""

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
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "2h"}}}}
        ],
    }
)
DUE: Final = "rules.all.metrics.first_response.due"
ROWS: Final[list[dict[str, Any]]] = [
    {"ticket": str(n), "received": MONDAY, "first_response": MONDAY + timedelta(hours=n)} for n in (1, 2, 3, 4)
]  # after 1, 2, 3 and 4 open hours: two in time
FOUND: Final = sla.what_if(
    ROWS,
    POLICY,
    {"3h": {DUE: {"business_hours": "3h"}}, "1h": {DUE: {"business_hours": "1h"}}},
    as_of=MONDAY + timedelta(hours=8),
)


def test_a_bar_for_each_change_with_a_line_where_it_was() -> None:
    assert str(sla.picture_what_if(FOUND)).splitlines()[2:] == [
        "3h, first_response  ####################|#########..........  50.0% -> 75.0%",
        "1h, first_response  ##########..........|...................  50.0% -> 25.0%",
    ]


def test_its_lines_are_read_as_of_a_list() -> None:
    picture = sla.picture_what_if(FOUND)
    assert [line.change for line in picture] == ["3h", "1h"]
    assert (len(picture), picture[1].change) == (2, "1h")


def test_fewer_kept_is_another_colour() -> None:
    marks = sla.picture_what_if(FOUND).drawing().marks
    bars = [(mark.look, mark.width) for mark in marks if isinstance(mark, Box) and mark.tells]
    assert bars == [("kept", 300), ("late", 100)]
    assert [mark.tells for mark in marks if isinstance(mark, Line)] == ["before 50.0%", "before 50.0%"]


def test_a_notebook_shows_bars_and_the_tables() -> None:
    picture = sla.picture_what_if(FOUND)
    assert FOUND._repr_html_() == f"{picture.drawing().to_html()}\n{FOUND.to_html()}"


def test_only_a_comparison_is_drawn() -> None:
    with pytest.raises(sla.SlaError, match=r"what slacalc\.what_if"):
        sla.picture_what_if("3h")  # type: ignore[arg-type]  # what is refused
