"""Opening hours in words: lines of text, or tables of HTML, in the language of the reader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import escape
from itertools import groupby
from typing import Final, NamedTuple

from slacalc.arguments import each_of
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Span, Spans, difference, union
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.day_layers import DayLayers
from slacalc.calendars.known_layers import layers_of
from slacalc.errors import ExpectationError
from slacalc.expectations.holiday_names import name_in, names_in_reach
from slacalc.expectations.language_checks import language_code, language_tag, pieces_of
from slacalc.expectations.languages import HoursWords, Language
from slacalc.expectations.wording import chosen_language

__all__ = ["HoursInWords", "HoursPart", "HoursRow", "HoursWeek", "say_hours", "say_windows"]

_ONE: Final = timedelta(days=1)
_DAYS: Final = 7
_MOST_DATES: Final = 370
_RANGE: Final = 3
"""So many days in a row are said as a range; two are said as two."""
_RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class HoursPart:
    """A piece of the hours of a row; `time` is the time of day that it denotes, for pages that mark it up."""

    text: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Days or a date, and their hours. `days` is short, for lines of text; `days_in_full` is for a table.

    A date has its `on`, and its `name` where there is one in the language of the reader.
    """

    days: str
    days_in_full: str
    parts: tuple[HoursPart, ...]
    on: date | None = None
    name: str = ""

    def renamed(self, change: Callable[[str], str]) -> "HoursRow":
        """Return the row with another name in it."""
        if not self.name:
            return self
        behind, name = f" ({self.name})", change(self.name)
        days, in_full = (f"{days.removesuffix(behind)} ({name})" for days in (self.days, self.days_in_full))
        return HoursRow(days, in_full, self.parts, self.on, name)

    @property
    def hours(self) -> str:
        """The hours as plain text."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class HoursWeek:
    """The hours of the days of a week, with a caption; `since` is the date from which they hold, for a later week."""

    caption: str
    rows: tuple[HoursRow, ...]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class HoursInWords:
    """What a reader is told of opening hours: printed it is lines of text.

    `asked` is the language that was asked for, `language` the one that was had. The times are those of `zone`. `weeks`
    has the week of the first date, and each later one; `dates` are the dates that differ, under `dates_caption`.
    """

    asked: str
    language: str
    zone: str
    weeks: tuple[HoursWeek, ...]
    dates_caption: str
    dates: tuple[HoursRow, ...]
    headings: tuple[str, str]
    line: str
    dated_line: str

    @property
    def is_fallback(self) -> bool:
        """Whether the language that was asked for was not to be had."""
        return language_code(self.asked) != language_code(self.language)

    def renamed(self, change: Callable[[str], str]) -> "HoursInWords":
        """Return the same hours with other names of dates."""
        return replace(self, dates=tuple(row.renamed(change) for row in self.dates))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text: a line for each row, with a caption before a later week and before dates."""
        said: list[str] = []
        for week in self.weeks:
            said += [week.caption] if week.since is not None else []
            said += [_filled(self.line, days=row.days, hours=row.hours) for row in week.rows]
        said += [self.dates_caption] if self.dates else []
        said += [_filled(self.dated_line, date=row.days, hours=row.hours) for row in self.dates]
        return tuple(said)

    def to_text(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines)

    def __str__(self) -> str:
        """Return the text."""
        return self.to_text()

    def to_html(self) -> str:
        """Return a table for each week, and one for the dates: escaped, with captions, headings and `time` elements."""
        tables = [_table(self, week.caption, week.rows) for week in self.weeks]
        tables += [_table(self, self.dates_caption, self.dates)] if self.dates else []
        return "\n".join(tables)


