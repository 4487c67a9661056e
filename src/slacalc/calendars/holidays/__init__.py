"""Which dates are public holidays, worked weekends and half days, and where that knowledge came from."""

from slacalc.calendars.holidays.frozen import FrozenHolidays, Provenance, load_holidays
from slacalc.calendars.holidays.given import GivenHolidays
from slacalc.calendars.holidays.live import Holidays
from slacalc.calendars.holidays.source import HolidaySource, is_source
from slacalc.calendars.holidays.year import HolidayYear, Uncertain, market_zone_of, year_of

__all__ = [
    "FrozenHolidays",
    "GivenHolidays",
    "HolidaySource",
    "HolidayYear",
    "Holidays",
    "Provenance",
    "Uncertain",
    "is_source",
    "load_holidays",
    "market_zone_of",
    "year_of",
]
