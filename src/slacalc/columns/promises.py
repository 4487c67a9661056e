"""What a frame of tickets is promised: due times and expectations as columns.

Tickets are grouped by the rule that matches them, and a target is asked for a whole group at once. It says what
`Policy.promise` says of each ticket.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import numpy as np

from slacalc.arguments import check_argument, nearest_first
from slacalc.business_time.instants import from_us
from slacalc.calendars.open_time import OpenTime
from slacalc.columns.lists import Errors, is_null, refuse
from slacalc.columns.series import Moments, per_microsecond, read_moments
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.target_verbs import VERBS
from slacalc.errors import InstantError, PolicyError, SlaError
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import MatchedRule, PolicyInForce
from slacalc.policies.targets.target import AnyTarget

__all__ = ["promise_frame"]

Frame: TypeAlias = Any  # a data frame of pandas, polars or pyarrow; it comes back with more columns


class _RuleRows(NamedTuple):
    """The rows of the tickets that one rule matches."""

    matched: MatchedRule
    rows: Column


def promise_frame(
    policy: AnyPolicy, frame: Frame, received: str, *, zone: str | ZoneInfo | None, errors: Errors
) -> Frame:
    """Return the frame with `rule`, and `M_expected` and `M_due` for each metric M, beside its columns."""
    check_argument(policy, AnyPolicy, "policy", "a Policy, or PolicyVersions")
    table = _read(frame, received)
    moments = _moments(table, received, zone)
    groups = list(_groups(policy, table, moments, errors))
    names = np.empty(len(table), dtype=object)
    for group in groups:
        names[group.rows] = group.matched.rule.name
    made = {"rule": nw.new_series("rule", names.tolist(), nw.String(), backend=table.implementation)}
    for metric in policy.metrics:
        for name, answers in _promised(metric, table, groups, moments, zone, errors):
            made[name] = nw.from_native(_told(moments, answers, errors), series_only=True)
    return table.with_columns(**made).to_native()


_PER_US: Final = 1
_UTC: Final = ZoneInfo("UTC")


def _read(frame: Frame, received: str) -> "nw.DataFrame[Any]":
    try:
        table: nw.DataFrame[Any] = nw.from_native(frame, eager_only=True)
    except TypeError:
        raise InstantError(
            "frame_unknown",
            "this is no data frame that slacalc knows",
            given=type(frame).__name__,
            accepts="a DataFrame of pandas or polars, or a table of pyarrow; collect a lazy one first",
        ) from None
    if received not in table.columns:
        raise InstantError(
            "frame_column_missing",
            "the frame has no such column",
            given=received,
            accepts=nearest_first(received, table.columns),
            where="received",
        )
    return table


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


def _groups(policy: AnyPolicy, table: "nw.DataFrame[Any]", moments: Moments, errors: Errors) -> Iterator[_RuleRows]:
    """Return the rows of each rule. A field that is null, or no column, is left out: see `Policy.rule_for`."""
    fields = [name for name in policy.field_names if name in table.columns]
    columns = [list(map(_hashable, table[name].to_list())) for name in fields]
    told = list(zip(*columns, strict=True)) if columns else [()] * len(table)
    for in_force, rows in _in_force(policy, moments, errors):
        rows_of: dict[tuple[object, ...], list[int]] = {}
        for row in rows.tolist():
            rows_of.setdefault(told[row], []).append(row)
        by_place: dict[int, list[int]] = {}
        for values, alike in rows_of.items():
            given = {name: value for name, value in zip(fields, values, strict=True) if not is_null(value)}
            try:
                place = in_force.policy.place_of(given)
            except PolicyError as error:
                refuse(alike, error)
            by_place.setdefault(place, []).extend(alike)
        for place, matching in by_place.items():
            yield _RuleRows(in_force.terms_of(place), np.array(sorted(matching), dtype=np.int64))


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _in_force(policy: AnyPolicy, moments: Moments, errors: Errors) -> Iterator[tuple[PolicyInForce, Column]]:
    """Return the rows that were received under each policy; one alone promises to those without receipt, too."""
    received = _ticks(moments)
    left = np.ones(len(received), dtype=bool)
    for each in policy.in_force:
        rows = (each.since <= received) & (received < each.until)
        left &= ~rows
        yield each, np.flatnonzero(rows)
    refused = np.flatnonzero(left & (received != NULL))
    if len(refused) and errors == "raise":
        try:
            policy.in_force_at(from_us(int(received[refused[0]]), _UTC))
        except PolicyError as error:
            refuse(refused.tolist(), error)


def _promised(
    metric: str,
    table: "nw.DataFrame[Any]",
    groups: list[_RuleRows],
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
