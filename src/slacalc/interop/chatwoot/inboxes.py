"""Chatwoot's inboxes: their working hours as calendars of a policy.

Facts of the format (chatwoot/chatwoot, app/models/working_hour.rb, concerns/out_of_offisable.rb, and the services of
SLAs, 2026): days are numbers, Sunday 0; a day has one window, which ends on its date, at 23:59 at the latest; a day
that is open all day is stored as 0:00 to 23:59, and SLAs count it to midnight; an inbox whose working hours are off is
always open; one without a zone has UTC. There are no holidays.
"""

from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.calendars.hours import Hours
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each

__all__ = ["Inbox", "read_inbox"]

_SATURDAY: Final = 6
_LAST_MINUTE: Final = DAY_SECONDS - 60


class Inbox(NamedTuple):
    """An inbox: its id, its name, the table of its calendar, and where it came from."""

    id: str
    name: str
    table: dict[str, Any]
    origin: str
    losses: tuple[Loss, ...]


def read_inbox(part: Part) -> Inbox:
    """Return an inbox. Raises InteropError for what it cannot be."""
    number, name = part["id"].text(), part["name"].text()
    losses: list[Loss] = []
    hours = _hours(part["working_hours"], losses) if part["working_hours_enabled"].truth() else "24/7"
    table = {"zone": _zone(part, losses), "hours": hours}
    return Inbox(number, name, table, f"inbox {number}, {name!r} ({part.place or 'the document'})", tuple(losses))


def _zone(part: Part, losses: list[Loss]) -> str:
    if "timezone" in part:
        return part["timezone"].zone()
    where = Part(None, part.file, (*part.path, "timezone")).place
    losses.append(Loss("cosmetic", where, "the inbox has no zone, so that its hours are in UTC", "the same"))
    return "UTC"


def _hours(days: Part, losses: list[Loss]) -> str:
    windows: dict[int, list[tuple[int, int]]] = {}
    for day, (weekday, window) in zip(days.items(), read_each(days.items(), _window), strict=True):
        if weekday in windows:
            raise day["day_of_week"].refusal(
                "import_value_invalid",
                "this day is there twice",
                given=day["day_of_week"].value,
                accepts="each day once",
            )
        windows[weekday] = [] if window is None else [window]
        if window is not None and window[1] == DAY_SECONDS and not _is(day, "open_all_day"):
            losses.append(_last_minute(day))
    if not any(windows.values()):
        raise days.refusal("import_never_opens", "this inbox never opens", accepts="a day that is not closed_all_day")
    return str(Hours.of_days(windows))


def _window(day: Part) -> tuple[int, tuple[int, int] | None]:
    """Return the weekday, Monday 0, and the seconds of its date; None of a day that is closed."""
    weekday = (day["day_of_week"].whole(0, _SATURDAY) - 1) % 7
    closed, always = _is(day, "closed_all_day"), _is(day, "open_all_day")
    if closed and always:
        raise day.refusal("import_value_invalid", "a day is open or closed", given="both", accepts="one of the two")
    if closed or always:
        return weekday, None if closed else (0, DAY_SECONDS)
    start, end = _time(day, "open_hour", "open_minutes"), _time(day, "close_hour", "close_minutes")
    if start >= end:
        raise day.refusal(
            "import_interval_over_midnight",
            "a day closes after it opens, on the same date",
            given=f"{_clock(start)} to {_clock(end)}",
            accepts="9:00 to 17:00, or open_all_day; Chatwoot has no hours over midnight",
        )
    return weekday, (start, DAY_SECONDS if end == _LAST_MINUTE else end)


def _is(day: Part, key: str) -> bool:
    return key in day and day[key].truth()


def _time(day: Part, hour: str, minutes: str) -> int:
    return day[hour].whole(0, 23) * 3_600 + day[minutes].whole(0, 59) * 60


def _clock(seconds: int) -> str:
    return f"{seconds // 3_600}:{seconds % 3_600 // 60:02}"


def _last_minute(day: Part) -> Loss:
    return Loss("cosmetic", day.place, "the day closes at 23:59, the latest that can be said", "it closes at 24:00")
