"""What a pause takes out of each kind of clock; every due time was worked out by hand from rules 3, 7 and 8."""

from datetime import timedelta
from typing import Any, Final, NamedTuple

import pytest

import slacalc as sla
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.replay import replay
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import assert_same, at

OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "holidays": "DE"}
NIGHTS: Final = {"zone": "Europe/Berlin", "hours": "Mon-Sun 22:00-06:00"}
LATER: Final = "2026-12-31 12:00"

BH: Final = {"business_hours": "10h"}
WORKDAY: Final = {"workday_hours": "30h"}
CALENDAR: Final = {"calendar_hours": "30h"}
DAYS: Final = {"business_days": 1, "by": "close"}

Stretch = tuple[str, str | None]
Pauses = list[Stretch]
"""Pauses from and to; None is a pause that is not over."""


def policy(due: object, calendar: object = None, **clocks: object) -> sla.Policy:
    """A policy that promises `resolution`, whose clock stops when solved and can be paused."""
    data: dict[str, Any] = {
        "name": "pauses",
        "calendars": {"office": calendar or OFFICE},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": due}}}],
    }
    if clocks:
        data["clocks"] = clocks
    return sla.policy_from_data(data)


def events(received: str, pauses: Pauses) -> list[Event]:
    """A ticket with pauses, each for a reason of its own."""
    log: list[Event] = [sla.Created(at=at(received))]
    for number, (start, end) in enumerate(pauses):
        log.append(sla.Paused(at=at(start), reason=f"reason {number}"))
        if end is not None:
            log.append(sla.Resumed(at=at(end), reason=f"reason {number}"))
    return log


def state(due: object, log: list[Event], as_of: str = LATER, calendar: object = None) -> ClockState:
    """How the resolution is doing."""
    return replay(log, policy(due, calendar), as_of=at(as_of))["resolution"]


# ---------------------------------------------------------------- the matrix


class Row(NamedTuple):
    """Pauses of a ticket, and when it is then due on each of the four clocks; None while there is no due time."""

    received: str
    pauses: Pauses
    business: str | None
    workday: str | None
    calendar: str | None
    days: str
    why: str


THU: Final = "2026-11-19 10:00"
FRI: Final = "2026-11-20 10:00"

