"""Zendesk's schedules and their holidays as calendars of a policy.

Facts of the format (developer.zendesk.com, "Schedules", 2026): `start_time` and `end_time` are minutes since Sunday
00:00 of the schedule; no interval runs over midnight; zones have the names of Rails; a holiday ends with its last date.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.business_time.spans import Spans, union
from slacalc.calendars.hours import DAY_NAMES, format_windows
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each

__all__ = ["Schedule", "read_schedule"]

_DAY: Final = 24 * 60
_WEEK: Final = 7 * _DAY
_SUNDAY: Final = 6
_MOST_DATES: Final = 5_000
_MOST_INTERVALS: Final = 500


class Schedule(NamedTuple):
    """A schedule: its id, the name of its calendar, the table of that, and where it came from."""

    id: str
    name: str
    created: str
    table: dict[str, Any]
    origin: str
    losses: tuple[Loss, ...]


def read_schedule(part: Part, holidays: Iterable[Part]) -> Schedule:
    """Return a schedule with its holidays. Raises InteropError for what it cannot be."""
    number, name = part["id"].text(), part["name"].text()
    table: dict[str, Any] = {"zone": part["time_zone"].named_zone(), "hours": _hours(part["intervals"])}
    inline = part["holidays"].items() if "holidays" in part else []
    if dates := _dates([*inline, *holidays]):
        table["holidays"] = {"dates": dates, "source": f"Zendesk schedule {number}"}
    created = part["created_at"].text() if "created_at" in part else ""
    origin = f"schedule {number}, {name!r}, in the zone {part['time_zone'].text()!r} ({part.place})"
    return Schedule(number, name, created, table, origin, (*_last_minutes(part["intervals"]),))


def _hours(intervals: Part) -> str:
    """Return the weekly hours; each window stays on its date, for a holiday closes dates."""
    if len(intervals.items()) > _MOST_INTERVALS:
        raise intervals.misfit(f"at most {_MOST_INTERVALS} intervals")
    windows: dict[int, Spans] = {}
    for weekday, window in read_each(intervals.items(), _window):
        windows[weekday] = union([*windows.get(weekday, ()), window])
    if not windows:
        raise intervals.refusal(
            "import_never_opens", "this schedule never opens", given=[], accepts="one interval or more"
        )
    return "; ".join(f"{DAY_NAMES[weekday]} {format_windows(windows[weekday])}" for weekday in sorted(windows))


def _window(interval: Part) -> tuple[int, tuple[int, int]]:
    """Return the weekday, Monday 0, and the seconds of its date. Saturday's midnight is said as 10080 or as 0."""
    start, end = interval["start_time"].whole(0, _WEEK) % _WEEK, interval["end_time"].whole(0, _WEEK)
    end = _WEEK if end == 0 else end
    day = start // _DAY
    if not start < end <= (day + 1) * _DAY:
        raise interval.refusal(
            "import_interval_over_midnight",
            "an interval begins and ends on one date",
            given=f"{start} to {end}",
            accepts=f"minutes since Sunday 00:00, such as {day * _DAY + 540} to {day * _DAY + 1020}: 09:00 to 17:00",
        )
    return (day + _SUNDAY) % 7, ((start - day * _DAY) * 60, (end - day * _DAY) * 60)


def _last_minutes(intervals: Part) -> Iterable[Loss]:
    for each in intervals.items():
        if each["end_time"].value % _DAY == _DAY - 1:
            yield Loss(
                "cosmetic", each["end_time"].place, "the interval ends at 23:59, a minute before midnight",
                "the same: the last minute is closed, as it is there; check warns of it",
            )  # fmt: skip


def _dates(holidays: Iterable[Part]) -> dict[str, list[str]]:
    """Return the names of each date that is off, in order."""
    names: dict[date, list[str]] = {}
    for name, first, last in read_each(holidays, _holiday):
        for place in range((last - first).days + 1):
            known = names.setdefault(first + timedelta(place), [])
            known += [] if name in known else [name]
    return {day.isoformat(): names[day] for day in sorted(names)}


def _holiday(part: Part) -> tuple[str, date, date]:
    name, first, last = part["name"].text(), part["start_date"].date(), part["end_date"].date()
    if not FIRST_DATE <= first <= last <= LAST_DATE or (last - first).days >= _MOST_DATES:
        raise part.refusal(
            "import_dates_invalid",
            "these are no dates of a holiday",
            given=f"{first} to {last}",
            accepts=f"a first and a last date, both included, from 1900 to 2200; at most {_MOST_DATES}",
        )
    return name, first, last
