"""Where a test is found: in a file named like the source file that it tests, and by the number of its rule."""

import ast
import re
from pathlib import Path

import pytest

from tests.helpers import ROOT, TESTS

SRC = ROOT / "src" / "slacalc"
OF_WEIGHT = 150  # lines
# What is tested through its callers, and where.
ELSEWHERE = {
    "calendars/holidays/frozen.py": "calendars/test_holidays.py",
    "calendars/holidays/live.py": "calendars/test_holidays.py",
    "calendars/holidays/package.py": "calendars/test_holidays.py",
    "calendars/holidays/pin_reading.py": "calendars/test_pin_reading.py",
    "calendars/speaking_day.py": "calendars/test_special_days.py",
    "clocks/apply.py": "clocks/test_cycle.py",
    "clocks/clock_state.py": "clocks/test_due.py",
    "clocks/ticket_state.py": "clocks/test_replay.py",
    "expectations/cities.py": "expectations/test_languages.py",
    "expectations/fillings.py": "expectations/test_wording.py",
    "columns/judging.py": "columns/test_outcome_frames.py",
    "columns/arrays.py": "columns/test_answers.py",
    "columns/clock_figures.py": "columns/test_event_replay.py",
    "columns/date_tables.py": "columns/test_date_columns.py",
    "columns/happenings.py": "columns/test_event_replay.py",
    "columns/lists.py": "columns/test_answers.py",
    "columns/outcome_columns.py": "columns/test_outcome_frames.py",
    "columns/outcome_rows.py": "columns/test_outcome_frames.py",
    "columns/outcomes.py": "columns/test_outcome_frames.py",
    "columns/questions.py": "columns/test_answers.py",
    "columns/series.py": "columns/test_answers.py",
    "columns/ticket_tables.py": "columns/test_outcome_frames.py",
    "columns/ticket_tracks.py": "columns/test_event_replay.py",
    "contact/sections.py": "contact/test_page.py",
    "interop/icalendar/layered_hours.py": "interop/icalendar/test_availability.py",
    "logs/collecting_blocks.py": "logs/test_big_files.py",
    "logs/csv_blocks.py": "logs/test_big_files.py",
    "policies/any_policy.py": "policies/test_versions.py",
    "policies/in_force.py": "policies/test_versions.py",
    "policies/document/holiday_rules.py": "policies/test_loading.py",
    "policies/document/policy_document.py": "policies/test_policy.py",
    "policies/targets/days.py": "policies/test_targets.py",
    "policies/targets/kind.py": "policies/test_targets.py",
    "plans/asked_log.py": "plans/test_what_if.py",
    "plans/comparison.py": "plans/test_what_if.py",
    "plans/many_policies.py": "plans/test_what_if.py",
    "plans/due_columns.py": "plans/test_waits.py",
    "plans/due_pieces.py": "plans/test_waits.py",
    "plans/sensitivity.py": "plans/test_waits.py",
    "plans/wait_map.py": "plans/test_waits.py",
    "plans/smallest_targets.py": "plans/test_required.py",
    "reports/column_attainment.py": "reports/test_attainment.py",
    "reports/column_tally.py": "reports/test_attainment.py",
    "reports/tally.py": "reports/test_attainment.py",
}
RULES = ("1", "2", "3", "4", "5", "6", "7", "7a", "8", "9", "10", "11", "12", "13", "14", "15", "16")


def names_of_tests(path: Path) -> set[str]:
    return set(re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))


def weighty() -> list[str]:
    files = (path for path in SRC.rglob("*.py") if path.name != "__init__.py")
    return [
        path.relative_to(SRC).as_posix()
        for path in sorted(files)
        if len(path.read_text(encoding="utf-8").splitlines()) > OF_WEIGHT
    ]


@pytest.mark.parametrize("source", weighty())
def test_a_source_file_of_weight_has_a_test_file_of_its_name(source: str) -> None:
    folder, _, name = source.rpartition("/")
    tested_in = ELSEWHERE.get(source, f"{folder}/test_{name}" if folder else f"test_{name}")
    assert names_of_tests(TESTS / "unit" / tested_in)


@pytest.mark.parametrize("source", ELSEWHERE)
def test_what_is_tested_elsewhere_has_no_test_file_of_its_name(source: str) -> None:
    folder, _, name = source.rpartition("/")
    assert (SRC / source).exists()
    assert not (TESTS / "unit" / folder / f"test_{name}").exists()


def cannot_fail(assertion: ast.Assert) -> bool:
    """Whether it is of a constant, or only says that what a fixture made is there."""
    match assertion.test:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="folder" | "lives" | "tmp_path"), attr="exists")):
            return True
        case ast.Compare(left=left, comparators=[right]):
            return isinstance(left, ast.Constant) and isinstance(right, ast.Constant)
        case _:
            return False


def test_every_assertion_can_fail() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(TESTS.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert) and cannot_fail(node)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["assert True", "assert 1 == 1", "assert tmp_path.exists()"])
def test_an_assertion_that_cannot_fail_is_found(text: str) -> None:
    assert cannot_fail(ast.parse(text).body[0])  # type: ignore[arg-type] # it is an assertion


def test_every_rule_has_tests_that_carry_its_number() -> None:
    names = {name for path in TESTS.rglob("test_*.py") for name in names_of_tests(path)}
    assert {rule for rule in RULES if any(name.startswith(f"test_rule_{rule}_") for name in names)} == set(RULES)
