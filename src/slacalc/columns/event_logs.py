"""Events of many tickets become columns: each distinct happening once, and integers for the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from operator import attrgetter, index
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import DAY_SECONDS, SECOND, to_us
from slacalc.columns.event_replay import Log
from slacalc.columns.stairs import Column
from slacalc.columns.told_events import event_columns, events_told
from slacalc.columns.wall_times import instants_of
from slacalc.errors import SlaError
from slacalc.events.event import KINDS, Deleted, Event, pairs_of
from slacalc.logs.tickets import Tickets

__all__ = ["log_of", "log_of_tickets"]

_THEN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NO_EVENT: Final = Deleted(at=_THEN)
_WRONG: Final = (SlaError, AttributeError, KeyError, TypeError)


def log_of(pairs: Iterable[tuple[str, Event]]) -> Log:
    """Return the events of a log as columns. A ticket with something that is no event is left to be replayed alone."""
    numbers, events = _Numbers(), list[Event]()
    tickets = np.fromiter(_numbered(pairs, numbers, events), np.int64)
    try:
        return _log(list(numbers), tickets, events, events)
    except _WRONG:
        usable = [event if _is_event(event) else _NO_EVENT for event in events]
        strange = (number for number, event in zip(tickets.tolist(), usable, strict=True) if event is _NO_EVENT)
        return _log(list(numbers), tickets, usable, events)._replace(alone=frozenset(strange))


def _numbered(pairs: Iterable[tuple[str, Event]], numbers: "_Numbers", events: list[Event]) -> Iterator[int]:
    """Return the number of the ticket of each pair, and put its event to the others."""
    for name, event in pairs_of(pairs):
        events.append(event)
        yield numbers[name]


class _Numbers(dict[Any, int]):
    """A number for each thing, in the order in which they are first asked for."""

    def __missing__(self, key: object) -> int:
        """Return the next number."""
        number = self[key] = len(self)
        return number


def log_of_tickets(tickets: Tickets) -> Log:
    """Return the events of the tickets of a log that was read."""
    columns = events_told(tickets)
    return Log(tickets.arrays.ids, columns, columns.of_ticket)


def _nothing(_event: object) -> None:
    """Return what tells two events apart that have nothing but a time."""


def _told_by(kind: type[Event]) -> Callable[[Any], object]:
    names = [each.name for each in fields(kind) if each.name not in {"at", "seq"}]
    return attrgetter(*names) if names else _nothing


_TOLD_BY: Final[Mapping[type, Callable[[Any], object]]] = {kind: _told_by(kind) for kind in KINDS.values()}


def _log(names: list[str], tickets: Column, usable: Sequence[Event], events: Sequence[Event]) -> Log:
    """Return the log of usable events; a ticket that is replayed alone has them as they were given."""
    by_ticket = np.argsort(tickets, kind="stable")
    starts = np.searchsorted(tickets[by_ticket], np.arange(len(names) + 1))
    at, (codes, shapes) = _instants(usable)[by_ticket], _shapes(usable)
    order = _in_order(tickets[by_ticket], at, _seqs(usable, by_ticket, starts))

    def events_of(place: int) -> list[Event]:
        return [events[row] for row in by_ticket[starts[place] : starts[place + 1]].tolist()]

    return Log(names, event_columns(starts, at[order], codes[by_ticket][order], shapes), events_of)


def _instants(events: Sequence[Event]) -> Column:
    """Return the instants. Readings of one zone are moved at once: Python subtracts them without asking for offsets."""
    moments = [event.at for event in events]
    zones = {moment.tzinfo for moment in moments}
    zone = next(iter(zones), None)
    if len(zones) > 1 or type(zone) is not ZoneInfo or set(map(type, moments)) != {datetime}:
        return np.fromiter(map(to_us, moments), np.int64, len(moments))
    began = datetime(1970, 1, 1, tzinfo=zone)
    passed = (moment - began for moment in moments)
    readings = ((each.days * DAY_SECONDS + each.seconds) * SECOND + each.microseconds for each in passed)
    instants = instants_of(zone, np.fromiter(readings, np.int64, len(moments)))
    for row in [row for row, moment in enumerate(moments) if moment.fold]:
        instants[row] = to_us(moments[row])
    return instants


def _shapes(events: Sequence[Event]) -> tuple[NDArray[np.int32], tuple[Event, ...]]:
    """Return the distinct events without their instants, and the place of each event among them."""
    kinds = _Numbers()
    kind_of = np.fromiter((kinds[type(event)] for event in events), np.int32, len(events))
    codes = np.zeros(len(events), dtype=np.int32)
    shapes: list[Event] = []
    for kind, number in kinds.items():
        rows, numbers = np.flatnonzero(kind_of == number), _Numbers()
        told = map(_TOLD_BY[kind], (events[row] for row in rows.tolist()))
        own = np.fromiter(map(numbers.__getitem__, told), np.int32, len(rows))
        codes[rows] = own + len(shapes)
        examples = rows[np.unique(own, return_index=True)[1]]
        shapes += [replace(events[row], at=_THEN, seq=None) for row in examples.tolist()]
    return codes, tuple(shapes)


def _seqs(events: Sequence[Event], rows: Column, starts: Column) -> Column | None:
    """Return the `seq` of each row: its place in the ticket where it has none of its own; None where none has."""
    given = [event.seq for event in events]
    if set(given) <= {None}:
        return None
    seqs = np.arange(len(rows)) - np.repeat(starts[:-1], np.diff(starts))
    for row, place in enumerate(rows.tolist()):
        if (seq := given[place]) is not None:
            seqs[row] = index(seq)
    return seqs


def _in_order(tickets: Column, at: Column, seqs: Column | None) -> Column | slice:
    """Return the rows of each ticket in order (rule 12), where they stand ticket by ticket."""
    if seqs is None and not ((at[1:] < at[:-1]) & (tickets[1:] == tickets[:-1])).any():
        return slice(None)
    return np.lexsort((at, tickets) if seqs is None else (seqs, at, tickets))


def _is_event(event: Event) -> bool:
    """Tell whether all that columns ask of an event can be had."""
    try:
        to_us(event.at)
        hash((_TOLD_BY[type(event)](event), None if event.seq is None else index(event.seq)))
    except _WRONG:
        return False
    return True
