"""How long what is open has been open: by hand."""

from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import at

POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}],
    }
)
AS_OF: Final = at("20 16:00")  # a Friday


def row(received: str, priority: str = "low", done: str | None = None) -> dict[str, Any]:
    return {"received": at(received), "priority": priority, "resolution": None if done is None else at(done)}


ROWS: Final = [
    row("20 15:30"),
    row("20 14:00"),  # two hours old, exactly: in the older part
    row("19 16:00", "high"),  # a day: due on Friday at 12:00
    row("18 09:00", "high"),
    row("18 09:00", "high", "20 15:59"),  # not open
    row("18 09:00", "high", "20 16:01"),  # open then
    row("20 16:01"),  # not there yet
]


def aged(rows: Any = ROWS, edges: Any = ("2h", timedelta(hours=24)), **more: Any) -> Any:
    return sla.report(rows, POLICY, as_of=AS_OF, aging=edges, **more).aging


def test_what_is_open_is_counted_by_age_and_how_much_of_it_is_overdue() -> None:
    assert [(line.groups, line.counts, line.open, line.overdue) for line in aged().lines] == [
        (("high",), (0, 0, 3), 3, 3),
        (("low",), (1, 1, 0), 2, 0),
        (("all",), (1, 1, 3), 5, 3),
    ]


def test_a_row_has_the_ages_between_which_it_counts() -> None:
    low = [row for row in aged().to_rows() if row["priority"] == "low"]
    assert [(row["from"], row["to"], row["open"]) for row in low] == [
        (timedelta(0), timedelta(hours=2), 1),
        (timedelta(hours=2), timedelta(hours=24), 1),
        (timedelta(hours=24), None, 0),
    ]


def test_it_is_printed_with_a_column_for_each_age() -> None:
    assert [" ".join(line.split()) for line in aged().to_text().splitlines()] == [
        "priority metric under 2h 2h to 24h 24h and more open overdue",
        "high resolution 0 0 3 3 3",
        "low resolution 1 1 0 2 0",
        "all resolution 1 1 3 5 3",
    ]
    assert "open, by how long ago it began" in str(sla.report(ROWS, POLICY, as_of=AS_OF, aging=["2h"]))


def test_what_was_cancelled_is_not_open_and_what_waits_is() -> None:
    def life(name: str, event: Any) -> sla.Ticket:
        return sla.Ticket(name, at("20 10:00"), events=(sla.Created(at=at("20 10:00"), status="open"), event))

    gone = life("gone", sla.Deleted(at=at("20 11:00")))
    waits = life("waits", sla.Paused(at=at("20 11:00"), reason="parts"))
    assert [(line.groups, line.counts, line.overdue) for line in aged([gone, waits]).lines] == [
        (("",), (0, 1, 0), 0),
        (("all",), (0, 1, 0), 0),
    ]


@pytest.mark.parametrize("edges", [(), "24h", ["24h", "2h"], ["2h", "2h"], ["0h"], [timedelta(0)], 7, {"24h"}], ids=str)
def test_edges_are_amounts_that_grow(edges: Any) -> None:
    with pytest.raises(sla.SlaError) as refused:
        aged(edges=edges)
    assert refused.value.where == "aging"


def test_days_are_no_edge() -> None:
    with pytest.raises(sla.AmountError):
        aged(edges=["1d"])


def test_ages_are_bars_with_a_part_for_each_metric() -> None:
    """Ages: 30 min; 2 h; 24 h, two days and two days: 1, 1 and 3 open, three of them overdue."""
    pytest.importorskip("matplotlib", reason="the extra plots")
    axes: Any = aged(by="priority").plot()
    (bars,) = axes.containers
    assert [bar.get_height() for bar in bars] == [1, 1, 3]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["under 2h", "2h to 24h", "24h and more"]
    assert axes.get_legend().get_texts()[0].get_text() == "resolution: 5 open, 3 overdue"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("real time since it began", "open promises")


def test_metrics_stand_on_each_other_and_too_many_are_refused() -> None:
    pytest.importorskip("matplotlib", reason="the extra plots")
    lines = tuple(sla.AgingLine(("all",), f"m{place}", (2, place), 0) for place in range(9))
    axes: Any = sla.Aging(("priority",), (timedelta(hours=2),), lines[:3]).plot()
    assert [[bar.get_y() for bar in bars] for bars in axes.containers] == [[0, 0], [2, 0], [4, 1]]
    with pytest.raises(sla.SlaError, match="too many metrics to tell apart; given 9; accepted: at most 8 metrics"):
        sla.Aging(("priority",), (timedelta(hours=2),), lines).plot()


def test_where_nothing_is_open_words_say_so() -> None:
    pytest.importorskip("matplotlib", reason="the extra plots")
    assert [text.get_text() for text in aged([]).plot().texts] == ["nothing is open"]
