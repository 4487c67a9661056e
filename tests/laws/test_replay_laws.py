"""What holds for every log, right or wrong: saved clocks, steps, ledgers; and that work grows with the log.

What a ticket's due times are, another walker says in test_ticket_machine.py. Here no due time is worked out.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, pairwise
from types import FrameType
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.events.event import Event
from tests.laws.strategies import law

BEGIN: Final = datetime(2026, 11, 19, 9, tzinfo=UTC)  # a Thursday; a clock change is not what is told here
MINUTE: Final = timedelta(minutes=1)
END: Final = BEGIN + timedelta(days=30)

OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-12:30 13:30-17:00"}
ALWAYS: Final = {"zone": "Europe/Berlin", "hours": "24/7"}


def policy(name: str, due: object, other: object, start: str | None = None, **clocks: object) -> sla.Policy:
    """Several metrics, each with everything that a rule can say; another target on low priority."""

    def metrics(due: object) -> dict[str, Any]:
        return {
            "first_response": {"due": {"business_hours": "4h"}, "warnings": ["50%", "30min"], "follow_up": {"workday_hours": "9h"}},
            "next_response": {"due": {"workday_hours": "8h"}, "expected": {"business_hours": "2h"}},
            "resolution": {
                "due": due, "warnings": ["75%", "1h"],
                "follow_up": {"earliest": {"calendar_hours": "12h"}, "latest": {"calendar_hours": "30h"}},
            },
            "free_return": {"origin": "delivered", "due": {"calendar_days": 1, "by": "24:00"}, "warnings": ["50%"]},
            "their_answer": {"due": {"business_hours": "4h"}},
        }  # fmt: skip

    data: dict[str, Any] = {
        "name": name,
        "calendars": {"office": OFFICE, "always": ALWAYS},
        "rules": [
            {"name": "low", "when": {"priority": "low"}, "calendar": "always", "metrics": metrics(other)},
            {"name": "few", "when": {"priority": "few"}, "calendar": "office", "metrics": {"resolution": {"due": other}}},
            {"name": "others", "calendar": "office", "metrics": metrics(due)},
        ],
        "clocks": {"their_answer": {"starts": "taken_over"}, **clocks},
        "statuses": ["open", "pending", "on_hold"],
        "deprioritisation": {"max_messages": 2},
        "escalation": [{"to": "a senior", "on": "customer_replies"}, {"to": "the head", "after": {"calendar_hours": "40h"}}],
    }  # fmt: skip
    return sla.policy_from_data(data if start is None else {**data, "valid_from": start})


BH6: Final = {"business_hours": "6h"}
RANGE: Final = {"earliest": {"workday_hours": "10h"}, "latest": {"workday_hours": "20h"}}
SIDES: Final = {"inside": {"business_hours": "5h"}, "outside": {"business_days": 1, "by": "12:00"}}
DATE: Final = {"business_days": 1, "cutoff": "15:00"}

ONES: Final[tuple[Callable[..., sla.Policy], ...]] = (
    partial(policy, "counting", BH6, {"calendar_hours": "30h"}, resolution={"resume_on_customer_message": True}),
    partial(policy, "capped", BH6, RANGE, resolution={"pause_cap": "90min", "reopen": "continue"}),
    partial(policy, "dates", DATE, SIDES, resolution={"reopen": "new_cycle"}, first_response={"on_solved": "cancel"}),
    partial(policy, "anew", RANGE, BH6, resolution={"on_change": "restart"}, first_response={"on_solved": "nothing"}),
)
BOOKS: Final[tuple[sla.Policy | sla.PolicyVersions, ...]] = (
    *(one() for one in ONES),
    sla.PolicyVersions.of(
        [
            policy("then", BH6, RANGE, "2026-01-01T00:00:00+01:00"),
            policy("later", RANGE, DATE, "2026-11-23T12:00:00+01:00", resolution={"on_change": "restart"}),
        ]
    ),
)

KINDS: Final[tuple[Callable[[datetime], Event], ...]] = (
    lambda at: sla.Message(at=at, actor="customer"),
    lambda at: sla.Message(at=at, actor="agent"),
    lambda at: sla.Message(at=at, actor="agent", partial=True),
    lambda at: sla.Message(at=at, actor="bot"),
    lambda at: sla.Message(at=at, actor="unknown"),
    lambda at: sla.StatusChanged(at=at, status="pending"),
    lambda at: sla.StatusChanged(at=at, status="open"),
    lambda at: sla.StatusChanged(at=at, status="nobody knows this one"),
    lambda at: sla.FieldChanged(at=at, field="priority", value="low"),
    lambda at: sla.FieldChanged(at=at, field="priority", value="few"),
    lambda at: sla.FieldChanged(at=at, field="priority", value="high"),
    lambda at: sla.FieldChanged(at=at, field="nobody declared this one", value="high"),
    lambda at: sla.FieldChanged(at=at, field="delivered", value=(at - 600 * MINUTE).isoformat()),
    lambda at: sla.FieldChanged(at=at, field="delivered", value="yesterday"),
    lambda at: sla.Paused(at=at, reason="a"),
    lambda at: sla.Paused(at=at, reason="b"),
    lambda at: sla.Resumed(at=at, reason="a"),
    lambda at: sla.Resumed(at=at, reason="b"),
    lambda at: sla.Solved(at=at),
    lambda at: sla.Reopened(at=at),
    lambda at: sla.Closed(at=at),
    lambda at: sla.NoReplyNeeded(at=at),
    lambda at: sla.Deprioritised(at=at, reason="several_questions"),
    lambda at: sla.DeprioritisationLifted(at=at, reason="several_questions"),
    lambda at: sla.Escalated(at=at, on="customer_replies"),
    lambda at: sla.TargetOverridden(at=at, metric="resolution", due=at + 500 * MINUTE, author="Ann"),
    lambda at: sla.MergedFrom(at=at, received=BEGIN - 100 * MINUTE),
    lambda at: sla.Created(at=at, status="open"),
)
SELDOM: Final[tuple[Callable[[datetime], Event], ...]] = (
    lambda at: sla.TakenOver(at=at, reason="late", costs=True),
    lambda at: sla.MergedInto(at=at, into="8"),
    lambda at: sla.Deleted(at=at),
)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A log in order of time; what happens is drawn, sense or nonsense, and often several things at one instant."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=6, max_size=30))
    waits = draw(st.lists(st.sampled_from((0, 30, 60, 300, 1_000)), min_size=len(kinds), max_size=len(kinds)))
    happened = [kind(BEGIN + minutes * MINUTE) for kind, minutes in zip(kinds, accumulate(waits), strict=True)]
    end = draw(st.sampled_from((None, None, *SELDOM)))
    last = happened[-1].at + 30 * MINUTE
    return [sla.Created(at=BEGIN, status="open", channel="form"), *happened, *([] if end is None else [end(last)])]


@st.composite
def told_logs(draw: st.DrawFn) -> tuple[list[Event], datetime]:
    """A log, and an instant near one of its events."""
    log = draw(logs())
    near = draw(st.sampled_from(log)).at
    return log, max(BEGIN, near + draw(st.sampled_from((-30, 0, 0, 29, 400))) * MINUTE)


books: Final = st.sampled_from(BOOKS)


def plain(clocks: sla.Clocks) -> dict[str, Any]:
    """All that is known, but for the words of a gap: they repeat an event as it was given."""
    data = clocks.to_data()
    return {**data, "gaps": [gap[:2] for gap in data.get("gaps", [])]}


# ---------------------------------------------------------------- saved clocks


@law(150)
@given(told_logs(), st.sampled_from(BOOKS[:-1]))
def test_saved_clocks_are_the_same_and_go_on_the_same(told: tuple[list[Event], datetime], book: sla.Policy) -> None:
    check_saved(*told, book)


@law(150)
@given(told_logs())
def test_saved_clocks_of_versions_are_the_same_and_go_on_the_same(told: tuple[list[Event], datetime]) -> None:
    check_saved(*told, BOOKS[-1])


def opened(policy: sla.Policy, hours: str) -> sla.Policy:
    """The policy, with an office of other hours."""
    data = policy.to_data()
    return sla.policy_from_data({**data, "calendars": {**data["calendars"], "office": {**OFFICE, "hours": hours}}})


BH12: Final = {"business_hours": "12h"}
VERSIONS: Final = (
    policy("then", BH12, RANGE, "2026-01-01T00:00:00+01:00"),
    opened(policy("short", BH12, RANGE, "2026-11-19T15:00:00+01:00"), "Mon-Fri 10:00-16:00"),
    opened(policy("noon", BH12, BH6, "2026-11-23T00:00:00+01:00"), "Mon-Sat 12:00-14:00"),
)


@law(100)
@given(told_logs(), st.integers(1, 2))
def test_saved_clocks_of_versions_are_told_the_same_when_old_versions_are_given_as_earlier(
    told: tuple[list[Event], datetime], old: int
) -> None:
    log, now = told
    clocks = sla.replay(log, sla.PolicyVersions.of(VERSIONS), as_of=now)
    resumed = sla.resume(clocks.to_json(), sla.PolicyVersions.of(VERSIONS[old:]), earlier=VERSIONS[:old])
    assert judged(resumed) == judged(clocks)


def judged(clocks: sla.Clocks) -> dict[str, list[object]]:
    return {
        metric: [(cycle.status, cycle.due, cycle.elapsed, cycle.breached_at) for cycle in clocks.cycles(metric)]
        for metric in clocks
    }


def check_saved(log: list[Event], now: datetime, book: sla.Policy | sla.PolicyVersions) -> None:
    clocks = sla.replay(log, book, as_of=now, ticket="7")
    again = sla.resume(clocks.to_json(), book)
    assert clocks == again
    assert dict(clocks) == dict(again)
    assert plain(clocks.at(END + MINUTE)) == plain(again.at(END + MINUTE))


@law(150)
@given(told_logs(), st.sampled_from(ONES), st.integers(-60, 6_000))
def test_a_boundary_between_equal_versions_changes_nothing(
    told: tuple[list[Event], datetime], one: Callable[..., sla.Policy], minutes: int
) -> None:
    log, now = told
    dates = ("2026-01-01T00:00:00+01:00", (BEGIN + minutes * MINUTE).isoformat())
    two = sla.PolicyVersions.of([one(start=date) for date in dates])
    assert lived(sla.replay(log, two, as_of=now)) == lived(sla.replay(log, one(), as_of=now))


def lived(clocks: sla.Clocks) -> object:
    """What each cycle of a ticket was promised, and what became of it; and the gaps of the log."""
    cycles = [
        (each.metric, each.rule, each.status, each.origin, each.due, each.breached_at, each.done_at, each.cancelled, each.elapsed)
        for metric in clocks
        for each in clocks.cycles(metric)
    ]  # fmt: skip
    return cycles, [gap[:2] for gap in clocks.gaps], clocks.fields


@law(60)
@given(told_logs(), books)
def test_looking_changes_nothing(told: tuple[list[Event], datetime], book: sla.Policy | sla.PolicyVersions) -> None:
    log, now = told
    clocks = sla.replay(log, book, as_of=now)
    before = clocks.to_json()
    for state in clocks.values():
        repr(state), state.ledger, state.warnings, state.due_if_resumed(END), state.percent, state.history
    sla.agenda(clocks, as_of=END)
    sla.queue([clocks], as_of=END)
    clocks.extend([sla.Solved(at=END)], as_of=END)
    assert before == clocks.to_json()


@law(100)
@given(logs(), books)
def test_a_finished_cycle_stays_what_it_was(log: list[Event], book: sla.Policy | sla.PolicyVersions) -> None:
    clocks = sla.replay(log[:1], book, as_of=BEGIN)
    seen: dict[tuple[str, int], tuple[object, ...]] = {}
    for event in log[1:]:
        clocks = clocks.extend([event], as_of=event.at)
        for metric in clocks:
            for number, state in enumerate(clocks.cycles(metric)[:-1]):
                found = (state.status, state.due, state.elapsed, state.done_at, state.cancelled, state.breached_at)
                assert found == seen.setdefault((metric, number), found)


# ---------------------------------------------------------------- states


@law(200)
@given(told_logs(), books)
def test_states_agree_with_themselves(
    told: tuple[list[Event], datetime], book: sla.Policy | sla.PolicyVersions
) -> None:
    log, now = told
    clocks = sla.replay(log, book, as_of=now)
    for metric in clocks:
        *before, _last = (*clocks.cycles(metric), None)
        for state in before:
            assert state is not None
            check(state, now)
        assert not any(state is not None and state.is_open for state in before[:-1]), "one cycle is open at a time"


def check(state: sla.ClockState, now: datetime) -> None:
    """What holds for every state of a clock that has begun."""
    assert state.origin is not None
    assert timedelta() <= state.elapsed
    assert timedelta() <= state.remaining
    assert timedelta() <= state.wall_time
    assert (state.status == "paused") == (state.is_open and state.due is None)
    if state.due is not None:
        assert (state.status == "overdue") == (state.is_open and now > state.due)
        assert all(at <= state.due for _, at in state.warnings), "warned by due at the latest"
        assert state.follow_up is None or state.follow_up >= state.due
        assert state.follow_up_earliest is None or state.follow_up_earliest >= state.due
    else:
        assert state.follow_up is None
    if state.done_at is not None and not state.cancelled:
        assert state.status == ("met" if state.due is None or state.done_at <= state.due else "breached")
    assert (state.overdue_by > timedelta()) == (state.breached_at is not None)
    assert state.cancelled or (state.breached_at is not None) == (state.status in {"overdue", "breached"})
    assert state.overdue_by_open <= state.overdue_by


@law(150)
@given(told_logs(), books)
def test_a_ledger_is_gapless_and_sums_to_the_elapsed_time(
    told: tuple[list[Event], datetime], book: sla.Policy | sla.PolicyVersions
) -> None:
    log, now = told
    clocks = sla.replay(log, book, as_of=now)
    for metric in clocks:
        for state in clocks.cycles(metric):
            segments = list(state.ledger)
            assert sum((segment.counted for segment in segments), timedelta()) == state.elapsed, metric
            assert sum((segment.wall_time for segment in segments), timedelta()) == state.wall_time, metric
            assert all(segment.reason for segment in segments)
            assert all(one.end == other.start for one, other in pairwise(segments))
            assert not segments or segments[0].start == state.origin


# ---------------------------------------------------------------- steps and the queue


@law(150)
@given(told_logs(), books, st.sampled_from((0, 0, 60, 2_000)))
def test_steps_are_to_come_in_order_and_told_in_time(
    told: tuple[list[Event], datetime], book: sla.Policy | sla.PolicyVersions, minutes: int
) -> None:
    log, now = told
    later = now + minutes * MINUTE
    clocks = sla.replay(log, book, as_of=now, ticket="7")
    steps = sla.agenda(clocks, as_of=later)
    assert all(step.at > later for step in steps)
    assert all(step.deliver_at <= step.at for step in steps), "earlier, never later"
    assert sorted(step.at for step in steps) == [step.at for step in steps]
    assert steps == sla.agenda(clocks.at(later), as_of=later)
    assert sla.next_due(clocks, as_of=later) == next((step for step in steps if step.kind == "due"), None)


@law(60)
@given(st.lists(logs(), max_size=4), books)
def test_a_queue_is_in_order_whatever_the_order_of_the_tickets(
    every: list[list[Event]], book: sla.Policy | sla.PolicyVersions
) -> None:
    tickets = [sla.replay(log, book, as_of=END, ticket=str(number)) for number, log in enumerate(every)]
    queued = sla.queue(tickets, as_of=END)
    keys = [(w.deprioritised, w.rank, w.due is None, w.due, w.received) for w in queued]
    for one, other in pairwise(keys):
        assert one[:3] <= other[:3]
        if one[:3] == other[:3]:
            assert one[3:] <= other[3:] if one[3] is not None else one[4] <= other[4]
    open_ones = {clocks.ticket for clocks in tickets if any(state.is_open for state in clocks.values())}
    assert open_ones == {waiting.ticket for waiting in queued}


# ---------------------------------------------------------------- work


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes, of Python and of C: a measure without a clock."""
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def long_log(kinds: tuple[Callable[[datetime], Event], ...], length: int) -> list[Event]:
    """So many events within one week, one kind after the other."""
    step = timedelta(days=7) / length
    return [sla.Created(at=BEGIN, status="open"), *(kinds[i % len(kinds)](BEGIN + i * step) for i in range(length))]


