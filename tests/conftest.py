"""Which examples Hypothesis draws, and which tests are slow.

The examples are the same in every ordinary run, new ones in a hunt. A test that is red today and was green yesterday
then speaks of a change, not of luck. A hunt has `LAWS_TIMES` or `FUZZ_TIMES` set; `.ci/full` is one.
No example has a deadline, and none is slow: how busy the machine is says nothing about the code.

`SMALL_CACHES=1` leaves room for one in every store and cache: see `small_caches.py`.

`pytest -m "not slow"` is for while you work: it leaves out what needs many examples, processes, pages or sweeps, and
does not even import it. The README's command runs everything.
"""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from tests.small_caches import IS_ASKED_FOR, small_caches

HERE: Final = Path(__file__).parent
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
settings.load_profile("new examples" if {"LAWS_TIMES", "FUZZ_TIMES"} & set(os.environ) else "the same examples")


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
