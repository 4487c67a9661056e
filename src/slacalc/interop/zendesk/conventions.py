"""What Zendesk does otherwise than a policy of ours can say."""

from datetime import timedelta
from typing import Final

from slacalc.interop.parity import EngineConventions

__all__ = ["CONVENTIONS"]

CONVENTIONS: Final = EngineConventions(
    "Zendesk",
    timedelta(seconds=1),  # times of metric events have no fraction
    (
        "after a breach it shows calendar time, whatever the target counts",
        "a changed SLA policy reaches a ticket with its next event, not at once",
    ),
)
