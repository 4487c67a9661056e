"""What became of the promises of tickets with events, for all at once: the replay of columns, as outcomes.

A ticket with an event of which columns do not say all that an outcome tells, or that may not fit, is judged alone.
"""

from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import to_us
from slacalc.clocks.standstill import check_status
from slacalc.columns import questions
from slacalc.columns.clock_rows import CANCELLED, ClockRows
from slacalc.columns.clock_rows import STATUSES as CLOCK_STATUSES
from slacalc.columns.coded import CodedColumn
from slacalc.columns.event_logs import log_of
from slacalc.columns.event_replay import Log, replayed
from slacalc.columns.outcome_columns import STATUSES, OutcomeColumns, Terms
from slacalc.columns.outcomes import JudgedTable, TicketTable, judge_alone
from slacalc.columns.stairs import NULL, Bools, Column
from slacalc.columns.told_events import events_told
from slacalc.errors import LogError
from slacalc.events.event import Closed, Created, Event, Message, Paused, Reopened, Resumed, Solved, StatusChanged
from slacalc.events.event_columns import EventColumns
from slacalc.logs.reading import Ticket
from slacalc.logs.tickets import Tickets
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.targets.points import CountingTarget

__all__ = ["judge_events", "table_of_events"]

_KEPT: Final = {"met": "met", "breached": "breached", "done": "done", "cancelled": "cancelled", "overdue": "breached"}
_BREACHED: Final = STATUSES.index("breached")
_OF_CLOCK: Final = np.array([STATUSES.index(_KEPT.get(status, "pending")) for status in CLOCK_STATUSES])
_WITHIN: Final = np.array([NULL, 0, 1], dtype=np.int64)
_SPEAKS, _PAUSES, _RESUMES, _TURNS, _ALONE = range(5)


def table_of_events(tickets: Sequence[Ticket]) -> TicketTable:
    """Return tickets of which all have events."""
    if isinstance(tickets, Tickets):
        received = np.asarray(tickets.arrays.received.us, dtype=np.int64)
        ids: Sequence[object] = tickets.arrays.ids
    else:
        received = np.array([to_us(ticket.received) for ticket in tickets], dtype=np.int64)
        ids = [ticket.id for ticket in tickets]
    return TicketTable(ids, received, {}, {}, {}, np.empty(0, dtype=np.int64), tickets.__getitem__)


def judge_events(policy: AnyPolicy, tickets: Sequence[Ticket], table: TicketTable, as_of: datetime) -> JudgedTable:
    """Return what became of the promises of tickets with events, as of an instant."""
    until = to_us(as_of)
    there = table.received <= until
    events, strange = _events_of(tickets)
    odd = _tell_more(policy, events) | (np.diff(np.asarray(events.starts)) == 0)
    odd[strange] = True
    if _moves_dates(policy):
        odd[:] = True
    log, places = _log_of(events, np.flatnonzero(there & ~odd))
    rows = replayed(policy, log, until)
    odd[places[list(rows.errors)]] = True
    alone, problems = judge_alone(policy, table, np.flatnonzero(there & odd).tolist(), as_of)
    return JudgedTable(_outcomes_of(policy, rows, places), alone, there & ~odd, problems)


def _events_of(tickets: Sequence[Ticket]) -> tuple[EventColumns, list[int]]:
    """Return the events of tickets as columns, and the places of those that have what is none."""
    if isinstance(tickets, Tickets):
        return events_told(tickets), []
    log = log_of((str(place), event) for place, ticket in enumerate(tickets) for event in ticket.events)
    return log.columns, sorted(log.alone)


def _moves_dates(policy: AnyPolicy) -> bool:
    """Tell whether pauses move the date of some promise: how far is not told by columns."""
    return any(
        metric.pauses_move and not isinstance(branch, CountingTarget)
        for each in policy.in_force
        for rule in each.policy.rules
        for metric in rule.metrics.values()
        for branch in metric.due.branches
    )


def _tell_more(policy: AnyPolicy, events: EventColumns) -> Bools:
    """Return which tickets tell more than columns say, of changes, merges or deprioritisation, or what does not fit."""
    starts, shape = np.asarray(events.starts, dtype=np.int64), np.asarray(events.shape, dtype=np.int64)
    lengths = np.diff(starts)
    ticket = np.repeat(np.arange(len(lengths)), lengths)
    kinds = np.array([_kind(policy, each) for each in events.shapes], dtype=np.int64)[shape]
    odd = np.zeros(len(lengths), dtype=bool)
    odd[ticket[(kinds == _ALONE) | _does_not_fit(events.shapes, kinds, shape, ticket)]] = True
    most = [each.policy.deprioritisation.max_messages for each in policy.in_force]
    if any(each is not None for each in most):
        customers = np.array([_is_of_customer(each) for each in events.shapes], dtype=bool)[shape]
        odd |= np.bincount(ticket[customers], minlength=len(lengths)) > min(each for each in most if each is not None)
    return odd


