"""Which activities of a log are which events."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import to_us
from slacalc.errors import LogError
from slacalc.events.event import (
    Closed,
    Created,
    Deleted,
    Event,
    FieldChanged,
    Message,
    NoReplyNeeded,
    Paused,
    Reopened,
    Resumed,
    Solved,
    TakenOver,
)

__all__ = ["EVENT_WORDS", "Row", "check_event_words", "events_of"]

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
EVENT_WORDS: Final = (*_MADE_BY, *_PAUSES)
"""What an activity can be. "paused_until_next" is a pause that the next row of its ticket ends."""


class Row(NamedTuple):
    """One row of a log: when, its place, the activity, and the fields of the ticket by then."""

    at: datetime
    place: int
    activity: str
    fields: Mapping[str, str]


def check_event_words(words: Iterable[tuple[str, str]]) -> None:
    """Raise LogError for what no activity can be."""
    for activity, word in words:
        if word not in EVENT_WORDS:
            raise LogError(
                "mapping_event_unknown",
                "an activity cannot be this",
                given=word,
                accepts=nearest_first(word, EVENT_WORDS),
                where=f"events.{activity}",
            )


def events_of(rows: Iterable[Row], words: Mapping[str, str]) -> tuple[Event, ...]:
    """Return the events of one ticket: its first row creates it, with the fields that it has.

    A field that changes is an event too. An activity without a word is none, but it ends a
    pause "until next". Rows are put in order by time and place.
    """
    ordered = sorted(rows, key=_place)
    first = ordered[0]
    events: list[Event] = [Created(at=first.at, status="open", fields=tuple(first.fields.items()))]
    events += _meant(first, words)
    for before, row in pairwise(ordered):
        if words.get(before.activity) == "paused_until_next":
            events.append(Resumed(at=row.at, reason=before.activity))
        changed = (name for name, value in row.fields.items() if before.fields[name] != value)
        events += (FieldChanged(at=row.at, field=name, value=row.fields[name]) for name in changed)
        events += _meant(row, words)
    return tuple(events)


def _meant(row: Row, words: Mapping[str, str]) -> Iterator[Event]:
    match words.get(row.activity):
        case None:
            return
        case "paused" | "paused_until_next" as word:
            yield Paused(at=row.at, reason=row.activity if word == "paused_until_next" else "")
        case "resumed":
            yield Resumed(at=row.at)
        case word:
            yield _MADE_BY[word](at=row.at)


def _place(row: Row) -> tuple[int, int]:
    return to_us(row.at), row.place
