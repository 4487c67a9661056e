"""How a mutant gets values of its own: what was made before it broke is made anew, and broken."""

import sys


def pytest_configure() -> None:
    """Forget what the process of all mutants has imported or read: test modules, their calendars, and cached answers."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    forget_answers()


def forget_answers() -> None:
    """Empty what functions of slacalc remember."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "slacalc":
            for value in vars(module).values():
                getattr(value, "cache_clear", lambda: None)()
