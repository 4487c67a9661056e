"""What a frame of tickets is promised: due times and expectations as columns.

Tickets are grouped by the rule that matches them, and a target is asked for a whole group at once. It says what
`Policy.promise` says of each ticket.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import numpy as np

from slacalc.arguments import check_argument
from slacalc.business_time.instants import from_us
from slacalc.calendars.open_time import OpenTime
from slacalc.columns.coded import CodedColumn, codes_of, combined, distinct_rows
from slacalc.columns.lists import Errors, refuse
from slacalc.columns.naming import missing_column
from slacalc.columns.relations import arrow_of, like_given
from slacalc.columns.rule_rows import RuleRows, given_of, rows_in_force, rule_rows
from slacalc.columns.series import Moments, per_microsecond, read_moments
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.target_verbs import VERBS
from slacalc.columns.ticket_tables import read_frame
from slacalc.errors import InstantError, PolicyError, SlaError
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.targets.target import AnyTarget

__all__ = ["promise_frame"]

Frame: TypeAlias = Any  # a data frame of pandas, polars or pyarrow, or a relation; it comes back with more columns


def promise_frame(
    policy: AnyPolicy, frame: Frame, received: str, *, zone: str | ZoneInfo | None, errors: Errors, prefix: str = ""
) -> Frame:
    """Return the frame with `rule`, and `M_expected` and `M_due` for each metric M, beside its columns."""
    check_argument(policy, AnyPolicy, "policy", "a Policy, or PolicyVersions")
    check_argument(prefix, str, "prefix", 'text, such as "sla_"')
    table = _read(arrow_of(frame), received)
    _refuse_taken(table, ["rule", *(f"{metric}_{what}" for metric in policy.metrics for what in _PROMISED)], prefix)
    moments = _moments(table, received, zone)
    groups = list(_groups(policy, table, moments, errors))
    names = np.empty(len(table), dtype=object)
    for group in groups:
        names[group.rows] = group.matched.rule.name
    made = {f"{prefix}rule": nw.new_series("rule", names.tolist(), nw.String(), backend=table.implementation)}
    for metric in policy.metrics:
        for name, answers in _promised(metric, table, groups, moments, zone, errors):
            made[f"{prefix}{name}"] = nw.from_native(_told(moments, answers, errors), series_only=True)
    return like_given(frame, table.with_columns(**made).to_native())


_PROMISED: Final = ("expected", "due")
_PER_US: Final = 1
_UTC: Final = ZoneInfo("UTC")


def _read(frame: Frame, received: str) -> "nw.DataFrame[Any]":
    table = read_frame(frame)
    if received not in table.columns:
        raise missing_column(received, table.columns, "received")
    return table


def _refuse_taken(table: "nw.DataFrame[Any]", names: Sequence[str], prefix: str) -> None:
    """Refuse a frame that has a column of a name that is added: what it holds would be lost."""
    if taken := [f"{prefix}{name}" for name in names if f"{prefix}{name}" in table.columns]:
        raise InstantError(
            "columns_clash",
            "the frame has a column of this name already",
            given=taken[0],
            accepts='prefix="sla_", or another column name',
            where="prefix",
        )


def _moments(table: "nw.DataFrame[Any]", name: str, zone: str | ZoneInfo | None) -> Moments:
    moments = read_moments(table[name].to_native(), zone, name)
    if moments.unit == "ns" and (finer := np.flatnonzero(moments.ticks(1000) % 1000 * ~_nulls(moments))).size:
        refuse(
            finer.tolist(),
            InstantError(
                "nanoseconds",
                "the datetime has nanoseconds, which would be lost",
                given=str(moments.values[finer[0]]),
                accepts="whole microseconds; round first, in the direction that you mean",
                where=name,
            ),
        )
    return moments


def _told(moments: Moments, answers: Column, errors: Errors) -> Any:  # noqa: ANN401 - the like of what came
    """Return answers in microseconds as a column like that of receipt, whose unit may be finer."""
    per_us = per_microsecond(moments.unit)
    return moments.instants(np.where(answers == NULL, NULL, answers * per_us), per_us, errors)


def _nulls(moments: Moments) -> Bools:
    null: Bools = np.isnat(moments.values)
    return null


def _ticks(moments: Moments) -> Column:
    """Return the instants in microseconds."""
    if moments.unit != "ns":
        return moments.ticks(_PER_US)
    ticks = moments.ticks(1000) // 1000
    ticks[_nulls(moments)] = NULL
    return ticks


def _groups(policy: AnyPolicy, table: "nw.DataFrame[Any]", moments: Moments, errors: Errors) -> Iterator[RuleRows]:
    """Return the rows of each rule. A field that is null, or no column, is left out: see `Policy.rule_for`."""
    fields = {name: codes_of(table[name].to_list()) for name in policy.field_names if name in table.columns}
    received = _ticks(moments)
    left = np.ones(len(received), dtype=bool)
    for in_force in policy.in_force:
        rows = rows_in_force(in_force, received)
        left[rows] = False
        found, refused = rule_rows(in_force, fields, rows)
        if len(refused):
            _refuse_fields(in_force, fields, refused)
        yield from found
    refused = np.flatnonzero(left & (received != NULL))
    if len(refused) and errors == "raise":
        try:
            policy.in_force_at(from_us(int(received[refused[0]]), _UTC))
        except PolicyError as error:
            refuse(refused.tolist(), error)


def _refuse_fields(in_force: PolicyInForce, fields: Mapping[str, CodedColumn], refused: Column) -> NoReturn:
    """Raise the error of the first row that no rule takes, for all rows of the same fields."""
    alike = distinct_rows(combined([column.taken(refused) for column in fields.values()], len(refused)))
    rows = refused[min(alike, key=min)]
    try:
        in_force.policy.place_of(given_of(fields, int(rows[0])))
    except PolicyError as error:
        refuse(rows.tolist(), error)
    raise AssertionError(f"no rule takes what one takes: {rows[0]}")


def _promised(
    metric: str,
    table: "nw.DataFrame[Any]",
    groups: list[RuleRows],
    moments: Moments,
    zone: str | ZoneInfo | None,
    errors: Errors,
) -> Iterator[tuple[str, Column]]:
    """Return what is expected and what is due on one metric."""
    expected, due = (np.full(len(table), NULL, dtype=np.int64) for _ in range(2))
    for matched, rows in groups:
        found = matched.metrics.get(metric)
        if found is None or not matched.begins_with_receipt(found):
            continue
        promised, calendar = found.promised, found.calendar
        if promised.origin is not None and promised.origin not in table.columns:
            continue
        counted = moments if promised.origin is None else _moments(table, promised.origin, zone)
        origins = np.where(_nulls(moments)[rows], NULL, _ticks(counted)[rows])
        due[rows] = _answers(promised.due, calendar, origins, rows, errors)
        _refuse_reversed(promised.due, calendar, origins, due[rows])
        if promised.expected is not None:
            expected[rows] = _answers(promised.expected, calendar, origins, rows, errors)
    yield f"{metric}_expected", expected
    yield f"{metric}_due", due


def _answers(target: AnyTarget, calendar: OpenTime, origins: Column, rows: Column, errors: Errors) -> Column:
    answers = target.dues(VERBS, calendar, origins)
    refused = np.flatnonzero((answers == NULL) & (origins != NULL))
    if len(refused) and errors == "raise":
        refuse(rows[refused].tolist(), _why(target, calendar, int(origins[refused[0]])))
    return answers


def _refuse_reversed(target: AnyTarget, calendar: OpenTime, origins: Column, due: Column) -> None:
    """Raise PolicyError where the earliest of a range is after the latest, as for a single ticket."""
    if target.has_range:
        first = target.begins_of(VERBS, calendar, origins)
        for row in np.flatnonzero((first > due) & (due != NULL))[:1].tolist():
            target.begins(calendar, from_us(int(origins[row]), calendar.zone_info))


def _why(target: AnyTarget, calendar: OpenTime, instant: int) -> SlaError:
    """Return the error that the target gives for one ticket."""
    try:
        calendar.refuse_beyond(instant, instant)
        target.due(calendar, from_us(instant, calendar.zone_info))
    except SlaError as error:
        return error
    raise AssertionError(f"{target} refused what has an answer: {instant}")
