"""Events of many tickets, given as pairs, become columns: each distinct happening once, and integers for the rest."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from operator import attrgetter, index
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import to_us
from slacalc.columns.event_replay import Log
from slacalc.columns.stairs import Column
from slacalc.errors import SlaError
from slacalc.events.event import KINDS, Deleted, Event, pairs_of
from slacalc.events.event_columns import EventColumns

__all__ = ["log_of"]

_THEN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_WITHOUT: Final = frozenset(("at", "seq"))


def _nothing(_event: object) -> None:
    """Return what tells two events apart that have nothing but a time."""


def _told_by(kind: type[Event]) -> Callable[[Any], object]:
    names = [each.name for each in fields(kind) if each.name not in _WITHOUT]
    return attrgetter(*names) if names else _nothing


_TOLD_BY: Final[Mapping[type, Callable[[Any], object]]] = {kind: _told_by(kind) for kind in KINDS.values()}


def log_of(pairs: Iterable[tuple[str, Event]]) -> Log:
    """Return the events of a log as columns. What is no event leaves its ticket to be replayed alone."""
    places: dict[str, int] = {}
    tickets, instants, codes, seqs = array("q"), array("q"), array("i"), dict[int, int]()
    events: list[Event] = []
    shapes = _Shapes()
    strange: set[int] = set()
    for name, event in pairs_of(pairs):
        ticket = places.setdefault(name, len(places))
        try:
            at, code = to_us(event.at), shapes.code_of(event)
            if event.seq is not None:
                seqs[len(events)] = index(event.seq)
        except (SlaError, AttributeError, KeyError, TypeError):
            at, code = 0, 0
            strange.add(ticket)
        tickets.append(ticket)
        instants.append(at)
        codes.append(code)
        events.append(event)
    columns = np.asarray(tickets), np.asarray(instants), np.asarray(codes)
    return _log(list(places), columns, seqs, events, shapes.shapes, strange)


class _Shapes:
    """The distinct events, each without its instant; the first stands for what is no event."""

    def __init__(self) -> None:
        self.shapes: list[Event] = [Deleted(at=_THEN)]
        self._codes: dict[type, dict[object, int]] = {kind: {} for kind in _TOLD_BY}

    def code_of(self, event: Event) -> int:
        """Return the place of an event among the distinct ones. Raises KeyError for what is none."""
        kind = type(event)
        codes, told = self._codes[kind], _TOLD_BY[kind](event)
        code = codes.get(told)
        if code is None:
            code = codes[told] = len(self.shapes)
            self.shapes.append(replace(event, at=_THEN, seq=None))
        return code


def _log(
    names: list[str],
    columns: tuple[Column, Column, NDArray[np.int32]],
    seqs: Mapping[int, int],
    events: Sequence[Event],
    shapes: Sequence[Event],
    strange: Iterable[int],
) -> Log:
    tickets, at, codes = columns
    by_ticket = np.argsort(tickets, kind="stable")
    starts = np.searchsorted(tickets[by_ticket], np.arange(len(names) + 1))
    rows = by_ticket[_in_order(tickets[by_ticket], at[by_ticket], _seqs(by_ticket, starts, seqs))]

    def events_of(place: int) -> list[Event]:
        return [events[row] for row in by_ticket[starts[place] : starts[place + 1]].tolist()]

    return Log(names, EventColumns(starts, at[rows], codes[rows], tuple(shapes)), events_of, frozenset(strange))  # type: ignore[arg-type]  # arrays are sequences of whole numbers


def _in_order(tickets: Column, at: Column, seqs: Column | None) -> Column | slice:
    """Return the rows of each ticket in order (rule 12), where they stand ticket by ticket."""
    if seqs is None and not ((at[1:] < at[:-1]) & (tickets[1:] == tickets[:-1])).any():
        return slice(None)
    return np.lexsort((at, tickets) if seqs is None else (seqs, at, tickets))


def _seqs(rows: Column, starts: Column, given: Mapping[int, int]) -> Column | None:
    """Return the `seq` of each row: its place in the ticket where it has none of its own."""
    if not given:
        return None
    seqs = np.arange(len(rows)) - np.repeat(starts[:-1], np.diff(starts))
    told = np.argsort(rows)
    for row, seq in given.items():
        seqs[told[row]] = seq
    return seqs
