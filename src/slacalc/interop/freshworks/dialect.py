"""`Dialect`: what the answers of Freshdesk and of Freshservice call the same things."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Dialect"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names of a system, and how it writes a time of day.

    `hours`, `opens` and `closes` are the keys of business hours, `targets` that of an SLA policy's targets.
    `conditions` are what its SLA policies may test, with our field of each; `clock` is a time of day, with groups of
    hours, minutes, seconds and the half of the day.
    """

    system: str
    name: str
    hours: str
    opens: str
    closes: str
    targets: str
    conditions: Mapping[str, str]
    clock: re.Pattern[str]
    clock_accepts: str
