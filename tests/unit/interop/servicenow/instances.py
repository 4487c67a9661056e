"""Instances of ServiceNow, as rows of its tables: four that were made for these tests, by the documented form."""

from typing import Any, Final

Row = dict[str, Any]
Tables = dict[str, list[Row]]

STALE: Final = {"yearly_type": "doy", "monthly_type": "dom", "float_day": "5", "float_week": "4", "month": "11"}
"""What fields of other kinds of repetition have: nothing that counts."""


def schedule(number: str, name: str, zone: str = "") -> Row:
    return {"sys_id": number, "name": name, "time_zone": zone, "type": "", "parent": ""}


def span(of: str, start: str, end: str, repeat: str = "", **more: str) -> Row:
    said = {"schedule": of, "name": "Hours", "type": "", "all_day": "false", "show_as": "busy", "repeat_count": "1"}
    return {
        **STALE, **said, "start_date_time": start, "end_date_time": end, "repeat_type": repeat, "repeat_until": "00000000", **more,
    }  # fmt: skip


def excluded(of: str, name: str, day: str, repeat: str = "", **more: str) -> Row:
    """A whole date that is off."""
    return span(of, f"{day}T000000", f"{day}T235959", repeat, name=name, type="exclude", all_day="true", **more)


def includes(parent: str, child: str) -> Row:
    return {"schedule": parent, "child_schedule": child, "type": "include", "time_zone": ""}


def definition(
    number: str, name: str, target: str, duration: Any, start: str, schedule_: str = "s1", **more: Any
) -> Row:
    said = {
        "sys_id": number,
        "name": name,
        "collection": "incident",
        "type": "SLA",
        "target": target,
        "duration": duration,
    }
    conditions = {"start_condition": start, "pause_condition": "", "stop_condition": "", "reset_condition": ""}
    source = {
        "schedule": schedule_,
        "schedule_source": "sla_definition",
        "retroactive": "true",
        "when_to_resume": "no_match",
    }
    return {**said, **conditions, **source, "duration_type": "", **more}


RESOLVED: Final = {"pause_condition": "incident_state=3^EQ", "stop_condition": "incident_state=6^EQ"}

ORDINARY: Final[Tables] = {
    "cmn_schedule": [schedule("s1", "8-5 weekdays excluding holidays", "US/Eastern"), schedule("h1", "U.S. Holidays")],
    "cmn_other_schedule": [includes("s1", "h1")],
    "cmn_schedule_span": [
        span("s1", "20200106T080000", "20200106T120000", "weekdays"),
        span("s1", "20200106T130000", "20200106T170000", "weekdays"),
        excluded("h1", "New Year's Day", "20120101", "yearly", repeat_until="20211231"),
        excluded("h1", "Memorial Day", "20120528", "yearly", yearly_type="float", float_day="2", float_week="last", month="5"),
        excluded("h1", "Thanksgiving Day", "20121122", "yearly", yearly_type="float", float_day="5", float_week="4", month="11"),
        excluded("h1", "Black Friday", "20121123", "yearly", yearly_type="float", float_day="6", float_week="4", month="11"),
        excluded("h1", "Thanksgiving Day", "20261126"),
    ],
    "contract_sla": [
        definition("d1", "Priority 1 response", "response", "900000", "active=true^priority=1^EQ", stop_condition="incident_state=2^EQ"),
        definition("d2", "Priority 1 resolution", "resolution", "1970-01-01 04:00:00", "active=true^priority=1^EQ", **RESOLVED),
        definition("d3", "Priority 3 resolution", "resolution", "1970-01-02 00:00:00", "active=true^priority=3^EQ", **RESOLVED),
    ],
}  # fmt: skip
"""Hours with a lunch break, holidays in another schedule; two excluded spans on one date; a Black Friday that is a week early."""

ROUND_THE_CLOCK: Final[Tables] = {
    "cmn_schedule": [schedule("s1", "24 x 7 but Christmas", "Europe/London")],
    "cmn_schedule_span": [
        span("s1", "20200101T000000", "20200101T235959", "daily", all_day="true"),
        excluded("s1", "Christmas Day", "20201225", "yearly"),
    ],
    "contract_sla": [
        definition("d1", "Always", "resolution", 14_400_000, "priority=1", schedule_source="no_schedule", schedule=""),
        definition("d2", "But Christmas", "resolution", "0 Days 4 Hours", "priority=2"),
    ],
}
"""All-day spans end at 23:59:59, which is midnight; an SLA without a schedule counts around the clock."""

OVERNIGHT: Final[Tables] = {
    "cmn_schedule": [schedule("s1", "Night", "Asia/Tokyo")],
    "cmn_schedule_span": [
        span("s1", "20260105T220000", "20260106T060000", "weekly", days_of_week="1"),
        excluded("s1", "Off", "20261124"),
    ],
    "contract_sla": [definition("d1", "Night", "resolution", "1970-01-01 04:00:00", "priority=2")],
}
"""A night from each Monday to Tuesday, in one span."""


def shown(value: str, display: str) -> Row:
    """A value of an answer with display_value=all."""
    return {"value": value, "display_value": display}


ODD: Final[Tables] = {
    "cmn_schedule": [schedule("s1", "Floating")],
    "cmn_schedule_span": [
        span("s1", "20260105T090000", "20260105T170000", "weekdays", repeat_until="20260630"),
        span("s1", "20260701T080000", "20260701T160000", "weekdays"),
        span("s1", "20261128T100000", "20261128T140000", name="Stocktaking"),
        span("s1", "20261127T120000", "20261127T235959", type="exclude", name="Half day"),
        span("s1", "20261123T150000Z", "20261123T170000Z", type="exclude", name="All hands"),
        span("s1", "20261219T220000", "20261220T020000", type="maintenance"),
    ],
    "contract_sla": [
        definition("d1", "P1", "resolution", shown("1970-01-01 02:00:00", "2 Hours"), "priority=1", timezone_source="system"),
        definition("d2", "P2", "resolution", "", "priority=2", duration_type=shown("3f7d", "2 business days by 4pm")),
        definition("d3", "Paris", "resolution", "2 Hours", "priority=3", timezone_source="sla.timezone", timezone="Europe/Paris"),
        definition("d4", "Phone", "response", "2 Hours 30 Minutes", "contact_type=phone^priority=1"),
        definition("d5", "VIP", "response", "1 Hour", "caller_vip=true"),
    ],
}  # fmt: skip
"""A schedule without a zone, with other hours from a date on; dates that are worked, or closed, once; SLAs that a ticket has at once."""
