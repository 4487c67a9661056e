"""Which clock polars, pyarrow and DuckDB show: each has zone data of its own."""

import warnings
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import to_us, utc_text

__all__ = ["Engine", "engine_offsets", "tell_of_another_clock"]

Engine: TypeAlias = str
"""The name of a library that has zone data: a key of `_ENGINES`."""

_MONTHS: Final = tuple(datetime(year, month, 15, tzinfo=UTC) for year in range(1970, 2038) for month in range(1, 13))


def engine_offsets(zone: str, at: datetime) -> dict[Engine, timedelta]:
    """Return the offset from UTC that each installed engine has for a zone at an instant."""
    found = {}
    for name, ask in _ENGINES.items():
        try:
            (shown,) = ask(zone, [at])
        except ModuleNotFoundError:
            continue
        found[name] = shown - at.replace(tzinfo=None)
    return found


def tell_of_another_clock(engine: Engine, zone: str, reach: Callable[[], tuple[int, int]]) -> None:
    """Warn, once for each engine and zone, when some instant of a reach is shown on another clock.

    A reach is the first and the last instant, in microseconds. One instant of each month is asked about: what differs
    for less than a month may go unseen.
    """
    months = _shown_otherwise(engine, zone)
    if months:
        first, last = reach()
        place = bisect_left(months, first)
        if place < len(months) and months[place] <= last:
            _tell(engine, zone, months[place])


@lru_cache(maxsize=1_024)
def _shown_otherwise(engine: Engine, zone: str) -> tuple[int, ...]:
    """Return an instant of each month that an engine shows on another clock; none for a zone that is no name."""
    try:
        ours = ZoneInfo(zone)
        shown = _ENGINES[engine](zone, _MONTHS)
    except (KeyError, ValueError, ModuleNotFoundError):
        return ()
    pairs = zip(_MONTHS, shown, strict=True)
    return tuple(to_us(at) for at, reading in pairs if reading != at.astimezone(ours).replace(tzinfo=None))


@lru_cache(maxsize=1_024)
def _tell(engine: Engine, zone: str, at: int) -> None:
    warnings.warn(
        f"{engine} shows {zone} on another clock than slacalc calculates with, as at {utc_text(at)}: "
        "the instants are right, what is printed is not; see slacalc zones",
        stacklevel=2,
    )


def _polars(zone: str, ats: Sequence[datetime]) -> list[datetime]:
    import polars as pl

    shown: list[datetime] = pl.Series(ats).dt.convert_time_zone(zone).dt.replace_time_zone(None).to_list()
    return shown


def _pyarrow(zone: str, ats: Sequence[datetime]) -> list[datetime]:
    import pyarrow as pa
    from pyarrow import compute

    instants = pa.array(ats, pa.timestamp("us", zone))
    shown: list[datetime] = compute.local_timestamp(instants).to_pylist()
    return shown


def _duckdb(zone: str, ats: Sequence[datetime]) -> list[datetime]:
    import duckdb

    asked = "select timezone(?, unnest(?::timestamptz[]))"
    return [shown for (shown,) in duckdb.execute(asked, [zone, [at.isoformat() for at in ats]]).fetchall()]


_ENGINES: Final[Mapping[Engine, Callable[[str, Sequence[datetime]], list[datetime]]]] = {
    "polars": _polars,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
}
