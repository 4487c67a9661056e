"""What fires when: warnings, dues, follow-ups, the escalation; worked out by hand from rules 5 to 9 and issue texts of steps."""

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import BERLIN, at, wrong

THU: Final = "2026-11-19 10:00"
FRI: Final = "2026-11-20 15:00"

BH10: Final = {"business_hours": "10h"}
WH24: Final = {"workday_hours": "24h"}


def policy(due: object = BH10, *, clock: dict[str, Any] | None = None, **more: Any) -> sla.Policy:
    """A policy that promises a first response, in an office that is open from Monday to Friday, 09:00 to 17:00."""
    escalation = {"escalation": more.pop("escalation")} if "escalation" in more else {}
    data: dict[str, Any] = {
        "name": "steps",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": due, **more}}}],
        "clocks": {"first_response": {"pausable": True, **(clock or {})}},
        **escalation,
    }
    return sla.policy_from_data(data)


def created(when: str = THU, **fields: str) -> Event:
    return sla.Created(at=at(when), status="open", fields=tuple(fields.items()))


def clocks(log: list[Event], promises: sla.Policy, as_of: str, ticket: str = "7") -> sla.Clocks:
    return sla.replay(log, promises, as_of=at(as_of), ticket=ticket)


def told(moment: datetime | None) -> str | None:
    """A wall time in Berlin, as the tables write it."""
    return None if moment is None else f"{moment.astimezone(BERLIN).replace(tzinfo=None)}".removesuffix(":00")


def fired(steps: tuple[sla.Milestone, ...]) -> list[str]:
    return [f"{step.ticket} {told(step.at)} {step.kind}" for step in steps]


# ---------------------------------------------------------------- warnings


COUNTING: Final = [
    (BH10, THU, "75%", "2026-11-20 09:30", "7 h 30 min of 10 h: 7 on Thursday, half an hour on Friday"),
    (BH10, THU, "70%", "2026-11-19 17:00", "7 h exactly fill Thursday: at its close, not at the next opening"),
    (BH10, THU, "30min", "2026-11-20 11:30", "9 h 30 min"),
    (BH10, THU, "10h", THU, "nothing is left of the amount: at once"),
    (BH10, THU, "11h", THU, "not below zero: at once"),
    (BH10, "2026-11-21 12:00", "10h", "2026-11-23 09:00", "at once, on a Saturday, is at the opening"),
    (WH24, FRI, "50%", "2026-11-23 03:00", "9 workday hours on Friday, 3 on Monday"),
    (WH24, FRI, "1h", "2026-11-23 14:00", "23 workday hours"),
    ({"calendar_hours": "24h"}, FRI, "75%", "2026-11-21 09:00", "18 hours of real time"),
    ({"calendar_hours": "24h"}, "2026-10-24 12:00", "75%", "2026-10-25 05:00", "18 hours of real time over a clock change"),
    ({"business_hours": timedelta(microseconds=3)}, THU, "50%", "2026-11-19 10:00:00.000001", "half of 3 us is rounded down"),
    ({"earliest": WH24, "latest": {"workday_hours": "48h"}}, FRI, "50%", "2026-11-23 15:00", "half of the latest"),
    ({"inside": BH10, "outside": WH24}, FRI, "50%", "2026-11-23 12:00", "inside: 5 h, 2 on Friday and 3 on Monday"),
    ({"inside": BH10, "outside": WH24}, "2026-11-20 18:00", "50%", "2026-11-23 06:00", "outside: 6 h on Friday, 6 on Monday"),
]  # fmt: skip


@pytest.mark.parametrize(("due", "received", "warning", "when", "why"), COUNTING, ids=[row[-1] for row in COUNTING])
def test_a_warning_of_a_counting_target_is_a_smaller_amount(
    due: object, received: str, warning: str, when: str, why: str
) -> None:
    state = clocks([created(received)], policy(due, warnings=[warning]), received)["first_response"]
    assert [(warning, when)] == [(label, told(moment)) for label, moment in state.warnings], why


