"""Every code that the source can raise has a row in docs/reference/errors.md, and every row there is raised."""

import ast
import re
from collections import defaultdict
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
KINDS: Final = {
    "PolicyWarning",
    "bad_event",
    "refusal",
}  # what carries a code beside errors, and what makes them elsewhere
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


def codes_in(path: Path) -> Iterator[tuple[ast.expr, str]]:
    """The expressions that stand where a code does, each with the class that carries it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    makers = {function.name: place for function in functions if (place := place_of_code(function)) is not None}
    for node in nodes:
        if isinstance(node, ast.Call):
            name = called(node)
            place = 0 if name.endswith("Error") or name in KINDS else PLACES.get(name, makers.get(name))
            if place is not None and place < len(node.args):
                yield node.args[place], class_of(node, functions)
    for function in functions:
        if function.name in SAID:
            for inner in ast.walk(function):
                if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                    yield inner.value.elts[0], "PolicyError"


def class_of(node: ast.Call, functions: list[ast.FunctionDef]) -> str:
    """The class of the error that a call makes: its own, that of a kind of file, or what a function returns."""
    name = called(node)
    if name == "FileKind":
        return ast.unparse(node.args[0])
    makers = {each.name: each.returns for each in functions if place_of_code(each) is not None and each.returns}
    return (
        ast.unparse(makers[name])
        if name in makers
        else {"bad_event": "LogError", "refusal": "InteropError"}.get(name, name)
    )


def raised() -> Iterator[tuple[str, str, str]]:
    """The codes of the source as patterns, each with its class and place; a part that is filled in matches anything."""
    for path in sorted(SRC.rglob("*.py")):
        for expression, kind in codes_in(path):
            place = f"{path.relative_to(SRC.parent)}:{expression.lineno}"
            if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
                if CODE.fullmatch(expression.value):
                    yield expression.value, kind, place
            elif isinstance(expression, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "[a-z]+" for part in expression.values]
                pattern = "".join(map(str, parts))
                if "_" in pattern and " " not in pattern:
                    yield pattern, kind, place


def test_the_codes_of_the_source_are_found() -> None:
    found = {code for code, _, _ in raised()}
    assert {"amount_bare_day", "calendar_missing", "key_unknown", "extra_missing", "rule_hidden"} <= found
    assert len(found) > 60


PLACE_OF: Final = {code: place for code, _, place in raised()}


@pytest.mark.parametrize(("code", "place"), sorted(PLACE_OF.items()), ids=sorted(PLACE_OF))
def test_a_code_that_is_raised_has_a_row(code: str, place: str) -> None:
    assert [known for known in documented() if re.fullmatch(code, known)], f"{place}: {code} has no row in {PAGE.name}"


def test_a_row_is_a_code_that_is_raised() -> None:
    patterns = [code for code, _, _ in raised()]
    stale = [known for known in documented() if not any(re.fullmatch(code, known) for code in patterns)]
    assert sorted(stale) == []


def test_a_code_belongs_to_one_class_and_the_page_names_it() -> None:
    classes = defaultdict(set)
    for code, kind, _ in raised():
        classes[code].add(kind)
    assert {code: kinds for code, kinds in classes.items() if len(kinds) > 1} == {}
    on_page = re.findall(r"^\| `([a-z_0-9]+)` \| (\w+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(code, kind) for code, kind in on_page if code in classes and classes[code] != {kind}] == []
