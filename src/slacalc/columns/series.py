"""A column of numpy or of a data frame becomes integers, and answers go back into its like.

Whatever a column came as, in between it is an int64 array of ticks: of microseconds, or of nanoseconds when a
column has them.

Over 400 lines: the ways in and the ways out are read together, library by library.
"""

from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import amount_us, read_zone, to_us
from slacalc.columns.engine_zones import Engine, tell_of_another_clock
from slacalc.columns.lists import Errors, refuse, refuse_lengths
from slacalc.columns.stairs import NULL, Bools, Column, PerUs
from slacalc.columns.wall_times import instants_of, is_utc, readings_of
from slacalc.errors import AmountError, HorizonError, InstantError, SlaError

__all__ = [
    "Durations",
    "Moments",
    "Unit",
    "amount_ticks",
    "bools_like",
    "finest",
    "holds_arrow",
    "instant_ticks",
    "instants_like",
    "keys_of",
    "named_like",
    "per_microsecond",
    "read_durations",
    "read_moments",
    "refuse_misaligned",
    "series_of",
]

Unit: TypeAlias = Literal["s", "ms", "us", "ns"]
Native: TypeAlias = Any  # a series of any library: it is what users have, and gets back its like

_UNITS: Final[tuple[Unit, ...]] = ("s", "ms", "us", "ns")
_PER_SECOND: Final = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_LAST: Final = int(np.iinfo(np.int64).max)
_PLAUSIBLE: Final = (-(2**52), 2**53)  # 1827 to 2255: around every year that a calendar covers
_ACCEPTED: Final = "a list, a numpy array, or a Series of pandas or polars or an array of pyarrow"


class Durations(NamedTuple):
    """A column of amounts: its values and their unit."""

    values: NDArray[Any]
    unit: Unit

    def ticks(self, per_us: PerUs) -> Column:
        """Return the amounts; NULL where null. Raises AmountError for a negative one."""
        ticks = _scaled(self.values, self.unit, per_us)
        negative = np.flatnonzero((ticks < 0) & (ticks != NULL)) if len(ticks) and ticks.min() < 0 else ticks[:0]
        if len(negative):
            refuse(negative.tolist(), _negative(self.values[negative[0]]))
        return ticks


class Moments(NamedTuple):
    """A column of instants as it came, of whose like answers are made.

    `zone` is the zone in its type, None in a naive one; `clock` the zone in which a naive one is read, if not UTC.
    """

    native: Native
    values: NDArray[Any]
    unit: Unit
    zone: str | None
    clock: ZoneInfo | None

    def ticks(self, per_us: PerUs) -> Column:
        """Return the instants; NULL where null, and far from what any calendar covers where they are too large."""
        ticks = _scaled(self.values, self.unit, per_us)
        return ticks if self.clock is None else _read_on(self.clock, ticks, per_us)

    def reach(self) -> tuple[int, int]:
        """Return the first and the last instant, in microseconds; a last before a first where all are null."""
        known = self.ticks(1) if self.unit != "ns" else self.ticks(1000) // 1000
        known = known[~np.isnat(self.values)]
        return (int(known.min()), int(known.max())) if len(known) else (0, -1)

    def instants(self, ticks: Column, per_us: PerUs, errors: Errors) -> Native:
        """Return answers as a column like this one."""
        values = _in_unit(self.readings(ticks, per_us, errors), self.unit, per_us)
        return _like(self.native, values.view(f"M8[{self.unit}]"), nw.Datetime(self.unit), self.zone)

    def durations(self, ticks: Column, unit: Unit, per_us: PerUs) -> Native:
        """Return answers as a column of amounts that goes with this one."""
        return _like(self.native, _in_unit(ticks, unit, per_us).view(f"m8[{unit}]"), nw.Duration(unit), None)

    def bools(self, ticks: Column) -> Native:
        """Return answers as a column of yes, no and null that goes with this one."""
        return bools_like(self.native, ticks == 1, ticks == NULL)

    def refuse_other_rows(self, other: object, name: str) -> None:
        """Raise InstantError for a column of another length, or whose pandas index differs: rows go by place."""
        refuse_lengths(len(other), len(self.values), name)  # type: ignore[arg-type]  # read as a column before
        refuse_misaligned(self.native, other, name)

    def readings(self, ticks: Column, per_us: PerUs, errors: Errors) -> Column:
        """Return what the clock of a naive column reads at instants; of any other column the instants themselves."""
        clock = self.clock
        if clock is None:
            return ticks
        known = np.flatnonzero(ticks != NULL)
        whole, rest = np.divmod(ticks[known], per_us)
        told = readings_of(clock, whole)
        if errors == "raise" and told.is_second.any():
            refuse(known[told.is_second].tolist(), _ambiguous(clock))
        readings = ticks.copy()
        readings[known] = np.where(told.is_second, NULL, told.values * per_us + rest)
        return readings


