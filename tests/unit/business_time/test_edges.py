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
