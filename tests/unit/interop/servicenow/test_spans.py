"""Spans that are excluded, by each kind of repetition: the dates by hand."""

from datetime import UTC, datetime
from typing import Any

import pytest

from slacalc.interop import servicenow
from tests.unit.interop.servicenow.instances import ROUND_THE_CLOCK, excluded


@pytest.mark.parametrize(
    ("more", "dates", "because"),
    [
        ({"repeat_type": "daily", "repeat_count": "3"}, "02 05 08 11", "every third day"),
        ({"repeat_type": "daily", "repeat_count": 3}, "02 05 08 11", "a number is one as JSON has it, too"),
        ({"repeat_type": "yearly", "end_date_time": "20261103T235959"}, "02 03", "two dates of each year"),
        ({"repeat_type": "weekdays"}, "02 03 04 05 06 09 10 11 12", "Monday to Friday"),
        ({"repeat_type": "weekly", "days_of_week": "17"}, "02 08 09", "1 is Monday, 7 is Sunday"),
        ({"repeat_type": "weekly", "days_of_week": "1", "repeat_count": "2"}, "02", "every second Monday; the next is the 16th"),
        ({"repeat_type": "monthly"}, "02", "the date of its start"),
        ({"repeat_type": "yearly", "float_day": "5", "month": "12"}, "02", "doy: the date of its start, whatever else is filled"),
        ({"repeat_type": "yearly", "yearly_type": "float", "float_day": "1", "float_week": "2", "month": "11"}, "08", "the second Sunday"),
        ({"repeat_type": "daily", "end_date_time": "20261103T235959"}, "02 03 04 05 06 07 08 09 10 11 12 13", "two dates, each day"),
        ({"repeat_type": "", "end_date_time": "20261104T235959"}, "02 03 04", "once; the last date is included"),
    ],
)  # fmt: skip
def test_an_excluded_span_closes_these_dates_of_november_2026(more: dict[str, Any], dates: str, because: str) -> None:
    """From Monday, 2 November, to Thursday, the 12th, both included."""
    off = {**excluded("s1", "Off", "20261102", repeat_until="20261112"), **more}
    tables = {
        "cmn_schedule": ROUND_THE_CLOCK["cmn_schedule"],
        "cmn_schedule_span": [ROUND_THE_CLOCK["cmn_schedule_span"][0], off],
    }
    (calendar,) = servicenow.load(tables).calendars.values()
    closed = [day for day in range(1, 31) if not calendar.is_open(datetime(2026, 11, day, 12, tzinfo=UTC))]
    assert closed == [int(day) for day in dates.split()], because


def test_two_dates_of_each_year_are_closed_in_the_next_year_too() -> None:
    off = excluded("s1", "Off", "20261224", "yearly", end_date_time="20261225T235959")
    tables = {
        "cmn_schedule": ROUND_THE_CLOCK["cmn_schedule"],
        "cmn_schedule_span": [ROUND_THE_CLOCK["cmn_schedule_span"][0], off],
    }
    (calendar,) = servicenow.load(tables).calendars.values()
    assert [calendar.is_open(datetime(2027, 12, day, 12, tzinfo=UTC)) for day in (23, 24, 25, 26)] == [
        True, False, False, True,
    ]  # fmt: skip
