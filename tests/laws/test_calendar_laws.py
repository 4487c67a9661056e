"""What holds for every calendar, at every instant: the laws of open time, one property each."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, reject
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import to_us
from slacalc.business_time.spans import union
from slacalc.calendars.open_time import OpenTime
from slacalc.testing.strategies import CLOCK_CHANGES, ZONES, absences, dates_near, weekly_hours, written_hours
from tests.laws.strategies import (
    DAY,
    MICROSECOND,
    ONE_DAY,
    REACH,
    Question,
    Scene,
    Stretch,
    instants,
    law,
    questions,
    scenes,
    stretches,
    utc,
)

NOTHING = timedelta(0)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("zone", "at"), CLOCK_CHANGES)
def test_the_clock_is_moved_at_every_instant_that_the_laws_are_tried_at(zone: str, at: datetime) -> None:
    before, after = (at - MICROSECOND).astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(zone))
    assert before.utcoffset() != after.utcoffset()


# ---------------------------------------------------------------- elapsed


@law(18)
@given(questions(3), st.permutations(range(3)))
def test_elapsed_time_adds_up_in_whatever_order_the_instants_are(question: Question, order: list[int]) -> None:
    calendar, drawn = question
    a, b, c = (drawn[i] for i in order)
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)


@law(15)
@given(questions(2))
def test_elapsed_time_backward_is_the_negative_of_forward(question: Question) -> None:
    calendar, (a, b) = question
    assert calendar.elapsed(b, a) == -calendar.elapsed(a, b)


@law(15)
@given(questions(2))
def test_elapsed_time_is_from_nothing_to_the_real_time_between(question: Question) -> None:
    calendar, (a, b) = question
    assert NOTHING <= calendar.elapsed(a, b) <= utc(b) - utc(a)


# ---------------------------------------------------------------- add and subtract


@law(18)
@given(stretches())
def test_an_amount_that_was_added_has_elapsed_and_a_microsecond_earlier_it_has_not(stretch: Stretch) -> None:
    calendar, at, (amount,) = stretch
    due = calendar.add(at, amount)
    assert calendar.elapsed(at, due) == amount
    assert calendar.elapsed(at, utc(due) - MICROSECOND) == amount - MICROSECOND


@law(18)
@given(stretches(backward=True))
def test_an_amount_that_was_subtracted_has_elapsed_and_from_a_microsecond_later_it_has_not(stretch: Stretch) -> None:
    calendar, at, (amount,) = stretch
    origin = calendar.subtract(at, amount)
    assert calendar.elapsed(origin, at) == amount
    assert calendar.elapsed(utc(origin) + MICROSECOND, at) == amount - MICROSECOND


@law(18)
@given(stretches(count=2))
def test_adding_in_two_steps_is_adding_at_once(stretch: Stretch) -> None:
    calendar, at, (first, second) = stretch
    assert utc(calendar.add(calendar.add(at, first), second)) == utc(calendar.add(at, first + second))


@law(15)
@given(stretches())
def test_adding_nothing_first_changes_nothing(stretch: Stretch) -> None:
    calendar, at, (amount,) = stretch
    assert utc(calendar.add(calendar.add(at, NOTHING), amount)) == utc(calendar.add(at, amount))


@law(15)
@given(stretches(count=2, backward=True))
def test_subtracting_in_two_steps_is_subtracting_at_once(stretch: Stretch) -> None:
    calendar, at, (first, second) = stretch
    assert utc(calendar.subtract(calendar.subtract(at, first), second)) == utc(calendar.subtract(at, first + second))


@law(18)
@given(stretches())
def test_subtracting_what_was_added_rolls_forward(stretch: Stretch) -> None:
    calendar, at, (amount,) = stretch
    assert utc(calendar.subtract(calendar.add(at, amount), amount)) == utc(calendar.roll_forward(at))


@law(18)
@given(stretches(backward=True))
def test_adding_what_was_subtracted_rolls_back(stretch: Stretch) -> None:
    calendar, at, (amount,) = stretch
    assert utc(calendar.add(calendar.subtract(at, amount), amount)) == utc(calendar.roll_back(at))


@law(15)
@given(stretches())
def test_adding_nothing_rolls_forward(stretch: Stretch) -> None:
    calendar, at, _ = stretch
    assert utc(calendar.add(at, NOTHING)) == utc(calendar.roll_forward(at))


@law(15)
@given(stretches(backward=True))
def test_subtracting_nothing_rolls_back(stretch: Stretch) -> None:
    calendar, at, _ = stretch
    assert utc(calendar.subtract(at, NOTHING)) == utc(calendar.roll_back(at))


@law(15)
@given(questions(1), st.integers(max_value=-1))
def test_a_negative_amount_is_refused(question: Question, microseconds: int) -> None:
    calendar, (at,) = question
    amount = max(timedelta.min // MICROSECOND, microseconds) * MICROSECOND
    for verb in (calendar.add, calendar.subtract):
        with pytest.raises(sla.AmountError):
            verb(at, amount)


# ---------------------------------------------------------------- more coverage


def with_more_hours(calendar: sla.Calendar, more: dict[str, tuple[tuple[int, int], ...]]) -> sla.Calendar:
    try:
        return calendar.extend(add_hours=written_hours(more))
    except sla.CalendarError:  # a half day leaves none of the new hours of a date
        reject()


@law(18)
@given(stretches(), weekly_hours(step=1))
def test_more_hours_are_never_due_later(stretch: Stretch, more: dict[str, tuple[tuple[int, int], ...]]) -> None:
    calendar, at, (amount,) = stretch
    assume(isinstance(calendar, sla.Calendar))
    assert isinstance(calendar, sla.Calendar)
    longer = with_more_hours(calendar, more)
    assert utc(longer.add(at, amount)) <= utc(calendar.add(at, amount))
    assert utc(longer.roll_forward(at)) <= utc(calendar.roll_forward(at))


@law(18)
@given(stretches(), st.data())
def test_either_of_two_calendars_is_never_due_later_than_one_of_them(stretch: Stretch, data: st.DataObject) -> None:
    calendar, at, (amount,) = stretch
    other = data.draw(scenes(step=1, around=("Europe/Berlin", utc(at)))).calendar
    either = sla.Combination("|", calendar, other)
    assert utc(either.add(at, amount)) <= utc(calendar.add(at, amount))
    assert utc(either.roll_forward(at)) <= utc(calendar.roll_forward(at))


@law(18)
@given(scenes(step=1), weekly_hours(step=1), st.data())
def test_more_hours_make_no_working_date_fewer_and_workday_hours_never_due_later(
    scene: Scene, more: dict[str, tuple[tuple[int, int], ...]], data: st.DataObject
) -> None:
    longer, at = with_more_hours(scene.calendar, more), data.draw(instants(scene))
    assert set(working_dates(scene.calendar, scene.at)) <= set(working_dates(longer, scene.at))
    hours = data.draw(st.integers(1, 100)) * timedelta(hours=1)
    assume(hours <= scene.calendar.workdays().elapsed(at, utc(at) + REACH))
    assert utc(longer.workdays().add(at, hours)) <= utc(scene.calendar.workdays().add(at, hours))


def test_more_hours_on_the_next_date_leave_a_working_date_what_its_night_spilled() -> None:
    # the 20th is left with 00:00-06:00 of the 21st, which the 21st then has as well
    nights = sla.Calendar("UTC", "Mon-Sun 22:00-06:00", special_days={"2026-11-20": "-22:00-24:00"})
    longer = nights.extend(add_hours="Sat 00:00-08:00")
    at = datetime(2026, 11, 20, tzinfo=UTC)
    assert nights.workdays().elapsed(at, at + ONE_DAY) <= longer.workdays().elapsed(at, at + ONE_DAY)


# ---------------------------------------------------------------- the ledger


# at 00:01 of the 7th its clock went back to 23:01 of the 6th
ST_JOHNS = Question(
    sla.Calendar("America/St_Johns", "Mon-Sun 00:00-12:00"),
    (datetime(2010, 11, 7, 2, 0, tzinfo=UTC), datetime(2010, 11, 7, 3, 0, tzinfo=UTC)),
)


@law(30)
@given(questions(2))
@example(ST_JOHNS)
def test_the_ledger_has_no_gap_and_its_counted_segments_sum_to_the_elapsed_time(question: Question) -> None:
    calendar, (a, b) = question
    ledger = calendar.explain(a, b)
    ends = [utc(a), *(utc(segment.end) for segment in ledger)]
    assert ends[:-1] == [utc(segment.start) for segment in ledger]
    assert ends[-1] == utc(b)
    assert ledger.counted == calendar.elapsed(a, b)
    assert ledger.wall_time == utc(b) - utc(a)


def said(segment: sla.Segment) -> tuple[str, str, str]:
    """What a segment says of itself; a weekend that is worked is told by a note."""
    return segment.kind, segment.name, segment.note


@law(18)
@given(questions(2))
def test_every_segment_has_a_length_and_a_reason_that_its_neighbours_have_not(question: Question) -> None:
    calendar, (a, b) = question
    ledger = calendar.explain(a, b)
    assert all(segment.wall_time > NOTHING and segment.reason for segment in ledger)
    assert all(said(one) != said(next_one) for one, next_one in pairwise(ledger))


@law(18)
@given(questions(2))
@example(ST_JOHNS)
def test_the_counted_segments_are_the_open_intervals(question: Question) -> None:
    calendar, (a, b) = question
    counted = [(utc(s.start), utc(s.end)) for s in calendar.explain(a, b) if s.kind == "counted"]
    assert counted == [(utc(i.start), utc(i.end)) for i in calendar.intervals(a, b)]


@law(30)
@given(st.sampled_from(CLOCK_CHANGES), st.data())
def test_a_clock_change_is_a_note_on_the_segment_that_it_falls_in(
    change: tuple[str, datetime], data: st.DataObject
) -> None:
    calendar, at = data.draw(scenes(step=1, around=change)).calendar, change[1]
    start = at - data.draw(st.integers(1, 3 * DAY)) * SECOND
    end = at + data.draw(st.integers(1, 3 * DAY)) * SECOND
    assert_noted_once(calendar, start, at, end)


def assert_noted_once(calendar: OpenTime, start: datetime, change: datetime, end: datetime, why: str = "") -> None:
    """The change is noted on one segment, the one that holds it."""
    holding = [
        utc(segment.start) <= change < utc(segment.end)
        for segment in calendar.explain(start, end)
        if "clocks " in segment.note  # a weekend that is worked is noted, too
    ]
    assert holding == [True], why


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ("Sun 00:00-02:00", "closes at the change: there is no 02:00"),
        ("Sun 03:00-06:00", "opens at the change"),
        ("Sun 00:00-01:00", "is closed at the change"),
        ("24/7", "is open at the change"),
    ],
)
def test_a_clock_change_between_two_segments_is_a_note_on_the_later_one(hours: str, why: str) -> None:
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert_noted_once(sla.Calendar("Europe/Berlin", hours), change - ONE_DAY, change, change + ONE_DAY, why)


def test_a_clock_change_at_the_start_is_a_note_on_the_first_segment() -> None:
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert_noted_once(sla.Calendar("Europe/Berlin", "24/7"), change, change, change + ONE_DAY)


# ---------------------------------------------------------------- intervals


@law(18)
@given(questions(2))
def test_the_open_intervals_sum_to_the_elapsed_time_and_lie_apart_in_order(question: Question) -> None:
    calendar, (a, b) = question
    intervals = list(calendar.intervals(a, b))
    assert sum((interval.length for interval in intervals), NOTHING) == calendar.elapsed(a, b)
    assert all(interval.length > NOTHING for interval in intervals)
    assert all(utc(one.end) < utc(next_one.start) for one, next_one in pairwise(intervals))
    assert all(utc(a) <= utc(interval.start) and utc(interval.end) <= utc(b) for interval in intervals)


@law(18)
@given(questions(3))
def test_an_instant_is_open_when_an_interval_holds_it(question: Question) -> None:
    calendar, (a, at, b) = question
    assume(utc(at) < utc(b))
    holding = [i for i in calendar.intervals(a, b) if utc(i.start) <= utc(at) < utc(i.end)]
    assert calendar.is_open(at) == bool(holding)


@law(30)
@given(questions(1))
def test_the_next_and_previous_changes_and_the_rolls_are_ends_of_intervals(question: Question) -> None:
    calendar, (at,) = question
    assert_searches_end_at_intervals(calendar, utc(at), utc(at) - REACH, utc(at) + REACH)


@law(20)
@given(scenes(step=1, with_holidays=True), st.data())
def test_a_search_finds_whatever_there_is_in_the_years_that_are_covered(scene: Scene, data: st.DataObject) -> None:
    calendar, at = scene.calendar, data.draw(instants(scene))
    low, high = utc(calendar.covered.start), utc(calendar.covered.end)
    assert_searches_end_at_intervals(calendar, utc(at), low, high)
    assert_told_rightly_of_the_far_away(
        [calendar.roll_forward, calendar.next_open, calendar.next_close], at, calendar.is_open(high - MICROSECOND)
    )
    assert_told_rightly_of_the_far_away(
        [calendar.roll_back, calendar.previous_open, calendar.previous_close], at, calendar.is_open(low)
    )


def assert_told_rightly_of_the_far_away(
    searches: list[Callable[[datetime], datetime | None]],
    at: datetime,
    is_open_at_the_end: bool,
) -> None:
    """None is for what stays open, and "closed for good" for what stays closed."""
    for search in searches:
        answer = answer_or_error(search, at)
        assert is_open_at_the_end or answer is not None
        assert answer != "closed_for_good" or not is_open_at_the_end


def assert_searches_end_at_intervals(calendar: OpenTime, at: datetime, low: datetime, high: datetime) -> None:
    """What is searched for between `low` and `high` is the nearest end of an interval there."""
    intervals = list(calendar.intervals(low, high))
    opens = [utc(i.start) for i in intervals if utc(i.start) > low]
    closes = [utc(i.end) for i in intervals if utc(i.end) < high]
    next_open = min((t for t in opens if t > at), default=None)
    previous_close = max((t for t in closes if t < at), default=None)
    is_open, was_open = calendar.is_open(at), calendar.is_open(at - MICROSECOND)
    assert_later(next_open, calendar.next_open, at, high)
    assert_later(min((t for t in closes if t > at), default=None), calendar.next_close, at, high)
    assert_later(at if is_open else next_open, calendar.roll_forward, at, high)
    assert_earlier(max((t for t in opens if t < at), default=None), calendar.previous_open, at, low)
    assert_earlier(previous_close, calendar.previous_close, at, low)
    assert_earlier(at if was_open else previous_close, calendar.roll_back, at, low)


def assert_later(
    expected: datetime | None, verb: Callable[[datetime], datetime | None], at: datetime, high: datetime
) -> None:
    """What was not found before `high` is later, or there is none, or it cannot be known."""
    actual = answer_or_error(verb, at)
    if expected is None:
        assert not isinstance(actual, datetime) or actual >= high
    else:
        assert expected == actual


def assert_earlier(
    expected: datetime | None, verb: Callable[[datetime], datetime | None], at: datetime, low: datetime
) -> None:
    """What was not found after `low` is earlier, or there is none, or it cannot be known."""
    actual = answer_or_error(verb, at)
    if expected is None:
        assert not isinstance(actual, datetime) or actual <= low
    else:
        assert expected == actual


def answer_or_error(verb: Callable[[datetime], datetime | None], at: datetime) -> datetime | str | None:
    """The answer in UTC, or the code of the error."""
    try:
        answer = verb(at)
    except (sla.HorizonError, sla.ClosedForGoodError) as error:
        return error.code
    return None if answer is None else utc(answer)


@law(15)
@given(stretches())
def test_answers_carry_the_zone_of_the_calendar(stretch: Stretch) -> None:
    calendar, at, (amount,) = stretch
    zone = getattr(calendar.covered.start.tzinfo, "key", "")
    expected = calendar.zone if isinstance(calendar, sla.Calendar | sla.Combination) and calendar.zone else zone
    interval = next(calendar.intervals(at, utc(at) + REACH))
    answers = (calendar.add(at, amount), calendar.roll_forward(at), interval.start, interval.end)
    assert {expected} == {getattr(answer.tzinfo, "key", "") for answer in answers}


# ---------------------------------------------------------------- versions


@law(18)
@given(scenes(step=1), st.data())
def test_a_version_boundary_between_equal_versions_changes_nothing(scene: Scene, data: st.DataObject) -> None:
    calendar, day = scene.calendar, data.draw(dates_near(scene.at))
    assume(day not in dict(calendar.versions))
    in_force = [calendar.hours, *(hours for first, hours in calendar.versions if first <= day)][-1]
    bounded = calendar.replace(versions=[*calendar.versions, (day, in_force)])
    low, high = scene.at - 8 * ONE_DAY, scene.at + 8 * ONE_DAY
    assert list(calendar.intervals(low, high)) == list(bounded.intervals(low, high))
    assert calendar.explain(low, high) == bounded.explain(low, high)
    assert working_dates(calendar, scene.at) == working_dates(bounded, scene.at)
    at = data.draw(instants(scene))
    for one, other in zip(verbs(calendar), verbs(bounded), strict=True):
        assert answer_or_error(one, at) == answer_or_error(other, at)


def verbs(calendar: OpenTime) -> tuple[Callable[[datetime], datetime | None], ...]:
    return (
        calendar.roll_forward,
        calendar.roll_back,
        calendar.next_open,
        calendar.next_close,
        calendar.previous_open,
        calendar.previous_close,
    )


@law(18)
@given(scenes(step=1), st.data())
def test_where_the_last_version_is_closed_every_search_ends_in_an_answer_or_in_closed_for_good(
    scene: Scene, data: st.DataObject
) -> None:
    day = data.draw(dates_near(scene.at))
    closed = (day, sla.Hours.parse("closed"))
    versions = [(first, hours) for first, hours in scene.calendar.versions if first < day]
    try:
        calendar = scene.calendar.replace(versions=[*versions, closed], special_days=())
    except sla.CalendarError:  # the versions that open were later
        reject()
    at = data.draw(instants(scene))
    for verb in (calendar.roll_forward, calendar.next_open):
        assert answer_or_error(verb, at) != "beyond_covered"
    gone = scene.at + REACH
    assert not calendar.is_open(gone)
    with pytest.raises(sla.ClosedForGoodError):
        calendar.add(at, calendar.elapsed(at, gone) + MICROSECOND)


# ---------------------------------------------------------------- calendars put together


@st.composite
def pairs(draw: st.DrawFn) -> tuple[OpenTime, OpenTime, datetime, datetime]:
    """Two calendars in any zones, and two instants."""
    one, (a, b) = draw(questions(2))
    around = (draw(st.sampled_from(ZONES)), utc(a))
    other = draw(scenes(step=1, around=around, with_holidays=True)).calendar  # short searches
    return one, other, a, b


@law(18)
@given(pairs())
def test_either_and_both_together_have_as_much_open_time_as_the_two(
    pair: tuple[OpenTime, OpenTime, datetime, datetime],
) -> None:
    one, other, a, b = pair
    either, both = sla.Combination("|", one, other), sla.Combination("&", one, other)
    assert either.elapsed(a, b) + both.elapsed(a, b) == one.elapsed(a, b) + other.elapsed(a, b)


@law(18)
@given(pairs())
def test_one_without_the_other_is_one_less_what_both_have(pair: tuple[OpenTime, OpenTime, datetime, datetime]) -> None:
    one, other, a, b = pair
    both, without = sla.Combination("&", one, other), sla.Combination("-", one, other)
    assert without.elapsed(a, b) == one.elapsed(a, b) - both.elapsed(a, b)


@law(18)
@given(pairs())
def test_either_and_both_are_the_same_from_either_side(pair: tuple[OpenTime, OpenTime, datetime, datetime]) -> None:
    one, other, a, b = pair
    for operator in ("|", "&"):
        left = sla.Combination(operator, one, other)
        right = sla.Combination(operator, other, one)
        assert list(left.intervals(a, b)) == list(right.intervals(a, b))
        assert answer_or_error(left.roll_forward, a) == answer_or_error(right.roll_forward, a)
        assert answer_or_error(left.previous_open, a) == answer_or_error(right.previous_open, a)


@law(18)
@given(pairs(), st.data())
def test_an_instant_is_open_in_a_combination_as_the_operands_say(
    pair: tuple[OpenTime, OpenTime, datetime, datetime], data: st.DataObject
) -> None:
    one, other, a, b = pair
    at = data.draw(st.sampled_from((a, b)))
    in_one, in_other = one.is_open(at), other.is_open(at)
    assert sla.Combination("|", one, other).is_open(at) == (in_one or in_other)
    assert sla.Combination("&", one, other).is_open(at) == (in_one and in_other)
    assert sla.Combination("-", one, other).is_open(at) == (in_one and not in_other)


@law(18)
@given(questions(3), st.data())
def test_an_absence_takes_its_own_time_and_nothing_else(question: Question, data: st.DataObject) -> None:
    calendar, (a, b, c) = question
    assume(isinstance(calendar, sla.Calendar | sla.Combination))
    assert isinstance(calendar, sla.Calendar | sla.Combination)
    away = data.draw(absences(utc(b), MICROSECOND))
    start, end = (min(max(utc(edge), utc(a)), utc(c)) for edge in (away.start, away.end))
    assert (calendar - away).elapsed(a, c) == calendar.elapsed(a, c) - calendar.elapsed(start, end)


@law(15)
@given(questions(2))
def test_another_zone_changes_no_instant(question: Question) -> None:
    calendar, (a, b) = question
    assume(isinstance(calendar, sla.Combination))
    assert isinstance(calendar, sla.Combination)
    moved = calendar.in_zone("Asia/Kathmandu")
    intervals = [[(utc(i.start), utc(i.end)) for i in c.intervals(a, b)] for c in (calendar, moved)]
    assert intervals[0] == intervals[1]


# ---------------------------------------------------------------- values


@law(18)
@given(questions(2))
def test_a_used_calendar_equals_an_unused_one_and_pickles_and_copies(question: Question) -> None:
    calendar, (a, b) = question
    unused = copy.deepcopy(calendar)
    answer = calendar.elapsed(a, b)
    assert calendar == unused
    assert hash(calendar) == hash(unused)
    assert repr(calendar) == repr(unused)
    for again in (pickle.loads(pickle.dumps(calendar)), copy.copy(calendar), copy.deepcopy(calendar), unused):
        assert again == calendar
        assert again.elapsed(a, b) == answer


@law(18)
@given(questions(2), st.lists(st.integers(-3000, 3000), max_size=3))
def test_what_was_asked_before_changes_no_answer(question: Question, days: list[int]) -> None:
    calendar, (a, b) = question
    asked_before = copy.deepcopy(calendar)
    for away in days:
        answer_or_error(asked_before.roll_forward, utc(a) + away * ONE_DAY)
    assert [answer_or_error(v, a) for v in verbs(calendar)] == [answer_or_error(v, a) for v in verbs(asked_before)]
    assert list(calendar.intervals(a, b)) == list(asked_before.intervals(a, b))


# ---------------------------------------------------------------- working dates


def working_dates(calendar: OpenTime, at: datetime) -> list[date]:
    """The working dates within a week of an instant."""
    dates = [utc(at).date() + days * ONE_DAY for days in range(-7, 8)]
    known = calendar.working_dates()
    return [day for day in dates if known.owned(day)]


@law(18)
@given(questions(1))
def test_every_open_instant_belongs_to_a_working_date(question: Question) -> None:
    calendar, (at,) = question
    assume(calendar.has_zone)
    dates = [utc(at).date() + days * ONE_DAY for days in range(-7, 8)]
    known = calendar.working_dates()
    owned = union(span for day in dates for span in known.owned(day))
    low, high = utc(at) - 4 * ONE_DAY, utc(at) + 4 * ONE_DAY
    clipped = [(max(start, to_us(low)), min(end, to_us(high))) for start, end in owned]
    in_all = sum(end - start for start, end in clipped if start < end)
    assert in_all * MICROSECOND == calendar.elapsed(low, high)


@law(18)
@given(questions(1))
def test_the_owner_of_an_open_instant_owns_it(question: Question) -> None:
    calendar, (at,) = question
    assume(calendar.has_zone)
    assume(calendar.is_open(at))
    known = calendar.working_dates()
    assert any(start <= to_us(at) < end for start, end in known.owned(known.owner(to_us(at))))


@law(18)
@given(questions(2))
@example(ST_JOHNS)
def test_the_workday_calendar_counts_working_dates_whole_and_no_other(question: Question) -> None:
    calendar, (a, b) = question
    assume(calendar.has_zone)
    zone, known = calendar.zone_info, calendar.working_dates()
    dates = [utc(a).date() + days * ONE_DAY for days in range(-3, 14)]
    whole = [(first_instant_of(day, zone), first_instant_of(day + ONE_DAY, zone)) for day in dates if known.owned(day)]
    expected = sum((max(NOTHING, min(end, utc(b)) - max(start, utc(a))) for start, end in whole), NOTHING)
    assert expected == calendar.workdays().elapsed(a, b)


@lru_cache(maxsize=4096)
def first_instant_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant at which the clock reads this date or a later one, found minute by minute around its midnight."""
    midnight = utc(datetime(day.year, day.month, day.day, tzinfo=zone))
    around = (midnight + minutes * timedelta(minutes=1) for minutes in range(-26 * 60, 26 * 60))
    return next(at for at in around if at.astimezone(zone).date() >= day)


