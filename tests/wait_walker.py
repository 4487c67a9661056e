"""How a ticket log did when a wait does not count, by walking through five years minute by minute.

It stands on `tests/report_walker.py`, with its calendar, its targets and its own way to read the log, and like it shares no code
with slacalc. The activities of the log are read as the life of a ticket:

- The first event is the receipt, and what its activity says besides.
- "Take in charge ticket" answers; "Resolve ticket" solves; "Closed" closes. What solves or closes a ticket that was not
  answered ends the first response, too: nothing is owed any more. The first of them counts, and nothing reopens.
- Another priority is another target (rule 9): what was counted stays, and it is due no earlier than it was made; one whose due time had
  passed by then stays the one that was not kept. The outcome is told among those of the priority that the ticket had when it stopped.
  A change is older than the rest of its row, as is the end of a wait.
- "Wait" begins a pause, which the next event of the ticket ends, whatever it is: another wait begins another pause.
  Only the resolution pauses: a first response is owed however long somebody waits.

A pause moves due by exactly the open time in it; one that begins at due or later moves nothing; while a ticket waits
before its due there is no due time, so that it is pending. No pause is work: none is in the open time, or in how late it is in
open time, before due and after it (rule 8).

    python -m tests.wait_walker ../shared/data/helpdesk_italy.csv
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.report_walker import (
    OTHERWISE,
    STOPS,
    TARGETS,
    Metric,
    Outcome,
    Ticket,
    Walk,
    WalkedReport,
    as_text,
    read_events,
    told,
)

ENDS: Mapping[Metric, frozenset[str]] = {
    "first_response": frozenset({"Take in charge ticket", "Resolve ticket", "Closed"}),
    "resolution": frozenset({"Resolve ticket", "Closed"}),
}
PAUSES: frozenset[Metric] = frozenset({"resolution"})
WAIT = "Wait"


@dataclass(frozen=True)
class Waiting:
    """A ticket, the stretches in which it waited, the last of which may go on, and its priorities, each since when."""

    ticket: Ticket
    waits: tuple[tuple[int, int | None], ...]
    priorities: Mapping[Metric, tuple[tuple[int, str], ...]]  # until it stopped


def walk_waiting_report(path: Path | str) -> WalkedReport:
    """Read the log and tell how it did, as of its latest instant."""
    tickets, as_of = read_waiting(path)
    walk = Walk()
    return told([judge(each, metric, as_of, walk) for each in tickets for metric in STOPS], as_of)


def read_waiting(path: Path | str) -> tuple[list[Waiting], int]:
    """The tickets in the order of the file, and the latest instant of all events."""
    events = read_events(path)
    tickets = [_waiting(case_id, sorted(log)) for case_id, log in events.items()]
    return tickets, max(at for log in events.values() for at, *_ in log)


def count_solved_twice(path: Path | str) -> dict[str, int]:
    """How often each ticket was solved once more, at a later instant, when it was solved and not closed; nothing reopens."""
    found: dict[str, int] = {}
    for case_id, log in read_events(path).items():
        solved: int | None = None
        closed = False
        for at, _, activity, _ in sorted(log):
            if activity == "Resolve ticket" and not closed:
                found[case_id] = found.get(case_id, 0) + (solved is not None and at > solved)
                solved = at
            closed = closed or activity == "Closed"
    return found


def _waiting(case_id: str, log: Sequence[tuple[int, int, str, str]]) -> Waiting:
    """Events of a ticket, ordered by (instant, place in the file)."""
    received = log[0][0]
    stops: dict[Metric, int] = {}
    priorities: dict[Metric, list[tuple[int, str]]] = {metric: [] for metric in ENDS}
    for at, _, activity, priority in log:
        for metric, ends in ENDS.items():
            if metric not in stops and [priority] != [name for _, name in priorities[metric][-1:]]:
                priorities[metric].append((at, priority))
            if activity in ends:
                stops.setdefault(metric, at)
    after = [*(at for at, *_ in log[1:]), None]
    waits = tuple((at, end) for (at, _, activity, _), end in zip(log, after, strict=True) if activity == WAIT)
    ticket = Ticket(case_id, log[-1][3], received, stops)
    return Waiting(ticket, waits, {metric: tuple(each) for metric, each in priorities.items()})


# ---------------------------------------------------------------- the verdict


def judge(waiting: Waiting, metric: Metric, as_of: int, walk: Walk) -> Outcome:
    """At due is on time; a ticket that never stopped is pending until its due has passed, and while it waits before it."""
    ticket = waiting.ticket
    stop = ticket.stops.get(metric)
    until = as_of if stop is None else stop
    waits = tuple(_known(waiting.waits, until)) if metric in PAUSES else ()
    due = _judging(waiting, metric, waits, walk)
    late = due is not None and until > due
    worked = _Worked(walk, tuple((begin, until if end is None else min(end, until)) for begin, end in waits))
    return Outcome(
        ticket=replace(ticket, priority=waiting.priorities[metric][-1][1]),
        metric=metric,
        due=due,
        stop=stop,
        status="breached" if late else "pending" if stop is None else "met",
        open_time=None if stop is None else worked.between(ticket.received, stop),
        wall_time=None if stop is None else stop - ticket.received,
        overdue_by_open=worked.between(due, until) if due is not None and late else 0,
        overdue_by=until - due if due is not None and late else 0,
    )


@dataclass(frozen=True)
class _Worked:
    """Open time without the waits, none of which overlaps another."""

    walk: Walk
    waits: tuple[tuple[int, int], ...]

    def between(self, start: int, end: int) -> int:
        near = ((max(start, begin), min(end, until)) for begin, until in self.waits)
        waited = sum(self.walk.open_between(begin, until) for begin, until in near if begin < until)
        return self.walk.open_between(start, end) - waited


def _judging(waiting: Waiting, metric: Metric, waits: Sequence[tuple[int, int | None]], walk: Walk) -> int | None:
    """The due time of the first target that had passed when another took over; else that of the last."""
    received = waiting.ticket.received
    made = waiting.priorities[metric]
    for number, (since, priority) in enumerate(made):
        target = TARGETS.get(priority, OTHERWISE)[metric]
        if number + 1 == len(made):
            return _due(received, since, target, waits, walk)
        over = made[number + 1][0]
        known = tuple((begin, None if end is None or end > over else end) for begin, end in waits if begin < over)
        due = _due(received, since, target, known, walk)
        if due is not None and due < over:
            return due
    raise ValueError(f"{waiting.ticket.case_id} has no priority")


def _known(waits: Sequence[tuple[int, int | None]], until: int) -> Iterator[tuple[int, int | None]]:
    """The waits that had begun; what stops a ticket ends its wait."""
    for start, end in waits:
        if start < until:
            yield start, end


def _due(received: int, made: int, target: int, waits: Sequence[tuple[int, int | None]], walk: Walk) -> int | None:
    """When a target that was made then is due; None while it waits."""
    start, left = received, target
    for begin, end in waits:
        if begin > made or (end is not None and end <= received):
            continue
        left -= walk.open_between(start, begin)
        start = made if end is None else min(end, made)
    left, start = max(0, left - walk.open_between(start, made)), made
    for begin, end in waits:
        if end is not None and end <= made:
            continue
        since = max(begin, made)
        if begin > made and begin >= _reached(start, left, walk):
            break
        left -= walk.open_between(start, since)
        if end is None:
            return None
        start = end
    return _reached(start, left, walk)


def _reached(start: int, left: int, walk: Walk) -> int:
    """When the rest is used up; of nothing, at the next open instant: as much earlier as a microsecond is later."""
    return walk.due(start, left) if left else walk.due(start, 1) - 1


if __name__ == "__main__":
    sys.stdout.write(as_text(walk_waiting_report(Path(sys.argv[1]))))
