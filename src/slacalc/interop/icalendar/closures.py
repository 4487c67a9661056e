"""The closures of a feed: whole days, and hours from one time to another, for a calendar that is otherwise open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE, from_us, utc_text
from slacalc.business_time.spans import Span, union
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.special_days import Absence, Change, SpecialDay, When
from slacalc.interop.icalendar.closures_written import OPEN_HOURS
from slacalc.interop.icalendar.days_off import days_off, is_observance, last_date, refuse_endless
from slacalc.interop.icalendar.feed import Feed, read_feed
from slacalc.interop.icalendar.local_windows import windows_between
from slacalc.interop.icalendar.series import EventSeries, moved_times
from slacalc.interop.imported import Loss, counted, refuse_lossy
from slacalc.render import Tabular, TextTable

__all__ = ["Closures", "clock_lost", "closures_of", "read_closures", "spans_of", "zone_lost"]

_FREE: Final = ("FREE", "WORKINGELSEWHERE")
_PERHAPS: Final = "TENTATIVE"
_NOTHING_CLOSED: Final = "it closes nothing"


@dataclass(frozen=True, slots=True)
class Closures(Tabular):
    """What a feed closes, and what of it could not be kept. Printed it is a table of the losses.

    `special_days` are dates that are closed whole, and hours that are open besides; `absences` are from one instant to
    another.
    """

    special_days: tuple[SpecialDay, ...]
    absences: tuple[Absence, ...]
    losses: tuple[Loss, ...] = ()

    def close(self, calendar: Calendar) -> Calendar:
        """Return a calendar with these closures; a special day of its own on such a date gives way.

        Hours that are open besides are added to those of such a special day.
        """
        own: dict[When, SpecialDay] = {each.on: each for each in calendar.special_days}
        days = [_together(own.get(each.on), each) for each in self.special_days]
        return calendar.extend(special_days=days, absences=self.absences)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each loss."""
        return [each.to_row() for each in self.losses]

    def to_data(self) -> dict[str, Any]:
        """Return special days and absences as a table of a policy says them, and the losses."""
        return {**self.to_table(), "losses": self.to_rows()}

    def to_table(self) -> dict[str, Any]:
        """Return `special_days` and `absences` for the calendar of a policy."""
        bare = Calendar("UTC", "24/7", special_days=self.special_days, absences=self.absences).to_data()
        return {key: bare.get(key, []) for key in ("special_days", "absences")}

    def _page(self) -> Iterator[str | TextTable]:
        made = (self.special_days, "date"), (self.absences, "absence"), (self.losses, "loss")
        yield f"iCalendar: {', '.join(counted(things, noun) for things, noun in made)}"
        if self.losses:
            columns = ("severity", "where", "means", "instead")
            rows = ([str(row[name]) for name in columns] for row in self.to_rows())
            yield TextTable.of(columns, rows, caption="what could not be kept")


def read_closures(
    source: str | Path, *, zone: str, years: tuple[int, int] | None = None, lossy: bool = False
) -> Closures:
    """Return what a feed closes: a file, or its text. `zone` is that of the calendar that is closed.

    Whole days are dates that are closed; other events close from one time to another. Events that are cancelled, free
    or perhaps close nothing. Events of the category "Open hours", as `write_closures` writes them, open. `years` are
    needed where an event recurs for ever. A zone that the file defines is read by this definition.

    Raises InteropError for what is no feed, and for what would change due times unless that is wanted: `lossy`, such as
    a zone that is otherwise in the zone data. Raises ZoneError for an unknown zone.

    >>> meeting = ("BEGIN:VEVENT", "DTSTART:20261202T140000Z", "DTEND:20261202T160000Z", "END:VEVENT")
    >>> feed = chr(10).join(("BEGIN:VCALENDAR", *meeting, "END:VCALENDAR"))
    >>> office = Calendar("Europe/Brussels", "Wed 09:00-17:00")
    >>> closed = read_closures(feed, zone="Europe/Brussels").close(office)
    >>> noon = datetime(2026, 12, 2, 12, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> print(closed.next_close(noon))
    2026-12-02 15:00:00+01:00
    """
    feed = read_feed(source, zone=zone)
    losses = [
        Loss("due_times", each.place(part.line), "hours of availability", "they are left out: closures are read")
        for part, each in feed.availabilities
    ]
    closures = closures_of(feed, zone, years, losses)
    refuse_lossy(closures.losses, lossy=lossy)
    return closures


