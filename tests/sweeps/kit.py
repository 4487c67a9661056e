"""Sweep: every planted mistake twenty times, every kind of right office two hundred times, and the table of docs/trust.md."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.kit.finding import (
    MISTAKES,
    RUNS_OF_MISTAKES,
    RUNS_OF_OFFICES,
    by_everything_at_once,
    looking,
    recommended_finds,
    row,
    table_of_page,
)
from tests.kit.offices import KINDS


def kit_checks() -> Iterator[tuple[str, Callable[[], int]]]:
    for mistake in MISTAKES:
        yield f"table: {mistake}", partial(_row, mistake)
        for number in range(1, RUNS_OF_MISTAKES + 1):
            yield f"mistake, {number}: {mistake}", partial(_is_found, mistake)
    for number in range(1, RUNS_OF_OFFICES + 1):
        for kind in KINDS:
            yield f"office, {number}: {kind}", partial(_is_not_accused, kind)


def _row(mistake: str) -> int:
    assert row(mistake) in table_of_page(), "python -m tests.kit.finding writes the table anew"
    return 1


def _is_found(mistake: str) -> int:
    with looking(derandomize=False):
        assert recommended_finds(mistake)
    return 1


def _is_not_accused(kind: str) -> int:
    desk = KINDS[kind]
    with looking(derandomize=False):
        by_everything_at_once(desk, desk.calendar())
    return 1
