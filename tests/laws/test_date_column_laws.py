"""A column of dates is a loop over the working dates: on every backend, with nulls, on both sides of what is covered."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final
from unittest import mock

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.working_dates import WorkingDates
from tests.laws.strategies import ONE_DAY, Question, law, questions, utc

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pa = pytest.importorskip("pyarrow", reason="one of the backends")
duckdb = pytest.importorskip("duckdb", reason="one of the backends")

Values = Sequence[Any]


def of_numpy(rows: Values) -> Any:
    return np.array(rows, "M8[D]")


def of_pandas(rows: Values) -> Any:
    return pd.Series(of_numpy(rows).astype("M8[us]"), name="x")


def of_nanoseconds(rows: Values) -> Any:
    return pd.Series(of_numpy(rows).astype("M8[ns]"), name="x")


def of_objects(rows: Values) -> Any:
    return pd.Series(rows, dtype=object, name="x")


def of_pandas_arrow(rows: Values) -> Any:
    return pd.Series(rows, dtype=pd.ArrowDtype(pa.date32()), name="x")


def of_polars(rows: Values) -> Any:
    return pl.Series("x", rows, dtype=pl.Date)


def of_pyarrow(rows: Values) -> Any:
    return pa.chunked_array([pa.array(rows, pa.date32())])


def of_array(rows: Values) -> Any:
    return pa.array(rows, pa.date32())


def of_relation(rows: Values) -> Any:
    table = pa.table({"x": of_array(rows)})
    return duckdb.from_arrow(table)


BACKENDS: Final[dict[str, Callable[[Values], Any]]] = {
    "list": list,
    "numpy": of_numpy,
    "pandas": of_pandas,
    "pandas ns": of_nanoseconds,
    "pandas objects": of_objects,
    "pandas of arrow": of_pandas_arrow,
    "polars": of_polars,
    "pyarrow": of_pyarrow,
    "pyarrow array": of_array,
    "duckdb": of_relation,
}
backends = pytest.mark.parametrize("column", BACKENDS.values(), ids=BACKENDS)


def back(column: Any) -> list[Any]:
    """Any column as a list of dates, numbers, truths and None."""
    if hasattr(column, "fetchall"):
        return [each for (each,) in column.fetchall()]
    values = (
        column.to_pylist()
        if hasattr(column, "to_pylist")
        else column
        if isinstance(column, list)
        else column.tolist()
        if not hasattr(column, "to_list")
        else column.to_list()
    )
    return [
        None if each is None or each is pd.NaT or each is pd.NA else each.date() if hasattr(each, "date") else each
        for each in values
    ]


def loop(verb: Callable[..., Any], *columns: Values) -> list[Any]:
    """What the law says a column is: each row asked, null where a row has a null or no answer."""
    return [None if None in row else _one(verb, row) for row in zip(*columns, strict=True)]


def _one(verb: Callable[..., Any], row: tuple[Any, ...]) -> Any:
    try:
        return verb(*row)
    except (sla.HorizonError, sla.ClosedForGoodError):
        return None


def walking(calendar: OpenTime) -> WorkingDates:
    return WorkingDates(calendar.plan, calendar.zone_info)


@st.composite
def rows_of(draw: st.DrawFn, calendar: OpenTime, at: date) -> list[date | None]:
    """Dates around one, and around the first and the last that are covered; some are null."""
    near = st.integers(-40, 40).map(lambda away: at + away * ONE_DAY)
    edges = st.sampled_from(calendar.plan.dates).flatmap(
        lambda edge: st.integers(-3, 3).map(lambda n: edge + n * ONE_DAY)
    )
    first, last = calendar.plan.dates
    is_short = (last - first).days < 8_000  # a table of three centuries takes its time
    kinds = near | edges | st.none() if is_short and draw(st.booleans()) else near | st.none()
    return draw(st.lists(kinds, min_size=1, max_size=12))


@pytest.mark.parametrize("walked", [0, 10**9], ids=["one by one", "tables"])
@law(8)
@given(question=questions(1), data=st.data())
def test_a_column_of_dates_is_a_loop(walked: int, question: Question, data: st.DataObject) -> None:
    from slacalc.columns import date_tables

    calendar, (at,) = question
    assume(calendar.has_zone)
    rows, day = data.draw(rows_of(calendar, utc(at).date())), utc(at).date()
    others = data.draw(st.lists(st.sampled_from(rows), min_size=len(rows), max_size=len(rows)))
    counts = data.draw(st.lists(st.integers(0, 30) | st.none(), min_size=len(rows), max_size=len(rows)))
    one = next((each for each in counts if each is not None), 0)
    by = data.draw(st.lists(st.sampled_from(["here", "there", None]), min_size=len(rows), max_size=len(rows)))
    chosen = {"here": calendar, "there": sla.Calendar("Europe/Lisbon", "Mon-Sat 09:00-12:00")}
    known, walks = walking(calendar), {name: walking(each) for name, each in chosen.items()}
    afters = loop(known.after, rows, counts), loop(known.after, rows, [one] * len(rows))
    between = loop(known.count, rows, others), loop(known.count, rows, [day] * len(rows))
    working = loop(lambda each: known.count(each, each) == 1, rows)
    own = loop(lambda each, name: walks[name].after(each, 3), rows, by)
    after = partial(sla.frames.working_date_after, errors="null")
    between_dates = partial(sla.frames.count_working_dates, errors="null")
    with mock.patch.object(date_tables, "_WALKED", walked):
        for name, column in BACKENDS.items():
            asked, numbers = column(rows), counts if column is list else pl.Series(counts, dtype=pl.Int64)
            assert afters == tuple(back(after(calendar, asked, each)) for each in (numbers, one)), name
            assert between == tuple(back(between_dates(calendar, asked, each)) for each in (column(others), day)), name
            assert working == back(sla.frames.is_working_date(calendar, asked, errors="null")), name
            assert own == back(after(chosen, asked, 3, by=by)), name


@backends
def test_rows_without_an_answer_are_named(column: Callable[[Values], Any]) -> None:
    office = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", versions={"2027-01-01": "closed"})
    dates = column([date(2026, 11, 20), date(2026, 12, 30), None, date(2199, 1, 1)])
    with pytest.raises(sla.ClosedForGoodError, match="rows 1, 3"):
        sla.frames.working_date_after(office, dates, 2)
    with pytest.raises(sla.HorizonError, match="row 3"):
        sla.frames.count_working_dates(office, column([date(2026, 1, 1)] * 3 + [date(1899, 1, 1)]), date(2026, 1, 2))
