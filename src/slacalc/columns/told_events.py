"""What happened to the tickets of a log, as columns: what `Tickets.events` says, for all rows at once.

What a row means depends on what held before it. The first rows of all tickets are told together, then the second ones,
and so on: each meaning is asked for once.
"""

from datetime import UTC, tzinfo
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from slacalc.columns.stairs import Column
from slacalc.events.event import Event
from slacalc.events.event_columns import EventColumns
from slacalc.logs.tickets import EventRows, Tickets

__all__ = ["ROWS_A_STEP", "event_columns", "events_told"]

ROWS_A_STEP: Final = 64
"""As many rows a step has to tell on average; for fewer, a loop is as fast."""


def events_told(tickets: Tickets) -> EventColumns:
    """Return what happened to all tickets of a log with events, each in order."""
    rows = tickets.arrays.rows
    assert rows is not None  # noqa: S101 - a log without them has no events to ask for
    numbers = np.arange(len(tickets)) if rows.numbers is None else np.asarray(rows.numbers, dtype=np.int64)
    starts = np.asarray(rows.starts, dtype=np.int64)
    lengths = starts[numbers + 1] - starts[numbers]
    if lengths.max(initial=0) * ROWS_A_STEP > lengths.sum():
        return tickets.events()
    return _Telling(rows, tickets, numbers, starts[numbers], lengths).events()


def event_columns(
    starts: Any,  # noqa: ANN401 - arrays of numpy, which are sequences of whole numbers
    at: Any,  # noqa: ANN401 - the same
    shape: Any,  # noqa: ANN401 - the same
    shapes: tuple[Event, ...],
    zones: tuple[tzinfo, ...] = (UTC,),
    zone_of: Any = None,  # noqa: ANN401 - the same
) -> EventColumns:
    """Return arrays as the columns of events."""
    return EventColumns(starts, at, shape, shapes, zones, zone_of)


class _Telling:
    """The rows of the tickets, ticket by ticket and in order, while it is told what they mean."""

    def __init__(self, rows: EventRows, tickets: Tickets, numbers: Column, first: Column, lengths: Column) -> None:
        self._rows, self._zones, self._numbers, self._lengths = rows, tickets.arrays.zones, numbers, lengths
        self._starts: Column = np.cumsum(lengths) - lengths
        ticket = np.repeat(np.arange(len(lengths)), lengths)
        places = np.arange(lengths.sum()) - self._starts[ticket] + first[ticket]
        if rows.order is not None:
            places = np.asarray(rows.order, dtype=np.int64)[places]
        at = np.asarray(rows.at, dtype=np.int64)[places]
        order = np.lexsort((at, ticket))
        self._places, self._ticket = places[order], ticket

    def events(self) -> EventColumns:
        """Return the events."""
        turn_of, turns = self._turns()
        lengths = np.array([len(turn) for turn in turns], dtype=np.int64)
        counts, begins = lengths[turn_of], (np.cumsum(lengths) - lengths)[turn_of]
        row = np.repeat(np.arange(len(turn_of)), counts)
        within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        shape = np.array([each for turn in turns for each in turn], dtype=np.int32)[begins[row] + within]
        at = np.asarray(self._rows.at, dtype=np.int64)[self._places][row]
        zone = np.asarray(self._rows.zone)[self._places][row]
        starts = np.append(0, np.cumsum(counts))[np.append(self._starts, len(turn_of))]
        self._receive(at, zone, starts[:-1])
        told_in = zone if len(self._zones) > 1 else None
        return event_columns(starts, at, shape, tuple(self._rows.story.shapes), self._zones, told_in)

    def _turns(self) -> tuple[Column, list[tuple[int, ...]]]:
        """Return what happened in each row, as its place among all that happened in any."""
        said = np.asarray(self._rows.said, dtype=np.int64)[self._places]
        most = int(said.max(initial=0)) + 1
        turn_of, holds = np.zeros(len(said), dtype=np.int64), np.zeros(len(self._lengths), dtype=np.int64)
        places: dict[tuple[int, ...], int] = {}
        for step in range(int(self._lengths.max(initial=0))):
            tickets = np.flatnonzero(self._lengths > step)
            rows = self._starts[tickets] + step
            asked, alike = np.unique(holds[tickets] * most + said[rows], return_inverse=True)
            turns = [self._turn(*divmod(each, most)) for each in asked.tolist()]
            turn_of[rows] = np.array([places.setdefault(happened, len(places)) for _, happened in turns])[alike]
            holds[tickets] = np.array([held for held, _ in turns])[alike]
        return turn_of, list(places)

    def _turn(self, held: int, said: int) -> tuple[int, tuple[int, ...]]:
        """Return what holds after a row, counted from 1, and what happened; before a first row 0 holds."""
        turn = self._rows.story.after(held - 1 if held else None, said)
        created = () if turn.created is None else (turn.created,)
        return turn.holds + 1, (*created, *turn.happened)

    def _receive(self, at: Column, zone: NDArray[Any], first: Column) -> None:
        """Let tickets be created when a column of receipt says so."""
        if (own := self._rows.created) is not None:
            at[first] = np.asarray(own.us, dtype=np.int64)[self._numbers]
            zone[first] = np.asarray(own.zone)[self._numbers]
