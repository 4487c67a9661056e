"""The verbs of a calendar for whole columns: of pandas, polars, pyarrow, numpy, DuckDB, or plain lists.

A column comes back as it came: same library, index, name, unit of time and zone. Nulls stay null. Lists need the
standard library only, the others the extra `frames`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING, Final, TypeVar, get_args
from zoneinfo import ZoneInfo

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import to_us
from slacalc.columns import lists
from slacalc.columns.lists import AnyColumn, Calendars, Errors
from slacalc.errors import CalendarError, MissingExtraError

if TYPE_CHECKING:
    from slacalc.policies.any_policy import AnyPolicy

__all__ = [
    "add",
    "count_working_dates",
    "elapsed",
    "extra_frames",
    "is_open",
    "is_working_date",
    "next_open",
    "outcome_frame",
    "promise_frame",
    "roll_forward",
    "subtract",
    "working_date_after",
]

_Column = TypeVar("_Column")
_Frame = TypeVar("_Frame")
_ERRORS: Final[tuple[Errors, ...]] = get_args(Errors)


def add(
    calendar: Calendars,
    starts: _Column,
    amount: AnyColumn,
    *,
    by: AnyColumn = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> _Column:
    """Return for each row the earliest instant by which `amount` of open time has passed; zero rolls forward.

    `calendar` is a calendar, or a mapping of calendars from which the column `by` chooses. `amount`
    is a `timedelta`, or a column of durations. A column without a zone is refused unless `zone` says on
    which clock it is read, and its answers are written; the first of two readings in an autumn fold.

    A row outside the covered time is a HorizonError, one after which nothing opens any more a
    ClosedForGoodError; it names the first rows. With `errors="null"` such rows are null.

    >>> from datetime import datetime, timedelta
    >>> from slacalc import Calendar
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
    >>> for due in add(office, [datetime(2026, 11, 20, 16), None], timedelta(hours=4), zone="Europe/Brussels"):
    ...     print(due)
    2026-11-23 12:00:00
    None
    """
    answers: _Column = _room(starts, errors).add(calendar, starts, amount, by=by, zone=zone, errors=errors)
    return answers


def subtract(
    calendar: Calendars,
    ends: _Column,
    amount: AnyColumn,
    *,
    by: AnyColumn = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> _Column:
    """Return for each row the latest instant from which `amount` of open time passes; zero rolls back. See `add`."""
    answers: _Column = _room(ends, errors).subtract(calendar, ends, amount, by=by, zone=zone, errors=errors)
    return answers


def elapsed(
    calendar: Calendars,
    starts: AnyColumn,
    ends: AnyColumn,
    *,
    by: AnyColumn = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> AnyColumn:
    """Return for each row the open time from start to end; negative where the end is first.

    `ends` is a column, or one aware datetime for all rows. The answer is a column of durations in the
    finer of the two units. The rest is as in `add`.
    """
    return _room(starts, errors).elapsed(calendar, starts, ends, by=by, zone=zone, errors=errors)


def is_open(
    calendar: Calendars,
    ats: AnyColumn,
    *,
    by: AnyColumn = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> AnyColumn:
    """Return for each row whether the instant is open: a column of yes, no and null. See `add`.

    A numpy array cannot hold a null: there it is a masked array when there are some.
    """
    return _room(ats, errors).is_open(calendar, ats, by=by, zone=zone, errors=errors)


def next_open(
    calendar: Calendars,
    afters: _Column,
    *,
    by: AnyColumn = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> _Column:
    """Return for each row the first opening strictly after; null, too, where it stays open for ever. See `add`."""
    answers: _Column = _room(afters, errors).next_open(calendar, afters, by=by, zone=zone, errors=errors)
    return answers


def roll_forward(
    calendar: Calendars,
    ats: _Column,
    *,
    by: AnyColumn = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> _Column:
    """Return for each row the first open instant at or after: itself when open. See `add`."""
    answers: _Column = _room(ats, errors).roll_forward(calendar, ats, by=by, zone=zone, errors=errors)
    return answers


def working_date_after(
    calendar: Calendars, dates: _Column, count: AnyColumn, *, by: AnyColumn = None, errors: Errors = "raise"
) -> _Column:
    """Return for each row the working date that is `count` working dates after; for zero the date itself.

    It is `calendar.working_dates().after(date, count)`: half days are working dates, and so is a weekend that is
    worked. `count` is a number, or a column of numbers; negative ones are an AmountError. Dates are a list of `date`,
    or a column of dates; in pandas also one of naive midnights. The rest is as in `add`.

    >>> from datetime import date
    >>> from slacalc import Calendar
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", special_days={"2026-11-21": "open 09:00-12:00"})
    >>> [str(day) for day in working_date_after(office, [date(2026, 11, 19), date(2026, 11, 20)], 2)]
    ['2026-11-21', '2026-11-23']
    """
    answers: _Column = _dates_room(dates, errors).working_date_after(calendar, dates, count, by=by, errors=errors)
    return answers


def count_working_dates(
    calendar: Calendars, firsts: AnyColumn, lasts: AnyColumn, *, by: AnyColumn = None, errors: Errors = "raise"
) -> AnyColumn:
    """Return for each row how many of the dates from first to last, both included, are working dates.

    `lasts` is a column of dates, or one date for all rows. None are counted backward. See `working_date_after`.
    """
    return _dates_room(firsts, errors).count_working_dates(calendar, firsts, lasts, by=by, errors=errors)


def is_working_date(
    calendar: Calendars, dates: AnyColumn, *, by: AnyColumn = None, errors: Errors = "raise"
) -> AnyColumn:
    """Return for each row whether the date is a working date: yes, no or null. See `working_date_after`."""
    return _dates_room(dates, errors).is_working_date(calendar, dates, by=by, errors=errors)


def promise_frame(
    policy: "AnyPolicy",
    frame: _Frame,
    received: str = "received",
    *,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
    prefix: str = "",
) -> _Frame:
    """Return what `Policy.promise_frame` returns."""
    _check(errors)
    with extra_frames():
        from slacalc.columns import promises
    promised: _Frame = promises.promise_frame(policy, frame, received, zone=zone, errors=errors, prefix=prefix)
    return promised


def outcome_frame(
    policy: "AnyPolicy",
    tickets: AnyColumn,
    *,
    as_of: datetime,
    columns: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> AnyColumn:
    """Return what `Policy.outcome_frame` returns."""
    _check(errors)
    from slacalc.columns.given_rows import is_table

    to_us(as_of, "as_of")
    if not is_table(tickets) or _is_of_lists(tickets):
        from slacalc.columns import outcome_rows

        return outcome_rows.outcome_lists(policy, tickets, as_of=as_of, columns=columns, zone=zone, errors=errors)
    with extra_frames():
        from slacalc.columns import outcome_frames
    return outcome_frames.outcome_frame(policy, tickets, as_of=as_of, columns=columns, zone=zone, errors=errors)


def _is_of_lists(table: object) -> bool:
    return isinstance(table, Mapping) and all(isinstance(column, list | tuple) for column in table.values())


def _room(column: object, errors: Errors) -> ModuleType:
    """Return where such a column is answered: lists need nothing but the standard library."""
    _check(errors)
    if isinstance(column, list | tuple):
        return lists
    try:
        from slacalc.columns import arrays, relations
    except ImportError as error:
        raise _extra_missing(error) from error
    return relations if relations.is_relation(column) else arrays


def _dates_room(column: object, errors: Errors) -> ModuleType:
    """Return where a column of dates is answered."""
    _check(errors)
    if isinstance(column, list | tuple):
        from slacalc.columns import date_lists

        return date_lists
    with extra_frames():
        from slacalc.columns import date_columns, relations
    return relations if relations.is_relation(column) else date_columns


def _check(errors: str) -> None:
    if errors not in _ERRORS:
        raise CalendarError(
            "errors_unknown",
            "rows cannot be treated so",
            given=errors,
            accepts=nearest_first(errors, _ERRORS),
            where="errors",
        )


@contextmanager
def extra_frames() -> Iterator[None]:
    """Name the extra when one of its packages is not there."""
    try:
        yield
    except ImportError as error:
        raise _extra_missing(error) from error


def _extra_missing(error: ImportError) -> MissingExtraError:
    return MissingExtraError(
        "extra_missing", f"columns other than lists need {error.name}", accepts="slacalc with its extra frames"
    )
