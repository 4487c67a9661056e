"""Promises that were given, read back from their JSON, and how they move with other zone data."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from slacalc.business_time.zone_data import ZoneSource
from slacalc.errors import PolicyError
from slacalc.files import FileKind, open_lines
from slacalc.policies.policy import Policy

__all__ = ["GivenPromise", "PromiseDrift", "promise_drift", "read_promises"]

_ACCEPTS: Final = "what Promises.to_json writes, one on each line"
_PROMISES: Final = FileKind(PolicyError, "promises_unreadable", "the promises cannot be read", _ACCEPTS)


@dataclass(frozen=True, slots=True)
class GivenPromise:
    """What of a promise tells it again: its metric, rule and calendar, and from when it counts."""

    metric: str
    rule: str
    calendar: str
    origin: datetime


@dataclass(frozen=True, slots=True)
class PromiseDrift:
    """When a promise is due by one source of zone data, and by another."""

    metric: str
    origin: datetime
    old: datetime
    new: datetime

    @property
    def by(self) -> timedelta:
        """How much later it is due by the new data; negative when it is earlier."""
        return self.new - self.old

    def to_data(self) -> dict[str, str]:
        """Return the metric and the instants as plain texts."""
        return {
            "metric": self.metric,
            "origin": self.origin.isoformat(),
            "old": self.old.isoformat(),
            "new": self.new.isoformat(),
        }


def read_promises(path: Path) -> tuple[GivenPromise, ...]:
    """Return the promises of a file with what `Promises.to_json` wrote on each line. Raises PolicyError."""
    with open_lines(path, _PROMISES) as lines:
        numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return tuple(each for number, line in numbered for each in _read_line(line, f"{path}: line {number}"))


def promise_drift(policy: Policy, given: GivenPromise, old: ZoneSource, new: ZoneSource) -> PromiseDrift | None:
    """Return how a promise moves, or None. Raises PolicyError where the policy has no such rule or metric."""
    rule = next((rule for rule in policy.rules if rule.name == given.rule), None)
    if rule is None or given.metric not in rule.metrics:
        raise PolicyError(
            "promise_of_another_policy",
            "the policy has no such rule and metric",
            given=f"{given.rule}, {given.metric}",
            accepts=", ".join(each.name for each in policy.rules),
        )
    target = rule.metrics[given.metric].due
    was, becomes = (
        target.due(policy.told_by(source).in_force[0].calendar(given.calendar), given.origin) for source in (old, new)
    )
    return None if was.timestamp() == becomes.timestamp() else PromiseDrift(given.metric, given.origin, was, becomes)


def _read_line(line: str, where: str) -> tuple[GivenPromise, ...]:
    try:
        return tuple(_read_promise(each) for each in json.loads(line).values())
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PolicyError(
            "promise_unreadable",
            "this is no promise as it was written",
            given=str(error),
            accepts=_ACCEPTS,
            where=where,
        ) from None


def _read_promise(data: dict[str, Any]) -> GivenPromise:
    return GivenPromise(data["metric"], data["rule"], data["calendar_name"], datetime.fromisoformat(data["origin"]))
