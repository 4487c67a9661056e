"""A faster way to the same answers: tables of datetimes, where no clock is moved.

Skip it unless speed is your question: the staircase of integers in `timeline.py` is the definition, and this
only ever repeats what it says. Python adds, compares and subtracts datetimes that share one tzinfo object by
what the clock reads, without asking the zone: several times faster, and exact as long as the offset stands
still. So the days beside a change of the clock, and whatever else the tables do not hold, are answered with
None: ask the staircase.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY, clock_changes, from_us, to_amount
from slacalc.business_time.spans import NOTHING, Spans, clip, difference, union
from slacalc.business_time.timeline import Stairs, Timeline

__all__ = ["FastLane", "LaneTables"]

_ZERO: Final = timedelta(0)
_ONE: Final = timedelta(days=1)
_LONG: Final = 400 * 366  # days, more than are covered; sums with them do not overflow
_ZONES: Final = 4  # zones of questions for which tables are kept
_STEPS: Final = 16  # windows of one date that are walked through


class FastLane:
    """The answers of a timeline in its calendar's zone, from tables; None where the timeline must be asked.

    Tables are made for the zone object that questions come in, once as many came as there are dates to hold: by
    then they would have paid. When the staircase has grown, they are made again. They are replaced as a whole,
    so threads may race.
    """

    __slots__ = ("_latest", "_passed", "_tables", "_timeline", "_zone")

    def __init__(self, timeline: Timeline, zone: ZoneInfo) -> None:
        self._timeline = timeline
        self._zone = zone
        self._tables: tuple[LaneTables, ...] = ()
        self._latest = _NO_TABLES
        self._passed = 0

    def is_open(self, at: datetime) -> bool | None:
        """Tell whether the instant is open."""
        tables = self._latest
        if type(at) is datetime and at.tzinfo is tables.zone and tables.stairs is self._timeline.stairs:
            day = at.toordinal() - tables.first  # as in `add`
            i = tables.index[day] if 0 <= day < tables.dates else 0
            if i:
                opens = tables.opens
                while at >= opens[i + 1]:
                    i += 1
        else:
            tables, i = self._find(at)
        return at < tables.closes[i] if i else None

    def each_open(self, ats: Iterable[datetime | None]) -> list[bool | None]:
        """Tell of each of many instants whether it is open; None, too, where there is none."""
        told: list[bool | None] = []
        tables, zone = self._latest, None
        for at in ats:
            if type(at) is datetime and at.tzinfo is zone and zone is not None:
                day = at.toordinal() - tables.first  # as in `add`
                i = tables.index[day] if 0 <= day < tables.dates else 0
                if i:
                    opens = tables.opens
                    while at >= opens[i + 1]:
                        i += 1
                told.append(at < tables.closes[i] if i else None)
            else:
                told.append(None if at is None else self.is_open(at))
                tables = self._latest
                zone = tables.zone if tables.stairs is self._timeline.stairs else None
        return told

    def elapsed(self, start: datetime, end: datetime) -> timedelta | None:
        """Return the open time from `start` to `end`; negative backward."""
        others, i = self._find(start)
        tables = self._latest
        if type(end) is datetime and end.tzinfo is tables.zone and tables.stairs is self._timeline.stairs:
            day = end.toordinal() - tables.first  # as in `add`
            j = tables.index[day] if 0 <= day < tables.dates else 0
            if j:
                opens = tables.opens
                while end >= opens[j + 1]:
                    j += 1
        else:
            tables, j = self._find(end)
        if not i or not j or tables.stairs is not others.stairs:
            return None
        work, full = start - others.into[i], others.before[i + 1]
        done, most = end - tables.into[j], tables.before[j + 1]
        return (done if done < most else most) - (work if work < full else full)

    def add(self, start: datetime, amount: timedelta) -> datetime | None:
        """Return the earliest instant with `amount` of open time since `start`."""
        if type(amount) is not timedelta or not 0 <= amount.days < _LONG:
            return None
        if not amount:
            return self.roll_forward(start)
        tables = self._latest
        if type(start) is datetime and start.tzinfo is tables.zone and tables.stairs is self._timeline.stairs:
            day = start.toordinal() - tables.first  # what `_find` does, written out for the most asked of all
            i = tables.index[day] if 0 <= day < tables.dates else 0
            if i:
                opens = tables.opens
                while start >= opens[i + 1]:
                    i += 1
        else:
            tables, i = self._find(start)
        if not i:
            return None
        before = tables.before
        work, full = start - tables.into[i], before[i + 1]
        work = (work if work < full else full) + amount
        if work > full:
            i += 1
            if work > before[i + 1]:
                i = bisect_left(before, work, i + 2) - 1
        base = tables.out[i]
        return None if base is None else base + work

    def subtract(self, end: datetime, amount: timedelta) -> datetime | None:
        """Return the latest instant from which `amount` of open time passes until `end`."""
        if type(amount) is not timedelta or not 0 <= amount.days < _LONG:
            return None
        if not amount:
            return self.roll_back(end)
        tables, i = self._find(end)
        if not i:
            return None
        before = tables.before
        work, full = end - tables.into[i], before[i + 1]
        work = (work if work < full else full) - amount
        if work < before[i]:
            i -= 1
            if work < before[i]:
                i = bisect_right(before, work, 0, i) - 1
        base = tables.out[i]
        return None if base is None else base + work

    def roll_forward(self, at: datetime) -> datetime | None:
        """Return the first open instant at or after `at`."""
        tables, i = self._find(at)
        if not i:
            return None
        work = at - tables.into[i]
        return tables.answer(i, work) if work < tables.before[i + 1] else tables.opening(i + 1)

    def roll_back(self, at: datetime) -> datetime | None:
        """Return the last instant at or before `at` with open time just before it."""
        tables, i = self._find(at)
        if not i:
            return None
        work, full = at - tables.into[i], tables.before[i + 1]
        work = work if work < full else full
        if work > tables.before[i]:
            return tables.answer(i, work)
        return tables.answer(i - 1, work) if tables.is_window(i - 1) else None

    def next_open(self, after: datetime) -> datetime | None:
        """Return the first opening strictly after."""
        tables = self._latest
        if type(after) is datetime and after.tzinfo is tables.zone and tables.stairs is self._timeline.stairs:
            day = after.toordinal() - tables.first  # as in `add`
            i = tables.index[day] if 0 <= day < tables.dates else 0
            if i:
                opens = tables.opens
                while after >= opens[i + 1]:
                    i += 1
        else:
            tables, i = self._find(after)
        return tables.openings[i + 1] if i and tables.begins[i + 1] else None

    def next_close(self, after: datetime) -> datetime | None:
        """Return the first closing strictly after."""
        tables, i = self._find(after)
        if not i:
            return None
        return tables.closing(i if after - tables.into[i] < tables.before[i + 1] else i + 1)

    def previous_open(self, before: datetime) -> datetime | None:
        """Return the last opening strictly before."""
        tables, i = self._find(before)
        if not i:
            return None
        return tables.opening(i if tables.opens[i] < before else i - 1)

    def previous_close(self, before: datetime) -> datetime | None:
        """Return the last closing strictly before."""
        tables, i = self._find(before)
        if not i:
            return None
        return tables.closing(i if before - tables.into[i] > tables.before[i + 1] else i - 1)

    def _find(self, at: datetime) -> "tuple[LaneTables, int]":
        """Return the tables for the instant's zone and its row there: the last that begins at or before it, else 0."""
        if type(at) is not datetime:
            return _NO_TABLES, 0
        tables = self._latest
        if at.tzinfo is not tables.zone or tables.stairs is not self._timeline.stairs:
            tables = self._latest = self._tables_for(at.tzinfo)
        day = at.toordinal() - tables.first
        i = tables.index[day] if 0 <= day < tables.dates else 0
        if i:
            opens = tables.opens
            while at >= opens[i + 1]:
                i += 1
        return tables, i

    def _tables_for(self, zone: tzinfo | None) -> "LaneTables":
        """Return the tables for questions in a zone, made when as many of them came as there are dates."""
        stairs = self._timeline.stairs
        for tables in self._tables:
            if zone is tables.zone and stairs is tables.stairs:
                return tables
        if stairs is None or not (zone is UTC or type(zone) is ZoneInfo):
            return _NO_TABLES
        self._passed += 1
        if self._passed * DAY < stairs.end - stairs.start:
            return _NO_TABLES
        made = LaneTables(stairs, zone, self._zone)
        self._passed = 0
        self._tables = (made, *(tables for tables in self._tables if tables.zone is not zone))[:_ZONES]
        return made


