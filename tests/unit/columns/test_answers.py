"""Columns: what each verb answers a few awkward rows, worked out by hand, for every library and unit.

The office is open on weekdays from 09:00 to 17:00 in Brussels, at UTC+1 in November; Lisbon's hours are an hour later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc import frames
from tests.helpers import BRUSSELS

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pa = pytest.importorskip("pyarrow", reason="one of the backends")
series = pytest.importorskip("slacalc.columns.series", reason="columns need the extra frames")

ZONE: Final = "Europe/Brussels"
UTC: Final = ZoneInfo("UTC")
OFFICE: Final = sla.Calendar(ZONE, "Mon-Fri 09:00-17:00")
OFFICES: Final = {"BE": OFFICE, "PT": sla.Calendar("Europe/Lisbon", "Mon-Fri 09:00-17:00"), "FI": OFFICE}
DAYS: Final = {"Fri": 20, "Sat": 21, "Mon": 23, "Tue": 24}  # of November 2026

Rows = Sequence[Any]
Make = Callable[[Rows], Any]


def of_the_week(text: str | None) -> datetime | None:
    """ "Fri 16:00" on the clock of Brussels."""
    if text is None:
        return None
    hour, minute = map(int, text[4:].split(":"))
    return datetime(2026, 11, DAYS[text[:3]], hour, minute, tzinfo=BRUSSELS)


def moments(*texts: str | None) -> list[datetime | None]:
    return [of_the_week(text) for text in texts]


def amounts(*hours: float | None) -> list[timedelta | None]:
    return [None if count is None else timedelta(hours=count) for count in hours]


TIMES: Final = moments("Fri 16:00", "Fri 17:00", "Sat 12:00", "Mon 09:00", "Mon 13:00", None)
AMOUNTS: Final = amounts(4, 0, None, 8, 5, 1)
BY: Final = ["BE", "PT", "PT", "BE", None, "PT"]


@dataclass(frozen=True)
class Question:
    """A verb that is asked of a calendar, or of each row's own among several; a list is a column beside the first."""

    verb: Callable[..., Any]
    beside: object = None
    calendar: Any = OFFICE

    def ask(self, column: object, make: Make, **kept: object) -> Any:
        beside = make(self.beside) if isinstance(self.beside, list) else self.beside
        by = make(BY) if self.calendar is OFFICES else None
        return self.verb(self.calendar, column, *(() if beside is None else (beside,)), by=by, **kept)


FOUR: Final = timedelta(hours=4)
NONE: Final = timedelta(0)
UNTIL: Final = of_the_week("Mon 12:00")
SHIFTED: Final = TIMES[1:] + TIMES[:1]
ANSWERS: Final[dict[str, tuple[Question, list[Any]]]] = {
    "add four hours": (Question(frames.add, FOUR), moments("Mon 12:00", "Mon 13:00", "Mon 13:00", "Mon 13:00", "Mon 17:00", None)),
    "add nothing": (Question(frames.add, NONE), moments("Fri 16:00", "Mon 09:00", "Mon 09:00", "Mon 09:00", "Mon 13:00", None)),
    "add an amount a row": (Question(frames.add, AMOUNTS), moments("Mon 12:00", "Mon 09:00", None, "Mon 17:00", "Tue 10:00", None)),
    "add four hours, each office": (Question(frames.add, FOUR, OFFICES), moments("Mon 12:00", "Mon 13:00", "Mon 14:00", "Mon 13:00", None, None)),
    "add an amount a row, each office": (Question(frames.add, AMOUNTS, OFFICES), moments("Mon 12:00", "Fri 17:00", None, "Mon 17:00", None, None)),
    "subtract four hours": (Question(frames.subtract, FOUR), moments("Fri 12:00", "Fri 13:00", "Fri 13:00", "Fri 13:00", "Mon 09:00", None)),
    "subtract nothing": (Question(frames.subtract, NONE), moments("Fri 16:00", "Fri 17:00", "Fri 17:00", "Fri 17:00", "Mon 13:00", None)),
    "subtract an amount a row, each office": (Question(frames.subtract, AMOUNTS, OFFICES), moments("Fri 12:00", "Fri 17:00", None, "Fri 09:00", None, None)),
    "roll forward": (Question(frames.roll_forward), moments("Fri 16:00", "Mon 09:00", "Mon 09:00", "Mon 09:00", "Mon 13:00", None)),
    "roll forward, each office": (Question(frames.roll_forward, None, OFFICES), moments("Fri 16:00", "Fri 17:00", "Mon 10:00", "Mon 09:00", None, None)),
    "next open": (Question(frames.next_open), moments("Mon 09:00", "Mon 09:00", "Mon 09:00", "Tue 09:00", "Tue 09:00", None)),
    "next open, each office": (Question(frames.next_open, None, OFFICES), moments("Mon 09:00", "Mon 10:00", "Mon 10:00", "Tue 09:00", None, None)),
    "is open": (Question(frames.is_open), [True, False, False, True, True, None]),
    "is open, each office": (Question(frames.is_open, None, OFFICES), [True, True, False, True, None, None]),
    "elapsed until an instant": (Question(frames.elapsed, UNTIL), amounts(4, 3, 3, 3, -1, None)),
    "elapsed between columns": (Question(frames.elapsed, SHIFTED), amounts(1, 0, 0, 4, None, None)),
    "elapsed, each office": (Question(frames.elapsed, UNTIL, OFFICES), amounts(4, 3, 2, 3, None, None)),
}  # fmt: skip


