"""Closures as the holidays and special days of a calendar: each date by hand."""

from datetime import UTC, date, datetime
from typing import Final

import pytest

import slacalc as sla
from slacalc.interop.closures import Closure, closed_table

MONDAY: Final = date(2026, 11, 2)
HOUR: Final = 3_600
MONDAYS: Final = "FREQ=WEEKLY;BYDAY=MO"


def open_hours(day: int, *closures: Closure) -> list[int]:
    """The hours of a date of November 2026 that are open, of a calendar that is else open from 8 to 12."""
    table = {"zone": "UTC", "hours": "Mon-Sun 08:00-12:00", **closed_table(closures, "test")}
    policy = sla.policy_from_data(
        {"name": "closures", "calendars": {"c": table}, "rules": [{"name": "all", "metrics": {}}]}
    )
    calendar = policy.calendar("c")
    return [hour for hour in range(24) if calendar.is_open(datetime(2026, 11, day, hour, tzinfo=UTC))]


def test_what_comes_once_closes_its_dates_and_a_part_of_them() -> None:
    move = Closure("Move", MONDAY, date(2026, 11, 3))
    lunch = Closure("Lunch", MONDAY, MONDAY, "", (9 * HOUR, 10 * HOUR))
    tea = Closure("Tea", MONDAY, MONDAY, "", (11 * HOUR, 12 * HOUR))
    assert [open_hours(day, move) for day in (1, 2, 3, 4)] == [[8, 9, 10, 11], [], [], [8, 9, 10, 11]]
    assert open_hours(2, lunch, tea) == [8, 10]
    assert open_hours(2, lunch, move) == []


def test_a_rule_closes_from_its_first_date_on() -> None:
    off = Closure("Off", date(2026, 11, 9), date(2200, 12, 31), MONDAYS)
    early = Closure("Early", MONDAY, date(2200, 12, 31), MONDAYS, (10 * HOUR, 12 * HOUR))
    assert [open_hours(day, off) for day in (2, 9, 10)] == [[8, 9, 10, 11], [], [8, 9, 10, 11]]
    assert [open_hours(day, early) for day in (2, 3)] == [[8, 9], [8, 9, 10, 11]]


def test_a_single_date_says_what_rules_close_of_it_too() -> None:
    part = Closure("Part", MONDAY, MONDAY, "", (8 * HOUR, 9 * HOUR))
    early = Closure("Early", MONDAY, date(2200, 12, 31), MONDAYS, (11 * HOUR, 12 * HOUR))
    off = Closure("Off", MONDAY, date(2200, 12, 31), MONDAYS)
    assert open_hours(2, part, early) == [9, 10]
    assert open_hours(2, part, off) == []
    assert open_hours(9, part, early) == [8, 9, 10]


def test_rules_that_fall_on_one_date_close_all_that_each_of_them_closes() -> None:
    off = Closure("Off", MONDAY, date(2200, 12, 31), "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=9")
    early = Closure("Early", MONDAY, date(2200, 12, 31), MONDAYS, (11 * HOUR, 12 * HOUR))
    assert [open_hours(day, off, early) for day in (2, 9, 16)] == [[8, 9, 10], [], [8, 9, 10]]
    alone = closed_table([off], "test")
    assert [*alone] == ["special_days"]


def test_closures_of_the_same_rule_are_one_special_day_with_both_names() -> None:
    early = Closure("Early", MONDAY, date(2200, 12, 31), MONDAYS, (11 * HOUR, 12 * HOUR))
    late = Closure("Late", MONDAY, date(2200, 12, 31), MONDAYS, (8 * HOUR, 9 * HOUR))
    assert closed_table([early, late], "test") == {
        "special_days": [
            {"on": MONDAYS, "hours": "-08:00-09:00 11:00-12:00", "name": "Early; Late", "start": "2026-11-02"}
        ]
    }


def test_rules_that_close_other_parts_of_one_date_close_all_of_them() -> None:
    early = Closure("Early", MONDAY, date(2200, 12, 31), MONDAYS, (11 * HOUR, 12 * HOUR))
    ninth = Closure("Ninth", MONDAY, date(2200, 12, 31), "FREQ=MONTHLY;BYMONTHDAY=9", (8 * HOUR, 9 * HOUR))
    assert [open_hours(day, early, ninth) for day in (2, 9, 16)] == [[8, 9, 10], [9, 10], [8, 9, 10]]


def test_a_short_rule_that_closes_a_part_meets_a_long_one_that_closes_the_date() -> None:
    off = Closure("Off", MONDAY, date(2200, 12, 31), MONDAYS)
    part = Closure("Late", MONDAY, date(2200, 12, 31), "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=9,10", (8 * HOUR, 9 * HOUR))
    assert [open_hours(day, off, part) for day in (9, 10, 16)] == [[], [9, 10, 11], []]


def test_two_endless_rules_of_every_week_that_differ_on_one_date_are_refused_by_name() -> None:
    early = Closure("Early", MONDAY, date(2200, 12, 31), MONDAYS, (11 * HOUR, 12 * HOUR))
    late = Closure("Late", date(2026, 11, 9), date(2200, 12, 31), MONDAYS, (8 * HOUR, 9 * HOUR))
    with pytest.raises(sla.InteropError, match="'Late'"):
        closed_table([early, late], "test")
