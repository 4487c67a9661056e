"""Chatwoot's configuration as a policy: due times by hand from the facts of the format, and what is refused or lost."""

import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import chatwoot
from tests.refusals import Refusal, check
from tests.unit.interop.chatwoot.accounts import (
    FRIDAY,
    MONDAY,
    ODD,
    ORDINARY,
    OVERNIGHT,
    ROUND_THE_CLOCK,
    Record,
    always,
    day,
    inbox,
    never,
    policy,
)

AT: Final = datetime.fromisoformat("2026-11-20T12:00+00:00")


@pytest.mark.parametrize(
    ("account", "received", "ticket", "metric", "due", "because"),
    [
        (ORDINARY, "2026-11-20T16:30-08:00", {"sla_policy": "1", "inbox": "1"}, "first_response", "2026-11-23T09:30-08:00",
         "3600 seconds: half an hour on Friday, half an hour on Monday"),
        (ORDINARY, "2026-11-20T18:00+00:00", {"sla_policy": "1", "inbox": "2"}, "first_response", "2026-11-23T10:30+00:00",
         "the hours of the other inbox"),
        (ORDINARY, "2026-11-20T16:30-08:00", {"sla_policy": "2", "inbox": "1"}, "first_response", "2026-11-20T20:30-08:00",
         "four hours of the clock"),
        (ORDINARY, "2026-11-20T16:30-08:00", {"sla_policy": "2", "inbox": "1"}, "resolution", "2026-11-22T16:30-08:00",
         "48 hours of the clock"),
        (ORDINARY, "2026-11-20T16:30-08:00", {"sla_policy": "1", "inbox": "1"}, "resolution", None, "null is none"),
        (ORDINARY, "2026-11-20T16:30-08:00", {"inbox": "1"}, "first_response", None, "no policy, no promise"),
        (ROUND_THE_CLOCK, "2026-11-22T03:00+00:00", {"sla_policy": "1", "inbox": "1"}, "first_response", "2026-11-22T07:00+00:00",
         "working hours that are off are no closed ones"),
        (ROUND_THE_CLOCK, "2026-03-29T00:30+00:00", {"sla_policy": "1", "inbox": "1"}, "first_response", "2026-03-29T05:30+01:00",
         "clocks go forward at 01:00: four hours are four hours"),
        (ROUND_THE_CLOCK, "2026-11-21T22:00+00:00", {"sla_policy": "1", "inbox": "2"}, "first_response", "2026-11-22T02:00+00:00",
         "open all day is open to midnight: no minute is lost"),
        (OVERNIGHT, "2026-11-20T22:00+09:00", {"sla_policy": "1"}, "first_response", "2026-11-21T02:00+09:00",
         "two hours on Friday, two on Saturday"),
        (OVERNIGHT, "2026-11-21T23:00+09:00", {"sla_policy": "1"}, "first_response", "2026-11-27T21:00+09:00",
         "an hour on Saturday, three on the next Friday"),
        (ODD, "2026-11-22T11:00+00:00", {"sla_policy": "8", "inbox": "1"}, "first_response", "2026-11-29T09:30+00:00",
         "Sunday is day 0, in UTC: an hour, and half an hour a week later"),
        (ODD, "2026-10-31T12:00-04:00", {"sla_policy": "7", "inbox": "2"}, "first_response", "2026-11-01T11:00-05:00",
         "twelve hours on Saturday, twelve on Sunday, of which the second comes twice"),
        (ODD, "2026-10-30T12:00-04:00", {"sla_policy": "8", "inbox": "2"}, "first_response", "2026-10-31T01:30-04:00",
         "5400 seconds, without a dot, from Saturday on"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_account(
    account: list[Record], received: str, ticket: dict[str, Any], metric: str, due: str | None, because: str
) -> None:
    promise = chatwoot.load(account).policy.promise_for(datetime.fromisoformat(received), ticket).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize("account", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD])
def test_what_was_imported_is_a_policy_that_round_trips(account: list[Record], tmp_path: Path) -> None:
    imported = chatwoot.load(account)
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    file = tmp_path / "policy.toml"
    file.write_text(imported.to_toml(), encoding="utf-8")
    assert sla.load_policy(file) == imported.policy
    warned = sla.check_policy(imported.policy, as_of=datetime.fromisoformat("2026-11-20T00:00Z"))
    assert not [
        each for each in warned if each.code in {"rule_hidden", "hours_end_before_midnight", "calendar_unchosen"}
    ]


def test_a_folder_of_answers_is_read_whole(tmp_path: Path) -> None:
    files = {"inboxes.json": ORDINARY[0], "inbox.json": ORDINARY[0]["payload"][1], "slas.json": ORDINARY[1]}
    for name, answer in files.items():
        (tmp_path / name).write_text(json.dumps(answer), encoding="utf-8")
    imported = chatwoot.load(tmp_path)
    assert imported.calendars == chatwoot.load(ORDINARY).calendars
    assert [rule.name for rule in imported.policy.rules] == ["gold", "silver"]
    assert "# SLA policy 1, 'gold' (slas.json: payload[0])" in imported.to_toml()


def test_a_file_may_be_a_bare_list_of_records(tmp_path: Path) -> None:
    (tmp_path / "inboxes.json").write_text(json.dumps(ORDINARY[0]["payload"]))
    (tmp_path / "policies.json").write_text(json.dumps(ORDINARY[1]["payload"]))
    assert chatwoot.load(tmp_path).policy == chatwoot.load(ORDINARY).policy


def test_policies_of_the_clock_need_no_inbox() -> None:
    found = chatwoot.load(policy(1, "all", 60.0, None, None, business=False)).policy
    at = datetime.fromisoformat("2026-11-21T10:00Z")
    assert found.promise(at, sla_policy="1")["first_response"].due == at + timedelta(minutes=1)


def test_inboxes_without_policies_are_a_policy_that_promises_nothing() -> None:
    imported = chatwoot.load(ORDINARY[0])
    assert [rule.metrics for rule in imported.policy.rules] == [{}]


def test_ids_that_are_not_there_are_refused() -> None:
    for field in ("sla_policy", "inbox"):
        with pytest.raises(sla.PolicyError) as refused:
            chatwoot.load(ORDINARY).policy.promise(AT, **{"sla_policy": "1", "inbox": "1", field: "99"})
        assert (refused.value.code, refused.value.where) == ("field_value_unknown", field)


@pytest.mark.parametrize(
    ("account", "where", "means"),
    [
        (inbox(1, "A", None, always(MONDAY)), "timezone", "the inbox has no zone"),
        (inbox(1, "A", "UTC", day(FRIDAY, "9:00", "23:59")), "working_hours[0]", "the day closes at 23:59"),
    ],
)
def test_what_is_not_said_as_it_is_there_is_named(account: Record, where: str, means: str) -> None:
    (loss,) = chatwoot.load(account).losses
    assert (loss.severity, loss.where) == ("cosmetic", where)
    assert loss.means.startswith(means)
    assert loss.instead


def with_days(*days: Record) -> Record:
    return inbox(1, "A", "Asia/Tokyo", *days)


REFUSALS: Final = [
    Refusal(lambda: chatwoot.load(with_days(day(MONDAY, "22:00", "6:00"))), sla.InteropError, "import_interval_over_midnight",
            "working_hours[0]", "22:00 to 6:00", "Chatwoot has no hours over midnight"),
    Refusal(lambda: chatwoot.load(with_days(day(MONDAY, "9:00", "24:00"))), sla.InteropError, "import_value_invalid",
            "working_hours[0].close_hour", "24", "a whole number from 0 to 23"),
    Refusal(lambda: chatwoot.load(with_days(day(7, "9:00", "17:00"))), sla.InteropError, "import_value_invalid",
            "working_hours[0].day_of_week", "7", "a whole number from 0 to 6"),
    Refusal(lambda: chatwoot.load(with_days(always(MONDAY), always(MONDAY))), sla.InteropError, "import_value_invalid",
            "working_hours[1].day_of_week", "1", "each day once"),
    Refusal(lambda: chatwoot.load(with_days({**always(MONDAY), "closed_all_day": True})), sla.InteropError, "import_value_invalid",
            "working_hours[0]", "both", "one of the two"),
    Refusal(lambda: chatwoot.load(with_days(never(MONDAY))), sla.InteropError, "import_never_opens",
            "working_hours", "", "a day that is not closed_all_day"),
    Refusal(lambda: chatwoot.load(with_days({"day_of_week": 1})), sla.InteropError, "import_key_missing",
            "working_hours[0].open_hour", "", '"open_hour"'),
    Refusal(lambda: chatwoot.load(inbox(1, "A", "Pacific Time", always(MONDAY))), sla.InteropError, "import_zone_unknown",
            "timezone", "'Pacific Time'", "an IANA name"),
    Refusal(lambda: chatwoot.load(ORDINARY[1]), sla.InteropError, "import_schedule_missing",
            "source", "gold", "the answer with inboxes, too"),
    Refusal(lambda: chatwoot.load({"payload": []}), sla.InteropError, "import_nothing_there",
            "source", "", "the answers with inboxes and SLA policies"),
    Refusal(lambda: chatwoot.load([ORDINARY[0], {"payload": [policy(1, "A", 90.5, None, None, business=True)]}]), sla.InteropError,
            "import_value_invalid", "[1].payload[0].first_response_time_threshold", "90.5", "a whole number from 1"),
    Refusal(lambda: chatwoot.load([ORDINARY[0], {"payload": [policy(1, "A", 0.0, None, None, business=True)]}]), sla.InteropError,
            "import_value_invalid", "[1].payload[0].first_response_time_threshold", "0", "a whole number from 1"),
    Refusal(lambda: chatwoot.load([*ORDINARY, policy(1, "other", 60.0, None, None, business=True)]), sla.InteropError,
            "import_value_invalid", "[2].id", "1", "one answer about each, or the same twice"),
    Refusal(lambda: chatwoot.load({"calendars": []}), sla.InteropError, "import_document_unknown",
            "", "['calendars']", "inboxes, sla_policies"),
    Refusal(lambda: chatwoot.load({"payload": {}}), sla.InteropError, "import_value_invalid",
            "payload", "{}", "a list"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def test_a_file_that_was_cut_off_is_named(tmp_path: Path) -> None:
    (tmp_path / "inboxes.json").write_text(json.dumps(ORDINARY)[:-5])
    with pytest.raises(sla.InteropError) as refused:
        chatwoot.load(tmp_path)
    assert refused.value.code == "import_unreadable"
    assert "inboxes.json" in str(refused.value)


MINUTES: Final = st.integers(0, 1439)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.integers(0, 6), st.none() | st.tuples(MINUTES, MINUTES), min_size=1),
    st.integers(0, 14 * 24 * 60 - 1),
)
def test_an_instant_is_open_as_the_days_say(said: dict[int, tuple[int, int] | None], minute: int) -> None:
    """An oracle of its own: it asks the day of the instant, Sunday 0."""
    said = {number: window for number, window in said.items() if window is None or window[0] != window[1]} or {0: None}
    days = [
        always(number) if window is None else day(number, *map(_clock, sorted(window)))
        for number, window in said.items()
    ]
    at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minute)  # a Sunday
    number, now = minute // 1440 % 7, minute % 1440
    window = said.get(number, (0, 0))
    start, end = (0, 1440) if window is None else sorted(window)
    expected = start <= now < (1440 if end == 1439 else end)
    assert chatwoot.load(inbox(1, "A", "UTC", *days)).calendars["A"].is_open(at) == expected


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60}"
