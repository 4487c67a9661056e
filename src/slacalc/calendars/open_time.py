"""The verbs that every calendar answers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, overload
from zoneinfo import ZoneInfo

from slacalc.business_time.fast_lane import FastLane
from slacalc.business_time.instants import amount_us, from_us, to_amount, to_us
from slacalc.business_time.spans import Spans
from slacalc.business_time.timeline import Timeline
from slacalc.calendars.holidays.year import Uncertain
from slacalc.calendars.layers import Plan
from slacalc.calendars.pieces import Piece
from slacalc.calendars.working_dates import WorkingDates
from slacalc.errors import CalendarError, InstantError
from slacalc.lazy import lazy

if TYPE_CHECKING:
    from slacalc.calendars.calendar import Calendar
    from slacalc.calendars.combination import Combination
    from slacalc.calendars.ledger import Ledger
    from slacalc.calendars.special_days import Absence
    from slacalc.columns.tables import Tables

__all__ = ["Compiled", "Interval", "OpenTime", "compiled"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of open time: `start` is in it, `end` is not."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """The real time from start to end: a night shift can last 7 or 9 hours."""
        return to_amount(to_us(self.end) - to_us(self.start))


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """What a calendar answers from, made on first use and kept where no one sees it."""

    zone: ZoneInfo
    plan: Plan
    timeline: Timeline
    dates: WorkingDates
    fast: FastLane


def compiled(zone: ZoneInfo, plan: Plan) -> Compiled:
    """Return what a calendar answers from."""
    timeline = Timeline(plan)
    return Compiled(zone, plan, timeline, WorkingDates(plan, zone), FastLane(timeline, zone))


class OpenTime(ABC):
    """What any calendar can tell: when it is open, and how much open time lies between instants.

    Every datetime must be aware (InstantError); results carry the calendar's zone. Opening
    is included, closing is not. An instant or an answer outside `covered` is a HorizonError;
    a question about a time when nothing opens for good is a ClosedForGoodError.
    """

    __slots__ = ("__dict__",)  # what is lazy, outside what is compared, hashed, pickled or copied

    @abstractmethod
    def _compile(self) -> tuple[ZoneInfo, Plan]:
        """Return the zone of the answers and the plan to answer from."""

    @lazy
    def _compiled(self) -> Compiled:
        return compiled(*self._compile())

    @property
    def covered(self) -> Interval:
        """The time about which the calendar can be asked: 1900 to 2200, or the years of its holiday data."""
        kept = self._compiled
        start, end = kept.plan.covered
        return Interval(from_us(start, kept.zone), from_us(end, kept.zone))

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone of the answers."""
        return self._compiled.zone

    def __or__(self, other: "OpenTime") -> "Combination":
        """Return the calendar that is open when either is."""
        return _combined("|", self, other)

    def __and__(self, other: "OpenTime") -> "Combination":
        """Return the calendar that is open when both are."""
        return _combined("&", self, other)

    @overload
    def __sub__(self, other: "OpenTime") -> "Combination": ...

    @overload
    def __sub__(self, other: "Absence") -> "Calendar | Combination": ...

    def __sub__(self, other: "OpenTime | Absence") -> "Calendar | Combination":
        """Return this calendar without the time of another, or without an absence."""
        return _combined("-", self, other)

    def uncertain(self, first: date, last: date) -> tuple[Uncertain, ...]:
        """Return what can still change of the holidays from one date to another: estimated, or not announced yet.

        >>> from slacalc import Calendar, Holidays
        >>> office = Calendar("Asia/Dubai", "Mon-Fri 09:00-17:00", holidays=Holidays("AE", language="en_US"))
        >>> print(office.uncertain(date(2027, 3, 1), date(2027, 3, 31))[0])
        2027-03-08 to 2027-03-12: Eid al-Fitr is estimated
        """
        return self._compiled.plan.uncertain(first, last)

    def is_open(self, at: datetime) -> bool:
        """Tell whether the instant is open: 09:00 is, 17:00 is not."""
        kept = self._compiled
        known = kept.fast.is_open(at)
        return known if known is not None else kept.timeline.is_open(to_us(at, "at"))

    def each_open(self, ats: Iterable[datetime | None]) -> list[bool | None]:
        """Return what `is_open` says of many instants; None where it must be asked one by one, or there is none."""
        return self._compiled.fast.each_open(ats)

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """Return the earliest instant by which `amount` of open time has passed since `start`.

        Work that exactly fills Friday is due Friday at closing, not Monday at opening; zero
        is `roll_forward`. Raises AmountError for a negative amount.
        """
        kept = self._compiled
        return kept.fast.add(start, amount) or from_us(
            kept.timeline.add(to_us(start, "start"), amount_us(amount)), kept.zone
        )

    def subtract(self, end: datetime, amount: timedelta) -> datetime:
        """Return the latest instant from which `amount` of open time passes until `end`; zero is `roll_back`."""
        kept = self._compiled
        return kept.fast.subtract(end, amount) or from_us(
            kept.timeline.subtract(to_us(end, "end"), amount_us(amount)), kept.zone
        )

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the open time from `start` to `end`; negative when `end` is before `start`."""
        kept = self._compiled
        known = kept.fast.elapsed(start, end)
        if known is not None:
            return known
        return to_amount(kept.timeline.elapsed(to_us(start, "start"), to_us(end, "end")))

    def roll_forward(self, at: datetime) -> datetime:
        """Return the first open instant at or after `at`: itself when open."""
        kept = self._compiled
        return kept.fast.roll_forward(at) or from_us(kept.timeline.roll_forward(to_us(at, "at")), kept.zone)

    def roll_back(self, at: datetime) -> datetime:
        """Return the last instant at or before `at` with open time just before it.

        10:00 stays, and so does a closing; an opening goes to the closing before it.
        """
        kept = self._compiled
        return kept.fast.roll_back(at) or from_us(kept.timeline.roll_back(to_us(at, "at")), kept.zone)

    def next_open(self, after: datetime) -> datetime | None:
        """Return the first opening strictly after, or None when it is open for ever (24/7)."""
        kept = self._compiled
        known = kept.fast.next_open(after)
        return known or _moment(kept.timeline.next_open(to_us(after, "after")), kept.zone)

    def next_close(self, after: datetime) -> datetime | None:
        """Return the first closing strictly after, or None when it is open for ever."""
        kept = self._compiled
        known = kept.fast.next_close(after)
        return known or _moment(kept.timeline.next_close(to_us(after, "after")), kept.zone)

    def previous_open(self, before: datetime) -> datetime | None:
        """Return the last opening strictly before, or None when it was always open."""
        kept = self._compiled
        known = kept.fast.previous_open(before)
        return known or _moment(kept.timeline.previous_open(to_us(before, "before")), kept.zone)

    def previous_close(self, before: datetime) -> datetime | None:
        """Return the last closing strictly before, or None when it was always open."""
        kept = self._compiled
        known = kept.fast.previous_close(before)
        return known or _moment(kept.timeline.previous_close(to_us(before, "before")), kept.zone)

    def intervals(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """Return the open intervals between two instants in order, clipped to them, computed while they are read."""
        begin, stop = _range(start, end)
        kept = self._compiled
        return (Interval(from_us(a, kept.zone), from_us(b, kept.zone)) for a, b in kept.timeline.spans(begin, stop))

    def explain(self, start: datetime, end: datetime) -> "Ledger":
        """Return the ledger from `start` to `end`: gapless segments, each counted or closed for a reason."""
        from slacalc.calendars.ledger import ledger_of  # with its texts and tables: for explanations only

        begin, stop = _range(start, end)
        return ledger_of(self.pieces(begin, stop), begin, stop, self.zone_info)

    def working_dates(self) -> WorkingDates:
        """Return the dates that own open time (rule 7a), for date-like targets. Raises CalendarError without a zone."""
        self._refuse_without_zone("working dates")
        return self._compiled.dates

    def workdays(self) -> "OpenTime":
        """Return the calendar that is open 00:00-24:00 on every working date. Raises CalendarError without a zone."""
        self._refuse_without_zone("working dates")
        return self._workdays

    @lazy
    def _workdays(self) -> "OpenTime":
        from slacalc.calendars.workdays import Workdays  # itself a calendar

        return Workdays(self)

    def to_tables(
        self, start: datetime, end: datetime, *, calendar: int | str = 0, width: timedelta | None = None
    ) -> "Tables":
        """Return the calendar as tables for SQL engines: `slacalc.columns.tables.tables_of`."""
        from slacalc.columns.tables import tables_of

        return tables_of(self, start, end, calendar=calendar, width=width)

    def open_spans(self, start: int, end: int) -> Spans:
        """Return the open spans of `[start, end)`, in microseconds."""
        return Spans(tuple(self._compiled.timeline.spans(start, end)))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return the gapless pieces of `[start, end)`, in microseconds."""
        self.refuse_beyond(start, end)
        return self.plan.pieces(start, end)

    @property
    def plan(self) -> Plan:
        """The open spans of any range, who owns each, and the reason for every closed moment."""
        return self._compiled.plan

    @property
    def timeline(self) -> Timeline:
        """The staircase of open time, for arithmetic in microseconds."""
        return self._compiled.timeline

    def refuse_beyond(self, start: int, end: int) -> None:
        """Raise HorizonError unless `[start, end]`, in microseconds, is covered."""
        self._compiled.timeline.refuse_beyond(start, end)

    @property
    def has_zone(self) -> bool:
        """Whether the calendar has a zone of its own, and so dates."""
        return True

    def _refuse_without_zone(self, what: str) -> None:
        if not self.has_zone:
            raise CalendarError(
                "zone_needed",
                f"calendars of different zones have no {what} in common",
                given=str(self),
                accepts='a combination that was given a zone: (a | b).in_zone("Europe/Berlin")',
            )


def _combined(operator: Literal["|", "&", "-"], left: OpenTime, right: "OpenTime | Absence") -> "Combination":
    from slacalc.calendars.combination import Combination  # few calendars are put together

    return Combination(operator, left, right)


def _moment(us: int | None, zone: ZoneInfo) -> datetime | None:
    return None if us is None else from_us(us, zone)


def _range(start: datetime, end: datetime) -> tuple[int, int]:
    begin, stop = to_us(start, "start"), to_us(end, "end")
    if begin > stop:
        raise InstantError(
            "interval_reversed",
            "the range ends before it starts",
            given=f"{start.isoformat()}..{end.isoformat()}",
            accepts="a start at or before the end",
        )
    return begin, stop
