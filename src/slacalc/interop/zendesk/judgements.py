"""What Zendesk itself says of its promises: the metric events of tickets.

Facts of the format (developer.zendesk.com, "Ticket Metric Events", 2026): each metric of a ticket has instances, one
after another; `apply_sla` says the target, `breach` when it passed, and a breach that was `deleted` did not happen;
`fulfill` ends the instance. The metrics have other names than in SLA policies: the first instance of `reply_time` is
the first reply, the others are next replies.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from slacalc.business_time.amounts import format_amount
from slacalc.interop.parity import Judgement
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.zendesk.answers import answers_in
from slacalc.interop.zendesk.sla_policies import METRICS

__all__ = ["read_judgements"]

_KINDS: Final = (
    "activate", "pause", "fulfill", "apply_sla", "apply_group_sla", "breach", "update_status", "measure",
)  # fmt: skip
_METRICS: Final = {**METRICS, "resolution_time": "resolution"}
_REPLY: Final = "reply_time"
_GROUPS: Final = "group_ownership_time"


def read_judgements(source: object) -> tuple[Judgement, ...]:
    """Return what Zendesk says of each promise, by ticket, metric and cycle; not of group SLAs.

    `source` is what `load` takes, with answers of `ticket_metric_events`. Raises InteropError for what cannot be read.
    """
    by_instance: dict[tuple[str, str, int], list[Part]] = {}
    parts = answers_in(documents_in(source))["ticket_metric_events"]
    for key, part in read_each(parts, lambda part: (_instance(part), part)):
        if key is not None:
            by_instance.setdefault(key, []).append(part)
    found = (_judgement(*key, events) for key, events in sorted(by_instance.items()))
    return tuple(each for each in found if each is not None)


def _instance(part: Part) -> tuple[str, str, int] | None:
    """Return the ticket, our metric and the cycle; None of what is no promise of ours: group SLAs, and measures."""
    metric, kind = part["metric"].word(*_METRICS, _REPLY, _GROUPS), part["type"].word(*_KINDS)
    ticket, number = part["ticket_id"].text(), part["instance_id"].whole(0, 10**6)
    part["time"].instant()
    if metric == _GROUPS or kind == "measure" or number == 0:
        return None
    if metric == _REPLY:
        return ticket, "first_response" if number == 1 else "next_response", max(1, number - 1)
    return ticket, _METRICS[metric], number


def _judgement(ticket: str, metric: str, cycle: int, events: Iterable[Part]) -> Judgement | None:
    """Return what the events of an instance say; None where no SLA was applied to it."""
    in_order = sorted(events, key=lambda each: (each["time"].instant(), each["id"].whole(0, 2**63)))
    target, breached, done, begun = "", None, None, None
    for each in in_order:
        at = each["time"].instant()
        match each["type"].value:
            case "activate":
                begun = at if begun is None else begun
            case "apply_sla":
                target = _target(each["sla"])
            case "breach":
                is_deleted = "deleted" in each and each["deleted"].truth()
                breached = None if is_deleted and breached == at else breached if is_deleted else at
            case "fulfill":
                done = at
    if not target:
        return None
    ledger = tuple((each["time"].instant(), _said(each)) for each in in_order)
    return Judgement(ticket, metric, cycle, target, begun, breached, done, ledger)


def _target(sla: Part) -> str:
    seconds = (
        sla["target_in_seconds"].whole(0, 10**9) if "target_in_seconds" in sla else 60 * sla["target"].whole(0, 10**8)
    )
    hours = "business" if sla["business_hours"].truth() else "calendar"
    return f"{format_amount(timedelta(seconds=seconds))} in {hours} hours"


def _said(part: Part) -> str:
    kind = part["type"].text()
    if kind == "apply_sla":
        return f"apply_sla: {_target(part['sla'])}"
    return f"{kind}, deleted" if "deleted" in part and part["deleted"].truth() else kind
