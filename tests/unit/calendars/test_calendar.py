"""What one office's calendar must answer: cases derived by hand from its rules and a wall calendar.

Instants are written "Fri 2026-11-20 18:30", in Brussels where nothing else is said, or with an offset such as +01:00.
Answers always show their offset. Clock changes are those of the IANA database (`zdump -v` lists them).
"""

import copy
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from slacalc import (
    Absence,
    Calendar,
    CalendarError,
    ClosedForGoodError,
    DateRange,
    FrozenHolidays,
    Holidays,
    HorizonError,
    Hours,
    Interval,
    SpecialDay,
)
from slacalc.business_time.spans import Spans
from slacalc.calendars.layers import Layers
from slacalc.columns.tables import tables_of
from tests.helpers import BRUSSELS, wall_clock, written

HOUR, MINUTE, TICK = timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)


at = wall_clock(BRUSSELS)


def said(moment: datetime | None) -> str | None:
    return None if moment is None else written(moment)


def hours_of(intervals: Iterator[Interval]) -> list[str]:
    return [f"{said(interval.start)} to {said(interval.end)}" for interval in intervals]


def amount(text: str) -> timedelta:
    """ "1:30" is an hour and a half."""
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


OFFICE = Calendar(BRUSSELS, "Mon-Fri 09:00-17:00")
LUNCH = Calendar(BRUSSELS, "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00")
HELPDESK = Calendar(BRUSSELS, "Mon-Fri 09:00-17:00; Sat 09:00-12:00", holidays="BE")
PRIORITY = HELPDESK.extend(add_hours="Sun,PH 09:00-12:00")
ALWAYS = Calendar(BRUSSELS, "24/7")
NIGHTS = Calendar(BRUSSELS, "Mon-Fri 22:00-06:00")
EVE_OFF = Calendar(BRUSSELS, "Mon-Fri 09:00-17:00", special_days={"2026-12-24": "09:00-13:00", "2026-12-31": "closed"})

# ---------------------------------------------------------------- rule 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("Fri 2026-11-20 18:30+01:00", "a fixed offset"),
        ("Fri 2026-11-20 17:30+00:00", "UTC"),
        ("Sat 2026-11-21 02:30+09:00", "the other side of the world, where it is Saturday"),
    ],
)
def test_rule_1_answers_carry_the_zone_of_the_calendar_whatever_the_question_carries(asked: str, why: str) -> None:
    due = LUNCH.add(at(asked), 4 * HOUR)

    assert said(due) == "Mon 2026-11-23 10:00+01:00", why
    assert BRUSSELS is due.tzinfo, why


def test_rule_1_every_answer_carries_the_zone_of_the_calendar() -> None:
    asked = at("Fri 2026-11-20 18:30+00:00")
    answers = [
        HELPDESK.add(asked, HOUR),
        HELPDESK.subtract(asked, HOUR),
        HELPDESK.roll_forward(asked),
        HELPDESK.roll_back(asked),
        HELPDESK.next_open(asked),
        HELPDESK.next_close(asked),
        HELPDESK.previous_open(asked),
        HELPDESK.previous_close(asked),
        HELPDESK.covered.start,
        HELPDESK.covered.end,
        *(
            moment
            for interval in HELPDESK.intervals(asked, asked + 99 * HOUR)
            for moment in (interval.start, interval.end)
        ),
        *(segment.start for segment in HELPDESK.explain(asked, asked + 99 * HOUR)),
    ]

    assert {BRUSSELS} == {answer.tzinfo for answer in answers if answer is not None}
    assert None not in answers


def test_rule_1_the_years_1900_to_2200_are_supported() -> None:
    assert said(OFFICE.covered.start) == "Mon 1900-01-01 00:00+00:00"  # Brussels was on UTC then
    assert said(OFFICE.covered.end) == "Thu 2201-01-01 00:00+01:00"
    assert OFFICE.elapsed(OFFICE.covered.start, at("Tue 1900-01-02 00:00+00:00")) == 8 * HOUR
    assert OFFICE.elapsed(at("Wed 2200-12-31 00:00"), OFFICE.covered.end) == 8 * HOUR


def test_rule_1_the_night_into_1900_is_known_where_no_holiday_can_close_it() -> None:
    night = Calendar("UTC", "Sun 22:00-06:00")  # 31 December 1899 was a Sunday

    assert night.elapsed(night.covered.start, night.covered.start + 24 * HOUR) == 6 * HOUR


def test_a_calendar_makes_the_tables_of_an_office() -> None:
    start, end = at("Fri 2026-11-20 00:00"), at("Mon 2026-11-23 00:00")

    assert tables_of(OFFICE, start, end) == OFFICE.to_tables(start, end)
    named = OFFICE.to_tables(start, end, calendar="BE", width=HOUR / 4)
    assert tables_of(OFFICE, start, end, calendar="BE", width=HOUR / 4) == named


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (lambda: OFFICE.is_open(at("Sun 1899-12-31 12:00")), "the year before 1900"),
        (lambda: OFFICE.is_open(at("Thu 2201-01-01 12:00")), "the year after 2200"),
        (lambda: OFFICE.add(at("Wed 2200-12-31 16:00"), 2 * HOUR), "an answer after 2200"),
        (lambda: OFFICE.subtract(at("Mon 1900-01-01 10:00"), 2 * HOUR), "an answer before 1900"),
        (lambda: OFFICE.add(at("Fri 2026-11-20 16:00"), timedelta.max), "an amount longer than all supported years"),
        (lambda: OFFICE.elapsed(at("Fri 2026-11-20 16:00"), at("Thu 2201-01-01 12:00")), "a range that ends too late"),
        (lambda: OFFICE.explain(at("Fri 2026-11-20 16:00"), at("Thu 2201-01-01 12:00")), "a ledger that ends too late"),
        (
            lambda: list(OFFICE.intervals(at("Tue 2200-12-30 09:00"), at("Thu 2201-01-01 12:00"))),
            "intervals, when read",
        ),
        (lambda: OFFICE.is_open(datetime.min.replace(tzinfo=UTC)), "the first datetime there is"),
        (lambda: OFFICE.is_open(datetime.max.replace(tzinfo=UTC)), "the last"),
        (lambda: OFFICE.is_open(datetime.fromisoformat("0001-01-01T00:00+14:00")), "an instant before the year 1"),
        (lambda: OFFICE.is_open(datetime.fromisoformat("9999-12-31T23:00-12:00")), "an instant after the year 9999"),
    ],
)
def test_rule_1_outside_the_supported_years_is_a_typed_error(question: Callable[[], object], why: str) -> None:
    with pytest.raises(HorizonError) as caught:
        question()

    assert caught.value.code == "beyond_covered", why
    assert caught.value.accepts == "from 1900-01-01 00:00 UTC to 2200-12-31 23:00 UTC", why


# ---------------------------------------------------------------- rule 2


