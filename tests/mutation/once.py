"""Try the mutants of a room with tests that are collected once: `python -m tests.mutation.once [MUTANT ...]`.

mutmut collects the tests anew for each mutant, which costs seconds where there are a thousand. Here each mutant is a fork of one
process that has collected them, and the quickest tests run first. It runs in `.mutation/ROOM/mutants`, where `.ci/mutation ROOM MUTANT`
has made the mutants, and writes what it finds where mutmut keeps it. What tests make when they are collected is not broken.
"""

import json
import os
import resource
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import pytest

from tests.mutation.fresh import forget_answers

MOST_SECONDS: Final = 60
"""Of the processor, for one mutant: what takes longer never ends."""
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
        self._seconds: dict[str, float] = stats["duration_by_test"]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant in a process of its own."""
        items = {item.nodeid: item for item in session.items}
        for path in sorted(Path("src").rglob("*.py.meta")):
            made = json.loads(path.read_text(encoding="utf-8"))
            tried = made["exit_code_by_key"]
            for name in [name for name, code in tried.items() if self._is_asked(name, code)]:
                names = [test for test in self._tests.get(name.rpartition("__mutmut_")[0], ()) if test in items]
                names.sort(key=lambda test: (self._seconds[test], test))
                tried[name] = _try(name, [items[test] for test in names]) if names else NO_TESTS
                path.write_text(json.dumps(made, indent=4), encoding="utf-8")
                print(name, tried[name], file=sys.__stderr__, flush=True)
        return True

    def _is_asked(self, name: str, code: int | None) -> bool:
        if self._patterns:
            return any(fnmatch(name, pattern) for pattern in self._patterns)
        return code is None


def _try(name: str, items: list[Any]) -> int:
    """Return 1 if a test notices the mutant, 0 if none does, and what ended it if it never ends."""
    process = os.fork()
    if process == 0:
        os._exit(_noticed(name, items))
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def _noticed(name: str, items: list[Any]) -> bool:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    os.environ["MUTANT_UNDER_TEST"] = name
    forget_answers()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    for item, after in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