def read_moments(native: Native, zone: str | ZoneInfo | None, name: str) -> Moments:
    """Return a column of instants. Raises InstantError for one of anything else, or naive without `zone`."""
    values, unit, own = _read_instants(native, name)
    if zone is None and own is None:
        raise InstantError(
            "column_naive",
            "the column has no time zone",
            given=f"datetimes in {unit!r} without a zone",
            accepts='a column with a zone, or zone="Europe/Brussels" to read and write it on the clock of a zone',
            where=name,
        )
    if zone is not None and own is not None:
        raise InstantError(
            "column_has_zone", "the column has a zone already", given=own, accepts="no zone=", where=name
        )
    clock = None if zone is None else read_zone(zone)
    moments = Moments(native, values, unit, own, None if clock is None or is_utc(clock) else clock)
    if own is not None and (engine := _engine_of(native)) is not None:
        tell_of_another_clock(engine, own, moments.reach)
    return moments


def instants_like(moments: Moments, micros: Column, errors: Errors) -> Native:
    """Return any number of instants in microseconds in a column of the kind of another: its library, zone and unit.

    A unit that may be too coarse becomes microseconds.
    """
    unit: Unit = "ns" if moments.unit == "ns" else "us"
    per_us = per_microsecond(unit)
    ticks = np.where(micros == NULL, NULL, micros * per_us)
    told = moments.readings(ticks, per_us, errors).view(f"M8[{unit}]")
    if isinstance(moments.native, np.ndarray):
        return told
    series = nw.new_series("", told, nw.Datetime(unit), backend=series_of(moments.native, "").implementation)
    if moments.zone is not None:
        series = _from_utc(series, moments.zone)
    made = series.to_native()
    dtype: Any = getattr(moments.native, "dtype", None)
    if moments.unit == unit and hasattr(made, "astype"):
        return made.astype(dtype)
    return made.dt.tz_convert(dtype.tz) if hasattr(dtype, "tz") else made


def read_durations(native: Native, name: str) -> Durations:
    """Return a column of amounts. Raises AmountError for one of anything else."""
    dtype: object = native.dtype if isinstance(native, np.ndarray) else None
    if isinstance(native, np.ndarray):
        read = _read_array(native, "m")
    else:
        series = series_of(native, name)
        dtype = series.dtype
        unit = dtype.time_unit if isinstance(dtype, nw.Duration) else None
        read = None if unit is None else (np.asarray(series.to_numpy(), f"m8[{unit}]"), unit)
    if read is None:
        raise _not(AmountError("column_not_durations", "this is no column of durations", where=name), dtype)
    return Durations(*read)


def keys_of(native: Native) -> list[object]:
    """Return the values of any column."""
    if isinstance(native, list | tuple):
        return list(native)
    return list(native.tolist() if isinstance(native, np.ndarray) else series_of(native, "by").to_list())


def finest(*units: Unit) -> Unit:
    """Return the finest of some units."""
    return max(units, key=_UNITS.index)


def per_microsecond(*units: Unit) -> PerUs:
    """Return how many ticks to count in a microsecond, so that every unit is whole."""
    return 1000 if "ns" in units else 1


def amount_ticks(amount: timedelta, per_us: PerUs) -> int:
    """Return one amount in ticks; so much that no calendar has it, when it would not fit."""
    return min(amount_us(amount) * per_us, _LAST)


def instant_ticks(instant: datetime, count: int, per_us: PerUs, name: str) -> Column:
    """Return one instant for every row, in ticks."""
    return np.full(count, min(to_us(instant, name) * per_us, _LAST), dtype=np.int64)


# ---------------------------------------------------------------- in


