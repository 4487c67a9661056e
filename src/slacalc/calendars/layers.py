"""A date's windows, changed layer by layer and turned into instants.

Weekly hours (of the version in force, or of a special day with weekly hours) < working weekend <
holiday and half day < special day < absence: the last speaker wins (rule 4). A `Layers` is the
compiled form of a calendar: a source of open spans, of the time that each working date owns, and
of the reason for every closed moment.

Over 400 lines: what opens a date and why the rest of it is closed are read together.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import pairwise
from operator import itemgetter
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import (
    DAY_SECONDS,
    FIRST_DATE,
    LAST_DATE,
    is_skipped,
    local_date,
    skips_dates,
    wall_us,
)
from slacalc.business_time.spans import NOTHING, Span, Spans, clip, difference, intersection, union
from slacalc.business_time.timeline import Ends, Source
from slacalc.calendars.day_layers import DayLayers, nothing_left, worked_hours
from slacalc.calendars.holidays.half_days import HalfDay
from slacalc.calendars.holidays.source import HolidaySource
from slacalc.calendars.holidays.working_weekends import worked_instead
from slacalc.calendars.holidays.year import NOTHING_KNOWN, HolidayYear, Uncertain, half_days_at_hand, year_of
from slacalc.calendars.hours import PUBLIC_HOLIDAY, Hours
from slacalc.calendars.pieces import Kind, Piece, clipped, doubted, joined
from slacalc.calendars.relative_days import Named, Relative
from slacalc.calendars.speaking_day import SpecialDays
from slacalc.calendars.special_days import Absence, SpecialDay, first_dated, last_dated
from slacalc.errors import SpecialDayError
from slacalc.kept import Kept
from slacalc.lazy import lazy

__all__ = ["Layers", "Plan"]

_ONE: Final = timedelta(days=1)
_WELL_KNOWN: Final = 2025  # a year near which the holiday data says most
_MOST_DATES: Final = 1_024  # whose pieces are kept, some 700 bytes each
_SPILL: Final = 2  # a window may end on the second date after its own, at 00:00


class Plan(Source, Protocol):
    """What a calendar answers from: open time, which date owns it, and why the rest is closed."""

    def owned(self, day: date) -> Spans:
        """Return the open time that the date owns: a date with some is a working date."""

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return gapless pieces of `[start, end)`, counted or closed for a reason."""

    def uncertain(self, first: date, last: date) -> tuple[Uncertain, ...]:
        """Return what can still change of the holidays between two dates, both included."""

    @property
    def dates(self) -> tuple[date, date]:
        """The first and the last date that are covered whole."""


