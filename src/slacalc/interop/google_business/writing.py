"""A calendar as hours of Google Business Profile: periods of a week, and each date that differs from it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Span, Spans
from slacalc.calendars.calendar import Calendar
from slacalc.interop.google_business.loading import DAYS
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.written import WeekAndDates, Written, absences_lost, week_and_dates

__all__ = ["write"]

_ONE: Final = timedelta(days=1)
_MINUTE: Final = 60
_LAST_OF_A_SPECIAL_DAY: Final = DAY_SECONDS + (11 * 60 + 59) * 60


def write(calendar: Calendar, first: date, last: date, *, name: str = "", lossy: bool = False) -> Written:
    """Return a calendar as the hours of a location, true from `first` to `last`, both included.

    The week is that of `first`; each date that differs is a special day: holidays, special days, other versions. `name`
    is the title of the location. Raises InteropError for dates that cannot be written, and for what would change when
    it is open, unless that is wanted: `lossy`. Raises HorizonError for dates that the calendar does not know.

    >>> bar = Calendar("Europe/Berlin", "Fri 18:00-02:00", holidays="DE")
    >>> hours = write(bar, date(2026, 12, 1), date(2026, 12, 31)).document
    >>> hours["regularHours"]["periods"]
    [{'openDay': 'FRIDAY', 'openTime': {'hours': 18}, 'closeDay': 'SATURDAY', 'closeTime': {'hours': 2}}]
    >>> hours["specialHours"]["specialHourPeriods"]
    [{'startDate': {'year': 2026, 'month': 12, 'day': 25}, 'closed': True}]
    """
    told = week_and_dates(calendar, first, last)
    losses = (*_losses(told), *absences_lost(calendar, first, last), *_unsaid(calendar.zone, told))
    refuse_lossy(losses, lossy=lossy)
    document: dict[str, Any] = {
        **({"title": name} if name else {}),
        "regularHours": {"periods": [each for day in range(7) for each in _regular(day, told.week[day])]},
        "specialHours": {
            "specialHourPeriods": [row for day, each in told.dates.items() for row in _special(day, each.windows)]
        },
    }
    return Written("Google Business Profile", document, losses)


def _regular(day: int, windows: Spans) -> Iterator[dict[str, Any]]:
    for start, end in _periods(windows):
        closes = DAYS[(day + (end > DAY_SECONDS)) % 7]
        yield {"openDay": DAYS[day], "openTime": _time(start), "closeDay": closes, "closeTime": _time(_of_day(end))}


def _special(day: date, windows: Spans) -> Iterator[dict[str, Any]]:
    """Yield the periods of a date; one without any is closed."""
    periods = [*_periods(windows)]
    if not periods:
        yield {"startDate": _date(day), "closed": True}
    for start, end in periods:
        later = {"endDate": _date(day + _ONE)} if end > DAY_SECONDS else {}
        yield {"startDate": _date(day), "openTime": _time(start), **later, "closeTime": _time(_of_day(end))}


def _periods(windows: Spans) -> Iterator[Span]:
    """Yield the windows in whole minutes, none longer than a day."""
    for start, end in windows:
        opens, closes = start - start % _MINUTE, min(end, start + DAY_SECONDS)
        closes -= closes % _MINUTE
        if opens < closes:
            yield opens, closes


def _of_day(seconds: int) -> int:
    return seconds - DAY_SECONDS if seconds > DAY_SECONDS else seconds


def _time(seconds: int) -> dict[str, int]:
    """Return a time of the wall clock: what is zero is left out, and midnight at the end of a day is 24."""
    hours, minutes = divmod(seconds // _MINUTE, 60)
    return {key: value for key, value in (("hours", hours), ("minutes", minutes)) if value}


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _losses(told: WeekAndDates) -> Iterator[Loss]:
    """Yield what the format cannot say of the hours."""
    every = [window for windows in told.every for window in windows]
    if not every:
        yield Loss("due_times", "hours", "no date has hours", "a location without hours has unknown ones")
    if any(second % _MINUTE for window in every for second in window):
        yield Loss("due_times", "hours", "hours that begin or end between two minutes", "the minute before")
    if any(end - start > DAY_SECONDS for start, end in every):
        yield Loss("due_times", "hours", "hours that last longer than a day", "a period of 24 hours")
    if days := [day for day, each in told.dates.items() if _ends_late(each.windows)]:
        means = f"special hours that end after 11:59 of the next date, the first on {days[0]}"
        yield Loss("due_times", "dates", means, "they are written, and Google refuses them")


def _ends_late(windows: Iterable[Span]) -> bool:
    return any(end > _LAST_OF_A_SPECIAL_DAY for _, end in windows)


def _unsaid(zone: str, told: WeekAndDates) -> Iterator[Loss]:
    yield Loss("cosmetic", "zone", f"the zone {zone}", "it is not written: Google knows it by the address")
    if any(each.name for each in told.dates.values()):
        yield Loss("cosmetic", "dates", "the names of holidays and special days", "they are not written")
