"""What starts, stops, cancels and reopens the clock of each metric; by hand from rules 9, 11, 12 and systems A, B, D, E."""

from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.clocks.replay import Clocks
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import assert_same, at
from tests.unit.clocks.lives import (
    BH10,
    METRICS,
    OFFICE,
    THU,
    clocks,
    created,
    message,
    policy,
    seller,
    thursday,
)


def started(found: Clocks) -> list[str]:
    """The metrics whose clocks have begun."""
    return [metric for metric, clock in found.items() if clock.status != "not_started"]


# ---------------------------------------------------------------- what starts a clock


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ([], {"acknowledgement", "first_response", "requester_wait", "agent_work", "resolution"}),
        (event_log("2026-11-19 11:00 customer reply"), {*METRICS} - {"next_response", "periodic_update"}),
        (event_log("2026-11-19 11:00 agent reply; 11:30 customer reply"), {*METRICS}),
        (event_log("2026-11-19 11:00 agent reply"), {*METRICS} - {"next_response"}),
        (event_log("2026-11-19 11:00 bot automatic reply"), {*METRICS} - {"next_response", "periodic_update"}),
        (event_log("2026-11-19 11:00 agent note"), {*METRICS} - {"next_response", "periodic_update"}),
        (event_log("2026-11-19 11:00 partner reply"), {*METRICS} - {"next_response", "periodic_update"}),
    ],
    ids=[
        "created",
        "customer message",
        "customer message after our answer",
        "our answer",
        "automatic answer",
        "internal note",
        "partner message",
    ],
)
def test_what_starts_the_clock_of_each_metric(log: list[Event], expected: set[str]) -> None:
    found = clocks([created(), *log], policy())
    assert expected == set(started(found))
    assert set(found) == {*METRICS}, "what is promised and has not begun is told too"


def test_a_metric_that_is_not_promised_has_no_clock() -> None:
    found = clocks(event_log("2026-11-19 10:00 created status=open; 11:00 customer reply"), policy("first_response"))
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
    assert started(clocks(event_log("2026-11-19 10:00 created status=open"), promises)) == ["first_response"]


# ---------------------------------------------------------------- solved, closed, no reply needed, deleted, merged


def test_solving_stops_the_clocks_of_work_and_of_answers_that_never_came() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 11:00 customer reply; 12:00 solved")
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
    clock = clocks(event_log("2026-11-19 10:00 created status=open; 12:00 solved"), promises)["first_response"]
    assert (status, cancelled, False) == (clock.status, clock.cancelled, clock.answered), why


def test_solving_after_the_answer_leaves_it() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 11:00 agent reply; 12:00 solved")
    clock = clocks(log, policy("first_response"))["first_response"]
    assert_same("2026-11-19 11:00", clock.done_at)
    assert clock.answered


def test_closing_an_unsolved_ticket_stops_its_clocks() -> None:
    found = clocks(
        event_log("2026-11-19 10:00 created status=open; 12:00 closed"), policy("first_response", "resolution")
    )
    for clock in found.values():
        assert_same("2026-11-19 12:00", clock.done_at, "nothing is owed any more")


def test_closing_cancels_what_solving_leaves_open() -> None:
    promises = policy("first_response", first_response={"on_solved": "nothing"})
    clock = clocks(event_log("2026-11-19 10:00 created status=open; 12:00 closed"), promises)["first_response"]
    assert (clock.status, clock.cancelled, clock.done_at) == ("cancelled", "closed", None)
    assert_same("2026-11-19 12:00", clock.cancelled_at)


def test_closing_a_solved_ticket_leaves_when_it_was_solved() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 12:00 solved; 2026-11-25 12:00 closed")
    assert_same("2026-11-19 12:00", clocks(log, policy("resolution"))["resolution"].done_at)


def test_no_reply_needed_cancels_the_clocks_of_answers_and_of_nothing_else() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 11:00 customer reply; 12:00 no reply needed")
    found = clocks(log, policy(), "2026-11-19 13:00")
    cancelled = {metric: clock.cancelled for metric, clock in found.items() if clock.status == "cancelled"}
    assert dict.fromkeys(("acknowledgement", "first_response"), "no_reply_needed") == cancelled
    assert found["next_response"].status == "not_started", "it waited for the first answer, and nothing is asked now"
    assert {"running"} == {found[metric].status for metric in ("requester_wait", "agent_work", "resolution")}


