"""Clocks that wait for the first cycle of another one: what ends the waiting, and what does not."""

from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.testing import event_log
from tests.helpers import at


def policy(**first_response: Any) -> sla.Policy:
    """A first answer and, after it, a second level until the ticket is solved; other tickets have more time for both."""

    def rule(name: str, amount: str, **more: Any) -> dict[str, Any]:
        due = {"due": {"business_hours": amount}}
        return {"name": name, "calendar": "office", "metrics": {"first_response": due, "level_2": due}, **more}

    return sla.policy_from_data(
        {
            "name": "levels",
            "fields": {"priority": []},
            "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [rule("low", "8h", when={"priority": "low"}), rule("others", "4h")],
            "clocks": {
                "first_response": first_response,
                "level_2": {"after": "first_response", "stops": "solved"},
            },
        }
    )


ANSWERED: Final = "Mon 09:00 created status=open; 11:00 agent reply"


@pytest.mark.parametrize(
    ("how", "log", "begins"),
    [
        ({}, "Mon 09:00 created status=open", None),
        ({}, ANSWERED, "Mon 11:00"),
        ({}, "Mon 09:00 created status=open; 11:00 agent holding reply", None),
        ({}, "Mon 09:00 created status=open; 15:00 agent reply", "Mon 15:00"),
        ({}, "Mon 09:00 created status=open; 11:00 no reply needed", "Mon 11:00"),
        ({}, "Mon 09:00 created status=open; 11:00 solved; 12:00 reopened", None),
        ({}, "Mon 09:00 created status=open; 11:00 solved; 12:00 reopened; 13:00 agent reply", "Mon 13:00"),
        ({"reopen": "new_cycle"}, "Mon 09:00 created status=open; 11:00 solved", None),
        ({"reopen": "new_cycle"}, "Mon 09:00 created status=open; 11:00 solved; 12:00 reopened", "Mon 12:00"),
        ({"on_change": "new_cycle"}, "Mon 09:00 created status=open; 11:00 priority=low", "Mon 11:00"),
        (
            {"on_change": "new_cycle"},
            "Mon 09:00 created status=open; 11:00 solved; 11:30 priority=low; 12:00 reopened",
            "Mon 12:00",
        ),
        ({}, "Mon 09:00 created status=open; 11:00 taken over; 12:00 agent reply", None),
        ({}, "Mon 09:00 created status=open; 11:00 deleted", None),
    ],
    ids=[
        "not answered",
        "answered",
        "looked into",
        "answered late",
        "nothing to answer",
        "solved, which can be taken back",
        "solved, taken back and answered",
        "solved for good: it is solved",
        "solved for good, and opened again",
        "handed over",
        "solved, and handed over as it is opened again",
        "taken over",
        "deleted",
    ],
)
def test_a_clock_begins_when_the_first_cycle_of_the_other_has_ended(
    how: dict[str, Any], log: str, begins: str | None
) -> None:
    cycles = policy(**how).replay(event_log(log), as_of=at("2026-11-17 12:00")).cycles("level_2")
    assert [f"{each.origin:%a %H:%M}" for each in cycles] == ([] if begins is None else [begins])


def test_it_counts_from_that_end_and_goes_on_whatever_the_other_does() -> None:
    log = event_log(f"{ANSWERED}; 12:00 solved; 13:00 reopened; 14:00 customer reply")
    clock = policy(reopen="new_cycle").replay(log, as_of=at("2026-11-16 14:00"))["level_2"]
    assert (clock.status, clock.due) == ("running", at("2026-11-16 16:00")), "11 to 12, solved for an hour, 13 to 16"


def test_a_duplicate_that_was_received_earlier_is_nothing_to_what_waited() -> None:
    log = event_log(ANSWERED)
    merged = sla.MergedFrom(at=at("2026-11-16 12:00"), received=at("2026-11-13 15:00"))
    clocks = policy().replay([*log, merged], as_of=at("2026-11-16 13:00"))
    assert clocks["level_2"].origin == at("2026-11-16 11:00")
