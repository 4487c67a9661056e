"""Every code that the source can raise has a row in docs/reference/errors.md, and every row there is raised."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.helpers import ROOT

SRC: Final = ROOT / "src/slacalc"
PAGE: Final = ROOT / "docs/reference/errors.md"
CODE: Final = re.compile(r"[a-z]+(_[a-z0-9]+)*")
ROW: Final = re.compile(r"^\| *(`[^|]+?) *\|", re.MULTILINE)
SAID: Final = {"_said"}  # functions that return a code first
KINDS: Final = {"PolicyWarning", "bad_event"}  # what carries a code beside errors, and what makes them elsewhere
PLACES: Final = {"FileKind": 1}  # what carries a code after its class


def documented() -> set[str]:
    """The codes in the first cells of the tables of the page."""
    text = PAGE.read_text(encoding="utf-8")
    cells = ROW.findall(text)
    return {code for cell in cells for code in re.findall(r"`([a-z_0-9]+)`", cell)}


def called(node: ast.Call) -> str:
    """The name of what is called: `PolicyError`, `cls`, `errors.PolicyError`."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def place_of_code(function: ast.FunctionDef) -> int | None:
    """Which argument of a function is a code, if one is: the parameter of that name."""
    names = [argument.arg for argument in function.args.args]
    return names.index("code") if "code" in names else None


def codes_in(path: Path) -> Iterator[ast.expr]:
    """The expressions that stand where a code does."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    makers = {function.name: place for function in functions if (place := place_of_code(function)) is not None}
    for node in nodes:
        if isinstance(node, ast.Call):
            name = called(node)
            place = 0 if name.endswith("Error") or name in KINDS else PLACES.get(name, makers.get(name))
            if place is not None and place < len(node.args):
                yield node.args[place]
    for function in functions:
        if function.name in SAID:
            for inner in ast.walk(function):
                if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                    yield inner.value.elts[0]


def raised() -> Iterator[tuple[str, str]]:
    """The codes of the source as patterns, each with its place; a part that is filled in matches anything."""
    for path in sorted(SRC.rglob("*.py")):
        for expression in codes_in(path):
            place = f"{path.relative_to(SRC.parent)}:{expression.lineno}"
            if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
                if CODE.fullmatch(expression.value):
                    yield expression.value, place
            elif isinstance(expression, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "[a-z]+" for part in expression.values]
                pattern = "".join(map(str, parts))
                if "_" in pattern and " " not in pattern:
                    yield pattern, place


def test_the_codes_of_the_source_are_found() -> None:
    found = {code for code, _ in raised()}
    assert {"amount_bare_day", "calendar_missing", "key_unknown", "extra_missing", "rule_hidden"} <= found
    assert len(found) > 60


@pytest.mark.parametrize(("code", "place"), sorted(dict(raised()).items()), ids=sorted(dict(raised())))
def test_a_code_that_is_raised_has_a_row(code: str, place: str) -> None:
    assert [known for known in documented() if re.fullmatch(code, known)], f"{place}: {code} has no row in {PAGE.name}"


def test_a_row_is_a_code_that_is_raised() -> None:
    patterns = [code for code, _ in raised()]
    stale = [known for known in documented() if not any(re.fullmatch(code, known) for code in patterns)]
    assert sorted(stale) == []