MATRIX: Final = {
    "no pause": Row(
        THU, [], "2026-11-20 12:00", "2026-11-20 16:00", "2026-11-20 16:00", "2026-11-20 17:00",
        "7 + 3 open hours; 14 + 16 hours of working dates; 30 hours",
    ),
    "wholly in hours": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 13:00")],
        "2026-11-20 14:00", "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-20 17:00",
        "two hours on every clock that counts",
    ),
    "wholly out of hours": Row(
        THU, [("2026-11-19 18:00", "2026-11-19 20:00")],
        "2026-11-20 12:00", "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-20 17:00",
        "business hours count nothing in the evening; the others two hours",
    ),
    "starts in hours, ends out": Row(
        THU, [("2026-11-19 16:00", "2026-11-19 20:00")],
        "2026-11-20 13:00", "2026-11-20 20:00", "2026-11-20 20:00", "2026-11-20 17:00",
        "one open hour of four",
    ),
    "starts out of hours, ends in": Row(
        THU, [("2026-11-19 20:00", "2026-11-20 10:00")],
        "2026-11-20 13:00", "2026-11-23 06:00", "2026-11-21 06:00", "2026-11-20 17:00",
        "one open hour; 14 hours, of which workday hours find room only on Monday",
    ),
    "from closing to opening": Row(
        THU, [("2026-11-19 17:00", "2026-11-20 09:00")],
        "2026-11-20 12:00", "2026-11-23 08:00", "2026-11-21 08:00", "2026-11-20 17:00",
        "half-open: no open time between 17:00 and 09:00; 16 real hours",
    ),
    "across a weekend": Row(
        FRI, [("2026-11-20 16:00", "2026-11-23 10:00")],
        "2026-11-23 14:00", "2026-11-24 10:00", "2026-11-24 10:00", "2026-11-23 17:00",
        "an open hour at either end; 8 + 10 hours of working dates; 66 hours",
    ),
    "wholly on a weekend": Row(
        FRI, [("2026-11-21 00:00", "2026-11-23 00:00")],
        "2026-11-23 12:00", "2026-11-23 16:00", "2026-11-23 16:00", "2026-11-23 17:00",
        "nothing on Saturday and Sunday but calendar hours: 48 of them",
    ),
    "across a holiday": Row(
        "2026-05-13 10:00", [("2026-05-13 15:00", "2026-05-15 11:00")],
        "2026-05-15 16:00", "2026-05-18 12:00", "2026-05-16 12:00", "2026-05-15 17:00",
        "Ascension Day, Thu 14 May, counts for calendar hours only",
    ),
    "wholly on a holiday": Row(
        "2026-05-13 10:00", [("2026-05-14 09:00", "2026-05-14 15:00")],
        "2026-05-15 12:00", "2026-05-15 16:00", "2026-05-14 22:00", "2026-05-15 17:00",
        "six hours of the holiday: calendar hours only (due 16:00 without the pause)",
    ),
    "from a working day into a holiday": Row(
        "2026-05-13 10:00", [("2026-05-13 16:00", "2026-05-14 12:00")],
        "2026-05-15 13:00", "2026-05-16 00:00", "2026-05-15 12:00", "2026-05-15 17:00",
        "an open hour; 8 hours of Wednesday, so that 24 are left for Friday; 20 hours",
    ),
    "over midnight at both ends of a weekend": Row(
        FRI, [("2026-11-20 22:00", "2026-11-23 02:00")],
        "2026-11-23 12:00", "2026-11-23 20:00", "2026-11-23 20:00", "2026-11-23 17:00",
        "no open hour; 2 + 2 hours of working dates, due 16:00 without them; 52 hours",
    ),
    "before the spring gap": Row(
        "2026-03-27 10:00", [("2026-03-27 16:00", "2026-03-28 12:00")],
        "2026-03-30 13:00", "2026-03-31 00:00", "2026-03-29 13:00", "2026-03-30 17:00",
        "6 counted on Friday: 4 h from Monday 09:00; all of Monday; 24 hours from Saturday noon end at 13:00 of summer time",
    ),
    "before the autumn fold": Row(
        "2026-10-23 10:00", [("2026-10-23 16:00", "2026-10-24 12:00")],
        "2026-10-26 13:00", "2026-10-27 00:00", "2026-10-25 11:00", "2026-10-26 17:00",
        "6 counted on Friday: 4 h from Monday 09:00; all of Monday; 24 hours from Saturday noon end at 11:00 of winter time",
    ),
    "nested": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 15:00"), ("2026-11-19 12:00", "2026-11-19 13:00")],
        "2026-11-20 16:00", "2026-11-20 20:00", "2026-11-20 20:00", "2026-11-20 17:00",
        "the inner pause is part of the outer one: four hours",
    ),
    "overlapping": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 13:00"), ("2026-11-19 12:00", "2026-11-19 15:00")],
        "2026-11-20 16:00", "2026-11-20 20:00", "2026-11-20 20:00", "2026-11-20 17:00",
        "overlaps are merged: four hours, not five",
    ),
    "adjacent": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 13:00"), ("2026-11-19 13:00", "2026-11-19 15:00")],
        "2026-11-20 16:00", "2026-11-20 20:00", "2026-11-20 20:00", "2026-11-20 17:00",
        "split at 13:00, four hours all the same",
    ),
    "the outer one never ended": Row(
        THU, [("2026-11-19 11:00", None), ("2026-11-19 12:00", "2026-11-19 13:00")],
        None, None, None, "2026-11-20 17:00",
        "the end of the inner pause resumes nothing",
    ),
    "the inner one never ended": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 15:00"), ("2026-11-19 12:00", None)],
        None, None, None, "2026-11-20 17:00",
        "nor does the end of the outer one",
    ),
    "twice the same": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 13:00"), ("2026-11-19 11:00", "2026-11-19 13:00")],
        "2026-11-20 14:00", "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-20 17:00",
        "two reasons, one pause: two hours",
    ),
    "two apart": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 12:00"), ("2026-11-19 13:00", "2026-11-19 14:00")],
        "2026-11-20 14:00", "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-20 17:00",
        "an hour each",
    ),
    "over at once": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 11:00")],
        "2026-11-20 12:00", "2026-11-20 16:00", "2026-11-20 16:00", "2026-11-20 17:00",
        "half-open and empty",
    ),
    "from the start": Row(
        THU, [("2026-11-19 10:00", "2026-11-19 11:00")],
        "2026-11-20 13:00", "2026-11-20 17:00", "2026-11-20 17:00", "2026-11-20 17:00",
        "nothing was counted yet; an hour is taken out",
    ),
    "starts exactly at due (business hours)": Row(
        THU, [("2026-11-20 12:00", "2026-11-20 14:00")],
        "2026-11-20 12:00", "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-20 17:00",
        "12:00 is due for business hours, and before due for the others",
    ),
    "starts exactly at due (workday and calendar hours)": Row(
        THU, [("2026-11-20 16:00", "2026-11-20 18:00")],
        "2026-11-20 12:00", "2026-11-20 16:00", "2026-11-20 16:00", "2026-11-20 17:00",
        "at due changes nothing",
    ),
    "starts exactly at due (business days)": Row(
        THU, [("2026-11-20 17:00", "2026-11-23 10:00")],
        "2026-11-20 12:00", "2026-11-20 16:00", "2026-11-20 16:00", "2026-11-20 17:00",
        "at the close that is due, and after every other due: nothing",
    ),
    "never ended": Row(
        THU, [("2026-11-19 13:00", None)],
        None, None, None, "2026-11-20 17:00",
        "no due time while a counting clock is paused; a date is not moved",
    ),
    "never ended, from due on (business hours)": Row(
        THU, [("2026-11-20 12:00", None)],
        "2026-11-20 12:00", None, None, "2026-11-20 17:00",
        "it begins at due for business hours, and before due for the others",
    ),
    "never ended, from due on (workday and calendar hours)": Row(
        THU, [("2026-11-20 16:00", None)],
        "2026-11-20 12:00", "2026-11-20 16:00", "2026-11-20 16:00", "2026-11-20 17:00",
        "at due or after it",
    ),
    "one until due, one from due on (business hours)": Row(
        THU, [("2026-11-20 11:00", "2026-11-20 12:00"), ("2026-11-20 12:00", "2026-11-20 13:00")],
        "2026-11-20 14:00", "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-20 17:00",
        "the first moves due, so that the second begins before it: as if they were one",
    ),
    "overlapping at due (business hours)": Row(
        THU, [("2026-11-20 12:00", "2026-11-20 14:00"), ("2026-11-20 11:00", "2026-11-20 13:00")],
        "2026-11-20 15:00", "2026-11-20 19:00", "2026-11-20 19:00", "2026-11-20 17:00",
        "merged, three hours from 11:00, in whatever order they are told",
    ),
    "starts a microsecond before due (workday and calendar hours)": Row(
        THU, [("2026-11-20 15:59:59.999999", "2026-11-20 18:00")],
        "2026-11-20 12:00", "2026-11-20 18:00:00.000001", "2026-11-20 18:00:00.000001", "2026-11-20 17:00",
        "the last microsecond waits until 18:00",
    ),
    "starts a microsecond before due": Row(
        THU, [("2026-11-20 11:59:59.999999", "2026-11-20 14:00")],
        "2026-11-20 14:00:00.000001", "2026-11-20 18:00:00.000001", "2026-11-20 18:00:00.000001", "2026-11-20 17:00",
        "before due: the last microsecond waits until 14:00",
    ),
    "starts after due (business hours)": Row(
        THU, [("2026-11-20 13:00", "2026-11-20 14:00")],
        "2026-11-20 12:00", "2026-11-20 17:00", "2026-11-20 17:00", "2026-11-20 17:00",
        "an hour for the clocks that were not due yet",
    ),
    "before the due that an earlier pause moved": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 13:00"), ("2026-11-20 13:00", "2026-11-20 14:00")],
        "2026-11-20 15:00", "2026-11-20 19:00", "2026-11-20 19:00", "2026-11-20 17:00",
        "the first pause moves due to 14:00, so that the second begins before due",
    ),
    "at the due that an earlier pause moved": Row(
        THU, [("2026-11-19 11:00", "2026-11-19 13:00"), ("2026-11-20 14:00", "2026-11-20 15:00")],
        "2026-11-20 14:00", "2026-11-20 19:00", "2026-11-20 19:00", "2026-11-20 17:00",
        "the second begins exactly at the moved due of business hours: nothing",
    ),
    "begins before due and goes on after it": Row(
        THU, [("2026-11-20 11:00", "2026-11-25 09:00")],
        "2026-11-25 10:00", "2026-11-25 14:00", "2026-11-25 14:00", "2026-11-20 17:00",
        "what was left, 1 h and 5 h, is left on Wednesday",
    ),
}  # fmt: skip