@pytest.mark.parametrize(
    ("calendar", "instant", "expected", "why"),
    [
        (OFFICE, "Fri 2026-11-20 08:59", False, "before opening"),
        (OFFICE, "Fri 2026-11-20 09:00", True, "the opening is open"),
        (OFFICE, "Fri 2026-11-20 16:59:59.999999", True, "the last microsecond"),
        (OFFICE, "Fri 2026-11-20 17:00", False, "the closing is closed"),
        (OFFICE, "Sat 2026-11-21 10:00", False, "the weekend"),
        (LUNCH, "Fri 2026-11-20 12:30", False, "the break begins"),
        (LUNCH, "Fri 2026-11-20 13:30", True, "the break is over"),
        (NIGHTS, "Fri 2026-11-20 23:00", True, "a night shift"),
        (NIGHTS, "Sat 2026-11-21 05:59", True, "past midnight, also into a day without a window"),
        (NIGHTS, "Sat 2026-11-21 06:00", False, "until six"),
        (NIGHTS, "Mon 2026-11-23 05:59", False, "Sunday has no night shift"),
        (Calendar(BRUSSELS, "Fri 18:00-24:00"), "Fri 2026-11-20 23:59", True, "until 24:00"),
        (Calendar(BRUSSELS, "Fri 18:00-24:00"), "Sat 2026-11-21 00:00", False, "and not after it"),
        (OFFICE, "Fri 2026-11-20 08:00+00:00", True, "the question can be in any zone"),
    ],
)
def test_rule_2_open_at_the_opening_closed_at_the_closing(
    calendar: Calendar, instant: str, *, expected: bool, why: str
) -> None:
    assert expected is calendar.is_open(at(instant)), why


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected", "why"),
    [
        (
            LUNCH,
            "Fri 2026-11-20 10:00",
            "Sat 2026-11-21 10:00",
            [
                "Fri 2026-11-20 10:00+01:00 to Fri 2026-11-20 12:30+01:00",
                "Fri 2026-11-20 13:30+01:00 to Fri 2026-11-20 17:00+01:00",
                "Sat 2026-11-21 09:00+01:00 to Sat 2026-11-21 10:00+01:00",
            ],
            "clipped at both ends",
        ),
        (OFFICE, "Fri 2026-11-20 17:00", "Mon 2026-11-23 09:00", [], "the weekend has none"),
        (OFFICE, "Fri 2026-11-20 10:00", "Fri 2026-11-20 10:00", [], "an instant has none"),
        (
            Calendar(BRUSSELS, "Fri 18:00-24:00; Sat 00:00-02:00"),
            "Fri 2026-11-20 00:00",
            "Sun 2026-11-22 00:00",
            ["Fri 2026-11-20 18:00+01:00 to Sat 2026-11-21 02:00+01:00"],
            "windows that meet at midnight are one interval",
        ),
        (
            NIGHTS,
            "Sat 2026-11-21 00:00",
            "Sun 2026-11-22 00:00",
            ["Sat 2026-11-21 00:00+01:00 to Sat 2026-11-21 06:00+01:00"],
            "the end of Friday's night is there on Saturday",
        ),
        (
            ALWAYS,
            "Fri 2026-11-20 10:00",
            "Mon 2028-11-20 10:00",
            ["Fri 2026-11-20 10:00+01:00 to Mon 2028-11-20 10:00+01:00"],
            "24/7 is one interval, also over the years",
        ),
    ],
)
def test_rule_2_intervals(calendar: Calendar, start: str, end: str, expected: Sequence[str], why: str) -> None:
    assert list(expected) == hours_of(calendar.intervals(at(start), at(end))), why


def test_intervals_are_computed_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = recorded(monkeypatch)
    intervals = replace(OFFICE).intervals(at("Fri 2026-11-20 10:00"), OFFICE.covered.end)

    assert hours_of(islice(intervals, 2)) == [
        "Fri 2026-11-20 10:00+01:00 to Fri 2026-11-20 17:00+01:00",
        "Mon 2026-11-23 09:00+01:00 to Mon 2026-11-23 17:00+01:00",
    ]
    assert max(end for _, end in compiled).year < 2030


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[datetime, datetime]]:
    """What calendars compile from now on, as instants."""
    asked: list[tuple[datetime, datetime]] = []
    compile_spans = Layers.spans

    def spans(layers: Layers, start: int, end: int) -> Spans:
        asked.append((_utc(start), _utc(end)))
        return compile_spans(layers, start, end)

    monkeypatch.setattr(Layers, "spans", spans)
    return asked


def _utc(us: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)


# ---------------------------------------------------------------- rule 3: windows on days when the clock is moved


@pytest.mark.parametrize(
    ("zone", "hours", "day", "expected", "lasts", "why"),
    [
        (BRUSSELS, "Sat 22:00-06:00", "2026-11-21", "Sat 2026-11-21 22:00+01:00 to Sun 2026-11-22 06:00+01:00", "8:00", "an ordinary night"),
        (BRUSSELS, "Sat 22:00-06:00", "2026-03-28", "Sat 2026-03-28 22:00+01:00 to Sun 2026-03-29 06:00+02:00", "7:00", "a night in spring"),
        (BRUSSELS, "Sat 22:00-06:00", "2026-10-24", "Sat 2026-10-24 22:00+02:00 to Sun 2026-10-25 06:00+01:00", "9:00", "a night in autumn"),
        (BRUSSELS, "Sun 02:30-04:00", "2026-03-29", "Sun 2026-03-29 03:00+02:00 to Sun 2026-03-29 04:00+02:00", "1:00", "it opens in the gap"),
        (BRUSSELS, "Sun 01:00-02:30", "2026-03-29", "Sun 2026-03-29 01:00+01:00 to Sun 2026-03-29 03:00+02:00", "1:00", "it closes in the gap"),
        (BRUSSELS, "Sun 02:00-03:00", "2026-03-29", None, "0:00", "the gap swallows it"),
        (BRUSSELS, "Sun 02:10-02:50", "2026-03-29", None, "0:00", "also a part of the gap"),
        (BRUSSELS, "Sun 03:00-04:00", "2026-03-29", "Sun 2026-03-29 03:00+02:00 to Sun 2026-03-29 04:00+02:00", "1:00", "it opens with the change"),
        (BRUSSELS, "Sun 00:00-24:00", "2026-03-29", "Sun 2026-03-29 00:00+01:00 to Mon 2026-03-30 00:00+02:00", "23:00", "a day in spring"),
        (BRUSSELS, "Sun 02:00-03:00", "2026-10-25", "Sun 2026-10-25 02:00+02:00 to Sun 2026-10-25 03:00+01:00", "2:00", "an hour that comes twice"),
        (BRUSSELS, "Sun 01:00-02:30", "2026-10-25", "Sun 2026-10-25 01:00+02:00 to Sun 2026-10-25 02:30+02:00", "1:30", "it closes at the first of two"),
        (BRUSSELS, "Sun 02:30-04:00", "2026-10-25", "Sun 2026-10-25 02:30+02:00 to Sun 2026-10-25 04:00+01:00", "2:30", "it opens at the first of two"),
        (BRUSSELS, "Sun 02:10-02:50", "2026-10-25", "Sun 2026-10-25 02:10+02:00 to Sun 2026-10-25 02:50+02:00", "0:40", "it does not open twice"),
        (BRUSSELS, "Sun 00:00-24:00", "2026-10-25", "Sun 2026-10-25 00:00+02:00 to Mon 2026-10-26 00:00+01:00", "25:00", "a day in autumn"),
        ("Australia/Lord_Howe", "Sun 01:00-03:00", "2026-10-04", "Sun 2026-10-04 01:00+10:30 to Sun 2026-10-04 03:00+11:00", "1:30", "a gap of half an hour"),
        ("Australia/Lord_Howe", "Sun 02:00-02:30", "2026-10-04", None, "0:00", "that gap swallows it"),
        ("Australia/Lord_Howe", "Sun 01:00-03:00", "2026-04-05", "Sun 2026-04-05 01:00+11:00 to Sun 2026-04-05 03:00+10:30", "2:30", "a fold of half an hour"),
        ("Australia/Lord_Howe", "Sun 01:30-02:00", "2026-04-05", "Sun 2026-04-05 01:30+11:00 to Sun 2026-04-05 02:00+10:30", "1:00", "half an hour that comes twice"),
        ("Pacific/Apia", "Thu 22:00-06:00", "2011-12-29", "Thu 2011-12-29 22:00-10:00 to Sat 2011-12-31 00:00+14:00", "2:00", "a night into the skipped Friday"),
        ("Pacific/Apia", "Thu 09:00-17:00", "2011-12-29", "Thu 2011-12-29 09:00-10:00 to Thu 2011-12-29 17:00-10:00", "8:00", "the day before it"),
        ("Pacific/Apia", "Sat 09:00-17:00", "2011-12-31", "Sat 2011-12-31 09:00+14:00 to Sat 2011-12-31 17:00+14:00", "8:00", "the day after it"),
        ("America/Sao_Paulo", "Sun 00:00-24:00", "2018-11-04", "Sun 2018-11-04 01:00-02:00 to Mon 2018-11-05 00:00-02:00", "23:00", "a day without a midnight"),
        ("America/Sao_Paulo", "Sat 22:00-24:00", "2018-11-03", "Sat 2018-11-03 22:00-03:00 to Sun 2018-11-04 01:00-02:00", "2:00", "until that midnight"),
        ("America/Sao_Paulo", "Sat 22:00-24:00", "2018-02-17", "Sat 2018-02-17 22:00-02:00 to Sun 2018-02-18 00:00-03:00", "3:00", "the hour before midnight comes twice"),
        ("America/Sao_Paulo", "Sun 00:00-02:00", "2018-02-18", "Sun 2018-02-18 00:00-03:00 to Sun 2018-02-18 02:00-03:00", "2:00", "and the date begins after it"),
        ("Asia/Beirut", "Sat 18:00-24:00", "2023-03-25", "Sat 2023-03-25 18:00+02:00 to Sun 2023-03-26 01:00+03:00", "6:00", "midnight is skipped"),
        ("Asia/Beirut", "Sun 00:00-02:00", "2023-03-26", "Sun 2023-03-26 01:00+03:00 to Sun 2023-03-26 02:00+03:00", "1:00", "the date begins at one"),
        ("Asia/Beirut", "Sat 18:00-24:00", "2023-10-28", "Sat 2023-10-28 18:00+03:00 to Sun 2023-10-29 00:00+02:00", "7:00", "the hour before midnight comes twice"),
        ("Africa/Casablanca", "Sun 00:00-06:00", "2023-03-19", "Sun 2023-03-19 00:00+01:00 to Sun 2023-03-19 06:00+00:00", "7:00", "Ramadan begins: back an hour"),
        ("Africa/Casablanca", "Sun 00:00-06:00", "2023-04-23", "Sun 2023-04-23 00:00+00:00 to Sun 2023-04-23 06:00+01:00", "5:00", "Ramadan is over: an hour forward"),
        ("America/Havana", "Sun 00:00-02:00", "2026-03-08", "Sun 2026-03-08 01:00-04:00 to Sun 2026-03-08 02:00-04:00", "1:00", "the hour after midnight is skipped"),
        ("America/Havana", "Sun 00:00-02:00", "2026-11-01", "Sun 2026-11-01 00:00-04:00 to Sun 2026-11-01 02:00-05:00", "3:00", "the hour after midnight comes twice"),
        ("America/Havana", "Sat 22:00-24:00", "2026-10-31", "Sat 2026-10-31 22:00-04:00 to Sun 2026-11-01 00:00-04:00", "2:00", "until the first of the two midnights"),
        ("America/St_Johns", "Sat 22:00-24:00", "2010-11-06", "Sat 2010-11-06 22:00-02:30 to Sun 2010-11-07 00:00-02:30", "2:00", "closed when Saturday evening comes again"),
        ("America/St_Johns", "Sun 00:00-02:00", "2010-11-07", "Sun 2010-11-07 00:00-02:30 to Sun 2010-11-07 02:00-03:30", "3:00", "Sunday began before it"),
    ],
)  # fmt: skip
def test_rule_3_elapsed_time_is_real_time_between_the_first_instants_of_the_wall_times(
    zone: str, hours: str, day: str, expected: str | None, lasts: str, why: str
) -> None:
    calendar = Calendar(zone, hours)
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    week = noon - timedelta(days=3), noon + timedelta(days=3)  # the window comes once a week

    assert ([expected] if expected else []) == hours_of(calendar.intervals(*week)), why
    assert amount(lasts) == calendar.elapsed(*week), why


