"""The events of many tickets as columns: integers, and every distinct happening once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from slacalc.business_time.instants import from_us
from slacalc.events.event import Event

__all__ = ["EventColumns"]


@dataclass(frozen=True, slots=True, eq=False)
class EventColumns:
    """The events of tickets, ticket after ticket, and of each in the order in which they happen (rule 12).

    Ticket k has the rows from `starts[k]` to before `starts[k + 1]`; there is one start more than there are tickets. A
    row has its instant `at`, in microseconds, and in `shape` the place in `shapes` of what happened: an event as of
    1970, without a `seq`. Instants are told in the zone of the row, `zones[zone_of[row]]`; without `zone_of` all are
    told in the first. A column is an `array`, or anything else with a buffer of whole numbers.
    """

    starts: Sequence[int]
    at: Sequence[int]
    shape: Sequence[int]
    shapes: tuple[Event, ...]
    zones: tuple[tzinfo, ...] = (UTC,)
    zone_of: Sequence[int] | None = None

    def __len__(self) -> int:
        """Return how many events there are."""
        return len(self.at)

    def of_ticket(self, place: int) -> tuple[Event, ...]:
        """Return the events of the ticket at a place.

        >>> from array import array
        >>> from slacalc import Created, Solved
        >>> shapes = tuple(kind(at=from_us(0, UTC)) for kind in (Created, Solved))
        >>> columns = EventColumns(array("q", [0, 2]), array("q", [0, 60_000_000]), array("i", [0, 1]), shapes)
        >>> [(type(event).__name__, f"{event.at:%H:%M}") for event in columns.of_ticket(0)]
        [('Created', '00:00'), ('Solved', '00:01')]
        """
        return tuple(self._event(row) for row in range(self.starts[place], self.starts[place + 1]))

    def _event(self, row: int) -> Event:
        zone = self.zones[0 if self.zone_of is None else self.zone_of[row]]
        return replace(self.shapes[self.shape[row]], at=from_us(int(self.at[row]), zone))