DATES: Final = [
    ({"business_days": 0}, "2026-11-20 10:00", "50%", "2026-11-20 13:30", "half of 7 h until the close"),
    ({"business_days": 0, "by": "12:00"}, "2026-11-20 10:00", "50%", "2026-11-20 11:00", "half of 2 h"),
    ({"business_days": 1}, "2026-11-20 18:00", "75%", "2026-11-24 13:00", "12 of 16 h from Monday 09:00, the effective start"),
    ({"business_days": 1}, "2026-11-20 18:00", "30min", "2026-11-24 16:30", "half an hour of open time before the close"),
    ({"business_days": 0}, "2026-11-20 16:50", "30min", "2026-11-20 16:50", "not before the effective start"),
    ({"business_days": 0}, "2026-11-20 16:59:59.999997", "50%", "2026-11-20 16:59:59.999998", "half of 3 us is rounded down"),
    ({"calendar_days": 1, "by": "24:00"}, "2026-11-20 10:00", "50%", "2026-11-20 13:30", "of 7 h: the weekend is not open"),
    ({"calendar_days": 1, "by": "12:00"}, "2026-11-20 18:00", "50%", "2026-11-21 12:00", "no open time until due: at due"),
    ({"next_opening": True}, "2026-11-20 10:00", "50%", "2026-11-20 10:00", "due at once: warned at once"),
    ({"next_opening": True}, "2026-11-20 18:00", "50%", "2026-11-23 09:00", "the effective start is due"),
]  # fmt: skip


@pytest.mark.parametrize(("due", "received", "warning", "when", "why"), DATES, ids=[row[-1] for row in DATES])
def test_a_warning_of_a_date_is_a_share_of_the_open_time_from_the_effective_start(
    due: object, received: str, warning: str, when: str, why: str
) -> None:
    state = clocks([created(received)], policy(due, warnings=[warning]), received)["first_response"]
    assert [(warning, when)] == [(label, told(moment)) for label, moment in state.warnings], why


def test_a_warning_of_a_date_promised_by_hand_is_a_share_of_the_way_to_it() -> None:
    by_hand = sla.TargetOverridden(at=at("2026-11-20 12:00"), metric="first_response", due=at("2026-11-23 12:00"))
    log = [created("2026-11-20 10:00"), by_hand]
    state = clocks(log, policy(warnings=["75%"]), "2026-11-20 12:00")["first_response"]
    assert [(label, told(moment)) for label, moment in state.warnings] == [("75%", "2026-11-23 09:30")], (
        "7 h 30 min of 10 h of open time: 7 on Friday"
    )


PAUSED: Final = [
    ("2026-11-19 12:00", "2026-11-19 14:00", "2026-11-19 15:00", [("75%", "2026-11-20 11:30")], "2 h later, like due"),
    ("2026-11-19 12:00", None, "2026-11-19 15:00", [], "nobody knows when: a pause holds it up"),
    ("2026-11-20 10:00", None, "2026-11-20 11:00", [("75%", "2026-11-20 09:30")], "it was before the pause"),
    ("2026-11-20 09:30", None, "2026-11-20 11:00", [("75%", "2026-11-20 09:30")], "at the very instant of the pause"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "as_of", "warnings", "why"), PAUSED, ids=[row[-1] for row in PAUSED])
def test_a_pause_moves_a_warning_as_it_moves_due(
    start: str, end: str | None, as_of: str, warnings: list[tuple[str, str]], why: str
) -> None:
    pause: list[Event] = [sla.Paused(at=at(start)), *([sla.Resumed(at=at(end))] if end else [])]
    state = clocks([created(), *pause], policy(warnings=["75%"]), as_of)["first_response"]
    assert warnings == [(label, told(moment)) for label, moment in state.warnings], why


def test_a_pause_does_not_move_the_warning_of_a_date() -> None:
    log = event_log("2026-11-20 10:00 created status=open; 11:00 paused")
    state = clocks(log, policy({"business_days": 0}, warnings=["50%"]), "2026-11-20 12:00")["first_response"]
    assert [(label, told(moment)) for label, moment in state.warnings] == [("50%", "2026-11-20 13:30")]


