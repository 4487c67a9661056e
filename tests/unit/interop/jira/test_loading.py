"""Jira's calendars and goals as a policy: due times by hand, what is lost, and what is refused."""

import tomllib
from datetime import datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import jira
from slacalc.interop.jira.jql import read_jql
from tests.refusals import Refusal, check

Row = dict[str, Any]
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
NINE_TO_FIVE: Final = ((9, 17),)


def calendar(number: int, name: str, zone: str) -> Row:
    return {"ID": number, "NAME": name, "TIMEZONE": zone, "CONTEXT": ""}


def working(number: int, day: str, start: float, end: float) -> Row:
    return {"CALENDAR_ID": number, "DAY": day, "START_TIME": int(start * 3_600_000), "END_TIME": int(end * 3_600_000)}


def goal(place: int, query: str, hours: float | None, number: int | None = 1, metric: int = 1) -> Row:
    said = {"POS": place, "JQL_QUERY": query, "TARGET_DURATION": None if hours is None else int(hours * 3_600_000)}
    return {**said, "CALENDAR_ID": number, "TIME_METRIC_ID": metric, "DEFAULT_GOAL": not query}


def tables(
    calendars: list[Row], times: list[Row], holidays: list[Row], goals: list[Row], *metrics: str
) -> dict[str, list[Row]]:
    return {
        "AO_7A2604_CALENDAR": calendars,
        "AO_7A2604_WORKINGTIME": times,
        "AO_7A2604_HOLIDAY": holidays,
        "AO_54307E_TIMEMETRIC": [{"ID": number, "NAME": name} for number, name in enumerate(metrics, 1)],
        "AO_54307E_GOAL": goals,
    }


def off(number: int, name: str, day: str, *, every_year: bool) -> Row:
    return {"CALENDAR_ID": number, "NAME": name, "DATE_STRING": day, "RECURRING": every_year}


ORDINARY: Final = tables(
    [calendar(1, "Sample 9-5 Calendar", "Africa/Lagos")],
    [working(1, day, 9, 17) for day in WEEKDAYS],
    [off(1, "Christmas", "2020-12-25", every_year=True)],
    [goal(5, "", 72), goal(0, "priority = Highest", 24), goal(1, "priority = High", 36)],
    "Time to resolution",
)
ROUND_THE_CLOCK: Final = tables([], [], [], [goal(0, "", 4, None)], "Time to first response")
OVERNIGHT: Final = tables(
    [calendar(1, "Night", "Europe/Berlin")],
    [working(1, "monday", 22, 24), working(1, "tuesday", 0, 6)],
    [off(1, "Day of the night", "2026-11-24", every_year=False)],
    [goal(0, "", 4)],
    "Time to first response",
)
ODD: Final = tables(
    [calendar(1, "Seoul", "Asia/Seoul")],
    [working(1, day, *hours) for day in WEEKDAYS for hours in ((13, 18), (9, 12))],
    [],
    [
        goal(0, "priority in (Highest, High)", 1, metric=1),
        goal(1, "", 4, metric=1),
        goal(0, 'issuetype = "IT Incident" AND priority = Highest', 8, metric=2),
        goal(1, "", None, metric=2),
    ],
    "Time to first response", "Time to approve normal change",
)  # fmt: skip


