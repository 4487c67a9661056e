"""One run of a clock: from its origin, paused and given other targets, until it ends."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, Self, TypeAlias

from slacalc.business_time.instants import amount_us
from slacalc.business_time.spans import Span
from slacalc.clocks.due import Course, Past, chosen_of, point_of, reached, when
from slacalc.policies.in_force import MetricPromise, PolicyInForce
from slacalc.policies.targets import CountingTarget, Range, clock_of

__all__ = ["SOLVED", "Cycle", "Hold", "Meanwhile", "Override", "Pause", "Reign", "reason_of"]

Hold: TypeAlias = tuple[Literal["status", "pause", "solved"], str]
"""What holds a clock: a status, a pause for a reason, or that the ticket is solved."""

SOLVED: Final[Hold] = ("solved", "")


class Pause(NamedTuple):
    """A pause that is over, with its reason."""

    start: int
    end: int
    reason: str


class Override(NamedTuple):
    """A date promised by hand: when it was promised, the date, by whom."""

    at: int
    due: int
    author: str


class Reign(NamedTuple):
    """The time under one target, until another took over."""

    start: int
    end: int
    terms: MetricPromise


class Meanwhile(NamedTuple):
    """Terms that came while a ticket was solved: after how many of its pauses, and when."""

    after: int
    at: int
    terms: MetricPromise


class Cycle:
    """One run of a clock. It is changed by the events of its ticket in order, and read at any time.

    `fields` are those of the ticket while the cycle was open. `since` is when the present
    terms took over. `held` are the holds in force with their beginnings: while there is one the
    clock is paused, unless the cap on pauses is used up. `meanwhile` keeps the terms that came
    since it stopped, in case the ticket is opened again, and `followed` how many of the ticket's
    pauses it had seen by then.
    """

    __slots__ = (
        "answered",
        "begun",
        "breaches",
        "cancelled",
        "cancelled_at",
        "edition",
        "fields",
        "followed",
        "held",
        "meanwhile",
        "origin",
        "overrides",
        "past",
        "paused_amount",
        "paused_since",
        "pauses",
        "reigns",
        "running_since",
        "since",
        "stop",
        "stretches",
        "terms",
    )

    def __init__(self, edition: PolicyInForce, terms: MetricPromise, origin: int, fields: Mapping[str, str]) -> None:
        self.edition: PolicyInForce = edition
        self.terms: MetricPromise = terms
        self.fields: Mapping[str, str] = fields
        self.origin: int = origin
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
        self.breaches: list[int] = []
        self.begun: int | None = None
        self.stop: int | None = None
        self.answered: bool = False
        self.cancelled: str = ""
        self.cancelled_at: int | None = None
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
        return self.stop is None and not self.cancelled

    @property
    def ended_at(self) -> int | None:
        """When it was stopped or cancelled."""
        return self.cancelled_at if self.cancelled else self.stop

    @property
    def course(self) -> Course:
        """What its target is measured against."""
        return Course(self.terms.calendar, self.origin, self.since, self.past, self.stretches, self.running_since)

    def due(self) -> int | None:
        """Return the date promised by hand, else when the target is reached; None while paused before."""
        if self.overrides:
            return self.overrides[-1].due
        terms = self.terms
        if terms.amount is not None and not self.reigns:
            return reached(terms.own, terms.amount, self.stretches, self.running_since)[0]
        return when(terms.promised.due, self.course)

    def earliest(self) -> int | None:
        """Return when a range begins, over the same pauses; one already reached at a change stands (rule 8)."""
        chosen = chosen_of(self.terms.promised.due, self.course)
        if not isinstance(chosen, Range):
            return None
        return when(chosen.earliest, self.course) if self.begun is None else self.begun

    def hold(self, hold: Hold, at: int) -> None:
        """Pause for a reason, unless it holds already."""
        if hold in self.held:
            return
        self.spend_pause(at)
        if self.running_since is None:
            self._count_pause(at)
        elif hold == SOLVED or self._may_pause():
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
        self.pauses.append(Pause(self.held.pop(hold), at, reason_of(hold)))
        if not self.held and self.running_since is None:
            self.running_since = at

    def release_all(self, at: int) -> None:
        """End every pause; that the ticket is solved is none."""
        for hold in [hold for hold in self.held if hold != SOLVED]:
            self.release(hold, at)

    @property
    def pause_spent_at(self) -> int | None:
        """When the pause, if it goes on, has used up the cap; None without one."""
        cap, terms = self.terms.clock.pause_cap, self.terms
        if cap is None or self.running_since is not None or SOLVED in self.held:
            return None
        target = point_of(terms.promised.due, self.course)
        if not isinstance(target, CountingTarget):
            return None
        return clock_of(target, terms.calendar).add(self.paused_since, amount_us(cap) - self.paused_amount)

    def spend_pause(self, at: int) -> None:
        """Run again from where the cap on the paused amount was used up, if that was by `at`."""
        cap = self.terms.clock.pause_cap
        if cap is not None and (spent := self.pause_spent_at) is not None and spent <= at:
            self.paused_amount, self.running_since = amount_us(cap), spent

    def retarget(self, terms: MetricPromise, at: int) -> None:
        """Go on under other terms (rule 9). A due time that has passed stays on record; a date by hand stays due."""
        self.spend_pause(at)
        if not self.overrides:
            self.record_breach(at)
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
        self.reigns.append(Reign(self.since, at, self.terms))
        self.terms, self.since, self.stretches = terms, at, []

    def override(self, override: Override) -> None:
        """Take a date promised by hand for due; the time that had passed by then stays on record."""
        self.spend_pause(override.at)
        self.record_breach(override.at)
        self.overrides.append(override)

    def record_breach(self, at: int) -> None:
        """Remember the due time if it had passed."""
        due = self.due()
        if due is not None and due < at:
            self.breaches.append(due)

    def finish(self, at: int, *, answered: bool) -> None:
        """Stop: what was asked for is done."""
        self.spend_pause(at)
        self.stop, self.answered = at, answered

    def cancel(self, why: str, at: int) -> None:
        """End without an outcome; a breach that happened stays."""
        self.spend_pause(at)
        self.record_breach(at)
        self.cancelled, self.cancelled_at = why, at

    def go_on(self, *, counting: bool) -> None:
        """Run again from where it stopped: as if it never did, or held until the ticket is opened again."""
        stopped, self.stop, self.answered = self.stop, None, False
        assert stopped is not None  # noqa: S101 - only what stopped goes on
        if not counting:
            self.hold(SOLVED, stopped)

    def _may_pause(self) -> bool:
        cap = self.terms.clock.pause_cap
        return cap is None or self.paused_amount < amount_us(cap)

    def _count_pause(self, at: int) -> None:
        """Add the pause up to now to what the cap allows, in the target's own kind of time; solved is no pause."""
        if self.terms.clock.pause_cap is not None and SOLVED not in self.held:
            clock = clock_of(point_of(self.terms.promised.due, self.course), self.terms.calendar)
            self.paused_amount += clock.elapsed(self.paused_since, at)
        self.paused_since = at


def reason_of(hold: Hold) -> str:
    """Return what a ledger says of a hold: the status, the reason given, or "solved"."""
    return "solved" if hold == SOLVED else hold[1]


_VALUES: Final = (
    "since",
    "running_since",
    "paused_since",
    "paused_amount",
    "begun",
    "stop",
    "answered",
    "cancelled",
    "cancelled_at",
    "followed",
)
_LISTS: Final = ("stretches", "reigns", "pauses", "overrides", "breaches", "meanwhile")
_SAID: Final = ("terms", "origin", "fields", "held", *_VALUES, *_LISTS)
