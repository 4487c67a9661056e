"""What a calendar asks of a source of holidays, and the checks that sources share."""

from collections.abc import Iterable, Mapping
from datetime import date
from inspect import getattr_static
from typing import Final, Protocol, SupportsIndex, TypeGuard

from slacalc.arguments import check_argument, refuse
from slacalc.errors import HolidayError, HorizonError

__all__ = ["HolidaySource", "check_dates", "check_named", "check_pairs", "check_year", "digest_of", "is_source"]

_PAIR: Final = 2


class HolidaySource(Protocol):
    """Public holidays by date: `Holidays`, `FrozenHolidays`, or a source of one's own.

    A calendar compares, hashes and pickles its source, and asks it from several threads: make it a frozen value.

    >>> from dataclasses import dataclass
    >>> from slacalc import Calendar
    >>> @dataclass(frozen=True)
    ... class FoundersDay:
    ...     years = (2000, 2099)
    ...     source = "the company"
    ...     digest = "founders-day-1"
    ...
    ...     def names(self, year: int) -> dict[date, str]:
    ...         return {date(year, 11, 23): "Founders' Day"}
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays=FoundersDay())
    >>> from datetime import UTC, datetime
    >>> office.is_open(datetime(2026, 11, 23, 12, tzinfo=UTC))
    False
    """

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that are known, both included: a calendar answers for these only."""

    @property
    def source(self) -> str:
        """Where the knowledge came from, for people: a promise carries it."""

    @property
    def digest(self) -> str:
        """A text that differs whenever the dates do: the calendar's digest is made from it."""

    def names(self, year: int) -> Mapping[date, str]:
        """Return the holidays of one of the years by date."""


def is_source(value: object) -> TypeGuard[HolidaySource]:
    """Tell whether a value has all that a source has; nothing of it is asked."""
    asked = ("years", "source", "digest", "names")
    return not isinstance(value, type) and all(getattr_static(value, name, None) is not None for name in asked)


def check_year(years: tuple[int, int], year: int) -> None:
    """Refuse a year that is not known. Raises HorizonError."""
    if not isinstance(year, SupportsIndex) or not years[0] <= year <= years[1]:
        raise HorizonError(
            "holiday_year_unknown",
            "the holidays of this year are not known",
            given=year,
            accepts=f"years from {years[0]} to {years[1]}",
        )


def check_pairs(pairs: object, where: str, accepts: str) -> None:
    """Refuse what is no tuple of dates with their names."""
    if not isinstance(pairs, tuple) or not all(isinstance(pair, tuple) and len(pair) == _PAIR for pair in pairs):
        refuse(pairs, where, accepts)


def check_named(dates: Mapping[date, str]) -> None:
    """Refuse what is no mapping of dates to names."""
    check_argument(dates, Mapping, "dates", 'a mapping such as {datetime.date(2026, 12, 24): "Christmas Eve"}')
    check_dates(dates)


def check_dates(days: Iterable[object]) -> None:
    """Refuse what is no date, datetimes too. Raises HolidayError."""
    for day in days:
        if type(day) is not date:
            raise HolidayError(
                "holiday_dates_invalid",
                "this is not a date",
                given=day,
                accepts="datetime.date(2026, 12, 24)",
                where="dates",
            )


def digest_of(text: str) -> str:
    """Return the digest of a text."""
    import hashlib

    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
