"""This module knows working dates: the dates that own open time after every layer (rule 7a)."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import local_date, utc_text, wall_us
from slacalc.business_time.spans import Span, Spans, clip, union
from slacalc.business_time.timeline import Ends
from slacalc.calendars.layers import Plan
from slacalc.calendars.ledger import Kind, Piece, joined
from slacalc.errors import ClosedForGoodError, HorizonError
from slacalc.kept import kept

__all__ = ["WholeDates", "WorkingDates"]

_DAY: Final = 86_400
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDates:
    """The working dates of a calendar's plan, found as questions need them."""

    plan: Plan
    zone: ZoneInfo

    def owned(self, day: date) -> Spans:
        """Return the open time that the date owns; none makes it no working date."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self.plan.owned(day)
        return found

    def owner(self, at: int) -> date:
        """Return the date that owns the open instant `at`: the one its window is written under, the later of two."""
        today = local_date(at, self.zone)
        for day in (today + _ONE, today, today - _ONE, today - 2 * _ONE):
            spans = self.owned(day)
            i = bisect_right(spans, at, key=_start) - 1
            if i >= 0 and at < spans[i][1]:
                return day
        raise AssertionError(f"{at} is not open")

    def after(self, day: date, count: int) -> date:
        """Return the working date that is `count` working dates after `day`; for zero, `day` itself."""
        while count:
            day += _ONE
            self._refuse_beyond(day)
            self._refuse_closed(day)
            count -= bool(self.owned(day))
        return day

    def count(self, first: date, last: date) -> int:
        """Return how many of the dates from `first` to `last`, both included, are working dates."""
        for day in (first, last):
            self._refuse_beyond(day)
        return sum(bool(self.owned(first + step * _ONE)) for step in range((last - first).days + 1))

    def later(self, day: date, count: int) -> date:
        """Return the date, working or not, that is `count` dates after `day`."""
        last = self.plan.dates[1]
        if count > (last - day).days:
            self._refuse_beyond(min(date.max - _ONE, last) + _ONE)
        return day + count * _ONE

    @kept
    def _known(self) -> dict[date, Spans]:
        return {}

    def _refuse_closed(self, day: date) -> None:
        closed = self.plan.ends.closed_from
        if closed is not None and wall_us(self.zone, day) >= closed:
            raise ClosedForGoodError(
                "closed_for_good",
                f"no date is a working date from {utc_text(closed)} on",
                accepts="a question about the time when the calendar is in use",
            )

    def _refuse_beyond(self, day: date) -> None:
        first, last = self.plan.dates
        if not first <= day <= last:
            raise HorizonError(
                "beyond_covered",
                "the question reaches dates that the calendar does not cover",
                given=day.isoformat(),
                accepts=f"from {first} to {last}",
            )


@dataclass(frozen=True)
class WholeDates:
    """The plan of the derived calendar that is open 00:00-24:00 on every working date of another (rule 7)."""

    plan: Plan
    zone: ZoneInfo

    @kept
    def dates(self) -> tuple[date, date]:
        """The dates of the other plan."""
        return self.plan.dates

    @kept
    def covered(self) -> Span:
        """The covered dates, midnight to midnight."""
        first, last = self.plan.dates
        return wall_us(self.zone, first), wall_us(self.zone, last, _DAY)

    @kept
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

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return the dates as pieces; one that does not count has the reason why it is no working date."""
        pieces = (self._piece(day) for day in self._days(start, end))
        return joined(p._replace(start=max(p.start, start), end=min(p.end, end)) for p in pieces)

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
        return wall_us(self.zone, day), wall_us(self.zone, day, _DAY)

    def _midnight_of(self, at: int, later: int) -> int:
        return wall_us(self.zone, local_date(at, self.zone), later * _DAY)


def _start(span: Span) -> int:
    return span[0]
