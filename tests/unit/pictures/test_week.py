"""A week of opening hours as a picture."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.pictures.week import DayPicture, WeekPicture, picture_week
from tests.helpers import BRUSSELS

OFFICE: Final = sla.Calendar(
    "Europe/Brussels",
    "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:15-12:00",
    holidays=sla.FrozenHolidays.of({date(2026, 11, 11): "Armistice Day", date(2026, 11, 15): "Sunday feast"}, years=(2025, 2027)),
    special_days=[
        sla.SpecialDay.of("2026-11-12", "09:00-13:00", name="inventory"),
        sla.SpecialDay.of("2026-11-13", "+18:00-19:45", name="long Friday"),
    ],
    absences=[
        sla.Absence(datetime(2026, 11, 10, 10, tzinfo=BRUSSELS), datetime(2026, 11, 10, 11, tzinfo=BRUSSELS), "dentist"),
        sla.Absence(datetime(2026, 11, 10, 15, tzinfo=BRUSSELS), datetime(2026, 11, 10, 16, tzinfo=BRUSSELS)),
    ],
)  # fmt: skip


def bar(*open_cells: tuple[int, int], cells: int = 48) -> str:
    """A bar of half hours that is open from cell to cell."""
    return "".join("#" if any(a <= cell < b for a, b in open_cells) else "." for cell in range(cells))


def of_day(pictures: WeekPicture, day: int) -> DayPicture:
    return next(picture for picture in pictures if picture.day.day == day)


@pytest.mark.parametrize("day", range(9, 16))
def test_a_week_is_from_monday_to_sunday_whichever_of_its_dates_is_asked_for(day: int) -> None:
    pictures = picture_week(OFFICE, date(2026, 11, day))
    assert [date(2026, 11, number) for number in range(9, 16)] == [picture.day for picture in pictures]


WEEK: Final = picture_week(OFFICE, date(2026, 11, 11))


@pytest.mark.parametrize(
    ("day", "expected", "open_time", "notes"),
    [
        (9, bar((18, 25), (27, 34)), "7h", ()),
        (10, bar((18, 20), (22, 25), (27, 30), (32, 34)), "5h", ("dentist", "absence")),
        (11, bar(), "0min", ("Armistice Day",)),
        (12, bar((18, 26)), "4h", ("inventory",)),
        (13, bar((18, 25), (27, 34), (36, 39))[:39] + "+" + "." * 8, "8h 45min", ()),
        (14, "." * 18 + "+" + "#" * 5 + "." * 24, "2h 45min", ()),
        (15, bar(), "0min", ()),
    ],
)
def test_each_date_has_its_half_hours_its_open_time_and_what_is_special(
    day: int, expected: str, open_time: str, notes: tuple[str, ...]
) -> None:
    picture = of_day(WEEK, day)
    assert expected == picture.bar
    assert sla.read_amount(open_time) == picture.open_time
    assert notes == picture.notes


def test_a_line_is_the_date_the_bar_the_open_time_and_the_notes() -> None:
    assert str(of_day(WEEK, 11)) == f"Wed 2026-11-11  {'.' * 48}       0min  Armistice Day"
    assert str(of_day(WEEK, 9)) == f"Mon 2026-11-09  {bar((18, 25), (27, 34))}         7h"


@pytest.mark.parametrize(
    ("day", "cells", "open_time", "note"),
    [
        (date(2026, 3, 29), 46, 23, "clocks forward 1h at Sun 2026-03-29 03:00"),
        (date(2026, 10, 25), 50, 25, "clocks back 1h at Sun 2026-10-25 02:00"),
        (date(2026, 11, 22), 48, 24, None),
    ],
)
def test_the_date_of_a_clock_change_has_46_or_50_half_hours(
    day: date, cells: int, open_time: int, note: str | None
) -> None:
    sunday = picture_week(sla.Calendar("Europe/Brussels", "24/7"), day)[-1]
    assert day == sunday.day
    assert "#" * cells == sunday.bar
    assert timedelta(hours=open_time) == sunday.open_time
    assert ((note,) if note else ()) == sunday.notes


def test_a_weekend_that_is_worked_and_a_half_day_are_told_once() -> None:
    holidays = sla.FrozenHolidays.of(
        {date(2026, 1, 2): "Bridge"},
        years=(2026, 2026),
        working_weekends={date(2026, 1, 10): date(2026, 1, 2)},
        half_days={date(2026, 1, 9): ("Eve", "13:00")},
    )
    office = sla.Calendar("Europe/Budapest", "Mon-Fri 09:00-12:00 13:00-17:00", holidays=holidays)
    _, _, _, _, friday, saturday, sunday = picture_week(office, date(2026, 1, 9))

    assert (friday.open_time, friday.notes) == (timedelta(hours=3), ("Eve",))
    assert (saturday.open_time, saturday.notes) == (timedelta(hours=7), ("working day instead of Fri 2 January",))
    assert (sunday.open_time, sunday.notes) == (timedelta(0), ())


def test_a_date_of_23_hours_and_three_quarters_ends_with_a_whole_open_quarter() -> None:
    new_year = picture_week(sla.Calendar("Asia/Kathmandu", "24/7"), date(1986, 1, 1))[2]
    assert timedelta(hours=23, minutes=45) == new_year.open_time
    assert new_year.bar == "#" * 48


def test_a_date_that_the_zone_skips_has_no_half_hours() -> None:
    friday = picture_week(sla.Calendar("Pacific/Apia", "24/7"), date(2011, 12, 30))[4]
    assert (date(2011, 12, 30), "", timedelta(0)) == (friday.day, friday.bar, friday.open_time)


def test_a_picture_of_a_week_has_seven_dates_from_monday() -> None:
    week = picture_week(sla.Calendar("Europe/Brussels", "Fri 09:00-17:00"), date(2026, 11, 20))

    assert len(week) == 7
    assert [each.day for each in week] == [date(2026, 11, 16 + place) for place in range(7)]


def test_a_night_shift_is_drawn_on_the_dates_of_the_clock() -> None:
    nights = picture_week(sla.Calendar("Europe/Brussels", "Fri 22:00-06:00"), date(2026, 11, 20))
    assert bar((44, 48)) == of_day(nights, 20).bar
    assert bar((0, 12)) == of_day(nights, 21).bar


def test_combined_calendars_are_drawn_in_their_zone_or_in_utc() -> None:
    lisbon = sla.Calendar("Europe/Lisbon", "Mon-Fri 09:00-17:00")
    brussels = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
    assert bar((18, 32)) == picture_week(brussels & lisbon, date(2026, 11, 20))[4].bar
    assert bar((20, 34)) == picture_week((brussels & lisbon).in_zone("Europe/Brussels"), date(2026, 11, 20))[4].bar


@pytest.mark.parametrize("day", [date(2028, 1, 5), date.min, date.max])
def test_a_week_beyond_what_the_calendar_knows_is_refused(day: date) -> None:
    with pytest.raises(sla.HorizonError):
        picture_week(OFFICE, day)


@pytest.mark.parametrize(
    "given", ["2026-11-20", datetime(2026, 11, 20, 15, tzinfo=BRUSSELS)], ids=["a text", "an instant"]
)
def test_a_week_holds_a_date(given: Any) -> None:
    with pytest.raises(sla.InstantError, match="day: this is not a date"):
        picture_week(OFFICE, given)
