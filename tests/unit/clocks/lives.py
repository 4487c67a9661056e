"""A ticket, what happens to it, and the policies that its clocks run under."""

from datetime import datetime
from typing import Any, Final

import slacalc as sla
from slacalc.clocks.replay import Clocks, replay
from slacalc.events.event import Actor, Event
from tests.helpers import at

OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
BH10: Final = {"business_hours": "10h"}
METRICS: Final = (
    "acknowledgement",
    "first_response",
    "next_response",
    "periodic_update",
    "requester_wait",
    "agent_work",
    "resolution",
)
THU: Final = "2026-11-19 10:00"
LATER: Final = "2026-12-31 12:00"


def policy(*metrics: str, **clocks: object) -> sla.Policy:
    """A policy that promises ten business hours on each metric."""
    promised = {metric: {"due": BH10} for metric in metrics or METRICS}
    data: dict[str, Any] = {
        "name": "cycles",
        "calendars": {"office": OFFICE},
        "rules": [{"name": "all", "calendar": "office", "metrics": promised}],
        "clocks": clocks,
    }
    return sla.policy_from_data(data)


def created(when: str = THU, **fields: str) -> Event:
    """A ticket that comes in without a message."""
    return sla.Created(at=at(when), status="open", message=False, fields=tuple(fields.items()))


def message(when: str, actor: Actor, **marks: Any) -> Event:
    return sla.Message(at=at(when), actor=actor, **marks)


def clocks(log: list[Event], promises: sla.Policy, as_of: str = LATER) -> Clocks:
    return replay(log, promises, as_of=at(as_of))


def thursday(hour: str) -> datetime:
    return at(f"2026-11-19 {hour}")


def waits(hour: str) -> Event:
    return sla.Paused(at=thursday(hour), reason="supplier")


# ---------------------------------------------------------------- system E: the seller of a marketplace

MON: Final = "2026-11-23 09:00"


def seller(*log: Event, as_of: str = "2026-11-25 12:00", **fields: str) -> Clocks:
    """A conversation under the sample policy, which begins with a message of the buyer on Monday at nine."""
    return clocks(
        [created(MON, **fields), message(MON, "customer"), *log], sla.sample_policy("marketplace_seller"), as_of
    )
