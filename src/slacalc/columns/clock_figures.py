"""When the cycles of one metric are due, and what has counted in them: whole columns, as `clocks/` says of one.

What a clock counts between two rows is added up over all rows once; a cycle is then a difference of two sums.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import amount_us
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.warning_times import share_of
from slacalc.columns import questions
from slacalc.columns.clock_cycles import Cycles
from slacalc.columns.questions import Answers
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.target_verbs import VERBS
from slacalc.columns.ticket_tracks import Tracks
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.targets.points import CountingTarget, PointTarget
from slacalc.policies.targets.target import AnyTarget, InsideOutside

__all__ = ["Figures", "Passing", "figures_of"]


class Figures(NamedTuple):
    """The figures of cycles in microseconds, NULL for none; `rare` are the cycles of which columns cannot tell them."""

    due: Column
    expected: Column
    elapsed: Column
    remaining: Column
    open_time: Column
    overdue_by_open: Column
    percent: NDArray[np.float64]
    warned: Bools
    rare: Bools


def figures_of(terms: MetricPromise, tracks: Tracks, cycles: Cycles, passing: "Passing") -> Figures:
    """Return the figures of all cycles of a metric."""
    return _Reckoning(terms, tracks, cycles, passing).figures()


class Passing:
    """What passes from each row of some tickets to the next, the last one until `as_of`: once for all their metrics."""

    def __init__(self, tracks: Tracks, as_of: int) -> None:
        self.as_of = as_of
        self._at = tracks.at
        self._until = np.append(tracks.at[1:], as_of)
        self._until[tracks.ends - 1] = as_of
        self._known: dict[OpenTime | None, Answers] = {}

    def of(self, counted: OpenTime | None) -> Answers:
        """Return the open time of a calendar that passes, or the real time; 0 where the calendar does not know it."""
        known = self._known.get(counted)
        if known is None:
            known = self._known[counted] = self._measured(counted)
        return known

    def _measured(self, counted: OpenTime | None) -> Answers:
        if counted is None:
            return Answers(self._until - self._at, np.empty(0, dtype=np.int64))
        answers = questions.elapsed(counted, self._at, self._until)
        answers.values[answers.refused] = 0
        return answers


class _Sums(NamedTuple):
    """What has counted over all rows, before and after each: a clock counts where it runs."""

    before: Column
    after: Column


class _Judged(NamedTuple):
    """Cycles that are judged by one point in time."""

    point: PointTarget
    rows: Column


class _Reckoning:
    """The figures of a metric's cycles while they are told."""

    def __init__(self, terms: MetricPromise, tracks: Tracks, cycles: Cycles, passing: Passing) -> None:
        self._terms, self._tracks, self._cycles, self._passing = terms, tracks, cycles, passing
        self._as_of = passing.as_of
        self._origin = tracks.at[cycles.begin]
        self._until = np.where(cycles.ended == NULL, self._as_of, cycles.ended)
        self._last = cycles.end - 1
        self._rare = np.zeros(len(cycles.begin), dtype=np.bool_)
        self._summed: dict[OpenTime | None, _Sums] = {}

    def figures(self) -> Figures:
        """Return all of them."""
        judged = list(self._judged(self._terms.promised.due))
        due, elapsed, remaining, allowed = (self._none() for _ in range(4))
        for each in judged:
            due[each.rows] = self._when(each)
            for column, told in zip((elapsed, remaining, allowed), self._told(each, due[each.rows]), strict=True):
                column[each.rows] = told
        return Figures(
            due,
            self._expected(),
            elapsed,
            remaining,
            self._counted(self._terms.calendar, self._every),
            self._overdue_by_open(judged, due),
            _percent(elapsed, allowed),
            self._warned(judged, due),
            self._rare,
        )

    @cached_property
    def _every(self) -> Column:
        return np.arange(len(self._origin))

    @cached_property
    def _was_paused(self) -> Bools:
        """Which cycles were paused at any time."""
        paused = np.cumsum(~self._cycles.runs)
        begin, last = self._cycles.begin, self._last
        told: Bools = (paused[last] > paused[begin]) | ~self._cycles.runs[begin]
        return told

    def _none(self) -> Column:
        return np.full(len(self._origin), NULL, dtype=np.int64)

    def _judged(self, target: AnyTarget) -> Iterator[_Judged]:
        """Return the point that judges each cycle: inside/outside chooses from its origin."""
        if not isinstance(target, InsideOutside):
            yield _Judged(target.point, self._every)
            return
        is_open = self._asked(questions.is_open(self._terms.calendar, self._origin), self._every)
        yield _Judged(target.inside.point, np.flatnonzero(is_open == 1))
        yield _Judged(target.outside.point, np.flatnonzero(is_open == 0))

    def _when(self, judged: _Judged) -> Column:
        """Return when a point is reached; NULL while it is paused before."""
        if isinstance(judged.point, CountingTarget):
            return self._reached(judged, amount_us(judged.point.amount))
        if self._terms.promised.pauses_move:
            self._rare[judged.rows] |= self._was_paused[judged.rows]
        dates = judged.point.dues(VERBS, self._terms.calendar, self._origin[judged.rows])
        self._rare[judged.rows] |= dates == NULL
        return dates

    def _reached(self, judged: _Judged, amount: int) -> Column:
        """Return when so much has counted; NULL while it is paused before."""
        counted, rows = judged.point.counted_in(self._terms.calendar), judged.rows
        if not amount:
            self._rare[rows] |= self._was_paused[rows]
            return self._added(counted, self._origin[rows], np.zeros(len(rows), dtype=np.int64), rows)
        sums, begin, place = self._sums(counted), self._cycles.begin[rows], self._last[rows]
        reached = sums.after[place] - sums.before[begin] >= amount
        place[reached] = np.searchsorted(sums.after, sums.before[begin[reached]] + amount)
        told = reached | self._cycles.runs_on[rows]
        lacks = amount - (sums.before[place] - sums.before[begin])
        due = np.full(len(rows), NULL, dtype=np.int64)
        due[told] = self._added(counted, self._tracks.at[place[told]], lacks[told], rows[told])
        return due

    def _told(self, judged: _Judged, due: Column) -> tuple[Column, Column, Column]:
        """Return what has elapsed, what remains, and what is allowed."""
        point, rows = judged.point, judged.rows
        counted, until = point.counted_in(self._terms.calendar), self._until[rows]
        ahead = np.zeros(len(rows), dtype=np.int64)
        coming = np.flatnonzero(due > until)
        ahead[coming] = self._between(counted, until[coming], due[coming], rows[coming])
        if isinstance(point, CountingTarget):
            elapsed, amount = self._counted(counted, rows), amount_us(point.amount)
            return elapsed, np.where(due == NULL, amount - elapsed, ahead), np.full(len(rows), amount, dtype=np.int64)
        origin = self._origin[rows]
        elapsed = self._between(counted, origin, until, rows)
        return elapsed, ahead, self._between(counted, origin, np.where(due == NULL, origin, due), rows)

    def _expected(self) -> Column:
        expected, target = self._none(), self._terms.promised.expected
        for judged in () if target is None else self._judged(target):
            expected[judged.rows] = self._when(judged)
        return expected

    def _warned(self, judged: list[_Judged], due: Column) -> Bools:
        """Return the open cycles, not overdue, that a warning has come for."""
        asked = (self._cycles.ended == NULL) & (due != NULL) & (self._as_of <= due)
        warned = np.zeros(len(due), dtype=np.bool_)
        for point, every in judged:
            rows = every[asked[every]]
            for step in self._terms.promised.warnings if len(rows) else ():
                at = self._warning(step, _Judged(point, rows), due[rows])
                warned[rows] |= (at != NULL) & (at <= self._as_of)
        return warned

    def _warning(self, step: str, judged: _Judged, due: Column) -> Column:
        point, rows, calendar = judged.point, judged.rows, self._terms.calendar
        if isinstance(point, CountingTarget):
            return self._reached(judged, share_of(step, amount_us(point.amount)))
        start = self._added(calendar, self._origin[rows], np.zeros(len(rows), dtype=np.int64), rows)
        way = self._between(calendar, start, np.maximum(start, due), rows)
        shares = np.array([share_of(step, each) for each in way.tolist()], dtype=np.int64)
        return np.minimum(due, self._added(calendar, start, shares, rows))

    def _overdue_by_open(self, judged: list[_Judged], due: Column) -> Column:
        """Return the open time in which a clock ran on after it was due."""
        over, calendar = np.zeros(len(due), dtype=np.int64), self._terms.calendar
        late = (due != NULL) & (due < self._until) & ~self._rare
        for point, every in judged if self._terms.promised.is_owed else ():
            rows = every[late[every]]
            if isinstance(point, CountingTarget) and point.counted_in(calendar) == calendar:
                over[rows] = self._counted(calendar, rows) - amount_us(point.amount)
            else:
                over[rows] = self._open_since(due[rows], rows)
        return over

    def _open_since(self, instants: Column, rows: Column) -> Column:
        """Return the open time in which a clock ran from an instant to its end."""
        sums, place = self._sums(self._terms.calendar), self._row_at(instants, rows)
        partly = self._between(self._terms.calendar, self._tracks.at[place], instants, rows)
        open_time: Column = sums.after[self._last[rows]] - sums.before[place]
        return open_time - np.where(self._cycles.runs[place], partly, 0)

    def _row_at(self, instants: Column, rows: Column) -> Column:
        """Return the row of the same ticket that is the last one at or before an instant."""
        tracks = self._tracks
        least = int(tracks.at.min())
        span = self._as_of - least + 1
        place: Column = np.searchsorted(
            tracks.at - least + tracks.ticket * span,
            instants - least + tracks.ticket[self._cycles.begin[rows]] * span,
            side="right",
        )
        return place - 1

    def _counted(self, counted: OpenTime | None, rows: Column) -> Column:
        sums = self._sums(counted)
        told: Column = sums.after[self._last[rows]] - sums.before[self._cycles.begin[rows]]
        return told

    def _sums(self, counted: OpenTime | None) -> _Sums:
        known = self._summed.get(counted)
        if known is None:
            known = self._summed[counted] = self._sums_over(counted)
        return known

    def _sums_over(self, counted: OpenTime | None) -> _Sums:
        passing = self._passing.of(counted)
        if len(passing.refused):
            strange = np.zeros(len(self._tracks.starts), dtype=np.bool_)
            strange[self._tracks.ticket[passing.refused]] = True
            self._rare |= strange[self._tracks.ticket[self._cycles.begin]]
        passed = np.where(self._cycles.runs, passing.values, 0)
        after = np.cumsum(passed)
        return _Sums(after - passed, after)

    def _between(self, counted: OpenTime | None, start: Column, end: Column, rows: Column) -> Column:
        return end - start if counted is None else self._asked(questions.elapsed(counted, start, end), rows)

    def _added(self, counted: OpenTime | None, start: Column, amounts: Column, rows: Column) -> Column:
        if counted is not None:
            return self._asked(questions.add(counted, start, amounts), rows)
        due = start + amounts
        self._rare[rows] |= due > self._terms.calendar.timeline.covered[1]
        return due

    def _asked(self, answers: Answers, rows: Column) -> Column:
        self._rare[rows[answers.refused]] = True
        return answers.values


def _percent(elapsed: Column, allowed: Column) -> NDArray[np.float64]:
    """Return the share as Python divides whole numbers: exactly, then rounded once; no number of nothing."""
    share = np.full(len(elapsed), np.nan)
    known = allowed > 0
    np.divide(_PERCENT * elapsed, allowed, out=share, where=known)
    for row in np.flatnonzero(known & ((elapsed >= _EXACT // _PERCENT) | (allowed >= _EXACT))).tolist():
        share[row] = _PERCENT * int(elapsed[row]) / int(allowed[row])
    return share


_PERCENT: Final = 100
_EXACT: Final = 2**53  # what a float holds exactly
