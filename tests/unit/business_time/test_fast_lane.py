"""When the fast lane answers, how much work that is, and what it must never change.

That its answers are right is a law: tests/laws/test_fast_lane_laws.py.
"""

import copy
import gc
import pickle
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from slacalc import Calendar, FrozenHolidays, Holidays, SlaError
from slacalc.business_time import fast_lane, instants
from slacalc.business_time.fast_lane import FastLane, LaneTables
from slacalc.calendars import open_time
from tests.helpers import BRUSSELS
from tests.small_caches import about_what_is_kept

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=BRUSSELS)
HOUR = timedelta(hours=1)
OFFICE = Calendar("Europe/Brussels", "Mon-Fri 09:00-12:30 13:30-17:00")

VERBS: dict[str, Callable[[Calendar, datetime], object]] = {
    "is_open": lambda calendar, at: calendar.is_open(at),
    "elapsed": lambda calendar, at: calendar.elapsed(at, at + timedelta(days=9)),
    "elapsed between two zones": lambda calendar, at: calendar.elapsed(at, at.astimezone(UTC) + timedelta(days=9)),
    "add": lambda calendar, at: calendar.add(at, 40 * HOUR),
    "add nothing": lambda calendar, at: calendar.add(at, 0 * HOUR),
    "subtract": lambda calendar, at: calendar.subtract(at, 40 * HOUR),
    "subtract nothing": lambda calendar, at: calendar.subtract(at, 0 * HOUR),
    "roll_forward": lambda calendar, at: calendar.roll_forward(at),
    "roll_back": lambda calendar, at: calendar.roll_back(at),
    "next_open": lambda calendar, at: calendar.next_open(at),
    "next_close": lambda calendar, at: calendar.next_close(at),
    "previous_open": lambda calendar, at: calendar.previous_open(at),
    "previous_close": lambda calendar, at: calendar.previous_close(at),
}


def warm(calendar: Calendar, *zones: object, at: datetime = FRIDAY) -> Calendar:
    """The same calendar, asked so often in each zone that its tables are made."""
    fresh = replace(calendar)
    fresh.elapsed(at - timedelta(days=200), at + timedelta(days=200))
    for zone in zones or (fresh.zone_info,):
        for _ in range(1_500):
            fresh.is_open(at.astimezone(zone))  # type: ignore[arg-type]  # tzinfos
    return fresh


def tables(calendar: Calendar) -> tuple[LaneTables, ...]:
    return calendar._compiled.fast._tables


@pytest.fixture
def integers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments that went through the door to the integers."""
    went: list[str] = []
    door = instants.to_us

    def counted(moment: datetime, name: str) -> int:
        went.append(name)
        return door(moment, name)

    monkeypatch.setattr(open_time, "to_us", counted)
    return went


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The binary searches of the fast lane."""
    made: list[str] = []
    for side in ("left", "right"):
        search = getattr(fast_lane, f"bisect_{side}")

        def counted(*given: object, side: str = side, search: Callable[..., int] = search) -> int:
            made.append(side)
            return search(*given)

        monkeypatch.setattr(fast_lane, f"bisect_{side}", counted)
    return made


# ---------------------------------------------------------------- when it answers


@about_what_is_kept
@pytest.mark.parametrize("verb", VERBS)
def test_far_from_a_change_of_the_clock_a_calendar_in_use_leaves_the_integers_alone(
    verb: str, integers: list[str]
) -> None:
    calendar = warm(OFFICE, BRUSSELS, UTC)
    expected = VERBS[verb](replace(OFFICE), FRIDAY)
    assert integers, "an unused calendar asks the staircase"
    integers.clear()

    assert expected == VERBS[verb](calendar, FRIDAY)
    assert integers == []


