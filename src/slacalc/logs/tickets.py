"""The tickets of a log: one as a value, and many as columns from which the values are made when they are read.

The columns are arrays of the standard library: numpy sees them without a copy, and five million rows fit into memory.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from itertools import pairwise
from typing import Final, NamedTuple, overload

from slacalc.business_time.instants import from_us
from slacalc.events.event import Event
from slacalc.events.event_columns import EventColumns
from slacalc.lazy import lazy
from slacalc.logs.activities import Story

__all__ = [
    "NOT_DONE",
    "Coded",
    "EventRows",
    "InstantColumn",
    "LinesOfTickets",
    "Ticket",
    "TicketColumns",
    "Tickets",
]

NOT_DONE: Final = -(2**63)
"""Stands in a column of instants where there is none, as in the columns of frames."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket: when it was received, the fields that select its rule, and what happened.

    That is when each metric was first done, or `events` to replay. `own` is what its log says of it besides.
    `creator_assumed` says that nobody told who created it, so that it is taken for the customer's.
    """

    id: str
    received: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    done: Mapping[str, datetime] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    creator_assumed: bool = False

    def __hash__(self) -> int:
        """Hash the values, whatever the order of fields."""
        done = frozenset(self.done.items())
        told = frozenset(self.fields.items()), frozenset(self.own.items())
        return hash((self.id, self.received, told, done, self.events, self.creator_assumed))


class Coded(NamedTuple):
    """A column of texts: the text of row k is `values[codes[k]]`, None where none is given."""

    codes: "array[int]"
    values: Sequence[str | None]


class InstantColumn(NamedTuple):
    """A column of instants: microseconds from 1970 in UTC, or NOT_DONE, and the number of the zone of each."""

    us: "array[int]"
    zone: "array[int]"


@dataclass(frozen=True, slots=True)
class EventRows:
    """The rows of a log of events, grouped by ticket: those of number n are `starts[n]` to `starts[n + 1]`.

    `numbers` are those of the tickets where some are left out, and `order` has the places of the rows by ticket where
    the log is not in that order. `created` are the instants of a column of receipt, where the mapping names one.
    """

    starts: "array[int]"
    numbers: "array[int] | None"
    order: "array[int] | None"
    at: "array[int]"
    zone: "array[int]"
    said: "array[int]"
    story: Story
    created: InstantColumn | None

    def of_number(self, number: int) -> Sequence[int]:
        """Return the places of the rows of a ticket in the order in which they happened."""
        start, end = self.starts[number], self.starts[number + 1]
        places: Sequence[int] = range(start, end) if self.order is None else self.order[start:end]
        if any(self.at[later] < self.at[place] for place, later in pairwise(places)):
            return sorted(places, key=self.at.__getitem__)
        return places


@dataclass(frozen=True, slots=True, eq=False)
class TicketColumns:
    """The columns of tickets, in the order of their first rows."""

    ids: Sequence[str]
    lines: "array[int]"
    received: InstantColumn
    zones: tuple[tzinfo, ...]
    fields: Mapping[str, Coded]
    done: Mapping[str, InstantColumn]
    own: Mapping[str, Coded]
    rows: EventRows | None = None
    creator_assumed: bool = False


class Tickets(Sequence[Ticket]):
    """The tickets of a log, in the order of their first rows, each made when it is read."""

    def __init__(self, columns: TicketColumns) -> None:
        """Take the columns as they are."""
        self._columns = columns

    @property
    def arrays(self) -> TicketColumns:
        """The columns, for those who ask for all tickets at once."""
        return self._columns

    @property
    def has_events(self) -> bool:
        """Whether there is something to replay."""
        return self._columns.rows is not None

    def events(self, start: int = 0, end: int | None = None) -> EventColumns:
        """Return what happened to the tickets from `start` to before `end`, each in order."""
        rows = self._columns.rows
        starts, at, zone, shape = array("q", [0]), array("q"), array("H"), array("i")
        for ticket in range(*slice(start, end).indices(len(self))):
            if rows is not None:
                _tell(rows, ticket, at, zone, shape)
            starts.append(len(at))
        zones = self._columns.zones
        told_in = zone if len(zones) > 1 else None
        return EventColumns(starts, at, shape, () if rows is None else tuple(rows.story.shapes), zones, told_in)

    def part(self, start: int, end: int) -> "Tickets":
        """Return the tickets from `start` to before `end`, as columns too."""
        return Tickets(_part(self._columns, range(*slice(start, end).indices(len(self)))))

    def __len__(self) -> int:
        """Return how many tickets there are."""
        return len(self._columns.ids)

    def __iter__(self) -> Iterator[Ticket]:
        """Return the tickets one by one."""
        return map(self._ticket, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Ticket: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Ticket, ...]: ...
    def __getitem__(self, place: int | slice) -> Ticket | tuple[Ticket, ...]:
        """Return a ticket, or several."""
        if isinstance(place, slice):
            return tuple(map(self._ticket, range(*place.indices(len(self)))))
        return self._ticket(range(len(self))[place])

    def __eq__(self, other: object) -> bool:
        """Tell whether the others are the same tickets in the same order."""
        if not isinstance(other, Tickets | tuple):
            return NotImplemented
        return len(self) == len(other) and all(mine == each for mine, each in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """Hash the tickets, as a tuple of them."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return how many tickets there are: one alone can be a page."""
        return f"<{len(self)} tickets>"

    def _ticket(self, place: int) -> Ticket:
        columns = self._columns
        done = {
            metric: from_us(column.us[place], columns.zones[column.zone[place]])
            for metric, column in columns.done.items()
            if column.us[place] != NOT_DONE
        }
        return Ticket(
            columns.ids[place],
            from_us(columns.received.us[place], columns.zones[columns.received.zone[place]]),
            _texts(columns.fields, place),
            done,
            self.events(place, place + 1).of_ticket(0),
            _texts(columns.own, place),
            columns.creator_assumed,
        )


