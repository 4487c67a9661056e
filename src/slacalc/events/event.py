"""What can happen to a ticket: a closed union of events.

Over 400 lines: each kind of event, and how its values are read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from operator import index
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias, TypeVar, dataclass_transform, get_args

from slacalc.arguments import check_argument
from slacalc.business_time.instants import FIRST_DATE, LAST_DATE, to_us
from slacalc.errors import InstantError, LogError, SlaError
from slacalc.policies.document.field_values import field_value, value_text
from slacalc.policies.frozen_dict import FrozenDict

if TYPE_CHECKING:
    from slacalc.policies.document.fields import FieldValue

__all__ = [
    "ACTORS",
    "KINDS",
    "Actor",
    "Closed",
    "Created",
    "Deleted",
    "Deprioritised",
    "DeprioritisationLifted",
    "Escalated",
    "Event",
    "FieldChanged",
    "Happened",
    "MergedFrom",
    "MergedInto",
    "Message",
    "NoReplyNeeded",
    "Paused",
    "Placed",
    "Reopened",
    "Resumed",
    "Solved",
    "StatusChanged",
    "TakenOver",
    "TargetOverridden",
    "actor_of",
    "bad_event",
    "in_order",
    "pairs_of",
    "read_actor",
    "read_value",
    "ticket_name",
]

Actor: TypeAlias = Literal["customer", "agent", "bot", "system", "partner", "unknown"]
ACTORS: Final[tuple[str, ...]] = get_args(Actor)

T = TypeVar("T")

if TYPE_CHECKING:

    class _Fields:
        """The fields that a ticket came with: given as a mapping or as pairs, read as a mapping."""

        def __get__(self, event: object, kind: type) -> Mapping[str, str | tuple[str, ...]]: ...
        def __set__(
            self, event: object, fields: Mapping[str, FieldValue] | Iterable[tuple[str, FieldValue]]
        ) -> None: ...

else:
    _Fields = FrozenDict


def _field_of_kind(kind: type[T], _source: object, _handler: object) -> object:
    """Return how pydantic reads and dumps one kind of event."""
    from slacalc.events.event_fields import event_field

    return event_field(kind)


def _schema_of_kind(kind: type[T], _core: object, _handler: object) -> dict[str, object]:
    from slacalc.events.event_fields import event_schema

    return event_schema(kind)


class _AnyEvent:
    """Beside the union of all events: as a field of pydantic it is of the kind that its data names."""

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> object:
        """Return how pydantic reads and dumps any event."""
        from slacalc.events.event_fields import event_field

        return event_field(*KINDS.values())

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> dict[str, object]:
        """Return the JSON Schema of any event."""
        from slacalc.events.event_fields import any_event_schema

        return any_event_schema()

    def __repr__(self) -> str:
        """Return its name, the same in each process: Hypothesis seeds a test with the text of its annotations."""
        return "AnyEvent"


@dataclass_transform(kw_only_default=True, frozen_default=True)
def _event(kind: type[T]) -> type[T]:
    """Return a kind of event: frozen, its values given by name. A value of another type is a LogError."""
    kind.__post_init__ = lambda event: _check(event)  # type: ignore[attr-defined]  # noqa: PLW0108 - defined below
    kind.__get_pydantic_core_schema__ = classmethod(_field_of_kind)  # type: ignore[attr-defined]
    kind.__get_pydantic_json_schema__ = classmethod(_schema_of_kind)  # type: ignore[attr-defined]
    return dataclass(frozen=True, slots=True, kw_only=True)(kind)


@_event
class Created:
    """The ticket came in: with its status (a log that does not say means "open"), and the fields of its rule.

    Of a customer it is a message of theirs, unless `message` says that it is none.
    """

    at: datetime
    seq: int | None = None
    actor: Actor = "customer"
    channel: str = ""
    status: str = ""
    message: bool = True
    fields: _Fields = _Fields()


@_event
class Message:
    """Somebody wrote. `holding` says nothing yet; `partial` answers some of several questions."""

    at: datetime
    seq: int | None = None
    actor: Actor
    public: bool = True
    automated: bool = False
    holding: bool = False
    partial: bool = False
    channel: str = ""


@_event
class StatusChanged:
    """The ticket has another status, which may pause clocks."""

    at: datetime
    seq: int | None = None
    status: str


@_event
class FieldChanged:
    """A field has another value: one that rules test, or the instant (ISO 8601) that a metric counts from."""

    at: datetime
    seq: int | None = None
    field: str
    value: str


@_event
class Happened:
    """Something happened that has a name in the policy: what begins or ends a clock, such as "checked"."""

    at: datetime
    seq: int | None = None
    name: str


@_event
class Paused:
    """Clocks that can pause stop counting, for a reason, until they are resumed."""

    at: datetime
    seq: int | None = None
    reason: str = ""


@_event
class Resumed:
    """The pause of that reason is over."""

    at: datetime
    seq: int | None = None
    reason: str = ""


@_event
class Solved:
    """The ticket is solved."""

    at: datetime
    seq: int | None = None


@_event
class Reopened:
    """A solved ticket is open again: "open" where it does not say a status and the policy knows that one."""

    at: datetime
    seq: int | None = None
    status: str = ""


@_event
class Closed:
    """The ticket is closed: nothing is owed any more."""

    at: datetime
    seq: int | None = None


@_event
class MergedInto:
    """The ticket goes on as another one."""

    at: datetime
    seq: int | None = None
    into: str


@_event
class MergedFrom:
    """Another ticket, `received` then, goes on as this one: duplicates share the earliest clock."""

    at: datetime
    seq: int | None = None
    received: datetime


@_event
class NoReplyNeeded:
    """Somebody marked that no answer is needed."""

    at: datetime
    seq: int | None = None


@_event
class TakenOver:
    """Somebody else, a marketplace, answers from now on; `costs` are charged to us."""

    at: datetime
    seq: int | None = None
    reason: str = ""
    costs: bool = False


@_event
class Deprioritised:
    """Other tickets go first from now on, for a reason such as "too_many_messages"."""

    at: datetime
    seq: int | None = None
    reason: str


@_event
class DeprioritisationLifted:
    """A reason to let other tickets go first is gone."""

    at: datetime
    seq: int | None = None
    reason: str


@_event
class Escalated:
    """Somebody asked for the step of the escalation that has this `on`."""

    at: datetime
    seq: int | None = None
    on: str


@_event
class TargetOverridden:
    """A date was promised by hand: it is the due time of a metric from now on."""

    at: datetime
    seq: int | None = None
    metric: str
    due: datetime
    author: str = ""


@_event
class Deleted:
    """The ticket is gone."""

    at: datetime
    seq: int | None = None


Event: TypeAlias = Annotated[
    Created
    | Message
    | StatusChanged
    | FieldChanged
    | Happened
    | Paused
    | Resumed
    | Solved
    | Reopened
    | Closed
    | MergedInto
    | MergedFrom
    | NoReplyNeeded
    | TakenOver
    | Deprioritised
    | DeprioritisationLifted
    | Escalated
    | TargetOverridden
    | Deleted,
    _AnyEvent(),
]

KINDS: Final[dict[str, type[Event]]] = {
    "created": Created,
    "message": Message,
    "status_changed": StatusChanged,
    "field_changed": FieldChanged,
    "happened": Happened,
    "paused": Paused,
    "resumed": Resumed,
    "solved": Solved,
    "reopened": Reopened,
    "closed": Closed,
    "merged_into": MergedInto,
    "merged_from": MergedFrom,
    "no_reply_needed": NoReplyNeeded,
    "taken_over": TakenOver,
    "deprioritised": Deprioritised,
    "deprioritisation_lifted": DeprioritisationLifted,
    "escalated": Escalated,
    "target_overridden": TargetOverridden,
    "deleted": Deleted,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_NOT_PLAIN: Final = {"at", "seq", "due", "received", "fields"}
_PLAIN: Final[dict[type, tuple[tuple[str, type], ...]]] = {
    kind: tuple((each.name, bool if each.type is bool else str) for each in fields(kind) if each.name not in _NOT_PLAIN)
    for kind in _NAMES
}
_INSTANTS: Final = {
    kind: tuple(each.name for each in fields(kind) if each.name in {"at", "due", "received"}) for kind in _NAMES
}
_PAIR: Final = 2
_TOO_FINE: Final = re.compile(r"[.,]\d{6}\d*[1-9]", re.ASCII)
_FIRST: Final = to_us(datetime(FIRST_DATE.year, 1, 1, tzinfo=UTC))
_LAST: Final = to_us(datetime(LAST_DATE.year + 1, 1, 1, tzinfo=UTC))


Placed: TypeAlias = tuple[int, int, int, Event]
"""An event where it belongs (rule 12): its instant, `seq`, and place in the log before it."""


def in_order(events: Iterable[Event], *, after: int = 0) -> list[Placed]:
    """Return events by (`at`, `seq`); `seq` defaults to the place in the log, counted on from `after`."""
    every = events if isinstance(events, list | tuple) else _listed(events)
    try:
        placed = [
            (to_us(event.at), place if event.seq is None else index(event.seq), place, event)
            for place, event in enumerate(every, after)
        ]
        placed.sort()  # no two have one place, so that events are never compared
    except (InstantError, AttributeError, TypeError):
        _refuse_first_wrong(every, after)
        raise
    return placed


def _listed(events: Iterable[Event]) -> list[Event]:
    check_argument(events, Iterable, "events", "several events, such as a list")
    return list(events)


def _refuse_first_wrong(events: Iterable[Event], after: int) -> None:
    for place, event in enumerate(events, after):
        if type(event) not in _NAMES:
            accepts = "Created, Message or another event; event_from_data reads plain data"
            raise LogError(
                "event_invalid", "this is no event", given=event, accepts=accepts, where=f"event {place + 1}"
            )
        try:
            to_us(event.at, "at")
            if event.seq is not None:
                read_value("seq", event.seq)
        except SlaError as error:
            raise error.within(f"event {place + 1}") from None


def _check(event: Event) -> None:
    """Freeze the fields that a ticket came with; refuse instants, texts and truths that are something else."""
    if isinstance(event, Created) and not isinstance(event.fields, FrozenDict):
        object.__setattr__(event, "fields", _frozen(event.fields))
    if isinstance(event, FieldChanged) and type(event.value) is not str:
        object.__setattr__(event, "value", _text_of_field(event.value))
    for name in _INSTANTS[type(event)]:
        moment = getattr(event, name)
        if type(moment) is not datetime or moment.tzinfo is None:
            to_us(moment, name)
    for name, plain in _PLAIN[type(event)]:
        value = getattr(event, name)
        if type(value) is not plain or (name == "actor" and value not in ACTORS):
            read_value(name, value)


def _frozen(given: object) -> FrozenDict[str | tuple[str, ...]]:
    """Return the values of fields by name: texts, or several of them; None is not given."""
    pairs = given.items() if isinstance(given, Mapping) else given
    if not isinstance(pairs, Iterable) or not all(
        isinstance(pair, tuple | list) and len(pair) == _PAIR and isinstance(pair[0], str) for pair in pairs
    ):
        raise bad_event("event_value_invalid", "these are no fields", given, _accepted("fields"), "fields")
    told = {name: value if type(value) is str else _given(value, name) for name, value in pairs}
    return FrozenDict({name: value for name, value in told.items() if value is not None})


def _given(value: object, name: str) -> str | tuple[str, ...] | None:
    """Return the value of a field as text, or several texts as they are."""
    try:
        given = field_value(value, name)
    except SlaError as error:
        raise bad_event("event_value_invalid", "the value does not fit", value, error.accepts, name) from None
    return given if given is None or isinstance(given, tuple) else value_text(given)


def _text_of_field(value: object) -> str:
    """Return the value that a field changes to as text; an empty one where nothing is given."""
    given = _given(value, "value")
    return "" if given is None else value_text(given)


def pairs_of(log: Iterable[tuple[str, Event]]) -> Iterator[tuple[str, Event]]:
    """Return the pairs of ticket and event of a log, each ticket as text. Raises LogError for what is no pair."""
    check_argument(log, Iterable, "events", "pairs of ticket and event")
    for number, pair in enumerate(log, 1):
        if type(pair) is tuple and len(pair) == _PAIR and type(pair[0]) is str:
            yield pair
            continue
        if not isinstance(pair, tuple | list) or len(pair) != _PAIR:
            accepts = "(ticket, event), as read_events returns them"
            raise bad_event("event_invalid", "this is no pair of ticket and event", pair, accepts, f"entry {number}")
        yield ticket_name(pair[0]), pair[1]


def ticket_name(ticket: object) -> str:
    """Return a ticket's id as text; "7" and 7 are one ticket. Raises LogError for what is neither text nor a number."""
    if isinstance(ticket, bool) or not isinstance(ticket, str | int):
        raise bad_event("event_value_invalid", "this names no ticket", ticket, "text, or a number", "ticket")
    return str(ticket)


