"""Attainment: of the promises that fell due, how many were kept, and how long it took."""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from slacalc.arguments import each_of, nearest_first
from slacalc.business_time.instants import to_us
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.cycle import CANCELLATIONS
from slacalc.clocks.outcome import Outcome, Status, outcome, outcome_of
from slacalc.clocks.replay import Clocks, replay
from slacalc.errors import LogError, PolicyError, SlaError
from slacalc.logs.reading import Problem, Ticket
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.field_values import field_value, value_text
from slacalc.policies.document.rules import OwedBy, PromiseKind
from slacalc.policies.promise import begins_later
from slacalc.reports.figures import ALL, Report, ReportLine, Worst
from slacalc.reports.merges import Judged, Merges

__all__ = ["Dated", "report"]

Dated: TypeAlias = Literal["created", "due"]

_MOST_WORST: Final = 10
_ROWS: Final = (
    'Ticket values, such as read_log(...).tickets or group_tickets(events), or dicts: frame.to_dict("records")'
)


def report(
    rows: "Iterable[Ticket | Mapping[str, object]]",
    policy: AnyPolicy,
    *,
    as_of: datetime,
    by: str = "priority",
    since: datetime | None = None,
    until: datetime | None = None,
    dated: Dated = "created",
    lines: Mapping[str, int] | None = None,
    leave_out: Sequence[str] = (),
) -> Report:
    """Return how the promises of a policy were kept, per metric and value of a field, as of an instant.

    A row is a `Ticket`, or a mapping with "received", optionally "ticket", the policy's
    fields, and for each metric when it was done (None, or left out: not yet). A ticket with events is
    replayed, with its pauses and changes, and each cycle counts. What is open and not due is pending; open
    and overdue is breached; cancelled is counted apart, and where it was late before it is breached, unless `leave_out`
    names why it was cancelled ("deleted"). What is not owed, and what the customer owes, has lines of its own, and no
    part in ours. What was received after `as_of` is not there yet. `policy` may be `PolicyVersions`: each promise is
    judged by the version in force when it began, its objective included. `since` and `until` (not included) take the
    promises that began then, or with `dated="due"` those that fell due then. A ticket that no rule matches, or whose
    row cannot be read, is left out and listed in `problems` by its place (`lines` gives the line of a ticket in
    its log).

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> answered = friday + timedelta(hours=1)
    >>> rows = [{"ticket": "7", "received": friday, "priority": "normal", "first_response": answered}]
    >>> line = report(rows, sample_policy("webshop_helpdesk"), as_of=friday + timedelta(days=3)).lines[0]
    >>> line.met, line.attainment, line.objective_met, line.median_open
    (1, 1.0, True, datetime.timedelta(seconds=3600))
    """
    to_us(as_of, "as_of")
    _check_rows(rows)
    _check_field(policy, by)
    period = _period(since, until, dated)
    tally = _Tally(_reasons(leave_out))
    problems: list[Problem] = []
    for place, row in enumerate(rows, 1):
        _check_row(row, place)
        try:
            ticket = row if isinstance(row, Ticket) else _ticket(row, policy, place)
            if to_us(ticket.received, "received") > to_us(as_of):
                continue
            kept, left_out = _outcomes(ticket, policy, by, as_of)
            tally.add(ticket, kept, period)
            problems += (Problem((lines or {}).get(ticket.id, place), error) for error in left_out)
        except SlaError as error:
            name = row.id if isinstance(row, Ticket) else ""
            problems.append(Problem((lines or {}).get(name, place), error))
    tally.finish()
    return Report(
        policy.name, as_of, by, tally.tickets, tally.lines(), tally.worst(), tuple(problems), tally.taken_for_customers
    )


def _check_rows(rows: object) -> None:
    """Refuse what would be read as no rows at all: the columns of a data frame, the keys of one row, a text."""
    if not isinstance(rows, Iterable) or isinstance(rows, Mapping | str | bytes) or hasattr(type(rows), "columns"):
        raise _no_rows("these are no rows", rows, "")


def _check_row(row: object, place: int) -> None:
    if not isinstance(row, Ticket | Mapping) or isinstance(row, Clocks):
        raise _no_rows("this is no row", row, f"row {place}")


def _no_rows(problem: str, given: object, where: str) -> LogError:
    return LogError("rows_invalid", problem, given=type(given).__name__, accepts=_ROWS, where=where)


def _check_field(policy: AnyPolicy, by: str) -> None:
    if by not in policy.field_names:
        raise PolicyError(
            "field_undeclared",
            "the policy declares no such field",
            given=by,
            accepts=", ".join(policy.field_names),
            where="by",
        )


class _Period(NamedTuple):
    """The promises that a report is about, by instants."""

    since: int | None
    until: int | None
    dated: Dated

    def has(self, result: Outcome) -> bool:
        """Tell whether a promise began then, or fell due then; one that ended while paused falls due when it ended."""
        promise = result.promise
        date = promise.origin if self.dated == "created" else promise.due or result.done_at
        if date is None or (self.since is None and self.until is None):
            return self.since is None and self.until is None
        return (self.since is None or to_us(date) >= self.since) and (self.until is None or to_us(date) < self.until)


