"""Outcomes as columns: arrays of instants and amounts in microseconds, and codes for what has few values."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple, get_args

import numpy as np

from slacalc.business_time.instants import to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.outcome import Status
from slacalc.columns.coded import CodedColumn
from slacalc.columns.judging import Judged
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.policies.document.rules import OwedBy, PromiseKind
from slacalc.policies.promise import Promise
from slacalc.policies.targets.target import AnyTarget

__all__ = ["STATUSES", "OutcomeColumns", "Terms", "appended", "of_judged"]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)


class Terms(NamedTuple):
    """What was promised: by which rule, on which metric, to which target and calendar, of which kind and by whom."""

    rule: str
    metric: str
    target: AnyTarget
    calendar: OpenTime
    objective: float | None
    kind: PromiseKind
    owed_by: OwedBy

    @classmethod
    def of(cls, promise: Promise | ClockState, rule: str) -> "Terms":
        """Return those of a promise, or of the clock that followed it."""
        return cls(
            rule,
            promise.metric,
            promise.target,
            promise.calendar,
            promise.objective,
            promise.kind,
            promise.owed_by,
        )


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeColumns:
    """What became of promises, a row each: instants and amounts in microseconds, NULL where there is none.

    `ticket` is the place of the ticket, `order` that of the promise in it; `alone` are the outcomes of the rows that
    were judged alone. `within` is 1 or 0.
    """

    ticket: Column
    order: Column
    terms: Column
    cycle: Column
    received: Column
    origin: Column
    expected: Column
    due: Column
    done: Column
    status: Column
    open_time: Column
    wall_time: Column
    overdue_by_open: Column
    overdue_by: Column
    within: Column
    paused: Column
    cancelled: CodedColumn
    changed: Bools
    excluded: Bools
    moved: Column
    fields: Mapping[str, CodedColumn]
    every_terms: tuple[Terms, ...]
    alone: Mapping[int, Judged]

    def taken(self, rows: Column) -> "OutcomeColumns":
        """Return some rows."""
        numbers = {int(row): number for number, row in enumerate(rows)} if self.alone else {}
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in _COLUMNS},
            cancelled=self.cancelled.taken(rows),
            fields={name: column.taken(rows) for name, column in self.fields.items()},
            alone={numbers[row]: judged for row, judged in self.alone.items() if row in numbers},
        )

    def terms_of(self, row: int) -> Terms:
        """Return what was promised."""
        return self.every_terms[int(self.terms[row])]

    def of_terms(self, tell: Callable[[Terms], object]) -> CodedColumn:
        """Return what is told of the terms of each row."""
        return CodedColumn(self.terms, self.every_terms).mapped(tell)  # type: ignore[arg-type]  # the values are terms


_COLUMNS: Final = (
    *("ticket", "order", "terms", "cycle", "received", "origin", "expected", "due", "done", "status", "open_time"),
    *("wall_time", "overdue_by_open", "overdue_by", "within", "paused", "changed", "excluded", "moved"),
)


def of_judged(rows: Sequence[tuple[int, Judged]], names: Iterable[str]) -> OutcomeColumns:
    """Return outcomes, each of the ticket at a place, as columns; `names` are those of the fields."""
    every = [judged for _, judged in rows]
    results = [judged.result for judged in every]
    clocks = [result.promise if isinstance(result.promise, ClockState) else None for result in results]
    terms, every_terms = _coded_terms(every)
    return OutcomeColumns(
        ticket=np.array([place for place, _ in rows], dtype=np.int64),
        order=np.array([*_places(rows)], dtype=np.int64),
        terms=terms,
        cycle=np.array([judged.cycle for judged in every], dtype=np.int64),
        received=_ticks(judged.received for judged in every),
        origin=_ticks(result.promise.origin for result in results),
        expected=_ticks(result.promise.expected for result in results),
        due=_ticks(result.promise.due for result in results),
        done=_ticks(result.done_at for result in results),
        status=np.array([STATUSES.index(result.status) for result in results], dtype=np.int64),
        open_time=_amounts(result.open_time for result in results),
        wall_time=_amounts(result.wall_time for result in results),
        overdue_by_open=_amounts(result.overdue_by_open for result in results),
        overdue_by=_amounts(result.overdue_by for result in results),
        within=np.array([NULL if result.within is None else result.within for result in results], dtype=np.int64),
        paused=_amounts(_NOTHING if clock is None else clock.paused_time for clock in clocks),
        cancelled=CodedColumn.of(["" if clock is None else clock.cancelled for clock in clocks]),
        changed=np.array([clock is not None and clock.target_changed for clock in clocks], dtype=bool),
        excluded=np.array([clock is not None and clock.excluded_from_objective for clock in clocks], dtype=bool),
        moved=_amounts(None if clock is None else clock.moved_by_pauses for clock in clocks),
        fields={name: CodedColumn.of([judged.fields.get(name) for judged in every]) for name in names},
        every_terms=every_terms,
        alone=dict(enumerate(every)),
    )


def appended(columns: OutcomeColumns, others: OutcomeColumns) -> OutcomeColumns:
    """Return the rows of both."""
    names = dict.fromkeys((*columns.fields, *others.fields))
    shifted = replace(others, terms=others.terms + len(columns.every_terms))
    return replace(
        columns,
        **{name: np.concatenate([getattr(columns, name), getattr(shifted, name)]) for name in _COLUMNS},
        cancelled=columns.cancelled.followed_by(others.cancelled),
        fields={name: _field(columns, name).followed_by(_field(others, name)) for name in names},
        every_terms=(*columns.every_terms, *others.every_terms),
        alone={**columns.alone, **{len(columns.ticket) + row: judged for row, judged in others.alone.items()}},
    )


_NOTHING: Final = timedelta(0)
_MICROSECOND: Final = timedelta(microseconds=1)


def _field(columns: OutcomeColumns, name: str) -> CodedColumn:
    return columns.fields.get(name) or CodedColumn(np.zeros(len(columns.ticket), dtype=np.int64), (None,))


def _coded_terms(every: Sequence[Judged]) -> tuple[Column, tuple[Terms, ...]]:
    """Return which terms each promise has, and all of them; calendars and targets are told apart as objects."""
    numbers: dict[tuple[object, ...], int] = {}
    terms: list[Terms] = []
    codes = []
    for judged in every:
        promise = judged.result.promise
        made = Terms.of(promise, judged.rule)
        key = (*made[:2], id(made.target), id(made.calendar), *made[4:])
        if key not in numbers:
            numbers[key] = len(terms)
            terms.append(made)
        codes.append(numbers[key])
    return np.array(codes, dtype=np.int64), tuple(terms)


def _places(rows: Sequence[tuple[int, Judged]]) -> Iterator[int]:
    """Return the place of each outcome in its ticket."""
    seen: Counter[int] = Counter()
    for place, _ in rows:
        yield seen[place]
        seen[place] += 1


def _ticks(moments: Iterable[datetime | None]) -> Column:
    return np.array([NULL if moment is None else to_us(moment) for moment in moments], dtype=np.int64)


def _amounts(amounts: Iterable[timedelta | None]) -> Column:
    return np.array([NULL if amount is None else amount // _MICROSECOND for amount in amounts], dtype=np.int64)