NIGHT_MATRIX: Final = {
    "no pause, spring": Row(
        "2026-03-28 22:00", [], "2026-03-30 01:00", "2026-03-30 05:00", "2026-03-30 05:00", "2026-03-30 06:00",
        "the night has seven hours, three are left for the next; 30 real hours",
    ),
    "over the spring gap": Row(
        "2026-03-28 22:00", [("2026-03-29 01:00", "2026-03-29 04:00")],
        "2026-03-30 03:00", "2026-03-30 07:00", "2026-03-30 07:00", "2026-03-30 06:00",
        "from one to four on the wall is two hours",
    ),
    "two minutes around the spring gap": Row(
        "2026-03-28 22:00", [("2026-03-29 01:59", "2026-03-29 03:01")],
        "2026-03-30 01:02", "2026-03-30 05:02", "2026-03-30 05:02", "2026-03-30 06:00",
        "a minute on either side of a gap",
    ),
    "no pause, autumn": Row(
        "2026-10-24 22:00", [], "2026-10-25 23:00", "2026-10-26 03:00", "2026-10-26 03:00", "2026-10-26 06:00",
        "the night has nine hours, one is left for the next; 30 real hours",
    ),
    "over the autumn fold": Row(
        "2026-10-24 22:00", [("2026-10-25 01:00", "2026-10-25 04:00")],
        "2026-10-26 03:00", "2026-10-26 07:00", "2026-10-26 07:00", "2026-10-26 06:00",
        "from one to four on the wall is four hours",
    ),
    "from half past two to half past two": Row(
        "2026-10-24 22:00", [("2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00")],
        "2026-10-26 00:00", "2026-10-26 04:00", "2026-10-26 04:00", "2026-10-26 06:00",
        "the same reading of the clock, an hour later",
    ),
}  # fmt: skip


