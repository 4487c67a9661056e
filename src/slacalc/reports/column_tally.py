"""The figures of a report over whole columns of outcomes: what `tally` counts one by one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from slacalc.business_time.instants import HOUR, to_amount
from slacalc.columns.coded import CodedColumn, codes_of, combined, distinct_rows
from slacalc.columns.outcome_columns import STATUSES, OutcomeColumns
from slacalc.columns.stairs import NULL, Column
from slacalc.columns.wall_times import readings_of
from slacalc.reports.figures import ReportLine
from slacalc.reports.grouping import PARTS, DatePart, Grouping
from slacalc.reports.tally import MEDIAN, P90, Counts, LineKey

__all__ = ["ColumnTally", "dates_of"]

_KINDS: Final = (*STATUSES, "deprioritised")
_BREACHED: Final = STATUSES.index("breached")
_CANCELLED: Final = STATUSES.index("cancelled")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)  # what the clock reads is counted from it, in whole hours
_HOUR: Final = timedelta(hours=1)


class ColumnTally:
    """The figures of all groups, and which rows are the worst breaches."""

    def __init__(self, columns: OutcomeColumns, grouping: Grouping, leave_out: frozenset[str]) -> None:
        self._columns, self._grouping = columns, grouping
        self._kinds = _kinds(columns, leave_out)
        self._lines = columns.of_terms(lambda terms: (terms.metric, terms.kind, terms.owed_by))
        self._keys = [_group_of(columns, grouping, name) for name in grouping.names]

    def lines(self) -> tuple[ReportLine, ...]:
        """Return the lines of the groups in order, then those of all."""
        rank = self._grouping.rank
        grouped = self._counted(self._keys)
        every = self._counted([])
        return (
            *(grouped[key].line(key) for key in sorted(grouped, key=lambda key: (rank(key.groups), key.order))),
            *(every[key].line(key) for key in sorted(every, key=lambda key: key.order)),
        )

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

    def _counted(self, keys: Sequence[CodedColumn]) -> dict[LineKey, Counts]:
        """Return the counts of each line; without keys those of all."""
        columns = (*keys, self._lines)
        found = {}
        for rows in distinct_rows(combined(columns, len(self._columns.ticket))):
            first = int(rows[0])
            groups = self.groups_of(first) if keys else self._grouping.total
            terms = self._columns.terms_of(first)
            found[LineKey(groups, terms.metric, terms.kind, terms.owed_by)] = self._counts(rows)
        return found

    def _counts(self, rows: Column) -> Counts:
        columns, kinds = self._columns, self._kinds[rows]
        numbers = np.bincount(kinds, minlength=len(_KINDS)).tolist()
        kept = rows[kinds < len(STATUSES)]
        done = kept[columns.done[kept] != NULL]
        breached = rows[kinds == _BREACHED]
        moved = columns.moved[kept]
        return Counts(
            dict(zip(_KINDS, numbers, strict=True)),
            self._cancelled_late(breached),
            int(columns.changed[breached].sum()),
            frozenset(columns.every_terms[place].objective for place in np.unique(columns.terms[kept]).tolist()),
            (int((columns.within[kept] == 1).sum()), int((columns.within[kept] != NULL).sum())),
            _both(columns.open_time[done]),
            _both(columns.wall_time[done]),
            _percentile(moved[(moved != NULL) & (moved != 0)], MEDIAN),
        )

    def _cancelled_late(self, breached: Column) -> dict[str, int]:
        cancelled = self._columns.cancelled
        if cancelled.values == ("",):
            return {}
        counts = np.bincount(cancelled.codes[breached], minlength=len(cancelled.values)).tolist()
        return {str(reason): count for reason, count in zip(cancelled.values, counts, strict=True) if reason and count}


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
    hours = np.where(known, readings // HOUR, NULL)
    distinct, codes = np.unique(hours, return_inverse=True)
    hour_texts = CodedColumn(
        codes.astype(np.int64), tuple(None if each == NULL else each for each in distinct.tolist())
    )
    return hour_texts.mapped(lambda hour: part.text(_EPOCH + hour * _HOUR) if isinstance(hour, int) else "")


def _both(times: Column) -> tuple[timedelta | None, timedelta | None]:
    return _percentile(times, MEDIAN), _percentile(times, P90)


def _percentile(times: Column, percent: int) -> timedelta | None:
    """Return the smallest value with at least that share of the values at or below it (nearest rank)."""
    if not len(times):
        return None
    place = -(-percent * len(times) // 100) - 1
    return to_amount(int(np.partition(times, place)[place]))
