"""A log of tickets of which several policies are asked how their promises would have been kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY, to_amount, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.columns.frames import extra_frames
from slacalc.columns.given_rows import Row, check_said, given_rows, is_table
from slacalc.errors import HorizonError, LogError
from slacalc.logs.reading import Problem, Ticket
from slacalc.logs.tickets import Tickets
from slacalc.plans.answers import Answers
from slacalc.policies.policy import Policy
from slacalc.reports.attainment import Rows, lines_of, report, worth_columns
from slacalc.reports.figures import Report, ReportLine
from slacalc.reports.grouping import PARTS, Grouping, read_grouping
from slacalc.reports.periods import read_period
from slacalc.reports.question import ReportQuestion

if TYPE_CHECKING:
    from slacalc.plans.many_policies import ManyPolicies

__all__ = ["AskedLog", "asked_log"]

_WEEK: Final = 7 * DAY


def asked_log(
    rows: Rows,
    policy: Policy,
    *,
    as_of: datetime,
    by: str | Sequence[str],
    since: datetime | None,
    until: datetime | None,
    columns: Mapping[str, str] | None,
    zone: str | ZoneInfo | None,
    answers: Answers = "as_they_came",
    worth: Callable[[int], bool] = worth_columns,
) -> "AskedLog":
    """Return tickets as `report` takes them: columns, where so many rows are `worth` it and have no events.

    Raises LogError when there are none, and what `report` raises.
    """
    grouping, period = read_grouping(by, policy), read_period(since, until, "created")
    if answers == "as_worked":
        _refuse_due_groups(grouping)
    question = ReportQuestion(policy, as_of, grouping, period, frozenset(), 0, lines_of(rows), (), {}, {})
    if is_table(rows):
        given = _Given(rows, columns, zone)
    else:
        given = _Given(given_rows(policy, rows, columns=columns, zone=zone), None, None)
    return AskedLog(
        question,
        given,
        _many_policies(question, given, answers, worth),
        since,
        until,
        by_columns_only=answers == "as_worked",
    )


class _Given(NamedTuple):
    """Tickets as they came: a table of columns with what is said of them, or rows."""

    rows: Rows
    columns: Mapping[str, str] | None
    zone: str | ZoneInfo | None


class AskedLog:
    """Tickets, and what is asked of them but for the policy: by columns where these can tell, else by `report`."""

    def __init__(
        self,
        question: ReportQuestion,
        given: _Given,
        many: "ManyPolicies | None",
        since: datetime | None,
        until: datetime | None,
        *,
        by_columns_only: bool,
    ) -> None:
        self._by_columns_only = by_columns_only
        self.question: ReportQuestion = question
        self.many: ManyPolicies | None = many
        self._given, self._since, self._until = given, since, until
        self._before: Report | None = None
        self._weeks: dict[OpenTime, timedelta | None] = {}
        if not (len(many) if many is not None else len(given.rows)):
            problem, accepts = "the log has no ticket", "one ticket or more"
            raise LogError("log_empty", problem, given=0, accepts=accepts, where="rows")
        if by_columns_only and many is None:
            raise has_events()

    def lines(self, policy: Policy) -> tuple[ReportLine, ...]:
        """Return the lines of the report of a policy."""
        found = None if self.many is None else self.many.lines(policy)
        if found is None and self._by_columns_only:
            raise not_by_columns()
        lines = self._report(policy).lines if found is None else found
        said = (line.metric for line in lines if line.kind == "owed")
        check_said(self._given.rows, self._given.columns, said)
        return lines

    def problems(self, policy: Policy) -> tuple[Problem, ...]:
        """Return the rows that the report of a policy leaves out."""
        found = None if self.many is None else self.many.problems(policy)
        return self._report(policy).problems if found is None else found

    def forget(self) -> None:
        """Forget what calendars said: others come."""
        if self.many is not None:
            self.many.forget()

    def open_a_week(self, calendar: OpenTime | None) -> timedelta | None:
        """Return how long a calendar is open in a week, on average over the whole weeks that the log is about."""
        if calendar is None:
            return None
        asked = calendar if self.many is None else self.many.passed.calendar(calendar)
        if asked not in self._weeks:
            self._weeks[asked] = self._open_a_week(asked)
        return self._weeks[asked]

    def _open_a_week(self, calendar: OpenTime) -> timedelta | None:
        first = self._first()
        if first is None:
            return None
        end = to_us(self.question.as_of if self._until is None else self._until)
        weeks = max(1, (end - first) // _WEEK)
        try:
            return to_amount(calendar.timeline.elapsed(end - weeks * _WEEK, end) // weeks)
        except HorizonError:
            return None

    def _first(self) -> int | None:
        """Return when the log begins, by the period that is asked about or by its first ticket."""
        if self._since is not None:
            return to_us(self._since)
        if self.many is not None:
            return self.many.first
        received = (row.received if isinstance(row, Ticket) else row.get("received") for row in self._given.rows)
        return min((to_us(each) for each in received if _is_instant(each)), default=None)

    def _report(self, policy: Policy) -> Report:
        if policy is not self.question.policy:
            return self._reported(policy)
        if self._before is None:
            self._before = self._reported(policy)
        return self._before

    def _reported(self, policy: Policy) -> Report:
        asked, given = self.question, self._given
        return report(
            given.rows,
            policy,
            as_of=asked.as_of,
            by=asked.grouping.names,
            since=self._since,
            until=self._until,
            lines=asked.lines,
            worst=0,
            columns=given.columns,
            zone=given.zone,
        )


def _is_instant(value: object) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is not None


def _many_policies(
    question: ReportQuestion, given: _Given, answers: Answers, worth: Callable[[int], bool]
) -> "ManyPolicies | None":
    """Return the tickets as columns; None where they are few, or have events, so that each policy replays them."""
    rows: Sequence[Row] = given.rows
    if is_table(rows):
        with extra_frames():
            from slacalc.plans.many_policies import policies_over_table
        return policies_over_table(question, rows, given.columns, given.zone, answers)
    if not worth(len(rows)) or _have_events(rows):
        return None
    from slacalc.plans.many_policies import policies_over_rows

    return policies_over_rows(question, rows, answers)


def _have_events(rows: Sequence[Row]) -> bool:
    if isinstance(rows, Tickets):
        return rows.has_events
    return any(isinstance(row, Ticket) and row.events for row in rows)


def _refuse_due_groups(grouping: Grouping) -> None:
    """Raise LogError for groups that each change of the policy would divide anew."""
    parts = {name: part for name, part in PARTS.items() if name not in grouping.fields}
    of_due = next((name for name in grouping.names if name in parts and parts[name].is_of_due), None)
    if of_due is not None:
        raise LogError(
            "due_group_as_worked",
            "answers as worked are not grouped by when they were due, which is another time with each change",
            given=of_due,
            accepts=f"a field, {', '.join(name for name, part in parts.items() if not part.is_of_due)}",
            where="by",
        )


def has_events() -> LogError:
    """Return the error for tickets that are to be asked as columns, and cannot be."""
    problem, accepts = "these tickets have events, which are replayed", "rows that say when each metric was done"
    return LogError("log_has_events", problem, accepts=accepts, where="rows")


def not_by_columns() -> LogError:
    """Return the error for tickets of which columns do not tell all."""
    problem = "some ticket has no due time, or was done before its clock began"
    return LogError("log_not_by_columns", problem, accepts="rows that a report takes without a problem", where="rows")
