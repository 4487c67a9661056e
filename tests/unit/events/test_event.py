"""What can happen to a ticket: the order of events (rule 12), and their form as plain data and JSON Lines."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, get_args

import pytest

import slacalc as sla
from slacalc.events.event import Event, in_order
from slacalc.events.json_lines import event_from_data, event_to_data, read_events
from tests.helpers import BRUSSELS, wrong

AT: Final = datetime(2026, 11, 20, 15, tzinfo=UTC)
DUE: Final = datetime(2026, 11, 25, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))

EVENTS: Final[list[Event]] = [
    sla.Created(at=AT),
    sla.Created(at=AT, seq=3, actor="agent", channel="form", status="new", fields=(("priority", "high"), ("market", "BE"))),
    sla.Message(at=AT, actor="customer"),
    sla.Message(at=AT, seq=0, actor="bot", public=False, automated=True, holding=True, partial=True, channel="chat"),
    sla.StatusChanged(at=AT, status="pending"),
    sla.FieldChanged(at=AT, field="priority", value="high"),
    sla.Paused(at=AT),
    sla.Paused(at=AT, reason="wacht op de leverancier"),
    sla.Resumed(at=AT, reason="käyttäjä"),
    sla.Solved(at=AT),
    sla.Reopened(at=AT),
    sla.Reopened(at=AT, status="pending"),
    sla.Closed(at=AT, seq=-1),
    sla.MergedInto(at=AT, into="8"),
    sla.NoReplyNeeded(at=AT),
    sla.TakenOver(at=AT, reason="dispute", costs=True),
    sla.MergedFrom(at=AT, received=AT),
    sla.Deprioritised(at=AT, reason="too_many_messages"),
    sla.DeprioritisationLifted(at=AT, seq=3, reason="too_many_messages"),
    sla.Escalated(at=AT, on="escalation_requested"),
    sla.TargetOverridden(at=AT, metric="resolution", due=DUE, author="Ana"),
    sla.Deleted(at=AT.replace(microsecond=1)),
]  # fmt: skip


def ordered(events: list[Event]) -> list[Event]:
    return [event for *_, event in in_order(events)]


def ids(event: Event) -> str:
    return type(event).__name__


def on_friday(hour: int, **more: int) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=UTC, **more)


# ---------------------------------------------------------------- order


def test_events_are_ordered_by_instant() -> None:
    early, late = sla.Solved(at=on_friday(14)), sla.Solved(at=on_friday(15))
    assert [early, late] == ordered([late, early])


def test_instants_are_compared_and_not_their_wall_times() -> None:
    in_brussels = sla.Solved(at=datetime(2026, 11, 20, 15, 30, tzinfo=BRUSSELS))  # 14:30 in UTC
    in_utc = sla.Closed(at=on_friday(15))
    assert [in_brussels, in_utc] == ordered([in_utc, in_brussels])


def test_the_second_half_past_two_is_after_the_first() -> None:
    first = sla.Solved(at=datetime(2026, 10, 25, 2, 45, tzinfo=BRUSSELS))
    second = sla.Closed(at=datetime(2026, 10, 25, 2, 15, tzinfo=BRUSSELS, fold=1))
    assert [first, second] == ordered([second, first])


def test_at_one_instant_the_place_in_the_log_decides() -> None:
    log: list[Event] = [sla.Solved(at=AT), sla.Closed(at=AT), sla.Reopened(at=AT)]
    assert log == ordered(log)
    assert log[::-1] == ordered(log[::-1])


def test_at_one_instant_the_number_decides() -> None:
    second, first = sla.Solved(at=AT, seq=2), sla.Closed(at=AT, seq=1)
    assert [first, second] == ordered([second, first])


def test_the_instant_decides_before_the_number() -> None:
    late, early = sla.Solved(at=on_friday(16), seq=1), sla.Closed(at=on_friday(15), seq=2)
    assert [early, late] == ordered([late, early])


def test_a_missing_number_is_the_place_in_the_log() -> None:
    zeroth, first, numbered = sla.Solved(at=AT), sla.Closed(at=AT), sla.Reopened(at=AT, seq=0)
    assert [zeroth, numbered, first] == ordered([zeroth, first, numbered]), "0 in place, 0 by number, 1 in place"


def test_equal_numbers_keep_the_order_of_the_log() -> None:
    log: list[Event] = [sla.Solved(at=AT, seq=1), sla.Closed(at=AT, seq=1)]
    assert log == ordered(log)
    assert log[::-1] == ordered(log[::-1])


def test_no_events_are_in_order() -> None:
    assert ordered([]) == []


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(sla.InstantError):
        ordered([sla.Solved(at=datetime(2026, 11, 20, 15))])


# ---------------------------------------------------------------- values


def test_every_kind_is_tried_here() -> None:
    assert set(get_args(Event)) == {type(event) for event in EVENTS}


@pytest.mark.parametrize("event", EVENTS, ids=ids)
def test_events_are_values(event: Event) -> None:
    assert hash(event) == hash(event_from_data(event_to_data(event)))
    with pytest.raises(AttributeError):
        event.at = AT  # type: ignore[misc]


# ---------------------------------------------------------------- plain data and JSON Lines


@pytest.mark.parametrize("event", EVENTS, ids=ids)
def test_an_event_survives_plain_data(event: Event) -> None:
    data = event_to_data(event)
    assert data == json.loads(json.dumps(data)), "texts, numbers and truths"
    assert event == event_from_data(data)


def test_all_events_survive_json_lines() -> None:
    lines = [
        json.dumps({**event_to_data(event), "ticket": "7"}) for event in EVENTS if not isinstance(event, sla.MergedInto)
    ]
    expected = [("7", event) for event in EVENTS if not isinstance(event, sla.MergedInto)]
    assert expected == list(read_events(lines))


def test_a_merged_ticket_is_told_from_the_one_that_it_went_into() -> None:
    event = sla.MergedInto(at=AT, into="8")
    either_way = ({"ticket": "7", **event_to_data(event)}, {**event_to_data(event), "ticket": "7"})
    read = [next(read_events([json.dumps(line)])) for line in either_way]
    assert ("7", event) in read, "ticket 7 goes on as ticket 8"


def test_what_is_at_its_default_is_left_out() -> None:
    assert event_to_data(sla.Paused(at=AT)) == {"kind": "paused", "at": "2026-11-20T15:00:00+00:00"}


def test_an_instant_of_a_zone_keeps_its_offset_in_an_autumn_fold() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1)
    data = event_to_data(sla.Solved(at=second))
    assert data["at"] == "2026-10-25T02:30:00+01:00"
    assert second.astimezone(UTC) == event_from_data(data).at.astimezone(UTC)


def test_a_log_in_json_lines() -> None:
    log = """
{"ticket": "7", "kind": "created", "at": "2026-11-20T15:00:00+01:00", "channel": "form", "fields": {"priority": "high"}}

