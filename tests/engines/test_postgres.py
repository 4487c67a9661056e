"""PostgreSQL gives the answers of the library: a server of its own, from the binaries on the path."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine_rows import in_order, shared_tables, sql, tickets


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    """A connection to a fresh server that listens on a socket in a folder of its own."""
    psycopg = pytest.importorskip("psycopg", reason="needs the extra engines")
    if shutil.which("initdb") is None or shutil.which("pg_ctl") is None:
        pytest.skip(
            "PostgreSQL's initdb and pg_ctl are not on the path (Debian: postgresql, /usr/lib/postgresql/*/bin)"
        )
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="slacalc-postgres-"))
    if user is not None:
        shutil.chown(folder, user)
    data = str(folder / "data")

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "--auth=trust", "--username=test", "--no-sync", "-D", data)
    run("pg_ctl", "-w", "-D", data, "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses=", "start")
    try:
        with psycopg.connect(f"host={folder} user=test dbname=postgres") as made:
            yield made
    finally:
        run("pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_postgres_gives_the_answers_of_the_library(connection: Any) -> None:
    asked = tickets()
    for name, table in {**shared_tables(), "tickets": asked.columns}.items():
        connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT' for column in table)})")
        with connection.cursor().copy(f"COPY {name} FROM STDIN") as copy:
            for row in zip(*table.values(), strict=True):
                copy.write_row(row)
        connection.execute(f"ANALYZE {name}")
    assert asked.due == in_order(connection.execute(sql("add", "/")).fetchall())
    assert asked.elapsed == in_order(connection.execute(sql("elapsed", "/")).fetchall())


@pytest.mark.parametrize(
    ("wall", "in_utc", "why"),
    [
        ("2026-03-29 02:30", "01:30", "missing: forward by the hour that is missing"),
        ("2026-10-25 02:30", "01:30", "twice: the second"),
    ],
)
def test_what_postgres_makes_of_a_wall_time_is_what_the_page_on_other_clocks_says(
    connection: Any, wall: str, in_utc: str, why: str
) -> None:
    query = "SELECT to_char((%s::timestamp AT TIME ZONE 'Europe/Berlin') AT TIME ZONE 'UTC', 'HH24:MI')"
    assert connection.execute(query, [wall]).fetchone() == (in_utc,), why


LETTERS = {
    "CST": "18:00", "EST": "17:00", "EDT": "16:00", "PST": "20:00", "AST": "16:00",
    "BST": "11:00", "IST": "10:00", "CET": "11:00", "HST": "22:00", "GMT": "12:00",
}  # fmt: skip


@pytest.mark.parametrize("letters", LETTERS)
def test_what_postgres_makes_of_the_letters_of_a_zone_is_what_the_page_says(connection: Any, letters: str) -> None:
    query = "SELECT to_char(%s::timestamptz AT TIME ZONE 'UTC', 'HH24:MI')"
    assert connection.execute(query, [f"2026-07-15 12:00 {letters}"]).fetchone() == (LETTERS[letters],)
