"""This module knows attainment: of the promises that fell due, how many were kept, and how long it took."""

import heapq
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from slacalc.business_time.amounts import print_amount
from slacalc.business_time.instants import to_us
from slacalc.calendars.ledger import Ledger, print_moment
from slacalc.errors import LogError, PolicyError, SlaError
from slacalc.policies.policy import Policy
from slacalc.tickets.log import Problem, Ticket
from slacalc.tickets.outcomes import Outcome, outcome

__all__ = ["Report", "ReportLine", "Worst", "report"]

_MOST_WORST: Final = 10
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The figures of one metric for one group of tickets, or for "all".

    `attainment` is met / (met + missed), None when nothing fell due. Medians and 90th
    percentiles are over the tickets that were done, by nearest rank: each is the time of a
    real ticket.
    """

    group: str
    metric: str
    tickets: int
    met: int
    missed: int
    pending: int
    median_open: timedelta | None
    p90_open: timedelta | None
    median_wall: timedelta | None
    p90_wall: timedelta | None

    @property
    def attainment(self) -> float | None:
        """The share of the promises that fell due which were kept."""
        due = self.met + self.missed
        return self.met / due if due else None


@dataclass(frozen=True, slots=True)
class Worst:
    """A miss, with its reason in words."""

    ticket: str
    group: str
    outcome: Outcome

    @property
    def reason(self) -> str:
        """What was promised, when it was due, how late it was, and what closed on the way."""
        promise, stop = self.outcome.promise, self.outcome.stop
        done = "not done yet" if stop is None else f"done {print_moment(stop)}"
        closed = _closures(promise.ledger)
        return (
            f"{promise.target}, received {print_moment(promise.received)}, due {print_moment(promise.due)}, {done}"
            + (f"; closed meanwhile: {closed}" if closed else "")
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The attainment of a policy over tickets, as of an instant."""

    policy: str
    as_of: datetime
    by: str
    tickets: int
    lines: tuple[ReportLine, ...]
    worst: tuple[Worst, ...]
    problems: tuple[Problem, ...]

    def to_data(self) -> dict[str, object]:
        """Return the report as plain lists, dicts, texts and numbers, amounts in seconds."""
        return {
            "policy": self.policy,
            "as_of": self.as_of.isoformat(),
            "by": self.by,
            "tickets": self.tickets,
            "lines": [
                {
                    self.by: line.group,
                    "metric": line.metric,
                    "tickets": line.tickets,
                    "met": line.met,
                    "missed": line.missed,
                    "pending": line.pending,
                    "attainment": line.attainment,
                    "median_open_seconds": _seconds(line.median_open),
                    "p90_open_seconds": _seconds(line.p90_open),
                    "median_wall_seconds": _seconds(line.median_wall),
                    "p90_wall_seconds": _seconds(line.p90_wall),
                }
                for line in self.lines
            ],
            "worst": [
                {
                    "ticket": worst.ticket,
                    self.by: worst.group,
                    "metric": worst.outcome.promise.metric,
                    "due": worst.outcome.promise.due.isoformat(),
                    "done": None if worst.outcome.stop is None else worst.outcome.stop.isoformat(),
                    "open_over_seconds": _seconds(worst.outcome.open_over),
                    "wall_over_seconds": _seconds(worst.outcome.wall_over),
                    "reason": worst.reason,
                }
                for worst in self.worst
            ],
            "rows_left_out": len(self.problems),
            "problems": [str(problem) for problem in self.problems],
        }

    def to_json(self) -> str:
        """Return the report as JSON."""
        return json.dumps(self.to_data(), ensure_ascii=False)


def report(
    rows: "Iterable[Ticket | Mapping[str, object]]",
    policy: Policy,
    *,
    as_of: datetime,
    by: str = "priority",
    lines: Mapping[str, int] | None = None,
) -> Report:
    """Return how the promises of a policy were kept, per metric and value of a field, as of an instant.

    A row is a `Ticket`, or a mapping with "received", optionally "ticket", the policy's
    fields, and for each metric when it was done (None, or left out: not yet). What is open
    and not due is pending; open and overdue is missed; what was received after `as_of` is not
    there yet. A ticket that no rule matches, or whose row cannot be read, is left out and
    listed in `problems` by its place (`lines` gives the line of a ticket in its log). Pauses
    are not counted here.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> answered = friday + timedelta(hours=1)
    >>> rows = [{"ticket": "7", "received": friday, "priority": "normal", "first_response": answered}]
    >>> line = report(rows, sample_policy("webshop_helpdesk"), as_of=friday + timedelta(days=3)).lines[0]
    >>> line.met, line.attainment, line.median_open
    (1, 1.0, datetime.timedelta(seconds=3600))
    """
    to_us(as_of, "as_of")
    if by not in policy.field_names:
        raise PolicyError(
            "field_undeclared",
            "the policy declares no such field",
            given=by,
            accepts=", ".join(policy.field_names),
            where="by",
        )
    groups: dict[tuple[bool, str, str], _Group] = {}
    problems: list[Problem] = []
    worst: list[tuple[tuple[timedelta, timedelta, int], Worst]] = []
    counted = misses = 0
    for place, row in enumerate(rows, 1):
        try:
            ticket = row if isinstance(row, Ticket) else _ticket(row, policy, place)
            if to_us(ticket.received, "received") > to_us(as_of):
                continue
            outcomes = _outcomes(ticket, policy, as_of)
        except SlaError as error:
            name = row.id if isinstance(row, Ticket) else ""
            problems.append(Problem((lines or {}).get(name, place), error))
            continue
        counted += 1
        group = ticket.fields.get(by, "")
        for result in outcomes:
            metric = result.promise.metric
            for key in ((False, group, metric), (True, ALL, metric)):
                groups.setdefault(key, _Group()).add(result)
            if result.status == "missed":
                misses -= 1
                entry = ((result.open_over, result.wall_over, misses), Worst(ticket.id, group, result))
                (heapq.heappush if len(worst) < _MOST_WORST else heapq.heappushpop)(worst, entry)
    return Report(
        policy.name,
        as_of,
        by,
        counted,
        tuple(groups[key].line(*key[1:]) for key in sorted(groups)),
        tuple(entry for _, entry in sorted(worst, key=_rank, reverse=True)),
        tuple(problems),
    )


