"""What a choice of holidays leaves out: days of every subdivision, and general holidays in other categories."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from slacalc.calendars.holidays.half_days import read_half_day
from slacalc.calendars.holidays.package import Choice, categories_of, names_of, subdivisions_of

__all__ = ["category_days", "general_categories", "subdivision_days"]

_GENERAL: Final = ("optional", "bank", "government", "de_facto")


def subdivision_days(choice: Choice, year: int, weekdays: Iterable[int]) -> dict[date, str]:
    """Return the days off that the country alone lacks, on some weekdays, if each of its subdivisions has such.

    Of Great Britain each part has some: Easter Monday in three of them, 2 January in the fourth.
    """
    subdivisions = subdivisions_of(choice)
    if choice.subdivision is not None or not subdivisions:
        return {}
    own, open_on = names_of(choice, year), set(weekdays)
    found: dict[date, str] = {}
    for subdivision in subdivisions:
        more = dict(_missing(own, names_of(choice, year, subdivision=subdivision), open_on))
        if not more:
            return {}
        found |= more
    return dict(sorted(found.items()))


def general_categories(choice: Choice) -> list[str]:
    """Return the categories of general holidays that the package has, and that were not chosen."""
    return [each for each in _GENERAL if each in categories_of(choice) and each not in choice.categories]


def category_days(choice: Choice, category: str, year: int, weekdays: Iterable[int]) -> dict[date, str]:
    """Return the days off of a category that was not chosen, on some weekdays; half days with a time apart."""
    days = _missing(names_of(choice, year), names_of(choice, year, categories=(category,)), set(weekdays))
    return {day: name for day, name in days if read_half_day(name, choice.code) is None}


def _missing(own: dict[date, str], others: dict[date, str], weekdays: set[int]) -> Iterator[tuple[date, str]]:
    return ((day, name) for day, name in others.items() if day not in own and day.weekday() in weekdays)
