"""This module knows how a mutant gets test modules of its own: values that they make on import are made anew, and broken."""

import sys


def pytest_configure() -> None:
    """Forget the test modules that the process of all mutants has imported, and the calendars compiled there."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
