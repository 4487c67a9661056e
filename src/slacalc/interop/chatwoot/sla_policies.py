"""Chatwoot's SLA policies as rules.

Facts of the format (chatwoot/chatwoot, enterprise/app/models/sla_policy.rb, 2026): thresholds are seconds, and null is
none; all of a policy count in business hours of the inbox, or none; no policy knows priorities: an automation says
which one a conversation has.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.interop.parts import Part

__all__ = ["METRICS", "ChatwootPolicy", "amount", "read_sla_policy"]

METRICS: Final[Mapping[str, str]] = {
    "first_response_time_threshold": "first_response",
    "next_response_time_threshold": "next_response",
    "resolution_time_threshold": "resolution",
}
"""Our names of Chatwoot's thresholds."""
_MOST_SECONDS: Final = 10 * 366 * 24 * 3_600


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
    metrics = {METRICS[key]: {"due": {kind: amount(part[key])}} for key in METRICS if key in part}
    origin = f"SLA policy {number}, {name!r} ({part.place or 'the document'})"
    return ChatwootPolicy(number, name, metrics, in_hours, origin)


def amount(part: Part) -> str:
    """Return a threshold: whole seconds, which Chatwoot says as 3600.0, too."""
    value = part.value
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return format_amount(timedelta(seconds=Part(whole, part.file, part.path).whole(1, _MOST_SECONDS)))
