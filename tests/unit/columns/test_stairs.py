"""The staircase for whole columns: how it is searched, and how much of it is kept."""

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta

import pytest

import slacalc as sla
from tests.helpers import BRUSSELS

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
OFFICE = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
FRIDAY = datetime(2026, 11, 20, 16, tzinfo=BRUSSELS)
FOUR_HOURS = timedelta(hours=4)


# ---------------------------------------------------------------- odd schedules


@pytest.mark.parametrize(
    "points",
    [
        pytest.param([], id="none"),
        pytest.param([0], id="one point"),
        pytest.param([0, 0, 7], id="two at one place"),
        pytest.param(list(range(0, 1000, 9)), id="evenly spread"),
        pytest.param([0, *range(500, 560), 100_000], id="many in one place, and a long way to the last"),
    ],
)
def test_a_search_from_a_guess_is_a_binary_search(points: list[int]) -> None:
    from slacalc.columns.stairs import Edges

    sought = np.array([-500, -1, *points, *(point + 1 for point in points), *range(0, 120_000, 131)])
    edges = Edges(np.array(points, dtype=np.int64))
    for rows in (sought, sought[:400]):  # many, and few
        assert edges.count_up_to(rows).tolist() == [bisect_right(points, each) for each in rows.tolist()]
        assert edges.count_before(rows).tolist() == [bisect_left(points, each) for each in rows.tolist()]


def test_an_exception_at_an_odd_second_costs_no_answer() -> None:
    odd = OFFICE.extend(
        special_days={"2026-11-20": "09:00-14:07:31"},
        absences=[
            sla.Absence(FRIDAY.replace(hour=10, microsecond=step), FRIDAY.replace(hour=10, microsecond=step + 1))
            for step in range(0, 40, 2)
        ],
    )
    column = np.arange("2026-11-18", "2026-11-24", 47, dtype="M8[s]").astype("M8[us]")
    assert len(column) > 10_000
    due = sla.frames.add(odd, column, FOUR_HOURS, zone="UTC").astype(object)
    for at, answer in list(zip(column.astype(object), due, strict=True))[::101]:
        assert odd.add(at.replace(tzinfo=UTC), FOUR_HOURS) == answer.replace(tzinfo=UTC)


# ---------------------------------------------------------------- how much memory they take


@pytest.mark.parametrize("hours", ["Mon-Fri 09:00-17:00", "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:15"])
def test_ten_years_of_slots_are_at_most_eight_megabytes(hours: str) -> None:
    from slacalc.columns import stairs

    start, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (2020, 2030))
    slots = stairs.slots_over(stairs.steps_over(sla.Calendar("Europe/Brussels", hours), start, end))
    assert slots.nbytes <= 8_000_000
