"""A calendar as plain data: written by hand beside the calendar that it says."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import at, wrong

HOURS: Final = "Mon-Fri 09:00-17:00"
FEAST: Final = sla.FrozenHolidays.of({date(2026, 11, 23): "Founders' Day"}, years=(2026, 2027))


def office(**more: Any) -> sla.Calendar:
    return sla.Calendar("Europe/Berlin", HOURS, **more)


CALENDARS: Final[dict[str, tuple[sla.Calendar, dict[str, Any]]]] = {
    "hours alone": (office(), {}),
    "a country": (office(holidays="BE"), {"holidays": {"country": "BE", "categories": ["public"]}}),
    "a market": (
        sla.Calendar("Europe/London", HOURS, holidays=sla.Holidays(financial="XLON", half_days=True)),
        {
            "zone": "Europe/London",
            "holidays": {"financial": "XLON", "categories": ["public"], "half_days": True},
        },
    ),
    "a country with changes": (
        office(
            holidays=sla.Holidays("DE", subdivision="BY", language="en_US", observed=False)
            .adding({date(2026, 11, 2): "Bridge"})
            .removing([date(2026, 12, 25)])
        ),
        {
            "holidays": {
                "country": "DE",
                "subdivision": "BY",
                "language": "en_US",
                "observed": False,
                "categories": ["public"],
                "add": {"2026-11-02": "Bridge"},
                "remove": ["2026-12-25"],
            }
        },
    ),
    "frozen holidays": (office(holidays=FEAST), {"holidays": {"pinned": FEAST.to_data()}}),
    "several sets": (
        office(holidays=["DE", "BE"]),
        {
            "holidays": {
                "sets": [
                    {"country": "DE", "categories": ["public"]},
                    {"country": "BE", "categories": ["public"]},
                ],
                "closed_when": "any",
            }
        },
    ),
    "special days of every form": (
        office(
            holidays="BE",
            special_days=[
                sla.SpecialDay.of("2026-12-24", "09:00-13:00", name="Christmas Eve"),
                sla.SpecialDay.of("12-31", "closed"),
                sla.SpecialDay.of("2026-12-28..2026-12-30", "-12:00-13:00"),
                sla.SpecialDay.of("PH-1", "open 09:00-12:00"),
                sla.SpecialDay.of("easter-46", "+18:00-20:00"),
                sla.SpecialDay.of("07-01..08-31", "Mon-Fri 08:00-14:00"),
                sla.SpecialDay.of("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "+10:00-12:00", start=date(2026, 1, 4)),
            ],
        ),
        {
            "holidays": {"country": "BE", "categories": ["public"]},
            "special_days": [
                {"on": "2026-12-24", "hours": "09:00-13:00", "name": "Christmas Eve"},
                {"on": "12-31", "hours": "closed"},
                {"on": "2026-12-28..2026-12-30", "hours": "-12:00-13:00"},
                {"on": "PH-1", "hours": "open 09:00-12:00"},
                {"on": "easter-46", "hours": "+18:00-20:00"},
                {"on": "07-01..08-31", "hours": "Mon-Fri 08:00-14:00"},
                {"on": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "hours": "+10:00-12:00", "start": "2026-01-04"},
            ],
        },
    ),
    "absences, versions, open on holidays": (
        office(
            absences=[sla.Absence(at("25 14:00"), at("25 16:00"), "all hands")],
            versions={"2027-01-01": "Mon-Fri 08:00-16:00"},
            holidays="BE",
            open_on_holidays=True,
        ),
        {
            "holidays": {"country": "BE", "categories": ["public"]},
            "absences": [
                {"start": "2026-11-25T14:00:00+01:00", "end": "2026-11-25T16:00:00+01:00", "name": "all hands"}
            ],
            "versions": {"2027-01-01": "Mon-Fri 08:00-16:00"},
            "open_on_holidays": True,
        },
    ),
}


@pytest.mark.parametrize(("calendar", "said"), CALENDARS.values(), ids=CALENDARS)
def test_a_calendar_says_itself_and_is_read_back_the_same(calendar: sla.Calendar, said: dict[str, Any]) -> None:
    assert calendar.to_data() == {"zone": "Europe/Berlin", "hours": HOURS, **said}
    again = sla.Calendar.from_data(json.loads(calendar.to_json()))
    assert again == calendar
    assert again.digest == calendar.digest


def test_an_absence_across_the_end_of_summer_time_comes_back_though_its_zone_does_not() -> None:
    """02:30 is there twice on 25 October 2026: an instant with its offset is one of the two."""
    for fold in (0, 1):
        start = at("2026-10-25 02:30").replace(fold=fold)
        calendar = office(absences=[sla.Absence(start, at("2026-10-25 12:00"))])
        assert sla.Calendar.from_data(calendar.to_data()) == calendar


def test_a_table_of_a_policy_is_such_data() -> None:
    calendar, _ = CALENDARS["special days of every form"]
    metrics = {"reply": {"due": {"business_hours": "4h"}}}
    data = {"name": "x", "calendars": {"office": calendar.to_data()}}
    policy = sla.policy_from_data({**data, "rules": [{"name": "all", "calendar": "office", "metrics": metrics}]})
    assert policy.calendar("office") == calendar


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        ([], "policy_no_table", ""),
        (None, "policy_no_table", ""),
        ({1: "x"}, "policy_no_table", ""),
        ({"zone": "Europe/Berlin"}, "calendar_incomplete", ""),
        ({"zone": "Europe/Berlin", "hours": HOURS, "hour": HOURS}, "key_unknown", "hour"),
        ({"zone": "Berlin", "hours": HOURS}, "zone_unknown", "zone"),
        ({"extends": "office"}, "calendar_extends_nothing", "extends"),
        ({"zone": "Europe/Berlin", "hours": HOURS, "holidays": {"pinned": "BE.json"}}, "pin_path_invalid", "holidays.pinned"),
        ({"zone": "Europe/Berlin", "hours": HOURS, "holidays": {"pinned": {}}}, "holiday_pin_invalid", "holidays.pinned"),
        ({"zone": "Europe/Berlin", "hours": HOURS, "holidays": {"pinned": 7}}, "value_invalid", "holidays.pinned"),
        (
            {"zone": "Europe/Berlin", "hours": HOURS, "absences": [{"start": "2026-11-25T14:00", "end": "2026-11-25T16:00+01:00"}]},
            "instant_invalid",
            "absences[0].start",
        ),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data: object, code: str, where: str) -> None:
    with pytest.raises(sla.SlaError) as caught:
        sla.Calendar.from_data(wrong(data))
    assert (caught.value.code, caught.value.where) == (code, where)


def test_a_source_of_holidays_of_ones_own_has_no_data() -> None:
    @dataclass(frozen=True)
    class FoundersDay:
        years = (2000, 2099)
        source = "the company"
        digest = "founders-day-1"

        def names(self, year: int) -> dict[date, str]:
            return {date(year, 11, 23): "Founders' Day"}

    with pytest.raises(sla.CalendarError) as caught:
        office(holidays=FoundersDay()).to_data()
    assert (caught.value.code, caught.value.where) == ("holidays_without_data", "holidays")
