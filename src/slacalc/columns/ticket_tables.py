"""Tickets as they are given become columns: rows, lists, numpy arrays, data frames, relations of DuckDB."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import numpy as np

from slacalc.business_time.instants import from_us, read_zone, to_us
from slacalc.columns.coded import CodedColumn, codes_of
from slacalc.columns.judging import is_missing
from slacalc.columns.lists import refuse_each, refuse_lengths
from slacalc.columns.naming import RECEIVED, TICKET, column_of, known_names, misspelled
from slacalc.columns.outcomes import TicketTable
from slacalc.columns.relations import arrow_of
from slacalc.columns.series import Moments, read_moments
from slacalc.columns.stairs import NULL, Column
from slacalc.errors import InstantError, PolicyError, SlaError
from slacalc.logs.reading import Ticket
from slacalc.logs.tickets import Tickets
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.field_values import field_value, value_text

__all__ = [
    "ColumnTable",
    "RECEIVED",
    "TICKET",
    "as_table",
    "read_frame",
    "ticket_columns",
    "tickets_of_rows",
    "values_of",
]

_PER_US: Final = 1_000
_UTC: Final = ZoneInfo("UTC")

Library: TypeAlias = Any  # nw.Implementation.PANDAS, POLARS or PYARROW
Native: TypeAlias = Any  # a data frame, a relation, or a mapping of columns, of any library


class ColumnTable(NamedTuple):
    """A table of columns by name, as they came; how many rows it has; and its library, None for arrays and lists."""

    columns: Mapping[str, Native]
    rows: int
    library: Library | None = None


def as_table(given: Native) -> ColumnTable:
    """Return a table of columns. Raises InstantError for what is none, and for two columns of one name."""
    if isinstance(given, Mapping):
        counts = {name: len(column) for name, column in given.items()}
        count = next(iter(counts.values()))
        for name, other in counts.items():
            refuse_lengths(other, count, name)
        return ColumnTable(given, count)
    table = read_frame(arrow_of(given))
    columns = {name: table[name].to_native() for name in table.columns}
    return ColumnTable(columns, len(table), table.implementation)


def read_frame(frame: Native) -> "nw.DataFrame[Any]":
    """Return a data frame of any library. Raises InstantError for what is none, and for two columns of one name."""
    try:
        table: nw.DataFrame[Any] = nw.from_native(frame, eager_only=True)
    except nw.exceptions.DuplicateError:
        names = map(str, frame.column_names if hasattr(frame, "column_names") else frame.columns)
        twice = next(name for name, count in Counter(names).items() if count > 1)
        raise InstantError(
            "columns_of_one_name",
            "the frame has several columns of one name",
            given=twice,
            accepts="one column for each name; rename or drop the others",
            where=twice,
        ) from None
    except TypeError:
        raise InstantError(
            "frame_unknown",
            "this is no data frame that slacalc knows",
            given=type(frame).__name__,
            accepts="a DataFrame of pandas or polars, or a table of pyarrow; collect a lazy one first",
        ) from None
    return table


def ticket_columns(
    policy: AnyPolicy,
    table: ColumnTable,
    columns: Mapping[str, str] | None,
    zone: str | ZoneInfo | None,
    *,
    own: frozenset[str] = frozenset(),
) -> TicketTable:
    """Return the tickets of a table.

    `columns` says which column of it is what, where they have other names; `own` are those of the log's own word.
    Raises InstantError for a column that is not there or names no instants, and LogError for one that is spelled like
    one that is missing.
    """
    chosen = column_of(policy, table.columns, columns, own)
    named = {name: table.columns[column] for name, column in chosen.items()}
    received = _instants(named[RECEIVED], zone, RECEIVED)
    done = {name: _instants(named[name], zone, name) for name in policy.metrics if name in named}
    origins = {name: _instants(named[name], zone, name) for name in sorted(policy.origins) if name in named}
    instants = {RECEIVED: received, **done, **origins}
    fields = {name: _read_field(named[name], name) for name in policy.field_names if name in named}
    ids = values_of(named[TICKET]) if TICKET in named else list(range(1, table.rows + 1))

    def row(place: int) -> Mapping[str, object]:
        told = {name: column.told(place) for name, column in instants.items()}
        given = {name: field.raw.values[field.raw.codes[place]] for name, field in fields.items()}
        return {TICKET: ids[place], **told, **given}

    ticks = received.ticks
    odd = ticks == NULL
    for field in fields.values():
        odd[field.wrong] = True
    texts = {name: field.texts for name, field in fields.items()}
    return TicketTable(ids, ticks, texts, _ticks_of(done), _ticks_of(origins), np.flatnonzero(odd), row)


def tickets_of_rows(policy: AnyPolicy, rows: Sequence[Ticket | Mapping[str, object]]) -> TicketTable:
    """Return tickets that come as dicts or `Ticket` values; what is odd about one shows when it is judged alone."""
    fields_known, metrics_known = frozenset(policy.field_names), frozenset(policy.metrics)
    known = known_names(policy)
    if rows and isinstance(rows[0], Ticket):
        lines = [_line_of(row, fields_known, metrics_known) for row in rows]
    else:
        lines = [row if type(row) is dict or isinstance(row, Mapping) else _NOTHING for row in rows]
    keys = [tuple(line) for line in lines]
    misspelled_keys = {each for each in set(keys) if misspelled(each, {*known} - {*each}, known) is not None}
    odd = np.fromiter((not each or each in misspelled_keys for each in keys), dtype=bool, count=len(lines))
    received, bad = _read_rows(lines, RECEIVED)
    odd[bad] = True
    odd |= received == NULL
    instants: dict[str, Column] = {}
    for name in (*policy.metrics, *sorted(policy.origins)):
        instants[name], bad = _read_rows(lines, name)
        odd[bad] = True
    fields = {name: _read_field([line.get(name) for line in lines], name) for name in policy.field_names}
    for field in fields.values():
        odd[field.wrong] = True
    return TicketTable(
        [_name_of(row, line, place) for place, (row, line) in enumerate(zip(rows, lines, strict=True), 1)],
        received,
        {name: field.texts for name, field in fields.items() if field.texts.values != (None,)},
        {name: instants[name] for name in policy.metrics},
        {name: instants[name] for name in policy.origins},
        np.flatnonzero(odd),
        rows.__getitem__,
    )


def tickets_of_log(policy: AnyPolicy, tickets: Tickets) -> TicketTable:
    """Return the tickets of a log of rows without events: its columns as they are."""
    arrays = tickets.arrays
    done = {name: np.asarray(column.us, dtype=np.int64) for name, column in arrays.done.items()}
    fields = {
        name: CodedColumn(np.asarray(column.codes, dtype=np.int64), tuple(column.values)).distinct()
        for name, column in arrays.fields.items()
    }
    odd = np.zeros(len(tickets), dtype=bool)
    for name, ticks in done.items():
        odd |= (ticks != NULL) & (name not in policy.metrics)
    for name, field in fields.items():
        given = np.array([value is not None for value in field.values], dtype=bool)
        odd |= given[field.codes] & (name not in policy.field_names)
    return TicketTable(
        arrays.ids,
        np.asarray(arrays.received.us, dtype=np.int64),
        {name: field for name, field in fields.items() if name in policy.field_names},
        {name: ticks for name, ticks in done.items() if name in policy.metrics},
        {},
        np.flatnonzero(odd),
        tickets.__getitem__,
    )


_NOTHING: Final[Mapping[str, object]] = {}


def _line_of(row: object, fields: frozenset[str], metrics: frozenset[str]) -> Mapping[str, object]:
    """Return a ticket as a mapping; nothing for one that is judged alone: it has events, or what the policy lacks."""
    if not isinstance(row, Ticket) or row.events or not (row.fields.keys() <= fields and row.done.keys() <= metrics):
        return _NOTHING
    return {**row.fields, **row.done, TICKET: row.id, RECEIVED: row.received}


def _name_of(row: object, line: Mapping[str, object], place: int) -> object:
    return row.id if isinstance(row, Ticket) else line.get(TICKET, place)


def _read_rows(lines: Sequence[Mapping[str, object]], name: str) -> tuple[Column, list[int]]:
    """Return the instants of a key, NULL where there is none, and the rows that have something else."""
    bad: list[int] = []
    ticks = np.empty(len(lines), dtype=np.int64)
    for place, line in enumerate(lines):
        value = line.get(name)
        ticks[place] = NULL
        if value is None:
            continue
        if type(value) is datetime or (isinstance(value, datetime) and not is_missing(value)):
            try:
                ticks[place] = to_us(value)
            except SlaError:
                bad.append(place)
        elif not is_missing(value):
            bad.append(place)
    return ticks, bad


class _Field(NamedTuple):
    """A column of a field as it came, as texts, and the rows whose value is none."""

    raw: CodedColumn
    texts: CodedColumn
    wrong: Column


def _read_field(column: Native, name: str) -> _Field:
    """Return the values of a field."""
    raw = codes_of(values_of(column))
    texts: list[str | None] = []
    wrong: list[int] = []
    for number, value in enumerate(raw.values):
        try:
            given = field_value(value, name)
        except PolicyError:
            given = None
            wrong.append(number)
        texts.append(None if given is None else value_text(given))
    rows = np.flatnonzero(np.isin(raw.codes, wrong)) if wrong else np.empty(0, dtype=np.int64)
    return _Field(raw, CodedColumn(raw.codes, tuple(texts)).distinct(), rows)


def values_of(column: Native) -> list[object]:
    """Return the values of a column of any library."""
    if isinstance(column, list | tuple):
        return list(column)
    return list(
        column.tolist() if isinstance(column, np.ndarray) else nw.from_native(column, series_only=True).to_list()
    )


class _Instants(NamedTuple):
    """A column of instants in microseconds, NULL where there is none, and the zone that they are told in."""

    ticks: Column
    zone: tzinfo
    values: Sequence[datetime | None] | None = None

    def told(self, place: int) -> datetime | None:
        """Return an instant as it was given."""
        if self.ticks[place] == NULL:
            return None
        return from_us(int(self.ticks[place]), self.zone) if self.values is None else self.values[place]


def _ticks_of(columns: Mapping[str, _Instants]) -> dict[str, Column]:
    return {name: column.ticks for name, column in columns.items()}


def _instants(column: Native, zone: str | ZoneInfo | None, name: str) -> _Instants:
    """Return a column of instants; an empty one may be of any type."""
    if isinstance(column, list | tuple):
        return _listed(column, zone, name)
    if not isinstance(column, np.ndarray) and _is_empty(column):
        return _Instants(np.full(len(column), NULL, dtype=np.int64), _UTC)
    moments = read_moments(column, zone, name)
    return _Instants(_whole(moments, name), _zone_of(moments, zone))


def _zone_of(moments: Moments, zone: str | ZoneInfo | None) -> tzinfo:
    """Return the zone that a column is told in: its own, or the one on whose clock it is read."""
    if zone is not None:
        return read_zone(zone)
    own: tzinfo | None = getattr(getattr(moments.native, "dtype", None), "tz", None)
    if own is not None:
        return own
    try:
        return _UTC if moments.zone is None else ZoneInfo(moments.zone)
    except (KeyError, ValueError):  # an offset
        return _UTC


def _listed(column: Sequence[object], zone: str | ZoneInfo | None, name: str) -> _Instants:
    """Return the instants of a list, in which each is of its own zone, or all naive on the clock of `zone`."""
    clock = None if zone is None else read_zone(zone)
    ticks = np.full(len(column), NULL, dtype=np.int64)
    values: list[datetime | None] = [None] * len(column)
    for place, value in enumerate(column):
        if is_missing(value):
            continue
        if clock is not None and isinstance(value, datetime) and value.tzinfo is None:
            value = value.replace(tzinfo=clock)  # noqa: PLW2901 - the same reading, on its clock
        try:
            ticks[place] = to_us(value, name)  # type: ignore[arg-type]  # which refuses what is no datetime
        except SlaError as error:
            raise error.at(f"row {place + 1}") from None
        values[place] = value  # type: ignore[call-overload]  # it is a datetime
    return _Instants(ticks, _UTC, values)


def _is_empty(column: Native) -> bool:
    series = nw.from_native(column, series_only=True)
    return not isinstance(series.dtype, nw.Datetime) and bool(series.is_null().all())


def _whole(moments: Moments, name: str) -> Column:
    """Return instants in microseconds. Raises InstantError for nanoseconds, which would be lost."""
    if moments.unit != "ns":
        return moments.ticks(1)
    ticks, null = moments.ticks(_PER_US), np.isnat(moments.values)
    if (finer := np.flatnonzero((ticks % _PER_US != 0) & ~null)).size:
        refuse_each((row, _too_fine(str(moments.values[row]), name)) for row in finer.tolist())
    return np.where(null, NULL, ticks // _PER_US)


def _too_fine(given: str, name: str) -> InstantError:
    return InstantError(
        "nanoseconds",
        "the datetime has nanoseconds, which would be lost",
        given=given,
        accepts="whole microseconds; round first, in the direction that you mean",
        where=name,
    )
