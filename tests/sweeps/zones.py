"""Every zone of the tz database, when its clock was moved, and how to hold slacalc against the walker there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import slacalc as sla
from slacalc.testing.strategies import written_hours
from tests import oracle

FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2038, 1, 1, tzinfo=UTC)
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_HOURS: Final = ((9 * 3600, 17 * 3600),)
NIGHT_HOURS: Final = ((22 * 3600, 30 * 3600),)
HALF_AN_HOUR: Final = 1_800
MICROSECOND: Final = timedelta(microseconds=1)
ONE_DAY: Final = timedelta(days=1)
LOOK: Final = timedelta(hours=6)  # no zone moved its clock twice within so little time and ended where it began
GRAINS: Final = (60, 30, 10, 1)  # seconds a step of the walker; a minute suits all but a few zones of old


class Change(NamedTuple):
    """A zone, the instant at which its clock is moved, and by how much."""

    zone: str
    at: datetime
    by: timedelta


def zones() -> dict[bytes, list[str]]:
    """Every name of the database, by the bytes that it stands for: many names are one zone."""
    names = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
    found: dict[bytes, list[str]] = {}
    for name in names:
        found.setdefault(_bytes_of(name), []).append(name)
    return found


def _bytes_of(name: str) -> bytes:
    for folder in map(Path, TZPATH):
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def changes(name: str, first: datetime = FIRST, last: datetime = LAST) -> Iterator[Change]:
    """The changes of a zone's clock, from 1970 to 2037 if nothing is said, found by looking at it every few hours."""
    zone, at = ZoneInfo(name), first
    was = _offset(zone, at)
    while at < last:
        later = min(at + LOOK, last)
        now = _offset(zone, later)
        if now != was:
            yield Change(name, _instant(zone, at, later), now - was)
        at, was = later, now


def change_parts(*, every: int = 1) -> Iterator[Change]:
    """The changes of one name of each zone, or of some of the zones."""
    for names in list(zones().values())[::every]:
        yield from changes(names[0])


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _instant(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second of the change, between two instants around it."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


@dataclass(frozen=True)
class Office:
    """Hours on every day, told twice: to the library and to the walker."""

    calendar: sla.Calendar
    plan: oracle.Plan


@lru_cache(maxsize=16)
def _office(zone: str, windows: oracle.Windows) -> Office:
    weekly = dict.fromkeys(DAYS, windows)
    return Office(sla.Calendar(zone, written_hours(weekly)), oracle.Plan(zone, weekly))


def offices(change: Change) -> Iterator[Office]:
    """Day hours, overnight, and hours that open or close within what the change leaves out or shows twice."""
    yield _office(change.zone, DAY_HOURS)
    yield _office(change.zone, NIGHT_HOURS)
    reading = (change.at + _offset(ZoneInfo(change.zone), change.at - MICROSECOND)).replace(tzinfo=None)
    within = int((reading - datetime.combine(reading.date(), time())).total_seconds())
    within = (within + int(change.by.total_seconds()) // 2) // HALF_AN_HOUR * HALF_AN_HOUR % 86_400
    opens, closes = (within - 4 * 3600) % 86_400, within or 86_400
    yield _office(change.zone, ((opens, closes if opens < closes else closes + 86_400),))


def check(change: Change) -> int:
    """Hold the intervals, the open instants and the sums around a change against the walker. The number of answers."""
    grain = next(step for step in GRAINS if _suits(change, step))
    return sum(_check(office, change.at, grain) for office in offices(change))


def _suits(change: Change, step: int) -> bool:
    zone, tick = ZoneInfo(change.zone), timedelta(seconds=step)
    offsets = (_offset(zone, change.at - MICROSECOND), _offset(zone, change.at))
    return not (change.at - FIRST) % tick and not any(offset % tick for offset in offsets)


def _check(office: Office, at: datetime, step: int) -> int:
    tick = timedelta(seconds=step)
    midnight = datetime.combine(at.date(), time(), UTC)
    low, high = midnight - ONE_DAY, midnight + 2 * ONE_DAY
    walked = list(oracle.walk(office.plan, low, high, step))
    edges = [
        now
        for (_, was), (now, is_open) in zip([(low, False), *walked], [*walked, (high, False)], strict=True)
        if was != is_open
    ]
    intervals = [edge.astimezone(UTC) for i in office.calendar.intervals(low, high) for edge in (i.start, i.end)]
    assert edges == intervals, (office.plan.zone, at, office.calendar.hours)
    counted = sum(is_open for _, is_open in walked) * tick
    assert counted == office.calendar.elapsed(low, high)
    answers = len(edges) + 1
    for opens, closes in zip(edges[::2], edges[1::2], strict=True):
        answers += check_boundary(office.calendar, opens, closes, low, high)
    return answers


def check_boundary(calendar: sla.Calendar, opens: datetime, closes: datetime, low: datetime, high: datetime) -> int:
    """An opening and a closing in UTC, and a microsecond to either side of both. The number of answers."""
    before, after = opens - MICROSECOND, closes - MICROSECOND
    if low < opens:
        assert [calendar.is_open(opens + by * MICROSECOND) for by in (-1, 0, 1)] == [False, True, True], opens
        told = [calendar.next_open(before), calendar.roll_forward(before), calendar.subtract(closes, closes - opens)]
        assert [opens] * 3 == [_utc(each) for each in told]
    if closes < high:
        assert [calendar.is_open(closes + by * MICROSECOND) for by in (-1, 0, 1)] == [True, False, False], closes
        told = [
            calendar.next_close(after),
            calendar.roll_back(closes + MICROSECOND),
            calendar.add(opens, closes - opens),
        ]
        assert [closes] * 3 == [_utc(each) for each in told]
    return 6 * ((low < opens) + (closes < high))


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)
