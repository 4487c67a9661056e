"""Dates told from another date: so many days before or after a public holiday, a holiday of that name, or Easter."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from slacalc.calendars.hours import format_days, read_weekdays
from slacalc.errors import HoursError, SpecialDayError

__all__ = ["PUBLIC_HOLIDAYS", "Named", "Relative", "read_relative"]

PUBLIC_HOLIDAYS: Final = "PH"
EASTERS: Final[Mapping[str, Literal[2, 3]]] = {"easter": 3, "orthodox easter": 2}
"""The anchors that need no holiday data, with dateutil's number of their reckoning."""

Named = Mapping[date, tuple[str, ...]]
"""The holidays around a year, each with every name that a key may call it by."""

_MOST_DAYS: Final = 7
_MOST_DAYS_OF_EASTER: Final = 100
_KEY: Final = re.compile(r"(?P<anchor>.*?)(?:\s*(?P<offset>[+-]\d+))?(?:\s+(?P<days>[A-Z][A-Za-z,-]*))?", re.ASCII)
_LONGEST: Final = 200  # the pattern takes quadratic time for many spaces
_ESTIMATED: Final = " (estimated)"
_ACCEPTS: Final = (
    '"PH-1" to "PH-7" and "PH+1" to "PH+7", a holiday\'s name such as "Christmas Day-1", '
    '"easter-46" or "orthodox easter+1" up to 100 days; each also with days of the week, such as "PH-2 Sat"'
)


@dataclass(frozen=True, slots=True)
class Relative:
    """The dates so many days after (`offset` > 0) or before (`offset` < 0) an anchor, on some days of the week only.

    `anchor` is "PH" for every public holiday, "easter", "orthodox easter", or the name of a
    holiday, in English (en_US) or in the language of the calendar's holidays. `weekdays` are
    0 (Monday) to 6 (Sunday); empty stands for all. Around a holiday 1 to 7 days are taken, around
    Easter 0 to 100. Raises SpecialDayError for others.

    >>> Relative("easter", -46).dates(2026, {})
    (datetime.date(2026, 2, 18),)
    """

    anchor: str
    offset: int
    weekdays: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Check the distance."""
        most, least = (_MOST_DAYS_OF_EASTER, 0) if self.anchor in EASTERS else (_MOST_DAYS, 1)
        if not self.anchor or type(self.offset) is not int or not least <= abs(self.offset) <= most:
            raise _not_relative(f"{self.anchor}{self.offset:+}" if type(self.offset) is int else self.offset)
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))

    @property
    def needs_holidays(self) -> bool:
        """Whether the dates depend on holiday data."""
        return self.anchor not in EASTERS

    @property
    def is_named(self) -> bool:
        """Whether the anchor is one holiday of the year, such as Easter, and not every one."""
        return self.anchor != PUBLIC_HOLIDAYS

    @property
    def rank(self) -> tuple[int, ...]:
        """Who speaks first: a named holiday, before one, nearer to it, on some days of the week only (rule 4)."""
        return (not self.is_named, self.offset > 0, abs(self.offset), not self.weekdays)

    def dates(self, year: int, holidays: Named) -> tuple[date, ...]:
        """Return the dates in a year; `holidays` are those of the year and a week around it."""
        found = (day + timedelta(self.offset) for day in self._anchors(year, holidays))
        return tuple(sorted(day for day in found if day.year == year and self._has_weekday(day)))

    def is_there(self, year: int, holidays: Named) -> bool:
        """Tell whether the anchor is among the holidays of a year and a week around it, on any day of the week."""
        return any(self._anchors(year, holidays))

    def __str__(self) -> str:
        """Return the key: `read_relative` is its inverse."""
        key = f"{self.anchor}{self.offset:+}"
        return f"{key} {format_days(self.weekdays)}" if self.weekdays else key

    def _anchors(self, year: int, holidays: Named) -> Iterator[date]:
        if self.anchor in EASTERS:
            yield from (_easter(year + step, EASTERS[self.anchor]) for step in (-1, 0, 1))
        for day, names in holidays.items() if self.needs_holidays else ():
            if self.anchor == PUBLIC_HOLIDAYS or self.anchor in _called(names):
                yield day

    def _has_weekday(self, day: date) -> bool:
        return not self.weekdays or day.weekday() in self.weekdays


def read_relative(key: str) -> Relative | None:
    """Return the dates that a key tells from another date, or None when it tells none. Raises SpecialDayError.

    >>> read_relative("PH-2 Sat")
    Relative(anchor='PH', offset=-2, weekdays=(5,))
    """
    match = _KEY.fullmatch(key) if len(key) <= _LONGEST else None
    if match is None or (match["offset"] is None and match["anchor"] not in {*EASTERS, PUBLIC_HOLIDAYS}):
        return None
    if match["anchor"] == PUBLIC_HOLIDAYS and match["offset"] is None:
        raise _not_relative(key)
    if not any(letter.isalpha() for letter in match["anchor"]):
        return None
    try:
        weekdays = read_weekdays(match["days"] or "")
    except HoursError:
        raise _not_relative(key) from None
    return Relative(match["anchor"], int(match["offset"] or 0), weekdays)


@lru_cache(maxsize=1_024)
def _easter(year: int, reckoning: Literal[2, 3]) -> date:
    from dateutil.easter import easter

    return easter(year, reckoning)


def _called(names: tuple[str, ...]) -> set[str]:
    """Return each name of a date: the data joins those of two holidays, and marks an estimate."""
    each = {name for joined in names for name in joined.split("; ")}
    return each | {name.removesuffix(_ESTIMATED) for name in each}


def _not_relative(given: object) -> SpecialDayError:
    return SpecialDayError(
        "special_day_date_invalid", "this names no dates", given=given, accepts=_ACCEPTS, where="special_days"
    )
