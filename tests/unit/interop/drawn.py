"""Calendars at random for the laws of writing: weeks, nights, holidays and special days, in quarters of an hour."""

from datetime import UTC, date, datetime
from typing import Final

from hypothesis import strategies as st

import slacalc as sla

FIRST: Final = date(2026, 12, 1)
LAST: Final = date(2026, 12, 31)
# From the noon of the second date: what is before may be of the night before the first.
START: Final = datetime(2026, 12, 2, 12, tzinfo=UTC)
END: Final = datetime(2026, 12, 31, tzinfo=UTC)
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH")


def _windows(quarters: list[tuple[int, int]]) -> str:
    said = (f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}" for a, b in quarters if a != b)
    return " ".join(said) or "closed"


_DAY: Final = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 96)), max_size=3).map(_windows)
_BY_DAY: Final = st.lists(
    st.tuples(st.integers(0, 95), st.integers(1, 96)).map(lambda two: (min(two), max(two))), max_size=3
).map(_windows)
_DATES: Final = st.dates(FIRST, LAST)
_ZONES: Final = st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/New_York", "UTC"])


def _office(zone: str, week: list[str], off: list[date], special: dict[date, str]) -> sla.Calendar:
    """A calendar that is open on Mondays, so that it opens."""
    return sla.Calendar(
        zone,
        {**dict(zip(DAYS, week, strict=False)), "Mon": "09:00-17:00"},
        holidays=sla.FrozenHolidays.of(dict.fromkeys(off, "off"), years=(2026, 2027)),
        special_days={str(day): hours for day, hours in special.items()},
    )


OFFICES: Final = st.builds(
    _office,
    _ZONES,
    st.lists(_DAY, min_size=8, max_size=8),
    st.lists(_DATES, max_size=4),
    st.dictionaries(_DATES, _DAY, max_size=4),
)
"""With nights, hours of holidays, and special days with hours."""
DAY_OFFICES: Final = st.builds(
    _office,
    _ZONES,
    st.lists(_BY_DAY, min_size=7, max_size=7),
    st.lists(_DATES, max_size=4),
    st.dictionaries(_DATES, st.just("closed"), max_size=4),
)
"""Without nights: holidays and special days close whole dates."""


def open_time(calendar: sla.Calendar) -> list[tuple[datetime, datetime]]:
    """The open intervals, those that touch as one: midnight divides a night in some formats, and not here."""
    found: list[tuple[datetime, datetime]] = []
    for each in calendar.intervals(START, END):
        if found and found[-1][1] == each.start:
            found[-1] = found[-1][0], each.end
        else:
            found.append((each.start, each.end))
    return found
