"""What Chatwoot itself says of its promises: applied SLAs and their events.

Facts of the format (chatwoot/chatwoot, enterprise/app/models/applied_sla.rb and sla_event.rb, 2026): an applied SLA is
active, active_with_misses, hit or missed; an event `frt`, `nrt` or `rt` says that the first reply, a next reply or the
resolution was missed, when that was noticed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from slacalc.interop.chatwoot.conversations import ChatMessage, messages_of, resolved_at, seconds
from slacalc.interop.chatwoot.records import records_in
from slacalc.interop.chatwoot.sla_policies import METRICS
from slacalc.interop.parity import Judgement
from slacalc.interop.parts import Part, documents_in, read_each

__all__ = ["read_judgements"]

_EVENTS: Final[Mapping[str, str]] = {"frt": "first_response", "nrt": "next_response", "rt": "resolution"}
_STATUSES: Final = ("active", "active_with_misses", "hit", "missed")
_ENDED: Final = ("hit", "missed")


class _Missed(NamedTuple):
    """An event: what was missed, and when it was noticed."""

    metric: str
    at: datetime


class _Cycle(NamedTuple):
    """From when to when something was waited for; None while it is."""

    began: datetime
    ended: datetime | None


def read_judgements(source: object) -> tuple[Judgement, ...]:
    """Return what Chatwoot says of each promise of conversations that are there, by conversation, metric and cycle.

    `source` is what `load` takes, with conversations, their messages, and applied SLAs, which stand in an answer of
    theirs or in the conversation. Raises InteropError for what cannot be read.
    """
    records = records_in(documents_in(source))
    messages = messages_of(records)
    applied = {
        each["conversation"]["id"].text(): (each["applied_sla"], each.get("sla_events"))
        for each in records["applied_slas"]
    }

    def judged(part: Part) -> list[Judgement]:
        number = part["id"].text()
        own = (part["applied_sla"], part.get("sla_events")) if "applied_sla" in part else None
        sla, events = applied.get(number) or own or (None, None)
        return [] if sla is None else [*_judgements(part, sla, events, messages.get(number, []))]

    return tuple(each for found in read_each(records["conversations"], judged) for each in found)


def _judgements(part: Part, sla: Part, events: Part | None, messages: list[ChatMessage]) -> Iterator[Judgement]:
    missed = [] if events is None else read_each(events.items(), _missed)
    ended = sla["sla_status"].word(*_STATUSES) in _ENDED
    done = (resolved_at(part, messages) or seconds(sla["updated_at"])) if ended else None
    kind = "business" if sla["sla_only_during_business_hours"].truth() else "calendar"
    created = seconds(part["created_at"])
    first = next((each.at for each in messages if each.is_answer), None)
    cycles = {
        "first_response": [_Cycle(created, first or done)],
        "next_response": [*_waits(messages, first, done)],
        "resolution": [_Cycle(created, done)],
    }
    for key, metric in METRICS.items():
        if f"sla_{key}" in sla:
            target = f"{sla[f'sla_{key}'].amount_of_seconds()} in {kind} hours"
            for number, cycle in enumerate(cycles[metric], 1):
                noticed = [
                    each.at for each in missed if each.metric == metric and _is_of(each.at, number, cycles[metric])
                ]
                yield _judgement(part["id"].text(), metric, number, target, cycle, noticed)


def _judgement(ticket: str, metric: str, number: int, target: str, cycle: _Cycle, noticed: list[datetime]) -> Judgement:
    ledger = [(cycle.began, f"begun: {target}"), *((at, "missed") for at in noticed)]
    ledger += [] if cycle.ended is None else [(cycle.ended, "done")]
    breached = min(noticed, default=None)
    return Judgement(ticket, metric, number, target, cycle.began, breached, cycle.ended, tuple(sorted(ledger)))


def _is_of(at: datetime, number: int, cycles: list[_Cycle]) -> bool:
    """Tell whether something was noticed in a cycle: after it began, and before the next one did."""
    return cycles[number - 1].began <= at and (number == len(cycles) or at < cycles[number].began)


def _waits(messages: Iterable[ChatMessage], first: datetime | None, done: datetime | None) -> Iterator[_Cycle]:
    """Yield when the customer waited for a next reply: from a message after an answer to the next answer."""
    began: datetime | None = None
    for each in messages:
        if first is None or each.at < first:
            continue
        if each.actor == "customer" and began is None:
            began = each.at
        elif each.is_answer and began is not None:
            yield _Cycle(began, each.at)
            began = None
    if began is not None:
        yield _Cycle(began, done)


def _missed(event: Part) -> _Missed:
    return _Missed(_EVENTS[event["event_type"].word(*_EVENTS)], seconds(event["created_at"]))
