"""Which rule of a policy is the first that matches, without asking each of them.

A rule that names values of a field can match only a ticket with one of these: it is looked up by the field in which it
shares its values with the fewest others. The rest are asked in order.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from slacalc.kept import Kept
from slacalc.policies.document.conditions import Compared
from slacalc.policies.document.fields import ReadValue
from slacalc.policies.document.rules import Rule

__all__ = ["FieldsKey", "FirstMatch", "key_of_fields"]

FieldsKey: TypeAlias = tuple[tuple[tuple[str, Any], ...], tuple[type, ...]]
"""Fields in the order given, and the types of their values: 1, 1.0 and True are equal, and three things."""

_MOST_REMEMBERED: Final = 1_024
_TESTS_ALIKE: Final = frozenset((str, int, bool, float, Decimal, type(None)))
"""What is read alike where it is equal and of one type."""


class FirstMatch:
    """The rules of a policy by the values that they name; by fields given, the places found and what others keep."""

    __slots__ = ("_by_field", "_others", "kept", "places", "rules")

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.places: Final[Kept[FieldsKey, int]] = Kept(_MOST_REMEMBERED)
        self.kept: Final[Kept[tuple[FieldsKey, object], Any]] = Kept(_MOST_REMEMBERED)
        self.rules: Final = rules
        self._by_field: Final[dict[str, dict[Compared, list[int]]]] = {}
        self._others: Final[list[int]] = []
        sharing = Counter((name, value) for rule in rules for name, value in _named(rule))
        for place, rule in enumerate(rules):
            self._add(place, rule, sharing)

    def place(self, values: Mapping[str, ReadValue | None]) -> int | None:
        """Return where the first rule stands that matches the values of a ticket's fields, or None."""
        found: int | None = None
        for places in self._candidates(values):
            for place in places:
                if found is not None and place > found:
                    break
                if self.rules[place].matches(values):
                    found = place
                    break
        return found

    def _add(self, place: int, rule: Rule, sharing: Mapping[tuple[str, Compared], int]) -> None:
        fields: dict[str, list[Compared]] = {}
        for name, value in _named(rule):
            fields.setdefault(name, []).append(value)
        if not fields:
            self._others.append(place)
            return
        name = min(fields, key=lambda name: max(sharing[name, value] for value in fields[name]))
        by_value = self._by_field.setdefault(name, {})
        for value in fields[name]:
            by_value.setdefault(value, []).append(place)

    def _candidates(self, values: Mapping[str, ReadValue | None]) -> list[list[int]]:
        """Return the places of the rules that can match, each list in order."""
        found = [self._others] if self._others else []
        for name, by_value in self._by_field.items():
            value = values.get(name)
            for each in value if isinstance(value, tuple) else (value,):
                places = None if each is None else by_value.get(each)
                if places is not None:
                    found.append(places)
        return found


def key_of_fields(fields: Mapping[str, object]) -> FieldsKey | None:
    """Return what fields are remembered by; None where they are not: lists, and values of other libraries."""
    types = tuple(map(type, fields.values()))
    return (tuple(fields.items()), types) if _TESTS_ALIKE.issuperset(types) else None


def _named(rule: Rule) -> Iterator[tuple[str, Compared]]:
    """Return each value that the rule names of a field."""
    for name, condition in rule.when.items():
        for value in condition.values_of("any"):
            yield name, value
