"""What dated exceptions must do: what a key names, what becomes of the hours, and who speaks last.

What is refused (two of one kind on one date, dates that do not exist) is in test_errors.py.
"""

import copy
import pickle
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slacalc import Absence, Calendar, DateRange, Holidays, Recurring, SpecialDay, Yearly
from slacalc.calendars import recurrence
from slacalc.calendars.hours import format_windows, read_windows
from slacalc.calendars.speaking_day import SpecialDays
from slacalc.calendars.special_days import When, first_dated, last_dated, read_special_days


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Brussels"))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("key", "expected", "why"),
    [
        ("2026-12-24", date(2026, 12, 24), "one date"),
        ("2026-12-24..2027-01-02", DateRange(date(2026, 12, 24), date(2027, 1, 2)), "a range, both ends included"),
        ("2026-12-24..2026-12-24", DateRange(date(2026, 12, 24), date(2026, 12, 24)), "a range of one date"),
        ("12-24", Yearly((12, 24), (12, 24)), "the same date every year"),
        ("12-24..01-02", Yearly((12, 24), (1, 2)), "the same range every year, over New Year"),
        ("02-29", Yearly((2, 29), (2, 29)), "a date of leap years"),
        ("FREQ=MONTHLY;BYDAY=-1FR", Recurring("FREQ=MONTHLY;BYDAY=-1FR"), "a recurrence"),
    ],
)
def test_a_key_names_dates(key: str, expected: When, why: str) -> None:
    assert expected == SpecialDay.of(key, "closed").on, why


def test_a_recurrence_takes_its_start() -> None:
    special = SpecialDay.of("FREQ=DAILY;COUNT=3", "closed", start=date(2026, 11, 20))

    assert Recurring("FREQ=DAILY;COUNT=3", date(2026, 11, 20)) == special.on


@pytest.mark.parametrize(
    ("before", "hours", "after", "why"),
    [
        ("09:00-17:00", "closed", "closed", "closed takes every window"),
        ("closed", "closed", "closed", "also where there is none"),
        ("09:00-17:00", "10:00-12:00", "10:00-12:00", "windows replace the hours"),
        ("closed", "10:00-12:00", "10:00-12:00", "and open a closed date"),
        ("09:00-17:00", "18:00-20:00 08:00-10:00", "08:00-10:00 18:00-20:00", "several windows"),
        ("09:00-17:00", "+18:00-20:00", "09:00-17:00 18:00-20:00", "plus adds"),
        ("09:00-17:00", "+17:00-20:00", "09:00-20:00", "what is added can touch"),
        ("closed", "+18:00-20:00", "18:00-20:00", "plus opens a closed date"),
        ("09:00-17:00", "-12:00-13:00", "09:00-12:00 13:00-17:00", "minus removes"),
        ("09:00-17:00", "-15:00-24:00", "09:00-15:00", "until three"),
        ("09:00-15:00", "-16:00-17:00", "09:00-15:00", "removing what is closed changes nothing"),
        ("closed", "-12:00-13:00", "closed", "minus never opens"),
        ("09:00-17:00", "-00:00-24:00", "closed", "all of it"),
        ("09:00-17:00", " + 18:00-20:00", "09:00-17:00 18:00-20:00", "white space"),
    ],
)
def test_hours_say_what_becomes_of_the_windows(before: str, hours: str, after: str, why: str) -> None:
    changed = SpecialDay.of("2026-12-24", hours).apply(read_windows(before))

    assert after == format_windows(changed), why


def test_what_is_removed_until_midnight_leaves_the_night_after_it() -> None:
    changed = SpecialDay.of("2026-12-24", "-00:00-24:00").apply(read_windows("22:00-06:00"))

    assert changed == ((24 * 3600, 30 * 3600),)


@pytest.mark.parametrize(
    ("hours", "opens"),
    [("closed", False), ("10:00-12:00", True), ("+18:00-20:00", True), ("-12:00-13:00", False)],
)
def test_only_hours_that_replace_or_add_can_open_a_closed_date(hours: str, *, opens: bool) -> None:
    assert opens is SpecialDay.of("2026-12-24", hours).opens


SINGLE = SpecialDay.of("2026-12-25", "closed", name="single")
RANGE = SpecialDay.of("2026-12-24..2026-12-26", "closed", name="range")
YEARLY = SpecialDay.of("12-24..12-27", "closed", name="yearly")
RECURRING = SpecialDay.of("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=23,24,25,26,27,28", "closed", name="recurring")
ALL = [RECURRING, YEARLY, RANGE, SINGLE]


@pytest.mark.parametrize(
    ("special_days", "on", "expected", "why"),
    [
        (ALL, "2026-12-25", "single", "a single date beats them all"),
        (ALL, "2026-12-24", "range", "a range beats a yearly date"),
        (ALL, "2026-12-26", "range", "to its last date"),
        (ALL, "2026-12-27", "yearly", "a yearly date beats a recurrence"),
        (ALL, "2026-12-28", "recurring", "a recurrence speaks where nothing else does"),
        (ALL, "2026-12-29", None, "and nothing where nothing was said"),
        (ALL, "2027-12-25", "yearly", "the year after only what comes back"),
        (ALL[::-1], "2026-12-25", "single", "the order of the list does not matter"),
        ([RANGE, RECURRING], "2026-12-25", "range", "a range beats a recurrence directly"),
        ([], "2026-12-25", None, "no special days at all"),
    ],
)
def test_rule_4_the_more_particular_special_day_speaks(
    special_days: Sequence[SpecialDay], on: str, expected: str | None, why: str
) -> None:
    found = SpecialDays(special_days).on(day(on))

    assert expected == (found.name if found else None), why


