"""What dates cost: working dates counted and found, one by one and in columns, and targets that are due on a date.

The office is that of all suites. Right answers come from numpy, which knows the same weekdays and holidays.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import workload
from benchmarks.measuring import Contestant, Task, each
from benchmarks.workload import HOURS, ZONE
from slacalc import BusinessDays, BusinessHours, Calendar, CalendarDays, frames
from slacalc.columns.target_verbs import VERBS

__all__ = ["tasks"]

ROWS: Final = 2_000_000

_SCALARS: Final = 1_000
_CHECKED: Final = 50_000  # rows
_A_YEAR: Final = 365
_MANY: Final = 250
_FEW: Final = 5
_START, _END = date(2024, 1, 1), date(2027, 12, 31)

Ask = Callable[[date, Any], object]


def tasks(rows: int = ROWS) -> Iterator[Task]:
    """Return dates one by one beside their peers, columns of dates beside numpy, and date-like targets beside hours."""
    office = Calendar(ZONE, HOURS, holidays=workload.holidays())
    days = np.random.default_rng(20261120).integers(0, (_END - _START).days, rows) + np.datetime64(_START)
    yield from _one_by_one(office, days[:_SCALARS])
    yield from _in_columns(office, days)
    yield _due(office, days)


def _one_by_one(office: Calendar, days: NDArray[Any]) -> Iterator[Task]:
    starts: list[date] = days.astype(object).tolist()
    ends: list[date] = (days + _A_YEAR).astype(object).tolist()
    dates, business = office.working_dates(), _busdays()
    for day in starts:
        dates.count(day, day.replace(year=day.year + 1, day=min(day.day, 28)))
    counted = np.busday_count(days, days + _A_YEAR + 1, busdaycal=business).tolist()
    found = np.busday_offset(days, _MANY, roll="backward", busdaycal=business).astype(object).tolist()
    counting: dict[str, Ask] = {"slacalc": dates.count, **{name: ask for name, (ask, _) in _peers().items()}}
    counting |= _who_counts()
    finding: dict[str, Ask] = {"slacalc": dates.after, **{name: ask for name, (_, ask) in _peers().items()}}
    yield _asked("count the working dates of a year", counting, starts, ends, counted)
    yield _asked(f"{_MANY} working dates later", finding, starts, [_MANY] * len(starts), found)


def _asked(name: str, able: dict[str, Ask], starts: Sequence[date], others: Sequence[Any], right: list[Any]) -> Task:
    contestants = [Contestant(who, each(ask, starts, others), _told) for who, ask in able.items()]
    return Task(name, len(starts), contestants, right)


def _told(answer: Any) -> object:  # noqa: ANN401 - of any library
    return answer.date() if isinstance(answer, datetime) else answer


def _peers() -> dict[str, tuple[Ask, Ask]]:
    """Return who counts both ends, and goes on from a date that is no working date as from the last one before it."""
    found: dict[str, tuple[Ask, Ask]] = {}
    closed = workload.closed_dates()
    if find_spec("better_calendar"):
        from better_calendar import Calendar as Better

        better = Better("office", holidays=closed)
        found["better-calendar"] = (
            lambda first, last: better.count(first, last, closed="both"),
            lambda day, count: better.offset(day, count, roll="preceding"),
        )
    if find_spec("bizdays"):
        from bizdays import Calendar as Biz

        biz = Biz(closed, ["Saturday", "Sunday"], "2023-01-01", "2030-12-31")
        found["bizdays (a recipe for both ends)"] = (
            lambda first, last: biz.bizdays(biz.following(first), biz.preceding(last)) + 1,
            lambda day, count: biz.offset(biz.preceding(day), count),
        )
    return found


def _who_counts() -> dict[str, Ask]:
    """Return who counts working dates and does not go on from a date."""
    if not find_spec("django_bizcal"):
        return {}
    from django_bizcal.calendars.working import WorkingCalendar
    from django_bizcal.providers import SetHolidayProvider

    week = {day: [(workload.OPENS, workload.CLOSES)] for day in range(5)}
    provider = SetHolidayProvider(workload.closed_dates())
    office = WorkingCalendar(tz=ZONE, weekly_schedule=week, holiday_provider=provider)
    return {"django-bizcal": office.count_business_days}


def _in_columns(office: Calendar, days: NDArray[Any]) -> Iterator[Task]:
    business, later = _busdays(), days + 30
    offset = partial(np.busday_offset, offsets=_FEW, roll="backward", busdaycal=business)
    found = np.asarray(offset(days[:_CHECKED]))
    counted = np.busday_count(days[:_CHECKED], later[:_CHECKED] + 1, busdaycal=business)
    yield _column(f"{_FEW} working dates later", len(days), found, {
        "np.busday_offset": lambda n: offset(days[:n]),
        "numpy": lambda n: frames.working_date_after(office, days[:n], _FEW),
    })  # fmt: skip
    yield _column("count working dates", len(days), counted, {
        "np.busday_count": lambda n: np.busday_count(days[:n], later[:n] + 1, busdaycal=business),
        "numpy": lambda n: frames.count_working_dates(office, days[:n], later[:n]),
    })  # fmt: skip


def _column(name: str, rows: int, right: NDArray[Any], able: dict[str, Callable[[int], Any]]) -> Task:
    contestants = [Contestant(who, answers, str) for who, answers in able.items()]
    return Task(f"{name}, {rows:,} rows", rows, contestants, list(right), whole=True)


def _due(office: Calendar, days: NDArray[Any]) -> Task:
    """Return date-like targets of whole columns beside business hours."""
    seconds = np.random.default_rng(20261121).integers(0, 86_400, len(days))
    starts = (days.astype("M8[us]").astype(np.int64)) + seconds * 1_000_000
    targets = {
        "8 business hours": BusinessHours(amount="8h"),
        "1 business day by close": BusinessDays(days=1),
        "5 business days by 12:00, cutoff 15:00": BusinessDays(days=5, by="12:00", cutoff="15:00"),
        "1 business day at the same time": BusinessDays(days=1, by="same_time"),
        "3 calendar days by close": CalendarDays(days=3, by="close"),
        "3 calendar days at the same time": CalendarDays(days=3),
    }
    contestants = [Contestant(name, partial(_first_dues, target, office, starts)) for name, target in targets.items()]
    return Task(f"due, {len(days):,} rows", len(days), contestants, whole=True)


def _first_dues(target: Any, office: Calendar, starts: NDArray[Any], rows: int) -> Any:  # noqa: ANN401 - any target
    return target.dues(VERBS, office, starts[:rows])


def _busdays() -> np.busdaycalendar:
    return np.busdaycalendar(holidays=[np.datetime64(day) for day in workload.closed_dates()])
