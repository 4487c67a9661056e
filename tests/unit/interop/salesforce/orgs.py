"""Organisations of Salesforce, as metadata and queries say them: four that were made for these tests, by the documented form."""

from typing import Any, Final

Record = dict[str, Any]

WORKING_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
EVERY_DAY: Final = (*WORKING_DAYS, "saturday", "sunday")


def times(start: str, end: str, *days: str) -> Record:
    """The times of some days, as metadata says them."""
    return {
        f"{day}{side}Time": f"{at}:00.000Z"
        for day in days or WORKING_DAYS
        for side, at in (("Start", start), ("End", end))
    }


def hours(name: str, zone: str, days: Record, **more: str) -> Record:
    default = {"default": "true" if name == "Default" else "false"}
    return {"active": "true", **default, "name": name, "timeZoneId": zone, **days, **more}


def holiday(name: str, day: str, *of: str, **more: str) -> Record:
    """A holiday that comes once."""
    return {"name": name, "businessHours": list(of), "isRecurring": "false", "activityDate": day, **more}


def recurring(name: str, kind: str, start: str, *of: str, **more: Any) -> Record:
    said = {"name": name, "businessHours": list(of), "isRecurring": "true", "recurrenceType": kind}
    return {**said, "recurrenceStartDate": start, **more}


def settings(*hours_: Record, holidays: tuple[Record, ...] = ()) -> Record:
    return {"BusinessHoursSettings": {"businessHours": list(hours_), "holidays": list(holidays)}}


def item(field: str, operation: str, value: str) -> Record:
    return {"field": field, "operation": operation, "value": value}


def milestone(name: str, minutes: int, *criteria: Record, **more: Any) -> Record:
    items = {"milestoneCriteriaFilterItems": list(criteria)} if criteria else {}
    return {"milestoneName": name, "minutesToComplete": str(minutes), "useCriteriaStartTime": "false", **items, **more}


def process(name: str, *milestones: Record, **more: Any) -> Record:
    said = {"SObjectType": "Case", "active": "true", "isVersionDefault": "true", "name": name}
    return {"EntitlementProcess": {**said, "milestones": list(milestones), **more}}


def queried(kind: str, *records: Record) -> Record:
    rows = [{"attributes": {"type": kind, "url": "/services/data"}, **record} for record in records]
    return {"totalSize": len(rows), "done": True, "records": rows}


HIGH: Final = item("Case.Priority", "equals", "High")
LOW: Final = item("Case.Priority", "equals", "Low")

ORDINARY: Final[list[Record]] = [
    settings(
        hours("Default", "America/Los_Angeles", times("09:00", "17:00")),
        hours("EMEA", "Europe/London", times("08:00", "18:00")),
        holidays=(
            recurring(
                "Christmas", "RecursYearly", "2013-12-25", "Default", "EMEA",
                recurrenceDayOfMonth="25", recurrenceMonthOfYear="December",
            ),
            holiday("Early close", "2026-12-24", "EMEA", startTime="13:00:00.000Z", endTime="18:00:00.000Z"),
            recurring(
                "Thanksgiving", "RecursYearlyNth", "2013-11-28", "Default",
                recurrenceMonthOfYear="November", recurrenceInstance="Fourth", recurrenceDayOfWeek="Thursday",
            ),
        ),
    ),
    process(
        "gold",
        milestone("First Response", 60, HIGH, timeTriggers={"timeLength": "-15", "workflowTimeTriggerUnit": "Minutes"}),
        milestone("First Response", 480, LOW),
        milestone("Resolution", 1440, businessHours="EMEA"),
    ),
    process("silver", milestone("First Response", 480)),
]  # fmt: skip
"""Two offices, holidays of one or of both, two processes."""

ROUND_THE_CLOCK: Final[list[Record]] = [
    settings(
        hours("Default", "Europe/London", times("00:00", "00:00", *EVERY_DAY)),
        holidays=(holiday("Christmas Day", "2026-12-25", "Default"),),
    ),
    process("all", milestone("First Response", 240)),
]
"""From 00:00 to 00:00 are 24 hours."""

OVERNIGHT: Final[list[Record]] = [
    settings(
        hours("Default", "Asia/Tokyo", {**times("22:00", "00:00", "monday"), **times("00:00", "06:00", "tuesday")}),
        holidays=(holiday("Labour Thanksgiving Day", "2026-11-24", "Default"),),
    ),
    process("night", milestone("First Response", 240)),
]
"""A night from Monday to Tuesday, which midnight divides."""

ODD: Final[list[Record]] = [
    queried(
        "BusinessHours",
        {
            "Name": "Default", "IsDefault": True, "IsActive": True, "TimeZoneSidKey": "America/New_York",
            "MondayStartTime": "10:00:00.000Z", "MondayEndTime": "23:59:00.000Z", "TuesdayStartTime": None, "TuesdayEndTime": None,
            "SaturdayStartTime": "00:00:00.000Z", "SaturdayEndTime": "00:00:00.000Z",
        },
    ),
    {
        "BusinessHoursSettings": {
            "businessHours": hours("Default", "America/New_York", {**times("10:00", "23:59", "monday"), **times("00:00", "00:00", "saturday")}),
            "holidays": [
                recurring(
                    "Stocktaking", "RecursMonthlyNth", "2026-01-01", "Default", recurrenceInstance="Last", recurrenceDayOfWeekMask="2",
                    startTime="12:00:00.000Z", endTime="13:00:00.000Z",
                ),
                holiday("Half day", "2026-11-30", "Default", startTime="20:00:00.000Z", endTime="23:59:00.000Z"),
                recurring(
                    "Every other Saturday", "RecursWeekly", "2026-11-21", "Default", recurrenceInterval="2",
                    recurrenceDayOfWeek="Saturday", recurrenceEndDate="2026-12-05",
                ),
            ],
        }
    },
    process("all", milestone("Call back", 120), milestone("First Response", 60, item("Case.Origin", "equals", "Phone"))),
]  # fmt: skip
"""Metadata and a query of the same hours; a recurrence and a single date that close parts of one date; every other week."""
