"""The filter of an SLA policy of Zendesk as conditions of a rule.

Of `all` every condition must hold, of `any` one. Operators are those of views and triggers.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part

__all__ = ["Conditions", "Filter", "fields_of", "read_filter"]

Conditions: TypeAlias = dict[str, dict[str, list[str]]]
"""What a table `when` of a policy says: of each field, operators with values."""

_TAGS: Final = "tags"
_OPERATORS: Final[Mapping[str, str]] = {"is": "any", "is_not": "not", "includes": "any", "not_includes": "not"}
_NOT_OURS: Final = (
    "present", "not_present", "less_than", "greater_than", "less_than_equal", "greater_than_equal",
    "includes_words", "not_includes_words", "includes_string", "not_includes_string", "within_previous_n_days",
    "value", "not_value", "changed", "not_changed", "value_previous", "not_value_previous",
)  # fmt: skip
_CHANGING: Final = ("status", "assignee_id", "satisfaction_score", "updated_at", "due_date")


class Filter(NamedTuple):
    """Which tickets: conditions that all hold, tables of which one holds, and what could not be said."""

    when: Conditions
    any_of: tuple[Conditions, ...]
    losses: tuple[Loss, ...]


def read_filter(part: Part | None) -> Filter:
    """Return what a filter says. Raises InteropError for what no filter can be."""
    if part is None:
        return Filter({}, (), ())
    losses: list[Loss] = []
    when: Conditions = {}
    for each in part["all"].items() if "all" in part else []:
        if (condition := _condition(each, losses)) is not None and not _joined(when, condition):
            losses.append(_lost(each, "a second condition on one list"))
    ways = [_condition(each, losses) for each in (part["any"].items() if "any" in part else [])]
    any_of = tuple(way for way in ways if way is not None)
    if len(any_of) == 1 and _joined(when, any_of[0]):
        any_of = ()
    return Filter(when, any_of, tuple(losses))


def _condition(part: Part, losses: list[Loss]) -> Conditions | None:
    """Return one condition; None for one that slacalc cannot say, which is noted."""
    field, operator = part["field"].text(), part["operator"].word(*_OPERATORS, *_NOT_OURS)
    values = _values(part.get("value"))
    if operator in _NOT_OURS:
        losses.append(_lost(part, f"the operator {operator!r}"))
    elif field in _CHANGING:
        losses.append(_lost(part, f"the field {field!r}, which is no field of a policy"))
    elif not values:
        losses.append(_lost(part, f"a field {field!r} that is empty"))
    else:
        return _tags(operator, values) if field == "current_tags" else {field: {_OPERATORS[operator]: values}}
    return None


def _tags(operator: str, values: list[str]) -> Conditions:
    """Return a condition on tags: a text has several, with blanks between, of which one is enough."""
    tags = [tag for value in values for tag in value.split()]
    has_one = _OPERATORS[operator] == "any" and len(tags) == 1
    return {_TAGS: {"has" if has_one else _OPERATORS[operator]: tags}}


def _values(part: Part | None) -> list[str]:
    if part is None or part.value == "":
        return []
    return [each.text() for each in part.items()] if isinstance(part.value, list) else [part.text()]


def _joined(when: Conditions, more: Conditions) -> bool:
    """Add conditions to those of the same fields; tell whether that can be said."""
    for field, said in more.items():
        known = when.setdefault(field, {})
        for operator, values in said.items():
            if operator not in known:
                known[operator] = values
            elif operator != "any":
                known[operator] = list(dict.fromkeys((*known[operator], *values)))
            elif field == _TAGS:
                return False
            else:
                known[operator] = [value for value in known[operator] if value in values]
    return True


def _lost(part: Part, what: str) -> Loss:
    return Loss(
        "due_times", part.place, f"{what} decides whether the policy is for a ticket", "the condition is left out"
    )


def fields_of(filters: Iterable[Filter]) -> dict[str, Any]:
    """Return the declarations of the fields that filters test."""
    named = [name for each in filters for table in (each.when, *each.any_of) for name in table]
    return {name: "list" if name == _TAGS else [] for name in dict.fromkeys(named)}
