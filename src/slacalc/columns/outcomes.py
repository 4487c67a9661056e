"""What became of the promises of whole columns of tickets: what `judging` says of each, for all at once.

A ticket that a column cannot answer for, and one with events, is judged alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import starmap
from typing import NamedTuple

import numpy as np

from slacalc.business_time.instants import to_us
from slacalc.columns import questions
from slacalc.columns.coded import CodedColumn
from slacalc.columns.judging import Asked, Judged, asked_of, is_there, judge, repeated
from slacalc.columns.outcome_columns import STATUSES, OutcomeColumns, Terms
from slacalc.columns.rule_rows import RuleRows, rows_in_force, rule_rows
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.target_verbs import VERBS
from slacalc.errors import SlaError
from slacalc.logs.reading import Ticket
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import MetricPromise

__all__ = [
    "JudgedTable",
    "TicketTable",
    "TicketProblem",
    "judge_alone",
    "judge_columns",
    "without_repeated",
    "wrongly_done",
]

_MET, _BREACHED, _DONE, _PENDING = map(STATUSES.index, ("met", "breached", "done", "pending"))


class TicketTable(NamedTuple):
    """Tickets as columns: instants in microseconds, NULL where there is none, and fields as codes.

    `odd` are the rows that no column can hold: each is asked from `row`, as a ticket or a mapping of its own.
    """

    ids: Sequence[object]
    received: Column
    fields: Mapping[str, CodedColumn]
    done: Mapping[str, Column]
    origins: Mapping[str, Column]
    odd: Column
    row: Callable[[int], Ticket | Mapping[str, object]]

    def asked(self, policy: AnyPolicy, place: int) -> Asked:
        """Return one ticket. Raises LogError for what is none."""
        return asked_of(self.row(place), policy, place + 1)


class TicketProblem(NamedTuple):
    """An error of a ticket, by its place."""

    place: int
    error: SlaError


class JudgedTable(NamedTuple):
    """The outcomes of tickets, those judged alone, which others were answered for, and what is wrong with the rest."""

    columns: OutcomeColumns
    alone: Sequence[tuple[int, Ticket, list[Judged]]]
    answered: Bools
    problems: Sequence[TicketProblem]


def without_repeated(answers: JudgedTable, names: Sequence[object]) -> JudgedTable:
    """Return the outcomes of the first row of each ticket; a row that names a ticket again is a problem."""
    again = repeated(names)
    if not again:
        return answers
    kept = [each for each in answers.problems if each.place not in again]
    return answers._replace(
        columns=answers.columns.taken(np.flatnonzero(~np.isin(answers.columns.ticket, list(again)))),
        alone=[each for each in answers.alone if each[0] not in again],
        answered=answers.answered & ~np.isin(np.arange(len(answers.answered)), list(again)),
        problems=sorted([*kept, *starmap(TicketProblem, again.items())], key=lambda problem: problem.place),
    )


def judge_columns(policy: AnyPolicy, tickets: TicketTable, as_of: datetime) -> JudgedTable:
    """Return what became of the promises of tickets, as of an instant; one received later is not there yet."""
    count, until = len(tickets.ids), to_us(as_of)
    odd = np.zeros(count, dtype=bool)
    odd[tickets.odd] = True
    there = ~odd & (tickets.received <= until)
    odd |= there & wrongly_done(tickets)
    answered = np.zeros(count, dtype=bool)
    parts: list[_Part] = []
    left = there & ~odd
    for in_force in policy.in_force:
        rows = rows_in_force(in_force, tickets.received)
        found, _ = rule_rows(in_force, tickets.fields, rows[left[rows]])
        for each in found:
            made, refused = _of_rule(each, tickets, until)
            odd[refused] = True
            answered[each.rows] = True
            parts += made
    odd |= left & ~answered
    answered &= ~odd
    columns = _joined(parts, tickets, odd)
    alone, problems = judge_alone(policy, tickets, np.flatnonzero(odd).tolist(), as_of)
    return JudgedTable(columns, alone, answered, problems)


def judge_alone(
    policy: AnyPolicy, tickets: TicketTable, places: Iterable[int], as_of: datetime
) -> tuple[list[tuple[int, Ticket, list[Judged]]], list[TicketProblem]]:
    """Return the outcomes of some tickets, each judged alone, and their problems; one received later has none."""
    alone, problems = list[tuple[int, Ticket, list[Judged]]](), list[TicketProblem]()
    for place in places:
        try:
            asked = tickets.asked(policy, place)
            if is_there(asked.ticket, as_of):
                judged, left_out = judge(asked, policy, as_of)
                alone.append((place, asked.ticket, judged))
                problems += (TicketProblem(place, error) for error in left_out)
        except SlaError as error:
            problems.append(TicketProblem(place, error))
    return alone, problems


def wrongly_done(tickets: TicketTable) -> Bools:
    """Return which tickets have something done before they came."""
    wrong = np.zeros(len(tickets.ids), dtype=bool)
    for done in tickets.done.values():
        wrong |= (done != NULL) & (done < tickets.received)
    return wrong


class _Part(NamedTuple):
    """The promises of one metric under one rule."""

    terms: Terms
    order: int
    rows: Column
    origin: Column
    expected: Column
    due: Column
    done: Column
    status: Column
    open_time: Column
    wall_time: Column
    overdue_by_open: Column
    overdue_by: Column
    within: Column


def _of_rule(group: RuleRows, tickets: TicketTable, until: int) -> tuple[list[_Part], Column]:
    """Return what became of the promises of a rule, and the rows that a column has no answer for."""
    parts: list[_Part] = []
    refused: list[Column] = [np.empty(0, dtype=np.int64)]
    for order, (metric, found) in enumerate(group.matched.metrics.items()):
        begun = _begun(group, found, tickets)
        known = begun != NULL
        if metric in tickets.done:
            begins_later = group.rows[~known]
            refused.append(begins_later[tickets.done[metric][begins_later] != NULL])
        rows, origin = group.rows[known], begun[known]
        due, without = _dues(found, origin)
        refused.append(rows[without])
        rows, origin, due = rows[~without], origin[~without], due[~without]
        part, without = _judged(found, order, rows, origin, due, _done(tickets, metric, until)[rows], until)
        refused.append(part.rows[without])
        parts.append(part)
    return parts, np.concatenate(refused)


def _begun(group: RuleRows, found: MetricPromise, tickets: TicketTable) -> Column:
    """Return what a metric counts from: receipt, or a named instant; NULL where it begins later."""
    name = found.promised.origin
    if not group.matched.begins_with_receipt(found) or (name is not None and name not in tickets.origins):
        return np.full(len(group.rows), NULL, dtype=np.int64)
    return tickets.received[group.rows] if name is None else tickets.origins[name][group.rows]


def _done(tickets: TicketTable, metric: str, until: int) -> Column:
    done = tickets.done.get(metric)
    if done is None:
        return np.full(len(tickets.ids), NULL, dtype=np.int64)
    return np.where(done > until, NULL, done)


def _dues(found: MetricPromise, origin: Column) -> tuple[Column, Bools]:
    """Return when each promise is due, and which have no answer: beyond the calendar, or a range that is reversed."""
    promised, calendar = found.promised, found.calendar
    due = promised.due.dues(VERBS, calendar, origin)
    without: Bools = due == NULL
    for target in (promised.due, promised.expected, promised.follow_up):
        if target is None:
            continue
        last = due if target is promised.due else target.dues(VERBS, calendar, origin)
        without |= last == NULL
        if target.has_range and target is not promised.expected:
            first = target.begins_of(VERBS, calendar, origin)
            without |= (first == NULL) | (first > last)
    return due, without


def _judged(
    found: MetricPromise, order: int, rows: Column, origin: Column, due: Column, done: Column, until: int
) -> tuple[_Part, Bools]:
    """Return how promises were kept, as `outcome` says, and which have no answer."""
    promised, calendar = found.promised, found.calendar
    end = np.where(done == NULL, until, done)
    passed = end > due
    is_owed = promised.promise == "owed"
    late = passed & is_owed
    expected = (
        np.full(len(rows), NULL, dtype=np.int64)
        if promised.expected is None
        else promised.expected.dues(VERBS, calendar, origin)
    )
    open_time = questions.elapsed(calendar, origin, end).values
    over_open = np.zeros(len(rows), dtype=np.int64)
    over_open[late] = questions.elapsed(calendar, due[late], end[late]).values
    part = _Part(
        _terms(found),
        order,
        rows,
        origin,
        expected,
        due,
        done,
        np.where(late, _BREACHED, np.where(done == NULL, _PENDING, _MET if is_owed else _DONE)),
        open_time,
        end - origin,
        over_open,
        np.where(late, end - due, 0),
        np.where(is_owed | ((done == NULL) & ~passed), NULL, ~passed),
    )
    return part, (open_time == NULL) | (over_open == NULL)


def _terms(found: MetricPromise) -> Terms:
    promised = found.promised
    return Terms(
        found.rule.name,
        found.metric,
        promised.due,
        found.calendar,
        promised.objective,
        promised.promise,
        promised.owed_by,
    )


def _joined(parts: Sequence[_Part], tickets: TicketTable, odd: Bools) -> OutcomeColumns:
    """Return parts as one table, without the tickets that are judged alone."""
    rows = _concatenated([part.rows for part in parts])
    kept = np.flatnonzero(~odd[rows]) if odd.any() else np.arange(len(rows))
    ticket = rows[kept]

    def column(read: Callable[[_Part], Column]) -> Column:
        return _concatenated([read(part) for part in parts])[kept]

    counts = [len(part.rows) for part in parts]
    return OutcomeColumns(
        ticket=ticket,
        order=_repeated([part.order for part in parts], counts)[kept],
        terms=_repeated(range(len(parts)), counts)[kept],
        cycle=np.ones(len(kept), dtype=np.int64),
        received=tickets.received[ticket],
        origin=column(lambda part: part.origin),
        expected=column(lambda part: part.expected),
        due=column(lambda part: part.due),
        done=column(lambda part: part.done),
        status=column(lambda part: part.status),
        open_time=column(lambda part: part.open_time),
        wall_time=column(lambda part: part.wall_time),
        overdue_by_open=column(lambda part: part.overdue_by_open),
        overdue_by=column(lambda part: part.overdue_by),
        within=column(lambda part: part.within),
        paused=np.zeros(len(kept), dtype=np.int64),
        cancelled=CodedColumn(np.zeros(len(kept), dtype=np.int64), ("",)),
        changed=np.zeros(len(kept), dtype=bool),
        excluded=np.zeros(len(kept), dtype=bool),
        moved=np.full(len(kept), NULL, dtype=np.int64),
        fields={name: field.taken(ticket) for name, field in tickets.fields.items()},
        every_terms=tuple(part.terms for part in parts),
        alone={},
    )


def _concatenated(parts: Sequence[Column]) -> Column:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _repeated(values: Iterable[int], counts: Sequence[int]) -> Column:
    return np.repeat(np.array(list(values), dtype=np.int64), np.array(counts, dtype=np.int64))
