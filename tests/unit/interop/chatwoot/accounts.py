"""Accounts of Chatwoot, as its API answers: four that were made for these tests, by the documented form."""

from typing import Any, Final

Record = dict[str, Any]

SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(7)
WORKDAYS: Final = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)


def day(number: int, opens: str, closes: str, **more: Any) -> Record:
    """A day of working hours, Sunday 0."""
    (a, b), (c, d) = (map(int, each.split(":")) for each in (opens, closes))
    said = {"day_of_week": number, "closed_all_day": False, "open_all_day": False}
    return {**said, "open_hour": a, "open_minutes": b, "close_hour": c, "close_minutes": d, **more}


def always(number: int) -> Record:
    return day(number, "0:00", "23:59", open_all_day=True)


def never(number: int) -> Record:
    return {
        "day_of_week": number,
        "closed_all_day": True,
        "open_all_day": False,
        "open_hour": None,
        "open_minutes": None,
    }


def inbox(number: int, name: str, zone: str | None, *days: Record, **more: Any) -> Record:
    said = {"id": number, "name": name, "channel_type": "Channel::WebWidget", "timezone": zone}
    return {**said, "working_hours_enabled": True, "working_hours": list(days), **more}


def policy(
    number: int, name: str, first: float | None, following: float | None, end: float | None, *, business: bool
) -> Record:
    return {
        "id": number, "name": name, "description": "", "first_response_time_threshold": first,
        "next_response_time_threshold": following, "resolution_time_threshold": end, "only_during_business_hours": business,
    }  # fmt: skip


ORDINARY: Final[list[Record]] = [
    {
        "payload": [
            inbox(
                1, "Web", "America/Los_Angeles",
                never(SUNDAY), *(day(each, "9:00", "17:00") for each in WORKDAYS), never(SATURDAY),
            ),
            inbox(2, "Email", "Europe/Lisbon", *(day(each, "10:00", "18:30") for each in WORKDAYS)),
        ]
    },
    {
        "payload": [
            policy(1, "gold", 3600.0, 7200.0, None, business=True),
            policy(2, "silver", 14400.0, None, 172800, business=False),
        ]
    },
]  # fmt: skip
"""Two inboxes in two zones; a policy that counts their hours, and one that counts the clock."""

ROUND_THE_CLOCK: Final[list[Record]] = [
    {"payload": [
        inbox(1, "Web", "Europe/London", working_hours_enabled=False),
        inbox(2, "Chat", "Europe/London", *(always(each) for each in range(7))),
    ]},
    {"payload": [policy(1, "all", 14400.0, None, None, business=True)]},
]  # fmt: skip
"""Open day and night: by hours that are off, and by days that are open all day, though they are stored to 23:59."""

OVERNIGHT: Final[list[Record]] = [
    inbox(1, "Night", "Asia/Tokyo", day(FRIDAY, "18:00", "23:59"), always(SATURDAY)),
    policy(1, "all", 14400.0, None, None, business=True),
]
"""A night from Friday into Saturday: midnight divides it. Hours over midnight cannot be said."""

ODD: Final[list[Record]] = [
    {"payload": [
        inbox(1, "Sundays", None, day(SUNDAY, "9:00", "12:00")),
        inbox(2, "Weekends", "America/New_York", always(SATURDAY), always(SUNDAY)),
    ]},
    {"payload": [policy(7, "slow", 86400.0, None, None, business=True), policy(8, "slow", 5400, None, None, business=True)]},
]  # fmt: skip
"""No zone, which is UTC; Sunday is day 0; two policies of one name; an inbox over the night that clocks go back."""
