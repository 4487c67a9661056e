"""What awkward calendars look like: random hours and exceptions close to a change of the clock.

A `Scene` is one office told twice: as a slacalc `Calendar`, from the notation that a user would write, and as
the oracle's `Plan`, from the numbers that the notation was written from. A `Question` is a calendar, or several
put together, and instants to ask it about; a `Stretch` adds an amount that is known to fit.

`LAWS_TIMES=30 pytest tests/laws` draws thirty times as many examples.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.relative_days import Relative
from slacalc.testing.strategies import (
    CLOCK_CHANGES,
    ORDINARY_TIMES,
    ZONES,
    absences,
    dates_near,
    day_windows,
    times_of_day,
    weekly_hours,
    written_hours,
    written_windows,
)
from tests.oracle import Plan, Windows, emptied

DAY: Final = 86_400
MINUTE: Final = 60
MICROSECOND: Final = timedelta(microseconds=1)
ONE_DAY: Final = timedelta(days=1)
NEAR: Final = 4  # days around a change of the clock that questions are about
REACH: Final = timedelta(days=30)  # as far as amounts are drawn for
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH")

Weekly = Mapping[str, Windows]


def law(examples: int) -> settings:
    """The number of examples of a property; generating calendars is allowed its time."""
    times = int(os.environ.get("LAWS_TIMES", "1"))
    allowed = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=examples * times, deadline=None, suppress_health_check=allowed)


def utc(instant: datetime) -> datetime:
    """The instant in UTC: Python compares two times of one zone by what the clock reads, not by what is earlier."""
    return instant.astimezone(UTC)


# ---------------------------------------------------------------- exceptions


class _Change(NamedTuple):
    """What happens on a special day, in the library's notation and for the oracle."""

    notation: str
    told: tuple[str, Windows]


@st.composite
def _changes(draw: st.DrawFn, step: int) -> _Change:
    kind = draw(st.sampled_from(("closed", "if open", "replaced", "added", "removed")))
    of_day = () if kind == "closed" else draw(day_windows(step, least=1))
    sign = {"added": "+", "removed": "-", "replaced": "open "}.get(kind, "")
    return _Change(sign + written_windows(of_day), (kind, of_day))


class _SpecialDays(NamedTuple):
    """Special days for the library, and the one that speaks for each date for the oracle."""

    written: tuple[sla.SpecialDay, ...]
    told: Mapping[date, tuple[str, Windows]]
    seasons: Mapping[date, Weekly]


@st.composite
def _special_days(draw: st.DrawFn, at: datetime, step: int, holidays: frozenset[date] | None) -> _SpecialDays:
    """Of each kind some: a single date beats a range, a range a yearly date, that a date told from a holiday or from
    Easter, and that a recurrence (rule 4).

    Some have weekly hours, and stand in the layer of the weekly hours.
    """
    written: list[sla.SpecialDay] = []
    told: dict[date, tuple[str, Windows]] = {}
    seasons: dict[date, Weekly] = {}
    told_from = () if holidays is None else (_after_holidays(holidays), _before_holidays(holidays))
    named = (_easter(at), _feast(holidays)) if holidays else (_easter(at),)
    dated = (_yearly(at), _date_range(at), _single(at), _single(at))
    kinds = (_recurring(at), *told_from, draw(st.sampled_from(named)), *dated)
    seen: set[object] = set()
    for place in sorted(draw(st.sets(st.integers(0, len(kinds) - 1), max_size=3))):  # the later speakers last
        on, dates = draw(kinds[place])
        if on in seen:
            continue
        seen.add(on)
        weekly = draw(_weeks(step, holidays)) if draw(st.integers(0, 3)) == 0 else {}
        if weekly:
            written.append(sla.SpecialDay.of(on, written_hours(weekly), name="season"))
            seasons |= dict.fromkeys(dates, weekly)
            continue
        change = draw(_changes(step))
        written.append(sla.SpecialDay.of(on, change.notation, name=type(on).__name__))
        kind, of_day = change.told
        opens = kind == "if open" and isinstance(on, date)  # windows of a single date open it
        told |= dict.fromkeys(dates, ("replaced" if opens else kind, of_day))
    return _SpecialDays(tuple(draw(st.permutations(written))), told, seasons)


