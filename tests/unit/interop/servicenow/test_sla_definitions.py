"""SLA definitions as goals: of several tables, and due by scripts."""

from datetime import UTC, datetime

from slacalc.interop import servicenow
from tests.unit.interop.servicenow.instances import ROUND_THE_CLOCK, definition


def test_definitions_of_several_tables_are_told_apart_by_the_table() -> None:
    tables = {
        **ROUND_THE_CLOCK,
        "contract_sla": [
            definition("d1", "Incidents", "resolution", "1 Hour", "priority=1"),
            definition("d2", "Requests", "resolution", "2 Hours", "priority=1", collection="sc_req_item"),
        ],
    }
    policy = servicenow.load(tables).policy
    due = [
        policy.promise(datetime(2026, 11, 20, tzinfo=UTC), priority="1", table=table)["resolution"].due.hour
        for table in ("incident", "sc_req_item")
    ]
    assert due == [1, 2]


def test_relative_durations_are_business_days() -> None:
    names = ("End of next business day", "Next business day by 4pm", "3 business days by 4pm")
    for name, said in zip(names, ("17:00", "16:00", "16:00"), strict=True):
        sla_ = definition("d1", "A", "resolution", "", "priority=1", duration_type=name)
        (metric,) = servicenow.load({**ROUND_THE_CLOCK, "contract_sla": [sla_]}).policy.rules[0].metrics.values()
        assert f"by {said}" in str(metric.due), name
