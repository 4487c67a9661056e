"""A year as a picture: what each date is, and what is told of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla

NAMES: Final = {date(2026, 5, 1): "Labour Day", date(2026, 12, 25): "Christmas Day", date(2026, 12, 26): "Boxing Day"}
OFFICE: Final = sla.Calendar(
    "Europe/Brussels",
    "Mon-Fri 09:00-17:00; Sun 01:00-04:00",
    holidays=sla.FrozenHolidays.of(NAMES, years=(2026, 2026)),
    special_days={"2026-05-15": "closed", "2026-12-24": "09:00-12:00"},
    absences=[sla.Absence(datetime(2026, 6, 3, 7, tzinfo=UTC), datetime(2026, 6, 3, 9, tzinfo=UTC))],
)


@pytest.mark.parametrize(
    ("day", "line", "kind"),
    [
        ("2026-01-02", "Fri 2026-01-02  8h", "open"),
        ("2026-01-03", "Sat 2026-01-03  closed", "closed"),
        ("2026-05-01", "Fri 2026-05-01  closed, Labour Day", "holiday"),
        ("2026-05-15", "Fri 2026-05-15  closed, special day", "special_day"),
        ("2026-12-24", "Thu 2026-12-24  3h, special day", "special_day"),  # 12:00 to 17:00 is closed by it
        ("2026-06-03", "Wed 2026-06-03  6h, absence", "absence"),  # 9:00 to 11:00 in Brussels
        ("2026-12-26", "Sat 2026-12-26  closed", "closed"),  # a holiday on a date that is closed anyway closes nothing
        ("2026-03-29", "Sun 2026-03-29  2h, clock forward 1h", "open"),
        ("2026-10-25", "Sun 2026-10-25  4h, clock back 1h", "open"),
    ],
)  # fmt: skip
def test_what_a_date_is(day: str, line: str, kind: str) -> None:
    shown = next(each for each in sla.picture_year(OFFICE, 2026) if str(each.day) == day)
    assert (str(shown), shown.kind) == (line, kind)


def test_text_has_a_column_a_week_and_a_line_for_each_note() -> None:
    title, months, *weekdays, key = str(sla.picture_year(OFFICE, 2026)).splitlines()[:10]
    assert title.startswith("2026, Europe/Brussels: ")
    assert months.startswith("     Jan Feb")  # 1 February is the sixth Sunday of the year's weeks: column 4
    assert [line[:8] for line in weekdays] == [
        "Mon   ##",
        "Tue   ##",
        "Wed   ##",
        "Thu  ###",
        "Fri  ###",
        "Sat  ...",
        "Sun  ###",
    ]
    assert key == "# open  . closed  h holiday  s special day  a absence"


def test_a_drawing_has_a_cell_a_date_and_a_square_for_each_clock_change() -> None:
    marks = sla.picture_year(OFFICE, 2026).drawing().marks
    cells = [mark for mark in marks if getattr(mark, "tells", "")]
    assert (len(cells), sum(mark.look == "ground" for mark in cells)) == (365 + 2, 2)


def test_a_leap_year_has_366_dates() -> None:
    assert len(sla.picture_year(sla.Calendar("UTC", "Mon 09:00-17:00"), 2028)) == 366


def test_a_date_that_a_zone_skipped_is_closed() -> None:
    """Samoa skipped 30 December 2011."""
    picture = sla.picture_year(sla.Calendar("Pacific/Apia", "Mon-Sun 00:00-24:00"), 2011)
    assert [str(each) for each in picture][-2:] == ["Fri 2011-12-30  closed", "Sat 2011-12-31  24h, clock forward 24h"]


def test_a_calendar_that_does_not_open_that_year_is_drawn_closed() -> None:
    opens_later = sla.Calendar("UTC", "PH 09:00-17:00", special_days={"2027-01-04": "09:00-17:00"})
    picture = sla.picture_year(opens_later, 2026)
    assert {each.kind for each in picture} == {"closed"}
    assert picture.open_time == timedelta(0)


@pytest.mark.parametrize("year", [1, 9998, "2026", 2026.0, True, range(2026, 2126)])
def test_what_is_no_year_is_refused(year: object) -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.picture_year(OFFICE, year)  # type: ignore[arg-type]  # what is refused
    assert (refused.value.code, refused.value.where) == ("argument_invalid", "year")
    assert "one year from 2 to 9997" in refused.value.accepts


def test_a_year_that_the_holidays_do_not_know_is_refused() -> None:
    with pytest.raises(sla.HorizonError):
        sla.picture_year(OFFICE, 2027)


@given(
    st.sampled_from(["Europe/Brussels", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca"]),
    st.sampled_from(
        [
            "Mon-Fri 09:00-17:00",
            "Sat 22:00-06:00",
            "Mon-Sun 00:00-24:00",
            "Mon 09:00-12:00 13:00-17:30; Sun 00:00-05:00",
        ]
    ),
    st.integers(1990, 2060),
)
def test_the_open_time_of_the_dates_is_that_of_the_year(zone: str, hours: str, year: int) -> None:
    """Law: no date is counted twice, and none is missing."""
    calendar = sla.Calendar(zone, hours)
    first, last = (datetime(each, 1, 1, tzinfo=calendar.zone_info) for each in (year, year + 1))
    assert sla.picture_year(calendar, year).open_time == calendar.elapsed(first, last)


def test_its_dates_are_those_of_a_sequence() -> None:
    year = sla.picture_year(OFFICE, 2026)
    assert (len(year), str(year[0].day), str(year[-1].day)) == (365, "2026-01-01", "2026-12-31")
    assert year[59].day == date(2026, 3, 1), "after 31 and 28 days"
