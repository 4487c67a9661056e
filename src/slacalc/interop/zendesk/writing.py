"""A calendar as a schedule of Zendesk: intervals in minutes since Sunday, and holidays, which close whole dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from slacalc.business_time.zone_names import rails_name
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

__all__ = ["write"]

_DAY: Final = 24 * 60
_HOUR: Final = 60
_MINUTE: Final = 60
_QUARTER: Final = 15
_ONE: Final = timedelta(days=1)


def write(calendar: Calendar, first: date, last: date, *, name: str = "Business hours", lossy: bool = False) -> Written:
    """Return a calendar as a schedule of Zendesk with its holidays, true from `first` to `last`, both included.

    The week is that of `first`, nights divided at midnight. A date that is closed all day is a holiday; dates that
    follow each other by one name are one. The document is as the API answers, with the holidays in the schedule and 1
    for an id, so that `load` reads it. Raises InteropError for dates that cannot be written, and for what would change
    when it is open, unless that is wanted: `lossy`. Raises HorizonError for dates that the calendar does not know.

    >>> office = Calendar("Europe/Berlin", "Mon 09:00-17:00; Fri 22:00-02:00", holidays="DE")
    >>> schedule = write(office, date(2026, 12, 1), date(2026, 12, 24)).document["schedules"][0]
    >>> schedule["time_zone"], schedule["intervals"][0]
    ('Berlin', {'start_time': 1980, 'end_time': 2460})
    """
    told = cut_at_midnight(week_and_dates(calendar, first, last), first, last)
    zone = rails_name(calendar.zone)
    losses = (*_zone_lost(calendar.zone, zone), *_losses(told), *absences_lost(calendar, first, last))
    refuse_lossy(losses, lossy=lossy)
    schedule = {
        "id": 1,
        "name": name,
        "time_zone": zone or calendar.zone,
        "intervals": _intervals(told),
        "holidays": [
            {"name": called, "start_date": str(begins), "end_date": str(ends)}
            for called, begins, ends in _holidays(told)
        ],
    }
    return Written("Zendesk", {"schedules": [schedule]}, losses)


def _intervals(told: WeekAndDates) -> list[dict[str, int]]:
    """Return the intervals of the week, in minutes since Sunday."""
    minutes = [
        ((day + 1) % 7 * _DAY, start // _MINUTE, end // _MINUTE) for day in range(7) for start, end in told.week[day]
    ]
    return [
        {"start_time": midnight + start, "end_time": midnight + end}
        for midnight, start, end in sorted(minutes)
        if start < end
    ]


def _holidays(told: WeekAndDates) -> list[tuple[str, date, date]]:
    """Return the dates that are closed, those of one name that follow each other together."""
    found: list[tuple[str, date, date]] = []
    for day, each in told.dates.items():
        if each.windows:
            continue
        name = each.name or "closed"
        if found and (found[-1][0], found[-1][2]) == (name, day - _ONE):
            found[-1] = name, found[-1][1], day
        else:
            found.append((name, day, day))
    return found


def _zone_lost(zone: str, name: str | None) -> Iterator[Loss]:
    if name is None:
        yield Loss("due_times", "zone", f"the zone {zone}, for which Rails has no name", "Zendesk may not know it")


def _losses(told: WeekAndDates) -> Iterator[Loss]:
    """Yield what the format cannot say of a week, and of dates that are open otherwise than their weekday."""
    every = [window for windows in told.week for window in windows]
    if not every:
        yield Loss("due_times", "hours", "no weekday has hours", "Zendesk has no schedule that never opens")
    if any(second % _MINUTE for window in every for second in window):
        yield Loss("due_times", "hours", "hours that begin or end between two minutes", "the minute before")
    edges = ((start // _MINUTE, end // _MINUTE) for start, end in every)
    if any(start % _QUARTER or end % _QUARTER or end - start < _HOUR for start, end in edges):
        means = "hours that end between two quarters of an hour, or are shorter than one hour"
        yield Loss("cosmetic", "hours", means, "the same: its interface takes them, its pages do not show them")
    yield from other_hours_lost(told)
