"""A ticket goes on: more events, another process, another policy. Replaying a prefix and then the rest is replaying all."""

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from tests.helpers import at

THU: Final = "2026-11-19 10:00"
END: Final = "2026-11-27 12:00"


def policy(name: str = "of then", hours: int = 10, **clocks: object) -> sla.Policy:
    """Promises of so many business hours; twice as many when the priority is low."""

    def metrics(amount: str) -> dict[str, Any]:
        due = {"due": {"business_hours": amount}}
        return {"first_response": due, "next_response": due, "resolution": {**due, "warnings": ["75%"]}}

    data: dict[str, Any] = {
        "name": name,
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "low", "when": {"priority": "low"}, "calendar": "office", "metrics": metrics(f"{2 * hours}h")},
            {"name": "others", "calendar": "office", "metrics": metrics(f"{hours}h")},
        ],
        "clocks": {"next_response": {"after": ""}}
        | (clocks or {"resolution": {"pause_cap": "6h", "reopen": "continue"}}),
        "escalation": [{"to": "the head", "on": "serious"}],
    }
    return sla.policy_from_data(data)


POLICY: Final = policy()

LIFE: Final[tuple[Event, ...]] = (
    sla.Created(at=at(THU), status="open", channel="form", message=False, fields=(("priority", "high"),)),
    sla.Message(at=at("2026-11-19 10:30"), actor="bot", automated=True),
    sla.Paused(at=at("2026-11-19 11:00"), reason="zu prüfen"),
    sla.StatusChanged(at=at("2026-11-19 12:00"), status="pending"),
    sla.Resumed(at=at("2026-11-19 13:00"), reason="zu prüfen"),
    sla.Deprioritised(at=at("2026-11-19 13:30"), reason="several_questions"),
    sla.FieldChanged(at=at("2026-11-19 14:00"), field="priority", value="low"),
    sla.StatusChanged(at=at("2026-11-19 15:00"), status="open"),
    sla.Resumed(at=at("2026-11-19 15:10"), reason="nothing was paused"),
    sla.Message(at=at("2026-11-19 16:00"), actor="agent", partial=True),
    sla.Message(at=at("2026-11-20 09:30"), actor="agent"),
    sla.Message(at=at("2026-11-20 10:00"), actor="customer"),
    sla.TargetOverridden(at=at("2026-11-20 11:00"), metric="resolution", due=at("2026-11-24 12:00"), author="Ann"),
    sla.Escalated(at=at("2026-11-20 12:00"), on="serious"),
    sla.Message(at=at("2026-11-20 15:00"), actor="agent"),
    sla.DeprioritisationLifted(at=at("2026-11-20 15:30"), reason="several_questions"),
    sla.Solved(at=at("2026-11-23 10:00")),
    sla.Paused(at=at("2026-11-23 11:00"), reason="while solved"),
    sla.FieldChanged(at=at("2026-11-23 12:00"), field="priority", value="high"),
    sla.Reopened(at=at("2026-11-24 10:00")),
    sla.Resumed(at=at("2026-11-24 13:00"), reason="while solved"),
    sla.Message(at=at("2026-11-24 14:00"), actor="customer"),
    sla.MergedFrom(at=at("2026-11-24 15:00"), received=at("2026-11-19 09:30")),
    sla.TakenOver(at=at("2026-11-26 10:00"), reason="too late", costs=True),
    sla.Deleted(at=at("2026-11-27 09:00")),
    sla.Message(at=at("2026-11-27 10:00"), actor="customer"),
)


def replay(events: Iterable[Event], as_of: str = END, promises: sla.Policy = POLICY) -> sla.Clocks:
    return sla.replay(events, promises, as_of=at(as_of), ticket="7")


def told(clocks: sla.Clocks) -> dict[str, Any]:
    """Everything that can be asked about a ticket."""
    gaps = [(gap.code, gap.place) for gap in clocks.gaps]
    return {
        "ticket": (clocks.ticket, clocks.as_of, clocks.received, clocks.rule, dict(clocks.fields), gaps),
        "around": (clocks.deprioritisations, dict(clocks.escalated), clocks.taken_over, clocks.escalation()),
        **{metric: [cycle_told(state) for state in clocks.cycles(metric)] for metric in clocks},
    }