def test_rule_3_a_window_end_in_a_spring_gap_is_the_instant_of_the_change() -> None:
    calendar = Calendar(BRUSSELS, "Sun 01:00-02:30")

    assert calendar.is_open(at("Sun 2026-03-29 02:59:59+02:00"))
    assert not calendar.is_open(at("Sun 2026-03-29 03:00+02:00"))
    assert said(calendar.next_close(at("Sun 2026-03-29 01:00"))) == "Sun 2026-03-29 03:00+02:00"


def test_rule_3_a_window_end_in_an_autumn_fold_is_the_first_of_the_two() -> None:
    calendar = Calendar(BRUSSELS, "Sun 01:00-02:30")

    assert calendar.is_open(at("Sun 2026-10-25 02:29+02:00"))
    assert not calendar.is_open(at("Sun 2026-10-25 02:30+02:00"))
    assert not calendar.is_open(at("Sun 2026-10-25 02:15+01:00"))  # the clock reads 02:15 again


def test_rule_3_a_window_that_the_gap_swallows_is_dropped() -> None:
    calendar = Calendar(BRUSSELS, "Sun 02:00-03:00")

    assert said(calendar.next_open(at("Sun 2026-03-22 12:00"))) == "Sun 2026-04-05 02:00+02:00"
    assert said(calendar.previous_close(at("Sun 2026-03-29 12:00"))) == "Sun 2026-03-22 03:00+01:00"


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due", "why"),
    [
        (ALWAYS, "Sat 2026-03-28 12:00", "24:00", "Sun 2026-03-29 13:00+02:00", "24 hours are 24 hours in spring"),
        (ALWAYS, "Sat 2026-10-24 12:00", "24:00", "Sun 2026-10-25 11:00+01:00", "and in autumn"),
        (ALWAYS, "Sun 2026-10-25 01:30", "1:00", "Sun 2026-10-25 02:30+02:00", "due in the first pass"),
        (ALWAYS, "Sun 2026-10-25 01:30", "2:00", "Sun 2026-10-25 02:30+01:00", "due in the second pass"),
        (Calendar("Pacific/Apia", "24/7"), "Thu 2011-12-29 12:00-10:00", "24:00", "Sat 2011-12-31 12:00+14:00", "over a skipped date"),
        (Calendar("Pacific/Apia", "Mon-Fri 09:00-17:00"), "Thu 2011-12-29 16:00-10:00", "2:00", "Mon 2012-01-02 10:00+14:00", "Friday did not happen"),
    ],
)  # fmt: skip
def test_rule_3_add_counts_real_time(calendar: Calendar, start: str, length: str, due: str, why: str) -> None:
    assert due == said(calendar.add(at(start), amount(length))), why
    assert amount(length) == calendar.elapsed(at(start), at(due)), why


# ---------------------------------------------------------------- rule 4: the last speaker wins


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due", "why"),
    [
        (HELPDESK, "Tue 2026-11-10 16:00", "2:00", "Thu 2026-11-12 10:00+01:00", "a holiday is closed: Armistice Day"),
        (PRIORITY, "Tue 2026-11-10 16:00", "2:00", "Wed 2026-11-11 10:00+01:00", "on a holiday the hours are those of PH"),
        (PRIORITY, "Wed 2026-11-11 10:00", "3:00", "Thu 2026-11-12 10:00+01:00", "and no others"),
        (PRIORITY, "Sat 2026-11-21 12:00", "1:00", "Sun 2026-11-22 10:00+01:00", "Sundays have their own"),
        (HELPDESK, "Fri 2026-08-14 16:00", "2:00", "Mon 2026-08-17 10:00+02:00", "a holiday on a Saturday: Assumption Day"),
        (PRIORITY, "Fri 2026-08-14 16:00", "2:00", "Sat 2026-08-15 10:00+02:00", "with PH hours in place of Saturday's"),
        (HELPDESK.replace(open_on_holidays=True), "Tue 2026-11-10 16:00", "2:00", "Wed 2026-11-11 10:00+01:00", "open on holidays as on any Wednesday"),
        (PRIORITY.replace(open_on_holidays=True), "Wed 2026-11-11 11:00", "2:00", "Wed 2026-11-11 13:00+01:00", "which drops the hours of PH too"),
        (HELPDESK.extend(special_days={"2026-11-11": "10:00-12:00"}), "Tue 2026-11-10 16:00", "2:00", "Wed 2026-11-11 11:00+01:00", "a special day outranks the holiday"),
        (HELPDESK.extend(special_days={"2026-11-11": "+10:00-12:00"}), "Tue 2026-11-10 16:00", "2:00", "Wed 2026-11-11 11:00+01:00", "adding to a closed holiday opens it"),
        (HELPDESK.extend(special_days={"2026-11-11": "-10:00-12:00"}), "Tue 2026-11-10 16:00", "2:00", "Thu 2026-11-12 10:00+01:00", "removing from it does not"),
        (PRIORITY.extend(special_days={"2026-11-11": "-09:00-10:00"}), "Tue 2026-11-10 16:00", "2:00", "Wed 2026-11-11 11:00+01:00", "a special day works on the hours of PH"),
        (HELPDESK.extend(special_days={"2026-11-12": "closed"}), "Tue 2026-11-10 16:00", "2:00", "Fri 2026-11-13 10:00+01:00", "the day after is closed too"),
        (HELPDESK.extend(special_days={"2026-11-08": "10:00-12:00"}), "Sat 2026-11-07 12:00", "1:00", "Sun 2026-11-08 11:00+01:00", "a Sunday that is open once"),
        (OFFICE.extend(special_days={"FREQ=MONTHLY;BYDAY=-1FR": "09:00-15:00"}), "Fri 2026-11-27 14:00", "2:00", "Mon 2026-11-30 10:00+01:00", "the last Friday of the month until 15:00"),
        (OFFICE.extend(special_days={"FREQ=MONTHLY;BYDAY=-1FR": "09:00-15:00"}), "Fri 2026-11-20 14:00", "2:00", "Fri 2026-11-20 16:00+01:00", "and no other Friday"),
        (HELPDESK.extend(special_days={"FREQ=MONTHLY;BYDAY=-1FR": "09:00-15:00"}), "Thu 2026-12-24 16:00", "2:00", "Fri 2026-12-25 10:00+01:00", "pitfall: hours that replace open a holiday"),
        (HELPDESK.extend(special_days={"FREQ=MONTHLY;BYDAY=-1FR": "-15:00-24:00"}), "Thu 2026-12-24 16:00", "2:00", "Sat 2026-12-26 10:00+01:00", "hours that are removed do not"),
        (EVE_OFF, "Wed 2026-12-23 16:00", "5:00", "Thu 2026-12-24 13:00+01:00", "a half day has its four hours"),
        (EVE_OFF, "Wed 2026-12-23 16:00", "5:01", "Fri 2026-12-25 09:01+01:00", "and not a minute more"),
        (EVE_OFF, "Wed 2026-12-30 16:00", "2:00", "Fri 2027-01-01 10:00+01:00", "closed on the 31st"),
        (OFFICE.extend(special_days={"12-24..01-02": "closed"}), "Wed 2026-12-23 16:00", "2:00", "Mon 2027-01-04 10:00+01:00", "closed over New Year"),
        (OFFICE.extend(special_days={"12-24..01-02": "closed"}), "Thu 2027-12-23 16:00", "2:00", "Mon 2028-01-03 10:00+01:00", "every year"),
        (OFFICE.extend(special_days={"12-24..01-02": "closed", "2026-12-28": "10:00-12:00"}), "Wed 2026-12-23 16:00", "2:00", "Mon 2026-12-28 11:00+01:00", "but for a single date"),
    ],
)  # fmt: skip
def test_rule_4_the_last_speaker_wins(calendar: Calendar, start: str, length: str, due: str, why: str) -> None:
    assert due == said(calendar.add(at(start), amount(length))), why


