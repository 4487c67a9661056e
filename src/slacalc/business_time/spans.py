"""Sets of time: sorted, disjoint, non-empty, half-open spans of integers.

`Spans` are canonical: no two of them touch. Every function returns canonical spans, and
`union` is the only way in from anything that is not.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NewType, TypeAlias

__all__ = ["NOTHING", "Span", "Spans", "clip", "difference", "intersection", "total", "union"]

Span: TypeAlias = tuple[int, int]
Spans = NewType("Spans", tuple[Span, ...])

NOTHING = Spans(())


def union(pairs: Iterable[Span]) -> Spans:
    """Return the set covered by the pairs, in any order; pairs that end where they start, or before, are dropped."""
    merged: list[Span] = []
    for start, end in sorted(pair for pair in pairs if pair[0] < pair[1]):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return Spans(tuple(merged))


def intersection(left: Spans, right: Spans) -> Spans:
    """Return the time that is in both."""
    return Spans(tuple(_overlaps(left, right)))


def difference(left: Spans, right: Spans) -> Spans:
    """Return the time that is in `left` and not in `right`."""
    if not left or not right:
        return left
    return intersection(left, _gaps(right, left[0][0], left[-1][1]))


def clip(spans: Spans, start: int, end: int) -> Spans:
    """Return the part of the set inside `[start, end)`."""
    return intersection(spans, Spans(((start, end),))) if start < end else NOTHING


def total(spans: Spans) -> int:
    """Return how much time the set holds."""
    return sum(end - start for start, end in spans)


def _overlaps(left: Spans, right: Spans) -> Iterator[Span]:
    if not left or not right:
        return
    i, j = _first_after(left, right[0][0]), _first_after(right, left[0][0])
    while i < len(left) and j < len(right):
        start = max(left[i][0], right[j][0])
        end = min(left[i][1], right[j][1])
        if start < end:
            yield start, end
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1


def _gaps(spans: Spans, start: int, end: int) -> Spans:
    """Return what `[start, end)` holds outside the spans."""
    near = spans[_first_after(spans, start) : bisect_left(spans, end, key=itemgetter(0))]
    edges = [start, *(edge for span in near for edge in span), end]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return Spans(tuple((max(a, start), min(b, end)) for a, b in gaps if max(a, start) < min(b, end)))


def _first_after(spans: Spans, instant: int) -> int:
    """Return the place of the first span that ends after the instant: what lies before it costs nothing."""
    return bisect_right(spans, instant, key=itemgetter(1))
