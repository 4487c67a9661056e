"""Where cells stand and how they are taken apart: what is said of a column that is not there, and of too many values."""

from typing import Any, Final

import pytest

import slacalc as sla

TICKETS: Final = sla.LogMapping("id", received="at")
SEVERAL: Final = "where a cell has several of these, between in the mapping says what stands between them"


@pytest.mark.parametrize(
    ("log", "delimiter", "hint"),
    [
        (["id;at"], ",", "(cells stand apart by commas)"),
        (["id,at"], ";", "(cells stand apart by semicolons)"),
        (["id,at"], "\t", "(cells stand apart by tabs)"),
        (["id,at"], "~", "(cells stand apart by '~')"),
        (["id"], ",", ""),
        (["number,at"], ",", ""),
        ([{"number": "7"}], ",", ""),
        ([{"number": "7", "at": "2026-11-20T15:00Z"}], ",", ""),
    ],
)
def test_what_cells_stand_apart_by_is_said_of_a_line_that_another_delimiter_takes_apart(
    log: list[Any], delimiter: str, hint: str
) -> None:
    with pytest.raises(sla.LogError) as refused:
        sla.read_log(log, TICKETS.updated(delimiter=delimiter))
    assert refused.value.code == "column_missing"
    assert refused.value.problem == f"there is no such column {hint}".strip()


@pytest.mark.parametrize(
    ("cell", "between", "is_helped"),
    [
        ("New@09:00;Solved@10:00", (), True),
        ("New", (), False),
        ("New@09:00@10:00", (";",), False),
        ("New", (";",), False),
    ],
)
def test_a_cell_of_several_values_is_told_of_between_where_the_mapping_lacks_it(
    cell: str, between: tuple[str, ...], is_helped: bool
) -> None:
    split: Any = (("history", "@", ("state", "time"), *between),)
    reading = sla.read_log(["id,at,history", f"7,2026-11-20T15:00Z,{cell}"], TICKETS.updated(split=split))
    (problem,) = reading.problems
    assert problem.error.code == "cell_parts"
    assert (SEVERAL in str(problem)) is is_helped


def test_a_row_that_cannot_be_used_is_told_once_where_each_row_has_several_values() -> None:
    split: Any = (("history", "@", ("state", "when"), ";"),)
    mapping = sla.LogMapping("id", "when", status="state", split=split)
    reading = sla.read_log(
        ["id,history", "7,New@2026-11-20T09:00Z;Open@2026-11-20T10:00Z", "8", "9,New@2026-11-20T11:00Z"], mapping
    )
    assert [(problem.line, problem.error.code) for problem in reading.problems] == [(3, "row_width")]
    assert [(ticket.id, len(ticket.events)) for ticket in reading.tickets] == [("7", 2), ("9", 1)]