class LinesOfTickets(Mapping[str, int]):
    """The line of the first row of each ticket, put together when it is first asked for."""

    def __init__(self, columns: TicketColumns) -> None:
        """Take the columns as they are."""
        self._columns = columns

    @lazy
    def _lines(self) -> dict[str, int]:
        return dict(zip(self._columns.ids, self._columns.lines, strict=True))

    def __getitem__(self, ticket: str) -> int:
        """Return the line of a ticket."""
        return self._lines[ticket]

    def __iter__(self) -> Iterator[str]:
        """Return the ids of the tickets."""
        return iter(self._columns.ids)

    def __len__(self) -> int:
        """Return how many tickets there are."""
        return len(self._columns.ids)


def _part(columns: TicketColumns, places: range) -> TicketColumns:
    """Return the columns of some tickets that stand together; the rows of their events are shared."""
    some, rows = slice(places.start, places.stop), columns.rows
    if rows is not None:
        numbers = array("i", places) if rows.numbers is None else rows.numbers[some]
        rows = replace(rows, numbers=numbers)
    return replace(
        columns,
        ids=columns.ids[some],
        lines=columns.lines[some],
        received=_instants(columns.received, some),
        fields={name: Coded(column.codes[some], column.values) for name, column in columns.fields.items()},
        done={metric: _instants(column, some) for metric, column in columns.done.items()},
        own={name: Coded(column.codes[some], column.values) for name, column in columns.own.items()},
        rows=rows,
    )


def _instants(column: InstantColumn, some: slice) -> InstantColumn:
    return InstantColumn(column.us[some], column.zone[some])


def _tell(rows: EventRows, ticket: int, at: "array[int]", zone: "array[int]", shape: "array[int]") -> None:
    """Write down what happened to one ticket."""
    story, before = rows.story, None
    number = ticket if rows.numbers is None else rows.numbers[ticket]
    for place in rows.of_number(number):
        us, told_in = rows.at[place], rows.zone[place]
        before, created, happened = story.after(before, rows.said[place])
        if created is not None:
            own = rows.created
            at.append(us if own is None else own.us[number])
            zone.append(told_in if own is None else own.zone[number])
            shape.append(created)
        for each in happened:
            at.append(us)
            zone.append(told_in)
            shape.append(each)


def _texts(columns: Mapping[str, Coded], place: int) -> dict[str, str]:
    told = {name: column.values[column.codes[place]] for name, column in columns.items()}
    return {name: text for name, text in told.items() if text is not None}
