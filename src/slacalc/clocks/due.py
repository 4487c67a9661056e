"""When a clock is due that was paused and given other targets: integers, and no events.

A clock runs through *stretches*: the time from its origin that is not paused, cut where
another target takes over. A counting target counts its own kind of time in them (rule 7), so
a pause takes out exactly what it would have counted, before due and after it; one that begins at or after
due moves no due time (rule 8). Another target counts anew what has passed since the origin, on the
calendars in force then, and is never due before it was made (rule 9).
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple, TypeAlias

from slacalc.business_time.instants import amount_us, from_us, to_us
from slacalc.business_time.spans import Span
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.targets.kind import Clock
from slacalc.policies.targets.points import CountingTarget, PointTarget
from slacalc.policies.targets.target import AnyTarget, SimpleTarget

__all__ = [
    "Clock",
    "Course",
    "Past",
    "chosen_of",
    "elapsed_in",
    "point_of",
    "ran_through",
    "when",
    "when_in",
]


class Past:
    """The stretches that a clock ran through before its present target, each under its terms.

    What a kind of time counted in them is summed once: a ticket that changes a hundred
    thousand times is as cheap for each change as one that changes twice.
    """

    __slots__ = ("_sums", "stretches")

    def __init__(self, stretches: Iterable[tuple[Span, MetricPromise]] = ()) -> None:
        self.stretches: list[tuple[Span, MetricPromise]] = list(stretches)
        self._sums: dict[type[PointTarget], tuple[int, int]] = {}

    def counted(self, target: PointTarget) -> int:
        """Return what the kind of time of a target counted so far."""
        if not self.stretches:
            return 0
        done, total = self._sums.get(type(target), (0, 0))
        for i in range(done, len(self.stretches)):
            span, terms = self.stretches[i]
            total += target.clock(terms.calendar).elapsed(*span)
        self._sums[type(target)] = len(self.stretches), total
        return total


class Course(NamedTuple):
    """What a target is measured against: a calendar, and the stretches since the target took over.

    `pauses_move` tells whether pauses move a date, and `begins` is what a date is taken from. `since` is when
    the target took over: the origin, or the last change. `running_since` begins the
    stretch that is not over, None while the clock is paused.
    """

    calendar: OpenTime
    pauses_move: bool
    begins: int
    since: int
    past: Past
    stretches: list[Span]
    running_since: int | None


_Timed: TypeAlias = tuple[int | None, int]


def when(target: AnyTarget, course: Course) -> int | None:
    """Return when a target is reached, of a range the latest; None while a counting one is paused before."""
    return when_in(target, course)[0]


def when_in(target: AnyTarget, course: Course) -> _Timed:
    """Return when a target is reached, and what a counting one lacks while it is paused."""
    point = point_of(target, course)
    if isinstance(point, CountingTarget):
        clock = point.clock(course.calendar)
        lacks = amount_us(point.amount)
        if course.past.stretches:
            lacks = max(0, lacks - course.past.counted(point))
        return reached(clock, lacks, course.stretches, course.running_since)
    date, lacks = _date_of(point, course)
    return (date if date is None or course.since <= course.begins else max(date, course.since)), lacks


def reached(clock: Clock, lacks: int, stretches: list[Span], running_since: int | None) -> _Timed:
    """Return when so much has counted in stretches and the one that is not over; None, and the rest, while paused."""
    for start, end in stretches:
        counted = clock.elapsed(start, end)
        if counted >= lacks and (at := clock.add(start, lacks)) <= end:
            return at, 0
        lacks -= counted
    if running_since is None:
        return None, lacks
    return clock.add(running_since, lacks), 0


def elapsed_in(target: AnyTarget, course: Course, end: int) -> int:
    """Return what the own clock of a counting target counted up to `end`."""
    point = point_of(target, course)
    clock = point.clock(course.calendar)
    return course.past.counted(point) + sum(clock.elapsed(a, b) for a, b in ran_through(course, end))


def ran_through(course: Course, end: int) -> Iterator[Span]:
    """Return the stretches since the target took over, up to an end."""
    for start, stop in course.stretches:
        if start < end:
            yield start, min(stop, end)
    if course.running_since is not None and course.running_since < end:
        yield course.running_since, end


def chosen_of(target: AnyTarget, course: Course) -> SimpleTarget:
    """Return the target itself; inside/outside chooses from the origin, on the calendar of now."""
    return target.chosen(course.calendar, course.begins)


def point_of(target: AnyTarget, course: Course) -> PointTarget:
    """Return the target that judges: of inside/outside the branch, of a range the latest."""
    return chosen_of(target, course).point


def _date_of(target: PointTarget, course: Course) -> _Timed:
    """Return the date that a target names, moved by the pauses that begin before it, where pauses move it.

    It is the first such point at or after the date plus what was paused; None, and what was left of it, while paused.
    """
    received = from_us(course.begins, course.calendar.zone_info)
    date = due = to_us(target.due(course.calendar, received))
    clock, paused = target.pause_clock(course.calendar), 0
    for start, end in _pauses_of(course) if course.pauses_move else ():
        if start >= due:
            break
        if end is None:
            return None, target.clock(course.calendar).elapsed(start, due)
        paused += clock.elapsed(start, end)
        due = target.point_from(course.calendar, received, clock.add(date, paused)) if paused else date
    return due, 0


def _pauses_of(course: Course) -> Iterator[tuple[int, int | None]]:
    """Return the time between the stretches, in order; the last pause has no end while it goes on."""
    until = course.begins
    for start, end in chain((span for span, _ in course.past.stretches), course.stretches):
        if until < start:
            yield until, start
        until = max(until, end)
    if course.running_since is None:
        yield until, None
    elif until < course.running_since:
        yield until, course.running_since
