"""`Written`: what a calendar is in another system's format, and what that format cannot say of it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans, clip, union
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.known_layers import layers_of
from slacalc.calendars.layers import Layers
from slacalc.errors import InteropError
from slacalc.interop.imported import Loss
from slacalc.render import Tabular, TextTable

__all__ = [
    "DifferingDate",
    "WeekAndDates",
    "Written",
    "absences_lost",
    "cut_at_midnight",
    "layers_known",
    "other_hours_lost",
    "week_and_dates",
]

_ONE: Final = timedelta(days=1)
_MOST_DATES: Final = 3_660


@dataclass(frozen=True, slots=True)
class Written(Tabular):
    """A calendar in another system's format, and what that format could not say. Printed it is a table of the losses.

    `document` is what that system reads: parsed JSON, or text.
    """

    system: str
    document: Any
    losses: tuple[Loss, ...] = ()

    @property
    def content(self) -> str:
        """The text of a file: JSON that may stand in a page of HTML, or the document itself where that is text."""
        if isinstance(self.document, str):
            return self.document
        return json.dumps(self.document, ensure_ascii=False, indent=1).replace("</", "<\\/")

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each loss."""
        return [each.to_row() for each in self.losses]

    def to_data(self) -> dict[str, Any]:
        """Return the system, the document, and the losses."""
        return {"system": self.system, "document": self.document, "losses": self.to_rows()}

    def _page(self) -> Iterator[str | TextTable]:
        yield f"written for {self.system}: {len(self.losses)} {'loss' if len(self.losses) == 1 else 'losses'}"
        columns = ("severity", "where", "means", "instead")
        if self.losses:
            rows = ([str(row[name]) for name in columns] for row in self.to_rows())
            yield TextTable.of(columns, rows, caption="what could not be kept")


class DifferingDate(NamedTuple):
    """The windows of a date that is not as its weekday, and the name of what changes it."""

    windows: Spans
    name: str | None


class WeekAndDates(NamedTuple):
    """The windows of seven weekdays, from Monday, and each date that differs, in order."""

    week: tuple[Spans, ...]
    dates: Mapping[date, DifferingDate]

    @property
    def every(self) -> list[Spans]:
        """The windows of all of them."""
        return [*self.week, *(each.windows for each in self.dates.values())]


def week_and_dates(calendar: Calendar, first: date, last: date) -> WeekAndDates:
    """Return the week of `first`, and each date up to `last` that differs: a holiday, a special day, another version.

    Absences are no part of it: see `absences_lost`. Raises InteropError for a calendar that is a combination, and for
    dates that are none or too many; HorizonError for dates that the calendar does not know.
    """
    layers = layers_known(calendar, first, last)
    week = tuple(layers.hours_on(first).windows[:7])
    dates = [first + step * _ONE for step in range((last - first).days + 1)]
    told = ((day, layers.layers(day)) for day in dates)
    differing = {
        day: DifferingDate(each.after_special, each.special.name if each.special else each.holiday)
        for day, each in told
        if each.after_special != week[day.weekday()]
    }
    return WeekAndDates(week, differing)


def cut_at_midnight(told: WeekAndDates, first: date, last: date) -> WeekAndDates:
    """Return the same with nights divided at midnight, for a format whose windows end on their date.

    What is left of the night before the first date is as in its week. A date that such a night is missing from differs,
    too, and has the name of the date before.
    """

    def windows(day: date) -> Spans:
        return told.dates[day].windows if day in told.dates else told.week[day.weekday()]

    def name(day: date) -> str | None:
        named = (told.dates[each].name for each in (day, day - _ONE) if each in told.dates)
        return next((each for each in named if each), None)

    week = tuple(_cut(told.week[day - 1], told.week[day]) for day in range(7))
    dates = (first + step * _ONE for step in range((last - first).days + 1))
    cut = {day: DifferingDate(_cut(windows(day - _ONE), windows(day)), name(day)) for day in dates}
    return WeekAndDates(week, {day: each for day, each in cut.items() if each.windows != week[day.weekday()]})


def _cut(before: Spans, own: Spans) -> Spans:
    """Return the open times of one date: what is left of the night before, and its own windows up to midnight."""
    spilled = union((start - DAY_SECONDS, end - DAY_SECONDS) for start, end in before)
    return clip(union([*spilled, *own]), 0, DAY_SECONDS)


def other_hours_lost(told: WeekAndDates) -> Iterator[Loss]:
    """Yield a loss for dates that are open at other hours than their weekday, for a format that can only close them."""
    if days := [day for day, each in told.dates.items() if each.windows]:
        dates = "1 date is" if len(days) == 1 else f"{len(days)} dates are"
        means = f"{dates} open at other hours than the weekday, the first {days[0]}"
        yield Loss("due_times", "dates", means, "the hours of the weekday")


def absences_lost(calendar: Calendar, first: date, last: date) -> Iterable[Loss]:
    """Yield a loss for each absence that touches the dates, for a format that has none."""
    for each in calendar.absences:
        begins, ends = (moment.astimezone(calendar.zone_info).date() for moment in (each.start, each.end))
        if begins <= last and first <= ends:
            said = f"an absence from {each.start.isoformat()} to {each.end.isoformat()}"
            yield Loss("due_times", "absences", said, "it is not written; a special day can say it")


def layers_known(calendar: Calendar, first: date, last: date) -> Layers:
    """Return the layers of a calendar whose hours of some dates are to be written. Raises as `week_and_dates` does."""
    _check(first, last)
    return layers_of(calendar, first, last)


def _check(first: date, last: date) -> None:
    if type(first) is not date or type(last) is not date or not 0 <= (last - first).days < _MOST_DATES:
        raise InteropError(
            "export_dates_invalid",
            "hours cannot be written of these dates",
            given=f"{first} to {last}",
            accepts=f"a first and a last date, both included, at most {_MOST_DATES}",
            where="last",
        )
