"""Salesforce's business hours as calendars of a policy.

Facts of the format (Metadata API "BusinessHoursSettings", Object Reference "BusinessHours", 2026): a time such as
`09:00:00.000Z` is local, its Z is no UTC; from 00:00 to 00:00 are 24 hours; a day without times is closed; an end of
00:00 is the end of the day; there is one window a day, and none over midnight.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.calendars.hours import Hours
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each
from slacalc.interop.salesforce.records import said, text_of, truth_of

__all__ = ["OfficeHours", "read_office_hours", "time_of_day"]

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.0{1,6})?Z?", re.ASCII)
_TIME_ACCEPTS: Final = "a time of day such as 09:00:00.000Z, which is local"
_ALMOST_MIDNIGHT: Final = (DAY_SECONDS - 60, DAY_SECONDS - 1)


class OfficeHours(NamedTuple):
    """Business hours: their name, whether they are the default, the table of a calendar, and where they came from."""

    name: str
    is_default: bool
    is_active: bool
    table: dict[str, Any]
    origin: str
    losses: tuple[Loss, ...]


def read_office_hours(part: Part) -> OfficeHours:
    """Return business hours, without holidays. Raises InteropError for what they cannot be."""
    name, active = text_of(part, "name"), truth_of(part, "active", otherwise=True)
    zone = said(part, "timeZoneId")
    table = {"zone": part["timeZoneId"].zone() if zone is None else zone.zone(), "hours": _hours(part)}
    losses = [*_last_minutes(part)]
    if not active:
        losses = [Loss("cosmetic", part.place, f"the business hours {name!r} are not active", "they are left out")]
    origin = f"business hours {name!r} ({part.place})"
    return OfficeHours(name, truth_of(part, "default"), active, table, origin, tuple(losses))


def time_of_day(part: Part) -> int:
    """Return the seconds of a time of day, which is local whatever it says."""
    found = _TIME.fullmatch(part.value) if isinstance(part.value, str) else None
    if found is None:
        raise part.misfit(_TIME_ACCEPTS)
    hour, minute, second = map(int, found.groups())
    return (hour * 60 + minute) * 60 + second


def _hours(part: Part) -> str:
    found = read_each([Part(day, part.file, part.path) for day in _DAYS], lambda day: _window(part, day.value))
    windows = {place: [window] for place, window in enumerate(found) if window is not None}
    if not windows:
        raise part.refusal(
            "import_never_opens",
            "these business hours never open",
            accepts="mondayStartTime and mondayEndTime, or more",
        )
    return str(Hours.of_days(windows))


def _window(part: Part, day: str) -> tuple[int, int] | None:
    opens, closes = (said(part, f"{day}{side}Time") for side in ("Start", "End"))
    if opens is None and closes is None:
        return None
    if opens is None or closes is None:
        key = f"{day}{'Start' if opens is None else 'End'}Time"
        raise part.refusal("import_key_missing", "a day has both of its times, or none", accepts=f'"{key}"')
    start, end = time_of_day(opens), time_of_day(closes) or DAY_SECONDS
    if start >= end:
        raise part.refusal(
            "import_interval_over_midnight",
            f"the hours of {day} begin and end on one date",
            given=f"{opens.text()} to {closes.text()}",
            accepts="an end after the start; 00:00 is the end of the day, and 00:00 to 00:00 are 24 hours",
        )
    return start, end


def _last_minutes(part: Part) -> Iterator[Loss]:
    for closes in (said(part, f"{day}EndTime") for day in _DAYS):
        if closes is not None and time_of_day(closes) in _ALMOST_MIDNIGHT:
            yield Loss(
                "cosmetic", closes.place, "the hours end a minute or a second before midnight, which is 00:00 there",
                "the same: the rest of the date is closed, as it is there; check warns of it",
            )  # fmt: skip