def test_rule_4_a_priority_calendar_is_open_on_a_belgian_holiday_until_noon() -> None:
    wednesday = at("Wed 2026-11-11 10:00")

    assert PRIORITY.is_open(wednesday)
    assert said(PRIORITY.next_close(wednesday)) == "Wed 2026-11-11 12:00+01:00"
    assert not HELPDESK.is_open(wednesday)
    assert said(HELPDESK.next_open(wednesday)) == "Thu 2026-11-12 09:00+01:00"


def test_rule_4_a_hungarian_working_saturday_is_a_special_day() -> None:
    # In 2026 Hungary works on Saturday 10 January, for Friday 2 January, which the holiday data has as a day off.
    budapest = Calendar(
        "Europe/Budapest", "Mon-Fri 09:00-17:00", holidays="HU", special_days={"2026-01-10": "09:00-17:00"}
    )

    assert said(budapest.add(at("Fri 2026-01-09 16:00"), 2 * HOUR)) == "Sat 2026-01-10 10:00+01:00"
    assert said(budapest.add(at("Wed 2025-12-31 16:00"), 2 * HOUR)) == "Mon 2026-01-05 10:00+01:00"


FRIDAY_NIGHT = "Fri 22:00-06:00"


@pytest.mark.parametrize(
    ("changes", "expected", "why"),
    [
        ({}, ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 06:00+01:00"], "the night belongs to Friday"),
        ({"2026-11-21": "closed"}, ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 06:00+01:00"], "closing Saturday does not cut it"),
        ({"2026-11-20": "closed"}, [], "closing Friday takes all of it, after midnight too"),
        ({"2026-11-21": "04:00-08:00"}, ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 08:00+01:00"], "Saturday's own hours come on top"),
        ({"2026-11-21": "-00:00-24:00"}, ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 06:00+01:00"], "nothing of Saturday's to remove"),
        ({"2026-11-20": "-00:00-24:00"}, ["Sat 2026-11-21 00:00+01:00 to Sat 2026-11-21 06:00+01:00"], "removing until midnight leaves the rest"),
    ],
)  # fmt: skip
def test_rule_4_a_window_belongs_to_the_date_it_is_written_under(
    changes: Mapping[str, str], expected: Sequence[str], why: str
) -> None:
    calendar = Calendar(BRUSSELS, FRIDAY_NIGHT, special_days=changes)

    assert list(expected) == hours_of(calendar.intervals(at("Fri 2026-11-20 12:00"), at("Sat 2026-11-21 12:00"))), why


@pytest.mark.parametrize(
    ("holiday", "expected"),
    [
        ("2026-11-20", []),
        ("2026-11-21", ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 06:00+01:00"]),
    ],
    ids=["a holiday on Friday closes the night", "a holiday on Saturday does not"],
)
def test_rule_4_a_holiday_acts_on_the_windows_of_its_own_date(holiday: str, expected: Sequence[str]) -> None:
    holidays = FrozenHolidays.of({date.fromisoformat(holiday): "Local holiday"}, years=(2026, 2026))
    calendar = Calendar(BRUSSELS, FRIDAY_NIGHT, holidays=holidays)

    assert list(expected) == hours_of(calendar.intervals(at("Fri 2026-11-20 12:00"), at("Sat 2026-11-21 12:00")))


@pytest.mark.parametrize(
    ("start", "end", "expected", "why"),
    [
        ("Sat 2026-11-21 00:00", "Sat 2026-11-21 23:00", ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 00:00+01:00"], "it cuts a spill past midnight"),
        ("Fri 2026-11-20 12:00", "Sat 2026-11-21 00:00", ["Sat 2026-11-21 00:00+01:00 to Sat 2026-11-21 06:00+01:00"], "or all before it"),
        ("Fri 2026-11-20 23:00", "Sat 2026-11-21 01:30", ["Fri 2026-11-20 22:00+01:00 to Fri 2026-11-20 23:00+01:00", "Sat 2026-11-21 01:30+01:00 to Sat 2026-11-21 06:00+01:00"], "or the middle"),
        ("Fri 2026-11-20 17:00-05:00", "Sat 2026-11-21 23:00", ["Fri 2026-11-20 22:00+01:00 to Fri 2026-11-20 23:00+01:00"], "said in any zone"),
        ("Fri 2026-11-20 12:00", "Fri 2026-11-20 22:00", ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 06:00+01:00"], "half-open: back at 22:00 is open at 22:00"),
    ],
)  # fmt: skip
def test_rule_4_an_absence_closes_whatever_the_hours_say(
    start: str, end: str, expected: Sequence[str], why: str
) -> None:
    calendar = Calendar(BRUSSELS, FRIDAY_NIGHT, absences=[Absence(at(start), at(end))])

    assert list(expected) == hours_of(calendar.intervals(at("Fri 2026-11-20 12:00"), at("Sat 2026-11-21 12:00"))), why


def test_rule_4_an_absence_outranks_a_special_day() -> None:
    away = Absence(at("Thu 2026-12-24 00:00"), at("Sat 2026-12-26 00:00"))
    calendar = EVE_OFF - away

    assert said(calendar.add(at("Wed 2026-12-23 16:00"), 2 * HOUR)) == "Mon 2026-12-28 10:00+01:00"
    assert calendar == EVE_OFF.extend(absences=[away])


def test_rule_4_a_date_that_the_zone_skips_has_no_windows() -> None:
    # Samoa went from Thursday 29 to Saturday 31 December 2011.
    friday_night = Calendar("Pacific/Apia", "Fri 22:00-06:00")
    on_friday = Calendar("Pacific/Apia", "Mon 09:00-17:00", special_days={"2011-12-30": "09:00-17:00"})
    from_thursday, to_sunday = at("Thu 2011-12-29 00:00-10:00"), at("Sun 2012-01-01 23:00+14:00")

    assert hours_of(friday_night.intervals(from_thursday, to_sunday)) == []
    assert hours_of(on_friday.intervals(from_thursday, to_sunday)) == []
    assert said(friday_night.next_open(from_thursday)) == "Fri 2012-01-06 22:00+14:00"


# ---------------------------------------------------------------- rule 5


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due", "why"),
    [
        (LUNCH, "Fri 2026-11-20 18:30", 4 * HOUR, "Mon 2026-11-23 10:00+01:00", "three hours on Saturday, one on Monday"),
        (OFFICE, "Fri 2026-11-20 09:00", 8 * HOUR, "Fri 2026-11-20 17:00+01:00", "what fills Friday is due Friday at closing"),
        (OFFICE, "Fri 2026-11-20 08:00", 8 * HOUR, "Fri 2026-11-20 17:00+01:00", "also when it came in before opening"),
        (OFFICE, "Fri 2026-11-20 16:00", HOUR, "Fri 2026-11-20 17:00+01:00", "the last hour"),
        (OFFICE, "Fri 2026-11-20 16:00", HOUR + MINUTE, "Mon 2026-11-23 09:01+01:00", "a minute more is Monday"),
        (OFFICE, "Fri 2026-11-20 17:00", HOUR, "Mon 2026-11-23 10:00+01:00", "at closing it is too late for Friday"),
        (LUNCH, "Fri 2026-11-20 09:00", 3.5 * HOUR, "Fri 2026-11-20 12:30+01:00", "what fills the morning is due before the break"),
        (LUNCH, "Fri 2026-11-20 12:45", HOUR, "Fri 2026-11-20 14:30+01:00", "received in the break"),
        (OFFICE, "Fri 2026-11-20 12:00", 40 * HOUR, "Fri 2026-11-27 12:00+01:00", "forty hours are a week"),
        (NIGHTS, "Fri 2026-11-20 23:00", 8 * HOUR, "Mon 2026-11-23 23:00+01:00", "seven that night, one on Monday"),
        (ALWAYS, "Fri 2026-11-20 18:30", 4 * HOUR, "Fri 2026-11-20 22:30+01:00", "24/7 is the wall clock"),
        (OFFICE, "Fri 2026-11-20 10:00", 0 * HOUR, "Fri 2026-11-20 10:00+01:00", "zero in open time stays"),
        (OFFICE, "Fri 2026-11-20 17:00", 0 * HOUR, "Mon 2026-11-23 09:00+01:00", "zero at closing rolls forward"),
        (OFFICE, "Fri 2026-11-20 09:00", 0 * HOUR, "Fri 2026-11-20 09:00+01:00", "zero at opening stays"),
        (OFFICE, "Fri 2026-11-20 12:00", 10_432 * HOUR, "Thu 2031-11-20 12:00+01:00", "five years are 260 weeks of 5 days, and 4 days"),
    ],
)  # fmt: skip
def test_rule_5_add_is_the_earliest_instant_with_so_much_open_time(
    calendar: Calendar, start: str, length: timedelta, due: str, why: str
) -> None:
    assert due == said(calendar.add(at(start), length)), why


@pytest.mark.parametrize(
    ("calendar", "end", "length", "begun", "why"),
    [
        (OFFICE, "Mon 2026-11-23 10:00", HOUR, "Mon 2026-11-23 09:00+01:00", "what fills the morning began at opening"),
        (OFFICE, "Mon 2026-11-23 10:00", 2 * HOUR, "Fri 2026-11-20 16:00+01:00", "an hour more was Friday"),
        (OFFICE, "Mon 2026-11-23 10:00", 9 * HOUR, "Fri 2026-11-20 09:00+01:00", "all of Friday"),
        (OFFICE, "Sun 2026-11-22 12:00", HOUR, "Fri 2026-11-20 16:00+01:00", "from the weekend"),
        (OFFICE, "Mon 2026-11-23 09:00", HOUR, "Fri 2026-11-20 16:00+01:00", "at opening nothing of Monday is there"),
        (OFFICE, "Mon 2026-11-23 09:00", 0 * HOUR, "Fri 2026-11-20 17:00+01:00", "zero at opening rolls back"),
        (OFFICE, "Fri 2026-11-20 17:00", 0 * HOUR, "Fri 2026-11-20 17:00+01:00", "zero at closing stays"),
        (OFFICE, "Fri 2026-11-20 10:00", 0 * HOUR, "Fri 2026-11-20 10:00+01:00", "zero in open time stays"),
        (LUNCH, "Mon 2026-11-23 10:00", 4 * HOUR, "Sat 2026-11-21 09:00+01:00", "an hour on Monday, three on Saturday"),
        (
            NIGHTS,
            "Mon 2026-11-23 23:00",
            2 * HOUR,
            "Sat 2026-11-21 05:00+01:00",
            "an hour of that night, one of the last",
        ),
    ],
)
def test_rule_5_subtract_mirrors_add(calendar: Calendar, end: str, length: timedelta, begun: str, why: str) -> None:
    assert begun == said(calendar.subtract(at(end), length)), why


@pytest.mark.parametrize(
    ("calendar", "instant", "forward", "back", "why"),
    [
        (
            OFFICE,
            "Fri 2026-11-20 10:00",
            "Fri 2026-11-20 10:00+01:00",
            "Fri 2026-11-20 10:00+01:00",
            "itself when open",
        ),
        (OFFICE, "Fri 2026-11-20 09:00", "Fri 2026-11-20 09:00+01:00", "Thu 2026-11-19 17:00+01:00", "an opening"),
        (OFFICE, "Fri 2026-11-20 17:00", "Mon 2026-11-23 09:00+01:00", "Fri 2026-11-20 17:00+01:00", "a closing"),
        (OFFICE, "Sat 2026-11-21 12:00", "Mon 2026-11-23 09:00+01:00", "Fri 2026-11-20 17:00+01:00", "the weekend"),
        (LUNCH, "Fri 2026-11-20 13:00", "Fri 2026-11-20 13:30+01:00", "Fri 2026-11-20 12:30+01:00", "the break"),
        (ALWAYS, "Sat 2026-11-21 12:00", "Sat 2026-11-21 12:00+01:00", "Sat 2026-11-21 12:00+01:00", "24/7"),
    ],
)
def test_rule_5_rolling_forward_and_back(calendar: Calendar, instant: str, forward: str, back: str, why: str) -> None:
    assert forward == said(calendar.roll_forward(at(instant))), why
    assert back == said(calendar.roll_back(at(instant))), why


@pytest.mark.parametrize(
    ("instant", "next_open", "next_close", "previous_open", "previous_close", "why"),
    [
        ("Fri 2026-11-20 18:30", "Sat 2026-11-21 09:00", "Sat 2026-11-21 12:00", "Fri 2026-11-20 13:30", "Fri 2026-11-20 17:00", "in the evening"),
        ("Fri 2026-11-20 10:00", "Fri 2026-11-20 13:30", "Fri 2026-11-20 12:30", "Fri 2026-11-20 09:00", "Thu 2026-11-19 17:00", "in the morning"),
        ("Fri 2026-11-20 09:00", "Fri 2026-11-20 13:30", "Fri 2026-11-20 12:30", "Thu 2026-11-19 13:30", "Thu 2026-11-19 17:00", "at an opening: strictly before and after"),
        ("Fri 2026-11-20 12:30", "Fri 2026-11-20 13:30", "Fri 2026-11-20 17:00", "Fri 2026-11-20 09:00", "Thu 2026-11-19 17:00", "at a closing: strictly before and after"),
        ("Fri 2026-11-20 13:00", "Fri 2026-11-20 13:30", "Fri 2026-11-20 17:00", "Fri 2026-11-20 09:00", "Fri 2026-11-20 12:30", "in the break"),
    ],
)  # fmt: skip
def test_rule_5_openings_and_closings_are_strictly_after_or_before(
    instant: str, next_open: str, next_close: str, previous_open: str, previous_close: str, why: str
) -> None:
    asked = at(instant)

    assert f"{next_open}+01:00" == said(LUNCH.next_open(asked)), why
    assert f"{next_close}+01:00" == said(LUNCH.next_close(asked)), why
    assert f"{previous_open}+01:00" == said(LUNCH.previous_open(asked)), why
    assert f"{previous_close}+01:00" == said(LUNCH.previous_close(asked)), why


@pytest.mark.parametrize(
    ("calendar", "why"),
    [
        (ALWAYS, "24/7"),
        (Calendar(BRUSSELS, "Mon-Sun 00:00-24:00"), "every day, in other words"),
        (Calendar(BRUSSELS, "Mon-Sun 06:00-14:00 14:00-22:00 22:00-06:00"), "three shifts around the clock"),
        (Calendar(BRUSSELS, "24/7", holidays="BE"), "24/7 is open on holidays too"),
        (Calendar(BRUSSELS, "Mon-Sun 00:00-24:00", holidays="BE", open_on_holidays=True), "or told to be"),
    ],
)
def test_rule_5_what_is_always_open_has_no_next_opening(calendar: Calendar, why: str) -> None:
    asked = at("Fri 2026-11-20 18:30")

    assert calendar.next_open(asked) is None, why
    assert calendar.next_close(asked) is None, why
    assert calendar.previous_open(asked) is None, why
    assert calendar.previous_close(asked) is None, why


def test_rule_5_a_24_7_service_with_one_break_opens_once_more() -> None:
    calendar = ALWAYS - Absence(at("Sat 2026-11-21 02:00"), at("Sat 2026-11-21 03:00"), "maintenance")
    before, after = at("Fri 2026-11-20 18:30"), at("Mon 2026-11-23 09:00")

    assert said(calendar.next_close(before)) == "Sat 2026-11-21 02:00+01:00"
    assert said(calendar.next_open(before)) == "Sat 2026-11-21 03:00+01:00"
    assert calendar.next_open(after) is None
    assert calendar.next_close(after) is None
    assert said(calendar.previous_open(after)) == "Sat 2026-11-21 03:00+01:00"
    assert calendar.previous_open(before) is None


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected", "why"),
    [
        (OFFICE, "Fri 2026-11-20 16:00", "Mon 2026-11-23 10:00", 2 * HOUR, "an hour on Friday, one on Monday"),
        (OFFICE, "Mon 2026-11-23 10:00", "Fri 2026-11-20 16:00", -2 * HOUR, "negative when it goes back"),
        (OFFICE, "Sat 2026-11-21 00:00", "Mon 2026-11-23 00:00", 0 * HOUR, "nothing at the weekend"),
        (LUNCH, "Fri 2026-11-20 12:00", "Fri 2026-11-20 14:00", HOUR, "half an hour on either side of the break"),
        (EVE_OFF, "Mon 2026-12-21 00:00", "Mon 2026-12-28 00:00", 36 * HOUR, "four whole days and a half one"),
        (HELPDESK, "Mon 2026-11-09 00:00", "Mon 2026-11-16 00:00", 35 * HOUR, "four days and a Saturday: Wednesday is a holiday"),
        (PRIORITY, "Mon 2026-11-09 00:00", "Mon 2026-11-16 00:00", 41 * HOUR, "three hours more on Wednesday and on Sunday"),
        (OFFICE, "Fri 2026-11-20 16:00+01:00", "Fri 2026-11-20 15:30+00:00", 0.5 * HOUR, "ends in different zones"),
    ],
)  # fmt: skip
def test_elapsed_is_the_open_time_between(
    calendar: Calendar, start: str, end: str, expected: timedelta, why: str
) -> None:
    assert expected == calendar.elapsed(at(start), at(end)), why


# ---------------------------------------------------------------- rule 10: versions


LATER_HOURS = OFFICE.replace(versions={"2027-01-01": "Mon-Fri 10:00-18:00"})


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due", "why"),
    [
        (LATER_HOURS, "Thu 2026-12-31 16:00", "2:00", "Fri 2027-01-01 11:00+01:00", "an hour of the old hours, one of the new"),
        (LATER_HOURS, "Wed 2026-12-30 16:00", "2:00", "Thu 2026-12-31 10:00+01:00", "the old hours until the last date"),
        (LATER_HOURS, "Fri 2027-01-01 17:00", "2:00", "Mon 2027-01-04 11:00+01:00", "the new hours from the first date on"),
        (OFFICE.replace(versions={"2027-01-01": "Mon-Fri 09:00-17:00"}), "Thu 2026-12-31 16:00", "2:00", "Fri 2027-01-01 10:00+01:00", "a version of equal hours changes nothing"),
        (NIGHTS.replace(versions={"2027-01-01": "Mon-Fri 09:00-17:00"}), "Fri 2027-01-01 05:00", "2:00", "Fri 2027-01-01 10:00+01:00", "the last night runs into the new hours"),
        (OFFICE.replace(versions={"2027-01-01": "closed", "2027-02-01": "Mon-Fri 09:00-17:00"}), "Thu 2026-12-31 16:00", "2:00", "Mon 2027-02-01 10:00+01:00", "closed for a month"),
        (OFFICE.replace(versions={"2027-02-01": "Mon-Fri 12:00-13:00", "2027-01-01": "Mon-Fri 11:00-12:00"}), "Thu 2026-12-31 16:00", "2:00", "Fri 2027-01-01 12:00+01:00", "versions in any order"),
        (PRIORITY.replace(versions={"2026-11-01": "Mon-Fri 09:00-17:00"}), "Tue 2026-11-10 16:00", "2:00", "Thu 2026-11-12 10:00+01:00", "a version has its own hours of PH, or none"),
    ],
)  # fmt: skip
def test_rule_10_opening_hours_are_those_in_force_at_each_instant(
    calendar: Calendar, start: str, length: str, due: str, why: str
) -> None:
    assert due == said(calendar.add(at(start), amount(length))), why


@pytest.mark.parametrize(
    "versions",
    [
        {date(2027, 1, 1): "Mon-Fri 10:00-18:00"},
        [("2027-01-01", "Mon-Fri 10:00-18:00")],
        [(date(2027, 1, 1), Hours.parse("Mon-Fri 10:00-18:00"))],
        {"2027-01-01": {"Mon-Fri": "10:00-18:00"}},
    ],
    ids=["by date", "as pairs", "as values", "as a mapping of days"],
)
def test_versions_can_be_written_in_several_ways(versions: Mapping[date, str]) -> None:
    assert OFFICE.replace(versions=versions) == LATER_HOURS


def test_what_extends_a_calendar_extends_every_version() -> None:
    extended = LATER_HOURS.extend(add_hours="Sat 09:00-12:00")

    assert str(extended.hours) == "Mon-Fri 09:00-17:00; Sat 09:00-12:00"
    assert [(date(2027, 1, 1), "Mon-Fri 10:00-18:00; Sat 09:00-12:00")] == [
        (day, str(hours)) for day, hours in extended.versions
    ]


def test_extending_by_nothing_changes_nothing() -> None:
    assert HELPDESK.extend() == HELPDESK
    assert HELPDESK.replace(open_on_holidays=True) == HELPDESK.replace(open_on_holidays=True).extend()


# ---------------------------------------------------------------- rule 13


def test_rule_13_a_calendar_covers_the_years_of_its_holidays() -> None:
    assert said(HELPDESK.covered.end) == "Sat 2101-01-01 00:00+01:00"
    frozen = HELPDESK.replace(holidays=Holidays("BE").freeze(2024, 2030))
    assert said(frozen.covered.start) == "Mon 2024-01-01 00:00+01:00"
    assert said(frozen.covered.end) == "Wed 2031-01-01 00:00+01:00"


def test_rule_13_the_night_into_the_first_known_year_is_not_known() -> None:
    # Whether 31 December 2023 was a holiday is not known, so neither is its night shift.
    nights = Calendar(BRUSSELS, "Mon-Sun 22:00-06:00", holidays=Holidays("BE").freeze(2024, 2030))

    assert said(nights.covered.start) == "Mon 2024-01-01 06:00+01:00"
    with pytest.raises(HorizonError):
        nights.is_open(at("Mon 2024-01-01 03:00"))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (lambda office: office.is_open(at("Wed 2031-01-01 10:00")), "an instant beyond"),
        (lambda office: office.is_open(at("Fri 2023-12-29 10:00")), "an instant before"),
        (lambda office: office.add(at("Tue 2030-12-31 16:00"), 2 * HOUR), "an answer beyond"),
        (lambda office: office.subtract(at("Tue 2024-01-02 10:00"), 2 * HOUR), "an answer before"),
        (lambda office: office.elapsed(at("Fri 2026-11-20 16:00"), at("Thu 2031-01-02 16:00")), "a range that ends beyond"),
        (lambda office: office.next_open(at("Tue 2030-12-31 16:00")), "an opening beyond"),
        (lambda office: list(office.intervals(at("Tue 2030-12-31 16:00"), at("Thu 2031-01-02 16:00"))), "intervals beyond"),
        (lambda office: office.explain(at("Tue 2030-12-31 16:00"), at("Thu 2031-01-02 16:00")), "a ledger beyond"),
    ],
)  # fmt: skip
def test_rule_13_a_question_that_touches_a_year_beyond_the_holidays_is_an_error(
    question: Callable[[Calendar], object], why: str
) -> None:
    office = OFFICE.replace(holidays=Holidays("BE").freeze(2024, 2030))

    with pytest.raises(HorizonError) as caught:
        question(office)

    assert caught.value.code == "beyond_covered", why
    assert caught.value.accepts == "from 2023-12-31 23:00 UTC to 2030-12-31 23:00 UTC", why


def test_rule_13_a_year_that_no_country_data_knows_is_an_error_and_never_no_holiday() -> None:
    berlin = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE")

    with pytest.raises(HorizonError):
        berlin.is_open(at("Mon 2101-12-26 10:00"))


def test_rule_13_open_on_holidays_needs_no_holidays() -> None:
    always = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE", open_on_holidays=True)

    assert always.is_open(at("Mon 2101-12-26 10:00"))


NEVER_OPEN: Sequence[tuple[Callable[[], Calendar], str]] = [
    (lambda: Calendar(BRUSSELS, "closed"), "no hours at all"),
    (lambda: Calendar(BRUSSELS, "Mon closed"), "no hours, in other words"),
    (lambda: Calendar(BRUSSELS, {}), "an empty mapping"),
    (lambda: Calendar(BRUSSELS, "closed", special_days={"2026-12-24": "closed"}), "a special day that does not open"),
    (lambda: Calendar(BRUSSELS, "closed", special_days={"12-24": "-09:00-17:00"}), "or only takes away"),
    (lambda: Calendar(BRUSSELS, "closed", versions={"2027-01-01": "closed"}), "no version opens"),
    (lambda: Calendar(BRUSSELS, "PH 09:00-12:00"), "hours on holidays, but no holidays"),
    (lambda: Calendar(BRUSSELS, "PH 09:00-12:00", holidays="BE", open_on_holidays=True), "holidays that are not asked"),
    (lambda: OFFICE.replace(hours="closed"), "after a change"),
    (lambda: Calendar(BRUSSELS, "Mon-Fri 09:00-17:00", special_days={"01-01..12-31": "closed"}), "closed every day of every year"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "why"), NEVER_OPEN)
def test_rule_13_a_calendar_that_never_opens_is_refused_when_it_is_built(
    build: Callable[[], Calendar], why: str
) -> None:
    with pytest.raises(CalendarError) as caught:
        build()

    assert caught.value.code == "never_opens", why
    assert caught.value.where == "hours", why


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda: Calendar(BRUSSELS, "closed", special_days={"2026-12-24": "09:00-13:00"}), "open once"),
        (lambda: Calendar(BRUSSELS, "closed", special_days={"12-24": "+09:00-13:00"}), "open once a year"),
        (lambda: Calendar(BRUSSELS, "closed", versions={"2027-01-01": "Mon 09:00-17:00"}), "open later"),
        (lambda: Calendar(BRUSSELS, "PH 09:00-12:00", holidays="BE"), "open on holidays only"),
    ],
)
def test_a_calendar_that_opens_at_some_time_is_taken(build: Callable[[], Calendar], why: str) -> None:
    assert isinstance(build(), Calendar), why


