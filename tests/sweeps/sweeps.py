"""The sweeps: what is tried whole, not by examples. Each is a list of parts, each part a few answers.

A part returns how many answers were checked, and fails with an AssertionError. `short` takes a part of the parts: a fixed
selection, so that every run tries the same.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

import holidays as package

import slacalc as sla
from slacalc.policies.loading import SAMPLES
from slacalc.testing.strategies import CLOCK_CHANGES
from tests.sweeps.kit import kit_checks
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
    worked = {day for year in range(first, last + 1) for day in _worked_weekends(country, subdivision, year)}
    assert worked == {day for day, _ in frozen.working_weekends}
    assert all(off is not None and off.weekday() <= FRIDAY for _, off in frozen.working_weekends)
    calendar = sla.Calendar("UTC", OFFICE, holidays=frozen)
    span = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    weekdays = {day for day in _days(span[0].date(), span[1].date()) if day.weekday() <= FRIDAY}
    working = len((weekdays | worked) - dates)
    assert working * EIGHT_HOURS == calendar.elapsed(*span)
    return len(dates) + 3


def _worked_weekends(country: str, subdivision: str | None, year: int) -> set[date]:
    """The weekends that the package says are worked, of the year that it is asked for: it names others besides."""
    theirs = package.country_holidays(country, subdiv=subdivision, years=year, expand=False)
    return {day for day in theirs.weekend_workdays if day.year == year and day.weekday() > FRIDAY}


def half_day_parts(*, short: bool) -> Iterator[Part]:
    """Every country and market, 2015 to 2030: each half day is read with its time, or refused by name."""
    choices = [(code, False) for code in sorted(package.list_supported_countries(include_aliases=False))]
    choices += [(code, True) for code in sorted(package.list_supported_financial(include_aliases=False))]
    for code, is_market in choices[:: 23 if short else 1]:
        yield Part(f"half days of {code}", partial(_check_half_days, code, is_market=is_market))


def _check_half_days(code: str, *, is_market: bool) -> int:
    country, market = (None, code) if is_market else (code, None)
    try:
        ours = sla.Holidays(country, financial=market, half_days=True, half_day_until="13:13")
    except sla.HolidayError as error:
        if (error.code, code) != ("half_day_pauses", "XCME"):
            raise
        return 1
    frozen = ours.freeze(max(2015, ours.years[0]), min(2030, ours.years[1]))
    assert sla.FrozenHolidays.from_json(frozen.to_json()) == frozen
    told = dict(frozen.half_days)
    named = _half_days_of_the_package(code, is_market=is_market, years=range(frozen.years[0], frozen.years[1] + 1))
    assert set(named) - {day for day, _ in frozen.dates} <= set(told)
    for day, name in named.items():
        if day in told:
            assert _seconds_in(name) == (told[day].until if told[day].until != UNTIMED else None), (day, name)
    return len(told) + 1


UNTIMED: Final = 13 * 3600 + 13 * 60


def _half_days_of_the_package(code: str, *, is_market: bool, years: range) -> dict[date, str]:
    """The half days of the package's own category, in its English; none where they are for some people only."""
    ask = package.financial_holidays if is_market else package.country_holidays
    known = ask(code, expand=False)
    if "half_day" not in known.supported_categories or code in {"CN", "FO"}:
        return {}
    english = "en_US" if "en_US" in known.supported_languages else None
    return dict(ask(code, years=years, expand=False, categories=("half_day",), language=english).items())


def _seconds_in(name: str) -> int | None:
    """The time of day in a name, by its digits and what follows them; None without one, and for hours less."""
    found = re.search(r"(\d+)(?::(\d\d))?\s*(?:([ap])\.?m|[A-Z]{2,}|\))", name)
    if found is None:
        return None
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
    return hour * 3600 + int(found[2] or 0) * 60


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
        sla.SpecialDay.of(sla.DateRange(day, day) if as_ranges else day, "open 10:00-14:00" if number % 2 else "closed")
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


def kit_parts(*, short: bool) -> Iterator[Part]:
    """Planted mistakes are found by the testing kit, and right offices are not accused; tests/kit has the short form."""
    for name, checks in kit_checks():
        if not short or name == "mistake, 1: the cutoff is a minute early":
            yield Part(name, checks)


SWEEPS: Final[dict[str, Callable[..., Iterator[Part]]]] = {
    "zones": zone_parts,
    "holidays": holiday_parts,
    "half-days": half_day_parts,
    "boundaries": boundary_parts,
    "large": large_parts,
    "centuries": century_parts,
    "kit": kit_parts,
}
