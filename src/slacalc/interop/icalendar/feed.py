"""A feed that is read: its name, its events, its availabilities, each calendar of it with zones of its own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from slacalc.business_time.instants import read_zone
from slacalc.errors import InteropError
from slacalc.files import FileKind, read_text
from slacalc.interop.icalendar.file_zones import FileZones
from slacalc.interop.icalendar.lines import Component, components_of
from slacalc.interop.icalendar.series import EventSeries, FeedSource, series_of

__all__ = ["Feed", "read_feed"]

_ICS: Final = FileKind(
    InteropError, "import_unreadable", "the file cannot be read", "a UTF-8 file of iCalendar", most_bytes=20_000_000
)


@dataclass(frozen=True, eq=False)
class Feed:
    """The calendars of a feed; `zone` is the one that the caller names, for times that name none."""

    file: str
    calendars: tuple[Component, ...]
    zone: str | None

    @property
    def name(self) -> str:
        """What it calls itself."""
        return next((each.text().strip() for part in self.calendars if (each := part.first("X-WR-CALNAME"))), "")

    @property
    def shown_in(self) -> str | None:
        """The zone in which it wants to be shown, by X-WR-TIMEZONE; None if it says none that is known."""
        told = ((part.first("X-WR-TIMEZONE"), source.zones) for part, source in self._sources)
        return next((zones.named(said, said.value.strip()).key for said, zones in told if said is not None), None)

    @cached_property
    def events(self) -> list[EventSeries]:
        """Its events. Raises InteropError for one that cannot be read."""
        return [series_of(part, source) for part, source in self._parts("VEVENT")]

    @cached_property
    def availabilities(self) -> list[tuple[Component, FeedSource]]:
        """Its components of RFC 7953."""
        return [*self._parts("VAVAILABILITY")]

    @cached_property
    def _sources(self) -> list[tuple[Component, FeedSource]]:
        zones, counted = ((part, FileZones(part, self.file)) for part in self.calendars), Counter[str]()
        return [
            (part, FeedSource(self.file, each, self.zone, part.first("X-WR-TIMEZONE"), counted)) for part, each in zones
        ]

    def _parts(self, kind: str) -> Iterator[tuple[Component, FeedSource]]:
        for calendar, source in self._sources:
            yield from ((part, source) for part in calendar.parts if part.kind == kind)


def read_feed(source: str | Path, *, zone: str | None = None) -> Feed:
    """Return a feed: of a file, or of its text, which begins with BEGIN:VCALENDAR.

    Raises InteropError for what is no feed, ZoneError for an unknown zone.
    """
    known = None if zone is None else read_zone(zone).key
    is_text = isinstance(source, str) and source.lstrip("\ufeff \r\n")[:15].upper() == "BEGIN:VCALENDAR"
    text, file = (str(source), "") if is_text else (read_text(source, _ICS), str(source))
    components = components_of(text.lstrip("\ufeff"), file)
    return Feed(file, tuple(part for part in components if part.kind == "VCALENDAR"), known)