def _read_instants(native: Native, name: str) -> tuple[NDArray[Any], Unit, str | None]:
    """Return the values, the unit and the zone of a column of instants."""
    if isinstance(native, np.ndarray):
        read = _read_array(native, "M")
        if read is None:
            raise _not(_no_instants(name), native.dtype)
        return *read, None
    series = series_of(native, name)
    if _has_zone_of_pandas(native):
        return native.to_numpy(f"M8[{native.dtype.unit}]"), native.dtype.unit, str(native.dtype.tz)
    if not isinstance(series.dtype, nw.Datetime):
        raise _not(_no_instants(name), series.dtype)
    unit, zone = series.dtype.time_unit, series.dtype.time_zone
    plain = series if zone is None else _in_utc(series)
    return np.asarray(plain.to_numpy(), f"M8[{unit}]"), unit, zone


def _no_instants(name: str) -> InstantError:
    return InstantError("column_not_instants", "this is no column of datetimes", where=name)


def _engine_of(native: Native) -> Engine | None:
    """Return the library that a column with a zone is shown by, where it has zone data of its own."""
    match series_of(native, "").implementation:
        case nw.Implementation.POLARS:
            return "polars"
        case nw.Implementation.PYARROW:
            return "pyarrow"
        case _:
            return None


def _has_zone_of_pandas(native: Native) -> bool:
    """Tell whether the type of a column has a zone and a unit themselves, rather than their text."""
    return hasattr(getattr(native, "dtype", None), "tz") and hasattr(native.dtype, "unit")


def _in_utc(series: "nw.Series[Any]") -> "nw.Series[Any]":
    """Return a column with a zone as a naive one in UTC."""
    if series.implementation is nw.Implementation.PYARROW:  # whose cast only changes the type
        return series.cast(nw.Datetime(series.dtype.time_unit))  # type: ignore[attr-defined]  # a Datetime
    return series.dt.convert_time_zone("UTC").dt.replace_time_zone(None)


def series_of(native: Native, name: str) -> nw.Series[Any]:
    """Return a column of a data frame library. Raises InstantError for anything else."""
    pyarrow = nw.dependencies.get_pyarrow()
    if pyarrow is not None and isinstance(native, pyarrow.Array):
        native = pyarrow.chunked_array([native])
    try:
        series: nw.Series[Any] = nw.from_native(native, series_only=True)
    except TypeError:
        raise _unknown(native, name) from None
    if series.implementation not in _KNOWN:
        raise _unknown(native, name)
    return series


_KNOWN: Final = (nw.Implementation.PANDAS, nw.Implementation.POLARS, nw.Implementation.PYARROW)


def _unknown(native: Native, name: str) -> InstantError:
    kind = type(native)
    return InstantError(
        "column_unknown",
        "this is no column that slacalc knows",
        given=f"{kind.__module__}.{kind.__qualname__}",
        accepts=_ACCEPTED,
        where=name,
    )


def _read_array(array: NDArray[Any], kind: Literal["M", "m"]) -> tuple[NDArray[Any], Unit] | None:
    """Return a numpy array of that kind of time, and its unit; None for any other."""
    unit, step = np.datetime_data(array.dtype) if array.dtype.kind == kind else ("", 0)
    if array.ndim != 1 or unit not in _UNITS or step != 1:
        return None
    return array.astype(f"{kind}8[{unit}]", copy=False), unit


