"""Many threads that race on one cold calendar and policy get the answers that one thread gets.

`RACE_TIMES=50 pytest tests/parallel` races fifty times as often.
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.calendars.holidays import package as holiday_package
from tests.parallel.questions import answers, asks, cold

THREADS: Final = 12
RACES: Final = 2 * int(os.environ.get("RACE_TIMES", "1"))


@pytest.fixture(autouse=True)
def switching_all_the_time() -> Iterator[None]:
    """Let the interpreter switch threads every microsecond."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def race(things: tuple[Any, ...], seed: int) -> list[list[object]]:
    """The answers of every thread: all begin at once, and ask in an order of their own."""
    barrier = Barrier(THREADS)

    def ask_all(number: int) -> list[object]:
        questions = asks(things)
        order = Random(seed * THREADS + number).sample(range(len(questions)), len(questions))  # noqa: S311 - any order will do
        barrier.wait()
        told = {place: questions[place]() for place in order}
        return [told[place] for place in range(len(questions))]

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(ask_all, range(THREADS)))


@pytest.mark.parametrize("seed", range(RACES))
def test_threads_that_race_on_cold_calendars_and_a_policy_get_the_answers_of_one(seed: int) -> None:
    expected = answers(cold())
    for told in race(cold(), seed):
        assert expected == told


def test_threads_that_race_to_make_the_same_calendar_make_equal_ones() -> None:
    barrier = Barrier(THREADS)

    def make(_number: int) -> tuple[Any, ...]:
        barrier.wait()
        return cold()

    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(make, range(THREADS)))
    assert {hash(things) for things in made} == {hash(cold())}
    assert all(things == cold() for things in made)


def test_threads_that_race_on_the_holiday_data_get_the_same_dates() -> None:
    expected = [sla.Holidays("DE", subdivision=land).names(year) for land in ("BY", "BE") for year in range(2001, 2031)]
    holiday_package.read_year.cache_clear()
    holiday_package._read.cache_clear()
    barrier = Barrier(THREADS)

    def read(_number: int) -> list[dict[Any, str]]:
        barrier.wait()
        return [sla.Holidays("DE", subdivision=land).names(year) for land in ("BY", "BE") for year in range(2001, 2031)]

    with ThreadPoolExecutor(THREADS) as pool:
        for told in pool.map(read, range(THREADS)):
            assert expected == told
