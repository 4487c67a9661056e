"""The time of a cycle in pieces: counted, closed, or paused for a reason."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import groupby, takewhile
from operator import gt

from slacalc.business_time.spans import Spans, difference, intersection, union
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece
from slacalc.clocks.cycle import Cycle, Pause, Reign, reason_of
from slacalc.clocks.due import point_of

__all__ = ["Reasons", "pieces_of", "reigns_of"]


def reigns_of(cycle: Cycle, end: int) -> Iterator[Reign]:
    """Return the time under each target, up to an end."""
    yield from cycle.reigns
    yield Reign(cycle.since, max(cycle.since, end), cycle.terms, cycle.promised_since)


def pieces_of(cycle: Cycle, paused: Spans, end: int) -> Iterator[Piece]:
    """Return the pieces of each reign's calendar, with the pauses that took something out laid over them."""
    reasons = Reasons(cycle, end)
    target = point_of(cycle.terms.promised.due, cycle.course)
    for calendar, reigns in groupby(reigns_of(cycle, end), key=_calendar_of):
        first, *rest = reigns
        for piece in target.pieces(calendar, first.start, rest[-1].end if rest else first.end):
            yield from _with_pauses(piece, paused, reasons)


def _calendar_of(reign: Reign) -> OpenTime:
    return reign.terms.calendar


def _with_pauses(piece: Piece, paused: Spans, reasons: "Reasons") -> list[Piece]:
    """Return a piece cut by the pauses; only what would have counted is paused."""
    if piece.kind != "counted":
        return [piece]
    whole = union([(piece.start, piece.end)])
    cut = [each for a, b in intersection(whole, _near(paused, piece)) for each in reasons.cut(a, b)]
    return sorted([*cut, *(Piece(a, b, "counted") for a, b in difference(whole, _near(paused, piece)))])


def _near(spans: Spans, piece: Piece) -> Spans:
    """Return the spans that touch a piece."""
    first = bisect_right(spans, piece.start, key=_end_of)
    return Spans(spans[first : bisect_left(spans, piece.end, key=_start_of)])


def _start_of(span: tuple[int, int]) -> int:
    return span[0]


def _end_of(span: tuple[int, int]) -> int:
    return span[1]


class Reasons:
    """Why a cycle was paused, from each instant on."""

    def __init__(self, cycle: Cycle, end: int) -> None:
        pauses = [*cycle.pauses, *(Pause(start, end, hold) for hold, start in cycle.held.items())]
        edges = sorted({edge for pause in pauses for edge in (pause.start, pause.end)})
        begins, ends = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
        for pause in pauses:
            begins[pause.start].append(reason_of(pause.hold))
            ends[pause.end].append(reason_of(pause.hold))
        holding = Counter[str]()
        self._edges, self._names = edges, list[str]()
        for edge in edges:
            holding.update(begins[edge])
            holding.subtract(ends[edge])
            holding += Counter()
            self._names.append(", ".join(reason for reason in holding if reason))

    def cut(self, start: int, end: int) -> Iterator[Piece]:
        """Return the paused pieces of a stretch, one for each reason."""
        i = bisect_right(self._edges, start)
        for edge in (*takewhile(partial(gt, end), self._edges[i:]), end):
            yield Piece(start, edge, "paused", self._names[i - 1])
            start, i = edge, i + 1
