"""What each distinct event of a log does to a ticket, as tables: an event of a column is looked up in them.

The tables are asked of the fold itself, `clocks/`: how a ticket begins, and which message is an answer. An event that
does what these tables cannot say is `RARE`: its ticket is replayed alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from slacalc.business_time.instants import from_us
from slacalc.clocks.answers import is_answer
from slacalc.clocks.apply import apply
from slacalc.clocks.standstill import check_status, likely_status
from slacalc.clocks.ticket_state import TicketState
from slacalc.columns.stairs import Bools, Column
from slacalc.errors import LogError, SlaError
from slacalc.events.event import (
    Closed,
    Created,
    Escalated,
    Event,
    Message,
    Paused,
    Reopened,
    Resumed,
    Solved,
    StatusChanged,
)
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.clock_rules import AnswerRule, ClockRule
from slacalc.policies.document.rules import MetricRule
from slacalc.policies.in_force import MatchedRule, MetricPromise, PolicyInForce

__all__ = [
    "CLOSES",
    "CREATES",
    "CUSTOMER",
    "NO_STATUS",
    "OTHERS",
    "PAUSES",
    "RARE",
    "REOPENS",
    "RESUMES",
    "SETS_STATUS",
    "SOLVES",
    "Beginning",
    "Happenings",
    "beginning_of",
    "is_plain",
    "waits_for",
]

NOTHING, RARE, CREATES, CUSTOMER, OTHERS, SETS_STATUS, PAUSES, RESUMES = range(8)
"""What an event does."""

NO_STATUS: Final = -1
_NOTHING, SOLVES, CLOSES, REOPENS = range(4)
"""What an event does beside: whether it solves, closes or reopens the ticket, which only a solved one is."""

_OF_CLOCKS: Final = frozenset(
    (
        "starts", "stops", "after", "answer", "on_solved", "paused_in", "pausable", "resume_on_customer_message",
        "reopen", "on_change", "after_breach", "unpromised_time",
    )
)  # fmt: skip
_OF_METRICS: Final = frozenset(
    ("due", "promise", "owed_by", "expected", "follow_up", "calendar", "objective", "warnings", "pauses_move"),
)
_STARTS: Final = frozenset(("created", "customer_message", "answer", "taken_over"))
_STOPS: Final = frozenset(("answer", "solved"))


class Beginning(NamedTuple):
    """How a ticket begins: its rule, its fields, the place of its status, and the clocks begun with it, in order."""

    matched: MatchedRule
    fields: dict[str, str]
    status: int
    begun: tuple[str, ...]


class Happenings:
    """The tables for the events of a log under one policy: a row for each distinct event."""

    def __init__(self, edition: PolicyInForce, shapes: Sequence[Event]) -> None:
        self._edition = edition
        self._statuses: dict[str, int] = {}
        self._reasons: dict[str, int] = {}
        self.shapes: Sequence[Event] = shapes
        told = [self._told(shape) for shape in shapes]
        self.what: NDArray[np.int8] = np.array([each[0] for each in told], dtype=np.int8)
        self.turns: NDArray[np.int8] = np.array([each[1] for each in told], dtype=np.int8)
        self.status: Column = np.array([each[2] for each in told], dtype=np.int64)
        self.by_itself: Bools = np.array([type(shape) in _BY_ITSELF for shape in shapes], dtype=np.bool_)
        self.reason: Column = np.array([self._reason(shape) for shape in shapes], dtype=np.int64)
        self.by_customer: Bools = np.array(
            [getattr(shape, "actor", "") == "customer" for shape in shapes], dtype=np.bool_
        )
        self.most_messages: int | None = edition.policy.deprioritisation.max_messages

    @property
    def reasons(self) -> int:
        """How many reasons of pauses there are."""
        return max(1, len(self._reasons))

    def place_of_status(self, status: str) -> int:
        """Return the number of a status."""
        return self._statuses.setdefault(status, len(self._statuses))

    def statuses_in(self, names: Sequence[str]) -> Bools:
        """Return of each status by its number whether it is among some; the last row is for no status."""
        return np.array([*(name in names for name in self._statuses), False], dtype=np.bool_)

    def answers(self, rule: AnswerRule) -> Bools:
        """Return which events are an answer by a rule: a customer's message never is."""
        return np.array(
            [isinstance(each, Message) and each.actor != "customer" and is_answer(each, rule) for each in self.shapes],
            dtype=np.bool_,
        )

    def _told(self, shape: Event) -> tuple[int, int, int]:  # noqa: PLR0911 - one case an event
        """Return what an event does, beside what it does to a ticket, and the status that it gives."""
        match shape:
            case Created():
                return CREATES, _NOTHING, NO_STATUS
            case Message():
                return CUSTOMER if shape.actor == "customer" else OTHERS, _NOTHING, NO_STATUS
            case StatusChanged():
                return self._status_told(shape.status)
            case Reopened():
                return self._reopening_told(shape.status)
            case Paused():
                return PAUSES, _NOTHING, NO_STATUS
            case Resumed():
                return RESUMES, _NOTHING, NO_STATUS
            case Solved():
                return NOTHING, SOLVES, NO_STATUS
            case Closed():
                return NOTHING, CLOSES, NO_STATUS
            case Escalated():
                return NOTHING, _NOTHING, NO_STATUS
            case _:
                return RARE, _NOTHING, NO_STATUS

    def _status_told(self, status: str) -> tuple[int, int, int]:
        if not self._knows(status):
            return NOTHING, _NOTHING, NO_STATUS
        match self._edition.ending(status):
            case "solved":
                turns = SOLVES
            case "closed":
                turns = CLOSES
            case _:
                turns = REOPENS if self._edition.knows_endings else _NOTHING
        return SETS_STATUS, turns, self.place_of_status(status)

    def _reopening_told(self, named: str) -> tuple[int, int, int]:
        """Return what a reopening does; RARE where the ticket keeps the status that it has."""
        if not self._knows(named):
            return NOTHING, _NOTHING, NO_STATUS
        likely = named or likely_status(self._edition.policy, "")
        if not likely:
            return RARE, _NOTHING, NO_STATUS
        return SETS_STATUS if named else NOTHING, REOPENS, self.place_of_status(likely)

    def _knows(self, status: str) -> bool:
        try:
            check_status(self._edition.policy, status)
        except LogError:
            return False
        return True

    def _reason(self, shape: Event) -> int:
        if isinstance(shape, Paused | Resumed):
            return self._reasons.setdefault(shape.reason, len(self._reasons))
        return 0


