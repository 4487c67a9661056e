"""Freshdesk's and Freshservice's configuration as a policy: due times by hand from the facts of the formats, and what is refused or lost."""

import json
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import Imported, freshdesk, freshservice
from tests.refusals import Refusal, check
from tests.unit.interop.freshworks.accounts import (
    EVERY_DAY,
    HOUR,
    ODD,
    ORDINARY,
    OVERNIGHT,
    ROUND_THE_CLOCK,
    SERVICE_ODD,
    SERVICE_ORDINARY,
    SERVICE_OVERNIGHT,
    SERVICE_ROUND_THE_CLOCK,
    Answer,
    day,
    holiday,
    hours,
    policy,
    service_hours,
    service_policy,
    shift,
    targets,
)

DESK: Final = freshdesk.load
SERVICE: Final = freshservice.load
ACCOUNTS: Final = [
    (DESK, ORDINARY), (DESK, ROUND_THE_CLOCK), (DESK, OVERNIGHT), (DESK, ODD),
    (SERVICE, SERVICE_ORDINARY), (SERVICE, SERVICE_ROUND_THE_CLOCK), (SERVICE, SERVICE_OVERNIGHT), (SERVICE, SERVICE_ODD),
]  # fmt: skip


@pytest.mark.parametrize(
    ("load", "account", "received", "ticket", "metric", "due", "because"),
    [
        (DESK, ORDINARY, "2026-11-20T16:30-05:00", {"priority": "urgent", "company_id": "7"}, "first_response", "2026-11-23T08:30-05:00",
         "half an hour on Friday, half an hour on Monday"),
        (DESK, ORDINARY, "2026-11-20T16:30-05:00", {"priority": "urgent", "company_id": "8"}, "first_response", "2026-11-20T18:30-05:00",
         "7200 seconds of the clock, as business_hours is false"),
        (DESK, ORDINARY, "2026-11-23T08:00-05:00", {"priority": "low"}, "first_response", "2026-11-25T14:00-05:00",
         "86400 seconds are 24 hours of nine a day: nine, nine, six"),
        (DESK, ORDINARY, "2026-12-24T16:00-05:00", {"priority": "urgent", "company_id": "7"}, "resolution", "2026-12-28T11:00-05:00",
         "an hour on Thursday, Christmas is a Friday, three hours on Monday"),
        (DESK, ORDINARY, "2026-11-20T16:30-05:00", {"priority": "low", "company_id": "7"}, "first_response", None,
         "the first policy that is for the ticket counts, also where it has no target of the priority"),
        (DESK, ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {"priority": "high"}, "first_response", "2026-12-26T02:00+00:00",
         "two hours before Christmas Day, two after it"),
        (DESK, ROUND_THE_CLOCK, "2026-11-22T23:58+00:00", {"priority": "high"}, "resolution", "2026-11-23T09:58+00:00",
         "the second after 11:59:59 pm is not lost"),
        (DESK, OVERNIGHT, "2026-11-30T21:00+09:00", {"priority": "medium"}, "first_response", "2026-12-01T02:00+09:00",
         "two hours before midnight, two after it"),
        (DESK, OVERNIGHT, "2026-11-23T21:00+09:00", {"priority": "medium"}, "first_response", "2026-12-01T00:00+09:00",
         "Tuesday is off: the hours after midnight are Tuesday's; the next two are on Monday evening, to its end"),
        (DESK, ODD, "2026-11-20T12:00+01:00", {"priority": "urgent", "group_id": "21", "source": "7"}, "first_response",
         "2026-11-21T10:00+01:00", "the hours of the group: Saturday from nine"),
        (DESK, ODD, "2026-11-20T12:00-08:00", {"priority": "urgent", "source": "9"}, "first_response", "2026-11-23T13:30-08:00",
         "without a group the default hours: Monday, half past twelve"),
        (DESK, ODD, "2026-11-20T12:00-08:00", {"priority": "urgent", "group_id": "22"}, "first_response", "2026-11-23T14:30-08:00",
         "a group without hours of its own; another channel, so that the policy at position 3 counts"),
        (SERVICE, SERVICE_ORDINARY, "2026-11-20T16:30+01:00", {"priority": "urgent"}, "first_response", "2026-11-23T08:30+01:00",
         "half an hour on Friday, half an hour on Monday"),
        (SERVICE, SERVICE_ORDINARY, "2026-11-23T08:00+01:00", {"priority": "low"}, "first_response", "2026-11-25T14:00+01:00",
         "24 hours of nine a day"),
        (SERVICE, SERVICE_ORDINARY, "2026-11-20T16:30+01:00", {"priority": "high"}, "resolution", "2026-11-20T18:30+01:00",
         "two hours of the clock"),
        (SERVICE, SERVICE_ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {"priority": "high"}, "first_response", "2026-12-26T02:00+00:00",
         "two hours before Christmas Day, two after it"),
        (SERVICE, SERVICE_OVERNIGHT, "2026-11-23T21:00+09:00", {"priority": "medium"}, "first_response", "2026-12-01T00:00+09:00",
         "Tuesday is off, from midnight on"),
        (SERVICE, SERVICE_ODD, "2026-01-15T16:00-05:00", {"priority": "urgent"}, "first_response", "2026-01-19T09:00-05:00",
         "half an hour; Friday, the 16th, is off; Monday, the 19th, is not, though it is the real holiday"),
        (SERVICE, SERVICE_ODD, "2027-01-15T16:00-05:00", {"priority": "urgent"}, "first_response", "2027-01-18T09:00-05:00",
         "in 2027 the 16th is a Saturday, and the real holiday a Monday on which they work"),
        (SERVICE, SERVICE_ODD, "2026-11-20T12:00-10:00", {"priority": "urgent", "business_hours": "2"}, "first_response",
         "2026-11-29T12:30-10:00", "half an hour each Sunday, two of them"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_account(
    load: Callable[..., Imported],
    account: list[Any],
    received: str,
    ticket: dict[str, str],
    metric: str,
    due: str | None,
    because: str,
) -> None:
    promise = load(account).policy.promise_for(datetime.fromisoformat(received), ticket).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize(("load", "account"), ACCOUNTS)
def test_what_was_imported_is_a_policy_that_round_trips(load: Callable[..., Imported], account: list[Any]) -> None:
    imported = load(account)
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    assert not [
        warning
        for warning in sla.check_policy(imported.policy, as_of=datetime.fromisoformat("2026-11-20T00:00Z"))
        if warning.code == "rule_hidden"
    ]


def test_a_folder_of_answers_is_read_whole(tmp_path: Path) -> None:
    for number, answer in enumerate(ODD):
        (tmp_path / f"answer_{number}.json").write_text(json.dumps(answer), encoding="utf-8")
    (tmp_path / "one.json").write_text(json.dumps(ODD[1]), encoding="utf-8")
    imported = DESK(tmp_path)
    assert imported.policy == DESK(ODD).policy
    assert "# business hours 'Weekend', in the zone 'Berlin' (answer_0.json: business_hours[0])" in imported.to_toml()
    assert "# SLA policy 'Chat', at position 1 (answer_3.json: sla_policies[0])" in imported.to_toml()


def test_hours_without_policies_promise_nothing_and_policies_of_the_clock_need_no_hours() -> None:
    assert [rule.metrics for rule in DESK(ROUND_THE_CLOCK[0]).policy.rules] == [{}]
    alone = DESK([policy(1, "All", 1, {4: targets(HOUR, HOUR, business=False)})]).policy
    saturday = datetime.fromisoformat("2026-11-21T10:00Z")
    assert alone.promise(saturday, priority="urgent")["resolution"].due == datetime.fromisoformat("2026-11-21T11:00Z")


# ---------------------------------------------------------------- what is lost

NINE_TO_FIVE: Final = {"monday": day("09:00:00 am", "05:00:00 pm")}
UNTIL_MIDNIGHT: Final = {"monday": day("09:00:00 am", "11:59:59 pm")}


@pytest.mark.parametrize(
    ("load", "account", "severity", "where", "means"),
    [
        (DESK, [hours(1, "A", "Tokyo", UNTIL_MIDNIGHT)], "cosmetic", "[0].business_hours.monday.end_time", "the hours end at 11:59:59 pm"),
        (SERVICE, [service_hours(1, "A", "Tokyo", {"monday": shift("09:00", "23:59")})], "cosmetic",
         "[0].service_desk_hours.monday.end_of_workday", "the hours end at 23:59"),
        (DESK, [hours(1, "A", "Tokyo", NINE_TO_FIVE, list_of_holidays=None)], "due_times", "[0]",
         "nobody says the holidays of these hours"),
        (SERVICE, [service_hours(1, "A", "Tokyo", {"monday": shift("09:00", "17:00")}, holiday("--01-16", "MLK"))], "cosmetic",
         "[0].list_of_holidays[0].holiday_date", "MLK has no year: it comes back on 01-16, even if it moves"),
        (DESK, [policy(1, "All", 1, {4: targets(60, 60, business=False)}, active=False), *ROUND_THE_CLOCK[0]], "cosmetic",
         "[0].active", "the SLA policy 'All' is off"),
        (DESK, [policy(1, "All", 1, {4: targets(60, 60, business=False)}, escalation={"response": {"agent_ids": [1]}})], "cosmetic",
         "[0].escalation", "agents are told when a target is missed"),
        (DESK, [policy(1, "All", 1, {4: targets(60, 60, business=False)}, applicable_to={"group_ids": [1], "sources": [2]})],
         "due_times", "[0].applicable_to", "nobody says whether group_ids and sources must all hold"),
        (SERVICE, [service_policy(1, "All", 1, {4: targets(60, 60, business=False)}, applicable_to={"department_id": [1]})],
         "due_times", "[0].applicable_to.department_id", "department_id decides which tickets the SLA policy is for"),
        (DESK, [policy(1, "All", 1, {4: targets(60, 60, business=False)})], "reports", "[0]",
         "the answers do not say which statuses stop the SLA timer"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_refused_where_it_changes_due_times(
    load: Callable[..., Imported], account: list[Any], severity: str, where: str, means: str
) -> None:
    (loss,) = [each for each in load(account, lossy=True).losses if each.means.startswith(means)]
    assert (loss.severity, loss.where) == (severity, where)
    if severity == "due_times":
        with pytest.raises(sla.InteropError) as refused:
            load(account)
        assert refused.value.code == "import_changes_due_times"
        assert where in str(refused.value)
    else:
        assert loss in load(account).losses


def test_a_policy_whose_conditions_are_not_known_is_left_out_and_not_for_everybody() -> None:
    account = [service_policy(1, "Some", 1, {4: targets(60, 60, business=False)}, applicable_to={"department_id": [1]})]
    assert [rule.name for rule in SERVICE(account, lossy=True).policy.rules] == ["no SLA policy"]


def test_without_holidays_there_are_none_and_an_empty_list_says_that_there_are_none() -> None:
    assert DESK([hours(1, "A", "Tokyo", NINE_TO_FIVE)]).losses == ()
    assert (
        DESK([hours(1, "A", "Tokyo", NINE_TO_FIVE, list_of_holidays=None)], lossy=True).calendars["A"].holidays is None
    )


def test_a_target_that_is_null_is_none_and_the_others_have_our_names() -> None:
    chat, everybody = (DESK(ODD).policy.rule_for(priority="urgent", source=source) for source in ("7", "1"))
    assert [*chat.metrics] == ["first_response", "resolution"]
    assert [*everybody.metrics] == ["first_response", "next_response", "resolution"]


def test_a_group_is_chosen_by_its_id_and_another_group_has_the_default_hours() -> None:
    (rule, *_) = DESK(ODD).policy.to_data()["rules"]
    assert rule["calendar"] == {"field": "group_id", "21": "Weekend", "default": "Afternoons"}


# ---------------------------------------------------------------- what is refused


def with_day(start: Any, end: Any, name: str = "monday") -> list[Answer]:
    return [hours(1, "A", "Tokyo", {name: day(start, end)})]


def with_hours(**more: Any) -> list[Answer]:
    return [hours(1, "A", "Tokyo", NINE_TO_FIVE, **more)]


def with_targets(by_priority: Any, **more: Any) -> list[Answer]:
    return [{**policy(1, "All", 1, {}, **more), "sla_target": by_priority}]


REFUSALS: Final = [
    Refusal(lambda: DESK(with_day("09:00:00 am", "06:00:00 am")), sla.InteropError, "import_interval_over_midnight",
            "[0].business_hours.monday", "09:00:00 am to 06:00:00 am", "11:59:59 pm is midnight"),
    Refusal(lambda: DESK(with_day("12:00:00 am", "12:00:00 am")), sla.InteropError, "import_interval_over_midnight",
            "[0].business_hours.monday", "12:00:00 am to 12:00:00 am", "11:59:59 pm is midnight"),
    Refusal(lambda: DESK(with_day("08:00:00", "05:00:00 pm")), sla.InteropError, "import_value_invalid",
            "[0].business_hours.monday.start_time", "'08:00:00'", "a time of the clock of twelve hours, such as 08:00:00 am"),
    Refusal(lambda: DESK(with_day("08:00:00 am", "17:00:00 pm")), sla.InteropError, "import_value_invalid",
            "[0].business_hours.monday.end_time", "'17:00:00 pm'", "a time of the clock of twelve hours"),
    Refusal(lambda: SERVICE([service_hours(1, "A", "Tokyo", {"monday": shift("9", "17")})]), sla.InteropError, "import_value_invalid",
            "[0].service_desk_hours.monday.beginning_of_workday", "'9'", "8:00 am or 08:00"),
    Refusal(lambda: SERVICE([service_hours(1, "A", "Tokyo", {"monday": shift("09:00", "24:00")})]), sla.InteropError, "import_value_invalid",
            "[0].service_desk_hours.monday.end_of_workday", "'24:00'", "8:00 am or 08:00"),
    Refusal(lambda: DESK(with_day("08:00:00 am", "05:00:00 pm", "Monday")), sla.InteropError, "import_value_invalid",
            "[0].business_hours.Monday", "'Monday'", "monday"),
    Refusal(lambda: DESK(with_hours(business_hours={})), sla.InteropError, "import_never_opens",
            "[0].business_hours", "", "one day or more"),
    Refusal(lambda: DESK(with_hours(time_zone="Tokio")), sla.InteropError, "import_zone_unknown",
            "[0].time_zone", "'Tokio'", "an IANA name"),
    Refusal(lambda: DESK(with_hours(list_of_holidays=[holiday("2026-12-25", "Christmas")])), sla.InteropError, "import_value_invalid",
            "[0].list_of_holidays[0].holiday_date", "'2026-12-25'", '"--01-16"'),
    Refusal(lambda: DESK(with_hours(list_of_holidays=[holiday("--02-30", "Never")])), sla.InteropError, "import_value_invalid",
            "[0].list_of_holidays[0].holiday_date", "'--02-30'", "a month and a day"),
    Refusal(lambda: DESK([*with_hours(), *with_hours(description="B")]), sla.InteropError, "import_value_invalid",
            "[1].id", "1", "one answer about each, or the same twice"),
    Refusal(lambda: DESK(SERVICE_ORDINARY), sla.InteropError, "import_document_unknown",
            "[0].business_hours[0]", "service_desk_hours", "SLA policies with sla_target"),
    Refusal(lambda: SERVICE(ORDINARY), sla.InteropError, "import_document_unknown",
            "[0][0]", "business_hours", "business hours with service_desk_hours"),
    Refusal(lambda: DESK({"schedules": []}), sla.InteropError, "import_document_unknown",
            "", "['schedules']", "business hours with business_hours"),
    Refusal(lambda: DESK([7]), sla.InteropError, "import_value_invalid", "[0]", "7", "a table"),
    Refusal(lambda: DESK(7), sla.InteropError, "import_source_invalid", "source", "7", "parsed JSON"),
    Refusal(lambda: DESK([]), sla.InteropError, "import_nothing_there", "source", "", "business hours and SLA policies"),
    Refusal(lambda: DESK(ORDINARY[1]), sla.InteropError, "import_schedule_missing", "source", "Company 7", "the answer with business hours, too"),
    Refusal(lambda: DESK([*ODD[:1], {"id": 21, "business_hour_id": 9}]), sla.InteropError, "import_schedule_missing",
            "[1].business_hour_id", "9", "one of 2"),
    Refusal(lambda: DESK(with_targets({"priority_5": targets(60, 60)})), sla.InteropError, "import_value_invalid",
            "[0].sla_target.priority_5", "'priority_5'", "priority_4"),
    Refusal(lambda: DESK(with_targets({"priority_4": targets(0, 60)})), sla.InteropError, "import_value_invalid",
            "[0].sla_target.priority_4.respond_within", "0", "a whole number from 1"),
    Refusal(lambda: DESK(with_targets({"priority_4": {"respond_within": 60}})), sla.InteropError, "import_key_missing",
            "[0].sla_target.priority_4.business_hours", "", '"business_hours"'),
    Refusal(lambda: DESK(with_targets({"priority_4": targets(60, 60, business=False)}, applicable_to={"brand_ids": [1]})),
            sla.InteropError, "import_value_invalid", "[0].applicable_to.brand_ids", "'brand_ids'", "group_ids"),
    Refusal(lambda: SERVICE([{"name": "All", "sla_targets": [{"priority": 4, **targets(60, 60)}] * 2}]), sla.InteropError,
            "import_value_invalid", "[0].sla_targets", "", "one row for each priority"),
    Refusal(lambda: SERVICE([{"name": "All", "sla_targets": [{"priority": 0, **targets(60, 60)}]}]), sla.InteropError,
            "import_value_invalid", "[0].sla_targets[0].priority", "0", "a whole number from 1 to 4"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("hours.json", '[{"name": "A", "business_hours": {', "import_unreadable"),
        ("hours.json", "[" * 100_000, "import_unreadable"),
        ("hours.json", '[{"name": "A", "name": "B"}]', "import_unreadable"),
        ("policy.json", '{"name": "support", "rules": []}', "import_document_unknown"),
        ("notes.txt", "{}", "import_folder_without_files"),
    ],
)
@pytest.mark.parametrize("load", [DESK, SERVICE])
def test_a_folder_that_cannot_be_read_names_the_file(
    load: Callable[..., Imported], name: str, text: str, code: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(sla.InteropError) as refused:
        load(tmp_path)
    assert refused.value.code == code
    assert (name if name.endswith(".json") else str(tmp_path)) in str(refused.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = [hours(number, "A", zone, NINE_TO_FIVE) for number, zone in ((1, "Tokio"), (2, "Tokyo"), (3, "?"))]
    with pytest.raises(sla.InteropError) as refused:
        DESK(wrong)
    assert [problem.where for problem in refused.value.problems] == ["[0].time_zone", "[2].time_zone"]


# ---------------------------------------------------------------- random hours


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(EVERY_DAY), st.tuples(st.integers(0, 94), st.integers(1, 95)), min_size=1),
    st.integers(0, 14 * 24 * 60 - 1),
)
def test_an_instant_is_open_as_the_clock_of_twelve_hours_says(
    quarters: dict[str, tuple[int, int]], minute: int
) -> None:
    """An oracle of its own: the quarter of the day of an instant is between those that the day names, said by strftime."""
    midnight = datetime(2026, 11, 2, tzinfo=UTC)  # a Monday
    days = {name: (min(a, b - 1), max(a + 1, b)) for name, (a, b) in quarters.items()}
    said = {
        name: day(*((midnight + timedelta(minutes=15 * each)).strftime("%I:%M:%S %p") for each in ends))
        for name, ends in days.items()
    }
    at = midnight + timedelta(minutes=minute)
    start, end = days.get(EVERY_DAY[at.weekday()], (0, 0))
    is_open = DESK([hours(1, "A", "UTC", said)]).calendars["A"].is_open(at)
    assert is_open == (start <= minute % 1440 // 15 < end)
