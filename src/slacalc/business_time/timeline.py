"""The staircase of open time: `worked`, its two inverses, and what follows from them.

A `Timeline` compiles a source of open spans year by year, as far as questions reach, into
three parallel tuples; every answer is a binary search in them. What is compiled is one
immutable `Stairs`, replaced as a whole: threads that race compile twice and agree.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, NamedTuple, Protocol

from slacalc.business_time.instants import DAY, utc_text
from slacalc.business_time.spans import Span, Spans, clip, union
from slacalc.errors import ClosedForGoodError, HorizonError

__all__ = ["Ends", "Source", "Stairs", "Timeline"]

_STEP: Final = 366 * DAY


class Ends(NamedTuple):
    """What a source knows, without a search, about the time far away: an instant each, or None."""

    open_from: int | None = None
    closed_from: int | None = None
    open_until: int | None = None
    closed_until: int | None = None


class Source(Protocol):
    """What a timeline is compiled from."""

    @property
    def covered(self) -> Span:
        """The range outside of which the source knows nothing."""

    @property
    def ends(self) -> Ends:
        """What is known of the far past and future."""

    def spans(self, start: int, end: int) -> Spans:
        """Return the open spans, clipped to `[start, end)`, which is inside `covered`."""


class Stairs:
    """The compiled open time of `[start, end)`: span i is `opens[i]..closes[i]`, with `before[i]` worked before it."""

    __slots__ = ("before", "closes", "end", "opens", "start", "total")

    def __init__(self, start: int, end: int, spans: Spans) -> None:
        *before, total = accumulate((b - a for a, b in spans), initial=0)
        self.start: Final = start
        self.end: Final = end
        self.opens: Final = tuple(span[0] for span in spans)
        self.closes: Final = tuple(span[1] for span in spans)
        self.before: Final = tuple(before)
        self.total: Final = total

    def worked(self, t: int) -> int:
        """Return the open time from `start` up to instant `t`."""
        i = bisect_right(self.opens, t) - 1
        return self.before[i] + min(t, self.closes[i]) - self.opens[i] if i >= 0 else 0

    def first(self, work: int) -> int:
        """Return the first instant with exactly `work` worked, for `0 < work <= total`."""
        i = bisect_left(self.before, work) - 1
        return self.opens[i] + work - self.before[i]

    def last(self, work: int) -> int:
        """Return the last instant with exactly `work` worked, for `0 <= work < total`."""
        i = bisect_right(self.before, work) - 1
        return self.opens[i] + work - self.before[i]

    def spans(self) -> Iterator[Span]:
        """Return the open spans."""
        return zip(self.opens, self.closes, strict=True)


class Timeline:
    """The staircase of one source, compiled on demand; safe to share between threads.

    Questions are in microseconds. An instant outside `covered`, or an answer that would lie
    outside, raises HorizonError; one that nothing will ever answer raises ClosedForGoodError,
    decided from what the source knows of its ends and not by search (rule 13).
    """

    __slots__ = ("__weakref__", "_source", "covered", "stairs")

    def __init__(self, source: Source) -> None:
        self._source = source
        self.covered: Final = source.covered
        self.stairs: Stairs | None = None

    def is_open(self, t: int) -> bool:
        """Tell whether instant `t` is open: the opening is, the closing is not."""
        stairs = self._around(t, t + 1)
        i = bisect_right(stairs.opens, t) - 1
        return i >= 0 and t < stairs.closes[i]

    def elapsed(self, start: int, end: int) -> int:
        """Return the open time from `start` to `end`; negative when `end` is before `start`."""
        stairs = self._around(start, end) if start <= end else self._around(end, start)
        return stairs.worked(end) - stairs.worked(start)

    def add(self, t: int, amount: int) -> int:
        """Return the earliest instant with `amount` of open time since `t`; zero rolls forward."""
        if not amount:
            return self.roll_forward(t)
        stairs = self._around(t, t)
        work = stairs.worked(t) + amount
        while work > stairs.total:
            stairs = self._later(stairs)
        return stairs.first(work)

    def subtract(self, t: int, amount: int) -> int:
        """Return the latest instant from which `amount` of open time passes until `t`; zero rolls back."""
        if not amount:
            return self.roll_back(t)
        stairs = self._around(t, t)
        while stairs.worked(t) < amount:
            stairs = self._earlier(stairs)
        return stairs.last(stairs.worked(t) - amount)

    def roll_forward(self, t: int) -> int:
        """Return the first open instant at or after `t`."""
        stairs = self._around(t, t)
        work = stairs.worked(t)
        while work == stairs.total:
            stairs = self._later(stairs)
        return stairs.last(work)

    def roll_back(self, t: int) -> int:
        """Return the last instant at or before `t` with open time just before it."""
        stairs = self._around(t, t)
        while not stairs.worked(t):
            stairs = self._earlier(stairs)
        return stairs.first(stairs.worked(t))

    def next_open(self, t: int) -> int | None:
        """Return the first opening strictly after `t`, or None when it stays open for ever."""
        stairs = self._around(t, t)
        while (i := bisect_right(stairs.opens, t)) == len(stairs.opens):
            if self._stays_open_after(stairs):
                return None
            stairs = self._later(stairs)
        return stairs.opens[i]

    def next_close(self, t: int) -> int | None:
        """Return the first closing strictly after `t`, or None when it stays open for ever."""
        stairs = self._around(t, t)
        while (i := bisect_right(stairs.closes, t)) == len(stairs.closes) or self._may_go_on(stairs, i):
            if self._stays_open_after(stairs):
                return None
            stairs = self._later(stairs)
        return stairs.closes[i]

    def previous_open(self, t: int) -> int | None:
        """Return the last opening strictly before `t`, or None when it was always open."""
        stairs = self._around(t, t)
        while (i := bisect_left(stairs.opens, t)) == 0 or self._may_have_begun_before(stairs, i - 1):
            if self._was_open_before(stairs):
                return None
            stairs = self._earlier(stairs)
        return stairs.opens[i - 1]

    def previous_close(self, t: int) -> int | None:
        """Return the last closing strictly before `t`, or None when it was always open."""
        stairs = self._around(t, t)
        while (i := bisect_left(stairs.closes, t)) == 0:
            if self._was_open_before(stairs):
                return None
            stairs = self._earlier(stairs)
        return stairs.closes[i - 1]

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Return the open spans inside `[start, end)`, compiled while they are read."""
        held: Span | None = None
        for span in self._read_ahead(start, end):
            if held is None:
                held = span
            elif held[1] == span[0]:
                held = (held[0], span[1])
            else:
                yield held
                held = span
        if held is not None:
            yield held

    def _read_ahead(self, start: int, end: int) -> Iterator[Span]:
        """Compile as much again as was read: a century costs a century, and a week a year."""
        at, reach = start, _STEP
        while at < end:
            stop = min(end, at + reach)
            yield from self._compiled(at, stop)
            at, reach = stop, 2 * reach

    def refuse_beyond(self, start: int, end: int) -> None:
        """Raise HorizonError unless `[start, end]` is covered."""
        low, high = self.covered
        if start < low or end > high:
            raise self._beyond(start if start < low else end)

    def _compiled(self, start: int, end: int) -> Spans:
        stairs = self._around(start, end)
        i = bisect_right(stairs.closes, start)
        j = bisect_left(stairs.opens, end)
        near = Spans(tuple(zip(stairs.opens[i:j], stairs.closes[i:j], strict=True)))
        return clip(near, start, end)

    def _around(self, start: int, end: int) -> Stairs:
        """Return stairs that reach from `start` to `end`, compiling what is missing."""
        stairs = self.stairs
        if stairs is not None and stairs.start <= start and end <= stairs.end:
            return stairs
        self.refuse_beyond(start, end)
        low, high = self.covered
        first, last = max(low, _year_floor(start)), min(high, _year_floor(end) + _STEP)
        if stairs is None:
            return self._keep(Stairs(first, last, self._source.spans(first, last)))
        return self._grown(stairs, min(first, stairs.start), max(last, stairs.end))

    def _later(self, stairs: Stairs) -> Stairs:
        """Return stairs that reach about twice as far ahead."""
        closed = self._source.ends.closed_from
        if closed is not None and stairs.end >= closed:
            raise _closed(f"nothing opens any more from {utc_text(closed)} on")
        if stairs.end >= self.covered[1]:
            raise self._beyond(None)
        reach = max(_STEP, stairs.end - stairs.start)
        return self._grown(stairs, stairs.start, min(self.covered[1], stairs.end + reach))

    def _earlier(self, stairs: Stairs) -> Stairs:
        """Return stairs that reach about twice as far back."""
        closed = self._source.ends.closed_until
        if closed is not None and stairs.start <= closed:
            raise _closed(f"nothing opened before {utc_text(closed)}")
        if stairs.start <= self.covered[0]:
            raise self._beyond(None)
        reach = max(_STEP, stairs.end - stairs.start)
        return self._grown(stairs, max(self.covered[0], stairs.start - reach), stairs.end)

    def _stays_open_after(self, stairs: Stairs) -> bool:
        known = self._source.ends.open_from
        return known is not None and stairs.end >= known

    def _was_open_before(self, stairs: Stairs) -> bool:
        known = self._source.ends.open_until
        return known is not None and stairs.start <= known

    def _may_go_on(self, stairs: Stairs, i: int) -> bool:
        """Tell whether span i closes only because the stairs end there."""
        closed = self._source.ends.closed_from
        return stairs.closes[i] == stairs.end and (closed is None or stairs.end < closed)

    def _may_have_begun_before(self, stairs: Stairs, i: int) -> bool:
        """Tell whether span i opens only because the stairs start there."""
        closed = self._source.ends.closed_until
        return stairs.opens[i] == stairs.start and (closed is None or stairs.start > closed)

    def _grown(self, stairs: Stairs, start: int, end: int) -> Stairs:
        earlier = self._source.spans(start, stairs.start) if start < stairs.start else ()
        later = self._source.spans(stairs.end, end) if stairs.end < end else ()
        return self._keep(Stairs(start, end, union((*earlier, *stairs.spans(), *later))))

    def _beyond(self, at: int | None) -> HorizonError:
        """Return the error for an instant that was asked about, or for an answer that lies outside."""
        first, last = self.covered
        reaches = "question" if at is not None else "answer"
        return HorizonError(
            "beyond_covered",
            f"the {reaches} reaches time that the calendar does not cover",
            **({} if at is None else {"given": utc_text(at)}),
            accepts=f"from {utc_text(first)} to {utc_text(last)}",
        )

    def _keep(self, stairs: Stairs) -> Stairs:
        kept = self.stairs
        if kept is None or stairs.end - stairs.start >= kept.end - kept.start:
            self.stairs = stairs
        return stairs


def _closed(problem: str) -> ClosedForGoodError:
    return ClosedForGoodError(
        "closed_for_good", problem, accepts="a question about the time when the calendar is in use"
    )


def _year_floor(t: int) -> int:
    return t // _STEP * _STEP
