"""What the activities of a log mean: which row becomes which events, and in which order."""

from datetime import datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.logs import activities
from slacalc.logs.activities import EVENT_WORDS
from tests.helpers import BERLIN, at

WORDS: Final = (
    ("asked", "customer_message"),
    ("answered", "agent_message"),
    ("answered in part", "partial_message"),
    ("looking into it", "holding_message"),
    ("receipt sent", "automatic_message"),
    ("noted", "internal_note"),
    ("done", "solved"),
    ("again", "reopened"),
    ("filed", "closed"),
    ("thanks", "no_reply_needed"),
    ("escalated", "taken_over"),
    ("spam", "deleted"),
    ("goods back", "happened"),
    ("looked at", "happened:checked"),
    ("stop", "paused"),
    ("go", "resumed"),
    ("Wait", "paused_until_next"),
    ("Hold", "paused_until_next"),
)
MAPPING: Final = sla.LogMapping("id", "at", "what", "Europe/Berlin", fields=(("priority", "prio"),), events=WORDS)


def told(*rows: str, mapping: sla.LogMapping = MAPPING) -> tuple[Event, ...]:
    """The events of one ticket, of rows such as "10:00 answered low" of that Friday."""
    cells = (row.split(" ", 1) for row in rows)
    lines = [f"7,2026-11-20T{clock},{rest.rpartition(' ')[0]},{rest.rpartition(' ')[2]}" for clock, rest in cells]
    reading = sla.read_log(["id,at,what,prio", *lines], mapping)
    assert reading.problems == ()
    (ticket,) = reading.tickets
    return ticket.events


def after_creation(*rows: str, mapping: sla.LogMapping = MAPPING) -> tuple[Event, ...]:
    created, *rest = told("09:00 opened low", *rows, mapping=mapping)
    assert created == CREATED
    return tuple(rest)


