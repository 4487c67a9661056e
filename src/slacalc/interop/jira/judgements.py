"""What Jira itself says of its promises: each cycle of an SLA of a request."""

from collections.abc import Iterator
from datetime import datetime

from slacalc.business_time.amounts import format_amount
from slacalc.interop.jira.metric_names import metric_named
from slacalc.interop.jira.sla_answers import SlaCycle, read_sla
from slacalc.interop.parity import Judgement

__all__ = ["read_judgements"]


def read_judgements(source: object) -> tuple[Judgement, ...]:
    """Return what Jira says of each cycle of its SLAs, by request: to the millisecond.

    `source` is what `read_sla` takes: answers about SLAs, or issues that have them in fields; of a request with both,
    the answers count. "Time to resolution" is `resolution`, "Time to first response" `first_response`. Raises
    InteropError for what cannot be read.
    """
    found = {(each.request, each.name, each.number): each for each in reversed(read_sla(source))}
    return tuple(_judgement(cycle) for _, cycle in sorted(found.items()))


def _judgement(cycle: SlaCycle) -> Judgement:
    return Judgement(
        cycle.request,
        metric_named(cycle.name),
        cycle.number,
        f"{format_amount(cycle.goal)} in business hours",
        cycle.started_at,
        cycle.breach_at if cycle.breached else None,
        cycle.done_at,
        tuple(sorted(_ledger(cycle))),
        cycle.breach_at,
    )


def _ledger(cycle: SlaCycle) -> Iterator[tuple[datetime, str]]:
    yield cycle.started_at, f"{cycle.name} begins, goal {format_amount(cycle.goal)}"
    if cycle.breach_at is not None:
        yield cycle.breach_at, "is breached" if cycle.breached else "would be breached"
    if cycle.done_at is not None:
        yield cycle.done_at, f"ends, {format_amount(cycle.elapsed)} elapsed"
