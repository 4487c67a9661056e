"""Which rules of a policy can never match, as one before them always does.

Rules that name values are looked up by these, so that thousands of them are compared with few others each.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from math import prod
from typing import Final, TypeAlias

from slacalc.policies.document.conditions import Compared, Condition
from slacalc.policies.document.fields import FieldKind, is_kind
from slacalc.policies.document.rules import Rule

__all__ = ["hidden_rules"]

_MOST_VALUES: Final = 64  # combinations of values that one rule is looked up by
_MOST_COMPARED: Final = 100  # rules that cannot be looked up, and that one rule is compared with
_MOST_FIELDS: Final = 6  # of a rule whose subsets are looked up; of more, what other rules test is

_Names: TypeAlias = frozenset[str]
_Values: TypeAlias = tuple[Compared, ...]
_Conditions: TypeAlias = Mapping[str, Condition]


def hidden_rules(rules: tuple[Rule, ...], fields: Mapping[str, FieldKind]) -> Iterator[tuple[int, Rule]]:
    """Return the place of each rule that can never match, with the first one before it that always matches instead.

    Of rules that compare, or name very many values, each is compared with the first hundred such before it.
    """
    earlier = _Earlier(fields)
    for place, rule in enumerate(rules):
        found = [_first_hiding(places, rule, rules, fields) for places in earlier.candidates(rule)]
        hiding = min((each for each in found if each is not None), default=None)
        if hiding is None:
            earlier.add(place, rule)
        else:
            yield place, rules[hiding]


def _first_hiding(
    places: list[int], rule: Rule, rules: tuple[Rule, ...], fields: Mapping[str, FieldKind]
) -> int | None:
    return next((place for place in places if _always(rules[place], rule, fields)), None)


def _always(earlier: Rule, later: Rule, fields: Mapping[str, FieldKind]) -> bool:
    """Tell whether every ticket that the later rule matches is matched by the earlier one, as far as can be seen."""
    ways = [{**later.when, **each} for each in later.any_of] or [{**later.when}]
    return _follow(earlier.when, later.when, fields) and (
        not earlier.any_of or all(any(_follow(each, way, fields) for each in earlier.any_of) for way in ways)
    )


def _follow(wanted: _Conditions, said: _Conditions, fields: Mapping[str, FieldKind]) -> bool:
    """Tell whether who satisfies what is said satisfies what is wanted, too."""
    return all(
        name in said and condition.follows_from(said[name], fields.get(name, ())) for name, condition in wanted.items()
    )


class _Earlier:
    """The rules that were met, by the fields and the values that they name; not those that are hidden themselves."""

    def __init__(self, fields: Mapping[str, FieldKind]) -> None:
        self._fields = fields
        self._by_values: dict[_Names, dict[_Values, list[int]]] = {}
        self._others: list[int] = []

    def add(self, place: int, rule: Rule) -> None:
        """Take a rule."""
        named = self._named(rule, frozenset(rule.when))
        if named is None:
            if len(self._others) < _MOST_COMPARED:
                self._others.append(place)
            return
        by_values = self._by_values.setdefault(frozenset(rule.when), {})
        for values in product(*named):
            by_values.setdefault(values, []).append(place)

    def candidates(self, rule: Rule) -> Iterator[list[int]]:
        """Return the places of the rules that may hide a rule: they name what it names, or cannot be looked up."""
        yield self._others
        for names in self._subsets(frozenset(rule.when)):
            by_values, named = self._by_values[names], self._named(rule, names)
            if named is not None:
                yield min((by_values.get(values, []) for values in product(*named)), key=len)

    def _subsets(self, names: _Names) -> Iterator[_Names]:
        """Return the fields that earlier rules name, and no others."""
        if len(names) > _MOST_FIELDS:
            yield from (known for known in self._by_values if known <= names)
            return
        for size in range(len(names) + 1):
            yield from (known for each in combinations(names, size) if (known := frozenset(each)) in self._by_values)

    def _named(self, rule: Rule, names: _Names) -> list[list[Compared]] | None:
        """Return the values of each field that a rule lets through, by name; None if it does not name them all."""
        found = [self._values(name, rule.when[name]) for name in sorted(names)]
        return found if all(found) and prod(map(len, found)) <= _MOST_VALUES else None

    def _values(self, name: str, condition: Condition) -> list[Compared]:
        if is_kind(self._fields.get(name, ())):
            return []
        return [value for value in condition.values_of("any") if condition.holds(value)]
