"""A feed as a policy: hours of availability, open hours, or what is closed of hours that are given."""

import re
from pathlib import Path
from typing import Final, TypeAlias

from slacalc.calendars.calendar import Calendar
from slacalc.calendars.hours import HoursLike
from slacalc.errors import InteropError
from slacalc.interop.icalendar.availability import read_availability
from slacalc.interop.icalendar.closures import read_closures
from slacalc.interop.icalendar.closures_written import OPEN_HOURS
from slacalc.interop.icalendar.feed import Feed, read_feed
from slacalc.interop.icalendar.open_hours import policy_of, read_open_hours, zone_of
from slacalc.interop.imported import Imported

__all__ = ["load", "read_years"]

Years: TypeAlias = "tuple[int, int] | str | None"

_UTC: Final = ("UTC", "Etc/UTC")
_YEARS: Final = re.compile(r"(\d{4})(?:\.\.(\d{4}))?", re.ASCII)


def load(
    source: str | Path,
    *,
    hours: HoursLike | None = None,
    zone: str | None = None,
    years: Years = None,
    lossy: bool = False,
) -> Imported:
    """Return a policy with the calendar of a feed; it promises nothing.

    With `hours`, the weekly hours of an office, the feed says what of them is closed: see `read_closures`. Without,
    it says itself when the office is open: see `read_availability`, and `read_open_hours` for events of the category
    "Open hours". `zone` is the calendar's; left out, it is that of the feed. `years` are a first and a last one, in
    text "2026..2030". Raises as these readers do, and InteropError where nobody says when the office is open, or on
    which clock.

    >>> away = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261224", "END:VEVENT")
    >>> feed = chr(10).join(("BEGIN:VCALENDAR", *away, "END:VCALENDAR"))
    >>> imported = load(feed, hours="Mon-Fri 09:00-17:00", zone="Europe/Rome")
    >>> [str(special.on) for special in imported.calendars["opening hours"].special_days]
    ['2026-12-24']
    """
    feed, known = read_feed(source, zone=zone), read_years(years)
    if hours is not None:
        chosen = _zone_of(feed)
        closures = read_closures(source, zone=chosen, years=known, lossy=lossy)
        return policy_of(feed, closures.close(Calendar(chosen, hours)), [*closures.losses])
    if feed.availabilities:
        return read_availability(source, zone=zone, years=known, lossy=lossy)
    if any(OPEN_HOURS in each.categories for each in feed.events):
        return read_open_hours(source, zone=zone, years=known, lossy=lossy)
    raise InteropError(
        "import_hours_missing",
        "the feed says when somebody is away, and not when the office is open",
        accepts='hours="Mon-Fri 09:00-17:00", or --hours; read_open_hours, where its events are the hours',
        where=feed.file or "source",
    )


def _zone_of(feed: Feed) -> str:
    """Return the zone of an office: UTC is what Google says of every feed of holidays, and what nobody lives in."""
    zone = zone_of(feed, feed.events)
    if zone not in _UTC or feed.zone is not None:
        return zone
    problem, accepts = "nobody says in which zone the office is", 'zone="Europe/Brussels", or another, UTC too'
    raise InteropError("import_zone_missing", problem, given=zone, accepts=accepts, where=feed.file or "source")


def read_years(years: Years) -> tuple[int, int] | None:
    """Return the first and the last year of a text such as 2026..2030. Raises InteropError for another text."""
    if not isinstance(years, str):
        return years
    match = _YEARS.fullmatch(years.strip())
    if match is None:
        raise InteropError(
            "import_value_invalid", "these are no years", given=years, accepts="2026..2030, or 2026", where="years"
        )
    return int(match[1]), int(match[2] or match[1])
