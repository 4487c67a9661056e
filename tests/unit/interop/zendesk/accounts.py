"""Accounts of Zendesk, as its API answers: four that were made for these tests, by the documented form."""

from typing import Any, Final

Answer = dict[str, Any]

DAY: Final = 24 * 60
SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(7)


def interval(day: int, start: str, end: str) -> Answer:
    """An interval of a weekday, Sunday 0, in minutes since Sunday 00:00."""
    minutes = [int(hour) * 60 + int(minute) for hour, minute in (start.split(":"), end.split(":"))]
    return {"start_time": day * DAY + minutes[0], "end_time": day * DAY + minutes[1]}


def schedule(number: int, name: str, zone: str, *intervals: Answer, **more: Any) -> Answer:
    created = f"2020-01-{number:02}T00:00:00Z"
    return {"id": number, "name": name, "time_zone": zone, "created_at": created, "intervals": list(intervals), **more}


def holiday(name: str, first: str, last: str) -> Answer:
    return {"id": 1, "name": name, "start_date": first, "end_date": last}


def target(priority: str, metric: str, minutes: int, *, business: bool = True, **more: Any) -> Answer:
    said = {"priority": priority, "metric": metric, "target": minutes, "target_in_seconds": minutes * 60}
    return {**said, "business_hours": business, **more}


def sla_policy(number: int, title: str, position: int, *targets: Answer, **more: Any) -> Answer:
    return {"id": number, "title": title, "position": position, "policy_metrics": list(targets), **more}


def condition(field: str, operator: str, value: Any) -> Answer:
    return {"field": field, "operator": operator, "value": value}


WEEKDAYS: Final = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)

ORDINARY: Final[list[Answer]] = [
    {
        "schedules": [
            schedule(
                7, "Brussels", "Brussels",
                *(interval(day, *hours) for day in WEEKDAYS for hours in (("9:00", "12:30"), ("13:30", "17:00"))),
                holidays=[holiday("Year's end", "2026-12-24", "2026-12-26"), holiday("Christmas", "2026-12-25", "2026-12-25")],
            )
        ]
    },
    {
        "sla_policies": [
            sla_policy(
                1, "Everybody", 2,
                target("urgent", "first_reply_time", 60),
                target("normal", "first_reply_time", 480),
                target("normal", "total_resolution_time", 2880, business=False),
                target("urgent", "agent_work_time", 240),
                filter={"all": [], "any": []},
            ),
            sla_policy(
                2, "Incidents of VIPs", 1,
                target("urgent", "first_reply_time", 15),
                filter={
                    "all": [condition("type", "is", "incident"), condition("current_tags", "includes", "vip")],
                    "any": [condition("brand_id", "is", 11), condition("group_id", "includes", [21, 22])],
                },
            ),
        ],
        "next_page": None,
        "count": 2,
    },
]  # fmt: skip
"""One schedule with a lunch hour, two policies whose order is that of their positions."""

ROUND_THE_CLOCK: Final[list[Answer]] = [
    {
        "schedules": [
            schedule(
                3, "Always", "London", *(interval(day, "0:00", "24:00") for day in range(7)),
                holidays=[holiday("Christmas Day", "2026-12-25", "2026-12-25")],
            )
        ]
    },
    {"sla_policies": [sla_policy(1, "All", 1, target("high", "first_reply_time", 240), target("high", "requester_wait_time", 600))]},
]  # fmt: skip
"""Open day and night, but for a holiday."""

OVERNIGHT: Final[list[Answer]] = [
    {
        "schedules": [
            schedule(
                4, "Night shift", "Tokyo",
                *(interval(day, "22:00", "24:00") for day in WEEKDAYS),
                *(interval(day + 1, "0:00", "6:00") for day in WEEKDAYS),
                holidays=[holiday("Labour Thanksgiving Day", "2026-11-23", "2026-11-23")],
            )
        ]
    },
    {"sla_policies": [sla_policy(1, "All", 1, target("low", "next_reply_time", 120), target("low", "first_reply_time", 240))]},
]  # fmt: skip
"""Nights from Monday to Friday, as two intervals: midnight divides them."""

ODD: Final[list[Answer]] = [
    {
        "schedules": [
            schedule(
                9, "Weekend", "Eastern Time (US & Canada)",
                {"start_time": SATURDAY * DAY + 1080, "end_time": 0},  # Saturday 18:00 to midnight, said as 0
                {"start_time": 0, "end_time": 360},  # Sunday 00:00 to 06:00, over the night that clocks go back
                interval(MONDAY, "9:00", "23:59"),
            ),
            schedule(8, "Working days", "Pacific Time (US & Canada)", *(interval(day, "8:00", "16:00") for day in WEEKDAYS)),
        ]
    },
    {
        "sla_policies": [
            sla_policy(
                5, "Slip", 1,
                # The documentation's own slip: 3600 as the minutes of an hour. The seconds are exact.
                {"priority": "urgent", "metric": "first_reply_time", "target": 3600, "target_in_seconds": 3600, "business_hours": True},
                # An answer of long ago has minutes alone.
                {"priority": "high", "metric": "first_reply_time", "target": 90, "business_hours": True},
                filter={"all": [condition("priority", "is_not", "low"), condition("organization_id", "not_includes", ["31"])]},
            )
        ]
    },
]  # fmt: skip
"""Two schedules, of which the first that was created is the default; midnight said as 0; a slip in a target."""
