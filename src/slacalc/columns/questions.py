"""What a calendar is asked about whole columns: numpy arrays of integers in and out.

A `Timeline` is asked how far the answers of a column reach; a table over these years then answers it, chunk by chunk.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from slacalc.business_time.timeline import Timeline
from slacalc.calendars.open_time import OpenTime
from slacalc.columns.kept_tables import kept_table
from slacalc.columns.stairs import (
    LONGEST,
    NULL,
    YEAR,
    Bools,
    Column,
    Flags,
    PerUs,
    Slots,
    Steps,
    Table,
    Whole,
    in_nanoseconds,
    slot_width,
    slots_over,
    steps_over,
)
from slacalc.errors import ClosedForGoodError, HorizonError

__all__ = ["Answers", "add", "elapsed", "is_open", "next_open", "roll_forward", "steps", "subtract"]

_MOST_SLOTS: Final = 2**19  # with both tables, 8 MB
_WORTH_SLOTS: Final = 2**13  # rows
_CHUNK: Final = 2**15  # rows, so that what lies between two steps stays in the cache


class Answers(NamedTuple):
    """What a column was answered: NULL where a row is null or refused; `refused` are the rows without an answer."""

    values: Column
    refused: Column


def add(calendar: OpenTime, start: Column, amount: Whole, per_us: PerUs = 1) -> Answers:
    """Return the earliest instants by which `amount` of open time has passed since `start`; zero rolls forward."""

    def reach(timeline: Timeline, low: int, high: int, most: int) -> tuple[int, int]:
        return low, timeline.add(high, most)

    def ask(table: Table, start: Column, amount: Whole, *, sure: bool) -> _Asked:
        work = table.worked(start)
        work += amount
        return _instants(table, work, amount == 0, sure=sure)

    return _answered(calendar, reach, ask, per_us, (start,), amount)


def subtract(calendar: OpenTime, end: Column, amount: Whole, per_us: PerUs = 1) -> Answers:
    """Return the latest instants from which `amount` of open time passes until `end`; zero rolls back."""

    def reach(timeline: Timeline, low: int, high: int, most: int) -> tuple[int, int]:
        return timeline.subtract(low, most) - 1, high

    def ask(table: Table, end: Column, amount: Whole, *, sure: bool) -> _Asked:
        work = table.worked(end)
        work -= amount
        return _instants(table, work, amount != 0, sure=sure)

    return _answered(calendar, reach, ask, per_us, (end,), amount)


def roll_forward(calendar: OpenTime, at: Column, per_us: PerUs = 1) -> Answers:
    """Return the first open instants at or after."""
    return add(calendar, at, 0, per_us)


def elapsed(calendar: OpenTime, start: Column, end: Column, per_us: PerUs = 1) -> Answers:
    """Return the open time from `start` to `end`; negative where `end` is before `start`."""

    def ask(table: Table, start: Column, end: Column, **_sure: bool) -> _Asked:
        return table.worked(end) - table.worked(start), None

    return _answered(calendar, _as_asked, ask, per_us, (start, end))


def is_open(calendar: OpenTime, at: Column, per_us: PerUs = 1) -> Answers:
    """Return 1 where the instant is open, else 0."""
    last = calendar.timeline.covered[1]

    def ask(table: Table, at: Column, **_sure: bool) -> _Asked:
        return table.open_at(at).astype(np.int64), at >= last * per_us

    return _answered(calendar, _as_asked, ask, per_us, (at,))


def next_open(calendar: OpenTime, after: Column, per_us: PerUs = 1) -> Answers:
    """Return the first openings strictly after; NULL, but not refused, where it stays open for ever."""

    def reach(timeline: Timeline, low: int, high: int, _most: int) -> tuple[int, int]:
        found = timeline.next_open(high)
        return low, high if found is None else found

    def ask(table: Table, after: Column, **_sure: bool) -> _Asked:
        openings = table.opening_after(after)
        return openings, openings == table.end

    answers = _answered(calendar, reach, ask, per_us, (after,))
    return answers._replace(refused=_without_open_for_ever(calendar.timeline, after, answers.refused, per_us))


def steps(calendar: OpenTime, start: int, end: int) -> Steps:
    """Return the staircase over a range and some time around it, as far as the calendar covers it."""
    low, high = calendar.timeline.covered
    first, last = max(low, start // YEAR * YEAR), min(high, end // YEAR * YEAR + YEAR)
    return kept_table(calendar.timeline, (Steps, first, last), lambda: steps_over(calendar, first, last))


_Asked: TypeAlias = tuple[Column, Bools | None]  # what a table answers, and where it does not
_Reach: TypeAlias = Callable[[Timeline, int, int, int], tuple[int, int]]


def _answered(
    calendar: OpenTime,
    reach: _Reach,
    ask: Callable[..., _Asked],
    per_us: PerUs,
    instants: tuple[Column, ...],
    amount: Whole | None = None,
) -> Answers:
    """Ask the table chunk by chunk, having put aside the rows that it cannot be asked about."""
    count, timeline = len(instants[0]), calendar.timeline
    if not count:
        return Answers(_NONE, _NONE)
    covered = timeline.covered
    low, high = _ends(instants)
    least, most = (0, 0) if amount is None else _ends((amount,))
    if low < covered[0] * per_us or high > covered[1] * per_us or least == NULL:
        return _of_usable_rows(calendar, reach, ask, per_us, instants, amount)
    table, sure = _table_for(calendar, reach, per_us, (low, high, most), slotted=count >= _WORTH_SLOTS)
    columns = instants if amount is None else (*instants, _capped(amount, most))
    if count <= _CHUNK:
        answers, unanswered = ask(table, *columns, sure=sure)
        return Answers(answers, _NONE) if unanswered is None else _refusing(answers, np.flatnonzero(unanswered))
    values = np.empty(count, dtype=np.int64)
    missing = [_NONE]
    for first in range(0, count, _CHUNK):
        rows = slice(first, first + _CHUNK)
        part = (column if isinstance(column, int) else column[rows] for column in columns)
        answers, unanswered = ask(table, *part, sure=sure)
        values[rows] = answers
        if unanswered is not None:
            missing.append(np.flatnonzero(unanswered) + first)
    return _refusing(values, np.concatenate(missing))


_LAST: Final = int(np.iinfo(np.int64).max)
_NONE: Final[Column] = np.empty(0, dtype=np.int64)


def _refusing(values: Column, refused: Column) -> Answers:
    values[refused] = NULL
    return Answers(values, refused)


def _of_usable_rows(
    calendar: OpenTime,
    reach: _Reach,
    ask: Callable[..., _Asked],
    per_us: PerUs,
    instants: tuple[Column, ...],
    amount: Whole | None,
) -> Answers:
    """Answer the rows that are neither null nor outside the covered time."""
    low, high = (edge * per_us for edge in calendar.timeline.covered)
    null = np.zeros(len(instants[0]), dtype=np.bool_)
    for column in (*instants, amount):
        null |= column == NULL
    outside = np.zeros_like(null)
    for column in instants:
        outside |= (column < low) | (column > high)
    outside &= ~null
    usable = np.flatnonzero(~(null | outside))
    part = amount[usable] if isinstance(amount, np.ndarray) else amount
    inner = _answered(calendar, reach, ask, per_us, tuple(column[usable] for column in instants), part)
    values = np.full(len(null), NULL, dtype=np.int64)
    values[usable] = inner.values
    return Answers(values, np.sort(np.concatenate([np.flatnonzero(outside), usable[inner.refused]])))


def _ends(columns: tuple[Whole, ...]) -> tuple[int, int]:
    """Return the smallest and the largest of some columns; a null is smaller than anything else."""
    low, high = _LAST, NULL
    for each in columns:
        low = min(low, each if isinstance(each, int) else int(np.minimum.reduce(each)))
        high = max(high, each if isinstance(each, int) else int(np.maximum.reduce(each)))
    return low, high


def _capped(amount: Whole, most: int) -> Whole:
    """Return amounts that can be added to without an overflow; what is cut is more than any calendar has."""
    if most <= LONGEST:
        return amount
    return LONGEST if isinstance(amount, int) else np.minimum(amount, LONGEST)


def _table_for(
    calendar: OpenTime, reach: _Reach, per_us: PerUs, asked: tuple[int, int, int], *, slotted: bool
) -> tuple[Table, bool]:
    """Return the table for all that is asked, and whether it surely has all answers.

    The outermost question tells how far they reach; where it has no answer, nor have others.
    """
    low, high, most = asked[0] // per_us, -(-asked[1] // per_us), -(-asked[2] // per_us)
    timeline = calendar.timeline
    covered = timeline.covered
    sure = per_us == 1
    try:
        first, last = reach(timeline, low, high, most)
    except (HorizonError, ClosedForGoodError):
        first, last = covered
        sure = False
    first, last = max(covered[0], first // YEAR * YEAR), min(covered[1], last // YEAR * YEAR + YEAR)
    table = kept_table(
        timeline, (Slots if slotted else Steps, first, last), lambda: _table(calendar, first, last, slotted=slotted)
    )
    return (table, sure) if per_us == 1 else (in_nanoseconds(table, low, high), sure)


def _table(calendar: OpenTime, first: int, last: int, *, slotted: bool) -> Slots | Steps:
    steps = steps_over(calendar, first, last)
    if not slotted:
        return steps
    width = slot_width(steps)
    return slots_over(steps) if width and (last - first) // width < _MOST_SLOTS else steps


def _as_asked(_timeline: Timeline, low: int, high: int, _most: int) -> tuple[int, int]:
    return low, high


def _instants(table: Table, work: Column, late: Flags, *, sure: bool) -> _Asked:
    """Return the instants with so much worked, and where the table has none."""
    answers = table.at(work, late)
    if sure or (work.min() > table.least and work.max() < table.total):
        return answers, None
    outside = (work < table.least) | (work > table.total)
    return answers, outside | np.where(late, work == table.total, work == table.least)


def _without_open_for_ever(timeline: Timeline, after: Column, refused: Column, per_us: PerUs) -> Column:
    """Leave out the rows after which nothing opens because it stays open: they all have the same fate."""
    low, high = timeline.covered
    asked = after[refused] // per_us
    inside = (low <= asked) & (asked <= high)
    if inside.any() and _stays_open(timeline, int(asked[inside].max())):
        return refused[~inside]
    return refused


def _stays_open(timeline: Timeline, t: int) -> bool:
    try:
        return timeline.next_open(t) is None
    except (HorizonError, ClosedForGoodError):
        return False
