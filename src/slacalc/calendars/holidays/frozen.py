"""Holidays as plain data that no upgrade changes: made, pinned in a file, and read from one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.calendars.holidays.half_days import MARKET_ZONES, HalfDay
from slacalc.calendars.holidays.source import check_dates, check_named, check_pairs, check_year, digest_of
from slacalc.calendars.holidays.year import HolidayYear, Uncertain
from slacalc.calendars.hours import format_seconds, seconds_of_day
from slacalc.errors import HolidayError
from slacalc.forms import Form

if TYPE_CHECKING:
    from pathlib import Path

    from slacalc.calendars.holidays.live import Holidays

__all__ = ["CHOICE", "FORMAT", "FrozenHolidays", "Provenance", "load_holidays"]

_MOST_BYTES: Final = 10_000_000  # three centuries of every category
FORMAT: Final = 2
ENGLISH: Final = "en_US"  # what the package calls it
CHOICE: Final[Mapping[str, object]] = {
    "financial": None,
    "working_weekends": True,
    "half_days": False,
    "half_day_until": None,
    "half_days_of_some": False,
}
"""What a pin file says of the choice where it is not so."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where frozen holidays came from: the package and its version, and what it was asked for."""

    source: str
    country: str | None = None
    subdivision: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    observed: bool = True
    financial: str | None = None
    working_weekends: bool = True
    half_days: bool = False
    half_day_until: str | None = None
    half_days_of_some: bool = False

    @property
    def code(self) -> str | None:
        """The code of the country or of the market, or None where they came from no package."""
        return self.country or self.financial