def say_hours(
    calendar: Calendar, first: date, last: date, language: str, *, languages: Sequence[Language] = ()
) -> HoursInWords:
    """Return the opening hours of a calendar from `first` to `last`, both included, in words; else in English.

    Days with the same hours stand together. Each date that differs is told: holidays, special days, absences. A
    version or a season of a week or more is a week of its own. A holiday has its name where the data has one in the
    language, pinned or installed; the name of a special day is told as you wrote it, and that of an absence is not
    told. Seconds are left out so that nobody is told that it is open when it is not.

    Raises SlaError for a calendar that is a combination, ExpectationError for dates that cannot be told, LanguageError
    for a text that is no language code, HorizonError for dates that the calendar does not know.

    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00; Sat 10:00-12:30")
    >>> print(say_hours(office, date(2026, 12, 1), date(2026, 12, 31), "de"))
    Mo–Fr 9–17 Uhr
    Sa 10–12:30 Uhr
    So geschlossen
    """  # noqa: RUF002 - a range of times has an en dash
    _check_dates(first, last)
    known = tuple(each_of(languages, Language, "languages", "several languages, each as load_language returns it"))
    words = chosen_language(language, "", known)
    weeks = _weeks(calendar, first, last)
    texts = words.hours.texts
    return HoursInWords(
        language,
        words.code,
        calendar.zone,
        tuple(_week(words, week, since=None if place == 0 else week.first) for place, week in enumerate(weeks)),
        texts["changed"],
        tuple(_dated(words, calendar, day, each) for week in weeks for day, each in week.differing),
        (texts["day"], texts["hours"]),
        texts["line"],
        texts["dated_line"],
    )


def say_windows(words: HoursWords, windows: Spans) -> str:
    """Return the hours of a date, in seconds from its midnight, as the table of a language has them."""
    return "".join(part.text for part in _parts(words, windows))


class _Differing(NamedTuple):
    """A date whose windows are not those of its week."""

    windows: Spans
    layers: DayLayers


class _Week(NamedTuple):
    """The date from which a week holds, its windows from Monday, and the dates that differ until the next one."""

    first: date
    windows: tuple[Spans, ...]
    differing: list[tuple[date, _Differing]]


def _weeks(calendar: Calendar, first: date, last: date) -> list[_Week]:
    layers = layers_of(calendar, first, last)
    known = ((day, layers.layers(day)) for day in (first + step * _ONE for step in range((last - first).days + 1)))
    weeks: list[_Week] = []
    spilled: list[Span] = []
    for hours, dates in groupby(known, lambda each: layers.hours_on(each[0])):
        run = [*dates]
        if not weeks or len(run) >= _DAYS:
            weeks.append(_Week(run[0][0], tuple(_minutes(each) for each in hours.windows[:_DAYS]), []))
        for day, told in run:
            windows, spilled = _on_date([*_without_absences(calendar, day, told.after_special), *spilled])
            if windows != weeks[-1].windows[day.weekday()]:
                weeks[-1].differing.append((day, _Differing(windows, told)))
    return weeks


def _without_absences(calendar: Calendar, day: date, windows: Spans) -> Spans:
    """Return the windows of a date without what absences take of them, on the clock of the wall."""
    if not windows or not calendar.absences:
        return windows
    cut: list[Span] = []
    for each in calendar.absences:
        start, end = (_wall_seconds(moment.astimezone(calendar.zone_info), day) for moment in (each.start, each.end))
        cut.append((start, end))
    return difference(windows, union(cut))


def _wall_seconds(moment: datetime, day: date) -> int:
    """Return the seconds from the midnight of a date to a moment, as the clock of the wall says them."""
    return (moment.date() - day).days * DAY_SECONDS + (moment.hour * 60 + moment.minute) * 60 + moment.second


def _on_date(windows: Iterable[Span]) -> tuple[Spans, list[Span]]:
    """Return what is told of a date in whole minutes, and what begins after its midnight: the next date has it.

    Of a night an absence may leave the end alone.
    """
    known = union(windows)
    spilled = [(start - DAY_SECONDS, end - DAY_SECONDS) for start, end in known if start >= DAY_SECONDS]
    return _minutes(union(each for each in known if each[0] < DAY_SECONDS)), spilled


def _minutes(windows: Spans) -> Spans:
    """Return the windows in whole minutes within them."""
    inside = ((start - start % -60, end - end % 60) for start, end in windows)
    return union(inside)


def _week(words: Language, week: _Week, since: date | None) -> HoursWeek:
    said = words.hours
    caption = said.texts["title"]
    if since is not None:
        caption = f"{caption} {_date(said, since, 'from')}"
    rows = []
    for windows in dict.fromkeys(week.windows):
        days = [day for day in range(_DAYS) if week.windows[day] == windows]
        rows.append(
            HoursRow(_days(said.short_weekdays, days), _days(said.weekdays, days), tuple(_parts(said, windows)))
        )
    return HoursWeek(caption, tuple(rows), since)


def _dated(words: Language, calendar: Calendar, day: date, differing: _Differing) -> HoursRow:
    name = _name(words, calendar, day, differing.layers)
    said = _capital(_date(words.hours, day, "date"))
    in_full = f"{said} ({name})" if name else said
    return HoursRow(in_full, in_full, tuple(_parts(words.hours, differing.windows)), day, name)


