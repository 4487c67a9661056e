"""Columns: what is refused and how it is said, what comes back as it came, and who may ask."""

import subprocess
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from typing import Any, Final
from zoneinfo import available_timezones

import pytest

import slacalc as sla
from slacalc.events.event import Event
from tests.helpers import BRUSSELS

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pa = pytest.importorskip("pyarrow", reason="one of the backends")
OFFICE = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
FRIDAY = datetime(2026, 11, 20, 16, tzinfo=BRUSSELS)
FOUR_HOURS = timedelta(hours=4)
AWARE = pd.Series([FRIDAY, None], name="received", index=[5, 7])
NAIVE = pd.Series([FRIDAY.replace(tzinfo=None)])


def refused(ask: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(sla.SlaError) as caught:
        ask()
    return caught.value.code, caught.value.where


@pytest.mark.parametrize(
    ("column", "code"),
    [
        pytest.param(NAIVE, "column_naive", id="a naive column of pandas"),
        pytest.param(np.array(["2026-11-20T16:00"], "M8[s]"), "column_naive", id="a numpy array"),
        pytest.param(pl.Series([datetime(2026, 11, 20)]), "column_naive", id="a naive column of polars"),
        pytest.param([datetime(2026, 11, 20)], "column_naive", id="a naive list"),
        pytest.param([FRIDAY, FRIDAY.astimezone(UTC)], "column_zones_mixed", id="a list of two zones"),
        pytest.param([FRIDAY, "2026-11-20"], "not_a_datetime", id="text in a list"),
        pytest.param([date(2026, 11, 20)], "not_a_datetime", id="dates in a list"),
        pytest.param([1_763_650_800], "not_a_datetime", id="integers in a list"),
        pytest.param(pd.Series([FRIDAY, FRIDAY.astimezone(UTC)]), "column_not_instants", id="objects of two zones"),
        pytest.param(pd.Series([1, 2]), "column_not_instants", id="integers"),
        pytest.param(pd.Series(["2026-11-20"]), "column_not_instants", id="text"),
        pytest.param(pl.Series([date(2026, 11, 20)]), "column_not_instants", id="dates"),
        pytest.param(np.array(["2026-11-20"], "M8[D]"), "column_not_instants", id="dates of numpy"),
        pytest.param(np.array([["2026-11-20T16:00"]], "M8[s]"), "column_not_instants", id="two dimensions"),
        pytest.param(pd.DataFrame(), "column_unknown", id="a data frame"),
        pytest.param(pd.DatetimeIndex([FRIDAY]), "column_unknown", id="an index"),
        pytest.param(iter([FRIDAY]), "column_unknown", id="an iterator"),
    ],
)
def test_a_column_that_names_no_instants_is_refused(column: Any, code: str) -> None:
    for ask in (
        lambda: sla.frames.add(OFFICE, column, FOUR_HOURS),
        lambda: sla.frames.is_open(OFFICE, column),
        lambda: sla.frames.elapsed(OFFICE, column, column),
    ):
        assert code == refused(ask)[0]


@pytest.mark.parametrize(
    "column", [AWARE, [FRIDAY], pl.Series([FRIDAY.astimezone(UTC)])], ids=["pandas", "list", "polars"]
)
def test_a_zone_for_a_column_that_has_one_is_refused(column: Any) -> None:
    assert refused(lambda: sla.frames.roll_forward(OFFICE, column, zone="UTC"))[0] == "column_has_zone"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        pytest.param(timedelta(hours=-1), "amount_negative", id="a negative amount"),
        pytest.param("4h", "amount_not_timedelta", id="text"),
        pytest.param(4, "amount_not_timedelta", id="a number"),
        pytest.param(np.timedelta64(1, "D"), "amount_not_timedelta", id="a day of numpy"),
        pytest.param(np.timedelta64(1_500, "ns"), "amount_not_timedelta", id="nanoseconds of numpy"),
        pytest.param(np.timedelta64("NaT", "s"), "amount_not_timedelta", id="nothing of numpy"),
        pytest.param(np.timedelta64(-1, "h"), "amount_negative", id="a negative amount of numpy"),
        pytest.param(
            pd.Series(pd.to_timedelta([1, -1], unit="h"), index=[5, 7]), "amount_negative", id="a negative row"
        ),
        pytest.param(pd.Series([1, 2], index=[5, 7]), "column_not_durations", id="numbers"),
        pytest.param(np.array([1, 2], "m8[D]"), "column_not_durations", id="days of numpy"),
        pytest.param(pd.Series(pd.to_timedelta([1, 1], unit="h")), "columns_misaligned", id="another index"),
        pytest.param(np.array([1], "m8[s]"), "columns_of_two_lengths", id="another length"),
    ],
)
def test_an_amount_that_is_none_is_refused(amount: Any, code: str) -> None:
    assert code == refused(lambda: sla.frames.add(OFFICE, AWARE, amount))[0]


