"""How a ticket log did against its promises, by walking through five years minute by minute.

It is the second opinion on the report of the ticket log in `../shared/data/`: it shares no code with slacalc
and imports the standard library only. The calendar, the holidays and the targets are written here once more:

- Each minute of 2010 to 2014 in Europe/Rome is looked at once, on the clock on the wall, and is open or closed.
- A running total says how much open time there was before each minute. A minute is open as a whole, so that
  within an open minute the total grows with the seconds, and within a closed one it stands still.
- Due is the earliest instant at which exactly the target has passed (rule 5): the first minute at whose end the
  total reaches the wanted amount, and the seconds into it.

Amounts are integers, in microseconds; so are instants, since 1970 in UTC, until they are handed out as datetimes.

    python tests/report_walker.py ../shared/data/helpdesk_italy.csv
"""

import csv
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

Metric = Literal["first_response", "resolution"]

ROME = ZoneInfo("Europe/Rome")
YEARS = range(2010, 2015)
WALL_TIME = "%Y/%m/%d %H:%M:%S.%f"

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)

ALL = "all"
STOPS: Mapping[Metric, str] = {"first_response": "Take in charge ticket", "resolution": "Resolve ticket"}
TARGETS: Mapping[str, Mapping[Metric, int]] = {
    "Value 1": {"first_response": 1 * HOUR, "resolution": 8 * HOUR},
    "Value 2": {"first_response": 4 * HOUR, "resolution": 40 * HOUR},
    "Value 3": {"first_response": 8 * HOUR, "resolution": 80 * HOUR},
}
OTHERWISE: Mapping[Metric, int] = {"first_response": 8 * HOUR, "resolution": 120 * HOUR}
WORST = 10


@dataclass(frozen=True)
class Ticket:
    """What the log says of one ticket."""

    case_id: str
    priority: str
    received: int
    stops: Mapping[Metric, int]  # a metric that never stopped is missing


@dataclass(frozen=True)
class Outcome:
    """How one ticket did on one metric."""

    ticket: Ticket
    metric: Metric
    due: int | None  # None while it is paused, never of what was breached
    stop: int | None
    status: Literal["met", "breached", "pending"]
    open_time: int | None  # from received to stop, like wall_time
    wall_time: int | None
    overdue_by_open: int  # from due to stop, or to the end of the log; 0 unless breached, like overdue_by
    overdue_by: int


@dataclass(frozen=True)
class WalkedRow:
    """The tickets of one priority, or of all, on one metric."""

    priority: str
    metric: Metric
    tickets: int
    met: int
    breached: int
    pending: int
    open_median: int | None  # over the stopped tickets, in microseconds; None where nothing stopped
    open_p90: int | None
    wall_median: int | None
    wall_p90: int | None

    @property
    def attainment(self) -> Fraction | None:
        decided = self.met + self.breached
        return Fraction(self.met, decided) if decided else None


@dataclass(frozen=True)
class WalkedMiss:
    """A promise that was not kept, and by how much."""

    case_id: str
    due: datetime  # in UTC, like stop
    stop: datetime | None
    overdue_by_open: int
    overdue_by: int


@dataclass(frozen=True)
class WalkedReport:
    """Rows by priority and metric, 'all' last; the worst breaches of each metric, the worst first."""

    as_of: datetime  # in UTC
    rows: tuple[WalkedRow, ...]
    worst: Mapping[Metric, tuple[WalkedMiss, ...]]

    def row(self, priority: str, metric: Metric) -> WalkedRow:
        return next(row for row in self.rows if (row.priority, row.metric) == (priority, metric))


def walk_report(path: Path | str) -> WalkedReport:
    """Read the log and tell how it did, as of its latest instant."""
    tickets, as_of = read_log(path)
    walk = Walk()
    return told([judge(ticket, metric, as_of, walk) for ticket in tickets for metric in STOPS], as_of)


def told(outcomes: list[Outcome], as_of: int) -> WalkedReport:
    """The rows and the worst of all outcomes."""
    priorities = [*sorted({outcome.ticket.priority for outcome in outcomes}), ALL]
    return WalkedReport(
        as_of=_moment(as_of),
        rows=tuple(
            summarise(
                priority, metric, [o for o in outcomes if o.metric == metric and priority in (o.ticket.priority, ALL)]
            )
            for priority in priorities
            for metric in STOPS
        ),
        worst={metric: worst([o for o in outcomes if o.metric == metric]) for metric in STOPS},
    )


