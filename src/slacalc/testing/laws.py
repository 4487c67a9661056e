"""The laws that every office keeps, for any implementation: yours, too.

`ELAPSED_LAWS` are for whatever can tell the open time `elapsed`, `ADD_LAWS` for whatever can `add` open time to an
instant, `OPEN_TIME_LAWS` for what can do both. `PAUSE_LAWS` are for whatever can tell when a paused ticket is `due`.
None of them knows when your office is open: they hold whatever its hours are.

Over 400 lines: eighteen laws, each a few lines that are read beside its sentence.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, assert_never
from unittest import SkipTest
from zoneinfo import ZoneInfo

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import read_zone, to_amount, to_us
from slacalc.testing.assertions import shown
from slacalc.testing.pasted import to_paste
from slacalc.testing.questions import Question, ask, questions
from slacalc.testing.strategies import MICROSECOND

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "ADD_LAWS",
    "ELAPSED_LAWS",
    "OPEN_TIME_LAWS",
    "PAUSE_LAWS",
    "Adding",
    "BrokenLawError",
    "Conventions",
    "Elapsing",
    "Law",
    "Office",
    "PausedOffice",
    "Question",
    "check_laws",
]

Pauses: TypeAlias = Sequence[tuple[datetime, datetime]]

_NOTHING: Final = timedelta(0)


class Elapsing(Protocol):
    """Whatever can tell the open time between two instants."""

    def elapsed(self, start: datetime, end: datetime, /) -> timedelta:
        """Return the open time between."""


class Adding(Protocol):
    """Whatever can add open time to an instant."""

    def add(self, start: datetime, amount: timedelta, /) -> datetime:
        """Return the earliest instant by which so much open time has passed."""


class Office(Elapsing, Adding, Protocol):
    """Whatever can be put through the laws of open time: a `Calendar`, or your own."""


class PausedOffice(Elapsing, Protocol):
    """Whatever can be put through the laws of pauses."""

    def due(self, received: datetime, amount: timedelta, pauses: Pauses, /) -> datetime:
        """Return when a ticket is due that was paused from start to end of each pause, once they are over."""


AnyOffice: TypeAlias = Elapsing | Adding
"""What laws are put to: each asks for the methods that its list of laws names."""


class BrokenLawError(AssertionError):
    """A law that does not hold: what it says, an example, and the question as code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What may be meant otherwise without being wrong.

    `due_at_closing`: an amount that exactly fills a day is due at its closing, or at the next opening. `pause_clock`: a
    pause takes out the open time in it, or all of its time on the wall. `backward`: what `elapsed` answers when the end
    is before the start. `naive`: the zone on whose clock your code reads naive datetimes; the kit converts, and asks
    about no instant that such a clock cannot name.
    """

    due_at_closing: Literal["closing", "opening"] = "closing"
    pause_clock: Literal["open", "wall"] = "open"
    backward: Literal["negative", "zero", "error", "absolute"] = "negative"
    naive: str | None = None


_USUAL: Final = Conventions()


@dataclass(frozen=True, slots=True)
class Law:
    """What holds for every office. `str` is its sentence: a good name for a test."""

    says: str
    holds: Callable[[Any, Question, Conventions], None]
    excluded: Callable[[Conventions], bool] = lambda _said: False

    def __str__(self) -> str:
        """Return the sentence."""
        return self.says

    def check(
        self,
        office: AnyOffice,
        *,
        instants: "SearchStrategy[datetime] | None" = None,
        amounts: "SearchStrategy[timedelta] | None" = None,
        tick: timedelta = MICROSECOND,
        examples: int | None = None,
        asked: Question | None = None,
        conventions: Conventions = _USUAL,
    ) -> None:
        """Try the law with many questions. Raises BrokenLawError with the simplest example that breaks it.

        `tick` is the smallest step of time that your code keeps apart: a minute if it rounds
        to minutes. What is asked about are `instants` and `amounts`; left out, they are of an
        ordinary week, and up to 400 hours. `examples` is how many questions; None is what the Hypothesis profile
        in force says. `asked` is one question instead, as a failure prints it. A law that a convention excludes is
        a `unittest.SkipTest`, which pytest lists as skipped.

        >>> from slacalc.testing import office_calendar
        >>> for law in OPEN_TIME_LAWS:
        ...     law.check(office_calendar(), examples=10)
        """
        if self.excluded(conventions):
            raise SkipTest(f"{self.says}: excluded by {conventions}")
        if asked is not None:
            self._ask(office, asked, conventions)
            return
        ask(
            questions(instants, amounts, tick),
            lambda question: self._ask(office, question, conventions),
            key=(self.says, type(office)),
            examples=examples,
        )

    def _ask(self, office: AnyOffice, asked: Question, conventions: Conventions) -> None:
        told = office if conventions.naive is None else _Naive(office, read_zone(conventions.naive))
        try:
            self.holds(told, asked, conventions)
        except _Broken as broken:
            raise BrokenLawError(f"{self.says}: {broken}\n{_again(asked)}") from None
        except Exception as error:
            if type(error).__module__.startswith("hypothesis"):
                raise
            crash = f"{type(error).__name__}: {error}"
            raise BrokenLawError(f"{self.says}: {crash}\n{_again(asked)}") from error


def check_laws(laws: Iterable[Law], office: AnyOffice, **how: Any) -> tuple[Law, ...]:  # noqa: ANN401 - those of `check`
    """Check several laws, and return those that a convention excludes. Takes what `Law.check` takes.

    >>> from slacalc.testing import office_calendar
    >>> check_laws(ADD_LAWS, office_calendar(), examples=10)
    ()
    """
    skipped: list[Law] = []
    for law in laws:
        try:
            law.check(office, **how)
        except SkipTest:
            skipped.append(law)
    return tuple(skipped)


class _Naive:
    """An office whose code takes and returns naive datetimes of a zone."""

    def __init__(self, office: Any, zone: ZoneInfo) -> None:  # noqa: ANN401 - an office of any kind
        self._office, self._zone = office, zone

    def add(self, start: datetime, amount: timedelta) -> datetime:
        return self._aware(self._office.add(self._naive(start), amount))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        answer: timedelta = self._office.elapsed(self._naive(start), self._naive(end))
        return answer

    def due(self, received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
        told = [(self._naive(start), self._naive(end)) for start, end in pauses]
        return self._aware(self._office.due(self._naive(received), amount, told))

    def _naive(self, moment: datetime) -> datetime:
        from hypothesis import reject

        local = moment.astimezone(self._zone)
        if local.fold:
            reject()
        return local.replace(tzinfo=None)

    def _aware(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self._zone)


# ---------------------------------------------------------------- elapsed


def _adds_up(office: Elapsing, asked: Question, _said: Conventions) -> None:
    a, (b, c, *_) = asked.at, asked.later
    _same(
        f"elapsed from {shown(a)} to {shown(c)}",
        office.elapsed(a, c),
        f"by way of {shown(b)}",
        office.elapsed(a, b) + office.elapsed(b, c),
    )


def _backward(office: Elapsing, asked: Question, said: Conventions) -> None:
    a, (b, *_) = asked.at, asked.later
    told, expected = f"elapsed from {shown(b)} back to {shown(a)}", f"with backward={said.backward!r} it"
    match said.backward:
        case "negative":
            _same(told, office.elapsed(b, a), expected, -office.elapsed(a, b))
        case "absolute":
            _same(told, office.elapsed(b, a), expected, office.elapsed(a, b))
        case "zero":
            _same(told, office.elapsed(b, a), expected, _NOTHING)
        case "error":
            if _is_before(a, b) and not _refuses(office, b, a):
                raise _Broken(f"{told} was answered, but {expected} is an error")
        case _ as never:
            assert_never(never)


def _refuses(office: Elapsing, start: datetime, end: datetime) -> bool:
    try:
        office.elapsed(start, end)
    except Exception:  # noqa: BLE001 - whatever the code under test raises
        return True
    return False


def _within_real_time(office: Elapsing, asked: Question, _said: Conventions) -> None:
    a, (*_, b) = asked.at, asked.later
    elapsed = office.elapsed(a, b)
    if not _NOTHING <= elapsed <= _real(a, b):
        real = format_amount(_real(a, b))
        raise _Broken(f"from {shown(a)} to {shown(b)} is {real}, but {format_amount(elapsed)} has elapsed")


def _elapsed_in_another_zone(office: Elapsing, asked: Question, _said: Conventions) -> None:
    a, (*_, b), zone = asked.at, asked.later, ZoneInfo(asked.zone)
    _same(
        f"elapsed from {shown(a)} to {shown(b)}",
        office.elapsed(a, b),
        f"between the same instants in {asked.zone}",
        office.elapsed(a.astimezone(zone), b.astimezone(zone)),
    )


ELAPSED_LAWS: Final[tuple[Law, ...]] = (
    Law("elapsed time adds up", _adds_up),
    Law("elapsed time backward is as the conventions say", _backward),
    Law("elapsed time is from nothing to the real time between", _within_real_time),
    Law("the same instants in another zone are as far apart", _elapsed_in_another_zone, lambda said: bool(said.naive)),
)


# ---------------------------------------------------------------- add


def _in_two_steps(office: Adding, asked: Question, _said: Conventions) -> None:
    first, second = asked.amounts
    _same(
        f"{format_amount(first + second)} from {shown(asked.at)} is due",
        office.add(asked.at, first + second),
        f"{format_amount(first)} and then {format_amount(second)} is due",
        office.add(office.add(asked.at, first), second),
    )


def _later_is_due_later(office: Adding, asked: Question, _said: Conventions) -> None:
    amount = asked.amounts[0]
    one = office.add(asked.at, amount)
    for later in asked.later:
        if _is_before(other := office.add(later, amount), one):
            raise _Broken(
                f"{format_amount(amount)} from {shown(asked.at)} is due {shown(one)}, "
                f"but from {shown(later)} earlier, {shown(other)}"
            )


def _is_not_before(office: Adding, asked: Question, _said: Conventions) -> None:
    amount = asked.amounts[0]
    if _real(asked.at, due := office.add(asked.at, amount)) < amount:
        raise _Broken(f"{format_amount(amount)} from {shown(asked.at)} is due {shown(due)}: less than that later")


def _added_in_another_zone(office: Adding, asked: Question, _said: Conventions) -> None:
    amount = asked.amounts[0]
    _same(
        f"{format_amount(amount)} from {shown(asked.at)} is due",
        office.add(asked.at, amount),
        f"from the same instant in {asked.zone}",
        office.add(asked.at.astimezone(ZoneInfo(asked.zone)), amount),
    )


ADD_LAWS: Final[tuple[Law, ...]] = (
    Law("adding in two steps is adding at once", _in_two_steps),
    Law("what comes later is never due earlier", _later_is_due_later),
    Law("an amount takes at least as much real time", _is_not_before),
    Law("the same instant in another zone is due at the same", _added_in_another_zone, lambda said: bool(said.naive)),
)


# ---------------------------------------------------------------- both


def _added_has_elapsed(office: Office, asked: Question, _said: Conventions) -> None:
    amount, due = asked.amounts[0], office.add(asked.at, asked.amounts[0])
    _same(
        f"{format_amount(amount)} from {shown(asked.at)} is due {shown(due)}; that",
        amount,
        "elapsed until then",
        office.elapsed(asked.at, due),
    )


def _nothing_beside(office: Office, asked: Question, said: Conventions) -> None:
    amount, due = asked.amounts[0], office.add(asked.at, asked.amounts[0])
    told = f"{format_amount(amount)} from {shown(asked.at)} is due {shown(due)}"
    match said.due_at_closing:
        case "closing":
            if office.elapsed(asked.at, _later(due, -asked.tick)) >= amount:
                raise _Broken(f"{told}, but had passed by one tick before")
        case "opening":
            if office.elapsed(asked.at, _later(due, asked.tick)) <= amount:
                raise _Broken(f"{told}, but no more has passed one tick later")
        case _ as never:
            assert_never(never)


OPEN_TIME_LAWS: Final[tuple[Law, ...]] = (
    *ELAPSED_LAWS,
    *ADD_LAWS,
    Law("an amount that was added has elapsed", _added_has_elapsed),
    Law("an amount that was added had not elapsed a tick earlier", _nothing_beside),
)


# ---------------------------------------------------------------- pauses


def _unpaused_is_due_when_the_amount_has_elapsed(office: PausedOffice, asked: Question, said: Conventions) -> None:
    unpaused = _Unpaused(office)
    _added_has_elapsed(unpaused, asked, said)
    _nothing_beside(unpaused, asked, said)


@dataclass(frozen=True, slots=True)
class _Unpaused:
    """The office that a paused one is without pauses."""

    office: PausedOffice

    def add(self, start: datetime, amount: timedelta) -> datetime:
        return self.office.due(start, amount, ())

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return self.office.elapsed(start, end)


def _pause_before_due(office: PausedOffice, asked: Question, _said: Conventions) -> None:
    amount, (start, end, *_) = asked.amounts[0], asked.later
    before, after = office.due(asked.at, amount, ()), office.due(asked.at, amount, ((start, end),))
    if _is_before(start, before):
        _same(
            f"open time in the pause {_span(start, end)}",
            office.elapsed(start, end),
            f"from due without it, {shown(before)}, to due with it, {shown(after)},",
            office.elapsed(before, after),
        )


def _pause_after_due(office: PausedOffice, asked: Question, _said: Conventions) -> None:
    amount, (start, end, *_) = asked.amounts[0], asked.later
    due = office.due(asked.at, amount, ())
    late = max(_NOTHING, _real(start, due))
    pause = (_later(start, late), _later(end, late))
    _same("due without a pause", due, f"with the pause {_span(*pause)}", office.due(asked.at, amount, (pause,)))


def _pause_before_receipt(office: PausedOffice, asked: Question, _said: Conventions) -> None:
    amount, (end, *_) = asked.amounts[0], asked.later
    _same(
        f"{_asked(asked)} with the pause {_span(asked.at, end)} is due",
        office.due(asked.at, amount, ((asked.at, end),)),
        f"with the same pause from before receipt, {shown(asked.earlier)},",
        office.due(asked.at, amount, ((asked.earlier, end),)),
    )


def _overlaps_count_once(office: PausedOffice, asked: Question, _said: Conventions) -> None:
    amount, (a, b, c, d) = asked.amounts[0], asked.later
    whole = office.due(asked.at, amount, ((a, d),))
    for parts in ([(a, d), (b, c)], [(b, c), (a, d)], [(a, c), (b, d)], [(b, d), (a, c)], [(a, d), (a, b), (b, d)]):
        _same(
            f"{_asked(asked)} with the pause {_span(a, d)} is due",
            whole,
            f"with {' and '.join(_span(*part) for part in parts)}",
            office.due(asked.at, amount, parts),
        )


def _split(office: PausedOffice, asked: Question, _said: Conventions) -> None:
    amount, (a, b, c, _) = asked.amounts[0], asked.later
    _same(
        f"{_asked(asked)} with the pause {_span(a, c)} is due",
        office.due(asked.at, amount, ((a, c),)),
        f"with it cut at {shown(b)}",
        office.due(asked.at, amount, ((a, b), (b, c))),
    )


def _order(office: PausedOffice, asked: Question, _said: Conventions) -> None:
    amount, (a, b, c, d) = asked.amounts[0], asked.later
    pauses = ((a, b), (c, d))
    _same(
        f"{_asked(asked)} with the pauses {_span(a, b)} and {_span(c, d)} is due",
        office.due(asked.at, amount, pauses),
        "with the two told in the other order",
        office.due(asked.at, amount, pauses[::-1]),
    )


def _one_more(office: PausedOffice, asked: Question, _said: Conventions) -> None:
    amount, (a, b, c, d) = asked.amounts[0], asked.later
    few, more = office.due(asked.at, amount, ((a, b),)), office.due(asked.at, amount, ((a, b), (c, d)))
    if _is_before(more, few):
        raise _Broken(
            f"{_asked(asked)} with the pause {_span(a, b)} is due {shown(few)}, "
            f"but with {_span(c, d)} besides earlier, {shown(more)}"
        )


PAUSE_LAWS: Final[tuple[Law, ...]] = (
    Law("without pauses it is due when the amount has elapsed", _unpaused_is_due_when_the_amount_has_elapsed),
    Law(
        "a pause that begins before due moves it by the open time in the pause",
        _pause_before_due,
        lambda said: said.pause_clock == "wall",
    ),
    Law("a pause that begins at due or later moves nothing", _pause_after_due),
    Law("a pause that begins before receipt counts from receipt", _pause_before_receipt),
    Law("pauses that overlap count once", _overlaps_count_once),
    Law("splitting a pause changes nothing", _split),
    Law("the order in which pauses are told is irrelevant", _order),
    Law("one more pause is never due earlier", _one_more),
)


# ---------------------------------------------------------------- what is said


def _again(asked: Question) -> str:
    return to_paste(f"law.check(office, asked={asked!r})")


class _Broken(Exception):  # noqa: N818 - check makes it the error
    """The example of a law that does not hold."""


def _same(one: str, its: datetime | timedelta, other: str, theirs: datetime | timedelta) -> None:
    if _value(its) != _value(theirs):
        raise _Broken(f"{one} is {_said(its)}, but {other} is {_said(theirs)}".replace(" is due is ", " is due "))


def _is_before(one: datetime, other: datetime) -> bool:
    return to_us(one) < to_us(other)


def _value(answer: datetime | timedelta) -> int | timedelta:
    return to_us(answer) if isinstance(answer, datetime) else answer


def _said(answer: datetime | timedelta) -> str:
    return shown(answer) if isinstance(answer, datetime) else format_amount(answer)


def _asked(asked: Question) -> str:
    return f"{format_amount(asked.amounts[0])} from {shown(asked.at)}"


def _span(start: datetime, end: datetime) -> str:
    return f"{shown(start)} .. {shown(end)}"


def _real(start: datetime, end: datetime) -> timedelta:
    return to_amount(to_us(end) - to_us(start))


def _later(moment: datetime, by: timedelta) -> datetime:
    """Return the instant so much real time later, in the zone of the moment."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)
