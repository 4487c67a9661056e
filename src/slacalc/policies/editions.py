"""A policy with its calendars resolved, as one clock uses it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import amount_us
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.clock_rules import ClockRule
from slacalc.policies.rules import MetricRule, Rule
from slacalc.policies.targets import Clock, CountingTarget, clock_of

if TYPE_CHECKING:
    from slacalc.policies.policy import Policy

__all__ = ["Edition", "MetricTerms", "Terms"]

_MOST_REMEMBERED: Final = 1_024


class MetricTerms(NamedTuple):
    """What one rule means for the clock of one metric; `place` is where the rule stands in the policy.

    `amount` is that of a plain counting target, in microseconds, and `own` the clock that counts it;
    `pauses` tells whether anything can pause it.
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


class Terms(NamedTuple):
    """What the first rule that matches a ticket means for its clocks; `place` is where the rule stands.

    `starting` has the metrics by what starts their clocks.
    """

    place: int
    rule: Rule
    calendar: OpenTime
    metrics: Mapping[str, MetricTerms]
    starting: Mapping[str, tuple[MetricTerms, ...]]

    @classmethod
    def of(cls, place: int, rule: Rule, calendar: OpenTime, metrics: Mapping[str, MetricTerms]) -> "Terms":
        """Return the terms of a rule, sorted by what starts each clock."""
        starts: set[str] = {terms.clock.starts for terms in metrics.values()}
        starting: dict[str, tuple[MetricTerms, ...]] = {
            how: tuple(terms for terms in metrics.values() if terms.clock.starts == how) for how in starts
        }
        return cls(place, rule, calendar, metrics, starting)

    def without_metrics(self) -> "Terms":
        """Return the terms of a time in which nothing is promised anew."""
        return self._replace(metrics={}, starting={})


class Edition:
    """A policy as it is for a clock that begins under it: its own rules, and the opening hours of each instant.

    `calendar_of` gives the calendar of a name: that of the policy, or where versions follow
    each other the one that goes over to the next version's (rule 10).
    """

    __slots__ = ("_by_fields", "_by_rule", "_calendar_of", "_calendars", "_digest", "origins", "policy")

    def __init__(self, policy: "Policy", calendar_of: Callable[[str], OpenTime]) -> None:
        self.policy: Policy = policy
        self.origins: frozenset[str] = policy.origins
        self._digest = ""
        self._calendar_of = calendar_of
        self._calendars: dict[str, OpenTime] = {}
        self._by_fields: dict[frozenset[tuple[str, str]], Terms] = {}
        self._by_rule: dict[int, Terms] = {}

    @property
    def digest(self) -> str:
        """The digest of the policy."""
        self._digest = self._digest or self.policy.digest
        return self._digest

    def calendar(self, name: str) -> OpenTime:
        """Return the calendar of a name, compiled once. Raises PolicyError when there is none."""
        known = self._calendars.get(name)
        if known is None:
            known = self._calendars.setdefault(name, self._calendar_of(name))
        return known

    def terms(self, fields: Mapping[str, str]) -> Terms:
        """Return the terms of the first rule that matches. Raises PolicyError as `Policy.rule_for` does."""
        key = frozenset(fields.items())
        known = self._by_fields.get(key)
        if known is None:
            matching = self.policy.rule_for(**fields)
            known = self.terms_of(next(i for i, rule in enumerate(self.policy.rules) if rule is matching))
            if len(self._by_fields) >= _MOST_REMEMBERED:
                self._by_fields.clear()
            self._by_fields[key] = known
        return known

    def terms_of(self, place: int) -> Terms:
        """Return the terms of the rule that stands at a place of the policy."""
        known = self._by_rule.get(place)
        if known is None:
            rule = self.policy.rules[place]
            known = Terms.of(
                place, rule, self.calendar(rule.calendar), {name: self._terms(place, name) for name in rule.metrics}
            )
            self._by_rule[place] = known
        return known

    def _terms(self, place: int, metric: str) -> MetricTerms:
        rule = self.policy.rules[place]
        promised = rule.metrics[metric]
        calendar = self.calendar(promised.calendar or rule.calendar)
        due = promised.due
        amount = amount_us(due.amount) if isinstance(due, CountingTarget) else None
        own = clock_of(due, calendar) if isinstance(due, CountingTarget) else calendar.timeline
        clock = self.policy.clock(metric)
        pauses = clock.pausable or bool(clock.paused_in)
        return MetricTerms(place, metric, rule, promised, clock, calendar, calendar.zone_info, amount, own, pauses)
