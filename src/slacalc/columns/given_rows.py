"""Tickets as rows: `Ticket` values, dicts, or the rows of a mapping of lists, under the names of the policy."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import read_zone
from slacalc.clocks.replay import Clocks
from slacalc.columns.lists import refuse_lengths
from slacalc.columns.naming import column_of, refuse_unsaid
from slacalc.errors import LogError
from slacalc.logs.reading import LogReading, Ticket
from slacalc.logs.tickets import Tickets
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["Row", "check_said", "given_rows", "is_table"]

Row: TypeAlias = Ticket | Mapping[str, object]

_DONE: Final = "{metric} in [done] or [done_at] of the mapping (--done, --done-at); an empty list where nothing does it"
_COLUMN: Final = 'a column {metric}, empty where it is not done yet; or columns={{"{metric}": ...}}'
_ROWS: Final = (
    'Ticket values, such as read_log(...).tickets or group_tickets(events), or dicts: frame.to_dict("records")'
)


def given_rows(
    policy: AnyPolicy,
    given: Any,  # noqa: ANN401 - what it is, is told here
    *,
    columns: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
    own: Collection[str] = (),
) -> Sequence[Row]:
    """Return tickets row by row, those of a log as they are. Raises LogError for what are no rows, or none.

    `columns` says which key or list is what, where they have other names: then all others are left alone, but for those
    of `own`. Naive datetimes are read on the clock of `zone`.
    """
    if isinstance(given, LogReading):
        given = given.tickets
    if isinstance(given, Tickets):
        return given
    if isinstance(given, Mapping) and given and all(isinstance(column, list | tuple) for column in given.values()):
        rows = _rows_of(policy, given, columns, own)
    else:
        rows = _listed(given)
        if columns is not None:
            rows = [row if isinstance(row, Ticket) else _renamed(policy, row, columns, own) for row in rows]
    if zone is None:
        return rows
    clock = read_zone(zone)
    return [row if isinstance(row, Ticket) else _on(clock, row) for row in rows]


def check_said(given: Any, columns: Mapping[str, str] | None, promised: Iterable[str]) -> None:  # noqa: ANN401 - the same
    """Raise LogError for a metric that is promised, where no column, or no mapping of a log, says when it was done.

    A row that is a mapping may leave it out: it is not done yet.
    """
    tickets = given.tickets if isinstance(given, LogReading) else given
    if isinstance(tickets, Tickets):
        if not tickets.has_events:
            refuse_unsaid(tickets.arrays.done.keys(), promised, _DONE)
    elif is_table(given):
        names = given if isinstance(given, Mapping) else getattr(given, "column_names", given.columns)
        refuse_unsaid({*(columns or {}), *map(str, names)}, promised, _COLUMN)


def is_table(given: object) -> bool:
    """Tell whether something is a table of columns: a data frame, a relation, or a mapping of lists or arrays."""
    if isinstance(given, Mapping):
        return any(isinstance(column, list | tuple) or hasattr(column, "dtype") for column in given.values())
    return hasattr(type(given), "columns")


def _rows_of(
    policy: AnyPolicy, lists: Mapping[str, Any], columns: Mapping[str, str] | None, own: Collection[str]
) -> list[Row]:
    """Return the rows of lists, which are all of one length."""
    count = len(next(iter(lists.values())))
    for name, values in lists.items():
        refuse_lengths(len(values), count, name)
    named = {**column_of(policy, lists, columns, own), **{name: name for name in own if name in lists}}
    return [{name: lists[column][place] for name, column in named.items()} for place in range(count)]


def _renamed(policy: AnyPolicy, row: Mapping[str, object], columns: Mapping[str, str], own: Collection[str]) -> Row:
    named = {**column_of(policy, row, columns, own), **{name: name for name in own if name in row}}
    return {name: row[column] for name, column in named.items()}


def _on(clock: ZoneInfo, row: Mapping[str, object]) -> Row:
    """Return a row whose naive datetimes are read on a clock."""
    return {
        name: value.replace(tzinfo=clock) if isinstance(value, datetime) and value.tzinfo is None else value
        for name, value in row.items()
    }


def _listed(given: object) -> list[Row]:
    """Refuse what would be read as no rows at all: the columns of a data frame, the keys of one row, a text."""
    if not isinstance(given, Iterable) or isinstance(given, Mapping | str | bytes) or hasattr(type(given), "columns"):
        raise _no_rows("these are no rows", given, "")
    rows: list[Row] = []
    for place, row in enumerate(given, 1):
        if type(row) is not dict and (not isinstance(row, Ticket | Mapping) or isinstance(row, Clocks)):
            raise _no_rows("this is no row", row, f"row {place}")
        rows.append(row)
    return rows


def _no_rows(problem: str, given: object, where: str) -> LogError:
    return LogError("rows_invalid", problem, given=type(given).__name__, accepts=_ROWS, where=where)
