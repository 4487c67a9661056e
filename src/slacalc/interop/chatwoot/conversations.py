"""Chatwoot's conversations as events: when they began, their messages, and that they are resolved.

Facts of the format (chatwoot/chatwoot, app/models/message.rb, 2026): times are seconds since 1970; a message is
incoming (0), outgoing (1), an activity (2), or of a template (3); private ones are internal notes; an outgoing message
without a person who sent it, or of an automation or a campaign, is no answer.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from slacalc.events.event import Actor, Created, Event, Message, StatusChanged
from slacalc.interop.chatwoot.loading import INBOX, SLA_POLICY
from slacalc.interop.chatwoot.records import records_in
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.ticket_events import TicketEvents
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["ChatMessage", "messages_of", "read_tickets", "resolved_at", "seconds"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST: Final = 7_258_118_400  # the year 2200
_INCOMING, _OUTGOING, _ACTIVITY, _TEMPLATE = range(4)
_RESOLVED: Final = "resolved"
_STATUSES: Final = ("open", _RESOLVED, "pending", "snoozed")


class ChatMessage(NamedTuple):
    """A message: its id, when it was, who wrote it; activities of the system have no actor."""

    id: str
    at: datetime
    actor: Actor | None
    is_public: bool
    is_automated: bool

    @property
    def is_answer(self) -> bool:
        """Whether a person of ours answered the customer."""
        return self.actor == "agent" and self.is_public and not self.is_automated


def read_tickets(source: object, policy: AnyPolicy) -> TicketEvents:
    """Return what happened in conversations, each a ticket by its id, with the fields that the policy tests.

    `source` is what `load` takes, with conversations and all of their messages. Raises InteropError for what cannot be
    read.
    """
    records = records_in(documents_in(source))
    messages = messages_of(records)
    applied = {
        each["conversation"]["id"].text(): each["applied_sla"]["sla_id"].text() for each in records["applied_slas"]
    }
    others = Counter[str]()

    def told(part: Part) -> list[tuple[str, Event]]:
        number = part["id"].text()
        said = {INBOX: part["inbox_id"].text(), SLA_POLICY: _sla_policy(part, applied.get(number, ""))}
        fields = {name: value for name, value in said.items() if value and name in policy.field_names}
        return [(number, event) for event in _events(part, messages.get(number, []), fields, others)]

    pairs = [pair for each in read_each(records["conversations"], told) for pair in each]
    return TicketEvents(tuple(pairs), dict(sorted(others.items())))


def messages_of(records: Mapping[str, list[Part]]) -> dict[str, list[ChatMessage]]:
    """Return the messages of each conversation, in order, each once: they stand in it, or in an answer of theirs."""
    inside = [message for each in records["conversations"] for message in each["messages"].items()]
    found: dict[str, dict[str, ChatMessage]] = {}
    for conversation, message in read_each([*inside, *records["messages"]], _message):
        found.setdefault(conversation, {})[message.id] = message
    return {number: sorted(each.values(), key=lambda one: one.at) for number, each in found.items()}


def resolved_at(part: Part, messages: Iterable[ChatMessage]) -> datetime | None:
    """Return when a resolved conversation was resolved: its last activity says so. None where that is not there."""
    if part["status"].word(*_STATUSES) != _RESOLVED:
        return None
    return max((each.at for each in messages if each.actor is None), default=None)


def seconds(part: Part) -> datetime:
    """Return an instant that is said in seconds since 1970."""
    return _EPOCH + timedelta(seconds=part.whole(0, _MOST))


def _sla_policy(part: Part, applied: str) -> str:
    """Return the id of the SLA policy of a conversation; empty of one without."""
    if "sla_policy_id" in part:
        return part["sla_policy_id"].text()
    return part["applied_sla"]["sla_id"].text() if "applied_sla" in part else applied


def _message(part: Part) -> tuple[str, ChatMessage]:
    kind = part["message_type"].whole(_INCOMING, _TEMPLATE)
    is_public = not ("private" in part and part["private"].truth())
    sender = part["sender_type"].text() if "sender_type" in part else ""
    automated = kind == _TEMPLATE or _says(part, "content_attributes", "automation_rule_id")
    automated = automated or _says(part, "additional_attributes", "campaign_id")
    actor = _actor(kind, sender)
    message = ChatMessage(part["id"].text(), seconds(part["created_at"]), actor, is_public, automated)
    return part["conversation_id"].text(), message


def _actor(kind: int, sender: str) -> Actor | None:
    if kind == _ACTIVITY:
        return None
    if kind == _INCOMING:
        return "customer"
    return "agent" if kind == _OUTGOING and sender == "User" else "bot"


def _says(part: Part, table: str, key: str) -> bool:
    return table in part and key in part[table]


def _events(
    part: Part, messages: list[ChatMessage], fields: Mapping[str, str], others: Counter[str]
) -> Iterator[Event]:
    written = [each for each in messages if each.actor is not None]
    asks = bool(written) and written[0].actor == "customer"
    created = seconds(part["created_at"])
    actor = written[0].actor if written else "unknown"
    yield Created(at=created, actor=actor or "unknown", status="open", message=asks, fields=tuple(fields.items()))
    for each in written[1 if asks else 0 :]:
        yield Message(at=each.at, actor=each.actor or "unknown", public=each.is_public, automated=each.is_automated)
    done = resolved_at(part, messages)
    if done is not None:
        yield StatusChanged(at=done, status=_RESOLVED)
    elif part["status"].value == _RESOLVED:
        others["resolution without the activity that says when"] += 1
