"""This module knows that the benchmarks measure what they say: right answers counted, turns taken, a table printed."""

from datetime import UTC, datetime, timedelta
from itertools import groupby

from benchmarks import calls, growth, workload
from benchmarks.__main__ import SUITES
from benchmarks.measuring import Contestant, Figure, Task, each, measure, table

ROWS = list(range(64))


def test_wrong_answers_are_counted_and_ratios_are_to_the_first() -> None:
    right = Contestant("right", each(lambda n: n, ROWS))
    wrong = Contestant("wrong", each(lambda n: min(n, 50), ROWS))
    told = Contestant("told otherwise", each(lambda n: str(n), ROWS), told=str)  # noqa: PLW0108 - a row is a call

    figures = measure(Task("numbers", 64, [right, wrong, told], ROWS), rounds=2)

    assert [figure.wrong for figure in figures] == ["0 of 64", "13 of 64", "0 of 64"]  # 51 to 63
    assert figures[0].ratio == 1
    assert all(figure.seconds > 0 for figure in figures)


def test_contestants_take_turns() -> None:
    turns: list[str] = []

    def slow(name: str) -> Contestant:
        return Contestant(name, lambda rows: [turns.append(name)] * rows)  # type: ignore[func-returns-value]  # None is an answer

    measure(Task("turns", 1, [slow("a"), slow("b")]), rounds=3)

    assert [name for name, _ in groupby(turns)][-6:] == ["a", "b"] * 3


def test_the_table_names_a_task_once() -> None:
    figures = [Figure("add", "floor", 5.01e-7, 1, "0 of 9"), Figure("add", "other", 0.0125, 24_950.1, "1 of 9")]

    assert list(table(figures)) == [
        "| task | who | a row | times the first | wrong |",
        "|---|---|---|---|---|",
        "| add | floor | 501 ns | 1.00 | 0 of 9 |",
        "|  | other | 12.5 ms | 24,950 | 1 of 9 |",
    ]


def test_slacalc_and_the_floors_give_the_right_answers() -> None:
    tasks = list(calls.tasks())

    assert len(tasks) == 7
    for task in tasks:
        assert task.expected is not None
        ours = [each for each in task.contestants if each.name.startswith(("floor", "slacalc", "integers"))]
        assert len(ours) == 4
        for contestant in ours:
            assert task.expected[:200] == contestant.answers(200), (task.name, contestant.name)


def test_the_right_answers_do_not_come_from_slacalc() -> None:
    friday = datetime(2026, 11, 20, 16, tzinfo=workload.ZONE)
    right = workload.IntegerLoop()

    assert right.add(friday, timedelta(hours=2)) == datetime(2026, 11, 23, 10, tzinfo=workload.ZONE)
    assert right.elapsed(friday, friday.astimezone(UTC) + timedelta(days=7)) == timedelta(hours=40)


def test_every_growth_can_be_asked() -> None:
    assert [len(each.answers(1)) for task in growth.tasks() for each in task.contestants[:1]] == [1] * 7
    assert set(SUITES) >= {"calls", "growth", "startup"}
