"""`Goal`: a promise to the tickets of some conditions, and the rules of a policy that say all goals at once.

Some systems have several promises, each of which chooses its tickets for itself. Of our rules the first that matches
counts, so that there is a rule for each combination that a ticket can have.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from slacalc.errors import InteropError

__all__ = ["Conditions", "Goal", "by_metric", "joined", "metric_name", "rules_of"]

Conditions: TypeAlias = dict[str, list[str]]
"""The values that each field may have."""

_MOST_RULES: Final = 2_000


class Goal(NamedTuple):
    """What is promised to the tickets of some conditions; None for nothing."""

    when: Conditions
    metric: str
    promised: dict[str, Any] | None


def joined(conditions: Conditions, more: Conditions) -> Conditions:
    """Return conditions that all hold; a field that no value is left for has an empty list."""
    both = dict(conditions)
    for field, values in more.items():
        both[field] = [value for value in both.get(field, values) if value in values]
    return both


def metric_name(name: str) -> str:
    """Return the name of a metric of ours.

    >>> metric_name("Priority 1: first reply")
    'priority_1_first_reply'
    """
    return re.sub(r"\W+", "_", name.strip().lower()).strip("_") or "sla"


def by_metric(goals: Iterable[tuple[str, Goal]]) -> dict[str, list[Goal]]:
    """Return goals by metric, each with a name of its own, which is its metric where a ticket may have two at once.

    >>> high, all_ = Goal({"priority": ["high"]}, "resolution", {}), Goal({}, "resolution", {})
    >>> {metric: len(goals) for metric, goals in by_metric([("High", high), ("Everybody", all_)]).items()}
    {'resolution': 1, 'everybody': 1}
    """
    found: dict[str, list[Goal]] = {}
    for name, goal in goals:
        metric = goal.metric
        if any(_meet(each.when, goal.when) for each in found.get(metric, ())):
            metric = _free(metric_name(name), found)
        found.setdefault(metric, []).append(goal._replace(metric=metric))
    return found


def _meet(some: Conditions, others: Conditions) -> bool:
    return all(joined(some, others).values())


def _free(name: str, taken: Iterable[str]) -> str:
    number, known = 1, {*taken}
    while (free := name if number == 1 else f"{name}_{number}") in known:
        number += 1
    return free


def rules_of(goals: Iterable[list[Goal]], where: str) -> list[dict[str, Any]]:
    """Return a rule for each combination of goals: of each list the first that is for a ticket counts.

    Raises InteropError for thousands of them.
    """
    found: dict[tuple[Any, ...], tuple[Conditions, dict[str, Any]]] = {(): ({}, {})}
    for each in goals:
        choices = each if any(not goal.when for goal in each) else [*each, Goal({}, "", None)]
        combined: dict[tuple[Any, ...], tuple[Conditions, dict[str, Any]]] = {}
        for when, metrics in found.values():
            for goal in choices:
                both = joined(when, goal.when)
                if all(both.values()):  # and not hidden by an earlier rule of the same conditions
                    promised = {} if goal.promised is None else {goal.metric: goal.promised}
                    combined.setdefault(_key(both), (both, {**metrics, **promised}))
        if len(combined) > _MOST_RULES:
            raise InteropError(
                "import_too_much",
                "the goals of the SLAs together make too many rules",
                given=len(combined),
                accepts=f"at most {_MOST_RULES} combinations",
                where=where,
            )
        found = combined
    return [{"name": _name(when), "when": when, "metrics": metrics} for when, metrics in found.values()]


def _key(when: Mapping[str, list[str]]) -> tuple[Any, ...]:
    return tuple(sorted((field, tuple(sorted(values))) for field, values in when.items()))


def _name(when: Conditions) -> str:
    return ", ".join(f"{field} {' or '.join(values)}" for field, values in when.items()) or "all remaining"
