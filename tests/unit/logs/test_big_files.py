"""A big file is read in blocks of rows where that is sure, and the plain way from the first block where it is not."""

import gzip
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from unittest import mock

import pytest

import slacalc as sla
from slacalc.logs import big_files, csv_blocks
from slacalc.logs.csv_blocks import CsvBlocks
from tests.unit.logs.mappings import BRUSSELS, EVENTS, REPLAYED, STATUSES, at, problems

pytest.importorskip("numpy", reason="big files are read with numpy")
pytest.importorskip("polars", reason="big files are read with polars")

LINES: Final = (
    "id,at,what,prio",
    "7,2026-11-09 12:00,replied,1",
    "8,2026-11-09 09:00,opened,2",
    "7,2026-11-09 09:30,opened,3",
    "8,,replied,2",
    "7,2026-11-09 11:00,replied,1",
    "",
    "8,2026-11-09 10:00,replied",
    "9,2026-11-10 09:00,opened,1",
    "8,2026-11-10 08:00,replied,2",
)


def saved(path: Path, *lines: str) -> Path:
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return path


@pytest.mark.parametrize("block", [1, 60, 90, 1000])
def test_tickets_and_problems_are_those_of_the_lines(tmp_path: Path, block: int) -> None:
    path = saved(tmp_path / "log.csv", *LINES)
    with mock.patch.object(big_files, "_WORTH_BLOCKS", 0), mock.patch.object(csv_blocks, "_BLOCK", block):
        reading = sla.read_log(path, EVENTS)
    assert [(ticket.id, ticket.received, ticket.fields, ticket.done) for ticket in reading.tickets] == [
        ("7", at("9 09:30"), {"priority": "3"}, {"first_response": at("9 11:00")}),
        ("8", at("9 09:00"), {"priority": "2"}, {"first_response": at("10 08:00")}),
        ("9", at("10 09:00"), {"priority": "1"}, {}),
    ]
    assert problems(reading) == [(5, "cell_empty"), (8, "row_width")]
    assert dict(reading.lines) == {"7": 2, "8": 3, "9": 9}
    assert (reading.events, reading.last_event) == (6, datetime(2026, 11, 10, 9, tzinfo=BRUSSELS))


@pytest.mark.parametrize(
    ("mapping", "taken", "why"),
    [
        (EVENTS, True, "rows that fulfil metrics"),
        (REPLAYED, True, "rows to replay"),
        (EVENTS.updated(delimiter=";"), True, "another delimiter"),
        (EVENTS.updated(encoding="latin-1"), False, "no UTF-8"),
        (EVENTS.updated(delimiter="\N{SECTION SIGN}"), False, "a delimiter of two bytes"),
        (EVENTS.updated(received="opened"), False, "a column of receipts"),
        (EVENTS.updated(split=(("id", "/", ("id", "team")),)), False, "cells that are taken apart"),
        (sla.LogMapping("id", received="at", done_at=(("resolution", "done"),)), False, "a ticket a row"),
    ],
)
def test_which_mappings_are_read_in_blocks(tmp_path: Path, mapping: sla.LogMapping, taken: bool, why: str) -> None:
    path = saved(tmp_path / "log.csv", "id,at,what,prio", *("7,2026-11-09 09:30,opened,1" for _ in range(40_000)))
    assert big_files.reads_in_blocks(path, mapping) is taken, why


def test_which_files_are_read_in_blocks(tmp_path: Path) -> None:
    small = saved(tmp_path / "small.csv", *LINES)
    packed = tmp_path / "log.csv.gz"
    packed.write_bytes(gzip.compress(b"7", compresslevel=0))
    assert not big_files.reads_in_blocks(small, EVENTS), "polars takes longer to import"
    with mock.patch.object(big_files, "_WORTH_BLOCKS", 0):
        assert big_files.reads_in_blocks(small, EVENTS)
        assert not big_files.reads_in_blocks(packed, EVENTS)
        assert not big_files.reads_in_blocks(tmp_path, EVENTS), "a folder"
        assert not big_files.reads_in_blocks(Path("-"), EVENTS), "the standard input"
        for absent in ("polars", "numpy"):
            with mock.patch.object(
                big_files, "find_spec", lambda name, gone=absent: None if name == gone else find_spec(name)
            ):
                assert not big_files.reads_in_blocks(small, EVENTS), f"without {absent}"