def _cells(row: Row) -> list[tuple[str, object, str | None]]:
    return [
        ("business hours", BH, row.business),
        ("workday hours", WORKDAY, row.workday),
        ("calendar hours", CALENDAR, row.calendar),
        ("business days", DAYS, row.days),
    ]


def _params(rows: dict[str, Row]) -> list[Any]:
    return [
        pytest.param(row.received, row.pauses, due, expected, row.why, id=f"{clock}: {name}")
        for name, row in rows.items()
        for clock, due, expected in _cells(row)
    ]


@pytest.mark.parametrize(("received", "pauses", "due", "expected", "why"), _params(MATRIX))
def test_rule_8_a_pause_takes_out_exactly_what_the_clock_would_have_counted_in_it(
    received: str, pauses: Pauses, due: object, expected: str | None, why: str
) -> None:
    clock = state(due, events(received, pauses))
    if expected is None:
        assert (clock.status, clock.due) == ("paused", None), why
    else:
        assert_same(expected, clock.due, why)


@pytest.mark.parametrize(("received", "pauses", "due", "expected", "why"), _params(NIGHT_MATRIX))
def test_rule_8_a_pause_over_a_change_of_the_clock_takes_out_real_time(
    received: str, pauses: Pauses, due: object, expected: str, why: str
) -> None:
    assert_same(expected, state(due, events(received, pauses), calendar=NIGHTS).due, why)


# ---------------------------------------------------------------- while it is paused


