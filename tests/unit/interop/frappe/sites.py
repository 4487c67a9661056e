"""Sites of Frappe, as its API answers: four that were made for these tests, by the documented form."""

from typing import Any, Final

Record = dict[str, Any]

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def row(workday: str, start: str, end: str) -> Record:
    return {"workday": workday, "start_time": start, "end_time": end}


def level(priority: str, response: float | None, resolution: float | None = None, *, default: int = 0) -> Record:
    times = {"response_time": response, "resolution_time": resolution}
    return {"priority": priority, "default_priority": default, **times}


def agreement(name: str, days: list[Record], levels: list[Record], **more: Any) -> Record:
    said = {
        "doctype": "HD Service Level Agreement",
        "name": name,
        "service_level": name,
        "default_sla": 0,
        "enabled": 1,
    }
    none = {
        "apply_sla_for_resolution": 1,
        "holiday_list": None,
        "condition": None,
        "start_date": None,
        "end_date": None,
    }
    return {**said, **none, "support_and_resolution": days, "priorities": levels, **more}


def holiday_list(name: str, *holidays: tuple[str, str, int], **more: Any) -> Record:
    rows = [{"holiday_date": day, "description": said, "weekly_off": weekly} for day, said, weekly in holidays]
    return {"doctype": "HD Service Holiday List", "name": name, "holiday_list_name": name, "holidays": rows, **more}


def status(name: str, category: str) -> Record:
    return {"doctype": "HD Ticket Status", "name": name, "category": category}


STATUSES: Final = [
    status("Open", "Open"),
    status("Replied", "Paused"),
    status("Resolved", "Resolved"),
    status("Closed", "Resolved"),
]
ORDINARY: Final[list[Record]] = [
    {
        "data": agreement(
            "Default", [row(day, "10:00:00", "18:00:00") for day in DAYS[:5]],
            [level("Low", 86400, 259200), level("Medium", 28800, 86400, default=1), level("High", 3600, 14400), level("Urgent", 1800, 7200)],
            default_sla=1, holiday_list="India",
        )
    },
    {
        "data": agreement(
            "VIP", [row(day, "08:00:00", "16:00:00") for day in DAYS[1:6]], [level("High", 600), level("Medium", 1200, default=1)],
            condition='doc.customer == "Acme" and doc.priority != "Low"',
        )
    },
    {"data": holiday_list("India", ("2026-01-25", "Sunday", 1), ("2026-01-26", "Republic Day", 0))},
    {"data": STATUSES},
]  # fmt: skip
"""The default agreement, and one with a condition, each with hours of its own; the weekly days off are written out."""

ROUND_THE_CLOCK: Final[list[Record]] = [
    agreement(
        "All", [row(day, "00:00:00", "23:59:59") for day in DAYS], [level("Low", 14400, default=1)], default_sla=1
    ),
    *STATUSES,
]
"""Open day and night: no time is 24:00."""

OVERNIGHT: Final[list[Record]] = [
    agreement("Night", [row("Friday", "22:00:00", "23:59:59"), row("Saturday", "00:00:00", "06:00:00")],
              [level("Low", 14400, default=1)], default_sla=1, holiday_list="Feasts"),
    holiday_list("Feasts", ("2026-12-25", "Christmas Day", 0)),
    *STATUSES,
]  # fmt: skip
"""A night from Friday into Saturday, as two rows: midnight divides it."""

ODD: Final[list[Record]] = [
    {
        "doctype": "Service Level Agreement", "service_level": "Weekend", "default_service_level_agreement": 1,
        "holiday_list": "Off", "pause_sla_on": [{"status": "Replied"}], "sla_fulfilled_on": [{"status": "Closed"}],
        "support_and_resolution": [row("Saturday", "9:00:00", "13:00:00"), row("Sunday", "0:00:00", "23:59:59")],
        "priorities": [level("High", 3600.0, 7200.0), level("Low", 86400.0, 90000.0, default=1)],
    },
    {**holiday_list("Off", ("2026-11-21", "Saturday", 1), ("2026-11-20", "Friday", 1)), "doctype": "Holiday List"},
]  # fmt: skip
"""ERPNext: other doctypes; a weekly day off on a day with hours; statuses in the agreement; seconds with a dot."""