@pytest.mark.parametrize(
    ("warning", "when", "why"),
    [
        ("75%", "2026-11-19 14:30", "4 h 30 min of 6 h, of which 4 h are counted"),
        ("50%", "2026-11-19 14:00", "3 h of 6 h are behind: with the change, not before it"),
    ],
)
def test_another_target_warns_anew(warning: str, when: str, why: str) -> None:
    data: dict[str, Any] = {
        "name": "changes",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "low", "when": {"priority": "low"}, "calendar": "office", "metrics": {"first_response": {"due": BH10}}},
            {
                "name": "high",
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "6h"}, "warnings": [warning]}},
            },
        ],
    }  # fmt: skip
    change = sla.FieldChanged(at=at("2026-11-19 14:00"), field="priority", value="high")
    state = clocks([created(priority="low"), change], sla.policy_from_data(data), "2026-11-19 14:00")["first_response"]
    assert [(warning, when)] == [(label, told(moment)) for label, moment in state.warnings], why


@pytest.mark.parametrize(
    ("as_of", "status"), [("2026-11-20 09:29", "running"), ("2026-11-20 09:30", "warning"), ("2026-11-20 12:00", "warning")]
)  # fmt: skip
def test_a_clock_warns_from_the_instant_of_the_warning_until_due(as_of: str, status: str) -> None:
    assert (
        status
        == clocks(event_log("2026-11-19 10:00 created status=open"), policy(warnings=["75%"]), as_of)[
            "first_response"
        ].status
    )


@pytest.mark.parametrize(("as_of", "status"), [("13:29", "running"), ("13:30", "warning"), ("17:00", "warning")])
def test_a_date_warns_from_its_share_of_the_way_until_due(as_of: str, status: str) -> None:
    promises = policy({"business_days": 0}, warnings=["50%"])
    found = clocks(event_log("2026-11-20 10:00 created status=open"), promises, f"2026-11-20 {as_of}")
    assert status == found["first_response"].status, "half of the 7 h until the close are over at 13:30"


# ---------------------------------------------------------------- when people are told


DELIVERED: Final = [
    (FRI, "50%", "2026-11-23 03:00", "2026-11-20 17:00", "at night: at the last close before, earlier and never later"),
    (FRI, "1h", "2026-11-23 14:00", "2026-11-23 14:00", "in open hours: at once"),
    ("2026-11-19 17:00", "8h", "2026-11-20 09:00", "2026-11-20 09:00", "09:00 is open"),
    ("2026-11-19 17:00", "30min", "2026-11-20 16:30", "2026-11-20 16:30", "in open hours: at once"),
    ("2026-11-20 01:00", "8h", "2026-11-20 17:00", "2026-11-20 17:00", "17:00 is closed; just before it is not"),
    ("2026-11-21 12:00", "22h", "2026-11-23 02:00", "2026-11-21 12:00", "not before the ticket came in"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("received", "warning", "when", "deliver", "why"), DELIVERED, ids=[row[-1] for row in DELIVERED]
)
def test_people_are_told_in_open_hours(received: str, warning: str, when: str, deliver: str, why: str) -> None:
    found = clocks([created(received)], policy(WH24, warnings=[warning]), received)
    step = sla.agenda(found, as_of=at(received))[0]
    assert (when, deliver) == (told(step.at), told(step.deliver_at)), why


@pytest.mark.parametrize(
    "promised",
    event_log("2026-11-21 10:00 target_overridden metric=first_response due=2026-11-22T12:00:00+01:00 author=Ann; 10:00 priority=high"),
    ids=["a date by hand", "another rule"],
)  # fmt: skip
def test_people_are_not_told_before_the_target_was_made(promised: Event) -> None:
    data: dict[str, Any] = {
        "name": "changes",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "high", "when": {"priority": "high"}, "calendar": "office",
             "metrics": {"first_response": {"due": {"calendar_hours": "45h"}}}},
            {"name": "low", "calendar": "office", "metrics": {"first_response": {"due": BH10}}},
        ],
    }  # fmt: skip
    found = clocks([created(FRI), promised], sla.policy_from_data(data), "2026-11-21 11:00")
    (step,) = sla.agenda(found, as_of=at("2026-11-21 11:00"))
    assert (told(step.at), told(step.deliver_at)) == ("2026-11-22 12:00", "2026-11-21 10:00"), (
        "Friday 17:00 is before the promise of Saturday 10:00"
    )


