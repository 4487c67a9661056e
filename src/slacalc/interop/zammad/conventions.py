"""What Zammad does otherwise than a policy of ours can say."""

from datetime import timedelta
from typing import Final

from slacalc.interop.parity import EngineConventions

__all__ = ["CONVENTIONS"]

CONVENTIONS: Final = EngineConventions(
    "Zammad",
    timedelta(minutes=1),
    (
        "it counts whole minutes, of each pause too",
        "the first closing ends the resolution, of a ticket that is opened again too",
        "where another SLA counts, it counts anew from the creation, by the calendar of that one alone",
        "it tells the due time of now, and none of a ticket in a state in which nothing escalates",
        "of answers to later messages and of updates it tells the next due time alone, which is not compared",
    ),
    silence="not_told",
)
