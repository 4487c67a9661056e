"""A calendar as tables: what is in them, and that SQL on them gives the library's answers."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import slacalc as sla
from tests import engine_rows
from tests.engine_rows import in_order, shared_tables, sql, tickets

HOUR = 3_600_000_000
FRIDAY, MONDAY = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
OFFICE = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-12:00 13:00-17:00")


def hours(at: datetime) -> int:
    return int(at.timestamp()) // 3600


def test_the_interval_table_has_the_open_intervals_and_the_time_before_each() -> None:
    tables = OFFICE.to_tables(FRIDAY, MONDAY, calendar="BE")
    opens = (datetime(2026, 11, 20, 8, tzinfo=UTC), datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert {
        "calendar": ("BE", "BE"),
        "opens": tuple(hours(at) * HOUR for at in opens),
        "closes": ((hours(opens[0]) + 3) * HOUR, (hours(opens[1]) + 4) * HOUR),
        "before": (0, 3 * HOUR),
    } == tables.intervals


def test_each_slot_is_open_or_closed_and_knows_the_open_time_before_it() -> None:
    tables = OFFICE.to_tables(FRIDAY, MONDAY)
    first = hours(FRIDAY)
    assert tuple(range(first, first + 72)) == tables.slots["slot"]
    assert tables.slots["open"] == (0,) * 8 + (1, 1, 1, 0, 1, 1, 1, 1) + (0,) * 56
    assert tables.slots["base"][11] == 3 * HOUR  # lunch: three hours are worked
    assert tables.slots["base"][12] == 3 * HOUR - (first + 12) * HOUR  # 13:00: three, and what has passed since
    assert tables.slots["base"][-1] == 7 * HOUR


def test_each_slot_of_work_knows_how_far_its_instant_is() -> None:
    tables = OFFICE.to_tables(FRIDAY, MONDAY)
    first = hours(FRIDAY)
    assert tuple(range(7)) == tables.work_slots["slot"]
    assert ((first + 8) * HOUR,) * 3 + ((first + 9) * HOUR,) * 4 == tables.work_slots["shift"]


@pytest.mark.parametrize(
    ("hours", "width"),
    [
        ("Mon-Fri 09:00-17:00", timedelta(hours=1)),
        ("Mon-Fri 09:30-17:00", timedelta(minutes=30)),
        ("Mon-Fri 09:05-17:00", timedelta(minutes=5)),
        ("24/7", timedelta(days=1)),
    ],
)
def test_slots_are_as_wide_as_the_hours_allow(hours: str, width: timedelta) -> None:
    assert width == sla.Calendar("UTC", hours).to_tables(FRIDAY, MONDAY + timedelta(days=7)).width


@pytest.mark.parametrize(
    ("start", "end", "width", "code"),
    [
        (datetime(1969, 12, 31, tzinfo=UTC), MONDAY, None, "tables_range_invalid"),
        (MONDAY, FRIDAY, None, "tables_range_invalid"),
        (FRIDAY, datetime(2250, 1, 1, tzinfo=UTC), None, "beyond_covered"),
        (FRIDAY, MONDAY, timedelta(hours=2), "slots_do_not_fit"),
        (FRIDAY, MONDAY, timedelta(0), "slots_do_not_fit"),
        (FRIDAY, MONDAY, timedelta(microseconds=1), "slots_too_many"),
        (FRIDAY.replace(tzinfo=None), MONDAY, None, "datetime_naive"),
    ],
)
def test_tables_that_cannot_be_are_refused(start: datetime, end: datetime, width: timedelta | None, code: str) -> None:
    with pytest.raises(sla.SlaError) as caught:
        OFFICE.to_tables(start, end, width=width)
    assert code == caught.value.code


def test_parquet_files_hold_the_same_columns(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs pyarrow")
    tables = OFFICE.to_tables(FRIDAY, MONDAY, calendar="BE")
    paths = tables.to_parquet(tmp_path)
    assert [path.name for path in paths] == ["intervals.parquet", "slots.parquet", "work_slots.parquet"]
    for path, (_, table) in zip(paths, tables.items(), strict=True):
        assert {name: list(column) for name, column in table.items()} == parquet.read_table(path).to_pydict()


# ---------------------------------------------------------------- engines


@pytest.mark.slow
def test_sqlite_gives_the_answers_of_the_library() -> None:
    asked = tickets()
    lite = sqlite3.connect(":memory:")
    for name, table in {**shared_tables(), "tickets": asked.columns}.items():
        lite.execute(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT' for column in table)})")
        places = ", ".join("?" for _ in table)
        lite.executemany(f"INSERT INTO {name} VALUES ({places})", zip(*table.values(), strict=True))  # noqa: S608 - our own names
    lite.execute("CREATE INDEX by_slot ON slots (calendar, slot)")
    lite.execute("CREATE INDEX by_work ON work_slots (calendar, slot)")
    assert asked.due == in_order(lite.execute(sql("add", "/")).fetchall())
    assert asked.elapsed == in_order(lite.execute(sql("elapsed", "/")).fetchall())
    lite.close()


@pytest.mark.slow
def test_duckdb_gives_the_answers_of_the_library() -> None:
    duckdb = pytest.importorskip("duckdb", reason="the embedded engine")
    arrow = pytest.importorskip("pyarrow", reason="how tables reach it")
    asked = tickets()
    with duckdb.connect() as duck:
        for name, table in {**shared_tables(), "tickets": asked.columns}.items():
            duck.register("given", arrow.table({key: list(column) for key, column in table.items()}))
            duck.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - our own names
        assert asked.due == in_order(duck.execute(sql("add", "//")).fetchall())
        assert asked.elapsed == in_order(duck.execute(sql("elapsed", "//")).fetchall())


def test_a_ticket_beyond_the_tables_is_due_at_null_and_does_not_vanish() -> None:
    late = engine_rows.END + timedelta(hours=1)
    lite = sqlite3.connect(":memory:")
    us = int(late.timestamp()) * 1_000_000
    for name, table in {
        **shared_tables(),
        "tickets": dict(zip(engine_rows.COLUMNS, ([1], [1], [us], [us], [HOUR]), strict=True)),
    }.items():
        lite.execute(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT' for column in table)})")
        places = ", ".join("?" for _ in table)
        lite.executemany(f"INSERT INTO {name} VALUES ({places})", zip(*table.values(), strict=True))  # noqa: S608 - our own names
    assert lite.execute(sql("add", "/")).fetchall() == [(1, None)]
    lite.close()


def test_a_calendar_of_several_zones_has_tables_too() -> None:
    both = OFFICE | sla.Calendar("Europe/Lisbon", "Mon-Fri 09:00-17:00")
    tables = both.to_tables(FRIDAY, MONDAY)
    assert tables.slots["open"].count(1) == 9  # 08:00-17:00 UTC: Lisbon is open while Brussels has lunch
