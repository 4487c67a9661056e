"""A promise held against what happened (rule 6)."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.clocks.outcome import outcome_of
from slacalc.events.event import Event
from tests.helpers import BERLIN, at

POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "2h"}}},
            }
        ],
    }
)


PROMISE: Final = POLICY.promise(at("20 15:00"))["first_response"]  # due Friday 17:00, at closing


@pytest.mark.parametrize(
    ("stop", "as_of", "status", "why"),
    [
        ("20 16:00", "23 12:00", "met", "before due"),
        ("20 17:00", "23 12:00", "met", "done at due is on time"),
        ("20 17:00:00.000001", "23 12:00", "breached", "a microsecond late"),
        ("20 18:00", "23 12:00", "breached", "late by instants, though nothing was open since"),
        (None, "20 16:00", "pending", "undone before due"),
        (None, "20 17:00", "pending", "undone at due is not overdue yet"),
        (None, "20 17:00:00.000001", "breached", "overdue"),
        (None, "23 12:00", "breached", ""),
        ("20 15:00", "20 15:00", "met", "done at receipt"),
        ("23 10:00", "20 16:00", "pending", "what happens after as_of has not happened yet"),
    ],
)
def test_rule_6_on_time_means_done_at_or_before_due(stop: str | None, as_of: str, status: str, why: str) -> None:
    assert status == sla.outcome(PROMISE, at(stop) if stop else None, as_of=at(as_of)).status, why


@pytest.mark.parametrize(
    ("stop", "as_of", "open_time", "wall_time", "overdue_by_open", "overdue_by", "why"),
    [
        ("20 16:00", "23 12:00", "1h", "1h", "0min", "0min", "nothing over when met"),
        ("20 18:00", "23 12:00", "2h", "3h", "0min", "1h", "closed hours count on the wall only"),
        ("23 09:00", "23 12:00", "2h", "66h", "0min", "64h", "at the next opening still no open time over"),
        ("23 10:30", "23 12:00", "3h 30min", "67h 30min", "1h 30min", "65h 30min", ""),
        (None, "23 12:00", "5h", "69h", "3h", "67h", "never done: up to as_of"),
        (None, "20 16:00", "1h", "1h", "0min", "0min", "pending: up to as_of"),
    ],
)
def test_rule_6_lateness_is_told_in_open_time_and_in_wall_time(
    stop: str | None, as_of: str, open_time: str, wall_time: str, overdue_by_open: str, overdue_by: str, why: str
) -> None:
    found = sla.outcome(PROMISE, at(stop) if stop else None, as_of=at(as_of))
    told = (found.open_time, found.wall_time, found.overdue_by_open, found.overdue_by)
    assert (open_time, wall_time, overdue_by_open, overdue_by) == tuple(map(sla.format_amount, told)), why


def test_the_zones_of_the_instants_do_not_matter() -> None:
    stop, as_of = at("23 10:30"), at("23 12:00")
    assert sla.outcome(PROMISE, stop, as_of=as_of) == sla.outcome(
        PROMISE, stop.astimezone(UTC), as_of=as_of.astimezone(ZoneInfo("Asia/Tokyo"))
    )


def test_an_outcome_is_a_value() -> None:
    found = sla.outcome(PROMISE, at("23 10:30"), as_of=at("23 12:00"))
    assert found == pickle.loads(pickle.dumps(found))
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
    assert (PROMISE, at("23 10:30")) == (found.promise, found.done_at)


def test_over_a_clock_change_the_wall_time_is_real_time() -> None:
    received = datetime(2026, 10, 24, 12, tzinfo=BERLIN)  # a Saturday; the clocks go back on Sunday
    promise = POLICY.promise(received)["first_response"]
    found = sla.outcome(promise, datetime(2026, 10, 26, 11, tzinfo=BERLIN), as_of=datetime(2026, 10, 27, tzinfo=BERLIN))
    assert timedelta(hours=48) == found.wall_time


@pytest.mark.parametrize(
    ("stop", "as_of"), [(datetime(2026, 11, 20, 16), at("23 12:00")), (None, datetime(2026, 11, 23))]
)
def test_naive_instants_are_refused(stop: datetime | None, as_of: datetime) -> None:
    with pytest.raises(sla.InstantError):
        sla.outcome(PROMISE, stop, as_of=as_of)


# ---------------------------------------------------------------- the outcome of a clock

CLOCKED: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {
                    "resolution": {"due": {"business_hours": "4h"}, "warnings": ["75%"]},
                    "next_response": {"due": {"business_hours": "2h"}},
                },
            }
        ],
    }
)
CREATED: Final = sla.Created(at=at("20 10:00"), status="open")  # due Friday 14:00 unless it is paused


def lived(as_of: str, *happened: tuple[str, str]) -> sla.Clocks:
    """The clocks of a ticket that came in on Friday at 10:00: what happened is a status, or its end."""
    return CLOCKED.replay([CREATED, *(_event(at(when), what) for when, what in happened)], as_of=at(as_of))


def _event(moment: datetime, what: str) -> Event:
    match what:
        case "solved":
            return sla.Solved(at=moment)
        case "deleted":
            return sla.Deleted(at=moment)
        case status:
            return sla.StatusChanged(at=moment, status=status)


WAITED: Final = (("20 11:00", "pending"), ("20 13:00", "open"))  # two open hours: due Friday 16:00
WEEKEND: Final = (("20 12:00", "pending"), ("23 10:00", "open"))  # Friday 12-17 and Monday 9-10: due Monday 12:00


@pytest.mark.parametrize(
    ("as_of", "happened", "status", "times", "over", "why"),
    [
        ("23 12:00", [("20 12:00", "solved")], "met", ("2h", "2h"), ("0min", "0min"), "nothing paused it"),
        ("23 12:00", [*WAITED, ("20 15:00", "solved")], "met", ("3h", "5h"), ("0min", "0min"), "the pause is no open time"),
        ("23 12:00", [*WAITED, ("20 16:00", "solved")], "met", ("4h", "6h"), ("0min", "0min"), "solved at due"),
        ("23 12:00", [*WAITED, ("20 16:30", "solved")], "breached", ("4h 30min", "6h 30min"), ("30min", "30min"), "late"),
        ("23 12:00", [*WAITED, ("20 18:00", "solved")], "breached", ("5h", "8h"), ("1h", "2h"), "an hour of it closed"),
        (
            "23 12:00", [("20 14:00", "pending"), ("20 16:00", "open"), ("20 16:00", "solved")],
            "breached", ("4h", "6h"), ("0min", "2h"), "a pause that begins at due moves nothing, and is no work",
        ),
        ("23 11:00", [*WEEKEND], "pending", ("3h", "73h"), ("0min", "0min"), "open, and not due"),
        ("23 12:00", [*WEEKEND], "pending", ("4h", "74h"), ("0min", "0min"), "at due it is not late yet"),
        ("23 13:00", [*WEEKEND], "breached", ("5h", "75h"), ("1h", "1h"), "open, and overdue"),
        ("23 12:00", [("20 12:00", "pending")], "pending", ("2h", "74h"), ("0min", "0min"), "it still waits"),
        ("20 13:30", [], "pending", ("3h 30min", "3h 30min"), ("0min", "0min"), "warned, and not due"),
        ("20 15:00", [("20 16:00", "solved")], "breached", ("5h", "5h"), ("1h", "1h"), "solved after as_of: not yet"),
        ("23 12:00", [("20 12:00", "deleted")], "cancelled", ("2h", "2h"), ("0min", "0min"), "nothing is owed any more"),
        ("23 12:00", [("20 14:00", "deleted")], "cancelled", ("4h", "4h"), ("0min", "0min"), "at due it is not late yet"),
        ("23 12:00", [("20 15:00", "deleted")], "breached", ("5h", "5h"), ("1h", "1h"), "after due it was late"),
    ],
)  # fmt: skip
def test_the_outcome_of_a_clock_is_without_its_pauses(
    as_of: str,
    happened: list[tuple[str, str]],
    status: str,
    times: tuple[str, str],
    over: tuple[str, str],
    why: str,
) -> None:
    found = lived(as_of, *happened)["resolution"].outcome()
    told = tuple(map(sla.format_amount, (found.open_time, found.wall_time, found.overdue_by_open, found.overdue_by)))
    assert (status, *times, *over) == (found.status, *told), why


def test_the_outcome_of_a_clock_keeps_the_clock_and_its_stop() -> None:
    clock = lived("23 12:00", *WAITED, ("20 15:00", "solved"))["resolution"]
    found = clock.outcome()
    assert (found.promise, found.done_at) == (clock, at("20 15:00"))
    assert lived("23 12:00", ("20 12:00", "deleted"))["resolution"].outcome().done_at is None, "cancelled is not done"


def test_a_clock_that_has_not_begun_is_pending_with_no_time() -> None:
    clock = CLOCKED.replay([replace(CREATED, message=False)], as_of=at("20 12:00"))["next_response"]
    assert clock.status == "not_started"
    found = clock.outcome()
    assert ("pending", timedelta(0), timedelta(0)) == (found.status, found.open_time, found.wall_time)


@pytest.mark.parametrize("stop", ["20 12:00", "20 14:00", "20 14:30", "20 18:00", "23 09:00", "23 11:00", None])
def test_a_clock_without_pauses_has_the_outcome_of_its_promise(stop: str | None) -> None:
    promise = CLOCKED.promise(at("20 10:00"))["resolution"]
    expected = sla.outcome(promise, at(stop) if stop else None, as_of=at("23 12:00"))
    found = outcome_of(lived("23 12:00", *([(stop, "solved")] if stop else []))["resolution"])
    for name in ("done_at", "status", "open_time", "wall_time", "overdue_by_open", "overdue_by"):
        assert getattr(expected, name) == getattr(found, name), name


def test_an_overdue_clock_has_the_outcome_of_a_breach() -> None:
    """Four open hours from Thursday at ten are over at 14:00."""
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
    rule = {"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}
    policy = sla.policy_from_data({"name": "p", "calendars": {"office": office}, "rules": [rule]})
    clock = policy.replay([sla.Created(at=at("2026-11-19 10:00"), status="open")], as_of=at("2026-11-19 15:00"))[
        "resolution"
    ]

    assert (clock.status, clock.outcome().status, clock.outcome().done_at) == ("overdue", "breached", None)
    assert clock.outcome().overdue_by == timedelta(hours=1)
