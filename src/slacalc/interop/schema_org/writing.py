"""A calendar as opening hours of schema.org: rows of a week, and each date that differs from it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.hours import format_windows
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.schema_org.rows import DAYS
from slacalc.interop.written import Written, absences_lost, week_and_dates

__all__ = ["write"]

_WHOLE_DAY: Final = {"opens": "00:00", "closes": "23:59"}
_CLOSED: Final = {"opens": "00:00", "closes": "00:00"}


def write(calendar: Calendar, first: date, last: date, *, name: str = "", lossy: bool = False) -> Written:
    """Return a calendar as JSON-LD of schema.org, true from `first` to `last`, both included.

    The week is that of `first`; each date that differs is a special day: holidays, special days, other versions.
    Raises InteropError for dates that cannot be written, and for what would change when it is open, unless that is
    wanted: `lossy`. Raises HorizonError for dates that the calendar does not know.

    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE")
    >>> written = write(office, date(2026, 12, 1), date(2026, 12, 31))
    >>> [row["validFrom"] for row in written.document["specialOpeningHoursSpecification"]]
    ['2026-12-25']
    """
    told = week_and_dates(calendar, first, last)
    special = [
        {"validFrom": str(day), "validThrough": str(day), **_named(each.name), **row}
        for day, each in told.dates.items()
        for row in _rows(each.windows) or [_CLOSED]
    ]
    regular = [{"dayOfWeek": DAYS[day], **row} for day in range(7) for row in _rows(told.week[day])]
    zone = Loss("cosmetic", "zone", f"the zone {calendar.zone}", "it is not written: readers know it by the address")
    losses = (*_hours_lost(told.every), *absences_lost(calendar, first, last), zone)
    refuse_lossy(losses, lossy=lossy)
    document = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        **_named(name),
        "openingHoursSpecification": [{"@type": "OpeningHoursSpecification", **row} for row in regular],
        "specialOpeningHoursSpecification": [{"@type": "OpeningHoursSpecification", **row} for row in special],
    }
    return Written("schema.org", document, losses)


def _named(name: str | None) -> dict[str, str]:
    return {"name": name} if name else {}


def _rows(windows: Spans) -> list[dict[str, str]]:
    """Return a row for each window of a date."""
    if not windows:
        return []
    said = (window.split("-") for window in format_windows(windows).split())
    return [
        _WHOLE_DAY
        if (start, end) == ("00:00", "24:00")
        else {"opens": start, "closes": "00:00" if end == "24:00" else end}
        for start, end in said
    ]


def _hours_lost(every: list[Spans]) -> Iterator[Loss]:
    if any(start == 0 and DAY_SECONDS - 60 <= end < DAY_SECONDS for windows in every for start, end in windows):
        yield Loss(
            "due_times", "hours", "open from 00:00 to 23:59", "readers take it for a whole day, the last minute too"
        )
