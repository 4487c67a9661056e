"""The sweeps: what is tried whole, not by examples. Each is a list of parts, each part a few answers.

A part returns how many answers were checked, and fails with an AssertionError. `short` takes a part of the parts: a fixed
selection, so that every run tries the same.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

import holidays as package

import slacalc as sla
from slacalc.policies.loading import SAMPLES
from slacalc.testing.strategies import CLOCK_CHANGES
from tests.sweeps.zones import MICROSECOND, ONE_DAY, change_parts, check, check_boundary

OFFICE: Final = "Mon-Fri 09:00-17:00"
SHIFTS: Final = (OFFICE, "Mon-Sun 22:00-06:00", "Mon-Sun 00:00-02:30 03:30-24:00")
EIGHT_HOURS: Final = timedelta(hours=8)
FRIDAY: Final = 4
FIRST_YEAR, LAST_YEAR = 2000, 2050


class Part(NamedTuple):
    """One part of a sweep: its name, and what checks it."""

    name: str
    check: Callable[[], int]


def zone_parts(*, short: bool) -> Iterator[Part]:
    """Every zone x every change of its clock, 1970 to 2037, x day, night and awkward hours, against the walker."""
    for number, change in enumerate(change_parts(every=19 if short else 1)):
        if not short or number % 11 == 0:
            yield Part(f"{change.zone} {change.at:%Y-%m-%d}", partial(check, change))


# ---------------------------------------------------------------- holidays


def holiday_parts(*, short: bool) -> Iterator[Part]:
    """Every country and subdivision loads, freezes, is written and read, and is counted from 2000 to 2050."""
    known = package.list_supported_countries(include_aliases=False)
    choices = [(country, each) for country, lands in sorted(known.items()) for each in (None, *lands)]
    for country, subdivision in choices[:: 97 if short else 1]:
        yield Part(f"{country} {subdivision or ''}".strip(), partial(_check_holidays, country, subdivision))


def _check_holidays(country: str, subdivision: str | None) -> int:
    ours = sla.Holidays(country, subdivision)
    first, last = max(FIRST_YEAR, ours.years[0]), min(LAST_YEAR, ours.years[1])
    frozen = ours.freeze(first, last)
    assert sla.FrozenHolidays.from_json(frozen.to_json()) == frozen
    theirs = package.country_holidays(country, subdiv=subdivision, years=range(first, last + 1), expand=False)
    dates = {day for day in theirs if first <= day.year <= last}
    assert dates == {day for day, _ in frozen.dates}
    calendar = sla.Calendar("UTC", OFFICE, holidays=frozen)
    span = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    working = sum(day.weekday() <= FRIDAY and day not in dates for day in _days(span[0].date(), span[1].date()))
    assert working * EIGHT_HOURS == calendar.elapsed(*span)
    return len(dates) + 3


def _days(first: date, end: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), end.toordinal()):
        yield date.fromordinal(ordinal)


# ---------------------------------------------------------------- boundaries


def boundary_parts(*, short: bool) -> Iterator[Part]:
    """Every opening and closing within a year of a change of the clock, and of the sample policies, +- 1 microsecond."""
    for zone, at in CLOCK_CHANGES[:: 9 if short else 1]:
        for hours in SHIFTS:
            yield Part(f"{zone} {at:%Y} {hours}", partial(_check_year, sla.Calendar(zone, hours), at))
    for name in SAMPLES[:: 4 if short else 1]:
        policy = sla.sample_policy(name)
        for calendar in policy.calendars:
            at = datetime(2026, 11, 20, tzinfo=UTC)
            yield Part(f"{name} {calendar}", partial(_check_year, policy.calendar(calendar), at))


def _check_year(calendar: sla.Calendar, at: datetime) -> int:
    low, high = at - timedelta(days=183), at + timedelta(days=183)
    edges = [(i.start.astimezone(UTC), i.end.astimezone(UTC)) for i in calendar.intervals(low, high)]
    return sum(check_boundary(calendar, opens, closes, low, high) for opens, closes in edges)


# ---------------------------------------------------------------- much of everything


def large_parts(*, short: bool) -> Iterator[Part]:
    """Calendars with 100,000 special days, of every kind, against plain counting."""
    for count in (1_000, 10_000) if short else (1_000, 10_000, 100_000):
        yield Part(f"{count} single dates", partial(_check_special_days, count, as_ranges=False))
        yield Part(f"{count} ranges", partial(_check_special_days, count, as_ranges=True))
        yield Part(f"{count} absences", partial(_check_absences, count))


def _check_special_days(count: int, *, as_ranges: bool) -> int:
    """Every second date is closed, the others are open from 10:00 to 14:00."""
    first = date(1900, 1, 1)
    days = [first + number * ONE_DAY for number in range(count)]
    special = [
        sla.SpecialDay.of(sla.DateRange(day, day) if as_ranges else day, "10:00-14:00" if number % 2 else "closed")
        for number, day in enumerate(days)
    ]
    calendar = sla.Calendar("UTC", OFFICE, special_days=special)
    start = datetime(1900, 1, 1, tzinfo=UTC)
    end = start + count * ONE_DAY
    assert count // 2 * timedelta(hours=4) == calendar.elapsed(start, end)
    for number in range(1, count, max(1, count // 500)):
        at = start + number * ONE_DAY
        expected = at + timedelta(hours=12) if number % 2 else at + timedelta(days=1, hours=12)
        if expected < end:
            assert expected == calendar.add(at, timedelta(hours=2))
    return 501


def _check_absences(count: int) -> int:
    """Away for the first ten minutes of every hour."""
    start = datetime(1990, 1, 1, tzinfo=UTC)
    hours = [start + number * timedelta(hours=1) for number in range(count)]
    calendar = sla.Calendar("UTC", "24/7", absences=[sla.Absence(at, at + timedelta(minutes=10)) for at in hours])
    assert count * timedelta(minutes=50) == calendar.elapsed(start, start + count * timedelta(hours=1))
    for at in hours[:: max(1, count // 500)]:
        assert at + timedelta(minutes=11) == calendar.add(at, timedelta(minutes=1))
        assert [calendar.is_open(at + timedelta(minutes=10) + by * MICROSECOND) for by in (-1, 0)] == [False, True]
    return 3 * min(count, 500)


def century_parts(*, short: bool) -> Iterator[Part]:
    """Spans of a hundred years and more, in every zone of the laws: in one piece and in pieces, there and back."""
    zones = ("UTC", *sorted({zone for zone, _ in CLOCK_CHANGES}))
    for zone in zones[:: 8 if short else 1]:
        for hours in SHIFTS:
            yield Part(f"{zone} {hours}", partial(_check_century, zone, hours))


def _check_century(zone: str, hours: str) -> int:
    start, end = datetime(1950, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
    calendar = sla.Calendar(zone, hours)
    whole = calendar.elapsed(start, end)
    years = [datetime(year, 1, 1, tzinfo=UTC) for year in range(1950, 2051)]
    fresh = (sla.Calendar(zone, hours).elapsed(a, b) for a, b in pairwise(years))
    assert whole == sum(fresh, timedelta(0))
    assert whole == sum((interval.length for interval in calendar.intervals(start, end)), timedelta(0))
    assert calendar.elapsed(start, calendar.add(start, whole)) == whole
    assert calendar.elapsed(calendar.subtract(end, whole), end) == whole
    if zone == "UTC" and hours == OFFICE:
        assert whole == EIGHT_HOURS * sum(day.weekday() <= FRIDAY for day in _days(start.date(), end.date()))
    return 5


SWEEPS: Final[dict[str, Callable[..., Iterator[Part]]]] = {
    "zones": zone_parts,
    "holidays": holiday_parts,
    "boundaries": boundary_parts,
    "large": large_parts,
    "centuries": century_parts,
}