CREATED: Final = sla.Created(at=at("20 09:00"), status="open", fields=(("priority", "low"),))


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("activity", "event"),
    [
        ("asked", sla.Message(at=at("20 10:00"), actor="customer")),
        ("answered", sla.Message(at=at("20 10:00"), actor="agent")),
        ("answered in part", sla.Message(at=at("20 10:00"), actor="agent", partial=True)),
        ("looking into it", sla.Message(at=at("20 10:00"), actor="agent", holding=True)),
        ("receipt sent", sla.Message(at=at("20 10:00"), actor="bot", automated=True)),
        ("noted", sla.Message(at=at("20 10:00"), actor="agent", public=False)),
        ("done", sla.Solved(at=at("20 10:00"))),
        ("again", sla.Reopened(at=at("20 10:00"))),
        ("filed", sla.Closed(at=at("20 10:00"))),
        ("thanks", sla.NoReplyNeeded(at=at("20 10:00"))),
        ("escalated", sla.TakenOver(at=at("20 10:00"))),
        ("spam", sla.Deleted(at=at("20 10:00"))),
        ("goods back", sla.Happened(at=at("20 10:00"), name="goods back")),
        ("looked at", sla.Happened(at=at("20 10:00"), name="checked")),
        ("stop", sla.Paused(at=at("20 10:00"))),
        ("go", sla.Resumed(at=at("20 10:00"))),
        ("Wait", sla.Paused(at=at("20 10:00"), reason="Wait")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_activity_is_the_event_of_its_word(activity: str, event: Event) -> None:
    assert (event,) == after_creation(f"10:00 {activity} low")


def test_the_table_above_has_every_word() -> None:
    words = {word.partition(":")[0] for _, word in WORDS}
    assert {*words, "created"} == {*EVENT_WORDS}, "created is no event of its own"


@pytest.mark.parametrize(
    "activity", ["routed", "Answered", "answered at length"], ids=["no word", "another case", "more than the word"]
)
def test_an_activity_without_a_word_is_no_event(activity: str) -> None:
    assert after_creation(f"10:00 {activity} low") == ()


def test_the_activity_that_creates_is_no_event_of_its_own() -> None:
    mapping = MAPPING.updated(events=(("opened", "created"), ("answered", "agent_message")))
    assert told("09:00 opened low", "10:00 opened low", mapping=mapping) == (CREATED,)


def test_an_activity_cannot_be_what_no_event_is() -> None:
    with pytest.raises(sla.LogError) as refused:
        MAPPING.updated(events=(("answered", "answer"),))
    error = refused.value
    assert (error.code, error.where, error.given) == ("mapping_event_unknown", "events.answered", "'answer'")
    assert error.accepts == ", ".join(EVENT_WORDS)


# ---------------------------------------------------------------- the first row


def test_the_first_row_creates_the_ticket_with_its_fields() -> None:
    assert told("09:00 opened low") == (CREATED,)


@pytest.mark.parametrize(
    ("activity", "event"),
    [
        ("asked", sla.Message(at=at("20 09:00"), actor="customer")),
        ("answered", sla.Message(at=at("20 09:00"), actor="agent")),
        ("done", sla.Solved(at=at("20 09:00"))),
        ("stop", sla.Paused(at=at("20 09:00"))),
        ("Wait", sla.Paused(at=at("20 09:00"), reason="Wait")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_first_row_that_is_an_event_creates_the_ticket_and_is_that_event(activity: str, event: Event) -> None:
    assert told(f"09:00 {activity} low") == (CREATED, event)


# ---------------------------------------------------------------- pauses until the next row


@pytest.mark.parametrize(
    ("rows", "events", "why"),
    [
        (
            ("10:00 Wait low", "11:00 answered low"),
            (
                sla.Paused(at=at("20 10:00"), reason="Wait"),
                sla.Resumed(at=at("20 11:00"), reason="Wait"),
                sla.Message(at=at("20 11:00"), actor="agent"),
            ),
            "the next row ends it, and then means what it means",
        ),
        (
            ("10:00 Wait low", "11:00 routed low"),
            (sla.Paused(at=at("20 10:00"), reason="Wait"), sla.Resumed(at=at("20 11:00"), reason="Wait")),
            "so does a row that is no event",
        ),
        (
            ("10:00 Wait low", "11:00 Wait low"),
            (
                sla.Paused(at=at("20 10:00"), reason="Wait"),
                sla.Resumed(at=at("20 11:00"), reason="Wait"),
                sla.Paused(at=at("20 11:00"), reason="Wait"),
            ),
            "another of its kind ends it, and begins its own, which nothing ends",
        ),
        (
            ("10:00 Wait low", "11:00 Hold low", "12:00 routed low"),
            (
                sla.Paused(at=at("20 10:00"), reason="Wait"),
                sla.Resumed(at=at("20 11:00"), reason="Wait"),
                sla.Paused(at=at("20 11:00"), reason="Hold"),
                sla.Resumed(at=at("20 12:00"), reason="Hold"),
            ),
            "two activities of that word are two reasons",
        ),
        (
            ("10:00 Wait low", "10:00 done low"),
            (
                sla.Paused(at=at("20 10:00"), reason="Wait"),
                sla.Resumed(at=at("20 10:00"), reason="Wait"),
                sla.Solved(at=at("20 10:00")),
            ),
            "a row of the same second, if it stands behind",
        ),
        (
            ("10:00 stop low", "11:00 Wait low", "12:00 routed low", "13:00 go low"),
            (
                sla.Paused(at=at("20 10:00")),
                sla.Paused(at=at("20 11:00"), reason="Wait"),
                sla.Resumed(at=at("20 12:00"), reason="Wait"),
                sla.Resumed(at=at("20 13:00")),
            ),
            "a pause that must be resumed goes on under it",
        ),
    ],
)
def test_a_pause_until_next_ends_with_the_next_row_of_its_ticket(
    rows: tuple[str, ...], events: tuple[Event, ...], why: str
) -> None:
    assert events == after_creation(*rows), why


def test_the_next_row_is_that_of_the_ticket_not_of_the_log() -> None:
    rows = ["7,2026-11-20T10:00,Wait,low", "8,2026-11-20T10:30,opened,low", "7,2026-11-20T11:00,routed,low"]
    seven, eight = sla.read_log(["id,at,what,prio", *rows], MAPPING).tickets
    assert seven.events[-1] == sla.Resumed(at=at("20 11:00"), reason="Wait")
    assert [type(event) for event in eight.events] == [sla.Created]


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("rows", "events", "why"),
    [
        (("10:00 routed low",), (), "the same value is no change"),
        (
            ("10:00 routed high",),
            (sla.FieldChanged(at=at("20 10:00"), field="priority", value="high"),),
            "a row that is no event may change a field",
        ),
        (
            ("10:00 answered high", "11:00 answered high"),
            (
                sla.FieldChanged(at=at("20 10:00"), field="priority", value="high"),
                sla.Message(at=at("20 10:00"), actor="agent"),
                sla.Message(at=at("20 11:00"), actor="agent"),
            ),
            "the change comes before what the row means, and once",
        ),
        (
            ("10:00 routed high", "11:00 routed low"),
            (
                sla.FieldChanged(at=at("20 10:00"), field="priority", value="high"),
                sla.FieldChanged(at=at("20 11:00"), field="priority", value="low"),
            ),
            "and back",
        ),
        (
            ("10:00 Wait low", "11:00 done high"),
            (
                sla.Paused(at=at("20 10:00"), reason="Wait"),
                sla.Resumed(at=at("20 11:00"), reason="Wait"),
                sla.FieldChanged(at=at("20 11:00"), field="priority", value="high"),
                sla.Solved(at=at("20 11:00")),
            ),
            "a pause ends, a field changes, the row happens",
        ),
    ],
)
def test_a_field_that_changes_is_an_event(rows: tuple[str, ...], events: tuple[Event, ...], why: str) -> None:
    assert events == after_creation(*rows), why


def test_several_fields_change_in_the_order_of_the_mapping() -> None:
    mapping = MAPPING.updated(fields=(("market", "land"), ("priority", "prio")))
    rows = ["7,2026-11-20T09:00,opened,low,DE", "7,2026-11-20T10:00,answered,high,FI"]
    (ticket,) = sla.read_log(["id,at,what,prio,land", *rows], mapping).tickets
    assert ticket.events == (
        sla.Created(at=at("20 09:00"), status="open", fields=(("market", "DE"), ("priority", "low"))),
        sla.FieldChanged(at=at("20 10:00"), field="market", value="FI"),
        sla.FieldChanged(at=at("20 10:00"), field="priority", value="high"),
        sla.Message(at=at("20 10:00"), actor="agent"),
    )


# ---------------------------------------------------------------- order


@pytest.mark.parametrize(
    ("rows", "events", "why"),
    [
        (
            ("11:00 done low", "09:00 opened low", "10:00 answered low"),
            (CREATED, sla.Message(at=at("20 10:00"), actor="agent"), sla.Solved(at=at("20 11:00"))),
            "rows out of order are put in order by time",
        ),
        (
            ("11:00 routed low", "09:00 opened low", "10:00 Wait low"),
            (CREATED, sla.Paused(at=at("20 10:00"), reason="Wait"), sla.Resumed(at=at("20 11:00"), reason="Wait")),
            "the next row is the next by time",
        ),
        (
            ("09:00 opened low", "10:00 done low", "10:00 answered low"),
            (CREATED, sla.Solved(at=at("20 10:00")), sla.Message(at=at("20 10:00"), actor="agent")),
            "rows of the same second stay in the order of the log",
        ),
        (
            ("10:00 answered high", "09:00 opened low"),
            (
                CREATED,
                sla.FieldChanged(at=at("20 10:00"), field="priority", value="high"),
                sla.Message(at=at("20 10:00"), actor="agent"),
            ),
            "a change is one from the row before it by time",
        ),
    ],
)
def test_rows_happen_by_time_and_then_by_place(rows: tuple[str, ...], events: tuple[Event, ...], why: str) -> None:
    assert events == told(*rows), why


def test_the_order_is_that_of_instants_over_a_fold() -> None:
    rows = ["7,2026-10-25T02:10+01:00,answered,low", "7,2026-10-25T02:50+02:00,opened,low"]
    (ticket,) = sla.read_log(["id,at,what,prio", *rows], MAPPING).tickets
    assert [type(event) for event in ticket.events] == [sla.Created, sla.Message]
    assert ticket.received.isoformat() == "2026-10-25T02:50:00+02:00"


def test_two_readings_of_one_clock_are_ordered_by_their_instants() -> None:
    first = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN)
    second = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)
    frame = {"id": ["7", "7"], "at": [second, first], "what": ["answered", "opened"], "prio": ["low", "low"]}
    (ticket,) = sla.read_log(frame, MAPPING).tickets
    told_in_order = [event.at.isoformat() for event in ticket.events]
    assert told_in_order == ["2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00"]


def test_the_place_of_an_event_is_not_written_into_it() -> None:
    assert {event.seq for event in told("09:00 opened low", "10:00 Wait low", "11:00 done high")} == {None}


# ---------------------------------------------------------------- replayed


def test_the_events_of_a_log_are_replayed_as_they_stand() -> None:
    policy = sla.policy_from_data(
        {
            "name": "support",
            "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [
                {"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}
            ],
        }
    )
    events = told("09:00 opened low", "10:00 Wait low", "12:00 answered low", "15:00 done low")
    clocks = policy.replay(events, as_of=at("20 16:00"))
    clock = clocks["resolution"]
    assert ("met", at("20 15:00")) == (clock.status, clock.due), "four hours, and two in which it waited"
    assert clocks.gaps == (), "the log says how the ticket began, so that no status is assumed"


def test_however_few_turns_are_kept_the_events_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ("09:00 opened low", "10:00 Wait low", "12:00 answered low", "13:00 Wait low", "14:00 answered low")
    expected = (
        CREATED,
        *(event for begin, end in (("20 10:00", "20 12:00"), ("20 13:00", "20 14:00")) for event in waited(begin, end)),
    )
    assert told(*rows) == expected
    monkeypatch.setattr(activities, "_MOST_KEPT", 1)
    assert told(*rows) == expected


def waited(begin: str, end: str) -> tuple[Event, ...]:
    """A wait that an answer ends."""
    return (
        sla.Paused(at=at(begin), reason="Wait"),
        sla.Resumed(at=at(end), reason="Wait"),
        sla.Message(at=at(end), actor="agent"),
    )


# ---------------------------------------------------------------- who creates


@pytest.mark.parametrize(
    ("changes", "cell", "actor", "why"),
    [
        ({}, "", "customer", "nobody says who creates"),
        ({"created_by": "agent"}, "", "agent", "every ticket of the log"),
        ({"created_by_column": "who"}, "agent", "agent", "the column says the actor"),
        ({"created_by_column": "who"}, " customer ", "customer", "spaces around a cell say nothing"),
        ({"created_by_column": "who"}, "Ann", "unknown", "the column says something else"),
        ({"created_by_column": "who"}, "", "unknown", "the column says nothing"),
        (
            {"created_by_column": "who", "creators": (("Ann", "agent"),)},
            "Ann",
            "agent",
            "the mapping knows what it means",
        ),
        ({"created_by_column": "who", "creators": (("Ann", "agent"),)}, "bot", "bot", "and the actors, too"),
    ],
)
def test_who_creates_a_ticket_is_said_by_the_mapping(changes: dict[str, Any], cell: str, actor: str, why: str) -> None:
    mapping = sla.LogMapping("id", "at", "what", "Europe/Berlin", events=WORDS, **changes)
    lines = [f"7,2026-11-20T09:00,opened,{cell}", "7,2026-11-20T10:00,answered,system"]
    reading = sla.read_log(["id,at,what,who", *lines], mapping)
    (ticket,) = reading.tickets
    assert reading.problems == ()
    assert isinstance(ticket.events[0], sla.Created)
    assert (ticket.events[0].actor, ticket.creator_assumed) == (actor, not changes), why


def test_a_log_that_is_not_replayed_takes_no_ticket_for_the_customers() -> None:
    mapping = sla.LogMapping("id", "at", "what", "Europe/Berlin", done=(("first_response", ("answered",)),))
    (ticket,) = sla.read_log(["id,at,what", "7,2026-11-20T09:00,opened"], mapping).tickets
    assert not ticket.creator_assumed
