"""Which promises had passed their due time when they ended: of many targets, where open time is asked once.

A target that counts an amount is a comparison, for it is due at the first instant with so much counted (rule 5). What
has counted more is late. What has counted just as much is late if it ended while nothing counted any more: it needed a
microsecond more.
"""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np

from slacalc.business_time.instants import amount_us, from_us, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.columns import questions
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.target_verbs import VERBS
from slacalc.errors import SlaError
from slacalc.policies.targets.points import CountingTarget
from slacalc.policies.targets.target import AnyTarget

__all__ = ["Passed", "Stretches", "Unanswered"]


class Unanswered(Exception):  # noqa: N818 - it is no error: the plain way answers
    """Columns do not answer for all tickets: some are to be judged alone."""


class Stretches(NamedTuple):
    """From when promises count until they end, in microseconds."""

    origin: Column
    end: Column


class Passed:
    """Which promises had passed their due time, for any target; each calendar is asked once of the same stretches."""

    def __init__(self) -> None:
        self._calendars: dict[OpenTime, OpenTime] = {}
        self._known: dict[int, tuple[OpenTime, OpenTime]] = {}
        self._bounds: dict[int, tuple[Stretches, tuple[int, int]]] = {}
        self._elapsed: dict[tuple[int, int], tuple[Stretches, Column]] = {}
        self._needed: dict[tuple[int, int], tuple[Stretches, Column]] = {}
        self._answered: dict[Hashable, Stretches] = {}

    def calendar(self, calendar: OpenTime) -> OpenTime:
        """Return the one of equal calendars that is asked."""
        known = self._known.get(id(calendar))
        if known is None:  # to compare calendars takes long, where they have many dates
            known = self._known[id(calendar)] = calendar, self._calendars.setdefault(calendar, calendar)
        return known[1]

    def forget(self) -> None:
        """Forget what was asked: others come."""
        self._bounds.clear()
        self._elapsed.clear()
        self._needed.clear()
        self._answered.clear()

    def elapsed(self, of: Stretches, calendar: OpenTime) -> Column:
        """Return the open time of each. Raises Unanswered."""
        asked = self.calendar(calendar)
        key = id(of), id(asked)
        if key not in self._elapsed:
            found = questions.elapsed(asked, of.origin, of.end)
            if len(found.refused):
                raise Unanswered
            self._elapsed[key] = of, found.values
        return self._elapsed[key][1]

    def passed(self, of: Stretches, target: AnyTarget, calendar: OpenTime) -> Bools:
        """Return which ended after they were due. Raises Unanswered."""
        if isinstance(target, CountingTarget) and target.amount:
            return self.needed_by(of, target, calendar) > amount_us(target.amount)
        self.check(of, target, calendar, in_order=True)
        return of.end > target.dues(VERBS, calendar, of.origin)

    def check(self, of: Stretches, target: AnyTarget, calendar: OpenTime, *, in_order: bool) -> None:
        """Raise Unanswered where a target has no answer for some ticket; with `in_order`, where a range is reversed."""
        key = id(of), target, id(self.calendar(calendar)), in_order
        if key in self._answered:
            return
        last = target.dues(VERBS, calendar, of.origin)
        _refuse(last == NULL)
        if in_order and target.has_range:
            first = target.begins_of(VERBS, calendar, of.origin)
            _refuse((first == NULL) | (first > last))
        self._answered[key] = of

    def needed_by(self, of: Stretches, target: CountingTarget, calendar: OpenTime) -> Column:
        """Return the amount that each needed of what a target counts. Raises Unanswered where it has no answer."""
        if not len(of.origin):
            return np.empty(0, dtype=np.int64)
        if id(of) not in self._bounds:
            self._bounds[id(of)] = of, (int(of.origin.min()), int(of.origin.max()))
        for origin in self._bounds[id(of)][1]:  # between them each has an answer, too
            _check_one(target, calendar, origin)
        return self.needed(of, target.counted_in(calendar))

    def needed(self, of: Stretches, counted: OpenTime | None) -> Column:
        """Return the smallest amount above zero that would not have been late, of time that counts: None for all time.

        Raises Unanswered.
        """
        asked = None if counted is None else self.calendar(counted)
        key = id(of), id(asked)
        if key not in self._needed:
            self._needed[key] = of, np.maximum(self._spent(of, asked), 1)
        return self._needed[key][1]

    def _spent(self, of: Stretches, asked: OpenTime | None) -> Column:
        """Return what counted of each, and a microsecond more where nothing counted any more at its end."""
        if asked is None:
            return of.end - of.origin
        open_before = questions.is_open(asked, of.end - 1).values
        spent: Column = self.elapsed(of, asked) + (open_before == 0)
        return spent


def _check_one(target: AnyTarget, calendar: OpenTime, origin: int) -> None:
    try:
        to_us(target.due(calendar, from_us(origin, calendar.zone_info)))
    except SlaError:
        raise Unanswered from None


def _refuse(without: Bools) -> None:
    if without.any():
        raise Unanswered
