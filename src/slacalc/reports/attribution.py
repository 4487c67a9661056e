"""Where the time of many clocks of one metric went, summed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.clocks.attribution import AttributedTime, AttributionColumn, Hours, State, columns_of, sums_of
from slacalc.clocks.many_tickets import LeftOut, never_created
from slacalc.clocks.replay import Clocks, every_clocks
from slacalc.errors import MetricError, PolicyError, SlaError
from slacalc.render import Tabular, TextTable
from slacalc.reports.figures import format_count, format_left_out

__all__ = ["AttributionLine", "AttributionReport", "attribution_report"]


class AttributionLine(NamedTuple):
    """Time of one sort over all clocks: how many had some of it, how much it is, and its share of all wall time."""

    hours: Hours
    state: State
    reason: str
    value: str
    clocks: int
    time: timedelta
    share: float


@dataclass(frozen=True, slots=True)
class AttributionReport(Tabular):
    """The wall time of all clocks of a metric, split without remainder; the largest part comes first.

    `by` is the field that was asked for, or nothing; `clocks` counts those that have begun, a clock that ran twice as
    two. `left_out` are the tickets that could not be answered for.
    """

    metric: str
    by: str
    tickets: int
    clocks: int
    wall_time: timedelta
    lines: tuple[AttributionLine, ...]
    left_out: tuple[LeftOut, ...]

    def sums(self, column: AttributionColumn) -> dict[str, timedelta]:
        """Return the time for each value of a column: "hours", "state", "reason" or "value". Raises PolicyError."""
        return sums_of(((line, line.time) for line in self.lines), column)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line, with shares and timedeltas as values: `pandas.DataFrame(report.to_rows())`."""
        return [{"metric": self.metric, **line._asdict()} for line in self.lines]

    def _page(self) -> Iterator[str | TextTable]:
        counted = f"{format_count(self.tickets, 'ticket')}, {format_count(self.clocks, 'clock')}"
        yield f"{self.metric}: {counted}, {format_amount(self.wall_time)}"
        names = columns_of(self.by)
        yield TextTable.of(
            (*names, "clocks", "time", "share"),
            ([*map(str, line[: len(names)]), *_figures(line)] for line in self.lines),
            figures=range(len(names), len(names) + 3),
            caption=f"{self.metric}: where the time went",
            named_by=len(names),
        )
        if self.left_out:
            yield format_left_out(len(self.left_out))


def attribution_report(tickets: Clocks | Iterable[Clocks], metric: str, *, by: str = "") -> AttributionReport:
    """Return where the wall time of all clocks of a metric went: hours, pauses by reason, and the values of a field.

    `by` is the field; left out, there is none. Each cycle counts, up to its end or as_of. Raises MetricError for a
    metric that no rule promises, and PolicyError for a field that the policy does not declare.

    >>> from slacalc import sample_policy
    >>> from slacalc.testing import event_log
    >>> log = event_log("Fri 16:00 created; Fri 17:00 agent reply", zone="Europe/Brussels")
    >>> clocks = sample_policy("webshop_helpdesk").replay(log, as_of=log[-1].at)
    >>> for line in attribution_report(clocks, "first_response").lines:
    ...     print(line.hours, line.state, line.time)
    open running 1:00:00
    """
    tally = _TimesOfClocks(metric, by)
    for clocks in every_clocks(tickets):
        tally.add(clocks)
    return tally.report()


class _TimesOfClocks:
    """The times of the clocks that went by."""

    def __init__(self, metric: str, by: str) -> None:
        self._metric, self._by = metric, by
        self._tickets = self._clocks = 0
        self._times = Counter[tuple[Hours, State, str, str]]()
        self._having = Counter[tuple[Hours, State, str, str]]()
        self._left_out: list[LeftOut] = []

    def add(self, clocks: Clocks) -> None:
        try:
            every = list(self._rows_of(clocks))
        except (MetricError, PolicyError):
            raise
        except SlaError as error:
            self._left_out.append(LeftOut(clocks.ticket, error.code, str(error)))
            return
        self._tickets += 1
        self._clocks += len(every)
        for row in (row for rows in every for row in rows):
            self._times[row[:4]] += row.time // _EXACT
            self._having[row[:4]] += 1

    def report(self) -> AttributionReport:
        whole = self._times.total()
        lines = (
            AttributionLine(*sort, self._having[sort], time * _EXACT, time / whole)
            for sort, time in self._times.most_common()
        )
        counted = (self._tickets, self._clocks, whole * _EXACT)
        return AttributionReport(self._metric, self._by, *counted, tuple(lines), tuple(self._left_out))

    def _rows_of(self, clocks: Clocks) -> Iterator[tuple[AttributedTime, ...]]:
        if not clocks.is_created:
            raise never_created(clocks)
        return (state.attribution(self._by).rows for state in clocks.cycles(self._metric))


_EXACT = timedelta(microseconds=1)


def _figures(line: AttributionLine) -> tuple[str, str, str]:
    return str(line.clocks), format_amount(line.time), f"{line.share:.1%}"
