"""The verbs for columns of dates, of numpy and of data frames: what `date_lists` does for lists.

A column of dates is one of numpy's `datetime64[D]`, of polars' `Date`, of pyarrow's `date32`, or in pandas one of
dates, or of datetimes without a zone that all are midnights.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from slacalc.arguments import refuse as raise_for_kind
from slacalc.business_time.instants import check_date
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.working_dates import check_count
from slacalc.columns import date_tables
from slacalc.columns.arrays import groups_of
from slacalc.columns.date_lists import is_whole
from slacalc.columns.date_tables import EPOCH, date_of
from slacalc.columns.lists import AnyColumn, Calendars, Errors, refuse, refuse_lengths
from slacalc.columns.questions import Answers
from slacalc.columns.series import bools_like, holds_arrow, named_like, refuse_misaligned, series_of
from slacalc.columns.stairs import NULL, Column, Whole
from slacalc.errors import InstantError, SlaError

__all__ = ["count_working_dates", "is_working_date", "working_date_after"]

Native: TypeAlias = Any  # a series of any library: it is what users have, and gets back its like
_Native = TypeVar("_Native")
_Verb: TypeAlias = Callable[..., Answers]


class _Dates(NamedTuple):
    """A column of dates as it came, and in days since 1970."""

    native: Native
    days: Column


def working_date_after(
    calendar: Calendars, dates: _Native, count: AnyColumn, *, by: AnyColumn, errors: Errors
) -> _Native:
    """Return `calendar.working_dates().after(date, count)` for each row."""
    column = _read(dates, "dates")
    refuse_misaligned(dates, count, "count")
    told: _Native = _dates_like(column.native, _asked(date_tables.after, calendar, by, column, _counts(count), errors))
    return told


def count_working_dates(
    calendar: Calendars, firsts: AnyColumn, lasts: AnyColumn, *, by: AnyColumn, errors: Errors
) -> AnyColumn:
    """Return `calendar.working_dates().count(first, last)` for each row."""
    column = _read(firsts, "firsts")
    refuse_misaligned(firsts, lasts, "lasts")
    return _numbers_like(column.native, _asked(date_tables.count, calendar, by, column, _lasts(lasts), errors))


def is_working_date(calendar: Calendars, dates: AnyColumn, *, by: AnyColumn, errors: Errors) -> AnyColumn:
    """Return for each row whether the date is a working date."""
    column = _read(dates, "dates")
    answers = _asked(date_tables.count, calendar, by, column, column.days, errors)
    return bools_like(column.native, answers == 1, answers == NULL)


def _asked(verb: _Verb, calendar: Calendars, by: AnyColumn, column: _Dates, other: Whole, errors: Errors) -> Column:
    """Return the answers, each row asked of its own calendar."""
    days = column.days
    refuse_misaligned(column.native, by, "by")
    if not isinstance(other, int):
        refuse_lengths(len(other), len(days), "count" if verb is date_tables.after else "lasts")
    values = np.full(len(days), NULL, dtype=np.int64)
    refused: dict[int, OpenTime] = {}
    for office, rows in _offices(calendar, by, len(days)):
        answers = verb(office, days[rows], other if isinstance(other, int) else other[rows])
        values[rows] = answers.values
        refused |= dict.fromkeys(np.arange(len(days))[rows][answers.refused].tolist(), office)
    if refused and errors == "raise":
        first = min(refused)
        refuse(
            sorted(refused),
            _why(verb, refused[first], int(days[first]), other if isinstance(other, int) else int(other[first])),
        )
    return values


def _offices(calendar: Calendars, by: AnyColumn, count: int) -> Iterable[tuple[OpenTime, "Column | slice"]]:
    """Return the rows of each calendar."""
    if isinstance(calendar, OpenTime) and by is None:
        return [(calendar, slice(None))]
    return groups_of(calendar, by, count)


def _why(verb: _Verb, calendar: OpenTime, day: int, other: int) -> SlaError:
    """Return the error that the definition gives for a row."""
    dates = calendar.working_dates()
    try:
        if verb is date_tables.after:
            dates.after(date_of(day), other)
        else:
            dates.count(date_of(day), date_of(other))
    except SlaError as error:
        return error
    raise AssertionError(f"working dates refused what has an answer: {day}, {other}")


# ---------------------------------------------------------------- in


def _read(native: Native, name: str) -> _Dates:
    """Return a column of dates. Raises InstantError for one of anything else."""
    if isinstance(native, np.ndarray):
        if native.ndim != 1 or native.dtype != np.dtype("M8[D]"):
            raise _no_dates(native.dtype, name)
        return _Dates(native, native.view(np.int64))
    series = series_of(native, name)
    values = _values(series, name)
    if values.dtype != np.dtype("M8[D]"):
        raise _no_dates(series.dtype, name)
    return _Dates(native, values.view(np.int64))


def _values(series: "nw.Series[Any]", name: str) -> NDArray[Any]:
    """Return the dates of a series, or what else it holds."""
    if isinstance(series.dtype, nw.Datetime) and series.dtype.time_zone is None:
        if series.implementation is not nw.Implementation.PANDAS:
            raise _no_dates(series.dtype, name)
        return _midnights(np.asarray(series.to_numpy(), f"M8[{series.dtype.time_unit}]"), name)
    if isinstance(series.dtype, nw.Object):
        given = [
            None if null else each for each, null in zip(series.to_list(), series.is_null().to_list(), strict=True)
        ]
        return np.array(given, "M8[D]") if set(map(type, given)) <= {date, type(None)} else _NONE
    if series.dtype != nw.Date:
        return np.full(len(series), "NaT", "M8[D]") if series.is_null().all() else _NONE
    if series.implementation is nw.Implementation.PANDAS:
        return np.array(series.to_arrow().to_numpy(zero_copy_only=False))
    return np.array(series.to_numpy())


_NONE: Final = np.empty(0)


def _midnights(values: NDArray[Any], name: str) -> NDArray[Any]:
    """Return datetimes without a zone as dates. Raises InstantError for one that is no midnight."""
    days = values.astype("M8[D]")
    others = np.flatnonzero((days != values) & ~np.isnat(values))
    if len(others):
        accepts = "midnights, such as series.dt.normalize(), or a column of dates"
        error = InstantError("column_not_dates", _PROBLEM, given=str(values[others[0]]), accepts=accepts, where=name)
        refuse(others.tolist(), error)
    return days


_PROBLEM: Final = "this is no column of dates"


def _no_dates(dtype: object, name: str) -> InstantError:
    accepts = "dates: datetime64[D] of numpy, Date of polars, date32 of pyarrow; in pandas dates, or naive midnights"
    return InstantError("column_not_dates", _PROBLEM, given=str(dtype), accepts=accepts, where=name)


def _lasts(lasts: Native) -> Whole:
    if isinstance(lasts, date):
        check_date(lasts, "lasts")
        return lasts.toordinal() - EPOCH
    return _read(lasts, "lasts").days


def _counts(count: Native) -> Whole:
    """Return how many dates: a number, or one for each row. Raises AmountError for a negative one."""
    if is_whole(count):
        check_count(int(count))
        return min(int(count), _MOST)
    numbers = _whole_numbers(count)
    negative = np.flatnonzero((numbers < 0) & (numbers != NULL))
    if len(negative):
        try:
            check_count(int(numbers[negative[0]]))
        except SlaError as error:
            refuse(negative.tolist(), error)
    return np.minimum(numbers, _MOST)


_MOST: Final = 10**9
"""More dates than any calendar has."""


def _whole_numbers(native: Native) -> Column:
    if isinstance(native, np.ndarray):
        if native.ndim == 1 and native.dtype.kind in "iu":
            return native.astype(np.int64, copy=False)
        raise_for_kind(native.dtype, "count", _WHOLE)
    if isinstance(native, str | bytes) or not hasattr(native, "__len__"):
        raise_for_kind(native, "count", _WHOLE)
    series = series_of(native, "count")
    if not series.dtype.is_integer():
        raise_for_kind(series.dtype, "count", _WHOLE)
    null = series.is_null().to_numpy()
    return np.where(null, NULL, series.fill_null(0).cast(nw.Int64).to_numpy()).astype(np.int64)


_WHOLE: Final = "a whole number of dates, or a column of whole numbers"


# ---------------------------------------------------------------- out


def _dates_like(native: Native, days: Column) -> Native:
    """Return days as a column like that of the dates."""
    values = days.view("M8[D]")
    if isinstance(native, np.ndarray):
        return values
    series = series_of(native, "")
    if series.implementation is nw.Implementation.PANDAS and series.dtype != nw.Date:
        kind = f"M8[{series.dtype.time_unit}]" if isinstance(series.dtype, nw.Datetime) else object
        told = values.astype(kind)
        return named_like(native, nw.get_native_namespace(series).Series(told), native.dtype)
    return named_like(native, nw.new_series("", values, nw.Date(), backend=series.implementation).to_native(), None)


def _numbers_like(native: Native, numbers: Column) -> Native:
    """Return numbers as a column that goes with one of dates; null where there is none."""
    null = numbers == NULL
    if isinstance(native, np.ndarray):
        return np.ma.MaskedArray(numbers, null) if null.any() else numbers
    series = series_of(native, "")
    library = nw.get_native_namespace(series)
    match series.implementation:
        case nw.Implementation.PANDAS:
            made = library.Series(library.arrays.IntegerArray(numbers, null))
            return named_like(native, made, "int64[pyarrow]" if holds_arrow(native) else None)
        case nw.Implementation.POLARS:
            return named_like(native, library.Series("", numbers).set(library.Series("", null), None), None)
        case _:
            return named_like(native, library.chunked_array([library.array(numbers, mask=null)]), None)
