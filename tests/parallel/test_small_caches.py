"""Whatever is kept, and however little: the answers are the same with cold caches, warm, full and raced ones."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, Final

import pytest

import slacalc as sla
from tests.parallel.questions import answers, cold
from tests.small_caches import small_caches

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")

INSTANTS: Final = np.arange("2026-11-16", "2026-12-07", dtype="M8[h]").astype("M8[us]")
DATES: Final = np.arange("2026-11-16", "2027-02-01", dtype="M8[D]")
THREADS: Final = 8


def offices(count: int) -> dict[str, sla.Calendar]:
    return {str(n): sla.Calendar("Europe/Berlin", f"Mon-Fri 09:{n:02}-17:00; Sat 09:00-12:00") for n in range(count)}


def columns(chosen: dict[str, sla.Calendar]) -> list[Any]:
    """Columns of many calendars, of instants and of dates, and of a policy with date-like targets."""
    by = np.resize(np.array(list(chosen), dtype=object), len(INSTANTS))
    days = by[: len(DATES)]
    frames = sla.frames
    told = [
        frames.add(chosen, INSTANTS, timedelta(hours=8), by=by, zone="Europe/Berlin"),
        frames.elapsed(chosen, INSTANTS, INSTANTS[::-1], by=by, zone="UTC"),
        frames.is_open(chosen, INSTANTS, by=by, zone="UTC"),
        frames.working_date_after(chosen, DATES, 7, by=days),
        frames.count_working_dates(chosen, DATES, DATES[::-1], by=days),
    ]
    return [column.tolist() for column in told]


def test_with_every_cache_forced_to_one_the_answers_are_the_same() -> None:
    expected, expected_columns = answers(cold()), columns(offices(12))
    with small_caches() as caches:
        things, chosen = cold(), offices(12)
        assert len(caches) > 15
        for _ in range(2):
            assert expected == answers(things)
            assert expected_columns == columns(chosen)


def test_columns_of_warm_caches_are_those_of_cold_ones() -> None:
    chosen = offices(12)
    assert columns(chosen) == columns(chosen) == columns(offices(12))


@pytest.mark.parametrize("most", [0, 2**28], ids=["room for one table", "room for all"])
def test_threads_that_race_for_tables_get_the_answers_of_one(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from slacalc.columns import kept_tables

    expected, chosen, barrier = columns(offices(12)), offices(12), Barrier(THREADS)
    monkeypatch.setattr(kept_tables, "_MOST_BYTES", most)

    def ask(_number: int) -> list[Any]:
        barrier.wait()
        return columns(chosen)

    with ThreadPoolExecutor(THREADS) as pool:
        for told in pool.map(ask, range(THREADS)):
            assert expected == told