def test_rule_4_days_told_from_two_holidays_that_never_meet_stand_side_by_side() -> None:
    """Good Friday and Christmas Eve, looked for in every year that is covered."""
    office = Calendar(
        "Europe/Brussels",
        "Mon-Fri 09:00-17:00",
        holidays=Holidays("BE", language="en_US"),
        special_days={"easter-2": "closed", "Christmas Day-1": "09:00-12:00"},
    )

    assert office.next_open(at("2026-04-02T16:00")) == at("2026-04-07T09:00")  # Easter Monday is a holiday
    assert office.next_close(at("2026-12-24T10:00")) == at("2026-12-24T12:00")


def test_weekly_hours_are_no_change_of_one_date() -> None:
    summer = SpecialDay.of("07-01..08-31", "Mon-Sat 08:00-14:00")

    assert format_windows(summer.apply(read_windows("09:00-17:00"))) == "09:00-17:00"


def test_special_days_of_one_kind_on_different_dates_stand_side_by_side() -> None:
    special_days = SpecialDays(
        [
            SpecialDay.of("2026-12-24..2026-12-26", "closed", name="first"),
            SpecialDay.of("2026-12-27..2026-12-28", "closed", name="second"),
            SpecialDay.of("FREQ=MONTHLY;BYDAY=-1FR", "closed", name="last Friday"),
            SpecialDay.of("FREQ=MONTHLY;BYDAY=1FR", "closed", name="first Friday"),
        ]
    )
    names = [
        special.name if (special := special_days.on(day(text))) else None
        for text in ("2026-12-26", "2026-12-27", "2026-12-29", "2026-11-27", "2026-11-06", "2026-11-13")
    ]

    assert names == ["first", "second", None, "last Friday", "first Friday", None]


@pytest.mark.parametrize(
    ("yearly", "inside", "outside", "why"),
    [
        (Yearly((12, 24), (12, 24)), ["2026-12-24", "1900-12-24"], ["2026-12-23", "2026-12-25"], "one date"),
        (Yearly((7, 1), (8, 31)), ["2026-07-01", "2026-08-31"], ["2026-06-30", "2026-09-01"], "a range in summer"),
        (Yearly((12, 24), (1, 2)), ["2026-12-24", "2026-12-31", "2027-01-02"], ["2026-12-23", "2027-01-03"], "over New Year"),
        (Yearly((2, 29), (2, 29)), ["2028-02-29"], ["2026-02-28", "2026-03-01"], "29 February, in leap years only"),
        (Yearly((2, 28), (3, 1)), ["2028-02-29", "2026-02-28", "2026-03-01"], ["2026-03-02"], "a range around it"),
    ],
)  # fmt: skip
def test_a_yearly_date_comes_back_every_year(
    yearly: Yearly, inside: Sequence[str], outside: Sequence[str], why: str
) -> None:
    assert [True] * len(inside) == [day(text) in yearly for text in inside], why
    assert [False] * len(outside) == [day(text) in yearly for text in outside], why


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        (date(2026, 12, 24), "2026-12-24", "2026-12-24"),
        (DateRange(date(2026, 12, 24), date(2027, 1, 2)), "2026-12-24", "2027-01-02"),
        (Yearly((12, 24), (12, 24)), None, None),
        (Recurring("FREQ=MONTHLY;BYDAY=-1FR"), None, None),
        (Recurring("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260116"), "1900-01-05", "2026-01-16"),
        (Recurring("FREQ=DAILY;COUNT=3", date(2026, 11, 20)), "2026-11-20", "2026-11-22"),
    ],
    ids=str,
)
def test_rule_13_the_first_and_the_last_date_of_an_exception_or_none_when_it_comes_back(
    when: When, first: str | None, last: str | None
) -> None:
    assert (day(first) if first else None) == first_dated(when)
    assert (day(last) if last else None) == last_dated(when)


def test_special_days_are_read_from_a_mapping_or_taken_as_they_are() -> None:
    as_values = (SpecialDay.of("2026-12-24", "09:00-13:00"), SpecialDay.of("12-31", "closed"))

    assert as_values == read_special_days({"2026-12-24": "09:00-13:00", "12-31": "closed"})
    assert as_values == read_special_days(iter(as_values))
    assert read_special_days({}) == ()


def test_an_absence_is_a_span_of_exact_time() -> None:
    start = datetime(2026, 11, 20, tzinfo=UTC)
    absence = Absence(start, start + timedelta(hours=1), "offsite")

    assert absence.span[1] - absence.span[0] == 3_600_000_000
    assert absence == pickle.loads(pickle.dumps(absence)) == copy.copy(absence)


@pytest.mark.parametrize("special", ALL, ids=lambda special: special.name)
def test_a_special_day_is_a_value(special: SpecialDay) -> None:
    assert special == pickle.loads(pickle.dumps(special)) == copy.deepcopy(special)
    assert len({special, copy.copy(special)}) == 1


# ---------------------------------------------------------------- work


def test_each_of_many_recurrences_is_expanded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """257 in one calendar took minutes where 256 took seconds: now each costs as much as the one before it."""
    expanded = 0
    expansion = recurrence._expansion

    def counted(recurring: Recurring, until: date) -> Iterator[date]:
        nonlocal expanded
        expanded += 1
        return expansion(recurring, until)

    special_days = [
        SpecialDay.of(Recurring(f"FREQ=YEARLY;BYMONTH={number % 12 + 1};BYMONTHDAY={number % 28 + 1}"), "closed")
        for number in range(300)
    ]
    monkeypatch.setattr(recurrence, "_expansion", counted)
    found = SpecialDays(special_days)
    for number in range(3_653):
        found.on(date(2026, 1, 1) + number * timedelta(days=1))
    assert expanded == 300
