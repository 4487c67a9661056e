"""The staircase of open time for whole columns, as tables of numpy arrays.

A calendar becomes arrays, for the years that a column asks about. `Slots` cut time so that each slot is wholly
open or wholly closed: a question is one division and one gather, whatever the schedule. `Steps` search the
staircase itself, and fit any schedule. Both say what `Timeline` says, which stays the definition.
"""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import DAY
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import HorizonError
from slacalc.lazy import lazy

__all__ = [
    "LONGEST",
    "NULL",
    "YEAR",
    "Bools",
    "Column",
    "Edges",
    "Flags",
    "PerUs",
    "Slots",
    "Steps",
    "Table",
    "Whole",
    "in_nanoseconds",
    "slot_width",
    "slots_over",
    "steps_over",
]

Column: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = Column | int  # a column, or one value for all rows
Flags: TypeAlias = Bools | bool  # the same
PerUs: TypeAlias = Literal[1, 1000]  # how many of the column's ticks are a microsecond

NULL: Final = int(np.iinfo(np.int64).min)
LONGEST: Final = 2**62  # more ticks than may be added at once
YEAR: Final = 366 * DAY
_BUCKETS: Final = 4  # for each edge
_STEPS: Final = 8  # in a bucket, beyond which a binary search is shorter
_GUESSED: Final = 512  # rows, below which it is shorter, too


class Table(Protocol):
    """The staircase from a start to `end`: what `business_time.timeline.Stairs` knows, for whole columns."""

    @property
    def end(self) -> int:
        """The last instant that may be asked about."""

    @property
    def least(self) -> int:
        """What is worked at the start."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The staircase itself, by how many spans have begun: the last of i begun spans ends at `closes[i]`.

    `shift[i]` is what turns open time of that span into an instant. Before the first span both are those of an empty
    one at the start.
    """

    start: int
    end: int
    total: int
    opens: "Edges"
    closes: Column
    before: "Edges"
    shift: Column
    least: int = 0

    @property
    def nbytes(self) -> int:
        """The memory of its arrays."""
        return self.opens.nbytes + self.before.nbytes + self.closes.nbytes + self.shift.nbytes

    def worked(self, t: Column) -> Column:
        """Return the open time from `start` up to each instant."""
        i = self.opens.count_up_to(t)
        work = np.minimum(t, self.closes.take(i))
        work -= self.shift.take(i)
        return work

    def at(self, work: Column, late: Flags) -> Column:
        """Return the first instants with so much worked, or the last where `late`."""
        if isinstance(late, bool):
            i = self.before.count_up_to(work) if late else self.before.count_before(work)
        else:
            i = self.before.count_up_to(work + late - 1)
        instants = self.shift.take(i)
        instants += work
        return instants

    def open_at(self, t: Column) -> Bools:
        """Return which instants are open."""
        return t < self.closes.take(self.opens.count_up_to(t))

    def opening_after(self, t: Column) -> Column:
        """Return the first opening strictly after each instant; `end` when there is none."""
        openings: Column = self.opens.following.take(self.opens.count_up_to(t))
        return np.minimum(openings, self.end, out=openings)


class Edges:
    """Sorted points, and where to begin to look for one: a search as short as the points are evenly spread.

    Points are put into buckets of one width; a guess is how many there are up to where a bucket starts, and no bucket
    holds more than `most` others. Few rows are searched by bisection, and need no guess. `following` has the points,
    and one after all.
    """

    __slots__ = ("__dict__", "following", "points")

    def __init__(self, points: Column) -> None:
        self.following: Final[Column] = np.append(points, np.iinfo(np.int64).max)
        self.points: Final[Column] = self.following[:-1]

    @property
    def nbytes(self) -> int:
        """The memory of its arrays, once guesses were made."""
        return (_BUCKETS + 1) * self.following.nbytes

    def count_up_to(self, sought: Column) -> Column:
        """Return how many points are at or before each."""
        if len(sought) < _GUESSED or self._guesses.most > _STEPS:
            return self.points.searchsorted(sought, side="right")
        guesses = self._guesses
        count: Column = guesses.counts.take((sought - guesses.origin) // guesses.width, mode="clip")
        for _ in range(guesses.most):
            count += self.following.take(count) <= sought
        return count

    def count_before(self, sought: Column) -> Column:
        """Return how many points are before each."""
        return self.points.searchsorted(sought) if len(sought) < _GUESSED else self.count_up_to(sought - 1)

    @lazy
    def _guesses(self) -> "_Guesses":
        points = self.points
        if not len(points):
            return _Guesses(0, 1, np.zeros(1, dtype=np.int64), 0)
        first, last = int(points[0]), int(points[-1])
        width = (last - first) // (_BUCKETS * len(points)) + 1
        counts = points.searchsorted(np.arange(first - width, last + 1, width), side="right")
        return _Guesses(first - width, width, counts, int(np.diff(counts, append=len(points)).max()))


class _Guesses(NamedTuple):
    origin: int
    width: int
    counts: Column
    most: int


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
    def nbytes(self) -> int:
        """The memory of its arrays."""
        return self.steps.nbytes + self.rise.nbytes + self.shift.nbytes

    @property
    def end(self) -> int:
        """The last instant that may be asked about."""
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
    opens, closes = spans[:, 0], spans[:, 1]
    before = np.cumsum(closes - opens) - (closes - opens)
    total = int((closes - opens).sum())
    return Steps(start, end, total, Edges(opens[1:]), closes.copy(), Edges(before[1:]), opens - before)


def slot_width(steps: Steps) -> int:
    """Return the longest slots whose edges every opening and closing falls on; 0 when there is none."""
    edges = np.concatenate([steps.opens.points, steps.closes[1:]])
    return int(np.gcd.reduce(edges - edges[0])) if len(edges) else 0


def slots_over(steps: Steps) -> Slots:
    """Return the slots of a staircase that opens at all."""
    width, first = slot_width(steps), int(steps.opens.points[0])
    origin = first - -(-(first - steps.start) // width) * width
    starts = np.arange(origin, steps.end + 1, width)
    inside = np.maximum(starts, steps.start)
    is_open = steps.open_at(inside) & (starts == inside)
    rise = (steps.worked(inside) - is_open * (starts - origin)) << 1 | is_open
    work = np.arange(0, steps.total, width)
    return Slots(steps, width, origin, rise, steps.at(work, late=True) - work)


def in_nanoseconds(table: Table, low: int, high: int) -> Table:
    """Return a table asked in nanoseconds between two instants. Raises HorizonError where they are too far apart."""
    worked, most = (int(work) for work in table.worked(np.array([low, high])))
    if (most - worked) * 1000 >= LONGEST:
        raise HorizonError(
            "nanoseconds_too_long",
            "a column in nanoseconds cannot hold so much open time",
            given=f"{(most - worked) // YEAR} years",
            accepts='146 years of open time between two rows; or a column in microseconds ("us")',
        )
    return _Nanoseconds(table, worked)
