"""Awkward offices, policies and tickets as Hypothesis strategies.

What they draw is valid, and often close to trouble: zones whose clock is moved at midnight, by
half an hour or by a day, instants at an opening or a microsecond before it, hours overnight,
several special days on one date. `from_type(Calendar)` and the like draw them too.

Over 400 lines: a calendar, a policy and a ticket are drawn from the same hours, dates and amounts.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import add
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays
from slacalc.calendars.hours import Hours
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.relative_days import Relative
from slacalc.calendars.special_days import Absence, DateRange, Recurring, SpecialDay, When, Yearly
from slacalc.errors import CalendarError, MissingExtraError
from slacalc.events.event import Actor, Created, Event
from slacalc.events.json_lines import event_from_data
from slacalc.policies.document.rules import MetricRule
from slacalc.policies.loading import policy_from_data
from slacalc.policies.policy import Policy
from slacalc.policies.targets.target import AnyTarget

try:
    from hypothesis import reject
    from hypothesis import strategies as st
except ModuleNotFoundError as _missing:
    raise MissingExtraError(
        "extra_missing", f"the strategies need {_missing.name}", accepts="slacalc with its extra test"
    ) from _missing

__all__ = [
    "CLOCK_CHANGES",
    "ORDINARY_TIMES",
    "ZONES",
    "absences",
    "amounts",
    "calendars",
    "clock_changes",
    "dates_near",
    "day_windows",
    "event_logs",
    "holidays",
    "hours",
    "instants",
    "instants_of",
    "policies",
    "spans",
    "special_days",
    "targets",
    "times_of_day",
    "weekly_hours",
    "windows",
    "written_hours",
    "written_windows",
    "zones",
]

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
MICROSECOND: Final = timedelta(microseconds=1)
ONE_DAY: Final = timedelta(days=1)
NEAR: Final = 4  # days around an instant that is of interest
FRIDAY: Final = datetime(2026, 11, 20, tzinfo=UTC)


_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH")

Windows: TypeAlias = tuple[tuple[int, int], ...]
Weekly: TypeAlias = Mapping[str, Windows]


# ---------------------------------------------------------------- where clocks are moved


def _utc(*fields: int) -> datetime:
    year, month, day, hour, minute = (*fields, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


ORDINARY_TIMES: Final[tuple[tuple[str, datetime], ...]] = (
    ("UTC", FRIDAY),
    ("Europe/Berlin", _utc(2027, 2, 13)),  # where two years of a timeline, of 366 days since 1970, are joined
    ("America/New_York", _utc(2026, 2, 12)),  # the same, in the evening of the 11th
)
CLOCK_CHANGES: Final[tuple[tuple[str, datetime], ...]] = (
    ("Europe/Berlin", _utc(2026, 3, 29, 1)),
    ("Europe/Berlin", _utc(2026, 10, 25, 1)),
    ("Europe/Dublin", _utc(2026, 3, 29, 1)),  # winter is the time that is moved
    ("Europe/Dublin", _utc(2026, 10, 25, 1)),
    ("America/New_York", _utc(2026, 3, 8, 7)),
    ("America/New_York", _utc(2026, 11, 1, 6)),
    ("Pacific/Auckland", _utc(2026, 4, 4, 14)),
    ("Pacific/Auckland", _utc(2026, 9, 26, 14)),
    ("Australia/Lord_Howe", _utc(2026, 4, 4, 15)),  # half an hour back
    ("Australia/Lord_Howe", _utc(2026, 10, 3, 15, 30)),
    ("Asia/Kathmandu", _utc(1985, 12, 31, 18, 30)),  # 00:00 to 00:15 on New Year's Day
    ("Africa/Casablanca", _utc(2026, 2, 15, 2)),  # back for Ramadan
    ("Africa/Casablanca", _utc(2026, 3, 22, 2)),
    ("Asia/Beirut", _utc(2023, 3, 25, 22)),  # no 00:00-01:00 on the 26th
    ("America/Havana", _utc(2026, 3, 8, 5)),  # no 00:00-01:00
    ("America/Havana", _utc(2026, 11, 1, 5)),  # 00:00-01:00 twice
    ("America/Sao_Paulo", _utc(2018, 11, 4, 3)),  # no 00:00-01:00
    ("America/Sao_Paulo", _utc(2018, 2, 18, 2)),  # 23:00-24:00 of the 17th twice
    ("America/St_Johns", _utc(2010, 3, 14, 3, 31)),  # at 00:01
    ("America/St_Johns", _utc(2010, 11, 7, 2, 31)),  # at 00:01 of the 7th, back into the 6th
    ("Asia/Pyongyang", _utc(2015, 8, 14, 15)),  # 23:30-24:00 of the 14th twice
    ("Asia/Pyongyang", _utc(2018, 5, 4, 15)),  # no 23:30-24:00 on the 4th
    ("Antarctica/Troll", _utc(2026, 3, 29, 1)),  # two hours
    ("Antarctica/Troll", _utc(2026, 10, 25, 1)),
    ("Pacific/Apia", _utc(2011, 12, 30, 10)),  # no 30 December
    ("Pacific/Kwajalein", _utc(1993, 8, 21, 12)),  # no 21 August
    ("Pacific/Kwajalein", _utc(1969, 9, 30, 13)),  # 30 September from 01:00 twice
)
ZONES: Final[tuple[str, ...]] = tuple(dict.fromkeys(zone for zone, _ in (*ORDINARY_TIMES, *CLOCK_CHANGES)))


def clock_changes() -> st.SearchStrategy[tuple[str, datetime]]:
    """Return zones, each with an instant in UTC at which its clock is moved."""
    return st.sampled_from(CLOCK_CHANGES)


def zones() -> st.SearchStrategy[ZoneInfo]:
    """Return zones whose clocks were moved at awkward times, and UTC."""
    return st.sampled_from(ZONES).map(ZoneInfo)


# ---------------------------------------------------------------- hours

_TELLING: Final = (9, 17, 0, 12, 13, 22, 6, 23, 1, 2, 3, 0.5, 1.5, 2.5, 23.5)
_OFFICE: Final[Weekly] = dict.fromkeys(_DAYS[:5], ((32400, 43200), (46800, 61200)))
_NIGHTS: Final[Weekly] = dict.fromkeys(_DAYS[:7], ((79200, 108000),))
_ALWAYS: Final[Weekly] = dict.fromkeys(_DAYS, ((0, DAY_SECONDS),))


def times_of_day(step: int = 60) -> st.SearchStrategy[int]:
    """Return seconds from midnight; hours at which offices open, shifts change and clocks are moved more often."""
    telling = [int(hour * 3600) for hour in _TELLING]
    return st.sampled_from(telling) | st.integers(0, DAY_SECONDS // step - 1).map(lambda count: count * step)


@st.composite
def windows(draw: st.DrawFn, step: int = 60) -> tuple[int, int]:
    """Draw one window in seconds: within a date, until 24:00, overnight, or all day."""
    start, end = draw(times_of_day(step)), draw(times_of_day(step)) or DAY_SECONDS
    if start == end:
        return 0, DAY_SECONDS
    return (start, end) if start < end else (start, end + DAY_SECONDS)


def day_windows(step: int = 60, least: int = 0) -> st.SearchStrategy[Windows]:
    """Return windows of one date as someone might write them: in any order, touching or overlapping too."""
    return st.lists(windows(step), min_size=least, max_size=3).map(tuple)


@st.composite
def weekly_hours(draw: st.DrawFn, step: int = 60) -> Weekly:
    """Draw the windows of a week by day, closed days left out; several days often share theirs."""
    telling = draw(st.sampled_from((_OFFICE, _NIGHTS, _ALWAYS, None, None, None, None)))
    if telling is not None:
        return telling
    pool = draw(st.lists(day_windows(step, least=1), min_size=1, max_size=3))
    drawn = {day: draw(st.sampled_from((*pool, ()))) for day in _DAYS}
    return {day: of_day for day, of_day in drawn.items() if of_day}


def hours(step: int = 60) -> st.SearchStrategy[Hours]:
    """Return weekly hours: offices, nights, always, or any windows, in steps of so many seconds; some never open."""
    return weekly_hours(step).map(written_hours).map(Hours.parse)


def written_windows(of_day: Windows) -> str:
    """Return the notation of one date's windows, as a user might write it: not united, not sorted."""
    drawn = (f"{_clock(start)}-{_clock(end if end <= DAY_SECONDS else end - DAY_SECONDS)}" for start, end in of_day)
    return " ".join(drawn) or "closed"


