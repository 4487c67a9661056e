"""Proposed mappings: each loads, says what was seen, and leaves open what cannot be known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.logs.guessing import propose_mapping

EVENTS: Final = [
    "Case ID,Activity,Resource,Complete Timestamp,service_level",
    "Case 1,Take in charge ticket,Value 1,2012/10/09 14:50:17.000,Value 1",
    "Case 1,Wait,Value 1,2012/10/12 15:02:56.000,Value 1",
    "Case 1,Resolve ticket,Value 1,2012/10/25 11:54:26.000,Value 2",
    "Case 2,Insert ticket,?,2012/10/25 12:54:26.000,Value 2",
]
TICKETS: Final = [
    "Unique Key;Created Date;Closed Date;Complaint Type;Borough",
    "1;05/01/2022 12:00:03 AM;05/02/2022 01:10:00 PM;Noise;QUEENS",
    "2;05/13/2022 09:00:00 AM;;Noise;BRONX",
]
STATUSES: Final = [
    "number,incident_state,opened_at,sys_updated_at,priority",
    "INC1,New,29-02-2016 01:16,29-02-2016 01:23,3 - Moderate",
    "INC1,Resolved,29-02-2016 01:16,29-02-2016 08:53,3 - Moderate",
]
EITHER: Final = ["id,created", "1,03/04/2026 09:30", "2,05/06/2026 10:30"]


def proposed(lines: list[str], tmp_path: Path) -> tuple[str, sla.LogMapping]:
    text = propose_mapping(lines, where="log.csv")
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    return text, sla.load_mapping(path)


def test_one_row_an_event(tmp_path: Path) -> None:
    text, mapping = proposed(EVENTS, tmp_path)
    assert (mapping.ticket, mapping.time, mapping.activity) == ("Case ID", "Complete Timestamp", "Activity")
    assert (mapping.time_format, mapping.blank) == ("%Y/%m/%d %H:%M:%S.%f", ("?",))
    assert dict(mapping.fields) == {"priority": "service_level"}
    assert dict(mapping.events) == {
        "Take in charge ticket": "agent_message",
        "Wait": "paused_until_next",
        "Resolve ticket": "solved",
    }
    assert '# "Insert ticket" = ""' in text, "of what nothing is known is left to you"
    assert "# decide: times have no offset: in which zone are they?" in text
    assert '# decide: which of these does a rule test? "Resource"' in text


def test_one_row_a_ticket(tmp_path: Path) -> None:
    _, mapping = proposed(TICKETS, tmp_path)
    assert (mapping.ticket, mapping.received, mapping.time) == ("Unique Key", "Created Date", None)
    assert (mapping.time_format, mapping.delimiter) == ("%m/%d/%Y %I:%M:%S %p", ";")
    assert dict(mapping.fields) == {"market": "Borough", "topic": "Complaint Type"}
    assert dict(mapping.done_at) == {"resolution": "Closed Date"}


def test_a_status_and_a_receipt(tmp_path: Path) -> None:
    _, mapping = proposed(STATUSES, tmp_path)
    assert (mapping.ticket, mapping.time, mapping.status) == ("number", "sys_updated_at", "incident_state")
    assert (mapping.received, mapping.time_format) == ("opened_at", "%d-%m-%Y %H:%M")
    assert dict(mapping.fields) == {"priority": "priority"}
    assert mapping.activity is None


def test_a_day_and_a_month_that_may_be_either_are_left_to_you(tmp_path: Path) -> None:
    text, mapping = proposed(EITHER, tmp_path)
    assert "# decide: which of these forms do the times have?" in text
    assert mapping.time_format == ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
    reading = sla.read_log(EITHER, mapping.updated(zone="UTC"))
    assert [problem.error.code for problem in reading.problems] == ["time_ambiguous"] * 2, "until you decide"


def test_a_time_with_an_offset_needs_no_zone(tmp_path: Path) -> None:
    text, mapping = proposed(["id,at,what", "7,2026-11-20T15:00Z,opened", "7,2026-11-20T15:00Z,solved"], tmp_path)
    assert (mapping.time, mapping.activity, mapping.time_format) == ("at", "what", None)
    assert "zone" not in text


def test_with_a_proposal_that_is_saved_the_log_is_read(tmp_path: Path) -> None:
    _, mapping = proposed(EVENTS, tmp_path)
    reading = sla.read_log(EVENTS, mapping.updated(zone="Europe/Rome"))
    assert (len(reading.tickets), reading.events, reading.problems) == (2, 4, ())


@pytest.mark.parametrize("lines", [[], [""], ["id,at,what"], ['id,at\n1,"x'], ["id,at", "1"]], ids=repr)
def test_a_log_without_rows_is_refused(lines: list[str]) -> None:
    with pytest.raises(sla.LogError) as refused:
        propose_mapping(lines, where="log.csv")
    assert (refused.value.code, refused.value.where) == ("log_empty", "log.csv")


def test_only_the_first_rows_are_looked_at() -> None:
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        yield "id,at,what"
        for number in range(100_000):
            taken += 1
            yield f"{number},2026-11-20T15:00Z,opened"

    propose_mapping(lines())
    assert taken <= 2_001


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), min_size=1, max_size=6))
def test_any_log_has_a_proposal_that_says_what_it_could_not_decide(table: list[list[str]]) -> None:
    lines = [
        ",".join(f'"{cell}"'.replace('"', "") for cell in row).replace("\r", "").replace("\n", "") for row in table
    ]
    try:
        text = propose_mapping(lines)
    except sla.LogError:
        return
    assert text.startswith("# proposed from the first ")
