"""ServiceNow's configuration as a policy: due times by hand from the facts of the format, and what is refused or lost."""

import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import servicenow
from tests.refusals import Refusal, check
from tests.unit.interop.servicenow.instances import (
    ODD,
    ORDINARY,
    OVERNIGHT,
    RESOLVED,
    ROUND_THE_CLOCK,
    Row,
    Tables,
    definition,
    includes,
    schedule,
    shown,
    span,
)

CHICAGO: Final = "America/Chicago"


@pytest.mark.parametrize(
    ("tables", "received", "ticket", "metric", "due", "because"),
    [
        (ORDINARY, "2026-11-20T16:30-05:00", {"priority": "1"}, "resolution", "2026-11-23T11:30-05:00",
         "half an hour on Friday, three and a half on Monday"),
        (ORDINARY, "2026-11-20T16:30-05:00", {"priority": "1"}, "first_response", "2026-11-20T16:45-05:00",
         "900000 milliseconds; a ticket has several SLAs at once"),
        (ORDINARY, "2026-11-16T08:00-05:00", {"priority": "3"}, "resolution", "2026-11-18T17:00-05:00",
         "a day is 24 hours of the schedule: three days of eight hours"),
        (ORDINARY, "2026-11-25T16:00-05:00", {"priority": "1"}, "resolution", "2026-11-30T11:00-05:00",
         "Thanksgiving, twice, is the 26th; the fourth Friday is the 27th"),
        (ORDINARY, "2024-11-21T16:00-05:00", {"priority": "1"}, "resolution", "2024-11-25T11:00-05:00",
         "the fourth Friday of November 2024 is the 22nd, a week before the real Black Friday"),
        (ORDINARY, "2026-05-22T16:00-04:00", {"priority": "1"}, "resolution", "2026-05-26T11:00-04:00",
         "the last Monday of May is the 25th: 2 is Monday, as 1 is Sunday"),
        (ORDINARY, "2020-12-31T16:00-05:00", {"priority": "1"}, "resolution", "2021-01-04T11:00-05:00",
         "New Year's Day is a Friday; its float_day is of no use"),
        (ORDINARY, "2023-12-29T16:00-05:00", {"priority": "1"}, "resolution", "2024-01-01T11:00-05:00",
         "its repetition ended with 2021"),
        (ORDINARY, "2026-11-20T16:30-05:00", {"priority": "2"}, "resolution", None, "no SLA definition"),
        (ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {"priority": "2"}, "resolution", "2026-12-26T02:00+00:00",
         "two hours before Christmas Day, two after it"),
        (ROUND_THE_CLOCK, "2026-12-24T22:00+00:00", {"priority": "1"}, "resolution", "2026-12-25T02:00+00:00",
         "no schedule: around the clock"),
        (ROUND_THE_CLOCK, "2026-11-22T23:58+00:00", {"priority": "2"}, "resolution", "2026-11-23T03:58+00:00",
         "the second after 23:59:59 is not lost"),
        (OVERNIGHT, "2026-11-30T21:00+09:00", {"priority": "2"}, "resolution", "2026-12-01T02:00+09:00",
         "two hours before midnight, two after it"),
        (OVERNIGHT, "2026-11-23T21:00+09:00", {"priority": "2"}, "resolution", "2026-12-01T00:00+09:00",
         "Tuesday, the 24th, is off from midnight on; the next two hours are on Monday evening"),
        (ODD, "2026-06-29T16:30-05:00", {"priority": "1"}, "resolution", "2026-06-30T10:30-05:00", "from 9 to 17 until 30 June"),
        (ODD, "2026-06-30T16:30-05:00", {"priority": "1"}, "resolution", "2026-07-01T09:30-05:00", "from 8 to 16 after it"),
        (ODD, "2026-11-23T08:30-06:00", {"priority": "1"}, "resolution", "2026-11-23T12:30-06:00",
         "15:00Z to 17:00Z are 9 to 11 in Chicago"),
        (ODD, "2026-11-27T11:00-06:00", {"priority": "1"}, "resolution", "2026-11-28T11:00-06:00",
         "an hour until 12, an hour on the Saturday that is worked once"),
        (ODD, "2026-11-16T09:30-06:00", {"priority": "2"}, "resolution", "2026-11-18T16:00-06:00", "two business days by 4pm"),
        (ODD, "2026-11-16T10:30-06:00", {"priority": "2"}, "resolution", "2026-11-19T16:00-06:00", "after 10:00 one more"),
        (ODD, "2026-11-16T15:00+01:00", {"priority": "3"}, "resolution", "2026-11-17T09:00+01:00",
         "the definition has a zone of its own: an hour until 16:00 in Paris, an hour from 8:00"),
        (ODD, "2026-11-16T09:00-06:00", {"priority": "1", "contact_type": "phone"}, "first_response", "2026-11-16T11:30-06:00",
         "2 Hours 30 Minutes"),
        (ODD, "2026-11-16T09:00-06:00", {"priority": "1", "contact_type": "phone", "caller_vip": "true"}, "vip", "2026-11-16T10:00-06:00",
         "two SLAs of one target at once: the second is a metric of its own"),
    ],
)  # fmt: skip
def test_due_times_are_those_of_the_instance(
    tables: Tables, received: str, ticket: dict[str, str], metric: str, due: str | None, because: str
) -> None:
    policy = servicenow.load(tables, zone=CHICAGO).policy
    promise = policy.promise_for(datetime.fromisoformat(received), ticket).get(metric)
    assert (None if promise is None else promise.due) == (None if due is None else datetime.fromisoformat(due)), because


