"""The weekly hours of a calendar as a picture."""

from datetime import date
from typing import Final

import pytest

import slacalc as sla

NIGHTS: Final = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-12:00 13:00-17:15; Sat 22:00-04:00", holidays="BE")


def test_bars_of_half_hours_by_weekday() -> None:
    picture = sla.picture_hours(NIGHTS)
    assert [row.weekday for row in picture] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert picture[0].bar == "." * 18 + "#" * 6 + ".." + "#" * 8 + "+" + "." * 13
    assert picture[0].hours == "09:00-12:00 13:00-17:15"


def test_a_night_is_drawn_on_both_dates() -> None:
    picture = sla.picture_hours(NIGHTS)
    assert (picture[5].bar, picture[5].hours) == ("." * 44 + "####", "22:00-04:00")
    assert (picture[6].bar, picture[6].hours) == ("#" * 8 + "." * 40, "")


def test_the_night_before_monday_is_sundays() -> None:
    picture = sla.picture_hours(sla.Calendar("UTC", "Sun 23:00-01:00"))
    assert (len(picture), picture[0].bar[:3], picture[1].hours) == (7, "##.", "closed")


def test_a_calendar_in_a_notebook_is_its_hours() -> None:
    assert NIGHTS._repr_html_() == sla.picture_hours(NIGHTS).to_html()
    assert sla.picture_hours(NIGHTS).drawing().title == repr(NIGHTS)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""),
        ({"holidays": "BE"}, ", holidays='BE'"),
        ({"holidays": sla.Holidays("DE", subdivision="BY")}, ", holidays='DE-BY'"),
        ({"holidays": sla.FrozenHolidays.of({}, years=(2026, 2026))}, ", holidays=FrozenHolidays"),
        ({"special_days": {"2026-05-15": "closed"}}, ", 1 special day"),
        ({"versions": {date(2027, 1, 1): "Mon 10:00-12:00", date(2028, 1, 1): "Tue 10:00-12:00"}}, ", 2 later versions"),
        ({"open_on_holidays": True}, ", open on holidays"),
    ],
)  # fmt: skip
def test_a_calendar_is_printed_short(more: dict[str, object], said: str) -> None:
    calendar = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", **more)  # type: ignore[arg-type]  # by name
    assert repr(calendar) == f"Calendar('Europe/Brussels', 'Mon-Fri 09:00-17:00'{said})"


def test_a_combination_has_no_hours_to_draw() -> None:
    with pytest.raises(sla.SlaError, match="a Calendar, and no combination"):
        sla.picture_hours(NIGHTS | NIGHTS)  # type: ignore[arg-type]  # what is refused
