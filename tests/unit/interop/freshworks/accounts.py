"""Accounts of Freshdesk and Freshservice, as their APIs answer: four of each, made for these tests by the documented forms."""

from typing import Any, Final

Answer = dict[str, Any]

WORKING_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
EVERY_DAY: Final = (*WORKING_DAYS, "saturday", "sunday")
HOUR: Final = 3_600


def day(start: str, end: str) -> Answer:
    return {"start_time": start, "end_time": end}


def shift(start: str, end: str) -> Answer:
    return {"beginning_of_workday": start, "end_of_workday": end}


def hours(number: int, name: str, zone: str, days: Answer, **more: Any) -> Answer:
    """Business hours of Freshdesk; without holidays, and said so."""
    said = {"id": number, "name": name, "time_zone": zone, "is_default": number == 1, "business_hours": days}
    return {**said, "list_of_holidays": [], **more}


def service_hours(number: int, name: str, zone: str, days: Answer, *holidays: Answer, **more: Any) -> Answer:
    said = {"id": number, "name": name, "time_zone": zone, "is_default": number == 1, "service_desk_hours": days}
    return {**said, "list_of_holidays": list(holidays), **more}


def holiday(day: str, name: str) -> Answer:
    return {"holiday_date": day, "holiday_name": name}


def targets(respond: int, resolve: int, *, business: bool = True, **more: Any) -> Answer:
    said = {"respond_within": respond, "next_respond_within": respond, "resolve_within": resolve}
    return {**said, "business_hours": business, "escalation_enabled": True, **more}


def policy(number: int, name: str, position: int, by_priority: dict[int, Answer], **more: Any) -> Answer:
    """An SLA policy of Freshdesk."""
    table = {f"priority_{priority}": each for priority, each in by_priority.items()}
    return {"id": number, "name": name, "position": position, "active": True, "sla_target": table, **more}


def service_policy(number: int, name: str, position: int, by_priority: dict[int, Answer], **more: Any) -> Answer:
    rows = [{"priority": priority, **each} for priority, each in by_priority.items()]
    return {"id": number, "name": name, "position": position, "active": True, "sla_targets": rows, **more}


# ---------------------------------------------------------------- Freshdesk

ORDINARY: Final[list[Any]] = [
    [
        hours(
            1, "Office", "Eastern Time (US & Canada)", {name: day("08:00:00 am", "05:00:00 pm") for name in WORKING_DAYS},
            list_of_holidays=[holiday("--12-25", "Christmas")],
        )
    ],
    [
        policy(
            2, "Everybody", 1,
            {4: targets(2 * HOUR, 8 * HOUR, business=False), 1: targets(24 * HOUR, 72 * HOUR)}, is_default=True,
        ),
        policy(1, "Company 7", 2, {4: targets(HOUR, 4 * HOUR)}, applicable_to={"company_ids": [7], "group_ids": []}),
    ],
]  # fmt: skip
"""One set of hours; the default policy is the last one, though its position is the first."""

ROUND_THE_CLOCK: Final[list[Any]] = [
    [
        hours(
            1, "Always", "London", {name: day("12:00:00 am", "11:59:59 pm") for name in EVERY_DAY},
            list_of_holidays=[holiday("--12-25", "Christmas Day")],
        )
    ],
    [policy(1, "All", 1, {3: targets(4 * HOUR, 10 * HOUR)})],
]  # fmt: skip
"""Open day and night, but for a holiday: each day ends at 11:59:59 pm."""

OVERNIGHT: Final[list[Any]] = [
    [
        hours(
            1, "Night", "Tokyo", {"monday": day("10:00:00 pm", "11:59:59 pm"), "tuesday": day("12:00:00 am", "06:00:00 am")},
            list_of_holidays=[holiday("--11-24", "Founding day")],
        )
    ],
    [policy(1, "All", 1, {2: targets(4 * HOUR, 8 * HOUR)})],
]  # fmt: skip
"""A night from Monday to Tuesday, which midnight divides."""

ODD: Final[list[Any]] = [
    {"business_hours": [hours(2, "Weekend", "Berlin", {"saturday": day("9:00 AM", "11:59:59 PM")})]},
    hours(1, "Afternoons", "Pacific Time (US & Canada)", {name: day("12:30:00 pm", "09:00:00 pm") for name in WORKING_DAYS[:3]}),
    [
        {"id": 21, "name": "Weekend", "business_hour_id": 2, "agent_ids": []},
        {"id": 22, "name": "Other", "business_hour_id": None, "agent_ids": []},
    ],
    {
        "sla_policies": [
            policy(1, "Chat", 1, {4: targets(HOUR, 4 * HOUR, next_respond_within=None)}, applicable_to={"sources": [7, 9]}),
            policy(2, "Old", 0, {4: targets(60, 60)}, active=False),
            policy(3, "All", 3, {4: targets(2 * HOUR, 4 * HOUR)}),
        ]
    },
]  # fmt: skip
"""Two sets of hours, of which groups have one; a policy that is off; a channel without promises for most priorities."""

# ---------------------------------------------------------------- Freshservice

SERVICE_ORDINARY: Final[list[Any]] = [
    {"business_hours": [service_hours(1, "Office", "Berlin", {name: shift("8:00 am", "5:00 pm") for name in WORKING_DAYS}, holiday("--12-25", "Christmas"))]},
    {"sla_policies": [service_policy(1, "All", 1, {4: targets(HOUR, 4 * HOUR), 1: targets(24 * HOUR, 72 * HOUR), 3: targets(2 * HOUR, 2 * HOUR, business=False)})]},
]  # fmt: skip
SERVICE_ROUND_THE_CLOCK: Final[list[Any]] = [
    service_hours(1, "Always", "London", {name: shift("00:00", "23:59") for name in EVERY_DAY}, holiday("--12-25", "Christmas Day")),
    service_policy(1, "All", 1, {3: targets(4 * HOUR, 10 * HOUR)}),
]  # fmt: skip
SERVICE_OVERNIGHT: Final[list[Any]] = [
    service_hours(1, "Night", "Tokyo", {"monday": shift("22:00:00", "23:59:59"), "tuesday": shift("00:00", "06:00")}, holiday("--11-24", "Founding day")),
    service_policy(1, "All", 1, {2: targets(4 * HOUR, 8 * HOUR)}),
]  # fmt: skip
SERVICE_ODD: Final[list[Any]] = [
    service_hours(
        1, "School", "Eastern Time (US & Canada)", {name: shift("08:30", "4:30 PM") for name in WORKING_DAYS},
        holiday("--01-16", "Martin Luther King Day"), holiday("--02-29", "Leap day"), holiday("--01-16", "Inventory"),
    ),
    service_hours(2, "Sunday", "Hawaii", {"sunday": shift("12:00 pm", "12:30 pm")}),
    service_policy(1, "All", 1, {4: targets(HOUR, 4 * HOUR)}),
]  # fmt: skip
"""A holiday that moves, frozen on one date; two names of it; two sets of hours, which a field chooses."""
