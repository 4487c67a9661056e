"""Chatwoot's SLA policies as rules.

Facts of the format (chatwoot/chatwoot, enterprise/app/models/sla_policy.rb, 2026): thresholds are seconds, and null is
none; all of a policy count in business hours of the inbox, or none; no policy knows priorities: an automation says
which one a conversation has.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from slacalc.interop.parts import Part

__all__ = ["METRICS", "ChatwootPolicy", "read_sla_policy"]

METRICS: Final[Mapping[str, str]] = {
    "first_response_time_threshold": "first_response",
    "next_response_time_threshold": "next_response",
    "resolution_time_threshold": "resolution",
}
"""Our names of Chatwoot's thresholds."""


class ChatwootPolicy(NamedTuple):
    """An SLA policy: its id, its name, its metrics, whether they count by hours, and where it came from."""

    id: str
    name: str
    metrics: dict[str, Any]
    counts_business_hours: bool
    origin: str


def read_sla_policy(part: Part) -> ChatwootPolicy:
    """Return an SLA policy. Raises InteropError for what none can be."""
    number, name = part["id"].text(), part["name"].text()
    in_hours = part["only_during_business_hours"].truth()
    kind = "business_hours" if in_hours else "calendar_hours"
    metrics = {METRICS[key]: {"due": {kind: part[key].amount_of_seconds()}} for key in METRICS if key in part}
    origin = f"SLA policy {number}, {name!r} ({part.place or 'the document'})"
    return ChatwootPolicy(number, name, metrics, in_hours, origin)
