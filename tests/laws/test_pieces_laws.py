"""The law of the pieces that are kept by date, and of reasons that work on integers: they are what is worked out anew.

The plain way is told here once more: the pieces of each date, cut and joined; and the reason from the ledger of the
clock. Stores are cold, warm, full and of one place.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import from_us, to_us
from slacalc.calendars import layers
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.layers import Layers
from slacalc.calendars.ledger import Ledger, Segment
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece
from slacalc.expectations.holiday_names import names_of
from slacalc.expectations.reasons import Reason, why_later
from slacalc.policies.targets.target import AnyTarget
from slacalc.testing.strategies import targets
from tests.laws.strategies import ONE_DAY, Question, Scene, instants, law, questions, scenes, utc
from tests.small_caches import about_what_is_kept

LONG: Final = timedelta(hours=36)


def worked_out(plan: Layers, start: int, end: int) -> list[Piece]:
    """The pieces of each date near, cut to the range; neighbours of one reason are one."""
    found: list[Piece] = []
    for day in plan._days_near(start, end):
        for piece in plan._pieces_of(day):
            cut = piece._replace(start=max(piece.start, start), end=min(piece.end, end))
            if cut.start >= cut.end:
                continue
            if found and (found[-1].end, *found[-1][2:]) == (cut.start, *cut[2:]):
                found[-1] = found[-1]._replace(end=cut.end)
            else:
                found.append(cut)
    return found


@law(100)
@given(scenes(step=1), st.data(), st.sampled_from((1, 3, 1_000)))
def test_pieces_that_are_kept_are_those_that_are_worked_out(scene: Scene, data: st.DataObject, room: int) -> None:
    a, b = sorted((data.draw(instants(scene)), data.draw(instants(scene))), key=utc)
    with patch.object(layers, "_MOST_DATES", room):
        calendar = scene.calendar.replace()
        plan = calendar.plan
        assert isinstance(plan, Layers)
        expected = worked_out(plan, to_us(a), to_us(b))
        for _ in range(3):
            assert list(calendar.pieces(to_us(a), to_us(b))) == expected
            assert len(plan._kept_pieces) <= room


@law(60)
@given(questions(2))
def test_a_ledger_of_any_calendar_is_the_same_each_time_and_without_a_gap(question: Question) -> None:
    calendar, (a, b) = question
    cold = calendar.explain(a, b)
    assert calendar.explain(a, b) == cold
    assert [repr(each) for each in calendar.explain(a, b)] == [repr(each) for each in cold]
    ends = [to_us(a), *(to_us(each.end) for each in cold)]
    assert [to_us(each.start) for each in cold] == ends[:-1]
    assert ends[-1] == to_us(b)


# ---------------------------------------------------------------- reasons


def from_the_ledger(
    target: AnyTarget, calendar: OpenTime, received: datetime, as_of: datetime, until: datetime
) -> Reason | None:
    """The reason as it was first told: from the segments of the ledger, the first candidate that there is."""
    if to_us(as_of) >= to_us(until):
        return None
    point = target.chosen(calendar, to_us(received)).point
    clock, closed = point.closed_in(calendar), list[Segment]()
    if clock is not None:
        start = max(to_us(clock.covered.start), to_us(as_of - 2 * ONE_DAY))
        ledger = clock.explain(from_us(start, clock.zone_info), until)
        closed = [each for each in ledger if each.kind != "counted" and to_us(each.end) > to_us(as_of)]

    def candidates() -> Iterator[Reason]:
        yield from _dated(closed, calendar, as_of)
        yield from (Reason("absence", each.name, each.start) for each in closed if each.kind == "absence")
        if (cutoff := point.missed_cutoff(calendar, received)) is not None:
            yield Reason("cutoff", "", cutoff)
        yield from (Reason("weekend", "", s.start) for s in closed if s.kind == "weekend" and s.wall_time > LONG)
        if closed and not (calendar.is_open(received) or calendar.is_open(as_of) or calendar.elapsed(received, as_of)):
            yield Reason("outside_hours", "", closed[0].start)

    return next(candidates(), None)


def _dated(closed: list[Segment], calendar: OpenTime, as_of: datetime) -> Iterator[Reason]:
    for each in closed if calendar.has_zone else ():
        start = from_us(max(to_us(each.start), to_us(as_of)), calendar.zone_info)
        if each.kind in {"holiday", "special_day"} and not calendar.working_dates().owned(start.date()):
            names = names_of(calendar, start.date()) if each.kind == "holiday" else ()
            yield Reason("holiday" if each.kind == "holiday" else "special_day", each.name, start, names)


@law(120)
@given(questions(2), targets(), st.integers(0, 72), st.sampled_from((0, 10, 40)))
def test_a_reason_on_integers_is_the_one_of_the_ledger(
    question: Question, target: AnyTarget, hours: int, days: int
) -> None:
    calendar, (received, later) = question
    until = utc(later) + timedelta(hours=hours)
    received, as_of = (at.astimezone(calendar.zone_info) for at in (received, utc(received) + timedelta(hours=days)))
    asked = (target, calendar, received, as_of, until)
    assert said(partial(why_later, *asked)) == said(partial(from_the_ledger, *asked))


def said(ask: Callable[[], object]) -> tuple[object, str]:
    """What is answered, or refused."""
    try:
        answer = ask()
    except sla.SlaError as error:
        return type(error), str(error)
    return answer, repr(answer)


# ---------------------------------------------------------------- what is not done


def test_a_sentence_derives_no_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a ledger was derived")

    policy = sla.sample_policy("b2b_marketplace")
    friday = datetime(2026, 11, 20, 18, tzinfo=policy.calendar("office").zone_info)
    promise = policy.promise(friday, channel="email")["first_response"]
    clock = policy.replay([sla.Created(at=friday, fields={"channel": "email"})], as_of=friday)["first_response"]
    monkeypatch.setattr(Ledger, "__init__", refuse)
    assert str(promise.expectation(as_of=friday).say("en")).startswith("We usually reply by 12:00")
    assert clock.expectation().reason == promise.expectation(as_of=friday).reason


@about_what_is_kept
def test_a_date_is_taken_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    pieces_of = Layers._pieces_of

    def counted(plan: Layers, day: date) -> list[Piece]:
        asked.append(day)
        return pieces_of(plan, day)

    monkeypatch.setattr(Layers, "_pieces_of", counted)
    office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    monday = datetime(2026, 11, 23, 10, tzinfo=office.zone_info)
    for _ in range(5):
        office.explain(monday, monday + 7 * ONE_DAY)
    assert len(asked) == len(set(asked)) == 7 + 1 + 3  # the dates, two before and one after


def test_threads_that_race_on_one_calendar_are_told_one_ledger() -> None:
    make = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE").replace
    starts = [datetime(2026, 1, 1, 10, tzinfo=make().zone_info) + n * 5 * ONE_DAY for n in range(50)]
    alone, raced = make(), make()
    expected = [alone.explain(start, start + 9 * ONE_DAY) for start in starts]
    with ThreadPoolExecutor(8) as pool:
        told = [pool.map(lambda start: raced.explain(start, start + 9 * ONE_DAY), starts) for _ in range(6)]
        assert [list(each) for each in told] == [expected] * 6
