"""Which dates recurrence rules must give: read off a calendar of 2026, or stated by RFC 5545.

Rules that cannot be used are in test_errors.py.
"""

import copy
import pickle
from datetime import date, timedelta

import pytest
from dateutil import rrule

from slacalc import Recurring, SpecialDayError


def dates(text: str) -> list[date]:
    return [date.fromisoformat(day) for day in text.split()]


def in_2026(recurring: Recurring) -> list[date]:
    return sorted(day for day in recurring.until(2026) if day.year == 2026)


FRIDAYS_IN_LAST_PLACE = (
    "2026-01-30 2026-02-27 2026-03-27 2026-04-24 2026-05-29 2026-06-26 "
    "2026-07-31 2026-08-28 2026-09-25 2026-10-30 2026-11-27 2026-12-25"
)


@pytest.mark.parametrize(
    ("rule", "expected", "why"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR", FRIDAYS_IN_LAST_PLACE, "the last Friday of every month"),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", FRIDAYS_IN_LAST_PLACE, "with the name of the property, as files have it"),
        ("BYDAY=-1FR;FREQ=MONTHLY", FRIDAYS_IN_LAST_PLACE, "the parts in another order"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26", "Thanksgiving"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH,1MO", "2026-11-02 2026-11-26", "two of them"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "", "2026 has no 29 February"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=10,11,12", "2026-10-31 2026-12-31", "November has no 31st"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;BYMONTH=2,11", "2026-02-28 2026-11-30", "the last day of the month"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-02-13 2026-03-13 2026-11-13", "every Friday the 13th"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYMONTH=10,11", "2026-10-30 2026-11-30", "the last weekday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-31;BYMONTH=1,2,3,4", "2026-01-01 2026-03-01", "the 31st from the end, where there is one"),
        ("FREQ=MONTHLY;BYDAY=-5FR", "2026-01-02 2026-05-01 2026-07-03 2026-10-02", "in months with five Fridays"),
        ("FREQ=YEARLY;BYYEARDAY=1,-1", "2026-01-01 2026-12-31", "by the day of the year"),
        ("FREQ=YEARLY;BYYEARDAY=-1", "2026-12-31", "the last day of the year"),
        ("FREQ=YEARLY;BYDAY=20MO", "2026-05-18", "the twentieth Monday of the year, as in 1998 in RFC 5545: both begin on a Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,FR;BYSETPOS=2;BYMONTH=11", "2026-11-03 2026-11-10 2026-11-17 2026-11-24", "the second of three in a week"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2026-12-28", "2026 has a 53rd week"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=TH", "2026-01-01", "the week of 1 January 2026 has four of its days"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-05-15", "the last weekday of a week"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU", "2026-01-04", "weeks from Sunday: the first has 4 to 10 January"),
        ("FREQ=WEEKLY;BYDAY=MO;BYMONTH=11", "2026-11-02 2026-11-09 2026-11-16 2026-11-23 2026-11-30", "in one month"),
        ("FREQ=DAILY;BYMONTH=11;BYMONTHDAY=20,21", "2026-11-20 2026-11-21", "daily, narrowed down"),
        ("FREQ=WEEKLY;BYDAY=FR;BYMONTH=11;WKST=SU", "2026-11-06 2026-11-13 2026-11-20 2026-11-27", "weeks from Sunday"),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260116", "2026-01-02 2026-01-09 2026-01-16", "UNTIL is included"),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260115T235959Z", "2026-01-02 2026-01-09", "of UNTIL only the date is read"),
    ],
)  # fmt: skip
def test_a_rule_gives_the_dates_of_2026(rule: str, expected: str, why: str) -> None:
    assert dates(expected) == in_2026(Recurring(rule)), why


