"""Outcomes as tables of any library: what `outcome_rows` says, in columns like those that were given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from math import isnan
from typing import Any, Final, Literal, NamedTuple, assert_never
from zoneinfo import ZoneInfo

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import from_us, to_amount
from slacalc.clocks.breach_reason import BreachReasons
from slacalc.columns.coded import CodedColumn
from slacalc.columns.given_rows import Row, check_said
from slacalc.columns.lists import Errors, refuse_each
from slacalc.columns.naming import RECEIVED
from slacalc.columns.outcome_columns import STATUSES, OutcomeColumns, Terms, appended, of_judged
from slacalc.columns.outcome_rows import column_names, field_columns, said_names
from slacalc.columns.outcomes import JudgedTable, TicketProblem, TicketTable, judge_columns, without_repeated
from slacalc.columns.relations import like_given
from slacalc.columns.row_outcomes import judge_rows
from slacalc.columns.series import Moments, instants_like, read_moments
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.ticket_tables import ColumnTable, Library, Native, as_table, ticket_columns
from slacalc.logger import tell_left_out
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["outcome_frame", "outcome_lists"]

_BREACHED: Final = STATUSES.index("breached")


def outcome_frame(
    policy: AnyPolicy,
    given: Native,
    *,
    as_of: datetime,
    columns: Mapping[str, str] | None,
    zone: str | ZoneInfo | None,
    errors: Errors,
) -> Native:
    """Return the outcomes of the tickets of a table, as a table of its kind."""
    table = as_table(given)
    tickets = ticket_columns(policy, table, columns, zone)
    answers = without_repeated(judge_columns(policy, tickets, as_of), tickets.ids)
    if answers.problems and errors == "raise":
        refuse_each(answers.problems)
    tell_left_out("outcome_frame", [(f"row {place}", error.code) for place, error in answers.problems])
    outcomes = _in_order(policy, answers)
    promised = (outcomes.every_terms[place] for place in np.unique(outcomes.terms).tolist())
    check_said(given, columns, (terms.metric for terms in promised if terms.kind == "owed"))
    moments = _shown_like(table.columns[(columns or {}).get(RECEIVED, RECEIVED)], tickets, zone)
    cells, _ = _cells(policy, outcomes, answers.problems, list(map(str, tickets.ids)))
    return _native(given, table, moments, errors, cells)


def outcome_lists(policy: AnyPolicy, rows: Sequence[Row], *, as_of: datetime, errors: Errors) -> dict[str, list[Any]]:
    """Return the outcomes of rows as lists by column, every instant on the clock of its calendar."""
    tickets, judged = judge_rows(policy, rows, as_of)
    answers = without_repeated(judged, said_names(rows))
    if answers.problems and errors == "raise":
        refuse_each(answers.problems)
    tell_left_out("outcome_frame", [(f"row {place}", error.code) for place, error in answers.problems])
    outcomes = _in_order(policy, answers)
    cells, order = _cells(policy, outcomes, answers.problems, list(map(str, tickets.ids)))
    zones = outcomes.of_terms(lambda terms: terms.calendar.zone_info).objects()
    told_in = _Cells("text", zones).after(order, len(answers.problems)).values
    return {name: _list(column, told_in) for name, column in cells.items()}


def _in_order(policy: AnyPolicy, answers: JudgedTable) -> OutcomeColumns:
    """Return all outcomes by ticket."""
    alone = [(place, judged) for place, _, every in answers.alone for judged in every]
    outcomes = appended(answers.columns, of_judged(alone, policy.field_names)) if alone else answers.columns
    return outcomes.taken(np.lexsort((outcomes.order, outcomes.ticket)))


class _Cells(NamedTuple):
    """A column of one kind: numbers with NULL for nothing, or texts with None."""

    kind: Literal["text", "instant", "amount", "whole", "truth", "share"]
    values: NDArray[Any]

    def after(self, order: Column, missing: int) -> "_Cells":
        """Return the column with rows in which it has nothing, all in an order."""
        nothing: dict[str, object] = {"text": None, "share": np.nan}
        padding = np.full(missing, nothing.get(self.kind, NULL), dtype=self.values.dtype)
        return self._replace(values=np.concatenate([self.values, padding])[order])


def _cells(
    policy: AnyPolicy, outcomes: OutcomeColumns, problems: Sequence[TicketProblem], names: Sequence[str]
) -> tuple[dict[str, _Cells], Column]:
    """Return the columns by name, each problem in a row of its own after the outcomes of its ticket, and this order."""
    places = np.concatenate([outcomes.ticket, np.array([each.place for each in problems], dtype=np.int64)])
    order = np.argsort(places, kind="stable")
    every = {
        "ticket": _Cells("text", _objects(names)[places]),
        "problem": _Cells("text", _objects([None] * len(outcomes.ticket) + [str(each.error) for each in problems])),
    }
    told = {**dict(_told(policy, outcomes)), "reason": _Cells("text", _objects(list(_reasons(outcomes))))}
    cells = {name: column.after(order, len(problems)) for name, column in told.items()}
    cells |= {name: column.after(order, 0) for name, column in every.items()}
    return {name: cells[name] for name in column_names(policy)}, order


def _told(policy: AnyPolicy, outcomes: OutcomeColumns) -> Iterator[tuple[str, _Cells]]:
    count = len(outcomes.ticket)
    texts: dict[str, Callable[[Terms], object]] = {
        "metric": lambda terms: terms.metric,
        "rule": lambda terms: terms.rule,
        "kind": lambda terms: terms.kind,
        "owed_by": lambda terms: terms.owed_by,
        "target": lambda terms: str(terms.target),
    }
    for name, tell in texts.items():
        yield name, _Cells("text", outcomes.of_terms(tell).objects())
    for column, name in field_columns(policy).items():
        field = outcomes.fields.get(name)
        yield column, _Cells("text", np.full(count, None) if field is None else field.objects())
    yield "status", _Cells("text", CodedColumn(outcomes.status, STATUSES).objects())
    yield "cancelled", _Cells("text", outcomes.cancelled.mapped(lambda reason: reason or None).objects())
    breached = outcomes.status == _BREACHED
    yield "breached_at", _Cells("instant", np.where(breached, outcomes.due, NULL))
    for name in ("received", "origin", "expected", "due"):
        yield name, _Cells("instant", getattr(outcomes, name))
    yield "done_at", _Cells("instant", outcomes.done)
    for name in ("open_time", "wall_time", "overdue_by_open", "overdue_by", "paused"):
        yield name, _Cells("amount", getattr(outcomes, name))
    yield "moved_by_pauses", _Cells("amount", outcomes.moved)
    yield "cycle", _Cells("whole", outcomes.cycle)
    yield "within", _Cells("truth", outcomes.within)
    yield "target_changed", _Cells("truth", outcomes.changed.astype(np.int64))
    yield "excluded", _Cells("truth", outcomes.excluded.astype(np.int64))
    shares = outcomes.of_terms(lambda terms: terms.objective).objects()
    yield "objective", _Cells("share", shares.astype(np.float64))


def _reasons(outcomes: OutcomeColumns) -> Iterator[str | None]:
    """Return why each promise was broken; nothing for one that was not."""
    reasons = BreachReasons()
    breached = (outcomes.status == _BREACHED).tolist()
    places, instants = (
        outcomes.terms.tolist(),
        (outcomes.origin.tolist(), outcomes.due.tolist(), outcomes.done.tolist()),
    )
    for row, (is_breached, place, origin, due, done) in enumerate(zip(breached, places, *instants, strict=True)):
        if not is_breached:
            yield None
        elif (judged := outcomes.alone.get(row)) is not None:
            yield reasons.of(judged.result)
        else:
            terms = outcomes.every_terms[place]
            yield reasons.of_times(terms.target, terms.calendar, origin, due, None if done == NULL else done)


def _objects(values: Sequence[object]) -> NDArray[Any]:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


# ---------------------------------------------------------------- out


def _shown_like(received: Native, tickets: TicketTable, zone: str | ZoneInfo | None) -> Moments:
    """Return the column that instants are told like; a list among arrays is one of UTC, or of the zone."""
    if isinstance(received, list | tuple):
        return read_moments(tickets.received.view("M8[us]"), "UTC" if zone is None else zone, RECEIVED)
    return read_moments(received, zone, RECEIVED)


def _native(given: Native, table: ColumnTable, moments: Moments, errors: Errors, cells: Mapping[str, _Cells]) -> Native:
    """Return columns as a table of the kind that was given."""
    if table.library is None:
        return {name: _array(column, moments, errors) for name, column in cells.items()}
    library = table.library.to_native_namespace()
    series = {name: _series(column, moments, errors, table.library) for name, column in cells.items()}
    if table.library is nw.Implementation.PYARROW:
        return like_given(given, library.table(series))
    return library.DataFrame(series)


def _list(column: _Cells, told_in: NDArray[Any]) -> list[Any]:
    """Return a column as a list, None for what is missing."""
    values: list[Any] = column.values.tolist()
    match column.kind:
        case "instant":
            pairs = zip(values, told_in.tolist(), strict=True)
            return [None if each == NULL else from_us(each, zone) for each, zone in pairs]
        case "amount":
            return [None if each == NULL else to_amount(each) for each in values]
        case "truth":
            return [None if each == NULL else each == 1 for each in values]
        case "whole":
            return [None if each == NULL else each for each in values]
        case "share":
            return [None if isnan(each) else each for each in values]
        case "text":
            return values
        case _ as never:
            assert_never(never)


def _array(column: _Cells, moments: Moments, errors: Errors) -> NDArray[Any]:
    """Return a column as an array; whole numbers and truths of which some are missing are masked."""
    match column.kind:
        case "instant":
            told: NDArray[Any] = instants_like(moments, column.values, errors)
            return told
        case "amount":
            return column.values.view("m8[us]")
        case "whole" | "truth":
            null = column.values == NULL
            values = column.values == 1 if column.kind == "truth" else column.values
            return np.ma.MaskedArray(values, null) if null.any() else values
        case "text" | "share":
            return column.values
        case _ as never:
            assert_never(never)


def _series(column: _Cells, moments: Moments, errors: Errors, library: Library) -> Native:
    """Return a column as a series of a library."""
    values = column.values
    match column.kind:
        case "instant":
            return instants_like(moments, values, errors)
        case "amount":
            return nw.new_series("", values.view("m8[us]"), nw.Duration("us"), backend=library).to_native()
        case "text":
            return nw.new_series("", values.tolist(), nw.String(), backend=library).to_native()
        case "share":
            known = (
                values
                if library is nw.Implementation.PANDAS
                else [None if isnan(each) else each for each in values.tolist()]
            )
            return nw.new_series("", known, nw.Float64(), backend=library).to_native()
        case "whole":
            return _counted(values, values == NULL, nw.Int64(), library)
        case "truth":
            return _counted(values == 1, values == NULL, nw.Boolean(), library)
        case _ as never:
            assert_never(never)


def _counted(values: NDArray[Any], null: Bools, dtype: nw.dtypes.DType, library: Library) -> Native:
    """Return whole numbers or truths; where some are missing, pandas has a type of its own for them."""
    if not null.any():
        return nw.new_series("", values, dtype, backend=library).to_native()
    if library is nw.Implementation.PANDAS:
        arrays = library.to_native_namespace().arrays
        made = arrays.BooleanArray(values, null) if dtype == nw.Boolean else arrays.IntegerArray(values, null)
        return library.to_native_namespace().Series(made)
    known = [None if missing else value for value, missing in zip(values.tolist(), null.tolist(), strict=True)]
    return nw.new_series("", known, dtype, backend=library).to_native()
