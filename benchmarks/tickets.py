"""What tickets cost: a helpdesk's log replayed, and how the cost grows with the events of one ticket.

A row is an event, parsed beforehand. Three metrics are promised, and the status and the due time of each are read.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import slacalc as sla
from benchmarks.measuring import Contestant, Task
from slacalc.business_time.instants import to_us
from slacalc.events.event import Event, in_order

__all__ = ["LOG", "Log", "helpdesk_policy", "open_tickets", "read_tickets", "synthetic_tickets", "tasks"]

LOG: Final = Path(__file__).parents[2] / "shared/data/helpdesk_italy.csv"
"""The log of an Italian helpdesk (4TU.ResearchData), where it lies beside the repository."""

_ROME: Final = ZoneInfo("Europe/Rome")
_TICKETS: Final = 4_580  # of the log, as are the shares below
_WAITING, _STRAIGHT, _TWICE = 0.32, 0.06, 0.1
_PAUSED: Final = 0.4  # of open tickets
_LONGEST: Final = 100_000  # events on one ticket
_MAPPING: Final = sla.LogMapping(
    ticket="Case ID",
    time="Complete Timestamp",
    activity="Activity",
    zone=_ROME.key,
    time_format="%Y/%m/%d %H:%M:%S.%f",
    events=(
        ("Take in charge ticket", "agent_message"),
        ("Wait", "paused_until_next"),
        ("Resolve ticket", "solved"),
        ("Closed", "closed"),
    ),
)


@dataclass(frozen=True)
class Log:
    """The events of tickets, and when the log ends."""

    name: str
    tickets: Sequence[tuple[Event, ...]]
    as_of: datetime

    @property
    def size(self) -> int:
        """How many events there are."""
        return sum(map(len, self.tickets))


def tasks(log: Log | None = None, longest: int = _LONGEST) -> Iterator[Task]:
    """Return the replay of a log, what a saved ticket costs, and long tickets: as many events on ever fewer of them.

    The log is the Italian one, or where it is absent a synthetic one of its shape.
    """
    yield _replayed(log or (read_tickets(LOG) if LOG.exists() else synthetic_tickets()))
    yield _saved()
    yield _grown("customer and agent write, by events a ticket", _written, longest)
    yield _grown("pauses, by events a ticket", _paused, longest)


def read_tickets(path: Path) -> Log:
    """Return the tickets of the Italian log."""
    with path.open(encoding="utf-8") as lines:
        tickets = sla.read_log(lines, _MAPPING).tickets
    return _log("the log of a helpdesk", [ticket.events for ticket in tickets])


def synthetic_tickets(tickets: int = _TICKETS) -> Log:
    """Return tickets of the shape of that log: 4.8 events each, every third one with a pause, over weeks."""
    random = Random(20261120)  # noqa: S311 - a workload, not a secret
    return _log("a synthetic log", [_synthetic(random) for _ in range(tickets)])


def open_tickets(tickets: int) -> Log:
    """Return tickets that wait: 4.4 events each, asked, answered and asked again, two of five paused meanwhile."""
    random = Random(20261121)  # noqa: S311 - a workload, not a secret
    return _log("open tickets", [_open(random) for _ in range(tickets)])


def helpdesk_policy() -> sla.Policy:
    """Return a policy with three metrics for the log."""
    due = {"first_response": "4h", "requester_wait": "80h", "resolution": "40h"}
    rule = {
        "name": "all",
        "calendar": "office",
        "metrics": {metric: {"due": {"business_hours": hours}} for metric, hours in due.items()},
    }
    office = {"zone": _ROME.key, "hours": "Mon-Fri 09:00-13:00 14:00-18:00", "holidays": "IT"}
    return sla.policy_from_data({"name": "support", "calendars": {"office": office}, "rules": [rule]})


def _log(name: str, tickets: Sequence[tuple[Event, ...]]) -> Log:
    return Log(name, tickets, max(events[-1].at for events in tickets) + timedelta(days=1))


def _synthetic(random: Random) -> tuple[Event, ...]:
    at = datetime(2010, 1, 13, tzinfo=_ROME) + timedelta(minutes=random.randrange(4 * 525_600))
    events: list[Event] = [sla.Created(at=at, status="open")]

    def later(most: timedelta) -> datetime:
        return events[-1].at + most * random.random()

    if random.random() > _STRAIGHT:
        events.append(sla.Message(at=later(timedelta(hours=2)), actor="agent"))
    if random.random() < _WAITING:
        events.append(sla.Paused(at=later(timedelta(days=10)), reason="Wait"))
        events.append(sla.Resumed(at=later(timedelta(days=20)), reason="Wait"))
    if random.random() < _TWICE:
        events.append(sla.Message(at=later(timedelta(days=5)), actor="agent"))
    if random.random() < _TWICE:
        events.append(sla.Solved(at=later(timedelta(days=10))))
    events.append(sla.Solved(at=later(timedelta(days=10))))
    return (*events, sla.Closed(at=later(timedelta(days=30))))


def _open(random: Random) -> tuple[Event, ...]:
    at = datetime(2026, 11, 2, 9, tzinfo=_ROME) + timedelta(minutes=random.randrange(20 * 1_440))
    later = sorted(at + timedelta(days=6) * random.random() for _ in range(4))
    events: list[Event] = [sla.Created(at=at, status="open", fields={"priority": "high"})]
    events.append(sla.Message(at=later[0], actor="agent"))
    if random.random() < _PAUSED:
        events.append(sla.Paused(at=later[1], reason="Wait"))
    events.append(sla.Message(at=later[2], actor="customer"))
    events.append(sla.StatusChanged(at=later[3], status="open"))
    return tuple(events)


def _replayed(log: Log) -> Task:
    policy = helpdesk_policy()
    pairs = [(str(number), event) for number, events in enumerate(log.tickets) for event in events]
    known = [policy.replay(events, as_of=log.as_of) for events in log.tickets]

    def replay(_rows: int) -> list[object]:
        return _statuses(policy, log.tickets, log.as_of)

    contestants = [
        Contestant("floor: events put in order", lambda _rows: [in_order(events) for events in log.tickets]),
        Contestant("replay, status and due read", replay),
        Contestant("replay, with the garbage collector", _collecting(replay)),
        Contestant("replay_frame, status and due read", lambda _rows: _two_columns(policy, pairs, log.as_of)),
        Contestant(
            "replay_frame, every column read", lambda _rows: policy.replay_frame(pairs, as_of=log.as_of).items()
        ),
        Contestant("replay of columns, to columns", _in_columns(policy, pairs, log.as_of)),
        Contestant("to_json and resume", lambda _rows: [sla.resume(clocks.to_json(), policy) for clocks in known]),
    ]
    return Task(f"{log.name}, {log.size:,} events", log.size, contestants, whole=True)


def _saved() -> Task:
    """Return the replay of a ticket of five events, and what it costs to save it and to go on from there."""
    at, policy = datetime(2026, 11, 20, 10, tzinfo=_ROME), helpdesk_policy()
    events: tuple[Event, ...] = (
        sla.Created(at=at, status="open", fields={"priority": "high"}),
        sla.Message(at=at + timedelta(minutes=20), actor="agent"),
        sla.Paused(at=at + timedelta(hours=1), reason="Wait"),
        sla.Resumed(at=at + timedelta(days=3), reason="Wait"),
        sla.Message(at=at + timedelta(days=3, hours=1), actor="customer"),
    )
    as_of = at + timedelta(days=4)
    clocks = policy.replay(events, as_of=as_of, ticket="7")
    contestants = [
        Contestant("replay", lambda rows: [policy.replay(events, as_of=as_of, ticket="7") for _ in range(rows)]),
        Contestant(
            "replay, status and due read", lambda rows: [_read(policy.replay(events, as_of=as_of)) for _ in range(rows)]
        ),
        Contestant("to_data and resume", lambda rows: [sla.resume(clocks.to_data(), policy) for _ in range(rows)]),
        Contestant("to_json and resume", lambda rows: [sla.resume(clocks.to_json(), policy) for _ in range(rows)]),
    ]
    return Task("a ticket of five events", 1_000, contestants)


def _frame(policy: sla.Policy, pairs: Iterable[tuple[str, Event]], as_of: datetime) -> Mapping[str, list[object]]:
    return policy.replay_frame(pairs, as_of=as_of)


def _two_columns(policy: sla.Policy, pairs: Iterable[tuple[str, Event]], as_of: datetime) -> list[object]:
    columns = _frame(policy, pairs, as_of)
    return [columns["status"], columns["due"]]


def _in_columns(
    policy: sla.Policy, pairs: Iterable[tuple[str, Event]], as_of: datetime
) -> Callable[[int], list[object]]:
    """Return a contestant that has the events as columns of whole numbers, as a log keeps them, and leaves them so."""
    from slacalc.columns.event_logs import log_of
    from slacalc.columns.event_replay import replayed

    log, until = log_of(pairs), to_us(as_of)
    return lambda _rows: list(replayed(policy, log, until).columns)


def _collecting(answers: Callable[[int], list[object]]) -> Callable[[int], list[object]]:
    """Return a contestant that has the garbage collector on, which is off when turns are timed."""

    def collecting(rows: int) -> list[object]:
        gc.enable()
        return answers(rows)

    return collecting


def _grown(name: str, happening: Callable[[int], Iterator[Event]], longest: int) -> Task:
    policy = helpdesk_policy()

    def replaying(tickets: int) -> Callable[[int], list[object]]:
        events = tuple(happening(longest // tickets))
        return lambda _rows: _statuses(policy, [events] * tickets, events[-1].at)

    contestants = [Contestant(f"{longest // tickets:,}", replaying(tickets)) for tickets in (100, 10, 1)]
    return Task(name, longest, contestants, whole=True)


def _written(count: int) -> Iterator[Event]:
    """Yield a ticket on which customer and agent write in turn, every ten minutes."""
    at = datetime(2026, 1, 7, 9, tzinfo=UTC)
    yield sla.Created(at=at)
    for n in range(1, count):
        yield sla.Message(at=at + n * timedelta(minutes=10), actor="customer" if n % 2 else "agent")


def _paused(count: int) -> Iterator[Event]:
    """Yield a ticket that is paused and resumed in turn, every ten minutes."""
    at = datetime(2026, 1, 7, 9, tzinfo=UTC)
    yield sla.Created(at=at)
    for n in range(1, count):
        then = at + n * timedelta(minutes=10)
        yield sla.Paused(at=then, reason="Wait") if n % 2 else sla.Resumed(at=then, reason="Wait")


def _statuses(policy: sla.Policy, tickets: Iterable[Sequence[Event]], as_of: datetime) -> list[object]:
    """Return the statuses of all metrics of each ticket, after reading their due times too."""
    return [_read(policy.replay(events, as_of=as_of)) for events in tickets]


def _read(clocks: sla.Clocks) -> list[str]:
    read = [(state.status, state.due) for state in clocks.values()]
    return [status for status, _ in read]
