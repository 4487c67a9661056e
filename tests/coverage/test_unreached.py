"""The list of branches that no test takes speaks of code that is there, and the check finds what is not on it."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.coverage.__main__ import NAMED, SRC, Branch, figure, main, missing

SAID = tomllib.loads(NAMED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", SAID["unreached"], ids=lambda entry: f"{entry['file']}: {entry['at'][:40]}")
def test_what_is_named_is_there_and_says_why(entry: dict[str, str]) -> None:
    lines = {line.strip() for line in (SRC / entry["file"]).read_text(encoding="utf-8").splitlines()}
    start, _, to = entry["at"].partition(" -> ")
    assert start in lines or entry["at"] in lines
    assert to in {*lines, "leaves", ""}
    assert len(entry["why"]) > 20


def test_the_rooms_that_are_held_are_there() -> None:
    assert [room for room in SAID["rooms"] if not (SRC / room).exists()] == []


MEASURED: dict[str, Any] = {
    "executed_lines": [1, 2, 4, 9],
    "missing_lines": [5, 6, 11],
    "missing_branches": [[2, 9], [4, 5], [9, -1]],
    "summary": {"num_statements": 7, "covered_lines": 4, "num_branches": 6, "covered_branches": 3},
}


def test_a_row_of_lines_is_one_branch_and_a_way_not_taken_another() -> None:
    lines = [line.strip() for line in (SRC / "lazy.py").read_text(encoding="utf-8").splitlines()]

    assert list(missing("lazy.py", MEASURED)) == [
        Branch("lazy.py", lines[4]),
        Branch("lazy.py", lines[10]),
        Branch("lazy.py", f"{lines[1]} -> {lines[8]}"),
        Branch("lazy.py", f"{lines[8]} -> leaves"),
    ]
    assert figure({"src/slacalc/lazy.py": MEASURED}, "lazy.py") == "53.8% of 13 lines and branches"  # 7 of 13


def test_what_is_not_named_is_told_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = next(room for room in SAID["rooms"] if room.endswith(".py"))
    report = tmp_path / "coverage.json"
    measured = {**MEASURED, "executed_lines": [1], "missing_lines": [2], "missing_branches": []}
    report.write_text(json.dumps({"files": {f"src/slacalc/{name}": measured}}), encoding="utf-8")

    assert main(str(report)) == 1
    assert f"no test takes it, and nothing says why: {name}: " in capsys.readouterr().out