@pytest.mark.parametrize(
    ("account", "received", "ticket", "metric", "due", "because"),
    [
        (ORDINARY, "2026-04-13T09:09+01:00", {"priority": "Highest"}, "resolution", "2026-04-16T09:09+01:00",
         "the published example: three days of eight hours"),
        (ORDINARY, "2026-12-24T16:00+01:00", {"priority": "High"}, "resolution", "2027-01-01T12:00+01:00",
         "an hour; Christmas comes back each year; four days of eight hours, and three hours on a New Year's Day that is worked"),
        (ORDINARY, "2026-04-13T09:00+01:00", {"priority": "Low"}, "resolution", "2026-04-23T17:00+01:00",
         "the goal for all the rest: nine days of eight hours, due as the last one closes"),
        (ROUND_THE_CLOCK, "2026-11-21T22:00+00:00", {}, "first_response", "2026-11-22T02:00+00:00",
         "a goal without a calendar counts around the clock"),
        (OVERNIGHT, "2026-11-23T23:00+01:00", {}, "first_response", "2026-12-01T01:00+01:00",
         "an hour; Tuesday is off with its own hours; two hours on the next Monday, one after midnight"),
        (ODD, "2026-07-06T11:30+09:00", {"issuetype": "IT Incident", "priority": "Highest"}, "first_response",
         "2026-07-06T13:30+09:00", "half an hour before lunch, half an hour after it"),
        (ODD, "2026-07-06T11:30+09:00", {"issuetype": "IT Incident", "priority": "Highest"}, "time_to_approve_normal_change",
         "2026-07-07T11:30+09:00", "half an hour, five hours, and two and a half the next morning"),
        (ODD, "2026-07-06T11:30+09:00", {"issuetype": "IT Incident", "priority": "High"}, "time_to_approve_normal_change",
         None, "the goal for all the rest has no target"),
        (ODD, "2026-07-06T09:00+09:00", {}, "first_response", "2026-07-06T14:00+09:00", "four hours with a lunch hour in them"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_goals(
    account: dict[str, list[Row]], received: str, ticket: dict[str, str], metric: str, due: str | None, because: str
) -> None:
    policy = jira.load(account).policy
    known = {name: value for name, value in ticket.items() if name in policy.field_names}
    promise = policy.promise_for(datetime.fromisoformat(received), known).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize("account", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD])
def test_what_was_imported_is_a_policy_that_round_trips(account: dict[str, list[Row]]) -> None:
    imported = jira.load(account)
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    assert [loss.severity for loss in imported.losses] == ["reports"], "nobody says what pauses the clocks"


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("", {}),
        ("  ", {}),
        ("priority = High", {"priority": ["High"]}),
        ("Priority=High", {"priority": ["High"]}),
        ('"Request Type" = "Get IT help"', {"request type": ["Get IT help"]}),
        (
            "priority in (High, 'Very high') and issuetype = Bug",
            {"priority": ["High", "Very high"], "issuetype": ["Bug"]},
        ),
        ("priority in (High, Low) AND priority = Low", {"priority": ["Low"]}),
        ("priority = High AND priority = Low", {"priority": []}),
        ("priority != High", None),
        ("priority = High OR priority = Low", None),
        ("priority = High AND", None),
        ("AND priority = High", None),
        ("reporter = currentUser()", None),
        ("resolution is EMPTY", None),
        ("resolution = EMPTY", None),
        ("priority in ()", None),
        ("created > -1d", None),
        ("priority = High ORDER BY key", None),
        ("(priority = High)", None),
        ("priority = High " * 1_000, None),
    ],
)
def test_a_query_is_conditions_or_nothing(query: str, conditions: dict[str, list[str]] | None) -> None:
    assert read_jql(query) == conditions


def test_a_query_that_conditions_cannot_say_is_a_loss_and_refused() -> None:
    account = {**ORDINARY, "AO_54307E_GOAL": [goal(0, "reporter = currentUser()", 1), goal(1, "", 2)]}
    with pytest.raises(sla.InteropError) as refused:
        jira.load(account)
    assert refused.value.code == "import_changes_due_times"
    loss = next(each for each in jira.load(account, lossy=True).losses if each.severity == "due_times")
    assert (loss.where, loss.instead) == ("AO_54307E_GOAL[0].JQL_QUERY", "the goal is left out")


def test_conditions_of_clocks_are_lost_and_23_59_is_told() -> None:
    condition = {"ID": 1, "TIME_METRIC_ID": 1}
    times = [working(1, "monday", 9, 23 + 59 / 60)]
    account = {**ORDINARY, "AO_7A2604_WORKINGTIME": times, "AO_54307E_METRICCONDITION": [condition]}
    assert [(each.severity, each.where) for each in jira.load(account, lossy=True).losses] == [
        ("cosmetic", "AO_7A2604_WORKINGTIME[0].END_TIME"),
        ("due_times", "AO_54307E_METRICCONDITION[0]"),
    ]


