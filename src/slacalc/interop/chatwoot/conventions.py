"""What Chatwoot does otherwise than a policy of ours can say."""

from datetime import timedelta
from typing import Final

from slacalc.interop.parity import EngineConventions

__all__ = ["CONVENTIONS"]

CONVENTIONS: Final = EngineConventions(
    "Chatwoot",
    timedelta(seconds=1),  # times are whole seconds
    (
        "a next reply or a resolution at the instant when it is due is late",
        "it looks for breaches every few minutes, and says when it noticed one; a reply before that is in time",
    ),
    notices_within=timedelta(minutes=15),
)
