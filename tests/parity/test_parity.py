"""What other libraries state as facts: our answers, and theirs where they are installed (cases.py says how)."""

import re
from collections import Counter, defaultdict
from importlib.util import find_spec

import pytest

from tests.helpers import ROOT
from tests.parity.cases import ALL, KEYS, RULES, Case, our_answers
from tests.parity.peers import their_answers

ASKED_LIVE = [case for case in ALL if case.peer.package]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_we_answer_the_same_or_what_our_rule_says(case: Case) -> None:
    assert our_answers(case) == case.ours


@pytest.mark.parametrize("case", ASKED_LIVE, ids=str)
def test_the_library_answers_what_its_tests_state(case: Case) -> None:
    assert case.peer.package
    if find_spec(case.peer.package) is None:
        pytest.skip(f"{case.peer.library}, of the extra bench, is not installed")
    assert their_answers(case) == case.theirs


# ---------------------------------------------------------------- the tables themselves


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_case_is_well_told(case: Case) -> None:
    assert case.data.keys() <= KEYS
    assert case.data.keys() >= {"name", "source", "hours", "rule", "theirs"}
    assert case.data["rule"] in RULES
    assert ("expression" in case.data) is (case.peer.package == "opening_hours")


@pytest.mark.parametrize("case", [case for case in ALL if "ours" in case.data], ids=str)
def test_what_differs_differs(case: Case) -> None:
    ours = case.data["ours"]
    assert ours.keys() <= case.theirs.keys()
    assert [question for question in ours if ours[question] == case.theirs[question]] == []


def test_the_figures_of_the_page_are_those_of_the_tables() -> None:
    page = (ROOT / "tests" / "parity" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[([\w-]+)\]\(\w+\.toml\) ([\d.]+) \| (\d+) \| (\d+) \| (\d+) \|", page, re.MULTILINE)
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for case in ALL:
        figures = {"cases": 1, "facts": len(case.theirs), "differ": len(case.data.get("ours", {}))}
        counted[case.peer.library, case.peer.version].update(figures)
    assert {(library, version): [*map(int, figures)] for library, version, *figures in rows} == {
        peer: [*figures.values()] for peer, figures in counted.items()
    }


def test_names_of_cases_are_their_own() -> None:
    names = [str(case) for case in ALL]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_told_on_its_page_and_held_by_a_case(rule: str) -> None:
    page, _, heading = RULES[rule]["page"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert heading in {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}
    assert rule in {case.data["rule"] for case in ALL}
