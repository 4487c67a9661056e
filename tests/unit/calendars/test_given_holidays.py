"""Holidays that somebody gives: which dates they close, beside a country or alone, and what a policy says of them."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from tests.helpers import at

HOURS: Final = "Mon-Fri 09:00-17:00"
OURS: Final = sla.GivenHolidays.of(
    {date(2026, 11, 23): "Founders' Day", date(2026, 12, 24): ["Company party", "Stocktaking"]},
    yearly={"12-24": "Christmas Eve", "02-29": "Leap day"},
    source="staff handbook",
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 23), "Founders' Day"),
        (date(2027, 11, 23), None),  # given once
        (date(2026, 12, 24), "Company party; Stocktaking; Christmas Eve"),
        (date(2027, 12, 24), "Christmas Eve"),
        (date(1900, 12, 24), "Christmas Eve"),
        (date(2028, 2, 29), "Leap day"),
        (date(2027, 3, 1), None),  # no leap year: no leap day, and no other date instead
    ],
)
def test_a_date_is_a_holiday_once_or_every_year(day: date, name: str | None) -> None:
    assert OURS.names(day.year).get(day) == name
    office = sla.Calendar("Europe/Brussels", "Mon-Sun 09:00-17:00", holidays=OURS)
    assert office.is_open(datetime(day.year, day.month, day.day, 12, tzinfo=office.zone_info)) == (name is None)


@pytest.mark.parametrize(
    ("holidays", "due"),
    [
        # From Friday 20 November 2026, 15:00: two hours that day, and two on the next that is worked.
        ({"dates": {"2026-11-23": "Founders' Day"}}, "24 11:00"),
        ({"yearly": {"11-23": "Founders' Day"}}, "24 11:00"),
        ({"yearly": {"11-24": "Founders' Day"}}, "23 11:00"),
        ({"country": "BE", "language": "en_US", "dates": {"2026-11-23": "Founders' Day"}}, "24 11:00"),
        (["BE", {"dates": {"2026-11-23": "Founders' Day", "2026-11-24": ["A", "B"]}}], "25 11:00"),
        ({"sets": ["BE", {"yearly": {"11-23": "Founders' Day"}}], "closed_when": "all"}, "23 11:00"),
        ({"pinned": "ours", "dates": {"2026-11-24": "Founders' Day"}}, "25 11:00"),
    ],
)
def test_a_policy_gives_holidays_beside_a_country_a_pin_or_alone(holidays: Any, due: str) -> None:
    pins = {"ours": sla.FrozenHolidays.of({date(2026, 11, 23): "Founders' Day"}, years=(2026, 2026))}
    office = {"zone": "Europe/Brussels", "hours": HOURS, "holidays": holidays}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
    data = {"name": "desk", "calendars": {"office": office}, "rules": [rule]}
    policy = sla.policy_from_data(data, pins=pins)
    friday = at("20 15:00", "Europe/Brussels")
    assert policy.promise(friday)["first_response"].due == at(due, "Europe/Brussels")
    assert sla.policy_from_data(policy.to_data(), pins=pins) == policy
    calendar = policy.calendar("office")
    assert sla.Calendar.from_data(calendar.to_data()) == calendar
    assert sla.Calendar.from_data(calendar.to_data()).digest == calendar.digest


def test_the_ledger_says_every_name_of_the_date_and_a_promise_who_gives_it() -> None:
    office = sla.Calendar("Europe/Brussels", HOURS, holidays=OURS)
    ledger = office.explain(at("23 09:00", office.zone), at("23 17:00", office.zone))
    assert [segment.name for segment in ledger.segments if segment.kind == "holiday"] == ["Founders' Day"]
    assert OURS.source == "staff handbook"
    day_after = office.replace(special_days=[sla.SpecialDay.of("Stocktaking+1", "closed")])
    assert not day_after.is_open(datetime(2026, 12, 25, 12, tzinfo=office.zone_info))


def test_equal_dates_have_equal_digests_whatever_they_are_called_and_whoever_gives_them() -> None:
    def of(name: str, source: str, *, yearly: bool = False) -> str:
        day = date(2026, 12, 24)
        every = {"12-24": name}
        return (
            sla.GivenHolidays.of(yearly=every, source=source)
            if yearly
            else sla.GivenHolidays.of({day: name}, source=source)
        ).digest

    assert of("A", "x") == of("B", "y")
    assert of("A", "x") != of("A", "x", yearly=True)


def test_check_warns_before_the_last_date_that_is_given_once() -> None:
    def warned(holidays: dict[str, Any]) -> list[str]:
        office = {"zone": "Europe/Brussels", "hours": HOURS, "holidays": holidays}
        data = {"name": "desk", "calendars": {"office": office}, "rules": [{"name": "all", "metrics": {}}]}
        warnings = sla.check_policy(sla.policy_from_data(data), as_of=at("20 15:00"))
        return [str(each) for each in warnings if each.code == "given_holidays_end_soon"]

    assert warned({"dates": {"2027-11-19": "A"}}) == [
        "calendars.office.holidays: the last holiday that is given once is 2027-11-19"
    ]
    assert warned({"dates": {"2027-11-20": "A"}}) == []
    assert warned({"yearly": {"12-24": "A"}}) == []
    assert len(warned({"country": "BE", "dates": {"2026-11-19": "A"}})) == 1


_DATES: Final = st.dates(date(2026, 11, 1), date(2026, 12, 31))


@settings(max_examples=60, deadline=None)
@given(st.sets(_DATES, max_size=6), st.sets(_DATES, max_size=4), st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 40))
def test_columns_and_frozen_holidays_of_the_same_dates_answer_alike(
    once: set[date], every: set[date], minute: int, amount: int
) -> None:
    pd = pytest.importorskip("pandas", reason="one of the backends")
    yearly = {f"{day:%m-%d}": "every year" for day in every}
    ours = sla.Calendar(
        "Europe/Brussels", HOURS, holidays=sla.GivenHolidays.of(dict.fromkeys(once, "once"), yearly=yearly)
    )
    days = {day.replace(year=year): "off" for day in every for year in range(2025, 2029)} | dict.fromkeys(once, "off")
    theirs = ours.replace(holidays=sla.FrozenHolidays.of(days, years=(2025, 2028)))
    start = datetime(2026, 11, 1, tzinfo=ours.zone_info) + timedelta(minutes=minute)
    due = ours.add(start, timedelta(minutes=amount))
    assert due == theirs.add(start, timedelta(minutes=amount))
    assert list(sla.frames.add(ours, pd.Series([start]), timedelta(minutes=amount))) == [due]
