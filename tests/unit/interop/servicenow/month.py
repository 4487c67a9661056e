"""Tickets of the ordinary instance, made for these tests: rows of incident, sys_audit and task_sla.

The due times are by hand: Monday to Friday 8:00 to 12:00 and 13:00 to 17:00 in the east of the United States, five hours
behind UTC in November; four hours for priority 1, 24 for priority 3.
"""

from typing import Final

from tests.unit.interop.servicenow.instances import ORDINARY, Row, Tables


def incident(number: int, opened: str, priority: str, state: str, **more: str) -> Row:
    said = {"sys_id": f"i{number}", "number": f"INC{number}", "opened_at": f"2026-11-{opened}", "priority": priority}
    return {**said, "incident_state": state, "state": state, **more}


def change(number: int, at: str, field: str, old: str, new: str) -> Row:
    said = {"documentkey": f"i{number}", "tablename": "incident", "sys_created_on": f"2026-11-{at}"}
    return {**said, "fieldname": field, "oldvalue": old, "newvalue": new}


def task_sla(
    number: int, of: str, stage: str, start: str, breach: str, end: str = "", *, breached: bool = False, **more: str
) -> Row:
    said = {"task": {"value": f"i{number}", "link": "https://example.org"}, "sla": of, "stage": stage}
    ended = f"2026-11-{end}" if end else ""
    return {
        **said, "start_time": f"2026-11-{start}", "planned_end_time": f"2026-11-{breach}", "end_time": ended,
        "has_breached": "true" if breached else "false", **more,
    }  # fmt: skip


MONTH: Final[Tables] = {
    **ORDINARY,
    "incident": [
        incident(1, "23 13:30:00", "1", "6"),
        incident(2, "20 21:30:00", "1", "6"),
        incident(3, "23 13:00:00", "3", "6"),
        incident(4, "23 13:00:00", "1", "1"),
    ],
    "sys_audit": [
        change(1, "23 13:40:00", "incident_state", "1", "2"),
        change(1, "23 15:00:00", "incident_state", "2", "6"),
        change(1, "23 15:00:00", "assigned_to", "", "ann"),
        change(2, "20 22:30:00", "incident_state", "1", "2"),
        change(2, "23 14:00:00", "incident_state", "2", "3"),
        change(2, "23 16:00:00", "incident_state", "3", "2"),
        change(2, "23 20:00:00", "incident_state", "2", "6"),
        change(3, "25 14:00:00", "incident_state", "1", "6"),
        change(4, "23 13:10:00", "priority", "3", "1"),
    ],
    "task_sla": [
        task_sla(1, "d1", "completed", "23 13:30:00", "23 13:45:00", "23 13:40:00"),
        # Due at 13:30, after lunch: three and a half hours, and half an hour.
        task_sla(1, "d2", "completed", "23 13:30:00", "23 18:30:00", "23 15:00:00"),
        task_sla(2, "d1", "completed", "20 21:30:00", "20 21:45:00", "20 22:30:00", breached=True),
        # Half an hour on Friday, an hour on Monday, two hours paused, an hour until lunch, and to 14:30.
        task_sla(2, "d2", "completed", "20 21:30:00", "23 19:30:00", "23 20:00:00", breached=True),
        # Around the clock: what somebody there set up by mistake.
        task_sla(3, "d3", "completed", "23 13:00:00", "24 13:00:00", "25 14:00:00", breached=True),
        task_sla(3, "d2", "cancelled", "23 13:00:00", "24 13:00:00"),
    ],
}