@law(15)
@given(questions(1))
def test_without_a_zone_there_are_no_dates(question: Question) -> None:
    calendar, _ = question
    assume(not calendar.has_zone)
    for ask in (calendar.working_dates, calendar.workdays):
        with pytest.raises(sla.CalendarError):
            ask()


# ---------------------------------------------------------------- anything else is refused by name


any_instant = st.datetimes(
    timezones=st.sampled_from((UTC, timezone(14 * timedelta(hours=1)), timezone(-12 * timedelta(hours=1))))
)


@law(30)
@given(any_instant, any_instant)
@example(datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), datetime(2026, 11, 20, tzinfo=UTC))
@example(datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), datetime(2026, 11, 20, tzinfo=UTC))
def test_any_aware_datetime_gives_an_answer_or_an_error_of_the_family(a: datetime, b: datetime) -> None:
    calendar = sla.Calendar(
        "Europe/Berlin", "Mon-Fri 09:00-17:00", holidays=sla.FrozenHolidays.of({}, years=(2025, 2027))
    )
    low, high = to_us(calendar.covered.start), to_us(calendar.covered.end)
    for ask in (lambda: calendar.is_open(a), lambda: calendar.elapsed(a, b), lambda: list(calendar.intervals(a, b))):
        try:
            ask()
        except sla.SlaError:
            continue
        assert low <= to_us(a) <= high or a == b