@dataclass(frozen=True, slots=True)
class FrozenHolidays(Form):
    """Public holidays as plain data, with the years that they cover, both included.

    `working_weekends` are dates that are worked, each with the day off that it pays for, or None; `half_days`
    are dates that end early; `english` are the names of `dates` in English where they differ.

    >>> own = FrozenHolidays.of({date(2026, 12, 24): "Christmas Eve"}, years=(2026, 2026))
    >>> own.names(2026)
    {datetime.date(2026, 12, 24): 'Christmas Eve'}
    """

    dates: tuple[tuple[date, str], ...]
    years: tuple[int, int]
    provenance: Provenance = Provenance("given")
    english: tuple[tuple[date, str], ...] = ()
    working_weekends: tuple[tuple[date, date | None], ...] = ()
    half_days: tuple[tuple[date, HalfDay], ...] = ()
    uncertain: tuple[Uncertain, ...] = ()

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
        for where, pairs in (
            ("dates", self.dates),
            ("working_weekends", self.working_weekends),
            ("half_days", self.half_days),
        ):
            check_pairs(pairs, where, "what FrozenHolidays.of makes")
            self._check_days([day for day, _ in pairs], where)

    @classmethod
    def of(
        cls,
        dates: Mapping[date, str],
        *,
        years: tuple[int, int],
        source: str = "given",
        working_weekends: Mapping[date, date | None] | None = None,
        half_days: Mapping[date, tuple[str, str]] | None = None,
    ) -> "FrozenHolidays":
        """Return holidays of one's own making.

        `working_weekends` maps dates that are worked to the day off that each pays for, or None; `half_days`
        maps dates to a name and the time at which they end.

        >>> own = FrozenHolidays.of({}, years=(2026, 2026), half_days={date(2026, 12, 24): ("Christmas Eve", "13:00")})
        >>> own.year(2026).half_days[date(2026, 12, 24)].until
        46800
        """
        check_named(dates)
        cut = {day: HalfDay(name, seconds_of_day(until)) for day, (name, until) in (half_days or {}).items()}
        return cls(
            tuple(sorted(dates.items())),
            years,
            Provenance(source),
            working_weekends=tuple(sorted((working_weekends or {}).items())),
            half_days=tuple(sorted(cut.items())),
        )

    def names(self, year: int, language: str | None = None) -> dict[date, str]:
        """Return the holidays of one year by date, in their language or in English (en_US).

        Raises HorizonError beyond `years`, HolidayError for a language that was not frozen.
        """
        check_year(self.years, year)
        names = dict(_by_year(self.dates).get(year, {}))
        if language is None or language == self.provenance.language:
            return names
        if language != ENGLISH:
            raise HolidayError(
                "holiday_language_unknown",
                "these holidays were not frozen in this language",
                given=language,
                accepts=", ".join(filter(None, (self.provenance.language, ENGLISH))),
                where="language",
            )
        return {**names, **{day: name for day, name in self.english if day.year == year}}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are known of the names: English alone of a pin without one, none of one's own making."""
        if self.provenance.code is None:
            return ()
        return tuple(dict.fromkeys(filter(None, (self.provenance.language, ENGLISH))))

    def year(self, year: int) -> HolidayYear:
        """Return all that is known of one year: also working weekends and half days. Raises HorizonError."""
        return HolidayYear(
            self.names(year),
            {day: name for day, name in self.english if day.year == year},
            {day: off for day, off in self.working_weekends if day.year == year},
            {day: half for day, half in self.half_days if day.year == year},
            tuple(each for each in self.uncertain if each.first.year <= year <= each.last.year),
        )

    @property
    def market_zone(self) -> str | None:
        """The zone whose clock tells the half days of a market; None where those of a country are told, or none."""
        asked = self.provenance
        return MARKET_ZONES.get(asked.subdivision or asked.financial) if asked.financial and self.half_days else None

    @property
    def half_days_at_hand(self) -> Mapping[date, HalfDay]:
        """All half days, by date."""
        return dict(self.half_days)

    @property
    def source(self) -> str:
        """Where they came from, and the country or market."""
        return f"{self.provenance.source} {self.provenance.code or ''}".rstrip()

    @property
    def digest(self) -> str:
        """A digest of the years and dates: equal digests give equal due times."""
        lines = [f"{self.years[0]}-{self.years[1]}", *(day.isoformat() for day, _ in self.dates)]
        lines += [f"worked {day} {off}" for day, off in self.working_weekends]
        lines += [f"half {day} {half.until} {half.shortened}" for day, half in self.half_days]
        return digest_of("\n".join(lines))

    def refrozen(self) -> "FrozenHolidays":
        """Return what the installed package says today for the same choice and years. Raises HolidayError."""
        return self.live().freeze(*self.years)

    def live(self) -> "Holidays":
        """Return the same choice, read from the installed package. Raises HolidayError where it came from none."""
        from slacalc.calendars.holidays.live import Holidays  # which freezes into this

        asked = self.provenance
        if asked.code is None:
            raise HolidayError(
                "holiday_source_none",
                "these holidays came from no package",
                given=asked.source,
                accepts="holidays that were frozen from a country",
            )
        return Holidays(
            asked.country,
            asked.subdivision,
            asked.categories,
            asked.language,
            asked.observed,
            financial=asked.financial,
            working_weekends=asked.working_weekends,
            half_days=asked.half_days,
            half_day_until=asked.half_day_until,
            half_days_of_some=asked.half_days_of_some,
        )

    def to_json(self) -> str:
        """Return the text of a pin file; `FrozenHolidays.from_json` and `load_holidays` read it."""
        import json

        return json.dumps(self.to_data(), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str, where: str = "") -> "FrozenHolidays":
        """Return the holidays of a pin file's text. Raises HolidayError when it was altered or is none."""
        import json

        accepts = "the text of FrozenHolidays.to_json()"
        try:
            data = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            raise HolidayError(
                "holiday_pin_invalid", "this is not a holiday pin file", given=text, accepts=accepts, where=where
            ) from None
        return cls._read(data, where, accepts)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: str = "") -> "FrozenHolidays":
        """Return what `to_data` was called on. Raises HolidayError when it was altered or is none.

        >>> own = FrozenHolidays.of({date(2026, 12, 24): "Christmas Eve"}, years=(2026, 2026))
        >>> FrozenHolidays.from_data(own.to_data()) == own
        True
        """
        return cls._read(data, where, "what FrozenHolidays.to_data() returns")

    @classmethod
    def _read(cls, data: object, where: str, accepts: str) -> "FrozenHolidays":
        from slacalc.calendars.holidays.pin_reading import frozen_from_data

        try:
            return frozen_from_data(data, accepts)
        except HolidayError as error:
            raise error.within(where) from None

    @classmethod
    def data_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the data: of dates, with what is known of each."""
        dated = {"type": "object", "propertyNames": {"format": "date"}}
        several = ("dates", "english", "working_weekends", "half_days")
        return {
            "type": "object",
            "title": cls.__name__,
            "properties": {"format": {"const": FORMAT}, **dict.fromkeys(several, dated)},
            "required": ["format", "years", "digest", "dates"],
        }

    def _check_days(self, days: list[date], where: str) -> None:
        check_dates(days)
        first, last = self.years
        if any(not first <= day.year <= last for day in days) or days != sorted(set(days)):
            raise HolidayError(
                "holiday_dates_invalid",
                "the dates are not sorted, single and inside the years",
                given=[day.isoformat() for day in days],
                accepts=f"dates from {first} to {last}",
                where=where,
            )

    def to_data(self) -> dict[str, object]:
        """Return what a pin file says as plain lists, dicts and texts."""
        asked = self.provenance
        choice = {key: getattr(asked, key) for key, default in CHOICE.items() if getattr(asked, key) != default}
        dated: dict[str, object] = {
            "english": {day.isoformat(): name for day, name in self.english},
            "working_weekends": {day.isoformat(): off and off.isoformat() for day, off in self.working_weekends},
            "half_days": {day.isoformat(): _half_day_data(half) for day, half in self.half_days},
            "uncertain": [[each.first.isoformat(), each.last.isoformat(), each.why] for each in self.uncertain],
        }
        return {
            "format": FORMAT,
            "source": asked.source,
            "country": asked.country,
            "subdivision": asked.subdivision,
            "categories": list(asked.categories),
            "language": asked.language,
            "observed": asked.observed,
            **({"choice": choice} if choice else {}),
            "years": list(self.years),
            "digest": self.digest,
            "dates": {day.isoformat(): name for day, name in self.dates},
            **{key: value for key, value in dated.items() if value},
        }


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


def _half_day_data(half: HalfDay) -> dict[str, object]:
    if half.until is None:
        return {"name": half.name, "shortened_minutes": half.shortened // 60}
    return {"name": half.name, "until": format_seconds(half.until)}


@lru_cache(maxsize=256)
def _by_year(dates: tuple[tuple[date, str], ...]) -> dict[int, dict[date, str]]:
    years: dict[int, dict[date, str]] = {}
    for day, name in dates:
        years.setdefault(day.year, {})[day] = name
    return years


def _is_pair_of_years(years: object) -> bool:
    return isinstance(years, tuple | list) and [type(year) for year in years] == [int, int]
