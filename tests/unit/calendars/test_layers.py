"""Which windows a date has: days when the clock is moved, and who speaks last; derived by hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from slacalc import (
    Absence,
    Calendar,
    FrozenHolidays,
)
from slacalc.business_time.spans import Spans
from slacalc.calendars.layers import Layers
from tests.helpers import BRUSSELS
from tests.unit.calendars.offices import ALWAYS, EVE_OFF, HELPDESK, HOUR, OFFICE, PRIORITY, amount, at, hours_of, said

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
        (HELPDESK.extend(special_days={"FREQ=MONTHLY;BYDAY=-1FR": "09:00-15:00"}), "Thu 2026-12-24 16:00", "2:00", "Sat 2026-12-26 10:00+01:00", "hours that replace open no holiday"),
        (HELPDESK.extend(special_days={"FREQ=MONTHLY;BYDAY=-1FR": "open 09:00-15:00"}), "Thu 2026-12-24 16:00", "2:00", "Fri 2026-12-25 10:00+01:00", "hours that open do"),
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


# ---------------------------------------------------------------- work


def test_the_work_of_overlapping_absences_is_that_of_those_near_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Absences of a year that all overlap, each with its name: a ledger looks at what is said near its dates only."""
    looked_at = 0
    absences_near = Layers._absences_near

    def counted(layers: Layers, spans: Spans) -> list[tuple[int, int, str]]:
        nonlocal looked_at
        found = absences_near(layers, spans)
        looked_at += len(found)
        return found

    monkeypatch.setattr(Layers, "_absences_near", counted)
    start, year = datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=365)
    work = {}
    for count in (200, 400):
        looked_at = 0
        steps = (start + number * year / count for number in range(count))
        calendar = Calendar("UTC", "24/7", absences=[Absence(step, start + year, f"away {step}") for step in steps])
        ledger = calendar.explain(start, start + year)
        assert len({segment.reason for segment in ledger}) == 1, "the first that speaks closes all of the year"
        work[count] = looked_at
    assert work[400] <= 2.2 * work[200]


def test_the_first_absence_that_closes_a_time_is_its_reason() -> None:
    def away(start: str, end: str, name: str) -> Absence:
        return Absence(at(f"Fri 2026-11-20 {start}"), at(f"Fri 2026-11-20 {end}"), name)

    absences = [
        away("12:00", "14:00", "b"),
        away("10:00", "13:00", "a"),
        away("11:00", "12:30", "c"),
        away("13:30", "15:00", "d"),
    ]
    calendar = Calendar(BRUSSELS, "Fri 09:00-17:00", absences=absences)
    ledger = calendar.explain(at("Fri 2026-11-20 09:00"), at("Fri 2026-11-20 17:00"))
    assert [(f"{each.start:%H:%M}", f"{each.end:%H:%M}", each.name) for each in ledger] == [
        ("09:00", "10:00", ""),
        ("10:00", "12:00", "a"),
        ("12:00", "14:00", "b"),
        ("14:00", "15:00", "d"),
        ("15:00", "17:00", ""),
    ]
