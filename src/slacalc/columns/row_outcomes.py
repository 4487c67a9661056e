"""Which way rows of tickets are judged at once: those of a log as they are kept, those with events, and any other."""

from collections.abc import Sequence
from datetime import datetime

from slacalc.columns.event_outcomes import judge_events, table_of_events
from slacalc.columns.given_rows import Row
from slacalc.columns.outcomes import JudgedTable, TicketTable, judge_columns
from slacalc.columns.ticket_tables import tickets_of_log, tickets_of_rows
from slacalc.logs.reading import Ticket
from slacalc.logs.tickets import Tickets
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["judge_rows"]


def judge_rows(policy: AnyPolicy, rows: Sequence[Row], as_of: datetime) -> tuple[TicketTable, JudgedTable]:
    """Return tickets as a table, and what became of their promises, as of an instant."""
    if isinstance(rows, Tickets) and not rows.has_events:
        table = tickets_of_log(policy, rows)
        return table, judge_columns(policy, table, as_of)
    if isinstance(rows, Tickets) or all(isinstance(row, Ticket) and row.events for row in rows):
        tickets: Sequence[Ticket] = rows  # type: ignore[assignment]  # all are tickets
        table = table_of_events(tickets)
        return table, judge_events(policy, tickets, table, as_of)
    table = tickets_of_rows(policy, rows)
    return table, judge_columns(policy, table, as_of)
