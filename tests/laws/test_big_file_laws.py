"""A big file is read as its lines are, whatever is wrong with it: the same tickets, problems and lines."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.logs import big_files
from tests.laws.strategies import law

pytest.importorskip("numpy", reason="big files are read with numpy")
pytest.importorskip("polars", reason="big files are read with polars")
from slacalc.logs import collecting_blocks, csv_blocks

FIELDS: Final = (("priority", "prio"), ("team", "team"))
DONE: Final = (("first_response", ("replied", "phoned")), ("resolution", ("solved", "replied")))
EVENTS: Final = (
    ("replied", "agent_message"),
    ("wait", "paused_until_next"),
    ("opened", "created"),
    ("solved", "solved"),
)
BASE: Final = sla.LogMapping("id", "at", "what", "Europe/Brussels", fields=FIELDS, done=DONE, blank=("?",))
SHAPES: Final = (
    BASE,
    BASE.updated(own=(("flag", "prio"), ("when", "at"))),
    BASE.updated(done=(), events=EVENTS),
    BASE.updated(done=(), events=EVENTS, status="team", created_by_column="prio", fields=()),
    sla.LogMapping("id", "at", status="what", zone="Europe/Brussels", fields=FIELDS, own=(("flag", "team"),)),
)
FORMS: Final = {
    None: ("2026-11-09 09:30", "2026-11-09T9:30:05.25", "2026-10-25 02:30", "2026-11-09T09:30Z", "2026-11-09T10:30+01:00", "2026-11-08T22:00+02:00"),
    "%d/%m/%Y %H:%M": ("09/11/2026 09:30", "9/11/2026 9:05", "25/10/2026 02:30", "08/11/2026 23:59"),
    "%b %d, %y %I:%M %p": ("Nov 09, 26 09:30 AM", "Nov 9, 26 12:01 am", "Nov 08, 26 11:59 PM"),
    "epoch_seconds": ("1794212000", "1794212001.5", "1794300000"),
}  # fmt: skip
BAD_TIMES: Final = (
    "",
    "?",
    "soon",
    "2026-11-09",
    "1850-01-01 09:00",
    "31/02/2026 09:30",
    "2026-11-09 09:30:00.1234567",
)
CELLS: Final = st.sampled_from(("low", "high", "", "?", " ", "é", "x\ufeff", "low ", "a'b", "\x0b", "\x85"))
CLEAN_WHATS: Final = ("opened", "replied", "phoned", "wait", "solved", "other")
WHATS: Final = st.sampled_from((*CLEAN_WHATS, "", "?"))
NAMES: Final = st.sampled_from(("7", "8", "9", " 7", "10é", "?", ""))
ODD_LINES: Final = (
    "", " ", "7", "7,x", '"7",2026-11-09 09:30,opened,low,', '7,"2026-11-09 09:30,opened,low,a', "a,b,c,d,e,f,g", ",,,,",
    '7,2026-11-09 09:31,"re\nplied",low,a', "7,2026-11-09 09:30,re\rplied,low,a", "7,2026-11-09 09:30,\0,low,a", '"', "\ufeff7,x,y,z,w",
    "7,2026-11-09 09:30,opened," + "l" * 300 + ",a",
)  # fmt: skip
ENDS: Final = st.sampled_from(("\n", "\n", "\n", "\r\n"))


@st.composite
def files(draw: st.DrawFn) -> tuple[sla.LogMapping, bytes]:
    """A mapping, and a file that it may be of: with bad times and blanks in some, and worse in others."""
    form = draw(st.sampled_from(list(FORMS)))
    delimiter = ";" if form == "%b %d, %y %I:%M %p" else ","
    mapping = draw(st.sampled_from(SHAPES)).updated(time_format=form, delimiter=delimiter)
    header = draw(st.sampled_from(("id,at,what,prio,team", "more,id,at,what,prio,team", "team,at,id,what,prio")))
    clean = draw(st.booleans())
    times = st.sampled_from(FORMS[form]) | (st.nothing() if clean else st.sampled_from(BAD_TIMES))
    worse = st.nothing() if clean or draw(st.booleans()) else st.sampled_from(ODD_LINES)
    texts = st.sampled_from(("low", "high", "é")) if clean else CELLS
    names, whats = (st.sampled_from("78"), st.sampled_from(CLEAN_WHATS)) if clean else (NAMES, WHATS)
    cell = {"id": names, "at": times, "what": whats, "prio": texts, "team": texts, "more": texts}
    row = st.tuples(*(cell[name] for name in header.split(","))).map(delimiter.join)
    rows = draw(st.lists(row | row | row | worse, max_size=25))
    lines = [header.replace(",", delimiter), *rows]
    text = "".join(line + draw(ENDS) for line in lines)
    text = text.rstrip("\r\n") if draw(st.booleans()) else text
    return mapping, draw(st.sampled_from((b"", b"", b"\xef\xbb\xbf"))) + text.encode() + draw(
        st.sampled_from((b"", b"", b"\xff\n"))
    )


@contextmanager
def saved(data: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_bytes(data)
        yield path


def told(path: Path, mapping: sla.LogMapping) -> object:
    """All that a reading says, or the error."""
    try:
        reading = sla.read_log(path, mapping)
    except sla.SlaError as error:
        return error.code, str(error)
    columns = reading.tickets.arrays  # type: ignore[attr-defined]  # of a log with a mapping
    return (
        list(reading.tickets), dict(reading.lines), list(map(str, reading.problems)), reading.problems.by_code,
        reading.events, reading.last_event, reading.activities, columns.zones,
        {name: [each.values[code] for code in each.codes] for name, each in columns.fields.items()},
    )  # fmt: skip


@law(400)
@given(files(), st.sampled_from((1, 64, 256, 2**20)))
def test_a_file_in_blocks_is_read_as_its_lines_are(file: tuple[sla.LogMapping, bytes], size: int) -> None:
    mapping, data = file
    limit = csv.field_size_limit(200)
    try:
        with saved(data) as path:
            plainly = told(path, mapping)
            with mock.patch.object(big_files, "_WORTH_BLOCKS", 0), mock.patch.object(csv_blocks, "_BLOCK", size):
                assert big_files.reads_in_blocks(path, mapping)
                with (
                    mock.patch.object(collecting_blocks, "_MOST_KEYS", size % 3),
                    mock.patch.object(csv_blocks, "_AT_ONCE", 7),
                ):
                    assert told(path, mapping) == plainly
    finally:
        csv.field_size_limit(limit)
