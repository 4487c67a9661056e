"""This module knows the one law of the fast lane: it says what the staircase says, in every detail, or nothing.

The staircase is asked the long way round, through the door of integers, as `OpenTime` does where the lane is silent.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.fast_lane import FastLane, Tables
from slacalc.business_time.instants import amount_us, from_us, to_amount, to_us
from slacalc.business_time.timeline import Timeline
from slacalc.calendars.open_time import OpenTime
from slacalc.testing.strategies import ZONES
from tests.laws.strategies import MICROSECOND, ONE_DAY, Question, Scene, instants, law, questions, scenes, utc

REACH = 40 * ONE_DAY
AMOUNTS = (timedelta(0), MICROSECOND, timedelta(hours=8), timedelta(hours=200), timedelta.max, -MICROSECOND)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def lane_of(calendar: OpenTime, zone: tzinfo | None, around: datetime) -> tuple[FastLane, Timeline]:
    """A lane with tables for a zone over the year or two around an instant, however little was asked."""
    kept = calendar._compiled
    kept.timeline.elapsed(to_us(utc(around) - REACH), to_us(utc(around) + REACH))
    stairs = kept.timeline.stairs
    assert stairs is not None
    lane = FastLane(kept.timeline, kept.zone)
    if zone is not None:
        lane._tables = (Tables(stairs, zone, kept.zone),)
    return lane, kept.timeline


def both_ways(
    calendar: OpenTime, lane: FastLane, line: Timeline, a: datetime, b: datetime
) -> list[tuple[str, Callable[[], object], Callable[[], object]]]:
    """Every verb, the fast way and the long way round."""
    zone = calendar.zone_info
    t, u = to_us(a), to_us(b)
    ways: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("is_open", lambda: lane.is_open(a), lambda: line.is_open(t)),
        ("elapsed", lambda: lane.elapsed(a, b), lambda: to_amount(line.elapsed(t, u))),
        ("elapsed back", lambda: lane.elapsed(b, a), lambda: to_amount(line.elapsed(u, t))),
    ]
    for verb in ("roll_forward", "roll_back", "next_open", "next_close", "previous_open", "previous_close"):
        fast, exact = getattr(lane, verb), getattr(line, verb)
        ways.append((verb, lambda fast=fast: fast(a), lambda exact=exact: from_us(exact(t), zone)))  # type: ignore[misc]  # defaults bind the loop's
    for verb in ("add", "subtract"):
        for amount in AMOUNTS:
            fast, exact = getattr(lane, verb), getattr(line, verb)
            ways.append(
                (
                    f"{verb} {amount}",
                    lambda fast=fast, amount=amount: fast(a, amount),  # type: ignore[misc]  # defaults bind the loop's
                    lambda exact=exact, amount=amount: from_us(exact(t, amount_us(amount)), zone),  # type: ignore[misc]  # the same
                )
            )
    return ways


def assert_the_same(calendar: OpenTime, lane: FastLane, line: Timeline, a: datetime, b: datetime) -> set[str]:
    """Hold every verb to the staircase; those that the lane answered."""
    answered = set()
    for verb, fast, exact in both_ways(calendar, lane, line, a, b):
        said = fast()
        if said is None:
            continue
        answered.add(verb)
        expected = exact()
        assert type(expected) is type(said), verb
        assert expected == said, verb
        if isinstance(said, datetime) and isinstance(expected, datetime):
            assert (expected.tzinfo, expected.fold) == (said.tzinfo, said.fold), verb
            assert expected.tzinfo is said.tzinfo, verb
            assert utc(expected) == utc(said), verb
    return answered


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


BERLIN = ZoneInfo("Europe/Berlin")
REFUSED = {f"{verb} {amount}" for verb in ("add", "subtract") for amount in (timedelta.max, -MICROSECOND)}
FAR = {f"{verb} {timedelta(hours=200)}" for verb in ("add", "subtract")}


def beside_every_boundary(calendar: OpenTime, first: datetime, last: datetime) -> list[datetime]:
    """A microsecond before, at and after each opening and closing, and a noon with its midnight."""
    edges = [edge for i in calendar.intervals(first, last) for edge in (i.start, i.end)]
    beside = (-MICROSECOND, timedelta(0), MICROSECOND)
    noon = datetime(first.year, first.month, first.day, 12, tzinfo=first.tzinfo) + 3 * ONE_DAY
    return [utc(edge) + by for edge in (*edges, noon, noon - timedelta(hours=12)) for by in beside]


@pytest.mark.parametrize("zone", [BERLIN, UTC, ZoneInfo("Asia/Tokyo")], ids=str)
@pytest.mark.parametrize(
    ("hours", "silent", "why"),
    [
        ("Mon-Fri 09:00-12:00 13:00-17:00", set(), "an office with a break"),
        ("Mon-Sun 22:00-06:00", set(), "a night shift"),
        ("Mon-Fri 00:00-24:00", set(), "windows that touch at midnight"),
        ("Thu 09:00-10:00", FAR, "200 hours are longer than what was compiled"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_far_from_a_change_of_the_clock_the_fast_lane_answers_everything(
    hours: str, silent: set[str], why: str, zone: tzinfo
) -> None:
    calendar = sla.Calendar("Europe/Berlin", hours)
    first = datetime(2027, 1, 11, 12, tzinfo=BERLIN)
    lane, line = lane_of(calendar, zone, first)
    for at in beside_every_boundary(calendar, first, first + 9 * ONE_DAY):
        asked = at.astimezone(zone)
        ways = {verb for verb, _, _ in both_ways(calendar, lane, line, asked, asked)}
        assert ways - REFUSED - silent == assert_the_same(calendar, lane, line, asked, NOON.astimezone(zone)), (at, why)


@pytest.mark.parametrize("zone", [BERLIN, UTC], ids=str)
@pytest.mark.parametrize(
    "hours", ["Mon-Fri 09:00-12:00 13:00-17:00", "Tue-Fri 09:00-12:00 13:00-17:00", "Mon-Sun 22:00-06:00", "24/7"]
)
def test_the_fast_lane_is_silent_from_a_day_before_a_change_of_the_clock_to_a_day_after(
    hours: str, zone: tzinfo
) -> None:
    calendar = sla.Calendar("Europe/Berlin", hours)
    changed = datetime(2026, 10, 25, 1, tzinfo=UTC)
    lane, line = lane_of(calendar, zone, changed)
    for minutes in range(-72 * 60, 72 * 60, 30):
        at = (changed + timedelta(minutes=minutes)).astimezone(zone)
        answered = assert_the_same(calendar, lane, line, at, NOON.astimezone(zone))
        if abs(minutes) < 24 * 60:
            assert answered == set(), at
        if abs(minutes) >= 48 * 60:
            assert "is_open" in answered, at
