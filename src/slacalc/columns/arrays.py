"""The verbs for columns of numpy and of data frames: what `lists` does for lists."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from slacalc.calendars.open_time import OpenTime
from slacalc.columns import questions
from slacalc.columns.lists import (
    AnyColumn,
    Calendars,
    Errors,
    is_null,
    is_one_amount,
    one_amount,
    refuse,
    refuse_lengths,
    unknown_calendar,
    without_choice,
)
from slacalc.columns.questions import Answers
from slacalc.columns.series import (
    Moments,
    amount_ticks,
    finest,
    instant_ticks,
    keys_of,
    per_microsecond,
    read_durations,
    read_moments,
    refuse_misaligned,
)
from slacalc.columns.stairs import NULL, Column, PerUs, Whole
from slacalc.errors import SlaError

__all__ = ["add", "elapsed", "groups_of", "is_open", "next_open", "roll_forward", "subtract"]

_Native = TypeVar("_Native")
_Verb: TypeAlias = Callable[..., Answers]
_Zone: TypeAlias = str | ZoneInfo | None
_UNKNOWN = -1


def add(
    calendar: Calendars, starts: _Native, amount: AnyColumn, *, by: AnyColumn, zone: _Zone, errors: Errors
) -> _Native:
    """Return `calendar.add(start, amount)` for each row."""
    answers: _Native = _shifted(questions.add, calendar, _read(starts, zone, "starts", by), amount, by, errors)
    return answers


def subtract(
    calendar: Calendars, ends: _Native, amount: AnyColumn, *, by: AnyColumn, zone: _Zone, errors: Errors
) -> _Native:
    """Return `calendar.subtract(end, amount)` for each row."""
    answers: _Native = _shifted(questions.subtract, calendar, _read(ends, zone, "ends", by), amount, by, errors)
    return answers


def roll_forward(calendar: Calendars, ats: _Native, *, by: AnyColumn, zone: _Zone, errors: Errors) -> _Native:
    """Return `calendar.roll_forward(at)` for each row."""
    answers: _Native = _moved(questions.roll_forward, calendar, _read(ats, zone, "ats", by), by, errors)
    return answers


def next_open(calendar: Calendars, afters: _Native, *, by: AnyColumn, zone: _Zone, errors: Errors) -> _Native:
    """Return `calendar.next_open(after)` for each row."""
    answers: _Native = _moved(questions.next_open, calendar, _read(afters, zone, "afters", by), by, errors)
    return answers


def is_open(calendar: Calendars, ats: AnyColumn, *, by: AnyColumn, zone: _Zone, errors: Errors) -> AnyColumn:
    """Return `calendar.is_open(at)` for each row."""
    moments = _read(ats, zone, "ats", by)
    per_us = per_microsecond(moments.unit)
    return moments.bools(_asked(questions.is_open, calendar, by, (moments.ticks(per_us),), per_us, errors))


def elapsed(
    calendar: Calendars, starts: AnyColumn, ends: AnyColumn, *, by: AnyColumn, zone: _Zone, errors: Errors
) -> AnyColumn:
    """Return `calendar.elapsed(start, end)` for each row, in the finer unit of both columns."""
    moments = _read(starts, zone, "starts", by)
    if isinstance(ends, datetime):
        unit, per_us = moments.unit, per_microsecond(moments.unit)
        others = instant_ticks(ends, len(moments.values), per_us, "ends")
    else:
        later = read_moments(ends, zone, "ends")
        moments.refuse_other_rows(later.native, "ends")
        unit = finest(moments.unit, later.unit)
        per_us = per_microsecond(unit)
        others = later.ticks(per_us)
    return moments.durations(
        _asked(questions.elapsed, calendar, by, (moments.ticks(per_us), others), per_us, errors), unit, per_us
    )


def _read(native: AnyColumn, zone: _Zone, name: str, by: AnyColumn) -> Moments:
    """Return a column of instants. Raises InstantError if the column that chooses calendars has other rows."""
    moments = read_moments(native, zone, name)
    refuse_misaligned(native, by, "by")
    return moments


def _shifted(
    verb: _Verb,
    calendar: Calendars,
    moments: Moments,
    amount: AnyColumn,
    by: AnyColumn,
    errors: Errors,
) -> AnyColumn:
    if is_one_amount(amount):
        per_us = per_microsecond(moments.unit)
        amounts: Whole = amount_ticks(one_amount(amount), per_us)
    else:
        durations = read_durations(amount, "amount")
        moments.refuse_other_rows(amount, "amount")
        per_us = per_microsecond(moments.unit, durations.unit)
        amounts = durations.ticks(per_us)
    return moments.instants(
        _asked(verb, calendar, by, (moments.ticks(per_us), amounts), per_us, errors), per_us, errors
    )


def _moved(verb: _Verb, calendar: Calendars, moments: Moments, by: AnyColumn, errors: Errors) -> AnyColumn:
    per_us = per_microsecond(moments.unit)
    return moments.instants(_asked(verb, calendar, by, (moments.ticks(per_us),), per_us, errors), per_us, errors)


def _asked(
    verb: _Verb,
    calendar: Calendars,
    by: AnyColumn,
    columns: tuple[Whole, ...],
    per_us: PerUs,
    errors: Errors,
) -> Column:
    """Return the answers, each row asked of its own calendar."""
    if isinstance(calendar, OpenTime) and by is None:
        answers = verb(calendar, *columns, per_us=per_us)
        if len(answers.refused) and errors == "raise":
            refuse(answers.refused.tolist(), _why(verb, calendar, columns, int(answers.refused[0]), per_us))
        return answers.values
    values = np.full(len(columns[0]), NULL, dtype=np.int64)  # type: ignore[arg-type]  # instants are a column
    refused: dict[int, OpenTime] = {}
    for office, rows in groups_of(calendar, by, len(values)):
        answers = verb(office, *(each if isinstance(each, int) else each[rows] for each in columns), per_us=per_us)
        values[rows] = answers.values
        refused |= dict.fromkeys(rows[answers.refused].tolist(), office)
    if refused and errors == "raise":
        rows_refused = sorted(refused)
        refuse(rows_refused, _why(verb, refused[rows_refused[0]], columns, rows_refused[0], per_us))
    return values


def groups_of(calendar: Calendars, by: AnyColumn, count: int) -> Iterator[tuple[OpenTime, Column]]:
    """Return the rows of each calendar; a row whose `by` is null has none."""
    if not isinstance(calendar, Mapping) or by is None:
        raise without_choice(calendar, by)
    keys = keys_of(by)
    refuse_lengths(len(keys), count, "by")
    place: dict[object, int] = {key: number for number, key in enumerate(calendar)}
    codes = np.fromiter((place.get(key, _UNKNOWN) for key in keys), dtype=np.int64, count=count)
    unknown = [row for row in np.flatnonzero(codes == _UNKNOWN).tolist() if not is_null(keys[row])]
    if unknown:
        raise unknown_calendar(keys[unknown[0]], unknown, calendar)
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(-1, len(place)), side="right").tolist()
    for office, first, end in zip(calendar.values(), ends, ends[1:], strict=False):
        if first < end:
            yield office, order[first:end]


def _why(verb: _Verb, calendar: OpenTime, columns: tuple[Whole, ...], row: int, per_us: PerUs) -> SlaError:
    """Return the error that the definition gives for a row."""
    question = [each if isinstance(each, int) else int(each[row]) for each in columns]
    outward = [-(-each // per_us) if each > 0 else each // per_us for each in question]
    try:
        getattr(calendar.timeline, verb.__name__)(*outward)
    except SlaError as error:
        return error
    raise AssertionError(f"{verb.__name__} refused what has an answer: {question}")