_BY_ITSELF: Final = frozenset((Solved, Closed))
"""What solves or closes a ticket again that is solved or closed already; a status does not."""


def beginning_of(policy: AnyPolicy, happenings: Happenings, shape: Event, at: int) -> Beginning | None:
    """Return how a ticket begins that is created so, at an instant; None for one that has to be replayed alone."""
    life = TicketState(policy)
    try:
        apply(life, (at, 0, 0, replace(shape, at=from_us(at, UTC))))
    except SlaError:
        return None
    if not life.created or life.solved or life.instants or not is_plain(life.terms):
        return None
    return Beginning(life.terms, life.fields, happenings.place_of_status(life.status), tuple(life.cycles))


def is_plain(matched: MatchedRule) -> bool:
    """Tell whether columns can say everything that a rule says."""
    return all(_is_plain_promise(terms, matched) for terms in matched.metrics.values())


def waits_for(terms: MetricPromise, matched: MatchedRule) -> MetricPromise | None:
    """Return what a clock waits for; nothing where the rule does not promise it."""
    return matched.metrics.get(terms.clock.after)


def _is_plain_promise(terms: MetricPromise, matched: MatchedRule) -> bool:
    return (
        terms.clock.starts in _STARTS
        and terms.clock.stops in _STOPS
        and _waits_plainly(terms, matched)
        and _says_only(terms.clock, _OF_CLOCKS)
        and _says_only(terms.promised, _OF_METRICS)
    )


def _waits_plainly(terms: MetricPromise, matched: MatchedRule) -> bool:
    """Tell whether one answer ends both a clock's waiting and what it waits for, so that no start is kept for later."""
    other, clock = waits_for(terms, matched), terms.clock
    if other is None:
        return True
    begins = (
        clock.starts == "customer_message" and other.clock.starts == "created" and waits_for(other, matched) is None
    )
    ends = clock.stops == other.clock.stops == "answer" and clock.answer == other.clock.answer
    return begins and ends and other.clock.reopen != "new_cycle" and waits_for(other, matched) is None


def _says_only(said: ClockRule | MetricRule, names: frozenset[str]) -> bool:
    """Tell whether a rule leaves everything else as it is by default."""
    return all(getattr(said, name) == default for name, default in _others(type(said), names))


@cache
def _others(kind: type[ClockRule | MetricRule], names: frozenset[str]) -> list[tuple[str, object]]:
    """Return what else such a rule may say, with its default."""
    return [(name, field.default) for name, field in kind.model_fields.items() if name not in names]