@about_what_is_kept
def test_many_instants_are_open_where_each_of_them_is(integers: list[str]) -> None:
    """On Friday 20 November 2026 in Brussels, where 09:00 is 08:00 in UTC; those of one zone in a row are one lookup."""
    rows = [
        (FRIDAY.replace(hour=8, minute=59), False),
        (FRIDAY.replace(hour=9), True),
        (FRIDAY.replace(hour=12, minute=30), False),
        (FRIDAY.replace(hour=13, minute=30), True),
        (FRIDAY + timedelta(days=1), False),
        (None, None),
        (datetime(2026, 11, 20, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 8, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 12, tzinfo=UTC), None),
        (datetime(1950, 11, 20, 12, tzinfo=UTC), None),
    ]
    calendar = warm(OFFICE, BRUSSELS, UTC)
    integers.clear()

    assert [known for _, known in rows] == calendar._compiled.fast.each_open([at for at, _ in rows])
    assert integers == []


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (datetime(2026, 10, 25, 12, tzinfo=BRUSSELS), "the clock was set back that morning"),
        (datetime(2026, 10, 24, 12, tzinfo=BRUSSELS), "it will be the next"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1), "an hour that comes twice"),
        (datetime(2027, 3, 28, 2, 30, tzinfo=BRUSSELS), "an hour that does not exist"),
        (FRIDAY.replace(tzinfo=timezone(HOUR)), "a fixed offset is a new object each time that it is read"),
        (datetime(2031, 11, 20, 16, tzinfo=BRUSSELS), "nobody asked about that year before"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_staircase_is_asked_where_the_tables_do_not_hold(at: datetime, why: str, integers: list[str]) -> None:
    calendar = warm(OFFICE)
    integers.clear()

    calendar.is_open(at)

    assert integers == ["at"], why


def test_a_way_over_a_change_of_the_clock_is_fast_when_both_ends_are_far_from_it(integers: list[str]) -> None:
    calendar = warm(OFFICE)
    integers.clear()
    monday = datetime(2026, 10, 19, 9, tzinfo=BRUSSELS)

    assert calendar.add(monday, 70 * HOUR) == datetime(2026, 10, 30, 17, tzinfo=BRUSSELS)
    assert calendar.elapsed(monday, monday + timedelta(days=14)) == 70 * HOUR
    assert integers == []


def test_a_due_time_beside_a_change_of_the_clock_is_left_to_the_staircase(integers: list[str]) -> None:
    always = warm(Calendar("Europe/Brussels", "24/7"))
    integers.clear()

    due = always.add(datetime(2026, 10, 20, 2, 30, tzinfo=BRUSSELS), 121 * HOUR)

    assert due.isoformat() == "2026-10-25T02:30:00+01:00"
    assert integers == ["start"]


def test_dates_of_very_many_windows_are_left_to_the_staircase(integers: list[str]) -> None:
    often = " ".join(f"{hour:02}:{minute:02}-{hour:02}:{minute + 5:02}" for hour in range(12) for minute in (0, 30))
    calendar = warm(Calendar("Europe/Brussels", f"Mon-Wed {often}; Thu-Fri 09:00-17:00"))
    integers.clear()

    calendar.is_open(datetime(2026, 11, 18, 11, tzinfo=BRUSSELS))  # a Wednesday
    calendar.is_open(FRIDAY)

    assert integers == ["at"]


# ---------------------------------------------------------------- how much work it is


@pytest.mark.parametrize(
    ("verb", "most"),
    [("add", 1), ("subtract", 1), *((verb, 0) for verb in VERBS if verb not in {"add", "subtract"})],
)
def test_an_answer_is_one_binary_search_or_none(verb: str, most: int, searches: list[str]) -> None:
    calendar = warm(OFFICE, BRUSSELS, UTC)
    searches.clear()

    VERBS[verb](calendar, FRIDAY)

    assert len(searches) <= most


def test_an_amount_that_ends_by_the_next_closing_needs_no_search(searches: list[str]) -> None:
    calendar = warm(OFFICE)
    searches.clear()

    assert calendar.add(FRIDAY, HOUR) == FRIDAY + HOUR
    assert calendar.add(FRIDAY, 4 * HOUR) == datetime(2026, 11, 23, 12, tzinfo=BRUSSELS)
    assert calendar.subtract(FRIDAY, HOUR) == FRIDAY - HOUR
    assert calendar.subtract(FRIDAY, 4 * HOUR) == datetime(2026, 11, 20, 11, tzinfo=BRUSSELS)
    assert searches == []


def test_one_question_makes_no_tables_and_enough_make_them_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(fast_lane, "LaneTables", lambda *given: made.append(given) or LaneTables(*given))  # type: ignore[func-returns-value]  # None is falsy
    calendar = replace(OFFICE)

    calendar.add(FRIDAY, HOUR)
    assert made == []
    for _ in range(5_000):
        calendar.add(FRIDAY, HOUR)
    assert len(made) == 1


def test_tables_are_made_again_when_the_staircase_has_grown(integers: list[str]) -> None:
    calendar = warm(OFFICE)
    later = datetime(2029, 11, 20, 16, tzinfo=BRUSSELS)  # a Tuesday
    (old,) = tables(calendar)

    answers = {calendar.add(later, HOUR) for _ in range(5_000)}
    (new,) = tables(calendar)
    integers.clear()

    assert answers == {later + HOUR} == {calendar.add(later, HOUR)}
    assert calendar.add(FRIDAY, HOUR) == FRIDAY + HOUR
    assert integers == []
    assert old.stairs is not new.stairs


def test_tables_are_kept_for_a_few_zones_and_for_no_fixed_offset() -> None:
    names = ("Europe/Paris", "Europe/Berlin", "Asia/Tokyo", "America/New_York", "Asia/Kolkata", "UTC")
    calendar = warm(OFFICE, *map(ZoneInfo, names), *(timezone(hours * HOUR) for hours in range(1, 12)))

    assert 1 <= len(tables(calendar)) <= 4
    assert all(type(each.zone) is ZoneInfo for each in tables(calendar))


@pytest.mark.slow
def test_ten_years_of_an_office_with_a_break_take_less_than_two_megabytes() -> None:
    calendar = OFFICE.replace(holidays=Holidays("BE").freeze(2020, 2031))
    start, end = (datetime(year, 6, 1, tzinfo=BRUSSELS) for year in (2021, 2030))
    warm(calendar)  # what all calendars share
    tracemalloc.start()
    try:
        fresh = replace(calendar)
        fresh.elapsed(start, end)
        for _ in range(5_000):
            fresh.is_open(FRIDAY)
        gc.collect()
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(tables(fresh)) == 1
    assert taken <= 2_000_000


def alive() -> int:
    gc.collect()
    return sum(isinstance(each, FastLane | LaneTables) for each in gc.get_objects())


@pytest.mark.slow
def test_calendars_that_are_gone_leave_no_tables_behind() -> None:
    before = alive()
    kept = warm(Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00"))
    assert before < alive()

    del kept
    assert before == alive()


# ---------------------------------------------------------------- what it must never change


class Stamp(datetime):
    """A datetime as data frames have it."""

    nanosecond = 5


class Fine(timedelta):
    """An amount as data frames have it."""

    nanoseconds = 5


ODD = {
    "naive": lambda calendar: calendar.add(FRIDAY.replace(tzinfo=None), HOUR),
    "naive end": lambda calendar: calendar.elapsed(FRIDAY, FRIDAY.replace(tzinfo=None)),
    "a date": lambda calendar: calendar.add(date(2026, 11, 20), HOUR),
    "a text": lambda calendar: calendar.is_open("2026-11-20"),
    "None": lambda calendar: calendar.next_open(None),
    "nanoseconds": lambda calendar: calendar.roll_back(Stamp(2026, 11, 20, tzinfo=BRUSSELS)),
    "before 1900": lambda calendar: calendar.is_open(datetime(1899, 12, 31, tzinfo=BRUSSELS)),
    "the year 1": lambda calendar: calendar.is_open(datetime.min.replace(tzinfo=BRUSSELS)),
    "the year 9999": lambda calendar: calendar.is_open(datetime.max.replace(tzinfo=BRUSSELS)),
    "negative": lambda calendar: calendar.add(FRIDAY, -HOUR),
    "negative back": lambda calendar: calendar.subtract(FRIDAY, -HOUR),
    "no timedelta": lambda calendar: calendar.add(FRIDAY, 8),
    "no timedelta, zero": lambda calendar: calendar.add(FRIDAY, 0),
    "fine": lambda calendar: calendar.add(FRIDAY, Fine(hours=1)),
    "fine, zero": lambda calendar: calendar.subtract(FRIDAY, Fine(0)),
    "too long": lambda calendar: calendar.add(FRIDAY, timedelta.max),
    "too long back": lambda calendar: calendar.subtract(FRIDAY, timedelta.max),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_a_calendar_in_use_refuses_what_an_unused_one_refuses_in_the_same_words(odd: str) -> None:
    ask: Callable[[Calendar], object] = ODD[odd]
    holidays = FrozenHolidays.of({}, years=(2024, 2028))  # short searches
    calendar = OFFICE.replace(holidays=holidays)
    with pytest.raises(SlaError) as unused:
        ask(replace(calendar))
    with pytest.raises(SlaError) as used:
        ask(warm(calendar, BRUSSELS, UTC))

    assert (type(unused.value), str(unused.value)) == (type(used.value), str(used.value))


def test_a_kind_of_datetime_gets_the_answer_of_the_plain_one() -> None:
    class Moment(datetime):
        """A datetime of another library."""

    calendar = warm(OFFICE)
    moment = Moment(2026, 11, 20, 16, tzinfo=BRUSSELS)

    assert calendar.add(moment, HOUR) == FRIDAY + HOUR
    assert type(calendar.add(moment, 0 * HOUR)) is datetime


def test_a_calendar_with_tables_is_the_same_value_as_one_without() -> None:
    calendar, unused = warm(OFFICE), replace(OFFICE)

    assert tables(calendar)
    assert unused == calendar
    assert hash(unused) == hash(calendar)
    assert repr(unused) == repr(calendar)
    assert len(pickle.dumps(unused)) == len(pickle.dumps(calendar))
    for again in (
        pickle.loads(pickle.dumps(calendar)),
        copy.copy(calendar),
        copy.deepcopy(calendar),
        replace(calendar),
    ):
        assert tables(again) == ()
        assert calendar == again


def test_a_staircase_that_grows_between_the_two_ends_of_a_question_changes_no_answer() -> None:
    calendar = warm(OFFICE)
    kept = calendar._compiled

    class Growing(FastLane):
        def _find(self, at: datetime) -> tuple[LaneTables, int]:
            found = super()._find(at)
            kept.timeline.is_open(kept.timeline.stairs.start - 1)  # type: ignore[union-attr]  # another thread asks
            (held,) = self._tables
            self._tables = (LaneTables(kept.timeline.stairs, held.zone, kept.zone),)  # type: ignore[arg-type]  # and again
            return found

    lane = Growing(kept.timeline, kept.zone)
    lane._tables = tables(calendar)

    assert lane.elapsed(FRIDAY, FRIDAY + timedelta(days=7)) in {None, 35 * HOUR}


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns after every few instructions, so that a race shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def everything(calendar: Calendar, first: int) -> list[object]:
    """Questions from two zones that make tables and let the staircase grow, in an order of each thread's own."""
    answers: dict[int, object] = {}
    for step in range(60):
        week = (first * 7 + step * 11) % 60
        zone = (BRUSSELS, UTC)[week % 2]
        at = (FRIDAY + timedelta(weeks=3 * week - 90)).astimezone(zone)
        answers[week] = [verb(calendar, at) for verb in VERBS.values()]
    return [answers[week] for week in sorted(answers)]


@pytest.mark.usefixtures("hasty")
def test_threads_that_race_while_tables_are_made_get_the_answers_of_one_thread() -> None:
    expected = everything(replace(OFFICE), 0)
    shared, together = replace(OFFICE), threading.Barrier(6)
    found: list[list[object]] = [[]] * 6

    def ask(first: int) -> None:
        together.wait()
        found[first] = everything(shared, first)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [expected] * 6 == found
    assert tables(shared)
