"""Every answer of a calendar is that of the minute walker, which shares no code with the library.

Calendars of all kinds, in minutes, within days of a change of the clock; at the ends of what can be asked too.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import to_us
from slacalc.testing.strategies import weekly_hours, written_hours
from tests import oracle
from tests.laws.strategies import ONE_DAY, Scene, Weekly, instants, law, scenes, utc

MINUTE: Final = timedelta(minutes=1)
LIMIT: Final = timedelta(days=5)  # as far as the walker looks

Verb = Callable[[datetime], datetime | None]


class Asked:
    """One question to both: the walker gives up at a limit, and beyond it the library may say anything."""

    def __init__(self, expected: datetime | None, ask: Callable[[], datetime | None]) -> None:
        self.expected = expected
        try:
            self.actual = ask()
        except (sla.HorizonError, sla.ClosedForGoodError):
            self.actual = None

    def agree(self, limit: datetime, *, backward: bool = False) -> None:
        actual = None if self.actual is None else utc(self.actual)
        if actual is not None and (actual <= limit if backward else actual >= limit):
            actual = None
        assert self.expected in {actual, limit}


def minutes(scene: Scene) -> st.SearchStrategy[datetime]:
    return instants(scene, MINUTE)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Scene, datetime]:
    scene = draw(scenes())
    return scene, draw(minutes(scene))


@law(30)
@given(scenes())
def test_the_open_intervals_are_those_that_are_walked(scene: Scene) -> None:
    low, high = scene.at - 4 * ONE_DAY, scene.at + 4 * ONE_DAY
    walked = list(oracle.walk(scene.plan, low, high))
    changes = [
        at for (_, was), (at, now) in zip([(low, False), *walked], [*walked, (high, False)], strict=True) if was != now
    ]
    intervals = [edge for interval in scene.calendar.intervals(low, high) for edge in (interval.start, interval.end)]
    assert changes == [utc(edge) for edge in intervals]


@law(30)
@given(asked())
def test_open_at_an_instant(question: tuple[Scene, datetime]) -> None:
    scene, at = question
    ((_, expected),) = oracle.walk(scene.plan, at, utc(at) + MINUTE)
    assert expected == scene.calendar.is_open(at)
    assert expected == scene.calendar.is_open(utc(at) + MINUTE - timedelta(microseconds=1))


@law(20)
@given(scenes(), st.data())
def test_elapsed(scene: Scene, data: st.DataObject) -> None:
    start, end = sorted((utc(data.draw(minutes(scene))), utc(data.draw(minutes(scene)))))
    assert oracle.elapsed(scene.plan, start, end) == scene.calendar.elapsed(start, end)


@law(30)
@given(asked(), st.integers(0, 3000) | st.integers(0, 30).map(lambda halves: 30 * halves))
def test_add(question: tuple[Scene, datetime], count: int) -> None:
    (scene, at), amount = question, count * MINUTE
    expected = oracle.add(scene.plan, at, amount, limit=LIMIT)
    Asked(expected, lambda: scene.calendar.add(at, amount)).agree(utc(at) + LIMIT)


@law(30)
@given(asked(), st.integers(0, 3000) | st.integers(0, 30).map(lambda halves: 30 * halves))
def test_subtract(question: tuple[Scene, datetime], count: int) -> None:
    (scene, at), amount = question, count * MINUTE
    expected = oracle.subtract(scene.plan, at, amount, limit=LIMIT)
    Asked(expected, lambda: scene.calendar.subtract(at, amount)).agree(utc(at) - LIMIT, backward=True)


@law(20)
@given(asked())
def test_the_next_opening_and_closing_and_the_roll_forward(question: tuple[Scene, datetime]) -> None:
    scene, at = question
    for walker, verb in (
        (oracle.next_open, scene.calendar.next_open),
        (oracle.next_close, scene.calendar.next_close),
        (oracle.roll_forward, scene.calendar.roll_forward),
    ):
        expected = walker(scene.plan, at, limit=LIMIT)
        Asked(expected, lambda verb=verb: verb(at)).agree(utc(at) + LIMIT)  # type: ignore[misc]  # a default binds the loop's


@law(20)
@given(asked())
def test_the_previous_opening_and_closing_and_the_roll_back(question: tuple[Scene, datetime]) -> None:
    scene, at = question
    for walker, verb in (
        (oracle.previous_open, scene.calendar.previous_open),
        (oracle.previous_close, scene.calendar.previous_close),
        (oracle.roll_back, scene.calendar.roll_back),
    ):
        expected = walker(scene.plan, at, limit=LIMIT)
        Asked(expected, lambda verb=verb: verb(at)).agree(utc(at) - LIMIT, backward=True)  # type: ignore[misc]  # a default binds the loop's


# ---------------------------------------------------------------- working dates


@law(30)
@given(asked())
def test_the_owner_of_an_open_instant(question: tuple[Scene, datetime]) -> None:
    scene, at = question
    expected = oracle.owner(scene.plan, at)
    known = scene.calendar.working_dates()
    around = [utc(at).date() + days * ONE_DAY for days in range(-4, 5)]
    owners = [day for day in around if any(start <= to_us(at) < end for start, end in known.owned(day))]
    assert expected == max(owners, default=None)  # where two dates claim an instant both own it, and the later is asked
    if expected is not None:
        assert expected == known.owner(to_us(at))


@law(20)
@given(scenes())
def test_the_working_dates(scene: Scene) -> None:
    around = [scene.at.date() + days * ONE_DAY for days in range(-4, 5)]
    known = scene.calendar.working_dates()
    working = [day for day in around if known.owned(day)]
    assert oracle.working_dates(scene.plan, around[0], around[-1]) == working
    assert working == [known.after(around[0] - ONE_DAY, place) for place in range(1, len(working) + 1)]


@law(20)
@given(scenes(), st.data())
def test_elapsed_workday_time(scene: Scene, data: st.DataObject) -> None:
    start, end = sorted((utc(data.draw(minutes(scene))), utc(data.draw(minutes(scene)))))
    assert oracle.workday_elapsed(scene.plan, start, end) == scene.calendar.workdays().elapsed(start, end)


# ---------------------------------------------------------------- the ends of what can be asked

OLD: Final = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo")  # whole minutes from UTC in 1900 already
ENDS: Final = ("1900", "2200", "first year of the holidays", "last year of the holidays")


class AtAnEnd:
    """A calendar without exceptions, an instant at an end of what it covers, and the walker's plan."""

    def __init__(self, zone: str, weekly: Weekly, end: str, holidays: frozenset[date]) -> None:
        known = sla.FrozenHolidays.of(dict.fromkeys(holidays, "Feast"), years=(2026, 2026))
        has_holidays = "holidays" in end
        self.calendar = sla.Calendar(zone, written_hours(weekly), holidays=known if has_holidays else None)
        self.plan = oracle.Plan(zone, weekly, holidays=holidays if has_holidays else frozenset())
        covered = self.calendar.covered
        self.low, self.high = utc(covered.start), utc(covered.end)
        self.at = self.low if end in {"1900", "first year of the holidays"} else self.high

    def check(self, verb: str, at: datetime, *amount: timedelta) -> None:
        """Right, or refused: an answer inside what is covered is never refused, one outside never given."""
        expected = getattr(oracle, verb)(self.plan, at, *amount, limit=LIMIT)
        try:
            actual = getattr(self.calendar, verb)(at, *amount)
        except sla.HorizonError:
            is_answerable = expected is not None and self.low < expected < self.high
            assert not (is_answerable and self.low <= at <= self.high)
        else:
            assert self.low <= at <= self.high
            if expected is not None:
                assert self.low <= expected <= self.high
                assert expected == actual
            else:
                assert actual is None or abs(actual - at) >= LIMIT