FOR_GOOD = OFFICE.replace(versions={"2027-01-01": "closed"})
ONCE = Calendar(BRUSSELS, "closed", special_days={"2026-12-24": "09:00-13:00"})
FROM_2027 = Calendar(BRUSSELS, "closed", versions={"2027-01-01": "Mon-Fri 09:00-17:00"})
ON_HOLIDAYS = OFFICE.replace(versions={"2027-01-01": "PH 09:00-12:00"})
LONG_CLOSED = ONCE.extend(special_days={"2027-06-01": "closed"})


@pytest.mark.parametrize(
    ("calendar", "question", "why"),
    [
        (FOR_GOOD, lambda c: c.add(at("Thu 2026-12-31 16:00"), 2 * HOUR), "the last hour is there, the next is not"),
        (FOR_GOOD, lambda c: c.add(at("Fri 2026-11-20 16:00"), 1000 * HOUR), "more than is left"),
        (FOR_GOOD, lambda c: c.roll_forward(at("Thu 2026-12-31 17:00")), "at the last closing"),
        (FOR_GOOD, lambda c: c.next_open(at("Thu 2026-12-31 10:00")), "the last day has opened"),
        (FOR_GOOD, lambda c: c.next_close(at("Thu 2026-12-31 17:00")), "and closed"),
        (FOR_GOOD, lambda c: c.next_open(at("Thu 2099-12-31 10:00")), "long after"),
        (ONCE, lambda c: c.next_open(at("Thu 2026-12-24 10:00")), "open on one day only: not after it"),
        (ONCE, lambda c: c.previous_open(at("Wed 2026-12-23 10:00")), "and not before it"),
        (ON_HOLIDAYS, lambda c: c.next_open(at("Fri 2027-01-01 10:00")), "hours on holidays, and no holidays"),
        (
            LONG_CLOSED,
            lambda c: c.next_open(at("Thu 2026-12-24 10:00")),
            "the last rule is months after the last opening",
        ),
        (FROM_2027, lambda c: c.roll_back(at("Fri 2027-01-01 09:00")), "not before the first opening"),
        (FROM_2027, lambda c: c.subtract(at("Fri 2027-01-01 10:00"), 2 * HOUR), "less than was asked for"),
        (FROM_2027, lambda c: c.previous_close(at("Fri 2027-01-01 10:00")), "nothing closed before"),
    ],
)
def test_rule_13_closed_for_good_is_an_error_decided_from_the_last_dated_rule(
    monkeypatch: pytest.MonkeyPatch, calendar: Calendar, question: Callable[[Calendar], object], why: str
) -> None:
    compiled = recorded(monkeypatch)

    with pytest.raises(ClosedForGoodError) as caught:
        question(replace(calendar))  # an unused one

    assert caught.value.code == "closed_for_good", why
    assert len(compiled) <= 3, why
    assert all((end - start).days <= 3 * 366 for start, end in compiled), why


