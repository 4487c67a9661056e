"""The rows of a CSV file as columns of polars, a block of them at a time.

A block is read so only where that is surely what `csv_rows` says of it: text in UTF-8, with plain line ends, lines that
are short enough, and no quote. The first block that is not so ends the reading, and the rest goes the plain way. Rows
of another number of cells than the header are told apart.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from slacalc.files import MOST_OF_A_LINE
from slacalc.logs.csv_rows import BadRow, of_other_width

__all__ = ["Block", "CsvBlocks", "Places"]

_BLOCK: Final = 2**22  # bytes that are read at once
_AT_ONCE: Final = 2**20  # bytes in which delimiters are looked for at once: they fit into the processor's cache

Places: TypeAlias = "NDArray[np.int64]"


class Block(NamedTuple):
    """Some rows: their lines, the cells of each column that is needed, by its place, and the rows that are none.

    The bytes of row k are `text[starts[k] : ends[k]]`.
    """

    lines: Places
    cells: dict[int, pl.Series]
    bad: list[tuple[int, BadRow]]
    text: bytes
    starts: Places
    ends: Places
    delimiter: str

    def row(self, place: int) -> tuple[int, list[str]]:
        """Return the line and all cells of a row."""
        return int(self.lines[place]), _cells(self.text, self.starts[place], self.ends[place], self.delimiter)


class CsvBlocks:
    """The blocks of a file, from its second line on. `at` is where what was not read begins, `passed` its lines before.

    `first_line` is None where it is not surely read.
    """

    def __init__(self, file: BinaryIO, delimiter: str) -> None:
        """Read the first line."""
        self._file, self._delimiter = file, delimiter
        line = file.readline(MOST_OF_A_LINE)
        is_sure = line.endswith(b"\n") and _is_sure(line)
        self.first_line: str | None = line.decode("utf-8-sig") if is_sure else None
        self.at: int = len(line)
        self.passed: int = 1

    def blocks(self, width: int, places: Iterable[int]) -> Iterator[Block]:
        """Return the blocks of rows of so many cells, as far as they are surely read."""
        needed, kept = sorted({*places}), b""
        while read := self._file.read(_BLOCK):
            text = kept + read if kept else read
            end = text.rfind(b"\n") + 1
            kept = text[end:]
            if len(kept) > MOST_OF_A_LINE:
                return
            if end:
                block = self._block(text[:end], width, needed)
                if block is None:
                    return
                yield block
        if kept and (block := self._block(kept + b"\n", width, needed)) is not None:
            self.at -= 1
            yield block

    def _block(self, text: bytes, width: int, needed: list[int]) -> Block | None:
        if not _is_sure(text):
            return None
        passed = self.passed
        plain = text.replace(b"\r\n", b"\n") if b"\r" in text else text
        cells, ends = _cells_and_ends(plain, ord(self._delimiter))
        starts = np.append(0, ends[:-1] + 1)
        if int((ends - starts).max()) > min(MOST_OF_A_LINE, csv.field_size_limit()):
            return None
        self.at, self.passed = self.at + len(text), passed + len(ends)
        fits, empty = cells == width, starts == ends
        bad = [
            (passed + 1 + line, of_other_width(_cells(plain, starts[line], ends[line], self._delimiter), width))
            for line in np.flatnonzero(~fits & ~empty).tolist()
        ]
        fitting = plain if fits.all() else _only(plain, fits, starts, ends)
        lines = np.flatnonzero(fits)
        columns = _columns(fitting, width, needed, self._delimiter) if len(lines) else {}
        return Block(lines + passed + 1, columns, bad, plain, starts[fits], ends[fits], self._delimiter)


def _is_sure(text: bytes) -> bool:
    """Tell whether each line of a text is a row whose cells stand between delimiters."""
    if b'"' in text or b"\0" in text or (b"\r" in text and text.count(b"\r") != text.count(b"\r\n")):
        return False
    try:
        return text.isascii() or bool(text.decode())
    except UnicodeDecodeError:
        return False


def _cells_and_ends(text: bytes, delimiter: int) -> tuple[Places, Places]:
    """Return how many cells each line has, and where it ends."""
    characters = np.frombuffer(text, np.uint8)
    found = [
        np.flatnonzero((part == delimiter) | (part == ord("\n"))) + first
        for first in range(0, len(text), _AT_ONCE)
        for part in (characters[first : first + _AT_ONCE],)
    ]
    places = np.concatenate(found)
    ends = np.flatnonzero(characters[places] == ord("\n"))
    return np.diff(ends, prepend=-1), places[ends]


def _cells(text: bytes, start: int, end: int, delimiter: str) -> list[str]:
    return text[start:end].decode().split(delimiter)


def _only(text: bytes, kept: "NDArray[np.bool_]", starts: Places, ends: Places) -> bytes:
    """Return the lines that are kept."""
    characters = np.frombuffer(text, np.uint8)
    return characters[np.repeat(kept, ends - starts + 1)].tobytes()


def _columns(text: bytes, width: int, needed: list[int], delimiter: str) -> dict[int, pl.Series]:
    """Return the cells of some columns. A row of our own goes first, as a reader may trim the front of a text."""
    names = [f"column_{number}" for number in range(1, width + 1)]
    table = pl.read_csv(
        delimiter.encode().join([b"x"] * width) + b"\n" + text,
        columns=needed,
        has_header=False,
        separator=delimiter,
        quote_char=None,
        schema=dict.fromkeys(names, pl.String),
    )
    return {place: column.slice(1).fill_null("") for place, column in zip(needed, table.get_columns(), strict=True)}
