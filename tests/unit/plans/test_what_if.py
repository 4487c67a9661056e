"""What if: the figures of a small log before and after some changes, worked out by hand."""

from datetime import datetime, timedelta
from typing import Any, Final
from unittest import mock

import pytest

import slacalc as sla
from slacalc.reports import attainment
from tests.helpers import BRUSSELS, at, wrong
from tests.refusals import Refusal, check

POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
        ],
    }
)
DUE: Final = "rules.all.metrics.first_response.due"
HOURS: Final = "calendars.office.hours"
SATURDAYS: Final = "Mon-Fri 09:00-17:00; Sat 09:00-12:00"


def moment(text: str) -> datetime:
    return at(text, BRUSSELS)


AS_OF: Final = moment("2026-11-24 10:00")  # a Tuesday
LOG: Final[list[dict[str, Any]]] = [
    # ticket, received, answered: open time without and with Saturday mornings
    {"ticket": "A", "received": moment("2026-11-23 09:00"), "first_response": moment("2026-11-23 12:00")},  # 3h
    {"ticket": "B", "received": moment("2026-11-23 10:00"), "first_response": moment("2026-11-23 15:00")},  # 5h
    {"ticket": "C", "received": moment("2026-11-20 16:00"), "first_response": moment("2026-11-23 11:00")},  # 3h, 6h
    {"ticket": "D", "received": moment("2026-11-20 15:00"), "first_response": None},  # 11h, 14h and not yet
]
CHANGES: Final[dict[str, dict[str, Any]]] = {
    "6h": {DUE: {"business_hours": "6h"}},
    "Saturdays": {HOURS: SATURDAYS},
    "both": {DUE: {"business_hours": "6h"}, HOURS: SATURDAYS},
    "next day": {DUE: {"business_days": 1, "by": "12:00"}},
    "nothing": {},
}
HOUR: Final = timedelta(hours=1)
# change: attainment, breached, median and 90th percentile of open time
FIGURES: Final[dict[str, tuple[float, int, timedelta, timedelta]]] = {
    "6h": (0.75, 1, 3 * HOUR, 5 * HOUR),  # B is in time
    "Saturdays": (0.25, 3, 5 * HOUR, 6 * HOUR),  # C took longer than 4 open hours
    "both": (0.75, 1, 5 * HOUR, 6 * HOUR),  # C is in time to the microsecond: 1h + 3h + 2h
    "next day": (0.75, 1, 3 * HOUR, 5 * HOUR),  # by noon; D was due on Monday
    "nothing": (0.5, 2, 3 * HOUR, 5 * HOUR),  # A and C
}


def figures(line: sla.ReportLine | None) -> tuple[object, ...]:
    assert line is not None
    return line.attainment, line.breached, line.median_open, line.p90_open


@pytest.mark.parametrize("few", [0, 500], ids=["columns", "ticket by ticket"])
@pytest.mark.parametrize("change", CHANGES)
def test_figures_before_and_after_each_change(change: str, few: int) -> None:
    with mock.patch.object(attainment, "_WORTH_COLUMNS", few):
        found = sla.what_if(LOG, POLICY, CHANGES, as_of=AS_OF)
    group, total = found.of(change)
    assert (group.line.groups, total.line.groups) == (("",), ("all",))
    assert figures(total.before) == (0.5, 2, 3 * HOUR, 5 * HOUR)
    assert figures(total.after) == FIGURES[change]
    assert total.gained == FIGURES[change][0] - 0.5


def test_what_a_change_costs_a_week() -> None:
    found = sla.what_if(LOG, POLICY, CHANGES, as_of=AS_OF)
    assert found.hours == (
        sla.OpenHours("Saturdays", "office", 40 * HOUR, 43 * HOUR),
        sla.OpenHours("both", "office", 40 * HOUR, 43 * HOUR),
    )


def test_answers_as_worked_come_sooner_when_somebody_is_there() -> None:
    """C took 3 open hours: until Saturday 11:00, 19 hours after it came, where it had been 67."""
    promised = POLICY.replace({DUE: {"calendar_hours": "24h"}})
    asked: dict[str, Any] = {"as_of": AS_OF, "answers": "as_worked"}
    (*_, total) = sla.what_if(LOG, promised, {"Saturdays": {HOURS: SATURDAYS}}, **asked).lines
    assert total.before is not None and total.after is not None
    assert (total.before.attainment, total.after.attainment) == (0.5, 0.75)  # A and B; and C
    assert (total.before.median_wall, total.before.p90_wall) == (5 * HOUR, 67 * HOUR)
    assert (total.after.median_wall, total.after.p90_wall) == (5 * HOUR, 19 * HOUR)