def written_hours(weekly: Weekly) -> str:
    """Return the notation of a week, as a user might write it."""
    return "; ".join(f"{day} {written_windows(of_day)}" for day, of_day in weekly.items()) or "closed"


def _clock(seconds: int) -> str:
    hour, minute, second = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hour:02}:{minute:02}:{second:02}" if second else f"{hour:02}:{minute:02}"


# ---------------------------------------------------------------- exceptions


def dates_near(at: datetime = FRIDAY) -> st.SearchStrategy[date]:
    """Return the dates around an instant."""
    return st.integers(-NEAR, NEAR).map(lambda days: at.date() + days * ONE_DAY)


@st.composite
def holidays(draw: st.DrawFn, at: datetime = FRIDAY) -> FrozenHolidays:
    """Draw holidays near an instant, at times with a weekend that is worked and a half day; three years are known."""
    near = dates_near(at)
    return FrozenHolidays.of(
        dict.fromkeys(draw(st.frozensets(near, max_size=3)), "Feast"),
        years=(at.year - 1, at.year + 1),
        working_weekends=draw(st.dictionaries(near, st.none() | near, max_size=1)),
        half_days=draw(st.dictionaries(near, st.sampled_from((("Eve", "13:00"), ("Eve", "16:30"))), max_size=1)),
    )


