"""A calendar of ours as one of Zammad's: timeframes of seven weekdays, and public holidays, which close whole dates."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans
from slacalc.calendars.calendar import Calendar
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.written import (
    WeekAndDates,
    Written,
    absences_lost,
    cut_at_midnight,
    other_hours_lost,
    week_and_dates,
)
from slacalc.interop.zammad.calendars import DAYS

__all__ = ["write"]

_MINUTE: Final = 60


def write(calendar: Calendar, first: date, last: date, *, name: str = "Business hours", lossy: bool = False) -> Written:
    """Return a calendar as one of Zammad, as `POST /api/v1/calendars` takes it, true from `first` to `last`, included.

    The week is that of `first`, nights divided at midnight. A date that is closed all day is a public holiday. Raises
    InteropError for dates that cannot be written, and for what would change when it is open, unless that is wanted:
    `lossy`. Raises HorizonError for dates that the calendar does not know.

    >>> office = Calendar("Europe/Berlin", "Mon-Thu 09:00-17:00; Fri 22:00-02:00", holidays="DE")
    >>> written = write(office, date(2026, 12, 1), date(2026, 12, 31))
    >>> written.document["business_hours"]["sat"]
    {'active': True, 'timeframes': [['00:00', '02:00']]}
    >>> [*written.document["public_holidays"]]
    ['2026-12-25', '2026-12-26']
    """
    told = cut_at_midnight(week_and_dates(calendar, first, last), first, last)
    losses = (*_losses(told), *absences_lost(calendar, first, last))
    refuse_lossy(losses, lossy=lossy)
    document = {
        "name": name,
        "timezone": calendar.zone,
        "default": False,
        "ical_url": "",
        "business_hours": {DAYS[day]: _weekday(told.week[day]) for day in range(7)},
        "public_holidays": {
            str(day): {"active": True, "summary": each.name or "closed"}
            for day, each in told.dates.items()
            if not each.windows
        },
    }
    return Written("Zammad", document, losses)


def _weekday(windows: Spans) -> dict[str, Any]:
    return {"active": bool(windows), "timeframes": [[_time(start), _time(end)] for start, end in windows]}


def _time(seconds: int) -> str:
    """Return a time of the wall clock; midnight at the end of a date is 23:59."""
    minutes = min(seconds, DAY_SECONDS - 1) // _MINUTE
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _losses(told: WeekAndDates) -> Iterator[Loss]:
    """Yield what the format cannot say of a week, and of dates that are open otherwise than their weekday."""
    every = [window for windows in told.week for window in windows]
    if not every:
        yield Loss("due_times", "hours", "no weekday has hours", "Zammad refuses a calendar without a timeframe")
    if any(second % _MINUTE for window in every for second in window):
        yield Loss("due_times", "hours", "hours that begin or end between two minutes", "the minute before")
    if any(end // _MINUTE == (DAY_SECONDS - 1) // _MINUTE for _, end in every):
        yield Loss("due_times", "hours", "hours that end at 23:59", "Zammad takes it for midnight")
    yield from other_hours_lost(told)
