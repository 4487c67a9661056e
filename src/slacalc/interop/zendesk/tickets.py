"""Zendesk's tickets as events: ticket audits, and the export of ticket events.

Facts of the format (developer.zendesk.com, "Ticket Audits" and "Incremental Exports", 2026): an audit is what one
person did at one time; the first of a ticket creates it. `events` of an audit name a field and its value;
`child_events` of the export have the field as a key. -1 is the system.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from slacalc.events.event import Actor, Created, Event, FieldChanged, Message, StatusChanged
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.ticket_events import TicketEvents
from slacalc.interop.zendesk.answers import answers_in
from slacalc.interop.zendesk.loading import SCHEDULE
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["read_tickets"]

_SYSTEM: Final = "-1"
_CUSTOM: Final = "custom_ticket_fields"
_ROLES: Final[Mapping[str, Actor]] = {"end-user": "customer", "agent": "agent", "admin": "agent"}
_CHANGES: Final = ("Create", "Change")
_COMMENTS: Final = ("Comment", "VoiceComment")
_OF_CHILDREN: Final = frozenset(
    ("id", "via", "via_reference_id", "event_type", "previous_value", "comment_present", "comment_public")
)
"""What an event of the export has besides the field that it changes."""


class _Audit(NamedTuple):
    """What one person did to a ticket at one time."""

    ticket: str
    at: datetime
    number: int
    author: str
    channel: str
    comments: tuple[bool, ...]
    changes: tuple[tuple[str, str], ...]
    creates: bool
    others: tuple[str, ...]
    part: Part


def read_tickets(source: object, policy: AnyPolicy) -> TicketEvents:
    """Return what happened to the tickets of an account: the fields are those that the policy tests.

    `source` is what `load` takes, with answers of `audits` or `ticket_events`, and `users`, who tell agents from
    customers; `tickets` tell who asked. Who is in neither is `unknown`. Raises InteropError for what cannot be read,
    and for a ticket that is not told from its creation on.
    """
    answers = answers_in(documents_in(source))
    audits = read_each(answers["audits"], _audit) + read_each(answers["ticket_events"], _exported)
    people = {user["id"].text(): _ROLES.get(user["role"].text(), "unknown") for user in answers["users"]}
    asked = {each["id"].text(): each["requester_id"].text() for each in answers["tickets"] if "requester_id" in each}
    by_ticket: dict[str, list[_Audit]] = {}
    for audit in sorted(audits, key=lambda each: (each.at, each.number)):
        by_ticket.setdefault(audit.ticket, []).append(audit)
    fields = frozenset(policy.field_names)
    pairs = [
        (ticket, event)
        for ticket, told in by_ticket.items()
        for event in _events(told, fields, people, asked.get(ticket, ""))
    ]
    passed_over = Counter(kind for audit in audits for kind in audit.others)
    return TicketEvents(tuple(pairs), dict(sorted(passed_over.items())))


def _audit(part: Part) -> _Audit:
    changes, comments, others, creates = list[tuple[str, str]](), list[bool](), list[str](), False
    for event in part["events"].items():
        kind = event["type"].text()
        if kind in _CHANGES:
            changes.append((event["field_name"].text(), _value(event.get("value"))))
        elif kind in _COMMENTS:
            comments.append("public" not in event or event["public"].truth())
        elif kind == "ScheduleAssignment":
            changes.append((SCHEDULE, _value(event.get("new_schedule_id"))))
        else:
            others.append(kind)
        creates = creates or kind == "Create"
    via = part.get("via")
    channel = via["channel"].text() if via is not None and "channel" in via else ""
    return _made(part, part["author_id"].text(), channel, comments, changes, others, creates=creates)


def _exported(part: Part) -> _Audit:
    changes, comments, others, creates = list[tuple[str, str]](), list[bool](), list[str](), False
    for event in part["child_events"].items():
        kind = event["event_type"].text()
        if kind in _CHANGES:
            named = [each for each in event.values() if each.key not in _OF_CHILDREN and each.key != _CUSTOM]
            own = event[_CUSTOM].values() if _CUSTOM in event else []
            changes += [(each.key, _value(each)) for each in (*named, *own)]
        elif kind in _COMMENTS:
            comments.append("comment_public" not in event or event["comment_public"].truth())
        else:
            others.append(kind)
        creates = creates or kind == "Create"
    return _made(part, part["updater_id"].text(), "", comments, changes, others, creates=creates)


def _made(
    part: Part,
    author: str,
    channel: str,
    comments: Iterable[bool],
    changes: Iterable[tuple[str, str]],
    others: Iterable[str],
    *,
    creates: bool,
) -> _Audit:
    named = tuple((_name_of(name), value) for name, value in changes)
    ticket, at, number = part["ticket_id"].text(), part["created_at"].instant(), part["id"].whole(0, 2**63)
    return _Audit(ticket, at, number, author, channel, tuple(comments), named, creates, tuple(others), part)


def _name_of(field: str) -> str:
    """Return the name that filters of SLA policies have for a field; one of an account's own is a number."""
    return f"custom_fields_{field}" if field.isdecimal() else field


def _value(part: Part | None) -> str:
    if part is None or part.value == "":
        return ""
    if isinstance(part.value, list):
        return ", ".join(map(_value, part.items()))
    return json.dumps(part.value) if isinstance(part.value, bool | float | dict) else part.text()


def _events(told: list[_Audit], fields: frozenset[str], people: Mapping[str, Actor], asked: str) -> Iterator[Event]:
    first = told[0]
    if not first.creates:
        raise first.part.refusal(
            "import_truncated",
            "the ticket is not told from its creation on",
            given=first.ticket,
            accepts="every audit of the ticket, with the one that creates it",
        )
    asked = dict(first.changes).get("requester_id", asked)
    yield _created(first, fields, _actor(first.author, people, asked))
    for audit in told[1:]:
        actor = _actor(audit.author, people, asked)
        for public in audit.comments:
            yield Message(at=audit.at, actor=actor, public=public, channel=audit.channel)
        for name, value in audit.changes:
            if name == "status":
                yield StatusChanged(at=audit.at, status=value)
            elif name in fields:
                yield FieldChanged(at=audit.at, field=name, value=value)


def _created(audit: _Audit, fields: frozenset[str], actor: Actor) -> Created:
    said = {name: value for name, value in audit.changes if name in fields and value}
    status = dict(audit.changes).get("status") or "new"
    return Created(at=audit.at, actor=actor, channel=audit.channel, status=status, fields=tuple(said.items()))


def _actor(author: str, people: Mapping[str, Actor], asked: str) -> Actor:
    """Return who it is: whoever asked is the customer, an agent too."""
    if author == _SYSTEM:
        return "system"
    return "customer" if author == asked else people.get(author, "unknown")
