"""Working dates: the dates that own open time after every layer (rule 7a)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import check_date, local_date, utc_text, wall_us
from slacalc.business_time.spans import Span, Spans
from slacalc.calendars.layers import Plan
from slacalc.errors import AmountError, ClosedForGoodError, HorizonError, SlaError

__all__ = ["DateTable", "WorkingDates", "check_count"]

_ONE: Final = timedelta(days=1)
_SPILL: Final = timedelta(days=3)
"""No window of a date reaches further past its midnight."""
_YEAR: Final = 366
_MOST_KNOWN: Final = 4_096  # dates whose open time is kept: eleven years


class DateTable:
    """The working dates from `first` up to `end`, in order, all as ordinals: counted and found by bisection."""

    __slots__ = ("end", "first", "working")

    def __init__(self, first: int, end: int, working: Sequence[int]) -> None:
        self.first: Final[int] = first
        self.end: Final[int] = end
        self.working: Final[tuple[int, ...]] = tuple(working)


class WorkingDates:
    """The working dates of a calendar's plan, found as questions need them.

    Dates are walked through, which stays the definition. Once as many were as a table of them holds, it is made, and
    answers for these years from then on. It is replaced as a whole, so threads may race.
    """

    __slots__ = ("__weakref__", "_known", "_passed", "plan", "table", "zone")

    def __init__(self, plan: Plan, zone: ZoneInfo) -> None:
        self.plan: Final = plan
        self.zone: Final = zone
        self.table: DateTable = _NO_DATES
        self._known: dict[date, Spans] = {}
        self._passed = 0

    def owned(self, day: date) -> Spans:
        """Return the open time that the date owns; none makes it no working date."""
        found = self._known.get(day)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known = {}
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
        if type(day) is date and type(count) is int and count > 0:
            table, next_day = self.table, day.toordinal() + 1
            if table.first <= next_day < table.end:
                place = bisect_left(table.working, next_day) + count - 1
                if place < len(table.working):
                    return date.fromordinal(table.working[place])
        return self._walked_after(day, count)

    def count(self, first: date, last: date) -> int:
        """Return how many of the dates from `first` to `last`, both included, are working dates."""
        if type(first) is date and type(last) is date:
            table, low, high = self.table, first.toordinal(), last.toordinal()
            if table.first <= low < table.end and table.first <= high < table.end:
                return max(0, bisect_right(table.working, high) - bisect_left(table.working, low))
        return self._counted_one_by_one(first, last)

    @property
    def last(self) -> date:
        """The last date that may be a working date."""
        closed, last = self.plan.ends.closed_from, self.plan.dates[1]
        return last if closed is None else min(last, local_date(closed, self.zone) + _ONE)

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

    def tabled(self, first: int, last: int) -> DateTable:
        """Return a table that has the dates from one to another, as ordinals, as far as they are covered.

        It is kept for the questions to come, with what was kept before. Raises the error of a date that is refused.
        """
        low, high = self._united(first, last)
        kept = self.table if self.table.end else DateTable(low, low, ())
        if (low, high) != (kept.first, kept.end):
            before, after = range(low, kept.first), range(kept.end, high)
            self.table = kept = DateTable(low, high, (*self._working(before), *kept.working, *self._working(after)))
        return kept

    def _united(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of a table with these dates, as far as they are covered, and what the present one has."""
        covered, kept = self.plan.dates, self.table
        low, high = max(first, covered[0].toordinal()), min(last, covered[1].toordinal()) + 1
        return (min(low, kept.first), max(high, kept.end)) if kept.end else (low, max(low, high))

    def _working(self, days: Iterable[int]) -> Iterator[int]:
        return (day for day in days if self.owned(date.fromordinal(day)))

    def _walked_after(self, day: date, count: int) -> date:
        check_date(day)
        check_count(count)
        first = day
        while count:
            self._refuse_beyond(min(day, date.max - _ONE) + _ONE)
            day += _ONE
            self._refuse_closed(day)
            count -= bool(self.owned(day))
        self._pass(first, day)
        return day

    def _counted_one_by_one(self, first: date, last: date) -> int:
        for day in (first, last):
            check_date(day)
            self._refuse_beyond(day)
        count = sum(bool(self.owned(first + step * _ONE)) for step in range((last - first).days + 1))
        self._pass(first, last)
        return count

    def _pass(self, first: date, last: date) -> None:
        """Make a table of the years that were walked through, once it pays."""
        self._passed += max(0, (last - first).days + 1)
        years = first.toordinal() // _YEAR * _YEAR, last.toordinal() // _YEAR * _YEAR + _YEAR - 1
        low, high = self._united(*years)
        if self._passed >= high - low - (self.table.end - self.table.first):
            self._passed = 0
            with suppress(SlaError):  # a date between them that is refused when it is asked about, and only then
                self.tabled(*years)

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


def check_count(count: int, where: str = "count") -> None:
    """Refuse a negative number of dates. Raises AmountError."""
    if count < 0:
        raise AmountError(
            "count_negative", "the number of dates is negative", given=count, accepts="zero or more", where=where
        )


def _start(span: Span) -> int:
    return span[0]


_NO_DATES: Final = DateTable(0, 0, ())
