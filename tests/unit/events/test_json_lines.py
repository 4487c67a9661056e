"""Events as plain data and JSON Lines, and back."""

import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.events.json_lines import event_from_data, event_to_data, read_events
from slacalc.files import MOST_OF_A_LINE
from tests.helpers import BRUSSELS
from tests.unit.events.kinds import AT, EVENTS, OFFICE, ids

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


def test_a_line_that_is_too_long_is_refused_with_its_number() -> None:
    good = '{"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00:00Z"}'
    assert len(list(read_events([good.ljust(MOST_OF_A_LINE)]))) == 1
    with pytest.raises(sla.LogError) as refused:
        list(read_events([good, good.ljust(MOST_OF_A_LINE + 1)]))
    assert (refused.value.code, refused.value.where) == ("line_too_long", "line 2")
