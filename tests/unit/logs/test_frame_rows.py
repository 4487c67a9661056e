"""Logs that are no lines: data frames and lists of dicts are read as the same rows of CSV are."""

import sys
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from tests.unit.logs.mappings import EVENTS, REPLAYED, STATUSES, at, problems, read

FRAME: Final = {
    "id": ["7", "7", "8"],
    "at": [at("9 09:30"), at("9 11:00"), at("9 12:00")],
    "what": ["opened", "replied", "opened"],
    "prio": ["1", "1", "2"],
}
AS_LINES: Final = (
    "id,at,what,prio",
    "7,2026-11-09 09:30,opened,1",
    "7,2026-11-09 11:00,replied,1",
    "8,2026-11-09 12:00,opened,2",
)


def frames() -> list[Any]:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    table = pa.table(FRAME)
    return [
        FRAME,
        pd.DataFrame(FRAME),
        pl.DataFrame(FRAME),
        table,
        duckdb.connect().from_arrow(table),
        pd.DataFrame({**FRAME, "prio": [1.0, None, 2.0]}),
        pd.DataFrame({**FRAME, "prio": [1, 1, 2], "id": [7, 7, 8]}),
        pl.DataFrame({**FRAME, "at": [moment.replace(tzinfo=None) for moment in FRAME["at"]]}),  # type: ignore[attr-defined]
        pd.DataFrame({**FRAME, "at": ["2026-11-09 9:30", "2026-11-09 11:00", "2026-11-09 12:00"]}),
    ]


@pytest.mark.parametrize("place", range(9))
@pytest.mark.parametrize("mapping", [EVENTS, REPLAYED], ids=["done", "events"])
def test_a_data_frame_is_read_as_lines_are(mapping: sla.LogMapping, place: int) -> None:
    expected = read(mapping, *AS_LINES)
    reading = sla.read_log(frames()[place], mapping)
    assert reading.problems == ()
    assert reading.tickets == expected.tickets
    assert (reading.events, reading.last_event) == (expected.events, expected.last_event)


def test_what_no_cell_can_be_is_a_problem_of_its_row() -> None:
    frame = {**FRAME, "at": [at("9 09:30"), 20261109, at("9 12:00")], "prio": ["1", "1", {"a": 1}]}
    assert problems(sla.read_log(frame, EVENTS)) == [(2, "time_unreadable"), (3, "cell_invalid")]


def test_nothing_in_a_frame_is_an_empty_cell() -> None:
    import pandas as pd

    frame = pd.DataFrame({**FRAME, "at": pd.to_datetime([at("9 09:30"), pd.NaT, at("9 12:00")])})
    assert problems(sla.read_log(frame, EVENTS)) == [(2, "cell_empty")]


def test_zones_may_be_mixed_in_a_frame() -> None:
    tokyo = at("9 11:00").astimezone(ZoneInfo("Asia/Tokyo"))
    reading = sla.read_log({**FRAME, "at": [at("9 09:30"), tokyo, at("9 12:00")]}, EVENTS)
    assert reading.tickets[0].done == {"first_response": at("9 11:00")}
    assert reading.tickets[0].done["first_response"].isoformat() == "2026-11-09T19:00:00+09:00"


def test_nanoseconds_of_a_frame_are_no_time() -> None:
    import pandas as pd

    frame = pd.DataFrame({**FRAME, "at": pd.to_datetime([at("9 09:30"), at("9 11:00"), at("9 12:00")]).as_unit("ns")})
    frame.loc[1, "at"] += pd.Timedelta(1, "ns")
    assert problems(sla.read_log(frame, EVENTS)) == [(2, "nanoseconds")]


def test_instants_of_numpy_are_read_as_texts_are() -> None:
    """Without a zone, as numpy has them: 09:30, 11:00 and 12:00 in Brussels; a date is its midnight, and NaT nothing."""
    np = pytest.importorskip("numpy")
    expected = read(EVENTS, *AS_LINES).tickets
    local = [moment.replace(tzinfo=None) for moment in FRAME["at"]]  # type: ignore[attr-defined]
    for unit in ("m", "s", "us", "ns"):
        at_column = np.array(local, dtype=f"datetime64[{unit}]")
        assert sla.read_log({**FRAME, "at": at_column}, EVENTS).tickets == expected
        assert sla.read_log({**FRAME, "at": list(at_column)}, EVENTS).tickets == expected
    days = np.array(["2026-11-09", "NaT", "2026-11-10"], dtype="datetime64[D]")
    for given in (days, list(days), [date(2026, 11, 9), None, date(2026, 11, 10)]):
        reading = sla.read_log({**FRAME, "at": given}, EVENTS)
        assert problems(reading) == [(2, "cell_empty")]
        assert [ticket.received for ticket in reading.tickets] == [at("9 00:00"), at("10 00:00")]


def test_numbers_of_numpy_are_counted_from_1970() -> None:
    np = pytest.importorskip("numpy")
    seconds = [int(moment.timestamp()) for moment in FRAME["at"]]  # type: ignore[attr-defined]
    mapping = EVENTS.updated(time_format="epoch_seconds")
    for column in (np.array(seconds), list(np.array(seconds)), list(np.array(seconds, dtype=np.float64))):
        assert sla.read_log({**FRAME, "at": column}, mapping).tickets == read(EVENTS, *AS_LINES).tickets
    assert problems(sla.read_log({**FRAME, "at": [np.float64("nan"), *seconds[1:]]}, mapping))[0] == (1, "cell_empty")


