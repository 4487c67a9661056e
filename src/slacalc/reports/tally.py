"""The figures of a report, counted while tickets go by; those of columns are held to them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final, NamedTuple

from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.outcome import Outcome, Status
from slacalc.columns.judging import Judged
from slacalc.logs.reading import Ticket
from slacalc.policies.document.rules import OwedBy, PromiseKind
from slacalc.reports.breaches import Worst
from slacalc.reports.figures import ReportLine
from slacalc.reports.grouping import Grouping
from slacalc.reports.merges import Merges

__all__ = ["MEDIAN", "P90", "Counts", "LineKey", "Tally", "percentile"]

MEDIAN: Final = 50
P90: Final = 90


class LineKey(NamedTuple):
    """What the promises of a line have in common."""

    groups: tuple[str, ...]
    metric: str
    kind: PromiseKind
    owed_by: OwedBy

    @property
    def order(self) -> tuple[str, bool, str, str]:
        """What puts lines of one group in order: what we owe stands before what is apart."""
        return self.metric, (self.kind, self.owed_by) != ("owed", "us"), self.kind, self.owed_by


class Counts(NamedTuple):
    """What is counted of the promises of a line, and the median and the 90th percentile of their times.

    `within` is how many of what is not owed were done by the latest of what is usual, and of how many that is known.
    """

    statuses: Mapping[str, int]
    cancelled_late: Mapping[str, int]
    changed: int
    objectives: frozenset[float | None]
    within: tuple[int, int]
    open_times: tuple[timedelta | None, timedelta | None]
    wall_times: tuple[timedelta | None, timedelta | None]
    median_moved: timedelta | None

    def line(self, key: LineKey) -> ReportLine:
        """Return the line."""
        why = (f"{reason.replace('_', ' ')} {count}" for reason, count in sorted(self.cancelled_late.items()))
        return ReportLine(
            *key,
            tickets=sum(self.statuses.values()),
            met=self.statuses.get("met", 0),
            breached=self.statuses.get("breached", 0),
            done=self.statuses.get("done", 0),
            pending=self.statuses.get("pending", 0),
            cancelled=self.statuses.get("cancelled", 0),
            deprioritised=self.statuses.get("deprioritised", 0),
            breached_cancelled=sum(self.cancelled_late.values()),
            breached_cancelled_why=", ".join(why),
            breached_then_changed=self.changed,
            objective=next(iter(self.objectives)) if len(self.objectives) == 1 else None,
            within=self.within[0] / self.within[1] if self.within[1] else None,
            median_open=self.open_times[0],
            p90_open=self.open_times[1],
            median_wall=self.wall_times[0],
            p90_wall=self.wall_times[1],
            median_moved=self.median_moved,
        )


class Tally:
    """The figures of all groups, and the breaches, while tickets go by."""

    def __init__(self, grouping: Grouping, leave_out: frozenset[str]) -> None:
        self._grouping, self._leave_out = grouping, leave_out
        self._groups: dict[LineKey, _Group] = {}
        self._totals: dict[LineKey, _Group] = {}
        self._breaches: list[Worst] = []
        self._merges = Merges()

    def add(self, ticket: Ticket, judged: list[Judged]) -> None:
        """Count the promises of a ticket."""
        for each in self._merges.without_those_that_go_on(ticket, judged):
            self._count(ticket.id, each)

    def finish(self) -> None:
        """Count the breaches of tickets that were merged away, each once, where they belong."""
        for ticket, each in self._merges.breaches():
            self._count(ticket, each)

    def lines(self) -> tuple[ReportLine, ...]:
        """Return the lines of the groups in order, then those of all."""
        return (
            *(self._groups[key].counts().line(key) for key in sorted(self._groups, key=self._order)),
            *(self._totals[key].counts().line(key) for key in sorted(self._totals, key=self._order)),
        )

    def worst(self, most: int | None) -> tuple[Worst, ...]:
        """Return the breaches that are most over, of equal ones the first in the log; all without `most`."""
        return tuple(sorted(self._breaches, key=_over, reverse=True)[:most])

    def _order(self, key: LineKey) -> tuple[object, ...]:
        return self._grouping.rank(key.groups), key.order

    def _count(self, ticket: str, judged: Judged) -> None:
        result, groups = judged.result, self._grouping.groups_of(judged)
        status: Status = "cancelled" if _cancelled_late(result) in self._leave_out else result.status
        promise = result.promise
        for every, named in ((self._groups, groups), (self._totals, self._grouping.total)):
            key = LineKey(named, promise.metric, promise.kind, promise.owed_by)
            every.setdefault(key, _Group()).add(result, status)
        if status == "breached" and promise.owed_by == "us" and not _is_deprioritised(result):
            self._breaches.append(Worst(ticket, groups, judged))


def percentile(ordered: list[timedelta], percent: int) -> timedelta | None:
    """Return the smallest value with at least that share of the values at or below it (nearest rank)."""
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


class _Group:
    """The figures of one group while tickets go by."""

    __slots__ = ("cancelled_late", "changed", "moved", "objectives", "open_times", "statuses", "wall_times", "within")

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.cancelled_late: Counter[str] = Counter()
        self.within: Counter[bool] = Counter()
        self.changed = 0
        self.objectives: set[float | None] = set()
        self.open_times: list[timedelta] = []
        self.wall_times: list[timedelta] = []
        self.moved: list[timedelta] = []

    def add(self, result: Outcome, status: Status) -> None:
        if _is_deprioritised(result):
            self.statuses["deprioritised"] += 1
            return
        self.statuses[status] += 1
        self.objectives.add(result.promise.objective)
        if result.within is not None:
            self.within[result.within] += 1
        if result.done_at is not None:
            self.open_times.append(result.open_time)
            self.wall_times.append(result.wall_time)
        if isinstance(result.promise, ClockState):
            self._add_clock(result.promise, status)

    def _add_clock(self, clock: ClockState, status: Status) -> None:
        if status == "breached":
            self.changed += clock.target_changed
            self.cancelled_late.update([clock.cancelled] if clock.cancelled else [])
        if clock.moved_by_pauses:
            self.moved.append(clock.moved_by_pauses)

    def counts(self) -> Counts:
        return Counts(
            self.statuses,
            self.cancelled_late,
            self.changed,
            frozenset(self.objectives),
            (self.within[True], self.within.total()),
            _both(self.open_times),
            _both(self.wall_times),
            percentile(sorted(self.moved), MEDIAN),
        )


def _both(times: Iterable[timedelta]) -> tuple[timedelta | None, timedelta | None]:
    ordered = sorted(times)
    return percentile(ordered, MEDIAN), percentile(ordered, P90)


def _cancelled_late(result: Outcome) -> str:
    """Return why a promise was cancelled that had been broken before; nothing for any other."""
    return result.promise.cancelled if isinstance(result.promise, ClockState) and result.status == "breached" else ""


def _is_deprioritised(result: Outcome) -> bool:
    return isinstance(result.promise, ClockState) and result.promise.excluded_from_objective


def _over(breach: Worst) -> tuple[timedelta, timedelta]:
    return breach.outcome.overdue_by_open, breach.outcome.overdue_by
