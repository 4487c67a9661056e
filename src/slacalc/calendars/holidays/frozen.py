"""Public holidays as plain data, and the pin files that hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.calendars.holidays.source import check_dates, check_named, check_pairs, check_year, digest_of
from slacalc.errors import HolidayError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FrozenHolidays", "Provenance", "load_holidays"]

_FORMAT: Final = 1
_MOST_BYTES: Final = 10_000_000  # three centuries of every category


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
        check_pairs(self.dates, "dates", "what FrozenHolidays.of makes")
        days = [day for day, _ in self.dates]
        check_dates(days)
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
        check_named(dates)
        return cls(tuple(sorted(dates.items())), years, Provenance(source))

    def names(self, year: int) -> dict[date, str]:
        """Return the holidays of one year by date. Raises HorizonError beyond `years`."""
        check_year(self.years, year)
        return dict(_by_year(self.dates).get(year, {}))

    @property
    def source(self) -> str:
        """Where they came from, and the country."""
        return f"{self.provenance.source} {self.provenance.country or ''}".rstrip()

    @property
    def digest(self) -> str:
        """A digest of the years and dates: equal digests give equal due times."""
        lines = [f"{self.years[0]}-{self.years[1]}", *(day.isoformat() for day, _ in self.dates)]
        return digest_of("\n".join(lines))

    def refrozen(self) -> "FrozenHolidays":
        """Return what the installed package says today for the same choice and years. Raises HolidayError."""
        from slacalc.calendars.holidays.live import Holidays  # reads the package: only when asked

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


def load_holidays(path: "str | Path") -> FrozenHolidays:
    """Return the holidays pinned in a file. Raises HolidayError when it cannot be read or was altered."""
    from slacalc.files import FileKind, read_text  # a first answer reads no file

    kind = FileKind(
        HolidayError,
        "holiday_pin_unreadable",
        "the pin file cannot be read",
        "a UTF-8 file written with FrozenHolidays.to_json()",
        _MOST_BYTES,
    )
    return FrozenHolidays.from_json(read_text(path, kind), where=str(path))


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


def _is_pair_of_years(years: object) -> bool:
    return isinstance(years, tuple | list) and [type(year) for year in years] == [int, int]
