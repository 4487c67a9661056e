"""The clocks of many tickets as columns: a row for each ticket, metric and cycle."""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from typing import Any, Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import from_us, read_zone, to_amount, to_us
from slacalc.clocks.many_tickets import LeftOut
from slacalc.clocks.replay import replay
from slacalc.columns.clock_rows import CANCELLED, NULL, STATUSES, WITHIN, ClockRow, ClockRows, Judging, Places, rows_of
from slacalc.errors import SlaError
from slacalc.events.event import Event, pairs_of
from slacalc.logger import tell_left_out
from slacalc.logs.reading import LogReading
from slacalc.logs.tickets import Ticket, Tickets
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["ReplayColumns", "replay_frame"]

_INSTANTS: Final = ("received", "origin", "expected", "due", "done_at", "breached_at", "cancelled_at")
_AMOUNTS: Final = ("elapsed", "remaining", "open_time", "wall_time", "overdue_by", "overdue_by_open")


class ReplayColumns(dict[str, list[Any]]):
    """The columns of many clocks by name, lists of values; `left_out` are the tickets that cannot be answered for.

    A list is made when it is first read.
    """

    left_out: tuple[LeftOut, ...] = ()

    def __init__(self, later: Mapping[str, Callable[[], list[Any]]], left_out: Iterable[LeftOut]) -> None:
        super().__init__({name: [] for name in later})
        self._later: dict[str, Callable[[], list[Any]]] = dict(later)
        self.left_out = tuple(left_out)

    def __getitem__(self, name: str) -> list[Any]:
        """Return a column."""
        if name in self._later:
            super().__setitem__(name, self._later.pop(name)())
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:
        """Return the names; what copies a dict with an `__iter__` of its own asks for each column."""
        return super().__iter__()

    def __eq__(self, other: object) -> bool:
        """Tell whether all columns are the same."""
        return dict(self.items()) == (dict(other.items()) if isinstance(other, ReplayColumns) else other)

    __hash__ = None  # as of every dict

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as of every dict
        """Return a column, or what stands for one that there is not."""
        return self[name] if name in self else default  # noqa: SIM401 - which is this

    def items(self) -> ItemsView[str, list[Any]]:  # type: ignore[override]  # as every dict has
        """Return the columns with their names."""
        return self._read().items()

    def values(self) -> ValuesView[list[Any]]:  # type: ignore[override]  # the same
        """Return the columns."""
        return self._read().values()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is pickled: with every list."""
        return _of_lists, (self._read(), self.left_out)

    def _read(self) -> dict[str, list[Any]]:
        """Return every column, as a plain dict."""
        return {name: self[name] for name in self}


def replay_frame(
    policy: AnyPolicy,
    events: LogReading | Iterable[tuple[str, Event] | Ticket],
    *,
    as_of: datetime,
    zone: str | ZoneInfo = "UTC",
    strict: bool = False,
) -> ReplayColumns:
    """Return what `Policy.replay_frame` returns.

    With numpy most tickets are replayed at once, without it one by one: the answers are the same.
    """
    told_in = read_zone(zone)
    until = to_us(as_of, "as_of")
    tickets, rows = _replayed(policy, events, until)
    for place, error in rows.errors.items() if strict else ():
        raise error.within(f"ticket {tickets[place]}") from None
    left_out = [LeftOut(tickets[place], error.code, str(error)) for place, error in rows.errors.items()]
    tell_left_out("replay_frame", [each[:2] for each in left_out])
    return ReplayColumns(_columns(rows, tickets, told_in), left_out)


def _replayed(policy: AnyPolicy, events: Any, until: int) -> tuple[Sequence[str], ClockRows]:  # noqa: ANN401 - what it may be is told by what it is
    """Return the tickets of a log, and their rows."""
    tickets: Any = events.tickets if isinstance(events, LogReading) else events
    if find_spec("numpy") is None:
        return replayed_alone(policy, _pairs(tickets), until)
    from slacalc.columns.event_logs import log_of, log_of_tickets
    from slacalc.columns.event_replay import replayed

    as_read = isinstance(tickets, Tickets) and tickets.has_events
    log = log_of_tickets(tickets) if as_read else log_of(_pairs(tickets))
    return log.tickets, replayed(policy, log, until)


def _pairs(events: Any) -> Iterable[tuple[str, Event]]:  # noqa: ANN401 - the same
    """Return the pairs of ticket and event of tickets, or as they are."""
    if isinstance(events, Sequence) and events and isinstance(events[0], Ticket):
        return ((ticket.id, event) for ticket in events for event in ticket.events)
    pairs: Iterable[tuple[str, Event]] = events
    return pairs


def replayed_alone(
    policy: AnyPolicy, pairs: Iterable[tuple[str, Event]], until: int
) -> tuple[Sequence[str], ClockRows]:
    """Return the tickets, and their rows from a loop over `replay`: what all columns are held to."""
    by_ticket: dict[str, list[Event]] = {}
    for ticket, event in pairs_of(pairs):
        by_ticket.setdefault(ticket, []).append(event)
    rows: list[ClockRow] = []
    errors: dict[int, SlaError] = {}
    for place, events in enumerate(by_ticket.values()):
        try:
            rows += list(rows_of(place, replay(events, policy, as_of=from_us(until, _UTC))))
        except SlaError as error:
            errors[place] = error
    places = Places()
    return list(by_ticket), places.rows(places.columns(rows), errors)


_UTC: Final = ZoneInfo("UTC")


def _of_lists(columns: dict[str, list[Any]], left_out: Iterable[LeftOut]) -> ReplayColumns:
    """Return columns that were pickled."""
    return ReplayColumns({name: partial(list, column) for name, column in columns.items()}, left_out)


def _columns(rows: ClockRows, tickets: Sequence[str], zone: ZoneInfo) -> dict[str, Callable[[], list[Any]]]:
    """Return how each column is made, in their order."""

    def coded(column: str, values: Sequence[Any]) -> Callable[[], list[Any]]:
        return lambda: [values[place] for place in _listed(rows.columns[column])]

    def judged(told: Callable[[Judging], Any]) -> Callable[[], list[Any]]:
        return coded("judging", list(map(told, rows.judgings)))

    def plain(column: str, told: Callable[[Any], Any]) -> Callable[[], list[Any]]:
        return lambda: list(map(told, _listed(rows.columns[column])))

    def moment(at: int) -> datetime | None:
        return None if at == NULL else from_us(at, zone)

    names = sorted({name for fields in rows.every_fields for name in fields})
    return {
        "ticket": coded("ticket", tickets),
        "metric": judged(lambda judging: judging.metric),
        "cycle": plain("cycle", int),
        "rule": judged(lambda judging: judging.rule),
        "kind": judged(lambda judging: judging.kind),
        "owed_by": judged(lambda judging: judging.owed_by),
        "status": coded("status", STATUSES),
        **{name: plain(name, moment) for name in _INSTANTS},
        **{name: plain(name, to_amount) for name in _AMOUNTS},
        "percent": plain("percent", lambda percent: None if percent != percent else percent),  # noqa: PLR0124 - no number
        "objective": judged(lambda judging: judging.objective),
        "answered": plain("answered", bool),
        "cancelled": coded("cancelled", CANCELLED),
        "within": coded("within", WITHIN),
        **{f"field_{name}": coded("fields", [fields.get(name) for fields in rows.every_fields]) for name in names},
    }


def _listed(column: Any) -> list[Any]:  # noqa: ANN401 - a list, or an array of numpy
    return column if isinstance(column, list) else list(column.tolist())
