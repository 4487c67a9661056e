"""Try the mutants of a room with tests that are collected once: `python -m tests.mutation.once [MUTANT ...]`.

mutmut collects the tests anew for each mutant, which costs seconds where there are a thousand. Here each mutant is a fork of one
process that has collected them, and the tests that noticed most mutants of the same function run first. It runs in `.mutation/ROOM/mutants`, where `.ci/mutation ROOM MUTANT`
has made the mutants, and writes what it finds where mutmut keeps it. A test is run that touches the broken function, or is newer
than the mutants. What tests make when they are collected is not broken.
"""

import json
import os
import resource
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from random import Random
from time import process_time
from typing import Final

import pytest

from tests.mutation.fresh import forget_answers

SECONDS: Final = float(os.environ.get("SECONDS", "60"))
"""Of the processor, for the tests of one mutant: what is not noticed by then survives, for now."""
TOO_LONG: Final = 30
"""Seconds of the processor for one test more: it never ends."""
NO_TESTS: Final = 33
"""What mutmut writes for a mutant that no test touches."""


def main(patterns: list[str]) -> int:
    """Try the mutants that are named, or all that have not been tried."""
    room = tomllib.loads(Path("../pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    tests = room["pytest_add_cli_args_test_selection"]
    return int(pytest.main(["-p", "no:cacheprovider", "-q", "--tb=no", *tests], plugins=[Once(patterns)]))


class Once:
    """A plugin of pytest that runs the tests of each mutant in place of all tests."""

    def __init__(self, patterns: list[str]) -> None:
        self._patterns = patterns
        stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
        self._tests: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self._seen: dict[str, float] = stats["duration_by_test"]
        self._noticed: dict[str, Counter[str]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant in a process of its own."""
        items = {item.nodeid: item for item in session.items}
        for path in sorted(Path("src").rglob("*.py.meta")):
            made = json.loads(path.read_text(encoding="utf-8"))
            tried = made["exit_code_by_key"]
            for name in [name for name, code in tried.items() if self._is_asked(name, code)]:
                tried[name] = self._try(name, items)
                path.write_text(json.dumps(made, indent=4), encoding="utf-8")
                print(name, tried[name], file=sys.__stderr__, flush=True)
        return True

    def _is_asked(self, name: str, code: int | None) -> bool:
        if self._patterns:
            return any(fnmatch(name, pattern) for pattern in self._patterns)
        return code is None

    def _try(self, name: str, items: Mapping[str, pytest.Item]) -> int:
        """Return 1 if a test notices the mutant, 0 if none does, and what ended it if it never ends."""
        function = name.rpartition("__mutmut_")[0]
        noticed = self._noticed.setdefault(function, Counter())
        touching = self._tests.get(function, ())
        tests = sorted(test for test in items if test in touching or test not in self._seen)
        Random(name).shuffle(tests)  # noqa: S311 - an order, and no secret
        tests.sort(key=lambda test: -noticed[test])
        if not tests:
            return NO_TESTS
        by = _first_that_notices(name, [items[test] for test in tests])
        if by is None or by < 0:
            return by or 0
        noticed[tests[by]] += 1
        return 1


def _first_that_notices(name: str, items: Sequence[pytest.Item]) -> int | None:
    """Return the number of the first test that fails, or the signal that ended what never ends, less than 0."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.write(write, str(_run(name, items)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        said = answer.read()
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    return code or (None if said == "None" else int(said))


def _run(name: str, items: Sequence[pytest.Item]) -> int | None:
    most = int(SECONDS) + TOO_LONG
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
    os.environ["MUTANT_UNDER_TEST"] = name
    forget_answers()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    begun = process_time()
    for number, item in enumerate(items):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=items[number + 1] if items[number + 1 :] else None)
        if item.session.testsfailed:
            return number
        if process_time() - begun > SECONDS:
            break
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
