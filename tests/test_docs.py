"""Every example in README, docs/ and docstrings runs, and prints what the page says.

In a page, `python` blocks with `>>>` run as one session; other `python` blocks run as they
are; a block with `title="name"` becomes a file beside the page; `console` blocks run each
`$ slacalc ...` and compare what it prints. `sh` blocks set a machine up: .ci/run runs those of
the README.
"""

import doctest
import importlib
import pkgutil
import re
import shlex
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

import slacalc
from slacalc.cli import app

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w+)(?: title=\"([\w./-]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = {"python", "console"}
DATA = {"toml", "csv", "json"}
FROM_AN_INDEX = re.compile(r"(?:pip install|uv add|poetry add)\b[^\n&`]*?\s[\"']?slacalc\b(?!/)")
FLAGS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


class Block(NamedTuple):
    language: str
    title: str
    text: str
    line: int


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [Block(m[1], m[2] or "", m[3], text[: m.start()].count("\n") + 2) for m in FENCE.finditer(text)]


def modules() -> Iterator[str]:
    yield "slacalc"
    for module in pkgutil.walk_packages(slacalc.__path__, "slacalc."):
        if module.name != "slacalc.__main__":
            yield module.name


def run_python(block: Block, session: dict[str, object], page: Path) -> None:
    if ">>> " not in block.text:
        exec(compile(block.text, f"{page.name}:{block.line}", "exec"), session)  # noqa: S102 - our own pages
        return
    test = doctest.DocTestParser().get_doctest(block.text, session, page.name, str(page), block.line)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(test, out=said.append, clear_globs=False)
    session.update(test.globs)
    assert not runner.failures, "\n" + "".join(said)


def run_console(block: Block, page: Path) -> None:
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "slacalc", f"{page.name}:{block.line}: only slacalc runs here, not {program}"
        result = CliRunner().invoke(app, arguments, env={"COLUMNS": "140"})
        assert lines(result.output) == lines(expected), f"{page.name}:{block.line}: $ {command}\n{result.output}"


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in textwrap.dedent(text).strip().splitlines()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    session: dict[str, object] = {"__name__": "page"}
    for block in blocks_of(page):
        if block.title:
            (tmp_path / block.title).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.title).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            run_python(block, session, page)
        elif block.language == "console":
            run_console(block, page)
        else:
            assert block.language in {"sh", "text"}, (
                f"{page.name}:{block.line}: a {block.language} block that nothing runs"
            )


@pytest.mark.parametrize("name", list(modules()))
def test_every_example_in_a_docstring_runs(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name), optionflags=FLAGS, verbose=False)
    assert results.failed == 0


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in {*PAGES, *ROOT.glob("*.md")}
        for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_files_that_contributors_are_sent_to_are_there() -> None:
    sent = "".join((ROOT / page).read_text(encoding="utf-8") for page in ("CONTRIBUTING.md", "RELEASING.md"))
    named = {ROOT / file for file in re.findall(r"`((?:src|tests|docs|\.ci|\.github)/[^`]*)`", sent)}
    on_the_map = re.findall(r"`(\w+/[\w/]*\.py)`", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    named |= {ROOT / "src" / "slacalc" / file for file in on_the_map if not file.startswith("tests/")}
    assert [file for file in sorted(named) if not file.exists()] == []


def test_nothing_says_to_install_from_an_index_before_it_is_there() -> None:
    """A name that nobody holds yet is a trap; RELEASING.md says when `on_index` changes, and what then."""
    on_index = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["slacalc"]["on_index"]
    files = {*PAGES, *(ROOT / "src").rglob("*.py"), ROOT / "CONTRIBUTING.md"}
    saying = {file for file in files if FROM_AN_INDEX.search(file.read_text(encoding="utf-8"))}
    assert saying == ({ROOT / "docs" / "start.md"} if on_index else set())
