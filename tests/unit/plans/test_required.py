"""The smallest target that would have been kept often enough, worked out by hand."""

from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import wrong
from tests.refusals import Refusal, check
from tests.unit.plans.test_what_if import AS_OF, BEHIND, CLOSED, DUE, HOURS, LIFE, LOG, POLICY, SATURDAYS, TWO, moment

pytest.importorskip("numpy", reason="targets are found over columns")

METRIC: Final = "first_response"


def lines(share: float | str, target: dict[str, Any], *more: dict[str, Any]) -> tuple[sla.RequiredLine, ...]:
    return sla.required([*LOG, *more], POLICY.replace({DUE: target}), METRIC, share, as_of=AS_OF).lines


def row(ticket: str, received: str, done: str) -> dict[str, Any]:
    return {"ticket": ticket, "received": moment(received), METRIC: moment(done)}


# What is wanted, of which target: the smallest that does, and how often it is kept. A and C took 3h, B 5h; D waits 11h.
AMOUNTS: Final[list[tuple[float | str, dict[str, Any], str, float]]] = [
    ("50%", {"business_hours": "4h"}, "3h in business hours", 0.5),
    (0.51, {"business_hours": "4h"}, "5h in business hours", 0.75),
    (0.75, {"business_hours": "4h"}, "5h in business hours", 0.75),
    (1, {"business_hours": "4h"}, "11h in business hours", 1.0),  # D is not late then, and not met
    ("50%", {"next_opening": True}, "3h in business hours", 0.5),
    (0.25, {"calendar_hours": "9h"}, "3h in calendar hours", 0.25),
    ("50%", {"calendar_hours": "9h"}, "5h in calendar hours", 0.5),
    (0.75, {"calendar_hours": "9h"}, "67h in calendar hours", 0.75),  # C: Friday 16:00 to Monday 11:00
    (0.75, {"business_days": 0, "by": "close"}, "1 business day by close", 0.75),  # C on the next business day
    (1, {"business_days": 0, "by": "close"}, "2 business days by close", 1.0),  # D is due on Tuesday by close
    (0.5, {"business_days": 5, "by": "close"}, "the same business day by close", 0.5),
    (0.75, {"calendar_days": 0, "by": "24:00"}, "3 calendar days by 24:00", 0.75),
    (0.75, {"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "9h"}}, "5h in business hours", 0.75),
]


@pytest.mark.parametrize(("share", "target", "wanted", "kept"), AMOUNTS)
def test_the_smallest_target_of_each_kind(share: float | str, target: dict[str, Any], wanted: str, kept: float) -> None:
    (line,) = lines(share, target)
    assert (str(line.required), line.attained) == (wanted, kept)
    assert (line.rule, line.calendar, line.received, line.tickets) == ("all", "office", "", 4)


def test_an_answer_after_closing_needs_a_microsecond_more_than_the_day_had() -> None:
    """8 hours from 09:00 are due at 17:00, and 19:00 is late; a microsecond more is due the next morning."""
    (line,) = sla.required([row("F", "2026-11-23 09:00", "2026-11-23 19:00")], POLICY, METRIC, 1, as_of=AS_OF).lines
    assert str(line.required) == "8h 0.000001s in business hours"


def test_what_was_answered_before_opening_needs_nothing() -> None:
    (line,) = sla.required([row("F", "2026-11-22 09:00", "2026-11-22 10:00")], POLICY, METRIC, 1, as_of=AS_OF).lines
    assert str(line.required) == "0min in business hours"


def test_inside_and_outside_of_hours_have_each_their_own() -> None:
    target = {"inside": {"business_hours": "1h"}, "outside": {"business_days": 0, "by": "12:00"}}
    inside, outside = lines(1, target, row("E", "2026-11-21 10:00", "2026-11-23 13:00"))
    assert (inside.received, str(inside.required), inside.tickets) == ("inside", "11h in business hours", 4)
    assert (outside.received, str(outside.required), outside.tickets) == ("outside", "1 business day by 12:00", 1)


def test_where_nothing_came_outside_of_hours_nothing_is_found() -> None:
    inside, outside = lines("50%", {"inside": {"business_hours": "1h"}, "outside": {"business_hours": "2h"}})
    assert (str(inside.required), inside.attained, inside.tickets) == ("3h in business hours", 0.5, 4)
    assert (outside.required, outside.attainment, outside.attained, outside.tickets) == (None, None, None, 0)


def test_more_days_than_a_calendar_is_open_are_no_target() -> None:
    """Open for the last time on Monday: A and B are kept until its close; a day more would never come for them."""
    last = {"calendars.office.special_days": {"2026-11-24..2200-12-31": "closed"}}
    policy = POLICY.replace({DUE: {"business_days": 0, "by": "close"}, **last})
    (line,) = sla.required(LOG, policy, METRIC, 1, as_of=AS_OF).lines
    assert (line.required, line.attainment, line.attained) == (None, 0.5, 0.5)


def test_what_is_not_owed_or_begins_later_has_no_line() -> None:
    """Of two rules that promise it one is typical; a metric behind another begins when nobody knows."""
    typical = {"due": {"business_hours": "4h"}, "promise": "typical"}
    high = {"name": "high", "when": {"priority": "high"}, "calendar": "office", "metrics": {METRIC: typical}}
    policy = POLICY.replace({"fields.priority": ["high", "low"]})
    policy = policy.replace({"rules": [high, *policy.rules]})
    rows = [{**row, "priority": "high" if row["ticket"] == "A" else "low"} for row in LOG]
    assert [(line.rule, line.tickets) for line in sla.required(rows, policy, METRIC, 1, as_of=AS_OF).lines] == [
        ("all", 3)
    ]
    assert [len(sla.required(LOG, each, "resolution", 1, as_of=AS_OF).lines) for each in (TWO, BEHIND)] == [1, 0]


def test_what_nobody_answered_is_never_reached() -> None:
    found = sla.required(LOG[3:], POLICY, METRIC, "95%", as_of=AS_OF)
    (line,) = found.lines
    assert (line.required, line.attainment, line.attained) == (None, 0.0, 0.0)
    assert str(found).splitlines()[-1].split() == [
        "all",
        "office",
        "4h",
        "in",
        "business",
        "hours",
        "1",
        "0.0%",
        "none",
        "0.0%",
    ]
    assert found.to_rows()[0]["required"] is None


def test_which_hours_do_and_what_they_cost() -> None:
    promised = POLICY.replace({DUE: {"calendar_hours": "24h"}})
    choices = {
        "all night": {HOURS: "24/7"},
        "Saturdays": {HOURS: SATURDAYS},
        "Fridays until six": {HOURS: "Mon-Thu 09:00-17:00; Fri 09:00-18:00"},
    }
    found = sla.required_hours(LOG, promised, choices, METRIC, "75%", as_of=AS_OF, answers="as_worked")
    # C has 3 open hours to go on Friday at 16:00: until Monday 10:00, Saturday 11:00, Friday 19:00
    assert [(line.change, line.attained, line.enough) for line in found.lines] == [
        ("Fridays until six", 0.5, False), ("Saturdays", 0.75, True), ("all night", 0.75, True),
    ]  # fmt: skip
    assert [line.open_more and line.open_more.total_seconds() / 3600 for line in found.lines] == [1, 3, 128]
    assert found.least == found.lines[1]
    assert [line.split() for line in str(found).splitlines()[1:]] == [
        ["change", "attained", "open", "more", "a", "week"],
        ["Fridays", "until", "six", "50.0%", "1h"],
        ["Saturdays", "75.0%", "enough", "3h"],
        ["all", "night", "75.0%", "enough", "128h"],
    ]


def test_hours_that_are_never_enough_say_what_is_best() -> None:
    found = sla.required_hours(LOG, POLICY, {"Saturdays": {HOURS: SATURDAYS}}, METRIC, 1, as_of=AS_OF)
    assert found.least is None
    assert str(found).splitlines()[-1] == "none is enough; the best is Saturdays, with 25.0%"
    assert found.to_data()["lines"] == [{"change": "Saturdays", "attained": 0.25, "enough": False, "open_more": "3h"}]


def asked(share: Any = 1, metric: Any = METRIC, rows: Any = LOG) -> sla.Required:
    return sla.required(rows, POLICY, metric, share, as_of=AS_OF)


REFUSALS: Final = [
    Refusal(lambda: asked(1.5), sla.PolicyError, "share_invalid", "share", "1.5", "more than 0, up to 1"),
    Refusal(lambda: asked("95"), sla.PolicyError, "share_invalid", "share", "'95'", "more than 0, up to 1"),
    Refusal(
        lambda: asked(metric="first_respons"), sla.MetricError, "metric_unpromised", "metric", "'first_respons'",
        "first_response",
    ),
    Refusal(lambda: asked(rows=[LIFE]), sla.LogError, "log_has_events", "rows", "", "when each metric was done"),
    Refusal(
        lambda: sla.required(LOG, POLICY.replace(CLOSED), METRIC, 1, as_of=AS_OF), sla.LogError, "log_not_by_columns",
        "rows", "", "rows that a report takes without a problem",
    ),
    Refusal(lambda: asked(rows=[]), sla.LogError, "log_empty", "rows", "0", "one ticket or more"),
    Refusal(
        lambda: sla.required_hours(LOG, POLICY, {}, METRIC, wrong(0), as_of=AS_OF), sla.PolicyError, "share_invalid",
        "share", "0", "more than 0, up to 1",
    ),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_no_question(refusal: Refusal) -> None:
    check(refusal)
