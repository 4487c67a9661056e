"""The second opinion on waits is checked by hand, before anything is compared with it; and what it says of the real log."""

import ast
import csv
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests import wait_walker
from tests.helpers import REAL_LOG as LOG
from tests.report_walker import HOUR, ROME, SECOND, Metric, Outcome, Ticket, Walk, WalkedReport
from tests.wait_walker import Waiting, judge, read_waiting, walk_waiting_report

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
HEADER: Final = ("Case ID", "Activity", "Complete Timestamp", "service_level")
WALK: Final = Walk()


def rome(text: str) -> int:
    """Microseconds since 1970 of a wall time in Rome."""
    return (datetime.fromisoformat(text).replace(tzinfo=ROME).astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


def judged(received: str, waits: list[tuple[str, str | None]], stop: str | None, as_of: str) -> Outcome:
    """How a resolution of 8 open hours did."""
    stops: dict[Metric, int] = {} if stop is None else {"resolution": rome(stop)}
    stretches = tuple((rome(start), None if end is None else rome(end)) for start, end in waits)
    ticket = Ticket("T", "Value 1", rome(received), stops)
    priorities: dict[Metric, tuple[tuple[int, str], ...]] = {"resolution": ((rome(received), "Value 1"),)}
    return judge(Waiting(ticket, stretches, priorities), "resolution", rome(as_of), WALK)


def test_it_imports_the_standard_library_and_the_other_walker_only() -> None:
    tree = ast.parse(Path(wait_walker.__file__).read_text(encoding="utf-8"))
    names = {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {"tests.report_walker"} == {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}


# ---------------------------------------------------------------- one ticket

TUE: Final = "2012-10-09 10:00"  # open 09:00-13:00 and 14:00-18:00: eight hours from here end on Wed 10 Oct at 10:00
LATER: Final = "2012-10-31 12:00"


@pytest.mark.parametrize(
    ("waits", "due", "taken_out", "why"),
    [
        ([], "2012-10-10 10:00", 0, "7 open hours on Tuesday, one on Wednesday"),
        ([("2012-10-09 11:00", "2012-10-09 12:00")], "2012-10-10 11:00", 1, "an open hour"),
        ([("2012-10-09 12:00", "2012-10-09 15:00")], "2012-10-10 12:00", 2, "three hours, with lunch in them"),
        ([("2012-10-09 18:00", "2012-10-10 09:00")], "2012-10-10 10:00", 0, "a night"),
        ([("2012-10-09 17:00", "2012-10-10 09:30")], "2012-10-10 11:30", 1.5, "an hour, and half an hour"),
        ([("2012-10-09 17:00", "2012-10-15 10:00")], "2012-10-15 12:00", 26, "1 + 8 + 8 + 8 + 1; 2 hours are left"),
        ([("2012-10-10 10:00", "2012-10-10 12:00")], "2012-10-10 10:00", 2, "it begins at due: moves nothing, and is no work"),
        ([("2012-10-11 09:00", "2012-10-12 10:00")], "2012-10-10 10:00", 9, "after due: moves nothing, and is no work"),
        ([("2012-10-10 09:59", "2012-10-10 12:00")], "2012-10-10 12:01", 2 + 1 / 60, "a minute before due"),
        (
            [("2012-10-09 11:00", "2012-10-09 12:00"), ("2012-10-10 10:30", "2012-10-10 12:30")],
            "2012-10-10 13:00", 3, "the first moves due to 11:00, and the second begins before it",
        ),
        (
            [("2012-10-09 11:00", "2012-10-09 12:00"), ("2012-10-09 12:00", "2012-10-09 13:00")],
            "2012-10-10 12:00", 2, "one after the other",
        ),
    ],
)  # fmt: skip
def test_a_wait_moves_due_and_takes_out_the_open_time_in_it(
    waits: list[tuple[str, str | None]], due: str, taken_out: float, why: str
) -> None:
    outcome = judged(TUE, waits, "2012-10-25 18:00", LATER)
    assert rome(due) == outcome.due, why
    assert outcome.open_time is not None
    assert round(taken_out * HOUR) == WALK.open_between(rome(TUE), rome("2012-10-25 18:00")) - outcome.open_time, why


@pytest.mark.parametrize(
    ("waits", "stop", "status", "why"),
    [
        ([("2012-10-09 11:00", None)], None, "pending", "it still waits: no due time"),
        ([("2012-10-10 10:00", None)], None, "breached", "it waits since due"),
        ([("2012-10-09 11:00", "2012-10-25 12:00")], "2012-10-25 12:00", "met", "solved as it waited"),
        ([("2012-10-09 11:00", "2012-10-09 12:00")], "2012-10-10 11:00", "met", "solved at due"),
        ([("2012-10-09 11:00", "2012-10-09 12:00")], "2012-10-10 11:00:01", "breached", "a second late"),
        ([("2012-10-30 11:00", None)], "2012-10-10 10:00", "met", "waits after the stop are not seen"),
    ],
)
def test_the_verdict(waits: list[tuple[str, str | None]], stop: str | None, status: str, why: str) -> None:
    assert status == judged(TUE, waits, stop, LATER).status, why


def test_lateness_is_in_open_and_in_wall_time() -> None:
    outcome = judged(TUE, [("2012-10-09 11:00", "2012-10-09 12:00")], "2012-10-11 10:00", LATER)
    assert (outcome.overdue_by_open, outcome.overdue_by) == (7 * HOUR, 23 * HOUR), "due Wed 11:00: 2 + 4 hours, and 1"


def test_lateness_in_open_time_is_without_the_waits_after_due() -> None:
    outcome = judged(TUE, [("2012-10-10 11:00", "2012-10-11 09:30")], "2012-10-11 10:00", LATER)
    assert (outcome.overdue_by_open, outcome.overdue_by) == (1.5 * HOUR, 24 * HOUR), (
        "due Wed 10:00: an hour, and half of one"
    )


def test_a_wait_that_goes_on_is_no_lateness_in_open_time() -> None:
    outcome = judged(TUE, [("2012-10-10 11:00", None)], None, "2012-10-11 10:00")
    assert (outcome.status, outcome.overdue_by_open, outcome.overdue_by) == ("breached", HOUR, 24 * HOUR), (
        "due Wed 10:00"
    )


# ---------------------------------------------------------------- the log


def read(folder: Path, *rows: tuple[str, str]) -> Waiting:
    """One ticket of priority Value 1, of rows of a time of Tuesday and an activity."""
    path = folder / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(("T", activity, f"2012/10/09 {time}:00.000", "Value 1") for time, activity in rows)
    (ticket,), _ = read_waiting(path)
    return ticket


TAKEN, SOLVED, WAIT, ELSE = "Take in charge ticket", "Resolve ticket", "Wait", "Assign seriousness"


@pytest.mark.parametrize(
    ("rows", "waits", "why"),
    [
        ([("10:00", ELSE), ("11:00", WAIT), ("12:00", SOLVED)], [("11:00", "12:00")], "solving ends it"),
        ([("10:00", ELSE), ("11:00", WAIT), ("12:00", ELSE)], [("11:00", "12:00")], "so does any other activity"),
        (
            [("10:00", ELSE), ("11:00", WAIT), ("12:00", WAIT), ("12:30", TAKEN)],
            [("11:00", "12:00"), ("12:00", "12:30")],
            "another wait, too, and begins its own",
        ),
        ([("10:00", ELSE), ("11:00", WAIT)], [("11:00", None)], "nothing ends it"),
        ([("10:00", WAIT), ("11:00", TAKEN)], [("10:00", "11:00")], "the receipt may be a wait"),
        (
            [("10:00", ELSE), ("11:00", WAIT), ("11:00", SOLVED)],
            [("11:00", "11:00")],
            "at one instant the place in the log decides",
        ),
        ([("10:00", ELSE), ("11:00", SOLVED), ("11:00", WAIT)], [("11:00", None)], "and here, too"),
    ],
)
def test_a_wait_ends_with_the_next_event(
    tmp_path: Path, rows: list[tuple[str, str]], waits: list[tuple[str, str | None]], why: str
) -> None:
    expected = tuple((rome(f"2012-10-09 {a}"), None if b is None else rome(f"2012-10-09 {b}")) for a, b in waits)
    assert expected == read(tmp_path, *rows).waits, why


@pytest.mark.parametrize(
    ("rows", "answered", "solved", "why"),
    [
        ([("10:00", ELSE), ("11:00", TAKEN), ("12:00", SOLVED), ("13:00", "Closed")], "11:00", "12:00", "as it should be"),
        ([("10:00", ELSE), ("11:00", SOLVED), ("12:00", TAKEN)], "11:00", "11:00", "solved without an answer"),
        ([("10:00", ELSE), ("11:00", "Closed")], "11:00", "11:00", "closed, and nothing else"),
        ([("10:00", TAKEN), ("11:00", SOLVED)], "10:00", "11:00", "the receipt may be the answer"),
        ([("10:00", ELSE), ("11:00", SOLVED), ("12:00", TAKEN), ("13:00", SOLVED)], "11:00", "11:00", "nothing reopens"),
    ],
)  # fmt: skip
def test_what_stops_a_clock(tmp_path: Path, rows: list[tuple[str, str]], answered: str, solved: str, why: str) -> None:
    expected = {"first_response": rome(f"2012-10-09 {answered}"), "resolution": rome(f"2012-10-09 {solved}")}
    assert expected == read(tmp_path, *rows).ticket.stops, why


def test_only_the_resolution_waits(tmp_path: Path) -> None:
    waiting = read(tmp_path, ("10:00", ELSE), ("10:30", WAIT), ("12:00", TAKEN))
    outcome = judge(waiting, "first_response", rome("2012-10-09 12:00"), WALK)
    assert (rome("2012-10-09 11:00"), "breached") == (outcome.due, outcome.status), "one hour, whoever waits"


def test_the_priorities_until_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [
        ("10:00", ELSE, "Value 2"),
        ("11:00", TAKEN, "Value 1"),
        ("12:00", SOLVED, "Value 1"),
        ("13:00", "Closed", "Value 3"),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *(("T", what, f"2012/10/09 {time}:00.000", p) for time, what, p in rows)])
    (waiting,), _ = read_waiting(path)
    changes = ((rome("2012-10-09 10:00"), "Value 2"), (rome("2012-10-09 11:00"), "Value 1"))
    assert {"first_response": changes, "resolution": changes} == waiting.priorities
    assert waiting.ticket.priority == "Value 3", "the last, whatever was judged"


@pytest.mark.parametrize(
    ("waits", "changed", "due", "why"),
    [
        ([], "2012-10-09 15:00", "2012-10-10 10:00", "eight hours from the origin, as if it always was Value 1"),
        ([], "2012-10-10 11:00", "2012-10-10 11:00", "nine hours were counted: due with the change"),
        ([], "2012-10-10 20:00", "2012-10-11 09:00", "the same in the evening: the next opening"),
        ([("2012-10-09 11:00", "2012-10-09 12:00")], "2012-10-10 10:00", "2012-10-10 11:00", "7 counted, one left"),
        ([("2012-10-09 11:00", "2012-10-09 16:00")], "2012-10-09 15:00", "2012-10-10 15:00", "1 counted; 2 + 4 from 16:00, and 1 after lunch"),
        ([("2012-10-10 11:00", "2012-10-10 16:00")], "2012-10-10 15:00", "2012-10-10 16:00", "9 counted: due as the wait ends"),
        ([("2012-10-10 10:30", "2012-10-10 11:00")], "2012-10-10 12:00", "2012-10-10 12:00", "9.5 counted"),
        ([("2012-10-09 14:00", None)], "2012-10-09 15:00", None, "it waits"),
    ],
)  # fmt: skip
def test_another_priority_is_another_target(
    waits: list[tuple[str, str | None]], changed: str, due: str | None, why: str
) -> None:
    """Value 3, eighty hours, becomes Value 1, eight."""
    stretches = tuple((rome(start), None if end is None else rome(end)) for start, end in waits)
    priorities: dict[Metric, tuple[tuple[int, str], ...]] = {
        "resolution": ((rome(TUE), "Value 3"), (rome(changed), "Value 1"))
    }
    waiting = Waiting(Ticket("T", "Value 1", rome(TUE), {}), stretches, priorities)
    assert (None if due is None else rome(due)) == judge(waiting, "resolution", rome(LATER), WALK).due, why


# ---------------------------------------------------------------- the real log

needs_the_log = pytest.mark.skipif(not LOG.exists(), reason=f"the ticket log is not there: {LOG.parent}")


@pytest.fixture(scope="module")
def walked() -> WalkedReport:
    return walk_waiting_report(LOG)


@needs_the_log
@pytest.mark.parametrize(
    ("priority", "metric", "met", "breached", "pending"),
    [
        ("Value 1", "first_response", 51, 65, 0),
        ("Value 1", "resolution", 41, 74, 0),
        ("Value 2", "first_response", 1763, 1772, 0),
        ("Value 2", "resolution", 2172, 1363, 1),
        ("Value 3", "first_response", 580, 346, 0),
        ("Value 3", "resolution", 696, 230, 0),
        ("Value 4", "first_response", 2, 1, 0),
        ("Value 4", "resolution", 3, 0, 0),
        ("all", "first_response", 2396, 2184, 0),
        ("all", "resolution", 2912, 1667, 1),
    ],
)
def test_what_the_walk_finds_in_the_real_log(
    walked: WalkedReport, priority: str, metric: Metric, met: int, breached: int, pending: int
) -> None:
    """Written down when the walker was; whoever changes either has to say why.

    Eight first responses and five resolutions were late before their tickets had another priority: they stay late.
    """
    row = walked.row(priority, metric)
    assert (met, breached, pending) == (row.met, row.breached, row.pending)


@needs_the_log
def test_the_median_resolution_of_the_real_log(walked: WalkedReport) -> None:
    row = walked.row("all", "resolution")
    assert (row.open_median, row.open_p90) == (71_609 * SECOND, 460_408 * SECOND), (
        "no wait is open time, before due or after"
    )
    assert (row.wall_median, row.wall_p90) == (516_724 * SECOND, 2_581_538 * SECOND)


@needs_the_log
def test_the_worst_of_the_real_log(walked: WalkedReport) -> None:
    resolution = [2300, 2125, 3323, 2451, 28, 2920, 3409, 4463, 503, 4383]
    first_response = [383, 4370, 1249, 1359, 529, 4009, 2804, 804, 342, 3151]
    expected = {"first_response": first_response, "resolution": resolution}
    assert {metric: [f"Case {number}" for number in numbers] for metric, numbers in expected.items()} == {
        metric: [breach.case_id for breach in breaches] for metric, breaches in walked.worst.items()
    }