class LaneTables:
    """A staircase as datetimes, for questions in one zone and answers in another, or the same.

    Row i begins at `opens[i]`, with `before[i]` worked before it. A row is a window; or nothing, where the clock
    begins to stand still; or, where `out[i]` is None, all the time in which the answer is not known here.
    `into[i]` and `out[i]` turn instants of row i into work and back: an opening less the work before it, in the
    zone of the questions and in that of the answers. `closes[i]` is its end in the zone of the questions, and
    `openings[i]` its beginning in that of the answers: an opening where `begins[i]`, and else perhaps the rest of a
    window. `index` has the row in which each date begins, or 0.
    """

    __slots__ = (
        "before", "begins", "closes", "dates", "first", "index", "into", "openings", "opens", "out", "stairs", "zone",
    )  # fmt: skip

    def __init__(self, stairs: Stairs, zone: tzinfo, answers: tzinfo) -> None:
        begin = from_us(stairs.start, zone)
        stretches = _where_clocks_stand_still(stairs, zone, answers)
        rows = [_Row(begin, begin, timedelta.min, begin, None)]
        for low, high in stretches:
            rows += _rows(stairs, low, high, zone, answers)
        self.stairs: Final = stairs
        self.zone: Final = zone
        self.opens: Final = tuple(row.opens for row in rows)
        self.before: Final = (*(row.before for row in rows), timedelta.max)
        self.into: Final = tuple(row.into for row in rows)
        self.out: Final = tuple(row.out for row in rows)
        self.closes: Final = tuple(row.closes for row in rows)
        self.openings: Final = (
            self.opens if zone is answers else tuple(row.out and row.out + row.before for row in rows)
        )
        self.begins: Final = bytes(self._is_opening(i) for i in range(len(rows)))
        walls = ((from_us(low, zone), from_us(high, zone)) for low, high in stretches)
        known = {day: i for low, high in walls for day, i in _dates(self.opens, low, high)}
        places = tuple(range(len(rows)))  # dates that begin in one row share its number
        self.first: Final = min(known, default=1)
        self.dates: Final = max(known, default=0) + 1 - self.first
        self.index: Final = tuple(places[known.get(self.first + day, 0)] for day in range(self.dates))

    def is_window(self, i: int) -> bool:
        """Tell whether row i is a window."""
        return self.out[i] is not None and self.before[i] < self.before[i + 1]

    def answer(self, i: int, work: timedelta) -> datetime | None:
        """Return the instant in row i with `work` worked before it."""
        base = self.out[i]
        return None if base is None else base + work

    def opening(self, i: int) -> datetime | None:
        """Return when window i opens, unless it may have been open before."""
        return self.openings[i] if self.begins[i] else None

    def closing(self, i: int) -> datetime | None:
        """Return when window i closes, unless it may go on."""
        if not self.is_window(i) or self.closes[i] == self.opens[i + 1]:
            return None
        return self.answer(i, self.before[i + 1])

    def _is_opening(self, i: int) -> bool:
        return i > 0 and self.is_window(i) and self.opens[i - 1] < self.opens[i]


