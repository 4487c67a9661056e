"""The figures of a report, and how they read: as text, as rows, as JSON and as HTML."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from slacalc.business_time.amounts import format_amount
from slacalc.calendars.ledger import format_moment, told_moment
from slacalc.clocks.breach_reason import BreachReasons
from slacalc.logs.reading import Problem
from slacalc.policies.document.rules import OwedBy, PromiseKind
from slacalc.render import Cell, MarkedLine, Tabular, TextTable, one_line
from slacalc.reports.aging import AGING_TITLE, Aging
from slacalc.reports.agreement import AGREEMENT_TITLE, Agreement
from slacalc.reports.breaches import WORST_TITLE, Breaches, Worst
from slacalc.reports.grouping import ALL, group_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "ALL",
    "WORST_TITLE",
    "Report",
    "ReportLine",
    "breaches_of",
    "figures_of",
    "format_assumed",
    "format_count",
    "format_left_out",
    "further_tables",
    "promise_words",
    "share_text",
    "time_text",
    "title_of",
]

_AMOUNTS: Final = ("median_open", "p90_open", "median_wall", "p90_wall", "median_moved")
_MOST_REASONS: Final = 3
_SHARES: Final = ("attainment", "objective", "objective_met", "within")
_COUNTS: Final = (
    "metric", "kind", "owed_by", "tickets", "met", "breached", "done", "pending", "cancelled", "deprioritised",
)  # fmt: skip
_BREACHES: Final = ("breached_cancelled", "breached_cancelled_why", "breached_then_changed")
_VALUES: Final = (*_COUNTS, *_BREACHES, *_SHARES, *_AMOUNTS)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The figures of one metric for one group of tickets, or for "all".

    What is not owed has lines of its own, and so has what the customer owes: `kind` and `owed_by` say which. Of what is
    not owed nothing is met or breached, so that there is no attainment: `done` is how many were done, `within` the
    share that was done by the latest of what is usual, among those that were done or for which it has passed.
    `tickets` counts promises: a clock that ran twice is two. What was cancelled before it was late, and what a
    deprioritisation took out, is counted apart. Of those breached, `breached_cancelled` were cancelled later
    (`breached_cancelled_why`: "deleted 2, merged 1"), and `breached_then_changed` had another target by the
    end, as after a mistyped priority. `attainment` is met / (met + breached), None when nothing fell due. Medians and
    90th percentiles are over what was done, by nearest rank: each is the time of a real ticket; `median_moved` is
    how far pauses moved due in real time, over the dates that they moved.
    `objective` is the share that should be met, None without one and where promises of
    different objectives meet.
    """

    groups: tuple[str, ...]
    metric: str
    kind: PromiseKind
    owed_by: OwedBy
    tickets: int
    met: int
    breached: int
    done: int
    pending: int
    cancelled: int
    deprioritised: int
    breached_cancelled: int
    breached_cancelled_why: str
    breached_then_changed: int
    objective: float | None
    within: float | None
    median_open: timedelta | None
    p90_open: timedelta | None
    median_wall: timedelta | None
    p90_wall: timedelta | None
    median_moved: timedelta | None

    @property
    def group(self) -> str:
        """The group as text: "high", "2026-11, high", or "all"."""
        return group_text(self.groups)

    @property
    def attainment(self) -> float | None:
        """The share of the promises that fell due which were kept."""
        due = self.met + self.breached
        return self.met / due if due else None

    @property
    def objective_met(self) -> bool | None:
        """Whether as large a share was kept as should be; None without an objective, and when nothing fell due."""
        attained = self.attainment
        return None if attained is None or self.objective is None else attained >= self.objective


