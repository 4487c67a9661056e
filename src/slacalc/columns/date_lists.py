"""The verbs for lists of dates on the standard library: an answer a row. The other columns are held to this loop."""

from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Integral

from slacalc.arguments import check_argument
from slacalc.arguments import refuse as raise_for_kind
from slacalc.business_time.instants import check_date
from slacalc.calendars.open_time import OpenTime
from slacalc.columns.lists import Calendars, Errors, choose, each_row, is_null, refuse_lengths

__all__ = ["count_working_dates", "is_whole", "is_working_date", "working_date_after"]

Dates = Sequence[date | None]


def working_date_after(
    calendar: Calendars,
    dates: Dates,
    count: int | Sequence[int | None],
    *,
    by: Sequence[str | None] | None,
    errors: Errors,
) -> list[date | None]:
    """Return `calendar.working_dates().after(date, count)` for each row."""
    days = _read(dates, "dates")
    given = [count] * len(days) if isinstance(count, Integral) else _listed(count)
    refuse_lengths(len(given), len(days), "count")
    counts = [None if number is None else _whole(number) for number in given]
    return each_row(_after, [days, counts], choose(calendar, by, len(days)), errors)


def count_working_dates(
    calendar: Calendars, firsts: Dates, lasts: date | Dates, *, by: Sequence[str | None] | None, errors: Errors
) -> list[int | None]:
    """Return `calendar.working_dates().count(first, last)` for each row."""
    days = _read(firsts, "firsts")
    others = _read([lasts] * len(days) if isinstance(lasts, date) else lasts, "lasts")
    refuse_lengths(len(others), len(days), "lasts")
    return each_row(_count, [days, others], choose(calendar, by, len(days)), errors)


def is_working_date(
    calendar: Calendars, dates: Dates, *, by: Sequence[str | None] | None, errors: Errors
) -> list[bool | None]:
    """Return for each row whether the date is a working date."""
    days = _read(dates, "dates")
    return each_row(_is_working, [days], choose(calendar, by, len(days)), errors)


def _after(calendar: OpenTime, day: date, count: int) -> date:
    return calendar.working_dates().after(day, count)


def _count(calendar: OpenTime, first: date, last: date) -> int:
    return calendar.working_dates().count(first, last)


def _is_working(calendar: OpenTime, day: date) -> bool:
    return calendar.working_dates().count(day, day) == 1


def _read(column: Dates, name: str) -> list[date | None]:
    if isinstance(column, str) or not isinstance(column, Iterable):
        raise_for_kind(column, name, "a list of dates")
    values = [None if is_null(value) else value for value in column]
    for row, value in enumerate(values):
        if value is not None:
            check_date(value, f"{name}: row {row}")
    return values


def is_whole(number: object) -> bool:
    """Tell whether something is a whole number, of numpy too; True and False are none."""
    return isinstance(number, Integral) and not isinstance(number, bool)


def _whole(number: object) -> int:
    if not is_whole(number):
        raise_for_kind(number, "count", "a whole number of dates, or a list of whole numbers")
    return int(number)  # type: ignore[call-overload, no-any-return]  # it was checked


def _listed(counts: object) -> list[int | None]:
    check_argument(counts, Iterable, "count", "a whole number of dates, or a list of whole numbers")
    return [None if is_null(count) else count for count in counts]  # type: ignore[attr-defined]  # it was checked