@pytest.mark.parametrize(
    ("rule", "start", "expected", "why"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;UNTIL=20261231", "2026-11-20", "2026-11-20 2026-12-04 2026-12-18", "every second Friday from one on"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;UNTIL=20261231", "2026-11-27", "2026-11-27 2026-12-11 2026-12-25", "the other Fridays"),
        ("FREQ=DAILY;COUNT=3", "2026-11-20", "2026-11-20 2026-11-21 2026-11-22", "three days"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-11-20", "2026-11-23 2026-11-30", "the start itself need not match"),
        ("FREQ=WEEKLY;COUNT=2", "2026-11-20", "2026-11-20 2026-11-27", "the weekday is that of the start"),
        ("FREQ=MONTHLY;COUNT=3", "2026-01-31", "2026-01-31 2026-03-31 2026-05-31", "a month without a 31st is passed over"),
        ("FREQ=YEARLY;UNTIL=20261231", "2024-11-20", "2026-11-20", "the date is that of the start"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2,-1;UNTIL=20260513", "2026-05-12", "2026-05-12", "places of the whole year, whatever the first and the last date"),
        ("FREQ=DAILY;UNTIL=20261122", "2026-11-20", "2026-11-20 2026-11-21 2026-11-22", "nothing before the start"),
    ],
)  # fmt: skip
def test_a_start_gives_a_rule_its_phase(rule: str, start: str, expected: str, why: str) -> None:
    assert dates(expected) == in_2026(Recurring(rule, date.fromisoformat(start))), why


WEEKS = [date(1900, 1, 1) + timedelta(days) for days in range(365 * 300)]


@pytest.mark.parametrize("week", [1, 2, 51, 52, 53])
def test_a_week_of_the_year_is_that_of_iso_8601_in_every_year(week: int) -> None:
    """dateutil 2.9 takes 1 January 2022 for week 53 of 2021, which has 52."""
    every_day = Recurring(f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL={WEEKS[-1]:%Y%m%d}")

    assert list(every_day.dates()) == [day for day in WEEKS if day.isocalendar().week == week]


@pytest.mark.parametrize("week", [-1, -53])
def test_a_week_can_be_counted_from_the_last_of_its_year(week: int) -> None:
    every_day = Recurring(f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL={WEEKS[-1]:%Y%m%d}")
    last = {year: date(year, 12, 28).isocalendar().week for year in range(1899, 2201)}

    assert list(every_day.dates()) == [
        day for day in WEEKS if day.isocalendar().week == last[day.isocalendar().year] + 1 + week
    ]


def test_membership_asks_for_one_date() -> None:
    last_friday = Recurring("FREQ=MONTHLY;BYDAY=-1FR")

    assert date(2026, 11, 27) in last_friday
    assert date(2026, 11, 20) not in last_friday
    assert date(2199, 12, 27) in last_friday  # a Friday, the last of its month
    assert date(2200, 12, 26) in last_friday  # the same at the end of the supported years


@pytest.mark.parametrize(
    ("recurring", "first", "last", "why"),
    [
        (Recurring("FREQ=MONTHLY;BYDAY=-1FR"), "1900-01-26", None, "it goes on, and went on from 1900"),
        (Recurring("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260116"), "1900-01-05", "2026-01-16", "it ends with UNTIL"),
        (Recurring("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260115"), "1900-01-05", "2026-01-09", "on the last date before it"),
        (Recurring("FREQ=DAILY;COUNT=3", date(2026, 11, 20)), "2026-11-20", "2026-11-22", "it ends with COUNT"),
    ],
)
def test_first_and_last_date_of_a_rule(recurring: Recurring, first: str, last: str | None, why: str) -> None:
    assert date.fromisoformat(first) == recurring.first, why
    assert (date.fromisoformat(last) if last else None) == recurring.last, why


@pytest.mark.parametrize(
    ("rule", "start", "first", "why"),
    [
        ("FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29", "2028-01-01", "2028-02-29", "a leap year, and none after it"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYMONTHDAY=29", "2026-02-01", "2028-02-29", "the first February of 29 days"),
        ("FREQ=WEEKLY;INTERVAL=1000;BYDAY=MO", "2026-11-20", "2046-01-15", "7,000 days after the Monday before"),
    ],
)  # fmt: skip
def test_a_rule_whose_first_date_is_far_from_its_start_has_it(rule: str, start: str, first: str, why: str) -> None:
    assert date.fromisoformat(first) == Recurring(rule, date.fromisoformat(start)).first, why


def test_a_rule_has_at_most_500_characters() -> None:
    longest = "FREQ=DAILY;BYMONTHDAY=10" + ",1" * 238

    assert len(longest) == 500
    assert Recurring(longest).first == date(1900, 1, 1)
    with pytest.raises(SpecialDayError, match="this is not a recurrence rule"):
        Recurring(longest + "0")


def test_no_rule_runs_past_2200() -> None:
    last_of_the_month = Recurring("FREQ=MONTHLY;BYMONTHDAY=-1")

    assert max(last_of_the_month.until(2200)) == date(2200, 12, 31)
    assert max(last_of_the_month.until(2300)) == date(2200, 12, 31)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "30 February"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=6", "31 June"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1", "the 20th week in January"),
        ("FREQ=YEARLY;BYYEARDAY=60;BYMONTH=1", "the 60th day in January"),
        ("FREQ=MONTHLY;BYDAY=-1FR;BYMONTHDAY=1", "the last Friday of the month, on the 1st"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "the sixth Monday of a month"),
    ],
)
def test_a_rule_that_never_matches_is_refused_without_a_look_beyond_2200(
    monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    years: list[int] = []
    rebuild = rrule._iterinfo.rebuild  # dateutil's own look at a year

    def counted(info: rrule._iterinfo, year: int, month: int) -> None:
        years.append(year)
        rebuild(info, year, month)

    monkeypatch.setattr(rrule._iterinfo, "rebuild", counted)
    with pytest.raises(SpecialDayError) as caught:
        Recurring(text)

    assert caught.value.code == "recurrence_empty", why
    assert max(years, default=1900) <= 2201, why


def test_a_used_rule_equals_an_unused_one_and_can_be_copied() -> None:
    used, unused = Recurring("FREQ=MONTHLY;BYDAY=-1FR"), Recurring("FREQ=MONTHLY;BYDAY=-1FR")
    used.until(2026)

    assert used == unused
    assert hash(used) == hash(unused)
    assert used == pickle.loads(pickle.dumps(used)) == copy.deepcopy(used)
