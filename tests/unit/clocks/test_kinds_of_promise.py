"""Clocks of what is typical, best effort, or owed by the customer: derived by hand from the rules 6, 8 and 9.

The office is open from Monday to Friday, 09:00 to 17:00. A first response takes four business hours: asked on Friday at
15:00, it is due on Monday at 11:00.
"""

from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from tests.helpers import at

OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
FRIDAY: Final = "20 15:00"
DUE: Final = "23 11:00"
SECOND_AFTER: Final = "23 11:00:01"
ZERO: Final = timedelta(0)
NOT_OWED: Final = ({"promise": "typical"}, {"promise": "best_effort"})
CUSTOMERS: Final = {"owed_by": "customer"}


def policy(metric: dict[str, Any], other: dict[str, Any] | None = None, **clock: Any) -> sla.Policy:
    """A policy that promises a first response as `metric` says; with topic other, as `other` says."""

    def rule(name: str, said: dict[str, Any], **more: Any) -> dict[str, Any]:
        metrics = {"first_response": {"due": {"business_hours": "4h"}, **said}}
        return {"name": name, "calendar": "office", "metrics": metrics, **more}

    others = [] if other is None else [rule("other", other, when={"topic": "other"})]
    data: dict[str, Any] = {
        "name": "kinds",
        "calendars": {"office": OFFICE},
        "rules": [*others, rule("all", metric)],
        "clocks": {"first_response": {"pausable": True, **clock}},
    }
    return sla.policy_from_data(data)


def created(**fields: str) -> Event:
    return sla.Created(at=at(FRIDAY), status="open", fields=tuple(fields.items()))


def answered(when: str) -> Event:
    return sla.Message(at=at(when), actor="agent")


def becomes_other(when: str) -> Event:
    return sla.FieldChanged(at=at(when), field="topic", value="other")


def clock(promises: sla.Policy, as_of: str, *events: Event) -> sla.ClockState:
    return promises.replay([created(), *events], as_of=at(as_of), ticket="7")["first_response"]


# ---------------------------------------------------------------- never late


@pytest.mark.parametrize("metric", NOT_OWED)
@pytest.mark.parametrize(
    ("events", "as_of", "status", "within"),
    [
        ([], "20 16:00", "running", None),
        ([], DUE, "running", None),
        ([], SECOND_AFTER, "running", False),
        ([], "27 12:00", "running", False),
        ([answered("20 16:00")], "27 12:00", "done", True),
        ([answered(DUE)], "27 12:00", "done", True),
        ([answered(SECOND_AFTER)], "27 12:00", "done", False),
        ([sla.Paused(at=at("20 16:00"), reason="supplier")], "27 12:00", "paused", None),
        ([sla.Paused(at=at("20 16:00"), reason="supplier"), answered("26 12:00")], "27 12:00", "done", True),
        ([sla.Paused(at=at("23 12:00"), reason="supplier")], "27 12:00", "running", False),
        ([sla.Solved(at=at("24 12:00"))], "27 12:00", "done", False),
        ([sla.Deleted(at=at("24 12:00"))], "27 12:00", "cancelled", None),
    ],
)
def test_rule_6_what_is_not_owed_runs_and_then_it_is_done(
    metric: dict[str, Any], events: list[Event], as_of: str, status: str, within: bool | None
) -> None:
    state = clock(policy(metric), as_of, *events)
    assert (state.status, state.within) == (status, within)
    assert (state.breached_at, state.overdue_by, state.overdue_by_open) == (None, ZERO, ZERO)
    assert (state.warnings, state.eligible_for_takeover) == ((), False)
    result = state.outcome()
    assert (result.status, result.within) == ({"running": "pending", "paused": "pending"}.get(status, status), within)


@pytest.mark.parametrize("metric", NOT_OWED)
def test_what_is_not_owed_has_its_figures_as_what_is_owed_has(metric: dict[str, Any]) -> None:
    ours, theirs = (clock(policy(said), SECOND_AFTER) for said in (metric, {}))
    assert (ours.due, ours.elapsed, ours.remaining, ours.percent) == (
        theirs.due, theirs.elapsed, theirs.remaining, theirs.percent,
    )  # fmt: skip
    assert (theirs.status, theirs.within) == ("overdue", None), "of what is owed a verdict is told, and no measure"


@pytest.mark.parametrize("metric", NOT_OWED)
@pytest.mark.parametrize("stop", [None, "20 16:00", DUE, SECOND_AFTER])
def test_a_promise_that_is_not_owed_has_the_outcome_of_its_clock(metric: dict[str, Any], stop: str | None) -> None:
    promises = policy(metric)
    alone = sla.outcome(
        promises.promise(at(FRIDAY))["first_response"], at(stop) if stop else None, as_of=at("24 12:00")
    )
    lived = clock(promises, "24 12:00", *([answered(stop)] if stop else [])).outcome()
    said = ("done_at", "status", "within", "open_time", "wall_time", "overdue_by", "overdue_by_open")
    assert [getattr(alone, name) for name in said] == [getattr(lived, name) for name in said]


def test_a_date_promised_by_hand_does_not_make_it_owed() -> None:
    promised = sla.TargetOverridden(at=at("20 16:00"), metric="first_response", due=at("23 09:30"), author="Ann")
    state = clock(policy({"promise": "typical"}), "23 12:00", promised)
    assert (state.status, state.due, state.breached_at) == ("running", at("23 09:30"), None)


# ---------------------------------------------------------------- another kind is another target (rule 9)

TYPICAL: Final[dict[str, Any]] = {"promise": "typical"}
OWED: Final[dict[str, Any]] = {}


