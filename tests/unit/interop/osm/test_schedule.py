"""What rules say of a date, in seconds from its midnight, and which weeks the dates of a text have."""

from datetime import date
from typing import Final

import pytest

from slacalc.interop.osm.grammar import read_rules
from slacalc.interop.osm.schedule import OpeningSchedule

HOUR: Final = 3_600
MONDAY, TUESDAY, SATURDAY = 0, 1, 5
DAY: Final = date(2026, 6, 15)


def windows(text: str, weekday: int, *, split: bool, holiday: bool = False) -> str:
    """The windows of a weekday in June, in hours."""
    schedule = OpeningSchedule(read_rules(text).rules, knows_holidays=True)
    hours, exact = schedule.week(schedule.usual_years[DAY.month, DAY.day], split=split)
    of_day = hours.on_holiday(weekday) if holiday else hours.windows[weekday]
    return " ".join(f"{start / HOUR:g}-{end / HOUR:g}" for start, end in of_day) + ("" if exact else " about")


@pytest.mark.parametrize(
    ("text", "weekday", "whole", "split"),
    [
        ("Mo 20:00-02:00", MONDAY, "20-26", "20-24"),
        ("Mo 20:00-02:00", TUESDAY, "", "0-2"),
        ("Mo 20:00-02:00; Tu 10:00-12:00", MONDAY, "20-24", "20-24"),
        ("Mo 20:00-02:00; Tu 10:00-12:00", TUESDAY, "10-12", "10-12"),
        ("Mo 20:00-02:00, Tu 10:00-12:00", TUESDAY, "10-12", "0-2 10-12"),
        ("Mo 20:00-02:00; Tu 01:00-01:30 off", TUESDAY, " about", "0-1 1.5-2"),
        ("Tu 10:00-12:00; Mo 20:00-02:00", TUESDAY, "10-12", "0-2 10-12"),
        ("24/7; Mo 22:00-02:00 off", TUESDAY, "0-24 about", "2-24"),
        ("Mo-Su 20:00-02:00; Mo 10:00-12:00", MONDAY, "10-12 24-26 about", "10-12"),
        ("Mo-Su 20:00-02:00; Mo 10:00-12:00", TUESDAY, "20-26 about", "0-2 20-24"),
        ("Sa 09:00-12:00; Mo-Su 10:00-11:00", SATURDAY, "10-11", "10-11"),
        ("Mo-Su 10:00-11:00; Sa off; Sa 10:30-10:45", SATURDAY, "10.5-10.75", "10.5-10.75"),
    ],
)
def test_the_windows_of_a_day_by_hand(text: str, weekday: int, whole: str, split: str) -> None:
    assert windows(text, weekday, split=False) == whole
    assert windows(text, weekday, split=True) == split


def test_a_holiday_is_of_rules_for_its_weekday_and_of_those_for_holidays() -> None:
    text = "Mo-Fr 09:00-17:00; PH Mo 10:00-12:00; PH Sa 10:00-11:00"
    assert windows(text, MONDAY, split=False, holiday=True) == "10-12"
    assert windows(text, TUESDAY, split=False, holiday=True) == "9-17"
    assert windows(text, SATURDAY, split=False, holiday=True) == "10-11"
    assert windows(text, SATURDAY, split=False) == ""


@pytest.mark.parametrize(
    ("text", "first", "last", "many"),
    [
        ("Mo 10:00-12:00", None, None, 0),
        ("2026 Dec 24 off", date(2025, 12, 31), date(2027, 1, 1), 367),
        ("2026 Dec 24-2027 Jan 2 20:00-02:00", date(2025, 12, 31), date(2028, 1, 1), 732),
        ("2199+ Mo 10:00-12:00", date(1900, 1, 1), date(2199, 1, 1), 109_209),
    ],
)
def test_dates_of_years_that_are_not_like_most(text: str, first: date | None, last: date | None, many: int) -> None:
    days = [day for day, _ in OpeningSchedule(read_rules(text).rules, knows_holidays=False).other_dates]
    assert (days[0] if days else None, days[-1] if days else None, len(days)) == (first, last, many)
