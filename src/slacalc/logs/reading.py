"""Read a ticket log: rows, one an activity, become tickets."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument, refuse
from slacalc.business_time.instants import from_us, read_zone, to_us
from slacalc.errors import LogError, SlaError
from slacalc.events.event import Event, in_order, pairs_of
from slacalc.events.json_lines import check_lines, event_of_line, is_blank
from slacalc.files import read_toml_file
from slacalc.logs.activities import Row, check_event_words, events_of

__all__ = [
    "LogMapping",
    "LogReading",
    "Problem",
    "Ticket",
    "load_mapping",
    "read_event_log",
    "read_log",
    "group_tickets",
]

_PAIR: Final = 2
_NUMERIC: Final = re.compile(r"(?:%[YmdHMSfz%]|[^%])+")


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


@dataclass(frozen=True, slots=True)
class LogMapping:
    """Which columns of a log mean what.

    `fields` maps fields of the policy to columns. What happened is said in one of two ways: `done`
    maps metrics to the activities that fulfil them (the first counts, and a ticket's first
    fields); `events` maps activities to events, to be replayed with pauses and changes. Times without an offset
    are read in `zone`, the first of two in an autumn fold; `time_format` is for times that are
    not ISO 8601, with numeric directives only (the locale is never asked).
    """

    ticket: str
    time: str
    activity: str
    zone: str | None = None
    time_format: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    done: tuple[tuple[str, tuple[str, ...]], ...] = ()
    events: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Check the pairs, the zone, the format and the events."""
        _check_pairs(self.fields, "fields", '(("priority", "prio"),)')
        _check_pairs(self.events, "events", '(("opened", "created"),)')
        _check_pairs(self.done, "done", '(("first_response", ("answered",)),)', several=True)
        check_event_words(self.events)
        if self.done and self.events:
            raise LogError(
                "mapping_two_ways",
                "what happened is said in two ways",
                given="done and events",
                accepts="done, or events to replay",
                where="events",
            )
        if self.zone is not None:
            read_zone(self.zone)
        if self.time_format is not None and not _is_numeric(self.time_format):
            raise LogError(
                "time_format_invalid",
                "this format depends on the locale, or is none",
                given=self.time_format,
                accepts="%Y %m %d %H %M %S %f %z and plain characters",
                where="time_format",
            )

    def column_of(self, name: str) -> str:
        """Return the column of a field, or of the ticket, time or activity."""
        return {_TICKET: self.ticket, _TIME: self.time, _ACTIVITY: self.activity, **dict(self.fields)}[name]

    def updated(self, **changes: Any) -> "LogMapping":  # noqa: ANN401 - checked by __post_init__
        """Return the mapping with what is not None changed."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


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


def load_mapping(path: str | Path) -> LogMapping:
    """Return the mapping of a TOML file. Raises LogError when it cannot be read or has unknown keys."""
    try:
        data = read_toml_file(Path(path))
        return _mapping_of(data)
    except LogError as error:
        raise error.at(str(path)) from None
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise LogError(
            "mapping_unreadable",
            "the mapping cannot be read",
            given=str(error),
            accepts="a TOML file with ticket, time, activity, zone, time_format, [fields], and [done] or [events]",
            where=str(path),
        ) from None


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
    rows = csv.reader(_without_mark(lines))
    columns = _columns(_header(rows, where), mapping, where)
    zone = ZoneInfo(mapping.zone) if mapping.zone else None
    metrics_of: dict[str, list[str]] = {}
    for metric, activities in mapping.done:
        for activity in activities:
            metrics_of.setdefault(activity, []).append(metric)
    words = dict(mapping.events)
    found: dict[str, _Found] = {}
    problems: list[Problem] = []
    met: set[str] = set()
    events, last = 0, None
    for row in _rows(rows, where):
        if not row:
            continue
        try:
            at = _read_row(row, columns, mapping, zone)
        except SlaError as error:
            problems.append(Problem(rows.line_num, error))
            continue
        events += 1
        last = at if last is None or to_us(at) > to_us(last) else last
        name = row[columns[_TICKET]]
        ticket = found.setdefault(name, _Found(rows.line_num))
        what = row[columns[_ACTIVITY]]
        met.add(what)
        seen = Row(at, rows.line_num, what, {name: row[columns[name]] for name, _ in mapping.fields})
        ticket.see(seen, metrics_of.get(what, ()))
        if words:
            ticket.rows.append(seen)
    tickets = tuple(entry.ticket(name, words) for name, entry in found.items())
    lines_of = {name: entry.line for name, entry in found.items()}
    return LogReading(tickets, lines_of, tuple(problems), events, last, frozenset(met))


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


_TICKET, _TIME, _ACTIVITY = "(ticket)", "(time)", "(activity)"


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


def _mapping_of(data: dict[str, Any]) -> LogMapping:
    known = {"ticket", "time", "activity", "zone", "time_format", "fields", "done", "events"}
    if unknown := sorted(data.keys() - known):
        raise LogError(
            "mapping_key_unknown",
            "there is no such key",
            given=unknown[0],
            accepts=", ".join(sorted(known)),
        )
    for key in ("ticket", "time", "activity"):
        if not isinstance(data.get(key), str):
            raise LogError(
                "mapping_key_missing", "the column is not named", given=data.get(key), accepts="text", where=key
            )
    fields = tuple((name, _text(column, f"fields.{name}")) for name, column in data.get("fields", {}).items())
    done = tuple((name, _texts(activities, f"done.{name}")) for name, activities in data.get("done", {}).items())
    events = tuple((activity, _text(word, f"events.{activity}")) for activity, word in data.get("events", {}).items())
    return LogMapping(**{**data, "fields": fields, "done": done, "events": events})


def _is_numeric(time_format: object) -> bool:
    return isinstance(time_format, str) and _NUMERIC.fullmatch(time_format) is not None


def _check_pairs(pairs: object, where: str, accepts: str, *, several: bool = False) -> None:
    """Refuse what is no pairs of texts, or with `several` of a text and texts."""
    accepts = f"pairs such as {accepts}"
    if not isinstance(pairs, tuple | list):
        refuse(pairs, where, accepts)
    for pair in pairs:
        if not isinstance(pair, tuple | list) or len(pair) != _PAIR or several != isinstance(pair[1], tuple | list):
            refuse(pairs, where, accepts)


def _texts(values: object, where: str) -> tuple[str, ...]:
    return tuple(_text(value, where) for value in (values if isinstance(values, list) else [values]))


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise LogError("mapping_not_text", "columns and activities are text", given=value, accepts="text", where=where)
    return value


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
    named = {_TICKET: mapping.ticket, _TIME: mapping.time, _ACTIVITY: mapping.activity, **dict(mapping.fields)}
    for column in named.values():
        if header.count(column) != 1:
            missing = "there is no such column" + " (cells stand apart by commas)" * (len(header) == 1)
            problem = missing if column not in header else "two columns have this name"
            raise LogError("column_missing", problem, given=column, accepts=", ".join(header), where=where)
    return {name: header.index(column) for name, column in named.items()}


def _read_row(row: list[str], columns: dict[str, int], mapping: LogMapping, zone: ZoneInfo | None) -> datetime:
    for name, column in columns.items():
        if column >= len(row) or not row[column].strip():
            raise LogError(
                "cell_empty",
                "a cell that is needed is empty",
                given=row,
                accepts="a value in every mapped column",
                where=mapping.column_of(name),
            )
    return _read_time(row[columns[_TIME]], mapping.time_format, zone)


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
            accepts=time_format or "ISO 8601",
            where="time",
        ) from None
    return at
