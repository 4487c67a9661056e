"""The rows of a data frame, of any library that narwhals knows, of a dict of columns, or of a list of dicts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeAlias

from slacalc.errors import LogError, MissingExtraError, SlaError
from slacalc.logs.csv_rows import BadRow
from slacalc.logs.mapping import LogMapping
from slacalc.policies.document.field_values import field_value, value_text

__all__ = ["are_dicts", "is_frame", "rows_of_dicts", "rows_of_frame"]

_Rows: TypeAlias = "Iterator[tuple[int, Sequence[Any] | BadRow]]"
_Frame: TypeAlias = Any  # a frame, a column or a scalar of a library that may not be there
_ACCEPTS: Final = "a data frame of pandas, polars, pyarrow or DuckDB, or a dict of columns; collect a lazy one first"


class _Wrong(NamedTuple):
    """A value that no cell of a log can be."""

    error: LogError


def is_frame(rows: object) -> bool:
    """Tell whether something has columns, and is no lines."""
    return isinstance(rows, Mapping) or hasattr(rows, "columns") or hasattr(rows, "column_names")


def are_dicts(rows: object) -> bool:
    """Tell whether something is a list of mappings, as the first of them shows."""
    return isinstance(rows, Sequence) and not isinstance(rows, str | bytes) and bool(rows) and _is_dict(rows[0])


def rows_of_frame(frame: object, mapping: LogMapping, where: str) -> tuple[list[str], _Rows]:
    """Return the names of the columns that a mapping needs, as far as they are there, and the rows by their place.

    Raises LogError for what is no frame and for two columns of one name, MissingExtraError without narwhals.
    """
    return _rows_of(frame if isinstance(frame, Mapping) else _columns_of(frame, mapping, where), mapping)


def rows_of_dicts(rows: Sequence[Any], mapping: LogMapping) -> tuple[list[str], _Rows]:
    """Return the names of the columns that a mapping needs, as far as a row has them, and the rows by their place.

    A key that a row does not have is an empty cell.
    """
    told = [dict(row) if _is_dict(row) else None for row in rows]
    names = dict.fromkeys(name for row in told if row is not None for name in row)
    needed = [name for name in _named(mapping) if name in names]
    strange = {place: _no_dict(row) for place, row in enumerate(rows) if told[place] is None}
    columns: dict[str, Sequence[object]] = dict.fromkeys(map(str, names), ())
    for name in needed:
        columns[name] = [strange[place] if row is None else row.get(name) for place, row in enumerate(told)]
    return _rows_of(columns, mapping)


def _is_dict(row: object) -> bool:
    """Tell whether a row has names for its cells: a mapping, or what a database gives like one."""
    return isinstance(row, Mapping) or (hasattr(row, "keys") and hasattr(row, "__getitem__"))


def _no_dict(row: object) -> _Wrong:
    accepts = "a dict with the names of the columns as keys"
    return _Wrong(LogError("rows_invalid", "this is no row", given=type(row).__name__, accepts=accepts))


def _rows_of(columns: Mapping[str, Any], mapping: LogMapping) -> tuple[list[str], _Rows]:
    """Return the columns that a mapping names as rows; the names of all where it names none of them."""
    times = {mapping.time, mapping.received, *(column for _, column in mapping.done_at)}
    needed = [name for name in columns if name in _named(mapping)]
    told = [_cells(columns[name], _time if name in times else _text, name) for name in needed]
    return [str(name) for name in (needed or columns)], _rows(told)


def _columns_of(frame: _Frame, mapping: LogMapping, where: str) -> Mapping[str, Any]:
    """Return the columns that a mapping names as lists."""
    names = list(getattr(frame, "column_names", None) or frame.columns)
    for name in _named(mapping):
        if names.count(name) > 1:
            raise LogError("column_missing", "two columns have this name", given=name, accepts="one", where=where)
    try:
        import narwhals.stable.v2 as nw
    except ImportError as error:
        raise MissingExtraError(
            "extra_missing", "data frames need narwhals", accepts="slacalc with its extra frames"
        ) from error
    try:
        table = nw.from_native(frame)
        wanted = [name for name in names if name in _named(mapping)] or names[:1]
        chosen = table.select(wanted)
        eager = chosen.collect("pyarrow") if isinstance(chosen, nw.LazyFrame) and _is_relation(frame) else chosen
        return {**dict.fromkeys(names, ()), **{name: eager[name].to_list() for name in wanted}}
    except (TypeError, AttributeError):
        raise LogError(
            "frame_invalid", "this is no data frame", given=type(frame).__name__, accepts=_ACCEPTS, where=where
        ) from None


def _is_relation(frame: object) -> bool:
    """Tell whether a lazy frame is read as it is asked for: a relation of DuckDB."""
    return type(frame).__module__.partition(".")[0].lstrip("_") == "duckdb"


def _named(mapping: LogMapping) -> dict[str, None]:
    """Return the columns that a mapping names."""
    told = (
        mapping.ticket,
        mapping.time,
        mapping.activity,
        mapping.status,
        mapping.received,
        mapping.created_by_column,
    )
    pairs = (*mapping.fields, *mapping.own, *mapping.done_at)
    split = (column for column, *_ in mapping.split)
    return dict.fromkeys((*filter(None, told), *(column for _, column in pairs), *split))


def _cells(column: _Frame, read: Callable[[object], object], name: str) -> list[object]:
    values = column.tolist() if hasattr(column, "tolist") and not _has_instants(column) else list(column)
    return [_cell(value, read, name) for value in values]


def _has_instants(column: _Frame) -> bool:
    return getattr(getattr(column, "dtype", None), "kind", "") == "M"


def _cell(value: object, read: Callable[[object], object], name: str) -> object:
    if value.__class__ is str or value is None or isinstance(value, _Wrong):
        return value
    try:
        return read(value)
    except SlaError as error:
        return _Wrong(LogError("cell_invalid", error.problem, given=value, accepts=error.accepts, where=name))


def _text(value: object) -> str | None:
    given = field_value(value, "")
    return None if given is None else value_text(given)


def _time(value: object) -> object:
    """Return an instant, a date as its midnight, a number as it is; None for what frames have for nothing."""
    if isinstance(value, datetime):
        return None if value != value else value  # noqa: PLR0124 - NaT is not itself
    if isinstance(value, date):
        return value.isoformat()
    if type(value).__module__.partition(".")[0] == "numpy":
        return _time_of_numpy(value)
    return None if value != value else value  # noqa: PLR0124 - NaN is not itself


def _time_of_numpy(value: _Frame) -> object:
    """Return the text of an instant, as fine as it is; what Python has for any other value, for NaT nothing."""
    text = str(value)
    return text if ":" in text else _time(value.item())


def _rows(columns: Sequence[Sequence[object]]) -> _Rows:
    for number, cells in enumerate(zip(*columns, strict=True), 1):
        wrong = next((cell for cell in cells if isinstance(cell, _Wrong)), None)
        yield number, cells if wrong is None else BadRow(wrong.error, [str(cell) for cell in cells])
