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
