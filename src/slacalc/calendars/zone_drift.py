"""What moves when zone data changes: the openings of a calendar, told by one source and by another."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from slacalc.business_time.instants import from_us
from slacalc.business_time.spans import Spans
from slacalc.business_time.zone_data import ZoneSource, zone_from
from slacalc.calendars.calendar import Calendar

__all__ = ["OpeningDrift", "opening_drift"]

_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpeningDrift:
    """How a calendar moves: its first opening or closing that does, before and after, and on how many dates.

    Both are on the clock of the zone as each source tells it: the same reading of it, at another instant.
    """

    old: datetime
    new: datetime
    dates: int

    @property
    def by(self) -> timedelta:
        """How much later it is by the new data; negative when it is earlier."""
        return self.new - self.old


def opening_drift(calendar: Calendar, old: ZoneSource, new: ZoneSource, first: date, last: date) -> OpeningDrift | None:
    """Return what moves from one date to another, both included, or None. Raises ZoneError for a missing zone."""
    before, after = (calendar.told_by(zone_from(source, calendar.zone)) for source in (old, new))
    moved: list[tuple[int, int]] = []
    day = first
    while day <= last:
        old_edges, new_edges = (_edges(each.working_dates().owned(day)) for each in (before, after))
        moved += [pair for pair in zip(old_edges, new_edges, strict=False) if pair[0] != pair[1]][:1]
        day += _ONE
    if not moved:
        return None
    was, becomes = moved[0]
    return OpeningDrift(from_us(was, before.zone_info), from_us(becomes, after.zone_info), len(moved))


def _edges(spans: Spans) -> list[int]:
    return [edge for span in spans for edge in span]