def test_the_table_has_a_row_for_each_change() -> None:
    found = sla.what_if(LOG, POLICY, {"Saturdays": {HOURS: SATURDAYS}}, as_of=AS_OF, by="month")
    lines = str(found).splitlines()
    assert lines[0] == "what if: support as of Tue 2026-11-24 10:00 (CET)"
    assert lines[1:4] == [
        "change     month    metric          tickets      attainment  breached  median open  p90 open",
        "Saturdays  2026-11  first_response        4  50.0% -> 25.0%    2 -> 3     3h -> 5h  5h -> 6h",
        "Saturdays  all      first_response        4  50.0% -> 25.0%    2 -> 3     3h -> 5h  5h -> 6h",
    ]
    assert lines[4:] == ["open a week", "change     calendar  before  after", "Saturdays  office       40h    43h"]
    row = found.to_rows()[0]
    assert [row[key] for key in ("change", "month", "breached_before", "breached_after")] == [
        "Saturdays", "2026-11", 2, 3
    ]  # fmt: skip
    assert found.to_data()["hours"] == [{"change": "Saturdays", "calendar": "office", "before": "40h", "after": "43h"}]


def test_a_line_of_one_report_only_has_one_side() -> None:
    found = sla.what_if(LOG, POLICY, {"typical": {"rules.all.metrics.first_response.promise": "typical"}}, as_of=AS_OF)
    owed, typical = found.of("typical")[2:]
    assert (owed.line.kind, owed.after, owed.gained) == ("owed", None, None)
    assert (typical.line.kind, typical.before) == ("typical", None)
    assert "typical" in str(found)


@pytest.mark.parametrize("few", [0, 500], ids=["columns", "ticket by ticket"])
def test_rows_that_are_left_out_are_told(few: int) -> None:
    rows = [*LOG, LOG[0], {"ticket": "E", "received": "today"}]
    with mock.patch.object(attainment, "_WORTH_COLUMNS", few):
        found = sla.what_if(rows, POLICY, {"6h": CHANGES["6h"]}, as_of=AS_OF)
    assert found.problems == sla.report(rows, POLICY, as_of=AS_OF).problems
    assert [problem.error.code for problem in found.problems] == ["ticket_twice", "row_received_missing"]
    assert "2 rows or tickets were left out" in str(found)


def test_a_grid_is_every_combination() -> None:
    hours: dict[str, dict[str, Any]] = {"as now": {}, "Saturdays": {HOURS: SATURDAYS}}
    targets = {f"{n}h": {DUE: {"business_hours": f"{n}h"}} for n in (4, 6)}
    found = sla.what_if(LOG, POLICY, sla.change_grid(hours, targets), as_of=AS_OF)
    totals = {line.change: line.after.attainment for line in found.lines if line.after and line.after.group == "all"}
    assert totals == {"as now, 4h": 0.5, "as now, 6h": 0.75, "Saturdays, 4h": 0.25, "Saturdays, 6h": 0.75}


def test_a_data_frame_says_what_rows_say() -> None:
    pandas = pytest.importorskip("pandas")
    found = sla.what_if(pandas.DataFrame(LOG), POLICY, CHANGES, as_of=AS_OF)
    assert found == sla.what_if(LOG, POLICY, CHANGES, as_of=AS_OF)


def test_tickets_with_events_are_replayed_under_each_policy() -> None:
    """Paused from 10:00 to 12:00, answered at 15:00: it took 4 hours."""
    life = sla.Ticket(
        "1",
        moment("2026-11-23 09:00"),
        events=(
            sla.Created(at=moment("2026-11-23 09:00")),
            sla.Paused(at=moment("2026-11-23 10:00")),
            sla.Resumed(at=moment("2026-11-23 12:00")),
            sla.Message(at=moment("2026-11-23 15:00"), actor="agent"),
        ),
    )
    pausable = POLICY.replace({"clocks.first_response.pausable": True})
    total = sla.what_if([life], pausable, {"3h": {DUE: {"business_hours": "3h"}}}, as_of=AS_OF).lines[-1]
    assert [each and each.attainment for each in (total.before, total.after)] == [1.0, 0.0]


