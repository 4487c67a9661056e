"""The rows of a CSV log, each with its line; what is wrong with one never costs another.

A quote that nothing ends would swallow the rows below it. So a row of several lines is believed only if it fits the
header and none of its lines is a row by itself; else its first line is the problem, and the others are read again.
"""

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from slacalc.errors import LogError
from slacalc.files import MOST_OF_A_LINE, without_mark

__all__ = ["BadRow", "CsvRows", "Row", "of_other_width"]

_BATCH: Final = 1_000
_NO_TEXT: Final = "iterator should return strings"
_TOO_LARGE: Final = "field larger than"


@dataclass(frozen=True, slots=True, eq=False)
class BadRow:
    """A row that cannot be used, and its cells as far as they can be told."""

    error: LogError
    cells: list[str]


Row: TypeAlias = "list[str] | BadRow"


class CsvRows:
    """The rows of a CSV log, read as they are asked for."""

    def __init__(self, lines: Iterable[str], delimiter: str, where: str) -> None:
        """Read the header. Raises LogError where there is none."""
        self._lines = without_mark(lines)
        self._delimiter = delimiter
        self._where = where
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self.header: list[str] = self._read_header()
        self._passed = len(self._taken)
        self._taken.clear()

    def go_on(self, lines: Iterable[str], passed: int) -> None:
        """Read on in other lines of the same log, of which so many have passed."""
        self._lines, self._passed = iter(lines), passed

    def below_header(self, is_event: Callable[[list[str]], bool]) -> Iterator[tuple[int, Row]]:
        """Return each row that is not empty with the line that it begins in; `is_event` tells a row from a text.

        Raises LogError where the file cannot be read on.
        """
        try:
            while batch := list(islice(self._lines, _BATCH)):
                rows = self._read_together(batch)
                if rows is None:
                    self._again.extend(batch)
                    yield from self._read_one_by_one(is_event)
                else:
                    yield from rows
        except UnicodeDecodeError as error:
            raise self._unreadable(str(error)) from None

    def _read_together(self, lines: list[str]) -> "Iterator[tuple[int, Row]] | None":
        """Return the rows of several lines; None unless each line is one of them, and none is too long."""
        try:
            rows = list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None
        return self._numbered(rows) if len(rows) == len(lines) and max(map(len, lines)) <= MOST_OF_A_LINE else None

    def _numbered(self, rows: list[list[str]]) -> Iterator[tuple[int, Row]]:
        first, width = self._passed + 1, len(self.header)
        self._passed += len(rows)
        for line, row in enumerate(rows, first):
            if len(row) == width:
                yield line, row
            elif row:
                yield line, of_other_width(row, width)

    def _read_one_by_one(self, is_event: Callable[[list[str]], bool]) -> Iterator[tuple[int, Row]]:
        """Return the rows of the lines that were put back, and of what more the last of them needs."""
        while self._again:
            try:
                for row in csv.reader(self._given(), delimiter=self._delimiter, strict=True):
                    line, doubted = self._settled(self._doubted(row, is_event))
                    if row:
                        yield line, doubted
            except csv.Error as error:
                yield self._settled(self._refused(str(error)))

    def _given(self) -> Iterator[str]:
        """Return the lines that were put back, and more while a row is not complete; remember what it has taken."""
        while self._again or self._taken:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            yield line

    def _settled(self, row: Row) -> tuple[int, Row]:
        """Return a row with its first line, and be done with the lines that it has taken."""
        line = self._passed + 1
        self._passed += len(self._taken)
        self._taken.clear()
        return line, row

    def _doubted(self, row: list[str], is_event: Callable[[list[str]], bool]) -> Row:
        """Return a row of several lines, or of another number of cells, if it is one."""
        fits = len(row) == len(self.header) or not row
        if max(map(len, self._taken)) > MOST_OF_A_LINE:
            return self._alone(_too_long())
        if len(self._taken) > 1 and not (fits and not any(self._is_row(line, is_event) for line in self._taken[1:])):
            return self._alone(_without_end())
        return row if fits else of_other_width(row, len(self.header))

    def _refused(self, reason: str) -> BadRow:
        """Return why csv refused the lines that were taken."""
        if reason.startswith(_NO_TEXT):
            raise self._of_reader(reason)
        if max(map(len, self._taken)) > MOST_OF_A_LINE:
            return self._alone(_too_long())
        too_large = reason.startswith(_TOO_LARGE) and len(self._taken) == 1
        return self._alone(_too_large() if too_large else _without_end())

    def _alone(self, error: LogError) -> BadRow:
        """Blame the first of the lines that were taken, and put the others back."""
        self._again.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        return BadRow(error, self._taken[0][:MOST_OF_A_LINE].rstrip("\r\n").split(self._delimiter))

    def _is_row(self, line: str, is_event: Callable[[list[str]], bool]) -> bool:
        """Tell whether a line is a row by itself."""
        try:
            row = next(csv.reader([line], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return False
        return len(row) == len(self.header) and is_event(row)

    def _read_header(self) -> list[str]:
        try:
            self._again.extend(islice(self._lines, 1))
            header = next(csv.reader(self._given(), delimiter=self._delimiter, strict=True), None)
        except csv.Error as error:
            raise self._of_reader(str(error)) from None
        except UnicodeDecodeError as error:
            raise self._unreadable(str(error)) from None
        if not header:
            accepts = "a CSV file whose first line names the columns"
            raise LogError("log_empty", "the log has no header", accepts=accepts, where=self._where)
        return [name.strip() for name in header]

    def _of_reader(self, reason: str) -> LogError:
        """Return the error of what is no CSV, or no text."""
        if reason.startswith(_NO_TEXT):
            return self._unreadable(reason, "lines of text; rows that are dicts as a list")
        return self._unreadable(reason)

    def _unreadable(
        self, reason: str, accepts: str = "a CSV file in UTF-8, or in the encoding of the mapping"
    ) -> LogError:
        return LogError("log_unreadable", "the log cannot be read on", given=reason, accepts=accepts, where=self._where)


def of_other_width(row: list[str], wanted: int) -> BadRow:
    """Return a row that has another number of cells than the header."""
    return BadRow(
        LogError(
            "row_width",
            "the row has another number of cells than the header",
            given=len(row),
            accepts=f"{wanted} cells; one with the delimiter in it stands in quotes",
        ),
        row,
    )


def _without_end() -> LogError:
    return LogError(
        "quote_without_end",
        "a quote does not end where its cell does",
        accepts='cells in quotes from end to end, with "" for a quote within',
    )


def _too_large() -> LogError:
    return LogError(
        "cell_too_large", "a cell is too large", accepts=f"at most {csv.field_size_limit()} characters in a cell"
    )


def _too_long() -> LogError:
    return LogError("line_too_long", "the line is too long", accepts=f"at most {MOST_OF_A_LINE} characters in a line")
