"""Why a rule matches a ticket, and why those before it do not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from slacalc.errors import PolicyError
from slacalc.policies.document.fields import ReadValue, field_text
from slacalc.policies.document.rules import FailedCondition, Rule
from slacalc.render import Tabular, TextTable

__all__ = ["MatchExplanation", "MatchResult", "RuleMatch", "explain_match", "no_rule_matches"]

MatchResult: TypeAlias = Literal["matches", "fails", "not_tried"]
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """How one rule fares with a ticket. `failed` is the first condition that does not hold, None unless it fails."""

    rule: str
    place: int
    result: MatchResult
    failed: FailedCondition | None = None


@dataclass(frozen=True, slots=True)
class MatchExplanation(Tabular):
    """Each rule of a policy in order, tried until one matches; printed it is a table."""

    policy: str
    rules: tuple[RuleMatch, ...]

    @property
    def matched(self) -> RuleMatch | None:
        """The rule that matches, or None."""
        return next((each for each in self.rules if each.result == "matches"), None)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each rule; `given` is None for a field that the ticket does not have."""
        return [
            {
                "place": each.place,
                "rule": each.rule,
                "result": each.result,
                "field": each.failed and each.failed.field,
                "condition": each.failed and _condition(each.failed),
                "given": None if each.failed is None or each.failed.given is None else field_text(each.failed.given),
            }
            for each in self.rules
        ]

    def to_data(self) -> dict[str, object]:
        """Return the policy, the rule that matched, and the rows."""
        return {
            "policy": self.policy,
            "matched": None if self.matched is None else self.matched.rule,
            "rules": self.to_rows(),
        }

    def _page(self) -> Iterator[str | TextTable]:
        rows = (
            (each.rule, each.result.replace("_", " "), "" if each.failed is None else told(each.failed))
            for each in self.rules
        )
        yield TextTable.of(
            ("rule", "result", "because it wants"), rows, caption="the rules in order, until one matches"
        )


def explain_match(policy: str, rules: Iterable[Rule], values: Mapping[str, ReadValue | None]) -> MatchExplanation:
    """Return how each rule fares with the values of a ticket's fields, in order."""
    return MatchExplanation(policy, tuple(_tried(rules, values)))


def no_rule_matches(
    policy: str, rules: Iterable[Rule], values: Mapping[str, ReadValue | None], given: object
) -> PolicyError:
    """Return the error for a ticket that no rule matches; it names the rules that come nearest, and what they want."""
    missed = sorted(
        (len(failures), place, rule, failures)
        for place, rule in enumerate(rules)
        if (failures := [*rule.failures(values)])
    )
    near = (
        f"rule {rule.name!r} wants {', '.join(map(told, failures))}" for _, _, rule, failures in missed[:_MOST_NEAR]
    )
    return PolicyError(
        "no_rule_matches",
        "no rule matches this ticket",
        given=given,
        accepts="; ".join([*near, "a last rule without `when` matches everything"]),
        where=policy,
    )


def told(failed: FailedCondition) -> str:
    """Return in words what a rule wants, and what it was given."""
    given = "which is missing" if failed.given is None else f"given {field_text(failed.given)}"
    wanted = f"that {failed.field} {failed.comparison}, {given}"
    return ", or ".join([wanted, *map(told, failed.or_else)])


def _condition(failed: FailedCondition) -> str:
    return " or ".join([str(failed.comparison), *(f"{each.field} {each.comparison}" for each in failed.or_else)])


def _tried(rules: Iterable[Rule], values: Mapping[str, ReadValue | None]) -> Iterator[RuleMatch]:
    found = False
    for place, rule in enumerate(rules):
        failed = None if found else next(rule.failures(values), None)
        result: MatchResult = "not_tried" if found else "matches" if failed is None else "fails"
        found = found or failed is None
        yield RuleMatch(rule.name, place, result, failed)
