"""Several sets of holidays: an office that serves two countries is closed when either is, or only when both are."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.calendars.holidays.sets import HolidaySets
from tests.helpers import wrong

BERLIN = ZoneInfo("Europe/Berlin")


def own(
    *off: int,
    worked: dict[int, int | None] | None = None,
    half: dict[int, str] | None = None,
    years: tuple[int, int] = (2026, 2026),
) -> sla.FrozenHolidays:
    """Holidays of March 2026, by day of the month."""
    day = date(2026, 3, 1).replace
    return sla.FrozenHolidays.of(
        {day(day=each): f"Feast {each}" for each in off},
        years=years,
        working_weekends={
            day(day=each): None if for_day is None else day(day=for_day) for each, for_day in (worked or {}).items()
        },
        half_days={day(day=each): ("Eve", until) for each, until in (half or {}).items()},
    )


A = own(4, 5, worked={7: 5, 14: None}, half={11: "12:00", 12: "15:00", 18: "13:00"})
B = own(5, 6, 14, 18, half={11: "14:00", 13: "12:00", 4: "11:00"})


@pytest.mark.parametrize(
    ("day", "of_any", "of_all", "why"),
    [
        (3, "09:00-17:00", "09:00-17:00", "Tuesday, in neither"),
        (4, "closed", "09:00-11:00", "off in one, a half day in the other: together until its end"),
        (5, "closed", "closed", "off in both"),
        (6, "closed", "09:00-17:00", "off in one only"),
        (7, "09:00-17:00", "09:00-17:00", "worked in one, and nobody closes it"),
        (14, "closed", "09:00-17:00", "worked in one, off in the other"),
        (11, "09:00-12:00", "09:00-14:00", "half in both: the earliest end, or the latest"),
        (12, "09:00-15:00", "09:00-17:00", "half in one only"),
        (18, "closed", "09:00-13:00", "half in one, off in the other"),
    ],
)
def test_a_date_is_closed_when_any_set_closes_it_or_when_all_do(day: int, of_any: str, of_all: str, why: str) -> None:
    for closed_when, expected in (("any", of_any), ("all", of_all)):
        office = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays=HolidaySets((A, B), wrong(closed_when)))
        start = datetime(2026, 3, day, tzinfo=BERLIN)
        spans = [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in office.intervals(start, start + timedelta(days=1))]
        assert (" ".join(spans) or "closed") == expected, (closed_when, why)


def test_a_list_is_short_for_sets_of_which_any_closes() -> None:
    office = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays=["DE", "IT"])
    moment = datetime(2026, 6, 1, 16, tzinfo=BERLIN)

    assert f"{office.add(moment, timedelta(hours=2)):%a %d %H:%M}" == "Wed 03 10:00"  # 2 June is off in Italy
    assert office.holidays == HolidaySets((sla.Holidays("DE"), sla.Holidays("IT")))
    assert office == sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE").extend(holidays="IT")


def test_on_a_date_of_several_sets_each_name_is_told_once() -> None:
    assert HolidaySets((A, A)).names(2026)[date(2026, 3, 5)] == "Feast 5"
    both = HolidaySets((sla.Holidays("DE"), sla.Holidays("IT")))
    assert both.names(2026)[date(2026, 1, 1)] == "Neujahr; Capodanno"


@pytest.mark.parametrize(
    ("holidays", "told"),
    [
        ('["DE", "IT"]', "Wed 03 10:00"),
        ('{ sets = ["DE", "IT"] }', "Wed 03 10:00"),
        ('{ sets = ["DE", "IT"], closed_when = "all" }', "Tue 02 10:00"),
        ('{ sets = [{ country = "DE", subdivision = "BY" }, "IT"] }', "Wed 03 10:00"),
    ],
)
def test_a_policy_says_them(holidays: str, told: str) -> None:
    import tomllib

    data = tomllib.loads(f"""
name = "p"
calendars.office = {{ zone = "Europe/Berlin", hours = "Mon-Fri 09:00-17:00", holidays = {holidays} }}
rules = [{{ name = "all", calendar = "office", metrics.first_response.due.business_hours = "2h" }}]
""")
    policy = sla.policy_from_data(data)
    due = policy.promise(datetime(2026, 6, 1, 16, tzinfo=BERLIN))["first_response"].due

    assert f"{due:%a %d %H:%M}" == told


def test_a_calendar_that_extends_another_may_add_holidays() -> None:
    policy = sla.Policy(
        name="p",
        calendars={
            "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "holidays": "DE"},
            "south": {"extends": "office", "holidays": "IT"},
        },
        rules=[{"name": "all", "calendar": "south", "metrics": {"first_response": {"due": {"business_hours": "2h"}}}}],
    )

    assert policy.calendar("south").holidays == HolidaySets((sla.Holidays("DE"), sla.Holidays("IT")))


@pytest.mark.parametrize(
    ("sets", "closed_when", "code"),
    [
        ((), "any", "argument_invalid"),
        (["DE"], "any", "argument_invalid"),
        ((A, "DE"), "any", "argument_invalid"),
        ((A, B), "most", "argument_invalid"),
        ((A, sla.FrozenHolidays.of({}, years=(2027, 2027))), "any", "holiday_years_apart"),
        (
            (sla.Holidays(financial="XLON", half_days=True), sla.Holidays(financial="XNYS", half_days=True)),
            "any",
            "half_days_of_two_zones",
        ),
    ],
)
def test_what_are_no_sets_is_refused(sets: object, closed_when: str, code: str) -> None:
    with pytest.raises(sla.SlaError) as caught:
        HolidaySets(wrong(sets), wrong(closed_when))

    assert caught.value.code == code


def test_sets_and_a_country_in_one_table_are_refused() -> None:
    with pytest.raises(sla.PolicyError) as caught:
        sla.Policy(
            name="p",
            calendars={"o": {"zone": "UTC", "hours": "24/7", "holidays": {"sets": ["DE"], "country": "IT"}}},
            rules=[{"name": "all", "calendar": "o", "metrics": {"m": {"due": {"business_hours": "2h"}}}}],
        )

    assert caught.value.code == "holiday_sets_and_more"