# ---------------------------------------------------------------- follow-ups


@pytest.mark.parametrize(
    ("due", "follow_up", "earliest", "latest", "why"),
    [
        (WH24, {"workday_hours": "48h"}, None, "2026-11-24 15:00", "48 workday hours"),
        (WH24, {"workday_hours": "12h"}, None, "2026-11-23 15:00", "never before due"),
        (WH24, WH24, None, "2026-11-23 15:00", "at due"),
        ({"calendar_hours": "4h"}, {"earliest": {"calendar_days": 2}, "latest": {"calendar_days": 3}},
         "2026-11-22 15:00", "2026-11-23 15:00", "a range"),
        ({"calendar_hours": "60h"}, {"earliest": {"calendar_days": 2}, "latest": {"calendar_days": 3}},
         "2026-11-23 03:00", "2026-11-23 15:00", "a range that begins before due begins at due"),
    ],
)  # fmt: skip
def test_one_asks_again_never_before_due(
    due: object, follow_up: object, earliest: str | None, latest: str, why: str
) -> None:
    found = clocks(event_log("2026-11-20 15:00 created status=open"), policy(due, follow_up=follow_up), FRI)
    state = found["first_response"]
    assert (earliest, latest) == (told(state.follow_up_earliest), told(state.follow_up)), why
    assert latest == told(next(step for step in sla.agenda(found, as_of=at(FRI)) if step.kind == "follow_up").at), why


def test_without_a_due_time_nobody_knows_when_to_ask_again() -> None:
    log = event_log("2026-11-20 15:00 created status=open; 16:00 paused")
    found = clocks(log, policy(follow_up={"business_hours": "20h"}), "2026-11-20 16:30")
    assert found["first_response"].follow_up is None
    assert sla.agenda(found, as_of=at("2026-11-20 16:30")) == ()


# ---------------------------------------------------------------- the escalation


LADDER: Final = [
    {"to": "a senior", "on": "customer_replies"},
    {"to": "the head", "after": {"business_days": 2}},
    {"to": "the board", "on": "serious"},
]


def rungs(log: list[Event], as_of: str, promises: sla.Policy | None = None) -> list[tuple[str, str | None, bool]]:
    found = clocks(log, promises or policy(escalation=LADDER), as_of)
    return [(rung.to, told(rung.at), rung.reached) for rung in found.escalation()]


HEAD: Final = ("the head", "2026-11-24 17:00", False)
NOBODY: Final = ("the head", None, False)
SENIOR: Final = ("a senior", None, False)
BOARD: Final = ("the board", None, False)

RUNGS: Final = [
    ([], "2026-11-24 16:59", [SENIOR, HEAD, BOARD], "two business days after Friday: not yet"),
    ([], "2026-11-24 17:00", [SENIOR, ("the head", "2026-11-24 17:00", True), BOARD], "reached at that very instant"),
    (event_log("2026-11-23 09:00 escalated on=serious"), "2026-11-23 10:00",
     [SENIOR, HEAD, ("the board", "2026-11-23 09:00", True)], "asked for: no step before it is needed"),
    (event_log("2026-11-23 09:00 escalated on=serious; 10:00 escalated on=serious"),
     "2026-11-23 12:00", [SENIOR, HEAD, ("the board", "2026-11-23 09:00", True)], "asked twice: reached the first time"),
    (event_log("2026-11-23 09:00 escalated on='nothing that the escalation has'"), "2026-11-23 10:00",
     [SENIOR, HEAD, BOARD], "asked for something else"),
    (event_log("2026-11-23 09:00 customer reply"), "2026-11-23 10:00",
     [SENIOR, HEAD, BOARD], "a message, but no reply: nobody has answered"),
    (event_log("2026-11-23 09:00 agent reply; 11:00 customer reply"),
     "2026-11-23 12:00", [("a senior", "2026-11-23 11:00", True), NOBODY, BOARD], "a reply to an answer; nothing waits"),
    (event_log("2026-11-23 09:00 agent reply"), "2026-11-25 12:00", [SENIOR, NOBODY, BOARD], "answered"),
    (event_log("2026-11-23 09:00 bot reply"), "2026-11-23 12:00", [SENIOR, HEAD, BOARD], "by a robot"),
    (event_log("2026-11-23 09:00 solved"), "2026-11-25 12:00", [SENIOR, NOBODY, BOARD], "solved"),
    (event_log("2026-11-23 09:00 paused"), "2026-11-23 12:00", [SENIOR, HEAD, BOARD], "paused: it still waits"),
]  # fmt: skip


