"""What Zammad itself says of its promises: the escalation fields of a ticket.

Facts of the format (docs.zammad.org, "Ticket", 2026): `first_response_escalation_at` and `close_escalation_at` are when
it is due, `first_response_at` and `close_at` when it was done; `..._diff_in_min` is how many minutes of the target were
left when it was done, less than none of one that was late.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from slacalc.interop.parity import Judgement
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.zammad.records import records_in
from slacalc.interop.zammad.tickets import histories_by_ticket

__all__ = ["read_judgements"]

_METRICS: Final = (("first_response", "first_response"), ("close", "resolution"))
_MOST_MINUTES: Final = 10**9


def read_judgements(source: object) -> tuple[Judgement, ...]:
    """Return what Zammad says of first responses and resolutions, by ticket: of those whose histories are there.

    `source` is what `load` takes, with tickets. Raises InteropError for what cannot be read.
    """
    records = records_in(documents_in(source))
    told = histories_by_ticket(records)
    tickets = [each for each in records["tickets"] if each["id"].text() in told]
    return tuple(each for found in read_each(tickets, lambda ticket: [*_judgements(ticket)]) for each in found)


def _judgements(ticket: Part) -> Iterator[Judgement]:
    number, created = ticket["id"].text(), ticket["created_at"].instant()
    for prefix, metric in _METRICS:
        due, done = _instant(ticket, f"{prefix}_escalation_at"), _instant(ticket, f"{prefix}_at")
        left = _minutes(ticket, f"{prefix}_diff_in_min")
        if due is None and (done is None or left is None):
            continue
        late = (done is None or due is None or done > due) if left is None else left < 0
        ledger = (
            (created, "created"),
            *_said(done, f"{prefix}_at", left),
            *_said(due, f"{prefix}_escalation_at", None),
        )
        breached = due if late else None
        unknown = late and due is None
        yield Judgement(number, metric, 1, "", created, breached, done, tuple(sorted(ledger)), due, late=unknown)


def _said(at: datetime | None, name: str, left: int | None) -> Iterator[tuple[datetime, str]]:
    if at is not None:
        yield at, name if left is None else f"{name}, {left} minutes left"


def _instant(ticket: Part, key: str) -> datetime | None:
    return ticket[key].instant() if key in ticket else None


def _minutes(ticket: Part, key: str) -> int | None:
    return ticket[key].whole(-_MOST_MINUTES, _MOST_MINUTES) if key in ticket else None
