"""What users' own test suites can use.

Read in this order: `assertions` (failures that say why), `event_log` (what happened, in a
line), and, with Hypothesis, `strategies` (calendars, policies and logs of any kind) and `laws`
(what holds for every office, for your own code too). This module needs neither holiday data,
nor pytest, nor Hypothesis.
"""

from slacalc.calendars.calendar import Calendar
from slacalc.testing.assertions import assert_due, assert_ledger_sums, assert_met, assert_target_due
from slacalc.testing.event_log import event_log

__all__ = ["assert_due", "assert_ledger_sums", "assert_met", "assert_target_due", "event_log", "office_calendar"]


def office_calendar(zone: str = "Europe/Berlin", hours: str = "Mon-Fri 09:00-17:00") -> Calendar:
    """Return a plain office without holidays: nothing that it answers changes with an upgrade.

    >>> str(office_calendar().hours)
    'Mon-Fri 09:00-17:00'
    """
    return Calendar(zone, hours)
