"""Hours that a half day would leave nothing of: a date that is refused when it is asked about, and only then."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import slacalc as sla
from slacalc.calendars.holidays.half_days import HalfDay
from slacalc.calendars.holidays.year import HolidayYear


@dataclass(frozen=True)
class Eves:
    """2027 ends at 13:00: hours that begin later are refused on that date, when it is asked about."""

    years = (2026, 2028)
    source = "a handbook"
    digest = "eves"

    def names(self, _year: int) -> dict[date, str]:
        return {}

    def year(self, year: int) -> HolidayYear:
        eve = date(2027, 12, 31)
        return HolidayYear(half_days={eve: HalfDay("Eve", until=13 * 3_600)} if year == eve.year else {})


LATE: Final = sla.Calendar("UTC", "Mon-Fri 14:00-22:00", holidays=Eves())
