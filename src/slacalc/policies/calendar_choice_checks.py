"""Warn of values that a field may have, and for which a rule names no calendar."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from slacalc.policies.document.calendar_choice import CalendarChoice
from slacalc.policies.document.conditions import Condition
from slacalc.policies.document.fields import FieldKind, is_kind
from slacalc.policies.document.rules import Rule
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.hidden_rules import hidden_rules
from slacalc.policies.warning import PolicyWarning

__all__ = ["check_calendar_choices"]

_MOST_VALUES: Final = 20  # of one rule that are looked at, as of thousands of rules each may lack thousands


def check_calendar_choices(rules: tuple[Rule, ...], fields: Mapping[str, FieldKind]) -> Iterator[PolicyWarning]:
    """Return a warning for each rule whose calendar is chosen by a field, without a default, and not for every value.

    The values are those that are declared, that the rule's conditions let through, and that no earlier rule takes.
    """
    tried: list[Rule] = []
    asked: dict[int, tuple[int, str]] = {}
    for place, rule in enumerate(rules):
        for narrowed, value in _without_calendar(rule, fields):
            asked[len(tried)] = (place, value)
            tried.append(narrowed)
        tried.append(rule)
    hidden = {place for place, _ in hidden_rules(tuple(tried), fields)} if asked else set()
    lacking: dict[int, list[str]] = {}
    for number, (place, value) in asked.items():
        if number not in hidden:
            lacking.setdefault(place, []).append(value)
    for place, values in lacking.items():
        message = f"no calendar is named for {', '.join(values)}, and there is no default: such a ticket is refused"
        yield PolicyWarning("calendar_unchosen", f"rules[{place}].calendar", message)


def _without_calendar(rule: Rule, fields: Mapping[str, FieldKind]) -> Iterator[tuple[Rule, str]]:
    """Return the rule for tickets of each value for which it names no calendar, with the value."""
    choice = rule.calendar
    if not isinstance(choice, CalendarChoice) or choice.default is not None:
        return
    declared, named = fields.get(choice.field, ()), dict(choice.by_value)
    values = () if is_kind(declared) else (value for value in declared if value not in named)
    for value in islice((each for each in values if _lets_through(rule, choice.field, each)), _MOST_VALUES):
        when = FrozenDict({**rule.when, choice.field: Condition.read(value)})
        yield rule.model_copy(update={"when": when}), value


def _lets_through(rule: Rule, field: str, value: str) -> bool:
    """Tell whether a rule may match tickets of which the field has the value."""
    ways = (rule.when, *rule.any_of)
    wanted = [way[field].holds(value) if field in way else True for way in ways]
    return wanted[0] and (not rule.any_of or any(wanted[1:]))
