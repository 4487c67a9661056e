"""iCalendar (RFC 5545, 7953): the days off, the closures and the hours of a feed, and feeds of a calendar."""

from slacalc.interop.icalendar.availability import read_availability as read_availability
from slacalc.interop.icalendar.closures import Closures as Closures
from slacalc.interop.icalendar.closures import read_closures as read_closures
from slacalc.interop.icalendar.closures_written import write_closures as write_closures
from slacalc.interop.icalendar.days_off import read_holidays as read_holidays
from slacalc.interop.icalendar.expectation_written import write_expectation as write_expectation
from slacalc.interop.icalendar.hours_written import write_availability as write_availability
from slacalc.interop.icalendar.hours_written import write_open_hours as write_open_hours
from slacalc.interop.icalendar.loading import load as load
from slacalc.interop.icalendar.open_hours import read_open_hours as read_open_hours

__all__ = [
    "Closures",
    "load",
    "read_availability",
    "read_closures",
    "read_holidays",
    "read_open_hours",
    "write_availability",
    "write_closures",
    "write_expectation",
    "write_open_hours",
]