@st.composite
def at_an_end(draw: st.DrawFn) -> tuple[AtAnEnd, datetime, datetime]:
    weekly = draw(weekly_hours().filter(lambda hours: bool(set(hours) - {"PH"})))
    holidays = draw(
        st.frozensets(st.sampled_from((date(2026, 1, 1), date(2026, 1, 2), date(2026, 12, 31))), max_size=2)
    )
    case = AtAnEnd(draw(st.sampled_from(OLD)), weekly, draw(st.sampled_from(ENDS)), holidays)
    offsets = st.sampled_from((0, -1, 1)) | st.integers(-4 * 1440, 4 * 1440)
    start, end = sorted((case.at + draw(offsets) * MINUTE, case.at + draw(offsets) * MINUTE))
    return case, start, end


@law(25)
@given(at_an_end(), st.integers(0, 3000))
def test_near_an_end_every_answer_is_right_or_refused(question: tuple[AtAnEnd, datetime, datetime], count: int) -> None:
    case, at, _ = question
    for verb in ("roll_forward", "roll_back", "next_open", "next_close", "previous_open", "previous_close"):
        case.check(verb, at)
    for verb in ("add", "subtract"):
        case.check(verb, at, count * MINUTE)


@law(30)
@given(at_an_end())
def test_near_an_end_elapsed_time_is_right_or_refused(question: tuple[AtAnEnd, datetime, datetime]) -> None:
    case, start, end = question
    is_covered = case.low <= start <= end <= case.high
    asks: list[Callable[[], timedelta]] = [
        lambda: case.calendar.elapsed(start, end),
        lambda: sum((i.length for i in case.calendar.intervals(start, end)), timedelta(0)),
        lambda: case.calendar.explain(start, end).counted,
    ]
    for ask in asks if start < end else asks[:1]:
        if is_covered:
            assert oracle.elapsed(case.plan, start, end) == ask()
        else:
            with pytest.raises(sla.HorizonError):
                ask()


@law(30)
@given(at_an_end())
def test_near_an_end_whether_it_is_open_is_right_or_refused(question: tuple[AtAnEnd, datetime, datetime]) -> None:
    case, at, _ = question
    if case.low <= at < case.high:
        ((_, expected),) = oracle.walk(case.plan, at, at + MINUTE)
        assert expected == case.calendar.is_open(at)
    else:
        with pytest.raises(sla.HorizonError):
            case.calendar.is_open(at)


@pytest.mark.parametrize("zone", OLD)
def test_the_years_1900_to_2200_are_covered_whole(zone: str) -> None:
    covered = sla.Calendar(zone, "Mon-Fri 09:00-17:00").covered
    assert datetime(1900, 1, 1) == covered.start.replace(tzinfo=None)
    assert datetime(2201, 1, 1) == covered.end.replace(tzinfo=None)


@pytest.mark.parametrize("amount", [timedelta.max, timedelta(days=365 * 301), timedelta(microseconds=2**62)], ids=str)
def test_an_amount_that_no_calendar_has_is_refused(amount: timedelta) -> None:
    calendar = sla.Calendar("UTC", "24/7", holidays=sla.FrozenHolidays.of({}, years=(2026, 2026)))
    for verb in (calendar.add, calendar.subtract):
        with pytest.raises(sla.HorizonError):
            verb(datetime(2026, 11, 20, tzinfo=UTC), amount)
