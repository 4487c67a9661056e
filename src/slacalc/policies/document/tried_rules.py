"""The rules of a policy as they are tried: one for each calendar that a field chooses, and one for all the rest."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias

from slacalc.policies.document.calendar_choice import CalendarChoice
from slacalc.policies.document.conditions import Condition
from slacalc.policies.document.rules import Rule
from slacalc.policies.frozen_dict import FrozenDict

__all__ = ["UNMATCHED", "Unmatched", "tried_rules"]

Unmatched: TypeAlias = Literal["error", "no_promise"]
"""What a ticket is that no rule matches: an error, or one that is promised nothing."""

UNMATCHED: Final = Rule(name="unmatched", metrics=FrozenDict())
"""The rule of tickets that no other one matches, where these are promised nothing."""


def tried_rules(rules: Iterable[Rule], unmatched: Unmatched) -> tuple[Rule, ...]:
    """Return the rules in the order in which they are tried, each with one calendar.

    The last one of a rule without a default is the rule itself: who matches it is of no calendar.
    """
    last = (UNMATCHED,) if unmatched == "no_promise" else ()
    return (*(each for rule in rules for each in _of_one_calendar(rule)), *last)


def _of_one_calendar(rule: Rule) -> Iterator[Rule]:
    choice = rule.calendar
    if not isinstance(choice, CalendarChoice):
        yield rule
        return
    wanted = rule.when.get(choice.field)
    for value, calendar in choice.by_value:
        if wanted is None or wanted.holds(value):
            when = FrozenDict({**rule.when, choice.field: Condition.read(value)})
            yield rule.model_copy(update={"when": when, "calendar": calendar})
    yield rule if choice.default is None else rule.model_copy(update={"calendar": choice.default})
