"""Sweep: every planted mistake twenty times, every kind of right office two hundred times, and the table of docs/trust.md."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.kit.at_once import by_everything_at_once
from tests.kit.finding import (
    MISTAKES,
    OFFICES,
    RUNS_OF_MISTAKES,
    RUNS_OF_OFFICES,
    looking,
    recommended_finds,
    row,
    table_of_page,
)
from tests.kit.offices import RIGHT_OFFICES


def kit_checks() -> Iterator[tuple[str, Callable[[], int]]]:
    for mistake in MISTAKES:
        yield f"table: {mistake}", partial(_row, mistake)
        for number in range(1, RUNS_OF_MISTAKES + 1):
            yield f"mistake, {number}: {mistake}", partial(_is_found, mistake)
    for number in range(1, RUNS_OF_OFFICES + 1):
        yield f"{OFFICES}, {number}", _are_not_accused


def _row(mistake: str) -> int:
    assert row(mistake) in table_of_page(), "python -m tests.kit.finding writes the table anew"
    return 1


def _is_found(mistake: str) -> int:
    with looking(derandomize=False):
        assert recommended_finds(mistake)
    return 1


def _are_not_accused() -> int:
    with looking(derandomize=False):
        by_everything_at_once(RIGHT_OFFICES)
    return len(RIGHT_OFFICES)