def test_rule_13_before_it_closes_for_good_everything_is_answered() -> None:
    assert said(FOR_GOOD.add(at("Wed 2026-12-30 16:00"), 9 * HOUR)) == "Thu 2026-12-31 17:00+01:00"
    assert FOR_GOOD.elapsed(at("Thu 2026-12-31 16:00"), at("Thu 2099-12-31 10:00")) == HOUR
    assert not FOR_GOOD.is_open(at("Thu 2099-12-31 10:00"))
    assert said(FOR_GOOD.roll_back(at("Thu 2099-12-31 10:00"))) == "Thu 2026-12-31 17:00+01:00"
    assert said(ONCE.next_open(at("Fri 2026-11-20 10:00"))) == "Thu 2026-12-24 09:00+01:00"


def test_rule_13_a_service_that_stops_closes_once() -> None:
    stopping = ALWAYS.replace(versions={"2027-01-01": "closed"})

    assert said(stopping.next_close(at("Fri 2026-11-20 10:00"))) == "Fri 2027-01-01 00:00+01:00"
    with pytest.raises(ClosedForGoodError):
        stopping.next_open(at("Fri 2026-11-20 10:00"))


def test_rule_13_hours_on_a_yearly_date_keep_a_calendar_open() -> None:
    yearly = FOR_GOOD.extend(special_days={"12-24": "09:00-13:00"})

    assert said(yearly.next_open(at("Fri 2027-01-01 00:00"))) == "Fri 2027-12-24 09:00+01:00"


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (datetime(2300, 1, 1, tzinfo=UTC), "beyond the supported years"),
        (datetime.max.replace(tzinfo=UTC), "until the last datetime there is: further notice"),
    ],
)
def test_rule_13_an_absence_may_end_beyond_the_supported_years(until: datetime, why: str) -> None:
    calendar = OFFICE - Absence(at("Fri 2026-11-20 12:00"), until)

    assert calendar.elapsed(at("Fri 2026-11-20 09:00"), at("Mon 2026-11-23 17:00")) == 3 * HOUR, why
    assert said(calendar.add(at("Fri 2026-11-20 09:00"), 3 * HOUR)) == "Fri 2026-11-20 12:00+01:00", why
    with pytest.raises((ClosedForGoodError, HorizonError)):
        calendar.next_open(at("Fri 2026-11-20 12:00"))


