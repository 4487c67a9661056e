"""How the cost of slacalc grows: with years, holidays, special days, calendars, and a ticket's pauses."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from itertools import cycle
from typing import Final

import numpy as np

import slacalc as sla
from benchmarks.measuring import Contestant, Task, each
from benchmarks.workload import HOURS, ZONE

__all__ = ["tasks"]

_MORNING: Final = datetime(2026, 6, 1, 10, tzinfo=ZONE)
_AMOUNT: Final = timedelta(hours=8)
_COLUMN: Final = 200_000  # rows
_COLUMN_FROM, _COLUMN_TO = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2024, 2028))
_ENOUGH: Final = 40_000  # questions, for which even the tables of a century pay


def tasks() -> Iterator[Task]:
    """Return one task for each thing that there can be more of; its contestants are numbers of it."""
    years, days = (1, 10, 100), (0, 100, 1_000)
    yield _task("compile, by years", years, lambda count: lambda: _compiled(count))
    yield _task("add 8 h, by years compiled", years, lambda count: _adding([_in_use(_compiled(count))]))
    for country, zone in (
        ("CN", "Asia/Shanghai"),
        ("HU", "Europe/Budapest"),
        ("SE", "Europe/Stockholm"),
        ("TR", "Europe/Istanbul"),
    ):
        yield _holiday_task(country, zone)
    yield _task("compile a year, by special days", days, lambda count: lambda: _compiled(1, count))
    yield _task("add 8 h, by special days", days, lambda count: _adding([_in_use(_compiled(1, count))]))
    recurring = (75, 150, 300)
    yield _task("first add, by recurrences", recurring, lambda count: lambda: _recurring(count).add(_MORNING, _AMOUNT))
    yield _task("add 8 h, by calendars in turn", (1, 100, 1_000), lambda count: _adding(_many(count)))
    yield _in_one_column((16, 17, 100, 1_000))
    yield _task("replay a ticket, by pauses", (1, 10, 100), lambda count: _replaying(pauses=count))
    yield _task("replay a ticket, by internal notes", (1, 10, 100), lambda count: _replaying(notes=count))


def _holiday_task(country: str, zone: str) -> Task:
    """Return the task of compiling a year of a country: with its days off alone, and with all that moves them."""
    alone = sla.Holidays(country, working_weekends=False)
    whole = sla.Holidays(country, half_days=True)
    rows = range(1_000)
    named = (("days off alone", alone), ("with worked weekends and half days", whole))
    contestants = [Contestant(name, each(partial(_compiled_with, zone, holidays), rows)) for name, holidays in named]
    return Task(f"compile a year of {country}", len(rows), contestants)


def _compiled_with(zone: str, holidays: sla.Holidays, _row: object) -> None:
    sla.Calendar(zone, HOURS, holidays=holidays).elapsed(_MORNING, _MORNING.replace(month=12))


def _task(name: str, sizes: tuple[int, ...], make: Callable[[int], Callable[[], object]]) -> Task:
    rows = range(1_000)
    return Task(name, len(rows), [Contestant(f"{size:,}", each(_made_late(make, size), rows)) for size in sizes])


def _made_late(make: Callable[[int], Callable[[], object]], size: int) -> Callable[[object], object]:
    """Return a call for any row; what it needs is made before the first, which is not timed."""
    made = cache(lambda: make(size))
    return lambda _row: made()()


def _compiled(years: int, special_days: int = 0) -> sla.Calendar:
    first = date(2026, 1, 1).toordinal()
    special = {date.fromordinal(first + n).isoformat(): "10:00-16:00" for n in range(special_days)}
    calendar = sla.Calendar(ZONE, HOURS, special_days=special)
    calendar.elapsed(_MORNING, _MORNING.replace(year=2025 + years))
    return calendar


def _recurring(count: int) -> sla.Calendar:
    """Return a calendar closed by so many recurrences, of five years each."""
    rules = (f"FREQ=YEARLY;BYMONTH={n % 12 + 1};BYMONTHDAY={n // 12 + 1};UNTIL=20301231" for n in range(count))
    start = date(2026, 1, 1)
    return sla.Calendar(ZONE, HOURS, special_days=[sla.SpecialDay.of(sla.Recurring(r, start), "closed") for r in rules])


def _in_use(calendar: sla.Calendar, questions: int = _ENOUGH) -> sla.Calendar:
    for _ in range(questions):
        calendar.is_open(_MORNING)
    return calendar


def _many(count: int) -> list[sla.Calendar]:
    hours = (f"Mon-Fri 09:00-{17 + n // 60}:{n % 60:02}" for n in range(count) if n < 60 * 7)
    return [_in_use(sla.Calendar(ZONE, each_hours), 800) for each_hours, _ in zip(cycle(list(hours)), range(count))]


def _adding(calendars: list[sla.Calendar]) -> Callable[[], object]:
    turns = cycle(calendars)
    return lambda: next(turns).add(_MORNING, _AMOUNT)


def _in_one_column(sizes: tuple[int, ...]) -> Task:
    """Return the task of a column whose rows choose from so many calendars."""
    random = np.random.default_rng(20261120)
    starts = random.integers(_COLUMN_FROM, _COLUMN_TO, _COLUMN).view("M8[s]").astype("M8[us]")

    def asked(count: int) -> Callable[[int], Iterable[object]]:
        by = random.integers(0, count, _COLUMN).astype(str).astype(object)
        offices = cache(lambda: {str(n): office for n, office in enumerate(_offices(count))})
        return lambda rows: sla.frames.add(offices(), starts[:rows], _AMOUNT, by=by[:rows], zone="UTC")

    contestants = [Contestant(f"{count:,}", asked(count)) for count in sizes]
    return Task(f"add 8 h to a column of {_COLUMN:,} rows, by calendars", _COLUMN, contestants, whole=True)


def _offices(count: int) -> Iterator[sla.Calendar]:
    return (sla.Calendar(ZONE, f"Mon-Fri 09:{n // 60:02}-17:{n % 60:02}") for n in range(count))


def _replaying(*, pauses: int = 0, notes: int = 0) -> Callable[[], object]:
    policy = sla.Policy(
        name="support",
        calendars={"office": {"zone": ZONE.key, "hours": HOURS}},
        rules=[{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "800h"}}}}],
    )
    events: list[sla.Created | sla.StatusChanged | sla.Message] = [sla.Created(at=_MORNING)]
    for n in range(pauses):
        waits = _MORNING + timedelta(hours=1 + 24 * n)
        events.append(sla.StatusChanged(at=waits, status="pending"))
        events.append(sla.StatusChanged(at=waits + timedelta(hours=2), status="open"))
    events += [sla.Message(at=_MORNING + timedelta(hours=1 + n), actor="agent", public=False) for n in range(notes)]
    as_of = _MORNING + timedelta(days=pauses + notes + 1)
    return lambda: policy.replay(events, as_of=as_of)["resolution"].due
