"""The part of JQL that conditions of a rule can say: a field that is a value, or one of several, joined by AND."""

import re
from typing import Final

from slacalc.interop.goals import Conditions, joined

__all__ = ["read_jql"]

_VALUE: Final = r'(?:"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[^\s,()="\'!<>~]+)'
_CLAUSE: Final = re.compile(
    rf'\s*(?P<field>"[^"]+"|[\w.\[\]-]+)\s*(?:=\s*(?P<one>{_VALUE})|in\s*\((?P<several>[^()]*)\))\s*', re.IGNORECASE
)
_AND: Final = re.compile(r"and\b", re.IGNORECASE)
_EACH: Final = re.compile(_VALUE)
_NOT_A_VALUE: Final = ("empty", "null")
_CHANGING: Final = ("status", "statuscategory", "resolution", "assignee", "sprint", "updated", "duedate", "due")
"""What the work on an issue changes, and is no field of a policy."""
_MOST: Final = 5_000


def read_jql(query: str) -> Conditions | None:
    """Return the conditions of a query; an empty one has none. None for a query that conditions cannot say.

    >>> read_jql('priority = High AND issuetype in (Incident, "Service Request")')
    {'priority': ['High'], 'issuetype': ['Incident', 'Service Request']}
    >>> read_jql("reporter = currentUser()"), read_jql("status = Open")
    (None, None)
    """
    if not query.strip():
        return {}
    found: Conditions | None = {}
    at = 0
    while at < len(query) <= _MOST and found is not None:
        clause = _CLAUSE.match(query, at)
        if clause is None:
            return None
        values = [_plain(each) for each in _EACH.findall(clause["one"] or clause["several"])]
        if not values or any(value.lower() in _NOT_A_VALUE for value in values):
            return None
        field = _plain(clause["field"]).lower()
        if field in _CHANGING:
            return None
        found = joined(found, {field: values})
        at = clause.end()
        if at < len(query):
            conjunction = _AND.match(query, at)
            if conjunction is None or conjunction.end() == len(query):
                return None
            at = conjunction.end()
    return found if at == len(query) else None


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value[:1] in {'"', "'"} else value
