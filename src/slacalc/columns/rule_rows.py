"""Which rule of a policy matches each row of a table of tickets."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from slacalc.columns.coded import CodedColumn, combined, distinct_rows
from slacalc.columns.stairs import Column
from slacalc.errors import PolicyError
from slacalc.policies.document.fields import read_field
from slacalc.policies.document.policy_document import PolicyDocument
from slacalc.policies.in_force import MatchedRule, PolicyInForce

__all__ = ["RuleRows", "given_of", "rows_in_force", "rule_rows"]


class RuleRows(NamedTuple):
    """The rows of the tickets that one rule matches."""

    matched: MatchedRule
    rows: Column


def rows_in_force(in_force: PolicyInForce, received: Column) -> Column:
    """Return the rows that were received while a policy was in force; one alone takes those without receipt, too."""
    return np.flatnonzero((in_force.since <= received) & (received < in_force.until))


def rule_rows(
    in_force: PolicyInForce, fields: Mapping[str, CodedColumn], rows: Column
) -> tuple[list[RuleRows], Column]:
    """Return the rows of each rule, and those that no rule takes: of a value that the policy refuses, or no match."""
    policy = in_force.policy
    refused = [_of_wrong_values(policy, fields, rows)]
    rows = np.setdiff1d(rows, refused[0], assume_unique=True) if len(refused[0]) else rows
    tested = frozenset().union(*(rule.tested_fields for rule in policy.tried_rules))
    columns = {name: column for name, column in fields.items() if name in tested}
    by_place: dict[int, list[Column]] = {}
    for alike in distinct_rows(combined([column.taken(rows) for column in columns.values()], len(rows))):
        try:
            place = policy.place_of(given_of(columns, int(rows[alike[0]])))
        except PolicyError:
            refused.append(rows[alike])
        else:
            by_place.setdefault(place, []).append(rows[alike])
    matched = [RuleRows(in_force.terms_of(place), np.sort(np.concatenate(each))) for place, each in by_place.items()]
    return matched, np.sort(np.concatenate(refused))


def given_of(fields: Mapping[str, CodedColumn], row: int) -> dict[str, object]:
    """Return the fields of a row; one that is null is left out."""
    given = {name: column.values[column.codes[row]] for name, column in fields.items()}
    return {name: value for name, value in given.items() if value is not None}


def _of_wrong_values(policy: PolicyDocument, fields: Mapping[str, CodedColumn], rows: Column) -> Column:
    wrong = np.zeros(len(rows), dtype=bool)
    for name, column in fields.items():
        numbers = [number for number, value in enumerate(column.values) if not _is_read(policy, name, value)]
        if numbers:
            wrong |= np.isin(column.codes[rows], numbers)
    return rows[wrong]


def _is_read(policy: PolicyDocument, name: str, value: object) -> bool:
    if value is None:
        return True
    try:
        read_field(policy.fields, name, value)
    except PolicyError:
        return False
    return True