@dataclass(frozen=True, slots=True)
class Report(Tabular):
    """The attainment of a policy over tickets, as of an instant."""

    policy: str
    as_of: datetime
    keys: tuple[str, ...]
    tickets: int
    lines: tuple[ReportLine, ...]
    worst: tuple[Worst, ...]
    problems: tuple[Problem, ...]
    aging: Aging | None = None
    agreement: Agreement | None = None
    taken_for_customers: int = 0

    @property
    def breaches(self) -> Breaches:
        """The breaches of `worst` as a table of their own, to be written as CSV, JSON or Parquet."""
        return Breaches(self.keys, self.worst)

    @property
    def by(self) -> str:
        """What it is grouped by: "priority", or "month, priority"."""
        return ", ".join(self.keys)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line, with shares and timedeltas as values: `pandas.DataFrame(report.to_rows())`."""
        return [{**self._keyed(line.groups), **{name: getattr(line, name) for name in _VALUES}} for line in self.lines]

    def to_data(self) -> dict[str, object]:
        """Return the report as plain lists, dicts, texts and numbers."""
        reasons = BreachReasons()
        return {
            "policy": self.policy,
            "as_of": self.as_of.isoformat(),
            "by": self.by,
            "tickets": self.tickets,
            "taken_for_customers": self.taken_for_customers,
            "lines": [_plain(row) for row in self.to_rows()],
            "worst": [
                {
                    "ticket": worst.ticket,
                    **self._keyed(worst.groups),
                    "metric": worst.outcome.promise.metric,
                    "due": worst.outcome.promise.due.isoformat() if worst.outcome.promise.due else None,
                    "done": None if worst.outcome.done_at is None else worst.outcome.done_at.isoformat(),
                    "overdue_by_open": format_amount(worst.outcome.overdue_by_open),
                    "overdue_by": format_amount(worst.outcome.overdue_by),
                    "reason": reasons.of(worst.outcome),
                }
                for worst in self.worst
            ],
            **({} if self.aging is None else {"aging": self.aging.to_data()}),
            **({} if self.agreement is None else {"agreement": self.agreement.to_data()}),
            "rows_left_out": len(self.problems),
            "problems": [str(problem) for problem in self.problems],
        }

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Return axes of matplotlib with the attainment over the periods that the report is by, and the objectives.

        There is a line for each metric and each group beside the period; where nothing fell due it has a gap. Without
        `ax` they are those of a new figure: `axes.figure`. Raises MissingExtraError without matplotlib, the extra
        `plots`, and SlaError for a report that is by no period, or has more lines than can be told apart.
        """
        from slacalc.reports.attainment_plot import plot_attainment  # which draws reports, and so imports them

        return plot_attainment(self, ax)

    def _repr_html_(self) -> str:
        from slacalc.reports.report_picture import picture_report  # which draws reports, and so imports them

        return f"{picture_report(self).drawing().to_html()}\n{self.to_html()}"

    def _keyed(self, groups: tuple[str, ...]) -> dict[str, object]:
        return dict(zip(self.keys, groups, strict=True))

    def _page(self) -> Iterator[Cell | TextTable]:
        """Return the figures, the worst breaches, and how many rows were left out, with the first reasons."""
        yield MarkedLine.of(f"{self.policy} as of ", told_moment(self.as_of), f" ({self.as_of.tzname()})")
        yield format_count(self.tickets, "ticket")
        yield figures_of(self)
        yield from breaches_of(self)
        yield from further_tables(self)
        if self.taken_for_customers:
            yield format_assumed(self.taken_for_customers)
        if self.problems:
            yield from _first_reasons(self.problems)
            yield format_left_out(len(self.problems))


_SOMETIMES: Final = (
    "promise", "done", "cancelled", "deprioritised", "of which cancelled", "then changed", "objective", "within",
    "median moved",
)  # fmt: skip


def promise_words(line: ReportLine) -> str:
    """Return what tells a line of the customer's, or of what is not owed, from the rest."""
    if line.owed_by == "customer":
        return "the customer's"
    return "" if line.kind == "owed" else line.kind.replace("_", " ")


