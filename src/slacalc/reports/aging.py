"""How long what is open has been open: a table by any edges."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from slacalc.arguments import refuse
from slacalc.business_time.amounts import format_amount, read_amount
from slacalc.business_time.instants import amount_us
from slacalc.plotting import SERIES, axes_of, check_series, label_places, plain_text, say_instead
from slacalc.render import Tabular, TextTable
from slacalc.reports.grouping import ALL, Grouping

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["AGING_TITLE", "Aging", "AgingLine", "OpenPromise", "aging_of", "read_edges"]

AGING_TITLE: Final = "open, by how long ago it began"

_ACCEPTS: Final = 'amounts that grow, such as ["24h", "72h"]'


class OpenPromise(NamedTuple):
    """A promise that is open: its group, how long ago it began, in microseconds, and whether it is overdue."""

    groups: tuple[str, ...]
    metric: str
    age: int
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class AgingLine:
    """How many promises of a group are open: `counts` by age, youngest first, and how many of all are overdue."""

    groups: tuple[str, ...]
    metric: str
    counts: tuple[int, ...]
    overdue: int

    @property
    def open(self) -> int:
        """How many are open."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Aging(Tabular):
    """The promises that are open, by how long ago they began, in real time: at an edge is in the older part."""

    keys: tuple[str, ...]
    edges: tuple[timedelta, ...]
    lines: tuple[AgingLine, ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line and age; the last age has no end."""
        return [
            {
                **dict(zip(self.keys, line.groups, strict=True)),
                "metric": line.metric,
                "from": start,
                "to": end,
                "open": n,
            }
            for line in self.lines
            for (start, end), n in zip(self._ages(), line.counts, strict=True)
        ]

    def to_data(self) -> dict[str, object]:
        """Return the table as plain lists, dicts, texts and numbers."""
        return {
            "edges": [format_amount(edge) for edge in self.edges],
            "lines": [
                {
                    **dict(zip(self.keys, line.groups, strict=True)),
                    "metric": line.metric,
                    "counts": list(line.counts),
                    "open": line.open,
                    "overdue": line.overdue,
                }
                for line in self.lines
            ],
        }

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Return axes of matplotlib with how many promises have been open for how long, a bar for each age.

        A bar has a part for each metric. Without `ax` they are those of a new figure: `axes.figure`. Raises
        MissingExtraError without matplotlib, the extra `plots`, and SlaError for too many metrics to be told apart.
        """
        lines = [line for line in self.lines if set(line.groups) <= {ALL}]
        check_series(len(lines), "metrics", "metrics")
        axes = axes_of(ax)
        axes.set(title=AGING_TITLE, xlabel="real time since it began", ylabel="open promises")
        if not lines:
            say_instead(axes, "nothing is open")
            return axes
        below = [0] * len(lines[0].counts)
        for line, series in zip(lines, SERIES, strict=False):
            name, look = f"{line.metric}: {line.open} open, {line.overdue} overdue", series.colour
            bars = (range(len(below)), line.counts)
            axes.bar(*bars, bottom=below, color=look, hatch=series.hatch, edgecolor="white", label=plain_text(name))
            below = [height + count for height, count in zip(below, line.counts, strict=True)]
        label_places(axes, [*map(_age, self._ages())])
        axes.locator_params(axis="y", integer=True)
        axes.legend()
        return axes

    def _ages(self) -> list[tuple[timedelta, timedelta | None]]:
        return [*pairwise((timedelta(0), *self.edges)), (self.edges[-1], None)]

    def _page(self) -> Iterator[TextTable]:
        heads = (*self.keys, "metric", *map(_age, self._ages()), "open", "overdue")
        rows = ((*line.groups, line.metric, *map(str, (*line.counts, line.open, line.overdue))) for line in self.lines)
        words = len(self.keys) + 1
        yield TextTable.of(heads, rows, figures=range(words, len(heads)), caption=AGING_TITLE, named_by=words)


def read_edges(edges: "Sequence[timedelta | str]") -> tuple[timedelta, ...]:
    """Return the edges between ages. Raises SlaError unless they are amounts that grow, from more than nothing on."""
    if isinstance(edges, str) or not isinstance(edges, Sequence) or not edges:
        refuse(edges, "aging", _ACCEPTS)
    amounts = tuple(read_amount(edge) if isinstance(edge, str) else edge for edge in edges)
    micros = [0, *(amount_us(amount, "aging") for amount in amounts)]
    if any(later <= before for before, later in pairwise(micros)):
        refuse(edges, "aging", _ACCEPTS)
    return amounts


def aging_of(grouping: Grouping, edges: tuple[timedelta, ...], promises: Iterable[OpenPromise]) -> Aging:
    """Return the table of what is open: groups in order, then all."""
    micros = [amount_us(edge) for edge in edges]
    counts: dict[tuple[tuple[str, ...], str], Counter[int]] = {}
    overdue: Counter[tuple[tuple[str, ...], str]] = Counter()
    for groups, metric, age, is_overdue in promises:
        for key in {(groups, metric), (grouping.total, metric)}:
            counts.setdefault(key, Counter())[sum(edge <= age for edge in micros)] += 1
            overdue[key] += is_overdue
    ordered = sorted(counts, key=lambda key: (key[0] == grouping.total, grouping.rank(key[0]), key[1]))
    parts = range(len(edges) + 1)
    return Aging(
        grouping.names,
        edges,
        tuple(AgingLine(*key, tuple(counts[key][part] for part in parts), overdue[key]) for key in ordered),
    )


def _age(between: tuple[timedelta, timedelta | None]) -> str:
    start, end = between
    if end is None:
        return f"{format_amount(start)} and more"
    return f"{format_amount(start)} to {format_amount(end)}" if start else f"under {format_amount(end)}"
