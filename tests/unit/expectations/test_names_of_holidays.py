"""A sentence must name a holiday in the reader's language, and leave the name out where the data has none in it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla

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


def test_pinned_holidays_have_their_own_language_and_english() -> None:
    frozen = sla.Holidays("FI", language="fi").freeze(2027, 2028)
    office = sla.Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays=frozen)

    assert frozen.languages == ("fi", "en_US")
    assert office.holidays is frozen
    assert frozen.names(2027, "en_US")[SUNDAY.date().replace(day=6)] == "Independence Day"
    assert sla.FrozenHolidays.of({}, years=(2027, 2027)).languages == ()
