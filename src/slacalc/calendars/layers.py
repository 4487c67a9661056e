"""A date's windows, changed layer by layer and turned into instants.

Weekly hours (of the version in force) < holiday < special day < absence: the last speaker
wins (rule 4). A `Layers` is the compiled form of a calendar: a source of open spans, of
the time that each working date owns, and of the reason for every closed moment.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE, is_skipped, local_date, skips_dates, wall_us
from slacalc.business_time.spans import Span, Spans, clip, difference, intersection, union
from slacalc.business_time.timeline import Ends, Source
from slacalc.calendars.holidays.source import HolidaySource
from slacalc.calendars.hours import PUBLIC_HOLIDAY, Hours
from slacalc.calendars.pieces import Kind, Piece, joined
from slacalc.calendars.special_days import Absence, SpecialDay, SpecialDays, first_dated, last_dated
from slacalc.lazy import lazy

__all__ = ["Layers", "Plan"]

_DAY: Final = 86_400
_ONE: Final = timedelta(days=1)
_SPILL: Final = 2  # a window may end on the second date after its own, at 00:00


class Plan(Source, Protocol):
    """What a calendar answers from: open time, which date owns it, and why the rest is closed."""

    def owned(self, day: date) -> Spans:
        """Return the open time that the date owns: a date with some is a working date."""

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return gapless pieces of `[start, end)`, counted or closed for a reason."""

    @property
    def dates(self) -> tuple[date, date]:
        """The first and the last date that are covered whole."""


class DayLayers(NamedTuple):
    """The windows of one date, in seconds from its midnight, as each layer leaves them."""

    weekly: Spans
    after_holiday: Spans
    after_special: Spans
    holiday: str | None
    special: SpecialDay | None


