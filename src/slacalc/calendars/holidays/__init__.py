"""Which dates are public holidays, and where that knowledge came from."""

from slacalc.calendars.holidays.frozen import FrozenHolidays, Provenance, load_holidays
from slacalc.calendars.holidays.live import Holidays
from slacalc.calendars.holidays.source import HolidaySource, is_source

__all__ = [
    "FrozenHolidays",
    "HolidaySource",
    "Holidays",
    "Provenance",
    "is_source",
    "load_holidays",
]
