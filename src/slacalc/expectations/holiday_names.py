"""The name of a holiday in the language of the reader."""

from collections.abc import Iterable
from datetime import date

from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays, Holidays
from slacalc.calendars.open_time import OpenTime
from slacalc.expectations.language_checks import language_code

__all__ = ["name_in", "names_of"]


def names_of(calendar: OpenTime, day: date) -> tuple[tuple[str, str], ...]:
    """Return the name of a holiday in each language that its data has; none of data of one's own."""
    source = calendar.holidays if isinstance(calendar, Calendar) else None
    if not isinstance(source, Holidays | FrozenHolidays):
        return ()
    named = ((code, source.names(day.year, code).get(day, "")) for code in source.languages)
    return tuple((code, name) for code, name in named if name)


def name_in(language: str, name: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the name in a language, or nothing where the data lacks it; the name itself where none is known."""
    known = tuple(names)
    if not known:
        return name
    spoken = language_code(language)
    return next((said for code, said in known if language_code(code.replace("_", "-")) == spoken), "")