class _Group:
    """The figures of one group while tickets go by."""

    __slots__ = ("counts", "open_times", "wall_times")

    def __init__(self) -> None:
        self.counts = {"met": 0, "missed": 0, "pending": 0}
        self.open_times: list[timedelta] = []
        self.wall_times: list[timedelta] = []

    def add(self, result: Outcome) -> None:
        self.counts[result.status] += 1
        if result.stop is not None:
            self.open_times.append(result.open_time)
            self.wall_times.append(result.wall_time)

    def line(self, group: str, metric: str) -> ReportLine:
        opened, wall = sorted(self.open_times), sorted(self.wall_times)
        return ReportLine(
            group,
            metric,
            sum(self.counts.values()),
            **self.counts,
            median_open=_percentile(opened, 50),
            p90_open=_percentile(opened, 90),
            median_wall=_percentile(wall, 50),
            p90_wall=_percentile(wall, 90),
        )


def _outcomes(ticket: Ticket, policy: Policy, as_of: datetime) -> list[Outcome]:
    if unknown := [metric for metric in ticket.stops if metric not in policy.metrics]:
        raise _bad_row("metric_unknown", "no rule promises this metric", unknown[0], ", ".join(policy.metrics), "stops")
    for metric, stop in ticket.stops.items():
        if to_us(stop, metric) < to_us(ticket.received):
            given, accepts = (
                f"{stop.isoformat()} before {ticket.received.isoformat()}",
                "an instant at or after receipt",
            )
            raise _bad_row("stop_before_receipt", "this was done before it was received", given, accepts, metric)
    promises = policy.promise_for(ticket.received, ticket.fields)
    return [outcome(promise, ticket.stops.get(metric), as_of=as_of) for metric, promise in promises.items()]


def _ticket(row: Mapping[str, object], policy: Policy, place: int) -> Ticket:
    accepted = ("ticket", "received", *policy.field_names, *policy.metrics)
    if unknown := [key for key in row if key not in accepted]:
        raise _bad_row("row_key_unknown", "the policy does not know this key", unknown[0], ", ".join(accepted), "")
    received = row.get("received")
    if not isinstance(received, datetime):
        raise _bad_row(
            "row_received_missing", "this is no instant of receipt", received, "an aware datetime", "received"
        )
    stops = {metric: at for metric in policy.metrics if (at := _stop(row.get(metric), metric)) is not None}
    named = {name: str(row[name]) for name in policy.field_names if row.get(name) is not None}
    return Ticket(str(row.get("ticket", place)), received, named, stops)


def _stop(at: object, metric: str) -> datetime | None:
    """Return when a metric was done; None and what is not itself, as pandas' NaT, say not yet."""
    if at is None or at != at:  # noqa: PLR0124 - NaT and NaN
        return None
    if not isinstance(at, datetime):
        raise _bad_row("row_not_an_instant", "this is not an instant", at, "an aware datetime, or None", metric)
    return at


def _bad_row(code: str, problem: str, given: object, accepts: str, where: str) -> LogError:
    return LogError(code, problem, given=given, accepts=accepts, where=where)


def _percentile(ordered: list[timedelta], percent: int) -> timedelta | None:
    """Return the smallest value with at least that share of the values at or below it (nearest rank)."""
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


def _closures(ledger: Ledger) -> str:
    sums: dict[str, timedelta] = {}
    for segment in ledger:
        if segment.kind not in {"counted", "outside_hours", "break"}:
            sums[segment.reason] = sums.get(segment.reason, timedelta(0)) + segment.wall
    return ", ".join(f"{reason} {print_amount(length)}" for reason, length in sums.items())


def _rank(entry: tuple[tuple[timedelta, timedelta, int], Worst]) -> tuple[timedelta, timedelta, int]:
    return entry[0]


def _seconds(amount: timedelta | None) -> float | None:
    return None if amount is None else amount.total_seconds()
