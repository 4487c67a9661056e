"""What is promised about the versions of dependencies."""

import re
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_lowest_versions_that_are_tested_are_the_lowest_that_are_promised() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    used = ("cli", "frames", "backends", "plots", "test")
    asked = [*PROJECT["project"]["dependencies"], *(line for extra in used for line in extras[extra])]
    lowest = {found[1]: found[2] for line in asked if (found := re.match(r"([\w-]+)>=([\w.]+)", line))}
    tested = (ROOT / "tests" / "stability" / "lowest.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w-]+)==([\w.]+)$", tested, re.MULTILINE))
    assert lowest == {name: version for name, version in pinned.items() if name != "click"}


def test_warnings_are_errors_in_every_test() -> None:
    assert PROJECT["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"
