"""Many policies over the same columns of tickets: what a report says of each, where what does not differ is asked once.

Which rule takes a ticket is decided once for all policies whose rules test the same; how long each promise took is
asked once of each calendar, and so are medians.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import starmap
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from slacalc.business_time.instants import amount_us, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.columns.coded import CodedColumn, combined
from slacalc.columns.given_rows import Row
from slacalc.columns.judging import repeated
from slacalc.columns.outcome_columns import of_judged
from slacalc.columns.outcome_rows import said_names
from slacalc.columns.outcomes import TicketProblem, TicketTable, judge_alone, wrongly_done
from slacalc.columns.rule_rows import rule_rows
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.ticket_tables import Native, as_table, ticket_columns, tickets_of_log, tickets_of_rows
from slacalc.columns.wall_times import readings_of
from slacalc.logs.reading import Problem
from slacalc.logs.tickets import Tickets
from slacalc.plans.answers import Answers
from slacalc.plans.late_counts import LateCounts
from slacalc.plans.passed import Passed, Stretches, Unanswered
from slacalc.plans.worked import Worked
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import MatchedRule, MetricPromise
from slacalc.policies.policy import Policy
from slacalc.policies.targets.points import CountingTarget
from slacalc.policies.targets.target import AnyTarget
from slacalc.reports.column_tally import ColumnTally, LineCounts, Lines, MedianAndP90, median_and_p90, texts_of_part
from slacalc.reports.figures import ReportLine
from slacalc.reports.grouping import PARTS
from slacalc.reports.question import ReportQuestion
from slacalc.reports.tally import Counts, LineKey

__all__ = ["ManyPolicies", "TicketsOfMetric", "policies_over_rows", "policies_over_table"]

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_NOTHING: Final[Column] = np.empty(0, dtype=np.int64)


def policies_over_table(
    question: ReportQuestion,
    given: Native,
    columns: Mapping[str, str] | None,
    zone: str | ZoneInfo | None,
    answers: Answers,
) -> "ManyPolicies":
    """Return a data frame, or another table of columns, of which many policies are asked."""
    tickets = ticket_columns(question.policy, as_table(given), columns, zone)
    return ManyPolicies(question, tickets, tickets.ids, answers)


def policies_over_rows(question: ReportQuestion, rows: Sequence[Row], answers: Answers) -> "ManyPolicies":
    """Return rows without events, of which many policies are asked."""
    if isinstance(rows, Tickets):
        return ManyPolicies(question, tickets_of_log(question.policy, rows), (), answers)
    return ManyPolicies(question, tickets_of_rows(question.policy, rows), said_names(rows), answers)


class TicketsOfMetric(NamedTuple):
    """The tickets that a rule promises a metric: their stretches, their groups, and which are done.

    `codes` are even where a promise is open, and odd where it is done: two for each group, in their order; `counted` is
    how many rows have each. `order` has what is done, group by group, and the groups end at `edges`.
    """

    stretches: Stretches
    codes: Column
    counted: list[int]
    groups: tuple[tuple[str, ...], ...]
    order: Column
    edges: Column
    wall_times: Sequence[Column]

    @property
    def is_done(self) -> Bools:
        """Which promises are done."""
        done: Bools = self.codes % 2 == 1
        return done

    def by_group(self, times: Column) -> list[Column]:
        """Return the times of what is done, group by group."""
        return np.split(times[self.order], self.edges)

    def count_of(self, rows: Bools) -> list[int]:
        """Return how many of some rows have each code."""
        counts: list[int] = np.bincount(self.codes[rows], minlength=2 * len(self.groups)).tolist()
        return counts


class ManyPolicies:
    """Tickets as columns, of which many policies are asked what a report says."""

    def __init__(
        self, question: ReportQuestion, tickets: TicketTable, names: Sequence[object], answers: Answers
    ) -> None:
        self._tickets, self._question, self._until = tickets, question, to_us(question.as_of)
        self._named = _names_of(question.policy)
        self._again = repeated(names)
        odd = np.zeros(len(tickets.ids), dtype=bool)
        odd[tickets.odd] = True
        there = ~odd & (tickets.received <= self._until)
        odd |= there & wrongly_done(tickets)
        first = np.ones(len(odd), dtype=bool)
        first[list(self._again)] = False
        self._rows, self._odd = np.flatnonzero(there & ~odd & first), np.flatnonzero(odd & first)
        self._places: dict[Hashable, list[tuple[int, Column]]] = {}
        self._metrics: dict[Hashable, TicketsOfMetric] = {}
        self.passed: Passed = Passed()
        self._open_times: dict[tuple[int, int], Sequence[Column]] = {}
        self._asked: dict[tuple[int, int], Column] = {}
        self._late_counts: dict[tuple[int, int], LateCounts] = {}
        self._counts_kept: dict[Hashable, _MetricCounts] = {}
        self._worked: Worked | None = None
        if answers == "as_worked":
            self._worked = Worked(tickets, self.passed)
            for matched, rows in self.matched(question.policy):
                for found in matched.metrics.values():
                    self._worked.keep(found, rows)
        self._medians: dict[tuple[int, ...], tuple[tuple[Column, ...], MedianAndP90]] = {}

    def __len__(self) -> int:
        """Return how many tickets there are."""
        return len(self._tickets.ids)

    @property
    def first(self) -> int | None:
        """When the first ticket came."""
        return int(self._tickets.received[self._rows].min()) if len(self._rows) else None

    def lines(self, policy: Policy) -> tuple[ReportLine, ...] | None:
        """Return the lines of the report of a policy; None where columns cannot tell."""
        try:
            return self._lines(policy)
        except Unanswered:
            return None

    def problems(self, policy: Policy) -> tuple[Problem, ...] | None:
        """Return the rows that the report of a policy leaves out; None where columns cannot tell."""
        if self.lines(policy) is None:
            return None
        taken = [rows for _, rows in self.matched(policy)]
        left = self._rows[np.isin(self._rows, np.concatenate([_NOTHING, *taken]), invert=True)]
        alone = np.concatenate([self._odd, left]).tolist()
        _, told = judge_alone(policy, self._tickets, alone, self._question.as_of)
        every = sorted([*told, *starmap(TicketProblem, self._again.items())], key=lambda problem: problem.place)
        names = self._tickets.ids
        return tuple(Problem(self._question.line_of(str(names[place]), place + 1), error) for place, error in every)

    def _lines(self, policy: Policy) -> tuple[ReportLine, ...]:
        lines = Lines(self._question.grouping, self._told)
        for matched, rows in self.matched(policy):
            for found in matched.metrics.values():
                if (tickets := self.promised(matched, found, rows)) is not None:
                    lines.add(self._counted(found, tickets))
        for tally in self._alone(policy):
            lines.add(tally)
        return lines.lines()

    def forget(self) -> None:
        """Forget what calendars said: others come."""
        self.passed.forget()
        if self._worked is not None:
            self._metrics.clear()
        self._open_times.clear()
        self._asked.clear()
        self._late_counts.clear()
        self._counts_kept.clear()
        self._medians.clear()

    def matched(self, policy: AnyPolicy) -> Iterator[tuple[MatchedRule, Column]]:
        """Return each rule with the rows of the tickets that it takes. Raises Unanswered for other fields."""
        if _names_of(policy) != self._named:
            raise Unanswered
        in_force = policy.in_force[0]
        document = in_force.policy
        rules = document.tried_rules
        tests = tuple((rule.when, rule.any_of, rule.tested_fields, type(rule.calendar)) for rule in rules)
        key = tests, document.fields
        if key not in self._places:
            found, _ = rule_rows(in_force, self._tickets.fields, self._rows)
            self._places[key] = [(each.matched.place, each.rows) for each in found]
        yield from ((in_force.terms_of(place), rows) for place, rows in self._places[key])

    def promised(self, matched: MatchedRule, found: MetricPromise, rows: Column) -> TicketsOfMetric | None:
        """Return the tickets that a rule promises a metric; None where it begins later. Raises Unanswered."""
        name, begins = found.promised.origin, matched.begins_with_receipt(found)
        if not begins or (name is not None and name not in self._tickets.origins):
            self._refuse_done(found.metric, rows)
            return None
        parts = [PARTS[each] for each in self._question.grouping.names if each not in self._question.grouping.fields]
        if any(part.is_of_due for part in parts):
            raise Unanswered
        by_calendar = None if self._worked is None else id(self.passed.calendar(found.calendar))
        key = id(rows), found.metric, name, found.zone.key if parts else "", by_calendar
        return _kept(self._metrics, key, lambda: self._promised(found, rows))

    def _refuse_done(self, metric: str, rows: Column) -> None:
        """Raise Unanswered for what is said to be done and has not begun."""
        done = self._tickets.done.get(metric)
        if done is not None and (done[rows] != NULL).any():
            raise Unanswered

    def _promised(self, found: MetricPromise, rows: Column) -> TicketsOfMetric:
        tickets, name = self._tickets, found.promised.origin
        begun = (tickets.received if name is None else tickets.origins[name])[rows]
        self._refuse_done(found.metric, rows[begun == NULL])
        period = self._question.period
        inside = begun != NULL
        if period.since is not None:
            inside &= begun >= period.since
        if period.until is not None:
            inside &= begun < period.until
        rows, origin = rows[inside], begun[inside]
        done = self._done(found, rows)
        is_done = (done != NULL) & (done <= self._until)
        end = np.where(is_done, done, self._until)
        codes, groups = self._groups(found, rows, origin)
        order = np.flatnonzero(is_done)
        order = order[np.argsort(codes[order], kind="stable")]
        edges = np.cumsum(np.bincount(codes[is_done], minlength=len(groups)))[:-1]
        wall_times = np.split((end - origin)[order], edges)
        codes = 2 * codes + is_done
        counts = np.bincount(codes, minlength=2 * len(groups)).tolist()
        return TicketsOfMetric(Stretches(origin, end), codes, counts, groups, order, edges, wall_times)

    def _done(self, found: MetricPromise, rows: Column) -> Column:
        if found.metric not in self._tickets.done:
            return np.full(len(rows), NULL, dtype=np.int64)
        done = self._tickets.done[found.metric][rows]
        return done if self._worked is None else self._worked.moved(found, rows, done)

    def _groups(self, found: MetricPromise, rows: Column, origin: Column) -> tuple[Column, tuple[tuple[str, ...], ...]]:
        """Return the group of each row by number, and the groups."""
        keys = [self._texts(name, found, rows, origin) for name in self._question.grouping.names]
        _, first, codes = np.unique(combined(keys, len(rows)), return_index=True, return_inverse=True)
        groups = (tuple(str(key.values[key.codes[row]]) for key in keys) for row in first.tolist())
        return codes.astype(np.int64), tuple(groups)

    def _texts(self, name: str, found: MetricPromise, rows: Column, origin: Column) -> CodedColumn:
        """Return the text that each row is grouped by under a name."""
        if name not in self._question.grouping.fields:
            return texts_of_part(PARTS[name], readings_of(found.zone, origin).values)
        field = self._tickets.fields.get(name)
        if field is None:
            return CodedColumn(np.zeros(len(rows), dtype=np.int64), ("",))
        return field.taken(rows).mapped(lambda value: "" if value is None else value)

    def _counted(self, found: MetricPromise, tickets: TicketsOfMetric) -> "_MetricCounts":
        """Return what is counted of the tickets that are promised a metric: once of what policies promise alike."""
        key = id(tickets), id(self.passed.calendar(found.calendar)), found.promised
        total = self._question.grouping.total
        return _kept(self._counts_kept, key, lambda: _MetricCounts(found, self._counts(found, tickets), total))

    def _counts(self, found: MetricPromise, tickets: TicketsOfMetric) -> Iterator[tuple[tuple[str, ...], LineCounts]]:
        """Return what is counted of each group of the tickets that are promised a metric."""
        promised, calendar, of = found.promised, self.passed.calendar(found.calendar), tickets.stretches
        late = self._late(tickets, promised.due, calendar)
        for target, in_order in ((promised.expected, False), (promised.follow_up, True)):
            if target is not None:
                self.passed.check(of, target, calendar, in_order=in_order)
        key = id(of), id(calendar)
        open_times = _kept(self._open_times, key, lambda: tickets.by_group(self.passed.elapsed(of, calendar)))
        is_owed, objective = promised.promise == "owed", frozenset([promised.objective])
        for place, group in enumerate(tickets.groups):
            (pending, done), (still_late, done_late) = (
                each[2 * place : 2 * place + 2] for each in (tickets.counted, late)
            )
            yield (
                group,
                LineCounts(
                    _statuses(done, pending, done_late, still_late) if is_owed else Counter(done=done, pending=pending),
                    Counter(),
                    0,
                    objective,
                    (0, 0) if is_owed else (done - done_late, done + still_late),
                    (open_times[place],),
                    (tickets.wall_times[place],),
                    (_NOTHING,),
                ),
            )

    def _late(self, tickets: TicketsOfMetric, target: AnyTarget, calendar: OpenTime) -> list[int]:
        """Return how many of each code ended after they were due. Raises Unanswered."""
        if not isinstance(target, CountingTarget) or not target.amount:
            return tickets.count_of(self.passed.passed(tickets.stretches, target, calendar))
        needed, amount = self.passed.needed_by(tickets.stretches, target, calendar), amount_us(target.amount)
        key = id(tickets), id(needed)
        if key not in self._asked:
            self._asked[key] = needed
            return tickets.count_of(needed > amount)
        sorted_once = _kept(self._late_counts, key, lambda: LateCounts(needed, tickets.codes, 2 * len(tickets.groups)))
        return sorted_once.late(amount)

    def _alone(self, policy: Policy) -> Iterator[ColumnTally]:
        """Return what is counted of the tickets that are judged alone."""
        question = self._question
        judged, _ = judge_alone(policy, self._tickets, self._odd.tolist(), question.as_of)
        kept = [(place, each) for place, _, every in judged for each in every if question.period.has(each.result)]
        if kept:
            yield ColumnTally(of_judged(kept, policy.field_names), question.grouping, frozenset())

    def _told(self, counts: LineCounts) -> Counts:
        return counts.counts_with(*(self._median(times) for times in (counts.open_times, counts.wall_times)))

    def _median(self, times: tuple[Column, ...]) -> MedianAndP90:
        """Return median and 90th percentile, which are asked once of the same arrays."""
        key = tuple(map(id, times))
        return _kept(self._medians, key, lambda: (times, median_and_p90(np.concatenate(times))))[1]


class _MetricCounts:
    """What is counted of the tickets that a rule promises a metric."""

    def __init__(
        self, found: MetricPromise, counts: Iterable[tuple[tuple[str, ...], LineCounts]], total: tuple[str, ...]
    ) -> None:
        said = found.metric, found.promised.promise, found.promised.owed_by
        self._grouped = {LineKey(group, *said): each for group, each in counts}
        self._total = LineKey(total, *said)

    def grouped(self) -> dict[LineKey, LineCounts]:
        return self._grouped

    def totals(self) -> dict[LineKey, LineCounts]:
        every = self._grouped.values()
        return {self._total: reduce(LineCounts.joined, every)} if every else {}


def _statuses(done: int, pending: int, done_late: int, still_late: int) -> Counter[str]:
    """Return the statuses of what is owed: what is still open and late is breached, too."""
    return Counter(met=done - done_late, breached=done_late + still_late, pending=pending - still_late)


def _names_of(policy: AnyPolicy) -> Hashable:
    """Return the columns that a policy reads of its tickets."""
    return policy.field_names, policy.metrics, policy.origins


def _kept(kept: dict[K, T], key: K, make: Callable[[], T]) -> T:
    """Return what is kept under a key, made now if it is the first time."""
    if key not in kept:
        kept[key] = make()
    return kept[key]
