"""Logs of every shape become tickets, and a ticket whose receipt is unknown is left out whole."""

from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from tests.unit.logs.mappings import EVENTS, REPLAYED, STATUSES, ZONE, at, problems, read

# ---------------------------------------------------------------- one row a ticket

A_TICKET_A_ROW: Final = sla.LogMapping(
    "Number",
    received="Created",
    zone=ZONE,
    time_format="%d/%m/%Y %I:%M %p",
    fields=(("priority", "Priority"),),
    done_at=(("first_response", "Responded"), ("resolution", "Resolved")),
    own=(("flag", "Made SLA"),),
    blank=("NULL", "-"),
)
TICKET_HEADER: Final = "Number,Created,Priority,Responded,Resolved,Made SLA"


def test_one_row_a_ticket_has_its_times_in_columns() -> None:
    reading = read(
        A_TICKET_A_ROW,
        TICKET_HEADER,
        "INC1,09/11/2026 09:30 AM,high,09/11/2026 11:00 AM,10/11/2026 3:00 PM,true",
        "INC2,09/11/2026 12:00 PM,low,,NULL,-",
    )
    first, second = reading.tickets
    assert first == sla.Ticket(
        "INC1",
        at("9 09:30"),
        {"priority": "high"},
        {"first_response": at("9 11:00"), "resolution": at("10 15:00")},
        own={"flag": "true"},
    )
    assert second == sla.Ticket("INC2", at("9 12:00"), {"priority": "low"}), "what is empty, or NULL, is not yet"
    assert (reading.events, reading.last_event, reading.problems) == (2, at("10 15:00"), ())


