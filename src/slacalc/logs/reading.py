"""Read a ticket log, CSV or JSON Lines: its rows become tickets."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_us
from slacalc.errors import LogError, SlaError
from slacalc.events.event import Event, in_order, pairs_of
from slacalc.events.json_lines import check_lines, event_of_line, is_blank
from slacalc.files import FileKind, open_lines
from slacalc.logs.activities import Row, events_of
from slacalc.logs.csv_rows import rows_of
from slacalc.logs.mapping import LogMapping

__all__ = ["LogReading", "Problem", "Ticket", "group_tickets", "open_log", "read_event_log", "read_log"]

_LOG: Final = FileKind(LogError, "log_unreadable", "the log cannot be read", "a readable file in UTF-8")


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket: when it was received, the fields that select its rule, and what happened.

    That is when each metric was first done, or `events` to replay.
    """

    id: str
    received: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    done: Mapping[str, datetime] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def __hash__(self) -> int:
        """Hash the values, whatever the order of fields."""
        done = frozenset(self.done.items())
        return hash((self.id, self.received, frozenset(self.fields.items()), done, self.events))


class Problem(NamedTuple):
    """A row, or a ticket, that could not be used: its line in the log and the error."""

    line: int
    error: SlaError

    def __str__(self) -> str:
        """Return "line 7: ..."."""
        return f"line {self.line}: {self.error}"


@dataclass(frozen=True, slots=True)
class LogReading:
    """What a log held: tickets in order of their first row, rows left out, the last event, and the activities."""

    tickets: tuple[Ticket, ...]
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]
    events: int
    last_event: datetime | None
    activities: frozenset[str] = frozenset()


def read_log(lines: Iterable[str], mapping: LogMapping, *, where: str = "log") -> LogReading:
    """Return the tickets of a CSV log, read line by line.

    A row with an empty or unreadable cell is left out and reported with its line; the rest
    goes on. The first event of a ticket, by time and then place, is its receipt; the first
    activity that fulfils a metric wins. Raises LogError when a column is missing.

    >>> log = ["id,at,what,prio", "7,2026-11-20T15:00+01:00,opened,high", "7,2026-11-20T15:30+01:00,answered,high"]
    >>> done = (("first_response", ("answered",)),)
    >>> mapping = LogMapping("id", "at", "what", fields=(("priority", "prio"),), done=done)
    >>> ticket, = read_log(log, mapping).tickets
    >>> print(ticket.received, ticket.fields, ticket.done["first_response"])
    2026-11-20 15:00:00+01:00 {'priority': 'high'} 2026-11-20 15:30:00+01:00
    """
    check_lines(lines)
    check_argument(mapping, LogMapping, "mapping", "a LogMapping; load_mapping reads one from a file")
    metrics_of = _metrics_of(mapping)
    words = dict(mapping.events)
    found: dict[str, _Found] = {}
    problems: list[Problem] = []
    events, last = 0, None
    met: set[str] = set()
    for line, name, row in rows_of(lines, mapping, where):
        if isinstance(row, SlaError):
            problems.append(Problem(line, row))
            continue
        events += 1
        last = row.at if last is None or to_us(row.at) > to_us(last) else last
        met.add(row.activity)
        ticket = found.setdefault(name, _Found(line))
        ticket.see(row, metrics_of.get(row.activity, ()))
        if words:
            ticket.rows.append(row)
    tickets = tuple(entry.ticket(name, words) for name, entry in found.items())
    lines_of = {name: entry.line for name, entry in found.items()}
    return LogReading(tickets, lines_of, tuple(problems), events, last, frozenset(met))


def open_log(path: str | Path) -> AbstractContextManager[Iterator[str]]:
    """Give the lines of a log's file, for `read_log` and `read_event_log`. Raises LogError where it cannot be read."""
    return open_lines(path, _LOG)


def read_event_log(lines: Iterable[str]) -> LogReading:
    """Return the tickets of a JSON Lines log of events, in order of their first line, with their events.

    A line that is no event is left out and reported with its number; the rest goes on.

    >>> line = '{"ticket": "7", "kind": "created", "at": "2026-11-20T15:00:00+01:00"}'
    >>> reading = read_event_log([line, "nonsense"])
    >>> reading.tickets[0].id, [problem.line for problem in reading.problems]
    ('7', [2])
    """
    check_lines(lines)
    found: dict[str, list[Event]] = {}
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not is_blank(line):
            try:
                ticket, event = event_of_line(line)
            except LogError as error:
                problems.append(Problem(number, error))
                continue
            found.setdefault(ticket, []).append(event)
            first.setdefault(ticket, number)
    tickets = tuple(_life(name, events) for name, events in found.items())
    last = max((event.at for events in found.values() for event in events), key=to_us, default=None)
    return LogReading(tickets, first, tuple(problems), sum(map(len, found.values())), last)


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


class _Found:
    """What is known of one ticket while its rows go by."""

    __slots__ = ("done", "first", "line", "rows")

    def __init__(self, line: int) -> None:
        self.line = line
        self.first: Row | None = None
        self.rows: list[Row] = []
        self.done: dict[str, datetime] = {}

    def see(self, row: Row, metrics: Iterable[str]) -> None:
        if self.first is None or to_us(row.at) < to_us(self.first.at):
            self.first = row
        for metric in metrics:
            if metric not in self.done or to_us(row.at) < to_us(self.done[metric]):
                self.done[metric] = row.at

    def ticket(self, name: str, words: Mapping[str, str]) -> Ticket:
        assert self.first is not None  # noqa: S101 - it is made when its first row is seen
        events = events_of(self.rows, words) if words else ()
        return Ticket(name, self.first.at, self.first.fields, self.done, events)


def _metrics_of(mapping: LogMapping) -> dict[str, list[str]]:
    """Return which metrics each activity fulfils."""
    metrics_of: dict[str, list[str]] = {}
    for metric, activities in mapping.done:
        for activity in activities:
            metrics_of.setdefault(activity, []).append(metric)
    return metrics_of