def cycle_told(state: sla.ClockState) -> tuple[object, ...]:
    """Everything that can be asked about a cycle."""
    return (
        *(state.status, state.rule, state.target, state.origin, state.due, state.earliest, state.elapsed),
        *(state.remaining, state.wall_time, state.percent, state.done_at, state.answered, state.cancelled),
        *(
            state.date_after_breach,
            state.history,
            state.warnings,
            state.breached_at,
            state.overdue_by,
            state.overridden_by,
        ),
        state.ledger.to_json(),
    )


# ---------------------------------------------------------------- a prefix and then the rest


@pytest.mark.parametrize("done", range(1, len(LIFE) + 1))
def test_replaying_a_prefix_and_then_the_rest_is_replaying_all(done: int) -> None:
    whole = replay(LIFE)
    parts = replay(LIFE[:done], as_of=f"{LIFE[done - 1].at:%Y-%m-%d %H:%M}").extend(LIFE[done:], as_of=at(END))
    assert told(whole) == told(parts)
    assert whole == parts


@pytest.mark.parametrize("done", range(1, len(LIFE) + 1))
def test_a_ticket_that_was_saved_goes_on_as_if_it_never_was(done: int) -> None:
    now = replay(LIFE[:done], as_of=f"{LIFE[done - 1].at:%Y-%m-%d %H:%M}")
    again = sla.resume(now.to_json(), POLICY)
    assert told(now) == told(again)
    assert now == again
    assert now.to_json() == again.to_json()
    assert told(replay(LIFE)) == told(again.extend(LIFE[done:], as_of=at(END)))


def test_event_by_event_is_all_at_once() -> None:
    clocks = replay(LIFE[:1], as_of=THU)
    for event in LIFE[1:]:
        clocks = sla.resume(clocks.to_json(), POLICY).extend([event], as_of=event.at)
    assert told(replay(LIFE)) == told(clocks.at(at(END)))


def test_events_that_are_still_to_come_wait_and_are_saved() -> None:
    early = replay(LIFE, as_of="2026-11-19 13:15")
    assert told(replay(LIFE[:5], as_of="2026-11-19 13:15")) == told(early), "what is later is not applied"
    assert told(replay(LIFE)) == told(early.at(at(END)))
    assert told(replay(LIFE)) == told(sla.resume(early.to_json(), POLICY).at(at(END)))


def test_events_may_come_before_those_that_wait() -> None:
    late = [event for event in LIFE if event.at > at("2026-11-20 12:00")]
    between = [event for event in LIFE if at("2026-11-19 13:00") < event.at <= at("2026-11-20 12:00")]
    first = [event for event in LIFE if event.at <= at("2026-11-19 13:00")]
    clocks = replay([*first, *late], as_of="2026-11-19 13:00").extend(between, as_of=at(END))
    whole, parts = told(replay(LIFE)), told(clocks)
    places = {gap.code: gap.place for gap in clocks.gaps}
    assert places == {"resume_without_pause": 5 + 12 + 3, "event_after_the_end": 5 + 11}, "as they were given"
    assert {**whole, "ticket": whole["ticket"][:-1]} == {**parts, "ticket": parts["ticket"][:-1]}


def test_at_one_instant_seq_decides_over_what_came_when() -> None:
    agent = sla.Message(at=at("2026-11-19 12:00"), seq=5, actor="agent")
    customer = sla.Message(at=at("2026-11-19 12:00"), seq=4, actor="customer")
    waiting = replay([LIFE[0], agent], as_of=THU)
    assert told(replay([LIFE[0], agent, customer])) == told(waiting.extend([customer], as_of=at(END)))
    assert waiting.extend([customer], as_of=at(END))["next_response"].status == "met", "asked, then answered"


def test_at_one_instant_without_seq_the_place_in_the_whole_log_decides() -> None:
    agent = sla.Message(at=at("2026-11-19 12:00"), actor="agent")
    customer = sla.Message(at=at("2026-11-19 12:00"), actor="customer")
    clocks = replay([LIFE[0], agent], as_of="2026-11-19 12:00").extend([customer], as_of=at("2026-11-19 12:30"))
    assert clocks["next_response"].status == "running", "answered, then asked"
    assert clocks.gaps == ()


