"""What holds for every log: late stays late, solved is solved however it is told, and only work is work.

What a ticket's due times are, another walker says in test_ticket_machine.py. Here no due time is worked out.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any, Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from tests.laws.strategies import law

BEGIN: Final = datetime(2026, 11, 19, 9, tzinfo=UTC)  # a Thursday; a clock change is not what is told here
MINUTE: Final = timedelta(minutes=1)
NOTHING: Final = timedelta(0)
END: Final = BEGIN + timedelta(days=30)
OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-12:30 13:30-17:00"}
ALWAYS: Final = {"zone": "Europe/Berlin", "hours": "24/7"}

Event = Any  # one of the library's events


def metrics(due: object, **more: object) -> dict[str, Any]:
    """What a rule promises, with a target for the resolution."""
    return {
        "first_response": {"due": {"business_hours": "4h"}, "warnings": ["50%", "30min"], "follow_up": {"workday_hours": "9h"}},
        "next_response": {"due": {"workday_hours": "8h"}},
        "resolution": {"due": due, "warnings": ["75%"], **more},
        "in_real_time": {"due": {"calendar_hours": "20h"}},
        "free_return": {"origin": "delivered", "due": {"calendar_days": 1, "by": "24:00"}},
    }  # fmt: skip


def book(name: str, high: dict[str, Any], low: dict[str, Any], **clocks: object) -> sla.Policy:
    """Three rules: high, its twin, and low; and a team that is promised nothing but an answer."""
    nothing = {"first_response": {"due": {"business_hours": "4h"}}}
    return sla.policy_from_data(
        {
            "name": name,
            "calendars": {"office": OFFICE, "always": ALWAYS},
            "rules": [
                {"name": "high", "when": {"priority": "high"}, "calendar": "office", "metrics": high},
                {"name": "twin", "when": {"priority": "twin"}, "calendar": "office", "metrics": high},
                {"name": "parked", "when": {"priority": "parked"}, "calendar": "office", "metrics": nothing},
                {"name": "low", "calendar": "always", "metrics": low},
            ],
            "statuses": ["open", "pending", "on_hold", "solved", "closed"],
            "solved_in": ["solved"],
            "closed_in": ["closed"],
            "clocks": {"in_real_time": {"stops": "solved", "paused_in": ["pending"], "pausable": True}, **clocks},
        }
    )


BH6: Final = {"business_hours": "6h"}
DAYS: Final = {"business_days": 1, "by": "close"}
RANGE: Final = {"earliest": {"workday_hours": "10h"}, "latest": {"workday_hours": "20h"}}

STAYS: Final = (
    book("counting", metrics(BH6), metrics({"calendar_hours": "30h"}), resolution={"resume_on_customer_message": True}),
    book("capped", metrics(BH6), metrics(RANGE), resolution={"pause_cap": "90min", "reopen": "continue"}),
    book(
        "dates", metrics(DAYS), metrics(BH6), resolution={"reopen": "new_cycle"}, first_response={"on_solved": "cancel"}
    ),
    book(
        "moved", metrics(DAYS, pauses_move=True), metrics(BH6), resolution={}, first_response={"on_solved": "nothing"}
    ),
    book("anew", metrics(RANGE), metrics(BH6), resolution={"on_change": "restart"}),
    book("counts", metrics(BH6), metrics(DAYS), resolution={"unpromised_time": "counts"}),
    book("handed", metrics(BH6), metrics(RANGE), resolution={"on_change": "new_cycle"}),
)
OTHERS: Final = (book("judged", metrics(BH6), metrics(DAYS), resolution={"after_breach": "judged_anew"}),)
BOOKS: Final = (*STAYS, *OTHERS)

Kind = Callable[[datetime], Event]
CHANGES: Final[tuple[Kind, ...]] = tuple(
    lambda at, value=value: sla.FieldChanged(at=at, field="priority", value=value)  # type: ignore[misc]
    for value in ("high", "twin", "low", "parked")
)
HOLDS: Final[tuple[Kind, ...]] = (
    lambda at: sla.StatusChanged(at=at, status="pending"),
    lambda at: sla.StatusChanged(at=at, status="open"),
    lambda at: sla.Paused(at=at, reason="a"),
    lambda at: sla.Resumed(at=at, reason="a"),
    lambda at: sla.Paused(at=at, reason="b"),
    lambda at: sla.Resumed(at=at, reason="b"),
)
MESSAGES: Final[tuple[Kind, ...]] = (
    lambda at: sla.Message(at=at, actor="customer"),
    lambda at: sla.Message(at=at, actor="agent"),
    lambda at: sla.Message(at=at, actor="agent", holding=True),
)
ENDS: Final[tuple[Kind, ...]] = (
    lambda at: sla.Solved(at=at),
    lambda at: sla.Reopened(at=at, status="open"),
    lambda at: sla.Solved(at=at),
    lambda at: sla.Reopened(at=at, status="pending"),
)
STATUSES: Final[tuple[Kind, ...]] = (
    lambda at: sla.StatusChanged(at=at, status="solved"),
    lambda at: sla.StatusChanged(at=at, status="closed"),
)
MORE: Final[tuple[Kind, ...]] = (
    lambda at: sla.Closed(at=at),
    lambda at: sla.NoReplyNeeded(at=at),
    lambda at: sla.TargetOverridden(at=at, metric="resolution", due=at + 500 * MINUTE, author="Ann"),
)
SELDOM: Final[tuple[Kind, ...]] = (
    lambda at: sla.TakenOver(at=at),
    lambda at: sla.MergedInto(at=at, into="8"),
    lambda at: sla.Deleted(at=at),
)
KINDS: Final = (*CHANGES, *HOLDS, *MESSAGES, *ENDS, *STATUSES, *MORE)


@st.composite
def logs(draw: st.DrawFn, kinds: tuple[Kind, ...] = KINDS, ends: tuple[Kind, ...] = SELDOM) -> list[Event]:
    """A log in order of time; what happens is drawn, sense or nonsense, and often several things at one instant."""
    drawn = draw(st.lists(st.sampled_from(kinds), min_size=3, max_size=20))
    waits = draw(st.lists(st.sampled_from((0, 30, 60, 300, 1_000)), min_size=len(drawn), max_size=len(drawn)))
    happened = [kind(BEGIN + minutes * MINUTE) for kind, minutes in zip(drawn, accumulate(waits), strict=True)]
    end = draw(st.sampled_from((None, None, *ends)))
    last = happened[-1].at + 30 * MINUTE
    value = draw(st.sampled_from(("high", "low", "parked")))
    created = sla.Created(at=BEGIN, status="open", fields={"priority": value})
    return [created, *happened, *([] if end is None else [end(last)])]


@st.composite
def looks(draw: st.DrawFn, log: list[Event]) -> datetime:
    """An instant near one of the events of a log, or long after."""
    near: datetime = draw(st.sampled_from(log)).at
    return max(BEGIN, near + draw(st.sampled_from((-30, 0, 0, 29, 400, 5_000))) * MINUTE)


def cycles_of(clocks: sla.Clocks) -> Iterable[tuple[str, int, sla.ClockState]]:
    return ((metric, number, state) for metric in clocks for number, state in enumerate(clocks.cycles(metric)))


# ---------------------------------------------------------------- late stays late


@law(150)
@given(st.data(), st.sampled_from(STAYS))
def test_a_breach_once_seen_is_never_unseen(data: st.DataObject, policy: sla.Policy) -> None:
    log = data.draw(logs())
    moments = sorted({*data.draw(st.lists(looks(log), min_size=2, max_size=6)), END})
    seen: dict[tuple[str, int], tuple[object, ...]] = {}
    for moment in moments:
        for metric, number, state in cycles_of(policy.replay(log, as_of=moment)):
            found = (state.breached_at, state.due, str(state.target), state.earliest)
            if state.breached_at is not None:
                assert seen.setdefault((metric, number), found) == found, f"{metric} as of {moment}"
                assert state.outcome().status == "breached"
                assert state.status in {"overdue", "breached", "cancelled"}
                assert state.overdue_by > NOTHING
        known = {(metric, number) for metric, number, _ in cycles_of(policy.replay(log, as_of=moment))}
        assert seen.keys() <= known


@law(100)
@given(st.data(), st.sampled_from(BOOKS))
def test_a_clock_is_breached_if_and_only_if_it_says_when(data: st.DataObject, policy: sla.Policy) -> None:
    log = data.draw(logs())
    for metric, _, state in cycles_of(policy.replay(log, as_of=data.draw(looks(log)))):
        late = state.breached_at is not None
        assert late == (state.outcome().status == "breached") == (state.overdue_by > NOTHING), metric
        assert not late or state.breached_at == state.due, metric
        assert state.status != "cancelled" or state.cancelled


# ---------------------------------------------------------------- no change is no change


@law(150)
@given(st.data(), st.sampled_from([each for each in BOOKS if each.name != "handed"]))
def test_equal_rules_change_nothing(data: st.DataObject, policy: sla.Policy) -> None:
    """High becomes its twin, and back, wherever it is high or the twin already: nothing but names is other than without."""
    log = data.draw(logs())
    moment = data.draw(looks(log))
    twins, value = [log[0]], dict(log[0].fields)["priority"]
    for event in log[1:]:
        if value in {"high", "twin"} and data.draw(st.booleans()):
            value = "twin" if value == "high" else "high"
            twins.append(sla.FieldChanged(at=event.at, field="priority", value=value))
        if isinstance(event, sla.FieldChanged) and event.field == "priority":
            value = event.value
        twins.append(event)
    assert told(policy.replay(log, as_of=moment)) == told(policy.replay(twins, as_of=moment))


def told(clocks: sla.Clocks) -> dict[str, list[tuple[object, ...]]]:
    """All that can be seen of the clocks of a ticket, but for the names of rules and the values of fields."""
    return {
        metric: [
            (
                c.status, c.origin, c.due, c.earliest, c.elapsed, c.remaining, c.done_at, c.cancelled, c.cancelled_at, c.answered,
                c.breached_at, c.overdue_by, c.overdue_by_open, c.open_time, c.percent, c.warnings, tuple(c.ledger),
                [(change.at, str(change.to)) for change in c.history], c.changed_at, c.follow_up,
            )
            for c in clocks.cycles(metric)
        ]
        for metric in sorted(clocks)
    }  # fmt: skip


# ---------------------------------------------------------------- only work is work


class Stretch(NamedTuple):
    start: datetime
    end: datetime


def free(log: list[Event], until: datetime, *, by_status: bool = True) -> list[Stretch]:
    """When nothing held a ticket that is paused by "pending" and by pauses, and while solved: by a sweep through its log."""
    reasons: set[str] = set()
    status, solved, found, since = "open", False, list[Stretch](), BEGIN
    for event in [*log[1:], None]:
        at = until if event is None else min(event.at, until)
        if not (reasons or solved or (by_status and status == "pending")) and since < at:
            found.append(Stretch(since, at))
        since = at
        match event:
            case sla.StatusChanged():
                status, solved = event.status, event.status in {"solved", "closed"}
            case sla.Paused():
                reasons.add(event.reason)
            case sla.Resumed():
                reasons.discard(event.reason)
            case sla.Solved() | sla.Closed():
                status, solved = "solved", True
            case sla.Reopened():
                status, solved = event.status, False
    return found


@law(150)
@given(st.data())
def test_elapsed_is_the_time_in_which_the_clock_ran(data: st.DataObject) -> None:
    """Of a clock in real time exactly, before due and after it; of one that counts open time never more."""
    log = data.draw(logs((*HOLDS, *ENDS, *STATUSES, *MESSAGES), ends=()))
    moment = data.draw(looks(log))
    created = replace(log[0], fields=(("priority", "high"),))
    clocks = STAYS[0].replay([created, *log[1:]], as_of=moment)
    ran = sum((end - start for start, end in free(log, moment)), NOTHING)
    assert clocks["in_real_time"].elapsed == ran
    assert clocks["in_real_time"].ledger.counted == ran


@law(150)
@given(st.data(), st.sampled_from(BOOKS))
def test_elapsed_and_open_times_never_exceed_the_time_in_which_nothing_held_the_clock(
    data: st.DataObject, policy: sla.Policy
) -> None:
    log = data.draw(logs((*HOLDS, *ENDS, *STATUSES, *CHANGES), ends=()))
    moment = data.draw(looks(log))
    for metric, _, state in cycles_of(policy.replay(log, as_of=moment)):
        paused = sum((s.wall_time for s in state.ledger if s.kind == "paused"), NOTHING)
        assert state.elapsed + paused <= state.wall_time, metric
        assert NOTHING <= state.open_time <= state.wall_time - paused, metric
        assert NOTHING <= state.overdue_by_open <= state.overdue_by, metric


# ---------------------------------------------------------------- solved is solved


@st.composite
def retold(draw: st.DrawFn, log: list[Event]) -> list[Event]:
    """The same log, with each solving, closing and reopening told by an event, a status, or both, once or twice, in any order."""
    found: list[Event] = []
    for event in log:
        found += draw(st.sampled_from(tellings(event)))
    return found


def tellings(event: Event) -> list[list[Event]]:
    match event:
        case sla.Solved(at=at):
            status: Event = sla.StatusChanged(at=at, status="solved")
        case sla.Closed(at=at):
            status = sla.StatusChanged(at=at, status="closed")
        case sla.Reopened(at=at, status=to):
            status = sla.StatusChanged(at=at, status=to)
        case _:
            return [[event]]
    return [[event], [status], [status, event], [event, status], [status, event, status, event], [event, event]]


@law(200)
@given(st.data(), st.sampled_from(BOOKS))
def test_however_a_solving_is_told_the_clocks_agree(data: st.DataObject, policy: sla.Policy) -> None:
    log = sensible(data.draw(logs((*HOLDS, *MESSAGES, *CHANGES, *ENDS, *MORE))))
    other = data.draw(retold(log))
    moment = data.draw(looks(log))
    assert told(policy.replay(log, as_of=moment)) == told(policy.replay(other, as_of=moment))


def sensible(log: list[Event]) -> list[Event]:
    """A log in which only what is open is solved, only what is solved is opened again, and no status is told in between."""
    found, solved = list[Event](), False
    for event in log:
        match event:
            case sla.Solved() | sla.Closed() if solved:
                continue
            case sla.Reopened() if not solved:
                continue
            case sla.StatusChanged() if solved:
                continue
            case sla.Solved() | sla.Closed():
                solved = True
            case sla.Reopened():
                solved = False
        found.append(event)
    return found
