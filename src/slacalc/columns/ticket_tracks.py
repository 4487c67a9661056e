"""The way of tickets through their events, as columns: after each event solved or not, in a status, paused.

It says what `clocks/apply.py` and `clocks/standstill.py` say, for the events that are not rare.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from slacalc.columns.happenings import (
    CLOSES,
    CREATES,
    CUSTOMER,
    NO_STATUS,
    OTHERS,
    PAUSES,
    RARE,
    REOPENS,
    RESUMES,
    SETS_STATUS,
    SOLVES,
    Happenings,
)
from slacalc.columns.stairs import Bools, Column
from slacalc.policies.document.clock_rules import ClockRule

__all__ = ["Tracks"]


class Tracks:
    """The events of some tickets, ticket after ticket: a row for each, and what it does and leaves.

    `starts` are the first rows of the tickets, `ends` the rows after their last ones; `ticket` is for each row the
    place of its ticket, and `first` the row that creates it. `solves`, `closes` and `reopens` are the events that do
    so: a status does it once, and only a solved ticket is reopened.
    """

    def __init__(
        self, starts: Column, at: Column, shape: NDArray[np.int32], happenings: Happenings, status: Column
    ) -> None:
        """`status` has for each ticket the status in which it was created."""
        self.starts: Column = starts
        self.at: Column = at
        self.shape: NDArray[np.int32] = shape
        self._happenings = happenings
        self._held: dict[tuple[object, ...], Bools] = {}
        self.ends: Column = np.append(starts[1:], len(at))
        self.ticket: Column = np.repeat(np.arange(len(starts)), self.ends - starts)
        self.first: Column = starts[self.ticket]
        self._every: Column = np.arange(len(at))
        self._what = happenings.what[shape]
        turns, by_itself = happenings.turns[shape], happenings.by_itself[shape]
        closing, turning = turns == CLOSES, turns == REOPENS
        solving = closing | (turns == SOLVES)
        is_solved = solving[self.latest(solving | turning)]
        is_closed = closing[self.latest(closing | turning)]
        self.solved_before: Bools = self.before(is_solved)
        self.closes: Bools = closing & (by_itself | ~self.before(is_closed))
        self.solves: Bools = self.closes | (solving & ~closing & (by_itself | ~self.solved_before))
        self.reopens: Bools = turning & self.solved_before
        solved_at = at[self.latest(self.solves)]
        self.solved_now: Bools = is_solved & (solved_at == at)
        self._set_status(status)

    def latest(self, events: Bools) -> Column:
        """Return for each row the last of some events up to it; where there was none the first row of the ticket."""
        last: Column = np.maximum.accumulate(np.where(events, self._every, self.first))
        return last

    def before(self, told: Bools) -> Bools:
        """Return what was so before each event; before the first nothing was."""
        earlier = np.zeros(len(told), dtype=np.bool_)
        earlier[1:] = told[:-1]
        earlier[self.starts] = False
        return earlier

    def held(self, clock: ClockRule) -> Bools:
        """Return after which events something holds a clock of such a rule."""
        key = clock.paused_in, clock.pausable, clock.resume_on_customer_message
        known = self._held.get(key)
        if known is None:
            known = self.held_by_status(clock)
            if clock.pausable:
                known |= self._held_by_pause(clock)
            self._held[key] = known
        return known

    def held_by_status(self, clock: ClockRule) -> Bools:
        """Return after which events the status of the ticket holds it."""
        if not clock.paused_in:
            return np.zeros(len(self.at), dtype=np.bool_)
        held: Bools = self._happenings.statuses_in(clock.paused_in)[self._status[self._status_since]]
        if clock.resume_on_customer_message:
            held &= self._status_since >= self._heard
        return held

    def answers(self, clock: ClockRule) -> Bools:
        """Return which events are an answer for such a clock."""
        answers: Bools = self._happenings.answers(clock.answer)[self.shape]
        return answers

    @cached_property
    def by_customer(self) -> Bools:
        """Which events are a customer's message."""
        by_customer: Bools = self._what == CUSTOMER
        return by_customer

    def rare(self) -> Bools:
        """Return the tickets of which columns cannot say everything."""
        creates = self._what == CREATES
        creates[self.starts] ^= True
        at_creation = self.at == self.at[self.first]
        doubtful = self.by_customer | ((self._what == OTHERS) & ~self._happenings.by_customer[self.shape[self.first]])
        rare = creates | (self._what == RARE) | (at_creation & doubtful)
        tickets: Bools = np.logical_or.reduceat(rare, self.starts)
        most = self._happenings.most_messages
        if most is not None:
            tickets |= np.add.reduceat(self.by_customer.astype(np.int64), self.starts) > most
        return tickets

    def _set_status(self, first: Column) -> None:
        """Note which status holds after each event: the status of the instant in which a ticket is solved does not."""
        sets = (self._what == SETS_STATUS) | self.reopens
        self._status = np.where(sets & ~self.solved_now, self._happenings.status[self.shape], NO_STATUS)
        self._status[self.starts] = first
        self._status_since = self.latest(sets | self.solves)

    def _held_by_pause(self, clock: ClockRule) -> Bools:
        """Return after which events a pause goes on: from each one to the next event of its reason."""
        rows = np.flatnonzero((self._what == PAUSES) | (self._what == RESUMES))
        key = self.ticket[rows] * self._happenings.reasons + self._happenings.reason[self.shape[rows]]
        order = np.argsort(key, kind="stable")
        rows, key = rows[order], key[order]
        until = self.ends[self.ticket[rows]]
        until[:-1] = np.where(key[1:] == key[:-1], rows[1:], until[:-1])
        begins = self._what[rows] == PAUSES
        rows, until = rows[begins], until[begins]
        if clock.resume_on_customer_message:
            until = np.minimum(until, self._next_message(rows))
        count = len(self.at) + 1
        held: Bools = np.cumsum(np.bincount(rows, minlength=count) - np.bincount(until, minlength=count))[:-1] > 0
        return held

    def _next_message(self, rows: Column) -> Column:
        """Return for each row the next message of a customer, of any ticket; the end of all where there is none."""
        messages = np.append(np.flatnonzero(self.by_customer), len(self.at))
        following: Column = messages[np.searchsorted(messages, rows, side="right").clip(max=len(messages) - 1)]
        return following

    @cached_property
    def _heard(self) -> Column:
        """The last message of a customer up to each row."""
        return self.latest(self.by_customer)
