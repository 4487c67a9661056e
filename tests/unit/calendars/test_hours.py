"""How weekly hours must read and print: "Mon-Fri 09:00-17:00; Sat 09:00-12:00".

Expected windows are written with hours past 24 for what follows midnight: "22:00-30:00" is a night until 06:00.
What cannot be read is in test_errors.py.
"""

from collections.abc import Mapping

import pytest

from slacalc import Hours
from slacalc.calendars.hours import format_windows, read_windows, seconds_of_day

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH")
WEEK = "Mon Tue Wed Thu Fri"


def windows(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((_seconds(one.split("-")[0]), _seconds(one.split("-")[1])) for one in text.split())


def _seconds(clock: str) -> int:
    hours, minutes, seconds = (clock + ":00").split(":")[:3]
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def week(days: Mapping[str, str]) -> Hours:
    """Hours from a mapping of days apart by blanks to windows, without the library's reader."""
    by_day = {day: windows(text) for names, text in days.items() for day in names.split()}
    return Hours.of_days({DAYS.index(day): of_day for day, of_day in by_day.items()})


@pytest.mark.parametrize(
    ("notation", "expected", "why"),
    [
        ("Mon-Fri 09:00-17:00", {WEEK: "09:00-17:00"}, "a range of days has both its ends"),
        ("Mon 09:00-17:00", {"Mon": "09:00-17:00"}, "a single day"),
        (
            "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00",
            {WEEK: "09:00-12:30 13:30-17:00", "Sat": "09:00-12:00"},
            "several windows, several groups",
        ),
        ("Mon,Wed,Fri 09:00-12:00", {"Mon Wed Fri": "09:00-12:00"}, "a list of days"),
        ("Mon-Wed,Sat 09:00-12:00", {"Mon Tue Wed Sat": "09:00-12:00"}, "a list with a range"),
        ("Sun,PH 09:00-12:00", {"Sun PH": "09:00-12:00"}, "public holidays are a day of their own"),
        ("Sat-Mon 09:00-12:00", {"Sat Sun Mon": "09:00-12:00"}, "a range over the end of the week"),
        ("Fri-Thu 09:00-12:00", {f"{WEEK} Sat Sun": "09:00-12:00"}, "a range of seven days has no PH"),
        ("Mon-Mon 09:00-12:00", {"Mon": "09:00-12:00"}, "a range of one day"),
        ("Sat 22:00-06:00", {"Sat": "22:00-30:00"}, "past midnight"),
        ("Sat 18:00-24:00", {"Sat": "18:00-24:00"}, "until midnight"),
        ("Sat 00:00-24:00", {"Sat": "00:00-24:00"}, "a whole day"),
        ("Sat 18:00-00:00", {"Sat": "18:00-24:00"}, "00:00 as an end is midnight too"),
        ("Sat 00:01-00:00", {"Sat": "00:01-24:00"}, "all but a minute"),
        ("Sat 09:00:30-09:00:31", {"Sat": "09:00:30-09:00:31"}, "seconds"),
        ("24/7", {" ".join(DAYS): "00:00-24:00"}, "always: holidays too"),
        ("closed", {}, "never"),
        ("Mon-Fri 09:00-17:00; Sat closed", {WEEK: "09:00-17:00"}, "closed days can be said"),
        ("Mon-Fri 09:00-17:00;", {WEEK: "09:00-17:00"}, "a semicolon at the end"),
        ("  Mon-Fri   09:00-17:00 ;\n Sat 09:00-12:00 ", {WEEK: "09:00-17:00", "Sat": "09:00-12:00"}, "white space"),
        ("Mon 09:00-12:00 12:00-17:00", {"Mon": "09:00-17:00"}, "windows that touch are one"),
        ("Mon 09:00-13:00 12:00-17:00", {"Mon": "09:00-17:00"}, "windows that overlap are one"),
        ("Mon 13:00-17:00 09:00-12:00", {"Mon": "09:00-12:00 13:00-17:00"}, "the order does not matter"),
        ("Mon-Fri 09:00-12:00; Wed 13:00-17:00", {"Mon Tue Thu Fri": "09:00-12:00", "Wed": "09:00-12:00 13:00-17:00"}, "a day said twice has both"),
        ("Mon closed; Mon closed", {}, "closed said twice is no contradiction"),
    ],
)  # fmt: skip
def test_rule_2_a_notation_says_the_windows_of_each_day(notation: str, expected: Mapping[str, str], why: str) -> None:
    assert week(expected) == Hours.parse(notation), why


@pytest.mark.parametrize(
    ("notation", "printed"),
    [
        ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("Fri,Thu,Wed,Tue,Mon 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("Mon-Fri 09:00-12:30 12:30-17:00; Sat 09:00-12:00", "Mon-Fri 09:00-17:00; Sat 09:00-12:00"),
        ("Sat,Sun 10:00-12:00; Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00; Sat,Sun 10:00-12:00"),
        ("Mon,Wed 09:00-12:00; Tue 13:00-15:00", "Mon,Wed 09:00-12:00; Tue 13:00-15:00"),
        ("Mon-Wed 09:00-12:00", "Mon-Wed 09:00-12:00"),
        ("Sun,PH 09:00-12:00", "Sun,PH 09:00-12:00"),
        ("Mon-Sun,PH 00:00-24:00", "24/7"),
        ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
        ("Mon closed", "closed"),
        ("Sat 22:00-06:00", "Sat 22:00-06:00"),
        ("Sat 18:00-00:00", "Sat 18:00-24:00"),
        ("Sat 09:00:30-17:00", "Sat 09:00:30-17:00"),
    ],
)
def test_hours_print_in_one_way_whatever_way_they_were_written(notation: str, printed: str) -> None:
    assert printed == str(Hours.parse(notation))
    assert Hours.parse(printed) == Hours.parse(notation)


@pytest.mark.parametrize(
    "days",
    [
        {"Sat": "00:00-47:59"},
        {"Sat": "00:00-47:59:58"},
        {"Sat": "12:00-36:00"},
        {"Sat": "12:00-42:00"},
        {"Sat": "00:00-06:00 20:00-44:00"},
        {"Sat": "00:00:01-24:00:01"},
        {"Sat": "09:00-24:00", "Sun": "00:00-06:00"},
    ],
    ids=str,
)
def test_what_is_printed_is_read_back_also_when_windows_are_longer_than_a_day(days: Mapping[str, str]) -> None:
    hours = week(days)

    assert hours == Hours.parse(str(hours))


@pytest.mark.parametrize(
    ("mapping", "notation"),
    [
        ({"Mon-Fri": "09:00-17:00"}, "Mon-Fri 09:00-17:00"),
        (
            {"Mon-Fri": ["09:00-12:30", "13:30-17:00"], "Sat": "09:00-12:00"},
            "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00",
        ),
        ({"Mon-Fri": "09:00-12:30 13:30-17:00"}, "Mon-Fri 09:00-12:30 13:30-17:00"),
        ({"Mon-Fri": "09:00-17:00", "Sat": "closed"}, "Mon-Fri 09:00-17:00"),
        ({"Sun,PH": ("09:00-12:00",)}, "Sun,PH 09:00-12:00"),
        ({}, "closed"),
    ],
)
def test_a_mapping_of_days_says_what_the_notation_says(mapping: Mapping[str, str], notation: str) -> None:
    assert Hours.parse(notation) == Hours.from_mapping(mapping)


@pytest.mark.parametrize(
    ("hours", "more", "expected"),
    [
        ("Mon-Fri 09:00-17:00", "Sun,PH 09:00-12:00", "Mon-Fri 09:00-17:00; Sun,PH 09:00-12:00"),
        ("Mon-Fri 09:00-17:00", "Fri 17:00-20:00", "Mon-Thu 09:00-17:00; Fri 09:00-20:00"),
        ("Mon-Fri 09:00-17:00", "Mon-Fri 10:00-12:00", "Mon-Fri 09:00-17:00"),
        ("Mon-Fri 09:00-17:00", "closed", "Mon-Fri 09:00-17:00"),
        ("closed", "Sat 09:00-12:00", "Sat 09:00-12:00"),
    ],
)
def test_hours_extended_by_more_are_open_when_either_is(hours: str, more: str, expected: str) -> None:
    assert expected == str(Hours.parse(hours).extended(Hours.parse(more)))


def test_a_night_joined_to_a_whole_day_is_one_window() -> None:
    extended = Hours.parse("Sat 00:00-24:00").extended(Hours.parse("Sat 22:00-06:00"))

    assert windows("00:00-30:00") == extended.windows[5]


@pytest.mark.parametrize(
    ("notation", "never"),
    [("closed", True), ("Mon closed", True), ("Mon 09:00-09:01", False), ("PH 09:00-12:00", False)],
)
def test_hours_without_any_window_are_never_open(notation: str, *, never: bool) -> None:
    assert never is not any(Hours.parse(notation).windows)


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("09:00-17:00", "09:00-17:00"),
        ("13:30-17:00 09:00-12:30", "09:00-12:30 13:30-17:00"),
        ("22:00-06:00", "22:00-30:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("closed", ""),
    ],
)
def test_rule_2_the_windows_of_one_day(notation: str, expected: str) -> None:
    assert windows(expected) == read_windows(notation)


def test_no_windows_print_as_closed() -> None:
    assert format_windows(read_windows("closed")) == "closed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("00:00", 0), ("09:30", 34_200), ("23:59:59", 86_399), ("24:00", 86_400)],
)
def test_a_time_of_day_is_seconds_from_midnight(text: str, expected: int) -> None:
    assert expected == seconds_of_day(text)


def test_two_notations_for_the_same_time_are_equal_and_hash_alike() -> None:
    one, other = Hours.parse("Mon-Fri 09:00-17:00"), Hours.parse("Mon,Tue,Wed,Thu,Fri 09:00-12:00 12:00-17:00")

    assert one == other
    assert len({one, other}) == 1