@pytest.mark.parametrize("tables", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, ODD])
def test_what_was_imported_is_a_policy_that_round_trips(tables: Tables) -> None:
    imported = servicenow.load(tables, zone=CHICAGO)
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    assert tomllib.loads(imported.to_toml()) == imported.policy.to_data()
    assert not [
        warning
        for warning in sla.check_policy(imported.policy, as_of=datetime.fromisoformat("2026-11-20T00:00Z"))
        if warning.code == "rule_hidden"
    ]


def test_clocks_are_paused_and_ended_by_the_statuses_of_the_conditions() -> None:
    data = servicenow.load(ORDINARY).policy.to_data()
    assert data["clocks"]["resolution"] == {"paused_in": ["3"], "pausable": False, "stops": {"status": ["6"]}}
    assert data["clocks"]["first_response"]["stops"] == {"status": ["2"]}


def test_the_answers_of_a_folder_are_named_by_their_tables_and_its_exports_name_them(tmp_path: Path) -> None:
    for table, rows in ORDINARY.items():
        (tmp_path / f"{table}.json").write_text(json.dumps({"result": rows}), encoding="utf-8")
    assert servicenow.load(tmp_path).policy == servicenow.load(ORDINARY).policy
    (tmp_path / "cmn_schedule.json").unlink()
    rows_ = "".join(
        f"<cmn_schedule action='INSERT_OR_UPDATE'>{''.join(f'<{key}>{value}</{key}>' for key, value in row.items())}</cmn_schedule>"
        for row in ORDINARY["cmn_schedule"]
    )
    (tmp_path / "update set.xml").write_text(f"<unload>{rows_}</unload>", encoding="utf-8")
    imported = servicenow.load(tmp_path)
    assert imported.policy == servicenow.load(ORDINARY).policy
    assert "# schedule '8-5 weekdays excluding holidays' (update set.xml: unload.cmn_schedule[0])" in imported.to_toml()


# ---------------------------------------------------------------- what is lost


def with_sla(**more: Any) -> Tables:
    return {
        **ROUND_THE_CLOCK,
        "contract_sla": [{**definition("d1", "A", "resolution", "1 Hour", "priority=1"), **more}],
    }


def with_span(*args: str, **more: str) -> Tables:
    spans = [*ROUND_THE_CLOCK["cmn_schedule_span"], span("s1", *args, **more)]
    return {"cmn_schedule": ROUND_THE_CLOCK["cmn_schedule"], "cmn_schedule_span": spans}


DAY: Final = ("20261123T090000", "20261123T100000")
FLOATING: Final = {
    "cmn_schedule": [schedule("s1", "Floating")],
    "cmn_schedule_span": ROUND_THE_CLOCK["cmn_schedule_span"][:1],
}


