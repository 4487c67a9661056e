"""Working weekends: Saturdays and Sundays that are worked instead of a weekday, and which weekday each pays for."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Protocol

from slacalc.calendars.hours import DAY_NAMES

__all__ = ["YearOfData", "days_paid_for", "worked_dates", "worked_instead"]

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SUBSTITUTED: Final = re.compile(r"\(substituted from (\d\d)/(\d\d)/(\d{4})\)", re.ASCII)


class YearOfData(Protocol):
    """What one year of the holiday data says of weekends that are worked."""

    weekend_workdays: set[date]

    def is_weekend(self, key: date, /) -> bool:
        """Tell whether the date falls on a weekend of the country."""


def worked_dates(data: YearOfData, years: range) -> list[date]:
    """Return the weekend dates of some years that are worked.

    The set of the data holds stray dates of other years, which are left out; so is a day that moved
    from one weekday to another.
    """
    return sorted(day for day in data.weekend_workdays if day.year in years and data.is_weekend(day))


def days_paid_for(english: Iterable[tuple[date, str]]) -> dict[date, date]:
    """Return for each date that is worked the day off that it pays for, from the English names of days off.

    >>> days_paid_for([(date(2026, 1, 2), "Day off (substituted from 01/04/2026)")])
    {datetime.date(2026, 1, 4): datetime.date(2026, 1, 2)}
    """
    found: dict[date, date] = {}
    for off, name in english:
        for month, day, year in _SUBSTITUTED.findall(name):
            found[date(int(year), int(month), int(day))] = off
    return found


def worked_instead(off: date | None) -> str:
    """Return in words what a working weekend is.

    >>> worked_instead(date(2026, 1, 2))
    'working day instead of Fri 2 January'
    """
    return (
        f"working day instead of {DAY_NAMES[off.weekday()]} {off.day} {_MONTHS[off.month - 1]}"
        if off
        else "working day"
    )
