"""What columns and tables refuse, word for word: a message is read by people, and is part of what is promised."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc import frames
from tests.helpers import BRUSSELS, wrong

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")

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
CLOCK: Final = 'zone="Europe/Brussels" to read and write'
UNITS: Final = "in s, ms, us or ns; convert the column first (a column of objects may mix zones)"
KNOWN: Final = "accepted: a list, a numpy array, or a Series of pandas or polars or an array of pyarrow"
TWICE: Final = "the clock reads the answer twice, and this is the second time"
TOGETHER: Final = "calendar: a mapping of calendars and the column that chooses from it go together"
CHOICE: Final = 'accepted: one calendar, or {"BE": brussels, "PT": lisbon} with by= a column of "BE" and "PT"'
COVERED: Final = (
    "the question reaches time that the calendar does not cover; given '2249-12-31 23:00 UTC'; "
    "accepted: from 1900-01-01 00:00 UTC to 2200-12-31 23:00 UTC"
)

Ask = Callable[[], object]
Row = tuple[Ask, type[sla.SlaError], str, str]


def add(column: object, amount: object = HOUR, **kept: Any) -> Ask:
    return lambda: frames.add(OFFICE, wrong(column), amount, **kept)


def roll(column: object, calendar: object = OFFICE, **kept: Any) -> Ask:
    return lambda: frames.roll_forward(wrong(calendar), wrong(column), **kept)


LISTS: list[Row] = [
    (add([NAIVE]), sla.InstantError, "column_naive",
     ("starts: row 0: the column has no time zone; given '2026-11-20T16:00:00'; "
     f"accepted: aware datetimes, or {CLOCK} them on the clock of a zone")),
    (lambda: frames.subtract(OFFICE, [FRIDAY, NAIVE], HOUR), sla.InstantError, "column_naive",
     ("ends: row 1: the column has no time zone; given '2026-11-20T16:00:00'; "
     f"accepted: aware datetimes, or {CLOCK} them on the clock of a zone")),
    (lambda: frames.next_open(OFFICE, [FRIDAY, FRIDAY.astimezone(UTC)]), sla.InstantError, "column_zones_mixed",
     ("afters: row 1: the column has several zones; given 'Europe/Brussels and UTC'; "
     "accepted: datetimes of one zone; convert them with astimezone")),
    (lambda: frames.is_open(OFFICE, [None, "2026-11-20"]), sla.InstantError, "not_a_datetime",
     ("ats: row 1: this is not a datetime; given '2026-11-20'; "
     "accepted: an aware datetime.datetime; read text with datetime.fromisoformat")),
    (lambda: frames.elapsed(OFFICE, [FRIDAY], [NAIVE]), sla.InstantError, "column_naive",
     ("ends: row 0: the column has no time zone; given '2026-11-20T16:00:00'; "
     f"accepted: aware datetimes, or {CLOCK} them on the clock of a zone")),
    (lambda: frames.elapsed(OFFICE, [NAIVE], [FRIDAY]), sla.InstantError, "column_naive",
     ("starts: row 0: the column has no time zone; given '2026-11-20T16:00:00'; "
     f"accepted: aware datetimes, or {CLOCK} them on the clock of a zone")),
    (lambda: frames.elapsed(OFFICE, [FRIDAY], 5), sla.SlaError, "argument_invalid",
     "ends: this is of another kind; given 5; accepted: a list of datetimes"),
    (roll([FRIDAY], zone="UTC"), sla.InstantError, "column_has_zone",
     "ats: the column has a zone already; given 'Europe/Brussels'; accepted: no zone="),
    (add([FRIDAY, FRIDAY], [HOUR]), sla.InstantError, "columns_of_two_lengths",
     "amount: the columns are not of one length; given 1; accepted: 2 rows"),
    (lambda: frames.subtract(OFFICE, [FRIDAY], [HOUR, HOUR]), sla.InstantError, "columns_of_two_lengths",
     "amount: the columns are not of one length; given 2; accepted: 1 rows"),
    (lambda: frames.elapsed(OFFICE, [FRIDAY], [FRIDAY] * 2), sla.InstantError, "columns_of_two_lengths",
     "ends: the columns are not of one length; given 2; accepted: 1 rows"),
    (roll([FRIDAY], calendar={"BE": OFFICE}, by=["BE", "BE"]), sla.InstantError, "columns_of_two_lengths",
     "by: the columns are not of one length; given 2; accepted: 1 rows"),
    (roll([FRIDAY] * 3, calendar={"BE": OFFICE, "FI": OFFICE}, by=["BE", "PT", "XX"]), sla.CalendarError,
     "calendar_of_row_unknown",
     "by: rows 1, 2: there is no calendar of this name; given 'PT'; accepted: BE, FI"),
    (roll([FRIDAY], calendar={"BE": OFFICE}, by=["PT"]), sla.CalendarError, "calendar_of_row_unknown",
     "by: row 0: there is no calendar of this name; given 'PT'; accepted: BE"),
    (roll([FRIDAY], by=["BE"]), sla.CalendarError, "calendars_and_by",
     f"{TOGETHER}; given 'by= without a mapping'; {CHOICE}"),
    (roll([FRIDAY], calendar={}), sla.CalendarError, "calendars_and_by", f"{TOGETHER}; given {{}}; {CHOICE}"),
    (roll([LATE]), sla.HorizonError, "beyond_covered", f"row 0: {COVERED}"),
    (roll([LATE] * 3), sla.HorizonError, "beyond_covered", f"rows 0, 1, 2: {COVERED}"),
    (roll([FRIDAY, LATE, LATE, LATE, LATE, LATE]), sla.HorizonError, "beyond_covered",
     f"rows 1, 2, 3 and 2 more: {COVERED}"),
    (add([FRIDAY], [-HOUR]), sla.AmountError, "amount_negative",
     ("row 0.amount: the amount is negative; given datetime.timedelta(days=-1, seconds=82800); "
     "accepted: zero or more; to go back in time, use subtract")),
    (lambda: frames.add(ALWAYS, [datetime(2026, 10, 25, 1, 30)], 2 * HOUR, zone="Europe/Brussels"),
     sla.HorizonError, "answer_ambiguous",
     f"row 0: {TWICE}; given '2026-10-25T02:30:00+01:00'; accepted: a column with a zone, where the two differ"),
    (roll([FRIDAY], errors="ignore"), sla.CalendarError, "errors_unknown",
     "errors: rows cannot be treated so; given 'ignore'; accepted: raise, null"),
]  # fmt: skip

ARRAYS: list[Row] = [
    (add(ARRAY), sla.InstantError, "column_naive",
     ("starts: the column has no time zone; given \"datetimes in 's' without a zone\"; "
     f"accepted: a column with a zone, or {CLOCK} it on the clock of a zone")),
    (lambda: frames.subtract(OFFICE, ARRAY, HOUR), sla.InstantError, "column_naive",
     ("ends: the column has no time zone; given \"datetimes in 's' without a zone\"; "
     f"accepted: a column with a zone, or {CLOCK} it on the clock of a zone")),
    (lambda: frames.is_open(OFFICE, SERIES, zone="UTC"), sla.InstantError, "column_has_zone",
     "ats: the column has a zone already; given 'Europe/Brussels'; accepted: no zone="),
    (lambda: frames.next_open(OFFICE, np.array([1, 2])), sla.InstantError, "column_not_instants",
     f"afters: this is no column of datetimes; given 'int64'; accepted: datetimes {UNITS}"),
    (lambda: frames.next_open(OFFICE, pl.Series([1, 2])), sla.InstantError, "column_not_instants",
     f"afters: this is no column of datetimes; given 'Int64'; accepted: datetimes {UNITS}"),
    (add(SERIES, np.array([1, 2])), sla.AmountError, "column_not_durations",
     f"amount: this is no column of durations; given 'int64'; accepted: durations {UNITS}"),
    (add(SERIES, pl.Series([1, 2])), sla.AmountError, "column_not_durations",
     f"amount: this is no column of durations; given 'Int64'; accepted: durations {UNITS}"),
    (roll({FRIDAY}), sla.InstantError, "column_unknown",
     f"ats: this is no column that slacalc knows; given 'builtins.set'; {KNOWN}"),
    (lambda: frames.elapsed(OFFICE, SERIES, {FRIDAY}), sla.InstantError, "column_unknown",
     f"ends: this is no column that slacalc knows; given 'builtins.set'; {KNOWN}"),
    (lambda: frames.elapsed(OFFICE, SERIES, NAIVE), sla.InstantError, "datetime_naive",
     ("ends: the datetime has no time zone; given '2026-11-20T16:00:00'; "
     "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
    (lambda: frames.elapsed(OFFICE, SERIES, SERIES.reset_index(drop=True)), sla.InstantError, "columns_misaligned",
     ("ends: the columns have two indexes, and rows go by their place; "
     "given 'RangeIndex(start=0, stop=2, step=1)'; accepted: one index; align the columns first")),
    (add(SERIES, np.array([1], "m8[s]")), sla.InstantError, "columns_of_two_lengths",
     "amount: the columns are not of one length; given 1; accepted: 2 rows"),
    (roll(ARRAY, zone="UTC", calendar={"BE": OFFICE}, by=["BE"]), sla.InstantError, "columns_of_two_lengths",
     "by: the columns are not of one length; given 1; accepted: 2 rows"),
    (roll(ARRAY, zone="UTC", calendar={"BE": OFFICE, "FI": OFFICE}, by=["BE", "PT"]), sla.CalendarError,
     "calendar_of_row_unknown", "by: row 1: there is no calendar of this name; given 'PT'; accepted: BE, FI"),
    (roll(ARRAY, zone="UTC", by=["BE", "PT"]), sla.CalendarError, "calendars_and_by",
     f"{TOGETHER}; given 'by= without a mapping'; {CHOICE}"),
    (add(ARRAY, np.array([1, -1], "m8[h]").astype("m8[s]"), zone="UTC"), sla.AmountError, "amount_negative",
     "row 1: the amount is negative; given '-3600 seconds'; accepted: zero or more; to go back, use subtract"),
    (add(ARRAY, HOUR / 7_200, zone="UTC"), sla.InstantError, "answer_finer_than_column",
     ("rows 0, 1: the answer is finer than the unit of the column; given \"a column in 's'\"; "
     'accepted: a column in microseconds ("us")')),
    (lambda: frames.add(ALWAYS, np.array(["2026-10-25T01:30"], "M8[s]"), 2 * HOUR, zone="Europe/Brussels"),
     sla.HorizonError, "answer_ambiguous",
     f"row 0: {TWICE}; given 'Europe/Brussels'; accepted: a column with a zone, where the two differ"),
    (lambda: frames.add(ALWAYS, np.array(["1901-01-01", "2051-01-01"], "M8[ns]"), HOUR, zone="UTC"),
     sla.HorizonError, "nanoseconds_too_long",
     ("a column in nanoseconds cannot hold so much open time; given '149 years'; "
     'accepted: 146 years of open time between two rows; or a column in microseconds ("us")')),
    (roll(np.array(["2026-11-20", "2250-01-01"], "M8[us]"), zone="UTC", calendar=sla.Calendar("UTC", "24/7")),
     sla.HorizonError, "beyond_covered",
     ("row 1: the question reaches time that the calendar does not cover; given '2250-01-01 00:00 UTC'; "
     "accepted: from 1900-01-01 00:00 UTC to 2201-01-01 00:00 UTC")),
    (roll(np.array(["2026-11-20T12:00:00", "1850-01-01T00:00:00.5"], "M8[ns]"), zone="UTC"), sla.HorizonError,
     "beyond_covered",
     ("row 1: the question reaches time that the calendar does not cover; given '1850-01-01 00:00 UTC'; "
     "accepted: from 1900-01-01 00:00 UTC to 2200-12-31 23:00 UTC")),
]  # fmt: skip

FRAMES_AND_TABLES: list[Row] = [
    (lambda: POLICY.promise_frame([1, 2]), sla.InstantError, "frame_unknown",
     ("this is no data frame that slacalc knows; given 'list'; "
     "accepted: a DataFrame of pandas or polars, or a table of pyarrow; collect a lazy one first")),
    (lambda: POLICY.promise_frame(pl.DataFrame({"id": [1], "at": [2]})), sla.InstantError, "frame_column_missing",
     "received: the frame has no such column; given 'received'; accepted: id, at"),
    (lambda: POLICY.promise_frame(pd.DataFrame({"at": pd.to_datetime([STARTS, "2026-11-20T12:00:00.000000001Z"])}), "at"),
     sla.InstantError, "nanoseconds",
     ("row 1.at: the datetime has nanoseconds, which would be lost; given '2026-11-20T12:00:00.000000001'; "
     "accepted: whole microseconds; round first, in the direction that you mean")),
    (lambda: frames.promise_frame(wrong({}), pl.DataFrame({"received": [STARTS]})), sla.SlaError, "argument_invalid",
     "policy: this is of another kind; given {}; accepted: a Policy"),
    (lambda: OFFICE.to_tables(ENDS, ENDS), sla.HorizonError, "tables_range_invalid",
     ("tables begin in 1970 or later, and end after they begin; given '2026-11-23 00:00 UTC..2026-11-23 00:00 UTC'; "
     "accepted: a start from 1970 on, where every engine divides in the same way, and an end after it")),
    (lambda: OFFICE.to_tables(STARTS, ENDS, width=3 * HOUR), sla.CalendarError, "slots_do_not_fit",
     ("width: the calendar opens or closes within a slot; given datetime.timedelta(seconds=10800); "
     "accepted: a width that divides 8:00:00")),
    (lambda: OFFICE.to_tables(STARTS, ENDS, width=HOUR / 3_600_000), sla.CalendarError, "slots_too_many",
     ("the calendar opens or closes at times so odd that the slots would be too many; "
     "given '259,200,000 slots of 0:00:00.001000'; accepted: at most 4,194,304: fewer years, "
     "or exceptions that begin and end on the quarter of an hour")),
    (lambda: OFFICE.to_tables(STARTS, ENDS, width=-HOUR), sla.AmountError, "amount_negative",
     ("width: the amount is negative; given datetime.timedelta(days=-1, seconds=82800); "
     "accepted: zero or more; to go back in time, use subtract")),
    (lambda: OFFICE.to_tables(STARTS, NAIVE), sla.InstantError, "datetime_naive",
     ("end: the datetime has no time zone; given '2026-11-20T16:00:00'; "
     "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
    (lambda: OFFICE.to_tables(NAIVE, ENDS), sla.InstantError, "datetime_naive",
     ("start: the datetime has no time zone; given '2026-11-20T16:00:00'; "
     "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "kind", "code", "said"), [*LISTS, *ARRAYS, *FRAMES_AND_TABLES])
def test_a_refusal_word_for_word(ask: Ask, kind: type[sla.SlaError], code: str, said: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    assert type(refused.value) is kind
    assert refused.value.code == code
    assert str(refused.value) == said


def test_tables_for_arrow_name_the_package_that_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(sla.MissingExtraError) as refused:
        OFFICE.to_tables(STARTS, ENDS).to_arrow()
    assert refused.value.code == "extra_missing"
    assert str(refused.value) == "Arrow and Parquet need pyarrow; accepted: pip install pyarrow"
