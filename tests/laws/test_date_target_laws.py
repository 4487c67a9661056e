"""Date-like targets of a whole column are what they are one by one, from tables of dates and without."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from unittest import mock

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import from_us, to_us
from tests.laws.strategies import Question, law, questions, utc

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")

POINTS: Final = st.sampled_from(("close", "opening", "same_time", "00:30", "02:30", "12:00", "23:45"))
DAYS: Final = st.integers(0, 6)
BUSINESS_DAYS: Final = st.tuples(DAYS, POINTS, st.sampled_from((None, "02:30", "16:00"))).map(
    lambda told: sla.BusinessDays(days=told[0], by=told[1], cutoff=told[2])
)
CALENDAR_DAYS: Final = st.tuples(DAYS, POINTS | st.just("24:00")).map(
    lambda told: sla.CalendarDays(days=told[0], by=told[1])
)
TARGETS: Final = BUSINESS_DAYS | CALENDAR_DAYS


@contextmanager
def tables_for(dates_a_row: int) -> Iterator[None]:
    """Make tables for however few rows, or for none."""
    from slacalc.columns import date_targets

    with mock.patch.object(date_targets, "_DATES_A_ROW", dates_a_row):
        yield


@pytest.mark.parametrize("dates_a_row", [10**9, 0], ids=["tables", "one by one"])
@law(20)
@given(question=questions(4), targets=st.lists(TARGETS, min_size=3, max_size=3))
def test_a_column_of_dues_is_a_loop(
    dates_a_row: int, question: Question, targets: list[sla.BusinessDays | sla.CalendarDays]
) -> None:
    from slacalc.columns.stairs import NULL
    from slacalc.columns.target_verbs import VERBS

    calendar, moments = question
    assume(calendar.has_zone)
    try:
        near = list(calendar.intervals(utc(moments[0]), utc(moments[-1])))[:8]
    except sla.HorizonError:
        near = []
    edges = [edge for each in near for edge in (each.start, each.end)]
    rows = [to_us(at) + step for at in (*moments, *edges) for step in (-1, 0, 1)]
    starts = np.array([*rows, NULL], dtype=np.int64)
    for target in targets:
        with tables_for(dates_a_row):
            told = target.dues(VERBS, calendar, starts).tolist()
        assert told == [*(_due(target, calendar, row) for row in rows), NULL], target


def _due(target: sla.BusinessDays | sla.CalendarDays, calendar: sla.OpenTime, row: int) -> int:
    low, high = calendar.timeline.covered
    if not low <= row <= high:
        return int(np.iinfo(np.int64).min)
    try:
        return to_us(target.due(calendar, from_us(row, calendar.zone_info)))
    except (sla.HorizonError, sla.ClosedForGoodError):
        return int(np.iinfo(np.int64).min)


def test_tables_answer_for_the_rows_that_they_hold() -> None:
    """What the law holds would be true of no table at all."""
    from slacalc.columns import date_targets
    from slacalc.columns.stairs import NULL

    office = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    starts = np.arange(0, 14 * 86_400_000_000, 3_600_000_000) + 1_795_000_000_000_000
    for by in ("close", "opening", "same_time", "12:00"):
        point = date_targets.DatePoint(3, by)
        open_ones = starts[sla.frames.is_open(office, starts.view("M8[us]"), zone="UTC")]
        assert (date_targets.points_of_working_dates(office, open_ones, point) != NULL).all()
        assert (date_targets.points_of_dates(office, starts, point) != NULL).all()
