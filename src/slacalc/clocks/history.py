"""A cycle as it was after each event that changed it, made again from what it keeps of them."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from slacalc.clocks.cycle import Cycle, Hold, Override, Turn

__all__ = ["Stage", "stages_of"]


class Stage(NamedTuple):
    """A cycle as it was from an instant on, and until another one; None where nothing changed it any more."""

    start: int
    end: int | None
    cycle: Cycle


class _Step(NamedTuple):
    """Something that changed a cycle; of one instant the pauses that end come first."""

    at: int
    rank: int
    take: Callable[[Cycle], None]


def stages_of(cycle: Cycle) -> Iterator[Stage]:
    """Return the stages of a cycle while it was open, in order; what happened at one instant is one change.

    The cycle of a stage changes when the next stage is taken.
    """
    walking = Cycle(cycle.edition, cycle.first_terms, cycle.origin, cycle.fields)
    walking.promised_since = cycle.reigns[0].begins if cycle.reigns else cycle.promised_since
    if cycle.breach is not None and cycle.breach <= cycle.known_since:
        walking.breach = cycle.breach  # before an earlier ticket was merged into it: its origin does not tell
    start = cycle.known_since
    for at, steps in groupby(sorted(_steps(cycle), key=_when), key=_at):
        if at > start:
            yield from _open_parts(cycle, walking, start, at)
            start = at
        for step in steps:
            step.take(walking)
    yield from _open_parts(cycle, walking, start, None)


def _open_parts(cycle: Cycle, walking: Cycle, start: int, end: int | None) -> Iterator[Stage]:
    """Return the parts of a stretch of time in which the cycle was open, cut where a pause has used up its cap."""
    for away, back in cycle.away:
        if start < back and away <= start:
            start = back
        elif start < away and (end is None or away < end):
            yield from _uncapped(walking, start, away)
            start = back
    ended = None if cycle.end is None else cycle.end.at + cycle.has_lapsed  # at its due time it was open
    until = min((each for each in (end, ended) if each is not None), default=None)
    if until is None or start < until:
        yield from _uncapped(walking, start, until)


def _uncapped(walking: Cycle, start: int, end: int | None) -> Iterator[Stage]:
    spent = walking.pause_spent_at
    if spent is None or spent <= start or (end is not None and end <= spent):
        yield Stage(start, end, walking)
        return
    yield Stage(start, spent, walking)
    walking.spend_pause(spent)
    yield Stage(spent, end, walking)


def _steps(cycle: Cycle) -> Iterator[_Step]:
    for start, end, hold in cycle.pauses:
        if start < end:
            yield _Step(start, 1, partial(_hold, hold, start))
            yield _Step(end, 0, partial(_release, hold, end))
    for hold, start in cycle.held.items():
        yield _Step(start, 1, partial(_hold, hold, start))
    for turn in cycle.turns:
        yield _Step(turn.at, 2, partial(_turn, turn))
    for override in cycle.overrides:
        yield _Step(override.at, 3, partial(_override, override))


def _hold(hold: Hold, at: int, cycle: Cycle) -> None:
    cycle.hold(hold, at)


def _release(hold: Hold, at: int, cycle: Cycle) -> None:
    cycle.release(hold, at)


def _turn(turn: Turn, cycle: Cycle) -> None:
    cycle.repeat(turn)


def _override(override: Override, cycle: Cycle) -> None:
    cycle.overrides.append(override)


def _at(step: _Step) -> int:
    return step.at


def _when(step: _Step) -> tuple[int, int]:
    return step.at, step.rank