@pytest.mark.parametrize(
    "amount",
    [
        np.timedelta64(4, "h"),
        np.timedelta64(240, "m"),
        np.timedelta64(14_400, "s"),
        np.timedelta64(4 * 3_600 * 10**9, "ns"),
    ],
    ids=str,
)
@pytest.mark.parametrize("column", [AWARE, [FRIDAY]], ids=["pandas", "list"])
def test_one_amount_may_be_of_numpy(column: Any, amount: Any) -> None:
    for verb in (sla.frames.add, sla.frames.subtract):
        assert next(iter(verb(OFFICE, column, amount))) == next(iter(verb(OFFICE, column, FOUR_HOURS)))
    assert sla.frames.add(OFFICE, [FRIDAY], [amount]) == sla.frames.add(OFFICE, [FRIDAY], [FOUR_HOURS])


def test_a_negative_amount_in_a_list_is_named_by_its_row() -> None:
    assert refused(lambda: sla.frames.add(OFFICE, [FRIDAY] * 2, [FOUR_HOURS, -FOUR_HOURS])) == (
        "amount_negative",
        "row 1.amount",
    )


@pytest.mark.parametrize("make", [list, np.array, pd.Series, pl.Series], ids=["list", "numpy", "pandas", "polars"])
def test_the_calendar_of_a_row_must_be_in_the_mapping(make: Any) -> None:
    offices = {"BE": OFFICE}
    received = [FRIDAY] * 3 if make is list else pl.Series([FRIDAY.astimezone(UTC)] * 3)
    ask = partial(sla.frames.roll_forward, offices, received)
    assert refused(partial(ask, by=make(["BE", "PT", "XX"]))) == ("calendar_of_row_unknown", "by: rows 1, 2")
    assert refused(ask) == ("calendars_and_by", "calendar")


# ---------------------------------------------------------------- the ends

FAR = [8 * 10**18, -(8 * 10**18), np.iinfo(np.int64).max, np.iinfo(np.int64).min + 1]  # in ns the years 2223 and 1716


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_instants_at_the_ends_of_an_integer_are_outside_and_never_wrap(unit: str) -> None:
    column = np.array([*FAR, 1_000_000_000], f"M8[{unit}]")
    for ask in (
        partial(sla.frames.add, OFFICE, column, FOUR_HOURS, zone="UTC"),
        partial(sla.frames.elapsed, OFFICE, column, column, zone="UTC"),
        partial(sla.frames.next_open, OFFICE, column, zone="Europe/Brussels"),
    ):
        assert refused(ask) == ("beyond_covered", "rows 0, 1, 2 and 1 more")
        assert np.isnat(ask(errors="null")).tolist() == [True] * 4 + [False]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_amounts_at_the_end_of_an_integer_are_more_than_any_calendar_has(unit: str) -> None:
    column = np.array(["2026-11-20T16:00"] * 2, "M8[us]")
    amounts = np.array([np.iinfo(np.int64).max, 0], f"m8[{unit}]")
    for verb in (sla.frames.add, sla.frames.subtract):
        assert np.isnat(verb(OFFICE, column, amounts, zone="UTC", errors="null")).tolist() == [True, False]
        assert refused(partial(verb, OFFICE, column, amounts, zone="UTC")) == ("beyond_covered", "row 0")
    assert refused(lambda: sla.frames.add(OFFICE, column, timedelta.max, zone="UTC"))[0] == "beyond_covered"


def test_an_answer_finer_than_the_unit_is_refused_and_not_rounded() -> None:
    column = np.array(["2026-11-20T15:00:00"], "M8[s]")
    half_a_second = timedelta(milliseconds=500)
    assert refused(lambda: sla.frames.add(OFFICE, column, half_a_second, zone="UTC")) == (
        "answer_finer_than_column",
        "row 0",
    )


def test_an_answer_that_a_clock_reads_twice_is_refused_unless_null() -> None:
    always = sla.Calendar("Europe/Brussels", "24/7")
    evening = np.array(["2026-10-24T23:00", "2026-10-24T22:00"], "M8[us]")  # 02:30 the second time; the first time
    spans = np.array([270, 270], "m8[m]").astype("m8[s]")
    ask = partial(sla.frames.add, always, evening, spans, zone="Europe/Brussels")
    assert refused(ask) == ("answer_ambiguous", "row 0")
    assert ask(errors="null").astype(str).tolist() == ["NaT", "2026-10-25T02:30:00.000000"]