_KEPT: Final[dict[bool | None, str]] = {True: "met", False: "not met", None: ""}
_FIGURES: Final[dict[str, Callable[[ReportLine], str]]] = {
    "metric": lambda line: line.metric,
    "promise": promise_words,
    "tickets": lambda line: str(line.tickets),
    "met": lambda line: _if_owed(line, line.met),
    "breached": lambda line: _if_owed(line, line.breached),
    "done": lambda line: str(line.done or ""),
    "pending": lambda line: str(line.pending),
    "cancelled": lambda line: str(line.cancelled or ""),
    "deprioritised": lambda line: str(line.deprioritised or ""),
    "of which cancelled": lambda line: line.breached_cancelled_why,
    "then changed": lambda line: str(line.breached_then_changed or ""),
    "attainment": lambda line: share_text(line.attainment),
    "objective": lambda line: f"{share_text(line.objective)} {_KEPT[line.objective_met]}".strip(),
    "within": lambda line: share_text(line.within),
    "median open": lambda line: time_text(line.median_open),
    "p90 open": lambda line: time_text(line.p90_open),
    "median wall": lambda line: time_text(line.median_wall),
    "p90 wall": lambda line: time_text(line.p90_wall),
    "median moved": lambda line: time_text(line.median_moved),
}
"""The columns of a report; those that nothing can be said in are left out."""


def title_of(report: Report) -> str:
    """Return which policy was kept or not, and as of when."""
    return one_line(f"{report.policy} as of {format_moment(report.as_of)} ({report.as_of.tzname()})")


def figures_of(report: Report) -> TextTable:
    """Return the figures, a row for each line; columns that nothing can be said in are left out."""
    columns = [name for name, figure in _FIGURES.items() if name not in _SOMETIMES or any(map(figure, report.lines))]
    rows = ((*line.groups, *(_FIGURES[name](line) for name in columns)) for line in report.lines)
    heads = (*report.keys, *columns)
    words = len(report.keys) + len({"metric", "promise"} & set(columns))
    caption = f"how promises were kept, by {report.by}" if report.keys else "how promises were kept"
    return TextTable.of(heads, rows, figures=range(words, len(heads)), caption=caption, named_by=words)


def breaches_of(report: Report) -> Iterator[str | TextTable]:
    """Return the worst breaches under their title; nothing where there are none."""
    if report.worst:
        yield WORST_TITLE
        yield from report.breaches.parts()


def further_tables(report: Report) -> Iterator[str | TextTable]:
    """Return what was asked for beside the figures: how long what is open has been so, and the log's own word."""
    for title, table in ((AGING_TITLE, report.aging), (AGREEMENT_TITLE, report.agreement)):
        if table is not None:
            yield title
            yield from table.parts()


def format_count(count: int, noun: str) -> str:
    """Return "1 ticket", "7 tickets"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def format_assumed(count: int) -> str:
    """Return how many tickets were taken for the customer's, as their log does not say who created them."""
    return f"{format_count(count, 'ticket')} taken for the customer's: created_by of the mapping says who creates them"


def format_left_out(count: int) -> str:
    """Return how many rows of a log, or tickets, could not be used."""
    return "1 row or ticket was left out" if count == 1 else f"{count} rows or tickets were left out"


def _first_reasons(problems: Iterable[Problem]) -> Iterator[str]:
    """Return the first problem of each kind, of the first few kinds."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.error.code, problem)
    yield from (one_line(str(problem)) for problem in islice(first.values(), _MOST_REASONS))


def _if_owed(line: ReportLine, count: int) -> str:
    return str(count) if line.kind == "owed" else ""


def share_text(share: float | None) -> str:
    """Return a share in percent; nothing for none."""
    return "" if share is None else f"{share:.1%}"


def time_text(amount: timedelta | None) -> str:
    """Return an amount to the minute, as figures are read; rows and JSON have it exactly."""
    return "" if amount is None else format_amount(timedelta(minutes=round(amount / timedelta(minutes=1))))


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row with its amounts as text."""
    return {name: format_amount(value) if isinstance(value, timedelta) else value for name, value in row.items()}
