"""What Jira says of the SLAs of a request, and that a calendar of ours comes to the same millisecond."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import jira

SEOUL: Final = sla.Calendar("Asia/Seoul", "Mon-Fri 09:00-12:00 13:00-18:00")


def moment(millis: int) -> dict[str, Any]:
    return {"epochMillis": millis, "friendly": "yesterday"}


def amount(millis: int) -> dict[str, Any]:
    return {"millis": millis, "friendly": "a while"}


def cycle(started: int, breach: int, goal: int, elapsed: int, **more: Any) -> dict[str, Any]:
    said = {"startTime": moment(started), "breachTime": moment(breach), "breached": elapsed > goal}
    return {
        **said,
        "goalDuration": amount(goal),
        "elapsedTime": amount(elapsed),
        "remainingTime": amount(goal - elapsed),
        **more,
    }


# A real answer that was published: created on Monday 6 July 2026, 18:02:13.432 in Seoul, two minutes after closing.
ONGOING: Final[dict[str, Any]] = {
    "id": "58",
    "name": "Time to resolution",
    "completedCycles": [],
    "ongoingCycle": cycle(
        1783328533432, 1785142800000, 432_000_000, 10_800_000, paused=False, withinCalendarHours=False
    ),
}
# Monday 10:00 to 11:00 of three hours, with a lunch hour before it would be breached.
COMPLETED: Final = {
    "id": "10",
    "name": "Time to first response",
    "completedCycles": [cycle(1783299600000, 1783314000000, 10_800_000, 3_600_000, stopTime=moment(1783303200000))],
}


@pytest.mark.parametrize("answer", [ONGOING, COMPLETED])
def test_jiras_breach_is_our_due_time_to_the_millisecond(answer: dict[str, Any]) -> None:
    (told,) = jira.read_sla(answer)
    assert told.breach_at == SEOUL.add(told.started_at, told.goal)
    assert told.goal - told.elapsed == told.remaining
    if told.done_at is not None:
        assert SEOUL.elapsed(told.started_at, told.done_at) == told.elapsed


def test_a_cycle_of_which_no_breach_is_told_is_open_without_a_due_time() -> None:
    paused = {key: said for key, said in ONGOING["ongoingCycle"].items() if key != "breachTime"}
    (judged,) = jira.read_judgements({**ONGOING, "ongoingCycle": paused})
    assert (judged.verdict, judged.due) == ("open", None)
    assert [what for _, what in judged.ledger] == ["Time to resolution begins, goal 120h"]


def test_the_cycles_of_all_answers_of_a_folder_are_read(tmp_path: Path) -> None:
    page = {
        "size": 2,
        "isLastPage": True,
        "values": [COMPLETED, {**ONGOING, "completedCycles": COMPLETED["completedCycles"]}],
    }
    (tmp_path / "SUP-7.json").write_text(json.dumps(page), encoding="utf-8")
    (tmp_path / "SUP-8.json").write_text(json.dumps(ONGOING), encoding="utf-8")
    told = jira.read_sla(tmp_path)
    assert [(each.request, each.name, each.number, each.done_at is None) for each in told] == [
        ("SUP-7", "Time to first response", 1, False),
        ("SUP-7", "Time to resolution", 1, False),
        ("SUP-7", "Time to resolution", 2, True),
        ("SUP-8", "Time to resolution", 1, True),
    ]
    assert told[2].started_at == datetime(2026, 7, 6, 9, 2, 13, 432_000, tzinfo=UTC)
    assert told[0].goal == timedelta(hours=3)


@pytest.mark.parametrize(
    ("answer", "where", "code"),
    [
        ({"values": [COMPLETED], "isLastPage": False}, "", "import_truncated"),
        ({"name": "x"}, "", "import_document_unknown"),
        ({"values": [{"name": "x"}]}, "values[0].completedCycles", "import_key_missing"),
        ({**COMPLETED, "completedCycles": {}}, "completedCycles", "import_value_invalid"),
        ({**ONGOING, "ongoingCycle": {"startTime": {"iso8601": "2026-07-06T18:02:13+0900"}}},
         "ongoingCycle.startTime.epochMillis", "import_key_missing"),
        ({**ONGOING, "ongoingCycle": {**ONGOING["ongoingCycle"], "breached": "no"}}, "ongoingCycle.breached", "import_value_invalid"),
        ({"goalTime": 5}, "", "import_document_unknown"),  # the custom field of a server has other names
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused_with_its_path(answer: dict[str, Any], where: str, code: str) -> None:
    with pytest.raises(sla.InteropError) as refused:
        jira.read_sla(answer)
    assert (refused.value.where, refused.value.code) == (where, code)