@pytest.mark.parametrize(
    ("late", "why"),
    [
        (sla.Message(at=at("2026-11-19 11:59"), actor="agent"), "an earlier instant"),
        (sla.Message(at=at("2026-11-19 12:00"), seq=2, actor="agent"), "one instant, an earlier number"),
    ],
)
def test_an_event_before_one_that_was_applied_is_a_gap(late: Event, why: str) -> None:
    clocks = replay([LIFE[0], sla.Paused(at=at("2026-11-19 12:00"), seq=3)], as_of="2026-11-19 13:00")
    after = clocks.extend([late], as_of=at("2026-11-19 13:00"))
    assert [(gap.code, gap.place) for gap in after.gaps] == [("event_out_of_order", 2)], why
    assert after["first_response"].status == "running", "it changed nothing"
    with pytest.raises(sla.LogError) as error:
        clocks.extend([late], as_of=at("2026-11-19 13:00"), strict=True)
    assert (error.value.code, error.value.where) == ("event_out_of_order", "ticket 7, event 3")


def test_extending_changes_nothing_that_was() -> None:
    now = replay(LIFE[:4], as_of="2026-11-19 12:30")
    before = told(now)
    now.extend(LIFE[4:], as_of=at(END))
    now.extend([sla.Solved(at=at("2026-11-19 13:00"))], as_of=at(END))
    assert before == told(now)


def test_without_events_at_the_same_instant_nothing_changes() -> None:
    now = replay(LIFE[:4], as_of="2026-11-19 12:30")
    assert now == now.extend([], as_of=at("2026-11-19 12:30"))
    assert now.at(at("2026-11-19 12:30")) is now


@pytest.mark.parametrize("done", range(1, len(LIFE) + 1))
def test_a_later_instant_without_events_is_told_from_the_same_state_and_changes_nothing(done: int) -> None:
    now = replay(LIFE[:done], as_of=f"{LIFE[done - 1].at:%Y-%m-%d %H:%M}")
    before, later = told(now), now.at(at(END))

    assert told(later) == told(now.extend([], as_of=at(END)))
    assert later._life is now._life
    later.extend([sla.Solved(at=at(END))], as_of=at(END))
    assert (before, told(now.extend([], as_of=at(END)))) == (told(now), told(later))


def test_a_later_instant_that_an_event_waits_for_is_another_state() -> None:
    early = replay(LIFE, as_of="2026-11-19 13:15")

    assert early.at(at("2026-11-19 13:30"))._life is not early._life
    assert "several_questions" in early.at(at("2026-11-19 13:30")).deprioritisations
    assert not early.deprioritisations


@pytest.mark.parametrize("as_of", ["2026-11-19 12:29", "2026-11-18 12:00"])
def test_time_does_not_go_back(as_of: str) -> None:
    now = replay(LIFE[:4], as_of="2026-11-19 12:30")
    with pytest.raises(sla.LogError) as error:
        now.extend([], as_of=at(as_of))
    assert (error.value.code, error.value.where) == ("as_of_went_back", "7")
    with pytest.raises(sla.LogError):
        now.at(at(as_of))


# ---------------------------------------------------------------- another process


RESUME: Final = """
import sys
from pathlib import Path
import slacalc as sla
folder = Path(sys.argv[1])
policy = sla.load_policy(folder / "policy.json")
events = [event for _, event in sla.read_events((folder / "rest.jsonl").read_text("utf-8").splitlines())]
clocks = sla.resume((folder / "saved.json").read_text("utf-8"), policy)
print(clocks.extend(events, as_of=events[-1].at).to_json())
"""


@pytest.mark.slow
def test_another_process_goes_on(tmp_path: Path) -> None:
    first, rest = LIFE[:12], LIFE[12:]
    (tmp_path / "policy.json").write_text(POLICY.to_json(), encoding="utf-8")
    (tmp_path / "saved.json").write_text(replay(first, as_of="2026-11-20 10:00").to_json(), encoding="utf-8")
    lines = (json.dumps({"ticket": "7", **sla.event_to_data(event)}) for event in rest)
    (tmp_path / "rest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-c", RESUME, str(tmp_path)]
    printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert told(replay(LIFE, as_of="2026-11-27 10:00")) == told(sla.resume(printed, POLICY))


def test_saved_clocks_are_plain_json() -> None:
    clocks = replay(LIFE)
    assert json.loads(clocks.to_json()) == clocks.to_data(), "lists, and no tuples"
    assert sla.resume(clocks.to_data(), POLICY) == clocks
    assert "zu prüfen" in clocks.to_json(), "text stays readable"


