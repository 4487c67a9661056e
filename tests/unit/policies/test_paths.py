"""Where each mistake of a policy is, as keys and indexes for the fields of a form; and that all are told at once."""

import pickle
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.errors import Path

OFFICE: Final[dict[str, Any]] = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}
RULE: Final[dict[str, Any]] = {
    "name": "all",
    "calendar": "office",
    "metrics": {"first_response": {"due": {"business_hours": "4h"}}},
}


def paths(**said: Any) -> list[Path]:
    """The paths of everything that is wrong with a policy."""
    data = {"name": "form", "calendars": {"office": OFFICE}, "rules": [RULE], **said}
    with pytest.raises(sla.PolicyError) as refused:
        sla.policy_from_data(data, where="a form")
    return [problem.path for problem in refused.value.problems]


OF_A_CALENDAR: dict[str, tuple[dict[str, Any], list[Path]]] = {
    "the zone": ({"zone": "Europe/Brussel"}, [("zone",)]),
    "hours as text": ({"hours": "Mon-Fri 9-17"}, [("hours",)]),
    "two days of the hours": (
        {"hours": {"Mon": "9-17", "Tue": "09:00-17:00", "Wed": []}},
        [("hours", "Mon"), ("hours", "Wed")],
    ),
    "a day that is none": ({"hours": {"Moon": "09:00-17:00"}}, [("hours", "Moon")]),
    "a date with a dot in its key": ({"special_days": {"24.12.": "closed"}}, [("special_days", "24.12.")]),
    "a range": ({"special_days": {"2026-12-31..2026-12-24": "closed"}}, [("special_days", "2026-12-31..2026-12-24")]),
    "two dates of three": (
        {"special_days": {"12-24": "9", "12-25": "closed", "02-31": "closed"}},
        [("special_days", "12-24"), ("special_days", "02-31")],
    ),
    "hours that are no text": ({"special_days": {"12-24": 9}}, [("special_days", "12-24")]),
    "an entry of a list, its hours": (
        {"special_days": [{"on": "12-24", "hours": "9"}]},
        [("special_days", 0, "hours")],
    ),
    "an entry of a list, its date": (
        {"special_days": [{"on": "12-41", "hours": "closed"}]},
        [("special_days", 0, "on")],
    ),
    "an absence": (
        {"absences": [{"start": "2026-08-02T00:00Z", "end": "2026-08-01T00:00Z"}, {"start": "soon", "end": "later"}]},
        [("absences", 0, "end"), ("absences", 1, "start"), ("absences", 1, "end")],
    ),
    "a version, by its date and its hours": (
        {"versions": {"soon": "24/7", "2027-01-01": "all day"}},
        [("versions", "soon"), ("versions", "2027-01-01")],
    ),
    "a country": ({"holidays": "XX"}, [("holidays", "country")]),
    "one of several countries": ({"holidays": ["BE", "XX"]}, [("holidays", "sets", 1, "country")]),
    "a date that is added": ({"holidays": {"country": "BE", "add": {"soon": "x"}}}, [("holidays", "add", "soon")]),
    "a country beside another mistake": ({"zone": "Brussels", "holidays": "XX"}, [("zone",), ("holidays", "country")]),
}

