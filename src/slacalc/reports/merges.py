"""Tickets that were merged: a promise broken before counts once, at the ticket that lives on."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from slacalc.business_time.instants import to_us
from slacalc.clocks.clock_state import ClockState
from slacalc.columns.judging import Judged
from slacalc.events.event import MergedFrom, MergedInto
from slacalc.logs.reading import Ticket

__all__ = ["Merges"]


class _Gone(NamedTuple):
    """A promise that was broken before its ticket, received then, was merged into another."""

    ticket: str
    received: int
    into: str
    judged: Judged


class Merges:
    """What a log says of merges, while its tickets go by."""

    def __init__(self) -> None:
        self._gone: list[_Gone] = []
        self._taken: set[tuple[str, int]] = set()
        self._breached: set[tuple[str, str]] = set()
        self._fields: dict[str, Mapping[str, str]] = {}

    def without_those_that_go_on(self, ticket: Ticket, judged: list[Judged]) -> Iterator[Judged]:
        """Return the outcomes of a ticket; what was broken before it was merged away waits for the end."""
        taken = [(ticket.id, to_us(each.received)) for each in ticket.events if isinstance(each, MergedFrom)]
        into = next((each.into for each in ticket.events if isinstance(each, MergedInto)), "")
        self._taken.update(taken)
        for each in judged:
            promise, breached = each.result.promise, each.result.status == "breached"
            if taken:
                self._fields[ticket.id] = each.fields
                self._breached |= {(ticket.id, promise.metric)} if breached else set()
            if breached and into and isinstance(promise, ClockState) and promise.cancelled == "merged":
                self._gone.append(_Gone(ticket.id, to_us(ticket.received), into, each))
            else:
                yield each

    def breaches(self) -> Iterator[tuple[str, Judged]]:
        """Return each broken promise that waited: at the ticket that took it over, unless its own is broken too.

        Where the log of the other ticket does not say that it took this one over, it is at its own.
        """
        for ticket, received, into, judged in self._gone:
            if (into, received) not in self._taken:
                yield ticket, judged
            elif (into, judged.metric) not in self._breached:
                yield into, judged._replace(fields=self._fields.get(into, judged.fields))
