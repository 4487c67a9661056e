"""The staircase of open time for whole columns: numpy arrays of integers in and out.

A calendar becomes arrays, for the years that a column asks about. `Slots` cut time so that each slot is wholly
open or wholly closed: a question is one division and one gather, whatever the schedule. `Steps` search the
staircase itself, and fit any schedule. Both say what `Timeline` says, which stays the definition, and is asked
how far the answers of a column reach.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import DAY
from slacalc.business_time.timeline import Timeline
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import ClosedForGoodError, HorizonError

__all__ = [
    "NULL",
    "Answers",
    "Bools",
    "Column",
    "Edges",
    "PerUs",
    "Slots",
    "Steps",
    "Table",
    "Whole",
    "add",
    "elapsed",
    "is_open",
    "next_open",
    "roll_forward",
    "slot_width",
    "slots_over",
    "steps_over",
    "subtract",
]

Column: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = Column | int  # a column, or one value for all rows
Flags: TypeAlias = Bools | bool  # the same
PerUs: TypeAlias = Literal[1, 1000]  # how many of the column's ticks are a microsecond

NULL: Final = int(np.iinfo(np.int64).min)
_MOST_SLOTS: Final = 2**19  # with both tables, 8 MB
_WORTH_SLOTS: Final = 2**13  # rows
_BUCKETS: Final = 4  # for each edge
_STEPS: Final = 8  # in a bucket, beyond which a binary search is shorter
_CHUNK: Final = 2**15  # rows, so that what lies between two steps stays in the cache
_YEAR: Final = 366 * DAY
_LONGEST: Final = 2**62  # more ticks than may be added at once


class Answers(NamedTuple):
    """What a column was answered: NULL where a row is null or refused; `refused` are the rows without an answer."""

    values: Column
    refused: Column


class Table(Protocol):
    """The staircase over `[start, end]`: what `business_time.timeline.Stairs` knows, for whole columns."""

    @property
    def start(self) -> int:
        """The first instant that may be asked about."""

    @property
    def end(self) -> int:
        """The last one."""

    @property
    def least(self) -> int:
        """What is worked at `start`."""

    @property
    def total(self) -> int:
        """What is worked at `end`."""

    def worked(self, t: Column) -> Column:
        """Return how much is worked up to each instant."""

    def at(self, work: Column, late: Flags) -> Column:
        """Return the first instants with so much worked, or the last where `late`."""

    def open_at(self, t: Column) -> Bools:
        """Return which instants are open."""

    def opening_after(self, t: Column) -> Column:
        """Return the first opening strictly after each instant; `end` when there is none."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The staircase itself: span i is `opens[i]..closes[i]`; the first span is empty, so that there always is one."""

    start: int
    end: int
    total: int
    opens: "Edges"
    closes: Column
    before: "Edges"
    least: int = 0

    def worked(self, t: Column) -> Column:
        """Return the open time from `start` up to each instant."""
        i = self.opens.last_up_to(t)
        return self.before.points[i] + np.minimum(t, self.closes[i]) - self.opens.points[i]

    def at(self, work: Column, late: Flags) -> Column:
        """Return the first instants with so much worked, or the last where `late`."""
        i = self.before.last_up_to(work + late - 1)
        return self.opens.points[i] + work - self.before.points[i]

    def open_at(self, t: Column) -> Bools:
        """Return which instants are open."""
        return t < self.closes[self.opens.last_up_to(t)]

    def opening_after(self, t: Column) -> Column:
        """Return the first opening strictly after each instant; `end` when there is none."""
        i = self.opens.last_up_to(t) + 1
        return np.where(i < len(self.closes), self.opens.points.take(i, mode="clip"), self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Sorted points, and where to begin to look for one: a search as short as the points are evenly spread.

    Points are put into buckets of one width; `guess` is the last point up to where a bucket starts, and no bucket
    holds more than `most` others.
    """

    points: Column
    width: int
    guess: Column
    following: Column
    most: int

    @classmethod
    def of(cls, points: Column) -> "Edges":
        """Return sorted points, ready to be searched."""
        width = int(points[-1] - points[0]) // (_BUCKETS * len(points)) + 1
        starts = np.arange(points[0], points[-1] + 1, width)
        guess = points.searchsorted(starts, side="right") - 1
        most = int(np.diff(guess, append=len(points) - 1).max())
        return cls(points, width, guess, np.append(points[1:], np.iinfo(np.int64).max), most)

    def last_up_to(self, sought: Column) -> Column:
        """Return the place of the last point at or before each; of the first for what is before all."""
        if self.most > _STEPS:
            return np.maximum(self.points.searchsorted(sought, side="right") - 1, 0)
        place: Column = self.guess.take((sought - self.points[0]) // self.width, mode="clip")
        for _ in range(self.most):
            place += self.following.take(place) <= sought
        return place


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """Time cut into equal slots, each wholly open or wholly closed; and open time cut into as long ones.

    `rise` has two things of a slot in one number, so that one gather fetches both: its last bit says whether
    the slot is open; the rest is the open time before it, less where it starts if it is open. `shift` is
    what turns open time into an instant.
    """

    steps: Steps
    width: int
    origin: int
    rise: Column
    shift: Column

    @property
    def start(self) -> int:
        """The first instant that may be asked about."""
        return self.steps.start

    @property
    def end(self) -> int:
        """The last one."""
        return self.steps.end

    @property
    def least(self) -> int:
        """What is worked at `start`."""
        return 0

    @property
    def total(self) -> int:
        """What is worked at `end`."""
        return self.steps.total

    def worked(self, t: Column) -> Column:
        """Return the open time from `start` up to each instant."""
        passed = t - self.origin
        work = self.rise.take(passed // self.width, mode="clip")
        passed &= -(work & 1)
        work >>= 1
        work += passed
        return work

    def at(self, work: Column, late: Flags) -> Column:
        """Return the first instants with so much worked, or the last where `late`."""
        slot = work + late
        slot -= 1
        slot //= self.width
        instants = self.shift.take(slot, mode="clip")
        instants += work
        return instants

    def open_at(self, t: Column) -> Bools:
        """Return which instants are open."""
        rise: Column = self.rise.take((t - self.origin) // self.width, mode="clip")
        return (rise & 1).astype(np.bool_)

    def opening_after(self, t: Column) -> Column:
        """Return the first opening strictly after each instant; `end` when there is none."""
        return self.steps.opening_after(t)


@dataclass(frozen=True, slots=True)
class _Nanoseconds:
    """A table asked in nanoseconds. Boundaries are whole microseconds: what is less is carried past the table.

    Work is counted from `origin`, what was worked at the first instant that is asked about: centuries of
    nanoseconds do not fit into an integer of a column.
    """

    table: Table
    origin: int

    @property
    def start(self) -> int:
        return self.table.start * 1000

    @property
    def end(self) -> int:
        return self.table.end * 1000

    @property
    def least(self) -> int:
        return (self.table.least - self.origin) * 1000

    @property
    def total(self) -> int:
        return (self.table.total - self.origin) * 1000

    def worked(self, t: Column) -> Column:
        whole, rest = np.divmod(t, 1000)
        rest *= self.table.open_at(whole)
        rest += (self.table.worked(whole) - self.origin) * 1000
        return rest

    def at(self, work: Column, late: Flags) -> Column:
        whole, rest = np.divmod(work, 1000)
        return self.table.at(whole + self.origin, late | (rest > 0)) * 1000 + rest

    def open_at(self, t: Column) -> Bools:
        return self.table.open_at(t // 1000)

    def opening_after(self, t: Column) -> Column:
        return self.table.opening_after(t // 1000) * 1000


def steps_over(calendar: OpenTime, start: int, end: int) -> Steps:
    """Return the staircase over `[start, end]`."""
    spans = np.array([(start, start), *calendar.timeline.spans(start, end)], dtype=np.int64)
    lengths = spans[:, 1] - spans[:, 0]
    before = np.cumsum(lengths) - lengths
    opens, closes = spans[:, 0].copy(), spans[:, 1].copy()
    return Steps(start, end, int(lengths.sum()), Edges.of(opens), closes, Edges.of(before))


def slot_width(steps: Steps) -> int:
    """Return the longest slots whose edges every opening and closing falls on; 0 when there is none."""
    edges = np.concatenate([steps.opens.points[1:], steps.closes[1:]])
    return int(np.gcd.reduce(edges - edges[0])) if len(edges) else 0


def slots_over(steps: Steps) -> Slots:
    """Return the slots of a staircase that opens at all."""
    width, first = slot_width(steps), int(steps.opens.points[1])
    origin = first - -(-(first - steps.start) // width) * width
    starts = np.arange(origin, steps.end + 1, width)
    inside = np.maximum(starts, steps.start)
    is_open = steps.open_at(inside) & (starts == inside)
    rise = (steps.worked(inside) - is_open * (starts - origin)) << 1 | is_open
    work = np.arange(0, steps.total, width)
    return Slots(steps, width, origin, rise, steps.at(work, late=True) - work)


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
        return min(amount, _LONGEST)
    return np.minimum(amount, _LONGEST) if len(amount) and amount.max() > _LONGEST else amount


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
    first, last = max(covered[0], first // _YEAR * _YEAR), min(covered[1], last // _YEAR * _YEAR + _YEAR)
    table = _table(calendar, first, last, slotted=len(instants[0]) >= _WORTH_SLOTS)
    return table if per_us == 1 else _in_nanoseconds(table, low, high)


@lru_cache(maxsize=16)
def _table(calendar: OpenTime, first: int, last: int, *, slotted: bool) -> Slots | Steps:
    steps = steps_over(calendar, first, last)
    width = slot_width(steps)
    if not slotted or not width or (last - first) // width >= _MOST_SLOTS:
        return steps
    return slots_over(steps)


def _in_nanoseconds(table: Table, low: int, high: int) -> Table:
    worked, most = (int(work) for work in table.worked(np.array([low, high])))
    if (most - worked) * 1000 >= _LONGEST:
        raise HorizonError(
            "nanoseconds_too_long",
            "a column in nanoseconds cannot hold so much open time",
            given=f"{(most - worked) // _YEAR} years",
            accepts='146 years of open time between two rows; or a column in microseconds ("us")',
        )
    return _Nanoseconds(table, worked)


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
