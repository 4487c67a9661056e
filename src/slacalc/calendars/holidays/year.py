"""What the holiday data says of one year: days off by name, working weekends, half days, and what can still change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from slacalc.calendars.holidays.half_days import HalfDay
from slacalc.calendars.holidays.source import HolidaySource
from slacalc.forms import StoredForm

__all__ = ["NOTHING_KNOWN", "HolidayYear", "Uncertain", "half_days_at_hand", "market_zone_of", "year_of"]


@dataclass(frozen=True, slots=True, order=True)
class Uncertain(StoredForm):
    """Dates, both ends included, of which the holiday data can still say something else, and why."""

    first: date
    last: date
    why: str

    def __str__(self) -> str:
        """Return the dates and why."""
        dates = str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
        return f"{dates}: {self.why}"


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One year of holiday data.

    `names` are the days off in the language that was chosen, `english` those in English where the data
    has them. `working_weekends` tells which day off each pays for, or None.
    """

    names: Mapping[date, str] = field(default_factory=dict)
    english: Mapping[date, str] = field(default_factory=dict)
    working_weekends: Mapping[date, date | None] = field(default_factory=dict)
    half_days: Mapping[date, HalfDay] = field(default_factory=dict)
    uncertain: tuple[Uncertain, ...] = ()

    def called(self) -> dict[date, tuple[str, ...]]:
        """Return every name that a day off goes by."""
        return {day: (name, self.english.get(day, name)) for day, name in self.names.items()}


NOTHING_KNOWN: Final = HolidayYear()


def year_of(source: HolidaySource, year: int) -> HolidayYear:
    """Return all that a source knows of one year: one of one's own may know the names alone."""
    read: Callable[[int], HolidayYear] | None = getattr(source, "year", None)
    return read(year) if callable(read) else HolidayYear(source.names(year))


def half_days_at_hand(source: HolidaySource) -> Mapping[date, HalfDay]:
    """Return half days of a source as far as it tells them without reading each year: what is there to be looked at."""
    found: Mapping[date, HalfDay] = getattr(source, "half_days_at_hand", {})
    return found


def market_zone_of(source: HolidaySource | None) -> str | None:
    """Return the zone whose clock tells the half days of a source, or None."""
    zone: str | None = getattr(source, "market_zone", None)
    return zone
