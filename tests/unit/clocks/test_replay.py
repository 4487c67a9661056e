"""In which order events are applied (rule 12), and what is said of those that cannot be."""

from datetime import datetime, timedelta
from typing import Final

import pytest

import slacalc as sla
from slacalc.clocks.replay import replay
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import assert_same, at
from tests.unit.clocks.lives import BH10, LATER, OFFICE, THU, clocks, created, message, policy, seller

# ---------------------------------------------------------------- order and as_of (rule 12)


def test_rule_12_the_log_may_be_in_any_order() -> None:
    log = event_log("2026-11-19 12:00 agent reply; 10:00 created status=open message=false; 11:00 customer reply")
    clock = clocks(log, policy("next_response"))["next_response"]
    assert_same("2026-11-19 11:00", clock.origin)
    assert_same("2026-11-19 12:00", clock.done_at)


def test_rule_12_at_one_instant_the_place_in_the_log_decides() -> None:
    asked, answered = message("2026-11-19 11:00", "customer"), message("2026-11-19 11:00", "agent")
    assert clocks([created(), asked, answered], policy("next_response"))["next_response"].status == "met"
    assert clocks([created(), answered, asked], policy("next_response"))["next_response"].status == "overdue"


def test_rule_12_at_one_instant_the_number_decides_before_the_place() -> None:
    asked, answered = (
        message("2026-11-19 11:00", "customer", seq=1),
        message("2026-11-19 11:00", "agent", seq=2),
    )
    assert clocks([created(), answered, asked], policy("next_response"))["next_response"].status == "met"


def test_events_after_as_of_are_not_applied_and_those_at_it_are() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 12:00 agent reply")
    before = clocks(log, policy("first_response"), "2026-11-19 11:59:59.999999")["first_response"]
    then = clocks(log, policy("first_response"), "2026-11-19 12:00")["first_response"]
    assert (before.status, then.status) == ("running", "met")


# ---------------------------------------------------------------- gaps and errors


def test_a_resumption_without_a_pause_is_a_gap() -> None:
    log = event_log(
        "2026-11-19 10:00 created status=open; 11:00 resumed supplier; 12:00 paused customer; 13:00 resumed customer; 14:00 resumed customer"
    )
    found = clocks(log, policy("resolution"))
    assert [(gap.code, gap.place) for gap in found.gaps] == [("resume_without_pause", 1), ("resume_without_pause", 4)]
    assert_same("2026-11-20 13:00", found["resolution"].due, "one hour from 12:00")


def test_a_whole_log_has_no_gaps() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 11:00 agent reply; 12:00 solved")
    assert clocks(log, policy()).gaps == ()


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ([], "creation_missing"),
        (event_log("2026-11-19 12:00 customer reply"), "creation_missing"),
        (event_log("2027-01-04 10:00 created status=open"), "creation_missing"),
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
        (event_log("2026-11-19 09:00 customer reply; 10:00 created status=open"), "event_before_creation", 0),
        (event_log("2026-11-19 10:00 created status=open; 11:00 created status=open"), "created_twice", 1),
        (event_log("2026-11-19 10:00 created status=open; 11:00 resumed"), "resume_without_pause", 1),
        (
            event_log("2026-11-19 10:00 created status=open; 11:00 deleted; 2026-12-31 12:00 customer reply"),
            "event_after_the_end",
            2,
        ),
        (event_log("2026-11-19 10:00 created status=open; 2026-12-31 12:00 weather=rain"), "field_undeclared", 1),
        (
            event_log("2026-11-19 10:00 created status=open; 2026-12-31 12:00 deprioritised reason=rude"),
            "deprioritisation_unknown",
            1,
        ),
        (
            event_log(
                "2026-11-19 10:00 created status=open; 2026-12-31 12:00 target_overridden metric=refund due=2026-12-31T12:00:00+01:00"
            ),
            "override_without_clock",
            1,
        ),
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
    log = event_log("2026-11-19 10:00 created actor=unknown; 12:00 unknown reply")
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
        replay(event_log("2026-11-19 10:00 created status=open"), policy(), as_of=naive)
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
    log = event_log("2026-11-19 10:00 created status=open; 12:00 agent reply")
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
    found = replay(event_log("2026-11-19 10:00 created status=open"), TWO_RULES, as_of=at(LATER), ticket="7")
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
    assert replay(event_log("2026-11-19 10:00 created status=open"), TWO_RULES, as_of=at(LATER)).cycles(metric) == (), (
        why
    )


def test_a_metric_of_any_version_is_one_of_the_policy() -> None:
    earlier = policy("first_response").to_data() | {"valid_from": "2026-01-01T00:00:00+01:00"}
    later = policy("resolution").to_data() | {"valid_from": "2026-12-01T00:00:00+01:00"}
    book = sla.PolicyVersions.of(map(sla.policy_from_data, (earlier, later)))
    found = sla.replay(event_log("2026-11-19 10:00 created status=open"), book, as_of=at(THU))
    assert found.cycles("resolution") == (), "it is promised from December on"
    with pytest.raises(sla.MetricError, match="resolution, first_response"):
        found.cycles("resolutoin")


