"""When date-like targets are due, for whole columns: what `due` of the target says, from tables of dates.

A table has the opening and the close of each working date, and the date that owns each stretch of open time. What it
does not hold, and whatever has no answer, is NULL here, and asked one by one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from slacalc.business_time.instants import DAY, SECOND, local_date
from slacalc.calendars.hours import seconds_of_day
from slacalc.calendars.open_time import OpenTime
from slacalc.columns.date_tables import EPOCH, date_arrays, years_around
from slacalc.columns.kept_tables import kept_table
from slacalc.columns.stairs import NULL, Column, Edges
from slacalc.columns.wall_times import first_instants, shown
from slacalc.errors import ClosedForGoodError, HorizonError, SlaError

__all__ = ["DatePoint", "points_of_dates", "points_of_working_dates"]

_CHUNK: Final = 2**15  # rows, so that what lies between two steps stays in the cache
_SPILL: Final = 3  # dates around, into which a window may reach
_DATES_A_ROW: Final = 4  # what these cost in a table, a row costs alone

_At = Callable[[Column, "Column | slice"], Column]


class DatePoint(NamedTuple):
    """A point of a date: `by` of the one that is `days` later, one more from `cutoff` on."""

    days: int
    by: str
    cutoff: str | None = None


def points_of_working_dates(calendar: OpenTime, starts: Column, point: DatePoint) -> Column:
    """Return the points of working dates after the ones that own the open instants `starts`; NULL where not known."""
    table = _owned_time(calendar, starts, point.days)
    if table is None:
        return np.full_like(starts, NULL)
    zone, midnights = calendar.zone_info, table.working * DAY
    cutoffs = None if point.cutoff is None else _at_time(calendar, table.working, point.cutoff)
    points = None if point.by == "same_time" else _points(calendar, table, point.by)

    def ask(starts: Column) -> Column:
        owner = table.owner.take(table.edges.count_up_to(starts))
        place = owner + point.days
        if cutoffs is not None:
            place += starts >= cutoffs.take(owner, mode="clip")
        at = (
            _taken(points)
            if points is not None
            else same_time(shown(zone, starts) - midnights.take(owner, mode="clip"))
        )
        place[owner < 0] = len(table.working)
        return _settled(at, place, starts, len(table.working))

    def same_time(times: Column) -> _At:
        def at(place: Column, rows: Column | slice) -> Column:
            wanted = first_instants(zone, midnights.take(place, mode="clip") + times[rows])
            opening, close = table.opening.take(place, mode="clip"), table.close.take(place, mode="clip")
            return np.clip(wanted, opening, close, out=wanted)

        return at

    return _in_chunks(ask, starts)


def points_of_dates(calendar: OpenTime, starts: Column, point: DatePoint) -> Column:
    """Return the points of the dates after those of `starts`, which are covered; NULL where not known."""
    zone = calendar.zone_info
    low, high = _dates_around(calendar, starts)
    last = min(high + point.days + _SPILL, calendar.plan.dates[1].toordinal() - EPOCH)
    points = None if point.by == "same_time" else _points_of_every_date(calendar, low, last, point.by, len(starts))
    if point.by != "same_time" and points is None:
        return np.full_like(starts, NULL)

    def ask(starts: Column) -> Column:
        read = shown(zone, starts)
        days = read // DAY
        at = same_time(read - days * DAY) if points is None else _taken(points)
        days += point.days - low
        return _settled(at, days, starts, last + 1 - low)

    def same_time(times: Column) -> _At:
        return lambda place, rows: first_instants(zone, (place + low) * DAY + times[rows])

    return _in_chunks(ask, starts)


@dataclass(frozen=True, slots=True, eq=False)
class _OwnedTime:
    """When each working date opens and closes, and the place of the one that owns the time after so many `edges`.

    A place of -1 is that of closed time.
    """

    working: Column
    opening: Column
    close: Column
    edges: Edges
    owner: Column

    @property
    def nbytes(self) -> int:
        """The memory of its arrays."""
        return self.edges.nbytes + sum(each.nbytes for each in (self.working, self.opening, self.close, self.owner))


def _owned_time(calendar: OpenTime, starts: Column, days: int) -> _OwnedTime | None:
    """Return the working dates that points may be of; None where they are not worth a table, or one is refused."""
    dates, (low, high) = calendar.working_dates(), _dates_around(calendar, starts)
    try:
        last = dates.after(date.fromordinal(high + EPOCH), days + 2).toordinal() - EPOCH
    except (HorizonError, ClosedForGoodError):
        last = dates.last.toordinal() - EPOCH
    if len(starts) * _DATES_A_ROW < last - low:
        return None
    try:
        years = years_around(low, last)
        return kept_table(dates, (_OwnedTime, *years), lambda: _made(calendar, *years))
    except SlaError:  # a date between them that is refused when it is asked about, and only then
        return None


def _made(calendar: OpenTime, first: int, last: int) -> _OwnedTime:
    dates = calendar.working_dates()
    working = date_arrays(dates, first, last).working
    owned = [dates.owned(date.fromordinal(day + EPOCH)) for day in working.tolist()]
    stretches = list(_stretches((start, end, place) for place, spans in enumerate(owned) for start, end in spans))
    return _OwnedTime(
        working,
        np.array([spans[0][0] for spans in owned], dtype=np.int64),
        np.array([spans[-1][1] for spans in owned], dtype=np.int64),
        Edges(np.array([at for at, _ in stretches], dtype=np.int64)),
        np.array([-1, *(place for _, place in stretches)], dtype=np.int64),
    )


def _stretches(spans: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Return each edge of some spans with the place of the latest date that owns what follows it, or -1."""
    begun = sorted(spans)
    open_now: list[tuple[int, int, int]] = []
    read = 0
    for edge in sorted({edge for start, end, _ in begun for edge in (start, end)}):
        while read < len(begun) and begun[read][0] <= edge:
            open_now.append(begun[read])
            read += 1
        open_now = [span for span in open_now if span[1] > edge]
        yield edge, max((place for _, _, place in open_now), default=-1)


