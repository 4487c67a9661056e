"""How far slacalc agrees with what another system says of its own promises, and why not where it does not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final, Literal, TypeAlias

from slacalc.business_time.instants import amount_us, to_us
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.many_tickets import LeftOut
from slacalc.clocks.replay import Clocks, replay_tickets
from slacalc.errors import SlaError
from slacalc.events.event import Event
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.targets.points import CountingTarget
from slacalc.progress import Progress
from slacalc.render import Tabular, TextTable

__all__ = ["EngineConventions", "JudgedOtherwise", "Judgement", "Parity", "Verdict", "compare"]

Verdict: TypeAlias = Literal["open", "met", "breached"]
"""What is said of a promise: it is open and not late, was met, or was breached."""
_BREACHED: Final = ("overdue", "breached")
_SKIPPED: Final = ("cancelled", "not_started", "done")


@dataclass(frozen=True, slots=True)
class EngineConventions:
    """What another system does otherwise: done to our results before they are compared, or only told.

    Times are compared by the `grain`, rounded down; a breach that is noticed up to `notices_within` later is the same.
    `told` are what a policy cannot say, and no result is changed for. `silence` is what it means that nothing is said
    of a promise: that there is none, or that it is not told, so that it cannot be compared.
    """

    system: str
    grain: timedelta
    told: tuple[str, ...] = ()
    silence: Literal["no_promise", "not_told"] = "no_promise"
    notices_within: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What another system says of one promise; `ledger` is what it told of it, instant by instant.

    `target` is empty and `due` None where it does not say them. `late` is said of a promise that was not kept, where
    nothing says when it was due.
    """

    ticket: str
    metric: str
    cycle: int
    target: str
    origin: datetime | None
    breached_at: datetime | None
    done_at: datetime | None
    ledger: tuple[tuple[datetime, str], ...] = ()
    due: datetime | None = None
    late: bool = False

    @property
    def verdict(self) -> Verdict:
        """What it says."""
        if self.breached_at is not None or self.late:
            return "breached"
        return "open" if self.done_at is None else "met"


@dataclass(frozen=True, slots=True)
class JudgedOtherwise:
    """A promise that the two judge otherwise: what each says, why in a sentence, and both ledgers.

    `theirs` and `ours` are None where one of them knows no such promise.
    """

    ticket: str
    metric: str
    cycle: int
    theirs: Verdict | None
    ours: Verdict | None
    why: str
    their_ledger: str
    our_ledger: str


