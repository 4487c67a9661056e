"""When clocks begin: from named instants that are told late, wrong or ahead; promised late; or not yet at all."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from tests.helpers import at

MON: Final = "2026-11-02 10:00"
RETURN: Final = {"calendar_days": 30, "by": "24:00"}
BH10: Final = {"business_hours": "10h"}


def policy(**rules: dict[str, Any]) -> sla.Policy:
    """A policy with a rule for each topic, the last for everything else."""
    *tested, last = rules.items()
    data: dict[str, Any] = {
        "name": "beginnings",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            *({"name": topic, "when": {"topic": topic}, "calendar": "office", "metrics": metrics} for topic, metrics in tested),
            {"name": last[0], "calendar": "office", "metrics": last[1]},
        ],
        "clocks": {"free_return": {"stops": "solved"}},
    }  # fmt: skip
    return sla.policy_from_data(data)


RETURNS: Final = policy(all={"free_return": {"due": RETURN, "origin": "delivered"}, "first_response": {"due": BH10}})


def created(when: str = MON, **fields: str) -> Event:
    return sla.Created(at=at(when), status="open", fields=tuple(fields.items()))


def delivered(told_at: str, on: str) -> Event:
    """The instant of the delivery is told, or corrected."""
    return sla.FieldChanged(at=at(told_at), field="delivered", value=at(on).isoformat())


def free_return(*events: Event, as_of: str) -> sla.ClockState:
    return sla.replay(events, RETURNS, as_of=at(as_of))["free_return"]


def told(moment: datetime | None) -> str:
    return "none" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


# ---------------------------------------------------------------- named instants


NAMED: Final = [
    ([created(delivered="2026-11-02T09:00:00+01:00")], "2026-11-03 12:00", "running", "2026-11-02 09:00", "2026-12-03 00:00",
     "known at once: until the end of Wednesday 2 December"),
    ([created(), delivered("2026-11-20 12:00", "2026-11-02 09:00")], "2026-11-20 12:00", "running", "2026-11-02 09:00",
     "2026-12-03 00:00", "known later: from the delivery all the same"),
    ([created(), delivered("2026-11-20 12:00", "2026-10-01 09:00")], "2026-11-20 12:00", "overdue", "2026-10-01 09:00",
     "2026-11-01 00:00", "known too late: overdue since the end of October"),
    ([created(), delivered("2026-11-03 12:00", "2026-11-02 09:00"), delivered("2026-11-04 12:00", "2026-11-04 09:00")],
     "2026-11-05 12:00", "running", "2026-11-04 09:00", "2026-12-05 00:00", "corrected: from the corrected instant"),
    ([created(), delivered("2026-11-03 12:00", "2026-11-02 09:00"), delivered("2026-11-04 12:00", "2026-11-02 09:00")],
     "2026-11-05 12:00", "running", "2026-11-02 09:00", "2026-12-03 00:00", "corrected to what it was"),
    ([created(), delivered("2026-11-03 12:00", "2026-11-10 09:00")], "2026-11-05 12:00", "running", "2026-11-10 09:00",
     "2026-12-11 00:00", "still to come"),
    ([created(), delivered("2026-11-03 12:00", "2026-11-02 09:00"), sla.Solved(at=at("2026-11-04 09:00")),
      delivered("2026-11-05 12:00", "2026-11-04 09:00")], "2026-11-06 12:00", "met", "2026-11-02 09:00", "2026-12-03 00:00",
     "corrected after it was done: what is finished stays"),
]  # fmt: skip


@pytest.mark.parametrize(("log", "as_of", "status", "origin", "due", "why"), NAMED, ids=[row[-1] for row in NAMED])
def test_a_clock_counts_from_a_named_instant(
    log: list[Event], as_of: str, status: str, origin: str, due: str, why: str
) -> None:
    clock = free_return(*log, as_of=as_of)
    assert (status, origin, due) == (clock.status, told(clock.origin), told(clock.due)), why


def test_a_corrected_instant_is_no_second_cycle() -> None:
    log = [created(), delivered("2026-11-03 12:00", "2026-11-02 09:00"), delivered("2026-11-04 12:00", "2026-11-04 09:00")]  # fmt: skip
    assert len(sla.replay(log, RETURNS, as_of=at("2026-11-05 12:00")).cycles("free_return")) == 1


def test_a_mistyped_instant_that_is_corrected_is_no_breach() -> None:
    log = [created(), delivered("2026-11-03 12:00", "2026-10-01 09:00"), delivered("2026-11-04 12:00", "2026-11-02 09:00")]  # fmt: skip
    clock = free_return(*log, as_of="2026-11-05 12:00")
    assert (clock.status, clock.breached_at, told(clock.due)) == ("running", None, "2026-12-03 00:00")


def test_before_an_instant_that_is_still_to_come_nothing_counts() -> None:
    hours = policy(all={"visit": {"due": BH10, "origin": "appointment"}})
    appointment = at("2026-11-03 12:00").isoformat()
    clock = sla.replay([created(appointment=appointment)], hours, as_of=at("2026-11-02 16:00"))["visit"]
    assert (clock.status, told(clock.due)) == ("running", "2026-11-04 14:00"), "5 h on Tuesday, 5 on Wednesday"
    assert (clock.elapsed, clock.wall_time, clock.percent) == (timedelta(), timedelta(), 0)
    assert clock.remaining == timedelta(hours=10)
    assert list(clock.ledger) == []


def test_a_pause_before_a_named_instant_takes_nothing_out() -> None:
    visits = policy(all={"resolution": {"due": BH10, "origin": "appointment"}})
    log = [
        created(appointment=at("2026-11-03 12:00").isoformat()),
        sla.Paused(at=at("2026-11-02 12:00")),
        sla.Resumed(at=at("2026-11-03 13:00")),
    ]
    clock = sla.replay(log, visits, as_of=at("2026-11-03 14:00"))["resolution"]
    assert (told(clock.due), clock.elapsed) == ("2026-11-04 15:00", timedelta(hours=1)), "only 12:00 to 13:00 is paused"


@pytest.mark.parametrize("value", ["", "yesterday", "2026-11-02", "2026-11-02T09:00:00"])
def test_what_is_no_instant_starts_no_clock(value: str) -> None:
    for log in (
        [created(delivered=value)],
        [created(), sla.FieldChanged(at=at("2026-11-03 12:00"), field="delivered", value=value)],
    ):
        found = sla.replay(log, RETURNS, as_of=at("2026-11-05 12:00"))
        assert [gap.code for gap in found.gaps] == ["origin_not_an_instant"]
        assert found["free_return"].status == "not_started"
        assert found["first_response"].status != "not_started", "the rest goes on"
        with pytest.raises(sla.LogError) as error:
            sla.replay(log, RETURNS, as_of=at("2026-11-05 12:00"), strict=True, ticket="7")
        assert error.value.code == "origin_not_an_instant"
        assert "ticket 7, event" in error.value.where


# ---------------------------------------------------------------- not yet


def test_a_clock_that_has_not_begun_says_what_it_would_be_and_nothing_else() -> None:
    clock = free_return(created(), as_of="2026-11-05 12:00")
    assert (clock.status, clock.is_open, clock.rule) == ("not_started", False, "all")
    assert str(clock.target) == "30 calendar days by 24:00"
    nothing = (clock.origin, clock.effective_start, clock.due, clock.earliest, clock.expected, clock.follow_up)
    assert nothing == (None,) * 6
    assert (clock.elapsed, clock.wall_time, clock.open_time, clock.overdue_by) == (timedelta(),) * 4
    assert (clock.percent, clock.breached_at, clock.done_at, clock.cancelled) == (None, None, None, "")
    assert (clock.history, clock.warnings, list(clock.ledger)) == ((), (), [])
    assert clock.due_if_resumed(at("2026-11-06 12:00")) is None


def test_a_clock_that_has_not_begun_is_no_cycle_and_no_step() -> None:
    found = sla.replay([created()], RETURNS, as_of=at("2026-11-02 12:00"))
    assert set(found) == {"first_response", "free_return"}
    assert found.cycles("free_return") == ()
    assert [step.metric for step in sla.agenda(found, as_of=at("2026-11-02 12:00"))] == ["first_response"]


# ---------------------------------------------------------------- promised late


LATE: Final = policy(
    known={"first_response": {"due": BH10}},
    everything={"first_response": {"due": BH10}, "acknowledgement": {"due": BH10}, "resolution": {"due": BH10}},
)


def late(*events: Event, as_of: str = "2026-11-03 16:00", promises: sla.Policy = LATE) -> sla.Clocks:
    """A ticket of Monday 10:00 whose topic is known: a first response alone is promised."""
    return sla.replay([created(topic="known"), *events], promises, as_of=at(as_of))


def topic(when: str, to: str = "unknown") -> Event:
    return sla.FieldChanged(at=at(when), field="topic", value=to)


COUNTS: Final = sla.policy_from_data(
    {
        **LATE.to_data(),
        "clocks": {metric: {"unpromised_time": "counts"} for metric in ("resolution", "acknowledgement")},
    }
)

PROMISED: Final = [
    ([topic("2026-11-02 12:00")], "2026-11-03 14:00", "2026-11-03 12:00", "5 h on Monday, 5 on Tuesday; or 7 and 3"),
    ([topic("2026-11-03 15:00")], "2026-11-04 17:00", "2026-11-03 15:00", "2 and 8 h; or not before it was promised"),
    ([sla.Paused(at=at("2026-11-02 11:00")), sla.Resumed(at=at("2026-11-02 13:00")), topic("2026-11-02 14:00")],
     "2026-11-03 16:00", "2026-11-03 14:00", "3 and 7 h; or without the pauses since receipt, 1 + 4 and 5"),
    ([sla.Paused(at=at("2026-11-02 11:00")), topic("2026-11-02 14:00"), sla.Resumed(at=at("2026-11-02 15:00"))],
     "2026-11-03 17:00", "2026-11-03 16:00", "2 and 8 h from the resumption; or 1 + 2 and 7"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "due", "counting", "why"), PROMISED, ids=[row[-1] for row in PROMISED])
def test_time_in_which_nothing_was_promised_does_not_count_unless_the_clock_says_so(
    events: list[Event], due: str, counting: str, why: str
) -> None:
    """Rule 9."""
    clock = late(*events)["resolution"]
    assert (MON, due) == (told(clock.origin), told(clock.due)), why
    other = late(*events, promises=COUNTS)["resolution"]
    assert (MON, counting) == (told(other.origin), told(other.due)), why


def test_what_is_promised_late_to_a_ticket_that_has_waited_since_it_came_has_counted_nothing() -> None:
    first = sla.Created(at=at(MON), status="pending", fields=(("topic", "known"),))
    log = [first, topic("2026-11-02 12:00"), sla.StatusChanged(at=at("2026-11-02 14:00"), status="open")]
    clock = sla.replay(log, LATE, as_of=at("2026-11-02 15:00"))["resolution"]
    assert (told(clock.origin), told(clock.due)) == (MON, "2026-11-03 16:00"), (
        "10 h from 14:00: 3 on Monday, 7 on Tuesday"
    )


def test_what_is_promised_late_begins_anew_where_changes_restart() -> None:
    data = {**LATE.to_data(), "clocks": {"resolution": {"on_change": "restart"}}}
    log = [created(topic="known"), topic("2026-11-02 12:00")]
    clock = sla.replay(log, sla.policy_from_data(data), as_of=at("2026-11-02 13:00"))["resolution"]
    assert (told(clock.origin), told(clock.due)) == ("2026-11-02 12:00", "2026-11-03 14:00"), "5 h and 5 h"


def test_what_was_answered_before_it_was_promised_has_no_clock() -> None:
    found = late(sla.Message(at=at("2026-11-02 11:00"), actor="agent"), topic("2026-11-02 12:00"))
    assert found["acknowledgement"].status == "not_started", "it was acknowledged"
    assert found["resolution"].status == "overdue", "it is not solved: due at 14:00 on Tuesday"


def test_what_is_promised_to_a_solved_ticket_has_no_clock() -> None:
    found = late(sla.Solved(at=at("2026-11-02 11:00")), topic("2026-11-02 12:00"))
    assert found["resolution"].status == "not_started"


def test_what_is_promised_after_a_takeover_has_no_clock() -> None:
    found = late(sla.TakenOver(at=at("2026-11-02 11:00")), topic("2026-11-02 12:00"))
    assert found["resolution"].status == "not_started"


# ---------------------------------------------------------------- promised again


AGAIN: Final = [
    ([topic("2026-11-02 12:00"), topic("2026-11-02 13:00", "known"), topic("2026-11-02 14:00")],
     "2026-11-03 15:00", "2026-11-03 12:00", "1 h, then 3 and 6; or as if it had never been otherwise"),
    ([topic("2026-11-02 12:00"), topic("2026-11-02 13:00", "known"), topic("2026-11-03 15:00")],
     "2026-11-04 16:00", "2026-11-03 15:00", "1 h, then 2 and 7; or not before it was promised again"),
    ([topic("2026-11-02 12:00"), topic("2026-11-02 13:00", "known"), sla.Paused(at=at("2026-11-02 14:00")),
      topic("2026-11-02 15:00"), sla.Resumed(at=at("2026-11-02 16:00"))], "2026-11-03 17:00", "2026-11-03 14:00",
     "1 h, then 1 and 8; or without the pauses while it was not promised"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "due", "counting", "why"), AGAIN, ids=[row[-1] for row in AGAIN])
def test_what_is_promised_again_goes_on(events: list[Event], due: str, counting: str, why: str) -> None:
    for promises, expected in ((LATE, due), (COUNTS, counting)):
        found = late(*events, promises=promises)
        assert len(found.cycles("resolution")) == 1
        assert (MON, expected) == (told(found["resolution"].origin), told(found["resolution"].due)), why


def test_what_is_promised_again_with_another_target_has_changed_once() -> None:
    less, more = {"resolution": {"due": BH10}}, {"resolution": {"due": {"business_hours": "12h"}}}
    promises = policy(less=less, more=more, none={"first_response": {"due": BH10}})
    log = [created(topic="less"), topic("2026-11-02 12:00", "none"), topic("2026-11-02 14:00", "more")]
    clock = sla.replay(log, promises, as_of=at("2026-11-02 15:00"))["resolution"]
    assert [(told(change.at), change.by) for change in clock.history] == [("2026-11-02 14:00", "more")]
    assert told(clock.due) == "2026-11-03 16:00", "2 h were counted by 12:00; 10 left at 14:00: 3 and 7"


def test_what_was_answered_meanwhile_is_not_promised_again() -> None:
    answer = sla.Message(at=at("2026-11-02 13:30"), actor="agent")
    found = late(topic("2026-11-02 12:00"), topic("2026-11-02 13:00", "known"), answer, topic("2026-11-02 14:00"))
    assert found["acknowledgement"].cancelled == "no_longer_promised"
    assert found["resolution"].is_open


def test_what_counts_from_an_unknown_instant_is_not_promised() -> None:
    other = policy(
        known={"free_return": {"due": BH10}}, unknown={"free_return": {"due": RETURN, "origin": "delivered"}}
    )
    found = sla.replay([created(topic="known"), topic("2026-11-02 12:00")], other, as_of=at("2026-11-02 13:00"))
    assert (found["free_return"].status, found["free_return"].cancelled) == ("cancelled", "no_longer_promised")


def test_what_counts_from_another_instant_begins_anew_once_that_is_known() -> None:
    """Ten hours from the delivery; of a gift, from when it was unpacked: nobody knows that until 14:00."""
    promises = policy(
        gift={"free_return": {"due": BH10, "origin": "unpacked"}},
        all={"free_return": {"due": BH10, "origin": "delivered"}},
    )
    unpacked = sla.FieldChanged(at=at("2026-11-02 14:00"), field="unpacked", value=at("2026-11-02 13:00").isoformat())
    log = [created(), delivered("2026-11-02 11:00", "2026-11-02 10:30"), topic("2026-11-02 12:00", "gift"), unpacked]
    first, second = sla.replay(log, promises, as_of=at("2026-11-02 15:00")).cycles("free_return")
    assert (first.cancelled, told(first.cancelled_at)) == ("no_longer_promised", "2026-11-02 12:00")
    assert (told(second.origin), told(second.due)) == ("2026-11-02 13:00", "2026-11-03 15:00"), "4 h and 6 h"


def test_what_was_taken_over_is_not_promised_again() -> None:
    found = late(
        topic("2026-11-02 12:00"),
        topic("2026-11-02 13:00", "known"),
        sla.TakenOver(at=at("2026-11-02 13:30")),
        topic("2026-11-02 14:00"),
    )
    assert found["resolution"].status == "cancelled"


def test_what_is_promised_again_begins_anew_where_changes_restart() -> None:
    data = {**LATE.to_data(), "clocks": {"resolution": {"on_change": "restart"}}}
    log = [created(topic="unknown"), topic("2026-11-02 12:00", "known"), topic("2026-11-02 14:00")]
    clock = sla.replay(log, sla.policy_from_data(data), as_of=at("2026-11-02 15:00"))["resolution"]
    assert (told(clock.origin), told(clock.due)) == ("2026-11-02 14:00", "2026-11-03 16:00"), "3 h and 7 h"


# ---------------------------------------------------------------- statuses that a policy knows


def with_statuses(*events: Event, strict: bool = False) -> sla.Clocks:
    data = {**LATE.to_data(), "statuses": ["new", "open", "pending"]}
    return sla.replay(events, sla.policy_from_data(data), as_of=at("2026-11-02 13:00"), strict=strict)


UNKNOWN: Final = [
    ([created(), sla.StatusChanged(at=at("2026-11-02 11:00"), status="on_hold")], "a change"),
    ([sla.Created(at=at(MON), status="on_hold")], "the first one"),
]


@pytest.mark.parametrize(("log", "why"), UNKNOWN, ids=[why for _, why in UNKNOWN])
def test_a_status_that_the_policy_does_not_know_is_told(log: list[Event], why: str) -> None:
    assert [gap.code for gap in with_statuses(*log).gaps] == ["status_unknown"], why
    with pytest.raises(sla.LogError) as error:
        with_statuses(*log, strict=True)
    assert error.value.code == "status_unknown"
    assert "new, open, pending" in str(error.value)


def test_a_status_that_the_policy_does_not_know_changes_nothing() -> None:
    log = [created(), sla.StatusChanged(at=at("2026-11-02 11:00"), status="pending")]
    found = with_statuses(*log, sla.StatusChanged(at=at("2026-11-02 12:00"), status="waiting"))
    assert found["resolution"].status == "paused", "it is pending still"


def test_a_status_that_the_policy_knows_is_none_of_its_business() -> None:
    log = [created(), sla.StatusChanged(at=at("2026-11-02 11:00"), status="new")]
    assert with_statuses(*log).gaps == ()


@pytest.mark.parametrize(
    ("statuses", "status", "why"),
    [
        (["new", "open", "pending"], "running", "it is open"),
        ([], "running", "any will do: it is open"),
        (["new", "pending"], "paused", "no policy of this kind is ever open: it is pending still"),
    ],
)
def test_a_ticket_that_is_reopened_without_a_status(statuses: list[str], status: str, why: str) -> None:
    log: list[Event] = [
        sla.Created(at=at(MON), status="new"),
        sla.StatusChanged(at=at("2026-11-02 11:00"), status="pending"),
        sla.Solved(at=at("2026-11-02 12:00")),
        sla.Reopened(at=at("2026-11-02 12:30")),
    ]
    known = sla.policy_from_data({**LATE.to_data(), "statuses": statuses})
    found = sla.replay(log, known, as_of=at("2026-11-02 13:00"))
    assert (found.gaps, status) == ((), found["resolution"].status), why


@pytest.mark.parametrize(
    ("statuses", "status", "why"),
    [
        (["pending", "open"], "running", "it is open"),
        (["pending", "new"], "paused", "no policy of this kind is ever open: it is in the first status that it lists"),
        (["new", "pending"], "running", "which may pause nothing"),
        ([], "running", "any will do: it is open"),
    ],
)
def test_a_ticket_that_is_created_without_a_status(statuses: list[str], status: str, why: str) -> None:
    known = sla.policy_from_data({**LATE.to_data(), "statuses": statuses})
    found = sla.replay([sla.Created(at=at(MON))], known, as_of=at("2026-11-02 13:00"))
    assert status == found["resolution"].status, why
    assert [gap.code for gap in found.gaps] == ["status_assumed"]


def test_a_reopening_into_an_unknown_status_changes_nothing() -> None:
    log = [created(), sla.Solved(at=at("2026-11-02 12:00")), sla.Reopened(at=at("2026-11-02 12:30"), status="again")]
    found = with_statuses(*log, topic("2026-11-02 12:45", "known"))
    assert [gap.code for gap in found.gaps] == ["status_unknown"]
    assert found["resolution"].status == "met", "it is solved still"


def test_without_statuses_any_will_do() -> None:
    log = [created(), sla.StatusChanged(at=at("2026-11-02 11:00"), status="waiting for Godot")]
    assert sla.replay(log, LATE, as_of=at("2026-11-02 13:00")).gaps == ()


# ---------------------------------------------------------------- duplicates


DUPLICATES: Final = [
    ([], "2026-11-03 12:00", "alone"),
    ([sla.MergedFrom(at=at("2026-11-02 12:00"), received=at("2026-10-30 15:00"))], "2026-11-02 17:00", "2 h on Friday, 8 on Monday"),
    ([sla.MergedFrom(at=at("2026-11-02 12:00"), received=at("2026-11-02 11:00"))], "2026-11-03 12:00", "the other came later"),
    ([sla.MergedFrom(at=at("2026-11-02 12:00"), received=at("2026-10-30 15:00")),
      sla.MergedFrom(at=at("2026-11-02 13:00"), received=at("2026-10-30 16:00"))], "2026-11-02 17:00", "the earliest of three"),
    ([sla.Paused(at=at("2026-11-02 11:00")), sla.Resumed(at=at("2026-11-02 12:00")),
      sla.MergedFrom(at=at("2026-11-02 13:00"), received=at("2026-10-30 15:00"))], "2026-11-03 10:00", "without its own pause"),
    ([sla.TargetOverridden(at=at("2026-11-02 11:00"), metric="resolution", due=at("2026-11-05 12:00"), author="Ann"),
      sla.MergedFrom(at=at("2026-11-02 13:00"), received=at("2026-10-30 15:00"))], "2026-11-05 12:00", "a date by hand stays"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "due", "why"), DUPLICATES, ids=[row[-1] for row in DUPLICATES])
def test_duplicates_share_the_earliest_clock(events: list[Event], due: str, why: str) -> None:
    found = sla.replay([created(), *events], LATE, as_of=at("2026-11-02 14:00"))
    assert due == told(found["resolution"].due), why


def test_a_duplicate_moves_no_clock_that_ended() -> None:
    log = [
        created(),
        sla.Message(at=at("2026-11-02 11:00"), actor="agent"),
        sla.MergedFrom(at=at("2026-11-02 12:00"), received=at("2026-10-30 15:00")),
    ]
    found = sla.replay(log, LATE, as_of=at("2026-11-02 14:00"))
    assert (told(found["first_response"].origin), found["first_response"].status) == (MON, "met")
    assert told(found.received) == "2026-10-30 15:00"


def test_a_clock_that_counted_from_a_named_instant_counts_from_creation_when_its_rule_says_so() -> None:
    """Of business customers from delivery; this one was none. Ten hours from Monday at ten: seven, and three on Tuesday."""
    promises = policy(b2b={"free_return": {"origin": "delivered", "due": RETURN}}, rest={"free_return": {"due": BH10}})
    log: list[Event] = [
        created(topic="b2b"),
        delivered("2026-11-02 12:00", "2026-11-02 11:00"),
        sla.FieldChanged(at=at("2026-11-03 11:00"), field="topic", value="private"),
    ]

    before, after = (
        sla.replay(log, promises, as_of=at(f"2026-11-03 {hour}"))["free_return"] for hour in ("10:00", "11:30")
    )

    assert (before.origin, before.due) == (at("2026-11-02 11:00"), at("2026-12-03 00:00"))
    assert (after.origin, after.due, after.status) == (at(MON), at("2026-11-03 12:00"), "running")
