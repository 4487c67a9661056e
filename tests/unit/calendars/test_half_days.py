"""Half days must be read alike in every language in which the holiday data tells them: tests/data/half_days.toml."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

import holidays as package
import pytest

from slacalc import FrozenHolidays, HolidayError, Holidays, drift
from slacalc.calendars.holidays.half_days import HalfDay, read_half_day
from slacalc.calendars.hours import format_seconds
from tests.helpers import TESTS

TABLE: Final[list[dict[str, Any]]] = tomllib.loads((TESTS / "data" / "half_days.toml").read_text("utf-8"))["half_day"]
ROWS: Final = [(row, language) for row in TABLE for language in row["names"]]
NOON: Final = 12 * 3_600


def chosen(row: dict[str, Any], language: str, **more: Any) -> Holidays:
    return Holidays(
        row.get("country"),
        row.get("subdivision"),
        language=None if language == "default" else language,
        financial=row.get("market"),
        half_days=True,
        half_days_of_some=True,
        **more,
    )


def named(row: tuple[dict[str, Any], str]) -> str:
    what, language = row
    return f"{what.get('market') or what['country']} {what.get('subdivision', '')} {language} {what['date']:%m-%d}"


@pytest.mark.parametrize(("row", "language"), ROWS, ids=map(named, ROWS))
def test_a_half_day_has_its_time_and_its_name_in_each_language(row: dict[str, Any], language: str) -> None:
    day: date = row["date"]
    found = chosen(row, language, half_day_until="12:00").year(day.year).half_days[day]

    told = {"until": found.until and format_seconds(found.until), "shortened": format_seconds(found.shortened)}
    assert found.name == row["names"][language]
    assert told == {"until": row.get("until"), "shortened": "00:00"} | {
        key: row[key] for key in ("shortened",) if key in row
    } | ({"until": "12:00"} if not {"until", "shortened"} & row.keys() else {})


@pytest.mark.parametrize(
    ("row", "language"),
    [pair for pair in ROWS if not {"until", "shortened"} & pair[0].keys()],
    ids=lambda value: value if isinstance(value, str) else str(value.get("country") or value["market"]),
)
def test_a_half_day_without_a_time_is_refused_by_its_name_in_each_language(row: dict[str, Any], language: str) -> None:
    with pytest.raises(HolidayError) as caught:
        chosen(row, language).year(row["date"].year)

    assert caught.value.code == "half_day_without_time"


@pytest.mark.parametrize(("country", "day"), [("CN", date(2026, 3, 8)), ("FO", date(2026, 4, 25))])
def test_half_days_that_are_for_some_people_only_are_left_out_unless_asked_for(country: str, day: date) -> None:
    for_all = Holidays(country, half_days=True)
    for_some = Holidays(country, half_days=True, half_days_of_some=True, half_day_until="12:00")

    assert (day in for_all.year(2026).half_days, day in for_some.year(2026).half_days) == (False, True)


@pytest.mark.parametrize("place", ["XDUB", "XLIS"])
def test_half_days_told_by_the_clock_of_another_place_are_refused(place: str) -> None:
    with pytest.raises(HolidayError) as caught:  # 14:00 CET is 13:00 in Dublin and in Lisbon
        Holidays(financial="ENX", subdivision=place, half_days=True)

    assert caught.value.code == "half_day_zone_unknown"
    assert (
        Holidays(financial="ENX", subdivision="XPAR", half_days=True).freeze(2026, 2026).market_zone == "Europe/Paris"
    )


def test_a_pin_keeps_half_days_that_end_at_a_time_and_those_that_are_shortened() -> None:
    """Estonia shortens 23 December by three hours; London's exchange ends at 12:30 on Christmas Eve."""
    estonia = Holidays("EE", half_days=True, language="en_US").freeze(2026, 2026)
    england = Holidays(financial="XLON", half_days=True).freeze(2026, 2026)

    assert '"2026-12-23"' in estonia.to_json()
    assert '"shortened_minutes": 180' in estonia.to_json()
    assert '"until": "12:30"' in england.to_json()
    for pinned in (estonia, england):
        assert FrozenHolidays.from_json(pinned.to_json()) == pinned


def test_drift_says_by_how_much_a_half_day_is_shortened() -> None:
    whole = Holidays("EE", language="en_US").freeze(2026, 2026)
    shortened = Holidays("EE", half_days=True, language="en_US").freeze(2026, 2026)

    assert "+ 2026-12-23 half day, shortened by 03:00" in str(drift(whole, shortened)).splitlines()


def entities() -> Iterator[tuple[str, bool]]:
    yield from ((code, False) for code in package.list_supported_countries(include_aliases=False))
    yield from ((code, True) for code in package.list_supported_financial(include_aliases=False))


def has_half_days(ask: Callable[..., Any], known: Any) -> bool:
    if "half_day" not in known.supported_categories:
        return False
    lands, years = (None, *known.subdivisions), range(2020, 2031)
    code = known.market if hasattr(known, "market") else known.country
    return any(ask(code, subdiv=land, years=years, expand=False, categories=("half_day",)) for land in lands)


def test_the_table_has_every_country_market_and_language_with_half_days_of_their_own_category() -> None:
    told = {(row.get("country") or row["market"], language) for row, language in ROWS}
    for code, is_market in entities():
        ask = package.financial_holidays if is_market else package.country_holidays
        known = ask(code, expand=False)
        if has_half_days(ask, known) and code != "XCME":  # which pauses
            assert {(code, language) for language in known.supported_languages or ("default",)} <= told, code


@pytest.mark.parametrize(
    ("name", "market", "expected", "why"),
    [
        ("Eve (from 1pm)", None, 13 * 3_600, "an hour of the afternoon"),
        ("Eve (from 12pm)", None, NOON, "noon"),
        ("Eve (from 12am)", None, 0, "midnight"),
        ("Eve (markets close at 12:30pm)", "XLON", NOON + 1_800, "with minutes"),
        ("Eve (markets close at 12:00 p.m. SAST)", "XJSE", NOON, "with dots, on the market's clock"),
        ("Eve (markets close at 12:00 p.m. SAST)", "XLON", "zone_unknown", "on the clock of another market"),
        ("Eve (markets close at 14:00 CET)", "XMAD", 14 * 3_600, "of 24 hours"),
        ("Eve (markets close at 14:00 CET)", None, "zone_unknown", "letters, and no market"),
        ("Eve (markets close at 14:00 XYZ)", "XMAD", "zone_unknown", "letters that nobody knows"),
        ("Eve (markets pause at 10:30am CT)", "XCME", "pauses", "it opens again"),
        ("Eve (Half-Day Trading Day)", "XHKG", "without_time", "no time"),
        ("Eve (markets close early)", "XASX", "without_time", "no time either"),
        ("Eve (afternoon)", None, "without_time", "half a day, and no time"),
        ("Eve", None, None, "a whole day"),
        ("Eve (estimated)", None, None, "a whole day that is estimated"),
        ("Eve (from Monday)", None, None, "words that are no time"),
    ],
)
def test_what_a_name_says_of_a_half_day(name: str, market: str | None, expected: int | str | None, why: str) -> None:
    read = read_half_day(name, market)
    assert (read.until if isinstance(read, HalfDay) else read) == expected, why