def _scaled(values: NDArray[Any], unit: Unit, per_us: PerUs) -> Column:
    """Return ticks: NULL where null; what would overflow is cut, far from what any calendar covers."""
    ticks: Column = values.view(np.int64)
    factor = 1_000_000 * per_us // _PER_SECOND[unit]
    if factor == 1:
        return ticks
    scaled = np.clip(ticks, -(_LAST // factor), _LAST // factor) * factor
    scaled[ticks == NULL] = NULL
    return scaled


def _read_on(clock: ZoneInfo, ticks: Column, per_us: PerUs) -> Column:
    """Return the instants of readings; nulls, and what is far from what any calendar covers, stay."""
    low, high = (edge * per_us for edge in _PLAUSIBLE)
    usable = np.flatnonzero((low <= ticks) & (ticks <= high))
    whole, rest = np.divmod(ticks[usable], per_us)
    instants = ticks.copy()
    instants[usable] = instants_of(clock, whole) * per_us + rest
    return instants


# ---------------------------------------------------------------- out


def _in_unit(ticks: Column, unit: Unit, per_us: PerUs) -> Column:
    """Return ticks in a unit, exactly. Raises InstantError where an answer is finer."""
    factor = 1_000_000 * per_us // _PER_SECOND[unit]
    if factor == 1:
        return ticks
    values, rest = np.divmod(ticks, factor)
    values[ticks == NULL] = NULL
    finer = np.flatnonzero((rest != 0) & (ticks != NULL))
    if len(finer):
        refuse(
            finer.tolist(),
            InstantError(
                "answer_finer_than_column",
                "the answer is finer than the unit of the column",
                given=f"a column in {unit!r}",
                accepts='a column in microseconds ("us")',
            ),
        )
    return values


def _like(native: Native, values: NDArray[Any], dtype: nw.dtypes.DType, zone: str | None) -> Native:
    """Return values as a column of the same library, with the same index and name."""
    if isinstance(native, np.ndarray):
        return values
    series = nw.new_series("", values, dtype, backend=series_of(native, "").implementation)
    if zone is not None:
        series = _from_utc(series, zone)
    made = series.to_native()
    if isinstance(dtype, nw.Datetime):
        return named_like(native, made, native.dtype if hasattr(native, "dtype") else None)
    return named_like(native, made, f"duration[{values.dtype.name[12:-1]}][pyarrow]" if holds_arrow(native) else None)


def _from_utc(series: "nw.Series[Any]", zone: str) -> "nw.Series[Any]":
    match series.implementation:
        case nw.Implementation.PYARROW:  # whose cast only changes the type
            return series.cast(nw.Datetime(series.dtype.time_unit, zone))  # type: ignore[attr-defined]  # a Datetime
        case nw.Implementation.PANDAS:  # it is cast to the type of the column that was given
            return series.dt.replace_time_zone("UTC")
    return series.dt.replace_time_zone("UTC").dt.convert_time_zone(zone)


def refuse_misaligned(native: object, other: object, name: str) -> None:
    """Raise InstantError for two columns of pandas with two indexes: rows go by their place."""
    mine: Any = getattr(native, "index", None)
    theirs: Any = getattr(other, "index", None)
    if hasattr(mine, "equals") and hasattr(theirs, "equals") and not mine.equals(theirs):  # a list has an index, too
        raise InstantError(
            "columns_misaligned",
            "the columns have two indexes, and rows go by their place",
            given=f"{str(theirs)[:60]}",
            accepts="one index; align the columns first",
            where=name,
        )


def bools_like(native: Native, values: Bools, null: Bools) -> Native:
    """Return yes and no as a column of the same library; null where `null`."""
    if isinstance(native, np.ndarray):
        return np.ma.MaskedArray(values, null) if null.any() else values
    library = nw.get_native_namespace(series_of(native, ""))
    match series_of(native, "").implementation:
        case nw.Implementation.PANDAS:
            made = library.Series(library.arrays.BooleanArray(values, null))
            return named_like(native, made, "bool[pyarrow]" if holds_arrow(native) else None)
        case nw.Implementation.POLARS:
            return named_like(native, library.Series("", values).set(library.Series("", null), None), None)
        case _:
            return named_like(native, library.chunked_array([library.array(values, mask=null)]), None)


def named_like(native: Native, made: Native, pandas_type: object) -> Native:
    """Return what was made with the index, name and container of the column that was given."""
    match series_of(native, "").implementation:
        case nw.Implementation.PANDAS:
            made.index, made.name = native.index, native.name
            return made if pandas_type is None else made.astype(pandas_type)
        case nw.Implementation.POLARS:
            return made.alias(native.name)
        case _:
            return made if hasattr(native, "chunks") else made.combine_chunks()


def holds_arrow(native: Native) -> bool:
    """Tell whether a column of pandas has its values in arrow."""
    return str(getattr(native, "dtype", "")).endswith("[pyarrow]")


def _not(error: SlaError, dtype: object) -> SlaError:
    """Return the error with the type that the column has."""
    wanted = "datetimes" if isinstance(error, InstantError) else "durations"
    return type(error)(
        error.code,
        error.problem,
        given=str(dtype),
        accepts=f"{wanted} in s, ms, us or ns; convert the column first (a column of objects may mix zones)",
        where=error.where,
    )


def _negative(first: object) -> AmountError:
    return AmountError(
        "amount_negative", "the amount is negative", given=str(first), accepts="zero or more; to go back, use subtract"
    )


def _ambiguous(clock: ZoneInfo) -> HorizonError:
    return HorizonError(
        "answer_ambiguous",
        "the clock reads the answer twice, and this is the second time",
        given=clock.key,
        accepts="a column with a zone, where the two differ",
    )
