"""Tickets held against a policy: what is said of a disagreement, and what cannot be judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.testing import event_log
from slacalc.testing.laws import BrokenLawError
from slacalc.testing.ticket_laws import TICKET_LAWS, TicketLaw, Verdict
from tests.helpers import BERLIN

POLICY: Final = sla.policy_from_data(
    {
        "name": "ours",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_days": 0, "cutoff": "16:00"}}},
            }
        ],
    }
)
ANSWERED: Final = event_log("Fri 10:00 created; 11:00 agent automatic reply; 15:30 agent reply")


@dataclass(frozen=True)
class Replayed:
    """A helpdesk that judges as the policy does, later by so much."""

    late: timedelta = timedelta(0)

    def judge(self, events: Sequence[sla.Event], as_of: datetime) -> Verdict:
        clock = POLICY.replay(events, as_of=as_of)["first_response"]
        return Verdict(clock.due and clock.due + self.late, clock.done_at)


class Crashing:
    def judge(self, _events: Sequence[sla.Event], _as_of: datetime) -> Verdict:
        raise ZeroDivisionError("by nothing")


@pytest.mark.parametrize("law", TICKET_LAWS, ids=str)
def test_the_policy_agrees_with_itself_and_not_with_one_that_is_a_minute_late(law: TicketLaw) -> None:
    law.check(Replayed(), POLICY, examples=20)
    with pytest.raises(BrokenLawError, match=f"^{law.says}: first_response is due "):
        law.check(Replayed(timedelta(minutes=1)), POLICY, examples=20)


def test_a_disagreement_says_both_instants_and_the_ticket_as_code() -> None:
    with pytest.raises(BrokenLawError) as broken:
        TICKET_LAWS[0].check(Replayed(timedelta(minutes=1)), POLICY, log=ANSWERED)
    first, _, *again = str(broken.value).splitlines()
    assert first.endswith("is due Fri 2026-11-20 17:01 CET, but the policy says Fri 2026-11-20 17:00 CET")
    assert again[:3] == [
        "from datetime import datetime",
        "from zoneinfo import ZoneInfo",
        "from slacalc import Created, Message",
    ]
    assert again[3].startswith(
        "law.check(desk, policy, metric='first_response', "
        "log=[Created(at=datetime(2026, 11, 20, 10, tzinfo=ZoneInfo('Europe/Berlin'))), Message(at="
    )
    with pytest.raises(BrokenLawError) as pasted:
        run_as_it_stands(again)
    assert str(pasted.value) == str(broken.value)


def run_as_it_stands(lines: Sequence[str]) -> None:
    known = {"law": TICKET_LAWS[0], "desk": Replayed(timedelta(minutes=1)), "policy": POLICY}
    exec("\n".join(lines), known)  # noqa: S102 - our own code


def test_code_that_crashes_is_told_with_the_law_and_the_ticket() -> None:
    with pytest.raises(BrokenLawError, match=r"(?s)ZeroDivisionError: by nothing\nagain:\n"):
        TICKET_LAWS[0].check(Crashing(), POLICY, log=ANSWERED)


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (Verdict(datetime(2026, 11, 20, 17), None), "InstantError: "),
        ((None, None, None), "ValueError: too many values"),
        (None, "TypeError: "),
        (Verdict("17:00", None), "InstantError: "),  # type: ignore[arg-type]  # that is the mistake
    ],
    ids=["a naive time", "three answers", "no answer", "a text"],
)
def test_an_answer_that_is_none_is_told_with_the_law_and_the_ticket(judged: Any, said: str) -> None:
    class Saying:
        def judge(self, _events: Sequence[sla.Event], _as_of: datetime) -> Verdict:
            return judged  # type: ignore[no-any-return]  # anything

    with pytest.raises(BrokenLawError, match=rf"(?s)^{TICKET_LAWS[0].says}: {said}.*\nagain:\n"):
        TICKET_LAWS[0].check(Saying(), POLICY, log=ANSWERED)


def test_of_a_metric_that_is_not_promised_nothing_is_asked() -> None:
    TICKET_LAWS[0].check(Crashing(), POLICY, metric="resolution", log=ANSWERED)


def test_of_a_ticket_that_the_policy_cannot_judge_nothing_is_asked() -> None:
    """An answer to a ticket of which nobody knows when it came in."""
    answered = [sla.Message(at=datetime(2026, 11, 20, 15, tzinfo=BERLIN), actor="agent")]
    with pytest.raises(sla.LogError):
        POLICY.replay(answered, as_of=answered[0].at)
    TICKET_LAWS[0].check(Crashing(), POLICY, log=answered)


def without_cutoff() -> sla.Policy:
    """The same, promised within a working hour."""
    (rule,) = POLICY.to_data()["rules"]
    rules = [{**rule, "metrics": {"first_response": {"due": {"business_hours": "1h"}}}}]
    return sla.policy_from_data({**POLICY.to_data(), "rules": rules})


def test_without_a_cutoff_receipts_are_at_the_edges_of_the_hours_and_beside_them() -> None:
    seen: list[datetime] = []
    policy = without_cutoff()

    class Looking:
        def judge(self, events: Sequence[sla.Event], as_of: datetime) -> Verdict:
            seen.append(events[0].at)
            clock = policy.replay(events, as_of=as_of)["first_response"]
            return Verdict(clock.due, clock.done_at)

    TICKET_LAWS[-1].check(Looking(), policy, examples=100)
    edges = [datetime(2026, 11, 20, hour, tzinfo=BERLIN) for hour in (9, 17)]
    assert any(abs(at - edge) == timedelta(minutes=1) for at in seen for edge in edges)
    assert len({at.astimezone(BERLIN).time() for at in seen}) > 10


def test_receipts_are_at_the_cutoff_and_beside_it() -> None:
    seen: list[datetime] = []

    class Looking(Replayed):
        def judge(self, events: Sequence[sla.Event], as_of: datetime) -> Verdict:
            seen.append(events[0].at)
            return super().judge(events, as_of)

    TICKET_LAWS[-1].check(Looking(), POLICY, examples=60)
    microsecond, minute = timedelta(microseconds=1), timedelta(minutes=1)
    beside = {at - at.replace(hour=16, minute=0, second=0, microsecond=0) for at in seen}
    assert beside == {timedelta(0), microsecond, -microsecond, minute, -minute}


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"priority": ["urgent", "high"]}, ("priority", "urgent")),
        ({"value": {"at_least": 500}}, ("value", "500")),
        ({"value": {"over": 500}}, ("value", "501")),
        ({"value": {"under": 500}}, ("value", "499")),
    ],
    ids=["one of two", "at least", "over", "under"],
)
def test_tickets_have_what_the_rules_test(when: dict[str, object], field: tuple[str, str]) -> None:
    (rule,) = POLICY.to_data()["rules"]
    rules = [{**rule, "when": when}, {**rule, "name": "others"}]
    policy = sla.policy_from_data({**POLICY.to_data(), "fields": {"value": "number"}, "rules": rules})
    seen: list[object] = []

    class Looking:
        def judge(self, events: Sequence[sla.Event], as_of: datetime) -> Verdict:
            created = events[0]
            assert isinstance(created, sla.Created)
            seen.append(created.fields)
            clock = policy.replay(events, as_of=as_of)["first_response"]
            return Verdict(clock.due, clock.done_at)

    TICKET_LAWS[-1].check(Looking(), policy, examples=30)
    assert all(fields in seen for fields in ({}, dict([field])))
    assert all(fields in ({}, dict([field])) for fields in seen)


def test_fields_change_to_what_the_rules_test() -> None:
    (rule,) = POLICY.to_data()["rules"]
    rules = [
        {**rule, "when": {"priority": "urgent"}},
        {**rule, "name": "shops", "when": {"market": ["BE", "NL"]}},
        {**rule, "name": "others"},
    ]
    policy = sla.policy_from_data({**POLICY.to_data(), "rules": rules})
    seen: set[tuple[str, str]] = set()

    class Looking:
        def judge(self, events: Sequence[sla.Event], as_of: datetime) -> Verdict:
            seen.update((event.field, str(event.value)) for event in events if isinstance(event, sla.FieldChanged))
            clock = policy.replay(events, as_of=as_of)["first_response"]
            return Verdict(clock.due, clock.done_at)

    law = next(law for law in TICKET_LAWS if law.says.startswith("a change of fields"))
    law.check(Looking(), policy, examples=30)
    assert seen == {("priority", "urgent"), ("market", "BE")}