def _period(since: datetime | None, until: datetime | None, dated: Dated) -> _Period:
    if dated not in get_args(Dated):
        raise LogError(
            "dated_unknown",
            "promises have no such date",
            given=dated,
            accepts=nearest_first(dated, get_args(Dated)),
            where="dated",
        )
    start = None if since is None else to_us(since, "since")
    end = None if until is None else to_us(until, "until")
    if start is not None and end is not None and end < start:
        raise LogError(
            "period_reversed",
            "the period ends before it begins",
            given=f"{since}..{until}",
            accepts="until at or after since",
            where="until",
        )
    return _Period(start, end, dated)


class _Key(NamedTuple):
    """What promises are counted by; those that we owe stand before the others."""

    is_whole: bool
    group: str
    metric: str
    is_apart: bool
    kind: PromiseKind
    owed_by: OwedBy


class _Tally:
    """The figures of all groups, and the worst breaches, while tickets go by."""

    def __init__(self, leave_out: frozenset[str]) -> None:
        self.tickets = 0
        self.taken_for_customers = 0
        self._leave_out = leave_out
        self._groups: dict[_Key, _Group] = {}
        self._worst: list[tuple[tuple[timedelta, timedelta, int], Worst]] = []
        self._breaches = 0
        self._merges = Merges()

    def add(self, ticket: Ticket, judged: list[Judged], period: _Period) -> None:
        inside = [each for each in judged if period.has(each.result)]
        counts = bool(inside) or not judged
        self.tickets += counts
        self.taken_for_customers += counts and ticket.creator_assumed
        for each in self._merges.without_those_that_go_on(ticket, inside):
            self._count(ticket.id, each)

    def finish(self) -> None:
        """Count the breaches of tickets that were merged away, each once, where they belong."""
        for ticket, each in self._merges.breaches():
            self._count(ticket, each)

    def lines(self) -> tuple[ReportLine, ...]:
        return tuple(self._groups[key].line(key) for key in sorted(self._groups))

    def worst(self) -> tuple[Worst, ...]:
        return tuple(entry for _, entry in sorted(self._worst, key=_rank, reverse=True))

    def _count(self, ticket: str, each: Judged) -> None:
        group, result = each
        status: Status = "cancelled" if _cancelled_late(result) in self._leave_out else result.status
        metric, kind, owed_by = result.promise.metric, result.promise.kind, result.promise.owed_by
        is_apart = (kind, owed_by) != ("owed", "us")
        for is_whole, name in ((False, group), (True, ALL)):
            key = _Key(is_whole, name, metric, is_apart, kind, owed_by)
            self._groups.setdefault(key, _Group()).add(result, status)
        if status == "breached" and owed_by == "us" and not _is_deprioritised(result):
            self._breaches += 1
            entry = ((result.overdue_by_open, result.overdue_by, -self._breaches), Worst(ticket, group, result))
            (heapq.heappush if len(self._worst) < _MOST_WORST else heapq.heappushpop)(self._worst, entry)


class _Group:
    """The figures of one group while tickets go by."""

    __slots__ = ("cancelled_late", "changed", "counts", "moved", "objectives", "open_times", "wall_times", "within")

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.cancelled_late: Counter[str] = Counter()
        self.within: Counter[bool] = Counter()
        self.changed = 0
        self.objectives: set[float | None] = set()
        self.open_times: list[timedelta] = []
        self.wall_times: list[timedelta] = []
        self.moved: list[timedelta] = []

    def add(self, result: Outcome, status: Status) -> None:
        if _is_deprioritised(result):
            self.counts["deprioritised"] += 1
            return
        self.counts[status] += 1
        self.objectives.add(result.promise.objective)
        if result.within is not None:
            self.within[result.within] += 1
        if result.done_at is not None:
            self.open_times.append(result.open_time)
            self.wall_times.append(result.wall_time)
        if isinstance(result.promise, ClockState):
            self._add_clock(result.promise, status)

    def _add_clock(self, clock: ClockState, status: Status) -> None:
        if status == "breached":
            self.changed += clock.target_changed
            self.cancelled_late.update([clock.cancelled] if clock.cancelled else [])
        if clock.moved_by_pauses:
            self.moved.append(clock.moved_by_pauses)

    def line(self, key: _Key) -> ReportLine:
        opened, wall, moved = sorted(self.open_times), sorted(self.wall_times), sorted(self.moved)
        why = (f"{reason.replace('_', ' ')} {count}" for reason, count in sorted(self.cancelled_late.items()))
        return ReportLine(
            key.group,
            key.metric,
            key.kind,
            key.owed_by,
            tickets=self.counts.total(),
            met=self.counts["met"],
            breached=self.counts["breached"],
            done=self.counts["done"],
            pending=self.counts["pending"],
            cancelled=self.counts["cancelled"],
            deprioritised=self.counts["deprioritised"],
            breached_cancelled=self.cancelled_late.total(),
            breached_cancelled_why=", ".join(why),
            breached_then_changed=self.changed,
            within=self.within[True] / self.within.total() if self.within else None,
            objective=next(iter(self.objectives)) if len(self.objectives) == 1 else None,
            median_open=_percentile(opened, 50),
            p90_open=_percentile(opened, 90),
            median_wall=_percentile(wall, 50),
            p90_wall=_percentile(wall, 90),
            median_moved=_percentile(moved, 50),
        )


