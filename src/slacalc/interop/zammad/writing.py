"""A calendar of ours as one of Zammad's: timeframes of seven weekdays, and public holidays, which close whole dates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans, clip, union
from slacalc.calendars.calendar import Calendar
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.written import WeekAndDates, Written, absences_lost, week_and_dates
from slacalc.interop.zammad.calendars import DAYS

__all__ = ["write"]

_MINUTE: Final = 60
_ONE: Final = timedelta(days=1)


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
    told = week_and_dates(calendar, first, last)
    week = [_cut(told.week[day - 1], told.week[day]) for day in range(7)]
    differing = {day: windows for day, windows in _dates(told, first, last) if windows != week[day.weekday()]}
    losses = (*_losses(week, differing), *absences_lost(calendar, first, last))
    refuse_lossy(losses, lossy=lossy)
    document = {
        "name": name,
        "timezone": calendar.zone,
        "default": False,
        "ical_url": "",
        "business_hours": {DAYS[day]: _weekday(week[day]) for day in range(7)},
        "public_holidays": {
            str(day): {"active": True, "summary": _summary(told, day)}
            for day, windows in differing.items()
            if not windows
        },
    }
    return Written("Zammad", document, losses)


def _cut(before: Spans, own: Spans) -> Spans:
    """Return the open times of one date: what is left of the night before, and its own windows up to midnight."""
    spilled = union((start - DAY_SECONDS, end - DAY_SECONDS) for start, end in before)
    return clip(union([*spilled, *own]), 0, DAY_SECONDS)


def _dates(told: WeekAndDates, first: date, last: date) -> Iterator[tuple[date, Spans]]:
    """Yield the open times of each date; the night before the first is as in its week."""

    def windows(day: date) -> Spans:
        return told.dates[day].windows if day in told.dates else told.week[day.weekday()]

    for step in range((last - first).days + 1):
        day = first + step * _ONE
        yield day, _cut(windows(day - _ONE), windows(day))


def _summary(told: WeekAndDates, day: date) -> str:
    """Return the name of what closes a date: itself, or the night before, which is not worked."""
    named = (told.dates[each].name for each in (day, day - _ONE) if each in told.dates)
    return next((name for name in named if name), "closed")


def _weekday(windows: Spans) -> dict[str, Any]:
    return {"active": bool(windows), "timeframes": [[_time(start), _time(end)] for start, end in windows]}


def _time(seconds: int) -> str:
    """Return a time of the wall clock; midnight at the end of a date is 23:59."""
    minutes = min(seconds, DAY_SECONDS - 1) // _MINUTE
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _losses(week: Iterable[Spans], differing: Mapping[date, Spans]) -> Iterator[Loss]:
    """Yield what the format cannot say of a week, and of dates that are open otherwise than their weekday."""
    every = [window for windows in week for window in windows]
    if not every:
        yield Loss("due_times", "hours", "no weekday has hours", "Zammad refuses a calendar without a timeframe")
    if any(second % _MINUTE for window in every for second in window):
        yield Loss("due_times", "hours", "hours that begin or end between two minutes", "the minute before")
    if any(end // _MINUTE == (DAY_SECONDS - 1) // _MINUTE for _, end in every):
        yield Loss("due_times", "hours", "hours that end at 23:59", "Zammad takes it for midnight")
    if open_otherwise := [day for day, windows in differing.items() if windows]:
        count = len(open_otherwise)
        dates = "1 date is" if count == 1 else f"{count} dates are"
        means = f"{dates} open at other hours than the weekday, the first {open_otherwise[0]}"
        yield Loss("due_times", "dates", means, "the hours of the weekday")
