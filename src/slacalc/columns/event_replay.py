"""The events of many tickets replayed at once: what `replay` says of each, as columns.

Tickets are taken in pieces, and in a piece those together that one rule matches. A ticket of which columns cannot tell
everything is replayed alone: the fold in `clocks/` is the definition.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import from_us
from slacalc.clocks.replay import not_created, replay
from slacalc.columns.clock_cycles import Cycles, cycles_of, goes_on, rare_in
from slacalc.columns.clock_figures import Figures, Passing, figures_of
from slacalc.columns.clock_rows import CANCELLED, STATUSES, WITHIN, ClockRow, ClockRows, Judging, Places, rows_of
from slacalc.columns.happenings import Beginning, Happenings, beginning_of, waits_for
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.ticket_tracks import Tracks
from slacalc.errors import SlaError
from slacalc.events.event import Event
from slacalc.events.event_columns import EventColumns
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.clock_rules import ClockRule
from slacalc.policies.in_force import MatchedRule, MetricPromise

__all__ = ["EVENTS_AT_ONCE", "Log", "replayed"]

EVENTS_AT_ONCE: Final = 2**15
_IN_PIECES: Final = 2**13  # events, from which on a log is taken in two pieces at least: what is made of one is large
_FITS: Final = 2**62
_PAUSED, _RUNNING, _WARNING, _OVERDUE, _MET, _BREACHED, _DONE, _CANCELLED = (
    np.int8(STATUSES.index(status))
    for status in ("paused", "running", "warning", "overdue", "met", "breached", "done", "cancelled")
)


class Log(NamedTuple):
    """The events of tickets as columns. `alone` are the tickets that columns do not hold: `events_of` has them all."""

    tickets: Sequence[str]
    columns: EventColumns
    events_of: Callable[[int], Iterable[Event]]
    alone: frozenset[int] = frozenset()


def replayed(policy: AnyPolicy, log: Log, as_of: int) -> ClockRows:
    """Return the rows of all tickets, as of an instant in microseconds."""
    return _Replaying(policy, log, as_of).rows()


class _Piece(NamedTuple):
    """Some tickets by their places, each with at least one event: the rows of ticket k begin at `starts[k]`."""

    places: Column
    starts: Column
    at: Column
    shape: NDArray[np.int32]

    @property
    def lengths(self) -> Column:
        """How many events each has."""
        return np.diff(self.starts, append=len(self.at))

    def only(self, tickets: Bools) -> "_Piece":
        """Return some of the tickets."""
        if tickets.all():
            return self
        lengths = self.lengths
        rows = np.repeat(tickets, lengths)
        return _Piece(self.places[tickets], _starts_of(lengths[tickets]), self.at[rows], self.shape[rows])


class _RuleTickets(NamedTuple):
    """The tickets of a piece that one rule matches, and how each of them begins."""

    matched: MatchedRule
    happenings: Happenings
    piece: _Piece
    beginnings: Sequence[Beginning]
    begins: Column

    def begun(self, metric: str) -> Bools:
        """Return the tickets whose creation begins a clock."""
        return np.array([metric in each.begun for each in self.beginnings], dtype=np.bool_)[self.begins]

    def turn(self, metric: str) -> Column:
        """Return which of the clocks that begin with each ticket it is."""
        places = [each.begun.index(metric) if metric in each.begun else 0 for each in self.beginnings]
        return np.array(places, dtype=np.int64)[self.begins]


_Columns: TypeAlias = dict[str, NDArray[Any]]


class _Replaying:
    """A log while it is replayed."""

    def __init__(self, policy: AnyPolicy, log: Log, as_of: int) -> None:
        self._policy, self._log, self._as_of = policy, log, as_of
        columns = log.columns
        self._starts = np.asarray(columns.starts, dtype=np.int64)
        self._at = np.asarray(columns.at, dtype=np.int64)
        self._shape = np.asarray(columns.shape, dtype=np.int32)
        self._happenings = [Happenings(edition, columns.shapes) for edition in policy.in_force]
        self._beginnings: dict[tuple[int, int], Beginning | None] = {}
        self._shared = Places()
        self._errors: dict[int, SlaError] = {}

    def rows(self) -> ClockRows:
        """Return the rows."""
        pieces = [self._rows_of(first, stop) for first, stop in self._pieces()] or [self._told_alone(())]
        if len(pieces) == 1:
            return self._shared.rows(pieces[0], self._errors)
        names = list(pieces[0])
        columns = {name: np.concatenate([piece.pop(name) for piece in pieces]) for name in names}
        return self._shared.rows(columns, self._errors)

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """Return ranges of tickets of about as many events; sums of what they count fit into an integer."""
        first, count = 0, len(self._starts) - 1
        most = min(EVENTS_AT_ONCE, max(_IN_PIECES, 4 * len(self._at) // 7))
        while first < count:
            stop = int(np.searchsorted(self._starts, self._starts[first] + most, side="right")) - 1
            stop = min(count, max(first + 1, stop))
            at = self._at[self._starts[first] : self._starts[stop]]
            span = max(1, self._as_of - int(at.min())) if len(at) else 1
            stop = min(stop, first + max(1, _FITS // span))
            yield first, stop
            first = stop

    def _rows_of(self, first: int, stop: int) -> _Columns:
        """Return the rows of a range of tickets, in order."""
        piece = self._piece(first, stop)
        alone = np.zeros(stop - first, dtype=np.bool_)
        alone[piece.places - first] = True
        alone[[place - first for place in self._log.alone if first <= place < stop]] = True
        blocks: list[_Columns] = []
        for group in self._groups(piece):
            told, rare = self._told(group)
            blocks += told
            alone[group.piece.places - first] = rare
        last = self._told_alone((np.flatnonzero(alone) + first).tolist())
        last["order"] = np.arange(len(last["ticket"]))
        return _in_order([*blocks, last])

    def _piece(self, first: int, stop: int) -> _Piece:
        """Return the tickets of a range with an event by then; the others are not created."""
        base, end = int(self._starts[first]), int(self._starts[stop])
        starts = self._starts[first : stop + 1] - base
        at, shape = self._at[base:end], self._shape[base:end]
        kept = at <= self._as_of
        lengths = np.diff(starts) if kept.all() else np.diff(np.append(0, np.cumsum(kept))[starts])
        there = lengths > 0
        for place in (np.flatnonzero(~there) + first).tolist():
            events = int(self._starts[place + 1] - self._starts[place])
            self._errors[place] = not_created(0, events, self._as_of)
        there[[place - first for place in self._log.alone if first <= place < stop]] = False
        if not (kept.all() and there.all()):
            kept &= np.repeat(there, np.diff(starts))
            at, shape = at[kept], shape[kept]
        places = np.flatnonzero(there)
        return _Piece(places + first, _starts_of(lengths[places]), at, shape)

    def _groups(self, piece: _Piece) -> Iterator[_RuleTickets]:
        """Return the tickets of each rule; not those that begin as columns cannot tell, or outlive a version."""
        received = piece.at[piece.starts]
        last = piece.at[np.append(piece.starts[1:], len(piece.at)) - 1] if len(received) else received
        for number, edition in enumerate(self._policy.in_force):
            inside = piece.only((edition.since <= received) & (last < edition.until))
            if len(inside.places):
                yield from self._groups_in(number, inside)

    def _groups_in(self, number: int, piece: _Piece) -> Iterator[_RuleTickets]:
        created = piece.shape[piece.starts]
        shapes, example, shape_of = np.unique(created, return_index=True, return_inverse=True)
        received = piece.at[piece.starts[example]]
        beginnings = [self._beginning(number, *each) for each in zip(shapes.tolist(), received.tolist(), strict=True)]
        rules = np.array([_NO_RULE if each is None else each.matched.place for each in beginnings], dtype=np.int64)
        for rule in np.unique(rules[rules != _NO_RULE]).tolist():
            own = np.flatnonzero(rules == rule)
            tickets = rules[shape_of] == rule
            those = [each for each in beginnings if each is not None and each.matched.place == rule]
            begins = np.searchsorted(own, shape_of[tickets])
            yield _RuleTickets(those[0].matched, self._happenings[number], piece.only(tickets), those, begins)

    def _beginning(self, number: int, shape: int, at: int) -> Beginning | None:
        """Return how a ticket begins that is created so; None where it has to be replayed alone."""
        key = number, shape
        if key not in self._beginnings:
            happenings = self._happenings[number]
            self._beginnings[key] = beginning_of(self._policy, happenings, happenings.shapes[shape], at)
        return self._beginnings[key]

    def _told(self, group: _RuleTickets) -> tuple[list[_Columns], Bools]:
        """Return the rows of a group, a block for each metric, and which tickets of it have to be replayed alone."""
        piece, beginnings = group.piece, group.beginnings
        status = np.array([each.status for each in beginnings], dtype=np.int64)[group.begins]
        tracks = Tracks(piece.starts, piece.at, piece.shape, group.happenings, status)
        rare, passing = tracks.rare(), Passing(tracks, self._as_of)
        fields = np.array([self._shared.of_fields(each.fields) for each in beginnings], dtype=np.int32)[group.begins]
        blocks: list[_Columns] = []
        for place, terms in enumerate(group.matched.metrics.values()):
            cycles = cycles_of(tracks, terms.clock, group.begun(terms.metric), _waiting(group, tracks, terms))
            figures = figures_of(terms, tracks, cycles, passing)
            ticket = tracks.ticket[cycles.begin]
            rare |= rare_in(tracks, terms.clock)
            rare[ticket[figures.rare]] = True
            first = cycles.begin[np.arange(len(ticket)) + 1 - cycles.number] - piece.starts[ticket]
            turn = np.where(first == 0, group.turn(terms.metric)[ticket], place)
            block = _columns_of(terms, cycles, figures, piece.at[cycles.begin], self._as_of)
            block |= {
                "order": first * len(group.matched.metrics) + turn,
                "ticket": ticket,
                "judging": np.full(len(ticket), self._shared.of_judging(_judging(terms)), dtype=np.int32),
                "fields": fields[ticket],
                "received": piece.at[piece.starts[ticket]],
            }
            blocks.append(block)
        return [_of_tickets(block, piece.places, ~rare) for block in blocks], rare

    def _told_alone(self, places: Iterable[int]) -> _Columns:
        """Return the rows of tickets that are replayed one by one, and note those that cannot be."""
        rows: list[ClockRow] = []
        until = from_us(self._as_of, UTC)
        for place in places:
            try:
                rows += list(rows_of(place, replay(self._log.events_of(place), self._policy, as_of=until)))
            except SlaError as error:
                self._errors[place] = error
        columns = self._shared.columns(rows)
        return {name: np.array(column, dtype=_KINDS.get(name, np.int64)) for name, column in columns.items()}


_NO_RULE: Final = -1
_KINDS: Final[Mapping[str, type[np.generic]]] = {
    "ticket": np.int32,
    "cycle": np.int32,
    "judging": np.int32,
    "fields": np.int32,
    "status": np.int8,
    "cancelled": np.int8,
    "within": np.int8,
    "answered": np.bool_,
    "percent": np.float64,
}


def _in_order(blocks: list[_Columns]) -> _Columns:
    """Return the rows of blocks ticket by ticket, and of each in its own order."""
    order = np.concatenate([block.pop("order") for block in blocks])
    tickets = np.concatenate([block["ticket"] for block in blocks])
    order += tickets * (order.max(initial=0) + 1)
    place = np.empty(len(order), dtype=np.int64)
    place[np.argsort(order, kind="stable")] = np.arange(len(order))
    parts = np.split(place, np.cumsum([len(block["ticket"]) for block in blocks])[:-1])
    columns: _Columns = {}
    for name, kind in [(name, column.dtype) for name, column in blocks[-1].items()]:
        columns[name] = np.empty(len(order), dtype=kind)
        for part, block in zip(parts, blocks, strict=True):
            columns[name][part] = block.pop(name)
    return columns


def _starts_of(lengths: Column) -> Column:
    """Return where each of some runs begins that follow each other."""
    starts: Column = np.cumsum(lengths) - lengths
    return starts


def _waiting(group: _RuleTickets, tracks: Tracks, terms: MetricPromise) -> Bools:
    """Return the events at which a clock has to wait for another one."""
    other = waits_for(terms, group.matched)
    if other is None:
        return np.zeros(len(tracks.at), dtype=np.bool_)
    return goes_on(tracks, other.clock, group.begun(other.metric))


def _judging(terms: MetricPromise) -> Judging:
    promised = terms.promised
    return Judging(
        terms.metric,
        terms.rule.name,
        promised.due,
        terms.calendar,
        promised.objective,
        promised.promise,
        promised.owed_by,
    )


def _columns_of(terms: MetricPromise, cycles: Cycles, figures: Figures, origin: Column, as_of: int) -> _Columns:
    """Return what is told of each cycle by itself."""
    over, is_owed = cycles.ended != NULL, terms.promised.is_owed
    answered = over if terms.clock.stops == "solved" else cycles.answered
    why = _cancelled_as(terms.clock)
    cancelled = over & ~answered if why else np.zeros(len(over), dtype=np.bool_)
    due, until = figures.due, np.where(over, cycles.ended, as_of)
    passed = (due != NULL) & (due < until)
    late = passed if is_owed else np.zeros(len(over), dtype=np.bool_)
    waits = np.where(figures.warned, _WARNING, _RUNNING)
    going_on = np.where(due == NULL, _PAUSED, np.where(late, _OVERDUE, waits))
    stopped = np.where(late, _BREACHED, _MET if is_owed else _DONE)
    known = ~cancelled & (passed | over) & (not is_owed)
    return {
        "cycle": cycles.number.astype(np.int32),
        "status": np.where(over, np.where(cancelled, _CANCELLED, stopped), going_on),
        "cancelled": np.where(cancelled, CANCELLED.index(why), 0).astype(np.int8),
        "within": np.where(known, np.where(passed, WITHIN.index(False), WITHIN.index(True)), 0).astype(np.int8),
        "answered": answered,
        "origin": origin,
        "expected": figures.expected,
        "due": due,
        "done_at": np.where(cancelled, NULL, cycles.ended),
        "breached_at": np.where(late, due, NULL),
        "cancelled_at": np.where(cancelled, cycles.ended, NULL),
        "elapsed": figures.elapsed,
        "remaining": figures.remaining,
        "open_time": figures.open_time,
        "wall_time": until - origin,
        "overdue_by": np.where(late, until - due, 0),
        "overdue_by_open": figures.overdue_by_open,
        "percent": figures.percent,
    }


def _cancelled_as(clock: ClockRule) -> str:
    """Return why solving a ticket cancels such a clock; nothing where it stops it."""
    if clock.stops == "solved":
        return ""
    return {"stop": "", "cancel": "solved_without_answer", "nothing": "closed"}[clock.on_solved]


def _of_tickets(block: _Columns, places: Column, tickets: Bools) -> _Columns:
    """Return the rows of some tickets of a group, told by the places that these have in the log."""
    rows = tickets[block["ticket"]]
    kept = block if rows.all() else {name: column[rows] for name, column in block.items()}
    return {**kept, "ticket": places[kept["ticket"]].astype(np.int32)}