@pytest.mark.parametrize(
    ("before", "after", "changed", "as_of", "status", "due", "breached_at", "why"),
    [
        (OWED, TYPICAL, "20 16:00", "24 12:00", "running", DUE, None, "not owed any more before it was due"),
        (OWED, TYPICAL, "23 12:00", "24 12:00", "overdue", DUE, DUE, "a breach stays a breach"),
        (TYPICAL, OWED, "20 16:00", SECOND_AFTER, "overdue", DUE, DUE, "owed before its time had passed"),
        (TYPICAL, OWED, "23 12:00", "23 12:00", "running", "23 12:00", None, "due not before it was owed"),
        (
            TYPICAL,
            OWED,
            "23 12:00",
            "23 12:01",
            "overdue",
            "23 12:00",
            "23 12:00",
            "owed since 12:00, with nothing left",
        ),
        (OWED, CUSTOMERS, "20 16:00", SECOND_AFTER, "overdue", DUE, DUE, "whose it is changes no time"),
    ],
)
def test_rule_9_a_change_of_kind_is_a_change_of_the_promise(
    before: dict[str, Any], after: dict[str, Any], changed: str, as_of: str, status: str, due: str,
    breached_at: str | None, why: str,
) -> None:  # fmt: skip
    state = clock(policy(before, after), as_of, becomes_other(changed))
    assert (state.status, state.due, state.breached_at) == (status, at(due), breached_at and at(breached_at)), why


def test_a_breach_stays_and_whose_it_was_too() -> None:
    state = clock(policy(OWED, TYPICAL), "24 12:00", becomes_other("23 12:00"))
    assert (state.kind, state.owed_by, state.outcome().status) == ("owed", "us", "breached")


def test_judged_anew_the_last_kind_alone_judges() -> None:
    state = clock(policy(OWED, TYPICAL, after_breach="judged_anew"), "24 12:00", becomes_other("23 12:00"))
    assert (state.kind, state.status, state.breached_at) == ("typical", "running", None)


def test_clocks_that_are_not_owed_are_saved_and_go_on() -> None:
    promises = policy(TYPICAL)
    clocks = promises.replay([created()], as_of=at(SECOND_AFTER), ticket="7")
    again = sla.resume(clocks.to_json(), promises)
    assert again == clocks
    assert again.extend([answered("24 10:00")], as_of=at("24 12:00"))["first_response"].status == "done"


# ---------------------------------------------------------------- what the customer owes


@pytest.mark.parametrize(
    ("events", "as_of", "status"),
    [
        ([], DUE, "running"),
        ([], SECOND_AFTER, "overdue"),
        ([answered(DUE)], "27 12:00", "met"),
        ([answered(SECOND_AFTER)], "27 12:00", "breached"),
    ],
)
def test_what_the_customer_owes_is_judged_and_is_no_delay_of_ours(events: list[Event], as_of: str, status: str) -> None:
    state = clock(policy(CUSTOMERS), as_of, *events)
    assert (state.status, state.kind, state.owed_by, state.within) == (status, "owed", "customer", None)
    assert (state.eligible_for_takeover, state.waits_for_answer) == (False, False)


# ---------------------------------------------------------------- what comes next, and who is next


def lived(metric: dict[str, Any], ticket: str = "7", received: str = FRIDAY) -> sla.Clocks:
    start = sla.Created(at=at(received), status="open")
    return policy(metric).replay([start], as_of=at("23 12:00"), ticket=ticket)


@pytest.mark.parametrize(
    ("metric", "kinds", "next_due"),
    [
        ({}, ["due", "follow_up"], DUE),
        ({"promise": "typical"}, ["follow_up"], None),
        ({"promise": "best_effort"}, ["follow_up"], None),
    ],
)
def test_what_is_not_owed_has_no_milestone_of_a_due(
    metric: dict[str, Any], kinds: list[str], next_due: str | None
) -> None:
    clocks = policy({**metric, "follow_up": {"business_hours": "8h"}}).replay([created()], as_of=at(FRIDAY))
    assert [each.kind for each in sla.agenda(clocks, as_of=at(FRIDAY))] == kinds
    assert [each.kind for each in sla.agenda(clocks, since=at(FRIDAY), until=at("24 12:00"))] == kinds
    found = sla.next_due(clocks, as_of=at(FRIDAY))
    assert (found and found.at) == (next_due and at(next_due))


def test_a_deadline_of_the_customers_is_a_milestone_and_not_the_next_due_time() -> None:
    clocks = policy({**CUSTOMERS, "warnings": ["50%"]}).replay([created()], as_of=at(FRIDAY))
    found = sla.agenda(clocks, as_of=at(FRIDAY))
    assert [(each.kind, each.owed_by) for each in found] == [("warning", "customer"), ("due", "customer")]
    assert sla.next_due(clocks, as_of=at(FRIDAY)) is None


def test_the_queue_orders_by_what_is_usual_and_leaves_out_what_the_customer_owes() -> None:
    tickets = [
        lived({}, "owed", "20 15:30"),
        lived({"promise": "typical"}, "typical", "20 15:00"),
        lived({"promise": "best_effort"}, "tried", "20 16:00"),
        lived(CUSTOMERS, "theirs", "20 10:00"),
    ]
    found = sla.queue(tickets, as_of=at("23 12:00"))
    assert [(each.ticket, each.kind) for each in found] == [
        ("typical", "typical"), ("owed", "owed"), ("tried", "best_effort"),
    ]  # fmt: skip
    assert [each.reason.split(", ", 1)[1] for each in found] == [
        "first_response usually by Mon 2026-11-23 11:00, received Fri 2026-11-20 15:00",
        "first_response due Mon 2026-11-23 11:30, received Fri 2026-11-20 15:30",
        "first_response best effort by Mon 2026-11-23 12:00, received Fri 2026-11-20 16:00",
    ]
