"""What Jira Service Management does otherwise than a policy of ours can say."""

from datetime import timedelta
from typing import Final

from slacalc.interop.parity import EngineConventions

__all__ = ["CONVENTIONS"]

CONVENTIONS: Final = EngineConventions(
    "Jira",
    timedelta(milliseconds=1),
    (
        "the conditions of an SLA begin, pause and end its clock: name them in the clocks of the policy",
        "each time that a start condition comes again, the target counts anew in another cycle",
        "a calendar or a goal that changes moves the cycles that go on, and none that has ended",
        "what it says is as of the answer: a cycle that goes on can be breached since",
    ),
    silence="not_told",
)
