"""Which examples Hypothesis draws, and which tests are slow.

The examples are the same in every ordinary run, new ones in a hunt. A test that is red today and was green yesterday
then speaks of a change, not of luck. A hunt has `LAWS_TIMES` or `FUZZ_TIMES` set; `.ci/full` is one. Two things of
Hypothesis 6.170 stand against it. `derandomize` makes its seed of the signature, too, whose text has an address in it
where an annotation holds a function, as a pydantic `Discriminator` does: so each test has its name as a seed. And it
draws constants of the modules that are imported by then, so that the tests which a worker ran before decide what the
next one draws: so all of ours are imported before the first example.
No example has a deadline, and none is slow: how busy the machine is says nothing about the code.

`SMALL_CACHES=1` leaves room for one in every store and cache: see `small_caches.py`.

`pytest -m "not slow"` is for while you work: it leaves out what needs many examples, processes, pages or sweeps, and
does not even import it. The README's command runs everything.
"""

import os
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, seed, settings

from tests.small_caches import IS_ASKED_FOR, small_caches

HERE: Final = Path(__file__).parent
SOURCE: Final = HERE.parent / "src"
SLOW: Final = tuple(
    HERE / name
    for name in (
        "engines", "fuzz", "kit", "laws", "parallel", "security", "site", "sweeps", "test_docs.py",
        "unit/second_opinions", "unit/cli/test_main.py", "unit/reports/test_waits.py", "unit/test_benchmarks.py",
        "unit/test_pytest_plugin.py", "unit/testing/test_strategies.py",
    )
)  # fmt: skip


settings.register_profile("new examples", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("the same examples", settings.get_profile("new examples"), derandomize=True)
IS_HUNT: Final = bool({"LAWS_TIMES", "FUZZ_TIMES"} & set(os.environ))
settings.load_profile("new examples" if IS_HUNT else "the same examples")


def pytest_configure(config: pytest.Config) -> None:
    if IS_ASKED_FOR:
        for_all = ExitStack()
        for_all.enter_context(small_caches())
        config.add_cleanup(for_all.close)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if collection_path in SLOW and config.getoption("markexpr") == "not slow" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(slow) for slow in SLOW):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish(session: pytest.Session) -> None:
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        _import_all()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if isinstance(item, pytest.Function) and is_hypothesis_test(item.function) and not IS_HUNT:
        seed(item.nodeid)(item.function)


def _import_all() -> None:
    for file in sorted(SOURCE.rglob("*.py")):
        with suppress(ImportError):  # of an extra that is not installed
            import_module(".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"))