# ---------------------------------------------------------------- rule 15


@pytest.mark.parametrize("length", [TICK, HOUR - TICK, HOUR + TICK, 8 * HOUR + TICK])
def test_rule_15_nothing_is_rounded(length: timedelta) -> None:
    start = at("Thu 2026-11-19 09:00")
    due = OFFICE.add(start, length)

    assert length == OFFICE.elapsed(start, due)
    assert length - TICK == OFFICE.elapsed(start, due - TICK)
    assert start == OFFICE.subtract(due, length)


def test_rule_15_a_microsecond_too_late_is_the_next_opening() -> None:
    assert said(OFFICE.add(at("Fri 2026-11-20 16:00"), HOUR)) == "Fri 2026-11-20 17:00+01:00"
    assert OFFICE.add(at("Fri 2026-11-20 16:00"), HOUR + TICK).isoformat() == "2026-11-23T09:00:00.000001+01:00"


# ---------------------------------------------------------------- values


EVERYTHING = Calendar(
    BRUSSELS,
    "Mon-Fri 09:00-12:30 13:30-17:00; Sat 22:00-06:00; Sun,PH 09:00-12:00",
    holidays=Holidays("BE", language="fr").freeze(2024, 2030),
    special_days=[
        SpecialDay.of("2026-12-24", "09:00-13:00", name="Christmas Eve"),
        SpecialDay.of(DateRange(date(2026, 7, 1), date(2026, 7, 31)), "-13:30-17:00", name="summer"),
        SpecialDay.of("12-31", "closed"),
        SpecialDay.of("FREQ=MONTHLY;BYDAY=-1FR", "+17:00-18:00"),
    ],
    absences=[Absence(datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC), "offsite")],
    versions={"2027-01-01": "Mon-Fri 10:00-18:00"},
)


