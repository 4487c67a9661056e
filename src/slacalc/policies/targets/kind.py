"""What every kind of target answers, and how a policy file names one."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Literal, Protocol, Self, TypeAlias, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from slacalc.business_time.instants import in_zone, to_us
from slacalc.business_time.kept_by_date import Answer, Rows
from slacalc.calendars.holidays import Uncertain
from slacalc.calendars.ledger import Ledger, ledger_of
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece
from slacalc.policies.notation import FrozenModel

if TYPE_CHECKING:
    from slacalc.policies.targets.days import BusinessDays, CalendarDays

__all__ = ["REAL_TIME", "ByKey", "Clock", "ColumnVerbs", "PointKind", "RangeAnswer", "TargetKind"]

C = TypeVar("C")

RangeAnswer: TypeAlias = Callable[[datetime], tuple[datetime, datetime | None]]


class Clock(Protocol):
    """A kind of time that can be counted, in microseconds."""

    def add(self, t: int, amount: int) -> int:
        """Return the earliest instant with so much counted since `t`."""

    def elapsed(self, start: int, end: int) -> int:
        """Return what is counted between two instants."""


class RealTime:
    """The clock of calendar hours: everything counts."""

    def add(self, t: int, amount: int) -> int:
        """Return the instant so much later."""
        return t + amount

    def elapsed(self, start: int, end: int) -> int:
        """Return the time between."""
        return end - start


REAL_TIME: Final = RealTime()


class ColumnVerbs(Protocol[C]):
    """What a target may ask of a whole column of instants `C`; the answers are one, too, null where there is none."""

    def add(self, calendar: OpenTime, starts: C, amount: timedelta) -> C:
        """Return the instants by which so much open time has passed; of none the first open ones."""

    def add_real(self, calendar: OpenTime, starts: C, amount: timedelta) -> C:
        """Return the instants so much real time later."""

    def one_by_one(self, due: Callable[[OpenTime, datetime], datetime], calendar: OpenTime, starts: C) -> C:
        """Return what a function of one instant says of each distinct one."""

    def on_working_dates(self, target: "BusinessDays", calendar: OpenTime, starts: C) -> C:
        """Return the points of working dates by which a target is due."""

    def on_dates(self, target: "CalendarDays", calendar: OpenTime, starts: C) -> C:
        """Return the points of dates by which a target is due."""

    def split(self, calendar: OpenTime, starts: C, inside: Callable[[C], C], outside: Callable[[C], C]) -> C:
        """Return what one function says of instants in open time, and the other of the rest."""


class TargetKind(FrozenModel):
    """What every kind of target answers; `named_by` are the keys of which one names it in a policy file."""

    named_by: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def due(self, calendar: OpenTime, received: datetime) -> datetime:
        """Return when what was received at an instant is late after."""

    def depends_on(self, calendar: OpenTime, origin: datetime, due: datetime) -> tuple[Uncertain, ...]:
        """Return the dates between origin and due of which the holidays can still change, with the reason."""
        zone = calendar.zone_info
        return calendar.uncertain(in_zone(origin, zone).date(), in_zone(due, zone).date())

    @abstractmethod
    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return what `due` says of a whole column."""

    @abstractmethod
    def explain(self, calendar: OpenTime, received: datetime) -> Ledger:
        """Return the ledger from receipt to due in the target's own clock; for date-like targets in open time.

        >>> from slacalc import Calendar, WorkdayHours
        >>> from zoneinfo import ZoneInfo
        >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
        >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
        >>> print(WorkdayHours(amount="24h").explain(office, friday))
        from                  to                    wall  counted  reason
        Fri 2026-11-20 15:00  Sat 2026-11-21 00:00    9h       9h  counted
        Sat 2026-11-21 00:00  Mon 2026-11-23 00:00   48h           weekend
        Mon 2026-11-23 00:00  Mon 2026-11-23 15:00   15h      15h  counted
                                                     72h      24h  total
        """

    def answer_in(self, calendar: OpenTime, rows: Rows) -> Answer:
        """Return `due` as a function of the receipt alone; what is kept of its answers is among the rows."""
        return partial(self.due, calendar)

    def range_in(self, calendar: OpenTime, rows: Rows) -> RangeAnswer:
        """Return `due` and `begins` as one function of the receipt."""
        answer = self.answer_in(calendar, rows)
        return lambda received: (answer(received), self.begins(calendar, received))

    @property
    def branches(self) -> "tuple[TargetKind, ...]":
        """The targets that it chooses from: itself, where there is nothing to choose."""
        return (self,)

    @property
    def open_amount(self) -> timedelta | None:
        """The open time by which it is due: nothing, for the next opening; None for other kinds."""
        return None

    @property
    def times_in_hours(self) -> tuple[tuple[Literal["cutoff", "by"], str], ...]:
        """The times of day that make sense in opening hours only, each with its key."""
        return ()

    @property
    def has_range(self) -> bool:
        """Whether it has an earliest, for some receipts at least."""
        return False

    def begins(self, calendar: OpenTime, received: datetime) -> datetime | None:
        """Return the earliest instant of a range; None for what has none. PolicyError when it is after due."""
        return None

    def begins_of(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return the earliest of a range for a whole column, and where there is none the due time."""
        return self.dues(ask, calendar, starts)


class PointKind(TargetKind):
    """A target that is one point in time. It counts the open time of the calendar, where its kind says nothing else."""

    def chosen(self, calendar: OpenTime, received: int) -> Self:
        """Return the target for what was received at an instant, in microseconds: itself."""
        return self

    @property
    def point(self) -> Self:
        """The point that judges: itself."""
        return self

    def dues(self, ask: ColumnVerbs[C], calendar: OpenTime, starts: C) -> C:
        """Return what `due` says of each distinct instant."""
        return ask.one_by_one(self.due, calendar, starts)

    def counted_in(self, calendar: OpenTime) -> OpenTime | None:
        """Return the calendar whose open time is what counts; None where all time does."""
        return calendar

    def closed_in(self, calendar: OpenTime) -> OpenTime | None:
        """Return the calendar whose closed time makes it later; None where none does."""
        return self.counted_in(calendar)

    def clock(self, calendar: OpenTime) -> Clock:
        """Return the clock that it counts by."""
        counted = self.counted_in(calendar)
        return REAL_TIME if counted is None else counted.timeline

    def pause_clock(self, calendar: OpenTime) -> Clock:
        """Return the clock that a pause is measured by: its own."""
        return self.clock(calendar)

    def point_from(self, calendar: OpenTime, received: datetime, at: int) -> int:
        """Return the first such point at or after an instant, of what was received at another: any instant is one."""
        return at

    def pieces(self, calendar: OpenTime, start: int, end: int) -> Iterator[Piece]:
        """Return the time between two instants, with the reason of what does not count."""
        counted = self.counted_in(calendar)
        return iter([Piece(start, end, "counted")]) if counted is None else counted.pieces(start, end)

    def explain(self, calendar: OpenTime, received: datetime) -> Ledger:
        """Return the ledger from receipt to due in its own clock."""
        due, counted = self.due(calendar, received), self.counted_in(calendar)
        if counted is not None:
            return counted.explain(received, due)
        start, end = to_us(received), to_us(due)
        return ledger_of(self.pieces(calendar, start, end), start, end, calendar.zone_info)

    def is_after(self, other: "PointKind") -> bool:
        """Tell whether it is after another of its kind for every receipt; of two kinds none is."""
        return False

    def missed_cutoff(self, calendar: OpenTime, received: datetime) -> datetime | None:
        """Return the cutoff of the date of receipt, if it had passed by then."""
        return None


class ByKey:
    """Beside a union of kinds: a table is of the kind that one of its keys names."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as the kind that is named, and nothing else."""
        kinds: tuple[type[TargetKind], ...] = get_args(source)
        names = ", ".join(" and ".join(kind.named_by) for kind in kinds)

        def named(value: object) -> str | None:
            if isinstance(value, TargetKind):
                return _tag(type(value))
            found = [kind for kind in kinds if isinstance(value, dict) and any(key in value for key in kind.named_by)]
            return _tag(found[0]) if len(found) == 1 else None

        return core_schema.tagged_union_schema(
            {_tag(kind): handler(kind) for kind in kinds},
            named,
            custom_error_type="target_unknown",
            custom_error_message="not one of {names}",
            custom_error_context={"names": names},
        )


def _tag(kind: type[TargetKind]) -> str:
    """Return the name of a kind, marked so that it is no key where something is wrong: see `problems`."""
    return f"<{kind.__name__}>"
