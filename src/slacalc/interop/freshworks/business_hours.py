"""Business hours of Freshdesk and Freshservice as calendars of a policy.

Facts of the formats (public clients of both APIs, 2026): zones have the names of Rails; a day has one window, a day
that is not there is closed; no window runs over midnight, and 11:59:59 pm stands for midnight. Freshservice lists its
holidays without a year, so that each comes back on its date; Freshdesk's list of business hours has none.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.calendars.hours import DAY_NAMES, Hours
from slacalc.interop.freshworks.dialect import Dialect
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each

__all__ = ["DeskHours", "read_business_hours"]

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOLIDAYS: Final = "list_of_holidays"
_EXAMPLE: Final = '{"holiday_date": "--12-25", "holiday_name": "Christmas"}'
_YEARLESS: Final = re.compile(r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_NOON: Final = 12
_ALMOST_MIDNIGHT: Final = (DAY_SECONDS - 60, DAY_SECONDS - 1)


class DeskHours(NamedTuple):
    """Business hours: their id, the name of their calendar, the table of that, and where they came from."""

    id: str
    name: str
    is_default: bool
    table: dict[str, Any]
    origin: str
    losses: tuple[Loss, ...]


def read_business_hours(part: Part, dialect: Dialect) -> DeskHours:
    """Return business hours with their holidays. Raises InteropError for what they cannot be."""
    name = part["name"].text()
    number = part["id"].text() if "id" in part else name
    table: dict[str, Any] = {"zone": part["time_zone"].named_zone(), "hours": _hours(part[dialect.hours], dialect)}
    holidays = part[_HOLIDAYS].items() if _HOLIDAYS in part else []
    yearly: dict[str, list[str]] = {}
    for day, said in read_each(holidays, _holiday):
        known = yearly.setdefault(day, [])
        known += [] if said in known else [said]
    if yearly:
        table["holidays"] = {"yearly": dict(sorted(yearly.items())), "source": f"{dialect.system} {name}"}
    origin = f"business hours {name!r}, in the zone {part['time_zone'].text()!r} ({part.place or 'the document'})"
    losses = (*_last_minutes(part[dialect.hours], dialect), *_of_holidays(part, holidays))
    return DeskHours(number, name, "is_default" in part and part["is_default"].truth(), table, origin, losses)


def _hours(part: Part, dialect: Dialect) -> str:
    windows = dict(read_each(part.values(), lambda day: _window(day, dialect)))
    if not windows:
        raise part.refusal("import_never_opens", "these hours never open", accepts="one day or more, such as monday")
    return str(Hours.of_days({day: [window] for day, window in windows.items()}))


def _window(day: Part, dialect: Dialect) -> tuple[int, tuple[int, int]]:
    """Return a weekday, Monday 0, and the seconds of its date; what ends within its last minute ends at midnight."""
    weekday = Part(day.key, day.file, day.path).word(*_DAYS)
    start, end = (_time(day[key], dialect) for key in (dialect.opens, dialect.closes))
    end = DAY_SECONDS if end in _ALMOST_MIDNIGHT else end
    if start >= end:
        raise day.refusal(
            "import_interval_over_midnight",
            "hours begin and end on one date",
            given=f"{day[dialect.opens].text()} to {day[dialect.closes].text()}",
            accepts=f"{dialect.clock_accepts}; 11:59:59 pm is midnight",
        )
    return _DAYS.index(weekday), (start, end)


def _time(part: Part, dialect: Dialect) -> int:
    said = dialect.clock.fullmatch(part.text().strip())
    if said is None:
        raise part.misfit(dialect.clock_accepts)
    hour, minute, second = (int(said[name] or 0) for name in ("hour", "minute", "second"))
    half = (said["half"] or "").lower()
    if not (hour < 2 * _NOON if not half else 1 <= hour <= _NOON):
        raise part.misfit(dialect.clock_accepts)
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return (hour * 60 + minute) * 60 + second


def _last_minutes(part: Part, dialect: Dialect) -> Iterator[Loss]:
    for day in part.values():
        if _time(day[dialect.closes], dialect) in _ALMOST_MIDNIGHT:
            said = f"the hours end at {day[dialect.closes].text()}, which stands for midnight: there is no 24:00"
            yield Loss("cosmetic", day[dialect.closes].place, said, f"{DAY_NAMES[_DAYS.index(day.key)]} until 24:00")


def _holiday(part: Part) -> tuple[str, str]:
    day = part["holiday_date"]
    said = _YEARLESS.fullmatch(day.text())
    if said is None or (said[1], said[2]) in _NO_DATES:
        raise day.misfit('a month and a day, such as "--01-16"')
    return f"{said[1]}-{said[2]}", part["holiday_name"].text()


_NO_DATES: Final = (("02", "30"), ("02", "31"), ("04", "31"), ("06", "31"), ("09", "31"), ("11", "31"))


def _of_holidays(part: Part, holidays: list[Part]) -> Iterator[Loss]:
    """Return what is lost of holidays: whether there are any, and of which year each is."""
    if _HOLIDAYS not in part:
        instead = f'no holidays: add them there under "{_HOLIDAYS}", with {_EXAMPLE}, or [] if there are none'
        yield Loss("due_times", part.place or "the document", "nobody says the holidays of these hours", instead)
    for each in holidays:
        day = each["holiday_date"]
        said = f"{each['holiday_name'].text()} has no year: it comes back on {day.text()[2:]}, even if it moves"
        yield Loss("cosmetic", day.place, said, "the same, every year")
