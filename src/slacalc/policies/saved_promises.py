"""Promises that were given, read back from their data, and how they move with other zone data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_us
from slacalc.business_time.zone_data import ZoneSource, zone_data_version
from slacalc.errors import DataError, PolicyError
from slacalc.files import FileKind, open_lines
from slacalc.forms import read_members
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.rules import MetricRule, Rule
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.policy import Policy
from slacalc.policies.promise import LaterPromise, Promise, PromiseProvenance, Promises

__all__ = [
    "GivenPromise",
    "PromiseDrift",
    "promise_drift",
    "promise_from_data",
    "promises_from_data",
    "read_promises",
]

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


def promise_from_data(data: Mapping[str, Any], policy: AnyPolicy, where: str = "Promise") -> Promise:
    """Return the promise that told the data: see `Promise.from_data`."""
    check_argument(policy, AnyPolicy, "policy", "the policy that gave the promise, or versions of it")
    told = read_members(Promise, data, where)
    edition = _edition_of(told, policy)
    metric, differing = _metric_of(told, edition), _differing_calendar(told, edition)
    if metric is None or differing:
        raise _of_another([f"rule {told['rule']}"] * (metric is None) + differing, told["provenance"], where)
    objects = {"target": metric.due, "expected_target": metric.expected}
    return Promise(**told | objects, calendar=edition.calendar(told["calendar_name"]))


def promises_from_data(data: Mapping[str, Any], policy: AnyPolicy) -> Promises:
    """Return the promises that told the data: see `Promises.from_data`."""
    if not isinstance(data, Mapping) or not all(isinstance(each, Mapping) for each in data.values()):
        accepts = "what Promises.to_data returns"
        raise DataError("data_unreadable", "this is no such data", given=data, accepts=accepts, where="Promises")
    begun = {name for name, each in data.items() if each.get("due") is not None}
    places = {name: f"Promises.{name}" for name in data}
    promises = {name: promise_from_data(data[name], policy, places[name]) for name in data if name in begun}
    later = {name: _later_from_data(data[name], policy, places[name]) for name in data if name not in begun}
    return Promises(promises, later)


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
        return tuple(_read_promise(each) for each in json.loads(line).values() if each.get("due", "") is not None)
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


def _edition_of(told: Mapping[str, Any], policy: AnyPolicy) -> PolicyInForce:
    """Return the version that gave a promise, by digest; else the one in force at receipt, or the last."""
    given, received = told["provenance"].policy_digest, to_us(told["received"])
    by_digest = (each for each in policy.in_force if each.digest == given)
    by_date = (each for each in policy.in_force if each.holds_at(received))
    return next(by_digest, None) or next(by_date, None) or policy.in_force[-1]


def _metric_of(told: Mapping[str, Any], edition: PolicyInForce) -> MetricRule | None:
    """Return what the rule says that gave a promise; None where no rule of its name says it."""
    rules = (
        rule for rule in edition.policy.tried_rules if rule.name == told["rule"] and told["metric"] in rule.metrics
    )
    said = ((rule.metrics[told["metric"]], rule) for rule in rules)
    return next((metric for metric, rule in said if _said_by(metric, rule).items() <= told.items()), None)


def _said_by(metric: MetricRule, rule: Rule) -> dict[str, object]:
    """Return what a promise tells of its rule."""
    return {
        "target": str(metric.due),
        "expected_target": None if metric.expected is None else str(metric.expected),
        "objective": metric.objective,
        "kind": metric.promise,
        "owed_by": metric.owed_by,
        "rank": rule.rank,
        "calendar_name": metric.calendar or rule.calendar,
    }


def _differing_calendar(told: Mapping[str, Any], edition: PolicyInForce) -> list[str]:
    """Return the calendar of a promise, or its pin, where a policy has another one; nothing where it is the same."""
    name, was = told["calendar_name"], told["provenance"]
    if name not in edition.policy.calendars:
        return [f"calendar {name}"]
    now = edition.provenance(name)
    if now.holidays_digest != was.holidays_digest:
        return [f"pin of calendar {name}"]
    return [] if now.calendar_digest == was.calendar_digest else [f"calendar {name}"]


def _of_another(differing: Sequence[str], was: PromiseProvenance, where: str) -> PolicyError:
    """Return the error of a promise that a policy gives otherwise; other zone data is named beside it."""
    in_use = zone_data_version()
    zones = [] if was.zone_data == in_use else [f"zone data {was.zone_data}, in use {in_use}"]
    return PolicyError(
        "promise_of_another_policy",
        f"the policy promises this otherwise: it differs in {', '.join((*differing, *zones))}",
        given=was.policy_digest,
        accepts="the policy that gave it, or versions with that one",
        where=where,
    )


def _later_from_data(data: Mapping[str, Any], policy: AnyPolicy, where: str) -> LaterPromise:
    """Return what a version of the policy owes later, where it says exactly the data."""
    rule, metric = str(data.get("rule")), str(data.get("metric"))
    owed = (later for edition in policy.in_force for later in edition.laters(rule, metric))
    found = next((later for later in owed if later.to_data() == data), None)
    if found is not None:
        return found
    raise PolicyError(
        "promise_of_another_policy",
        f"the policy promises this otherwise: it differs in rule {rule}",
        given=data,
        accepts="the policy that gave it, or versions with that one",
        where=where,
    )
