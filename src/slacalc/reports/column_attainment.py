"""A report over whole columns of tickets: what `one_by_one` says, at the speed of arrays.

A log of events is reported in pieces, so that only its tickets and the times of its promises are in memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from slacalc.business_time.instants import from_us, to_us
from slacalc.columns.given_rows import Row
from slacalc.columns.judging import Judged, judge
from slacalc.columns.naming import missing_column
from slacalc.columns.outcome_columns import STATUSES, OutcomeColumns, appended, of_judged
from slacalc.columns.outcome_rows import said_names
from slacalc.columns.outcomes import JudgedTable, TicketTable, judge_columns, without_repeated
from slacalc.columns.row_outcomes import judge_rows
from slacalc.columns.stairs import NULL, Bools
from slacalc.columns.ticket_tables import Native, as_table, ticket_columns, values_of
from slacalc.logs.reading import Problem, Ticket
from slacalc.logs.tickets import Tickets
from slacalc.reports.aging import OpenPromise, aging_of
from slacalc.reports.agreement import Ours, agreement_of
from slacalc.reports.breaches import Worst
from slacalc.reports.column_tally import ColumnTally, Lines, dates_of
from slacalc.reports.figures import Report
from slacalc.reports.merges import Merges
from slacalc.reports.one_by_one import own_word
from slacalc.reports.periods import Period
from slacalc.reports.question import ReportQuestion, without_own

__all__ = ["report_of_rows", "report_of_table"]

_AT_ONCE: Final = 20_000  # tickets of a log of events
_BREACHED: Final = STATUSES.index("breached")


def report_of_rows(question: ReportQuestion, rows: Sequence[Row]) -> Report:
    """Return the report over rows: dicts, `Ticket` values, or the tickets of a log."""
    return _report(question, _bunches(question, rows), own_word(question, rows))


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
        metric: _of_first(names, values_of(_own(table.columns, said, metric))) if isinstance(said, str) else said
        for metric, said in question.compared.items()
    }
    judged = without_repeated(judge_columns(question.policy, tickets, question.as_of), tickets.ids)
    return _report(question, [_Bunch(tickets, names, 0, judged, np.zeros(len(names), dtype=bool))], own)


def _own(columns: Mapping[str, Native], name: str, metric: str) -> Native:
    if name not in columns:
        raise missing_column(name, columns, f"compare.{metric}")
    return columns[name]


def _of_first(names: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    """Return the value of each name: of two rows of one ticket the first counts."""
    return dict(zip(reversed(names), reversed(values), strict=True))


class _Bunch(NamedTuple):
    """Some tickets, their names, the place of the first in the log, and what became of their promises.

    `assumed` are those that were taken for the customer's.
    """

    tickets: TicketTable
    names: Sequence[str]
    first: int
    answers: JudgedTable
    assumed: Bools


class _Counted(NamedTuple):
    """The promises that a report is about, and the names of their tickets."""

    columns: OutcomeColumns
    names: Sequence[str]


def _bunches(question: ReportQuestion, rows: Sequence[Row]) -> Iterator[_Bunch]:
    """Return the rows as they are judged: a log of events in pieces, any others at once."""
    if isinstance(rows, Tickets) and rows.has_events:
        for first in range(0, max(1, len(rows)), _AT_ONCE):
            yield _bunch(question, rows.part(first, first + _AT_ONCE), first)
        return
    own = question.own_columns
    yield _bunch(question, rows if not own or isinstance(rows, Tickets) else [without_own(row, own) for row in rows], 0)


def _bunch(question: ReportQuestion, rows: Sequence[Row], first: int) -> _Bunch:
    tickets, judged = judge_rows(question.policy, rows, question.as_of)
    answers = without_repeated(judged, said_names(rows))
    return _Bunch(tickets, list(map(str, tickets.ids)), first, answers, _assumed(rows))


def _assumed(rows: Sequence[Row]) -> Bools:
    """Return which tickets are taken for the customer's, as nobody says who created them."""
    if isinstance(rows, Tickets):
        return np.full(len(rows), rows.arrays.creator_assumed)
    return np.array([isinstance(row, Ticket) and row.creator_assumed for row in rows], dtype=bool)


def _report(question: ReportQuestion, pieces: Iterable[_Bunch], own: Mapping[str, Mapping[str, object]]) -> Report:
    found = _SoFar(question)
    for piece in pieces:
        found.add(piece)
    return found.report(own)