# ---------------------------------------------------------------- libraries: lists to columns, and columns to lists


def of_numpy(unit: str) -> Make:
    def make(rows: Rows) -> Any:
        kind = next(type(row) for row in rows if row is not None)
        if kind is str:
            return np.array(rows, dtype=object)
        naive = [in_utc(row) if isinstance(row, datetime) else row for row in rows]
        return np.array(naive, f"{'M' if kind is datetime else 'm'}8[{unit}]")

    return make


def in_utc(moment: datetime) -> datetime:
    """An aware datetime as a naive one of UTC; a naive one as it is."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def of_pandas(unit: str) -> Make:
    def make(rows: Rows) -> Any:
        made = pd.Series(of_numpy(unit)(rows), index=range(7, 7 + len(rows)), name="asked")
        return made.dt.tz_localize("UTC").dt.tz_convert(ZONE) if made.dtype.kind == "M" else made

    return make


def of_polars(unit: Any) -> Make:
    def make(rows: Rows) -> Any:
        made = pl.Series("asked", rows)
        if made.dtype == pl.Duration:
            return made.cast(pl.Duration(unit))
        return made if made.dtype == pl.String else made.cast(pl.Datetime(unit, ZONE))

    return make


def of_pyarrow(unit: str) -> Make:
    def make(rows: Rows) -> Any:
        kind = next(type(row) for row in rows if row is not None)
        return pa.array(rows, {datetime: pa.timestamp(unit, ZONE), timedelta: pa.duration(unit)}.get(kind))

    return make


def told(column: Any) -> list[Any]:
    """A column as plain values: aware datetimes, timedeltas, booleans, None."""
    if isinstance(column, np.ndarray):
        if column.dtype.kind in "Mm":
            column = column.astype(f"{column.dtype.kind}8[us]")
        rows = column.tolist()
        return [row.replace(tzinfo=UTC) if isinstance(row, datetime) else row for row in rows]
    rows = column if isinstance(column, list) else column.tolist() if hasattr(column, "tolist") else column.to_list()
    return [None if row is pd.NaT or row is pd.NA else plain(row) for row in rows]


def plain(row: Any) -> Any:
    if isinstance(row, pd.Timestamp):
        return row.to_pydatetime()
    return row.to_pytimedelta() if isinstance(row, pd.Timedelta) else row


LIBRARIES: Final[dict[str, tuple[Make, dict[str, Any]]]] = {
    "lists": (list, {}),
    "numpy in s": (of_numpy("s"), {"zone": "UTC"}),
    "numpy in us": (of_numpy("us"), {"zone": "UTC"}),
    "numpy in ns": (of_numpy("ns"), {"zone": "UTC"}),
    "pandas in ms": (of_pandas("ms"), {}),
    "pandas in ns": (of_pandas("ns"), {}),
    "polars in us": (of_polars("us"), {}),
    "polars in ns": (of_polars("ns"), {}),
    "pyarrow in s": (of_pyarrow("s"), {}),
    "pyarrow in us": (of_pyarrow("us"), {}),
}


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("question", ANSWERS)
def test_a_column_of_any_library_has_the_answers_that_were_worked_out(question: str, library: str) -> None:
    (asked, expected), (make, kept) = ANSWERS[question], LIBRARIES[library]

    assert expected == told(asked.ask(make(TIMES), make, **kept))


@pytest.mark.parametrize("unit", ["s", "us", "ns"])
@pytest.mark.parametrize("question", ANSWERS)
def test_a_column_so_long_that_time_is_cut_into_slots_has_the_same_answers(question: str, unit: str) -> None:
    (asked, expected), make = ANSWERS[question], of_numpy(unit)
    repeated = 6_000  # 36,000 rows are more than are asked at once

    def long(rows: Rows) -> Any:
        return np.tile(make(rows), repeated)

    assert expected * repeated == told(asked.ask(long(TIMES), long, zone="UTC"))


@pytest.mark.parametrize("question", [each for each in ANSWERS if "columns" not in each])
def test_a_naive_column_is_read_and_written_on_the_clock_of_its_zone(question: str) -> None:
    asked, expected = ANSWERS[question]
    naive = [None if each is None else each.replace(tzinfo=None) for each in TIMES]
    on_clock = [each.replace(tzinfo=None) if isinstance(each, datetime) else each for each in expected]

    assert on_clock == asked.ask(naive, list, zone=ZONE)
    assert on_clock == asked.ask(pl.Series(naive), pl.Series, zone=ZONE).to_list()
    assert on_clock == asked.ask(of_numpy("us")(naive), of_numpy("us"), zone=ZONE).tolist()


# ---------------------------------------------------------------- rows without an answer


@pytest.mark.parametrize("library", ["lists", "numpy in us", "pandas in ms", "polars in us"])
def test_rows_without_an_answer_are_named_in_order_whatever_their_office(library: str) -> None:
    make, kept = LIBRARIES[library]
    beyond = datetime(2250, 1, 1, tzinfo=BRUSSELS)
    column = make([beyond, TIMES[0], beyond, None, beyond, beyond])
    by = make(["PT", "PT", "BE", "BE", "FI", "PT"])

    for calendar, chosen in ((OFFICE, {}), (OFFICES, {"by": by})):
        with pytest.raises(sla.HorizonError) as refused:
            frames.roll_forward(calendar, column, **chosen, **kept)
        assert refused.value.where == "rows 0, 2, 4 and 1 more"
        answers = told(frames.roll_forward(calendar, column, errors="null", **chosen, **kept))
        assert [None, TIMES[0], None, None, None, None] == answers


def test_the_order_in_which_offices_are_given_does_not_matter() -> None:
    asked, expected = ANSWERS["add four hours, each office"]
    make = of_numpy("us")

    other_way = dict(reversed(OFFICES.items()))
    assert expected == told(asked.verb(other_way, make(TIMES), FOUR, by=make(BY), zone="UTC"))


def test_an_amount_that_is_not_even_itself_is_null() -> None:
    assert moments("Mon 12:00", None) == frames.add(OFFICE, TIMES[:1] * 2, [FOUR, float("nan")])


# ---------------------------------------------------------------- columns come back as they came


def pandas_of_arrow(unit: str) -> Make:
    return lambda rows: pd.Series(rows, index=[7, 8], name="asked", dtype=pd.ArrowDtype(pa.timestamp(unit, ZONE)))


@pytest.mark.parametrize(
    ("make", "instants", "amounts", "answers"),
    [
        (of_numpy("s"), "datetime64[s]", "timedelta64[s]", "bool"),
        (of_numpy("ns"), "datetime64[ns]", "timedelta64[ns]", "bool"),
        (of_pandas("ms"), "datetime64[ms, Europe/Brussels]", "timedelta64[ms]", "boolean"),
        (of_pandas("ns"), "datetime64[ns, Europe/Brussels]", "timedelta64[ns]", "boolean"),
        (pandas_of_arrow("us"), "timestamp[us, tz=Europe/Brussels][pyarrow]", "duration[us][pyarrow]", "bool[pyarrow]"),
        (pandas_of_arrow("s"), "timestamp[s, tz=Europe/Brussels][pyarrow]", "duration[s][pyarrow]", "bool[pyarrow]"),
        (of_polars("ms"), "Datetime(time_unit='ms', time_zone='Europe/Brussels')", "Duration(time_unit='ms')", "Boolean"),
        (of_polars("ns"), "Datetime(time_unit='ns', time_zone='Europe/Brussels')", "Duration(time_unit='ns')", "Boolean"),
        (of_pyarrow("s"), "timestamp[s, tz=Europe/Brussels]", "duration[s]", "bool"),
        (of_pyarrow("us"), "timestamp[us, tz=Europe/Brussels]", "duration[us]", "bool"),
    ],
)  # fmt: skip
def test_answers_have_the_library_the_unit_the_zone_and_the_name_of_the_question(
    make: Make, instants: str, amounts: str, answers: str
) -> None:
    column = make(TIMES[:2])
    kept: dict[str, Any] = {"zone": "UTC"} if isinstance(column, np.ndarray) else {}
    for verb, expected in (
        (partial(frames.add, amount=FOUR), instants),
        (frames.next_open, instants),
        (partial(frames.elapsed, ends=UNTIL), amounts),
        (frames.is_open, answers),
    ):
        made = verb(OFFICE, column, **kept)
        assert type(column) is type(made) or isinstance(made, pa.Array)
        assert expected == str(made.type if isinstance(made, pa.Array) else made.dtype)
        assert getattr(made, "name", None) == getattr(column, "name", None)
        if isinstance(made, pd.Series):
            assert list(made.index) == [7, 8]


@pytest.mark.parametrize(("unit", "other", "finer"), [("s", "us", "us"), ("ns", "s", "ns"), ("ms", "ms", "ms")])
def test_an_elapsed_time_has_the_finer_unit_of_both_columns(unit: str, other: str, finer: str) -> None:
    elapsed = frames.elapsed(OFFICE, of_numpy(unit)(TIMES[:2]), of_numpy(other)([UNTIL, UNTIL]), zone="UTC")

    assert elapsed.dtype == f"m8[{finer}]"
    assert [timedelta(hours=4), timedelta(hours=3)] == told(elapsed)


def test_nanoseconds_are_kept_where_open_time_begins_and_ends() -> None:
    hour = 3_600_000_000_000
    eight, sixteen = (int(datetime(2026, 11, 20, each, tzinfo=UTC).timestamp()) * 1_000_000_000 for each in (8, 16))
    starts = np.array([eight, eight + 1, sixteen - 1, eight - 1], "M8[ns]")  # 09:00 and 17:00 in Brussels
    monday = eight + 72 * hour

    due = frames.add(OFFICE, starts, timedelta(hours=8), zone="UTC")
    assert due.astype("int64").tolist() == [sixteen, monday + 1, monday + 8 * hour - 1, sixteen]
    by_seconds = frames.add(OFFICE, starts, np.array([8 * 3_600] * 4, "m8[s]"), zone="UTC")
    assert by_seconds.tolist() == due.tolist()
    begun = frames.subtract(
        OFFICE, np.array([sixteen, sixteen + 1, monday + 1], "M8[ns]"), timedelta(hours=8), zone="UTC"
    )
    assert begun.astype("int64").tolist() == [eight, eight, eight + 1]
    assert frames.is_open(OFFICE, starts, zone="UTC").tolist() == [True, True, True, False]
    passed = frames.elapsed(OFFICE, starts, np.array([sixteen] * 4, "M8[ns]"), zone="UTC")
    assert passed.astype("int64").tolist() == [8 * hour, 8 * hour - 1, 1, 8 * hour]
    assert frames.next_open(OFFICE, starts, zone="UTC").astype("int64").tolist() == [monday, monday, monday, eight]


def test_a_column_of_several_chunks_is_answered_like_its_first_rows() -> None:
    """Two hours from Friday 15:00 are over at 17:00, from 16:30 on Monday at 10:30; of 2250 nobody knows."""
    rows = np.array(["2026-11-20T15:00", "2026-11-20T16:30", "2250-01-01"], "M8[s]")
    due = np.array(["2026-11-20T17:00", "2026-11-23T10:30", "NaT"], "M8[s]")
    many = 25_000  # 75,000 rows, of which a chunk has 32,768
    found = frames.add(OFFICE, np.tile(rows, many), timedelta(hours=2), zone=ZONE, errors="null")
    assert np.array_equal(found, np.tile(due, many), equal_nan=True)
    known = frames.is_open(OFFICE, np.tile(rows[:2], many), zone=ZONE)
    assert known.all()


def test_one_offset_made_twice_is_one_zone() -> None:
    first, second = (timezone(timedelta(hours=1)) for _ in range(2))
    rows = [datetime(2026, 11, 20, hour, tzinfo=zone) for hour, zone in ((15, first), (16, second))]
    assert first is not second
    found = frames.add(OFFICE, rows, timedelta(hours=2))
    assert found == [datetime(2026, 11, day, hour, tzinfo=first) for day, hour in ((20, 17), (23, 10))]


def test_a_column_of_a_library_that_is_not_known_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Narwhals reads more libraries than slacalc has tests for."""
    monkeypatch.setattr(series, "_KNOWN", (series.nw.Implementation.PANDAS,))
    with pytest.raises(sla.InstantError) as refused:
        frames.roll_forward(OFFICE, pl.Series([datetime(2026, 11, 20, tzinfo=UTC)]))
    assert refused.value.code == "column_unknown"