class Layers:
    """The compiled form of one calendar's rules."""

    def __init__(
        self,
        zone: ZoneInfo,
        versions: tuple[tuple[date, Hours], ...],
        holidays: HolidaySource | None,
        special_days: tuple[SpecialDay, ...],
        absences: tuple[Absence, ...],
        *,
        open_on_holidays: bool = False,
    ) -> None:
        self.zone: Final = zone
        self.versions: Final = versions
        self.special_days: Final = special_days
        self.absences: Final = absences
        self.holidays: Final = None if open_on_holidays else holidays
        self._told_from: Final = holidays if any(_needs_holidays(special) for special in special_days) else None

    @lazy
    def special(self) -> SpecialDays:
        """The special days of single dates, by date."""
        return SpecialDays((special for special in self.special_days if special.week is None), self._around)

    @lazy
    def seasons(self) -> SpecialDays:
        """The special days with weekly hours, by date."""
        return SpecialDays((special for special in self.special_days if special.week is not None), self._around)

    @lazy
    def dates(self) -> tuple[date, date]:
        """The first and the last date whose rules are known: all of them need what is before and after it."""
        source = self.holidays or self._told_from
        if source is None:
            return FIRST_DATE, LAST_DATE
        first, last = source.years
        offsets = [s.on.offset for s in self.special_days if isinstance(s.on, Relative) and s.on.needs_holidays]
        begin = date(first, 1, 1) + max((0, *offsets)) * _ONE
        return max(FIRST_DATE, begin), min(LAST_DATE, date(last, 12, 31) + min((0, *offsets)) * _ONE)

    @lazy
    def covered(self) -> Span:
        """From the first midnight that no unknown night shift can reach, to the end of the last date."""
        first, last = self.dates
        unknown = self._longest_spill if self.holidays is not None else 0
        return wall_us(self.zone, first, unknown), wall_us(self.zone, last, DAY_SECONDS)

    @lazy
    def ends(self) -> Ends:
        """What the rules say of the far past and future, from the first and the last dated rule."""
        first, last = self._dated
        before, after = wall_us(self.zone, first), wall_us(self.zone, last + _ONE, _SPILL * DAY_SECONDS)
        return Ends(
            open_from=after if self._always_open(self.versions[-1][1]) else None,
            closed_from=self._closes_at(last, after) if self._never_opens(self.versions[-1][1]) else None,
            open_until=before if self._always_open(self.versions[0][1]) else None,
            closed_until=before if self._never_opens(self.versions[0][1]) else None,
        )

    def check(self) -> None:
        """Refuse special days that contradict or are told from no holiday, and half days that leave no hours."""
        source = self._told_from
        years = range(FIRST_DATE.year, LAST_DATE.year + 1)
        if source is not None:
            years = range(source.years[0], source.years[1] + 1)
        for layer in (self.special, self.seasons):
            layer.check_relative(years)
        for special in self.special_days:
            if isinstance(special.on, Relative) and special.on.needs_holidays:
                self._check_anchor(special.on, years)
        if self.holidays is not None:
            self._check_half_days(half_days_at_hand(self.holidays))

    def layers(self, day: date) -> DayLayers:
        """Return the windows of a date as each layer leaves them; a half day that leaves none is refused."""
        layers = self._layers_of(day)
        if layers.is_left_open:
            raise nothing_left([(day, layers)])
        return layers

    def _layers_of(self, day: date) -> DayLayers:
        hours = self.hours_on(day)
        weekly = after_holiday = hours.windows[day.weekday()]
        holiday, note, half_day = None, "", None
        if self.holidays is not None:
            known = self._year(day.year)
            if day in known.working_weekends:
                weekly = after_holiday = worked_hours(hours, day, known.working_weekends[day])
                note = worked_instead(known.working_weekends[day])
            if (holiday := known.names.get(day)) is not None:
                after_holiday = hours.on_holiday(day.weekday())
            elif (half_day := known.half_days.get(day)) is not None:
                after_holiday, holiday = half_day.apply(weekly), half_day.name
        special = self.special.on(day) if self.special_days else None
        after_special = special.apply(after_holiday) if special else after_holiday
        return DayLayers(weekly, after_holiday, after_special, holiday, special, note, half_day)

    def hours_on(self, day: date) -> Hours:
        """Return the weekly hours that hold on a date: those of a special day with weekly hours, or of the version."""
        season = self.seasons.on(day) if self.special_days else None
        if season is not None and season.week is not None:
            return season.week
        return self.versions[bisect_right(self._version_dates, day) - 1][1]

    def idle_special_days(self, first: date, last: date) -> tuple[SpecialDay, ...]:
        """Return the special days that speak for some of the dates and change none."""
        idle: dict[SpecialDay, bool] = {}
        day = max(first, self.dates[0])
        while day <= min(last, self.dates[1]):
            layers = self.layers(day)
            if layers.special is not None:
                acts = layers.after_special != layers.after_holiday or layers.is_emptied
                idle[layers.special] = idle.get(layers.special, True) and not acts
            day += _ONE
        return tuple(special for special, is_idle in idle.items() if is_idle)

    def uncertain(self, first: date, last: date) -> tuple[Uncertain, ...]:
        """Return what can still change of the holidays between two dates, both included."""
        if self.holidays is None:
            return ()
        years = [self._year(year).uncertain for year in range(first.year, last.year + 1)]
        if not any(years):
            return ()
        known = {each for uncertain in years for each in uncertain}
        return tuple(sorted(each for each in known if each.first <= last and each.last >= first))

    def spans(self, start: int, end: int) -> Spans:
        """Return the open spans of `[start, end)`."""
        windows = (span for day in self._days_near(start, end) for span in self._open_windows(day))
        return clip(difference(union(windows), self._absent), start, end)

    def owned(self, day: date) -> Spans:
        """Return the open time of a date's windows; where two dates claim an instant, both own it."""
        return difference(union(self._open_windows(day)), self._absent)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Return gapless pieces of `[start, end)`; a closed one has the last layer that changed it as its reason."""
        whole = (piece for day in self._days_near(start, end) for piece in self._pieces_on(day))
        return joined(clipped(whole, start, end))

    @lazy
    def _version_dates(self) -> tuple[date, ...]:
        return tuple(first for first, _ in self.versions)

    @lazy
    def _absent(self) -> Spans:
        return union(absence.span for absence in self.absences)

    @lazy
    def _named_absences(self) -> list[tuple[int, int, str]]:
        """The stretches that absences close, in order, each with the name of the first that says so."""
        edges = sorted((edge, place) for place, absence in enumerate(self.absences) for edge in absence.span)
        speaking: list[int] = []
        found: list[tuple[int, int, str]] = []
        for (at, place), (until, _) in pairwise(edges):
            if at == self.absences[place].span[0]:
                heappush(speaking, place)
            while speaking and self.absences[speaking[0]].span[1] <= at:
                heappop(speaking)
            if speaking and at < until:
                found.append((at, until, self.absences[speaking[0]].name))
        return found

    def _absences_near(self, spans: Spans) -> list[tuple[int, int, str]]:
        """Return the stretches of absences that may meet some spans."""
        if not spans:
            return []
        found = self._named_absences
        first = bisect_right(found, spans[0][0], key=itemgetter(1))
        return found[first : bisect_right(found, spans[-1][1], lo=first, key=itemgetter(0))]

    @lazy
    def _longest_spill(self) -> int:
        windows = [w for _, hours in self.versions for w in hours.every_window]
        windows += [w for special in self.special_days for w in special.windows]
        windows += [w for special in self.special_days if special.week for w in special.week.every_window]
        return max((0, *(end - DAY_SECONDS for _, end in windows)))

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

    @lazy
    def _for_ever(self) -> list[SpecialDay]:
        return [special for special in self.special_days if last_dated(special.on) is None]

    def _always_open(self, hours: Hours) -> bool:
        if self._for_ever:
            return False
        if self.holidays is not None or skips_dates(self.zone):
            return hours.whole_days
        return hours.always_open

    def _never_opens(self, hours: Hours) -> bool:
        counted = hours.every_window if self.holidays is not None else any(hours.windows[:PUBLIC_HOLIDAY])
        opens = bool(counted) or any(special.opens for special in self._for_ever)
        return not opens or self.special.close_every_year

    def _closes_at(self, last: date, after: int) -> int:
        """Return the end of the last open time before `after`: nothing opens from there on."""
        begin = max(self.covered[0], wall_us(self.zone, max(last - 8 * _ONE, FIRST_DATE)))
        spans = self.spans(begin, max(begin, min(after, self.covered[1])))
        return spans[-1][1] if spans else begin

    def _year(self, year: int) -> HolidayYear:
        known = self._years.get(year)
        if known is None:
            source = self.holidays or self._told_from
            within = source is not None and source.years[0] <= year <= source.years[1]
            known = self._years[year] = year_of(source, year) if source is not None and within else NOTHING_KNOWN
        return known

    @lazy
    def _years(self) -> dict[int, HolidayYear]:
        return {}

    def _around(self, year: int) -> Named:
        """Return the days off of a year and of its neighbours, for what is told from them."""
        return {day: names for y in (year - 1, year, year + 1) for day, names in self._year(y).called().items()}

    def _check_half_days(self, half_days: Mapping[date, HalfDay]) -> None:
        """Refuse those that leave none of the hours of their date; looked at where some hours of a week can be gone."""
        weeks = [hours for _, hours in self.versions] + [s.week for s in self.special_days if s.week is not None]
        windows = {each for week in weeks for each in (*week.windows, week.working_weekends or NOTHING) if each}
        kinds = {half_day.end: half_day for half_day in half_days.values()}
        empties = {end for end, half_day in kinds.items() if not all(map(half_day.apply, windows))}
        likely = [day for day, half_day in half_days.items() if half_day.end in empties]
        nearest = sorted(likely, key=lambda day: (abs(day.year - _WELL_KNOWN), day))
        looked_at = ((day, self._layers_of(day)) for day in nearest if self.dates[0] <= day <= self.dates[1])
        if left_open := [(day, layers) for day, layers in looked_at if layers.is_left_open]:
            raise nothing_left(left_open)

    def _check_anchor(self, when: Relative, years: range) -> None:
        """Refuse a day told from holidays where there are none, or none of that name."""
        if self._told_from is None:
            raise SpecialDayError(
                "special_day_without_holidays",
                "a day told from a holiday needs holidays",
                given=str(when),
                accepts='a calendar with holidays, or "easter-1" and the like',
                where="special_days",
            )
        likely = sorted(years, key=lambda year: abs(year - _WELL_KNOWN))
        if when.is_named and not any(when.is_there(year, self._around(year)) for year in likely):
            raise SpecialDayError(
                "special_day_holiday_unknown",
                "no year that is covered has a holiday of this name",
                given=when.anchor,
                accepts=", ".join(sorted({name for names in self._around(likely[0]).values() for name in names})),
                where="special_days",
            )

    def _days_near(self, start: int, end: int) -> Iterator[date]:
        """Return the dates whose windows can reach into `[start, end)`, in order."""
        first, last = self.dates
        known = first - _SPILL * _ONE if self.holidays is None and self._told_from is None else first
        day = max(known, local_date(start, self.zone) - _SPILL * _ONE)
        stop = min(last, local_date(end, self.zone) + _ONE)  # a clock set back past midnight shows a date again
        while day <= stop:
            yield day
            day += _ONE

    def _open_windows(self, day: date) -> list[Span]:
        return self._instants(day, self.layers(day).after_special)

    def _instants(self, day: date, windows: Spans) -> list[Span]:
        """Return windows as instants, not yet canonical; a date that the zone skips has none, past its midnight too."""
        if windows and windows[-1][1] > DAY_SECONDS and is_skipped(self.zone, day):
            return []
        return [(wall_us(self.zone, day, start), wall_us(self.zone, day, end)) for start, end in windows]

    def _pieces_on(self, day: date) -> tuple[Piece, ...]:
        """Return the pieces of one date, kept."""
        known = self._kept_pieces.get(day)
        return self._kept_pieces.keep(day, tuple(self._pieces_of(day))) if known is None else known

    @lazy
    def _kept_pieces(self) -> Kept[date, tuple[Piece, ...]]:
        return Kept(_MOST_DATES)

    def _pieces_of(self, day: date) -> list[Piece]:
        """Return the pieces of one date of the clock, midnight to midnight."""
        whole = union([(wall_us(self.zone, day), wall_us(self.zone, day, DAY_SECONDS))])
        near = [(d, self.layers(d)) for d in (day - 2 * _ONE, day - _ONE, day)]
        scheduled = union(span for d, layers in near for span in self._instants(d, layers.after_special))
        opened = intersection(whole, difference(scheduled, self._absent))
        found, closed = list(self._counted(near, opened)), difference(whole, opened)
        for kind, name, spans in self._reasons(near, scheduled):
            found += [Piece(*span, kind, name) for span in intersection(closed, spans)]
            closed = difference(closed, spans)
        found += [Piece(*span, self._reason_of_hours(day, span, near[-1][1].weekly)) for span in closed]
        doubts = [f"can still change: {each.why}" for each in self.uncertain(day, day)]
        return sorted(doubted(piece, doubts) for piece in found) if doubts else sorted(found)

    def _counted(self, near: Iterable[tuple[date, DayLayers]], opened: Spans) -> Iterator[Piece]:
        """Return what is open, with a note on what a working weekend owns."""
        for d, layers in near:
            if layers.note:
                owned = intersection(opened, union(self._instants(d, layers.after_special)))
                yield from (Piece(*span, "counted", note=layers.note) for span in owned)
                opened = difference(opened, owned)
        yield from (Piece(*span, "counted") for span in opened)

    def _reasons(self, near: Iterable[tuple[date, DayLayers]], scheduled: Spans) -> Iterator[tuple[Kind, str, Spans]]:
        """Return what the layers took away around a date, the last speaker first."""
        for start, end, name in self._absences_near(scheduled):
            yield "absence", name, intersection(scheduled, union([(start, end)]))
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
        hours = self.hours_on(day)
        saturday, sunday = 5, 6
        return day.weekday() in {saturday, sunday} or (day.weekday() + 1 == saturday and not hours.windows[saturday])


def _needs_holidays(special: SpecialDay) -> bool:
    return isinstance(special.on, Relative) and special.on.needs_holidays
