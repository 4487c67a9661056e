"""What we call an SLA of Jira."""

from collections.abc import Mapping
from typing import Final

from slacalc.interop.goals import metric_name

__all__ = ["metric_named"]

_NAMES: Final[Mapping[str, str]] = {"time to resolution": "resolution", "time to first response": "first_response"}


def metric_named(name: str) -> str:
    """Return the metric that an SLA is.

    >>> metric_named("Time to first response"), metric_named("Time to approve normal change")
    ('first_response', 'time_to_approve_normal_change')
    """
    return _NAMES.get(name.strip().lower()) or metric_name(name)
