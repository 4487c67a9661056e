"""A holiday is named in the reader's language or not at all; the judge is the `holidays` package, asked for each language itself.

Days off of an office's own have the name that the office gave them, in every language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays as package
from hypothesis import example, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.holidays import HolidaySource
from slacalc.calendars.holidays.sets import HolidaySets
from slacalc.calendars.open_time import OpenTime
from slacalc.expectations.expectation import Expectation
from slacalc.expectations.languages import INFORMAL, LANGUAGES
from tests.laws.strategies import law

COUNTRIES: Final = tuple(sorted(package.list_supported_countries(include_aliases=False)))
MARKETS: Final = tuple(sorted({*package.list_supported_financial(include_aliases=False)} - {*COUNTRIES}))
ZONE: Final = ZoneInfo("Europe/Helsinki")
OWN: Final = "Founders' Day"


@dataclass(frozen=True)
class Place:
    """Where holidays come from: a country or a market, and the number of the language that its calendar was asked for."""

    code: str
    spoken: int = 0

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(asked(self.code).supported_languages)

    @property
    def language(self) -> str | None:
        """The language that the calendar is asked for; None is the place's own."""
        known = (None, *sorted(self.languages))
        return known[self.spoken % len(known)]

    def names(self, day: date, language: str, *, is_pinned: bool) -> set[str]:
        """Each name of a date in a language: of a pin in its own and English; data of no language at all is in English."""
        codes: list[str | None] = [code for code in self.languages if code.partition("_")[0] == language]
        if is_pinned:
            own = self.language or asked(self.code).default_language
            codes = [code for code in codes if code in {own, "en_US"}]
        if not self.languages and language == "en":
            codes = [None]
        return {name for code in codes if (name := asked(self.code, day.year, code).get(day)) is not None}

    def source(self) -> sla.Holidays:
        """The same for slacalc."""
        if self.code in MARKETS:
            return sla.Holidays(financial=self.code, language=self.language)
        return sla.Holidays(self.code, language=self.language)


@lru_cache(maxsize=4_096)
def asked(code: str, year: int | None = None, language: str | None = None) -> package.HolidayBase:
    """The package's own answer: of a year, in a language."""
    ask = package.financial_holidays if code in MARKETS else package.country_holidays
    return ask(code, years=year, language=language, expand=False)


places = st.builds(Place, st.sampled_from((*COUNTRIES, *MARKETS)), st.integers(0, 7))


@dataclass(frozen=True)
class Office:
    """An office that is closed on the holidays of one or two places, and on days of its own."""

    places: tuple[Place, ...]
    year: int
    how: str  # "plain", "pinned", "with a day of its own", "combined"
    number: int = 0

    @property
    def eve(self) -> date | None:
        """The date before a holiday of one of the places; None in a year that has none."""
        days = sorted(day for place in self.places for day in asked(place.code, self.year) if day.year == self.year)
        return days[self.number % len(days)] - timedelta(days=1) if days else None

    @property
    def own(self) -> date | None:
        return None if self.eve is None or self.how != "with a day of its own" else self.eve + timedelta(days=1)

    def names(self, day: date, language: str) -> set[str]:
        """What a date may be called in a language: by the data of the places; a day of the office's own by its name."""
        if not any(day in asked(place.code, day.year) for place in self.places):
            return {OWN}
        return {
            name
            for place in self.places
            for name in place.names(day, language, is_pinned=self.how == "pinned")
        }  # fmt: skip

    def calendar(self) -> OpenTime:
        sources: list[HolidaySource] = [place.source() for place in self.places]
        if self.how == "pinned":
            sources = [place.source().freeze(self.year - 1, self.year + 1) for place in self.places]
        if self.own is not None:
            sources.append(sla.GivenHolidays.of({self.own + timedelta(days=self.number % 2): OWN}))
        if self.how == "combined":
            return self._combined(sources)
        return sla.Calendar(
            ZONE.key, "Mon-Sun 09:00-17:00", holidays=HolidaySets(tuple(sources)) if sources[1:] else sources[0]
        )

    def _combined(self, sources: list[HolidaySource]) -> OpenTime:
        first, *others = (sla.Calendar(ZONE.key, "Mon-Sun 09:00-17:00", holidays=each) for each in sources)
        office: OpenTime = first.workdays() & first
        for other in others:
            office &= other
        return office


offices = st.builds(
    Office,
    st.lists(places, min_size=1, max_size=2, unique_by=lambda place: place.code).map(tuple),
    st.integers(2020, 2032),
    st.sampled_from(["plain", "pinned", "with a day of its own", "combined"]),
    st.integers(0, 40),
)


def told_on(office: Office) -> Iterator[Expectation]:
    """What a channel says in the evening before a holiday, where that is why it is closed."""
    if office.eve is not None:
        evening = datetime.combine(office.eve, time(20), ZONE)
        one = Expectation.for_channel("telephone", office.calendar(), as_of=evening, zone=ZONE.key)
        if one.reason is not None and one.reason.kind == "holiday":
            yield one


def is_made_of(said: str, names: set[str]) -> bool:
    """Tell whether a text is one of the names, or several with a semicolon, the first perhaps with a small letter."""
    known = {part for name in names for part in (name, *name.split("; "))}
    small = {name[:1].lower() + name[1:] for name in known}
    return said in known | small or {*said.split("; ")} <= known | small


@law(60)
@given(offices)
@example(Office((Place("NZ"),), 2026, "plain", 2))
@example(Office((Place("NZ"),), 2026, "pinned", 2))
@example(Office((Place("XECB"),), 2026, "plain", 1))
@example(Office((Place("FI"),), 2027, "with a day of its own", 14))
@example(Office((Place("DE"), Place("SK")), 2026, "plain", 0))
@example(Office((Place("DE"), Place("NZ")), 2026, "pinned", 1))
@example(Office((Place("BE"), Place("HU", 2)), 2026, "combined", 0))
def test_a_holiday_is_named_in_the_language_of_the_reader_or_not_at_all(office: Office) -> None:
    for one in told_on(office):
        assert one.reason is not None
        day = one.reason.start.date()
        for code in (*LANGUAGES, *INFORMAL):
            said = re.search(r"\((.+)\)", str(one.say(code, reason=True)))
            names = office.names(day, code.partition("-")[0])
            assert (said is not None) == bool(names), (code, day, names, said)
            assert said is None or is_made_of(said[1], names), (code, day, names, said)
