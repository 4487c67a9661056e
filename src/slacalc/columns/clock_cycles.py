"""The cycles of one metric of many tickets: where each begins and ends among the events, and when its clock runs.

After an event a clock is idle, open, or ended by solving. Which one depends on the last few events of certain kinds,
and not on how many came before: so that columns tell it without a loop. `clocks/apply.py` is what they tell.
"""

from typing import NamedTuple

import numpy as np

from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.ticket_tracks import Tracks
from slacalc.policies.document.clock_rules import ClockRule

__all__ = ["Cycles", "cycles_of", "goes_on", "rare_in"]


class Cycles(NamedTuple):
    """The cycles of a metric, in the order of their beginnings.

    A cycle counts in the rows from `begin` to before `end`: where `runs` is true its clock runs until the next row. It
    ended at the instant `ended` (NULL: it is open), with what was asked for or because of solving. `runs_on` tells
    whether its clock ran at last: then it is due some time, as if it ran for ever.
    """

    begin: Column
    end: Column
    ended: Column
    answered: Bools
    number: Column
    runs: Bools
    runs_on: Bools


class _States(NamedTuple):
    """For each row which clocks are open or ended by solving after it, and what ended or began them."""

    is_open: Bools
    is_solved: Bools
    was_open: Bools
    begins: Bools
    hands_over: Bools


def cycles_of(tracks: Tracks, clock: ClockRule, begun: Bools, waits: Bools) -> Cycles:
    """Return the cycles of a metric.

    `begun` are the tickets whose creation begins one, and `waits` the events that begin none, since it waits for
    another clock.
    """
    states = _states(tracks, clock, begun, waits)
    begin = np.flatnonzero(states.begins)
    ticket = tracks.ticket[begin]
    until = tracks.ends[ticket]
    until[:-1] = np.where(ticket[1:] == ticket[:-1], begin[1:], until[:-1])
    handed = states.hands_over[until.clip(max=len(tracks.at) - 1)] & (until < tracks.ends[ticket])
    over = handed | ~states.is_open[until - 1]
    finished = tracks.latest(states.was_open & ~states.is_open)[until - 1]
    end = np.where(handed | ~over, until, finished)
    ended = np.where(over, tracks.at[end.clip(max=len(tracks.at) - 1)], NULL)
    solved = over & ~handed & states.is_solved[finished]
    runs = states.is_open | states.is_solved if clock.reopen == "continue" else states.is_open
    runs = runs & ~tracks.held(clock)
    return Cycles(
        begin,
        end,
        ended,
        over & (handed | ~states.is_solved[until - 1]),
        _numbers(ticket),
        runs,
        runs[end - 1] & ~(solved & _was_held_until(tracks, clock, begin, end)),
    )


def goes_on(tracks: Tracks, clock: ClockRule, begun: Bools) -> Bools:
    """Return after which events a clock is open, or could be taken up again."""
    states = _states(tracks, clock, begun, np.zeros(len(tracks.at), dtype=np.bool_))
    return states.is_open | states.is_solved


def _started_by(tracks: Tracks, clock: ClockRule, begun: Bools, waits: Bools) -> Bools:
    """Return the events that begin a cycle where none is open."""
    starts = np.zeros(len(tracks.at), dtype=np.bool_)
    match clock.starts:
        case "customer_message":
            starts |= tracks.by_customer & ~waits
        case "answer":
            starts |= tracks.answers(clock) & ~tracks.solved_before
        case _:
            pass
    starts[tracks.starts] = begun
    return starts


def _numbers(ticket: Column) -> Column:
    """Return the number of each cycle in its ticket, from 1."""
    every = np.arange(len(ticket))
    is_first = np.append(True, ticket[1:] != ticket[:-1])[: len(ticket)]
    numbers: Column = every + 1 - np.maximum.accumulate(np.where(is_first, every, 0))
    return numbers


def rare_in(tracks: Tracks, clock: ClockRule) -> Bools:
    """Return the tickets of which columns cannot say everything: an answer begins a clock as the ticket is solved."""
    if clock.starts != "answer":
        return np.zeros(len(tracks.starts), dtype=np.bool_)
    rare: Bools = np.logical_or.reduceat(tracks.answers(clock) & tracks.solved_now, tracks.starts)
    return rare


def _states(tracks: Tracks, clock: ClockRule, begun: Bools, waits: Bools) -> _States:
    starts = _started_by(tracks, clock, begun, waits)
    nothing = np.zeros(len(starts), dtype=np.bool_)
    answers = tracks.answers(clock) if clock.stops == "answer" else nothing
    solves = tracks.solves if clock.stops == "solved" or clock.on_solved != "nothing" else tracks.closes
    is_over = solves[tracks.latest(starts | answers | solves | tracks.reopens)]
    is_begun = starts[tracks.latest(starts | answers)]
    is_open, is_solved = is_begun & ~is_over, is_begun & is_over
    was_open, was_solved = tracks.before(is_open), tracks.before(is_solved)
    hands_over = starts & answers & was_open
    begins = (starts & ~was_open & ~was_solved) | hands_over
    if clock.reopen == "new_cycle":
        begins |= (starts | tracks.reopens) & was_solved
    return _States(is_open, is_solved, was_open, begins, hands_over)


def _was_held_until(tracks: Tracks, clock: ClockRule, begin: Column, end: Column) -> Bools:
    """Return the cycles that a status held until the very instant of their end: solving ends them out of it."""
    if not clock.paused_in:
        return np.zeros(len(begin), dtype=np.bool_)
    held = tracks.held_by_status(clock)
    released = tracks.before(held) & ~held
    last = tracks.latest(released)[end - 1]
    at_end = tracks.at[end.clip(max=len(tracks.at) - 1)]
    told: Bools = (last > begin) & released[last] & (tracks.at[last] == at_end)
    return told
