"""The laws of the kit, each on one question with answers that are known by hand: what holds, and what a break says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import strategies as st

from slacalc.testing.laws import OPEN_TIME_LAWS, PAUSE_LAWS, BrokenLawError, Law, Office, PausedOffice, Question

Pauses = Sequence[tuple[datetime, datetime]]
Add = Callable[[datetime, timedelta], datetime]
Elapsed = Callable[[datetime, datetime], timedelta]
Due = Callable[[datetime, timedelta, Pauses], datetime]

HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
NOTHING: Final = timedelta(0)


def hour_of_friday(hour: int) -> datetime:
    """An hour of Friday 20 November 2026, from 24 on of Saturday."""
    return datetime(2026, 11, 20, tzinfo=UTC) + hour * HOUR


ASKED: Final = Question(
    hour_of_friday(15), (2 * HOUR, 3 * HOUR), (hour_of_friday(16), hour_of_friday(18), hour_of_friday(21)), MINUTE
)


@dataclass(frozen=True)
class Given:
    """An office that is always open, but for the answers that a test gives it."""

    add: Add = lambda start, amount: start + amount
    elapsed: Elapsed = lambda start, end: end - start


@dataclass(frozen=True)
class GivenPaused:
    """An office that is always open and never minds a pause, but for the answers that a test gives it."""

    due: Due = lambda received, amount, _pauses: received + amount
    elapsed: Elapsed = lambda start, end: end - start


def paused(received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
    """When a ticket is due in an office that is always open, by walking through the pauses in order."""
    due = received + amount
    covered = received
    for start, end in sorted(pauses):
        if max(start, covered) < due:
            due += max(NOTHING, end - max(start, covered))
        covered = max(covered, end)
    return due


def rounded_up(start: datetime, end: datetime) -> timedelta:
    """Time elapsed in started hours."""
    return -((start - end) // HOUR) * HOUR


def taken(pauses: Pauses) -> timedelta:
    return sum((end - start for start, end in pauses), NOTHING)


def named(laws: Sequence[Law[Office]] | Sequence[Law[PausedOffice]]) -> dict[str, Callable[[object, Question], None]]:
    return {law.says: law.holds for law in laws}  # type: ignore[misc]  # offices of both kinds


LAWS: Final = {**named(OPEN_TIME_LAWS), **named(PAUSE_LAWS)}


@pytest.mark.parametrize("law", OPEN_TIME_LAWS, ids=str)
def test_real_time_and_a_closed_moment_keep_every_law_of_open_time(law: Law[Office]) -> None:
    law.holds(Given(), ASKED)
    law.holds(Given(), ASKED._replace(later=(hour_of_friday(15), hour_of_friday(15), hour_of_friday(15))))


def test_a_closed_office_lets_no_time_pass_and_one_that_never_closes_all_of_it() -> None:
    LAWS["elapsed time is from nothing to the real time between"](Given(elapsed=lambda _start, _end: NOTHING), ASKED)
    LAWS["elapsed time is from nothing to the real time between"](Given(), ASKED)


@pytest.mark.parametrize("law", PAUSE_LAWS, ids=str)
def test_pauses_in_real_time_keep_every_law_of_pauses(law: Law[PausedOffice]) -> None:
    law.holds(GivenPaused(due=paused), ASKED)
    law.holds(
        GivenPaused(due=paused), ASKED._replace(later=(hour_of_friday(17), hour_of_friday(18), hour_of_friday(21)))
    )


def test_a_pause_that_begins_at_due_moves_nothing_and_need_not() -> None:
    begins_at_due = ASKED._replace(later=(hour_of_friday(17), hour_of_friday(18), hour_of_friday(21)))
    LAWS["a pause that begins before due moves it by the open time in the pause"](GivenPaused(), begins_at_due)


BREAKS: Final[list[tuple[str, object, str]]] = [
    (
        "elapsed time adds up", Given(elapsed=lambda start, end: end - start + MINUTE),
        ("elapsed from Fri 2026-11-20 15:00 UTC to Fri 2026-11-20 18:00 UTC, and the sum of it by way of "
         "Fri 2026-11-20 16:00 UTC, should be the same, but are 3:01:00 and 3:02:00"),
    ),
    (
        "elapsed time backward is the negative of forward", Given(elapsed=lambda start, end: abs(end - start)),
        ("elapsed from Fri 2026-11-20 16:00 UTC back to Fri 2026-11-20 15:00 UTC, should be the same, "
         "but are -1 day, 23:00:00 and 1:00:00"),
    ),
    (
        "elapsed time is from nothing to the real time between", Given(elapsed=lambda start, end: end - start + MINUTE),
        "from Fri 2026-11-20 15:00 UTC to Fri 2026-11-20 16:00 UTC are 1:00:00, but 1:01:00 have elapsed",
    ),
    (
        "elapsed time is from nothing to the real time between", Given(elapsed=lambda _start, _end: -MINUTE),
        "from Fri 2026-11-20 15:00 UTC to Fri 2026-11-20 16:00 UTC are 1:00:00, but -1 day, 23:59:00 have elapsed",
    ),
    (
        "an amount that was added has elapsed", Given(add=lambda start, amount: start + amount + HOUR),
        ("elapsed from Fri 2026-11-20 15:00 UTC until due, Fri 2026-11-20 18:00 UTC, should be the same, "
         "but are 2:00:00 and 3:00:00"),
    ),
    (
        "an amount that was added had not elapsed a tick earlier", Given(add=lambda start, amount: start + amount + MINUTE),
        "2:00:00 from Fri 2026-11-20 15:00 UTC are due Fri 2026-11-20 17:01 UTC, but had passed by one tick before",
    ),
    (
        "adding in two steps is adding at once", Given(add=lambda start, amount: start + amount + MINUTE),
        ("5:00:00 from Fri 2026-11-20 15:00 UTC, and 2:00:00 and then 3:00:00, should be the same, "
         "but are Fri 2026-11-20 20:01 UTC and Fri 2026-11-20 20:02 UTC"),
    ),
    (
        "what comes later is never due earlier", Given(add=lambda start, amount: hour_of_friday(15) - (start - hour_of_friday(15)) + amount),
        ("2:00:00 from Fri 2026-11-20 15:00 UTC are due Fri 2026-11-20 17:00 UTC, "
         "from Fri 2026-11-20 16:00 UTC earlier, Fri 2026-11-20 16:00 UTC"),
    ),
    (
        "without pauses it is due when the amount has elapsed",
        GivenPaused(due=lambda received, amount, _pauses: received + amount + HOUR),
        ("elapsed from Fri 2026-11-20 15:00 UTC until due, Fri 2026-11-20 18:00 UTC, should be the same, "
         "but are 2:00:00 and 3:00:00"),
    ),
    (
        "without pauses it is due when the amount has elapsed", GivenPaused(elapsed=rounded_up),
        "2:00:00 from Fri 2026-11-20 15:00 UTC are due Fri 2026-11-20 17:00 UTC, but had passed by one tick before",
    ),
    (
        "a pause that begins before due moves it by the open time in the pause", GivenPaused(),
        ("open time in the pause Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 18:00 UTC, and from due without it, "
         "Fri 2026-11-20 17:00 UTC, to due with it, Fri 2026-11-20 17:00 UTC, should be the same, "
         "but are 2:00:00 and 0:00:00"),
    ),
    (
        "a pause that begins at due or later moves nothing",
        GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses)),
        ("due without, and with the pause Fri 2026-11-20 17:00 UTC .. Fri 2026-11-20 19:00 UTC, should be the same, "
         "but are Fri 2026-11-20 17:00 UTC and Fri 2026-11-20 19:00 UTC"),
    ),
    (
        "pauses that overlap count once",
        GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses)),
        ("2:00:00 from Fri 2026-11-20 15:00 UTC with the pause Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 21:00 UTC, "
         "and with parts of it told besides, should be the same, "
         "but are Fri 2026-11-20 22:00 UTC and Sat 2026-11-21 03:00 UTC"),
    ),
    (
        "splitting a pause changes nothing",
        GivenPaused(due=lambda received, amount, pauses: received + amount + len(pauses) * MINUTE),
        ("2:00:00 from Fri 2026-11-20 15:00 UTC with the pause Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 21:00 UTC, "
         "and with it cut at Fri 2026-11-20 18:00 UTC, should be the same, "
         "but are Fri 2026-11-20 17:01 UTC and Fri 2026-11-20 17:02 UTC"),
    ),
    (
        "the order in which pauses are told is irrelevant",
        GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses[-1:])),
        ("2:00:00 from Fri 2026-11-20 15:00 UTC with the pauses Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 18:00 UTC "
         "and Fri 2026-11-20 21:00 UTC .. Sat 2026-11-21 00:00 UTC, and reversed, should be the same, "
         "but are Fri 2026-11-20 20:00 UTC and Fri 2026-11-20 19:00 UTC"),
    ),
    (
        "one more pause is never due earlier",
        GivenPaused(due=lambda received, amount, pauses: received + amount + (HOUR if len(pauses) == 1 else NOTHING)),
        ("due Fri 2026-11-20 18:00 UTC, but with the pause Fri 2026-11-20 21:00 UTC .. Sat 2026-11-21 00:00 UTC "
         "besides earlier, Fri 2026-11-20 17:00 UTC"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("law", "office", "said"), BREAKS, ids=[f"{row[0]} {i}" for i, row in enumerate(BREAKS)])
def test_what_breaks_a_law_is_said_with_the_question_and_both_answers(law: str, office: object, said: str) -> None:
    with pytest.raises(Exception, match=f"^{re.escape(said)}$"):
        LAWS[law](office, ASKED)


def test_every_law_is_broken_here() -> None:
    assert set(LAWS) == {law for law, _, _ in BREAKS}


def test_a_pause_after_due_is_asked_about_where_it_is_and_one_before_it_where_due_is() -> None:
    office = GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses))
    with pytest.raises(Exception, match=r"with the pause Fri 2026-11-20 18:00 UTC \.\. Fri 2026-11-20 19:00 UTC"):
        LAWS["a pause that begins at due or later moves nothing"](
            office, ASKED._replace(later=(hour_of_friday(18), hour_of_friday(19), hour_of_friday(21)))
        )


# ---------------------------------------------------------------- what is asked


def asked(**how: timedelta | st.SearchStrategy[datetime] | st.SearchStrategy[timedelta]) -> list[Question]:
    """The questions that a law is tried with."""
    seen: list[Question] = []
    law: Law[object] = Law("questions are asked", lambda _office, question: seen.append(question))
    law.check(None, examples=100, **how)  # type: ignore[arg-type]  # whatever a test says
    return seen


@pytest.mark.parametrize("tick", [HOUR, timedelta(microseconds=1)], ids=["hours", "microseconds"])
def test_questions_are_in_order_in_whole_ticks_and_within_four_days(tick: timedelta) -> None:
    for question in asked(tick=tick):
        assert abs(question.at - hour_of_friday(0)) <= timedelta(days=4)
        assert question.tick == tick
        assert all(NOTHING < amount <= 40 * HOUR for amount in question.amounts)
        assert all(amount % max(tick, MINUTE) == NOTHING for amount in question.amounts)
        assert list(question.later) == sorted(question.later)
        for later in question.later:
            assert NOTHING <= later - question.at <= timedelta(days=4)
            assert (later - question.at) % tick == NOTHING


def test_questions_are_about_the_instants_and_amounts_that_are_given() -> None:
    questions = asked(instants=st.just(hour_of_friday(9)), amounts=st.just(7 * MINUTE))
    assert {(question.at, question.amounts) for question in questions} == {
        (hour_of_friday(9), (7 * MINUTE, 7 * MINUTE))
    }


def test_a_broken_law_is_an_error_of_the_test_that_says_the_law() -> None:
    with pytest.raises(BrokenLawError, match=r"^adding in two steps is adding at once: ") as broken:
        OPEN_TIME_LAWS[5].check(Given(add=lambda start, amount: start + amount + MINUTE), examples=20)
    assert isinstance(broken.value, AssertionError)