def closures_of(feed: Feed, zone: str, years: tuple[int, int] | None, losses: list[Loss]) -> Closures:
    """Return what the events of a feed close; `losses` are what is lost already."""
    events = [each for each in feed.events if not (each.whole_days and is_observance(each, losses))]
    moved, absences, opened = moved_times(events), list[Absence](), dict[date, list[Span]]()
    for event in events:
        if event.whole_days or event.is_cancelled or _closes_nothing(event, losses):
            continue
        for span in spans_of(event, moved, years, losses):
            if OPEN_HOURS in event.categories:
                _open(opened, event, span, zone, losses)
            else:
                start, end = (from_us(edge, ZoneInfo(zone)) for edge in span)
                absences.append(Absence(start, end, event.name))
    return Closures(tuple(_special_days(days_off(events, years), opened)), tuple(absences), tuple(losses))


def spans_of(
    event: EventSeries, moved: frozenset[tuple[str, int]], years: tuple[int, int] | None, losses: list[Loss]
) -> Iterator[Span]:
    """Yield when an event takes place, in microseconds; a zone that the zone data have otherwise is a loss."""
    refuse_endless(event, years)
    zone, known = event.start.zone, years or (FIRST_DATE.year, LAST_DATE.year)
    starts = [
        start
        for start in event.starts(last_date(years))
        if known[0] <= start.year <= known[1] and not event.is_moved(start, moved)
    ]
    if (at := zone.difference(edge for start in starts for edge in (start, start + event.length))) is not None:
        losses.append(zone_lost(event, at, "it is read as the file defines it"))
    yield from ((zone.instant(start), zone.instant(start + event.length)) for start in starts)


def zone_lost(event: EventSeries, at: datetime, instead: str) -> Loss:
    """Return the loss of a zone that the file and the zone data have otherwise, with the first such time."""
    zone = event.start.zone
    file, ours = (utc_text(us) for us in (zone.instant(at), zone.by_database(at)))
    said = f"{at} in the zone {zone.name} is {file} as the file defines it, and {ours} in the zone data"
    return Loss("due_times", event.place, said, instead)


def _closes_nothing(event: EventSeries, losses: list[Loss]) -> bool:
    """Tell whether an event of hours takes no time, is free or only perhaps takes place; that is noted."""
    state, name = event.word("X-MICROSOFT-CDO-BUSYSTATUS"), event.name or "an event"
    if OPEN_HOURS in event.categories:
        return False
    if not event.length:
        losses.append(Loss("cosmetic", event.place, f"{name} takes no time", _NOTHING_CLOSED))
    elif event.word("TRANSP") == "TRANSPARENT" or state in _FREE:
        losses.append(Loss("cosmetic", event.place, f"{name} makes nobody busy", _NOTHING_CLOSED))
    elif _PERHAPS in {event.word("STATUS"), state}:
        losses.append(Loss("due_times", event.place, f"{name} perhaps takes place", _NOTHING_CLOSED))
    else:
        return False
    return True


def _open(opened: dict[date, list[Span]], event: EventSeries, span: Span, zone: str, losses: list[Loss]) -> None:
    """Add a stretch to the windows of its date; one with an edge that the clock reads twice is a loss."""
    windows = windows_between(ZoneInfo(zone), *span)
    if windows is None:
        losses.append(clock_lost(event))
    for day, window in windows or ():
        opened.setdefault(day, []).append(window)


def clock_lost(event: EventSeries) -> Loss:
    """Return the loss of open hours that begin or end in an hour that exists twice: windows have no such times."""
    said = f"{event.name or 'open hours'} with a time that the clock reads twice"
    return Loss("due_times", event.place, said, "these hours are left out")


def _together(own: SpecialDay | None, told: SpecialDay) -> SpecialDay:
    """Return what happens on a date for which a calendar has a special day, where a feed opens hours besides."""
    if own is None or told.change != "added" or own.change not in {"closed", "replaced", "opened"}:
        return told
    return SpecialDay(told.on, "replaced", union((*own.windows, *told.windows)), own.name or told.name)


def _special_days(closed: dict[date, list[str]], opened: dict[date, list[Span]]) -> Iterator[SpecialDay]:
    """Yield a special day for each date that is closed whole, or open besides, or both."""
    for day in sorted(closed.keys() | opened.keys()):
        windows = union(opened.get(day, ()))
        change: Change = "added" if day not in closed else "replaced" if windows else "closed"
        yield SpecialDay(day, change, windows, "; ".join(closed.get(day, ())))
