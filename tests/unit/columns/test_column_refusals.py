"""What columns and tables refuse: the code, the place, what was given and what is accepted."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc import frames
from tests.helpers import BRUSSELS, wrong
from tests.refusals import Refusal, check

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
duckdb = pytest.importorskip("duckdb", reason="one of the backends")

OFFICE: Final = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
ALWAYS: Final = sla.Calendar("Europe/Brussels", "24/7")
POLICY: Final = sla.sample_policy("webshop_helpdesk")
FRIDAY: Final = datetime(2026, 11, 20, 16, tzinfo=BRUSSELS)
NAIVE: Final = FRIDAY.replace(tzinfo=None)
LATE: Final = datetime(2250, 1, 1, tzinfo=BRUSSELS)
HOUR: Final = timedelta(hours=1)
ARRAY: Final = np.array(["2026-11-20T15:00", "2026-11-20T16:00"], "M8[s]")
SERIES: Final = pd.Series([FRIDAY, FRIDAY], index=[5, 7])
STARTS, ENDS = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)

Ask = Callable[[], object]


def add(column: object, amount: object = HOUR, **kept: Any) -> Ask:
    return lambda: frames.add(OFFICE, wrong(column), amount, **kept)


def roll(column: object, calendar: object = OFFICE, **kept: Any) -> Ask:
    return lambda: frames.roll_forward(wrong(calendar), wrong(column), **kept)


def relation(query: str) -> Any:
    return duckdb.connect().sql(query)


MOMENT: Final = "select timestamptz '2026-11-20 15:00+00' as received"
RELATIONS: Final[list[Refusal]] = [
    Refusal(add(relation(f"{MOMENT}, 1 as other")), sla.InstantError, "column_unknown",
            "", "'a relation of 2 columns'", 'a relation of one column, such as relation.select("received")'),
    Refusal(add(relation("select 1 as received")), sla.InstantError, "column_not_instants",
            "starts", "'Int32'", "datetimes in s, ms, us or ns; convert"),
    Refusal(add(relation(MOMENT), relation("select interval 1 day as amount")), sla.AmountError,
            "column_not_durations", "", "'amount'", "intervals of hours, minutes and seconds"),
    Refusal(add(relation(MOMENT), relation("select interval 1 month as amount")), sla.AmountError,
            "column_not_durations", "", "'amount'", "intervals of hours, minutes and seconds"),
    Refusal(add(relation(MOMENT), relation("select interval 1 hour as amount from range(2)")),
            sla.InstantError, "columns_of_two_lengths", "amount", "2", "1 rows"),
    Refusal(lambda: POLICY.promise_frame(relation("select 1 as other")), sla.InstantError, "frame_column_missing",
            "received", "'received'", "other"),
]  # fmt: skip


LISTS: Final[list[Refusal]] = [
    Refusal(add([NAIVE]), sla.InstantError, "column_naive",
            "starts: row 0", "'2026-11-20T16:00:00'", 'aware datetimes, or zone="Europe/Brussel'),
    Refusal(lambda: frames.subtract(OFFICE, [FRIDAY, NAIVE], HOUR), sla.InstantError, "column_naive",
            "ends: row 1", "'2026-11-20T16:00:00'", 'aware datetimes, or zone="Europe/Brussel'),
    Refusal(lambda: frames.next_open(OFFICE, [FRIDAY, FRIDAY.astimezone(UTC)]), sla.InstantError, "column_zones_mixed",
            "afters: row 1", "'Europe/Brussels and UTC'", "datetimes of one zone; convert them"),
    Refusal(add([NAIVE, FRIDAY], zone="Europe/Brussels"), sla.InstantError, "column_zones_mixed",
            "starts: row 1", "'None and Europe/Brussels'", "datetimes of one zone; convert them"),
    Refusal(lambda: frames.is_open(OFFICE, [None, "2026-11-20"]), sla.InstantError, "not_a_datetime",
            "ats: row 1", "'2026-11-20'", "an aware datetime.datetime; read text"),
    Refusal(lambda: frames.elapsed(OFFICE, [FRIDAY], [NAIVE]), sla.InstantError, "column_naive",
            "ends: row 0", "'2026-11-20T16:00:00'", 'aware datetimes, or zone="Europe/Brussel'),
    Refusal(lambda: frames.elapsed(OFFICE, [NAIVE], [FRIDAY]), sla.InstantError, "column_naive",
            "starts: row 0", "'2026-11-20T16:00:00'", 'aware datetimes, or zone="Europe/Brussel'),
    Refusal(lambda: frames.elapsed(OFFICE, [FRIDAY], 5), sla.SlaError, "argument_invalid",
            "ends", "5", "a list of datetimes"),
    Refusal(roll([FRIDAY], zone="UTC"), sla.InstantError, "column_has_zone",
            "ats", "'Europe/Brussels'", "no zone="),
    Refusal(add([FRIDAY, FRIDAY], [HOUR]), sla.InstantError, "columns_of_two_lengths",
            "amount", "1", "2 rows"),
    Refusal(lambda: frames.subtract(OFFICE, [FRIDAY], [HOUR, HOUR]), sla.InstantError, "columns_of_two_lengths",
            "amount", "2", "1 rows"),
    Refusal(lambda: frames.elapsed(OFFICE, [FRIDAY], [FRIDAY] * 2), sla.InstantError, "columns_of_two_lengths",
            "ends", "2", "1 rows"),
    Refusal(roll([FRIDAY], calendar={"BE": OFFICE}, by=["BE", "BE"]), sla.InstantError, "columns_of_two_lengths",
            "by", "2", "1 rows"),
    Refusal(roll([FRIDAY] * 3, calendar={"BE": OFFICE, "FI": OFFICE}, by=["BE", "PT", "XX"]), sla.CalendarError, "calendar_of_row_unknown",
            "by: rows 1, 2", "'PT'", "BE, FI"),
    Refusal(roll([FRIDAY], calendar={"BE": OFFICE}, by=["PT"]), sla.CalendarError, "calendar_of_row_unknown",
            "by: row 0", "'PT'", "BE"),
    Refusal(roll([FRIDAY], by=["BE"]), sla.CalendarError, "calendars_and_by",
            "calendar", "'by= without a mapping'", 'one calendar, or {"BE": brussels, "PT":'),
    Refusal(roll([FRIDAY], calendar={}), sla.CalendarError, "calendars_and_by",
            "calendar", "{}", 'one calendar, or {"BE": brussels, "PT":'),
    Refusal(roll([LATE]), sla.HorizonError, "beyond_covered",
            "row 0", "'2249-12-31 23:00 UTC'", "from 1900-01-01 00:00 UTC to 2200-12-31"),
    Refusal(roll([LATE] * 3), sla.HorizonError, "beyond_covered",
            "rows 0, 1, 2", "'2249-12-31 23:00 UTC'", "from 1900-01-01 00:00 UTC to 2200-12-31"),
    Refusal(roll([FRIDAY, LATE, LATE, LATE, LATE, LATE]), sla.HorizonError, "beyond_covered",
            "rows 1, 2, 3 and 2 more", "'2249-12-31 23:00 UTC'", "from 1900-01-01 00:00 UTC to 2200-12-31"),
    Refusal(add([FRIDAY], [-HOUR]), sla.AmountError, "amount_negative",
            "row 0.amount", "datetime.timedelta(days=-1,", "zero or more; to go back in time, use"),
    Refusal(lambda: frames.add(ALWAYS, [datetime(2026, 10, 25, 1, 30)], 2 * HOUR, zone="Europe/Brussels"), sla.HorizonError, "answer_ambiguous",
            "row 0", "'2026-10-25T02:30:00+01:00'", "a column with a zone, where the two"),
    Refusal(roll([FRIDAY], errors="ignore"), sla.CalendarError, "errors_unknown",
            "errors", "'ignore'", "raise, null"),
]  # fmt: skip

ARRAYS: Final[list[Refusal]] = [
    Refusal(add(ARRAY), sla.InstantError, "column_naive",
            "starts", "\"datetimes in 's' without a zone\"", "a column with a zone, or"),
    Refusal(lambda: frames.subtract(OFFICE, ARRAY, HOUR), sla.InstantError, "column_naive",
            "ends", "\"datetimes in 's' without a zone\"", "a column with a zone, or"),
    Refusal(lambda: frames.is_open(OFFICE, SERIES, zone="UTC"), sla.InstantError, "column_has_zone",
            "ats", "'Europe/Brussels'", "no zone="),
    Refusal(lambda: frames.next_open(OFFICE, np.array([1, 2])), sla.InstantError, "column_not_instants",
            "afters", "'int64'", "datetimes in s, ms, us or ns; convert"),
    Refusal(lambda: frames.next_open(OFFICE, pl.Series([1, 2])), sla.InstantError, "column_not_instants",
            "afters", "'Int64'", "datetimes in s, ms, us or ns; convert"),
    Refusal(add(SERIES, np.array([1, 2])), sla.AmountError, "column_not_durations",
            "amount", "'int64'", "durations in s, ms, us or ns; convert"),
    Refusal(add(SERIES, pl.Series([1, 2])), sla.AmountError, "column_not_durations",
            "amount", "'Int64'", "durations in s, ms, us or ns; convert"),
    Refusal(roll({FRIDAY}), sla.InstantError, "column_unknown",
            "ats", "'builtins.set'", "a list, a numpy array, or a Series of"),
    Refusal(lambda: frames.elapsed(OFFICE, SERIES, {FRIDAY}), sla.InstantError, "column_unknown",
            "ends", "'builtins.set'", "a list, a numpy array, or a Series of"),
    Refusal(lambda: frames.elapsed(OFFICE, SERIES, NAIVE), sla.InstantError, "datetime_naive",
            "ends", "'2026-11-20T16:00:00'", "an aware datetime, such as"),
    Refusal(lambda: frames.elapsed(OFFICE, SERIES, SERIES.reset_index(drop=True)), sla.InstantError, "columns_misaligned",
            "ends", "'RangeIndex(start=0, stop=2, step=1)'", "one index; align the columns first"),
    Refusal(roll(SERIES, calendar={"BE": OFFICE}, by=pd.Series(["BE", "BE"], index=[7, 5])), sla.InstantError, "columns_misaligned",
            "by", "Index([7, 5]", "one index; align the columns first"),
    Refusal(add(SERIES, np.array([1], "m8[s]")), sla.InstantError, "columns_of_two_lengths",
            "amount", "1", "2 rows"),
    Refusal(roll(ARRAY, zone="UTC", calendar={"BE": OFFICE}, by=["BE"]), sla.InstantError, "columns_of_two_lengths",
            "by", "1", "2 rows"),
    Refusal(roll(ARRAY, zone="UTC", calendar={"BE": OFFICE, "FI": OFFICE}, by=["BE", "PT"]), sla.CalendarError, "calendar_of_row_unknown",
            "by: row 1", "'PT'", "BE, FI"),
    Refusal(roll(ARRAY, zone="UTC", by=["BE", "PT"]), sla.CalendarError, "calendars_and_by",
            "calendar", "'by= without a mapping'", 'one calendar, or {"BE": brussels, "PT":'),
    Refusal(add(ARRAY, np.array([1, -1], "m8[h]").astype("m8[s]"), zone="UTC"), sla.AmountError, "amount_negative",
            "row 1", "'-3600 seconds'", "zero or more; to go back, use subtract"),
    Refusal(add(ARRAY, HOUR / 7_200, zone="UTC"), sla.InstantError, "answer_finer_than_column",
            "rows 0, 1", "\"a column in 's'\"", 'a column in microseconds ("us")'),
    Refusal(lambda: frames.add(ALWAYS, np.array(["2026-10-25T01:30"], "M8[s]"), 2 * HOUR, zone="Europe/Brussels"), sla.HorizonError, "answer_ambiguous",
            "row 0", "'Europe/Brussels'", "a column with a zone, where the two"),
    Refusal(lambda: frames.add(ALWAYS, np.array(["1901-01-01", "2051-01-01"], "M8[ns]"), HOUR, zone="UTC"), sla.HorizonError, "nanoseconds_too_long",
            "", "'149 years'", "146 years of open time between two"),
    Refusal(roll(np.array(["2026-11-20", "2250-01-01"], "M8[us]"), zone="UTC", calendar=sla.Calendar("UTC", "24/7")), sla.HorizonError, "beyond_covered",
            "row 1", "'2250-01-01 00:00 UTC'", "from 1900-01-01 00:00 UTC to 2201-01-01"),
    Refusal(roll(np.array(["2026-11-20T12:00:00", "1850-01-01T00:00:00.5"], "M8[ns]"), zone="UTC"), sla.HorizonError, "beyond_covered",
            "row 1", "'1850-01-01 00:00 UTC'", "from 1900-01-01 00:00 UTC to 2200-12-31"),
]  # fmt: skip

FRAMES_AND_TABLES: Final[list[Refusal]] = [
    Refusal(lambda: POLICY.promise_frame([1, 2]), sla.InstantError, "frame_unknown",
            "", "'list'", "a DataFrame of pandas or polars, or a"),
    Refusal(lambda: POLICY.promise_frame(pl.DataFrame({"id": [1], "at": [2]})), sla.InstantError, "frame_column_missing",
            "received", "'received'", "id, at"),
    Refusal(lambda: POLICY.promise_frame(pd.DataFrame({"at": pd.to_datetime([STARTS, "2026-11-20T12:00:00.000000001Z"])}), "at"), sla.InstantError, "nanoseconds",
            "row 1.at", "'2026-11-20T12:00:00.000000001'", "whole microseconds; round first, in the"),
    Refusal(lambda: frames.promise_frame(wrong({}), pl.DataFrame({"received": [STARTS]})), sla.SlaError, "argument_invalid",
            "policy", "{}", "a Policy, or PolicyVersions"),
    Refusal(lambda: OFFICE.to_tables(ENDS, ENDS), sla.HorizonError, "tables_range_invalid",
            "", "'2026-11-23 00:00 UTC..2026-11-23 00:00", "a start from 1970 on, where every"),
    Refusal(lambda: OFFICE.to_tables(STARTS, ENDS, width=3 * HOUR), sla.CalendarError, "slots_do_not_fit",
            "width", "datetime.timedelta(seconds=10800)", "a width that divides 8:00:00"),
    Refusal(lambda: OFFICE.to_tables(STARTS, ENDS, width=HOUR / 3_600_000), sla.CalendarError, "slots_too_many",
            "", "'259,200,000 slots of 0:00:00.001000'", "at most 4,194,304: fewer years, or"),
    Refusal(lambda: OFFICE.to_tables(STARTS, ENDS, width=-HOUR), sla.AmountError, "amount_negative",
            "width", "datetime.timedelta(days=-1,", "zero or more; to go back in time, use"),
    Refusal(lambda: OFFICE.to_tables(STARTS, NAIVE), sla.InstantError, "datetime_naive",
            "end", "'2026-11-20T16:00:00'", "an aware datetime, such as"),
    Refusal(lambda: OFFICE.to_tables(NAIVE, ENDS), sla.InstantError, "datetime_naive",
            "start", "'2026-11-20T16:00:00'", "an aware datetime, such as"),
]  # fmt: skip


REFUSALS: Final = [*LISTS, *RELATIONS, *ARRAYS, *FRAMES_AND_TABLES]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_columns_refuse(refusal: Refusal) -> None:
    check(refusal)


def test_tables_for_arrow_name_the_package_that_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(sla.MissingExtraError) as refused:
        OFFICE.to_tables(STARTS, ENDS).to_arrow()
    assert refused.value.code == "extra_missing"
    assert str(refused.value) == "Arrow and Parquet need pyarrow; accepted: pip install pyarrow"


@pytest.mark.parametrize(
    "ask",
    [
        "frames.add(office, np.array(['2026-11-20T15:00'], 'M8[s]'), timedelta(hours=1), zone='UTC')",
        "frames.working_date_after(office, np.array(['2026-11-20'], 'M8[D]'), 1)",
        "sample_policy('webshop_helpdesk').promise_frame({'received': np.array(['2026-11-20T15:00'], 'M8[s]')}, zone='UTC')",
    ],
    ids=["instants", "dates", "a table"],
)
def test_columns_without_narwhals_name_the_extra(ask: str) -> None:
    before = (
        "import sys; sys.modules['narwhals'] = sys.modules['narwhals.stable'] = sys.modules['narwhals.stable.v2'] = None\n"
        "import numpy as np\nfrom datetime import timedelta\nfrom slacalc import *\nfrom slacalc import frames\n"
        "office = Calendar('Europe/Brussels', 'Mon-Fri 09:00-17:00')\n"
    )
    done = subprocess.run([sys.executable, "-c", before + ask], capture_output=True, text=True, check=False, timeout=60)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("slacalc.errors.MissingExtraError: columns other than lists need narwhals")
    assert last.endswith("accepted: slacalc with its extra frames")
