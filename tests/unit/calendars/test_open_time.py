"""What every calendar answers: cases derived by hand from its rules and a wall calendar."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from slacalc import (
    Absence,
    Calendar,
    HorizonError,
)
from slacalc.columns.tables import tables_of
from tests.helpers import BRUSSELS
from tests.unit.calendars.offices import (
    ALWAYS,
    EVE_OFF,
    HELPDESK,
    HOUR,
    MINUTE,
    NIGHTS,
    OFFICE,
    PRIORITY,
    TICK,
    at,
    hours_of,
    recorded,
    said,
)

LUNCH = Calendar(BRUSSELS, "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00")


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
    assert str(due.tzinfo) == BRUSSELS.key, why


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

    assert {BRUSSELS.key} == {str(answer.tzinfo) for answer in answers if answer is not None}
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
