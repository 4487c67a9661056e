"""Which dates are public holidays, and where that knowledge came from.

It is the only importer of the `holidays` package, and imports it only when asked: pinned
data never does. What it reads there is copied at once into frozen values, because the
package's objects change when read, are not thread-safe, and say "not a holiday" for years
that they do not know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, SupportsIndex

from slacalc.arguments import check_argument, each_of, refuse
from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.errors import HolidayError, HorizonError

if TYPE_CHECKING:
    from pathlib import Path

    from holidays import HolidayBase

__all__ = ["Drift", "FrozenHolidays", "Holidays", "Provenance", "drift", "load_holidays"]

_FORMAT: Final = 1
_PAIR: Final = 2
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
        _check_pairs(self.added, "added", "what Holidays.adding makes")
        check_argument(self.removed, tuple, "removed", "what Holidays.removing makes")
        _check_dates([*(day for day, _ in self.added), *self.removed])
        for day in (*(day for day, _ in self.added), *self.removed):
            _check_year(self.years, day.year)
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
        return _digest(f"{self.source}\n{self!r}")

    def names(self, year: int) -> dict[date, str]:
        """Return the holidays of one year by date. Raises HorizonError beyond `years`."""
        _check_year(self.years, year)
        found = {day: name for day, name in _read_year(self, year) if day not in self.removed}
        found |= {day: name for day, name in self.added if day.year == year}
        return dict(sorted(found.items()))

    def adding(self, dates: Mapping[date, str]) -> "Holidays":
        """Return these holidays and the dates given, by name."""
        _check_named(dates)
        return replace(self, added=tuple(sorted({**dict(self.added), **dates}.items())))

    def removing(self, dates: Iterable[date]) -> "Holidays":
        """Return these holidays without the dates given, which must be among them."""
        check_argument(dates, Iterable, "dates", "several dates")
        gone = {*self.removed, *dates}
        _check_dates(gone)
        return replace(self, removed=tuple(sorted(gone)))

    def freeze(self, first_year: int, last_year: int) -> "FrozenHolidays":
        """Return the holidays of the years, both included, as a value that no upgrade changes.

        >>> frozen = Holidays("BE").freeze(2024, 2030)
        >>> frozen.provenance.country, frozen.years
        ('BE', (2024, 2030))
        """
        for year in (first_year, last_year):
            _check_year(self.years, year)
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


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where frozen holidays came from: the package and its version, and what it was asked for."""

    source: str
    country: str | None = None
    subdivision: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    observed: bool = True