def _points(calendar: OpenTime, table: _OwnedTime, by: str) -> Column:
    """Return the point of each working date."""
    match by:
        case "close":
            return table.close
        case "opening":
            return table.opening
        case _:
            return np.clip(_at_time(calendar, table.working, by), table.opening, table.close)


def _points_of_every_date(calendar: OpenTime, first: int, last: int, by: str, rows: int) -> Column | None:
    """Return the point of each date, working or not; None where they are not worth a table, or one is refused."""
    days = np.arange(first, last + 1)
    if by not in {"close", "opening"}:
        return _at_time(calendar, days, by)
    if rows * _DATES_A_ROW < len(days):
        return None
    points = first_instants(calendar.zone_info, (days + (by == "close")) * DAY)
    dates = calendar.working_dates()
    try:
        working = date_arrays(dates, first, last).working
        working = working[(first <= working) & (working <= last)]
        owned = [dates.owned(date.fromordinal(day + EPOCH)) for day in working.tolist()]
    except SlaError:
        return None
    points[working - first] = [spans[-1][1] if by == "close" else spans[0][0] for spans in owned]
    return points


def _at_time(calendar: OpenTime, days: Column, time: str) -> Column:
    """Return when the clock reads a time of day on each date."""
    return first_instants(calendar.zone_info, days * DAY + seconds_of_day(time) * SECOND)


def _dates_around(calendar: OpenTime, starts: Column) -> tuple[int, int]:
    """Return the first and the last date whose windows may reach what is asked about, within those covered."""
    zone, covered = calendar.zone_info, calendar.plan.dates
    low, high = (local_date(int(edge), zone).toordinal() - EPOCH for edge in (starts.min(), starts.max()))
    return max(low - _SPILL, covered[0].toordinal() - EPOCH), min(high + _SPILL, covered[1].toordinal() - EPOCH)


def _taken(points: Column) -> _At:
    return lambda place, _rows: points.take(place, mode="clip")


def _settled(at: _At, place: Column, starts: Column, count: int) -> Column:
    """Return the first points at or after the starts, from a place on; NULL where they would be beyond the table."""
    found = at(place, slice(None))
    early = np.flatnonzero((found < starts) & (place < count))
    while len(early):
        place[early] += 1
        found[early] = at(place[early], early)
        early = early[(found[early] < starts[early]) & (place[early] < count)]
    found[(place < 0) | (place >= count)] = NULL
    return found


def _in_chunks(ask: Callable[[Column], Column], starts: Column) -> Column:
    values = np.empty_like(starts)
    for first in range(0, len(starts), _CHUNK):
        values[first : first + _CHUNK] = ask(starts[first : first + _CHUNK])
    return values
