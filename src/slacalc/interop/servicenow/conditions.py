"""The part of ServiceNow's encoded queries that conditions can say: fields that are one value, joined by ^."""

import re
from typing import Final

from slacalc.interop.goals import Conditions, joined

__all__ = ["STATUS_FIELDS", "read_query", "statuses_of"]

STATUS_FIELDS: Final = ("state", "incident_state")
_CLAUSE: Final = re.compile(r"(?P<field>[a-z_][a-z0-9_]*)=(?P<value>[^=]+)", re.ASCII)
_END: Final = "EQ"
_MOST: Final = 5_000


def read_query(query: str) -> Conditions | None:
    """Return the conditions of a query; an empty one has none. None for a query that conditions cannot say.

    >>> read_query("priority=3^category=network^EQ")
    {'priority': ['3'], 'category': ['network']}
    >>> read_query("priority=1^ORpriority=2^EQ") is None
    True
    """
    if len(query) > _MOST:
        return None
    found: Conditions = {}
    for clause in query.split("^"):
        said = _CLAUSE.fullmatch(clause)
        if said is None and clause not in ("", _END):
            return None
        if said is not None:
            if said["value"].startswith("javascript:"):
                return None
            found = joined(found, {said["field"]: [said["value"]]})
    return found


def statuses_of(query: str) -> list[str] | None:
    """Return the statuses of a query that tests nothing else; None for any other.

    >>> statuses_of("incident_state=3^EQ"), statuses_of("priority=3")
    (['3'], None)
    """
    when = read_query(query)
    if when is None or len(when) != 1:
        return None
    ((field, values),) = when.items()
    return values if field in STATUS_FIELDS and values else None
