"""Read the rows of a CSV log, each as what its mapping makes of it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import from_us, to_us
from slacalc.errors import LogError, SlaError
from slacalc.logs.activities import Row
from slacalc.logs.mapping import LogMapping

__all__ = ["CsvRow", "rows_of"]

_TICKET, _TIME, _ACTIVITY = "(ticket)", "(time)", "(activity)"


class CsvRow(NamedTuple):
    """A row of a CSV log: its last line, its ticket, and what it says, or why it cannot be used."""

    line: int
    ticket: str
    row: Row | SlaError


def rows_of(lines: Iterable[str], mapping: LogMapping, where: str) -> Iterator[CsvRow]:
    """Return the rows below the header, but for empty ones. Raises LogError where a column is missing or CSV ends."""
    rows = csv.reader(_without_mark(lines))
    columns = _columns(_header(rows, where), mapping, where)
    zone = ZoneInfo(mapping.zone) if mapping.zone else None
    for cells in _rows(rows, where):
        if cells:
            try:
                yield CsvRow(rows.line_num, *_read_row(cells, rows.line_num, columns, mapping, zone))
            except SlaError as error:
                yield CsvRow(rows.line_num, "", error)


def _read_row(
    cells: list[str], line: int, columns: dict[str, int], mapping: LogMapping, zone: ZoneInfo | None
) -> tuple[str, Row]:
    for name, column in columns.items():
        if column >= len(cells) or not cells[column].strip():
            raise LogError(
                "cell_empty",
                "a cell that is needed is empty",
                given=cells,
                accepts="a value in every mapped column",
                where=_named(mapping)[name],
            )
    at = _read_time(cells[columns[_TIME]], mapping.time_format, zone)
    fields = {name: cells[columns[name]] for name, _ in mapping.fields}
    return cells[columns[_TICKET]], Row(at, line, cells[columns[_ACTIVITY]], fields)


def _named(mapping: LogMapping) -> dict[str, str]:
    """Return the column of each field, and those of the ticket, time and activity."""
    return {_TICKET: mapping.ticket, _TIME: mapping.time, _ACTIVITY: mapping.activity, **dict(mapping.fields)}


def _header(rows: Iterator[list[str]], where: str) -> list[str]:
    header = next(_rows(rows, where), None)
    if not header:
        raise LogError(
            "log_empty", "the log has no header", accepts="a CSV file whose first line names the columns", where=where
        )
    return [name.strip() for name in header]


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines without the byte order mark that spreadsheets put before the first."""
    for number, line in enumerate(lines):
        yield line if number or not isinstance(line, str) else line.removeprefix("\ufeff")


def _rows(rows: Iterator[list[str]], where: str) -> Iterator[list[str]]:
    try:
        yield from rows
    except (csv.Error, UnicodeDecodeError) as error:
        raise LogError(
            "log_unreadable",
            "the log cannot be read on",
            given=str(error),
            accepts="a CSV file in UTF-8",
            where=where,
        ) from None


def _columns(header: list[str], mapping: LogMapping, where: str) -> dict[str, int]:
    named = _named(mapping)
    for column in named.values():
        if header.count(column) != 1:
            missing = "there is no such column" + " (cells stand apart by commas)" * (len(header) == 1)
            problem = missing if column not in header else "two columns have this name"
            raise LogError("column_missing", problem, given=column, accepts=nearest_first(column, header), where=where)
    return {name: header.index(column) for name, column in named.items()}


def _read_time(text: str, time_format: str | None, zone: ZoneInfo | None) -> datetime:
    try:
        at = datetime.strptime(text, time_format) if time_format else datetime.fromisoformat(text)  # noqa: DTZ007 - the zone follows
        if at.tzinfo is None and zone is not None:
            at = from_us(to_us(at.replace(tzinfo=zone)), zone)
        to_us(at, "time")
    except SlaError:
        raise
    except (ValueError, OverflowError):
        raise LogError(
            "time_unreadable",
            "this is not a time",
            given=text,
            accepts=time_format or "ISO 8601, or times in the time_format of the mapping",
            where="time",
        ) from None
    return at
