"""Every store and every cache of the library with room for one: what is kept must never be what is answered.

`SMALL_CACHES=1 pytest` runs any tests so, but those about what is kept; tests/parallel/test_small_caches.py always does.
"""

import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

import pytest

__all__ = ["IS_ASKED_FOR", "about_what_is_kept", "small_caches"]

IS_ASKED_FOR: Final = os.environ.get("SMALL_CACHES") == "1"
about_what_is_kept = pytest.mark.skipif(IS_ASKED_FOR, reason="it is about what is kept, and there is room for one")

# How much is kept, where it is not a `Kept` that keeps it: module, name, and what it is forced to.
BOUNDS: Final = (
    ("slacalc.business_time.fast_lane", "_ZONES", 1),
    ("slacalc.calendars.working_dates", "_MOST_KNOWN", 1),
    ("slacalc.columns.kept_tables", "_MOST_BYTES", 0),  # which keeps the newest
    ("slacalc.logs.activities", "_MOST_KEPT", 1),
    ("slacalc.logs.times", "_MOST_KEPT", 1),
)


@contextmanager
def small_caches() -> Iterator[list[str]]:
    """Force every store and cache to one, under all its names; the names of those that were."""
    with pytest.MonkeyPatch.context() as patched:
        forced = [*_small_stores(), *_small_functions(list(_modules()))]
        for where, name, value in forced:
            patched.setattr(where, name, value)
        yield [f"{where.__name__}.{name}" for where, name, _ in forced]


def _small_stores() -> Iterator[tuple[Any, str, Any]]:
    yield import_module("slacalc.kept").Kept, "_is_full", lambda kept: len(kept) > 0
    for module, name, most in BOUNDS:
        yield import_module(module), name, most


def _small_functions(modules: list[Any]) -> Iterator[tuple[Any, str, Any]]:
    """Each cached function under all its names; one that has several is one, with one cache."""
    small: dict[int, Any] = {}
    for module in modules:
        for name, value in vars(module).items():
            if hasattr(value, "cache_parameters"):
                yield module, name, small.setdefault(id(value), _with_room_for_one(value))


def _with_room_for_one(cached: Any) -> Any:
    return lru_cache(maxsize=1, typed=cached.cache_parameters()["typed"])(cached.__wrapped__)


def _modules() -> Iterator[Any]:
    """Every module of the library, but those that need an extra that is not installed."""
    from slacalc import __path__

    for found in pkgutil.walk_packages(__path__, "slacalc."):
        if not found.name.endswith("__main__"):
            with suppress(ImportError):
                import_module(found.name)
    yield from (module for name, module in sys.modules.items() if name.partition(".")[0] == "slacalc")
