"""Where the cells of a row stand that a mapping names, and what each of them says."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

from slacalc.arguments import nearest_first
from slacalc.errors import LogError
from slacalc.logs.csv_rows import BadRow
from slacalc.logs.mapping import LogMapping

__all__ = ["Blanks", "Cells", "Columns", "columns_of", "getter", "taken_apart"]

Cells: TypeAlias = "Sequence[Any]"
_Rows: TypeAlias = "Iterable[tuple[int, Cells | BadRow]]"


class Blanks:
    """The cells that say nothing: empty ones, and those that the mapping names."""

    def __init__(self, named: Iterable[str]) -> None:
        """Take the cells of the mapping."""
        self._named = frozenset(named)

    def __contains__(self, cell: object) -> bool:
        """Tell whether a cell says nothing."""
        return cell is None or (isinstance(cell, str) and (not (text := cell.strip()) or text in self._named))


class Columns(NamedTuple):
    """The places of the cells that are needed, and the names of their columns."""

    header: tuple[str, ...]
    ticket: int
    time: int | None
    activity: int | None
    status: int | None
    creator: int | None
    received: int | None
    fields: tuple[int, ...]
    own: tuple[int, ...]
    done_at: tuple[int, ...]
    optional: frozenset[int]

    def said(self, *, replayed: bool) -> tuple[int, ...]:
        """Return the places of what a row says of its ticket: its fields, and where it is replayed what happened."""
        happened = (self.activity, self.status, self.creator) if replayed else ()
        return (*(place for place in happened if place is not None), *self.fields)

    def cell_needed(self, row: Cells, place: int) -> LogError:
        """Return the error for a cell that says nothing and is needed."""
        return LogError(
            "cell_empty",
            "a cell that is needed is empty",
            given=list(row),
            accepts="a value in every mapped column",
            where=self.header[place],
        )

    def first_needed(self, ticket: str, place: int) -> LogError:
        """Return the error for a cell that says nothing in the row that creates a ticket."""
        return LogError(
            "cell_empty",
            "a cell is empty that the first row of a ticket needs",
            given=f"ticket {ticket}",
            accepts="a value in the row that creates the ticket; or the field in optional of the mapping",
            where=self.header[place],
        )


def columns_of(header: Sequence[str], mapping: LogMapping, where: str) -> Columns:
    """Return where the columns of a mapping stand. Raises LogError for one that is not there, or there twice."""

    def place(column: str) -> int:
        return _place(column, header, mapping, where)

    def place_if(column: str | None) -> int | None:
        return None if column is None else _place(column, header, mapping, where)

    return Columns(
        tuple(header),
        place(mapping.ticket),
        place_if(mapping.time),
        place_if(mapping.activity),
        place_if(mapping.status),
        place_if(mapping.created_by_column),
        place_if(mapping.received),
        tuple(place(column) for _, column in mapping.fields),
        tuple(place(column) for _, column in mapping.own),
        tuple(place(column) for _, column in mapping.done_at),
        frozenset(place(column) for name, column in mapping.fields if name in mapping.optional),
    )


def taken_apart(header: Sequence[str], rows: _Rows, mapping: LogMapping, where: str) -> tuple[Sequence[str], _Rows]:
    """Return a header and rows with the cells that are split as cells of their own behind the others, or as more rows.

    Raises LogError for a new name that the header has.
    """
    names = [*header]
    for column, by, into, *between in mapping.split:
        place = _place(column, names, mapping, where)
        if there := [name for name in into if name in names]:
            accepts = "a name that no column has"
            raise LogError("column_taken", "a column has this name", given=there[0], accepts=accepts, where="split")
        names += into
        wanted = f"{len(into)} values with {by!r} between: {', '.join(into)}"
        if between:
            rows = _split(_a_row_each(rows, place, between[0]), place, by, into, (wanted, wanted))
        else:
            rows = _split(rows, place, by, into, (wanted, wanted + _OR_SEVERAL))
    return names, rows


def getter(places: Sequence[int]) -> Callable[[Cells], Any]:
    """Return what takes the cells at several places out of a row: one cell alone, or a tuple of them."""
    return itemgetter(*places) if places else lambda _row: ()


def _a_row_each(rows: _Rows, place: int, between: str) -> "Iterator[tuple[int, Cells | BadRow]]":
    """Return a row for each value of a cell, all of the same line: a history becomes the events that it tells."""
    for line, row in rows:
        if isinstance(row, BadRow):
            yield line, row
            continue
        cell: object = row[place]
        values = [value for value in cell.split(between) if value.strip()] if isinstance(cell, str) else []
        if not values:
            accepts = f"values with {between!r} between them"
            yield line, BadRow(LogError("cell_empty", "a cell that is needed is empty", accepts=accepts), [*row])
        yield from ((line, [*row[:place], value, *row[place + 1 :]]) for value in values)


_OR_SEVERAL: Final = "; where a cell has several of these, between in the mapping says what stands between them"


def _split(
    rows: _Rows, place: int, by: str, into: Sequence[str], accepts: tuple[str, str]
) -> "Iterator[tuple[int, Cells | BadRow]]":
    """Return rows with the values of a cell behind the others; what is accepted where it has fewer values, or more."""
    for line, row in rows:
        if isinstance(row, BadRow):
            yield line, row
            continue
        cell: object = row[place]
        parts = [part.strip() for part in cell.split(by)] if isinstance(cell, str) else []
        if len(parts) != len(into):
            wanted = accepts[len(parts) > len(into)]
            error = LogError("cell_parts", "the cell has another number of values", given=cell, accepts=wanted)
            yield line, BadRow(error, [*row, *parts])
        else:
            yield line, [*row, *parts]


def _place(column: str, header: Sequence[str], mapping: LogMapping, where: str) -> int:
    if header.count(column) != 1:
        missing = "there is no such column" + _delimiter_hint(header, mapping)
        problem = missing if column not in header else "two columns have this name"
        raise LogError("column_missing", problem, given=column, accepts=nearest_first(column, header), where=where)
    return header.index(column)


def _delimiter_hint(header: Sequence[str], mapping: LogMapping) -> str:
    """Return what cells stand apart by, where the only one seems to be a line that something else takes apart."""
    if len(header) != 1 or not any(mark in header[0] for mark in _DELIMITERS):
        return ""
    return f" (cells stand apart by {_DELIMITERS.get(mapping.delimiter, repr(mapping.delimiter))})"


_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