def changed(table: str, *rows: Row) -> dict[str, list[Row]]:
    return {**ORDINARY, table: list(rows)}


TIMES: Final = "AO_7A2604_WORKINGTIME"
REFUSALS: Final = [
    Refusal(lambda: jira.load(changed(TIMES, {**working(1, "monday", 9, 17), "START_TIME": 540, "END_TIME": 1020})), sla.InteropError,
            "import_value_invalid", f"{TIMES}[0].END_TIME", "1020", "milliseconds after midnight"),
    Refusal(lambda: jira.load(changed(TIMES, working(1, "monday", 22, 6))), sla.InteropError, "import_interval_over_midnight",
            f"{TIMES}[0]", "79200000 to 21600000", "milliseconds after midnight, such as 32400000 to 61200000"),
    Refusal(lambda: jira.load(changed(TIMES, working(1, "Montag", 9, 17))), sla.InteropError, "import_value_invalid",
            f"{TIMES}[0].DAY", "'Montag'", "monday"),
    Refusal(lambda: jira.load(changed(TIMES, working(2, "monday", 9, 17))), sla.InteropError, "import_never_opens",
            "AO_7A2604_CALENDAR[0]", "", f"rows in {TIMES}"),
    Refusal(lambda: jira.load(changed("AO_54307E_GOAL", goal(0, "", 1, 7))), sla.InteropError, "import_schedule_missing",
            "AO_54307E_GOAL[0].CALENDAR_ID", "'7'", "a row of AO_7A2604_CALENDAR"),
    Refusal(lambda: jira.load(changed("AO_54307E_GOAL", goal(0, "", 1, 1, 9))), sla.InteropError, "import_schedule_missing",
            "AO_54307E_GOAL[0].TIME_METRIC_ID", "'9'", "a row of AO_54307E_TIMEMETRIC"),
    Refusal(lambda: jira.load(changed("AO_7A2604_CALENDAR", calendar(1, "A", "Lagos"))), sla.InteropError, "import_zone_unknown",
            "AO_7A2604_CALENDAR[0].TIMEZONE", "'Lagos'", "an IANA name"),
    Refusal(lambda: jira.load({"schedules": []}), sla.InteropError, "import_document_unknown",
            "", "['schedules']", "AO_7A2604_CALENDAR"),
    Refusal(lambda: jira.load({"AO_54307E_GOAL": []}), sla.InteropError, "import_nothing_there",
            "source", "", "AO_7A2604_CALENDAR, AO_54307E_GOAL"),
    Refusal(
        lambda: jira.load(
            tables(
                [], [], [], [goal(place, f"field{metric} = P{place}", 1, None, metric) for metric in (1, 2, 3) for place in range(13)], "a", "b", "c"
            )
        ),
        sla.InteropError, "import_too_much", "AO_54307E_GOAL", "2744", "at most 2000 combinations",
    ),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path(refusal: Refusal) -> None:
    check(refusal)


def test_rows_of_a_calendar_that_is_not_there_are_told() -> None:
    rows = [working(1, "monday", 9, 17), working(2, "tuesday", 9, 17)]
    said = tables([calendar(1, "Desk", "Europe/Berlin")], rows, [off(7, "Day", "2026-12-24", every_year=False)], [])
    losses = [(loss.severity, loss.where) for loss in jira.load(said).losses]
    assert losses == [
        ("cosmetic", "AO_7A2604_WORKINGTIME[1].CALENDAR_ID"),
        ("cosmetic", "AO_7A2604_HOLIDAY[0].CALENDAR_ID"),
    ]


def test_a_goal_of_a_status_is_lost_for_work_changes_it() -> None:
    goals = [goal(0, "status = Open AND priority = High", 1, None), goal(1, "", 8, None)]
    said = tables([], [], [], goals, "Time to resolution")
    with pytest.raises(sla.InteropError, match="status = Open"):
        jira.load(said)
    assert [rule.when for rule in jira.load(said, lossy=True).policy.rules] == [{}]
