"""What a job costs that refreshes the open tickets of a database: their events read, replayed, and what is due written.

A row is an event. SQLite stands for any database: it is in memory, so that what is counted is work and not a disk.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeAlias

import slacalc as sla
from benchmarks.measuring import Contestant, Task
from benchmarks.tickets import Log, helpdesk_policy, open_tickets
from slacalc.events.event import Event

__all__ = ["refresh", "tasks"]

_Row: TypeAlias = tuple[str, str, str, str | None]
_TICKETS: Final = 10_000
_TABLES: Final = """
create table events (ticket text, place integer, event text, primary key (ticket, place)) without rowid;
create table clocks (ticket text, metric text, status text, due text, primary key (ticket, metric)) without rowid;
"""
_EVENTS: Final = "select ticket, event from events order by ticket, place"
_CLOCK: Final = "insert or replace into clocks values (?, ?, ?, ?)"


def tasks(tickets: int = _TICKETS) -> Iterator[Task]:
    """Return the refresh of open tickets, one by one and all at once, beside their bare replay."""
    log, policy = open_tickets(tickets), helpdesk_policy()
    database = _database(log)
    contestants = [
        Contestant("bare replay, status and due read", lambda _rows: [*_replayed(log, policy)]),
        Contestant("SQLite to SQLite, replay", lambda _rows: refresh(database, _one_by_one(database, log, policy))),
        Contestant("SQLite to SQLite, replay_frame", lambda _rows: refresh(database, _at_once(database, log, policy))),
    ]
    yield Task(f"{tickets:,} open tickets, {log.size:,} events", log.size, contestants, whole=True)


def refresh(database: sqlite3.Connection, clocks: Iterable[_Row]) -> list[object]:
    """Write what is due into a database, and return how often each status is there then."""
    with database:
        database.executemany(_CLOCK, clocks)
    return database.execute("select status, count(*) from clocks group by status order by status").fetchall()


def _one_by_one(database: sqlite3.Connection, log: Log, policy: sla.Policy) -> Iterator[_Row]:
    for ticket, rows in groupby(_events(database), key=itemgetter(0)):
        clocks = policy.replay([event for _, event in rows], as_of=log.as_of, ticket=ticket)
        for metric, clock in clocks.items():
            due = clock.due
            yield ticket, metric, clock.status, due.isoformat() if due else None


def _at_once(database: sqlite3.Connection, log: Log, policy: sla.Policy) -> Iterable[_Row]:
    columns: Mapping[str, list[Any]] = policy.replay_frame(_events(database), as_of=log.as_of)
    due = [each.isoformat() if each else None for each in columns["due"]]
    return zip(columns["ticket"], columns["metric"], columns["status"], due, strict=True)


def _events(database: sqlite3.Connection) -> Iterator[tuple[str, Event]]:
    for ticket, event in database.execute(_EVENTS):
        yield ticket, sla.event_from_data(json.loads(event))


def _replayed(log: Log, policy: sla.Policy) -> Iterator[Sequence[object]]:
    for events in log.tickets:
        yield [(clock.status, clock.due) for clock in policy.replay(events, as_of=log.as_of).values()]


def _database(log: Log) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(_TABLES)
    rows = (
        (f"{number:05}", place, json.dumps(sla.event_to_data(event)))
        for number, events in enumerate(log.tickets)
        for place, event in enumerate(events)
    )
    with database:
        database.executemany("insert into events values (?, ?, ?)", rows)
    return database
