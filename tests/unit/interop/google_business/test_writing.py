"""A calendar as hours of Google Business Profile: what is written, what is lost, and that it is read back the same."""

import json
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from hypothesis import given, settings

import slacalc as sla
from slacalc.interop import google_business
from tests.refusals import Refusal, check
from tests.unit.interop.drawn import FIRST, LAST, OFFICES, open_time

CHRISTMAS: Final = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas Day"}, years=(2026, 2027))  # a Friday
ON: Final = {"year": 2026, "month": 12, "day": 24}  # a Thursday
AFTER: Final = {**ON, "day": 25}
AWAY: Final = sla.Absence(datetime(2026, 12, 4, 9, tzinfo=UTC), datetime(2026, 12, 4, 12, tzinfo=UTC))


def period(first: str, opens: dict[str, int], last: str, closes: dict[str, int]) -> dict[str, Any]:
    return {"openDay": first, "openTime": opens, "closeDay": last, "closeTime": closes}


NINE: Final = period("THURSDAY", {"hours": 9}, "THURSDAY", {"hours": 17})


@pytest.mark.parametrize(
    ("hours", "more", "regular", "special"),
    [
        ("Sat 09:00-12:30 13:15-17:00", {},
         [period("SATURDAY", {"hours": 9}, "SATURDAY", {"hours": 12, "minutes": 30}),
          period("SATURDAY", {"hours": 13, "minutes": 15}, "SATURDAY", {"hours": 17})], []),
        ("Sun 22:00-06:00", {}, [period("SUNDAY", {"hours": 22}, "MONDAY", {"hours": 6})], []),
        ("Sun 00:00-24:00", {}, [period("SUNDAY", {}, "SUNDAY", {"hours": 24})], []),
        ("Fri 00:30-01:00", {}, [period("FRIDAY", {"minutes": 30}, "FRIDAY", {"hours": 1})], []),
        ("Thu 09:00-17:00", {"special_days": {"2026-12-24": "closed"}}, [NINE], [{"startDate": ON, "closed": True}]),
        ("Thu 09:00-17:00", {"special_days": {"2026-12-24": "09:00-12:00 20:00-02:00"}}, [NINE],
         [{"startDate": ON, "openTime": {"hours": 9}, "closeTime": {"hours": 12}},
          {"startDate": ON, "openTime": {"hours": 20}, "endDate": AFTER, "closeTime": {"hours": 2}}]),
        ("Thu 09:00-17:00; PH 10:00-11:00", {"holidays": CHRISTMAS}, [NINE],
         [{"startDate": AFTER, "openTime": {"hours": 10}, "closeTime": {"hours": 11}}]),
        ("Thu 09:00-17:00", {"versions": {"2026-12-31": "Thu 09:00-24:00"}}, [NINE],
         [{"startDate": {**ON, "day": 31}, "openTime": {"hours": 9}, "closeTime": {"hours": 24}}]),
    ],
)  # fmt: skip
def test_periods_of_the_week_and_dates_that_differ(
    hours: str, more: dict[str, Any], regular: list[Any], special: list[Any]
) -> None:
    written = google_business.write(sla.Calendar("Europe/Berlin", hours, **more), FIRST, LAST, name="Bar")
    assert written.document["title"] == "Bar"
    assert written.document["regularHours"]["periods"] == regular
    assert written.document["specialHours"]["specialHourPeriods"] == special
    assert {loss.severity for loss in written.losses} == {"cosmetic"}


@pytest.mark.parametrize(
    ("hours", "more", "where", "means"),
    [
        ("Thu 09:00:30-17:00", {}, "hours", "hours that begin or end between two minutes"),
        ("Mon 12:00-11:00 00:00-13:00", {}, "hours", "hours that last longer than a day"),
        ("Thu 09:00-17:00", {"special_days": {"2026-12-24": "20:00-12:00"}}, "dates", "special hours that end after 11:59"),
        ("Thu 09:00-17:00", {"absences": [AWAY]}, "absences", "an absence from 2026-12-04T09:00"),
        ("closed", {"special_days": {"2027-02-01": "open 09:00-12:00"}}, "hours", "no date has hours"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_named_and_refused(hours: str, more: dict[str, Any], where: str, means: str) -> None:
    office = sla.Calendar("UTC", hours, **more)
    (loss,) = (
        each for each in google_business.write(office, FIRST, LAST, lossy=True).losses if each.severity != "cosmetic"
    )
    assert (loss.severity, loss.where) == ("due_times", where)
    assert loss.means.startswith(means)
    with pytest.raises(sla.InteropError) as refused:
        google_business.write(office, FIRST, LAST)
    assert (refused.value.code, refused.value.where) == ("import_changes_due_times", where)


def test_what_is_open_for_seconds_only_is_no_period_and_a_date_of_it_is_closed() -> None:
    office = sla.Calendar(
        "UTC", "Wed 10:00:10-10:00:40; Thu 09:00-17:00", special_days={"2026-12-24": "20:00:10-20:00:40"}
    )
    written = google_business.write(office, FIRST, LAST, lossy=True).document
    assert written["regularHours"]["periods"] == [NINE]
    assert written["specialHours"]["specialHourPeriods"] == [{"startDate": ON, "closed": True}]


def test_a_special_day_may_end_at_11_59_of_the_next() -> None:
    office = sla.Calendar("UTC", "Thu 09:00-17:00", special_days={"2026-12-24": "20:00-11:59"})
    (row,) = google_business.write(office, FIRST, LAST).document["specialHours"]["specialHourPeriods"]
    assert row["closeTime"] == {"hours": 11, "minutes": 59}


def test_names_and_the_zone_are_not_written() -> None:
    office = sla.Calendar("UTC", "Fri 09:00-17:00", holidays=CHRISTMAS)
    assert [loss.where for loss in google_business.write(office, FIRST, LAST).losses] == ["zone", "dates"]


REFUSALS: Final = [
    Refusal(lambda: google_business.write(sla.Calendar("UTC", "24/7"), LAST, FIRST), sla.InteropError,
            "export_dates_invalid", "last", "2026-12-31 to 2026-12-01", "at most 3660"),
    Refusal(lambda: google_business.write(sla.Calendar("UTC", "24/7", holidays=CHRISTMAS), FIRST, date(2028, 1, 2)),
            sla.HorizonError, "beyond_covered", "", "2028-01-03", "to 2028-01-01"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@settings(max_examples=80, deadline=None)
@given(OFFICES)
def test_what_is_written_and_read_again_is_the_same_schedule(office: sla.Calendar) -> None:
    written = google_business.write(office, FIRST, LAST, lossy=True)
    lost = {loss.means for loss in written.losses if loss.severity == "due_times"}
    if "hours that last longer than a day" in lost:
        return
    again = google_business.load(json.loads(written.content), zone=office.zone).calendars["opening hours"]
    assert open_time(again) == open_time(office)
