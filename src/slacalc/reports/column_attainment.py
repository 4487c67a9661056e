"""A report over whole columns of tickets: what `one_by_one` says, at the speed of arrays."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from slacalc.business_time.instants import from_us, to_us
from slacalc.columns.given_rows import Row
from slacalc.columns.judging import Judged, judge
from slacalc.columns.naming import missing_column
from slacalc.columns.outcome_columns import STATUSES, OutcomeColumns, appended, of_judged
from slacalc.columns.outcomes import JudgedTable, TicketTable, judge_columns
from slacalc.columns.row_outcomes import judge_rows
from slacalc.columns.stairs import NULL, Bools
from slacalc.columns.ticket_tables import Native, as_table, ticket_columns, values_of
from slacalc.logs.reading import Problem, Ticket
from slacalc.logs.tickets import Tickets
from slacalc.reports.aging import Aging, OpenPromise, aging_of
from slacalc.reports.agreement import Agreement, Ours, agreement_of
from slacalc.reports.breaches import Worst
from slacalc.reports.column_tally import ColumnTally, dates_of
from slacalc.reports.figures import Report
from slacalc.reports.merges import Merges
from slacalc.reports.one_by_one import own_word
from slacalc.reports.periods import Period
from slacalc.reports.question import ReportQuestion, without_own

__all__ = ["report_of_rows", "report_of_table"]

_BREACHED: Final = STATUSES.index("breached")


def report_of_rows(question: ReportQuestion, rows: Sequence[Row]) -> Report:
    """Return the report over rows: dicts, `Ticket` values, or the tickets of a log."""
    own = own_word(question, rows)
    plain = rows
    if question.own_columns and not isinstance(rows, Tickets):
        plain = [without_own(row, question.own_columns) for row in rows]
    tickets, judged = judge_rows(question.policy, plain, question.as_of)
    return _report(question, tickets, judged, list(map(str, tickets.ids)), own, _assumed(rows))


def report_of_table(
    question: ReportQuestion,
    given: Native,
    columns: Mapping[str, str] | None,
    zone: str | ZoneInfo | None,
) -> Report:
    """Return the report over a data frame, or another table of columns."""
    table = as_table(given)
    tickets = ticket_columns(question.policy, table, columns, zone, own=question.own_columns)
    names = list(map(str, tickets.ids))
    own = {
        metric: dict(zip(names, values_of(_own(table.columns, said, metric)), strict=True))
        if isinstance(said, str)
        else said
        for metric, said in question.compared.items()
    }
    return _report(question, tickets, judge_columns(question.policy, tickets, question.as_of), names, own)


def _own(columns: Mapping[str, Native], name: str, metric: str) -> Native:
    if name not in columns:
        raise missing_column(name, columns, f"compare.{metric}")
    return columns[name]


class _Counted(NamedTuple):
    """The promises that a report is about, the names of their tickets, and how many tickets have some.

    `assumed` are how many of these were taken for the customer's.
    """

    columns: OutcomeColumns
    names: Sequence[str]
    tickets: int
    assumed: int


def _assumed(rows: Sequence[Row]) -> Bools:
    """Return which tickets are taken for the customer's, as nobody says who created them."""
    if isinstance(rows, Tickets):
        return np.full(len(rows), rows.arrays.creator_assumed)
    return np.array([isinstance(row, Ticket) and row.creator_assumed for row in rows], dtype=bool)


def _report(
    question: ReportQuestion,
    tickets: TicketTable,
    answers: JudgedTable,
    names: Sequence[str],
    own: Mapping[str, Mapping[str, object]],
    assumed: Bools | None = None,
) -> Report:
    counted = _counted(question, answers, names, np.zeros(len(names), dtype=bool) if assumed is None else assumed)
    tally = ColumnTally(counted.columns, question.grouping, question.leave_out)
    problems = (Problem(question.line_of(names[place], place + 1), error) for place, error in answers.problems)
    return Report(
        question.policy.name,
        question.as_of,
        question.grouping.names,
        counted.tickets,
        tally.lines(),
        tuple(_worst(question, tickets, counted, tally)),
        tuple(problems),
        _aging(question, counted, tally),
        _agreement(question, counted, own),
        counted.assumed,
    )


