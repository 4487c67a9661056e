"""Opening hours of schema.org as calendars: due times by hand, and what is refused or lost."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import schema_org
from tests.refusals import Refusal, check
from tests.unit.interop.schema_org.pages import ODD, ORDINARY, OVERNIGHT, ROUND_THE_CLOCK, Thing, place, row

NAMELESS: Final = "opening hours"


@pytest.mark.parametrize(
    ("thing", "name", "received", "due", "because"),
    [
        (ORDINARY, "Shop", "2026-11-20T12:00+01:00", "2026-11-20T15:00+01:00",
         "half an hour before lunch, ninety minutes after it"),
        (ORDINARY, "Shop", "2026-11-21T11:00+01:00", "2026-11-23T10:00+01:00",
         "an hour on Saturday until noon; Sunday has no times"),
        (ORDINARY, "Shop", "2026-12-24T12:00+01:00", "2026-12-27T11:00+01:00",
         "an hour on Christmas Eve; two dates closed, the last included; the Sunday is open at ten"),
        (ROUND_THE_CLOCK, NAMELESS, "2026-11-22T23:00+01:00", "2026-11-23T01:00+01:00",
         "00:00 to 23:59 has no closed minute at the end"),
        (ROUND_THE_CLOCK, NAMELESS, "2026-12-24T23:00+01:00", "2026-12-26T01:00+01:00", "no times are closed"),
        (OVERNIGHT, NAMELESS, "2026-11-19T23:00+01:00", "2026-11-20T01:00+01:00", "Thursday's evening ends on Friday"),
        (OVERNIGHT, NAMELESS, "2026-11-28T23:00+01:00", "2026-12-03T19:00+01:00",
         "Saturday ends at midnight, one hour; the next evening is Thursday's"),
        (OVERNIGHT, NAMELESS, "2026-11-21T01:30+01:00", "2026-11-21T21:30+01:00",
         "Friday's last half hour is not closed by the special Saturday, which opens at eight"),
        (OVERNIGHT, NAMELESS, "2026-11-22T01:00+01:00", "2026-11-22T03:00+01:00", "the special Saturday ends on Sunday at four"),
        (ODD, "By text", "2026-11-18T16:00+01:00", "2026-11-20T10:00+01:00", "Thursday is not in Mo-We,Fr"),
        (ODD, "Always", "2026-11-22T23:00+01:00", "2026-11-23T01:00+01:00", "days without times are open all day"),
        (ODD, "Beach", "2026-07-04T19:00+02:00", "2026-07-05T10:00+02:00", "in summer until eight, and on Sundays"),
        (ODD, "Beach", "2026-09-05T15:00+02:00", "2026-09-12T11:00+02:00", "after it Saturdays until four"),
    ],
)  # fmt: skip
def test_due_times_by_hand(thing: Thing, name: str, received: str, due: str, because: str) -> None:
    calendar = schema_org.load(thing, zone="Europe/Rome").calendars[name]
    assert calendar.add(datetime.fromisoformat(received), timedelta(hours=2)) == datetime.fromisoformat(due), because


def test_what_was_imported_is_a_policy_that_round_trips() -> None:
    for thing in (ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD):
        policy = schema_org.load(thing, zone="Europe/Rome").policy
        assert sla.policy_from_data(policy.to_data()) == policy


def test_public_holidays_have_hours_where_the_country_is_said() -> None:
    thing = place(row(["Friday", "PublicHolidays"], "10:00", "14:00"))
    calendar = schema_org.load(thing, zone="Europe/Berlin", holidays="DE").calendars[NAMELESS]
    assert str(calendar.hours) == "Fri,PH 10:00-14:00"
    assert calendar.is_open(datetime.fromisoformat("2026-10-03T11:00+02:00"))


def test_places_of_one_name_are_told_apart() -> None:
    twice = [place(row("Friday", "10:00", "14:00"), name="A")] * 2
    assert [*schema_org.load(twice, zone="UTC").calendars] == ["A (1)", "A (2)"]


@pytest.mark.parametrize(
    ("thing", "severity", "where", "means"),
    [
        (place(row("Friday", "10:00", "14:00"), row("Monday", "00:00", "00:00")), "due_times",
         "openingHoursSpecification[1]", "00:00 to 00:00 in a week"),
        (place(row(["Friday", "PublicHolidays"], "10:00", "14:00")), "due_times",
         "openingHoursSpecification[0]", "hours of public holidays, and nobody says which"),
        (place(row("Friday", "00:00", "23:59:59")), "cosmetic", "openingHoursSpecification[0]", "00:00 to 23:59, a whole day"),
        (place(row("Friday", "18:00", "23:59")), "cosmetic", "openingHoursSpecification[0]", "the row closes a minute before"),
        (place(row("Friday", "18:00", "20:00"), openingHours="Fr 18:00-20:00"), "cosmetic",
         "openingHours", "the hours are there as text, too"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(thing: Thing, severity: str, where: str, means: str) -> None:
    (loss,) = schema_org.load(thing, zone="UTC", lossy=True).losses
    assert (loss.severity, loss.where) == (severity, where)
    assert loss.means.startswith(means)
    if severity == "due_times":
        with pytest.raises(sla.InteropError, match="lossy=True"):
            schema_org.load(thing, zone="UTC")
    else:
        assert schema_org.load(thing, zone="UTC").losses == (loss,)


def attempt(thing: Any, zone: str = "UTC") -> Any:
    return lambda: schema_org.load(thing, zone=zone)


REFUSALS: Final = [
    Refusal(attempt(place(row("Friday"))), sla.InteropError, "import_never_opens", "", "", "one row with hours"),
    Refusal(attempt({"schedules": []}), sla.InteropError, "import_document_unknown", "", "['schedules']", "a thing with @type"),
    Refusal(attempt({"@type": "Store"}), sla.InteropError, "import_nothing_there", "source", "", "openingHoursSpecification"),
    Refusal(attempt(ORDINARY, "Europe/Rom"), sla.ZoneError, "zone_unknown", "zone", "'Europe/Rom'", "Europe/Rome"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def test_a_file_that_was_cut_off_is_named(tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    file.write_text('{"@type": "Store", "openingHoursSpecification": [')
    with pytest.raises(sla.InteropError, match=r"shop\.json") as refused:
        schema_org.load(file, zone="UTC")
    assert refused.value.code == "import_unreadable"