def _kind(policy: AnyPolicy, shape: Event) -> int:
    """Return what an event means for the question of whether a pause that is ended had begun."""
    match shape:
        case Created() | Solved() | Closed():
            return _TURNS
        case Message():
            return _SPEAKS if shape.actor != "customer" else _TURNS
        case Paused():
            return _PAUSES
        case Resumed():
            return _RESUMES
        case StatusChanged() | Reopened() if _is_known(policy, shape.status):
            return _TURNS
    return _ALONE


def _is_of_customer(shape: Event) -> bool:
    return isinstance(shape, Message) and shape.actor == "customer"


def _is_known(policy: AnyPolicy, status: str) -> bool:
    try:
        for each in policy.in_force:
            check_status(each.policy, status)
    except LogError:
        return False
    return True


def _does_not_fit(shapes: Sequence[Event], kinds: Column, shape: Column, ticket: Column) -> Bools:
    """Return which events may end a pause that had not begun: those that follow it have but messages between."""
    reasons = {reason: place for place, reason in enumerate({getattr(each, "reason", "") for each in shapes})}
    reason = np.array([reasons[getattr(each, "reason", "")] for each in shapes], dtype=np.int64)[shape]
    every = np.arange(len(kinds))
    last = np.maximum.accumulate(np.where(kinds != _SPEAKS, every, -1))
    before = np.where(every > 0, last[every - 1], -1)
    follows = (before >= 0) & (kinds[before] == _PAUSES) & (reason[before] == reason) & (ticket[before] == ticket)
    odd: Bools = (kinds == _RESUMES) & ~follows
    return odd


def _log_of(events: EventColumns, places: Column) -> tuple[Log, Column]:
    """Return the events of some tickets, and the place of each ticket."""
    starts = np.asarray(events.starts, dtype=np.int64)
    lengths = np.diff(starts)
    kept = np.zeros(len(lengths), dtype=bool)
    kept[places] = True
    rows = np.repeat(kept, lengths)
    some = EventColumns(
        array("q", np.append(0, np.cumsum(lengths[places])).tolist()),
        array("q", np.asarray(events.at, dtype=np.int64)[rows].tobytes()),
        array("i", np.asarray(events.shape, dtype=np.int32)[rows].tobytes()),
        events.shapes,
        events.zones,
    )
    return Log(
        [str(place) for place in places.tolist()], some, lambda number: events.of_ticket(int(places[number]))
    ), places


def _outcomes_of(policy: AnyPolicy, rows: ClockRows, places: Column) -> OutcomeColumns:
    columns: dict[str, NDArray[np.int64]] = {
        name: np.asarray(column, dtype=np.int64) for name, column in rows.columns.items() if name != "percent"
    }
    count = len(columns["ticket"])
    terms = tuple(
        Terms(each.rule, each.metric, each.target, each.calendar, each.objective, each.kind, each.owed_by)
        for each in rows.judgings
    )
    status = np.where(columns["breached_at"] != NULL, _BREACHED, _OF_CLOCK[columns["status"]])
    return OutcomeColumns(
        ticket=places[columns["ticket"]],
        order=np.arange(count),
        terms=columns["judging"],
        cycle=columns["cycle"],
        received=columns["received"],
        origin=columns["origin"],
        expected=columns["expected"],
        due=columns["due"],
        done=columns["done_at"],
        status=status,
        open_time=columns["open_time"],
        wall_time=columns["wall_time"],
        overdue_by_open=columns["overdue_by_open"],
        overdue_by=columns["overdue_by"],
        within=_WITHIN[columns["within"]],
        paused=_paused(columns, terms),
        cancelled=CodedColumn(columns["cancelled"], CANCELLED),
        changed=np.zeros(count, dtype=bool),
        excluded=np.zeros(count, dtype=bool),
        moved=np.full(count, NULL, dtype=np.int64),
        fields={
            name: CodedColumn(columns["fields"], tuple(fields.get(name) for fields in rows.every_fields)).distinct()
            for name in policy.field_names
        },
        every_terms=terms,
        alone={},
    )


def _paused(columns: dict[str, NDArray[np.int64]], terms: Sequence[Terms]) -> Column:
    """Return the open time that pauses took out: what passed in all, less what was left."""
    paused = np.zeros(len(columns["ticket"]), dtype=np.int64)
    for place, each in enumerate(terms):
        rows = np.flatnonzero(columns["judging"] == place)
        origin = columns["origin"][rows]
        passed = questions.elapsed(each.calendar, origin, origin + columns["wall_time"][rows]).values
        paused[rows] = passed - columns["open_time"][rows]
    return paused
