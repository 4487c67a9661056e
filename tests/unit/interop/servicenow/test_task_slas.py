"""What ServiceNow said of a month of tickets, and slacalc held against it."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import compare, servicenow
from tests.refusals import Refusal, check
from tests.unit.interop.servicenow.instances import ORDINARY, Row, Tables
from tests.unit.interop.servicenow.month import MONTH, change, incident, task_sla

POLICY: Final = servicenow.load(MONTH).policy
TICKETS: Final = servicenow.read_tickets(MONTH, POLICY)
JUDGED: Final = servicenow.read_judgements(MONTH)


def test_a_row_is_a_judgement_by_ticket_metric_and_cycle() -> None:
    said = {(each.ticket, each.metric): each for each in JUDGED}
    assert {key: each.verdict for key, each in said.items()} == {
        ("INC1", "first_response"): "met",
        ("INC1", "resolution"): "met",
        ("INC2", "first_response"): "breached",
        ("INC2", "resolution"): "breached",
        ("INC3", "resolution"): "breached",
    }
    assert said["INC2", "resolution"].breached_at == datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
    assert said["INC3", "resolution"].target == "24h in business hours"
    assert [what for _, what in said["INC2", "resolution"].ledger] == ["in_progress", "breached", "completed"]


def test_a_second_row_of_an_sla_is_a_second_cycle_and_one_that_goes_on_is_open() -> None:
    rows = [
        task_sla(1, "d2", "in_progress", "24 13:00:00", "24 18:00:00"),
        task_sla(1, "d2", "paused", "25 13:00:00", "25 18:00:00", pause_time="2026-11-25 14:00:00"),
        task_sla(1, "d2", "completed", "23 13:30:00", "23 18:30:00", "23 15:00:00"),
        task_sla(2, "d2", "breached", "23 13:30:00", "23 18:30:00"),
    ]
    judged = servicenow.read_judgements({**MONTH, "task_sla": rows})
    assert [(each.ticket, each.cycle, each.verdict) for each in judged] == [
        ("INC1", 1, "met"),
        ("INC1", 2, "open"),
        ("INC1", 3, "open"),
        ("INC2", 1, "breached"),
    ]
    assert [what for _, what in judged[2].ledger] == ["in_progress", "paused"]


def test_promises_that_both_judge_alike_are_counted_and_the_other_is_explained() -> None:
    parity = compare(TICKETS, JUDGED, POLICY, servicenow.CONVENTIONS, as_of=datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert parity.agreed == {"first_response": 2, "resolution": 2}
    by_clock, *of_ours_alone = parity.differences
    assert (by_clock.ticket, by_clock.theirs, by_clock.ours) == ("INC3", "breached", "met")
    assert by_clock.why.endswith("ServiceNow counted the target around the clock, with nights and days off")
    assert "2026-11-25 09:00:00-05:00" in by_clock.why
    assert [(each.ticket, each.theirs) for each in of_ours_alone] == [("INC4", None), ("INC4", None)]


def rows(**changes: Any) -> Tables:
    row: Row = {**MONTH["task_sla"][2], **changes}
    return {**ORDINARY, "incident": [incident(2, "20 21:30:00", "1", "6")], "task_sla": [row]}


def test_a_target_is_said_as_slacalc_says_it() -> None:
    by_script = {**ORDINARY["contract_sla"][1], "duration_type": "2 business days by 4pm"}
    around_the_clock = {**ORDINARY["contract_sla"][1], "schedule_source": "no_schedule"}
    said = [
        servicenow.read_judgements({**MONTH, "contract_sla": [sla_], "task_sla": MONTH["task_sla"][1:2]})[0].target
        for sla_ in (by_script, around_the_clock)
    ]
    assert said == ["2 business days by 16:00, cutoff 10:00", "4h in calendar hours"]


REFUSALS: Final = [
    Refusal(lambda: servicenow.read_judgements(rows(sla="d9")), sla.InteropError, "import_schedule_missing", "task_sla[0].sla", "'d9'",
            "its row of contract_sla, too"),
    Refusal(lambda: servicenow.read_judgements(rows(stage="achieved")), sla.InteropError, "import_value_invalid", "task_sla[0].stage",
            "'achieved'", "completed"),
    Refusal(lambda: servicenow.read_judgements(rows(start_time="20 November 2026")), sla.InteropError, "import_value_invalid",
            "task_sla[0].start_time", "'20 November 2026'", "a time of UTC, such as 2026-11-20 15:00:00"),
    Refusal(lambda: servicenow.read_judgements(rows(start_time="2026-11-20T15:00:00+01:00")), sla.InteropError, "import_value_invalid",
            "task_sla[0].start_time", "+01:00", "a time of UTC"),
    Refusal(lambda: servicenow.read_judgements(rows(planned_end_time="")), sla.InteropError, "import_key_missing", "task_sla[0]", "",
            '"planned_end_time"'),
    Refusal(lambda: servicenow.read_judgements(rows(has_breached="maybe")), sla.InteropError, "import_value_invalid",
            "task_sla[0].has_breached", "'maybe'", "true or false"),
    Refusal(lambda: servicenow.read_tickets({"incident": [incident(1, "23", "1", "1", opened_at="")]}, POLICY), sla.InteropError,
            "import_key_missing", "incident[0]", "", '"sys_created_on"'),
    Refusal(lambda: servicenow.read_tickets({"incident": [], "sys_audit": [{**change(1, "23 10:00:00", "priority", "", "1"), "documentkey": ""}]},
                                            POLICY), sla.InteropError, "import_key_missing", "sys_audit[0]", "", '"documentkey"'),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)
