"""The one law of the fast lane: it says what the staircase says, in every detail, or nothing."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import to_amount, to_us
from slacalc.testing.strategies import ZONES
from tests.lanes import REACH, assert_the_same, lane_of
from tests.laws.strategies import MICROSECOND, ONE_DAY, Question, Scene, instants, law, questions, scenes, utc

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@st.composite
def questions_of_a_zone(draw: st.DrawFn) -> tuple[Question, tzinfo | None]:
    """A question whose instants come in one zone, for which there are tables; some of them in the second pass."""
    question = draw(questions(2))
    zone = draw(st.sampled_from((question.calendar.zone_info, question.calendar.zone_info, UTC, ZoneInfo("UTC"))))
    zone = draw(st.just(zone) | st.sampled_from(ZONES).map(ZoneInfo))
    moments = tuple(utc(at).astimezone(zone).replace(fold=draw(st.integers(0, 1))) for at in question.instants)
    return Question(question.calendar, moments), zone


@law(150)
@given(questions_of_a_zone())
def test_the_fast_lane_says_what_the_staircase_says_or_nothing(asked: tuple[Question, tzinfo | None]) -> None:
    (calendar, (a, b)), zone = asked
    lane, line = lane_of(calendar, zone, a)
    assert_the_same(calendar, lane, line, a, b)


@law(60)
@given(scenes(step=1), st.data())
def test_the_fast_lane_agrees_on_both_sides_of_every_boundary(scene: Scene, data: st.DataObject) -> None:
    calendar, at = scene.calendar, scene.at
    asked = data.draw(st.sampled_from((calendar.zone_info, UTC)))
    lane, line = lane_of(calendar, asked, at)
    low = data.draw(st.sampled_from((at - 6 * ONE_DAY, at + 2 * ONE_DAY, at - REACH)))
    edges = [edge for i in calendar.intervals(low, low + 4 * ONE_DAY) for edge in (i.start, i.end)]
    other = data.draw(instants(scene)).astimezone(asked)
    for edge in edges[:40]:
        for beside in (-MICROSECOND, timedelta(0), MICROSECOND):
            assert_the_same(calendar, lane, line, (utc(edge) + beside).astimezone(asked), other)


@law(40)
@given(questions(2), st.sampled_from((timezone(timedelta(hours=2)), UTC, ZoneInfo("Asia/Tokyo"))))
@example(Question(sla.Calendar("Europe/Berlin", "24/7"), (NOON, NOON)), UTC)
def test_however_often_it_was_asked_a_calendar_says_the_same(question: Question, zone: tzinfo) -> None:
    calendar, (a, b) = question
    line = calendar.timeline
    exact = line.elapsed(to_us(a), to_us(b))
    moments = [utc(at).astimezone(zone) for at in (a, b)]
    answers = {calendar.elapsed(*moments) for _ in range(1_500)}
    assert {to_amount(exact)} == answers
