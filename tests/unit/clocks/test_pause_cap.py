"""`pause_cap`: how much all pauses of a cycle together take out, in the target's own kind of time; worked out by hand."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import at

THU: Final = "2026-11-19 10:00"
BH10: Final = {"business_hours": "10h"}
LATER: Final = "2026-11-20 11:00"

Pause = tuple[str, str | None]


def policy(due: object = BH10, cap: str = "2h", **clock: object) -> sla.Policy:
    """A resolution in ten business hours, twice as many on low priority, with a cap on its pauses."""
    twice = {"business_hours": "20h"}
    rule: dict[str, Any] = {"calendar": "office"}
    data: dict[str, Any] = {
        "name": "caps",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "low", "when": {"priority": "low"}, "metrics": {"resolution": {"due": twice}}, **rule},
            {"name": "others", "metrics": {"resolution": {"due": due}}, **rule},
        ],
        "clocks": {"resolution": {"pause_cap": cap, **clock}},
    }
    return sla.policy_from_data(data)


def state(promises: sla.Policy, pauses: list[Pause], *more: Event, as_of: str = LATER) -> sla.ClockState:
    log: list[Event] = [sla.Created(at=at(THU), status="open"), *more]
    for start, end in pauses:
        log.append(sla.Paused(at=at(start), reason=start))
        log += [sla.Resumed(at=at(end), reason=start)] if end else []
    return sla.replay(log, promises, as_of=at(as_of))["resolution"]


def told(moment: datetime | None) -> str:
    return "none" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


PAUSES: Final[list[tuple[list[Pause], str, str]]] = [
    ([], "2026-11-20 12:00", "7 h on Thursday, 3 on Friday"),
    ([("2026-11-19 11:00", "2026-11-19 12:00")], "2026-11-20 13:00", "an hour of the two"),
    ([("2026-11-19 11:00", "2026-11-19 13:00")], "2026-11-20 14:00", "both hours"),
    ([("2026-11-19 11:00", "2026-11-19 16:00")], "2026-11-20 14:00", "no more than two"),
    ([("2026-11-19 11:00", None)], "2026-11-20 14:00", "never resumed: it runs on by itself"),
    ([("2026-11-19 11:00", "2026-11-19 12:00"), ("2026-11-19 13:00", "2026-11-19 16:00")], "2026-11-20 14:00", "an hour, and one more of three"),
    ([("2026-11-19 11:00", "2026-11-19 13:00"), ("2026-11-19 14:00", "2026-11-19 15:00")], "2026-11-20 14:00", "used up: the second takes nothing"),
    ([("2026-11-19 11:00", "2026-11-19 16:00"), ("2026-11-19 15:00", None)], "2026-11-20 14:00", "used up in the middle of the first"),
    ([("2026-11-19 11:00", "2026-11-19 12:00"), ("2026-11-19 11:30", "2026-11-19 12:30")], "2026-11-20 13:30", "overlapping: an hour and a half, once"),
    ([("2026-11-19 11:00", "2026-11-19 12:30"), ("2026-11-19 12:00", "2026-11-19 13:30")], "2026-11-20 14:00", "overlapping: two hours and a half, capped"),
    ([("2026-11-19 17:00", "2026-11-20 09:00")], "2026-11-20 12:00", "a night takes nothing"),
    ([("2026-11-19 17:00", "2026-11-20 09:00"), ("2026-11-20 09:00", "2026-11-20 11:00")], "2026-11-20 14:00", "and uses nothing up"),
    ([("2026-11-19 16:00", "2026-11-20 10:00")], "2026-11-20 14:00", "an hour before the night and one after it"),
]  # fmt: skip


@pytest.mark.parametrize(("pauses", "due", "why"), PAUSES, ids=[row[-1] for row in PAUSES])
def test_all_pauses_together_take_out_no_more_than_the_cap(pauses: list[Pause], due: str, why: str) -> None:
    clock = state(policy(), pauses)
    assert due == told(clock.due), why
    assert sum((segment.counted for segment in clock.ledger), timedelta()) == clock.elapsed


KINDS: Final = [
    ({"workday_hours": "24h"}, "2h", "2026-11-20 12:00", "2 hours of working dates"),
    ({"calendar_hours": "24h"}, "2h", "2026-11-20 12:00", "2 hours of real time"),
    (BH10, "9h", "2026-11-23 13:00", "6 h on Thursday, 3 on Friday until 12:00; 9 are left: 5 on Friday, 4 on Monday"),
    ({"workday_hours": "24h"}, "18h", "2026-11-23 04:00", "13 h on Thursday, 5 on Friday; 23 are left: 19 on Friday, 4 on Monday"),
    ({"business_days": 1}, "2h", "2026-11-20 17:00", "a date is not moved by pauses, capped or not"),
    (BH10, "0min", "2026-11-20 12:00", "pauses are allowed nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "cap", "due", "why"), KINDS, ids=[row[-1] for row in KINDS])
def test_a_cap_is_in_the_targets_own_kind_of_time(target: object, cap: str, due: str, why: str) -> None:
    assert due == told(state(policy(target, cap), [("2026-11-19 11:00", None)], as_of="2026-11-20 12:00").due), why


@pytest.mark.parametrize(
    ("as_of", "status", "due", "remaining", "capped_at", "why"),
    [
        ("2026-11-19 12:59", "paused", "none", 9, "2026-11-19 13:00", "a minute is left of the cap"),
        ("2026-11-19 13:00", "running", "2026-11-20 14:00", 9, "none", "used up at that instant: it runs again"),
        ("2026-11-19 14:00", "running", "2026-11-20 14:00", 8, "none", "and counts, though nobody resumed it"),
        ("2026-11-20 14:01", "overdue", "2026-11-20 14:00", 0, "none", "until it is late"),
    ],
)
def test_a_pause_that_has_used_up_its_cap_is_none(
    as_of: str, status: str, due: str, remaining: int, capped_at: str, why: str
) -> None:
    clock = state(policy(), [("2026-11-19 11:00", None)], as_of=as_of)
    assert (status, due) == (clock.status, told(clock.due)), why
    assert timedelta(hours=remaining) == clock.remaining, why
    assert capped_at == told(clock.pause_capped_at), why


@pytest.mark.parametrize(
    ("resumed", "due", "why"),
    [
        ("2026-11-19 12:00", "2026-11-20 13:00", "an hour is taken out"),
        ("2026-11-19 16:00", "2026-11-20 14:00", "two and no more"),
    ],
)
def test_due_if_resumed_knows_the_cap(resumed: str, due: str, why: str) -> None:
    clock = state(policy(), [("2026-11-19 11:00", None)], as_of="2026-11-19 11:30")
    assert clock.status == "paused"
    assert due == told(clock.due_if_resumed(at(resumed))), why


def test_the_ledger_is_paused_until_the_cap_is_used_up() -> None:
    clock = state(policy(), [("2026-11-19 11:00", None)], as_of="2026-11-19 15:00")
    assert [(told(segment.start)[-5:], segment.kind) for segment in clock.ledger] == [
        ("10:00", "counted"),
        ("11:00", "paused"),
        ("13:00", "counted"),
    ]


def test_a_change_of_target_keeps_what_was_used_up() -> None:
    pauses: list[Pause] = [("2026-11-19 11:00", "2026-11-19 12:00"), ("2026-11-19 14:00", "2026-11-19 17:00")]
    change = sla.FieldChanged(at=at("2026-11-19 13:00"), field="priority", value="low")
    assert told(state(policy(), pauses, change).due) == "2026-11-23 16:00", (
        "20 h: Thursday 1 + 2 until 14:00 + 2 from 15:00, the cap; 8 on Friday, 7 on Monday"
    )


def test_a_change_in_the_middle_of_a_pause_keeps_what_was_used_up() -> None:
    change = sla.FieldChanged(at=at("2026-11-19 12:00"), field="priority", value="low")
    assert told(state(policy(), [("2026-11-19 11:00", None)], change).due) == "2026-11-23 16:00", (
        "20 h: Thursday 1 + 4 from 13:00, 8 on Friday, 7 on Monday"
    )


def test_every_cycle_has_its_own_cap() -> None:
    log = event_log("2026-11-19 14:00 solved; 2026-11-20 09:00 reopened; 10:00 paused again")
    clock = state(
        policy(reopen="new_cycle"), [("2026-11-19 11:00", "2026-11-19 13:00")], *log, as_of="2026-11-20 15:00"
    )
    assert told(clock.due) == "2026-11-23 13:00", "10 h from Friday 09:00: 1 + 5 from 12:00, 4 on Monday"


def test_the_time_in_which_a_ticket_is_solved_is_no_pause() -> None:
    solved: list[Event] = event_log("2026-11-19 12:00 solved; 2026-11-20 12:00 reopened")
    clock = state(policy(reopen="resume"), [("2026-11-20 13:00", None)], *solved, as_of="2026-11-20 16:00")
    assert told(clock.due) == "2026-11-23 14:00", "8 h left at Friday noon: 1 until 13:00, 2 from 15:00, 5 on Monday"


def test_the_time_in_which_a_ticket_is_solved_is_taken_out_also_when_the_cap_is_used_up() -> None:
    solved: list[Event] = event_log("2026-11-19 16:30 solved; 2026-11-20 10:00 reopened")
    clock = state(policy(reopen="resume"), [("2026-11-19 11:00", "2026-11-19 16:00")], *solved)
    assert told(clock.due) == "2026-11-20 15:30", (
        "1 h until 11:00, 3 and a half from 13:00; 5 and a half from Friday 10:00"
    )


def test_statuses_are_capped_as_pauses_are() -> None:
    log = event_log("2026-11-19 11:00 status pending")
    assert told(state(policy(), [], *log).due) == "2026-11-20 14:00"


def test_stopping_a_clock_whose_pause_was_used_up_is_judged_by_the_due_time() -> None:
    late: list[Event] = event_log("2026-11-20 14:01 solved")
    assert state(policy(), [("2026-11-19 11:00", None)], *late, as_of="2026-11-20 15:00").status == "breached"
    in_time: list[Event] = event_log("2026-11-20 14:00 solved")
    assert state(policy(), [("2026-11-19 11:00", None)], *in_time, as_of="2026-11-20 15:00").status == "met"


def test_a_clock_that_was_stopped_before_its_cap_was_used_up_never_runs_again() -> None:
    solved = sla.Solved(at=at("2026-11-19 12:00"))
    clock = state(policy(), [("2026-11-19 11:00", None)], solved, as_of="2026-11-20 16:00")
    assert (clock.status, clock.due, clock.elapsed) == ("met", None, timedelta(hours=1)), "no due time ever came"


def test_a_pause_that_begins_when_the_cap_is_used_up_holds_nothing_also_in_closed_hours() -> None:
    used_up = [("2026-11-19 11:00", "2026-11-19 13:00"), ("2026-11-19 18:00", None)]
    clock = state(policy(), used_up, as_of="2026-11-19 20:00")
    assert (clock.status, told(clock.due)) == ("running", "2026-11-20 14:00"), "1 + 4 h on Thursday, 5 on Friday"
