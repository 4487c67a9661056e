"""The clocks of many tickets as columns: a row for each ticket, metric and cycle."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import read_zone
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.replay import replay
from slacalc.errors import SlaError
from slacalc.events.event import Event, pairs_of
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["replay_frame"]

_INSTANTS: Final = ("origin", "due", "done_at", "breached_at", "cancelled_at")
_OTHERS: Final = ("status", "rule", "elapsed", "remaining", "overdue_by", "percent", "answered", "cancelled")


def replay_frame(
    policy: AnyPolicy, events: Iterable[tuple[str, Event]], *, as_of: datetime, zone: str | ZoneInfo = "UTC"
) -> dict[str, list[Any]]:
    """Return the columns `ticket`, `metric`, `cycle` (from 1), and what the state of each clock is.

    Tickets are in the order of their first event. Raises what `replay` raises, naming the ticket.
    """
    told_in = read_zone(zone)
    columns: dict[str, list[Any]] = {name: [] for name in ("ticket", "metric", "cycle", *_INSTANTS, *_OTHERS)}
    for ticket, happened in _by_ticket(events).items():
        try:
            clocks = replay(happened, policy, as_of=as_of)
        except SlaError as error:
            raise error.at(f"ticket {ticket}") from None
        for metric in clocks:
            for number, state in enumerate(clocks.cycles(metric), 1):
                row = {"ticket": ticket, "metric": metric, "cycle": number, **_row(state, told_in)}
                for name, value in row.items():
                    columns[name].append(value)
    return columns


def _by_ticket(events: Iterable[tuple[str, Event]]) -> dict[str, list[Event]]:
    by_ticket: dict[str, list[Event]] = {}
    for ticket, event in pairs_of(events):
        by_ticket.setdefault(ticket, []).append(event)
    return by_ticket


def _row(state: ClockState, zone: ZoneInfo) -> dict[str, Any]:
    instants = {name: getattr(state, name) for name in _INSTANTS}
    told = {name: None if instant is None else instant.astimezone(zone) for name, instant in instants.items()}
    return told | {name: getattr(state, name) for name in _OTHERS}
