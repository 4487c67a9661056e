"""What targets ask of whole columns of instants: the verbs by which they say when each is due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import numpy as np

from slacalc.business_time.instants import amount_us, from_us, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.columns import questions
from slacalc.columns.date_targets import DatePoint, points_of_dates, points_of_working_dates
from slacalc.columns.stairs import NULL, Column
from slacalc.errors import ClosedForGoodError, HorizonError
from slacalc.policies.targets.days import BusinessDays, CalendarDays
from slacalc.policies.targets.kind import PointKind

__all__ = ["VERBS"]


class _Verbs:
    """What targets ask of columns of instants in microseconds."""

    def add(self, calendar: OpenTime, starts: Column, amount: timedelta) -> Column:
        return questions.add(calendar, starts, amount_us(amount)).values

    def add_real(self, calendar: OpenTime, starts: Column, amount: timedelta) -> Column:
        low, high = calendar.timeline.covered
        usable = (starts != NULL) & (low <= starts) & (starts <= high - amount_us(amount))
        return np.where(usable, starts + amount_us(amount), NULL)

    def one_by_one(self, due: Callable[[OpenTime, datetime], datetime], calendar: OpenTime, starts: Column) -> Column:
        distinct, place = np.unique(starts, return_inverse=True)
        told = [_told_alone(due, calendar, instant) for instant in distinct.tolist()]
        return np.array(told, dtype=np.int64)[place]

    def on_working_dates(self, target: BusinessDays, calendar: OpenTime, starts: Column) -> Column:
        effective = self.add(calendar, starts, timedelta(0))
        point = DatePoint(target.days, target.by, target.cutoff)
        return self._by_table(target, calendar, effective, partial(points_of_working_dates, calendar, point=point))

    def on_dates(self, target: CalendarDays, calendar: OpenTime, starts: Column) -> Column:
        low, high = calendar.timeline.covered
        usable = np.where((starts < low) | (starts > high), NULL, starts)
        point = DatePoint(target.days, target.by)
        return self._by_table(target, calendar, usable, partial(points_of_dates, calendar, point=point))

    def _by_table(self, target: PointKind, calendar: OpenTime, starts: Column, ask: Callable[..., Column]) -> Column:
        """Return what tables of dates say, and what each distinct start says that they do not hold."""
        calendar.working_dates()  # refused without a zone, as for a single ticket
        values = np.full(len(starts), NULL, dtype=np.int64)
        known = np.flatnonzero(starts != NULL)
        if len(known):
            values[known] = ask(starts=starts[known])
        left = known[values[known] == NULL]
        if len(left):
            values[left] = self.one_by_one(target.due, calendar, starts[left])
        return values

    def split(
        self,
        calendar: OpenTime,
        starts: Column,
        inside: Callable[[Column], Column],
        outside: Callable[[Column], Column],
    ) -> Column:
        is_open = questions.is_open(calendar, starts).values
        values = np.full(len(starts), NULL, dtype=np.int64)
        for told, answer in ((inside, 1), (outside, 0)):
            rows = np.flatnonzero(is_open == answer)
            values[rows] = told(starts[rows])
        return values


VERBS: Final = _Verbs()


def _told_alone(due: Callable[[OpenTime, datetime], datetime], calendar: OpenTime, instant: int) -> int:
    low, high = calendar.timeline.covered
    if not low <= instant <= high:
        return NULL
    try:
        return to_us(due(calendar, from_us(instant, calendar.zone_info)))
    except (HorizonError, ClosedForGoodError):
        return NULL