def asked(changes: Any, rows: Any = LOG, **more: Any) -> sla.WhatIf:
    return sla.what_if(rows, POLICY, changes, **{"as_of": AS_OF, **more})


A_GRID: Final[list[dict[str, Any]]] = [{f"{axis}{n}": {f"fields.f{axis}": []} for n in range(100)} for axis in range(3)]
LIFE: Final = sla.Ticket("1", AS_OF, events=(sla.Created(at=AS_OF),))
REFUSALS: Final = [
    Refusal(
        lambda: asked({"Sat": {"calendars.offise.hours": SATURDAYS}}), sla.PolicyError, "path_unknown",
        "changes.Sat.calendars.offise.hours", "'offise'", "office",
    ),
    Refusal(
        lambda: asked({"days": {DUE: {"business_hours": "1 day"}}}), sla.AmountError, "amount_bare_day",
        "changes.days.rules[0].metrics.first_response.due.business_hours", "'1 day'", "hours, minutes",
    ),
    Refusal(lambda: sla.change_grid(*A_GRID), sla.PolicyError, "changes_too_many", "changes", "1000000", "at most 10000"),
    Refusal(
        lambda: asked({f"{n}": {} for n in range(10_001)}), sla.PolicyError, "changes_too_many", "changes", "10001",
        "at most 10000",
    ),
    Refusal(
        lambda: sla.change_grid({"a": {HOURS: SATURDAYS}}, {"b": {HOURS: "24/7"}}), sla.PolicyError, "path_twice",
        "axes", repr(HOURS), "a path in one axis",
    ),
    Refusal(lambda: asked({}, rows=[]), sla.LogError, "log_empty", "rows", "0", "one ticket or more"),
    Refusal(
        lambda: asked({}, rows=[LIFE], answers="as_worked"), sla.LogError, "log_has_events", "rows", "",
        "when each metric was done",
    ),
    Refusal(
        lambda: asked({}, by=["priority", "due_hour"], answers="as_worked"), sla.LogError, "due_group_as_worked", "by",
        "'due_hour'", "a field, month, weekday, hour",
    ),
    Refusal(
        lambda: asked({}, answers=wrong("as_workd")), sla.LogError, "answers_unknown", "answers", "'as_workd'",
        "as_worked, as_they_came",
    ),
    Refusal(lambda: asked([CHANGES]), sla.SlaError, "argument_invalid", "changes", "[", "changes by name"),
    Refusal(lambda: asked({}, by="priorty"), sla.PolicyError, "field_undeclared", "by", "'priorty'", "priority"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_no_question(refusal: Refusal) -> None:
    check(refusal)


def test_everything_that_is_wrong_with_all_changes_is_told_at_once() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        asked({"one": {"rules.al.rank": 1}, "two": {}, "three": {HOURS: "9-5"}})
    assert [problem.where for problem in refused.value.problems] == [
        "changes.one.rules.al.rank", "changes.three.calendars.office.hours",
    ]  # fmt: skip


def test_a_change_to_hours_that_never_open_says_what_is_wrong_with_the_policy() -> None:
    with pytest.raises(sla.SlaError, match=r"^changes\.never\.calendars\.office"):
        asked({"never": {HOURS: "closed"}})


# ---------------------------------------------------------------- what columns tell as a report does, or leave to it

BY_COLUMNS: Final = pytest.mark.parametrize("few", [0, 500], ids=["columns", "ticket by ticket"])
RESOLUTION: Final = "rules.all.metrics.resolution"
RESOLVED: Final[dict[str, Any]] = {"due": {"business_hours": "8h"}}
CLOSED: Final[dict[str, Any]] = {"calendars.office.special_days": {"2026-11-23..2200-12-31": "closed"}}


def compared(few: int, rows: Any, policy: sla.Policy, change: dict[str, Any], **more: Any) -> sla.WhatIf:
    with mock.patch.object(attainment, "_WORTH_COLUMNS", few):
        return sla.what_if(rows, policy, {"change": change}, **{"as_of": AS_OF, **more})


def kept(found: sla.WhatIf, metric: str = "first_response") -> list[tuple[int, int] | None]:
    """How many promises of a metric are met and breached, of all tickets: before and after; None where there are none."""
    total = next(line for line in reversed(found.lines) if line.line.metric == metric)
    return [None if each is None else (each.met, each.breached) for each in (total.before, total.after)]


BESIDES: Final[dict[str, tuple[dict[str, Any], tuple[int, int] | None]]] = {
    "an aim": ({"rules.all.metrics.first_response.expected": {"business_hours": "1h"}}, (2, 2)),
    "a follow-up": ({"rules.all.metrics.first_response.follow_up": {"business_hours": "8h"}}, (2, 2)),
    "a range": ({DUE: {"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "6h"}}}, (3, 1)),  # as 6h
    "another metric": ({RESOLUTION: RESOLVED}, (2, 2)),
    "closed for good": (CLOSED, None),  # nothing that came on Friday after 13:00 or later is ever due
}


@BY_COLUMNS
@pytest.mark.parametrize("name", BESIDES)
def test_what_else_a_change_may_say(name: str, few: int) -> None:
    change, after = BESIDES[name]
    assert kept(compared(few, LOG, POLICY, change)) == [(2, 2), after]


@BY_COLUMNS
def test_a_metric_that_only_the_change_promises(few: int) -> None:
    """As of Tuesday 10:00: A waits 9 open hours, C 10, D 11; B waits the 8 that it has, and is not late yet."""
    assert kept(compared(few, LOG, POLICY, {RESOLUTION: RESOLVED}), "resolution") == [None, (0, 3)]


# by: the attainment of each group before and with six hours. A and B are high.
GROUPS: Final[list[tuple[str, dict[str, tuple[float | None, float | None]]]]] = [
    ("priority", {"high": (0.5, 1.0), "low": (0.5, 0.5)}),
    ("month", {"2026-11": (0.5, 0.75)}),
    # due: A at 13:00, then 15:00; B at 14:00, then 16:00; C at 12:00, then 14:00; D at 11:00, then 13:00
    ("due_hour", {"11": (0, None), "12": (1, None), "13": (1, 0), "14": (0, 1), "15": (None, 1), "16": (None, 1)}),
]  # fmt: skip


@BY_COLUMNS
@pytest.mark.parametrize(("by", "groups"), GROUPS, ids=[by for by, _ in GROUPS])
def test_groups(by: str, groups: dict[str, tuple[float | None, float | None]], few: int) -> None:
    policy = POLICY.replace({"fields.priority": ["high", "low"]})
    rows = [{**row, "priority": "high" if row["ticket"] in "AB" else "low"} for row in LOG]
    found = compared(few, rows, policy, CHANGES["6h"], by=by)
    sides = [(line.line.group, tuple(each and each.attainment for each in line[1:])) for line in found.lines]
    assert dict(sides) == {**groups, "all": (0.5, 0.75)}


@BY_COLUMNS
def test_a_period_has_its_tickets_and_its_week(few: int) -> None:
    """A alone came within it; the week to Monday 09:30 had 40 hours, and 3 more on a Saturday."""
    since, until = moment("2026-11-21 00:00"), moment("2026-11-23 09:30")
    found = compared(few, LOG, POLICY, {HOURS: SATURDAYS}, since=since, until=until)
    assert kept(found) == [(1, 0), (1, 0)]
    assert found.hours == (sla.OpenHours("change", "office", 40 * HOUR, 43 * HOUR),)


FIRST: Final = moment("1900-01-01 09:00")  # the first day that calendars know
UNKNOWN: Final[list[tuple[Any, datetime]]] = [("today", AS_OF), (FIRST, FIRST + HOUR)]


@BY_COLUMNS
@pytest.mark.parametrize(("received", "as_of"), UNKNOWN, ids=["no ticket can be read", "the week before is not known"])
def test_hours_a_week_that_nobody_knows(received: Any, as_of: datetime, few: int) -> None:
    found = compared(few, [{"ticket": "E", "received": received}], POLICY, {HOURS: SATURDAYS}, as_of=as_of)
    assert found.hours == (sla.OpenHours("change", "office", None, None),)


def test_a_calendar_that_only_the_change_has() -> None:
    office = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}
    change = {"calendars": {"office": office, "night": {"zone": "UTC", "hours": "24/7"}}}
    assert compared(0, LOG, POLICY, change).hours == (sla.OpenHours("change", "night", None, 168 * HOUR),)


TWO: Final = POLICY.replace({RESOLUTION: RESOLVED})
BEHIND: Final = TWO.replace({"clocks.resolution": {"after": "first_response"}})
TAKEN: Final = TWO.replace({f"{RESOLUTION}.origin": "taken"})
E: Final = {"ticket": "E", "received": moment("2026-11-23 09:00"), "resolution": moment("2026-11-23 11:00")}
BEGINS_LATER: Final[list[tuple[sla.Policy, list[dict[str, Any]], list[str]]]] = [
    (BEHIND, LOG, []),
    (TAKEN, LOG, []),
    (BEHIND, [*LOG, E], ["metric_begins_later"]),  # resolved, and nobody has answered
    (TAKEN, [*LOG, E], ["metric_begins_later"]),
    (TAKEN, [{**LOG[0], "taken": moment("2026-11-23 10:00")}, *LOG[1:], E], ["metric_begins_later"]),
]


@BY_COLUMNS
@pytest.mark.parametrize(("policy", "rows", "problems"), BEGINS_LATER)
def test_what_begins_later_and_is_done_is_told(
    policy: sla.Policy, rows: list[dict[str, Any]], problems: list[str], few: int
) -> None:
    found = compared(few, rows, policy, CHANGES["6h"])
    assert [problem.error.code for problem in found.problems] == problems
    assert kept(found) == [(2, 2), (3, 1)]  # E is left out whole, as from a report


@BY_COLUMNS
@pytest.mark.parametrize(
    ("due", "met"), [({"business_hours": "4h"}, 1), ({"business_hours": "9h"}, None), ({"business_days": 1}, None)]
)
def test_where_calendars_end_a_ticket_that_waits_is_told(due: dict[str, Any], met: int | None, few: int) -> None:
    """G was answered on the last day that calendars know; of H nobody knows how long it has waited."""
    came, as_of = moment("2200-12-31 09:00"), moment("2201-01-02 09:00")
    rows = [{"ticket": "G", "received": came, "first_response": came + HOUR}, {"ticket": "H", "received": came}]
    found = compared(few, rows, POLICY, {DUE: due}, as_of=as_of)
    assert kept(found) == [(1, 0), None if met is None else (met, 0)]
    assert [(problem.line, problem.error.code) for problem in found.problems] == [(2, "beyond_covered")]


def test_rows_of_two_kinds_are_judged_alike() -> None:
    """A, B and C are dicts; D, a ticket as a value, waits."""
    assert kept(compared(0, [*LOG[:3], sla.Ticket("D", LOG[3]["received"])], POLICY, CHANGES["6h"])) == [(2, 2), (3, 1)]


@BY_COLUMNS
def test_a_log_that_was_read_is_asked_as_it_is(few: int) -> None:
    lines = ["id,at,what"]
    for row in LOG:
        told = ((row["received"], "opened"), (row["first_response"], "answered"))
        lines += [f"{row['ticket']},{at.isoformat()},{what}" for at, what in told if at is not None]
    mapping = sla.LogMapping("id", "at", "what", done=(("first_response", ("answered",)),))
    assert kept(compared(few, sla.read_log(lines, mapping).tickets, POLICY, CHANGES["6h"])) == [(2, 2), (3, 1)]


def test_a_table_without_a_column_of_what_is_typical() -> None:
    typical = TWO.replace({f"{RESOLUTION}.promise": "typical"})
    table = {name: [row[name] for row in LOG] for name in LOG[0]}
    found = compared(0, table, typical, CHANGES["6h"], answers="as_worked")
    assert kept(found) == [(2, 2), (3, 1)]
    assert [line.before and line.before.tickets for line in found.lines if line.line.metric == "resolution"] == [4, 4]


def test_answers_that_no_calendar_of_before_promised_stay() -> None:
    """Nothing is high; where low is taken by the first rule, A was resolved in 3 open hours on any calendar."""
    first = {"name": "high", "when": {"priority": "high"}, "calendar": "office", "metrics": {"resolution": RESOLVED}}
    policy = POLICY.replace({"fields.priority": ["high", "low"]})
    policy = policy.replace({"rules": [first, *policy.rules]})
    rows = [{**LOG[0], "priority": "low", "first_response": None}]
    change = {"rules.high.when": {"priority": "low"}, HOURS: "24/7"}
    found = compared(0, rows, policy, change, answers="as_worked")
    assert kept(found, "resolution") == [None, (0, 1)]  # 25 hours of the clock have passed


def test_answers_as_worked_that_would_never_come_are_refused() -> None:
    never = {**CLOSED, DUE: {"calendar_hours": "24h"}}
    check(Refusal(
        lambda: asked({"closed": never}, answers="as_worked"), sla.LogError, "log_not_by_columns", "rows", "",
        "rows that a report takes without a problem",
    ))  # fmt: skip
