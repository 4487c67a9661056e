"""How much work falls due before each closing: worked out by hand."""

from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from tests.helpers import at
from tests.refusals import Refusal, check

HOUR: Final = timedelta(hours=1)
ZONE: Final = "Europe/Berlin"


def policy(due: dict[str, Any], hours: str = "Mon-Fri 09:00-17:00") -> sla.Policy:
    office = {"zone": ZONE, "hours": hours}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": due}}}
    return sla.policy_from_data({"name": "support", "calendars": {"office": office}, "rules": [rule]})


DAY: Final = policy({"business_hours": "8h"})
REAL: Final = policy({"calendar_hours": "24h"})


def asked(came: list[str], as_of: str, promised: sla.Policy = DAY, handling: str = "2h") -> sla.Capacity:
    now = at(as_of, ZONE)
    tickets = [
        sla.replay([sla.Created(at=at(each, ZONE))], promised, as_of=now, ticket=f"{number}")
        for number, each in enumerate(came)
    ]
    return sla.capacity(tickets, as_of=now, handling=handling)


# 5 November 2026 is a Thursday. Each line: closing, tickets, overdue, open hours and hours of work until then.
TABLE: Final = [
    (DAY, ["11-04 16:00", "11-05 09:00", "11-05 15:00"], "11-05 15:00",
     [("11-05 17:00", 2, 0, 2, 4), ("11-06 17:00", 1, 0, 10, 6)], "due 16:00, at closing, and the next day 15:00"),
    (DAY, ["11-03 12:00"], "11-05 15:00", [("11-05 17:00", 1, 1, 2, 2)], "due Wednesday 12:00 is overdue, and work of today"),
    (DAY, ["11-05 15:00", "11-06 12:00"], "11-06 16:00",
     [("11-06 17:00", 1, 1, 1, 2), ("11-09 17:00", 1, 0, 9, 4)], "Friday 15:00 has passed; the other is due on Monday 12:00"),
    (REAL, ["11-06 13:00", "11-06 16:00"], "11-06 16:00", [("11-06 17:00", 2, 0, 1, 4)], "due on Saturday: before Friday's closing"),
    (REAL, ["11-07 10:00"], "11-07 12:00", [("11-07 12:00", 1, 0, 0, 2)], "due on Sunday, asked on Saturday: no time is left"),
    (REAL, ["11-08 09:00", "11-08 10:00"], "11-08 12:00",
     [("11-08 12:00", 1, 0, 0, 2), ("11-09 17:00", 1, 0, 8, 4)], "due as it opens on Monday: before; an hour later: on that day"),
    (policy({"calendar_hours": "24h"}, "24/7"), ["11-05 15:00"], "11-05 15:00", [(None, 1, 0, None, 2)], "it never closes"),
    (DAY, [], "11-05 15:00", [], "nothing waits"),
]  # fmt: skip


@pytest.mark.parametrize(("promised", "came", "as_of", "lines", "why"), TABLE, ids=[row[-1] for row in TABLE])
def test_what_is_due_before_each_closing(
    promised: sla.Policy, came: list[str], as_of: str, lines: list[tuple[Any, ...]], why: str
) -> None:
    found = asked([f"2026-{each}" for each in came], f"2026-{as_of}", promised)
    assert found.lines == tuple(
        sla.CapacityLine(
            "office",
            None if closes is None else at(f"2026-{closes}", ZONE),
            tickets,
            overdue,
            None if hours is None else hours * HOUR,
            work * HOUR,
        )
        for closes, tickets, overdue, hours, work in lines
    ), why


def test_what_is_left_today_and_what_is_spare() -> None:
    found = asked(["2026-11-04 16:00", "2026-11-05 09:00"], "2026-11-05 15:00")
    assert found.left_today == (sla.OpenLeft("office", 2 * HOUR),)
    assert [line.spare for line in found.lines] == [-2 * HOUR]
    assert str(found).splitlines()[-1].split()[-1] == "-2h"
    assert found.to_rows()[0]["spare"] == -2 * HOUR


def test_what_never_closes_has_no_open_time_and_nothing_to_spare() -> None:
    found = asked(["2026-11-05 15:00"], "2026-11-05 15:00", policy({"calendar_hours": "24h"}, "24/7"))
    assert str(found).splitlines()[-1].split() == ["office", "never", "1", "0", "2h"]


def test_a_night_shift_is_open_today_until_midnight() -> None:
    """Open since 22:00, and it closes at 06:00."""
    found = asked(["2026-11-05 22:00"], "2026-11-05 23:00", policy({"business_hours": "2h"}, "Mon-Fri 22:00-06:00"))
    assert found.left_today == (sla.OpenLeft("office", HOUR),)
    assert [(line.closes, line.open) for line in found.lines] == [(at("2026-11-06 06:00", ZONE), 7 * HOUR)]


def test_what_is_paused_has_no_due_time_and_what_never_began_is_left_out() -> None:
    now = at("2026-11-05 15:00", ZONE)
    paused: list[Event] = [sla.Created(at=at("2026-11-05 09:00", ZONE)), sla.Paused(at=at("2026-11-05 10:00", ZONE))]
    later = [sla.Created(at=now + HOUR)]
    solved = DAY.replace({"rules.all.metrics": {"resolution": {"due": {"business_hours": "8h"}}}})
    tickets = [solved.replay(paused, as_of=now, ticket="1"), DAY.replay(later, as_of=now + HOUR, ticket="2")]
    found = sla.capacity(tickets, as_of=now, handling="2h")
    assert (found.lines, found.paused, [each.ticket for each in found.left_out]) == ((), 1, ["2"])
    assert "1 paused" in str(found)


REFUSALS: Final = [
    Refusal(lambda: asked([], "2026-11-05 15:00", handling="1 day"), sla.AmountError, "amount_bare_day", "handling", "1 day", "h"),
    Refusal(
        lambda: sla.capacity([], as_of=at("2026-11-05 15:00", ZONE), handling=-HOUR), sla.AmountError,
        "amount_negative", "handling", "-1", "zero or more",
    ),
    Refusal(
        lambda: sla.capacity([], as_of=at("2026-11-05 15:00", ZONE).replace(tzinfo=None), handling="2h"),
        sla.InstantError, "datetime_naive", "as_of", "2026", "aware",
    ),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_no_question(refusal: Refusal) -> None:
    check(refusal)
