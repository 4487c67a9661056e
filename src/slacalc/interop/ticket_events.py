"""Events of tickets that another system tells, and what of its data was passed over."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from slacalc.errors import InteropError
from slacalc.events.event import Event
from slacalc.events.json_lines import event_to_data

__all__ = ["TicketEvents"]


@dataclass(frozen=True, slots=True)
class TicketEvents:
    """Pairs of a ticket and an event, the events of a ticket together and in order.

    `passed_over` counts what is no event for a clock, by its kind in the other system.
    """

    pairs: tuple[tuple[str, Event], ...]
    passed_over: Mapping[str, int]

    def __iter__(self) -> Iterator[tuple[str, Event]]:
        """Return the pairs, as `replay_tickets`, `group_tickets` and `replay_frame` take them."""
        return iter(self.pairs)

    @property
    def last(self) -> datetime:
        """When the last event was. Raises InteropError without any."""
        if not self.pairs:
            raise InteropError(
                "import_without_tickets",
                "there are no tickets",
                accepts="answers with the events of tickets",
                where="source",
            )
        return max(event.at for _, event in self.pairs)

    def to_json_lines(self) -> str:
        """Return a log of one event a line; `read_event_log` reads it."""
        lines = ({"ticket": ticket, **event_to_data(event)} for ticket, event in self.pairs)
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