def test_a_clock_that_is_not_there_is_a_key_error_that_names_the_clocks_there_are() -> None:
    found = replay(event_log("2026-11-19 10:00 created status=open"), TWO_RULES, as_of=at(LATER), ticket="7")
    with pytest.raises(KeyError) as refused:
        found["resolution"]
    assert isinstance(refused.value, sla.SlaError)
    assert str(refused.value) == (
        "ticket 7: this ticket has no clock of this metric; given 'resolution'; accepted: first_response, next_response"
    )
    assert found.get("resolution") is None
    assert "resolution" not in found


def test_a_clock_that_has_not_begun_has_its_amount_before_it_and_nothing_behind() -> None:
    waiting = clocks([created()], policy("next_response"))["next_response"]

    assert waiting.status == "not_started"
    assert (waiting.remaining, waiting.elapsed, waiting.paused_time) == (
        timedelta(hours=10),
        timedelta(0),
        timedelta(0),
    )
    assert (waiting.effective_start, waiting.follow_up, waiting.follow_up_earliest) == (None, None, None)


def test_a_ticket_that_is_not_created_yet_goes_on_when_it_is() -> None:
    (found,) = sla.replay_tickets([("7", created())], TWO_RULES, as_of=at("2026-11-19 09:00"))
    later = found.extend([], as_of=at(LATER))

    assert not found.is_created
    assert_same("2026-11-20 12:00", later["first_response"].due)
    assert not found.is_created, "it is as it was"


def test_an_effective_start_is_the_first_opening_at_or_after_the_origin() -> None:
    saturday = replay([created("2026-11-21 12:00")], TWO_RULES, as_of=at("2026-11-21 13:00"))["first_response"]

    assert_same("2026-11-23 09:00", saturday.effective_start)


def test_of_a_date_that_pauses_move_nobody_knows_a_share_while_it_waits() -> None:
    rule = {
        "name": "all",
        "calendar": "office",
        "metrics": {"resolution": {"due": {"business_days": 1}, "pauses_move": True, "warnings": ["50%"]}},
    }
    moved = sla.policy_from_data({"name": "moved", "calendars": {"office": OFFICE}, "rules": [rule]})
    log = [created(), sla.Paused(at=at("2026-11-19 12:00"), reason="supplier")]

    clock = replay(log, moved, as_of=at("2026-11-19 13:00"))["resolution"]

    assert (clock.status, clock.due, clock.percent, clock.warnings) == ("paused", None, None, ())


def test_a_ticket_opened_again_that_was_never_solved_comes_into_the_status_all_the_same() -> None:
    promises = policy("resolution", "parts", parts={"starts": {"status": ["pending"]}, "stops": {"status": ["open"]}})
    log = [created(), sla.Reopened(at=at("2026-11-19 14:00"), status="pending")]

    found = replay(log, promises, as_of=at("2026-11-19 15:00"))

    assert_same("2026-11-19 14:00", found["parts"].origin)
    assert [gap.code for gap in found.gaps] == ["reopened_unsolved"]


def test_two_fields_begin_a_clock_each() -> None:
    promises = policy(
        "to_sort", "to_rank", to_sort={"starts": {"field": "topic"}}, to_rank={"starts": {"field": "priority"}}
    )
    log = [created(topic="delivery"), sla.FieldChanged(at=at("2026-11-19 14:00"), field="priority", value="high")]

    found = replay(log, promises, as_of=at("2026-11-19 15:00"))

    assert_same(THU, found["to_sort"].origin)
    assert_same("2026-11-19 14:00", found["to_rank"].origin)


def test_equal_clocks_are_one_in_a_set() -> None:
    log = event_log("2026-11-19 10:00 created status=open; 12:00 agent reply")
    twice = [replay(log, TWO_RULES, as_of=at(LATER), ticket="7") for _ in range(2)]

    assert len({*twice}) == 1
    assert len({*twice, replay(log, TWO_RULES, as_of=at(LATER), ticket="8")}) == 2


def test_a_clock_is_printed_with_its_status_and_due_time() -> None:
    clock = replay([created()], TWO_RULES, as_of=at("2026-11-19 12:00"))["first_response"]

    assert repr(clock) == "ClockState(first_response: running, due 2026-11-20 12:00:00+01:00)"


def test_a_ticket_that_was_not_created_has_no_clocks_and_says_so() -> None:
    (found,) = sla.replay_tickets([("7", message(THU, "agent"))], TWO_RULES, as_of=at(LATER))
    with pytest.raises(KeyError, match="the ticket was not created"):
        found["first_response"]
    assert found.cycles("first_response") == ()
