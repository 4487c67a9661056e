"""Read a ticket log, CSV, JSON Lines, a data frame or dicts: its rows become tickets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument
from slacalc.business_time.instants import from_us, to_us
from slacalc.errors import LogError, SlaError
from slacalc.events.event import Event, in_order, pairs_of
from slacalc.events.json_lines import check_lines, event_of_line, is_blank, ticket_of_bad_line
from slacalc.files import open_lines, without_mark
from slacalc.logs.big_files import LOG_FILE, collect_in_blocks, event_teller, reads_in_blocks
from slacalc.logs.cells import Columns, columns_of, taken_apart
from slacalc.logs.collecting import Collected, Rows, collect
from slacalc.logs.csv_rows import CsvRows
from slacalc.logs.frame_rows import are_dicts, is_frame, rows_of_dicts, rows_of_frame
from slacalc.logs.mapping import LogMapping
from slacalc.logs.problems import Problem, ProblemList, Problems, receipt_unknown
from slacalc.logs.tickets import LinesOfTickets, Ticket, Tickets
from slacalc.logs.times import TimeReader

__all__ = ["LogReading", "Problem", "Ticket", "group_tickets", "open_log", "read_event_log", "read_log"]

AnyLog: TypeAlias = Iterable[str] | Path | Any  # lines, a file of them, dicts, or a data frame of any library


@dataclass(frozen=True, slots=True)
class LogReading:
    """What a log held: tickets in order of their first row, rows left out, the last event, and the activities.

    The tickets of a log with a mapping are `Tickets`: columns, from which each is made when it is read. `problems` are
    the first thousand, with their number. `events` are the rows that were used, and `last_event` is the last of these.
    """

    tickets: Sequence[Ticket]
    lines: Mapping[str, int]
    problems: Problems
    events: int
    last_event: datetime | None
    activities: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Return how much was read."""
        return f"<{len(self.tickets)} tickets, {self.events} events, {self.problems.total} problems>"


def read_log(rows: AnyLog, mapping: LogMapping, *, where: str = "log") -> LogReading:
    """Return the tickets of a log: the lines of a CSV file, read one by one, a path, a data frame, or a list of dicts.

    A row that cannot be read is left out and reported with its line; the rest goes on. The first event of a ticket, by
    time and then place, is its receipt; the first activity that fulfils a metric wins. A ticket whose receipt may be in
    a row that could not be read is left out whole. Raises LogError when a column is missing.

    >>> log = ["id,at,what,prio", "7,2026-11-20T15:00+01:00,opened,high", "7,2026-11-20T15:30+01:00,answered,high"]
    >>> done = (("first_response", ("answered",)),)
    >>> mapping = LogMapping("id", "at", "what", fields=(("priority", "prio"),), done=done)
    >>> ticket, = read_log(log, mapping).tickets
    >>> print(ticket.received, ticket.fields, ticket.done["first_response"])
    2026-11-20 15:00:00+01:00 {'priority': 'high'} 2026-11-20 15:30:00+01:00
    """
    check_argument(mapping, LogMapping, "mapping", "a LogMapping; load_mapping reads one from a file")
    if isinstance(rows, Path):
        return _read_file(rows, mapping)
    times, problems = _times_of(mapping), ProblemList()
    columns, below = _rows_below(rows, mapping, times, where)
    return _reading(collect(below, columns, mapping, times, problems), problems)


def _read_file(path: Path, mapping: LogMapping) -> LogReading:
    """Return the tickets of a CSV file: in blocks as far as that is sure, else line by line."""
    if reads_in_blocks(path, mapping):
        problems = ProblemList()
        found = collect_in_blocks(path, mapping, _times_of(mapping), problems)
        if found is not None:
            return _reading(found, problems)
    with open_log(path, mapping.encoding) as lines:
        return read_log(lines, mapping, where=str(path))


def _times_of(mapping: LogMapping) -> TimeReader:
    return TimeReader(mapping.time_formats, None if mapping.zone is None else ZoneInfo(mapping.zone))


def _reading(found: Collected, problems: ProblemList) -> LogReading:
    last = None if found.last is None else from_us(found.last[0], found.columns.zones[found.last[1]])
    tickets = Tickets(found.columns)
    return LogReading(
        tickets, LinesOfTickets(found.columns), problems.problems("read_log"), found.used, last, found.activities
    )


