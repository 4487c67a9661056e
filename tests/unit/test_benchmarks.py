"""That the benchmarks measure what they say: right answers counted, turns taken, a table printed."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, cast

import pytest

from benchmarks import answers, calls, columns, database, dates, growth, logs, plans, reports, tickets, workload
from benchmarks.__main__ import SUITES
from benchmarks.measuring import Contestant, Figure, Task, each, measure, table
from benchmarks.page import renewed
from slacalc import Closed, Created, Message, Paused, Resumed, Solved

ROWS = list(range(64))
FIGURES = [Figure("add", "floor", 5.01e-7, 1, 1, "0 of 9"), Figure("add", "other", 0.0125, 24_950.1, 23_100, "1 of 9")]


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


def test_only_rows_with_a_right_answer_are_checked() -> None:
    wrong_later = Contestant("wrong from 8 on", each(lambda n: min(n, 8), ROWS))

    [figure] = measure(Task("numbers", 64, [wrong_later], ROWS[:10]), rounds=1)

    assert figure.wrong == "1 of 10"  # 9


def test_a_whole_turn_has_all_rows() -> None:
    asked: list[int] = []

    def answers(rows: int) -> list[object]:
        asked.append(rows)
        return []

    measure(Task("whole", 64, [Contestant("a", answers)], whole=True), rounds=2)

    assert set(asked[1:]) == {64}  # the first asks whether it answers at all


def test_the_table_names_a_task_once() -> None:
    assert list(table(FIGURES)) == [
        "| task | who | a row | times the first | median of pairs | wrong |",
        "|---|---|---|---|---|---|",
        "| add | floor | 501 ns | 1.00 | 1.00 | 0 of 9 |",
        "|  | other | 12.5 ms | 24,950 | 23,100 | 1 of 9 |",
    ]


def test_the_median_is_of_turns_taken_one_after_the_other() -> None:
    now = [0.0]

    def lasting(*seconds: float) -> Contestant:
        left = iter((1.0, 1.0, *seconds))  # what is asked before the turns takes a second each

        def answers(rows: int) -> list[object]:
            now[0] += next(left)
            return [None] * rows

        return Contestant("any", answers)

    task = Task("turns", 1, [lasting(4, 1, 2, 1), lasting(4, 3, 4, 5)], clock=lambda: now[0])

    [_, figure] = measure(task, rounds=4)

    assert (figure.ratio, figure.paired) == (3, 2.5)  # the best of each; pairs of 1, 3, 2 and 5


def test_a_page_gets_the_rows_of_what_was_measured() -> None:
    head = "| task | who | a row | times the first | median of pairs | wrong |\n|---|---|---|---|---|---|\n"
    page = f"# Costs\n\n{head}| add | floor | 1 s | 1.00 | | |\n| | gone | 1 s | 1.00 | | |\n| roll | floor | 2 s | 1.00 | | |\n\nEnd\n"

    text, said = renewed(page, [*FIGURES, Figure("week", "a", 1, 1, 1, "")])

    assert text == (
        f"# Costs\n\n{head}| add | floor | 501 ns | 1.00 | 1.00 | 0 of 9 |\n|  | other | 12.5 ms | 24,950 | 23,100 | 1 of 9 |\n"
        "| roll | floor | 2 s | 1.00 | | |\n\nEnd\n"
    )
    assert said == ["not measured: roll", "not on the page: week"]


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
    assert [len(list(each.answers(1))) for task in growth.tasks() for each in task.contestants[:1]] == [1] * 13
    assert list(SUITES) == [
        "answers", "calls", "columns", "database", "dates", "growth", "kit", "logs", "plans", "reports", "startup",
        "tickets",
    ]  # fmt: skip


def test_columns_give_the_right_answers_with_slots_and_without() -> None:
    checked = 0
    for task in columns.tasks(rows=10_000):
        for contestant in task.contestants if task.expected is not None else ():
            answers = map(contestant.told, contestant.answers(task.rows))
            assert task.expected == list(answers), (task.name, contestant.name)
            checked += 1

    assert checked == 9 + 4 * 2 + (7 if find_spec("workclock") else 0)


def test_dates_give_the_right_answers() -> None:
    checked = 0
    for task in dates.tasks(rows=10_000):
        right = list(task.expected or ())[:200]
        for contestant in task.contestants if right else ():
            told = [contestant.told(answer) for answer in contestant.answers(len(right))]
            assert told == [contestant.told(answer) for answer in right], (task.name, contestant.name)
            checked += 1

    peers = sum(2 * bool(find_spec(name)) for name in ("better_calendar", "bizdays"))
    assert checked == 6 + peers + bool(find_spec("django_bizcal"))


@pytest.mark.parametrize(
    ("hours", "megabytes"),
    [  # 3,653 days of slots and 2,609 days of work, 8 bytes each; 3 edges a window
        pytest.param("Mon-Fri 09:00-17:00", 0.9, id="slots of an hour: 24 and 8 a day"),
        pytest.param("Mon-Fri 09:00-17:30", 1.8, id="of half an hour: 48 and 17"),
        pytest.param("Mon-Fri 09:00-17:15", 3.6, id="of a quarter: 96 and 33"),
    ],
)
def test_the_slots_of_ten_years_are_as_large_as_the_page_says(hours: str, megabytes: float) -> None:
    assert megabytes == round(columns.slot_bytes(hours) / 1e6, 1)


def test_a_log_is_read_into_the_events_that_are_measured(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "Case ID,Activity,Complete Timestamp\n"
        "1,Assign seriousness,2012/10/09 14:50:17.000\n"
        "1,Take in charge ticket,2012/10/09 14:51:01.000\n"
        "1,Wait,2012/10/12 15:02:56.000\n"
        "1,Resolve ticket,2012/10/25 11:54:26.000\n"
        "1,Closed,2012/11/09 12:54:39.000\n",
        encoding="utf-8",
    )

    [events] = tickets.read_tickets(log).tickets

    assert [Created, Message, Paused, Resumed, Solved, Closed] == [type(event) for event in events]


def test_the_synthetic_log_has_the_shape_of_the_real_one() -> None:
    log = tickets.synthetic_tickets()

    assert len(log.tickets) == 4_580
    assert round(log.size / 4_580, 1) == 4.8
    assert all(before.at <= after.at for events in log.tickets for before, after in pairwise(events))


def test_every_task_of_tickets_can_be_asked() -> None:
    replays, saved, written, paused = tickets.tasks(tickets.synthetic_tickets(40), longest=1_000)

    assert len(replays.contestants) == 7
    assert all(len(list(each.answers(1))) for each in (*replays.contestants, *saved.contestants))
    replay, _, *resumed = saved.contestants
    assert all(list(each.answers(2)) == list(replay.answers(2)) for each in resumed)
    assert [len(list(each.answers(1))) for each in written.contestants] == [100, 10, 1]  # tickets of 10, 100, 1,000
    for statuses in paused.contestants[0].answers(1):
        assert isinstance(statuses, list)
        assert "paused" in statuses  # created, and nine events: the last one is a pause


def test_a_refresh_of_a_database_writes_what_a_replay_says() -> None:
    (task,) = database.tasks(60)
    replay, *refreshes = task.contestants
    said = Counter(status for clocks in replay.answers(1) for status, _ in cast("list[tuple[str, object]]", clocks))
    assert len(said) > 2
    for refresh in refreshes:
        assert refresh.answers(1) == sorted(said.items()), refresh.name


def test_every_task_of_reports_can_be_asked_and_all_say_the_same() -> None:
    for task in reports.tasks(40, 20):
        for contestant in task.contestants:
            assert list(contestant.answers(task.rows)) == task.expected, contestant.name


def test_every_task_of_plans_asks_as_often_as_it_has_rows() -> None:
    def told(task: Task, place: int) -> list[Any]:
        return [*task.contestants[place].answers(task.rows)]

    many, *waits, picture = plans.tasks(tickets=40, policies=3, years=2)

    assert sum(map(len, told(many, 1))) == many.rows == 120
    for task in waits:
        assert len(told(task, 0)) == sum(len(found.lines) for found in told(task, 1)) == task.rows, task.name
    assert [len(told(picture, place)) for place in (1, 2)] == [1, 1]


def test_every_task_of_answers_can_be_asked() -> None:
    asked = list(answers.tasks())

    assert len(asked) == 4 * len(answers.SAMPLES) + 1
    for task in asked:
        assert all(len(list(each.answers(1))) == 1 for each in task.contestants), task.name


def test_a_report_from_a_file_has_the_medians_that_duckdb_finds(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    assert logs.written(path, times=2) > 30_000
    assert [tuple(row) for row in logs.medians(path)] == logs.reported_medians(path)


def test_the_log_is_reported_with_polars_and_without() -> None:
    for task in logs.tasks(times=1):
        assert [contestant.answers(task.rows) == [] for contestant in task.contestants] == [True, False, True, True]
