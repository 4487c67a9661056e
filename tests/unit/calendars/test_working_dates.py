"""Which dates are working dates: those that own open time after every layer (rule 7a)."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from slacalc import (
    Absence,
    Calendar,
    CalendarError,
    ClosedForGoodError,
    FrozenHolidays,
    Holidays,
    HorizonError,
    SpecialDay,
)
from slacalc.business_time.instants import from_us, to_us
from slacalc.business_time.spans import Spans
from slacalc.calendars.layers import Plan
from slacalc.calendars.working_dates import WorkingDates
from tests.helpers import BRUSSELS, WEEKDAYS, wall_clock
from tests.helpers import written as said

HOUR = timedelta(hours=1)


def day(text: str) -> date:
    """ "Fri 2026-11-20"."""
    found = date.fromisoformat(text[4:])
    assert text[:3] == WEEKDAYS[found.weekday()], f"{text} is no {text[:3]}"
    return found


at = wall_clock(BRUSSELS)


def owned(calendar: Calendar, on: date) -> list[str]:
    """The open time that a date owns."""
    zone = ZoneInfo(calendar.zone)
    return [f"{said(from_us(a, zone))} to {said(from_us(b, zone))}" for a, b in calendar.working_dates().owned(on)]


OFFICE = Calendar(BRUSSELS, "Mon-Fri 09:00-17:00")
HELPDESK = Calendar(
    BRUSSELS,
    "Mon-Fri 09:00-17:00; Sat 09:00-12:00",
    holidays=FrozenHolidays.of({date(2026, 11, 11): "Armistice", date(2026, 12, 25): "Christmas"}, years=(2026, 2026)),
    special_days={"2026-12-24": "09:00-13:00"},
)
NIGHTS = Calendar(BRUSSELS, "Mon-Fri 22:00-06:00")
SUNDAY_2_TO_3 = Calendar(BRUSSELS, "Sun 02:00-03:00")


def absent(calendar: Calendar, start: str, end: str) -> Calendar:
    return calendar.extend(absences=[Absence(at(start), at(end), "offsite")])


# ---------------------------------------------------------------- rule 7a: who owns what


@pytest.mark.parametrize(
    ("calendar", "on", "expected", "why"),
    [
        (OFFICE, "Fri 2026-11-20", ["Fri 2026-11-20 09:00+01:00 to Fri 2026-11-20 17:00+01:00"], "a date with its hours"),
        (OFFICE, "Sat 2026-11-21", [], "the weekend owns nothing"),
        (HELPDESK, "Thu 2026-12-24", ["Thu 2026-12-24 09:00+01:00 to Thu 2026-12-24 13:00+01:00"], "a half day"),
        (HELPDESK, "Wed 2026-11-11", [], "a holiday"),
        (NIGHTS, "Fri 2026-11-20", ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 06:00+01:00"], "a night, past midnight too"),
        (NIGHTS, "Sat 2026-11-21", [], "and Saturday owns nothing of it"),
        (Calendar(BRUSSELS, "Fri 22:00-06:00; Sat 04:00-08:00"), "Fri 2026-11-20", ["Fri 2026-11-20 22:00+01:00 to Sat 2026-11-21 06:00+01:00"], "time that two dates claim is of both"),
        (Calendar(BRUSSELS, "Fri 22:00-06:00; Sat 04:00-08:00"), "Sat 2026-11-21", ["Sat 2026-11-21 04:00+01:00 to Sat 2026-11-21 08:00+01:00"], "all of its own"),
        (absent(OFFICE, "Fri 2026-11-20 10:00", "Fri 2026-11-20 16:00"), "Fri 2026-11-20", ["Fri 2026-11-20 09:00+01:00 to Fri 2026-11-20 10:00+01:00", "Fri 2026-11-20 16:00+01:00 to Fri 2026-11-20 17:00+01:00"], "an absence takes its part"),
        (absent(OFFICE, "Fri 2026-11-20 09:00", "Fri 2026-11-20 17:00"), "Fri 2026-11-20", [], "or all of it"),
        (absent(NIGHTS, "Fri 2026-11-20 12:00", "Sat 2026-11-21 00:00"), "Fri 2026-11-20", ["Sat 2026-11-21 00:00+01:00 to Sat 2026-11-21 06:00+01:00"], "what is left of a night belongs to its date still"),
        (SUNDAY_2_TO_3, "Sun 2026-03-22", ["Sun 2026-03-22 02:00+01:00 to Sun 2026-03-22 03:00+01:00"], "an ordinary Sunday"),
        (SUNDAY_2_TO_3, "Sun 2026-03-29", [], "the spring gap left it nothing"),
        (Calendar("Pacific/Apia", "24/7"), "Fri 2011-12-30", [], "a date that the zone skips owns nothing"),
        (Calendar("Pacific/Apia", "24/7"), "Thu 2011-12-29", ["Thu 2011-12-29 00:00-10:00 to Sat 2011-12-31 00:00+14:00"], "the date before ends where the next begins"),
        (Calendar("Pacific/Apia", "Mon-Sun 22:00-06:00"), "Thu 2011-12-29", ["Thu 2011-12-29 22:00-10:00 to Sat 2011-12-31 00:00+14:00"], "a night into the skipped date ends with the change"),
        (Calendar("America/St_Johns", "24/7"), "Sat 2010-11-06", ["Sat 2010-11-06 00:00-02:30 to Sun 2010-11-07 00:00-02:30"], "a date ends at its first midnight"),
        (Calendar("America/St_Johns", "24/7"), "Sun 2010-11-07", ["Sun 2010-11-07 00:00-02:30 to Mon 2010-11-08 00:00-03:30"], "the next one has Saturday's last hour again"),
    ],
)  # fmt: skip
def test_rule_7a_a_date_owns_what_every_layer_leaves_of_its_windows(
    calendar: Calendar, on: str, expected: Sequence[str], why: str
) -> None:
    assert list(expected) == owned(calendar, day(on)), why


@pytest.mark.parametrize(
    ("calendar", "instant", "owner", "why"),
    [
        (OFFICE, "Fri 2026-11-20 10:00", "Fri 2026-11-20", "in the hours of a date"),
        (OFFICE, "Fri 2026-11-20 09:00", "Fri 2026-11-20", "its opening"),
        (NIGHTS, "Fri 2026-11-20 23:00", "Fri 2026-11-20", "before midnight"),
        (NIGHTS, "Sat 2026-11-21 02:00", "Fri 2026-11-20", "after midnight: the date that the window is written under"),
        (NIGHTS, "Tue 2026-11-24 02:00", "Mon 2026-11-23", "also when the next date has a window of its own"),
        (Calendar(BRUSSELS, "Fri 22:00-06:00; Sat 04:00-08:00"), "Sat 2026-11-21 03:00", "Fri 2026-11-20", "before the later date claims it"),
        (Calendar(BRUSSELS, "Fri 22:00-06:00; Sat 04:00-08:00"), "Sat 2026-11-21 05:00", "Sat 2026-11-21", "once the later date claims it"),
        (OFFICE, "Fri 2026-11-20 23:00+09:00", "Fri 2026-11-20", "asked from a zone where the day is nearly over"),
        (Calendar("America/St_Johns", "24/7"), "Sat 2010-11-06 23:30-02:30", "Sat 2010-11-06", "Saturday, 23:30 for the first time"),
        (Calendar("America/St_Johns", "24/7"), "Sat 2010-11-06 23:30-03:30", "Sun 2010-11-07", "23:30 again, after Sunday began"),
        (Calendar("Pacific/Apia", "24/7"), "Sat 2011-12-31 00:00+14:00", "Sat 2011-12-31", "the first instant after a skipped date"),
    ],
)  # fmt: skip
def test_rule_7a_the_owner_of_an_open_instant(calendar: Calendar, instant: str, owner: str, why: str) -> None:
    assert day(owner) == calendar.working_dates().owner(to_us(at(instant))), why


@pytest.mark.parametrize(
    ("calendar", "first", "count", "expected", "why"),
    [
        (OFFICE, "Fri 2026-11-20", 0, "Fri 2026-11-20", "none after is the date itself"),
        (OFFICE, "Fri 2026-11-20", 1, "Mon 2026-11-23", "over the weekend"),
        (OFFICE, "Fri 2026-11-20", 5, "Fri 2026-11-27", "five are a week"),
        (OFFICE, "Sat 2026-11-21", 1, "Mon 2026-11-23", "from a date that is none itself"),
        (HELPDESK, "Fri 2026-11-20", 1, "Sat 2026-11-21", "a Saturday morning is one"),
        (HELPDESK, "Tue 2026-11-10", 1, "Thu 2026-11-12", "a holiday is none"),
        (HELPDESK, "Wed 2026-12-23", 1, "Thu 2026-12-24", "a half day is a whole one"),
        (HELPDESK, "Wed 2026-12-23", 2, "Sat 2026-12-26", "Christmas is none"),
        (NIGHTS, "Fri 2026-11-20", 1, "Mon 2026-11-23", "Saturday has only the end of Friday's night"),
        (SUNDAY_2_TO_3, "Sun 2026-03-22", 1, "Sun 2026-04-05", "a Sunday whose only hour the gap swallowed is none"),
        (absent(OFFICE, "Mon 2026-11-23 00:00", "Tue 2026-11-24 00:00"), "Fri 2026-11-20", 1, "Tue 2026-11-24", "a date of absence is none"),
        (absent(OFFICE, "Mon 2026-11-23 09:00", "Mon 2026-11-23 16:59"), "Fri 2026-11-20", 1, "Mon 2026-11-23", "a minute that is left makes it one"),
        (Calendar("Pacific/Apia", "24/7"), "Thu 2011-12-29", 1, "Sat 2011-12-31", "a date that the zone skips is none"),
        (OFFICE.extend(special_days={"2026-11-22": "10:00-11:00"}), "Fri 2026-11-20", 1, "Sun 2026-11-22", "a Sunday that is open once is one"),
        (OFFICE.replace(versions={"2026-11-21": "Sat 09:00-12:00"}), "Fri 2026-11-20", 2, "Sat 2026-11-28", "the hours in force on each date"),
    ],
)  # fmt: skip
def test_rule_7a_business_days_count_working_dates_after(
    calendar: Calendar, first: str, count: int, expected: str, why: str
) -> None:
    assert day(expected) == calendar.working_dates().after(day(first), count), why


def test_rule_7a_five_working_dates_are_the_same_dates_whatever_their_hours() -> None:
    a_minute_a_day = Calendar(BRUSSELS, "Mon-Fri 09:00-09:01")

    assert a_minute_a_day.working_dates().after(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert OFFICE.working_dates().after(date(2026, 11, 20), 5) == date(2026, 11, 27)


def test_rule_13_no_working_date_after_a_closing_for_good() -> None:
    dates = OFFICE.replace(versions={"2027-01-01": "closed"}).working_dates()

    assert dates.after(date(2026, 12, 30), 1) == date(2026, 12, 31)
    with pytest.raises(ClosedForGoodError) as caught:
        dates.after(date(2026, 12, 30), 2)
    assert caught.value.code == "closed_for_good"


def test_rule_13_no_working_date_beyond_the_covered_years() -> None:
    dates = OFFICE.replace(holidays=Holidays("BE").freeze(2026, 2026)).working_dates()

    with pytest.raises(HorizonError) as caught:
        dates.after(date(2026, 12, 30), 2)
    assert caught.value.code == "beyond_covered"
    assert caught.value.given == "'2027-01-01'"
    assert caught.value.accepts == "from 2026-01-01 to 2026-12-31"


def test_rule_1_calendars_of_different_zones_have_no_working_dates_until_they_are_given_a_zone() -> None:
    either = OFFICE | Calendar("Europe/Lisbon", "Sat 09:00-12:00")

    with pytest.raises(CalendarError) as caught:
        either.working_dates()
    assert caught.value.code == "zone_needed"
    assert either.in_zone("Europe/Lisbon").working_dates().after(date(2026, 11, 20), 1) == date(2026, 11, 21)


def test_rule_7a_working_dates_are_counted_with_both_ends() -> None:
    dates = HELPDESK.working_dates()

    assert dates.count(date(2026, 12, 21), date(2026, 12, 26)) == 5  # a half day on the 24th, Christmas on the 25th
    assert dates.count(date(2026, 12, 25), date(2026, 12, 25)) == 0
    assert dates.count(date(2026, 12, 24), date(2026, 12, 24)) == 1
    with pytest.raises(HorizonError):
        dates.count(date(2026, 12, 24), date(2027, 1, 4))


def test_rule_13_the_first_and_the_last_date_that_are_covered_are_counted() -> None:
    dates = HELPDESK.working_dates()  # it knows the holidays of 2026

    assert dates.count(date(2026, 1, 1), date(2026, 1, 1)) == 1  # a Thursday
    assert dates.count(date(2026, 12, 31), date(2026, 12, 31)) == 1
    for beyond in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(HorizonError):
            dates.count(beyond, beyond)


def test_a_table_is_made_when_it_pays_and_then_no_date_is_walked_through() -> None:
    dates = OFFICE.replace(special_days={"2026-11-25": "closed"}).working_dates()

    assert dates.count(date(2026, 11, 23), date(2026, 11, 27)) == 4
    assert not dates.table.working  # five dates do not pay for a year
    for _ in range(3):
        assert dates.after(date(2026, 1, 1), 250) == date(2026, 12, 18)  # 251 weekdays from 2 January, less one
    assert dates.table.first <= date(2026, 1, 2).toordinal() < date(2026, 12, 18).toordinal() < dates.table.end
    assert dates.count(date(2026, 11, 27), date(2026, 11, 23)) == 0
    dates._known.clear()
    assert dates.count(date(2026, 1, 1), date(2026, 12, 31)) == 260  # 261 weekdays
    assert not dates._known


def test_a_date_after_those_of_the_table_is_walked_to() -> None:
    dates = OFFICE.replace(special_days={"2026-11-25": "closed"}).working_dates()
    for _ in range(4):
        dates.after(date(2026, 1, 1), 250)
    last = date.fromordinal(dates.table.working[-1])

    assert dates.after(last - timedelta(days=7), 5) == last, "the weekday of a week before"
    assert dates.after(last - timedelta(days=7), 10) == last + timedelta(days=7)


def test_the_open_time_of_few_thousand_dates_is_kept() -> None:
    dates = OFFICE.replace(special_days={"2026-11-26": "closed"}).working_dates()
    dates.tabled(date(1950, 1, 1).toordinal(), date(2050, 1, 1).toordinal())

    assert len(dates.table.working) == 26_089  # 36,526 dates are 5,218 weeks; a weekday is closed
    assert 0 < len(dates._known) <= 4_096


def test_a_date_that_is_refused_is_refused_when_it_is_asked_about_and_only_then() -> None:
    dates = WorkingDates(_RefusesOneDate(OFFICE.plan), BRUSSELS)

    for _ in range(80):
        assert dates.after(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert not dates.table.working
    with pytest.raises(CalendarError):
        dates.count(date(2026, 11, 20), date(2026, 12, 24))


class _RefusesOneDate:
    """A plan of which one date cannot be told, as where a half day leaves no hours."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plan, name)

    def owned(self, day: date) -> Spans:
        if day == date(2026, 12, 24):
            raise CalendarError("half_day_empties", "a half day leaves no hours")
        return self.plan.owned(day)


