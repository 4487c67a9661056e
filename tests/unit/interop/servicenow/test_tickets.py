"""Rows of tickets and of sys_audit as events."""

from datetime import UTC, datetime
from typing import Final

import slacalc as sla
from slacalc.interop import servicenow
from tests.unit.interop.servicenow.instances import ROUND_THE_CLOCK, definition
from tests.unit.interop.servicenow.month import MONTH, change, incident

POLICY: Final = servicenow.load(MONTH).policy


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=UTC)


def test_a_ticket_begins_with_what_its_first_changes_replaced() -> None:
    told = servicenow.read_tickets(
        {
            "incident": [incident(4, "23 13:00:00", "1", "2")],
            "sys_audit": [
                change(4, "23 13:20:00", "incident_state", "1", "2"),
                change(4, "23 13:10:00", "priority", "3", "1"),
                change(4, "23 13:10:00", "assigned_to", "", "ann"),
            ],
        },
        POLICY,
    )
    assert told.pairs == (
        ("INC4", sla.Created(at=at("23 13:00:00"), status="1", fields={"priority": "3"})),
        ("INC4", sla.FieldChanged(at=at("23 13:10:00"), field="priority", value="1")),
        ("INC4", sla.StatusChanged(at=at("23 13:20:00"), status="2")),
    )
    assert told.passed_over == {"change of assigned_to": 1}


def test_a_ticket_of_another_table_has_its_state_and_the_time_of_its_row() -> None:
    row = {
        "sys_id": "r1",
        "number": "RITM1",
        "sys_created_on": "2026-11-23 13:00:00",
        "state": {"value": "1", "display_value": "Open"},
        "priority": "",
    }
    ((ticket, created),) = servicenow.read_tickets({"sc_req_item": [row]}, POLICY)
    assert (ticket, created) == ("RITM1", sla.Created(at=at("23 13:00:00"), status="1"))


def test_the_table_is_a_field_where_the_policy_asks_for_it() -> None:
    tables = {
        **ROUND_THE_CLOCK,
        "contract_sla": [
            definition("d1", "Incidents", "resolution", "1 Hour", "priority=1"),
            definition("d2", "Requests", "resolution", "2 Hours", "priority=1", collection="sc_req_item"),
        ],
    }
    told = servicenow.read_tickets({"incident": [incident(1, "23 13:00:00", "1", "1")]}, servicenow.load(tables).policy)
    assert told.pairs == (
        ("INC1", sla.Created(at=at("23 13:00:00"), status="1", fields={"priority": "1", "table": "incident"})),
    )


def test_a_month_is_told_in_order() -> None:
    told = servicenow.read_tickets(MONTH, POLICY)
    assert told.last == at("25 14:00:00")
    assert [type(event).__name__ for ticket, event in told if ticket == "INC2"] == ["Created", *["StatusChanged"] * 4]