def _counted(question: ReportQuestion, answers: JudgedTable, names: Sequence[str], assumed: Bools) -> _Counted:
    """Return the promises in the period. Of merged tickets each breach is at the ticket that lives on."""
    inside = _inside(question.period, answers.columns)
    count = len(answers.answered)
    has_some = np.bincount(answers.columns.ticket, minlength=count) > 0
    has_inside = np.bincount(answers.columns.ticket[inside], minlength=count) > 0
    counts = answers.answered & (has_inside | ~has_some)
    tickets, taken = int(counts.sum()), int((counts & assumed).sum())
    columns = answers.columns if inside.all() else answers.columns.taken(np.flatnonzero(inside))
    merges, kept, every_name = Merges(), list[tuple[int, Judged]](), list(names)
    for place, ticket, judged in answers.alone:
        within = [each for each in judged if question.period.has(each.result)]
        tickets += bool(within) or not judged
        taken += bool(assumed[place]) and (bool(within) or not judged)
        kept += ((place, each) for each in merges.without_those_that_go_on(ticket, within))
    for name, each in merges.breaches():
        kept.append((len(every_name), each))
        every_name.append(name)
    fields = question.policy.field_names
    return _Counted(appended(columns, of_judged(kept, fields)) if kept else columns, every_name, tickets, taken)


def _inside(period: Period, columns: OutcomeColumns) -> Bools:
    if period.since is None and period.until is None:
        return np.ones(len(columns.ticket), dtype=bool)
    dates = dates_of(columns, of_due=period.dated == "due")
    inside: Bools = dates != NULL
    if period.since is not None:
        inside &= dates >= period.since
    if period.until is not None:
        inside &= dates < period.until
    return inside


def _worst(question: ReportQuestion, tickets: TicketTable, counted: _Counted, tally: ColumnTally) -> Iterator[Worst]:
    columns = counted.columns
    for row in tally.worst(question.most):
        judged = columns.alone.get(row) or _judged(question, tickets, columns, row)
        yield Worst(counted.names[int(columns.ticket[row])], tally.groups_of(row), judged)


def _judged(question: ReportQuestion, tickets: TicketTable, columns: OutcomeColumns, row: int) -> Judged:
    """Return the outcome of a row as that of one ticket."""
    asked = tickets.asked(question.policy, int(columns.ticket[row]))
    key = columns.terms_of(row).metric, int(columns.cycle[row])
    every = judge(asked, question.policy, question.as_of)[0]
    return next(each for each in every if (each.metric, each.cycle) == key)


def _aging(question: ReportQuestion, counted: _Counted, tally: ColumnTally) -> Aging | None:
    if not question.edges:
        return None
    columns, until = counted.columns, to_us(question.as_of)
    still = [place for place, reason in enumerate(columns.cancelled.values) if not reason]
    rows = np.flatnonzero((columns.done == NULL) & np.isin(columns.cancelled.codes, still)).tolist()
    opened = (
        OpenPromise(
            tally.groups_of(row),
            columns.terms_of(row).metric,
            until - int(columns.origin[row]),
            bool(columns.status[row] == _BREACHED),
        )
        for row in rows
    )
    return aging_of(question.grouping, question.edges, opened)


def _agreement(
    question: ReportQuestion, counted: _Counted, own: Mapping[str, Mapping[str, object]]
) -> Agreement | None:
    if not question.compared:
        return None
    columns = counted.columns
    order = np.lexsort((columns.order, columns.ticket)).tolist()
    ours = (_ours(counted, row) for row in order if columns.terms_of(row).metric in question.compared)
    return agreement_of(ours, own, question.as_of)


def _ours(counted: _Counted, row: int) -> Ours:
    columns = counted.columns
    terms, zone = columns.terms_of(row), columns.terms_of(row).calendar.zone_info

    def told(ticks: int) -> datetime | None:
        return None if ticks == NULL else from_us(ticks, zone)

    due, done = told(int(columns.due[row])), told(int(columns.done[row]))
    return Ours(counted.names[int(columns.ticket[row])], terms.metric, STATUSES[int(columns.status[row])], due, done)
