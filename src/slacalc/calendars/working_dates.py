"""Working dates: the dates that own open time after every layer (rule 7a)."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import check_date, local_date, utc_text, wall_us
from slacalc.business_time.spans import Span, Spans
from slacalc.calendars.layers import Plan
from slacalc.errors import ClosedForGoodError, HorizonError

__all__ = ["WorkingDates"]

_ONE: Final = timedelta(days=1)
_SPILL: Final = timedelta(days=3)
"""No window of a date reaches further past its midnight."""


class WorkingDates:
    """The working dates of a calendar's plan, found as questions need them."""

    __slots__ = ("_known", "plan", "zone")

    def __init__(self, plan: Plan, zone: ZoneInfo) -> None:
        self.plan: Final = plan
        self.zone: Final = zone
        self._known: dict[date, Spans] = {}

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
        check_date(day)
        while count:
            day += _ONE
            self._refuse_beyond(day)
            self._refuse_closed(day)
            count -= bool(self.owned(day))
        return day

    def count(self, first: date, last: date) -> int:
        """Return how many of the dates from `first` to `last`, both included, are working dates."""
        for day in (first, last):
            check_date(day)
            self._refuse_beyond(day)
        return sum(bool(self.owned(first + step * _ONE)) for step in range((last - first).days + 1))

    def openings(self, start: int, end: int) -> Iterator[tuple[date, int]]:
        """Return the working dates whose first opening is in a range, in order, each with that opening."""
        if start >= end:
            return
        day, last = max(local_date(start, self.zone) - _SPILL, self.plan.dates[0]), local_date(end - 1, self.zone)
        while day <= last and not self._is_closed_from(day):
            self._refuse_beyond(day)
            spans = self.owned(day)
            if spans and start <= spans[0][0] < end:
                yield day, spans[0][0]
            day += _ONE

    def later(self, day: date, count: int) -> date:
        """Return the date, working or not, that is `count` dates after `day`."""
        check_date(day)
        last = self.plan.dates[1]
        if count > (last - day).days:
            self._refuse_beyond(min(date.max - _ONE, last) + _ONE)
        return day + count * _ONE

    def _is_closed_from(self, day: date) -> bool:
        closed = self.plan.ends.closed_from
        return closed is not None and wall_us(self.zone, day) >= closed

    def _refuse_closed(self, day: date) -> None:
        closed = self.plan.ends.closed_from
        if closed is not None and self._is_closed_from(day):
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


def _start(span: Span) -> int:
    return span[0]
