"""Tickets of the ordinary helpdesk, made for these tests: histories, articles, and what Zammad said of its promises.

The due times are by hand: 120 business minutes to the first response and 1440 to the solution for priorities 2 and 3, 480
for priority 1, Monday to Friday 9:00 to 12:00 and 13:00 to 17:00 in Berlin, an hour ahead of UTC in November.
"""

from typing import Any, Final

Record = dict[str, Any]
AGENT, CUSTOMER = "Agent", "Customer"


def ticket(number: int, created: str, priority: int, state: str, **more: str | int | None) -> Record:
    times = {key: f"2026-11-{value}Z" if key.endswith("_at") and value else value for key, value in more.items()}
    said = {"id": number, "created_at": f"2026-11-{created}Z", "priority_id": priority, "state_id": 1, "state": state}
    return {**said, "group_id": 1, "tags": [], "first_response_at": None, "close_at": None, **times}


def article(number: int, at: str, sender: str, *, internal: bool = False, kind: str = "email") -> Record:
    return {
        "id": 1,
        "ticket_id": number,
        "created_at": f"2026-11-{at}Z",
        "sender": sender,
        "internal": internal,
        "type": kind,
    }


def entry(number: int, at: str, kind: str, attribute: str, before: Any, after: Any, **ids: Any) -> Record:
    said = {"o_id": number, "object": "Ticket", "type": kind, "attribute": attribute, "created_at": f"2026-11-{at}Z"}
    return {**said, "value_from": before, "value_to": after, **ids}


def state(number: int, at: str, before: str, after: str) -> Record:
    return entry(number, at, "updated", "state", before, after)


def history(number: int, created: str, *entries: Record) -> Record:
    first = {"o_id": number, "object": "Ticket", "type": "created", "created_at": f"2026-11-{created}Z"}
    of_article = {"o_id": 7, "object": "Ticket::Article", "type": "created", "created_at": f"2026-11-{created}Z"}
    return {"history": [first, of_article, *entries], "assets": {}}


TICKETS: Final = [
    # 1: answered after half an hour, closed after nine business hours: met, both.
    ticket(1, "23T08:00:00", 2, "closed", first_response_at="23T08:30:00", first_response_escalation_at="23T10:00:00",
           first_response_diff_in_min=90, close_at="24T10:00:00", close_escalation_at="26T11:00:00", close_diff_in_min=900),
    # 2: due on Monday at 10:30, answered at 11:00: breached. An internal note is no answer.
    ticket(2, "20T15:30:00", 3, "open", first_response_at="23T10:00:00", first_response_escalation_at="23T09:30:00",
           first_response_diff_in_min=-30, close_escalation_at="26T10:30:00"),
    # 3: waits from 10:00 to 14:00: due at 15:00. Of the resolution Zammad says what it would be without the pause.
    ticket(3, "23T08:00:00", 2, "open", first_response_at="23T13:30:00", first_response_escalation_at="23T14:00:00",
           first_response_diff_in_min=30, close_escalation_at="26T11:00:00"),
    # 4: urgent from 10:30 on: due at 11:00, two hours after its creation; answered at 11:30.
    ticket(4, "23T08:00:00", 3, "open", first_response_at="23T10:30:00", first_response_escalation_at="23T10:00:00",
           close_escalation_at="26T11:00:00"),
    # 5: closed without an answer; of a closed ticket no due time is told, but the minutes that were left.
    ticket(5, "23T09:00:00", 2, "closed", close_at="23T10:00:00", close_diff_in_min=1380),
    # 6: answered after four business hours: late by the minutes alone.
    ticket(6, "20T08:00:00", 3, "open", first_response_at="20T13:00:00", first_response_diff_in_min=-120),
    ticket(7, "20T08:00:00", 3, "open", first_response_escalation_at="20T10:00:00"),  # its history is not there
    # 8: nobody answers: due on Tuesday at 10:00. The end was promised by an SLA that is gone since.
    ticket(8, "23T08:00:00", 1, "new", first_response_escalation_at="24T09:00:00", close_escalation_at="30T08:00:00"),
]  # fmt: skip
HISTORIES: Final = [
    history(1, "23T08:00:00", state(1, "23T08:30:00", "new", "open"), state(1, "24T10:00:00", "open", "closed")),
    history(2, "20T15:30:00", state(2, "23T10:00:00", "new", "open")),
    history(3, "23T08:00:00", state(3, "23T09:00:00", "new", "pending reminder"), state(3, "23T13:00:00", "pending reminder", "open")),
    history(4, "23T08:00:00", entry(4, "23T09:30:00", "updated", "priority", "1 low", "3 high", id_from=1, id_to=3),
            state(4, "23T10:30:00", "new", "open")),
    history(5, "23T09:00:00", state(5, "23T10:00:00", "new", "closed")),
    history(6, "20T08:00:00", state(6, "20T13:00:00", "new", "open")),
    history(8, "23T08:00:00", entry(8, "24T15:00:00", "notification", "", "", "ann (escalation:all)")),
]  # fmt: skip
ARTICLES: Final = [
    *(article(each["id"], each["created_at"][8:19], CUSTOMER) for each in TICKETS),
    article(1, "23T08:30:00", AGENT),
    article(2, "23T08:10:00", AGENT, internal=True),
    article(2, "23T10:00:00", AGENT),
    article(3, "23T13:30:00", AGENT),
    article(4, "23T10:30:00", AGENT),
    article(6, "20T13:00:00", AGENT),
    article(8, "24T08:30:00", AGENT, kind="note"),  # a note is no answer, though it is public
    article(8, "24T15:00:00", "System"),
]
