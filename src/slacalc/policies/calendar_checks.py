"""Warn of what is doubtful in calendars: days that never act, holidays left out, dates and zones that can change."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import DAY_SECONDS, to_us, utc_text
from slacalc.business_time.zone_data import ZoneDifference, ZoneSource, compare_zones, zone_data
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays, Holidays, HolidaySource
from slacalc.calendars.holidays.sets import ClosedWhen, HolidaySets
from slacalc.calendars.holidays.unchosen import category_days, general_categories, subdivision_days
from slacalc.calendars.hours import format_seconds
from slacalc.calendars.special_days import format_when
from slacalc.errors import HolidayError
from slacalc.policies.warning import PolicyWarning

__all__ = ["check_calendars"]

_YEARS_AHEAD: Final = 12  # within which each yearly date falls on each day of the week
_A_YEAR: Final = timedelta(days=365)
_MOST_NAMED: Final = 3
_ALMOST_MIDNIGHT: Final = frozenset((DAY_SECONDS - 60, DAY_SECONDS - 1))
_NO_SUMMER_TIME: Final = frozenset({"EST", "MST", "HST"})


def check_calendars(
    calendars: Mapping[str, Calendar], left_out: Container[tuple[str, str]], as_of: datetime
) -> Iterator[PolicyWarning]:
    """Return what is doubtful in calendars by name, for time from `as_of` on; each thing once.

    `left_out` are the calendars with the countries or markets of which they leave the categories out.
    """
    told: set[tuple[str, str]] = set()
    for name, calendar in calendars.items():
        for warning in _check_calendar(name, calendar, left_out, as_of.date()):
            if (warning.code, warning.message) not in told:
                told.add((warning.code, warning.message))
                yield warning
    yield from _check_zones(calendars, as_of)


def _check_calendar(
    name: str, calendar: Calendar, left_out: Container[tuple[str, str]], as_of: date
) -> Iterator[PolicyWarning]:
    where = f"calendars.{name}"
    yield from _check_last_minutes(where, calendar)
    for special in calendar.idle_special_days(as_of, as_of.replace(year=as_of.year + _YEARS_AHEAD, day=1)):
        key = format_when(special.on)
        advice = '; "open" before its windows opens closed dates' if special.change == "replaced" else ""
        message = f"the special day {key!r} changes no date of the next {_YEARS_AHEAD} years{advice}"
        yield PolicyWarning("special_day_never_acts", f"{where}.special_days.{key}", message)
    if calendar.holidays is not None and not calendar.open_on_holidays:
        weekdays = {day for hours in calendar.weeks for day in range(7) if hours.windows[day]}
        years = (as_of.year, as_of.year + 1)
        for choice in _choices(calendar.holidays, weekdays):
            yield from _check_choice(f"{where}.holidays", choice, years, left_out=(name, choice.code) in left_out)
        yield from _check_uncertain(f"{where}.holidays", calendar, as_of)


def _check_last_minutes(where: str, calendar: Calendar) -> Iterator[PolicyWarning]:
    """Warn of windows that leave the last minute or second of a date closed."""
    weeks = [*calendar.weeks, *(special.week for special in calendar.special_days if special.week is not None)]
    windows = [window for week in weeks for window in week.every_window]
    windows += [
        window for special in calendar.special_days if special.change != "removed" for window in special.windows
    ]
    for end in sorted({end for _, end in windows} & _ALMOST_MIDNIGHT):
        message = f"hours that end at {format_seconds(end)} leave the rest of the date closed; its end is 24:00"
        yield PolicyWarning("hours_end_before_midnight", f"{where}.hours", message)


class _Choice(NamedTuple):
    """The holidays of one country or market in a calendar, and what other sets there decide beside it."""

    holidays: Holidays
    weekdays: frozenset[int]
    others: tuple[HolidaySource, ...] = ()
    closed_when: ClosedWhen = "any"

    @property
    def code(self) -> str:
        return self.holidays.code

    def knows(self, year: int) -> bool:
        return all(each.years[0] <= year <= each.years[1] for each in (self.holidays, *self.others))

    def lacking(self, days: Mapping[date, str]) -> dict[date, str]:
        """Return the days on which the calendar would be closed, if this set had them."""
        if self.closed_when == "any":
            return {day: name for day, name in days.items() if not any(self._has(other, day) for other in self.others)}
        return {day: name for day, name in days.items() if all(self._has(other, day) for other in self.others)}

    @staticmethod
    def _has(other: HolidaySource, day: date) -> bool:
        return day in other.names(day.year)


def _choices(holidays: HolidaySource, weekdays: Iterable[int]) -> Iterator[_Choice]:
    """Return the choices of countries and markets, also of what was pinned, which the installed package has."""
    together = holidays if isinstance(holidays, HolidaySets) else HolidaySets((holidays,))
    for place, each in enumerate(together.sets):
        if (live := _live(each)) is not None:
            others = (*together.sets[:place], *together.sets[place + 1 :])
            yield _Choice(live, frozenset(weekdays), others, together.closed_when)


def _live(holidays: HolidaySource) -> Holidays | None:
    if isinstance(holidays, Holidays):
        return holidays
    try:
        return holidays.live() if isinstance(holidays, FrozenHolidays) else None
    except HolidayError:
        return None


def _check_choice(where: str, choice: _Choice, years: Iterable[int], *, left_out: bool) -> Iterator[PolicyWarning]:
    known = [year for year in years if choice.knows(year)]
    asked, weekdays = choice.holidays.choice, choice.weekdays
    lacking = {year: choice.lacking(subdivision_days(asked, year, weekdays)) for year in known}
    if any(lacking.values()):
        message = f"each subdivision of {choice.code} has days off that it has not by itself, {_by_year(lacking)}"
        yield PolicyWarning("subdivision_unchosen", where, message)
    for category in general_categories(asked) if left_out else ():
        days = {year: choice.lacking(category_days(asked, category, year, weekdays)) for year in known}
        if any(days.values()):
            message = f"{choice.code} has days off in the category {category!r}, which is not chosen, {_by_year(days)}"
            yield PolicyWarning("holiday_category_unchosen", where, message)


def _check_uncertain(where: str, calendar: Calendar, as_of: date) -> Iterator[PolicyWarning]:
    found = calendar.uncertain(as_of, as_of + _A_YEAR)
    if found:
        more = f", and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        listed = "; ".join(map(str, found[:_MOST_NAMED]))
        yield PolicyWarning("holidays_uncertain", where, f"within a year these can still change: {listed}{more}")


def _check_zones(calendars: Mapping[str, Calendar], as_of: datetime) -> Iterator[PolicyWarning]:
    users: dict[str, list[str]] = {}
    for name, calendar in calendars.items():
        users.setdefault(calendar.zone, []).append(f"calendars.{name}")
    data = zone_data()
    newer = data.newer
    for difference in compare_zones(data.in_use, newer, users, since=as_of) if newer is not None else ():
        message = _old_zone(data.in_use, newer, difference)
        yield PolicyWarning("zone_data_old", f"{', '.join(users[difference.zone])}.zone", message)
    if users and _is_over_a_year_old(data.in_use.version, as_of.date()):
        message = f"the zone data in use, {data.in_use}, is over a year old"
        yield PolicyWarning(
            "zone_data_old", ", ".join(f"{each}.zone" for names in users.values() for each in names), message
        )
    for zone, names in users.items():
        if (doubt := _without_a_place(zone)) is not None:
            yield PolicyWarning("zone_without_place", f"{', '.join(names)}.zone", doubt)


def _old_zone(in_use: ZoneSource, newer: ZoneSource | None, difference: ZoneDifference) -> str:
    told = f"the zone data in use is {in_use}; {newer}"
    if difference.start is None or difference.by is None:
        return f"{told} has no {difference.zone} any more"
    ahead = "ahead of" if difference.by > timedelta(0) else "behind"
    amount = format_amount(abs(difference.by))
    return f"{told} has {difference.zone} {amount} {ahead} it from {utc_text(to_us(difference.start))} on"


def _is_over_a_year_old(version: str, as_of: date) -> bool:
    """Tell whether a release such as "2024b" is of a year that ended more than a year ago."""
    year = version[:4]
    return year.isdecimal() and as_of > date(int(year) + 1, 12, 31)


def _without_a_place(zone: str) -> str | None:
    if zone in _NO_SUMMER_TIME:
        return f"{zone} has no summer time: name the place, such as America/New_York"
    if zone.startswith("Etc/GMT") and zone != "Etc/GMT":
        return f"{zone} is a fixed offset, with the sign reversed: name the place"
    return None


def _by_year(days: Mapping[int, Mapping[date, str]]) -> str:
    return "; ".join(f"in {year}: {_named(of_year)}" for year, of_year in days.items() if of_year)


def _named(days: Mapping[date, str]) -> str:
    listed = [f"{day} {name}" for day, name in days.items()]
    more: Iterable[str] = (f"and {len(listed) - _MOST_NAMED} more",) if len(listed) > _MOST_NAMED else ()
    return ", ".join((*listed[:_MOST_NAMED], *more))
