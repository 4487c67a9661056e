"""A policy as it is in force: its rules with their calendars resolved, and what they promise a ticket.

Over 400 lines: what is promised the plain way, which is the definition, stands beside the plan that repeats it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from math import inf
from typing import Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument, nearest_first
from slacalc.business_time.instants import amount_us, to_us
from slacalc.business_time.kept_by_date import Rows
from slacalc.business_time.zone_data import tell_zone_data_once, zone_data_version
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import PolicyError
from slacalc.kept import Kept
from slacalc.policies.document.calendar_choice import CalendarChoice
from slacalc.policies.document.clock_rules import ClockRule
from slacalc.policies.document.fields import STANDARD_FIELDS, FieldValue, text_of
from slacalc.policies.document.first_match import FieldsKey, key_of_fields
from slacalc.policies.document.names import ENDED_WORDS
from slacalc.policies.document.policy_document import PolicyDocument
from slacalc.policies.document.rules import MetricRule, Rule
from slacalc.policies.document.signals import OnEvent, OnField, kind_of_start
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.promise import LaterPromise, Promise, PromiseProvenance, Promises
from slacalc.policies.promise_plan import PromisePlan, Promiser, not_before, promiser_of
from slacalc.policies.targets.kind import Clock
from slacalc.policies.targets.points import CountingTarget
from slacalc.policies.targets.target import AnyTarget

__all__ = ["Ending", "MatchedRule", "MetricPromise", "PolicyInForce"]

Ending: TypeAlias = Literal["solved", "closed", "in_doubt", "nothing"]
"""What a status does to a ticket."""

_MOST_REMEMBERED: Final = 1_024
_MOST_DATES: Final = 8_192  # of all its targets together, some 3 MB
_WITH_RECEIPT: Final = frozenset(("created", "customer_message", "first_customer_message"))
"""What starts a clock at receipt: a ticket of the customer is a message of theirs."""
_ENDED: Final = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(ENDED_WORDS)})(?![^\W\d_])", re.IGNORECASE)


class MetricPromise(NamedTuple):
    """What one rule promises on one metric; `place` is where the rule stands among those that are tried.

    `amount` is that of a plain counting target, in microseconds, and `own` the clock that counts it;
    `pauses` tells whether anything can pause it, and `by_signal` whether a status, a field or an event stops it.
    """

    place: int
    metric: str
    rule: Rule
    promised: MetricRule
    clock: ClockRule
    calendar: OpenTime
    zone: ZoneInfo
    amount: int | None
    own: Clock
    pauses: bool = True
    by_signal: bool = False

    def __eq__(self, other: object) -> bool:
        """Tell whether it is the same promise of the same rule, in this process or from another."""
        if not isinstance(other, MetricPromise):
            return NotImplemented
        return self is other or (
            (self.place, self.metric, self.rule, self.clock) == (other.place, other.metric, other.rule, other.clock)
            and self.calendar == other.calendar
        )

    def __hash__(self) -> int:
        """Hash what names it."""
        return hash((self.place, self.metric))

    @property
    def leaves_unpromised_out(self) -> bool:
        """Whether time does not count in which no rule promised the metric; a named origin is counted from as it is."""
        return self.clock.unpromised_time == "left_out" and self.promised.origin is None

    def promises_as(self, other: "MetricPromise") -> bool:
        """Tell whether two rules promise one thing on a metric: a change from one to the other is none (rule 9)."""
        ours, theirs = self.promised, other.promised
        return (
            (ours.due, ours.origin, ours.pauses_move) == (theirs.due, theirs.origin, theirs.pauses_move)
            and (ours.promise, ours.owed_by) == (theirs.promise, theirs.owed_by)
            and self.clock == other.clock
            and self.calendar == other.calendar
        )


class MatchedRule(NamedTuple):
    """The first rule that matches a ticket, and where it stands among those that are tried.

    `zone` is that of its calendar. `starting` has the metrics by what starts them: a word, or "status", "field" or
    "event".
    """

    place: int
    rule: Rule
    zone: ZoneInfo
    metrics: Mapping[str, MetricPromise]
    starting: Mapping[str, tuple[MetricPromise, ...]]

    @classmethod
    def of(cls, place: int, rule: Rule, zone: ZoneInfo, metrics: Mapping[str, MetricPromise]) -> "MatchedRule":
        """Return the rule with its metrics, sorted by what starts each clock."""
        starting: dict[str, tuple[MetricPromise, ...]] = {}
        for promise in metrics.values():
            kind = kind_of_start(promise.clock.starts)
            starting[kind] = (*starting.get(kind, ()), promise)
        return cls(place, rule, zone, metrics, starting)

    def begins_with_receipt(self, metric: MetricPromise) -> bool:
        """Tell whether a clock begins when the ticket is received, or at a named instant: not behind another one."""
        clock = metric.clock
        by_receipt = kind_of_start(clock.starts) in _WITH_RECEIPT and clock.repeats is None
        return metric.promised.origin is not None or (by_receipt and clock.after not in self.metrics)

    def without_metrics(self) -> "MatchedRule":
        """Return the rule for a time in which nothing is promised anew."""
        return self._replace(metrics={}, starting={})


class PolicyInForce:
    """A policy from one instant on, `since`, and no longer at another, `until`, in microseconds.

    `calendar_of` gives the calendar of a name: that of the policy, or where versions follow
    each other the one that goes over to the next version's (rule 10).
    """

    __slots__ = (
        "_by_fields",
        "_by_place",
        "_calendar_of",
        "_calendars",
        "_digest",
        "_endings",
        "_parts",
        "_plans",
        "_plans_by_place",
        "_provenances",
        "_rows",
        "event_names",
        "has_signals",
        "knows_endings",
        "origins",
        "policy",
        "since",
        "until",
        "watched_fields",
    )

    def __init__(
        self, policy: PolicyDocument, calendar_of: Callable[[str], OpenTime], since: float = -inf, until: float = inf
    ) -> None:
        tell_zone_data_once()
        self.policy: PolicyDocument = policy
        self.since: float = since
        self.until: float = until
        self.origins: frozenset[str] = frozenset(
            each.origin for rule in policy.rules for each in rule.metrics.values() if each.origin
        )
        signals = [each for clock in policy.clocks.values() for each in (clock.starts, clock.stops)]
        self.has_signals: bool = not all(isinstance(each, str) for each in signals)
        self.event_names: tuple[str, ...] = tuple(
            dict.fromkeys(each.event for each in signals if isinstance(each, OnEvent))
        )
        self.watched_fields: tuple[str, ...] = tuple(
            dict.fromkeys(each.field for each in signals if isinstance(each, OnField))
        )
        self.knows_endings: bool = bool(policy.solved_in or policy.closed_in)
        self._endings: Kept[str, Ending] = Kept(_MOST_REMEMBERED)
        self._digest = ""
        self._parts: dict[str, str] = {}
        self._calendar_of = calendar_of
        self._calendars: dict[str, OpenTime] = {}
        self._provenances: dict[str, PromiseProvenance] = {}
        self._by_fields: Kept[frozenset[tuple[str, str]], MatchedRule] = Kept(_MOST_REMEMBERED)
        self._plans: Kept[tuple[FieldsKey, frozenset[str]], PromisePlan] = Kept(_MOST_REMEMBERED)
        self._plans_by_place: Kept[tuple[int, str, frozenset[str]], PromisePlan] = Kept(_MOST_REMEMBERED)
        self._rows = Rows(_MOST_DATES)
        self._by_place: dict[int, MatchedRule] = {}

    @property
    def digest(self) -> str:
        """The digest of the policy."""
        self._digest = self._digest or self.policy.digest
        return self._digest

    @property
    def parts(self) -> dict[str, str]:
        """The short digests of the parts of the policy."""
        self._parts = self._parts or self.policy.parts
        return self._parts

    def holds_at(self, at: int) -> bool:
        """Tell whether the policy is in force at an instant."""
        return self.since <= at < self.until

    def declares(self, field: str) -> bool:
        """Tell whether rules may test a field: a standard one, or one that the policy declares."""
        return field in STANDARD_FIELDS or field in self.policy.fields

    def ending(self, status: str) -> Ending:
        """Return what a status does to a ticket: it solves, closes, or is only called so, which is "in_doubt"."""
        return self._endings.get(status) or self._endings.keep(status, self._ending(status))

    def calendar(self, name: str) -> OpenTime:
        """Return the calendar of a name, compiled once. Raises PolicyError when there is none."""
        known = self._calendars.get(name)
        if known is None:
            known = self._calendars.setdefault(name, self._calendar_of(name))
        return known

    def terms(self, fields: Mapping[str, str]) -> MatchedRule:
        """Return the first rule that matches. Raises PolicyError as `Policy.rule_for` does."""
        key = frozenset(fields.items())
        known = self._by_fields.get(key)
        if known is None:
            known = self._by_fields.keep(key, self.terms_of(self.policy.place_of(fields)))
        return known

    def terms_by_declared(self, fields: Mapping[str, str]) -> MatchedRule:
        """Return the first rule that matches by the fields that the policy declares: others choose among no rules."""
        return self.terms(self.declared(fields))

    def declared(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return the fields that rules may test; a ticket keeps those of other versions, too."""
        return {name: value for name, value in fields.items() if self.declares(name)}

    def terms_of(self, place: int) -> MatchedRule:
        """Return the rule at a place among those that are tried. Raises PolicyError for one of no calendar."""
        known = self._by_place.get(place)
        if known is None:
            rule = self.policy.tried_rules[place]
            if isinstance(rule.calendar, CalendarChoice):
                raise rule.calendar.unchosen("no value")
            metrics = {name: self._metric(place, name) for name in rule.metrics}
            known = self._by_place[place] = MatchedRule.of(place, rule, self._zone_of(rule), metrics)
        return known

    def plan_of(self, fields: dict[str, FieldValue], origins: frozenset[str]) -> PromisePlan | None:
        """Return how to make what `promises` returns for fields and for named instants; None where it is to be asked.

        Raises PolicyError as `Policy.rule_for` does.
        """
        key = key_of_fields(fields)
        if key is None or not origins <= self.origins:
            return None
        known = self._plans.get((key, origins))
        if known is None:
            place, language = self.policy.place_of(fields), self._language(fields)
            known = self._plans.keep((key, origins), self._plan(place, language, origins))
        return known

    def promises(
        self, received: datetime, fields: Mapping[str, FieldValue], origins: Mapping[str, datetime] | None
    ) -> Promises:
        """Return what a ticket is promised: see `AnyPolicy.promise`."""
        matched = self.terms_of(self.policy.place_of(fields))
        begun = self._begun(received, {} if origins is None else origins)
        language = self._language(fields)
        promises: dict[str, Promise] = {}
        later: dict[str, LaterPromise] = {}
        for name, metric in matched.metrics.items():
            if metric.promised.origin in begun and matched.begins_with_receipt(metric):
                promises[name] = self._promise(metric, received, begun[metric.promised.origin], language)
            else:
                later[name] = _later(metric, matched)
        return Promises(promises, later)

    def laters(self, rule: str, metric: str) -> Iterator[LaterPromise]:
        """Return what rules of a name owe on a metric, whenever its clock begins: one for each calendar."""
        for place, each in enumerate(self.policy.tried_rules):
            if each.name == rule and metric in each.metrics and not isinstance(each.calendar, CalendarChoice):
                matched = self.terms_of(place)
                yield _later(matched.metrics[metric], matched)

    def provenance(self, calendar_name: str) -> PromiseProvenance:
        """Return what promises by a calendar depend on."""
        known = self._provenances.get(calendar_name)
        if known is None:
            calendar = self.policy.calendar(calendar_name)
            holidays = calendar.holidays
            source, digest = (None, None) if holidays is None else (holidays.source, holidays.digest)
            known = PromiseProvenance(self.digest, calendar.digest, source, digest, zone_data_version())
            self._provenances[calendar_name] = known
        return known

    def _zone_of(self, rule: Rule) -> ZoneInfo:
        """Return the zone of a rule's calendar; of a rule without one, that of the first calendar of the policy."""
        name = rule.calendar if isinstance(rule.calendar, str) else next(iter(self.policy.calendars), None)
        return ZoneInfo("UTC") if name is None else self.calendar(name).zone_info

    def _language(self, fields: Mapping[str, FieldValue]) -> str:
        return self.policy.guide.language_of(text_of(fields, "market"))

    def _plan(self, place: int, language: str, origins: frozenset[str]) -> PromisePlan:
        known = self._plans_by_place.get((place, language, origins))
        if known is None:
            known = self._plans_by_place.keep((place, language, origins), self._new_plan(place, language, origins))
        return known

    def _new_plan(self, place: int, language: str, origins: frozenset[str]) -> PromisePlan:
        matched = self.terms_of(place)
        metrics: list[tuple[str, str | None, Promiser]] = []
        later: dict[str, LaterPromise] = {}
        for name, metric in matched.metrics.items():
            origin = metric.promised.origin
            if (origin is None or origin in origins) and matched.begins_with_receipt(metric):
                metrics.append((name, origin, self._promiser(metric, language)))
            else:
                later[name] = _later(metric, matched)
        return PromisePlan(tuple(metrics), FrozenDict(later))

    def _promiser(self, metric: MetricPromise, language: str) -> Promiser:
        (calendar_name,) = metric.rule.calendars_of(metric.metric)
        return promiser_of(
            metric.metric,
            metric.rule,
            metric.calendar,
            self._rows,
            calendar_name=calendar_name,
            policy=self.policy.name,
            provenance=self.provenance(calendar_name),
            language=language,
        )

    def _ending(self, status: str) -> Ending:
        solved_in, closed_in = self.policy.solved_in, self.policy.closed_in
        if status in (solved_in or ()):
            return "solved"
        if status in (closed_in or ()):
            return "closed"
        return "in_doubt" if solved_in != () and _ENDED.search(status) else "nothing"

    def _metric(self, place: int, metric: str) -> MetricPromise:
        rule = self.policy.tried_rules[place]
        promised = rule.metrics[metric]
        (name,) = rule.calendars_of(metric)
        calendar = self.calendar(name)
        due = promised.due
        amount = amount_us(due.amount) if isinstance(due, CountingTarget) else None
        own = due.clock(calendar) if isinstance(due, CountingTarget) else calendar.timeline
        clock = self.policy.clock(metric)
        pauses = clock.pausable or bool(clock.paused_in)
        zone, by_signal = calendar.zone_info, not isinstance(clock.stops, str)
        return MetricPromise(place, metric, rule, promised, clock, calendar, zone, amount, own, pauses, by_signal)

    def _begun(self, received: datetime, given: Mapping[str, datetime]) -> dict[str | None, datetime]:
        """Return the instants that metrics count from, by name; receipt has none."""
        check_argument(given, Mapping, "origins", "a mapping of names to instants")
        for name, instant in given.items():
            if name not in self.origins:
                raise PolicyError(
                    "origin_unknown",
                    "no metric counts from an instant of this name",
                    given=name,
                    accepts=nearest_first(name, sorted(self.origins)) or "no named instant in this policy",
                    where="origins",
                )
            to_us(instant, f"origins.{name}")
        begun: dict[str | None, datetime] = {None: received}
        begun.update(given)
        return begun

    def _promise(self, metric: MetricPromise, received: datetime, origin: datetime, language: str) -> Promise:
        rule, promised, calendar = metric.rule, metric.promised, metric.calendar
        (calendar_name,) = rule.calendars_of(metric.metric)
        due = promised.due.due(calendar, origin)
        return Promise(
            metric=metric.metric,
            received=received,
            origin=origin,
            due=due,
            target=promised.due,
            policy=self.policy.name,
            rule=rule.name,
            calendar_name=calendar_name,
            calendar=calendar,
            provenance=self.provenance(calendar_name),
            earliest=promised.due.begins(calendar, origin),
            expected=_due(promised.expected, calendar, origin),
            expected_target=promised.expected,
            follow_up=not_before(due, _due(promised.follow_up, calendar, origin)),
            follow_up_earliest=not_before(due, _earliest(promised.follow_up, calendar, origin)),
            objective=promised.objective,
            rank=rule.rank,
            language=language,
            kind=promised.promise,
            owed_by=promised.owed_by,
        )


def _later(metric: MetricPromise, matched: MatchedRule) -> LaterPromise:
    clock = metric.clock
    (calendar_name,) = metric.rule.calendars_of(metric.metric)
    return LaterPromise(
        metric=metric.metric,
        target=metric.promised.due,
        starts=clock.starts,
        after=clock.after if clock.after in matched.metrics else "",
        origin=metric.promised.origin,
        repeats=clock.repeats,
        rule=metric.rule.name,
        calendar_name=calendar_name,
    )


def _due(target: AnyTarget | None, calendar: OpenTime, received: datetime) -> datetime | None:
    return None if target is None else target.due(calendar, received)


def _earliest(target: AnyTarget | None, calendar: OpenTime, received: datetime) -> datetime | None:
    return None if target is None else target.begins(calendar, received)
