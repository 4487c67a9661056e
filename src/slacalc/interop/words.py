"""A calendar as opening hours in words: a text, or tables for a page, in the language of the reader."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from slacalc.calendars.calendar import Calendar
from slacalc.errors import LanguageError
from slacalc.expectations.hours_in_words import HoursInWords, say_hours
from slacalc.expectations.languages import LANGUAGES, Language
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.written import Written, week_and_dates

__all__ = ["write_html", "write_text"]

_MINUTE: Final = 60


def write_text(
    calendar: Calendar,
    first: date,
    last: date,
    *,
    language: str = "en",
    languages: Sequence[Language] = (),
    lossy: bool = False,
) -> Written:
    """Return opening hours as lines of text, from `first` to `last`, both included: what `slacalc.say_hours` says.

    Raises LanguageError for a language that is not to be had, InteropError for hours with seconds, unless that is
    wanted: `lossy`; and what `say_hours` raises.

    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    >>> print(write_text(office, date(2026, 12, 1), date(2026, 12, 31), language="nl").document)
    Ma–vr 9–17 uur
    Za, zo gesloten
    """  # noqa: RUF002 - a range of times has an en dash
    told = _told(calendar, first, last, language, languages)
    return Written("text", told.to_text(), _losses(calendar, first, last, lossy=lossy))


def write_html(
    calendar: Calendar,
    first: date,
    last: date,
    *,
    language: str = "en",
    languages: Sequence[Language] = (),
    lossy: bool = False,
) -> Written:
    """Return opening hours as tables of HTML, to be put into a page. Raises what `write_text` raises."""
    told = _told(calendar, first, last, language, languages)
    return Written("HTML", told.to_html(), _losses(calendar, first, last, lossy=lossy))


def _told(calendar: Calendar, first: date, last: date, language: str, languages: Sequence[Language]) -> HoursInWords:
    told = say_hours(calendar, first, last, language, languages=languages)
    if told.is_fallback:
        raise LanguageError(
            "language_not_had",
            "there is no such language",
            given=language,
            accepts=", ".join([*LANGUAGES, *(each.code for each in languages)]),
            where="language",
        )
    return told


def _losses(calendar: Calendar, first: date, last: date, *, lossy: bool) -> tuple[Loss, ...]:
    losses = tuple(_lost(calendar, first, last))
    refuse_lossy(losses, lossy=lossy)
    return losses


def _lost(calendar: Calendar, first: date, last: date) -> Iterator[Loss]:
    every = week_and_dates(calendar, first, last).every
    if any(second % _MINUTE for windows in every for window in windows for second in window):
        yield Loss("due_times", "hours", "hours that begin or end between two minutes", "the minutes within them")
    yield Loss("cosmetic", "zone", f"the zone {calendar.zone}", "it is not written: readers know it by the address")
