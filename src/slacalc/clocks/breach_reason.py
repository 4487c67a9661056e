"""Why a promise was broken, in words: what was promised, when, and what came between."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import DAY, from_us, to_amount, to_us
from slacalc.calendars.ledger import Ledger, format_moment, reason_text
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.clock_state import ClockState, TargetChange
from slacalc.clocks.outcome import Outcome
from slacalc.policies.promise import Promise
from slacalc.policies.targets.target import AnyTarget

__all__ = ["BreachReasons"]

_USUAL: Final = ("counted", "outside_hours", "break", "paused")
"""What needs no mention: nights and breaks close every day."""
_BLOCK: Final = 32 * DAY


class BreachReasons:
    """Says of outcomes why they are breaches. What closed a calendar is looked up once for each month that is asked."""

    def __init__(self) -> None:
        self._closings: dict[int, _Closings] = {}

    def of(self, result: Outcome) -> str:
        """Return what was promised, when it began, was due and done, on the calendar's clock, and what came between.

        >>> from zoneinfo import ZoneInfo
        >>> from slacalc import outcome, sample_policy
        >>> from datetime import datetime, timedelta
        >>> friday = datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> promise = sample_policy("webshop_helpdesk").promise(friday, priority="normal")["first_response"]
        >>> said = BreachReasons().of(outcome(promise, None, as_of=friday + timedelta(days=3)))
        >>> print(said.partition(", received")[2])
         Fri 2026-11-20 18:30, due Sat 2026-11-21 12:00, not done yet (Europe/Brussels)
        """
        promise = result.promise
        if isinstance(promise, Promise):
            done = None if result.done_at is None else to_us(result.done_at)
            return self.of_times(promise.target, promise.calendar, to_us(promise.origin), to_us(promise.due), done)
        said = ", ".join([_promised(promise), *_times(promise, result.done_at)])
        return "; ".join([f"{said} ({promise.calendar.zone_info.key})", *_changes(promise), *self._meanwhile(promise)])

    def of_times(self, target: AnyTarget, calendar: OpenTime, origin: int, due: int, done: int | None) -> str:
        """Return what `of` says of a promise without a clock, from instants in microseconds."""
        zone = calendar.zone_info
        times = [f"received {_moment(origin, zone)}", f"due {_moment(due, zone)}"]
        times.append("not done yet" if done is None else f"done {_moment(done, zone)}")
        return "; ".join(
            [f"{target}, {', '.join(times)} ({zone.key})", *_closed(self._closed(target, calendar, origin, due))]
        )

    def _meanwhile(self, clock: ClockState) -> Iterator[str]:
        """Return what closed on the way to due, beside nights and breaks, and what was paused."""
        if clock.origin is None or clock.due is None:
            return
        start, due = to_us(clock.origin), to_us(clock.due)
        if not clock.paused_time and not clock.history:
            yield from _closed(self._closed(clock.target, clock.calendar, start, due))
            return
        closed, paused = _of_ledger(clock.ledger, due)
        yield from _closed(closed)
        if paused:
            yield _summed(paused)

    def _closed(self, target: AnyTarget, calendar: OpenTime, start: int, due: int) -> dict[str, int]:
        counted = target.chosen(calendar, start).point.counted_in(calendar)
        if counted is None:  # all time counts
            return {}
        return self._closings.setdefault(id(counted), _Closings(counted)).between(start, due)


class _Closings:
    """What closed a calendar, beside nights and breaks, month by month."""

    def __init__(self, calendar: OpenTime) -> None:
        self._calendar = calendar
        self._blocks: dict[int, tuple[tuple[int, int, str], ...]] = {}

    def between(self, start: int, end: int) -> dict[str, int]:
        """Return how long each reason closed it."""
        sums: dict[str, int] = {}
        for block in range(start // _BLOCK, -(-end // _BLOCK)):
            known = self._blocks.get(block)
            if known is None:
                known = self._blocks[block] = tuple(self._closed_in(block * _BLOCK))
            for opens, closes, reason in known:
                if (length := min(closes, end) - max(opens, start)) > 0:
                    sums[reason] = sums.get(reason, 0) + length
        return sums

    def _closed_in(self, start: int) -> Iterator[tuple[int, int, str]]:
        first, last = self._calendar.timeline.covered
        for piece in self._calendar.pieces(max(first, start), min(last, start + _BLOCK)):
            if piece.kind not in _USUAL:
                yield piece.start, piece.end, reason_text(piece.kind, piece.name, "")


def _closed(sums: Mapping[str, int]) -> Iterator[str]:
    if sums:
        yield f"closed meanwhile: {_summed(sums)}"


def _of_ledger(ledger: Ledger, due: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return how long each reason closed, and paused, the time before due."""
    closed: dict[str, int] = {}
    paused: dict[str, int] = {}
    for segment in ledger:
        length = min(to_us(segment.end), due) - to_us(segment.start)
        if length > 0 and (segment.kind == "paused" or segment.kind not in _USUAL):
            sums, reason = (paused if segment.kind == "paused" else closed), reason_text(segment.kind, segment.name, "")
            sums[reason] = sums.get(reason, 0) + length
    return closed, paused


def _promised(clock: ClockState) -> str:
    return "a date promised by hand" if clock.overridden_by is not None else str(clock.target)


def _times(clock: ClockState, done_at: datetime | None) -> Iterator[str]:
    for word, moment in (("received", clock.origin), ("due", clock.due)):
        if moment is not None:
            yield f"{word} {_told(clock, moment)}"
    if done_at is not None:
        yield f"done {_told(clock, done_at)}"
    elif clock.cancelled_at is not None:
        yield f"cancelled ({clock.cancelled.replace('_', ' ')}) {_told(clock, clock.cancelled_at)}"
    else:
        yield "not done yet"


def _told(clock: ClockState, moment: datetime) -> str:
    return _moment(to_us(moment), clock.calendar.zone_info)


def _moment(at: int, zone: ZoneInfo) -> str:
    return format_moment(from_us(at, zone))


def _changes(clock: ClockState) -> Iterator[str]:
    """Return the other targets and the dates promised by hand."""
    if clock.history:
        yield f"changed: {', '.join(_changed(clock, change) for change in clock.history)}"


def _changed(clock: ClockState, change: TargetChange) -> str:
    to = f"due {_told(clock, change.to)}" if isinstance(change.to, datetime) else str(change.to)
    return f"{_told(clock, change.at)} to {to} ({change.by})"


def _summed(sums: Mapping[str, int]) -> str:
    return ", ".join(f"{reason} {format_amount(to_amount(length))}" for reason, length in sums.items())
