"""Published libraries put through the kit: what is found in each, and whether it is a bug or a convention.

Each needs its package, of the extra `bench`; where it is not installed its tests are skipped.
Every bug was checked by hand.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NamedTuple
from unittest import SkipTest
from zoneinfo import ZoneInfo

import pytest

from slacalc.testing import office_calendar
from slacalc.testing.laws import ELAPSED_LAWS, OPEN_TIME_LAWS, BrokenLawError, Conventions, Law
from slacalc.testing.strategies import amounts

UTC_ZONE: Final = ZoneInfo("UTC")
RIGHT: Final = office_calendar("UTC")
OPENS, CLOSES = time(9), time(17)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


class Adapter(NamedTuple):
    """A library in the form that the laws want."""

    add: Callable[[datetime, timedelta], datetime] | None = None
    elapsed: Callable[[datetime, datetime], timedelta] | None = None


def businesstimedelta(start: time = OPENS, end: time = CLOSES) -> Adapter:
    btd, zone = import_module("businesstimedelta"), import_module("pytz").UTC
    rules = btd.Rules([btd.WorkDayRule(start_time=start, end_time=end, working_days=[0, 1, 2, 3, 4], tz=zone)])
    return Adapter(
        lambda at, amount: at + btd.BusinessTimeDelta(rules, timedelta=amount),
        lambda one, other: rules.difference(one, other).timedelta,
    )


def workclock() -> Adapter:
    package = import_module("workclock")
    schedule = package.Schedule([package.WorkDay(OPENS, CLOSES)], time_zone=UTC_ZONE)
    return Adapter(schedule.add, schedule.between)


def timegrid() -> Adapter:
    calendar = import_module("timegrid").TimeGridCalendar.weekdays(OPENS, CLOSES)
    line = calendar.compile(datetime(2025, 1, 1), datetime(2030, 1, 1))
    return Adapter(calendar.add_work_duration, line.get_working_duration)


def opening_hours() -> Adapter:
    office = import_module("opening_hours").OpeningHours("Mo-Fr 09:00-17:00", timezone=UTC_ZONE)

    def add(at: datetime, amount: timedelta) -> datetime:
        at = at.astimezone(UTC_ZONE)  # it refuses datetime.UTC
        for start, end, state, _ in office.intervals(at):
            if str(state) == "open":
                begin: datetime = max(start, at)
                if end - begin >= amount:
                    return begin + amount
                amount -= end - begin
        raise AssertionError("closed for good")

    def elapsed(one: datetime, other: datetime) -> timedelta:
        one, other = one.astimezone(UTC_ZONE), other.astimezone(UTC_ZONE)
        if other < one:
            return -elapsed(other, one)
        spans = (min(b, other) - max(a, one) for a, b, state, _ in office.intervals(one, other) if str(state) == "open")
        return sum(spans, timedelta(0))

    return Adapter(add, elapsed)


def pandas() -> Adapter:
    package = import_module("pandas")
    office = package.offsets.CustomBusinessHour(start="09:00", end="17:00")

    def add(at: datetime, amount: timedelta) -> datetime:
        due: datetime = (package.Timestamp(at) + office * (amount // HOUR)).to_pydatetime()
        return due

    return Adapter(add, lambda one, other: RIGHT.elapsed(one.replace(tzinfo=UTC), other.replace(tzinfo=UTC)))


def business_duration() -> Adapter:
    package = import_module("business_duration")

    def elapsed(start: datetime, end: datetime) -> timedelta:
        return timedelta(seconds=float(package.businessDuration(start, end, OPENS, CLOSES, unit="sec")))

    return Adapter(elapsed=elapsed)


def broken(laws: tuple[Law, ...], adapter: Any, **how: Any) -> dict[str, str]:
    """The laws that are broken, each with what was said."""
    said = {}
    for law in laws:
        try:
            law.check(adapter, examples=60, **how)
        except BrokenLawError as error:
            said[law.says] = str(error)
        except SkipTest:
            continue  # a convention excludes it
    return said


def needs(package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(find_spec(package) is None, reason=f"{package}, of the extra bench, is not installed")


@needs("businesstimedelta")
def test_businesstimedelta_goes_backward_in_positive_time_and_loses_microseconds() -> None:
    """Backward is a convention. Microseconds are a rounding: said with `tick`, nothing is accused."""
    found = broken(OPEN_TIME_LAWS, businesstimedelta())
    assert set(found) == {"elapsed time adds up", "elapsed time backward is as the conventions say"}
    said = Conventions(backward="absolute")
    assert broken(OPEN_TIME_LAWS, businesstimedelta(), conventions=said, tick=SECOND) == {}


@needs("businesstimedelta")
def test_businesstimedelta_miscounts_nights() -> None:
    """A bug. Open from Monday to Friday, 22:00 to 06:00: from Friday 10:00 two hours are over at midnight, but one hour
    and then one hour on Monday at 23:00."""
    found = broken(
        OPEN_TIME_LAWS, businesstimedelta(time(22), time(6)), conventions=Conventions(backward="absolute"), tick=SECOND
    )
    assert set(found) == {"elapsed time adds up", "adding in two steps is adding at once"}
    assert (
        "2h from Fri 2026-11-20 10:00 UTC is due Sat 2026-11-21 00:00 UTC"
        in found["adding in two steps is adding at once"]
    )


@needs("workclock")
def test_workclock_keeps_every_law() -> None:
    assert broken(OPEN_TIME_LAWS, workclock()) == {}


@needs("timegrid")
def test_timegrid_refuses_to_go_backward() -> None:
    """A convention: `elapsed` backward is an error."""
    found = broken(OPEN_TIME_LAWS, timegrid(), conventions=Conventions(naive="UTC"))
    assert set(found) == {"elapsed time backward is as the conventions say"}
    assert broken(OPEN_TIME_LAWS, timegrid(), conventions=Conventions(naive="UTC", backward="error")) == {}


@needs("opening_hours")
def test_opening_hours_keeps_every_law() -> None:
    """Its intervals do; it has no `add` and no `elapsed`, so these are recipes."""
    assert broken(OPEN_TIME_LAWS, opening_hours()) == {}


@needs("pandas")
def test_pandas_is_due_at_the_next_opening() -> None:
    """A convention: eight hours from Friday 09:00 are due on Monday at 09:00, not on Friday at 17:00."""
    how: Any = {"amounts": amounts(grain=HOUR)}
    found = broken(OPEN_TIME_LAWS, pandas(), conventions=Conventions(naive="UTC"), **how)
    assert set(found) == {"an amount that was added had not elapsed a tick earlier"}
    said = Conventions(naive="UTC", due_at_closing="opening")
    assert broken(OPEN_TIME_LAWS, pandas(), conventions=said, **how) == {}


@needs("business_duration")
def test_business_duration_crashes_backward() -> None:
    """It answers NaN, which no timedelta can be: a convention at best, `backward="error"`."""
    found = broken(ELAPSED_LAWS, business_duration(), conventions=Conventions(naive="UTC"), tick=SECOND)
    assert "NaN" in found.pop("elapsed time backward is as the conventions say")
    assert found == {}
    said = Conventions(naive="UTC", backward="error")
    assert broken(ELAPSED_LAWS, business_duration(), conventions=said, tick=SECOND) == {}