def test_a_column_closed_for_good_says_so() -> None:
    given_up = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", versions={"2026-12-01": "closed"})
    column = pl.Series([FRIDAY.astimezone(UTC), datetime(2026, 12, 5, tzinfo=UTC)])
    with pytest.raises(sla.ClosedForGoodError, match="row 1: nothing opens any more"):
        sla.frames.add(given_up, column, FOUR_HOURS)


def test_an_office_that_is_always_open_has_no_next_opening() -> None:
    column = pl.Series([FRIDAY.astimezone(UTC)] * 3)
    assert sla.frames.next_open(sla.Calendar("UTC", "24/7"), column).to_list() == [None] * 3


# ---------------------------------------------------------------- as it came


def test_a_pandas_column_keeps_index_name_unit_and_zone() -> None:
    due = sla.frames.add(OFFICE, AWARE, FOUR_HOURS)
    assert ([5, 7], "received", AWARE.dtype) == (list(due.index), due.name, due.dtype)
    assert sla.frames.is_open(OFFICE, AWARE).dtype == "boolean"
    assert (list(due.index), sla.frames.elapsed(OFFICE, AWARE, due).name) == ([5, 7], "received")


def test_an_arrow_array_stays_an_array_and_chunks_stay_chunks() -> None:
    array = pa.array([FRIDAY, None], pa.timestamp("s", "Europe/Brussels"))
    for verb in (sla.frames.roll_forward, sla.frames.is_open):
        assert isinstance(verb(OFFICE, array), pa.Array)
        assert isinstance(verb(OFFICE, pa.chunked_array([array])), pa.ChunkedArray)
    assert array.type == sla.frames.next_open(OFFICE, array).type


@pytest.mark.parametrize(
    "empty", [[], np.array([], "M8[us]"), pd.Series([], dtype="datetime64[us]")], ids=["list", "numpy", "pandas"]
)
def test_an_empty_column_has_an_empty_answer(empty: Any) -> None:
    assert len(sla.frames.add(OFFICE, empty, FOUR_HOURS, zone="UTC")) == 0
    assert len(sla.frames.is_open(OFFICE, empty, zone="UTC")) == 0


def test_a_column_of_nulls_stays_null() -> None:
    column = pl.Series([None, None], dtype=pl.Datetime("us", "UTC"))
    assert sla.frames.add(OFFICE, column, FOUR_HOURS).to_list() == [None, None]
    assert sla.frames.add(OFFICE, [None, float("nan")], FOUR_HOURS) == [None, None]


def test_threads_that_ask_one_calendar_get_one_answer() -> None:
    fresh = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00; Sat 10:00-12:00")
    column = np.arange("2020-01-01", "2026-01-01", 173, dtype="M8[m]").astype("M8[us]")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sla.frames.add(fresh, column, FOUR_HOURS, zone="UTC"), range(16)))
    assert all((answer == answers[0]).all() for answer in answers)
    assert str(answers[0][0]) == "2020-01-01T12:00:00.000000"  # Wednesday, no holidays: 08:00 UTC and four hours


def test_lists_need_no_package_and_others_name_the_extra() -> None:
    program = (
        "import sys\n"
        "sys.modules.update(numpy=None, narwhals=None)\n"
        "from datetime import UTC, datetime, timedelta\n"
        "import slacalc as sla\n"
        "office = sla.Calendar('UTC', 'Mon-Fri 09:00-17:00')\n"
        "print(sla.frames.add(office, [datetime(2026, 11, 20, 16, tzinfo=UTC)], timedelta(hours=4))[0])\n"
        "try:\n"
        "    sla.frames.add(office, object(), timedelta(hours=4))\n"
        "except ImportError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "2026-11-23 12:00:00+00:00",
        "columns other than lists need numpy; accepted: slacalc with its extra frames",
    ]


# ---------------------------------------------------------------- clocks


