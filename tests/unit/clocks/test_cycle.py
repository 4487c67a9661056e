"""What starts, stops, cancels and reopens the clock of each metric; by hand from rules 9, 11, 12 and systems A, B, D, E."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.clocks.replay import Clocks, replay
from slacalc.events.event import Actor, Event
from tests.helpers import assert_same, at

OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
BH10: Final = {"business_hours": "10h"}
METRICS: Final = (
    "acknowledgement",
    "first_response",
    "next_response",
    "periodic_update",
    "requester_wait",
    "agent_work",
    "resolution",
)
THU: Final = "2026-11-19 10:00"
LATER: Final = "2026-12-31 12:00"


def policy(*metrics: str, **clocks: object) -> sla.Policy:
    """A policy that promises ten business hours on each metric."""
    promised = {metric: {"due": BH10} for metric in metrics or METRICS}
    data: dict[str, Any] = {
        "name": "cycles",
        "calendars": {"office": OFFICE},
        "rules": [{"name": "all", "calendar": "office", "metrics": promised}],
        "clocks": clocks,
    }
    return sla.policy_from_data(data)


def created(when: str = THU, **fields: str) -> Event:
    return sla.Created(at=at(when), status="open", fields=tuple(fields.items()))


def message(when: str, actor: Actor, **marks: Any) -> Event:
    return sla.Message(at=at(when), actor=actor, **marks)


def clocks(log: list[Event], promises: sla.Policy, as_of: str = LATER) -> Clocks:
    return replay(log, promises, as_of=at(as_of))


def started(found: Clocks) -> list[str]:
    """The metrics whose clocks have begun."""
    return [metric for metric, clock in found.items() if clock.status != "not_started"]


# ---------------------------------------------------------------- what starts a clock


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ([], {"acknowledgement", "first_response", "requester_wait", "agent_work", "resolution"}),
        ([message("2026-11-19 11:00", "customer")], {*METRICS} - {"periodic_update"}),
        ([message("2026-11-19 11:00", "agent")], {*METRICS} - {"next_response"}),
        ([message("2026-11-19 11:00", "bot", automated=True)], {*METRICS} - {"next_response", "periodic_update"}),
        ([message("2026-11-19 11:00", "agent", public=False)], {*METRICS} - {"next_response", "periodic_update"}),
        ([message("2026-11-19 11:00", "partner")], {*METRICS} - {"next_response", "periodic_update"}),
    ],
    ids=["created", "customer message", "our answer", "automatic answer", "internal note", "partner message"],
)
def test_what_starts_the_clock_of_each_metric(log: list[Event], expected: set[str]) -> None:
    found = clocks([created(), *log], policy())
    assert expected == set(started(found))
    assert set(found) == {*METRICS}, "what is promised and has not begun is told too"


def test_a_metric_that_is_not_promised_has_no_clock() -> None:
    found = clocks([created(), message("2026-11-19 11:00", "customer")], policy("first_response"))
    assert started(found) == list(found) == ["first_response"]
    assert len(found) == 1
    assert "resolution" not in found


def test_a_metric_that_counts_from_another_instant_does_not_start_with_the_ticket() -> None:
    data: dict[str, Any] = {
        "name": "returns",
        "calendars": {"office": OFFICE},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": BH10},
                    "return": {"due": {"calendar_days": 30}, "origin": "delivered"},
                },
            }
        ],
    }
    promises = sla.policy_from_data(data)
    assert list(promises.promise(at(THU))) == ["first_response"], (
        "a metric whose origin is not given is not promised yet"
    )
    assert started(clocks([created()], promises)) == ["first_response"]


# ---------------------------------------------------------------- what stops it (rule 11)


@pytest.mark.parametrize(
    ("actor", "marks", "stopped", "why"),
    [
        ("agent", {}, {"acknowledgement", "first_response"}, "an answer"),
        ("agent", {"channel": "form"}, {"acknowledgement", "first_response"}, "no channels are agreed: any will do"),
        ("agent", {"automated": True}, set(), "an automatic reply"),
        ("agent", {"public": False}, set(), "an internal note"),
        ("agent", {"holding": True}, {"acknowledgement"}, "a holding reply acknowledges, and answers nothing"),
        ("agent", {"partial": True}, {"acknowledgement"}, "a part of an answer acknowledges"),
        ("agent", {"holding": True, "automated": True}, set(), "an automatic holding reply"),
        ("agent", {"partial": True, "public": False}, set(), "an internal note"),
        ("bot", {}, set(), "a robot is no agent"),
        ("system", {}, set(), "nor is the system"),
        ("partner", {}, set(), "nor is a partner"),
        ("customer", {}, set(), "the customer wrote again"),
    ],
)  # fmt: skip
def test_automatic_internal_and_holding_replies_stop_no_clock(
    actor: Actor, marks: dict[str, Any], stopped: set[str], why: str
) -> None:
    promises = policy("acknowledgement", "first_response", "resolution")
    found = clocks([created(), message("2026-11-19 12:00", actor, **marks)], promises)
    assert stopped == {metric for metric, clock in found.items() if clock.done_at is not None}, why


@pytest.mark.parametrize(
    ("rule", "marks", "why"),
    [
        ({"automated": True}, {"automated": True}, "automatic replies"),
        ({"internal": True}, {"public": False}, "internal notes"),
        ({"holding": True}, {"holding": True}, "holding replies"),
        ({"partial": True}, {"partial": True}, "parts of answers"),
        ({"channels": ["form"]}, {"channel": "form"}, "the agreed channel"),
        ({"actors": ["agent", "bot"], "automated": True}, {"actor": "bot", "automated": True}, "robots"),
    ],
)
def test_they_stop_it_when_the_policy_says_so(rule: dict[str, Any], marks: dict[str, Any], why: str) -> None:
    promises = policy("first_response", first_response={"answer": rule})
    answer = sla.Message(at=at("2026-11-19 12:00"), **{"actor": "agent", **marks})
    clock = clocks([created(), answer], promises)["first_response"]
    assert_same("2026-11-19 12:00", clock.done_at, why)
    assert clock.answered


def test_a_reply_off_the_agreed_channels_stops_no_clock() -> None:
    promises = policy("first_response", first_response={"answer": {"channels": ["form", "chat"]}})
    log = [created(), message("2026-11-19 12:00", "agent", channel="email")]
    found = clocks(log, promises)
    assert found["first_response"].done_at is None
    assert [(gap.code, gap.place, gap.message) for gap in found.gaps] == [("off_channel", 1, "")], "it is told"


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"actor": "agent", "channel": "chat"}, "an answer"),
        ({"actor": "agent", "channel": "email", "public": False}, "a note is no answer on any channel"),
        ({"actor": "customer", "channel": "email"}, "a customer may write from anywhere"),
    ],
)
def test_what_would_be_no_answer_is_not_told_to_be_off_the_channels(sent: dict[str, Any], why: str) -> None:
    promises = policy("first_response", first_response={"answer": {"channels": ["form", "chat"]}})
    assert clocks([created(), message("2026-11-19 12:00", **sent)], promises).gaps == (), why


def test_the_first_answer_stops_a_first_response_and_later_ones_change_nothing() -> None:
    log = [created(), message("2026-11-19 12:00", "agent"), message("2026-11-19 13:00", "agent")]
    found = clocks(log, policy("first_response"))
    assert_same("2026-11-19 12:00", found["first_response"].done_at)
    assert len(found.cycles("first_response")) == 1


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("2026-11-20 12:00", "met"),
        ("2026-11-20 12:00:00.000001", "breached"),
    ],
)
def test_on_time_means_done_at_due_or_before(answered: str, expected: str) -> None:
    clock = clocks([created(), message(answered, "agent")], policy("first_response"))["first_response"]
    assert expected == clock.status


def test_an_answer_stops_no_clock_of_work() -> None:
    found = clocks([created(), message("2026-11-19 12:00", "agent")], policy())
    assert {"requester_wait", "agent_work", "resolution"} <= {m for m, clock in found.items() if clock.done_at is None}


# ---------------------------------------------------------------- solved, closed, no reply needed, deleted, merged


def test_solving_stops_the_clocks_of_work_and_of_answers_that_never_came() -> None:
    log = [created(), message("2026-11-19 11:00", "customer"), sla.Solved(at=at("2026-11-19 12:00"))]
    found = clocks(log, policy())
    assert {"met"} == {found[metric].status for metric in started(found)}
    answered = {metric: found[metric].answered for metric in started(found)}
    never_answered = {"acknowledgement", "first_response", "next_response"}
    assert {metric: metric not in never_answered for metric in answered} == answered


@pytest.mark.parametrize(
    ("on_solved", "status", "cancelled", "why"),
    [
        ("stop", "met", "", "solving stops it"),
        ("cancel", "cancelled", "solved_without_answer", "solving cancels it"),
        ("nothing", "overdue", "", "an answer is still owed"),
    ],
)
def test_solving_without_an_answer_does_what_the_policy_says(
    on_solved: str, status: str, cancelled: str, why: str
) -> None:
    promises = policy("first_response", first_response={"on_solved": on_solved})
    clock = clocks([created(), sla.Solved(at=at("2026-11-19 12:00"))], promises)["first_response"]
    assert (status, cancelled, False) == (clock.status, clock.cancelled, clock.answered), why


def test_solving_after_the_answer_leaves_it() -> None:
    log = [created(), message("2026-11-19 11:00", "agent"), sla.Solved(at=at("2026-11-19 12:00"))]
    clock = clocks(log, policy("first_response"))["first_response"]
    assert_same("2026-11-19 11:00", clock.done_at)
    assert clock.answered


def test_closing_an_unsolved_ticket_stops_its_clocks() -> None:
    found = clocks([created(), sla.Closed(at=at("2026-11-19 12:00"))], policy("first_response", "resolution"))
    for clock in found.values():
        assert_same("2026-11-19 12:00", clock.done_at, "nothing is owed any more")


def test_closing_cancels_what_solving_leaves_open() -> None:
    promises = policy("first_response", first_response={"on_solved": "nothing"})
    clock = clocks([created(), sla.Closed(at=at("2026-11-19 12:00"))], promises)["first_response"]
    assert (clock.status, clock.cancelled, clock.done_at) == ("cancelled", "closed", None)
    assert_same("2026-11-19 12:00", clock.cancelled_at)


def test_closing_a_solved_ticket_leaves_when_it_was_solved() -> None:
    log: list[Event] = [created(), sla.Solved(at=at("2026-11-19 12:00")), sla.Closed(at=at("2026-11-25 12:00"))]
    assert_same("2026-11-19 12:00", clocks(log, policy("resolution"))["resolution"].done_at)


def test_no_reply_needed_cancels_the_clocks_of_answers_and_of_nothing_else() -> None:
    log = [created(), message("2026-11-19 11:00", "customer"), sla.NoReplyNeeded(at=at("2026-11-19 12:00"))]
    found = clocks(log, policy(), "2026-11-19 13:00")
    cancelled = {metric: clock.cancelled for metric, clock in found.items() if clock.status == "cancelled"}
    assert dict.fromkeys(("acknowledgement", "first_response", "next_response"), "no_reply_needed") == cancelled
    assert {"running"} == {found[metric].status for metric in ("requester_wait", "agent_work", "resolution")}


def test_after_no_reply_needed_the_next_customer_message_starts_again() -> None:
    log = [
        created(),
        message("2026-11-19 11:00", "customer"),
        sla.NoReplyNeeded(at=at("2026-11-19 12:00")),
        message("2026-11-19 15:00", "customer"),
    ]
    cycles = clocks(log, policy("next_response"), "2026-11-19 16:00").cycles("next_response")
    assert [cycle.status for cycle in cycles] == ["cancelled", "running"]
    assert_same("2026-11-20 17:00", cycles[1].due, "2 on Thursday, 8 fill Friday exactly")


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (sla.Deleted(at=at("2026-11-19 12:00")), "deleted"),
        (sla.MergedInto(at=at("2026-11-19 12:00"), into="8"), "merged"),
    ],
)
def test_a_ticket_that_is_gone_owes_nothing(end: Event, why: str) -> None:
    found = clocks([created(), end], policy("first_response", "resolution"))
    for clock in found.values():
        assert ("cancelled", why) == (clock.status, clock.cancelled)
        assert_same("2026-11-19 12:00", clock.cancelled_at)
        assert timedelta(hours=2) == clock.elapsed == clock.ledger.counted, "until it was gone"
        assert clock.breached_at is None


@pytest.mark.parametrize(
    "end", [sla.Deleted(at=at("2026-11-19 12:00")), sla.MergedInto(at=at("2026-11-19 12:00"), into="8")]
)
def test_what_happens_after_the_end_is_a_gap_and_changes_nothing(end: Event) -> None:
    log = [created(), end, message("2026-11-19 13:00", "customer"), sla.Solved(at=at("2026-11-19 14:00"))]
    found = clocks(log, policy())
    assert [(gap.code, gap.place) for gap in found.gaps] == [("event_after_the_end", 2), ("event_after_the_end", 3)]
    assert {"cancelled"} == {found[metric].status for metric in started(found)}
    assert found["next_response"].status == "not_started"


def test_an_answer_before_the_merge_stays_met() -> None:
    log = [created(), message("2026-11-19 11:00", "agent"), sla.MergedInto(at=at("2026-11-19 12:00"), into="8")]
    assert clocks(log, policy("first_response"))["first_response"].status == "met"


# ---------------------------------------------------------------- periodic updates


def test_an_update_is_owed_from_each_answer_to_the_next() -> None:
    log = [
        created(),
        message("2026-11-19 11:00", "agent"),
        message("2026-11-19 12:00", "customer"),
        message("2026-11-20 10:00", "agent"),
        sla.Solved(at=at("2026-11-20 16:00")),
    ]
    cycles = clocks(log, policy("periodic_update")).cycles("periodic_update")
    assert [at("2026-11-19 11:00"), at("2026-11-20 10:00")] == [cycle.origin for cycle in cycles]
    assert [at("2026-11-20 10:00"), at("2026-11-20 16:00")] == [cycle.done_at for cycle in cycles]
    assert_same("2026-11-20 13:00", cycles[0].due, "6 on Thursday, 4 on Friday")
    assert_same("2026-11-23 12:00", cycles[1].due, "7 on Friday, 3 on Monday")
    assert [cycle.answered for cycle in cycles] == [True, False], "solved without another update"


# ---------------------------------------------------------------- what pauses by default


@pytest.mark.parametrize(
    ("status", "paused"),
    [
        ("pending", {"requester_wait", "agent_work", "resolution"}),
        ("on_hold", {"agent_work", "resolution"}),
        ("open", set()),
        ("new", set()),
    ],
)
def test_which_statuses_pause_which_clocks(status: str, paused: set[str]) -> None:
    log = [
        created(),
        message("2026-11-19 10:30", "customer"),
        sla.StatusChanged(at=at("2026-11-19 11:00"), status=status),
    ]
    found = clocks(log, policy(), "2026-11-19 12:00")
    assert paused == {metric for metric, clock in found.items() if clock.status == "paused"}


def test_which_clocks_pause_events_pause() -> None:
    log = [created(), message("2026-11-19 10:30", "agent"), sla.Paused(at=at("2026-11-19 11:00"), reason="supplier")]
    found = clocks(log, policy(), "2026-11-19 12:00")
    expected = {"periodic_update", "requester_wait", "agent_work", "resolution"}
    assert expected == {metric for metric, clock in found.items() if clock.status == "paused"}


def test_a_customer_message_resumes_where_the_policy_says_so() -> None:
    waiting = {"stops": "solved", "paused_in": ["pending"], "resume_on_customer_message": True}
    log = [
        created(),
        sla.StatusChanged(at=at("2026-11-19 11:00"), status="pending"),
        message("2026-11-19 13:00", "customer"),
    ]
    clock = clocks(log, policy("resolution", resolution=waiting), "2026-11-19 14:00")["resolution"]
    assert_same("2026-11-20 14:00", clock.due, "paused from 11:00 to 13:00")
    default = clocks(log, policy("resolution"), "2026-11-19 14:00")["resolution"]
    assert default.status == "paused", "by default the status says when"


PENDING: Final = sla.StatusChanged(at=at("2026-11-19 11:00"), status="pending")


@pytest.mark.parametrize(
    ("log", "metric", "status", "why"),
    [
        ([PENDING, message("2026-11-19 12:00", "customer")], "next_response", "running", "the customer is waited for no more"),
        ([PENDING, message("2026-11-19 11:30", "customer"), message("2026-11-19 12:00", "agent")], "periodic_update", "running",
         "nor by a clock that begins later"),
        ([message("2026-11-19 10:30", "customer"), PENDING, message("2026-11-19 12:00", "agent")], "periodic_update", "paused",
         "what the customer wrote before ended nothing"),
        ([PENDING, message("2026-11-19 12:00", "agent")], "periodic_update", "paused", "the customer never wrote"),
    ],
)  # fmt: skip
def test_a_clock_that_begins_while_a_ticket_waits_is_held_unless_the_customer_wrote_since(
    log: list[Event], metric: str, status: str, why: str
) -> None:
    waits = {"paused_in": ["pending"], "resume_on_customer_message": True}
    promises = policy("next_response", "periodic_update", next_response=waits, periodic_update=waits)
    assert status == clocks([created(), *log], promises, "2026-11-19 13:00")[metric].status, why


# ---------------------------------------------------------------- reopened


def reopened(how: str, solved: str = "2026-11-19 12:00", again: str = "2026-11-19 14:00") -> list[Event]:
    """Created on Thursday at ten, solved and reopened."""
    assert how in {"resume", "continue", "new_cycle"}
    return [created(), sla.Solved(at=at(solved)), sla.Reopened(at=at(again))]


def working(how: str) -> sla.Policy:
    """A policy whose resolution is reopened so."""
    rule = {"stops": "solved", "paused_in": ["pending"], "pausable": True, "reopen": how}
    return policy("resolution", resolution=rule)


@pytest.mark.parametrize(
    ("how", "solved", "again", "due", "elapsed", "why"),
    [
        ("resume", "2026-11-19 12:00", "2026-11-19 14:00", "2026-11-20 14:00", 3, "2 counted, 8 left from 14:00: 3 + 5"),
        ("resume", "2026-11-19 12:00", "2026-11-19 12:00", "2026-11-20 12:00", 5, "reopened at once"),
        ("continue", "2026-11-19 12:00", "2026-11-19 14:00", "2026-11-20 12:00", 5, "as if it never was solved"),
        ("new_cycle", "2026-11-19 12:00", "2026-11-19 14:00", "2026-11-20 16:00", 1, "ten hours from 14:00: 3 + 7"),
    ],
)  # fmt: skip
def test_a_reopened_ticket_is_due_as_the_policy_says(
    how: str, solved: str, again: str, due: str, elapsed: int, why: str
) -> None:
    clock = clocks(reopened(how, solved, again), working(how), "2026-11-19 15:00")["resolution"]
    assert_same(due, clock.due, why)
    assert (clock.status, clock.done_at) == ("running", None)
    assert timedelta(hours=elapsed) == clock.elapsed == clock.ledger.counted, why


def test_the_ledger_says_when_a_resumed_clock_was_solved() -> None:
    clock = clocks(reopened("resume"), working("resume"), "2026-11-19 15:00")["resolution"]
    shown = [(f"{segment.start:%H:%M}", segment.kind, segment.name) for segment in clock.ledger]
    assert shown == [("10:00", "counted", ""), ("12:00", "paused", "solved"), ("14:00", "counted", "")]


def test_resume_is_one_cycle_and_new_cycle_two() -> None:
    numbers = {
        how: len(clocks(reopened(how), working(how)).cycles("resolution"))
        for how in ("resume", "continue", "new_cycle")
    }
    assert numbers == {"resume": 1, "continue": 1, "new_cycle": 2}


def test_a_new_cycle_leaves_the_one_that_was_solved() -> None:
    first, second = clocks(reopened("new_cycle"), working("new_cycle")).cycles("resolution")
    assert first.status == "met"
    assert_same("2026-11-19 12:00", first.done_at)
    assert_same("2026-11-19 14:00", second.origin)


@pytest.mark.parametrize("how", ["resume", "continue"])
def test_a_ticket_that_was_solved_late_is_still_late_when_reopened(how: str) -> None:
    log = reopened(how, "2026-11-20 13:00", "2026-11-20 15:00")
    clock = clocks(log, working(how), "2026-11-20 16:00")["resolution"]
    assert clock.status == "overdue", "a pause that starts after due changes nothing"
    assert_same("2026-11-20 12:00", clock.due)
    assert timedelta(hours=4) == clock.overdue_by


@pytest.mark.parametrize(("how", "left"), [("resume", 8), ("new_cycle", 10)])
def test_a_ticket_reopened_into_a_pausing_status_is_paused(how: str, left: int) -> None:
    log = [created(), sla.Solved(at=at("2026-11-19 12:00")), sla.Reopened(at=at("2026-11-19 14:00"), status="pending")]
    clock = clocks(log, working(how), "2026-11-19 15:00")["resolution"]
    assert clock.status == "paused"
    assert timedelta(hours=left) == clock.remaining


def test_a_ticket_solved_and_reopened_in_a_pausing_status_is_paused() -> None:
    log = [
        created(),
        sla.StatusChanged(at=at("2026-11-19 11:00"), status="pending"),
        sla.Solved(at=at("2026-11-19 12:00")),
        sla.Reopened(at=at("2026-11-19 14:00"), status="pending"),
    ]
    clock = clocks(log, working("resume"), "2026-11-19 15:00")["resolution"]
    assert clock.status == "paused", "its status is pending"
    assert timedelta(hours=9) == clock.remaining


@pytest.mark.parametrize(("how", "left"), [("resume", 9), ("continue", 9), ("new_cycle", 10)])
def test_a_pause_that_was_not_resumed_goes_on_when_reopened(how: str, left: int) -> None:
    log: list[Event] = [
        created(),
        sla.Paused(at=at("2026-11-19 11:00"), reason="supplier"),
        sla.Solved(at=at("2026-11-19 12:00")),
        sla.Reopened(at=at("2026-11-19 14:00")),
    ]
    clock = clocks(log, working(how), "2026-11-19 15:00")["resolution"]
    assert clock.status == "paused", "clocks stop counting until they are resumed"
    assert timedelta(hours=left) == clock.remaining


def thursday(hour: str) -> datetime:
    return at(f"2026-11-19 {hour}")


def waits(hour: str) -> Event:
    return sla.Paused(at=thursday(hour), reason="supplier")


def goes_on(hour: str) -> Event:
    return sla.Resumed(at=thursday(hour), reason="supplier")


SOLVED, REOPENED = sla.Solved(at=thursday("12:00")), sla.Reopened(at=thursday("14:00"))
WROTE: Final = message("2026-11-19 13:00", "customer")
PENDING_AT_ONE: Final = sla.StatusChanged(at=thursday("13:00"), status="pending")

MEANWHILE: Final[list[tuple[list[Event], str | None, str | None, str]]] = [
    ([SOLVED, waits("13:00"), goes_on("13:30"), REOPENED], "12:30", "14:00", "half an hour of the two hours was a pause"),
    ([SOLVED, waits("13:00"), REOPENED, goes_on("15:00")], "14:00", "15:00", "it goes on after the reopening"),
    ([waits("11:00"), SOLVED, goes_on("13:00"), REOPENED], "14:00", "15:00", "a pause that ends while it is solved"),
    ([waits("11:00"), goes_on("11:30"), SOLVED, REOPENED], "12:30", "14:30", "a pause before it was solved, and only once"),
    ([SOLVED, waits("13:00"), REOPENED], None, None, "one that has not ended"),
    ([SOLVED, PENDING_AT_ONE, REOPENED], "13:00", "14:00", "a status until it is open again"),
    ([waits("11:00"), SOLVED, WROTE, REOPENED], "14:00", "15:00", "the customer's message ends what waits for it, and not that it is solved"),
    ([SOLVED, WROTE, waits("13:30"), REOPENED], None, None, "what begins after the message is not ended by it"),
]  # fmt: skip


@pytest.mark.parametrize(("log", "continued", "resumed", "why"), MEANWHILE, ids=[row[-1] for row in MEANWHILE])
def test_what_happens_while_a_ticket_is_solved_counts_when_it_is_reopened(
    log: list[Event], continued: str | None, resumed: str | None, why: str
) -> None:
    """Ten hours from Thursday 10:00 are due on Friday at 12:00; solved and reopened, at 14:00 where that takes two out."""
    for how, due in (("continue", continued), ("resume", resumed)):
        rule = {"stops": "solved", "paused_in": ["pending"], "pausable": True, "reopen": how}
        promises = policy("resolution", resolution={**rule, "resume_on_customer_message": True})
        clock = clocks([created(), *log], promises, "2026-11-19 16:00")["resolution"]
        assert clock.due == (None if due is None else at(f"2026-11-20 {due}")), f"{how}: {why}"
        assert clock.status == ("paused" if due is None else "running"), f"{how}: {why}"


def test_a_first_response_is_not_owed_again_when_reopened() -> None:
    log = [created(), message("2026-11-19 11:00", "agent"), *reopened("resume")[1:]]
    found = clocks(log, policy("first_response", "resolution"))
    assert_same("2026-11-19 11:00", found["first_response"].done_at)
    assert len(found.cycles("first_response")) == 1


def test_reopening_what_was_never_solved_changes_nothing() -> None:
    log: list[Event] = [created(), sla.Reopened(at=at("2026-11-19 14:00"))]
    clock = clocks(log, working("resume"))["resolution"]
    assert_same("2026-11-20 12:00", clock.due)


def test_reopening_starts_no_cycle_of_a_metric_that_is_no_longer_promised() -> None:
    data: dict[str, Any] = {
        "name": "cycles",
        "calendars": {"office": OFFICE},
        "rules": [
            {
                "name": "high",
                "when": {"priority": "high"},
                "calendar": "office",
                "metrics": {"resolution": {"due": BH10}},
            },
            {"name": "rest", "calendar": "office", "metrics": {"first_response": {"due": BH10}}},
        ],
        "clocks": {"resolution": {"stops": "solved", "reopen": "new_cycle"}},
    }
    log = [
        created(priority="high"),
        sla.Solved(at=at("2026-11-19 11:00")),
        sla.FieldChanged(at=at("2026-11-19 12:00"), field="priority", value="low"),
        sla.Reopened(at=at("2026-11-19 13:00")),
    ]
    found = clocks(log, sla.policy_from_data(data))
    assert [cycle.status for cycle in found.cycles("resolution")] == ["met"]


# ---------------------------------------------------------------- system E: the seller of a marketplace


MON: Final = "2026-11-23 09:00"


def seller(*log: Event, as_of: str = "2026-11-25 12:00", **fields: str) -> Clocks:
    """A conversation under the sample policy, which begins with a message of the buyer on Monday at nine."""
    return clocks(
        [created(MON, **fields), message(MON, "customer"), *log], sla.sample_policy("marketplace_seller"), as_of
    )


def test_a_second_message_opens_no_cycle_and_the_next_one_after_the_answer_does() -> None:
    found = seller(
        message("2026-11-23 12:00", "customer"),
        message("2026-11-24 08:00", "agent", channel="helpdesk"),
        message("2026-11-24 10:00", "customer"),
    )
    first, second = found.cycles("next_response")
    assert_same("2026-11-24 09:00", first.due, "24 working hours from the first message")
    assert first.status == "met"
    assert_same("2026-11-24 10:00", second.origin)
    assert_same("2026-11-25 10:00", second.due)
    assert second == found["next_response"], "the latest cycle"


def test_working_hours_can_be_read_as_open_time() -> None:
    assert_same("2026-11-25 17:00", seller(reading="mild")["next_response"].due, "three days of eight hours")


@pytest.mark.parametrize("marks", [{"automated": True}, {"holding": True}, {"public": False}])
def test_an_automatic_or_holding_reply_does_not_answer_the_buyer(marks: dict[str, Any]) -> None:
    reply = message("2026-11-23 10:00", "agent", channel="helpdesk", **marks)
    clock = seller(reply, as_of="2026-11-23 12:00")["next_response"]
    assert (clock.status, clock.done_at) == ("running", None)


def test_a_breached_due_makes_the_ticket_eligible_and_only_an_event_takes_over() -> None:
    before = seller(as_of="2026-11-24 09:00")["next_response"]
    after = seller(as_of="2026-11-24 09:01")["next_response"]
    assert (before.status, before.eligible_for_takeover) == ("running", False), "at due it is on time"
    assert (after.status, after.eligible_for_takeover) == ("overdue", True)


def test_a_takeover_after_due_leaves_the_breach() -> None:
    clock = seller(sla.TakenOver(at=at("2026-11-24 15:00"), reason="late", costs=True))["next_response"]
    assert (clock.status, clock.cancelled) == ("cancelled", "taken_over")
    assert_same("2026-11-24 09:00", clock.breached_at, "the breach of Tuesday 09:00 stays")


def test_a_takeover_before_due_is_no_breach() -> None:
    clock = seller(sla.TakenOver(at=at("2026-11-23 12:00"), reason="counterfeit"))["next_response"]
    assert (clock.status, clock.cancelled) == ("cancelled", "taken_over")
    assert_same("2026-11-23 12:00", clock.cancelled_at)
    assert clock.breached_at is None
    assert not clock.eligible_for_takeover


def test_after_a_takeover_a_message_of_the_buyer_starts_no_clock_of_the_seller() -> None:
    taken = sla.TakenOver(at=at("2026-11-23 12:00"), reason="dispute")
    found = seller(taken, message("2026-11-23 15:00", "customer"))
    assert [cycle.status for cycle in found.cycles("next_response")] == ["cancelled"], (
        "somebody else answers from now on"
    )


def test_a_second_takeover_changes_nothing() -> None:
    found = seller(
        sla.TakenOver(at=at("2026-11-23 12:00"), reason="dispute"),
        sla.TakenOver(at=at("2026-11-24 15:00"), reason="late", costs=True),
    )
    assert found.taken_over is not None
    assert (found.taken_over.reason, found.taken_over.costs) == ("dispute", False)
    (platform,) = found.cycles("platform_response")
    assert platform.status == "overdue"
    assert_same("2026-11-24 12:00", platform.due, "24 working hours from the first takeover")
    assert found["next_response"].breached_at is None


# ---------------------------------------------------------------- systems A and B


def test_a_part_of_an_answer_is_not_the_first_response() -> None:
    log = [
        created("2026-11-23 10:00", priority="normal"),
        message("2026-11-23 11:00", "agent", partial=True),
        message("2026-11-24 10:00", "agent"),
    ]
    clock = clocks(log, sla.sample_policy("webshop_helpdesk"))["first_response"]
    assert clock.status == "breached"
    assert_same("2026-11-23 17:00", clock.due, "the same working day")
    assert timedelta(hours=1) == clock.overdue_by_open, "breached by one business hour"
    assert timedelta(hours=17) == clock.overdue_by


def test_the_acknowledgement_names_the_date_of_the_resolution() -> None:
    log = [
        created("2026-11-20 15:00"),
        message("2026-11-23 10:00", "agent", holding=True),
        sla.TargetOverridden(at=at("2026-11-23 10:00"), metric="resolution", due=at("2026-11-25 12:00"), author="Ana"),
    ]
    found = clocks(log, policy("acknowledgement", "first_response", "resolution"), "2026-11-23 11:00")
    assert found["acknowledgement"].status == "met"
    assert found["first_response"].done_at is None
    assert_same("2026-11-25 12:00", found["resolution"].due)


# ---------------------------------------------------------------- order and as_of (rule 12)


def test_the_log_may_be_in_any_order() -> None:
    log = [message("2026-11-19 12:00", "agent"), created(), message("2026-11-19 11:00", "customer")]
    clock = clocks(log, policy("next_response"))["next_response"]
    assert_same("2026-11-19 11:00", clock.origin)
    assert_same("2026-11-19 12:00", clock.done_at)


def test_at_one_instant_the_place_in_the_log_decides() -> None:
    asked, answered = message("2026-11-19 11:00", "customer"), message("2026-11-19 11:00", "agent")
    assert clocks([created(), asked, answered], policy("next_response"))["next_response"].status == "met"
    assert clocks([created(), answered, asked], policy("next_response"))["next_response"].status == "overdue"


def test_at_one_instant_the_number_decides_before_the_place() -> None:
    asked, answered = (
        message("2026-11-19 11:00", "customer", seq=1),
        message("2026-11-19 11:00", "agent", seq=2),
    )
    assert clocks([created(), answered, asked], policy("next_response"))["next_response"].status == "met"


def test_events_after_as_of_are_not_applied_and_those_at_it_are() -> None:
    log = [created(), message("2026-11-19 12:00", "agent")]
    before = clocks(log, policy("first_response"), "2026-11-19 11:59:59.999999")["first_response"]
    then = clocks(log, policy("first_response"), "2026-11-19 12:00")["first_response"]
    assert (before.status, then.status) == ("running", "met")


# ---------------------------------------------------------------- gaps and errors


def test_a_resumption_without_a_pause_is_a_gap() -> None:
    log: list[Event] = [
        created(),
        sla.Resumed(at=at("2026-11-19 11:00"), reason="supplier"),
        sla.Paused(at=at("2026-11-19 12:00"), reason="customer"),
        sla.Resumed(at=at("2026-11-19 13:00"), reason="customer"),
        sla.Resumed(at=at("2026-11-19 14:00"), reason="customer"),
    ]
    found = clocks(log, policy("resolution"))
    assert [(gap.code, gap.place) for gap in found.gaps] == [("resume_without_pause", 1), ("resume_without_pause", 4)]
    assert_same("2026-11-20 13:00", found["resolution"].due, "one hour from 12:00")


def test_a_whole_log_has_no_gaps() -> None:
    log = [created(), message("2026-11-19 11:00", "agent"), sla.Solved(at=at("2026-11-19 12:00"))]
    assert clocks(log, policy()).gaps == ()


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ([], "creation_missing"),
        ([message("2026-11-19 12:00", "customer")], "creation_missing"),
        ([created("2027-01-04 10:00")], "creation_missing"),
    ],
    ids=["empty", "only a message", "created after as_of"],
)
def test_a_ticket_that_was_not_created_is_refused(log: list[Event], code: str) -> None:
    with pytest.raises(sla.LogError) as caught:
        clocks(log, policy())
    assert code == caught.value.code


@pytest.mark.parametrize(
    ("wrong", "code", "place"),
    [
        ([message("2026-11-19 09:00", "customer"), created()], "event_before_creation", 0),
        ([created(), created("2026-11-19 11:00")], "created_twice", 1),
        ([created(), sla.Resumed(at=at("2026-11-19 11:00"))], "resume_without_pause", 1),
        ([created(), sla.Deleted(at=at("2026-11-19 11:00")), message(LATER, "customer")], "event_after_the_end", 2),
        ([created(), sla.FieldChanged(at=at(LATER), field="weather", value="rain")], "field_undeclared", 1),
        ([created(), sla.Deprioritised(at=at(LATER), reason="rude")], "deprioritisation_unknown", 1),
        ([created(), sla.TargetOverridden(at=at(LATER), metric="refund", due=at(LATER))], "override_without_clock", 1),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_event_is_a_gap_or_when_strict_an_error_that_names_it(
    wrong: list[Event], code: str, place: int
) -> None:
    found = clocks(wrong, policy())
    assert [(code, place)] == [(gap.code, gap.place) for gap in found.gaps]
    with pytest.raises(sla.SlaError) as caught:
        replay(wrong, policy(), as_of=at(LATER), ticket="77", strict=True)
    assert (code, f"ticket 77, event {place + 1}") == (
        caught.value.code,
        caught.value.where[: len(f"ticket 77, event {place + 1}")],
    )


def test_what_the_log_leaves_open_is_told_and_no_error() -> None:
    log = [sla.Created(at=at(THU), actor="unknown"), message("2026-11-19 12:00", "unknown")]
    found = replay(log, policy("first_response"), as_of=at(LATER), strict=True)
    assert [(gap.code, gap.place) for gap in found.gaps] == [
        ("status_assumed", 0),
        ("actor_unknown", 0),
        ("actor_unknown", 1),
    ]
    assert found["first_response"].done_at is None, "nobody knows that it was an answer"


def test_only_aware_instants_are_accepted() -> None:
    naive = datetime(2026, 11, 19, 10)
    with pytest.raises(sla.InstantError):
        replay([created()], policy(), as_of=naive)
    with pytest.raises(sla.InstantError):
        replay([sla.Created(at=naive)], policy(), as_of=at(LATER))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("weather", "rain", "field_undeclared"), ("reading", "wild", "field_value_unknown")],
)
def test_a_field_that_the_policy_does_not_know_changes_nothing(field: str, value: str, code: str) -> None:
    gaps = seller(sla.FieldChanged(at=at("2026-11-23 10:00"), field=field, value=value)).gaps
    assert [code] == [gap.code for gap in gaps if gap.message]


def test_the_policy_replays_too() -> None:
    log = [created(), message("2026-11-19 12:00", "agent")]
    promises = policy("first_response")
    by_policy = promises.replay(log, as_of=at(LATER))
    assert clocks(log, promises)["first_response"] == by_policy["first_response"]


# ---------------------------------------------------------------- metrics that are not there


TWO_RULES: Final = sla.policy_from_data(
    {
        "name": "two rules",
        "calendars": {"office": OFFICE},
        "rules": [
            {
                "name": "urgent",
                "when": {"priority": "urgent"},
                "calendar": "office",
                "metrics": {"first_response": {"due": BH10}, "resolution": {"due": BH10}},
            },
            {
                "name": "the rest",
                "calendar": "office",
                "metrics": {"first_response": {"due": BH10}, "next_response": {"due": BH10}},
            },
        ],
    }
)


def test_the_cycles_of_a_metric_that_no_rule_promises_are_refused_with_those_that_are() -> None:
    found = replay([created()], TWO_RULES, as_of=at(LATER), ticket="7")
    with pytest.raises(sla.MetricError) as refused:
        found.cycles("frist_response")
    assert refused.value.code == "metric_unpromised"
    assert str(refused.value) == (
        "ticket 7: no rule promises this metric; given 'frist_response'; "
        "accepted: first_response, next_response, resolution"
    )


@pytest.mark.parametrize(
    ("metric", "why"),
    [
        ("next_response", "it is promised, and no customer wrote"),
        ("resolution", "another rule promises it"),
    ],
)
def test_a_metric_of_the_policy_without_a_cycle_has_none(metric: str, why: str) -> None:
    assert replay([created()], TWO_RULES, as_of=at(LATER)).cycles(metric) == (), why


def test_a_metric_of_any_version_is_one_of_the_policy() -> None:
    earlier = policy("first_response").to_data() | {"valid_from": "2026-01-01T00:00:00+01:00"}
    later = policy("resolution").to_data() | {"valid_from": "2026-12-01T00:00:00+01:00"}
    book = sla.PolicyVersions.of(map(sla.policy_from_data, (earlier, later)))
    found = sla.replay([created()], book, as_of=at(THU))
    assert found.cycles("resolution") == (), "it is promised from December on"
    with pytest.raises(sla.MetricError, match="first_response, resolution"):
        found.cycles("resolutoin")


def test_a_clock_that_is_not_there_is_a_key_error_that_names_the_clocks_there_are() -> None:
    found = replay([created()], TWO_RULES, as_of=at(LATER), ticket="7")
    with pytest.raises(KeyError) as refused:
        found["resolution"]
    assert isinstance(refused.value, sla.SlaError)
    assert str(refused.value) == (
        "ticket 7: this ticket has no clock of this metric; given 'resolution'; accepted: first_response, next_response"
    )
    assert found.get("resolution") is None
    assert "resolution" not in found


def test_a_ticket_that_was_not_created_has_no_clocks_and_says_so() -> None:
    (found,) = sla.replay_tickets([("7", message(THU, "agent"))], TWO_RULES, as_of=at(LATER))
    with pytest.raises(KeyError, match="the ticket was not created"):
        found["first_response"]
    assert found.cycles("first_response") == ()
