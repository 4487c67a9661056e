"""The one law of the table of dates: it says what walking through the dates says, errors included."""

from collections.abc import Callable
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.working_dates import WorkingDates
from tests.laws.strategies import ONE_DAY, Question, law, questions, utc

COUNTS = st.integers(0, 12) | st.integers(200, 600)


def walking(calendar: OpenTime) -> WorkingDates:
    """Working dates that were never asked: they have no table, and walk."""
    return WorkingDates(calendar.plan, calendar.zone_info)


def told(verb: Callable[..., date | int], *question: object) -> object:
    """The answer, or the class and the text of the error."""
    try:
        return verb(*question)
    except sla.SlaError as error:
        return type(error), str(error)


@law(40)
@given(questions(2), COUNTS, st.integers(-400, 400))
def test_a_table_of_dates_says_what_a_walk_says(question: Question, count: int, away: int) -> None:
    calendar, (a, b) = question
    assume(calendar.has_zone)
    first, last = utc(a).date(), utc(b).date() + away * ONE_DAY
    known = WorkingDates(calendar.plan, calendar.zone_info)
    covered = calendar.plan.dates
    known.tabled(max(first - 500 * ONE_DAY, covered[0]).toordinal(), min(first + 900 * ONE_DAY, covered[1]).toordinal())
    assert told(known.count, first, last) == told(walking(calendar).count, first, last)
    for day in (first, last, *covered):
        assert told(known.after, day, count) == told(walking(calendar).after, day, count)


@law(20)
@given(questions(1), st.lists(st.tuples(st.integers(-900, 900), st.integers(0, 400)), min_size=1, max_size=12))
def test_however_often_they_were_asked_working_dates_say_the_same(
    question: Question, asked: list[tuple[int, int]]
) -> None:
    calendar, (at,) = question
    assume(calendar.has_zone)
    known = WorkingDates(calendar.plan, calendar.zone_info)
    for away, count in asked:
        day = utc(at).date() + away * ONE_DAY
        assert told(known.after, day, count) == told(walking(calendar).after, day, count)
        last = day + count * ONE_DAY
        assert told(known.count, day, last) == told(walking(calendar).count, day, last)


def test_a_table_that_grows_both_ways_forgets_nothing() -> None:
    known = walking(sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00"))
    for year in (2026, 2028, 2021):
        known.tabled(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())

    assert known.table.first == date(2021, 1, 1).toordinal()
    assert known.table.end == date(2029, 1, 1).toordinal()
    assert len(known.table.working) == 261 + 260 + 260 + 262 + 261 + 261 + 261 + 260  # weekdays of 2021 to 2028
