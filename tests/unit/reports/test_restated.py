"""A closure that is declared afterwards, by hand: the office, open Mon-Fri 09:00-17:00 in Berlin, was closed by a storm on Friday."""

from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.testing import event_log
from tests.helpers import at


def desk(due: str = "4h", **closed: str) -> sla.Policy:
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "special_days": closed}
    metrics = {"first_response": {"due": {"business_hours": due}}}
    return sla.policy_from_data(
        {
            "name": "desk",
            "calendars": {"office": office},
            "rules": [{"name": "all", "calendar": "office", "metrics": metrics}],
        }
    )


PROMISED: Final = desk()
STORM: Final = desk(**{"2026-11-20": "closed"})
# ticket: (log, due as promised, how it was, due with the storm, how it is, what becomes of the breach)
TICKETS: Final = {
    # Thu 15-17 and Fri 9-11; with the storm the other two hours are those of Monday.
    "answered on Monday": (
        "Thu 15:00 created; Mon 10:00 agent reply",
        "20 11:00", "breached", "23 11:00", "met", "falls_away",
    ),
    "answered on Monday afternoon": (
        "Thu 15:00 created; Mon 12:00 agent reply",
        "20 11:00", "breached", "23 11:00", "breached", "stays",
    ),
    # Fri 9-13; with the storm all four hours are those of Monday.
    "written in the storm, not answered yet": (
        "Fri 08:00 created",
        "20 13:00", "overdue", "23 13:00", "running", "falls_away",
    ),
    "answered in time in the storm": (
        "Fri 09:00 created; 10:00 agent reply",
        "20 13:00", "met", "23 13:00", "met", "none",
    ),
}  # fmt: skip
UNTOUCHED: Final = {"before the storm": "Wed 09:00 created; 10:00 agent reply"}
AS_OF: Final = at("2026-11-23T12:30", "Europe/Berlin")


def log(*names: str) -> list[tuple[str, sla.Event]]:
    logs = {name: told for name, (told, *_) in TICKETS.items()} | UNTOUCHED
    return [(name, event) for name in (names or logs) for event in event_log(logs[name])]


def promised(policy: sla.Policy = PROMISED, *names: str) -> list[sla.Clocks]:
    return list(sla.replay_tickets(log(*names), policy, as_of=AS_OF))


RESTATED: Final = sla.restate_tickets(promised(), log(), STORM)


@pytest.mark.parametrize("name", TICKETS)
def test_what_was_promised_stands_beside_what_it_is_now(name: str) -> None:
    _, due, status, later, now, breach = TICKETS[name]
    (found,) = (each for each in RESTATED.differences if each.ticket == name)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.due, found.before.status) == (on(due), status)
    assert (found.after.due, found.after.status) == (on(later), now)
    assert found.breach == breach


def on(day_and_time: str) -> Any:
    day, time = day_and_time.split()
    return at(f"2026-11-{day}T{time}", "Europe/Berlin")


def test_what_is_judged_as_before_is_counted_and_not_listed() -> None:
    assert (RESTATED.tickets, RESTATED.clocks, len(RESTATED.differences)) == (5, 5, 4)


def test_the_breaches_that_fall_away_are_listed() -> None:
    fallen = [each.ticket for each in RESTATED.fallen_away]
    assert fallen == ["answered on Monday", "written in the storm, not answered yet"]
    assert RESTATED.new_breaches == ()


def test_taken_back_the_breaches_are_new() -> None:
    back = sla.restate_tickets(promised(STORM), log(), PROMISED)
    assert [each.ticket for each in back.new_breaches] == [each.ticket for each in RESTATED.fallen_away]
    assert back.fallen_away == ()


def test_the_clocks_stay_what_they_were() -> None:
    before = promised()
    sla.restate_tickets(before, log(), STORM)
    assert before == promised()


