"""The public holidays that the installed `holidays` package knows today.

It is the only importer of the package, and imports it only when asked: pinned data never does. What it reads there
is copied at once into frozen values, because the package's objects change when read, are not thread-safe, and say
"not a holiday" for years that they do not know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from slacalc.arguments import check_argument, each_of
from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.calendars.holidays.frozen import FrozenHolidays, Provenance
from slacalc.calendars.holidays.source import check_dates, check_named, check_pairs, check_year, digest_of
from slacalc.errors import HolidayError

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = ["Holidays"]

_LONGEST_CODE: Final = 3  # letters; what is longer is a name, to which no code is near


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays of a country, read from the installed `holidays` package year by year.

    `country` is an ISO 3166 code; `categories` are those of the package (several are united);
    `language` is one that the package has for this country, or None for the country's own:
    the locale is never asked. `observed` includes substitute days. Raises HolidayError when
    the package lacks any of them.

    >>> Holidays("BE").names(2026)[date(2026, 11, 11)]
    'Wapenstilstand'
    >>> Holidays("DE", subdivision="BY", language="en_US").names(2026)[date(2026, 1, 6)]
    'Epiphany'
    """

    country: str
    subdivision: str | None = None
    categories: tuple[str, ...] = ("public",)
    language: str | None = None
    observed: bool = True
    added: tuple[tuple[date, str], ...] = ()
    removed: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Check the choice against the installed package."""
        several = 'several, such as ("public", "bank")'
        object.__setattr__(self, "categories", tuple(each_of(self.categories, str, "categories", several)))
        _check_choice(self)
        check_pairs(self.added, "added", "what Holidays.adding makes")
        check_argument(self.removed, tuple, "removed", "what Holidays.removing makes")
        check_dates([*(day for day, _ in self.added), *self.removed])
        for day in (*(day for day, _ in self.added), *self.removed):
            check_year(self.years, day.year)
        for day in self.removed:
            if day not in dict(_read_year(self, day.year)):
                raise HolidayError(
                    "holiday_not_there",
                    "only a holiday can be removed",
                    given=day.isoformat(),
                    accepts=f"a holiday of {self.country}",
                    where="removed",
                )

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that the data knows."""
        return _known_years(self.country)

    @property
    def source(self) -> str:
        """The package that is read, with its version, and the country."""
        return f"holidays {_package_version()} {self.country}"

    @property
    def digest(self) -> str:
        """A digest of the choice and the version of the package, which decide the dates."""
        return digest_of(f"{self.source}\n{self!r}")

    def names(self, year: int) -> dict[date, str]:
        """Return the holidays of one year by date. Raises HorizonError beyond `years`."""
        check_year(self.years, year)
        found = {day: name for day, name in _read_year(self, year) if day not in self.removed}
        found |= {day: name for day, name in self.added if day.year == year}
        return dict(sorted(found.items()))

    def adding(self, dates: Mapping[date, str]) -> "Holidays":
        """Return these holidays and the dates given, by name."""
        check_named(dates)
        return replace(self, added=tuple(sorted({**dict(self.added), **dates}.items())))

    def removing(self, dates: Iterable[date]) -> "Holidays":
        """Return these holidays without the dates given, which must be among them."""
        check_argument(dates, Iterable, "dates", "several dates")
        gone = {*self.removed, *dates}
        check_dates(gone)
        return replace(self, removed=tuple(sorted(gone)))

    def freeze(self, first_year: int, last_year: int) -> "FrozenHolidays":
        """Return the holidays of the years, both included, as a value that no upgrade changes.

        >>> frozen = Holidays("BE").freeze(2024, 2030)
        >>> frozen.provenance.country, frozen.years
        ('BE', (2024, 2030))
        """
        for year in (first_year, last_year):
            check_year(self.years, year)
        years = range(first_year, last_year + 1)
        dates = tuple(pair for year in years for pair in self.names(year).items())
        provenance = Provenance(
            f"holidays {_package_version()}",
            self.country,
            self.subdivision,
            self.categories,
            self.language,
            observed=self.observed,
        )
        return FrozenHolidays(dates, (first_year, last_year), provenance)


def _check_choice(choice: Holidays) -> None:
    base = _entity(choice.country)
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


def _check_one_of(what: str, given: str | None, known: Iterable[str]) -> None:
    accepted = sorted(known)
    if given is not None and given not in accepted:
        raise HolidayError(
            f"holiday_{what}_unknown",
            f"the holiday data has no such {what}",
            given=given,
            accepts=", ".join(accepted) or f"no {what} for this country",
            where="categories" if what == "category" else what,
        )


def _known_years(country: str) -> tuple[int, int]:
    base = _entity(country)
    return max(base.start_year, FIRST_DATE.year), min(base.end_year, LAST_DATE.year)


@lru_cache(maxsize=512)
def _entity(country: str) -> "HolidayBase":
    """Return an empty object of the package, for the attributes that describe its country."""
    from difflib import get_close_matches

    from holidays import country_holidays, list_supported_countries

    known = list_supported_countries(include_aliases=True)
    if country not in known:
        near = get_close_matches(str(country).upper(), known, n=3) if len(str(country)) <= _LONGEST_CODE else []
        raise HolidayError(
            "holiday_country_unknown",
            "the holiday data has no such country",
            given=country,
            accepts=f"an ISO 3166 code{' such as ' + ', '.join(near) if near else ', such as BE'}",
            where="country",
        )
    return country_holidays(country, expand=False)


@lru_cache(maxsize=8_192)
def _read_year(choice: Holidays, year: int) -> tuple[tuple[date, str], ...]:
    """Copy one year out of the package, with everything explicit that it would else guess."""
    from holidays import country_holidays

    base = _entity(choice.country)
    found = country_holidays(
        choice.country,
        subdiv=choice.subdivision,
        years=year,
        expand=False,
        observed=choice.observed,
        categories=choice.categories,
        language=choice.language or base.default_language,
    )
    return tuple(sorted((day, str(name)) for day, name in found.items() if day.year == year))


def _package_version() -> str:
    from importlib.metadata import version

    return version("holidays")