@pytest.mark.parametrize(
    ("end", "on_solved", "status", "cancelled"),
    [
        (sla.Solved, "stop", "met", ""),
        (sla.Solved, "cancel", "cancelled", "solved_without_answer"),
        (sla.Solved, "nothing", "overdue", ""),
        (sla.Closed, "nothing", "cancelled", "closed"),
    ],
)
def test_an_answer_and_the_end_of_one_instant_may_be_told_in_either_order(
    end: type[sla.Solved | sla.Closed], on_solved: str, status: str, cancelled: str
) -> None:
    """An answer begins the periodic update, which ends with the ticket as it would if the answer had been told first."""
    promises = policy("periodic_update", periodic_update={"stops": "answer", "on_solved": on_solved})
    answered, ended = message("2026-11-19 11:00", "agent"), end(at=at("2026-11-19 11:00"))
    for log in ([answered, ended], [ended, answered]):
        clock = clocks([created(), *log], promises)["periodic_update"]
        assert (clock.status, clock.cancelled) == (status, cancelled), log
        assert_same("2026-11-19 11:00", clock.origin)


def test_an_answer_after_the_end_begins_no_periodic_update() -> None:
    log = [created(), sla.Solved(at=at("2026-11-19 11:00")), message("2026-11-19 11:01", "agent")]
    assert clocks(log, policy("periodic_update"))["periodic_update"].status == "not_started"


def test_after_no_reply_needed_the_next_customer_message_starts_again() -> None:
    log = event_log(
        "2026-11-19 10:00 created status=open; 11:00 customer reply; 12:00 no reply needed; 15:00 customer reply"
    )
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


@pytest.mark.parametrize("end", event_log("2026-11-19 12:00 deleted; 12:00 merged into 8"))
def test_what_happens_after_the_end_is_a_gap_and_changes_nothing(end: Event) -> None:
    log = [created(), end, message("2026-11-19 13:00", "customer"), sla.Solved(at=at("2026-11-19 14:00"))]
    found = clocks(log, policy())
    assert [(gap.code, gap.place) for gap in found.gaps] == [("event_after_the_end", 2), ("event_after_the_end", 3)]
    assert {"cancelled"} == {found[metric].status for metric in started(found)}
    assert found["next_response"].status == "not_started"


def test_an_answer_before_the_merge_stays_met() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 11:00 agent reply; 12:00 merged into 8")
    assert clocks(log, policy("first_response"))["first_response"].status == "met"


# ---------------------------------------------------------------- periodic updates


def test_an_update_is_owed_from_each_answer_to_the_next() -> None:
    log = event_log(
        "2026-11-19 10:00 created status=open; 11:00 agent reply; 12:00 customer reply; 2026-11-20 10:00 agent reply; 16:00 solved"
    )
    cycles = clocks(log, policy("periodic_update")).cycles("periodic_update")
    assert [at("2026-11-19 11:00"), at("2026-11-20 10:00")] == [cycle.origin for cycle in cycles]
    assert [at("2026-11-20 10:00"), at("2026-11-20 16:00")] == [cycle.done_at for cycle in cycles]
    assert_same("2026-11-20 13:00", cycles[0].due, "6 on Thursday, 4 on Friday")
    assert_same("2026-11-23 12:00", cycles[1].due, "7 on Friday, 3 on Monday")
    assert [cycle.answered for cycle in cycles] == [True, False], "solved without another update"


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
    log = event_log("2026-11-19 10:00 created status=open; 12:00 solved; 14:00 reopened status=pending")
    clock = clocks(log, working(how), "2026-11-19 15:00")["resolution"]
    assert clock.status == "paused"
    assert timedelta(hours=left) == clock.remaining


def test_a_ticket_solved_and_reopened_in_a_pausing_status_is_paused() -> None:
    log = event_log(
        "2026-11-19 10:00 created status=open; 11:00 status pending; 12:00 solved; 14:00 reopened status=pending"
    )
    clock = clocks(log, working("resume"), "2026-11-19 15:00")["resolution"]
    assert clock.status == "paused", "its status is pending"
    assert timedelta(hours=9) == clock.remaining


@pytest.mark.parametrize(("how", "left"), [("resume", 9), ("continue", 9), ("new_cycle", 10)])
def test_a_pause_that_was_not_resumed_goes_on_when_reopened(how: str, left: int) -> None:
    log = event_log("2026-11-19 10:00 created status=open; 11:00 paused supplier; 12:00 solved; 14:00 reopened")
    clock = clocks(log, working(how), "2026-11-19 15:00")["resolution"]
    assert clock.status == "paused", "clocks stop counting until they are resumed"
    assert timedelta(hours=left) == clock.remaining


def goes_on(hour: str) -> Event:
    return sla.Resumed(at=thursday(hour), reason="supplier")


