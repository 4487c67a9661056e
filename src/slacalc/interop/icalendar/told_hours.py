"""Events that are open time, as a layer of hours: what recurs each week as rules, all else as windows of dates."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.business_time.spans import Span
from slacalc.interop.icalendar.closures import clock_lost, zone_lost
from slacalc.interop.icalendar.days_off import last_date, refuse_endless
from slacalc.interop.icalendar.file_zones import FileZone
from slacalc.interop.icalendar.layered_hours import HoursLayer, WeekRule
from slacalc.interop.icalendar.local_windows import LocalWindow, windows_between, windows_of
from slacalc.interop.icalendar.series import EventSeries, moved_times
from slacalc.interop.imported import Loss

__all__ = ["hours_layer"]

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKLY: Final = frozenset({"FREQ", "INTERVAL", "BYDAY", "WKST", "UNTIL", "COUNT"})
_ONE: Final = timedelta(days=1)
_LOOKED_AHEAD: Final = timedelta(days=366 * 5)


def hours_layer(
    events: Iterable[EventSeries],
    zone: str,
    years: tuple[int, int] | None,
    losses: list[Loss],
    speaks: Span | None = None,
) -> HoursLayer:
    """Return what events open, on the clock of a zone; events that are cancelled, or take no time, open nothing.

    Raises InteropError for what recurs for ever and is no week of this clock, without `years`.
    """
    every = [*events]
    moved = moved_times(every)
    bound = min(LAST_DATE, max((day for each in every for day in each.told_dates()), default=FIRST_DATE) + 8 * _ONE)
    layer = HoursLayer() if speaks is None else HoursLayer(speaks=speaks)
    for event in every:
        if event.is_cancelled or not event.length:
            continue
        is_same, weekdays = _is_on_clock(event, zone, years, losses), _weekdays(event)
        endless = event.is_endless and years is None
        if weekdays is None or not is_same:
            refuse_endless(event, years)
        until = bound if endless else last_date(years)
        begin = FIRST_DATE.year if years is None else years[0]
        starts = [at for at in event.starts(until) if at.year >= begin and not event.is_moved(at, moved)]
        if weekdays is not None and is_same:
            starts = _add_rule(layer, event, weekdays, starts, None if endless else until, bound)
        for at in starts:
            for day, window in _windows(event, at, zone, losses, is_same=is_same):
                layer.dates.setdefault(day, []).append(window)
    return layer


def _weekdays(event: EventSeries) -> frozenset[int] | None:
    """Return on which weekdays an event is there each week; None of one that recurs otherwise, or lasts longer."""
    begin = event.start.reading
    first = [*windows_of(begin, event.length)]
    if len(event.rules) != 1 or "EXRULE" in event.part.properties or len(first) != 1:
        return None
    parts = dict(part.partition("=")[::2] for part in event.rules[0].value.strip().upper().split(";"))
    days = parts.get("BYDAY", "").split(",") if "BYDAY" in parts else []
    if not parts.keys() <= _WEEKLY or parts.get("INTERVAL", "1") != "1" or not {*days} <= {*_DAYS}:
        return None
    match parts.get("FREQ"):
        case "WEEKLY":
            return frozenset(_DAYS.index(day) for day in days) or frozenset({begin.weekday()})
        case "DAILY":
            return frozenset(_DAYS.index(day) for day in days) or frozenset(range(7))
    return None


def _add_rule(
    layer: HoursLayer,
    event: EventSeries,
    weekdays: frozenset[int],
    starts: list[datetime],
    until: date | None,
    bound: date,
) -> list[datetime]:
    """Add the rule of an event that is there each week, and return its times that are no times of the rule."""
    begin = event.start.reading
    regular = {at.date() for at in starts if at.time() == begin.time() and at.weekday() in weekdays}
    others = [at for at in starts if at.date() not in regular or at.time() != begin.time()]
    if regular or until is None:
        first = min(regular, default=_first_on(begin.date(), weekdays))
        last = None if until is None else max(regular)
        near = last or bound
        out = frozenset(
            day
            for step in range((near - first).days + 1)
            if (day := first + step * _ONE).weekday() in weekdays and day not in regular
        )
        (window,) = (window for _, window in windows_of(begin, event.length))
        layer.rules.append(WeekRule(weekdays, window, first, last, out))
    return others


def _first_on(day: date, weekdays: frozenset[int]) -> date:
    return next(each for step in range(7) if (each := day + step * _ONE).weekday() in weekdays)


def _windows(
    event: EventSeries, at: datetime, zone: str, losses: list[Loss], *, is_same: bool
) -> Iterator[LocalWindow]:
    """Yield the windows of one time of an event, on the clock of the calendar."""
    if is_same:
        yield from windows_of(at, event.length)
        return
    own = event.start.zone
    windows = windows_between(ZoneInfo(zone), own.instant(at), own.instant(at + event.length))
    if windows is None:
        losses.append(clock_lost(event))
    yield from windows or ()


def _is_on_clock(event: EventSeries, zone: str, years: tuple[int, int] | None, losses: list[Loss]) -> bool:
    """Tell whether an event is told on the clock of the calendar, by its own zone and by the zone data.

    It is looked at for five years. Where both name one zone and its clock is otherwise, that is a loss.
    """
    own, ours = event.start.zone, FileZone(zone, zone)
    ahead = min(LAST_DATE, last_date(years), event.start.reading.date() + _LOOKED_AHEAD)
    edges = (edge for at in event.starts(ahead) for edge in (at, at + event.length))
    differing = next((at for at in edges if own.instant(at) != ours.by_database(at)), None)
    if differing is not None and own.key == zone and own.steps:
        losses.append(zone_lost(event, differing, "it is read by the zone data"))
        return True
    return differing is None
