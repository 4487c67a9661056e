"""docs/pitfalls/thirty-pains.md: every pain is there, says how it stands, and names tests that exist."""

import ast
import re
from functools import cache
from typing import Final, NamedTuple

import pytest

from tests.helpers import ROOT

PAGE: Final = (ROOT / "docs" / "pitfalls" / "thirty-pains.md").read_text(encoding="utf-8")
VERDICTS: Final = ("Settled", "In part")


class Pain(NamedTuple):
    """A section of the page."""

    number: int
    text: str

    @property
    def verdicts(self) -> list[str]:
        return re.findall(rf"^\*\*({'|'.join(VERDICTS)})\b", self.text, re.MULTILINE)

    @property
    def tests(self) -> list[str]:
        return re.findall(r"`(tests/[\w/]+\.py::\w+)`", self.text.partition("\nTest: ")[2])


PAINS: Final = [
    Pain(int(number), text)
    for number, text in re.findall(r"^## (\d+)\. (.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
]


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef))


def test_all_thirty_are_there_in_order() -> None:
    assert list(range(1, 31)) == [pain.number for pain in PAINS]


@pytest.mark.parametrize("pain", PAINS, ids=lambda pain: str(pain.number))
def test_a_pain_says_where_it_was_seen_and_how_it_stands(pain: Pain) -> None:
    assert "\nSeen in " in pain.text
    assert len(pain.verdicts) == 1


@pytest.mark.parametrize("pain", PAINS, ids=lambda pain: str(pain.number))
def test_a_pain_names_tests_that_exist(pain: Pain) -> None:
    assert pain.tests
    for test in pain.tests:
        path, _, name = test.partition("::")
        assert name in names_in(path), test


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_overview_agrees_with_the_sections(verdict: str) -> None:
    told = re.search(rf"^- \*\*{verdict}\*\*: ([\d, ]+)$", PAGE, re.MULTILINE)
    expected = [] if told is None else [int(number) for number in told[1].split(",")]
    assert expected == [pain.number for pain in PAINS if pain.verdicts == [verdict]]
