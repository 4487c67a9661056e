"""The calls, one row at a time: slacalc, its floors, and every peer that can do the job.

A peer that is not installed is left out (the extra `bench` has them all). Peers that know no zones get naive local
times, made beforehand, and are held to naive answers. What a library lacks is a recipe that its users would write.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import Any, Final, Literal, NamedTuple

from benchmarks import workload
from benchmarks.measuring import Contestant, Task, each
from benchmarks.workload import CLOSES, FIRST_YEAR, HOURS, LAST_YEAR, OPENS, ZONE, closed_dates
from slacalc import Calendar

__all__ = ["tasks"]

AMOUNTS: Final = {"5 min": 5 / 60, "8 h": 8, "200 h": 200, "5,000 h": 5_000}

Verbs = dict[str, Callable[..., Any]]  # "add" (moment, amount), "elapsed" (start, end), "next_open", "is_open" (moment)
Takes = Literal["zone", "UTC", "naive"]


class Peer(NamedTuple):
    """A library: what it can do, the kind of datetimes that it takes, and the finest amount that it adds."""

    name: str
    verbs: Verbs
    takes: Takes = "zone"
    finest: timedelta = timedelta(microseconds=1)


def tasks() -> Iterator[Task]:
    """Return add for short and long amounts, elapsed, next_open and is_open."""
    right, moments, everyone = workload.IntegerLoop(), workload.instants(), _everyone()
    for name, hours in AMOUNTS.items():
        amount = timedelta(hours=hours)
        able = [peer for peer in everyone if not amount % peer.finest]
        yield _task(f"add {name}", able, right, "add", moments, [amount] * len(moments))
    yield _task("elapsed, 0-60 days", everyone, right, "elapsed", *zip(*workload.pairs(), strict=True))
    yield _task("next_open", everyone, right, "next_open", moments)
    yield _task("is_open", everyone, right, "is_open", moments)


def _task(name: str, everyone: list[Peer], right: object, verb: str, *columns: Sequence[Any]) -> Task:
    expected = [getattr(right, verb)(*row) for row in zip(*columns, strict=True)]
    contestants = []
    for peer in everyone:
        if verb in peer.verbs:
            asked = [[_given(value, peer.takes) for value in column] for column in columns]
            told = {"told": _naive} if peer.takes == "naive" else {}
            contestants.append(Contestant(peer.name, each(peer.verbs[verb], *asked), **told))
    return Task(name, len(expected), contestants, expected)


def _given(value: object, takes: Takes) -> object:
    if not isinstance(value, datetime) or takes == "zone":
        return value
    return value.astimezone(UTC) if takes == "UTC" else value.replace(tzinfo=None)


def _naive(answer: object) -> object:
    """Return a datetime of any library as a naive one of the standard library; anything else as it is."""
    if isinstance(answer, datetime):
        return datetime(*answer.timetuple()[:6], answer.microsecond)  # noqa: DTZ001 - some know no zones
    return answer


# ---------------------------------------------------------------- who answers


def _everyone() -> list[Peer]:
    """Return who takes part: the floor that ratios are to comes first."""
    peers = {
        "workclock": _workclock,
        "timegrid": _timegrid,
        "opening_hours": _opening_hours,
        "django_bizcal": _django_bizcal,
        "pandas": _pandas,
        "numpy": _numpy,
        "businesstimedelta": _businesstimedelta,
        "business_duration": _business_duration,
    }
    return [
        Peer("floor: two bisects over datetimes", _all_verbs(workload.DatetimeLoop())),
        Peer("slacalc", _all_verbs(_in_use())),
        Peer("slacalc, asked in UTC", _all_verbs(_in_use()), "UTC"),
        Peer("integers and bisect, unchecked", _all_verbs(workload.IntegerLoop())),
        *(peer() for module, peer in peers.items() if find_spec(module)),
    ]


def _all_verbs(calendar: object) -> Verbs:
    return {verb: getattr(calendar, verb) for verb in ("add", "elapsed", "next_open", "is_open")}


def _in_use() -> Calendar:
    """Return a calendar in use: its years compiled, and asked often enough for its tables."""
    calendar = Calendar(ZONE, HOURS, holidays=workload.holidays())
    moments = workload.instants()
    calendar.elapsed(moments[0], datetime(LAST_YEAR, 6, 1, tzinfo=ZONE))
    for moment in moments * 4:
        calendar.is_open(moment)
        calendar.is_open(moment.astimezone(UTC))
    return calendar


def _workclock() -> Peer:
    from workclock import Holidays, Schedule, WorkDay

    schedule = Schedule([WorkDay(OPENS, CLOSES), Holidays(closed_dates())], time_zone=ZONE)
    return Peer("workclock", {"add": schedule.add, "elapsed": schedule.between})


def _timegrid() -> Peer:
    from timegrid import TimeGridCalendar

    calendar = TimeGridCalendar.weekdays(OPENS, CLOSES)
    for day in closed_dates():
        calendar = calendar.close(day)
    line = calendar.compile(datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 12, 31))  # noqa: DTZ001 - it knows no zones
    verbs: Verbs = {
        "add": calendar.add_work_duration,
        "elapsed": line.get_working_duration,
        "is_open": line.can_work,
    }
    return Peer("timegrid (naive)", verbs, "naive")


def _opening_hours() -> Peer:
    from opening_hours import OpeningHours

    office = OpeningHours("Mo-Fr 09:00-17:00; PH off", timezone=ZONE, country="FI")

    def add(moment: datetime, amount: timedelta) -> datetime:
        start: datetime
        for start, end, state, _ in office.intervals(moment):
            if str(state) == "open":
                begin = max(start, moment)
                if end - begin >= amount:
                    return begin + amount
                amount -= end - begin
        raise ValueError("closed for good")

    def elapsed(start: datetime, end: datetime) -> timedelta:
        clipped = (
            min(b, end) - max(a, start) for a, b, state, _ in office.intervals(start, end) if str(state) == "open"
        )
        return sum(clipped, timedelta(0))

    return Peer("opening-hours-py (recipes)", {"add": add, "elapsed": elapsed, "is_open": office.is_open})


def _django_bizcal() -> Peer:
    from django_bizcal.calendars.working import WorkingCalendar
    from django_bizcal.providers import SetHolidayProvider

    office = WorkingCalendar(
        tz=ZONE,
        weekly_schedule={day: [(OPENS, CLOSES)] for day in range(5)},
        holiday_provider=SetHolidayProvider(closed_dates()),
    )
    verbs: Verbs = {
        "add": office.add_business_time,
        "elapsed": office.business_time_between,
        "next_open": office.next_opening_datetime,
        "is_open": office.is_business_time,
    }
    return Peer("django-bizcal", verbs)


def _pandas() -> Peer:
    import pandas as pd

    hour = timedelta(hours=1)
    office = pd.offsets.CustomBusinessHour(start="09:00", end="17:00", holidays=closed_dates())

    def add(moment: datetime, amount: timedelta) -> datetime:
        due: datetime = pd.Timestamp(moment) + office * (amount // hour)
        return due

    return Peer("pandas CustomBusinessHour (naive)", {"add": add}, "naive", hour)


def _numpy() -> Peer:
    import numpy as np

    days = np.busdaycalendar(holidays=[np.datetime64(day) for day in closed_dates()])
    length = timedelta(hours=8)

    def into_the_day(moment: datetime) -> timedelta:
        if not np.is_busday(moment.date(), busdaycal=days):
            return timedelta(0)
        return min(max(moment - datetime.combine(moment.date(), OPENS), timedelta(0)), length)

    def elapsed(start: datetime, end: datetime) -> timedelta:
        whole = int(np.busday_count(start.date(), end.date(), busdaycal=days))
        return whole * length + into_the_day(end) - into_the_day(start)

    return Peer("numpy busday (recipe, naive)", {"elapsed": elapsed}, "naive")


def _businesstimedelta() -> Peer:
    import businesstimedelta as btd
    import pytz

    zone = pytz.timezone(ZONE.key)
    days = btd.WorkDayRule(start_time=OPENS, end_time=CLOSES, working_days=[0, 1, 2, 3, 4], tz=zone)
    rules = btd.Rules([days, btd.HolidayRule(closed_dates(), tz=zone)])
    verbs: Verbs = {
        "add": lambda moment, amount: moment + btd.BusinessTimeDelta(rules, timedelta=amount),
        "elapsed": lambda start, end: rules.difference(start, end).timedelta,
    }
    return Peer("businesstimedelta", verbs)


def _business_duration() -> Peer:
    from business_duration import businessDuration

    closed = dict.fromkeys(closed_dates(), "holiday")

    def elapsed(start: datetime, end: datetime) -> timedelta:
        seconds = businessDuration(start, end, OPENS, CLOSES, holidaylist=closed, unit="sec")
        return timedelta(seconds=float(seconds))

    return Peer("business-duration (naive)", {"elapsed": elapsed}, "naive")
