"""A column is a loop: on every backend, for random calendars and rows, with nulls, on both sides of every boundary."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from tests.laws.strategies import MICROSECOND, Question, law, questions, utc

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pa = pytest.importorskip("pyarrow", reason="one of the backends")
duckdb = pytest.importorskip("duckdb", reason="one of the backends")

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
ZONE: Final = "Europe/Brussels"
PER_SECOND: Final = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}

Values = Sequence[Any]


# ---------------------------------------------------------------- backends: lists in, their column, lists out


@dataclass(frozen=True)
class Backend:
    """How a list becomes a column of a library, and a column a list; `zone` is what the verbs must be told."""

    unit: str
    instants: Callable[[Values], Any]
    amounts: Callable[[Values], Any]
    back: Callable[[Any], list[Any]]
    zone: str | None = None

    @property
    def grain(self) -> timedelta:
        return max(MICROSECOND, timedelta(seconds=1) / PER_SECOND[self.unit])


def _numpy(unit: str) -> Backend:
    return Backend(unit, lambda rows: _array(rows, "M", unit), lambda rows: _array(rows, "m", unit), _from_numpy, "UTC")


def _array(rows: Values, kind: str, unit: str) -> Any:
    per_us = 1_000 if unit == "ns" else 1
    ticks = ["NaT" if row is None else _us(row) * per_us for row in rows]
    return np.array(ticks, f"{kind}8[{'ns' if unit == 'ns' else 'us'}]").astype(f"{kind}8[{unit}]")


def _us(row: datetime | timedelta) -> int:
    return (row - EPOCH if isinstance(row, datetime) else row) // MICROSECOND


def _from_numpy(column: Any) -> list[Any]:
    if isinstance(column, np.ma.MaskedArray) or column.dtype == bool:
        return list(column.tolist())
    kind = column.dtype.kind
    told = [None if np.isnat(each) else int(each.astype(np.int64)) for each in column.astype(f"{kind}8[us]")]
    return [each if each is None else (EPOCH if kind == "M" else timedelta(0)) + each * MICROSECOND for each in told]


def _pandas(unit: str) -> Backend:
    return Backend(
        unit,
        lambda rows: pd.Series(_array(rows, "M", unit), name="x").dt.tz_localize("UTC").dt.tz_convert(ZONE),
        lambda rows: pd.Series(_array(rows, "m", unit)),
        lambda column: [None if each is pd.NaT or each is pd.NA else _plain(each) for each in column.tolist()],
    )


def _pandas_arrow(unit: str) -> Backend:
    return Backend(
        unit,
        lambda rows: pd.Series(rows, dtype=pd.ArrowDtype(pa.timestamp(unit, ZONE)), name="x"),
        lambda rows: pd.Series(rows, dtype=pd.ArrowDtype(pa.duration(unit)), name="x"),
        lambda column: [None if each is pd.NaT or each is pd.NA else _plain(each) for each in column.tolist()],
    )


def _plain(value: Any) -> Any:
    for method in ("to_pydatetime", "to_pytimedelta"):
        if hasattr(value, method):
            return getattr(value, method)()
    return value


def _polars(unit: Any) -> Backend:
    return Backend(
        unit,
        lambda rows: pl.Series("x", rows, dtype=pl.Datetime(unit, ZONE)),
        lambda rows: pl.Series("x", rows, dtype=pl.Duration(unit)),
        lambda column: list(column.to_list()),
    )


def _pyarrow(unit: Any) -> Backend:
    return Backend(
        unit,
        lambda rows: pa.chunked_array([pa.array(rows, pa.timestamp(unit, ZONE))]),
        lambda rows: pa.chunked_array([pa.array(rows, pa.duration(unit))]),
        lambda column: [_plain(each) for each in column.to_pylist()],
    )


def _duckdb() -> Backend:
    """Relations of one column, which come back as such."""
    connection = duckdb.connect()
    connection.execute(f"set timezone = '{ZONE}'")

    def relation(kind: Any) -> Callable[[Values], Any]:
        return lambda rows: connection.from_arrow(pa.table({"x": pa.array(rows, kind)}))

    def back(column: Any) -> list[Any]:
        assert column.columns == ["x"], "the answers have the name of the column"
        return [row[0] for row in column.fetchall()]

    return Backend("us", relation(pa.timestamp("us", ZONE)), relation(pa.duration("us")), back)


BACKENDS: Final = {
    "list": Backend("us", list, list, list),
    "numpy us": _numpy("us"),
    "numpy ns": _numpy("ns"),
    "numpy s": _numpy("s"),
    "pandas us": _pandas("us"),
    "pandas ns": _pandas("ns"),
    "pandas ms": _pandas("ms"),
    "pandas of arrow": _pandas_arrow("us"),
    "polars us": _polars("us"),
    "polars ns": _polars("ns"),
    "polars ms": _polars("ms"),
    "pyarrow us": _pyarrow("us"),
    "pyarrow s": _pyarrow("s"),
    "duckdb": _duckdb(),
}
backends = pytest.mark.parametrize("backend", BACKENDS.values(), ids=BACKENDS)


# ---------------------------------------------------------------- the loop


def loop(verb: Callable[..., Any], *columns: Values) -> list[Any]:
    """What the law says a column is: each row asked, null where a row has a null or no answer."""
    return [None if None in row else _one(verb, row) for row in zip(*columns, strict=True)]


def _one(verb: Callable[..., Any], row: tuple[Any, ...]) -> Any:
    try:
        return verb(*row)
    except (sla.HorizonError, sla.ClosedForGoodError):
        return None


@contextmanager
def slots_for(*, few_rows: bool) -> Iterator[None]:
    """Cut slots for short columns too, as is done for long ones."""
    from slacalc.columns import questions as asked

    with mock.patch.object(asked, "_WORTH_SLOTS", 0 if few_rows else 2**13):
        yield


@st.composite
def columns(draw: st.DrawFn, backend: Backend) -> tuple[OpenTime, list[datetime | None], list[timedelta | None]]:
    """A calendar, instants near each other and on both sides of its boundaries, and amounts; some are null."""
    question: Question = draw(questions(3))
    grain = backend.grain
    first, last = utc(question.instants[0]), utc(question.instants[-1])
    edges = [edge for each in _intervals(question.calendar, first, last) for edge in (each.start, each.end)]
    near = [_floor(utc(at) + step * grain, grain) for at in (*question.instants, *edges[:12]) for step in (-1, 0, 1)]
    rows = draw(st.lists(st.sampled_from([*near, None]), min_size=1, max_size=20))
    some = st.sampled_from([timedelta(0), grain, timedelta(hours=1), timedelta(hours=8), timedelta(days=3), None])
    any_other = st.integers(0, timedelta(days=20) // grain).map(lambda count: count * grain)
    amounts = draw(st.lists(some | any_other, min_size=len(rows), max_size=len(rows)))
    return question.calendar, rows, amounts


def _intervals(calendar: OpenTime, first: datetime, last: datetime) -> list[sla.Interval]:
    try:
        return list(calendar.intervals(first, last))
    except sla.HorizonError:
        return []


def _floor(at: datetime, grain: timedelta) -> datetime:
    return EPOCH + (at - EPOCH) // grain * grain


def holds(backend: Backend, expected: list[Any], ask: Callable[[], Any]) -> None:
    """The column says what the loop says; one whose unit is too coarse for an answer is refused, never rounded."""
    is_whole = all(
        (each - EPOCH if isinstance(each, datetime) else each) % backend.grain == timedelta(0)
        for each in expected
        if isinstance(each, datetime | timedelta)
    )
    if is_whole:
        assert [_comparable(each) for each in expected] == [_comparable(each) for each in backend.back(ask())]
    else:
        with pytest.raises(sla.InstantError, match="finer than the unit"):
            ask()


def _comparable(value: Any) -> Any:
    """In UTC: Python finds two times of two zones unequal, whatever they are, in a repeated hour."""
    return utc(value) if isinstance(value, datetime) else value


@backends
@pytest.mark.parametrize("few_rows", [True, False], ids=["slots", "steps"])
@law(6)
@given(data=st.data())
def test_a_column_is_a_loop(backend: Backend, few_rows: bool, data: st.DataObject) -> None:
    calendar, rows, amounts = data.draw(columns(backend))
    starts, spans = backend.instants(rows), backend.amounts(amounts)
    others, ends = rows[::-1], backend.instants(rows[::-1])
    one = next((each for each in amounts if each is not None), timedelta(0))
    asked: list[tuple[str, list[Values], list[Any]]] = [
        ("add", [rows, amounts], [starts, spans]),
        ("subtract", [rows, amounts], [starts, spans]),
        ("add", [rows, [one] * len(rows)], [starts, one]),
        ("subtract", [rows, [one] * len(rows)], [starts, one]),
        ("roll_forward", [rows], [starts]),
        ("next_open", [rows], [starts]),
        ("is_open", [rows], [starts]),
        ("elapsed", [rows, others], [starts, ends]),
    ]
    with slots_for(few_rows=few_rows):
        for verb, values, given_columns in asked:
            column = partial(getattr(sla.frames, verb), zone=backend.zone, errors="null")
            holds(backend, loop(getattr(calendar, verb), *values), partial(column, calendar, *given_columns))


@backends
@law(6)
@given(data=st.data())
def test_a_column_of_calendars_is_a_loop(backend: Backend, data: st.DataObject) -> None:
    calendar, rows, _ = data.draw(columns(backend))
    other = sla.Calendar("Europe/Lisbon", "Mon-Fri 09:00-12:00 13:00-18:00")
    by = data.draw(st.lists(st.sampled_from(["here", "there", None]), min_size=len(rows), max_size=len(rows)))
    chosen = {"here": calendar, "there": other}
    expected = loop(lambda at, name: chosen[name].roll_forward(at), rows, by)
    given_by = pl.Series(by, dtype=pl.String) if backend.unit == "ms" else by
    starts = backend.instants(rows)
    holds(
        backend,
        expected,
        lambda: sla.frames.roll_forward(chosen, starts, by=given_by, zone=backend.zone, errors="null"),
    )


@pytest.mark.parametrize("unit", ["us", "ns", "ms"])
@law(20)
@given(question=questions(8), data=st.data())
def test_a_naive_column_is_a_loop_on_the_clock_of_a_zone(unit: str, question: Question, data: st.DataObject) -> None:
    zone = ZoneInfo(
        data.draw(st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia"]))
    )
    grain = max(MICROSECOND, timedelta(seconds=1) / PER_SECOND[unit])
    readings = [_floor(utc(at), grain).astimezone(zone).replace(tzinfo=None, fold=0) for at in question.instants]

    def read(reading: datetime) -> datetime | None:
        answer = question.calendar.roll_forward(reading.replace(tzinfo=zone)).astimezone(zone)
        return None if answer.fold else answer.replace(tzinfo=None)

    column = np.array(readings, f"M8[{unit}]")
    expected = loop(read, readings)
    is_whole = all((each - datetime.min) % grain == timedelta(0) for each in expected if each is not None)
    if is_whole:
        actual = sla.frames.roll_forward(question.calendar, column, zone=zone, errors="null")
        assert expected == actual.astype("M8[us]").astype(object).tolist()


@law(30)
@given(
    question=questions(6), rests=st.lists(st.integers(0, 999), min_size=6, max_size=6), amount=st.integers(0, 10**15)
)
def test_nanoseconds_are_exact(question: Question, rests: list[int], amount: int) -> None:
    """A nanosecond column is a microsecond column of a calendar a thousand times as slow."""
    calendar = question.calendar
    ns = [_us(at) * 1000 + rest for at, rest in zip(question.instants, rests, strict=True)]
    column = np.array(ns, "M8[ns]")
    due = sla.frames.add(calendar, column, np.full(6, amount, "m8[ns]"), zone="UTC", errors="null")
    for start, end in zip(ns, due.astype(np.int64).tolist(), strict=True):
        if end == np.iinfo(np.int64).min:
            continue
        assert amount == _worked_ns(calendar, start, end)
        earlier = end - 1
        assert amount == 0 or earlier < start or _worked_ns(calendar, start, earlier) < amount


def _worked_ns(calendar: OpenTime, start: int, end: int) -> int:
    """The open nanoseconds between two instants: from the open microseconds, less what is outside at both ends."""
    low, high = (EPOCH + bound // 1000 * MICROSECOND for bound in (start, end))
    worked = _us(calendar.elapsed(low, high)) * 1000
    return worked + end % 1000 * calendar.is_open(high) - start % 1000 * calendar.is_open(low)
