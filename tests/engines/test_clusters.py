"""Spark and Dask: the SQL, and the recipes of docs/how-to/clusters.md as they stand there, equal to one machine."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import slacalc as sla
from tests.engine_rows import DESK, MAPPING, OFFICES, UNTIL, done, in_order, log, shared_tables, sql, tickets

PAGE = Path(__file__).parents[2] / "docs/how-to/clusters.md"


def recipe(name: str) -> dict[str, Any]:
    """What a recipe of the page defines."""
    found = re.search(rf'```python title="{name}\.py"\n(.*?)```', PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    defined: dict[str, Any] = {"__name__": "recipe"}
    exec(compile(found[1], f"{name}.py", "exec"), defined)  # noqa: S102 - our own page
    return defined


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Spark on two threads of this machine; it needs Java 17."""
    sql_of_spark = pytest.importorskip("pyspark.sql", reason="needs the extra engines")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql_of_spark.SparkSession.builder.master("local[2]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    yield session
    session.stop()


def columns_of(table: Mapping[str, Sequence[object]]) -> Any:
    arrow = pytest.importorskip("pyarrow", reason="how columns reach it")
    return arrow.table({name: list(column) for name, column in table.items()})


@pytest.mark.filterwarnings("ignore")  # pyspark's own
def test_spark_sql_gives_the_answers_of_the_library(spark: Any, tmp_path: Path) -> None:
    from pyarrow import parquet

    asked = tickets()
    for name, table in {**shared_tables(), "tickets": asked.columns}.items():
        path = str(tmp_path / f"{name}.parquet")
        parquet.write_table(columns_of(table), path)
        spark.read.parquet(path).createOrReplaceTempView(name)
    assert asked.due == in_order(spark.sql(sql("add", "div")).collect())
    assert asked.elapsed == in_order(spark.sql(sql("elapsed", "div")).collect())


@pytest.mark.filterwarnings("ignore")  # pyspark's own
def test_the_spark_recipe_gives_the_answers_of_the_library(spark: Any, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import compute, parquet

    asked = tickets()
    given = columns_of(asked.columns)
    moments = given.column("received").cast(pa.timestamp("us", "UTC"))
    frame = given.select(["id", "calendar"]).append_column("received", moments)
    parquet.write_table(frame.append_column("amount", given.column("amount")), tmp_path / "tickets.parquet")
    with_due = recipe("spark")["with_due"]
    answered = with_due(spark.read.parquet(str(tmp_path / "tickets.parquet")), OFFICES).toArrow()
    due = dict(
        zip(
            answered.column("id").to_pylist(),
            compute.cast(answered.column("due"), pa.int64()).to_pylist(),
            strict=True,
        )
    )
    assert asked.due == [due[number] for number in range(len(asked.due))]


@pytest.mark.filterwarnings("ignore")  # dask's own
def test_the_dask_recipe_gives_the_answers_of_the_library() -> None:
    frames_of_dask = pytest.importorskip("dask.dataframe", reason="needs the extra engines")
    pd = pytest.importorskip("pandas", reason="needs the extra frames")
    asked = tickets()
    frame = pd.DataFrame(asked.columns)
    frame["received"] = pd.to_datetime(frame["received"], unit="us", utc=True).dt.as_unit("us")
    frame["amount"] = pd.to_timedelta(frame["amount"], unit="us").dt.as_unit("us")
    with_due = recipe("dask")["with_due"]
    answered = with_due(frames_of_dask.from_pandas(frame, npartitions=4), OFFICES).compute()
    assert asked.due == answered["due"].astype("int64").tolist()


# ---------------------------------------------------------------- tickets


def rows_of(columns: Mapping[str, Iterable[object]], names: Sequence[str]) -> list[tuple[object, ...]]:
    """The rows of columns, in the order of tickets, metrics and cycles."""
    keys = sorted({"ticket", "metric", "cycle"} & set(names))
    rows = [dict(zip(names, values, strict=True)) for values in zip(*(columns[name] for name in names), strict=True)]
    return sorted((*(row[key] for key in keys), *(row[name] for name in names)) for row in rows)


def of_pandas(frame: Any) -> dict[str, list[object]]:
    arrow = pytest.importorskip("pyarrow", reason="how columns reach it")
    columns: dict[str, list[object]] = arrow.Table.from_pandas(frame, preserve_index=False).to_pydict()
    return columns


def outcomes_here(names: Sequence[str]) -> list[tuple[object, ...]]:
    return rows_of(DESK.outcome_frame(columns_of(done()), as_of=UNTIL).to_pydict(), names)


def clocks_here(names: Sequence[str]) -> list[tuple[object, ...]]:
    return rows_of(DESK.replay_frame(sla.read_log(columns_of(log()), MAPPING), as_of=UNTIL), names)


@pytest.mark.filterwarnings("ignore")  # pyspark's own
def test_spark_says_what_became_of_tickets_as_one_machine_does(spark: Any, tmp_path: Path) -> None:
    from pyarrow import parquet

    made = recipe("spark_tickets")
    parquet.write_table(columns_of(done()), tmp_path / "tickets.parquet")
    answered = made["outcomes_of"](spark.read.parquet(str(tmp_path / "tickets.parquet")), DESK, UNTIL).toArrow()
    names = made["OUTCOMES"].names
    assert rows_of(answered.cast(made["OUTCOMES"]).to_pydict(), names) == outcomes_here(names)


@pytest.mark.filterwarnings("ignore")  # pyspark's own
def test_spark_replays_a_log_as_one_machine_does(spark: Any, tmp_path: Path) -> None:
    from pyarrow import parquet

    made = recipe("spark_tickets")
    parquet.write_table(columns_of(log()), tmp_path / "log.parquet")
    answered = made["clocks_of"](spark.read.parquet(str(tmp_path / "log.parquet")), MAPPING, DESK, UNTIL).toArrow()
    names = made["CLOCKS"].names
    assert rows_of(answered.cast(made["CLOCKS"]).to_pydict(), names) == clocks_here(names)


@pytest.mark.filterwarnings("ignore")  # dask's own
def test_dask_says_what_became_of_tickets_as_one_machine_does() -> None:
    frames_of_dask = pytest.importorskip("dask.dataframe", reason="needs the extra engines")
    made = recipe("dask_tickets")
    parts = frames_of_dask.from_pandas(columns_of(done()).to_pandas(), npartitions=4)
    answered = made["outcomes_of"](parts, DESK, UNTIL).compute()
    names = list(made["OUTCOMES"])
    assert rows_of(of_pandas(answered), names) == outcomes_here(names)


@pytest.mark.filterwarnings("ignore")  # dask's own
def test_dask_replays_a_log_as_one_machine_does() -> None:
    frames_of_dask = pytest.importorskip("dask.dataframe", reason="needs the extra engines")
    made = recipe("dask_tickets")
    parts = frames_of_dask.from_pandas(columns_of(log()).to_pandas(), npartitions=4)
    answered = made["clocks_of"](parts, MAPPING, DESK, UNTIL).compute()
    names = list(made["CLOCKS"])
    assert rows_of(of_pandas(answered), names) == clocks_here(names)
