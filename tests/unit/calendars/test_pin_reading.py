"""The data of a pin: each value that does not fit is named at its key, and no key is passed over."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import wrong

EVE: Final = date(2026, 12, 24)
OWN: Final = sla.FrozenHolidays.of(
    {date(2026, 12, 25): "Christmas"}, years=(2026, 2026), half_days={EVE: ("Christmas Eve", "12:00")}
)
PIN: Final[dict[str, Any]] = json.loads(OWN.to_json())
HALF: Final[dict[str, Any]] = {"name": "Christmas Eve", "until": "12:00"}


def test_a_pin_is_read_from_its_text_and_from_its_data() -> None:
    assert sla.FrozenHolidays.from_data(PIN) == OWN == sla.FrozenHolidays.from_json(OWN.to_json())
    assert sla.FrozenHolidays.from_data(OWN.to_data()) == OWN


def test_holidays_of_ones_own_making_are_in_no_known_language() -> None:
    assert OWN.languages == ()
    assert sla.Holidays("DE", language="de").freeze(2026, 2026).languages == ("de", "en_US")


def bad() -> Iterator[tuple[dict[Any, Any], str, str, str]]:
    """What is said instead, what is shown of it, what is accepted, and where."""
    yield {"colour": "red"}, "'colour'", "source", "colour"
    yield {"date": {}}, "'date'", "dates, format", "date"
    yield {"source": 7}, "7", "text", "source"
    yield {"country": ["BE"]}, "['BE']", "text", "country"
    yield {"categories": "public"}, "'public'", "a list", "categories"
    yield {"categories": [1]}, "1", "text", "categories[0]"
    yield {"observed": "yes"}, "'yes'", "true or false", "observed"
    yield {"choice": []}, "[]", "a table", "choice"
    yield {"choice": {"half_day": True}}, "'half_day'", "half_days, financial", "choice.half_day"
    yield {"choice": {"half_days": 1}}, "1", "true or false", "choice.half_days"
    yield {"choice": {"financial": 1}}, "1", "text", "choice.financial"
    yield {"years": 2026}, "2026", "the first year and the last", "years"
    yield {"years": [2026, True]}, "True", "a whole number", "years[1]"
    yield {"dates": {1: "x"}}, "{1: 'x'}", "a table", "dates"
    yield {"dates": {"2026-13-01": "x"}}, "'2026-13-01'", "a date such as 2026-12-25", "dates.2026-13-01"
    yield {"english": {"2026-12-25": None}}, "None", "text", "english.2026-12-25"
    yield {"working_weekends": {"2026-12-26": "soon"}}, "'soon'", "a date such as", "working_weekends.2026-12-26"
    yield {"half_days": {"2026-12-24": "12:00"}}, "'12:00'", "a table", "half_days.2026-12-24"
    yield {"half_days": {"2026-12-24": {**HALF, "until": "noon"}}}, "'noon'", "HH:MM", "half_days.2026-12-24.until"
    yield {"half_days": {"2026-12-24": {**HALF, "hours": 2}}}, "'hours'", "name, until", "half_days.2026-12-24.hours"
    yield (
        {"half_days": {"2026-12-24": {"name": "x"}}},
        "None",
        "a whole number",
        "half_days.2026-12-24.shortened_minutes",
    )
    yield {"uncertain": {}}, "{}", "a list", "uncertain"
    yield {"uncertain": [["2026-12-24", "x"]]}, "['2026-12-24', 'x']", "two dates, and why", "uncertain[0]"
    yield {"uncertain": [[20261224, "2026-12-24", "y"]]}, "20261224", "text", "uncertain[0][0]"
    yield {"uncertain": [["2026-12-24", "x", "y"]]}, "'x'", "a date such as", "uncertain[0][1]"


@pytest.mark.parametrize(("said", "given", "accepts", "where"), list(bad()), ids=str)
def test_each_value_that_does_not_fit_is_named_at_its_key(
    said: dict[Any, Any], given: str, accepts: str, where: str
) -> None:
    with pytest.raises(sla.HolidayError) as caught:
        sla.FrozenHolidays.from_data({**PIN, **said})
    error = caught.value
    assert (error.code, error.given, error.where) == ("holiday_pin_invalid", given, where)
    assert accepts in error.accepts


@pytest.mark.parametrize("key", [key for key in PIN if key not in {"half_days", "format"}])
def test_a_key_that_is_missing_is_named(key: str) -> None:
    with pytest.raises(sla.HolidayError, match=f"accepted: the key {key} too"):
        sla.FrozenHolidays.from_data({name: value for name, value in PIN.items() if name != key})


GERMAN: Final = {"country": "DE", "subdivision": "BY", "language": "de", "categories": ["public", "catholic"]}


@pytest.mark.parametrize(
    ("older", "command"),
    [
        ({"country": "BE", "years": [2026, 2027]}, "slacalc holidays freeze BE 2026 2027"),
        (
            {**GERMAN, "years": [2026, 2026]},
            "slacalc holidays freeze DE 2026 2026 --subdivision BY --language de --category public --category catholic",
        ),
        ({"country": "BE"}, "FrozenHolidays.of and to_json"),
        ({"country": "BE", "years": "2026"}, "FrozenHolidays.of and to_json"),
        ({}, "FrozenHolidays.of and to_json"),
    ],
    ids=str,
)
def test_a_pin_of_another_format_says_how_to_make_it_anew(older: dict[str, Any], command: str) -> None:
    with pytest.raises(sla.HolidayError) as caught:
        sla.FrozenHolidays.from_data({"format": 1, **older})
    assert (caught.value.code, caught.value.accepts) == ("holiday_pin_format", f"format 2: {command}")


@pytest.mark.parametrize("data", [None, 7, "x", [], [("format", 2)]], ids=repr)
def test_what_is_no_table_is_no_pin(data: object) -> None:
    with pytest.raises(sla.HolidayError, match="what FrozenHolidays"):
        sla.FrozenHolidays.from_data(wrong(data))
