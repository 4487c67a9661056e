"""Calendars put together: open when either is, when both are, or in one and not the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY_SECONDS, EVER, read_zone, wall_us
from slacalc.business_time.spans import Span, Spans, clip, difference, intersection, union
from slacalc.business_time.timeline import Ends
from slacalc.calendars.holidays.year import Uncertain
from slacalc.calendars.layers import Plan
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Kind, Piece, joined
from slacalc.calendars.special_days import Absence
from slacalc.errors import CalendarError
from slacalc.lazy import lazy

__all__ = ["Combination"]

Operator: TypeAlias = Literal["|", "&", "-"]
_UTC: Final = ZoneInfo("UTC")
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Combination(OpenTime):
    """Two calendars as one. It answers in their zone if they share it, else in UTC until `in_zone`.

    Without a zone it has no dates, and refuses date-like and workday targets. Operands in one
    zone keep the dates that their windows are written under; after `in_zone` time belongs to the
    date that the clock of that zone shows.

    >>> from slacalc import Calendar
    >>> brussels, lisbon = (Calendar(zone, "Mon-Fri 09:00-17:00") for zone in ("Europe/Brussels", "Europe/Lisbon"))
    >>> from datetime import datetime, UTC
    >>> print((brussels & lisbon).next_open(datetime(2026, 11, 20, 18, tzinfo=UTC)))
    2026-11-23 09:00:00+00:00
    """

    operator: Operator
    left: OpenTime
    right: OpenTime | Absence
    zone: str | None = None

    def __post_init__(self) -> None:
        """Check the operands."""
        for operand in (self.left, self.right):
            if not isinstance(operand, OpenTime) and not (isinstance(operand, Absence) and self.operator == "-"):
                raise CalendarError(
                    "operand_invalid",
                    f"this cannot be combined with {self.operator}",
                    given=operand,
                    accepts="a calendar, or after `-` also an absence",
                )

    def in_zone(self, zone: str | ZoneInfo) -> "Combination":
        """Return the same open time with answers and dates in a zone."""
        return replace(self, zone=read_zone(zone).key)

    @property
    def has_zone(self) -> bool:
        """Whether it was given a zone or its operands share one."""
        return self.zone is not None or self._shared_zone() is not None

    def __sub__(self, other: "OpenTime | Absence") -> "Combination":
        """Return this calendar without the time of another, or without an absence."""
        return Combination("-", self, other)

    def _compile(self) -> tuple[ZoneInfo, Plan]:
        shared = self._shared_zone()
        zone = ZoneInfo(self.zone) if self.zone else shared or _UTC
        right = self.right.plan if isinstance(self.right, OpenTime) else _AbsencePlan(self.right)
        return zone, _CombinedPlan(self.operator, self.left.plan, right, zone, by_clock=self.zone is not None)

    def _shared_zone(self) -> ZoneInfo | None:
        first, *others = (operand for operand in (self.left, self.right) if isinstance(operand, OpenTime))
        zones = {operand.zone_info.key if operand.has_zone else None for operand in (first, *others)}
        return first.zone_info if len(zones) == 1 and first.has_zone else None


@dataclass(frozen=True)
class _AbsencePlan:
    """An absence as something to take away: open for its time, and owned by no date."""

    absence: Absence
    covered: Span = (-EVER, EVER)
    dates: tuple[date, date] = (date.min, date.max)

    @property
    def ends(self) -> Ends:
        start, end = self.absence.span
        return Ends(closed_from=end, closed_until=start)

    def spans(self, start: int, end: int) -> Spans:
        return clip(union([self.absence.span]), start, end)

    def uncertain(self, _first: date, _last: date) -> tuple[Uncertain, ...]:
        return ()

    def owned(self, _day: date) -> Spans:
        return union([self.absence.span])

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        inside = self.spans(start, end)
        counted = [Piece(a, b, "counted", self.absence.name) for a, b in inside]
        outside = [Piece(a, b, "outside_hours") for a, b in difference(union([(start, end)]), inside)]
        return iter(sorted(counted + outside))


@dataclass(frozen=True)
class _CombinedPlan:
    operator: Operator
    left: Plan
    right: Plan
    zone: ZoneInfo
    by_clock: bool

    @lazy
    def covered(self) -> Span:
        """The time that both cover."""
        return max(self.left.covered[0], self.right.covered[0]), min(self.left.covered[1], self.right.covered[1])

    @lazy
    def dates(self) -> tuple[date, date]:
        """The dates that both cover."""
        return max(self.left.dates[0], self.right.dates[0]), min(self.left.dates[1], self.right.dates[1])

    @lazy
    def ends(self) -> Ends:
        """What follows for the far past and future from what is known of both."""
        a, b = self.left.ends, self.right.ends
        match self.operator:
            case "|":
                return Ends(
                    _earliest(a.open_from, b.open_from),
                    _both(max, a.closed_from, b.closed_from),
                    _latest(a.open_until, b.open_until),
                    _both(min, a.closed_until, b.closed_until),
                )
            case "&":
                return Ends(
                    _both(max, a.open_from, b.open_from),
                    _earliest(a.closed_from, b.closed_from),
                    _both(min, a.open_until, b.open_until),
                    _latest(a.closed_until, b.closed_until),
                )
            case "-":
                return Ends(
                    _both(max, a.open_from, b.closed_from),
                    _earliest(a.closed_from, b.open_from),
                    _both(min, a.open_until, b.closed_until),
                    _latest(a.closed_until, b.open_until),
                )
            case _ as never:
                assert_never(never)

    def spans(self, start: int, end: int) -> Spans:
        """Return the open spans of `[start, end)`."""
        return self._combined(self.left.spans(start, end), self.right.spans(start, end))

    def owned(self, day: date) -> Spans:
        """Return the open time that a date owns: by the clock after `in_zone`, else as the operands say."""
        if self.by_clock:
            start, end = wall_us(self.zone, day), wall_us(self.zone, day, DAY_SECONDS)
            low, high = self.covered
            return self.spans(max(start, low), max(start, low, min(end, high)))
        mine, theirs = self.left.owned(day), self.right.owned(day)
        match self.operator:
            case "|":
                return union((*mine, *theirs))
            case "&":
                both = intersection(mine, union((*theirs, *self.right.owned(day - _ONE))))
                return union((*both, *intersection(theirs, self.left.owned(day - _ONE))))
            case "-":
                return difference(mine, self.right.spans(mine[0][0], mine[-1][1])) if mine else mine
            case _ as never:
                assert_never(never)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return gapless pieces; a closed one has the reason of the operand that closes it, the left one first."""
        return joined(
            Piece(a, b, *self._reason(left, right), note=self._note(left, right))
            for a, b, left, right in _cut(self.left.pieces(start, end), self.right.pieces(start, end))
        )

    def uncertain(self, first: date, last: date) -> tuple[Uncertain, ...]:
        """Return what can still change of either."""
        return tuple(sorted({*self.left.uncertain(first, last), *self.right.uncertain(first, last)}))

    def _note(self, left: Piece, right: Piece) -> str:
        """Return the notes of what is counted, or of what closes it."""
        kind, _ = self._reason(left, right)
        noted = (each.note for each in (left, right) if each.kind == kind)
        return ", ".join(dict.fromkeys(filter(None, noted)))

    def _combined(self, left: Spans, right: Spans) -> Spans:
        match self.operator:
            case "|":
                return union((*left, *right))
            case "&":
                return intersection(left, right)
            case "-":
                return difference(left, right)
            case _ as never:
                assert_never(never)

    def _reason(self, left: Piece, right: Piece) -> tuple[Kind, str]:
        if left.kind != "counted" and (self.operator != "|" or right.kind != "counted"):
            return left.kind, left.name
        match self.operator:
            case "|":
                return "counted", ""
            case "&":
                return right.kind, right.name
            case "-":
                return ("absence", right.name) if right.kind == "counted" else ("counted", "")
            case _ as never:
                assert_never(never)


def _cut(left: Iterator[Piece], right: Iterator[Piece]) -> Iterator[tuple[int, int, Piece, Piece]]:
    """Return the stretches in which both lists of pieces, gapless over one range, stay the same."""
    a, b = next(left, None), next(right, None)
    while a is not None and b is not None:
        start, end = max(a.start, b.start), min(a.end, b.end)
        yield start, end, a, b
        a = next(left, None) if a.end == end else a
        b = next(right, None) if b.end == end else b


def _earliest(*instants: int | None) -> int | None:
    return min((t for t in instants if t is not None), default=None)


def _latest(*instants: int | None) -> int | None:
    return max((t for t in instants if t is not None), default=None)


def _both(choose: Callable[[int, int], int], a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else choose(a, b)
