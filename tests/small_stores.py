"""Every store of what can be made again, with room for one value: `CACHES=1 pytest tests/unit tests/laws`.

An answer must not depend on what was asked before. With room for one, nearly everything is made anew.
"""

import os
import pkgutil
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

import pytest

import slacalc
from slacalc.business_time import fast_lane
from slacalc.kept import Kept

__all__ = ["IS_ASKED_FOR", "make_small", "needs_room"]

IS_ASKED_FOR: Final = os.environ.get("CACHES") == "1"
needs_room: Final = pytest.mark.skipif(IS_ASKED_FOR, reason="it counts what is kept, and there is room for one")


def make_small() -> None:
    """Leave room for one value in every store, and in every cache of a function."""
    Kept._is_full = _has_one  # type: ignore[method-assign]  # the setting
    fast_lane._ZONES = 1  # type: ignore[misc]  # the same
    modules = list(_modules())
    for cached in {id(each): each for module in modules for each in vars(module).values() if _is_large(each)}.values():
        small = lru_cache(maxsize=1)(cached.__wrapped__)
        for module in modules:
            for name in [name for name, value in vars(module).items() if value is cached]:
                setattr(module, name, small)


def _has_one(self: Kept[Any, Any]) -> bool:
    return len(self) > 0


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(slacalc.__path__, "slacalc."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
    yield from (module for name, module in sys.modules.items() if name.startswith("slacalc."))


def _is_large(value: object) -> bool:
    """Tell whether it is the cache of a function, for more than one value."""
    limits = getattr(value, "cache_parameters", None)
    return callable(limits) and (limits()["maxsize"] or 0) > 1
