"""A frame of clocks is a loop over `replay`: every column of every ticket, for random policies and logs, right or wrong.

The right columns are read from `ClockState` here, and from nothing of the columns. That most tickets are not replayed
by a loop, test_event_replay.py counts.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.events.event import Event
from tests.laws.strategies import law
from tests.laws.test_replay_laws import BOOKS

pytest.importorskip("numpy", reason="columns need the extra frames")

from slacalc.columns import told_events
from slacalc.logs.tickets import Tickets

BEGIN: Final = datetime(2026, 11, 19, 9, tzinfo=UTC)  # a Thursday
MINUTE: Final = timedelta(minutes=1)
METRICS: Final = ("first_response", "next_response", "resolution", "an_update")
READ: Final = (
    "rule", "kind", "owed_by", "status", "origin", "expected", "due", "done_at", "breached_at", "cancelled_at", "elapsed", "remaining",
    "open_time", "wall_time", "overdue_by", "overdue_by_open", "percent", "objective", "answered", "cancelled", "within",
)  # fmt: skip

Pairs = Sequence[tuple[str, Event]]


# ---------------------------------------------------------------- policies

_AMOUNTS: Final = st.sampled_from(("0h", "1h", "2h", "4h", "9h", "30h"))
_POINTS: Final = st.one_of(
    st.builds(lambda amount: {"business_hours": amount}, _AMOUNTS),
    st.builds(lambda amount: {"workday_hours": amount}, _AMOUNTS),
    st.builds(lambda amount: {"calendar_hours": amount}, _AMOUNTS),
    st.builds(
        lambda days, by: {"business_days": days, "by": by}, st.integers(0, 2), st.sampled_from(("close", "12:00"))
    ),
    st.builds(lambda days: {"calendar_days": days, "by": "24:00"}, st.integers(0, 2)),
    st.just({"next_opening": True}),
)
_TARGETS: Final = st.one_of(
    _POINTS,
    _POINTS,
    st.builds(lambda inside, outside: {"inside": inside, "outside": outside}, _POINTS, _POINTS),
    st.just({"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "5h"}}),
)
_WARNINGS: Final = st.lists(st.sampled_from(("50%", "75%", "30min", "2h")), max_size=2, unique=True)
_METRICS: Final = st.fixed_dictionaries(
    {"due": _TARGETS, "warnings": _WARNINGS},
    optional={"expected": _TARGETS, "pauses_move": st.booleans(), "objective": st.just(0.9)},
) | st.fixed_dictionaries(
    {"due": _TARGETS, "promise": st.sampled_from(("typical", "best_effort"))}, optional={"pauses_move": st.booleans()}
)
_CLOCKS: Final = st.fixed_dictionaries(
    {
        "starts": st.sampled_from(("created", "created", "customer_message", "answer")),
        "stops": st.sampled_from(("answer", "solved")),
        "on_solved": st.sampled_from(("stop", "cancel", "nothing")),
        "reopen": st.sampled_from(("resume", "continue", "new_cycle")),
        "pausable": st.booleans(),
        "paused_in": st.lists(st.sampled_from(("pending", "on_hold")), max_size=2, unique=True),
    },
    optional={"resume_on_customer_message": st.booleans(), "pause_cap": st.just("3h")},
)
CALENDARS: Final = {
    "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-12:30 13:30-17:00"},
    "always": {"zone": "Europe/Berlin", "hours": "24/7"},
    "abroad": {"zone": "America/New_York", "hours": "Mon-Sat 08:10-16:25"},
}


@st.composite
def policies(draw: st.DrawFn) -> sla.Policy:
    """Two rules, told apart by priority, whose clocks live in any way."""

    def rule(name: str) -> dict[str, Any]:
        promised = draw(st.lists(st.sampled_from(METRICS), min_size=1, max_size=3, unique=True))
        calendar = draw(st.sampled_from(sorted(CALENDARS)))
        return {"name": name, "calendar": calendar, "metrics": {metric: draw(_METRICS) for metric in promised}}

    endings = {"solved_in": ["solved"], "closed_in": ["closed"]} if draw(st.booleans()) else {}
    most = draw(st.none() | st.integers(1, 3))
    return sla.policy_from_data(
        {
            "name": "random",
            "calendars": CALENDARS,
            "rules": [{**rule("low"), "when": {"priority": "low"}}, rule("others")],
            "clocks": {metric: draw(_CLOCKS) for metric in METRICS if draw(st.booleans())},
            "statuses": ["open", "pending", "on_hold", "solved", "closed"],
            **endings,
            **({} if most is None else {"deprioritisation": {"max_messages": most}}),
        }
    )


# ---------------------------------------------------------------- logs

_OFTEN: Final = (
    lambda at: sla.Message(at=at, actor="customer"),
    lambda at: sla.Message(at=at, actor="agent"),
    lambda at: sla.Message(at=at, actor="agent", holding=True),
    lambda at: sla.Message(at=at, actor="bot"),
    lambda at: sla.StatusChanged(at=at, status="pending"),
    lambda at: sla.StatusChanged(at=at, status="on_hold"),
    lambda at: sla.StatusChanged(at=at, status="open"),
    lambda at: sla.StatusChanged(at=at, status="solved"),
    lambda at: sla.StatusChanged(at=at, status="closed"),
    lambda at: sla.StatusChanged(at=at, status="nobody knows this one"),
    lambda at: sla.Paused(at=at, reason="a"),
    lambda at: sla.Paused(at=at, reason="b"),
    lambda at: sla.Resumed(at=at, reason="a"),
    lambda at: sla.Resumed(at=at, reason="b"),
    lambda at: sla.Solved(at=at),
    lambda at: sla.Reopened(at=at),
    lambda at: sla.Reopened(at=at, status="pending"),
    lambda at: sla.Closed(at=at),
    lambda at: sla.Escalated(at=at, on="nothing that is known"),
)
_RARELY: Final = (
    lambda at: sla.FieldChanged(at=at, field="priority", value="low"),
    lambda at: sla.NoReplyNeeded(at=at),
    lambda at: sla.Deprioritised(at=at, reason="several_questions"),
    lambda at: sla.TargetOverridden(at=at, metric="resolution", due=at + 90 * MINUTE, author="Ann"),
    lambda at: sla.MergedFrom(at=at, received=BEGIN - 100 * MINUTE),
    lambda at: sla.TakenOver(at=at),
    lambda at: sla.Deleted(at=at),
    lambda at: sla.Created(at=at, status="open"),
)
_KINDS: Final = st.sampled_from((*_OFTEN, *_OFTEN, *_OFTEN, *_RARELY))
_WAITS: Final = st.sampled_from((0, 0, 10, 30, 60, 120, 300, 1_000))


@st.composite
def tickets(draw: st.DrawFn) -> list[Event]:
    """The events of one ticket; of some the creation is missing, says no status, or is told late."""
    at = BEGIN + draw(st.integers(0, 200)) * 30 * MINUTE
    status = draw(st.sampled_from(("open", "open", "open", "pending", "", "solved")))
    fields = draw(st.sampled_from(((), (("priority", "low"),), (("priority", "high"), ("team", "two")))))
    events: list[Event] = [sla.Created(at=at, status=status, fields=fields)]
    for kind, minutes in draw(st.lists(st.tuples(_KINDS, _WAITS), max_size=8)):
        at += minutes * MINUTE
        events.append(kind(at))
    match draw(st.integers(0, 19)):
        case 19:
            return events[1:] or events
        case 18:
            return events[::-1]
        case _:
            return events


@st.composite
def logs(draw: st.DrawFn) -> Pairs:
    """The events of several tickets, ticket by ticket, or in the order of time."""
    pairs = [
        (str(name), event) for name, events in enumerate(draw(st.lists(tickets(), max_size=12))) for event in events
    ]
    return sorted(pairs, key=lambda pair: pair[1].at) if draw(st.booleans()) else pairs


_INSTANTS: Final = st.integers(0, 600).map(lambda halves: BEGIN + halves * 30 * MINUTE)


# ---------------------------------------------------------------- the loop


def expected(policy: sla.Policy | sla.PolicyVersions, pairs: Pairs, as_of: datetime) -> tuple[Any, Any]:
    """The rows of all tickets by a loop, and the tickets that cannot be answered for."""
    events: dict[str, list[Event]] = {}
    for ticket, event in pairs:
        events.setdefault(ticket, []).append(event)
    rows: list[dict[str, object]] = []
    left_out = []
    for ticket, own in events.items():
        try:
            clocks = sla.replay(own, policy, as_of=as_of)
            rows += [row for metric in clocks for row in rows_of(ticket, clocks, metric)]
        except sla.SlaError as error:
            left_out.append((ticket, error.code, str(error)))
    return rows, left_out


def rows_of(ticket: str, clocks: sla.Clocks, metric: str) -> list[dict[str, object]]:
    return [
        {
            "ticket": ticket,
            "metric": metric,
            "cycle": number,
            "received": clocks.received,
            **{name: getattr(state, name) for name in READ},
            **{f"field_{name}": value for name, value in state.fields.items()},
        }
        for number, state in enumerate(clocks.cycles(metric), 1)
    ]


def told(columns: Any) -> list[dict[str, object]]:
    """The rows of a frame; a field that a ticket has not is left out."""
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [{name: value for name, value in row.items() if value is not None or name in READ} for row in rows]


def check(policy: sla.Policy | sla.PolicyVersions, pairs: Pairs, as_of: datetime) -> None:
    columns = policy.replay_frame(pairs, as_of=as_of)
    rows, left_out = expected(policy, pairs, as_of)
    assert rows == told(columns)
    assert left_out == [tuple(each) for each in columns.left_out]


@law(300)
@given(policies(), logs(), _INSTANTS)
def test_a_frame_of_clocks_says_what_replay_says_of_each_ticket(
    policy: sla.Policy, pairs: Pairs, as_of: datetime
) -> None:
    check(policy, pairs, as_of)


@law(100)
@given(st.sampled_from(BOOKS), logs(), _INSTANTS)
def test_a_frame_under_versions_origins_and_caps_says_it_too(
    policy: sla.Policy | sla.PolicyVersions, pairs: Pairs, as_of: datetime
) -> None:
    check(policy, pairs, as_of)


# ---------------------------------------------------------------- logs that were read

_CELLS: Final = st.sampled_from(("", "high", "low"))
_ACTIVITIES: Final = st.sampled_from(("opened", "replied", "waits", "solved", "again", "looked at"))
_ROWS: Final = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), _ACTIVITIES, _CELLS, _CELLS), max_size=25)
_WORDS: Final = (
    ("replied", "agent_message"),
    ("waits", "paused_until_next"),
    ("solved", "solved"),
    ("again", "reopened"),
)


@law(150)
@given(_ROWS, st.booleans(), st.sampled_from(("", "2026-11-18T08:00:00+05:30")))
def test_the_events_of_a_log_are_told_for_all_rows_at_once_as_for_each(
    rows: list[tuple[int, int, str, str, str]], by_ticket: bool, received: str
) -> None:
    """Cells are blank, instants are shared, tickets stand together or not, and have a receipt of their own or not."""
    lines = [
        f"{ticket},{BEGIN + hours * 60 * MINUTE:%Y-%m-%dT%H:%M:%S+00:00},{activity},{priority},{team},{received}"
        for ticket, hours, activity, priority, team in (sorted(rows) if by_ticket else rows)
    ]
    fields = (("priority", "prio"), ("team", "team"))
    mapping = sla.LogMapping(
        "id", "at", "what", fields=fields, events=_WORDS, received="received" if received else None
    )
    tickets = sla.read_log(["id,at,what,prio,team,received", *lines], mapping).tickets
    assert isinstance(tickets, Tickets)
    with mock.patch.object(told_events, "ROWS_A_STEP", 0):
        told = told_events.events_told(tickets)
    assert [told.of_ticket(place) for place in range(len(tickets))] == [ticket.events for ticket in tickets]