def test_dates_of_the_zone_are_counted_working_or_not() -> None:
    dates = HELPDESK.working_dates()

    assert dates.later(date(2026, 11, 20), 0) == date(2026, 11, 20)
    assert dates.later(date(2026, 11, 20), 2) == date(2026, 11, 22)
    with pytest.raises(HorizonError):
        dates.later(date(2026, 12, 24), 8)
    with pytest.raises(HorizonError):
        dates.later(date(2026, 12, 24), 10**9)


# ---------------------------------------------------------------- the derived calendar of whole working dates (rule 7)


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected", "why"),
    [
        (OFFICE, "Fri 2026-11-20 15:00", "Mon 2026-11-23 15:00", 24 * HOUR, "nine hours of Friday, fifteen of Monday"),
        (OFFICE, "Sat 2026-11-21 00:00", "Mon 2026-11-23 00:00", 0 * HOUR, "nothing of the weekend"),
        (HELPDESK, "Thu 2026-12-24 00:00", "Sat 2026-12-26 00:00", 24 * HOUR, "a half day is whole, a holiday is nothing"),
        (NIGHTS, "Fri 2026-11-20 12:00", "Sun 2026-11-22 00:00", 12 * HOUR, "a night counts until its own midnight"),
        (SUNDAY_2_TO_3, "Sat 2026-03-28 12:00", "Mon 2026-03-30 12:00", 0 * HOUR, "no working date in the spring gap"),
        (Calendar(BRUSSELS, "Sun 09:00-17:00"), "Sat 2026-03-28 12:00", "Mon 2026-03-30 12:00", 23 * HOUR, "a day in spring has 23 hours"),
        (Calendar(BRUSSELS, "Sun 09:00-17:00"), "Sat 2026-10-24 12:00", "Mon 2026-10-26 12:00", 25 * HOUR, "a day in autumn has 25"),
        (Calendar("Pacific/Apia", "24/7"), "Thu 2011-12-29 12:00-10:00", "Sat 2011-12-31 12:00+14:00", 24 * HOUR, "a skipped date has none"),
        (Calendar("America/St_Johns", "24/7"), "Sat 2010-11-06 12:00-02:30", "Sat 2010-11-06 23:30-03:30", 12.5 * HOUR, "until 23:30 for the second time"),
    ],
)  # fmt: skip
def test_workday_hours_are_all_hours_of_every_working_date(
    calendar: Calendar, start: str, end: str, expected: timedelta, why: str
) -> None:
    workdays = calendar.workdays()

    assert expected == workdays.elapsed(at(start), at(end)), why
    assert expected == workdays.explain(at(start), at(end)).counted, why


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected", "why"),
    [
        (
            OFFICE,
            "Fri 2026-11-20 18:00",
            "Mon 2026-11-23 06:00",
            {"Fri 2026-11-20 18:00+01:00": "counted", "Sat 2026-11-21 00:00+01:00": "weekend", "Mon 2026-11-23 00:00+01:00": "counted"},
            "the weekend",
        ),
        (
            HELPDESK,
            "Tue 2026-11-10 18:00",
            "Thu 2026-11-12 06:00",
            {"Tue 2026-11-10 18:00+01:00": "counted", "Wed 2026-11-11 00:00+01:00": "holiday: Armistice", "Thu 2026-11-12 00:00+01:00": "counted"},
            "a holiday, by name and for the whole date",
        ),
        (
            OFFICE.extend(special_days=[SpecialDay.of("2026-11-20", "closed", name="stocktaking")]),
            "Fri 2026-11-20 12:00",
            "Sat 2026-11-21 12:00",
            {"Fri 2026-11-20 12:00+01:00": "special day: stocktaking", "Sat 2026-11-21 00:00+01:00": "weekend"},
            "a special day, by name",
        ),
        (
            absent(OFFICE, "Fri 2026-11-20 08:00", "Fri 2026-11-20 18:00"),
            "Fri 2026-11-20 12:00",
            "Sat 2026-11-21 00:00",
            {"Fri 2026-11-20 12:00+01:00": "absence: offsite"},
            "an absence, by name",
        ),
        (
            Calendar(BRUSSELS, "Mon,Tue,Thu,Fri 09:00-17:00"),
            "Tue 2026-11-24 12:00",
            "Thu 2026-11-26 12:00",
            {"Tue 2026-11-24 12:00+01:00": "counted", "Wed 2026-11-25 00:00+01:00": "outside hours", "Thu 2026-11-26 00:00+01:00": "counted"},
            "a weekday without hours",
        ),
        (
            Calendar(
                BRUSSELS,
                "Fri 22:00-06:00; Sat 05:00-06:00 10:00-12:00",
                special_days=[SpecialDay.of("2026-11-21", "closed", name="stocktaking")],
            ),
            "Fri 2026-11-20 12:00",
            "Sun 2026-11-22 00:00",
            {"Fri 2026-11-20 12:00+01:00": "counted", "Sat 2026-11-21 00:00+01:00": "special day: stocktaking"},
            "what was taken from it, not the break that is left after Friday's night",
        ),
    ],
)  # fmt: skip
def test_a_date_that_is_no_working_date_says_why(
    calendar: Calendar, start: str, end: str, expected: Mapping[str, str], why: str
) -> None:
    ledger = calendar.workdays().explain(at(start), at(end))

    assert dict(expected) == {said(segment.start): segment.reason for segment in ledger}, why
    assert [at(start), *(s.end for s in ledger)] == [*(s.start for s in ledger), at(end)], why


