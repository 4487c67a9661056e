"""The laws that every office keeps, for any implementation: yours, too.

`OPEN_TIME_LAWS` are for whatever can `add` open time to an instant and tell the time `elapsed`;
`PAUSE_LAWS` for whatever can tell when a paused ticket is `due`. None of them knows when your
office is open: they hold whatever its hours are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from slacalc.business_time.instants import to_amount, to_us
from slacalc.testing.assertions import shown
from slacalc.testing.strategies import FRIDAY, MICROSECOND, MINUTE, NEAR, ONE_DAY
from slacalc.testing.strategies import amounts as any_amounts
from slacalc.testing.strategies import instants as any_instants

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["OPEN_TIME_LAWS", "PAUSE_LAWS", "BrokenLawError", "Law", "Office", "PausedOffice", "Question"]

Pauses: TypeAlias = Sequence[tuple[datetime, datetime]]
S = TypeVar("S")

_NOTHING: Final = timedelta(0)


class Office(Protocol):
    """Whatever can be put through the laws of open time: a `Calendar`, or your own."""

    def add(self, start: datetime, amount: timedelta, /) -> datetime:
        """Return the earliest instant by which so much open time has passed."""

    def elapsed(self, start: datetime, end: datetime, /) -> timedelta:
        """Return the open time between."""


class PausedOffice(Protocol):
    """Whatever can be put through the laws of pauses."""

    def due(self, received: datetime, amount: timedelta, pauses: Pauses, /) -> datetime:
        """Return when a ticket is due that was paused from start to end of each pause, once they are over."""

    def elapsed(self, start: datetime, end: datetime, /) -> timedelta:
        """Return what the clock counts between, when it is not paused."""


class BrokenLawError(AssertionError):
    """A law that does not hold: what it says, and an example."""


class Question(NamedTuple):
    """What a law is tried with: an instant, amounts above zero, and later instants in order."""

    at: datetime
    amounts: tuple[timedelta, timedelta]
    later: tuple[datetime, datetime, datetime]
    tick: timedelta


@dataclass(frozen=True, slots=True)
class Law(Generic[S]):
    """What holds for every office. `str` is its sentence: a good name for a test."""

    says: str
    holds: Callable[[S, Question], None]

    def __str__(self) -> str:
        """Return the sentence."""
        return self.says

    def check(
        self,
        office: S,
        *,
        instants: "SearchStrategy[datetime] | None" = None,
        amounts: "SearchStrategy[timedelta] | None" = None,
        tick: timedelta = MICROSECOND,
        examples: int = 200,
    ) -> None:
        """Try the law with many questions. Raises BrokenLawError with the simplest example that breaks it.

        `tick` is the smallest step of time that your code keeps apart: a minute if it rounds
        to minutes. What is asked about are `instants` and `amounts`; left out, they are of an
        ordinary week, in UTC, and up to 40 hours.

        >>> from slacalc.testing import office_calendar
        >>> for law in OPEN_TIME_LAWS:
        ...     law.check(office_calendar(), examples=10)
        """
        from hypothesis import given, settings

        @settings(max_examples=examples, deadline=None, report_multiple_bugs=False)
        @given(_questions(instants, amounts, tick))
        def holds(question: Question) -> None:
            try:
                self.holds(office, question)
            except _Broken as broken:
                raise BrokenLawError(f"{self.says}: {broken}") from None

        holds()


def _questions(
    instants: "SearchStrategy[datetime] | None", wanted: "SearchStrategy[timedelta] | None", tick: timedelta
) -> "SearchStrategy[Question]":
    from hypothesis import strategies as st

    base = any_instants(near=FRIDAY, grain=tick) if instants is None else instants
    steps = any_amounts(grain=max(tick, MINUTE)) if wanted is None else wanted
    after = st.integers(0, NEAR * ONE_DAY // tick) | st.integers(0, NEAR * 24).map(lambda h: timedelta(hours=h) // tick)
    later = st.tuples(after, after, after).map(sorted)
    return st.builds(_question, base, st.tuples(steps, steps), later, st.just(tick))


def _question(at: datetime, wanted: tuple[timedelta, timedelta], later: list[int], tick: timedelta) -> Question:
    first, second, third = (_later(at, steps * tick) for steps in later)
    return Question(at, wanted, (first, second, third), tick)


# ---------------------------------------------------------------- open time


def _adds_up(office: Office, asked: Question) -> None:
    a, (b, c, _) = asked.at, asked.later
    _same(
        office.elapsed(a, c),
        office.elapsed(a, b) + office.elapsed(b, c),
        f"elapsed from {shown(a)} to {shown(c)}, and the sum of it by way of {shown(b)}",
    )


def _backward(office: Office, asked: Question) -> None:
    a, (b, _, _) = asked.at, asked.later
    _same(-office.elapsed(a, b), office.elapsed(b, a), f"elapsed from {shown(b)} back to {shown(a)}")


def _within_real_time(office: Office, asked: Question) -> None:
    a, (b, _, _) = asked.at, asked.later
    elapsed = office.elapsed(a, b)
    if not _NOTHING <= elapsed <= _real(a, b):
        raise _Broken(f"from {shown(a)} to {shown(b)} are {_real(a, b)}, but {elapsed} have elapsed")


def _added_has_elapsed(office: Office, asked: Question) -> None:
    (amount, _), due = asked.amounts, office.add(asked.at, asked.amounts[0])
    _same(amount, office.elapsed(asked.at, due), f"elapsed from {shown(asked.at)} until due, {shown(due)}")


def _nothing_earlier(office: Office, asked: Question) -> None:
    (amount, _), due = asked.amounts, office.add(asked.at, asked.amounts[0])
    before = office.elapsed(asked.at, _later(due, -asked.tick))
    if before >= amount:
        raise _Broken(f"{amount} from {shown(asked.at)} are due {shown(due)}, but had passed by one tick before")


def _in_two_steps(office: Office, asked: Question) -> None:
    first, second = asked.amounts
    _same(
        office.add(asked.at, first + second),
        office.add(office.add(asked.at, first), second),
        f"{first + second} from {shown(asked.at)}, and {first} and then {second}",
    )


def _later_is_due_later(office: Office, asked: Question) -> None:
    (amount, _), (later, _, _) = asked.amounts, asked.later
    one, other = office.add(asked.at, amount), office.add(later, amount)
    if _is_before(other, one):
        raise _Broken(
            f"{amount} from {shown(asked.at)} are due {shown(one)}, from {shown(later)} earlier, {shown(other)}"
        )


OPEN_TIME_LAWS: Final[tuple[Law[Office], ...]] = (
    Law("elapsed time adds up", _adds_up),
    Law("elapsed time backward is the negative of forward", _backward),
    Law("elapsed time is from nothing to the real time between", _within_real_time),
    Law("an amount that was added has elapsed", _added_has_elapsed),
    Law("an amount that was added had not elapsed a tick earlier", _nothing_earlier),
    Law("adding in two steps is adding at once", _in_two_steps),
    Law("what comes later is never due earlier", _later_is_due_later),
)


# ---------------------------------------------------------------- pauses


def _unpaused_is_due_when_the_amount_has_elapsed(office: PausedOffice, asked: Question) -> None:
    (amount, _), due = asked.amounts, office.due(asked.at, asked.amounts[0], ())
    _same(amount, office.elapsed(asked.at, due), f"elapsed from {shown(asked.at)} until due, {shown(due)}")
    if office.elapsed(asked.at, _later(due, -asked.tick)) >= amount:
        raise _Broken(f"{amount} from {shown(asked.at)} are due {shown(due)}, but had passed by one tick before")


def _pause_before_due(office: PausedOffice, asked: Question) -> None:
    (amount, _), (start, end, _) = asked.amounts, asked.later
    before, after = office.due(asked.at, amount, ()), office.due(asked.at, amount, ((start, end),))
    if _is_before(start, before):
        _same(
            office.elapsed(start, end),
            office.elapsed(before, after),
            f"open time in the pause {_span(start, end)}, and from due without it, {shown(before)}, "
            f"to due with it, {shown(after)}",
        )


def _pause_after_due(office: PausedOffice, asked: Question) -> None:
    (amount, _), (start, end, _) = asked.amounts, asked.later
    due = office.due(asked.at, amount, ())
    late = max(_NOTHING, _real(start, due))
    pause = (_later(start, late), _later(end, late))
    _same(due, office.due(asked.at, amount, (pause,)), f"due without, and with the pause {_span(*pause)}")


def _overlaps_count_once(office: PausedOffice, asked: Question) -> None:
    (amount, _), (a, b, c) = asked.amounts, asked.later
    _same(
        office.due(asked.at, amount, ((a, c),)),
        office.due(asked.at, amount, ((a, c), (a, b), (b, c))),
        f"{amount} from {shown(asked.at)} with the pause {_span(a, c)}, and with parts of it told besides",
    )


def _split(office: PausedOffice, asked: Question) -> None:
    (amount, _), (a, b, c) = asked.amounts, asked.later
    _same(
        office.due(asked.at, amount, ((a, c),)),
        office.due(asked.at, amount, ((a, b), (b, c))),
        f"{amount} from {shown(asked.at)} with the pause {_span(a, c)}, and with it cut at {shown(b)}",
    )


def _order(office: PausedOffice, asked: Question) -> None:
    (amount, gap), (a, b, c) = asked.amounts, asked.later
    pauses = ((a, b), (_later(b, gap), _later(c, gap)))
    _same(
        office.due(asked.at, amount, pauses),
        office.due(asked.at, amount, pauses[::-1]),
        f"{amount} from {shown(asked.at)} with the pauses {_span(*pauses[0])} and {_span(*pauses[1])}, and reversed",
    )


def _one_more(office: PausedOffice, asked: Question) -> None:
    (amount, gap), (a, b, c) = asked.amounts, asked.later
    one, other = (a, b), (_later(b, gap), _later(c, gap))
    few, more = office.due(asked.at, amount, (one,)), office.due(asked.at, amount, (one, other))
    if _is_before(more, few):
        raise _Broken(f"due {shown(few)}, but with the pause {_span(*other)} besides earlier, {shown(more)}")


PAUSE_LAWS: Final[tuple[Law[PausedOffice], ...]] = (
    Law("without pauses it is due when the amount has elapsed", _unpaused_is_due_when_the_amount_has_elapsed),
    Law("a pause that begins before due moves it by the open time in the pause", _pause_before_due),
    Law("a pause that begins at due or later moves nothing", _pause_after_due),
    Law("pauses that overlap count once", _overlaps_count_once),
    Law("splitting a pause changes nothing", _split),
    Law("the order in which pauses are told is irrelevant", _order),
    Law("one more pause is never due earlier", _one_more),
)


class _Broken(Exception):  # noqa: N818 - it never leaves this module
    """An example that breaks a law."""


def _same(expected: datetime | timedelta, actual: datetime | timedelta, what: str) -> None:
    if _value(expected) != _value(actual):
        raise _Broken(f"{what}, should be the same, but are {_said(expected)} and {_said(actual)}")


def _is_before(one: datetime, other: datetime) -> bool:
    return to_us(one) < to_us(other)


def _value(answer: datetime | timedelta) -> int | timedelta:
    return to_us(answer) if isinstance(answer, datetime) else answer


def _said(answer: datetime | timedelta) -> str:
    return shown(answer) if isinstance(answer, datetime) else str(answer)


def _span(start: datetime, end: datetime) -> str:
    return f"{shown(start)} .. {shown(end)}"


def _real(start: datetime, end: datetime) -> timedelta:
    return to_amount(to_us(end) - to_us(start))


def _later(moment: datetime, by: timedelta) -> datetime:
    """Return the instant so much real time later, in the zone of the moment."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)
