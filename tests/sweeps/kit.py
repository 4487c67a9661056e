"""Sweep: every planted mistake twenty times, every kind of right office two hundred times, and the table of docs/trust.md."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.kit.finding import MISTAKES, by_comparing, by_laws, looking, recommended_finds, row, table_of_page
from tests.kit.offices import KINDS


def kit_checks() -> Iterator[tuple[str, Callable[[], int]]]:
    for mistake in MISTAKES:
        yield f"table: {mistake}", partial(_row, mistake)
        for number in range(1, 21):
            yield f"mistake, {number}: {mistake}", partial(_is_found, mistake)
    for kind in KINDS:
        for number in range(1, 201):
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
        by_laws(desk)
        by_comparing(desk, desk.calendar())
    return 1
