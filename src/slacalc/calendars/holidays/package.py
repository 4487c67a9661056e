"""The installed `holidays` package, read year by year into frozen values, with all said that it would else guess.

It is the only importer of the package, and imports it only when asked: pinned data never does. What it reads there
is copied at once, because the package's objects change when read, are not thread-safe, and say "not a holiday" for
years that they do not know.

The package's own English (en_US) is read besides the language that was chosen: its words tell which day off a
working weekend pays for, until when a half day is open, and what is estimated.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from slacalc.arguments import nearest, nearest_first
from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.calendars.holidays.half_days import FOR_SOME_PEOPLE, HalfDay, Reading, read_half_day
from slacalc.calendars.holidays.uncertain import estimates, unannounced
from slacalc.calendars.holidays.working_weekends import days_paid_for, worked_dates
from slacalc.calendars.holidays.year import HolidayYear, Uncertain
from slacalc.errors import HolidayError

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = [
    "ENGLISH",
    "Choice",
    "categories_of",
    "check_choice",
    "half_days_often_asked",
    "is_market",
    "known_years",
    "language_of",
    "languages_of",
    "names_of",
    "package_version",
    "read_names",
    "read_year",
    "subdivisions_of",
]

ENGLISH: Final = "en_US"
HALF_DAY: Final = "half_day"
_TIMED_TOO: Final = (
    "bank",
    "optional",
    "de_facto",
    "government",
)  # categories in which some half days stand, with a time
_OFTEN_ASKED: Final = range(2015, 2031)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the package is asked for: an ISO 3166 code or that of a financial calendar, and what of it."""

    code: str
    is_financial: bool
    subdivision: str | None
    categories: tuple[str, ...]
    language: str | None
    observed: bool
    working_weekends: bool
    half_days: bool
    half_day_until: int | None
    half_days_of_some: bool


def check_choice(choice: Choice) -> None:
    """Refuse what the package lacks, and half days that cannot be read. Raises HolidayError."""
    base = _entity(choice.code, choice.is_financial)
    _check_one_of("subdivision", choice.subdivision, (*base.subdivisions, *base.subdivisions_aliases))
    _check_one_of("language", choice.language, base.supported_languages)
    if not choice.categories:
        raise HolidayError(
            "holiday_category_unknown",
            "no category was chosen",
            given=choice.categories,
            accepts=", ".join(sorted(base.supported_categories)),
            where="categories",
        )
    for category in choice.categories:
        _check_one_of("category", category, base.supported_categories)
    if choice.half_days:
        half_days_often_asked(choice)
        return
    if choice.half_day_until is not None or choice.half_days_of_some:
        raise HolidayError(
            "half_days_left_out",
            "this says which half days are read, and none are",
            given="half_days_of_some" if choice.half_day_until is None else "half_day_until",
            accepts="half_days=True beside it",
            where="half_days",
        )
    if HALF_DAY in choice.categories:
        raise HolidayError(
            "half_days_as_holidays",
            "as a category, half days would close whole days",
            given=choice.categories,
            accepts="half_days=True, which reads until when each is open",
            where="categories",
        )


def is_market(code: str) -> bool:
    """Tell whether a code is that of a financial calendar, and of no country."""
    from holidays import list_supported_financial

    return code in list_supported_financial() and not _is_country(code)


def known_years(choice: Choice) -> tuple[int, int]:
    """Return the first and the last year that the package knows."""
    base = _entity(choice.code, choice.is_financial)
    return max(base.start_year, FIRST_DATE.year), min(base.end_year, LAST_DATE.year)


@lru_cache(maxsize=8_192)
def read_year(choice: Choice, year: int) -> HolidayYear:
    """Return one year. Raises HolidayError for a half day that cannot be read."""
    whole, years = _whole_days(choice), range(year, year + 1)
    names, english = _ask(choice, years, whole, choice.language), _ask(choice, years, whole, ENGLISH)
    half_days = dict(_half_days(choice, years, names, english)) if choice.half_days else {}
    return HolidayYear(
        {day: name for day, name in names.items() if day not in half_days},
        {day: name for day, name in english.items() if day not in half_days},
        _working_weekends(choice, year) if choice.working_weekends else {},
        half_days,
        tuple(_uncertain(choice, year)),
    )


@lru_cache(maxsize=512)
def half_days_often_asked(choice: Choice) -> Mapping[date, HalfDay]:
    """Return the half days of 2015 to 2030. Raises HolidayError for one that cannot be read."""
    first, last = known_years(choice)
    years = range(max(first, _OFTEN_ASKED.start), min(last + 1, _OFTEN_ASKED.stop))
    if not choice.half_days or not years:
        return {}
    whole = _whole_days(choice)
    names, english = _ask(choice, years, whole, choice.language), _ask(choice, years, whole, ENGLISH)
    return dict(_half_days(choice, years, names, english))


