"""What all writers share: the week and the dates that differ, nights divided at midnight, and the losses."""

from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.calendars.hours import format_windows
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.written import (
    WeekAndDates,
    Written,
    absences_lost,
    cut_at_midnight,
    other_hours_lost,
    week_and_dates,
)

FIRST: Final = date(2026, 12, 21)  # a Monday
LAST: Final = date(2026, 12, 27)
NIGHT: Final = "Fri 22:00-06:00; Sat 09:00-12:00"


def told(hours: str, **special: str) -> WeekAndDates:
    days = {f"2026-12-{day[1:]}": said for day, said in special.items()}
    return week_and_dates(sla.Calendar("UTC", hours, special_days=days), FIRST, LAST)


def words(said: WeekAndDates) -> tuple[dict[int, str], dict[str, str]]:
    week = {day: format_windows(windows) for day, windows in enumerate(said.week) if windows}
    return week, {f"{day:%d}": format_windows(each.windows) for day, each in said.dates.items()}


@pytest.mark.parametrize(
    ("hours", "special", "week", "dates"),
    [
        ("Mon 09:00-17:00", {}, {0: "09:00-17:00"}, {}),
        ("Mon 09:00-17:00", {"d21": "closed"}, {0: "09:00-17:00"}, {"21": "closed"}),
        ("Mon 09:00-17:00", {"d21": "09:00-17:00"}, {0: "09:00-17:00"}, {}),
        (NIGHT, {"d25": "closed"}, {4: "22:00-06:00", 5: "09:00-12:00"}, {"25": "closed"}),
    ],
)
def test_a_date_is_told_where_it_is_not_as_its_weekday(
    hours: str, special: dict[str, str], week: dict[int, str], dates: dict[str, str]
) -> None:
    assert words(told(hours, **special)) == (week, dates)


@pytest.mark.parametrize(
    ("hours", "special", "week", "dates"),
    [
        ("Mon 09:00-17:00", {"d21": "closed"}, {0: "09:00-17:00"}, {"21": "closed"}),
        ("Sun 22:00-06:00", {}, {0: "00:00-06:00", 6: "22:00-24:00"}, {}),
        # The night of Friday the 25th is not worked: on Saturday the rest of it is missing.
        (NIGHT, {"d25": "closed"}, {4: "22:00-24:00", 5: "00:00-06:00 09:00-12:00"}, {"25": "closed", "26": "09:00-12:00"}),
        # Saturday is closed: what is left of Friday's night is worked.
        (NIGHT, {"d26": "closed"}, {4: "22:00-24:00", 5: "00:00-06:00 09:00-12:00"}, {"26": "00:00-06:00"}),
        # A night of the 23rd, a Wednesday, that no week has.
        (NIGHT, {"d23": "20:00-02:00"}, {4: "22:00-24:00", 5: "00:00-06:00 09:00-12:00"}, {"23": "20:00-24:00", "24": "00:00-02:00"}),
    ],
)  # fmt: skip
def test_nights_are_divided_at_midnight(
    hours: str, special: dict[str, str], week: dict[int, str], dates: dict[str, str]
) -> None:
    assert words(cut_at_midnight(told(hours, **special), FIRST, LAST)) == (week, dates)


def test_what_is_missing_of_a_night_has_the_name_of_its_date() -> None:
    party = sla.SpecialDay.of(date(2026, 12, 25), "closed", name="Party")
    said = week_and_dates(sla.Calendar("UTC", NIGHT, special_days=[party]), FIRST, LAST)
    assert [each.name for each in cut_at_midnight(said, FIRST, LAST).dates.values()] == ["Party", "Party"]


@pytest.mark.parametrize(
    ("special", "means"),
    [
        ({}, []),
        ({"d26": "closed"}, []),
        ({"d26": "09:00-10:00"}, ["1 date is open at other hours than the weekday, the first 2026-12-26"]),
        ({"d26": "09:00-10:00", "d27": "open 09:00-10:00"}, ["2 dates are open at other hours than the weekday, the first 2026-12-26"]),
    ],
)  # fmt: skip
def test_a_format_that_can_only_close_dates_loses_other_hours(special: dict[str, str], means: list[str]) -> None:
    losses = [*other_hours_lost(told("Sat 09:00-12:00", **special))]
    assert [loss.means for loss in losses] == means
    assert all(loss.severity == "due_times" for loss in losses)


@pytest.mark.parametrize(("start", "end", "lost"), [(20, 21, 1), (27, 28, 1), (18, 20, 0), (28, 29, 0)])
def test_an_absence_is_lost_where_it_touches_the_dates(start: int, end: int, lost: int) -> None:
    away = sla.Absence(datetime(2026, 12, start, 12, tzinfo=UTC), datetime(2026, 12, end, 12, tzinfo=UTC))
    office = sla.Calendar("UTC", "24/7", absences=[away])
    assert len([*absences_lost(office, FIRST, LAST)]) == lost


@pytest.mark.parametrize(
    ("document", "content"), [({"a": "</ä"}, '{\n "a": "<\\/ä"\n}'), ("BEGIN\r\n", "BEGIN\r\n"), ([], "[]")]
)
def test_the_content_is_the_text_of_a_file(document: Any, content: str) -> None:
    written = sla.interop.Written("X", document)
    assert written.content == content
    assert str(written) == "written for X: 0 losses"


def test_printed_what_was_written_says_how_much_is_lost_and_each_in_a_row() -> None:
    day = Loss("due_times", "dates", "one date", "it is left out")
    assert str(Written("Desk", {}, (day, day))).splitlines() == [
        "written for Desk: 2 losses",
        "severity   where  means     instead",
        "due_times  dates  one date  it is left out",
        "due_times  dates  one date  it is left out",
    ]
    assert str(Written("Desk", {}, (day,))).splitlines()[0] == "written for Desk: 1 loss"
    assert str(Written("Desk", {})) == "written for Desk: 0 losses"


def test_printed_what_was_imported_says_what_was_made_and_each_loss_in_a_row() -> None:
    office = {"zone": "UTC", "hours": "24/7"}
    rule = {"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"calendar_hours": "1h"}}}}
    policy = sla.policy_from_data({"name": "desk", "calendars": {"office": office}, "rules": [rule]})
    lost = Imported("Desk", policy, (Loss("cosmetic", "name", "a colour", "none"),))
    assert str(lost).splitlines() == [
        "Desk: 1 calendar, 1 rule, 1 loss",
        "severity  where  what it means  instead",
        "cosmetic  name   a colour       none",
    ]
    assert str(Imported("Desk", policy)) == "Desk: 1 calendar, 1 rule, 0 losses"
