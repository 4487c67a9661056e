"""Random offices for laws, and what independent packages say that a feed says."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla

FIRST: Final = date(2026, 10, 1)
LAST: Final = date(2027, 4, 15)
"""Two changes of the clock in most zones of the north, and two years."""
STAMP: Final = datetime(2026, 9, 1, 12, tzinfo=UTC)
ZONES: Final = (
    "Europe/Brussels",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "UTC",
)
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def office(random: Random) -> sla.Calendar:
    """An office with nights, whole days, holidays, special days, absences and a second week from some date on."""
    zone = random.choice(ZONES)
    off = {day(random): random.choice(["Rest", "Feast; of, all", ""]) or "off" for _ in range(random.randrange(6))}
    special = [
        sla.SpecialDay.of(on, windows(random), name=random.choice(["", "short day"]))
        for on in dict.fromkeys(day(random) for _ in range(random.randrange(6)))
    ]
    return sla.Calendar(
        zone,
        {**week(random), "Mon": "09:00-17:00"},
        holidays=sla.FrozenHolidays.of(off, years=(2025, 2028)),
        special_days=special,
        absences=[absence(random, zone) for _ in range(random.randrange(4))],
        versions={day(random): week(random)} if random.random() < 0.4 else {},
    )


def day(random: Random) -> date:
    near_changes = (date(2026, 10, 25), date(2027, 3, 28), date(2026, 11, 1), date(2027, 3, 14))
    return random.choice([random.choice(near_changes), FIRST + timedelta(random.randrange((LAST - FIRST).days + 1))])


def week(random: Random) -> dict[str, str]:
    return {name: windows(random) for name in DAYS}


def windows(random: Random) -> str:
    """Windows in quarters of an hour: over midnight, whole days, and none."""
    chosen = random.random()
    if chosen < 0.2:
        return "closed"
    if chosen < 0.3:
        return "00:00-24:00"
    pairs = ((random.randrange(96), random.randrange(1, 97)) for _ in range(random.randrange(1, 3)))
    said = [f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}" for a, b in pairs if a != b]
    return " ".join(said) or "09:00-17:00"


def absence(random: Random, zone: str) -> sla.Absence:
    midnight = datetime.combine(day(random), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    start = midnight + timedelta(hours=random.randrange(24))
    return sla.Absence(start, start + timedelta(hours=random.choice([1, 6, 24, 72])), random.choice(["", "fair"]))


def weekly_only(calendar: sla.Calendar) -> sla.Calendar:
    """The same office without anything but its weekly hours."""
    return calendar.replace(holidays=None, special_days=(), absences=())


class Told(NamedTuple):
    """An event as the packages read it."""

    start: datetime
    end: datetime
    is_open: bool


def told_by_packages(text: str, zone: str, component: str = "VEVENT") -> list[Told]:
    """Return the events of a feed, as icalendar reads it and recurring-ical-events expands it."""
    package = pytest.importorskip("icalendar", reason="a second opinion, where it is installed")
    expander = pytest.importorskip("recurring_ical_events", reason="a second opinion, where it is installed")
    parsed = package.Calendar.from_ical(text)
    found = []
    for event in expander.of(parsed, components=[component]).between(FIRST - timedelta(3), LAST + timedelta(3)):
        start, end = (_instant(event[key].dt, zone) for key in ("DTSTART", "DTEND"))
        found.append(Told(start, end, "Open hours" in str(getattr(event.get("CATEGORIES"), "cats", ""))))
    return found


def _instant(said: date | datetime, zone: str) -> datetime:
    """A date is its midnight, on the clock of the office; a time has the zone that the file defines."""
    if isinstance(said, datetime):
        return said.astimezone(UTC)
    return datetime.combine(said, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)


def moments(random: Random, calendar: sla.Calendar, count: int) -> list[datetime]:
    """Random instants between the dates, half of them near an edge of open time."""
    zone = ZoneInfo(calendar.zone)
    start, end = (datetime.combine(each, datetime.min.time(), zone) for each in (FIRST, LAST + timedelta(1)))
    seconds = int((end - start).total_seconds())
    edges = [edge for span in calendar.intervals(start, end) for edge in (span.start, span.end)] or [start]
    near = [random.choice(edges) + timedelta(seconds=random.choice([-1, 0, 1])) for _ in range(count // 2)]
    anywhere = [start + timedelta(seconds=random.randrange(seconds)) for _ in range(count - count // 2)]
    return [each for each in (*near, *anywhere) if start <= each < end]