def read_names(choice: Choice, year: int, language: str) -> dict[date, str]:
    """Return the names of one year in another language that the package has. Raises HolidayError."""
    _check_one_of("language", language, _entity(choice.code, choice.is_financial).supported_languages)
    of_year = read_year(choice, year).names
    names = _ask(choice, range(year, year + 1), _whole_days(choice), language)
    return {day: names[day] for day in of_year}


def subdivisions_of(choice: Choice) -> tuple[str, ...]:
    """Return the subdivisions that the package knows."""
    return tuple(_entity(choice.code, choice.is_financial).subdivisions)


def languages_of(choice: Choice) -> tuple[str, ...]:
    """Return the languages in which the package has the names."""
    return tuple(_entity(choice.code, choice.is_financial).supported_languages)


def language_of(choice: Choice) -> str | None:
    """Return the language of the names: what was chosen, else the country's own; None where there is English alone."""
    return choice.language or _entity(choice.code, choice.is_financial).default_language


def categories_of(choice: Choice) -> tuple[str, ...]:
    """Return the categories that the package knows."""
    return tuple(_entity(choice.code, choice.is_financial).supported_categories)


def names_of(
    choice: Choice, year: int, *, subdivision: str | None = None, categories: tuple[str, ...] | None = None
) -> dict[date, str]:
    """Return the English names of a year, of a subdivision or of other categories."""
    asked = replace(choice, subdivision=subdivision or choice.subdivision)
    whole = tuple(category for category in categories or choice.categories if category != HALF_DAY)
    return _ask(asked, range(year, year + 1), whole, ENGLISH)


def package_version() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import version

    return version("holidays")


@lru_cache(maxsize=512)
def _entity(code: str, is_financial: bool) -> "HolidayBase":  # noqa: FBT001 - a key of the cache
    """Return an empty object of the package, for the attributes that describe its country or market."""
    from holidays import country_holidays, financial_holidays, list_supported_countries, list_supported_financial

    known = list_supported_financial() if is_financial else list_supported_countries(include_aliases=True)
    if code not in known:
        raise _no_such_entity(code, known, is_financial)
    return financial_holidays(code, expand=False) if is_financial else country_holidays(code, expand=False)


def _no_such_entity(code: str, known: Iterable[str], is_financial: bool) -> HolidayError:  # noqa: FBT001 - passed on
    if is_financial:
        likely = f"the code of a market, such as {nearest(code, known) or 'XLON'}"
        return HolidayError(
            "holiday_financial_unknown",
            "the holiday data has no such financial calendar",
            given=code,
            accepts=f'country="{code}", as it is a country' if _is_country(code) else likely,
            where="financial",
        )
    likely = f"an ISO 3166 code, such as {nearest(code, known) or 'BE'}"
    return HolidayError(
        "holiday_country_unknown",
        "the holiday data has no such country",
        given=code,
        accepts=f'financial="{code}", as it is a market' if is_market(code) else likely,
        where="country",
    )


def _is_country(code: str) -> bool:
    from holidays import list_supported_countries

    return code in list_supported_countries(include_aliases=True)


def _check_one_of(what: str, given: str | None, known: Iterable[str]) -> None:
    accepted = sorted(known)
    if given is not None and given not in accepted:
        raise HolidayError(
            f"holiday_{what}_unknown",
            f"the holiday data has no such {what}",
            given=given,
            accepts=nearest_first(given, accepted) or f"no {what} for this country",
            where="categories" if what == "category" else what,
        )


def _data(choice: Choice, years: range, categories: tuple[str, ...], language: str | None) -> "HolidayBase":
    from holidays import country_holidays, financial_holidays

    if choice.is_financial:
        return financial_holidays(
            choice.code,
            subdiv=choice.subdivision,
            years=years,
            expand=False,
            observed=choice.observed,
            categories=categories,
            language=language,
        )
    return country_holidays(
        choice.code,
        subdiv=choice.subdivision,
        years=years,
        expand=False,
        observed=choice.observed,
        categories=categories,
        language=language,
    )


@lru_cache(maxsize=8_192)
def _read(choice: Choice, years: range, categories: tuple[str, ...], language: str | None) -> "_Read":
    found = _data(choice, years, categories, language)
    names = tuple(sorted((day, str(name)) for day, name in found.items() if day.year in years))
    return _Read(names, tuple(worked_dates(found, years)))


class _Read(NamedTuple):
    """What the package says of some years in one language: the names of days off, and the weekends that are worked."""

    names: tuple[tuple[date, str], ...]
    worked: tuple[date, ...]


