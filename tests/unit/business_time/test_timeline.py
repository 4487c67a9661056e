"""What the staircase of open time must answer, and how much work it may do for it.

The calendars here are fakes: spans drawn on a short line, or a shop that counts how often and how far it is asked.
"""

import sys
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pytest

from slacalc import ClosedForGoodError, HorizonError
from slacalc.business_time import timeline
from slacalc.business_time.spans import Span, Spans, clip, union
from slacalc.business_time.timeline import Ends, Stairs, Timeline

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
YEAR = 366 * DAY  # what is compiled at a time


@dataclass
class Line:
    """Open at given spans, and closed before and after them."""

    given: tuple[Span, ...]
    covered: Span = (0, 100)
    ends: Ends = Ends()  # noqa: RUF009 - a named tuple of four times None

    def spans(self, start: int, end: int) -> Spans:
        return clip(union(self.given), start, end)


@dataclass
class Shop:
    """Open from 09:00 to 17:00 every day, UTC; it writes down what it was asked to compile."""

    covered: Span = (0, 230 * YEAR)
    opens_on: int = 0
    closes_for_good: int | None = None
    asked: list[Span] = field(default_factory=list)

    @property
    def ends(self) -> Ends:
        return Ends(closed_from=self.closes_for_good, closed_until=self.opens_on or None)

    def spans(self, start: int, end: int) -> Spans:
        self.asked.append((start, end))
        last = end if self.closes_for_good is None else min(end, self.closes_for_good)
        days = range(start // DAY, last // DAY + 1)
        windows = ((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in days if day * DAY >= self.opens_on)
        return clip(union(windows), start, min(end, last))


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every binary search that the timeline makes, by name."""
    made: list[str] = []

    def counting(name: str, search: Callable[..., int]) -> Callable[..., int]:
        def searched(*args: Any, **named: Any) -> int:
            made.append(name)
            return search(*args, **named)

        return searched

    monkeypatch.setattr(timeline, "bisect_left", counting("left", bisect_left))
    monkeypatch.setattr(timeline, "bisect_right", counting("right", bisect_right))
    return made


# ---------------------------------------------------------------- the staircase

TWO = Spans(((10, 20), (30, 40)))


@pytest.mark.parametrize(
    ("t", "worked"),
    [(0, 0), (9, 0), (10, 0), (11, 1), (19, 9), (20, 10), (25, 10), (30, 10), (31, 11), (40, 20), (50, 20)],
)
def test_worked_counts_the_open_time_so_far(t: int, worked: int) -> None:
    assert worked == Stairs(0, 100, TWO).worked(t)


@pytest.mark.parametrize(
    ("work", "first", "last"),
    [(1, 11, 11), (9, 19, 19), (10, 20, 30), (11, 31, 31), (19, 39, 39)],
)
def test_the_two_inverses_differ_only_where_it_is_closed(work: int, first: int, last: int) -> None:
    stairs = Stairs(0, 100, TWO)

    assert first == stairs.first(work)
    assert last == stairs.last(work)


def test_the_inverses_at_the_ends_of_the_staircase() -> None:
    stairs = Stairs(0, 100, TWO)

    assert stairs.first(20) == 40
    assert stairs.last(0) == 10
    assert stairs.total == 20


# ---------------------------------------------------------------- the questions, on a line from 0 to 100


@pytest.mark.parametrize(
    ("t", "amount", "expected", "why"),
    [
        (10, 3, 13, "from the opening on"),
        (5, 3, 13, "from before the opening: work starts with it"),
        (10, 10, 20, "what exactly fills a window is due when it closes"),
        (10, 11, 31, "a unit more is due in the next one"),
        (15, 10, 35, "five before the gap, five after it"),
        (20, 10, 40, "from a closing, all of the next window"),
        (25, 1, 31, "from the gap"),
        (5, 20, 40, "everything"),
        (10, 0, 10, "zero at an opening stays"),
        (15, 0, 15, "zero in open time stays"),
        (20, 0, 30, "zero at a closing goes to the next opening"),
        (0, 0, 10, "zero before everything goes to the first opening"),
    ],
)
def test_rule_5_add_is_the_earliest_instant_with_so_much_open_time(
    t: int, amount: int, expected: int, why: str
) -> None:
    assert expected == Timeline(Line(TWO)).add(t, amount), why


@pytest.mark.parametrize(
    ("t", "amount", "expected", "why"),
    [
        (40, 3, 37, "from the closing back"),
        (50, 3, 37, "from after the closing"),
        (40, 10, 30, "what exactly fills a window began when it opened"),
        (40, 11, 19, "a unit more began in the one before"),
        (35, 10, 15, "five after the gap, five before it"),
        (30, 10, 10, "from an opening, all of the window before"),
        (99, 20, 10, "everything"),
        (40, 0, 40, "zero at a closing stays"),
        (35, 0, 35, "zero in open time stays"),
        (30, 0, 20, "zero at an opening goes to the closing before"),
        (99, 0, 40, "zero after everything goes to the last closing"),
    ],
)
def test_rule_5_subtract_mirrors_add(t: int, amount: int, expected: int, why: str) -> None:
    assert expected == Timeline(Line(TWO)).subtract(t, amount), why


@pytest.mark.parametrize(
    ("t", "is_open", "forward", "back"),
    [
        (9, False, 10, None),
        (10, True, 10, None),
        (11, True, 11, 11),
        (19, True, 19, 19),
        (20, False, 30, 20),
        (25, False, 30, 20),
        (30, True, 30, 20),
        (31, True, 31, 31),
        (39, True, 39, 39),
        (40, False, None, 40),
    ],
)
def test_rule_2_the_opening_is_open_and_the_closing_is_not(
    t: int, *, is_open: bool, forward: int | None, back: int | None
) -> None:
    line = Timeline(Line(TWO))

    assert is_open is line.is_open(t)
    assert forward == answered(lambda: line.roll_forward(t))
    assert back == answered(lambda: line.roll_back(t))


def answered(question: Callable[[], int | None]) -> int | None:
    """The answer, or None where it would lie outside what is covered."""
    try:
        return question()
    except HorizonError:
        return None


@pytest.mark.parametrize(
    ("t", "next_open", "next_close", "previous_open", "previous_close"),
    [
        (0, 10, 20, None, None),
        (10, 30, 20, None, None),
        (11, 30, 20, 10, None),
        (20, 30, 40, 10, None),
        (21, 30, 40, 10, 20),
        (30, None, 40, 10, 20),
        (31, None, 40, 30, 20),
        (40, None, None, 30, 20),
        (41, None, None, 30, 40),
        (100, None, None, 30, 40),
    ],
)
def test_openings_and_closings_are_strictly_after_or_before(
    t: int, next_open: int | None, next_close: int | None, previous_open: int | None, previous_close: int | None
) -> None:
    line = Timeline(Line(TWO))

    assert next_open == answered(lambda: line.next_open(t))
    assert next_close == answered(lambda: line.next_close(t))
    assert previous_open == answered(lambda: line.previous_open(t))
    assert previous_close == answered(lambda: line.previous_close(t))


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 100, 20), (15, 35, 10), (20, 30, 0), (35, 15, -10), (7, 7, 0)]
)
def test_elapsed_is_the_open_time_between_and_negative_backward(start: int, end: int, expected: int) -> None:
    assert expected == Timeline(Line(TWO)).elapsed(start, end)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 100, [(10, 20), (30, 40)]),
        (15, 35, [(15, 20), (30, 35)]),
        (20, 30, []),
        (10, 20, [(10, 20)]),
        (12, 13, [(12, 13)]),
        (15, 15, []),
    ],
)
def test_spans_are_clipped_to_what_was_asked(start: int, end: int, expected: list[Span]) -> None:
    assert expected == list(Timeline(Line(TWO)).spans(start, end))


ALWAYS = Line(((0, 100),), ends=Ends(open_from=0, open_until=100))


@pytest.mark.parametrize("t", [0, 50, 100])
def test_rule_5_what_is_always_open_never_opens_or_closes(t: int) -> None:
    line = Timeline(ALWAYS)

    assert [line.next_open(t), line.next_close(t), line.previous_open(t), line.previous_close(t)] == [None] * 4


def test_a_line_that_is_open_to_the_end_of_what_is_known_may_go_on() -> None:
    line = Timeline(Line(((0, 100),)))

    with pytest.raises(HorizonError):
        line.next_close(50)
    with pytest.raises(HorizonError):
        line.previous_open(50)


# ---------------------------------------------------------------- the ends


@pytest.mark.parametrize("t", [-1, 101])
@pytest.mark.parametrize(
    "verb", ["is_open", "roll_forward", "roll_back", "next_open", "next_close", "previous_open", "previous_close"]
)
def test_rule_1_an_instant_outside_what_is_covered_is_refused(verb: str, t: int) -> None:
    with pytest.raises(HorizonError) as caught:
        getattr(Timeline(Line(TWO)), verb)(t)

    assert caught.value.code == "beyond_covered"


@pytest.mark.parametrize(
    "question",
    [
        lambda line: line.add(35, 6),
        lambda line: line.subtract(15, 6),
        lambda line: line.elapsed(50, 101),
        lambda line: line.elapsed(50, -1),
        lambda line: list(line.spans(50, 101)),
        lambda line: line.refuse_beyond(-1, 50),
    ],
    ids=["add", "subtract", "elapsed", "elapsed back", "spans", "refuse_beyond"],
)
def test_rule_13_an_answer_outside_what_is_covered_is_refused_and_never_guessed(
    question: Callable[[Timeline], object],
) -> None:
    with pytest.raises(HorizonError) as caught:
        question(Timeline(Line(TWO)))

    assert caught.value.code == "beyond_covered"


def test_the_ends_of_what_is_covered_can_be_asked_about() -> None:
    line = Timeline(Line(TWO))

    assert line.elapsed(0, 100) == 20
    line.refuse_beyond(0, 100)


LIFE = 3 * YEAR  # the shop below is open in its first three years of 230


@pytest.mark.parametrize("verb", ["roll_forward", "next_open", "next_close"])
def test_rule_13_closed_for_good_is_decided_without_compiling_the_years_to_come(verb: str) -> None:
    shop = Shop(closes_for_good=LIFE)

    with pytest.raises(ClosedForGoodError) as caught:
        getattr(Timeline(shop), verb)(LIFE + DAY)

    assert caught.value.code == "closed_for_good"
    assert max(end for _, end in shop.asked) <= LIFE + 2 * YEAR
    assert len(shop.asked) == 1


def test_rule_13_work_that_does_not_fit_before_the_closing_for_good_is_refused_early() -> None:
    shop = Shop(closes_for_good=LIFE)

    with pytest.raises(ClosedForGoodError):
        Timeline(shop).add(LIFE - DAY, 9 * HOUR)

    assert max(end for _, end in shop.asked) <= LIFE + 2 * YEAR


def test_rule_13_the_last_open_hours_before_the_closing_for_good_are_answered() -> None:
    shop = Timeline(Shop(closes_for_good=LIFE))

    assert shop.add(LIFE - DAY, 8 * HOUR) == LIFE - DAY + 17 * HOUR
    assert shop.elapsed(LIFE - DAY, LIFE + 100 * YEAR) == 8 * HOUR


@pytest.mark.parametrize("verb", ["roll_back", "previous_open", "previous_close"])
def test_rule_13_not_yet_opened_is_decided_without_compiling_the_years_before(verb: str) -> None:
    shop = Shop(opens_on=200 * YEAR)

    with pytest.raises(ClosedForGoodError):
        getattr(Timeline(shop), verb)(200 * YEAR - DAY)

    assert min(start for start, _ in shop.asked) >= 198 * YEAR


# ---------------------------------------------------------------- how much work


def test_building_a_timeline_compiles_nothing() -> None:
    shop = Shop()
    Timeline(shop)

    assert shop.asked == []


def test_the_first_question_compiles_the_years_around_it_and_the_second_nothing() -> None:
    shop = Shop()
    line = Timeline(shop)

    line.is_open(100 * YEAR + DAY)
    first = list(shop.asked)
    line.is_open(100 * YEAR + 2 * DAY)

    assert len(first) == 1
    assert first[0][1] - first[0][0] <= 2 * YEAR
    assert first == shop.asked


def test_a_far_answer_is_reached_by_doubling_and_no_time_is_compiled_twice() -> None:
    shop = Shop()
    hundred_years = 100 * 366 * 8 * HOUR

    assert Timeline(shop).add(9 * HOUR, hundred_years) == (100 * 366 - 1) * DAY + 17 * HOUR
    assert len(shop.asked) <= 9  # 1 + 1 + 2 + 4 + ... + 64 years
    assert sum(end - start for start, end in shop.asked) == total_asked(shop)


def total_asked(shop: Shop) -> int:
    """How much time was compiled at least once."""
    return sum(end - start for start, end in union(shop.asked))


def test_growing_to_both_sides_compiles_only_what_is_missing() -> None:
    shop = Shop()
    line = Timeline(shop)

    for year in (100, 103, 97, 101, 98, 102):
        line.is_open(year * YEAR + DAY)

    assert sum(end - start for start, end in shop.asked) == total_asked(shop)
    assert len(shop.asked) == 3  # 100, then up to 103, then down to 97


@pytest.mark.parametrize("amount", [5 * MINUTE, 8 * HOUR, 5 * 366 * 8 * HOUR], ids=["5 minutes", "a day", "5 years"])
def test_an_answer_costs_two_binary_searches_however_far_it_is(searches: list[str], amount: int) -> None:
    shop = Shop()
    line = Timeline(shop)
    line.elapsed(100 * YEAR, 110 * YEAR)  # compiles the years
    shop.asked.clear()
    searches.clear()

    due = line.add(101 * YEAR + 9 * HOUR, amount)

    assert searches == ["right", "left"]
    assert shop.asked == []
    assert amount == line.elapsed(101 * YEAR + 9 * HOUR, due)


@pytest.mark.parametrize(
    ("question", "most"),
    [
        (lambda line, t: line.is_open(t), 1),
        (lambda line, t: line.elapsed(t, t + 5 * YEAR), 2),
        (lambda line, t: line.subtract(t, 4 * 366 * 8 * HOUR), 3),
        (lambda line, t: line.roll_forward(t), 2),
        (lambda line, t: line.roll_back(t), 3),
        (lambda line, t: line.next_open(t), 1),
        (lambda line, t: line.next_close(t), 1),
        (lambda line, t: line.previous_open(t), 1),
        (lambda line, t: line.previous_close(t), 1),
    ],
    ids=["is_open", "elapsed", "subtract", "roll_forward", "roll_back", "next_open", "next_close", "previous_open", "previous_close"],
)  # fmt: skip
def test_every_question_is_a_few_binary_searches(
    searches: list[str], question: Callable[[Timeline, int], object], most: int
) -> None:
    shop = Shop()
    line = Timeline(shop)
    line.elapsed(100 * YEAR, 110 * YEAR)
    shop.asked.clear()
    searches.clear()

    question(line, 105 * YEAR + 12 * HOUR)

    assert len(searches) <= most
    assert shop.asked == []


def test_spans_are_compiled_while_they_are_read() -> None:
    shop = Shop()
    spans: Iterator[Span] = Timeline(shop).spans(0, 200 * YEAR)

    assert shop.asked == []
    assert list(islice(spans, 2)) == [(9 * HOUR, 17 * HOUR), (33 * HOUR, 41 * HOUR)]
    assert max(end for _, end in shop.asked) <= 2 * YEAR


def test_spans_read_to_the_end_are_those_of_every_year_each_once() -> None:
    shop = Shop()

    assert sum(1 for _ in Timeline(shop).spans(0, 3 * YEAR)) == 3 * 366
    assert sum(end - start for start, end in shop.asked) == total_asked(shop)


def test_a_span_that_runs_over_the_years_is_one_span() -> None:
    always = Line(((0, 10 * YEAR),), covered=(0, 10 * YEAR))

    assert list(Timeline(always).spans(5, 9 * YEAR)) == [(5, 9 * YEAR)]


def test_a_closing_years_away_is_found() -> None:
    decade = Line(((0, 10 * YEAR + 7),), covered=(0, 20 * YEAR), ends=Ends(closed_from=10 * YEAR + 7))

    assert Timeline(decade).next_close(5) == 10 * YEAR + 7
    assert Timeline(Line(decade.given, decade.covered, Ends(closed_until=0))).previous_open(10 * YEAR) == 0


# ---------------------------------------------------------------- threads


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns after every few instructions, so that a race shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def questions(line: Timeline, first: int) -> list[object]:
    """Questions that grow the timeline to both sides, in an order of one's own."""
    years = [95 + (first * 3 + step * 5) % 11 for step in range(11)]
    return [
        (year, line.add(year * YEAR, 3 * 366 * 8 * HOUR), line.subtract(year * YEAR, DAY), line.next_open(year * YEAR))
        for year in sorted(years, key=lambda year: (year * (first + 3)) % 11)
    ]


@pytest.mark.usefixtures("hasty")
def test_threads_that_race_on_a_cold_timeline_get_the_answers_of_one_thread() -> None:
    expected = [questions(Timeline(Shop()), first) for first in range(8)]
    shared, together = Timeline(Shop()), threading.Barrier(8)
    found: list[list[object]] = [[]] * 8

    def ask(first: int) -> None:
        together.wait()
        found[first] = questions(shared, first)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert expected == found
