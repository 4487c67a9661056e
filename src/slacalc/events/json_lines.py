"""Events as JSON Lines: one event an object, one object a line."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any, Final

from slacalc.arguments import check_argument, nearest_first
from slacalc.errors import LogError
from slacalc.events.event import KINDS, Event, bad_event, read_value, ticket_name
from slacalc.files import MOST_OF_A_LINE, once_each, without_mark

__all__ = [
    "check_lines",
    "event_from_data",
    "event_of_line",
    "event_to_data",
    "is_blank",
    "read_events",
    "ticket_of_bad_line",
]

_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_FIELDS: Final = {kind: {each.name: each.default for each in fields(kind)} for kind in _NAMES}
_BESIDE: Final = frozenset(("kind", "ticket"))
_READ: Final = frozenset(("at", "seq", "due", "received", "fields"))
"""What JSON says otherwise than an event, which checks the rest itself."""
_LINE_ACCEPTS: Final = 'a JSON object such as {"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00:00+01:00"}'

_TICKET: Final = re.compile(r'"ticket"\s*:\s*(?:"([^"\\]*)"|(-?\d+))')
_CREATES: Final = re.compile(r'"kind"\s*:\s*"created"')


def event_to_data(event: Event) -> dict[str, Any]:
    """Return an event as plain texts, numbers and truths: its kind, and what is not at its default.

    >>> from datetime import UTC
    >>> from slacalc import Message
    >>> event_to_data(Message(at=datetime(2026, 11, 20, 15, tzinfo=UTC), actor="agent"))
    {'kind': 'message', 'at': '2026-11-20T15:00:00+00:00', 'actor': 'agent'}
    """
    check_argument(event, tuple(_NAMES), "event", "Created, Message or another event")
    data: dict[str, Any] = {"kind": _NAMES[type(event)]}
    for name, default in _FIELDS[type(event)].items():
        value = getattr(event, name)
        if value != default:
            data[name] = _plain(value)
    return data


def event_from_data(data: Mapping[str, Any]) -> Event:
    """Return the event of plain data. Raises LogError for an unknown kind or key, a missing or a wrong value."""
    check_argument(data, Mapping, "event", "a mapping, such as a JSON object; read_events reads lines")
    named = data.get("kind")
    kind = KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        raise bad_event(
            "event_kind_unknown", "there is no such kind of event", named, nearest_first(named, KINDS), "kind"
        )
    known = _FIELDS[kind]
    if unknown := [key for key in data if key not in known and key not in _BESIDE]:
        raise bad_event(
            "event_key_unknown", "this event has no such key", unknown[0], nearest_first(unknown[0], known), unknown[0]
        )
    if missing := [name for name, default in known.items() if default is MISSING and name not in data]:
        raise bad_event("event_key_missing", "the event lacks a key", dict(data), ", ".join(missing), missing[0])
    values: dict[str, Any] = {
        key: read_value(key, value) if key in _READ else value for key, value in data.items() if key not in _BESIDE
    }
    return kind(**values)


def read_events(lines: Iterable[str]) -> Iterator[tuple[str, Event]]:
    """Return the ticket and event of each line of a JSON Lines log. Raises LogError with the line.

    >>> line = '{"ticket": "7", "kind": "created", "at": "2026-11-20T15:00:00+01:00", "fields": {"priority": "high"}}'
    >>> (ticket, event), = read_events([line])
    >>> ticket, event.fields
    ('7', {'priority': 'high'})
    """
    check_lines(lines)
    for number, line in enumerate(without_mark(lines), 1):
        if not is_blank(line):
            try:
                yield event_of_line(line)
            except LogError as error:
                raise error.within(f"line {number}") from None


def is_blank(line: object) -> bool:
    """Tell whether a line has nothing in it."""
    return isinstance(line, str | bytes) and not line.strip()


def check_lines(lines: object, accepts: str = "lines, such as an open file") -> None:
    """Refuse one text, or anything else that has no lines. Raises LogError."""
    if isinstance(lines, str | bytes) or not isinstance(lines, Iterable):
        raise bad_event("lines_expected", "these are no lines", lines, accepts, "")


def event_of_line(line: str) -> tuple[str, Event]:
    """Return the ticket and the event of one line. Raises LogError for a line that is none, or is too long."""
    if isinstance(line, str | bytes) and len(line) > MOST_OF_A_LINE:
        accepts = f"at most {MOST_OF_A_LINE} characters in a line"
        raise LogError("line_too_long", "the line is too long", accepts=accepts)
    try:
        data = json.loads(line, object_pairs_hook=once_each)
    except (ValueError, TypeError, RecursionError) as error:
        twice = f": {error}" if "is there twice" in str(error) else ""
        raise bad_event("event_unreadable", f"this line is no JSON{twice}", line, _LINE_ACCEPTS, "") from None
    if not isinstance(data, dict) or "ticket" not in data:
        raise bad_event("event_unreadable", "this line names no ticket", data, _LINE_ACCEPTS, "")
    return ticket_name(data["ticket"]), event_from_data(data)


def ticket_of_bad_line(line: object) -> tuple[str, bool]:
    """Return the ticket that a line seems to be of, which cannot be read, and whether it seems to create it."""
    text = line[:MOST_OF_A_LINE] if isinstance(line, str) else ""
    named = _TICKET.search(text)
    return (named[1] or named[2] if named else ""), _CREATES.search(text) is not None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value
