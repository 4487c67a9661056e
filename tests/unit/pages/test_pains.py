"""What hurts in other helpdesks and must not hurt here: docs/pitfalls/thirty-pains.md, where no other test shows it.

Every expected value was worked out by hand. Friday 20 and Monday 23 November 2026 are ordinary days; the office is open
from 09:00 to 17:00, so that eight hours from Friday 15:00 are due on Monday at 15:00.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import BERLIN, assert_same, at

OFFICE: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
OFFICE_DATA: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
FRI: Final = "2026-11-20 15:00"
HOUR: Final = timedelta(hours=1)


def policy(amount: str = "8h", kind: str = "business_hours", **more: Any) -> sla.Policy:
    """A policy that promises an answer and a resolution in the same time, with a warning at half of it."""
    promised = {"due": {kind: amount}, "warnings": ["50%"]}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": promised, "resolution": promised}}
    return sla.policy_from_data({"name": amount, "calendars": {"office": OFFICE_DATA}, "rules": [rule], **more})


def created(when: str = FRI) -> Event:
    return sla.Created(at=at(when), status="open")


def status(when: str, to: str) -> Event:
    return sla.StatusChanged(at=at(when), status=to)


def answer(when: str) -> Event:
    return sla.Message(at=at(when), actor="agent")


# ---------------------------------------------------------------- 11, 12: another policy


def test_pain_11_an_edit_of_the_policy_shows_what_it_does_to_an_open_ticket() -> None:
    log = event_log("2026-11-20 15:00 created status=open")
    clocks = policy("8h").replay(log, as_of=at("2026-11-23 10:00"))

    restated = sla.restate(clocks, log, policy("2h"))

    changed = {difference.metric: difference for difference in restated.differences}
    assert {"first_response", "resolution"} == set(changed)
    before, after = changed["resolution"].before, changed["resolution"].after
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == ("running", "overdue")
    assert_same("2026-11-23 15:00", before.due)
    assert_same("2026-11-20 17:00", after.due, "two hours fill Friday exactly")


def test_pain_11_an_edit_that_changes_nothing_shows_no_difference() -> None:
    log = event_log("2026-11-20 15:00 created status=open")
    clocks = policy("8h").replay(log, as_of=at("2026-11-23 10:00"))

    assert sla.restate(clocks, log, policy("480min")).differences == ()


def test_pain_12_an_edit_of_the_policy_does_not_rewrite_what_was_judged() -> None:
    old, new = policy("8h"), policy("2h")
    log = event_log("2026-11-20 15:00 created status=open; 2026-11-23 11:00 agent reply")
    saved = old.replay(log, as_of=at("2026-11-23 12:00")).to_json()

    resumed = sla.resume(saved, new, earlier=[old]).at(at("2026-11-30 12:00"))

    assert resumed["first_response"].status == "met", "as promised then: by Monday 15:00"
    assert_same("2026-11-23 15:00", resumed["first_response"].due)
    restated = sla.restate(resumed, log, new).clocks["first_response"]
    assert restated.status == "breached", "as restated now: by Friday 17:00"
    assert resumed["first_response"].status == "met", "and asking that changed nothing"


def test_pain_12_what_was_judged_cannot_be_told_again_without_its_policy() -> None:
    saved = policy("8h").replay(event_log("2026-11-20 15:00 created status=open"), as_of=at(FRI)).to_json()

    with pytest.raises(sla.LogError) as refused:
        sla.resume(saved, policy("2h"))

    assert refused.value.code == "policy_missing"


# ---------------------------------------------------------------- 13, 20, 21, 22: what fires


def fires(log: list[Event], promises: sla.Policy, as_of: str = FRI) -> list[tuple[str, str, datetime]]:
    """The metric, kind and instant of everything that fires after an instant."""
    agenda = sla.agenda(promises.replay(log, as_of=at(as_of)), as_of=at(as_of))
    return [(step.metric, step.kind, step.at.astimezone(UTC)) for step in agenda]


def test_pain_13_what_was_answered_fires_no_more_and_what_was_not_goes_on() -> None:
    log = event_log("2026-11-20 15:00 created status=open; 15:30 agent reply")

    assert [
        ("resolution", "warning", at("2026-11-23 11:00").astimezone(UTC)),
        ("resolution", "due", at("2026-11-23 15:00").astimezone(UTC)),
    ] == fires(log, policy(), "2026-11-20 16:00")


@pytest.mark.parametrize(
    ("pauses", "warning", "due", "why"),
    [
        ([], "2026-11-23 11:00", "2026-11-23 15:00", "4 and 8 hours from Friday 15:00"),
        (event_log("2026-11-20 16:00 status pending; 2026-11-23 10:00 status open"),
         "2026-11-23 13:00", "2026-11-23 17:00", "two open hours later, both of them"),
        (event_log("2026-11-23 12:00 status pending; 13:00 status open"),
         "2026-11-23 11:00", "2026-11-23 16:00", "a pause after the warning moves due alone"),
    ],
)  # fmt: skip
def test_pain_20_steps_move_with_due(pauses: list[Event], warning: str, due: str, why: str) -> None:
    found = policy().replay([created(), *pauses], as_of=at("2026-11-23 13:00"))["resolution"]
    warnings = dict(found.warnings)

    assert_same(warning, warnings["50%"], why)
    assert_same(due, found.due, why)


@pytest.mark.parametrize(
    ("received", "amount", "due", "told", "why"),
    [
        ("2026-11-19 15:00", "12h", "2026-11-20 03:00", "2026-11-19 17:00", "due at night: told at closing the evening before"),
        ("2026-11-20 15:00", "24h", "2026-11-21 15:00", "2026-11-20 17:00", "due on Saturday: told on Friday"),
        ("2026-11-19 15:00", "20h", "2026-11-20 11:00", "2026-11-20 11:00", "due in open hours: told then"),
        ("2026-11-19 15:00", "2h", "2026-11-19 17:00", "2026-11-19 17:00", "due at closing: the office is just about there"),
        ("2026-11-21 10:00", "24h", "2026-11-22 10:00", "2026-11-21 10:00", "never open in between: told when it came in"),
    ],
)  # fmt: skip
def test_pain_21_alarms_are_delivered_in_open_hours_earlier_and_never_later(
    received: str, amount: str, due: str, told: str, why: str
) -> None:
    clocks = policy(amount, "calendar_hours").replay([created(received)], as_of=at(received))
    steps = [step for step in sla.agenda(clocks, as_of=at(received)) if step.kind == "due"]

    for step in steps:
        assert_same(due, step.at, why)
        assert_same(told, step.deliver_at, why)
    assert len(steps) == 2


@pytest.mark.parametrize(
    "end",
    event_log("2026-11-20 16:00 merged into 8; 16:00 deleted; 16:00 closed; 16:00 taken over"),
    ids=["merged", "deleted", "closed", "taken over"],
)
def test_pain_22_a_ticket_that_is_over_escalates_no_more_and_stands_in_no_queue(end: Event) -> None:
    escalation = [{"to": "the head of support", "after": {"business_days": 2}}]
    promises = policy(escalation=escalation)
    as_of = at("2026-11-20 16:30")

    assert sla.agenda(promises.replay(event_log("2026-11-20 15:00 created status=open"), as_of=as_of), as_of=as_of), (
        "without the end there is something"
    )
    over = promises.replay([created(), end], as_of=as_of)
    assert sla.agenda(over, as_of=as_of) == ()
    assert sla.queue([over], as_of=as_of) == ()


# ---------------------------------------------------------------- 14: other tools' readings


@pytest.mark.parametrize(
    ("answered", "ours", "next_opening", "by_open_time", "why"),
    [
        ("2026-11-20 17:00", "met", "met", "met", "at closing: in time for everybody"),
        ("2026-11-21 12:00", "breached", "met", "met", "on Saturday: late, though by no open time"),
        ("2026-11-23 09:00", "breached", "met", "met", "at the next opening"),
        ("2026-11-23 09:30", "breached", "breached", "breached", "half an hour of open time later"),
    ],
)
def test_pain_14_two_readings_of_late_that_other_tools_have_can_be_told_from_ours(
    answered: str, ours: str, next_opening: str, by_open_time: str, why: str
) -> None:
    """Two hours from Friday 15:00 fill Friday exactly: due Friday 17:00, for other tools Monday 09:00."""
    promise = policy("2h").promise(at(FRI))["resolution"]
    done = at(answered)
    outcome = sla.outcome(promise, done, as_of=at("2026-11-24 12:00"))

    assert ours == outcome.status, why
    assert next_opening == ("met" if done <= OFFICE.roll_forward(promise.due) else "breached"), why
    assert by_open_time == ("met" if not outcome.overdue_by_open else "breached"), why


# ---------------------------------------------------------------- 17, 19, 28: calendars


@pytest.mark.parametrize("hours", ["24/7", "Mon-Sun 00:00-24:00"])
def test_pain_17_around_the_clock_loses_no_second_at_midnight(hours: str) -> None:
    always = sla.Calendar("Europe/Berlin", hours)
    start = at("2026-11-10 12:00")

    assert timedelta(hours=240) == always.elapsed(start, at("2026-11-20 12:00")), "ten midnights"
    assert_same("2026-11-20 12:00", always.add(start, timedelta(hours=240)))


@pytest.mark.parametrize(
    ("customer", "due", "why"),
    [
        ("Müller", "2026-11-23 13:00", "09:00 to 13:00 in Berlin"),
        ("Smith", "2026-11-23 19:00", "New York opens at 15:00 by the clock of Berlin"),
        ("somebody else", "2026-11-23 13:00", "the last rule"),
    ],
)
def test_pain_19_a_customer_has_hours_of_its_own_and_the_promise_is_written_once(
    customer: str, due: str, why: str
) -> None:
    metrics = {"first_response": {"due": {"business_hours": "4h"}}}
    hours = {"Müller": "Europe/Berlin", "Smith": "America/New_York"}
    own = [{"name": name, "when": {"customer": name}, "calendar": name, "metrics": metrics} for name in hours]
    promises = sla.policy_from_data(
        {
            "name": "customers",
            "fields": {"customer": []},
            "calendars": {
                "office": OFFICE_DATA,
                **{name: {"zone": zone, "hours": "Mon-Fri 09:00-17:00"} for name, zone in hours.items()},
            },
            "rules": [*own, {"name": "everybody", "calendar": "office", "metrics": metrics}],
        }
    )

    assert_same(due, promises.promise(at("2026-11-23 09:00"), customer=customer)["first_response"].due, why)


@pytest.mark.parametrize(
    ("first", "runs", "why"),
    [
        (date(2026, 10, 1), "2026-10-01 09:00", "a Thursday"),
        (date(2026, 11, 1), "2026-11-02 09:00", "a Sunday: on Monday"),
        (date(2027, 1, 1), "2027-01-04 09:00", "New Year on a Friday: on Monday"),
    ],
)
def test_pain_28_a_monthly_job_waits_for_the_office(first: date, runs: str, why: str) -> None:
    office = OFFICE.replace(holidays="DE")
    midnight = datetime(first.year, first.month, first.day, tzinfo=BERLIN)

    assert_same(runs, office.roll_forward(midnight), why)


def test_pain_28_a_reminder_after_three_working_days_skips_the_weekend() -> None:
    reminder = sla.BusinessDays(days=3, by="same_time")

    assert_same("2026-11-23 10:00", reminder.due(OFFICE, at("2026-11-18 10:00")), "Thu, Fri, Mon")


# ---------------------------------------------------------------- 26: pauses that are too long


def test_pain_26_a_cap_ends_a_pause_that_nobody_ends() -> None:
    waiting = {"stops": "solved", "paused_in": ["pending"], "pause_cap": "4h"}
    promises = policy(clocks={"resolution": waiting})
    log = event_log("2026-11-20 15:00 created status=open; 16:00 status pending")

    paused = promises.replay(log, as_of=at("2026-11-23 11:59"))["resolution"]
    assert (paused.status, paused.due) == ("paused", None)
    capped = promises.replay(log, as_of=at("2026-11-23 12:01"))["resolution"]
    assert_same("2026-11-24 11:00", capped.due, "1 h on Friday; from Monday 12:00 five, two on Tuesday")
    assert sum((each.wall_time for each in capped.ledger if each.kind == "paused"), timedelta(0)) == 4 * HOUR


def test_pain_26_ledgers_sum_the_paused_time_of_many_tickets_by_reason() -> None:
    logs: list[list[Event]] = [
        event_log("2026-11-20 15:00 created status=open; 16:00 status pending; 2026-11-23 10:00 status open"),
        event_log("2026-11-20 15:00 created status=open; 2026-11-23 11:00 paused supplier; 11:30 resumed supplier"),
        event_log("2026-11-20 15:00 created status=open; 16:30 status pending; 2026-11-23 09:00 status open"),
    ]  # fmt: skip
    paused: dict[str, timedelta] = {}
    for log in logs:
        for each in policy().replay(log, as_of=at("2026-11-23 12:00"))["resolution"].ledger:
            if each.kind == "paused":
                paused[each.name] = paused.get(each.name, timedelta(0)) + each.wall_time

    assert paused == {"pending": 2.5 * HOUR, "supplier": HOUR / 2}, "2 h of one ticket, half an hour of another"


# ---------------------------------------------------------------- 29: late, and done late


@pytest.mark.parametrize(
    ("as_of", "expected", "overdue_by", "why"),
    [
        ("2026-11-23 15:00", "warning", 0 * HOUR, "at due it is not late"),
        ("2026-11-23 15:30", "overdue", HOUR / 2, "late, and still open"),
        ("2026-11-23 16:00", "breached", HOUR, "done late"),
        ("2026-11-24 16:00", "breached", HOUR, "a day later it is not later"),
    ],
)
def test_pain_29_after_a_late_answer_the_clock_stands_still(
    as_of: str, expected: str, overdue_by: timedelta, why: str
) -> None:
    clock = policy().replay(
        event_log("2026-11-20 15:00 created status=open; 2026-11-23 16:00 agent reply"), as_of=at(as_of)
    )["first_response"]

    assert (expected, overdue_by) == (clock.status, clock.overdue_by), why