@dataclass(frozen=True, slots=True)
class FrozenHolidays:
    """Public holidays as plain data, with the years that they cover, both included.

    >>> own = FrozenHolidays.of({date(2026, 12, 24): "Christmas Eve"}, years=(2026, 2026))
    >>> own.names(2026)
    {datetime.date(2026, 12, 24): 'Christmas Eve'}
    """

    dates: tuple[tuple[date, str], ...]
    years: tuple[int, int]
    provenance: Provenance = Provenance("given")

    def __post_init__(self) -> None:
        """Check that the years are in order and hold the dates, each once."""
        first, last = self.years if _is_pair_of_years(self.years) else (0, 0)
        if not FIRST_DATE.year <= first <= last <= LAST_DATE.year:
            raise HolidayError(
                "holiday_years_invalid",
                "these years cannot be covered",
                given=self.years,
                accepts="a first and a last year from 1900 to 2200",
                where="years",
            )
        _check_pairs(self.dates, "dates", "what FrozenHolidays.of makes")
        days = [day for day, _ in self.dates]
        _check_dates(days)
        if any(not first <= day.year <= last for day in days) or days != sorted(set(days)):
            raise HolidayError(
                "holiday_dates_invalid",
                "the dates are not sorted, single and inside the years",
                given=[day.isoformat() for day in days],
                accepts=f"dates from {first} to {last}",
                where="dates",
            )

    @classmethod
    def of(cls, dates: Mapping[date, str], *, years: tuple[int, int], source: str = "given") -> "FrozenHolidays":
        """Return holidays of one's own making."""
        _check_named(dates)
        return cls(tuple(sorted(dates.items())), years, Provenance(source))

    def names(self, year: int) -> dict[date, str]:
        """Return the holidays of one year by date. Raises HorizonError beyond `years`."""
        _check_year(self.years, year)
        return dict(_by_year(self.dates).get(year, {}))

    @property
    def source(self) -> str:
        """Where they came from, and the country."""
        return f"{self.provenance.source} {self.provenance.country or ''}".rstrip()

    @property
    def digest(self) -> str:
        """A digest of the years and dates: equal digests give equal due times."""
        lines = [f"{self.years[0]}-{self.years[1]}", *(day.isoformat() for day, _ in self.dates)]
        return _digest("\n".join(lines))

    def refrozen(self) -> "FrozenHolidays":
        """Return what the installed package says today for the same choice and years. Raises HolidayError."""
        asked = self.provenance
        if asked.country is None:
            raise HolidayError(
                "holiday_source_none",
                "these holidays came from no package",
                given=asked.source,
                accepts="holidays that were frozen from a country",
            )
        chosen = Holidays(asked.country, asked.subdivision, asked.categories, asked.language, asked.observed)
        return chosen.freeze(*self.years)

    def to_json(self) -> str:
        """Return the text of a pin file; `FrozenHolidays.from_json` and `load_holidays` read it."""
        import json

        source = self.provenance
        return json.dumps(
            {
                "format": _FORMAT,
                "source": source.source,
                "country": source.country,
                "subdivision": source.subdivision,
                "categories": source.categories,
                "language": source.language,
                "observed": source.observed,
                "years": self.years,
                "digest": self.digest,
                "dates": {day.isoformat(): name for day, name in self.dates},
            },
            ensure_ascii=False,
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str, where: str = "") -> "FrozenHolidays":
        """Return the holidays of a pin file's text. Raises HolidayError when it was altered or is none."""
        import json

        try:
            return _from_pin(json.loads(text))
        except HolidayError as error:
            raise (error.at(where) if where else error) from None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise HolidayError(
                "holiday_pin_invalid",
                "this is not a holiday pin file",
                given=str(error),
                accepts="the text of FrozenHolidays.to_json()",
                where=where,
            ) from None


@dataclass(frozen=True, slots=True)
class Drift:
    """What moved between two sets of holidays, in the years that both cover."""

    years: tuple[int, int]
    added: tuple[tuple[date, str], ...]
    removed: tuple[tuple[date, str], ...]
    renamed: tuple[tuple[date, str, str], ...]

    @property
    def moves_due_times(self) -> bool:
        """Whether any date was added or removed; a new name moves nothing."""
        return bool(self.added or self.removed)

    def to_json(self) -> str:
        """Return what moved as JSON: lists of date and name, of date, old and new name."""
        import json

        return json.dumps(
            {
                "years": self.years,
                "added": [(day.isoformat(), name) for day, name in self.added],
                "removed": [(day.isoformat(), name) for day, name in self.removed],
                "renamed": [(day.isoformat(), old, new) for day, old, new in self.renamed],
            },
            ensure_ascii=False,
        )

    def __str__(self) -> str:
        """Return a line for each date that moved."""
        lines = [f"+ {day} {name}" for day, name in self.added]
        lines += [f"- {day} {name}" for day, name in self.removed]
        lines += [f"~ {day} {old} -> {new}" for day, old, new in self.renamed]
        return "\n".join(sorted(lines, key=lambda line: line[2:])) or "no drift"