def test_what_is_as_it_was_at_first_is_left_out() -> None:
    """One clock of each metric that begins with the ticket, and nothing has happened since."""
    data = replay(LIFE[:1], as_of=THU).to_data()
    at_first = 1_795_078_800_000_000  # Thursday 10:00 in Berlin
    assert (data["until"], data["policy"], list(data["parts"])) == (at_first, POLICY.digest, [POLICY.digest])
    assert data["cycles"]["resolution"] == [{"rule": 1, "origin": at_first}]
    assert {"solved", "taken_over", "answers", "gaps", "opened_at"}.isdisjoint(data)
    assert sla.resume(data, POLICY).to_data() == data


def test_an_instant_of_1970_is_not_taken_for_none() -> None:
    created = sla.Created(at=at("1970-01-01T00:00:00+00:00"), actor="agent")
    clocks = sla.replay([created], POLICY, as_of=created.at)
    again = sla.resume(clocks.to_json(), POLICY)
    assert again.to_data()["opened_at"] == 0
    assert told(again) == told(clocks)


def test_a_ticket_that_could_not_be_replayed_is_saved_too() -> None:
    (clocks,) = sla.replay_tickets([("7", sla.Solved(at=at(THU)))], POLICY, as_of=at(END))
    again = sla.resume(clocks.to_json(), POLICY)
    assert (list(again), again.gaps, again.ticket) == ([], clocks.gaps, "7")


# ---------------------------------------------------------------- another policy


NEW: Final = policy("of today", hours=4)


def test_a_finished_cycle_never_changes_when_the_policy_does() -> None:
    now = replay(LIFE[:12], as_of="2026-11-20 10:00")
    later = sla.resume(now.to_json(), NEW, earlier=[POLICY])
    assert told(now) == told(later)
    answered = [sla.Message(at=at("2026-11-20 11:00"), actor="agent"), sla.Message(at=at("2026-11-20 12:00"), actor="customer")]  # fmt: skip
    went_on = later.extend(answered, as_of=at("2026-11-20 13:00"))
    first, second = went_on.cycles("next_response")
    assert first.target == now["next_response"].target == sla.BusinessHours(amount=timedelta(hours=20)), (
        "begun under the old one"
    )
    assert second.target == sla.BusinessHours(amount=timedelta(hours=8)), "begun under the new one, of low priority"
    assert went_on["first_response"].due == now["first_response"].due


def test_an_open_cycle_keeps_the_rules_of_its_policy() -> None:
    now = replay(LIFE[:1], as_of=THU)
    changed = sla.resume(now.to_json(), NEW, earlier=[POLICY]).extend([LIFE[6]], as_of=at("2026-11-19 14:00"))
    assert changed["resolution"].target == sla.BusinessHours(amount=timedelta(hours=20)), (
        "low priority, as the policy of then says"
    )


def test_a_policy_that_says_the_same_is_the_same() -> None:
    now = replay(LIFE[:12], as_of="2026-11-20 10:00")
    assert told(now) == told(sla.resume(now.to_json(), policy()))


def renamed(rule: str, valid_from: str) -> sla.PolicyVersions:
    """One version, two hours, with a rule of another name."""
    data = policy("in versions", hours=2).to_data()
    data["rules"] = [{**data["rules"][1], "name": rule}]
    return sla.PolicyVersions.of([sla.policy_from_data({**data, "valid_from": valid_from})])


def test_rule_10_a_resumed_ticket_goes_on_under_the_version_of_its_last_event() -> None:
    """Its open clock keeps the ten hours of the policy that it began under: Thursday 7, Friday 3."""
    saved = replay(LIFE[:1], THU).to_data()
    resumed = sla.resume(saved, renamed("of this year", "2026-01-01T00:00:00+01:00"), earlier=[POLICY])
    assert resumed.rule == "of this year"
    assert at("2026-11-20 12:00") == resumed["resolution"].due


def test_rule_10_where_no_version_was_in_force_a_resumed_ticket_goes_on_as_saved_until_the_next_event() -> None:
    resumed = sla.resume(
        replay(LIFE[:1], THU).to_data(), renamed("of Monday", "2026-11-23T00:00:00+01:00"), earlier=[POLICY]
    )
    assert resumed.rule == "others"
    monday = at("2026-11-23 09:00")
    later = resumed.extend([sla.Message(at=monday, actor="customer")], as_of=monday)
    assert later.rule == "of Monday"
    assert at("2026-11-23 11:00") == later["next_response"].due