@pytest.mark.parametrize("answer", [[], event_log("2026-11-23 09:00 agent reply")], ids=["waits", "answered"])
def test_a_step_of_the_escalation_names_what_has_to_be_asked_for_if_anything_has(answer: list[Event]) -> None:
    found = clocks([created(FRI), *answer], policy(escalation=LADDER), "2026-11-23 10:00")
    assert [rung.on for rung in found.escalation()] == ["customer_replies", "", "serious"]


@pytest.mark.parametrize(("log", "as_of", "expected", "why"), RUNGS, ids=[row[-1] for row in RUNGS])
def test_the_escalation(log: list[Event], as_of: str, expected: list[tuple[str, str | None, bool]], why: str) -> None:
    assert expected == rungs([created(FRI), *log], as_of), why


@pytest.mark.parametrize(
    "marks",
    [{"actor": "bot"}, {"actor": "agent", "automated": True}, {"actor": "agent", "public": False}],
    ids=["a robot's answer", "an automatic one", "an internal note"],
)
def test_a_message_after_what_is_no_answer_is_no_reply(marks: dict[str, Any]) -> None:
    log = [
        created(FRI),
        sla.Message(at=at("2026-11-23 09:00"), **marks),
        sla.Message(at=at("2026-11-23 10:00"), actor="customer"),
    ]
    assert rungs(log, "2026-11-23 12:00")[0] == SENIOR


def test_people_are_told_of_a_step_of_the_escalation_in_open_hours() -> None:
    promises = policy({"business_days": 5}, escalation=[{"to": "the head", "after": {"calendar_hours": "60h"}}])
    step = sla.agenda(clocks(event_log("2026-11-20 15:00 created status=open"), promises, FRI), as_of=at(FRI))[0]
    assert (step.kind, step.label, step.metric) == ("escalation", "the head", "")
    assert (told(step.at), told(step.deliver_at)) == ("2026-11-23 03:00", "2026-11-20 17:00")


def test_the_escalation_counts_from_the_oldest_clock_that_waits() -> None:
    data: dict[str, Any] = {
        "name": "two clocks",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "all", "calendar": "office",
             "metrics": {"next_response": {"due": BH10}, "first_response": {"due": BH10}, "resolution": {"due": BH10}}},
        ],
        "escalation": [{"to": "the head", "after": {"business_days": 2}}],
    }  # fmt: skip
    promises = sla.policy_from_data(data)
    waits = event_log("2026-11-20 15:00 created status=open; 2026-11-23 12:00 customer reply")
    again = [
        *waits,
        sla.Message(at=at("2026-11-23 13:00"), actor="agent"),
        sla.Message(at=at("2026-11-25 12:00"), actor="customer"),
    ]
    assert rungs(waits, "2026-11-23 12:30", promises) == [("the head", "2026-11-24 17:00", False)], "from Friday"
    assert rungs(again, "2026-11-25 13:00", promises) == [("the head", "2026-11-27 17:00", False)], "from Wednesday"


def test_a_clock_of_work_reaches_no_step() -> None:
    work = {"stops": "solved"}
    assert (
        rungs(
            event_log("2026-11-20 15:00 created status=open"), "2026-12-18 12:00", policy(escalation=LADDER, clock=work)
        )[1]
        == NOBODY
    )