def test_a_replayed_frame_has_a_row_for_each_ticket_metric_and_cycle() -> None:
    policy = sla.sample_policy("webshop_helpdesk")
    events: list[tuple[str, Event]] = [
        ("8", sla.Created(at=FRIDAY)),
        ("7", sla.Created(at=FRIDAY - timedelta(hours=1))),
        ("7", sla.Message(at=FRIDAY, actor="agent")),
    ]
    as_of = FRIDAY + timedelta(hours=1)
    rows = policy.replay_frame(events, as_of=as_of)
    alone = {ticket: policy.replay([event for name, event in events if name == ticket], as_of=as_of) for ticket in "87"}
    assert rows["ticket"] == ["8", "7"]
    assert rows["cycle"] == [1, 1]
    assert [alone[ticket]["first_response"].due for ticket in "87"] == rows["due"]
    assert rows["status"] == ["running", "met"]
    assert str(rows["due"][0].tzinfo) == "UTC"


def test_a_replayed_frame_tells_apart_what_is_not_owed() -> None:
    """What is typical comes after 24 to 72 hours; the telephone answers at once, if somebody is there."""
    guide = sla.sample_policy("channel_guide")
    events: list[tuple[str, Event]] = [
        ("in time", sla.Created(at=FRIDAY)),
        ("in time", sla.Message(at=FRIDAY + timedelta(hours=72), actor="agent")),
        ("longer", sla.Created(at=FRIDAY)),
        ("called", sla.Created(at=FRIDAY + timedelta(hours=68), fields=(("channel", "telephone"),))),
    ]
    columns = guide.replay_frame(events, as_of=FRIDAY + timedelta(hours=72, seconds=1))
    told = zip(
        *(columns[name] for name in ("ticket", "kind", "owed_by", "status", "within", "breached_at")), strict=True
    )
    assert list(told) == [
        ("in time", "typical", "us", "done", True, None),
        ("longer", "typical", "us", "running", False, None),
        ("called", "best_effort", "us", "running", False, None),
    ]


def test_a_ticket_that_cannot_be_replayed_is_listed_and_the_others_have_their_rows() -> None:
    policy = sla.sample_policy("webshop_helpdesk")
    events: list[tuple[str, Event]] = [("7", sla.Message(at=FRIDAY, actor="agent")), ("8", sla.Created(at=FRIDAY))]
    columns = policy.replay_frame(events, as_of=FRIDAY)
    assert set(columns["ticket"]) == {"8"}
    assert [(each.ticket, each.code) for each in columns.left_out] == [("7", "creation_missing")]
    with pytest.raises(sla.LogError, match="ticket 7"):
        policy.replay_frame(events, as_of=FRIDAY, strict=True)


# ---------------------------------------------------------------- every zone

TEN: Final = datetime(2026, 11, 20, 10, tzinfo=UTC)
ZONED: Final[dict[str, Callable[[str], Any]]] = {
    "pandas": lambda zone: pd.Series([TEN, None], dtype=f"datetime64[us, {zone}]"),
    "pandas, nanoseconds": lambda zone: pd.Series([TEN, None], dtype=f"datetime64[ns, {zone}]"),
    "pandas of arrow": lambda zone: pd.Series([TEN, None], dtype=pd.ArrowDtype(pa.timestamp("ms", zone))),
    "polars": lambda zone: pl.Series([TEN, None], dtype=pl.Datetime("us", zone)),
    "pyarrow": lambda zone: pa.chunked_array([pa.array([TEN, None], pa.timestamp("us", zone))]),
}
EVERY_ZONE: Final = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})


@pytest.mark.parametrize("library", ZONED)
def test_a_column_in_any_zone_comes_back_as_it_came(library: str) -> None:
    """Ten o'clock UTC on a Friday is eleven in Brussels, where it is open: the instant itself is the answer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a zone whose clock the library shows otherwise; it has a test of its own
        for zone in EVERY_ZONE:
            given = ZONED[library](zone)
            answer = sla.frames.roll_forward(OFFICE, given)
            told = answer.type if library == "pyarrow" else answer.dtype
            assert told == (given.type if library == "pyarrow" else given.dtype), zone
            first = answer[0].as_py() if library == "pyarrow" else answer[0]
            assert first == TEN, zone


@pytest.mark.parametrize(
    "zone", [timezone(timedelta(hours=5, minutes=45)), UTC, "UTC+02:00"], ids=["an offset", "UTC", "as text"]
)
def test_a_column_of_pandas_with_an_offset_is_one_with_a_zone(zone: Any) -> None:
    given = pd.Series([TEN, None]).dt.tz_convert(zone)
    answer = sla.frames.add(OFFICE, given, timedelta(hours=1))
    assert (answer.dtype, answer[0]) == (given.dtype, TEN + timedelta(hours=1))
    assert refused(lambda: sla.frames.roll_forward(OFFICE, given, zone="UTC"))[0] == "column_has_zone"