{"ticket": 8, "kind": "message", "at": "2026-11-20T14:30:00Z", "actor": "agent", "seq": 2}
""".splitlines()
    four = datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert [
        ("7", sla.Created(at=four, channel="form", fields=(("priority", "high"),))),
        ("8", sla.Message(at=four.replace(minute=30), actor="agent", seq=2)),
    ] == list(read_events(log))


def test_lines_are_read_one_by_one() -> None:
    lines = iter(['{"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00:00Z"}', "not read yet"])
    assert ("7", sla.Solved(at=AT)) == next(read_events(lines))
    assert next(lines) == "not read yet"


# ---------------------------------------------------------------- errors


GOOD: Final[dict[str, Any]] = {"kind": "message", "at": "2026-11-20T15:00:00Z", "actor": "agent"}


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"kind": "mesage"}, "event_kind_unknown", "kind"),
        ({"kind": None}, "event_kind_unknown", "kind"),
        ({"kind": 1}, "event_kind_unknown", "kind"),
        ({"kind": ["message"]}, "event_kind_unknown", "kind"),
        ({"actr": "agent"}, "event_key_unknown", "actr"),
        ({"status": "open"}, "event_key_unknown", "status"),
        ({"at": "2026-11-20T15:00:00"}, "event_time_invalid", "at"),
        ({"at": "2026-11-20"}, "event_time_invalid", "at"),
        ({"at": "Friday"}, "event_time_invalid", "at"),
        ({"at": 1763650800}, "event_time_invalid", "at"),
        ({"at": None}, "event_time_invalid", "at"),
        ({"actor": "robot"}, "event_value_invalid", "actor"),
        ({"actor": ["agent"]}, "event_value_invalid", "actor"),
        ({"seq": "1"}, "event_value_invalid", "seq"),
        ({"seq": 1.0}, "event_value_invalid", "seq"),
        ({"seq": True}, "event_value_invalid", "seq"),
        ({"public": "yes"}, "event_value_invalid", "public"),
        ({"public": 1}, "event_value_invalid", "public"),
        ({"channel": 7}, "event_value_invalid", "channel"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_key(change: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(sla.LogError) as caught:
        event_from_data({**GOOD, **change})
    assert (code, where) == (caught.value.code, caught.value.where)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"kind": "message", "at": "2026-11-20T15:00:00Z"}, "actor"),
        ({"kind": "solved"}, "at"),
        ({"kind": "status_changed", "at": "2026-11-20T15:00:00Z"}, "status"),
        ({"kind": "target_overridden", "at": "2026-11-20T15:00:00Z", "metric": "resolution"}, "due"),
    ],
)
def test_what_is_missing_is_named(data: dict[str, Any], key: str) -> None:
    with pytest.raises(sla.LogError) as caught:
        event_from_data(data)
    assert caught.value.code == "event_key_missing"
    assert key in str(caught.value)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "event_unreadable"),
        ("[]", "event_unreadable"),
        ("7", "event_unreadable"),
        ("null", "event_unreadable"),
        ('{"kind": "solved", "at": "2026-11-20T15:00:00Z"}', "event_unreadable"),
        ('{"ticket": "7", "kind": "slved", "at": "2026-11-20T15:00:00Z"}', "event_kind_unknown"),
        ('{"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00:00"}', "event_time_invalid"),
    ],
)
def test_a_line_that_is_no_event_is_named_by_its_number(line: str, code: str) -> None:
    good = '{"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00:00Z"}'
    with pytest.raises(sla.LogError) as caught:
        list(read_events([good, "", line]))
    assert code == caught.value.code
    assert caught.value.where.startswith("line 3")


# ---------------------------------------------------------------- values that the types forbid

OFFICE: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}],
    }
)


@pytest.mark.parametrize(
    ("kind", "values", "where", "accepts", "why"),
    [
        (sla.Message, {"actor": "Agent"}, "actor", "customer, agent", "actors are written small"),
        (sla.Message, {"actor": "agent", "public": "no"}, "public", "true or false", 'a text is true, also "no"'),
        (sla.Message, {"actor": ["agent"]}, "actor", "customer, agent", "what cannot be hashed is no actor"),
        (sla.Created, {"actor": "Customer"}, "actor", "customer, agent", "an actor here, too"),
        (sla.Created, {"status": 3}, "status", "text", "a number is no status that a policy lists"),
        (sla.StatusChanged, {"status": 3}, "status", "text", "nor here"),
        (sla.StatusChanged, {"status": None}, "status", "text", "nothing is no status"),
        (sla.FieldChanged, {"field": 3, "value": "high"}, "field", "text", "a field has a name"),
        (sla.Paused, {"reason": None}, "reason", "text", "saved clocks keep reasons as text"),
        (sla.TakenOver, {"costs": "false"}, "costs", "true or false", 'a text is true, also "false"'),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused_where_the_event_is_made(
    kind: Any, values: dict[str, object], where: str, accepts: str, why: str
) -> None:
    with pytest.raises(sla.LogError) as caught:
        kind(at=AT, **values)
    assert ("event_value_invalid", where) == (caught.value.code, caught.value.where), why
    assert str(caught.value).startswith(f"{where}: the value does not fit; given "), why
    assert accepts in str(caught.value), why


@pytest.mark.parametrize(
    ("event", "kind", "code", "where"),
    [
        (sla.Created(at=AT, seq=wrong("1")), sla.LogError, "event_value_invalid", "event 1.seq"),
        (sla.Created(at=wrong("2026-11-20")), sla.InstantError, "not_a_datetime", "event 1.at"),
        (sla.Created(at=AT, fields={"priority": wrong(3)}), sla.PolicyError, "field_value_unknown", "event 1.priority"),
    ],
)
def test_a_creation_that_cannot_be_used_is_refused_since_nothing_comes_of_the_rest(
    event: Event, kind: type[sla.SlaError], code: str, where: str
) -> None:
    with pytest.raises(kind) as caught:
        OFFICE.replay([event, sla.Solved(at=AT)], as_of=AT)
    assert (code, where) == (caught.value.code, caught.value.where)


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (sla.Solved(at=AT, seq=wrong("1")), "event 2.seq"),
        (sla.TargetOverridden(at=AT, metric="resolution", due=wrong("2026-11-25")), "event 2.due"),
        (sla.MergedFrom(at=AT, received=datetime(2026, 11, 19)), "event 2.received"),
    ],
)
def test_a_number_or_an_instant_that_is_none_is_said_of_its_event(event: Event, where: str) -> None:
    with pytest.raises(sla.SlaError) as caught:
        OFFICE.replay([sla.Created(at=AT), event], as_of=AT)
    assert where == caught.value.where


@pytest.mark.parametrize("fields", [["priority"], "priority", 7, [("priority",)], None], ids=repr)
def test_fields_that_are_no_pairs_are_refused_at_once(fields: object) -> None:
    with pytest.raises(sla.LogError) as caught:
        sla.Created(at=AT, fields=wrong(fields))
    assert (caught.value.code, caught.value.where) == ("event_value_invalid", "fields")


def test_fields_in_lists_are_frozen_like_those_of_a_mapping() -> None:
    listed = sla.Created(at=AT, fields=wrong([["priority", "high"]]))
    assert sla.Created(at=AT, fields={"priority": "high"}) == listed
    assert hash(listed) == hash(sla.Created(at=AT, fields=(("priority", "high"),)))


def test_a_number_names_the_same_ticket_as_its_text() -> None:
    log: Any = [(7, sla.Created(at=AT)), ("7", sla.Solved(at=AT)), (8, sla.Created(at=AT))]
    assert [(each.ticket, each["resolution"].status) for each in sla.replay_tickets(log, OFFICE, as_of=AT)] == [
        ("7", "met"),
        ("8", "running"),
    ]
    assert OFFICE.replay_frame(log, as_of=AT)["ticket"] == ["7", "8"]


@pytest.mark.parametrize(
    ("line", "problem", "given"),
    [
        ('{"id": "7", "kind": "solved"}', "names no ticket", "{'id': '7', 'kind': 'solved'}"),
        ("[1]", "names no ticket", "[1]"),
        ("7,2026-11-20,solved", "is no JSON", "'7,2026-11-20,solved'"),
    ],
)
def test_a_line_that_is_no_event_is_shown(line: str, problem: str, given: str) -> None:
    with pytest.raises(sla.LogError, match=problem) as caught:
        list(read_events([line]))
    assert (given, "line 1") == (caught.value.given, caught.value.where)
    assert '{"ticket": "7"' in caught.value.accepts
