"""An instant rounded outward in the reader's zone, and how far away its date is.

An instant is never told as before what it is (rule 15): the time of the grid, the part of the
day or the day that is named ends at the instant or later. A deadline of the customer's is rounded inward: what is named
ends at it or earlier.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import SECOND, from_us, in_zone, stands_still_near, to_us
from slacalc.making import maker_of

__all__ = [
    "DAY_MINUTES",
    "GRAINS",
    "STANDARD_PARTS",
    "DayPart",
    "Grain",
    "Relation",
    "Told",
    "relation_of",
    "tell_closing",
    "tell_date",
    "tell_deadline",
    "tell_limit",
    "tell_opening",
    "tell_start",
]

Grain: TypeAlias = Literal["minute", "5min", "15min", "30min", "hour", "part_of_day", "day"]
Relation: TypeAlias = Literal["today", "tomorrow", "date", "date_with_year"]

GRAINS: Final[tuple[Grain, ...]] = get_args(Grain)
_GRID: Final[dict[Grain, int]] = {"minute": 60, "5min": 300, "15min": 900, "30min": 1_800, "hour": 3_600}
DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of the day that a language has a word for: it ends at `until`, in minutes from midnight."""

    name: str
    until: int


STANDARD_PARTS: Final = tuple(
    DayPart(name, 60 * hour) for name, hour in (("morning", 12), ("noon", 14), ("afternoon", 18), ("evening", 24))
)
"""The parts of the day where no language says otherwise."""


@dataclass(frozen=True, slots=True)
class Told:
    """An instant as it is told: `at` is what the words denote, on the reader's clock.

    `kind` is "time", "day" or the name of a part of the day; `day` is the date that is named,
    and `minute` the time from its midnight, up to 24:00.
    """

    at: datetime
    day: date
    kind: str
    minute: int = DAY_MINUTES


_make: Final = maker_of(Told)


def tell_limit(moment: datetime, zone: ZoneInfo, grain: Grain, parts: Sequence[DayPart] = ()) -> Told:
    """Return an instant that something happens by: rounded up, and midnight is the end of the day before.

    `parts` are those of the language that tells a part of the day.
    """
    match grain:
        case "part_of_day":
            return _end_of_part(to_us(moment), zone, parts)
        case "day":
            return _end_of_day(to_us(moment), zone)
        case _:
            told = _time_up(moment, zone, _GRID[grain])
            return told if told.minute else _end_of_day(to_us(told.at), zone)


def tell_deadline(moment: datetime, zone: ZoneInfo, grain: Grain, parts: Sequence[DayPart], as_of: datetime) -> Told:
    """Return a deadline of the customer's: rounded down, and midnight is the end of the day before.

    Where that is not ahead any more, it is told to the minute.
    """
    told = _ended_by(to_us(moment), zone, grain, parts)
    return told if to_us(told.at) > to_us(as_of) else _ended_by(to_us(moment), zone, "minute", parts)


def tell_start(moment: datetime, zone: ZoneInfo, grain: Grain) -> Told:
    """Return the start of a range: rounded down to the grid, or the date that it falls on."""
    if grain in _GRID:
        return _time_down(moment, zone, _GRID[grain])
    return tell_date(in_zone(moment, zone))


def tell_opening(moment: datetime, zone: ZoneInfo) -> Told:
    """Return an opening to the minute: it is never told too early."""
    return _time_up(moment, zone, 60)


def tell_closing(moment: datetime, zone: ZoneInfo) -> Told:
    """Return a closing to the minute: it is never told too late; midnight is 24:00 of the day before."""
    told = _time_down(moment, zone, 60)
    return told if told.minute else Told(told.at, _day_before(to_us(told.at), zone), "time")


def tell_date(moment: datetime) -> Told:
    """Return the date of an instant, on its own clock."""
    return Told(moment, moment.date(), "day")


def relation_of(day: date, as_of: date) -> Relation:
    """Return how far away a date is, as far as words differ: today, tomorrow, in this year or in another."""
    away = (day - as_of).days
    if away in {0, 1}:
        return "tomorrow" if away else "today"
    return "date" if day.year == as_of.year else "date_with_year"