@pytest.mark.parametrize(
    ("due", "counted", "left", "resumed", "then_due", "why"),
    [
        (BH, 3, 7, "2026-11-20 10:00", "2026-11-20 17:00", "Friday from ten is exactly seven hours"),
        (BH, 3, 7, "2026-11-20 20:00", "2026-11-23 16:00", "resumed in the evening, it counts from Monday 09:00"),
        (BH, 3, 7, "2026-11-20 09:30", "2026-11-20 16:30", "asked of an instant before as_of, too"),
        (WORKDAY, 3, 27, "2026-11-20 10:00", "2026-11-23 13:00", "14 on Friday, 13 on Monday"),
        (WORKDAY, 3, 27, "2026-11-21 10:00", "2026-11-24 03:00", "a Saturday counts nothing: 24 on Monday, 3 on Tuesday"),
        (CALENDAR, 3, 27, "2026-11-20 10:00", "2026-11-21 13:00", "27 hours later"),
    ],
)  # fmt: skip
def test_rule_8_while_paused_before_due_there_is_no_due_time(
    due: object, counted: int, left: int, resumed: str, then_due: str, why: str
) -> None:
    clock = state(due, events(THU, [("2026-11-19 13:00", None)]), "2026-11-20 10:00")
    assert clock.status == "paused", why
    assert clock.due is None, why
    assert timedelta(hours=counted) == clock.elapsed, why
    assert timedelta(hours=left) == clock.remaining, why
    assert_same(then_due, clock.due_if_resumed(at(resumed)), why)
    assert clock.breached_at is None
    assert timedelta(0) == clock.overdue_by


def test_rule_8_a_date_is_due_whether_paused_or_not() -> None:
    clock = state(DAYS, events(THU, [("2026-11-19 13:00", None)]), "2026-11-20 10:00")
    assert clock.status == "running"
    assert_same("2026-11-20 17:00", clock.due, "date-like targets are not moved by pauses")
    assert_same("2026-11-20 17:00", clock.due_if_resumed(at("2026-11-25 10:00")), "nor by when they end")
    assert timedelta(hours=7) == clock.remaining


@pytest.mark.parametrize("due", [BH, WORKDAY, CALENDAR])
def test_it_stays_paused_while_one_of_its_reasons_goes_on(due: object) -> None:
    log = events(THU, [("2026-11-19 13:00", None), ("2026-11-19 14:00", "2026-11-19 15:00")])
    clock = state(due, log, "2026-11-19 16:00")
    assert clock.status == "paused"
    assert timedelta(hours=3) == clock.elapsed


def test_a_pause_that_begins_out_of_hours_is_one_too() -> None:
    clock = state(BH, events(THU, [("2026-11-19 20:00", None)]), "2026-11-19 21:00")
    assert clock.status == "paused"
    assert timedelta(hours=3) == clock.remaining


def test_paused_from_the_instant_of_the_pause_and_running_from_that_of_the_resumption() -> None:
    log = events(THU, [("2026-11-19 11:00", "2026-11-19 13:00")])
    seen = [state(BH, log, f"2026-11-19 {time}").status for time in ("10:59", "11:00", "12:59", "13:00")]
    assert seen == ["running", "paused", "paused", "running"]


# ---------------------------------------------------------------- around due, stop and start


@pytest.mark.parametrize(
    ("pause", "as_of", "expected", "why"),
    [
        ("2026-11-20 12:00", "2026-11-20 12:00", "running", "at due it is not late yet, and a pause at due changes nothing"),
        ("2026-11-20 12:00", "2026-11-20 12:01", "overdue", "the pause began at due"),
        ("2026-11-20 13:00", "2026-11-20 14:00", "overdue", "overdue outranks paused"),
        ("2026-11-20 11:59", "2026-11-27 14:00", "paused", "it never became due"),
    ],
)  # fmt: skip
def test_rule_8_overdue_outranks_paused(pause: str, as_of: str, expected: str, why: str) -> None:
    clock = state(BH, events(THU, [(pause, None)]), as_of)
    assert expected == clock.status, why


