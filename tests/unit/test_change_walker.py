"""The opinion on changes of priority is checked by hand, before anything is compared with it."""

import ast
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests import change_walker
from tests.change_walker import Event, judge, promised
from tests.report_walker import HOUR, MINUTE, ROME, Outcome, Walk

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
WALK: Final = Walk()
TAKEN, SOLVED, WAIT, ELSE = "Take in charge ticket", "Resolve ticket", "Wait", "Assign seriousness"


def rome(text: str) -> int:
    """Microseconds since 1970 of a wall time in Rome, of October 2012 by its day."""
    local = datetime.fromisoformat(f"2012-10-{text}").replace(tzinfo=ROME)
    return (local.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


def resolved(*rows: tuple[str, str, int], as_of: str = "31 12:00") -> Outcome:
    """How a resolution did, of rows of a time, an activity, and a priority: 1 is 8 open hours, 2 is 40, 3 is 80."""
    log: list[Event] = [
        (rome(at), place, activity, f"Value {value}") for place, (at, activity, value) in enumerate(rows)
    ]
    return judge(promised("T", log, "resolution"), "resolution", rome(as_of), WALK)


def test_it_imports_the_standard_library_and_the_other_walkers_only() -> None:
    tree = ast.parse(Path(change_walker.__file__).read_text(encoding="utf-8"))
    names = {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    other = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
    assert other == {"tests.report_walker", "tests.wait_walker"}


# Open 09:00-13:00 and 14:00-18:00. Tuesday 9 October 2012, 10:00: 7 hours on Tuesday, 8 on each day after.
@pytest.mark.parametrize(
    ("rows", "due", "why"),
    [
        ([("09 10:00", ELSE, 1)], "10 10:00", "8 hours: 7 on Tuesday, 1 on Wednesday"),
        ([("09 10:00", ELSE, 2), ("09 12:00", ELSE, 1)], "10 10:00", "counted from the receipt, whenever it changed"),
        ([("09 10:00", ELSE, 1), ("09 12:00", ELSE, 2)], "16 10:00", "40 hours: 7, four days of 8, and 1 on Tuesday"),
        ([("09 10:00", ELSE, 2), ("11 11:00", ELSE, 1)], "11 11:00", "17 were counted, so that it is due at the change"),
        ([("09 10:00", ELSE, 2), ("11 13:30", ELSE, 1)], "11 14:00", "at lunch: when it opens after it"),
        ([("09 10:00", ELSE, 2), ("11 18:00", ELSE, 1)], "12 09:00", "at closing: on Friday"),
        ([("09 10:00", ELSE, 1), ("11 11:00", ELSE, 2)], "16 10:00", "after a miss, too: the last target judges"),
        (
            [("09 10:00", ELSE, 3), ("09 11:00", ELSE, 2), ("11 11:00", ELSE, 1), ("11 12:00", ELSE, 2)],
            "16 10:00", "there and back again",
        ),
        (
            [("09 10:00", ELSE, 2), ("09 11:00", WAIT, 2), ("09 12:00", ELSE, 1)],
            "10 11:00", "an hour of waiting before the change",
        ),
        (
            [("09 10:00", ELSE, 2), ("09 11:00", ELSE, 1), ("09 12:00", WAIT, 1), ("09 15:00", ELSE, 1)],
            "10 12:00", "two open hours of waiting after it",
        ),
        (
            [("09 10:00", ELSE, 2), ("11 11:00", ELSE, 1), ("11 11:00", WAIT, 1), ("11 12:00", ELSE, 1)],
            "11 11:00", "a wait that begins at due takes out nothing",
        ),
        (
            [("09 10:00", ELSE, 2), ("11 13:30", ELSE, 1), ("11 13:45", WAIT, 1), ("11 15:00", ELSE, 1)],
            "11 15:00", "nothing is left, and it is due when the wait is over that began before it",
        ),
        ([("09 10:00", ELSE, 1), ("09 11:00", SOLVED, 1), ("09 12:00", ELSE, 2)], "10 10:00", "solved: nothing changes it"),
        ([("09 10:00", ELSE, 1), ("09 11:00", SOLVED, 2)], "16 10:00", "the row that solves it changes it first"),
    ],
)  # fmt: skip
def test_the_last_target_judges(rows: list[tuple[str, str, int]], due: str, why: str) -> None:
    assert rome(due) == resolved(*rows).due, why


def test_while_it_waits_nothing_is_due_after_a_change_either() -> None:
    outcome = resolved(("09 10:00", ELSE, 2), ("09 11:00", ELSE, 1), ("09 12:00", WAIT, 1))
    assert (outcome.due, outcome.status) == (None, "pending")


def test_open_time_is_without_the_waits_before_and_after_a_change() -> None:
    outcome = resolved(
        ("09 10:00", ELSE, 2), ("09 11:00", WAIT, 2), ("09 11:30", ELSE, 1), ("09 12:00", WAIT, 1), ("10 18:00", SOLVED, 1)
    )  # fmt: skip
    assert (outcome.status, outcome.open_time, outcome.wall_time) == ("met", 90 * MINUTE, 32 * HOUR), (
        "solved as it waited"
    )


def test_a_first_response_changes_and_does_not_wait() -> None:
    log = [
        (rome("09 10:00"), 0, ELSE, "Value 1"),
        (rome("09 10:10"), 1, WAIT, "Value 2"),
        (rome("09 16:00"), 2, TAKEN, "Value 1"),
    ]
    outcome = judge(promised("T", log, "first_response"), "first_response", rome("31 12:00"), WALK)
    assert (rome("09 16:00"), "met") == (outcome.due, outcome.status), "one hour, made when five had passed"