def _ask(choice: Choice, years: range, categories: tuple[str, ...], language: str | None) -> dict[date, str]:
    """Return the names of some years by date: in a language that the data lacks, in that of the choice."""
    return dict(_read(choice, years, categories, _spoken(choice, language)).names) if categories else {}


def _spoken(choice: Choice, language: str | None) -> str | None:
    base = _entity(choice.code, choice.is_financial)
    return language if language in base.supported_languages else choice.language or base.default_language


def _around(choice: Choice, year: int) -> Iterator[tuple[date, str]]:
    """Return the English names of a year and of its neighbours, as far as they are known."""
    first, last = known_years(choice)
    whole = _whole_days(choice)
    for near in (year - 1, year, year + 1):
        if first <= near <= last:
            yield from _ask(choice, range(near, near + 1), whole, ENGLISH).items()


def _working_weekends(choice: Choice, year: int) -> dict[date, date | None]:
    whole = _whole_days(choice)
    worked = _read(choice, range(year, year + 1), whole, _spoken(choice, ENGLISH)).worked if whole else ()
    paid_for = days_paid_for(_around(choice, year)) if worked else {}
    return {day: paid_for.get(day) for day in worked}


def _whole_days(choice: Choice) -> tuple[str, ...]:
    return tuple(category for category in choice.categories if category != HALF_DAY)


def _uncertain(choice: Choice, year: int) -> Iterator[Uncertain]:
    yield from unannounced(choice.code, year)
    if hasattr(_entity(choice.code, choice.is_financial), "estimated_label"):
        found = estimates(_around(choice, year))
        yield from (each for each in found if each.first.year <= year <= each.last.year)


def _half_days(
    choice: Choice, years: range, names: dict[date, str], english: dict[date, str]
) -> Iterator[tuple[date, HalfDay]]:
    """Return the half days of some years: in what was chosen, in `half_day`, and those with a time in a few others."""
    for day, name in english.items():
        readings = [_reading(choice, part) for part in name.split("; ")]
        if all(reading is not None for reading in readings):
            yield day, _half_day(choice, day, names.get(day, name), readings)
    supported = _entity(choice.code, choice.is_financial).supported_categories
    if HALF_DAY in supported and (choice.half_days_of_some or choice.code not in FOR_SOME_PEOPLE):
        for day, name in _ask(choice, years, (HALF_DAY,), ENGLISH).items():
            if day not in english:
                local = _ask(choice, years, (HALF_DAY,), choice.language)[day]
                readings = [_reading(choice, part) or "without_time" for part in name.split("; ")]
                yield day, _half_day(choice, day, local, readings)
    more = tuple(each for each in _TIMED_TOO if each in supported and each not in choice.categories)
    yield from _timed(choice, years, more, english)


def _timed(
    choice: Choice, years: range, categories: tuple[str, ...], closed: dict[date, str]
) -> Iterator[tuple[date, HalfDay]]:
    for day, name in _ask(choice, years, categories, ENGLISH).items():
        readings = [_reading(choice, part) for part in name.split("; ")]
        if day not in closed and any(isinstance(reading, HalfDay) for reading in readings):
            local = _ask(choice, years, categories, choice.language)[day]
            yield day, _half_day(choice, day, local, [each for each in readings if isinstance(each, HalfDay)])


def _reading(choice: Choice, name: str) -> Reading:
    return read_half_day(name, (choice.subdivision or choice.code) if choice.is_financial else None)


def _half_day(choice: Choice, day: date, name: str, readings: list[Reading]) -> HalfDay:
    """Return the earliest end of several. Raises HolidayError for one that nobody can act on."""
    found = [_timed_half_day(choice, day, name, reading) for reading in readings]
    return min(found, key=lambda each: (each.until is None, each.until or -each.shortened))


def _timed_half_day(choice: Choice, day: date, name: str, reading: Reading) -> HalfDay:
    if isinstance(reading, HalfDay):
        return HalfDay(name, reading.until, reading.shortened)
    if reading == "without_time" and choice.half_day_until is not None:
        return HalfDay(name, choice.half_day_until)
    raise _refused(reading, f"{name}, {day}")


def _refused(reading: Reading, given: str) -> HolidayError:
    if reading == "pauses":
        return HolidayError(
            "half_day_pauses",
            "this market pauses in the middle of the day and opens again",
            given=given,
            accepts="a market that closes early; write the pauses as special days",
            where="half_days",
        )
    if reading == "zone_unknown":
        return HolidayError(
            "half_day_zone_unknown",
            "the time of this half day is that of a clock that is not the market's",
            given=given,
            accepts="half days as special days",
            where="half_days",
        )
    return HolidayError(
        "half_day_without_time",
        "the holiday data does not say until when this half day is open",
        given=given,
        accepts='half_day_until = "13:00", or half days as special days',
        where="half_days",
    )