def _time_up(moment: datetime, zone: ZoneInfo, grid: int) -> Told:
    """Return the first time of the grid at or after an instant: where no clock is moved nearby, by what it reads."""
    local = in_zone(moment, zone)
    if not stands_still_near(local):
        return _time(_up(to_us(moment), zone, grid), zone)
    over = (60 * local.minute + local.second) % grid
    if over or local.microsecond:
        local += timedelta(seconds=grid - over, microseconds=-local.microsecond)
    return _read(local)


def _time_down(moment: datetime, zone: ZoneInfo, grid: int) -> Told:
    """Return the last time of the grid at or before an instant, as `_time_up` does."""
    local = in_zone(moment, zone)
    if not stands_still_near(local):
        return _time(_down(to_us(moment), zone, grid), zone)
    over = (60 * local.minute + local.second) % grid
    if over or local.microsecond:
        local -= timedelta(seconds=over, microseconds=local.microsecond)
    return _read(local)


def _time(at: int, zone: ZoneInfo) -> Told:
    return _read(from_us(at, zone))


def _read(local: datetime) -> Told:
    return _make(local, local.date(), "time", 60 * local.hour + local.minute)


def _up(at: int, zone: ZoneInfo, grid: int) -> int:
    """Return the first instant at or after `at` at which the clock of the zone shows a time of the grid."""
    at = -(-at // SECOND) * SECOND
    while over := _second_of_day(at, zone) % grid:
        at += (grid - over) * SECOND  # more than once where a clock change comes between
    return at


def _down(at: int, zone: ZoneInfo, grid: int) -> int:
    """Return the last instant at or before `at` at which the clock of the zone shows a time of the grid."""
    at = at // SECOND * SECOND
    while over := _second_of_day(at, zone) % grid:
        at -= over * SECOND
    return at


def _second_of_day(at: int, zone: ZoneInfo) -> int:
    local = from_us(at, zone)
    return 3600 * local.hour + 60 * local.minute + local.second


def _end_of_day(at: int, zone: ZoneInfo) -> Told:
    """Return the date that ends at the instant or later."""
    day = _day_before(at, zone)
    return Told(_last_reading(zone, day, DAY_MINUTES), day, "day")


def _ended_by(at: int, zone: ZoneInfo, grain: Grain, parts: Sequence[DayPart]) -> Told:
    """Return the last of what a grain can name that ends at the instant or earlier."""
    if grain in _GRID:
        down = _down(at, zone, _GRID[grain])
        told = _time(down, zone)
        return told if told.minute else _end_of_day(down, zone)
    named = parts if grain == "part_of_day" else (DayPart("day", DAY_MINUTES),)
    day = _day_before(at, zone)
    if to_us(_last_reading(zone, day, named[0].until)) > at:
        day = _day_before(to_us(datetime(day.year, day.month, day.day, tzinfo=zone)), zone)
    ends = ((part, _last_reading(zone, day, part.until)) for part in reversed(named))
    part, end = next((part, end) for part, end in ends if to_us(end) <= at)
    return Told(end, day, part.name, part.until)


def _end_of_part(at: int, zone: ZoneInfo, parts: Sequence[DayPart]) -> Told:
    """Return the first part of a date that ends at the instant or later; the last one ends with the date."""
    day = _day_before(at, zone)
    ends = ((part, _last_reading(zone, day, part.until)) for part in parts)
    part, end = next((part, end) for part, end in ends if to_us(end) >= at)
    return Told(end, day, part.name, part.until)


def _day_before(at: int, zone: ZoneInfo) -> date:
    """Return the date that the clock shows just before an instant: Apia went from 29 to 31 December 2011."""
    return from_us(at - 1, zone).date()


def _last_reading(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """Return the last instant at which the clock of the zone reads so many minutes into a date."""
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return from_us(max(to_us(wall), to_us(wall.replace(fold=1))), zone)
