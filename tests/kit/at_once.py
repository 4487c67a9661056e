"""The recommended test of many right offices at once: each question goes to every law and every office.

Nearly all the time of a right office goes into drawing questions, not into answering them. So each is drawn once. No
office and no law gets fewer than in the recommended test, and dates are compared beside edges as well as anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from hypothesis import strategies as st

from slacalc.calendars.open_time import OpenTime
from slacalc.testing.laws import OPEN_TIME_LAWS, PAUSE_LAWS
from slacalc.testing.questions import Question, questions
from slacalc.testing.strategies import MICROSECOND, MINUTE, NEAR, ONE_DAY, instants
from tests.kit.finding import DATES_OF_LAWS, GOOD_DATES, asking, compare
from tests.kit.mistakes import Desk

BESIDE: Final = (0 * MINUTE, 0 * MINUTE, MICROSECOND, -MICROSECOND, MINUTE, -MINUTE)

Offices = Mapping[str, tuple[Desk, OpenTime]]


class Asked(NamedTuple):
    """A question near an ordinary Friday, instants near each of the dates, and which edge to ask beside there."""

    usual: Question
    moments: tuple[datetime, ...]
    edge: int
    beside: timedelta


def by_everything_at_once(offices: Offices, examples: int | None = None) -> None:
    moments = st.tuples(*(instants(near=near) for near in GOOD_DATES))
    usual = questions(None, None, MICROSECOND)
    asking(
        lambda asked: _put(asked, offices),
        st.builds(Asked, usual, moments, st.integers(0, 999), st.sampled_from(BESIDE)),
        examples,
    )


def _put(asked: Asked, offices: Offices) -> None:
    for name, (desk, office) in offices.items():
        try:
            _put_to_laws(asked, desk)
            _compare(asked, desk, office)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error or asked}") from error


def _put_to_laws(asked: Asked, desk: Desk) -> None:
    elsewhere = [at for near, at in zip(GOOD_DATES, asked.moments, strict=True) if near in DATES_OF_LAWS]
    everywhere = [_asked_at(at, asked.usual) for at in (asked.usual.at, *elsewhere)]
    for paused in PAUSE_LAWS:
        paused.check(desk, asked=asked.usual)
    for law in OPEN_TIME_LAWS:
        for question in everywhere:
            law.check(desk, asked=question)


def _asked_at(at: datetime, asked: Question) -> Question:
    one, two, three, four = (at + (later - asked.at) for later in asked.later)
    return replace(asked, at=at, later=(one, two, three, four), earlier=at + (asked.earlier - asked.at))


def _compare(asked: Asked, desk: Desk, office: OpenTime) -> None:
    amount, after = asked.usual.amounts[0], asked.usual.later[0] - asked.usual.at
    for near, at in zip(GOOD_DATES, asked.moments, strict=True):
        compare(desk, office, at, amount, after)
        edges = _edges(office, near)
        edge = edges[asked.edge % len(edges)] + asked.beside
        compare(desk, office, edge.astimezone((office.zone_info, UTC)[asked.edge % 2]), amount, after)


@cache
def _edges(office: OpenTime, near: datetime) -> Sequence[datetime]:
    intervals = office.intervals(near - NEAR * ONE_DAY, near + NEAR * ONE_DAY)
    return [edge.astimezone(UTC) for interval in intervals for edge in (interval.start, interval.end)]
