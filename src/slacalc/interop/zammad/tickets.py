"""Zammad's tickets as events: a ticket as it is now, its history, and its articles.

Facts of the format (zammad/zammad, app/models/history.rb, db/seeds/ticket_article_types.rb and ticket_states.rb, 2026):
an entry of a history says the name of an attribute, with names (`value_from`, `value_to`) and ids (`id_from`, `id_to`)
of what it was and is; what a ticket was created with is not in it, so that it is what the first change of an attribute
changed, or what the ticket has now. A note is no communication, public or not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from slacalc.events.event import Actor, Created, Event, FieldChanged, Message, StatusChanged
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.ticket_events import TicketEvents
from slacalc.interop.zammad.conditions import PRIORITY
from slacalc.interop.zammad.loading import priorities_in
from slacalc.interop.zammad.records import records_in
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["histories_by_ticket", "read_tickets"]

_STATE: Final = "state"
_TAGS: Final = "tags"
_NOTE: Final = "note"
_SENDERS: Final[Mapping[str, Actor]] = {"Agent": "agent", "Customer": "customer", "System": "system"}
_SENDER_IDS: Final[Mapping[str, str]] = {"1": "Agent", "2": "Customer", "3": "System"}
_WITH_ID: Final = ("group", "organization", "customer", "owner")


class _Change(NamedTuple):
    """An attribute of a ticket that became something else: what it was, and what it is."""

    at: datetime
    name: str
    before: str
    after: str


class _Names(NamedTuple):
    """The names of states and priorities by their ids, as far as they are told."""

    states: Mapping[str, str]
    priorities: Mapping[str, str]


def read_tickets(source: object, policy: AnyPolicy) -> TicketEvents:
    """Return what happened to tickets: the fields are those that the policy tests.

    `source` is what `load` takes, with tickets, and the history and the articles of each. A ticket whose history is not
    there is passed over, and counted. Raises InteropError for what cannot be read.
    """
    records = records_in(documents_in(source))
    names = _Names({each["id"].text(): each["name"].text() for each in records["states"]}, priorities_in(records))
    histories = histories_by_ticket(records)
    articles: dict[str, list[Part]] = {}
    for article in records["articles"]:
        articles.setdefault(article["ticket_id"].text(), []).append(article)
    fields, others = frozenset(policy.field_names), Counter[str]()
    tickets = [each for each in records["tickets"] if each["id"].text() in histories]
    if unknown := len(records["tickets"]) - len(tickets):
        others["ticket without its history"] += unknown

    def told(ticket: Part) -> list[tuple[str, Event]]:
        number = ticket["id"].text()
        changes = _changes(histories[number], names, others)
        events = _events(ticket, changes, _messages(articles.get(number, [])), fields, names)
        return [(number, event) for event in events]

    pairs = [pair for each in read_each(tickets, told) for pair in each]
    return TicketEvents(tuple(pairs), dict(sorted(others.items())))


def histories_by_ticket(records: Mapping[str, list[Part]]) -> dict[str, list[Part]]:
    """Return the entries of histories by the id of their ticket. Raises InteropError for one without its creation."""
    found: dict[str, list[Part]] = {}
    for document in records["histories"]:
        entries = document["history"].items()
        created = [each for each in entries if (each["object"].value, each["type"].value) == ("Ticket", "created")]
        if not created:
            raise document["history"].refusal(
                "import_truncated",
                "the ticket is not told from its creation on",
                given=f"{len(entries)} entries",
                accepts="the whole history, with the entry that the ticket was created",
            )
        found[created[0]["o_id"].text()] = entries
    return found


def _changes(entries: list[Part], names: _Names, others: Counter[str]) -> list[_Change]:
    found = read_each(entries, lambda entry: _change(entry, names))
    others.update(entry["type"].text() for entry, change in zip(entries, found, strict=True) if change is None)
    del others["created"]  # of tickets and articles, which are told by themselves
    return sorted((each for each in found if each is not None), key=lambda each: each.at)


def _change(entry: Part, names: _Names) -> _Change | None:
    """Return what an entry of a history changed; None where that is no attribute of the ticket."""
    kind, at = entry["type"].text(), entry["created_at"].instant()
    if entry["object"].text() != "Ticket" or kind not in ("updated", "added", "removed"):
        return None
    name = entry["attribute"].text()
    before, after = (_text(entry.get(key)) for key in ("value_from", "value_to"))
    if name == "tag":
        return _Change(at, _TAGS, "" if kind == "added" else after or before, after if kind == "added" else "")
    if name == PRIORITY:
        by_id = (_text(entry.get(key)) for key in ("id_from", "id_to"))
        return _Change(at, PRIORITY, *(names.priorities.get(each, each) for each in by_id))
    if name in _WITH_ID:
        return _Change(at, f"{name}_id", *(_text(entry.get(key)) for key in ("id_from", "id_to")))
    return _Change(at, name, before, after)


def _messages(articles: Iterable[Part]) -> list[Message]:
    return sorted(read_each(articles, _message), key=lambda each: each.at)


def _message(part: Part) -> Message:
    sender = part["sender"].text() if "sender" in part else _SENDER_IDS.get(part["sender_id"].text(), "")
    channel = part["type"].text() if "type" in part else ""
    is_public = not part["internal"].truth() and channel != _NOTE
    at, actor = part["created_at"].instant(), _SENDERS.get(sender, "unknown")
    return Message(at=at, actor=actor, public=is_public, channel=channel)


def _events(
    ticket: Part, changes: list[_Change], messages: list[Message], fields: frozenset[str], names: _Names
) -> Iterator[Event]:
    first = messages[0] if messages else None
    asks = first is not None and first.actor == "customer"
    yield Created(
        at=ticket["created_at"].instant(),
        actor="unknown" if first is None else first.actor,
        channel="" if first is None else first.channel,
        status=_at_first(changes, _STATE) or _state(ticket, names),
        message=asks,
        fields=tuple(_fields_at_first(ticket, changes, fields, names)),
    )
    tags = _tags_at_first(ticket, changes)
    later: list[_Change | Message] = [*messages[1 if asks else 0 :], *changes]
    for each in sorted(later, key=lambda each: each.at):
        if isinstance(each, Message):
            yield each
        elif each.name == _STATE:
            yield StatusChanged(at=each.at, status=each.after)
        elif each.name in fields:
            if each.name == _TAGS:
                tags = [tag for tag in (*tags, each.after) if tag and tag != each.before]
            yield FieldChanged(at=each.at, field=each.name, value=", ".join(tags) if each.name == _TAGS else each.after)


def _fields_at_first(
    ticket: Part, changes: Iterable[_Change], fields: Iterable[str], names: _Names
) -> Iterator[tuple[str, str]]:
    """Yield the fields that a ticket was created with."""
    for name in sorted(fields):
        if name == _TAGS:
            value = ", ".join(_tags_at_first(ticket, changes))
        else:
            before = next((each.before for each in changes if each.name == name), None)
            value = _now(ticket, name, names) if before is None else before
        if value:
            yield name, value


def _at_first(changes: Iterable[_Change], name: str) -> str:
    return next((each.before for each in changes if each.name == name), "")


def _now(ticket: Part, name: str, names: _Names) -> str:
    if name != PRIORITY:
        return _text(ticket.get(name))
    number = ticket["priority_id"].text()
    return names.priorities.get(number, number)


def _state(ticket: Part, names: _Names) -> str:
    number = ticket["state_id"]
    if "state" in ticket:
        return ticket["state"].text()
    if number.text() not in names.states:
        accepts = "tickets with names (?expand=true), or the answer with ticket_states, too"
        raise number.refusal("import_key_missing", "nobody says the name of this state", accepts=accepts)
    return names.states[number.text()]


def _tags_at_first(ticket: Part, changes: Iterable[_Change]) -> list[str]:
    """Return the tags before all changes: those of now, without what was added since, with what was removed."""
    tags = [each.text() for each in ticket["tags"].items()] if "tags" in ticket else []
    for each in reversed([change for change in changes if change.name == _TAGS]):
        tags = [tag for tag in (*tags, each.before) if tag and tag != each.after]
    return tags


def _text(part: Part | None) -> str:
    """Return a value of an attribute as text; truths as true and false."""
    if part is None or part.value == "":
        return ""
    return str(part.value).lower() if isinstance(part.value, bool) else part.text()