def used(calendar: Calendar) -> Calendar:
    """The same calendar, unused until now, and then asked everything."""
    fresh = replace(calendar)
    asked = at("Fri 2026-11-20 18:30")
    fresh.add(asked, 100 * HOUR)
    fresh.subtract(asked, 100 * HOUR)
    fresh.explain(asked, asked + 99 * HOUR)
    list(fresh.intervals(asked, asked + 999 * HOUR))
    fresh.working_dates().after(date(2026, 11, 20), 5)
    return fresh


@pytest.mark.parametrize("calendar", [OFFICE, HELPDESK, ALWAYS, EVERYTHING], ids=["hours", "BE", "24/7", "everything"])
def test_a_used_calendar_is_the_same_value_as_an_unused_one(calendar: Calendar) -> None:
    unused, after_use = replace(calendar), used(calendar)

    assert unused == after_use
    assert hash(unused) == hash(after_use)
    assert repr(unused) == repr(after_use)
    assert len({unused, after_use}) == 1
    assert len(pickle.dumps(after_use)) == len(pickle.dumps(unused))


@pytest.mark.parametrize("calendar", [OFFICE, HELPDESK, ALWAYS, EVERYTHING], ids=["hours", "BE", "24/7", "everything"])
@pytest.mark.parametrize(
    "copied",
    [lambda calendar: pickle.loads(pickle.dumps(calendar)), copy.copy, copy.deepcopy, replace, Calendar.replace],
    ids=["pickle", "copy", "deepcopy", "dataclasses.replace", "Calendar.replace"],
)
def test_a_copy_equals_its_original_and_answers_like_it(
    calendar: Calendar, copied: Callable[[Calendar], Calendar]
) -> None:
    asked = at("Fri 2026-11-20 18:30")
    original = used(calendar)
    twin = copied(original)

    assert original == twin
    assert hash(original) == hash(twin)
    assert original.add(asked, 100 * HOUR) == twin.add(asked, 100 * HOUR)


@pytest.mark.parametrize(
    "changes",
    [
        {"zone": "Europe/Amsterdam"},
        {"hours": "Mon-Fri 09:00-17:30"},
        {"holidays": "NL"},
        {"special_days": {"12-24": "closed"}},
        {"absences": [Absence(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))]},
        {"versions": {"2027-01-01": "Mon-Fri 10:00-18:00"}},
        {"open_on_holidays": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_calendars_that_differ_in_anything_are_different(changes: Mapping[str, object]) -> None:
    assert OFFICE.replace(**changes) != OFFICE


def test_rule_14_a_digest_stands_for_everything_that_the_answers_depend_on() -> None:
    others = [
        EVERYTHING.replace(zone="Europe/Amsterdam"),
        EVERYTHING.replace(hours="Mon-Fri 09:00-17:00"),
        EVERYTHING.replace(holidays="BE"),
        EVERYTHING.replace(holidays=Holidays("BE").freeze(2024, 2029)),
        EVERYTHING.replace(special_days=()),
        EVERYTHING.replace(absences=()),
        EVERYTHING.replace(versions=()),
        EVERYTHING.replace(open_on_holidays=True),
    ]

    assert EVERYTHING.digest == used(EVERYTHING).digest
    assert EVERYTHING.digest.startswith("sha256:")
    assert len({calendar.digest for calendar in (EVERYTHING, *others)}) == 1 + len(others)


def test_an_interval_lasts_real_time() -> None:
    (night,) = Calendar(BRUSSELS, "Sat 22:00-06:00").intervals(at("Sat 2026-10-24 12:00"), at("Sun 2026-10-25 12:00"))

    assert night.length == 9 * HOUR


def test_a_replaced_calendar_answers_by_its_new_rules_though_the_old_one_was_used() -> None:
    shorter = used(OFFICE).replace(hours="Mon-Fri 09:00-16:00")

    assert said(shorter.add(at("Fri 2026-11-20 15:00"), 2 * HOUR)) == "Mon 2026-11-23 10:00+01:00"


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        OFFICE.zone = "UTC"  # type: ignore[misc]  # that is what is tested
    with pytest.raises((AttributeError, TypeError)):  # before Python 3.14, frozen classes with slots raise the second
        OFFICE.nickname = "office"  # type: ignore[attr-defined]  # that is what is tested


def test_the_same_hours_written_in_other_words_are_the_same_calendar() -> None:
    in_other_words = Calendar("Europe/Brussels", {"Mon-Fri": ["09:00-12:00", "12:00-17:00"]}, holidays=None)

    assert in_other_words == OFFICE
    assert Calendar(BRUSSELS, Hours.parse("Mon-Fri 09:00-17:00")) == OFFICE


# ---------------------------------------------------------------- threads


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns after every few instructions, so that a race shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def everything_asked(calendar: Calendar, first: int) -> list[object]:
    """Questions to both sides, each thread in an order of its own."""
    answers: list[tuple[int, object]] = []
    for step in range(6):
        week = (first * 5 + step) % 6 * 9
        asked = at("Fri 2026-11-20 18:30") + timedelta(weeks=week - 27)
        interval = calendar.next_open(asked), calendar.previous_close(asked)
        ledger = calendar.explain(asked, asked + timedelta(days=3))
        owner = calendar.working_dates().after(asked.date(), 3)
        answers.append(
            (week, (calendar.add(asked, 30 * HOUR), calendar.subtract(asked, 30 * HOUR), interval, ledger, owner))
        )
    return [answer for _, answer in sorted(answers, key=lambda pair: pair[0])]


@pytest.mark.usefixtures("hasty")
def test_threads_that_race_on_a_cold_calendar_get_the_answers_of_one_thread() -> None:
    expected = everything_asked(replace(EVERYTHING), 0)
    shared, together = replace(EVERYTHING), threading.Barrier(8)
    found: list[list[object]] = [[]] * 8

    def ask(first: int) -> None:
        together.wait()
        found[first] = everything_asked(shared, first)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [expected] * 8 == found
