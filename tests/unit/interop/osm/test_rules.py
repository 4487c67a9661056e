"""The dates and windows of a rule."""

from datetime import date

import pytest

from slacalc.interop.osm.rules import (
    AroundEaster,
    Clause,
    Dates,
    MonthsAndDays,
    Moving,
    NthDays,
    OpeningRule,
    Weeks,
    Years,
)


@pytest.mark.parametrize(
    ("moving", "day", "has"),
    [
        (NthDays(4, frozenset((-1,))), date(2026, 11, 27), True),
        (NthDays(4, frozenset((-1,))), date(2026, 11, 20), False),
        (NthDays(6, frozenset((-1,))), date(2032, 2, 29), True),
        (NthDays(6, frozenset((-1,))), date(2032, 2, 22), False),
        (NthDays(6, frozenset((5,))), date(2026, 11, 29), True),
        (NthDays(0, frozenset((5,))), date(2026, 11, 29), False),
        (AroundEaster(-46, -46), date(2026, 2, 18), True),
        (AroundEaster(-99, 99), date(2026, 7, 13), True),
        (AroundEaster(-99, 99), date(2026, 7, 14), False),
        (Weeks(frozenset((53,))), date(2027, 1, 3), True),
        (Weeks(frozenset((53,))), date(2027, 1, 4), False),
    ],
)
def test_dates_that_move_by_hand(moving: Moving, day: date, has: bool) -> None:
    assert moving.has(day) is has


def test_what_is_said_of_years_dates_and_days_holds_at_once() -> None:
    winter = MonthsAndDays((11, 1), (2, 29))
    clause = Clause((Years(2026, 2030, 2),), winter, weekdays=frozenset((0,)))
    assert clause.has(date(2026, 1, 31))
    assert not clause.has(date(2027, 1, 31))
    assert not clause.has(date(2026, 3, 1))
    assert [clause.is_of(day, holiday=False) for day in (0, 1)] == [True, False]
    assert [Clause(only_holidays=True).is_of(0, holiday=holiday) for holiday in (True, False)] == [True, False]
    assert Clause(dates=Dates(date(2026, 1, 1), date(2026, 1, 2))).has(date(2026, 1, 2))


def test_a_window_past_midnight_is_of_two_dates() -> None:
    rule = OpeningRule("", True, False, True, (Clause(),), ((72_000, 93_600),))  # type: ignore[arg-type]
    assert (rule.today, rule.tomorrow) == (((72_000, 86_400),), ((0, 7_200),))
