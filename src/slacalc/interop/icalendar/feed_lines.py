"""What every feed that is written has: its head, the zone, events with an id and a stamp."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import SECOND, is_skipped, wall_us
from slacalc.business_time.spans import NOTHING, Span, Spans, union
from slacalc.calendars.calendar import Calendar
from slacalc.interop.icalendar.text_lines import escaped, file_of, moments, uid, utc_moment
from slacalc.interop.icalendar.zone_lines import zone_lines
from slacalc.interop.imported import Loss

__all__ = ["FeedLines", "fractions_lost", "instants_of"]

_PRODUCT: Final = "-//slacalc//slacalc//EN"


class FeedLines(NamedTuple):
    """What the events of a feed have in common; `stamped_at` is in microseconds."""

    zone: ZoneInfo
    name: str
    stamped_at: int

    def file(self, first: date, last: date, lines: Iterable[str]) -> str:
        """Return the text of a feed of some dates."""
        named = (f"X-WR-CALNAME:{escaped(self.name)}",) if self.name else ()
        head = ("VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", *named)
        zone = (f"X-WR-TIMEZONE:{self.zone.key}", *zone_lines(self.zone, first, last))
        return file_of(("BEGIN:VCALENDAR", *head, *zone, *lines, "END:VCALENDAR"))

    def timed(self, kind: str, span: Span, said: Mapping[str, str], component: str = "VEVENT") -> Iterator[str]:
        """Yield the lines of an event from one instant to another."""
        yield from self.part(component, kind, utc_moment(span[0]), moments(span, self.zone), said)

    def part(
        self, component: str, kind: str, at: date | str, times: Iterable[str], said: Mapping[str, str]
    ) -> Iterator[str]:
        """Yield the lines of a component with an id and a stamp."""
        yield f"BEGIN:{component}"
        yield f"UID:{uid(kind, at, self.name, self.zone.key)}"
        yield f"DTSTAMP:{utc_moment(self.stamped_at)}"
        yield from times
        yield from (f"{key}:{escaped(text)}" for key, text in said.items() if text)
        yield f"END:{component}"


def instants_of(zone: ZoneInfo, day: date, windows: Spans) -> Spans:
    """Return the windows of a date as instants; none of a date that the zone skips."""
    if not windows or is_skipped(zone, day):
        return NOTHING
    return union((wall_us(zone, day, start), wall_us(zone, day, end)) for start, end in windows)


def fractions_lost(calendar: Calendar, first: int, last: int) -> Iterator[Loss]:
    """Yield a loss for each absence that begins or ends within a second: iCalendar has whole ones."""
    for each in calendar.absences:
        if any(edge % SECOND for edge in each.span) and each.span[0] < last and first < each.span[1]:
            said = f"an absence from {each.start.isoformat()} to {each.end.isoformat()}"
            yield Loss("due_times", "absences", said, "its fractions of a second are not written")
