"""`check` must say what is doubtful in a calendar, and nothing of one that is as its author means it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from holidays import list_supported_countries

import slacalc as sla
from slacalc.calendars.holidays.unchosen import category_days, general_categories, subdivision_days
from tests.zone_folders import NEW, OLD, zones_from

NOVEMBER = datetime(2026, 11, 30, tzinfo=UTC)
OFFICE: dict[str, Any] = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}


def warned(as_of: datetime = NOVEMBER, **calendar: Any) -> dict[str, str]:
    """Return the warnings about one calendar, by code."""
    policy = sla.Policy(
        name="p",
        calendars={"office": {**OFFICE, **calendar}},
        rules=[{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}],
    )
    found = sla.check_policy(policy, as_of=as_of)
    assert all(warning.where.startswith("calendars.office") for warning in found)
    return {warning.code: warning.message for warning in found}


@pytest.mark.parametrize(
    ("special_days", "idle", "why"),
    [
        ({"12-25": "09:00-13:00"}, True, "Christmas Day is a holiday every year"),
        ({"12-25": "open 09:00-13:00"}, False, "unless it opens"),
        ({"12-24": "09:00-13:00"}, False, "Christmas Eve is a working day in most years"),
        ({"12-25": "closed"}, True, "closed already"),
        ({"FREQ=WEEKLY;BYDAY=SU": "10:00-12:00"}, True, "no Sunday is open"),
        ({"FREQ=WEEKLY;BYDAY=SU": "open 10:00-12:00"}, False, "now each is"),
        ({"12-01..12-31": "-18:00-20:00"}, True, "nothing is open then"),
        ({"07-01..08-31": "Mon-Sat 08:00-14:00"}, False, "weekly hours are no change of single dates"),
        ({"2025-12-25": "closed"}, False, "what is over is over"),
    ],
)
def test_a_special_day_that_never_acts_is_told(special_days: dict[str, str], idle: bool, why: str) -> None:
    assert ("special_day_never_acts" in warned(holidays="BE", special_days=special_days)) is idle, why


@pytest.mark.parametrize(
    ("calendar", "told"),
    [
        ({"hours": "Mon-Fri 00:00-23:59"}, "hours that end at 23:59 leave"),
        ({"hours": "Mon-Fri 18:00-23:59:59"}, "hours that end at 23:59:59 leave"),
        ({"special_days": {"2026-12-24": "09:00-23:59"}}, "hours that end at 23:59 leave"),
        ({"versions": {"2027-01-01": "Mon-Sun 00:00-23:59"}}, "hours that end at 23:59 leave"),
        ({"special_days": {"2027-07-01..2027-08-31": "Mon-Fri 09:00-23:59"}}, "hours that end at 23:59 leave"),
        ({"hours": "Mon-Fri 00:00-24:00"}, None),
        ({"hours": "Mon-Fri 22:00-06:00"}, None),
        ({"hours": "Mon-Fri 09:00-23:58"}, None),
        ({"special_days": {"2026-12-24": "-12:00-23:59"}}, None),
    ],
)
def test_hours_that_end_a_minute_or_a_second_before_midnight_are_told(
    calendar: dict[str, Any], told: str | None
) -> None:
    warning = warned(**calendar).get("hours_end_before_midnight")
    assert warning is None if told is None else (warning or "").startswith(told)


def test_a_special_day_that_says_what_happens_after_a_half_day_acts() -> None:
    pinned = sla.FrozenHolidays.of({}, years=(2026, 2026), half_days={date(2026, 12, 24): ("Eve", "13:00")})
    evening = sla.Calendar("Europe/Brussels", "Mon-Fri 14:00-22:00", holidays=pinned, special_days={"12-24": "closed"})

    assert evening.idle_special_days(date(2026, 1, 1), date(2026, 12, 31)) == ()


@pytest.mark.parametrize(
    ("holidays", "code", "told"),
    [
        ("GB", "subdivision_unchosen", "2026-04-06 Easter Monday"),
        ("AU", "subdivision_unchosen", "each subdivision of AU"),
        ({"country": "GB", "subdivision": "SCT"}, "subdivision_unchosen", None),
        ("DE", "subdivision_unchosen", None),
        ("HK", "holiday_category_unchosen", "2026-04-03 Good Friday"),
        ("MO", "holiday_category_unchosen", "MO has days off in the category"),
        ("SE", "holiday_category_unchosen", "2026-06-19 Midsummer Eve"),
        ({"country": "HK", "categories": ["public", "optional"]}, "holiday_category_unchosen", None),
        ({"country": "HK", "categories": ["public"]}, "holiday_category_unchosen", None),
        ("BG", "holiday_category_unchosen", None),
        # of several sets each; what another set closes is not missed, and if all must close, what another leaves open
        (["GB", "SE"], "subdivision_unchosen", "in 2026: 2026-01-02 New Year Holiday"),
        (["GB", "SE"], "holiday_category_unchosen", "2026-06-19 Midsummer Eve"),
        ([{"country": "SE", "categories": ["public"]}, "BG"], "holiday_category_unchosen", None),
        (
            ["SE", {"country": "SE", "categories": ["public", "bank", "de_facto", "optional"]}],
            "holiday_category_unchosen",
            None,
        ),
        (
            {"sets": ["SE", "BG"], "closed_when": "all"},
            "holiday_category_unchosen",
            "in 2026: 2026-12-24 Christmas Eve; in 2027: 2027-12-24 Christmas Eve",
        ),
        ("CN", "holidays_uncertain", "2027-01-01 to 2027-12-31: CN has yet to announce its days off of 2027"),
        ("BE", "holidays_uncertain", None),
    ],
)
def test_holidays_that_were_perhaps_not_chosen_are_told_with_the_days(
    holidays: object, code: str, told: str | None
) -> None:
    message = warned(holidays=holidays).get(code)

    assert (message is None) if told is None else (message is not None and told in message)


def test_the_days_are_told_for_this_year_and_the_next() -> None:
    message = warned(holidays="GB")["subdivision_unchosen"]

    assert message.startswith("each subdivision of GB has days off that it has not by itself, in 2026: 2026-01-02")
    assert "; in 2027: 2027-01-04 New Year Holiday (observed)" in message  # 2 January 2027 is a Saturday


IN_2026 = {"AU", "CA", "CH", "ES", "GB", "MY", "BA", "BQ", "FM", "SH"}
CATEGORIES_OF_2026 = 41


def test_from_monday_to_friday_ten_countries_lack_days_of_each_subdivision_and_41_have_days_in_other_categories() -> (
    None
):
    weekdays = range(5)
    choices = {code: sla.Holidays(code).choice for code in list_supported_countries(include_aliases=False)}

    unchosen = {code for code, choice in choices.items() if subdivision_days(choice, 2026, weekdays)}
    others = [
        code
        for code, choice in choices.items()
        if any(category_days(choice, category, 2026, weekdays) for category in general_categories(choice))
    ]

    assert unchosen == IN_2026
    assert len(others) == CATEGORIES_OF_2026


@pytest.mark.parametrize("holidays", ["BE", {"country": "BE", "categories": ["public"]}])
def test_what_was_chosen_stays_chosen_when_a_policy_is_saved(holidays: object) -> None:
    data = {
        "name": "p",
        "calendars": {"office": {**OFFICE, "holidays": holidays}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {}}],
    }
    policy = sla.policy_from_data(data)
    again = sla.policy_from_data(policy.to_data())

    told = {warning.code for warning in sla.check_policy(again, as_of=NOVEMBER)}
    assert ("holiday_category_unchosen" in told) is (holidays == "BE")  # the bank holidays of Belgium
    assert (again, again.digest) == (policy, policy.digest)


def test_holidays_that_an_extending_calendar_adds_are_looked_at_too() -> None:
    policy = sla.policy_from_data(
        {
            "name": "p",
            "calendars": {"office": OFFICE, "stockholm": {"extends": "office", "holidays": "SE"}},
            "rules": [{"name": "all", "calendar": "stockholm", "metrics": {}}],
        }
    )
    told = {(warning.code, warning.where) for warning in sla.check_policy(policy, as_of=NOVEMBER)}
    assert ("holiday_category_unchosen", "calendars.stockholm.holidays") in told


def test_on_days_that_the_office_is_closed_no_holiday_is_missed() -> None:
    assert "subdivision_unchosen" not in warned(holidays="GB", hours="Sun 09:00-17:00")


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/Vancouver", "1h ahead of it from 2026-11-01 09:00 UTC on"),
        ("America/Edmonton", "1h ahead of it from 2026-11-01 08:00 UTC on"),
        ("America/Winnipeg", "1h ahead of it from 2026-11-01 07:00 UTC on"),
        ("America/Havana", "1h ahead of it from 2026-11-01 05:00 UTC on"),
        ("Africa/Casablanca", "1h behind it from 2026-09-20 01:00 UTC on"),
        ("Europe/Chisinau", "1h behind it from 2027-03-28 00:00 UTC on"),  # for an hour of the spring night
    ],
)
def test_zone_data_that_is_older_than_what_is_installed_is_told_where_it_differs(zone: str, told: str) -> None:
    with zones_from(OLD):
        warning = warned(zone=zone)["zone_data_old"]

    assert f"has {zone} {told}" in warning


def test_zone_data_that_does_not_differ_for_the_policy_is_not_told() -> None:
    with zones_from(OLD):
        before = warned(zone="Europe/Brussels")
    with zones_from(NEW):
        after = warned(zone="America/Vancouver")

    assert before.keys().isdisjoint({"zone_data_old"})
    assert after.keys().isdisjoint({"zone_data_old"})


def test_zone_data_of_a_year_that_ended_over_a_year_ago_is_told() -> None:
    with zones_from(OLD):
        told = warned(datetime(2027, 1, 1, tzinfo=UTC), zone="Europe/Brussels")

    assert "over a year old" in told["zone_data_old"]


@pytest.mark.parametrize(
    ("zone", "told"),
    [("EST", "no summer time"), ("HST", "no summer time"), ("Etc/GMT+2", "sign reversed"), ("Etc/UTC", None)],
)
def test_a_zone_that_is_no_place_is_told(zone: str, told: str | None) -> None:
    message = warned(zone=zone).get("zone_without_place")

    assert (message is None) if told is None else (message is not None and told in message)


def test_a_zone_that_newer_data_has_no_more_is_told(tmp_path: Path) -> None:
    (tmp_path / "Test").mkdir()
    (tmp_path / "Test" / "Nowhere").write_bytes((OLD / "Europe" / "Chisinau").read_bytes())
    (tmp_path / "+VERSION").write_text("2025b")
    with zones_from(tmp_path):
        told = warned(zone="Test/Nowhere")["zone_data_old"]

    assert told.endswith("has no Test/Nowhere any more")


def test_what_is_doubtful_in_two_calendars_alike_is_told_once() -> None:
    late = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-23:59"}
    policy = sla.Policy(
        name="p",
        calendars={"north": late, "south": {**late, "hours": "Mon-Sat 09:00-23:59"}},
        rules=[{"name": "all", "calendar": "north", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}],
    )
    found = [warning.where for warning in sla.check_policy(policy, as_of=NOVEMBER) if "23:59" in warning.message]
    assert found == ["calendars.north.hours"]