def test_rule_16_a_ledger_of_workdays_is_gapless_when_the_clock_goes_back_over_midnight() -> None:
    start, end = at("Sat 2010-11-06 12:00-02:30"), at("Sat 2010-11-06 23:30-03:30")
    ledger = Calendar("America/St_Johns", "24/7").workdays().explain(start, end)

    assert [(to_us(start), to_us(end), "counted")] == [(to_us(s.start), to_us(s.end), s.kind) for s in ledger]


def test_rule_13_workdays_are_closed_for_good_from_the_midnight_after_the_last_working_date() -> None:
    workdays = OFFICE.replace(versions={"2027-01-01": "closed"}).workdays()

    assert said(workdays.add(at("Thu 2026-12-31 12:00"), 12 * HOUR)) == "Fri 2027-01-01 00:00+01:00"
    with pytest.raises(ClosedForGoodError):
        workdays.add(at("Thu 2026-12-31 12:00"), 13 * HOUR)


def test_workdays_of_a_24_7_calendar_never_close() -> None:
    assert Calendar(BRUSSELS, "24/7").workdays().next_close(at("Fri 2026-11-20 12:00")) is None


def test_workdays_have_the_working_dates_of_their_calendar() -> None:
    working = HELPDESK.workdays().working_dates()

    assert working.owner(to_us(at("Thu 2026-12-24 23:00"))) == date(2026, 12, 24)
    assert working.after(date(2026, 12, 24), 1) == date(2026, 12, 26)
    assert working.owned(date(2026, 12, 25)) == ()


def test_workdays_are_a_value_and_asking_for_them_changes_nothing() -> None:
    asked, unasked = replace(HELPDESK), replace(HELPDESK)
    asked.workdays().elapsed(at("Fri 2026-11-20 12:00"), at("Mon 2026-11-23 12:00"))

    assert asked == unasked
    assert hash(asked) == hash(unasked)
    assert len(pickle.dumps(asked)) == len(pickle.dumps(unasked))
    assert asked.workdays() == unasked.workdays() == pickle.loads(pickle.dumps(asked.workdays()))


def test_rule_1_calendars_of_different_zones_have_no_workdays_until_they_are_given_a_zone() -> None:
    either = OFFICE | Calendar("Europe/Lisbon", "Sat 09:00-12:00")

    with pytest.raises(CalendarError) as caught:
        either.workdays()
    assert caught.value.code == "zone_needed"


def test_no_working_date_opens_between_an_instant_and_itself() -> None:
    noon = to_us(at("Fri 2026-11-20 12:00"))

    assert list(OFFICE.working_dates().openings(noon, noon)) == []
    assert list(OFFICE.working_dates().openings(noon, noon - 1)) == []
