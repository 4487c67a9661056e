"""The clocks of many tickets as columns: a row for each ticket, metric and cycle."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import read_zone, to_us
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.many_tickets import LeftOut
from slacalc.clocks.replay import Clocks, replay
from slacalc.errors import SlaError
from slacalc.events.event import Event, pairs_of
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["ReplayColumns", "replay_frame"]

_INSTANTS: Final = ("origin", "due", "done_at", "breached_at", "cancelled_at")
_OTHERS: Final = (
    "kind", "owed_by", "status", "rule", "elapsed", "remaining", "overdue_by", "percent", "answered", "cancelled",
    "within",
)  # fmt: skip


class ReplayColumns(dict[str, list[Any]]):
    """The columns of many clocks by name; `left_out` are the tickets that cannot be answered for."""

    left_out: tuple[LeftOut, ...] = ()


def replay_frame(
    policy: AnyPolicy,
    events: Iterable[tuple[str, Event]],
    *,
    as_of: datetime,
    zone: str | ZoneInfo = "UTC",
    strict: bool = False,
) -> ReplayColumns:
    """Return the columns `ticket`, `metric`, `cycle` (from 1), and what the state of each clock is.

    What is not owed, or is owed by the customer, is told apart by `kind` and `owed_by`; `within` tells whether what is
    not owed was done by the latest of what is usual.
    Tickets are in the order of their first event. `left_out` are the tickets that `replay` cannot answer for: not
    created by then, or of no rule. With `strict` the first of them raises what `replay` raises, naming the ticket.
    """
    told_in = read_zone(zone)
    to_us(as_of, "as_of")
    columns = ReplayColumns({name: [] for name in ("ticket", "metric", "cycle", *_INSTANTS, *_OTHERS)})
    left_out: list[LeftOut] = []
    for ticket, happened in _by_ticket(events).items():
        try:
            rows = list(_rows(replay(happened, policy, as_of=as_of), ticket, told_in))
        except SlaError as error:
            if strict:
                raise error.at(f"ticket {ticket}") from None
            left_out.append(LeftOut(ticket, error.code, str(error)))
            continue
        for row in rows:
            for name, value in row.items():
                columns[name].append(value)
    columns.left_out = tuple(left_out)
    return columns


def _rows(clocks: Clocks, ticket: str, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    for metric in clocks:
        for number, state in enumerate(clocks.cycles(metric), 1):
            yield {"ticket": ticket, "metric": metric, "cycle": number, **_row(state, zone)}


def _by_ticket(events: Iterable[tuple[str, Event]]) -> dict[str, list[Event]]:
    by_ticket: dict[str, list[Event]] = {}
    for ticket, event in pairs_of(events):
        by_ticket.setdefault(ticket, []).append(event)
    return by_ticket


def _row(state: ClockState, zone: ZoneInfo) -> dict[str, Any]:
    instants = {name: getattr(state, name) for name in _INSTANTS}
    told = {name: None if instant is None else instant.astimezone(zone) for name, instant in instants.items()}
    return told | {name: getattr(state, name) for name in _OTHERS}
