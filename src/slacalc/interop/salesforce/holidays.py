"""Salesforce's holidays as closures: once or again and again, the whole date or a part of it.

Facts of the format (Metadata API "BusinessHoursSettings", Object Reference "Holiday", 2026): the date is a date, and no
zone shifts it; with both times only these hours are closed; a recurrence begins with its start date, and includes its
end date. In metadata a holiday names the business hours that it is of; in a query it does not.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.interop.closures import Closure
from slacalc.interop.parts import Part
from slacalc.interop.salesforce.business_hours import time_of_day
from slacalc.interop.salesforce.records import each_of, number_of, said, text_of, truth_of

__all__ = ["Holiday", "read_holiday"]

_WEEK: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_DAY_NAMES: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PLACES: Final[Mapping[str, int]] = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1}
_KINDS: Final = (
    "RecursDaily", "RecursEveryWeekday", "RecursWeekly", "RecursMonthly", "RecursMonthlyNth", "RecursYearly",
    "RecursYearlyNth", "RecursYealyNth",  # as the documentation spells it
)  # fmt: skip
_MINUTES: Final = 24 * 60


class Holiday(NamedTuple):
    """A holiday: what it closes, and the business hours that it is of; None where nobody says of which."""

    part: Part
    closure: Closure
    of: tuple[str, ...] | None


def read_holiday(part: Part) -> Holiday:
    """Return a holiday. Raises InteropError for what none can be."""
    name, window = text_of(part, "name"), _window(part)
    if truth_of(part, "isRecurring"):
        start = _date(part, "recurrenceStartDate")
        closure = Closure(name, start, LAST_DATE, _rule(part), window)
    else:
        day = _date(part, "activityDate")
        closure = Closure(name, day, day, "", window)
    of_query = "attributes" in part
    return Holiday(part, closure, None if of_query else tuple(each.text() for each in each_of(part, "businessHours")))


def _date(part: Part, key: str) -> date:
    found = said(part, key)
    day = (part[key] if found is None else found).date()
    if not FIRST_DATE <= day <= LAST_DATE:
        raise part.refusal("import_dates_invalid", "a holiday cannot be then", given=str(day), accepts="1900 to 2200")
    return day


def _window(part: Part) -> tuple[int, int] | None:
    """Return the part of a date that is closed; None for the whole of it."""
    minutes = [said(part, key) for key in ("startTimeInMinutes", "endTimeInMinutes")]
    times = [said(part, key) for key in ("startTime", "endTime")]
    if truth_of(part, "isAllDay") or not any((*minutes, *times)):
        return None
    ends = [60 * number_of(each, 0, _MINUTES) for each in minutes if each is not None]
    ends += [time_of_day(each) for each in times if each is not None]
    if len(ends) != 2 or ends[0] >= ends[1]:  # noqa: PLR2004 - a start and an end
        raise part.refusal(
            "import_interval_over_midnight",
            "a holiday of a part of a date has a start, and an end after it",
            given=[each.value for each in (*minutes, *times) if each is not None],
            accepts="both times, or none for the whole date",
        )
    return ends[0], ends[1]


def _rule(part: Part) -> str:
    """Return the rule of RFC 5545."""
    kind = part["recurrenceType"] if (found := said(part, "recurrenceType")) is None else found
    every = said(part, "recurrenceInterval")
    interval = number_of(every, 1, 1_000) if every is not None else 1
    end = "" if said(part, "recurrenceEndDate") is None else f";UNTIL={_date(part, 'recurrenceEndDate'):%Y%m%d}"
    return f"{_dates(part, kind.word(*_KINDS), interval)}{end}"


def _dates(part: Part, kind: str, interval: int) -> str:
    every = f";INTERVAL={interval}" if interval > 1 else ""
    of_month = f"BYMONTHDAY={_day_of_month(part)}" if kind in ("RecursMonthly", "RecursYearly") else ""
    if kind.startswith("RecursYea"):
        return f"FREQ=YEARLY;BYMONTH={_month(part)};{of_month or _nth(part)}"
    if kind.startswith("RecursMonthly"):
        return f"FREQ=MONTHLY{every};{of_month or _nth(part)}"
    if kind == "RecursWeekly":
        return f"FREQ=WEEKLY{every};BYDAY={','.join(_days(part, interval))}"
    return f"FREQ=DAILY{every}" if kind == "RecursDaily" else "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def _days(part: Part, interval: int = 1) -> list[str]:
    """Return the days of the week: by their names, or by a mask in which 1 is Sunday, 2 Monday, 4 Tuesday."""
    if mask := said(part, "recurrenceDayOfWeekMask"):
        bits = number_of(mask, 1, 127)
        days = [day for place, day in enumerate(_WEEK) if bits & 1 << place]
    else:
        named = each_of(part, "recurrenceDayOfWeek") or [part["recurrenceDayOfWeek"]]
        days = [_WEEK[_DAY_NAMES.index(each.word(*_DAY_NAMES))] for each in named]
    if interval > 1 and len(days) > 1:  # nobody says on which day a week begins
        raise part.misfit("one day of the week, where not every week has it")
    return days


def _nth(part: Part) -> str:
    """Return the first, or last, of some days of the week."""
    place = part["recurrenceInstance"] if (found := said(part, "recurrenceInstance")) is None else found
    number, days = _PLACES[place.word(*_PLACES)], _days(part)
    return f"BYDAY={number}{days[0]}" if len(days) == 1 else f"BYDAY={','.join(days)};BYSETPOS={number}"


def _month(part: Part) -> int:
    month = part["recurrenceMonthOfYear"] if (found := said(part, "recurrenceMonthOfYear")) is None else found
    return _MONTHS.index(month.word(*_MONTHS)) + 1


def _day_of_month(part: Part) -> int:
    found = said(part, "recurrenceDayOfMonth")
    return number_of(part["recurrenceDayOfMonth"] if found is None else found, 1, 31)
