"""Beside every opening and closing the fast lane says what the staircase says, and around a change of the clock nothing."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.business_time.fast_lane import LaneTables
from slacalc.business_time.instants import to_us
from slacalc.business_time.spans import union
from slacalc.business_time.timeline import Stairs
from tests.helpers import BERLIN, BRUSSELS
from tests.lanes import MICROSECOND, assert_the_same, both_ways, lane_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
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


NOVEMBER = ("2026-11-02T12:00Z", "2026-11-06T12:00Z")


@pytest.mark.parametrize(
    ("zone", "span", "known", "why"),
    [
        (UTC, NOVEMBER, ["11-03", "11-04", "11-05"], "the first and the last date are there in part"),
        (UTC, ("2026-11-02T00:00Z", "2026-11-06T00:00Z"), ["11-02", "11-03", "11-04", "11-05"], "from midnight to midnight"),
        (UTC, ("2026-11-02T00:00Z", "2026-11-02T12:00Z"), [], "half a date"),
        (ZoneInfo("Asia/Tokyo"), NOVEMBER, ["11-03", "11-04", "11-05"], "from 21:00 to 21:00"),
        (BRUSSELS, ("2026-10-21T22:00Z", "2026-10-28T23:00Z"), ["10-22", "10-23", "10-27", "10-28"], "a change between"),
        (BRUSSELS, ("2026-10-25T12:00Z", "2026-10-28T23:00Z"), ["10-27", "10-28"], "a change within a day before it"),
        (BRUSSELS, ("2026-10-21T22:00Z", "2026-10-24T22:00Z"), ["10-22", "10-23"], "a change within a day after it"),
    ],
)  # fmt: skip
def test_tables_hold_whole_dates_without_a_change_of_the_clock(
    zone: tzinfo, span: tuple[str, str], known: list[str], why: str
) -> None:
    start, end = (to_us(datetime.fromisoformat(text)) for text in span)
    tables = LaneTables(Stairs(start, end, union([(start, end)])), zone, zone)
    found = [date.fromordinal(tables.first + day) for day, row in enumerate(tables.index) if row]
    assert known == [f"{day:%m-%d}" for day in found], why
    assert not found or (found[0].toordinal(), len(tables.index)) == (tables.first, (found[-1] - found[0]).days + 1)


def test_elapsed_time_is_known_from_the_first_date_of_the_tables_to_the_last_and_no_further() -> None:
    calendar = sla.Calendar("UTC", "Mon-Sun 09:00-17:00")
    lane, _ = lane_of(calendar, UTC, NOON)
    (tables,) = lane._tables
    first, last = (
        datetime.combine(date.fromordinal(ordinal), NOON.timetz())
        for ordinal in (tables.first, tables.first + tables.dates - 1)
    )
    for edge, beyond in ((first, first - ONE_DAY), (last, last + ONE_DAY)):
        days = abs((edge - NOON).days)
        assert abs(lane.elapsed(edge, NOON) or timedelta(0)) == days * timedelta(hours=8)
        assert lane.elapsed(edge, NOON) == -(lane.elapsed(NOON, edge) or timedelta(0))
        assert lane.add(edge, timedelta(hours=1)) == edge + timedelta(hours=1)
        assert lane.elapsed(NOON, beyond) is None
        assert lane.elapsed(beyond, NOON) is None
        assert lane.add(beyond, timedelta(hours=1)) is None
