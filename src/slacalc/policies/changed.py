"""A policy with some of its values changed, each named by its path: `rules.normal.metrics.first_response.due`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from slacalc.arguments import check_argument, nearest_first
from slacalc.errors import PolicyError
from slacalc.policies.document.pins import Built, Pins
from slacalc.policies.policy import Policy

__all__ = ["Change", "built_of", "changed_policy"]

Change = Mapping[str, Any]
"""Values by their paths, each as a policy file says it."""

_PART: Final = re.compile(r'(?:"([^"]+)"|([^".]+))(?:\.(?=.)|$)')
_ACCEPTS: Final = 'a mapping of paths to values, such as {"calendars.office.hours": "Mon-Fri 08:00-18:00"}'
_A_PATH: Final = 'keys with dots between, such as "calendars.office.hours"; a key with a dot in it stands in quotes'
_NAMED_BY: Final = ("name", "on", "to")  # what tells an element of a list from the others
_UNSAID: Final = ("clocks", "fields", "guide", "deprioritisation")  # tables that a policy may leave out


def changed_policy(policy: Policy, change: Change, built: Built | None = None) -> Policy:
    """Return a policy with some values changed. Raises PolicyError: see `Policy.replace`.

    A calendar that stays as it is is the same one, and compiled already; `built` keeps those of several changes.
    """
    check_argument(change, Mapping, "changes", _ACCEPTS)
    data: dict[str, Any] = _opened(policy)
    for path, value in change.items():
        _put(data, path, _parts(path), value)
    made = Policy(_pins_of(policy, built_of(policy) if built is None else built), **data)
    _refuse_idle_calendars(policy, made, change)
    return made


def built_of(policy: Policy) -> Built:
    """Return the calendars of a policy by their tables, for changes that leave some as they are."""
    rules = policy.calendars
    bases = {name: None if rule.extends is None else policy.calendar(rule.extends) for name, rule in rules.items()}
    return {(rule, bases[name]): policy.calendar(name) for name, rule in rules.items()}


def _pins_of(policy: Policy, built: Built) -> Pins:
    """Return the pins that a policy was read with; none, where it reads the installed holidays instead of them."""
    found = dict(policy._pins)  # noqa: SLF001 - a policy's own pins
    named = any(rule.holidays.pin_names for rule in policy.calendars.values() if rule.holidays is not None)
    return Pins(None, named and not found, found, built=built)


def _put(data: dict[str, Any], path: str, parts: list[str], value: object) -> None:
    """Put a value where a path leads, opening what lies on the way."""
    if parts[0] not in Policy.model_fields:
        raise _no_path(path, parts[0], Policy.model_fields)
    table: Any = data
    for part in parts[:-1]:
        if isinstance(table, dict) and parts[0] in _UNSAID:
            table.setdefault(part, {})
        key = _key(table, part, path)
        table[key] = _opened(table[key])
        table = table[key]
    table[parts[-1] if isinstance(table, dict) else _key(table, parts[-1], path)] = value


def _parts(path: object) -> list[str]:
    """Return the keys of a path; one with a dot in it stands in quotes, as in TOML."""
    found = list(_PART.finditer(path)) if isinstance(path, str) else []
    if not found or "".join(each[0] for each in found) != path:
        problem = "this is no path into a policy"
        raise PolicyError("path_unknown", problem, given=path, accepts=_A_PATH, where="changes")
    return [each[1] or each[2] for each in found]


def _key(table: Any, part: str, path: str) -> str | int:  # noqa: ANN401 - what a policy holds
    """Return the key, or the place in a list, that a part of a path names. Raises PolicyError when there is none."""
    if isinstance(table, dict) and table.get(part) is not None:
        return part
    if isinstance(table, list):
        names = [_name_of(element) for element in table]
        if part in names:
            return names.index(part)
        if part.isdecimal() and int(part) < len(table):
            return int(part)
        table = [name for name in names if name]
    raise _no_path(path, part, table if isinstance(table, dict | list) else ())


def _name_of(element: object) -> str:
    said = vars(element) if isinstance(element, BaseModel) else element if isinstance(element, Mapping) else {}
    return next((str(said[key]) for key in _NAMED_BY if key in said), "")


def _opened(value: object) -> Any:  # noqa: ANN401 - what a policy holds
    """Return a value whose parts can be replaced: a table as a dict, a list as a list, anything else as it is."""
    match value:
        case BaseModel():
            return dict(_members(value))
        case Mapping():
            return dict(value)
        case list() | tuple():
            return list(value)
        case _:
            return value


def _members(model: BaseModel) -> Iterator[tuple[str, object]]:
    """Return what a model was told, each under its key of a file."""
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            yield field.serialization_alias or name, getattr(model, name)


def _no_path(path: str, part: str, known: Iterable[str]) -> PolicyError:
    accepts = nearest_first(part, known) or f"a path that ends before {part}"
    problem = "there is nothing of this name in the policy"
    return PolicyError("path_unknown", problem, given=part, accepts=accepts, where=(path,))


def _refuse_idle_calendars(policy: Policy, made: Policy, change: Change) -> None:
    """Refuse a calendar that was added and that nothing uses: it is perhaps another one's name, misspelt."""
    added = made.calendars.keys() - policy.calendars.keys()
    if not added:
        return
    used = {name for rule in made.rules for metric in rule.metrics for name in rule.calendars_of(metric)}
    used |= {each.extends for each in made.calendars.values() if each.extends}
    for path in change:
        parts = _parts(path)
        if parts[0] == "calendars" and {*parts[1:2]} & (added - used):
            raise _no_path(path, parts[1], policy.calendars)
