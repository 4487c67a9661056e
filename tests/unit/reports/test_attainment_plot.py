"""Attainment over time: the points of its lines, by hand."""

from math import nan
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.plotting import SERIES
from tests.helpers import at

pytest.importorskip("matplotlib", reason="the extra plots")
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "fields": {"priority": []},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": {"business_hours": "4h"}, "objective": 0.9},
                    "resolution": {"due": {"business_hours": "8h"}},
                },
            }
        ],
    }
)


def row(received: str, done: str | None = None, priority: str = "low") -> dict[str, object]:
    return {"received": at(received), "first_response": None if done is None else at(done), "priority": priority}


# In August one of two in time, in September nothing at all, in October one of one.
ROWS: Final = [
    row("2026-08-03 09:00", "2026-08-03 10:00"),
    row("2026-08-04 09:00", "2026-08-04 16:00"),
    row("2026-10-05 09:00", "2026-10-05 12:00"),
]


def drawn(by: Any, rows: Any = ROWS, policy: sla.Policy = POLICY) -> dict[str, list[float]]:
    axes: Any = sla.report(rows, policy, as_of=at("2026-11-20 16:00"), by=by).plot()
    return {line.get_label(): [*line.get_ydata()] for line in axes.get_lines()}


def test_a_line_has_a_point_for_each_month_and_a_gap_where_nothing_fell_due() -> None:
    """No row was solved, so that every resolution is breached."""
    axes: Any = sla.report(ROWS, POLICY, as_of=at("2026-11-20 16:00"), by="month").plot()
    lines: dict[str, Any] = {line.get_label(): ([*line.get_xdata()], [*line.get_ydata()]) for line in axes.get_lines()}
    assert lines == {
        "first_response": ([0, 1, 2], pytest.approx([50, nan, 100], nan_ok=True)),
        "objective of first_response": ([0, 1, 2], pytest.approx([90, nan, 90], nan_ok=True)),
        "resolution": ([0, 1, 2], pytest.approx([0, nan, 0], nan_ok=True)),
    }
    assert [each.get_text() for each in axes.get_xticklabels()] == ["2026-08", "2026-09", "2026-10"]
    assert axes.get_title() == "support as of Fri 2026-11-20 16:00 (CET)"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("month of receipt", "attainment, % of what fell due")
    assert len(axes.get_legend().get_texts()) == 3


def test_a_group_beside_the_period_has_a_line_of_its_own() -> None:
    rows = [*ROWS, row("2026-10-06 09:00", "2026-10-06 16:00", "high")]
    lines = drawn(["priority", "due_month"], rows)
    assert lines["low, first_response"] == pytest.approx([50, nan, 100], nan_ok=True)
    assert lines["high, first_response"] == pytest.approx([nan, nan, 0], nan_ok=True)


def test_months_go_on_over_the_new_year() -> None:
    """December, January and February."""
    rows = [row("2025-12-01 09:00", "2025-12-01 10:00"), row("2026-02-02 09:00", "2026-02-02 10:00")]
    assert drawn("month", rows)["first_response"] == pytest.approx([100, nan, 100], nan_ok=True)


@pytest.mark.parametrize(("by", "places", "place"), [("weekday", 7, 1), ("hour", 24, 9), ("due_hour", 24, 13)])
def test_weekdays_and_hours_are_all_there(by: str, places: int, place: int) -> None:
    """Of Tuesday 4 August, received at 09:00, due at 13:00 and late."""
    points = drawn(by, ROWS[1:2])["first_response"]
    assert (len(points), points[place]) == (places, 0)


def test_where_nothing_fell_due_words_say_so() -> None:
    axes: Any = sla.report([row("2026-11-20 15:00")], POLICY, as_of=at("2026-11-20 16:00"), by="month").plot()
    assert ([text.get_text() for text in axes.texts], len(axes.get_lines())) == (["nothing fell due"], 0)


@pytest.mark.parametrize("by", ["priority", ["priority"]])
def test_a_report_without_periods_is_refused(by: Any) -> None:
    with pytest.raises(sla.SlaError) as refused:
        drawn(by)
    assert (refused.value.code, refused.value.where, refused.value.given) == (
        "plot_periods_missing",
        "by",
        "'priority'",
    )


def test_as_many_lines_as_can_be_told_apart_are_drawn_and_no_more() -> None:
    """Two metrics for each priority."""
    rows = [row("2026-08-03 09:00", priority=f"p{place}") for place in range(len(SERIES) // 2)]
    assert len([name for name in drawn(["month", "priority"], rows) if "objective" not in name]) == len(SERIES)
    with pytest.raises(sla.SlaError) as refused:
        drawn(["month", "priority"], [*rows, row("2026-08-03 09:00", priority="one more")])
    assert (refused.value.code, refused.value.given) == ("plot_too_large", str(len(SERIES) + 2))
