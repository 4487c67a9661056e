"""Holidays that somebody gives: single dates, and dates of every year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from slacalc.arguments import check_argument
from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.calendars.holidays.source import check_dates, check_year, digest_of
from slacalc.errors import HolidayError

__all__ = ["GivenHolidays", "read_month_and_day"]

MonthAndDay: TypeAlias = tuple[int, int]
Names: TypeAlias = "str | Iterable[str]"
_LEAP_YEAR: Final = 2000
_NAMES: Final = 'a name, or several, such as ["Christmas Eve", "Founders\' Day"]'


@dataclass(frozen=True, slots=True)
class GivenHolidays:
    """Holidays of one's own making: the dates that are given and no others, in every year from 1900 to 2200.

    A date may have several names. 29 February is a holiday of leap years only. `FrozenHolidays` say instead which years
    they know, and a calendar with them answers for no other.

    >>> ours = GivenHolidays.of({date(2026, 11, 23): "Founders' Day"}, yearly={"12-24": "Christmas Eve"})
    >>> ours.names(2026)
    {datetime.date(2026, 11, 23): "Founders' Day", datetime.date(2026, 12, 24): 'Christmas Eve'}
    """

    dates: tuple[tuple[date, tuple[str, ...]], ...] = ()
    yearly: tuple[tuple[MonthAndDay, tuple[str, ...]], ...] = ()
    source: str = "given"

    @classmethod
    def of(
        cls,
        dates: Mapping[date, Names] | None = None,
        *,
        yearly: Mapping[str, Names] | None = None,
        source: str = "given",
    ) -> "GivenHolidays":
        """Return the holidays of dates, and of months and days such as "12-24"; `source` says who gives them.

        Raises HolidayError for what is no date of some year from 1900 to 2200, and for one without a name.
        """
        check_argument(source, str, "source", 'text, such as "staff handbook 2026"')
        single, every = {} if dates is None else dates, {} if yearly is None else yearly
        check_argument(single, Mapping, "dates", 'a mapping such as {datetime.date(2026, 12, 24): "Christmas Eve"}')
        check_argument(every, Mapping, "yearly", 'a mapping such as {"12-24": "Christmas Eve"}')
        check_dates(single)
        for day in single:
            check_year((FIRST_DATE.year, LAST_DATE.year), day.year)
        return cls(
            tuple(sorted((day, _names(names, "dates")) for day, names in single.items())),
            tuple(sorted((read_month_and_day(day), _names(names, "yearly")) for day, names in every.items())),
            source or "given",
        )

    @property
    def years(self) -> tuple[int, int]:
        """All years that can be asked for."""
        return FIRST_DATE.year, LAST_DATE.year

    @property
    def ends(self) -> date | None:
        """The last date that comes once; None where every one comes back."""
        return max((day for day, _ in self.dates), default=None)

    @property
    def digest(self) -> str:
        """A digest of the dates: equal digests give equal due times."""
        yearly = (f"{month:02}-{day:02}" for (month, day), _ in self.yearly)
        return digest_of("\n".join(("given", *(day.isoformat() for day, _ in self.dates), *yearly)))

    def names(self, year: int) -> dict[date, str]:
        """Return the holidays of one year by date; several names of a date have "; " between them.

        Raises HorizonError for a year before 1900 or after 2200.
        """
        check_year(self.years, year)
        found: dict[date, tuple[str, ...]] = {day: names for day, names in self.dates if day.year == year}
        for (month, day), names in self.yearly:
            if _is_date(year, month, day):
                found[date(year, month, day)] = (*found.get(date(year, month, day), ()), *names)
        return {day: "; ".join(dict.fromkeys(found[day])) for day in sorted(found)}


def read_month_and_day(text: object) -> MonthAndDay:
    """Return the month and the day of a text such as "12-24". Raises HolidayError for a date of no year."""
    month, dash, day = text.partition("-") if isinstance(text, str) else ("", "", "")
    is_plain = dash and all(part.isascii() and part.isdecimal() and len(part) == 2 for part in (month, day))  # noqa: PLR2004 - digits
    if not is_plain or not _is_date(_LEAP_YEAR, int(month), int(day)):
        raise HolidayError(
            "holiday_yearly_invalid", "this is no month and day", given=text, accepts='"12-24"', where="yearly"
        )
    return int(month), int(day)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _names(names: Names, where: str) -> tuple[str, ...]:
    each = (names,) if isinstance(names, str) else tuple(names) if isinstance(names, Iterable) else ()
    if not each or not all(isinstance(name, str) and name for name in each):
        raise HolidayError("holiday_without_name", "a holiday has a name", given=names, accepts=_NAMES, where=where)
    return each