ROW: Final = "7,2026-11-09 09:30,opened,1\n"


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        (ROW, 3),
        (ROW.removesuffix("\n"), 3),
        (ROW.replace("\n", "\r\n"), 3),
        (ROW[:-1] + ",more\n", 3),
        ("7,,\n", 3),
        ("\n", 3),
        ('7,2026-11-09 09:30,"opened",1\n', 2),
        ("7,2026-11-09 09:30,ope\rned,1\n", 2),
        ("7,2026-11-09 09:30,\0,1\n", 2),
        (f"7,2026-11-09 09:30,opened,{'1' * 150_000}\n", 2),
    ],
    ids=["a row", "no end", "as Windows ends lines", "a cell more", "no time", "nothing", "a quote", "half a line end", "NUL", "too long"],
)  # fmt: skip
def test_what_is_not_sure_is_left_to_the_plain_way(tmp_path: Path, text: str, passed: int) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(f"id,at,what,prio\n{ROW}{text}".encode())
    with path.open("rb") as file, mock.patch.object(csv_blocks, "_BLOCK", len(ROW)):
        blocks = CsvBlocks(file, ",")
        read = list(blocks.blocks(4, (0, 1, 2, 3)))
        assert (blocks.first_line, blocks.passed) == ("id,at,what,prio\n", passed)
        assert sum(len(block.lines) + len(block.bad) for block in read) + (text == "\n") == passed - 1
        file.seek(blocks.at)
        assert file.read() == ("" if passed > 2 else text).encode()


@pytest.mark.parametrize("line", ['"id",at,what,prio', "id,at,what,pr\rio", "id,at,what,pr\0io"])
def test_a_first_line_that_is_not_sure_is_left_to_the_plain_way(tmp_path: Path, line: str) -> None:
    with saved(tmp_path / "log.csv", line, *LINES[1:]).open("rb") as file:
        assert CsvBlocks(file, ",").first_line is None


def test_a_line_that_is_too_long_for_a_block_is_left_to_the_plain_way(tmp_path: Path) -> None:
    """Rows of 28 characters are read 29 bytes at a time; of the third no end is in sight after 60."""
    path = saved(tmp_path / "log.csv", "id,at,what,prio", ROW[:-1], ROW[:-1], ROW[:-1] + "1" * 100)
    with (
        path.open("rb") as file,
        mock.patch.object(csv_blocks, "_BLOCK", len(ROW) + 1),
        mock.patch.object(csv_blocks, "MOST_OF_A_LINE", 60),
    ):
        blocks = CsvBlocks(file, ",")
        assert sum(len(block.lines) for block in blocks.blocks(4, (0, 1, 2, 3))) == 2
        assert (blocks.passed, blocks.at) == (3, len("id,at,what,prio\n") + 2 * len(ROW))


# A quote in line 11 that one of line 13 seems to end: of 12, which is a row by itself, nothing is to be lost.
SWALLOWED: Final = ('9,2026-11-10 09:15,"re,1', "9,2026-11-10 09:30,replied,1", '9,2026-11-10 09:45,re",1')


def test_a_quote_swallows_no_row_of_a_log(tmp_path: Path) -> None:
    path = saved(tmp_path / "log.csv", *LINES, *SWALLOWED)
    for least in (0, 10**9):
        with mock.patch.object(big_files, "_WORTH_BLOCKS", least):
            reading = sla.read_log(path, EVENTS)
        assert problems(reading)[2:] == [(11, "quote_without_end")]
        assert reading.tickets[2].done == {"first_response": at("10 09:30")}