def test_policies_that_nothing_began_under_may_be_given() -> None:
    now = replay(LIFE[:12], as_of="2026-11-20 10:00")
    assert told(now) == told(sla.resume(now.to_json(), NEW, earlier=[policy("of another day"), POLICY]))


def test_a_policy_that_is_missing_is_named() -> None:
    with pytest.raises(sla.LogError) as error:
        sla.resume(replay(LIFE).to_json(), NEW)
    assert (error.value.code, error.value.where) == ("policy_missing", "earlier")
    assert POLICY.digest in str(error.value)


# ---------------------------------------------------------------- what is no saved ticket


def broken() -> Iterator[tuple[str, object]]:
    """Texts and data that `to_json` and `to_data` never gave."""
    yield from (
        ("empty", ""),
        ("no JSON", "{"),
        ("a list", "[]"),
        ("a number", "1"),
        ("nothing", "null"),
        ("a text", '"x"'),
    )
    yield from (("an empty table", "{}"), ("another form", '{"form": 2}'), ("a form that is a list", '{"form": [1]}'))
    yield "deep", "[" * 100_000
    data = replay(LIFE[:8], as_of="2026-11-19 15:00").to_data()
    for key in ("form", "ticket", "until", "policy", "parts", "zone_data", "cycles"):
        yield f"without {key}", {name: value for name, value in data.items() if name != key}
    yield "a key that is not known", {**data, "colour": "red"}
    for key in (
        "fields",
        "instants",
        "holds",
        "deprioritisations",
        "answers",
        "gaps",
        "waiting",
        "cycles",
        "until",
        "last",
    ):
        yield f"{key} is a number in a list", {**data, key: [1]}
        yield f"{key} is nothing", {**data, key: None}
    cycle = data["cycles"]["resolution"][0]
    for key in ("rule", "origin"):
        without = {name: value for name, value in cycle.items() if name != key}
        yield f"a cycle without {key}", {**data, "cycles": {"resolution": [without]}}
    for key in ("end", "past", "pauses", "reigns", "running_since", "stretches", "terms_now"):
        for other in ("x", [1], {"x": 1}, True):
            yield f"a cycle whose {key} is {other}", {**data, "cycles": {"resolution": [{**cycle, key: other}]}}
    yield "an instant that nobody lives to see", {**data, "until": 2**61}
    yield "a takeover that is none", {**data, "taken_over": {"kind": "solved", "at": "2026-11-19T15:00:00Z"}}
    yield "a rule that is not there", {**data, "cycles": {"resolution": [{**cycle, "rule": 99}]}}
    yield "a metric that is not there", {**data, "cycles": {"patience": [cycle]}}
    yield "an event that is none", {**data, "waiting": [[1, 1, 1, {"kind": "dance"}]]}


BROKEN: Final = list(broken())


@pytest.mark.parametrize(("why", "data"), BROKEN, ids=[why for why, _ in BROKEN])
def test_what_is_no_saved_ticket_is_refused(why: str, data: Any) -> None:
    with pytest.raises(sla.LogError) as error:
        sla.resume(data, POLICY)
    assert error.value.code in {"state_unreadable", "event_kind_unknown"}, why


# ---------------------------------------------------------------- what another policy would have said


def test_restating_with_the_same_policy_says_the_same() -> None:
    clocks = replay(LIFE)
    found = sla.restate(clocks, LIFE, POLICY)
    assert (found.differences, told(found.clocks)) == ((), told(clocks))


def test_another_policy_judges_some_cycles_otherwise_and_changes_none() -> None:
    clocks = replay(LIFE[:11], as_of="2026-11-20 10:00")
    before = told(clocks)
    found = sla.restate(clocks, LIFE[:11], NEW)
    assert before == told(clocks)
    seen = {difference.metric: difference for difference in found.differences}
    assert list(seen) == ["first_response", "resolution"]
    old, new = seen["first_response"].before, seen["first_response"].after
    assert old is not None
    assert new is not None
    assert (old.status, new.status) == ("met", "met"), "7 h 30 min of 20 and of 8"
    assert (old.due, new.due) == (at("2026-11-23 14:00"), at("2026-11-20 10:00")), "20 = 7 + 8 + 5 h; 8 = 7 + 1 h"
    assert seen["first_response"].cycle == 1
    assert told(found.clocks) == told(replay(LIFE[:11], as_of="2026-11-20 10:00", promises=NEW))


