"""Who is next: the tickets that wait, in the order in which they should be answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Self

from slacalc.business_time.instants import EVER, to_amount, to_us
from slacalc.calendars.ledger import format_moment, told_moment
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.many_tickets import LeftOut, Listing, ask_each
from slacalc.clocks.replay import Clocks
from slacalc.forms import StoredForm
from slacalc.looks import Look
from slacalc.plotting import Unit, axes_of, colour_of, plain_text, say_instead, unit_of
from slacalc.policies.document.rules import PromiseKind
from slacalc.policies.promise import due_words
from slacalc.render import Cell, MarkedLine, Tabular, TextTable, one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Queue", "QueueEntry", "queue"]


@dataclass(frozen=True, slots=True)
class QueueEntry(StoredForm):
    """A ticket that waits, with what its place comes from.

    `due` is the next due time of its open clocks, the passed ones included; None while all of them are paused.
    `kind` says what the promise of that clock is worth: of what is not owed, `due` is the latest of what is usual.
    """

    _also: ClassVar[tuple[str, ...]] = ("deprioritised", "reason")

    ticket: str
    deprioritisations: tuple[str, ...]
    rank: int
    due: datetime | None
    received: datetime
    metric: str
    kind: PromiseKind = "owed"

    @property
    def deprioritised(self) -> bool:
        """Whether others go first, even if they came later."""
        return bool(self.deprioritisations)

    @property
    def reason(self) -> str:
        """Why it stands where it stands, in words."""
        deprioritised = f"deprioritised ({', '.join(self.deprioritisations)}), " if self.deprioritisations else ""
        due = "paused" if self.due is None else f"{self.metric} {due_words(self.kind, 'us')} {format_moment(self.due)}"
        return f"{deprioritised}rank {self.rank}, {due}, received {format_moment(self.received)}"


class Queue(Listing[QueueEntry], Tabular):
    """The tickets that wait, the next to answer first, as of an instant; `left_out` cannot be answered for."""

    as_of: datetime

    def __new__(cls, values: Iterable[QueueEntry], left_out: Iterable[LeftOut], as_of: datetime) -> Self:
        """Return the tickets in this order."""
        found = tuple.__new__(cls, values)
        found.left_out, found.as_of = tuple(left_out), as_of
        return found

    def __getnewargs__(self) -> tuple[object, ...]:
        """Return what a copy is made of."""
        return tuple(self), self.left_out, self.as_of

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each ticket, with moments as values: `pandas.DataFrame(waiting.to_rows())`."""
        return [{name: getattr(each, name) for name in _ROW} for each in self]

    def to_data(self) -> dict[str, object]:
        """Return the queue as plain lists, dicts, texts and numbers."""
        left_out = [each._asdict() for each in self.left_out]
        return {"as_of": self.as_of.isoformat(), "tickets": [each.to_data() for each in self], "left_out": left_out}

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Return axes of matplotlib with how long each ticket has waited, and when it is due, the first at the top.

        It is real time, in hours or days before and after as_of. Of many tickets the first 40 are drawn, and the title
        says so. Without `ax` they are those of a new figure: `axes.figure`. Raises MissingExtraError without
        matplotlib, the extra `plots`.
        """
        shown = self[:_MOST_DRAWN]
        axes = axes_of(ax, height=1.5 + 0.25 * len(shown))
        some = f" (the first {len(shown)} of {len(self)})" if len(shown) < len(self) else ""
        axes.set(title=f"who is next as of {format_moment(self.as_of)}{some}", ylabel="ticket")
        if not shown:
            say_instead(axes, "no ticket waits")
            return axes
        spans = [_span(each, self.as_of) for each in shown]
        unit = unit_of(max(max(waited, abs(due or timedelta(0))) for waited, due in spans))
        axes.set_xlabel(f"{unit.name} before and after, in real time")
        _draw(axes, spans, unit)
        axes.set_yticks(range(len(shown)), [plain_text(each.ticket) for each in shown])
        axes.invert_yaxis()
        axes.legend()
        return axes

    def _page(self) -> Iterator[Cell | TextTable]:
        yield MarkedLine.of("who is next as of ", told_moment(self.as_of), f" ({self.as_of.tzname()})")
        rows = ((str(place), *_cells(each)) for place, each in enumerate(self, 1))
        yield TextTable.of(_HEADS, rows, figures=range(1), caption="the tickets that wait, in order", named_by=2)
        yield from (one_line(f"{each.ticket}, left out: {each.text}") for each in self.left_out)


_MOST_DRAWN: Final = 40
_KINDS: Final[dict[str, Look]] = {"in time": "open", "overdue": "late", "paused": "paused"}
_HEADS: Final = ("", "ticket", "metric", "promise", "due", "received", "rank", "deprioritised")
_ROW: Final = ("ticket", "metric", "kind", "due", "received", "rank", "deprioritised", "deprioritisations")


def queue(tickets: Clocks | Iterable[Clocks], *, as_of: datetime, strict: bool = False) -> Queue:
    """Return the tickets with an open clock by (deprioritised, rank, due, received), the next to answer first.

    What the customer owes is nothing to answer: such clocks are passed over. The order is stable: tickets that agree in
    all four stay in the order given. `left_out` of the result are
    the tickets that cannot be answered for; with `strict` the first of them is an error that names it.

    >>> from datetime import UTC
    >>> from slacalc import Created, sample_policy
    >>> monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> policy = sample_policy("webshop_helpdesk")
    >>> tickets = [
    ...     policy.replay([Created(at=monday, fields=(("priority", priority),))], as_of=monday, ticket=priority)
    ...     for priority in ("normal", "priority")
    ... ]
    >>> [waiting.ticket for waiting in queue(tickets, as_of=monday)]
    ['priority', 'normal']
    """
    to_us(as_of, "as_of")
    waiting, left_out = ask_each("queue", tickets, lambda clocks: _waiting(clocks.at(as_of)), strict=strict)
    return Queue(sorted(waiting, key=_place), left_out, as_of)


def _cells(each: QueueEntry) -> tuple[Cell, ...]:
    due = "paused" if each.due is None else told_moment(each.due)
    promised = (each.ticket, each.metric, each.kind.replace("_", " "))
    return (*promised, due, told_moment(each.received), str(each.rank), ", ".join(each.deprioritisations))


def _span(each: QueueEntry, as_of: datetime) -> tuple[timedelta, timedelta | None]:
    """Return how long a ticket has waited, and how far ahead it is due: below zero it is overdue."""
    now = to_us(as_of)
    due = None if each.due is None else to_amount(to_us(each.due) - now)
    return to_amount(now - to_us(each.received)), due


def _draw(axes: "Axes", spans: Sequence[tuple[timedelta, timedelta | None]], unit: Unit) -> None:
    """Draw a bar back to receipt for each ticket, by how it is, and a mark where it is due."""
    kinds: dict[str, list[tuple[int, float]]] = {name: [] for name in _KINDS}
    for place, (waited, due) in enumerate(spans):
        kind = "paused" if due is None else "overdue" if due < timedelta(0) else "in time"
        kinds[kind].append((place, waited / unit.length))
    for kind, bars in kinds.items():
        if bars:
            places, lengths = zip(*bars, strict=True)
            hatch = "//" if kind == "overdue" else ""
            starts = [-length for length in lengths]
            look = colour_of(_KINDS[kind])
            axes.barh(places, lengths, left=starts, color=look, hatch=hatch, edgecolor="white", label=kind)
    dues = [(due / unit.length, place) for place, (_, due) in enumerate(spans) if due is not None]
    if dues:
        axes.plot(*zip(*dues, strict=True), linestyle="", marker="D", color=colour_of("words"), label="due")
    axes.axvline(0, color=colour_of("faint"), linewidth=1)


def _waiting(clocks: Clocks) -> Iterator[QueueEntry]:
    states = [state for state in clocks.values() if state.is_open and state.owed_by == "us"]
    if not states:
        return
    first = min(states, key=_due)
    yield QueueEntry(
        clocks.ticket, clocks.deprioritisations, clocks.rank, first.due, clocks.received, first.metric, first.kind
    )


def _due(state: ClockState) -> int:
    return EVER if state.due is None else to_us(state.due)


def _place(waiting: QueueEntry) -> tuple[bool, int, int, int]:
    due = EVER if waiting.due is None else to_us(waiting.due)
    return waiting.deprioritised, waiting.rank, due, to_us(waiting.received)
