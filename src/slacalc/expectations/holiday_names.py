"""The name of a holiday in the language of the reader."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from slacalc.calendars.calendar import Calendar
from slacalc.calendars.combination import Combination
from slacalc.calendars.holidays import FrozenHolidays, Holidays, HolidaySource
from slacalc.calendars.holidays.sets import HolidaySets
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.succession import Succession
from slacalc.calendars.workdays import Workdays
from slacalc.errors import SlaError
from slacalc.expectations.language_checks import language_code
from slacalc.expectations.languages import Language

__all__ = ["name_in", "names_in_reach", "names_of"]

_ENGLISH: Final = "en_US"


def names_of(calendar: OpenTime, day: date) -> tuple[tuple[str, str], ...]:
    """Return the name of a holiday in each language that its data has; none of data of one's own.

    Of several sets of holidays, and of calendars put together, each name of the date once.
    """
    named: dict[str, list[str]] = {}
    for source in _sources(calendar, day):
        for code, name in _named(source, day):
            named.setdefault(code, []).append(name)
    return tuple((code, "; ".join(dict.fromkeys(names))) for code, names in named.items())


def names_in_reach(calendar: OpenTime, day: date, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the names of a holiday, with that in a language which a pin lacks but the installed data has.

    The data is asked for the choice of the pin, and believed where it calls the holiday of that date what the pin does.
    """
    told = calendar.on(day) if isinstance(calendar, Succession) else calendar
    names, source = names_of(told, day), told.holidays if isinstance(told, Calendar) else None
    if _in(language, names) or not names or not isinstance(source, FrozenHolidays):
        return names
    try:
        live = source.live()
        code = next((code for code in live.languages if _speaks(code, language)), None)
        if code is None or live.names(day.year).get(day) != source.names(day.year)[day]:
            return names
        return (*names, (code, live.names(day.year, code)[day]))
    except SlaError:  # the installed data does not know the choice, or the year
        return names


def name_in(language: Language, name: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the name in a language, as within a sentence; nothing where the data lacks it, the name if none is known.

    Finnish writes it small, but for the names of persons and places.
    """
    known = tuple(names)
    if not known:
        return name
    said = _in(language, known)
    if language.capitals is None or said.partition(" ")[0] in language.capitals:
        return said
    return said[:1].lower() + said[1:]


def _sources(calendar: object, day: date) -> Iterator[HolidaySource]:
    """Return the holidays of a calendar, and of those that it is made of; of versions, those of the date."""
    match calendar:
        case Calendar(holidays=HolidaySets(sets=sets)):
            yield from sets
        case Calendar(holidays=holidays) if holidays is not None:
            yield holidays
        case Combination(left=left, right=right):
            yield from (*_sources(left, day), *_sources(right, day))
        case Workdays(calendar=inner):
            yield from _sources(inner, day)
        case Succession():
            yield from _sources(calendar.on(day), day)


def _named(source: HolidaySource, day: date) -> Iterator[tuple[str, str]]:
    """Return the names of a date by language. Data of a country that has one language only is in English."""
    if not isinstance(source, Holidays | FrozenHolidays):
        return
    known = {code: source.names(day.year, code) for code in source.languages}
    if not known and isinstance(source, Holidays):
        known = {_ENGLISH: source.names(day.year)}
    yield from ((code, names[day]) for code, names in known.items() if day in names)


def _in(language: Language, names: Iterable[tuple[str, str]]) -> str:
    return next((name for code, name in names if _speaks(code, language)), "")


def _speaks(code: str, language: Language) -> bool:
    return language_code(code.replace("_", "-")) == language_code(language.code)