class _Row(NamedTuple):
    opens: datetime
    closes: datetime
    before: timedelta
    into: datetime
    out: datetime | None


def _where_clocks_stand_still(stairs: Stairs, *zones: tzinfo) -> Spans:
    """Return the stairs' range without the day before and after every change of the clock: none is moved by more."""
    start, end = stairs.start, stairs.end
    changes = [
        at
        for zone in set(zones)
        if isinstance(zone, ZoneInfo)  # UTC has none
        for at, _ in clock_changes(zone, start - DAY, end + DAY)
    ]
    return difference(union([(start, end)]), union((at - DAY, at + DAY) for at in changes))


def _rows(stairs: Stairs, low: int, high: int, zone: tzinfo, answers: tzinfo) -> Iterator[_Row]:
    """Return the rows of a stretch: its start, its windows, and the time after it, of which nothing is known."""
    asked, answered = from_us(low, zone), from_us(low, answers)
    work = stairs.worked(low)
    i, j = bisect_right(stairs.closes, low), bisect_left(stairs.opens, high)
    windows = clip(Spans(tuple(zip(stairs.opens[i:j], stairs.closes[i:j], strict=True))), low, high)
    for start, end in ((low, low), *windows):
        passed, before = to_amount(start - low), to_amount(work)
        opens = asked + passed
        into = opens - before
        closes = opens + to_amount(end - start)
        yield _Row(opens, closes, before, into, into if zone is answers else answered + passed - before)
        work += end - start
    after = asked + to_amount(high - low)
    yield _Row(after, after, to_amount(work), after, None)


def _dates(opens: tuple[datetime, ...], low: datetime, high: datetime) -> Iterator[tuple[int, int]]:
    """Return the dates that a stretch holds whole, with the row in which each begins; not those of many windows."""
    midnight = low.replace(hour=0, minute=0, second=0, microsecond=0)
    midnight += _ONE if midnight < low else _ZERO
    while midnight < high:
        i, midnight = bisect_right(opens, midnight) - 1, midnight + _ONE
        if midnight <= high and bisect_right(opens, midnight, i) - i <= _STEPS:
            yield midnight.toordinal() - 1, i


_NO_TABLES: Final = LaneTables(Stairs(0, 0, NOTHING), UTC, UTC)
