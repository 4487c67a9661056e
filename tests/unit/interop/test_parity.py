"""slacalc held against what Zendesk said of a month of tickets: what agrees, and why not where it does not."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import Parity, compare, zendesk
from slacalc.interop.parity import EngineConventions, Judgement
from tests.unit.interop.zendesk.accounts import ORDINARY
from tests.unit.interop.zendesk.month import AUDITS, METRIC_EVENTS, USERS

DOCUMENTS: Final[list[Any]] = [*ORDINARY, USERS, AUDITS, METRIC_EVENTS]
POLICY: Final = zendesk.load(DOCUMENTS).policy
TICKETS: Final = zendesk.read_tickets(DOCUMENTS, POLICY)
JUDGED: Final = zendesk.read_judgements(DOCUMENTS)


def parity(as_of: datetime = TICKETS.last, conventions: EngineConventions = zendesk.CONVENTIONS) -> Parity:
    return compare(TICKETS, JUDGED, POLICY, conventions, as_of=as_of)


def test_what_zendesk_said_is_read_by_ticket_metric_and_cycle() -> None:
    said = {(each.ticket, each.metric): each for each in JUDGED}
    assert said["1", "first_response"].verdict == "met"
    assert said["2", "first_response"].verdict == "breached"
    assert said["2", "agent_work"].breached_at == datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
    assert said["6", "first_response"].verdict == "met", "a breach that was deleted did not happen"
    assert said["3", "resolution"].target == "48h in calendar hours"
    assert said["4", "first_response"].target == "1h in business hours", "the last that was applied"
    assert {each.metric for each in JUDGED} == {"first_response", "agent_work", "resolution"}, "no group, no measure"


def test_promises_that_both_judge_alike_are_counted() -> None:
    found = parity()
    assert found.agreed == {"agent_work": 3, "first_response": 4, "resolution": 1}
    assert found.share == 8 / 11
    assert not found.left_out


def test_each_other_promise_is_explained_in_a_sentence_with_both_ledgers() -> None:
    clock, ours_alone, theirs_alone = parity().differences
    assert (clock.ticket, clock.metric, clock.theirs, clock.ours) == ("3", "first_response", "breached", "met")
    assert clock.why == (
        "Zendesk says breached 2026-11-23 23:00:00+01:00; slacalc says met 2026-11-24 10:00:00+01:00, "
        "due 2026-11-24 16:00:00+01:00: Zendesk counted the target around the clock, with nights and days off"
    )
    assert clock.their_ledger.splitlines()[1:3] == [
        "2026-11-23 14:00:00+00:00  apply_sla: 8h in business hours",
        "2026-11-23 22:00:00+00:00  breach",
    ]
    assert "19h       3h  total" in clock.our_ledger
    assert (ours_alone.ticket, ours_alone.metric, ours_alone.theirs) == ("4", "agent_work", None)
    assert ours_alone.why == "slacalc promised 4h in business hours; Zendesk promised nothing"
    assert (theirs_alone.ticket, theirs_alone.ours, theirs_alone.our_ledger) == ("5", None, "")
    assert theirs_alone.why.startswith("Zendesk promised 30min in business hours; slacalc promises nothing")


def test_what_happened_later_is_not_there_yet_for_either() -> None:
    early = parity(datetime(2026, 11, 23, 8, 45, tzinfo=UTC))
    assert early.agreed == {"agent_work": 2, "first_response": 3}  # 1 and 2; 1, 2 and 4
    assert [(each.ticket, each.metric) for each in early.differences] == [("4", "resolution"), ("5", "first_response")]


def test_times_are_compared_by_the_grain_of_the_other_clock() -> None:
    shifted = [("2", event) for ticket, event in TICKETS if ticket == "2"]
    late = [
        (ticket, type(event)(**{**vars_of(event), "at": event.at + timedelta(milliseconds=400)}))
        for ticket, event in shifted
    ]
    theirs = [each for each in JUDGED if (each.ticket, each.metric) == ("2", "first_response")]

    def differing(conventions: EngineConventions) -> list[str]:
        found = compare(late, theirs, POLICY, conventions, as_of=TICKETS.last)
        return [each.why for each in found.differences if each.metric == "first_response"]

    assert differing(zendesk.CONVENTIONS) == []
    assert "the clock began" in differing(EngineConventions("Zendesk", timedelta(microseconds=1)))[0]


def vars_of(event: sla.Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


def test_a_ticket_that_cannot_be_replayed_is_left_out_with_its_reason() -> None:
    strict = sla.policy_from_data({**POLICY.to_data(), "unmatched": "error"})
    found = compare(TICKETS, JUDGED, strict, zendesk.CONVENTIONS, as_of=TICKETS.last)
    assert [(each.ticket, each.code) for each in found.left_out] == [("5", "no_rule_matches")]
    assert "5" not in {each.ticket for each in found.differences}


def test_the_page_says_the_share_each_difference_and_what_is_done_otherwise() -> None:
    lines = str(parity()).splitlines()
    assert lines[0] == "slacalc and Zendesk: 72.7% of the promises are judged alike"
    assert lines[1].split() == ["metric", "alike", "otherwise"]
    assert lines[3].split() == ["first_response", "4", "2"]
    assert lines[-1] == "Zendesk does otherwise: a changed SLA policy reaches a ticket with its next event, not at once"
    nothing = compare((), (), POLICY, zendesk.CONVENTIONS, as_of=TICKETS.last)
    assert str(nothing).startswith("slacalc and Zendesk: no promise to compare")


NINE: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
DESK: Final = EngineConventions("Desk", timedelta(seconds=1))


def hour(number: int) -> datetime:
    return NINE.replace(hour=number)


def why(target: dict[str, Any], told: Judgement, *events: sla.Event) -> str:
    """Why the two differ about one resolution, from nine to five in UTC."""
    data = {
        "name": "desk",
        "calendars": {"office": {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}},
        "clocks": {"resolution": {"paused_in": ["pending"]}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": target}}}],
    }
    pairs = [("1", event) for event in (sla.Created(at=NINE), *events)]
    (found,) = compare(pairs, [told], sla.policy_from_data(data), DESK, as_of=hour(16)).differences
    return found.why.partition(": ")[2]


def said(**more: Any) -> Judgement:
    """What the desk says of it: begun at nine, and neither breached nor done unless that is said."""
    begun: dict[str, Any] = {"origin": NINE, "breached_at": None, "done_at": None, "ledger": ((NINE, "begun"),)}
    return Judgement("1", "resolution", 1, "", **{**begun, **more})


def test_another_time_of_being_done_is_told() -> None:
    late = said(done_at=hour(14), late=True)
    assert why({"business_hours": "4h"}, late, sla.Solved(at=hour(12))) == (
        "it was done 2026-11-23 14:00:00+00:00 there, 2026-11-23 12:00:00+00:00 here"
    )


def test_a_clock_of_which_no_beginning_is_told_began_never_there() -> None:
    assert why({"business_hours": "4h"}, said(origin=None), sla.Solved(at=hour(12))) == (
        "the clock began never there, 2026-11-23 09:00:00+00:00 here"
    )


@pytest.mark.parametrize(
    ("target", "told", "events"),
    [
        # solved in a pause, before it was due: without a due time nobody could have looked too late
        ({"business_hours": "4h"}, said(), (sla.StatusChanged(at=hour(10), status="pending"), sla.Solved(at=hour(11)))),
        # due on Tuesday at 17:00; days are counted neither around the clock nor without pauses
        ({"business_days": 1}, said(due=hour(17)), ()),
    ],
)
def test_what_nothing_known_explains_is_left_to_the_ledgers(
    target: dict[str, Any], told: Judgement, events: tuple[sla.Event, ...]
) -> None:
    assert why(target, told, *events) == "other hours are open, or another time is paused: the ledgers tell"


def test_the_page_names_the_tickets_that_were_left_out() -> None:
    strict = sla.policy_from_data({**POLICY.to_data(), "unmatched": "error"})
    found = compare(TICKETS, JUDGED, strict, zendesk.CONVENTIONS, as_of=TICKETS.last)
    (left,) = [line for line in str(found).splitlines() if "left out" in line]
    assert left.startswith("5, left out: ticket 5, event 1.zendesk: no rule matches this ticket")
