"""What laws are tried with: an instant, amounts, later instants; drawn by Hypothesis, or written by hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar

from slacalc.testing.pasted import code
from slacalc.testing.strategies import FRIDAY, HOUR, MICROSECOND, MINUTE, NEAR, ONE_DAY, ZONES, amounts, instants, spans

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["Question", "ask", "questions"]

T = TypeVar("T")

_MOST: Final = 400 * HOUR


@dataclass(frozen=True, slots=True)
class Question:
    """What a law is tried with.

    `at` is an instant, `amounts` are two above zero, `later` four instants at or after it in order, `earlier` one at
    or before it, `zone` the name of another zone, and `tick` the smallest step of time that the code keeps apart.
    Its `repr` is code: paste it into `law.check(office, asked=...)`. A failure says the imports that it needs.
    """

    at: datetime
    amounts: tuple[timedelta, timedelta]
    later: tuple[datetime, datetime, datetime, datetime]
    earlier: datetime
    zone: str = "UTC"
    tick: timedelta = MICROSECOND

    def __repr__(self) -> str:
        """Return the question as code that makes it again; what it has by default is left out."""
        return code(self)


def questions(
    at: "SearchStrategy[datetime] | None", wanted: "SearchStrategy[timedelta] | None", tick: timedelta
) -> "SearchStrategy[Question]":
    """Return questions about the instants and amounts that are given; left out, about those of an ordinary week."""
    from hypothesis import strategies as st

    asked = instants(near=FRIDAY, grain=tick) if at is None else at
    coarse = max(tick, MINUTE)
    steps = amounts(grain=coarse) | amounts(most=_MOST, grain=max(tick, HOUR)) if wanted is None else wanted
    length = spans(grain=tick)
    after = st.tuples(length, length, length, length).map(sorted)
    before = spans(most=NEAR * ONE_DAY, grain=tick)
    zones = st.sampled_from(("UTC", *ZONES))
    return st.builds(_question, asked, st.tuples(steps, steps), after, before, zones, st.just(tick))


def ask(drawn: "SearchStrategy[T]", holds: Callable[[T], None], *, key: object, examples: int | None) -> None:
    """Call `holds` with what is drawn, as often as `examples` says; None is what the Hypothesis profile in force says.

    `key` keeps the failures of one law and office apart from those of others in the database of Hypothesis.
    """
    from hypothesis import Phase, given, settings

    @given(drawn)
    def asked(one: T) -> None:
        holds(one)

    inner: Any = asked.hypothesis.inner_test  # type: ignore[attr-defined]
    inner._hypothesis_internal_add_digest = sha256(repr(key).encode()).digest()  # noqa: SLF001 - as pytest's own plugin does
    how: dict[str, Any] = {} if examples is None else {"max_examples": examples}
    # What Hypothesis explains of its own example is not shown, and costs more than all the rest.
    how["phases"] = [phase for phase in settings().phases if phase is not Phase.explain]
    settings(deadline=None, report_multiple_bugs=False, **how)(asked)()


def _question(
    at: datetime,
    wanted: tuple[timedelta, timedelta],
    after: Iterable[timedelta],
    before: timedelta,
    zone: str,
    tick: timedelta,
) -> Question:
    first, second, third, fourth = (_moved(at, length) for length in after)
    return Question(at, wanted, (first, second, third, fourth), _moved(at, -before), zone, tick)


def _moved(moment: datetime, by: timedelta) -> datetime:
    """Return the instant so much real time later, in the zone of the moment."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)
