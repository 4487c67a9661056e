"""Policy files: what is read, what is written back, and what is said of a file that is wrong."""

import copy
import json
import pickle
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import slacalc as sla
from slacalc.policies.loading import SAMPLES
from tests.helpers import BERLIN, DATA

SAMPLE_FOLDER: Final = Path(str(files("slacalc.policies") / "samples"))
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)

OFFICE: Final[dict[str, Any]] = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
RULE: Final[dict[str, Any]] = {
    "name": "all",
    "calendar": "office",
    "metrics": {"first_response": {"due": {"business_hours": "4h"}}},
}
GOOD: Final[dict[str, Any]] = {"name": "support", "calendars": {"office": OFFICE}, "rules": [RULE]}


def with_office(**keys: object) -> dict[str, Any]:
    return {**GOOD, "calendars": {"office": {**OFFICE, **keys}}}


def with_calendars(**calendars: object) -> dict[str, Any]:
    return {**GOOD, "calendars": {"office": OFFICE, **calendars}}


def with_rule(**keys: object) -> dict[str, Any]:
    return {**GOOD, "rules": [{**RULE, **keys}]}


def with_metric(**keys: object) -> dict[str, Any]:
    return with_rule(metrics={"first_response": {**RULE["metrics"]["first_response"], **keys}})


def with_due(**keys: object) -> dict[str, Any]:
    return with_rule(metrics={"first_response": {"due": keys}})


def problems_of(data: dict[str, Any], folder: Path | None = None) -> tuple[sla.SlaError, ...]:
    with pytest.raises(sla.PolicyError) as refused:
        sla.policy_from_data(data, where="support.toml", folder=folder)
    return refused.value.problems


# ---------------------------------------------------------------- what is read


def test_a_policy_is_read_from_toml_and_from_json(tmp_path: Path) -> None:
    toml = tmp_path / "support.toml"
    toml.write_text(
        'name = "support"\n[calendars.office]\nzone = "Europe/Berlin"\nhours = "Mon-Fri 09:00-17:00"\n'
        '[[rules]]\nname = "all"\ncalendar = "office"\n[rules.metrics.first_response]\ndue = { business_hours = "4h" }\n',
        encoding="utf-8",
    )
    as_json = tmp_path / "support.json"
    as_json.write_text(json.dumps(GOOD), encoding="utf-8")
    expected = sla.policy_from_data(GOOD)
    assert expected == sla.load_policy(toml) == sla.load_policy(str(toml)) == sla.load_policy(as_json)
    assert expected.digest == sla.load_policy(toml).digest


def test_instants_may_be_toml_datetimes_or_text() -> None:
    text = 'valid_from = "2026-01-01T00:00:00+01:00"'
    bare = "valid_from = 2026-01-01T00:00:00+01:00"
    one, other = (sla.policy_from_data({**GOOD, **tomllib.loads(line)}) for line in (text, bare))
    assert one == other
    assert one.digest == other.digest


def test_dates_may_be_toml_dates_or_text() -> None:
    text = 'country = "DE"\nremove = ["2026-12-25"]'
    bare = 'country = "DE"\nremove = [2026-12-25]'
    one, other = (sla.policy_from_data(with_office(holidays=tomllib.loads(line))) for line in (text, bare))
    assert one == other
    assert one.digest == other.digest


def test_the_order_of_calendars_rules_and_metrics_is_that_of_the_file() -> None:
    policy = sla.sample_policy("b2b_marketplace")
    assert list(policy.calendars) == ["office", "line_de", "line_fi", "line_se"]
    assert policy.rules[0].name == "telephone Finland"


def test_a_pin_file_beside_the_policy_is_read_and_live_data_only_on_request() -> None:
    pinned, live = sla.sample_policy("webshop_helpdesk"), sla.sample_policy("webshop_helpdesk", live=True)
    assert isinstance(pinned.calendar("standard").holidays, sla.FrozenHolidays)
    assert isinstance(live.calendar("standard").holidays, sla.Holidays)
    one, other = (policy.promise(FRIDAY)["first_response"] for policy in (pinned, live))
    assert one.due == other.due
    assert one.provenance.calendar_digest != other.provenance.calendar_digest


def test_a_sample_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.sample_policy("webshop")
    assert refused.value.code == "sample_unknown"
    assert refused.value.accepts == ", ".join(SAMPLES)


# ---------------------------------------------------------------- what is written is read again

POLICIES: Final[dict[str, tuple[Callable[[], sla.Policy], Path]]] = {
    **{name: (lambda name=name: sla.sample_policy(name), SAMPLE_FOLDER) for name in SAMPLES},  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    "italian_helpdesk": (lambda: sla.load_policy(DATA / "italian_helpdesk.toml"), DATA),
}

