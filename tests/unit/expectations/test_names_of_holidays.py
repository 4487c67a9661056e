"""A sentence must name a holiday in the reader's language, and leave the name out where the data has none in it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.expectations.holiday_names import names_of

HELSINKI = ZoneInfo("Europe/Helsinki")
SUNDAY = datetime(2027, 12, 5, 18, 30, tzinfo=HELSINKI)  # Monday 6 December is Independence Day


def promise(holidays: Any) -> sla.Promise:
    office = {"zone": "Europe/Helsinki", "hours": "Mon-Fri 09:00-17:00", "holidays": holidays}
    policy = sla.Policy(
        name="shop",
        calendars={"office": office},
        rules=[{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "1h"}}}}],
    )
    return policy.promise(SUNDAY)["first_response"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", "Palvelumme on suljettu huomenna (itsenäisyyspäivä)."),
        ("en", "We are closed tomorrow (Independence Day)."),
        ("en-GB", "We are closed tomorrow (Independence Day)."),
        ("sv", "Vi har stängt i morgon (självständighetsdagen)."),
        ("de", "Wir haben morgen geschlossen."),
    ],
)
def test_a_holiday_is_named_in_the_language_of_the_reader(language: str, told: str) -> None:
    said = str(promise("FI").expectation(as_of=SUNDAY).say(language, reason=True))

    assert said.startswith(told + " ")


@pytest.mark.parametrize(
    ("holidays", "language", "told"),
    [
        ({"country": "FI", "dates": {"2027-12-07": "Founders' Day"}}, "en", "We are closed tomorrow (Independence Day)."),
        ({"country": "FI", "dates": {"2027-12-07": "Founders' Day"}}, "de", "Wir haben morgen geschlossen."),
        ({"dates": {"2027-12-06": "Founders' Day"}}, "de", "Wir haben morgen geschlossen (Founders' Day)."),
        ({"sets": [{"country": "FI"}, {"country": "ES"}]}, "sv", "Vi har stängt i morgon (självständighetsdagen)."),
        ({"sets": [{"country": "FI"}, {"country": "ES"}]}, "en", "We are closed tomorrow (Independence Day; Constitution Day)."),
        ({"sets": [{"country": "FI"}, {"country": "ES"}]}, "cs", "Zavřeno máme zítra."),
    ],
)  # fmt: skip
def test_holidays_from_several_places_are_named_as_far_as_their_data_has_the_language(
    holidays: Any, language: str, told: str
) -> None:
    said = str(promise(holidays).expectation(as_of=SUNDAY).say(language, reason=True))

    assert said.startswith(told + " ")


@pytest.mark.parametrize(
    ("holidays", "language", "told"),
    [
        (sla.Holidays("NZ"), "en", "Telephone: closed now, opens at 09:00 on Tuesday 9 February."),
        (sla.Holidays("NZ").freeze(2027, 2027), "fi", "Puhelin: nyt suljettu, avautuu tiistaina 9. helmikuuta klo 9.00."),
    ],
)  # fmt: skip
def test_holidays_of_a_country_with_one_language_in_the_data_are_named_in_english_only(
    holidays: Any, language: str, told: str
) -> None:
    """Monday 8 February 2027 is Waitangi Day, observed."""
    office = sla.Calendar("Pacific/Auckland", "Mon-Fri 09:00-17:00", holidays=holidays)
    sunday = datetime(2027, 2, 7, 20, tzinfo=ZoneInfo("Pacific/Auckland"))
    line = sla.Expectation.for_channel("telephone", office, as_of=sunday, zone="Pacific/Auckland")
    closed = {"en": "We are closed tomorrow (Waitangi Day (observed)). ", "fi": "Palvelumme on suljettu huomenna. "}

    assert str(line.say(language, reason=True)) == closed[language] + told


def test_calendars_together_name_the_holidays_of_each() -> None:
    office, other = (
        sla.Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays=sla.Holidays(country))
        for country in ("FI", "ES")
    )
    line = sla.Expectation.for_channel("telephone", office | other, as_of=SUNDAY, zone="Europe/Helsinki")

    assert str(line.say("fi", reason=True)).startswith("Palvelumme on suljettu huomenna (itsenäisyyspäivä). ")
    assert str(line.say("sk", reason=True)).startswith("Zatvorené máme zajtra. ")


def test_a_calendar_of_working_dates_names_the_holidays_of_the_one_it_is_made_of() -> None:
    office = sla.Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays=sla.Holidays("FI"))
    line = sla.Expectation.for_channel("telephone", office.workdays(), as_of=SUNDAY, zone="Europe/Helsinki")

    assert str(line.say("sv", reason=True)).startswith("Vi har stängt i morgon (självständighetsdagen). ")


@pytest.mark.parametrize(("language", "kept"), [(None, "de"), ("en_US", "en_US"), ("de", "de")])
def test_a_pin_says_which_language_its_names_are_in(language: str | None, kept: str) -> None:
    pin = sla.Holidays("DE", language=language).freeze(2027, 2027)

    assert (pin.provenance.language, pin.languages) == (kept, tuple(dict.fromkeys((kept, "en_US"))))


def test_of_an_older_pin_that_does_not_say_so_the_english_names_are_known() -> None:
    data = {**sla.Holidays("DE").freeze(2027, 2027).to_data(), "language": None}
    pin = sla.FrozenHolidays.from_data(data)

    assert pin.languages == ("en_US",)
    assert pin.names(2027, "en_US")[SUNDAY.date().replace(day=25)] == "Christmas Day"


def test_pinned_holidays_have_their_own_language_and_english() -> None:
    frozen = sla.Holidays("FI", language="fi").freeze(2027, 2028)
    office = sla.Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays=frozen)

    assert frozen.languages == ("fi", "en_US")
    assert office.holidays is frozen
    assert frozen.names(2027, "en_US")[SUNDAY.date().replace(day=6)] == "Independence Day"
    assert sla.FrozenHolidays.of({}, years=(2027, 2027)).languages == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("FI", "FI", "Vi har stängt i morgon (självständighetsdagen)."),
        ("ES", "FI", "Vi har stängt i morgon (självständighetsdagen)."),
        ("FI", "ES", "Vi har stängt i morgon."),
    ],
)
def test_under_versions_a_holiday_has_the_names_of_the_version_of_its_date(before: str, after: str, told: str) -> None:
    """The second version is in force since November. Spain has a holiday on that Monday, and no Swedish name for it."""
    versions = [
        sla.policy_from_data({**dated(holidays), "valid_from": start})
        for holidays, start in ((before, "2027-01-01T00:00:00+02:00"), (after, "2027-11-01T00:00:00+02:00"))
    ]
    owed = sla.PolicyVersions.of(versions).promise(SUNDAY)["first_response"]
    assert str(owed.expectation(as_of=SUNDAY).say("sv", reason=True)).startswith(told + " ")


def dated(holidays: str) -> dict[str, Any]:
    office = {"zone": "Europe/Helsinki", "hours": "Mon-Fri 09:00-17:00", "holidays": holidays}
    due = {"business_hours": "1h"}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": due}}}
    return {"name": "shop", "calendars": {"office": office}, "rules": [rule]}


def test_working_dates_around_the_clock_name_the_holidays_of_their_office() -> None:
    office = sla.Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays="FI")
    assert dict(names_of(office.workdays(), SUNDAY.date().replace(day=6)))["sv_FI"] == "Självständighetsdagen"
