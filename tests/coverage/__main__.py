"""Hold the coverage of a run to unreached.toml: `python -m tests.coverage build/coverage.json`, of what `coverage json` wrote.

In the rooms that the file lists, a branch that no test takes must be named, with why none can; a name whose branch is taken by
now must go, in every room. Of each room the figure is told.
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

NAMED: Final = Path(__file__).with_name("unreached.toml")
SRC: Final = Path(__file__).parents[2] / "src" / "slacalc"


class Branch(NamedTuple):
    """A line that no test runs, or one that no test leaves in a certain direction: "first line -> second line"."""

    file: str
    at: str


def main(report: str) -> int:
    """Say what is not as the list says; 1 when something is not."""
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    said = tomllib.loads(NAMED.read_text(encoding="utf-8"))
    named = {Branch(each["file"], each["at"]) for each in said["unreached"]}
    found = {branch for path, measured in files.items() for branch in missing(name_of(path), measured)}
    held = {branch for branch in found if room_of(branch.file) in said["rooms"]}
    for branch in sorted(held - named):
        sys.stdout.write(f"no test takes it, and nothing says why: {branch.file}: {branch.at}\n")
    for branch in sorted(named - found):
        sys.stdout.write(f"a test takes it by now: {branch.file}: {branch.at}\n")
    for room in sorted({room_of(name_of(path)) for path in files}):
        sys.stdout.write(f"{room}: {figure(files, room)}\n")
    return int(bool(held - named or named - found))


def missing(file: str, measured: Mapping[str, Any]) -> Iterator[Branch]:
    """The lines that were not run, the first of each row of them, and the ways that were not taken out of those that were."""
    lines = (SRC / file).read_text(encoding="utf-8").splitlines()
    not_run = set(measured["missing_lines"])
    statements = sorted({*not_run, *measured["executed_lines"]})
    for before, line in zip([0, *statements], statements, strict=False):
        if line in not_run and before not in not_run:
            yield Branch(file, lines[line - 1].strip())
    for start, end in measured["missing_branches"]:
        if start not in not_run and end not in not_run:
            to = lines[end - 1].strip() if end > 0 else "leaves"
            yield Branch(file, f"{lines[start - 1].strip()} -> {to}")


def figure(files: Mapping[str, Any], room: str) -> str:
    """ "98.7 % of 1,234 lines and branches"."""
    sums = [measured["summary"] for path, measured in files.items() if room_of(name_of(path)) == room]
    every = sum(each["num_statements"] + each["num_branches"] for each in sums)
    taken = sum(each["covered_lines"] + each["covered_branches"] for each in sums)
    return f"{taken / every:.1%} of {every:,} lines and branches" if every else "nothing to run"


def name_of(path: str) -> str:
    """A file as it is called within the library."""
    return Path(path).as_posix().rpartition("src/slacalc/")[2]


def room_of(file: str) -> str:
    """The room, or the file itself where it stands in none."""
    return file.partition("/")[0]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