EVERYTHING: Final[dict[str, Any]] = {
    "name": "everything",
    "description": "every key that there is",
    "valid_from": "2026-01-01T00:00:00+01:00",
    "valid_until": "2027-01-01T00:00:00.000001+01:00",
    "escalation": [{"to": "a colleague", "on": "customer_replies"}],
    "clocks": {
        "resolution": {
            "starts": "customer_message",
            "stops": "solved",
            "answer": {
                "actors": ["agent", "partner"],
                "channels": ["email"],
                "internal": True,
                "automated": True,
                "holding": True,
                "partial": True,
            },
            "on_solved": "cancel",
            "paused_in": ["waiting"],
            "pausable": True,
            "pause_cap": "8h",
            "resume_on_customer_message": True,
            "reopen": "new_cycle",
            "on_change": "restart",
        },
    },
    "statuses": ["new", "waiting"],
    "deprioritisation": {"causes": ["too_many_messages"], "max_messages": 3, "objective": "included"},
    "guide": {
        "channels": {
            "telephone": {
                "answers": "handled",
                "speed": "fast",
                "at_once": True,
                "takes_messages": True,
                "calendar": "nights",
                "record": "depends",
                "best_for": "what is urgent",
                "limits": "no pictures",
                "suits": "urgent",
                "topics": ["returns", "orders"],
            },
        },
        "typical": {"calendar_hours": "36h"},
        "have_ready": ["order number"],
        "languages": {"DE": "de"},
    },
    "fields": {"priority": ["urgent", "normal"], "team": []},
    "calendars": {
        "office": {
            "zone": "Europe/Berlin",
            "hours": {"Mon-Fri": ["09:00-12:30", "13:30-17:00"], "PH": "closed"},
            "holidays": {
                "country": "DE",
                "subdivision": "BY",
                "categories": ["public", "catholic"],
                "language": "en_US",
                "observed": False,
                "add": {"2026-11-19": "company day"},
                "remove": ["2026-12-25"],
            },
            "special_days": [
                {"on": "2026-12-24", "hours": "09:00-13:00", "name": "Christmas Eve"},
                {"on": "2026-12-27..2026-12-31", "hours": "closed"},
                {"on": "05-02", "hours": "+18:00-20:00"},
                {"on": "FREQ=MONTHLY;BYDAY=-1FR", "hours": "-12:00-12:30", "name": "meeting"},
                {"on": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "hours": "closed", "start": "2030-01-01"},
            ],
            "absences": [{"start": "2026-12-01T12:00:00Z", "end": "2026-12-02T12:00:00+01:00", "name": "move"}],
            "versions": {"2027-01-01": "Mon-Thu 09:00-18:00"},
            "open_on_holidays": False,
        },
        "more": {"extends": "office", "add_hours": "Sat,PH 09:00-12:00", "open_on_holidays": True},
        "always": {"zone": "UTC", "hours": "24/7"},
        "nights": {"zone": "Australia/Lord_Howe", "hours": "Mon-Sun 22:00:30-06:00"},
    },
    "rules": [
        {
            "name": "urgent",
            "when": {"priority": ["urgent"], "team": "north", "market": ["DE", "AT"]},
            "calendar": "more",
            "rank": 3,
            "escalation": [
                {"to": "a manager", "on": "escalation_requested"},
                {"to": "a mediator", "after": {"calendar_days": 3}},
            ],
            "metrics": {
                "first_response": {
                    "due": {"earliest": {"workday_hours": "24h"}, "latest": {"workday_hours": "48h"}},
                    "expected": {
                        "inside": {"business_hours": "1h 30min 15s"},
                        "outside": {"earliest": {"next_opening": True}, "latest": {"business_days": 0, "by": "12:00"}},
                    },
                    "follow_up": {"calendar_hours": "72h"},
                    "objective": "99.9%",
                    "warnings": ["50%", "90min"],
                },
                "resolution": {
                    "due": {"business_days": 5, "by": "same_time", "cutoff": "16:00:30"},
                    "calendar": "nights",
                    "origin": "ordered",
                },
                "delivery": {"due": {"calendar_days": 30, "by": "24:00"}, "calendar": "always"},
                "pick_up": {"due": {"next_opening": True}},
            },
        },
        {**RULE, "name": "the rest"},
    ],
}


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_that_is_written_and_read_again_is_equal(name: str, tmp_path: Path) -> None:
    load, folder = POLICIES[name]
    policy = load()
    again = sla.policy_from_data(policy.to_data(), folder=folder)
    assert policy == again
    assert hash(policy) == hash(again)
    assert policy.digest == again.digest
    assert policy.to_data() == again.to_data()
    assert policy.to_data() == json.loads(policy.to_json())
    for pin in folder.rglob("*.json"):
        target = tmp_path / pin.relative_to(folder)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(pin.read_bytes())
    (tmp_path / "written.json").write_text(policy.to_json(), encoding="utf-8")
    assert policy == sla.load_policy(tmp_path / "written.json")


