"""How many needed more than an amount, group by group: counted by hand."""

import pytest

np = pytest.importorskip("numpy", reason="columns need the extra frames")

NEEDED = [5, 3, 3, 9, 7]
GROUPS = [0, 2, 0, 2, 0]  # the first: 3, 5 and 7; the second has none; the third: 3 and 9


@pytest.mark.parametrize(
    ("amount", "late"),
    [
        (2, [3, 0, 2]),
        (3, [2, 0, 1]),
        (4, [2, 0, 1]),
        (5, [1, 0, 1]),
        (8, [0, 0, 1]),
        (9, [0, 0, 0]),
        (2**62, [0, 0, 0]),
    ],
)
def test_what_needed_more_is_late_and_what_needed_just_so_much_is_not(amount: int, late: list[int]) -> None:
    from slacalc.plans.late_counts import LateCounts

    assert LateCounts(np.array(NEEDED), np.array(GROUPS), 3).late(amount) == late


def test_of_no_promises_none_is_late() -> None:
    from slacalc.plans.late_counts import LateCounts

    nothing = np.empty(0, dtype=np.int64)
    assert LateCounts(nothing, nothing, 0).late(1) == []
