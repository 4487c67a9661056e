"""The public holidays of a country or a market, read from the installed package year by year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from slacalc.arguments import check_argument, each_of
from slacalc.calendars.holidays.frozen import FrozenHolidays, Provenance
from slacalc.calendars.holidays.half_days import MARKET_ZONES, HalfDay
from slacalc.calendars.holidays.package import (
    Choice,
    check_choice,
    half_days_often_asked,
    known_years,
    language_of,
    languages_of,
    package_version,
    read_names,
    read_year,
)
from slacalc.calendars.holidays.source import check_dates, check_named, check_pairs, check_year, digest_of
from slacalc.calendars.holidays.year import HolidayYear
from slacalc.calendars.hours import seconds_of_day
from slacalc.errors import HolidayError, HoursError

__all__ = ["Holidays"]


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays of a country, read from the installed `holidays` package year by year.

    `country` is an ISO 3166 code, or `financial` the code of a market such as "XLON"; `categories` are those of the
    package (several are united); `language` is one that the package has for this country, or None for the country's
    own: the locale is never asked. `observed` includes substitute days.

    `working_weekends` takes the Saturdays and Sundays that are worked instead of a day off between holidays.
    `half_days` takes the dates that close early, with their time; those without one end at `half_day_until`,
    such as "13:00"; those that are for some people only are taken with `half_days_of_some`. Raises HolidayError
    when the package lacks any of them.

    >>> Holidays("BE").names(2026)[date(2026, 11, 11)]
    'Wapenstilstand'
    >>> Holidays("DE", subdivision="BY", language="en_US").names(2026)[date(2026, 1, 6)]
    'Epiphany'
    >>> Holidays("HU").year(2026).working_weekends
    {datetime.date(2026, 1, 10): datetime.date(2026, 1, 2), datetime.date(2026, 8, 8): datetime.date(2026, 8, 21)}
    """

    country: str | None = None
    subdivision: str | None = None
    categories: tuple[str, ...] = ("public",)
    language: str | None = None
    observed: bool = True
    added: tuple[tuple[date, str], ...] = ()
    removed: tuple[date, ...] = ()
    financial: str | None = field(default=None, kw_only=True)
    working_weekends: bool = field(default=True, kw_only=True)
    half_days: bool = field(default=False, kw_only=True)
    half_day_until: str | None = field(default=None, kw_only=True)
    half_days_of_some: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        """Check the choice against the installed package."""
        several = 'several, such as ("public", "bank")'
        object.__setattr__(self, "categories", tuple(each_of(self.categories, str, "categories", several)))
        for name in ("observed", "working_weekends", "half_days", "half_days_of_some"):
            check_argument(getattr(self, name), bool, name, "True or False")
        if (self.country is None) == (self.financial is None):
            raise HolidayError(
                "holiday_country_or_financial",
                "holidays are those of a country or of a market",
                given=(self.country, self.financial),
                accepts='one of both, such as Holidays("BE") or Holidays(financial="XLON")',
                where="country",
            )
        check_choice(self.choice)
        check_pairs(self.added, "added", "what Holidays.adding makes")
        check_argument(self.removed, tuple, "removed", "what Holidays.removing makes")
        check_dates([*(day for day, _ in self.added), *self.removed])
        for day in (*(day for day, _ in self.added), *self.removed):
            check_year(self.years, day.year)
        for day in self.removed:
            self._check_removed(day)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that the data knows."""
        return known_years(self.choice)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the data has the names."""
        return languages_of(self.choice)

    @property
    def code(self) -> str:
        """The code of the country or of the market."""
        return self.country or self.financial or ""

    @property
    def market_zone(self) -> str | None:
        """The zone whose clock tells the half days of a market; None where those of a country are told, or none."""
        return MARKET_ZONES.get(self.subdivision or self.code) if self.financial and self.half_days else None

    @property
    def half_days_at_hand(self) -> Mapping[date, HalfDay]:
        """The half days of 2015 to 2030, which a calendar looks at first; some may have been removed."""
        return half_days_often_asked(self.choice)

    @property
    def source(self) -> str:
        """The package that is read, with its version, and the country or market."""
        return f"holidays {package_version()} {self.code}"

    @property
    def digest(self) -> str:
        """A digest of the choice and the version of the package, which decide the dates."""
        return digest_of(f"{self.source}\n{self!r}")

    def names(self, year: int, language: str | None = None) -> dict[date, str]:
        """Return the holidays of one year by date, in the language of the choice or in another that the data has.

        Raises HorizonError beyond `years`, HolidayError for a language that the data lacks.

        >>> Holidays("BE").names(2026, language="fr")[date(2026, 11, 11)]
        "Jour de l'Armistice"
        """
        check_year(self.years, year)
        known = read_year(self.choice, year).names
        said = known if language is None else read_names(self.choice, year, language)
        return self._changed(said, year)

    def year(self, year: int) -> HolidayYear:
        """Return all that is known of one year: also working weekends and half days. Raises HorizonError."""
        check_year(self.years, year)
        known = read_year(self.choice, year)
        names = self._changed(known.names, year)
        half_days = {day: half for day, half in known.half_days.items() if day not in {*self.removed, *names}}
        return HolidayYear(
            names, self._changed(known.english, year), known.working_weekends, half_days, known.uncertain
        )

    def adding(self, dates: Mapping[date, str]) -> "Holidays":
        """Return these holidays and the dates given, by name."""
        check_named(dates)
        return replace(self, added=tuple(sorted({**dict(self.added), **dates}.items())))

    def removing(self, dates: Iterable[date]) -> "Holidays":
        """Return these holidays without the dates given, which must be holidays or half days."""
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
        years = [self.year(year) for year in range(first_year, last_year + 1)]
        return FrozenHolidays(
            tuple(pair for year in years for pair in year.names.items()),
            (first_year, last_year),
            self._provenance,
            english=tuple(
                (day, name) for year in years for day, name in year.english.items() if year.names[day] != name
            ),
            working_weekends=tuple(pair for year in years for pair in year.working_weekends.items()),
            half_days=tuple(pair for year in years for pair in sorted(year.half_days.items())),
            uncertain=tuple(sorted({each for year in years for each in year.uncertain})),
        )

    @property
    def choice(self) -> Choice:
        """What the package is asked for."""
        return Choice(
            self.code,
            self.financial is not None,
            self.subdivision,
            self.categories,
            self.language,
            self.observed,
            self.working_weekends,
            self.half_days,
            _read_until(self.half_day_until),
            self.half_days_of_some,
        )

    @property
    def _provenance(self) -> Provenance:
        return Provenance(
            f"holidays {package_version()}",
            self.country,
            self.subdivision,
            self.categories,
            language_of(self.choice),
            observed=self.observed,
            financial=self.financial,
            working_weekends=self.working_weekends,
            half_days=self.half_days,
            half_day_until=self.half_day_until,
            half_days_of_some=self.half_days_of_some,
        )

    def _changed(self, names: Mapping[date, str], year: int) -> dict[date, str]:
        kept = {day: name for day, name in names.items() if day not in self.removed}
        return dict(sorted({**kept, **{day: name for day, name in self.added if day.year == year}}.items()))

    def _check_removed(self, day: date) -> None:
        known = read_year(self.choice, day.year)
        if day not in known.names and day not in known.half_days:
            raise HolidayError(
                "holiday_not_there",
                "only a holiday can be removed",
                given=day.isoformat(),
                accepts=f"a holiday of {self.code}",
                where="removed",
            )


def _read_until(time: str | None) -> int | None:
    try:
        return None if time is None else seconds_of_day(time)
    except (HoursError, TypeError):
        raise HolidayError(
            "half_day_until_invalid",
            "this is not a time of day",
            given=time,
            accepts='a time such as "13:00"',
            where="half_day_until",
        ) from None
