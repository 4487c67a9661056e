"""Spark and Dask: the SQL, and the recipes of docs/how-to/clusters.md as they stand there, on 100,000 rows."""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.engine_rows import OFFICES, in_order, shared_tables, sql, tickets

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
