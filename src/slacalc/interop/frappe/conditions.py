"""The condition of an agreement of Frappe, an expression of Python about `doc`, as conditions of a rule.

Read are comparisons of fields with texts and numbers, joined by `and`, or by `or`. An expression is parsed, and
never run.
"""

import ast
from collections.abc import Mapping
from typing import Final, TypeAlias

__all__ = ["Tables", "read_expression"]

Tables: TypeAlias = dict[str, dict[str, list[str]]]
"""What a table `when` of a policy says: of each field, operators with values."""
_MOST_CHARACTERS: Final = 2_000
_ONE: Final[Mapping[type[ast.cmpop], str]] = {ast.Eq: "any", ast.NotEq: "not"}
_SEVERAL: Final[Mapping[type[ast.cmpop], str]] = {ast.In: "any", ast.NotIn: "not"}
_CHANGING: Final = ("status", "status_category", "agent", "_assign", "modified", "resolution", "agreement_status")


def read_expression(text: str) -> tuple[Tables, tuple[Tables, ...]] | None:
    """Return conditions that all hold, and tables of which one holds; None for what conditions cannot say.

    >>> read_expression('doc.priority == "High" and doc.ticket_type in ("Bug", "Incident")')
    ({'priority': {'any': ['High']}, 'ticket_type': {'any': ['Bug', 'Incident']}}, ())
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.Or):
        ways = [_all(each) for each in tree.values]
        return None if any(way is None for way in ways) else ({}, tuple(way for way in ways if way is not None))
    when = _all(tree)
    return None if when is None else (when, ())


def _all(tree: ast.expr) -> Tables | None:
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    when: Tables = {}
    for each in parts:
        said = _comparison(each)
        if said is None or said[0] in when:
            return None
        when[said[0]] = said[1]
    return when


def _comparison(tree: ast.expr) -> tuple[str, dict[str, list[str]]] | None:
    """Return the field of a comparison, and its operator with values."""
    match tree:
        case ast.Compare(
            left=ast.Attribute(value=ast.Name(id="doc"), attr=field), ops=[operator], comparators=[value]
        ) if field not in _CHANGING:
            several = _SEVERAL.get(type(operator))
            values = _texts(value.elts) if several and isinstance(value, ast.List | ast.Tuple | ast.Set) else None
            if type(operator) in _ONE:
                several, values = _ONE[type(operator)], _texts([value])
            return (field, {several: values}) if several and values else None
        case _:
            return None


def _texts(values: list[ast.expr]) -> list[str] | None:
    """Return texts and whole numbers as texts; None where there is something else, or an empty text."""
    found = [each.value for each in values if isinstance(each, ast.Constant)]
    said = [str(each) for each in found if isinstance(each, str | int) and not isinstance(each, bool) and each != ""]
    return said if len(said) == len(values) else None
