"""What the proofs assume of wall times (proofs/README.md), of every offset function of the tz database.

A wall time is the first instant at which the clock reads it or later, and so a later wall time is never an earlier instant. Here that
is no rule but a sentence about all readings: the instant reads it or later, and no instant before it does. Between two changes
the clock only goes on, so the latest reading of each stretch is the one that its end comes up to.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import wall_us
from tests.sweeps.zones import MICROSECOND, Change, changes

BEGIN: Final = datetime(1900, 1, 1, tzinfo=UTC)
END: Final = datetime(2201, 1, 1, tzinfo=UTC)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
STEP: Final = timedelta(minutes=30)


def check_wall_times(name: str) -> int:
    """Hold the wall times around each change of a zone to what they mean. The number of answers."""
    zone, answers, latest = ZoneInfo(name), 0, datetime.min
    moved = list(changes(name, BEGIN, END))
    for number, change in enumerate(moved):
        until = moved[number + 1].at if number + 1 < len(moved) else END
        walls = sorted(set(_walls(zone, change)))
        found = [EPOCH + wall_us(zone, *_told(wall)) * MICROSECOND for wall in walls]
        for wall, at in zip(walls, found, strict=True):
            assert at < until, "two changes within an hour: look closer"
            assert _reading(zone, at) >= wall, (name, wall, at)
            assert _latest_before(zone, at, change, latest) <= wall, (name, wall, at)
        assert all(earlier <= later for earlier, later in pairwise(found)), (name, change)
        latest = max(latest, _comes_up_to(zone, change))
        answers += len(walls)
    return answers


def _walls(zone: ZoneInfo, change: Change) -> Iterator[datetime]:
    """Readings before, within and after what the change leaves out or shows twice."""
    before, after = _comes_up_to(zone, change), _reading(zone, change.at)
    low, high = min(before, after), max(before, after)
    for edge in (low, high):
        yield from (edge - HOUR, edge - MICROSECOND, edge, edge + MICROSECOND, edge + HOUR)
    yield from (low + steps * STEP for steps in range((high - low) // STEP))


def _told(wall: datetime) -> tuple[date, int, int]:
    """A reading as the library is asked for it: a date, seconds of it, and microseconds."""
    of_day = wall - datetime.combine(wall.date(), time())
    return wall.date(), of_day // timedelta(seconds=1), of_day.microseconds


def _reading(zone: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _comes_up_to(zone: ZoneInfo, change: Change) -> datetime:
    """What the clock would have read at the change, had it not been moved: it came up to it, and did not read it."""
    return _reading(zone, change.at - MICROSECOND) + MICROSECOND


def _latest_before(zone: ZoneInfo, at: datetime, change: Change, latest: datetime) -> datetime:
    """What the clock had come up to before an instant, in this stretch or in any earlier one."""
    up_to = _reading(zone, at - MICROSECOND) + MICROSECOND
    return max(latest, up_to, _comes_up_to(zone, change)) if at > change.at else max(latest, up_to)
