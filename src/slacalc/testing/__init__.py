"""What users' own test suites can use.

This module knows an office to test with and assertions that explain their failure. It
needs neither holiday data nor pytest.
"""

from datetime import datetime

from slacalc.business_time.amounts import print_amount
from slacalc.business_time.instants import to_amount, to_us
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.ledger import Ledger, print_moment
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.promise import Promise
from slacalc.policies.targets import AnyTarget, explain

__all__ = ["assert_due", "assert_target_due", "office_calendar"]


def office_calendar(zone: str = "Europe/Berlin", hours: str = "Mon-Fri 09:00-17:00") -> Calendar:
    """Return a plain office without holidays: nothing that it answers changes with an upgrade.

    >>> str(office_calendar().hours)
    'Mon-Fri 09:00-17:00'
    """
    return Calendar(zone, hours)


def assert_due(promise: Promise, due: datetime) -> None:
    """Fail unless the promise is due at that instant, in whatever zone; the failure shows the ledger.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> brussels = ZoneInfo("Europe/Brussels")
    >>> promises = sample_policy("webshop_helpdesk").promise(datetime(2026, 11, 20, 18, 30, tzinfo=brussels))
    >>> assert_due(promises["first_response"], datetime(2026, 11, 21, 12, tzinfo=brussels))
    """
    _assert_same(f"{promise.metric} ({promise.target})", promise.due, due, promise.ledger)


def assert_target_due(target: AnyTarget, calendar: OpenTime, received: datetime, due: datetime) -> None:
    """Fail unless the target is due at that instant for what was received; the failure shows the ledger.

    >>> from slacalc import BusinessHours
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> monday = datetime(2026, 11, 23, 11, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> assert_target_due(BusinessHours(amount="4h"), office_calendar(), friday, monday)
    """
    _assert_same(str(target), target.due(calendar, received), due, explain(target, calendar, received))


def _assert_same(what: str, actual: datetime, expected: datetime, ledger: Ledger) -> None:
    __tracebackhide__ = True
    apart = to_us(actual) - to_us(expected, "due")
    if apart:
        raise AssertionError(
            f"{what}: expected due {_shown(expected)}, but it is due {_shown(actual)}, "
            f"{print_amount(to_amount(abs(apart)))} {'later' if apart > 0 else 'earlier'}\n{ledger}"
        )


def _shown(moment: datetime) -> str:
    return f"{print_moment(moment)} {moment.tzname()}"
