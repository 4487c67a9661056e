"""Several sets of holidays as one: closed when any of them is, or when all are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from slacalc.arguments import refuse
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.calendars.holidays.half_days import HalfDay
from slacalc.calendars.holidays.source import HolidaySource, check_year, digest_of, is_source
from slacalc.calendars.holidays.year import HolidayYear, half_days_at_hand, market_zone_of, year_of
from slacalc.errors import HolidayError

__all__ = ["ClosedWhen", "HolidaySets"]

ClosedWhen: TypeAlias = Literal["any", "all"]


@dataclass(frozen=True, slots=True)
class HolidaySets:
    """Sets of holidays together: a date is off when any of them has it, or with `closed_when="all"` when all have it.

    A weekend is worked when any set has it so, unless it is off. A half day ends at the earliest
    end of those that have one; with "all" at the latest, where each set has one or is off.

    >>> from slacalc import Holidays
    >>> both = HolidaySets((Holidays("DE", language="en_US"), Holidays("IT", language="en_US")))
    >>> both.names(2026)[date(2026, 12, 25)], date(2026, 6, 2) in both.names(2026)
    ('Christmas Day', True)
    """

    sets: tuple[HolidaySource, ...]
    closed_when: ClosedWhen = "any"

    def __post_init__(self) -> None:
        """Check that these are sources that share a year and a clock."""
        if not isinstance(self.sets, tuple) or not self.sets or not all(is_source(each) for each in self.sets):
            refuse(self.sets, "holidays", 'several sets, such as ["DE", "IT"]')
        if self.closed_when not in get_args(ClosedWhen):
            refuse(self.closed_when, "closed_when", '"any" or "all"')
        if self.years[0] > self.years[1]:
            raise HolidayError(
                "holiday_years_apart",
                "the sets have no year in common",
                given=[each.years for each in self.sets],
                accepts="sets of holidays that share a year",
            )
        if len(self._market_zones) > 1:
            raise HolidayError(
                "half_days_of_two_zones",
                "the half days of these markets are told by different clocks",
                given=sorted(self._market_zones),
                accepts="markets of one zone, or half days of one of them",
                where="holidays",
            )

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that all of them know."""
        return max(each.years[0] for each in self.sets), min(each.years[1] for each in self.sets)

    @property
    def source(self) -> str:
        """Where they came from, one after the other."""
        return ", ".join(dict.fromkeys(each.source for each in self.sets))

    @property
    def digest(self) -> str:
        """A digest of them all."""
        return digest_of("\n".join((self.closed_when, *(each.digest for each in self.sets))))

    @property
    def market_zone(self) -> str | None:
        """The zone whose clock tells half days of a market, or None."""
        return next(iter(self._market_zones), None)

    @property
    def half_days_at_hand(self) -> Mapping[date, HalfDay]:
        """Those of each set, the earliest of a date, as far as they can be told without reading each year."""
        every = sorted(
            ((day, half) for each in self.sets for day, half in half_days_at_hand(each).items()), key=_latest
        )
        return dict(every)

    def names(self, year: int) -> Mapping[date, str]:
        """Return the holidays of one year by date; on a date of several sets each name once. Raises HorizonError."""
        return self.year(year).names

    def year(self, year: int) -> HolidayYear:
        """Return all that is known of one year. Raises HorizonError beyond `years`."""
        check_year(self.years, year)
        known = [year_of(each, year) for each in self.sets]
        names = self._off([each.names for each in known])
        return HolidayYear(
            names,
            self._off([{**each.names, **each.english} for each in known]),
            {day: off for each in known for day, off in each.working_weekends.items()},
            {day: half for day, half in self._half_days(known) if day not in names},
            tuple(sorted({uncertain for each in known for uncertain in each.uncertain})),
        )

    @property
    def _market_zones(self) -> set[str]:
        return {zone for each in self.sets if (zone := market_zone_of(each)) is not None}

    def _off(self, named: list[Mapping[date, str]]) -> dict[date, str]:
        days = sorted({day for names in named for day in names})
        chosen = days if self.closed_when == "any" else [day for day in days if all(day in names for names in named)]
        return {day: "; ".join(dict.fromkeys(names[day] for names in named if day in names)) for day in chosen}

    def _half_days(self, known: list[HolidayYear]) -> Iterator[tuple[date, HalfDay]]:
        for day in sorted({day for each in known for day in each.half_days}):
            ends = [each.half_days[day] for each in known if day in each.half_days]
            if self.closed_when == "any":
                yield day, min(ends, key=_end_of)
            elif all(day in each.half_days or day in each.names for each in known):
                yield day, max(ends, key=_end_of)


def _latest(dated: tuple[date, HalfDay]) -> int:
    return -_end_of(dated[1])


def _end_of(half_day: HalfDay) -> int:
    """Return what half days are ordered by: one that is shortened ends before midnight by as much."""
    return DAY_SECONDS - half_day.shortened if half_day.until is None else half_day.until