@st.composite
def special_days(draw: st.DrawFn, at: datetime = FRIDAY, step: int = 60, *, with_holidays: bool = False) -> SpecialDay:
    """Draw an exception near an instant, of any kind: closed, replaced, added, removed; once, yearly or recurring.

    Some are told from Easter, and `with_holidays` from public holidays, which the calendar must have then.
    """
    first = draw(dates_near(at))
    last = first + draw(st.integers(0, NEAR)) * ONE_DAY
    yearly = Yearly((first.month, first.day), (last.month, last.day))
    every = Recurring(f"FREQ=DAILY;INTERVAL={draw(st.integers(1, 9))}", first)
    anchor = draw(st.sampled_from(("easter", "orthodox easter", *(("PH", "PH") if with_holidays else ()))))
    relative = Relative(anchor, draw(st.sampled_from((-2, -1, 1, 3))), draw(st.sampled_from(((), (0,), (4, 5)))))
    whens: tuple[When, ...] = (first, first, DateRange(first, last), yearly, every, relative)
    on = draw(st.sampled_from(whens))
    sign = draw(st.sampled_from(("closed", "", "+", "-")))
    change = sign if sign == "closed" else sign + written_windows(draw(day_windows(step, least=1)))
    return SpecialDay.of(on, change, name=type(on).__name__)