PATTERNS: Final[dict[str, tuple[Callable[[datetime], Event], ...]]] = {
    "every kind": KINDS,
    "pauses": (KINDS[14], KINDS[16]),
    "pauses and changes": (KINDS[14], KINDS[8], KINDS[16], KINDS[10]),
    "changes": (KINDS[8], KINDS[9], KINDS[10]),
    "questions and answers": (KINDS[0], KINDS[1]),
    "solved and reopened": (KINDS[18], KINDS[14], KINDS[8], KINDS[16], KINDS[10], KINDS[19]),
    "dates by hand": (KINDS[25], KINDS[14], KINDS[16]),
    "statuses": (KINDS[5], KINDS[6]),
    "deliveries": (KINDS[12],),
    "gaps": (KINDS[7], KINDS[11], KINDS[17]),
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("book", BOOKS, ids=["counting", "capped", "dates", "anew", "versions"])
def test_work_grows_with_the_log_and_no_faster(book: sla.Policy | sla.PolicyVersions, pattern: str) -> None:
    def work(length: int) -> int:
        log = long_log(PATTERNS[pattern], length)
        return calls(lambda: dict(sla.replay(log, book, as_of=END)))

    work(1_600)  # calendars are compiled, and what is kept of dates is there
    assert work(1_600) < 8 * 1.5 * work(200)


def test_twenty_thousand_events_of_every_kind_are_as_cheap_as_two_thousand() -> None:
    def work(length: int) -> int:
        log = long_log(KINDS, length)
        return calls(lambda: dict(sla.replay(log, BOOKS[0], as_of=END)))

    work(50)
    assert work(20_000) < 10 * 1.2 * work(2_000)
