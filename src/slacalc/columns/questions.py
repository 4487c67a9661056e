"""What a calendar is asked about whole columns: numpy arrays of integers in and out.

A `Timeline` is asked how far the answers of a column reach; a table over these years then answers it, chunk by chunk.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from slacalc.business_time.timeline import Timeline
from slacalc.calendars.open_time import OpenTime
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

__all__ = ["Answers", "add", "elapsed", "is_open", "next_open", "roll_forward", "subtract"]

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

    def ask(table: Table, start: Column, amount: Whole) -> _Asked:
        late = amount == 0
        work = table.worked(start)
        work += amount
        return _instants(table, work, late)

    return _answered(calendar, reach, ask, per_us, (start,), amount)


def subtract(calendar: OpenTime, end: Column, amount: Whole, per_us: PerUs = 1) -> Answers:
    """Return the latest instants from which `amount` of open time passes until `end`; zero rolls back."""

    def reach(timeline: Timeline, low: int, high: int, most: int) -> tuple[int, int]:
        return timeline.subtract(low, most) - 1, high

    def ask(table: Table, end: Column, amount: Whole) -> _Asked:
        late = amount != 0
        work = table.worked(end)
        work -= amount
        return _instants(table, work, late)

    return _answered(calendar, reach, ask, per_us, (end,), amount)


def roll_forward(calendar: OpenTime, at: Column, per_us: PerUs = 1) -> Answers:
    """Return the first open instants at or after."""
    return add(calendar, at, 0, per_us)


def elapsed(calendar: OpenTime, start: Column, end: Column, per_us: PerUs = 1) -> Answers:
    """Return the open time from `start` to `end`; negative where `end` is before `start`."""

    def ask(table: Table, start: Column, end: Column) -> _Asked:
        return table.worked(end) - table.worked(start), None

    return _answered(calendar, _as_asked, ask, per_us, (start, end))


def is_open(calendar: OpenTime, at: Column, per_us: PerUs = 1) -> Answers:
    """Return 1 where the instant is open, else 0."""
    last = calendar.timeline.covered[1]

    def ask(table: Table, at: Column) -> _Asked:
        return table.open_at(at).astype(np.int64), at >= last * per_us

    return _answered(calendar, _as_asked, ask, per_us, (at,))


def next_open(calendar: OpenTime, after: Column, per_us: PerUs = 1) -> Answers:
    """Return the first openings strictly after; NULL, but not refused, where it stays open for ever."""

    def reach(timeline: Timeline, low: int, high: int, _most: int) -> tuple[int, int]:
        found = timeline.next_open(high)
        return low, high if found is None else found

    def ask(table: Table, after: Column) -> _Asked:
        openings = table.opening_after(after)
        return openings, openings == table.end

    answers = _answered(calendar, reach, ask, per_us, (after,))
    return answers._replace(refused=_without_open_for_ever(calendar.timeline, after, answers.refused, per_us))


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
    columns = instants if amount is None else (*instants, _capped(amount))
    count = len(instants[0])
    low, high = (edge * per_us for edge in calendar.timeline.covered)
    if not all(_is_within(column, low, high) for column in instants) or not _is_known(amount):
        return _of_usable_rows(calendar, reach, ask, per_us, instants, amount)
    values = np.empty(count, dtype=np.int64)
    if not count:
        return Answers(values, values)
    table = _table_for(calendar, reach, per_us, instants, amount)
    missing: list[Column] = []
    for first in range(0, count, _CHUNK):
        rows = slice(first, first + _CHUNK)
        answers, unanswered = ask(table, *(column if isinstance(column, int) else column[rows] for column in columns))
        values[rows] = answers
        if unanswered is not None:
            missing.append(np.flatnonzero(unanswered) + first)
    refused = np.concatenate([*missing, np.empty(0, dtype=np.int64)])
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


def _is_within(column: Column, low: int, high: int) -> bool:
    return not len(column) or bool(low <= column.min() and column.max() <= high)


def _is_known(amount: Whole | None) -> bool:
    return not isinstance(amount, np.ndarray) or not len(amount) or bool(amount.min() != NULL)


def _capped(amount: Whole) -> Whole:
    """Return amounts that can be added to without an overflow; what is cut is more than any calendar has."""
    if isinstance(amount, int):
        return min(amount, LONGEST)
    return np.minimum(amount, LONGEST) if len(amount) and amount.max() > LONGEST else amount


def _table_for(
    calendar: OpenTime, reach: _Reach, per_us: PerUs, instants: tuple[Column, ...], amount: Whole | None
) -> Table:
    """Return the table for all that is asked: its outermost question tells how far the answers reach."""
    low = min(int(column.min()) for column in instants) // per_us
    high = -(-max(int(column.max()) for column in instants) // per_us)
    most = int(np.max(amount)) if amount is not None else 0
    covered = calendar.timeline.covered
    try:
        first, last = reach(calendar.timeline, low, high, -(-most // per_us))
    except (HorizonError, ClosedForGoodError):
        first, last = covered
    first, last = max(covered[0], first // YEAR * YEAR), min(covered[1], last // YEAR * YEAR + YEAR)
    table = _table(calendar, first, last, slotted=len(instants[0]) >= _WORTH_SLOTS)
    return table if per_us == 1 else in_nanoseconds(table, low, high)


@lru_cache(maxsize=16)
def _table(calendar: OpenTime, first: int, last: int, *, slotted: bool) -> Slots | Steps:
    steps = steps_over(calendar, first, last)
    width = slot_width(steps)
    if not slotted or not width or (last - first) // width >= _MOST_SLOTS:
        return steps
    return slots_over(steps)


def _as_asked(_timeline: Timeline, low: int, high: int, _most: int) -> tuple[int, int]:
    return low, high


def _instants(table: Table, work: Column, late: Flags) -> _Asked:
    """Return the instants with so much worked, and where the table has none."""
    answers = table.at(work, late)
    if work.min() > table.least and work.max() < table.total:
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
