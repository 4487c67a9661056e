"""How many promises were late, group by group, for any amount: two searches in what was sorted once."""

import numpy as np

from slacalc.columns.stairs import Column

__all__ = ["LateCounts"]


class LateCounts:
    """How many of some promises needed more than an amount, by code; `count` is how many codes there are."""

    def __init__(self, needed: Column, codes: Column, count: int) -> None:
        order, width = np.argsort(needed), len(needed) + 1
        places = np.empty(len(needed), dtype=np.int64)
        places[order] = np.arange(len(needed))
        self._needed = needed[order]
        self._firsts = np.arange(count, dtype=np.int64) * width
        self._places = np.sort(codes * width + places)  # of each code its places among all
        self._ends = np.searchsorted(self._places, self._firsts + width)

    def late(self, amount: int) -> list[int]:
        """Return how many of each code needed more."""
        kept = np.searchsorted(self._needed, amount, side="right")
        late: list[int] = (self._ends - np.searchsorted(self._places, self._firsts + kept)).tolist()
        return late