def drift(old: FrozenHolidays, new: FrozenHolidays) -> Drift:
    """Return which dates moved from `old` to `new`, in the years that both cover.

    Raises HolidayError when no year is common.

    >>> old = FrozenHolidays.of({date(2026, 5, 8): "Victory Day"}, years=(2026, 2026))
    >>> print(drift(old, FrozenHolidays.of({}, years=(2026, 2027))))
    - 2026-05-08 Victory Day
    """
    for name, each in (("old", old), ("new", new)):
        check_argument(each, FrozenHolidays, name, "frozen holidays, such as Holidays(...).freeze(2026, 2030)")
    first, last = max(old.years[0], new.years[0]), min(old.years[1], new.years[1])
    if first > last:
        raise HolidayError(
            "holiday_years_apart",
            "the two have no year in common",
            given=(old.years, new.years),
            accepts="two sets of holidays that share a year",
        )
    before = {day: name for day, name in old.dates if first <= day.year <= last}
    after = {day: name for day, name in new.dates if first <= day.year <= last}
    return Drift(
        (first, last),
        tuple((day, name) for day, name in after.items() if day not in before),
        tuple((day, name) for day, name in before.items() if day not in after),
        tuple((day, name, after[day]) for day, name in before.items() if after.get(day, name) != name),
    )


def load_holidays(path: "str | Path") -> FrozenHolidays:
    """Return the holidays pinned in a file. Raises HolidayError when it cannot be read or was altered."""
    if not isinstance(path, str) and not hasattr(path, "__fspath__"):
        refuse(path, "path", "the path of a file")  # a number would be an open file, such as standard output
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib costs a tenth of a first answer
            text = file.read()
    except (OSError, ValueError) as error:
        raise HolidayError(
            "holiday_pin_unreadable",
            "the pin file cannot be read",
            given=str(error),
            accepts="a UTF-8 file written with FrozenHolidays.to_json()",
            where=str(path),
        ) from None
    return FrozenHolidays.from_json(text, where=str(path))


def _digest(text: str) -> str:
    import hashlib

    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _from_pin(pin: dict[str, Any]) -> FrozenHolidays:
    if pin["format"] != _FORMAT:
        raise HolidayError(
            "holiday_pin_format",
            "this pin file is of another format",
            given=pin["format"],
            accepts=f"format {_FORMAT}",
            where="format",
        )
    first, last = pin["years"]
    frozen = FrozenHolidays(
        tuple((date.fromisoformat(day), _text(name)) for day, name in pin["dates"].items()),
        (_integer(first), _integer(last)),
        Provenance(
            _text(pin["source"]),
            _text_or_none(pin["country"]),
            _text_or_none(pin["subdivision"]),
            tuple(map(_text, pin["categories"])),
            _text_or_none(pin["language"]),
            observed=bool(pin["observed"]),
        ),
    )
    if frozen.digest != pin["digest"]:
        raise HolidayError(
            "holiday_pin_altered",
            "the dates are not those that were pinned",
            given=pin["digest"],
            accepts=frozen.digest,
            where="digest",
        )
    return frozen


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is expected, not {value!r}")
    return value


def _integer(value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"a whole number is expected, not {value!r}")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


@lru_cache(maxsize=256)
def _by_year(dates: tuple[tuple[date, str], ...]) -> dict[int, dict[date, str]]:
    years: dict[int, dict[date, str]] = {}
    for day, name in dates:
        years.setdefault(day.year, {})[day] = name
    return years


def _check_year(years: tuple[int, int], year: int) -> None:
    if not isinstance(year, SupportsIndex) or not years[0] <= year <= years[1]:
        raise HorizonError(
            "holiday_year_unknown",
            "the holidays of this year are not known",
            given=year,
            accepts=f"years from {years[0]} to {years[1]}",
        )


def _is_pair_of_years(years: object) -> bool:
    return isinstance(years, tuple | list) and [type(year) for year in years] == [int, int]


def _check_pairs(pairs: object, where: str, accepts: str) -> None:
    if not isinstance(pairs, tuple) or not all(isinstance(pair, tuple) and len(pair) == _PAIR for pair in pairs):
        refuse(pairs, where, accepts)


def _check_named(dates: Mapping[date, str]) -> None:
    check_argument(dates, Mapping, "dates", 'a mapping such as {datetime.date(2026, 12, 24): "Christmas Eve"}')
    _check_dates(dates)


def _check_dates(days: Iterable[object]) -> None:
    for day in days:
        if type(day) is not date:
            raise HolidayError(
                "holiday_dates_invalid",
                "this is not a date",
                given=day,
                accepts="datetime.date(2026, 12, 24)",
                where="dates",
            )


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
