"""A month of tickets of the ordinary account, made for these tests: audits, people, and what Zendesk said of each promise.

The due times are by hand: 60 business minutes for urgent tickets, 480 for normal ones, Monday to Friday 9:00 to 12:30 and
13:30 to 17:00 in Brussels, an hour ahead of UTC in November.
"""

from typing import Any, Final

CUSTOMER, AGENT = 5, 9
USERS: Final = {
    "users": [{"id": CUSTOMER, "role": "end-user"}, {"id": AGENT, "role": "agent"}, {"id": 10, "role": "admin"}]
}

_number = 0


def audit(ticket: int, at: str, author: int, *events: dict[str, Any]) -> dict[str, Any]:
    global _number  # noqa: PLW0603 - each audit has an id of its own
    _number += 1
    told = {"id": _number, "ticket_id": ticket, "created_at": f"2026-11-{at}Z", "author_id": author}
    return {**told, "via": {"channel": "email"}, "events": list(events)}


def create(**fields: Any) -> list[dict[str, Any]]:
    return [{"type": "Create", "field_name": name, "value": value} for name, value in fields.items()]


def change(name: str, value: Any) -> dict[str, Any]:
    return {"type": "Change", "field_name": name, "value": value, "previous_value": None}


def comment(*, public: bool = True) -> dict[str, Any]:
    return {"type": "Comment", "public": public, "body": "..."}


def metric(ticket: int, name: str, number: int, kind: str, at: str, **more: Any) -> dict[str, Any]:
    global _number  # noqa: PLW0603 - each event has an id of its own
    _number += 1
    said = {"id": _number, "ticket_id": ticket, "metric": name, "instance_id": number}
    return {**said, "type": kind, "time": f"2026-11-{at}Z", **more}


def promised(
    ticket: int, name: str, number: int, at: str, minutes: int, *, business: bool = True
) -> list[dict[str, Any]]:
    target = {"target": minutes, "target_in_seconds": minutes * 60, "business_hours": business}
    return [metric(ticket, name, number, "activate", at), metric(ticket, name, number, "apply_sla", at, sla=target)]


URGENT: Final = create(status="new", priority="urgent", type="question", tags=["b2b"])
NORMAL: Final = create(status="new", priority="normal")

AUDITS: Final = {
    "audits": [
        # 1: answered after half an hour: met.
        audit(1, "23T08:00:00", CUSTOMER, *URGENT, comment()),
        audit(1, "23T08:30:00", AGENT, comment(), change("status", "pending"), {"type": "Notification"}),
        # 2: due on Monday at 9:30, answered at 10:00: breached. An internal note is no answer.
        audit(2, "20T15:30:00", CUSTOMER, *URGENT, comment()),
        audit(2, "23T08:10:00", AGENT, comment(public=False)),
        audit(2, "23T09:00:00", AGENT, comment()),
        # 3: solved within 48 hours, which count around the clock.
        audit(3, "23T14:00:00", CUSTOMER, *NORMAL, comment()),
        audit(3, "24T09:00:00", AGENT, comment(), change("status", "solved")),
        # 4: becomes urgent after an hour: an hour of the two is over, so that it is due at once.
        audit(4, "23T08:00:00", CUSTOMER, *NORMAL, comment()),
        audit(4, "23T09:30:00", 10, change("priority", "urgent")),
        audit(4, "23T10:00:00", AGENT, comment()),
        # 5: nobody is promised anything of low tickets.
        audit(5, "23T08:00:00", CUSTOMER, *create(status="new", priority="low")),
        # 6: waits for the customer from 10:00 to 15:00: agent work stands still.
        audit(6, "24T08:00:00", CUSTOMER, *URGENT, comment()),
        audit(6, "24T09:00:00", AGENT, comment(), change("status", "pending")),
        audit(6, "24T14:00:00", CUSTOMER, comment(), change("status", "open")),
        audit(6, "24T15:30:00", AGENT, comment(), change("status", "solved")),
    ],
    "next_page": None,
}
METRIC_EVENTS: Final = {
    "ticket_metric_events": [
        *promised(1, "reply_time", 1, "23T08:00:00", 60),
        metric(1, "reply_time", 1, "fulfill", "23T08:30:00"),
        *promised(1, "agent_work_time", 1, "23T08:00:00", 240),
        metric(1, "agent_work_time", 1, "pause", "23T08:30:00"),
        metric(1, "reply_time", 0, "measure", "23T08:00:00"),
        *promised(2, "reply_time", 1, "20T15:30:00", 60),
        metric(2, "reply_time", 1, "breach", "23T08:30:00"),
        metric(2, "reply_time", 1, "fulfill", "23T09:00:00"),
        *promised(2, "agent_work_time", 1, "20T15:30:00", 240),
        metric(
            2, "agent_work_time", 1, "breach", "23T11:30:00"
        ),  # half an hour on Friday, and Monday's morning, to its end
        *promised(3, "reply_time", 1, "23T14:00:00", 480),
        metric(3, "reply_time", 1, "breach", "23T22:00:00"),  # around the clock: what somebody there set up by mistake
        metric(3, "reply_time", 1, "fulfill", "24T09:00:00"),
        *promised(3, "resolution_time", 1, "23T14:00:00", 2880, business=False),
        metric(3, "resolution_time", 1, "fulfill", "24T09:00:00"),
        *promised(4, "reply_time", 1, "23T08:00:00", 480),
        *promised(4, "reply_time", 1, "23T09:30:00", 60),
        metric(4, "reply_time", 1, "breach", "23T09:30:00"),
        metric(4, "reply_time", 1, "fulfill", "23T10:00:00"),
        *promised(5, "reply_time", 1, "23T08:00:00", 30),  # by a policy that is gone since
        *promised(6, "reply_time", 1, "24T08:00:00", 60),
        metric(6, "reply_time", 1, "breach", "24T08:59:00", deleted=True),
        metric(6, "reply_time", 1, "fulfill", "24T09:00:00"),
        # An hour, a pause of five, an hour and a half: two and a half of four hours.
        *promised(6, "agent_work_time", 1, "24T08:00:00", 240),
        metric(6, "agent_work_time", 1, "pause", "24T09:00:00"),
        metric(6, "agent_work_time", 1, "activate", "24T14:00:00"),
        metric(6, "agent_work_time", 1, "fulfill", "24T15:30:00"),
        metric(6, "group_ownership_time", 1, "activate", "24T08:00:00"),
    ],
    "end_of_stream": True,
    "next_page": "https://example.zendesk.com/api/v2/incremental/ticket_metric_events.json?start_time=1",
}
