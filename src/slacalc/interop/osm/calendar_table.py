"""Rules of `opening_hours` as the table of a calendar: its week, and the dates and seasons that are not like it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import read_zone
from slacalc.business_time.spans import Spans
from slacalc.calendars.hours import Hours, format_windows
from slacalc.calendars.layers import Layers
from slacalc.calendars.special_days import SpecialDay
from slacalc.errors import InteropError, SpecialDayError
from slacalc.interop.imported import Loss
from slacalc.interop.osm.moving import Key, keys_of, settled
from slacalc.interop.osm.rules import OpeningRule
from slacalc.interop.osm.schedule import Around, OpeningSchedule

__all__ = ["CalendarTable", "table_of"]

_ONE: Final = timedelta(days=1)
_MOST_ROWS: Final = 1_000
_LOOKED_AT: Final = (2000, 2028)  # in 28 years every date has been every day of the week

_Row = dict[str, Any]


class CalendarTable(NamedTuple):
    """Weekly hours and special days as a policy says them, whether holidays are named; and what is lost."""

    hours: str
    special_days: list[_Row]
    uses_holidays: bool
    losses: tuple[Loss, ...]

    @property
    def opens(self) -> bool:
        """Whether something of it opens."""
        return self.hours != "closed" or any(row["hours"] != "closed" for row in self.special_days)


def table_of(given: tuple[OpeningRule, ...], *, knows_holidays: bool) -> CalendarTable:
    """Return the table of rules. Raises InteropError for what has too many dates, or meets in too many ways."""
    rules, losses = settled(given)
    schedule = OpeningSchedule(rules, knows_holidays=knows_holidays)
    told = _Told(schedule)
    usual = {day: told.hours(around) for day, around in schedule.usual_years.items()}
    week = Counter(usual.values()).most_common(1)[0][0]
    rows = [*_yearly_rows(usual, week, told)]
    yearly = {day for day, hours in usual.items() if hours != week and told.uniform(hours) is not None}
    rows += _dated_rows(schedule, usual, yearly, told)
    moving = [*_moving_rows(schedule, told)]
    rows += moving
    if len(rows) > _MOST_ROWS:
        raise InteropError(
            "import_too_much",
            "the text has too many dates",
            given=len(rows),
            accepts=f"at most {_MOST_ROWS} special days",
        )
    more = [*_unknown_holidays(rules, knows_holidays=knows_holidays), *told.losses]
    if moving:
        more += _met(schedule, week, rows, told)
    return CalendarTable(str(week), rows, schedule.uses_holidays, (*losses, *more))


class _Told:
    """The hours of dates, of nights in one piece where that is exact, else split at midnight."""

    def __init__(self, schedule: OpeningSchedule) -> None:
        self.schedule: Final = schedule
        self._hours: Final[dict[Around, Hours]] = {}
        self._arounds: Final = {*schedule.usual_years.values(), *(around for _, around in schedule.other_dates)}
        self._split: Final[bool] = schedule.has_nights and (
            bool(schedule.moving) or not all(schedule.week(each, split=False)[1] for each in self._arounds)
        )
        self._is_exact: Final[bool] = not self._split or all(
            schedule.week(each, split=True)[1] for each in self._arounds
        )

    @property
    def losses(self) -> Iterator[Loss]:
        """What is lost of nights."""
        if not self._is_exact:
            yield Loss(
                "due_times", "nights", "the end of a night is another after a public holiday than after other dates",
                "it is always as after no holiday",
            )  # fmt: skip
        usual = self.schedule.usual_years
        if any(self.hours(usual[day]) != self.hours(around) for day, around in self.schedule.around_leap_day()):
            yield Loss(
                "due_times", "nights", "a night ends otherwise at the end of a February of 28 days",
                "it ends as in a leap year",
            )  # fmt: skip
        if not self._split and self.schedule.ends_nights(self._arounds):
            yield Loss(
                "cosmetic", "nights", "a rule after `;` ends the night before its dates at midnight",
                "the same; a `,` in its place leaves the night whole",
            )  # fmt: skip
        if self._split:
            yield Loss(
                "reports", "nights", "windows past midnight that another rule cuts, or that last a day and more",
                "each is two windows: what is after midnight is of the next date, also where working dates are counted",
            )  # fmt: skip

    def hours(self, around: Around) -> Hours:
        """Return the hours of a date, whatever its weekday is."""
        if around not in self._hours:
            self._hours[around] = self.schedule.week(around, split=self._split)[0]
        return self._hours[around]

    def uniform(self, hours: Hours, weekdays: Iterable[int] = range(7)) -> Spans | None:
        """Return the windows that are the same on some weekdays, holidays or not; None where they are not."""
        said = {hours.windows[weekday] for weekday in weekdays}
        if self.schedule.uses_holidays:
            said |= {hours.on_holiday(weekday) for weekday in weekdays}
        return said.pop() if len(said) == 1 else None

    def row(self, on: str, hours: Hours, weekdays: Iterable[int] = range(7)) -> _Row:
        """Return the row of special days; they are of some days of the week only."""
        windows = self.uniform(hours, weekdays)
        if windows is None:
            return {"on": on, "hours": str(hours)}
        return {"on": on, "hours": f"open {format_windows(windows)}" if windows else "closed"}


def _yearly_rows(usual: Mapping[tuple[int, int], Hours], week: Hours, told: _Told) -> Iterator[_Row]:
    """Yield rows of the dates of every year that are not as the week; one may run over New Year."""
    runs = [(hours, [day for day, _ in days]) for hours, days in groupby(usual.items(), key=lambda item: item[1])]
    if len(runs) > 1 and runs[0][0] == runs[-1][0]:
        hours, days = runs.pop()
        runs[0] = hours, [*days, *runs[0][1]]
    for hours, days in runs:
        if hours != week:
            first, last = (f"{month:02}-{day:02}" for month, day in (days[0], days[-1]))
            yield told.row(first if first == last else f"{first}..{last}", hours)


def _dated_rows(
    schedule: OpeningSchedule, usual: Mapping[tuple[int, int], Hours], yearly: set[tuple[int, int]], told: _Told
) -> Iterator[_Row]:
    """Yield rows of the dates that are not as in most years."""
    dated = ((day, told.hours(around)) for day, around in schedule.other_dates)
    run: list[date] = []
    said: Hours | None = None
    for day, hours in dated:
        if hours == usual[day.month, day.day]:
            continue
        if run and (hours != said or day - run[-1] > _ONE):
            yield from _rows_of(run, said or hours, yearly, told)
            run = []
        run.append(day)
        said = hours
    if run and said is not None:
        yield from _rows_of(run, said, yearly, told)


def _rows_of(run: list[date], hours: Hours, yearly: set[tuple[int, int]], told: _Told) -> Iterator[_Row]:
    """Yield the row of a run of dates; a row for each, where the week of a season would not be heard."""
    if len(run) > 1 and (told.uniform(hours) is not None or yearly.isdisjoint((day.month, day.day) for day in run)):
        yield told.row(f"{run[0]}..{run[-1]}", hours)
        return
    for day in run:
        yield told.row(str(day), hours, [day.weekday()])


def _moving_rows(schedule: OpeningSchedule, told: _Told) -> Iterator[_Row]:
    usual = schedule.usual_years
    keys: dict[Key, list[int]] = {}
    for place, clause in enumerate(schedule.clauses):
        for key in keys_of(clause):
            keys.setdefault(key, []).append(place)
    for key, places in keys.items():
        dates = schedule.clauses[places[0]].dates
        around = usual[(6, 15) if dates is None else (dates.first[0], 15)]  # type: ignore[index] # settled: months
        hours = told.hours(around._replace(on=around.on | sum(1 << place for place in places)))
        yield told.row(key.on, hours, range(7) if key.weekday is None else [key.weekday])


def _met(schedule: OpeningSchedule, week: Hours, rows: list[_Row], told: _Told) -> Iterator[Loss]:
    """Yield a loss where dates that move meet others, and the row that speaks is not as the rules say."""
    special_days = tuple(SpecialDay.of(row["on"], row["hours"]) for row in rows)
    layers = Layers(read_zone("UTC"), ((date.min, week),), None, special_days, ())
    for day in _dates_that_move(schedule):
        truth = told.hours(schedule.really_around(day))
        try:
            ours = [_windows(layers, day, holiday=holiday) for holiday in (False, True)]
        except SpecialDayError as error:
            raise InteropError(
                "import_value_invalid", "two rules of weeks, numbered weekdays or Easter meet on a date",
                given=str(day), accepts="rules whose dates are apart",
            ) from error  # fmt: skip
        theirs = [truth.windows[day.weekday()], truth.on_holiday(day.weekday())]
        if ours[: 1 + schedule.uses_holidays] != theirs[: 1 + schedule.uses_holidays]:
            yield Loss(
                "due_times", "the rules", f"weeks, numbered weekdays or Easter meet other dates, such as on {day}",
                "dates speak before these, whatever comes later in the text",
            )  # fmt: skip
            return


def _dates_that_move(schedule: OpeningSchedule) -> Iterator[date]:
    first, last = _LOOKED_AT
    day = date(first, 1, 1)
    moving = [schedule.clauses[place] for place in schedule.moving]
    while day.year <= last:
        if any(clause.has(day) for clause in moving):
            yield day
        day += _ONE


def _windows(layers: Layers, day: date, *, holiday: bool) -> Spans:
    hours, special = layers.hours_on(day), layers.special.on(day)
    windows = hours.on_holiday(day.weekday()) if holiday else hours.windows[day.weekday()]
    return special.apply(windows) if special else windows


def _unknown_holidays(rules: Iterable[OpeningRule], *, knows_holidays: bool) -> Iterator[Loss]:
    for rule in rules:
        if not knows_holidays and any(clause.only_holidays for clause in rule.clauses):
            yield Loss(
                "due_times", rule.place, "public holidays, and nobody says which they are",
                "no date is a holiday; holidays= says the country",
            )  # fmt: skip
