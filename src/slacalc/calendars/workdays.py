"""The derived calendar that is open all day on every working date of another (rule 7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY_SECONDS, local_date, wall_us
from slacalc.business_time.spans import Span, Spans, clip, union
from slacalc.business_time.timeline import Ends
from slacalc.calendars.holidays.year import Uncertain
from slacalc.calendars.layers import Plan
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Kind, Piece, clipped, joined
from slacalc.kept import Kept
from slacalc.lazy import lazy

__all__ = ["Workdays"]

_MOST_DATES: Final = 1_024  # whose pieces are kept, some 300 bytes each
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workdays(OpenTime):
    """The calendar that is open 00:00-24:00 on every working date of another: the clock of workday hours (rule 7)."""

    calendar: OpenTime

    def _compile(self) -> tuple[ZoneInfo, Plan]:
        zone = self.calendar.zone_info
        return zone, WholeDates(self.calendar.plan, zone)


@dataclass(frozen=True)
class WholeDates:
    """The plan of the derived calendar that is open 00:00-24:00 on every working date of another (rule 7)."""

    plan: Plan
    zone: ZoneInfo

    @lazy
    def dates(self) -> tuple[date, date]:
        """The dates of the other plan."""
        return self.plan.dates

    @lazy
    def covered(self) -> Span:
        """The covered dates, midnight to midnight."""
        first, last = self.plan.dates
        return wall_us(self.zone, first), wall_us(self.zone, last, DAY_SECONDS)

    @lazy
    def ends(self) -> Ends:
        """The ends of the other plan, moved out to whole dates."""
        ends = self.plan.ends
        day_of = self._midnight_of
        return Ends(
            open_from=None if ends.open_from is None else day_of(ends.open_from, 1),
            closed_from=None if ends.closed_from is None else day_of(ends.closed_from, 1),
            open_until=None if ends.open_until is None else day_of(ends.open_until, 0),
            closed_until=None if ends.closed_until is None else day_of(ends.closed_until, 0),
        )

    def spans(self, start: int, end: int) -> Spans:
        """Return the working dates inside `[start, end)`."""
        days = (self._whole(day) for day in self._days(start, end) if self.plan.owned(day))
        return clip(union(days), start, end)

    def owned(self, day: date) -> Spans:
        """Return the whole date, or nothing."""
        return union([self._whole(day)] if self.plan.owned(day) else ())

    def uncertain(self, first: date, last: date) -> tuple[Uncertain, ...]:
        """Return what can still change of the other plan."""
        return self.plan.uncertain(first, last)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return the dates as pieces; one that does not count has the reason why it is no working date."""
        return joined(clipped(map(self._piece_on, self._days(start, end)), start, end))

    def _piece_on(self, day: date) -> Piece:
        """Return the piece of one date, kept."""
        return self._kept_pieces.get(day) or self._kept_pieces.keep(day, self._piece(day))

    @lazy
    def _kept_pieces(self) -> Kept[date, Piece]:
        return Kept(_MOST_DATES)

    def _piece(self, day: date) -> Piece:
        start, end = self._whole(day)
        if self.plan.owned(day):
            return Piece(start, end, "counted")
        kind, name = self._reason(start, end)
        return Piece(start, end, kind, name)

    def _reason(self, start: int, end: int) -> tuple[Kind, str]:
        low, high = self.plan.covered
        reasons = [(p.kind, p.name) for p in self.plan.pieces(max(start, low), min(end, high)) if p.kind != "counted"]
        telling = [reason for reason in reasons if reason[0] not in {"outside_hours", "break"}]
        return (telling or reasons or [("outside_hours", "")])[0]

    def _days(self, start: int, end: int) -> Iterator[date]:
        day, last = local_date(start, self.zone), local_date(end, self.zone)
        while day <= min(last + _ONE, self.dates[1]):  # a clock set back past midnight shows a date again
            yield day
            day += _ONE

    def _whole(self, day: date) -> Span:
        return wall_us(self.zone, day), wall_us(self.zone, day, DAY_SECONDS)

    def _midnight_of(self, at: int, later: int) -> int:
        return wall_us(self.zone, local_date(at, self.zone), later * DAY_SECONDS)
