"""Issues of a service desk as Jira tells them: with changelogs and comments, and what it says of their SLAs.

The office is Lagos, an hour from UTC, Monday to Friday 9 to 17; every due time here is derived by hand.
"""

from datetime import datetime
from typing import Any, Final

CUSTOMER: Final = {"accountId": "c1", "accountType": "customer", "displayName": "Cleo"}
AGENT: Final = {"accountId": "a1", "accountType": "atlassian", "displayName": "Ada"}
ROBOT: Final = {"accountId": "r1", "accountType": "app", "displayName": "Automation for Jira"}
HOUR: Final = 3_600_000


def at(text: str) -> str:
    """A time of November 2026 in Lagos, as Jira writes one: milliseconds, and no colon in the offset."""
    return f"2026-11-{text}.000+0100"


def millis(text: str) -> dict[str, int]:
    return {"epochMillis": int(datetime.fromisoformat(at(text)).timestamp() * 1000)}


def item(field: str, before: str | None, after: str | None, **more: Any) -> dict[str, Any]:
    return {
        "field": field,
        "fieldtype": "jira",
        "from": None,
        "fromString": before,
        "to": None,
        "toString": after,
        **more,
    }


def history(when: str, *items: dict[str, Any], author: dict[str, Any] = AGENT) -> dict[str, Any]:
    return {"id": when, "author": author, "created": at(when), "items": [*items]}


def comment(when: str, author: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": when, "author": author, "created": at(when), "jsdPublic": True, **more}


def issue(key: str, created: str, *told: dict[str, Any], comments: Any = (), **fields: Any) -> dict[str, Any]:
    """An issue: what it has now, and its changelog, the latest first as the cloud gives it."""
    said = {
        "created": at(created),
        "reporter": CUSTOMER,
        "creator": CUSTOMER,
        "status": {"name": "Open"},
        "priority": {"name": "High"},
    }
    histories = sorted(told, key=lambda each: str(each["created"]), reverse=True)
    return {
        "id": "1",
        "key": key,
        "fields": {**said, "comment": {"total": len(comments), "comments": [*comments]}, **fields},
        "changelog": {"startAt": 0, "maxResults": 100, "total": len(histories), "histories": histories},
    }


def amount(hours: float) -> dict[str, int]:
    return {"millis": int(hours * HOUR)}


def cycle(
    begun: str, breach: str, goal: float, elapsed: float, *, breached: bool = False, **more: Any
) -> dict[str, Any]:
    return {
        "startTime": millis(begun),
        "breachTime": millis(breach),
        "breached": breached,
        "goalDuration": amount(goal),
        "elapsedTime": amount(elapsed),
        "remainingTime": amount(goal - elapsed),
        **more,
    }


def sla(name: str, *completed: dict[str, Any], ongoing: dict[str, Any] | None = None) -> dict[str, Any]:
    said = {"id": "1", "name": name, "completedCycles": [*completed]}
    return said if ongoing is None else {**said, "ongoingCycle": ongoing}


# Monday 23 November, 09:00 to 12:00: its 36 hours, four days of eight and a half one, end on Friday at 13:00.
SOLVED: Final = issue(
    "SUP-1", "23T09:00:00",
    history("23T10:00:00", item("status", "Open", "In Progress")),
    history("23T12:00:00", item("status", "In Progress", "Resolved"), item("resolution", None, "Done")),
    comments=[comment("23T10:30:00", AGENT)],
    customfield_10030=sla("Time to resolution", cycle("23T09:00:00", "27T13:00:00", 36, 3, stopTime=millis("23T12:00:00"))),
    status={"name": "Resolved"}, resolution={"name": "Done"},
)  # fmt: skip
# From Friday 20 November, 16:00: three days of eight hours end on Wednesday at 16:00; nobody solves it until Thursday.
LATE: Final = issue(
    "SUP-2", "20T16:00:00",
    history("26T09:00:00", item("resolution", None, "Done")),
    priority={"name": "Highest"},
    customfield_10030=sla(
        "Time to resolution", cycle("20T16:00:00", "25T16:00:00", 24, 25, breached=True, stopTime=millis("26T09:00:00"))
    ),
)  # fmt: skip
# From Wednesday 18 November, 10:00, with a day from Thursday, 10:00, that waits for the customer: 7 and 1 hours before it,
# 7 and 8 after it, and one on Tuesday, to 10:00. It is solved on Monday; without the pause it would have been late.
WAITING: Final = issue(
    "SUP-3", "18T10:00:00",
    history("19T10:00:00", item("status", "Open", "Waiting for customer")),
    history("20T10:00:00", item("status", "Waiting for customer", "Open"), author=CUSTOMER),
    history("23T12:00:00", item("resolution", None, "Done")),
    priority={"name": "Highest"},
    customfield_10030=sla("Time to resolution", cycle("18T10:00:00", "24T10:00:00", 24, 18, stopTime=millis("23T12:00:00"))),
)  # fmt: skip
# The next one goes on: 24 hours from Wednesday 25 November, 09:00, end on Friday at 17:00.
OPEN: Final = issue(
    "SUP-4", "25T09:00:00", priority={"name": "Highest"},
    customfield_10030=sla("Time to resolution", ongoing=cycle("25T09:00:00", "27T17:00:00", 24, 8, paused=False)),
)  # fmt: skip
MONTH: Final = {"issues": [SOLVED, LATE, WAITING, OPEN], "isLast": True}
