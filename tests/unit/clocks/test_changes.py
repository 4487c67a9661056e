"""What another rule, or a date promised by hand, does to a running clock; worked out by hand from rules 8 and 9."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.replay import Clocks, replay
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import assert_same, at

CALENDARS: Final = {
    "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"},
    "saturdays": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00; Sat 09:00-12:00"},
    "always": {"zone": "Europe/Berlin", "hours": "24/7"},
    "helsinki": {"zone": "Europe/Helsinki", "hours": "Mon-Fri 09:00-17:00"},
}
THU: Final = "2026-11-19 10:00"
FRI: Final = "2026-11-20 10:00"
LATER: Final = "2026-12-31 12:00"

BH10: Final = {"business_hours": "10h"}
BH20: Final = {"business_hours": "20h"}

Promised = tuple[object, str] | None
"""A target on a calendar, or nothing promised."""


def policy(*promised: Promised, **clock: object) -> sla.Policy:
    """A policy with a rule for each priority "0", "1", "2", ..., each with its own resolution."""
    rules = [
        {
            "name": f"priority {number}",
            "when": {"priority": str(number)},
            "calendar": "office" if each is None else each[1],
            "metrics": {"other": {"due": BH20}} if each is None else {"resolution": {"due": each[0]}},
        }
        for number, each in enumerate(promised)
    ]
    data: dict[str, Any] = {"name": "changes", "calendars": CALENDARS, "rules": rules}
    if clock:
        data["clocks"] = {"resolution": {"stops": "solved", "pausable": True, **clock}}
    return sla.policy_from_data(data)


def created(when: str = THU) -> Event:
    """The ticket comes in with priority 0."""
    return sla.Created(status="open", at=at(when), fields=(("priority", "0"),))


def changed(when: str, to: int = 1) -> Event:
    """The ticket has another priority."""
    return sla.FieldChanged(at=at(when), field="priority", value=str(to))


def paused(start: str, end: str | None = None) -> list[Event]:
    """A pause, over or not."""
    pause: list[Event] = [sla.Paused(at=at(start), reason=start)]
    return pause if end is None else [*pause, sla.Resumed(at=at(end), reason=start)]


def solved(when: str) -> Event:
    """The ticket is solved."""
    return sla.Solved(at=at(when))


def clocks(log: list[Event], promises: sla.Policy, as_of: str = LATER) -> Clocks:
    """How the ticket is doing."""
    return replay(log, promises, as_of=at(as_of))


def state(log: list[Event], promises: sla.Policy, as_of: str = LATER) -> ClockState:
    """How its resolution is doing."""
    return clocks(log, promises, as_of)["resolution"]


def utc(moments: tuple[datetime, ...]) -> list[datetime]:
    return [moment.astimezone(UTC) for moment in moments]


# ---------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("new", "change", "due", "why"),
    [
        ("20h", "2026-11-19 14:00", "2026-11-23 14:00", "4 h counted, 16 left: 3 on Thursday, 8 on Friday, 5 on Monday"),
        ("6h", "2026-11-19 14:00", "2026-11-19 16:00", "4 h counted, 2 left"),
        ("10h 1min", "2026-11-20 09:00", "2026-11-20 12:01", "7 h counted, 3 h 1 min left"),
        ("4h", "2026-11-19 14:00", "2026-11-19 14:00", "4 h counted, nothing left: due with the change"),
        ("3h", "2026-11-19 14:00", "2026-11-19 14:00", "more than the amount is counted: never due before it was made"),
        ("0min", "2026-11-19 14:00", "2026-11-19 14:00", "nothing is allowed: due with the change"),
        ("5h", "2026-11-19 20:00", "2026-11-20 09:00", "nothing left in closed time: zero rolls forward"),
        ("7h", "2026-11-19 17:00", "2026-11-20 09:00", "nothing left at closing: zero is the next opening"),
        ("9h", "2026-11-19 17:00", "2026-11-20 11:00", "changed at closing: 7 h counted, 2 left"),
        ("6h", "2026-11-19 10:00", "2026-11-19 16:00", "changed at once: nothing was counted"),
        ("10h", "2026-11-20 11:59:59.999999", "2026-11-20 12:00", "another rule with the same target is due as before"),
    ],
)  # fmt: skip
def test_rule_9_retarget_keeps_the_origin_and_what_was_counted(new: str, change: str, due: str, why: str) -> None:
    promises = policy((BH10, "office"), ({"business_hours": new}, "office"))
    clock = state([created(), changed(change)], promises)
    assert_same(due, clock.due, why)
    assert_same(THU, clock.origin, "retarget keeps the origin")
    assert clock.rule == "priority 1"


@pytest.mark.parametrize(
    ("old", "new", "due", "why"),
    [
        ({"workday_hours": "30h"}, {"workday_hours": "40h"}, "2026-11-23 02:00", "up: 4 counted, 36 left: 10 + 24 + 2"),
        ({"workday_hours": "30h"}, {"workday_hours": "20h"}, "2026-11-20 06:00", "down: 16 left: 10 + 6"),
        ({"workday_hours": "30h"}, {"workday_hours": "3h"}, "2026-11-19 14:00", "below what is counted: with the change"),
        ({"calendar_hours": "30h"}, {"calendar_hours": "40h"}, "2026-11-21 02:00", "up: 36 left"),
        ({"calendar_hours": "30h"}, {"calendar_hours": "10h"}, "2026-11-19 20:00", "down: 6 left"),
        ({"calendar_hours": "30h"}, {"calendar_hours": "3h"}, "2026-11-19 14:00", "below what is counted"),
        ({"business_days": 1}, {"business_days": 3}, "2026-11-24 17:00", "up: from the origin"),
        ({"business_days": 1}, {"business_days": 0}, "2026-11-19 17:00", "down: the same day"),
    ],
)  # fmt: skip
def test_up_and_down_on_every_clock(old: object, new: object, due: str, why: str) -> None:
    """Changed on Thursday at two, four hours after the origin."""
    clock = state([created(), changed("2026-11-19 14:00")], policy((old, "office"), (new, "office")))
    assert_same(due, clock.due, why)


# ---------------------------------------------------------------- calendars and kinds of clock


@pytest.mark.parametrize(
    ("old", "new", "received", "change", "due", "why"),
    [
        ((BH20, "office"), (BH20, "saturdays"), THU, "2026-11-20 16:00", "2026-11-23 11:00",
         "14 h counted in the office; 1 on Friday, 3 on Saturday, 2 on Monday"),
        ((BH20, "office"), (BH20, "always"), THU, "2026-11-20 10:00", "2026-11-20 22:00",
         "8 h counted in the office, then round the clock"),
        (({"business_hours": "30h"}, "always"), ({"business_hours": "24h"}, "office"), THU, "2026-11-20 08:00", "2026-11-20 11:00",
         "22 h counted round the clock, 2 left in the office"),
        ((BH10, "office"), (BH10, "helsinki"), THU, "2026-11-19 14:00", "2026-11-20 12:00",
         "4 h counted; in Berlin time Helsinki is open until 16:00 and from 08:00"),
        ((BH10, "office"), ({"calendar_hours": "30h"}, "office"), THU, "2026-11-20 10:00", "2026-11-20 16:00",
         "the new clock measures 24 h from the origin, 6 left"),
        ((BH10, "office"), ({"workday_hours": "30h"}, "office"), FRI, "2026-11-23 10:00", "2026-11-23 16:00",
         "14 on Friday and 10 on Monday, 6 left"),
        (({"calendar_hours": "100h"}, "office"), (BH10, "office"), FRI, "2026-11-23 10:00", "2026-11-23 12:00",
         "7 on Friday and 1 on Monday, 2 left"),
        (({"calendar_hours": "100h"}, "office"), ({"workday_hours": "30h"}, "saturdays"), FRI, "2026-11-23 10:00", "2026-11-23 16:00",
         "on the calendars in force then: the office has no Saturday, 24 counted"),
        ((BH10, "office"), ({"calendar_hours": "12h"}, "office"), THU, "2026-11-19 23:00", "2026-11-19 23:00",
         "13 h counted: due with the change, which calendar hours count at any hour"),
        ((BH10, "office"), ({"workday_hours": "10h"}, "office"), FRI, "2026-11-21 10:00", "2026-11-23 00:00",
         "14 h counted; on a Saturday workday hours roll forward to Monday 00:00"),
    ],
)  # fmt: skip
def test_rule_9_counted_is_what_the_new_clock_measures_on_the_calendars_in_force_then(
    old: Promised, new: Promised, received: str, change: str, due: str, why: str
) -> None:
    assert_same(due, state([created(received), changed(change)], policy(old, new)).due, why)


def test_each_stretch_is_counted_on_its_own_calendar() -> None:
    thirty = {"business_hours": "30h"}
    promises = policy((thirty, "office"), (thirty, "always"), (thirty, "office"))
    log = [created(), changed("2026-11-19 18:00", 1), changed("2026-11-20 08:00", 2)]
    assert_same(
        "2026-11-23 10:00", state(log, promises).due, "7 in the office, 14 round the clock; 8 on Friday, 1 on Monday"
    )


def test_a_change_and_back_again_is_due_as_before() -> None:
    promises = policy((BH10, "office"), (BH20, "office"))
    log = [created(), changed("2026-11-19 12:00", 1), changed("2026-11-19 14:00", 0)]
    clock = state(log, promises)
    assert_same("2026-11-20 12:00", clock.due, "4 counted, 6 left")
    assert clock.rule == "priority 0"


def test_the_elapsed_time_and_the_ledger_run_over_both_calendars() -> None:
    promises = policy((BH20, "office"), (BH20, "always"))
    clock = state([created(), changed("2026-11-19 20:00")], promises, "2026-11-19 22:00")
    assert timedelta(hours=9) == clock.elapsed == clock.ledger.counted, "7 in the office, 2 round the clock"
    assert timedelta(hours=11) == clock.remaining


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("old", "new", "received", "change", "due", "why"),
    [
        ((BH10, "office"), ({"business_days": 2, "by": "close"}, "office"), THU, "2026-11-20 11:00", "2026-11-23 17:00",
         "two business days from the origin, not from the change"),
        ((BH10, "office"), ({"business_days": 1, "by": "close"}, "saturdays"), FRI, "2026-11-20 14:00", "2026-11-21 12:00",
         "taken anew on the new calendar, which has a Saturday"),
        ((BH10, "office"), ({"business_days": 0, "by": "12:00"}, "office"), THU, "2026-11-19 14:00", "2026-11-19 14:00",
         "noon has passed: due not before the change"),
        ((BH10, "office"), ({"business_days": 0, "by": "close"}, "office"), THU, "2026-11-19 20:00", "2026-11-19 20:00",
         "due not before the change; a date is not rolled forward"),
        ((BH10, "office"), ({"next_opening": True}, "office"), THU, "2026-11-19 14:00", "2026-11-19 14:00",
         "it was open at the origin"),
        ((BH10, "office"), ({"calendar_days": 1, "by": "same_time"}, "office"), THU, "2026-11-19 14:00", "2026-11-20 10:00",
         "the same time as receipt, not as the change"),
        (({"business_days": 2, "by": "close"}, "office"), (BH10, "office"), THU, "2026-11-19 14:00", "2026-11-20 12:00",
         "from a date to an amount: 4 counted, 6 left"),
        (({"business_days": 0, "by": "close"}, "office"), ({"business_days": 2, "by": "close"}, "office"), THU, "2026-11-19 14:00", "2026-11-23 17:00",
         "from a date to another"),
    ],
)  # fmt: skip
def test_rule_9_a_date_is_taken_anew_from_the_origin_and_not_before_the_change(
    old: Promised, new: Promised, received: str, change: str, due: str, why: str
) -> None:
    assert_same(due, state([created(received), changed(change)], policy(old, new)).due, why)


EITHER: Final = {"inside": {"business_hours": "20h"}, "outside": {"business_days": 1, "by": "12:00"}}


@pytest.mark.parametrize(
    ("calendar", "received", "change", "due", "why"),
    [
        ("office", "2026-11-19 18:00", "2026-11-20 09:30", "2026-11-23 12:00",
         "received out of hours, though changed in them: Friday is day 0, Monday is day 1"),
        ("always", "2026-11-19 18:00", "2026-11-20 09:30", "2026-11-21 05:00",
         "inside on the new calendar; half an hour counted in the office, 19.5 left round the clock"),
        ("office", THU, "2026-11-19 20:00", "2026-11-23 14:00",
         "received in hours, though changed out of them: 7 counted, 13 left"),
        ("helsinki", "2026-11-19 16:30", "2026-11-19 16:45", "2026-11-23 11:00",
         "17:30 in Helsinki is outside: it starts on Friday, day 1 is Monday, 12:00 there"),
    ],
)  # fmt: skip
def test_rule_9_the_branch_of_inside_and_outside_is_taken_anew_from_the_origin(
    calendar: str, received: str, change: str, due: str, why: str
) -> None:
    promises = policy((BH10, "office"), (EITHER, calendar))
    assert_same(due, state([created(received), changed(change)], promises).due, why)


# ---------------------------------------------------------------- after a breach


@pytest.mark.parametrize(
    ("change", "new", "stays", "anew", "why"),
    [
        ("2026-11-20 14:00", "20h", "2026-11-20 12:00", "2026-11-23 14:00", "12 counted, 8 left: 3 on Friday, 5 on Monday"),
        ("2026-11-20 14:00", "6h", "2026-11-20 12:00", "2026-11-20 14:00", "due with the change"),
        ("2026-11-20 20:00", "6h", "2026-11-20 12:00", "2026-11-23 09:00", "due with the change, rolled forward"),
        ("2026-11-20 12:00", "20h", "2026-11-23 14:00", "2026-11-23 14:00", "at due it is still on time: 10 left"),
        ("2026-11-20 12:00:00.000001", "10h 1min", "2026-11-20 12:00", "2026-11-20 12:01", "a microsecond late"),
    ],
)  # fmt: skip
def test_a_breach_stays_and_only_by_choice_another_target_judges_anew(
    change: str, new: str, stays: str, anew: str, why: str
) -> None:
    """Rule 9: due on Friday at noon."""
    promised = ((BH10, "office"), ({"business_hours": new}, "office"))
    log = [created(), changed(change)]
    assert_same(stays, state(log, policy(*promised), change).due, "the due time that passed is the one that was broken")
    assert_same(anew, state(log, policy(*promised, after_breach="judged_anew"), change).due, why)


@pytest.mark.parametrize(
    "old",
    [{"business_hours": "2h"}, {"workday_hours": "2h"}, {"calendar_hours": "2h"}, {"business_days": 0, "by": "12:00"}],
    ids=["business hours", "workday hours", "calendar hours", "business days"],
)
@pytest.mark.parametrize(
    ("new", "due", "why"),
    [
        (BH20, "2026-11-23 14:00", "4 counted, 16 left: 3 + 8 + 5"),
        ({"workday_hours": "20h"}, "2026-11-20 06:00", "4 counted, 16 left: 10 + 6"),
        ({"calendar_hours": "20h"}, "2026-11-20 06:00", "20 hours from the origin"),
        ({"business_days": 1, "by": "close"}, "2026-11-20 17:00", "taken anew from the origin"),
        ({"business_hours": "1h"}, "2026-11-19 14:00", "due with the change"),
    ],
)
def test_a_breach_of_any_clock_stays_whatever_is_promised_after_it(
    old: object, new: object, due: str, why: str
) -> None:
    """Due on Thursday at noon, changed at two."""
    promised, log = ((old, "office"), (new, "office")), [created(), changed("2026-11-19 14:00")]
    clock = state(log, policy(*promised), "2026-11-19 14:00")
    assert_same("2026-11-19 12:00", clock.due, "a breach that happened stays on record (rule 9)")
    assert (clock.status, clock.breached_at, clock.rule) == ("overdue", clock.due, "priority 1")
    assert [(each.by, each.to) for each in clock.history] == [("priority 1", promises_of(promised, 1))]
    assert_same(due, state(log, policy(*promised, after_breach="judged_anew"), "2026-11-19 14:00").due, why)


def promises_of(promised: tuple[Promised, ...], priority: int) -> object:
    """The target that a priority has."""
    return policy(*promised).rules[priority].metrics["resolution"].due


def test_a_pause_after_a_breach_takes_something_out_of_a_target_that_judges_anew() -> None:
    """Due Thu 12:00 and breached, paused from 13:00 to 14:00, changed at 15:00 to ten hours."""
    log = [created(), *paused("2026-11-19 13:00", "2026-11-19 14:00"), changed("2026-11-19 15:00")]
    promised = (({"business_hours": "2h"}, "office"), (BH10, "office"))
    clock = state(log, policy(*promised, after_breach="judged_anew"))
    assert_same("2026-11-20 13:00", clock.due, "the pause began before the new due: 4 counted, 6 left, 2 + 4")
    assert_same("2026-11-19 12:00", state(log, policy(*promised)).due, "where a breach stays the pause comes too late")


def test_the_last_target_judges_a_cycle_that_is_judged_anew() -> None:
    promises = policy((BH10, "office"), (BH20, "office"), after_breach="judged_anew")
    log = [created(), changed("2026-11-20 14:00"), solved("2026-11-23 14:00")]
    clock = state(log, promises)
    assert (clock.status, clock.breached_at) == ("met", None), "done at the due of the last target"
    assert timedelta(0) == clock.overdue_by


def test_the_first_due_time_that_passed_is_the_one_that_was_breached() -> None:
    promises = policy((BH10, "office"), ({"business_hours": "13h"}, "office"), (BH20, "office"))
    log = [created(), changed("2026-11-20 14:00", 1), changed("2026-11-20 16:00", 2)]
    clock = state(log, promises, "2026-11-20 16:30")
    assert_same("2026-11-20 12:00", clock.breached_at, "7 h on Thursday, 3 on Friday")
    assert (clock.status, clock.rule, len(clock.history)) == ("overdue", "priority 2", 2)
    assert (clock.elapsed, clock.percent) == (timedelta(hours=14, minutes=30), 145.0), "7 h, and 7 and a half"


# ---------------------------------------------------------------- pauses


@pytest.mark.parametrize(
    ("new", "pauses", "change", "due", "why"),
    [
        ("20h", [("2026-11-19 11:00", "2026-11-19 15:00")], "2026-11-19 13:00", "2026-11-24 10:00",
         "1 counted; resumed at 15:00: 2 + 8 + 8, 1 on Tuesday"),
        ("6h", [("2026-11-19 11:00", "2026-11-19 13:00")], "2026-11-19 14:00", "2026-11-20 10:00",
         "2 counted, 4 left"),
        ("20h", [("2026-11-20 09:00", "2026-11-20 11:00")], "2026-11-19 14:00", "2026-11-23 16:00",
         "Monday 14:00, and the pause after the change takes out two hours"),
        ("20h", [("2026-11-19 11:00", "2026-11-19 14:00")], "2026-11-19 14:00", "2026-11-23 17:00",
         "changed as it resumed: 1 counted; 3 + 8 + 8 fill Monday exactly"),
        ("20h", [("2026-11-19 14:00", "2026-11-19 16:00")], "2026-11-19 14:00", "2026-11-23 16:00",
         "changed as it was paused: 4 counted; 1 + 8 + 7"),
        ("20h", [("2026-11-23 14:00", "2026-11-23 15:00")], "2026-11-19 14:00", "2026-11-23 14:00",
         "a pause at the due of the new target changes nothing"),
        ("20h", [("2026-11-20 15:00", "2026-11-20 16:00")], "2026-11-19 14:00", "2026-11-23 15:00",
         "after the due of the old target, before that of the new one"),
    ],
)  # fmt: skip
def test_rule_9_retarget_keeps_pauses(new: str, pauses: list[tuple[str, str]], change: str, due: str, why: str) -> None:
    log = [created(), *(event for pause in pauses for event in paused(*pause))]
    first = at(change) <= at(pauses[0][0])
    log.insert(1 if first else len(log), changed(change))
    promises = policy((BH10, "office"), ({"business_hours": new}, "office"))
    assert_same(due, state(log, promises).due, why)


WORKDAY30: Final = {"workday_hours": "30h"}
CALENDAR30: Final = {"calendar_hours": "30h"}
NEXT_CLOSE: Final = {"business_days": 1, "by": "close"}


@pytest.mark.parametrize(
    ("old", "new", "resumed", "due", "why"),
    [
        ((BH10, "office"), (BH20, "office"), "15:00", "2026-11-24 10:00", "up: 1 counted; 2 + 8 + 8, 1 on Tuesday"),
        ((BH20, "office"), (BH10, "office"), "15:00", "2026-11-20 16:00", "down: 1 counted; 2 + 7"),
        ((BH10, "office"), ({"business_hours": "30min"}, "office"), "15:00", "2026-11-19 15:00",
         "below what is counted: due as it is resumed"),
        ((BH10, "office"), ({"business_hours": "30min"}, "office"), "20:00", "2026-11-20 09:00",
         "resumed in closed time: nothing left is the next opening"),
        ((BH10, "office"), ({"business_hours": "1h"}, "office"), "15:00", "2026-11-19 15:00",
         "exactly what is counted"),
        ((BH10, "office"), (BH20, "always"), "15:00", "2026-11-20 10:00", "1 in the office, 19 round the clock"),
        ((BH10, "office"), (WORKDAY30, "office"), "15:00", "2026-11-20 20:00", "1 counted, 29 left: 9 + 20"),
        ((BH10, "office"), (CALENDAR30, "office"), "15:00", "2026-11-20 20:00", "1 counted, 29 left"),
        ((WORKDAY30, "office"), (BH10, "office"), "15:00", "2026-11-20 16:00", "1 counted, 9 left: 2 + 7"),
        ((CALENDAR30, "office"), (BH10, "office"), "15:00", "2026-11-20 16:00", "1 counted, 9 left: 2 + 7"),
        ((NEXT_CLOSE, "office"), (BH10, "office"), "15:00", "2026-11-20 16:00",
         "the pause did not move the date, and takes out two hours of the new clock and two more"),
        ((BH10, "office"), (NEXT_CLOSE, "office"), "15:00", "2026-11-20 17:00", "a date is not moved"),
        ((BH10, "office"), ({"business_days": 0, "by": "12:00"}, "office"), "15:00", "2026-11-19 13:00",
         "noon had passed: due not before the change, paused or not"),
    ],
)  # fmt: skip
def test_a_change_while_paused_counts_nothing_until_it_is_resumed(
    old: Promised, new: Promised, resumed: str, due: str, why: str
) -> None:
    """Paused from 11:00, changed at 13:00."""
    log = [created(), *paused("2026-11-19 11:00", f"2026-11-19 {resumed}"), changed("2026-11-19 13:00")]
    clock = state(log, policy(old, new))
    assert_same(due, clock.due, why)


def test_a_clock_that_was_changed_while_paused_has_what_is_left_of_the_new_target() -> None:
    promises = policy((BH10, "office"), (BH20, "office"))
    clock = state([created(), *paused("2026-11-19 11:00"), changed("2026-11-19 13:00")], promises, "2026-11-19 14:00")
    assert (clock.status, clock.due) == ("paused", None)
    assert timedelta(hours=19) == clock.remaining, "1 of 20 counted"
    assert timedelta(hours=1) == clock.elapsed
    assert_same("2026-11-24 10:00", clock.due_if_resumed(at("2026-11-19 15:00")), "2 + 8 + 8 + 1")


def test_a_date_taken_while_paused_is_due() -> None:
    promises = policy((BH10, "office"), ({"business_days": 1, "by": "close"}, "office"))
    log = [created(), *paused("2026-11-19 11:00"), changed("2026-11-19 13:00")]
    clock = state(log, promises, "2026-11-19 14:00")
    assert clock.status == "running"
    assert_same("2026-11-20 17:00", clock.due, "date-like targets are not moved by pauses")


@pytest.mark.parametrize(
    ("new", "due", "why"),
    [
        ({"calendar_hours": "30h"}, "2026-11-20 20:00", "24 hours less the 4 of the pause counted, 10 left"),
        (BH20, "2026-11-23 15:00", "8 less 1 counted, 13 left: 7 + 6"),
    ],
)
def test_a_pause_before_the_change_takes_out_what_the_new_clock_would_have_counted(
    new: object, due: str, why: str
) -> None:
    promises = policy(({"business_days": 2, "by": "close"}, "office"), (new, "office"))
    log = [created(), *paused("2026-11-19 16:00", "2026-11-19 20:00"), changed("2026-11-20 10:00")]
    assert_same(due, state(log, promises).due, why)


# ---------------------------------------------------------------- what is no change


def test_a_field_that_selects_the_same_rule_changes_nothing() -> None:
    log = [created(), sla.FieldChanged(at=at("2026-11-19 20:00"), field="topic", value="delivery")]
    clock = state(log, policy((BH10, "office")))
    assert_same("2026-11-20 12:00", clock.due)


def test_a_change_after_the_stop_changes_nothing() -> None:
    promises = policy((BH10, "office"), ({"business_hours": "1h"}, "office"))
    clock = state([created(), solved("2026-11-19 12:00"), changed("2026-11-19 13:00")], promises)
    assert (clock.status, clock.rule) == ("met", "priority 0")
    assert_same("2026-11-20 12:00", clock.due)


def test_a_change_after_as_of_is_not_applied() -> None:
    promises = policy((BH10, "office"), (BH20, "office"))
    clock = state([created(), changed("2026-11-19 14:00")], promises, "2026-11-19 13:59")
    assert_same("2026-11-20 12:00", clock.due)


def test_a_change_while_solved_judges_the_clock_that_is_resumed() -> None:
    promises = policy((BH10, "office"), (BH20, "office"))
    log = [created(), solved("2026-11-19 12:00"), changed("2026-11-19 13:00"), sla.Reopened(at=at("2026-11-19 14:00"))]
    clock = state(log, promises)
    assert_same("2026-11-23 16:00", clock.due, "2 counted, 18 of the new target left from 14:00: 3 + 8 + 7")


@pytest.mark.parametrize(
    ("how", "happened", "due", "made", "why"),
    [
        ("continue", [changed("2026-11-19 13:00")], "2026-11-23 14:00", ["13:00"], "as if it never was solved: 20 h from Thu 10:00"),
        ("continue", [changed("2026-11-19 13:00"), changed("2026-11-19 13:30", 2)], "2026-11-19 16:00", ["13:00", "13:30"],
         "6 h from Thu 10:00; both changes are told"),
        ("resume", [changed("2026-11-19 13:00"), changed("2026-11-19 13:30", 2)], "2026-11-20 10:00", ["13:00", "13:30"],
         "2 of 6 h counted, 4 left from 14:00: 3 + 1"),
        ("continue", [changed("2026-11-19 12:30"), *paused("2026-11-19 12:45", "2026-11-19 13:15"), changed("2026-11-19 13:30", 2)],
         "2026-11-19 16:30", ["12:30", "13:30"], "a pause between the changes: half an hour later"),
        ("continue", [*paused("2026-11-19 12:30", "2026-11-19 13:30"), changed("2026-11-19 13:00", 2)], "2026-11-19 17:00", ["13:00"],
         "a change in the middle of a pause: an hour later"),
        ("continue", [changed("2026-11-19 13:00"), changed("2026-11-19 13:30", 0)], "2026-11-20 12:00", ["13:00", "13:30"],
         "there and back again"),
    ],
)  # fmt: skip
def test_changes_while_solved_take_over_in_order_and_among_the_pauses(
    how: str, happened: list[Event], due: str, made: list[str], why: str
) -> None:
    """Solved at 12:00, reopened at 14:00: ten hours, twenty, or six."""
    promises = policy((BH10, "office"), (BH20, "office"), ({"business_hours": "6h"}, "office"), reopen=how)
    log = [created(), solved("2026-11-19 12:00"), *happened, sla.Reopened(at=at("2026-11-19 14:00"))]
    clock = state(log, promises, "2026-11-19 15:00")
    assert_same(due, clock.due, why)
    assert made == [f"{change.at:%H:%M}" for change in clock.history], why


# ---------------------------------------------------------------- restart


def test_rule_9_restart_makes_the_change_the_origin() -> None:
    promises = policy((BH10, "office"), (BH20, "office"), on_change="restart")
    clock = state([created(), changed("2026-11-19 14:00")], promises, "2026-11-19 16:00")
    assert_same("2026-11-19 14:00", clock.origin, "restart: the origin becomes the change")
    assert_same("2026-11-24 10:00", clock.due, "20 h from 14:00: 3 + 8 + 8 + 1")
    assert timedelta(hours=2) == clock.elapsed


def test_restart_while_paused_begins_paused() -> None:
    promises = policy((BH10, "office"), (BH20, "office"), on_change="restart")
    log = [created(), *paused("2026-11-19 11:00"), changed("2026-11-19 14:00")]
    clock = state(log, promises, "2026-11-19 16:00")
    assert (clock.status, clock.due) == ("paused", None)
    assert timedelta(hours=20) == clock.remaining


def test_restart_begins_nothing_anew_after_a_breach() -> None:
    promises = policy((BH10, "office"), (BH20, "office"), on_change="restart")
    (clock,) = clocks([created(), changed("2026-11-20 14:00")], promises, "2026-11-20 15:00").cycles("resolution")
    assert_same("2026-11-20 12:00", clock.breached_at, "a breach that happened stays on record (rule 9)")
    assert_same(THU, clock.origin)


# ---------------------------------------------------------------- no longer promised


def test_a_metric_that_is_no_longer_promised_is_cancelled() -> None:
    clock = state([created(), changed("2026-11-19 14:00")], policy((BH10, "office"), None))
    assert (clock.status, clock.cancelled) == ("cancelled", "no_longer_promised")
    assert_same("2026-11-19 14:00", clock.cancelled_at)
    assert timedelta(hours=4) == clock.elapsed, "what had been counted when it was cancelled"
    assert clock.breached_at is None


def test_a_breach_before_the_metric_was_no_longer_promised_stays() -> None:
    clock = state([created(), changed("2026-11-20 14:00")], policy((BH10, "office"), None))
    assert clock.status == "cancelled"
    assert_same("2026-11-20 12:00", clock.breached_at, "a breach that happened stays on record (rule 9)")


def test_what_is_promised_again_after_a_breach_is_told_and_judges_nothing() -> None:
    """Due Fri 12:00, not promised from Fri 14:00 on, and from Fri 16:00 on in twenty hours."""
    promises = policy((BH10, "office"), None, (BH20, "office"))
    clock = state([created(), changed("2026-11-20 14:00", 1), changed("2026-11-20 16:00", 2)], promises)

    assert clock.status == "overdue"
    assert_same("2026-11-20 12:00", clock.breached_at, "a breach stays (rule 9)")
    assert clock.rule == "priority 2"
    assert clock.target_changed
    assert [str(change.to) for change in clock.history] == ["20h in business hours"]
    assert_same("2026-11-20 16:00", clock.history[0].at)


def test_a_cap_is_used_up_while_nothing_is_promised_where_that_time_counts() -> None:
    """Paused at 11:00 with a cap of two hours, so that it runs from 13:00; promised again at 16:00 with 4 of 20 hours counted."""
    promises = policy((BH10, "office"), None, (BH20, "office"), unpromised_time="counts", pause_cap="2h")
    log = [created(), *paused("2026-11-19 11:00"), changed("2026-11-19 12:00", 1), changed("2026-11-19 16:00", 2)]
    assert_same("2026-11-23 16:00", state(log, promises).due, "1 h on Thursday, 8 on Friday, 7 on Monday")


@pytest.mark.parametrize("how", ["resume", "continue"])
@pytest.mark.parametrize(
    ("back", "due"), [(False, None), (True, "2026-11-23 16:00")], ids=["not promised", "promised again"]
)
def test_a_ticket_that_is_reopened_when_it_is_not_promised_any_more(how: str, back: bool, due: str | None) -> None:
    """Solved at 12:00 and reopened at 14:00 under a rule that promises nothing; and at 15:00 under one of twenty hours."""
    promises = policy((BH10, "office"), None, (BH20, "office"), reopen=how)
    log = [
        created(),
        solved("2026-11-19 12:00"),
        changed("2026-11-19 13:00", 1),
        sla.Reopened(at=at("2026-11-19 14:00")),
    ]
    clock = state([*log, *([changed("2026-11-19 15:00", 2)] if back else [])], promises)
    if due is None:
        assert (clock.status, clock.cancelled) == ("cancelled", "no_longer_promised")
        assert_same("2026-11-19 14:00", clock.cancelled_at)
    else:
        solved_for = timedelta(hours=1 if how == "resume" else 0)  # until it was not promised any more
        assert clock.due is not None
        assert_same(
            due, clock.due - solved_for, "of 20 h from Thu 10:00 13:00 to 15:00 was not promised: 3 + 2 + 8 + 7"
        )


# ---------------------------------------------------------------- dates promised by hand


def promised(when: str, due: str, author: str = "Ana", metric: str = "resolution") -> Event:
    """Somebody promised a date."""
    return sla.TargetOverridden(at=at(when), metric=metric, due=at(due), author=author)


def test_a_date_promised_by_hand_is_the_due_time() -> None:
    log = [created(FRI), promised("2026-11-23 10:00", "2026-11-25 12:00")]
    clock = state(log, policy((BH10, "office")), "2026-11-24 12:00")
    assert_same("2026-11-25 12:00", clock.due)
    assert (clock.status, clock.overridden_by) == ("running", "Ana")
    assert clock.target.model_dump(mode="json", by_alias=True) == {"business_hours": "10h"}, "the policy's target stays"


@pytest.mark.parametrize(
    ("done", "expected"),
    [("2026-11-25 12:00", "met"), ("2026-11-25 12:00:00.000001", "breached"), ("2026-11-23 12:30", "met")],
)
def test_a_date_promised_by_hand_judges_the_cycle(done: str, expected: str) -> None:
    log = [created(FRI), promised("2026-11-23 10:00", "2026-11-25 12:00"), solved(done)]
    assert expected == state(log, policy((BH10, "office"))).status


def test_a_pause_does_not_move_a_date_promised_by_hand() -> None:
    log = [created(FRI), promised("2026-11-20 11:00", "2026-11-25 12:00"), *paused("2026-11-20 12:00")]
    clock = state(log, policy((BH10, "office")), "2026-11-23 10:00")
    assert_same("2026-11-25 12:00", clock.due, "a date is a date")
    assert clock.status == "running"


def test_a_date_promised_by_hand_that_has_passed_already_is_breached_at_once() -> None:
    """On Monday somebody says that Friday 16:00 was promised: two days and 18 hours late by 10:00."""
    log = [created(FRI), promised("2026-11-23 10:00", "2026-11-20 16:00")]
    clock = state(log, policy((BH10, "office")), "2026-11-23 10:00")
    assert_same("2026-11-20 16:00", clock.due)
    assert_same("2026-11-20 16:00", clock.breached_at)
    assert (clock.status, clock.overdue_by) == ("overdue", timedelta(hours=66))


def test_the_last_promise_by_hand_holds() -> None:
    log = [
        created(FRI),
        promised("2026-11-23 10:00", "2026-11-25 12:00"),
        promised("2026-11-24 10:00", "2026-11-26 12:00", "Ben"),
    ]
    clock = state(log, policy((BH10, "office")))
    assert_same("2026-11-26 12:00", clock.due)
    assert clock.overridden_by == "Ben"


@pytest.mark.parametrize(
    ("log", "breached", "due", "why"),
    [
        ([promised("2026-11-23 14:00", "2026-11-25 12:00")], "2026-11-23 12:00", "2026-11-23 12:00",
         "the policy's due had passed, and stays"),
        ([promised("2026-11-23 12:00", "2026-11-25 12:00")], None, "2026-11-25 12:00", "at due it is still on time"),
        (
            [promised("2026-11-23 10:00", "2026-11-23 15:00"), promised("2026-11-23 16:00", "2026-11-25 12:00")],
            "2026-11-23 15:00", "2026-11-23 15:00",
            "the first date promised by hand had passed; the policy's noon was none by then",
        ),
        (
            [promised("2026-11-23 10:00", "2026-11-25 12:00"), changed("2026-11-24 10:00")],
            None, "2026-11-25 12:00",
            "noon on Monday was no longer due when it passed",
        ),
        (
            [promised("2026-11-23 13:00", "2026-11-25 12:00"), changed("2026-11-24 10:00")],
            "2026-11-23 12:00", "2026-11-23 12:00",
            "noon on Monday was breached before the date was promised",
        ),
    ],
)  # fmt: skip
def test_a_date_promised_after_a_breach_leaves_it_on_record(
    log: list[Event], breached: str | None, due: str, why: str
) -> None:
    clock = state([created(FRI), *log], policy((BH10, "office"), (BH20, "office")), "2026-11-24 12:00")
    assert (clock.breached_at is None) == (breached is None), why
    if breached is not None:
        assert_same(breached, clock.breached_at, why)
    assert_same(due, clock.due, why)


def test_a_promise_by_hand_for_a_metric_without_a_clock_is_a_gap() -> None:
    log = [created(), promised("2026-11-19 12:00", "2026-11-25 12:00", metric="refund")]
    found = clocks(log, policy((BH10, "office"))).gaps
    assert [(gap.code, gap.place) for gap in found] == [("override_without_clock", 1)]


def test_a_promise_by_hand_after_the_stop_is_a_gap() -> None:
    log = [created(), solved("2026-11-19 11:00"), promised("2026-11-19 12:00", "2026-11-25 12:00")]
    found = clocks(log, policy((BH10, "office")))
    assert [(gap.code, gap.place) for gap in found.gaps] == [("override_without_clock", 2)]
    assert_same("2026-11-20 12:00", found["resolution"].due)


# ---------------------------------------------------------------- warnings, lateness, ledgers of other clocks


def warned(*warnings: str) -> sla.Policy:
    """Ten business hours from Thu 19 Nov 10:00: due Fri 20 Nov 12:00."""
    return sla.policy_from_data(
        {
            "name": "warned",
            "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [
                {
                    "name": "all",
                    "calendar": "office",
                    "metrics": {"resolution": {"due": BH10, "warnings": list(warnings)}},
                }
            ],
        }
    )


@pytest.mark.parametrize(
    ("warning", "when", "status", "why"),
    [
        ("50%", "2026-11-19 14:59", "running", "five of ten hours have passed at 15:00"),
        ("50%", "2026-11-19 15:00", "warning", "at the share"),
        ("2h", "2026-11-20 09:59", "running", "two hours before Fri 12:00 is Fri 10:00"),
        ("2h", "2026-11-20 10:00", "warning", "at the amount before due"),
        ("20h", "2026-11-19 10:00", "warning", "a smaller amount, not below zero: at once"),
        ("50%", "2026-11-20 12:00:00.000001", "overdue", "overdue outranks a warning"),
    ],
)
def test_a_warning_is_the_same_function_with_a_smaller_amount(warning: str, when: str, status: str, why: str) -> None:
    log: list[Event] = [sla.Created(at=at("2026-11-19 10:00"))]
    assert status == clocks(log, warned(warning), when)["resolution"].status, why


def test_late_by_instants_with_no_open_time_over() -> None:
    log: list[Event] = [sla.Created(at=at("2026-11-19 15:00")), sla.Solved(at=at("2026-11-20 20:00"))]
    clock = clocks(log, warned(), "2026-11-21 12:00")["resolution"]  # ten hours from 15:00 end Fri 17:00

    assert_same("2026-11-20 17:00", clock.due)
    assert ("breached", timedelta(hours=3), timedelta(0)) == (clock.status, clock.overdue_by, clock.overdue_by_open)


def test_the_ledger_of_calendar_hours_counts_nights() -> None:
    real = sla.policy_from_data(
        {
            **warned().to_data(),
            "rules": [
                {"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"calendar_hours": "24h"}}}}
            ],
        }
    )
    clock = clocks([sla.Created(at=at("2026-11-20 15:00"))], real, "2026-11-21 15:00")["resolution"]

    assert [("counted", timedelta(hours=24))] == [(segment.kind, segment.wall_time) for segment in clock.ledger]


# ---------------------------------------------------------------- used up while paused, and ranges


@pytest.mark.parametrize("when", ["2026-11-19 13:00", "2026-11-19 20:00"])
def test_a_change_to_a_used_up_target_while_paused_leaves_it_paused(when: str) -> None:
    """Rule 8: the pause began before due, so there is no due time, in open hours as in closed ones."""
    log = [created(), *paused("2026-11-19 11:00"), changed(when)]
    clock = state(log, policy((BH10, "office"), ({"business_hours": "30min"}, "office")), "2026-11-19 21:00")

    assert ("paused", None, timedelta(0)) == (clock.status, clock.due, clock.remaining)


def test_a_clock_with_nothing_to_count_that_is_paused_from_its_beginning_waits_for_the_resumption() -> None:
    """As a target does that has nothing left at a change while paused (rule 9)."""
    nothing = policy(({"business_hours": "0min"}, "office"))

    assert state([created(), *paused(THU)], nothing, "2026-11-19 11:00").status == "paused"
    assert_same("2026-11-19 12:00", state([created(), *paused(THU, "2026-11-19 12:00")], nothing).due)


def test_rule_8_an_earliest_already_reached_stands() -> None:
    """Thu 10:00 + 4 h is Thu 14:00; a change at Thu 15:00 to 6 to 20 h moves due, not what has been reached (rule 8)."""
    short = {"earliest": {"business_hours": "4h"}, "latest": {"business_hours": "10h"}}
    long = {"earliest": {"business_hours": "6h"}, "latest": {"business_hours": "20h"}}
    clock = state([created(), changed("2026-11-19 15:00")], policy((short, "office"), (long, "office")))

    assert_same("2026-11-19 14:00", clock.earliest)
    assert_same("2026-11-23 14:00", clock.due, "7 h Thursday, 8 h Friday, 5 h Monday")


def test_rule_8_an_earliest_that_is_reached_with_the_change_stands() -> None:
    """Thu 10:00 + 4 h is Thu 14:00, the very instant of the change."""
    short = {"earliest": {"business_hours": "4h"}, "latest": {"business_hours": "10h"}}
    long = {"earliest": {"business_hours": "6h"}, "latest": {"business_hours": "20h"}}
    clock = state([created(), changed("2026-11-19 14:00")], policy((short, "office"), (long, "office")))

    assert_same("2026-11-19 14:00", clock.earliest)


def test_an_earliest_not_yet_reached_is_taken_anew() -> None:
    short = {"earliest": {"business_hours": "4h"}, "latest": {"business_hours": "10h"}}
    long = {"earliest": {"business_hours": "6h"}, "latest": {"business_hours": "20h"}}
    clock = state([created(), changed("2026-11-19 13:00")], policy((short, "office"), (long, "office")))

    assert_same("2026-11-19 16:00", clock.earliest, "six hours from Thu 10:00")


def resolution_of(log: list[Event], **clock: Any) -> ClockState:
    """The clock of a resolution within six business hours, which tickets of high priority are promised, at 13:30."""
    six = {"due": {"business_hours": "6h"}}
    policy = sla.policy_from_data(
        {
            "name": "desk",
            "fields": {"priority": [], "region": []},
            "calendars": {"office": CALENDARS["office"]},
            "rules": [
                {"name": "vip", "when": {"priority": "high"}, "calendar": "office", "metrics": {"resolution": six}},
                {"name": "rest", "calendar": "office", "metrics": {"first_response": six}},
            ],
            "clocks": {"resolution": clock},
        }
    )
    return policy.replay(log, as_of=at("16 13:30"), ticket="7")["resolution"]


@pytest.mark.parametrize(
    ("clock", "due", "why"),
    [
        ({"reopen": "continue"}, "16 16:00", "9 to 11 and 12 to 16: not from 11 to 12, when nothing was promised"),
        ({"reopen": "continue", "unpromised_time": "counts"}, "16 15:00", "9 to 15: being solved, and not promised, count"),
        ({"reopen": "resume"}, "17 10:00", "9 to 10 and 13 to 17, and an hour on Tuesday"),
        ({"reopen": "resume", "unpromised_time": "counts"}, "17 10:00", "the same: it was solved all that time"),
    ],
)  # fmt: skip
def test_what_was_not_promised_for_a_while_when_it_was_solved_goes_on_as_its_clock_says(
    clock: dict[str, str], due: str, why: str
) -> None:
    log = event_log(
        "Mon 09:00 created status=open priority=high; 10:00 solved; 11:00 priority=low; 12:00 priority=high; 13:00 reopened"
    )
    state = resolution_of(log, **clock)
    assert state.due == at(due), why
    open_parts = [(stage.as_of, end) for stage, end in state.stages()]
    assert open_parts == [(at("16 09:00"), at("16 10:00")), (at("16 13:00"), None)], "solved it was not open"
    assert [stage.due for stage, _ in state.stages()] == [at("16 15:00"), at(due)]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("Mon 09:00 created status=open priority=high; 10:00 solved; 11:00 region=north; 12:00 reopened", "while solved"),
        ("Mon 09:00 created status=open priority=high; 10:00 priority=low; 11:00 region=north; 12:00 priority=high", "while not promised"),
    ],
)  # fmt: skip
def test_a_clock_that_goes_on_has_the_fields_that_changed_meanwhile(told: str, why: str) -> None:
    clock = resolution_of(event_log(told), reopen="continue")
    assert dict(clock.fields) == {"priority": "high", "region": "north"}, why


def test_a_clock_that_was_promised_late_is_shared_without_the_time_before_its_promise() -> None:
    """Promised from 11 on: what came in at 9 is merged into it, 9 to 10 count, and 10 to 11 do not: 9 to 16 but for one."""
    log = event_log("Mon 10:00 created status=open priority=low; 11:00 priority=high")
    shared = resolution_of([*log, sla.MergedFrom(at=at("16 12:00"), received=at("16 09:00"))])
    assert (shared.origin, shared.due) == (at("16 09:00"), at("16 16:00"))


EIGHT: Final = ({"business_hours": "8h"}, "office")
ONE: Final = ({"business_hours": "1h"}, "office")
TWO: Final = ({"business_hours": "2h"}, "office")
TEN_BY_NIGHT: Final = (BH10, "always")
SHARED: Final = [
    ([changed("2026-11-19 10:30")], "10:40", "10:30", ["10:30"], "9 to 10 is an hour: due when it was promised"),
    ([changed("2026-11-19 10:30", 2), changed("2026-11-19 10:50")], "10:55", "10:50", ["10:30", "10:50"],
     "two hours from 9 are over at 11, an hour is due when it was promised"),
    ([*paused("2026-11-19 10:15", "2026-11-19 11:00"), changed("2026-11-19 11:10", 2)], "11:30", "11:45", ["11:10"],
     "two hours: 9 to 10:15, and 45 minutes from 11 on"),
    ([sla.Paused(at=at("2026-11-19 10:15")), changed("2026-11-19 10:30"), sla.Resumed(at=at("2026-11-19 11:00"))],
     "11:30", "11:00", ["10:30"], "nothing was left at the change: due with the resumption"),
    ([changed("2026-11-19 10:30", 3)], "11:30", "19:00", ["10:30"], "ten hours by day and night, from 9 on"),
    ([changed("2026-11-19 10:30"), changed("2026-11-19 10:30", 0)], "11:30", "17:00", ["10:30", "10:30"],
     "and back at once: eight hours from 9"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "merged", "due", "changes", "why"),
    SHARED,
    ids=["once", "twice", "after a pause", "in a pause", "calendar", "back"],
)
def test_rule_9_a_clock_that_is_shared_keeps_its_changes_and_is_due_not_before_them(
    events: list[Event], merged: str, due: str, changes: list[str], why: str
) -> None:
    """This ticket came in at 10, and is merged with one of 9: as one that really came in at 9 says."""
    promises = policy(EIGHT, ONE, TWO, TEN_BY_NIGHT, reopen="continue")
    earlier = sla.MergedFrom(at=at(f"2026-11-19 {merged}"), received=at("2026-11-19 09:00"))
    shared = clocks([created(), *events, earlier], promises, "2026-11-19 12:00")
    real = state([created("2026-11-19 09:00"), *events], promises, "2026-11-19 12:00")
    for clock in (shared["resolution"], real):
        assert_same(f"2026-11-19 {due}", clock.due, why)
        assert [each.at for each in clock.history] == [at(f"2026-11-19 {when}") for when in changes]
        assert_same(f"2026-11-19 {changes[-1]}", clock.changed_at)
        assert clock.target_number == len(changes) + 1
    assert sla.resume(shared.to_json(), promises) == shared


def test_a_clock_that_is_shared_is_not_late_before_it_was_promised() -> None:
    """Promised from Monday at 11 on, and all time counts: six hours from Friday at 9 were over on Friday."""
    log = event_log("Mon 10:00 created status=open priority=low; 11:00 priority=high")
    merged = sla.MergedFrom(at=at("16 12:00"), received=at("13 09:00"))
    shared = resolution_of([*log, merged], unpromised_time="counts")
    assert (shared.origin, shared.due) == (at("13 09:00"), at("16 11:00"))


def test_what_a_clock_was_not_promised_between_two_rules_stays_out_when_it_is_shared() -> None:
    """Two hours from 10; not promised from 10:30 to 11:30; from 9 on they are 9 to 10:30, and 11:30 to noon."""
    promises = policy(TWO, None, unpromised_time="left_out")
    log = [created(), changed("2026-11-19 10:30"), changed("2026-11-19 11:30", 0)]
    merged = sla.MergedFrom(at=at("2026-11-19 11:45"), received=at("2026-11-19 09:00"))
    alone, shared = (state(events, promises, "2026-11-19 11:50") for events in (log, [*log, merged]))
    assert (alone.due, shared.due) == (at("2026-11-19 13:00"), at("2026-11-19 12:00"))
    assert [each.at for each in shared.history] == [each.at for each in alone.history]


@pytest.mark.parametrize(
    ("events", "stages"),
    [
        ([], [("11:30", None, "11:00")]),
        (paused("2026-11-19 12:00", "2026-11-19 13:00"), [("11:30", "12:00", "11:00"), ("12:00", "13:00", "11:00"), ("13:00", None, "11:00")]),
    ],
)  # fmt: skip
def test_the_stages_of_a_clock_that_is_shared_keep_its_breach(
    events: list[Event], stages: list[tuple[str, str | None, str]]
) -> None:
    """An hour from 10 was broken at 11; at 11:30 it is merged with a ticket of 9."""
    merged = sla.MergedFrom(at=at("2026-11-19 11:30"), received=at("2026-11-19 09:00"))
    clock = state([created(), merged, *events], policy(ONE, pausable=True), "2026-11-19 14:00")
    assert_same("2026-11-19 11:00", clock.due)
    assert [(stage.as_of, end, stage.due) for stage, end in clock.stages()] == [
        tuple(None if each is None else at(f"2026-11-19 {each}") for each in stage) for stage in stages
    ]


def test_a_pause_that_begins_the_clock_is_a_stage_and_one_without_length_is_none() -> None:
    log = event_log(
        "Mon 09:00 created status=pending priority=high; 10:00 status open; 11:00 paused supplier; 11:00 resumed supplier"
    )
    state = resolution_of(log, paused_in=["pending"], pausable=True)
    assert [(stage.as_of, end, stage.status) for stage, end in state.stages()] == [
        (at("16 09:00"), at("16 10:00"), "paused"),
        (at("16 10:00"), None, "running"),
    ]
    assert state.due == at("16 16:00")


def test_a_breach_stays_when_the_instant_is_corrected_that_the_rule_of_now_does_not_count_from() -> None:
    """An hour from the delivery at 09:00 was over at 10:00; low priority counts from the creation."""
    office = CALENDARS["office"]
    from_delivery, plain = {"due": {"business_hours": "1h"}, "origin": "delivered"}, {"due": {"business_hours": "8h"}}
    policy = sla.policy_from_data(
        {
            "name": "desk",
            "calendars": {"office": office},
            "rules": [
                {"name": "low", "when": {"priority": "low"}, "calendar": "office", "metrics": {"resolution": plain}},
                {"name": "rest", "calendar": "office", "metrics": {"resolution": from_delivery}},
            ],
        }
    )
    log: list[Event] = [
        sla.Created(at=at("16 09:30"), status="open", fields={"delivered": at("16 09:00").isoformat()}),
        sla.FieldChanged(at=at("16 11:00"), field="priority", value="low"),
        sla.FieldChanged(at=at("16 11:30"), field="delivered", value=at("16 11:15").isoformat()),
    ]
    clock = policy.replay(log, as_of=at("16 12:00"))["resolution"]
    assert (clock.status, clock.breached_at, clock.origin) == ("overdue", at("16 10:00"), at("16 09:00"))
