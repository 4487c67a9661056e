"""The sweeps: what is tried whole, not by examples. Each is a list of parts, each part a few answers.

A part returns how many answers were checked, and fails with an AssertionError. `short` takes a part of the parts: a fixed
selection, so that every run tries the same.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import holidays as package

import slacalc as sla
from slacalc.policies.loading import SAMPLES
from slacalc.testing.strategies import CLOCK_CHANGES
from tests.sweeps.kit import kit_checks
from tests.sweeps.wall_times import check_wall_times
from tests.sweeps.zones import MICROSECOND, ONE_DAY, change_parts, check, check_boundary, zones

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


def wall_time_parts(*, short: bool) -> Iterator[Part]:
    """Every zone, 1900 to 2200: wall times around each change are the first instant that reads them or later, and in order."""
    for names in list(zones().values())[:: 61 if short else 1]:
        yield Part(f"wall times of {names[0]}", partial(check_wall_times, names[0]))


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


def _worked_weekends(code: str, subdivision: str | None, year: int, is_market: bool = False) -> set[date]:
    """The weekends that the package says are worked, of the year that it is asked for: it names others besides."""
    ask = package.financial_holidays if is_market else package.country_holidays
    theirs = ask(code, subdiv=subdivision, years=year, expand=False)
    return {day for day in theirs.weekend_workdays if day.year == year and day.weekday() > FRIDAY}


# ---------------------------------------------------------------- half days


def half_day_parts(*, short: bool) -> Iterator[Part]:
    """Every country, subdivision and market, 2015 to 2030, day by day: each half day is read with its time, or refused by name."""
    known = package.list_supported_countries(include_aliases=False)
    choices = [_Choice(code, land) for code, lands in sorted(known.items()) for land in (None, *lands)]
    markets = package.list_supported_financial(include_aliases=False)
    choices += [
        _Choice(code, land, is_market=True) for code, lands in sorted(markets.items()) for land in (None, *lands)
    ]
    for choice in choices[:: 97 if short else 1]:
        yield Part(str(choice), partial(_check_half_days, choice))


class _Choice(NamedTuple):
    """A country, a subdivision of one, or a market."""

    code: str
    subdivision: str | None = None
    is_market: bool = False

    def __str__(self) -> str:
        return f"half days of {self.code} {self.subdivision or ''}".strip()

    def holidays(self, *, half_days: bool = False, half_day_until: str | None = None) -> sla.Holidays:
        """What slacalc says."""
        country, market = (None, self.code) if self.is_market else (self.code, None)
        return sla.Holidays(
            country, self.subdivision, financial=market, half_days=half_days, half_day_until=half_day_until
        )

    def names(self, years: range, *categories: str) -> dict[date, str]:
        """The names of some categories, in the package's English; none of a category that it lacks."""
        ask = package.financial_holidays if self.is_market else package.country_holidays
        known = ask(self.code, expand=False)
        english = "en_US" if "en_US" in known.supported_languages else None
        there = tuple(category for category in categories if category in known.supported_categories)
        if not there:
            return {}
        found = ask(self.code, subdiv=self.subdivision, years=years, expand=False, categories=there, language=english)
        return {day: str(name) for day, name in found.items() if day.year in years}


UNTIMED: Final = 13 * 3600 + 13 * 60
OPENS, CLOSES = 9 * 3600, 17 * 3600
TIMED_TOO: Final = ("bank", "optional", "de_facto", "government")
FOR_SOME_PEOPLE: Final = {"CN", "FO"}
REFUSED: Final = {"XCME": "half_day_pauses", "XDUB": "half_day_zone_unknown", "XLIS": "half_day_zone_unknown"}


def _check_half_days(choice: _Choice) -> int:
    known = choice.holidays().years
    years = range(max(2015, known[0]), min(2030, known[1]) + 1)
    told = _half_days_of_the_package(choice, years)
    untimed = [name for name in told.values() if _end(name) == UNTIMED]
    assert (_refusal(choice) == "half_day_without_time") is bool(untimed), untimed[:3]
    refusal = _refusal(choice, half_day_until="13:13")
    assert refusal == REFUSED.get(choice.subdivision or choice.code)
    if refusal is not None:
        return 1
    frozen = choice.holidays(half_days=True, half_day_until="13:13").freeze(years[0], years[-1])
    loaded = sla.FrozenHolidays.from_json(frozen.to_json())
    assert loaded == frozen
    assert told.keys() == dict(frozen.half_days).keys()
    office = sla.Calendar(loaded.market_zone or "UTC", OFFICE, holidays=loaded)
    first, end = (datetime(year, 1, 1, tzinfo=ZoneInfo(office.zone)) for year in (years[0], years[-1] + 1))
    spans = [(span.start.replace(tzinfo=None), span.end.replace(tzinfo=None)) for span in office.intervals(first, end)]
    assert spans == list(_spans_by_the_package(choice, years, told))
    return len(spans)


def _refusal(choice: _Choice, half_day_until: str | None = None) -> str | None:
    """The code of the error by which half days are refused, or None."""
    try:
        choice.holidays(half_days=True, half_day_until=half_day_until)
    except sla.HolidayError as error:
        return error.code
    return None


def _half_days_of_the_package(choice: _Choice, years: range) -> dict[date, str]:
    """The half days: a category of its own, unless it is for some people only, and those with a time in four others."""
    off = choice.names(years, "public")
    timed = {day: name for day, name in choice.names(years, *TIMED_TOO).items() if re.search(r"\((from|markets)", name)}
    halves = {} if choice.code in FOR_SOME_PEOPLE else choice.names(years, "half_day")
    return {day: name for day, name in {**halves, **timed}.items() if day not in off}


def _spans_by_the_package(
    choice: _Choice, years: range, halves: dict[date, str]
) -> Iterator[tuple[datetime, datetime]]:
    """When an office from nine to five is open, from the words of the package alone."""
    off = choice.names(years, "public")
    worked = {
        day for year in years for day in _worked_weekends(choice.code, choice.subdivision, year, choice.is_market)
    }
    for day in _days(date(years[0], 1, 1), date(years[-1] + 1, 1, 1)):
        if day not in off and (day.weekday() <= FRIDAY or day in worked):
            closes = min(CLOSES, _end(halves[day])) if day in halves else CLOSES
            midnight = datetime.combine(day, time())
            yield midnight + timedelta(seconds=OPENS), midnight + timedelta(seconds=closes)


def _end(name: str) -> int:
    """When a nine-to-five office closes on a half day of this name: the time in it, or so many hours earlier."""
    shorter = re.search(r"shortened by (\d+) hour", name)
    if shorter:
        return CLOSES - int(shorter[1]) * 3600
    found = re.search(r"(\d+)(?::(\d\d))?\s*(?:([ap])\.?m|[A-Z]{2,}|\))", name)
    if found is None:
        return UNTIMED
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
    "wall-times": wall_time_parts,
    "holidays": holiday_parts,
    "half-days": half_day_parts,
    "boundaries": boundary_parts,
    "large": large_parts,
    "centuries": century_parts,
    "kit": kit_parts,
}
