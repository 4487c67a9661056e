"""How tasks are measured fairly on a busy machine, and how the table is printed.

A `Task` is one question over many rows, with the right answers; a `Contestant` answers the first so many of them.
Contestants take turns, many short ones each, and the best turn counts, beside the median of turns in pairs: what
disturbs the machine disturbs all.
What is counted is the processor's time, which others do not get a part of; for whole processes the time on the wall.
Every answer is checked before it is timed. Ratios are to the task's first contestant.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Final, NamedTuple

__all__ = ["HEAD", "Contestant", "Figure", "Task", "each", "measure", "row", "table"]

HEAD: Final = "| task | who | a row | times the first | median of pairs | wrong |"

_TURN: Final = 0.005  # seconds that a turn takes, if one row does not take longer
_CHECKED: Final = 2.0  # seconds for which answers are checked
_PATIENCE: Final = 40.0  # seconds for the turns of a task, if each contestant has had some
_FEWEST: Final = 5  # turns
_LONG: Final = 0.1  # seconds of a turn that nothing makes look long
_TRIED: Final = 3  # times that a turn is tried before it is made longer: an interruption must not make it short


def _as_it_is(answer: object) -> object:
    return answer


@dataclass(frozen=True)
class Contestant:
    """Who answers: `answers(rows)` is timed, and returns the answers to the first rows.

    `told` is applied to right answers and to those of the contestant before they are compared.
    """

    name: str
    answers: Callable[[int], Iterable[object]]
    told: Callable[[object], object] = _as_it_is


@dataclass(frozen=True)
class Task:
    """One question over many rows. `expected` has the right answers; None where only the work is of interest.

    It may have those of the first rows only. A turn has all rows if they are `whole`: not alike, or too cheap alone.
    """

    name: str
    rows: int
    contestants: Sequence[Contestant]
    expected: Sequence[object] | None = None
    _: KW_ONLY
    whole: bool = False
    clock: Callable[[], float] = process_time


class Figure(NamedTuple):
    """What a contestant needed: the best seconds a row, as a multiple of the first contestant's, and what was wrong.

    `paired` is the median of the multiples of turns that were taken one after the other.
    """

    task: str
    contestant: str
    seconds: float
    ratio: float
    paired: float
    wrong: str


def each(call: Callable[..., object], *columns: Sequence[object]) -> Callable[[int], list[object]]:
    """Return what calls a function row by row: how a scalar function becomes a contestant."""

    def answers(rows: int) -> list[object]:
        return list(map(call, *(column[:rows] for column in columns)))

    return answers


def measure(task: Task, rounds: int) -> list[Figure]:
    """Check and time the contestants of a task, in turns."""
    wrong = [_check(task, contestant) for contestant in task.contestants]
    turns = [_turn(task, contestant) for contestant in task.contestants]
    taken: list[list[float]] = []
    began = perf_counter()
    while len(taken) < min(rounds, _FEWEST) or (len(taken) < rounds and perf_counter() - began < _PATIENCE):
        taken.append([turn.seconds_a_row() for turn in turns])
    firsts, *_ = columns = list(zip(*taken, strict=True))
    return [
        Figure(task.name, contestant.name, min(each), min(each) / min(firsts), _paired(each, firsts), told)
        for contestant, each, told in zip(task.contestants, columns, wrong, strict=True)
    ]


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """Return the lines of a Markdown table."""
    yield HEAD
    yield "|---|---|---|---|---|---|"
    held = ""
    for figure in figures:
        yield row(figure, named=figure.task != held)
        held = figure.task


def row(figure: Figure, *, named: bool) -> str:
    """Return the line of a figure, with or without the name of its task."""
    _, contestant, seconds, ratio, paired, wrong = figure
    cells = (figure.task if named else "", contestant, _duration(seconds), _rounded(ratio), _rounded(paired), wrong)
    return f"| {' | '.join(cells)} |"


def _paired(turns: Sequence[float], firsts: Sequence[float]) -> float:
    return median(turn / first for turn, first in zip(turns, firsts, strict=True))


def _check(task: Task, contestant: Contestant) -> str:
    """Return how many answers are wrong of how many, asking for some seconds."""
    if task.expected is None:
        contestant.answers(1)
        return ""
    wrong = total = 0
    began = perf_counter()
    while total < len(task.expected) and perf_counter() - began < _CHECKED:
        total = min(len(task.expected), max(1, 2 * total))
        found = contestant.answers(total)
        wrong = sum(
            contestant.told(right) != contestant.told(answer)
            for right, answer in zip(task.expected, found, strict=False)
        )
    return f"{wrong:,} of {total:,}"


class _Turn(NamedTuple):
    """The first rows, so many times."""

    contestant: Contestant
    rows: int
    times: int
    clock: Callable[[], float]

    def seconds_a_row(self) -> float:
        gc.collect(0)
        gc.disable()
        try:
            began = self.clock()
            for _ in range(self.times):
                self.contestant.answers(self.rows)
            return (self.clock() - began) / (self.rows * self.times)
        finally:
            gc.enable()

    def seconds(self) -> float:
        """Return what the turn takes: the best of few tries, and the first where it is long enough to tell."""
        best = float("inf")
        for _ in range(_TRIED):
            best = min(best, self.seconds_a_row() * self.rows * self.times)
            if best >= _LONG:
                break
        return best


def _turn(task: Task, contestant: Contestant) -> _Turn:
    """Return a turn of about the time that all have: fewer rows for the slow, all of them often for the fast."""
    turn = _Turn(contestant, task.rows if task.whole else 1, 1, task.clock)
    while (taken := turn.seconds()) < _TURN / 2:
        if 2 * turn.rows <= task.rows:
            turn = turn._replace(rows=2 * turn.rows)
        else:
            return turn._replace(rows=task.rows, times=max(1, round(_TURN / taken)))
    return turn


def _duration(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:,.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def _rounded(ratio: float) -> str:
    return f"{ratio:,.2f}" if ratio < 10 else f"{ratio:,.0f}"  # noqa: PLR2004 - three digits
