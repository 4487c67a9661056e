"""The working days of an agreement of Frappe, and its holiday list, as a calendar of a policy.

Facts of the format (frappe/helpdesk, hd_service_day and hd_service_holiday_list, 2026): a weekday has one row; a day
without one is closed; no time is later than 23:59:59, and none runs over midnight; the weekly days off of a holiday
list are written out as dates. There is no time zone: that of the site counts.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from slacalc.business_time.instants import DAY_SECONDS, FIRST_DATE, LAST_DATE
from slacalc.calendars.hours import Hours
from slacalc.interop.frappe.records import is_set
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each

__all__ = ["read_calendar"]

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIME: Final = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.0+)?", re.ASCII)
_ALMOST_MIDNIGHT: Final = (DAY_SECONDS - 60, DAY_SECONDS - 1)


def read_calendar(days: Part, holidays: Part | None, zone: str, losses: list[Loss]) -> dict[str, Any]:
    """Return the table of a calendar. Raises InteropError for what none can be."""
    windows: dict[int, tuple[int, int]] = {}
    for row, (weekday, window) in zip(days.items(), read_each(days.items(), _window), strict=True):
        if weekday in windows:
            raise row["workday"].refusal(
                "import_value_invalid", "this day is there twice", given=_DAYS[weekday], accepts="one row a weekday"
            )
        if window[1] in _ALMOST_MIDNIGHT:
            losses.append(_last_minute(row["end_time"]))
        windows[weekday] = window[0], DAY_SECONDS if window[1] in _ALMOST_MIDNIGHT else window[1]
    if not windows:
        raise days.refusal("import_never_opens", "this agreement has no working day", accepts="one row or more")
    table = {"zone": zone, "hours": str(Hours.of_days({day: [window] for day, window in windows.items()}))}
    dates = {} if holidays is None else _dates(holidays, windows)
    if holidays is not None and dates:
        return {**table, "holidays": {"dates": dates, "source": f"Frappe {holidays['holiday_list_name'].text()}"}}
    return table


def _window(row: Part) -> tuple[int, tuple[int, int]]:
    weekday = _DAYS.index(row["workday"].word(*_DAYS))
    start, end = _time(row["start_time"]), _time(row["end_time"])
    if start >= end:
        raise row.refusal(
            "import_interval_over_midnight",
            "a working day begins and ends on one date",
            given=f"{row['start_time'].text()} to {row['end_time'].text()}",
            accepts="a start before the end, such as 10:00:00 to 18:00:00",
        )
    return weekday, (start, end)


def _time(part: Part) -> int:
    match = _TIME.fullmatch(part.text())
    seconds = sum(int(each) * unit for each, unit in zip(match.groups(), (3_600, 60, 1), strict=True)) if match else -1
    if not 0 <= seconds < DAY_SECONDS:
        raise part.misfit("a time from 00:00:00 to 23:59:59, such as 10:00:00")
    return seconds


def _last_minute(part: Part) -> Loss:
    return Loss("cosmetic", part.place, "the day ends within the last minute, as no time is 24:00", "it ends at 24:00")


def _dates(holidays: Part, windows: Mapping[int, object]) -> dict[str, list[str]]:
    """Return the names of each date that is off; a weekly day off is none where that weekday is closed anyway."""
    names: dict[str, list[str]] = {}
    for row in holidays["holidays"].items() if "holidays" in holidays else ():
        day = row["holiday_date"].date()
        if not FIRST_DATE <= day <= LAST_DATE:
            raise row.refusal(
                "import_dates_invalid",
                "this is no date of a holiday",
                given=row["holiday_date"].value,
                accepts="a date from 1900 to 2200",
            )
        if not is_set(row, "weekly_off") or day.weekday() in windows:
            named = "description" in row and row["description"].value != ""
            names.setdefault(day.isoformat(), []).append(row["description"].text() if named else "holiday")
    return {day: list(dict.fromkeys(names[day])) for day in sorted(names)}
