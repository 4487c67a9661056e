"""When a plan is open, one small step at a time, from the wording of the rules alone.

It is the second opinion of the test suite: it shares no code with slacalc, imports the standard library
only, and never searches or calculates where it can walk and look. The whole truth is two sentences:

- Let the *high mark* at an instant be the latest time that the clock on the wall has shown so far.
  A window from S to E is open at an instant if and only if S <= high mark < E (rules 2 and 3).
- A window belongs to the date it is written under, and the last speaker wins: weekly hours < working weekend <
  holiday < special day < absence (rule 4).

Nothing may change within a step: instants, windows, absences, amounts, and what the clock shows when the
zone changes, must be multiples of `step`, or they are refused. A minute suits every zone but those of old
that were seconds away from UTC (Monrovia until 1972, with 30 s).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

Windows = tuple[tuple[int, int], ...]
"""Seconds of the date they are written under; an end may pass 86400 (overnight), up to 48 hours."""

LIMIT = timedelta(days=400)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
WARM_UP = timedelta(days=3)  # a clock goes back by less than a day: so long before, no fold is forgotten
LOOK_BACK = timedelta(days=7)  # walking backward is walking forward, a week at a time, read from its end
BLOCK = 1440  # readings of the clock are remembered this many steps at a time


@dataclass(frozen=True)
class Plan:
    """A calendar as plain data, resolved by date."""

    zone: str
    weekly: Mapping[
        str, Windows
    ]  # "Mon".."Sun", "PH"; a missing key is closed. "PH Sun" and "WW" beat what they refine
    versions: tuple[tuple[date, Mapping[str, Windows]], ...] = ()  # (valid from, weekly hours), in order
    holidays: frozenset[date] = frozenset()
    open_on_holidays: bool = False  # drops the holiday layer only
    specials: Mapping[date, tuple[str, Windows]] = field(default_factory=dict)  # see `_hours`
    absences: tuple[tuple[datetime, datetime], ...] = ()  # aware, half-open
    seasons: Mapping[date, Mapping[str, Windows]] = field(default_factory=dict)  # weekly hours of some dates
    worked: Mapping[date, date | None] = field(default_factory=dict)  # weekends, and the day off that each pays for
    half_days: Mapping[date, int] = field(default_factory=dict)  # and the second of the date at which each ends


# ---------------------------------------------------------------- the clock on the wall


@lru_cache(maxsize=128)
def _block(zone: str, number: int, step: int) -> tuple[tuple[datetime, datetime], ...]:
    """Instants in UTC, each with the naive reading of the local clock."""
    first = EPOCH + timedelta(seconds=number * BLOCK * step)
    instants = [first + timedelta(seconds=i * step) for i in range(BLOCK + 1)]
    block = tuple((at, _read(zone, at)) for at in instants)
    _check_grain(zone, block, step)
    return block[:-1]


def _read(zone: str, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _check_grain(zone: str, block: tuple[tuple[datetime, datetime], ...], step: int) -> None:
    """Refuse a clock that shows part of a step, or that is changed within one."""
    tick, grain = timedelta(microseconds=1), timedelta(seconds=step)
    for (at, reading), (then, next_reading) in pairwise(block):
        is_changed = next_reading - reading != grain
        if (reading - datetime.min) % grain:
            raise ValueError(f"{zone} reads {reading} at {at}: too fine for steps of {step} s")
        if is_changed and _read(zone, then - tick) != reading + grain - tick:
            raise ValueError(f"{zone} changes between {at} and {then}: too fine for steps of {step} s")


def _readings(zone: str, start: datetime, end: datetime, step: int) -> Iterator[tuple[datetime, datetime]]:
    """Every step from start to end, with the reading of the local clock."""
    number = (start - EPOCH) // timedelta(seconds=BLOCK * step)
    while True:
        for at, reading in _block(zone, number, step):
            if at >= end:
                return
            if at >= start:
                yield at, reading
        number += 1


def _high_marks(zone: str, start: datetime, end: datetime, step: int) -> Iterator[tuple[datetime, datetime]]:
    """Every step from start to end, with the latest time that the clock has shown so far."""
    high = datetime.min
    for at, reading in _readings(zone, start - WARM_UP, end, step):
        high = max(high, reading)
        if at >= start:
            yield at, high


@lru_cache(maxsize=4096)
def _exists(zone: str, day: date, step: int) -> bool:
    """Whether the clock ever reads this date: Apia went from 29 to 31 December 2011."""
    midnight = datetime.combine(day, time(), UTC)
    around = _readings(zone, midnight - ONE_DAY, midnight + 2 * ONE_DAY, step)
    return any(reading.date() == day for _, reading in around)


# ---------------------------------------------------------------- the layers of one date


@dataclass(frozen=True)
class _Hours:
    """What one date has open, as naive local times: within what is given, and not within what is cut."""

    day: date
    given: tuple[tuple[datetime, datetime], ...] = ()
    cut: tuple[tuple[datetime, datetime], ...] = ()

    def contain(self, high: datetime) -> bool:
        return _within(self.given, high) and not _within(self.cut, high)


def _within(windows: tuple[tuple[datetime, datetime], ...], high: datetime) -> bool:
    return any(opening <= high < closing for opening, closing in windows)


def _weekly(plan: Plan, day: date) -> Mapping[str, Windows]:
    """The weekly hours in force on the date."""
    if day in plan.seasons:
        return plan.seasons[day]
    weekly = plan.weekly
    for valid_from, hours in plan.versions:
        if valid_from <= day:
            weekly = hours
    return weekly


def _ordinary(plan: Plan, day: date) -> Windows:
    """Weekly hours < working weekend < holiday, or half day."""
    weekly = _weekly(plan, day)
    own = weekly.get(WEEKDAYS[day.weekday()], ())
    if plan.open_on_holidays:
        return own
    if day in plan.holidays:
        return weekly.get(f"PH {WEEKDAYS[day.weekday()]}", weekly.get("PH", ()))
    if day in plan.worked:
        own = weekly.get("WW" if "WW" in weekly else _worked_as(weekly, day, plan.worked[day]), ())
    if day in plan.half_days:
        end = plan.half_days[day]
        own = tuple((start, min(stop, end)) for start, stop in own if start < end)
    return own


def emptied(plan: Plan) -> list[date]:
    """The dates that have hours, all of them after a half day, and no special day that says what happens then."""
    if plan.open_on_holidays:
        return []
    whole = replace(plan, half_days={})
    dates = [day for day in plan.half_days if _ordinary(whole, day) and not _ordinary(plan, day)]
    says = {day for day, (kind, _) in plan.specials.items() if kind in {"closed", "replaced", "added"}}
    return [day for day in dates if day not in plan.holidays and day not in says]


def _worked_as(weekly: Mapping[str, Windows], day: date, off: date | None) -> str:
    """The day of the week whose hours a worked weekend has: of the day off that it pays for, else of the last
    one of Monday to Friday before it that is open, else its own."""
    if off is not None:
        return WEEKDAYS[off.weekday()]
    for back in range(1, 8):
        name = WEEKDAYS[(day - back * ONE_DAY).weekday()]
        if name in WEEKDAYS[:5] and weekly.get(name):
            return name
    return WEEKDAYS[day.weekday()]


def _hours(plan: Plan, day: date, step: int) -> _Hours:
    """Weekly hours < holiday < special day. A date that the zone skips has no windows at all."""
    if not _exists(plan.zone, day, step):
        return _Hours(day)
    ordinary = _on(day, _ordinary(plan, day), step)
    if day not in plan.specials:
        return _Hours(day, ordinary)
    kind, windows = plan.specials[day]
    special = _on(day, windows, step)
    match kind:
        case "closed":
            return _Hours(day)
        case "replaced" | "if open":  # of which the second opens no closed date
            return _Hours(day, special if ordinary or kind == "replaced" else ())
        case "added":
            return _Hours(day, ordinary + special)
        case "removed":
            return _Hours(day, ordinary, cut=special)
        case _:
            raise ValueError(f"{day}: no such special day: {kind!r}")


def _on(day: date, windows: Windows, step: int) -> tuple[tuple[datetime, datetime], ...]:
    """The windows as naive local times: midnight of the date and so many seconds."""
    for start, end in windows:
        if not 0 <= start <= end <= 2 * 86400 or start % step or end % step:
            raise ValueError(f"{day}: no window for steps of {step} s: {start}-{end}")
    midnight = datetime.combine(day, time())
    return tuple((midnight + timedelta(seconds=start), midnight + timedelta(seconds=end)) for start, end in windows)


# ---------------------------------------------------------------- the walk


def _utc(instant: datetime, step: int) -> datetime:
    """The instant in UTC; refused when it is naive or falls within a step."""
    if instant.utcoffset() is None:
        raise ValueError(f"naive: {instant}")
    if 86400 % step or (instant.astimezone(UTC) - EPOCH) % timedelta(seconds=step):
        raise ValueError(f"{instant} is not at a step of {step} s")
    return instant.astimezone(UTC)


def _check_order(start: datetime, end: datetime, step: int) -> None:
    if _utc(start, step) > _utc(end, step):
        raise ValueError(f"{end} is before {start}")


def _count(amount: timedelta, step: int) -> int:
    """How many steps the amount is; refused when it is negative or has part of a step."""
    steps, rest = divmod(amount, timedelta(seconds=step))
    if steps < 0 or rest:
        raise ValueError(f"{amount} is not a whole number of steps of {step} s")
    return steps


def _owners(plan: Plan, start: datetime, end: datetime, step: int) -> Iterator[tuple[datetime, list[date]]]:
    """Every step from start to end, with the dates whose own windows contain it, the latest first; none when closed."""
    absences = [(_utc(gone, step), _utc(back, step)) for gone, back in plan.absences]
    today = date.min
    hours: tuple[_Hours, ...] = ()
    for at, high in _high_marks(plan.zone, start, end, step):
        if high.date() != today:
            today = high.date()
            hours = (_hours(plan, today, step), _hours(plan, today - ONE_DAY, step))  # the latest first
        if any(gone <= at < back for gone, back in absences):
            yield at, []
        else:
            yield at, [own.day for own in hours if own.contain(high)]


def walk(plan: Plan, start: datetime, end: datetime, step: int = 60) -> Iterator[tuple[datetime, bool]]:
    """The start of every step from start to end, in UTC, and whether it is open."""
    for at, owning in _owners(plan, _utc(start, step), _utc(end, step), step):
        yield at, bool(owning)


def _walk_back(plan: Plan, end: datetime, step: int, limit: timedelta) -> Iterator[tuple[datetime, bool]]:
    """The same steps, from the last before `end` to the first within the limit."""
    last = _utc(end, step)
    first = _utc(last - limit, step)
    while last > first:
        begin = max(first, last - LOOK_BACK)
        yield from reversed(list(walk(plan, begin, last, step)))
        last = begin


# ---------------------------------------------------------------- the questions


def elapsed(plan: Plan, start: datetime, end: datetime, step: int = 60) -> timedelta:
    """The open time from start to end."""
    _check_order(start, end, step)
    return sum(is_open for _, is_open in walk(plan, start, end, step)) * timedelta(seconds=step)


def add(plan: Plan, start: datetime, amount: timedelta, step: int = 60, limit: timedelta = LIMIT) -> datetime | None:
    """The earliest instant with exactly this much open time since start; zero rolls forward."""
    missing = _count(amount, step)
    if not missing:
        return roll_forward(plan, start, step, limit)
    for at, is_open in walk(plan, start, _utc(start, step) + limit, step):
        missing -= is_open
        if not missing:
            return at + timedelta(seconds=step)
    return None


def subtract(
    plan: Plan, start: datetime, amount: timedelta, step: int = 60, limit: timedelta = LIMIT
) -> datetime | None:
    """The latest instant with exactly this much open time until start; zero rolls back."""
    missing = _count(amount, step)
    if not missing:
        return roll_back(plan, start, step, limit)
    for at, is_open in _walk_back(plan, start, step, limit):
        missing -= is_open
        if not missing:
            return at
    return None


def roll_forward(plan: Plan, instant: datetime, step: int = 60, limit: timedelta = LIMIT) -> datetime | None:
    """The first open instant at or after."""
    for at, is_open in walk(plan, instant, _utc(instant, step) + limit, step):
        if is_open:
            return at
    return None


def roll_back(plan: Plan, instant: datetime, step: int = 60, limit: timedelta = LIMIT) -> datetime | None:
    """The last instant at or before that has open time just before it."""
    for at, is_open in _walk_back(plan, instant, step, limit):
        if is_open:
            return at + timedelta(seconds=step)
    return None


def next_open(plan: Plan, instant: datetime, step: int = 60, limit: timedelta = LIMIT) -> datetime | None:
    """The first opening strictly after."""
    return _next_change(plan, instant, True, step, limit)


def next_close(plan: Plan, instant: datetime, step: int = 60, limit: timedelta = LIMIT) -> datetime | None:
    """The first closing strictly after."""
    return _next_change(plan, instant, False, step, limit)


def previous_open(plan: Plan, instant: datetime, step: int = 60, limit: timedelta = LIMIT) -> datetime | None:
    """The last opening strictly before."""
    return _previous_change(plan, instant, True, step, limit)


def previous_close(plan: Plan, instant: datetime, step: int = 60, limit: timedelta = LIMIT) -> datetime | None:
    """The last closing strictly before."""
    return _previous_change(plan, instant, False, step, limit)


def _next_change(plan: Plan, instant: datetime, to: bool, step: int, limit: timedelta) -> datetime | None:
    """The first step after the one at the instant that is `to` where the step before it was not."""
    before = to  # the step at the instant itself is no change
    for at, is_open in walk(plan, instant, _utc(instant, step) + limit, step):
        if is_open == to and before != to:
            return at
        before = is_open
    return None


def _previous_change(plan: Plan, instant: datetime, to: bool, step: int, limit: timedelta) -> datetime | None:
    """The last step before the one at the instant that is `to` where the step before it was not."""
    after, after_at = not to, EPOCH  # nothing before the instant has been seen yet
    for at, is_open in _walk_back(plan, instant, step, limit):
        if after == to and is_open != to:
            return after_at
        after, after_at = is_open, at
    return None


# ---------------------------------------------------------------- dates


def owner(plan: Plan, instant: datetime, step: int = 60) -> date | None:
    """The working date that owns the instant: the latest whose own windows contain it; None when closed."""
    at = _utc(instant, step)
    ((_, owning),) = _owners(plan, at, at + timedelta(seconds=step), step)
    return owning[0] if owning else None


def working_dates(plan: Plan, first: date, last: date, step: int = 60) -> list[date]:
    """The dates from first to last with open time in windows of their own after every layer, absences included."""
    start = datetime.combine(first, time(), UTC) - 2 * ONE_DAY  # wide enough for every offset,
    end = datetime.combine(last, time(), UTC) + 5 * ONE_DAY  # windows of 48 hours, and a clock that goes back
    owning = {day for _, days in _owners(plan, start, end, step) for day in days}
    return [day for day in sorted(owning) if first <= day <= last]


def workday_elapsed(plan: Plan, start: datetime, end: datetime, step: int = 60) -> timedelta:
    """The time from start to end on working dates: 00:00-24:00 of each, and nothing of any other date."""
    _check_order(start, end, step)
    days = [high.date() for _, high in _high_marks(plan.zone, _utc(start, step), _utc(end, step), step)]
    working = set(working_dates(plan, min(days), max(days), step)) if days else set()
    return sum(day in working for day in days) * timedelta(seconds=step)