def test_clocks_that_were_saved_are_restated_too() -> None:
    saved = [sla.resume(clocks.to_json(), PROMISED) for clocks in promised()]
    assert sla.restate_tickets(saved, log(), STORM) == RESTATED


def test_an_equal_policy_changes_nothing() -> None:
    assert sla.restate_tickets(promised(), log(), desk()).differences == ()


def test_events_may_come_in_any_order() -> None:
    assert sla.restate_tickets(promised(), sorted(log(), key=lambda pair: pair[1].at), STORM) == RESTATED


def test_a_promise_that_only_one_policy_has_is_a_difference() -> None:
    name = "answered on Monday"
    data = {
        **desk().to_data(),
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "40h"}}}}],
    }
    found = sla.restate_tickets(promised(PROMISED, name), log(name), sla.policy_from_data(data))
    assert [(each.metric, each.before is None, each.after is None, each.breach) for each in found.differences] == [
        ("first_response", False, True, "falls_away"),
        ("resolution", True, False, "none"),
    ]


def test_it_reads_as_a_table() -> None:
    name = "answered on Monday"
    found = sla.restate_tickets(promised(PROMISED, name), log(name), STORM)
    assert str(found) == (
        "1 ticket, 1 clock: 1 judged otherwise\n"
        "breaches that fall away: 1, new: 0\n"
        "ticket              metric          cycle  due_before            due_after             status_before  status_after  breach\n"
        "answered on Monday  first_response  1      Fri 2026-11-20 11:00  Mon 2026-11-23 11:00  breached       met           falls_away"
    )


def test_its_data_has_instants_as_texts_and_what_there_was_not_as_nothing() -> None:
    """Answered in time by both policies, and promised by one of them a resolution of 40 hours: five days from Wednesday."""
    metrics = {
        "first_response": {"due": {"business_hours": "4h"}},
        "resolution": {"due": {"business_hours": "40h"}},
    }
    rules = [{"name": "all", "calendar": "office", "metrics": metrics}]
    both = sla.policy_from_data({**desk().to_data(), "rules": rules})
    name = "before the storm"
    found = sla.restate_tickets(promised(PROMISED, name), log(name), both).to_data()
    assert found == {
        "tickets": 1,
        "clocks": 1,
        "differences": [
            {
                "ticket": "before the storm",
                "metric": "resolution",
                "cycle": 1,
                "due_before": None,
                "due_after": "2026-11-24T17:00:00+01:00",
                "status_before": "",
                "status_after": "running",
                "breach": "none",
            }
        ],
        "fallen_away": 0,
        "new_breaches": 0,
        "left_out": [],
        "zone_data_moved": None,
    }


# ---------------------------------------------------------------- what cannot be restated

NAME: Final = "answered on Monday"


@pytest.mark.parametrize(
    ("clocks", "events", "code"),
    [
        (promised(PROMISED, NAME), [], "events_missing"),
        ([], log(NAME), "clocks_missing"),
        (list(sla.replay_tickets(log(NAME)[1:], PROMISED, as_of=AS_OF)), log(NAME), "creation_missing"),
        (promised(PROMISED, NAME), log(NAME)[1:], "creation_missing"),
    ],
    ids=["no events", "no clocks", "never created", "not created in the log"],
)
def test_what_cannot_be_restated_is_left_out_and_listed(clocks: Any, events: Any, code: str) -> None:
    found = sla.restate_tickets(clocks, events, STORM)
    assert [(each.ticket, each.code) for each in found.left_out] == [(NAME, code)]
    assert (found.tickets, found.differences) == (0, ())
    assert found.to_text().endswith("1 row or ticket was left out")


@pytest.mark.parametrize(
    ("clocks", "policy"), [({"7": "clocks"}, STORM), (promised(), "storm")], ids=["no clocks", "no policy"]
)
def test_an_argument_of_another_kind_is_refused(clocks: Any, policy: Any) -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.restate_tickets(clocks, log(), policy)
    assert refused.value.code == "argument_invalid"
