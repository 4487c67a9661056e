"""The recommended test finds planted mistakes, and accuses no right office: the short form of the sweep `kit`."""

from datetime import date
from typing import Final

import pytest

from tests.kit import mistakes
from tests.kit.at_once import by_everything_at_once
from tests.kit.finding import (
    MISTAKES,
    OFFICES,
    WAYS,
    by_comparing,
    by_laws,
    by_tickets,
    desk_of,
    figures,
    looking,
    recommended_finds,
    table_of_page,
)
from tests.kit.offices import RIGHT_OFFICES

AT_LEAST: Final = 27
ONE_OF_EACH: Final = (
    mistakes.OF_HOURS[0], mistakes.OF_NIGHTS[0], mistakes.OF_AMOUNTS[0], mistakes.OF_PAUSES[0], mistakes.OF_TICKETS[0],
)  # fmt: skip


def test_there_are_thirty_mistakes_or_more_and_none_stands_twice() -> None:
    assert len(MISTAKES) == len(set(MISTAKES)) >= 30


@pytest.mark.parametrize("mistake", ONE_OF_EACH)
def test_one_mistake_of_each_kind_is_found(mistake: str) -> None:
    with looking(derandomize=True):
        assert recommended_finds(mistake)


def test_without_a_mistake_nothing_is_found() -> None:
    with looking(derandomize=True):
        for name in ("", mistakes.OF_NIGHTS[0]):
            desk, office = desk_of(name)
            right = type(desk)("")
            by_laws(right, examples=10)
            by_comparing(right, office, examples=10)
        by_tickets("", examples=10)


@pytest.mark.parametrize("derandomize", [True, False], ids=["as under CI", "at random"])
def test_no_right_office_is_accused(derandomize: bool) -> None:
    with looking(derandomize=derandomize):
        by_everything_at_once(RIGHT_OFFICES)


@pytest.mark.parametrize("mistake", [name for name in ONE_OF_EACH if name not in mistakes.OF_TICKETS])
def test_asking_everything_at_once_finds_mistakes_too(mistake: str) -> None:
    with looking(derandomize=True), pytest.raises(AssertionError, match=r"^wrong: "):
        by_everything_at_once({"wrong": desk_of(mistake)})


# ---------------------------------------------------------------- the table in docs/trust.md


def test_the_table_has_every_mistake_in_order_and_says_what_finds_it() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table_of_page()]
    assert [row[0] for row in rows] == list(MISTAKES)
    assert all(len(row) == 1 + len(WAYS) and set(row[1:]) <= {"found", "-", ""} for row in rows)


def test_by_the_table_nearly_every_mistake_is_found() -> None:
    assert sum("| found " in line for line in table_of_page()) >= AT_LEAST


# ---------------------------------------------------------------- the line among the figures


def test_the_figures_name_what_was_found_less_often_and_who_was_accused() -> None:
    found = [f"mistake, {number}: {mistake}" for number in range(1, 21) for mistake in MISTAKES]
    passed = [f"{OFFICES}, {number}" for number in range(1, 201)]
    done = ["table: a holiday is ignored", *found, *passed]
    said = "37 of 37 mistakes were found in 20 of 20 runs. In 200 of 200 runs no office of ten kinds was accused"
    assert figures(done, date(2026, 11, 30)) == f"{said} (30 November 2026)"
    done.remove("mistake, 7: Saturdays are forgotten")
    done.remove(f"{OFFICES}, 200")
    less = figures(done, date(2026, 11, 30))
    assert (
        "36 of 37 mistakes were found in 20 of 20 runs; in fewer: Saturdays are forgotten (19). In 199 of 200" in less
    )
