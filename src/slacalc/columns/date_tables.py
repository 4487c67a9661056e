"""The working dates of a calendar as arrays, and what they are asked about whole columns of dates.

Dates are counted in days since 1970. `WorkingDates` says what is right; a table only repeats it for the years that a
column asks about. What few rows ask is not worth a table of many years: they are asked one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.working_dates import WorkingDates
from slacalc.columns.kept_tables import kept_table
from slacalc.columns.questions import Answers
from slacalc.columns.stairs import NULL, Column, Whole
from slacalc.errors import ClosedForGoodError, HorizonError, SlaError

__all__ = ["EPOCH", "DateArrays", "after", "count", "date_arrays", "date_of", "years_around"]

EPOCH: Final = date(1970, 1, 1).toordinal()
_YEAR: Final = 366
_WALKED: Final = 16  # dates that may be walked through for a row, instead of a table


@dataclass(frozen=True, slots=True, eq=False)
class DateArrays:
    """The working dates from `first` to `last`; `passed[i]` is how many are before date `first + i`."""

    first: int
    last: int
    working: Column
    passed: Column

    @property
    def nbytes(self) -> int:
        """The memory of its arrays."""
        return self.working.nbytes + self.passed.nbytes

    def passed_before(self, days: Whole) -> Column:
        """Return how many working dates are before each date; dates that it has not count as its ends."""
        found: Column = self.passed.take(days - self.first, mode="clip")
        return found


def date_arrays(dates: WorkingDates, first: int, last: int) -> DateArrays:
    """Return the working dates of all years from one date to another. Raises the error of a date that is refused."""
    years = years_around(first, last)
    return kept_table(dates, (DateArrays, *years), lambda: _made(dates, *years))


def years_around(first: int, last: int) -> tuple[int, int]:
    """Return the first and the last date of the years around two dates, of 366 days each."""
    return first // _YEAR * _YEAR, last // _YEAR * _YEAR + _YEAR - 1


def _made(dates: WorkingDates, first: int, last: int) -> DateArrays:
    low, high = (
        max(first, dates.plan.dates[0].toordinal() - EPOCH),
        min(last, dates.plan.dates[1].toordinal() - EPOCH),
    )
    table = dates.tabled(low + EPOCH, high + EPOCH)
    working = np.array(table.working, dtype=np.int64) - EPOCH
    working = working[np.searchsorted(working, low) : np.searchsorted(working, high, side="right")]
    return DateArrays(low, high, working, np.searchsorted(working, np.arange(low, high + 2)))


def after(calendar: OpenTime, days: Column, counts: Whole) -> Answers:
    """Return the working dates that are so many working dates after each date; for zero the date itself."""
    dates = calendar.working_dates()

    def ask(table: DateArrays, days: Column, counts: Whole, *, sure: bool) -> Column:
        place = table.passed_before(days + 1)
        place += counts
        place -= 1
        if sure:
            return table.working.take(place)
        known = (table.first <= days + 1) & (days < table.last) & (counts > 0) & (place < len(table.working))
        found = np.where(counts == 0, days, NULL)
        found[known] = table.working[place[known]]
        return found

    def ask_one(day: int, number: int) -> int:
        return dates.after(date_of(day), number).toordinal() - EPOCH if number else day

    def reach(low: int, high: int, most: int) -> tuple[int, int]:
        return low + 1, ask_one(high, most)

    least = counts if isinstance(counts, int) else int(counts.min(initial=1))
    return _answered(dates, (days, counts), reach, ask, ask_one, certain=least > 0)


def count(calendar: OpenTime, firsts: Column, lasts: Whole) -> Answers:
    """Return how many of the dates from one to another, both included, are working dates."""
    dates = calendar.working_dates()

    def ask(table: DateArrays, firsts: Column, lasts: Whole, *, sure: bool) -> Column:
        found = table.passed_before(lasts + 1) - table.passed_before(firsts)
        np.maximum(found, 0, out=found)
        if not sure:
            known = (table.first <= firsts) & (firsts <= table.last) & (table.first <= lasts) & (lasts <= table.last)
            found[~known] = NULL
        return found

    def ask_one(first: int, last: int) -> int:
        return dates.count(date_of(first), date_of(last))

    def reach(low: int, high: int, most: int) -> tuple[int, int]:
        return low, max(high, most)

    earliest = lasts if isinstance(lasts, int) else int(lasts.min(initial=_LAST))
    return _answered(dates, (firsts, lasts), reach, ask, ask_one, certain=earliest >= int(firsts.min(initial=_LAST)))


_CHUNK: Final = 2**15  # rows, so that what lies between two steps stays in the cache
_LAST: Final = int(np.iinfo(np.int64).max)


def _answered(
    dates: WorkingDates,
    columns: tuple[Column, Whole],
    reach: Callable[[int, int, int], tuple[int, int]],
    ask: Callable[..., Column],
    ask_one: Callable[[int, int], int],
    *,
    certain: bool,
) -> Answers:
    """Ask a table about all rows, and about those that it has no answer to one by one.

    `certain` is whether what is within reach has an answer for certain.
    """
    days, others = columns
    values = np.full(len(days), NULL, dtype=np.int64)
    null = (days == NULL) | (others == NULL) if _holds_null(days) or _holds_null(others) else None
    left = np.arange(len(days)) if null is None else np.flatnonzero(~null)
    table, reached = _table_for(dates, days[left], others if isinstance(others, int) else others[left], reach)
    if table is not None:
        sure = reached and certain and null is None
        for first in range(0, len(days), _CHUNK):
            rows = slice(first, first + _CHUNK)
            values[rows] = ask(table, days[rows], others if isinstance(others, int) else others[rows], sure=sure)
        if sure:
            return Answers(values, left[:0])
        if null is not None:
            values[null] = NULL
        left = left[values[left] == NULL]
    refused = []
    for row in left.tolist():
        try:
            values[row] = ask_one(int(days[row]), others if isinstance(others, int) else int(others[row]))
        except (HorizonError, ClosedForGoodError):
            refused.append(row)
    return Answers(values, np.array(refused, dtype=np.int64))


def _table_for(
    dates: WorkingDates, days: Column, others: Whole, reach: Callable[[int, int, int], tuple[int, int]]
) -> tuple[DateArrays | None, bool]:
    """Return the table for all that is asked, if it is worth one, and whether it reaches every answer."""
    if not len(days):
        return None, False
    covered = dates.plan.dates[0].toordinal() - EPOCH, dates.last.toordinal() - EPOCH
    asked = int(days.min()), int(days.max()), others if isinstance(others, int) else int(others.max())
    try:
        low, high = reach(*asked)
        reached = covered[0] <= low and high <= covered[1]
    except (HorizonError, ClosedForGoodError):
        low, high, reached = asked[0], covered[1], False
    low, high = max(low, covered[0]), min(high, covered[1])
    if low > high or len(days) * _WALKED < high - low:
        return None, False
    try:
        return date_arrays(dates, low, high), reached
    except SlaError:  # a date between them that is refused when it is asked about, and only then
        return None, False


def _holds_null(column: Whole) -> bool:
    return not isinstance(column, int) and len(column) > 0 and bool(column.min() == NULL)


def date_of(day: int) -> date:
    """Return the date of a day; for one that Python has no date for, one that no calendar covers."""
    return date.fromordinal(min(max(day + EPOCH, 2), date.max.toordinal() - 1))
