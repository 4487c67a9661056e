"""Which activities and statuses of a log are which events."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final, NamedTuple

from slacalc.arguments import nearest_first
from slacalc.errors import LogError
from slacalc.events.event import (
    Actor,
    Closed,
    Created,
    Deleted,
    Event,
    FieldChanged,
    Happened,
    Message,
    NoReplyNeeded,
    Paused,
    Reopened,
    Resumed,
    Solved,
    StatusChanged,
    TakenOver,
    actor_of,
)

__all__ = ["CREATED", "EVENT_WORDS", "Said", "Story", "check_event_words"]

_SOMETIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MADE_BY: Final[Mapping[str, Callable[..., Event]]] = {
    "customer_message": partial(Message, actor="customer"),
    "agent_message": partial(Message, actor="agent"),
    "partial_message": partial(Message, actor="agent", partial=True),
    "holding_message": partial(Message, actor="agent", holding=True),
    "automatic_message": partial(Message, actor="bot", automated=True),
    "internal_note": partial(Message, actor="agent", public=False),
    "solved": Solved,
    "reopened": Reopened,
    "closed": Closed,
    "no_reply_needed": NoReplyNeeded,
    "taken_over": TakenOver,
    "deleted": Deleted,
}
_PAUSES: Final = ("paused", "paused_until_next", "resumed")
CREATED: Final = "created"
_HAPPENED: Final = "happened"
EVENT_WORDS: Final = (*_MADE_BY, *_PAUSES, _HAPPENED, CREATED)
"""What an activity can be. "paused_until_next" is a pause that the next row of its ticket ends; "created" is no event
of its own, as the first row creates a ticket: it tells which row must be readable. "happened" is an event named like
the activity; "happened:checked" gives it another name."""
_MOST_KEPT: Final = 100_000


class Said(NamedTuple):
    """What a row says of its ticket: activity, status, each field and who creates; None where its cell is blank."""

    activity: str
    status: str | None
    fields: tuple[str | None, ...]
    creator: str | None = None


class _Turn(NamedTuple):
    """What follows from a row: what holds after it, the creation if it is the first, and what happened, by number."""

    holds: int
    created: int | None
    happened: tuple[int, ...]


class Story:
    """What the rows of tickets mean, one after the other; what holds and what happened are numbers."""

    def __init__(
        self,
        said: Sequence[Said],
        names: tuple[str, ...],
        words: Mapping[str, str],
        creator: Callable[[str], Actor] = actor_of,
    ) -> None:
        """Take what rows say by number, the names of the fields, the word of each activity, and who creates."""
        self._said = said
        self._names = names
        self._words = words
        self._creator = creator
        self._holding: dict[Said, int] = {}
        self._held: list[Said] = []
        self._numbers: dict[Event, int] = {}
        self._steps: dict[tuple[int | None, int], _Turn] = {}
        self.shapes: list[Event] = []

    def after(self, before: int | None, said: int) -> _Turn:
        """Return what follows from a row, by what held before it; None before the first."""
        step = self._steps.get((before, said))
        if step is None:
            if len(self._steps) >= _MOST_KEPT:
                self._steps.clear()
            step = self._steps[before, said] = self._step(None if before is None else self._held[before], said)
        return step

    def _step(self, before: Said | None, number: int) -> _Turn:
        said = self._said[number]
        if before is None:
            return _Turn(
                self._hold(said), self._number(self._creation(said)), self._numbered(_meant(said, self._words))
            )
        now = Said(
            said.activity,
            said.status or before.status,
            tuple(old if new is None else new for old, new in zip(before.fields, said.fields, strict=True)),
        )
        return _Turn(self._hold(now), None, self._numbered(self._changes(before, now)))

    def _creation(self, said: Said) -> Event:
        told = zip(self._names, said.fields, strict=True)
        pairs = tuple((name, value) for name, value in told if value is not None)
        actor = self._creator(said.creator or "")
        return Created(at=_SOMETIME, actor=actor, status=said.status or "open", fields=pairs)

    def _changes(self, before: Said, now: Said) -> Iterator[Event]:
        """Return what a row changes, and what it means: a field that changes is an event, and so is a status."""
        if self._words.get(before.activity) == "paused_until_next":
            yield Resumed(at=_SOMETIME, reason=before.activity)
        for name, old, new in zip(self._names, before.fields, now.fields, strict=True):
            if old != new and new is not None:
                yield FieldChanged(at=_SOMETIME, field=name, value=new)
        if now.status is not None and now.status != before.status:
            yield StatusChanged(at=_SOMETIME, status=now.status)
        yield from _meant(now, self._words)

    def _hold(self, said: Said) -> int:
        number = self._holding.setdefault(said, len(self._held))
        if number == len(self._held):
            self._held.append(said)
        return number

    def _numbered(self, events: Iterable[Event]) -> tuple[int, ...]:
        return tuple(map(self._number, events))

    def _number(self, event: Event) -> int:
        number = self._numbers.setdefault(event, len(self.shapes))
        if number == len(self.shapes):
            self.shapes.append(event)
        return number


def check_event_words(words: Iterable[tuple[str, str]]) -> None:
    """Raise LogError for what no activity can be."""
    for activity, word in words:
        if word not in EVENT_WORDS and not _name_of(word):
            raise LogError(
                "mapping_event_unknown",
                "an activity cannot be this",
                given=word,
                accepts=nearest_first(word, EVENT_WORDS),
                where=f"events.{activity}",
            )


def _meant(said: Said, words: Mapping[str, str]) -> Iterator[Event]:
    match words.get(said.activity):
        case None | "created":
            return
        case "paused" | "paused_until_next" as word:
            yield Paused(at=_SOMETIME, reason=said.activity if word == "paused_until_next" else "")
        case "resumed":
            yield Resumed(at=_SOMETIME)
        case "happened":
            yield Happened(at=_SOMETIME, name=said.activity)
        case word if name := _name_of(word):
            yield Happened(at=_SOMETIME, name=name)
        case word:
            yield _MADE_BY[word](at=_SOMETIME)


def _name_of(word: str) -> str:
    """Return the name in "happened:checked"; nothing for any other word."""
    kind, _, name = word.partition(":")
    return name if kind == _HAPPENED else ""
