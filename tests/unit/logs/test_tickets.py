"""Tickets as columns are the same tickets as values."""

from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.logs.tickets import NOT_DONE, Tickets

MAPPING: Final = sla.LogMapping(
    "id",
    "at",
    "what",
    fields=(("priority", "prio"),),
    events=(("replied", "agent_message"), ("wait", "paused_until_next")),
)
DONE: Final = MAPPING.updated(events=(), done=(("first_response", ("replied",)),))
LINES: Final = (
    "id,at,what,prio",
    "7,2026-11-09T09:30Z,opened,low",
    "8,2026-11-09T10:00+01:00,opened,high",
    "7,2026-11-09T11:00Z,wait,low",
    "7,2026-11-09T10:00Z,replied,high",
)


def tickets(mapping: sla.LogMapping, *lines: str) -> Tickets:
    found = sla.read_log(lines or LINES, mapping).tickets
    assert isinstance(found, Tickets)
    return found


def test_tickets_are_a_sequence() -> None:
    found = tickets(DONE)
    seven, eight = found
    assert (len(found), found[0], found[-1], found[:1], found[5:]) == (2, seven, eight, (seven,), ())
    assert seven in found
    assert repr(found) == "<2 tickets>"
    with pytest.raises(IndexError):
        found[2]


def test_tickets_equal_a_tuple_of_the_same_and_hash_alike() -> None:
    assert tickets(DONE) == tuple(tickets(DONE)) == tickets(DONE)
    assert hash(tickets(DONE)) == hash(tuple(tickets(DONE)))
    assert tickets(DONE) != tickets(MAPPING)
    assert tickets(DONE) != list(tickets(DONE)), "as a tuple is no list"


def test_the_columns_are_those_of_the_tickets() -> None:
    columns = tickets(DONE).arrays
    assert list(columns.ids) == ["7", "8"]
    assert list(columns.lines) == [2, 3]
    half_past_nine, ten = 1_794_216_600_000_000, 1_794_218_400_000_000  # 20,766 days and 9h 30min, and 10h
    assert list(columns.received.us) == [half_past_nine, ten - 3_600_000_000]
    assert [columns.zones[zone].utcoffset(None) for zone in columns.received.zone] == [
        UTC.utcoffset(None),
        datetime.fromisoformat("2026-11-09T10:00+01:00").utcoffset(),
    ]
    assert list(columns.done["first_response"].us) == [ten, NOT_DONE]
    priority = columns.fields["priority"]
    assert [priority.values[code] for code in priority.codes] == ["low", "high"]


def test_events_of_some_tickets_are_those_of_each() -> None:
    found = tickets(MAPPING)
    every = found.events()
    assert [every.of_ticket(place) for place in range(2)] == [ticket.events for ticket in found]
    assert found.events(1, 2).of_ticket(0) == found[1].events
    assert found.events(1).of_ticket(0) == found[1].events
    assert len(found.events(2)) == 0
    assert tickets(DONE).events().of_ticket(1) == ()


def test_a_part_is_the_same_tickets() -> None:
    for mapping in (DONE, MAPPING, MAPPING.updated(own=(("word", "what"),), received="at")):
        found = tickets(mapping)
        assert tuple(found.part(0, 1)) == found[:1]
        assert tuple(found.part(1, 9)) == tuple(found.part(1, 2).part(0, 1)) == found[1:]
        assert len(found.part(2, 3)) == 0
        assert list(found.part(1, 2).arrays.lines) == [3]


def test_events_are_in_the_order_in_which_they_happen() -> None:
    assert tickets(MAPPING)[0].events == (
        sla.Created(at=datetime(2026, 11, 9, 9, 30, tzinfo=UTC), status="open", fields=(("priority", "low"),)),
        sla.FieldChanged(at=datetime(2026, 11, 9, 10, tzinfo=UTC), field="priority", value="high"),
        sla.Message(at=datetime(2026, 11, 9, 10, tzinfo=UTC), actor="agent"),
        sla.FieldChanged(at=datetime(2026, 11, 9, 11, tzinfo=UTC), field="priority", value="low"),
        sla.Paused(at=datetime(2026, 11, 9, 11, tzinfo=UTC), reason="wait"),
    )


def test_the_lines_of_tickets_are_a_mapping() -> None:
    lines = sla.read_log(LINES, DONE).lines
    assert (lines, len(lines), list(lines), lines["8"], lines.get("9")) == ({"7": 2, "8": 3}, 2, ["7", "8"], 3, None)


ROWS: Final = st.lists(
    st.tuples(
        st.sampled_from("789"), st.integers(9, 16), st.sampled_from(("opened", "replied", "wait")), st.sampled_from(("low", ""))
    ),
    max_size=12,
)  # fmt: skip


@given(ROWS)
def test_a_ticket_does_not_depend_on_the_rows_of_others(rows: list[tuple[str, int, str, str]]) -> None:
    """A law: the tickets of a log are those of the logs of each alone, whether its rows stand together or not."""
    lines = [f"{name},2026-11-09T{hour:02}:00Z,{what},{prio or 'low'}" for name, hour, what, prio in rows]
    together = {ticket.id: ticket for ticket in tickets(MAPPING, LINES[0], *lines)}
    grouped = {ticket.id: ticket for ticket in tickets(MAPPING, LINES[0], *sorted(lines, key=lambda line: line[0]))}
    alone = {
        name: tickets(MAPPING, LINES[0], *(line for line in lines if line.startswith(name)))[0] for name in together
    }
    assert together == alone == grouped