def test_a_frame_without_narwhals_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import polars as pl

    for name in [name for name in sys.modules if name.partition(".")[0] == "narwhals"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(sla.MissingExtraError) as refused:
        sla.read_log(pl.DataFrame(FRAME), EVENTS)
    assert (refused.value.code, refused.value.accepts) == ("extra_missing", "slacalc with its extra frames")


def test_epochs_of_a_frame_are_counted_from_1970() -> None:
    seconds = [int(moment.timestamp()) for moment in FRAME["at"]]  # type: ignore[attr-defined]
    reading = sla.read_log({**FRAME, "at": seconds}, EVENTS.updated(time_format="epoch_seconds"))
    assert reading.tickets == read(EVENTS, *AS_LINES).tickets
    assert problems(sla.read_log({**FRAME, "at": seconds}, EVENTS)) == [(n, "time_unreadable") for n in (1, 2, 3)]


def test_a_mapping_for_other_columns_is_refused_with_the_columns_that_there_are() -> None:
    with pytest.raises(sla.LogError) as refused:
        sla.read_log(FRAME, STATUSES)
    assert (refused.value.code, refused.value.given) == ("column_missing", "'state'")


def test_a_frame_without_a_column_or_with_two_of_its_name_is_refused() -> None:
    import pandas as pd

    frame = pd.DataFrame(FRAME)
    for wrong, needle in ((frame.drop(columns="prio"), "no such column"), (frame[["id", "id", *FRAME]], "two columns")):
        with pytest.raises(sla.LogError, match=needle) as refused:
            sla.read_log(wrong, EVENTS)
        assert refused.value.code == "column_missing"


def test_what_only_looks_like_a_frame_is_refused() -> None:
    class Odd:
        columns = ("id", "at", "what", "prio")

    with pytest.raises(sla.LogError) as refused:
        sla.read_log(Odd(), EVENTS)
    assert refused.value.code == "frame_invalid"


# ---------------------------------------------------------------- dicts

DICTS: Final = [dict(zip(FRAME, cells, strict=True)) for cells in zip(*FRAME.values(), strict=True)]


def from_a_database(rows: list[dict[str, Any]]) -> list[Any]:
    """The rows as sqlite3 gives them: neither dicts nor mappings, but with keys."""
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("create table log (id, at, what, prio)")
    values = [(row["id"], row["at"].isoformat(" "), row["what"], row["prio"]) for row in rows]
    connection.executemany("insert into log values (?, ?, ?, ?)", values)
    return connection.execute("select * from log").fetchall()


@pytest.mark.parametrize(
    "rows",
    [
        DICTS,
        tuple(DICTS),
        [{**row, "at": row["at"].isoformat(" ")} for row in DICTS],  # as json.load gives them
        [{**row, "prio": int(row["prio"]), "more": None} for row in DICTS],
        [{name: cell for name, cell in row.items() if (row["what"], name) != ("replied", "prio")} for row in DICTS],
        [dict(reversed(row.items())) for row in DICTS],
        from_a_database(DICTS),
    ],
    ids=["list", "tuple", "JSON", "numbers", "a key left out", "another order", "a database"],
)
@pytest.mark.parametrize("mapping", [EVENTS, REPLAYED], ids=["done", "events"])
def test_dicts_are_read_as_lines_are(mapping: sla.LogMapping, rows: list[Any]) -> None:
    expected, reading = read(mapping, *AS_LINES), sla.read_log(rows, mapping.updated(zone="Europe/Brussels"))
    assert reading.problems == ()
    assert list(map(plainly, reading.tickets)) == list(map(plainly, expected.tickets))
    assert (reading.events, reading.last_event) == (expected.events, expected.last_event)


def plainly(ticket: sla.Ticket) -> object:
    return ticket.id, ticket.received, ticket.fields, ticket.done, ticket.events


def test_what_is_no_dict_is_a_problem_of_its_row() -> None:
    rows = [DICTS[0], None, ("7", "2026-11-09 11:00"), {"id": "8", "what": "opened", "prio": "2"}, DICTS[2]]
    reading = sla.read_log(rows, EVENTS)
    assert problems(reading) == [(2, "rows_invalid"), (3, "rows_invalid"), (4, "cell_empty"), (5, "receipt_unknown")]
    assert [ticket.id for ticket in reading.tickets] == ["7"]


def test_dicts_none_of_which_has_a_column_are_refused() -> None:
    with pytest.raises(sla.LogError) as refused:
        sla.read_log(DICTS, STATUSES)
    assert (refused.value.code, refused.value.given) == ("column_missing", "'state'")


def test_dicts_that_are_no_list_are_refused_with_what_helps() -> None:
    with pytest.raises(sla.LogError, match="rows that are dicts as a list") as refused:
        sla.read_log(iter(DICTS), EVENTS)
    assert refused.value.code == "log_unreadable"


def test_a_frame_may_say_who_creates() -> None:
    mapping = REPLAYED.updated(created_by_column="by")
    for rows in ({**FRAME, "by": ["agent", "agent", "customer"]}, [{**row, "by": "agent"} for row in DICTS]):
        created = sla.read_log(rows, mapping).tickets[0].events[0]
        assert isinstance(created, sla.Created)
        assert created.actor == "agent"
