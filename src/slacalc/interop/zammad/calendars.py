"""Zammad's calendars and their public holidays as calendars of a policy.

Facts of the format (zammad/zammad, app/models/calendar.rb; docs.zammad.org, "Calendars", 2026): a weekday that is not
active keeps its timeframes; no timeframe runs over midnight; one that ends at 23:59 ends at midnight; of two that
begin together the last counts; a public holiday counts when it is active, and was not removed.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS, FIRST_DATE, LAST_DATE
from slacalc.business_time.spans import Spans, union
from slacalc.calendars.hours import DAY_NAMES, format_windows
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each

__all__ = ["DAYS", "ZammadCalendar", "read_calendar"]

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LAST_MINUTE: Final = DAY_SECONDS - 60
_TIME: Final = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
_PAIR: Final = 2
_MOST_FRAMES: Final = 100


class ZammadCalendar(NamedTuple):
    """A calendar: its id, its name, whether it is the default one, the table of it, and where it came from."""

    id: str
    name: str
    is_default: bool
    table: dict[str, Any]
    origin: str
    losses: tuple[Loss, ...]


def read_calendar(part: Part) -> ZammadCalendar:
    """Return a calendar. Raises InteropError for what it cannot be."""
    number, name = part["id"].text(), part["name"].text()
    losses: list[Loss] = []
    table: dict[str, Any] = {"zone": part["timezone"].zone(), "hours": _hours(part["business_hours"], losses)}
    if dates := _dates(part.get("public_holidays")):
        table["holidays"] = {"dates": dates, "source": f"Zammad calendar {number}"}
    if "ical_url" in part and part["ical_url"].value != "":
        losses.append(_of_feed(part["ical_url"]))
    is_default = "default" in part and part["default"].truth()
    return ZammadCalendar(number, name, is_default, table, f"calendar {number}, {name!r} ({part.place})", tuple(losses))


def _hours(days: Part, losses: list[Loss]) -> str:
    """Return the weekly hours; each window stays on its date, for a holiday closes dates."""
    active: list[tuple[int, Part]] = []
    for day in days.values():
        if day.key not in DAYS:
            raise day.refusal("import_value_invalid", "this is no weekday", given=day.key, accepts=", ".join(DAYS))
        if day["active"].truth():
            active.append((DAYS.index(day.key), day["timeframes"]))
    read = read_each([frames for _, frames in active], lambda frames: _windows(frames, losses))
    windows = {weekday: found for (weekday, _), found in zip(active, read, strict=True) if found}
    if not windows:
        raise days.refusal(
            "import_never_opens",
            "this calendar never opens",
            given="no active day with a timeframe",
            accepts="an active day with a timeframe, or more",
        )
    return "; ".join(f"{DAY_NAMES[weekday]} {format_windows(windows[weekday])}" for weekday in sorted(windows))


def _windows(frames: Part, losses: list[Loss]) -> Spans:
    if len(frames.items()) > _MOST_FRAMES:
        raise frames.misfit(f"at most {_MOST_FRAMES} timeframes")
    ends: dict[int, tuple[Part, int]] = {}
    for part, start, end in read_each(frames.items(), _frame):
        if start in ends:
            losses.append(_lost(part, "two timeframes begin together, of which the last counts", "the same"))
        ends[start] = part, end
        if end == DAY_SECONDS and part.value[1] != "24:00":
            losses.append(_lost(part, "the timeframe ends at 23:59, which is midnight there", "it ends at 24:00"))
    losses += _overlaps({start: ends[start] for start in sorted(ends)})
    return union([(start, end) for start, (_, end) in ends.items()])


def _frame(part: Part) -> tuple[Part, int, int]:
    """Return a timeframe, and the seconds of its date; 23:59 at the end is midnight."""
    both = part.items()
    if len(both) != _PAIR:
        raise part.misfit('a list of two times, such as ["09:00", "17:00"]')
    start, end = (_seconds(each) for each in both)
    end = DAY_SECONDS if end == _LAST_MINUTE else end
    if start >= end:
        raise part.refusal(
            "import_interval_over_midnight",
            "a timeframe begins and ends on one date",
            given=f"{both[0].value} to {both[1].value}",
            accepts='two timeframes: ["22:00", "23:59"], and ["00:00", "06:00"] of the next day',
        )
    return part, start, end


def _seconds(part: Part) -> int:
    match = _TIME.fullmatch(part.text())
    seconds = int(match[1]) * 3_600 + int(match[2]) * 60 if match else DAY_SECONDS + 1
    if seconds > DAY_SECONDS:
        raise part.misfit("a time of the wall clock from 00:00 to 24:00, such as 09:00")
    return seconds


def _overlaps(frames: dict[int, tuple[Part, int]]) -> Iterator[Loss]:
    until = 0
    for start, (part, end) in frames.items():
        if start < until:
            means = "the timeframe begins before another one ends, and nobody says what counts twice"
            yield Loss("due_times", part.place, means, "each minute counts once")
        until = max(until, end)


def _lost(part: Part, means: str, instead: str) -> Loss:
    return Loss("cosmetic", part.place, means, instead)


def _of_feed(part: Part) -> Loss:
    return _lost(
        part, "holidays come from a feed that Zammad reads again and again, the first date of each event alone",
        "the dates that it had read; import again before the last of them",
    )  # fmt: skip


def _dates(holidays: Part | None) -> dict[str, str]:
    """Return the name of each date that is off, in order."""
    found = read_each([] if holidays is None else holidays.values(), _holiday)
    return {day.isoformat(): name for day, name in sorted(each for each in found if each is not None)}


def _holiday(part: Part) -> tuple[date, str] | None:
    """Return a public holiday; None for one that does not count."""
    day = Part(part.key, part.file, part.path).date()
    if not FIRST_DATE <= day <= LAST_DATE:
        raise part.refusal(
            "import_dates_invalid", "this is no date of a holiday", given=part.key, accepts="a date from 1900 to 2200"
        )
    is_removed = "removed" in part and part["removed"].truth()
    if is_removed or not part["active"].truth():
        return None
    named = "summary" in part and part["summary"].value != ""
    return day, part["summary"].text() if named else "public holiday"
