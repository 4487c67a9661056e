"""The figures of a report over whole columns of outcomes: what `tally` counts one by one.

Tickets may come in pieces. Of each piece only what a line needs is kept: its counts, and the times of which medians are
taken.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Protocol, TypeAlias

import numpy as np

from slacalc.business_time.instants import HOUR, to_amount
from slacalc.columns.coded import CodedColumn, codes_of, combined, distinct_rows
from slacalc.columns.outcome_columns import STATUSES, OutcomeColumns
from slacalc.columns.stairs import NULL, Column
from slacalc.columns.wall_times import readings_of
from slacalc.reports.figures import ReportLine
from slacalc.reports.grouping import PARTS, DatePart, Grouping
from slacalc.reports.tally import MEDIAN, P90, Counts, LineKey

__all__ = [
    "ColumnTally",
    "Counted",
    "LineCounts",
    "Lines",
    "MedianAndP90",
    "dates_of",
    "median_and_p90",
    "texts_of_part",
]

_KINDS: Final = (*STATUSES, "deprioritised")
_BREACHED: Final = STATUSES.index("breached")
_CANCELLED: Final = STATUSES.index("cancelled")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)  # what the clock reads is counted from it, in whole hours
_HOUR: Final = timedelta(hours=1)

MedianAndP90: TypeAlias = tuple[timedelta | None, timedelta | None]


class ColumnTally:
    """The figures of all groups, and which rows are the worst breaches."""

    def __init__(self, columns: OutcomeColumns, grouping: Grouping, leave_out: frozenset[str]) -> None:
        self._columns, self._grouping = columns, grouping
        self._kinds = _kinds(columns, leave_out)
        self._lines = columns.of_terms(lambda terms: (terms.metric, terms.kind, terms.owed_by))
        self._keys = [_group_of(columns, grouping, name) for name in grouping.names]

    def grouped(self) -> "dict[LineKey, LineCounts]":
        """Return what is counted of each group."""
        return self._counted(self._keys)

    def totals(self) -> "dict[LineKey, LineCounts]":
        """Return what is counted of all."""
        return self._counted([])

    def worst(self, most: int | None) -> list[int]:
        """Return the rows that are most over, of equal ones the first in the log; all breaches without `most`."""
        columns = self._columns
        ours = columns.of_terms(lambda terms: terms.owed_by)
        owed = np.array([owed_by == "us" for owed_by in ours.values], dtype=bool)[ours.codes]
        rows = np.flatnonzero((self._kinds == _BREACHED) & owed)
        over = (-columns.overdue_by_open[rows], -columns.overdue_by[rows])
        order = np.lexsort((columns.order[rows], columns.ticket[rows], over[1], over[0]))
        worst: list[int] = rows[order][:most].tolist()
        return worst

    def groups_of(self, row: int) -> tuple[str, ...]:
        """Return the group that a promise is in."""
        return tuple(str(key.values[key.codes[row]]) for key in self._keys)

    def _counted(self, keys: Sequence[CodedColumn]) -> "dict[LineKey, LineCounts]":
        """Return the counts of each line; without keys those of all."""
        columns = (*keys, self._lines)
        found = {}
        for rows in distinct_rows(combined(columns, len(self._columns.ticket))):
            first = int(rows[0])
            groups = self.groups_of(first) if keys else self._grouping.total
            terms = self._columns.terms_of(first)
            found[LineKey(groups, terms.metric, terms.kind, terms.owed_by)] = self._counts(rows)
        return found

    def _counts(self, rows: Column) -> "LineCounts":
        columns, kinds = self._columns, self._kinds[rows]
        numbers = np.bincount(kinds, minlength=len(_KINDS)).tolist()
        kept = rows[kinds < len(STATUSES)]
        done = kept[columns.done[kept] != NULL]
        breached = rows[kinds == _BREACHED]
        moved = columns.moved[kept]
        return LineCounts(
            Counter(dict(zip(_KINDS, numbers, strict=True))),
            Counter(self._cancelled_late(breached)),
            int(columns.changed[breached].sum()),
            frozenset(columns.every_terms[place].objective for place in np.unique(columns.terms[kept]).tolist()),
            (int((columns.within[kept] == 1).sum()), int((columns.within[kept] != NULL).sum())),
            (columns.open_time[done],),
            (columns.wall_time[done],),
            (moved[(moved != NULL) & (moved != 0)],),
        )

    def _cancelled_late(self, breached: Column) -> dict[str, int]:
        cancelled = self._columns.cancelled
        if cancelled.values == ("",):
            return {}
        counts = np.bincount(cancelled.codes[breached], minlength=len(cancelled.values)).tolist()
        return {str(reason): count for reason, count in zip(cancelled.values, counts, strict=True) if reason and count}


class LineCounts(NamedTuple):
    """What is counted of the promises of a line in some pieces, and their times piece by piece."""

    statuses: Counter[str]
    cancelled_late: Counter[str]
    changed: int
    objectives: frozenset[float | None]
    within: tuple[int, int]
    open_times: tuple[Column, ...]
    wall_times: tuple[Column, ...]
    moved: tuple[Column, ...]

    def joined(self, other: "LineCounts") -> "LineCounts":
        """Return what is counted of both."""
        return LineCounts(
            self.statuses + other.statuses,
            self.cancelled_late + other.cancelled_late,
            self.changed + other.changed,
            self.objectives | other.objectives,
            (self.within[0] + other.within[0], self.within[1] + other.within[1]),
            self.open_times + other.open_times,
            self.wall_times + other.wall_times,
            self.moved + other.moved,
        )

    def counts(self) -> Counts:
        """Return the counts, with medians and 90th percentiles."""
        return self.counts_with(*(median_and_p90(np.concatenate(each)) for each in (self.open_times, self.wall_times)))

    def counts_with(self, open_times: MedianAndP90, wall_times: MedianAndP90) -> Counts:
        """Return the counts, with medians and 90th percentiles that are known."""
        moved = _percentile(np.concatenate(self.moved), MEDIAN)
        return Counts(
            self.statuses,
            self.cancelled_late,
            self.changed,
            self.objectives,
            self.within,
            open_times,
            wall_times,
            moved,
        )


class Counted(Protocol):
    """What is counted of some tickets, by group and of all."""

    def grouped(self) -> dict[LineKey, LineCounts]:
        """Return what is counted of each group."""

    def totals(self) -> dict[LineKey, LineCounts]:
        """Return what is counted of all."""


class Lines:
    """The lines of a report while pieces of its tickets go by; `told` has the medians of what is counted."""

    def __init__(self, grouping: Grouping, told: Callable[[LineCounts], Counts] = LineCounts.counts) -> None:
        self._grouping, self._told = grouping, told
        self._grouped: dict[LineKey, LineCounts] = {}
        self._totals: dict[LineKey, LineCounts] = {}

    def add(self, tally: Counted) -> None:
        """Take what is counted of a piece."""
        _join(self._grouped, tally.grouped())
        _join(self._totals, tally.totals())

    def lines(self) -> tuple[ReportLine, ...]:
        """Return the lines of the groups in order, then those of all."""
        rank, grouped, totals, told = self._grouping.rank, self._grouped, self._totals, self._told
        return (
            *(told(grouped[key]).line(key) for key in sorted(grouped, key=lambda key: (rank(key.groups), key.order))),
            *(told(totals[key]).line(key) for key in sorted(totals, key=lambda key: key.order)),
        )


def _join(found: dict[LineKey, LineCounts], more: Mapping[LineKey, LineCounts]) -> None:
    for key, part in more.items():
        found[key] = found[key].joined(part) if key in found else part


def dates_of(columns: OutcomeColumns, *, of_due: bool) -> Column:
    """Return when promises began, or fell due; when they were done, where they were paused until then."""
    return np.where(columns.due == NULL, columns.done, columns.due) if of_due else columns.origin


def _kinds(columns: OutcomeColumns, leave_out: frozenset[str]) -> Column:
    """Return what each promise counts as: its status, or that a deprioritisation took it out."""
    left_out = [place for place, reason in enumerate(columns.cancelled.values) if reason in leave_out]
    late = (columns.status == _BREACHED) & np.isin(columns.cancelled.codes, left_out)
    return np.where(columns.excluded, len(STATUSES), np.where(late, _CANCELLED, columns.status))


def _group_of(columns: OutcomeColumns, grouping: Grouping, name: str) -> CodedColumn:
    """Return the text that each promise is grouped by under a name."""
    if name not in grouping.fields:
        return _parts(columns, PARTS[name])
    field = columns.fields.get(name)
    if field is None:
        return codes_of([""] * len(columns.ticket))
    return field.mapped(lambda value: "" if value is None else value)


def _parts(columns: OutcomeColumns, part: DatePart) -> CodedColumn:
    """Return the part of a date of each promise, on the clock of its calendar."""
    dates = dates_of(columns, of_due=part.is_of_due)
    known = dates != NULL
    readings = np.full(len(dates), NULL, dtype=np.int64)
    zones = columns.of_terms(lambda terms: terms.calendar.zone_info)
    for place, zone in enumerate(zones.values):
        rows = np.flatnonzero(known & (zones.codes == place))
        readings[rows] = readings_of(zone, dates[rows]).values  # type: ignore[arg-type]  # it is a zone
    return texts_of_part(part, readings)


def texts_of_part(part: DatePart, readings: Column) -> CodedColumn:
    """Return a part of the date of each reading of a clock; nothing of one that is null."""
    hours = np.where(readings == NULL, NULL, readings // HOUR)
    distinct, codes = np.unique(hours, return_inverse=True)
    hour_texts = CodedColumn(
        codes.astype(np.int64), tuple(None if each == NULL else each for each in distinct.tolist())
    )
    return hour_texts.mapped(lambda hour: part.text(_EPOCH + hour * _HOUR) if isinstance(hour, int) else "")


def median_and_p90(times: Column) -> MedianAndP90:
    """Return the median and the 90th percentile of times, by nearest rank; nothing of none."""
    return _percentile(times, MEDIAN), _percentile(times, P90)


def _percentile(times: Column, percent: int) -> timedelta | None:
    """Return the smallest value with at least that share of the values at or below it (nearest rank)."""
    if not len(times):
        return None
    place = -(-percent * len(times) // 100) - 1
    return to_amount(int(np.partition(times, place)[place]))
