"""Rows of opening hours of schema.org: what they cannot be, and days and times in every form that is read."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import schema_org
from tests.refusals import Refusal, check
from tests.unit.interop.schema_org.pages import on, place, row


@pytest.mark.parametrize(
    ("thing", "hours"),
    [
        (place(row(["Mo", "https://schema.org/Tuesday", "schema:Wednesday"], "9:00", "17:00")), "Mon-Wed 09:00-17:00"),
        (place(row("Friday", "12:00 AM", "12:30 pm")), "Fri 00:00-12:30"),
        (place(row("Friday", "9.15", "5:45PM")), "Fri 09:15-17:45"),
        (place(row("Friday", "18:00", "24:00")), "Fri 18:00-24:00"),
        (place(row("Friday", "18:00", "20:00"), row("Friday", "19:00", "21:00")), "Fri 18:00-21:00"),
        ({"@type": "Store", "openingHours": "Th-Tu 10:00-12:00"}, "Mon,Tue,Thu-Sun 10:00-12:00"),
        ({"@type": "Store", "openingHours": "Sa,Su 10:00-12:00, 13:00-02:00"}, "Sat,Sun 10:00-12:00 13:00-02:00"),
    ],
)
def test_days_and_times_in_every_form(thing: Any, hours: str) -> None:
    assert str(schema_org.load(thing, zone="UTC").calendars["opening hours"].hours) == hours


def test_a_range_of_dates_opens_dates_that_are_closed_in_the_week() -> None:
    thing = place(row("Friday", "10:00", "14:00"), on("2026-11-21", "2026-11-22", "10:00", "12:00"))
    calendar = schema_org.load(thing, zone="UTC").calendars["opening hours"]
    start, end = (datetime(2026, 11, day, tzinfo=UTC) for day in (21, 24))
    assert calendar.elapsed(start, end) == timedelta(hours=4)


def attempt(thing: Any) -> Any:
    return lambda: schema_org.load(thing, zone="UTC")


REFUSALS: Final = [
    Refusal(attempt(place(row("Friday", "10:00"))), sla.InteropError, "import_key_missing",
            "openingHoursSpecification[0].closes", "", '"closes"'),
    Refusal(attempt(place({"@type": "OpeningHoursSpecification", "Opens": "10:00"})), sla.InteropError, "import_key_missing",
            "openingHoursSpecification[0].dayOfWeek", "", '"dayOfWeek"'),
    Refusal(attempt(place(row("friday", "10:00", "14:00"))), sla.InteropError, "import_value_invalid",
            "openingHoursSpecification[0].dayOfWeek", "'friday'", "Friday"),
    Refusal(attempt(place(row(["Friday", "Fri"], "10:00", "14:00"))), sla.InteropError, "import_value_invalid",
            "openingHoursSpecification[0].dayOfWeek[1]", "'Fri'", "Friday"),
    Refusal(attempt(place(row("Friday", "10:00", "closed"))), sla.InteropError, "import_value_invalid",
            "openingHoursSpecification[0].closes", "'closed'", "a time of the wall clock"),
    Refusal(attempt(place(row("Friday", "10:00Z", "14:00"))), sla.InteropError, "import_value_invalid",
            "openingHoursSpecification[0].opens", "'10:00Z'", "a time of the wall clock"),
    Refusal(attempt(place(row("Friday", "13:00 PM", "14:00"))), sla.InteropError, "import_value_invalid",
            "openingHoursSpecification[0].opens", "'13:00 PM'", "9:00 AM"),
    Refusal(attempt(place(row("Friday", "10:60", "14:00"))), sla.InteropError, "import_value_invalid",
            "openingHoursSpecification[0].opens", "'10:60'", "a time of the wall clock"),
    Refusal(attempt(place(row("Friday", "10:00", "10:00"))), sla.InteropError, "import_value_invalid",
            "openingHoursSpecification[0]", "10:00 to 10:00", "00:00 to 23:59 for a whole day"),
    Refusal(attempt(place(row("Friday", "10:00", "14:00", validFrom="2026-06-01"))), sla.InteropError, "import_key_missing",
            "openingHoursSpecification[0].validThrough", "", '"validThrough"'),
    Refusal(attempt(place(on("2026-06-02", "2026-06-01"))), sla.InteropError, "import_dates_invalid",
            "openingHoursSpecification[0]", "2026-06-02 to 2026-06-01", "both included"),
    Refusal(attempt(place(row("Friday", "10:00", "14:00"), on("2026-06-01", "2026-06-09"), on("2026-06-09", "2026-06-09", "10:00", "11:00"))),
            sla.InteropError, "import_dates_invalid", "openingHoursSpecification[2]", "2026-06-09", "the same, or apart"),
    Refusal(attempt({"@type": "Store", "openingHours": "Fri 10:00-14:00"}), sla.InteropError, "import_value_invalid",
            "openingHours", "'Fri 10:00-14:00'", "days such as Mo-Fr"),
    Refusal(attempt({"@type": "Store", "openingHours": "10:00-14:00"}), sla.InteropError, "import_value_invalid",
            "openingHours", "'10:00-14:00'", "days and times"),
    Refusal(attempt({"@type": "Store", "openingHours": "Fr 10:00"}), sla.InteropError, "import_value_invalid",
            "openingHours", "'Fr 10:00'", "a window such as 09:00-17:00"),
    Refusal(attempt({"@type": "Store", "openingHours": "Fr 10:00-10:00"}), sla.InteropError, "import_value_invalid",
            "openingHours", "'Fr 10:00-10:00'", "a window such as 09:00-17:00"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)
