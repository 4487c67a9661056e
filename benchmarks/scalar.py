"""Scalar calls against a plain loop of bisect over integers, in one run: `python benchmarks/scalar.py --fast`.

The schedule is that of the published trials: Mon-Fri 09:00-17:00 Europe/Helsinki with
holidays over four years. The plain loop takes and returns aware datetimes but checks nothing.
Quote the ratios to the plain loop; absolute times are this machine's.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

import pyperf

from slacalc import Calendar, FrozenHolidays, Holidays

HELSINKI = ZoneInfo("Europe/Helsinki")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROWS = 1_000


def office() -> Calendar:
    """Return a fresh calendar with pinned holidays."""
    return Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays=_HOLIDAYS)


_HOLIDAYS: FrozenHolidays = Holidays("FI").freeze(2020, 2040)


class PlainLoop:
    """The staircase with nothing around it: integers, bisect, and the conversions of the standard library."""

    def __init__(self, calendar: Calendar, start: datetime, end: datetime) -> None:
        spans = [(self.us(i.start), self.us(i.end)) for i in calendar.intervals(start, end)]
        self.opens = [a for a, _ in spans]
        self.closes = [b for _, b in spans]
        self.before = [0, *accumulate(b - a for a, b in spans)][:-1]

    @staticmethod
    def us(moment: datetime) -> int:
        passed = moment - EPOCH
        return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds

    def worked(self, t: int) -> int:
        i = bisect_right(self.opens, t) - 1
        return self.before[i] + min(t, self.closes[i]) - self.opens[i]

    def add(self, moment: datetime, amount: timedelta) -> datetime:
        us = (amount.days * 86_400 + amount.seconds) * 1_000_000 + amount.microseconds
        work = self.worked(self.us(moment)) + us
        i = bisect_left(self.before, work) - 1
        return (EPOCH + timedelta(0, 0, self.opens[i] + work - self.before[i])).astimezone(HELSINKI)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return timedelta(0, 0, self.worked(self.us(end)) - self.worked(self.us(start)))


def main() -> None:
    """Measure each question over random instants of four years, and compiling a year."""
    runner = pyperf.Runner()
    random = Random(20261120)  # noqa: S311 - a workload, not a secret
    start, end = datetime(2024, 1, 1, tzinfo=HELSINKI), datetime(2028, 1, 1, tzinfo=HELSINKI)
    moments = [start + timedelta(minutes=random.randrange(3 * 525_600)) for _ in range(ROWS)]
    pairs = [(t, t + timedelta(minutes=random.randrange(60 * 1_440))) for t in moments]
    calendar, plain = office(), PlainLoop(office(), start, end + timedelta(days=4_000))
    amounts = {"5 min": timedelta(minutes=5), "8 h": timedelta(hours=8), "5 years (10,000 h)": timedelta(hours=10_000)}
    for name, amount in amounts.items():
        assert [calendar.add(t, amount) for t in moments] == [plain.add(t, amount) for t in moments]  # noqa: S101 - answers first
        runner.bench_func(f"plain loop: add {name}", _each, plain.add, moments, amount, inner_loops=ROWS)
        runner.bench_func(f"slacalc: add {name}", _each, calendar.add, moments, amount, inner_loops=ROWS)
    assert [calendar.elapsed(*pair) for pair in pairs] == [plain.elapsed(*pair) for pair in pairs]  # noqa: S101 - answers first
    runner.bench_func("plain loop: elapsed 0-60 days", _each_pair, plain.elapsed, pairs, inner_loops=ROWS)
    runner.bench_func("slacalc: elapsed 0-60 days", _each_pair, calendar.elapsed, pairs, inner_loops=ROWS)
    runner.bench_func("slacalc: compile a year", _compile)


def _each(call: object, moments: list[datetime], amount: timedelta) -> None:
    for moment in moments:
        call(moment, amount)  # type: ignore[operator]  # a bound method


def _each_pair(call: object, pairs: list[tuple[datetime, datetime]]) -> None:
    for start, end in pairs:
        call(start, end)  # type: ignore[operator]  # a bound method


def _compile() -> None:
    office().is_open(datetime(2026, 6, 1, tzinfo=HELSINKI))


if __name__ == "__main__":
    main()
