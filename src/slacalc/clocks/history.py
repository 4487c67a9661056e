"""A cycle as it was after each event that changed it, made again from what it keeps of them."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from slacalc.clocks.cycle import Cycle, Hold, Override
from slacalc.policies.in_force import MetricPromise

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
    walking = Cycle(cycle.edition, cycle.reigns[0].terms if cycle.reigns else cycle.terms, cycle.origin, cycle.fields)
    walking.promised_since = cycle.reigns[0].begins if cycle.reigns else cycle.promised_since
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
    then = [*((reign.terms, reign.begins) for reign in cycle.reigns[1:]), (cycle.terms, cycle.promised_since)]
    for reign, (terms, begins) in zip(cycle.reigns, then, strict=False):
        yield _Step(reign.end, 2, partial(_turn, reign.end, terms, begins))
    for override in cycle.overrides:
        yield _Step(override.at, 3, partial(_override, override))


def _hold(hold: Hold, at: int, cycle: Cycle) -> None:
    cycle.hold(hold, at)


def _release(hold: Hold, at: int, cycle: Cycle) -> None:
    cycle.release(hold, at)


def _turn(at: int, terms: MetricPromise, begins: int, cycle: Cycle) -> None:
    cycle.turn(terms, at)
    if begins != cycle.promised_since:
        cycle.promised_since, cycle.begun = begins, None


def _override(override: Override, cycle: Cycle) -> None:
    cycle.overrides.append(override)


def _at(step: _Step) -> int:
    return step.at


def _when(step: _Step) -> tuple[int, int]:
    return step.at, step.rank
