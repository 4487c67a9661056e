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


def test_the_only_time_of_rows_of_events_is_that_of_each_row(tmp_path: Path) -> None:
    """A column that is called created is no receipt where a ticket has several rows, and nothing else says when."""
    lines = ["id,created,activity", "7,2026-11-20 09:00,opened", "7,2026-11-20 10:00,Solved"]
    _, mapping = proposed(lines, tmp_path)
    assert (mapping.time, mapping.received, mapping.activity) == ("created", None, "activity")


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


@pytest.mark.parametrize("lines", [[], [""], ["id,at,what"], ["id,at", '1,"x'], ["id,at", "1"]], ids=repr)
def test_a_log_without_rows_is_refused(lines: list[str]) -> None:
    with pytest.raises(sla.LogError) as refused:
        propose_mapping(lines, where="log.csv")
    assert (refused.value.code, refused.value.where) == ("log_empty", "log.csv")


@pytest.mark.parametrize(
    ("header", "ticket", "received", "done", "fields"),
    [
        ("Vorgang,Eröffnet am,Priorität,Beantwortet am,Gelöst am", "Vorgang", "Eröffnet am",
         {"first_response": "Beantwortet am", "resolution": "Gelöst am"}, {"priority": "Priorität"}),
        ("Numéro,Créé le,Priorité,Première réponse,Résolu le", "Numéro", "Créé le",
         {"first_response": "Première réponse", "resolution": "Résolu le"}, {"priority": "Priorité"}),
        ("Incidencia,Fecha de creación,Prioridad,Primera respuesta,Fecha de cierre", "Incidencia", "Fecha de creación",
         {"first_response": "Primera respuesta"}, {"priority": "Prioridad"}),
        ("Pratica,Aperto il,Priorità,Risposta,Chiuso il", "Pratica", "Aperto il",
         {"first_response": "Risposta", "resolution": "Chiuso il"}, {"priority": "Priorità"}),
    ],
    ids=["German", "French", "Spanish", "Italian"],
)  # fmt: skip
def test_headers_of_other_languages(
    header: str, ticket: str, received: str, done: dict[str, str], fields: dict[str, str], tmp_path: Path
) -> None:
    _, mapping = proposed([header, "1,09.11.2026 09:30,a,09.11.2026 10:30,13.11.2026 11:30"], tmp_path)
    assert (mapping.ticket, mapping.received, mapping.time_format) == (ticket, received, "%d.%m.%Y %H:%M")
    assert (dict(mapping.done_at), dict(mapping.fields)) == (done, fields)


def test_a_column_of_times_may_have_cells_that_are_none(tmp_path: Path) -> None:
    text, mapping = proposed([*TICKETS, "3;soon;;Noise;BRONX", "4;soon;;Noise;BRONX"], tmp_path)
    assert mapping.received == "Created Date"
    assert '# decide: "Created Date" has cells that are no times: "soon"\n' in text
    assert mapping.time_format == "%m/%d/%Y %I:%M:%S %p"


def test_a_metric_that_has_a_column_is_not_asked_for_again(tmp_path: Path) -> None:
    assert "which metric is done at" not in proposed(TICKETS, tmp_path)[0]
    more = [f"{line};{'Reviewed' if place == 0 else '05/03/2022 09:00:00 AM'}" for place, line in enumerate(TICKETS)]
    assert '# decide: which metric is done at these? "Reviewed"\n' in proposed(more, tmp_path)[0]


def test_rows_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    text, mapping = proposed([*TICKETS, "3;x", "4;" + "y" * 200_000 + ";;;"], tmp_path)
    assert "# 2 of these rows cannot be used: line 4: the row has another number of cells than the header" in text
    assert mapping.received == "Created Date"


def test_when_no_row_can_be_used_the_reason_is_told() -> None:
    with pytest.raises(sla.LogError, match="as line 2: a cell is too large") as refused:
        propose_mapping([TICKETS[0], "4;" + "y" * 200_000 + ";;;"])
    assert refused.value.code == "log_empty"


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
