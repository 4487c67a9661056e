"""Attainment: of the promises that fell due, how many were kept, and how long it took."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument, each_of, nearest_first, refuse
from slacalc.business_time.instants import to_us
from slacalc.clocks.cycle import CANCELLATIONS
from slacalc.columns.frames import extra_frames
from slacalc.columns.given_rows import check_said, given_rows, is_table
from slacalc.errors import LogError
from slacalc.logger import tell_left_out
from slacalc.logs.reading import LogReading
from slacalc.policies.any_policy import AnyPolicy
from slacalc.reports.aging import read_edges
from slacalc.reports.agreement import Compared, read_compared, read_words
from slacalc.reports.figures import Report
from slacalc.reports.grouping import read_grouping
from slacalc.reports.one_by_one import one_by_one
from slacalc.reports.periods import Dated, read_period
from slacalc.reports.question import ReportQuestion

__all__ = ["lines_of", "report", "worth_columns"]

Rows: TypeAlias = Any
"""`Ticket` values or mappings; or columns: a data frame, a relation, a mapping of lists or arrays."""

_WORTH_COLUMNS: Final = 500  # rows, below which columns take longer to set up than the loop takes


def report(
    rows: Rows,
    policy: AnyPolicy,
    *,
    as_of: datetime,
    by: str | Sequence[str] = "priority",
    since: datetime | None = None,
    until: datetime | None = None,
    dated: Dated = "created",
    lines: Mapping[str, int] | None = None,
    leave_out: Sequence[str] = (),
    worst: int | Literal["all"] = 10,
    aging: Sequence[timedelta | str] | None = None,
    compare: Mapping[str, Compared] | None = None,
    compare_words: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
) -> Report:
    """Return how the promises of a policy were kept, per metric and value of a field, as of an instant.

    A row is a `Ticket`, or a mapping with "received", optionally "ticket", the policy's
    fields, and for each metric when it was done (None, or left out: not yet); another key means nothing, unless it is
    spelled like one that the row lacks. Of two rows of one ticket the first counts. A ticket with events is
    replayed, with its pauses and changes, and each cycle counts. What is open and not due is pending; open
    and overdue is breached; cancelled is counted apart, and where it was late before it is breached, unless `leave_out`
    names why it was cancelled ("deleted"). What is not owed, and what the customer owes, has lines of its own, and no
    part in ours. What was received after `as_of` is not there yet. `policy` may be `PolicyVersions`: each promise is
    judged by the version in force when it began, its objective included. `since` and `until` (not included) take the
    promises that began then, or with `dated="due"` those that fell due then. A ticket that no rule matches, or whose
    row cannot be read, is left out and listed in `problems` by its place (`lines` gives the line of a ticket in
    its log).

    `by` are fields, or parts of the date when a promise began or fell due, on the clock of its calendar: month,
    weekday, hour, due_month, due_weekday, due_hour. `worst` is how many breaches are listed, "all" for all of them.
    `aging` are the edges of a table of what is open. `compare` names for a metric the column of the log's own word:
    whether it was kept, or when it was due; `compare_words` says which of its words
    mean "met" or "breached". Rows may be columns, of a data frame or lists.
    `columns` says which column is what, where they have other names; naive columns are read on the clock of `zone`.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> answered = friday + timedelta(hours=1)
    >>> rows = [{"ticket": "7", "received": friday, "priority": "normal", "first_response": answered}]
    >>> line = report(rows, sample_policy("webshop_helpdesk"), as_of=friday + timedelta(days=3)).lines[0]
    >>> line.met, line.attainment, line.objective_met, line.median_open
    (1, 1.0, True, datetime.timedelta(seconds=3600))
    """
    check_argument(policy, AnyPolicy, "policy", "a Policy, or PolicyVersions")
    to_us(as_of, "as_of")
    question = ReportQuestion(
        policy,
        as_of,
        read_grouping(by, policy),
        read_period(since, until, dated),
        _reasons(leave_out),
        _most(worst),
        lines_of(rows) if lines is None else lines,
        () if aging is None else read_edges(aging),
        {} if compare is None else read_compared(compare, policy),
        {} if compare_words is None else read_words(compare_words),
    )
    judged = _judged(question, rows, columns, zone)
    tell_left_out("report", [(f"line {problem.line}", problem.error.code) for problem in judged.problems])
    return judged


def _judged(
    question: ReportQuestion, rows: Rows, columns: Mapping[str, str] | None, zone: str | ZoneInfo | None
) -> Report:
    """Return the report of rows: of many at once where they are columns, else one by one."""
    found = _reported(question, rows, columns, zone)
    check_said(rows, columns, (line.metric for line in found.lines if line.kind == "owed"))
    return found


def _reported(
    question: ReportQuestion, rows: Rows, columns: Mapping[str, str] | None, zone: str | ZoneInfo | None
) -> Report:
    """Return the report over columns or rows; many rows become columns, too."""
    if is_table(rows):
        with extra_frames():
            from slacalc.reports.column_attainment import report_of_table
        return report_of_table(question, rows, columns, zone)
    listed = given_rows(question.policy, rows, columns=columns, zone=zone, own=question.own_columns)
    if worth_columns(len(listed)):
        from slacalc.reports.column_attainment import report_of_rows

        return report_of_rows(question, listed)
    return one_by_one(question, listed)


def worth_columns(count: int) -> bool:
    """Tell whether so many rows are worth columns, and whether these can be made."""
    return bool(count >= _WORTH_COLUMNS and find_spec("narwhals") and find_spec("numpy"))


def lines_of(rows: object) -> Mapping[str, int]:
    """Return the line of each ticket in its log; nothing for rows of no log."""
    return rows.lines if isinstance(rows, LogReading) else {}


def _most(worst: object) -> int | None:
    """Return how many breaches are told of; None for all."""
    if worst == "all":
        return None
    if isinstance(worst, bool) or not isinstance(worst, int) or worst < 0:
        refuse(worst, "worst", 'a number from 0 on, or "all"')
    return worst


def _reasons(leave_out: Sequence[str]) -> frozenset[str]:
    """Return the reasons that are left out, checked."""
    reasons = frozenset(each_of(leave_out, str, "leave_out", 'several reasons, such as ["deleted"]'))
    if unknown := sorted(reasons - {*CANCELLATIONS}):
        raise LogError(
            "reason_unknown",
            "no clock is cancelled for this",
            given=unknown[0],
            accepts=nearest_first(unknown[0], CANCELLATIONS),
            where="leave_out",
        )
    return reasons
