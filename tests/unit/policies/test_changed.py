"""`Policy.replace`: a policy with some values changed is the policy that a file with these values is."""

from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.policies.loading import SAMPLES
from tests.refusals import Refusal, check

OFFICE: Final[dict[str, Any]] = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}
RULES: Final[list[dict[str, Any]]] = [
    {
        "name": "urgent",
        "when": {"priority": "urgent"},
        "calendar": "office",
        "metrics": {"first_response": {"due": {"business_hours": "1h"}, "objective": "95%"}},
    },
    {
        "name": "the 2. line",
        "calendar": "office",
        "metrics": {
            "first_response": {"due": {"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "4h"}}}
        },
    },
]
DATA: Final[dict[str, Any]] = {"name": "support", "calendars": {"office": OFFICE}, "rules": RULES}
SUPPORT: Final = sla.policy_from_data(DATA)
SATURDAYS: Final = "Mon-Fri 09:00-17:00; Sat 09:00-12:00"


def rules(place: int, **said: Any) -> list[dict[str, Any]]:
    return [{**rule, **said} if number == place else rule for number, rule in enumerate(RULES)]


def promising(place: int, **said: Any) -> list[dict[str, Any]]:
    promised = RULES[place]["metrics"]["first_response"]
    return rules(place, metrics={"first_response": {**promised, **said}})


# What is changed, and the keys of the file that a person would edit.
EDITS: Final[dict[str, tuple[dict[str, Any], dict[str, Any]]]] = {
    "nothing": ({}, {}),
    "hours": ({"calendars.office.hours": SATURDAYS}, {"calendars": {"office": {**OFFICE, "hours": SATURDAYS}}}),
    "a whole target": (
        {"rules.urgent.metrics.first_response.due": {"business_days": 1}},
        {"rules": promising(0, due={"business_days": 1})},
    ),
    "an amount of a target": (
        {"rules.urgent.metrics.first_response.due.business_hours": "30min"},
        {"rules": promising(0, due={"business_hours": "30min"})},
    ),
    "a rule by its place": (
        {"rules.1.metrics.first_response.objective": 0.9},
        {"rules": promising(1, objective="90%")},
    ),
    "a name with a dot in it": (
        {'rules."the 2. line".metrics.first_response.due.latest': {"business_hours": "8h"}},
        {"rules": promising(1, due={"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "8h"}})},
    ),
    "what was not said": (
        {"calendars.office.special_days": {"2026-12-24": "closed"}},
        {"calendars": {"office": {**OFFICE, "special_days": {"2026-12-24": "closed"}}}},
    ),
    "a table that was not said": (
        {"clocks.first_response.pausable": False},
        {"clocks": {"first_response": {"pausable": False}}},
    ),
    "a calendar of its own for one rule": (
        {
            "calendars.weekend": {"extends": "office", "add_hours": "Sat 09:00-12:00"},
            "rules.urgent.calendar": "weekend",
        },
        {
            "calendars": {"office": OFFICE, "weekend": {"extends": "office", "add_hours": "Sat 09:00-12:00"}},
            "rules": rules(0, calendar="weekend"),
        },
    ),
    "two values, the second within the first": (
        {"rules.urgent": {**RULES[0], "rank": 5}, "rules.urgent.rank": 7},
        {"rules": rules(0, rank=7)},
    ),
    "a value of Python": (
        {"rules.urgent.metrics.first_response.due": sla.CalendarHours(amount="2h")},
        {"rules": promising(0, due={"calendar_hours": "2h"})},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_policy_is_the_edited_file(name: str) -> None:
    changes, keys = EDITS[name]
    edited = sla.policy_from_data({**DATA, **keys})
    changed = SUPPORT.replace(changes)
    assert changed == edited
    assert changed.digest == edited.digest
    assert changed.to_data() == edited.to_data()
    assert sla.policy_from_data(DATA) == SUPPORT  # which is as it was


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_keeps_its_pins(name: str) -> None:
    sample = sla.sample_policy(name)
    changed = sample.replace({"description": "another"})
    assert {each: changed.calendar(each) for each in changed.calendars} == {
        each: sample.calendar(each) for each in sample.calendars
    }
    assert changed.digest == sample.digest


def test_live_holidays_stay_live() -> None:
    live = sla.sample_policy("webshop_helpdesk", live=True)
    changed = live.replace({"calendars.standard.hours": SATURDAYS})
    assert changed.calendar("standard").holidays == live.calendar("standard").holidays


def refused(changes: Any, code: str, where: str, given: str, accepts: str) -> Refusal:
    return Refusal(lambda: SUPPORT.replace(changes), sla.PolicyError, code, where, given, accepts)


FIRST: Final = "rules.urgent.metrics.first_response"
REFUSALS: Final = [
    refused({"calenders.office.hours": ""}, "path_unknown", "calenders.office.hours", "'calenders'", "calendars,"),
    refused({"calendars.offise.hours": ""}, "path_unknown", "calendars.offise.hours", "'offise'", "office"),
    refused({"rules.urgnt.rank": 1}, "path_unknown", "rules.urgnt.rank", "'urgnt'", "urgent, the 2. line"),
    refused({"rules.2.rank": 1}, "path_unknown", "rules.2.rank", "'2'", "urgent, the 2. line"),
    refused({"rules.other": RULES[0]}, "path_unknown", "rules.other", "'other'", "urgent, the 2. line"),
    refused(
        {"calendars.offise": OFFICE}, "path_unknown", "calendars.offise", "'offise'", "office"
    ),  # nothing would use it
    refused(
        {"calendars.office.hours.Mon": ""}, "path_unknown", "calendars.office.hours.Mon", "'Mon'", "before Mon"
    ),
    refused({"calendars..hours": ""}, "path_unknown", "changes", "'calendars..hours'", "keys with dots"),
    refused({"calendars.": ""}, "path_unknown", "changes", "'calendars.'", "keys with dots"),
    refused({"": ""}, "path_unknown", "changes", "''", "keys with dots"),
    refused({7: ""}, "path_unknown", "changes", "7", "keys with dots"),
    refused({f"{FIRST}.duo": {}}, "key_unknown", "rules[0].metrics.first_response.duo", "{}", "due,"),
    Refusal(
        lambda: SUPPORT.replace({f"{FIRST}.due.business_hours": "1 day"}), sla.AmountError, "amount_bare_day",
        "rules[0].metrics.first_response.due.business_hours", "'1 day'", "hours, minutes",
    ),
    refused({"rules.urgent.calendar": "offce"}, "calendar_missing", "rules[0].calendar", "'offce'", "office"),
    Refusal(
        lambda: SUPPORT.replace("calendars.office.hours"),  # type: ignore[arg-type]  # what is refused
        sla.SlaError, "argument_invalid", "changes", "'calendars.office.hours'", "a mapping of paths",
    ),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_no_path_and_what_makes_no_policy(refusal: Refusal) -> None:
    check(refusal)
