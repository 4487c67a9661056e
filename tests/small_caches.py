"""Every cache of the library forced to the size of one: what is kept must never be what is answered.

`SMALL_CACHES=1 pytest` runs any tests so, but those about what is kept; tests/parallel/test_small_caches.py always does.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

import pytest

# How many things, or bytes, are kept: module, name, and what it is forced to.
BOUNDS: Final = (
    ("slacalc.business_time.fast_lane", "_ZONES", 1),
    ("slacalc.calendars.working_dates", "_MOST_KNOWN", 1),
    ("slacalc.columns.kept_tables", "_MOST_BYTES", 0),  # which keeps the newest
    ("slacalc.policies.document.first_match", "_MOST_REMEMBERED", 1),
    ("slacalc.policies.in_force", "_MOST_DATES", 1),
    ("slacalc.policies.in_force", "_MOST_REMEMBERED", 1),
)

about_what_is_kept = pytest.mark.skipif("SMALL_CACHES" in os.environ, reason="it is about what is kept")


@contextmanager
def small_caches() -> Iterator[list[str]]:
    """Force every cache to one; the names of those that were."""
    found = []
    with pytest.MonkeyPatch.context() as patched:
        for module, name, most in BOUNDS:
            patched.setattr(import_module(module), name, most)
            found.append(f"{module}.{name}")
        for module, name, cached in list(_cached_functions()):
            patched.setattr(sys.modules[module], name, lru_cache(maxsize=1)(cached.__wrapped__))
            found.append(f"{module}.{name}")
        yield found


def _cached_functions() -> Iterator[tuple[str, str, Any]]:
    for module in [each for each in sys.modules if each.partition(".")[0] == "slacalc"]:
        for name, value in list(vars(sys.modules[module]).items()):
            if hasattr(value, "cache_info") and hasattr(value, "__wrapped__"):
                yield module, name, value
