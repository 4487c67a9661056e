"""One run of a clock: from its origin, paused and given other targets, until it ends.

Over 400 lines: one state, with each way in which an event can change it.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise, takewhile
from typing import Final, Literal, NamedTuple, Self, TypeAlias

from slacalc.business_time.instants import amount_us
from slacalc.business_time.spans import Span
from slacalc.clocks.due import Course, Past, chosen_of, point_of, reached, when
from slacalc.policies.in_force import MetricPromise, PolicyInForce
from slacalc.policies.targets.range import Range

__all__ = [
    "CANCELLATIONS",
    "ENDS_BY_SOLVING",
    "SOLVED",
    "STOPS",
    "UNPROMISED",
    "Cycle",
    "End",
    "Hold",
    "Later",
    "Meanwhile",
    "Override",
    "Pause",
    "Reign",
    "Turn",
    "reason_of",
]

Hold: TypeAlias = tuple[Literal["status", "pause", "solved", "unpromised"], str]
"""What holds a clock: a status, a pause for a reason, that the ticket is solved, or that nothing is promised."""

SOLVED: Final[Hold] = ("solved", "")
UNPROMISED: Final[Hold] = ("unpromised", "")
_NO_PAUSES: Final = frozenset((SOLVED, UNPROMISED))
STOPS: Final = frozenset(("answered", "solved", "handed_over"))
"""How a cycle ends that is not cancelled."""
CANCELLATIONS: Final = (
    "closed",
    "deleted",
    "merged",
    "no_longer_promised",
    "no_reply_needed",
    "solved_without_answer",
    "taken_over",
)
"""Why a clock is cancelled."""
ENDS_BY_SOLVING: Final = frozenset(("solved", "solved_without_answer", "closed"))


class Pause(NamedTuple):
    """A hold that is over."""

    start: int
    end: int
    hold: Hold


class Override(NamedTuple):
    """A date promised by hand: when it was promised, the date, by whom."""

    at: int
    due: int
    author: str


class Reign(NamedTuple):
    """The time under one target, until another took over; a date was taken from `begins`."""

    start: int
    end: int
    terms: MetricPromise
    begins: int


class Turn(NamedTuple):
    """When other terms took over, and what a date is taken from under them."""

    at: int
    terms: MetricPromise
    begins: int


class Later(NamedTuple):
    """What was promised after the breach, and when: it is on record, and judges nothing."""

    at: int
    to: MetricPromise | Override


class Meanwhile(NamedTuple):
    """Terms that came while a ticket was solved, or none: after how many of its pauses, and when."""

    after: int
    at: int
    terms: MetricPromise | None


class End(NamedTuple):
    """When a cycle ended, and how.

    It stopped when "answered" (what was asked for was done), "solved", or "handed_over" to another rule. One that
    repeats has "lapsed" when its due time passed unmet. Anything else cancelled it.
    """

    at: int
    how: str


class Cycle:
    """One run of a clock. It is changed by the events of its ticket in order, and read at any time.

    `fields` are those of the ticket while the cycle was open. `known_since` is the event that began it, which may be
    later than its origin, and `away` the times in which it had ended before it went on. `since` is when the present
    terms took over; `promised_since` is what a date is taken from: the origin, or when the metric was
    promised again. `held` are the holds in force with their beginnings: while there is one the
    clock is paused, unless the cap on pauses is used up. `breach` is the due time that passed unmet: from then
    on the terms stay what they are; `terms_now` are those of the rule that matches, and `later` keeps what was promised
    after it. `meanwhile` keeps the terms that
    came since the ticket was solved, in case it is opened again, and `followed` how many of the ticket's
    pauses the cycle had seen when it ended. `settled` is when it was answered, where solving had ended it before.
    """

    __slots__ = (
        "away",
        "begun",
        "breach",
        "edition",
        "end",
        "fields",
        "followed",
        "held",
        "known_since",
        "later",
        "meanwhile",
        "origin",
        "overrides",
        "past",
        "paused_amount",
        "paused_since",
        "pauses",
        "promised_since",
        "reigns",
        "running_since",
        "settled",
        "since",
        "stretches",
        "terms",
        "terms_now",
    )

    def __init__(self, edition: PolicyInForce, terms: MetricPromise, origin: int, fields: Mapping[str, str]) -> None:
        self.edition: PolicyInForce = edition
        self.terms: MetricPromise = terms
        self.terms_now: MetricPromise = terms
        self.fields: Mapping[str, str] = fields
        self.origin: int = origin
        self.known_since: int = origin
        self.promised_since: int = origin
        self.since: int = origin
        self.running_since: int | None = origin
        self.paused_since: int = origin
        self.stretches: list[Span] = []
        self.past: Past = Past()
        self.reigns: list[Reign] = []
        self.held: dict[Hold, int] = {}
        self.pauses: list[Pause] = []
        self.paused_amount: int = 0
        self.overrides: list[Override] = []
        self.breach: int | None = None
        self.later: list[Later] = []
        self.begun: int | None = None
        self.end: End | None = None
        self.settled: int | None = None
        self.away: list[Span] = []
        self.meanwhile: list[Meanwhile] = []
        self.followed: int = 0

    def __eq__(self, other: object) -> bool:
        """Tell whether two cycles went the same way."""
        if not isinstance(other, Cycle):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _SAID)

    def __hash__(self) -> int:
        """Hash what never changes."""
        return hash((self.terms.metric, self.origin))

    def copied(self) -> Self:
        """Return a cycle that can be changed without changing this one."""
        other = type(self)(self.edition, self.terms, self.origin, self.fields)
        other.terms_now = self.terms_now
        for name in _VALUES:
            setattr(other, name, getattr(self, name))
        for name in _LISTS:
            setattr(other, name, list(getattr(self, name)))
        other.held = dict(self.held)
        other.past = Past(self.past.stretches)
        return other

    @property
    def is_open(self) -> bool:
        """Whether the clock still runs or is paused."""
        return self.end is None

    @property
    def stop(self) -> int | None:
        """When what was asked for was done; None while it is not, and for a cycle that was cancelled."""
        return self.end.at if self.end is not None and self.end.how in STOPS else None

    @property
    def cancelled(self) -> str:
        """Why it was cancelled, or nothing."""
        return "" if self.end is None or self.end.how in STOPS or self.has_lapsed else self.end.how

    @property
    def has_lapsed(self) -> bool:
        """Whether it ended at its due time without its stop: the next working date has a cycle of its own."""
        return self.end is not None and self.end.how == "lapsed"

    @property
    def ended_by_solving(self) -> bool:
        """Whether the ticket was solved or closed before it had its answer."""
        return self.end is not None and self.end.how in ENDS_BY_SOLVING

    @property
    def can_go_on(self) -> bool:
        """Whether opening the ticket again takes up this very cycle; what repeats begins another on another date."""
        return self.end is not None and self.end.how in ENDS_BY_SOLVING and self.terms.clock.repeats is None

    @property
    def first_terms(self) -> MetricPromise:
        """The terms that it began with."""
        return self.reigns[0].terms if self.reigns else self.terms

    @property
    def turns(self) -> Iterator[Turn]:
        """The terms that took over from the first ones, in order."""
        for reign, after in pairwise(self.reigns):
            yield Turn(reign.end, after.terms, after.begins)
        if self.reigns:
            yield Turn(self.reigns[-1].end, self.terms, self.promised_since)

    @property
    def course(self) -> Course:
        """What its target is measured against."""
        terms = self.terms
        return Course(
            terms.calendar,
            terms.promised.pauses_move,
            self.promised_since,
            self.since,
            self.past,
            self.stretches,
            self.running_since,
        )

    def due(self) -> int | None:
        """Return the due time that was breached, else the date promised by hand, else when the target is reached.

        None while paused before it.
        """
        if self.breach is not None:
            return self.breach
        if self.overrides:
            return self.overrides[-1].due
        terms = self.terms
        if terms.amount is not None and not self.reigns:
            return reached(terms.own, terms.amount, self.stretches, self.running_since)[0]
        return when(terms.promised.due, self.course)

    def earliest(self) -> int | None:
        """Return when a range begins, over the same pauses; one already reached at a change stands (rule 8).

        A date promised by hand has none.
        """
        chosen = chosen_of(self.terms.promised.due, self.course)
        if not isinstance(chosen, Range) or self.overrides:
            return None
        return when(chosen.earliest, self.course) if self.begun is None else self.begun

    def hold(self, hold: Hold, at: int) -> None:
        """Pause for a reason, unless it holds already."""
        if hold in self.held:
            return
        self.spend_pause(at)
        if self.running_since is None:
            self._count_pause(at)
        elif hold in _NO_PAUSES or self._may_pause():
            if self.running_since < at:
                self.stretches.append((self.running_since, at))
            self.running_since, self.paused_since = None, at
        self.held[hold] = at

    def release(self, hold: Hold, at: int) -> None:
        """End the pause of a reason; the clock runs on when it was the last."""
        if hold not in self.held:
            return
        self.spend_pause(at)
        if self.running_since is None:
            self._count_pause(at)
        self.pauses.append(Pause(self.held.pop(hold), at, hold))
        if not self.held and self.running_since is None:
            self.running_since = at

    def release_all(self, at: int) -> None:
        """End every pause; that the ticket is solved is none."""
        for hold in [hold for hold in self.held if hold not in _NO_PAUSES]:
            self.release(hold, at)

    @property
    def pause_spent_at(self) -> int | None:
        """When the pause, if it goes on, has used up the cap; None without one."""
        cap, terms = self.terms.clock.pause_cap, self.terms
        if cap is None or self.running_since is not None or not _NO_PAUSES.isdisjoint(self.held):
            return None
        clock = point_of(terms.promised.due, self.course).pause_clock(terms.calendar)
        return clock.add(self.paused_since, amount_us(cap) - self.paused_amount)

    def spend_pause(self, at: int) -> None:
        """Run again from where the cap on the paused amount was used up, if that was by `at`."""
        cap = self.terms.clock.pause_cap
        if cap is not None and (spent := self.pause_spent_at) is not None and spent <= at:
            self.paused_amount, self.running_since = amount_us(cap), spent

    def retarget(self, terms: MetricPromise, at: int) -> None:
        """Go on under other terms (rule 9): equal ones change nothing, and a breach stays.

        A date promised by hand stays due.
        """
        self.terms_now = terms
        if self.is_breached(at):
            self.later.append(Later(at, terms))
        elif terms.promises_as(self.terms):
            self.terms = terms
        else:
            self.turn(terms, at)

    def turn(self, terms: MetricPromise, at: int) -> None:
        """Count what has passed for the past, and be due not before now."""
        if self.begun is None and (begins := self.earliest()) is not None and begins <= at:
            self.begun = begins
        if self.running_since is None:
            self._count_pause(at)
        else:
            if self.running_since < at:
                self.stretches.append((self.running_since, at))
            self.running_since = at
        self.past.stretches.extend((span, self.terms) for span in self.stretches)
        self.reigns.append(Reign(self.since, at, self.terms, self.promised_since))
        self.terms = self.terms_now = terms
        self.since, self.stretches = at, []

    def repeat(self, turn: Turn) -> None:
        """Go on under the terms that took over then, in a cycle that is told again."""
        self.turn(turn.terms, turn.at)
        if turn.begins != self.promised_since:
            self.promised_since, self.begun = turn.begins, None

    def come_back(self, terms: MetricPromise, at: int) -> None:
        """Go on under terms that promise it first or again: dates are taken from now (rule 9), and a breach stays."""
        self.spend_pause(at)
        self.release(UNPROMISED, at)
        self.terms_now = terms
        if self.breach is not None:
            self.later.append(Later(at, terms))
            return
        self.turn(terms, at)
        if terms.leaves_unpromised_out:
            self.promised_since, self.begun = at, None

    def override(self, override: Override) -> None:
        """Take a date promised by hand for due, unless the promise is broken already."""
        if self.is_breached(override.at):
            self.later.append(Later(override.at, override))
        else:
            self.overrides.append(override)

    def is_breached(self, at: int) -> bool:
        """Tell whether a due time that is owed has passed unmet and stays on record (rule 9); it is remembered."""
        self.spend_pause(at)
        if self.breach is None and self.terms.clock.after_breach == "stays" and self.terms.promised.is_owed:
            due = self.due()
            if due is not None and due < at:
                self.breach = due
        return self.breach is not None

    def finish(self, how: str, at: int, followed: int) -> None:
        """End, having seen so many of the ticket's pauses.

        What solving ends it ends out of the status of that instant, though the status was told to be over before.
        """
        if self.terms.clock.pause_cap is not None:
            self.spend_pause(at)
        if self.running_since == at and how in ENDS_BY_SOLVING and self._was_held_by_status_until(at):
            self.running_since = None
        self.end, self.followed = End(at, how), followed

    def stop_at(self, at: int, followed: int) -> None:
        """Have what was asked for; what solving ended before stays ended when it was."""
        if self.end is None:
            self.finish("answered", at, followed)
        else:
            self.end, self.settled = End(self.end.at, "answered"), at

    def go_on(self, held_by: Hold | None, at: int) -> None:
        """Run again from where it ended: held until now, or as if it never had ended."""
        ended, self.end = self.end, None
        assert ended is not None  # noqa: S101 - only what ended goes on
        self.away.append((ended.at, at))
        if held_by is not None:
            self.hold(held_by, ended.at)
        elif self.running_since is None and not self.held:
            self.running_since = ended.at

    def _was_held_by_status_until(self, at: int) -> bool:
        ended = takewhile(lambda pause: pause.end == at, reversed(self.pauses))
        return self.paused_since == at and any(pause.hold[0] == "status" for pause in ended)

    def _may_pause(self) -> bool:
        cap = self.terms.clock.pause_cap
        return cap is None or self.paused_amount < amount_us(cap)

    def _count_pause(self, at: int) -> None:
        """Add the pause up to now to what the cap allows, in the target's own kind of time; solved is no pause."""
        if self.terms.clock.pause_cap is not None and _NO_PAUSES.isdisjoint(self.held):
            clock = point_of(self.terms.promised.due, self.course).pause_clock(self.terms.calendar)
            self.paused_amount += clock.elapsed(self.paused_since, at)
        self.paused_since = at


def reason_of(hold: Hold) -> str:
    """Return what a ledger says of a hold: the status, the reason given, "solved" or "not promised"."""
    match hold:
        case ("solved", _):
            return "solved"
        case ("unpromised", _):
            return "not promised"
        case (_, name):
            return name


_VALUES: Final = (
    "known_since",
    "promised_since",
    "since",
    "running_since",
    "paused_since",
    "paused_amount",
    "breach",
    "begun",
    "end",
    "settled",
    "followed",
)
_LISTS: Final = ("away", "stretches", "reigns", "pauses", "overrides", "later", "meanwhile")
_SAID: Final = ("terms", "terms_now", "origin", "fields", "held", *_VALUES, *_LISTS)
