"""The condition of an SLA of Zammad as conditions of a rule.

Of a plain condition every attribute must hold. An expert one is a tree, of which one level is read: all, or any.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part

__all__ = ["PRIORITY", "SlaCondition", "Tables", "fields_of", "read_condition"]

Tables: TypeAlias = dict[str, dict[str, list[str]]]
"""What a table `when` of a policy says: of each field, operators with values."""
PRIORITY: Final = "priority"
_TAGS: Final = "tags"
_OPERATORS: Final[Mapping[str, str]] = {"is": "any", "is any of": "any", "is not": "not", "is none of": "not"}
_OF_TAGS: Final[Mapping[str, str]] = {"contains all": "has", "contains one": "any"}
_NOT_OURS: Final = (
    "contains", "contains not", "contains all", "contains one", "contains all not", "contains one not", "starts with",
    "ends with", "starts with one of", "ends with one of", "matches regex", "does not match regex", "is set",
    "not set", "is in working time", "is not in working time", "before (absolute)", "after (absolute)",
    "before (relative)", "after (relative)", "within next (relative)", "within last (relative)", "from (relative)",
    "till (relative)", "today", "has changed", "has reached", "has reached warning",
)  # fmt: skip
_CHANGING: Final = ("state_id", "owner_id", "pending_time", "escalation_at", "updated_at", "last_contact_at")
_OTHERS: Final = ("article.", "execution_time.")
_SPECIFIC: Final = "specific"


class SlaCondition(NamedTuple):
    """Which tickets: conditions that all hold, tables of which one holds, and what could not be said."""

    when: Tables
    any_of: tuple[Tables, ...]
    losses: tuple[Loss, ...]

    @property
    def is_for_all(self) -> bool:
        """Whether nothing is asked of a ticket."""
        return not self.when and not self.any_of and not self.losses

    def excludes(self, other: "SlaCondition") -> bool:
        """Tell whether no ticket can satisfy both, as far as one field of both shows."""
        return any(
            "any" in said and "any" in other.when.get(field, {}) and not {*said["any"]} & {*other.when[field]["any"]}
            for field, said in self.when.items()
            if field != _TAGS
        )


def read_condition(part: Part | None, priorities: Mapping[str, str]) -> SlaCondition:
    """Return what a condition says; `priorities` are names by id. Raises InteropError for what none can be."""
    if part is None or not part.table():
        return SlaCondition({}, (), ())
    losses: list[Loss] = []
    if "conditions" not in part:
        return _all(part.values(), priorities, losses)
    operator, leaves = part["operator"].word("AND", "OR", "NOT"), part["conditions"].items()
    if operator == "NOT" or any("conditions" in leaf for leaf in leaves):
        return SlaCondition({}, (), (_lost(part, "a condition in another one"),))
    if operator == "AND":
        return _all(leaves, priorities, losses)
    ways = [_said(leaf, priorities, losses) for leaf in leaves]
    return SlaCondition({}, tuple(way for way in ways if way is not None), tuple(losses))


def _all(leaves: Iterable[Part], priorities: Mapping[str, str], losses: list[Loss]) -> SlaCondition:
    when: Tables = {}
    for leaf in leaves:
        said = _said(leaf, priorities, losses)
        if said is not None and when.keys() & said.keys():
            losses.append(_lost(leaf, "a second condition on one attribute"))
        else:
            when |= said or {}
    return SlaCondition(when, (), tuple(losses))


def _said(leaf: Part, priorities: Mapping[str, str], losses: list[Loss]) -> Tables | None:
    """Return one condition; None for one that slacalc cannot say, which is noted."""
    attribute = leaf["name"].text() if "name" in leaf else leaf.key
    field = attribute.removeprefix("ticket.").replace(".", "_")
    operators = {**_OPERATORS, **(_OF_TAGS if field == _TAGS else {})}
    operator = leaf["operator"].word(*_OPERATORS, *_NOT_OURS)
    values = _values(leaf.get("value"), "," if field == _TAGS else None)
    if operator not in operators:
        losses.append(_lost(leaf, f"the operator {operator!r}"))
    elif field in _CHANGING or attribute.startswith(_OTHERS):
        losses.append(_lost(leaf, f"the attribute {attribute!r}, which is no field of a policy"))
    elif not values or ("pre_condition" in leaf and leaf["pre_condition"].value not in ("", _SPECIFIC)):
        losses.append(_lost(leaf, f"an attribute {attribute!r} without a value of its own"))
    elif field == "priority_id":
        return {PRIORITY: {operators[operator]: [_priority(leaf, each, priorities) for each in values]}}
    else:
        return {field: {operators[operator]: values}}
    return None


def _priority(leaf: Part, number: str, priorities: Mapping[str, str]) -> str:
    """Return the name of a priority where names are known; else its id."""
    if not priorities:
        return number
    if number not in priorities:
        raise leaf["value"].misfit(f"the id of a priority: {', '.join(priorities)}")
    return priorities[number]


def _values(part: Part | None, between: str | None) -> list[str]:
    """Return the values as texts; of tags, which are one text, those between commas."""
    if part is None or part.value == "":
        return []
    if isinstance(part.value, list | tuple):
        return [value for each in part.items() for value in _values(each, between)]
    if isinstance(part.value, bool):
        return [json.dumps(part.value)]
    return [part.text()] if between is None else [each.strip() for each in part.text().split(between)]


def _lost(part: Part, what: str) -> Loss:
    return Loss("due_times", part.place, f"{what} decides whether the SLA is for a ticket", "the condition is left out")


def fields_of(conditions: Iterable[SlaCondition], priorities: Mapping[str, str]) -> dict[str, Any]:
    """Return the declarations of the fields that conditions test."""
    named = [name for each in conditions for table in (each.when, *each.any_of) for name in table]
    known = {_TAGS: "list", PRIORITY: [*priorities.values()]}
    return {name: known.get(name, []) for name in dict.fromkeys(named)}