@pytest.mark.parametrize(
    ("of_the_rule", "expected"), [([{"to": "Ann", "on": "serious"}], ["Ann"]), ([], []), (None, ["the head"])]
)
def test_the_escalation_of_the_rule_replaces_that_of_the_policy(
    of_the_rule: list[dict[str, str]] | None, expected: list[str]
) -> None:
    rule: dict[str, Any] = {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": BH10}}}
    data: dict[str, Any] = {
        "name": "escalations",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [rule if of_the_rule is None else {**rule, "escalation": of_the_rule}],
        "escalation": [{"to": "the head", "on": "serious"}],
    }
    assert expected == [
        to for to, _, _ in rungs(event_log("2026-11-20 15:00 created status=open"), FRI, sla.policy_from_data(data))
    ]


# ---------------------------------------------------------------- agenda


FULL: Final = policy(
    warnings=["75%"],
    follow_up={"business_hours": "20h"},
    escalation=[{"to": "the head", "after": {"business_days": 3}}],
)


def two() -> list[sla.Clocks]:
    """Two tickets of Thursday: A at 10:00, B at 12:00, each owed 10 business hours."""
    return [clocks([created(when)], FULL, "2026-11-19 13:00", ticket) for ticket, when in (("B", "2026-11-19 12:00"), ("A", THU))]  # fmt: skip


ALL: Final = [
    "A 2026-11-20 09:30 warning",  # 7 h 30 min: 7 on Thursday
    "B 2026-11-20 11:30 warning",  # 5 on Thursday, 2 h 30 min on Friday
    "A 2026-11-20 12:00 due",
    "B 2026-11-20 14:00 due",
    "A 2026-11-23 14:00 follow_up",  # 7 + 8 + 5
    "B 2026-11-23 16:00 follow_up",  # 5 + 8 + 7
    "A 2026-11-24 17:00 escalation",  # Fri, Mon, Tue
    "B 2026-11-24 17:00 escalation",
]


def test_the_agenda_of_many_tickets_is_in_order() -> None:
    assert fired(sla.agenda(two(), as_of=at("2026-11-19 13:00"))) == ALL


def test_the_agenda_of_one_ticket() -> None:
    assert fired(sla.agenda(two()[1], as_of=at("2026-11-19 13:00"))) == [line for line in ALL if line[0] == "A"]


@pytest.mark.parametrize(
    ("as_of", "left"),
    [("2026-11-20 09:29", 8), ("2026-11-20 09:30", 7), ("2026-11-20 12:00", 5), ("2026-11-24 17:00", 0)],
)
def test_what_fires_at_an_instant_is_not_after_it(as_of: str, left: int) -> None:
    assert ALL[len(ALL) - left :] == fired(sla.agenda(two(), as_of=at(as_of)))


def test_the_agenda_takes_tickets_from_a_generator() -> None:
    def tickets() -> Iterator[sla.Clocks]:
        yield from two()

    assert fired(sla.agenda(tickets(), as_of=at("2026-11-19 13:00"))) == ALL


def test_an_agenda_of_nothing_is_empty() -> None:
    assert sla.agenda([], as_of=at(THU)) == ()
    assert sla.next_due([], as_of=at(THU)) is None


@pytest.mark.parametrize(
    "end",
    event_log(
        "2026-11-19 12:00 agent reply; 12:00 solved; 12:00 closed; 12:00 deleted; 12:00 merged into 8; 12:00 no reply needed; 12:00 taken over"
    ),
    ids=["answered", "solved", "closed", "deleted", "merged", "no reply needed", "taken over"],
)
def test_a_clock_that_ended_fires_nothing(end: Event) -> None:
    assert sla.agenda(clocks([created(), end], FULL, "2026-11-19 13:00"), as_of=at("2026-11-19 13:00")) == ()


def test_a_clock_that_is_paused_fires_what_pauses_do_not_move() -> None:
    found = clocks(event_log("2026-11-19 10:00 created status=open; 12:00 paused"), FULL, "2026-11-19 13:00")
    assert fired(sla.agenda(found, as_of=at("2026-11-19 13:00"))) == ["7 2026-11-24 17:00 escalation"]


def test_a_pause_that_is_capped_ends_by_itself() -> None:
    promises = policy(clock={"pause_cap": "3h"})
    found = clocks(event_log("2026-11-20 15:00 created status=open; 16:00 paused"), promises, "2026-11-20 16:30")
    assert fired(sla.agenda(found, as_of=at("2026-11-20 16:30"))) == ["7 2026-11-23 11:00 pause_cap"], (
        "an hour on Friday, two on Monday"
    )
    (step,) = sla.agenda(found, as_of=at("2026-11-20 16:30"))
    assert (step.label, step.metric) == ("the clock runs again", "first_response")
    later = sla.agenda(found, as_of=at("2026-11-23 11:00"))
    assert fired(later) == ["7 2026-11-24 12:00 due"], "an hour counted, nine to go: 6 on Monday, 3 on Tuesday"


def test_an_agenda_later_on_knows_the_events_that_have_happened_by_then() -> None:
    answered = event_log("2026-11-19 10:00 created status=open; 14:00 agent reply")
    found = clocks(answered, FULL, "2026-11-19 13:00")
    assert len(sla.agenda(found, as_of=at("2026-11-19 13:59"))) == 4
    assert sla.agenda(found, as_of=at("2026-11-19 14:00")) == ()


def test_a_ticket_that_cannot_be_answered_for_is_listed_and_the_others_are_answered() -> None:
    further, other = two()
    gone_on = further.at(at("2026-11-19 14:00"))
    found = sla.agenda([gone_on, other], as_of=at("2026-11-19 13:00"))
    assert found == sla.agenda(other, as_of=at("2026-11-19 13:00"))
    assert [(each.ticket, each.code) for each in found.left_out] == [(further.ticket, "as_of_went_back")]
    assert "gone on further" in found.left_out[0].text
    with pytest.raises(sla.LogError) as error:
        sla.agenda([gone_on, other], as_of=at("2026-11-19 13:00"), strict=True)
    assert (error.value.code, error.value.where) == ("as_of_went_back", f"ticket {further.ticket}")


def test_a_ticket_that_could_not_be_replayed_is_listed_with_its_reason() -> None:
    log = [("7", sla.Message(at=at("2026-11-19 10:00"), actor="agent"))]
    unknown = list(sla.replay_tickets(log, sla.sample_policy("webshop_helpdesk"), as_of=at("2026-11-19 13:00")))
    found = sla.agenda(unknown, as_of=at("2026-11-19 13:00"))
    assert [(each.ticket, each.code) for each in found.left_out] == [("7", "creation_missing")]
    assert pickle.loads(pickle.dumps(found)).left_out == found.left_out


def test_two_windows_fire_what_one_does() -> None:
    every = two()
    start, end = at("2026-11-19 09:00"), at("2026-11-23 12:00")
    whole = sla.agenda(every, since=start, until=end)
    assert whole
    for cut in {step.deliver_at for step in whole} | {at("2026-11-19 13:30"), start, end}:
        parts = [*sla.agenda(every, since=start, until=cut), *sla.agenda(every, since=cut, until=end)]
        assert sorted(parts, key=lambda step: step.id) == sorted(whole, key=lambda step: step.id), cut
    assert len({step.id for step in whole}) == len(whole)


def told_between(
    log: list[Event], promises: sla.Policy, since: str = THU, until: str = "2026-11-30 12:00"
) -> list[str]:
    """What people are told in a window, as it is known at its end."""
    steps = sla.agenda(clocks(log, promises, until), since=at(since) - timedelta(minutes=1), until=at(until))
    return [f"{told(step.deliver_at)} {step.kind} {step.label}".strip() for step in steps]


def test_a_window_knows_a_pause_that_went_on_only_as_far_as_its_cap() -> None:
    """Two of ten hours are over when the supplier is waited for. After three hours of waiting the clock runs again."""
    promises = policy(clock={"pause_cap": "3h"}, warnings=["50%"])
    log = [created(), sla.Paused(at=at("2026-11-19 12:00"), reason="supplier")]

    assert told_between(log, promises) == [
        "2026-11-19 15:00 pause_cap the clock runs again",
        "2026-11-20 10:00 warning 50%",  # five hours: two, two on Thursday, one on Friday
        "2026-11-20 15:00 due first_response",
    ]


def test_a_window_over_an_hour_that_was_resumed_tells_due_once() -> None:
    """Due on Friday at noon as long as nothing happens; an hour of waiting moves it by an hour."""
    log = [
        created(),
        sla.Paused(at=at("2026-11-20 10:00"), reason="supplier"),
        sla.Resumed(at=at("2026-11-20 11:00"), reason="supplier"),
    ]

    assert told_between(log, policy()) == ["2026-11-20 13:00 due first_response"]


def test_a_window_tells_the_due_of_a_date_promised_by_hand_and_not_the_one_before() -> None:
    by_hand = sla.TargetOverridden(
        at=at("2026-11-20 10:00"), metric="first_response", due=at("2026-11-23 12:00"), author="Ann"
    )

    assert told_between([created(), by_hand], policy(warnings=["30min"])) == [
        "2026-11-23 11:30 warning 30min",
        "2026-11-23 12:00 due first_response",
    ]


def test_a_window_tells_nothing_while_a_solved_ticket_rests() -> None:
    """Solved with two hours left, opened again on Monday: due at eleven, and not on Friday."""
    log = [created(), sla.Solved(at=at("2026-11-20 10:00")), sla.Reopened(at=at("2026-11-23 09:00"), status="open")]
    promises = policy(clock={"stops": "solved"})

    assert told_between(log, promises, until="2026-11-23 08:00") == []
    assert told_between(log, promises) == ["2026-11-23 11:00 due first_response"]


def test_a_step_that_is_taken_on_request_fires_by_no_clock() -> None:
    steps = [{"to": "a senior", "on": "customer_replies"}, {"to": "the head", "after": {"business_hours": "12h"}}]

    assert told_between([created()], policy(escalation=steps)) == [
        "2026-11-20 12:00 due first_response",
        "2026-11-20 14:00 escalation the head",
    ]


def test_a_milestone_has_one_name_however_it_is_asked_for() -> None:
    first = two()[0]
    ahead = sla.agenda(first, as_of=first.as_of)
    window = sla.agenda(first, since=first.as_of, until=at("2026-12-31 12:00"))
    assert {step.id for step in ahead} == {step.id for step in window}
    due = next(step for step in ahead if step.kind == "due")
    assert due.id == f"{first.ticket}/{due.metric}/1/1/due/{due.label}"


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"since": at("2026-11-19 09:00")},
        {"until": at("2026-11-19 09:00")},
        {"as_of": at("2026-11-19 09:00"), "until": at("2026-11-19 09:00")},
    ],
)
def test_an_agenda_is_asked_for_in_one_of_two_ways(when: dict[str, datetime]) -> None:
    with pytest.raises(sla.SlaError) as error:
        sla.agenda(two(), **wrong(when))
    assert (error.value.code, error.value.accepts) == ("argument_invalid", "as_of, or since and until")


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(sla.LogError) as error:
        sla.agenda(two(), since=at("2026-11-19 10:00"), until=at("2026-11-19 09:59"))
    assert (error.value.code, error.value.where) == ("period_reversed", "until")


def test_what_a_step_says() -> None:
    step = sla.agenda(two()[1], as_of=at("2026-11-20 09:30"))[0]
    assert (step.kind, step.ticket, step.metric, step.label) == ("due", "A", "first_response", "first_response")
    assert at("2026-11-20 12:00").astimezone(UTC) == step.at.astimezone(UTC)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-11-19 13:00", "A 2026-11-20 12:00"),
        ("2026-11-20 12:00", "B 2026-11-20 14:00"),
        ("2026-11-20 14:00", None),
    ],
)
def test_the_next_due_of_many_tickets(as_of: str, expected: str | None) -> None:
    step = sla.next_due(two(), as_of=at(as_of))
    assert expected == (None if step is None else f"{step.ticket} {told(step.at)}")