def _rows_below(rows: Any, mapping: LogMapping, times: TimeReader, where: str) -> tuple[Columns, Rows]:  # noqa: ANN401 - what it is, is told here
    """Return the columns and rows of what a log came as."""
    if is_frame(rows):
        return _placed(*rows_of_frame(rows, mapping, where), mapping, where)
    if are_dicts(rows):
        return _placed(*rows_of_dicts(rows, mapping), mapping, where)
    return _csv_rows(rows, mapping, times, where)


def _csv_rows(lines: Iterable[str], mapping: LogMapping, times: TimeReader, where: str) -> tuple[Columns, Rows]:
    """Return the columns and rows of CSV."""
    check_lines(
        lines, 'lines, such as an open file; the path of a file, pathlib.Path("log.csv"); a data frame, or dicts'
    )
    if isinstance(lines, Sequence) and not lines:
        accepts = "lines, of which the first names the columns; or at least one dict"
        raise LogError("log_empty", "the log has no rows", accepts=accepts, where=where)
    rows = CsvRows(lines, mapping.delimiter, where)
    is_event = event_teller(rows.header, mapping, times)
    return _placed(rows.header, rows.below_header(is_event), mapping, where)


def _placed(names: Sequence[str], rows: Rows, mapping: LogMapping, where: str) -> tuple[Columns, Rows]:
    """Return where the columns of a mapping stand, and the rows with what is split taken apart."""
    header, below = taken_apart(names, rows, mapping, where)
    return columns_of(header, mapping, where), below


def open_log(path: str | Path, encoding: str = "utf-8") -> AbstractContextManager[Iterator[str]]:
    """Give the lines of a log's file, for `read_log` and `read_event_log`; "-" is the standard input, gzip is unpacked.

    Raises LogError where it cannot be read.
    """
    return open_lines(path, LOG_FILE, encoding)


def read_event_log(lines: Iterable[str]) -> LogReading:
    """Return the tickets of a JSON Lines log of events, in order of their first line, with their events.

    A line that is no event is left out and reported with its number; the rest goes on. A ticket whose first line, or
    whose creation, could not be read is left out whole: its receipt is unknown.

    >>> line = '{"ticket": "7", "kind": "created", "at": "2026-11-20T15:00:00+01:00"}'
    >>> reading = read_event_log([line, "nonsense"])
    >>> reading.tickets[0].id, [problem.line for problem in reading.problems]
    ('7', [2])
    """
    check_lines(lines)
    found: dict[str, list[Event]] = {}
    first: dict[str, int] = {}
    left_out: dict[str, int] = {}
    problems = ProblemList()
    for number, line in enumerate(without_mark(lines), 1):
        if not is_blank(line):
            try:
                ticket, event = event_of_line(line)
            except LogError as error:
                problems.add(number, error)
                name, creates = ticket_of_bad_line(line)
                if creates or name not in found:
                    left_out.setdefault(name, number)
                continue
            found.setdefault(ticket, []).append(event)
            first.setdefault(ticket, number)
    for name, number in left_out.items():
        if found.pop(name, None) is not None:
            problems.add(number, receipt_unknown(name, "its first line, or its creation, cannot be read"))
            del first[name]
    tickets = tuple(_life(name, events) for name, events in found.items())
    used = sum(map(len, found.values()))
    return LogReading(tickets, first, problems.problems("read_event_log"), used, _last_instant(found.values()))


def group_tickets(events: Iterable[tuple[str, Event]]) -> tuple[Ticket, ...]:
    """Return the tickets of pairs of ticket and event, as `read_events` gives them, for `report`.

    Tickets are in order of their first pair, which need not stand together. Raises LogError for what
    is no event, with the ticket and its place in it.

    >>> line = '{"ticket": "7", "kind": "created", "at": "2026-11-20T15:00:00+01:00"}'
    >>> from slacalc import read_events
    >>> ticket, = group_tickets(read_events([line]))
    >>> ticket.id, len(ticket.events)
    ('7', 1)
    """
    found: dict[str, list[Event]] = {}
    for name, event in pairs_of(events):
        found.setdefault(name, []).append(event)
    return tuple(_life(name, each) for name, each in found.items())


def _life(name: str, events: list[Event]) -> Ticket:
    """Return a ticket of events, received at the first of them."""
    try:
        first = in_order(events)[0]
    except SlaError as error:
        raise error.placed(f"ticket {name}, {error.where}") from None
    return Ticket(name, first[-1].at, events=tuple(events))


def _last_instant(found: Iterable[list[Event]]) -> datetime | None:
    return max((event.at for events in found for event in events), key=to_us, default=None)
