"""Rows of CSV: what is wrong with one is told with its line, and never costs another."""

import csv
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.logs.csv_rows import BadRow, CsvRows

HEADER: Final = "id,at,note\n"


def rows(*lines: str, delimiter: str = ",", header: str = HEADER) -> list[tuple[int, list[str] | str]]:
    """The rows of lines, each with its line; of one that cannot be used the code."""
    found = CsvRows([header, *lines], delimiter, "log").below_header(lambda row: row[1].startswith("2026"))
    return [(line, row.error.code if isinstance(row, BadRow) else row) for line, row in found]


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        (("1,2026,a\n", "2,2026,b\n"), [(2, ["1", "2026", "a"]), (3, ["2", "2026", "b"])], "plain rows"),
        (("1,2026,a", "2,2026,b"), [(2, ["1", "2026", "a"]), (3, ["2", "2026", "b"])], "lines without their ends"),
        (("1,2026,a\r\n", "\r\n", "2,2026,b\r\n"), [(2, ["1", "2026", "a"]), (4, ["2", "2026", "b"])], "empty lines"),
        (('1,2026,"a, b"\n',), [(2, ["1", "2026", "a, b"])], "a delimiter in quotes"),
        (('1,2026,"say ""a"""\n',), [(2, ["1", "2026", 'say "a"'])], "quotes in quotes"),
        (('1,2026,5" pipe\n',), [(2, ["1", "2026", '5" pipe'])], "a quote within a cell is one"),
        (
            ('1,2026,"a\n', "b, c, d\n", '"\n', "2,2026,b\n"),
            [(2, ["1", "2026", "a\nb, c, d\n"]), (5, ["2", "2026", "b"])],
            "a cell of several lines, of which one has as many delimiters as a row and is none",
        ),
        (("1,2026\n", "2,2026,b\n"), [(2, "row_width"), (3, ["2", "2026", "b"])], "too few cells"),
        (("1,2026,a,b\n", "2,2026,b\n"), [(2, "row_width"), (3, ["2", "2026", "b"])], "too many cells"),
        (
            ('1,2026,"a\n', "2,2026,b\n", "3,2026,c\n"),
            [(2, "quote_without_end"), (3, ["2", "2026", "b"]), (4, ["3", "2026", "c"])],
            "a stray quote swallows nothing",
        ),
        (
            ('1,2026,"a\n', "2,2026,b\n", '3,2026,c"\n', "4,2026,d\n"),
            [
                (2, "quote_without_end"),
                (3, ["2", "2026", "b"]),
                (4, ["3", "2026", 'c"']),
                (5, ["4", "2026", "d"]),
            ],
            "not even if another one seems to end it",
        ),
        (
            ('1,2026,"a\n', '2,2026,"b"\n', '3,2026,"c\n', "4,2026,d\n"),
            [(2, "quote_without_end"), (3, ["2", "2026", "b"]), (4, "quote_without_end"), (5, ["4", "2026", "d"])],
            "two of them",
        ),
        (('1,"2026"x,a\n', "2,2026,b\n"), [(2, "quote_without_end"), (3, ["2", "2026", "b"])], "more behind a quote"),
        (
            ("1,2026," + "x" * (csv.field_size_limit() + 1) + "\n", "2,2026,b\n"),
            [(2, "cell_too_large"), (3, ["2", "2026", "b"])],
            "a cell over the limit",
        ),
        (
            ('1,2026,"' + "x" * (csv.field_size_limit() + 1) + '"\n', "2,2026,b\n"),
            [(2, "cell_too_large"), (3, ["2", "2026", "b"])],
            "also in quotes",
        ),
        (
            (",".join(["x" * 100_000] * 11) + "\n", "2,2026,b\n"),
            [(2, "line_too_long"), (3, ["2", "2026", "b"])],
            "a line over the limit",
        ),
        (
            ("1,2026," + "x" * 1_000_001 + "\n", "2,2026,b\n"),
            [(2, "line_too_long"), (3, ["2", "2026", "b"])],
            "a line over the limit with a cell over its own",
        ),
        (("1,2026,a\rb\n", "2,2026,b\n"), [(2, "quote_without_end"), (3, ["2", "2026", "b"])], "a line end in a cell"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_row_stands_for_itself(lines: tuple[str, ...], expected: list[object], why: str) -> None:
    assert rows(*lines) == expected, why


def test_a_quote_that_nothing_ends_costs_one_row_of_ten_thousand() -> None:
    lines = [f"{number},2026,x\n" for number in range(10_000)]
    lines[5_000] = '5000,2026,"x\n'
    found = rows(*lines)
    assert [line for line, row in found if row == "quote_without_end"] == [5_002]
    assert len(found) == 10_000


def test_lines_are_read_again_once_however_many_quotes_are_astray() -> None:
    """Each line is given to csv a few times at most: the work is that of the file, not of its square."""
    given = 0

    def counted() -> Iterator[str]:
        nonlocal given
        yield HEADER
        for number in range(3_000):
            given += 1
            yield f'{number},2026,"x\n' if number % 2 else f"{number},2026,x\n"

    table = CsvRows(counted(), ",", "log")
    found = list(table.below_header(lambda row: row[1].startswith("2026")))
    assert sum(isinstance(row, BadRow) for _, row in found) == 1_500
    assert (given, len(found)) == (3_000, 3_000)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter(delimiter: str) -> None:
    found = rows(delimiter.join(["1", "2026", "a, b"]), delimiter=delimiter, header=HEADER.replace(",", delimiter))
    assert found == [(2, ["1", "2026", "a, b"])]


def test_a_header_with_a_quote_that_nothing_ends_is_refused() -> None:
    with pytest.raises(sla.LogError) as refused:
        CsvRows(['id,"at,note\n', "1,2026,a\n"], ",", "log.csv")
    assert (refused.value.code, refused.value.where) == ("log_unreadable", "log.csv")


def test_lines_that_are_no_text_are_refused() -> None:
    with pytest.raises(sla.LogError) as refused:
        list(CsvRows([HEADER, b"1,2026,a\n"], ",", "log").below_header(lambda row: True))  # type: ignore[list-item]  # noqa: ARG005
    assert refused.value.code == "log_unreadable"


def test_lines_that_a_file_cannot_give_are_refused() -> None:
    """The header is read, and the second row is not in the encoding in which the file was opened."""
    file = TextIOWrapper(BytesIO(b"id,at,note\n1,2026,a\n2,2026,\xff\n"), "utf-8")
    file._CHUNK_SIZE = 12  # type: ignore[attr-defined]  # so that the header comes before what cannot be read
    with pytest.raises(sla.LogError, match="byte 0xff") as refused:
        list(CsvRows(file, ",", "log.csv").below_header(lambda row: True))  # noqa: ARG005
    assert (refused.value.code, refused.value.where) == ("log_unreadable", "log.csv")


TEXTS: Final = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='"\n,'), max_size=8)


@given(st.lists(st.tuples(st.integers(0, 99).map(str), st.just("2026"), TEXTS), max_size=8))
def test_what_csv_writes_is_read_as_it_was(table: list[tuple[str, str, str]]) -> None:
    """Cells of any text, as Python's csv writes them, but for those that hold a row of the log by themselves."""
    texts = [text for *_, text in table]
    if any(
        line.count(",") == 2 and line.split(",")[1].startswith("2026") for text in texts for line in text.split("\n")
    ):
        return
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in table]
    found = rows(*"".join(lines).splitlines(keepends=True) if "\x85" not in "".join(lines) else lines)
    assert [row for _, row in found] == [list(row) for row in table]


@given(st.lists(st.text(max_size=12), max_size=10))
def test_any_lines_are_rows_or_problems(lines: list[str]) -> None:
    assert all(line >= 2 for line, _ in rows(*lines))
