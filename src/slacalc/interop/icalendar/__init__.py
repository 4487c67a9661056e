"""iCalendar (RFC 5545): the days off of a feed."""

from slacalc.interop.icalendar.feeds import read_holidays as read_holidays

__all__ = ["read_holidays"]
