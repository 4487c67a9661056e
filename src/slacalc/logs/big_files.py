"""A big CSV file read a block at a time, where polars and numpy are there: the same tickets and problems, sooner."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from slacalc.errors import LogError
from slacalc.files import FileKind, is_packed, lines_of
from slacalc.logs.cells import columns_of
from slacalc.logs.collecting import Collected, Found, TicketRows, taken_rows
from slacalc.logs.csv_rows import CsvRows
from slacalc.logs.mapping import LogMapping
from slacalc.logs.problems import ProblemList
from slacalc.logs.times import TimeReader

__all__ = ["LOG_FILE", "collect_in_blocks", "event_teller", "reads_in_blocks"]

_WORTH_BLOCKS: Final = 1_000_000  # bytes, below which polars is not worth its import
LOG_FILE: Final = FileKind(
    LogError, "log_unreadable", "the log cannot be read", "a readable file in UTF-8, or in the encoding of the mapping"
)
"""How it is said that the file of a log cannot be read."""


def reads_in_blocks(path: Path, mapping: LogMapping) -> bool:
    """Tell whether a file is read in blocks as far as that is sure: rows of events in UTF-8, and enough of them."""
    is_simple = mapping.time is not None and mapping.received is None and not mapping.split
    is_plain = mapping.encoding == "utf-8" and mapping.delimiter.isascii()
    if not (is_simple and is_plain and path.is_file() and path.stat().st_size >= _WORTH_BLOCKS):
        return False
    return bool(find_spec("polars") and find_spec("numpy")) and not is_packed(path, LOG_FILE)


def collect_in_blocks(path: Path, mapping: LogMapping, times: TimeReader, problems: ProblemList) -> Collected | None:
    """Return the tickets of a file; None where the plain way has to say what is wrong with it. See `csv_blocks`."""
    from slacalc.logs.collecting_blocks import needed_places, take_block
    from slacalc.logs.csv_blocks import CsvBlocks

    with LOG_FILE.reading(path):
        file = path.open("rb")
    with file:
        blocks = CsvBlocks(file, mapping.delimiter)
        if blocks.first_line is None:
            return None
        rows = CsvRows([blocks.first_line], mapping.delimiter, str(path))
        found = Found(columns_of(rows.header, mapping, str(path)), mapping, times, problems)
        taken = taken_rows(found)
        assert not isinstance(taken, TicketRows)  # noqa: S101 - rows of events are read in blocks
        for block in blocks.blocks(len(rows.header), needed_places(found)):
            take_block(taken, block)
        file.seek(blocks.at)
        with TextIOWrapper(file, "utf-8", newline="") as rest:
            rows.go_on(lines_of(rest, path, LOG_FILE), blocks.passed)
            try:
                taken.take(rows.below_header(event_teller(rows.header, mapping, times)))
            except LogError:  # no text: where in the file the plain way says
                return None
        return taken.collected()


def event_teller(header: Sequence[str], mapping: LogMapping, times: TimeReader) -> Callable[[list[str]], bool]:
    """Return what tells whether cells are a row: it has a time where the mapping wants one."""
    time = mapping.time or mapping.received or ""
    place = header.index(time) if time in header else None

    def is_event(row: list[str]) -> bool:
        return place is not None and times.can_read(row[place])

    return is_event
