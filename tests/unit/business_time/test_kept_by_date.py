"""That answers are kept by date where no clock is moved, between the turns of a date, and in bounds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slacalc.business_time.instants import to_us
from slacalc.business_time.kept_by_date import Rows, kept_by_date, kept_shift
from slacalc.errors import HorizonError
from slacalc.kept import Kept
from tests.small_caches import about_what_is_kept

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 7, 3, 12, tzinfo=BERLIN)


class Asked:
    """A function that says noon for what comes before noon, else the next midnight; it counts what it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, at: datetime) -> datetime:
        self.times += 1
        local = at.astimezone(BERLIN)
        noon = local.replace(hour=12, minute=0, second=0, microsecond=0)
        return noon if local < noon else noon + timedelta(hours=12)


def noons(day: date) -> Iterator[int]:
    yield to_us(datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN))


def test_the_second_time_a_date_is_asked_about_its_answers_are_kept() -> None:
    asked = Asked()
    answer = kept_by_date(asked, noons, BERLIN, Rows(10))

    assert answer(NOON - timedelta(hours=1)) == NOON
    assert asked.times == 1
    assert answer(NOON - timedelta(microseconds=1)) == NOON
    assert asked.times == 2 + 2  # itself, and before and from noon on
    assert answer(NOON - timedelta(microseconds=1)) == NOON
    assert answer(NOON) == NOON + timedelta(hours=12)
    assert answer(NOON.astimezone(UTC)) == NOON + timedelta(hours=12)
    assert answer(NOON.replace(hour=0)) == NOON
    assert asked.times == 4


@pytest.mark.parametrize(
    ("day", "is_kept"),
    [  # clocks go forward on Sunday 29 March 2026, and back on Sunday 25 October
        ("2026-03-27", True),
        ("2026-03-28", False),
        ("2026-03-29", False),
        ("2026-03-30", False),
        ("2026-03-31", True),
        ("2026-10-23", True),
        ("2026-10-24", False),
        ("2026-10-25", False),
        ("2026-10-26", False),
        ("2026-10-27", True),
        ("1899-12-31", False),  # before the dates of any calendar
        ("2201-01-01", False),
    ],
)
def test_beside_a_change_of_the_clock_nothing_is_kept(day: str, is_kept: bool) -> None:
    asked = Asked()
    answer = kept_by_date(asked, noons, BERLIN, Rows(10))
    morning = datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=BERLIN)
    for _ in range(5):
        answer(morning)

    assert asked.times == (4 if is_kept else 5)


@about_what_is_kept
def test_a_shift_is_kept_where_it_is_exact() -> None:
    asked = Asked()
    exact = [date(2026, 7, 3)]
    answer = kept_shift(asked, timedelta(hours=1), exact.__contains__, BERLIN, Rows(10))
    for _ in range(4):
        answer(NOON)
        answer(NOON + timedelta(days=1))

    assert answer(NOON) == NOON + timedelta(hours=1)
    assert asked.times == 2 + 4


def test_what_is_refused_is_refused_each_time() -> None:
    def refuse(_at: datetime) -> datetime:
        raise HorizonError("beyond_covered", "the question reaches time that the calendar does not cover")

    answer = kept_by_date(refuse, noons, BERLIN, Rows(10))
    for _ in range(4):
        with pytest.raises(HorizonError):
            answer(NOON)


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_at_the_ends_of_time_the_function_itself_is_asked(moment: datetime) -> None:
    answer = kept_by_date(lambda at: at, noons, ZoneInfo("Asia/Tokyo"), Rows(10))
    at = moment.replace(tzinfo=ZoneInfo("America/New_York") if moment == datetime.max else UTC)
    for _ in range(3):
        assert answer(at) == at


def test_a_date_with_very_many_turns_is_not_kept() -> None:
    asked = Asked()
    answer = kept_by_date(asked, lambda day: [next(noons(day)) + n for n in range(20)], BERLIN, Rows(10))
    for _ in range(4):
        answer(NOON)

    assert asked.times == 4


@about_what_is_kept
def test_functions_that_share_rows_do_not_share_answers() -> None:
    rows = Rows(10)
    one = kept_by_date(Asked(), noons, BERLIN, rows)
    other = kept_by_date(lambda at: at.astimezone(BERLIN), lambda _day: (), BERLIN, rows)
    for _ in range(3):
        one(NOON)
        other(NOON)

    assert one(NOON) == NOON + timedelta(hours=12)
    assert other(NOON) == NOON.replace(hour=0)  # what is kept of a date without turns is what its midnight is told


def test_rows_are_bounded() -> None:
    rows: Rows = Rows(7)
    answer = kept_by_date(Asked(), noons, BERLIN, rows)
    for n in range(100):
        for _ in range(3):
            answer(NOON + timedelta(days=n))
        assert len(rows.kept) <= 7


@about_what_is_kept
def test_a_store_that_is_full_begins_anew() -> None:
    kept: Kept[str, int] = Kept(2)
    assert [kept.keep(name, n) for n, name in enumerate("abc")] == [0, 1, 2]
    assert [kept.get(name) for name in "abc"] == [None, None, 2]
    assert len(kept) == 1
