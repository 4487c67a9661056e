"""This module knows how a ticket log did when a wait does not count and its priority changes, minute by minute.

It stands on `tests/wait_walker.py`, and like it shares no code with slacalc. A row whose priority is not that of the row before
gives the ticket another target from then on. The last target before the end judges (rule 9):

- It counts from the receipt, without the waits.
- It is never due before it was made: a target that is full already is due at the change, or when it opens after it.

    python -m tests.change_walker ../shared/data/helpdesk_italy.csv
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
from tests.wait_walker import ENDS, PAUSES, WAIT

Event = tuple[int, int, str, str]


@dataclass(frozen=True)
class Promised:
    """A ticket under the target that judges one of its metrics: when that was made, and the waits before its end."""

    ticket: Ticket
    made: int
    waits: tuple[tuple[int, int | None], ...]


def walk_changing_report(path: Path | str) -> WalkedReport:
    """Read the log and tell how it did, as of its latest instant."""
    outcomes, as_of = walk_changes(path)
    return told(list(outcomes.values()), as_of)


def walk_changes(path: Path | str) -> tuple[Mapping[tuple[str, Metric], Outcome], int]:
    """The outcome of each ticket and metric, and the latest instant of all events."""
    events = read_events(path)
    as_of = max(at for log in events.values() for at, *_ in log)
    walk = Walk()
    return {
        (case_id, metric): judge(promised(case_id, sorted(log), metric), metric, as_of, walk)
        for case_id, log in events.items()
        for metric in STOPS
    }, as_of


def promised(case_id: str, log: Sequence[Event], metric: Metric) -> Promised:
    """What judges a metric, of the rows of a ticket in their order: what comes after its end is not looked at."""
    end = next((place for place, (_, _, activity, _) in enumerate(log) if activity in ENDS[metric]), None)
    rows = log if end is None else log[: end + 1]
    made = [after[0] for before, after in pairwise(rows) if before[3] != after[3]]
    waits: list[tuple[int, int | None]] = [(a[0], b[0]) for a, b in pairwise(rows) if a[2] == WAIT]
    if end is None and rows[-1][2] == WAIT:
        waits.append((rows[-1][0], None))
    stops = {} if end is None else {metric: rows[-1][0]}
    received, priority = rows[0][0], rows[-1][3]
    return Promised(
        Ticket(case_id, priority, received, stops),
        max(made, default=received),
        tuple(waits) if metric in PAUSES else (),
    )


def judge(what: Promised, metric: Metric, as_of: int, walk: Walk) -> Outcome:
    """At due is on time; a ticket that never stopped is pending until its due has passed, and while it waits before it."""
    ticket = what.ticket
    stop = ticket.stops.get(metric)
    until = as_of if stop is None else stop
    due, taken_out = due_of(what, TARGETS.get(ticket.priority, OTHERWISE)[metric], walk)
    is_late = due is not None and until > due
    return Outcome(
        ticket=ticket,
        metric=metric,
        due=due,
        stop=stop,
        status="missed" if is_late else "pending" if stop is None else "met",
        open_time=None if stop is None else walk.open_between(ticket.received, stop) - taken_out,
        wall_time=None if stop is None else stop - ticket.received,
        open_over=walk.open_between(due, until) if due is not None and is_late else 0,
        wall_over=until - due if due is not None and is_late else 0,
    )


def due_of(what: Promised, target: int, walk: Walk) -> tuple[int | None, int]:
    """When the target is due, and the open time that waits took out; None while it waits."""
    start, left, taken_out = what.ticket.received, target, 0
    for begin, end in what.waits:
        if begin >= what.made:
            break
        assert end is not None  # the row of a change ends a wait
        left -= walk.open_between(start, begin)
        taken_out += walk.open_between(begin, end)
        start = end
    left = max(0, left - walk.open_between(start, what.made))
    start = what.made
    for begin, end in what.waits:
        if begin < what.made:
            continue
        if begin >= _full(start, left, walk):
            break
        left -= walk.open_between(start, begin)
        if end is None:
            return None, taken_out
        taken_out += walk.open_between(begin, end)
        start = end
    return _full(start, left, walk), taken_out


def _full(start: int, left: int, walk: Walk) -> int:
    """When so much is counted; nothing is at the next opening (rule 5): just before a microsecond is."""
    return walk.due(start, left) if left else walk.due(start, 1) - 1


if __name__ == "__main__":
    sys.stdout.write(as_text(walk_changing_report(Path(sys.argv[1]))))