class Layers:
    """The compiled form of one calendar's rules."""

    def __init__(
        self,
        zone: ZoneInfo,
        versions: tuple[tuple[date, Hours], ...],
        holidays: HolidaySource | None,
        special_days: tuple[SpecialDay, ...],
        absences: tuple[Absence, ...],
    ) -> None:
        self.zone: Final = zone
        self.versions: Final = versions
        self.holidays: Final = holidays
        self.special_days: Final = special_days
        self.absences: Final = absences

    @lazy
    def special(self) -> SpecialDays:
        """The special days by date."""
        return SpecialDays(self.special_days)

    @lazy
    def dates(self) -> tuple[date, date]:
        """The first and the last date whose rules are known."""
        if self.holidays is None:
            return FIRST_DATE, LAST_DATE
        first, last = self.holidays.years
        return max(FIRST_DATE, date(first, 1, 1)), min(LAST_DATE, date(last, 12, 31))

    @lazy
    def covered(self) -> Span:
        """From the first midnight that no unknown night shift can reach, to the end of the last date."""
        first, last = self.dates
        unknown = self._longest_spill if self.holidays is not None else 0
        return wall_us(self.zone, first, unknown), wall_us(self.zone, last, _DAY)

    @lazy
    def ends(self) -> Ends:
        """What the rules say of the far past and future, from the first and the last dated rule."""
        first, last = self._dated
        before, after = wall_us(self.zone, first), wall_us(self.zone, last + _ONE, _SPILL * _DAY)
        return Ends(
            open_from=after if self._always_open(self.versions[-1][1]) else None,
            closed_from=self._closes_at(last, after) if self._never_opens(self.versions[-1][1]) else None,
            open_until=before if self._always_open(self.versions[0][1]) else None,
            closed_until=before if self._never_opens(self.versions[0][1]) else None,
        )

    def layers(self, day: date) -> DayLayers:
        """Return the windows of a date as each layer leaves them."""
        hours = self.versions[bisect_right(self._version_dates, day) - 1][1]
        weekly = after_holiday = hours.windows[day.weekday()]
        holiday = self._holiday_names(day.year).get(day) if self.holidays is not None else None
        if holiday is not None:
            after_holiday = hours.windows[PUBLIC_HOLIDAY]
        special = self.special.on(day) if self.special_days else None
        after_special = special.apply(after_holiday) if special else after_holiday
        return DayLayers(weekly, after_holiday, after_special, holiday, special)

    def spans(self, start: int, end: int) -> Spans:
        """Return the open spans of `[start, end)`."""
        windows = (span for day in self._days_near(start, end) for span in self._open_windows(day))
        return clip(difference(union(windows), self._absent), start, end)

    def owned(self, day: date) -> Spans:
        """Return the open time of a date's windows; where two dates claim an instant, both own it."""
        return difference(union(self._open_windows(day)), self._absent)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return gapless pieces of `[start, end)`; a closed one has the last layer that changed it as its reason."""
        days = self._days_near(start, end)
        whole = (piece for day in days for piece in self._pieces_of(day))
        clipped = (p._replace(start=max(p.start, start), end=min(p.end, end)) for p in whole)
        return joined(clipped)

    @lazy
    def _version_dates(self) -> tuple[date, ...]:
        return tuple(first for first, _ in self.versions)

    @lazy
    def _absent(self) -> Spans:
        return union(absence.span for absence in self.absences)

    @lazy
    def _longest_spill(self) -> int:
        windows = [w for _, hours in self.versions for day in hours.windows for w in day]
        windows += [w for special in self.special_days for w in special.windows]
        return max((0, *(end - _DAY for _, end in windows)))

    @lazy
    def _dated(self) -> tuple[date, date]:
        """The dates before the first and of the last rule that holds for a time only."""
        firsts = [first_dated(special.on) for special in self.special_days]
        lasts = [last_dated(special.on) for special in self.special_days]
        changes = list(self._version_dates[1:])
        for absence in self.absences:
            begin, end = absence.span
            firsts.append(local_date(begin, self.zone))
            lasts.append(local_date(end, self.zone))
        first = min((LAST_DATE, *changes, *(day for day in firsts if day)))
        last = max((FIRST_DATE, *changes, *(day for day in lasts if day)))
        return max(first, FIRST_DATE), min(last, LAST_DATE)

    @property
    def _for_ever(self) -> list[SpecialDay]:
        return [special for special in self.special_days if last_dated(special.on) is None]

    def _always_open(self, hours: Hours) -> bool:
        if self._for_ever:
            return False
        if self.holidays is not None or skips_dates(self.zone):
            return hours.whole_days
        return hours.always_open

    def _never_opens(self, hours: Hours) -> bool:
        counted = hours.windows if self.holidays is not None else hours.windows[:PUBLIC_HOLIDAY]
        opens = any(counted) or any(special.opens for special in self._for_ever)
        return not opens or self.special.close_every_year

    def _closes_at(self, last: date, after: int) -> int:
        """Return the end of the last open time before `after`: nothing opens from there on."""
        begin = max(self.covered[0], wall_us(self.zone, max(last - 8 * _ONE, FIRST_DATE)))
        spans = self.spans(begin, max(begin, min(after, self.covered[1])))
        return spans[-1][1] if spans else begin

    def _holiday_names(self, year: int) -> Mapping[date, str]:
        assert self.holidays is not None  # noqa: S101 - the callers ask only then
        names = self._names_by_year.get(year)
        if names is None:
            first, last = self.holidays.years
            names = self._names_by_year[year] = self.holidays.names(year) if first <= year <= last else {}
        return names

    @lazy
    def _names_by_year(self) -> dict[int, Mapping[date, str]]:
        return {}

    def _days_near(self, start: int, end: int) -> Iterator[date]:
        """Return the dates whose windows can reach into `[start, end)`, in order."""
        first, last = self.dates
        known = first - _SPILL * _ONE if self.holidays is None else first
        day = max(known, local_date(start, self.zone) - _SPILL * _ONE)
        stop = min(last, local_date(end, self.zone) + _ONE)  # a clock set back past midnight shows a date again
        while day <= stop:
            yield day
            day += _ONE

    def _open_windows(self, day: date) -> list[Span]:
        return self._instants(day, self.layers(day).after_special)

    def _instants(self, day: date, windows: Spans) -> list[Span]:
        """Return windows as instants, not yet canonical; a date that the zone skips has none, past its midnight too."""
        if windows and windows[-1][1] > _DAY and is_skipped(self.zone, day):
            return []
        return [(wall_us(self.zone, day, start), wall_us(self.zone, day, end)) for start, end in windows]

    def _pieces_of(self, day: date) -> list[Piece]:
        """Return the pieces of one date of the clock, midnight to midnight."""
        whole = union([(wall_us(self.zone, day), wall_us(self.zone, day, _DAY))])
        near = [(d, self.layers(d)) for d in (day - 2 * _ONE, day - _ONE, day)]
        scheduled = union(span for d, layers in near for span in self._instants(d, layers.after_special))
        opened = intersection(whole, difference(scheduled, self._absent))
        found, closed = [Piece(*span, "counted") for span in opened], difference(whole, opened)
        for kind, name, spans in self._reasons(near, scheduled):
            found += [Piece(*span, kind, name) for span in intersection(closed, spans)]
            closed = difference(closed, spans)
        found += [Piece(*span, self._reason_of_hours(day, span, near[-1][1].weekly)) for span in closed]
        return sorted(found)

    def _reasons(self, near: Iterable[tuple[date, DayLayers]], scheduled: Spans) -> Iterator[tuple[Kind, str, Spans]]:
        """Return what the layers took away around a date, the last speaker first."""
        for absence in self.absences:
            yield "absence", absence.name, intersection(scheduled, union([absence.span]))
        for d, layers in near:
            if layers.special is not None:
                taken = difference(layers.after_holiday, layers.after_special)
                yield "special_day", layers.special.name, union(self._instants(d, taken))
        for d, layers in near:
            if layers.holiday is not None:
                taken = difference(layers.weekly, layers.after_holiday)
                yield "holiday", layers.holiday, union(self._instants(d, taken))

    def _reason_of_hours(self, day: date, span: Span, weekly: Spans) -> Kind:
        if not weekly:
            return "weekend" if self._is_weekend(day) else "outside_hours"
        windows = union(self._instants(day, weekly))
        return "break" if windows and windows[0][1] <= span[0] and span[1] <= windows[-1][0] else "outside_hours"

    def _is_weekend(self, day: date) -> bool:
        """Saturday, Sunday, or a Friday before a closed Saturday; `day` itself has no hours."""
        hours = self.versions[bisect_right(self._version_dates, day) - 1][1]
        saturday, sunday = 5, 6
        return day.weekday() in {saturday, sunday} or (day.weekday() + 1 == saturday and not hours.windows[saturday])