@st.composite
def _weeks(draw: st.DrawFn, step: int, holidays: frozenset[date] | None) -> Weekly:
    """A week, at times with hours of worked weekends, and of holidays on some day of the week."""
    weekly = dict(draw(weekly_hours(step)))
    if holidays is not None:
        weekly |= draw(st.dictionaries(st.sampled_from(("WW", "PH Mon", "PH Sat", "PH Sun")), day_windows(step)))
    return weekly


_Dated = tuple["date | sla.DateRange | sla.Yearly | Relative | sla.Recurring", list[date]]


def _single(at: datetime) -> st.SearchStrategy[_Dated]:
    return dates_near(at).map(lambda day: (day, [day]))


@st.composite
def _date_range(draw: st.DrawFn, at: datetime) -> _Dated:
    first, days = draw(dates_near(at)), draw(st.integers(0, 4))
    dates = [first + step * ONE_DAY for step in range(days + 1)]
    return sla.DateRange(first, dates[-1]), dates


@st.composite
def _yearly(draw: st.DrawFn, at: datetime) -> _Dated:
    first, days = draw(dates_near(at)), draw(st.integers(0, 4))
    dates = [first + step * ONE_DAY for step in range(days + 1)]
    return sla.Yearly((first.month, first.day), (dates[-1].month, dates[-1].day)), dates


@st.composite
def _recurring(draw: st.DrawFn, at: datetime) -> _Dated:
    around = [at.date() + days * ONE_DAY for days in range(-40, 41)]  # as far as the oracle walks
    if draw(st.booleans()):
        weekday = draw(st.integers(0, 6))
        text = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[weekday]
        return sla.Recurring(f"FREQ=WEEKLY;BYDAY={text}"), [day for day in around if day.weekday() == weekday]
    start, every = draw(dates_near(at)), draw(st.integers(1, 3))
    dates = [day for day in around if day >= start and (day - start).days % every == 0]
    return sla.Recurring(f"FREQ=DAILY;INTERVAL={every}", start), dates


def _after_holidays(holidays: frozenset[date]) -> st.SearchStrategy[_Dated]:
    return _told_from("PH", holidays, st.integers(1, 7))


def _before_holidays(holidays: frozenset[date]) -> st.SearchStrategy[_Dated]:
    return _told_from("PH", holidays, st.integers(-7, -1))


def _feast(holidays: frozenset[date]) -> st.SearchStrategy[_Dated]:
    return _told_from("Feast", holidays, st.sampled_from((-2, -1, 1, 2)))


@st.composite
def _easter(draw: st.DrawFn, at: datetime) -> _Dated:
    """A date told from Easter, near the instant where it can be."""
    orthodox = draw(st.booleans())
    sundays = [_easter_sunday(at.year + step, orthodox=orthodox) for step in (-1, 0, 1)]
    away = (draw(dates_near(at)) - sundays[1]).days
    offset = away if abs(away) <= 100 else draw(st.integers(-3, 3))
    return draw(_told_from("orthodox easter" if orthodox else "easter", sundays, st.just(offset)))


@st.composite
def _told_from(draw: st.DrawFn, anchor: str, days: Iterable[date], offsets: st.SearchStrategy[int]) -> _Dated:
    offset = draw(offsets)
    weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=2))))
    dates = [day + offset * ONE_DAY for day in days]
    return Relative(anchor, offset, weekdays), [day for day in dates if not weekdays or day.weekday() in weekdays]