@pytest.mark.parametrize("mapping", [EVENTS, REPLAYED], ids=["done", "events"])
@pytest.mark.parametrize(
    "lines",
    [
        ('"id",at,what,prio', *LINES[1:]),
        (*LINES, '9,2026-11-10 09:15,"re', 'plied",1', '9,2026-11-10 09:30,"', "9,2026-11-10 10:00,replied,1"),
        (*LINES, *SWALLOWED),
    ],
    ids=["a header in quotes", "a cell of two lines, and a quote that nothing ends", "a quote that another one ends"],
)
def test_what_the_plain_way_reads_of_a_big_file_is_what_it_reads_of_any(
    tmp_path: Path, mapping: sla.LogMapping, lines: tuple[str, ...]
) -> None:
    path = saved(tmp_path / "log.csv", *lines)
    plainly = sla.read_log(path, mapping)
    with mock.patch.object(big_files, "_WORTH_BLOCKS", 0):
        reading = sla.read_log(path, mapping)
    assert (list(reading.tickets), problems(reading)) == (list(plainly.tickets), problems(plainly))
    assert [ticket.id for ticket in reading.tickets] == ["7", "8", "9"]


def test_what_is_wrong_with_a_file_is_said_as_by_the_plain_way(tmp_path: Path) -> None:
    path = saved(tmp_path / "log.csv", *LINES)
    with (
        mock.patch.object(big_files, "_WORTH_BLOCKS", 0),
        pytest.raises(sla.LogError, match="no such column") as refused,
    ):
        sla.read_log(path, STATUSES)
    assert refused.value.where == str(path)
    path.write_bytes(path.read_bytes() + b"\xff\n")
    with mock.patch.object(big_files, "_WORTH_BLOCKS", 0), pytest.raises(sla.LogError, match="byte 0xff") as refused:
        sla.read_log(path, EVENTS)
    assert refused.value.code == "log_unreadable"


def in_blocks(path: Path, mapping: sla.LogMapping) -> sla.LogReading:
    with mock.patch.object(big_files, "_WORTH_BLOCKS", 0):
        assert big_files.reads_in_blocks(path, mapping)
        return sla.read_log(path, mapping)


def test_what_a_ticket_says_of_its_own_is_what_its_last_row_says(tmp_path: Path) -> None:
    """By hand: the last row of 7 is that of noon, and of 8 that of the day after; 7 had priority 3 at first."""
    path = saved(tmp_path / "log.csv", *LINES)
    reading = in_blocks(path, REPLAYED.updated(own=(("flag", "prio"),)))
    assert [
        (ticket.id, ticket.own, [type(event).__name__ for event in ticket.events]) for ticket in reading.tickets
    ] == [
        ("7", {"flag": "1"}, ["Created", "FieldChanged", "Message", "Message"]),
        ("8", {"flag": "2"}, ["Created", "Message"]),
        ("9", {"flag": "1"}, ["Created"]),
    ]


def test_a_status_may_be_empty_where_an_activity_may_not(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "log.csv",
        "id,at,state,prio",
        "7,2026-11-09 09:30,new,1",
        "7,2026-11-09 11:00,,1",
        "7,2026-11-09 12:00,done,1",
    )
    reading = in_blocks(path, STATUSES)
    assert problems(reading) == []
    assert reading.events == 3
    assert [event.at for event in reading.tickets[0].events] == [at("9 09:30"), at("9 12:00")]


def test_seconds_since_1970_have_no_pieces_and_are_read_whole(tmp_path: Path) -> None:
    """1,795,186,800 s is 16:00 in Brussels on Friday 20 November 2026."""
    path = saved(
        tmp_path / "log.csv", "id,at,what,prio", "7,1795186800,opened,1", "7,soon,opened,1", "7,1795190400,replied,1"
    )
    reading = in_blocks(path, EVENTS.updated(time_format="epoch_seconds"))
    assert problems(reading) == [(3, "time_unreadable")]
    assert [(ticket.received, ticket.done) for ticket in reading.tickets] == [
        (at("20 16:00"), {"first_response": at("20 17:00")})
    ]
