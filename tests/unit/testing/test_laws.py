"""The laws of the kit, each on one question with answers that are known by hand: what holds, and what a break says."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from unittest import SkipTest
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase

from slacalc.testing import office_calendar
from slacalc.testing.laws import (
    ADD_LAWS,
    ELAPSED_LAWS,
    OPEN_TIME_LAWS,
    PAUSE_LAWS,
    BrokenLawError,
    Conventions,
    Law,
    Question,
    check_laws,
)

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
    at=hour_of_friday(15),
    amounts=(2 * HOUR, 3 * HOUR),
    later=(hour_of_friday(16), hour_of_friday(18), hour_of_friday(21), hour_of_friday(24)),
    earlier=hour_of_friday(14),
    zone="Asia/Tokyo",
    tick=MINUTE,
)
USUAL: Final = Conventions()


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


def abroad(moment: datetime) -> timedelta:
    """A minute for an instant that is told in another zone."""
    return NOTHING if moment.tzinfo is UTC else MINUTE


ALL_LAWS: Final[tuple[Law, ...]] = (*OPEN_TIME_LAWS, *PAUSE_LAWS)
LAWS: Final[dict[str, Callable[[Any, Question, Conventions], None]]] = {law.says: law.holds for law in ALL_LAWS}


@pytest.mark.parametrize("law", OPEN_TIME_LAWS, ids=str)
def test_real_time_and_a_closed_moment_keep_every_law_of_open_time(law: Law) -> None:
    law.holds(Given(), ASKED, USUAL)
    law.holds(
        Given(),
        replace(ASKED, later=(hour_of_friday(15), hour_of_friday(15), hour_of_friday(15), hour_of_friday(24))),
        USUAL,
    )


def test_a_closed_office_lets_no_time_pass_and_one_that_never_closes_all_of_it() -> None:
    LAWS["elapsed time is from nothing to the real time between"](
        Given(elapsed=lambda _start, _end: NOTHING), ASKED, USUAL
    )
    LAWS["elapsed time is from nothing to the real time between"](Given(), ASKED, USUAL)


@pytest.mark.parametrize("law", PAUSE_LAWS, ids=str)
def test_pauses_in_real_time_keep_every_law_of_pauses(law: Law) -> None:
    law.holds(GivenPaused(due=paused), ASKED, USUAL)
    law.holds(
        GivenPaused(due=paused),
        replace(ASKED, later=(hour_of_friday(17), hour_of_friday(18), hour_of_friday(21), hour_of_friday(24))),
        USUAL,
    )


def test_a_pause_that_begins_at_due_moves_nothing_and_need_not() -> None:
    begins_at_due = replace(
        ASKED, later=(hour_of_friday(17), hour_of_friday(18), hour_of_friday(21), hour_of_friday(24))
    )
    LAWS["a pause that begins before due moves it by the open time in the pause"](GivenPaused(), begins_at_due, USUAL)


BREAKS: Final[list[tuple[str, object, str]]] = [
    ("elapsed time adds up", Given(elapsed=lambda start, end: end - start + MINUTE),
     "elapsed from Fri 2026-11-20 15:00 UTC to Fri 2026-11-20 18:00 UTC is 3h 1min, but by way of Fri 2026-11-20 16:00 UTC is 3h 2min"),
    ("elapsed time backward is as the conventions say", Given(elapsed=lambda start, end: abs(end - start)),
     "elapsed from Fri 2026-11-20 16:00 UTC back to Fri 2026-11-20 15:00 UTC is 1h, but with backward='negative' it is -1h"),
    ("elapsed time is from nothing to the real time between", Given(elapsed=lambda start, end: end - start + MINUTE),
     "from Fri 2026-11-20 15:00 UTC to Sat 2026-11-21 00:00 UTC is 9h, but 9h 1min has elapsed"),
    ("elapsed time is from nothing to the real time between", Given(elapsed=lambda _start, _end: -MINUTE),
     "from Fri 2026-11-20 15:00 UTC to Sat 2026-11-21 00:00 UTC is 9h, but -1min has elapsed"),
    ("the same instants in another zone are as far apart", Given(elapsed=lambda start, end: end - start + abroad(start)),
     "elapsed from Fri 2026-11-20 15:00 UTC to Sat 2026-11-21 00:00 UTC is 9h, but between the same instants in Asia/Tokyo is 9h 1min"),
    ("adding in two steps is adding at once", Given(add=lambda start, amount: start + amount + MINUTE),
     "5h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 20:01 UTC, but 2h and then 3h is due Fri 2026-11-20 20:02 UTC"),
    ("what comes later is never due earlier", Given(add=lambda start, amount: hour_of_friday(15) - (start - hour_of_friday(15)) + amount),
     "2h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 17:00 UTC, but from Fri 2026-11-20 16:00 UTC earlier, Fri 2026-11-20 16:00 UTC"),
    ("an amount takes at least as much real time", Given(add=lambda start, amount: start + amount - MINUTE),
     "2h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 16:59 UTC: less than that later"),
    ("the same instant in another zone is due at the same", Given(add=lambda start, amount: start + amount + abroad(start)),
     "2h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 17:00 UTC, but from the same instant in Asia/Tokyo is Sat 2026-11-21 02:01 JST"),
    ("an amount that was added has elapsed", Given(add=lambda start, amount: start + amount + HOUR),
     "2h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 18:00 UTC; that is 2h, but elapsed until then is 3h"),
    ("an amount that was added had not elapsed a tick earlier", Given(add=lambda start, amount: start + amount + MINUTE),
     "2h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 17:01 UTC, but had passed by one tick before"),
    ("without pauses it is due when the amount has elapsed", GivenPaused(due=lambda received, amount, _pauses: received + amount + HOUR),
     "2h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 18:00 UTC; that is 2h, but elapsed until then is 3h"),
    ("without pauses it is due when the amount has elapsed", GivenPaused(elapsed=rounded_up),
     "2h from Fri 2026-11-20 15:00 UTC is due Fri 2026-11-20 17:00 UTC, but had passed by one tick before"),
    ("a pause that begins before due moves it by the open time in the pause", GivenPaused(),
     "open time in the pause Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 18:00 UTC is 2h, but from due without it, Fri 2026-11-20 17:00 UTC, to due with it, Fri 2026-11-20 17:00 UTC, is 0min"),
    ("a pause that begins at due or later moves nothing", GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses)),
     "due without a pause is Fri 2026-11-20 17:00 UTC, but with the pause Fri 2026-11-20 17:00 UTC .. Fri 2026-11-20 19:00 UTC is Fri 2026-11-20 19:00 UTC"),
    ("a pause that begins before receipt counts from receipt", GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses)),
     "2h from Fri 2026-11-20 15:00 UTC with the pause Fri 2026-11-20 15:00 UTC .. Fri 2026-11-20 16:00 UTC is due Fri 2026-11-20 18:00 UTC, but with the same pause from before receipt, Fri 2026-11-20 14:00 UTC, is Fri 2026-11-20 19:00 UTC"),
    ("pauses that overlap count once", GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses)),
     "2h from Fri 2026-11-20 15:00 UTC with the pause Fri 2026-11-20 16:00 UTC .. Sat 2026-11-21 00:00 UTC is due Sat 2026-11-21 01:00 UTC, but with Fri 2026-11-20 16:00 UTC .. Sat 2026-11-21 00:00 UTC and Fri 2026-11-20 18:00 UTC .. Fri 2026-11-20 21:00 UTC is Sat 2026-11-21 04:00 UTC"),
    ("splitting a pause changes nothing", GivenPaused(due=lambda received, amount, pauses: received + amount + len(pauses) * MINUTE),
     "2h from Fri 2026-11-20 15:00 UTC with the pause Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 21:00 UTC is due Fri 2026-11-20 17:01 UTC, but with it cut at Fri 2026-11-20 18:00 UTC is Fri 2026-11-20 17:02 UTC"),
    ("the order in which pauses are told is irrelevant", GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses[-1:])),
     "2h from Fri 2026-11-20 15:00 UTC with the pauses Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 18:00 UTC and Fri 2026-11-20 21:00 UTC .. Sat 2026-11-21 00:00 UTC is due Fri 2026-11-20 20:00 UTC, but with the two told in the other order is Fri 2026-11-20 19:00 UTC"),
    ("one more pause is never due earlier", GivenPaused(due=lambda received, amount, pauses: received + amount + (HOUR if len(pauses) == 1 else NOTHING)),
     "2h from Fri 2026-11-20 15:00 UTC with the pause Fri 2026-11-20 16:00 UTC .. Fri 2026-11-20 18:00 UTC is due Fri 2026-11-20 18:00 UTC, but with Fri 2026-11-20 21:00 UTC .. Sat 2026-11-21 00:00 UTC besides earlier, Fri 2026-11-20 17:00 UTC"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "office", "said"), BREAKS, ids=[f"{row[0]} {i}" for i, row in enumerate(BREAKS)])
def test_what_breaks_a_law_is_said_with_the_question_and_both_answers(law: str, office: object, said: str) -> None:
    with pytest.raises(Exception, match=f"^{re.escape(said)}$"):
        LAWS[law](office, ASKED, USUAL)


def test_every_law_is_broken_here() -> None:
    assert set(LAWS) == {law for law, _, _ in BREAKS}


def test_a_pause_after_due_is_asked_about_where_it_is_and_one_before_it_where_due_is() -> None:
    office = GivenPaused(due=lambda received, amount, pauses: received + amount + taken(pauses))
    with pytest.raises(Exception, match=r"with the pause Fri 2026-11-20 18:00 UTC \.\. Fri 2026-11-20 19:00 UTC"):
        LAWS["a pause that begins at due or later moves nothing"](
            office,
            replace(ASKED, later=(hour_of_friday(18), hour_of_friday(19), hour_of_friday(21), hour_of_friday(24))),
            USUAL,
        )


# ---------------------------------------------------------------- what is asked


def asked(**how: timedelta | st.SearchStrategy[datetime] | st.SearchStrategy[timedelta]) -> list[Question]:
    """The questions that a law is tried with."""
    seen: list[Question] = []
    law = Law("questions are asked", lambda _office, question, _said: seen.append(question))
    law.check(office_calendar(), examples=200, **how)  # type: ignore[arg-type]  # whatever a test says
    return seen


@pytest.mark.parametrize("tick", [HOUR, timedelta(microseconds=1)], ids=["hours", "microseconds"])
def test_questions_are_in_order_in_whole_ticks_and_within_four_days_of_friday(tick: timedelta) -> None:
    for question in asked(tick=tick):
        assert abs(question.at - hour_of_friday(0)) <= timedelta(days=4)
        assert question.tick == tick
        assert all(NOTHING < amount <= 400 * HOUR for amount in question.amounts)
        assert all(amount % max(tick, MINUTE) == NOTHING for amount in question.amounts)
        assert list(question.later) == sorted(question.later)
        assert timedelta(0) <= question.at - question.earlier <= timedelta(days=4, hours=4)
        for later in question.later:
            assert NOTHING <= later - question.at <= timedelta(days=366, hours=1)
            assert (later - question.at) % tick == NOTHING


def test_questions_reach_beyond_a_week_and_a_hundred_hours() -> None:
    questions = asked()
    assert sum(question.later[-1] - question.at > timedelta(days=7) for question in questions) > 20
    assert sum(max(question.amounts) > 100 * HOUR for question in questions) > 20


def share(questions: Sequence[Question], holds: Callable[[datetime], bool]) -> float:
    return sum(holds(question.at) for question in questions) / len(questions)


def is_in_working_hours(moment: datetime) -> bool:
    return moment.weekday() < 5 and 9 <= moment.hour < 17


def is_beside_an_edge(moment: datetime) -> bool:
    edges = (moment.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in (9, 17))
    return moment.weekday() < 5 and any(abs(moment - edge) <= MINUTE for edge in edges)


@pytest.mark.parametrize("derandomize", [True, False], ids=["as under CI", "at random"])
def test_questions_are_about_the_hours_that_people_work(derandomize: bool) -> None:
    with profile(derandomize=derandomize):
        questions = [question for _ in range(1 if derandomize else 6) for question in asked()]
    assert share(questions, is_in_working_hours) >= 0.25
    assert share(questions, lambda moment: moment.weekday() >= 5) >= 0.10
    assert share(questions, is_beside_an_edge) >= 0.05


@contextmanager
def profile(**how: Any) -> Iterator[None]:
    """Hypothesis with other settings than those of this suite."""
    before = settings.get_current_profile_name()
    settings.register_profile("of one test", settings.get_profile(before), **{"database": None, **how})
    settings.load_profile("of one test")
    try:
        yield
    finally:
        settings.load_profile(before)


def test_questions_are_about_the_instants_and_amounts_that_are_given() -> None:
    questions = asked(instants=st.just(hour_of_friday(9)), amounts=st.just(7 * MINUTE))
    assert {(question.at, question.amounts) for question in questions} == {
        (hour_of_friday(9), (7 * MINUTE, 7 * MINUTE))
    }


def test_left_out_the_number_of_questions_is_that_of_the_profile_in_force() -> None:
    seen: list[Question] = []
    law = Law("questions are asked", lambda _office, question, _said: seen.append(question))
    with profile(max_examples=7):
        law.check(office_calendar())
    assert len(seen) == 7


def test_each_law_and_each_kind_of_office_keeps_its_failures_apart() -> None:
    class Slower(Given):
        """Another kind of office."""

    kept = InMemoryExampleDatabase()
    late: dict[str, Any] = {
        "add": lambda start, amount: start + amount + MINUTE,
        "elapsed": lambda start, end: end - start,
    }
    with profile(database=kept, derandomize=False):
        for law in ("adding in two steps is adding at once", "an amount that was added has elapsed"):
            for office in (Given(**late), Slower(**late)):
                before = set(kept.data)
                with pytest.raises(BrokenLawError):
                    law_named(law).check(office, examples=20)
                assert set(kept.data) - before, "a failure of its own"


def test_a_broken_law_is_an_error_of_the_test_that_says_the_law() -> None:
    with pytest.raises(BrokenLawError, match=r"^adding in two steps is adding at once: ") as broken:
        law_named("adding in two steps is adding at once").check(
            Given(add=lambda start, amount: start + amount + MINUTE), examples=20
        )
    assert isinstance(broken.value, AssertionError)


def law_named(says: str) -> Law:
    return next(law for law in ALL_LAWS if law.says == says)


def test_a_failure_is_the_simplest_question_as_code_that_asks_it_again() -> None:
    law = law_named("adding in two steps is adding at once")
    wrong = Given(add=lambda start, amount: start + amount + MINUTE)
    with pytest.raises(BrokenLawError) as broken:
        law.check(wrong, examples=50)
    again = str(broken.value).partition("again:\n")[2]
    asked = pasted_question(again)
    assert asked.at == datetime(2026, 11, 20, 10, tzinfo=UTC), "ten in the morning"
    with pytest.raises(
        BrokenLawError, match=r"^adding in two steps is adding at once: 2h from Fri 2026-11-20 10:00 UTC"
    ):
        law.check(wrong, asked=asked)


def pasted_question(lines: str) -> Question:
    """The question that the lines of a failure ask again, run as they stand."""

    class Law:
        def check(self, _office: None, *, asked: Question) -> None:
            seen.append(asked)

    seen: list[Question] = []
    exec(lines, {"law": Law(), "office": None})  # noqa: S102 - our own code
    return seen[0]


def test_code_that_crashes_is_told_with_the_law_and_the_question() -> None:
    def crash(_start: datetime, _amount: timedelta) -> datetime:
        raise ZeroDivisionError("by nothing")

    with pytest.raises(BrokenLawError, match=r"(?s)^adding in two steps .*ZeroDivisionError: by nothing\nagain:\n"):
        law_named("adding in two steps is adding at once").check(Given(add=crash), examples=5)


# ---------------------------------------------------------------- conventions


def backward(how: str) -> Given:
    """An office that is always open, and answers so when the end is before the start."""

    def elapsed(start: datetime, end: datetime) -> timedelta:
        if end >= start:
            return end - start
        if how == "error":
            raise ValueError("the end is before the start")
        return {"negative": end - start, "zero": NOTHING, "absolute": start - end}[how]

    return Given(elapsed=elapsed)


@pytest.mark.parametrize("how", ["negative", "zero", "error", "absolute"])
@pytest.mark.parametrize("said", ["negative", "zero", "error", "absolute"])
def test_an_answer_backward_is_as_the_convention_says(how: str, said: Any) -> None:
    law, conventions = (
        law_named("elapsed time backward is as the conventions say"),
        Conventions(backward=said),
    )
    if how == said:
        law.check(backward(how), conventions=conventions, asked=ASKED)
    else:
        with pytest.raises(BrokenLawError):
            law.check(backward(how), conventions=conventions, asked=ASKED)


def test_an_office_whose_work_ends_at_the_next_opening_may_say_so() -> None:
    office = office_calendar()
    late = Given(add=lambda start, amount: office.roll_forward(office.add(start, amount)), elapsed=office.elapsed)
    law = law_named("an amount that was added had not elapsed a tick earlier")
    law.check(late, conventions=Conventions(due_at_closing="opening"), examples=100)
    with pytest.raises(BrokenLawError):
        law.check(late, examples=100)


def test_an_office_that_says_the_next_opening_and_ends_at_closing_breaks_the_law() -> None:
    """Friday 15:00 in Berlin and two hours are 17:00, when it closes: a minute later two hours have elapsed, and no more."""
    law = law_named("an amount that was added had not elapsed a tick earlier")
    said = "2h from Fri 2026-11-20 14:00 UTC is due Fri 2026-11-20 17:00 CET, but no more has passed one tick later\nagain:"
    with pytest.raises(BrokenLawError, match=f": {re.escape(said)}"):
        law.check(
            office_calendar(),
            conventions=Conventions(due_at_closing="opening"),
            asked=replace(ASKED, at=hour_of_friday(14)),
        )


def test_a_law_that_a_convention_excludes_is_skipped_and_listed() -> None:
    office = GivenPaused(due=paused)
    said = Conventions(pause_clock="wall")
    skipped = check_laws(PAUSE_LAWS, office, conventions=said, examples=5)
    assert [law.says for law in skipped] == ["a pause that begins before due moves it by the open time in the pause"]
    with pytest.raises(SkipTest, match="pause_clock='wall'"):
        skipped[0].check(office, conventions=said)


def test_naive_code_is_asked_on_the_clock_of_its_zone() -> None:
    office, berlin = office_calendar(), ZoneInfo("Europe/Berlin")

    def add(start: datetime, amount: timedelta) -> datetime:
        assert start.tzinfo is None
        return office.add(start.replace(tzinfo=berlin), amount).replace(tzinfo=None)

    def elapsed(start: datetime, end: datetime) -> timedelta:
        return office.elapsed(start.replace(tzinfo=berlin), end.replace(tzinfo=berlin))

    skipped = check_laws(
        OPEN_TIME_LAWS, Given(add, elapsed), conventions=Conventions(naive="Europe/Berlin"), examples=30
    )
    assert len(skipped) == 2, "a naive time has no other zone"


def test_naive_code_is_told_pauses_on_the_clock_of_its_zone() -> None:
    """16:00 to 18:00 UTC are 17:00 to 19:00 in Berlin, and receipt at 15:00 UTC is 16:00 there."""
    seen: list[tuple[datetime, list[tuple[datetime, datetime]]]] = []

    def due(received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
        seen.append((received, [*pauses]))
        return paused(received, amount, pauses)

    law = law_named("a pause that begins before due moves it by the open time in the pause")
    law.check(GivenPaused(due=due), conventions=Conventions(naive="Europe/Berlin"), asked=ASKED)
    received, pause = datetime(2026, 11, 20, 16), (datetime(2026, 11, 20, 17), datetime(2026, 11, 20, 19))
    assert seen == [(received, []), (received, [pause])]


def test_naive_code_is_not_asked_about_an_hour_that_the_clock_shows_again() -> None:
    """In Berlin 02:30 of 25 October is 00:30 UTC, and once more 01:30: a naive time can mean the first alone."""
    first, again = (datetime(2026, 10, 25, hour, minute, tzinfo=UTC) for hour, minute in ((0, 30), (1, 45)))
    seen: set[datetime] = set()

    def add(start: datetime, amount: timedelta) -> datetime:
        seen.add(start)
        return start + amount

    law_named("an amount takes at least as much real time").check(
        Given(add),
        conventions=Conventions(naive="Europe/Berlin"),
        instants=st.sampled_from([first, again]),
        amounts=st.just(24 * HOUR),
        examples=20,
    )
    assert seen == {datetime(2026, 10, 25, 2, 30)}


def test_subsets_are_for_code_that_has_one_half() -> None:
    assert {*ELAPSED_LAWS, *ADD_LAWS} < {*OPEN_TIME_LAWS}
    check_laws(ELAPSED_LAWS, OnlyElapsed(), examples=5)
    check_laws(ADD_LAWS, OnlyAdd(), examples=5)


class OnlyElapsed:
    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return end.astimezone(UTC) - start.astimezone(UTC)  # two instants of one zone are subtracted on its wall


class OnlyAdd:
    def add(self, start: datetime, amount: timedelta) -> datetime:
        return start.astimezone(UTC) + amount
