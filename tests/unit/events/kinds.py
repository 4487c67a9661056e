"""An event of every kind."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import slacalc as sla
from slacalc.events.event import Event

AT: Final = datetime(2026, 11, 20, 15, tzinfo=UTC)
DUE: Final = datetime(2026, 11, 25, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))
EVENTS: Final[list[Event]] = [
    sla.Created(at=AT),
    sla.Created(at=AT, seq=3, actor="agent", channel="form", status="new", fields=(("priority", "high"), ("market", "BE"))),
    sla.Created(at=AT, message=False),
    sla.Message(at=AT, actor="customer"),
    sla.Message(at=AT, seq=0, actor="bot", public=False, automated=True, holding=True, partial=True, channel="chat"),
    sla.StatusChanged(at=AT, status="pending"),
    sla.FieldChanged(at=AT, field="priority", value="high"),
    sla.Happened(at=AT, name="checked"),
    sla.Paused(at=AT),
    sla.Paused(at=AT, reason="wacht op de leverancier"),
    sla.Resumed(at=AT, reason="käyttäjä"),
    sla.Solved(at=AT),
    sla.Reopened(at=AT),
    sla.Reopened(at=AT, status="pending"),
    sla.Closed(at=AT, seq=-1),
    sla.MergedInto(at=AT, into="8"),
    sla.NoReplyNeeded(at=AT),
    sla.TakenOver(at=AT, reason="dispute", costs=True),
    sla.MergedFrom(at=AT, received=AT),
    sla.Deprioritised(at=AT, reason="too_many_messages"),
    sla.DeprioritisationLifted(at=AT, seq=3, reason="too_many_messages"),
    sla.Escalated(at=AT, on="escalation_requested"),
    sla.TargetOverridden(at=AT, metric="resolution", due=DUE, author="Ana"),
    sla.Deleted(at=AT.replace(microsecond=1)),
]  # fmt: skip


def ids(event: Event) -> str:
    return type(event).__name__


# ---------------------------------------------------------------- values that the types forbid

OFFICE: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}],
    }
)
