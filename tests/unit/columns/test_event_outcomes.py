"""Outcomes of tickets with events, all at once: which are judged alone, and that a report says the same of all."""

from typing import Any, Final
from unittest import mock

import pytest

import slacalc as sla
from slacalc.reports import attainment
from tests.test_clock_cases import at, log

pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")

from slacalc.columns.event_outcomes import judge_events, table_of_events

FRIDAY: Final = at("Fri 6 12:00")


def desk(**more: Any) -> sla.Policy:
    """Four hours for a response, twelve for the resolution, 30 of slow tickets; pauses are allowed."""
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
    rules = [
        {
            "name": name,
            "when": {"priority": name} if name == "slow" else {},
            "calendar": "office",
            "metrics": {
                "first_response": {"due": {"business_hours": "4h"}},
                "resolution": {"due": due},
            },
        }
        for name, due in (("slow", {"business_hours": "30h"}), ("rest", more.pop("due", {"business_hours": "12h"})))
    ]
    data = {"name": "desk", "calendars": {"office": office}, "rules": rules, "statuses": ["open", "pending"], **more}
    return sla.policy_from_data(data)


CREATED: Final = "Mon 2 09:00 created"
PLAIN: Final = [
    ([CREATED], "nothing happened"),
    ([CREATED, "Mon 2 10:00 agent reply", "Tue 3 15:00 solved"], "answered and solved late"),
    ([CREATED, "Mon 2 10:00 paused parts", "Mon 2 12:00 resumed parts", "Tue 3 15:00 solved"], "a pause"),
    ([CREATED, "Mon 2 10:00 paused parts", "Mon 2 11:00 agent reply", "Mon 2 12:00 resumed parts"], "a letter between"),
    ([CREATED, "Mon 2 10:00 status pending", "Mon 2 12:00 status open"], "a status"),
    ([CREATED, "Mon 2 10:00 solved", "Tue 3 10:00 reopened"], "opened again"),
]
ALONE: Final = [
    ([CREATED, "Mon 2 12:00 resumed parts"], "nothing was paused"),
    ([CREATED, "Mon 2 10:00 paused parts", "Mon 2 12:00 resumed supplier"], "another reason was paused"),
    ([CREATED, "Mon 2 10:00 paused parts", "Mon 2 11:00 resumed parts", "Mon 2 12:00 resumed parts"], "ended twice"),
    ([CREATED, "Mon 2 10:00 status asleep"], "a status that is none"),
    ([CREATED, "Tue 3 15:00 priority=slow", "Wed 4 10:00 solved"], "another target after the breach"),
    ([CREATED, "Tue 3 15:00 deleted"], "deleted when it was late"),
    ([CREATED, "Tue 3 15:00 merged into 0"], "merged away"),
    ([CREATED, "Mon 2 10:00 no reply needed"], "nothing to answer"),
]
every = [*PLAIN, *ALONE]


def tickets(*stories: list[str]) -> list[sla.Ticket]:
    pairs = [(f"{number}", event) for number, story in enumerate(stories) for event in log(story)]
    return list(sla.group_tickets(pairs))


def alone(policy: sla.Policy, given: list[sla.Ticket]) -> set[str]:
    """The tickets that are judged alone."""
    judged = judge_events(policy, given, table_of_events(given), FRIDAY)
    return {ticket.id for _, ticket, _ in judged.alone} | {str(each.place) for each in judged.problems}


def both(policy: sla.Policy, given: list[sla.Ticket], **more: Any) -> tuple[sla.Report, sla.Report]:
    asked: dict[str, Any] = {"as_of": FRIDAY, "worst": "all", "aging": ["8h"], **more}
    slow = sla.report(given, policy, **asked)
    with mock.patch.object(attainment, "_WORTH_COLUMNS", 1):
        return slow, sla.report(given, policy, **asked)


@pytest.mark.parametrize(("story", "why"), PLAIN, ids=[why for _, why in PLAIN])
def test_plain_tickets_are_judged_together(story: list[str], why: str) -> None:
    assert alone(desk(), tickets(story)) == set(), why


@pytest.mark.parametrize(("story", "why"), ALONE, ids=[why for _, why in ALONE])
def test_a_ticket_that_tells_more_than_columns_say_is_judged_alone(story: list[str], why: str) -> None:
    assert alone(desk(), tickets([CREATED], story)) == {"1"}, why


def test_too_many_messages_of_a_customer_are_counted_alone() -> None:
    policy = desk(deprioritisation={"max_messages": 1})
    few, many = (
        [CREATED, "Mon 2 10:00 customer reply"],
        [CREATED, "Mon 2 10:00 customer reply", "Mon 2 11:00 customer reply"],
    )
    assert alone(policy, tickets(few, many)) == {"1"}


def test_dates_that_pauses_move_are_judged_alone() -> None:
    """How far they were moved is a figure of its own."""
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
    metrics = {"resolution": {"due": {"business_days": 1}, "pauses_move": True}}
    rules = [{"name": "all", "calendar": "office", "metrics": metrics}]
    policy = sla.policy_from_data({"name": "dates", "calendars": {"office": office}, "rules": rules})
    given = tickets([CREATED, "Mon 2 10:00 paused parts", "Tue 3 10:00 resumed parts"], [CREATED])
    assert alone(policy, given) == {"0", "1"}
    one_by_one, at_once = both(policy, given)
    assert one_by_one == at_once
    assert at_once.lines[0].median_moved is not None


def test_a_report_says_the_same_of_all_in_any_order() -> None:
    stories = [story for story, _ in every]
    for order in (stories, stories[::-1]):
        one_by_one, at_once = both(desk(), tickets(*order))
        assert one_by_one == at_once
        assert list(map(str, one_by_one.problems)) == list(map(str, at_once.problems))
        assert len(one_by_one.problems) == 4


@pytest.mark.parametrize("as_of", ["Mon 2 08:59", "Mon 2 09:00", "Mon 2 11:30", "Tue 3 15:00"])
def test_a_report_says_the_same_as_of_any_instant(as_of: str) -> None:
    one_by_one, at_once = both(desk(), tickets(*(story for story, _ in every)), as_of=at(as_of))
    assert (one_by_one.lines, one_by_one.worst, one_by_one.tickets) == (at_once.lines, at_once.worst, at_once.tickets)


def test_tickets_of_one_name_are_two_tickets() -> None:
    (first, second) = tickets([CREATED], [CREATED, "Mon 2 10:00 agent reply"])
    one_by_one, at_once = both(desk(), [first, sla.Ticket("0", second.received, events=second.events)])
    assert one_by_one == at_once
    assert at_once.tickets == 2