@pytest.mark.parametrize(
    ("tables", "severity", "where", "means"),
    [
        (with_sla(start_condition="priority=1^ORpriority=2"), "due_times", "contract_sla[0].start_condition", "the query 'priority=1^ORpriority=2'"),
        (with_sla(start_condition="state=1"), "due_times", "contract_sla[0].start_condition", "the query 'state=1' chooses the tickets"),
        (with_sla(start_condition="opened_atONToday@javascript:gs.now()"), "due_times", "contract_sla[0].start_condition", "the query 'opened_at"),
        (with_sla(start_condition="opened_by=javascript:gs.getUserID()"), "due_times", "contract_sla[0].start_condition", "the query 'opened_by"),
        (with_sla(start_condition="priority=" + "1" * 5_000), "due_times", "contract_sla[0].start_condition", "the query 'priority=1"),
        (with_sla(pause_condition="state=3^priority=4"), "due_times", "contract_sla[0].pause_condition", "the query 'state=3^priority=4' pauses"),
        (with_sla(reset_condition="reopened=true"), "due_times", "contract_sla[0].reset_condition", "the query 'reopened=true' begins"),
        (with_sla(stop_condition="assigned_toISNOTEMPTY"), "reports", "contract_sla[0].stop_condition", "the query 'assigned_toISNOTEMPTY' ends"),
        (with_sla(when_to_resume="on_condition"), "due_times", "contract_sla[0].when_to_resume", "a condition of its own ends the pause"),
        (with_sla(retroactive="false"), "due_times", "contract_sla[0]", "the clock begins when a ticket comes to match"),
        (with_sla(schedule_source="task_field"), "due_times", "contract_sla[0]", "each ticket says its own schedule"),
        (with_sla(duration_type="Breach on Due Date"), "due_times", "contract_sla[0]", "the script 'Breach on Due Date' says when it is due"),
        (with_sla(active="false"), "cosmetic", "contract_sla[0]", "the SLA definition 'A' is not active"),
        ({**FLOATING, "contract_sla": with_sla(timezone_source="task.caller_id.time_zone")["contract_sla"]}, "due_times",
         "contract_sla[0].timezone_source", "where its schedule has no zone, each ticket has that of task.caller_id.time_zone"),
        ({**ROUND_THE_CLOCK, "contract_sla": [
            definition("d1", "A", "resolution", "1 Hour", "priority=1", **RESOLVED), definition("d2", "B", "resolution", "1 Hour", "priority=2")]},
         "due_times", "contract_sla[1]", "its clock pauses or ends otherwise"),
        (with_span(*DAY, "monthly"), "due_times", "cmn_schedule_span[2]", "the span opens monthly"),
        (with_span(*DAY, "weekdays", repeat_count="2"), "due_times", "cmn_schedule_span[2]", "the span repeats every 2 times only"),
        (with_span(*DAY, "weekly", days_of_week="2"), "due_times", "cmn_schedule_span[2]", "the span starts on a day that is none of its days"),
        (with_span(*DAY, "monthly", type="exclude", monthly_type="dow"), "due_times", "cmn_schedule_span[2]",
         "the span repeats each month on a day that nobody explains"),
        (with_span("20261123T090000Z", "20261123T100000Z", "daily", type="exclude"), "due_times", "cmn_schedule_span[2]",
         "the span repeats at a time of UTC"),
        (with_span("20261126T220000", "20261127T020000", "yearly", type="exclude", yearly_type="float"), "due_times", "cmn_schedule_span[2]",
         "the span goes on over midnight, from a day that moves"),
        (with_span(*DAY, "yearly", type="exclude", repeat_until="20251231"), "cosmetic", "cmn_schedule_span[2]",
         "the span never comes again, or at all"),
        (with_span(*DAY, "yearly", type="exclude", yearly_type="float", repeat_until="20261124"), "cosmetic", "cmn_schedule_span[2]",
         "the span never comes again, or at all"),
        (with_span(*DAY, type="blackout"), "cosmetic", "cmn_schedule_span[2]", "a span of blackout, for changes"),
        ({**ORDINARY, "cmn_other_schedule": [{**includes("s1", "h1"), "type": "exclude"}]}, "due_times", "cmn_other_schedule[0].type",
         "the hours of 'U.S. Holidays' are excluded"),
        ({**ORDINARY, "cmn_schedule": [ORDINARY["cmn_schedule"][0], schedule("h1", "Elsewhere", "Asia/Tokyo")]}, "due_times",
         "cmn_other_schedule[0]", "the dates of 'Elsewhere' are of the zone Asia/Tokyo"),
        (ORDINARY, "reports", "schedule '8-5 weekdays excluding holidays' (cmn_schedule[0])", "the schedule begins on 2020-01-06"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_refused_where_it_changes_due_times(
    tables: Tables, severity: str, where: str, means: str
) -> None:
    (loss,) = [each for each in servicenow.load(tables, zone="UTC", lossy=True).losses if each.means.startswith(means)]
    assert (loss.severity, loss.where) == (severity, where)
    if severity == "due_times":
        with pytest.raises(sla.InteropError) as refused:
            servicenow.load(tables, zone="UTC")
        assert refused.value.code == "import_changes_due_times"
        assert where in str(refused.value)
    else:
        assert loss in servicenow.load(tables, zone="UTC").losses


def test_whose_zone_it_is_matters_only_where_the_schedule_has_none() -> None:
    imported = servicenow.load(with_sla(timezone_source="task.location.time_zone"))
    assert {each.severity for each in imported.losses} == {"reports"}


# ---------------------------------------------------------------- what is refused


def first_span(**changes: Any) -> Tables:
    return {**OVERNIGHT, "cmn_schedule_span": [{**OVERNIGHT["cmn_schedule_span"][0], **changes}]}


def without(tables: Tables, name: str) -> Tables:
    return {key: rows for key, rows in tables.items() if key != name}


def result(*rows: Row) -> Row:
    return {"result": list(rows)}


SPAN: Final = "cmn_schedule_span[0]"
REFUSALS: Final = [
    Refusal(lambda: servicenow.load(ODD), sla.InteropError, "import_zone_missing", "contract_sla[0].schedule", "", "--zone Europe/Berlin"),
    Refusal(lambda: servicenow.load(without(ODD, "contract_sla")), sla.InteropError, "import_zone_missing",
            "schedule 'Floating' (cmn_schedule[0])", "", "--zone Europe/Berlin"),
    Refusal(lambda: servicenow.load(first_span(repeat_type="fortnightly")), sla.InteropError, "import_value_invalid",
            f"{SPAN}.repeat_type", "'fortnightly'", "weekly"),
    Refusal(lambda: servicenow.load(first_span(type="closed")), sla.InteropError, "import_value_invalid", f"{SPAN}.type", "'closed'", "exclude"),
    Refusal(lambda: servicenow.load(first_span(start_date_time="2026-01-05 22:00:00")), sla.InteropError, "import_value_invalid",
            f"{SPAN}.start_date_time", "'2026-01-05 22:00:00'", "20261124T080000"),
    Refusal(lambda: servicenow.load(first_span(start_date_time="20260230T220000")), sla.InteropError, "import_value_invalid",
            f"{SPAN}.start_date_time", "'20260230T220000'", "20261124T080000"),
    Refusal(lambda: servicenow.load(first_span(end_date_time="20260106T060000Z")), sla.InteropError, "import_dates_invalid",
            SPAN, "20260105T220000 to 20260106T060000Z", "at most a year apart"),
    Refusal(lambda: servicenow.load(first_span(end_date_time="20260105T060000")), sla.InteropError, "import_dates_invalid",
            SPAN, "20260105T220000 to 20260105T060000", "at most a year apart"),
    Refusal(lambda: servicenow.load(first_span(days_of_week="Monday")), sla.InteropError, "import_value_invalid",
            f"{SPAN}.days_of_week", "'Monday'", "digits from 1 to 7, 1 for Monday"),
    Refusal(lambda: servicenow.load(first_span(repeat_until="forever")), sla.InteropError, "import_value_invalid",
            f"{SPAN}.repeat_until", "'forever'", "00000000 for no end"),
    Refusal(lambda: servicenow.load(first_span(repeat_until="20261332")), sla.InteropError, "import_value_invalid",
            f"{SPAN}.repeat_until", "'20261332'", "00000000 for no end"),
    Refusal(lambda: servicenow.load(first_span(repeat_count="twice")), sla.InteropError, "import_value_invalid",
            f"{SPAN}.repeat_count", "'twice'", "a whole number from 1 to 1000"),
    Refusal(lambda: servicenow.load(first_span(repeat_type="yearly", yearly_type="float", float_day="8")), sla.InteropError,
            "import_value_invalid", f"{SPAN}.float_day", "8", "a whole number from 1 to 7"),
    Refusal(lambda: servicenow.load(first_span(schedule="s9")), sla.InteropError, "import_schedule_missing", f"{SPAN}.schedule", "'s9'",
            "the row of cmn_schedule with it, too"),
    Refusal(lambda: servicenow.load(first_span(schedule="")), sla.InteropError, "import_key_missing", SPAN, "", '"schedule"'),
    Refusal(lambda: servicenow.load(without(OVERNIGHT, "cmn_schedule_span")), sla.InteropError, "import_schedule_missing",
            "contract_sla[0].schedule", "'s1'", "with spans that are worked"),
    Refusal(lambda: servicenow.load({**OVERNIGHT, "cmn_schedule": [schedule("s1", "Night", "Tokio")]}), sla.InteropError,
            "import_zone_unknown", "cmn_schedule[0].time_zone", "'Tokio'", "an IANA name"),
    Refusal(lambda: servicenow.load(with_sla(duration="3 fortnights")), sla.InteropError, "import_value_invalid",
            "contract_sla[0].duration", "'3 fortnights'", "1970-01-04 12:00:00"),
    Refusal(lambda: servicenow.load(with_sla(duration="1970-13-01 00:00:00")), sla.InteropError, "import_value_invalid",
            "contract_sla[0].duration", "'1970-13-01 00:00:00'", "3 Days 12 Hours"),
    Refusal(lambda: servicenow.load(with_sla(duration="1970-01-01 00:00:00")), sla.InteropError, "import_value_invalid",
            "contract_sla[0].duration", "'1970-01-01 00:00:00'", "3 Days 12 Hours"),
    Refusal(lambda: servicenow.load(with_sla(duration="")), sla.InteropError, "import_key_missing", "contract_sla[0]", "", '"duration"'),
    Refusal(lambda: servicenow.load(with_sla(schedule_source="owner")), sla.InteropError, "import_value_invalid",
            "contract_sla[0].schedule_source", "'owner'", "no_schedule"),
    Refusal(lambda: servicenow.load(result(schedule("s1", "A"))), sla.InteropError, "import_document_unknown", "", "['result']", "contract_sla.json"),
    Refusal(lambda: servicenow.load({"schedules": []}), sla.InteropError, "import_document_unknown", "", "['schedules']", "cmn_schedule_span"),
    Refusal(lambda: servicenow.load({"cmn_schedule": []}), sla.InteropError, "import_nothing_there", "source", "", "cmn_schedule_span"),
    Refusal(lambda: servicenow.load([7]), sla.InteropError, "import_value_invalid", "[0]", "7", "a table"),
    Refusal(lambda: servicenow.load(7), sla.InteropError, "import_source_invalid", "source", "7", "parsed JSON"),
    Refusal(lambda: servicenow.load(ODD, zone="Tokio"), sla.ZoneError, "zone_unknown", "zone", "'Tokio'", "an IANA name"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("export.xml", "<unload><cmn_schedule>", "import_unreadable"),
        ("export.xml", '<!DOCTYPE a [<!ENTITY b "c">]><unload>&b;</unload>', "import_unreadable"),
        ("export.xml", "<unload><sys_user/></unload>", "import_document_unknown"),
        ("answer.json", '{"result": []}', "import_document_unknown"),
        ("contract_sla.json", '{"result": [', "import_unreadable"),
        ("contract_sla.csv", "sys_id", "import_folder_without_files"),
    ],
)
def test_a_folder_that_cannot_be_read_names_the_file(name: str, text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(sla.InteropError) as refused:
        servicenow.load(tmp_path)
    assert refused.value.code == code
    assert (str(tmp_path) if code == "import_folder_without_files" else name) in str(refused.value)


def test_values_are_read_beside_what_is_displayed() -> None:
    rows = [
        {key: shown(value, f"displayed {value}") if isinstance(value, str) else value for key, value in row.items()}
        for row in ORDINARY["contract_sla"]
    ]
    for row, plain in zip(rows, ORDINARY["contract_sla"], strict=True):
        row["duration_type"] = ""
        row["name"] = plain["name"]
    assert servicenow.load({**ORDINARY, "contract_sla": rows}).policy == servicenow.load(ORDINARY).policy