def read_value(key: str, value: object) -> object:
    """Return the value of a key of an event, checked. Raises LogError for a value that does not fit."""
    match key:
        case "at" | "due" | "received":
            return _read_instant(key, value)
        case "fields" | "value" if key == "value" or isinstance(value, dict):
            return _text_of_field(value) if key == "value" else _frozen(value)
        case "actor":
            return read_actor(value)
        case "seq" if type(value) is int:
            return value
        case "channel" | "status" | "field" | "name" | "reason" | "into" | "metric" | "author" | "on" if isinstance(
            value, str
        ):
            return value
        case _:
            raise bad_event("event_value_invalid", "the value does not fit", value, _accepted(key), key)


def _accepted(key: str) -> str:
    match key:
        case "actor":
            return ", ".join(ACTORS)
        case "seq":
            return "a whole number"
        case "fields":
            return "a mapping of names to values"
        case "public" | "automated" | "holding" | "partial" | "costs" | "message":
            return "true or false"
        case _:
            return "text"


def _read_instant(key: str, value: object) -> datetime:
    try:
        at = datetime.fromisoformat(value)  # type: ignore[arg-type]  # what is no text raises TypeError
        usable = _FIRST <= to_us(at) < _LAST and not _TOO_FINE.search(str(value))
    except (TypeError, ValueError):
        usable = False
    if not usable:
        accepts = "ISO 8601 with an offset, to the microsecond, from 1900 to 2200"
        raise bad_event("event_time_invalid", "this is not an instant", value, accepts, key)
    return at


def read_actor(said: object) -> Actor:
    """Return who acted, of a text such as that of a database. Raises LogError for anything else than an actor.

    >>> read_actor("agent")
    'agent'
    """
    known: Actor | None = next((actor for actor in get_args(Actor) if actor == said), None)
    if known is None:
        raise bad_event("event_value_invalid", "the value does not fit", said, _accepted("actor"), "actor")
    return known


def actor_of(said: str) -> Actor:
    """Return the actor of this name; "unknown" for any other."""
    return next((actor for actor in get_args(Actor) if actor == said), "unknown")


def bad_event(code: str, problem: str, given: object, accepts: str, where: str) -> LogError:
    """Return the error of an event that cannot be used."""
    return LogError(code, problem, given=given, accepts=accepts, where=where)