def test_an_overdue_clock_keeps_its_due_and_its_lateness_through_a_pause() -> None:
    clock = state(BH, events(THU, [("2026-11-20 13:00", None)]), "2026-11-20 15:00")
    assert_same("2026-11-20 12:00", clock.due, "a pause after due changes nothing")
    assert_same("2026-11-20 12:00", clock.breached_at, "it was breached")
    assert_same("2026-11-20 12:00", clock.due_if_resumed(at("2026-11-25 09:00")), "it is not paused")
    assert timedelta(hours=3) == clock.overdue_by
    assert timedelta(0) == clock.remaining


@pytest.mark.parametrize(
    ("due", "expected", "why"),
    [
        (BH, "met", "there was no due time"),
        (WORKDAY, "met", "there was no due time"),
        (CALENDAR, "met", "there was no due time"),
        (DAYS, "breached", "a date is not moved: Fri 20 Nov 17:00 has passed"),
    ],
)
def test_rule_8_a_stop_while_paused_is_met(due: object, expected: str, why: str) -> None:
    log = [*events(THU, [("2026-11-19 13:00", None)]), sla.Solved(at=at("2026-12-03 10:00"))]
    clock = state(due, log)
    assert expected == clock.status, why
    assert_same("2026-12-03 10:00", clock.done_at, "")


def test_a_stop_in_a_pause_that_began_at_due_is_breached() -> None:
    log = [*events(THU, [("2026-11-20 12:00", None)]), sla.Solved(at=at("2026-11-20 13:00"))]
    assert state(BH, log).status == "breached"


@pytest.mark.parametrize("due", [BH, WORKDAY, CALENDAR, DAYS])
def test_a_pause_after_the_stop_changes_nothing(due: object) -> None:
    solved = [*events(THU, []), sla.Solved(at=at("2026-11-19 12:00"))]
    log = [*solved, sla.Paused(at=at("2026-11-19 13:00")), sla.Resumed(at=at("2026-11-19 14:00"))]
    clock, without = state(due, log), state(due, solved)
    assert (without.status, without.due, without.elapsed) == (clock.status, clock.due, clock.elapsed)
    assert clock.status == "met"
    assert timedelta(hours=2) == clock.elapsed


BEFORE_THE_START: Final[dict[str, tuple[str | None, tuple[str | None, str | None, str | None, str], str]]] = {
    "over before the clock starts": (
        "2026-11-19 09:00",
        ("2026-11-20 12:00", "2026-11-20 16:00", "2026-11-20 16:00", "2026-11-20 17:00"),
        "nothing",
    ),
    "over when the clock starts": (
        "2026-11-19 10:00",
        ("2026-11-20 12:00", "2026-11-20 16:00", "2026-11-20 16:00", "2026-11-20 17:00"),
        "nothing",
    ),
    "over after the clock started": (
        "2026-11-19 12:00",
        ("2026-11-20 14:00", "2026-11-20 18:00", "2026-11-20 18:00", "2026-11-20 17:00"),
        "two hours of it after the start",
    ),
    "over in the night after the start": (
        "2026-11-19 20:00",
        ("2026-11-23 11:00", "2026-11-23 02:00", "2026-11-21 02:00", "2026-11-20 17:00"),
        "nothing was counted on Thursday: 8 + 2; from 20:00 4 + 24 + 2; 30 hours",
    ),
    "not over": (None, (None, None, None, "2026-11-20 17:00"), "it starts paused"),
}


@pytest.mark.parametrize(
    ("resumed", "target", "due", "why"),
    [
        pytest.param(resumed, target, due, why, id=f"{clock}: {name}")
        for name, (resumed, dues, why) in BEFORE_THE_START.items()
        for (clock, target), due in zip(
            {"business hours": BH, "workday hours": WORKDAY, "calendar hours": CALENDAR, "business days": DAYS}.items(),
            dues,
            strict=True,
        )
    ],
)
def test_a_pause_that_began_before_the_clock_takes_out_what_falls_after_its_start(
    resumed: str | None, target: object, due: str | None, why: str
) -> None:
    waiting = policy(target, resolution={"starts": "customer_message", "stops": "solved", "pausable": True})
    log = event_log("2026-11-18 10:00 created message=false; 15:00 paused; 2026-11-19 10:00 customer reply")
    if resumed is not None:
        log.append(sla.Resumed(at=at(resumed)))
    clock = replay(log, waiting, as_of=at("2026-11-20 08:00"))["resolution"]
    assert_same(THU, clock.origin, "it starts with the message")
    if due is None:
        assert (clock.status, clock.due, clock.elapsed) == ("paused", None, timedelta(0)), why
    else:
        assert_same(due, clock.due, why)


