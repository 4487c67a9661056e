"""What ServiceNow does otherwise than a policy of ours can say."""

from datetime import timedelta
from typing import Final

from slacalc.interop.parity import EngineConventions

__all__ = ["CONVENTIONS"]

CONVENTIONS: Final = EngineConventions(
    "ServiceNow",
    timedelta(seconds=1),  # times of rows have no fraction
    ("each SLA definition that a ticket comes to match is a clock of its own; here one clock gets another target",),
)