def _reasons(leave_out: Sequence[str]) -> frozenset[str]:
    """Return the reasons that are left out, checked."""
    reasons = frozenset(each_of(leave_out, str, "leave_out", 'several reasons, such as ["deleted"]'))
    if unknown := sorted(reasons - {*CANCELLATIONS}):
        raise LogError(
            "reason_unknown",
            "no clock is cancelled for this",
            given=unknown[0],
            accepts=nearest_first(unknown[0], CANCELLATIONS),
            where="leave_out",
        )
    return reasons


def _cancelled_late(result: Outcome) -> str:
    """Return why a promise was cancelled that had been broken before; nothing for any other."""
    return result.promise.cancelled if isinstance(result.promise, ClockState) and result.status == "breached" else ""


def _is_deprioritised(result: Outcome) -> bool:
    return isinstance(result.promise, ClockState) and result.promise.excluded_from_objective


def _outcomes(ticket: Ticket, policy: AnyPolicy, by: str, as_of: datetime) -> tuple[list[Judged], list[SlaError]]:
    """Return what became of each promise of a ticket, and its events that could not be used."""
    if not ticket.events:
        return [Judged(ticket.fields.get(by, ""), result) for result in _stopped(ticket, policy, as_of)], []
    clocks = replay(ticket.events, policy, as_of=as_of, ticket=ticket.id)
    states = (state for metric in clocks for state in clocks.cycles(metric))
    left_out: list[SlaError] = [
        LogError("event_left_out", f"event {gap.place + 1} of ticket {ticket.id} was not used: {gap.message}")
        for gap in clocks.gaps
        if gap.message
    ]
    return [Judged(state.fields.get(by, ""), outcome_of(state)) for state in states], left_out


def _stopped(ticket: Ticket, policy: AnyPolicy, as_of: datetime) -> list[Outcome]:
    """Return the outcomes of a ticket by when each metric was done. Raises MetricError for one that begins later."""
    if unknown := [metric for metric in ticket.done if metric not in policy.metrics]:
        raise _bad_row(
            "metric_unknown",
            "no rule promises this metric",
            unknown[0],
            nearest_first(unknown[0], policy.metrics),
            "done",
        )
    for metric, at in ticket.done.items():
        if to_us(at, metric) < to_us(ticket.received):
            given, accepts = (
                f"{at.isoformat()} before {ticket.received.isoformat()}",
                "an instant at or after receipt",
            )
            raise _bad_row("done_before_receipt", "this was done before it was received", given, accepts, metric)
    promises = policy.promise_for(ticket.received, ticket.fields)
    if later := [metric for metric in ticket.done if metric in promises.later]:
        raise begins_later(later[0], promises.later[later[0]].begins).placed("done")
    return [outcome(promise, ticket.done.get(metric), as_of=as_of) for metric, promise in promises.items()]


def _ticket(row: Mapping[str, object], policy: AnyPolicy, place: int) -> Ticket:
    accepted = ("ticket", "received", *policy.field_names, *policy.metrics)
    if unknown := [key for key in row if key not in accepted]:
        raise _bad_row(
            "row_key_unknown", "the policy does not know this key", unknown[0], nearest_first(unknown[0], accepted), ""
        )
    received = row.get("received")
    if not isinstance(received, datetime):
        raise _bad_row(
            "row_received_missing", "this is no instant of receipt", received, "an aware datetime", "received"
        )
    done = {metric: at for metric in policy.metrics if (at := _done_at(row.get(metric), metric)) is not None}
    given = {name: field_value(row.get(name), name) for name in policy.field_names}
    named = {name: value_text(value) for name, value in given.items() if value is not None}
    return Ticket(str(row.get("ticket", place)), received, named, done)


def _done_at(at: object, metric: str) -> datetime | None:
    """Return when a metric was done; what is missing says not yet."""
    if _is_missing(at):
        return None
    if not isinstance(at, datetime):
        raise _bad_row("row_not_an_instant", "this is not an instant", at, "an aware datetime, or None", metric)
    return at


def _is_missing(value: object) -> bool:
    """Tell what data frames have for nothing: None; NaN and NaT, which are not themselves; NA, which cannot tell."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124
    except TypeError:
        return True


def _bad_row(code: str, problem: str, given: object, accepts: str, where: str) -> LogError:
    return LogError(code, problem, given=given, accepts=accepts, where=where)


def _percentile(ordered: list[timedelta], percent: int) -> timedelta | None:
    """Return the smallest value with at least that share of the values at or below it (nearest rank)."""
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


def _rank(entry: tuple[tuple[timedelta, timedelta, int], Worst]) -> tuple[timedelta, timedelta, int]:
    return entry[0]
