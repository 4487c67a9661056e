"""The clocks of many tickets as rows of integers: what `ClockState` says of one cycle, a row for each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import nan
from typing import Any, Final, NamedTuple, get_args

from slacalc.business_time.instants import amount_us, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.clock_state import ClockState, ClockStatus
from slacalc.clocks.cycle import CANCELLATIONS
from slacalc.clocks.replay import Clocks
from slacalc.errors import SlaError
from slacalc.policies.document.rules import OwedBy, PromiseKind
from slacalc.policies.targets.target import AnyTarget

__all__ = ["CANCELLED", "NULL", "STATUSES", "WITHIN", "ClockRow", "ClockRows", "Judging", "Places", "rows_of"]

NULL: Final = -(2**63)
"""No instant: the NULL of `columns.stairs`, which needs numpy."""
STATUSES: Final[tuple[ClockStatus, ...]] = get_args(ClockStatus)
CANCELLED: Final = ("", *CANCELLATIONS)
"""Why a clock was cancelled: nothing, when it was not."""
WITHIN: Final = (None, False, True)
"""Whether what is not owed was done by the latest of what is usual."""


class Judging(NamedTuple):
    """What cycles of a metric share: the rule that matches now, the target that judges, its calendar and objective."""

    metric: str
    rule: str
    target: AnyTarget
    calendar: OpenTime
    objective: float | None
    kind: PromiseKind
    owed_by: OwedBy


class ClockRow(NamedTuple):
    """One cycle of a metric of a ticket: instants and amounts in microseconds, NULL for none.

    `ticket` is the place of the ticket; `status` is a place in `STATUSES`, `cancelled` in `CANCELLED`, and `within` in
    `WITHIN`. `percent` is no number where there is none.
    """

    ticket: int
    cycle: int
    judging: Judging
    fields: Mapping[str, str]
    status: int
    cancelled: int
    within: int
    answered: bool
    received: int
    origin: int
    expected: int
    due: int
    done_at: int
    breached_at: int
    cancelled_at: int
    elapsed: int
    remaining: int
    open_time: int
    wall_time: int
    overdue_by: int
    overdue_by_open: int
    percent: float


class ClockRows(NamedTuple):
    """The rows of tickets in their order, of their metrics as they began, and of cycles: a column for each name.

    In the columns `judging` and `fields` are places in `judgings` and `every_fields`. `errors` are those of the tickets
    that cannot be answered for, by their place.
    """

    columns: Mapping[str, Any]
    judgings: Sequence[Judging]
    every_fields: Sequence[Mapping[str, str]]
    errors: Mapping[int, SlaError]


class Places:
    """What rows share, each once: rows hold its place."""

    def __init__(self) -> None:
        self._judgings: dict[Judging, int] = {}
        self._fields: dict[frozenset[tuple[str, str]], int] = {}

    def of_judging(self, judging: Judging) -> int:
        """Return the place of what judges."""
        return self._judgings.setdefault(judging, len(self._judgings))

    def of_fields(self, fields: Mapping[str, str]) -> int:
        """Return the place of the fields of a ticket."""
        return self._fields.setdefault(frozenset(fields.items()), len(self._fields))

    def columns(self, rows: Sequence[ClockRow]) -> dict[str, list[Any]]:
        """Return rows as columns of plain values."""
        columns = zip(*rows, strict=True) if rows else ((),) * len(ClockRow._fields)
        listed: dict[str, list[Any]] = dict(zip(ClockRow._fields, map(list, columns), strict=True))
        listed["judging"] = list(map(self.of_judging, listed["judging"]))
        listed["fields"] = list(map(self.of_fields, listed["fields"]))
        return listed

    def rows(self, columns: Mapping[str, Any], errors: Mapping[int, SlaError]) -> ClockRows:
        """Return the columns with what they share."""
        return ClockRows(columns, list(self._judgings), list(map(dict, self._fields)), dict(sorted(errors.items())))


def rows_of(place: int, clocks: Clocks) -> Iterator[ClockRow]:
    """Return the rows of a ticket that was replayed: metric by metric, cycle by cycle."""
    received = to_us(clocks.received)
    for metric in clocks:
        for number, state in enumerate(clocks.cycles(metric), 1):
            yield _row(place, number, received, state)


def _row(place: int, number: int, received: int, state: ClockState) -> ClockRow:
    percent = state.percent
    return ClockRow(
        place,
        number,
        Judging(state.metric, state.rule, state.target, state.calendar, state.objective, state.kind, state.owed_by),
        state.fields,
        STATUSES.index(state.status),
        CANCELLED.index(state.cancelled),
        WITHIN.index(state.within),
        state.answered,
        received,
        _us(state.origin),
        _us(state.expected),
        _us(state.due),
        _us(state.done_at),
        _us(state.breached_at),
        _us(state.cancelled_at),
        amount_us(state.elapsed),
        amount_us(state.remaining),
        amount_us(state.open_time),
        amount_us(state.wall_time),
        amount_us(state.overdue_by),
        amount_us(state.overdue_by_open),
        nan if percent is None else percent,
    )


def _us(instant: datetime | None) -> int:
    return NULL if instant is None else to_us(instant)