@pytest.mark.parametrize(
    ("row", "code", "why"),
    [
        ("INC2,,low,,,", "cell_empty", "no receipt"),
        ("INC2,soon,low,,,", "time_unreadable", "a receipt that is no time"),
        ("INC2,09/11/2026 12:00 PM,,,,", "cell_empty", "no priority"),
        (",09/11/2026 12:00 PM,low,,,", "cell_empty", "no number"),
        ("INC2,09/11/2026 12:00 PM,low,soon,,", "time_unreadable", "an answer that is no time: the row is all there is"),
        ("INC1,09/11/2026 12:00 PM,low,,,", "ticket_twice", "a second row of a ticket"),
        ("INC2,09/11/2026 12:00 PM,low,,", "row_width", "a cell too few"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_left_out_with_its_ticket(row: str, code: str, why: str) -> None:
    reading = read(A_TICKET_A_ROW, TICKET_HEADER, "INC1,09/11/2026 09:30 AM,high,,,", row)
    assert problems(reading) == [(3, code)], why
    assert [ticket.id for ticket in reading.tickets] == ["INC1"]


# ---------------------------------------------------------------- a status column


def test_each_change_of_a_status_is_an_event() -> None:
    reading = read(
        STATUSES,
        "id,at,state,prio",
        "7,2026-11-09 09:30,New,low",
        "7,2026-11-09 10:00,New,low",
        "7,2026-11-09 11:00,Active,?",
        "7,2026-11-09 12:00,?,high",
        "7,2026-11-10 15:00,Resolved,high",
    )
    (ticket,) = reading.tickets
    assert ticket.events == (
        sla.Created(at=at("9 09:30"), status="New", fields=(("priority", "low"),)),
        sla.StatusChanged(at=at("9 11:00"), status="Active"),
        sla.FieldChanged(at=at("9 12:00"), field="priority", value="high"),
        sla.StatusChanged(at=at("10 15:00"), status="Resolved"),
    ), "the same status is no change, and a blank one or a blank field says nothing new"
    assert reading.problems == ()


def test_with_solved_in_a_status_column_is_all_that_a_report_needs() -> None:
    policy = sla.policy_from_data(
        {
            "name": "support",
            "statuses": ["New", "Waiting", "Active", "Resolved"],
            "solved_in": ["Resolved"],
            "calendars": {"office": {"zone": ZONE, "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [
                {"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "8h"}}}}
            ],
            "clocks": {"resolution": {"paused_in": ["Waiting"]}},
        }
    )
    reading = read(
        sla.LogMapping("id", "at", status="state", zone=ZONE),
        "id,at,state",
        "7,2026-11-09 09:30,New",
        "7,2026-11-09 10:30,Waiting",
        "7,2026-11-10 10:30,Active",
        "7,2026-11-10 11:30,Resolved",
    )
    (line,) = [line for line in sla.report(reading.tickets, policy, as_of=at("11 09:00")).lines if line.group == "all"]
    assert (line.met, str(line.median_open)) == (1, "2:00:00"), "an hour before it waited, and one after"


def test_activities_may_stand_beside_a_status() -> None:
    mapping = STATUSES.updated(activity="what", events=(("wrote", "agent_message"),))
    reading = read(
        mapping, "id,at,state,prio,what", "7,2026-11-09 09:30,New,low,", "7,2026-11-09 11:00,Active,low,wrote"
    )
    (ticket,) = reading.tickets
    assert ticket.events[1:] == (
        sla.StatusChanged(at=at("9 11:00"), status="Active"),
        sla.Message(at=at("9 11:00"), actor="agent"),
    )


@pytest.mark.parametrize("mapping", [EVENTS, REPLAYED], ids=["done", "events"])
def test_a_row_that_does_not_say_what_happened_is_left_out(mapping: sla.LogMapping) -> None:
    reading = read(
        mapping,
        "id,at,what,prio",
        "7,2026-11-09 09:30,opened,1",
        "7,2026-11-09 10:00,,1",
        "7,2026-11-09 11:00,replied,1",
    )
    assert problems(reading) == [(3, "cell_empty")]
    assert (len(reading.tickets), reading.events) == (1, 2)


def test_what_stands_beside_a_ticket_is_that_of_its_last_row() -> None:
    """The rows are not in order: the last is that of 12:00, and of two at that time the later one."""
    reading = read(
        EVENTS.updated(own=(("flag", "made"),)),
        "id,at,what,prio,made",
        "7,2026-11-09 09:30,opened,1,early",
        "7,2026-11-09 12:00,replied,1,first at noon",
        "7,2026-11-09 12:00,replied,1,at noon",
        "7,2026-11-09 11:00,replied,1,too late in the file",
        "8,2026-11-09 10:00,opened,1,alone",
    )
    assert [ticket.own for ticket in reading.tickets] == [{"flag": "at noon"}, {"flag": "alone"}]


# ---------------------------------------------------------------- several values in one cell


def test_a_cell_of_several_values_is_taken_apart() -> None:
    mapping = sla.LogMapping(
        "number", "at", status="state", zone=ZONE, fields=(("team", "department"),),
        split=(("Ticket", "/", ("number", "department", "agent")),),
    )  # fmt: skip
    reading = read(
        mapping,
        "Ticket,at,state",
        "1201/Hair/Ann,2026-11-09 09:30,Logged",
        "1201/Hair/Ann,2026-11-09 11:00,Closed",
        "1202/Beard,2026-11-09 12:00,Logged",
        "1203 / Beard / Bob,2026-11-09 12:00,Logged",
    )
    assert [(ticket.id, ticket.fields, len(ticket.events)) for ticket in reading.tickets] == [
        ("1201", {"team": "Hair"}, 2),
        ("1203", {"team": "Beard"}, 1),
    ]
    assert problems(reading) == [(4, "cell_parts")]


def test_a_name_of_a_part_that_a_column_has_is_refused() -> None:
    mapping = sla.LogMapping("id", "at", "what", split=(("id", "/", ("id", "team")),))
    with pytest.raises(sla.LogError) as refused:
        read(mapping, "id,at,what")
    assert (refused.value.code, refused.value.where) == ("column_taken", "split")


# ---------------------------------------------------------------- a receipt column

RECEIPTS: Final = sla.LogMapping(
    "id", "at", "what", ZONE, received="opened_at", blank=("?",), done=(("first_response", ("answered",)),)
)


def test_a_receipt_column_says_when_a_ticket_was_received() -> None:
    lines = (
        "id,at,what,opened_at",
        "7,2026-11-09 09:45,routed,2026-11-09 09:30",
        "7,2026-11-09 11:00,answered,2026-11-09 09:30",
        "8,2026-11-09 12:00,routed,?",
        "8,2026-11-09 13:00,answered,2026-11-09 11:55",
    )
    seven, eight = read(RECEIPTS, *lines).tickets
    assert (seven.received, seven.done) == (at("9 09:30"), {"first_response": at("9 11:00")})
    assert (eight.received, eight.done) == (at("9 11:55"), {"first_response": at("9 13:00")}), "any row may say it"
    replayed = RECEIPTS.updated(done=(), events=(("answered", "agent_message"),))
    assert read(replayed, *lines).tickets[0].events == (
        sla.Created(at=at("9 09:30"), status="open"),
        sla.Message(at=at("9 11:00"), actor="agent"),
    )


def test_a_ticket_of_which_no_row_says_when_it_was_received_is_left_out() -> None:
    reading = read(RECEIPTS, "id,at,what,opened_at", "7,2026-11-09 09:45,routed,?", "8,2026-11-09 09:45,routed,soon")
    assert (reading.tickets, reading.last_event) == ((), None)
    assert problems(reading) == [(2, "receipt_unknown"), (3, "time_unreadable"), (3, "receipt_unknown")]


# ---------------------------------------------------------------- receipts that are unknown


@pytest.mark.parametrize("mapping", [EVENTS, REPLAYED], ids=["done", "events"])
@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        (
            ("T1,soon,opened,1", "T1,2026-11-09 11:00,replied,1"),
            [(2, "time_unreadable"), (3, "receipt_unknown")],
            "it would be answered in 0 minutes",
        ),
        (
            ("T1,,opened,1", "T1,2026-11-09 11:00,replied,1"),
            [(2, "cell_empty"), (3, "receipt_unknown")],
            "an empty time",
        ),
        (
            ("T1,2026-11-09 09:30,opened,1,x", "T1,2026-11-09 11:00,replied,1"),
            [(2, "row_width"), (3, "receipt_unknown")],
            "a row of too many cells",
        ),
        (
            ('T1,2026-11-09 09:30,"opened,1', "T1,2026-11-09 11:00,replied,1"),
            [(2, "quote_without_end"), (3, "receipt_unknown")],
            "a stray quote",
        ),
        (
            ("T1,2026-11-09 11:00,replied,1", "T1,soon,opened,1"),
            None,
            "below the first row it is harmless, unless it creates the ticket",
        ),
        (
            ("T1,2026-11-09 11:00,replied,1", "T1,2026-11-09 10:00,routed,1", "T1,soon,opened,1"),
            [(4, "time_unreadable"), (2, "receipt_unknown")],
            "or the log goes down, and it may be the earliest",
        ),
        (
            ("T1,2026-11-09 09:30,opened,", "T1,2026-11-09 11:00,replied,1"),
            [(2, "cell_empty")],
            "the row that creates a ticket needs its fields",
        ),
    ],
)
def test_a_ticket_whose_receipt_is_unknown_is_left_out_whole(
    mapping: sla.LogMapping, rows: tuple[str, ...], expected: list[tuple[int, str]] | None, why: str
) -> None:
    reading = read(mapping, "id,at,what,prio", *rows, "T2,2026-11-08 09:30,opened,2")
    if expected is None:
        expected = [(3, "time_unreadable")] + [(2, "receipt_unknown")] * (mapping is REPLAYED)
    assert sorted(problems(reading)) == sorted(expected), why
    kept = ["T1", "T2"] if expected == [(3, "time_unreadable")] else ["T2"]
    assert [ticket.id for ticket in reading.tickets] == kept
    assert reading.last_event == (at("8 09:30") if kept == ["T2"] else at("9 11:00")), (
        "what is left out decides nothing"
    )
    assert reading.events == len(kept)


@pytest.mark.parametrize("mapping", [EVENTS, REPLAYED], ids=["done", "events"])
def test_a_blank_field_in_a_later_row_means_unchanged(mapping: sla.LogMapping) -> None:
    reading = read(
        mapping,
        "id,at,what,prio",
        "T1,2026-11-09 09:30,opened,1",
        "T1,2026-11-09 11:00,replied,",
        "T1,2026-11-09 12:00,routed,1",
    )
    (ticket,) = reading.tickets
    assert (ticket.fields, reading.problems, reading.events) == ({"priority": "1"}, (), 3)
    assert [type(event) for event in ticket.events] in ([], [sla.Created, sla.Message])


def test_problems_are_counted_and_the_first_are_kept() -> None:
    reading = read(EVENTS, "id,at,what,prio", *(f"{number},soon,opened,1" for number in range(1_500)))
    assert (len(reading.problems), reading.problems.total) == (1_000, 1_500)
    assert reading.problems.by_code == {"time_unreadable": 1_500}
    assert repr(reading) == "<0 tickets, 0 events, 1500 problems>"


# ---------------------------------------------------------------- what is said of a row


def test_a_time_that_cannot_be_read_is_said_of_its_column() -> None:
    (problem,) = read(EVENTS, "id,at,what,prio", "T1,soon,opened,1").problems
    assert (problem.error.where, problem.error.given) == ("at", "'soon'")
    (problem,) = read(BOTH, "id,opened,at,what", "T1,soon,2026-11-09 11:00,replied").problems[:1]
    assert (problem.error.where, problem.error.given) == ("opened", "'soon'")


BOTH: Final = sla.LogMapping("id", "at", "what", ZONE, received="opened", done=(("first_response", ("replied",)),))


def test_all_times_of_a_row_that_cannot_be_read_are_told() -> None:
    (problem,) = read(A_TICKET_A_ROW, TICKET_HEADER, "INC1,09/11/2026 09:30 AM,high,soon,later,true").problems
    assert [(each.where, each.given) for each in problem.error.problems] == [
        ("Responded", "'soon'"),
        ("Resolved", "'later'"),
    ]


@pytest.mark.parametrize("nothing", [",,,", " , ,,", ",", ",,,,,"])
@pytest.mark.parametrize("mapping", [EVENTS, REPLAYED], ids=["done", "events"])
def test_a_row_without_any_value_is_no_row(mapping: sla.LogMapping, nothing: str) -> None:
    """As spreadsheets write rows that were cleared."""
    reading = read(mapping, "id,at,what,prio", "T1,2026-11-09 09:30,opened,1", nothing, "T1,2026-11-09 11:00,replied,1")
    assert (reading.problems, reading.events, len(reading.tickets)) == ((), 2, 1)


# ---------------------------------------------------------------- a history in one cell

HISTORY: Final = sla.LogMapping(
    "number",
    "at",
    status="state",
    zone=ZONE,
    fields=(("priority", "priority"),),
    split=(("history", "@", ("state", "at"), ";"),),
)
HISTORIES: Final = Path(__file__).parents[2] / "data" / "status_history.csv"


def test_each_value_of_a_history_is_an_event() -> None:
    reading = sla.read_log(HISTORIES, HISTORY)
    told = {
        ticket.id: [(event.at, getattr(event, "status", "")) for event in ticket.events] for ticket in reading.tickets
    }
    assert told == {
        "H1": [(at("16 09:00"), "New"), (at("16 11:00"), "Waiting"), (at("16 13:00"), "New"), (at("16 15:00"), "Resolved")],
        "H2": [(at("17 09:30"), "New"), (at("18 10:00"), "Resolved")],
        "H3": [(at("17 09:30"), "New"), (at("18 10:00"), "Resolved")],
        "H7": [(at("19 09:00"), "New")],
    }  # fmt: skip
    assert [ticket.fields["priority"] for ticket in reading.tickets] == ["normal", "urgent", "normal", "normal"]
    assert dict(reading.lines) == {"H1": 2, "H2": 3, "H3": 4, "H7": 8}


def test_a_bad_value_of_a_history_is_a_problem_of_its_row_and_the_ticket_is_left_out() -> None:
    reading = sla.read_log(HISTORIES, HISTORY)
    assert problems(reading) == [
        (5, "cell_empty"),
        (6, "time_unreadable"),
        (6, "receipt_unknown"),
        (7, "cell_parts"),
        (7, "receipt_unknown"),
    ]


def test_a_history_of_a_frame_is_read_alike() -> None:
    import csv

    with HISTORIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reading, expected = sla.read_log(rows, HISTORY), sla.read_log(HISTORIES, HISTORY)
    assert reading.tickets == expected.tickets
    assert [(line + 1, code) for line, code in problems(reading)] == problems(expected)


# ---------------------------------------------------------------- fields that may be blank

OWNED: Final = (
    "id,at,what,prio,owner",
    "7,2026-11-09 09:30,opened,1,",
    "7,2026-11-09 11:00,replied,1,Ada",
    "8,2026-11-09 12:00,opened,,Ada",
)


def test_a_field_that_is_optional_may_be_blank_where_a_ticket_begins() -> None:
    owned = EVENTS.updated(fields=(("priority", "prio"), ("owner", "owner")))
    assert problems(read(owned, *OWNED)) == [(2, "cell_empty"), (4, "cell_empty")]
    reading = read(owned.updated(optional=("owner",)), *OWNED)
    assert problems(reading) == [(4, "cell_empty")], "the priority is needed"
    assert [ticket.fields for ticket in reading.tickets] == [{"priority": "1"}]
    replayed = read(REPLAYED.updated(fields=owned.fields, optional=("owner",)), *OWNED)
    assert [type(event).__name__ for event in replayed.tickets[0].events] == ["Created", "FieldChanged", "Message"]
