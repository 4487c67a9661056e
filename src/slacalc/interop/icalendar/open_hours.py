"""A feed whose events are open time, as a calendar: weekly hours with versions, and special days."""

from collections.abc import Iterable
from pathlib import Path

from slacalc.calendars.calendar import Calendar
from slacalc.errors import CalendarError, InteropError
from slacalc.interop.icalendar.closures_written import OPEN_HOURS
from slacalc.interop.icalendar.feed import Feed, read_feed
from slacalc.interop.icalendar.layered_hours import HoursLayer, calendar_of
from slacalc.interop.icalendar.series import EventSeries
from slacalc.interop.icalendar.told_hours import hours_layer
from slacalc.interop.imported import Imported, Loss
from slacalc.policies.loading import policy_from_data

__all__ = ["calendar_opened", "policy_of", "read_open_hours", "zone_of"]

_NAMELESS = "opening hours"


def read_open_hours(
    source: str | Path, *, zone: str | None = None, years: tuple[int, int] | None = None, lossy: bool = False
) -> Imported:
    """Return a policy with a calendar that is open while the events of a feed take place; it promises nothing.

    `source` is a file, or its text. Events that recur each week are weekly hours, from the first date to the last, for
    ever where they have no end; all others are special days. Where some events are of the category "Open hours", these
    alone are read. `zone` is the calendar's; left out, it is that of the events. `years` are needed where an event
    recurs for ever, and not each week on that clock. Before and after it is closed.

    Raises InteropError for what is no feed, and for what would change due times unless that is wanted: `lossy`. Raises
    ZoneError for an unknown zone.

    >>> week = ("DTSTART;TZID=Europe/Rome:20260105T090000", "DTEND;TZID=Europe/Rome:20260105T170000")
    >>> event = ("BEGIN:VEVENT", *week, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU", "END:VEVENT")
    >>> read = read_open_hours(chr(10).join(("BEGIN:VCALENDAR", *event, "END:VCALENDAR")))
    >>> [(str(day), str(hours)) for day, hours in read.calendars["opening hours"].versions]
    [('2026-01-05', 'Mon,Tue 09:00-17:00')]
    """
    feed = read_feed(source, zone=zone)
    losses = [
        Loss("due_times", each.place(part.line), "hours of availability", "they are left out: events are read")
        for part, each in feed.availabilities
    ]
    events = [*_opened_by(feed.events, losses)]
    chosen = zone_of(feed, events)
    calendar = calendar_opened(feed, [hours_layer(events, chosen, years, losses)], chosen)
    return policy_of(feed, calendar, losses).agreed(lossy=lossy)


def _opened_by(events: list[EventSeries], losses: list[Loss]) -> Iterable[EventSeries]:
    """Yield the events that are open time; others are lost: whole days, and, beside open hours by name, all others."""
    named = any(OPEN_HOURS in each.categories for each in events)
    for event in events:
        name = event.name or "an event"
        if event.is_cancelled:
            yield event
        elif named and OPEN_HOURS not in event.categories:
            losses.append(Loss("due_times", event.place, f"{name} is of no category {OPEN_HOURS}", "it opens nothing"))
        elif event.start.is_date:
            said = f"{name} lasts whole days, and nobody says whether they are open"
            losses.append(Loss("due_times", event.place, said, "it opens nothing"))
        else:
            yield event


def zone_of(feed: Feed, events: Iterable[EventSeries]) -> str:
    """Return the zone of the calendar: the caller's, the one of the events, the one in which the feed is shown, or UTC.

    Raises InteropError where the events are told in several, or in one that the zone data do not have.
    """
    if feed.zone is not None:
        return feed.zone
    timed = [each for each in events if not each.start.is_utc and not each.start.is_date]
    keys = {each.start.zone.key for each in timed} or {feed.shown_in}
    if len(keys) == 1 and (key := keys.pop()) is not None:
        return key
    if not timed:
        return "UTC"
    raise InteropError(
        "import_zone_missing",
        "nobody says on which clock the calendar is: its times are told in several zones, or in one of the file's own",
        given=sorted({each.start.zone.name for each in timed}),
        accepts='zone="Europe/Brussels", or another',
        where=feed.file or "source",
    )


def calendar_opened(feed: Feed, layers: list[HoursLayer], zone: str) -> Calendar:
    """Return the calendar of layers. Raises InteropError where it never opens."""
    try:
        return calendar_of(layers, zone)
    except CalendarError as error:
        problem, accepts = "the feed opens nothing", "events of hours, or availability with AVAILABLE"
        where = feed.file or "source"
        raise InteropError("import_never_opens", problem, given="", accepts=accepts, where=where) from error


def policy_of(feed: Feed, calendar: Calendar, losses: list[Loss]) -> Imported:
    """Return the policy with a calendar, by the name of the feed."""
    name = feed.name or _NAMELESS
    data = {
        "name": "icalendar",
        "unmatched": "no_promise",
        "calendars": {name: calendar.to_data()},
        "rules": [{"name": "no promise", "metrics": {}}],
    }
    origin = ((("calendars", name), f"{name} ({feed.file or 'the feed'})"),)
    return Imported("iCalendar", policy_from_data(data, where="iCalendar"), tuple(losses), origin)
