"""The oracle of tickets is checked by hand, before the library is compared with it; and it shares no code with it."""

import ast
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from tests import ticket_oracle
from tests.oracle import Plan
from tests.ticket_oracle import Amount, Happening, Life, Office, Promise, Rule, Seen, Stage, WorkingDay, look

HOUR: Final = 60
DAY: Final = 24 * HOUR
NINE_TO_FIVE: Final = dict.fromkeys(("Mon", "Tue", "Wed", "Thu", "Fri"), ((9 * 3600, 17 * 3600),))
THURSDAY: Final = datetime(2026, 11, 19, tzinfo=UTC)
OFFICE: Final = Office(Plan("UTC", NINE_TO_FIVE), THURSDAY, 20)
TEN: Final = 10 * HOUR  # Thursday 10:00
TEN_HOURS: Final = Promise(Amount("business_hours", 10 * HOUR), "office")


def on(day: int, hour: int) -> int:
    """Ticks, which are minutes, since the begin of Thursday, day 0; Friday is 1 and Monday 4."""
    return day * DAY + hour * HOUR


def resolution(log: list[Happening], as_of: int, low: Promise = TEN_HOURS, **life: Any) -> list[Seen]:
    """How the resolution is doing: ten business hours for a high priority, and something else for a low one."""
    rules = (Rule("high", "high", {"resolution": TEN_HOURS}), Rule("rest", None, {"resolution": low}))
    lives = {"resolution": Life(stops="solved", paused_in=("pending",), pausable=True, **life)}
    stage = Stage({"office": OFFICE}, rules, lives)
    seen, _ = look(stage, [Happening(TEN, "created", value="high"), *log], as_of)
    return seen["resolution"]


def test_it_stands_on_the_standard_library_and_the_other_oracles_only() -> None:
    tree = ast.parse(Path(ticket_oracle.__file__).read_text(encoding="utf-8"))
    names = {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
    assert {"tests", "tests.clock_oracle", "tests.oracle"} == ours


PAUSED: Final = [Happening(on(0, 11), "paused"), Happening(on(0, 13), "resumed")]


@pytest.mark.parametrize(
    ("log", "due", "elapsed", "why"),
    [
        ([], on(1, 12), 16, "7 hours on Thursday, 3 on Friday; 7 + 8 + 1 until Monday 10:00"),
        (PAUSED, on(1, 14), 14, "two hours of a pause"),
        ([Happening(on(0, 18), "paused"), Happening(on(1, 8), "resumed")], on(1, 12), 16, "a pause at night"),
        ([Happening(on(1, 12), "paused"), Happening(on(1, 14), "resumed")], on(1, 12), 14, "a pause from due on moves nothing, and is no work"),
        ([Happening(on(0, 11), "status", status="pending")], None, 1, "it waits"),
        ([*PAUSED, Happening(on(0, 14), "promised_by_hand", metric="resolution", due=on(5, 9))], on(5, 9), 16, "a date"),
    ],
)  # fmt: skip
def test_due_and_elapsed(log: list[Happening], due: int | None, elapsed: int, why: str) -> None:
    (seen,) = resolution(log, on(4, 10))
    assert (due, elapsed * HOUR) == (seen.due, seen.elapsed), why


@pytest.mark.parametrize(
    ("how", "due", "elapsed"),
    [("resume", [on(1, 14)], [3]), ("continue", [on(1, 12)], [5]), ("new_cycle", [on(1, 12), on(1, 16)], [2, 1])],
)
def test_reopened(how: str, due: list[int], elapsed: list[int]) -> None:
    """Solved on Thursday at noon and opened again at two, seen at three."""
    log = [Happening(on(0, 12), "solved"), Happening(on(0, 14), "reopened")]
    cycles = resolution(log, on(0, 15), reopen=how)
    assert due == [each.due for each in cycles]
    assert [hours * HOUR for hours in elapsed] == [each.elapsed for each in cycles]


@pytest.mark.parametrize(
    ("new", "changed", "due", "why"),
    [
        (Amount("business_hours", 20 * HOUR), on(0, 14), on(4, 14), "4 counted, 16 left: 3 + 8 + 5"),
        (Amount("business_hours", 3 * HOUR), on(0, 14), on(0, 14), "due with the change"),
        (Amount("business_hours", 20 * HOUR), on(1, 12), on(4, 14), "at due it is not late"),
        (Amount("business_hours", 20 * HOUR), on(1, 14), on(1, 12), "late stays late"),
        (Amount("business_hours", 10 * HOUR), on(1, 11), on(1, 12), "no change"),
        (Amount("calendar_hours", 30 * HOUR), on(0, 14), on(1, 16), "30 hours from the origin"),
        (WorkingDay(1, "close"), on(0, 14), on(1, 17), "a date, from the origin"),
        (WorkingDay(0, 12 * HOUR), on(0, 14), on(0, 14), "noon had passed"),
    ],
)  # fmt: skip
def test_another_target(new: Amount | WorkingDay, changed: int, due: int, why: str) -> None:
    (seen,) = resolution([Happening(changed, "field", value="low")], changed, Promise(new, "office"))
    assert due == seen.due, why
    assert (due if due < changed else None) == seen.breached_at


def test_judged_anew() -> None:
    log = [Happening(on(1, 14), "field", value="low")]
    low = Promise(Amount("business_hours", 20 * HOUR), "office")
    (seen,) = resolution(log, on(1, 15), low, after_breach="judged_anew")
    assert (on(4, 14), None, "running") == (seen.due, seen.breached_at, seen.status)


def test_a_pause_after_due_is_no_work() -> None:
    """Due on Friday at noon; paused from two to four, solved at five: seven and six hours of work, three of them late."""
    log = [Happening(on(1, 14), "paused"), Happening(on(1, 16), "resumed"), Happening(on(1, 17), "solved")]
    (seen,) = resolution(log, on(4, 10))
    assert (on(1, 12), 5 * HOUR, 3 * HOUR, 13 * HOUR) == (seen.due, seen.late, seen.late_open, seen.elapsed)


def test_a_date_that_pauses_move() -> None:
    """Two days by close are Monday; the two hours of a pause on Friday lead to Tuesday at eleven, and so to its close."""
    log = [Happening(on(0, 14), "field", value="low"), Happening(on(1, 10), "paused"), Happening(on(1, 12), "resumed")]
    for moves, due in ((False, on(4, 17)), (True, on(5, 17))):
        (seen,) = resolution(log, on(1, 12), Promise(WorkingDay(2, "close"), "office", pauses_move=moves))
        assert due == seen.due


@pytest.mark.parametrize(
    ("minute", "expected"), [(on(1, 12), "met"), (on(1, 12) + 1, "breached"), (on(0, 10), "met")]
)  # fmt: skip
def test_on_time_is_at_due_or_before(minute: int, expected: str) -> None:
    (seen,) = resolution([Happening(minute, "solved")], on(4, 10))
    assert expected == seen.status
