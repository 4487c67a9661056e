"""A calendar and its holidays as plain data, written as a table of a policy says them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays, GivenHolidays, Holidays, HolidaySource
from slacalc.calendars.holidays.sets import HolidaySets
from slacalc.calendars.recurrence import Recurring
from slacalc.calendars.special_days import Absence, SpecialDay, format_when
from slacalc.errors import CalendarError, PolicyError
from slacalc.policies.document.calendar_rules import CalendarRule
from slacalc.policies.document.pins import NO_PINS

__all__ = ["calendar_from_data", "calendar_schema", "calendar_to_data"]


def calendar_from_data(data: Mapping[str, Any]) -> Calendar:
    """Return what `calendar_to_data` was given. Raises PolicyError with every problem."""
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise PolicyError("policy_no_table", "a calendar is a table", given=data, accepts="what to_data returns")
    rule = CalendarRule(**data)
    if rule.extends is not None:
        raise PolicyError(
            "calendar_extends_nothing",
            "a calendar by itself has none to extend",
            given=rule.extends,
            accepts="zone and hours; or a policy with both calendars",
            where="extends",
        )
    return rule.build(None, NO_PINS)


def calendar_schema() -> dict[str, Any]:
    """Return the JSON Schema of a calendar."""
    return CalendarRule.model_json_schema(by_alias=True, mode="validation")


def calendar_to_data(calendar: Calendar) -> dict[str, Any]:
    """Return what a calendar says, without what is left at its default. See `Calendar.to_data`."""
    said = {
        "holidays": None if calendar.holidays is None else _holidays_data(calendar.holidays),
        "special_days": [_special_day_data(each) for each in calendar.special_days],
        "absences": [_absence_data(each) for each in calendar.absences],
        "versions": {day.isoformat(): str(hours) for day, hours in calendar.versions},
        "open_on_holidays": calendar.open_on_holidays,
    }
    return {"zone": calendar.zone, "hours": str(calendar.hours), **{key: each for key, each in said.items() if each}}


def _holidays_data(holidays: HolidaySource) -> dict[str, Any]:
    match holidays:
        case FrozenHolidays():
            return {"pinned": holidays.to_data()}
        case HolidaySets():
            return {"sets": [_holidays_data(each) for each in holidays.sets], "closed_when": holidays.closed_when}
        case Holidays():
            return _choice_data(holidays)
        case GivenHolidays():
            return _given_data(holidays)
    raise CalendarError(
        "holidays_without_data",
        "a source of holidays of one's own has no data",
        given=type(holidays).__name__,
        accepts="a country, Holidays, GivenHolidays, or FrozenHolidays, such as FrozenHolidays.of",
        where="holidays",
    )


def _given_data(holidays: GivenHolidays) -> dict[str, Any]:
    said = {
        "dates": {day.isoformat(): list(names) for day, names in holidays.dates},
        "yearly": {f"{month:02}-{day:02}": list(names) for (month, day), names in holidays.yearly},
    }
    return {key: value for key, value in said.items() if value} | {"source": holidays.source}


def _choice_data(holidays: Holidays) -> dict[str, Any]:
    default = Holidays(holidays.country, financial=holidays.financial)
    chosen = {key: getattr(holidays, key) for key in _CHOICE if getattr(holidays, key) != getattr(default, key)}
    said = {
        "country": holidays.country,
        "financial": holidays.financial,
        "categories": list(holidays.categories),
        "add": {day.isoformat(): name for day, name in holidays.added},
        "remove": [day.isoformat() for day in holidays.removed],
    }
    return {**{key: value for key, value in said.items() if value}, **chosen}


_CHOICE = (
    "subdivision", "language", "observed", "working_weekends", "half_days", "half_day_until", "half_days_of_some",
)  # fmt: skip


def _special_day_data(special: SpecialDay) -> dict[str, str]:
    start: date | None = special.on.start if isinstance(special.on, Recurring) else None
    said = {"on": format_when(special.on), "hours": special.said_hours, "name": special.name}
    return {key: text for key, text in said.items() if text} | ({} if start is None else {"start": start.isoformat()})


def _absence_data(absence: Absence) -> dict[str, str]:
    said = {"start": absence.start.isoformat(), "end": absence.end.isoformat(), "name": absence.name}
    return {key: text for key, text in said.items() if text}