def test_a_cycle_that_only_one_policy_has_is_a_difference() -> None:
    data = POLICY.to_data()
    for rule in data["rules"]:
        del rule["metrics"]["resolution"]
    fewer = sla.policy_from_data(data)
    clocks = replay(LIFE[:1], as_of=THU)
    (difference,) = sla.restate(clocks, LIFE[:1], fewer).differences
    assert (difference.metric, difference.after) == ("resolution", None)
    assert difference.before == clocks["resolution"]
    (other,) = sla.restate(replay(LIFE[:1], as_of=THU, promises=fewer), LIFE[:1], POLICY).differences
    assert (other.metric, other.before) == ("resolution", None)


# ---------------------------------------------------------------- many tickets


def test_a_log_is_read_one_ticket_at_a_time() -> None:
    read = 0

    def log() -> Iterator[tuple[str, Event]]:
        nonlocal read
        for number in range(1_000):
            for minute in (0, 1, 2):
                read += 1
                moment = at(THU) + timedelta(minutes=minute)
                yield str(number), sla.Created(at=moment) if minute == 0 else sla.Message(at=moment, actor="customer")

    for number, clocks in enumerate(sla.replay_tickets(log(), POLICY, as_of=at(END)), 1):
        assert clocks.ticket == str(number - 1)
        assert read <= 3 * number + 1, "no further than the first event of the next ticket"
    assert (number, read) == (1_000, 3_000)


def test_the_group_tickets_a_log_are_those_of_replay() -> None:
    log = [("7", event) for event in LIFE]
    (clocks,) = sla.replay_tickets(log, POLICY, as_of=at(END))
    assert told(replay(LIFE)) == told(clocks)


def test_a_ticket_that_cannot_be_replayed_does_not_stop_the_others() -> None:
    log = [("1", LIFE[0]), ("2", LIFE[1]), ("3", LIFE[0])]
    first, second, third = sla.replay_tickets(log, POLICY, as_of=at(END))
    assert [list(first), list(second), list(third)] == [[*first], [], [*first]]
    assert [gap.code for gap in second.gaps] == ["event_before_creation", "creation_missing"]
    assert second.as_of.astimezone(UTC) == at(END).astimezone(UTC)


def test_a_ticket_that_comes_back_is_refused_and_never_two() -> None:
    log = [("1", LIFE[0]), ("2", LIFE[0]), ("1", LIFE[1])]
    with pytest.raises(sla.LogError, match="'1'") as caught:
        list(sla.replay_tickets(log, POLICY, as_of=at(END)))
    assert caught.value.code == "ticket_scattered"


def test_what_was_never_created_fires_nothing_and_says_so_when_asked() -> None:
    (clocks,) = sla.replay_tickets([("7", LIFE[1])], POLICY, as_of=at(END))
    assert not clocks.is_created
    assert sla.agenda([clocks], as_of=at(END)) == ()
    assert sla.queue(clocks, as_of=at(END)) == ()
    assert clocks.escalation() == ()
    for ask in (lambda: clocks.rule, lambda: clocks.rank, lambda: clocks.received):
        with pytest.raises(sla.LogError, match="ticket 7") as caught:
            ask()
        assert caught.value.code == "creation_missing"


def test_a_wrong_log_is_an_error_when_strict() -> None:
    log = [("1", LIFE[0]), ("2", LIFE[1])]
    tickets = sla.replay_tickets(log, POLICY, as_of=at(END), strict=True)
    assert next(tickets).ticket == "1"
    with pytest.raises(sla.LogError) as error:
        next(tickets)
    assert (error.value.code, error.value.where) == ("event_before_creation", "ticket 2, event 1")


# ---------------------------------------------------------------- pickled and copied


@pytest.mark.parametrize(
    "passed_on", [lambda value: pickle.loads(pickle.dumps(value)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deep"]
)  # fmt: skip
def test_clocks_and_their_states_pickle_and_copy_to_equal_values(passed_on: Callable[[Any], Any]) -> None:
    clocks = replay(LIFE)
    assert passed_on(clocks) == clocks
    for metric in clocks:
        for state in clocks.cycles(metric):
            again = passed_on(state)
            assert (again, hash(again), cycle_told(again)) == (state, hash(state), cycle_told(state))
            assert passed_on(state.outcome()) == state.outcome()
