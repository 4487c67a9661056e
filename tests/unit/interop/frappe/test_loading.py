"""Frappe's configuration as a policy: due times by hand from the facts of the format, and what is refused or lost."""

import json
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import frappe
from slacalc.interop.frappe.conditions import read_expression
from tests.refusals import Refusal, check
from tests.unit.interop.frappe.sites import (
    DAYS,
    ODD,
    ORDINARY,
    OVERNIGHT,
    ROUND_THE_CLOCK,
    STATUSES,
    Record,
    agreement,
    holiday_list,
    level,
    row,
    status,
)

INDIA, TOKYO, LONDON, NEW_YORK = "Asia/Kolkata", "Asia/Tokyo", "Europe/London", "America/New_York"


@pytest.mark.parametrize(
    ("site", "zone", "received", "ticket", "metric", "due", "because"),
    [
        (ORDINARY, INDIA, "2026-01-23T17:30+05:30", {"priority": "High"}, "first_response", "2026-01-27T10:30+05:30",
         "half an hour on Friday; Monday is Republic Day; half an hour on Tuesday"),
        (ORDINARY, INDIA, "2026-11-23T10:00+05:30", {"priority": "Low"}, "first_response", "2026-11-25T18:00+05:30",
         "86400 seconds are no day, but three of eight hours"),
        (ORDINARY, INDIA, "2026-11-23T12:00+05:30", {}, "first_response", "2026-11-24T12:00+05:30",
         "without a priority the default one, Medium: six hours on Monday, two on Tuesday"),
        (ORDINARY, INDIA, "2026-11-20T17:00+05:30", {"priority": "Urgent"}, "resolution", "2026-11-23T11:00+05:30",
         "an hour on Friday, an hour on Monday"),
        (ORDINARY, INDIA, "2026-11-23T12:00+05:30", {"customer": "Acme", "priority": "High"}, "first_response",
         "2026-11-24T08:10+05:30", "the other agreement, which has Monday off"),
        (ORDINARY, INDIA, "2026-11-23T12:00+05:30", {"customer": "Acme"}, "first_response", "2026-11-24T08:20+05:30",
         "its own default priority"),
        (ORDINARY, INDIA, "2026-11-23T10:00+05:30", {"customer": "Acme", "priority": "Low"}, "first_response",
         "2026-11-25T18:00+05:30", "Low is excluded by the condition"),
        (ORDINARY, INDIA, "2026-11-23T12:00+05:30", {"customer": "Acme", "priority": "High"}, "resolution", None, "null is none"),
        (ROUND_THE_CLOCK, LONDON, "2026-11-21T22:00+00:00", {}, "first_response", "2026-11-22T02:00+00:00",
         "23:59:59 stands for midnight: no second is lost"),
        (ROUND_THE_CLOCK, LONDON, "2026-03-29T00:30+00:00", {}, "first_response", "2026-03-29T05:30+01:00",
         "clocks go forward at 01:00: four hours are four hours"),
        (OVERNIGHT, TOKYO, "2026-11-20T23:00+09:00", {}, "first_response", "2026-11-21T03:00+09:00",
         "an hour before midnight, three after it"),
        (OVERNIGHT, TOKYO, "2026-12-24T12:00+09:00", {}, "first_response", "2026-12-26T04:00+09:00",
         "Christmas Day closes its own date, and not Saturday's hours"),
        (ODD, NEW_YORK, "2026-11-01T00:00-04:00", {}, "first_response", "2026-11-01T23:00-05:00",
         "24 hours of a Sunday that has 25"),
        (ODD, NEW_YORK, "2026-11-20T12:00-05:00", {"priority": "High"}, "first_response", "2026-11-22T01:00-05:00",
         "Saturday has hours, and is a weekly day off: closed"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_site(
    site: list[Record], zone: str, received: str, ticket: dict[str, Any], metric: str, due: str | None, because: str
) -> None:
    policy = frappe.load(site, zone=zone).policy
    promise = policy.promise_for(datetime.fromisoformat(received), ticket).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize("site", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD])
def test_what_was_imported_is_a_policy_that_round_trips(site: list[Record], tmp_path: Path) -> None:
    imported = frappe.load(site, zone="Europe/Berlin")
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    file = tmp_path / "policy.toml"
    file.write_text(imported.to_toml(), encoding="utf-8")
    assert sla.load_policy(file) == imported.policy
    warned = sla.check_policy(imported.policy, as_of=datetime.fromisoformat("2026-11-20T00:00Z"))
    assert not [each for each in warned if each.code in {"rule_hidden", "hours_end_before_midnight"}]


def test_a_folder_of_documents_is_read_whole(tmp_path: Path) -> None:
    for number, document in enumerate(ORDINARY):
        (tmp_path / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
    imported = frappe.load(tmp_path, zone=INDIA)
    assert imported.policy == frappe.load(ORDINARY, zone=INDIA).policy
    assert "# agreement 'VIP' (1.json: data)" in imported.to_toml()


@pytest.mark.parametrize(("site", "solved"), [(ORDINARY, ("Resolved", "Closed")), (ODD, ("Closed",))])
def test_statuses_are_those_of_their_documents_or_of_the_agreement(site: list[Record], solved: tuple[str, ...]) -> None:
    policy = frappe.load(site, zone=NEW_YORK).policy
    assert policy.solved_in == solved
    assert policy.clock("resolution").paused_in == policy.clock("first_response").paused_in == ("Replied",)


def test_hold_time_is_cut_out_in_working_hours() -> None:
    at = datetime.fromisoformat("2026-11-20T16:00+05:30")  # Friday
    events: list[sla.Event] = [
        sla.Created(at=at, status="Open", fields={"priority": "Urgent"}),
        sla.StatusChanged(at=at + timedelta(hours=1), status="Replied"),
        sla.StatusChanged(at=datetime.fromisoformat("2026-11-23T11:00+05:30"), status="Open"),
    ]
    clocks = frappe.load(ORDINARY, zone=INDIA).policy.replay(events, as_of=events[-1].at)
    # An hour on Friday; an hour of Friday and one of Monday are held; an hour is left.
    assert clocks["resolution"].due == datetime.fromisoformat("2026-11-23T12:00+05:30")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('doc.ticket_type == "Bug"', ({"ticket_type": {"any": ["Bug"]}}, ())),
        ("doc.team != 'A' and doc.tier in (1, 2)", ({"team": {"not": ["A"]}, "tier": {"any": ["1", "2"]}}, ())),
        ("doc.tier not in ['x']", ({"tier": {"not": ["x"]}}, ())),
        ("doc.a == 'x' or doc.b == 'y' and doc.c == 'z'",
         ({}, ({"a": {"any": ["x"]}}, {"b": {"any": ["y"]}, "c": {"any": ["z"]}}))),
        ("doc.status == 'Open'", None),
        ("doc.a == 'x' and doc.a != 'y'", None),
        ("doc.a == ''", None),
        ("doc.a > 3", None),
        ("doc.a == True", None),
        ("doc.a in doc.b", None),
        ("'x' == doc.a", None),
        ("1 < doc.a < 3", None),
        ("not doc.a == 'x'", None),
        ("doc.a == 'x' or frappe.db.sql('drop')", None),
        ("(doc.a == 'x' or doc.b == 'y') and doc.c == 'z'", None),
        ("doc.a ==", None),
        ("\0", None),
        ("(" * 1_999, None),
        ("-" * 1_990 + "1", None),
        ("doc.a == 'x'" + " " * 2_000, None),
    ],
)  # fmt: skip
def test_an_expression_is_read_and_never_run(text: str, expected: object) -> None:
    assert read_expression(text) == expected


WEEK: Final = [row("Monday", "10:00:00", "18:00:00")]
LEVELS: Final = [level("Low", 3600, default=1)]
DEFAULT: Final = agreement("Default", WEEK, LEVELS, default_sla=1)


@pytest.mark.parametrize(
    ("site", "severity", "where", "means"),
    [
        ([agreement("A", [row("Monday", "10:00:00", "23:59:00")], LEVELS, default_sla=1), *STATUSES], "cosmetic",
         "[0].support_and_resolution[0].end_time", "the day ends within the last minute"),
        ([DEFAULT, agreement("A", WEEK, LEVELS, enabled=0), *STATUSES], "cosmetic", "[1].enabled", "the agreement 'A' is not enabled"),
        ([DEFAULT, agreement("A", WEEK, LEVELS), *STATUSES], "cosmetic", "[1].condition", "the agreement 'A' has no condition, and is for nobody"),
        ([DEFAULT, agreement("A", WEEK, LEVELS, condition="doc.a > 3"), *STATUSES], "due_times", "[1].condition",
         "the condition 'doc.a > 3' chooses the tickets"),
        ([DEFAULT, agreement("A", WEEK, LEVELS, condition_json='[["a", "==", "b"]]'), *STATUSES], "due_times",
         "[1].condition_json", "a condition that is said as a form alone"),
        ([DEFAULT, agreement("A", WEEK, LEVELS, condition="doc.a == 'b'", entity="Acme"), *STATUSES], "due_times",
         "[1].entity", "the agreement 'A' is for 'Acme' alone"),
        ([agreement("A", WEEK, LEVELS, default_sla=1, start_date="2026-01-01"), *STATUSES], "due_times",
         "[0].start_date", "the agreement holds from 2026-01-01"),
        ([agreement("A", WEEK, LEVELS, default_sla=1, end_date="2026-12-31"), *STATUSES], "due_times",
         "[0].end_date", "the agreement holds until 2026-12-31"),
        ([agreement("A", WEEK, LEVELS, condition="doc.a == 'x'"), agreement("B", WEEK, LEVELS, condition="doc.b == 'x'"), *STATUSES],
         "due_times", "[0]", "a ticket may be for 'B', too"),
        ([DEFAULT], "reports", "[0]", "the documents do not say which statuses pause"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_refused_where_it_changes_due_times(
    site: list[Record], severity: str, where: str, means: str
) -> None:
    (loss,) = frappe.load(site, zone="UTC", lossy=True).losses
    assert (loss.severity, loss.where) == (severity, where)
    assert loss.means.startswith(means)
    assert loss.instead
    if severity == "due_times":
        with pytest.raises(sla.InteropError) as refused:
            frappe.load(site, zone="UTC")
        assert (refused.value.code, refused.value.where) == ("import_changes_due_times", where)
    else:
        assert frappe.load(site, zone="UTC").losses == (loss,)


def test_agreements_that_no_ticket_can_have_both_of_have_no_order() -> None:
    both = [agreement(name, WEEK, LEVELS, condition=f"doc.team == '{name}'") for name in ("A", "B")]
    assert frappe.load([*both, *STATUSES], zone="UTC").losses == ()


def test_a_condition_on_the_priority_is_for_no_ticket_without() -> None:
    high = agreement("A", WEEK, [level("High", 60), level("Low", 120, default=1)], condition="doc.priority == 'High'")
    policy = frappe.load([DEFAULT, high, *STATUSES], zone="UTC").policy
    assert [rule.name for rule in policy.rules] == ["A: High", "Default: Low", "Default: no priority"]


def test_weekly_days_off_on_closed_weekdays_are_no_holidays() -> None:
    assert [*frappe.load(ORDINARY, zone=INDIA).policy.to_data()["calendars"]["Default"]["holidays"]["dates"]] == [
        "2026-01-26"
    ]


def test_without_resolution_there_is_none() -> None:
    only = agreement("A", WEEK, [level("Low", 3600, 7200, default=1)], default_sla=1, apply_sla_for_resolution=0)
    (low, _) = frappe.load([only, *STATUSES], zone="UTC").policy.rules
    assert [*low.metrics] == ["first_response"]


def load(*site: Any, zone: str = "UTC") -> object:
    return frappe.load([*site], zone=zone)


def with_day(workday: str, start: str, end: str) -> Record:
    return agreement("A", [row(workday, start, end)], LEVELS, default_sla=1)


REFUSALS: Final = [
    Refusal(lambda: load(with_day("Monday", "22:00:00", "06:00:00")), sla.InteropError, "import_interval_over_midnight",
            "[0].support_and_resolution[0]", "22:00:00 to 06:00:00", "a start before the end"),
    Refusal(lambda: load(with_day("Monday", "18:00:00", "24:00:00")), sla.InteropError, "import_value_invalid",
            "[0].support_and_resolution[0].end_time", "'24:00:00'", "from 00:00:00 to 23:59:59"),
    Refusal(lambda: load(with_day("Monday", "10", "18")), sla.InteropError, "import_value_invalid",
            "[0].support_and_resolution[0].start_time", "'10'", "such as 10:00:00"),
    Refusal(lambda: load(with_day("monday", "10:00:00", "18:00:00")), sla.InteropError, "import_value_invalid",
            "[0].support_and_resolution[0].workday", "'monday'", "Monday"),
    Refusal(lambda: load(agreement("A", [*WEEK, *WEEK], LEVELS, default_sla=1)), sla.InteropError, "import_value_invalid",
            "[0].support_and_resolution[1].workday", "'Monday'", "one row a weekday"),
    Refusal(lambda: load(agreement("A", [], LEVELS, default_sla=1)), sla.InteropError, "import_never_opens",
            "[0].support_and_resolution", "", "one row or more"),
    Refusal(lambda: load(agreement("A", WEEK, [], default_sla=1)), sla.InteropError, "import_value_invalid",
            "[0].priorities", "[]", "one priority or more"),
    Refusal(lambda: load(agreement("A", WEEK, [level("Low", 0)], default_sla=1)), sla.InteropError, "import_value_invalid",
            "[0].priorities[0].response_time", "0", "a whole number from 1"),
    Refusal(lambda: load(agreement("A", WEEK, [level("Low", 0.5)], default_sla=1)), sla.InteropError, "import_value_invalid",
            "[0].priorities[0].response_time", "0.5", "a whole number from 1"),
    Refusal(lambda: load(agreement("A", WEEK, LEVELS, default_sla=2)), sla.InteropError, "import_value_invalid",
            "[0].default_sla", "2", "a whole number from 0 to 1"),
    Refusal(lambda: load(DEFAULT, {**DEFAULT, "name": "B"}), sla.InteropError, "import_value_invalid",
            "[1]", "'B'", "one"),
    Refusal(lambda: load(agreement("Default", WEEK, LEVELS, condition="doc.a == 'x'"), DEFAULT), sla.InteropError,
            "import_value_invalid", "[1]", "'Default'", "each of them once"),
    Refusal(lambda: load({**DEFAULT, "holiday_list": "India"}), sla.InteropError, "import_schedule_missing",
            "[0].holiday_list", "'India'", "there are: none"),
    Refusal(lambda: load({**DEFAULT, "holiday_list": "X"}, holiday_list("X", ("26.01.2026", "x", 0))), sla.InteropError,
            "import_value_invalid", "[1].holidays[0].holiday_date", "'26.01.2026'", "a date such as 2026-12-24"),
    Refusal(lambda: load({**DEFAULT, "holiday_list": "X"}, holiday_list("X", ("1026-01-26", "x", 0))), sla.InteropError,
            "import_dates_invalid", "[1].holidays[0]", "'1026-01-26'", "from 1900 to 2200"),
    Refusal(lambda: load(DEFAULT, status("Waiting", "Halted")), sla.InteropError, "import_value_invalid",
            "[1].category", "'Halted'", "Open, Paused, Resolved"),
    Refusal(lambda: load(agreement("A", WEEK, LEVELS, enabled=0)), sla.InteropError, "import_nothing_there",
            "source", "", "a service level agreement that is enabled"),
    Refusal(lambda: load({"doctype": "Issue"}), sla.InteropError, "import_document_unknown",
            "[0]", "'Issue'", "doctype: HD Service Level Agreement"),
    Refusal(lambda: load({"data": [{"name": "Default"}]}), sla.InteropError, "import_document_unknown",
            "[0].data[0]", "['name']", "doctype"),
    Refusal(lambda: load(DEFAULT, zone="India"), sla.ZoneError, "zone_unknown", "zone", "'India'", "an IANA name"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def test_a_file_that_was_cut_off_is_named(tmp_path: Path) -> None:
    (tmp_path / "agreement.json").write_text(json.dumps(DEFAULT)[:-5])
    with pytest.raises(sla.InteropError) as refused:
        frappe.load(tmp_path, zone="UTC")
    assert refused.value.code == "import_unreadable"
    assert "agreement.json" in str(refused.value)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(DAYS), st.tuples(st.integers(0, 1438), st.integers(1, 1439)), min_size=1),
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 1)), max_size=4),
    st.integers(0, 14 * 24 * 60 - 1),
)
def test_an_instant_is_open_as_the_rows_say(
    said: dict[str, tuple[int, int]], off: list[tuple[int, int]], minute: int
) -> None:
    """An oracle of its own: it asks the row of the weekday, and the dates that are off, weekly or not."""
    windows = {day: (min(pair), max(*pair, min(pair) + 1)) for day, pair in said.items()}
    rows = [
        row(day, f"{start // 60}:{start % 60:02}:00", f"{end // 60}:{end % 60:02}:00")
        for day, (start, end) in windows.items()
    ]
    first = date(2026, 11, 2)  # a Monday
    feasts = holiday_list("Off", *((str(first + timedelta(days)), "x", weekly) for days, weekly in off))
    site = [agreement("A", rows, LEVELS, default_sla=1, holiday_list="Off"), feasts]
    at = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(minutes=minute)
    start, end = windows.get(DAYS[at.weekday()], (0, 0))
    in_hours = start <= minute % 1440 < (1440 if end == 1439 else end)
    is_off = minute // 1440 in {days for days, _ in off}
    assert frappe.load(site, zone="UTC").calendars["A"].is_open(at) == (in_hours and not is_off)
