"""This module knows how an instant is told: rounded outward in the reader's zone, and how far away its date is.

An instant is never told as before what it is (rule 15): the grid, the part of the day or the
day that is named ends at the instant or later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import SECOND, from_us, to_us

__all__ = ["GRAINS", "DayPart", "Grain", "Relation", "Told", "is_shown_twice", "tell"]

Grain: TypeAlias = Literal["minute", "5min", "15min", "30min", "hour", "part_of_day", "day"]
Relation: TypeAlias = Literal["past", "today", "tomorrow", "weekday", "date", "date_with_year"]

GRAINS: Final[tuple[Grain, ...]] = get_args(Grain)
_GRID: Final[dict[Grain, int]] = {"minute": 1, "5min": 5, "15min": 15, "30min": 30, "hour": 60}
_DAY: Final = timedelta(days=1)
_A_WEEKDAY_AWAY: Final = 6


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of the day that a language has a word for: it ends at `until`, in minutes from midnight."""

    name: str
    until: int


@dataclass(frozen=True, slots=True)
class Told:
    """An instant as it is told: `at` is what the words denote, never before `exact`; `day` the date they name.

    `part` is the part of the day, empty where a time or a whole day is told. The end of a day
    belongs to that day: Tuesday 00:00 told as a day is Monday.
    """

    exact: datetime
    at: datetime
    day: date
    grain: Grain
    relation: Relation
    part: str = ""


def tell(
    moment: datetime, zone: ZoneInfo, as_of: datetime, grain: Grain, parts: Sequence[DayPart] = ()
) -> Told:
    """Return an instant as a reader in a zone is told it, as of another; `parts` are needed for a part of the day."""
    exact = from_us(to_us(moment), zone)
    match grain:
        case "part_of_day":
            day, at, part = _end_of_part(exact, zone, parts)
        case "day":
            day, at, part = *_end_of_day(exact, zone), ""
        case _:
            at, part = _on_grid(to_us(exact), zone, _GRID[grain]), ""
            day = at.date()
    return Told(exact, at, day, grain, _relation(day, from_us(to_us(as_of), zone).date()), part)


def is_shown_twice(moment: datetime) -> bool:
    """Tell whether the clock of the moment's zone shows its time twice, in the night it is set back."""
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset() and _exists(moment)


def _exists(moment: datetime) -> bool:
    other = moment.replace(fold=1 - moment.fold)
    return (moment.utcoffset() > other.utcoffset()) == (moment.fold == 0)  # type: ignore[operator]  # both are aware


def _on_grid(at: int, zone: ZoneInfo, minutes: int) -> datetime:
    """Return the first instant at or after `at` at which the clock of the zone shows a time of the grid."""
    at, grid = -(-at // SECOND) * SECOND, 60 * minutes
    while over := _second_of_day(from_us(at, zone)) % grid:
        at += (grid - over) * SECOND  # again after a clock change of less than an hour
    return from_us(at, zone)


def _second_of_day(moment: datetime) -> int:
    return 3600 * moment.hour + 60 * moment.minute + moment.second


def _end_of_day(exact: datetime, zone: ZoneInfo) -> tuple[date, datetime]:
    """Return the date that ends at the instant or later, and its end."""
    day = (from_us(to_us(exact) - 1, zone)).date()
    return day, _reading(zone, day, 24 * 60)


def _end_of_part(exact: datetime, zone: ZoneInfo, parts: Sequence[DayPart]) -> tuple[date, datetime, str]:
    day = (from_us(to_us(exact) - 1, zone)).date()
    ends = ((part.name, _reading(zone, day, part.until)) for part in parts)
    name, at = next((name, at) for name, at in ends if to_us(at) >= to_us(exact))
    return day, at, name


def _reading(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """Return the last instant at which the clock of the zone reads so many minutes into a date."""
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minutes)
    return from_us(max(to_us(wall), to_us(wall.replace(fold=1))), zone)


def _relation(day: date, today: date) -> Relation:
    away = (day - today).days
    if away < 0:
        return "past"
    if away <= 1:
        return "tomorrow" if away else "today"
    if away <= _A_WEEKDAY_AWAY:
        return "weekday"
    return "date" if day.year == today.year else "date_with_year"
