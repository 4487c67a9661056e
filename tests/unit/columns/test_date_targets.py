"""Business and calendar days of a whole column: on which date, and how much work that is.

That they say what a loop says is a law: tests/laws/test_date_target_laws.py.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

import slacalc as sla
from slacalc.business_time.instants import to_us
from slacalc.calendars.working_dates import WorkingDates
from tests.small_caches import about_what_is_kept
from tests.unit.columns.late_hours import LATE

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")

OFFICE: Final = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", special_days={"2026-12-24": "closed"})
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def dues(
    target: sla.BusinessDays | sla.CalendarDays, *starts: str, times: int = 1, office: sla.Calendar = OFFICE
) -> list[str]:
    """When each is due, of so many times the same rows."""
    from slacalc.columns.target_verbs import VERBS

    column = np.array(starts, "M8[us]").astype(np.int64).repeat(times)
    told = target.dues(VERBS, office, column)[::times].tolist()
    return [f"{EPOCH + timedelta(microseconds=each):%m-%d %H:%M}" for each in told]


@pytest.mark.parametrize("times", [1, 1_000], ids=["few rows", "many rows"])
def test_points_of_dates_of_few_rows_and_of_many(times: int) -> None:
    wednesday_at_ten, wednesday_at_eight = "2026-12-23T10:00", "2026-12-23T20:00"
    rows = (wednesday_at_ten, wednesday_at_eight)

    assert dues(sla.BusinessDays(days=1, by="close"), *rows, times=times) == ["12-25 17:00", "12-28 17:00"]
    assert dues(sla.BusinessDays(days=0, by="close", cutoff="09:30"), *rows, times=times) == [
        "12-25 17:00",
        "12-25 17:00",
    ]
    assert dues(sla.BusinessDays(days=0, by="opening"), *rows, times=times) == ["12-25 09:00", "12-25 09:00"]
    assert dues(sla.BusinessDays(days=1, by="same_time"), *rows, times=times) == ["12-25 10:00", "12-28 09:00"]
    assert dues(sla.CalendarDays(days=1, by="close"), *rows, times=times) == ["12-25 00:00", "12-25 00:00"]
    assert dues(sla.CalendarDays(days=2, by="same_time"), *rows, times=times) == ["12-25 10:00", "12-25 20:00"]


@pytest.mark.parametrize("times", [1, 1_000], ids=["few rows", "many rows"])
def test_time_that_two_dates_claim_is_of_the_later(times: int) -> None:
    nights = sla.Calendar("UTC", "Fri 22:00-06:00; Sat 04:00-08:00")
    before_saturday_opens, after = "2026-11-21T03:00", "2026-11-21T05:00"

    told = dues(sla.BusinessDays(days=0, by="close"), before_saturday_opens, after, times=times, office=nights)
    assert told == ["11-21 06:00", "11-21 08:00"]


@pytest.mark.parametrize("times", [1, 1_000], ids=["few rows", "many rows"])
def test_a_time_that_the_clock_skips_is_the_instant_of_the_change(times: int) -> None:
    beirut = sla.Calendar("Asia/Beirut", "24/7")  # no 00:00-01:00 on 26 March 2023: 22:00 UTC of the 25th is 01:00
    noon, half_past_midnight = "2023-03-25T10:00", "2023-03-24T22:30"

    for target in (sla.CalendarDays(days=1, by="00:30"), sla.BusinessDays(days=1, by="00:30")):
        assert dues(target, noon, times=times, office=beirut) == ["03-25 22:00"]
    for target in (sla.CalendarDays(days=1, by="same_time"), sla.BusinessDays(days=1, by="same_time")):
        assert dues(target, half_past_midnight, times=times, office=beirut) == ["03-25 22:00"]


@about_what_is_kept
def test_many_rows_walk_through_no_date_once_there_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    target = sla.BusinessDays(days=1, by="12:00", cutoff="15:00")
    expected = dues(target, "2026-12-23T10:00", "2026-12-23T16:00", times=1_000)
    monkeypatch.setattr(WorkingDates, "owned", _walks)

    assert (
        dues(target, "2026-12-23T10:00", "2026-12-23T16:00", times=1_000) == expected == ["12-25 12:00", "12-28 12:00"]
    )


def _walks(_dates: WorkingDates, day: date) -> None:
    raise AssertionError(f"{day} was asked about")


@pytest.mark.parametrize("times", [1, 1_000], ids=["few rows", "many rows"])
def test_what_no_calendar_covers_is_null(times: int) -> None:
    from slacalc.columns.stairs import NULL
    from slacalc.columns.target_verbs import VERBS

    column = np.array(["1850-01-01T00:00", "2026-11-20T10:00", "2250-01-01T00:00"], "M8[us]").astype(np.int64)
    told = sla.BusinessDays(days=1, by="close").dues(VERBS, OFFICE, column.repeat(times))[::times].tolist()
    monday = (datetime(2026, 11, 23, 17, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
    assert told == [NULL, monday, NULL]


@pytest.mark.parametrize("times", [1, 1_000], ids=["few rows", "many rows"])
def test_a_date_that_is_refused_when_it_is_asked_about_refuses_no_row_beside_it(times: int) -> None:
    """31 December 2027 has no hours that are known, and none of these asks about it.

    80 working dates, sixteen weeks, after Wednesday 18 November 2026 is Wednesday 10 March. 400 dates after two days of autumn are
    Saturday 25 December, which ends at midnight, and Wednesday 5 January.
    """
    eighty = sla.BusinessDays(days=80, by="close")
    assert dues(eighty, "2026-11-18T15:00", times=times, office=LATE) == ["03-10 22:00"]
    rows = ("2026-11-20T15:00", "2026-12-01T15:00")
    assert dues(sla.CalendarDays(days=400, by="close"), *rows, times=times, office=LATE) == [
        "12-26 00:00",
        "01-05 22:00",
    ]


def test_a_kind_that_is_asked_alone_has_no_answer_where_nothing_is_covered() -> None:
    """By hand: four hours after 10:00 it is 14:00; what no calendar covers, and what lies beyond it, is NULL."""
    from slacalc.columns.stairs import NULL
    from slacalc.columns.target_verbs import VERBS

    office = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", holidays=sla.FrozenHolidays.of({}, years=(2026, 2026)))
    starts = np.array(
        [NULL, to_us(datetime(2026, 12, 31, 15, tzinfo=UTC)), to_us(datetime(2026, 12, 30, 10, tzinfo=UTC))]
    )
    due = VERBS.one_by_one(sla.BusinessHours(amount=timedelta(hours=4)).due, office, starts)
    assert due.tolist() == [NULL, NULL, to_us(datetime(2026, 12, 30, 14, tzinfo=UTC))]
