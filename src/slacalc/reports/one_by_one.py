"""A report over tickets, one after the other: the loop that columns are held to."""

from collections.abc import Mapping, Sequence

from slacalc.business_time.instants import to_us
from slacalc.clocks.clock_state import ClockState
from slacalc.columns.given_rows import Row
from slacalc.columns.judging import Judged, asked_of, is_there, judge, repeated
from slacalc.columns.naming import missing_column
from slacalc.columns.outcome_rows import said_names
from slacalc.errors import SlaError
from slacalc.logs.reading import Problem, Ticket
from slacalc.reports.aging import OpenPromise, aging_of
from slacalc.reports.agreement import Ours, agreement_of
from slacalc.reports.figures import Report
from slacalc.reports.question import ReportQuestion, name_of, without_own
from slacalc.reports.tally import Tally

__all__ = ["is_open", "one_by_one", "ours_of", "own_word"]


def one_by_one(question: ReportQuestion, rows: Sequence[Row]) -> Report:
    """Return the report over rows."""
    tally = Tally(question.grouping, question.leave_out)
    again = repeated(said_names(rows))
    tickets, assumed, problems, inside = 0, 0, list[Problem](), list[tuple[str, Judged]]()
    for place, row in enumerate(rows, 1):
        name = name_of(row, place)
        if place - 1 in again:
            problems.append(Problem(question.line_of(name, place), again[place - 1]))
            continue
        try:
            asked = asked_of(without_own(row, question.own_columns), question.policy, place)
            if not is_there(asked.ticket, question.as_of):
                continue
            judged, left_out = judge(asked, question.policy, question.as_of)
            kept = [each for each in judged if question.period.has(each.result)]
            counts = bool(kept) or not judged
            tickets += counts
            assumed += counts and asked.ticket.creator_assumed
            tally.add(asked.ticket, kept)
            inside += ((name, each) for each in kept)
        except SlaError as error:
            left_out = [error]
        problems += (Problem(question.line_of(name, place), error) for error in left_out)
    tally.finish()
    opened = (_opened(question, each) for _, each in inside if is_open(each))
    ours = (ours_of(name, each) for name, each in inside if each.metric in question.compared)
    return Report(
        question.policy.name,
        question.as_of,
        question.grouping.names,
        tickets,
        tally.lines(),
        tally.worst(question.most),
        tuple(problems),
        aging_of(question.grouping, question.edges, opened) if question.edges else None,
        agreement_of(ours, own_word(question, rows), question.as_of, question.words) if question.compared else None,
        assumed,
    )


def own_word(question: ReportQuestion, rows: Sequence[Row]) -> dict[str, Mapping[str, object]]:
    """Return what a log says itself, by metric and ticket. Raises InstantError for a column that no row has."""
    return {
        metric: _own_column(rows, own, f"compare.{metric}") if isinstance(own, str) else own
        for metric, own in question.compared.items()
    }


def is_open(judged: Judged) -> bool:
    """Tell whether a promise is open: neither done nor cancelled."""
    result = judged.result
    cancelled = isinstance(result.promise, ClockState) and bool(result.promise.cancelled)
    return result.done_at is None and not cancelled


def ours_of(name: str, judged: Judged) -> Ours:
    """Return what we say of a promise."""
    result = judged.result
    return Ours(name, judged.metric, result.status, result.promise.due, result.done_at)


def _own_column(rows: Sequence[Row], column: str, where: str) -> dict[str, object]:
    said: dict[str, Mapping[str, object]] = {}
    for place, row in enumerate(rows, 1):  # of two rows of one ticket the first counts
        said.setdefault(name_of(row, place), row.own if isinstance(row, Ticket) else row)
    if said and not any(column in own for own in said.values()):
        raise missing_column(column, dict.fromkeys(name for own in said.values() for name in own), where)
    return {name: own.get(column) for name, own in said.items()}


def _opened(question: ReportQuestion, judged: Judged) -> OpenPromise:
    result = judged.result
    origin = question.as_of if result.promise.origin is None else result.promise.origin
    age = to_us(question.as_of) - to_us(origin)
    return OpenPromise(question.grouping.groups_of(judged), judged.metric, age, result.status == "breached")