def test_a_policy_with_every_key_is_written_and_read_again() -> None:
    policy = sla.policy_from_data(EVERYTHING)
    again = sla.policy_from_data(policy.to_data())
    assert policy == again
    assert policy.to_data() == again.to_data()
    assert policy == sla.policy_from_data(json.loads(policy.to_json()))
    for name in policy.calendars:
        assert policy.calendar(name) == again.calendar(name)


def test_what_is_written_of_a_clock_is_what_was_said_of_it() -> None:
    """An amount stays the text that a file has, and is no other notation of the same time."""
    assert sla.policy_from_data(EVERYTHING).to_data()["clocks"] == {
        "resolution": {
            key: said for key, said in EVERYTHING["clocks"]["resolution"].items() if key not in {"stops", "pausable"}
        }
    }, "a resolution stops when solved and can be paused: that is not said again"


def test_json_is_written_in_lines_and_in_the_letters_of_the_policy() -> None:
    written = sla.policy_from_data({**GOOD, "name": "Büro"}).to_json()
    assert written.splitlines()[:2] == ["{", ' "name": "Büro",']


def test_what_is_left_at_its_default_is_not_written() -> None:
    assert sla.policy_from_data(GOOD).to_data() == GOOD


# ---------------------------------------------------------------- the JSON Schema

SCHEMA: Final = sla.policy_schema()
VALIDATOR: Final = Draft202012Validator(SCHEMA)


