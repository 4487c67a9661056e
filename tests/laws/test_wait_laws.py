"""Waits and sensitivity are what a search minute by minute finds, for random calendars and targets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import DAY, from_us, to_us
from slacalc.plans.due_pieces import DueList, DuePiece, due_pieces
from slacalc.plans.sensitivity import sensitivity_of
from slacalc.policies.promise import Promise
from slacalc.testing.strategies import calendars, clock_changes, instants_of, targets
from tests.laws.strategies import law

MINUTE: Final = timedelta(minutes=1)
LEAST: Final = timedelta(microseconds=1)
HOURS: Final = 24


def dues(target: object, calendar: sla.Calendar) -> Callable[[datetime], datetime]:
    return lambda received: target.due(calendar, received).astimezone(UTC)  # type: ignore[attr-defined]


@law(20)
@given(data=st.data())
def test_pieces_have_the_due_time_of_every_minute_and_of_the_instant_after(data: st.DataObject) -> None:
    near, target = data.draw(clock_changes()), data.draw(targets())
    calendar = data.draw(calendars(near=near))
    start = data.draw(instants_of(calendar, near=near[1])).astimezone(UTC).replace(second=0, microsecond=0)
    end = start + timedelta(hours=HOURS)
    try:
        pieces = list(due_pieces(target, calendar, to_us(start), to_us(end)))
    except sla.SlaError:
        assume(condition=False)
    assert pieces[0].start == to_us(start)
    assert pieces[-1].end == to_us(end)
    assert all(first.end == then.start for first, then in pairwise(pieces))
    due, longest = dues(target, calendar), max(piece.due - piece.start for piece in pieces)
    for number in range(HOURS * 60):
        for received in (start + number * MINUTE, start + number * MINUTE + LEAST):
            us, found = to_us(received), to_us(due(received))
            assert found == due_in(pieces, us)
            assert found - us <= longest
    worst = next(piece for piece in pieces if piece.due - piece.start == longest)
    assert to_us(due(from_us(worst.start, calendar.zone_info))) == worst.due
    for first, then in pairwise(pieces):  # where a piece ends, something turns
        both = [to_us(due(from_us(at, calendar.zone_info))) for at in (then.start - 1, then.start)]
        assert both == [first.last_due, then.due]


def due_in(pieces: list[DuePiece], received: int) -> int:
    (piece,) = [piece for piece in pieces if piece.start <= received < piece.end]
    return piece.due + (received - piece.start if piece.moves else 0)


@law(60)
@given(data=st.data())
def test_pieces_as_columns_say_what_pieces_one_by_one_say(data: st.DataObject) -> None:
    pytest.importorskip("numpy", reason="columns need the extra frames")
    from slacalc.plans.due_columns import due_columns

    near, target = data.draw(clock_changes()), data.draw(targets())
    calendar = data.draw(calendars(near=near))
    start = to_us(data.draw(instants_of(calendar, near=near[1])))
    end = start + data.draw(st.integers(1, 30 * DAY))
    columns = due_columns(target, calendar, start, end)
    try:
        pieces = DueList(tuple(due_pieces(target, calendar, start, end)))
    except sla.SlaError:
        assert columns is None
        return
    assert columns is not None
    told = [DuePiece(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    assert (told[0].start, told[-1].end) == (start, end)
    assert all(first.end == then.start for first, then in pairwise(told))
    turns = sorted({at for each in (*told, *pieces.pieces) for at in (each.start, each.end - 1)})
    assert [due_in(told, at) for at in turns] == [due_in(list(pieces.pieces), at) for at in turns]
    longest, same = columns.longest(), pieces.longest()
    assert (longest.start, longest.due) == (same.start, same.due)
    assert columns.median() == pieces.median()


@law(15)
@given(data=st.data())
def test_the_span_and_the_jump_of_a_promise_are_those_of_a_search(data: st.DataObject) -> None:
    near, target = data.draw(clock_changes()), data.draw(targets())
    calendar = data.draw(calendars(near=near))
    received = data.draw(instants_of(calendar, near=near[1]))
    try:
        found = sensitivity_of(promised(target, calendar, received), None, {})
        due = dues(target, calendar)
        now = due(received)
        first, last = (each.astimezone(UTC) for each in (found.same_from, found.same_until))
        assert due(first) == due(last) == now
        assert first <= received.astimezone(UTC) <= last
        assert due(first - LEAST) != now
        assert due(last + LEAST) != now
        for number in range(min(200, int((last - first) / MINUTE))):
            assert due(first + number * MINUTE) == now
        if found.jumps_at is None or found.jumps_to is None:
            return
        at, jump = received.astimezone(UTC), found.jumps_at.astimezone(UTC)  # Python calls no repeated time equal
        assert jump > at
        assert due(jump) == found.jumps_to.astimezone(UTC)
        assert due(jump) - due(jump - LEAST) not in {timedelta(0), LEAST}
        while at + MINUTE < jump and at - received < timedelta(hours=10):
            assert timedelta(0) <= due(at + MINUTE) - due(at) <= MINUTE  # nothing jumps before
            at += MINUTE
    except sla.SlaError:
        assume(condition=False)


def promised(target: object, calendar: sla.Calendar, received: datetime) -> Promise:
    """A promise of a target, as a policy makes it."""
    policy = sla.policy_from_data(
        {
            "name": "one",
            "calendars": {"office": {"zone": "UTC", "hours": "24/7"}},
            "rules": [{"name": "all", "calendar": "office", "metrics": {"reply": {"due": {"calendar_hours": "1h"}}}}],
        }
    )
    made = policy.promise(received)["reply"]
    return replace(made, target=target, calendar=calendar, due=target.due(calendar, received))  # type: ignore[arg-type, attr-defined]