# ---------------------------------------------------------------- what pauses


def test_a_status_pauses_until_another_one() -> None:
    log = event_log("2026-11-19 10:00 created; 11:00 status pending; 12:00 status on_hold; 13:00 status open")
    assert_same("2026-11-20 14:00", state(BH, log).due, "pending and on hold: two hours")


def test_rule_8_a_status_and_a_pause_that_overlap_count_once() -> None:
    log = event_log(
        "2026-11-19 10:00 created; 11:00 status pending; 12:00 paused supplier; 13:00 status open; 14:00 resumed supplier"
    )
    assert_same("2026-11-20 15:00", state(BH, log).due, "from 11:00 to 14:00")


def test_a_ticket_created_in_a_pausing_status_starts_paused() -> None:
    log = event_log("2026-11-19 10:00 created status=pending; 12:00 status open")
    assert_same("2026-11-20 14:00", state(BH, log).due, "two hours from the start")


def test_resuming_one_reason_leaves_the_others() -> None:
    log = event_log(
        "2026-11-19 10:00 created; 11:00 paused customer; 12:00 paused supplier; 13:00 resumed customer; 15:00 resumed supplier"
    )
    assert_same("2026-11-20 16:00", state(BH, log).due, "four hours")


def test_pausing_twice_for_one_reason_is_one_pause() -> None:
    log = event_log("2026-11-19 10:00 created; 11:00 paused customer; 12:00 paused customer; 13:00 resumed customer")
    clock = state(BH, log)
    assert_same("2026-11-20 14:00", clock.due, "from 11:00 to 13:00, and it is over")


