"""Beside every opening and closing the fast lane says what the staircase says, and around a change of the clock nothing."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from tests.lanes import MICROSECOND, assert_the_same, both_ways, lane_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
REFUSED = {f"{verb} {amount}" for verb in ("add", "subtract") for amount in (timedelta.max, -MICROSECOND)}
FAR = {f"{verb} {timedelta(hours=200)}" for verb in ("add", "subtract")}


def beside_every_boundary(calendar: sla.Calendar, first: datetime, last: datetime) -> list[datetime]:
    """A microsecond before, at and after each opening and closing, and a noon with its midnight."""
    edges = [edge for i in calendar.intervals(first, last) for edge in (i.start, i.end)]
    beside = (-MICROSECOND, timedelta(0), MICROSECOND)
    noon = datetime(first.year, first.month, first.day, 12, tzinfo=first.tzinfo) + 3 * ONE_DAY
    return [edge.astimezone(UTC) + by for edge in (*edges, noon, noon - timedelta(hours=12)) for by in beside]


@pytest.mark.parametrize("zone", [BERLIN, UTC, ZoneInfo("Asia/Tokyo")], ids=str)
@pytest.mark.parametrize(
    ("hours", "silent", "why"),
    [
        ("Mon-Fri 09:00-12:00 13:00-17:00", set(), "an office with a break"),
        ("Mon-Sun 22:00-06:00", set(), "a night shift"),
        ("Mon-Fri 00:00-24:00", set(), "windows that touch at midnight"),
        ("Thu 09:00-10:00", FAR, "200 hours are longer than what was compiled"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_far_from_a_change_of_the_clock_the_fast_lane_answers_everything(
    hours: str, silent: set[str], why: str, zone: tzinfo
) -> None:
    calendar = sla.Calendar("Europe/Berlin", hours)
    first = datetime(2027, 1, 11, 12, tzinfo=BERLIN)
    lane, line = lane_of(calendar, zone, first)
    for at in beside_every_boundary(calendar, first, first + 9 * ONE_DAY):
        asked = at.astimezone(zone)
        ways = {verb for verb, _, _ in both_ways(calendar, lane, line, asked, asked)}
        assert ways - REFUSED - silent == assert_the_same(calendar, lane, line, asked, NOON.astimezone(zone)), (at, why)


@pytest.mark.parametrize(
    ("zone", "silent"),
    [
        (BERLIN, ["10-24", "10-25", "10-26"]),
        (UTC, ["10-24", "10-25", "10-26"]),
        (ZoneInfo("America/New_York"), ["10-23", "10-24", "10-25", "10-31", "11-01", "11-02"]),
    ],
    ids=["asked in Berlin", "asked in UTC", "asked in New York, where the clock is changed a week later"],
)
@pytest.mark.parametrize(
    "hours", ["Mon-Fri 09:00-12:00 13:00-17:00", "Tue-Fri 09:00-12:00 13:00-17:00", "Mon-Sun 22:00-06:00", "24/7"]
)
def test_the_fast_lane_is_silent_on_dates_within_a_day_of_a_change_of_the_clock(
    hours: str, zone: tzinfo, silent: list[str]
) -> None:
    """Berlin's clock is changed on 2026-10-25 at 01:00 UTC, New York's on 2026-11-01 at 06:00 UTC."""
    calendar = sla.Calendar("Europe/Berlin", hours)
    first = datetime(2026, 10, 21, tzinfo=UTC)
    lane, line = lane_of(calendar, zone, first)
    for half_hours in range(14 * 48):
        at = (first + half_hours * timedelta(minutes=30)).astimezone(zone)
        answered = assert_the_same(calendar, lane, line, at, NOON.astimezone(zone))
        assert ("is_open" in answered) == (f"{at:%m-%d}" not in silent), at
        assert answered == set() or "is_open" in answered, at