def _easter_sunday(year: int, *, orthodox: bool) -> date:
    """Easter by the tables of the almanacs: the Sunday after the full moon that they give (Meeus, Astronomical
    Algorithms, chapter 8); from 1900 to 2099 the Julian date is 13 days behind."""
    a = year % 19
    if orthodox:
        d = (19 * a + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return date(year, month, day + 1) + 13 * ONE_DAY
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + ell - 7 * ((a + 11 * h + 22 * ell) // 451) + 114, 31)
    return date(year, month, day + 1)


# ---------------------------------------------------------------- scenes


@dataclass(frozen=True)
class Scene:
    """One office told twice, and the instant at which its clock is moved."""

    calendar: sla.Calendar
    plan: Plan
    at: datetime

    @property
    def edges(self) -> list[int]:
        """The times of day at which some window of it starts or ends."""
        weekly = [self.plan.weekly, *(hours for _, hours in self.plan.versions), *self.plan.seasons.values()]
        told = [of_day for hours in weekly for of_day in hours.values()] + [w for _, w in self.plan.specials.values()]
        return sorted({0, *(edge for of_day in told for window in of_day for edge in window)})


@st.composite
def scenes(
    draw: st.DrawFn,
    *,
    step: int = MINUTE,
    around: tuple[str, datetime] | None = None,
    with_holidays: bool | None = None,
) -> Scene:
    """An office of any kind that the library can tell of, near an instant at which a clock is moved.

    One that is to have holidays looks at them: it covers their three years only, and its searches are short.
    """
    zone, at = around or draw(st.sampled_from((*ORDINARY_TIMES, *CLOCK_CHANGES)))
    has_holidays = draw(st.booleans()) if with_holidays is None else with_holidays
    holidays = draw(st.frozensets(dates_near(at), max_size=3)) if has_holidays else frozenset[date]()
    known = holidays if has_holidays else None
    weekly = draw(_weeks(step, known))
    versions = sorted(draw(st.dictionaries(dates_near(at), _weeks(step, known), max_size=2)).items())
    special = draw(_special_days(at, step, known))
    away = draw(st.lists(absences(at, _grain(step)), max_size=2))
    worked = draw(_worked(at)) if has_holidays else {}
    half_days = draw(st.dictionaries(dates_near(at), times_of_day(step), max_size=2)) if has_holidays else {}
    open_on_holidays = has_holidays and with_holidays is None and draw(st.booleans())
    # "never opens" is refused when a calendar is built; what is drawn here nearly always opens
    weeks = (weekly, *(hours for _, hours in versions))
    assume(_opens(weeks, uses_holidays=has_holidays and not open_on_holidays))
    plan = Plan(
        zone,
        weekly,
        tuple(versions),
        holidays,
        open_on_holidays,
        special.told,
        tuple((absence.start, absence.end) for absence in away),
        special.seasons,
        worked,
        half_days,
    )
    assume(not emptied(plan))  # refused when a calendar is built
    calendar = sla.Calendar(
        zone,
        written_hours(weekly),
        holidays=frozen(holidays, at, worked, half_days) if has_holidays else None,
        special_days=special.written,
        absences=away,
        versions=[(day, written_hours(hours)) for day, hours in versions],
        open_on_holidays=open_on_holidays,
    )
    return Scene(calendar, plan, at)


def _grain(step: int) -> timedelta:
    """To the minute where all is, else to the microsecond."""
    return timedelta(minutes=1) if step == MINUTE else MICROSECOND


def frozen(
    dates: Iterable[date],
    at: datetime,
    worked: Mapping[date, date | None] | None = None,
    half_days: Mapping[date, int] | None = None,
) -> sla.FrozenHolidays:
    """Holidays of one's own making, known for three years."""
    halves = {day: ("Eve", str(timedelta(seconds=end)).zfill(8)) for day, end in (half_days or {}).items()}
    return sla.FrozenHolidays.of(
        dict.fromkeys(dates, "Feast"), years=(at.year - 1, at.year + 1), working_weekends=worked, half_days=halves
    )


def _worked(at: datetime) -> st.SearchStrategy[dict[date, date | None]]:
    return st.dictionaries(dates_near(at), st.none() | dates_near(at), max_size=2)


def _opens(weeks: Iterable[Weekly], *, uses_holidays: bool) -> bool:
    days = DAYS if uses_holidays else DAYS[:7]
    return any(day in weekly for weekly in weeks for day in days)


@st.composite
def instants(draw: st.DrawFn, scene: Scene, grain: timedelta = MICROSECOND) -> datetime:
    """An instant near the change, often close to it or to the end of a window; in UTC or in the office's zone."""
    zone = ZoneInfo(scene.plan.zone)
    kind = draw(st.sampled_from(("near", "edge", "change")))
    if kind == "near":
        instant = scene.at + draw(st.integers(-NEAR * ONE_DAY // grain, NEAR * ONE_DAY // grain)) * grain
    elif kind == "edge":
        wall = datetime.combine(draw(dates_near(scene.at)), time()) + timedelta(
            seconds=draw(st.sampled_from(scene.edges))
        )
        instant = wall.replace(tzinfo=zone, fold=draw(st.integers(0, 1))).astimezone(UTC)
    else:
        instant = scene.at + draw(st.sampled_from((0, -1, 1))) * timedelta(minutes=30)
    instant += draw(st.sampled_from((0, -1, 1))) * grain
    return instant.astimezone(draw(st.sampled_from((UTC, zone))))


# ---------------------------------------------------------------- questions


class Question(NamedTuple):
    """A calendar and instants in order."""

    calendar: OpenTime
    instants: tuple[datetime, ...]


@st.composite
def questions(draw: st.DrawFn, count: int) -> Question:
    """A calendar, alone, put together with another in any zone, or derived; and instants near a change of the clock."""
    scene = draw(scenes(step=1))
    calendar = draw(_alone_or_together(scene))
    drawn = [draw(instants(scene)) for _ in range(count)]
    return Question(calendar, tuple(sorted(drawn, key=utc)))


@st.composite
def _alone_or_together(draw: st.DrawFn, scene: Scene) -> OpenTime:
    how = draw(st.sampled_from(("alone", "alone", "alone", "workdays", "|", "&", "-", "- absence")))
    if how in {"alone", "workdays"}:
        return scene.calendar if how == "alone" else scene.calendar.workdays()
    # of two calendars one has holidays, so that a search for an opening that never comes is short
    other = draw(scenes(step=1, around=(draw(st.sampled_from(ZONES)), scene.at), with_holidays=True)).calendar
    match how:
        case "|":
            together = scene.calendar | other
        case "&":
            together = scene.calendar & other
        case "-":
            together = sla.Combination("-", scene.calendar, other)
        case _:
            together = (scene.calendar | other) - draw(absences(scene.at, MICROSECOND))
    return together.in_zone(draw(st.sampled_from(ZONES))) if draw(st.booleans()) else together


class Stretch(NamedTuple):
    """A calendar, an instant, and amounts of open time that there are within thirty days of it."""

    calendar: OpenTime
    at: datetime
    amounts: tuple[timedelta, ...]


@st.composite
def stretches(draw: st.DrawFn, *, count: int = 1, backward: bool = False) -> Stretch:
    """A question with amounts, none of them zero: often such that they end exactly when a window does."""
    calendar, (at,) = draw(questions(1))
    start, end = (utc(at) - REACH, at) if backward else (at, utc(at) + REACH)
    lengths = [interval.length for interval in calendar.intervals(start, end)]
    ends = list(accumulate(reversed(lengths) if backward else lengths))
    assume(ends)
    amounts: list[timedelta] = []
    for _ in range(count):
        left = ends[-1] - sum(amounts, timedelta(0))
        assume(left)
        exact = [amount for amount in ends if amount <= left]
        any_other = st.integers(1, left // MICROSECOND).map(lambda us: us * MICROSECOND)
        amounts.append(draw(st.sampled_from(exact) | any_other if exact else any_other))
    return Stretch(calendar, at, tuple(amounts))