def test_a_first_response_does_not_pause() -> None:
    promising = sla.policy_from_data(
        {
            "name": "replies",
            "calendars": {"office": OFFICE},
            "rules": [{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": BH}}}],
        }
    )
    log = event_log("2026-11-19 10:00 created status=pending; 11:00 paused")
    clock = replay(log, promising, as_of=at("2026-11-19 12:00"))["first_response"]
    assert_same("2026-11-20 12:00", clock.due, "by default only clocks of work and waiting pause")


# ---------------------------------------------------------------- ranges and choices


RANGE: Final = {"earliest": {"business_hours": "4h"}, "latest": {"business_hours": "10h"}}


@pytest.mark.parametrize(
    ("pauses", "earliest", "due", "why"),
    [
        ([], "2026-11-19 14:00", "2026-11-20 12:00", ""),
        ([("2026-11-19 11:00", "2026-11-19 13:00")], "2026-11-19 16:00", "2026-11-20 14:00", "both ends move by two hours"),
        ([("2026-11-19 15:00", "2026-11-19 16:00")], "2026-11-19 14:00", "2026-11-20 13:00", "an earliest already reached stands"),
        ([("2026-11-19 14:00", "2026-11-19 16:00")], "2026-11-19 14:00", "2026-11-20 14:00", "reached at the instant of the pause"),
        ([("2026-11-19 11:00", None)], None, None, "paused before both"),
        ([("2026-11-19 15:00", None)], "2026-11-19 14:00", None, "paused between: the earliest stands, no due"),
    ],
)  # fmt: skip
def test_rule_8_both_ends_of_a_range_run_over_the_same_pauses(
    pauses: Pauses, earliest: str | None, due: str | None, why: str
) -> None:
    clock = state(RANGE, events(THU, pauses), "2026-11-20 09:00")
    for expected, actual in ((earliest, clock.earliest), (due, clock.due)):
        assert (None if expected is None else at(expected)) == actual, why


@pytest.mark.parametrize(
    ("received", "due", "why"),
    [
        (THU, "2026-11-20 11:00", "received in open time: 7 h and 2 h, the pause at night takes out nothing"),
        ("2026-11-18 18:00", "2026-11-20 12:00", "received out of hours: a date, which no pause moves"),
    ],
)
def test_inside_and_outside_pause_by_the_target_that_was_chosen(received: str, due: str, why: str) -> None:
    either = {"inside": {"business_hours": "9h"}, "outside": {"business_days": 1, "by": "12:00"}}
    log = events(received, [("2026-11-19 18:00", "2026-11-20 09:00")])
    assert_same(due, state(either, log).due, why)


@pytest.mark.parametrize(
    ("received", "earliest", "due", "why"),
    [
        (THU, "2026-11-19 16:00", "2026-11-20 14:00", "inside: four and ten hours, and the pause from 11:00 to 13:00"),
        ("2026-11-18 18:00", None, "2026-11-20 12:00", "outside: no range, a date"),
    ],
)
def test_a_range_that_was_chosen_has_an_earliest(received: str, earliest: str | None, due: str, why: str) -> None:
    either = {"inside": RANGE, "outside": {"business_days": 1, "by": "12:00"}}
    clock = state(either, events(received, [("2026-11-19 11:00", "2026-11-19 13:00")]))
    assert clock.earliest == (None if earliest is None else at(earliest)), why
    assert_same(due, clock.due, why)


@pytest.mark.parametrize(
    ("received", "as_of", "elapsed", "remaining", "why"),
    [
        (THU, "2026-11-20 10:00", 8, 1, "inside: 7 h on Thursday, 1 on Friday, of 9"),
        (THU, "2026-11-20 08:00", 7, 2, "inside: paused at night, which takes out nothing"),
        ("2026-11-18 18:00", "2026-11-20 10:00", 9, 2, "outside: the open hours since then, and until noon of Friday"),
    ],
)
def test_inside_and_outside_have_counted_what_the_chosen_target_counts(
    received: str, as_of: str, elapsed: int, remaining: int, why: str
) -> None:
    either = {"inside": {"business_hours": "9h"}, "outside": {"business_days": 1, "by": "12:00"}}
    log = events(received, [("2026-11-19 18:00", "2026-11-20 09:00")])
    clock = state(either, log[:2] if as_of.endswith("08:00") else log, as_of)
    assert (timedelta(hours=elapsed), timedelta(hours=remaining)) == (clock.elapsed, clock.remaining), why


# ---------------------------------------------------------------- the ledger


def test_the_ledger_names_all_the_reasons_of_each_stretch_of_pauses_that_overlap() -> None:
    log = event_log(
        "2026-11-19 10:00 created; 11:00 paused supplier; 12:00 paused customer; 13:00 resumed customer; 13:30 paused; 14:00 resumed supplier; 14:30 paused post; 15:00 resumed"
    )
    clock = state(BH, log, "2026-11-19 16:00")
    assert [(f"{each.start:%H:%M}", each.kind, each.name) for each in clock.ledger] == [
        ("10:00", "counted", ""),
        ("11:00", "paused", "supplier"),
        ("12:00", "paused", "supplier, customer"),
        ("13:00", "paused", "supplier"),
        ("14:00", "paused", ""),
        ("14:30", "paused", "post"),
    ], "a pause without a reason adds no name"


def test_rule_16_the_ledger_shows_each_pause_with_its_reason_and_sums_to_the_elapsed_time() -> None:
    log = event_log("2026-11-19 10:00 created; 16:00 paused supplier; 2026-11-20 10:00 resumed supplier")
    clock = state(BH, log, "2026-11-20 11:00")
    shown = [(f"{s.start:%d %H:%M}", f"{s.end:%d %H:%M}", s.kind, s.name) for s in clock.ledger]
    assert shown == [
        ("19 10:00", "19 16:00", "counted", ""),
        ("19 16:00", "19 17:00", "paused", "supplier"),
        ("19 17:00", "20 09:00", "outside_hours", ""),
        ("20 09:00", "20 10:00", "paused", "supplier"),
        ("20 10:00", "20 11:00", "counted", ""),
    ]
    assert timedelta(hours=7) == clock.elapsed == clock.ledger.counted
