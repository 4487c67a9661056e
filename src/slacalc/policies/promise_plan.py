"""What a rule promises, as functions of the instants alone: everything that is the same for all its tickets is known.

`PolicyInForce.promises` is the definition. A plan says what it says, in every detail, and raises what it raises.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from slacalc.business_time.instants import MOST_MOVED, to_us
from slacalc.business_time.kept_by_date import KNOWN_ZONES, Rows
from slacalc.calendars.open_time import OpenTime
from slacalc.making import maker_of
from slacalc.policies.document.rules import MetricRule, Rule
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.promise import LaterPromise, Promise, PromiseProvenance, Promises
from slacalc.policies.targets.kind import RangeAnswer
from slacalc.policies.targets.target import AnyTarget

__all__ = ["PromisePlan", "Promiser", "is_plain_instant", "not_before", "promiser_of"]

Promiser: TypeAlias = Callable[[datetime, datetime], Promise]
"""What makes a promise of the instant of receipt and of that which is counted from."""

_make_promise = maker_of(Promise)


@dataclass(frozen=True, slots=True)
class PromisePlan:
    """The metrics that begin, each with the name of its origin (None: receipt), and those that begin later."""

    metrics: tuple[tuple[str, str | None, Promiser], ...]
    later: FrozenDict[LaterPromise]

    def promises(self, received: datetime, origins: Mapping[str, datetime]) -> Promises:
        """Return what a ticket is promised."""
        return Promises(
            {
                metric: promise(received, received if origin is None else origins[origin])
                for metric, origin, promise in self.metrics
            },
            self.later,
        )


def is_plain_instant(instant: object) -> bool:
    """Tell whether it is an aware datetime of the standard library, with nothing to refuse."""
    return type(instant) is datetime and type(instant.tzinfo) in KNOWN_ZONES


def promiser_of(
    metric: str,
    rule: Rule,
    calendar: OpenTime,
    rows: Rows,
    *,
    calendar_name: str,
    policy: str,
    provenance: PromiseProvenance,
    language: str,
) -> Promiser:
    """Return what makes the promises of a rule on a metric."""
    promised = rule.metrics[metric]
    target, expected_target = promised.due, promised.expected
    name, rank = rule.name, rule.rank
    objective, kind, owed_by = promised.objective, promised.promise, promised.owed_by
    due_and_earliest = _range_in(target, calendar, rows)
    expected_in = None if expected_target is None else expected_target.answer_in(calendar, rows)
    asks_again = _follow_up_in(promised, calendar, rows)

    def promise(received: datetime, origin: datetime) -> Promise:
        due, earliest = due_and_earliest(origin)
        expected = None if expected_in is None else expected_in(origin)
        follow_up, follow_up_earliest = (None, None) if asks_again is None else asks_again(origin, due)
        return _make_promise(
            metric,
            received,
            origin,
            due,
            target,
            policy,
            name,
            calendar_name,
            calendar,
            provenance,
            earliest,
            expected,
            expected_target,
            follow_up,
            follow_up_earliest,
            objective,
            rank,
            language,
            kind,
            owed_by,
        )

    return promise


def not_before(due: datetime, later: datetime | None) -> datetime | None:
    """Return an instant, or due where it is before that."""
    if later is None or later - due > MOST_MOVED:
        return later
    return due if to_us(later) < to_us(due) else later


def _range_in(target: AnyTarget, calendar: OpenTime, rows: Rows) -> RangeAnswer:
    if target.has_range:
        return target.range_in(calendar, rows)
    answer = target.answer_in(calendar, rows)
    return lambda origin: (answer(origin), None)


def _follow_up_in(
    promised: MetricRule, calendar: OpenTime, rows: Rows
) -> Callable[[datetime, datetime], tuple[datetime | None, datetime | None]] | None:
    """Return a function of the origin and of due: when the customer should ask again, and the earliest of it."""
    if promised.follow_up is None:
        return None
    asked = _range_in(promised.follow_up, calendar, rows)

    def follow_up(origin: datetime, due: datetime) -> tuple[datetime | None, datetime | None]:
        last, first = asked(origin)
        return not_before(due, last), not_before(due, first)

    return follow_up
