"""What targets ask of whole columns of instants: the verbs by which they say when each is due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from slacalc.business_time.instants import amount_us, from_us, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.columns import questions
from slacalc.columns.stairs import NULL, Column
from slacalc.errors import ClosedForGoodError, HorizonError

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
