"""Edges that no other example reaches: breaking the code there went unnoticed (tests/mutation/README.md)."""

from datetime import UTC, datetime, timedelta

import pytest

import slacalc as sla
from slacalc.business_time.instants import amount_us, to_us

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("45.5s", 45 * SECOND + SECOND / 2, "half a second"),
        ("0.000001s", timedelta(microseconds=1), "six digits are a microsecond"),
        ("PT0.25S", SECOND / 4, "ISO 8601 too"),
        ("1h 0.1s", 3600 * SECOND + SECOND / 10, "with hours before"),
        ("7s", 7 * SECOND, "no fraction"),
    ],
)
def test_fractions_of_a_second_are_read_exactly(text: str, expected: timedelta, why: str) -> None:
    assert expected == sla.read_amount(text), why


@pytest.mark.parametrize(
    ("given", "named", "where"),
    [("soon", (), "amount"), ("soon", ("wait",), "wait"), (-SECOND, (), "amount"), (-SECOND, ("wait",), "wait")],
)
def test_what_is_no_amount_is_refused_under_its_name(
    given: str | timedelta, named: tuple[str, ...], where: str
) -> None:
    with pytest.raises(sla.AmountError) as refused:
        sla.read_amount(given, *named)
    assert refused.value.where == where


def test_a_kind_of_timedelta_that_knows_no_nanoseconds_is_an_amount() -> None:
    class Delta(timedelta):
        """An amount of another library."""

    assert amount_us(Delta(seconds=2)) == 2_000_000


def test_a_kind_of_datetime_that_knows_no_nanoseconds_is_an_instant() -> None:
    class Stamp(datetime):
        """An instant of another library."""

    assert to_us(Stamp(1970, 1, 1, 0, 0, 2, tzinfo=UTC)) == 2_000_000


def test_the_last_microsecond_that_is_covered_can_be_asked_about() -> None:
    always = sla.Calendar("UTC", "24/7")
    assert always.is_open(datetime(2200, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    with pytest.raises(sla.HorizonError):
        always.is_open(datetime(2201, 1, 1, tzinfo=UTC))


def test_a_close_for_good_where_two_years_of_the_timeline_are_joined_is_a_close() -> None:
    # 2026-02-12 is 56 * 366 days after 1970-01-01
    closing = datetime(2026, 2, 12, tzinfo=UTC)
    calendar = sla.Calendar("UTC", "24/7", versions={"2026-02-12": "closed"})
    assert calendar.next_close(datetime(2026, 1, 1, tzinfo=UTC)) == closing
    assert calendar.add(closing - 2 * SECOND, 2 * SECOND) == closing


BEGIN, END = sla.Calendar("UTC", "24/7").covered.start, sla.Calendar("UTC", "24/7").covered.end


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [
        (BEGIN + SECOND, END + SECOND, END + SECOND),
        (BEGIN, END + SECOND, END + SECOND),
        (BEGIN - SECOND, END - SECOND, BEGIN - SECOND),
        (BEGIN - SECOND, END + SECOND, BEGIN - SECOND),
    ],
    ids=["it ends too late", "it begins at the first instant", "it begins too early", "both: the first is named"],
)
def test_what_is_named_is_the_end_that_is_not_covered(start: datetime, end: datetime, named: datetime) -> None:
    with pytest.raises(sla.HorizonError, match="the question reaches time") as refused:
        sla.Calendar("UTC", "24/7").elapsed(start, end)
    assert refused.value.given == repr(f"{named:%Y-%m-%d %H:%M} UTC")


def test_what_closes_for_good_says_from_when_on_and_since_when() -> None:
    office = sla.Calendar("UTC", "closed", special_days={"2026-11-20": "09:00-17:00"})
    for verb, said in (
        ("next_open", "nothing opens any more from 2026-11-20 17:00 UTC on"),
        ("previous_close", "nothing opened before 2026-11-20 00:00 UTC"),  # the first date that has hours
    ):
        with pytest.raises(sla.ClosedForGoodError) as refused:
            getattr(office, verb)(datetime(2026, 11, 21 if verb == "next_open" else 19, tzinfo=UTC))
        assert str(refused.value) == f"{said}; accepted: a question about the time when the calendar is in use"