OF_THE_REST: dict[str, tuple[dict[str, Any], list[Path]]] = {
    "a target": (
        {"rules": [RULE, {**RULE, "metrics": {"first_response": {"due": {"business_hours": "soon"}}}}]},
        [("rules", 1, "metrics", "first_response", "due", "business_hours")],
    ),
    "the end of a range": (
        {
            "rules": [
                {
                    **RULE,
                    "metrics": {"resolution": {"due": {"earliest": {"business_hours": "1h"}, "latest": {"by": 1}}}},
                }
            ]
        },
        [("rules", 0, "metrics", "resolution", "due", "latest")],
    ),
    "a calendar that a rule names": ({"rules": [{**RULE, "calendar": "home"}]}, [("rules", 0, "calendar")]),
    "a field that a rule names": (
        {"rules": [{**RULE, "when": {"colour": "red"}}, RULE]},
        [("rules", 0, "when", "colour")],
    ),
    "a status of a clock": (
        {"statuses": ["open"], "clocks": {"resolution": {"paused_in": ["open", "waiting"]}}},
        [("clocks", "resolution", "paused_in", 1)],
    ),
    "a status that starts a clock": (
        {"statuses": ["open"], "clocks": {"first_response": {"starts": {"status": ["owned"]}}}},
        [("clocks", "first_response", "starts", "status", 0)],
    ),
    "what a clock waits for": (
        {"clocks": {"first_response": {"after": "nothing"}}},
        [("clocks", "first_response", "after")],
    ),
    "clocks that wait for each other": (
        {"clocks": {"first_response": {"after": "first_response"}}},
        [("clocks", "first_response", "after")],
    ),
    "the speed of a channel": (
        {"guide": {"channels": {"form": {"speed": "quick"}}}},
        [("guide", "channels", "form", "speed")],
    ),
    "a key that there is none": ({"calenders": {}}, [("calenders",)]),
    "two calendars and a rule at once": (
        {
            "calendars": {"a.b": {**OFFICE, "zone": "Mars"}, "office": {**OFFICE, "hours": "always"}},
            "rules": [{**RULE, "name": 7}],
        },
        [("calendars", "a.b", "zone"), ("calendars", "office", "hours"), ("rules", 0, "name")],
    ),
}


@pytest.mark.parametrize("what", OF_A_CALENDAR)
def test_a_mistake_of_a_calendar_has_its_path(what: str) -> None:
    said, expected = OF_A_CALENDAR[what]
    assert paths(calendars={"office": OFFICE | said}) == [("calendars", "office", *path) for path in expected]


@pytest.mark.parametrize("what", OF_THE_REST)
def test_a_mistake_elsewhere_has_its_path(what: str) -> None:
    said, expected = OF_THE_REST[what]
    assert paths(**said) == expected


def test_a_file_with_ten_mistakes_gives_ten_messages() -> None:
    found = paths(
        calendars={
            "office": {
                "zone": "Mars",
                "hours": {"Mon": "9", "Tue": "10"},
                "holidays": "XX",
                "special_days": {"12-24": "9", "12-32": "closed"},
                "absences": [{"start": "soon", "end": "2026-08-01T00:00Z"}],
                "versions": {"soon": "24/7"},
            },
        },
        rules=[{**RULE, "calendar": "home", "metrics": {"first_response": {"due": {"business_hours": "soon"}}}}],
    )
    assert len(found) == len(set(found)) == 10


def test_the_place_of_a_policy_is_in_the_message_and_not_in_the_path() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.policy_from_data({"name": "form", "calendars": {}, "rules": []}, where="a form")
    assert refused.value.where == "a form.rules"
    assert refused.value.path == ("rules",)


def test_a_mistake_of_a_version_has_its_path() -> None:
    wrong = {"name": "form", "calendars": {"office": {**OFFICE, "zone": "Mars"}}, "rules": [RULE]}
    with pytest.raises(sla.PolicyError) as refused:
        sla.PolicyVersions.from_data({"versions": [wrong]})
    assert refused.value.path == ("versions", 0, "calendars", "office", "zone")
    assert refused.value.where == "versions[0].calendars.office.zone"


def test_what_is_no_table_has_no_path() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.policy_from_data("{}", where="a form")  # type: ignore[arg-type]  # text is no table
    assert (refused.value.where, refused.value.path) == ("a form", ())


def test_a_pin_that_is_none_has_its_path() -> None:
    with pytest.raises(sla.HolidayError) as refused:
        sla.policy_from_data({"name": "form", "calendars": {"office": OFFICE}, "rules": [RULE]}, pins={"ours": {}})
    assert refused.value.path == ("pins", "ours")


def test_a_path_crosses_processes() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.policy_from_data({"name": "form", "calendars": {"o": {**OFFICE, "zone": "Mars"}}, "rules": [RULE, RULE]})
    again = pickle.loads(pickle.dumps(refused.value))
    assert [problem.path for problem in again.problems] == [problem.path for problem in refused.value.problems]


def test_an_argument_is_a_path_of_one_key() -> None:
    with pytest.raises(sla.ZoneError) as refused:
        sla.Calendar("Mars", "24/7")
    assert refused.value.path == ("zone",)
