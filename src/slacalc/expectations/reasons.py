"""Why an answer is not sooner: the closed time before it that would otherwise have been open.

A holiday on a closed Sunday delays nothing, and is no reason (rule 4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import HOUR, from_us, in_zone, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.pieces import Piece
from slacalc.expectations.holiday_names import names_of
from slacalc.forms import StoredForm
from slacalc.policies.targets.kind import PointKind
from slacalc.policies.targets.target import AnyTarget

__all__ = ["Reason", "ReasonKind", "why_closed", "why_later"]

ReasonKind: TypeAlias = Literal["holiday", "special_day", "absence", "cutoff", "weekend", "outside_hours"]

_BEFORE: Final = timedelta(days=2)
_MORE_THAN_A_DAY: Final = 36 * HOUR


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
    now, end = to_us(as_of), to_us(until)
    if now >= end:
        return None
    point = target.chosen(calendar, to_us(received)).point
    clock = point.closed_in(calendar)
    if clock is None:  # all time counts: only a cutoff can be why
        missed = point.missed_cutoff(calendar, received)
        return None if missed is None else Reason("cutoff", "", missed)
    closed = _closed(clock, to_us(as_of - _BEFORE), now, end)
    return next(_reasons(closed, clock, calendar, point, received, as_of), None)


def why_closed(calendar: OpenTime, as_of: datetime, opens: datetime) -> Reason | None:
    """Return why a calendar opens on a later date only: a holiday, special day, absence or weekend, else None."""
    zone = calendar.zone_info
    if in_zone(as_of, zone).date() == in_zone(opens, zone).date():
        return None
    now, end = to_us(as_of), to_us(opens)
    closed = _closed(calendar, to_us(as_of - _BEFORE), now, end)
    reasons = (*_dated(closed, calendar, now), *_absences(closed, zone), *_weekends(closed, zone))
    return reasons[0] if reasons else None


def _reasons(
    closed: list[Piece], clock: OpenTime, calendar: OpenTime, point: PointKind, received: datetime, as_of: datetime
) -> Iterator[Reason]:
    """Return the reasons, the strongest first; each is worked out when those before it are none."""
    yield from _dated(closed, calendar, to_us(as_of))
    zone = clock.zone_info
    yield from _absences(closed, zone)
    cutoff = point.missed_cutoff(calendar, received)
    if cutoff is not None:
        yield Reason("cutoff", "", cutoff)
    yield from _weekends(closed, zone)
    if closed and _is_untouched(calendar, received, as_of):
        yield Reason("outside_hours", "", from_us(closed[0].start, zone))


def _absences(closed: list[Piece], zone: ZoneInfo) -> Iterator[Reason]:
    return (Reason("absence", each.name, from_us(each.start, zone)) for each in closed if each.kind == "absence")


def _weekends(closed: list[Piece], zone: ZoneInfo) -> Iterator[Reason]:
    for each in closed:
        if each.kind == "weekend" and each.end - each.start > _MORE_THAN_A_DAY:
            yield Reason("weekend", "", from_us(each.start, zone))


def _closed(clock: OpenTime, start: int, now: int, end: int) -> list[Piece]:
    """Return what a clock leaves out and is not over yet: whole, so that a weekend is seen on its Sunday."""
    pieces = clock.pieces(max(clock.plan.covered[0], start), end)
    return [each for each in pieces if each.kind != "counted" and each.end > now]


def _dated(closed: list[Piece], calendar: OpenTime, now: int) -> Iterator[Reason]:
    """Return the dates that a holiday or a special day closes whole."""
    for each in closed if calendar.has_zone else ():
        if each.kind in {"holiday", "special_day"}:
            start = from_us(max(each.start, now), calendar.zone_info)
            if calendar.working_dates().owned(start.date()):
                continue
            if each.kind == "holiday":
                yield Reason("holiday", each.name, start, names_of(calendar, start.date()))
            else:
                yield Reason("special_day", each.name, start)


def _is_untouched(calendar: OpenTime, received: datetime, as_of: datetime) -> bool:
    """Tell whether nobody was there from receipt until now."""
    was_open = calendar.is_open(received) or calendar.is_open(as_of)
    return not was_open and not calendar.elapsed(received, as_of)
