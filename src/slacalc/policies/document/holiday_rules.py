"""Holidays as data: the table of a policy file that becomes a source of holidays."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic.config import JsonDict

from slacalc.calendars.holidays import FrozenHolidays, GivenHolidays, Holidays, HolidaySource, Provenance
from slacalc.calendars.holidays.given import read_month_and_day
from slacalc.calendars.holidays.sets import ClosedWhen, HolidaySets
from slacalc.errors import PolicyError, SlaError
from slacalc.policies.document.pins import Pinned, Pins, said_of
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.notation import FrozenModel, TimeOfDay
from slacalc.policies.problems import problems_of

__all__ = ["DateText", "HolidayRule", "checked_date", "dated", "holidays_as_table"]

_PUBLIC: Final = ("public",)
_TEXT: Final = {"type": "string"}


def checked_date(day: object) -> date:
    """Return a date, or the one that a text says. Raises PolicyError for anything else."""
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    if isinstance(day, str):
        with suppress(ValueError):
            return date.fromisoformat(day)
    raise PolicyError("date_invalid", "this is not a date", given=day, accepts="a date such as 2026-12-24")


DateText = Annotated[date, BeforeValidator(checked_date), WithJsonSchema({**_TEXT, "format": "date"})]


def _country_as_table(holidays: object) -> object:
    return {"country": holidays} if isinstance(holidays, str) else holidays


def _countries_as_tables(sets: object) -> object:
    return [_country_as_table(each) for each in sets] if isinstance(sets, list | tuple) else sets


def holidays_as_table(holidays: object) -> object:
    """Return a country, or a list of sets, as the table that says it; a table as it is."""
    return {"sets": holidays} if isinstance(holidays, list | tuple) else _country_as_table(holidays)


def dated(by_date: object, read: ValidatorFunctionWrapHandler) -> object:
    """Return a table whose keys are dates; what is wrong with keys and values is said at once."""
    return _checked_keys(by_date, read, checked_date)


def _yearly(by_date: object, read: ValidatorFunctionWrapHandler) -> object:
    return _checked_keys(by_date, read, read_month_and_day)


def _checked_keys(table: object, read: ValidatorFunctionWrapHandler, check: Callable[[object], object]) -> object:
    problems: list[SlaError] = []
    for key in table if isinstance(table, Mapping) else ():
        try:
            check(key)
        except SlaError as error:
            problems.append(error.placed(key))
    try:
        table = read(table)
    except ValidationError as error:
        problems += problems_of(error, HolidayRule)
    if problems:
        raise PolicyError.of(problems)
    return table


def _one_as_list(names: object) -> object:
    return [names] if isinstance(names, str) else names


_Name = Annotated[str, Field(min_length=1)]
_Names = Annotated[
    tuple[_Name, ...],
    BeforeValidator(_one_as_list, json_schema_input_type=_Name | tuple[_Name, ...]),
    Field(min_length=1),
]
_GIVEN: Final = frozenset(("dates", "yearly", "source"))
_ONE_OF: Final[list[JsonDict]] = [{"required": [key]} for key in ("country", "financial", "sets")]
_WITHOUT: Final[JsonDict] = {
    "anyOf": [{"required": [key]} for key in ("pinned", "dates", "yearly")],
    "not": {"anyOf": [*_ONE_OF]},
}


class HolidayRule(FrozenModel):
    """Which public holidays: of a country or a market in the installed package, or pinned; and those that are given.

    `pinned` is the path of a pin file beside the policy, the name of a pin that is given, or the pinned data itself.
    `dates` and `yearly` are holidays besides, or the only ones; `source` says who gives them.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra={"oneOf": [*_ONE_OF, _WITHOUT]})

    country: str | None = None
    financial: str | None = None
    subdivision: str | None = None
    categories: tuple[str, ...] | None = None
    language: str | None = None
    observed: StrictBool = True
    working_weekends: StrictBool = True
    half_days: StrictBool = False
    half_day_until: TimeOfDay | None = None
    half_days_of_some: StrictBool = False
    add: Annotated[FrozenDict[str], WrapValidator(dated)] = Field(default_factory=FrozenDict)
    remove: tuple[DateText, ...] = ()
    pinned: Pinned = None
    dates: Annotated[FrozenDict[_Names], WrapValidator(dated)] = Field(default_factory=FrozenDict)
    yearly: Annotated[FrozenDict[_Names], WrapValidator(_yearly)] = Field(default_factory=FrozenDict)
    source: str = ""
    sets: Annotated[tuple["HolidayRule", ...], BeforeValidator(_countries_as_tables)] = ()
    closed_when: ClosedWhen = "any"

    @model_validator(mode="after")
    def _pinned_is_whole(self) -> Self:
        if self.pinned is not None and (self.add or self.remove):
            raise PolicyError(
                "pinned_changed",
                "a pin file already says every date",
                given=sorted(self.model_fields_set),
                accepts="pinned, or add and remove; freeze the holidays with their changes instead",
            )
        return self

    @model_validator(mode="after")
    def _sets_stand_alone(self) -> Self:
        if self.sets and self.model_fields_set - {"sets", "closed_when"}:
            raise PolicyError(
                "holiday_sets_and_more",
                "sets of holidays stand alone: what else is said belongs into each",
                given=sorted(self.model_fields_set),
                accepts="sets and closed_when",
            )
        return self

    @model_validator(mode="after")
    def _source_is_of_given_dates(self) -> Self:
        if self.source and not (self.dates or self.yearly):
            raise PolicyError(
                "holiday_source_of_nothing",
                "source says who gives dates, and none are given",
                given=self.source,
                accepts="dates or yearly beside it",
                where="source",
            )
        return self

    @model_validator(mode="after")
    def _names_whose_holidays(self) -> Self:
        if self.sets or any(each is not None for each in (self.country, self.financial, self.pinned)):
            return self
        if not (self.dates or self.yearly):
            raise PolicyError(
                "holidays_not_named",
                "no country or market is named, and no date is given",
                given=sorted(self.model_fields_set),
                accepts="country, financial, pinned, sets, dates or yearly; without holidays leave the key out",
            )
        if others := self.model_fields_set - _GIVEN:
            raise PolicyError(
                "holidays_not_named",
                "these keys belong to the holidays of a country or a market, and none is named",
                given=sorted(others),
                accepts="country or financial beside them; dates that are given alone have dates, yearly and source",
            )
        return self

    @property
    def pin_names(self) -> tuple[str, ...]:
        """The names of the pins that it reads."""
        return tuple(each.pinned for each in self.sets or (self,) if isinstance(each.pinned, str))

    def build(self, pins: Pins) -> HolidaySource:
        """Return the holidays; those of a pin file, unless they are wanted live."""
        if self.sets:
            return HolidaySets(tuple(self._built_sets(pins)), self.closed_when)
        if not (self.dates or self.yearly):
            return self._chosen(pins)
        if self.model_fields_set <= _GIVEN:
            return self._given()
        return HolidaySets((self._chosen(pins), self._given()))

    def _given(self) -> GivenHolidays:
        with said_of("dates"):
            single = {checked_date(day): names for day, names in self.dates.items()}
            return GivenHolidays.of(single, yearly=self.yearly, source=self.source)

    def _chosen(self, pins: Pins) -> HolidaySource:
        if self.pinned is not None and not pins.live:
            return self._same(self.pinned if isinstance(self.pinned, FrozenHolidays) else pins.read(self.pinned))
        chosen = Holidays(
            self.country,
            self.subdivision,
            _categories_of(self.categories),
            self.language,
            self.observed,
            financial=self.financial,
            working_weekends=self.working_weekends,
            half_days=self.half_days,
            half_day_until=self.half_day_until,
            half_days_of_some=self.half_days_of_some,
        )
        with said_of("add"):
            chosen = chosen.adding({checked_date(day): name for day, name in self.add.items()})
        with said_of("remove"):
            return chosen.removing(self.remove)

    def _built_sets(self, pins: Pins) -> Iterator[HolidaySource]:
        for i, each in enumerate(self.sets):
            try:
                yield each.build(pins)
            except SlaError as error:
                raise error.at("sets", i) from None

    def _same(self, pinned: FrozenHolidays) -> FrozenHolidays:
        """Check that a pin file holds the holidays that the policy names."""
        said, own = _choice_of(pinned.provenance), _choice_of(self)
        other = sorted(key for key in own if said[key] != own[key])
        is_given = pinned.provenance.code is None and (self.country or self.financial) is None
        if other and not is_given and self.model_fields_set - _GIVEN != {"pinned"}:
            raise PolicyError(
                "pin_of_others",
                "the pin file holds other holidays",
                given={key: said[key] for key in other},
                accepts=str({key: own[key] for key in other}),
                where="pinned",
            )
        return pinned


def _choice_of(holidays: HolidayRule | Provenance) -> dict[str, object]:
    """Return what decides the dates of a country or market, by key."""
    said = {key: getattr(holidays, key) for key in _CHOICE}
    return {**said, "categories": _categories_of(holidays.categories)}


def _categories_of(chosen: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the categories that were chosen, else the public holidays alone."""
    return _PUBLIC if chosen is None else chosen


_CHOICE: Final = (
    "country", "financial", "subdivision", "categories", "working_weekends",
    "half_days", "half_day_until", "half_days_of_some",
)  # fmt: skip