class _SoFar:
    """What a report says while pieces of its tickets go by."""

    def __init__(self, question: ReportQuestion) -> None:
        self._question = question
        self._lines, self._merges = Lines(question.grouping), Merges()
        self._tickets = self._taken = 0
        self._worst: list[Worst] = []
        self._problems: list[Problem] = []
        self._open: list[OpenPromise] = []
        self._ours: list[Ours] = []

    def add(self, piece: _Bunch) -> None:
        """Count the promises of a piece that are in the period."""
        question, answers = self._question, piece.answers
        inside = _inside(question.period, answers.columns)
        count = len(answers.answered)
        has_some = np.bincount(answers.columns.ticket, minlength=count) > 0
        has_inside = np.bincount(answers.columns.ticket[inside], minlength=count) > 0
        counts = answers.answered & (has_inside | ~has_some)
        self._tickets += int(counts.sum())
        self._taken += int((counts & piece.assumed).sum())
        columns = answers.columns if inside.all() else answers.columns.taken(np.flatnonzero(inside))
        kept = list(self._kept_alone(piece))
        if kept:
            columns = appended(columns, of_judged(kept, question.policy.field_names))
        self._count(_Counted(columns, piece.names), piece.tickets)
        self._problems += (
            Problem(question.line_of(piece.names[place], piece.first + place + 1), error)
            for place, error in answers.problems
        )

    def report(self, own: Mapping[str, Mapping[str, object]]) -> Report:
        """Return the report. Of merged tickets each breach is at the ticket that lives on."""
        question, gone = self._question, list(self._merges.breaches())
        if gone:
            judged = of_judged([(place, each) for place, (_, each) in enumerate(gone)], question.policy.field_names)
            self._count(_Counted(judged, [name for name, _ in gone]), None)
        worst = sorted(self._worst, key=_over, reverse=True)
        return Report(
            question.policy.name,
            question.as_of,
            question.grouping.names,
            self._tickets,
            self._lines.lines(),
            tuple(worst if question.most is None else worst[: question.most]),
            tuple(self._problems),
            aging_of(question.grouping, question.edges, self._open) if question.edges else None,
            agreement_of(self._ours, own, question.as_of, question.words) if question.compared else None,
            self._taken,
        )

    def _kept_alone(self, piece: _Bunch) -> Iterator[tuple[int, Judged]]:
        """Return the promises of tickets that were judged alone, but for those that go on as another's."""
        for place, ticket, judged in piece.answers.alone:
            within = [each for each in judged if self._question.period.has(each.result)]
            self._tickets += bool(within) or not judged
            self._taken += bool(piece.assumed[place]) and (bool(within) or not judged)
            yield from ((place, each) for each in self._merges.without_those_that_go_on(ticket, within))

    def _count(self, counted: _Counted, tickets: TicketTable | None) -> None:
        question = self._question
        tally = ColumnTally(counted.columns, question.grouping, question.leave_out)
        self._lines.add(tally)
        self._worst += _worst(question, tickets, counted, tally)
        self._open += _open(question, counted, tally)
        self._ours += _ours(question, counted)


def _over(breach: Worst) -> tuple[timedelta, timedelta]:
    return breach.outcome.overdue_by_open, breach.outcome.overdue_by


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


def _worst(
    question: ReportQuestion, tickets: TicketTable | None, counted: _Counted, tally: ColumnTally
) -> Iterator[Worst]:
    columns = counted.columns
    for row in tally.worst(question.most):
        judged = columns.alone.get(row)
        if judged is None:
            assert tickets is not None  # noqa: S101 - what has no table was judged alone
            judged = _judged(question, tickets, columns, row)
        yield Worst(counted.names[int(columns.ticket[row])], tally.groups_of(row), judged)


def _judged(question: ReportQuestion, tickets: TicketTable, columns: OutcomeColumns, row: int) -> Judged:
    """Return the outcome of a row as that of one ticket."""
    asked = tickets.asked(question.policy, int(columns.ticket[row]))
    key = columns.terms_of(row).metric, int(columns.cycle[row])
    every = judge(asked, question.policy, question.as_of)[0]
    return next(each for each in every if (each.metric, each.cycle) == key)


def _open(question: ReportQuestion, counted: _Counted, tally: ColumnTally) -> Iterator[OpenPromise]:
    """Return what is open of a piece, for the table of ages, where one is asked for."""
    if not question.edges:
        return
    columns, until = counted.columns, to_us(question.as_of)
    still = [place for place, reason in enumerate(columns.cancelled.values) if not reason]
    for row in np.flatnonzero((columns.done == NULL) & np.isin(columns.cancelled.codes, still)).tolist():
        metric, age = columns.terms_of(row).metric, until - int(columns.origin[row])
        yield OpenPromise(tally.groups_of(row), metric, age, bool(columns.status[row] == _BREACHED))


def _ours(question: ReportQuestion, counted: _Counted) -> Iterator[Ours]:
    """Return what we say of the promises of which the log has a word of its own."""
    if not question.compared:
        return
    columns = counted.columns
    for row in np.lexsort((columns.order, columns.ticket)).tolist():
        terms = columns.terms_of(row)
        if terms.metric in question.compared:
            name, status = counted.names[int(columns.ticket[row])], STATUSES[int(columns.status[row])]
            due, done = (_told(int(column[row]), terms.calendar.zone_info) for column in (columns.due, columns.done))
            yield Ours(name, terms.metric, status, due, done)


def _told(ticks: int, zone: ZoneInfo) -> datetime | None:
    return None if ticks == NULL else from_us(ticks, zone)