_EDGES = [date.min, date(1899, 12, 31), date(1900, 1, 1), date(2026, 11, 18), date(2026, 11, 25), date(2200, 12, 31)]


@pytest.mark.parametrize("last", [*_EDGES[2:], date(2201, 1, 1), date.max], ids=str)
@pytest.mark.parametrize("first", [*_EDGES[:4], date(2201, 1, 1)], ids=str)
def test_any_dates_in_the_rules_of_a_calendar_give_answers_or_an_error_of_the_family(first: date, last: date) -> None:
    berlin, noon = "Europe/Berlin", timedelta(hours=12)
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) + noon for day in (first, last))
    holidays = sla.FrozenHolidays.of({}, years=(2025, 2027))  # short searches
    rules: tuple[Callable[[], sla.Calendar], ...] = (
        lambda: sla.Calendar(berlin, "24/7", holidays=holidays, special_days={f"{first}..{last}": "closed"}),
        lambda: sla.Calendar(berlin, "24/7", holidays=holidays, special_days={f"{last}": "+22:00-06:00"}),
        lambda: sla.Calendar(berlin, "24/7", holidays=holidays, versions={first: "closed", last: "24/7"}),
        lambda: sla.Calendar(berlin, "closed", holidays=holidays, versions={first: "24/7", last: "closed"}),
        lambda: sla.Calendar(berlin, "24/7", holidays=holidays, absences=[sla.Absence(start, end)]),
        lambda: sla.Calendar(
            berlin,
            "Mon-Fri 09:00-17:00",
            holidays=holidays,
            special_days=[sla.SpecialDay.of("FREQ=DAILY;COUNT=3", "closed", start=last)],
        ),
    )
    for build in rules:
        try:
            calendar = build()
        except sla.SlaError:
            continue
        for verb in verbs(calendar):
            answer_or_error(verb, datetime(2026, 11, 20, 12, tzinfo=UTC))


def test_a_holiday_without_a_name_is_a_holiday() -> None:
    wednesday = date(2026, 11, 11)
    calendar = sla.Calendar(
        "UTC", "Mon-Fri 09:00-17:00", holidays=sla.FrozenHolidays.of({wednesday: ""}, years=(2026, 2026))
    )
    assert not calendar.is_open(datetime(2026, 11, 11, 12, tzinfo=UTC))
