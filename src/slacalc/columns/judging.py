"""What became of each promise of a ticket, one ticket after the other: the loop that columns are held to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import to_us
from slacalc.clocks.outcome import Outcome, outcome, outcome_of
from slacalc.clocks.replay import replay
from slacalc.columns.naming import known_names, misspelled
from slacalc.errors import LogError, SlaError
from slacalc.logs.reading import Ticket
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.field_values import field_value, value_text
from slacalc.policies.promise import begins_later

__all__ = ["Asked", "Judged", "asked_of", "is_missing", "is_there", "judge", "refuse_misspelled", "repeated"]


class Asked(NamedTuple):
    """A ticket, and the named instants, other than receipt, that its metrics count from."""

    ticket: Ticket
    origins: Mapping[str, datetime]


class Judged(NamedTuple):
    """What became of one promise: which of its metric, under which rule, of which fields by then, and the outcome."""

    cycle: int
    rule: str
    fields: Mapping[str, str]
    received: datetime
    result: Outcome

    @property
    def metric(self) -> str:
        """The metric that was promised."""
        return self.result.promise.metric


def asked_of(row: Ticket | Mapping[str, object], policy: AnyPolicy, place: int) -> Asked:
    """Return the ticket of a row; one without a name is known by its place. Raises LogError for what is no such row."""
    if isinstance(row, Ticket):
        return Asked(row, {})
    refuse_misspelled(row, policy)
    received = row.get("received")
    if not isinstance(received, datetime):
        raise _bad_row(
            "row_received_missing", "this is no instant of receipt", received, "an aware datetime", "received"
        )
    done = dict(_instants(row, policy.metrics))
    given = {name: field_value(row.get(name), name) for name in policy.field_names}
    fields = {name: value_text(value) for name, value in given.items() if value is not None}
    ticket = Ticket(str(row.get("ticket", place)), received, fields, done)
    return Asked(ticket, dict(_instants(row, sorted(policy.origins))))


def refuse_misspelled(row: Iterable[str], policy: AnyPolicy) -> None:
    """Raise LogError for a key that is spelled like one that the row lacks: what it says would be lost in silence.

    Any other key that the policy does not know means nothing, as a column of a data frame.
    """
    known, keys = known_names(policy), tuple(row)
    found = misspelled(keys, [name for name in known if name not in keys], known)
    if found is not None:
        accepts = nearest_first(found[0], known)
        raise _bad_row("row_key_unknown", "the policy does not know this key", found[0], accepts, "")


def judge(asked: Asked, policy: AnyPolicy, as_of: datetime) -> tuple[list[Judged], list[SlaError]]:
    """Return what became of each promise of a ticket, and its events that could not be used.

    Raises what `promise`, `outcome` and `replay` raise.
    """
    return _replayed(asked.ticket, policy, as_of) if asked.ticket.events else (_stopped(asked, policy, as_of), [])


def repeated(names: Sequence[object]) -> dict[int, LogError]:
    """Return the errors of rows whose ticket has a row before, by their place; one without a name is of its own."""
    if len(set(names)) == len(names):
        return {}
    first: dict[str, int] = {}
    again = {}
    for place, name in enumerate(names):
        before = place if is_missing(name) else first.setdefault(str(name), place)
        if before != place:
            accepts = f"one row a ticket; it stands in row {before + 1}, too"
            again[place] = LogError("ticket_twice", "a ticket has two rows", given=name, accepts=accepts)
    return again


def is_there(ticket: Ticket, as_of: datetime) -> bool:
    """Tell whether a ticket had been received by an instant."""
    return to_us(ticket.received, "received") <= to_us(as_of)


def is_missing(value: object) -> bool:
    """Tell what data frames have for nothing: None; NaN and NaT, which are not themselves; NA, which cannot tell."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124
    except TypeError:
        return True


def _replayed(ticket: Ticket, policy: AnyPolicy, as_of: datetime) -> tuple[list[Judged], list[SlaError]]:
    clocks = replay(ticket.events, policy, as_of=as_of, ticket=ticket.id)
    judged = [
        Judged(number, state.rule, state.fields, clocks.received, outcome_of(state))
        for metric in clocks
        for number, state in enumerate(clocks.cycles(metric), 1)
    ]
    left_out: list[SlaError] = [
        LogError("event_left_out", f"event {gap.place + 1} of ticket {ticket.id} was not used: {gap.message}")
        for gap in clocks.gaps
        if gap.message
    ]
    return judged, left_out


def _stopped(asked: Asked, policy: AnyPolicy, as_of: datetime) -> list[Judged]:
    """Return the outcomes of a ticket by when each metric was done. MetricError for one that begins later."""
    ticket = asked.ticket
    _check_done(ticket, policy)
    promises = policy.promise_for(ticket.received, ticket.fields, origins=asked.origins)
    if later := [metric for metric in ticket.done if metric in promises.later]:
        raise begins_later(later[0], promises.later[later[0]].begins).placed("done")
    return [
        Judged(1, promise.rule, ticket.fields, ticket.received, outcome(promise, ticket.done.get(metric), as_of=as_of))
        for metric, promise in promises.items()
    ]


def _check_done(ticket: Ticket, policy: AnyPolicy) -> None:
    if unknown := [metric for metric in ticket.done if metric not in policy.metrics]:
        accepts = nearest_first(unknown[0], policy.metrics)
        raise _bad_row("metric_unknown", "no rule promises this metric", unknown[0], accepts, "done")
    received = to_us(ticket.received)
    early = [_done_early(ticket, metric, at) for metric, at in ticket.done.items() if to_us(at, metric) < received]
    if early:
        raise LogError.of(early)


def _done_early(ticket: Ticket, metric: str, at: datetime) -> LogError:
    given = f"{at.isoformat()} before {ticket.received.isoformat()}"
    accepts = "an instant at or after receipt"
    return _bad_row("done_before_receipt", "this was done before it was received", given, accepts, metric)


def _instants(row: Mapping[str, object], names: tuple[str, ...] | list[str]) -> Iterator[tuple[str, datetime]]:
    """Return the instants of a row by name; what is missing says not yet."""
    for name in names:
        at = row.get(name)
        if is_missing(at):
            continue
        if not isinstance(at, datetime):
            raise _bad_row("row_not_an_instant", "this is not an instant", at, "an aware datetime, or None", name)
        yield name, at


def _bad_row(code: str, problem: str, given: object, accepts: str, where: str) -> LogError:
    return LogError(code, problem, given=given, accepts=accepts, where=where)
