"""Zendesk's configuration as a policy: due times by hand from the facts of the format, and what is refused or lost."""

import json
import tomllib
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import zendesk
from tests.refusals import Refusal, check
from tests.unit.interop.zendesk.accounts import (
    FRIDAY,
    MONDAY,
    ODD,
    ORDINARY,
    OVERNIGHT,
    ROUND_THE_CLOCK,
    Answer,
    condition,
    holiday,
    interval,
    schedule,
    sla_policy,
    target,
)

VIP: Final = {"priority": "urgent", "type": "incident", "tags": ["vip", "b2b"]}


@pytest.mark.parametrize(
    ("account", "received", "ticket", "metric", "due", "because"),
    [
        (ORDINARY, "2026-11-20T12:00+01:00", {"priority": "urgent"}, "first_response", "2026-11-20T14:00+01:00",
         "half an hour before the lunch hour, half an hour after it"),
        (ORDINARY, "2026-11-20T15:00+01:00", {"priority": "normal"}, "first_response", "2026-11-23T16:00+01:00",
         "two hours on Friday, three and a half on Monday morning, two and a half after lunch"),
        (ORDINARY, "2026-11-20T15:00+01:00", {"priority": "normal"}, "resolution", "2026-11-22T15:00+01:00",
         "2880 minutes of the clock, as business_hours is false"),
        (ORDINARY, "2026-12-23T16:30+01:00", {"priority": "urgent"}, "agent_work", "2026-12-28T12:30+01:00",
         "half an hour; the holiday lasts to the end of the 26th, a Saturday; three and a half hours on Monday"),
        (ORDINARY, "2026-11-20T15:00+01:00", {**VIP, "brand_id": "11"}, "first_response", "2026-11-20T15:15+01:00",
         "the policy at position 1 is first, though it is second in the answer"),
        (ORDINARY, "2026-11-20T15:00+01:00", {**VIP, "brand_id": "12", "group_id": "22"}, "first_response", "2026-11-20T15:15+01:00",
         "any: the group is enough"),
        (ORDINARY, "2026-11-20T15:00+01:00", {**VIP, "brand_id": "12"}, "first_response", "2026-11-20T16:00+01:00",
         "none of any: the other policy"),
        (ORDINARY, "2026-11-20T15:00+01:00", {"priority": "low"}, "first_response", None,
         "no metric for this priority is no target, and no error"),
        (ROUND_THE_CLOCK, "2026-11-22T03:00+00:00", {"priority": "high"}, "first_response", "2026-11-22T07:00+00:00",
         "on a Sunday night, too"),
        (ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {"priority": "high"}, "first_response", "2026-12-26T02:00+00:00",
         "two hours before Christmas Day, which is closed from midnight to midnight, two after it"),
        (ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {"priority": "high"}, "requester_wait", "2026-12-26T08:00+00:00",
         "two hours and eight"),
        (ROUND_THE_CLOCK, "2026-03-29T00:30+00:00", {"priority": "high"}, "first_response", "2026-03-29T05:30+01:00",
         "clocks go forward at 01:00: four hours are four hours"),
        (OVERNIGHT, "2026-11-24T05:00+09:00", {"priority": "low"}, "first_response", "2026-11-25T01:00+09:00",
         "an hour, two before midnight, one after it"),
        (OVERNIGHT, "2026-11-20T23:00+09:00", {"priority": "low"}, "first_response", "2026-11-21T03:00+09:00",
         "Friday's night lasts into Saturday"),
        (OVERNIGHT, "2026-11-22T12:00+09:00", {"priority": "low"}, "first_response", "2026-11-24T04:00+09:00",
         "Monday is off until midnight; the hours after it are Tuesday's, and open"),
        (ODD, "2026-10-30T15:30-07:00", {"priority": "urgent"}, "first_response", "2026-11-02T08:30-08:00",
         "an hour by the seconds; of tickets without a schedule the one that was created first"),
        (ODD, "2026-10-30T12:00-04:00", {"priority": "urgent", "schedule": "9"}, "first_response", "2026-10-31T19:00-04:00",
         "Saturday from 18:00 to a midnight that is said as 0"),
        (ODD, "2026-10-31T23:00-04:00", {"priority": "high", "schedule": "9"}, "first_response", "2026-11-01T00:30-04:00",
         "an hour until midnight, half an hour on Sunday"),
        (ODD, "2026-11-01T01:30-04:00", {"priority": "high", "schedule": "9"}, "first_response", "2026-11-01T02:00-05:00",
         "clocks go back at 02:00: half an hour, and the hour that comes twice"),
        (ODD, "2026-10-30T12:00-04:00", {"priority": "urgent", "organization_id": "31"}, "first_response", None,
         "an organization that the filter excludes"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_account(
    account: list[Answer], received: str, ticket: dict[str, Any], metric: str, due: str | None, because: str
) -> None:
    policy = zendesk.load(account).policy
    promise = policy.promise_for(datetime.fromisoformat(received), ticket).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize("account", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD])
def test_what_was_imported_is_a_policy_that_round_trips(account: list[Answer], tmp_path: Path) -> None:
    imported = zendesk.load(account)
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    file = tmp_path / "policy.toml"
    file.write_text(imported.to_toml(), encoding="utf-8")
    assert sla.load_policy(file) == imported.policy
    assert imported.calendars.keys() == imported.policy.calendars.keys()
    assert not [
        warning
        for warning in sla.check_policy(imported.policy, as_of=datetime.fromisoformat("2026-11-20T00:00Z"))
        if warning.code == "rule_hidden"
    ]


def test_a_folder_of_answers_is_read_whole(tmp_path: Path) -> None:
    account = deepcopy(ORDINARY)
    found = account[0]["schedules"][0]
    files: dict[str, Answer] = {
        "schedules.json": account[0],
        f"schedules/{found['id']}/holidays.json": {"holidays": found.pop("holidays")},
        "slas/policies.json": account[1],
        "slas/25.json": {"sla_policy": account[1]["sla_policies"][0]},
        "tickets.json": {"tickets": []},
    }
    for name, answer in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(answer), encoding="utf-8")
    (tmp_path / "README.txt").write_text("not read")
    imported = zendesk.load(tmp_path)
    assert imported.policy == zendesk.load(ORDINARY).policy
    assert zendesk.load(str(tmp_path)).policy == imported.policy
    assert "# schedule 7, 'Brussels', in the zone 'Brussels' (schedules.json: schedules[0])" in imported.to_toml()
    assert "# SLA policy 1, 'Everybody', at position 2 (slas/25.json: sla_policy)" in imported.to_toml()
    assert zendesk.load(tmp_path / "schedules.json").calendars.keys() == {"Brussels"}


def test_a_schedule_without_policies_is_a_policy_that_promises_nothing() -> None:
    imported = zendesk.load(ROUND_THE_CLOCK[0])
    assert [rule.metrics for rule in imported.policy.rules] == [{}]
    assert str(imported.calendars["Always"].hours) == "Mon-Sun 00:00-24:00"


def test_targets_of_the_clock_need_no_schedule() -> None:
    policy = zendesk.load(
        {"sla_policies": [sla_policy(1, "All", 1, target("low", "first_reply_time", 60, business=False))]}
    ).policy
    saturday = datetime.fromisoformat("2026-11-21T10:00Z")
    assert policy.promise(saturday, priority="low")["first_response"].due == datetime.fromisoformat("2026-11-21T11:00Z")


def test_overlapping_holidays_are_one_day_off_with_both_names() -> None:
    calendar = zendesk.load(ORDINARY).calendars["Brussels"]
    assert calendar.holidays is not None
    assert calendar.holidays.names(2026)[datetime(2026, 12, 25).date()] == "Year's end; Christmas"


def test_names_that_are_there_twice_are_told_apart_by_their_ids() -> None:
    twice = [schedule(number, "Desk", "Tokyo", interval(MONDAY, "9:00", "17:00")) for number in (1, 2)]
    assert [*zendesk.load({"schedules": twice}).calendars] == ["Desk (1)", "Desk (2)"]


@pytest.mark.parametrize(
    ("when", "ticket", "is_for"),
    [
        ([("current_tags", "includes", "a b")], {"tags": "b"}, True),
        ([("current_tags", "includes", "a b")], {"tags": "c"}, False),
        ([("current_tags", "includes", "a"), ("current_tags", "includes", "b")], {"tags": "b"}, False),
        ([("current_tags", "includes", "a"), ("current_tags", "includes", "b")], {"tags": "b, a"}, True),
        ([("current_tags", "not_includes", "a"), ("current_tags", "not_includes", "b")], {"tags": "b"}, False),
        ([("current_tags", "not_includes", "a"), ("current_tags", "includes", "b")], {"tags": "b"}, True),
        ([("type", "is", "incident"), ("type", "is", "problem")], {"type": "problem"}, False),
        ([("brand_id", "includes", [1, 2]), ("brand_id", "is_not", 1)], {"brand_id": "2"}, True),
        ([("brand_id", "includes", [1, 2]), ("brand_id", "is_not", 1)], {"brand_id": "1"}, False),
        ([("priority", "is", "high")], {}, False),
        ([("priority", "is_not", "high")], {}, True),
        ([("organization_id", "is_not", 5)], {}, True),
    ],
)
def test_a_filter_is_for_the_tickets_that_satisfy_it(
    when: list[tuple[str, str, Any]], ticket: dict[str, str], is_for: bool
) -> None:
    filter_ = {"all": [condition(*each) for each in when]}
    other = sla_policy(9, "Other", 9, target("low", "next_reply_time", 1, business=False))
    account = {
        "sla_policies": [
            sla_policy(1, "One", 1, target("low", "first_reply_time", 60, business=False), filter=filter_),
            other,
        ]
    }
    policy = zendesk.load(account).policy
    declared = {name: value for name, value in ticket.items() if name in policy.field_names}
    assert policy.rule_for(priority="low", **declared).name.startswith("One" if is_for else "Other")


def test_one_condition_of_any_must_hold() -> None:
    filter_ = {"all": [condition("type", "is", "incident")], "any": [condition("brand_id", "is", 11)]}
    tables = [
        sla_policy(1, "One", 1, target("low", "first_reply_time", 60, business=False), filter=filter_),
        sla_policy(9, "Other", 9, target("low", "next_reply_time", 1, business=False)),
    ]
    policy = zendesk.load({"sla_policies": tables}).policy
    found = {
        (kind, brand): policy.rule_for(priority="low", type=kind, brand_id=brand).name
        for kind in ("incident", "problem")
        for brand in ("11", "12")
    }
    assert [key for key, name in found.items() if name.startswith("One")] == [("incident", "11")]


# ---------------------------------------------------------------- what is lost


def account_with(**policy: Any) -> Answer:
    return {"sla_policies": [sla_policy(1, "One", 1, target("low", "first_reply_time", 60, business=False), **policy)]}


@pytest.mark.parametrize(
    ("account", "severity", "where", "means"),
    [
        (account_with(filter={"all": [condition("status", "is", "open")]}), "due_times",
         "sla_policies[0].filter.all[0]", "the field 'status'"),
        (account_with(filter={"all": [condition("custom_fields_7", "present", None)]}), "due_times",
         "sla_policies[0].filter.all[0]", "the operator 'present'"),
        (account_with(filter={"any": [condition("assignee_id", "is", 4)]}), "due_times",
         "sla_policies[0].filter.any[0]", "the field 'assignee_id'"),
        (account_with(filter={"all": [condition("organization_id", "is", "")]}), "due_times",
         "sla_policies[0].filter.all[0]", "a field 'organization_id' that is empty"),
        (account_with(filter={"all": [condition("current_tags", "includes", "a b"), condition("current_tags", "includes", "c d")]}),
         "due_times", "sla_policies[0].filter.all[1]", "a second condition on one list"),
        (account_with(metrics_settings={"first_reply_time": {"fulfill_on_agent_internal_note": True}}), "due_times",
         "sla_policies[0].metrics_settings.first_reply_time.fulfill_on_agent_internal_note", "the setting fulfill_on_agent"),
        ({**account_with(), "group_sla_policies": [{"id": "01H", "title": "Groups"}]}, "due_times",
         "group_sla_policies[0]", "the group SLA 'Groups' counts how long each group owns a ticket"),
        ({"schedules": [schedule(1, "A", "Tokyo", interval(FRIDAY, "9:00", "23:59"))]}, "cosmetic",
         "schedules[0].intervals[0].end_time", "the interval ends at 23:59"),
        ({"sla_policies": [sla_policy(1, "One", 1, target("low", "first_reply_time", 60, business=False, target_in_seconds=60))]},
         "cosmetic", "sla_policies[0].policy_metrics[0]", "target says 60 minutes, target_in_seconds 60 seconds"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_refused_where_it_changes_due_times(
    account: Answer, severity: str, where: str, means: str
) -> None:
    (loss,) = zendesk.load(account, lossy=True).losses
    assert (loss.severity, loss.where) == (severity, where)
    assert loss.means.startswith(means)
    assert loss.instead
    assert str(loss) in zendesk.load(account, lossy=True).summary
    if severity == "due_times":
        with pytest.raises(sla.InteropError) as refused:
            zendesk.load(account)
        assert refused.value.code == "import_changes_due_times"
        assert str(where) in str(refused.value)
    else:
        assert zendesk.load(account).losses == (loss,)


def test_settings_that_are_off_or_as_ours_are_no_loss() -> None:
    settings_ = {
        "first_reply_time": {"activate_on_ticket_created_for_end_user": True, "fulfill_on_agent_internal_note": False}
    }
    assert zendesk.load(account_with(metrics_settings=settings_)).losses == ()


# ---------------------------------------------------------------- what is refused


def with_interval(**minutes: Any) -> Answer:
    return {"schedules": [schedule(1, "A", "Tokyo", minutes)]}


def with_schedule(**more: Any) -> Answer:
    return {"schedules": [{**schedule(1, "A", "Tokyo", interval(MONDAY, "9:00", "17:00")), **more}]}


def without(key: str, table: Answer) -> Answer:
    return {name: value for name, value in table.items() if name != key}


REFUSALS: Final = [
    Refusal(lambda: zendesk.load(with_interval(start_time=1980, end_time=3900)), sla.InteropError, "import_interval_over_midnight",
            "schedules[0].intervals[0]", "1980 to 3900", "1980 to 2460: 09:00 to 17:00"),
    Refusal(lambda: zendesk.load(with_interval(start_time=2460, end_time=1980)), sla.InteropError, "import_interval_over_midnight",
            "schedules[0].intervals[0]", "2460 to 1980", "minutes since Sunday 00:00"),
    Refusal(lambda: zendesk.load(with_interval(start_time=1980, end_time=0)), sla.InteropError, "import_interval_over_midnight",
            "schedules[0].intervals[0]", "1980 to 10080", "minutes since Sunday 00:00"),
    Refusal(lambda: zendesk.load(with_interval(start_time=1980, end_time=10081)), sla.InteropError, "import_value_invalid",
            "schedules[0].intervals[0].end_time", "10081", "a whole number from 0 to 10080"),
    Refusal(lambda: zendesk.load(with_interval(start_time="09:00", end_time="17:00")), sla.InteropError, "import_value_invalid",
            "schedules[0].intervals[0].start_time", "'09:00'", "a whole number from 0 to 10080"),
    Refusal(lambda: zendesk.load(with_interval(start_time=True, end_time=600)), sla.InteropError, "import_value_invalid",
            "schedules[0].intervals[0].start_time", "True", "a whole number"),
    Refusal(lambda: zendesk.load(with_schedule(intervals=[])), sla.InteropError, "import_never_opens",
            "schedules[0].intervals", "[]", "one interval or more"),
    Refusal(lambda: zendesk.load(with_schedule(intervals=[interval(MONDAY, "9:00", "10:00")] * 501)), sla.InteropError,
            "import_value_invalid", "schedules[0].intervals", "", "at most 500 intervals"),
    Refusal(lambda: zendesk.load(with_schedule(time_zone="Tokio")), sla.InteropError, "import_zone_unknown",
            "schedules[0].time_zone", "'Tokio'", "an IANA name"),
    Refusal(lambda: zendesk.load([with_schedule(name="North"), with_schedule(name="South")]), sla.InteropError, "import_value_invalid",
            "[1].schedules[0].id", "", "one answer about each, or the same twice"),
    Refusal(lambda: zendesk.load(with_schedule(name="")), sla.InteropError, "import_value_invalid",
            "schedules[0].name", "''", "text"),
    Refusal(lambda: zendesk.load(with_schedule(name="\ud800")), sla.InteropError, "import_value_invalid",
            "schedules[0].name", "", "text"),
    Refusal(lambda: zendesk.load(with_schedule(name=None)), sla.InteropError, "import_key_missing",
            "schedules[0].name", "", '"name"'),
    Refusal(lambda: zendesk.load(with_schedule(holidays=[holiday("A", "2026-12-26", "2026-12-24")])), sla.InteropError,
            "import_dates_invalid", "schedules[0].holidays[0]", "2026-12-26 to 2026-12-24", "both included"),
    Refusal(lambda: zendesk.load(with_schedule(holidays=[holiday("A", "1900-01-01", "2200-12-31")])), sla.InteropError,
            "import_dates_invalid", "schedules[0].holidays[0]", "1900-01-01 to 2200-12-31", "at most 5000"),
    Refusal(lambda: zendesk.load(with_schedule(holidays=[holiday("A", "24.12.2026", "2026-12-24")])), sla.InteropError,
            "import_value_invalid", "schedules[0].holidays[0].start_date", "'24.12.2026'", "a date such as 2026-12-24"),
    Refusal(lambda: zendesk.load([*ODD, {"holidays": [holiday("A", "2026-12-24", "2026-12-24")]}]), sla.InteropError,
            "import_schedule_missing", "[2].holidays[0]", "''", "holidays_ID.json, with ID one of 9, 8"),
    Refusal(lambda: zendesk.load({"sla_policies": ORDINARY[1]["sla_policies"]}), sla.InteropError, "import_schedule_missing",
            "source", "Everybody", "the answer with schedules, too"),
    Refusal(lambda: zendesk.load({"schedules": [], "sla_policies": []}), sla.InteropError, "import_nothing_there",
            "source", "", "an answer with schedules or sla_policies"),
    Refusal(lambda: zendesk.load({"calendars": []}), sla.InteropError, "import_document_unknown",
            "", "['calendars']", "schedules, holidays, sla_policies, group_sla_policies"),
    Refusal(lambda: zendesk.load([[]]), sla.InteropError, "import_value_invalid",
            "[0]", "[]", "a table"),
    Refusal(lambda: zendesk.load(7), sla.InteropError, "import_source_invalid",
            "source", "7", "parsed JSON, the path of a file, or of a folder"),
    Refusal(lambda: zendesk.load({**ROUND_THE_CLOCK[0], "next_page": "https://example.org/2"}), sla.InteropError, "import_truncated",
            "", "'https://example.org/2'", "every page, each as a file of its own"),
    Refusal(lambda: zendesk.load({**account_with(), "meta": {"has_more": True}}), sla.InteropError, "import_truncated",
            "", "None", "every page"),
    Refusal(lambda: zendesk.load(account_with(filter={"all": [condition("type", "equals", "incident")]})), sla.InteropError,
            "import_value_invalid", "sla_policies[0].filter.all[0].operator", "'equals'", "is"),
    Refusal(lambda: zendesk.load({"sla_policies": [sla_policy(1, "A", 1, target("low", "reply_time", 60))]}), sla.InteropError,
            "import_value_invalid", "sla_policies[0].policy_metrics[0].metric", "'reply_time'", "first_reply_time"),
    Refusal(lambda: zendesk.load({"sla_policies": [sla_policy(1, "A", 1, target("middle", "first_reply_time", 60))]}),
            sla.InteropError, "import_value_invalid", "sla_policies[0].policy_metrics[0].priority", "'middle'", "low"),
    Refusal(lambda: zendesk.load({"sla_policies": [sla_policy(1, "A", 1, target("low", "first_reply_time", -1))]}),
            sla.InteropError, "import_value_invalid", "sla_policies[0].policy_metrics[0].target", "-1", "a whole number from 0"),
    Refusal(lambda: zendesk.load({"sla_policies": [sla_policy(1, "A", 1, without("business_hours", target("low", "first_reply_time", 1)))]}),
            sla.InteropError, "import_key_missing", "sla_policies[0].policy_metrics[0].business_hours", "", '"business_hours"'),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("schedules.json", '{"schedules": [', "import_unreadable"),
        ("schedules.json", "[" * 100_000, "import_unreadable"),
        ("schedules.json", '{"schedules": [], "schedules": []}', "import_unreadable"),
        ("schedules.json", "\0", "import_unreadable"),
        ("policy.json", '{"name": "support", "rules": []}', "import_document_unknown"),
        ("notes.txt", "{}", "import_folder_without_files"),
    ],
)
def test_a_folder_that_cannot_be_read_names_the_file(name: str, text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(sla.InteropError) as refused:
        zendesk.load(tmp_path)
    assert refused.value.code == code
    assert (name if name.endswith(".json") else str(tmp_path)) in str(refused.value)


def test_an_id_that_no_schedule_has_is_refused_and_not_the_first_schedule() -> None:
    policy = zendesk.load(ODD).policy
    with pytest.raises(sla.PolicyError) as refused:
        policy.promise(datetime.fromisoformat("2026-10-30T12:00+00:00"), priority="urgent", schedule="99")
    assert (refused.value.code, refused.value.where, refused.value.given) == ("field_value_unknown", "schedule", "'99'")


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = [
        schedule(number, "A", zone, interval(MONDAY, "9:00", "17:00"))
        for number, zone in ((1, "Tokio"), (2, "Tokyo"), (3, "?"))
    ]
    with pytest.raises(sla.InteropError) as refused:
        zendesk.load({"schedules": wrong})
    assert [problem.where for problem in refused.value.problems] == ["schedules[0].time_zone", "schedules[2].time_zone"]


# ---------------------------------------------------------------- random schedules


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(1, 96)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=3),
    st.integers(0, 40 * 24 * 60),
)
def test_an_instant_is_open_as_the_minutes_of_the_week_say(
    quarters: list[tuple[int, int, int]], off: list[tuple[int, int]], minute: int
) -> None:
    """An oracle of its own: an instant is open when its minute of the week is in an interval, and its date is not off."""
    from datetime import UTC, date, timedelta

    intervals = [
        {"start_time": day * 1440 + 15 * min(a, b - 1), "end_time": day * 1440 + 15 * max(a + 1, b)}
        for day, a, b in quarters
    ]
    first = date(2026, 11, 1)  # a Sunday
    days = [(first + timedelta(start), first + timedelta(start + length)) for start, length in off]
    holidays = [holiday("off", str(start), str(end)) for start, end in days]
    account = {"schedules": [schedule(1, "A", "UTC", *intervals, holidays=holidays)]}
    at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minute)
    in_hours = any(each["start_time"] <= minute % 10080 < each["end_time"] for each in intervals)
    is_off = any(start <= at.date() <= end for start, end in days)
    assert zendesk.load(account).calendars["A"].is_open(at) == (in_hours and not is_off)


def test_a_policy_that_fits_without_a_target_of_the_priority_is_the_last_one_tried() -> None:
    brand = {"all": [condition("brand_id", "is", "11")], "any": []}
    first = sla_policy(1, "Brand", 1, target("urgent", "first_reply_time", 15, business=False), filter=brand)
    rest = sla_policy(2, "Everybody", 2, target("low", "first_reply_time", 60, business=False))
    policy = zendesk.load({"sla_policies": [first, rest]}).policy
    received = datetime.fromisoformat("2026-11-20T12:00+00:00")
    assert not policy.promise(received, priority="low", brand_id="11")
    due = policy.promise(received, priority="low", brand_id="12")["first_response"].due
    assert due == datetime.fromisoformat("2026-11-20T13:00+00:00")


def test_targets_of_a_priority_that_the_filter_keeps_out_are_told() -> None:
    urgent = {"all": [condition("priority", "is", "urgent")], "any": []}
    answer = {
        "sla_policies": [sla_policy(1, "A", 1, target("low", "first_reply_time", 60, business=False), filter=urgent)]
    }
    (loss,) = zendesk.load(answer).losses
    assert (loss.severity, loss.where) == ("cosmetic", "sla_policies[0].policy_metrics")
