"""This module knows how a mutant gets everything made anew that is made once: by a broken library, it is broken."""

import sys


def pytest_configure() -> None:
    """Forget what the process of all mutants has made: its test modules with their values, and what functions keep."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "slacalc":
            for kept in vars(module).values():
                getattr(kept, "cache_clear", lambda: None)()