def plain(value: Any) -> Any:
    """TOML's instants and dates as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_the_schema_is_one_of_2020_12_and_plain_json() -> None:
    assert sla.policy_schema() == SCHEMA
    Draft202012Validator.check_schema(SCHEMA)
    assert sla.policy_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["required"] == ["name", "calendars", "rules"]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_schema_accepts_every_sample_as_it_ships(name: str) -> None:
    data = plain(tomllib.loads((SAMPLE_FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize("name", POLICIES)
def test_the_schema_accepts_every_policy_as_it_is_written(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(POLICIES[name][0]().to_data())] == []


def test_the_schema_accepts_every_key() -> None:
    assert [error.message for error in VALIDATOR.iter_errors(EVERYTHING)] == []
    written = sla.policy_from_data(EVERYTHING).to_data()
    assert [error.message for error in VALIDATOR.iter_errors(written)] == []


REFUSED_BY_BOTH: Final[dict[str, dict[str, Any]]] = {
    "no name": {key: value for key, value in GOOD.items() if key != "name"},
    "no rules": {**GOOD, "rules": []},
    "a key that does not exist": {**GOOD, "versoin": 2},
    "a name that is a number": {**GOOD, "name": 5},
    "a rule without a calendar": {**GOOD, "rules": [{k: v for k, v in RULE.items() if k != "calendar"}]},
    "a rule with a key too many": with_rule(nmae="x"),
    "a rank that is text": with_rule(rank="2"),
    "a rank that is a truth": with_rule(rank=True),
    "a rank that is a fraction": with_rule(rank=1.5),
    "a calendar that is text": {**GOOD, "calendars": {"office": "Mon-Fri 09:00-17:00"}},
    "calendars that are a list": {**GOOD, "calendars": [OFFICE]},
    "a calendar with a key too many": with_office(holiday="BE"),
    "open on holidays that is text": with_office(open_on_holidays="yes"),
    "hours that are a number": with_office(hours=9),
    "a special day without hours": with_office(special_days=[{"on": "2026-12-24"}]),
    "an absence without an end": with_office(absences=[{"start": "2026-12-24T00:00:00Z"}]),
    "holidays without a country": with_office(holidays={"subdivision": "BY"}),
    "no target": with_due(),
    "a target of two kinds": with_due(business_hours="4h", business_days=1),
    "a target of no kind": with_due(days=1),
    "a cutoff on a counting target": with_due(business_hours="4h", cutoff="16:00"),
    "days that are text": with_due(business_days="1"),
    "days that are a fraction": with_due(business_days=1.5),
    "days below zero": with_due(business_days=-1),
    "days that are a truth": with_due(business_days=True),
    "an amount that is a number": with_due(business_hours=4),
    "a cutoff that is a word": with_due(business_days=1, cutoff="noon"),
    "a by that is a word": with_due(business_days=1, by="noon"),
    "next opening that is not": with_due(next_opening=False),
    "next opening that is a number": with_due(next_opening=1),
    "half a range": with_due(earliest={"business_hours": "4h"}),
    "a range in a range": with_due(
        earliest={"earliest": {"business_days": 1}, "latest": {"business_days": 1}}, latest={"business_days": 2}
    ),
    "a metric without a target": with_rule(metrics={"first_response": {"objective": 0.95}}),
    "an objective above one": with_metric(objective=1.5),
    "an objective that is a truth": with_metric(objective=True),
    "a condition that is a truth": with_rule(when={"priority": True}),
    "a condition with an operator that does not exist": with_rule(when={"pieces": {"more_than": 5}}),
    "a bound that is a text": with_rule(when={"pieces": {"over": "500"}}),
    "a condition that says nothing": with_rule(when={"pieces": {}}),
}


@pytest.mark.parametrize("data", REFUSED_BY_BOTH.values(), ids=REFUSED_BY_BOTH)
def test_schema_and_loader_refuse_alike(data: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(data)
    assert problems_of(data)


# ---------------------------------------------------------------- ten mistakes at once


def test_ten_mistakes_are_said_at_once_each_with_file_key_what_was_given_and_what_is_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(DATA)
    with pytest.raises(sla.PolicyError) as refused:
        sla.load_policy("ten_mistakes.toml")
    first, *expected = (DATA / "ten_mistakes.txt").read_text(encoding="utf-8").splitlines()
    said, *problems = str(refused.value).splitlines()
    assert sorted(expected) == sorted(problems)
    assert first == said
    assert [str(problem) for problem in refused.value.problems] == problems


def test_an_error_crosses_processes_whole() -> None:
    problems = problems_of({**GOOD, "name": 5, "colour": "red"})
    error = sla.PolicyError.of(problems)
    again = pickle.loads(pickle.dumps(error))
    assert str(error) == str(again)
    assert [(each.code, each.where, each.given, each.accepts) for each in problems] == [
        (each.code, each.where, each.given, each.accepts) for each in again.problems
    ]


# ---------------------------------------------------------------- one mistake at a time

ACCEPTED_AMOUNT: Final = 'hours, minutes and seconds such as "4h", "90min", "1h 30min", "45s" or "PT4H"'
ACCEPTED_TIME: Final = "HH:MM or HH:MM:SS from 00:00 to 24:00, as text"
METRIC: Final = "rules[0].metrics.first_response"

ONE_MISTAKE: Final[dict[str, tuple[dict[str, Any], str, str, str, str]]] = {
    # what is wrong: the data, code, key path, a part of what was given, a part of what is accepted
    "an unknown key": ({**GOOD, "versoin": 2}, "key_unknown", "versoin", "2", "name"),
    "an unknown key of a rule": (with_rule(metric={}), "key_unknown", "rules[0].metric", "{}", "metrics, name"),
    "an unknown key of a calendar": (with_office(hour="x"), "key_unknown", "calendars.office.hour", "'x'", "hours"),
    "an unknown key of a special day": (
        with_office(special_days=[{"on": "2026-12-24", "hours": "closed", "nmae": "x"}]),
        "key_unknown",
        "calendars.office.special_days[0].nmae",
        "'x'",
        "name, on, hours, start",
    ),
    "an unknown key of holidays": (
        with_office(holidays={"country": "BE", "pined": "BE.json"}),
        "key_unknown",
        "calendars.office.holidays.pined",
        "'BE.json'",
        "pinned",
    ),
    "an unknown key of a branch": (
        with_due(inside={"business_hours": "4h", "by": "12:00"}, outside={"next_opening": True}),
        "key_unknown",
        f"{METRIC}.due.inside.by",
        "'12:00'",
        "business_hours",
    ),
    "a key that is missing": (
        with_rule(metrics={"first_response": {}}),
        "key_missing",
        f"{METRIC}.due",
        "",
        "due = ...",
    ),
    "half a range": (
        with_due(earliest={"business_days": 1}),
        "key_missing",
        f"{METRIC}.due.latest",
        "",
        "latest = ...",
    ),
    "a wrong type": ({**GOOD, "name": 5}, "value_invalid", "name", "5", "text"),
    "a wrong type deep inside": (
        {**GOOD, "fields": {"priority": ["urgent", 1]}},
        "value_invalid",
        "fields.priority[1]",
        "1",
        "text",
    ),
    "rules that are a table": ({**GOOD, "rules": {"a": RULE}}, "value_invalid", "rules", "{'a'", ""),
    "no rules": ({**GOOD, "rules": []}, "rules_empty", "rules", "", "[[rules]]"),
    "a zone that does not exist": (
        with_office(zone="Europe/Wien"),
        "zone_unknown",
        "calendars.office.zone",
        "'Europe/Wien'",
        "IANA",
    ),
    "hours that cannot be read": (
        with_office(hours="Mon-Fri 9-17"),
        "hours_window_invalid",
        "calendars.office.hours",
        "'9'",
        "HH:MM-HH:MM",
    ),
    "hours of a day that are a number": (
        with_office(hours={"Mon": 9}),
        "hours_not_text",
        "calendars.office.hours",
        "9",
        "HH:MM-HH:MM",
    ),
    "hours that never open": (
        with_office(hours="closed"),
        "never_opens",
        "calendars.office.hours",
        "'closed'",
        "at least one window",
    ),
    "a calendar without hours": (
        with_calendars(other={"zone": "Europe/Berlin"}),
        "calendar_incomplete",
        "calendars.other",
        "['zone']",
        "zone and hours; or extends",
    ),
    "a calendar that extends and has hours of its own": (
        with_calendars(other={"extends": "office", "hours": "Sat 09:00-12:00"}),
        "calendar_both",
        "calendars.other",
        "['hours']",
        "add_hours",
    ),
    "a calendar that is missing": (
        with_rule(calendar="offcie"),
        "calendar_missing",
        "rules[0].calendar",
        "'offcie'",
        "office",
    ),
    "the calendar of a metric that is missing": (
        with_metric(calendar="offcie"),
        "calendar_missing",
        f"{METRIC}.calendar",
        "'offcie'",
        "office",
    ),
    "a calendar that extends one that is missing": (
        with_calendars(other={"extends": "offcie"}),
        "calendar_missing",
        "calendars.other.extends",
        "'offcie'",
        "office, other",
    ),
    "a calendar that extends itself": (
        with_calendars(a={"extends": "a"}),
        "extends_cycle",
        "calendars.a.extends",
        "'a -> a'",
        "hours of its own",
    ),
    "a cycle of three": (
        with_calendars(a={"extends": "b"}, b={"extends": "c"}, c={"extends": "a"}),
        "extends_cycle",
        "calendars.a.extends",
        "'a -> b -> c -> a'",
        "hours of its own",
    ),
    "a country that does not exist": (
        with_office(holidays="BEL2"),
        "holiday_country_unknown",
        "calendars.office.holidays.country",
        "'BEL2'",
        "ISO 3166",
    ),
    "a subdivision that does not exist": (
        with_office(holidays={"country": "DE", "subdivision": "Bayern-Nord"}),
        "holiday_subdivision_unknown",
        "calendars.office.holidays.subdivision",
        "'Bayern-Nord'",
        "BY",
    ),
    "a category that does not exist": (
        with_office(holidays={"country": "DE", "categories": ["pubic"]}),
        "holiday_category_unknown",
        "calendars.office.holidays.categories",
        "'pubic'",
        "public",
    ),
    "no category": (
        with_office(holidays={"country": "DE", "categories": []}),
        "holiday_category_unknown",
        "calendars.office.holidays.categories",
        "()",
        "public",
    ),
    "a language that the data lacks": (
        with_office(holidays={"country": "DE", "language": "fi"}),
        "holiday_language_unknown",
        "calendars.office.holidays.language",
        "'fi'",
        "en_US",
    ),
    "an added holiday without a date": (
        with_office(holidays={"country": "DE", "add": {"24.12.2026": "x"}}),
        "date_invalid",
        "calendars.office.holidays.add",
        "'24.12.2026'",
        "2026-12-24",
    ),
    "a removed holiday that is none": (
        with_office(holidays={"country": "DE", "remove": ["2026-11-20"]}),
        "holiday_not_there",
        "calendars.office.holidays.remove",
        "'2026-11-20'",
        "a holiday of DE",
    ),
    "a special day that is no date": (
        with_office(special_days={"2026-02-30": "closed"}),
        "special_day_date_invalid",
        "calendars.office.special_days",
        "'2026-02-30'",
        "2026-12-24",
    ),
    "the hours of a special day that cannot be read": (
        with_office(special_days=[{"on": "2026-12-24", "hours": "until noon"}]),
        "special_day_hours_invalid",
        "calendars.office.special_days",
        "'until noon'",
        '"closed"',
    ),
    "two special days on one date": (
        with_office(
            special_days=[{"on": "2026-12-24", "hours": "closed"}, {"on": "2026-12-24", "hours": "09:00-12:00"}]
        ),
        "special_day_twice",
        "calendars.office.special_days",
        "2026-12-24",
        "one of a kind a date",
    ),
    "a recurrence that is none": (
        with_office(special_days={"FREQ=HOURLY": "closed"}),
        "recurrence_invalid",
        "calendars.office.special_days",
        "'FREQ=HOURLY'",
        "FREQ=DAILY",
    ),
    "an absence the wrong way round": (
        with_office(absences=[{"start": "2026-12-02T00:00:00Z", "end": "2026-12-01T00:00:00Z"}]),
        "absence_reversed",
        "calendars.office.absences",
        "2026-12-02",
        "a start before the end",
    ),
    "an absence without an offset": (
        with_office(absences=[{"start": "2026-12-01T00:00:00", "end": "2026-12-02T00:00:00Z"}]),
        "instant_invalid",
        "calendars.office.absences[0].start",
        "'2026-12-01T00:00:00'",
        "with an offset",
    ),
    "a version that is no date": (
        with_office(versions={"2027": "Mon-Fri 09:00-16:00"}),
        "date_invalid",
        "calendars.office.versions",
        "'2027'",
        "2026-12-24",
    ),
    "a bare day": (with_due(business_hours="1 day"), "amount_bare_day", f"{METRIC}.due.business_hours", "'1 day'", ACCEPTED_AMOUNT),
    "an amount below zero": (with_due(business_hours="-4h"), "amount_invalid", f"{METRIC}.due.business_hours", "'-4h'", ACCEPTED_AMOUNT),
    "an amount that is a number": (with_due(calendar_hours=4), "amount_invalid", f"{METRIC}.due.calendar_hours", "4", ACCEPTED_AMOUNT),
    "days below zero": (with_due(business_days=-1), "value_invalid", f"{METRIC}.due.business_days", "-1", "greater than or equal to 0"),
    "by outside the day": (with_due(business_days=1, by="25:00"), "time_of_day_invalid", f"{METRIC}.due.by", "'25:00'", f"close, opening, same_time, {ACCEPTED_TIME}"),
    "by past the end of the day": (with_due(calendar_days=1, by="24:00:01"), "time_of_day_invalid", f"{METRIC}.due.by", "'24:00:01'", ACCEPTED_TIME),
    "a cutoff that is a word": (with_due(business_days=1, cutoff="close"), "time_of_day_invalid", f"{METRIC}.due.cutoff", "'close'", ACCEPTED_TIME),
    "a cutoff on a counting target": (with_due(business_hours="4h", cutoff="16:00"), "key_unknown", f"{METRIC}.due.cutoff", "'16:00'", "business_hours"),
    "a range the wrong way round": (
        with_due(earliest={"business_days": 4}, latest={"business_days": 2}),
        "range_reversed", f"{METRIC}.due", "4 business days by close .. 2 business days by close", "at or before",
    ),
    "a target of no kind": (with_due(busines_hours="4h"), "target_unknown", f"{METRIC}.due", "'busines_hours'", "business_hours, workday_hours"),
    "a target of two kinds": (with_due(business_hours="4h", calendar_days=1), "target_unknown", f"{METRIC}.due", "'4h'", "business_hours, workday_hours"),
    "a target that is text": (with_rule(metrics={"first_response": {"due": "4h"}}), "target_unknown", f"{METRIC}.due", "'4h'", "a table with one of"),
    "an objective above one": (with_metric(objective="101%"), "share_invalid", f"{METRIC}.objective", "'101%'", "up to 1"),
    "a percent that is a number": (with_metric(objective=95), "share_invalid", f"{METRIC}.objective", "95", '"95%"'),
    "a percent above a hundred": (with_metric(objective="150%"), "share_invalid", f"{METRIC}.objective", "'150%'", '"95%"'),
    "an objective that is a list": (with_metric(objective=["95%"]), "share_invalid", f"{METRIC}.objective", "['95%']", '"95%"'),
    "a warning after due": (with_metric(warnings=["150%"]), "amount_invalid", f"{METRIC}.warnings[0]", "'150%'", 'from "1%" to "99%"'),
    "a warning that is a number": (with_metric(warnings=[0.75]), "amount_invalid", f"{METRIC}.warnings[0]", "0.75", 'from "1%" to "99%"'),
    "a metric that is text": (with_rule(metrics={"first_response": "4h"}), "value_invalid", METRIC, "'4h'", "a table"),
    "metrics that are a list": (with_rule(metrics=["first_response"]), "value_invalid", "rules[0].metrics", "['first_response']", "a table"),
    "a rank that is text": (with_rule(rank="high"), "value_invalid", "rules[0].rank", "'high'", "a whole number"),
    "an empty name": ({**GOOD, "name": ""}, "value_invalid", "name", "''", "not empty"),
    "a warning that is none": (with_metric(warnings=["soon"]), "amount_invalid", f"{METRIC}.warnings[0]", "'soon'", ""),
    "a step of an escalation without a way to it": (with_rule(escalation=[{"to": "a manager"}]), "escalation_step_unclear", "rules[0].escalation[0]", "'a manager'", "one of them"),
    "a step of an escalation with two ways to it": (
        with_rule(escalation=[{"to": "a manager", "on": "x", "after": {"calendar_days": 1}}]),
        "escalation_step_unclear", "rules[0].escalation[0]", "'a manager'", "one of them",
    ),
    "a field that is not declared": (with_rule(when={"colour": "red"}), "field_undeclared", "rules[0].when.colour", "'colour'", "market, channel, priority, topic"),
    "a value that is not declared": (
        {**with_rule(when={"priority": "urgnet"}), "fields": {"priority": ["urgent"]}},
        "field_value_unknown", "rules[0].when.priority", "'urgnet'", "urgent",
    ),
    "a start that is no instant": ({**GOOD, "valid_from": "2026-01-01"}, "instant_invalid", "valid_from", "'2026-01-01'", "with an offset"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code", "where", "given", "accepts"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_one_mistake_is_one_problem_with_its_key_path(
    data: dict[str, Any], code: str, where: str, given: str, accepts: str
) -> None:
    (problem,) = problems_of(data)
    assert code == problem.code
    assert problem.where.startswith(f"support.toml: {where}")
    assert given in problem.given
    assert accepts in problem.accepts


@pytest.mark.parametrize(
    ("data", "accepts"),
    [
        ({**GOOD, "calenders": {}}, "calendars, name, "),
        (with_metric(objectiv="95%"), "objective, due, "),
        (with_due(workday_hour="4h"), "a table with one of workday_hours, business_hours, calendar_hours, "),
        (with_due(lates={"calendar_hours": "4h"}), "a table with one of earliest and latest, business_hours, "),
        (with_due(business_days=1, by="openning"), "opening, close, same_time, HH:MM "),
        ({**GOOD, "clocks": {"first_response": {"stops": "solve"}}}, "solved, answer"),
        (
            {**GOOD, "calendars": {"depot": OFFICE, "office": OFFICE, "late": {"extends": "offcie"}}},
            "office, depot, late",
        ),
    ],
    ids=["a key", "a key of a metric", "a target", "a range", "a point of a date", "an option", "a calendar"],
)
def test_a_misspelt_name_is_answered_with_the_one_that_was_meant_first(data: dict[str, Any], accepts: str) -> None:
    (problem,) = problems_of(data)
    assert problem.accepts.startswith(accepts)


def test_mistakes_of_every_stage_are_said_at_once() -> None:
    data = {
        "name": "support",
        "fields": {"priority": ["urgent"]},
        "calendars": {
            "office": {**OFFICE, "holidays": "BEL2"},
            "closed": {"zone": "Europe/Berlin", "hours": "closed"},
            "other": {"extends": "offcie"},
        },
        "rules": [
            {**RULE, "when": {"priority": "urgnet"}},
            {**RULE, "calendar": "offcie"},
            {**RULE, "metrics": {"first_response": {"due": {"business_hours": "1 day"}}}},
        ],
    }
    assert sorted(problem.code for problem in problems_of(data)) == [
        "amount_bare_day",
        "calendar_missing",
        "calendar_missing",
        "field_value_unknown",
        "holiday_country_unknown",
        "never_opens",
    ]


def test_each_problem_of_calendars_names_its_calendar() -> None:
    bad = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "holidays": "BEL2"}
    problems = problems_of({**GOOD, "calendars": {"office": OFFICE, "one": bad, "two": bad}})
    assert [problem.where.split(".holidays")[0] for problem in problems] == [
        "support.toml: calendars.one",
        "support.toml: calendars.two",
    ]


# ---------------------------------------------------------------- pin files


def with_pin(path: str) -> dict[str, Any]:
    return with_office(holidays={"country": "BE", "pinned": path})


@pytest.mark.parametrize("path", ["../BE.json", "holidays/../../BE.json", "..", "/etc/passwd", "//x", "", "."])
def test_a_pin_file_elsewhere_is_refused_and_never_read(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (tmp_path / "BE.json").write_text(sla.Holidays("BE").freeze(2025, 2027).to_json(), encoding="utf-8")
    (problem,) = problems_of(with_pin(path), folder)
    assert "calendars.office.holidays" in problem.where
    if path not in {"", "."}:
        assert (problem.code, problem.accepts) == (
            "pin_path_invalid",
            "a relative path without .., in a policy loaded from a file; a name in pins; or the data",
        )


def test_a_pin_file_needs_a_policy_that_comes_from_a_file() -> None:
    (problem,) = problems_of(with_pin("BE.json"))
    assert problem.code == "pin_path_invalid"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.json", None, "holiday_pin_unreadable"),
        ("none.json", "{}", "holiday_pin_invalid"),
        ("list.json", "[]", "holiday_pin_invalid"),
        ("deep.json", "[" * 100_000, "holiday_pin_invalid"),
        ("BE\0.json", None, "holiday_pin_unreadable"),
    ],
)
def test_a_pin_file_that_cannot_be_used_is_a_problem_of_the_policy(
    name: str, content: str | None, code: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    (problem,) = problems_of(with_pin(name), tmp_path)
    assert code == problem.code
    assert problem.where == "support.toml: calendars.office.holidays.pinned"


# ---------------------------------------------------------------- files that are no policies

DEEP: Final = 100_000


NO_POLICIES: Final[dict[str, tuple[str, bytes, str | None]]] = {
    "broken TOML": ("a.toml", b"name = ", "policy_unreadable"),
    "a key twice": ("a.toml", b"name = 'x'\nname = 'y'", "policy_unreadable"),
    "no UTF-8": ("a.toml", b"\xff\xfe", "policy_unreadable"),
    "a NUL byte": ("a.toml", b"\x00", "policy_unreadable"),
    "deep TOML lists": ("a.toml", b"a = " + b"[" * DEEP + b"]" * DEEP, "policy_unreadable"),
    "deep TOML tables": ("a.toml", b"a = " + b"{b=" * DEEP, "policy_unreadable"),
    "a number of 5000 digits": ("a.toml", b"a = " + b"9" * 5_000, "policy_unreadable"),
    "huge TOML": ("a.toml", b"#" * 5_000_001, "policy_unreadable"),
    "broken JSON": ("a.json", b"{", "policy_unreadable"),
    "nothing": ("a.json", b"", "policy_unreadable"),
    "deep JSON lists": ("a.json", b"[" * DEEP + b"]" * DEEP, "policy_unreadable"),
    "deep JSON objects": ("a.json", b'{"a":' * DEEP, "policy_unreadable"),
    "huge JSON": ("a.json", b" " * 5_000_001, "policy_unreadable"),
    "a list": ("a.json", b"[]", "policy_no_table"),
    "text": ("a.json", b'"x"', "policy_no_table"),
    "null": ("a.json", b"null", "policy_no_table"),
    "half a character": ("a.json", b'{"name": "\\ud800", "calendars": {}, "rules": []}', None),
    "not a number": ("a.json", b'{"name": NaN}', None),
}


@pytest.mark.parametrize(("name", "content", "code"), NO_POLICIES.values(), ids=NO_POLICIES)
def test_a_file_that_is_no_policy_is_refused_with_its_name(
    name: str, content: bytes, code: str | None, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(sla.PolicyError) as refused:
        sla.load_policy(path)
    assert str(path) in refused.value.where
    assert code in (None, refused.value.code)


def test_text_that_has_no_utf_8_form_breaks_no_digest() -> None:
    policy = sla.policy_from_data({**GOOD, "statuses": ["\ud800"]})
    assert policy.digest != sla.policy_from_data(GOOD).digest
    assert policy == sla.policy_from_data(json.loads(policy.to_json()))


@pytest.mark.parametrize("name", ["none.toml", "a\0b.toml", ".", "x" * 300])
def test_a_file_that_does_not_exist_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.load_policy(tmp_path / name)
    assert refused.value.code == "policy_unreadable"


def test_keys_twice_in_json_are_refused_as_they_are_in_toml(tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    path.write_text(json.dumps(GOOD)[:-1] + ', "name": "other"}', encoding="utf-8")
    with pytest.raises(sla.PolicyError):
        sla.load_policy(path)


def test_data_nested_deeper_than_python_recurses_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(sys.getrecursionlimit() * 3):
        deep = {"inside": deep, "outside": deep}
    assert problems_of({**GOOD, "colour": deep})
    assert problems_of(with_due(inside=deep, outside=deep))
    assert problems_of(with_office(hours=deep))
    assert problems_of({**GOOD, "name": deep})


def test_a_message_shows_a_picture_of_what_was_given_however_large_it_is() -> None:
    (problem,) = problems_of({**GOOD, "description": ["x" * 1_000_000] * 1_000})
    assert len(str(problem)) < 2_000


def test_many_unknown_keys_cost_one_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    original = sla.Policy.model_json_schema

    def counted(*args: Any, **kwargs: Any) -> dict[str, Any]:
        made.append(args)
        return original(*args, **kwargs)

    monkeypatch.setattr(sla.Policy, "model_json_schema", counted)
    assert len(problems_of({**GOOD, **{f"key{i}": i for i in range(100)}})) == 100
    assert len(made) <= 1


# ---------------------------------------------------------------- anything anywhere

ANYTHING: Final[st.SearchStrategy[Any]] = st.sampled_from(
    (
        None, True, False, 0, 1, -1, 2**70, 1.5, float("nan"), "", "x", "close", "24:00", "2026-12-24", "95%", "4h", "1 day",
        "2026-12-24T00:00:00Z", "\x00", "\ud800", "9" * 50, "FREQ=DAILY", "BE", "office", "more", "Europe/Berlin", "24/7",
        "closed", "+09:00-10:00", "0", "yes", 1.0, [], {}, ["x"], [1], [[]], ["closed"], {"x": 1}, {"business_hours": "4h"},
        {"Mon": "closed"}, {"Mon": ["09:00-10:00"]},
    )
) | st.text(max_size=5)  # fmt: skip


def places(node: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value in plain data."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        yield (*way, key)
        yield from places(value, (*way, key))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(places(EVERYTHING))), ANYTHING)
@example(("fields", "team"), 5)
@example(("fields", "priority"), [1])
@example(("fields", "priority", 0), True)
@example(("calendars", "office", "hours"), {"Mon": 9})
@example(("rules", 0, "when", "team"), 5)
@example(("rules", 1, "calendar"), b"offcie")
@example(("clocks", "resolution", "pausable"), "yes")
@example(("clocks", "resolution", "answer", "internal"), 1)
@example(("rules", 0, "metrics"), {})
def test_any_value_anywhere_in_a_policy_is_read_and_written_or_refused_with_its_key(
    place: tuple[str | int, ...], value: Any
) -> None:
    data: Any = copy.deepcopy(EVERYTHING)
    *way, last = place
    node = data
    for key in way:
        node = node[key]
    node[last] = value
    try:
        policy = sla.policy_from_data(data, where="support.toml")
    except sla.PolicyError as refused:
        assert refused.problems  # noqa: PT017 - it may also be accepted
        assert all(problem.where.startswith("support.toml") and problem.accepts for problem in refused.problems)  # noqa: PT017 - the same
    else:
        assert policy == sla.policy_from_data(policy.to_data())
        assert VALIDATOR.is_valid(data)
        assert VALIDATOR.is_valid(policy.to_data())