@dataclass(frozen=True, slots=True)
class Parity(Tabular):
    """How many promises are judged alike, by metric, and each that is not; printed it is these two tables.

    `untold` counts promises of ours of which the other system does not say whether it made them.
    """

    conventions: EngineConventions
    agreed: Mapping[str, int]
    differences: tuple[JudgedOtherwise, ...]
    left_out: tuple[LeftOut, ...] = ()
    untold: Mapping[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The share of promises that are judged alike; None without any."""
        alike = sum(self.agreed.values())
        return alike / (alike + len(self.differences)) if alike or self.differences else None

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each promise that is judged otherwise."""
        return [{name: getattr(each, name) for name in JudgedOtherwise.__slots__} for each in self.differences]

    def to_data(self) -> dict[str, Any]:
        """Return the counts and the differences as plain data."""
        return {
            "system": self.conventions.system,
            "agreed": dict(self.agreed),
            "differences": self.to_rows(),
            "left_out": [each._asdict() for each in self.left_out],
            "untold": dict(self.untold),
            "told": list(self.conventions.told),
        }

    def _page(self) -> Iterator[str | TextTable]:
        system = self.conventions.system
        share = "no promise to compare" if self.share is None else f"{self.share:.1%} of the promises are judged alike"
        yield f"slacalc and {system}: {share}"
        differing = Counter(each.metric for each in self.differences)
        metrics = dict.fromkeys((*self.agreed, *differing))
        rows = ((metric, str(self.agreed.get(metric, 0)), str(differing[metric])) for metric in metrics)
        yield TextTable.of(
            ("metric", "alike", "otherwise"), rows, figures=range(1, 3), caption=f"judged by slacalc and {system}"
        )
        for each in self.differences:
            yield f"{each.ticket}, {each.metric} {each.cycle}: {each.why}"
        for metric, count in self.untold.items():
            yield f"{metric}: {count} {'promise' if count == 1 else 'promises'} of which {system} says nothing"
        for left in self.left_out:
            yield f"{left.ticket}, left out: {left.text}"
        yield from (f"{system} does otherwise: {each}" for each in self.conventions.told)


def compare(
    events: Iterable[tuple[str, Event]],
    judgements: Iterable[Judgement],
    policy: AnyPolicy,
    conventions: EngineConventions,
    *,
    as_of: datetime,
    progress: Progress = False,
) -> Parity:
    """Return how far a policy of ours judges tickets as their system did, as of an instant.

    What happened after `as_of` is not there yet, in their judgement neither. A promise that we cancelled, or that is
    not owed, is not compared. A ticket that cannot be replayed is left out. With `progress` each ticket is told of as
    it passes: by tqdm, or by a callable like it.
    """
    told = {(each.ticket, each.metric, each.cycle): each for each in _begun_by(judgements, as_of)}
    agreed: Counter[str] = Counter()
    untold: Counter[str] = Counter()
    otherwise: list[JudgedOtherwise] = []
    left_out: list[LeftOut] = []
    for clocks in replay_tickets(events, policy, as_of=as_of, progress=progress):
        if not clocks.is_created:
            left_out.append(LeftOut(clocks.ticket, clocks.gaps[0].code, clocks.gaps[0].message))
            told = {key: each for key, each in told.items() if key[0] != clocks.ticket}
            continue
        for cycle, state in _states(clocks):
            theirs = told.pop((clocks.ticket, state.metric, cycle), None)
            if state.status in _SKIPPED:
                continue
            if theirs is None and conventions.silence == "not_told":
                untold[state.metric] += 1
                continue
            if why := _why(theirs, state, conventions):
                key = clocks.ticket, state.metric, cycle
                otherwise.append(_otherwise(key, theirs, _ours(state), why, state.ledger.to_text()))
            else:
                agreed[state.metric] += 1
    for key, theirs in told.items():
        promised = theirs.target or f"an end by {_moment(theirs.due, UTC)}"
        why = f"{conventions.system} promised {promised}; slacalc promises nothing, or its clock did not begin"
        otherwise.append(_otherwise(key, theirs, None, why, ""))
    otherwise.sort(key=lambda each: (each.ticket, each.metric, each.cycle))
    return Parity(
        conventions, dict(sorted(agreed.items())), tuple(otherwise), tuple(left_out), dict(sorted(untold.items()))
    )


def _begun_by(judgements: Iterable[Judgement], as_of: datetime) -> Iterator[Judgement]:
    """Return the judgements as they were at an instant, of what had begun."""
    for each in judgements:
        if each.ledger and each.ledger[0][0] <= as_of:
            breached = each.breached_at if each.breached_at is not None and each.breached_at <= as_of else None
            done = each.done_at if each.done_at is not None and each.done_at <= as_of else None
            yield replace(each, breached_at=breached, done_at=done, late=each.late and done is not None)


def _states(clocks: Clocks) -> Iterator[tuple[int, ClockState]]:
    for metric in clocks:
        yield from enumerate(clocks.cycles(metric), 1)


def _ours(state: ClockState) -> Verdict:
    if state.status in _BREACHED:
        return "breached"
    return "met" if state.status == "met" else "open"


def _why(theirs: Judgement | None, state: ClockState, conventions: EngineConventions) -> str:
    """Return in a sentence why the two differ; an empty text where they do not."""
    system, ours = conventions.system, _ours(state)
    if theirs is None:
        return f"slacalc promised {state.target}; {system} promised nothing"
    if theirs.verdict == ours and _due_alike(theirs, state, conventions):
        return ""
    if theirs.verdict == "open" and ours == "breached" and _is_soon_after(state.as_of, state, conventions):
        return ""  # it may not have looked yet
    zone = state.calendar.zone_info
    due = "" if theirs.due is None else f", due {_moment(theirs.due, zone)}"
    there = f"{system} says {_at(theirs.verdict, theirs.breached_at or theirs.done_at, zone)}{due}"
    here = f"slacalc says {_at(ours, state.breached_at or state.done_at, zone)}, due {_moment(state.due, zone)}"
    return f"{there}; {here}: {_reason(theirs, state, conventions)}"


def _due_alike(theirs: Judgement, state: ClockState, conventions: EngineConventions) -> bool:
    """Tell whether both say one due time, as far as both say any; a breach may be noticed later than it was due."""
    if state.due is None or (theirs.due is None and theirs.breached_at is None):
        return True
    if theirs.due is not None:
        return _same(theirs.due, state.due, conventions)
    return _same(theirs.breached_at, state.due, conventions) or _is_soon_after(theirs.breached_at, state, conventions)


def _is_soon_after(at: datetime | None, state: ClockState, conventions: EngineConventions) -> bool:
    """Tell whether an instant is so soon after the due time that the system may notice the breach only then."""
    if at is None or state.due is None:
        return False
    return 0 <= to_us(at) - to_us(state.due) <= amount_us(conventions.notices_within)


def _reason(theirs: Judgement, state: ClockState, conventions: EngineConventions) -> str:
    zone = state.calendar.zone_info
    if theirs.target and theirs.target != str(state.target):
        return f"the target is {theirs.target} there, {state.target} here"
    if not _same(theirs.origin, state.origin, conventions):
        return f"the clock began {_moment(theirs.origin, zone)} there, {_moment(state.origin, zone)} here"
    if why := _counted_otherwise(theirs, state, conventions):
        return why
    if theirs.done_at is not None and not _same(theirs.done_at, state.done_at, conventions):
        return f"it was done {_moment(theirs.done_at, zone)} there, {_moment(state.done_at, zone)} here"
    return "other hours are open, or another time is paused: the ledgers tell"


def _counted_otherwise(theirs: Judgement, state: ClockState, conventions: EngineConventions) -> str:
    """Return what the other system counted that explains its judgement; an empty text where nothing known does."""
    system = conventions.system
    if theirs.breached_at is None and state.done_at is not None and _is_soon_after(state.done_at, state, conventions):
        return f"{system} does not look at every instant, and it was done before it looked"
    due = theirs.due or theirs.breached_at
    if due is not None and _same(_around_the_clock(state), due, conventions):
        return f"{system} counted the target around the clock, with nights and days off"
    if due is not None and _same(_without_pauses(state), due, conventions):
        return f"{system} counted the time that is paused here, too"
    return ""


def _around_the_clock(state: ClockState) -> datetime | None:
    """Return when the amount of the target has passed on the clock on the wall."""
    target, origin = state.target, state.origin
    return origin + target.amount if isinstance(target, CountingTarget) and origin is not None else None


def _without_pauses(state: ClockState) -> datetime | None:
    """Return when it would be due if nothing had paused it."""
    target, origin = state.target, state.origin
    if isinstance(target, CountingTarget) and origin is not None:
        with suppress(SlaError):  # nothing opens any more
            return target.due(state.calendar, origin)
    return None


def _same(one: datetime | None, other: datetime | None, conventions: EngineConventions) -> bool:
    """Tell whether two instants are in the same grain of the system's clock."""
    if one is None or other is None:
        return one is other
    grain = amount_us(conventions.grain)
    return to_us(one) // grain == to_us(other) // grain


def _at(verdict: Verdict, at: datetime | None, zone: tzinfo) -> str:
    return verdict if at is None or verdict == "open" else f"{verdict} {_moment(at, zone)}"


def _moment(at: datetime | None, zone: tzinfo) -> str:
    return "never" if at is None else at.astimezone(zone).isoformat(" ", "seconds")


def _otherwise(
    key: tuple[str, str, int], theirs: Judgement | None, ours: Verdict | None, why: str, our_ledger: str
) -> JudgedOtherwise:
    told = () if theirs is None else theirs.ledger
    their_ledger = "\n".join(f"{_moment(at, UTC)}  {what}" for at, what in told)
    return JudgedOtherwise(*key, None if theirs is None else theirs.verdict, ours, why, their_ledger, our_ledger)
