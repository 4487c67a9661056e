"""Calendars that follow each other: each holds from an instant on, until the next."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import EVER, wall_us
from slacalc.business_time.spans import Span, Spans, clip, union
from slacalc.business_time.timeline import Ends
from slacalc.calendars.holidays.year import Uncertain
from slacalc.calendars.layers import Plan
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece, joined
from slacalc.errors import CalendarError
from slacalc.lazy import lazy

__all__ = ["Succession"]


@dataclass(frozen=True, slots=True)
class Succession(OpenTime):
    """Calendars of one zone, and the instants at which each but the first takes over, in microseconds.

    A working date owns what it is open under the calendar of each instant. Raises
    CalendarError when the zones differ: a zone is never versioned (rule 10).
    """

    calendars: tuple[OpenTime, ...]
    changes: tuple[int, ...]

    def __post_init__(self) -> None:
        """Check the zones."""
        zones = {calendar.zone_info.key for calendar in self.calendars}
        if len(zones) > 1:
            raise CalendarError(
                "zone_versioned",
                "calendars that follow each other have one zone",
                given=", ".join(sorted(zones)),
                accepts="a calendar of another name for another zone",
            )

    def on(self, day: date) -> OpenTime:
        """Return the calendar under which a date begins."""
        return self.calendars[bisect_right(self.changes, wall_us(self.zone_info, day, 0))]

    def _compile(self) -> tuple[ZoneInfo, Plan]:
        plans = tuple(calendar.plan for calendar in self.calendars)
        return self.calendars[0].zone_info, _PlansInTurn(plans, self.changes)


@dataclass(frozen=True)
class _PlansInTurn:
    plans: tuple[Plan, ...]
    changes: tuple[int, ...]

    @lazy
    def covered(self) -> Span:
        """From where the first covers to where the last does, as far as each covers its own time."""
        start, end = self.plans[0].covered[0], self.plans[-1].covered[1]
        for plan, after, change in zip(self.plans, self.plans[1:], self.changes, strict=False):
            start = start if after.covered[0] <= change else max(start, after.covered[0])
            end = end if plan.covered[1] >= change else min(end, plan.covered[1])
        return start, end

    @lazy
    def dates(self) -> tuple[date, date]:
        """The dates that all cover, so that whichever owns a date can say so."""
        return max(plan.dates[0] for plan in self.plans), min(plan.dates[1] for plan in self.plans)

    @lazy
    def ends(self) -> Ends:
        """The far past is the first one's, the far future the last one's."""
        first, last = self.plans[0].ends, self.plans[-1].ends
        return Ends(
            _latest(last.open_from, self.changes[-1]),
            _latest(last.closed_from, self.changes[-1]),
            _earliest(first.open_until, self.changes[0]),
            _earliest(first.closed_until, self.changes[0]),
        )

    def spans(self, start: int, end: int) -> Spans:
        """Return the open spans of `[start, end)`."""
        return union(span for plan, a, b in self._turns(start, end) for span in plan.spans(a, b))

    def owned(self, day: date) -> Spans:
        """Return the open time that a date owns, each part under the calendar of its time."""
        return union(span for plan, a, b in self._turns(-EVER, EVER) for span in clip(plan.owned(day), a, b))

    def uncertain(self, first: date, last: date) -> tuple[Uncertain, ...]:
        """Return what can still change of any of them."""
        return tuple(sorted({each for plan in self.plans for each in plan.uncertain(first, last)}))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return gapless pieces, each with the reason of the calendar of its time."""
        return joined(piece for plan, a, b in self._turns(start, end) for piece in plan.pieces(a, b))

    def _turns(self, start: int, end: int) -> Iterator[tuple[Plan, int, int]]:
        """Return each plan with the part of `[start, end)` that is its own."""
        first = bisect_right(self.changes, start)
        edges = [start, *(change for change in self.changes[first:] if change < end), end]
        for plan, (a, b) in zip(self.plans[first:], pairwise(edges), strict=False):
            yield plan, a, b


def _latest(known: int | None, change: int) -> int | None:
    return None if known is None else max(known, change)


def _earliest(known: int | None, change: int) -> int | None:
    return None if known is None else min(known, change)
