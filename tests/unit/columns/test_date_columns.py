"""Columns of dates: what comes back, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

import slacalc as sla
from tests.refusals import Refusal, check
from tests.unit.columns.late_hours import LATE

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pa = pytest.importorskip("pyarrow", reason="one of the backends")

OFFICE: Final = sla.Calendar(
    "Europe/Budapest",
    "Mon-Fri 09:00-17:00; WW 09:00-15:00",
    holidays=sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas"}, years=(2026, 2027)),
    special_days={"2026-12-12": "open 09:00-13:00", "12-24": "-13:00-17:00"},
)
FRIDAY, SATURDAY, HALF_DAY = date(2026, 12, 11), date(2026, 12, 12), date(2026, 12, 24)
DATES: Final = np.array([FRIDAY, SATURDAY, HALF_DAY, None], "M8[D]")

INDEXED: Final = pd.Series([FRIDAY, SATURDAY], index=[5, 7])


def test_half_days_and_worked_weekends_are_working_dates_and_holidays_are_none() -> None:
    assert sla.frames.is_working_date(OFFICE, [FRIDAY, SATURDAY, date(2026, 12, 13), HALF_DAY, date(2026, 12, 25)]) == [
        True, True, False, True, False,
    ]  # fmt: skip
    after = sla.frames.working_date_after(OFFICE, DATES, 1)
    assert after.astype(object).tolist() == [SATURDAY, date(2026, 12, 14), date(2026, 12, 28), None]
    # 12 and 14-18 and 21-24 December: a Saturday, a week, and four days of the next
    assert sla.frames.count_working_dates(OFFICE, DATES[1:2], HALF_DAY).tolist() == [10]


def test_a_column_of_dates_comes_back_as_it_came() -> None:
    midnights = pd.Series(DATES.astype("M8[ms]"), name="on", index=list("abcd"))
    after = sla.frames.working_date_after(OFFICE, midnights, pl.Series([0, 1, 2, 3]))
    assert (after.dtype, after.name, list(after.index)) == ("datetime64[ms]", "on", list("abcd"))
    assert after.dt.date.tolist()[:3] == [FRIDAY, date(2026, 12, 14), date(2026, 12, 29)]
    assert sla.frames.count_working_dates(OFFICE, midnights, midnights).dtype == "Int64"
    assert sla.frames.working_date_after(OFFICE, pl.Series("on", DATES), 1).dtype == pl.Date
    assert sla.frames.working_date_after(OFFICE, pa.array(DATES), 1).type == pa.date32()
    named = sla.frames.count_working_dates({"HU": OFFICE}, INDEXED, pa.array([FRIDAY, SATURDAY]), by=["HU", "HU"])
    assert (named.tolist(), list(named.index)) == ([1, 1], [5, 7])
    objects = pd.Series([FRIDAY, None], dtype=object)
    assert sla.frames.working_date_after(OFFICE, objects, 1).tolist() == [SATURDAY, None]


def test_a_table_of_many_rows_says_what_working_dates_say() -> None:
    days = np.arange("2026-01-01", "2027-12-01", dtype="M8[D]").repeat(60)
    dates = OFFICE.working_dates()
    after = sla.frames.working_date_after(OFFICE, days, 7)
    assert len(days) > 2**15, "more than one chunk"
    for row in range(0, len(days), 977):
        assert after[row].item() == dates.after(days[row].item(), 7)


@pytest.mark.parametrize("count", [2, np.int64(2), np.uint8(2)], ids=repr)
def test_a_count_may_be_a_number_of_numpy(count: Any) -> None:
    """Saturday 12 is worked, Sunday is not: two working dates after Friday 11 is Monday 14."""
    monday = date(2026, 12, 14)
    assert sla.frames.working_date_after(OFFICE, [FRIDAY], count) == [monday]
    assert sla.frames.working_date_after(OFFICE, [FRIDAY], [count]) == [monday]
    assert sla.frames.working_date_after(OFFICE, DATES[:1], count).tolist() == [monday]


@pytest.mark.parametrize("kind", [list, np.array, pd.Series], ids=["list", "numpy", "pandas"])
def test_rows_without_an_answer_are_null_if_asked_for(kind: Callable[..., Any]) -> None:
    rows = kind([date(2026, 12, 11), date(2027, 12, 31), date(2028, 6, 1)])
    dates = rows.astype("M8[D]") if kind is np.array else rows
    after = sla.frames.working_date_after(OFFICE, dates, 1, errors="null")
    assert [None if each is None or each != each else True for each in after] == [True, None, None]  # noqa: PLR0124 - NaT
    with pytest.raises(sla.HorizonError, match="rows 1, 2"):
        sla.frames.working_date_after(OFFICE, dates, 1)


def test_dates_that_python_does_not_know_are_beyond_what_is_covered() -> None:
    far = np.array([-(10**9), 10**9], "M8[D]")
    assert np.isnat(sla.frames.working_date_after(OFFICE, far, 1, errors="null")).all()
    assert sla.frames.count_working_dates(OFFICE, far, FRIDAY, errors="null").mask.all()
    with pytest.raises(sla.HorizonError, match="rows 0, 1"):
        sla.frames.count_working_dates(OFFICE, far, far)


REFUSALS: Final = [
    Refusal(lambda: sla.frames.working_date_after(OFFICE, DATES.astype("M8[us]"), 1), sla.InstantError, "column_not_dates", "dates", "datetime64[us]", "datetime64[D]"),
    Refusal(lambda: sla.frames.is_working_date(OFFICE, pl.Series([datetime(2026, 12, 11)])), sla.InstantError, "column_not_dates", "dates", "Datetime", "Date of polars"),
    Refusal(lambda: sla.frames.is_working_date(OFFICE, pd.Series(DATES.astype("M8[s]") + np.timedelta64(1, "s"))), sla.InstantError, "column_not_dates", "rows 0, 1, 2.dates", "2026-12-11T00:00:01", "midnights"),
    Refusal(lambda: sla.frames.is_working_date(OFFICE, pd.Series(["2026-12-11"])), sla.InstantError, "column_not_dates", "dates", "", "dates"),
    Refusal(lambda: sla.frames.is_working_date(OFFICE, [datetime(2026, 12, 11, tzinfo=UTC)]), sla.InstantError, "not_a_date", "dates: row 0", "datetime.datetime(2026, 12, 11", "date"),
    Refusal(lambda: sla.frames.count_working_dates(OFFICE, DATES, datetime(2026, 12, 11, tzinfo=UTC)), sla.InstantError, "not_a_date", "lasts", "datetime.datetime(2026, 12, 11", "date"),
    Refusal(lambda: sla.frames.count_working_dates(OFFICE, DATES, DATES[:2]), sla.InstantError, "columns_of_two_lengths", "lasts", "2", "4 rows"),
    Refusal(lambda: sla.frames.count_working_dates(OFFICE, [FRIDAY] * 4, [FRIDAY, SATURDAY]), sla.InstantError, "columns_of_two_lengths", "lasts", "2", "4 rows"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, INDEXED, pd.Series([1, 2])), sla.InstantError, "columns_misaligned", "count", "RangeIndex(start=0, stop=2", "one index"),
    Refusal(lambda: sla.frames.count_working_dates(OFFICE, INDEXED, INDEXED.reset_index(drop=True)), sla.InstantError, "columns_misaligned", "lasts", "RangeIndex(start=0, stop=2", "one index"),
    Refusal(lambda: sla.frames.is_working_date({"HU": OFFICE}, INDEXED, by=pd.Series(["HU", "HU"])), sla.InstantError, "columns_misaligned", "by", "RangeIndex(start=0, stop=2", "one index"),
    Refusal(lambda: sla.frames.count_working_dates(OFFICE, [FRIDAY], "2026-12-12"), sla.SlaError, "argument_invalid", "lasts", "2026-12-12", "a list of dates"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, [date.max], 1), sla.HorizonError, "beyond_covered", "row 0", "9999-12-31", "2027-12-31"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, DATES, -1), sla.AmountError, "count_negative", "count", "-1", "zero or more"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, DATES, np.array([1, -2, 3, -4])), sla.AmountError, "count_negative", "rows 1, 3.count", "-2", "zero or more"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, [FRIDAY], [-2]), sla.AmountError, "count_negative", "row 0.count", "-2", "zero or more"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, DATES, 1.5), sla.SlaError, "argument_invalid", "count", "1.5", "a whole number"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, [FRIDAY], ["2"]), sla.SlaError, "argument_invalid", "count", "2", "whole number"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, DATES, pl.Series([1.0, 2.0, 3.0, 4.0])), sla.SlaError, "argument_invalid", "count", "Float64", "whole numbers"),
    Refusal(lambda: sla.frames.working_date_after(OFFICE, DATES, np.array([1.0, 2.0, 3.0, 4.0])), sla.SlaError, "argument_invalid", "count", "float64", "whole numbers"),
    Refusal(lambda: OFFICE.working_dates().after(FRIDAY, -1), sla.AmountError, "count_negative", "count", "-1", "zero or more"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_no_column_of_dates_is_refused(refusal: Refusal) -> None:
    check(refusal)


def test_a_date_that_is_refused_when_it_is_asked_about_refuses_no_date_beside_it() -> None:
    """Thursday 30 December follows Wednesday, and Tuesday 4 January Monday; what follows the 30th is not known."""
    rows = np.array(["2027-12-29", "2028-01-03"], "M8[D]")
    assert sla.frames.working_date_after(LATE, rows, 1).astype(str).tolist() == ["2027-12-30", "2028-01-04"]
    assert sla.frames.count_working_dates(LATE, rows, rows + 1).tolist() == [2, 2]
    with pytest.raises(sla.CalendarError) as refused:
        sla.frames.working_date_after(LATE, rows + 1, 1)
    assert refused.value.code == "half_day_leaves_no_hours"


def test_each_library_counts_working_dates_and_tells_them_apart() -> None:
    """By hand to 24 December: 11, 12, 14-18 and 21-24 December are eleven; from the 12th on ten, and the 24th itself."""
    told = [11, 10, 1, None]
    for column in (pl.Series(DATES), pa.array(DATES), pd.Series(DATES.astype("M8[s]"))):
        counts = sla.frames.count_working_dates(OFFICE, column, HALF_DAY)
        values = counts.to_pylist() if hasattr(counts, "to_pylist") else counts.to_list()
        assert [None if each is pd.NA else each for each in values] == told
    days = np.array(["2026-12-12", "2026-12-13", "2026-12-25"], "M8[D]")
    assert sla.frames.is_working_date(OFFICE, days).tolist() == [True, False, False]


def test_dates_of_arrow_in_pandas_stay_such_dates() -> None:
    dates = pd.Series(pa.array(DATES), dtype=pd.ArrowDtype(pa.date32()))
    after = sla.frames.working_date_after(OFFICE, dates, 1)
    assert str(after.dtype) == "date32[day][pyarrow]"
    assert after.tolist()[:3] == [SATURDAY, date(2026, 12, 14), date(2026, 12, 28)]
    assert after[3] is pd.NA


def test_lists_are_counted_row_by_row_and_what_is_none_stays_none() -> None:
    assert sla.frames.count_working_dates(OFFICE, [FRIDAY, None, HALF_DAY], [HALF_DAY, FRIDAY, None]) == [
        11, None, None,
    ]  # fmt: skip


def test_a_column_of_nothing_but_null_has_nothing_but_null() -> None:
    nothing = np.array([None, None], "M8[D]")
    assert np.isnat(sla.frames.working_date_after(OFFICE, nothing, 1)).all()
    assert sla.frames.count_working_dates(OFFICE, nothing, FRIDAY).mask.all()


def test_few_dates_far_apart_are_asked_alone() -> None:
    """Tuesday follows Monday 5 January 2026, and Thursday Wednesday 1 December 2027."""
    far = np.array(["2026-01-05", "2027-12-01"], "M8[D]")
    assert sla.frames.working_date_after(OFFICE, far, 1).astype(str).tolist() == ["2026-01-06", "2027-12-02"]


def test_many_dates_of_which_the_last_has_no_answer_have_theirs() -> None:
    """Friday 31 December 2027 follows Thursday; what follows it is beyond what is covered."""
    rows = np.array(["2027-12-30"] * 40 + ["2027-12-31"], "M8[D]")
    after = sla.frames.working_date_after(OFFICE, rows, 1, errors="null")
    assert set(after[:40].astype(str)) == {"2027-12-31"}
    assert np.isnat(after[40])
