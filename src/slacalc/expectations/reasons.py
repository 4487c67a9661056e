"""Why an answer is not sooner: the closed time before it that would otherwise have been open.

A holiday on a closed Sunday delays nothing, and is no reason (rule 4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias

from slacalc.business_time.instants import from_us, to_us
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays, Holidays
from slacalc.calendars.ledger import Segment
from slacalc.calendars.open_time import OpenTime
from slacalc.forms import StoredForm
from slacalc.policies.targets.target import AnyTarget

__all__ = ["Reason", "ReasonKind", "why_later"]

ReasonKind: TypeAlias = Literal["holiday", "special_day", "absence", "cutoff", "weekend", "outside_hours"]

_BEFORE: Final = timedelta(days=2)
_MORE_THAN_A_DAY: Final = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Reason(StoredForm):
    """Why an answer is not sooner: the kind, the name that goes with it, and the instant from which it holds.

    `names` are those of a holiday in each language of the holiday data, by its code there.
    `start` is on the clock of the office: its date is the date of a holiday, its time that of a cutoff.
    """

    kind: ReasonKind
    name: str
    start: datetime
    names: tuple[tuple[str, str], ...] = ()


def why_later(
    target: AnyTarget, calendar: OpenTime, received: datetime, as_of: datetime, until: datetime
) -> Reason | None:
    """Return what most delays an answer between two instants, or None when nothing does.

    A closed date with a name comes first (holiday, special day), then an absence, a breached
    cutoff, a weekend of two dates or more, and hours, while nobody was there since receipt.
    """
    if to_us(as_of) >= to_us(until):
        return None
    point = target.chosen(calendar, to_us(received)).point
    closed = list(_closed(point.closed_in(calendar), as_of, until))
    cutoff = point.missed_cutoff(calendar, received)
    found = (
        *_dated(closed, calendar, as_of),
        *(Reason("absence", each.name, each.start) for each in closed if each.kind == "absence"),
        *(() if cutoff is None else (Reason("cutoff", "", cutoff),)),
        *(
            Reason("weekend", "", each.start)
            for each in closed
            if each.kind == "weekend" and each.wall_time > _MORE_THAN_A_DAY
        ),
        *_outside_hours(closed, calendar, received, as_of),
    )
    return next(iter(found), None)


def _closed(clock: OpenTime | None, as_of: datetime, until: datetime) -> Iterator[Segment]:
    """Return what a clock leaves out and is not over yet: whole, so that a weekend is seen on its Sunday."""
    if clock is None:
        return
    start = max(to_us(clock.covered.start), to_us(as_of - _BEFORE))
    ledger = clock.explain(from_us(start, clock.zone_info), until)
    yield from (each for each in ledger if each.kind != "counted" and to_us(each.end) > to_us(as_of))


def _dated(closed: list[Segment], calendar: OpenTime, as_of: datetime) -> Iterator[Reason]:
    """Return the dates that a holiday or a special day closes whole."""
    for each in closed if calendar.has_zone else ():
        start = from_us(max(to_us(each.start), to_us(as_of)), calendar.zone_info)
        if each.kind == "holiday" and not calendar.working_dates().owned(start.date()):
            yield Reason("holiday", each.name, start, _names(calendar, start.date()))
        if each.kind == "special_day" and not calendar.working_dates().owned(start.date()):
            yield Reason("special_day", each.name, start)


def _names(calendar: OpenTime, day: date) -> tuple[tuple[str, str], ...]:
    """Return the name of a holiday in each language that its data has; none of data of one's own."""
    source = calendar.holidays if isinstance(calendar, Calendar) else None
    if not isinstance(source, Holidays | FrozenHolidays):
        return ()
    named = ((code, source.names(day.year, code).get(day, "")) for code in source.languages)
    return tuple((code, name) for code, name in named if name)


def _outside_hours(closed: list[Segment], calendar: OpenTime, received: datetime, as_of: datetime) -> Iterator[Reason]:
    untouched = not calendar.is_open(received) and not calendar.is_open(as_of)
    if closed and untouched and not calendar.elapsed(received, as_of):
        yield Reason("outside_hours", "", closed[0].start)
