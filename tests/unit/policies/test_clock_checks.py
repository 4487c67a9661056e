"""Clocks of which something said means nothing beside the rest, or that cannot be kept."""

from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import at

AS_OF: Final = at("2026-11-20 12:00")
FOUR_HOURS: Final = {"business_hours": "4h"}
FIELD: Final = {"field": "shipped"}


def warned(clock: dict[str, Any], due: dict[str, Any] = FOUR_HOURS) -> list[tuple[str, str]]:
    """The codes and places of what is doubtful about one clock of an office."""
    policy = sla.policy_from_data(
        {
            "name": "x",
            "fields": {"shipped": []},
            "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [{"name": "all", "calendar": "office", "metrics": {"m": {"due": due}}}],
            "clocks": {"m": clock},
        }
    )
    return [(each.code, each.where) for each in sla.check_policy(policy, as_of=AS_OF)]


@pytest.mark.parametrize(
    ("clock", "due", "codes", "why"),
    [
        ({"pause_cap": "2h"}, FOUR_HOURS, [("pause_cap_unused", "clocks.m.pause_cap")], "nothing pauses it"),
        ({"pause_cap": "2h", "pausable": True}, FOUR_HOURS, [], "pause events do"),
        ({"pause_cap": "2h", "paused_in": ["pending"]}, FOUR_HOURS, [], "a status does"),
        ({"stops": {"event": "sent"}, "answer": {"partial": True}}, FOUR_HOURS, [("answer_unused", "clocks.m.answer")], "an event ends it"),
        ({"stops": "solved", "answer": {"partial": True}}, FOUR_HOURS, [("answer_unused", "clocks.m.answer")], "solving ends it"),
        ({"answer": {"partial": True}}, FOUR_HOURS, [], "an answer ends it"),
        ({"starts": "answer", "stops": "solved", "answer": {"partial": True}}, FOUR_HOURS, [], "an answer begins it"),
        ({"starts": FIELD, "stops": FIELD}, FOUR_HOURS, [("starts_as_it_stops", "clocks.m.stops")], "a first value comes once"),
        ({"starts": {"field": "priority"}, "stops": FIELD}, FOUR_HOURS, [], "two fields"),
        ({"starts": {"event": "asked"}, "stops": {"event": "asked"}}, FOUR_HOURS, [], "an event comes again"),
        ({"repeats": "business_day"}, {"business_hours": "8h"}, [], "within the day"),
        ({"repeats": "business_day"}, {"business_days": 0, "by": "16:00"}, [], "on the day"),
        ({"repeats": "business_day"}, {"business_days": 1}, [("repeats_over_a_day", "clocks.m.repeats")], "on the next one"),
        ({"repeats": "business_day"}, {"calendar_hours": "24h"}, [("repeats_over_a_day", "clocks.m.repeats")], "a whole day"),
        (
            {"repeats": "business_day"},
            {"earliest": {"business_hours": "4h"}, "latest": {"business_hours": "30h"}},
            [("repeats_over_a_day", "clocks.m.repeats")],
            "the latest judges",
        ),
    ],
)  # fmt: skip
def test_what_is_doubtful_about_a_clock(
    clock: dict[str, Any], due: dict[str, Any], codes: list[tuple[str, str]], why: str
) -> None:
    assert warned(clock, due) == codes, why
