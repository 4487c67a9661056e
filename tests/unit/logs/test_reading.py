"""Ticket logs: which rows become which tickets, and what is said of the rest."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla

MAPPING: Final = sla.LogMapping(
    ticket="id",
    time="at",
    activity="what",
    fields=(("priority", "prio"),),
    done=(("first_response", ("answered",)), ("resolution", ("solved", "closed"))),
)
HEADER: Final = "id,at,what,prio"


def read(*rows: str, mapping: sla.LogMapping = MAPPING, header: str = HEADER) -> sla.LogReading:
    return sla.read_log([header, *rows], mapping)


def one(*rows: str, mapping: sla.LogMapping = MAPPING, header: str = HEADER) -> sla.Ticket:
    reading = read(*rows, mapping=mapping, header=header)
    assert reading.problems == ()
    (ticket,) = reading.tickets
    return ticket


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---------------------------------------------------------------- tickets


def test_rows_become_tickets_in_the_order_of_their_first_row() -> None:
    reading = read(
        "7,2026-11-20T15:00Z,opened,high",
        "8,2026-11-20T14:00Z,opened,low",
        "7,2026-11-20T15:30Z,answered,high",
        "7,2026-11-20T16:00Z,solved,high",
    )
    seven, eight = reading.tickets
    assert ("7", utc("2026-11-20 15:00"), {"priority": "high"}) == (seven.id, seven.received, seven.fields)
    assert {"first_response": utc("2026-11-20 15:30"), "resolution": utc("2026-11-20 16:00")} == seven.done
    assert ("8", utc("2026-11-20 14:00"), {"priority": "low"}, {}) == (
        eight.id,
        eight.received,
        eight.fields,
        eight.done,
    )
    assert ((), 4, utc("2026-11-20 16:00")) == (reading.problems, reading.events, reading.last_event)
    assert reading.lines == {"7": 2, "8": 3}


def test_the_first_event_by_time_is_the_receipt_wherever_it_stands_in_the_log() -> None:
    ticket = one(
        "7,2026-11-20T16:00Z,solved,low",
        "7,2026-11-20T15:00Z,opened,high",
        "7,2026-11-20T15:30Z,answered,middle",
    )
    assert (utc("2026-11-20 15:00"), {"priority": "high"}) == (ticket.received, ticket.fields)


def test_of_two_events_at_one_instant_the_first_in_the_log_is_the_receipt() -> None:
    ticket = one("7,2026-11-20T15:00Z,opened,first", "7,2026-11-20T16:00+01:00,routed,second")
    assert ticket.fields == {"priority": "first"}


def test_the_first_activity_that_stops_a_metric_wins_by_time() -> None:
    ticket = one(
        "7,2026-11-20T15:00Z,opened,high",
        "7,2026-11-20T18:00Z,solved,high",
        "7,2026-11-20T17:00Z,closed,high",
        "7,2026-11-20T19:00Z,solved,high",
    )
    assert {"resolution": utc("2026-11-20 17:00")} == ticket.done


def test_an_activity_may_stop_several_metrics() -> None:
    mapping = MAPPING.updated(done=(("first_response", ("answered", "solved")), ("resolution", ("solved",))))
    ticket = one("7,2026-11-20T15:00Z,opened,high", "7,2026-11-20T16:00Z,solved,high", mapping=mapping)
    assert {"first_response": utc("2026-11-20 16:00"), "resolution": utc("2026-11-20 16:00")} == ticket.done


def test_the_first_event_may_be_a_stop() -> None:
    ticket = one("7,2026-11-20T15:00Z,answered,high")
    assert ticket.received == ticket.done["first_response"] == utc("2026-11-20 15:00")


def test_activities_that_stop_nothing_are_events_all_the_same() -> None:
    reading = read("7,2026-11-20T15:00Z,opened,high", "7,2026-11-21T15:00Z,nudged,high")
    assert (2, utc("2026-11-21 15:00")) == (reading.events, reading.last_event)
    assert reading.tickets[0].done == {}


def test_an_activity_is_matched_whole_and_by_case() -> None:
    ticket = one(
        "7,2026-11-20T15:00Z,opened,high",
        "7,2026-11-20T16:00Z,Answered,high",
        "7,2026-11-20T17:00Z,answered later,high",
    )
    assert ticket.done == {}


def test_a_log_without_fields_or_stops_has_tickets_all_the_same() -> None:
    ticket = one("7,2026-11-20T15:00Z,opened", mapping=sla.LogMapping("id", "at", "what"), header="id,at,what")
    assert (ticket.fields, ticket.done) == ({}, {})


def test_a_ticket_is_a_value() -> None:
    row = "7,2026-11-20T15:00Z,answered,high"
    assert one(row) == one(row)
    assert hash(one(row)) == hash(one(row))
    every = {one(row.replace("7", str(number), 1)) for number in range(10)}
    assert len({hash(each) for each in every}) > 1, "a set of many tickets finds one of them"


# ---------------------------------------------------------------- rows that cannot be used


@pytest.mark.parametrize(
    ("row", "code", "given", "why"),
    [
        (",2026-11-20T15:00Z,opened,high", "cell_empty", "", "no ticket"),
        ("7,,opened,high", "cell_empty", "", "no time"),
        ("7,2026-11-20T15:00Z,,high", "cell_empty", "", "no activity"),
        ("7,  ,opened,high", "cell_empty", "", "blanks are nothing"),
        ("7,2026-11-20T15:00Z,opened", "row_width", "3", "the row is too short"),
        ("7", "row_width", "1", ""),
        ("7,2026-11-20T15:00Z,opened,high,more", "row_width", "5", "the row is too long"),
        ("7,2026-11-20T15:00:00.1234567Z,opened,high", "time_too_fine", "'2026", "nanoseconds would be lost"),
        ("7,2300-11-20T15:00Z,opened,high", "time_outside_years", "'2300", "no calendar reaches so far"),
        ("7,1899-12-31T23:59Z,opened,high", "time_outside_years", "'1899", ""),
        ("7,20/11/2026 15:00,opened,high", "time_unreadable", "'20/11/2026 15:00'", "not ISO 8601"),
        ("7,2026-02-30T15:00Z,opened,high", "time_unreadable", "'2026-02-30T15:00Z'", "no such date"),
        ("7,2026-11-20T25:00Z,opened,high", "time_unreadable", "'2026-11-20T25:00Z'", "no such time"),
        ("7,2026-11\0-20T15:00Z,opened,high", "time_unreadable", "", "a NUL byte"),
        ("7,1795186800,opened,high", "time_unreadable", "'1795186800'", "seconds since 1970"),
        ("7,2026-11-20T15:00,opened,high", "datetime_naive", "'2026-11-20T15:00:00'", "no zone is known"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_and_told_with_its_line(
    row: str, code: str, given: str, why: str
) -> None:
    reading = read("7,2026-11-20T14:00Z,opened,high", row, "8,2026-11-20T16:00Z,opened,high")
    (problem,) = reading.problems
    assert (3, code) == (problem.line, problem.error.code), why
    assert given in problem.error.given
    assert problem.error.accepts
    assert str(problem).startswith("line 3: ")
    assert [ticket.id for ticket in reading.tickets] == ["7", "8"]
    assert reading.events == 2


def test_an_empty_cell_is_told_with_the_name_of_its_column() -> None:
    (problem,) = read("7,2026-11-20T15:00Z,,high").problems
    assert "what" in str(problem)


def test_empty_lines_are_nothing() -> None:
    reading = read("7,2026-11-20T15:00Z,opened,high", "", "8,2026-11-20T15:00Z,opened,high", "")
    assert (len(reading.tickets), reading.problems) == (2, ())
    assert reading.lines == {"7": 2, "8": 4}


def test_lines_are_those_of_the_file_also_after_a_cell_of_several_lines() -> None:
    reading = sla.read_log(
        ["id,at,what,prio,note\n", '7,2026-11-20T15:00Z,opened,high,"one\n', 'two"\n', "8,bad,opened,high,\n"], MAPPING
    )
    assert [problem.line for problem in reading.problems] == [4]


def test_every_row_may_be_unusable() -> None:
    reading = read("7,bad,opened,high", "8,bad,opened,high")
    assert (
        reading.tickets,
        reading.events,
        reading.last_event,
        [problem.line for problem in reading.problems],
    ) == ((), 0, None, [2, 3])


def test_a_log_is_read_line_by_line() -> None:
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in (HEADER, "7,2026-11-20T15:00Z,opened,high", "7,2026-11-20T16:00Z,answered,high"):
            taken.append(line)
            yield line

    assert len(sla.read_log(lines(), MAPPING).tickets) == 1
    assert len(taken) == 3


def test_cells_that_are_not_mapped_may_be_empty() -> None:
    header = "note,id,at,what,prio,more"
    assert one(",7,2026-11-20T15:00Z,opened,high,", header=header).id == "7"


def test_nul_bytes_in_other_cells_break_nothing() -> None:
    reading = read("7\0,2026-11-20T15:00Z,opened,hi\0gh", "7\0,2026-11-20T16:00Z,answered,high")
    (ticket,) = reading.tickets
    assert {"first_response": utc("2026-11-20 16:00")} == ticket.done


# ---------------------------------------------------------------- the header


@pytest.mark.parametrize(
    "header",
    ["\ufeffid,at,what,prio", " id , at,what ,prio", '"id","at","what","prio"', '\ufeff"id","at","what","prio"'],
    ids=["a byte order mark", "blanks", "quotes", "a byte order mark before quotes"],
)
def test_a_header_as_spreadsheets_write_it(header: str) -> None:
    assert one("7,2026-11-20T15:00Z,opened,high", header=header).id == "7"


@pytest.mark.parametrize(
    ("header", "given", "problem"),
    [
        ("id,at,what", "'prio'", "there is no such column"),
        ("ID,at,what,prio", "'id'", "there is no such column"),
        ("id,when,what,prio", "'at'", "there is no such column"),
        ("id,at,what,prio,at", "'at'", "two columns have this name"),
        ("id;at;what;prio", "'id'", "there is no such column"),
    ],
)
def test_a_header_without_a_column_or_with_two_of_a_mapped_name_is_refused(
    header: str, given: str, problem: str
) -> None:
    with pytest.raises(sla.LogError, match=problem) as refused:
        sla.read_log([header], MAPPING, where="march.csv")
    error = refused.value
    assert ("column_missing", "march.csv", given) == (error.code, error.where, error.given)
    assert error.accepts == ", ".join(header.split(","))


def test_columns_that_are_not_mapped_may_share_a_name() -> None:
    ticket = one("7,2026-11-20T15:00Z,opened,high,x,y", header="id,at,what,prio,Variant,Variant")
    assert ticket.id == "7"


@pytest.mark.parametrize("lines", [[], [""], ["\n"]])
def test_a_log_without_a_header_is_refused(lines: list[str]) -> None:
    with pytest.raises(sla.LogError) as refused:
        sla.read_log(lines, MAPPING, where="empty.csv")
    assert (refused.value.code, refused.value.where) == ("log_empty", "empty.csv")


def test_a_log_with_a_header_only_has_no_tickets() -> None:
    reading = read()
    assert (reading.tickets, reading.problems, reading.events, reading.last_event) == ((), (), 0, None)


def test_a_log_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(HEADER.encode() + b"\n7,2026-11-20T15:00Z,opened,dringend f\xfcr\n")
    with path.open(encoding="utf-8", newline="") as lines, pytest.raises(sla.LogError) as refused:
        sla.read_log(lines, MAPPING, where="latin.csv")
    error = refused.value
    assert (error.code, error.where, error.accepts) == (
        "log_unreadable",
        "latin.csv",
        "a CSV file in UTF-8, or in the encoding of the mapping",
    )


# ---------------------------------------------------------------- times

IN_BERLIN: Final = MAPPING.updated(zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("2026-11-20T15:00", "2026-11-20T15:00:00+01:00", "a wall time is one of the zone"),
        ("2026-11-20 15:00:17.250", "2026-11-20T15:00:17.250000+01:00", ""),
        ("2026-07-20T15:00", "2026-07-20T15:00:00+02:00", "summer time"),
        ("2026-11-20T15:00Z", "2026-11-20T15:00:00+00:00", "an offset of its own wins"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00", "the first of two in an autumn fold"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00", "in a spring gap as Python reads it (PEP 495)"),
        ("2026-11-20", "2026-11-20T00:00:00+01:00", "a date is its midnight"),
    ],
)
def test_times_without_an_offset_are_read_in_the_zone_of_the_mapping(text: str, expected: str, why: str) -> None:
    assert expected == one(f"7,{text},opened,high", mapping=IN_BERLIN).received.isoformat(), why


@pytest.mark.parametrize(
    ("time_format", "text", "expected"),
    [
        ("%Y/%m/%d %H:%M:%S.%f", "2012/10/09 14:50:17.000", "2012-10-09T14:50:17+02:00"),
        ("%d.%m.%Y %H:%M", "20.11.2026 15:00", "2026-11-20T15:00:00+01:00"),
        ("%Y%m%d%H%M%S%z", "20261120150000-0500", "2026-11-20T15:00:00-05:00"),
    ],
)
def test_times_of_another_form_are_read_with_a_format(time_format: str, text: str, expected: str) -> None:
    mapping = IN_BERLIN.updated(time_format=time_format)
    assert expected == one(f"7,{text},opened,high", mapping=mapping).received.isoformat()


def test_a_time_that_does_not_have_the_form_is_told_with_the_form() -> None:
    (problem,) = read("7,2026-11-20,opened,high", mapping=IN_BERLIN.updated(time_format="%d.%m.%Y")).problems
    assert (problem.error.code, problem.error.given, problem.error.accepts) == (
        "time_unreadable",
        "'2026-11-20'",
        "%d.%m.%Y",
    )


@pytest.mark.parametrize("zone", ["CEST", "Berlin", "europe/berlin", ""])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(sla.ZoneError):
        sla.LogMapping("id", "at", "what", zone=zone)


def test_the_last_event_is_the_latest_instant_not_the_latest_reading_of_the_clock() -> None:
    reading = read("7,2026-11-20T23:00+09:00,opened,high", "8,2026-11-20T15:00Z,opened,high")
    assert utc("2026-11-20 15:00") == reading.last_event


def test_the_order_of_events_is_that_of_instants_over_a_fold() -> None:
    mapping = sla.LogMapping("id", "at", "what", done=(("first_response", ("answered",)),))
    ticket = one(
        "7,2026-10-25T02:10+01:00,answered",
        "7,2026-10-25T02:50+02:00,opened",
        mapping=mapping,
        header="id,at,what",
    )
    assert ticket.received.isoformat() == "2026-10-25T02:50:00+02:00"
    assert timedelta(minutes=20) == ticket.done["first_response"].astimezone(UTC) - ticket.received.astimezone(UTC)


# ---------------------------------------------------------------- events


def test_stops_and_events_in_one_mapping_are_refused() -> None:
    with pytest.raises(sla.LogError) as refused:
        MAPPING.updated(events=(("answered", "agent_message"),))
    assert (refused.value.code, refused.value.where) == ("mapping_two_ways", "events")


def test_a_log_with_stops_has_no_events_and_one_with_events_no_stops() -> None:
    rows = ("7,2026-11-20T15:00Z,opened,high", "7,2026-11-20T16:00Z,answered,high")
    assert one(*rows).events == ()
    ticket = one(*rows, mapping=MAPPING.updated(done=(), events=(("answered", "agent_message"),)))
    assert (ticket.done, ticket.fields) == ({}, {"priority": "high"})
    assert ticket.events == (
        sla.Created(at=utc("2026-11-20 15:00"), status="open", fields=(("priority", "high"),)),
        sla.Message(at=utc("2026-11-20 16:00"), actor="agent"),
    )


def test_a_row_that_is_left_out_ends_no_pause() -> None:
    mapping = MAPPING.updated(done=(), events=(("Wait", "paused_until_next"),))
    reading = read(
        "7,2026-11-20T15:00Z,opened,high",
        "7,2026-11-20T16:00Z,Wait,high",
        "7,bad,answered,high",
        "7,2026-11-20T18:00Z,answered,high",
        mapping=mapping,
    )
    assert [problem.line for problem in reading.problems] == [4]
    assert reading.tickets[0].events[1:] == (
        sla.Paused(at=utc("2026-11-20 16:00"), reason="Wait"),
        sla.Resumed(at=utc("2026-11-20 18:00"), reason="Wait"),
    )


def test_a_ticket_with_events_is_a_value() -> None:
    mapping = MAPPING.updated(done=(), events=(("answered", "agent_message"),))
    rows = ("7,2026-11-20T15:00Z,opened,high", "7,2026-11-20T16:00Z,answered,high")
    assert one(*rows, mapping=mapping) == one(*rows, mapping=mapping)
    assert hash(one(*rows, mapping=mapping)) == hash(one(*rows, mapping=mapping))
    assert one(*rows, mapping=mapping) != one(*rows, mapping=MAPPING.updated(done=()))


def test_a_mapping_is_changed_where_something_is_said() -> None:
    changes: dict[str, Any] = {"zone": "Asia/Tokyo", "time": None}
    assert MAPPING.updated(**changes).zone == "Asia/Tokyo"
    assert MAPPING.updated(**changes).time == "at"
    with pytest.raises(sla.LogError):
        MAPPING.updated(time_format="%c")


# ---------------------------------------------------------------- anything

CELLS: Final = st.sampled_from(
    ("7", "8", "", " ", "opened", "answered", "high", "2026-11-20T15:00Z", "2026-11-20T15:00", "2026-10-25 02:30", "9" * 20, '"')
) | st.text(max_size=6)  # fmt: skip


REPLAYED: Final = IN_BERLIN.updated(done=(), events=(("opened", "paused_until_next"), ("answered", "agent_message")))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6).map(",".join), max_size=8), st.sampled_from((MAPPING, IN_BERLIN, REPLAYED)))
def test_any_lines_are_tickets_and_problems_or_refused(lines: list[str], mapping: sla.LogMapping) -> None:
    try:
        reading = sla.read_log([HEADER, *lines], mapping)
    except sla.LogError:
        return
    assert reading.events + len(reading.problems) <= len(lines)
    assert len({ticket.id for ticket in reading.tickets}) == len(reading.tickets) == len(reading.lines)
    for ticket in reading.tickets:
        assert all(stop.astimezone(UTC) >= ticket.received.astimezone(UTC) for stop in ticket.done.values())
        assert ticket.received.astimezone(UTC) <= (reading.last_event or ticket.received).astimezone(UTC)
        instants = [event.at.astimezone(UTC) for event in ticket.events]
        assert instants == sorted(instants)


# ---------------------------------------------------------------- tickets of events


EVENT_LINES: Final = [
    '{"ticket": "8", "kind": "message", "at": "2026-11-20T16:00:00+01:00", "actor": "agent"}',
    '{"ticket": "7", "kind": "created", "at": "2026-11-20T15:00:00+01:00"}',
    '{"ticket": "8", "kind": "created", "at": "2026-11-20T15:30:00+01:00"}',
]


def test_the_group_tickets_events_are_those_of_the_log_they_come_from() -> None:
    found = sla.group_tickets(sla.read_events(EVENT_LINES))
    assert found == sla.read_event_log(EVENT_LINES).tickets
    assert [(ticket.id, ticket.received.isoformat(), len(ticket.events)) for ticket in found] == [
        ("8", "2026-11-20T15:30:00+01:00", 2),
        ("7", "2026-11-20T15:00:00+01:00", 1),
    ], "in the order of their first events, received at the earliest"


def test_a_line_that_cannot_be_read_costs_a_ticket_only_where_its_receipt_was_to_be_told() -> None:
    """Of 7 the creation is unreadable, of 8 an answer, of 9 the first line, of 10 the only one."""
    reading = sla.read_event_log(
        [
            '{"ticket": "7", "kind": "message", "at": "2026-11-20T14:00:00+01:00", "actor": "customer"}',
            '{"ticket": "7", "kind": "created", "at": "soon"}',
            '{"ticket": "8", "kind": "created", "at": "2026-11-20T15:00:00+01:00"}',
            '{"ticket": "8", "kind": "message", "at": "soon", "actor": "agent"}',
            '{"ticket": "9", "kind": "solved", "at": "soon"}',
            '{"ticket": "9", "kind": "created", "at": "2026-11-20T16:00:00+01:00"}',
            "",
            '{"ticket": "10", "kind": "solved", "at": "soon"}',
        ]
    )
    assert [(ticket.id, len(ticket.events)) for ticket in reading.tickets] == [("8", 1)]
    assert sorted((problem.line, problem.error.code) for problem in reading.problems) == [
        (2, "event_time_invalid"), (2, "receipt_unknown"), (4, "event_time_invalid"),
        (5, "event_time_invalid"), (5, "receipt_unknown"), (8, "event_time_invalid"),
    ]  # fmt: skip
    assert (dict(reading.lines), reading.events) == ({"8": 3}, 1)


def test_without_events_there_are_no_tickets() -> None:
    assert sla.group_tickets([]) == ()


def test_what_is_no_event_is_refused_with_its_ticket() -> None:
    created = sla.Created(at=datetime(2026, 11, 20, 15, tzinfo=UTC))
    wrong: Any = {"kind": "solved"}
    with pytest.raises(sla.LogError) as refused:
        sla.group_tickets([("7", created), ("8", created), ("7", wrong)])
    assert (refused.value.code, refused.value.where) == ("event_invalid", "ticket 7, event 2")
