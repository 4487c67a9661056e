"""Helpdesks of Zammad, as its API answers: four that were made for these tests, by the documented form."""

from typing import Any, Final

Record = dict[str, Any]

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAYS: Final = DAYS[:5]


def hours(**days: list[list[str]]) -> Record:
    """Business hours: days that are not named keep timeframes, as the seeds have it, and are not active."""
    return {day: {"active": day in days, "timeframes": days.get(day, [["10:00", "14:00"]])} for day in DAYS}


def calendar(number: int, name: str, zone: str, business_hours: Record, **more: Any) -> Record:
    said = {"id": number, "name": name, "timezone": zone, "business_hours": business_hours}
    return {**said, "default": False, "ical_url": "", "public_holidays": {}, **more}


def off(summary: str, **more: Any) -> Record:
    return {"active": True, "summary": summary, **more}


def sla(number: int, name: str, calendar_id: int, condition: Record, **times: int | None) -> Record:
    none: dict[str, int | None] = dict.fromkeys(
        ("first_response_time", "response_time", "update_time", "solution_time")
    )
    said = {"id": number, "name": name, "calendar_id": calendar_id, "condition": condition}
    return {**said, **none, **times, "created_at": f"2026-01-{number:02}T00:00:00.000Z"}


def when(attribute: str, operator: str, value: Any, **more: Any) -> Record:
    return {attribute: {"operator": operator, "value": value, **more}}


ORDINARY: Final[list[Record]] = [
    calendar(
        2, "Test calendar", "Europe/Berlin", hours(**{day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in WORKDAYS}),
        default=True,
        public_holidays={
            "2026-11-10": off("Feast day"),
            "2026-11-11": {"active": False, "summary": "St. Martin", "feed": "md5"},
            "2026-11-12": off("taken away", removed=True),
        },
    ),
    sla(2, "new sla", 2, when("ticket.priority_id", "is", ["2", "3"]), first_response_time=120, update_time=120, solution_time=1440),
    sla(1, "all others", 2, {}, first_response_time=480),
]  # fmt: skip
"""Days with a lunch hour; three public holidays, of which one counts. The first SLA by name is for all the rest."""

ROUND_THE_CLOCK: Final[list[Record]] = [
    calendar(
        3, "Always", "Europe/London", hours(**{day: [["00:00", "23:59"]] for day in DAYS}),
        public_holidays={"2026-12-25": off("Christmas Day")},
    ),
    sla(1, "All", 3, {}, first_response_time=240, solution_time=600),
]  # fmt: skip
"""Open day and night, but for a holiday: 23:59 is midnight."""

_EARLY, _LATE = ["00:00", "06:00"], ["22:00", "23:59"]
OVERNIGHT: Final[list[Record]] = [
    calendar(
        4, "Night shift", "Asia/Tokyo",
        hours(mon=[_LATE], tue=[_EARLY, _LATE], wed=[_EARLY, _LATE], thu=[_EARLY, _LATE], fri=[_EARLY, _LATE], sat=[_EARLY]),
        public_holidays={"2026-11-23": off("Labour Thanksgiving Day")},
    ),
    sla(1, "All", 4, {}, first_response_time=240),
]  # fmt: skip
"""Nights from Monday to Friday, each as two timeframes: midnight divides them."""

ODD: Final[list[Record]] = [
    calendar(
        5, "Weekend", "America/New_York",
        hours(mon=[["09:00", "12:00"], ["09:00", "11:00"]], sat=[["18:00", "23:59"]], sun=[["00:00", "06:00"]]),
    ),
    calendar(6, "Days", "America/Los_Angeles", hours(**{day: [["08:00", "16:00"]] for day in WORKDAYS}), default=True),
    sla(1, "Rest", 99, {}, first_response_time=60),
    sla(2, "Another rest", 6, {}, first_response_time=600),
    sla(
        3, "Weekend team", 5,
        {
            "operator": "AND",
            "conditions": [
                {"name": "ticket.group_id", "operator": "is", "value": ["7"]},
                {"name": "ticket.priority_id", "operator": "is not", "value": ["1"]},
            ],
        },
        first_response_time=90,
    ),
]  # fmt: skip
"""Two timeframes that begin together; a calendar that was deleted; two SLAs for all the rest; an expert condition."""
