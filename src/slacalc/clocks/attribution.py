"""Where the time of a clock went: over open and closed time, pauses by reason, and the values of a field."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from typing import Any, Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import to_amount
from slacalc.business_time.spans import Span, Spans, difference, union
from slacalc.clocks.clock_ledger import Reasons, reigns_of
from slacalc.clocks.cycle import Cycle
from slacalc.clocks.ticket_state import FieldBefore
from slacalc.errors import PolicyError
from slacalc.render import Tabular, TextTable

__all__ = [
    "COLUMNS",
    "AttributedTime",
    "Attribution",
    "AttributionColumn",
    "Hours",
    "State",
    "attribute",
    "check_field",
    "columns_of",
    "sums_of",
]

T = TypeVar("T")

Hours: TypeAlias = Literal["open", "closed"]
State: TypeAlias = Literal["running", "paused"]
AttributionColumn: TypeAlias = Literal["hours", "state", "reason", "value"]
COLUMNS: Final[tuple[str, ...]] = get_args(AttributionColumn)


class AttributedTime(NamedTuple):
    """Time of one sort: in open or closed hours, running or paused for a reason, while the field had a value.

    `hours` are those of the clock's calendar then. `reason` is nothing while the clock runs, and `value` where the
    ticket had none, or no field was asked for.
    """

    hours: Hours
    state: State
    reason: str
    value: str
    time: timedelta


@dataclass(frozen=True, slots=True)
class Attribution(Tabular):
    """The wall time of a clock, from its origin to its end or as_of, split without remainder.

    `by` is the field that was asked for, or nothing. Rows stand in the order in which their sort of time came first.
    """

    metric: str
    by: str
    wall_time: timedelta
    rows: tuple[AttributedTime, ...]

    def sums(self, column: AttributionColumn) -> dict[str, timedelta]:
        """Return the time for each value of a column: "hours", "state", "reason" or "value". Raises PolicyError."""
        return sums_of(((row, row.time) for row in self.rows), column)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each row, with timedeltas as values: `pandas.DataFrame(attribution.to_rows())`."""
        return [{"metric": self.metric, **row._asdict()} for row in self.rows]

    def _page(self) -> Iterator[str | TextTable]:
        yield f"{self.metric}: {format_amount(self.wall_time)}"
        names = columns_of(self.by)
        rows = ([*map(str, row[: len(names)]), format_amount(row.time)] for row in self.rows)
        yield TextTable.of(
            (*names, "time"),
            rows,
            figures=range(len(names), len(names) + 1),
            caption=f"{self.metric}: where the time went",
            named_by=len(names),
        )


def columns_of(by: str) -> tuple[str, ...]:
    """Return the columns of a table of times: the last is the field, where there is one."""
    return ("hours", "state", "reason", *filter(None, [by]))


def sums_of(rows: Iterable[tuple[NamedTuple, timedelta]], column: str) -> dict[str, timedelta]:
    """Return the time of rows for each value of one of their columns. Raises PolicyError where there is no such one."""
    if column not in COLUMNS:
        raise PolicyError(
            "attribution_column_unknown",
            "time is not split by this",
            given=column,
            accepts=", ".join(COLUMNS),
            where="column",
        )
    sums: dict[str, timedelta] = {}
    for row, time in rows:
        value: str = getattr(row, column)
        sums[value] = sums.get(value, timedelta(0)) + time
    return sums


def check_field(by: str, known: Sequence[str]) -> None:
    """Refuse a field that the policy does not declare; nothing is no field. Raises PolicyError."""
    if by != "" and by not in known:
        raise PolicyError(
            "field_undeclared",
            "the policy declares no such field",
            given=by,
            accepts=", ".join(known),
            where="by",
        )


def attribute(
    cycle: Cycle, ran: Iterable[Span], end: int, fields_before: Iterable[FieldBefore], by: str
) -> Attribution:
    """Return where the time of a cycle went, from its origin to an end, through the stretches that it ran.

    A value holds from the event that says it; the first, also before it.
    """
    states, values = _states(cycle, union(ran), end), _values(cycle, fields_before, by)
    sums = Counter[tuple[Hours, State, str, str]]()
    for reign in reigns_of(cycle, end):
        timeline = reign.terms.calendar.timeline
        for begins, ends, (state, reason) in _within(states, reign.start, reign.end):
            for start, stop, value in _within(values, begins, ends):
                opened = timeline.elapsed(start, stop)
                sums["open", state, reason, value] += opened
                sums["closed", state, reason, value] += stop - start - opened
    rows = (AttributedTime(*sort, to_amount(time)) for sort, time in sums.items() if time)
    return Attribution(cycle.terms.metric, by, to_amount(end - cycle.origin), tuple(rows))


def _states(cycle: Cycle, ran: Spans, end: int) -> "list[_Since[tuple[State, str]]]":
    """Return from when on the clock ran, or was paused for which reason."""
    reasons = Reasons(cycle, end)
    stood_still = difference(union([(cycle.origin, end)]), ran)
    pieces = (piece for start, stop in stood_still for piece in reasons.cut(start, stop))
    paused: list[_Since[tuple[State, str]]] = [_Since(piece.start, ("paused", piece.name)) for piece in pieces]
    return sorted([*(_Since(start, ("running", "")) for start, _ in ran), *paused], key=_start)


def _values(cycle: Cycle, fields_before: Iterable[FieldBefore], by: str) -> "list[_Since[str]]":
    """Return from when on the field had which value."""
    changes = [each for each in fields_before if each.name == by]
    first = changes[0].before if changes else cycle.fields.get(by, "")
    return [_Since(cycle.origin, first), *(_Since(each.at, each.value) for each in changes)]


class _Since(NamedTuple, Generic[T]):
    """What is so from an instant on, until the next one."""

    start: int
    what: T


def _within(told: "Sequence[_Since[T]]", start: int, end: int) -> Iterator[tuple[int, int, T]]:
    """Return what is so in a stretch of time, piece by piece."""
    first = max(0, bisect_right(told, start, key=_start) - 1)
    for each, following in zip_longest(told[first:], told[first + 1 :]):
        begins, ends = max(start, each.start), end if following is None else min(end, following.start)
        if begins < ends:
            yield begins, ends, each.what
        if ends == end:
            return


def _start(since: "_Since[Any]") -> int:
    return since.start
