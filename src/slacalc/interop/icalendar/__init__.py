"""iCalendar (RFC 5545, 7953): the days off and the hours of a feed, and feeds of a calendar."""

from slacalc.interop.icalendar.closures_written import write_closures as write_closures
from slacalc.interop.icalendar.feeds import read_holidays as read_holidays

__all__ = ["read_holidays", "write_closures"]