@st.composite
def absences(draw: st.DrawFn, at: datetime = FRIDAY, grain: timedelta = MINUTE) -> Absence:
    """Draw an absence of up to three days near an instant."""
    start = at + draw(st.integers(-NEAR * ONE_DAY // grain, NEAR * ONE_DAY // grain)) * grain
    return Absence(start, start + draw(st.integers(1, 3 * ONE_DAY // grain)) * grain, "away")


# ---------------------------------------------------------------- calendars and instants


@st.composite
def calendars(draw: st.DrawFn, *, near: tuple[str, datetime] | None = None) -> Calendar:
    """Draw an office with exceptions near an instant at which its clock is moved, or near one that is given.

    `near` is a zone and an instant. Some calendars have holidays, and then know three years only.
    """
    zone, at = near or draw(st.sampled_from((*ORDINARY_TIMES, *CLOCK_CHANGES)))
    known = draw(st.none() | holidays(at))
    exceptions = special_days(at, with_holidays=known is not None)
    try:
        return Calendar(
            zone,
            draw(hours()),
            holidays=known,
            special_days=draw(st.lists(exceptions, max_size=3, unique_by=_dates_of)),
            absences=draw(st.lists(absences(at), max_size=2)),
            versions=draw(st.dictionaries(dates_near(at), hours(), max_size=1)),
            open_on_holidays=draw(st.booleans()),
        )
    except CalendarError:  # it never opens, or a half day leaves none of its hours
        reject()


def _dates_of(special: SpecialDay) -> object:
    """Return what two special days of one calendar may not share: of each kind one will do here."""
    return type(special.on)


_ORDINARY: Final = (10, 9, 17, 14, 11, 16, 12, 13, 15)
_ANY_HOUR: Final = (8, 18, 0, 22, 6, 23, 1, 2, 3, 20)
_EDGES: Final = (9, 17)
_HOURS: Final = (
    st.sampled_from(_ORDINARY)
    | st.sampled_from(_EDGES)
    | st.sampled_from(_EDGES)
    | st.sampled_from((*_ORDINARY, *_ANY_HOUR))
)
_MINUTES: Final = st.sampled_from((0, 0, 0, 0, 0, 0, 30, 15, 45, 1, 59, 20))
_SECONDS: Final = st.sampled_from((0, 0, 0, 0, 0, 0, 30, 1, 59))
_BESIDE: Final = st.sampled_from((0, 0, 1, -1))
_ONE_IN_EIGHT: Final = st.sampled_from((*(7 * (False,)), True))


@st.composite
def instants(draw: st.DrawFn, *, near: datetime = FRIDAY, grain: timedelta = MICROSECOND) -> datetime:
    """Draw an instant within four days of another one, in UTC: mostly a round time of any weekday.

    One in eight is that instant itself or a grain beside it. The others are at a time of day on the clock of
    `near`: working hours more often, whole and half hours more often, now and then a grain beside. The
    simplest is ten in the morning of its date.
    """
    base = near.astimezone(UTC)
    day = near.date() + draw(st.integers(-NEAR, NEAR - 1)) * ONE_DAY
    told = time(draw(_HOURS), draw(_MINUTES), draw(_SECONDS), tzinfo=near.tzinfo)
    beside, is_near_itself = draw(_BESIDE), draw(_ONE_IN_EIGHT)  # always drawn: Hypothesis holds few draws for simple
    offset = 0 if is_near_itself else (datetime.combine(day, told).astimezone(UTC) - base) // grain
    most = NEAR * ONE_DAY // grain
    return base + max(-most, min(offset + beside, most)) * grain


def instants_of(calendar: OpenTime, *, near: datetime = FRIDAY) -> st.SearchStrategy[datetime]:
    """Return instants near another one, often where the calendar opens or closes, a minute or a microsecond beside it.

    The others are those of `instants`, at times of day on the clock of the calendar.
    """
    return st.deferred(lambda: _instants_of(calendar, near))


def _instants_of(calendar: OpenTime, near: datetime) -> st.SearchStrategy[datetime]:
    intervals = calendar.intervals(near - NEAR * ONE_DAY, near + NEAR * ONE_DAY)
    edges = [edge for interval in intervals for edge in (interval.start, interval.end)]
    anywhere = instants(near=near.astimezone(calendar.zone_info))
    steps = st.sampled_from((0, 0, 1, -1, 60_000_000, -60_000_000))
    at = anywhere | st.builds(_beside, st.sampled_from(edges), steps) if edges else anywhere
    return st.builds(datetime.astimezone, at, st.sampled_from((calendar.zone_info, UTC)))


def _beside(at: datetime, microseconds: int) -> datetime:
    return at.astimezone(UTC) + microseconds * MICROSECOND


# ---------------------------------------------------------------- promises


def amounts(*, most: timedelta = timedelta(hours=40), grain: timedelta = MINUTE) -> st.SearchStrategy[timedelta]:
    """Return amounts of time above zero; whole hours more often."""
    telling = [hours * HOUR for hours in (1, 2, 4, 8, 24, 60, 110, 200, 400) if hours * HOUR <= most]
    anything = st.integers(1, most // grain).map(lambda count: count * grain)
    return st.sampled_from(telling) | anything if telling else anything


def spans(*, most: timedelta = timedelta(days=366), grain: timedelta = MICROSECOND) -> st.SearchStrategy[timedelta]:
    """Return times between two instants, from nothing on: hours, hours and minutes, days; now and then a grain more."""
    far = [days * ONE_DAY for days in (5, 7, 8, 11, 5, 7, 8, 11, 30, 100, 366) if days * ONE_DAY <= most]
    hours = st.integers(0, min(NEAR * 24, most // HOUR)).map(lambda count: count * HOUR)
    minutes = st.builds(timedelta, minutes=_MINUTES, seconds=_SECONDS)
    longer = st.sampled_from(far) if far else hours
    told = hours | st.builds(add, hours, minutes) | st.builds(add, longer, hours)
    return st.builds(lambda length, beside: _in_grains(length, most, grain, beside), told, _BESIDE)


def _in_grains(length: timedelta, most: timedelta, grain: timedelta, beside: int) -> timedelta:
    return max(0, min(length // grain + beside, most // grain)) * grain


def targets() -> st.SearchStrategy[AnyTarget]:
    """Return targets of every kind."""
    return _target_data().map(_promised).map(lambda metric: MetricRule(**metric).due)


_KINDS: Final = st.sampled_from(
    ({}, {}, {}, {"promise": "typical"}, {"promise": "best_effort"}, {"owed_by": "customer"})
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw a policy of up to three rules, told apart by priority, with up to two calendars and three metrics.

    Most of its promises are owed; some are typical, best effort, or the customer's.
    """
    names = draw(st.lists(st.sampled_from(("office", "nights", "weekend")), min_size=1, max_size=2, unique=True))
    priorities = draw(st.lists(st.sampled_from(("urgent", "high", "low")), max_size=2, unique=True))
    metrics = st.sampled_from(("first_response", "next_response", "resolution"))
    promised = st.builds(lambda kind, target: kind | _promised(target), _KINDS, _target_data())
    rules = [
        {
            "name": priority or "everybody",
            "when": {"priority": priority} if priority else {},
            "calendar": draw(st.sampled_from(names)),
            "metrics": draw(st.dictionaries(metrics, promised, min_size=1)),
        }
        for priority in (*priorities, "")
    ]
    opening = {name: draw(weekly_hours().filter(_has_weekday)) for name in names}
    zone = draw(st.sampled_from(ZONES))
    calendars = {name: {"zone": zone, "hours": written_hours(weekly)} for name, weekly in opening.items()}
    return policy_from_data({"name": "drawn", "calendars": calendars, "rules": rules})


def _promised(target: dict[str, Any]) -> dict[str, Any]:
    return {"due": target}


def _has_weekday(weekly: Weekly) -> bool:
    return any(day in weekly for day in _DAYS[:7])


@st.composite
def _target_data(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(("point", "point", "range", "inside")))
    if kind == "point":
        return draw(_point_data())
    if kind == "inside":
        return {"inside": draw(_point_data()), "outside": draw(_point_data())}
    unit = draw(st.sampled_from(("business_hours", "workday_hours", "calendar_hours")))
    earliest, latest = sorted((draw(amounts()), draw(amounts())))
    return {"earliest": {unit: format_amount(earliest)}, "latest": {unit: format_amount(latest)}}


def _point_data() -> st.SearchStrategy[dict[str, Any]]:
    by = st.sampled_from(("close", "opening", "same_time", "12:00"))
    written = amounts().map(format_amount)
    return st.one_of(
        st.fixed_dictionaries({"business_hours": written}),
        st.fixed_dictionaries({"workday_hours": written}),
        st.fixed_dictionaries({"calendar_hours": written}),
        st.fixed_dictionaries({"business_days": st.integers(0, 5), "by": by}, optional={"cutoff": st.just("16:00")}),
        st.fixed_dictionaries({"calendar_days": st.integers(0, 30), "by": by}),
        st.just({"next_opening": True}),
    )


# ---------------------------------------------------------------- tickets

_REASONS: Final = st.sampled_from(("supplier", "customer"))
_STATUSES: Final = st.sampled_from(("open", "pending", "on_hold"))
_NAMES: Final = st.sampled_from(("checked", "returned"))
_ACTORS: Final = st.sampled_from(("customer", "agent", "bot", "system", "partner"))
_PRIORITIES: Final = st.sampled_from(("urgent", "high", "low"))
_HAPPENINGS: Final[st.SearchStrategy[dict[str, Any]]] = st.one_of(
    st.fixed_dictionaries(
        {"kind": st.just("message"), "actor": _ACTORS},
        optional={name: st.booleans() for name in ("public", "automated", "holding", "partial")},
    ),
    st.fixed_dictionaries({"kind": st.just("status_changed"), "status": _STATUSES}),
    st.fixed_dictionaries({"kind": st.just("field_changed"), "field": st.just("priority"), "value": _PRIORITIES}),
    st.fixed_dictionaries({"kind": st.sampled_from(("paused", "resumed")), "reason": _REASONS}),
    st.fixed_dictionaries({"kind": st.just("reopened"), "status": _STATUSES}),
    st.fixed_dictionaries({"kind": st.just("happened"), "name": _NAMES}),
    st.fixed_dictionaries({"kind": st.sampled_from(("solved", "solved", "no_reply_needed", "closed"))}),
)


@st.composite
def event_logs(draw: st.DrawFn, *, start: datetime | None = None, most: int = 10) -> list[Event]:
    """Draw the life of a ticket in order: created at `start`, then up to so many events within a week.

    Left out, `start` is an instant of an ordinary week. Events are at the times of day of `instants`; some share one.
    Who creates it is a customer, with a message or without one, or an agent; named events are "checked" and "returned".
    """
    created = start or draw(instants(grain=MINUTE))
    times = sorted(draw(st.lists(_within_a_week(created), max_size=most)))
    happened = [event_from_data({**draw(_HAPPENINGS), "at": at.isoformat()}) for at in times]
    fields = (("priority", draw(_PRIORITIES)),) if draw(st.booleans()) else ()
    actor: Actor = "agent" if draw(st.booleans()) else "customer"
    return [Created(at=created, actor=actor, fields=fields, message=not draw(st.booleans())), *happened]


def _within_a_week(start: datetime) -> st.SearchStrategy[datetime]:
    return st.builds(partial(_next_at, start), st.integers(0, 6), _HOURS, _MINUTES)


def _next_at(start: datetime, days: int, hour: int, minute: int) -> datetime:
    """Return that time of day so many days after the start, or a week later where that is before it."""
    told = datetime.combine(start.date() + days * ONE_DAY, time(hour, minute), tzinfo=start.tzinfo).astimezone(UTC)
    return told if told >= start else told + 7 * ONE_DAY
