"""Which clock polars, pyarrow and DuckDB show: each has zone data of its own."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

__all__ = ["engine_offsets"]


def engine_offsets(zone: str, at: datetime) -> dict[str, timedelta]:
    """Return the offset from UTC that each installed engine has for a zone at an instant."""
    found = {}
    for name, ask in _ENGINES.items():
        try:
            shown = ask(zone, at)
        except ModuleNotFoundError:
            continue
        found[name] = shown - at.replace(tzinfo=None)
    return found


def _polars(zone: str, at: datetime) -> datetime:
    import polars as pl

    shown: datetime = pl.Series([at]).dt.convert_time_zone(zone).dt.replace_time_zone(None).item()
    return shown


def _pyarrow(zone: str, at: datetime) -> datetime:
    import pyarrow as pa
    from pyarrow import compute

    instants = pa.array([at], pa.timestamp("us", zone))
    shown: datetime = compute.local_timestamp(instants).to_pylist()[0]
    return shown


def _duckdb(zone: str, at: datetime) -> datetime:
    import duckdb

    shown: datetime = duckdb.execute("select timezone(?, ?::timestamptz)", [zone, at.isoformat()]).fetchall()[0][0]
    return shown


_ENGINES: Final[Mapping[str, Callable[[str, datetime], datetime]]] = {
    "polars": _polars,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
}
