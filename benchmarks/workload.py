"""The workload that all are measured on: one office, its holidays, and random instants.

Mon-Fri 09:00-17:00 in Helsinki with the Finnish public holidays. It asks slacalc for nothing but the dates of the
holidays: the right answers come from a loop of integers of its own.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from slacalc import FrozenHolidays, Holidays

ZONE: Final = ZoneInfo("Europe/Helsinki")
OPENS: Final = time(9)
CLOSES: Final = time(17)
HOURS: Final = "Mon-Fri 09:00-17:00"
FIRST_YEAR: Final = 2023
LAST_YEAR: Final = 2030
ROWS: Final = 1_000

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_START: Final = datetime(2024, 1, 1, tzinfo=ZONE)
_SATURDAY: Final = 5


def holidays() -> FrozenHolidays:
    """Return the public holidays of Finland, pinned."""
    return Holidays("FI").freeze(FIRST_YEAR, LAST_YEAR)


def closed_dates() -> list[date]:
    """Return the holidays as dates."""
    pinned = holidays()
    return [day for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in pinned.names(year)]


def instants(rows: int = ROWS) -> list[datetime]:
    """Return random minutes of three years, in the office's own zone object."""
    random = Random(20261120)  # noqa: S311 - a workload, not a secret
    return [_START + timedelta(minutes=random.randrange(3 * 525_600)) for _ in range(rows)]


def pairs(rows: int = ROWS) -> list[tuple[datetime, datetime]]:
    """Return random minutes, each with another up to 60 days later."""
    random = Random(20261121)  # noqa: S311 - the same
    return [(start, start + timedelta(minutes=random.randrange(60 * 1_440))) for start in instants(rows)]


def windows() -> list[tuple[datetime, datetime]]:
    """Return when the office opens and closes, by the calendar on the wall."""
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    closed = set(closed_dates())
    days = (day for day in map(date.fromordinal, range(first, last + 1)) if day.weekday() < _SATURDAY)
    return [
        (datetime.combine(day, OPENS, ZONE), datetime.combine(day, CLOSES, ZONE)) for day in days if day not in closed
    ]


class IntegerLoop:
    """The staircase with nothing around it: integers and bisect. Its answers are the right ones."""

    def __init__(self) -> None:
        spans = [(_us(start), _us(end)) for start, end in windows()]
        self.opens = [start for start, _ in spans]
        self.closes = [end for _, end in spans]
        self.before = [0, *accumulate(end - start for start, end in spans)]

    def worked(self, t: int) -> int:
        """Return the open time up to an instant."""
        i = bisect_right(self.opens, t) - 1
        return self.before[i] + min(t, self.closes[i]) - self.opens[i]

    def add(self, moment: datetime, amount: timedelta) -> datetime:
        """Return the due time."""
        work = self.worked(_us(moment)) + amount // timedelta(microseconds=1)
        i = bisect_left(self.before, work) - 1
        return _at(self.opens[i] + work - self.before[i])

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the open time between."""
        return timedelta(0, 0, self.worked(_us(end)) - self.worked(_us(start)))

    def next_open(self, moment: datetime) -> datetime:
        """Return the first opening strictly after."""
        return _at(self.opens[bisect_right(self.opens, _us(moment))])

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the instant is open."""
        t = _us(moment)
        return t < self.closes[bisect_right(self.opens, t) - 1]


class DatetimeLoop:
    """Two bisects over tables of datetimes, without any check: the floor for a call in pure Python.

    It is right only because this office is closed whenever a clock is moved.
    """

    def __init__(self) -> None:
        self.opens = [start for start, _ in windows()]
        self.closes = [end for _, end in windows()]
        self.before = list(accumulate((end - start for start, end in windows()), initial=timedelta(0)))

    def add(self, moment: datetime, amount: timedelta) -> datetime:
        """Return the due time."""
        opens, before = self.opens, self.before
        i = bisect_right(opens, moment) - 1
        work = before[i] + (min(moment, self.closes[i]) - opens[i]) + amount
        j = bisect_left(before, work) - 1
        return opens[j] + (work - before[j])

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the open time between."""
        opens, closes, before = self.opens, self.closes, self.before
        i, j = bisect_right(opens, start) - 1, bisect_right(opens, end) - 1
        return before[j] + (min(end, closes[j]) - opens[j]) - before[i] - (min(start, closes[i]) - opens[i])

    def next_open(self, moment: datetime) -> datetime:
        """Return the first opening strictly after."""
        return self.opens[bisect_right(self.opens, moment)]

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the instant is open."""
        return moment < self.closes[bisect_right(self.opens, moment) - 1]


def _us(moment: datetime) -> int:
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def _at(us: int) -> datetime:
    return (_EPOCH + timedelta(0, 0, us)).astimezone(ZONE)
