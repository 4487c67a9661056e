"""How many tickets of a log are replayed alone: what columns can tell of all at once, a loop must not."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import event_log

pytest.importorskip("numpy", reason="columns need the extra frames")

from benchmarks import tickets as benchmark
from slacalc.clocks.replay import replay
from slacalc.columns import event_replay

DUE = {"business_hours": "4h"}
DESK: dict[str, Any] = {
    "name": "desk",
    "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
    "rules": [
        {
            "name": "all",
            "calendar": "office",
            "metrics": {metric: {"due": DUE} for metric in ("first_response", "next_response", "resolution")},
        }
    ],
    "statuses": ["open", "pending", "solved"],
    "solved_in": ["solved"],
}
SUNDAY = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def alone() -> Iterator[mock.Mock]:
    """Replays of one ticket, counted."""
    with mock.patch.object(event_replay, "replay", wraps=replay) as counted:
        yield counted


def of_one_ticket(log: str) -> list[tuple[str, Event]]:
    return [("7", event) for event in event_log(log)]


@pytest.mark.parametrize(
    ("log", "times"),
    [
        pytest.param("Mon 10:00 created", 0, id="created"),
        pytest.param("Mon 10:00 created; 11:00 agent reply", 0, id="answered"),
        pytest.param("Mon 10:00 created; 10:00 agent reply", 0, id="answered as it comes in"),
        pytest.param(
            "Mon 10:00 created; 11:00 customer reply; 12:00 agent reply; 13:00 customer reply", 0, id="a talk"
        ),
        pytest.param("Mon 10:00 created; 11:00 status pending; 12:00 status open", 0, id="a status"),
        pytest.param("Mon 10:00 created; 11:00 status nonsense", 0, id="a status that nobody knows"),
        pytest.param("Mon 10:00 created; 11:00 paused; 12:00 resumed", 0, id="a pause"),
        pytest.param("Mon 10:00 created; 11:00 paused a; 12:00 paused b; 13:00 resumed a", 0, id="two reasons"),
        pytest.param(
            "Mon 10:00 created; 11:00 status solved; 12:00 reopened; 13:00 solved; 14:00 closed", 0, id="reopened"
        ),
        pytest.param("Mon 10:00 created; 11:00 status solved; 12:00 customer reply", 0, id="heard after solving"),
        pytest.param("Mon 10:00 created; 11:00 solved; 12:00 reopened status=nonsense", 0, id="reopened to nonsense"),
        pytest.param("Mon 10:00 created; 11:00 escalated on=legal", 0, id="escalated"),
        pytest.param("Mon 10:00 created; Mon 10:00 customer reply", 1, id="written as it comes in"),
        pytest.param("Mon 10:00 created; 11:00 priority=high", 1, id="a field changed"),
        pytest.param("Mon 10:00 created; 11:00 no reply needed", 1, id="no reply needed"),
        pytest.param("Mon 10:00 created; 11:00 taken over", 1, id="taken over"),
        pytest.param("Mon 10:00 created; 11:00 merged into 8", 1, id="merged"),
        pytest.param("Mon 10:00 created; 11:00 created", 1, id="created twice"),
        pytest.param("Mon 10:00 agent reply; 11:00 created", 1, id="something before it was created"),
        pytest.param("Mon 10:00 created status=solved", 1, id="solved as it comes in"),
        pytest.param("Mon 10:00 created priority=nonsense_field extra=1", 1, id="a field that nobody declared"),
        pytest.param("2026-11-30 10:00 created", 0, id="created after the instant"),
    ],
)
def test_which_tickets_are_replayed_alone(alone: mock.Mock, log: str, times: int) -> None:
    sla.policy_from_data(DESK).replay_frame(of_one_ticket(log), as_of=SUNDAY)
    assert alone.call_count == times


@pytest.mark.parametrize(
    ("metric", "clock", "times"),
    [
        pytest.param({"due": DUE, "warnings": ["75%", "1h"]}, {}, 0, id="warnings"),
        pytest.param({"due": {"workday_hours": "8h"}, "expected": DUE}, {}, 0, id="what is expected"),
        pytest.param({"due": {"business_days": 1}}, {"pausable": True}, 0, id="a date that pauses do not move"),
        pytest.param({"due": {"inside": DUE, "outside": {"next_opening": True}}}, {}, 0, id="inside and outside"),
        pytest.param(
            {"due": DUE}, {"resume_on_customer_message": True, "pausable": True}, 0, id="resumed by a message"
        ),
        pytest.param({"due": DUE}, {"starts": "answer"}, 0, id="begun by an answer"),
        pytest.param({"due": {"business_days": 1}, "pauses_move": True}, {"pausable": True}, 1, id="a date moved"),
        pytest.param({"due": {"business_hours": "0h"}}, {"pausable": True}, 1, id="nothing, and a pause"),
        pytest.param({"due": DUE, "origin": "delivered"}, {}, 1, id="a named instant"),
        pytest.param({"due": DUE}, {"pause_cap": "1h", "pausable": True}, 1, id="a cap on pauses"),
        pytest.param({"due": DUE}, {"starts": {"status": ["open"]}}, 1, id="begun by a status"),
        pytest.param({"due": DUE}, {"starts": "first_customer_message"}, 1, id="begun by the first message"),
        pytest.param({"due": DUE}, {"stops": {"event": "checked"}, "repeats": "business_day"}, 1, id="repeated"),
    ],
)
def test_which_promises_send_a_paused_ticket_the_long_way(
    alone: mock.Mock, metric: dict[str, Any], clock: dict[str, Any], times: int
) -> None:
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": metric}}
    policy = sla.policy_from_data({**DESK, "rules": [rule], "clocks": {"first_response": clock}})
    log = (
        "Mon 10:00 created; 11:00 paused; 12:00 resumed; 13:00 customer reply; 14:00 agent reply; 15:00 customer reply"
    )
    policy.replay_frame(of_one_ticket(log), as_of=SUNDAY)
    assert alone.call_count == times


@pytest.mark.parametrize(
    ("clock", "log", "hour", "status", "elapsed"),
    [
        pytest.param(
            {"on_solved": "nothing", "paused_in": ["pending"]},
            "Mon 10:00 created; 11:00 solved; 11:00 status pending; 13:00 agent reply",
            13,
            "met",
            3,
            id="the status of the instant in which it is solved holds nothing",
        ),
        pytest.param(
            {"paused_in": ["pending"]},
            "Mon 10:00 created; 11:00 status pending; 13:00 status open; 13:00 solved; 14:00 agent reply",
            14,
            "met",
            1,
            id="it is solved out of the status of that instant",
        ),
        pytest.param(
            {"starts": "customer_message"},
            "Mon 10:00 created; 11:00 status resolved; 12:00 customer reply; 13:00 status resolved; 15:00 agent reply",
            15,
            "met",
            4,
            id="a status solves what is solved already no second time",
        ),
        pytest.param(
            {"starts": "customer_message", "on_solved": "nothing"},
            "Mon 10:00 created; 10:30 agent reply; 11:00 status done; 12:00 customer reply; 13:00 status done",
            14,
            "running",
            2,
            id="a status closes what is closed already no second time",
        ),
        pytest.param(
            {"reopen": "new_cycle"},
            "Mon 10:00 created; 11:00 solved; 13:00 reopened status=open",
            14,
            "running",
            1,
            id="what is reopened begins anew",
        ),
        pytest.param(
            {"paused_in": ["pending"], "resume_on_customer_message": True},
            "Mon 10:00 created; 11:00 status pending; 12:00 customer reply",
            13,
            "running",
            2,
            id="a message of the customer ends what a status holds",
        ),
        pytest.param({}, "Mon 10:00 created; 12:30 status open", 12, "warning", 2, id="a warning comes at its instant"),
    ],
)
def test_events_of_one_instant_or_said_again_are_told_by_columns(
    alone: mock.Mock, clock: dict[str, Any], log: str, hour: int, status: str, elapsed: int
) -> None:
    """By hand, as of an hour of that Monday: four hours are promised, with a warning after half of them."""
    metric = {"due": DUE, "warnings": ["50%"] if status == "warning" else []}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": metric}}
    statuses = ["open", "pending", "resolved", "done"]
    endings = {"solved_in": ["resolved"], "closed_in": ["done"]} if "status " in log and "pending" not in log else {}
    desk = {name: DESK[name] for name in ("name", "calendars")}
    policy = sla.policy_from_data(
        {**desk, "statuses": statuses, **endings, "rules": [rule], "clocks": {"first_response": clock}}
    )
    events = of_one_ticket(log)
    as_of = events[0][1].at.replace(hour=hour, minute=0)
    columns = policy.replay_frame(events, as_of=as_of)
    assert (columns["status"][-1], columns["elapsed"][-1]) == (status, timedelta(hours=elapsed))
    assert columns["due"][-1] == policy.replay([event for _, event in events], as_of=as_of)["first_response"].due
    assert alone.call_count == 0


def test_a_version_is_left_alone_and_what_outlives_one_is_replayed(alone: mock.Mock) -> None:
    texts = ("2026-01-01T00:00:00+01:00", "2026-11-18T00:00:00+01:00")
    versions = sla.PolicyVersions.of(
        [sla.policy_from_data({**DESK, "name": text[:10], "valid_from": text}) for text in texts]
    )
    logs = ("Mon 10:00 created; 11:00 agent reply", "Mon 10:00 created; Fri 11:00 agent reply", "Fri 10:00 created")
    pairs = [(str(ticket), event) for ticket, log in enumerate(logs) for event in event_log(log)]
    columns = versions.replay_frame(pairs, as_of=SUNDAY)
    assert set(columns["ticket"]) == {"0", "1", "2"}
    assert alone.call_count == 1  # the second, which is there on both sides of Wednesday


def test_a_log_is_taken_in_pieces_without_a_seam() -> None:
    policy = sla.policy_from_data(DESK)
    pairs = [(str(n), event) for n in range(50) for event in event_log("Mon 10:00 created; 11:00 agent reply")]
    whole = policy.replay_frame(pairs, as_of=SUNDAY)
    with mock.patch.object(event_replay, "EVENTS_AT_ONCE", 7):
        assert policy.replay_frame(pairs, as_of=SUNDAY) == whole


def test_sums_of_centuries_do_not_spill_over_an_integer(alone: mock.Mock) -> None:
    """300 years of 600 tickets are 5.7e18 microseconds: with what is added twice, more than an integer holds."""
    hours = {"due": {"calendar_hours": "1h"}}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": hours}}
    policy = sla.policy_from_data({**DESK, "rules": [rule]})
    begin, end = datetime(1901, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
    pairs: list[tuple[str, Event]] = [(str(number), sla.Created(at=begin, status="open")) for number in range(1_200)]
    columns = policy.replay_frame(pairs, as_of=end)
    assert set(columns["due"]) == {begin + timedelta(hours=1)}
    assert set(columns["elapsed"]) == {end - begin}
    assert alone.call_count == 0


def test_at_most_two_in_a_hundred_tickets_of_a_helpdesk_are_replayed_alone(alone: mock.Mock) -> None:
    log = benchmark.read_tickets(benchmark.LOG) if benchmark.LOG.exists() else benchmark.synthetic_tickets(500)
    pairs = [(str(number), event) for number, events in enumerate(log.tickets) for event in events]
    columns = benchmark.helpdesk_policy().replay_frame(pairs, as_of=log.as_of)
    assert len(set(columns["ticket"])) == len(log.tickets)
    assert alone.call_count <= 0.02 * len(log.tickets)


@pytest.mark.parametrize(("received", "hours"), [(None, 2), ("came", 3)], ids=["the first row", "a column of receipt"])
def test_a_log_of_many_tickets_is_told_step_by_step(received: str | None, hours: int) -> None:
    """By hand: each ticket is opened at ten (and came at nine), and answered at noon; a row of the later is read first."""
    rows = [
        (f"{ticket},2026-11-30T12:00+01:00,replied,2026-11-30T09:00+01:00", f"{ticket},2026-11-30T10:00+01:00,opened,2026-11-30T09:00+01:00")
        for ticket in range(70)
    ]  # fmt: skip
    mapping = sla.LogMapping("id", "at", "what", events=(("replied", "agent_message"),), received=received)
    reading = sla.read_log(["id,at,what,came", *(row for two in rows for row in two)], mapping)
    with mock.patch.object(type(reading.tickets), "events", side_effect=AssertionError("a loop")):
        columns = sla.policy_from_data(DESK).replay_frame(reading, as_of=SUNDAY + timedelta(days=2))
    answered = [
        (status, elapsed)
        for metric, status, elapsed in zip(columns["metric"], columns["status"], columns["elapsed"], strict=True)
        if metric == "first_response"
    ]
    assert answered == [("met", timedelta(hours=hours))] * 70
