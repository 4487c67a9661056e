"""The name of a holiday in the language of the reader."""

from collections.abc import Iterable
from datetime import date

from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays, Holidays
from slacalc.calendars.open_time import OpenTime
from slacalc.expectations.language_checks import language_code
from slacalc.expectations.languages import Language

__all__ = ["name_in", "names_of"]


def names_of(calendar: OpenTime, day: date) -> tuple[tuple[str, str], ...]:
    """Return the name of a holiday in each language that its data has; none of data of one's own."""
    source = calendar.holidays if isinstance(calendar, Calendar) else None
    if not isinstance(source, Holidays | FrozenHolidays):
        return ()
    named = ((code, source.names(day.year, code).get(day, "")) for code in source.languages)
    return tuple((code, name) for code, name in named if name)


def name_in(language: Language, name: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the name in a language, as within a sentence; nothing where the data lacks it, the name if none is known.

    Finnish writes it small, but for the names of persons and places.
    """
    known = tuple(names)
    if not known:
        return name
    spoken = language_code(language.code)
    said = next((said for code, said in known if language_code(code.replace("_", "-")) == spoken), "")
    if language.capitals is None or said.partition(" ")[0] in language.capitals:
        return said
    return said[:1].lower() + said[1:]
