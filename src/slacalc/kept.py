"""A bounded store for what can be made again.

It holds so many values and no more: when it is full it is emptied, and begins anew. That needs no lock and no order of
use. Threads that race make a value twice, and alike.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Kept"]

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, at most `most` of them; `get` finds one, or None."""

    __slots__ = ("_by_key", "_most", "get")

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_key: dict[K, V] = {}
        self.get: Callable[[K], V | None] = self._by_key.get

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._by_key)

    def __reduce__(self) -> "tuple[type[Kept[K, V]], tuple[int]]":
        """Copy and pickle as an empty store."""
        return type(self), (self._most,)

    def keep(self, key: K, value: V) -> V:
        """Return a value, which is kept from now on."""
        if self._is_full():
            self._by_key.clear()
        self._by_key[key] = value
        return value

    def _is_full(self) -> bool:
        return len(self._by_key) >= self._most