# ---------------------------------------------------------------- the calendar


def easter(year: int) -> date:
    """The Sunday after the full moon of the church, which is on or after 21 March.

    The table of golden numbers of 1900 to 2199: the moon of year Y is full (24 + 19 (Y mod 19)) mod 30 days after
    21 March; where that is 29, and in the later eleven-year part of the cycle 28, it is a day earlier.
    """
    place = year % 19
    days = (24 + 19 * place) % 30
    if days == 29 or (days == 28 and place > 10):
        days -= 1
    full_moon = date(year, 3, 21) + timedelta(days=days)
    return full_moon + timedelta(days=7 - (full_moon.weekday() + 1) % 7)


def italian_holidays(year: int) -> frozenset[date]:
    """The nation-wide public holidays of 2010 to 2014."""
    fixed = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
    days = {date(year, month, day) for month, day in fixed}
    days |= {easter(year), easter(year) + timedelta(days=1)}
    if year == 2011:
        days.add(date(2011, 3, 17))
    return frozenset(days)


HOLIDAYS = frozenset().union(*(italian_holidays(year) for year in YEARS))


def is_open(local: datetime) -> bool:
    """Mon-Fri 09:00-13:00 14:00-18:00, closed on holidays, on the clock on the wall."""
    return (9 <= local.hour < 13 or 14 <= local.hour < 18) and local.weekday() < 5 and local.date() not in HOLIDAYS


