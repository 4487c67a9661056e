"""Many tickets at once: one that cannot be answered is listed, and hides no other; and clocks that are copied and sent."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from tests.test_clock_cases import at, log, short

DESK: Final = sla.policy_from_data(
    {
        "name": "desk",
        "calendars": {
            "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"},
            "closing": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "versions": {"2026-03-10": "closed"}},
        },
        "rules": [
            {
                "name": "for good",
                "when": {"priority": "closing"},
                "calendar": "closing",
                "metrics": {"first_response": {"due": {"business_hours": "80h"}}},
            },
            {
                "name": "rest",
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "8h"}, "warnings": ["50%"]}},
            },
        ],
    }
)
NOON: Final = at("Mon 2 12:00")
GOOD: Final = DESK.replay(log(["Mon 2 09:00 created"]), as_of=NOON, ticket="good")
AHEAD: Final = DESK.replay(log(["Mon 2 09:00 created"]), as_of=at("Mon 2 13:00"), ticket="ahead")
FOR_GOOD: Final = DESK.replay(log(["Mon 2 09:00 created priority=closing"]), as_of=NOON, ticket="for good")
EVERY: Final = [AHEAD, GOOD, FOR_GOOD]
LEFT_OUT: Final = [("ahead", "as_of_went_back"), ("for good", "closed_for_good")]


def left_out(answer: Any) -> list[tuple[str, str]]:
    """Ticket and code of those that could not be answered; each has a text, too."""
    assert all(each.text for each in answer.left_out)
    return [(each.ticket, each.code) for each in answer.left_out]


def test_the_queue_answers_for_the_others() -> None:
    found = sla.queue(EVERY, as_of=NOON)
    assert [entry.ticket for entry in found] == ["good"]
    assert left_out(found) == LEFT_OUT


def test_the_agenda_answers_for_the_others() -> None:
    found = sla.agenda(EVERY, as_of=NOON)
    assert [(each.ticket, each.kind, short(each.at)) for each in found] == [
        ("good", "warning", "Mon 2 13:00"),
        ("good", "due", "Mon 2 17:00"),
    ]
    assert left_out(found) == LEFT_OUT


def test_a_window_of_the_agenda_answers_for_the_others() -> None:
    found = sla.agenda([GOOD, FOR_GOOD], since=at("Mon 2 09:00"), until=at("Mon 2 17:00"))
    assert [(each.ticket, each.kind) for each in found] == [("good", "warning"), ("good", "due")]
    assert left_out(found) == LEFT_OUT[1:]


def test_the_next_due_answers_for_the_others() -> None:
    found = sla.next_due(EVERY, as_of=NOON)
    assert found is not None
    assert (found.ticket, short(found.at)) == ("good", "Mon 2 17:00")


def test_a_frame_of_clocks_answers_for_the_others() -> None:
    events = [
        *(("for good", each) for each in log(["Mon 2 09:00 created priority=closing"])),
        *(("good", each) for each in log(["Mon 2 09:00 created"])),
        *(("uncreated", each) for each in log(["Mon 2 09:00 solved"])),
    ]
    frame = DESK.replay_frame(events, as_of=NOON)
    assert frame["ticket"] == ["good"]
    assert left_out(frame) == [("for good", "closed_for_good"), ("uncreated", "creation_missing")]
    with pytest.raises(sla.SlaError, match="for good"):
        DESK.replay_frame(events, as_of=NOON, strict=True)


@pytest.mark.parametrize("ask", [sla.queue, sla.agenda, sla.next_due], ids=["queue", "agenda", "next_due"])
def test_strict_names_the_first_ticket_that_cannot_be_answered(ask: Callable[..., object]) -> None:
    with pytest.raises(sla.SlaError, match="ahead") as caught:
        ask(EVERY, as_of=NOON, strict=True)
    assert caught.value.code == "as_of_went_back"
    with pytest.raises(sla.SlaError, match="for good"):
        ask([GOOD, FOR_GOOD], as_of=NOON, strict=True)
    ask([GOOD], as_of=NOON, strict=True)


def test_nothing_is_left_out_of_good_tickets() -> None:
    assert left_out(sla.queue([GOOD], as_of=NOON)) == []
    assert left_out(sla.agenda(GOOD, as_of=NOON)) == []


def test_a_ticket_that_was_never_created_is_listed() -> None:
    uncreated, *_ = sla.replay_tickets([("x", event) for event in log(["Mon 2 09:00 solved"])], DESK, as_of=NOON)
    for answer in (sla.queue([uncreated, GOOD], as_of=NOON), sla.agenda([uncreated, GOOD], as_of=NOON)):
        assert left_out(answer) == [("x", "creation_missing")]


def test_repr_never_raises() -> None:
    assert "first_response" in repr(FOR_GOOD)
    assert "first_response" in repr(next(iter(DESK.replay(log(["Mon 2 09:00 created"]), as_of=NOON).values())))
    uncreated, *_ = sla.replay_tickets([("x", event) for event in log(["Mon 2 09:00 solved"])], DESK, as_of=NOON)
    assert repr(uncreated)


# ---------------------------------------------------------------- milestones


def test_the_id_of_a_milestone_is_the_same_in_every_run() -> None:
    early = DESK.replay(log(["Mon 2 09:00 created"]), as_of=at("Mon 2 10:00"), ticket="7")
    late = DESK.replay(log(["Mon 2 09:00 created", "Mon 2 16:00 agent reply"]), as_of=at("Tue 3 10:00"), ticket="7")
    (planned,) = [each for each in sla.agenda(early, as_of=at("Mon 2 10:00")) if each.kind == "warning"]
    (fired,) = sla.agenda(late, since=at("Mon 2 09:00"), until=at("Mon 2 15:00"))
    assert planned.id == fired.id
    assert all(part in str(fired.id) for part in ("7", "first_response", "warning", "50%"))


def test_ids_tell_cycles_targets_kinds_and_labels_apart() -> None:
    data = DESK.to_data()
    promised = {"first_response": {"due": {"business_hours": "16h"}, "warnings": ["50%", "1h"]}}
    slow = {"name": "slow", "when": {"priority": "slow"}, "calendar": "office", "metrics": promised}
    policy = sla.policy_from_data(
        {**data, "rules": [slow, *data["rules"]], "clocks": {"first_response": {"reopen": "new_cycle"}}}
    )
    story = [
        "Mon 2 09:00 created",
        "Mon 2 14:00 priority=slow",
        "Tue 3 10:00 solved",
        "Wed 4 09:00 reopened",
        "Fri 6 12:00 agent reply",
    ]
    clocks = policy.replay(log(story), as_of=at("Fri 6 17:00"), ticket="7")
    fired = sla.agenda(clocks, since=at("Mon 2 08:00"), until=at("Fri 6 17:00"))
    assert [(each.kind, each.label, short(each.at)) for each in fired] == [
        ("warning", "50%", "Mon 2 13:00"),  # of the first target, 8 h
        ("warning", "50%", "Mon 2 17:00"),  # of the second, 16 h; solved before its second warning
        ("warning", "50%", "Wed 4 17:00"),  # of the second cycle
        ("warning", "1h", "Thu 5 16:00"),
        ("due", "first_response", "Thu 5 17:00"),
    ]
    assert len({each.id for each in fired}) == len(fired)


@pytest.mark.parametrize(
    "window",
    [
        {"since": NOON, "until": at("Mon 2 11:00")},
        {"since": NOON},
        {"until": NOON},
        {},
        {"as_of": NOON, "since": NOON, "until": NOON},
    ],
)
def test_a_window_has_two_ends_in_order_or_the_agenda_an_instant(window: dict[str, Any]) -> None:
    with pytest.raises((sla.SlaError, TypeError)):
        sla.agenda(GOOD, **window)


# ---------------------------------------------------------------- pickled and copied


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda clocks: pickle.loads(pickle.dumps(clocks))])
def test_clocks_pickle_and_copy_to_equal_values(again: Callable[[Any], Any]) -> None:
    story = ["Mon 2 09:00 created", "Mon 2 10:00 paused supplier", "Mon 2 11:00 agent reply", "Fri 6 09:00 solved"]
    clocks = DESK.replay(log(story), as_of=NOON, ticket="7")
    assert again(clocks) == clocks
    assert dict(again(clocks)) == dict(clocks)
    assert again(clocks["first_response"]) == clocks["first_response"]
    later = at("Fri 6 12:00")
    assert again(clocks).at(later) == clocks.at(later)
    assert again(clocks).gaps == clocks.gaps


def test_a_copy_goes_on_without_the_other() -> None:
    clocks = DESK.replay(log(["Mon 2 09:00 created"]), as_of=NOON, ticket="7")
    other = copy.deepcopy(clocks).extend(log(["Mon 2 13:00 agent reply"]), as_of=at("Mon 2 14:00"))
    assert (other["first_response"].status, clocks["first_response"].status) == ("met", "running")


# ---------------------------------------------------------------- what `check` says


def codes(**said: Any) -> list[tuple[str, str]]:
    """What is doubtful in a desk that promises an answer in hours and a resolution in days."""
    rule = {
        "name": "all",
        "calendar": "office",
        "metrics": {
            "first_response": {"due": {"business_hours": "8h"}},
            "resolution": {"due": {"business_days": 2}, **said.pop("resolution", {})},
        },
    }
    calendars = {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}}
    policy = sla.policy_from_data({"name": "desk", "calendars": calendars, "rules": [rule], **said})
    return [(warning.code, warning.where) for warning in sla.check_policy(policy, as_of=NOON)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"statuses": ["open", "pending", "solved"]}, [("solved_in_missing", "statuses")]),
        ({"statuses": ["open", "pending", "solved"], "solved_in": []}, []),
        ({"statuses": ["open", "pending", "solved"], "solved_in": ["solved"]}, []),
        ({"solved_in": ["solved"]}, []),
        ({"clocks": {"resolution": {"paused_in": ["pending"]}}}, [("pause_moves_nothing", "clocks.resolution")]),
        ({"clocks": {"resolution": {"paused_in": ["pending"]}}, "resolution": {"pauses_move": True}}, []),
        ({"clocks": {"resolution": {"paused_in": [], "pausable": False}}}, []),
        (
            {"clocks": {"first_response": {"on_change": "new_cycle"}}},
            [("new_cycle_waits_for_answer", "clocks.first_response.on_change")],
        ),
        ({"clocks": {"resolution": {"on_change": "new_cycle", "paused_in": [], "pausable": False}}}, []),
    ],
)
def test_what_is_doubtful(said: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert codes(**said) == expected


def test_the_samples_say_what_their_statuses_are() -> None:
    names = [file.stem for file in sorted((Path(sla.__file__).parent / "policies" / "samples").glob("*.toml"))]
    assert names
    for name in names:
        policy = sla.sample_policy(name)
        assert policy.solved_in is not None, name
        assert sla.check_policy(policy, as_of=NOON) == (), name