SOLVED, REOPENED = sla.Solved(at=thursday("12:00")), sla.Reopened(at=thursday("14:00"))
WROTE: Final = message("2026-11-19 13:00", "customer")
PENDING_AT_ONE: Final = sla.StatusChanged(at=thursday("13:00"), status="pending")
MEANWHILE: Final[list[tuple[list[Event], str | None, str | None, str]]] = [
    (event_log("2026-11-19 12:00 solved; 13:00 paused supplier; 13:30 resumed supplier; 14:00 reopened"), "12:30", "14:00", "half an hour of the two hours was a pause"),
    (event_log("2026-11-19 12:00 solved; 13:00 paused supplier; 14:00 reopened; 15:00 resumed supplier"), "14:00", "15:00", "it goes on after the reopening"),
    (event_log("2026-11-19 11:00 paused supplier; 12:00 solved; 13:00 resumed supplier; 14:00 reopened"), "14:00", "15:00", "a pause that ends while it is solved"),
    (event_log("2026-11-19 11:00 paused supplier; 11:30 resumed supplier; 12:00 solved; 14:00 reopened"), "12:30", "14:30", "a pause before it was solved, and only once"),
    (event_log("2026-11-19 12:00 solved; 13:00 paused supplier; 14:00 reopened"), None, None, "one that has not ended"),
    (event_log("2026-11-19 12:00 solved; 13:00 status pending; 14:00 reopened"), "13:00", "14:00", "a status until it is open again"),
    (event_log("2026-11-19 11:00 paused supplier; 12:00 solved; 13:00 customer reply; 14:00 reopened"), "14:00", "15:00", "the customer's message ends what waits for it, and not that it is solved"),
    (event_log("2026-11-19 12:00 solved; 13:00 customer reply; 13:30 paused supplier; 14:00 reopened"), None, None, "what begins after the message is not ended by it"),
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
    log = event_log("2026-11-19 10:00 created status=open; 14:00 reopened")
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
    log = event_log(
        "2026-11-19 10:00 created status=open priority=high; 11:00 solved; 12:00 priority=low; 13:00 reopened"
    )
    found = clocks(log, sla.policy_from_data(data))
    assert [cycle.status for cycle in found.cycles("resolution")] == ["met"]


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
    assert (before.status, before.eligible_for_takeover) == ("warning", False), "at due it is on time"
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
    log = event_log(
        "2026-11-23 10:00 created status=open priority=normal; 11:00 agent partial reply; 2026-11-24 10:00 agent reply"
    )
    clock = clocks(log, sla.sample_policy("webshop_helpdesk"))["first_response"]
    assert clock.status == "breached"
    assert_same("2026-11-23 17:00", clock.due, "the same working day")
    assert timedelta(hours=1) == clock.overdue_by_open, "breached by one business hour"
    assert timedelta(hours=17) == clock.overdue_by


def test_the_acknowledgement_names_the_date_of_the_resolution() -> None:
    log = event_log(
        "2026-11-20 15:00 created status=open; 2026-11-23 10:00 agent holding reply; 10:00 target_overridden metric=resolution due=2026-11-25T12:00:00+01:00 author=Ana"
    )
    found = clocks(log, policy("acknowledgement", "first_response", "resolution"), "2026-11-23 11:00")
    assert found["acknowledgement"].status == "met"
    assert found["first_response"].done_at is None
    assert_same("2026-11-25 12:00", found["resolution"].due)


@pytest.mark.parametrize(
    ("log", "elapsed", "due", "why"),
    [
        ("11:00 paused x; 13:00 resumed x", "3h", "2026-11-20 14:00", "never solved: 11 to 13 do not count"),
        ("11:00 paused x; 12:00 solved; 13:00 resumed x; 14:00 reopened status=open", "3h", "2026-11-20 14:00",
         "solved in between: the pause went on"),
        ("11:00 solved; 12:00 paused x; 13:00 resumed x; 14:00 reopened status=open", "4h", "2026-11-20 13:00",
         "a pause while it rested"),
        ("11:00 status pending; 12:00 status open; 12:00 solved; 14:00 reopened status=open", "4h", "2026-11-20 13:00",
         "solved the moment that it waits no more"),
    ],
)  # fmt: skip
def test_a_clock_that_continues_ran_through_the_solving_but_not_through_a_pause(
    log: str, elapsed: str, due: str, why: str
) -> None:
    continues = policy("resolution", resolution={"reopen": "continue", "pausable": True})
    clock = clocks(event_log(f"2026-11-19 10:00 created status=open; {log}"), continues, "2026-11-19 15:00")[
        "resolution"
    ]

    assert clock.elapsed == sla.read_amount(elapsed), why
    assert_same(due, clock.due, why)
