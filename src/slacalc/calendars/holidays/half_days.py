"""Half days: until when a date is open, read from the words in which the holiday data tells it.

The data has no field for the time: it stands in the name, as in "Christmas Eve (from 2pm)". The table of phrases
is that of the package's English, from version 0.109 on; its other languages tell the same dates.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from slacalc.business_time.spans import NOTHING, Spans, clip
from slacalc.calendars.hours import format_seconds

__all__ = ["FOR_SOME_PEOPLE", "MARKET_ZONES", "HalfDay", "Reading", "read_half_day"]

_HOUR: Final = 3_600

Reading: TypeAlias = "HalfDay | Literal['without_time', 'pauses', 'zone_unknown'] | None"
"""What a name says of a half day: until when, that it is one without a time, what nobody can act on, or nothing."""


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A date on which the hours end early: at a time of the wall clock, or so much before the last close of the date.

    Both are in seconds; `until` counts from midnight.
    """

    name: str
    until: int | None = None
    shortened: int = 0

    @property
    def end(self) -> tuple[int | None, int]:
        """What it does to hours, whatever it is called."""
        return self.until, self.shortened

    def apply(self, windows: Spans) -> Spans:
        """Return the windows of the date up to its early end: later ones go, and nothing opens.

        >>> HalfDay("Christmas Eve", until=13 * 3600).apply(((32400, 45000), (48600, 61200)))
        ((32400, 45000),)
        """
        if not windows:
            return NOTHING
        end = windows[-1][1] - self.shortened if self.until is None else self.until
        return clip(windows, 0, max(0, end))

    @property
    def in_words(self) -> str:
        """Until when the date is open: "half day until 13:00", "half day, shortened by 03:00"."""
        if self.until is None:
            return f"half day, shortened by {format_seconds(self.shortened)}"
        return f"half day until {format_seconds(self.until)}"


FOR_SOME_PEOPLE: Final = frozenset({"CN", "FO"})
"""Countries whose half days are not for everybody: women and youth in China, some trades on the Faroe Islands."""

MARKET_ZONES: Final = {
    "XAMS": "Europe/Amsterdam",
    "XASX": "Australia/Sydney",
    "XBOG": "America/Bogota",
    "XBRU": "Europe/Brussels",
    "XBUE": "America/Argentina/Buenos_Aires",
    "XCME": "America/Chicago",
    "XHKG": "Asia/Hong_Kong",
    "XIST": "Europe/Istanbul",
    "XJSE": "Africa/Johannesburg",
    "XLON": "Europe/London",
    "XMAD": "Europe/Madrid",
    "XMIL": "Europe/Rome",
    "XNAS": "America/New_York",
    "XNYS": "America/New_York",
    "XNZE": "Pacific/Auckland",
    "XOSL": "Europe/Oslo",
    "XPAR": "Europe/Paris",
    "XSES": "Asia/Singapore",
    "XSIF": "America/New_York",
    "XTSE": "America/Toronto",
}
"""On whose wall clock a market closes early: a financial calendar, or one of Euronext's places.

The times of its names are those of the market. Dublin and Lisbon are left out: their times are told on Paris's clock.
"""

_LETTERS: Final = {
    None: frozenset(MARKET_ZONES.values()),
    "CET": {"Europe/Amsterdam", "Europe/Brussels", "Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Rome"},
    "ET": {"America/New_York", "America/Toronto"},
    "NZDT": {"Pacific/Auckland"},
    "SAST": {"Africa/Johannesburg"},
    "SGT": {"Asia/Singapore"},
}

_CLOCK: Final = r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s?(?P<half>[ap]\.?m\.?)?(?: (?P<zone>[A-Z]{2,5}))?"
_UNTIL: Final = re.compile(rf"\((?:from|markets close at) {_CLOCK}\)", re.ASCII)
_SHORTENED: Final = re.compile(r"\(workday shortened by (\d{1,2}) hours?\)", re.ASCII)
_PAUSES: Final = re.compile(r"\(markets pause at [^()]*\)")
_WITHOUT_TIME: Final = re.compile(
    r"\((?:Half-Day Trading Day|markets close early|afternoon|half-day closing)\)|^Half-Day ", re.IGNORECASE
)


@lru_cache(maxsize=8_192)
def read_half_day(name: str, market: str | None = None) -> Reading:
    """Return what an English name says of a half day; `market` is the one whose clock it means.

    >>> read_half_day("Christmas Eve (from 2pm)")
    HalfDay(name='Christmas Eve (from 2pm)', until=50400, shortened=0)
    """
    if match := _UNTIL.search(name):
        if not _is_of_market(match["zone"], market):
            return "zone_unknown"
        return HalfDay(name, until=_seconds(match))
    if match := _SHORTENED.search(name):
        return HalfDay(name, shortened=int(match[1]) * _HOUR)
    if _PAUSES.search(name):
        return "pauses"
    return "without_time" if _WITHOUT_TIME.search(name) else None


def _is_of_market(letters: str | None, market: str | None) -> bool:
    if letters is None:
        return True
    return market is not None and MARKET_ZONES.get(market) in _LETTERS.get(letters, ())


def _seconds(match: re.Match[str]) -> int:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    return hour * _HOUR + int(match["minute"] or 0) * 60