def _name(words: Language, calendar: Calendar, day: date, layers: DayLayers) -> str:
    """Return the name of what changes a date. That of a half day has its time in it, and is left out."""
    if layers.special is not None:
        return layers.special.name
    if layers.holiday is None or layers.half_day is not None:
        return ""
    return name_in(words, layers.holiday, names_in_reach(calendar, day, words))


def _days(names: Sequence[str], days: list[int]) -> str:
    """Return days such as Monday to Thursday and Saturday: those that follow each other as a range."""
    runs = [[*run] for _, run in groupby(days, lambda day: day - days.index(day))]
    said = [
        [f"{names[run[0]]}\N{EN DASH}{names[run[-1]]}"] if len(run) >= _RANGE else [names[day] for day in run]
        for run in runs
    ]
    return _capital(", ".join(each for run in said for each in run))


def _parts(words: HoursWords, windows: Spans) -> Iterator[HoursPart]:
    """Yield the pieces of the hours of a day, with a comma between windows."""
    if not windows or windows == ((0, DAY_SECONDS),):
        yield HoursPart(words.texts["all_day" if windows else "closed"])
        return
    for place, (start, end) in enumerate(windows):
        yield from [HoursPart(", ")] if place else []
        goes_on = end > DAY_SECONDS
        edges = {"start": start, "end": end - DAY_SECONDS if goes_on else end}
        for text, name, _ in pieces_of(words.texts["next_day" if goes_on else "window"]):
            yield HoursPart(text) if text else _time(words, edges[name])


def _time(words: HoursWords, seconds: int) -> HoursPart:
    said = dict(zip(("hour", "minute"), divmod(seconds // 60, 60), strict=True))
    form = "time" if said["minute"] else "whole_hour"
    text = "".join(text or f"{said[name]:0{digits or 1}}" for text, name, digits in pieces_of(words.texts[form]))
    if seconds == DAY_SECONDS:
        return HoursPart(_filled(words.texts["midnight"], time=text), "00:00")
    return HoursPart(text, f"{said['hour']:02}:{said['minute']:02}")


def _date(words: HoursWords, day: date, form: str) -> str:
    return _filled(
        words.texts[form],
        weekday=words.weekdays[day.weekday()],
        day=words.numbers[day.day - 1],
        month=words.months[day.month - 1],
        year=str(day.year),
    )


def _filled(template: str, **said: str) -> str:
    return "".join(text or said[name] for text, name, _ in pieces_of(template))


def _capital(text: str) -> str:
    """Return a text as it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]


def _table(told: HoursInWords, caption: str, rows: Sequence[HoursRow]) -> str:
    code = escape(language_tag(told.language))
    direction = "rtl" if language_code(told.language) in _RIGHT_TO_LEFT else "ltr"
    day, hours = map(escape, told.headings)
    return "\n".join(
        [
            f'<table lang="{code}" dir="{direction}">',
            f"<caption>{escape(caption)}</caption>",
            f'<thead><tr><th scope="col">{day}</th><th scope="col">{hours}</th></tr></thead>',
            "<tbody>",
            *(f'<tr><th scope="row">{_when(row)}</th><td>{_hours(row)}</td></tr>' for row in rows),
            "</tbody>",
            "</table>",
        ]
    )


def _when(row: HoursRow) -> str:
    """Return the heading of a row; a name may be written in another direction."""
    if row.on is None:
        return escape(row.days_in_full)
    said = row.days_in_full.removesuffix(f" ({row.name})") if row.name else row.days_in_full
    name = f" (<bdi>{escape(row.name)}</bdi>)" if row.name else ""
    return f'<time datetime="{row.on.isoformat()}">{escape(said)}</time>{name}'


def _hours(row: HoursRow) -> str:
    return "".join(
        f'<time datetime="{part.time}">{escape(part.text)}</time>' if part.time else escape(part.text)
        for part in row.parts
    )


def _check_dates(first: date, last: date) -> None:
    if type(first) is not date or type(last) is not date or not 0 <= (last - first).days < _MOST_DATES:
        raise ExpectationError(
            "hours_dates_invalid",
            "opening hours cannot be told of these dates",
            given=f"{first} to {last}",
            accepts=f"a first and a last date, both included, at most {_MOST_DATES}",
            where="last",
        )
