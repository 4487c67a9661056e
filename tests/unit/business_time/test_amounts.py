"""How amounts of time must read and print: hours and smaller, never days (rules 7 and 15)."""

from datetime import timedelta

import pytest

from slacalc import format_amount, read_amount

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4h", 4 * HOUR),
        ("90min", 90 * MINUTE),
        ("90m", 90 * MINUTE),
        ("45s", 45 * SECOND),
        ("1h 30min", 90 * MINUTE),
        ("1h30m", 90 * MINUTE),
        ("1 h 30 min", 90 * MINUTE),
        ("  26h\n", 26 * HOUR),
        ("1h 1min 1s", HOUR + MINUTE + SECOND),
        ("0h", timedelta(0)),
        ("200h", timedelta(days=8, hours=8)),
        ("PT4H", 4 * HOUR),
        ("PT1H30M", 90 * MINUTE),
        ("PT90M", 90 * MINUTE),
        ("PT24H", 24 * HOUR),
        ("PT1H30M15S", 90 * MINUTE + 15 * SECOND),
        ("1.5s", timedelta(milliseconds=1500)),
        ("1min 0.000001s", MINUTE + timedelta(microseconds=1)),
        ("PT2.25S", timedelta(seconds=2, milliseconds=250)),
    ],
)
def test_an_amount_is_read_from_text(text: str, expected: timedelta) -> None:
    assert expected == read_amount(text)


@pytest.mark.parametrize("amount", [timedelta(0), timedelta(microseconds=1), 4 * HOUR, timedelta(days=400)])
def test_an_amount_that_is_a_timedelta_stays_as_it_is(amount: timedelta) -> None:
    assert amount == read_amount(amount)


@pytest.mark.parametrize(
    ("amount", "expected", "why"),
    [
        (26 * HOUR, "26h", "more than a day is still hours"),
        (90 * MINUTE, "1h 30min", "hours and minutes"),
        (timedelta(days=1), "24h", "a day is 24 hours, and a bare day is never said"),
        (timedelta(days=30), "720h", "a month neither"),
        (4 * HOUR, "4h", "no empty minutes"),
        (5 * MINUTE, "5min", "no empty hours"),
        (HOUR + SECOND, "1h 1s", "no empty minutes in between"),
        (HOUR + MINUTE + SECOND, "1h 1min 1s", "all three"),
        (timedelta(0), "0min", "nothing is something to print"),
        (timedelta(microseconds=1), "0.000001s", "nothing is rounded away"),
        (timedelta(milliseconds=1500), "1.5s", "a fraction without zeros at its end"),
        (59 * MINUTE + timedelta(seconds=59, microseconds=999_999), "59min 59.999999s", "not rounded up to an hour"),
        (-90 * MINUTE, "-1h 30min", "a negative elapsed time, one sign for the whole"),
        (timedelta(days=-1), "-24h", "not -1 day, 0:00:00"),
    ],
)
def test_rule_15_amounts_print_exactly_and_never_as_days(amount: timedelta, expected: str, why: str) -> None:
    assert expected == format_amount(amount), why


@pytest.mark.parametrize("seconds", [0, 1, 59, 60, 61, 3_599, 3_600, 3_661, 86_400, 90_061, 31_622_400])
def test_what_is_printed_is_read_back(seconds: int) -> None:
    amount = timedelta(seconds=seconds)

    assert amount == read_amount(format_amount(amount))
