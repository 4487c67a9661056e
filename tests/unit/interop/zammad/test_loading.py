"""Zammad's configuration as a policy: due times by hand from the facts of the format, and what is refused or lost."""

import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla_
from slacalc.interop import zammad
from tests.refusals import Refusal, check
from tests.unit.interop.zammad.helpdesks import (
    DAYS,
    ODD,
    ORDINARY,
    OVERNIGHT,
    ROUND_THE_CLOCK,
    Record,
    calendar,
    hours,
    off,
    sla,
    when,
)


@pytest.mark.parametrize(
    ("helpdesk", "received", "ticket", "metric", "due", "because"),
    [
        (ORDINARY, "2026-11-20T11:00+01:00", {"priority": "2"}, "first_response", "2026-11-20T14:00+01:00",
         "an hour before the lunch hour, an hour after it"),
        (ORDINARY, "2026-11-20T09:00+01:00", {"priority": "3"}, "resolution", "2026-11-25T12:00+01:00",
         "1440 minutes are business minutes: three days of seven hours, and three hours"),
        (ORDINARY, "2026-11-09T16:00+01:00", {"priority": "2"}, "first_response", "2026-11-11T10:00+01:00",
         "Tuesday is off; Wednesday's holiday is not active"),
        (ORDINARY, "2026-11-11T16:00+01:00", {"priority": "2"}, "first_response", "2026-11-12T10:00+01:00",
         "Thursday's holiday was removed, though it is active"),
        (ORDINARY, "2026-11-20T09:00+01:00", {"priority": "1"}, "first_response", "2026-11-23T10:00+01:00",
         "the SLA without a condition is for all the rest, though its name comes first"),
        (ORDINARY, "2026-11-20T16:30+01:00", {"priority": "2"}, "first_response", "2026-11-23T10:30+01:00",
         "Saturday keeps its timeframes, and is not active"),
        (ORDINARY, "2026-11-20T09:00+01:00", {"priority": "1"}, "resolution", None, "null is no time"),
        (ROUND_THE_CLOCK, "2026-11-21T22:00+00:00", {}, "first_response", "2026-11-22T02:00+00:00",
         "23:59 is midnight: no minute is lost"),
        (ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {}, "first_response", "2026-12-26T02:00+00:00",
         "two hours before Christmas Day, two after it"),
        (ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {}, "resolution", "2026-12-26T08:00+00:00", "two hours and eight"),
        (ROUND_THE_CLOCK, "2026-03-29T00:30+00:00", {}, "first_response", "2026-03-29T05:30+01:00",
         "clocks go forward at 01:00: four hours are four hours"),
        (OVERNIGHT, "2026-11-24T05:00+09:00", {}, "first_response", "2026-11-25T01:00+09:00",
         "an hour, two before midnight, one after it"),
        (OVERNIGHT, "2026-11-20T23:00+09:00", {}, "first_response", "2026-11-21T03:00+09:00",
         "Friday's night lasts into Saturday"),
        (OVERNIGHT, "2026-11-22T12:00+09:00", {}, "first_response", "2026-11-24T04:00+09:00",
         "Monday is off until midnight; the hours after it are Tuesday's, and open"),
        (ODD, "2026-10-30T12:00-04:00", {"group_id": "7", "priority": "3"}, "first_response", "2026-10-31T19:30-04:00",
         "Saturday from 18:00"),
        (ODD, "2026-10-31T23:00-04:00", {"group_id": "7"}, "first_response", "2026-11-01T00:30-04:00",
         "an hour until midnight, half an hour on Sunday; no priority is not priority 1"),
        (ODD, "2026-11-01T01:30-04:00", {"group_id": "7"}, "first_response", "2026-11-01T02:00-05:00",
         "clocks go back at 02:00: half an hour, and the hour that comes twice"),
        (ODD, "2026-11-02T10:30-05:00", {"group_id": "7"}, "first_response", "2026-11-07T19:00-05:00",
         "of two timeframes that begin at 09:00 the last counts, and ends at 11:00"),
        (ODD, "2026-10-30T15:30-07:00", {"group_id": "7", "priority": "1"}, "first_response", "2026-11-02T08:30-08:00",
         "priority 1 is excluded; the last SLA for all the rest, whose calendar is gone: the default one"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_helpdesk(
    helpdesk: list[Record], received: str, ticket: dict[str, Any], metric: str, due: str | None, because: str
) -> None:
    policy = zammad.load(helpdesk).policy
    promise = policy.promise_for(datetime.fromisoformat(received), ticket).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize("helpdesk", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD])
def test_what_was_imported_is_a_policy_that_round_trips(helpdesk: list[Record], tmp_path: Path) -> None:
    imported = zammad.load(helpdesk)
    assert sla_.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    file = tmp_path / "policy.toml"
    file.write_text(imported.to_toml(), encoding="utf-8")
    assert sla_.load_policy(file) == imported.policy
    warned = sla_.check_policy(imported.policy, as_of=datetime.fromisoformat("2026-11-20T00:00Z"))
    assert not [each for each in warned if each.code in {"rule_hidden", "hours_end_before_midnight"}]


def test_a_folder_of_answers_is_read_whole(tmp_path: Path) -> None:
    files: dict[str, Any] = {
        "calendars.json": ORDINARY[:1],
        "calendars/2.json": ORDINARY[0],  # the same, asked for by its id
        "slas.json": {"slas": ORDINARY[1:]},
        "tickets.json": [],
        "users/me.json": {"id": 3, "login": "ann", "role_ids": [2]},
    }
    for name, answer in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(answer), encoding="utf-8")
    imported = zammad.load(tmp_path)
    assert imported.policy == zammad.load(ORDINARY).policy
    assert "# calendar 2, 'Test calendar' (calendars/2.json)" in imported.to_toml()
    assert "# SLA 2, 'new sla' (slas.json: slas[0])" in imported.to_toml()


def test_names_of_priorities_and_states_are_used_where_they_are_told() -> None:
    priorities = [
        {"id": number, "name": name, "ui_color": None}
        for number, name in ((1, "1 low"), (2, "2 normal"), (3, "3 high"))
    ]
    states = [
        {"id": number, "name": name, "ignore_escalation": ignores, **more}
        for number, name, ignores, more in (
            (1, "new", False, {}), (2, "waiting for parts", True, {}), (3, "pending reminder", True, {}),
            (4, "closed", True, {}), (5, "resolved", True, {"state_type": "closed"}), (6, "merged", True, {}),
        )
    ]  # fmt: skip
    policy = zammad.load([*ORDINARY, *priorities, *states]).policy
    assert policy.rule_for(priority="3 high").name == "new sla"
    assert policy.statuses == ("new", "waiting for parts", "pending reminder", "closed", "resolved", "merged")
    assert (policy.solved_in, policy.closed_in) == (("closed", "resolved"), ("merged",))
    assert policy.clock("resolution").paused_in == ("waiting for parts", "pending reminder")


def test_a_pending_state_stops_each_clock() -> None:
    policy = zammad.load(ORDINARY).policy
    at = datetime.fromisoformat("2026-11-23T09:00+01:00")
    events: list[sla_.Event] = [
        sla_.Created(at=at, status="new", fields={"priority": "2"}),
        sla_.StatusChanged(at=at + timedelta(hours=1), status="pending reminder"),
        sla_.StatusChanged(at=at + timedelta(hours=5), status="open"),
    ]
    clocks = policy.replay(events, as_of=at + timedelta(hours=6))
    # An hour, then a pause to 14:00: an hour is left.
    assert clocks["first_response"].due == datetime.fromisoformat("2026-11-23T15:00+01:00")


@pytest.mark.parametrize(
    ("condition", "ticket", "is_for"),
    [
        (when("ticket.tags", "contains one", "a, b"), {"tags": "b"}, True),
        (when("ticket.tags", "contains one", "a, b"), {"tags": "c"}, False),
        (when("ticket.tags", "contains all", "a, b"), {"tags": "b"}, False),
        (when("ticket.tags", "contains all", "a, b"), {"tags": "b, a"}, True),
        (when("ticket.group_id", "is", "7"), {"group_id": "7"}, True),
        (when("ticket.group_id", "is not", ["7"]), {"group_id": "7"}, False),
        (when("ticket.organization_id", "is", ["7"], pre_condition="specific"), {"organization_id": "7"}, True),
        (when("customer.vip", "is", True), {"customer_vip": "true"}, True),
        (when("ticket.title", "is any of", ["a", "b"]), {"title": "b"}, True),
        (when("ticket.title", "is none of", ["a", "b"]), {"title": "b"}, False),
        ({**when("ticket.group_id", "is", ["7"]), **when("ticket.type", "is", ["bug"])}, {"group_id": "7", "type": "idea"}, False),
        ({"operator": "OR", "conditions": [{"name": "ticket.group_id", "operator": "is", "value": ["7"]},
                                           {"name": "ticket.type", "operator": "is", "value": ["bug"]}]},
         {"group_id": "7", "type": "idea"}, True),
    ],
)  # fmt: skip
def test_a_condition_is_for_the_tickets_that_satisfy_it(
    condition: Record, ticket: dict[str, str], is_for: bool
) -> None:
    other = sla(9, "Other", 2, {}, solution_time=60)
    policy = zammad.load([ORDINARY[0], sla(1, "One", 2, condition, first_response_time=60), other]).policy
    assert policy.rule_for(**ticket).name == ("One" if is_for else "Other")


# ---------------------------------------------------------------- what is lost


def with_condition(condition: Record) -> list[Record]:
    return [ORDINARY[0], sla(1, "One", 2, condition, first_response_time=60)]


def with_frames(*frames: list[str], **more: Any) -> list[Record]:
    return [calendar(1, "A", "Asia/Tokyo", hours(mon=[*frames]), **more)]


@pytest.mark.parametrize(
    ("helpdesk", "severity", "where", "means"),
    [
        (with_condition(when("ticket.state_id", "is", ["1"])), "due_times", "[1].condition.ticket.state_id",
         "the attribute 'ticket.state_id'"),
        (with_condition(when("article.body", "is", "x")), "due_times", "[1].condition.article.body",
         "the attribute 'article.body'"),
        (with_condition(when("ticket.title", "contains", "x")), "due_times", "[1].condition.ticket.title",
         "the operator 'contains'"),
        (with_condition(when("ticket.tags", "contains all not", "x")), "due_times", "[1].condition.ticket.tags",
         "the operator 'contains all not'"),
        (with_condition(when("ticket.group_id", "is", [])), "due_times", "[1].condition.ticket.group_id",
         "an attribute 'ticket.group_id' without a value of its own"),
        (with_condition(when("ticket.customer_id", "is", "", pre_condition="current_user.id")), "due_times",
         "[1].condition.ticket.customer_id", "an attribute 'ticket.customer_id' without a value"),
        (with_condition({"operator": "NOT", "conditions": [{"name": "ticket.group_id", "operator": "is", "value": ["7"]}]}),
         "due_times", "[1].condition", "a condition in another one"),
        (with_condition({"operator": "AND", "conditions": [{"name": "ticket.tags", "operator": "contains one", "value": "a"},
                                                           {"name": "ticket.tags", "operator": "contains one", "value": "b"}]}),
         "due_times", "[1].condition.conditions[1]", "a second condition on one attribute"),
        ([ORDINARY[0], sla(1, "Zoo", 2, when("ticket.group_id", "is", ["7"])), sla(2, "apes", 2, when("ticket.type", "is", ["x"]))],
         "due_times", "[1]", "names are in the order of the database: 'apes' may come before 'Zoo'"),
        (with_frames(["09:00", "12:00"], ["11:00", "17:00"]), "due_times", "[0].business_hours.mon.timeframes[1]",
         "the timeframe begins before another one ends"),
        (with_frames(["09:00", "23:59"]), "cosmetic", "[0].business_hours.mon.timeframes[0]", "the timeframe ends at 23:59"),
        (with_frames(["09:00", "12:00"], ["09:00", "17:00"]), "cosmetic", "[0].business_hours.mon.timeframes[1]",
         "two timeframes begin together"),
        (with_frames(["09:00", "12:00"], ical_url="https://example.org/a.ics"), "cosmetic", "[0].ical_url",
         "holidays come from a feed"),
        ([*ORDINARY[:1], sla(1, "A", 99, {}, first_response_time=1)], "cosmetic", "[1]", "the calendar 99 is not there"),
        ([*ORDINARY, sla(3, "new others", 2, {}, first_response_time=1)], "cosmetic", "[2]", "another SLA for all the rest"),
        ([*ORDINARY, *with_frames(["09:00", "12:00"])], "cosmetic", "calendar 1, 'A' ([3])", "no SLA has this calendar"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_refused_where_it_changes_due_times(
    helpdesk: list[Record], severity: str, where: str, means: str
) -> None:
    (loss,) = zammad.load(helpdesk, lossy=True).losses
    assert (loss.severity, loss.where) == (severity, where)
    assert loss.means.startswith(means)
    assert loss.instead
    if severity == "due_times":
        with pytest.raises(sla_.InteropError) as refused:
            zammad.load(helpdesk)
        assert (refused.value.code, refused.value.where) == ("import_changes_due_times", where)
    else:
        assert zammad.load(helpdesk).losses == (loss,)


def test_the_order_of_names_is_no_matter_where_no_ticket_has_both() -> None:
    apart = [
        sla(number, name, 2, when("ticket.group_id", "is", [str(number)])) for number, name in ((1, "Zoo"), (2, "apes"))
    ]
    assert zammad.load([ORDINARY[0], *apart]).losses == ()


def test_slas_are_tried_by_name_then_by_when_they_were_created() -> None:
    group, kind = when("ticket.group_id", "is", ["7"]), when("ticket.type", "is", ["x"])
    slas = [sla(1, "B", 2, group, first_response_time=10), sla(3, "A", 2, group, first_response_time=30),
            sla(2, "A", 2, kind, first_response_time=20)]  # fmt: skip
    policy = zammad.load([ORDINARY[0], *slas]).policy
    assert [rule.name for rule in policy.rules] == ["A (2)", "A (3)", "B"]
    assert policy.rule_for(group_id="7", type="x").name == "A (2)"


# ---------------------------------------------------------------- what is refused


def desk(**more: Any) -> list[Record]:
    return [{**ORDINARY[0], **more}]


REFUSALS: Final = [
    Refusal(lambda: zammad.load(with_frames(["22:00", "06:00"])), sla_.InteropError, "import_interval_over_midnight",
            "[0].business_hours.mon.timeframes[0]", "22:00 to 06:00", '["22:00", "23:59"], and ["00:00", "06:00"] of the next day'),
    Refusal(lambda: zammad.load(with_frames(["09:00", "09:00"])), sla_.InteropError, "import_interval_over_midnight",
            "[0].business_hours.mon.timeframes[0]", "09:00 to 09:00", "two timeframes"),
    Refusal(lambda: zammad.load(with_frames(["9 am", "5 pm"])), sla_.InteropError, "import_value_invalid",
            "[0].business_hours.mon.timeframes[0][0]", "'9 am'", "from 00:00 to 24:00"),
    Refusal(lambda: zammad.load(with_frames(["09:00", "24:01"])), sla_.InteropError, "import_value_invalid",
            "[0].business_hours.mon.timeframes[0][1]", "'24:01'", "from 00:00 to 24:00"),
    Refusal(lambda: zammad.load(with_frames(["09:00"])), sla_.InteropError, "import_value_invalid",
            "[0].business_hours.mon.timeframes[0]", "['09:00']", 'such as ["09:00", "17:00"]'),
    Refusal(lambda: zammad.load(with_frames(*[["09:00", "10:00"]] * 101)), sla_.InteropError, "import_value_invalid",
            "[0].business_hours.mon.timeframes", "", "at most 100 timeframes"),
    Refusal(lambda: zammad.load(desk(business_hours=hours())), sla_.InteropError, "import_never_opens",
            "[0].business_hours", "no active day", "an active day with a timeframe"),
    Refusal(lambda: zammad.load(desk(business_hours={"monday": {}})), sla_.InteropError, "import_value_invalid",
            "[0].business_hours.monday", "'monday'", "mon, tue"),
    Refusal(lambda: zammad.load(desk(business_hours={"mon": {"timeframes": []}})), sla_.InteropError, "import_key_missing",
            "[0].business_hours.mon.active", "", '"active"'),
    Refusal(lambda: zammad.load(desk(timezone="Berlin")), sla_.InteropError, "import_zone_unknown",
            "[0].timezone", "'Berlin'", "Europe/Berlin"),
    Refusal(lambda: zammad.load(desk(public_holidays={"24.12.2026": off("x")})), sla_.InteropError, "import_value_invalid",
            "[0].public_holidays.24.12.2026", "'24.12.2026'", "a date such as 2026-12-24"),
    Refusal(lambda: zammad.load(desk(public_holidays={"1626-12-24": off("x")})), sla_.InteropError, "import_dates_invalid",
            "[0].public_holidays.1626-12-24", "1626-12-24", "from 1900 to 2200"),
    Refusal(lambda: zammad.load(desk(public_holidays={"2026-12-24": {"summary": "x"}})), sla_.InteropError, "import_key_missing",
            "[0].public_holidays.2026-12-24.active", "", '"active"'),
    Refusal(lambda: zammad.load([*ORDINARY, *desk(name="Other")]), sla_.InteropError, "import_value_invalid",
            "[3].id", "2", "one answer about each, or the same twice"),
    Refusal(lambda: zammad.load(ORDINARY[1:]), sla_.InteropError, "import_nothing_there",
            "source", "", "the answer with calendars"),
    Refusal(lambda: zammad.load([ROUND_THE_CLOCK[0], sla(1, "A", 99, {}, first_response_time=1)]), sla_.InteropError,
            "import_schedule_missing", "[1].calendar_id", "'99'", "the id of a calendar: 3"),
    Refusal(lambda: zammad.load([*ORDINARY[:1], sla(1, "A", 2, {}, first_response_time=0)]), sla_.InteropError,
            "import_value_invalid", "[1].first_response_time", "0", "a whole number from 1"),
    Refusal(lambda: zammad.load([*ORDINARY[:1], sla(1, "A", 2, {}, solution_time=2**40)]), sla_.InteropError,
            "import_value_invalid", "[1].solution_time", "1099511627776", "a whole number from 1"),
    Refusal(lambda: zammad.load(with_condition(when("ticket.group_id", "equals", ["7"]))), sla_.InteropError, "import_value_invalid",
            "[1].condition.ticket.group_id.operator", "'equals'", "is"),
    Refusal(lambda: zammad.load(with_condition({"operator": "XOR", "conditions": []})), sla_.InteropError, "import_value_invalid",
            "[1].condition.operator", "'XOR'", "AND"),
    Refusal(lambda: zammad.load([*with_condition(when("ticket.priority_id", "is", ["9"])), {"id": 1, "name": "1 low", "ui_color": ""}]),
            sla_.InteropError, "import_value_invalid", "[1].condition.ticket.priority_id.value", "['9']", "the id of a priority: 1"),
    Refusal(lambda: zammad.load({"schedules": []}), sla_.InteropError, "import_document_unknown",
            "", "['schedules']", "calendars, slas, states"),
    Refusal(lambda: zammad.load([["x"]]), sla_.InteropError, "import_value_invalid",
            "[0][0]", "'x'", "a table"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("calendars.json", json.dumps(ORDINARY)[:-9], "import_unreadable"),
        ("calendars.json", "[" * 100_000, "import_unreadable"),
        ("policy.json", '{"name": "support", "rules": []}', "import_document_unknown"),
    ],
)
def test_a_folder_that_cannot_be_read_names_the_file(name: str, text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(sla_.InteropError) as refused:
        zammad.load(tmp_path)
    assert refused.value.code == code
    assert name in str(refused.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = [
        calendar(number, "A", zone, hours(mon=[["09:00", "17:00"]])) for number, zone in ((1, "?"), (2, "UTC"), (3, ""))
    ]
    with pytest.raises(sla_.InteropError) as refused:
        zammad.load(wrong)
    assert [problem.where for problem in refused.value.problems] == ["[0].timezone", "[2].timezone"]


# ---------------------------------------------------------------- random calendars

MINUTES: Final = st.integers(0, 1439)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans(), MINUTES, MINUTES), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.booleans()), max_size=4),
    st.integers(0, 40 * 24 * 60),
)
def test_an_instant_is_open_as_active_frames_and_holidays_say(
    said: list[tuple[int, bool, int, int]], feasts: list[tuple[int, bool, bool]], minute: int
) -> None:
    """An oracle of its own: it asks the frames themselves, minute by minute."""
    frames: dict[int, dict[int, int]] = {}
    active: dict[int, bool] = {}
    for day, is_active, a, b in said:
        start, end = min(a, b), max(a, b) + (a == b)
        frames.setdefault(day, {})[start] = end
        active[day] = is_active
    active[next(iter(frames))] = True
    week = {
        DAYS[day]: {"active": active[day], "timeframes": [[_clock(start), _clock(end)] for start, end in found.items()]}
        for day, found in frames.items()
    }
    first = date(2026, 11, 2)  # a Monday
    holidays = {
        str(first + timedelta(days)): {"active": counts, "summary": "x", "removed": gone}
        for days, counts, gone in feasts
    }
    record = calendar(1, "A", "UTC", week, public_holidays=holidays)
    at = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(minutes=minute)
    told = holidays.get(str(at.date()), {"active": False, "removed": True})
    now = minute % 1440
    in_hours = active.get(at.weekday(), False) and any(
        start <= now < (1440 if end >= 1439 else end) for start, end in frames[at.weekday()].items()
    )
    is_off = told["active"] and not told["removed"]
    assert zammad.load([record], lossy=True).calendars["A"].is_open(at) == (in_hours and not is_off)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
