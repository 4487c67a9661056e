"""A calendar as a text of `opening_hours`: its week, seasons and versions, public holidays, and the dates that differ.

What is written says the same to each reader that follows the specification: nights of a week are joined by `,`, so that
the rule of the next day does not end them, and whatever has a date is said from 00:00 to 24:00 of that date.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import NOTHING, Spans, clip, union
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import Holidays
from slacalc.calendars.hours import Hours, format_days
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.osm.tokens import MONTHS
from slacalc.interop.written import Written, absences_lost, layers_known

__all__ = ["write"]

_ONE: Final = timedelta(days=1)
_MOST_OF_A_TAG: Final = 255
_WHOLE_DAY: Final = union([(0, DAY_SECONDS)])
_MINUTE: Final = 60

_Week = tuple[Spans, ...]


class _Season(NamedTuple):
    """Dates that follow each other, and have one week."""

    first: date
    last: date
    week: _Week


class _WrittenDate(NamedTuple):
    """A date: its windows on itself, the weekly hours that it has, and whether it is a public holiday."""

    windows: Spans
    hours: Hours
    is_holiday: bool


def write(calendar: Calendar, first: date, last: date, *, lossy: bool = False) -> Written:
    """Return a calendar as a text of `opening_hours`, true from `first` to `last`, both included.

    The week is that of `first`; other weeks and dates follow, each with its year. `PH` stands for the holidays of a
    country as the installed package has them; others are dates. Raises InteropError for dates that cannot be written,
    and for what would change when it is open, unless that is wanted: `lossy`. Raises HorizonError for dates that the
    calendar does not know.

    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00; Sat 22:00-02:00", special_days={"12-24": "closed"})
    >>> write(office, date(2026, 12, 1), date(2026, 12, 31)).document
    'Mo-Fr 09:00-17:00, Sa 22:00-02:00; 2026 Dec 24 off'
    """
    days = _days(calendar, first, last)
    base = _on_dates(_in_minutes(days[first].hours))
    seasons = [*_seasons(days)]
    holiday = _hours_of_holidays(calendar, days)
    rules = [*_weekly(_in_minutes(days[first].hours))]
    rules += [rule for season in seasons for rule in _of_season(season, base)]
    rules += [] if holiday is None else [f"PH {_said(holiday)}"]
    rules += _of_dates(_differing(days, base, seasons, holiday))
    text = "; ".join(rules) or "off"
    losses = (*_lost(calendar, days, text, holiday), *absences_lost(calendar, first, last))
    refuse_lossy(losses, lossy=lossy)
    return Written("OpenStreetMap", text, losses)


def _days(calendar: Calendar, first: date, last: date) -> dict[date, _WrittenDate]:
    """Return the dates with what is open on each, nights of the date before too."""
    layers = layers_known(calendar, first, last)
    found: dict[date, _WrittenDate] = {}
    before = layers.layers(first - _ONE).after_special if first > layers.dates[0] else NOTHING
    for day in (first + step * _ONE for step in range((last - first).days + 1)):
        told = layers.layers(day)
        is_holiday = told.holiday is not None and told.half_day is None
        own = told.after_special
        windows = union((*clip(own, 0, DAY_SECONDS), *_tomorrow(before)))
        found[day] = _WrittenDate(windows, layers.hours_on(day), is_holiday)
        before = own
    return found


def _in_minutes(hours: Hours) -> _Week:
    return tuple(union(_whole_minutes(windows)) for windows in hours.windows[:7])


def _whole_minutes(windows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return ((start // _MINUTE * _MINUTE, end // _MINUTE * _MINUTE) for start, end in windows)


def _tomorrow(windows: Spans) -> Iterator[tuple[int, int]]:
    return ((start - DAY_SECONDS, end - DAY_SECONDS) for start, end in clip(windows, DAY_SECONDS, 2 * DAY_SECONDS))


def _on_dates(week: _Week) -> _Week:
    """Return the windows of each day of a week from 00:00 to 24:00, with what is left of the night before."""
    return tuple(union((*clip(own, 0, DAY_SECONDS), *_tomorrow(week[day - 1]))) for day, own in enumerate(week))


def _seasons(days: Mapping[date, _WrittenDate]) -> Iterator[_Season]:
    """Yield the stretches of dates whose weekly hours are not those of the first date."""
    first = next(iter(days.values())).hours
    for hours, dates in groupby(days, key=lambda day: days[day].hours):
        if hours != first:
            found = list(dates)
            yield _Season(found[0], found[-1], _on_dates(_in_minutes(hours)))


def _hours_of_holidays(calendar: Calendar, days: Mapping[date, _WrittenDate]) -> Spans | None:
    """Return the windows of PH; None where it would not say what the calendar does."""
    source = calendar.holidays
    if not isinstance(source, Holidays) or calendar.open_on_holidays or source.country is None:
        return None
    if source != Holidays(source.country, source.subdivision, language=source.language):
        return None
    said = {union(_whole_minutes(day.hours.on_holiday(weekday))) for day in days.values() for weekday in range(7)}
    windows = said.pop()
    return None if said or (windows and windows[-1][1] > DAY_SECONDS) else windows


def _weekly(week: _Week) -> list[str]:
    """Return the rules of the week, as one text if a rule could end the night of another."""
    if all(windows == _WHOLE_DAY for windows in week):
        return ["24/7"]
    rules = [f"{days} {_said(windows)}" for days, windows in _by_days(week) if windows]
    has_nights = any(end > DAY_SECONDS for windows in week for _, end in windows)
    return [", ".join(rules)] if has_nights else rules


def _of_season(season: _Season, base: _Week) -> Iterator[str]:
    """Yield rules for the days of the week that are not as in the base."""
    for days, windows in _by_days(season.week, [day for day in range(7) if season.week[day] != base[day]]):
        yield f"{_range(season.first, season.last)} {days} {_said(windows)}"


def _by_days(week: _Week, weekdays: Iterable[int] = range(7)) -> Iterator[tuple[str, Spans]]:
    groups: dict[Spans, list[int]] = {}
    for day in weekdays:
        groups.setdefault(week[day], []).append(day)
    for windows, days in groups.items():
        yield re.sub(r"([A-Z][a-z])[a-z]", r"\1", format_days(days)), windows


def _differing(
    days: Mapping[date, _WrittenDate], base: _Week, seasons: list[_Season], holiday: Spans | None
) -> dict[date, Spans]:
    """Return the dates that are not as the rules of weeks and of holidays say."""
    weeks = {season.first: season for season in seasons}
    season = None
    found = {}
    for day, told in days.items():
        season = weeks.get(day, season)
        is_in_season = season is not None and day <= season.last
        said = (season.week if season is not None and is_in_season else base)[day.weekday()]
        if holiday is not None and told.is_holiday:
            said = holiday
        windows = union(_whole_minutes(told.windows))
        if windows != said:
            found[day] = windows
    return found


def _of_dates(differing: Mapping[date, Spans]) -> Iterator[str]:
    """Yield a rule for each kind of windows, with its dates."""
    ranges: dict[Spans, list[tuple[date, date]]] = {}
    for day, windows in differing.items():
        of_windows = ranges.setdefault(windows, [])
        if of_windows and day - of_windows[-1][1] == _ONE:
            of_windows[-1] = of_windows[-1][0], day
        else:
            of_windows.append((day, day))
    for windows, dates in ranges.items():
        yield f"{','.join(_range(first, last) for first, last in dates)} {_said(windows)}"


def _range(first: date, last: date) -> str:
    if first == last:
        return _date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_date(first)}-{last.day}"
    return f"{_date(first)}-{_date(last)}"


def _date(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day}"


def _said(windows: Spans) -> str:
    return ",".join(f"{_clock(start)}-{_clock(_end(start, end))}" for start, end in windows) or "off"


def _end(start: int, end: int) -> int:
    """Return the end of a window on the clock; one that lasts a day and more ends after 24:00."""
    return end - DAY_SECONDS if end > DAY_SECONDS and end - start < DAY_SECONDS else end


def _clock(seconds: int) -> str:
    return f"{seconds // 3_600:02}:{seconds // _MINUTE % _MINUTE:02}"


def _lost(calendar: Calendar, days: Mapping[date, _WrittenDate], text: str, holiday: Spans | None) -> Iterator[Loss]:
    every = {windows for day in days.values() for windows in (day.windows, *day.hours.windows[:7])}
    if any(edge % _MINUTE for windows in every for window in windows for edge in window):
        yield Loss("due_times", "hours", "times with seconds", "whole minutes, the seconds cut off")
    if holiday is not None:
        yield Loss("cosmetic", "holidays", "the holidays of the country", "PH: readers know the dates by the place")
    if any(special.name for special in calendar.special_days):
        yield Loss("cosmetic", "special_days", "the names of special days", "they are not written")
    if len(text) > _MOST_OF_A_TAG:
        yield Loss(
            "cosmetic", "last", f"a text of {len(text)} characters",
            f"it is written, and OpenStreetMap takes {_MOST_OF_A_TAG}: fewer dates are shorter",
        )  # fmt: skip
    yield Loss("cosmetic", "zone", f"the zone {calendar.zone}", "it is not written: readers know it by the place")