class Walk:
    """Open time since the start of 2010, known at each whole minute."""

    def __init__(self) -> None:
        self.start = _since_epoch(datetime(YEARS[0], 1, 1, tzinfo=ROME))
        self.end = _since_epoch(datetime(YEARS[-1] + 1, 1, 1, tzinfo=ROME))

    @cached_property
    def total(self) -> "array[int]":
        """The open time before minute 0, 1, 2, ...: one reading of the clock for each minute, and a running sum."""
        seconds = range(self.start // SECOND, self.end // SECOND, 60)
        lengths = (MINUTE if is_open(datetime.fromtimestamp(second, ROME)) else 0 for second in seconds)
        return array("q", accumulate(lengths, initial=0))

    def open_until(self, at: int) -> int:
        """Open time from the start of 2010 to an instant."""
        if not self.start <= at < self.end:
            raise ValueError(f"{_moment(at)} is outside {YEARS[0]} to {YEARS[-1]}")
        minute, part = divmod(at - self.start, MINUTE)
        is_open_minute = self.total[minute + 1] > self.total[minute]
        return self.total[minute] + (part if is_open_minute else 0)

    def open_between(self, start: int, end: int) -> int:
        return self.open_until(end) - self.open_until(start)

    def due(self, received: int, target: int) -> int:
        """The earliest instant at which exactly the target has passed since the receipt."""
        wanted = self.open_until(received) + target
        if target <= 0 or wanted > self.total[-1]:
            raise ValueError(f"{target} from {_moment(received)} is nothing, or is not reached in {YEARS[-1]}")
        minute = bisect_left(self.total, wanted) - 1  # the first minute at whose end the total is enough
        return self.start + minute * MINUTE + (wanted - self.total[minute])


# ---------------------------------------------------------------- the log


def read_log(path: Path | str) -> tuple[list[Ticket], int]:
    """The tickets in the order of the file, and the latest instant of all events."""
    events = read_events(path)
    as_of = max(at for log in events.values() for at, *_ in log)
    return [_ticket(case_id, sorted(log)) for case_id, log in events.items()], as_of


def read_events(path: Path | str) -> dict[str, list[tuple[int, int, str, str]]]:
    """Instant, place in the file, activity and priority of the events of each ticket."""
    events: dict[str, list[tuple[int, int, str, str]]] = {}
    for place, (case_id, activity, wall_time, priority) in enumerate(_columns(path)):
        at = _since_epoch(datetime.strptime(wall_time, WALL_TIME).replace(tzinfo=ROME, fold=0))
        events.setdefault(case_id, []).append((at, place, activity, priority))
    return events


def _columns(path: Path | str) -> Iterator[tuple[str, str, str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        case_id, activity, wall_time, priority = (
            header.index(name)  # the first of its name
            for name in ("Case ID", "Activity", "Complete Timestamp", "service_level")
        )
        for row in rows:
            yield row[case_id], row[activity], row[wall_time], row[priority]


def _ticket(case_id: str, log: list[tuple[int, int, str, str]]) -> Ticket:
    """Events of a ticket, ordered by (instant, place in the file)."""
    received, _, _, priority = log[0]
    stops: dict[Metric, int] = {}
    for at, _, activity, _ in log:
        for metric, name in STOPS.items():
            if activity == name:
                stops.setdefault(metric, at)
    return Ticket(case_id, priority, received, stops)


# ---------------------------------------------------------------- the verdict


def judge(ticket: Ticket, metric: Metric, as_of: int, walk: Walk) -> Outcome:
    """At due is on time; a ticket that never stopped is pending until its due has passed."""
    due = walk.due(ticket.received, TARGETS.get(ticket.priority, OTHERWISE)[metric])
    stop = ticket.stops.get(metric)
    until = as_of if stop is None else stop
    is_late = until > due
    return Outcome(
        ticket=ticket,
        metric=metric,
        due=due,
        stop=stop,
        status="breached" if is_late else "pending" if stop is None else "met",
        open_time=None if stop is None else walk.open_between(ticket.received, stop),
        wall_time=None if stop is None else stop - ticket.received,
        overdue_by_open=walk.open_between(due, until) if is_late else 0,
        overdue_by=until - due if is_late else 0,
    )


def summarise(priority: str, metric: Metric, outcomes: list[Outcome]) -> WalkedRow:
    statuses = [outcome.status for outcome in outcomes]
    open_times = [o.open_time for o in outcomes if o.open_time is not None]
    wall_times = [o.wall_time for o in outcomes if o.wall_time is not None]
    return WalkedRow(
        priority=priority,
        metric=metric,
        tickets=len(outcomes),
        met=statuses.count("met"),
        breached=statuses.count("breached"),
        pending=statuses.count("pending"),
        open_median=nearest_rank(open_times, percent=50),
        open_p90=nearest_rank(open_times, percent=90),
        wall_median=nearest_rank(wall_times, percent=50),
        wall_p90=nearest_rank(wall_times, percent=90),
    )


def nearest_rank(values: Iterable[int], *, percent: int) -> int | None:
    """The ceil(n * percent / 100)-th smallest value, or None when there are no values."""
    in_order = sorted(values)
    rank = (len(in_order) * percent + 99) // 100
    return in_order[rank - 1] if in_order else None


def worst(outcomes: list[Outcome]) -> tuple[WalkedMiss, ...]:
    """The ten breaches furthest over in open time; then in wall time; then by the text of the case id."""
    breached = [outcome for outcome in outcomes if outcome.status == "breached"]
    breached.sort(key=lambda o: (-o.overdue_by_open, -o.overdue_by, o.ticket.case_id))
    return tuple(
        WalkedMiss(
            case_id=o.ticket.case_id,
            due=_moment(o.due),
            stop=None if o.stop is None else _moment(o.stop),
            overdue_by_open=o.overdue_by_open,
            overdue_by=o.overdue_by,
        )
        for o in breached[:WORST]
        if o.due is not None
    )


def _since_epoch(at: datetime) -> int:
    return (at.astimezone(UTC) - EPOCH) // TICK


def _moment(at: int) -> datetime:
    return EPOCH + at * TICK


# ---------------------------------------------------------------- on paper


def as_text(report: WalkedReport) -> str:
    lines = [f"as of {report.as_of.astimezone(ROME)}; amounts in microseconds", ""]
    lines += [
        f"{row.priority} {row.metric}: {row.tickets} tickets, {row.met} met, {row.breached} breached, {row.pending} pending, "
        f"attainment {row.attainment}, open median {row.open_median} p90 {row.open_p90}, "
        f"wall median {row.wall_median} p90 {row.wall_p90}"
        for row in report.rows
    ]
    for metric, breaches in report.worst.items():
        lines += ["", f"worst {metric}"]
        lines += [
            f"{breach.case_id}: due {breach.due.astimezone(ROME)}, "
            f"stop {breach.stop and breach.stop.astimezone(ROME)}, open over {breach.overdue_by_open}, wall over {breach.overdue_by}"
            for breach in breaches
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    sys.stdout.write(as_text(walk_report(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