def test_a_list_that_is_long_is_open_where_its_rows_are() -> None:
    """Asked often, a calendar answers by tables of dates: at the edges of hours, and before the first that it has."""
    rows = {
        "Fri 08:59": False,
        "Fri 09:00": True,
        "Fri 16:59": True,
        "Fri 17:00": False,
        "Sat 12:00": False,
        "Mon 09:00": True,
    }
    moments = [*map(of_the_week, rows), None, datetime(1950, 11, 20, 12, tzinfo=BRUSSELS)]  # a Monday
    office = sla.Calendar(ZONE, "Mon-Fri 09:00-17:00")
    assert frames.is_open(office, moments * 100) == [*rows.values(), None, True] * 100


def test_after_what_closes_for_good_nothing_opens() -> None:
    """Monday 7 December is followed by Tuesday; the desk is closed from Wednesday on, and after that nothing opens."""
    desk = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", versions={"2026-12-09": "closed"})
    after = np.array(["2026-12-07T10:00", "2026-12-08T10:00"], "M8[us]")
    told = frames.next_open(desk, after, zone="UTC", errors="null")
    assert told.astype(str).tolist() == ["2026-12-08T09:00:00.000000", "NaT"]
    with pytest.raises(sla.ClosedForGoodError, match="row 1"):
        frames.next_open(desk, after, zone="UTC")


def test_a_relation_is_answered_by_a_relation_of_the_same_name() -> None:
    """Two hours after Friday 16:00 it is Monday 10:00."""
    duckdb = pytest.importorskip("duckdb", reason="one of the backends")
    desk = sla.Calendar("UTC", "Mon-Fri 09:00-17:00")
    asked = duckdb.connect().sql("select timestamptz '2026-11-20 16:00+00' as received")
    told = frames.add(desk, asked, asked.query("given", "select interval 2 hour as amount"))
    assert (type(told), told.columns) == (type(asked), ["received"])
    assert [each.isoformat() for (each,) in told.fetchall()] == ["2026-11-23T10:00:00+00:00"]
