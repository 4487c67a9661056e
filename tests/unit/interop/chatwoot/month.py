"""Conversations of the ordinary account, made for these tests, and what Chatwoot said of their SLAs.

The due times are by hand: gold, an hour to the first reply and two to a next one, Monday to Friday 9:00 to 17:00 in Los
Angeles, which is 17:00 to 1:00 of the next day in UTC; silver, four hours of the clock, and 48 to the resolution.
"""

from datetime import UTC, datetime
from typing import Any, Final

Record = dict[str, Any]
INCOMING, OUTGOING, ACTIVITY, TEMPLATE = range(4)
CREATED: Final = {
    1: "23T17:30",
    2: "23T23:30",
    3: "23T00:00",
    4: "21T00:30",
    5: "23T17:00",
    6: "23T17:00",
    8: "20T00:00",
}

_number = 0


def at(text: str) -> int:
    """An instant of November, in UTC, as seconds since 1970."""
    return int(datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=UTC).timestamp())


def message(conversation: int, text: str, kind: int, sender: str | None = None, **more: Any) -> Record:
    global _number  # noqa: PLW0603 - each message has an id of its own
    _number += 1
    said = {"id": _number, "conversation_id": conversation, "created_at": at(text), "message_type": kind}
    return {**said, "private": False, "sender_type": sender, "content_attributes": {}, **more}


def ask(conversation: int, text: str) -> Record:
    return message(conversation, text, INCOMING, "Contact")


def answer(conversation: int, text: str, **more: Any) -> Record:
    return message(conversation, text, OUTGOING, "User", **more)


def conversation(number: int, policy: int | None, *messages: Record, status: str = "open", **more: Any) -> Record:
    said = {"id": number, "inbox_id": 1, "status": status, "created_at": at(CREATED[number]), "sla_policy_id": policy}
    return {**said, "messages": [ask(number, CREATED[number]), *messages], **more}


def applied(number: int, policy: int, status: str, *events: tuple[str, str], until: str = "24T12:00") -> Record:
    gold = policy == 1
    return {
        "applied_sla": {
            "id": number, "sla_id": policy, "sla_status": status, "created_at": at(CREATED[number]), "updated_at": at(until),
            "sla_name": "gold" if gold else "silver", "sla_first_response_time_threshold": 3600.0 if gold else 14400.0,
            "sla_next_response_time_threshold": 7200.0 if gold else None, "sla_resolution_time_threshold": None if gold else 172800.0,
            "sla_only_during_business_hours": gold,
        },
        "conversation": {"id": number},
        "sla_events": [{"id": place, "event_type": kind, "meta": {}, "created_at": at(text)} for place, (kind, text) in enumerate(events)],
    }  # fmt: skip


CONVERSATIONS: Final = {
    "data": {
        "meta": {"all_count": 7},
        "payload": [
            # 1: a reply after half an hour; a next one after an hour; another one after two and a half: missed.
            conversation(1, 1, answer(1, "23T18:00"), ask(1, "23T19:00"), answer(1, "23T20:00"), ask(1, "23T22:00"),
                         ask(1, "23T22:30"), answer(1, "24T00:30")),
            # 2: due at 16:30 in Los Angeles, answered at 16:40. A greeting and a note are no replies.
            conversation(2, 1, message(2, "23T23:30:05", TEMPLATE), answer(2, "23T23:40", private=True),
                         answer(2, "23T23:45", content_attributes={"automation_rule_id": 4}),
                         message(2, "23T23:50", OUTGOING, "AgentBot"), answer(2, "24T00:40")),
            # 3: resolved after 36 hours of 48.
            conversation(3, 2, answer(3, "23T03:00"), message(3, "24T12:00", ACTIVITY), status="resolved"),
            # 4: due on Monday at 9:30; by the clock it would be due on Friday at 17:30.
            conversation(4, 1, answer(4, "23T17:10")),
            # 5: a next reply five minutes after it was due, before Chatwoot looked.
            conversation(5, 1, answer(5, "23T17:10"), ask(5, "23T17:20"), answer(5, "23T19:25")),
            conversation(6, None, answer(6, "23T17:10")),  # no SLA
            # 8: was not resolved in time; when it was, no activity says.
            conversation(8, 2, answer(8, "20T01:00"), status="resolved"),
        ],
    }
}  # fmt: skip
APPLIED: Final = {
    "payload": [
        applied(1, 1, "active_with_misses", ("nrt", "24T00:03")),
        applied(2, 1, "active_with_misses", ("frt", "24T00:34")),
        applied(3, 2, "hit"),
        applied(4, 1, "active_with_misses", ("frt", "21T01:30")),
        applied(5, 1, "active"),
        applied(8, 2, "missed", ("rt", "22T00:05"), until="23T10:00"),
        applied(1, 1, "active_with_misses", ("nrt", "24T00:03")),  # the same on another page
    ],
    "meta": {"count": 6, "current_page": 1},
}
