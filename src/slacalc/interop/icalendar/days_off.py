"""The days off of an iCalendar feed: events that last whole days, recurring ones too.

Facts of the format (RFC 5545, 3.6.1 and 3.8; feeds of Google and Outlook, 2026): an end is exclusive; without one, or
with one that is the start, an event lasts a day. Outlook writes whole days as midnight to midnight. Google says of a
day that nobody has off that it is an observance. An event that is cancelled is none. Whole days need no zones.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from slacalc.business_time.instants import LAST_DATE
from slacalc.calendars.holidays import FrozenHolidays
from slacalc.errors import InteropError
from slacalc.interop.icalendar.feed import read_feed
from slacalc.interop.icalendar.series import EventSeries, moved_times
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.imported_holidays import ImportedHolidays

__all__ = ["days_off", "is_observance", "last_date", "read_holidays", "refuse_endless"]

_OBSERVANCE: Final = "observance"
_ONE: Final = timedelta(days=1)


def read_holidays(
    source: str | Path, *, years: tuple[int, int] | None = None, name: str = "", lossy: bool = False
) -> ImportedHolidays:
    """Return the days off of a feed: a file, or its text, which begins with BEGIN:VCALENDAR.

    `years` are the first and the last that the feed is known for: left out, those of its events, and they are needed
    where one recurs for ever. `name` says where it came from; left out, it is what the feed calls itself. Events of
    hours, and not of whole days, are a loss that changes due times. Raises InteropError for what is no feed, and for
    such a loss unless it is wanted: `lossy`.

    >>> event = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261111", "SUMMARY:Armistice Day", "END:VEVENT")
    >>> feed = chr(10).join(("BEGIN:VCALENDAR", *event, "END:VCALENDAR"))
    >>> read_holidays(feed).holidays.names(2026)
    {datetime.date(2026, 11, 11): 'Armistice Day'}
    """
    feed = read_feed(source)
    losses = [
        Loss(
            "due_times",
            each.place(part.line),
            "hours of availability",
            "they are left out: days off are read, and no hours",
        )
        for part, each in feed.availabilities
    ]
    events = [each for each in feed.events if _is_kept(each, losses)]
    refuse_lossy(losses, lossy=lossy)
    names = days_off(events, years)
    if not names and years is None:
        raise InteropError(
            "import_nothing_there",
            "the feed has no day off",
            accepts="events of whole days, or years",
            where=feed.file or "source",
        )
    known = years or (min(names).year, max(names).year)
    dates = {day: "; ".join(each) for day, each in names.items()}
    frozen = FrozenHolidays.of(dates, years=known, source=name or feed.name or "iCalendar")
    return ImportedHolidays("iCalendar", frozen, tuple(losses))


def days_off(events: Iterable[EventSeries], years: tuple[int, int] | None) -> dict[date, list[str]]:
    """Return the names of each day off, of events of whole days; one that is cancelled has none.

    One time of an event that another event stands for is that one.
    """
    every = [*events]
    moved, last = moved_times(every), last_date(years)
    names: dict[date, list[str]] = {}
    for event in every:
        refuse_endless(event, years)
        for start in () if event.is_cancelled else event.starts(last):
            if event.is_moved(start, moved):
                continue
            for place in range(event.whole_days):
                day, name = start.date() + place * _ONE, event.name or "day off"
                if day <= last and name not in names.setdefault(day, []):
                    names[day].append(name)
    return {day: names[day] for day in sorted(names) if years is None or years[0] <= day.year}


def refuse_endless(event: EventSeries, years: tuple[int, int] | None) -> None:
    """Refuse an event that recurs for ever, where nobody says for which years the feed is known."""
    if event.is_endless and years is None:
        raise event.source.wrong(event.rules[0], "years=(2026, 2030): this recurs for ever")


def last_date(years: tuple[int, int] | None) -> date:
    """Return the last date of the years, or the last of all."""
    return LAST_DATE if years is None else date(years[1], 12, 31)


def _is_kept(event: EventSeries, losses: list[Loss]) -> bool:
    """Tell whether an event is one of days off, or of days that are none as it is cancelled; what is lost is noted."""
    if event.whole_days == 0:
        if not event.is_cancelled:
            said = f"{event.name or 'an event'} lasts hours, and not whole days"
            losses.append(Loss("due_times", event.place, said, "it is left out"))
        return False
    return event.is_cancelled or not is_observance(event, losses)


def is_observance(event: EventSeries, losses: list[Loss]) -> bool:
    """Tell whether an event is of a day on which people work, as Google says of some; that is noted."""
    told = event.part.first("DESCRIPTION")
    if told is None or not told.text().lower().startswith(_OBSERVANCE):
        return False
    said, place = f"{event.name or 'a day'} is an observance, on which people work", event.source.place(told.line)
    losses.append(Loss("cosmetic", place, said, "it is no day off"))
    return True
