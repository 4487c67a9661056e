"""slacalc and the proved model agree; the model refuses what it does not cover; and it finds what is planted."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT
from tests.model.agreement import ORACLE, Model, differences
from tests.model.cases import Json, first

pytestmark = pytest.mark.skipif(not ORACLE.exists(), reason="proofs/check builds the model, where Coq is installed")

OFFICE: Json = {"calendars": [[[10, 20], [30, 40]]], "plans": [[[1, 10, 20, 20, None], [2, 30, 40, 35, 33]]]}

BY_HAND: dict[str, tuple[Json, Json]] = {
    "work that fills the first span is due when it closes": (["add", 0, 5, 10], 20),
    "one more is due in the second": (["add", 0, 5, 11], 31),
    "zero rolls forward": (["add", 0, 20, 0], 30),
    "beyond what is given there is no answer": (["add", 0, 5, 21], None),
    "subtracting mirrors it": (["subtract", 0, 35, 5], 30),
    "and the last instant is told, not the first": (["subtract", 0, 35, 15], 10),
    "closed time does not elapse": (["elapsed", 0, 15, 35], 10),
    "backward it is negative": (["elapsed", 0, 35, 15], -10),
    "an open instant is its own opening": (["roll_forward", 0, 15], 15),
    "a closing is no opening": (["roll_forward", 0, 20], 30),
    "back from closed time is the closing": (["roll_back", 0, 25], 20),
    "an opening has no open time before it": (["roll_back", 0, 30], 20),
    "pauses that overlap count once": (["due_with", 0, [[12, 15], [14, 16]], 10, 6], 20),
    "day 0 is the working date that is open next": (["business_days", 0, 0, 5, 0], 20),
    "day 1 is the one after it": (["business_days", 0, 0, 5, 1], 35),
    "at the cutoff there is a day more, and here none is left": (["business_days", 0, 0, 33, 0], None),
    "before the cutoff there is not": (["business_days", 0, 0, 32, 0], 35),
    "running": (["ticket", 0, 10, 6, [], 16], ["running", 16, None]),
    "overdue is after due, not at it": (["ticket", 0, 10, 6, [], 17], ["overdue", 16, 16]),
    "met at due": (["ticket", 0, 10, 6, [[16, "stop"]], 30], ["met", 16, None]),
    "breached after it": (["ticket", 0, 10, 6, [[17, "stop"]], 30], ["breached", 16, 16]),
    "paused, and so not due": (["ticket", 0, 10, 6, [[12, "pause"]], 30], ["paused", None, None]),
    "the pause is taken out": (["ticket", 0, 10, 6, [[12, "pause"], [15, "resume"]], 16], ["running", 19, None]),
    "a change keeps what was counted": (["ticket", 0, 10, 6, [[12, "change", 0, 3]], 12], ["running", 13, None]),
    "a breach is not forgiven": (["ticket", 0, 10, 2, [[13, "change", 0, 9]], 14], ["overdue", 12, 12]),
}

REFUSED: dict[str, tuple[Json, str]] = {
    "another calendar": (["add", 1, 5, 10], "no such calendar"),
    "another plan": (["business_days", 0, 1, 5, 1], "no such plan"),
    "a negative amount": (["add", 0, 5, -1], "a negative amount"),
    "half an amount": (["add", 0, 5, 1.5], "an instant or amount that is no integer"),
    "a number that could overflow": (["add", 0, 2**60, 1], "a number beyond 2^55"),
    "a question that it does not know": (["next_open", 0, 5], "no such question, or not with these values: next_open"),
    "two things at one instant": (
        ["ticket", 0, 5, 9, [[7, "pause"], [7, "resume"]], 9],
        "two things at one instant, or out of order",
    ),
    "another event": (["ticket", 0, 5, 9, [[7, "merged"]], 9], "something else than pause, resume, change and stop"),
    "an event of the future": (
        ["ticket", 0, 5, 9, [[7, "stop"]], 6],
        "something after the instant that is asked about",
    ),
    "nothing promised": (["ticket", 0, 5, 0, [], 6], "a promise of nothing"),
}

OTHER_OFFICES: dict[str, tuple[Json, str]] = {
    "spans that touch": ([[10, 20], [20, 30]], "spans that touch, overlap or are out of order"),
    "spans out of order": ([[30, 40], [10, 20]], "spans that touch, overlap or are out of order"),
    "an empty span": ([[10, 10]], "a span that is empty"),
    "no pair": ([[10, 20, 30]], "a span that is no pair"),
}

PLANTED = {
    "due at the next opening": (
        ("business_time/timeline.py", "bisect_left(self.before, work)", "bisect_right(self.before, work)"),
        "add",
    ),
    "a pause counts twice": (
        (
            "clocks/cycle.py",
            "if not self.held and self.running_since is None:\n            self.running_since = at\n",
            "if not self.held and self.running_since is None:\n            self.running_since = 2 * at - self.pauses[-1].start\n",
        ),
        "due_with",
    ),
    "a breach is forgiven": (("clocks/cycle.py", "if due is not None and due < at:", "if False:"), "ticket"),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_model_says_what_is_derived_by_hand(name: str) -> None:
    question, expected = BY_HAND[name]
    with Model() as model:
        assert model.answers(OFFICE | {"questions": [question]}) == [expected]


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_model_does_not_cover_is_refused_by_name(name: str) -> None:
    question, why = REFUSED[name]
    with Model() as model:
        assert model.answers(OFFICE | {"questions": [question, ["add", 0, 5, 1]]}) == [{"refused": why}, 11]


@pytest.mark.parametrize("name", OTHER_OFFICES)
def test_an_office_that_is_not_canonical_is_refused_whole(name: str) -> None:
    spans, why = OTHER_OFFICES[name]
    with Model() as model:
        assert model.answers({"calendars": [spans], "questions": [["add", 0, 5, 1]]}) == {"refused": why}


def test_slacalc_and_the_model_agree() -> None:
    assert [found for case in first(6_000, seed=22) for found in differences(case)] == []


@pytest.mark.slow
@pytest.mark.parametrize("bug", PLANTED)
def test_the_model_finds_what_is_planted(bug: str, tmp_path: Path) -> None:
    (file, right, wrong), question = PLANTED[bug]
    shutil.copytree(ROOT / "src/slacalc", tmp_path / "slacalc", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "slacalc" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    compared = subprocess.run(
        [sys.executable, "-m", "tests.model.agreement", "--questions", "3000"],
        capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert compared.returncode == 1, compared.stdout
    found = re.search(rf"^{question}: \d+ compared, (\d+) differ$", compared.stdout, re.MULTILINE)
    assert found
    assert int(found[1]) > 0
